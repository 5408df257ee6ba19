//! A store in memory, as far as `merge` asks it: it carries out the intents and states them in sentences.

mod said;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use foldhash::HashSet;

use super::{BEGIN, Doc, HOUR};
use crate::entry::{self, Context};
use crate::merge::{
    Absences, Absent, Before, Intent, Known, Leader, Listing, Member, Names, NewEntry, Past, Prepared, Pruned,
    Reverted, Revised, Revision, Said, Seen, Shelf, Site, StoredPiece, StoryShelf, decide,
};
use crate::model::{CleanEntry, EntryId, KeyDigest, SourceId, Timestamp};
use crate::stories::{Boilerplate, FoundBy, Piece, Reach, StoryOptions, Version};

pub(super) use said::together;

/// The id of the store.
pub(super) const STORE: &str = "store";
/// When the first document comes, in seconds after the time from which hours are counted; items never have this date.
const FIRST: i64 = 12 * HOUR + HOUR / 2;
const WINDOW: Duration = Duration::from_secs(7 * 24 * 3_600);

/// A stored entry.
struct Stored {
    source: SourceId,
    story: EntryId,
    known: Known,
    version: Arc<Version>,
    said: Said,
    past: Past,
    first_seen: Timestamp,
    first_title: String,
    published_id: String,
}

/// The text by which an entry is compared, and the marks by which it is found.
struct Filed {
    piece: Arc<Piece>,
    found_by: Vec<FoundBy>,
}

#[derive(Default)]
struct Source {
    was_polled: bool,
    parsed: u64,
    listed: Vec<EntryId>,
    reverted: Vec<Reverted>,
    recent: Vec<EntryId>,
    boilerplate: Arc<Boilerplate>,
    site: Site,
    distrusted: HashSet<KeyDigest>,
    absences: Absences,
}

/// Everything that is stored.
#[derive(Default)]
pub(super) struct Fake {
    /// The source whose document is decided on.
    polled: Option<SourceId>,
    entries: BTreeMap<EntryId, Stored>,
    aliases: BTreeMap<(SourceId, KeyDigest), BTreeSet<EntryId>>,
    /// The stored rest of pruned entries.
    pruned: BTreeMap<(SourceId, KeyDigest), Pruned>,
    /// The number of the last entry, which no other entry gets.
    last: i64,
    filed: BTreeMap<EntryId, Filed>,
    sources: BTreeMap<SourceId, Source>,
    /// The leading entry of each story that is not led by its first entry.
    leaders: BTreeMap<EntryId, EntryId>,
    /// Pairs of entries that a person parted, the smaller number first, and entries that a person joined.
    parted: BTreeSet<(EntryId, EntryId)>,
    joined: BTreeSet<EntryId>,
    /// Entries that a person hid or put back.
    by_hand: BTreeSet<EntryId>,
    polls: i64,
    /// Hours between two documents; a day if not set.
    hours: Option<i64>,
    /// Whether the next documents are read differently than the last ones.
    pub(super) is_read_anew: bool,
    /// The questions about stories, and how often each kind of intent was carried out.
    asked: RefCell<BTreeMap<&'static str, usize>>,
    done: BTreeMap<&'static str, usize>,
}

/// The result of a document.
pub(super) struct Played {
    pub(super) said: Vec<String>,
    pub(super) same: u64,
    /// Number of entries that the document has after cleaning.
    pub(super) entries: u64,
}

impl Fake {
    pub(super) fn with_parted(one: i64, other: i64) -> Fake {
        Fake { parted: BTreeSet::from([(EntryId(one), EntryId(other))]), ..Fake::default() }
    }

    pub(super) fn with_joined_by_hand(entry: i64) -> Fake {
        Fake { joined: BTreeSet::from([EntryId(entry)]), ..Fake::default() }
    }

    /// A store whose documents come every this many hours.
    pub(super) fn polled_every(hours: i64) -> Fake {
        Fake { hours: Some(hours), ..Fake::default() }
    }

