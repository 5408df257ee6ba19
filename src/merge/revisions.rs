//! What becomes of stored entries that have come with another text, or under other keys.
//!
//! Whether a reader is shown an entry again is not judged by the entry alone: what most entries of a document have changed
//! alike is the template's, and a version that was there before is no news.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::Merge;
use super::intent::{Intent, Revised, Revision};
use super::past::{AWAY_MAX, Away, Past, state_of};
use super::shelf::{Known, Names, Shelf};
use crate::model::{CleanEntry, EntryId, Problem, Timestamp};
use crate::stories::{Change, Listed, Manners, Version};

/// Unchanged entries of a document of which it is asked whether they have come cut at times.
const ASKED_MAX: usize = 500;
/// Of each of two titles, characters that are told.
const TITLE_CHARS: usize = 40;

/// A stored entry, and its place in the document.
pub(super) struct Came {
    known: Known,
    at: usize,
}

/// The version in which a stored entry has come.
enum State {
    /// The stored one, for those who read it.
    Same,
    /// The beginning of the stored one, as it came before.
    CutAgain,
    /// One from before the stored one, in which it has been since then.
    Back { past: Past, since: Timestamp },
    /// The stored one, read in a foreign encoding or with characters lost on the way.
    Garbled { past: Past },
    /// One that never was. `was_away`: the document before this one had none of the versions that it is compared with.
    New { past: Past, change: Box<Change>, was_away: bool },
}

/// What an operator is told of.
#[derive(Default)]
struct Told {
    /// Entries that the template has changed.
    by_template: usize,
    /// How the first of them was called, and is called now.
    retitled: [String; 2],
    /// Entries in earlier versions, and the title of the first of them.
    back: usize,
    /// Of these, those that are published otherwise for the time being.
    held: usize,
    title: String,
    /// Entries that have come cut.
    cut: usize,
    /// Entries that have come garbled.
    garbled: usize,
}

