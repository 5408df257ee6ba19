//! `tidy`: the edits that polling has shown to be due, as a diff; with `--apply` they are made. The daemon itself never
//! edits the file.

use std::path::PathBuf;

use super::edit::{edit_failed, lock, still_says, tell_daemon};
use super::session::{Ended, Session, block_on, printed, store_failed, wrong_config};
use super::{FAILED, Failure, print};
use crate::config::{self, Config, SourceConfig, SourcePlace, disable, load_with, masked, process_env, set_url};
use crate::control::{End, shown_address};
use crate::daemon;
use crate::moves;
use crate::store::{AdoptedWhy, SourceState, Store};

/// Lines shown around a change.
const CONTEXT: usize = 2;

/// What is to be done to one `[[source]]`.
struct Proposal {
    place: SourcePlace,
    /// For the person: why.
    why: String,
    edit: Edit,
}

enum Edit {
    Url(String),
    Disable,
}

/// A file and what becomes of it.
struct Edited {
    path: PathBuf,
    before: String,
    after: String,
    why: Vec<String>,
}

pub(super) fn tidy(session: &Session, apply: bool) -> Ended {
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
    } else {
        return None;
    };
    Some(Proposal { place: place.clone(), why, edit })
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
            Edit::Disable => disable(&file.after, place.number),
        };
        file.after = after.map_err(|error| edit_failed(&place.file, &error))?;
        file.why.push(why);
    }
    Ok(files)
}

/// The reasons, and a unified diff.
fn shown(file: &Edited) -> String {
    let mut out = String::new();
    for why in &file.why {
        out.push_str(&format!("# {why}\n"));
    }
    let path = file.path.display();
    out.push_str(&format!("--- {path}\n+++ {path}\n"));
    let (before, after) = (masked(&file.before), masked(&file.after));
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    for hunk in hunks(&before, &after) {
        out.push_str(&hunk);
    }
    out
}

/// Lines are exchanged one for one, or one is added: the next line that both have again is never far.
fn hunks(before: &[&str], after: &[&str]) -> Vec<String> {
    let mut hunks = Vec::new();
    let (mut at, mut to) = (0, 0);
    while at < before.len() || to < after.len() {
        if at < before.len() && to < after.len() && before[at] == after[to] {
            (at, to) = (at + 1, to + 1);
            continue;
        }
        let is_added = after.get(to + 1).is_some_and(|next| before.get(at) == Some(next)) || at >= before.len();
        let (removed, added) = if is_added { (0, 1) } else { (1, 1) };
        let (from, from_to) = (at.saturating_sub(CONTEXT), to.saturating_sub(CONTEXT));
        let end = (at + removed + CONTEXT).min(before.len());
        let mut hunk =
            format!("@@ -{},{} +{},{} @@\n", from + 1, end - from, from_to + 1, end - from + added - removed);
        before[from..at].iter().for_each(|line| hunk.push_str(&format!(" {line}\n")));
        before[at..at + removed].iter().for_each(|line| hunk.push_str(&format!("-{line}\n")));
        after[to..(to + added).min(after.len())].iter().for_each(|line| hunk.push_str(&format!("+{line}\n")));
        before[at + removed..end].iter().for_each(|line| hunk.push_str(&format!(" {line}\n")));
        hunks.push(hunk);
        (at, to) = (at + removed, to + added);
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::hunks;

    #[test]
    fn changes_are_shown_with_their_lines() {
        let before = ["a", "b", "c", "d", "e"];
        assert_eq!(hunks(&before, &before).len(), 0);
        assert_eq!(hunks(&before, &["a", "b", "X", "d", "e"]), ["@@ -1,5 +1,5 @@\n a\n b\n-c\n+X\n d\n e\n"]);
        assert_eq!(hunks(&before, &["a", "b", "c", "n", "d", "e"]), ["@@ -2,4 +2,5 @@\n b\n c\n+n\n d\n e\n"]);
        assert_eq!(hunks(&["a"], &["a", "n"]), ["@@ -1,1 +1,2 @@\n a\n+n\n"]);
    }
}
