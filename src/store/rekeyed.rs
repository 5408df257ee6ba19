//! Entries that a document lists under other ids and addresses than the last one did: one whose address was edited with its
//! headline, or all of them, where a site has moved or makes its ids anew.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params};

use super::StoreError;
use super::state::SourceState;
use super::stories::{self, Placer};
use crate::model::{CleanEntry, Timestamp};
use crate::stories::{Version, is_moved, is_replaced};

/// Entries of the last document that are looked at, the newest.
const WINDOW_MAX: usize = 200;
/// New entries that are compared with them.
const FRESH_MAX: usize = 500;
/// An address is edited soon after it was published, or never.
const REPLACED_WITHIN_HOURS: u64 = 96;
/// Of so many entries, the part that must be gone under their own keys before all is taken to have been re-keyed.
const MASS_LEAST: usize = 5;
const MASS_SHARE: f64 = 0.8;
/// The part of those gone that must then be found again.
const FOUND_SHARE: f64 = 0.5;

/// What was found out about a document's entries that no key knows.
#[derive(Debug, Default)]
pub(super) struct Rekeyed {
    /// Which of them is which stored entry.
    pub(super) found: HashMap<usize, i64>,
    /// Most of what the source had came under other keys at once: how many.
    pub(super) mass: Option<usize>,
}

/// The stored entries that a document has.
pub(super) struct There<'m> {
    pub(super) taken: &'m HashSet<i64>,
    /// Under their own ids or addresses, or just as they are.
    pub(super) listed: &'m HashSet<i64>,
}

/// Looks for what entries were before that came under keys which nothing bears.
pub(super) fn find(
    connection: &Connection,
    before: &SourceState,
    placer: &mut Placer<'_>,
    fresh: &[&CleanEntry],
    there: &There<'_>,
    now: Timestamp,
) -> Result<Rekeyed, StoreError> {
    let mut rekeyed = Rekeyed::default();
    let There { taken, listed } = there;
    let last = usize::try_from(before.parsed.unwrap_or(0)).unwrap_or(WINDOW_MAX).min(WINDOW_MAX);
    let window = window(connection, before.id.0, last)?;
    let shifted = window.iter().filter(|(id, _)| !listed.contains(id)).count();
    let is_there = |id: &i64| listed.contains(id) || taken.contains(id);
    let gone: Vec<&(i64, Timestamp)> = window.iter().filter(|(id, _)| !is_there(id)).collect();
    // The oldest that is still there; older ones have left as all do in time.
    let oldest = window.iter().map(|(id, _)| *id).filter(|id| is_there(id)).min();
    let has_left = |id: i64| oldest.is_none_or(|oldest| id < oldest);
    let is_mass = window.len() >= MASS_LEAST && shifted as f64 >= MASS_SHARE * window.len() as f64;
    if !gone.is_empty() && !fresh.is_empty() {
        let printed = placer.own_boilerplate()?;
        let mut left: Vec<(i64, Timestamp, Version)> = Vec::with_capacity(gone.len());
        for (id, seen) in gone {
            left.push((*id, *seen, stories::version(connection, *id)?));
        }
        let fresh: Vec<Version> = fresh.iter().take(FRESH_MAX).map(|entry| stories::version_of(entry)).collect();
        for (at, version) in fresh.iter().enumerate() {
            let is_soon = |seen: Timestamp| now.since(seen).as_secs() <= REPLACED_WITHIN_HOURS * 3_600;
            let was = left
                .iter()
                .position(|(id, seen, known)| is_soon(*seen) && is_replaced(known, version, has_left(*id), &printed));
            if let Some(was) = was {
                rekeyed.found.insert(at, left.swap_remove(was).0);
            }
        }
        if is_mass {
            let by_title = by_title(&fresh, &left, &rekeyed.found);
            let all = shifted - left.len() + by_title.len();
            if all as f64 >= FOUND_SHARE * shifted as f64 {
                rekeyed.found.extend(by_title);
            }
        }
    }
    let again = window.iter().filter(|(id, _)| taken.contains(id) && !listed.contains(id)).count();
    let again = again + rekeyed.found.len();
    rekeyed.mass = (is_mass && again as f64 >= FOUND_SHARE * shifted as f64).then_some(again);
    Ok(rekeyed)
}

/// Where everything has moved, a title that only one of either side has is enough.
fn by_title(fresh: &[Version], gone: &[(i64, Timestamp, Version)], found: &HashMap<usize, i64>) -> HashMap<usize, i64> {
    let mut bearers: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (at, version) in fresh.iter().enumerate().filter(|(at, _)| !found.contains_key(at)) {
        bearers.entry(version.piece.headline()).or_default().0.push(at);
    }
    for (at, (_, _, version)) in gone.iter().enumerate() {
        bearers.entry(version.piece.headline()).or_default().1.push(at);
    }
    let pairs = bearers.into_values().filter_map(|(fresh, gone)| match (fresh.as_slice(), gone.as_slice()) {
        ([fresh], [gone]) => Some((*fresh, *gone)),
        _ => None,
    });
    pairs.filter(|(at, was)| is_moved(&gone[*was].2, &fresh[*at])).map(|(at, was)| (at, gone[was].0)).collect()
}

/// The entries of the last document, as far as can be told: as many of the source's last ones, with when they were first
/// seen.
fn window(connection: &Connection, source: i64, many: usize) -> Result<Vec<(i64, Timestamp)>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, first_seen FROM entry WHERE source = ?1 ORDER BY id DESC LIMIT ?2")
        .map_err(StoreError::Read)?;
    let limit = i64::try_from(many).unwrap_or(0);
    let rows = statement
        .query_map(params![source, limit], |row| Ok((row.get(0)?, Timestamp::from_unix(row.get(1)?))))
        .map_err(StoreError::Read)?;
    rows.collect::<Result<Vec<_>, _>>().map_err(StoreError::Read)
}
