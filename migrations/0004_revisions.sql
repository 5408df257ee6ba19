-- What entries said before they were revised: the first version and the last three.
CREATE TABLE revision (
    entry   INTEGER NOT NULL,
    number  INTEGER NOT NULL,             -- 0 is what was stored first
    until   INTEGER NOT NULL,             -- when the next version came
    title   TEXT    NOT NULL,
    link    TEXT,
    summary TEXT    NOT NULL,
    content TEXT    NOT NULL,
    PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;

-- What outputs are gathered by: everything that decides is in the index, as the columns themselves lie behind the texts.
DROP INDEX entry_ranked;
CREATE INDEX entry_ranked ON entry (ranked, id, source, story, hidden);
DROP INDEX entry_source_ranked;
CREATE INDEX entry_source_ranked ON entry (source, ranked, id, story, hidden);
CREATE INDEX entry_first_seen ON entry (first_seen);
