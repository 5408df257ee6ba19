//! Follows the reading lists of the configuration: asks those that have an address, keeps the last good version of each list beside the
//! database, and has the configuration read again when a list has changed. A changed list is then applied as an edit of the
//! configuration is: wholly or not at all.
//!
//! Entry points: [`follow_lists`] for the daemon, [`fetch_lists`] for a command that polls without a daemon.
//!
//! Invariants:
//! - A copy is replaced only by a list that is whole and names sources, and in one step, so that a crash leaves the old or the
//!   new version.
//! - A list is asked by one request at a time, only if it has changed (RFC 9110, 13), and not before the time that its
//!   [`ListState`] names, which outlives a restart.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::{Event, Handles};
use crate::clock;
use crate::config::{
    Config, FetchOptions, ListOrigin, ListState, MAX_LIST_BYTES, ReadingList, ScheduleOptions, check_list, folder_of,
    folder_of_lists, read_up_to, show_size,
};
use crate::fetch::conditional::{Verdict, validators_of, verdict};
use crate::fetch::{Conditions, Exchange, FetchError, Fetcher, Open, Request, decode};
use crate::logging::printable;
use crate::model::{Timestamp, Validators};
use crate::retry;

/// Longest pause between two requests for a list.
const PAUSE_MAX: Duration = Duration::from_secs(24 * 3_600);
/// A list is asked again after this part of the time for which it has not changed.
const UNCHANGED_PART: u32 = 24;
/// Failed requests in a row, after which a list is asked once in [`PAUSE_MAX`].
const FAILURES_OFTEN: u32 = 24;
/// Longest sleep, because the wall clock, by which lists are due, may be set meanwhile.
const LOOK: Duration = Duration::from_secs(60);
/// Shortest sleep.
const NAP: Duration = Duration::from_secs(1);

/// Follows the reading lists until the task is aborted.
pub async fn follow_lists(handles: Handles) {
    let mut config = handles.config.clone();
    let mut asked_at = HashMap::new();
    loop {
        let current = Arc::clone(&config.borrow_and_update());
        keep_copies(&current).await;
        let fetcher = Fetcher::new(current.poll.contact.as_deref());
        loop {
            if ask_due(&current, &fetcher, &mut asked_at).await {
                // Sending fails only if the event loop has ended.
                let _ = handles.events.send(Event::Reload { reply: None }).await;
            }
            let nap = next(&current).await.map_or(LOOK, |at| at.since(clock::now()).clamp(NAP, LOOK));
            tokio::select! {
                changed = config.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                () = tokio::time::sleep(nap) => {}
            }
        }
    }
}

/// Asks the lists that are due. Returns whether the configuration has to be read again.
pub async fn fetch_lists(config: &Config) -> bool {
    let config = Arc::new(config.clone());
    keep_copies(&config).await;
    ask_due(&config, &Fetcher::new(config.poll.contact.as_deref()), &mut HashMap::new()).await
}

/// The lists that have an address.
fn asked(config: &Config) -> impl Iterator<Item = (&ReadingList, &Url)> {
    config.lists.iter().filter_map(|list| match &list.origin {
        ListOrigin::Url(url) => Some((list, url)),
        ListOrigin::File(_) => None,
    })
}

/// When a list is due next.
async fn next(config: &Arc<Config>) -> Option<Timestamp> {
    let config = config.clone();
    let states = move || asked(&config).map(|(list, _)| ListState::read(&list.state_path()).next).collect::<Vec<_>>();
    let due = tokio::task::spawn_blocking(states).await.unwrap_or_default();
    due.into_iter().flatten().min()
}

