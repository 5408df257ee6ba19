//! The language of searches, as people type it, and its normal form.
//!
//! Entry points: [`Query::parse`], which also says what it could not use, and `Display` for the normal form: two searches
//! that find the same entries in the same way mostly have the same normal form, and parsing it gives the same query.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use super::words::{is_quotation_mark, is_sign_unit, label, normal};
use crate::config::{parse_span, show_span};
use crate::model::Timestamp;

/// Bytes of a query.
pub const QUERY_MAX_BYTES: usize = 1024;
/// Terms of a query.
pub const TERMS_MAX: usize = 32;
/// Remarks on a query.
const NOTES_MAX: usize = 8;
/// Characters of the query that a remark quotes.
const QUOTED_CHARS: usize = 40;

const DAY_SECONDS: i64 = 86_400;

/// What can be written in a query, for people who have not typed a query.
pub const HELP: &str = "Type words that must all occur. `\"several words\"` finds them side by side, `begin*` finds words by their \
beginning, and `-word` leaves out what has the word. `source:NAME`, `tag:TAG` and `author:NAME` narrow the search, as do \
`since:` and `before:` with a date such as `2026-11-24` or a span such as `30d`.";

/// What a search asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(super) terms: BTreeSet<Term>,
    pub order: Order,
}

/// The order in which entries are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    #[default]
    Newest,
    /// The best matches come first.
    Rank,
}

/// A condition. Conditions that an entry must meet come before those that it must not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub(super) is_excluded: bool,
    pub(super) asks: Asks,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asks {
    /// Units side by side in one of the texts.
    Words(Phrase),
    Author(Phrase),
    /// The name of a source.
    Source(String),
    Tag(String),
    Since(When),
    Before(When),
}

/// Units side by side, in their normal form. With `is_begun`, the last of them is the beginning of a word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Phrase {
    pub(super) text: String,
    pub(super) is_begun: bool,
}

/// A time, or a span before now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    At(i64),
    Ago(u64),
}

impl When {
    pub(super) fn at(self, now: Timestamp) -> Timestamp {
        match self {
            When::At(seconds) => Timestamp::from_unix(seconds),
            When::Ago(seconds) => now.minus(Duration::from_secs(seconds)),
        }
    }

    /// A year, a month, a day, a time in RFC 3339, or a span.
    fn read(text: &str) -> Option<When> {
        let padded = match text.len() {
            4 => format!("{text}-01-01T00:00:00Z"),
            7 => format!("{text}-01T00:00:00Z"),
            10 => format!("{text}T00:00:00Z"),
            _ => text.to_owned(),
        };
        let time = text.bytes().next().filter(u8::is_ascii_digit).and_then(|_| Timestamp::parse_rfc3339(&padded));
        let span = || parse_span(text).ok().map(|span| When::Ago(span.as_secs()));
        time.map(|time| When::At(time.unix())).or_else(span)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::At(seconds) => {
                let time = Timestamp::from_unix(*seconds).to_rfc3339();
                let is_day = seconds.rem_euclid(DAY_SECONDS) == 0;
                f.write_str(time.get(..10).filter(|_| is_day).unwrap_or(&time))
            }
            When::Ago(seconds) => f.write_str(&show_span(Duration::from_secs(*seconds))),
        }
    }
}

/// Why a query cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    #[error("The search has no words. {}", HELP)]
    Empty,
    #[error("The search has {0} bytes, more than {most}; use fewer words.", most = QUERY_MAX_BYTES)]
    TooLong(usize),
    #[error("The search has more than {} words and conditions; use fewer of them.", TERMS_MAX)]
    TooManyTerms,
}

/// A query, and remarks on the query as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    pub query: Query,
    /// Sentences about the parts that could not be used as typed.
    pub notes: Vec<String>,
}

