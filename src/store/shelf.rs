//! The store's answers to `merge` while a document is decided on or stories are searched. It only reads; the decisions
//! are made in `merge`.

use std::sync::Arc;

use rusqlite::{Connection, Row, params};

use super::memory::Memory;
use super::sql::{Json, all_rows, exists, first_row, unpack_ids, unpack_reverted, unpack_states};
use super::{StoreError, leads};
use crate::merge::{
    self, Known, LISTED_MAX, Leader, Member, Names, Past, Pruned, RECENT_MAX, Reverted, Said, Seen, StoredPiece,
    StoryShelf,
};
use crate::model::{EntryDetails, EntryId, KeyDigest, SafeHtml, SourceId, Timestamp};
use crate::stories::{Boilerplate, FoundBy, Piece, Told, Version};

/// Entries of one story that are read.
const MEMBERS_MAX: i64 = 1_000;

/// Reads one source's entries, and all stories.
pub(super) struct Shelf<'c> {
    pub(super) connection: &'c Connection,
    pub(super) memory: &'c Memory,
    pub(super) source: SourceId,
}

/// Builds the statement whose row [`known`] reads.
macro_rules! select_known {
    ($from:literal) => {
        concat!(
            "SELECT entry.id, entry.record_hash, entry.text_hash, entry.published, entry.updated, entry.ranked,
                 entry.title_key, entry.link_key, entry.text_key, entry.same_key, entry.path_key, entry.aliases
             FROM ",
            $from
        )
    };
}

fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        id: row.get(0)?,
        record_hash: row.get(1)?,
        text_hash: row.get(2)?,
        published: row.get(3)?,
        updated: row.get(4)?,
        ranked: row.get(5)?,
        names: Names {
            title: row.get(6)?,
            link: row.get(7)?,
            text: row.get(8)?,
            same: row.get(9)?,
            path: row.get(10)?,
        },
        aliases: row.get(11)?,
    })
}

impl Shelf<'_> {
    /// The version of an entry, made from its stored text.
    fn read_version(&self, id: EntryId) -> Result<Option<Version>, StoreError> {
        let sql = "SELECT title, link, declared_id, published, first_seen, piece, details, summary, content
                   FROM entry JOIN entry_text ON entry_text.entry = id LEFT JOIN story_text ON story_text.entry = id
                   WHERE id = ?1";
        first_row(self.connection, sql, [id], |row| {
            let (title, link, declared_id): (String, Option<String>, Option<String>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let (published, first_seen): (Timestamp, Timestamp) = (row.get(3)?, row.get(4)?);
            let kept = row.get_ref(5)?.as_blob().ok().and_then(Piece::from_bytes);
            let details = || Json::<EntryDetails>::or_default(row, 6);
            let piece = match kept {
                Some(piece) => piece,
                None => {
                    let details = details()?;
                    Piece::of(&Told {
                        title: &title,
                        summary: row.get_ref(7)?.as_str()?,
                        content: row.get_ref(8)?.as_str()?,
                        link: link.as_deref(),
                        declared_id: declared_id.as_deref(),
                        details: &details,
                        at: published,
                        is_link_shared: false,
                    })
                }
            };
            // An entry without a date is stored with the time when it was first seen.
            let dated = published != first_seen;
            let sounds = if piece.has_sound() { Version::sounds_of(&details()?) } else { Vec::new() };
            Ok(Version { piece, title, link, declared_id, dated, sounds })
        })
    }

    /// The source's last entries in the form in which they are compared.
    pub(super) fn recent_pieces(&self) -> Result<Vec<Arc<Piece>>, StoreError> {
        let mut pieces = Vec::with_capacity(RECENT_MAX);
        for id in merge::Shelf::recent(self)? {
            pieces.extend(self.piece(id)?.map(|stored| stored.piece));
        }
        Ok(pieces)
    }

    /// The source's last entries, the newest first. It walks over all entries of the source, so it is used only where
    /// no list of them is stored.
    fn last_entries(&self, many: i64) -> Result<Vec<EntryId>, StoreError> {
        let sql = "SELECT id FROM entry WHERE source = ?1 ORDER BY id DESC LIMIT ?2";
        all_rows(self.connection, sql, params![self.source, many], |row| row.get(0))
    }
}

