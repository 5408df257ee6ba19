//! Random sequences of polls against a naive publisher that knows by construction which piece each of its items is.
//!
//! The generated cases stay within what can be decided: texts have forty words or more and titles five, none of which
//! occurs in another piece; dates are never restamped; earlier versions come back only if the template has not changed
//! in between; and while truncated texts come, for which the stored ones are kept, the rest of the template stays as it
//! is.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::fake::Fake;
use super::{Item, doc, item, text, word};
use crate::model::Timestamp;

/// Items of the first document, and the smallest and largest number of items of a document.
const FIRST: usize = 7;
const LISTED_LEAST: usize = 5;
const LISTED_MOST: usize = 12;
/// Versions of a piece, including the present one, to which its publisher may go back.
const VERSIONS: usize = 3;
/// Words of a truncated text.
const CUT_WORDS: usize = 42;
/// The number at which words of titles begin, so that no text contains them.
const TITLES: usize = 400_000;
const TITLE_WORDS: usize = 5;
const POLL_HOURS: i64 = 24;

/// A publisher's action before a poll. The number chooses one of the listed items.
#[derive(Debug, Clone, Copy)]
enum Step {
    Nothing,
    Publish,
    DropTheOldest,
    Rewrite(usize),
    Retitle(usize),
    /// Goes back to an earlier version, or on to a new text if it has no earlier version.
    Flip(usize),
    /// The site moves: all ids and addresses change.
    Rekey,
    /// A part of the template is added or removed.
    Redesign(Part),
}

/// A change that a template makes to every item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Above,
    Below,
    Prefix,
    Suffix,
    Cut,
}

/// A version of a piece: the numbers of its title and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    title: usize,
    text: usize,
}

/// A listed piece.
#[derive(Debug, Clone)]
struct ListedPiece {
    number: usize,
    hour: i64,
    now: Said,
    /// Its earlier versions, the latest last.
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

/// A publisher and everything that it has published.
#[derive(Debug, Default)]
struct Publisher {
    /// The newest first.
    listed: Vec<ListedPiece>,
    /// For every piece ever published, all its titles as they were written.
    titles: Vec<BTreeSet<String>>,
    template: BTreeSet<Part>,
    site: usize,
    /// Number of titles and texts so far.
    written: usize,
    polls: i64,
}

impl Publisher {
    fn new() -> Publisher {
        let mut publisher = Publisher::default();
        (0..FIRST).for_each(|_| publisher.publish());
        publisher
    }

    /// Carries out a step; returns the piece that has got a version which never existed before.
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
        // Some hours after the previous poll and before the next one.
        let hour = self.polls * POLL_HOURS + number as i64 % FIRST as i64;
        let piece = ListedPiece { number, hour, now: Said { title: fresh, text: fresh }, before: Vec::new() };
        self.listed.insert(0, piece);
        self.titles.push(BTreeSet::new());
    }

    /// Gives an item a version that never existed before; returns its piece.
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
        // The earlier versions of items never appeared in the new template.
        self.listed.iter_mut().for_each(|piece| piece.before.clear());
    }

    fn fresh(&mut self) -> usize {
        self.written += 1;
        self.written
    }

    /// The document; its titles are recorded.
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

/// The entries of a document are stored in the order in which they were published.
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

    /// There are as many stored entries as pieces, each piece stays the same entry, and `updated` moves for edited
    /// pieces and for no others.
    #[test]
    fn every_piece_stays_one_entry(steps in prop::collection::vec(any_step(), 1..14)) {
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
