-- The learned rhythm of each source, what is held against hosts, and where sources have moved to.

ALTER TABLE source ADD COLUMN rhythm BLOB;                                   -- as schedule/rhythm.rs packs it
ALTER TABLE source ADD COLUMN skip INTEGER NOT NULL DEFAULT 0;               -- hours and days to skip, schedule/skip.rs
ALTER TABLE source ADD COLUMN planned_under INTEGER NOT NULL DEFAULT 0;      -- fingerprint of the options of next_poll
-- a permanent redirect: where to, and the evidence for it
ALTER TABLE source ADD COLUMN moved_to TEXT;
ALTER TABLE source ADD COLUMN moved_polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN moved_since INTEGER;
-- the address that is asked instead of the configured one, since when it was last seen to be right, and why
ALTER TABLE source ADD COLUMN adopted_url TEXT;
ALTER TABLE source ADD COLUMN adopted_at INTEGER;
ALTER TABLE source ADD COLUMN adopted_why TEXT;                              -- moved, page
-- what polling costs the publisher
ALTER TABLE source ADD COLUMN polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN polls_not_modified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN polls_same INTEGER NOT NULL DEFAULT 0;         -- 200 with the same body, to a conditional request, in a row
ALTER TABLE source ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;              -- on the wire

-- Registrable domains that asked to be left alone, or taught a slower pace.
CREATE TABLE host (
    key          TEXT NOT NULL PRIMARY KEY,
    paused_until INTEGER,
    reason       TEXT NOT NULL,
    asked        INTEGER NOT NULL,               -- 1: it asked for the pause itself
    gap          INTEGER,                        -- seconds between two requests
    gap_since    INTEGER,
    faults       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
