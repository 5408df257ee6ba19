-- Narrow rows of entries, their texts in a table of their own; fewer indexes; keys once; and what entries are compared by
-- kept beside them for as long as copies may meet. The program copies the entries, as it knows the digests.

ALTER TABLE entry RENAME TO entry_before;
DROP INDEX entry_key;
DROP INDEX entry_published_id;
DROP INDEX entry_ranked;
DROP INDEX entry_source_ranked;
DROP INDEX entry_story;
DROP INDEX entry_first_seen;
DROP INDEX entry_stored;
ALTER TABLE entry_alias RENAME TO entry_alias_before;
DROP INDEX entry_alias_entry;
DROP TABLE story_mark;
DROP TABLE story_key;

-- What decides on an entry, and what is looked up of it. The number of the last one is the fact last_entry.
CREATE TABLE entry (
    id             INTEGER PRIMARY KEY,          -- rises in storing order, and is never used again
    source         INTEGER NOT NULL REFERENCES source (id),
    story          INTEGER NOT NULL,             -- the number of the entry that leads its story, mostly its own
    hidden         INTEGER NOT NULL,             -- 1: somebody took it out of every output
    ranked         INTEGER NOT NULL,             -- place in live documents: published, or the last revision
    published      INTEGER NOT NULL,
    updated        INTEGER NOT NULL,
    first_seen     INTEGER NOT NULL,
    changed        INTEGER NOT NULL,             -- when this row was last written
    first_poll     INTEGER NOT NULL,             -- 1: came with the first poll of its source
    revisions      INTEGER NOT NULL,
    source_version INTEGER,
    source_updated INTEGER,                      -- the feed's own date then, if it had one
    aliases        INTEGER NOT NULL,             -- how many keys it is found by
    -- digests, of 8 bytes: of its published id, and of the keys of the version that is stored
    published_key  INTEGER NOT NULL,
    title_key      INTEGER,
    link_key       INTEGER,
    text_key       INTEGER,
    same_key       INTEGER,
    path_key       INTEGER,
    -- digests, of 16 bytes: of everything but the dates; of what a person would notice
    record_hash    BLOB    NOT NULL,
    text_hash      BLOB    NOT NULL
) STRICT;

CREATE TABLE entry_text (
    entry        INTEGER PRIMARY KEY,
    key          TEXT NOT NULL,                  -- identity inside the source
    declared_id  TEXT,
    published_id TEXT NOT NULL,                  -- the atom:id, made or taken over once
    link         TEXT,
    title        TEXT NOT NULL,
    details      TEXT NOT NULL,                  -- JSON: what is only carried along
    summary      TEXT NOT NULL,
    content      TEXT NOT NULL
) STRICT;

-- Identity inside a source: what entries have ever been known by. A title may be several entries'.
CREATE TABLE alias (
    source INTEGER NOT NULL,
    key    INTEGER NOT NULL,
    entry  INTEGER NOT NULL,
    PRIMARY KEY (source, key, entry)
) STRICT, WITHOUT ROWID;

-- What entries are found by in other sources, and what they are then compared by, as stories/piece.rs writes it. Rows older
-- than the window are deleted.
CREATE TABLE story_mark (
    entry    INTEGER PRIMARY KEY,
    source   INTEGER NOT NULL,
    found_by BLOB    NOT NULL
) STRICT;
CREATE TABLE story_text (
    entry INTEGER PRIMARY KEY,
    piece BLOB NOT NULL
) STRICT;
-- What sources print under everything, as stories/boilerplate.rs writes it, and the last entries that tell it, as numbers of 8
-- bytes, the newest first.
CREATE TABLE source_printed (
    source INTEGER PRIMARY KEY,
    runs   BLOB NOT NULL,
    recent BLOB NOT NULL
) STRICT;

-- The entries that the last document had, as numbers of 8 bytes, the newest first.
ALTER TABLE source ADD COLUMN listed BLOB;
