-- Stories that another entry leads than the one stored first: the entry whose title, text, address and source are published
-- under the id of the entry that was stored first.
CREATE TABLE story_lead (
    story   INTEGER PRIMARY KEY,         -- the number of the story
    lead    INTEGER NOT NULL,            -- the entry that leads it
    updated INTEGER NOT NULL             -- the latest date of change that the story was published with before
) STRICT;
CREATE INDEX story_lead_lead ON story_lead (lead);

-- What entries have said before and do not say now, by which they are recognised when they go back to it: digests of 8 bytes of
-- what a person would notice, the last ones first. Only of entries that were revised.
CREATE TABLE entry_past (
    entry    INTEGER PRIMARY KEY,
    states   BLOB    NOT NULL,
    cuts     INTEGER NOT NULL,            -- so many of the first ones are the stored text cut to its beginning
    returns  INTEGER NOT NULL,            -- how often it has gone back lately
    returned INTEGER                      -- when it last did
) STRICT;

-- Entries that the last document had in a version from before the stored one: number, digest, and since when all documents have
-- had them so, of 8 bytes each.
ALTER TABLE source ADD COLUMN away BLOB;

-- Entries that their sources no longer list though they should, and those that were taken out because of it.
CREATE TABLE entry_missing (
    entry     INTEGER PRIMARY KEY,
    source    INTEGER NOT NULL,
    times     INTEGER NOT NULL,          -- documents in a row that it was missing from
    withdrawn INTEGER NOT NULL           -- 1: hidden, because its source withdrew it
) STRICT;
CREATE INDEX entry_missing_source ON entry_missing (source);

-- How a source is asked for its document: what is left out because the server answers it with an error, since when, and when a
-- whole document last came, since when it has been "not modified".
ALTER TABLE source ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;           -- 1: A-IM; 2: the validators, too
ALTER TABLE source ADD COLUMN left_out_since INTEGER;
ALTER TABLE source ADD COLUMN whole_at INTEGER;
