-- Deliveries: programs and addresses that are told of news, and how far each of them has been told. A receiver is told of one
-- thing after the other, so its place in the order of news takes the place of a queue.
CREATE TABLE delivery (
    receiver       TEXT    PRIMARY KEY,         -- output/NAME, or notify/ and a digest of the command or address
    place          INTEGER,                     -- number of its [[notify]], by which an edited command or address is known
    through        INTEGER NOT NULL,            -- all up to this entry, or this incident_change, is told or given up
    delivered      INTEGER NOT NULL DEFAULT 0,  -- how many have been delivered
    last_delivered INTEGER,
    failing_since  INTEGER,                     -- since when the delivery that is due has failed
    failures       INTEGER NOT NULL DEFAULT 0,
    next_attempt   INTEGER,
    reason         TEXT,                        -- why the last attempt failed
    dead           INTEGER NOT NULL DEFAULT 0,  -- dead letters: how many were given up
    last_dead      INTEGER,
    dead_reason    TEXT
) STRICT, WITHOUT ROWID;

-- The latest changes of incidents, in their order. A row of incident has only the last state.
CREATE TABLE incident_change (
    number   INTEGER PRIMARY KEY,               -- consecutive
    source   INTEGER NOT NULL,                  -- as in incident, like the columns below
    since    INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    updated  INTEGER NOT NULL,
    ended    INTEGER,
    ended_by TEXT,
    detail   TEXT
) STRICT;
