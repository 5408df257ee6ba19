//! The index for the search of candidates, held in memory for as long as entries may be candidates: a sample of the
//! runs of their texts, and digests of their addresses, ids and headlines.
//!
//! A mark is a row of six bytes in one of [`SHARDS`] sorted lists. A new row goes into a short list beside the sorted
//! one, so that adding it moves only some kilobytes; when the short list is full, both are merged. The index can be
//! rebuilt from what the store holds.

use crate::model::{EntryId, SourceId};

/// Number of lists; the first eight bits of a mark choose its list.
const SHARDS: usize = 256;
/// Number of steps of a list: for each value of a mark's next eight bits, the place where those marks begin.
const STEPS: usize = 256;
/// Length of the short list, as a part of the sorted one and within bounds, at which both are merged.
const RECENT_PART: usize = 16;
const RECENT_LEAST: usize = 128;
const RECENT_MAX: usize = 2_048;
/// Most marks in memory, of some 1.5 million entries in 200 MB; beyond, the oldest half is dropped.
const MARKS_MAX: usize = 32 * 1024 * 1024;

/// What an entry is found by.
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
    /// The lists, by the first bits of a mark.
    shards: Vec<Shard>,
    count: usize,
    /// The entries in storing order, each with its source.
    sources: Vec<(u32, u32)>,
}

/// The marks that begin with the same bits.
#[derive(Debug, Default)]
struct Shard {
    settled: Settled,
    /// New rows, sorted; `settled` does not contain them.
    recent: Vec<Row>,
    /// Rows of `settled` that were removed, sorted.
    gone: Vec<Row>,
}

/// Rows sorted by mark, then by entry. Only the part of a mark that its place does not imply is stored.
#[derive(Debug, Default)]
struct Settled {
    /// The places where the marks with each second byte begin, and the end; empty if there are no rows.
    begins: Vec<u32>,
    /// The last two bytes of each mark.
    ends: Vec<u16>,
    entries: Vec<u32>,
}

fn shard_of(mark: u32) -> usize {
    (mark >> 24) as usize
}

fn step_of(mark: u32) -> usize {
    (mark >> 16) as usize % STEPS
}

fn end_of(mark: u32) -> u16 {
    mark as u16
}

impl Settled {
    /// From sorted rows without duplicates.
    fn of(rows: impl Iterator<Item = Row>, about: usize) -> Settled {
        let (mut ends, mut entries) = (Vec::with_capacity(about), Vec::with_capacity(about));
        let mut begins = vec![0; STEPS + 1];
        for (mark, entry) in rows {
            begins[step_of(mark) + 1] += 1;
            ends.push(end_of(mark));
            entries.push(entry);
        }
        for step in 0..STEPS {
            begins[step + 1] += begins[step];
        }
        Settled { begins, ends, entries }
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

    /// All rows of the list with this number, in order.
    fn rows(&self, shard: usize) -> impl Iterator<Item = Row> {
        let steps = self.begins.windows(2).zip(0..);
        steps.flat_map(move |(bounds, step)| {
            let range = bounds[0] as usize..bounds[1] as usize;
            let mark = move |end: &u16| (shard as u32) << 24 | step << 16 | u32::from(*end);
            self.ends[range.clone()].iter().map(mark).zip(self.entries[range].iter().copied())
        })
    }
}

impl Shard {
    fn has_settled(&self, (mark, entry): Row) -> bool {
        self.settled.bearers(mark).binary_search(&entry).is_ok()
    }

    /// Adds a row; returns whether it was missing.
    fn insert(&mut self, shard: usize, row: Row) -> bool {
        if let Ok(at) = self.gone.binary_search(&row) {
            self.gone.remove(at);
            return true;
        }
        let Err(at) = self.recent.binary_search(&row) else { return false };
        if self.has_settled(row) {
            return false;
        }
        self.recent.insert(at, row);
        let most = (self.settled.entries.len() / RECENT_PART).clamp(RECENT_LEAST, RECENT_MAX);
        if self.recent.len() >= most {
            self.settle(shard, |_| true);
        }
        true
    }

    /// Removes a row; returns whether it was there.
    fn remove(&mut self, row: Row) -> bool {
        if let Ok(at) = self.recent.binary_search(&row) {
            self.recent.remove(at);
            return true;
        }
        match self.gone.binary_search(&row) {
            Err(at) if self.has_settled(row) => {
                self.gone.insert(at, row);
                true
            }
            _ => false,
        }
    }

    /// The entries with a mark, in storing order.
    fn bearers(&self, mark: u32) -> impl Iterator<Item = u32> {
        let settled = self.settled.bearers(mark).iter().copied();
        let settled = settled.filter(move |entry| self.gone.binary_search(&(mark, *entry)).is_err());
        let begin = self.recent.partition_point(|(other, _)| *other < mark);
        let recent = self.recent[begin..].iter().take_while(move |(other, _)| *other == mark).map(|(_, entry)| *entry);
        merged(settled, recent)
    }

    /// Merges all rows that are to be kept into one list.
    fn settle(&mut self, shard: usize, is_kept: impl Fn(&Row) -> bool) {
        let about = self.settled.entries.len() + self.recent.len() - self.gone.len();
        let settled = self.settled.rows(shard).filter(|row| self.gone.binary_search(row).is_err());
        let rows = merged(settled, self.recent.iter().copied()).filter(is_kept);
        self.settled = Settled::of(rows, about);
        self.recent.clear();
        self.gone.clear();
    }

