//! `demo`: polls a small publisher on the loopback address through the whole pipeline, and serves the merged feed. It works
//! offline and leaves nothing behind.

use std::fmt::Write as _;
use std::fs::DirBuilder;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::poll::poll_here;
use super::run::{Announce, Signals};
use super::session::{Session, VerbResult, answered, block_on, open, printed, wrong_config};
use super::{FAILED, Failure, print, publisher, run};
use crate::clock;
use crate::config::{self, Config};
use crate::control::{self, End, EntriesQuery, EntryRecord, Record, Verb};
use crate::daemon::Which;
use crate::logging::{Log, Loudness, printable};
use crate::text::excerpt;

/// Characters of an entry's text that `--once` prints.
const TEXT_CHARS: usize = 1_500;
/// Columns of a line of text.
const COLUMNS: usize = 96;

pub(super) fn demo(session: &Session, once: bool) -> VerbResult {
    block_on(async {
        let folder = Folder::new()
            .map_err(|error| End::failed(FAILED, format!("cannot make a folder for temporary files: {error}")))?;
        let publisher = publisher::publish().await.map_err(|error| {
            End::failed(FAILED, format!("the demo's publisher cannot listen on the loopback address: {error}"))
        })?;
        let config = demo_config(&folder.0, publisher)?;
        let loudness = if session.loudness == Loudness::Verbose { Loudness::Verbose } else { Loudness::Quiet };
        let log = Log::start(&config.log, loudness);
        if once {
            return merge_once(config).await;
        }
        let control = Some(folder.0.join("control.sock"));
        run::serve(config, Vec::new(), log, Announce::Polled(explain), control, Signals::new()?).await
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
    let mut text = String::from(
        "title = \"Watershed demo\"\n[serve]\nlisten = \"127.0.0.1:0\"\n[poll]\nallow_networks = [\"127.0.0.1/32\"]\n\
         host_gap = \"0s\"\n",
    );
    for feed in publisher::FEEDS {
        // Writing to a String cannot fail.
        let _ = write!(text, "[[source]]\nname = \"{}\"\nurl = \"http://{publisher}{}\"\n", feed.name, feed.path);
    }
    let path = folder.join("watershed.toml");
    std::fs::write(&path, text)
        .map_err(|error| End::failed(FAILED, format!("cannot write {}: {error}", path.display())))?;
    // The environment is hidden, because it could name another place for the database.
    config::load(&path, &|_| None).map_err(|errors| wrong_config(&errors))
}

/// Prints the addresses of the demo below the line that `run` prints.
fn explain(address: &str) {
    let mut text = String::new();
    let _ =
        write!(text, "\n  the page        {address}\n  the merged feed {address}feed.atom   (for your feed reader)\n");
    for feed in publisher::FEEDS {
        let _ = writeln!(text, "  one source      {address}source/{}.atom", feed.name);
    }
    text.push_str("\nPolled from a small publisher on this machine; nothing is kept. Press Ctrl-C to stop.\n");
    let _ = print::text(&text);
}

async fn merge_once(config: Config) -> VerbResult {
    let (records, end) = poll_here(config.clone(), Which::All).await?;
    if end.exit != 0 {
        return Err(end);
    }
    let store = open(&config).await?;
    let query = EntriesQuery { source: None, output: Some("feed".to_owned()), since: None, behind: None, limit: 100 };
    let answer = control::answer(&Verb::Entries(query), &config, Some(&store)).await;
    let mut entries: Vec<EntryRecord> = Vec::new();
    answered(answer, |record| {
        if let Record::Entry(entry) = record {
            entries.push(entry);
        }
        Ok(())
    })?;
    printed(print::text(&merged(records.len(), &entries)))
}

fn merged(sources: usize, entries: &[EntryRecord]) -> String {
    let mut out = format!("{} entries of {sources} sources, merged, newest first:\n", entries.len());
    for entry in entries {
        let time = entry.published.to_chrono().format("%-d %B %Y, %H:%M UTC");
        let authors: Vec<&str> = entry.authors.iter().map(|author| author.name.as_str()).collect();
        let _ = writeln!(out, "\n{}", printable(&entry.title));
        let _ = writeln!(out, "  {} · {time} · {}", entry.source, printable(&authors.join(", ")));
        let _ = writeln!(out, "  {}", entry.link.as_deref().map(printable).unwrap_or_default());
        for line in wrapped(&printable(&excerpt::of_html(&entry.content, TEXT_CHARS))) {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

/// Breaks a text into lines of at most [`COLUMNS`] characters, but for longer words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= COLUMNS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
