//! Which sources flood, and the fair share of live documents that each of them is held to. The flood record of a source
//! is a row in the table of facts, because most sources have no such record.
//!
//! Entry points: [`note`] after each document, [`Fair::of`] and [`Picked`] for live documents. Whether a document is
//! part of a flood is decided in `merge`, never here.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::entries::{Place, Scope};
use super::memory::Memory;
use super::sql::{all_rows, execute};
use super::{Store, StoreError, facts};
use crate::merge::Flood;
use crate::model::SourceId;

/// A flooding source gives way only to entries that are at most this much older than the newest entry of the document,
/// in seconds: 30 days. Otherwise entries that left the document weeks ago would return to it, and readers would show
/// them as unread.
const GIVES_WAY_SECONDS: i64 = 30 * 24 * 3_600;

/// The flood records of the sources.
pub(super) type Floods = HashMap<SourceId, Flood>;

/// Reads all flood records; there are few.
pub(super) fn read(connection: &Connection) -> Result<Floods, StoreError> {
    let sql = "SELECT CAST(substr(name, 7) AS INTEGER), value FROM fact WHERE name >= 'flood:' AND name < 'flood;'";
    all_rows(connection, sql, [], |row| Ok((row.get(0)?, Flood::of_text(row.get_ref(1)?.as_str()?))))
}

/// Records what a document tells of its source; returns the record before and now. Writes only if it has changed.
pub(super) fn note(
    connection: &Connection,
    memory: &Memory,
    source: SourceId,
    after: impl FnOnce(Flood) -> Flood,
) -> Result<(Flood, Flood), StoreError> {
    let mut floods = memory.floods(connection)?;
    let before = floods.get(&source).copied().unwrap_or_default();
    let now = after(before);
    let name = format!("flood:{}", source.0);
    if now == Flood::default() && before != now {
        execute(connection, "DELETE FROM fact WHERE name = ?1", [name])?;
        floods.remove(&source);
    } else if now != before {
        facts::put(connection, &name, now.to_text())?;
        floods.insert(source, now);
    }
    Ok((before, now))
}

fn flooding(connection: &Connection) -> Result<HashSet<SourceId>, StoreError> {
    let floods = read(connection)?;
    Ok(floods.into_iter().filter(|(_, flood)| flood.is_flooding()).map(|(source, _)| source).collect())
}

impl Store {
    /// The sources that are held to a fair share of live documents.
    pub async fn flooding(&self) -> Result<HashSet<SourceId>, StoreError> {
        self.read(flooding).await
    }
}

/// How a live document is shared where sources flood.
#[derive(Debug)]
pub(super) struct Fair {
    flooding: HashSet<SourceId>,
    /// Entries that each flooding source may have.
    share: usize,
}

impl Fair {
    /// `None` if no source of the scope floods, or if the flooding source is the only one that has entries.
    pub(super) fn of(connection: &Connection, scope: &Scope) -> Result<Option<Fair>, StoreError> {
        let mut flooding = flooding(connection)?;
        flooding.retain(|source| scope.selection.sources.contains(source));
        if flooding.is_empty() {
            return Ok(None);
        }
        let mut statement =
            connection.prepare_cached("SELECT 1 FROM entry WHERE source = ?1 AND hidden = 0 LIMIT 1")?;
        let mut sources = 0;
        for source in scope.selection.sources.iter() {
            // More sources than entries change nothing, so counting stops here.
            if sources > scope.limit {
                break;
            }
            sources += usize::from(statement.exists([source])?);
        }
        Ok((sources > 1).then(|| Fair { flooding, share: (scope.share)(scope.limit, sources) }))
    }

    /// Keeps what may be needed of the entries found, the newest first: `limit` entries of each flooding source, and
    /// `limit` of all other sources together.
    pub(super) fn thin(&self, found: &mut Vec<(Place, SourceId)>, limit: usize) {
        let mut taken: HashMap<Option<SourceId>, usize> = HashMap::new();
        found.retain(|(_, source)| {
            let count = taken.entry(self.flooding.get(source).copied()).or_default();
            *count += 1;
            *count <= limit
        });
    }
}

/// The entries of a live document, picked from what is offered, the newest first. Entries above the share of a flooding
/// source wait until it is known whether recent entries of other sources fill the document. Entries that
/// are too old for a flooding source to give way to them wait with them.
#[derive(Debug, Default)]
pub(super) struct Picked<'f> {
    fair: Option<&'f Fair>,
    limit: usize,
    /// Most entries of one source; 0: no limit.
    per_source: usize,
    /// The entries of each source that were offered, up to its limit.
    taken: HashMap<SourceId, usize>,
    kept: Vec<Place>,
    waiting: Vec<Place>,
    /// The rank of the newest entry.
    newest: Option<i64>,
    /// Whether the entries that are offered now are so old that all of them wait.
    is_past: bool,
}

