-- Decisions of a person that were imported, and whose entries are not all stored yet: they are carried out, and the row is deleted, as
-- soon as the entries come. Entries are named by what means the same in every store.
CREATE TABLE awaited (
    id           INTEGER PRIMARY KEY,          -- in the order in which they are carried out
    what         TEXT    NOT NULL,             -- hide, split, join
    entry_source TEXT    NOT NULL,             -- the name of the entry's source
    entry_key    TEXT    NOT NULL,             -- its identity inside the source
    entry_digest INTEGER NOT NULL,             -- of entry_key, as in alias
    entry_url    INTEGER NOT NULL,             -- of the canonical form, if entry_key is an address; else entry_digest
    other_source TEXT    NOT NULL,             -- '': the decision concerns one entry alone
    other_key    TEXT    NOT NULL,
    other_digest INTEGER NOT NULL,
    other_url    INTEGER NOT NULL,
    UNIQUE (what, entry_source, entry_key, other_source, other_key)
) STRICT;
