-- When each source was last about to be polled. It is written before every request, so it has a narrow table of its own:
-- in `source`, every attempt would write the whole row anew.
CREATE TABLE attempt (
    source INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL              -- the begin of the last attempt, finished or not
) STRICT;
INSERT INTO attempt (source, at) SELECT id, last_attempt FROM source WHERE last_attempt IS NOT NULL ORDER BY id;
ALTER TABLE source DROP COLUMN last_attempt;