/// Asks the lists that are due, one after the other. Returns whether a list has changed, or has another problem than
/// before. `asked_at` has when this process last asked each list, by the file of its copy. This keeps requests apart
/// also if no state can be written.
async fn ask_due(config: &Config, fetcher: &Fetcher, asked_at: &mut HashMap<PathBuf, Timestamp>) -> bool {
    let mut has_news = false;
    let mut is_first = true;
    for (list, url) in asked(config) {
        let (state, copy) = known(list).await;
        let now = clock::now();
        // A time that is too far away was computed while the clock was wrong.
        if state.next.is_some_and(|next| next > now && next <= now.plus(PAUSE_MAX * 2)) {
            continue;
        }
        let least = config.defaults.schedule.min_every.min(PAUSE_MAX);
        if asked_at.get(&list.copy).is_some_and(|at| *at <= now && now.since(*at) < least) {
            continue;
        }
        asked_at.insert(list.copy.clone(), now);
        if !std::mem::take(&mut is_first) {
            tokio::time::sleep(config.poll.host_gap).await;
        }
        has_news |= ask(config, fetcher, (list, url), (state, copy), now).await;
    }
    has_news
}

/// The stored state of a list, and the digest of its copy, if there is a copy that can be read.
async fn known(list: &ReadingList) -> (ListState, Option<String>) {
    let (copy, state) = (list.copy.clone(), list.state_path());
    let read = move || {
        let copy = read_up_to(&copy, MAX_LIST_BYTES).ok().map(|copy| digest(&copy));
        (ListState::read(&state), copy)
    };
    tokio::task::spawn_blocking(read).await.unwrap_or_default()
}

fn digest(document: &[u8]) -> String {
    blake3::hash(document).to_hex().to_string()
}

/// The result of a request.
enum Came {
    /// The copy is still current.
    Nothing,
    /// A good version of the list.
    List { document: Vec<u8>, address: String, validators: Validators },
}

/// Asks a list, and writes down what came of it. Returns whether the list has changed, or has another problem than before.
async fn ask(
    config: &Config,
    fetcher: &Fetcher,
    (list, url): (&ReadingList, &Url),
    (old, copy): (ListState, Option<String>),
    now: Timestamp,
) -> bool {
    let options = FetchOptions { max_body: MAX_LIST_BYTES, ..config.defaults.fetch.clone() };
    let bytes = |text: &Option<String>| text.clone().map(String::into_bytes);
    let validators = Validators { etag: bytes(&old.etag), last_modified: bytes(&old.last_modified) };
    let is_current = copy.as_ref() == Some(&old.copy) && !validators.is_empty();
    let conditions = Conditions { url: &old.address, validators: &validators, takes_changes: false };
    let request =
        Request { url, home: url, options: &options, conditions: is_current.then_some(conditions), jar: None };
    let (came, asks, freshness) = match fetcher.fetch(request, &Open, now).await {
        Err(error) => (Err(told(&error)), None, None),
        Ok(exchange) => {
            let (asks, freshness) = (exchange.retry_after, exchange.freshness);
            let judged = tokio::task::spawn_blocking(move || judge(exchange)).await;
            (judged.unwrap_or_else(|_| Err("the list cannot be read because of a bug".to_owned())), asks, freshness)
        }
    };
    let mut state = old.clone();
    let mut document = None;
    let schedule = &config.defaults.schedule;
    match came {
        Ok(came) => {
            if let Came::List { document: found, address, validators } = came {
                let digest = digest(&found);
                let text = |bytes: Option<Vec<u8>>| bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                if copy.as_ref() != Some(&digest) {
                    state.changed = Some(now);
                    document = Some(found);
                }
                (state.copy, state.address) = (digest, address);
                (state.etag, state.last_modified) = (text(validators.etag), text(validators.last_modified));
            }
            (state.failures, state.problem) = (0, None);
            let unchanged = state.changed.map_or(Duration::ZERO, |changed| now.since(changed));
            state.next = Some(now.plus(pause(schedule, unchanged, freshness)));
        }
        Err(why) => {
            state.failures = old.failures.saturating_add(1);
            state.problem = Some(why);
            state.next = Some(now.plus(pause_after_failure(schedule, state.failures, asks)));
        }
    }
    store(list, old, state, document).await
}

