//! Reads filters and rewrites; a wrong rule is reported with its place.

use regex::RegexBuilder;
use serde_json::{Value, json};

use super::context::Context;
use super::key::{Describe, Kind, Shown, kind, quoted, string};
use super::keys::{FILTER_KEYS, Known, REWRITE_KEYS};
use super::limits::{MAX_REGEX_BYTES, MAX_RULES};
use super::reader::Table;
use crate::model::{FilterField, FilterRule, Rewrite, TextTest};

/// The fields that a rule can test.
const FIELDS: &[&str] = &["title", "content", "author", "category", "link", "any"];
/// The fields that a rewrite can change.
const REWRITTEN: &[&str] = &["link"];
/// What to do about a backslash that TOML takes for itself.
pub(super) const SINGLE_QUOTES: &str = "write regular expressions in single quotes, such as matches = '\\bword\\b'";
/// What TOML makes of `\b` in double quotes, where a regular expression means the end of a word. The other sequences mean the same in
/// both, or are mistakes in TOML.
const BACKSPACE: char = '\u{8}';

kind! {
    /// `filter`: which entries are published.
    Filter: Vec<FilterRule>,
    format!(
        "a list of at most {MAX_RULES} rules: `drop` or `keep` with a field ({}), and `is`, `contains` or `matches`",
        FIELDS.join(", ")
    ),
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "drop": { "enum": FIELDS },
                "keep": { "enum": FIELDS },
                "is": string(),
                "contains": string(),
                "matches": string(),
            },
            "additionalProperties": false,
            "minProperties": 2,
            "maxProperties": 2,
        },
        "maxItems": MAX_RULES,
    }),
    filter,
    show_filter
}

fn filter(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<FilterRule>> {
    let rules = table.tables(cx, key, "filter rules", Known::Names(FILTER_KEYS), MAX_RULES);
    let rules: Vec<FilterRule> = rules.iter().filter_map(|rule| filter_rule(cx, rule)).collect();
    Some(rules).filter(|rules| !rules.is_empty())
}

fn show_filter(value: &[FilterRule]) -> Shown {
    let rules: Vec<String> = value.iter().map(|rule| format!("{{ {} }}", rule_text(rule))).collect();
    Shown::Value(format!("[{}]", rules.join(", ")))
}

/// A rule of a filter as it is written: `drop = "title", contains = "sponsored"`.
pub fn rule_text(rule: &FilterRule) -> String {
    let action = if rule.keep { "keep" } else { "drop" };
    let field = match rule.field {
        FilterField::Title => "title",
        FilterField::Content => "content",
        FilterField::Author => "author",
        FilterField::Category => "category",
        FilterField::Link => "link",
        FilterField::Any => "any",
    };
    let (test, text) = match &rule.test {
        TextTest::Is(text) => ("is", text),
        TextTest::Contains(text) => ("contains", text),
        TextTest::Matches(text) => ("matches", text),
    };
    format!("{action} = \"{field}\", {test} = {}", quoted(text))
}

fn filter_rule(cx: &mut Context<'_>, rule: &Table<'_>) -> Option<FilterRule> {
    let one_of = |keys: &[&'static str]| -> Option<&'static str> {
        let mut there = keys.iter().filter(|key| rule.get(key).is_some());
        there.next().filter(|_| there.next().is_none()).copied()
    };
    let action = one_of(&["drop", "keep"]);
    let field = match action {
        Some(action) => rule.word(cx, action, FIELDS).map(|field| field_of(field.value)),
        None => {
            cx.error(&rule.place, "a rule needs either `drop` or `keep` with the field to test");
            None
        }
    };
    let test = match one_of(&["is", "contains", "matches"]) {
        Some("matches") => matches(cx, rule),
        Some(test) => rule.string(cx, test).map(|text| match test {
            "is" => TextTest::Is(text.value),
            _ => TextTest::Contains(text.value),
        }),
        None => {
            cx.error(&rule.place, "a rule needs one of `is`, `contains` and `matches`");
            None
        }
    };
    Some(FilterRule { keep: action == Some("keep"), field: field?, test: test? })
}

fn field_of(word: &str) -> FilterField {
    match word {
        "title" => FilterField::Title,
        "content" => FilterField::Content,
        "author" => FilterField::Author,
        "category" => FilterField::Category,
        "link" => FilterField::Link,
        _ => FilterField::Any,
    }
}

fn matches(cx: &mut Context<'_>, rule: &Table<'_>) -> Option<TextTest> {
    let pattern = rule.string(cx, "matches")?;
    if let Err(error) = RegexBuilder::new(&pattern.value).size_limit(MAX_REGEX_BYTES).build() {
        // Only the last line says what is wrong. The lines before it quote the pattern, which this message does already.
        let why = error.to_string();
        let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
        cx.error(&pattern.place, format!("`matches` is not a valid regular expression: {why}"));
        return None;
    }
    if pattern.value.contains(BACKSPACE) {
        let shown = pattern.value.replace(BACKSPACE, "\\b");
        cx.notice(format!(
            "`matches`: in the double quotes of \"{shown}\", TOML reads \\b as a backspace and not as the end of a word; {SINGLE_QUOTES}"
        ));
    }
    Some(TextTest::Matches(pattern.value))
}

kind! {
    /// `rewrite`: changes to entries when they are published.
    Rewrites: Vec<Rewrite>,
    format!("a list of at most {MAX_RULES} changes: a `field` (link), and what is done to it (`strip_query`)"),
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "field": { "enum": REWRITTEN },
                "strip_query": { "type": "array", "items": string(), "maxItems": MAX_RULES },
            },
            "additionalProperties": false,
            "required": REWRITE_KEYS,
        },
        "maxItems": MAX_RULES,
    }),
    rewrites,
    show_rewrites
}

fn rewrites(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<Rewrite>> {
    let rules = table.tables(cx, key, "rewrite rules", Known::Names(REWRITE_KEYS), MAX_RULES);
    let rewrites: Vec<Rewrite> = rules.iter().map(|rule| rewrite(cx, rule)).collect();
    Some(rewrites).filter(|rewrites| !rewrites.is_empty())
}

fn show_rewrites(value: &[Rewrite]) -> Shown {
    let shown = |Rewrite::StripQuery(patterns): &Rewrite| {
        let patterns: Vec<String> = patterns.iter().map(|pattern| quoted(pattern)).collect();
        format!("{{ field = \"link\", strip_query = [{}] }}", patterns.join(", "))
    };
    Shown::Value(format!("[{}]", value.iter().map(shown).collect::<Vec<_>>().join(", ")))
}

fn rewrite(cx: &mut Context<'_>, rule: &Table<'_>) -> Rewrite {
    let field = rule.word(cx, "field", REWRITTEN);
    let patterns = rule.strings(cx, "strip_query", MAX_RULES);
    if field.is_none() && rule.get("field").is_none() {
        cx.error(&rule.place, "a rewrite needs a `field`");
    }
    if patterns.is_none() && rule.get("strip_query").is_none() {
        cx.error(&rule.place, "a rewrite needs a change, such as `strip_query = [\"utm_*\"]`");
    }
    Rewrite::StripQuery(patterns.unwrap_or_default().into_iter().map(|pattern| pattern.value).collect())
}
