//! Reads a table of a TOML document key by key. A value of a wrong type or out of bounds is reported, and reading goes on, so
//! that all mistakes of a file are reported at once.

use std::fmt::Display;
use std::ops::{Range, RangeInclusive};
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::context::{Context, Place, Written};
use super::expand::{Expanded, expand, names_variable};
use super::keys::{INCLUDED_KEYS, Known, TOP, homes, nearest};
use super::span::{parse_size, parse_span, show_size, show_span};

pub(super) struct Table<'t> {
    map: &'t DeTable<'t>,
    /// The place in the file of the text from whose beginning the spans of `map` count.
    base: usize,
    /// The place of its header, or of its braces.
    pub(super) place: Place,
    /// Its name in messages: `[poll]`.
    pub(super) what: &'static str,
}

impl<'t> Table<'t> {
    /// Reports every unknown key of a table.
    pub(super) fn new(
        cx: &mut Context<'_>,
        map: &'t DeTable<'t>,
        place: Place,
        what: &'static str,
        known: Known,
    ) -> Table<'t> {
        Table::free(map, place, what).with_keys(cx, known)
    }

    /// A table whose keys are free, such as `headers`.
    pub(super) fn free(map: &'t DeTable<'t>, place: Place, what: &'static str) -> Table<'t> {
        Table { map, base: 0, place, what }
    }

    /// The top of a piece of a file that was parsed by itself, from its byte `base` on.
    pub(super) fn piece(map: &'t DeTable<'t>, file: usize, base: usize, what: &'static str) -> Table<'t> {
        Table { base, ..Table::free(map, Place { file, span: base..base }, what) }
    }

    /// A table below this one, with free keys.
    fn below(&self, map: &'t DeTable<'t>, place: Place, what: &'static str) -> Table<'t> {
        Table { map, base: self.base, place, what }
    }

    fn with_keys(self, cx: &mut Context<'_>, known: Known) -> Table<'t> {
        for key in self.map.keys().filter(|key| !known.has(key.get_ref())) {
            self.unknown_key(cx, key, known);
        }
        self
    }

    fn unknown_key(&self, cx: &mut Context<'_>, key: &Spanned<std::borrow::Cow<'_, str>>, known: Known) {
        let place = self.place_of_span(key.span());
        let name = key.get_ref();
        let mut homes = homes(name);
        if matches!(known, Known::Names(INCLUDED_KEYS)) {
            for home in homes.iter_mut().filter(|home| **home == TOP) {
                *home = "the main file";
            }
        }
        let known = known.names();
        let help = if let Some(nearest) = nearest(name, known.iter().copied()) {
            format!("did you mean `{nearest}`?")
        } else if homes.is_empty() {
            format!("the keys of {} are: {}", self.what, known.join(", "))
        } else {
            format!("`{name}` belongs in {}", homes.join(" or "))
        };
        cx.error_with_help(&place, format!("unknown key `{name}` in {}", self.what), Some(help));
    }

    /// The keys of the table with their places, in the order of their names.
    pub(super) fn keys(&self) -> Vec<Written<String>> {
        let written = |key: &Spanned<std::borrow::Cow<'_, str>>| Written {
            value: key.get_ref().to_string(),
            place: self.place_of_span(key.span()),
        };
        self.map.keys().map(written).collect()
    }

    /// The place of a key's value, or of the table if the key is not there.
    pub(super) fn place_of(&self, key: &str) -> Place {
        self.get(key).map_or_else(|| self.place.clone(), |value| self.place_of_value(value))
    }

    pub(super) fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.map.get(key)
    }

    fn place_of_value(&self, value: &Spanned<DeValue<'_>>) -> Place {
        self.place_of_span(value.span())
    }

    fn place_of_span(&self, span: Range<usize>) -> Place {
        Place { file: self.place.file, span: self.base + span.start..self.base + span.end }
    }

    fn wrong(&self, cx: &mut Context<'_>, key: &str, value: &Spanned<DeValue<'_>>, wanted: impl Display) {
        let found = value.get_ref().type_str();
        cx.error(&self.place_of_value(value), format!("`{key}` must be {wanted}, not a value of type {found}"));
    }

    /// A string, with `${NAME}` expanded.
    pub(super) fn expanded(&self, cx: &mut Context<'_>, key: &str) -> Option<Written<Expanded>> {
        let value = self.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(cx, key, value, "a string in quotes");
            return None;
        };
        self.expand(cx, key, text, value)
    }

    fn expand(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        text: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Written<Expanded>> {
        let place = self.place_of_value(value);
        if !cx.is_trusted(&place) && names_variable(text) {
            let help = "remove the variable, or include the file with `trusted = true`".to_owned();
            let message =
                format!("`{key}`: a file that is included with `trusted = false` may use no environment variables");
            cx.error_with_help(&place, message, Some(help));
            return None;
        }
        match expand(text, cx.env) {
            Ok(value) => Some(Written { value, place }),
            Err(error) => {
                let help = "write `${NAME:-text}` for a default, and `$${` for a literal `${`".to_owned();
                cx.error_with_help(&place, format!("`{key}`: {error}"), Some(help));
                None
            }
        }
    }

    pub(super) fn string(&self, cx: &mut Context<'_>, key: &str) -> Option<Written<String>> {
        let Written { value, place } = self.expanded(cx, key)?;
        Some(Written { value: value.value, place })
    }

    /// One of a few words.
    pub(super) fn word<'w>(&self, cx: &mut Context<'_>, key: &str, words: &[&'w str]) -> Option<Written<&'w str>> {
        let Written { value, place } = self.string(cx, key)?;
        if let Some(word) = words.iter().find(|word| **word == value) {
            return Some(Written { value: *word, place });
        }
        let listed: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let help = nearest(&value, words.iter().copied()).map(|word| format!("did you mean \"{word}\"?"));
        let wanted = match listed.as_slice() {
            [only] => format!("`{key}` must be {only}"),
            listed => format!("`{key}` must be one of {}", listed.join(", ")),
        };
        cx.error_with_help(&place, wanted, help);
        None
    }

    pub(super) fn boolean(&self, cx: &mut Context<'_>, key: &str) -> Option<Written<bool>> {
        let value = self.get(key)?;
        let Some(truth) = value.get_ref().as_bool() else {
            self.wrong(cx, key, value, "true or false");
            return None;
        };
        Some(Written { value: truth, place: self.place_of_value(value) })
    }

    pub(super) fn number(&self, cx: &mut Context<'_>, key: &str, bounds: &RangeInclusive<u64>) -> Option<Written<u64>> {
        let value = self.get(key)?;
        let place = self.place_of_value(value);
        let Some(integer) = value.get_ref().as_integer() else {
            self.wrong(cx, key, value, "a whole number");
            return None;
        };
        let number = u64::from_str_radix(integer.as_str(), integer.radix()).ok();
        within(cx, key, Written { value: number, place }, bounds, |number| number.to_string())
    }

    /// A number that may have a fraction.
    pub(super) fn decimal(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        bounds: &RangeInclusive<f64>,
    ) -> Option<Written<f64>> {
        let value = self.get(key)?;
        let place = self.place_of_value(value);
        let number: Option<f64> = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => {
                self.wrong(cx, key, value, "a number");
                return None;
            }
        };
        within(cx, key, Written { value: number, place }, bounds, |number| number.to_string())
    }

    pub(super) fn span(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        bounds: &RangeInclusive<Duration>,
    ) -> Option<Written<Duration>> {
        let Written { value, place } = self.quantity(cx, key, "a span in quotes, such as \"15m\"")?;
        bounded(cx, key, Written { value: parse_span(&value), place }, bounds, show_span)
    }

    pub(super) fn size(&self, cx: &mut Context<'_>, key: &str, bounds: &RangeInclusive<u64>) -> Option<Written<u64>> {
        let Written { value, place } = self.quantity(cx, key, "a size in quotes, such as \"10 MiB\"")?;
        bounded(cx, key, Written { value: parse_size(&value), place }, bounds, show_size)
    }

    /// A string that contains a number with a unit. A number without quotes, a common mistake, gets a message of its own.
    fn quantity(&self, cx: &mut Context<'_>, key: &str, wanted: &str) -> Option<Written<String>> {
        let value = self.get(key)?;
        if value.get_ref().as_str().is_none() {
            self.wrong(cx, key, value, wanted);
            return None;
        }
        self.string(cx, key)
    }

    /// A list of strings, at most `most`.
    pub(super) fn strings(&self, cx: &mut Context<'_>, key: &str, most: usize) -> Option<Vec<Written<String>>> {
        let value = self.get(key)?;
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(cx, key, value, "a list of strings, such as [\"a\", \"b\"]");
            return None;
        };
        if array.len() > most {
            cx.error(
                &self.place_of_value(value),
                format!("`{key}` has {} elements; at most {most} are allowed", array.len()),
            );
            return None;
        }
        let mut strings = Vec::with_capacity(array.len());
        for element in array {
            match element.get_ref().as_str() {
                Some(text) => {
                    let expanded = self.expand(cx, key, text, element);
                    strings.extend(expanded.map(|text| Written { value: text.value.value, place: text.place }));
                }
                None => self.wrong(cx, key, element, "a list of strings"),
            }
        }
        Some(strings)
    }

    /// A table below a key, `[key]` or in braces.
    pub(super) fn table(&self, cx: &mut Context<'_>, key: &str, what: &'static str, known: Known) -> Option<Table<'t>> {
        let map = self.map_at(cx, key, &format!("a table: {what}"))?;
        Some(self.below(map, self.place_of(key), what).with_keys(cx, known))
    }

    /// A table with free keys.
    pub(super) fn free_table(&self, cx: &mut Context<'_>, key: &str, what: &'static str) -> Option<Table<'t>> {
        let map = self.map_at(cx, key, "a table of names and values in braces")?;
        Some(self.below(map, self.place_of(key), what))
    }

    fn map_at(&self, cx: &mut Context<'_>, key: &str, wanted: &str) -> Option<&'t DeTable<'t>> {
        let value = self.get(key)?;
        let map = value.get_ref().as_table();
        if map.is_none() {
            self.wrong(cx, key, value, wanted);
        }
        map
    }

    /// A list of tables, `[[key]]` or in brackets, at most `most`.
    pub(super) fn tables(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        what: &'static str,
        known: Known,
        most: usize,
    ) -> Vec<Table<'t>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let wanted = || format!("a list of tables: {what}");
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(cx, key, value, wanted());
            return Vec::new();
        };
        if array.len() > most {
            cx.error(
                &self.place_of_value(value),
                format!("there are {} {what}; at most {most} are allowed", array.len()),
            );
            return Vec::new();
        }
        let mut tables = Vec::with_capacity(array.len());
        for element in array {
            match element.get_ref().as_table() {
                Some(map) => tables.push(self.below(map, self.place_of_value(element), what).with_keys(cx, known)),
                None => self.wrong(cx, key, element, wanted()),
            }
        }
        tables
    }
}

fn bounded<T: PartialOrd + Copy>(
    cx: &mut Context<'_>,
    key: &str,
    parsed: Written<Result<T, String>>,
    bounds: &RangeInclusive<T>,
    show: impl Fn(T) -> String,
) -> Option<Written<T>> {
    let Written { value, place } = parsed;
    match value {
        Ok(value) => within(cx, key, Written { value: Some(value), place }, bounds, show),
        Err(why) => {
            cx.error(&place, format!("`{key}`: {why}"));
            None
        }
    }
}

/// A value within its bounds; `None` stands for a number that its type cannot hold.
fn within<T: PartialOrd + Copy>(
    cx: &mut Context<'_>,
    key: &str,
    parsed: Written<Option<T>>,
    bounds: &RangeInclusive<T>,
    show: impl Fn(T) -> String,
) -> Option<Written<T>> {
    let Written { value, place } = parsed;
    let within = value.filter(|value| bounds.contains(value));
    if within.is_none() {
        let (least, most) = (show(*bounds.start()), show(*bounds.end()));
        cx.error(&place, format!("`{key}` must be from {least} to {most}"));
    }
    within.map(|value| Written { value, place })
}
