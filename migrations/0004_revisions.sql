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
