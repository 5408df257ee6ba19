//! The single writer: one thread, one connection, what waits is committed together.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::memory::Memory;
use super::open::{self, FileIdentity};
use super::soundness::Reads;
use crate::clock;
use crate::model::Timestamp;

/// Pieces of work that may wait for the writer. Parsed feeds wait here, so it bounds memory too.
const QUEUE_PIECES: usize = 64;
/// Pieces of work committed together at most.
const BATCH_PIECES: usize = 64;

/// No further piece is begun in a transaction after this time: so none lasts longer than that and one piece.
const TRANSACTION_TIME: Duration = Duration::from_millis(100);
/// How long pieces are gathered while several come at a time.
const GATHERING: Duration = Duration::from_micros(500);

/// At the end, how long readers are waited for that keep the write-ahead log from being emptied.
const LAST_CHECKPOINT: Duration = Duration::from_secs(2);

/// How much a piece of work changes, and what must be taken back if it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What one statement changes, which SQLite takes back by itself. A savepoint would copy every page of it.
    Statement,
    /// Several statements, which are taken back together.
    Statements,
    /// Several statements, and what the writer remembers of stories.
    Memory,
}

/// Does one piece and keeps its result back until the commit. Without a connection, as when no
/// transaction can be begun, it does nothing and only answers.
type Job = Box<dyn FnOnce(Option<Desk<'_>>) -> Finish + Send>;
/// Told whether the commit went through, answers whoever waits.
type Finish = Box<dyn FnOnce(Result<(), &StoreError>) + Send>;

/// What a piece of work is given.
#[derive(Clone, Copy)]
struct Desk<'d> {
    connection: &'d Connection,
    memory: &'d Memory,
    /// When the transaction began.
    began: Timestamp,
}

#[derive(Debug)]
pub struct Writer {
    queue: Mutex<Option<mpsc::Sender<Job>>>,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
    reads: Arc<Reads>,
}

impl Writer {
    /// Starts the thread, which owns the connection from now on.
    pub fn start(
        connection: Connection,
        path: PathBuf,
        identity: FileIdentity,
        reads: Arc<Reads>,
    ) -> Result<Writer, StoreError> {
        let (queue, pieces) = mpsc::channel(QUEUE_PIECES);
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn({
                let path = path.clone();
                move || write_until_closed(connection, &path, identity, pieces)
            })
            .map_err(|source| StoreError::File { path, source })?;
        Ok(Writer { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)), reads })
    }

    /// Takes no further work. The thread ends once it has written what was handed in and emptied the write-ahead log; None where
    /// that was asked before.
    pub fn close(&self) -> Option<thread::JoinHandle<()>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.thread.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Hands a piece of work in and waits until it is committed; waits for room in the queue first.
    ///
    /// # Errors
    /// The piece's own error, after which nothing of it is in the database, or that of the commit.
    pub async fn write<T, F>(&self, piece: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.hand_in(Extent::Statements, move |connection, _, _| piece(connection)).await
    }

    /// The same for a piece that writes with one statement at most.
    ///
    /// # Errors
    /// As above.
    pub async fn write_once<T, F>(&self, piece: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.hand_in(Extent::Statement, move |connection, _, _| piece(connection)).await
    }

    /// The same for what may find stories, and is told when its transaction began.
    ///
    /// # Errors
    /// As above.
    pub async fn write_with_memory<T, F>(&self, extent: Extent, piece: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &Memory, Timestamp) -> Result<T, StoreError> + Send + 'static,
    {
        self.hand_in(extent, piece).await
    }

    async fn hand_in<T, F>(&self, extent: Extent, piece: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &Memory, Timestamp) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let reads = self.reads.clone();
        let work: Job = Box::new(move |desk| {
            let result = match desk {
                Some(desk) => {
                    let result = contained(desk, extent, piece);
                    // Whoever writes reads first.
                    reads.note(std::any::type_name::<F>(), &result);
                    result.map(Some)
                }
                None => Ok(None),
            };
            Box::new(move |committed| {
                let result = match (result, committed) {
                    (Err(error), _) => Err(error),
                    (Ok(_), Err(error)) => Err(StoreError::Commit(error.to_string())),
                    (Ok(Some(value)), Ok(())) => Ok(value),
                    (Ok(None), Ok(())) => Err(StoreError::Closed),
                };
                // Nobody waiting any more is no failure: the work is done.
                let _ = answer.send(result);
            })
        });
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(StoreError::Closed)?;
        queue.send(work).await.map_err(|_| StoreError::Closed)?;
        drop(queue);
        answered.await.map_err(|_| StoreError::Closed)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(thread) = self.close() {
            let _ = thread.join();
        }
    }
}

