-- Identity inside a source: everything that an entry has ever been known by, as the first 8 bytes of a BLAKE3 digest.
CREATE TABLE entry_alias (
    source INTEGER NOT NULL,
    key    INTEGER NOT NULL,
    entry  INTEGER NOT NULL REFERENCES entry (id),
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_alias_entry ON entry_alias (entry);
-- What the entries of older versions are known by is filled in by the program, which knows the digest.

-- Stories: entries that are the same piece. A story's number is that of the entry that leads it, the first one stored.

ALTER TABLE entry ADD COLUMN story INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entry ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;      -- 1: somebody took it out of every output
UPDATE entry SET story = id;
CREATE INDEX entry_story ON entry (story, id);

-- What entries are found by in other sources: a sample of their texts, and digests of their addresses, ids, headlines.
-- Rows older than the window are deleted.
CREATE TABLE story_mark (
    mark  INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (mark, entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE story_key (
    key   INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (key, entry)
) STRICT, WITHOUT ROWID;

-- Every match, and everything that was done by hand.
CREATE TABLE decision (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    what     TEXT    NOT NULL,            -- join, split, hide, unhide
    entry    INTEGER NOT NULL,
    other    INTEGER,                     -- what it was joined to, or parted from
    evidence TEXT    NOT NULL,            -- JSON: what was measured
    by_hand  INTEGER NOT NULL
) STRICT;
CREATE INDEX decision_entry ON decision (entry);
CREATE INDEX decision_other ON decision (other);

-- Entries that somebody parted: they are never joined again by themselves.
CREATE TABLE parted (
    one   INTEGER NOT NULL,               -- the smaller number
    other INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
