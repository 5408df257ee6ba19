//! Stored entries that have come with another text or under other keys.
//!
//! Whether a reader is shown an entry again does not depend on the entry alone: a change that most entries of a
//! document have alike is a change of the template, and a version that the entry had before does not count as news.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::Merge;
use super::intent::{Intent, Revised, Revision};
use super::past::{Past, REVERTED_MAX, Reverted, state_of};
use super::shelf::{Known, Names, Shelf};
use crate::model::{CleanEntry, EntryId, Problem, Timestamp};
use crate::stories::{Change, Listed, TemplateChange, Version};

/// Unchanged entries of a document for which it is looked up whether they have come truncated before.
const ASKED_MAX: usize = 500;
/// Characters of each title in a problem.
const TITLE_CHARS: usize = 40;

/// A stored entry, and its place in the document.
pub(super) struct Came {
    known: Known,
    at: usize,
}

/// The version in which a stored entry has come.
enum State {
    /// The stored version, as far as a reader can see.
    Same,
    /// A truncated form of the stored text that has come before.
    TruncatedAgain,
    /// An earlier version than the stored one, in which it has come since `since`.
    Back { past: Past, since: Timestamp },
    /// The stored version as mojibake: read in a wrong encoding, or with characters lost.
    Mojibake { past: Past },
    /// A version that never came before. `was_reverted`: the last document had the entry in neither of the two
    /// versions that are compared.
    New { past: Past, change: Box<Change>, was_reverted: bool },
}

/// What the operator is told: numbers of entries, and titles as examples.
#[derive(Default)]
struct Told {
    /// Entries that changed with the template.
    by_template: usize,
    /// The first of them: its title before and now.
    retitled: [String; 2],
    /// Entries in earlier versions, and the title of the first of them.
    back: usize,
    /// Number of these entries that are still published in their later version.
    held: usize,
    title: String,
    truncated: usize,
    mojibake: usize,
}

