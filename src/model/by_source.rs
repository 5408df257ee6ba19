//! A list with one value for each of many sources.

use super::SourceId;

/// A value for each source, in the order of the sources' numbers, so that the same input always leads to the same output. All
/// values are set at once, and there may be a hundred thousand, so they stand in one list without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BySource<T>(Vec<(SourceId, T)>);

impl<T> Default for BySource<T> {
    fn default() -> BySource<T> {
        BySource(Vec::new())
    }
}

impl<T> FromIterator<(SourceId, T)> for BySource<T> {
    /// Each number may occur at most once.
    fn from_iter<I: IntoIterator<Item = (SourceId, T)>>(values: I) -> BySource<T> {
        BySource::of_parts([values.into_iter().collect()])
    }
}

impl<T> BySource<T> {
    /// The values of all parts. Each number may occur at most once.
    pub fn of_parts(parts: impl IntoIterator<Item = Vec<(SourceId, T)>>) -> BySource<T> {
        let mut parts = parts.into_iter();
        // The list of the first part grows, and each other part is freed before the next one is taken.
        let mut values = parts.next().unwrap_or_default();
        parts.for_each(|mut part| values.append(&mut part));
        values.sort_unstable_by_key(|(id, _)| *id);
        debug_assert!(values.windows(2).all(|two| two[0].0 != two[1].0), "a number occurs twice");
        BySource(values)
    }

    fn place(&self, id: SourceId) -> Option<usize> {
        let (first, _) = self.0.first().filter(|(first, _)| *first <= id)?;
        // Few numbers are missing, so a value is often exactly as far from the first as its number is, and never farther.
        let latest = usize::try_from(id.0.abs_diff(first.0)).unwrap_or(usize::MAX);
        if self.0.get(latest).is_some_and(|(other, _)| *other == id) {
            return Some(latest);
        }
        let within = &self.0[..latest.min(self.0.len())];
        within.binary_search_by_key(&id, |(id, _)| *id).ok()
    }

    pub fn has(&self, id: SourceId) -> bool {
        self.place(id).is_some()
    }

    pub fn get(&self, id: SourceId) -> Option<&T> {
        Some(&self.0[self.place(id)?].1)
    }

    /// Like [`BySource::get`], but fast if the values are taken in the order of their numbers: `place` is where to look first,
    /// and becomes the place behind the value.
    pub fn get_in_order(&self, place: &mut usize, id: SourceId) -> Option<&T> {
        let at = match self.0.get(*place) {
            Some((next, _)) if *next == id => *place,
            _ => self.place(id)?,
        };
        *place = at + 1;
        Some(&self.0[at].1)
    }

    pub fn get_mut(&mut self, id: SourceId) -> Option<&mut T> {
        let place = self.place(id)?;
        Some(&mut self.0[place].1)
    }

    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &T)> {
        self.0.iter().map(|(id, value)| (*id, value))
    }

    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The numbers in order.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> {
        self.0.iter().map(|(id, _)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_the_numbers_of_their_sources() {
        let of = |ids: &[i64]| ids.iter().map(|id| (SourceId(*id), id * 10)).collect::<Vec<_>>();
        let of_any = |ids: &[i64]| ids.iter().map(|id| (SourceId(*id), *id)).collect::<Vec<_>>();
        let list = BySource::of_parts([of(&[7, 3]), of(&[]), of(&[5])]);
        assert_eq!(list.iter().collect::<Vec<_>>(), [(SourceId(3), &30), (SourceId(5), &50), (SourceId(7), &70)]);
        assert_eq!((list.get(SourceId(5)), list.get(SourceId(4)), list.len()), (Some(&50), None, 3));
        for ids in [&[][..], &[i64::MIN, i64::MAX], &[1, 2, 3], &[2, 3, 5, 6, 9], &[-4, 0, 1]] {
            let list = BySource::of_parts([of_any(ids)]);
            for id in (-6..12).chain([i64::MIN, i64::MIN + 1, i64::MAX]) {
                assert_eq!(list.get(SourceId(id)).is_some(), ids.contains(&id), "{id} in {ids:?}");
                assert!(list.get(SourceId(id)).is_none_or(|found| *found == id), "{id} in {ids:?}");
            }
        }
        let mut place = 0;
        for (id, expected, behind) in [(3, Some(&30), 1), (4, None, 1), (7, Some(&70), 3), (5, Some(&50), 2)] {
            assert_eq!((list.get_in_order(&mut place, SourceId(id)), place), (expected, behind), "{id}");
        }
    }
}
