//! `tidy`: shows the edits that polling suggests as a diff; with `--apply` it makes them. The daemon itself never edits
//! the configuration.

use std::fs::canonicalize;
use std::io::Error;
use std::path::PathBuf;

use url::{Position, Url};

use super::diff::{folder_for, header, quoted, unified};
use super::edit::{Edited, edit_source, lock, tell_daemon};
use super::session::{Session, VerbResult, block_on, existing, load_with, printed};
use super::{FAILED, Failure, print};
use crate::config::{Config, SourceConfig, SourcePlace, disable, masked, set_url, set_url_begin};
use crate::control::{End, shown_address};
use crate::daemon;
use crate::logging::printable;
use crate::model::Outcome;
use crate::moves;
use crate::poll::WRITE_HTTPS;
use crate::store::{AdoptedWhy, SourceState};

/// The message under a diff with masked secrets, which `git apply` refuses because the file has other lines.
const HIDES: &str = "lines with *** hide secrets, so that `git apply` refuses this diff: make the edits by hand, or \
                     run `watershed tidy --apply`";

/// A proposed edit of one `[[source]]`.
struct Proposal {
    place: SourcePlace,
    /// The reason, for the user.
    why: String,
    edit: Edit,
}

enum Edit {
    Url(String),
    /// The beginning of the address is replaced.
    Begin {
        from: String,
        to: String,
    },
    Disable,
}

pub(super) fn tidy(session: &Session, apply: bool) -> VerbResult {
    let lock = if apply { Some(lock(session)?) } else { None };
    let config = session.config()?;
    let states = states(&config)?;
    let proposed = config.sources.iter().zip(config.places.iter()).zip(states);
    let proposed = proposed.filter_map(|((source, place), state)| Some((source, proposal(source, place, &state?)?)));
    let (of_lists, written): (Vec<_>, Vec<_>) = proposed.partition(|(source, _)| source.list.is_some());
    for (source, Proposal { why, .. }) in of_lists {
        let list = printable(source.list.as_deref().unwrap_or_default());
        let why = printable(&why);
        session
            .say(&format!("{why}; it comes from the reading list {list}, so that only its owner can write this down"));
    }
    let proposals: Vec<Proposal> = written.into_iter().map(|(_, proposal)| proposal).collect();
    let (mut files, mut edits) = (Vec::new(), Vec::new());
    for proposal @ Proposal { place, why, edit } in &proposals {
        // The numbers stay right, because no edit adds or removes a table.
        edit_source(&mut files, &config, place, |text, number| {
            let after = match edit {
                Edit::Url(url) => set_url(text, number, url),
                Edit::Begin { from, to } => set_url_begin(text, number, from, to),
                Edit::Disable => disable(text, number),
            }?;
            if after == text {
                session.say(&format!("{}; this address has to be edited by hand", printable(why)));
            } else {
                edits.push(proposal);
            }
            Ok(after)
        })?;
    }
    files.retain(|file| file.after != file.before);
    if files.is_empty() {
        let message = if proposals.is_empty() { "nothing to tidy" } else { "nothing that `tidy` can edit" };
        return Ok(End { exit: 0, message: message.to_owned() });
    }
    for file in &files {
        load_with(&config.path, &[(file.path.as_path(), file.after.as_str())])?;
    }
    let (text, hides) = shown(&files, &edits)?;
    printed(print::text(&text))?;
    if !apply {
        let message = if hides { HIDES } else { "run `watershed tidy --apply` to make these edits" };
        return Ok(End { exit: 0, message: message.to_owned() });
    }
    for file in &files {
        file.save()?;
        session.say(&format!("edited {}", file.path.display()));
    }
    drop(lock);
    tell_daemon(session)
}

/// The stored state of each source; the database is only read.
fn states(config: &Config) -> Result<Vec<Option<SourceState>>, Failure> {
    block_on(async {
        match existing(&config.store_path)? {
            Some(store) => Ok(store.states_of(daemon::keys(config)).await?),
            None => Ok(config.sources.iter().map(|_| None).collect()),
        }
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
            AdoptedWhy::Moved => format!("{}: moved permanently to {to}", source.name),
            AdoptedWhy::Page => format!("{}: the address is a page that names the feed {to}", source.name),
        };
        (why, Edit::Url(adopted.url.clone()))
    } else if state.schedule.gone {
        (format!("{}: the server says that the feed is gone (410)", source.name), Edit::Disable)
    } else if let Some((from, to)) = https(source, state) {
        (format!("{}: the server redirects to the same address with https", source.name), Edit::Begin { from, to })
    } else {
        return None;
    };
    Some(Proposal { place: place.clone(), why, edit })
}

/// The beginning of the address as it is and as it would be with https, if the server redirected to the same address
/// with https. A login written for http is not sent over https, because that is another origin; written with https, the
/// address gets the login.
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
    // The comparison is with the shown address, because addresses are stored with their secrets masked.
    if !is_refused && state.effective_url != Some(source.shown_address(&https)) {
        return None;
    }
    let authority = |url: &Url| match (source.url.port(), there.port()) {
        (None, None) => String::new(),
        _ => url[Position::BeforeHost..Position::AfterPort].to_owned(),
    };
    Some((format!("http://{}", authority(&source.url)), format!("https://{}", authority(&https))))
}

/// A diff of the files with masked secrets, and the reasons as comments; and whether a line of the diff has such a
/// mask. A file behind a link is named by its own path. A diff that is to be applied in another folder than the current
/// one names that folder first.
fn shown(files: &[Edited], edits: &[&Proposal]) -> Result<(String, bool), Failure> {
    let path = |file: &Edited| {
        let failed = |why: Error| Failure::new(FAILED, format!("cannot find {}: {why}", file.path.display()));
        canonicalize(&file.path).map_err(failed)
    };
    let paths = files.iter().map(path).collect::<Result<Vec<PathBuf>, Failure>>()?;
    let here = std::env::current_dir().ok();
    let folder = folder_for(&paths, here.as_deref());
    let is_here = here.as_deref() == Some(folder);
    let mut out = if is_here { String::new() } else { format!("# In {}:\n", quoted(folder)) };
    let mut hides = false;
    for (file, path) in files.iter().zip(&paths) {
        for Proposal { why, .. } in edits.iter().filter(|edit| *edit.place.file == *file.path) {
            out.push_str(&format!("# {why}\n"));
        }
        let diff = unified(&masked(&file.before), &masked(&file.after));
        hides |= diff != unified(&file.before, &file.after);
        out.push_str(&header(path.strip_prefix(folder).unwrap_or(path)));
        out.push_str(&diff);
    }
    Ok((out, hides))
}
