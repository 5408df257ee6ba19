//! Elements that may be taken back when they end: what was written since then is not for people to see.
//!
//! Taking back at the end needs no look ahead, and an element that is never closed takes nothing with it.

use std::ops::Range;

use crate::text::elements::is_line;

use super::looks::Twin;

/// Most marks at a time; elements inside of so many that are open stay.
const MARKS_MAX: usize = 32;

/// Why an element is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Nobody sees it.
    Hidden,
    /// Nobody sees it, unless a script makes it visible when its pictures are there.
    Invisible,
    /// Something to press: nothing happens in a reader.
    Button,
    /// A line of code.
    Line,
    Twin(Twin),
}

/// How the end of a marked element is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It is the open element at the mark's depth.
    Open,
    /// HTML implies it.
    Implied,
    /// By counting elements of the same name.
    Counted(usize),
}

#[derive(Debug)]
pub(super) struct Mark<'a> {
    pub(super) name: &'a str,
    pub(super) what: What,
    pub(super) end: End,
    /// Where it begins in what is written, and how many elements are open around it.
    pub(super) from: usize,
    pub(super) depth: usize,
    /// What was counted before it.
    pub(super) tags: usize,
    pub(super) repeated: usize,
}

/// A twin that has ended, and behind which nothing was written yet.
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
}

impl<'a> Marks<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn push(&mut self, mark: Mark<'a>) {
        if self.list.len() < MARKS_MAX {
            self.list.push(mark);
        }
    }

    /// The marked element that a start tag ends, as HTML implies. `scope` is how many elements are open around the innermost list or
    /// table, with it.
    pub(super) fn start(&mut self, name: &str, scope: usize) -> Option<Mark<'a>> {
        for mark in &mut self.list {
            if let End::Counted(count) = &mut mark.end
                && mark.name.eq_ignore_ascii_case(name)
            {
                *count += 1;
            }
        }
        let ends = |mark: &Mark<'_>| mark.end == End::Implied && mark.depth >= scope && is_end_of(mark.name, name);
        let at = self.list.iter().position(ends)?;
        self.list.drain(at..).next()
    }

    /// The marked element that an end tag ends. `closed` is which of the open elements that is, if any.
    pub(super) fn end(&mut self, name: &str, closed: Option<usize>, scope: usize) -> Option<Mark<'a>> {
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
        self.list.drain(ended?..).next()
    }

    /// Forgets the marked elements inside of the open element at `closed`, which ends. The outermost of them that HTML ends with it.
    pub(super) fn leave(&mut self, closed: usize) -> Option<Mark<'a>> {
        let at = self.list.iter().position(|mark| mark.depth > closed)?;
        self.list.drain(at..).find(|mark| mark.end == End::Implied && mark.what == What::Hidden)
    }

    /// Something that was written is gone: what stands behind it has moved.
    pub(super) fn shift(&mut self, gone: &Range<usize>) {
        let moved = |from: usize| {
            if from >= gone.end { from - gone.len() } else { from.min(gone.start) }
        };
        self.list.iter_mut().for_each(|mark| mark.from = moved(mark.from));
        self.ended = self.ended.map(|ended| EndedTwin { from: moved(ended.from), ..ended });
    }
}

/// Whether a start tag ends an element whose end tag may be left out (HTML, 13.1.2.4).
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