    /// The stored `updated` of an entry.
    pub(super) fn updated(&self, entry: i64) -> Timestamp {
        self.stored(EntryId(entry)).known.updated
    }

    /// The address under which an entry is stored.
    pub(super) fn link_of(&self, entry: i64) -> &str {
        self.stored(EntryId(entry)).version.link.as_deref().unwrap_or_default()
    }

    /// The title of an entry, and its text.
    pub(super) fn title_of(&self, entry: i64) -> &str {
        &self.stored(EntryId(entry)).said.title
    }

    pub(super) fn content_of(&self, entry: i64) -> &str {
        &self.stored(EntryId(entry)).said.content
    }

    pub(super) fn with_shown_or_hidden_by_hand(entry: i64) -> Fake {
        Fake { by_hand: BTreeSet::from([EntryId(entry)]), ..Fake::default() }
    }

    /// The entries of each story, such as `1 3 | 2`.
    pub(super) fn stories(&self) -> String {
        let mut stories: BTreeMap<EntryId, Vec<String>> = BTreeMap::new();
        for (id, stored) in &self.entries {
            stories.entry(stored.story).or_default().push(id.0.to_string());
        }
        stories.values().map(|members| members.join(" ")).collect::<Vec<String>>().join(" | ")
    }

    /// The leading entry of another entry's story.
    pub(super) fn leader_of(&self, entry: i64) -> i64 {
        let story = self.stored(EntryId(entry)).story;
        self.leaders.get(&story).unwrap_or(&story).0
    }

