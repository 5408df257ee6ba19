//! `demo`: polls a few invented publishers on the loopback address through the whole pipeline, and serves the merged feed. It
//! works offline and leaves nothing behind.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs::DirBuilder;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::poll::poll_here;
use super::progress::Line;
use super::run::Signals;
use super::session::{Session, VerbResult, answered, block_on, existing, printed};
use super::{FAILED, Failure, print, publisher, run};
use crate::clock;
use crate::config::{self, Config};
use crate::control::{self, EntriesQuery, EntryRecord, ListQuery, Record, Verb};
use crate::daemon::Which;
use crate::logging::{Log, Loudness, printable};
use crate::text::excerpt;

/// Most entries that `--once` prints.
const ENTRIES_MAX: usize = 200;
/// Characters that `--once` prints of the text of an entry, and of a story that several sources have.
const ENTRY_CHARS: usize = 280;
const STORY_CHARS: usize = 1_000;
/// Columns of a line of text.
const COLUMNS: usize = 96;
/// What the merged feed of the demo is called. `icon` is a path at the publisher.
const TITLE: &str = "Planet Skerrow";
const SUBTITLE: &str = "What the people of a small harbour town write, merged by Watershed";
const ICON: &str = "/icons/planet.svg";

pub(super) fn demo(session: &Session, once: bool) -> VerbResult {
    block_on(async {
        let folder = Folder::new()
            .map_err(|error| Failure::new(FAILED, format!("cannot make a folder for temporary files: {error}")))?;
        let publisher = publisher::publish().await.map_err(|error| {
            Failure::new(FAILED, format!("the demo's publisher cannot listen on the loopback address: {error}"))
        })?;
        let config = demo_config(&folder.0, publisher)?;
        let loudness = if session.loudness == Loudness::Verbose { Loudness::Verbose } else { Loudness::Quiet };
        let log = Log::start(&config.log, loudness);
        if once {
            return merge_once(config).await;
        }
        let control = Some(folder.0.join("control.sock"));
        run::serve(config, Vec::new(), log, Some(explain), control, Signals::new()?).await
    })
}

/// A folder for the configuration and the database of the demo; dropping the value removes the folder.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Folder> {
        let random = u128::from_be_bytes(clock::random_bytes());
        let path = std::env::temp_dir().join(format!("watershed-demo-{random:032x}"));
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A failure is ignored, because the system empties its folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Writes a configuration and reads it like a user's, so that the demo goes through the same code.
fn demo_config(folder: &Path, publisher: SocketAddr) -> Result<Config, Failure> {
    let mut text = format!(
        "title = \"{TITLE}\"\n[serve]\nlisten = \"127.0.0.1:0\"\n[poll]\nallow_networks = [\"127.0.0.1/32\"]\n\
         host_gap = \"0s\"\n[[output]]\nname = \"feed\"\nsubtitle = \"{SUBTITLE}\"\n\
         icon = \"http://{publisher}{ICON}\"\nlanguage = \"en\"\n"
    );
    for feed in publisher::FEEDS {
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "[[source]]\nname = \"{}\"\nurl = \"http://{publisher}{}\"\ntags = {:?}\n",
            feed.name, feed.file.path, feed.tags
        );
    }
    let path = folder.join("watershed.toml");
    std::fs::write(&path, text)
        .map_err(|error| Failure::new(FAILED, format!("cannot write {}: {error}", path.display())))?;
    // The environment is hidden, because it could name another place for the database.
    Ok(config::load(&path, &|_| None)?)
}

/// Prints the addresses of the demo below the line that `run` prints.
fn explain(address: &str) {
    let mut text = String::new();
    let _ =
        write!(text, "\n  the page        {address}\n  the merged feed {address}feed.atom   (for your feed reader)\n");
    for feed in publisher::FEEDS {
        let _ = writeln!(text, "  one source      {address}source/{}.atom", feed.name);
    }
    let tags: BTreeSet<&str> = publisher::FEEDS.iter().flat_map(|feed| feed.tags).copied().collect();
    for tag in tags {
        let _ = writeln!(text, "  one tag         {address}tag/{tag}.atom");
    }
    text.push_str("\nPolled from a small publisher on this machine; nothing is kept. Press Ctrl-C to stop.\n");
    let _ = print::text(&text);
}