impl merge::Shelf for Shelf<'_> {
    fn bearer(&self, key: KeyDigest) -> Result<Option<Known>, StoreError> {
        let sql = select_known!(
            "alias JOIN entry ON entry.id = alias.entry WHERE alias.source = ?1 AND alias.key = ?2 LIMIT 1"
        );
        first_row(self.connection, sql, params![self.source, key], known)
    }

    fn pruned(&self, key: KeyDigest) -> Result<Option<Pruned>, StoreError> {
        let sql = "SELECT text, until FROM pruned WHERE source = ?1 AND key = ?2";
        first_row(self.connection, sql, params![self.source, key], |row| {
            Ok(Pruned { text: row.get::<_, i32>(0)?.cast_unsigned(), until: row.get(1)? })
        })
    }

    fn titled(&self, title: KeyDigest, limit: usize) -> Result<Vec<Known>, StoreError> {
        let sql = select_known!(
            "alias JOIN entry ON entry.id = alias.entry WHERE alias.source = ?1 AND alias.key = ?2
             ORDER BY alias.entry DESC LIMIT ?3"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        all_rows(self.connection, sql, params![self.source, title, limit], known)
    }

    fn known(&self, id: EntryId) -> Result<Option<Known>, StoreError> {
        first_row(self.connection, select_known!("entry WHERE id = ?1"), [id], known)
    }

    fn is_published(&self, id: &str) -> Result<bool, StoreError> {
        exists(self.connection, "SELECT 1 FROM entry WHERE published_key = ?1", [published_key(id)])
    }

    fn is_given(&self, id: &str) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM entry JOIN entry_text ON entry_text.entry = id
                   WHERE published_key = ?1 AND published_id = ?2 AND declared_id IS NOT ?2";
        exists(self.connection, sql, params![published_key(id), id])
    }

    fn version(&self, id: EntryId) -> Result<Arc<Version>, StoreError> {
        let version = self.read_version(id)?;
        Ok(Arc::new(version.ok_or(rusqlite::Error::QueryReturnedNoRows)?))
    }

    fn said(&self, id: EntryId) -> Result<Option<Said>, StoreError> {
        let sql = "SELECT title, summary, content FROM entry_text WHERE entry = ?1";
        first_row(self.connection, sql, [id], |row| {
            Ok(Said { title: row.get(0)?, summary: row.get(1)?, content: SafeHtml::stored(row.get(2)?) })
        })
    }

    fn past(&self, id: EntryId) -> Result<Past, StoreError> {
        let sql = "SELECT states, cuts, returns, returned FROM entry_past WHERE entry = ?1";
        let past = first_row(self.connection, sql, [id], |row| {
            Ok(Past {
                states: unpack_states(row.get_ref(0)?.as_blob()?),
                truncated: row.get::<_, u32>(1)? as usize,
                returns: row.get(2)?,
                returned: row.get(3)?,
            })
        })?;
        Ok(past.unwrap_or_default())
    }

    fn reverted(&self) -> Result<Vec<Reverted>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT away FROM source WHERE id = ?1")?;
        let reverted =
            statement.query_row([self.source], |row| Ok(row.get_ref(0)?.as_blob_or_null()?.map(unpack_reverted)))?;
        Ok(reverted.unwrap_or_default())
    }

    fn seen(&self, id: EntryId) -> Result<Option<Seen>, StoreError> {
        let sql = "SELECT first_seen, published, title, same_key FROM entry JOIN entry_text ON entry_text.entry = id
                   WHERE id = ?1";
        first_row(self.connection, sql, [id], |row| {
            Ok(Seen { first_seen: row.get(0)?, published: row.get(1)?, title: row.get(2)?, same: row.get(3)? })
        })
    }

    fn listed(&self) -> Result<Vec<EntryId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT (SELECT listed FROM source_document WHERE source = ?1), parsed FROM source WHERE id = ?1",
        )?;
        let (listed, parsed) = statement.query_row([self.source], |row| {
            let listed = row.get_ref(0)?.as_blob_or_null()?.map(unpack_ids);
            Ok((listed, row.get::<_, Option<i64>>(1)?))
        })?;
        match listed {
            Some(listed) => Ok(listed),
            // A store from before these lists were kept: the best estimate is as many of the source's last entries as
            // the last document had items.
            None => self.last_entries(parsed.unwrap_or(0).min(LISTED_MAX as i64)),
        }
    }

    fn is_shown_or_hidden_by_hand(&self, entry: EntryId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM decision WHERE entry = ?1 AND what IN ('hide', 'unhide') AND by_hand = 1 LIMIT 1";
        exists(self.connection, sql, [entry])
    }

    fn recent(&self) -> Result<Vec<EntryId>, StoreError> {
        let sql = "SELECT recent FROM source_printed WHERE source = ?1";
        let recent = first_row(self.connection, sql, [self.source], |row| Ok(unpack_ids(row.get_ref(0)?.as_blob()?)))?;
        recent.map_or_else(|| self.last_entries(RECENT_MAX as i64), Ok)
    }
}

