//! The log: tracing's events to stderr as text or JSON, or to the systemd journal.
//!
//! What comes from outside appears only in fields, cut and without control characters: see [`foreign`].

use std::io::{IsTerminal, stderr};

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt, reload};

use crate::config::{LogFormat, LogOptions};
use crate::read;

/// Longest foreign text in one field, in bytes.
const FOREIGN_BYTES: usize = 300;

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
            tell_panic(&place, text);
        }));
        log
    }

    /// Takes the level of an edited configuration.
    pub fn set_level(&self, options: &LogOptions) {
        let _ = self.filter.reload(filter(&options.level, self.loudness));
    }
}

fn tell_panic(place: &str, text: &str) {
    if read::is_reading() {
        // The panic is contained and becomes the reason why the source failed, because any publisher can cause it.
        tracing::debug!(%place, text = %foreign(text), "a document set off a bug of the parser");
    } else {
        tracing::error!(%place, text = %foreign(text), "a bug: a part of the program panicked and is ended");
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
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    /// What was logged, as text.
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("nobody panics while writing").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_of_the_parser_that_is_contained_is_not_logged_as_a_bug_of_the_program() {
        let lines = Lines::default();
        let writer = lines.clone();
        let layer = fmt::layer().with_ansi(false).with_writer(move || writer.clone());
        tracing::subscriber::with_default(Registry::default().with(layer), || {
            let _ = read::contained(|| {
                tell_panic("src/read", "in the parser");
                Ok(())
            });
            tell_panic("src/poll", "elsewhere");
        });
        let logged = String::from_utf8(lines.0.lock().expect("nobody panics").clone()).expect("it is text");
        let levels: Vec<_> = logged.lines().map(|line| (line.contains("DEBUG"), line.contains("ERROR"))).collect();
        assert_eq!(levels, [(true, false), (false, true)], "{logged}");
    }

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