/// Why a request failed. The limit of a list is its own, and not `max_body`.
fn told(error: &FetchError) -> String {
    match error {
        FetchError::TooLarge { limit } => format!("it is larger than {}", show_size(*limit)),
        other => other.to_string(),
    }
}

/// Judges an answer: the list that came, or why nothing came that can be used.
fn judge(exchange: Exchange) -> Result<Came, String> {
    // The verdict gets no validators, so it renews none; those of the state stay as they are.
    match verdict(&exchange, None) {
        Verdict::NotModified(_) => return Ok(Came::Nothing),
        Verdict::Gone => return Err("the server says that the list is gone for good (410)".to_owned()),
        Verdict::Failed(error) => return Err(told(&error)),
        Verdict::Document => {}
    }
    if let Some(why) = &exchange.cut {
        return Err(format!("the transfer was cut off: {why}"));
    }
    let decoded = decode::decode(&exchange.body, &exchange.content_encoding, MAX_LIST_BYTES);
    let document = decoded.map_err(|error| told(&error))?.body.into_owned();
    check_list(&document).map_err(|why| format!("what the server sent is not taken: {why}"))?;
    Ok(Came::List { document, address: exchange.url.to_string(), validators: validators_of(&exchange) })
}

/// How long a list is not asked after a request that succeeded: longer the longer it has not changed, and as long as the server asks.
fn pause(schedule: &ScheduleOptions, unchanged: Duration, freshness: Option<Duration>) -> Duration {
    let least = schedule.min_every.min(PAUSE_MAX);
    (unchanged / UNCHANGED_PART).max(freshness.unwrap_or_default()).clamp(least, PAUSE_MAX)
}

/// The same after a request that failed.
fn pause_after_failure(schedule: &ScheduleOptions, failures: u32, asks: Option<Duration>) -> Duration {
    let own = if failures > FAILURES_OFTEN { PAUSE_MAX } else { retry::wait(failures, asks) };
    let least = schedule.min_every.max(asks.unwrap_or_default()).min(PAUSE_MAX);
    own.clamp(least, PAUSE_MAX)
}

/// Writes the copy, if it has changed, and the state. Returns whether there is news.
async fn store(list: &ReadingList, old: ListState, mut state: ListState, document: Option<Vec<u8>>) -> bool {
    let (copy, path) = (list.copy.clone(), list.state_path());
    let shown = printable(&list.shown);
    let write = move || {
        let mut is_changed = false;
        if let Some(document) = document {
            match write_whole(&copy, &document) {
                Ok(()) => is_changed = true,
                // The validators belong to the document that could not be written.
                Err(error) => {
                    let problem = Some(format!("its new version cannot be written to {}: {error}", copy.display()));
                    let (next, failures) = (state.next, old.failures.saturating_add(1));
                    state = ListState { next, problem, failures, ..old.clone() };
                }
            }
        }
        let has_news = is_changed || state.problem != old.problem;
        if let Err(error) =
            serde_json::to_vec(&state).map_err(io::Error::other).and_then(|text| write_whole(&path, &text))
        {
            tracing::warn!(list = %shown, %error, "it cannot be written down when the reading list was asked");
        } else if is_changed {
            tracing::info!(list = %shown, "a new version of the reading list has come");
        }
        has_news
    };
    tokio::task::spawn_blocking(write).await.unwrap_or_default()
}

/// Keeps the good versions of the lists that are files, and removes the copies of lists that are no longer followed.
async fn keep_copies(config: &Arc<Config>) {
    let config = config.clone();
    // A panic while the copies are kept is logged where it happens, and the next change of the configuration tries
    // again.
    let _ = tokio::task::spawn_blocking(move || {
        for list in &config.lists {
            if let Err(error) = keep_copy(list) {
                let shown = printable(&list.shown);
                tracing::warn!(list = %shown, %error, "no copy of the reading list can be kept");
            }
        }
        remove_strangers(&config);
    })
    .await;
}

