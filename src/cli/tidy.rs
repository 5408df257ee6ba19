//! `tidy`: the edits that polling has shown to be due, as a diff; with `--apply` they are made. The daemon itself never
//! edits the file.

use std::path::PathBuf;

use url::{Position, Url};

use super::diff::unified;
use super::edit::{edit_failed, lock, still_says, tell_daemon};
use super::session::{Session, VerbResult, block_on, printed, store_failed, wrong_config};
use super::{FAILED, Failure, print};
use crate::config::{
    self, Config, SourceConfig, SourcePlace, disable, load_with, masked, process_env, set_url, set_url_begin,
};
use crate::control::{End, shown_address};
use crate::daemon;
use crate::model::Outcome;
use crate::moves;
use crate::poll::WRITE_HTTPS;
use crate::store::{AdoptedWhy, SourceState, Store};

/// What is to be done to one `[[source]]`.
struct Proposal {
    place: SourcePlace,
    /// For the person: why.
    why: String,
    edit: Edit,
}

enum Edit {
    Url(String),
    /// Another beginning of the address.
    Begin {
        from: String,
        to: String,
    },
    Disable,
}

/// A file and what becomes of it.
struct Edited {
    path: PathBuf,
    before: String,
    after: String,
    why: Vec<String>,
}

pub(super) fn tidy(session: &Session, apply: bool) -> VerbResult {
    let lock = if apply { Some(lock(session)?) } else { None };
    let config = session.config()?;
    let states = states(&config)?;
    let proposals: Vec<Proposal> = config
        .sources
        .iter()
        .zip(&config.places)
        .zip(states)
        .filter_map(|((source, place), state)| proposal(source, place, &state?))
        .collect();
    if proposals.is_empty() {
        return Ok(End { exit: 0, message: "nothing is to be tidied".to_owned() });
    }
    let files = edited(&config, proposals)?;
    for file in &files {
        load_with(&config.path, &process_env, Some((&file.path, &file.after)))
            .map_err(|errors| wrong_config(&errors))?;
        printed(print::text(&shown(file)))?;
    }
    if !apply {
        return Ok(End { exit: 0, message: "`watershed tidy --apply` makes these edits".to_owned() });
    }
    for file in &files {
        config::save(&file.path, &file.before, &file.after).map_err(|error| edit_failed(&file.path, &error))?;
        session.say(&format!("edited {}", file.path.display()));
    }
    drop(lock);
    tell_daemon(session)
}

/// What polling has found out, source by source; the database is only read.
fn states(config: &Config) -> Result<Vec<Option<SourceState>>, Failure> {
    if !config.store_path.exists() {
        return Ok(config.sources.iter().map(|_| None).collect());
    }
    block_on(async {
        let store = Store::open_for_reading(&config.store_path).map_err(|error| store_failed(&error))?;
        store.states_of(daemon::keys(config)).await.map_err(|error| store_failed(&error))
    })
}

fn proposal(source: &SourceConfig, place: &SourcePlace, state: &SourceState) -> Option<Proposal> {
    if state.url != source.url.as_str() || !source.options.enabled {
        return None;
    }
    let adopted = state.address.adopted.as_ref().filter(|_| moves::is_elsewhere(&state.address));
    let (why, edit) = if let Some(adopted) = adopted {
        let to = shown_address(source, &adopted.url);
        let why = match adopted.why {
            AdoptedWhy::Moved => format!("{}: moved for good to {to}", source.name),
            AdoptedWhy::Page => format!("{}: a page, whose feed is {to}", source.name),
        };
        (why, Edit::Url(adopted.url.clone()))
    } else if state.schedule.gone {
        (format!("{}: gone for good (410), says the server", source.name), Edit::Disable)
    } else if let Some((from, to)) = https(source, state) {
        (format!("{}: the server leads to the same address with https", source.name), Edit::Begin { from, to })
    } else {
        return None;
    };
    Some(Proposal { place: place.clone(), why, edit })
}

/// How the address begins, and how it would with https, where the server led to the same place with https. A login is not sent
/// there, as it is given for http: written with https, the address gets it.
fn https(source: &SourceConfig, state: &SourceState) -> Option<(String, String)> {
    let is_refused = state.outcome == Some(Outcome::Failed);
    let there = if is_refused {
        let (_, address) = state.detail.as_deref()?.split_once(WRITE_HTTPS)?;
        Url::parse(address.trim_end_matches(')')).ok()?
    } else {
        Url::parse(state.effective_url.as_deref()?).ok()?
    };
    if source.url.scheme() != "http" || there.scheme() != "https" || there.host() != source.url.host() {
        return None;
    }
    let mut https = source.url.clone();
    https.set_scheme("https").ok()?;
    https.set_port(there.port()).ok()?;
    https.set_username("").ok()?;
    https.set_password(None).ok()?;
    // Addresses are stored as they may be shown.
    if !is_refused && state.effective_url != Some(source.shown_address(&https)) {
        return None;
    }
    let authority = |url: &Url| match (source.url.port(), there.port()) {
        (None, None) => String::new(),
        _ => url[Position::BeforeHost..Position::AfterPort].to_owned(),
    };
    Some((format!("http://{}", authority(&source.url)), format!("https://{}", authority(&https))))
}

fn edited(config: &Config, proposals: Vec<Proposal>) -> Result<Vec<Edited>, Failure> {
    let mut files: Vec<Edited> = Vec::new();
    for Proposal { place, why, edit } in proposals {
        let at = match files.iter().position(|file| *file.path == *place.file) {
            Some(at) => at,
            None => {
                let read = std::fs::read_to_string(&place.file);
                let before = read
                    .map_err(|error| End::failed(FAILED, format!("cannot read {}: {error}", place.file.display())))?;
                still_says(config, &place.file, &before)?;
                files.push(Edited { path: place.file.to_path_buf(), after: before.clone(), before, why: Vec::new() });
                files.len() - 1
            }
        };
        let file = &mut files[at];
        // No edit adds or takes away a table: the numbers stay right.
        let after = match &edit {
            Edit::Url(url) => set_url(&file.after, place.number, url),
            Edit::Begin { from, to } => set_url_begin(&file.after, place.number, from, to),
            Edit::Disable => disable(&file.after, place.number),
        };
        file.after = after.map_err(|error| edit_failed(&place.file, &error))?;
        file.why.push(why);
    }
    Ok(files)
}

/// The reasons, and a unified diff, in which secrets are masked.
fn shown(file: &Edited) -> String {
    let mut out = String::new();
    for why in &file.why {
        out.push_str(&format!("# {why}\n"));
    }
    let path = file.path.display();
    out.push_str(&format!("--- {path}\n+++ {path}\n"));
    out.push_str(&unified(&masked(&file.before), &masked(&file.after)));
    out
}
