//! Plays a source over several polls: the items that it lists, the edits of its publisher, and the expected result.
//!
//! Every item names its piece in a category, so that the test can tell which piece each stored entry is.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use watershed::model::Timestamp;

use crate::cost::words;
use crate::origin::Origin;
use crate::polling::source;
use crate::program::Program;
use crate::streams::stream::{self, BEGIN, Dice, Feed, Format, Item};

pub(crate) const DAY: i64 = 86_400;
pub(crate) const HOUR: i64 = 3_600;
/// A time that is longer than the cool-down of a source.
pub(crate) const COOL_DOWN: Duration = Duration::from_millis(1_100);
/// Usual number of items in a document.
pub(crate) const ALL: usize = 12;
/// Words of a paragraph; a text has two paragraphs.
const PARAGRAPH_WORDS: usize = 45;
/// Words of a summary, and of a short text that is complete.
const SUMMARY_WORDS: usize = 32;
const TEASER_WORDS: usize = 20;
/// How an item names its piece: by its number, or by its title and date if the item may hold nothing else.
const BY_NUMBER: &str = "own";
const BY_DATE: &str = "dated";

/// The documents of a source, poll by poll, and the pieces whose `updated` must move.
pub(crate) struct Sequence {
    name: &'static str,
    rounds: Vec<(Format, Vec<Item>)>,
    /// The pieces whose `updated` must move, once for each move.
    moves: Vec<usize>,
    /// The pieces whose `updated` may move in addition.
    may_move: Vec<usize>,
}

/// A sequence in which no `updated` may move.
pub(crate) fn sequence(name: &'static str, documents: Vec<Vec<Item>>) -> Sequence {
    let rounds = documents.into_iter().map(|items| (Format::Rss, items)).collect();
    Sequence { name, rounds, moves: Vec::new(), may_move: Vec::new() }
}

/// The documents in the given order, in which documents may repeat.
pub(crate) fn in_turn(name: &'static str, states: &[Vec<Item>], order: &[usize]) -> Sequence {
    sequence(name, order.iter().map(|state| states[*state].clone()).collect())
}

/// Documents that each list `size` neighbouring items and move on by one item. The newest item comes first.
pub(crate) fn rolling(name: &'static str, items: &[Item], size: usize) -> Sequence {
    sequence(name, items.windows(size).rev().map(<[Item]>::to_vec).collect())
}

impl Sequence {
    pub(crate) fn moves(self, pieces: &[usize]) -> Sequence {
        Sequence { moves: pieces.to_vec(), ..self }
    }

    pub(crate) fn may_move(self, pieces: &[usize]) -> Sequence {
        Sequence { may_move: pieces.to_vec(), ..self }
    }

    /// A further document, in another format.
    pub(crate) fn then(mut self, format: Format, items: Vec<Item>) -> Sequence {
        self.rounds.push((format, items));
        self
    }
}

