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
/// The tests of a text.
const TESTS: &[&str] = &["is", "contains", "matches"];
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
        "a list of at most {MAX_RULES} rules: `drop` or `keep` with a field ({}), and `is`, `contains` or `matches`; or `drop` or `keep` \
         with a table `all` of such tests",
        FIELDS.join(", ")
    ),
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "drop": { "anyOf": [{ "enum": FIELDS }, joined_schema()] },
                "keep": { "anyOf": [{ "enum": FIELDS }, joined_schema()] },
                "is": string(),
                "contains": string(),
                "matches": string(),
            },
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 2,
        },
        "maxItems": MAX_RULES,
    }),
    filter,
    show_filter
}

/// The schema of joined tests: `{ all = [{ title = "rust", author = { is = "Ann" } }] }`.
fn joined_schema() -> Value {
    let test = json!({
        "type": "object",
        "properties": { "is": string(), "contains": string(), "matches": string() },
        "additionalProperties": false,
        "minProperties": 1,
        "maxProperties": 1,
    });
    let tests: serde_json::Map<String, Value> =
        FIELDS.iter().map(|field| ((*field).to_owned(), json!({ "anyOf": [string(), test] }))).collect();
    json!({
        "type": "object",
        "properties": {
            "all": {
                "type": "array",
                "items": { "type": "object", "properties": tests, "additionalProperties": false, "minProperties": 1 },
                "minItems": 1,
                "maxItems": MAX_RULES,
            },
        },
        "additionalProperties": false,
        "required": ["all"],
    })
}

fn filter(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<FilterRule>> {
    let rules = table.tables(cx, key, "filter rules", Known::Names(FILTER_KEYS), MAX_RULES)?;
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
    if let TextTest::All(tests) = &rule.test {
        let tests: Vec<String> = tests
            .iter()
            .map(|(field, test)| format!("{{ {} = {{ {} }} }}", word_of(*field), test_text(test)))
            .collect();
        return format!("{action} = {{ all = [{}] }}", tests.join(", "));
    }
    format!("{action} = \"{}\", {}", word_of(rule.field), test_text(&rule.test))
}

/// A test as it is written: `contains = "sponsored"`.
fn test_text(test: &TextTest) -> String {
    match test {
        TextTest::Is(text) => format!("is = {}", quoted(text)),
        TextTest::Contains(text) => format!("contains = {}", quoted(text)),
        TextTest::Matches(text) => format!("matches = {}", quoted(text)),
        // Joined tests stand in a rule alone.
        TextTest::All(_) => String::new(),
    }
}

fn word_of(field: FilterField) -> &'static str {
    match field {
        FilterField::Title => "title",
        FilterField::Content => "content",
        FilterField::Author => "author",
        FilterField::Category => "category",
        FilterField::Link => "link",
        FilterField::Any => "any",
    }
}

/// The only one of these keys that a table has.
fn one_of(table: &Table<'_>, keys: &[&'static str]) -> Option<&'static str> {
    let mut there = keys.iter().filter(|key| table.get(key).is_some());
    there.next().filter(|_| there.next().is_none()).copied()
}

fn filter_rule(cx: &mut Context<'_>, rule: &Table<'_>) -> Option<FilterRule> {
    let action = one_of(rule, &["drop", "keep"]);
    if let Some(action) = action.filter(|action| rule.get(action).is_some_and(|it| it.get_ref().as_table().is_some())) {
        let tests = joined(cx, rule, action)?;
        return Some(FilterRule { keep: action == "keep", field: FilterField::Any, test: TextTest::All(tests) });
    }
    let field = match action {
        Some(action) => rule.word(cx, action, FIELDS).map(field_of),
        None => cx.refuse(&rule.place, "a rule needs either `drop` or `keep` with the field to test"),
    };
    let test = test(cx, rule);
    Some(FilterRule { keep: action == Some("keep"), field: field?, test: test? })
}

/// The test of a rule, or of a field of joined tests.
fn test(cx: &mut Context<'_>, table: &Table<'_>) -> Option<TextTest> {
    match one_of(table, TESTS) {
        Some("matches") => matches(cx, table),
        Some(test) => table.string(cx, test).map(|text| match test {
            "is" => TextTest::Is(text.value),
            _ => TextTest::Contains(text.value),
        }),
        None => cx.refuse(&table.place, "a rule needs one of `is`, `contains` and `matches`"),
    }
}

/// Tests that an entry must all pass: `all = [{ title = "rust", author = { is = "Ann" } }]`. A plain text means
/// `contains`.
fn joined(cx: &mut Context<'_>, rule: &Table<'_>, action: &str) -> Option<Vec<(FilterField, TextTest)>> {
    if TESTS.iter().any(|test| rule.get(test).is_some()) {
        return cx.refuse(&rule.place, "a rule with `all` has its tests in there, and none beside it");
    }
    let table = rule.table(cx, action, "joined tests", Known::Names(&["all"]))?;
    let mut tests = Vec::new();
    for fields in table.tables(cx, "all", "joined tests", Known::Names(FIELDS), MAX_RULES).unwrap_or_default() {
        for field in FIELDS {
            let Some(written) = fields.get(field) else { continue };
            let found = if written.get_ref().as_str().is_some() {
                fields.string(cx, field).map(|text| TextTest::Contains(text.value))
            } else {
                let table = fields.table(cx, field, "a test", Known::Names(TESTS));
                table.and_then(|table| test(cx, &table))
            };
            tests.extend(found.map(|test| (field_of(field), test)));
        }
    }
    if tests.is_empty() {
        let help =
            format!("such as {action} = {{ all = [{{ title = \"rust\" }}, {{ author = {{ is = \"Ann\" }} }}] }}");
        return cx.refuse_with_help(&table.place, "`all` needs tests of fields", help);
    }
    Some(tests)
}

fn field_of(word: &str) -> FilterField {
    use FilterField::{Any, Author, Category, Content, Link, Title};
    [Title, Content, Author, Category, Link].into_iter().find(|field| word_of(*field) == word).unwrap_or(Any)
}

fn matches(cx: &mut Context<'_>, rule: &Table<'_>) -> Option<TextTest> {
    let pattern = rule.string(cx, "matches")?;
    if let Err(error) = RegexBuilder::new(&pattern.value).size_limit(MAX_REGEX_BYTES).build() {
        // Only the last line says what is wrong. The lines before it quote the pattern, which this message does already.
        let why = error.to_string();
        let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
        return cx.refuse(&pattern.place, format!("`matches` is not a valid regular expression: {why}"));
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
    let rules = table.tables(cx, key, "rewrite rules", Known::Names(REWRITE_KEYS), MAX_RULES)?;
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