impl StoryShelf for Shelf<'_> {
    type Error = StoreError;

    fn bearers(&self, found_by: FoundBy, before: EntryId, limit: usize) -> Result<Vec<EntryId>, StoreError> {
        Ok(self.memory.marks(self.connection)?.bearers(found_by, before, limit).collect())
    }

    fn source(&self, entry: EntryId) -> Result<SourceId, StoreError> {
        if let Some(source) = self.memory.marks(self.connection)?.source(entry) {
            return Ok(source);
        }
        let source = first_row(self.connection, "SELECT source FROM entry WHERE id = ?1", [entry], |row| row.get(0))?;
        Ok(source.unwrap_or(SourceId(0)))
    }

    fn story(&self, entry: EntryId) -> Result<Option<EntryId>, StoreError> {
        first_row(self.connection, "SELECT story FROM entry WHERE id = ?1", [entry], |row| row.get(0))
    }

    fn piece(&self, entry: EntryId) -> Result<Option<StoredPiece>, StoreError> {
        let sql = "SELECT source, story FROM entry WHERE id = ?1";
        let place = first_row(self.connection, sql, [entry], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some((source, story)) = place else { return Ok(None) };
        if let Some(piece) = self.memory.pieces.borrow().get(entry) {
            return Ok(Some(StoredPiece { source, story, piece }));
        }
        let sql = "SELECT piece FROM story_text WHERE entry = ?1";
        let kept = first_row(self.connection, sql, [entry], |row| Ok(Piece::from_bytes(row.get_ref(0)?.as_blob()?)))?;
        let piece = match kept.flatten() {
            Some(piece) => piece,
            None => match self.read_version(entry)? {
                Some(version) => version.piece,
                None => return Ok(None),
            },
        };
        let piece = Arc::new(piece);
        self.memory.pieces.borrow_mut().put(entry, piece.clone());
        Ok(Some(StoredPiece { source, story, piece }))
    }

    fn boilerplate(&self, source: SourceId) -> Result<Arc<Boilerplate>, StoreError> {
        if let Some(boilerplate) = self.memory.boilerplate.borrow().get(source) {
            return Ok(boilerplate);
        }
        let sql = "SELECT runs FROM source_printed WHERE source = ?1";
        let kept = |row: &Row<'_>| Ok(Boilerplate::from_bytes(row.get_ref(0)?.as_blob()?));
        let boilerplate = Arc::new(first_row(self.connection, sql, [source], kept)?.unwrap_or_default());
        self.memory.boilerplate.borrow_mut().put(source, boilerplate.clone());
        Ok(boilerplate)
    }

    fn members(&self, story: EntryId) -> Result<Vec<Member>, StoreError> {
        // Most stories have one entry, so the index only has entries that belong to another entry's story.
        let sql = "SELECT id, source FROM entry WHERE id = ?1 AND story = id
                   UNION ALL
                   SELECT id, source FROM entry WHERE story = ?1 AND story <> id
                   ORDER BY id LIMIT ?2";
        let member = |row: &Row<'_>| Ok(Member { id: row.get(0)?, source: row.get(1)? });
        all_rows(self.connection, sql, params![story, MEMBERS_MAX], member)
    }

    fn leader(&self, story: EntryId) -> Result<Option<Leader>, StoreError> {
        leads::leader(self.connection, story)
    }

    fn as_leader(&self, entry: EntryId) -> Result<Option<Leader>, StoreError> {
        leads::as_leader(self.connection, entry)
    }

    fn are_parted(&self, one: EntryId, other: EntryId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM parted WHERE one = ?1 AND other = ?2";
        exists(self.connection, sql, [one.min(other), one.max(other)])
    }

    fn was_joined_by_hand(&self, entry: EntryId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM decision WHERE (entry = ?1 OR other = ?1) AND what = 'join' AND by_hand = 1 LIMIT 1";
        exists(self.connection, sql, [entry])
    }
}

/// The number under which a published id is looked up.
pub(super) fn published_key(id: &str) -> KeyDigest {
    KeyDigest::of(id)
}
