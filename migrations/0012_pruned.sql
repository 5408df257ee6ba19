-- Retention. What is left of entries that were deleted because they were too old: the keys by which they are known when a document
-- lists them again, so that they do not count as new. A bounded number for each source, of which the oldest are dropped first.
CREATE TABLE pruned (
    source INTEGER NOT NULL,
    key    INTEGER NOT NULL,             -- as in alias
    text   INTEGER NOT NULL,             -- the first 4 bytes of the entry's text_hash
    until  INTEGER NOT NULL,             -- when it was last shown as new or revised
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;

-- The entries of a long last document that source.listed has no room for, as numbers of 8 bytes, the newest first.
CREATE TABLE listed_further (
    source  INTEGER PRIMARY KEY,
    entries BLOB NOT NULL
) STRICT;
