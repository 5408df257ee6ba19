//! The index for the search of candidates, held in memory for as long as entries may be candidates: a sample of the
//! runs of their texts, and digests of their addresses, ids and headlines.
//!
//! A mark is a row of six bytes in one sorted list. Changes go into short lists beside it, so that a new row moves 128 KiB at
//! most; when they hold enough, all of them are merged into the sorted list where it stands. A list that grew by being
//! copied would leave holes in the memory. The index can be rebuilt from what the store holds.

use std::ops::Range;

use super::near::partition_point_near;
use crate::model::{EntryId, SourceId};

/// Number of short lists; the first eight bits of a mark choose its list.
const LISTS: usize = 256;
/// Number of lists in which rows are gathered to build the index at once; the first six bits of a mark choose its list. They are so
/// few that the memory of a long list goes back to the system as soon as the list has been read.
const GATHERED_LISTS: usize = 64;
/// Number of steps of the sorted list: for each value of a mark's first 16 bits, the place where those marks begin.
const STEPS: usize = 1 << 16;
/// Number of changes at which they are merged, as a part of the sorted list and within bounds.
const CHANGES_PART: usize = 64;
const CHANGES_LEAST: usize = 16 * 1024;
const CHANGES_MAX: usize = 512 * 1024;
/// Number of changes in one short list at which all are merged, because very many entries may have the same mark: a part of the
/// number of changes at which all are merged anyway, but at least `CHANGES_OF_LIST_LEAST`.
const CHANGES_OF_LIST_PART: usize = 32;
const CHANGES_OF_LIST_LEAST: usize = 4 * 1024;
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
    /// The places where the marks of each step begin, and the end; empty until the first merge.
    begins: Vec<u32>,
    /// The last two bytes of each mark.
    ends: Vec<u16>,
    entries: Vec<u32>,
}

fn list_of(mark: u32) -> usize {
    (mark >> 24) as usize
}

fn gathered_list_of(mark: u32) -> usize {
    (mark >> 26) as usize
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
        let step = *begin as usize..*end as usize;
        let (ends, entries, end) = (&self.ends[step.clone()], &self.entries[step], end_of(mark));
        // Marks are evenly distributed.
        let expected = ((ends.len() as u64 * u64::from(end)) >> u16::BITS) as usize;
        let first = partition_point_near(ends, expected, |other| *other < end);
        let many = partition_point_near(&ends[first..], 0, |other| *other == end);
        &entries[first..first + many]
    }

    /// The place of a row within places of its step, or the place where it belongs if it is not there.
    fn place(&self, (mark, entry): Row, within: Range<usize>) -> usize {
        let (ends, end) = (&self.ends[within.clone()], end_of(mark));
        let first = ends.partition_point(|other| *other < end);
        let many = ends[first..].partition_point(|other| *other == end);
        let first = within.start + first;
        first + self.entries[first..first + many].partition_point(|other| *other < entry)
    }

    fn has(&self, (mark, entry): Row) -> bool {
        self.bearers(mark).binary_search(&entry).is_ok()
    }

    /// Drops the entries before this one, and the memory that they took.
    fn forget_before(&mut self, first: u32) {
        let (mut from, mut to) = (0, 0);
        for step in 1..self.begins.len() {
            let end = self.begins[step] as usize;
            for at in from..end {
                if self.entries[at] >= first {
                    (self.ends[to], self.entries[to]) = (self.ends[at], self.entries[at]);
                    to += 1;
                }
            }
            self.begins[step] = to as u32;
            from = end;
        }
        self.ends.truncate(to);
        self.ends.shrink_to_fit();
        self.entries.truncate(to);
        self.entries.shrink_to_fit();
    }

    /// Takes rows out of the list, from its beginning to its end. `rows` are in the list, and come in rising order.
    fn take_out(&mut self, rows: impl Iterator<Item = Row>) {
        let mut rows = rows.peekable();
        let (mut begin, mut from, mut to) = (0, 0, 0);
        for step in 0..self.begins.len().saturating_sub(1) {
            let end = self.begins[step + 1] as usize;
            while let Some(row) = rows.next_if(|(mark, _)| step_of(*mark) == step) {
                let place = self.place(row, begin.max(from)..end);
                debug_assert_eq!((self.ends[place], self.entries[place]), (end_of(row.0), row.1));
                self.shift_back(from..place, to);
                (from, to) = (place + 1, to + place - from);
            }
            // The rows behind `from` are moved later, by as many places.
            self.begins[step + 1] = (end - (from - to)) as u32;
            begin = end;
        }
        debug_assert!(rows.next().is_none());
        let len = self.len();
        self.shift_back(from..len, to);
        self.ends.truncate(len - (from - to));
        self.entries.truncate(len - (from - to));
    }

    /// Moves rows so that they begin at `to`.
    fn shift_back(&mut self, rows: Range<usize>, to: usize) {
        if rows.start != to {
            self.ends.copy_within(rows.clone(), to);
            self.entries.copy_within(rows, to);
        }
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
                self.shift(self.place(row, begin..from), &mut from, &mut to);
                to -= 1;
                (self.ends[to], self.entries[to]) = (end_of(row.0), row.1);
            }
            self.shift(begin, &mut from, &mut to);
        }
        debug_assert!(from == to && rows.next().is_none());
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
        let changes = std::iter::repeat_with(Changes::default).take(LISTS).collect();
        Marks { settled: Settled::default(), changes, changed: 0, sources: Vec::new() }
    }
}

