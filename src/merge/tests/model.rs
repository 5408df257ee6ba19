//! Random sequences of polls against a naive publisher, of whose items it is known by construction which piece each is.
//!
//! Generated cases stay within what can be told: texts of forty words and more and titles of five, none of which is in
//! another piece; dates that are never restamped; versions come back only where no template was changed in between; and
//! while texts come cut, which are kept whole, the rest of the template stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::fake::Fake;
use super::{Item, doc, item, text, word};
use crate::model::Timestamp;

/// Items of the first document, and items that a document has at least and at most.
const FIRST: usize = 7;
const LISTED_LEAST: usize = 5;
const LISTED_MOST: usize = 12;
/// Versions of a piece, the present one among them, to which its publisher goes back.
const VERSIONS: usize = 3;
/// Words of a text that its publisher has cut.
const CUT_WORDS: usize = 42;
/// Words of titles begin here: no text has them.
const TITLES: usize = 400_000;
const TITLE_WORDS: usize = 5;
const POLL_HOURS: i64 = 24;

/// What a publisher does before a poll. A number picks an item of those that are listed.
#[derive(Debug, Clone, Copy)]
enum Step {
    Nothing,
    Publish,
    DropTheOldest,
    Rewrite(usize),
    Retitle(usize),
    /// Back to a version that was there before, or on to a new text where there is none.
    Flip(usize),
    /// The site moves: all ids and addresses are others.
    Rekey,
    /// A part of the template is put in or taken out.
    Redesign(Part),
}

/// What a template does to every item alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Above,
    Below,
    Prefix,
    Suffix,
    Cut,
}

/// One version of a piece, by the numbers of its title and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    title: usize,
    text: usize,
}

/// A piece that is listed.
#[derive(Debug, Clone)]
struct ListedPiece {
    number: usize,
    hour: i64,
    now: Said,
    /// What it said before, the last one last.
    before: Vec<Said>,
}

impl ListedPiece {
    fn say(&mut self, said: Said) {
        self.before.push(std::mem::replace(&mut self.now, said));
        if self.before.len() >= VERSIONS {
            self.before.remove(0);
        }
    }
}

/// A publisher and all that it has ever published.
#[derive(Debug, Default)]
struct Publisher {
    /// The newest first.
    listed: Vec<ListedPiece>,
    /// Of every piece ever published its titles, as they were ever written.
    titles: Vec<BTreeSet<String>>,
    template: BTreeSet<Part>,
    site: usize,
    /// Titles and texts so far.
    written: usize,
    polls: i64,
}

impl Publisher {
    fn new() -> Publisher {
        let mut publisher = Publisher::default();
        (0..FIRST).for_each(|_| publisher.publish());
        publisher
    }

    /// Takes a step; returns the piece that says something which it has never said.
    fn take(&mut self, step: Step) -> Option<usize> {
        self.polls += 1;
        match step {
            Step::Publish if self.listed.len() < LISTED_MOST => self.publish(),
            Step::DropTheOldest if self.listed.len() > LISTED_LEAST => _ = self.listed.pop(),
            Step::Nothing | Step::Publish | Step::DropTheOldest => {}
            Step::Rewrite(at) => return Some(self.say(at, |now, fresh| Said { text: fresh, ..now })),
            Step::Retitle(at) => return Some(self.say(at, |now, fresh| Said { title: fresh, ..now })),
            Step::Flip(at) => return self.flip(at),
            Step::Rekey => self.site += 1,
            Step::Redesign(part) => self.redesign(part),
        }
        None
    }

    fn publish(&mut self) {
        let number = self.titles.len();
        let fresh = self.fresh();
        // Some hours after the last one, and before it is polled.
        let hour = self.polls * POLL_HOURS + number as i64 % FIRST as i64;
        let piece = ListedPiece { number, hour, now: Said { title: fresh, text: fresh }, before: Vec::new() };
        self.listed.insert(0, piece);
        self.titles.push(BTreeSet::new());
    }

    /// Has an item say something that nothing ever said; returns its piece.
    fn say(&mut self, at: usize, change: impl Fn(Said, usize) -> Said) -> usize {
        let fresh = self.fresh();
        let at = at % self.listed.len();
        let piece = &mut self.listed[at];
        piece.say(change(piece.now, fresh));
        piece.number
    }

    fn flip(&mut self, at: usize) -> Option<usize> {
        let place = at % self.listed.len();
        let piece = &mut self.listed[place];
        match piece.before.first().copied() {
            Some(said) => {
                piece.before.remove(0);
                piece.say(said);
                None
            }
            None => Some(self.say(at, |now, fresh| Said { text: fresh, ..now })),
        }
    }

