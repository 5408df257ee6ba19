-- The first shape of the store: what every source is known by, and every entry once.
-- Times are whole seconds since 1970, UTC.

-- Facts about the store itself: store_id (a UUID, made once), configured_as and configured_at (a digest of the
-- configuration that shapes what is published, and when it last changed).
CREATE TABLE fact (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    name             TEXT    NOT NULL,            -- short name, as in the configuration or made from the URL
    named            INTEGER NOT NULL,            -- 1: the name was written; 0: it was made, and the URL is the identity
    url              TEXT    NOT NULL,            -- as configured
    configured       INTEGER NOT NULL,            -- 0: no longer in the configuration; its entries stay
    -- conditional requests: the document that the entries in the store vouch for
    document_url     TEXT,                        -- the URL that answered with it
    etag             BLOB,
    last_modified    BLOB,
    body_hash        BLOB,
    -- schedule
    last_attempt     INTEGER,                     -- written before the request
    next_poll        INTEGER NOT NULL,
    next_poll_reason TEXT    NOT NULL,
    interval         INTEGER,                     -- seconds, learned
    freshness        INTEGER,                     -- seconds the publisher asks us to wait (HTTP)
    feed_freshness   INTEGER,                     -- seconds the publisher asks us to wait (in the document)
    not_before       INTEGER,                     -- Retry-After
    failures         INTEGER NOT NULL DEFAULT 0,  -- in a row
    gone             INTEGER NOT NULL DEFAULT 0,  -- 1: the server said 410
    -- the last poll
    last_poll        INTEGER,
    last_success     INTEGER,
    outcome          TEXT,
    detail           TEXT,
    effective_url    TEXT,
    format           TEXT,
    parsed           INTEGER,                     -- items in the last document that was read
    problems         TEXT    NOT NULL DEFAULT '[]',
    meta             TEXT    NOT NULL DEFAULT '{}',
    meta_changed     INTEGER NOT NULL             -- when name, title or meta last changed
) STRICT;
CREATE UNIQUE INDEX source_name ON source (name) WHERE configured = 1;
CREATE INDEX source_url ON source (url);

CREATE TABLE entry (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- rises in storing order
    source       INTEGER NOT NULL REFERENCES source (id),
    key          TEXT    NOT NULL,                   -- identity inside the source
    declared_id  TEXT,
    published_id TEXT    NOT NULL,                   -- the atom:id, made or taken over once
    link         TEXT,
    title        TEXT    NOT NULL,
    summary      TEXT    NOT NULL,
    content      TEXT    NOT NULL,
    details      TEXT    NOT NULL,                   -- JSON: what is only carried along
    first_seen   INTEGER NOT NULL,
    published    INTEGER NOT NULL,
    updated      INTEGER NOT NULL,
    ranked       INTEGER NOT NULL,                   -- place in live documents: published, or the last revision
    changed      INTEGER NOT NULL,                   -- when this row was last written
    first_poll   INTEGER NOT NULL,                   -- 1: came with the first poll of its source
    revisions    INTEGER NOT NULL DEFAULT 0,
    record_hash  BLOB    NOT NULL,
    text_hash    BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_key ON entry (source, key);
CREATE UNIQUE INDEX entry_published_id ON entry (published_id);
CREATE INDEX entry_ranked ON entry (ranked, id, source);
CREATE INDEX entry_source_ranked ON entry (source, ranked, id);
