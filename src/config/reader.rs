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
use super::kinds::listed;
use super::span::{parse_size, parse_span, show_size, show_span};

pub(super) struct Table<'t> {
    map: &'t DeTable<'t>,
    /// The offset in the file of the text to which the spans of `map` are relative.
    base: usize,
    /// The place of its header, or of its braces.
    pub(super) place: Place,
    /// Its name in messages: `[poll]`.
    pub(super) what: &'static str,
}

impl<'t> Table<'t> {
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

    /// Reports every key that is unknown in the table.
    pub(super) fn with_keys(self, cx: &mut Context<'_>, known: Known) -> Table<'t> {
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
        cx.error_with_help(&place, format!("unknown key `{name}` in {}", self.what), help);
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

    /// Whether the table has a key other than these.
    pub(super) fn has_other_than(&self, known: Known) -> bool {
        self.map.keys().any(|key| !known.has(key.get_ref()))
    }

    /// Whether one of the keys is written. A table has few keys, so this is much faster than looking for each of many.
    pub(super) fn has_one_of(&self, known: Known) -> bool {
        self.map.keys().any(|key| known.has(key.get_ref()))
    }

    fn place_of_value(&self, value: &Spanned<DeValue<'_>>) -> Place {
        self.place_of_span(value.span())
    }

    fn place_of_span(&self, span: Range<usize>) -> Place {
        Place { file: self.place.file, span: self.base + span.start..self.base + span.end }
    }

    /// Refuses a value of the wrong type.
    fn wrong<T>(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        wanted: impl Display,
    ) -> Option<T> {
        let found = value.get_ref().type_str();
        cx.refuse(&self.place_of_value(value), format!("`{key}` must be {wanted}, not a value of type {found}"))
    }

    /// A string, with `${NAME}` expanded.
    pub(super) fn expanded(&self, cx: &mut Context<'_>, key: &str) -> Option<Written<Expanded>> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => self.expand(cx, key, text, value),
            None => self.wrong(cx, key, value, "a string in quotes"),
        }
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
            let message =
                format!("`{key}`: a file that is included with `trusted = false` may use no environment variables");
            let help = "remove the variable, or include the file with `trusted = true`";
            return cx.refuse_with_help(&place, message, help);
        }
        match expand(text, cx.env) {
            Ok(value) => Some(Written { value, place }),
            Err(error) => {
                let help = "write `${NAME:-text}` for a default, and `$${` for a literal `${`";
                cx.refuse_with_help(&place, format!("`{key}`: {error}"), help)
            }
        }
    }

    pub(super) fn string(&self, cx: &mut Context<'_>, key: &str) -> Option<Written<String>> {
        let Written { value, place } = self.expanded(cx, key)?;
        Some(Written { value: value.value, place })
    }

    /// One of a few words.
    pub(super) fn word<'w>(&self, cx: &mut Context<'_>, key: &str, words: &[&'w str]) -> Option<&'w str> {
        let Written { value, place } = self.string(cx, key)?;
        if let Some(word) = words.iter().find(|word| **word == value) {
            return Some(*word);
        }
        let help = nearest(&value, words.iter().copied()).map(|word| format!("did you mean \"{word}\"?"));
        let wanted = match words {
            [only] => format!("`{key}` must be \"{only}\""),
            _ => format!("`{key}` must be one of {}", listed(words)),
        };
        cx.report(&place, wanted, help);
        None
    }

    pub(super) fn boolean(&self, cx: &mut Context<'_>, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        value.get_ref().as_bool().or_else(|| self.wrong(cx, key, value, "true or false"))
    }

    pub(super) fn number(&self, cx: &mut Context<'_>, key: &str, bounds: &RangeInclusive<u64>) -> Option<Written<u64>> {
        let value = self.get(key)?;
        let Some(integer) = value.get_ref().as_integer() else {
            return self.wrong(cx, key, value, "a whole number");
        };
        let number = u64::from_str_radix(integer.as_str(), integer.radix()).ok();
        let number = Written { value: number, place: self.place_of_value(value) };
        within(cx, key, number, bounds, |number| number.to_string())
    }

    /// A number that may have a fraction.
    pub(super) fn decimal(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        bounds: &RangeInclusive<f64>,
    ) -> Option<Written<f64>> {
        let value = self.get(key)?;
        let number: Option<f64> = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => return self.wrong(cx, key, value, "a number"),
        };
        let number = Written { value: number, place: self.place_of_value(value) };
        within(cx, key, number, bounds, |number| number.to_string())
    }