/// The site of a sequence.
pub(crate) fn site_of(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// An article of a site, with words, names and a date that no other article has.
pub(crate) fn article(site: &str, number: usize) -> Item {
    let seed = site.bytes().fold(number as u64 + 1, |seed, byte| seed.wrapping_mul(131).wrapping_add(u64::from(byte)));
    let mut dice = Dice(seed);
    let title = words(&mut dice, 6);
    let html = format!("<p>{}</p><p>{}</p>", words(&mut dice, PARAGRAPH_WORDS), words(&mut dice, PARAGRAPH_WORDS));
    Item {
        piece: number,
        kind: BY_NUMBER,
        link: format!("https://{site}.example/{}", title.replace(' ', "-")),
        title,
        html,
        guid: Some(format!("tag:{site}.example,2026:{number}")),
        at: BEGIN + number as i64 * DAY + 8 * HOUR + number as i64 * 61,
        more: String::new(),
    }
}

/// Articles of a site, newest first.
pub(crate) fn articles(site: &str, count: usize) -> Vec<Item> {
    (0..count).rev().map(|number| article(site, number)).collect()
}

/// An item that differs from other items only in its date.
pub(crate) fn dated(title: &str, html: &str, day: usize) -> Item {
    Item {
        piece: 0,
        kind: BY_DATE,
        title: title.to_owned(),
        html: html.to_owned(),
        link: String::new(),
        guid: None,
        at: BEGIN + day as i64 * DAY + 6 * HOUR,
        more: String::new(),
    }
}

pub(crate) fn each(items: &[Item], edit: &dyn Fn(&mut Item)) -> Vec<Item> {
    only(items, &|_| true, edit)
}

pub(crate) fn some(items: &[Item], pieces: &[usize], edit: &dyn Fn(&mut Item)) -> Vec<Item> {
    only(items, &|item| pieces.contains(&item.piece), edit)
}

fn only(items: &[Item], which: &dyn Fn(&Item) -> bool, edit: &dyn Fn(&mut Item)) -> Vec<Item> {
    let mut items = items.to_vec();
    items.iter_mut().filter(|item| which(item)).for_each(edit);
    items
}

/// Another version of an item, with words that no other text has. `version` tells versions apart.
pub(crate) fn anew(item: &Item, version: &str) -> Item {
    article(&format!("{}-{version}", item.guid.as_deref().unwrap_or_default()), item.piece)
}

/// The summary of an item, cut from its text.
pub(crate) fn cut(item: &mut Item) {
    item.html = format!("{} [...]", first_words(item, SUMMARY_WORDS));
}

/// An item with a text so short that a line of a template is a large part of it.
pub(crate) fn teaser(item: &mut Item) {
    item.html = format!("<p>{}</p>", first_words(item, TEASER_WORDS));
}

fn first_words(item: &Item, count: usize) -> String {
    let text = item.html.replace("</p><p>", " ").replace("<p>", "").replace("</p>", "");
    text.split(' ').take(count).collect::<Vec<&str>>().join(" ")
}

/// The item with another id and address, at another site.
pub(crate) fn moved_to(host: &str) -> impl Fn(&mut Item) {
    let host = host.to_owned();
    move |item| {
        item.guid = Some(format!("{host}-{}", 4_000 + item.piece * 3));
        item.link = format!("https://{host}.example/posts/{}", 4_000 + item.piece * 3);
    }
}

pub(crate) fn named(guid: Option<String>, link: String) -> impl Fn(&mut Item) {
    move |item| {
        item.guid.clone_from(&guid);
        item.link.clone_from(&link);
    }
}

pub(crate) fn sound(url: &str) -> String {
    format!("<enclosure url=\"{url}\" type=\"audio/mpeg\" length=\"1000\"/>")
}

/// The piece of an item.
fn piece_of(item: &Item) -> String {
    told(item.kind, item.piece, &item.title, &Timestamp::from_unix(item.at).to_string())
}

/// The piece of a stored entry.
fn piece_stored(entry: &Value) -> String {
    let term = entry["categories"][0]["term"].as_str().unwrap_or_default();
    let (piece, kind) = term.split_once('/').unwrap_or_default();
    told(kind, piece.parse().unwrap_or(usize::MAX), &field(entry, "title"), &field(entry, "published"))
}

fn told(kind: &str, piece: usize, title: &str, date: &str) -> String {
    if kind == BY_DATE { format!("{title:?} of {date}") } else { piece.to_string() }
}

pub(crate) fn field(entry: &Value, name: &str) -> String {
    entry[name].as_str().unwrap_or_default().to_owned()
}

/// The result of a sequence so far.
#[derive(Debug, Default)]
struct Became {
    /// For each published id, its piece and its `updated`.
    known: BTreeMap<String, (String, String)>,
    stories: usize,
    /// The pieces whose `updated` has moved, once for each move.
    moved: Vec<String>,
    faults: Vec<String>,
}

impl Became {
    /// Notes the entries after a poll.
    fn take(&mut self, entries: &[&Value]) {
        let entry = |entry: &&Value| (field(entry, "id"), (piece_stored(entry), field(entry, "updated")));
        let now: BTreeMap<String, (String, String)> = entries.iter().map(entry).collect();
        for (id, (piece, updated)) in &self.known {
            match now.get(id) {
                None => self.faults.push(format!("the id of {piece} is gone: {id}")),
                Some((_, is)) if is != updated => self.moved.push(piece.clone()),
                Some(_) => {}
            }
        }
        self.known = now;
        self.stories = entries.iter().map(|entry| field(entry, "story")).collect::<BTreeSet<_>>().len();
        let places = entries.iter().map(|entry| field(entry, "link")).filter(|link| link.contains("127.0.0.1"));
        self.faults.extend(places.map(|link| format!("a link that is none: {link}")));
    }

    /// The faults at the end of the sequence.
    fn wrong(mut self, sequence: &Sequence) -> Option<String> {
        let wanted: BTreeSet<String> = sequence.rounds.iter().flat_map(|(_, items)| items).map(piece_of).collect();
        let mut stored: BTreeMap<&String, usize> = BTreeMap::new();
        self.known.values().for_each(|(piece, _)| *stored.entry(piece).or_default() += 1);
        let lost = wanted.iter().filter(|piece| !stored.contains_key(piece)).map(|piece| format!("lost: {piece}"));
        let doubled = stored.iter().filter(|(_, times)| **times > 1);
        let doubled = doubled.map(|(piece, times)| format!("stored {times} times: {piece}"));
        let mut faults: Vec<String> = lost.chain(doubled).collect();
        faults.append(&mut self.faults);
        let mut moved = self.moved.clone();
        for piece in &sequence.moves {
            match moved.iter().position(|moved| *moved == piece.to_string()) {
                Some(at) => _ = moved.swap_remove(at),
                None => faults.push(format!("`updated` must move, and does not: {piece}")),
            }
        }
        for piece in &sequence.may_move {
            if let Some(at) = moved.iter().position(|moved| *moved == piece.to_string()) {
                moved.swap_remove(at);
            }
        }
        faults.extend(moved.iter().map(|piece| format!("`updated` has moved: {piece}")));
        let (entries, count) = (self.known.len(), wanted.len());
        if entries == count && self.stories == count && faults.is_empty() {
            return None;
        }
        let (name, stories) = (sequence.name, self.stories);
        Some(format!("{name}: {count} entries and stories wanted, {entries} and {stories} came; {}", faults.join("; ")))
    }
}

/// Polls the sequences side by side, each as a source of the same program, and checks the results.
#[track_caller]
pub(crate) fn check(sequences: &[Sequence]) {
    let origin = Origin::start();
    let name = |at: usize| format!("s{at}");
    let sources = (0..sequences.len()).map(|at| source(&origin, &name(at), &format!("/s{at}"), ""));
    let program = Program::new(&sources.collect::<String>());
    let mut became: Vec<Became> = sequences.iter().map(|_| Became::default()).collect();
    let rounds = sequences.iter().map(|sequence| sequence.rounds.len()).max().unwrap_or(0);
    for round in 0..rounds {
        for (at, sequence) in sequences.iter().enumerate() {
            if let Some((format, items)) = sequence.rounds.get(round) {
                let feed = Feed { name: name(at), format: *format, rounds: Vec::new() };
                origin.document(&format!("/s{at}"), stream::document(&feed, items));
            }
        }
        if round > 0 {
            thread::sleep(COOL_DOWN);
        }
        for polled in program.records(&["poll", "--all", "--json"]) {
            assert!(polled["outcome"].is_string() && polled["failed"] == false, "round {round}: {polled}");
        }
        let entries = program.entries();
        for (at, became) in became.iter_mut().enumerate() {
            became.take(&entries.iter().filter(|entry| entry["source"] == name(at)).collect::<Vec<_>>());
        }
    }
    let wrong = became.into_iter().zip(sequences).filter_map(|(became, sequence)| became.wrong(sequence));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} of {} sequences:\n{}", wrong.len(), sequences.len(), wrong.join("\n"));
}