    /// The questions about stories.
    pub(super) fn asked(&self) -> Vec<&'static str> {
        self.asked.borrow().keys().copied().collect()
    }

    /// How often a question about stories was asked.
    pub(super) fn times_asked(&self, what: &str) -> usize {
        self.asked.borrow().get(what).copied().unwrap_or(0)
    }

    /// For each stored entry its number, its present title and its `updated`.
    pub(super) fn shown(&self) -> Vec<(i64, String, Timestamp)> {
        let shown = |(id, stored): (&EntryId, &Stored)| (id.0, stored.version.title.clone(), stored.known.updated);
        self.entries.iter().map(shown).collect()
    }

    /// The stored entries by rank, the highest first.
    pub(super) fn by_rank(&self) -> Vec<i64> {
        let mut ranked: Vec<(Timestamp, EntryId)> =
            self.entries.iter().map(|(id, stored)| (stored.known.ranked, *id)).collect();
        ranked.sort_unstable();
        ranked.iter().rev().map(|(_, id)| id.0).collect()
    }

    /// Prunes an entry that is in no story with others.
    pub(super) fn prune(&mut self, id: i64) {
        let id = EntryId(id);
        let Some(stored) = self.entries.remove(&id) else { return };
        self.last = self.last.max(id.0);
        self.filed.remove(&id);
        let until = stored.known.ranked.max(stored.first_seen);
        let pruned = Pruned { text: Pruned::of_text(stored.known.text_hash), until };
        for ((source, key), bearers) in &mut self.aliases {
            if bearers.remove(&id) && stored.known.names.title != Some(*key) {
                self.pruned.insert((*source, *key), pruned);
            }
        }
    }

    /// The entries that the last document of a source listed.
    pub(super) fn last_listed(&self, source: i64) -> BTreeSet<i64> {
        self.sources.get(&SourceId(source)).into_iter().flat_map(|source| &source.listed).map(|id| id.0).collect()
    }

    /// How often a kind of intent was carried out.
    pub(super) fn done(&self, what: &str) -> usize {
        self.done.get(what).copied().unwrap_or(0)
    }

    /// Decides on a document and carries the intents out. The sentences name entries by their titles if `by_title`,
    /// otherwise by their numbers.
    pub(super) fn poll(&mut self, document: &Doc, by_title: bool) -> Played {
        let now = Timestamp::from_unix(BEGIN + FIRST + self.polls * self.hours.unwrap_or(24) * HOUR);
        let source = document.source;
        self.polls += 1;
        self.polled = Some(source);
        let context = Context { base: "https://a.example/feed", now, identity: document.identity };
        let (mut feed, _) = entry::clean(document.parsed(), &context);
        feed.deletions.are_followed = document.are_deletions_followed;
        let prepared = self.prepared(&feed.entries, document.reach);
        let listing = Listing {
            entries: &feed.entries,
            prepared: &prepared,
            parsed: document.items.len() as u64,
            doubles: feed.doubles,
            partial: document.partial,
            deletions: &feed.deletions,
        };
        let next = self.entries.keys().next_back().map_or(self.last, |last| last.0.max(self.last)) + 1;
        let known = self.sources.entry(source).or_default();
        known.site = document.site();
        let before = Before {
            store_id: STORE,
            source,
            site: known.site.clone(),
            has_entries: self.entries.values().any(|stored| stored.source == source),
            has_pruned: self.pruned.keys().any(|(pruned, _)| *pruned == source),
            was_polled: known.was_polled,
            is_read_anew: self.is_read_anew,
            parsed: known.parsed,
            distrusted: known.distrusted.clone(),
            absences: known.absences.clone(),
            next: EntryId(next),
        };
        let options = StoryOptions { reach: document.reach, window: WINDOW };
        let Ok(decided) = decide(&listing, &before, &*self, options, now);
        assert!(decided.tally.adds_up(), "{:?}", decided.tally);
        let said = self.say(&decided, &feed.entries, by_title);
        let leaves_alone = |said: &String| ["same", "reject", "problem"].iter().any(|word| said.starts_with(word));
        if said.iter().all(leaves_alone) {
            // An entry that stays as it is may still get further keys.
            let is_known = |intent: &Intent<'_>| matches!(intent, Intent::Know { .. } | Intent::Rekey { .. });
            assert!(decided.intents.iter().all(is_known), "nothing happens, and yet: {:?}", decided.intents);
        }
        self.carry_out(&decided.intents, source, now);
        let known = self.sources.entry(source).or_default();
        (known.was_polled, known.parsed) = (true, document.items.len() as u64);
        known.absences.until = Some(now);
        known.listed = decided.listed.unwrap_or(std::mem::take(&mut known.listed));
        known.reverted = decided.reverted;
        let same = decided.tally.same;
        Played { said, same, entries: feed.entries.len() as u64 }
    }

    /// Prepares a document as the store does, but without leaving out known entries.
    fn prepared(&self, entries: &[CleanEntry], reach: Reach) -> Prepared {
        if reach == Reach::Off {
            return Prepared::nothing(entries);
        }
        let recent = self.sources.get(&self.own()).map(|source| source.recent.as_slice()).unwrap_or_default();
        let stored: Vec<Arc<Piece>> =
            recent.iter().filter_map(|id| self.filed.get(id)).map(|filed| filed.piece.clone()).collect();
        let all: Vec<usize> = (0..entries.len()).collect();
        Prepared::of(entries, &all, &stored)
    }

    fn own(&self) -> SourceId {
        self.polled.expect("a document is being decided on")
    }

    fn stored(&self, id: EntryId) -> &Stored {
        self.entries.get(&id).expect("only what is stored is asked for")
    }

    fn was_asked(&self, what: &'static str) {
        *self.asked.borrow_mut().entry(what).or_default() += 1;
    }
}

