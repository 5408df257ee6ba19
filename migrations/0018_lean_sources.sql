-- A poll that brings nothing new writes the row of its source. Long texts that such a poll neither changes nor needs, and what
-- every poll writes before its request, have tables of their own, so that it writes less.

-- When each source was last about to be polled.
CREATE TABLE attempt (
    source INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL              -- the begin of the last attempt, finished or not
) STRICT;
INSERT INTO attempt (source, at) SELECT id, last_attempt FROM source WHERE last_attempt IS NOT NULL ORDER BY id;

-- What the last document of a source said. A source without a row here has had no document, or one that said nothing of this.
CREATE TABLE source_document (
    source   INTEGER PRIMARY KEY,
    meta     TEXT NOT NULL,              -- JSON: how the feed describes itself
    problems TEXT NOT NULL,              -- JSON: a list
    listed   BLOB                        -- the newest entries that it lists; NULL if that is not known
) STRICT;
INSERT INTO source_document (source, meta, problems, listed)
    SELECT id, meta, problems, listed FROM source
    WHERE (meta, problems) <> ('{}', '[]') OR listed IS NOT NULL ORDER BY id;

ALTER TABLE source DROP COLUMN last_attempt;
ALTER TABLE source DROP COLUMN meta;
ALTER TABLE source DROP COLUMN problems;
ALTER TABLE source DROP COLUMN listed;