impl<'f> Picked<'f> {
    pub(super) fn new(fair: Option<&'f Fair>, limit: usize, per_source: usize) -> Picked<'f> {
        Picked { fair, limit, per_source, ..Picked::default() }
    }

    /// Whether no further entry can change the document.
    pub(super) fn is_full(&self) -> bool {
        let waiting = if self.is_past { self.waiting.len() } else { 0 };
        self.kept.len() + waiting >= self.limit
    }

    pub(super) fn offer(&mut self, place: Place, source: SourceId) {
        let taken = self.taken.entry(source).or_default();
        if self.per_source > 0 && *taken >= self.per_source {
            return;
        }
        *taken += 1;
        let newest = *self.newest.get_or_insert(place.0);
        self.is_past = self.fair.is_some() && newest.saturating_sub(place.0) > GIVES_WAY_SECONDS;
        if self.is_past {
            self.waiting.push(place);
            return;
        }
        if self.fair.is_some_and(|fair| fair.flooding.contains(&source) && *taken > fair.share) {
            self.waiting.push(place);
        } else if !self.is_full() {
            self.kept.push(place);
        }
    }

    /// All places that the document shows, the newest first.
    pub(super) fn finish(mut self) -> Vec<Place> {
        let room = self.limit.saturating_sub(self.kept.len());
        self.kept.extend(self.waiting.into_iter().take(room));
        self.kept.sort_unstable_by(|a, b| b.cmp(a));
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: SourceId = SourceId(1);
    const FLOODS: SourceId = SourceId(2);
    const FLOODS_TOO: SourceId = SourceId(3);

    #[test]
    fn a_flooding_source_gets_its_share_and_the_room_that_others_leave() {
        let fair = Fair { flooding: HashSet::from([FLOODS, FLOODS_TOO]), share: 2 };
        for (offered, limit, expected) in [
            // No source floods.
            ("ccccc", 3, "ccc"),
            // Other sources fill the rest.
            ("fffffccccc", 5, "ffccc"),
            ("cfcfcfcfc", 5, "cfcfc"),
            ("ffffgggggccccc", 6, "ffggcc"),
            // Other sources leave room.
            ("fffffcc", 6, "ffffcc"),
            ("ffffffff", 4, "ffff"),
            ("fgfgfgfg", 6, "fgfgfg"),
            ("fff", 9, "fff"),
            ("", 3, ""),
            ("fc", 0, ""),
            // A flooding source does not give way to old entries, which fill only what it leaves.
            ("fffff|ccc", 5, "fffff"),
            ("fffcff|ccc", 6, "fffcff"),
            ("fffcff|ccc", 8, "fffcffcc"),
            ("fffffc|fcfc", 8, "fffffcfc"),
            ("ffff|gggccc", 6, "ffffgg"),
            ("ccc|ffff", 5, "cccff"),
            ("fff|", 2, "ff"),
        ] {
            let mut rank = 0;
            let mut all: Vec<(Place, char)> = Vec::new();
            for it in offered.chars() {
                match it {
                    '|' => rank -= GIVES_WAY_SECONDS,
                    it => all.push(((rank, 0), it)),
                }
                rank -= 1;
            }
            let source = |it: char| match it {
                'c' => CALM,
                'f' => FLOODS,
                _ => FLOODS_TOO,
            };
            let mut picked = Picked::new(Some(&fair), limit, 0);
            for (place, it) in &all {
                picked.offer(*place, source(*it));
            }
            let places = picked.finish();
            let shown: String = all.iter().filter(|(place, _)| places.contains(place)).map(|(_, it)| *it).collect();
            assert_eq!(shown, expected, "{offered}");
            assert!(places.is_sorted_by(|a, b| a > b), "{offered}: the newest must come first");
            // Entries that were thinned out on the way must make no difference.
            let mut thinned: Vec<(Place, SourceId)> = all.iter().map(|(place, it)| (*place, source(*it))).collect();
            fair.thin(&mut thinned, limit);
            let mut early = Picked::new(Some(&fair), limit, 0);
            for (place, it) in &all {
                if early.is_full() {
                    break;
                }
                early.offer(*place, source(*it));
            }
            assert_eq!(early.finish(), places, "{offered}: a full document does not change");
            let mut picked = Picked::new(Some(&fair), limit, 0);
            thinned.into_iter().for_each(|(place, source)| picked.offer(place, source));
            assert_eq!(picked.finish(), places, "{offered}");
        }
    }
}
