//! The words of pages: catalogues of texts and date formats, one for each language.
//!
//! A catalogue is a TOML file, `words.LANG.toml`. For `de-AT`, the files of `de-AT`, then of `de`, then of English are asked for
//! a word; of two files for the same language, the file of the theme is asked before the built-in file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, Datelike};
use chrono_tz::Tz;
use serde::Serialize;

use super::theme::{ThemeError, line_and_column};
use crate::model::Timestamp;

/// The language of the built-in catalogue that has every word.
const COMPLETE: &str = "en";
/// The built-in catalogues.
pub(super) const BUILT_IN: [(&str, &str); 2] = [
    ("words.de.toml", include_str!("../../../templates/words.de.toml")),
    ("words.en.toml", include_str!("../../../templates/words.en.toml")),
];
/// The keys whose values are formats of dates.
const FORMATS: [&str; 3] = ["day", "date", "time"];
/// The keys whose values are lists of names, with the number of names.
const NAMES: [(&str, usize); 4] = [("weekdays", 7), ("weekdays_short", 7), ("months", 12), ("months_short", 12)];
/// Number of forms of a text with a number: for 1, and for every other number.
const FORMS: usize = 2;

/// The value of a key: a text, the forms of a text, or names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Word {
    Text(String),
    List(Vec<String>),
}

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// The language of the words: the configured language, or English if no catalogue has that language.
    pub(super) language: String,
    pub(super) words: BTreeMap<String, Word>,
}

impl Words {
    /// The words for a language, from the built-in catalogues and from those of a theme, which are given by file name.
    pub(super) fn new(language: &str, files: &BTreeMap<String, String>) -> Result<Words, ThemeError> {
        let mut of_theme = BTreeMap::new();
        // Every file is read, so that a mistake is found whichever language is configured.
        for (name, text) in files {
            of_theme.insert(name.to_ascii_lowercase(), catalogue(name, text)?);
        }
        let mut words = BTreeMap::new();
        let mut is_known = false;
        for (depth, part) in [COMPLETE].into_iter().chain(from_general_to_special(language)).enumerate() {
            let name = format!("words.{part}.toml").to_ascii_lowercase();
            let built_in = BUILT_IN.iter().find(|(file, _)| *file == name);
            if let Some((file, text)) = built_in {
                words.extend(catalogue(file, text)?);
            }
            let found = of_theme.get(&name);
            words.extend(found.into_iter().flatten().map(|(key, word): (&String, &Word)| (key.clone(), word.clone())));
            // English comes first, so that other languages replace its words; alone it does not make the language
            // known.
            is_known |= depth > 0 && (built_in.is_some() || found.is_some());
        }
        let language = if is_known { language.to_owned() } else { COMPLETE.to_owned() };
        Ok(Words { language, words })
    }

    /// A text without forms; empty if the catalogues do not have it.
    pub(super) fn text(&self, key: &str) -> &str {
        match self.words.get(key) {
            Some(Word::Text(text)) => text,
            _ => "",
        }
    }

    /// A time in one of the formats `day`, `date` and `time`.
    pub(super) fn shown(&self, format: &str, at: &DateTime<Tz>) -> String {
        let mut pattern = String::new();
        let mut characters = self.text(format).chars();
        while let Some(character) = characters.next() {
            if character != '%' {
                pattern.push(character);
                continue;
            }
            let weekday = at.weekday().num_days_from_monday();
            match characters.next() {
                Some('A') => self.push_name(&mut pattern, "weekdays", weekday),
                Some('a') => self.push_name(&mut pattern, "weekdays_short", weekday),
                Some('B') => self.push_name(&mut pattern, "months", at.month0()),
                Some('b' | 'h') => self.push_name(&mut pattern, "months_short", at.month0()),
                Some(other) => pattern.extend(['%', other]),
                None => {}
            }
        }
        let mut shown = String::new();
        // Formats are checked when a catalogue is read, and writing to a string cannot fail.
        let _ = write!(shown, "{}", at.format(&pattern));
        shown
    }

    fn push_name(&self, pattern: &mut String, list: &str, at: u32) {
        if let Some(Word::List(names)) = self.words.get(list)
            && let Some(name) = usize::try_from(at).ok().and_then(|at| names.get(at))
        {
            pattern.push_str(&name.replace('%', "%%"));
        }
    }
}

/// The time at a place.
pub(super) fn local(time: Timestamp, zone: Tz) -> DateTime<Tz> {
    time.to_chrono().with_timezone(&zone)
}

/// `zh`, `zh-Hant`, `zh-Hant-TW` for the last of these.
fn from_general_to_special(language: &str) -> impl Iterator<Item = &str> {
    let ends = language.match_indices('-').map(|(at, _)| at).chain([language.len()]);
    ends.map(|end| language.get(..end).unwrap_or_default())
}

fn catalogue(file: &str, text: &str) -> Result<BTreeMap<String, Word>, ThemeError> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map(|span| line_and_column(text, span.start));
        ThemeError::new(file, at, error.message())
    })?;
    let mut words = BTreeMap::new();
    for (key, value) in table {
        let word = match value {
            toml::Value::String(text) => Some(Word::Text(text)),
            toml::Value::Array(items) => {
                let texts: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
                texts.map(Word::List)
            }
            _ => None,
        };
        let word = word.ok_or("is neither a string nor a list of strings").and_then(|word| checked(&key, word));
        match word {
            Ok(word) => words.insert(key, word),
            Err(reason) => return Err(ThemeError::new(file, place_of(text, &key), &format!("`{key}` {reason}"))),
        };
    }
    Ok(words)
}

fn checked(key: &str, word: Word) -> Result<Word, &'static str> {
    let names = NAMES.iter().find(|(name, _)| *name == key).map(|(_, count)| *count);
    let is_format = FORMATS.contains(&key);
    let wrong = match &word {
        Word::Text(_) if names.is_some() => Some("is not a list of names"),
        Word::Text(format) if is_format && StrftimeItems::new(format).any(|item| matches!(item, Item::Error)) => {
            Some("is not a format of dates, such as \"%-d %B %Y\"")
        }
        Word::List(_) if is_format => Some("is not a format of dates, such as \"%-d %B %Y\""),
        Word::List(list) if names.is_some_and(|count| list.len() != count) => {
            Some("does not have the right number of names (7 days from Monday, 12 months from January)")
        }
        Word::List(list) if names.is_none() && list.len() != FORMS => {
            Some("does not have two forms: for 1, and for every other number")
        }
        _ => None,
    };
    wrong.map_or(Ok(word), Err)
}

/// The line of a key at the top of a TOML file.
fn place_of(text: &str, key: &str) -> Option<(usize, usize)> {
    let is_of = |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().position(is_of).map(|at| (at + 1, 1))
}
