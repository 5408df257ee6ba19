-- Stories that another entry leads than the one stored first: the entry whose title, text, address and source are published
-- under the id of the entry that was stored first.
CREATE TABLE story_lead (
    story   INTEGER PRIMARY KEY,         -- the number of the story
    lead    INTEGER NOT NULL,            -- the entry that leads it
    updated INTEGER NOT NULL             -- the latest date of change that the story was published with before
) STRICT;
CREATE INDEX story_lead_lead ON story_lead (lead);

-- Entries that their sources no longer list though they should, and those that were taken out because of it.
CREATE TABLE entry_missing (
    entry     INTEGER PRIMARY KEY,
    source    INTEGER NOT NULL,
    times     INTEGER NOT NULL,          -- documents in a row that it was missing from
    withdrawn INTEGER NOT NULL           -- 1: hidden, because its source withdrew it
) STRICT;
CREATE INDEX entry_missing_source ON entry_missing (source);
