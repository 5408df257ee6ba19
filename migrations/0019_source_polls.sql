-- Most polls bring nothing new. What such a poll changes has a table of its own with narrow rows, so that polls that are
-- committed together write few pages. The other columns of `source` are written only when they change.

CREATE TABLE source_poll (
    source             INTEGER PRIMARY KEY,         -- every row of source has one here
    -- the last poll
    last_poll          INTEGER,
    last_success       INTEGER,                     -- nothing new came between the end of the rhythm in source and this
    outcome            TEXT,
    detail             TEXT,
    effective_url      TEXT,
    whole_at           INTEGER,                     -- when a complete document last came
    failures           INTEGER NOT NULL DEFAULT 0,  -- in a row
    failing_since      INTEGER,
    gone               INTEGER NOT NULL DEFAULT 0,  -- 1: the server said 410
    -- the next poll
    next_poll          INTEGER NOT NULL,
    next_poll_reason   TEXT    NOT NULL,
    planned_under      INTEGER NOT NULL DEFAULT 0,  -- fingerprint of the options of next_poll
    interval           INTEGER,                     -- seconds, learned
    freshness          INTEGER,                     -- seconds the publisher asks us to wait (HTTP)
    feed_freshness     INTEGER,                     -- seconds the publisher asks us to wait (in the document)
    not_before         INTEGER,                     -- Retry-After
    -- the traffic so far
    polls              INTEGER NOT NULL DEFAULT 0,
    polls_not_modified INTEGER NOT NULL DEFAULT 0,
    polls_same         INTEGER NOT NULL DEFAULT 0,
    bytes              INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO source_poll
    SELECT id, last_poll, last_success, outcome, detail, effective_url, whole_at, failures, failing_since, gone,
           next_poll, next_poll_reason, planned_under, interval, freshness, feed_freshness, not_before,
           polls, polls_not_modified, polls_same, bytes
    FROM source ORDER BY id;
CREATE INDEX source_poll_failing ON source_poll (failing_since) WHERE failing_since IS NOT NULL;

DROP INDEX source_failing;
ALTER TABLE source DROP COLUMN last_poll;
ALTER TABLE source DROP COLUMN last_success;
ALTER TABLE source DROP COLUMN outcome;
ALTER TABLE source DROP COLUMN detail;
ALTER TABLE source DROP COLUMN effective_url;
ALTER TABLE source DROP COLUMN whole_at;
ALTER TABLE source DROP COLUMN failures;
ALTER TABLE source DROP COLUMN failing_since;
ALTER TABLE source DROP COLUMN gone;
ALTER TABLE source DROP COLUMN next_poll;
ALTER TABLE source DROP COLUMN next_poll_reason;
ALTER TABLE source DROP COLUMN planned_under;
ALTER TABLE source DROP COLUMN interval;
ALTER TABLE source DROP COLUMN freshness;
ALTER TABLE source DROP COLUMN feed_freshness;
ALTER TABLE source DROP COLUMN not_before;
ALTER TABLE source DROP COLUMN polls;
ALTER TABLE source DROP COLUMN polls_not_modified;
ALTER TABLE source DROP COLUMN polls_same;
ALTER TABLE source DROP COLUMN bytes;
