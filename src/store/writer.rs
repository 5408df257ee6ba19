//! The single writer: one thread with one connection, which commits waiting requests together.
//!
//! Entry points: [`Writer::start`], [`Writer::write`]. The writer does not know the content of its requests.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::content::Content;
use super::memory::Memory;
use super::open::{self, FileIdentity};
use super::soundness::Reads;
use crate::clock;
use crate::model::Timestamp;

/// Requests that may wait for the writer. The limit also bounds memory, because parsed feeds wait here.
const QUEUE_PIECES: usize = 64;
/// Most requests that are committed together.
const BATCH_PIECES: usize = 64;

/// Time after which no further request is begun in a transaction, which limits a transaction to this time and one
/// request.
const TRANSACTION_TIME: Duration = Duration::from_millis(100);
/// A transaction that takes longer is logged, because everything else that is to be written waits for it.
const LONG_TRANSACTION: Duration = Duration::from_millis(250);
/// How long the writer waits for further requests while several arrive at a time.
const GATHERING: Duration = Duration::from_micros(500);
/// The wait before a commit to the disk doubles up to this as long as requests arrive during it. Each commit writes every page that
/// it changes, so fewer commits write fewer pages.
const GATHERING_MAX: Duration = Duration::from_millis(4);
/// Most waits before one commit.
const GATHERINGS_MAX: usize = 8;
/// Number of requests at which the writer waits no longer before a commit to the disk.
const GATHERED_PIECES: usize = 24;

/// How long the last checkpoint waits for readers that keep the write-ahead log from being emptied.
const LAST_CHECKPOINT: Duration = Duration::from_secs(2);

/// How much a request changes, and what must be undone if it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// One statement, which SQLite undoes by itself. A savepoint would copy every page that it changes.
    Statement,
    /// Several statements, which are undone together.
    Statements,
    /// Several statements, and the cache of stories.
    Memory,
}

/// Whether a power cut may undo what a request writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nobody hears of it before the disk has it.
    Lasting,
    /// A power cut may undo it, because it is found out again afterwards. It is on the disk once a later commit waits
    /// for the disk, which the write-ahead log keeps in order.
    Repeatable,
}

/// A request that waits for the writer.
struct Job {
    durability: Durability,
    run: Run,
}

/// Carries out one request and holds its result back until the commit. Without a connection, when no transaction can be
/// begun, it only answers.
type Run = Box<dyn FnOnce(Option<Desk<'_>>) -> Finish + Send>;
/// Answers the caller of a request, once it is known whether the commit succeeded.
type Finish = Box<dyn FnOnce(Result<(), &StoreError>) + Send>;

/// The tools that a request gets.
#[derive(Clone, Copy)]
struct Desk<'d> {
    connection: &'d Connection,
    memory: &'d Memory,
    /// When the transaction began.
    began: Timestamp,
}

/// The work of the writer since it was started, and the requests that wait for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriterLoad {
    /// Transactions, committed or not, and the requests that they carried out.
    pub batches: u64,
    pub requests: u64,
    /// The transactions among them whose commit waited for the disk.
    pub synced: u64,
    /// The time that the transactions took.
    pub busy: Duration,
    /// Requests in the queue now, without those that the writer has already taken for its next commit.
    pub waiting: usize,
}

#[derive(Debug, Default)]
struct Counts {
    batches: AtomicU64,
    requests: AtomicU64,
    synced: AtomicU64,
    busy_micros: AtomicU64,
}