impl Query {
    /// Reads a query. What cannot be used is left out or taken as words, with a remark.
    ///
    /// # Errors
    /// If nothing is asked for, or more than the limits allow.
    pub fn parse(typed: &str) -> Result<Parsed, QueryError> {
        if typed.len() > QUERY_MAX_BYTES {
            return Err(QueryError::TooLong(typed.len()));
        }
        let mut reader = Reader { rest: typed, notes: Vec::new() };
        let mut query = Query { terms: BTreeSet::new(), order: Order::Newest };
        while let Some(typed) = reader.next() {
            let Some(asks) = reader.understood(&typed, &mut query.order) else { continue };
            query.terms.insert(reversed(Term { is_excluded: typed.is_excluded, asks }));
            if query.terms.len() > TERMS_MAX {
                return Err(QueryError::TooManyTerms);
            }
        }
        if query.terms.is_empty() {
            return Err(QueryError::Empty);
        }
        // The normal form may be longer than what was typed, because a word may become a phrase.
        let length = query.to_string().len();
        if length > 2 * QUERY_MAX_BYTES {
            return Err(QueryError::TooLong(length));
        }
        Ok(Parsed { query, notes: reader.notes })
    }

    /// The same search in another order.
    pub fn ordered(self, order: Order) -> Query {
        Query { order, ..self }
    }

    /// Whether the query asks for sources or tags, so that the entries it finds depend on what sources are called.
    pub fn names_sources(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.asks, Asks::Source(_) | Asks::Tag(_)))
    }

    /// Whether the query names a span, so that the entries it finds depend on the time at which it is asked.
    pub fn depends_on_now(&self) -> bool {
        let is_span = |term: &Term| matches!(term.asks, Asks::Since(When::Ago(_)) | Asks::Before(When::Ago(_)));
        self.terms.iter().any(is_span)
    }
}

/// A bound with a minus sign means the opposite bound.
fn reversed(term: Term) -> Term {
    let asks = match term.asks {
        Asks::Since(when) if term.is_excluded => Asks::Before(when),
        Asks::Before(when) if term.is_excluded => Asks::Since(when),
        _ => return term,
    };
    Term { is_excluded: false, asks }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, term) in self.terms.iter().enumerate() {
            let blank = if at == 0 { "" } else { " " };
            let minus = if term.is_excluded { "-" } else { "" };
            write!(f, "{blank}{minus}")?;
            match &term.asks {
                Asks::Words(phrase) => write!(f, "{phrase}")?,
                Asks::Author(phrase) => write!(f, "author:{phrase}")?,
                Asks::Source(name) => write!(f, "source:{}", quoted(name))?,
                Asks::Tag(tag) => write!(f, "tag:{}", quoted(tag))?,
                Asks::Since(when) => write!(f, "since:{when}")?,
                Asks::Before(when) => write!(f, "before:{when}")?,
            }
        }
        match self.order {
            Order::Newest => Ok(()),
            Order::Rank => f.write_str(" sort:rank"),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.is_begun { "*" } else { "" };
        write!(f, "{}{star}", quoted(&self.text))
    }
}

/// A text in quotation marks, unless it is a plain word without another meaning.
fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let is_word = !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain);
    if is_word { text.to_owned() } else { format!("\"{text}\"") }
}

/// A term as it was typed.
struct Typed {
    is_excluded: bool,
    field: Field,
    text: String,
    is_begun: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    None,
    Source,
    Tag,
    Author,
    Since,
    Before,
    Sort,
}

const FIELDS: &[(&str, Field)] = &[
    ("source", Field::Source),
    ("tag", Field::Tag),
    ("author", Field::Author),
    ("since", Field::Since),
    ("before", Field::Before),
    ("sort", Field::Sort),
];

struct Reader<'t> {
    rest: &'t str,
    notes: Vec<String>,
}