/// Carries out intents as the store does.
impl Fake {
    fn carry_out(&mut self, intents: &[Intent<'_>], source: SourceId, now: Timestamp) {
        for intent in intents {
            let what = match intent {
                Intent::Distrust(key) => {
                    self.sources.entry(source).or_default().distrusted.insert(key.digest);
                    "distrust"
                }
                Intent::Insert(new) => {
                    self.insert(new, source, now);
                    "insert"
                }
                Intent::Revise(revised) => {
                    self.revise(revised);
                    "revise"
                }
                Intent::Know { entry, keys } => {
                    self.know(source, *entry, keys);
                    "know"
                }
                Intent::Remember { entry, past } => {
                    let stored = self.entries.get_mut(entry).expect("only what is stored has a past");
                    stored.past.clone_from(past);
                    "remember"
                }
                Intent::Readdress { known, entry, names } => {
                    self.readdress(*known, entry, names);
                    "readdress"
                }
                Intent::Forget(key) => {
                    self.aliases.remove(&(source, *key));
                    "forget"
                }
                Intent::Join { entry, story, is_new, .. } => {
                    if !is_new {
                        self.set_story(*entry, *story);
                    }
                    "join"
                }
                Intent::Rekey { .. } => "rekey",
                Intent::Lead(led) => {
                    self.leaders.insert(led.story, led.entry);
                    "lead"
                }
                Intent::Lift { .. } => "lift",
                Intent::Withdraw { entry, .. } => {
                    self.miss(source, *entry, Some(Absent { times: 0, is_withdrawn: true }));
                    "withdraw"
                }
                Intent::Restore(entry) => {
                    self.miss(source, *entry, None);
                    "restore"
                }
                Intent::Miss { entry, times } => {
                    let absent = Absent { times: *times, is_withdrawn: false };
                    self.miss(source, *entry, Some(absent).filter(|absent| absent.times > 0));
                    "miss"
                }
                Intent::Part { entry, others, it_led } => {
                    self.leaders.retain(|_, leader| leader != entry);
                    if *it_led {
                        if let Some(leader) = self.leaders.remove(entry).filter(|leader| *leader != others[0]) {
                            self.leaders.insert(others[0], leader);
                        }
                        others.iter().for_each(|other| self.set_story(*other, others[0]));
                    }
                    self.set_story(*entry, *entry);
                    "part"
                }
                Intent::File { entry, piece, marks } => {
                    let keys = piece.keys().into_iter().map(FoundBy::Key);
                    let found_by = keys.chain(marks.iter().copied().map(FoundBy::Mark)).collect();
                    self.filed.insert(*entry, Filed { piece: piece.clone(), found_by });
                    "file"
                }
                Intent::Unfile(entry) => {
                    self.filed.remove(entry);
                    "unfile"
                }
                Intent::Boilerplate { boilerplate, recent } => {
                    let known = self.sources.entry(source).or_default();
                    (known.boilerplate, known.recent) = (boilerplate.clone(), recent.clone());
                    "print"
                }
            };
            *self.done.entry(what).or_default() += 1;
        }
    }

    fn insert(&mut self, new: &NewEntry<'_>, source: SourceId, now: Timestamp) {
        let NewEntry { id, entry, published_id, names, keys, story, published, updated, .. } = new;
        let is_given = self.entries.values().any(|stored| stored.published_id == *published_id);
        assert!(!is_given, "two entries under the id {published_id}");
        let known = Known {
            id: *id,
            record_hash: entry.record_hash,
            text_hash: entry.text_hash,
            published: *published,
            updated: *updated,
            ranked: new.ranked,
            names: *names,
            aliases: 0,
        };
        let stored = Stored {
            source,
            story: *story,
            known,
            version: version(entry, *published, now),
            said: said(entry),
            past: Past::default(),
            first_seen: now,
            first_title: entry.title.clone(),
            published_id: published_id.clone(),
        };
        assert!(self.entries.insert(*id, stored).is_none(), "the number {} is given twice", id.0);
        self.know(source, *id, keys);
    }

    fn revise(&mut self, revised: &Revised<'_>) {
        let Revised { known, entry, names, revision, updated, ranked } = revised;
        let stored = self.entries.get_mut(&known.id).expect("only what is stored is revised");
        let is_shown_again = (*updated, *ranked) != (stored.known.updated, stored.known.ranked);
        assert!(*revision == Revision::Significant || !is_shown_again, "{} moves by {revision:?}", known.id.0);
        stored.known.record_hash = entry.record_hash;
        stored.known.text_hash = entry.text_hash;
        stored.known.names = *names;
        (stored.known.updated, stored.known.ranked) = (*updated, *ranked);
        stored.version = version(entry, known.published, stored.first_seen);
        stored.said = said(entry);
    }

    fn readdress(&mut self, known: EntryId, entry: &CleanEntry, names: &Names) {
        let stored = self.entries.get_mut(&known).expect("only what is stored has an address");
        let (link, path) = (stored.known.names.link, stored.known.names.path);
        stored.known.names.link = names.link.or(link);
        stored.known.names.path = names.path.or(path);
        let mut version = Version::clone(&stored.version);
        version.link = entry.link.clone().or(version.link);
        version.declared_id = entry.declared_id.clone().or(version.declared_id);
        stored.version = Arc::new(version);
    }

    fn know(&mut self, source: SourceId, entry: EntryId, keys: &[KeyDigest]) {
        for key in keys {
            self.aliases.entry((source, *key)).or_default().insert(entry);
        }
        let stored = self.entries.get_mut(&entry).expect("only what is stored is known");
        stored.known.aliases += keys.len() as u32;
    }

    fn miss(&mut self, source: SourceId, entry: EntryId, absent: Option<Absent>) {
        let missing = &mut self.sources.entry(source).or_default().absences.entries;
        match absent {
            Some(absent) => missing.insert(entry, absent),
            None => missing.remove(&entry),
        };
    }

    fn set_story(&mut self, entry: EntryId, story: EntryId) {
        self.entries.get_mut(&entry).expect("only what is stored is in a story").story = story;
    }
}

fn said(entry: &CleanEntry) -> Said {
    Said { title: entry.title.clone(), summary: entry.summary.clone(), content: entry.content.clone() }
}

/// The stored version. As in the store, an entry whose date is the time when it was first seen counts as undated.
fn version(entry: &CleanEntry, published: Timestamp, first_seen: Timestamp) -> Arc<Version> {
    let mut piece = Version::piece_of(entry);
    piece.set_at(published);
    Arc::new(Version { dated: published != first_seen, ..Version::of(entry, piece) })
}

impl Shelf for Fake {
    fn is_shown_or_hidden_by_hand(&self, entry: EntryId) -> Result<bool, Infallible> {
        Ok(self.by_hand.contains(&entry))
    }

