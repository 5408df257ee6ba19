-- The subscribers of our documents (WebSub). A row is one subscription, verified with its callback: what it is told of, and which
-- content it was last told. There is no queue of contents, because a subscriber that missed some is told only the latest.
CREATE TABLE subscription (
    id            INTEGER PRIMARY KEY,
    topic         TEXT    NOT NULL,      -- the path of the document below public_url
    callback      TEXT    NOT NULL,      -- the address that is told
    asked         TEXT    NOT NULL,      -- the topic as the subscriber wrote it, perhaps with the token of the output
    secret        TEXT,                  -- by which deliveries are signed
    method        TEXT    NOT NULL,      -- of the signatures: sha1, sha256, sha384, sha512
    expires       INTEGER NOT NULL,      -- when the lease ends
    delivered     TEXT    NOT NULL,      -- the version of the content that was delivered last
    failures      INTEGER NOT NULL,      -- deliveries in a row that failed
    failing_since INTEGER,               -- when the first of them failed
    UNIQUE (topic, callback)
) STRICT;
