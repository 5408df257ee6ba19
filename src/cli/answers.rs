//! `list`, `show`, `entries` and `reload`: questions that the daemon answers, or that the command answers from the database if no
//! daemon runs.

use std::io::{self, IsTerminal};

use super::arguments::{EntriesArguments, ListArguments};
use super::print::{self, cell, when};
use super::session::{Session, VerbResult, ended, load, printed};
use super::{FAILED, Failure, SOME_FAILED, follow};
use crate::clock;
use crate::config::meant;
use crate::control::{
    Begin, End, EntriesQuery, EntryRecord, ListQuery, Record, ShownRecord, SourceRecord, State, Verb,
};
use crate::logging::printable;
use crate::model::{Tally, Timestamp};

/// In place of a cursor: before the first stored entry.
const START: &str = "start";
/// Entries that are printed on a terminal if neither a number nor a time was given.
const TERMINAL_ENTRIES: usize = 50;

pub(super) fn list(session: &Session, arguments: ListArguments) -> VerbResult {
    let ListArguments { failing, silent, hidden, tag, json } = arguments;
    note_unknown(session, tag.as_deref());
    if hidden {
        let query = EntriesQuery { tag, hidden: true, limit: usize::MAX, ..EntriesQuery::default() };
        return session.entries(query, printer(json));
    }
    let verb = Verb::List(ListQuery { failing, tag, silent: silent.map(|span| span.as_secs()) });
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut lists: Vec<String> = Vec::new();
    let now = clock::now();
    let mut listed = 0_usize;
    let answered = session.answer(verb, |record| {
        let Record::Source(source) = record else { return Ok(()) };
        listed += 1;
        if json {
            return print::json(&source);
        }
        rows.push(source_row(&source, now));
        lists.push(source.list.as_deref().map_or_else(|| "-".to_owned(), cell));
        Ok(())
    });
    if !rows.is_empty() {
        let mut head = vec!["NAME", "STATE", "LAST", "NEXT", "NEWEST", "ENTRIES", "TAGS", "TITLE OR PROBLEM"];
        // Without reading lists, a column that says where sources come from would be empty.
        if lists.iter().any(|list| list != "-") {
            let at = head.len() - 1;
            head.insert(at, "READING LIST");
            rows.iter_mut().zip(lists).for_each(|(row, list)| row.insert(at, list));
        }
        printed(print::table(&head, &rows))?;
    }
    match answered {
        // The list says which sources fail, so no message is needed.
        Ok(_) if failing && listed > 0 => Ok(End { exit: SOME_FAILED.get(), message: String::new() }),
        answered => answered,
    }
}

fn source_row(source: &SourceRecord, now: Timestamp) -> Vec<String> {
    let time = |time: Option<Timestamp>| time.map_or_else(|| "-".to_owned(), |time| when(time, now));
    let next = match source.next_poll {
        Some(next) if next <= now => "due".to_owned(),
        next => time(next),
    };
    let state = match source.failing_since {
        Some(since) if source.state == State::Failing => format!("failing {}", since_when(since, now)),
        _ => source.state.as_str().to_owned(),
    };
    let last = match source.problems.as_slice() {
        [] => source.title.clone(),
        [problem] => problem.clone(),
        [problem, more @ ..] => format!("{problem} (and {} more)", more.len()),
    };
    vec![
        source.name.clone(),
        state,
        time(source.last_poll),
        next,
        time(source.newest),
        source.entries.to_string(),
        tags(&source.tags),
        cell(&last),
    ]
}

/// For how long a source has failed: `5m`, `2d`.
pub(super) fn since_when(since: Timestamp, now: Timestamp) -> String {
    when(since, now).trim_end_matches(" ago").to_owned()
}

/// Tags as a cell of a table; further tags are only counted.
fn tags(tags: &[String]) -> String {
    match tags {
        [] => "-".to_owned(),
        [one] => cell(one),
        [one, more @ ..] => format!("{} +{}", cell(one), more.len()),
    }
}

pub(super) fn show(session: &Session, name: String, json: bool) -> VerbResult {
    session.answer(Verb::Show(name), |record| match record {
        Record::Shown(shown) if json => print::json(&shown),
        Record::Shown(shown) => show_lines(&shown, clock::now()),
        _ => Ok(()),
    })
}

