//! The log: tracing's events to stderr as text or JSON, or to the systemd journal.
//!
//! What comes from outside appears only in fields, cut and without control characters: see [`foreign`].

use std::io::{IsTerminal, stderr};

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt, reload};

use crate::config::{LogFormat, LogOptions};

/// Longest foreign text in one field, in bytes.
const FOREIGN_BYTES: usize = 300;

/// The thread on which documents are parsed.
const READER_THREAD: &str = "reader";

/// How much the command line wants to hear, over what the configuration says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loudness {
    AsConfigured,
    /// `-v`
    Verbose,
    /// `-q`
    Quiet,
}

/// Changes the level while the program runs.
#[derive(Debug)]
pub struct Log {
    filter: reload::Handle<EnvFilter, Registry>,
    loudness: Loudness,
}

impl Log {
    /// Begins to log. Called once; a second call changes nothing.
    pub fn start(options: &LogOptions, loudness: Loudness) -> Log {
        let (filter, handle) = reload::Layer::new(filter(&options.level, loudness));
        let log = Log { filter: handle, loudness };
        let layer = output(options.format).with_filter(filter);
        // It fails only where a log is already kept, as in tests that run side by side.
        let _ = tracing_subscriber::registry().with(layer).try_init();
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let text = panic.payload_as_str().unwrap_or("no text");
            if std::thread::current().name() == Some(READER_THREAD) {
                // Contained, and a problem of its source: any publisher can cause it.
                tracing::debug!(%place, text = %foreign(text), "a document set off a bug of the parser");
                return;
            }
            tracing::error!(%place, text = %foreign(text), "a bug: a part of the program panicked and is ended");
        }));
        log
    }

    /// Takes the level of an edited configuration.
    pub fn set_level(&self, options: &LogOptions) {
        let _ = self.filter.reload(filter(&options.level, self.loudness));
    }
}

fn filter(level: &str, loudness: Loudness) -> EnvFilter {
    let level = match loudness {
        Loudness::AsConfigured => level,
        Loudness::Verbose => "info,watershed=debug",
        Loudness::Quiet => "error",
    };
    EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info"))
}

type Output = Box<dyn Layer<Registry> + Send + Sync>;

fn output(format: LogFormat) -> Output {
    match format {
        LogFormat::Json => fmt::layer().json().with_writer(stderr).boxed(),
        LogFormat::Text => text(),
        LogFormat::Journald => journald().unwrap_or_else(text),
        LogFormat::Auto => stderr_is_the_journal().then(journald).flatten().unwrap_or_else(text),
    }
}

fn text() -> Output {
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let layer = fmt::layer().with_writer(stderr).with_ansi(colour).with_target(false);
    // The journal dates its lines itself.
    if stderr_is_the_journal() { layer.without_time().boxed() } else { layer.boxed() }
}

#[cfg(feature = "journald")]
fn journald() -> Option<Output> {
    tracing_journald::layer().ok().map(|layer| layer.with_syslog_identifier("watershed".to_owned()).boxed())
}

#[cfg(not(feature = "journald"))]
fn journald() -> Option<Output> {
    None
}

/// systemd says which file the journal's end of our stderr is (systemd.exec(5), `JOURNAL_STREAM`).
fn stderr_is_the_journal() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    let Ok(journal) = std::env::var("JOURNAL_STREAM") else { return false };
    let Ok(fd) = stderr().as_fd().try_clone_to_owned() else { return false };
    let Ok(found) = std::fs::File::from(fd).metadata() else { return false };
    journal == format!("{}:{}", found.dev(), found.ino())
}

/// Text from outside, fit for a line of a log or a terminal: control characters replaced, at most 300 bytes.
pub fn foreign(text: &str) -> String {
    let end = text.floor_char_boundary(FOREIGN_BYTES);
    let mut out = printable(&text[..end]);
    if end < text.len() {
        out.push('…');
    }
    out
}

/// `text` with every character that could steer a terminal, or turn the direction of writing, replaced by U+FFFD;
/// line breaks and tabs become spaces.
pub fn printable(text: &str) -> String {
    let replace = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        '\u{2028}' | '\u{2029}' => ' ',
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(replace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_cannot_steer_a_terminal_and_is_cut() {
        let check = |text: &str, wanted: &str| assert_eq!(foreign(text), wanted);
        check("plain “text”", "plain “text”");
        check("a\u{1b}[31mred", "a\u{fffd}[31mred");
        check("two\nlines", "two lines");
        check("\u{202e}txt", "\u{fffd}txt");
        assert!(foreign(&"é".repeat(400)).len() <= FOREIGN_BYTES + '…'.len_utf8());
    }
}