impl Marks {
    /// Adds an entry under its marks. Entries and sources with numbers beyond 32 bits are left out.
    pub fn file(&mut self, entry: EntryId, source: SourceId, found_by: impl Iterator<Item = FoundBy>) {
        let (Ok(entry), Ok(source)) = (u32::try_from(entry.0), u32::try_from(source.0)) else { return };
        let at = self.place_of(entry);
        if self.sources.get(at).is_none_or(|(other, _)| *other != entry) {
            self.sources.insert(at, (entry, source));
        }
        for mark in found_by.map(FoundBy::place) {
            self.change((mark, entry), Changes::insert);
        }
        self.shed();
    }

    /// Drops the oldest half if there are too many marks.
    fn shed(&mut self) {
        // A removed row is counted twice although it is gone, so this sum exceeds the number of marks by at most twice
        // `CHANGES_MAX`.
        if self.settled.len() + self.changed > MARKS_MAX {
            let (middle, _) = self.sources[self.sources.len() / 2];
            self.forget_before(EntryId(i64::from(middle)));
        }
    }

    /// Removes an entry from its marks.
    pub fn withdraw(&mut self, entry: EntryId, found_by: impl Iterator<Item = FoundBy>) {
        let Ok(entry) = u32::try_from(entry.0) else { return };
        for mark in found_by.map(FoundBy::place) {
            self.change((mark, entry), Changes::remove);
        }
    }

    /// Adds a row to its short list or removes it there, and merges all short lists if they have become too long.
    fn change(&mut self, row: Row, how: impl FnOnce(&mut Changes, Row, &Settled)) {
        let list = &mut self.changes[list_of(row.0)];
        let before = list.len();
        how(list, row, &self.settled);
        let after = list.len();
        self.changed = self.changed - before + after;
        let most = (self.settled.len() / CHANGES_PART).clamp(CHANGES_LEAST, CHANGES_MAX);
        if self.changed >= most || after >= (most / CHANGES_OF_LIST_PART).max(CHANGES_OF_LIST_LEAST) {
            self.settle();
        }
    }

    /// Merges all changes into the sorted list.
    fn settle(&mut self) {
        self.settled.take_out(self.changes.iter().flat_map(|list| list.gone.iter().copied()));
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
        let found = self.sources.get(self.place_of(entry)).filter(|(other, _)| *other == entry);
        found.map(|(_, source)| SourceId(i64::from(*source)))
    }

    /// The place of an entry in `sources`, or the place where it belongs if it is not there.
    fn place_of(&self, entry: u32) -> usize {
        // Entries are numbered as they are stored, and few of the newest numbers are missing. Among the oldest there may be gaps,
        // because an old entry is added again when it is revised.
        let behind = self.sources.last().map_or(0, |(last, _)| last.saturating_sub(entry)) as usize;
        let expected = self.sources.len().saturating_sub(1 + behind);
        partition_point_near(&self.sources, expected, |(other, _)| *other < entry)
    }

