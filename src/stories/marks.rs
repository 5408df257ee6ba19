//! The index for the search of candidates, held in memory for as long as entries may be candidates: a sample of the
//! runs of their texts, and digests of their addresses, ids and headlines.
//!
//! A mark is a row of six bytes in one sorted list. Changes go into short lists beside it, so that a new row moves only some
//! kilobytes; when they hold enough, all of them are merged into the sorted list where it stands. A list that grew by being
//! copied would leave holes in the memory. The index can be rebuilt from what the store holds.

use crate::model::{EntryId, SourceId};

/// Number of short lists; the first eight bits of a mark choose its list.
const SHORT_LISTS: usize = 256;
/// Number of steps of the sorted list: for each value of a mark's first 16 bits, the place where those marks begin.
const STEPS: usize = 1 << 16;
/// Number of changes at which they are merged, as a part of the sorted list and within bounds.
const CHANGES_PART: usize = 64;
const CHANGES_LEAST: usize = 16 * 1024;
const CHANGES_MAX: usize = 512 * 1024;
/// Most changes in one short list, because very many entries may have the same mark.
const CHANGES_OF_LIST_MAX: usize = 4 * 1024;
/// Most marks in memory, of some 1.5 million entries in 200 MB; beyond, the oldest half is dropped.
const MARKS_MAX: usize = 32 * 1024 * 1024;

/// A mark by which an entry is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// A run of words in its text.
    Mark(u32),
    /// A digest of an address, an id or a headline.
    Key(u64),
}

