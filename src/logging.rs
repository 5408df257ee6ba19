//! The log: tracing events, written to stderr as text or JSON, or sent to the systemd journal.
//!
//! Text from outside the program appears only in fields, shortened and without control characters: see [`foreign`].

use std::io::{IsTerminal, stderr};

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt, reload};

use crate::config::{LogFormat, LogOptions};
use crate::read;

/// The longest text from outside in one field, in bytes.
const FOREIGN_BYTES: usize = 300;

/// The verbosity that the command line sets. It takes precedence over the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loudness {
    AsConfigured,
    /// `-v`
    Verbose,
    /// `-q`
    Quiet,
}

/// A handle that changes the log level while the program runs.
#[derive(Debug)]
pub struct Log {
    filter: reload::Handle<EnvFilter, Registry>,
    loudness: Loudness,
}

impl Log {
    /// Starts logging, and logs panics. A second call does not start a second log.
    pub fn start(options: &LogOptions, loudness: Loudness) -> Log {
        let (filter, handle) = reload::Layer::new(filter(&options.level, loudness));
        let log = Log { filter: handle, loudness };
        let layer = output(options.format).with_filter(filter);
        // This fails only if a log is already running, as in tests that run in parallel.
        let _ = tracing_subscriber::registry().with(layer).try_init();
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let text = panic.payload_as_str().unwrap_or("no text");
            log_panic(&place, text);
        }));
        log
    }

    /// Sets the level that an edited configuration asks for.
    pub fn set_level(&self, options: &LogOptions) {
        let _ = self.filter.reload(filter(&options.level, self.loudness));
    }
}

fn log_panic(place: &str, text: &str) {
    if read::is_reading() {
        // The panic is contained and reported as the source's failure. It is not an error here, because any publisher
        // can cause it.
        tracing::debug!(%place, text = %foreign(text), "the parser panicked on a document");
    } else {
        tracing::error!(%place, text = %foreign(text), "a bug in watershed: a task panicked and has ended");
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
    // The journal adds its own timestamps.
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

/// Whether stderr is the socket that systemd connected to the journal (systemd.exec(5), `JOURNAL_STREAM`).
fn stderr_is_the_journal() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    let Ok(journal) = std::env::var("JOURNAL_STREAM") else { return false };
    let Ok(fd) = stderr().as_fd().try_clone_to_owned() else { return false };
    let Ok(found) = std::fs::File::from(fd).metadata() else { return false };
    journal == format!("{}:{}", found.dev(), found.ino())
}

/// Makes text from outside safe for a log line or a terminal: control characters replaced, at most 300 bytes.
pub fn foreign(text: &str) -> String {
    let end = text.floor_char_boundary(FOREIGN_BYTES);
    let mut out = printable(&text[..end]);
    if end < text.len() {
        out.push('…');
    }
    out
}

/// `text` with U+FFFD in place of every character that could steer a terminal or change the direction of writing. Line
/// breaks and tabs become spaces.
pub fn printable(text: &str) -> String {
    let replace = |c: char| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
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

    /// Collects the log output as text.
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
                log_panic("src/read", "in the parser");
                Ok(())
            });
            log_panic("src/poll", "elsewhere");
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
