//! Filters and rewrites as they are written: a wrong rule is told with its place.

use regex::RegexBuilder;

use super::context::Context;
use super::keys::{FILTER_KEYS, REWRITE_KEYS};
use super::limits::{MAX_REGEX_BYTES, MAX_RULES};
use super::reader::Table;
use crate::model::{FilterField, FilterRule, Rewrite, TextTest};

/// What a rule may look at.
const FIELDS: &[&str] = &["title", "content", "author", "category", "link", "any"];
/// What a rewrite may change.
const REWRITTEN: &[&str] = &["link"];

/// Reads the rules under `filter`.
pub(super) fn filter(cx: &mut Context<'_>, table: &Table<'_>) -> Vec<FilterRule> {
    let rules = table.tables(cx, "filter", "filter rules", FILTER_KEYS, MAX_RULES);
    rules.iter().filter_map(|rule| filter_rule(cx, rule)).collect()
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

/// Reads the rules under `rewrite`.
pub(super) fn rewrite(cx: &mut Context<'_>, table: &Table<'_>) -> Vec<Rewrite> {
    let rules = table.tables(cx, "rewrite", "rewrite rules", REWRITE_KEYS, MAX_RULES);
    let mut rewrites = Vec::new();
    for rule in &rules {
        let field = rule.word(cx, "field", REWRITTEN);
        let patterns = rule.strings(cx, "strip_query", MAX_RULES);
        if field.is_none() && rule.get("field").is_none() {
            cx.error(&rule.place, "a rewrite names its `field`");
        }
        if patterns.is_none() && rule.get("strip_query").is_none() {
            cx.error(&rule.place, "a rewrite says what it does: `strip_query = [\"utm_*\"]`");
        }
        let patterns = patterns.unwrap_or_default().into_iter().map(|pattern| pattern.value).collect();
        rewrites.push(Rewrite::StripQuery(patterns));
    }
    rewrites
}
