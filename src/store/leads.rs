//! Stories that are led by another entry than the first stored one. Such a story shows the content of the leading
//! entry; its number and its published id stay those of the first stored entry, because published ids never change.
//!
//! Entry points: [`lead`], [`leave`], [`unite`] and [`face`]. Which entry should lead is decided in `merge`, never
//! here.

use rusqlite::{Connection, Row, params};

use super::StoreError;
use super::apply::{changed, record_told};
use super::selection::Selection;
use super::sql::{execute, first_row};
use crate::merge::stories::{Successor, united};
use crate::merge::{Leader, Led, Site, StoryShelf};
use crate::model::{EntryId, SourceId, Timestamp};

/// Builds the statement whose row [`leader_of`] reads.
macro_rules! select_leader {
    ($which:literal) => {
        concat!(
            "SELECT entry.id, link, source.url, document_url, json_extract(meta, '$.link')
             FROM entry JOIN entry_text ON entry_text.entry = entry.id JOIN source ON source.id = entry.source
             LEFT JOIN source_document ON source_document.source = entry.source
             WHERE entry.id = ",
            $which
        )
    };
}

/// The leading entry of a story, and the home of its source.
pub(super) fn leader(connection: &Connection, story: EntryId) -> Result<Option<Leader>, StoreError> {
    let sql = select_leader!("coalesce((SELECT lead FROM story_lead WHERE story_lead.story = ?1), ?1)");
    first_row(connection, sql, [story], leader_of)
}

/// An entry as if it led a story.
pub(super) fn as_leader(connection: &Connection, entry: EntryId) -> Result<Option<Leader>, StoreError> {
    first_row(connection, select_leader!("?1"), [entry], leader_of)
}

fn leader_of(row: &Row<'_>) -> rusqlite::Result<Leader> {
    let (url, document): (String, Option<String>) = (row.get(2)?, row.get(3)?);
    let named: Option<String> = row.get(4)?;
    let addresses = [Some(url.as_str()), document.as_deref()].into_iter().flatten();
    Ok(Leader { entry: row.get(0)?, link: row.get(1)?, site: Site::of(addresses, named.as_deref()) })
}

/// Makes an entry the leading entry of a story and writes down why. Returns the source of the first stored entry if its
/// place in live documents has changed.
pub(super) fn lead(connection: &Connection, led: &Led, now: Timestamp) -> Result<Option<SourceId>, StoreError> {
    let Led { story, entry, instead_of, ranked, leads } = led;
    set_leader(connection, *story, *entry, *instead_of)?;
    record_told(connection, "lead", *entry, Some(*instead_of), leads, false, now)?;
    lift(connection, *story, *ranked, now)
}

/// A story never states an earlier date of change than it did under its previous leading entry.
fn set_leader(connection: &Connection, story: EntryId, entry: EntryId, instead_of: EntryId) -> Result<(), StoreError> {
    if story == entry {
        execute(connection, "DELETE FROM story_lead WHERE story = ?1", [story])?;
        return Ok(());
    }
    let sql = "INSERT INTO story_lead (story, lead, updated) SELECT ?1, ?2, updated FROM entry WHERE id = ?3
               ON CONFLICT (story) DO UPDATE
               SET lead = excluded.lead, updated = max(story_lead.updated, excluded.updated)";
    execute(connection, sql, [story, entry, instead_of])?;
    Ok(())
}

/// Makes a story stand at least at this rank in live documents. Returns the source of its first stored entry if that
/// stood lower.
pub(super) fn lift(
    connection: &Connection,
    story: EntryId,
    ranked: Timestamp,
    now: Timestamp,
) -> Result<Option<SourceId>, StoreError> {
    let sql = "UPDATE entry SET ranked = ?2, changed = ?3 WHERE id = ?1 AND ranked < ?2 RETURNING source";
    first_row(connection, sql, params![story, ranked, now], |row| row.get(0))
}

/// Chooses the leading entry of a story that an entry leaves. If the leading entry leaves, the first stored entry
/// leads. If the first stored entry leaves, the story goes on under the number of `first`.
pub(super) fn leave(connection: &Connection, entry: EntryId, began: bool, first: EntryId) -> Result<(), StoreError> {
    if !began {
        execute(connection, "DELETE FROM story_lead WHERE lead = ?1", [entry])?;
        return Ok(());
    }
    execute(connection, "UPDATE OR REPLACE story_lead SET story = ?2 WHERE story = ?1", [entry, first])?;
    execute(connection, "DELETE FROM story_lead WHERE story = ?1 AND lead = ?1", [first])?;
    Ok(())
}

/// Chooses the leading entry after two stories were merged into the story `to`.
pub(super) fn unite(
    shelf: &impl StoryShelf<Error = StoreError>,
    connection: &Connection,
    from: EntryId,
    to: EntryId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let successor = united(shelf, from, to)?;
    execute(connection, "DELETE FROM story_lead WHERE story = ?1", [from])?;
    if let Some(Successor { entry, instead_of, leads }) = successor {
        let mut rank = connection.prepare_cached("SELECT ranked FROM entry WHERE id = ?1")?;
        let ranked = rank.query_row([entry], |row| row.get(0))?;
        lead(connection, &Led { story: to, entry, instead_of, ranked, leads }, now)?;
        changed(connection, to, now)?;
    }
    Ok(())
}

/// The leading entry whose content a story shows in place of that of the entry that represents it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    pub(super) entry: EntryId,
    pub(super) source: SourceId,
    /// The story's date of change is at least this.
    pub(super) updated: Timestamp,
}

/// The leading entry of a story, if it is not the first stored entry and a selection includes it.
pub(super) fn face(connection: &Connection, selection: &Selection, story: EntryId) -> Result<Option<Face>, StoreError> {
    let sql = "SELECT entry.id, entry.source, story_lead.updated
               FROM story_lead JOIN entry ON entry.id = story_lead.lead
               WHERE story_lead.story = ?1 AND entry.story = ?1 AND entry.hidden = 0";
    let face = |row: &Row<'_>| Ok(Face { entry: row.get(0)?, source: row.get(1)?, updated: row.get(2)? });
    match first_row(connection, sql, [story], face)? {
        Some(face) if selection.takes(connection, face.entry.0, face.source.0)? => Ok(Some(face)),
        _ => Ok(None),
    }
}