impl Reader<'_> {
    fn note(&mut self, note: String) {
        if self.notes.len() < NOTES_MAX && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn next(&mut self) -> Option<Typed> {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return None;
        }
        let unsigned = self.rest.strip_prefix('-');
        let is_excluded = unsigned.is_some();
        self.rest = unsigned.unwrap_or(self.rest);
        let field = self.field();
        let (text, is_begun) = if self.rest.starts_with(is_quotation_mark) { self.quotation() } else { self.word() };
        Some(Typed { is_excluded, field, text, is_begun })
    }

    /// Reads the name of a field and its colon.
    fn field(&mut self) -> Field {
        let is_name = |(name, _): &(&str, &str)| name.bytes().all(|byte| byte.is_ascii_alphabetic());
        let Some((name, value)) = self.rest.split_once(':').filter(is_name) else { return Field::None };
        if let Some((_, field)) = FIELDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            self.rest = value;
            return *field;
        }
        // An address, or a colon at the end of a word, is not meant as a field.
        if !name.is_empty() && value.starts_with(|next: char| next.is_alphanumeric() || is_quotation_mark(next)) {
            self.note(format!(
                "There is no field `{}:`, so it is searched for as a word; the fields are source, tag, author, since and \
                 before.",
                cut(name)
            ));
        }
        Field::None
    }

    /// Reads a text in quotation marks, and the star behind it.
    fn quotation(&mut self) -> (String, bool) {
        let mut inside = self.rest.chars();
        inside.next();
        let inside = inside.as_str();
        let Some((at, mark)) = inside.char_indices().find(|(_, character)| is_quotation_mark(*character)) else {
            self.note(format!(
                "The quotation mark before `{}` has no second one, so everything behind it is one phrase.",
                cut(inside)
            ));
            self.rest = "";
            return (inside.to_owned(), false);
        };
        let (text, behind) = inside.split_at(at);
        let behind = behind.get(mark.len_utf8()..).unwrap_or_default();
        let starless = behind.strip_prefix('*');
        self.rest = starless.unwrap_or(behind);
        (text.to_owned(), starless.is_some())
    }

    /// Reads up to the next white space or quotation mark.
    fn word(&mut self) -> (String, bool) {
        let ends = |character: char| character.is_whitespace() || is_quotation_mark(character);
        let (word, behind) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = behind;
        let starless = word.trim_end_matches('*');
        (starless.to_owned(), starless.len() < word.len())
    }

    /// What a typed term asks for, if it asks for anything.
    fn understood(&mut self, typed: &Typed, order: &mut Order) -> Option<Asks> {
        let text = typed.text.as_str();
        if typed.field == Field::None && !typed.is_excluded && (text == "AND" || text == "OR") {
            self.note(format!(
                "`{text}` is left out: all words must occur, and there is no way to ask for either of two."
            ));
            return None;
        }
        let asks = match typed.field {
            Field::None => phrase(text, typed.is_begun).map(Asks::Words),
            Field::Author => phrase(text, typed.is_begun).map(Asks::Author),
            Field::Source => Some(label(text)).filter(|name| !name.is_empty()).map(Asks::Source),
            Field::Tag => Some(label(text)).filter(|tag| !tag.is_empty()).map(Asks::Tag),
            Field::Since => When::read(text).map(Asks::Since),
            Field::Before => When::read(text).map(Asks::Before),
            Field::Sort => {
                match text.to_ascii_lowercase().as_str() {
                    "rank" => *order = Order::Rank,
                    "newest" => *order = Order::Newest,
                    _ => self.note("`sort:` is either `rank` or `newest`.".to_owned()),
                }
                return None;
            }
        };
        if asks.is_none() {
            self.left_out(typed);
        }
        asks
    }

    fn left_out(&mut self, typed: &Typed) {
        let text = cut(&typed.text);
        match typed.field {
            Field::Since | Field::Before => self.note(format!(
                "`{text}` is left out, because it is neither a date such as 2026-11-24 nor a span such as 30d."
            )),
            Field::None if text.is_empty() && !typed.is_begun => {}
            Field::None | Field::Author if typed.is_begun && text.is_empty() => {
                self.note(
                    "`*` is left out: it stands at the end of the beginning of a word, as in `begin*`.".to_owned(),
                );
            }
            _ if text.is_empty() => self.note("A field without a value is left out.".to_owned()),
            _ => self.note(format!("`{text}` is left out, because it has neither letters nor digits.")),
        }
    }
}

/// A phrase in its normal form; `None` if the text has no units.
fn phrase(text: &str, is_begun: bool) -> Option<Phrase> {
    let text = normal(text);
    let last = text.chars().next_back()?;
    // A part of a text without spaces between words is found wherever it stands.
    let is_begun = is_begun && !is_sign_unit(last.encode_utf8(&mut [0; 4]));
    Some(Phrase { text, is_begun })
}

/// The beginning of a text, as a remark quotes it: without backticks, which remarks set around it.
fn cut(text: &str) -> String {
    let mut characters = text.chars().filter(|character| *character != '`' && !character.is_control());
    let begin: String = characters.by_ref().take(QUOTED_CHARS).collect();
    if characters.next().is_some() { format!("{begin}…") } else { begin }
}