    pub(super) fn span(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        bounds: &RangeInclusive<Duration>,
    ) -> Option<Written<Duration>> {
        let span = self.quantity(cx, key, "a span in quotes, such as \"15m\"", parse_span)?;
        within(cx, key, span, bounds, show_span)
    }

    pub(super) fn size(&self, cx: &mut Context<'_>, key: &str, bounds: &RangeInclusive<u64>) -> Option<Written<u64>> {
        let size = self.quantity(cx, key, "a size in quotes, such as \"10 MiB\"", parse_size)?;
        within(cx, key, size, bounds, show_size)
    }

    /// A string that contains a number with a unit. A number without quotes, a common mistake, gets a message of its own.
    fn quantity<T>(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        wanted: &str,
        parse: fn(&str) -> Result<T, String>,
    ) -> Option<Written<Option<T>>> {
        let value = self.get(key)?;
        if value.get_ref().as_str().is_none() {
            return self.wrong(cx, key, value, wanted);
        }
        let Written { value, place } = self.string(cx, key)?;
        match parse(&value) {
            Ok(value) => Some(Written { value: Some(value), place }),
            Err(why) => cx.refuse(&place, format!("`{key}`: {why}")),
        }
    }

    /// A list of strings, at most `most`.
    pub(super) fn strings(&self, cx: &mut Context<'_>, key: &str, most: usize) -> Option<Vec<Written<String>>> {
        let value = self.get(key)?;
        let Some(array) = value.get_ref().as_array() else {
            return self.wrong(cx, key, value, "a list of strings, such as [\"a\", \"b\"]");
        };
        if array.len() > most {
            let message = format!("`{key}` has {} elements; at most {most} are allowed", array.len());
            return cx.refuse(&self.place_of_value(value), message);
        }
        let mut strings = Vec::with_capacity(array.len());
        for element in array {
            let expanded = match element.get_ref().as_str() {
                Some(text) => self.expand(cx, key, text, element),
                None => self.wrong(cx, key, element, "a list of strings"),
            };
            strings.extend(expanded.map(|text| Written { value: text.value.value, place: text.place }));
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
        value.get_ref().as_table().or_else(|| self.wrong(cx, key, value, wanted))
    }

    /// A list of tables, `[[key]]` or in brackets, at most `most`.
    pub(super) fn tables(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        what: &'static str,
        known: Known,
        most: usize,
    ) -> Option<Vec<Table<'t>>> {
        let value = self.get(key)?;
        let wanted = || format!("a list of tables: {what}");
        let Some(array) = value.get_ref().as_array() else { return self.wrong(cx, key, value, wanted()) };
        if array.len() > most {
            let message = format!("there are {} {what}; at most {most} are allowed", array.len());
            return cx.refuse(&self.place_of_value(value), message);
        }
        let mut tables = Vec::with_capacity(array.len());
        for element in array {
            let table = match element.get_ref().as_table() {
                Some(map) => Some(self.below(map, self.place_of_value(element), what).with_keys(cx, known)),
                None => self.wrong(cx, key, element, wanted()),
            };
            tables.extend(table);
        }
        Some(tables)
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
    let Some(value) = value.filter(|value| bounds.contains(value)) else {
        let (least, most) = (show(*bounds.start()), show(*bounds.end()));
        return cx.refuse(&place, format!("`{key}` must be from {least} to {most}"));
    };
    Some(Written { value, place })
}