impl Counts {
    fn add(&self, requests: usize, durability: Durability, took: Duration) {
        self.batches.fetch_add(1, Ordering::Relaxed);
        self.synced.fetch_add(u64::from(durability == Durability::Lasting), Ordering::Relaxed);
        self.requests.fetch_add(requests as u64, Ordering::Relaxed);
        self.busy_micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

#[derive(Debug)]
pub struct Writer {
    queue: Mutex<Option<mpsc::Sender<Job>>>,
    counts: Arc<Counts>,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
    reads: Arc<Reads>,
}

impl Writer {
    /// Starts the thread, which owns the connection from now on.
    pub fn start(
        connection: Connection,
        path: PathBuf,
        identity: FileIdentity,
        content: Arc<Content>,
        reads: Arc<Reads>,
    ) -> Result<Writer, StoreError> {
        let (queue, pieces) = mpsc::channel(QUEUE_PIECES);
        let counts = Arc::new(Counts::default());
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn({
                let (path, counts) = (path.clone(), counts.clone());
                move || write_until_closed(connection, &path, identity, &content, (pieces, &*counts))
            })
            .map_err(|source| StoreError::File { path, source })?;
        Ok(Writer { queue: Mutex::new(Some(queue)), counts, thread: Mutex::new(Some(thread)), reads })
    }

    /// What the writer has done so far.
    pub fn load(&self) -> WriterLoad {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = queue.as_ref().map_or(0, |queue| queue.max_capacity() - queue.capacity());
        WriterLoad {
            batches: self.counts.batches.load(Ordering::Relaxed),
            requests: self.counts.requests.load(Ordering::Relaxed),
            synced: self.counts.synced.load(Ordering::Relaxed),
            busy: Duration::from_micros(self.counts.busy_micros.load(Ordering::Relaxed)),
            waiting,
        }
    }

    /// Accepts no further requests. The thread ends once it has written the pending requests and emptied the
    /// write-ahead log. `None` if the writer was closed before.
    pub fn close(&self) -> Option<thread::JoinHandle<()>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.thread.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Hands a request to the writer and waits until it is committed; waits for room in the queue first.
    ///
    /// # Errors
    /// The request's own error, after which nothing of the request is in the database, or the error of the commit.
    pub async fn write<T, F>(&self, piece: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.write_with_memory(Extent::Statements, move |connection, _, _| piece(connection)).await
    }

    /// As [`Writer::write`], for a request that writes with one statement at most.
    pub async fn write_once<T, F>(&self, piece: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.write_with_memory(Extent::Statement, move |connection, _, _| piece(connection)).await
    }

    /// As [`Writer::write`], for a request that may search for stories and needs to know when its transaction began.
    pub async fn write_with_memory<T, F>(&self, extent: Extent, piece: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &Memory, Timestamp) -> Result<T, StoreError> + Send + 'static,
    {
        self.write_as(extent, Durability::Lasting, piece).await
    }

    /// As [`Writer::write_with_memory`], for a request that a power cut may undo.
    pub async fn write_as<T, F>(&self, extent: Extent, durability: Durability, piece: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &Memory, Timestamp) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let reads = self.reads.clone();
        let run: Run = Box::new(move |desk| {
            let result = match desk {
                Some(desk) => {
                    let result = contained(desk, extent, piece);
                    // A request reads before it writes, so its result also tells whether reading works.
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
                // The work is done even if the caller no longer waits.
                let _ = answer.send(result);
            })
        });
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(StoreError::Closed)?;
        queue.send(Job { durability, run }).await.map_err(|_| StoreError::Closed)?;
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
    content: &Content,
    (mut pieces, counts): (mpsc::Receiver<Job>, &Counts),
) {
    let mut memory = Memory::default();
    // As `open::settle` has left it.
    let mut durability = Durability::Lasting;
    let (mut is_busy, mut pause) = (false, GATHERING);
    let mut waiting: VecDeque<Job> = VecDeque::new();
    loop {
        // Requests that the last transaction had no time for have waited long enough.
        let may_wait = waiting.is_empty() && is_busy;
        if waiting.is_empty() {
            let Some(first) = pieces.blocking_recv() else { break };
            waiting.push_back(first);
        }
        take_waiting(&mut pieces, &mut waiting);
        if may_wait {
            gather(&mut waiting, &mut pause, |waiting, pause| {
                thread::sleep(pause);
                take_waiting(&mut pieces, waiting);
            });
        }
        is_busy = waiting.len() > 1;
        if !is_busy {
            pause = GATHERING;
        }
        let desk = Desk { connection: &connection, memory: &memory, began: clock::now() };
        if !commit_together(desk, &mut waiting, &mut durability, counts) {
            memory = Memory::default();
            // After a failed commit its outcome is unknown, so a new connection reads what is really stored. A file
            // that was put in the place of ours must not be written to.
            let settled = identity.check(path).and_then(|()| open::for_writing(path)).and_then(|fresh| {
                open::settle(&fresh, path)?;
                open::take_back_in_memory(&fresh)?;
                Ok(fresh)
            });
            match settled {
                Ok(fresh) => (connection, durability) = (fresh, Durability::Lasting),
                Err(error) => tracing::error!(%error, "could not reopen the database after a failed commit"),
            }
        }
    }
    if content.is_overwritten() {
        leave_log(connection, path);
    } else {
        empty_log(&connection);
    }
}

/// Takes the requests that have arrived, as many as are committed together.
fn take_waiting(pieces: &mut mpsc::Receiver<Job>, waiting: &mut VecDeque<Job>) {
    while waiting.len() < BATCH_PIECES
        && let Ok(next) = pieces.try_recv()
    {
        waiting.push_back(next);
    }
}

/// Waits for further requests, so that one commit serves several. `arrive` sleeps for the given time and then adds the requests
/// that have arrived. `pause` is the length of the next sleep before a commit to the disk: it doubles when requests arrived during
/// a sleep, and halves when none did.
fn gather(waiting: &mut VecDeque<Job>, pause: &mut Duration, mut arrive: impl FnMut(&mut VecDeque<Job>, Duration)) {
    for _ in 0..GATHERINGS_MAX {
        let before = waiting.len();
        let is_synced = durability_of(waiting) == Durability::Lasting;
        let (enough, sleep) = if is_synced { (GATHERED_PIECES, *pause) } else { (BATCH_PIECES, GATHERING) };
        if before >= enough {
            return;
        }
        arrive(waiting, sleep);
        let has_arrived = waiting.len() > before;
        if is_synced {
            *pause = if has_arrived { GATHERING_MAX.min(2 * *pause) } else { GATHERING.max(*pause / 2) };
        }
        if !has_arrived || durability_of(waiting) == Durability::Repeatable {
            return;
        }
    }
}

/// Keeps the write-ahead log out of the file that now is in the place of the database.
fn leave_log(connection: Connection, path: &std::path::Path) {
    let why = "the database was overwritten while it was in use: its log is kept under another name, so that the next start \
               does not apply it to the file that is there now";
    let closed = connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .and_then(|_| connection.close().map_err(|(_, error)| error))
        .map_err(StoreError::Sqlite)
        .and_then(|()| open::set_logs_aside(path, why));
    if let Err(error) = closed {
        tracing::warn!(%error, "the log of the database could not be kept under another name");
    }
}

/// Moves the write-ahead log into the database, so that a clean stop leaves one complete file.
fn empty_log(connection: &Connection) {
    let emptied = connection
        .busy_timeout(LAST_CHECKPOINT)
        .and_then(|()| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)));
    match emptied {
        Ok(0) => {}
        Ok(_) => tracing::warn!(
            "the write-ahead log of the database was not emptied, because another process is reading the database; the next start does it"
        ),
        Err(error) => tracing::warn!(%error, "the last checkpoint of the database failed"),
    }
}

