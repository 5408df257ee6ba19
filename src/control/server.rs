//! The server side of the control socket.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::{
    Answer, Begin, EntriesQuery, FAILED, Failure, Line, MAX_REQUEST, Record, Request, USAGE, Verb, answer, status,
};
use crate::config::Config;
use crate::daemon::{Ask, Event, Handles, PolledRecord, Reloaded};
use crate::socket::{self, SocketError};

/// The most commands that are answered at the same time.
const MAX_CLIENTS: usize = 32;
/// How long a client may take to send its request, and to take each line of the answer.
const CLIENT_WITHIN: Duration = Duration::from_secs(10);

/// Most ends of polls that wait to be sent to a client. Further ends are sent with the end of the answer.
const POLLS_UNTOLD: usize = 1_024;
/// The most commands that wait for entries, so that there are always places for other commands.
const MAX_FOLLOWERS: usize = 16;
/// How long an answer waits for an entry; the client asks again afterwards. Shorter than a client waits for an answer.
const ENTRY_WITHIN: Duration = Duration::from_secs(15);
/// How long the answer to a changed story waits for the outputs.
const PUBLISHED_WITHIN: Duration = Duration::from_secs(60);

/// Listens at `path` and answers until the returned server is dropped.
pub async fn serve(path: &Path, handles: Handles) -> Result<Server, SocketError> {
    let listener = socket::listen(path, 0o600).await?;
    let owner = std::fs::metadata(path)?.uid();
    let task = tokio::spawn(accept(listener, owner, handles));
    Ok(Server { path: path.to_owned(), task })
}

/// The listening socket. Dropping it removes the socket's file.
#[derive(Debug)]
pub struct Server {
    path: PathBuf,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
        // The file may have been removed already.
        let _ = std::fs::remove_file(&self.path);
    }
}

async fn accept(listener: UnixListener, owner: u32, handles: Handles) {
    let places = Arc::new(Semaphore::new(MAX_CLIENTS));
    let followers = Arc::new(Semaphore::new(MAX_FOLLOWERS));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(error = %error, "the control socket cannot accept a connection; trying again");
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            }
        };
        // The socket's permissions say the same, but some systems ignore them (unix(7)).
        if !stream.peer_cred().is_ok_and(|peer| peer.uid() == owner || peer.uid() == 0) {
            tracing::warn!("refused a command from another user; only the daemon's user and root may send commands");
            continue;
        }
        let (handles, followers) = (handles.clone(), followers.clone());
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = converse(stream, &handles, &followers).await {
                tracing::debug!(error = %error, "a client disconnected before the end of its answer");
            }
        });
    }
}

async fn converse(stream: UnixStream, handles: &Handles, followers: &Semaphore) -> io::Result<()> {
    let (from, mut to) = stream.into_split();
    let mut line = String::new();
    let mut from = BufReader::new(from.take(MAX_REQUEST as u64));
    tokio::time::timeout(CLIENT_WITHIN, from.read_line(&mut line)).await??;
    let mut rest = [0; 1];
    let answered = match serde_json::from_str::<Request>(&line) {
        // Polls may take minutes, so a client that disconnects frees its place at once.
        Ok(request) => {
            let (told, mut ended) = mpsc::channel(POLLS_UNTOLD);
            let answered = handle(request, handles, followers, told);
            tokio::pin!(answered);
            let answered = loop {
                tokio::select! {
                    Some(polled) = ended.recv() => send_polled(&mut to, polled).await?,
                    answered = &mut answered => break answered,
                    _ = from.read(&mut rest) => return Ok(()),
                }
            };
            while let Ok(polled) = ended.try_recv() {
                send_polled(&mut to, polled).await?;
            }
            answered
        }
        Err(error) => Err(Failure::new(USAGE, format!("the daemon does not understand the command: {error}"))),
    };
    let (records, end) = answered.map_or_else(|failure| (Vec::new(), failure.into()), Answer::into_parts);
    for record in records {
        send(&mut to, &Line::Record(Box::new(record))).await?;
    }
    send(&mut to, &Line::End(end)).await
}

async fn send_polled(to: &mut OwnedWriteHalf, polled: PolledRecord) -> io::Result<()> {
    send(to, &Line::Record(Box::new(Record::Polled(polled)))).await
}

async fn send(to: &mut OwnedWriteHalf, line: &Line) -> io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    tokio::time::timeout(CLIENT_WITHIN, to.write_all(&text)).await?
}

