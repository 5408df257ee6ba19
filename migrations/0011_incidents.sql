-- What a person should know of: sources that fail, are gone, have moved, fell silent or flood; a configuration that was refused; a
-- disk that is nearly full. A row is one incident, which is open until it has ended.
CREATE TABLE incident (
    source   INTEGER NOT NULL,            -- 0: the whole installation
    aspect   TEXT    NOT NULL,            -- what it is about: reach, address, rhythm, flood, configuration, disk, store
    since    INTEGER NOT NULL,
    kind     TEXT    NOT NULL,            -- failing, gone, moved, silent, flood, refused, disk, store
    updated  INTEGER NOT NULL,            -- when its state last changed
    ended    INTEGER,
    ended_by TEXT,                        -- recovered, dropped
    detail   TEXT,                        -- why
    PRIMARY KEY (source, aspect, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_updated ON incident (updated);

-- When the first of the failed polls in a row ended.
ALTER TABLE source ADD COLUMN failing_since INTEGER;
UPDATE source SET failing_since = coalesce(last_success, last_poll) WHERE failures > 0;
CREATE INDEX source_failing ON source (failing_since) WHERE failing_since IS NOT NULL;
-- When the first poll that succeeded ended, as far as this is known: a silence that began before counts for nothing.
ALTER TABLE source ADD COLUMN watched_since INTEGER;
