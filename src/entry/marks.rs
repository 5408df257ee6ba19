//! Marks of open elements whose output may be removed at their end, because people are not meant to see them.
//!
//! Removing the output at the end needs no look-ahead, and an element that is never closed is not removed.

use std::ops::Range;

use crate::text::elements::is_line;

use super::looks::Twin;

/// Most marks at a time. Further marked elements inside them are kept.
const MARKS_MAX: usize = 32;

/// The reason why an element is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// The element is hidden.
    Hidden,
    /// The element is invisible. If it contains images it is kept, because a script may show it once they are loaded.
    Invisible,
    /// The element is visible although it is in an invisible element.
    Shown,
    /// The element is a button, which does nothing in a reader.
    Button,
    /// The element is a line of code.
    Line,
    /// The element is one of two equivalent elements.
    Twin(Twin),
}

/// The way in which the end of a marked element is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The mark ends with the open element at its depth.
    Open,
    /// HTML implies the end.
    Implied,
    /// Start and end tags of the same name are counted.
    Counted(usize),
}

#[derive(Debug)]
pub(super) struct Mark<'a> {
    pub(super) name: &'a str,
    pub(super) reason: Reason,
    pub(super) end: End,
    /// The offset of the element in the written HTML.
    pub(super) from: usize,
    /// Number of open elements around the element.
    pub(super) depth: usize,
    /// The writer's count of tags before the element.
    pub(super) tags: usize,
    /// The writer's count of repeated bytes before the element.
    pub(super) repeated: usize,
}

/// A twin that has ended and behind which nothing was written yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct EndedTwin {
    pub(super) twin: Twin,
    pub(super) from: usize,
    pub(super) depth: usize,
}

/// The marks of elements that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Marks<'a> {
    list: Vec<Mark<'a>>,
    pub(super) ended: Option<EndedTwin>,
    /// The ranges of the written HTML that are visible although they are in invisible elements, in order of their
    /// starts. The range of an element that has not ended ends at [`OPEN`].
    shown: Vec<Range<usize>>,
}

/// The end of a range whose element has not ended.
const OPEN: usize = usize::MAX;

impl<'a> Marks<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn push(&mut self, mark: Mark<'a>) {
        if self.list.len() < MARKS_MAX {
            if mark.reason == Reason::Shown {
                self.shown.push(mark.from..OPEN);
            }
            self.list.push(mark);
        }
    }

    /// Whether an element that is open makes what is in it invisible.
    pub(super) fn is_in_invisible(&self) -> bool {
        self.list.iter().any(|mark| mark.reason == Reason::Invisible)
    }

    /// Takes the visible ranges behind `from`, in order.
    pub(super) fn take_shown(&mut self, from: usize) -> Vec<Range<usize>> {
        self.shown.split_off(self.shown.partition_point(|range| range.start < from))
    }

    /// Records a range as visible. It begins behind all others.
    pub(super) fn note_shown(&mut self, range: Range<usize>) {
        if self.is_in_invisible() {
            self.shown.push(range);
        }
    }

    /// Takes the marks from the index `at` on. Their elements end at the offset `end` of the written HTML.
    fn take(&mut self, at: usize, end: usize) -> Vec<Mark<'a>> {
        let ended = self.list.split_off(at);
        for mark in ended.iter().filter(|mark| mark.reason == Reason::Shown) {
            let is_of_mark = |range: &&mut Range<usize>| range.start == mark.from && range.end == OPEN;
            if let Some(range) = self.shown.iter_mut().rev().find(is_of_mark) {
                range.end = end;
            }
        }
        ended
    }

    /// Forgets what was noted of the written HTML behind `from`, which was removed.
    pub(super) fn forget_from(&mut self, from: usize) {
        self.ended = None;
        self.shown.retain(|range| range.start < from);
        for range in self.shown.iter_mut().filter(|range| range.end != OPEN) {
            range.end = range.end.min(from);
        }
    }

    /// The mark of the element that a start tag ends implicitly. `scope` is the number of open elements up to and
    /// including the innermost list or table, `end` the length of the written HTML.
    pub(super) fn start(&mut self, name: &str, scope: usize, end: usize) -> Option<Mark<'a>> {
        for mark in &mut self.list {
            if let End::Counted(count) = &mut mark.end
                && mark.name.eq_ignore_ascii_case(name)
            {
                *count += 1;
            }
        }
        let ends = |mark: &Mark<'_>| mark.end == End::Implied && mark.depth >= scope && is_end_of(mark.name, name);
        let at = self.list.iter().position(ends)?;
        self.take(at, end).into_iter().next()
    }

    /// The mark of the element that an end tag ends. `closed` is the index of the open element that the tag closes, if
    /// any.
    pub(super) fn end(&mut self, name: &str, closed: Option<usize>, scope: usize, end: usize) -> Option<Mark<'a>> {
        let mut ended = None;
        for (at, mark) in self.list.iter_mut().enumerate() {
            let is_same = mark.name.eq_ignore_ascii_case(name);
            let ends = match &mut mark.end {
                End::Open => closed == Some(mark.depth),
                End::Implied => is_same && mark.depth >= scope,
                End::Counted(0) => is_same,
                End::Counted(count) => {
                    *count -= usize::from(is_same);
                    false
                }
            };
            if ends {
                ended = Some(at);
            }
        }
        self.take(ended?, end).into_iter().next()
    }

    /// Drops the marks inside the open element at `closed`, which ends. Returns the outermost hidden element among them
    /// whose end HTML implies.
    pub(super) fn leave(&mut self, closed: usize, end: usize) -> Option<Mark<'a>> {
        let at = self.list.iter().position(|mark| mark.depth > closed)?;
        self.take(at, end).into_iter().find(|mark| mark.end == End::Implied && mark.reason == Reason::Hidden)
    }

    /// Adjusts the offsets of all marks after a range of the written HTML was removed.
    pub(super) fn shift(&mut self, gone: &Range<usize>) {
        let moved = |from: usize| {
            if from >= gone.end { from - gone.len() } else { from.min(gone.start) }
        };
        self.list.iter_mut().for_each(|mark| mark.from = moved(mark.from));
        self.ended = self.ended.map(|ended| EndedTwin { from: moved(ended.from), ..ended });
        for range in &mut self.shown {
            range.start = moved(range.start);
            range.end = if range.end == OPEN { OPEN } else { moved(range.end) };
        }
    }
}

/// Whether a start tag ends an open element whose end tag may be omitted (HTML, 13.1.2.4).
fn is_end_of(open: &str, name: &str) -> bool {
    match open {
        "p" => is_line(name) && !matches!(name, "br" | "img"),
        "li" => name == "li",
        "dd" | "dt" => matches!(name, "dd" | "dt"),
        "td" | "th" => matches!(name, "tbody" | "td" | "tfoot" | "th" | "thead" | "tr"),
        "tr" => matches!(name, "tbody" | "tfoot" | "thead" | "tr"),
        "tbody" | "tfoot" | "thead" => matches!(name, "tbody" | "tfoot" | "thead"),
        _ => false,
    }
}
