//! Kinds of values that only one key has, among them the names of sources, outputs and tags.

use std::time::Duration;

use chrono_tz::{TZ_VARIANTS, Tz};
use serde_json::{Value, json};

use super::context::{Context, Written};
use super::expand::Expanded;
use super::key::{Describe, Kind, Shown, kind, string};
use super::keys::nearest;
use super::kinds::{SPAN, at_most, pattern, unplaced, without_places};
use super::limits::{DAY, MAX_DESCRIPTION_CHARS, MAX_KEEP, MAX_TAG_CHARS, MAX_TAGS, MAX_TITLE_CHARS};
use super::names::{NAME_RULE, RESERVED, is_name, is_tag};
use super::reader::Table;
use super::span::{parse_span, show_span};
use crate::search::{Order, Query};

/// The changes of state that `on` of a `[[notify]]` may name.
const EVENTS: &[&str] = &["failing", "recovered", "moved", "gone", "silent", "flood", "refused", "disk"];

kind! {
    /// `url` of a source: its address, which is checked when all sources are known.
    Address: Written<Expanded> as String = masked, "an address that begins with `http://`, `https://` or `file:`",
    string(), |cx, table, key| table.expanded(cx, key), Shown::text
}

fn masked(address: Written<Expanded>) -> String {
    address.value.masked().to_owned()
}

kind! {
    /// `opml`: the file or the address of a reading list.
    ListPlace: Written<Expanded> as String = masked, "a path, or an address that begins with `http://` or `https://`",
    string(), |cx, table, key| table.expanded(cx, key), Shown::text
}

kind! {
    /// `name` of a source.
    Name: Written<String> as String = unplaced,
    "1 to 64 lower-case letters, digits, `-` and `_`, of which the first is a letter or a digit",
    pattern("^[a-z0-9][a-z0-9_-]{0,63}$"),
    name,
    Shown::text
}

