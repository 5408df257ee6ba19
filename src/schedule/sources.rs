//! The configured sources, as the scheduler keeps them.

use super::scheduler::Source;
use crate::model::SourceId;

/// The configured sources in the order of their numbers, so that the same events always lead to the same actions. They are
/// set all at once, and there may be a hundred thousand, so they stand in one list without a gap.
#[derive(Debug, Default)]
pub struct Sources(Vec<(SourceId, Source)>);

impl FromIterator<(SourceId, Source)> for Sources {
    /// Each number may occur once.
    fn from_iter<I: IntoIterator<Item = (SourceId, Source)>>(sources: I) -> Sources {
        let mut sources: Vec<(SourceId, Source)> = sources.into_iter().collect();
        sources.sort_by_key(|(id, _)| *id);
        debug_assert!(sources.windows(2).all(|two| two[0].0 != two[1].0), "a number occurs twice");
        Sources(sources)
    }
}

impl Sources {
    fn place(&self, id: SourceId) -> Option<usize> {
        self.0.binary_search_by_key(&id, |(id, _)| *id).ok()
    }

    pub(super) fn has(&self, id: SourceId) -> bool {
        self.place(id).is_some()
    }

    pub(super) fn get(&self, id: SourceId) -> Option<&Source> {
        Some(&self.0[self.place(id)?].1)
    }

    pub(super) fn get_mut(&mut self, id: SourceId) -> Option<&mut Source> {
        let place = self.place(id)?;
        Some(&mut self.0[place].1)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.0.iter().map(|(id, source)| (*id, source))
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Source> {
        self.0.iter_mut().map(|(_, source)| source)
    }
}