fn write_until_closed(
    mut connection: Connection,
    path: &std::path::Path,
    identity: FileIdentity,
    mut pieces: mpsc::Receiver<Job>,
) {
    let mut memory = Memory::default();
    let mut is_busy = false;
    let mut waiting: VecDeque<Job> = VecDeque::new();
    loop {
        if waiting.is_empty() {
            let Some(first) = pieces.blocking_recv() else { break };
            waiting.push_back(first);
        }
        if is_busy && waiting.len() < BATCH_PIECES {
            // Where much is written, the next pieces are on their way: one commit for all costs less than many.
            thread::sleep(GATHERING);
        }
        while waiting.len() < BATCH_PIECES
            && let Ok(next) = pieces.try_recv()
        {
            waiting.push_back(next);
        }
        is_busy = waiting.len() > 1;
        let desk = Desk { connection: &connection, memory: &memory, began: clock::now() };
        if !commit_together(desk, &mut waiting) {
            memory = Memory::default();
            // After a failed commit its outcome is unknown: a new connection reads what is really there.
            // What was put in the place of the file is not ours to write to.
            let settled = identity.check(path).and_then(|()| open::for_writing(path)).and_then(|fresh| {
                open::settle(&fresh, path)?;
                open::take_back_in_memory(&fresh)?;
                Ok(fresh)
            });
            match settled {
                Ok(fresh) => connection = fresh,
                Err(error) => tracing::error!(%error, "the database could not be opened again"),
            }
        }
    }
    empty_log(&connection);
}

/// Brings what is in the write-ahead log into the database itself, so that a clean stop leaves one whole file.
fn empty_log(connection: &Connection) {
    let emptied = connection
        .busy_timeout(LAST_CHECKPOINT)
        .and_then(|()| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)));
    match emptied {
        Ok(0) => {}
        Ok(_) => tracing::warn!("the write-ahead log of the database stays, as something still reads the database"),
        Err(error) => tracing::warn!(%error, "the last checkpoint of the database failed"),
    }
}

/// Runs pieces in one transaction, as many as it has time for, and answers everybody whose piece was run. False when the
/// connection cannot be trusted any more.
fn commit_together(desk: Desk<'_>, waiting: &mut VecDeque<Job>) -> bool {
    let connection = desk.connection;
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        let error = StoreError::Sqlite(error);
        for piece in waiting.drain(..) {
            piece(None)(Err(&error));
        }
        return false;
    }
    let began = clock::monotonic();
    let mut finishes: Vec<Finish> = Vec::with_capacity(waiting.len());
    while let Some(piece) = waiting.pop_front() {
        // Some errors of the disk end the whole transaction: what comes after must not begin one of its own.
        finishes.push(piece((!connection.is_autocommit()).then_some(desk)));
        if began.elapsed() >= TRANSACTION_TIME {
            break;
        }
    }
    let committed = connection.execute_batch("COMMIT").map_err(StoreError::Sqlite);
    if committed.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    for finish in finishes {
        finish(committed.as_ref().copied());
    }
    committed.is_ok()
}

/// A piece that fails, or panics, leaves nothing behind and does not disturb the others of its batch.
fn contained<T>(
    Desk { connection, memory, began }: Desk<'_>,
    extent: Extent,
    piece: impl FnOnce(&Connection, &Memory, Timestamp) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let run = || {
        catch_unwind(AssertUnwindSafe(|| piece(connection, memory, began)))
            .unwrap_or_else(|panic| Err(StoreError::Panicked(panic_text(panic.as_ref()))))
    };
    let result = if extent == Extent::Statement { run() } else { in_savepoint(connection, run) };
    if result.is_err() && extent == Extent::Memory {
        // What it remembers may be of what was taken back.
        memory.forget();
    }
    result
}

/// Takes back all that was written if it fails.
fn in_savepoint<T>(connection: &Connection, run: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let execute = |statement: &str| -> rusqlite::Result<()> {
        connection.prepare_cached(statement)?.execute([])?;
        Ok(())
    };
    execute("SAVEPOINT piece")?;
    let result = run();
    let taken_back = if result.is_ok() { Ok(()) } else { execute("ROLLBACK TO piece") };
    let ended = taken_back.and_then(|()| execute("RELEASE piece")).map_err(StoreError::Sqlite);
    result.and_then(|value| ended.map(|()| value))
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    if let Some(text) = panic.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = panic.downcast_ref::<String>() {
        text.clone()
    } else {
        "no message".to_owned()
    }
}
