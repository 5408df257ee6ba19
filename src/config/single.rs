//! Kinds of values that a single key has, and the names by which sources, outputs and tags are called.

use serde_json::{Value, json};

use super::context::{Context, Written};
use super::expand::Expanded;
use super::key::{Describe, Kind, Shown};
use super::kinds::{pattern, without_places};
use super::limits::{DAY, MAX_KEEP, MAX_TAG_CHARS, MAX_TAGS};
use super::names::{NAME_RULE, RESERVED, is_name, is_tag};
use super::reader::Table;
use super::span::{parse_span, show_span};

/// `url` of a source: its address, which is judged when all sources are known.
pub(super) struct Address;

impl Describe for Address {
    fn allowed(&self) -> String {
        "an address that begins with `http://`, `https://` or `file:`".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string" })
    }
}

impl Kind for Address {
    type Raw = Written<Expanded>;
    type Value = String;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<Expanded>> {
        table.expanded(cx, key)
    }

    fn value(raw: Written<Expanded>) -> String {
        raw.value.masked
    }

    fn show(&self, value: &String) -> Shown {
        Shown::text(value)
    }
}

/// `name` of a source.
pub(super) struct Name;

impl Describe for Name {
    fn allowed(&self) -> String {
        NAME_RULE.to_owned()
    }

    fn schema(&self) -> Value {
        pattern("^[a-z0-9][a-z0-9_-]{0,63}$")
    }
}

impl Kind for Name {
    type Raw = Written<String>;
    type Value = String;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<String>> {
        let name = table.string(cx, key)?;
        if !is_name(&name.value) {
            let message = format!("`{key}`: {:?} is no legal name", name.value);
            cx.error_with_help(&name.place, message, Some(NAME_RULE.to_owned()));
            return None;
        }
        Some(name)
    }

    fn value(raw: Written<String>) -> String {
        raw.value
    }

    fn show(&self, value: &String) -> Shown {
        Shown::text(value)
    }
}

/// `name` of an output.
pub(super) struct OutputName;

impl Describe for OutputName {
    fn allowed(&self) -> String {
        format!("{NAME_RULE}; but not {}", RESERVED.join(", "))
    }

    fn schema(&self) -> Value {
        Name.schema()
    }
}

impl Kind for OutputName {
    type Raw = Written<String>;
    type Value = String;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<String>> {
        let name = Name.read(cx, table, key)?;
        if RESERVED.contains(&name.value.as_str()) {
            let help = format!("these names have addresses of their own: {}", RESERVED.join(", "));
            cx.error_with_help(&name.place, format!("an output may not be called `{}`", name.value), Some(help));
            return None;
        }
        Some(name)
    }

    fn value(raw: Written<String>) -> String {
        raw.value
    }

    fn show(&self, value: &String) -> Shown {
        Shown::text(value)
    }
}

/// `path` of an include: a file, or a pattern of files.
pub(super) struct Pattern;

impl Describe for Pattern {
    fn allowed(&self) -> String {
        "a path, whose last part may hold `*` and `?`".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string" })
    }
}

impl Kind for Pattern {
    type Raw = Written<String>;
    type Value = String;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<String>> {
        table.string(cx, key)
    }

    fn value(raw: Written<String>) -> String {
        raw.value
    }

    fn show(&self, value: &String) -> Shown {
        Shown::text(value)
    }
}

/// `tags`, each of which counts once.
pub(super) struct Tags;

impl Describe for Tags {
    fn allowed(&self) -> String {
        format!("a list of at most {MAX_TAGS} tags, each of 1 to {MAX_TAG_CHARS} characters")
    }

    fn schema(&self) -> Value {
        let tag = json!({ "type": "string", "minLength": 1, "maxLength": MAX_TAG_CHARS });
        json!({ "type": "array", "items": tag, "maxItems": MAX_TAGS })
    }
}