async fn merge_once(config: Config) -> VerbResult {
    let (_, polled) = poll_here(config.clone(), Which::All, &Line::none(), |_| Ok(())).await?;
    polled?.or_failure()?;
    // A task that is just ending may still have the lock of the database, and reading needs none.
    let store = existing(&config.store_path)?;
    let mut titles: HashMap<String, String> = HashMap::new();
    let list = Verb::List(ListQuery::default());
    answered(control::answer(&list, &config, store.as_ref()).await, |record| {
        if let Record::Source(source) = record {
            titles.insert(source.name, source.title);
        }
        Ok(())
    })?;
    let output = Some("feed".to_owned());
    let query = EntriesQuery { output, limit: ENTRIES_MAX, ..EntriesQuery::default() };
    let mut entries: Vec<EntryRecord> = Vec::new();
    answered(control::answer(&Verb::Entries(query), &config, store.as_ref()).await, |record| {
        if let Record::Entry(entry) = record {
            entries.push(entry);
        }
        Ok(())
    })?;
    printed(print::text(&merged(&titles, &entries)))
}

/// The stories of the entries, newest first and below a line for each day. `titles` are the titles of the sources by name.
fn merged(titles: &HashMap<String, String>, entries: &[EntryRecord]) -> String {
    let leads: Vec<&EntryRecord> = entries.iter().filter(|entry| entry.lead).collect();
    let mut out = format!(
        "{TITLE}: {} entries of {} sources, merged into {} stories, newest first (times in UTC)\n",
        entries.len(),
        titles.len(),
        leads.len()
    );
    let mut day = String::new();
    for lead in leads {
        let published = lead.published.to_chrono();
        let its_day = published.format("%A, %-d %B %Y").to_string();
        if its_day != day {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "\n{its_day}");
            day = its_day;
        }
        let copies: Vec<&EntryRecord> = entries.iter().filter(|it| it.story == lead.story && !it.lead).collect();
        out.push_str(&story(titles, lead, &copies));
    }
    out
}

/// A story: its leading entry, and the sources that also have it.
fn story(titles: &HashMap<String, String>, lead: &EntryRecord, copies: &[&EntryRecord]) -> String {
    let title_of = |entry: &EntryRecord| {
        let title = titles.get(&entry.source).filter(|title| !title.is_empty());
        printable(title.unwrap_or(&entry.source))
    };
    let authors: Vec<&str> = lead.authors.iter().map(|author| author.name.as_str()).collect();
    let by = if authors.is_empty() { String::new() } else { format!(" · {}", printable(&authors.join(", "))) };
    let mut out = String::new();
    let _ = writeln!(out, "\n  {}  {}", lead.published.to_chrono().format("%H:%M"), printable(&lead.title));
    let _ = writeln!(out, "         {}{by}", title_of(lead));
    if !copies.is_empty() {
        let others: Vec<String> = copies.iter().copied().map(title_of).collect();
        let _ = writeln!(out, "         also in {}", others.join(", "));
    }
    if let Some(link) = &lead.link {
        let _ = writeln!(out, "         {}", printable(link));
    }
    let chars = if copies.is_empty() { ENTRY_CHARS } else { STORY_CHARS };
    for line in wrapped(&printable(&excerpt::of_html(&lead.content, chars))) {
        let _ = writeln!(out, "         {line}");
    }
    out
}

/// Breaks a text into lines of at most [`COLUMNS`] columns. A word that is longer than a line is broken as well, because some
/// scripts put no spaces between words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > COLUMNS {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for character in word.chars() {
            if line.width() + character.width().unwrap_or(0) > COLUMNS {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_wrapped_in_every_script() {
        let check = |name: &str, text: &str, wanted: &[usize]| {
            let lines = wrapped(text);
            let widths: Vec<usize> = lines.iter().map(|line| line.width()).collect();
            assert_eq!(widths, wanted, "{name}: {lines:?}");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text), "{name}");
        };
        check("nothing", "", &[]);
        check("spaces", " one  two ", &[7]);
        check("words", &"word ".repeat(30), &[94, 54]);
        check("a line that is full", &"x".repeat(96), &[96]);
        check("a long word", &"x".repeat(100), &[96, 4]);
        check("wide characters", &"潮".repeat(50), &[96, 4]);
        check("a long word behind a short word", &format!("a {}", "x".repeat(100)), &[1, 96, 4]);
    }
}
