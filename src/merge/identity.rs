//! Identity: which stored entry an entry of a document is, found by its keys, the most reliable first.
//!
//! The steps, in order: [`Merge::stored_just_so`], [`Merge::known_by_a_key`], then what `rekeyed` finds; the rest is
//! inserted. Other sources are never looked at here.

use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use super::dates::Redated;
use super::intent::{Intent, NewEntry, Rekeyed};
use super::shelf::{Known, Names, Shelf};
use super::titled::{TITLED_MAX, Titled, Wanted, properties};
use super::{Merge, ids};
use crate::model::{CleanEntry, EntryId, EntryKey, KeyDigest, KeyKind, Problem};
use crate::stories::{Setting, Version, address, is_next, show_unlike};
use crate::text::digest::hex;

/// Entries of one source that share all keys and one text; more of them are left out.
const NAMESAKES_MAX: usize = 64;
/// Keys of one entry. They are limited because an id that is new at every poll identifies nothing.
const ALIASES_MAX: u32 = 32;

/// What was decided on keys and is not in the store yet.
#[derive(Default)]
pub(super) struct Overlay {
    /// The new bearers of keys; `None` for keys that were taken from their bearers.
    pub(super) bearers: HashMap<KeyDigest, Option<EntryId>>,
    titled: HashMap<KeyDigest, Vec<EntryId>>,
    new: HashMap<EntryId, Known>,
    published: HashSet<String>,
    next: i64,
    /// Cached answers of the store on titles, other keys and stored versions, because each is needed several times.
    titles: RefCell<HashMap<KeyDigest, Titled>>,
    keys: RefCell<HashMap<KeyDigest, Option<Known>>>,
    versions: RefCell<HashMap<EntryId, Arc<Version>>>,
}

impl Overlay {
    pub(super) fn new(next: EntryId) -> Overlay {
        Overlay { next: next.0, ..Overlay::default() }
    }
}

/// The result of a search for a key that no entry bears.
enum Free {
    Key(String),
    /// An identical entry is stored under a key that belongs to a different entry.
    StoredJustSo(EntryId),
    /// All keys are taken.
    Nothing,
}

