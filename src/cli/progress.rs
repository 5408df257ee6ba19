//! Progress of a command that takes longer than a second: a line on the terminal, which is rewritten as the work goes on and
//! removed at the end. Nothing is printed where stderr is not a terminal, with --quiet, or with --json.
//!
//! A thread draws the line, so that it also moves while the work blocks. Any other text must be printed through
//! [`Line::around`], because otherwise it would follow the progress on the same line.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::session::Session;
use crate::clock;

/// Time after which a piece of work gets a line.
const AFTER: Duration = Duration::from_secs(1);
/// Time between two states of the line.
const EVERY: Duration = Duration::from_millis(100);
/// Width of the bar, in columns.
const BAR_COLUMNS: usize = 24;
/// Returns to the beginning of the line, and erases it (ECMA-48, EL).
const ERASE: &str = "\r\x1b[K";
/// Makes the terminal cut off long lines (DEC private mode 7), because only the last row of a wrapped line would be
/// erased.
const CUT: &str = "\x1b[?7l";
/// Makes the terminal wrap long lines again.
const WRAP: &str = "\x1b[?7h";

/// The line of a command, and the thread that draws it. It is removed when this value is dropped.
pub(super) struct Progress {
    pub(super) line: Line,
    /// Ends the thread when it is dropped.
    until: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A handle on the line, by which pieces of work tell how far they are. Without a line, its methods do nothing.
#[derive(Clone)]
pub(super) struct Line(Option<Arc<Mutex<State>>>);

struct State {
    what: String,
    began: Instant,
    steps: Steps,
    is_drawn: bool,
}

/// How far the work is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Steps {
    done: u64,
    /// How many of the steps that are done have failed.
    failed: u64,
    /// The number of all steps; 0 if it is unknown.
    all: u64,
    /// Whether the steps are so small that only their share is shown.
    is_share: bool,
}

impl Progress {
    /// Progress of `all` steps of some work, such as "polling"; 0 if their number is unknown. Without a name of the work there is no
    /// line until [`Line::next`]. `is_silent`: the command prints records for programs.
    pub(super) fn new(session: &Session, is_silent: bool, what: &str, all: usize) -> Progress {
        let is_shown = !is_silent && !session.is_quiet() && is_terminal();
        let state = || {
            let steps = Steps { all: all as u64, ..Steps::default() };
            Arc::new(Mutex::new(State { what: what.to_owned(), began: clock::monotonic(), steps, is_drawn: false }))
        };
        let line = Line(is_shown.then(state));
        let (until, ended) = mpsc::channel();
        let drawn = line.clone();
        let draw = move || {
            while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                drawn.draw();
            }
        };
        // If the thread cannot be started, the work goes on without a line.
        let thread = is_shown.then(|| thread::Builder::new().name("progress".to_owned()).spawn(draw).ok()).flatten();
        Progress { line, until: Some(until), thread }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.until.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been printed, and its line matters no more.
            let _ = thread.join();
        }
        self.line.around(|| {});
    }
}

impl Line {
    /// A handle without a line, for work that shows no progress.
    pub(super) fn none() -> Line {
        Line(None)
    }

    /// One more step is done.
    pub(super) fn step(&self, has_failed: bool) {
        if let Some(mut state) = self.state() {
            state.steps.done += 1;
            state.steps.failed += u64::from(has_failed);
        }
    }

    /// This share of the work is done.
    pub(super) fn share(&self, done: u64, all: u64) {
        if let Some(mut state) = self.state() {
            state.steps = Steps { done, all, failed: 0, is_share: true };
        }
    }

    /// Another piece of work begins, of unknown length.
    pub(super) fn next(&self, what: &str) {
        self.next_of(what, 0);
    }

    /// Another piece of work begins, with `all` steps.
    pub(super) fn next_of(&self, what: &str, all: usize) {
        if let Some(mut state) = self.state() {
            state.what = what.to_owned();
            state.began = clock::monotonic();
            state.steps = Steps { all: all as u64, ..Steps::default() };
        }
    }

    /// Prints something else: the line makes room, and comes back afterwards.
    pub(super) fn around<T>(&self, print: impl FnOnce() -> T) -> T {
        let Some(mut state) = self.state() else { return print() };
        if std::mem::take(&mut state.is_drawn) {
            show(ERASE);
        }
        print()
    }

    fn draw(&self) {
        let Some(mut state) = self.state() else { return };
        let elapsed = state.began.elapsed();
        // A further piece of work takes over the line of the one before at once.
        if !state.what.is_empty() && (elapsed >= AFTER || state.is_drawn) {
            show(&format!("{ERASE}{CUT}{}{WRAP}", text(&state.what, state.steps, elapsed)));
            state.is_drawn = true;
        }
    }

    fn state(&self) -> Option<MutexGuard<'_, State>> {
        self.0.as_ref().map(|state| state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether stderr is a terminal on which a line can be rewritten.
fn is_terminal() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn show(text: &str) {
    let mut stderr = io::stderr().lock();
    // A failure is ignored, because progress is only a comfort.
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

fn text(what: &str, steps: Steps, elapsed: Duration) -> String {
    let Steps { done, failed, all, is_share } = steps;
    let seconds = elapsed.as_secs();
    let count = match (all, is_share) {
        (0, _) if done == 0 => return format!("{what}, {seconds} s"),
        (0, _) => format!("{done} done"),
        (_, true) => format!("{} %", done.saturating_mul(100).checked_div(all).unwrap_or(0).min(100)),
        (_, false) => format!("{done} of {all}"),
    };
    let failed = if failed > 0 { format!(", {failed} failed") } else { String::new() };
    let columns = BAR_COLUMNS as u64;
    let full = done.saturating_mul(columns).checked_div(all).map(|full| full.min(columns) as usize);
    let bar = full.map(|full| format!("[{}{}] ", "#".repeat(full), "-".repeat(BAR_COLUMNS.saturating_sub(full))));
    format!("{what} {}{count}{failed}", bar.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_shows_how_much_is_done() {
        let check = |done: u64, failed: u64, all: u64, is_share: bool, expected: &str| {
            let steps = Steps { done, failed, all, is_share };
            assert_eq!(text("work", steps, Duration::from_millis(2_900)), expected);
        };
        check(0, 0, 10, false, "work [------------------------] 0 of 10");
        check(5, 1, 10, false, "work [############------------] 5 of 10, 1 failed");
        check(10, 0, 10, false, "work [########################] 10 of 10");
        check(11, 0, 10, false, "work [########################] 11 of 10");
        check(0, 0, 0, false, "work, 2 s");
        check(7, 2, 0, false, "work 7 done, 2 failed");
        check(1_000_000, 0, 3_000_000, true, "work [########----------------] 33 %");
    }
}
