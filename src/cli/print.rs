//! Printing for commands: records as JSON or as lines for people on stdout, and messages on stderr.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::logging::printable;
use crate::model::Timestamp;

/// Largest width of a problem or title in a line of a list, in columns.
const CELL_COLUMNS: usize = 100;

/// Whether messages on stderr are coloured: only on a terminal, and only if `NO_COLOR` is not set (no-color.org).
pub(super) fn stderr_has_colour() -> bool {
    anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never && io::stderr().is_terminal()
}

/// Prints a message on stderr. With an exit status other than 0 the message begins with "error:".
pub(super) fn message(text: &str, exit: u8) {
    let mut stderr = anstream::stderr().lock();
    let error = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    // A failure is ignored, because it cannot be reported anywhere else.
    let _ = match exit {
        // Rendered mistakes of a configuration begin with "error" already.
        1.. if !plain(text).starts_with("error") => writeln!(stderr, "{error}error{error:#}: {text}"),
        _ => writeln!(stderr, "{text}"),
    };
}

/// A text without its control characters, but with its line breaks.
pub(super) fn printable_lines(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

/// The text without colours.
pub(super) fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// A word of a command as a shell reads it.
pub(super) fn word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Prints a line on stdout.
pub(super) fn line(text: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}

/// Prints a text on stdout without a line break behind it.
pub(super) fn text(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// Prints a record as one JSON object on a line.
pub(super) fn json(record: &impl serde::Serialize) -> io::Result<()> {
    line(&serde_json::to_string(record)?)
}

/// Prints rows as a table. Each column is as wide as its widest cell; the last column is not padded.
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

/// A text from outside as a cell of a table: printable, and cut to [`CELL_COLUMNS`].
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

/// A number with what it counts: `1 source`, `2 sources`, `2 entries`.
pub(super) fn counted<N: Display + PartialEq + From<u8>>(number: N, what: &str) -> String {
    let plural = what.strip_suffix('y').map_or_else(|| format!("{what}s"), |stem| format!("{stem}ies"));
    if number == N::from(1) { format!("1 {what}") } else { format!("{number} {plural}") }
}

/// The distance of a time from `now` in the largest fitting unit: `5m ago`, `in 2d`.
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