impl FoundBy {
    /// The mark as a number. Keys and runs can share the lists, because the bits of both are evenly distributed.
    fn place(self) -> u32 {
        match self {
            FoundBy::Mark(run) => run,
            FoundBy::Key(digest) => ((digest ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32,
        }
    }
}

/// A mark, and an entry that has it.
type Row = (u32, u32);

/// The marks of all entries of the last weeks, and the source of each entry.
#[derive(Debug)]
pub struct Marks {
    settled: Settled,
    /// What `settled` does not show yet, by the first bits of a mark.
    changes: Vec<Changes>,
    /// Number of rows in `changes`.
    changed: usize,
    /// The entries in storing order, each with its source.
    sources: Vec<(u32, u32)>,
}

/// The short lists of the marks that begin with the same bits.
#[derive(Debug, Default)]
struct Changes {
    /// New rows, sorted.
    recent: Vec<Row>,
    /// Rows of the sorted list that were removed, sorted.
    gone: Vec<Row>,
}

/// Rows sorted by mark, then by entry. Only the part of a mark that its place does not imply is stored.
#[derive(Debug, Default)]
struct Settled {
    /// The places where the marks of each step begin, and the end; empty as long as there are no rows.
    begins: Vec<u32>,
    /// The last two bytes of each mark.
    ends: Vec<u16>,
    entries: Vec<u32>,
}

fn list_of(mark: u32) -> usize {
    (mark >> 24) as usize
}

fn step_of(mark: u32) -> usize {
    (mark >> 16) as usize
}

fn end_of(mark: u32) -> u16 {
    mark as u16
}

impl Settled {
    /// From rows in no order, by the first bits of their marks; `many` is their number.
    fn of(lists: Vec<Vec<Row>>, many: usize) -> Settled {
        let mut begins = vec![0; STEPS + 1];
        let (mut ends, mut entries) = (Vec::with_capacity(many), Vec::with_capacity(many));
        for mut rows in lists {
            rows.sort_unstable();
            rows.dedup();
            for (mark, entry) in rows {
                begins[step_of(mark) + 1] += 1;
                ends.push(end_of(mark));
                entries.push(entry);
            }
        }
        for step in 0..STEPS {
            begins[step + 1] += begins[step];
        }
        Settled { begins, ends, entries }
    }

    fn len(&self) -> usize {
        self.entries.len()
    }

    /// The entries with a mark, in storing order.
    fn bearers(&self, mark: u32) -> &[u32] {
        let Some([begin, end]) = self.begins.get(step_of(mark)..step_of(mark) + 2) else { return &[] };
        let (begin, end) = (*begin as usize, *end as usize);
        let ends = &self.ends[begin..end];
        let first = ends.partition_point(|other| *other < end_of(mark));
        let many = ends[first..].iter().take_while(|other| **other == end_of(mark)).count();
        &self.entries[begin + first..begin + first + many]
    }

    fn has(&self, (mark, entry): Row) -> bool {
        self.bearers(mark).binary_search(&entry).is_ok()
    }

    /// The number of rows from `begin` up to `end`, all of the step of `row`, that are before it.
    fn before(&self, (mark, entry): Row, begin: usize, end: usize) -> usize {
        let ends = &self.ends[begin..end];
        let first = ends.partition_point(|other| *other < end_of(mark));
        let many = ends[first..].partition_point(|other| *other == end_of(mark));
        first + self.entries[begin + first..begin + first + many].partition_point(|other| *other < entry)
    }

    /// Drops all rows but those that are to be kept. The rows are looked at in their order.
    fn retain(&mut self, mut is_kept: impl FnMut(Row) -> bool) {
        let (mut from, mut to) = (0, 0);
        for step in 0..self.begins.len().saturating_sub(1) {
            let end = self.begins[step + 1] as usize;
            self.begins[step] = to as u32;
            for at in from..end {
                let (mark_end, entry) = (self.ends[at], self.entries[at]);
                if is_kept(((step as u32) << 16 | u32::from(mark_end), entry)) {
                    (self.ends[to], self.entries[to]) = (mark_end, entry);
                    to += 1;
                }
            }
            from = end;
        }
        if let Some(end) = self.begins.last_mut() {
            *end = to as u32;
        }
        self.ends.truncate(to);
        self.entries.truncate(to);
    }

    /// Merges rows that are not there yet into the list, from its end to its beginning, so that no second list is needed.
    /// `rows` come in falling order; `many` is their number.
    fn merge(&mut self, rows: impl Iterator<Item = Row>, many: usize) {
        if self.begins.is_empty() {
            self.begins = vec![0; STEPS + 1];
        }
        let (mut from, mut to) = (self.len(), self.len() + many);
        self.ends.reserve_exact(many);
        self.ends.resize(to, 0);
        self.entries.reserve_exact(many);
        self.entries.resize(to, 0);
        let mut rows = rows.peekable();
        for step in (0..STEPS).rev() {
            // The rows from here on are already in their places.
            if from == to {
                break;
            }
            let begin = self.begins[step] as usize;
            self.begins[step + 1] = to as u32;
            while let Some(row) = rows.next_if(|(mark, _)| step_of(*mark) == step) {
                let first = begin + self.before(row, begin, from);
                self.shift(first, &mut from, &mut to);
                to -= 1;
                (self.ends[to], self.entries[to]) = (end_of(row.0), row.1);
            }
            self.shift(begin, &mut from, &mut to);
        }
    }

    /// Moves the rows from `first` up to `from` so that they end at `to`, and both ends to the new first row.
    fn shift(&mut self, first: usize, from: &mut usize, to: &mut usize) {
        let place = *to - (*from - first);
        self.ends.copy_within(first..*from, place);
        self.entries.copy_within(first..*from, place);
        (*from, *to) = (first, place);
    }
}

impl Changes {
    /// Number of rows that were added or removed.
    fn len(&self) -> usize {
        self.recent.len() + self.gone.len()
    }

    /// Adds a row, unless it is there.
    fn insert(&mut self, row: Row, settled: &Settled) {
        if let Ok(at) = self.gone.binary_search(&row) {
            self.gone.remove(at);
        } else if let Err(at) = self.recent.binary_search(&row)
            && !settled.has(row)
        {
            self.recent.insert(at, row);
        }
    }

    /// Removes a row, if it is there.
    fn remove(&mut self, row: Row, settled: &Settled) {
        if let Ok(at) = self.recent.binary_search(&row) {
            self.recent.remove(at);
        } else if let Err(at) = self.gone.binary_search(&row)
            && settled.has(row)
        {
            self.gone.insert(at, row);
        }
    }

    /// The entries with a mark, in storing order.
    fn bearers(&self, mark: u32, settled: &Settled) -> impl Iterator<Item = u32> {
        let settled = settled.bearers(mark).iter().copied();
        let settled = settled.filter(move |entry| self.gone.binary_search(&(mark, *entry)).is_err());
        let begin = self.recent.partition_point(|(other, _)| *other < mark);
        let recent = self.recent[begin..].iter().take_while(move |(other, _)| *other == mark).map(|(_, entry)| *entry);
        merged(settled, recent)
    }
}

/// Merges two sorted lists.
fn merged<T: Ord>(one: impl Iterator<Item = T>, other: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(a), Some(b)) if a > b => other.next(),
        (Some(_), _) => one.next(),
        (None, _) => other.next(),
    })
}