impl<'d, S: Shelf> Merge<'_, 'd, S> {
    /// Counts the entries that are stored unchanged; returns the places of all others.
    pub(super) fn stored_just_so(&mut self) -> Result<Vec<usize>, S::Error> {
        let (mut left, mut others, mut redated) = (Vec::new(), Vec::new(), Redated::default());
        // An undated entry may be any of those with the same content, so the dated entries choose first.
        let (undated, dated): (Vec<usize>, Vec<usize>) =
            self.places().partition(|at| self.entry(*at).published.is_none());
        for at in dated.into_iter().chain(undated) {
            let entry = self.entry(at);
            let is_told_by_date = self.is_told_by_date(entry);
            let mut exact = None;
            for key in entry.keys.iter().filter(|key| !key.weak) {
                let known = self.by_key(entry, key)?;
                let tells = self.trust.tells(key);
                // Equal text, or a key that several entries share, does not prove that the document lists the stored
                // entry.
                if tells && !matches!(key.kind, KeyKind::Text | KeyKind::TextAt) {
                    self.named.extend(known.iter().map(|known| known.id));
                }
                let is_this = |known: &&Known| {
                    known.record_hash == entry.record_hash
                        && ((tells && !is_told_by_date && !self.is_later_report(entry, known))
                            || known.is_dated_like(entry))
                        && !self.taken.contains(&known.id)
                };
                // Where dates do not count, stored entries may differ by their dates alone.
                let unlike = |known: &&Known| !known.is_dated_like(entry);
                exact = known.iter().filter(is_this).min_by_key(unlike).map(|known| known.id);
                if exact.is_some() {
                    break;
                }
            }
            match exact {
                Some(id) => {
                    redated.keep_their_dates |= is_told_by_date;
                    self.is_same(id);
                }
                None => others.push(at),
            }
        }
        for at in others {
            let entry = self.entry(at);
            match self.came_redated(entry)?.filter(|known| known.record_hash == entry.record_hash) {
                Some(known) => {
                    redated.keep_their_dates |= self.is_told_by_date(entry);
                    self.is_same(known.id);
                }
                None => match self.redated(entry)? {
                    Some(known) => redated.entries.push((at, known)),
                    None => left.push(at),
                },
            }
        }
        left.extend(self.stored_but_for_their_dates(redated)?);
        // Restores the storing order.
        left.sort_unstable_by_key(|at| std::cmp::Reverse(*at));
        Ok(left)
    }

    /// Counts a stored entry as listed and unchanged.
    pub(super) fn is_same(&mut self, id: EntryId) {
        self.named.insert(id);
        self.taken.insert(id);
        self.decided.tally.same += 1;
    }

    /// Takes the entries that are new versions of stored ones by one of their keys; returns the places of the rest.
    pub(super) fn known_by_a_key(&mut self, places: Vec<usize>) -> Result<Vec<usize>, S::Error> {
        let mut left = Vec::new();
        for at in places {
            match self.earlier_version(at)? {
                Some(known) => self.comes_again(known, at),
                None => left.push(at),
            }
        }
        Ok(left)
    }

    /// The stored entry that this entry revises. A weak key counts only if the stored entry is gone from the document, because
    /// a publisher who lists both entries says that they are different.
    fn earlier_version(&self, at: usize) -> Result<Option<Known>, S::Error> {
        let entry = self.entry(at);
        if let Some(known) = self.came_redated(entry)? {
            return Ok(Some(known));
        }
        let is_told_by_date = self.is_told_by_date(entry);
        for key in entry.keys.iter().filter(|key| self.trust.tells(key) && !self.is_of_shared_link(entry, key)) {
            let mut known = self.by_key(entry, key)?;
            if key.kind.has_title() {
                // Several stored entries may have the same content; the first bearer of a key keeps it.
                let is_of_date = |known: &Known| known.is_dated_like(entry);
                known.sort_unstable_by_key(|known| (is_told_by_date && !is_of_date(known), known.id));
                known.truncate(1);
            }
            for known in known {
                let is_gone = self.is_gone(known.id);
                let is_another = self.taken.contains(&known.id) || self.is_later_report(entry, &known);
                if is_another || (key.weak && !is_gone) {
                    continue;
                }
                let is_next = key.trusted || {
                    let before = self.stored_version(known.id)?;
                    let is_alone = self.is_alone();
                    let has_other_pictures = is_alone && self.has_other_pictures(known.id, entry)?;
                    let setting = Setting { is_gone, is_told_by_date, is_alone, has_other_pictures };
                    is_next(key.kind, &before, &self.document.prepared.version(at, entry), setting)
                };
                if is_next {
                    return Ok(Some(known));
                }
            }
        }
        Ok(None)
    }

    /// Whether a stored entry and a new one both show pictures and have no picture in common.
    fn has_other_pictures(&self, id: EntryId, entry: &CleanEntry) -> Result<bool, S::Error> {
        if !entry.content.contains("<img") {
            return Ok(false);
        }
        Ok(self.shelf.said(id)?.is_some_and(|said| show_unlike(&said.content, &entry.content)))
    }

    /// Whether a key is made of an address that other entries bear as well.
    fn is_of_shared_link(&self, entry: &CleanEntry, key: &EntryKey) -> bool {
        matches!(key.kind, KeyKind::Url | KeyKind::Path)
            && entry.keys.iter().any(|key| key.kind == KeyKind::Link && !self.trust.tells(key))
    }

    /// Whether the source lists one entry at a time. Its id and address may then be those of the page, whatever the
    /// page shows.
    pub(super) fn is_alone(&self) -> bool {
        self.document.parsed == 1 && self.before.parsed == 1 && !self.document.partial
    }

    /// The stored entries that a key leads to, mostly at most one.
    pub(super) fn by_key(&self, entry: &CleanEntry, key: &EntryKey) -> Result<Vec<Known>, S::Error> {
        match key.kind {
            KeyKind::Id | KeyKind::Url | KeyKind::TextAt => Ok(self.bearer(key.digest)?.into_iter().collect()),
            KeyKind::Link => {
                if let Some(known) = self.bearer(key.digest)? {
                    return Ok(vec![known]);
                }
                // In most cases an address is found by its canonical form, which is stored once for both.
                let listed = entry.keys.iter().find(|key| key.kind == KeyKind::Url).map(|key| key.digest);
                // Where the source is configured to tell entries apart otherwise, the canonical URL is not among the
                // keys.
                let place = || entry.link.as_deref().and_then(address::identity);
                let url = listed.or_else(|| Some(EntryKey::new(KeyKind::Url, &place()?).digest));
                let known = url.map_or(Ok(None), |url| self.bearer(url))?;
                Ok(known.into_iter().filter(|known| known.names.link == Some(key.digest)).collect())
            }
            // Where title and date are configured as identity, this key is stored; entries stored before that are found
            // by their titles.
            KeyKind::When if key.trusted => match self.bearer(key.digest)? {
                Some(known) => Ok(vec![known]),
                None => self.titled_then(entry),
            },
            KeyKind::Text => {
                let mut known: Vec<Known> = self.bearer(key.digest)?.into_iter().collect();
                known.extend(self.titled(entry, Wanted::Text(key.digest))?);
                Ok(known)
            }
            KeyKind::Path => self.titled(entry, Wanted::Path(key.digest)),
            KeyKind::Same => self.titled(entry, Wanted::Same(key.digest)),
            KeyKind::When => self.titled_then(entry),
        }
    }

    /// The stored entries with the entry's title and date.
    fn titled_then(&self, entry: &CleanEntry) -> Result<Vec<Known>, S::Error> {
        entry.published.map_or(Ok(Vec::new()), |published| self.titled(entry, Wanted::Date(published)))
    }

    pub(super) fn bearer(&self, key: KeyDigest) -> Result<Option<Known>, S::Error> {
        match self.overlay.bearers.get(&key) {
            Some(Some(bearer)) => self.stored(*bearer),
            Some(None) => Ok(None),
            None if self.before.has_entries => asked(&self.overlay.keys, key, || self.shelf.bearer(key)),
            None => Ok(None),
        }
    }

    /// An entry as it was stored before this document. Its text is read once, however many entries are compared with
    /// it.
    pub(super) fn stored_version(&self, id: EntryId) -> Result<Arc<Version>, S::Error> {
        asked(&self.overlay.versions, id, || self.shelf.version(id))
    }

    fn stored(&self, id: EntryId) -> Result<Option<Known>, S::Error> {
        match self.overlay.new.get(&id) {
            Some(known) => Ok(Some(known.clone())),
            None => self.shelf.known(id),
        }
    }

    /// The stored entries with an entry's title and one further property. All entries of the title are requested at
    /// once, because a document may have thousands of entries under one title.
    pub(super) fn titled(&self, entry: &CleanEntry, wanted: Wanted) -> Result<Vec<Known>, S::Error> {
        let title = entry.title_digest;
        let is_it = |known: &Known| properties(known).any(|it| it == wanted);
        let mut known: Vec<Known> = Vec::new();
        for id in self.overlay.titled.get(&title).into_iter().flatten() {
            match self.overlay.new.get(id) {
                Some(new) => known.extend(Some(new).filter(|new| is_it(new)).cloned()),
                None => known.extend(self.shelf.known(*id)?.filter(is_it)),
            }
        }
        if self.before.has_entries {
            let mut asked = self.overlay.titles.borrow_mut();
            let asked = match asked.entry(title) {
                Entry::Occupied(asked) => asked.into_mut(),
                Entry::Vacant(place) => place.insert(Titled::of(self.shelf.titled(title, TITLED_MAX)?)),
            };
            known.extend(asked.with(wanted).cloned());
        }
        Ok(known)
    }

    /// The key by which an entry under another name than the stored one was recognised; `None` if it still has its
    /// name.
    pub(super) fn recognised_by(&self, known: &Known, entry: &CleanEntry) -> Result<Option<Rekeyed>, S::Error> {
        let is_name = |key: &&EntryKey| key.kind.is_name() && self.trust.tells(key);
        let Some(name) = entry.keys.iter().find(is_name) else { return Ok(None) };
        let mut by = None;
        for key in entry.keys.iter().filter(|key| self.trust.tells(key)) {
            if self.by_key(entry, key)?.iter().any(|bearer| bearer.id == known.id) {
                by = Some(key.kind);
                break;
            }
        }
        // An address in another spelling is the same name.
        let is_name_still = by == Some(name.kind) || (name.kind == KeyKind::Link && by == Some(KeyKind::Url));
        Ok((!is_name_still).then(|| Rekeyed::of(name, by)))
    }

    pub(super) fn insert(&mut self, at: usize) -> Result<(), S::Error> {
        let entry = self.entry(at);
        if self.came_back(entry)? {
            self.decided.tally.rejected += 1;
            self.came_back += 1;
            return Ok(());
        }
        let key = match self.free_key(entry)? {
            Free::Key(key) => key,
            Free::StoredJustSo(id) => {
                self.is_same(id);
                return Ok(());
            }
            Free::Nothing => {
                let why = "an entry was left out: nothing tells it from other entries with the same title and text";
                self.leave_out(why);
                return Ok(());
            }
        };
        let Some(published_id) = self.published_id(entry, &key)? else {
            self.leave_out("an entry was left out: every id that could be made for it belongs to another entry");
            return Ok(());
        };
        let id = EntryId(self.overlay.next);
        self.overlay.next += 1;
        self.store(id, at, key, published_id)
    }

    fn leave_out(&mut self, why: &str) {
        self.decided.tally.rejected += 1;
        self.decided.problems.push(Problem::new(why));
    }

    fn store(&mut self, id: EntryId, at: usize, key: String, published_id: String) -> Result<(), S::Error> {
        let (entry, now) = (self.entry(at), self.now);
        let published = entry.published.unwrap_or(now);
        let updated = entry.updated.unwrap_or(published).max(published);
        let names = Names::of(entry);
        let ranked = self.rank(at);
        let CleanEntry { record_hash, text_hash, .. } = *entry;
        let known = Known { id, record_hash, text_hash, published, updated, ranked, names, aliases: 0 };
        self.overlay.new.insert(id, known);
        self.overlay.published.insert(published_id.clone());
        // An id that is used again belongs to the newer entry from now on.
        self.hand_over(entry)?;
        let own = KeyDigest::of(&key);
        let is_first_poll = !self.before.was_polled;
        let story = match self.placer.is_off() {
            true => id,
            false => {
                let version = self.document.prepared.version(at, entry);
                let mut piece = version.piece.clone();
                piece.set_at(published);
                let boilerplate = self.boilerplate()?;
                self.placer.place(id, piece, entry.link.as_deref(), &boilerplate, true, &mut self.decided)?
            }
        };
        let keys = self.keys_to_know(id, entry, None, Some(own))?;
        let new =
            NewEntry { id, entry, key, published_id, names, keys, story, published, updated, ranked, is_first_poll };
        self.decided.intents.push(Intent::Insert(Box::new(new)));
        self.taken.insert(id);
        self.new.push(id);
        self.decided.touched.insert(id);
        self.decided.dates.push(entry.published);
        self.decided.tally.new += 1;
        Ok(())
    }

    fn published_id(&self, entry: &CleanEntry, key: &str) -> Result<Option<String>, S::Error> {
        let taken = |id: &str| match self.overlay.published.contains(id) {
            true => Ok(true),
            false => self.shelf.is_published(id),
        };
        ids::published_id(self.before.store_id, self.before.source.0, key, entry.declared_id.as_deref(), taken)
    }

    /// Whether an entry bears an id that this store has made, so that it was published here and has come back through
    /// other feeds. If it counted as new, it would be published under yet another id, and come back under that.
    fn came_back(&self, entry: &CleanEntry) -> Result<bool, S::Error> {
        let minted = entry.declared_id.as_ref().filter(|id| ids::is_minted(id));
        minted.map_or(Ok(false), |id| self.shelf.is_given(id))
    }

    /// The best key of an entry that no stored entry bears. If all are taken, the key is made of the entry's whole
    /// content, and at last with a number. Entries that are taken already are other entries of the document.
    fn free_key(&self, entry: &CleanEntry) -> Result<Free, S::Error> {
        let is_this = |known: &&Known| {
            known.record_hash == entry.record_hash && known.is_dated_like(entry) && !self.taken.contains(&known.id)
        };
        for key in entry.keys.iter().filter(|key| !key.weak) {
            let known = self.by_key(entry, key)?;
            if known.is_empty() {
                return Ok(Free::Key(key.text.clone()));
            }
            if let Some(same) = known.iter().find(is_this) {
                return Ok(Free::StoredJustSo(same.id));
            }
        }
        let last = entry.keys.iter().rfind(|key| !key.weak).map_or("text", |key| key.text.as_str());
        let record = hex(&entry.record_hash[..8]);
        let numbered = (2..=NAMESAKES_MAX).map(|number| format!("{last}#{number}"));
        for key in [format!("{last}#{record}")].into_iter().chain(numbered) {
            match self.bearer(KeyDigest::of(&key))? {
                None => return Ok(Free::Key(key)),
                Some(known) if is_this(&&known) => return Ok(Free::StoredJustSo(known.id)),
                Some(_) => {}
            }
        }
        Ok(Free::Nothing)
    }

    /// Takes the names of a new entry away from entries that bore them before and are not in the document.
    fn hand_over(&mut self, entry: &CleanEntry) -> Result<(), S::Error> {
        let is_own = |key: &&EntryKey| !key.weak && !matches!(key.kind, KeyKind::Text | KeyKind::TextAt);
        for key in entry.keys.iter().filter(is_own).filter(|key| self.trust.tells(key)) {
            let bearer = self.bearer(key.digest)?;
            if bearer.is_some_and(|bearer| !self.taken.contains(&bearer.id)) {
                self.overlay.bearers.insert(key.digest, None);
                self.decided.intents.push(Intent::Forget(key.digest));
            }
        }
        Ok(())
    }

    /// Adds to the keys of an entry. Keys are never removed, and the first bearer of a key keeps it.
    pub(super) fn keys_to_know(
        &mut self,
        id: EntryId,
        entry: &CleanEntry,
        before: Option<&Known>,
        own: Option<KeyDigest>,
    ) -> Result<Vec<KeyDigest>, S::Error> {
        if before.is_some_and(|known| known.aliases >= ALIASES_MAX) {
            return Ok(Vec::new());
        }
        let names = Names::of(entry);
        let mut keys: Vec<KeyDigest> = Vec::new();
        for key in self.findable(entry, before, own) {
            if !keys.contains(&key) && self.bearer(key)?.is_none() {
                self.overlay.bearers.insert(key, Some(id));
                keys.push(key);
            }
        }
        // The address in its written form is needed only where its canonical form belongs to another entry.
        if let Some(link) = names.link.filter(|link| self.tells_of(entry, *link))
            && !self.is_found_by_url(id, entry)?
            && !keys.contains(&link)
            && self.bearer(link)?.is_none()
        {
            self.overlay.bearers.insert(link, Some(id));
            keys.push(link);
        }
        let title = names.title.filter(|_| before.is_none_or(|known| known.names.title != names.title));
        if let Some(title) = title {
            self.overlay.titled.entry(title).or_default().push(id);
            keys.push(title);
        }
        Ok(keys)
    }

    /// The keys that an entry is to be found by, apart from its title and the written form of its address.
    fn findable(&self, entry: &CleanEntry, before: Option<&Known>, own: Option<KeyDigest>) -> Vec<KeyDigest> {
        let is_named = entry.keys.iter().any(|key| key.kind.is_name() && self.trust.tells(key));
        let is_filed = |key: &&EntryKey| {
            key.trusted
                || match key.kind {
                    KeyKind::Id | KeyKind::Url | KeyKind::TextAt => true,
                    KeyKind::Text => !is_named,
                    KeyKind::Link | KeyKind::Path | KeyKind::Same | KeyKind::When => false,
                }
        };
        let keys = entry.keys.iter().filter(is_filed).filter(|key| self.trust.tells(key)).map(|key| key.digest);
        // If a publisher alternates between two spellings of an address, both are stored.
        let link = Names::of(entry).link;
        let links = before.and_then(|known| known.names.link).filter(|was| link != Some(*was));
        let changed = links.into_iter().chain(link.filter(|_| links.is_some()));
        let changed = changed.filter(|key| self.tells_of(entry, *key));
        let own = own.filter(|own| link != Some(*own) || !self.tells_of(entry, *own));
        keys.chain(changed).chain(own).collect()
    }

    /// Whether a digest belongs to a key that tells this entry from others, or to no key that the entry has now.
    fn tells_of(&self, entry: &CleanEntry, digest: KeyDigest) -> bool {
        entry.keys.iter().filter(|key| key.digest == digest).all(|key| self.trust.tells(key))
    }

    /// Whether an entry is found by the canonical form of its address.
    fn is_found_by_url(&self, id: EntryId, entry: &CleanEntry) -> Result<bool, S::Error> {
        let url = entry.keys.iter().find(|key| key.kind == KeyKind::Url && self.trust.tells(key));
        let bearer = url.map_or(Ok(None), |url| self.bearer(url.digest))?;
        Ok(bearer.is_some_and(|bearer| bearer.id == id))
    }
}

/// The answer to a question that may be asked several times: the known one, or a new one, which is kept.
pub(super) fn asked<K: Eq + Hash, V: Clone, E>(
    known: &RefCell<HashMap<K, V>>,
    key: K,
    ask: impl FnOnce() -> Result<V, E>,
) -> Result<V, E> {
    let mut known = known.borrow_mut();
    Ok(match known.entry(key) {
        Entry::Occupied(known) => known.get().clone(),
        Entry::Vacant(place) => place.insert(ask()?).clone(),
    })
}
