-- Names that addresses had before, so that old addresses redirect. A bounded number, of which the oldest are dropped first.
CREATE TABLE former_name (
    kind   TEXT    NOT NULL,             -- source, tag, output
    name   TEXT    NOT NULL,
    source INTEGER,                      -- of kind source: the source that had the name
    now    TEXT,                         -- of the other kinds: the name that took its place
    since  INTEGER NOT NULL,             -- when the name was given up
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- The configuration that was last in force, without its secrets, so that `plan` and renames have something to compare with.
-- A source that is configured and has no row here has no keys of its own.
CREATE TABLE source_setting (
    source   INTEGER PRIMARY KEY,
    private  INTEGER NOT NULL,
    tags     TEXT    NOT NULL,           -- JSON: a list
    settings TEXT    NOT NULL            -- JSON: the keys that are not as by default, with their values as TOML
) STRICT;
CREATE TABLE output_setting (
    name     TEXT NOT NULL PRIMARY KEY,
    selects  TEXT NOT NULL,              -- JSON, as archive.shown
    settings TEXT                        -- as above; unknown for what an earlier version has written
) STRICT, WITHOUT ROWID;
INSERT INTO output_setting (name, selects) SELECT output, shown FROM archive;
