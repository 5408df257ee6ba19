-- Stories that another entry leads than the one stored first: the entry whose title, text, address and source are published
-- under the id of the entry that was stored first.
CREATE TABLE story_lead (
    story   INTEGER PRIMARY KEY,         -- the number of the story
    lead    INTEGER NOT NULL,            -- the entry that leads it
    updated INTEGER NOT NULL             -- the latest date of change that the story was published with before
) STRICT;
CREATE INDEX story_lead_lead ON story_lead (lead);