    fn bearer(&self, key: KeyDigest) -> Result<Option<Known>, Infallible> {
        let first = self.aliases.get(&(self.own(), key)).and_then(BTreeSet::first);
        Ok(first.map(|id| self.stored(*id).known.clone()))
    }

    fn pruned(&self, key: KeyDigest) -> Result<Option<Pruned>, Infallible> {
        Ok(self.pruned.get(&(self.own(), key)).copied())
    }

    fn titled(&self, title: KeyDigest, limit: usize) -> Result<Vec<Known>, Infallible> {
        let ids = self.aliases.get(&(self.own(), title)).into_iter().flatten().rev().take(limit);
        Ok(ids.map(|id| self.stored(*id).known.clone()).collect())
    }

    fn known(&self, id: EntryId) -> Result<Option<Known>, Infallible> {
        Ok(self.entries.get(&id).map(|stored| stored.known.clone()))
    }

    fn is_published(&self, id: &str) -> Result<bool, Infallible> {
        Ok(self.entries.values().any(|stored| stored.published_id == id))
    }

    fn is_given(&self, id: &str) -> Result<bool, Infallible> {
        let is_given = |stored: &Stored| stored.published_id == id && stored.version.declared_id.as_deref() != Some(id);
        Ok(self.entries.values().any(is_given))
    }

    fn version(&self, id: EntryId) -> Result<Arc<Version>, Infallible> {
        Ok(self.stored(id).version.clone())
    }

    fn said(&self, id: EntryId) -> Result<Option<Said>, Infallible> {
        Ok(Some(self.stored(id).said.clone()))
    }

