//! Asks each candidate once, as politely as polls do: at most `concurrency` candidates at a time, candidates of one
//! registrable domain one after the other with the pause `host_gap`, and never a candidate in a private network that is
//! not allowed.

use std::collections::BTreeMap;

use futures_util::stream::{self, StreamExt};
use tokio::sync::Semaphore;

use super::plan::LineRemark;
use crate::cli::Failure;
use crate::cli::find::{self, Missing};
use crate::cli::print::printable_lines;
use crate::cli::progress::{Line, Progress};
use crate::cli::session::{Session, block_on};
use crate::config::{Candidate, Config, redact_url};
use crate::fetch::Fetcher;
use crate::schedule::{HostKey, host_key};

/// Sites whose candidates are asked side by side. Most of them wait for their `host_gap`, so that there may be more sites than
/// requests at the same time.
const SITES_AT_ONCE: usize = 1_000;

/// Asks each candidate for its feed. Returns the candidates that answered with a feed, in the order of the list, and
/// what is wrong with the others. If a page named its feed, the address is the feed's.
pub(super) fn verify(
    session: &Session,
    config: &Config,
    candidates: Vec<Candidate>,
) -> Result<(Vec<Candidate>, Vec<LineRemark>), Failure> {
    let progress = Progress::new(session, false, "asking", candidates.len());
    let answers = block_on(async { Ok(ask(config, candidates, &progress.line).await) })?;
    drop(progress);
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for (candidate, failure) in answers {
        match failure {
            None => found.push(candidate),
            Some(why) => {
                let (what, why) = (redact_url(&candidate.url), printable_lines(&why));
                failed.push(LineRemark { line: candidate.line, what, why });
            }
        }
    }
    Ok((found, failed))
}

/// The candidates in their order, each with the reason if it has no feed.
async fn ask(config: &Config, candidates: Vec<Candidate>, progress: &Line) -> Vec<(Candidate, Option<String>)> {
    let fetcher = &Fetcher::new(config.poll.contact.as_deref());
    let room = &Semaphore::new(config.poll.concurrency);
    let mut sites: BTreeMap<HostKey, Vec<(usize, Candidate)>> = BTreeMap::new();
    for (at, candidate) in candidates.into_iter().enumerate() {
        sites.entry(host_key(&candidate.url)).or_default().push((at, candidate));
    }
    let site = |candidates: Vec<(usize, Candidate)>| async move {
        let mut answers = Vec::with_capacity(candidates.len());
        for (at, candidate) in candidates {
            if !answers.is_empty() {
                tokio::time::sleep(config.poll.host_gap).await;
            }
            // The semaphore is never closed. Without a permit, the request would only be made earlier.
            let permit = room.acquire().await.ok();
            let (candidate, failure) = asked(config, fetcher, candidate).await;
            drop(permit);
            progress.step(failure.is_some());
            answers.push((at, candidate, failure));
        }
        answers
    };
    let answers = stream::iter(sites.into_values().map(site)).buffer_unordered(SITES_AT_ONCE);
    let mut answers: Vec<(usize, Candidate, Option<String>)> =
        answers.collect::<Vec<_>>().await.into_iter().flatten().collect();
    answers.sort_by_key(|(at, ..)| *at);
    answers.into_iter().map(|(_, candidate, failure)| (candidate, failure)).collect()
}

/// Asks for one feed. Its own title tells whether the title of the list is the user's.
async fn asked(config: &Config, fetcher: &Fetcher, mut candidate: Candidate) -> (Candidate, Option<String>) {
    match find::at(candidate.url.clone(), config, fetcher).await {
        Ok(found) => {
            candidate.url = found.url;
            let own = found.feed.meta.title.filter(|title| !title.trim().is_empty());
            if let Some(title) = &candidate.title {
                // Without a title of the feed, the list alone says whose title it is.
                candidate.is_renamed = own.map_or(candidate.is_renamed, |own| !is_same_title(title, &own));
            } else {
                candidate.title = own;
            }
            (candidate, None)
        }
        Err(Missing::Page(_)) => (candidate, Some("the document is an HTML page that names no feed".to_owned())),
        Err(Missing::Because(why)) => (candidate, Some(why)),
    }
}

/// Whether two titles have the same words.
fn is_same_title(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