    fn redesign(&mut self, part: Part) {
        if self.template.contains(&Part::Cut) && part != Part::Cut {
            return;
        }
        if !self.template.remove(&part) {
            self.template.insert(part);
        }
        // What an item said before was never seen in the new template.
        self.listed.iter_mut().for_each(|piece| piece.before.clear());
    }

    fn fresh(&mut self) -> usize {
        self.written += 1;
        self.written
    }

    /// The document, and takes note of the titles in it.
    fn document(&mut self) -> Vec<Item> {
        let items: Vec<Item> = self.listed.iter().map(|piece| self.item(piece)).collect();
        for (piece, item) in self.listed.iter().zip(&items) {
            self.titles[piece.number].insert(item.title.clone());
        }
        items
    }

    fn item(&self, piece: &ListedPiece) -> Item {
        let (site, number) = (self.site, piece.number);
        let guid = format!("tag:site{site}.example:{number}");
        let link = format!("https://site{site}.example/posts-{site}/{number}");
        item(&guid, &link, &self.title(piece.now.title), &self.text(piece.now.text), piece.hour)
    }

    fn title(&self, number: usize) -> String {
        let words: Vec<String> = (0..TITLE_WORDS).map(|at| word(TITLES + number * TITLE_WORDS + at)).collect();
        let prefix = if self.template.contains(&Part::Prefix) { "Workshop: " } else { "" };
        let suffix = if self.template.contains(&Part::Suffix) { " | Notes from our garden" } else { "" };
        format!("{prefix}{}{suffix}", words.join(" "))
    }

    fn text(&self, number: usize) -> String {
        let mut text = text(number);
        if self.template.contains(&Part::Cut) {
            text = text.split(' ').take(CUT_WORDS).collect::<Vec<&str>>().join(" ") + " [...]";
        }
        let above = if self.template.contains(&Part::Above) { "Dear readers, we meet again on Friday. " } else { "" };
        let below = " Thank you for having read this, and tell your friends about it.";
        let below = if self.template.contains(&Part::Below) { below } else { "" };
        format!("{above}{text}{below}")
    }
}

/// Piece by piece in the order in which they were published: the first one is stored first.
fn entry_of(piece: usize) -> i64 {
    piece as i64 + 1
}

fn any_step() -> impl Strategy<Value = Step> {
    let at = 0..LISTED_MOST;
    let parts = vec![Part::Above, Part::Below, Part::Prefix, Part::Suffix, Part::Cut];
    prop_oneof![
        1 => Just(Step::Nothing),
        3 => Just(Step::Publish),
        2 => Just(Step::DropTheOldest),
        2 => at.clone().prop_map(Step::Rewrite),
        2 => at.clone().prop_map(Step::Retitle),
        4 => at.prop_map(Step::Flip),
        2 => Just(Step::Rekey),
        3 => prop::sample::select(parts).prop_map(Step::Redesign),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// As many entries are stored as there are pieces; each piece stays the same entry for ever; and `updated` moves for
    /// what was edited, and for nothing else.
    #[test]
    fn every_piece_is_one_entry_for_ever(steps in prop::collection::vec(any_step(), 1..14)) {
        let (mut publisher, mut shelf) = (Publisher::new(), Fake::default());
        shelf.poll(&doc(&publisher.document()), false);
        for (at, step) in steps.iter().enumerate() {
            let updated = |shelf: &Fake| -> BTreeMap<i64, Timestamp> {
                shelf.shown().into_iter().map(|(id, _, updated)| (id, updated)).collect()
            };
            let before = updated(&shelf);
            let edited: Vec<i64> = publisher.take(*step).map(entry_of).into_iter().collect();
            let said = shelf.poll(&doc(&publisher.document()), false).said;
            let context = format!("step {at} of {steps:?}: {said:?}");
            prop_assert_eq!(shelf.shown().len(), publisher.titles.len(), "one entry for each piece, {}", context);
            let listed: BTreeSet<i64> = publisher.listed.iter().map(|piece| entry_of(piece.number)).collect();
            prop_assert_eq!(shelf.last_listed(1), listed, "each piece is the entry that it was, {}", context);
            for (id, title, _) in shelf.shown() {
                let titles = &publisher.titles[id as usize - 1];
                prop_assert!(titles.contains(&title), "entry {} is called {:?}, {}", id, title, context);
            }
            let after = updated(&shelf);
            let moved: Vec<i64> = before.iter().filter(|(id, was)| after[*id] != **was).map(|(id, _)| *id).collect();
            prop_assert_eq!(moved, edited, "`updated` moves for what was edited, {}", context);
        }
    }
}