/// Answers a request. `told` gets the record of each requested poll as the poll ends.
async fn handle(
    request: Request,
    handles: &Handles,
    followers: &Semaphore,
    told: mpsc::Sender<PolledRecord>,
) -> Result<Answer, Failure> {
    let config = handles.config.borrow().clone();
    let ours = std::fs::canonicalize(&config.path).unwrap_or_else(|_| config.path.clone());
    if request.config != ours {
        let message = format!(
            "the daemon that uses the database {} runs with the configuration {}, not {}",
            config.store_path.display(),
            ours.display(),
            request.config.display()
        );
        return Err(Failure::new(FAILED, message));
    }
    match request.verb {
        Verb::Poll(which) => {
            let (reply, answered) = oneshot::channel();
            // If the event loop has ended, the event and its reply channel are dropped.
            let _ = handles.events.send(Event::Ask(Ask { which, told: Some(told), reply })).await;
            answered.await.map_err(|_| stopping()).and_then(answer::polled)
        }
        Verb::Reload => {
            let (reply, answered) = oneshot::channel();
            let _ = handles.events.send(Event::Reload { reply: Some(reply) }).await;
            answered.await.map_err(|_| stopping()).and_then(reloaded)
        }
        Verb::Status => status::answer(&config, Some(&handles.store), Some(handles.health.as_ref())).await,
        Verb::Entries(query) if query.waits => {
            let _place = followers.try_acquire().map_err(|_| {
                Failure::new(FAILED, format!("{MAX_FOLLOWERS} commands follow the entries already; stop one of them"))
            })?;
            wait_for_entries(query, handles).await
        }
        Verb::Prune(query) if !query.dry_run => {
            // The deletion goes on if the client disconnects, because the outputs must not keep showing what was
            // deleted.
            let handles = handles.clone();
            let pruned = tokio::spawn(async move { answer_and_publish(&Verb::Prune(query), &config, &handles).await });
            pruned.await.unwrap_or_else(|_| Err(stopping()))
        }
        verb => answer_and_publish(&verb, &config, handles).await,
    }
}

/// Answers as soon as an entry is stored that the question asks for, and after a while in any case.
async fn wait_for_entries(mut query: EntriesQuery, handles: &Handles) -> Result<Answer, Failure> {
    let mut news = handles.outputs.news();
    let mut late = std::pin::pin!(tokio::time::sleep(ENTRY_WITHIN));
    loop {
        news.mark_unchanged();
        // A reload may have changed the configuration meanwhile.
        let config = handles.config.borrow().clone();
        let answered = answer(&Verb::Entries(query.clone()), &config, Some(&handles.store)).await?;
        let Answer::Records(records) = &answered else { return Ok(answered) };
        let [Record::Reached(reached)] = records.as_slice() else { return Ok(answered) };
        if reached.is_more {
            return Ok(answered);
        }
        query.begin = Some(Begin::After(reached.cursor.clone()));
        tokio::select! {
            changed = news.changed() => changed.map_err(|_| stopping())?,
            () = handles.events.closed() => return Err(stopping()),
            () = late.as_mut() => return Ok(answered),
        }
    }
}

/// Answers a verb; if it has changed what is published, waits for the outputs.
async fn answer_and_publish(verb: &Verb, config: &Config, handles: &Handles) -> Result<Answer, Failure> {
    let writes = match verb {
        Verb::Prune(query) => !query.dry_run,
        Verb::TakeOver(_) => true,
        _ => false,
    };
    let answered = answer(verb, config, Some(&handles.store)).await;
    if matches!(answered, Ok(Answer::Done(_))) || writes {
        let number = handles.outputs.rebuild_soon();
        if tokio::time::timeout(PUBLISHED_WITHIN, handles.outputs.published(number)).await.is_err() {
            let why = "the change is stored, but the outputs could not be rebuilt; see the daemon's log";
            return Err(Failure::new(FAILED, why));
        }
    }
    answered
}

fn stopping() -> Failure {
    Failure::new(FAILED, "the daemon is stopping")
}

fn reloaded(reloaded: Reloaded) -> Result<Answer, Failure> {
    match reloaded {
        Reloaded::Taken(changes) => Ok(Answer::Done(format!("reloaded: {changes}"))),
        Reloaded::Refused(why) => {
            Err(Failure::new(USAGE, format!("{why}\nthe daemon keeps its current configuration")))
        }
        Reloaded::Failed(why) => Err(Failure::new(FAILED, why)),
    }
}