    /// Drops all entries before this one.
    pub fn forget_before(&mut self, first: EntryId) {
        let first = u32::try_from(first.0).unwrap_or(u32::MAX);
        self.settled.forget_before(first);
        for list in &mut self.changes {
            list.recent.retain(|(_, entry)| *entry >= first);
            list.gone.retain(|(_, entry)| *entry >= first);
        }
        self.changed = self.changes.iter().map(Changes::len).sum();
        self.sources.retain(|(entry, _)| *entry >= first);
    }
}

/// The marks of many entries, gathered to build the index at once, because adding them one by one would move each row.
#[derive(Debug)]
pub struct Gathered {
    sources: Vec<(u32, u32)>,
    /// The rows in the order in which they came, by the first six bits of a mark.
    lists: Vec<Vec<Row>>,
}

impl Gathered {
    /// With room for about this many marks.
    pub fn new(about: usize) -> Gathered {
        // Some lists are a little longer than the average.
        let each = about / GATHERED_LISTS + about / GATHERED_LISTS / 16;
        let lists = std::iter::repeat_with(|| Vec::with_capacity(each)).take(GATHERED_LISTS).collect();
        Gathered { sources: Vec::new(), lists }
    }

    /// Adds an entry under its marks. Entries must come in storing order.
    pub fn add(&mut self, entry: EntryId, source: SourceId, found_by: impl Iterator<Item = FoundBy>) {
        let (Ok(entry), Ok(source)) = (u32::try_from(entry.0), u32::try_from(source.0)) else { return };
        self.sources.push((entry, source));
        for mark in found_by.map(FoundBy::place) {
            self.lists[gathered_list_of(mark)].push((mark, entry));
        }
    }

