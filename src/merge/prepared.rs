//! What is made of a document's texts before anybody decides: on the threads that read documents, not on the one that
//! writes.

use std::sync::{Arc, OnceLock};

use crate::model::CleanEntry;
use crate::stories::{Boilerplate, Piece, Version};

/// New entries of a document that tell what its source prints under everything.
const TELLING_MAX: usize = 32;

/// The versions of a document's entries, each made once, and what their source prints under everything.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    versions: Vec<OnceLock<Arc<Version>>>,
    /// None where nothing tells more than what is stored.
    pub(super) printed: Option<Arc<Boilerplate>>,
}

impl Prepared {
    /// Nothing is made before it is asked for: where texts are hardly ever compared.
    pub fn nothing(entries: &[CleanEntry]) -> Prepared {
        Prepared { versions: vec![OnceLock::new(); entries.len()], printed: None }
    }

    /// Makes the versions of the entries at these places, which the store does not know as they are. They tell, together
    /// with the source's last stored ones, what it prints under everything.
    pub fn of(entries: &[CleanEntry], unknown: &[usize], stored: &[Arc<Piece>]) -> Prepared {
        let mut prepared = Prepared::nothing(entries);
        for at in unknown {
            prepared.version(*at, &entries[*at]);
        }
        if !unknown.is_empty() {
            let new = unknown.iter().take(TELLING_MAX).filter_map(|at| prepared.versions[*at].get());
            let pieces = stored.iter().map(AsRef::as_ref).chain(new.map(|version| &version.piece));
            prepared.printed = Some(Arc::new(Boilerplate::of(pieces)));
        }
        prepared
    }

    /// The version of the entry at this place.
    pub(super) fn version(&self, at: usize, entry: &CleanEntry) -> Arc<Version> {
        let make = || Arc::new(Version::of(entry, Version::piece_of(entry)));
        match self.versions.get(at) {
            Some(version) => version.get_or_init(make).clone(),
            None => make(),
        }
    }
}
