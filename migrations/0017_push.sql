-- Subscriptions of sources at hubs (WebSub) and clouds (rssCloud).
-- What the last document of a source said of its hub: JSON with hub, topic and cloud. NULL if it named neither hub nor cloud.
ALTER TABLE source ADD COLUMN offers TEXT;
CREATE INDEX source_offers ON source (configured) WHERE offers IS NOT NULL;

CREATE TABLE push (
    token         TEXT    PRIMARY KEY,          -- the last part of the callback address
    source        INTEGER NOT NULL,
    kind          TEXT    NOT NULL,             -- websub, rsscloud
    hub           TEXT    NOT NULL,
    topic         TEXT    NOT NULL,
    callback      TEXT    NOT NULL,             -- the whole address that the hub was told
    secret        TEXT,                         -- what the hub signs with
    state         TEXT    NOT NULL,             -- asked, active, ending
    verified      INTEGER,                      -- when the hub last verified it
    since         INTEGER,                      -- since when the source is subscribed without a gap
    lease_until   INTEGER,
    next_try      INTEGER NOT NULL,             -- when the hub is asked next
    failures      INTEGER NOT NULL,             -- requests in a row that failed or were not verified
    failing_since INTEGER,
    deliveries    INTEGER NOT NULL,             -- deliveries and pings that were taken
    refused       INTEGER NOT NULL,             -- requests that were refused
    last_delivery INTEGER,
    owed          INTEGER NOT NULL,             -- 1: something was announced that is not stored yet
    problem       TEXT                          -- what went wrong last
) STRICT, WITHOUT ROWID;

-- What deliveries and polls have shown of a hub, for each of its sources.
CREATE TABLE push_trust (
    hub              TEXT    NOT NULL,          -- its host
    source           INTEGER NOT NULL,
    pushed           INTEGER NOT NULL,          -- new entries that came by push first
    missed           INTEGER NOT NULL,          -- new entries that a poll found although the hub had time to deliver them
    proven           INTEGER NOT NULL,          -- 1: it has delivered since it was last distrusted
    delivered        INTEGER NOT NULL,          -- 1: it has delivered since the last verdict
    verdicts         INTEGER NOT NULL,          -- the last verdicts as bits, the newest lowest; 1 is a miss
    distrusted_until INTEGER,
    PRIMARY KEY (hub, source)
) STRICT, WITHOUT ROWID;
