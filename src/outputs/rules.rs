//! The filters of an output and of its sources together, with their verdicts on entries. Verdicts are remembered, so that the
//! text of an entry is read for them once and not at every rebuild.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::{EntryId, SourceId, StoredEntry};
use crate::publish::{Filter, Texts};
use crate::search::Finder;
use crate::store::Sieve;

/// Largest entry number whose verdict is remembered; entries beyond it are judged at every rebuild.
const REMEMBERED_MAX: usize = 16 * 1024 * 1024;

/// The filters: an entry is published if both the filter of its source and the filter of the output keep it, and the search of
/// the output finds it.
#[derive(Debug)]
pub(super) struct Rules {
    of_sources: Arc<HashMap<SourceId, Filter>>,
    own: Filter,
    search: Option<Arc<Finder>>,
    /// Whether verdicts are remembered. For the search of a reader, they are not worth the memory.
    remembers: bool,
    /// Verdicts by the number of the entry: whether it is kept; `None` if it was not judged yet.
    verdicts: Mutex<Vec<Option<bool>>>,
    /// How often verdicts were forgotten. A verdict is not remembered if this number has changed since the text was read,
    /// because the text may be out of date.
    forgotten: AtomicU64,
}

impl Rules {
    pub(super) fn new(of_sources: Arc<HashMap<SourceId, Filter>>, own: Filter, search: Option<Arc<Finder>>) -> Rules {
        Rules { of_sources, own, search, remembers: true, verdicts: Mutex::default(), forgotten: AtomicU64::new(0) }
    }

    /// The filters of the sources, and a search that is carried out once.
    pub(super) fn searching_once(&self, finder: Arc<Finder>) -> Rules {
        Rules { remembers: false, ..Rules::new(self.of_sources.clone(), Filter::default(), Some(finder)) }
    }

    /// The filters as a sieve for the store; `None` if no rule concerns these sources.
    pub(super) fn sieve(rules: &Arc<Rules>, sources: &HashSet<SourceId>) -> Option<Sieve> {
        let own = !rules.own.is_empty() || rules.search.is_some();
        let looks = own || rules.of_sources.keys().any(|source| sources.contains(source));
        let (to_know, to_judge) = (rules.clone(), rules.clone());
        let forgotten = rules.forgotten.load(Ordering::SeqCst);
        looks.then(|| Sieve {
            known: Arc::new(move |source, entry| to_know.known(source, entry)),
            judge: Arc::new(move |entry| to_judge.judge(entry, forgotten)),
        })
    }

    /// Forgets the verdicts on entries that have been written again.
    pub(super) fn forget(&self, entries: &HashSet<EntryId>) {
        if entries.is_empty() {
            return;
        }
        let mut verdicts = self.verdicts();
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        for place in entries.iter().filter_map(|entry| usize::try_from(entry.0).ok()) {
            if let Some(verdict) = verdicts.get_mut(place) {
                *verdict = None;
            }
        }
    }

    fn known(&self, source: SourceId, entry: EntryId) -> Option<bool> {
        if self.own.is_empty() && self.search.is_none() && !self.of_sources.contains_key(&source) {
            return Some(true);
        }
        let place = usize::try_from(entry.0).ok()?;
        self.verdicts().get(place).copied().flatten()
    }

    fn judge(&self, entry: &StoredEntry, forgotten: u64) -> bool {
        let texts = Texts::of_entry(entry);
        let by_source = self.of_sources.get(&entry.source).is_none_or(|filter| filter.judge(&texts).kept);
        let is_found = || self.search.as_ref().is_none_or(|finder| finder.finds(entry));
        let kept = by_source && self.own.judge(&texts).kept && is_found();
        let place = usize::try_from(entry.id.0).ok();
        if let Some(place) = place.filter(|place| self.remembers && *place < REMEMBERED_MAX) {
            let mut verdicts = self.verdicts();
            if self.forgotten.load(Ordering::SeqCst) != forgotten {
                return kept;
            }
            if verdicts.len() <= place {
                verdicts.resize(place + 1, None);
            }
            verdicts[place] = Some(kept);
        }
        kept
    }

    fn verdicts(&self) -> MutexGuard<'_, Vec<Option<bool>>> {
        self.verdicts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
