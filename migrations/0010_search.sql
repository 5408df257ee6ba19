-- The index for search. The daemon fills it in batches while it has nothing more urgent to do: fact 'search_through' is
-- the last entry that is in it, and entries that were revised after they were indexed wait in search_due. A search also
-- examines the entries that are not in the index yet.

-- The terms of each entry, by its number, as search/mod.rs makes them: separated by spaces, without case and accents, so
-- that the simplest tokenizer suffices. The index names candidates only: phrases and fields are examined in the stored
-- texts, so it keeps neither the texts (content='') nor the places of words (detail=none), which would double its size.
CREATE VIRTUAL TABLE search USING fts5 (
    terms, content='', contentless_delete=1, detail=none, tokenize='ascii'
);
-- Rare and large merges cost half of what many small ones do, because entries come in batches.
INSERT INTO search (search, rank) VALUES ('automerge', 16);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
INSERT INTO search (search, rank) VALUES ('hashsize', 4194304);

CREATE TABLE search_due (
    entry INTEGER PRIMARY KEY
) STRICT;
