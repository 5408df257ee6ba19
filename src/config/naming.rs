//! Which name each source gets: the written name, the name that the store has kept for its address, or a name that is made from the
//! address. `names.rs` makes names; this file keeps them apart.
//!
//! A name that was made once stays with its address, and a source of a reading list gives way to a source that is written.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::path::Path;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use url::Url;

use super::context::{Context, Place, Written};
use super::expand::Expanded;
use super::keys::AddressKeys;
use super::names::{DIGEST_DIGITS, KeptNames, made_name, made_name_of_its_own};
use super::raw::{Raw, RawSource};
use super::resolved::SourceConfig;
use super::shown::Addressed;

/// The names of all sources, including sources with other mistakes.
pub(super) struct SourceNames {
    /// The written names, and the names that were made. Empty if no name is made, and no output selects sources by name.
    pub(super) taken: HashSet<String>,
    /// The names that were made for sources earlier.
    kept: KeptNames,
    /// Whether every source has a name, or an address from which a name can be made; known once the addresses are noted.
    pub(super) all_known: bool,
    /// Whether sources come from reading lists.
    pub(super) has_lists: bool,
}

impl SourceNames {
    /// Reports written names that occur more than once. `database` has the names that were kept.
    pub(super) fn new(cx: &mut Context<'_>, raw: &Raw, database: &Path) -> SourceNames {
        let mut first: HashMap<&str, &Place> = HashMap::with_capacity(raw.sources.len());
        for name in raw.sources.iter().filter_map(|source| source.address.name.as_ref()) {
            match first.entry(&name.value) {
                Entry::Vacant(place) => {
                    place.insert(&name.place);
                }
                Entry::Occupied(other) => {
                    let help = format!("the other source is in {}", cx.whereabouts(other.get()));
                    cx.error_with_help(&name.place, format!("another source has the name `{}`", name.value), help);
                }
            }
        }
        let has_unnamed = raw.sources.iter().any(|source| source.address.name.is_none());
        // Most configurations of very many sources name all of them, and select none of them by its name.
        let is_taken_asked = has_unnamed || raw.outputs.iter().any(|output| output.sources.is_some());
        SourceNames {
            taken: if is_taken_asked { first.into_keys().map(str::to_owned).collect() } else { HashSet::default() },
            kept: if has_unnamed { (cx.names_kept)(database) } else { KeptNames::default() },
            all_known: false,
            has_lists: raw.includes.iter().any(|include| include.opml.is_some()),
        }
    }

    /// Takes note of the addresses of all sources. `None` is an address that is missing, invalid, or may not be polled.
    pub(super) fn note_addresses(&mut self, raw: &[RawSource], addresses: &[Option<Addressed>]) {
        self.all_known = raw.iter().zip(addresses).all(|(source, address)| {
            let AddressKeys { url, name } = &source.address;
            let is_address = |url: &Written<Expanded>| Url::parse(&url.value.value).is_ok();
            name.is_some() || address.is_some() || url.as_ref().is_some_and(is_address)
        });
        if self.kept != KeptNames::default() {
            let addresses: HashSet<&str> = addresses.iter().flatten().map(|address| address.url.as_str()).collect();
            self.kept.settle_moves(|url| addresses.contains(url));
        }
    }

    /// The name that the store has kept for the source at `address`, unless another source has that name in writing.
    fn kept_name(&self, address: &Addressed) -> Option<&str> {
        let hiding = (!address.is_shown_whole()).then(|| made_of(address));
        let name = self.kept.name_of(address.url.as_str(), hiding.as_deref());
        name.filter(|name| !self.taken.contains(*name))
    }

    /// The kept name of a source, or a name made from its address that no other source has or had.
    pub(super) fn made(&mut self, contested: &HashSet<String>, address: &Addressed) -> String {
        let name = match self.kept_name(address) {
            Some(kept) => kept.to_owned(),
            None => {
                let made = made_of(address);
                if contested.contains(&*made) || self.taken.contains(&*made) {
                    let digest = made_name_of_its_own(&address.url);
                    // The whole address enters only as a digest, because it may contain a secret.
                    format!("{made}-{}", &digest[digest.len() - DIGEST_DIGITS..])
                } else {
                    made.into_owned()
                }
            }
        };
        self.taken.insert(name.clone());
        name
    }
}

/// The name that would be made for the source at `address` now.
fn made_of(address: &Addressed) -> Cow<'_, str> {
    address.made_name().map_or_else(|| Cow::Owned(made_name(&address.url)), Cow::Borrowed)
}

/// The names that would be made for several of these sources, or that another source has in writing or had before. All of them
/// without a kept name get a longer name then, so that a name does not depend on the order of the sources.
pub(super) fn contested<'s>(
    sources: impl Iterator<Item = (&'s RawSource, &'s Addressed)>,
    names: &SourceNames,
) -> HashSet<String> {
    let (mut once, mut contested) = (HashSet::new(), HashSet::new());
    for (_, address) in sources.filter(|(source, _)| source.address.name.is_none()) {
        if names.kept_name(address).is_some() {
            continue;
        }
        let Some(name) = address.made_name() else { continue };
        let is_taken = names.taken.contains(name) || !names.kept.is_free(name, address.url.as_str());
        if is_taken || !once.insert(name) {
            contested.insert(name.to_owned());
        }
    }
    contested
}

/// Help for a name that was made for a source, until another source came for which the same name would be made.
pub(super) fn longer_name(name: &str, sources: &[Arc<SourceConfig>]) -> Option<String> {
    let is_longer = |source: &&Arc<SourceConfig>| {
        let rest = source.name.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
        !source.named && rest.is_some_and(|rest| rest.len() == DIGEST_DIGITS)
    };
    let longer = &sources.iter().find(is_longer)?.name;
    Some(format!(
        "several sources without a `name` would have this name, so that a longer one was made, such as `{longer}`: give the \
         source that you mean a `name`"
    ))
}
