-- Ids and addresses that different entries of one document bore: they are never believed again in that source. The key is the
-- digest that aliases have.
CREATE TABLE distrusted (
    source INTEGER NOT NULL,
    key    INTEGER NOT NULL,
    what   TEXT    NOT NULL,            -- as the publisher wrote it, shortened
    since  INTEGER NOT NULL,
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;

-- What the items of the last document came to, as JSON.
ALTER TABLE source ADD COLUMN tally TEXT NOT NULL DEFAULT '{}';
