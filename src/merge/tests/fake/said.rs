//! States the decisions on a document in sentences.

use std::collections::{BTreeMap, BTreeSet};

use super::Fake;
use crate::merge::{Decided, Intent, Revised, Revision};
use crate::model::{CleanEntry, EntryId};

impl Fake {
    /// A sentence for each intent except those that only store keys and texts, then the unchanged entries.
    pub(super) fn say(&self, decided: &Decided<'_>, entries: &[CleanEntry], by_title: bool) -> Vec<String> {
        let mut titles: BTreeMap<EntryId, &str> =
            self.entries.iter().map(|(id, stored)| (*id, stored.first_title.as_str())).collect();
        let mut left: BTreeSet<EntryId> = decided.listed.iter().flatten().copied().collect();
        for intent in &decided.intents {
            match intent {
                Intent::Insert(new) => {
                    titles.insert(new.id, &new.entry.title);
                    left.remove(&new.id);
                }
                Intent::Revise(revised) => _ = left.remove(&revised.known.id),
                Intent::Remember { entry, past } if past.cuts > 0 => _ = left.remove(entry),
                _ => {}
            }
        }
        let name = |id: EntryId| if by_title { titles[&id].to_owned() } else { id.0.to_string() };
        let mut said: Vec<String> =
            decided.intents.iter().filter_map(|intent| self.sentence(intent, entries, &name)).collect();
        said.extend(left.into_iter().map(|id| format!("same {}", name(id))));
        said.extend((0..decided.tally.rejected).map(|_| "reject".to_owned()));
        let begin = |problem: &str| problem.split(':').next().unwrap_or_default().to_owned();
        said.extend(decided.problems.iter().map(|problem| format!("problem {}", begin(problem.as_str()))));
        said
    }

    fn sentence(
        &self,
        intent: &Intent<'_>,
        entries: &[CleanEntry],
        name: &dyn Fn(EntryId) -> String,
    ) -> Option<String> {
        Some(match intent {
            Intent::Distrust(key) => format!("distrust {}", key.text),
            Intent::Insert(new) => format!("insert {}", name(new.id)),
            Intent::Revise(revised) => self.revision(revised, &name(revised.known.id)),
            Intent::Forget(digest) => {
                let key = entries.iter().flat_map(|entry| &entry.keys).find(|key| key.digest == *digest);
                format!("forget {}", key.map_or("a key", |key| key.text.as_str()))
            }
            Intent::Join { entry, other, evidence, .. } => {
                let rung = format!("{:?}", evidence.rung).to_lowercase();
                format!("join {} to {} by {rung}", name(*entry), name(*other))
            }
            Intent::Part { entry, others, it_led } => {
                let led = if *it_led { format!(" led by {}", name(others[0])) } else { String::new() };
                let others: Vec<String> = others.iter().map(|other| name(*other)).collect();
                format!("part {} from {}{led}", name(*entry), others.join(" and "))
            }
            Intent::Remember { entry, past } if past.cuts > 0 => format!("keep {}", name(*entry)),
            Intent::Readdress { known, entry, .. } => {
                format!("readdress {} to {}", name(*known), entry.link.as_deref().unwrap_or_default())
            }
            Intent::Lead(led) => format!("lead {} instead of {}", name(led.entry), name(led.instead_of)),
            Intent::Lift { story, .. } => format!("lift {}", name(*story)),
            Intent::Withdraw { entry, by } => format!("withdraw {} because {}", name(*entry), by.explain()),
            Intent::Restore(entry) => format!("restore {}", name(*entry)),
            Intent::Miss { entry, times } => format!("miss {}: {times}", name(*entry)),
            Intent::Rekey { .. }
            | Intent::Know { .. }
            | Intent::Remember { .. }
            | Intent::File { .. }
            | Intent::Unfile(_)
            | Intent::Boilerplate { .. } => return None,
        })
    }

    /// How an entry is revised, and its new name if it has one.
    fn revision(&self, revised: &Revised<'_>, name: &str) -> String {
        let how = match revised.revision {
            Revision::None => format!("touch {name}"),
            Revision::Slight => format!("revise {name} slight"),
            Revision::Template => format!("template {name}"),
            Revision::Return => format!("return {name}"),
            Revision::Significant => format!("revise {name} significant"),
        };
        let before = &self.stored(revised.known.id).version;
        let was = before.declared_id.as_ref().or(before.link.as_ref());
        let is = revised.entry.declared_id.as_ref().or(revised.entry.link.as_ref());
        match is.filter(|is| was != Some(*is)) {
            Some(is) => format!("{how} as {is}"),
            None => how,
        }
    }
}

/// Joins all sentences; three or more that only count on are shortened to the first and the last number.
pub(in crate::merge::tests) fn together(said: &[String]) -> String {
    let counted = |sentence: &String| -> Option<(String, i64)> {
        let (verb, number) = sentence.split_once(' ')?;
        Some((verb.to_owned(), number.parse().ok()?))
    };
    let goes_on = |one: &String, next: &String| match (counted(one), counted(next)) {
        (Some((verb, number)), Some((again, further))) => verb == again && further == number + 1,
        _ => false,
    };
    let chunk = |chunk: &[String]| match chunk {
        [first, _, .., last] => format!("{first} to {}", counted(last).map_or(0, |(_, number)| number)),
        few => few.join("; "),
    };
    said.chunk_by(goes_on).map(chunk).collect::<Vec<String>>().join("; ")
}