fn keep_copy(list: &ReadingList) -> io::Result<()> {
    let ListOrigin::File(path) = &list.origin else { return Ok(()) };
    if list.problem.is_some() {
        return Ok(());
    }
    let document = read_up_to(path, MAX_LIST_BYTES)?;
    // The file may have been edited since the configuration was read.
    if document.len() as u64 > MAX_LIST_BYTES || check_list(&document).is_err() {
        return Ok(());
    }
    match read_up_to(&list.copy, MAX_LIST_BYTES) {
        Ok(known) if known == document => Ok(()),
        _ => write_whole(&list.copy, &document),
    }
}

/// Removes copies and states of lists that the configuration no longer names, so that the folder does not grow.
fn remove_strangers(config: &Config) {
    let folder = folder_of_lists(&config.store_path);
    let Ok(listing) = fs::read_dir(&folder) else { return };
    let files = config.lists.iter().flat_map(|list| [list.copy.clone(), list.state_path()]);
    let known: HashSet<OsString> = files.filter_map(|path| Some(path.file_name()?.to_owned())).collect();
    for found in listing.flatten() {
        let name = found.file_name();
        let is_ours = Path::new(&name).extension().is_some_and(|end| end == "opml" || end == "json" || end == "new");
        if is_ours && !known.contains(&name) {
            // A file that cannot be removed does no harm.
            let _ = fs::remove_file(found.path());
        }
    }
    if known.is_empty() {
        let _ = fs::remove_dir(&folder);
    }
}

/// Puts a file in its place in one step, readable for the user alone, because addresses may contain secrets.
fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder_of(path))?;
    let beside = path.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    let written = file.write_all(content).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Every;

    fn schedule(min_every: u64) -> ScheduleOptions {
        ScheduleOptions {
            every: Every::Auto,
            min_every: Duration::from_secs(min_every),
            min_every_written: false,
            max_every: PAUSE_MAX,
            priority: 1.0,
        }
    }

    #[test]
    fn a_list_is_asked_between_once_an_hour_and_once_a_day() {
        const HOUR: u64 = 3_600;
        let check = |min_every: u64, unchanged: u64, freshness: Option<u64>, wanted: u64| {
            let found = pause(&schedule(min_every), Duration::from_secs(unchanged), freshness.map(Duration::from_secs));
            assert_eq!(found, Duration::from_secs(wanted), "{min_every} {unchanged} {freshness:?}");
        };
        check(HOUR, 0, None, HOUR);
        check(HOUR, 48 * HOUR, None, 2 * HOUR);
        check(HOUR, 1_000 * HOUR, None, 24 * HOUR);
        check(HOUR, 0, Some(6 * HOUR), 6 * HOUR);
        check(HOUR, 0, Some(600 * HOUR), 24 * HOUR);
        check(1, 0, None, 1);
        check(300 * HOUR, 0, None, 24 * HOUR);
    }

    #[test]
    fn a_list_that_fails_is_asked_less_and_less_often() {
        let check = |failures: u32, asks: Option<u64>, wanted: u64| {
            let found = pause_after_failure(&schedule(1), failures, asks.map(Duration::from_secs));
            assert_eq!(found, Duration::from_secs(wanted), "{failures} {asks:?}");
        };
        check(1, None, 10);
        check(4, None, 80);
        check(20, None, 3_600);
        check(25, None, 86_400);
        check(1, Some(7_200), 7_200);
        check(1, Some(u64::MAX), 86_400);
        assert_eq!(pause_after_failure(&schedule(3_600), 1, None), Duration::from_secs(3_600));
    }

    #[test]
    fn what_is_kept_is_whole_and_what_is_not_followed_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.lists/a.opml");
        write_whole(&path, b"one").expect("it can be written");
        write_whole(&path, b"two").expect("it can be written");
        assert_eq!(fs::read(&path).expect("it is there"), b"two");
        let names = fs::read_dir(folder.path().join("x.lists")).expect("it is there").count();
        assert_eq!(names, 1, "nothing is left beside it");
    }
}
