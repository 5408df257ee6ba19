//! The stored entries under one title, indexed by their other properties. All of them are requested at once, because a
//! document may have thousands of entries under one title, each of which is searched by several keys.

use std::collections::HashMap;

use super::shelf::{Known, Names};
use crate::model::{KeyDigest, Timestamp};

/// The newest entries under one title that are examined: more than any known source lists under one title.
pub(super) const TITLED_MAX: usize = 20_000;

/// The further property that an entry under the title must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    Text(KeyDigest),
    Path(KeyDigest),
    Same(KeyDigest),
    Date(Timestamp),
}

/// The stored entries under one title, and which of them have which property.
pub(super) struct Titled {
    known: Vec<Known>,
    places: HashMap<Wanted, Vec<usize>>,
}

impl Titled {
    pub(super) fn of(known: Vec<Known>) -> Titled {
        let mut places: HashMap<Wanted, Vec<usize>> = HashMap::new();
        for (place, known) in known.iter().enumerate() {
            for wanted in properties(known) {
                places.entry(wanted).or_default().push(place);
            }
        }
        Titled { known, places }
    }

    pub(super) fn with(&self, wanted: Wanted) -> impl Iterator<Item = &Known> {
        self.places.get(&wanted).into_iter().flatten().map(move |place| &self.known[*place])
    }
}

/// The properties by which a stored entry is found under its title.
pub(super) fn properties(known: &Known) -> impl Iterator<Item = Wanted> + use<> {
    let Names { text, path, same, .. } = known.names;
    let keys = [text.map(Wanted::Text), path.map(Wanted::Path), same.map(Wanted::Same)];
    keys.into_iter().flatten().chain([Wanted::Date(known.published)])
}
