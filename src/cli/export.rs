//! `export`: prints the sources for other readers, as OPML or as newsboat's `urls`. No secret of the configuration is printed, so a
//! source whose address contains a secret is left out. With `--decisions` it prints the decisions of a person instead.

use std::collections::{BTreeMap, HashMap};

use super::arguments::{ExportArguments, ListFormat};
use super::decisions;
use super::print::{self, counted};
use super::session::{Session, VerbResult, printed};
use crate::config::{Config, SourceConfig};
use crate::control::{ListQuery, Record, Verb};
use crate::publish::{ListedSource, list_as_opml, list_as_urls};
use crate::text::address::is_web;

pub(super) fn export(session: &Session, arguments: &ExportArguments) -> VerbResult {
    if arguments.decisions {
        return decisions::export(session, arguments.private);
    }
    let config = session.config()?;
    let titles = titles(session);
    let (sources, left_out) = exported(&config, &titles, arguments.private);
    let format = if arguments.opml { ListFormat::Opml } else { arguments.format };
    let text = match format {
        ListFormat::Opml => String::from_utf8_lossy(&list_as_opml(&config.top.title, &sources)).into_owned(),
        ListFormat::Newsboat => list_as_urls(&sources),
    };
    let end = printed(print::text(&text))?;
    for (why, number) in left_out {
        session.say(&format!("{} left out: {why}", counted(number, "source")));
    }
    Ok(end)
}

/// The titles of the sources by name, as `list` has them. Without a daemon or a readable database, the list has no titles of
/// feeds, but is whole otherwise.
fn titles(session: &Session) -> HashMap<String, String> {
    let mut titles = HashMap::new();
    let answered = session.answer(Verb::List(ListQuery::default()), |record| {
        if let Record::Source(source) = record
            && !source.title.is_empty()
        {
            titles.insert(source.name, source.title);
        }
        Ok(())
    });
    if let Err(failure) = answered {
        session.say(&format!("names stand in place of the titles of feeds: {}", failure.message));
    }
    titles
}

/// Why sources are left out, and how many.
type LeftOut = BTreeMap<&'static str, usize>;

/// The sources that other readers can use, and why the others are left out.
pub(super) fn exported<'c>(
    config: &'c Config,
    titles: &'c HashMap<String, String>,
    with_private: bool,
) -> (Vec<ListedSource<'c>>, LeftOut) {
    let mut left_out = LeftOut::new();
    let mut sources = Vec::with_capacity(config.sources.len());
    for source in &config.sources {
        match why_left_out(source, with_private) {
            Some(why) => *left_out.entry(why).or_default() += 1,
            None => sources.push(listed(source, titles)),
        }
    }
    (sources, left_out)
}

fn listed<'c>(source: &'c SourceConfig, titles: &'c HashMap<String, String>) -> ListedSource<'c> {
    let title = source.options.title.as_deref();
    // `list` shows the title of the configuration in place of the feed's own.
    let own_title = titles.get(&source.name).map(String::as_str).filter(|_| title.is_none());
    ListedSource { name: &source.name, address: source.url.as_str(), title, own_title, tags: &source.options.tags }
}

fn why_left_out(source: &SourceConfig, with_private: bool) -> Option<&'static str> {
    if !is_web(&source.url) {
        Some("only this machine can read the file")
    } else if source.options.private && !with_private {
        Some("it is private; --private includes it")
    } else if !source.options.enabled {
        Some("it is not enabled")
    } else if !source.is_shown_whole() {
        Some("its address contains a secret, which stays in the configuration")
    } else {
        None
    }
}
