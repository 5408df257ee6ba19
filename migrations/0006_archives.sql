-- What sources said of themselves when an entry was stored or revised, without the date that many feeds stamp at every
-- request: archives show an entry's source as it was.
CREATE TABLE source_version (
    id     INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    meta   TEXT    NOT NULL
) STRICT;
CREATE INDEX source_version_source ON source_version (source);
ALTER TABLE entry ADD COLUMN source_version INTEGER;
ALTER TABLE entry ADD COLUMN source_updated INTEGER;                 -- the feed's own date then, if it had one
-- Of entries stored before, the source is shown as it is now.
INSERT INTO source_version (source, meta)
    SELECT id, json_set(meta, '$.updated', NULL) FROM source WHERE id IN (SELECT source FROM entry);
UPDATE entry SET
    source_version = (SELECT id FROM source_version WHERE source_version.source = entry.source),
    source_updated = (SELECT CAST(strftime('%s', json_extract(meta, '$.updated')) AS INTEGER) FROM source WHERE source.id = entry.source);

-- When entries of a source were last written, shown or not: what an output shows may look different since then, also by what
-- is not there any more.
ALTER TABLE source ADD COLUMN entries_changed INTEGER NOT NULL DEFAULT 0;
UPDATE source SET entries_changed = coalesce((SELECT max(changed) FROM entry WHERE entry.source = source.id), 0);
CREATE INDEX source_entries_changed ON source (entries_changed, id);

-- Storing order, for archives.
CREATE INDEX entry_stored ON entry (id, source, story, hidden);

-- What each output shows: the sources and rules that its archive documents were filled by, as JSON; the last entry that was
-- looked at, and how many entries the newest document has.
CREATE TABLE archive (
    output  TEXT    NOT NULL PRIMARY KEY,
    shown   TEXT    NOT NULL,
    through INTEGER NOT NULL,
    filled  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Where archive documents begin: one has the entries from its first to the next one's.
CREATE TABLE archive_document (
    output TEXT    NOT NULL,
    number INTEGER NOT NULL,            -- from 1
    first  INTEGER NOT NULL,            -- entry
    PRIMARY KEY (output, number)
) STRICT, WITHOUT ROWID;
