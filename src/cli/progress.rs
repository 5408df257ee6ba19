//! Progress of a command that takes longer than a moment: a line on the terminal, which is rewritten as the work goes on and
//! removed at the end. Nothing is printed where stderr is not a terminal, or with --quiet.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use super::session::Session;
use crate::clock;

/// Least time between two states of the line.
const EVERY: Duration = Duration::from_millis(100);
/// Width of the bar, in columns.
const BAR_COLUMNS: usize = 24;
/// Returns to the beginning of the line, and erases it (ECMA-48, EL).
const ERASE: &str = "\r\x1b[K";

pub(super) struct Progress {
    is_shown: bool,
    /// Number of steps.
    all: usize,
    done: Cell<usize>,
    failed: Cell<usize>,
    shown_at: Cell<Option<Instant>>,
}

impl Progress {
    /// Progress of `all` steps.
    pub(super) fn new(session: &Session, all: usize) -> Progress {
        Progress {
            is_shown: !session.is_quiet() && io::stderr().is_terminal(),
            all,
            done: Cell::new(0),
            failed: Cell::new(0),
            shown_at: Cell::new(None),
        }
    }

    /// One more step is done.
    pub(super) fn step(&self, has_failed: bool) {
        self.done.set(self.done.get() + 1);
        self.failed.set(self.failed.get() + usize::from(has_failed));
        let is_early = self.shown_at.get().is_some_and(|at| at.elapsed() < EVERY) && self.done.get() < self.all;
        if !self.is_shown || is_early {
            return;
        }
        self.shown_at.set(Some(clock::monotonic()));
        // A failure is ignored, because progress is only a comfort.
        let _ = write!(io::stderr(), "{ERASE}{}", line(self.done.get(), self.failed.get(), self.all));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown_at.get().is_some() {
            let _ = write!(io::stderr(), "{ERASE}");
        }
    }
}

fn line(done: usize, failed: usize, all: usize) -> String {
    let full = (done * BAR_COLUMNS).checked_div(all).unwrap_or(BAR_COLUMNS).min(BAR_COLUMNS);
    let failed = if failed > 0 { format!(", {failed} failed") } else { String::new() };
    format!("[{}{}] {done} of {all}{failed}", "#".repeat(full), "-".repeat(BAR_COLUMNS - full))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_line_shows_how_much_is_done() {
        assert_eq!(line(0, 0, 10), "[------------------------] 0 of 10");
        assert_eq!(line(5, 1, 10), "[############------------] 5 of 10, 1 failed");
        assert_eq!(line(10, 0, 10), "[########################] 10 of 10");
        assert_eq!(line(0, 0, 0), "[########################] 0 of 0");
    }
}