fn show_lines(shown: &ShownRecord, now: Timestamp) -> io::Result<()> {
    let source = &shown.source;
    let time = |time: Option<Timestamp>| time.map(|time| format!("{time} ({})", when(time, now)));
    let text = |text: &Option<String>| text.as_deref().map(printable);
    let mut lines: Vec<(&str, Option<String>)> = vec![
        ("name", Some(source.name.clone())),
        ("title", Some(printable(&source.title)).filter(|title| !title.is_empty())),
        ("url", Some(printable(&source.url))),
        ("final URL", text(&source.effective_url)),
        ("site", text(&shown.site)),
        ("tags", Some(printable(&source.tags.join(", "))).filter(|tags| !tags.is_empty())),
        ("reading list", text(&source.list)),
        ("private", shown.private.then(|| "yes: only in outputs that have a token".to_owned())),
        ("state", Some(source.state.as_str().to_owned())),
        ("format", text(&source.format)),
        ("entries", Some(source.entries.to_string())),
        ("in the feed", source.parsed.map(|parsed| in_the_feed(parsed, &shown.tally))),
        ("filter", (!shown.rules.is_empty()).then(|| printable(&shown.rules.join("; ")))),
        ("distrusted", (shown.distrusted > 0).then(|| distrusted(shown))),
        ("last outcome", source.outcome.map(|outcome| outcome.as_str().to_owned())),
        ("last poll", time(source.last_poll)),
        ("last success", time(shown.last_success)),
        ("last attempt", time(shown.last_attempt)),
        ("failing since", time(source.failing_since)),
        ("newest entry", time(source.newest)),
        ("failures", (source.failures > 0).then(|| format!("{} in a row", source.failures))),
        ("next poll", time(source.next_poll)),
        ("because", text(&source.next_poll_reason)),
        ("pushed", Some(printable(&shown.push.join("; "))).filter(|push| !push.is_empty())),
        ("rhythm", text(&shown.rhythm)),
        ("usual wait", shown.interval.clone()),
        ("bounds", Some(format!("{} to {}", shown.min_every, shown.max_every))),
        ("server asks", shown.server_asks.as_ref().map(|span| format!("{span} between polls"))),
        ("feed asks", shown.feed_asks.as_ref().map(|span| format!("{span} between polls"))),
        ("not before", time(shown.not_before)),
        ("site pause", text(&shown.site_pause)),
        ("polled at", text(&shown.asked_instead)),
        ("moving to", text(&shown.moving)),
        ("polls", Some(format!("{}, {} answered 304, {} in all", shown.polls, shown.not_modified, bytes(shown.bytes)))),
        ("304 since", time(shown.not_modified_since)),
        ("etag", text(&shown.etag)),
        ("last-modified", text(&shown.last_modified)),
    ];
    lines.extend(source.problems.iter().map(|problem| ("problem", Some(printable(problem)))));
    lines.into_iter().try_for_each(|(name, value)| match value {
        Some(value) => print::line(&format!("{name:<14} {value}")),
        None => Ok(()),
    })
}

/// How many items the last document had, and how many of them were new, known or revised.
fn in_the_feed(parsed: u64, tally: &Tally) -> String {
    let Tally { new, same, revised, rejected, .. } = tally;
    if tally.parsed != parsed {
        // An older version read the document and kept no tally.
        return parsed.to_string();
    }
    let duplicates = if *rejected > 0 { format!(", {rejected} left out as duplicates") } else { String::new() };
    format!("{parsed}: {new} new, {same} known, {revised} revised{duplicates}")
}

fn distrusted(shown: &ShownRecord) -> String {
    let like = printable(&shown.distrusted_like.join(", "));
    match shown.distrusted {
        1 => format!("an id or address that several entries had at the same time: {like}"),
        more => format!("{more} ids and addresses that several entries had at the same time, such as {like}"),
    }
}

/// A number of bytes in a rounded unit: "812 B", "1.3 MB".
fn bytes(number: u64) -> String {
    match number {
        0..1_000 => format!("{number} B"),
        1_000..1_000_000 => format!("{:.1} kB", number as f64 / 1e3),
        _ => format!("{:.1} MB", number as f64 / 1e6),
    }
}

pub(super) fn entries(session: &Session, arguments: EntriesArguments) -> VerbResult {
    let EntriesArguments { sources, tag, output, since, after, stories, follow, limit, json } = arguments;
    note_unknown(session, tag.as_deref());
    let begin = match after {
        Some(cursor) if cursor == START => Some(Begin::First),
        Some(cursor) => Some(Begin::After(cursor)),
        None if follow && since.is_some() => Some(Begin::First),
        None => follow.then_some(Begin::Now),
    };
    // A person wants to see the newest entries, a program wants all.
    let is_for_a_person = !json && since.is_none() && begin.is_none() && io::stdout().is_terminal();
    let limit = match limit {
        Some(limit) => usize::try_from(limit).unwrap_or(usize::MAX),
        None if is_for_a_person => TERMINAL_ENTRIES,
        None => usize::MAX,
    };
    let query = EntriesQuery { sources, tag, output, since, stories, begin, limit, ..EntriesQuery::default() };
    if follow { follow::follow(session, query, printer(json)) } else { session.entries(query, printer(json)) }
}

/// Notes that no source has this tag. It is not an error, because reading lists add and remove sources with their tags.
fn note_unknown(session: &Session, tag: Option<&str>) {
    let Some(tag) = tag else { return };
    // Mistakes in the configuration are not reported here, because the configuration is read only for this note.
    let Ok(config) = session.config() else { return };
    let mut known: Vec<&str> =
        config.sources.iter().flat_map(|it| it.options.tags.iter().map(String::as_str)).collect();
    if known.contains(&tag) {
        return;
    }
    known.sort_unstable();
    known.dedup();
    let hint = meant(tag, known).unwrap_or_else(|| "`watershed list` shows all tags".to_owned());
    session.say(&format!("note: no source has the tag `{}`; {hint}", printable(tag)));
}

/// The function that prints an entry: as JSON, or as lines for people.
fn printer(json: bool) -> fn(EntryRecord) -> io::Result<()> {
    if json { |entry: EntryRecord| print::json(&entry) } else { |entry: EntryRecord| entry_lines(&entry) }
}

pub(super) fn entry_lines(entry: &EntryRecord) -> io::Result<()> {
    let time = entry.published.to_chrono().format("%Y-%m-%d %H:%M");
    let hidden = if entry.hidden { "(hidden) " } else { "" };
    print::line(&format!("{time}  {}  {hidden}{}", entry.source, printable(&entry.title)))?;
    match &entry.link {
        Some(link) => print::line(&format!("{:18}{}", "", printable(link))),
        None => Ok(()),
    }
}

/// Makes the daemon apply the edited configuration; the daemon's answer says whether it did.
pub(super) fn reload(session: &Session) -> VerbResult {
    match session.daemon()? {
        Some(daemon) => ended(daemon.ask(Verb::Reload, |_| Ok(()))),
        None => {
            // Mistakes in the file are reported first, because the user wants to know them even if no daemon runs.
            load(&session.config_path()?)?;
            Err(Failure::new(FAILED, "no daemon runs with this configuration, so there is nothing to reload"))
        }
    }
}
