//! The filters of an output and of its sources together, and what they have decided before: an entry is read for them once,
//! not at every rebuild.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::{EntryId, SourceId, StoredEntry};
use crate::publish::{Filter, Texts};
use crate::store::Sieve;

const KEPT: u8 = 1;
const DROPPED: u8 = 2;
/// Entries whose verdicts are remembered; of those beyond each is judged anew.
const REMEMBERED_MAX: usize = 16 * 1024 * 1024;

/// An entry is published if its source's filter keeps it, and the output's does.
#[derive(Debug)]
pub(super) struct Rules {
    of_sources: Arc<HashMap<SourceId, Filter>>,
    own: Filter,
    /// By the entry's number; 0 where it was not judged yet.
    verdicts: Mutex<Vec<u8>>,
    /// How often verdicts were forgotten: one on a text that was read before is not remembered.
    forgotten: AtomicU64,
}

impl Rules {
    pub(super) fn new(of_sources: Arc<HashMap<SourceId, Filter>>, own: Filter) -> Rules {
        Rules { of_sources, own, verdicts: Mutex::default(), forgotten: AtomicU64::new(0) }
    }

    /// None if no rule looks at any entry of these sources.
    pub(super) fn sieve(rules: &Arc<Rules>, sources: &HashSet<SourceId>) -> Option<Sieve> {
        let looks = !rules.own.is_empty() || rules.of_sources.keys().any(|source| sources.contains(source));
        let (to_know, to_judge) = (rules.clone(), rules.clone());
        let forgotten = rules.forgotten.load(Ordering::SeqCst);
        looks.then(|| Sieve {
            known: Arc::new(move |source, entry| to_know.known(source, entry)),
            judge: Arc::new(move |entry| to_judge.judge(entry, forgotten)),
        })
    }

    /// Entries that have been rewritten are judged anew.
    pub(super) fn forget(&self, entries: &HashSet<EntryId>) {
        if entries.is_empty() {
            return;
        }
        let mut verdicts = self.verdicts();
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        for place in entries.iter().filter_map(|entry| usize::try_from(entry.0).ok()) {
            if let Some(verdict) = verdicts.get_mut(place) {
                *verdict = 0;
            }
        }
    }

    fn known(&self, source: SourceId, entry: EntryId) -> Option<bool> {
        if self.own.is_empty() && !self.of_sources.contains_key(&source) {
            return Some(true);
        }
        let place = usize::try_from(entry.0).ok()?;
        match self.verdicts().get(place) {
            Some(&KEPT) => Some(true),
            Some(&DROPPED) => Some(false),
            _ => None,
        }
    }

    fn judge(&self, entry: &StoredEntry, forgotten: u64) -> bool {
        let texts = Texts::of_entry(entry);
        let by_source = self.of_sources.get(&entry.source).is_none_or(|filter| filter.judge(&texts).kept);
        let kept = by_source && self.own.judge(&texts).kept;
        if let Some(place) = usize::try_from(entry.id.0).ok().filter(|place| *place < REMEMBERED_MAX) {
            let mut verdicts = self.verdicts();
            if self.forgotten.load(Ordering::SeqCst) != forgotten {
                return kept;
            }
            if verdicts.len() <= place {
                verdicts.resize(place + 1, 0);
            }
            verdicts[place] = if kept { KEPT } else { DROPPED };
        }
        kept
    }

    fn verdicts(&self) -> MutexGuard<'_, Vec<u8>> {
        self.verdicts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
