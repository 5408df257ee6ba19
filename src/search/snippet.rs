//! Snippets: the part of a text that matches a search, with the places of the matches.

use std::ops::Range;

use super::words::{BOUND, Text};

/// Characters of a snippet, without the dots at its ends.
const SNIPPET_CHARS: usize = 240;
/// Characters before the first find.
const BEFORE_CHARS: usize = 60;
/// Characters without letters that are shown before the first and behind the last word.
const EDGE_CHARS: usize = 20;
/// Finds that are marked.
const MARKS_MAX: usize = 64;
/// Finds among which the best place is sought.
const FINDS_MAX: usize = 256;

/// A part of a text, in one line. The text is plain, so code that writes it as HTML must escape it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    pub text: String,
    /// The byte ranges of the matches, in order, without overlap.
    pub marks: Vec<Range<usize>>,
}

impl Snippet {
    /// The text in parts, each of which is marked or not.
    pub fn parts(&self) -> Vec<(&str, bool)> {
        let mut parts = Vec::with_capacity(2 * self.marks.len() + 1);
        let mut at = 0;
        for mark in &self.marks {
            parts.push((self.text.get(at..mark.start).unwrap_or_default(), false));
            parts.push((self.text.get(mark.clone()).unwrap_or_default(), true));
            at = mark.end;
        }
        parts.push((self.text.get(at..).unwrap_or_default(), false));
        parts.retain(|(text, _)| !text.is_empty());
        parts
    }

    /// The places of the matches, in characters: where each begins and ends.
    pub fn marks_in_characters(&self) -> Vec<[usize; 2]> {
        let place = |byte: usize| self.text.get(..byte).unwrap_or_default().chars().count();
        self.marks.iter().map(|mark| [place(mark.start), place(mark.end)]).collect()
    }
}

/// A phrase in the form that is searched, without the bounds at its ends: its units, the last of which may be the
/// beginning of a unit.
#[derive(Debug)]
pub(super) struct Needle {
    pub(super) units: Vec<String>,
    pub(super) is_begun: bool,
}

/// A unit of the text, with its place.
struct Place {
    unit: String,
    bytes: Range<usize>,
}

/// A match of a phrase: its first and its last unit, and the number of the phrase.
struct Find {
    first: usize,
    last: usize,
    needle: usize,
}

/// The part of a text that shows most of the phrases. Without a find it is the beginning of the text.
pub(super) fn snippet(text: &str, needles: &[&Needle]) -> Snippet {
    let text = Text::new(text);
    let mut places = Vec::new();
    text.units(|unit| places.push(Place { unit: unit.folded.to_owned(), bytes: unit.start..unit.end }));
    let finds = finds(&places, needles);
    let Some(range) = window(text.as_str(), &places, &finds) else { return Snippet::default() };
    cut(text.as_str(), &places, &finds, &range)
}

fn finds(places: &[Place], needles: &[&Needle]) -> Vec<Find> {
    let mut finds = Vec::new();
    for first in 0..places.len() {
        let rest = places.get(first..).unwrap_or_default();
        for (number, needle) in needles.iter().enumerate() {
            if let Some(length) = needle.at_beginning_of(rest) {
                finds.push(Find { first, last: first + length - 1, needle: number });
            }
        }
        if finds.len() >= FINDS_MAX {
            break;
        }
    }
    finds
}

impl Needle {
    pub(super) fn new(folded: &str, is_begun: bool) -> Needle {
        let units = folded.split(BOUND).filter(|unit| !unit.is_empty()).map(str::to_owned).collect();
        Needle { units, is_begun }
    }

    /// The number of units, if the units of a text begin with these.
    fn at_beginning_of(&self, places: &[Place]) -> Option<usize> {
        let (last, others) = self.units.split_last()?;
        let begin = places.get(..self.units.len())?;
        let (last_place, before) = begin.split_last()?;
        let ends = if self.is_begun { last_place.unit.starts_with(last.as_str()) } else { last_place.unit == *last };
        let is_found = ends && before.iter().zip(others).all(|(place, unit)| place.unit == *unit);
        is_found.then_some(self.units.len())
    }
}

/// The units of the snippet.
fn window(text: &str, places: &[Place], finds: &[Find]) -> Option<Range<usize>> {
    let last = places.len().checked_sub(1)?;
    let span = |from: usize, to: usize| {
        let (from, to) = (places.get(from).map_or(0, |it| it.bytes.start), places.get(to).map_or(0, |it| it.bytes.end));
        text.get(from..to).map_or(0, |part| part.chars().count())
    };
    let mut best: Option<(usize, usize)> = None;
    for (at, find) in finds.iter().enumerate() {
        let near =
            finds.iter().skip(at).take_while(|other| span(find.first, other.last) <= SNIPPET_CHARS - BEFORE_CHARS);
        let mut needles: Vec<usize> = near.map(|other| other.needle).collect();
        needles.sort_unstable();
        needles.dedup();
        // The first of equally good places is taken.
        if best.is_none_or(|(_, most)| needles.len() > most) {
            best = Some((find.first, needles.len()));
        }
    }
    let mut from = best.map_or(0, |(first, _)| first);
    let found = from;
    while from > 0 && span(from - 1, found) <= BEFORE_CHARS {
        from -= 1;
    }
    let mut to = found;
    while to < last && span(from, to + 1) <= SNIPPET_CHARS {
        to += 1;
    }
    Some(from..to + 1)
}

/// Cuts the units out, with the characters between them.
fn cut(text: &str, places: &[Place], finds: &[Find], range: &Range<usize>) -> Snippet {
    let bytes = |at: usize| places.get(at).map_or(0..0, |place| place.bytes.clone());
    let (mut begin, mut end) = (bytes(range.start).start, bytes(range.end - 1).end);
    let is_short = |edge: &str| edge.chars().count() <= EDGE_CHARS;
    let before = if range.start == 0 && text.get(..begin).is_some_and(is_short) {
        begin = 0;
        ""
    } else {
        "… "
    };
    let behind = if range.end == places.len() && text.get(end..).is_some_and(is_short) {
        end = text.len();
        ""
    } else {
        " …"
    };
    let mut marks: Vec<Range<usize>> = Vec::new();
    let inside = finds.iter().filter(|find| range.contains(&find.first) && range.contains(&find.last));
    for find in inside {
        let from = bytes(find.first).start - begin + before.len();
        let to = bytes(find.last).end - begin + before.len();
        // Phrases may overlap.
        if let Some(mark) = marks.last_mut().filter(|mark| from < mark.end) {
            mark.end = mark.end.max(to);
            continue;
        }
        if marks.len() == MARKS_MAX {
            break;
        }
        marks.push(from..to);
    }
    Snippet { text: format!("{before}{}{behind}", text.get(begin..end).unwrap_or_default()), marks }
}
