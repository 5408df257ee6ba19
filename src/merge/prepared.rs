//! What is made of a document's texts before the decision, on the threads that read documents, because the writer's
//! thread has to serve all sources.

use std::sync::{Arc, OnceLock};

use crate::model::CleanEntry;
use crate::stories::{Boilerplate, Piece, Version};

/// New entries of a document from which the boilerplate of its source is learned.
const TELLING_MAX: usize = 32;

/// The versions of a document's entries, each made once, and the boilerplate of their source.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    versions: Vec<OnceLock<Arc<Version>>>,
    /// `None` if the new entries add nothing to what is stored.
    pub(super) boilerplate: Option<Arc<Boilerplate>>,
}

impl Prepared {
    /// Prepares nothing in advance, for sources whose texts are hardly ever compared.
    pub fn nothing(entries: &[CleanEntry]) -> Prepared {
        Prepared { versions: vec![OnceLock::new(); entries.len()], boilerplate: None }
    }

    /// Makes the versions of the entries at these places, which the store does not have in this form, and learns the
    /// source's boilerplate from them and the source's last stored entries.
    pub fn of(entries: &[CleanEntry], unknown: &[usize], stored: &[Arc<Piece>]) -> Prepared {
        let mut prepared = Prepared::nothing(entries);
        for at in unknown {
            prepared.version(*at, &entries[*at]);
        }
        if !unknown.is_empty() {
            let new = unknown.iter().take(TELLING_MAX).filter_map(|at| prepared.versions[*at].get());
            let pieces = stored.iter().map(AsRef::as_ref).chain(new.map(|version| &version.piece));
            prepared.boilerplate = Some(Arc::new(Boilerplate::of(pieces)));
        }
        prepared
    }

    /// The version of the entry at this place.
    pub(super) fn version(&self, at: usize, entry: &CleanEntry) -> Arc<Version> {
        let make = || Arc::new(Version::of(entry, Version::piece_of(entry)));
        self.versions.get(at).map_or_else(make, |version| version.get_or_init(make).clone())
    }
}
