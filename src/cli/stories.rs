//! `why`, `stories`, `split`, `join`, `hide` and `unhide`: decisions of the program on entries, and decisions of a person.

use std::io;

use super::arguments::StoriesArguments;
use super::print;
use super::session::{Session, VerbResult, answered, block_on, ended, open};
use crate::control::{self, End, MemberRecord, Record, StoriesQuery, StoryChangeRecord, StoryEdit, Verb, WhyRecord};
use crate::logging::printable;

pub(super) fn why(session: &Session, what: String, json: bool) -> VerbResult {
    session.answer(Verb::Why(what), |record| match record {
        Record::Why(why) if json => print::json(&why),
        Record::Why(why) => why_lines(&why),
        _ => Ok(()),
    })
}

fn why_lines(why: &WhyRecord) -> io::Result<()> {
    let (entry, card) = (&why.entry, &why.entry.card);
    print::line(&format!("“{}”, from {}", printable(&card.title), entry.source))?;
    if let Some(link) = &card.link {
        print::line(&format!("  {}", printable(link)))?;
    }
    print::line(&format!("  {}.", printable(&why.identity)))?;
    let last = why.versions.last().map_or(card.updated, |version| version.until);
    let revised = match card.revisions {
        0 => "and has not changed since".to_owned(),
        1 => format!("and was revised once, on {last}"),
        times => format!("and was revised {times} times, last on {last}"),
    };
    print::line(&format!("  It was first seen on {}, {revised}.", card.first_seen))?;
    let titles = why.versions.iter().map(|version| &version.title).chain([&card.title]).skip(1);
    for (version, next) in why.versions.iter().zip(titles) {
        let what = if version.title == *next {
            "its text was different".to_owned()
        } else {
            format!("its title was “{}”", printable(&version.title))
        };
        print::line(&format!("    until {} {what}", version.until))?;
    }
    // A story that an entry stored later leads keeps the id of the entry stored first, because readers know it by that id.
    if entry.lead && !why.published_as.is_empty() && why.published_as != entry.id {
        print::line(&format!(
            "  Its story is published as {}, the id that it had first.",
            printable(&why.published_as)
        ))?;
    } else {
        print::line(&format!("  It is published as {}.", printable(&entry.id)))?;
    }
    let others: Vec<&MemberRecord> = why.story.iter().filter(|it| it.id != entry.id).collect();
    match (others.len(), entry.lead) {
        (0, _) => print::line("  No other source has the same piece."),
        (1, true) => print::line("  It leads a story; another entry is the same piece:"),
        (others, true) => print::line(&format!("  It leads a story; {others} other entries are the same piece:")),
        (_, false) => print::line("  It is a copy; the first of these entries leads its story:"),
    }?;
    others.iter().try_for_each(|it| member_line(it))?;
    let shown =
        if why.outputs.is_empty() { "in no output".to_owned() } else { format!("in {}", why.outputs.join(", ")) };
    let hidden = match (entry.hidden, why.outputs.is_empty()) {
        (false, _) => "",
        (true, true) => ", because the entry is hidden",
        (true, false) => ", but the entry itself is hidden",
    };
    print::line(&format!("  Its story appears {shown}{hidden}."))?;
    why.rulings.iter().try_for_each(|ruling| print::line(&format!("  {}.", printable(ruling))))?;
    why.decisions
        .iter()
        .try_for_each(|decision| print::line(&format!("  {}: {}.", decision.at, printable(&decision.text))))?;
    why.nearly.iter().try_for_each(|near| {
        let (title, source) = (printable(&near.entry.card.title), &near.entry.source);
        print::line(&format!("  It was not joined to “{title}” of {source}: {}.", printable(&near.text)))
    })
}

fn member_line(member: &MemberRecord) -> io::Result<()> {
    let link = member.card.link.as_deref().map(printable).unwrap_or_default();
    print::line(&format!("    {}: “{}”  {link}", member.source, printable(&member.card.title)))
}

pub(super) fn stories(session: &Session, arguments: StoriesArguments) -> VerbResult {
    let query = StoriesQuery {
        reach: arguments.reach,
        window: arguments.window.map(|window| window.as_secs()),
        since: arguments.since,
    };
    let mut changes = 0;
    let end = session.answer(Verb::Stories(query), |record| {
        let Record::StoryChange(change) = record else { return Ok(()) };
        changes += 1;
        if arguments.json { print::json(&change) } else { change_lines(&change) }
    })?;
    if changes == 0 {
        return Ok(End { exit: 0, message: "these settings would change nothing".to_owned() });
    }
    Ok(end)
}

fn change_lines(change: &StoryChangeRecord) -> io::Result<()> {
    let verb = if change.what == "join" { "would be joined to" } else { "would be parted from" };
    let (entry, other) = (&change.entry, &change.other);
    print::line(&format!("“{}” of {}", printable(&entry.card.title), entry.source))?;
    print::line(&format!(
        "  {verb} “{}” of {}: {}",
        printable(&other.card.title),
        other.source,
        printable(&change.text)
    ))
}

pub(super) fn change(session: &Session, change: StoryEdit) -> VerbResult {
    if let Some(daemon) = session.daemon()? {
        return ended(daemon.ask(Verb::Change(change), |_| Ok(())));
    }
    let config = session.config()?;
    block_on(async {
        let store = open(&config).await?;
        store.ping().await?;
        answered(control::answer(&Verb::Change(change), &config, Some(&store)).await, |_| Ok(()))
    })
}