fn name(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<String>> {
    let name = table.string(cx, key)?;
    if !is_name(&name.value) {
        // The value is not repeated, because it may be an address with a password. The quoted line shows it masked.
        return cx.refuse_with_help(&name.place, format!("`{key}` is not a valid name"), NAME_RULE);
    }
    Some(name)
}

kind! {
    /// `name` of an output.
    OutputName: Written<String> as String = unplaced,
    format!("a name as that of a source, but not {}", RESERVED.join(", ")),
    Name.schema(),
    output_name,
    Shown::text
}

fn output_name(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Written<String>> {
    let name = Name.read(cx, table, key)?;
    if RESERVED.contains(&name.value.as_str()) {
        let help = format!("these names are reserved: {}", RESERVED.join(", "));
        return cx.refuse_with_help(&name.place, format!("an output may not be called `{}`", name.value), help);
    }
    Some(name)
}

kind! {
    /// `path` of an include: a file, or a pattern of files.
    Pattern: Written<String> as String = unplaced, "a path, whose last part may hold `*` and `?`",
    string(), |cx, table, key| table.string(cx, key), Shown::text
}

kind! {
    /// `tags`; repeated tags count once.
    Tags: Vec<Written<String>> as Vec<String> = without_places,
    format!("a list of at most {MAX_TAGS} tags, each of 1 to {MAX_TAG_CHARS} characters"),
    json!({
        "type": "array",
        "items": { "type": "string", "minLength": 1, "maxLength": MAX_TAG_CHARS },
        "maxItems": MAX_TAGS,
    }),
    tags,
    Shown::list
}

fn tags(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<Written<String>>> {
    let written = table.strings(cx, key, MAX_TAGS)?;
    let mut tags: Vec<Written<String>> = Vec::with_capacity(written.len());
    for tag in written {
        if !is_tag(&tag.value) {
            let rule = format!("a tag has 1 to {MAX_TAG_CHARS} characters and no white space at its ends");
            cx.error_with_help(&tag.place, format!("`{key}`: not a valid tag"), rule);
        } else if tags.iter().all(|known| known.value != tag.value) {
            tags.push(tag);
        }
    }
    Some(tags)
}

kind! {
    /// `secret` of a source: whether its address is a secret; with `auto`, the look of its parts decides.
    Secrecy: bool as Option<bool> = Some, "`true`, `false` or \"auto\"",
    json!({ "enum": [true, false, "auto"] }), secrecy, show_secrecy
}

fn secrecy(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<bool> {
    let value = table.get(key)?.get_ref();
    if value.as_str() == Some("auto") {
        return None;
    }
    value.as_bool().or_else(|| cx.refuse(&table.place_of(key), format!("`{key}` must be true, false or \"auto\"")))
}

fn show_secrecy(value: &Option<bool>) -> Shown {
    match value {
        Some(is_secret) => Shown::Value(is_secret.to_string()),
        None => Shown::text("auto"),
    }
}

kind! {
    /// `description` of an output; an empty string means not set.
    Description: String, format!("a string of at most {MAX_DESCRIPTION_CHARS} characters"),
    json!({ "type": "string", "maxLength": MAX_DESCRIPTION_CHARS }),
    |cx, table, key| at_most(cx, table, key, MAX_DESCRIPTION_CHARS), Shown::text
}

kind! {
    /// `search` of an output, in its normal form; an empty string means not set.
    Search: String, format!("a search of at most {} bytes; empty: not set", crate::search::QUERY_MAX_BYTES),
    string(), search, Shown::text
}

fn search(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<String> {
    let Written { value, place } = table.string(cx, key).filter(|query| !query.value.trim().is_empty())?;
    let parsed = match Query::parse(&value) {
        Ok(parsed) => parsed,
        Err(refused) => return cx.refuse(&place, format!("`{key}`: {refused}")),
    };
    if parsed.query.depends_on_now() {
        let message = format!("`{key}` has a span, so entries would leave the output as time goes by");
        return cx.refuse_with_help(&place, message, "write dates, such as since:2026-11-24");
    }
    for note in parsed.notes {
        cx.notice(format!("`{key}` of an output: {note}"));
    }
    Some(parsed.query.ordered(Order::Newest).to_string())
}

kind! {
    /// `language` of an output; an empty string means not set.
    Language: String, "a language tag (BCP 47) such as \"en\" or \"pt-BR\"; empty: not set",
    pattern("^$|^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"), language, Shown::text
}

fn language(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<String> {
    let Written { value, place } = table.string(cx, key).filter(|tag| !tag.value.is_empty())?;
    let mut parts = value.split('-');
    let is_first = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_further =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if parts.next().is_some_and(is_first) && parts.all(is_further) {
        return Some(value);
    }
    let help = "such as \"en\", \"pt-BR\" or \"zh-Hant\"";
    cx.refuse_with_help(&place, format!("`{key}`: {value:?} is not a language tag"), help)
}

kind! {
    /// `itunes_category` of an output; an empty string means not set.
    Category: String,
    format!(
        "a category, or a category, `>` and a subcategory: a string of at most {MAX_TITLE_CHARS} characters; empty: not set"
    ),
    json!({
        "type": "string",
        "pattern": r"^\s*$|^\s*[^>\s][^>]*(>\s*[^>\s][^>]*)?$|\$\{",
        "maxLength": MAX_TITLE_CHARS,
    }),
    category,
    Shown::text
}

fn category(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<String> {
    let category = at_most(cx, table, key, MAX_TITLE_CHARS)?;
    let parts: Vec<&str> = category.split('>').map(str::trim).collect();
    if parts.len() <= 2 && parts.iter().all(|part| !part.is_empty()) {
        return Some(category);
    }
    let help = "Apple's list has categories, and one level of subcategories below them: write \"Technology\", or \
                \"Society & Culture > Documentary\"";
    let message = format!("`{key}` is not a category with at most one subcategory behind `>`");
    cx.refuse_with_help(&table.place_of(key), message, help)
}

/// All changes of state.
pub(super) fn events() -> Vec<String> {
    EVENTS.iter().map(|event| (*event).to_owned()).collect()
}

kind! {
    /// `on`: the changes of state that are told.
    Events: Vec<String>, format!("a list of some of {}", EVENTS.join(", ")),
    json!({ "type": "array", "items": { "enum": EVENTS }, "maxItems": EVENTS.len() }), chosen_events, Shown::list
}

fn chosen_events(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<String>> {
    let mut chosen = Vec::new();
    for Written { value, place } in table.strings(cx, key, EVENTS.len())? {
        if EVENTS.contains(&value.as_str()) {
            chosen.push(value);
        } else {
            let help = match nearest(&value, EVENTS.iter().copied()) {
                Some(event) => format!("did you mean \"{event}\"?"),
                None => format!("the changes of state are: {}", EVENTS.join(", ")),
            };
            cx.error_with_help(&place, format!("`{key}`: this is not a change of state"), help);
        }
    }
    Some(chosen)
}

kind! {
    /// `time_zone`: a zone of the IANA database.
    TimeZone: Tz, "a time zone of the IANA database, such as \"Europe/Vienna\"", string(), time_zone, show_zone
}

fn time_zone(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Tz> {
    let Written { value, place } = table.string(cx, key)?;
    if let Ok(zone) = value.parse() {
        return Some(zone);
    }
    let help = match nearest(&value, TZ_VARIANTS.iter().map(|zone| zone.name())) {
        Some(meant) => format!("did you mean \"{meant}\"?"),
        None => "such as \"Europe/Vienna\", \"America/New_York\" or \"UTC\"".to_owned(),
    };
    cx.refuse_with_help(&place, format!("`{key}`: {value:?} is not a time zone"), help)
}

fn show_zone(zone: &Tz) -> Shown {
    Shown::text(zone.name())
}

kind! {
    /// `keep`: how long entries are kept; `None` is for ever.
    Keep: Option<Duration>, format!("\"forever\", or a span from {} to {}", show_span(DAY), show_span(MAX_KEEP)),
    pattern(&format!("^forever$|{SPAN}")), keep, show_keep
}

/// Reads `keep`; `Some(None)` is for ever.
fn keep(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Option<Duration>> {
    let Written { value, place } = table.string(cx, key)?;
    if value == "forever" {
        return Some(None);
    }
    match parse_span(&value) {
        Ok(span) if (DAY..=MAX_KEEP).contains(&span) => Some(Some(span)),
        _ => {
            let (least, most) = (show_span(DAY), show_span(MAX_KEEP));
            cx.refuse(&place, format!("`{key}` must be \"forever\" or a span from \"{least}\" to \"{most}\""))
        }
    }
}

fn show_keep(value: &Option<Duration>) -> Shown {
    match value {
        None => Shown::text("forever"),
        Some(span) => Shown::text(&show_span(*span)),
    }
}