    fn past(&self, id: EntryId) -> Result<Past, Infallible> {
        Ok(self.stored(id).past.clone())
    }

    fn reverted(&self) -> Result<Vec<Reverted>, Infallible> {
        Ok(self.sources.get(&self.own()).map(|source| source.reverted.clone()).unwrap_or_default())
    }

    fn seen(&self, id: EntryId) -> Result<Option<Seen>, Infallible> {
        let seen = |stored: &Stored| Seen {
            first_seen: stored.first_seen,
            published: stored.known.published,
            title: stored.version.title.clone(),
            same: stored.known.names.same,
        };
        Ok(self.entries.get(&id).map(seen))
    }

    fn recent(&self) -> Result<Vec<EntryId>, Infallible> {
        Ok(self.sources.get(&self.own()).map(|source| source.recent.clone()).unwrap_or_default())
    }

    fn listed(&self) -> Result<Vec<EntryId>, Infallible> {
        Ok(self.sources.get(&self.own()).map(|source| source.listed.clone()).unwrap_or_default())
    }
}

impl StoryShelf for Fake {
    type Error = Infallible;

    fn bearers(&self, found_by: FoundBy, before: EntryId, limit: usize) -> Result<Vec<EntryId>, Infallible> {
        self.was_asked(if matches!(found_by, FoundBy::Mark(_)) { "mark" } else { "key" });
        let earlier = self.filed.range(..before).filter(|(_, filed)| filed.found_by.contains(&found_by));
        Ok(earlier.map(|(id, _)| *id).take(limit).collect())
    }

    fn source(&self, entry: EntryId) -> Result<SourceId, Infallible> {
        self.was_asked("source");
        Ok(self.stored(entry).source)
    }

    fn story(&self, entry: EntryId) -> Result<Option<EntryId>, Infallible> {
        self.was_asked("story");
        Ok(self.entries.get(&entry).map(|stored| stored.story))
    }

    fn piece(&self, entry: EntryId) -> Result<Option<StoredPiece>, Infallible> {
        self.was_asked("piece");
        let stored = |stored: &Stored| {
            let filed = self.filed.get(&entry).map(|filed| filed.piece.clone());
            let piece = filed.unwrap_or_else(|| Arc::new(stored.version.piece.clone()));
            StoredPiece { source: stored.source, story: stored.story, piece }
        };
        Ok(self.entries.get(&entry).map(stored))
    }

    fn boilerplate(&self, source: SourceId) -> Result<Arc<Boilerplate>, Infallible> {
        self.was_asked("boilerplate");
        Ok(self.sources.get(&source).map(|source| source.boilerplate.clone()).unwrap_or_default())
    }

    fn members(&self, story: EntryId) -> Result<Vec<Member>, Infallible> {
        self.was_asked("members");
        let members = self.entries.iter().filter(|(_, stored)| stored.story == story);
        Ok(members.map(|(id, stored)| Member { id: *id, source: stored.source }).collect())
    }

    fn leader(&self, story: EntryId) -> Result<Option<Leader>, Infallible> {
        self.was_asked("leader");
        self.as_leader(self.leaders.get(&story).copied().unwrap_or(story))
    }

    fn as_leader(&self, entry: EntryId) -> Result<Option<Leader>, Infallible> {
        let leader = |stored: &Stored| {
            let site = self.sources.get(&stored.source).map(|source| source.site.clone());
            Leader { entry, link: stored.version.link.clone(), site: site.unwrap_or_default() }
        };
        Ok(self.entries.get(&entry).map(leader))
    }

    fn are_parted(&self, one: EntryId, other: EntryId) -> Result<bool, Infallible> {
        self.was_asked("parted");
        Ok(self.parted.contains(&(one.min(other), one.max(other))))
    }

    fn was_joined_by_hand(&self, entry: EntryId) -> Result<bool, Infallible> {
        self.was_asked("joined by hand");
        Ok(self.joined.contains(&entry))
    }
}
