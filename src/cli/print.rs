//! What commands print: records as JSON or as lines for people, and messages.

use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::logging::printable;
use crate::model::Timestamp;

/// Columns that a problem or title takes at most in a line of a list.
const CELL_COLUMNS: usize = 100;

/// Whether messages on stderr are in colour: on a terminal, unless `NO_COLOR` is set (no-color.org).
pub(super) fn stderr_has_colour() -> bool {
    anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never && io::stderr().is_terminal()
}

/// Tells the person at the terminal something that is no record.
pub(super) fn message(text: &str, exit: u8) {
    let mut stderr = anstream::stderr().lock();
    let error = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    // Nobody is left to be told of a stderr that is gone.
    let _ = match exit {
        // Mistakes of a configuration say themselves that they are errors.
        1.. if !plain(text).starts_with("error") => writeln!(stderr, "{error}error{error:#}: {text}"),
        _ => writeln!(stderr, "{text}"),
    };
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// A line on stdout. A reader that is gone is no error: it has seen enough.
///
/// # Errors
/// When it cannot be written.
pub(super) fn line(text: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}

/// A whole text on stdout, as it is.
///
/// # Errors
/// When it cannot be written.
pub(super) fn text(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// A record as one JSON object on a line.
///
/// # Errors
/// When it cannot be written.
pub(super) fn json(record: &impl serde::Serialize) -> io::Result<()> {
    line(&serde_json::to_string(record)?)
}

/// Rows in columns as wide as their widest cell, but for the last one.
///
/// # Errors
/// When it cannot be written.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut stdout = anstream::stdout().lock();
    let bold = Style::new().bold();
    let padded = |row: &[&str]| -> String {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
            let pad = if at + 1 == row.len() { 0 } else { width.saturating_sub(cell.width()) };
            format!("{cell}{}", " ".repeat(pad))
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    writeln!(stdout, "{bold}{}{bold:#}", padded(head))?;
    for row in rows {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        writeln!(stdout, "{}", padded(&cells).trim_end())?;
    }
    Ok(())
}

/// Foreign text for one cell of a table.
pub(super) fn cell(text: &str) -> String {
    let text = printable(text);
    let mut out = String::new();
    for character in text.chars() {
        if out.width() >= CELL_COLUMNS {
            out.push('…');
            break;
        }
        out.push(character);
    }
    out
}

/// How far a time is from `now`, in the largest unit: `5m ago`, `in 2d`.
pub(super) fn when(time: Timestamp, now: Timestamp) -> String {
    let seconds = time.unix().abs_diff(now.unix());
    let span = match seconds {
        0..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m", seconds / 60),
        3_600..172_800 => format!("{}h", seconds / 3_600),
        _ => format!("{}d", seconds / 86_400),
    };
    if time > now { format!("in {span}") } else { format!("{span} ago") }
}
