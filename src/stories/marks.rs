//! What entries are found by, held in memory for as long as copies may meet: a sample of their texts' runs, and digests of
//! their addresses, ids and headlines.
//!
//! Each mark is a row of six bytes in one of many small sorted lists, so that looking one up takes some ten steps and
//! filing one moves some hundred bytes. What is here can be made anew from what the store keeps.

use crate::model::{EntryId, SourceId};

/// Marks in one list, from which on lists are halved.
const LIST_MAX: usize = 512;
/// Lists are halved so often at most.
const BITS_MAX: u32 = 20;
/// Marks that are held; beyond, the oldest half is forgotten: some 1.3 million entries, 200 MB.
const MARKS_MAX: usize = 32 * 1024 * 1024;

/// What kind of thing an entry is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// A run of words of its text.
    Mark(u32),
    /// A digest of an address, an id or a headline.
    Key(u64),
}

impl FoundBy {
    /// A place among all marks. Keys and runs are both of even quality in all bits, and share the lists.
    fn place(self) -> u32 {
        match self {
            FoundBy::Mark(run) => run,
            FoundBy::Key(digest) => ((digest ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32,
        }
    }
}

/// Marks of all entries of the last weeks, and which source each entry is of.
#[derive(Debug)]
pub struct Marks {
    /// 2^`bits` lists, by the first bits of a mark.
    lists: Vec<List>,
    bits: u32,
    count: usize,
    /// Of all entries that were filed, in storing order: their sources.
    sources: Vec<(u32, u32)>,
}

/// Sorted by mark, then by entry. Two lists side by side take less room than one of pairs.
#[derive(Debug, Default, Clone)]
struct List {
    marks: Vec<u32>,
    entries: Vec<u32>,
}

impl List {
    /// Where a mark's entries stand.
    fn range(&self, mark: u32) -> std::ops::Range<usize> {
        let begin = self.marks.partition_point(|other| *other < mark);
        let length = self.marks[begin..].iter().take_while(|other| **other == mark).count();
        begin..begin + length
    }

    fn insert(&mut self, mark: u32, entry: u32) -> bool {
        let range = self.range(mark);
        let Err(at) = self.entries[range.clone()].binary_search(&entry) else { return false };
        if self.marks.len() == self.marks.capacity() {
            // Growing by an eighth rather than by doubling: there are very many lists.
            let more = (self.marks.len() / 8).max(4);
            self.marks.reserve_exact(more);
            self.entries.reserve_exact(more);
        }
        self.marks.insert(range.start + at, mark);
        self.entries.insert(range.start + at, entry);
        true
    }

    fn remove(&mut self, mark: u32, entry: u32) -> bool {
        let range = self.range(mark);
        let Ok(at) = self.entries[range.clone()].binary_search(&entry) else { return false };
        self.marks.remove(range.start + at);
        self.entries.remove(range.start + at);
        true
    }
}

impl Default for Marks {
    fn default() -> Marks {
        Marks { lists: vec![List::default()], bits: 0, count: 0, sources: Vec::new() }
    }
}

impl Marks {
    fn list(&self, mark: u32) -> usize {
        if self.bits == 0 { 0 } else { (mark >> (32 - self.bits)) as usize }
    }

    /// Files an entry under what it is found by. Numbers of entries and sources beyond four thousand million are not filed.
    pub fn file(&mut self, entry: EntryId, source: SourceId, found_by: impl Iterator<Item = FoundBy>) {
        let (Ok(entry), Ok(source)) = (u32::try_from(entry.0), u32::try_from(source.0)) else { return };
        if let Err(at) = self.sources.binary_search_by_key(&entry, |(entry, _)| *entry) {
            self.sources.insert(at, (entry, source));
        }
        for mark in found_by.map(FoundBy::place) {
            let list = self.list(mark);
            self.count += usize::from(self.lists[list].insert(mark, entry));
        }
        if self.count > self.lists.len() * LIST_MAX && self.bits < BITS_MAX {
            self.halve_lists();
        }
        if self.count > MARKS_MAX {
            let (middle, _) = self.sources[self.sources.len() / 2];
            self.forget_before(EntryId(i64::from(middle)));
        }
    }

    /// Takes an entry away from what it was found by.
    pub fn withdraw(&mut self, entry: EntryId, found_by: impl Iterator<Item = FoundBy>) {
        let Ok(entry) = u32::try_from(entry.0) else { return };
        for mark in found_by.map(FoundBy::place) {
            let list = self.list(mark);
            self.count -= usize::from(self.lists[list].remove(mark, entry));
        }
    }

    /// The entries with this mark that were stored before `before`, the first `limit` of them in storing order.
    pub fn bearers(&self, found_by: FoundBy, before: EntryId, limit: usize) -> impl Iterator<Item = EntryId> {
        let mark = found_by.place();
        let list = &self.lists[self.list(mark)];
        let entries = list.entries[list.range(mark)].iter().map(|entry| EntryId(i64::from(*entry)));
        entries.take_while(move |entry| *entry < before).take(limit)
    }

    /// The source of an entry, if it was ever filed.
    pub fn source(&self, entry: EntryId) -> Option<SourceId> {
        let entry = u32::try_from(entry.0).ok()?;
        let at = self.sources.binary_search_by_key(&entry, |(entry, _)| *entry).ok()?;
        Some(SourceId(i64::from(self.sources[at].1)))
    }

    /// Twice as many lists, one half of each list in each.
    fn halve_lists(&mut self) {
        self.bits += 1;
        let mut halves = Vec::with_capacity(self.lists.len() * 2);
        for list in std::mem::take(&mut self.lists) {
            let middle = list.marks.partition_point(|mark| (mark >> (32 - self.bits)) & 1 == 0);
            let part = |range: std::ops::Range<usize>| List {
                marks: list.marks[range.clone()].to_vec(),
                entries: list.entries[range].to_vec(),
            };
            halves.push(part(0..middle));
            halves.push(part(middle..list.marks.len()));
        }
        self.lists = halves;
    }

    /// Forgets all entries before this one.
    pub fn forget_before(&mut self, first: EntryId) {
        let first = u32::try_from(first.0).unwrap_or(u32::MAX);
        self.count = 0;
        for list in &mut self.lists {
            let rows = list.marks.iter().copied().zip(list.entries.iter().copied());
            (list.marks, list.entries) = rows.filter(|(_, entry)| *entry >= first).unzip();
            self.count += list.marks.len();
        }
        self.sources.retain(|(entry, _)| *entry >= first);
    }
}

/// Marks of many entries at once: filed one by one, each would have to be put in its place.
#[derive(Debug)]
pub struct Gathered {
    marks: Marks,
    /// Of each list, marks and entries as they came, each pair in one number.
    lists: Vec<Vec<u64>>,
}

impl Gathered {
    /// For about so many marks.
    pub fn new(about: usize) -> Gathered {
        let bits = (about / LIST_MAX).next_power_of_two().trailing_zeros().min(BITS_MAX);
        let marks = Marks { bits, ..Marks::default() };
        Gathered { marks, lists: vec![Vec::new(); 1 << bits] }
    }

    /// Entries must come in storing order.
    pub fn add(&mut self, entry: EntryId, source: SourceId, found_by: impl Iterator<Item = FoundBy>) {
        let (Ok(entry), Ok(source)) = (u32::try_from(entry.0), u32::try_from(source.0)) else { return };
        self.marks.sources.push((entry, source));
        for mark in found_by.map(FoundBy::place) {
            let list = self.marks.list(mark);
            self.lists[list].push(u64::from(mark) << 32 | u64::from(entry));
        }
    }

    pub fn finish(mut self) -> Marks {
        let part = |pair: u64| ((pair >> 32) as u32, pair as u32);
        self.marks.lists.clear();
        for mut pairs in self.lists {
            pairs.sort_unstable();
            pairs.dedup();
            let mut list = List { marks: Vec::with_capacity(pairs.len()), entries: Vec::with_capacity(pairs.len()) };
            for (mark, entry) in pairs.into_iter().map(part) {
                list.marks.push(mark);
                list.entries.push(entry);
            }
            self.marks.count += list.marks.len();
            self.marks.lists.push(list);
        }
        self.marks
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The same, as plainly as can be.
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
            // Few different marks, so that many entries have one.
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
        assert!(marks.lists.len() > 16, "lists were halved");
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
