//! The template engine, held within limits: what templates may do, and where a mistake in them is.
//!
//! Every value is escaped where it is written. Only [`Html`] is not escaped, and templates cannot create it: the engine
//! has no filter `safe`, no `autoescape`, and no filter that could cut or replace a piece of markup.

use std::error::Error as _;
use std::io::{self, Write};

use minijinja::value::{Kwargs, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use quick_xml::escape::escape;

use super::context::Html;
use super::theme::{ThemeError, line_and_column};

/// Most work for a page, in steps of the engine. Every 64 bytes of data that a template creates cost a step as well.
const FUEL: u64 = 5_000_000;
/// Depth of includes, macros and recursive loops; an include counts ten.
const DEPTH_MAX: usize = 200;
/// Most bytes of a page.
pub const PAGE_MAX_BYTES: usize = 16 * 1024 * 1024;
/// Filters of the engine that templates do not have, because they would let markup from outside through as markup: whole, or cut
/// where it means something else.
const LEFT_OUT: [&str; 7] = ["safe", "replace", "reverse", "split", "lines", "trim", "format"];

/// An engine without templates.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(write_value);
    // A misspelt name is an error, but `if` may test for names that only later versions have.
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    // Without it, mistakes have no column.
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEPTH_MAX);
    for name in LEFT_OUT {
        environment.remove_filter(name);
    }
    environment.remove_global("debug");
    environment.add_filter("trim", trimmed);
    environment.add_filter("fill", fill);
    environment.add_filter("counted", counted);
    environment
}

/// Compiles a template.
pub(super) fn add(environment: &mut Environment<'static>, name: String, source: String) -> Result<(), ThemeError> {
    if let Some(at) = autoescape_tag(&source) {
        let reason = "`autoescape` is not available: every value is escaped, because it may come from outside";
        return Err(ThemeError::new(&name, Some(line_and_column(&source, at)), reason));
    }
    environment.add_template_owned(name.clone(), source).map_err(|error| mistake(&name, &error))
}

pub(super) fn render(environment: &Environment<'static>, name: &str, context: Value) -> Result<Vec<u8>, ThemeError> {
    let template = environment.get_template(name).map_err(|error| mistake(name, &error))?;
    let mut page = Page::default();
    let written = template.render_captured_to(context, &mut page).map(drop);
    if page.is_full {
        let reason = format!("the page would be larger than {} MiB", PAGE_MAX_BYTES / (1024 * 1024));
        return Err(ThemeError::new(name, None, &reason));
    }
    written.map_err(|error| mistake(name, &error))?;
    Ok(page.bytes)
}

/// The bytes of a page, up to [`PAGE_MAX_BYTES`].
#[derive(Default)]
struct Page {
    bytes: Vec<u8>,
    is_full: bool,
}

impl Write for Page {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + more.len() > PAGE_MAX_BYTES {
            self.is_full = true;
            return Err(io::Error::other("the page is too large"));
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a value escaped, whatever the template says about escaping. A missing value is written as nothing.
fn write_value(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(());
    }
    if let Some(html) = value.downcast_object_ref::<Html>() {
        out.write_str(html.as_str())?;
        return Ok(());
    }
    match value.as_str() {
        // The engine marks only what it has written by this function: the output of macros and of `set` blocks.
        Some(text) if value.is_safe() => out.write_str(text)?,
        Some(text) => out.write_str(&escape(text))?,
        None => out.write_str(&escape(value.to_string()))?,
    }
    Ok(())
}

/// The filter `trim`: white space at both ends is left out.
fn trimmed(text: String) -> String {
    text.trim().to_owned()
}

/// The filter `fill`: each `{name}` in a text becomes the argument of that name.
fn fill(text: String, values: Kwargs) -> Result<String, Error> {
    let mut filled = text;
    let names: Vec<String> = values.args().map(str::to_owned).collect();
    for name in names {
        let value: Value = values.get(&name)?;
        let value = if value.is_none() { String::new() } else { value.to_string() };
        filled = filled.replace(&format!("{{{name}}}"), &value);
    }
    Ok(filled)
}

/// The filter `counted`: the form of a text that belongs to a number, with the number in place of `{n}`.
fn counted(forms: Value, number: i64) -> Result<String, Error> {
    let form = match forms.as_str() {
        Some(text) => text.to_owned(),
        None => forms.get_item_by_index(usize::from(number != 1))?.to_string(),
    };
    Ok(form.replace("{n}", &number.to_string()))
}

/// Where a template has an `autoescape` tag.
fn autoescape_tag(source: &str) -> Option<usize> {
    source.match_indices("autoescape").map(|(at, _)| at).find(|at| {
        let before = source.get(..*at).unwrap_or_default().trim_end();
        before.strip_suffix(['-', '+']).unwrap_or(before).ends_with("{%")
    })
}

/// A mistake with the place of its innermost cause, because an error passes through all templates that include each
/// other.
fn mistake(name: &str, error: &Error) -> ThemeError {
    let mut cause = error;
    while let Some(inner) = cause.source().and_then(|inner| inner.downcast_ref::<Error>()) {
        cause = inner;
    }
    let place = if cause.name().is_some() { cause } else { error };
    let at = place.template_source().zip(place.range()).map(|(text, range)| line_and_column(text, range.start));
    let (line, column) = at.unzip();
    let kind = cause.kind();
    let reason = match (kind, cause.detail()) {
        (ErrorKind::OutOfFuel, _) => "the page takes more work than a page may, perhaps because of a loop".to_owned(),
        (_, Some(detail)) => format!("{kind}: {detail}"),
        (_, None) => kind.to_string(),
    };
    let mistake = ThemeError::new(place.name().unwrap_or(name), None, &reason);
    ThemeError { line: line.or(place.line()), column, ..mistake }
}