/// Runs as many requests as there is time for in one transaction, and answers their callers. `durability` is that of the
/// connection's commits. Returns `false` if the connection can no longer be trusted.
fn commit_together(desk: Desk<'_>, waiting: &mut VecDeque<Job>, durability: &mut Durability, counts: &Counts) -> bool {
    let connection = desk.connection;
    let asked_at = clock::monotonic();
    let mut begin = || {
        let asked = durability_of(waiting);
        if *durability != asked {
            // SQLite refuses to change it within a transaction.
            open::sync_commits(connection, asked == Durability::Lasting)?;
            *durability = asked;
        }
        connection.execute_batch("BEGIN IMMEDIATE")
    };
    if let Err(error) = begin() {
        let error = StoreError::Sqlite(error);
        counts.add(waiting.len(), *durability, asked_at.elapsed());
        for job in waiting.drain(..) {
            (job.run)(None)(Err(&error));
        }
        return false;
    }
    let began = clock::monotonic();
    let mut finishes: Vec<Finish> = Vec::with_capacity(waiting.len());
    while let Some(job) = waiting.pop_front() {
        // Some disk errors end the whole transaction. The requests after such an error must not begin a transaction of
        // their own.
        finishes.push((job.run)((!connection.is_autocommit()).then_some(desk)));
        if began.elapsed() >= TRANSACTION_TIME {
            break;
        }
    }
    let carried_out = began.elapsed();
    let committed = connection.execute_batch("COMMIT").map_err(StoreError::Sqlite);
    let took = began.elapsed();
    if took > LONG_TRANSACTION {
        let (requests, commit) = (finishes.len(), took - carried_out);
        tracing::debug!(requests, ?took, ?commit, "a transaction took long");
    }
    if committed.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    counts.add(finishes.len(), *durability, asked_at.elapsed());
    for finish in finishes {
        finish(committed.as_ref().copied());
    }
    committed.is_ok()
}

/// The durability of a transaction that may carry out all of these requests.
fn durability_of(jobs: &VecDeque<Job>) -> Durability {
    let lasts = jobs.iter().any(|job| job.durability == Durability::Lasting);
    if lasts { Durability::Lasting } else { Durability::Repeatable }
}

