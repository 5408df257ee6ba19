//! Filters and rewrites: checked as they are read, so that a wrong rule is told with its place.

use regex::RegexBuilder;

use super::context::Context;
use super::keys::{FILTER_KEYS, REWRITE_KEYS};
use super::limits::{MAX_LIST, MAX_REGEX_BYTES};
use super::reader::Table;

/// What a rule may look at.
const FIELDS: &[&str] = &["title", "content", "author", "category", "link", "any"];
/// What a rewrite may change.
const REWRITTEN: &[&str] = &["link"];

/// Checks the rules under `filter`; returns how many there are.
pub(super) fn filter(cx: &mut Context<'_>, table: &Table<'_>) -> usize {
    let rules = table.tables(cx, "filter", "filter rules", FILTER_KEYS, MAX_LIST);
    for rule in &rules {
        filter_rule(cx, rule);
    }
    rules.len()
}

fn filter_rule(cx: &mut Context<'_>, rule: &Table<'_>) {
    let one_of = |keys: &[&'static str]| -> Option<&'static str> {
        let mut there = keys.iter().filter(|key| rule.get(key).is_some());
        there.next().filter(|_| there.next().is_none()).copied()
    };
    match one_of(&["drop", "keep"]) {
        Some(action) => {
            rule.word(cx, action, FIELDS);
        }
        None => cx.error(&rule.place, "a rule has either `drop` or `keep`, which names the field that is looked at"),
    }
    match one_of(&["is", "contains", "matches"]) {
        Some("matches") => matches(cx, rule),
        Some(test) => {
            rule.string(cx, test);
        }
        None => cx.error(&rule.place, "a rule has one of `is`, `contains` and `matches`"),
    }
}

fn matches(cx: &mut Context<'_>, rule: &Table<'_>) {
    let Some(pattern) = rule.string(cx, "matches") else { return };
    if let Err(error) = RegexBuilder::new(&pattern.value).size_limit(MAX_REGEX_BYTES).build() {
        // The last line says what is wrong; those before it draw the pattern, which the caret does already.
        let why = error.to_string();
        let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
        cx.error(&pattern.place, format!("`matches` is no regular expression that can be used: {why}"));
    }
}

/// Checks the rules under `rewrite`; returns how many there are.
pub(super) fn rewrite(cx: &mut Context<'_>, table: &Table<'_>) -> usize {
    let rules = table.tables(cx, "rewrite", "rewrite rules", REWRITE_KEYS, MAX_LIST);
    for rule in &rules {
        let field = rule.word(cx, "field", REWRITTEN);
        let patterns = rule.strings(cx, "strip_query", MAX_LIST);
        if field.is_none() && rule.get("field").is_none() {
            cx.error(&rule.place, "a rewrite names its `field`");
        }
        if patterns.is_none() && rule.get("strip_query").is_none() {
            cx.error(&rule.place, "a rewrite says what it does: `strip_query = [\"utm_*\"]`");
        }
    }
    rules.len()
}