impl<'d, S: Shelf> Merge<'_, 'd, S> {
    /// Counts a stored entry as listed. It is judged when all entries that have come again are known.
    pub(super) fn comes_again(&mut self, known: Known, at: usize) {
        self.taken.insert(known.id);
        self.came.push(Came { known, at });
    }

    /// Judges all stored entries that have come with another text or under other keys.
    pub(super) fn revise_all(&mut self) -> Result<(), S::Error> {
        let came = std::mem::take(&mut self.came);
        if came.is_empty() && !self.document.partial {
            return Ok(());
        }
        let is_any_changed = came.iter().any(|it| it.known.text_hash != self.entry(it.at).text_hash);
        let before = if is_any_changed || self.document.partial { self.shelf.reverted()? } else { Vec::new() };
        if self.document.partial {
            // A partial document says nothing of the entries that it does not list.
            let others = before.iter().filter(|reverted| !self.taken.contains(&reverted.entry));
            self.decided.reverted.extend(others.copied());
        }
        let before: HashMap<EntryId, Reverted> =
            before.into_iter().map(|reverted| (reverted.entry, reverted)).collect();
        let mut states = Vec::with_capacity(came.len());
        for it in &came {
            states.push(self.state(it, before.get(&it.known.id))?);
        }
        self.believe_dates(&came, &mut states);
        // If the list of entries in earlier versions is full, their texts are not read, because it would be done again
        // at every poll.
        let template = self.template_change(&came, &states, before.len() < REVERTED_MAX)?;
        let mut told = Told::default();
        for (it, state) in came.iter().zip(states) {
            match state {
                State::Same => self.write(it, Revision::None, None, false)?,
                State::TruncatedAgain => self.leave(it)?,
                State::Back { past, since } => self.go_back(it, &past, since, &template, &mut told)?,
                State::Mojibake { past } => {
                    told.mojibake += 1;
                    self.keep(it, &past)?;
                }
                State::New { past, change, was_reverted } => {
                    self.renew(it, &past, &change, was_reverted, &template, &mut told)?;
                }
            }
        }
        self.tell(&told, &template);
        Ok(())
    }

    /// Digests are compared first; texts are read only of entries whose version never came before.
    fn state(&self, it: &Came, reverted: Option<&Reverted>) -> Result<State, S::Error> {
        let text_hash = &self.entry(it.at).text_hash;
        if it.known.text_hash == *text_hash {
            return Ok(State::Same);
        }
        let past = self.shelf.past(it.known.id)?;
        let state = state_of(text_hash);
        Ok(if past.is_truncated(state) {
            State::TruncatedAgain
        } else if past.has(state) {
            let since = reverted.filter(|reverted| reverted.state == state).map_or(self.now, |reverted| reverted.since);
            State::Back { past, since }
        } else {
            let change = Box::new(self.change(it)?);
            if change.is_significant() && self.is_mojibake(it)? {
                State::Mojibake { past }
            } else {
                State::New { past, change, was_reverted: reverted.is_some() }
            }
        })
    }

    /// Whether an entry is the stored one as mojibake.
    fn is_mojibake(&self, it: &Came) -> Result<bool, S::Error> {
        let entry = self.entry(it.at);
        if [entry.title.as_str(), &entry.summary, &entry.content].iter().all(|text| text.is_ascii()) {
            return Ok(false);
        }
        Ok(self.shelf.said(it.known.id)?.is_some_and(|said| said.is_mojibake_in(entry)))
    }

    fn change(&self, it: &Came) -> Result<Change, S::Error> {
        let version = self.document.prepared.version(it.at, self.entry(it.at));
        Ok(Change::of(self.stored_version(it.known.id)?, version))
    }

    /// Attributes new dates to the changed entries, unless the document gives all the same date, which the software
    /// then has set.
    fn believe_dates(&self, came: &[Came], states: &mut [State]) {
        let date = |entry: &CleanEntry| entry.updated.max(entry.published);
        let entries = self.document.entries;
        let have_one_date = entries.len() > 1 && entries.windows(2).all(|pair| date(&pair[0]) == date(&pair[1]));
        if have_one_date {
            return;
        }
        // A date from before the last document has been seen before.
        let last = self.before.absences.until;
        for (it, state) in came.iter().zip(states) {
            if let State::New { change, .. } = state {
                let stored = it.known.updated.max(it.known.published);
                let is_anew = |date: Timestamp| date > stored && last.is_some_and(|last| date > last);
                change.believe_dates(date(self.entry(it.at)).is_some_and(is_anew));
            }
        }
    }

    /// What most entries of the document have changed alike; nothing if no decision needs it. `compares_back`: whether
    /// entries that go back to an earlier version are compared as well.
    fn template_change(
        &self,
        came: &[Came],
        states: &[State],
        compares_back: bool,
    ) -> Result<TemplateChange, S::Error> {
        // An entry that goes back may do so together with entries that were never in that form.
        let mut back: Vec<Change> = Vec::new();
        for (it, state) in came.iter().zip(states) {
            if compares_back && matches!(state, State::Back { since, .. } if *since == self.now) {
                back.push(self.change(it)?);
            }
        }
        let new = states.iter().filter_map(|state| match state {
            State::New { change, .. } => Some(change.as_ref()),
            _ => None,
        });
        let changes: Vec<&Change> = new.chain(&back).collect();
        if !changes.iter().any(|change| change.is_significant()) {
            return Ok(TemplateChange::default());
        }
        let has_any_grown = changes.iter().any(|change| change.is_grown(0));
        let listed = Listed {
            known: self.taken.len(),
            truncated_again: states.iter().filter(|state| matches!(state, State::TruncatedAgain)).count(),
            truncated_at_times: if has_any_grown { self.truncated_at_times(came, states)? } else { 0 },
        };
        Ok(TemplateChange::of(&changes, listed))
    }

    /// How many of the document's unchanged or only corrected entries have come truncated before. If there are such
    /// entries, entries whose text has grown were truncated, too.
    fn truncated_at_times(&self, came: &[Came], states: &[State]) -> Result<usize, S::Error> {
        let mut count = 0;
        let mut changed: HashSet<EntryId> = HashSet::new();
        for (it, state) in came.iter().zip(states) {
            if let State::New { past, change, .. } = state {
                count += usize::from(past.truncated > 0 && !change.is_significant());
            }
            if !matches!(state, State::Same) {
                changed.insert(it.known.id);
            }
        }
        let mut others: Vec<EntryId> = self.taken.iter().filter(|id| !changed.contains(id)).copied().collect();
        others.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
        for id in others.into_iter().take(ASKED_MAX) {
            count += usize::from(self.shelf.past(id)?.truncated > 0);
        }
        Ok(count)
    }

    /// Handles an entry whose version never came before.
    fn renew(
        &mut self,
        it: &Came,
        past: &Past,
        change: &Change,
        was_reverted: bool,
        template: &TemplateChange,
        told: &mut Told,
    ) -> Result<(), S::Error> {
        let (was, is) = (state_of(&it.known.text_hash), state_of(&self.entry(it.at).text_hash));
        let is_truncated = template.is_text_truncated(change, past.truncated > 0);
        told.truncated += usize::from(is_truncated);
        if is_truncated && !change.has_another_title() {
            return self.keep_whole(it, past, change);
        }
        // For an entry that was in an earlier version, its own change cannot be told from that of the template.
        let is_template =
            template.explain(change, is_truncated || past.truncated > 0) || (was_reverted && template.are_any());
        // The program itself may have changed the text by reading it differently, unless the publisher dates the change.
        let is_ours = self.before.is_read_anew && self.entry(it.at).updated.is_none_or(|at| at <= it.known.updated);
        let revision = match change.is_significant() && !is_ours {
            false => Revision::Slight,
            true if is_template => Revision::Template,
            true => Revision::Significant,
        };
        if revision == Revision::Template {
            told.by_template += 1;
            if told.by_template == 1 {
                told.retitled = [&change.before.title, &self.entry(it.at).title]
                    .map(|title| title.chars().take(TITLE_CHARS).collect());
            }
        }
        self.write(it, revision, Some(past.replaced(was, is)), is_truncated)
    }

    /// Handles an entry that has gone back to an earlier version.
    fn go_back(
        &mut self,
        it: &Came,
        past: &Past,
        since: Timestamp,
        template: &TemplateChange,
        told: &mut Told,
    ) -> Result<(), S::Error> {
        let entry = self.entry(it.at);
        let (was, is) = (state_of(&it.known.text_hash), state_of(&entry.text_hash));
        if past.is_settled(since, self.now) {
            let change = self.change(it)?;
            let is_truncated = template.is_text_truncated(&change, past.truncated > 0);
            told.truncated += usize::from(is_truncated);
            if is_truncated && !change.has_another_title() {
                return self.keep_whole(it, past, &change);
            }
            self.write(it, Revision::Return, Some(past.returned(was, is, self.now)), is_truncated)?;
        } else {
            if self.decided.reverted.len() < REVERTED_MAX {
                self.decided.reverted.push(Reverted { entry: it.known.id, state: is, since });
            }
            told.held += 1;
            self.leave(it)?;
        }
        told.back += 1;
        if told.title.is_empty() {
            told.title.clone_from(&entry.title);
        }
        Ok(())
    }

    /// Stores an entry as it is now. If it came truncated under another title (`is_truncated`), the stored text stays;
    /// the digests are those of the truncated form, so that it is recognised again.
    fn write(&mut self, it: &Came, revision: Revision, past: Option<Past>, is_truncated: bool) -> Result<(), S::Error> {
        let (known, entry, now) = (&it.known, self.entry(it.at), self.now);
        let (mut written, mut names) = (Cow::Borrowed(entry), Names::of(entry));
        if is_truncated && let Some(said) = self.shelf.said(known.id)? {
            written = Cow::Owned(CleanEntry { summary: said.summary, content: said.content, ..entry.clone() });
            names = Names { text: known.names.text, same: known.names.same, ..names };
        }
        let (updated, ranked) = match revision {
            Revision::Significant => {
                // The publisher's own date of the change if it moved, otherwise the time when the change was noticed.
                let updated = entry.updated.filter(|updated| *updated > known.updated);
                let updated = updated.unwrap_or(now.max(known.updated));
                (updated, known.ranked.max(updated))
            }
            Revision::Slight | Revision::Template | Revision::Return | Revision::None => (known.updated, known.ranked),
        };
        let is_revised = revision != Revision::None;
        let is_filed = is_revised && !self.placer.is_off();
        let piece = is_filed.then(|| match &written {
            Cow::Borrowed(entry) => self.document.prepared.version(it.at, entry).piece.clone(),
            Cow::Owned(whole) => Version::piece_of(whole),
        });
        let revised = Revised { known: known.clone(), entry: written, names, revision, updated, ranked };
        self.decided.intents.push(Intent::Revise(Box::new(revised)));
        self.decided.intents.extend(past.map(|past| Intent::Remember { entry: known.id, past }));
        self.know(known, it.at)?;
        if is_revised && self.placer.is_off() {
            self.decided.intents.push(Intent::Unfile(known.id));
        } else if let Some(mut piece) = piece {
            let boilerplate = self.boilerplate()?;
            piece.set_at(known.published);
            self.placer.review(known.id, piece, entry.link.as_deref(), &boilerplate, &mut self.decided)?;
        }
        let tally = &mut self.decided.tally;
        *(if is_revised { &mut tally.revised } else { &mut tally.same }) += 1;
        let members = self.placer.story_members(known.id)?;
        if members.len() > 1 && ranked > known.ranked {
            self.placer.lift(known.id, ranked, &mut self.decided)?;
        }
        self.decided.touched.extend(members);
        Ok(())
    }

    /// Leaves an entry as it is stored although it came in another, known version. If its address is new, it is stored
    /// with that address.
    fn leave(&mut self, it: &Came) -> Result<(), S::Error> {
        let entry = self.entry(it.at);
        let names = Names::of(entry);
        let mut known = it.known.clone();
        // The title of that version was added to the keys when the version first came.
        known.names.title = names.title;
        self.decided.tally.same += 1;
        if self.know(&known, it.at)? && names.link.is_some() && names.link != it.known.names.link {
            self.readdress(it)?;
        }
        Ok(())
    }

    fn readdress(&mut self, it: &Came) -> Result<(), S::Error> {
        let entry = self.entry(it.at);
        self.decided.intents.push(Intent::Readdress { known: it.known.id, entry, names: Names::of(entry) });
        self.decided.touched.extend(self.placer.story_members(it.known.id)?);
        Ok(())
    }

    /// Keeps the stored text of an entry that came truncated or as mojibake, and remembers the digest of that form.
    fn keep(&mut self, it: &Came, past: &Past) -> Result<(), S::Error> {
        self.decided.tally.same += 1;
        let past = past.came_truncated(state_of(&self.entry(it.at).text_hash));
        self.decided.intents.push(Intent::Remember { entry: it.known.id, past });
        self.know(&it.known, it.at).map(|_| ())
    }

    /// Keeps the stored text of an entry that came truncated, perhaps under another address or id.
    fn keep_whole(&mut self, it: &Came, past: &Past, change: &Change) -> Result<(), S::Error> {
        self.keep(it, past)?;
        let (entry, before) = (self.entry(it.at), &change.before);
        let is_elsewhere = entry.link.is_some() && entry.link != before.link;
        if is_elsewhere || (entry.declared_id.is_some() && entry.declared_id != before.declared_id) {
            self.readdress(it)?;
        }
        Ok(())
    }

    /// Adds the keys that an entry came with, and returns whether any of them is new.
    fn know(&mut self, known: &Known, at: usize) -> Result<bool, S::Error> {
        let rekeyed = self.recognised_by(known, self.entry(at))?;
        let keys = self.keys_to_know(known.id, self.entry(at), Some(known), None)?;
        let is_more = !keys.is_empty();
        self.know_redated(known, at)?;
        if is_more {
            self.decided.intents.push(Intent::Know { entry: known.id, keys });
            // A re-keying is recorded only with a new key. The number of keys is limited, and with it the records of an
            // id that is new at every poll.
            self.decided.intents.extend(rekeyed.map(|rekeyed| Intent::Rekey { entry: known.id, rekeyed }));
        }
        Ok(is_more)
    }

    fn tell(&mut self, told: &Told, template: &TemplateChange) {
        let Told { by_template, retitled: [before, now], back, held, title, truncated, mojibake } = told;
        let listed = self.taken.len();
        let problems = &mut self.decided.problems;
        let first =
            if before == now { format!("“{now}”") } else { format!("“{now}”, which was “{before}”") };
        let what = template.describe();
        let text = format!(
            "{by_template} of {listed} known entries changed in the same way, as when a template changes: {what}. They are \
             not shown again (the first is {first})"
        );
        problems.extend((*by_template > 0).then(|| Problem::new(text)));
        let mut tell = |count: usize, one: &str, many: &str| {
            problems.extend(Problem::counted(count as u64, one, many));
        };
        let one = "an entry came truncated: the longer text in the store was kept";
        tell(*truncated, one, "entries came truncated: the longer texts in the store were kept");
        let one =
            "an entry came as mojibake, in a wrong encoding or with characters lost: the text in the store was kept";
        let many =
            "entries came as mojibake, in a wrong encoding or with characters lost: the texts in the store were kept";
        tell(*mojibake, one, many);
        let what = match (*back, *held) {
            (1, 0) => "it alternates between versions or was reset, and is not shown again".to_owned(),
            (1, _) => {
                "it alternates between versions, and stays published in the later version until the earlier one has \
                       lasted for a day"
                    .to_owned()
            }
            (_, 0) => "they alternate between versions or were reset, and are not shown again".to_owned(),
            (_, held) => format!(
                "they alternate between versions, and {held} stay published in the later version until the earlier one has lasted \
                 for a day"
            ),
        };
        let one = format!("an entry went back to an earlier version: {what} (“{title}”)");
        let many = format!("entries went back to an earlier version: {what} (the first is “{title}”)");
        tell(*back, &one, &many);
    }
}
