//! Filters: which entries are published. Filters are applied when publishing and not when storing, so that a changed rule
//! applies to stored entries as well.

use std::cell::OnceCell;

use regex::{Regex, RegexBuilder};

use crate::config::MAX_REGEX_BYTES;
use crate::model::{FilterField, FilterRule, StoredEntry, TextTest};
use crate::text::html;

/// The rules of a filter, ready to be applied. A filter without rules keeps every entry.
#[derive(Debug, Default)]
pub struct Filter {
    rules: Vec<Ready>,
    /// Whether entries that no rule fits are dropped, because the filter has a `keep` rule.
    keeps_only: bool,
}

#[derive(Debug)]
struct Ready {
    keep: bool,
    condition: Condition,
}

#[derive(Debug)]
struct Condition {
    field: FilterField,
    test: Test,
}

#[derive(Debug)]
enum Test {
    /// The text is in lower case.
    Is(String),
    /// The text is in lower case.
    Contains(String),
    Matches(Regex),
    All(Vec<Condition>),
    /// An expression that could not be compiled. The configuration refuses such expressions.
    Never,
}

/// The decision of a filter on an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling {
    pub kept: bool,
    /// The rule that decided, counted from 0; `None` if no rule fits the entry.
    pub by: Option<usize>,
}

impl Filter {
    pub fn new(rules: &[FilterRule]) -> Filter {
        let ready = |rule: &FilterRule| Ready { keep: rule.keep, condition: Condition::new(rule.field, &rule.test) };
        Filter { keeps_only: rules.iter().any(|rule| rule.keep), rules: rules.iter().map(ready).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The first rule that fits the entry decides. An entry that no rule fits is dropped if the filter has a `keep` rule, and
    /// kept otherwise.
    pub fn judge(&self, texts: &Texts<'_>) -> Ruling {
        for (at, rule) in self.rules.iter().enumerate() {
            if rule.condition.fits(texts) {
                return Ruling { kept: rule.keep, by: Some(at) };
            }
        }
        Ruling { kept: !self.keeps_only, by: None }
    }

    /// For each rule, whether it fits the entry.
    pub fn fitting(&self, texts: &Texts<'_>) -> Vec<bool> {
        self.rules.iter().map(|rule| rule.condition.fits(texts)).collect()
    }
}

impl Condition {
    fn new(field: FilterField, test: &TextTest) -> Condition {
        let test = match test {
            TextTest::Is(text) => Test::Is(text.trim().to_lowercase()),
            TextTest::Contains(text) => Test::Contains(text.to_lowercase()),
            TextTest::Matches(pattern) => {
                let regex = RegexBuilder::new(pattern).size_limit(MAX_REGEX_BYTES).build();
                regex.map_or(Test::Never, Test::Matches)
            }
            TextTest::All(tests) => Test::All(tests.iter().map(|(field, test)| Condition::new(*field, test)).collect()),
        };
        Condition { field, test }
    }

    fn fits(&self, texts: &Texts<'_>) -> bool {
        if let Test::All(conditions) = &self.test {
            return conditions.iter().all(|condition| condition.fits(texts));
        }
        let fields = match self.field {
            FilterField::Any => &[
                FilterField::Title,
                FilterField::Link,
                FilterField::Author,
                FilterField::Category,
                FilterField::Content,
            ][..],
            ref field => std::slice::from_ref(field),
        };
        fields.iter().any(|field| texts.of(*field).iter().any(|text| self.test.fits(text)))
    }
}

impl Test {
    fn fits(&self, text: &Text) -> bool {
        match self {
            Test::Is(wanted) => text.lower() == wanted,
            Test::Contains(wanted) => text.lower().contains(wanted.as_str()),
            Test::Matches(regex) => regex.is_match(&text.plain),
            // Joined tests examine several fields, so they are tried elsewhere.
            Test::All(_) | Test::Never => false,
        }
    }
}

/// The texts of an entry that rules test, without markup. The texts of a field are made when a rule first tests the
/// field.
#[derive(Debug)]
pub struct Texts<'e> {
    entry: &'e StoredEntry,
    /// The texts of titles, contents, authors, categories and links.
    made: [OnceCell<Vec<Text>>; 5],
}

#[derive(Debug)]
struct Text {
    plain: String,
    lower: OnceCell<String>,
}

impl Text {
    fn lower(&self) -> &str {
        self.lower.get_or_init(|| self.plain.trim().to_lowercase())
    }
}

impl<'e> Texts<'e> {
    pub fn of_entry(entry: &'e StoredEntry) -> Texts<'e> {
        Texts { entry, made: Default::default() }
    }

    fn of(&self, field: FilterField) -> &[Text] {
        let [titles, contents, authors, categories, links] = &self.made;
        let made = match field {
            FilterField::Title => titles,
            FilterField::Content | FilterField::Any => contents,
            FilterField::Author => authors,
            FilterField::Category => categories,
            FilterField::Link => links,
        };
        made.get_or_init(|| {
            let StoredEntry { title, summary, content, link, details, described, .. } = self.entry;
            let texts: Vec<String> = match field {
                FilterField::Title => vec![title.clone()],
                FilterField::Content | FilterField::Any => {
                    let both = [summary.clone(), html::words(content)];
                    both.into_iter().filter(|text| !text.is_empty()).collect()
                }
                FilterField::Author => {
                    let authors = if details.authors.is_empty() { &described.authors } else { &details.authors };
                    let names = authors.iter().flat_map(|person| [Some(&person.name), person.email.as_ref()]);
                    names.flatten().cloned().collect()
                }
                FilterField::Category => {
                    let names = details.categories.iter().flat_map(|it| [Some(&it.term), it.label.as_ref()]);
                    names.flatten().cloned().collect()
                }
                FilterField::Link => link.iter().chain(&details.original_link).cloned().collect(),
            };
            texts.into_iter().map(|plain| Text { plain, lower: OnceCell::new() }).collect()
        })
    }
}