impl Default for Marks {
    fn default() -> Marks {
        let changes = std::iter::repeat_with(Changes::default).take(SHORT_LISTS).collect();
        Marks { settled: Settled::default(), changes, changed: 0, sources: Vec::new() }
    }
}

impl Marks {
    /// Adds an entry under its marks. Entries and sources with numbers beyond 32 bits are left out.
    pub fn file(&mut self, entry: EntryId, source: SourceId, found_by: impl Iterator<Item = FoundBy>) {
        let (Ok(entry), Ok(source)) = (u32::try_from(entry.0), u32::try_from(source.0)) else { return };
        if let Err(at) = self.sources.binary_search_by_key(&entry, |(entry, _)| *entry) {
            self.sources.insert(at, (entry, source));
        }
        for mark in found_by.map(FoundBy::place) {
            self.change(mark, |list, settled| list.insert((mark, entry), settled));
        }
        // Changes may be removals, so that this is a little too much.
        if self.settled.len() + self.changed > MARKS_MAX {
            let (middle, _) = self.sources[self.sources.len() / 2];
            self.forget_before(EntryId(i64::from(middle)));
        }
    }

    /// Removes an entry from its marks.
    pub fn withdraw(&mut self, entry: EntryId, found_by: impl Iterator<Item = FoundBy>) {
        let Ok(entry) = u32::try_from(entry.0) else { return };
        for mark in found_by.map(FoundBy::place) {
            self.change(mark, |list, settled| list.remove((mark, entry), settled));
        }
    }

    /// Changes the short list of a mark, and merges all short lists if they have become too long.
    fn change(&mut self, mark: u32, change: impl FnOnce(&mut Changes, &Settled)) {
        let list = &mut self.changes[list_of(mark)];
        let before = list.len();
        change(list, &self.settled);
        let after = list.len();
        self.changed = self.changed - before + after;
        let most = (self.settled.len() / CHANGES_PART).clamp(CHANGES_LEAST, CHANGES_MAX);
        if self.changed >= most || after >= CHANGES_OF_LIST_MAX {
            self.settle();
        }
    }

    /// Merges all changes into the sorted list.
    fn settle(&mut self) {
        if self.changes.iter().any(|list| !list.gone.is_empty()) {
            // Both are in order, and every row that is gone is in the list.
            let mut gone = self.changes.iter().flat_map(|list| list.gone.iter().copied()).peekable();
            self.settled.retain(|row| gone.next_if_eq(&row).is_none());
        }
        let many = self.changes.iter().map(|list| list.recent.len()).sum();
        self.settled.merge(self.changes.iter().rev().flat_map(|list| list.recent.iter().rev().copied()), many);
        for list in &mut self.changes {
            list.recent.clear();
            list.gone.clear();
        }
        self.changed = 0;
    }

    /// The first `limit` entries with this mark that were stored before `before`, in storing order.
    pub fn bearers(&self, found_by: FoundBy, before: EntryId, limit: usize) -> impl Iterator<Item = EntryId> {
        let mark = found_by.place();
        let entries = self.changes[list_of(mark)].bearers(mark, &self.settled).map(|entry| EntryId(i64::from(entry)));
        entries.take_while(move |entry| *entry < before).take(limit)
    }

    /// The source of an entry, if the entry was ever added.
    pub fn source(&self, entry: EntryId) -> Option<SourceId> {
        let entry = u32::try_from(entry.0).ok()?;
        let at = self.sources.binary_search_by_key(&entry, |(entry, _)| *entry).ok()?;
        Some(SourceId(i64::from(self.sources[at].1)))
    }

    /// Drops all entries before this one.
    pub fn forget_before(&mut self, first: EntryId) {
        let first = u32::try_from(first.0).unwrap_or(u32::MAX);
        for list in &mut self.changes {
            list.recent.retain(|(_, entry)| *entry >= first);
        }
        self.settle();
        self.settled.retain(|(_, entry)| entry >= first);
        self.settled.ends.shrink_to_fit();
        self.settled.entries.shrink_to_fit();
        self.sources.retain(|(entry, _)| *entry >= first);
    }
}