impl Kind for Tags {
    type Raw = Vec<Written<String>>;
    type Value = Vec<String>;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<Written<String>>> {
        let written = table.strings(cx, key, MAX_TAGS)?;
        let mut tags: Vec<Written<String>> = Vec::with_capacity(written.len());
        for tag in written {
            if !is_tag(&tag.value) {
                let rule = format!("a tag has 1 to {MAX_TAG_CHARS} characters, and no white space at its ends");
                cx.error_with_help(&tag.place, format!("`{key}`: this is no legal tag"), Some(rule));
            } else if tags.iter().all(|known| known.value != tag.value) {
                tags.push(tag);
            }
        }
        Some(tags)
    }

    fn value(raw: Vec<Written<String>>) -> Vec<String> {
        without_places(raw)
    }

    fn show(&self, value: &Vec<String>) -> Shown {
        Shown::list(value)
    }
}

/// `secret` of a source: whether its address is a secret; with `auto`, the look of its parts decides.
pub(super) struct Secrecy;

impl Describe for Secrecy {
    fn allowed(&self) -> String {
        "`true`, `false` or \"auto\"".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "enum": [true, false, "auto"] })
    }
}

impl Kind for Secrecy {
    type Raw = bool;
    type Value = Option<bool>;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        if value.get_ref().as_str() == Some("auto") {
            return None;
        }
        if value.get_ref().as_bool().is_none() {
            cx.error(&table.place_of(key), format!("`{key}` must be true, false or \"auto\""));
            return None;
        }
        table.boolean(cx, key).map(|truth| truth.value)
    }

    fn value(raw: bool) -> Option<bool> {
        Some(raw)
    }

    fn show(&self, value: &Option<bool>) -> Shown {
        match value {
            Some(is_secret) => Shown::Value(is_secret.to_string()),
            None => Shown::text("auto"),
        }
    }
}

/// `level`: a level, or a filter of tracing's directive form.
pub(super) struct LogFilter;

impl Describe for LogFilter {
    fn allowed(&self) -> String {
        "\"error\", \"warn\", \"info\", \"debug\", \"trace\", or a filter such as \"info,watershed::fetch=debug\""
            .to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string" })
    }
}

impl Kind for LogFilter {
    type Raw = String;
    type Value = String;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<String> {
        let level = table.string(cx, key)?;
        match tracing_subscriber::EnvFilter::try_new(&level.value) {
            Ok(_) if !level.value.trim().is_empty() => Some(level.value),
            _ => {
                let help = "\"error\", \"warn\", \"info\", \"debug\", \"trace\", or \"info,watershed::fetch=debug\"";
                cx.error_with_help(&level.place, format!("`{key}` is no level and no filter"), Some(help.to_owned()));
                None
            }
        }
    }

    fn value(raw: String) -> String {
        raw
    }

    fn show(&self, value: &String) -> Shown {
        Shown::text(value)
    }
}

/// `keep`: for how long, or for ever.
pub(super) struct Keep;

impl Describe for Keep {
    fn allowed(&self) -> String {
        format!("\"forever\", or a span from {} to {}", show_span(DAY), show_span(MAX_KEEP))
    }

    fn schema(&self) -> Value {
        pattern(r"^forever$|^\s*([0-9]+[dhms]\s*)+$")
    }
}

impl Kind for Keep {
    type Raw = String;
    type Value = String;

    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<String> {
        let Written { value, place } = table.string(cx, key)?;
        if value != "forever" && !parse_span(&value).is_ok_and(|span| (DAY..=MAX_KEEP).contains(&span)) {
            let (least, most) = (show_span(DAY), show_span(MAX_KEEP));
            cx.error(&place, format!("`{key}` is \"forever\" or a span from \"{least}\" to \"{most}\""));
            return None;
        }
        Some(value)
    }

    fn value(raw: String) -> String {
        raw
    }

    fn show(&self, value: &String) -> Shown {
        Shown::text(value)
    }
}