/// Runs a request so that an error or a panic in it changes nothing and does not disturb the other requests of the
/// batch.
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
        // The cache may hold data of the request that was undone.
        memory.forget();
    }
    result
}

/// Undoes all changes of a request that fails.
pub(super) fn in_savepoint<T>(
    connection: &Connection,
    run: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    /// What SQLite names `synchronous`.
    const NORMAL: i64 = 1;
    const FULL: i64 = 2;

    /// How the commit of a request's transaction is carried out.
    async fn synchronous(store: &Store, durability: Durability) -> i64 {
        let asked = |connection: &Connection, _: &Memory, _: Timestamp| -> Result<i64, StoreError> {
            Ok(connection.pragma_query_value(None, "synchronous", |row| row.get(0))?)
        };
        let writer = store.writer().expect("the store is open");
        writer.write_as(Extent::Statement, durability, asked).await.expect("it can be asked")
    }

    #[tokio::test]
    async fn only_a_commit_of_repeatable_requests_alone_does_not_wait_for_the_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], now).expect("a database can be made");
        let before = store.writer_load().synced;
        assert_eq!(synchronous(&store, Durability::Repeatable).await, NORMAL);
        assert_eq!(synchronous(&store, Durability::Repeatable).await, NORMAL);
        assert_eq!(store.writer_load().synced, before);
        assert_eq!(synchronous(&store, Durability::Lasting).await, FULL);
        assert_eq!(store.writer_load().synced, before + 1);
        assert_eq!(synchronous(&store, Durability::Repeatable).await, NORMAL);
        // Requests that arrive during a transaction are committed together after it.
        let (go_on, held) = std::sync::mpsc::channel::<()>();
        let writer = store.writer().expect("the store is open");
        let hold = writer.write(move |_| {
            let _ = held.recv();
            Ok(())
        });
        let (first, repeatable, lasting, go) = tokio::join!(
            biased;
            hold,
            synchronous(&store, Durability::Repeatable),
            synchronous(&store, Durability::Lasting),
            async { go_on.send(()) },
        );
        assert!(go.is_ok(), "the first request waits");
        assert!(first.is_ok());
        assert_eq!((repeatable, lasting), (FULL, FULL));
    }

    #[test]
    fn requests_are_gathered_for_as_long_as_they_arrive() {
        let jobs = |many: usize, durability| {
            std::iter::repeat_with(move || Job { durability, run: Box::new(|_| Box::new(|_| {})) }).take(many)
        };
        // `lasting` and `repeatable` requests wait; then some arrive in each pause. `expected` is how many are gathered, and how
        // long each pause is, in multiples of the shortest; `later` is how long the next one would be.
        let check =
            |[lasting, repeatable]: [usize; 2], arriving: &[[usize; 2]], expected: (usize, &[u32]), later: u32| {
                let all = |[lasting, repeatable]: [usize; 2]| {
                    jobs(lasting, Durability::Lasting).chain(jobs(repeatable, Durability::Repeatable))
                };
                let mut waiting: VecDeque<Job> = all([lasting, repeatable]).collect();
                let (mut pause, mut pauses, mut arriving) = (GATHERING, Vec::new(), arriving.iter());
                gather(&mut waiting, &mut pause, |waiting, pause| {
                    pauses.push((pause.as_micros() / GATHERING.as_micros()) as u32);
                    waiting.extend(arriving.next().copied().into_iter().flat_map(all));
                });
                let what = format!("{lasting} lasting, {repeatable} repeatable");
                assert_eq!((waiting.len(), pauses.as_slice()), expected, "{what}");
                assert_eq!(pause, later * GATHERING, "{what}");
            };
        check([2, 0], &[], (2, &[1]), 1);
        check([2, 0], &[[1, 0], [0, 1], [1, 0], [1, 0]], (6, &[1, 2, 4, 8, 8]), 4);
        check([2, 0], &[[1, 0]; 20], (2 + GATHERINGS_MAX, &[1, 2, 4, 8, 8, 8, 8, 8]), 8);
        check([GATHERED_PIECES - 3, 0], &[[2, 0]; 20], (GATHERED_PIECES + 1, &[1, 2]), 4);
        check([GATHERED_PIECES, 0], &[[2, 0]], (GATHERED_PIECES, &[]), 1);
        check([0, 2], &[[0, 5]; 20], (7, &[1]), 1);
        check([0, GATHERED_PIECES], &[[0, 5]], (GATHERED_PIECES + 5, &[1]), 1);
        check([0, 2], &[[1, 0], [0, 1]], (4, &[1, 1, 2]), 1);
    }
}
