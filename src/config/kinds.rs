//! The kinds of values that many keys have: texts, files, numbers, spans, sizes, words and lists.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use super::context::{Context, Written};
use super::key::{Describe, Kind, Shown, kind, string};
use super::limits::{MAX_LIST, MAX_TITLE_CHARS};
use super::reader::Table;
use super::span::{show_size, show_span};

/// The end of every pattern in the schema, which makes a string with an environment variable match as well.
const OR_VARIABLE: &str = r"|\$\{";
/// The pattern of a span, which matches the whole string.
pub(super) const SPAN: &str = r"^\s*([0-9]+[dhms]\s*)+$";

/// The schema of a string that matches a pattern (in the syntax of ECMA 262 and of the crate `regex`).
pub(super) fn pattern(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": format!("{pattern}{OR_VARIABLE}") })
}

/// Words in quotation marks, for messages.
pub(super) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    quoted.join(", ")
}

pub(super) fn unplaced<T>(written: Written<T>) -> T {
    written.value
}

kind! {
    /// Any text.
    Text: Written<String> as String = unplaced, "a string",
    string(), |cx, table, key| table.string(cx, key), Shown::text
}

kind! {
    /// A title; an empty string means not set.
    Title: String, format!("a string of at most {MAX_TITLE_CHARS} characters"),
    json!({ "type": "string", "maxLength": MAX_TITLE_CHARS }),
    |cx, table, key| at_most(cx, table, key, MAX_TITLE_CHARS), Shown::text
}

/// A text of at most this many characters, without white space at its ends; an empty text means not set.
pub(super) fn at_most(cx: &mut Context<'_>, table: &Table<'_>, key: &str, chars: usize) -> Option<String> {
    let Written { value, place } = table.string(cx, key)?;
    if value.chars().count() > chars {
        return cx.refuse(&place, format!("`{key}` is longer than {chars} characters"));
    }
    Some(value.trim().to_owned()).filter(|text| !text.is_empty())
}

kind! {
    /// The path of a file or folder, relative to the file that names it; an empty string means not set.
    File: PathBuf, "a path; empty: not set", string(), file, path
}

fn file(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<PathBuf> {
    let path = table.string(cx, key).filter(|path| !path.value.is_empty())?;
    Some(cx.relative_to(&path.place, &path.value))
}

fn path(value: &Path) -> Shown {
    Shown::text(&value.display().to_string())
}

kind! {
    /// `true` or `false`.
    Truth: bool, "`true` or `false`", json!({ "type": "boolean" }), |cx, table, key| table.boolean(cx, key), display
}

fn display(value: &bool) -> Shown {
    Shown::Value(value.to_string())
}

/// A whole number within bounds.
pub(super) struct Number(pub(super) RangeInclusive<u64>);

impl Describe for Number {
    #[cfg(test)]
    fn allowed(&self) -> String {
        format!("a whole number from {} to {}", self.0.start(), self.0.end())
    }

    fn schema(&self) -> Value {
        json!({ "type": "integer", "minimum": self.0.start(), "maximum": self.0.end() })
    }
}

impl Kind for Number {
    type Raw = u64;
    type Value = usize;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<u64> {
        table.number(cx, key, &self.0).map(|number| number.value)
    }

    fn value(raw: u64) -> usize {
        usize::try_from(raw).unwrap_or(usize::MAX)
    }

    fn show(&self, value: &usize) -> Shown {
        Shown::Value(value.to_string())
    }
}

/// A number within bounds that may have a fraction.
pub(super) struct Decimal(pub(super) RangeInclusive<f64>);

impl Describe for Decimal {
    #[cfg(test)]
    fn allowed(&self) -> String {
        format!("a number from {} to {}", self.0.start(), self.0.end())
    }

    fn schema(&self) -> Value {
        json!({ "type": "number", "minimum": self.0.start(), "maximum": self.0.end() })
    }
}

impl Kind for Decimal {
    type Raw = f64;
    type Value = f64;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<f64> {
        table.decimal(cx, key, &self.0).map(|number| number.value)
    }

    fn value(raw: f64) -> f64 {
        raw
    }

    fn show(&self, value: &f64) -> Shown {
        Shown::Value(format!("{value:?}"))
    }
}

/// A span of time within bounds.
pub(super) struct Span(pub(super) RangeInclusive<Duration>);

impl Describe for Span {
    #[cfg(test)]
    fn allowed(&self) -> String {
        format!("a span from {} to {}", show_span(*self.0.start()), show_span(*self.0.end()))
    }

    fn schema(&self) -> Value {
        pattern(SPAN)
    }
}

impl Kind for Span {
    type Raw = Written<Duration>;
    type Value = Duration;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<Duration>> {
        table.span(cx, key, &self.0)
    }

    fn value(raw: Written<Duration>) -> Duration {
        raw.value
    }

    fn show(&self, value: &Duration) -> Shown {
        Shown::text(&show_span(*value))
    }
}

/// A size in bytes within bounds.
pub(super) struct Size(pub(super) RangeInclusive<u64>);

impl Describe for Size {
    #[cfg(test)]
    fn allowed(&self) -> String {
        format!("a size from {} to {}", show_size(*self.0.start()), show_size(*self.0.end()))
    }

    fn schema(&self) -> Value {
        pattern(r"^\s*[0-9]+\s*([kKmMgG][iI]?)?[bB]\s*$")
    }
}

impl Kind for Size {
    type Raw = u64;
    type Value = u64;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<u64> {
        table.size(cx, key, &self.0).map(|size| size.value)
    }

    fn value(raw: u64) -> u64 {
        raw
    }

    fn show(&self, value: &u64) -> Shown {
        Shown::text(&show_size(*value))
    }
}

/// One of a few words, each with its value.
pub(super) struct Word<T: 'static>(pub(super) &'static [(&'static str, T)]);

impl<T: 'static> Word<T> {
    fn words(&self) -> Vec<&'static str> {
        self.0.iter().map(|(word, _)| *word).collect()
    }
}

impl<T: 'static> Describe for Word<T> {
    #[cfg(test)]
    fn allowed(&self) -> String {
        format!("one of {}", listed(&self.words()))
    }

    fn schema(&self) -> Value {
        json!({ "enum": self.words() })
    }
}

impl<T: Copy + PartialEq + 'static> Kind for Word<T> {
    type Raw = T;
    type Value = T;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<T> {
        // Nothing is allocated for a key that is not written, because most keys are not.
        table.get(key)?;
        let found = table.word(cx, key, &self.words())?;
        self.0.iter().find(|(word, _)| *word == found).map(|(_, value)| *value)
    }

    fn value(raw: T) -> T {
        raw
    }

    fn show(&self, value: &T) -> Shown {
        let word = self.0.iter().find(|(_, known)| known == value).map(|(word, _)| *word);
        Shown::text(word.unwrap_or_default())
    }
}

kind! {
    /// A list of strings.
    Texts: Vec<Written<String>> as Vec<String> = without_places, format!("a list of at most {MAX_LIST} strings"),
    json!({ "type": "array", "items": { "type": "string" }, "maxItems": MAX_LIST }),
    |cx, table, key| table.strings(cx, key, MAX_LIST), Shown::list
}

/// The texts of a list without their places. The list takes no more memory than it needs, because with many sources, lists
/// are most of the configuration in memory.
pub(super) fn without_places(texts: Vec<Written<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect::<Box<[String]>>().into_vec()
}
