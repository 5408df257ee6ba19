//! `search`: prints the stored entries that a query finds.

use std::io::{self, IsTerminal, Write};

use anstyle::Style;

use super::answers::entry_lines;
use super::arguments::{SearchArguments, Sort};
use super::print;
use super::session::{Session, VerbResult};
use crate::control::{FoundRecord, Record, SearchFor, Verb};
use crate::logging::printable;
use crate::search::Order;

/// Entries that are printed if no number was given.
const ENTRIES: u32 = 50;

pub(super) fn search(session: &Session, arguments: SearchArguments) -> VerbResult {
    let SearchArguments { query, sort, limit, json } = arguments;
    let limit = usize::try_from(limit.unwrap_or(ENTRIES)).unwrap_or(usize::MAX);
    let order = sort.map(|sort| match sort {
        Sort::Newest => Order::Newest,
        Sort::Rank => Order::Rank,
    });
    let asked = SearchFor { query: query.join(" "), order, limit };
    let mut has_found = false;
    let answered = session.answer(Verb::Search(asked), |record| match record {
        Record::Note(note) => {
            session.say(&printable(&note));
            Ok(())
        }
        Record::Found(found) => {
            has_found = true;
            if json { print::json(&found) } else { found_lines(&found) }
        }
        _ => Ok(()),
    })?;
    if !has_found && !json {
        session.say("nothing was found");
    }
    Ok(answered)
}

fn found_lines(found: &FoundRecord) -> io::Result<()> {
    let FoundRecord { entry, snippet } = found;
    entry_lines(entry)?;
    if snippet.text.is_empty() {
        return Ok(());
    }
    let bold = if io::stdout().is_terminal() { Style::new().bold() } else { Style::new() };
    let parts = snippet.parts().into_iter().map(|(text, is_marked)| {
        let text = printable(&text);
        if is_marked { format!("{bold}{text}{bold:#}") } else { text }
    });
    // The stream leaves the style out where the user does not want it.
    writeln!(anstream::stdout().lock(), "{:18}{}", "", parts.collect::<String>())
}