impl<'d, S: Shelf> Merge<'_, 'd, S> {
    /// Takes a stored entry as listed. What becomes of it is judged when all of them are known.
    pub(super) fn comes_again(&mut self, known: Known, at: usize) {
        self.taken.insert(known.id);
        self.came.push(Came { known, at });
    }

    /// Judges all stored entries that have come with another text, or under other keys.
    pub(super) fn revise_all(&mut self) -> Result<(), S::Error> {
        let came = std::mem::take(&mut self.came);
        if came.is_empty() && !self.document.partial {
            return Ok(());
        }
        let is_any_changed = came.iter().any(|it| it.known.text_hash != self.entry(it.at).text_hash);
        let before = if is_any_changed || self.document.partial { self.shelf.away()? } else { Vec::new() };
        if self.document.partial {
            // It says nothing of the others.
            let others = before.iter().filter(|away| !self.taken.contains(&away.entry));
            self.decided.away.extend(others.copied());
        }
        let before: HashMap<EntryId, Away> = before.into_iter().map(|away| (away.entry, away)).collect();
        let mut states = Vec::with_capacity(came.len());
        for it in &came {
            states.push(self.state(it, before.get(&it.known.id))?);
        }
        self.believe_dates(&came, &mut states);
        // Where it is not remembered of all entries since when they are in earlier versions, their texts are not read.
        let manners = self.manners(&came, &states, before.len() < AWAY_MAX)?;
        let mut told = Told::default();
        for (it, state) in came.iter().zip(states) {
            match state {
                State::Same => self.write(it, Revision::None, None)?,
                State::CutAgain => self.leave(it)?,
                State::Back { past, since } => self.go_back(it, &past, since, &manners, &mut told)?,
                State::Garbled { past } => self.keep_sound(it, &past, &mut told)?,
                State::New { past, change, was_away } => {
                    self.renew(it, &past, &change, was_away, &manners, &mut told)?;
                }
            }
        }
        self.tell(&told, &manners);
        Ok(())
    }

    /// What costs little is asked first: texts are read only of entries that say what they never said.
    fn state(&self, it: &Came, away: Option<&Away>) -> Result<State, S::Error> {
        let text_hash = &self.entry(it.at).text_hash;
        if it.known.text_hash == *text_hash {
            return Ok(State::Same);
        }
        let past = self.shelf.past(it.known.id)?;
        let state = state_of(text_hash);
        Ok(if past.is_cut(state) {
            State::CutAgain
        } else if past.has(state) {
            let since = away.filter(|away| away.state == state).map_or(self.now, |away| away.since);
            State::Back { past, since }
        } else {
            let change = Box::new(self.change(it)?);
            if change.is_significant() && self.is_garbled(it)? {
                State::Garbled { past }
            } else {
                State::New { past, change, was_away: away.is_some() }
            }
        })
    }

    /// Whether an entry says what the stored one says, but for letters that were lost or read as others.
    fn is_garbled(&self, it: &Came) -> Result<bool, S::Error> {
        let entry = self.entry(it.at);
        if [entry.title.as_str(), &entry.summary, &entry.content].iter().all(|text| text.is_ascii()) {
            return Ok(false);
        }
        Ok(self.shelf.said(it.known.id)?.is_some_and(|said| said.is_garbled_in(entry)))
    }

    fn change(&self, it: &Came) -> Result<Change, S::Error> {
        let version = self.document.prepared.version(it.at, self.entry(it.at));
        Ok(Change::of(self.stored_version(it.known.id)?, version))
    }

    /// Takes the dates of changed entries as their own, unless the document has the same for all: those are the software's.
    fn believe_dates(&self, came: &[Came], states: &mut [State]) {
        let date = |entry: &CleanEntry| entry.updated.max(entry.published);
        let entries = self.document.entries;
        let have_one_date = entries.len() > 1 && entries.windows(2).all(|pair| date(&pair[0]) == date(&pair[1]));
        if have_one_date {
            return;
        }
        // What was moved before that was seen before.
        let last = self.before.absences.until;
        for (it, state) in came.iter().zip(states) {
            if let State::New { change, .. } = state {
                let stored = it.known.updated.max(it.known.published);
                let is_anew = |date: Timestamp| date > stored && last.is_some_and(|last| date > last);
                change.believe_dates(date(self.entry(it.at)).is_some_and(is_anew));
            }
        }
    }

    /// What most entries of the document have changed alike; nothing, where nobody needs to know. `compares_back`: also of those
    /// that go back to how they were.
    fn manners(&self, came: &[Came], states: &[State], compares_back: bool) -> Result<Manners, S::Error> {
        // What goes back to how it was before may go with others that never were so.
        let mut back: Vec<Change> = Vec::new();
        for (it, state) in came.iter().zip(states) {
            if compares_back && matches!(state, State::Back { since, .. } if *since == self.now) {
                back.push(self.change(it)?);
            }
        }
        let mut changes: Vec<&Change> = Vec::new();
        for state in states {
            if let State::New { change, .. } = state {
                changes.push(change);
            }
        }
        changes.extend(&back);
        if !changes.iter().any(|change| change.is_significant()) {
            return Ok(Manners::default());
        }
        let has_any_grown = changes.iter().any(|change| change.has_grown());
        let listed = Listed {
            known: self.taken.len(),
            cut_again: states.iter().filter(|state| matches!(state, State::CutAgain)).count(),
            cut_at_times: if has_any_grown { self.cut_at_times(came, states)? } else { 0 },
        };
        Ok(Manners::of(&changes, listed))
    }

    /// How many of the entries of the document that say what they said, but for corrections, have come cut at times: then
    /// those that have grown were cut, too.
    fn cut_at_times(&self, came: &[Came], states: &[State]) -> Result<usize, S::Error> {
        let mut count = 0;
        let mut changed: HashSet<EntryId> = HashSet::new();
        for (it, state) in came.iter().zip(states) {
            if let State::New { past, change, .. } = state {
                count += usize::from(past.cuts > 0 && !change.is_significant());
            }
            if !matches!(state, State::Same) {
                changed.insert(it.known.id);
            }
        }
        let mut others: Vec<EntryId> = self.taken.iter().filter(|id| !changed.contains(id)).copied().collect();
        others.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
        for id in others.into_iter().take(ASKED_MAX) {
            count += usize::from(self.shelf.past(id)?.cuts > 0);
        }
        Ok(count)
    }

    /// An entry says what it never said.
    fn renew(
        &mut self,
        it: &Came,
        past: &Past,
        change: &Change,
        was_away: bool,
        manners: &Manners,
        told: &mut Told,
    ) -> Result<(), S::Error> {
        let (was, is) = (state_of(&it.known.text_hash), state_of(&self.entry(it.at).text_hash));
        let is_cut = manners.is_text_cut(change, past.cuts > 0);
        told.cut += usize::from(is_cut);
        if is_cut && !change.has_another_title() {
            return self.keep_whole(it, past.cut(is), change);
        }
        // Of one that was away it cannot be told what is its own.
        let is_template = manners.explain(change, is_cut || past.cuts > 0) || (was_away && manners.are_any());
        let revision = match change.is_significant() {
            false => Revision::Slight,
            true if is_template => Revision::Template,
            true => Revision::Significant,
        };
        if revision == Revision::Template {
            told.by_template += 1;
            if told.by_template == 1 {
                told.retitled = [&change.before().title, &self.entry(it.at).title].map(|title| shown(title));
            }
        }
        let past = Some(past.replaced(was, is));
        if is_cut { self.write_but_text(it, revision, past) } else { self.write(it, revision, past) }
    }

    /// Keeps an entry that has come garbled. It is known from now on how that looks.
    fn keep_sound(&mut self, it: &Came, past: &Past, told: &mut Told) -> Result<(), S::Error> {
        told.garbled += 1;
        self.decided.tally.same += 1;
        let past = past.cut(state_of(&self.entry(it.at).text_hash));
        self.decided.intents.push(Intent::Remember { entry: it.known.id, past });
        self.know(&it.known, it.at).map(|_| ())
    }

    /// An entry says what it said before the stored version.
    fn go_back(
        &mut self,
        it: &Came,
        past: &Past,
        since: Timestamp,
        manners: &Manners,
        told: &mut Told,
    ) -> Result<(), S::Error> {
        let entry = self.entry(it.at);
        let (was, is) = (state_of(&it.known.text_hash), state_of(&entry.text_hash));
        if past.is_settled(since, self.now) {
            let change = self.change(it)?;
            let is_cut = manners.is_text_cut(&change, past.cuts > 0);
            told.cut += usize::from(is_cut);
            if is_cut && !change.has_another_title() {
                return self.keep_whole(it, past.cut(is), &change);
            }
            let past = Some(past.returned(was, is, self.now));
            if is_cut {
                self.write_but_text(it, Revision::Return, past)?;
            } else {
                self.write(it, Revision::Return, past)?;
            }
        } else {
            if self.decided.away.len() < AWAY_MAX {
                self.decided.away.push(Away { entry: it.known.id, state: is, since });
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

    /// Writes an entry as it is now.
    fn write(&mut self, it: &Came, revision: Revision, past: Option<Past>) -> Result<(), S::Error> {
        let entry = self.entry(it.at);
        self.write_as(it, Cow::Borrowed(entry), Names::of(entry), revision, past)
    }

    /// Writes an entry as it is now, with the text that is stored: it has come under another title with the beginning of that.
    /// Its digests are those of what came, so that it is known again.
    fn write_but_text(&mut self, it: &Came, revision: Revision, past: Option<Past>) -> Result<(), S::Error> {
        let entry = self.entry(it.at);
        let Some(said) = self.shelf.said(it.known.id)? else { return self.write(it, revision, past) };
        let names = Names { text: it.known.names.text, same: it.known.names.same, ..Names::of(entry) };
        let whole = CleanEntry { summary: said.summary, content: said.content, ..entry.clone() };
        self.write_as(it, Cow::Owned(whole), names, revision, past)
    }

    fn write_as(
        &mut self,
        it: &Came,
        written: Cow<'d, CleanEntry>,
        names: Names,
        revision: Revision,
        past: Option<Past>,
    ) -> Result<(), S::Error> {
        let (known, entry, now) = (&it.known, self.entry(it.at), self.now);
        let (updated, ranked) = match revision {
            Revision::Significant => {
                // The publisher's own date of the change where it moved, else the time it was noticed.
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
            let printed = self.printed()?;
            piece.set_at(known.published);
            self.placer.review(known.id, piece, entry.link.as_deref(), &printed, &mut self.decided)?;
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

    /// Leaves an entry as it is stored, though it has come in another version, which was seen before. Under an address that is
    /// new it lies there from now on.
    fn leave(&mut self, it: &Came) -> Result<(), S::Error> {
        let entry = self.entry(it.at);
        let names = Names::of(entry);
        let mut known = it.known.clone();
        // That version was filed under its title when it came first.
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

    /// Keeps the text of an entry that has come cut to its beginning. It is known from now on how that looks.
    fn keep_whole(&mut self, it: &Came, past: Past, change: &Change) -> Result<(), S::Error> {
        let entry = self.entry(it.at);
        self.decided.tally.same += 1;
        self.decided.intents.push(Intent::Remember { entry: it.known.id, past });
        self.know(&it.known, it.at)?;
        let before = change.before();
        let is_elsewhere = entry.link.is_some() && entry.link != before.link;
        if is_elsewhere || (entry.declared_id.is_some() && entry.declared_id != before.declared_id) {
            self.readdress(it)?;
        }
        Ok(())
    }

    /// Files an entry under what it came with, and says whether that is more than it was known by.
    fn know(&mut self, known: &Known, at: usize) -> Result<bool, S::Error> {
        let rekeyed = self.recognised_by(known, self.entry(at))?;
        let keys = self.keys_to_know(known.id, self.entry(at), Some(known), None)?;
        let is_more = !keys.is_empty();
        if is_more {
            self.decided.intents.push(Intent::Know { entry: known.id, keys });
            // No more often than keys are learned: an id that is new at every poll is told a bounded number of times.
            self.decided.intents.extend(rekeyed.map(|rekeyed| Intent::Rekey { entry: known.id, rekeyed }));
        }
        Ok(is_more)
    }

    fn tell(&mut self, told: &Told, manners: &Manners) {
        let Told { by_template, retitled: [before, now], back, held, title, cut, garbled } = told;
        let listed = self.taken.len();
        let mut tell = |is_told: bool, text: String| {
            self.decided.problems.extend(is_told.then(|| Problem::new(text)));
        };
        let first =
            if before == now { format!("“{now}”") } else { format!("“{now}”, which was “{before}”") };
        let what = manners.describe();
        let text = format!(
            "{by_template} of {listed} known entries changed as most of them did, as when a template changes: {what}. They are \
             not shown again (the first is {first})"
        );
        tell(*by_template > 0, text);
        let text = format!("{cut} entries came cut to their beginnings: the longer texts that are stored were kept");
        tell(*cut > 0, text);
        let text = format!(
            "{garbled} entries came with letters lost, or read in a wrong encoding: the texts that are stored were kept"
        );
        tell(*garbled > 0, text);
        let what = match held {
            0 => "they alternate, or were set back, and are not shown again".to_owned(),
            held => format!(
                "they alternate, and {held} are published otherwise than their publisher has them now, until they stay so for \
                 a day"
            ),
        };
        let text =
            format!("{back} entries came as they were before their last revision: {what} (the first is “{title}”)");
        tell(*back > 0, text);
    }
}

/// The beginning of a title.
fn shown(title: &str) -> String {
    title.chars().take(TITLE_CHARS).collect()
}