    pub fn finish(self) -> Marks {
        let many = self.lists.iter().map(Vec::len).sum();
        let mut marks = Marks { settled: Settled::of(self.lists, many), sources: self.sources, ..Marks::default() };
        marks.shed();
        marks
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The same index in its simplest form: the entries of each mark.
    #[derive(Default)]
    struct Naive(BTreeMap<u32, BTreeSet<i64>>);

    /// The index and its simplest form, which get the same changes.
    #[derive(Default)]
    struct Both {
        marks: Marks,
        naive: Naive,
    }

    fn source_of(entry: i64) -> SourceId {
        SourceId(1 + entry % 7)
    }

    impl Both {
        fn file(&mut self, mark: u32, entry: i64) {
            self.marks.file(EntryId(entry), source_of(entry), std::iter::once(FoundBy::Mark(mark)));
            self.naive.0.entry(mark).or_default().insert(entry);
        }

        fn withdraw(&mut self, mark: u32, entry: i64) {
            self.marks.withdraw(EntryId(entry), std::iter::once(FoundBy::Mark(mark)));
            self.naive.0.entry(mark).or_default().remove(&entry);
        }

        fn forget_before(&mut self, first: i64) {
            self.marks.forget_before(EntryId(first));
            self.naive.0.values_mut().for_each(|entries| entries.retain(|entry| *entry >= first));
        }

        /// Compares both, and the index that is built at once of the same rows.
        fn check(&self) {
            let Marks { settled, changes, changed, .. } = &self.marks;
            assert_eq!(changes.iter().map(Changes::len).sum::<usize>(), *changed);
            assert!(*changed < CHANGES_LEAST && changes.iter().all(|list| list.len() < CHANGES_OF_LIST_LEAST));
            let count = changes.iter().fold(settled.len(), |count, list| count + list.recent.len() - list.gone.len());
            let mut of_entry: BTreeMap<i64, Vec<FoundBy>> = BTreeMap::new();
            for (mark, entries) in &self.naive.0 {
                entries.iter().for_each(|entry| of_entry.entry(*entry).or_default().push(FoundBy::Mark(*mark)));
            }
            let middle = of_entry.keys().nth(of_entry.len() / 2).copied().unwrap_or_default();
            let mut gathered = Gathered::new(count);
            for (entry, marks) in &of_entry {
                // A mark may come twice.
                gathered.add(EntryId(*entry), source_of(*entry), marks.iter().chain(marks.first()).copied());
            }
            let gathered = gathered.finish();
            assert_eq!((gathered.settled.len(), gathered.changed), (count, 0));
            for marks in [&self.marks, &gathered] {
                for (mark, entries) in &self.naive.0 {
                    for (before, limit) in [(i64::MAX, usize::MAX), (middle, usize::MAX), (middle, 3)] {
                        let found = marks.bearers(FoundBy::Mark(*mark), EntryId(before), limit).map(|entry| entry.0);
                        assert!(found.eq(entries.range(..before).take(limit).copied()), "{mark}, before {before}");
                    }
                }
                of_entry.keys().for_each(|entry| assert_eq!(marks.source(EntryId(*entry)), Some(source_of(*entry))));
            }
        }
    }

    #[test]
    fn marks_are_found_as_in_a_plain_map() {
        let mut both = Both::default();
        let mut state = 1_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        // Rows that were filed at some time.
        let mut filed: Vec<(u32, i64)> = Vec::new();
        // Merges because all short lists together, or one of them, had become too long.
        let (mut of_all, mut of_one) = (0, 0);
        for round in 0..120_000_i64 {
            // Few different marks, so that many entries share a mark. Later most have one of three, of which two are in the
            // same short list.
            let mark = match random(8) {
                0..6 if round >= 80_000 => [0, 1, u32::MAX][random(3)],
                _ => (random(3_000) as u32).wrapping_mul(0x9e37_79b9),
            };
            let before = both.marks.changed;
            match random(10) {
                earlier @ 0..=3 if !filed.is_empty() => {
                    let (mark, entry) = filed[random(filed.len())];
                    both.withdraw(mark, entry);
                    // As a revision does, which keeps most marks of its entry.
                    if earlier <= 1 {
                        both.file(mark, entry);
                    }
                }
                _ => {
                    let entry = 10 + round / 4;
                    both.file(mark, entry);
                    filed.push((mark, entry));
                }
            }
            if both.marks.changed + 2 < before {
                if before >= CHANGES_LEAST - 2 { of_all += 1 } else { of_one += 1 }
            }
            if round == 60_000 {
                let changes = &both.marks.changes;
                let gone = || changes.iter().flat_map(|list| &list.gone);
                assert!(gone().any(|(_, entry)| *entry < 2_000) && gone().any(|(_, entry)| *entry >= 2_000));
                let all = changes.iter().flat_map(|list| list.recent.iter().chain(&list.gone));
                let kept = all.filter(|(_, entry)| *entry >= 2_000).count();
                both.forget_before(2_000);
                assert_eq!((both.marks.source(EntryId(1_999)), both.marks.changed), (None, kept));
                filed.retain(|(_, entry)| *entry >= 2_000);
                // An old entry that is revised is added again.
                both.file(7, 5);
                assert_eq!(both.marks.source(EntryId(6)), None);
                both.check();
            }
            if round % 10_000 == 0 {
                both.check();
            }
        }
        both.check();
        assert!(of_all > 1 && of_one > 1, "merges: {of_all} of all short lists, {of_one} of one");
        assert!(both.marks.changes.iter().any(|list| !list.gone.is_empty()));
    }

    #[test]
    fn all_marks_may_go_and_come_again() {
        let mut both = Both::default();
        let rows = (0..3 * CHANGES_LEAST as i64).map(|number| (number as u32 * 87_381, number / 20 + 1));
        let rows: Vec<(u32, i64)> = rows.collect();
        // Each third row first, so that rows beside those that go stay.
        let in_strides = || (0..3).flat_map(|first| rows.iter().skip(first).step_by(3));
        for _ in 0..2 {
            rows.iter().for_each(|(mark, entry)| both.file(*mark, *entry));
            assert!(both.marks.settled.len() > 0);
            for (number, (mark, entry)) in in_strides().enumerate() {
                both.withdraw(*mark, *entry);
                if number % 10_000 == 0 {
                    both.check();
                }
            }
            both.check();
        }
        both.forget_before(i64::MAX);
        assert_eq!((both.marks.settled.len(), both.marks.settled.entries.capacity()), (0, 0));
        in_strides().for_each(|(mark, entry)| both.file(*mark, *entry));
        both.check();
    }
}
