//! Filters and rewrites as they are written: a wrong rule is told with its place.

use regex::RegexBuilder;
use serde_json::{Value, json};

use super::context::Context;
use super::key::{Describe, Kind, Shown, kind, quoted, string};
use super::keys::{FILTER_KEYS, Known, REWRITE_KEYS};
use super::limits::{MAX_REGEX_BYTES, MAX_RULES};
use super::reader::Table;
use crate::model::{FilterField, FilterRule, Rewrite, TextTest};

/// What a rule may look at.
const FIELDS: &[&str] = &["title", "content", "author", "category", "link", "any"];
/// What a rewrite may change.
const REWRITTEN: &[&str] = &["link"];

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
            cx.error(&rule.place, "a rule has either `drop` or `keep`, which names the field that is looked at");
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
            cx.error(&rule.place, "a rule has one of `is`, `contains` and `matches`");
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
        // The last line says what is wrong; those before it draw the pattern, which the caret does already.
        let why = error.to_string();
        let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
        cx.error(&pattern.place, format!("`matches` is no regular expression that can be used: {why}"));
        return None;
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
        cx.error(&rule.place, "a rewrite names its `field`");
    }
    if patterns.is_none() && rule.get("strip_query").is_none() {
        cx.error(&rule.place, "a rewrite says what it does: `strip_query = [\"utm_*\"]`");
    }
    Rewrite::StripQuery(patterns.unwrap_or_default().into_iter().map(|pattern| pattern.value).collect())
}
