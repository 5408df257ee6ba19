//! What of a list becomes a source: which addresses can be polled, which are the same, and what a new `[[source]]` says.

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::cli::edit::free_name;
use crate::cli::print;
use crate::config::{Candidate, Config, NewSource, listed_address, redact_url, same_feed, without_logins};
use crate::logging::printable;
use crate::read::{LeftOut, SourceList};

/// A remark on a line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) line: usize,
    /// What the line says, without secrets.
    pub(super) what: String,
    pub(super) why: String,
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) candidates: Vec<Candidate>,
    /// Lines that are not a source, or whose address cannot be polled.
    pub(super) refused: Vec<Told>,
    /// Lines whose source is configured already.
    pub(super) known: Vec<Told>,
    /// Lines whose source an earlier line names.
    pub(super) repeated: Vec<Told>,
}

/// Decides what of a list may be added to a configuration.
pub(super) fn plan(list: SourceList, config: &Config) -> Plan {
    let configured = configured(config);
    let mut plan = Plan::default();
    let mut listed: HashMap<String, usize> = HashMap::new();
    for source in list.sources {
        let url = match listed_address(&source.address) {
            Ok(url) => url,
            Err(why) => {
                plan.refused.push(Told { line: source.line, what: shown(&source.address), why: why.to_owned() });
                continue;
            }
        };
        let place = same_feed(&url);
        let told = |why: String| Told { line: source.line, what: redact_url(&url), why };
        if let Some(name) = configured.get(&place) {
            plan.known.push(told(format!("it is configured already, as `{name}`")));
        } else if let Some(at) = listed.get(&place)
            && let Some(first) = plan.candidates.get_mut(*at)
        {
            plan.repeated.push(told(format!("line {} names the same source", first.line)));
            first.join(source);
        } else {
            listed.insert(place, plan.candidates.len());
            plan.candidates.push(Candidate::new(source, url));
        }
    }
    let left_out = |LeftOut { line, what, why }| Told { line, what: shown(&what), why: why.to_owned() };
    plan.refused.extend(list.left_out.into_iter().map(left_out));
    plan.refused.sort_by_key(|told| told.line);
    plan
}

/// A written address without its secrets, for messages.
fn shown(written: &str) -> String {
    let bare = match Url::parse(written) {
        Ok(url) if url.has_host() => redact_url(&url),
        _ => without_logins(written).into_owned(),
    };
    print::cell(&bare)
}

/// The names of the configured sources, by their places.
fn configured(config: &Config) -> HashMap<String, &str> {
    config.sources.iter().map(|source| (same_feed(&source.url), source.name.as_str())).collect()
}

/// The candidates whose source is neither configured nor another candidate's, and the number of the others. While addresses
/// were asked, somebody may have added sources, and pages may have named the same feed.
pub(super) fn without_known(mut candidates: Vec<Candidate>, config: &Config) -> (Vec<Candidate>, usize) {
    let all = candidates.len();
    let configured = configured(config);
    let mut seen = HashSet::new();
    candidates.retain(|candidate| {
        let place = same_feed(&candidate.url);
        !configured.contains_key(&place) && seen.insert(place)
    });
    let doubles = all - candidates.len();
    (candidates, doubles)
}

/// The tables to write. A title becomes `title` only if it is the user's; the feed's own title becomes a comment, because
/// `title` would replace the feed's own title for ever.
pub(super) fn sources(candidates: &[Candidate], config: &Config) -> Vec<NewSource> {
    let mut taken: HashSet<String> = config.sources.iter().map(|source| source.name.clone()).collect();
    let source = |candidate: &Candidate| {
        let name = free_name(&taken, &candidate.url);
        taken.insert(name.clone());
        let title = candidate.title.as_deref().map(printable);
        let (title, note) = if candidate.is_renamed { (title, None) } else { (None, title) };
        NewSource { url: candidate.url.to_string(), name, title, tags: candidate.tags(), note }
    };
    candidates.iter().map(source).collect()
}