/// The marks of many entries, gathered to build the index at once, because adding them one by one would move each row.
#[derive(Debug)]
pub struct Gathered {
    sources: Vec<(u32, u32)>,
    /// The rows in the order in which they came, by the first bits of a mark.
    lists: Vec<Vec<Row>>,
}

impl Gathered {
    /// With room for about this many marks.
    pub fn new(about: usize) -> Gathered {
        // Some lists are a little longer than the average.
        let each = about / SHORT_LISTS + about / SHORT_LISTS / 16;
        let lists = std::iter::repeat_with(|| Vec::with_capacity(each)).take(SHORT_LISTS).collect();
        Gathered { sources: Vec::new(), lists }
    }

    /// Adds an entry under its marks. Entries must come in storing order.
    pub fn add(&mut self, entry: EntryId, source: SourceId, found_by: impl Iterator<Item = FoundBy>) {
        let (Ok(entry), Ok(source)) = (u32::try_from(entry.0), u32::try_from(source.0)) else { return };
        self.sources.push((entry, source));
        for mark in found_by.map(FoundBy::place) {
            self.lists[list_of(mark)].push((mark, entry));
        }
    }

    pub fn finish(self) -> Marks {
        let many = self.lists.iter().map(Vec::len).sum();
        let mut marks = Marks { settled: Settled::of(self.lists, many), ..Marks::default() };
        marks.sources = self.sources;
        marks
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The same index in its simplest form.
    #[derive(Default)]
    struct Naive(BTreeMap<u32, BTreeSet<i64>>);

    #[test]
    fn marks_are_found_as_in_a_plain_map() {
        let (mut marks, mut naive) = (Marks::default(), Naive::default());
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for round in 0..40_000_i64 {
            let entry = 10 + round / 4;
            // Few different marks, so that many entries share a mark.
            let mark = match random(3) {
                // Very many, and all in one short list.
                0 => random(3) as u32,
                _ => (random(3_000) as u32).wrapping_mul(0x9e37_79b9),
            };
            if random(10) == 0 {
                let entry = 10 + random(round as u64 / 4 + 1) as i64;
                marks.withdraw(EntryId(entry), std::iter::once(FoundBy::Mark(mark)));
                naive.0.entry(mark).or_default().remove(&entry);
            } else {
                marks.file(EntryId(entry), SourceId(1 + entry % 7), std::iter::once(FoundBy::Mark(mark)));
                naive.0.entry(mark).or_default().insert(entry);
            }
            if round == 30_000 {
                assert!(marks.settled.len() > 0, "the longest list is merged with all others");
                marks.forget_before(EntryId(2_000));
                naive.0.values_mut().for_each(|entries| entries.retain(|entry| *entry >= 2_000));
            }
        }
        assert!(marks.changed < CHANGES_LEAST && marks.changes.iter().all(|list| list.len() < CHANGES_OF_LIST_MAX));
        let count = marks.changes.iter().fold(marks.settled.len(), |count, list| {
            assert!(!list.recent.is_empty() && list.recent.is_sorted() && list.gone.is_sorted());
            count + list.recent.len() - list.gone.len()
        });
        assert!(marks.changes.iter().any(|list| !list.gone.is_empty()));
        let mut gathered = Gathered::new(count);
        for (entry, source) in &marks.sources {
            let of_entry = naive.0.iter().filter(|(_, entries)| entries.contains(&i64::from(*entry)));
            let found_by = of_entry.map(|(mark, _)| FoundBy::Mark(*mark));
            gathered.add(EntryId(i64::from(*entry)), SourceId(i64::from(*source)), found_by);
        }
        let gathered = gathered.finish();
        assert_eq!((gathered.settled.len(), gathered.changed), (count, 0));
        for (mark, entries) in &naive.0 {
            let found: Vec<i64> =
                marks.bearers(FoundBy::Mark(*mark), EntryId(9_000), 10_000).map(|entry| entry.0).collect();
            let wanted: Vec<i64> = entries.iter().copied().filter(|entry| *entry < 9_000).collect();
            assert_eq!(found, wanted, "{mark}");
            let at_once = gathered.bearers(FoundBy::Mark(*mark), EntryId(9_000), 10_000).map(|entry| entry.0);
            assert_eq!(at_once.collect::<Vec<_>>(), wanted, "{mark}");
        }
        assert_eq!(marks.source(EntryId(3_000)), Some(SourceId(1 + 3_000 % 7)));
        assert_eq!(marks.source(EntryId(1_000)), None);
    }
}