    fn len(&self) -> usize {
        self.settled.entries.len() + self.recent.len() - self.gone.len()
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
        let shards = std::iter::repeat_with(Shard::default).take(SHARDS).collect();
        Marks { shards, count: 0, sources: Vec::new() }
    }
}

impl Marks {
    /// Adds an entry with what it is found by. Entries and sources with numbers beyond 32 bits are left out.
    pub fn file(&mut self, entry: EntryId, source: SourceId, found_by: impl Iterator<Item = FoundBy>) {
        let (Ok(entry), Ok(source)) = (u32::try_from(entry.0), u32::try_from(source.0)) else { return };
        if let Err(at) = self.sources.binary_search_by_key(&entry, |(entry, _)| *entry) {
            self.sources.insert(at, (entry, source));
        }
        for mark in found_by.map(FoundBy::place) {
            let shard = shard_of(mark);
            self.count += usize::from(self.shards[shard].insert(shard, (mark, entry)));
        }
        if self.count > MARKS_MAX {
            let (middle, _) = self.sources[self.sources.len() / 2];
            self.forget_before(EntryId(i64::from(middle)));
        }
    }

    /// Removes an entry from what it is found by.
    pub fn withdraw(&mut self, entry: EntryId, found_by: impl Iterator<Item = FoundBy>) {
        let Ok(entry) = u32::try_from(entry.0) else { return };
        for mark in found_by.map(FoundBy::place) {
            self.count -= usize::from(self.shards[shard_of(mark)].remove((mark, entry)));
        }
    }

    /// The first `limit` entries with this mark that were stored before `before`, in storing order.
    pub fn bearers(&self, found_by: FoundBy, before: EntryId, limit: usize) -> impl Iterator<Item = EntryId> {
        let mark = found_by.place();
        let entries = self.shards[shard_of(mark)].bearers(mark).map(|entry| EntryId(i64::from(entry)));
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
        for (number, shard) in self.shards.iter_mut().enumerate() {
            shard.settle(number, |(_, entry)| *entry >= first);
        }
        self.count = self.shards.iter().map(Shard::len).sum();
        self.sources.retain(|(entry, _)| *entry >= first);
    }
}

/// The marks of many entries, gathered to build the index at once, because adding them one by one would move each row.
#[derive(Debug)]
pub struct Gathered {
    marks: Marks,
    /// The rows of each list in the order in which they came.
    lists: Vec<Vec<Row>>,
}

impl Gathered {
    /// With room for about this many marks.
    pub fn new(about: usize) -> Gathered {
        // Some lists are a little longer than the average.
        let each = about / SHARDS + about / SHARDS / 16;
        let lists = std::iter::repeat_with(|| Vec::with_capacity(each)).take(SHARDS).collect();
        Gathered { marks: Marks::default(), lists }
    }

    /// Adds an entry with what it is found by. Entries must come in storing order.
    pub fn add(&mut self, entry: EntryId, source: SourceId, found_by: impl Iterator<Item = FoundBy>) {
        let (Ok(entry), Ok(source)) = (u32::try_from(entry.0), u32::try_from(source.0)) else { return };
        self.marks.sources.push((entry, source));
        for mark in found_by.map(FoundBy::place) {
            self.lists[shard_of(mark)].push((mark, entry));
        }
    }

    pub fn finish(mut self) -> Marks {
        for (shard, mut rows) in self.marks.shards.iter_mut().zip(self.lists) {
            rows.sort_unstable();
            rows.dedup();
            shard.settled = Settled::of(rows.iter().copied(), rows.len());
            self.marks.count += rows.len();
        }
        self.marks
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
            let mark = (random(3_000) as u32).wrapping_mul(0x9e37_79b9);
            if random(10) == 0 {
                marks.withdraw(EntryId(entry), std::iter::once(FoundBy::Mark(mark)));
                naive.0.entry(mark).or_default().remove(&entry);
            } else {
                marks.file(EntryId(entry), SourceId(1 + entry % 7), std::iter::once(FoundBy::Mark(mark)));
                naive.0.entry(mark).or_default().insert(entry);
            }
            if round == 30_000 {
                marks.forget_before(EntryId(2_000));
                naive.0.values_mut().for_each(|entries| entries.retain(|entry| *entry >= 2_000));
            }
        }
        let most = marks.shards.iter().map(|shard| shard.settled.entries.len()).max();
        assert!(most > Some(0), "rows were settled");
        let mut gathered = Gathered::new(marks.count);
        for (entry, source) in &marks.sources {
            let of_entry = naive.0.iter().filter(|(_, entries)| entries.contains(&i64::from(*entry)));
            let found_by = of_entry.map(|(mark, _)| FoundBy::Mark(*mark));
            gathered.add(EntryId(i64::from(*entry)), SourceId(i64::from(*source)), found_by);
        }
        let gathered = gathered.finish();
        assert_eq!(gathered.count, marks.count);
        for (mark, entries) in &naive.0 {
            let found: Vec<i64> =
                marks.bearers(FoundBy::Mark(*mark), EntryId(9_000), 1_000).map(|entry| entry.0).collect();
            let wanted: Vec<i64> = entries.iter().copied().filter(|entry| *entry < 9_000).collect();
            assert_eq!(found, wanted, "{mark}");
            let at_once = gathered.bearers(FoundBy::Mark(*mark), EntryId(9_000), 1_000).map(|entry| entry.0);
            assert_eq!(at_once.collect::<Vec<_>>(), wanted, "{mark}");
        }
        assert_eq!(marks.source(EntryId(3_000)), Some(SourceId(1 + 3_000 % 7)));
        assert_eq!(marks.source(EntryId(1_000)), None);
    }
}
