-- A database of schema 0007 as watershed 0.1.0 wrote it, migrated from 0006.sql and polled on; see tests/it/databases.rs.
PRAGMA auto_vacuum=INCREMENTAL;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migration (
                     number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied INTEGER NOT NULL
                 ) STRICT;
INSERT INTO migration VALUES(1,'0001_sources_and_entries','0b08a877148261839db93d99ba360f716994796c72678977a24e896f4e913280',1795891356);
INSERT INTO migration VALUES(2,'0002_rhythm_hosts_and_moves','530a087fae7bad6392741a329fdc20fb581045a5558c1c0928fb759acd7cbe5d',1795891356);
INSERT INTO migration VALUES(3,'0003_stories','4e8dc400b0a67e473d1d61be9a6dcbf5bf21f6763dbe41adfd0a3ebe9e28df5d',1795891356);
INSERT INTO migration VALUES(4,'0004_revisions','83e0811e47593a5ae453d0325a1cbc2996a726d685941da83fbf97754043e62e',1795891356);
INSERT INTO migration VALUES(5,'0005_trust_and_tallies','b49a023b8add40659e57ee09c66923a357bd111eada8a7364b36cf74973a1243',1795891356);
INSERT INTO migration VALUES(6,'0006_archives','2d25ed73e4a480a5f9df7bda27fc4186465a958ae46bd3825729507c8e3eb8b9',1795891356);
INSERT INTO migration VALUES(7,'0007_lean','71bd58e75aad23160ea1ea2fda8e8a1e14e1ba68fc5fe0436213914fc1237a32',1795906283);
CREATE TABLE fact (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO fact VALUES('configured_as','1a43283d364f04b72da509ef84dee486e5d8300acd5a2d3c6f2eb8525190843e');
INSERT INTO fact VALUES('configured_at','1795906294');
INSERT INTO fact VALUES('last_entry','185');
INSERT INTO fact VALUES('store_id','c7717b8d-a5a4-4dd9-8163-3e6d7ff8a8a6');
INSERT INTO fact VALUES('stories_pruned','1795891356');
INSERT INTO fact VALUES('stories_touched','1795906319');
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
, rhythm BLOB, skip INTEGER NOT NULL DEFAULT 0, planned_under INTEGER NOT NULL DEFAULT 0, moved_to TEXT, moved_polls INTEGER NOT NULL DEFAULT 0, moved_since INTEGER, adopted_url TEXT, adopted_at INTEGER, adopted_why TEXT, polls INTEGER NOT NULL DEFAULT 0, polls_not_modified INTEGER NOT NULL DEFAULT 0, polls_same INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, tally TEXT NOT NULL DEFAULT '{}', entries_changed INTEGER NOT NULL DEFAULT 0, listed BLOB) STRICT;
INSERT INTO source VALUES(1,'mill',1,'http://mill.example/feed.xml',1,'http://mill.example/feed.xml',X'22376233653235303822',NULL,X'70d13333711c5444a53ebe09bec58aff',1795906318,4102444800,'never: the publishers are gone',2401,NULL,NULL,NULL,0,0,1795906319,1795906319,'new',NULL,NULL,'rss-2.0',2,'[]','{"id":null,"title":"The Mill","subtitle":"News of The Mill","link":"https://mill.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'010f5b0b6b00000000095b0b6b000000000200000076a8aa41914197410000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000bd12c73e3dbc983f0008d53f6102d43f4606933f6351b43e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000044ff2e408af5b6405bd84e40afc87e3ecb447f3ecb44ff3ecb447f3e23c17f3e88e03f3f36f03f3fdaff7f3e0000000047c34d3f6abc543f10f25b3f3d66633f161b6b3f0aaaa93f774c7b41',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,1,0,100437,'{"parsed":2,"new":1,"same":1,"revised":0,"rejected":0}',1795906319,X'b8000000000000009b00000000000000');
INSERT INTO source VALUES(2,'observatory',1,'http://observatory.example/atom.xml',1,'http://observatory.example/atom.xml',X'22353430326162323122',NULL,X'67ec1897bf679d8a0325f3a130c475a0',1795906318,4102444800,'never: the publishers are gone',6901,NULL,NULL,NULL,0,0,1795906319,1795906319,'not_modified',NULL,NULL,'atom-1.0',4,'[]','{"id":"tag:observatory.example,2026:feed","title":"Hill Observatory","subtitle":null,"link":"https://observatory.example/","icon":"https://observatory.example/icon.png","logo":null,"rights":"Free to copy","language":null,"updated":"2026-11-27T09:00:00Z","authors":[{"name":"Ines Quill","uri":"https://observatory.example/about"}]}',1795906294,X'010f5b0b6b00000000624c0b6b000000000400000089433a41ac139d410000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000215bba3e6efa8e3f1e6cc73f16449c3f74eed43e00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009a169f3f9a161f4090f3be3faae7fe3eaae77e3e0000000001a27f3e01a2ff3e01a27f3e0000000000000000000000001be54d3f64df543fb311dc3e5036b43ef34d3a3f469e403f7bccf740',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,2,0,75071,'{"parsed":4,"new":2,"same":0,"revised":2,"rejected":0}',1795906294,X'9f000000000000009e000000000000008b000000000000008a00000000000000');
INSERT INTO source VALUES(3,'harbour',1,'http://harbour.example/feed.json',1,'http://harbour.example/feed.json',X'223165613464613765313864313362383722',NULL,X'2db363fe6f9f3e4875f8f679895c0e12',1795906318,4102444800,'never: the publishers are gone',7501,NULL,NULL,NULL,0,0,1795906318,1795906318,'not_modified',NULL,NULL,'json-feed',15,'[]','{"id":null,"title":"Harbour Office","subtitle":null,"link":"https://harbour.example/","icon":null,"logo":null,"rights":null,"language":"en","updated":null,"authors":[{"name":"The harbour office"}]}',1795891356,X'010e5b0b6b00000000a6200b6b000000000f000000febe07419686a24100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009261b73e410a903fd8c0a43f0089213f4358e33d00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009e169f3f9e161f409e169f3f000000000000000000000000000000000000000000000000000000000000000000000000facfcd3ecfc0d43efe24453fffca4b3fc951ba3e549ac03e3088ab40',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,3,0,43696,'{"parsed":15,"new":1,"same":14,"revised":0,"rejected":0}',1795891368,NULL);
INSERT INTO source VALUES(4,'noticeboard',1,'http://noticeboard.example/news.xml',1,'http://noticeboard.example/news.xml',X'22343634333530383422',NULL,X'6ebeabf9989d0a9b3cc02358503b0651',1795906318,4102444800,'never: the publishers are gone',3601,NULL,NULL,NULL,0,0,1795906318,1795906318,'not_modified',NULL,NULL,'rss-2.0',3,'[]','{"id":null,"title":"Parish Noticeboard","subtitle":"News of Parish Noticeboard","link":"https://noticeboard.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891362,X'010e5b0b6b00000000634c0b6b0000000003000000c6e77e4035bd303e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000ab8afe3eab8a7e3f44ff3e3fb6e7fe3eb6e77e3e000000000da27f3e0da2ff3e0da27f3e000000000000000000000000000000000000000000000000000000000000000000000000c6e77e40',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,6,2,0,21871,'{"parsed":3,"new":2,"same":0,"revised":1,"rejected":0}',1795906295,X'ad00000000000000ac000000000000009600000000000000');
INSERT INTO source VALUES(5,'ledger',1,'http://ledger.example/rss.xml',1,'http://ledger.example/rss.xml',X'22633337353432656222',NULL,X'b415bf17dae74740294182c975bf7e13',1795906318,4102444800,'never: the publishers are gone',5401,NULL,NULL,NULL,0,0,1795906318,1795906318,'not_modified',NULL,NULL,'rss-2.0',4,'["2 different entries share a declared id or link; they are told apart otherwise"]','{"id":null,"title":"Old Ledger","subtitle":"News of Old Ledger","link":"https://ledger.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'010e5b0b6b000000003f510b6b0000000004000000749d3541ea369a4100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001c78ca3e79089f3fde36a63fae31e73e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009e169f3f29032f40cbc8de3fb5c87e3ed1447f3ed144ff3ed1447f3e29c17f3e29c1ff3e29c17f3e0000000000000000a0b6cd3e99a6d43e79d2db3e3f3ce33e06e6ea3e4aaa593f3fa00541',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,2,0,40347,'{"parsed":4,"new":3,"same":1,"revised":0,"rejected":0}',1795906295,X'b400000000000000b300000000000000b2000000000000009500000000000000');
INSERT INTO source VALUES(6,'lantern',1,'http://lantern.example/podcast.xml',1,'http://lantern.example/podcast.xml',X'223561306134323033313935653564343122',NULL,X'd3cd0bb41368ae688b2b1322c69e5776',1795906318,4102444800,'never: the publishers are gone',7501,NULL,NULL,NULL,0,0,1795906319,1795906319,'not_modified',NULL,NULL,'rss-2.0',13,'[]','{"id":null,"title":"Evening Lantern","subtitle":"News of Evening Lantern","link":"https://lantern.example/","icon":null,"logo":"https://lantern.example/cover.jpg","rights":null,"language":"en-GB","updated":null,"authors":[{"name":"Lantern Radio"}]}',1795891356,X'010f5b0b6b00000000a6200b6b000000000d0000009cf0fc40451ea54100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000007415c13e5f1f8e3fa56e8b3f8d52b63e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009d169f3f9d161f409d169f3f000000000000000000000000000000000000000000000000000000000000000000000000a8ac013f93a6d43e665cae3ee332e33e1c4aba3effbdf23e2887ab40',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,3,0,51936,'{"parsed":13,"new":1,"same":12,"revised":0,"rejected":0}',1795891367,NULL);
INSERT INTO source VALUES(7,'ferry',1,'http://ferry.example/rss.xml',0,'http://ferry.example/rss.xml',X'226461333539643931356138303462343122',NULL,X'0f0c1a3904fec2c38ba8c9d467e99a91',1795891364,4102444800,'never: the publishers are gone',10801,NULL,NULL,NULL,0,0,1795891364,1795891364,'not_modified',NULL,NULL,'rss-2.0',9,'[]','{"id":null,"title":"Chain Ferry","subtitle":"News of Chain Ferry","link":"https://ferry.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'01a4200b6b000000001832f06a0000000009000000a4f46840aea8934100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000007086d93eebdbaa3f0793b23fd662f83e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000e6d9693fecccd53eb802dd3ec176e43e232bec3e0c22f43eb35dfc3e',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,5,4,0,5081,'{"parsed":9,"new":9,"same":0,"revised":0,"rejected":0}',1795891356,NULL);
INSERT INTO source VALUES(8,'mirror',1,'http://mirror.example/rss',1,'http://mirror.example/rss',X'22386235313665353022',NULL,X'56a122327824997748b0c043baf56cac',1795906318,4102444800,'never: the publishers are gone',4501,NULL,NULL,NULL,0,0,1795906318,1795906318,'not_modified',NULL,NULL,'rss-2.0',3,'[]','{"id":null,"title":"Town Mirror","subtitle":"News of Town Mirror","link":"https://mirror.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'010e5b0b6b00000000ad530b6b000000000300000096a8a04159658a410000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000a92be33ee14aae3f25e5c13fac2a383f4a02fb3d0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000e6e73e40afddc6400cbf5e40bae7fe3e3f16ff3ed544ff3e6b73ff3e12a2ff3eb8d0ff3eb8d07f3e000000000000000000000000000000005eaedb3e981b633fe8cd6a3f02c3723f78348741',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,1,0,79156,'{"parsed":3,"new":0,"same":2,"revised":1,"rejected":0}',1795906306,X'b100000000000000b0000000000000009800000000000000');
INSERT INTO source VALUES(9,'almanac',1,'http://almanac.example/rss',1,'http://almanac.example/rss',X'226431363566356166323135303736353622',NULL,X'67478db88c7c8e4f6a55b2d322caa653',1795906318,4102444800,'never: the publishers are gone',1501,NULL,NULL,NULL,3,0,1795906318,1795891367,'failed','the server answered 404 (not found: has the feed moved?)',NULL,'rss-2.0',23,'[]','{"id":null,"title":"Small Almanac","subtitle":"News of Small Almanac","link":"https://almanac.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'01a7200b6b00000000a5200b6b00000000170000003c6e2541097fb04100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009fed8f3e46da5c3f0e059a3f2cfeaf3facb8973f5737dd3e00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000e7ff9f3fe7ff1f40e7ff9f3f0000000000000000000000000000000000000000000000000000000000000000000000006568243fbffa293fe154753fc7caa23fc7c3143f69ce193f80e0b340',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,0,0,51893,'{"parsed":23,"new":1,"same":22,"revised":0,"rejected":0}',1795891367,NULL);
INSERT INTO source VALUES(10,'quarry',1,'http://quarry.example/rss',1,'http://quarry.example/rss',X'22663431303761643422',NULL,X'd1029e180248d08e754a8f75b57a7489',1795906318,4102444800,'never: the publishers are gone',15301,NULL,NULL,NULL,0,0,1795906318,1795906318,'not_modified',NULL,NULL,'rss-2.0',1,'[]','{"id":null,"title":"Quarry Road","subtitle":"News of Quarry Road","link":"https://quarry.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795906294,X'010e5b0b6b000000009455056b000000000100000000000000e4ab874000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,2,0,603,'{"parsed":1,"new":1,"same":0,"revised":0,"rejected":0}',1795906294,X'9d00000000000000');
INSERT INTO source VALUES(11,'kiln',1,'http://kiln.example/rss',1,NULL,NULL,NULL,NULL,1795891356,4102444800,'never: the publishers are gone',NULL,NULL,NULL,NULL,1,1,1795891356,NULL,'gone','the server answered 410: the feed is gone for good',NULL,NULL,NULL,'[]','{}',1795891356,NULL,0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,1,0,0,0,'{}',0,NULL);
INSERT INTO source VALUES(12,'busy',1,'http://busy.example/rss',1,NULL,NULL,NULL,NULL,1795891356,4102444800,'never: the publishers are gone',NULL,NULL,NULL,1795977756,1,0,1795891356,NULL,'failed','the server answered 429 (too many requests)',NULL,NULL,NULL,'[]','{}',1795891356,NULL,0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,1,0,0,0,'{}',0,NULL);
INSERT INTO source VALUES(13,'chronicle',1,'http://chronicle.example/feed',1,'http://chronicle.example/feed',X'22383861346235643422',NULL,X'eed003903b92ec34ecae536596598530',1795906318,4102444800,'never: the publishers are gone',2101,NULL,NULL,NULL,0,0,1795906319,1795906319,'new',NULL,NULL,'rss-2.0',5,'[]','{"id":null,"title":"Weir Chronicle","subtitle":"News of Weir Chronicle","link":"https://chronicle.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795906294,X'010f5b0b6b00000000085b0b6b00000000050000004ceaab4031cdee40000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000073a31a3f73a39a3f73a31a3f0000000000000000000000000000000000000000000000000000000035c5743e35c5f43e35c5743e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000adffff3eadff7f3fadffff3e000000001a1c4e3fc006553f00000000000000000000000035c5743f93da3140',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,3,0,0,12067,'{"parsed":5,"new":1,"same":3,"revised":1,"rejected":0}',1795906319,X'b900000000000000b500000000000000a200000000000000a100000000000000a000000000000000');
INSERT INTO source VALUES(14,'gauge',1,'http://gauge.example/feed.json',1,'http://gauge.example/moved.json',X'22636161643963343722',NULL,X'f7cd0fb131faa65c5ac1212fd1bd1bc7',1795906318,4102444800,'never: the publishers are gone',2101,NULL,NULL,NULL,0,0,1795906318,1795906318,'new',NULL,'http://gauge.example/moved.json','json-feed',4,'[]','{"id":null,"title":"Lower Weir Gauge","subtitle":null,"link":"https://gauge.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":null,"authors":[{"name":"The lock-keeper"}]}',1795906294,X'010e5b0b6b00000000085b0b6b0000000004000000aca13140570ff24000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004b87463e4b87c63e4b87463e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000b3ffff3eb3ff7f3fb3ffff3e00000000000000000000000000000000000000000000000000000000aca13140',0,2622821176285691364,'http://gauge.example/moved.json',3,1795906294,NULL,NULL,NULL,3,0,0,4554,'{"parsed":4,"new":1,"same":3,"revised":0,"rejected":0}',1795906318,X'b700000000000000b600000000000000a600000000000000a500000000000000');
INSERT INTO source VALUES(15,'post',1,'http://post.example/atom',1,'http://post.example/atom',X'22386631333734333522',NULL,X'872dfbbf4fc18fcf8cd6e59db9206ba4',1795906318,4102444800,'never: the publishers are gone',8401,NULL,NULL,NULL,0,0,1795906319,1795906319,'not_modified',NULL,NULL,'atom-1.0',2,'[]','{"id":"urn:uuid:0d4f2a40-6f6f-4a5e-9b1c-0c5f6f6b7007","title":"Weir Post","subtitle":null,"link":"https://post.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":"2026-11-27T09:00:00Z","authors":[]}',1795906295,X'010f5b0b6b0000000000a9096b0000000002000000325c753fa248a63f00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000325c753e325cf53e325c753e00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000325c753f00000000',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,3,2,0,1498,'{"parsed":2,"new":2,"same":0,"revised":0,"rejected":0}',1795906295,X'a800000000000000a700000000000000');
CREATE TABLE host (
    key          TEXT NOT NULL PRIMARY KEY,
    paused_until INTEGER,
    reason       TEXT NOT NULL,
    asked        INTEGER NOT NULL,               -- 1: it asked for the pause itself
    gap          INTEGER,                        -- seconds between two requests
    gap_since    INTEGER,
    faults       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO host VALUES('busy.example',1795977756,'it asked to wait 1d (Retry-After)',1,60,1795891356,0);
CREATE TABLE decision (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    what     TEXT    NOT NULL,            -- join, split, hide, unhide
    entry    INTEGER NOT NULL,
    other    INTEGER,                     -- what it was joined to, or parted from
    evidence TEXT    NOT NULL,            -- JSON: what was measured
    by_hand  INTEGER NOT NULL
) STRICT;
INSERT INTO decision VALUES(1,1795891357,'join',105,1,'{"rung":"link","shared":0,"shorter":0,"containment":0.0,"overlap":0.0,"lead":0.0,"title":1.0}',0);
INSERT INTO decision VALUES(2,1795891357,'join',106,2,'{"rung":"text","shared":103,"shorter":103,"containment":1.0,"overlap":1.0,"lead":1.0,"title":1.0}',0);
INSERT INTO decision VALUES(3,1795891357,'join',107,5,'{"rung":"text","shared":106,"shorter":106,"containment":1.0,"overlap":1.0,"lead":1.0,"title":0.46153846153846156}',0);
INSERT INTO decision VALUES(4,1795891357,'join',108,21,'{"rung":"headline","shared":0,"shorter":0,"containment":0.0,"overlap":0.0,"lead":0.0,"title":1.0}',0);
INSERT INTO decision VALUES(5,1795891357,'join',109,23,'{"rung":"id","shared":46,"shorter":46,"containment":1.0,"overlap":1.0,"lead":1.0,"title":1.0}',0);
INSERT INTO decision VALUES(6,1795891357,'join',110,6,'{"rung":"hint","shared":94,"shorter":94,"containment":1.0,"overlap":1.0,"lead":1.0,"title":1.0}',0);
INSERT INTO decision VALUES(7,1795891357,'join',111,4,'{"rung":"text","shared":86,"shorter":86,"containment":1.0,"overlap":1.0,"lead":1.0,"title":1.0}',0);
INSERT INTO decision VALUES(8,1795891362,'part',111,4,'null',0);
INSERT INTO decision VALUES(9,1795891369,'split',106,2,'null',1);
INSERT INTO decision VALUES(10,1795891369,'join',32,53,'{"rung":"hand","shared":0,"shorter":0,"containment":0.0,"overlap":0.0,"lead":0.0,"title":0.0}',1);
INSERT INTO decision VALUES(11,1795891369,'hide',128,NULL,'null',1);
INSERT INTO decision VALUES(12,1795891369,'hide',141,NULL,'null',1);
INSERT INTO decision VALUES(13,1795891369,'unhide',141,NULL,'null',1);
INSERT INTO decision VALUES(14,1795906294,'join',164,159,'{"rung":"text","shared":61,"shorter":61,"containment":1.0,"overlap":0.953125,"lead":1.0,"title":0.0}',0);
INSERT INTO decision VALUES(15,1795906295,'join',168,158,'{"rung":"id","shared":64,"shorter":64,"containment":1.0,"overlap":1.0,"lead":1.0,"title":1.0}',0);
INSERT INTO decision VALUES(16,1795906295,'join',174,151,'{"rung":"text","shared":41,"shorter":41,"containment":1.0,"overlap":1.0,"lead":1.0,"title":0.0}',0);
INSERT INTO decision VALUES(17,1795906295,'join',175,169,'{"rung":"link","shared":0,"shorter":0,"containment":0.0,"overlap":0.0,"lead":0.0,"title":1.0}',0);
INSERT INTO decision VALUES(18,1795906295,'join',176,170,'{"rung":"text","shared":62,"shorter":62,"containment":1.0,"overlap":1.0,"lead":1.0,"title":0.0}',0);
INSERT INTO decision VALUES(19,1795906295,'join',177,171,'{"rung":"text","shared":62,"shorter":62,"containment":1.0,"overlap":1.0,"lead":1.0,"title":1.0}',0);
INSERT INTO decision VALUES(20,1795906306,'part',177,171,'null',0);
INSERT INTO decision VALUES(21,1795906319,'hide',166,NULL,'null',1);
INSERT INTO decision VALUES(22,1795906319,'hide',157,NULL,'null',1);
INSERT INTO decision VALUES(23,1795906319,'unhide',157,NULL,'null',1);
INSERT INTO decision VALUES(24,1795906319,'split',176,170,'null',1);
INSERT INTO decision VALUES(25,1795906319,'join',167,173,'{"rung":"hand","shared":0,"shorter":0,"containment":0.0,"overlap":0.0,"lead":0.0,"title":0.0}',1);
CREATE TABLE parted (
    one   INTEGER NOT NULL,               -- the smaller number
    other INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
INSERT INTO parted VALUES(2,106);
INSERT INTO parted VALUES(170,176);
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
INSERT INTO revision VALUES(3,0,1795891358,'The narrow organist of Inchport is sketched','http://mill.example/2026/2','','<p>A chapel catalogued the amber harbour near Hazelden by candlelight. The council of Kestrel-Hithe sheltered the brittle miller, while the brittle weir borrowed the tidy paddock. A visitor to Saltmarsh-Ney replaced a rafter near Saltmarsh-Ney, because every ferry described the hollow surveyor.</p><p>Against advice, the copper committee of Kestrel-Hithe rebuilt every tide, until one bridge reassured the neglected quarry. A frost inspected the muddy drizzle after the thaw. The council of Garrowby applauded every otter near Netherby, whereas no petition abandoned the forgotten lighthouse. To general astonishment, the mossy meteor of Penwarren followed the unlikely carpenter, until the temporary compass carried the stubborn miller of Inchport.</p>');
INSERT INTO revision VALUES(8,0,1795891358,'The patient frost of Alderwick is rebuilt','http://mill.example/2026/7','','<p>The borrowed exhibition repaired every otter although every chapel from Larkrise-Fen auctioned every by-law after the thaw.</p><p>As nobody had expected, the generous subscription repaired the polished culvert, while the wooden tide borrowed the quiet barometer.</p>');
INSERT INTO revision VALUES(8,1,1795891360,'How a petition from Oxenholt postponed the tide','http://mill.example/2026/7','','<p>The mossy rafter of Alderwick delayed the temporary archivist and one archivist beyond Kestrel-Hithe restored the unlikely toll after the thaw.</p><p>A visitor to Larkrise-Fen delayed every otter of Quillmouth, so the crooked signalman near Corriemoor measured the northern gardener.</p>');
INSERT INTO revision VALUES(10,0,1795891360,'Yarnfold: unlikely fog and otter photographed','http://mill.example/2026/9','','<p>No meteor of Fennick painted a turbine as nobody had expected.</p><p>Under a borrowed awning, the copper committee surprised one bridge, while a kettle surprised the hollow surveyor beyond Larkrise-Fen.</p>');
INSERT INTO revision VALUES(20,0,1795891357,'Saltmarsh-Ney: polished medlar and willow translated','https://observatory.example/2026/3','','<p>The ancient meteor from Larkrise-Fen warned one swallow so a badger of Oxenholt described every attic between two storms.</p><p>Nobody in Ravensweir questioned a market, while the tidy walnut surprised a barley. Every meteor near Quillmouth translated every drizzle until the mossy signalman of Larkrise-Fen reassured every rehearsal against advice.</p>');
INSERT INTO revision VALUES(22,0,1795891360,'Muddy organist, rusty hedgerow at Saltmarsh-Ney','https://observatory.example/2026/5','','<p>The northern chimney carried the polished granary against advice. Nobody in Saltmarsh-Ney rebuilt one turbine, so the borrowed willow surprised the temporary postmaster.</p><p>With some reluctance, every regatta from Hazelden translated a barometer, while the patient carpenter photographed a lantern. Every copse near Larkrise-Fen delivered the salted aurora although the salted turnip near Quillmouth rebuilt the polished frost without a word.</p>');
INSERT INTO revision VALUES(25,0,1795891357,'The generous ferry of Brackenford is delivered','https://observatory.example/2026/8','The generous towpath photographed the tidy chapel to general astonishment.','<p>The half-finished tariff from Quillmouth reassured the half-finished market from Garrowby with some reluctance.</p><p>The council of Hazelden counted the crooked kingfisher of Eastmere, whereas the half-finished millrace beyond Dunhollow photographed the amber market. The crooked quince near Brackenford refused the cheerful barometer although a granary beyond Wexcombe restored the unlikely viaduct in the second week.</p>');
INSERT INTO revision VALUES(25,2,1795891363,'The generous ferry of Brackenford is delivered','https://observatory.example/2026/8','The generous towpath photographed the tidy chapel to general astonishment.','<p>The unlikely organist beyond Fennick carried no otter while the cheerful signalman dismantled the amber beekeeper without a word.</p><p>For the third time, the northern badger of Inchport dismantled a signalman, so the windswept auction postponed the mossy turbine. On the slack tide, the amber organist described the cautious barometer, because no subscription borrowed the hollow towpath beyond Quillmouth.</p>');
INSERT INTO revision VALUES(25,3,1795891364,'The generous ferry of Brackenford is delivered','https://observatory.example/2026/8','The generous towpath photographed the tidy chapel to general astonishment.','<p>Every chimney of Brackenford polished one kiln until the hollow kiln of Netherby rebuilt the mossy turnip before breakfast.</p><p>The mossy schoolroom warned every cooper on the slack tide. Half of Saltmarsh-Ney restored every paddock, although the tidy chimney restored the neglected tide.</p>');
INSERT INTO revision VALUES(25,4,1795891367,'The generous ferry of Brackenford is delivered','https://observatory.example/2026/8','The generous towpath photographed the tidy chapel to general astonishment.','<p>For the third time, the half-finished tariff repaired the ancient harvest, and the northern millrace catalogued one by-law.</p><p>Against advice, the stubborn compass beyond Hazelden postponed the generous rafter, so the weathered jetty catalogued one towpath. A surveyor sheltered the temporary petition because a culvert debated the tidy notebook against advice.</p>');
INSERT INTO revision VALUES(31,0,1795891360,'Corriemoor: weathered millrace and lecture questioned','https://harbour.example/2026/1','','<p>Towards evening, a surveyor beyond Saltmarsh-Ney restored the polished gazette, although the northern tariff painted no paddock.</p><p>Without a word, the generous millrace of Mossgate reassured the restless barometer, until one kettle borrowed the wooden aurora from Corriemoor.</p>');
INSERT INTO revision VALUES(44,0,1795891357,'Eastmere: ancient turnip and signalman debated','https://noticeboard.example/2026/4','','<p>No tide weighed a swallow although the half-finished regatta near Saltmarsh-Ney restored the copper lobster under a borrowed awning.</p><p>Without a word, the shallow gazette repaired the cautious lighthouse, whereas the narrow chimney polished the neglected cooper.</p>');
INSERT INTO revision VALUES(111,0,1795891362,'Weathered fog, temporary turnip at Mossgate','https://mirror.example/leaves','','<p>The mossy toll refused the narrow reservoir against advice. For the third time, the stubborn chimney replaced the weathered jetty, because the stubborn committee surprised the crowded stove. The generous compass postponed the borrowed jetty from Wexcombe towards evening.</p><p>For the third time, the hollow lighthouse sketched every belfry, while the crowded viaduct followed the narrow eclipse. For the third time, every jetty beyond Saltmarsh-Ney borrowed the tidy thaw, whereas no lobster rescued the quiet drizzle. The council of Hazelden measured the cautious barley, until every comet from Tarnbeck restored a archivist.</p>');
INSERT INTO revision VALUES(130,0,1795891365,'The faithful market of Inchport is followed','https://mill.example/2026/7','','<p>The council of Wexcombe reassured the muddy glazier from Tarnbeck, while the weathered baker near Inchport repaired a tide.</p><p>The half-finished lighthouse delayed the faithful beekeeper although the stubborn bridge carried the weathered cooper in the second week. Every mackerel carried the cheerful schoolroom so the crowded rafter measured every bridge before breakfast.</p>');
INSERT INTO revision VALUES(130,1,1795891368,'The borrowed beetle of Netherby is measured','https://mill.example/2026/7','','<p>A visitor to Inchport followed the salted recital, although the crowded trawler inspected the windswept heron.</p><p>On the slack tide, the northern auction carried the cheerful comet, while the unlikely cellar warned the hollow petition. Towards evening, the windswept barley applauded one moth, because the temporary chapel repaired the tidy sluice.</p>');
INSERT INTO revision VALUES(138,0,1795906294,'How a tariff from Tarnbeck rebuilt the compass','https://observatory.example/2026/15','','<p>The council of Yarnfold dismantled the mossy towpath from Alderwick, whereas the crowded weir rescued the mossy sluice.</p><p>To general astonishment, no quarry repaired every lantern, and the brittle market translated no auction. Half of Underhay questioned a signalman, whereas one beekeeper of Wexcombe surprised the generous eclipse.</p>');
INSERT INTO revision VALUES(139,0,1795906294,'The generous thaw of Quillmouth is borrowed','https://observatory.example/2026/16','For the third time, the temporary surveyor restored the rusty tariff, although the crowded exhibition counted the forgotten committee.','<p>In the second week, the tidy rehearsal near Eastmere weighed the crooked glazier, although the hollow notebook postponed one swallow.</p><p>During the interval, the quiet surveyor weighed the muddy lobster, and the neglected tariff abandoned the neglected swallow beyond Wexcombe. The unlikely swallow counted the brittle lighthouse beyond Saltmarsh-Ney at low water.</p>');
INSERT INTO revision VALUES(150,0,1795906295,'The ancient miller of Brackenford is measured','https://noticeboard.example/2026/14','','<p>Nobody in Penwarren counted the muddy millrace, until the rusty market sheltered the half-finished trawler.</p><p>One moth replaced the cautious miller of Eastmere with some reluctance.</p>');
INSERT INTO revision VALUES(154,0,1795906295,'The northern harbour of Inchport is reassured','https://mill.example/2026/24','','<p>A quarry from Kestrel-Hithe carried one recital under a borrowed awning.</p><p>Towards evening, the silver barley from Penwarren catalogued the neglected barometer, while the northern aurora weighed every mackerel. Half of Garrowby repaired the crowded harvest, because the unlikely thaw from Netherby catalogued every anchor.</p>');
INSERT INTO revision VALUES(162,0,1795906306,'Brackenford: brittle orchard and paddock sheltered','https://chronicle.example/2026/1','','<p>The tidy carpenter of Alderwick weighed one polished orchard whereas the windswept hedgerow of Quillmouth questioned one crooked market without a word.</p><p>The northern willow of Quillmouth catalogued one polished barometer because the narrow carpenter of Netherby borrowed one ancient barometer without a word.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
INSERT INTO revision VALUES(162,1,1795906319,'Brackenford: brittle orchard and paddock sheltered','https://chronicle.example/2026/1','','<p>The tidy carpenter of Alderwick weighed another polished orchard whereas the windswept hedgerow of Quillmouth questioned another crooked market without a word.</p><p>The northern willow of Quillmouth catalogued another polished barometer because the narrow carpenter of Netherby borrowed another ancient barometer without a word.</p><p>The quiet willow of Saltmarsh-Ney delayed one brittle paddock so the restless sluice of Corriemoor weighed one crooked glazier before breakfast.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
INSERT INTO revision VALUES(165,0,1795906307,'Reading 1: 91 cm at the lower weir','https://gauge.example/readings/1','','<p>The narrow turbine of Dunhollow delayed one wooden tariff because the silver cistern of Mossgate delayed one patient tariff towards evening.</p>');
INSERT INTO revision VALUES(177,0,1795906306,'Underhay: polished cistern and viaduct carried','https://mirror.example/copied/30','','<p>The shallow kiln of Dunhollow warned one restless compass while the patient archivist of Wexcombe questioned one stubborn glazier to general astonishment.</p><p>The windswept archivist of Inchport dismantled one polished viaduct so the brittle paddock of Penwarren warned one silver tariff with some reluctance.</p><p>The windswept compass of Underhay delayed one brittle barometer whereas the borrowed hedgerow of Inchport borrowed one silver archivist with some reluctance.</p>');
CREATE TABLE distrusted (
    source INTEGER NOT NULL,
    key    INTEGER NOT NULL,
    what   TEXT    NOT NULL,            -- as the publisher wrote it, shortened
    since  INTEGER NOT NULL,
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
INSERT INTO distrusted VALUES(5,-4911760223564360294,'id:urn:ledger:double',1795891356);
INSERT INTO distrusted VALUES(5,-1937970044861441624,'id:N/A',1795891356);
INSERT INTO distrusted VALUES(5,5606096663632031844,'id:urn:ledger:again',1795906295);
CREATE TABLE source_version (
    id     INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    meta   TEXT    NOT NULL
) STRICT;
INSERT INTO source_version VALUES(1,1,'{"id":null,"title":"The Mill","subtitle":"News of The Mill","link":"https://mill.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(2,2,'{"id":"tag:observatory.example,2026:feed","title":"Hill Observatory","subtitle":"What was seen from the hill","link":"https://observatory.example/","icon":"https://observatory.example/icon.png","logo":null,"rights":"Free to copy","language":"en","updated":null,"authors":[{"name":"Ines Quill","uri":"https://observatory.example/about"}]}');
INSERT INTO source_version VALUES(3,3,'{"id":null,"title":"Harbour Office","subtitle":null,"link":"https://harbour.example/","icon":null,"logo":null,"rights":null,"language":"en","updated":null,"authors":[{"name":"The harbour office"}]}');
INSERT INTO source_version VALUES(4,4,'{"id":null,"title":"Parish Noticeboard","subtitle":"News of Parish Noticeboard","link":"https://noticeboard.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(5,5,'{"id":null,"title":"Old Ledger","subtitle":"News of Old Ledger","link":"https://ledger.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(6,6,'{"id":null,"title":"Evening Lantern","subtitle":"News of Evening Lantern","link":"https://lantern.example/","icon":null,"logo":"https://lantern.example/cover.jpg","rights":null,"language":"en-GB","updated":null,"authors":[{"name":"Lantern Radio"}]}');
INSERT INTO source_version VALUES(7,7,'{"id":null,"title":"Chain Ferry","subtitle":"News of Chain Ferry","link":"https://ferry.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(8,8,'{"id":null,"title":"Town Mirror","subtitle":"News of Town Mirror","link":"https://mirror.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(9,9,'{"id":null,"title":"Small Almanac","subtitle":"News of Small Almanac","link":"https://almanac.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(10,10,'{"id":null,"title":"Quarry Road","subtitle":"News of Quarry Road","link":"https://quarry.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(11,2,'{"id":"tag:observatory.example,2026:feed","title":"Hill Observatory","subtitle":null,"link":"https://observatory.example/","icon":"https://observatory.example/icon.png","logo":null,"rights":"Free to copy","language":null,"updated":null,"authors":[{"name":"Ines Quill","uri":"https://observatory.example/about"}]}');
INSERT INTO source_version VALUES(12,13,'{"id":null,"title":"Weir Chronicle","subtitle":"News of Weir Chronicle","link":"https://chronicle.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(13,14,'{"id":null,"title":"Lower Weir Gauge","subtitle":null,"link":"https://gauge.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":null,"authors":[{"name":"The lock-keeper"}]}');
INSERT INTO source_version VALUES(14,15,'{"id":"urn:uuid:0d4f2a40-6f6f-4a5e-9b1c-0c5f6f6b7007","title":"Weir Post","subtitle":null,"link":"https://post.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":null,"authors":[]}');
CREATE TABLE archive (
    output  TEXT    NOT NULL PRIMARY KEY,
    shown   TEXT    NOT NULL,
    through INTEGER NOT NULL,
    filled  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO archive VALUES('feed','{"sources":{"1":[],"2":[],"3":[],"4":[],"5":[],"6":[],"8":[],"9":[{"keep":false,"field":"title","test":{"contains":"turnip"}}],"10":[],"11":[],"12":[],"13":[],"14":[],"15":[]},"filter":[]}',185,62);
INSERT INTO archive VALUES('river','{"sources":{"1":[],"3":[],"14":[]},"filter":[{"keep":false,"field":"title","test":{"contains":"ferry"}},{"keep":true,"field":"content","test":{"matches":"(?i)mill|sluice|harbour|weir|tide"}}]}',185,26);
CREATE TABLE archive_document (
    output TEXT    NOT NULL,
    number INTEGER NOT NULL,            -- from 1
    first  INTEGER NOT NULL,            -- entry
    PRIMARY KEY (output, number)
) STRICT, WITHOUT ROWID;
INSERT INTO archive_document VALUES('feed',1,0);
INSERT INTO archive_document VALUES('feed',2,116);
INSERT INTO archive_document VALUES('river',1,0);
CREATE TABLE entry (
    id             INTEGER PRIMARY KEY,          -- rises in storing order, and is never used again
    source         INTEGER NOT NULL REFERENCES source (id),
    story          INTEGER NOT NULL,             -- the number of the entry that leads its story, mostly its own
    hidden         INTEGER NOT NULL,             -- 1: somebody took it out of every output
    ranked         INTEGER NOT NULL,             -- place in live documents: published, or the last revision
    published      INTEGER NOT NULL,
    updated        INTEGER NOT NULL,
    first_seen     INTEGER NOT NULL,
    changed        INTEGER NOT NULL,             -- when this row was last written
    first_poll     INTEGER NOT NULL,             -- 1: came with the first poll of its source
    revisions      INTEGER NOT NULL,
    source_version INTEGER,
    source_updated INTEGER,                      -- the feed's own date then, if it had one
    aliases        INTEGER NOT NULL,             -- how many keys it is found by
    -- digests, of 8 bytes: of its published id, and of the keys of the version that is stored
    published_key  INTEGER NOT NULL,
    title_key      INTEGER,
    link_key       INTEGER,
    text_key       INTEGER,
    same_key       INTEGER,
    path_key       INTEGER,
    -- digests, of 16 bytes: of everything but the dates; of what a person would notice
    record_hash    BLOB    NOT NULL,
    text_hash      BLOB    NOT NULL
) STRICT;
INSERT INTO entry VALUES(1,1,1,0,1793345400,1793345400,1793345400,1795891356,1795891362,1,0,1,NULL,3,-1269451121534263118,-8890299552459751804,83806731325197878,7714845490421064679,1525891282834175743,-4380491621931993609,X'eedd084c1360267a61e37a9c2226db49',X'9f22b76da1db3a200f60bf83d12bb37a');
INSERT INTO entry VALUES(2,1,2,0,1793345820,1793345820,1793345820,1795891356,1795891369,1,0,1,NULL,3,9169945950017990239,-1504317529837724029,-598846625121521082,3099098283258937732,8786990155151241482,3404790390136532889,X'a636cda5d2d5e7489194bf377cfa1a4f',X'98db24514a7bf97ced5ecc836ead46ed');
INSERT INTO entry VALUES(3,1,3,0,1793432640,1793432640,1793432640,1795891356,1795891362,1,1,1,NULL,3,-1490482711075697583,7322690481130605849,-2319155735610160085,-1450575871633016256,6191046806244147944,-8030186735312930172,X'c8eac03659af6ae5883c9a98b1d6423a',X'ed295266ce902ecc3d71e9a5e9064384');
INSERT INTO entry VALUES(4,1,4,0,1793433060,1793433060,1793433060,1795891356,1795891362,1,0,1,NULL,3,-3204990602761533953,-3010391064026813168,-4059085345236783850,7709047260122864551,3029187555007218087,-3737675727548629511,X'69fae046b57e8f0877b77e1c20a4787f',X'b2b2b173e351cbb64bf82f9544401a1f');
INSERT INTO entry VALUES(5,1,5,0,1793519880,1793519880,1793519880,1795891356,1795891362,1,0,1,NULL,3,7894649059057621239,-3407007198537181225,-4528410649616821703,4214231239742659430,4785168315825381015,-8965341030723081660,X'b8c41aa5c8a402640d70694459001786',X'485279942d2a12715fa77b7cbeab3e9e');
INSERT INTO entry VALUES(6,1,6,0,1793520300,1793520300,1793520300,1795891356,1795891362,1,0,1,NULL,3,-3481383277390091822,5258900234387519663,-6484734870271745889,4078854761954371623,-5198093015898703789,-6234333225330964673,X'66f7191498b2e25737f63cf8c87ca10d',X'9a90ce3d1724343236af93ffd3936d36');
INSERT INTO entry VALUES(7,1,7,0,1793607120,1793607120,1793607120,1795891356,1795891362,1,0,1,NULL,3,6247543720866434788,3876932776499082316,-2645842904140150844,-5350388820396946966,2324130022336464149,3152687784091400664,X'ad74d626a474b691f3f0f977ced7fb5f',X'e9dc485f02b4b37585a05bfaa57a08a3');
INSERT INTO entry VALUES(8,1,8,0,1795891360,1793607540,1795891360,1795891356,1795891360,1,2,1,NULL,3,-6797529332360593359,-4250043475465356068,4784269380999125558,8009925720768780833,3999487288990200164,-1685962249754437053,X'110ff4cec561d94aed4c61d4a98e84ce',X'c16262e5127fc2c21718c4c6d8d5f4ca');
INSERT INTO entry VALUES(9,1,9,0,1793694360,1793694360,1793694360,1795891356,1795891362,1,0,1,NULL,3,-8257201166768412859,-3816267262686894140,-5485147563116210835,7089783547148285507,-8196814140759821024,-51752769470590111,X'b074d9ae183e9ceb4ff67ff36131c3cb',X'439e0c17dcbda5769f132809548865fe');
INSERT INTO entry VALUES(10,1,10,0,1795891360,1793694780,1795891360,1795891356,1795891362,1,1,1,NULL,3,2166641358878458922,7460149835054674974,-4265741770010098455,8751839992422099995,8241998199564810597,1112675581886507771,X'cc99424705842938ca4e35321e6e6ec0',X'e651e1af296fde9ea8efdef4d5282d84');
INSERT INTO entry VALUES(11,1,11,0,1793781600,1793781600,1793781600,1795891356,1795891362,1,0,1,NULL,3,-445540765213802035,4126729899563718348,-2996988569853911887,-668606668405002691,3735753554800565851,-4573008106450745319,X'968c76b6bcfe740db19685c771b30e80',X'f57fa2ae91087d6589c7574d2e8e86b4');
INSERT INTO entry VALUES(12,1,12,0,1793782020,1793782020,1793782020,1795891356,1795891362,1,0,1,NULL,3,-1250216212083807631,833059731501631596,-6392146275077290817,5168784575059775396,-2608511615765098888,251073523973597146,X'94ce6f7f45c49ac627c81be34eeef37c',X'911b26902ac5d31dcec4428df1f5d868');
INSERT INTO entry VALUES(13,1,13,0,1793868840,1793868840,1793868840,1795891356,1795891362,1,0,1,NULL,3,4580798948645042681,3731234314474049121,-814510787996303276,2023327118983944332,-8328758030551172752,3004559015012470262,X'7a52d37515432a5bb0a98913b50de8a2',X'699b01c28339dc2322c6e16c1c71a1e2');
INSERT INTO entry VALUES(14,1,14,0,1793869260,1793869260,1793869260,1795891356,1795891362,1,0,1,NULL,3,7857531312729806416,-4188767420872164506,-8229242768410984184,5449347563077440305,-874300981823989673,-8915911098197775016,X'efe622701cf83e8d87991bc274f446d1',X'78b47c11ae01b814e0f4a940f79f4b3a');
INSERT INTO entry VALUES(15,1,15,0,1793956080,1793956080,1793956080,1795891356,1795891362,1,0,1,NULL,3,-8324026550786387322,-1621776352433160823,-7116584715742010980,5431067474676248626,-1334678161913351237,-6754061867538186955,X'0c0d7800b1a29271007f4ed5a2b73738',X'b6072bd6a5e66dc132d5945e6b508750');
INSERT INTO entry VALUES(16,1,16,0,1793956500,1793956500,1793956500,1795891356,1795891362,1,0,1,NULL,3,8185710716889858490,2258756228497849261,-582434740591951019,-340692187596606162,3805842534119368398,6774162739399882866,X'613fc827f6f25b2271fe4599de66f7da',X'fab0038a3e0447bc5dd1931d9d9599dc');
INSERT INTO entry VALUES(17,2,17,0,1793172600,1793172600,1793172600,1795891356,1795891356,1,0,2,1793696040,3,5651294315237635619,-9164197257479496758,-2967751384465825160,-9220386000583871690,-1444517080720778074,8414231418875919620,X'424c1c6e5de2cb5de4dfec2b70380946',X'38779a37b3c22f13a4c47f135f686e73');
INSERT INTO entry VALUES(18,2,18,0,1793173020,1793173020,1793173020,1795891356,1795891356,1,0,2,1793696040,3,-5564632295058522131,-5887098757326186883,6035963583237694873,-4911660852271958395,-3864995001975024161,-2553486170690341770,X'dff07965a571db2437e2d9c1377bce75',X'b307fd99093b7d87a46fed3540360b24');
INSERT INTO entry VALUES(19,2,19,0,1793259840,1793259840,1793259840,1795891356,1795891356,1,0,2,1793696040,3,-7662755599604751354,7970117926060730261,1902521637118472546,-1341391727867337430,148096908969253071,3797348953765298431,X'b0727be7143f7c96d90dbc0775092e3e',X'bddbe84cd958db36f02d279edadb238c');
INSERT INTO entry VALUES(20,2,20,0,1795073400,1793260260,1795073400,1795891356,1795891357,1,1,2,1795159860,3,-8373788337845764482,-6591352579341952983,-354303550472858914,-2656687117995040511,4970215562455190818,7489285378234867594,X'70a5f2c58ccce365ff1fed1507446351',X'230fb364a1fd8ead71a319eb036eb710');
INSERT INTO entry VALUES(21,2,21,0,1793347080,1793347080,1793347080,1795891356,1795891357,1,0,2,1793696040,3,-8160815390966132274,6289086442343098800,-6197178744919189537,-147074725527644976,2474493684465216605,-5494763880972420510,X'd1ecc01c2c88a43646593da80d3ce283',X'78d91f79cee33543079e51615adb28f4');
INSERT INTO entry VALUES(22,2,22,0,1793347500,1793347500,1793347500,1795891356,1795891360,1,1,2,1795159920,3,-4770895672098422113,-5404017813349445194,3927987511042464197,1428970108824519654,8286285510478196435,-7685399792095044277,X'a246f57e2e43be041e3abbb346d8c114',X'fa89d3f8fab7a1270c263a782b9f9fb3');
INSERT INTO entry VALUES(23,2,23,0,1793434320,1793434320,1793434320,1795891356,1795891357,1,0,2,1793696040,3,5884442816647966310,7274248168855786275,-7031312466173835750,8025073057271960749,-2246811063912253946,-6090164781391963097,X'053a0ab49ca5573b3f908c9f231c46a0',X'c9d8a2ac1e375511fc60e614af7d3110');
INSERT INTO entry VALUES(24,2,24,0,1793434740,1793434740,1793434740,1795891356,1795891356,1,0,2,1793696040,3,4186550970744876905,4345793521301255458,5388274161001723284,-57002634426420552,2756741586683381265,-3467729245338955651,X'c877d12fd89d22b9dff175f40eafd496',X'f05131db5619aa5b1ee743907c230a72');
INSERT INTO entry VALUES(25,2,25,0,1795160100,1793521560,1795160100,1795891356,1795891367,1,5,2,1795160100,3,-4131068605710187885,379895826842142366,2989568396137029626,2955800373853548359,-7506133345417279256,-304593678718592912,X'b992e4a72403546f37678ad14580418f',X'e046478173de85dac7c3f0a20d3fc1e4');
INSERT INTO entry VALUES(26,2,26,0,1793521980,1793521980,1793521980,1795891356,1795891356,1,0,2,1793696040,3,3467028056849022001,-7380779034507054546,612881366893006030,-5053690513030694110,-8754816762424695361,-4768973704993285210,X'ec8794d8595d41a42116edbb38992009',X'c895a8602766ef46658f3d1444ab1670');
INSERT INTO entry VALUES(27,2,27,0,1793608800,1793608800,1793608800,1795891356,1795891356,1,0,2,1793696040,3,-8277901415822123115,8492738455629286929,2801295237969421613,-7843332634785265167,-7596018592930611756,-5579442817778169735,X'64f9d5e911b32bede7ae833221814443',X'586ceb5ae897ebaa51de98589b862331');
INSERT INTO entry VALUES(28,2,28,0,1793609220,1793609220,1793609220,1795891356,1795891356,1,0,2,1793696040,3,-3114991336868937858,3519160976471901431,5020419919374219413,-8888990125205806336,-1893825106608884428,3552842030538256264,X'7679ce4ce70d0879546a384fa3193bc6',X'bb191c2aa9787632a8bec4af0a659044');
INSERT INTO entry VALUES(29,2,29,0,1793696040,1793696040,1793696040,1795891356,1795891356,1,0,2,1793696040,3,-2878679951837893134,4103830838329150018,-499062416642268946,9064268472868614085,-8443967676675013778,6466002931884436459,X'474fdb9f0ac24c38a17633d18cb86a1b',X'e9b706be3c6dda3de24b81acf7591810');
INSERT INTO entry VALUES(30,3,30,0,1792999800,1792999800,1792999800,1795891356,1795891368,1,0,3,NULL,3,-807313676755813690,-5991608797142164116,-5839597100224970342,-4480064230619372697,NULL,-3579487324716009094,X'1525631a934d5d118bad5a7d1f9b5704',X'2fd27ff8593bb00aaaf5baea72af048a');
INSERT INTO entry VALUES(31,3,31,0,1795332600,1793086620,1795332600,1795891356,1795891368,1,1,3,NULL,3,1122155540625326634,1668129688732567080,-1300861457449987918,-1731538736254274303,-7187986806330328455,4139635572686383306,X'103a780c11765679116b77b99251babb',X'553d66823524527f3b977cb1146748dd');
INSERT INTO entry VALUES(32,3,32,0,1793173440,1793173440,1793173440,1795891356,1795891369,1,0,3,NULL,3,3827240750620704578,1517929464063739707,1404772227619321928,5299085640929073879,-7635811583510561169,1431320989224527551,X'cd99807583d30059b4f78f79bdf39ee5',X'9b25b0b89ed6dfd3a1924f3b2e207a66');
INSERT INTO entry VALUES(33,3,33,0,1793260260,1793260260,1793260260,1795891356,1795891368,1,0,3,NULL,3,-4798257312770095851,4406300853015465260,5942806105739651116,-986136439196438863,-5904582103883677116,-2063941413561758074,X'50d64cc61ad16b62f3c16958854dba69',X'1f03c67934fbdc0099cc4474e5f4de09');
INSERT INTO entry VALUES(34,3,34,0,1793347080,1793347080,1793347080,1795891356,1795891368,1,0,3,NULL,3,8458632439690835953,-6976571021125721415,-4430493524082391840,7914213113379091816,-2092700348888755543,-9024533350257847864,X'77cbc6380d47a8433db374d1893d4d1e',X'59878005f9c15bfdf52817683edeae76');
INSERT INTO entry VALUES(35,3,35,0,1793433900,1793433900,1793433900,1795891356,1795891368,1,0,3,NULL,3,8389944513135223516,-3776881156346060044,3212602436496631423,9017727703119636523,NULL,7814976730165448724,X'f95a849986c973d3812a31afda71a6a5',X'cdca03cb4f04b8e8ba76e980cd21ef7e');
INSERT INTO entry VALUES(36,3,36,0,1793520720,1793520720,1793520720,1795891356,1795891368,1,0,3,NULL,3,-8123433193381420341,-5745814325082037908,-5477033286084954648,-4186467088917972272,8824139118785262436,2680554608700593054,X'1c3a45ca52e7fe5ea47a842f3c5b8ec2',X'4d81cb9f5d6c966cab3a439664c1f2ea');
INSERT INTO entry VALUES(37,3,37,0,1793607540,1793607540,1793607540,1795891356,1795891368,1,0,3,NULL,3,1882879252398685813,-4617189196155967821,-6177005955887469174,4898568433821060749,5674129585852057456,-2652752946510864347,X'39a064a056447b998522302032709ca9',X'9e6f35e3edc03d0bfe61822382e80e36');
INSERT INTO entry VALUES(38,3,38,0,1793694360,1793694360,1793694360,1795891356,1795891368,1,0,3,NULL,3,-8842336000172186000,-5916015568517673549,-187539370078023537,5876060777198285746,-8609759807257910134,-346476605782545828,X'4951b28df286c267d3398f7d5585c0c5',X'f3a9a7be8389661ee89b9c01b14feb10');
INSERT INTO entry VALUES(39,3,39,0,1793781180,1793781180,1793781180,1795891356,1795891368,1,0,3,NULL,3,8601108392515018245,-2275977342883610623,-1657151957474618312,7556575174088082833,-5037089306127546264,1334314495559976203,X'0f945c014fc3eb04129e1facbb7ea8fd',X'13e5b3389566a55a5673823e6c739e0b');
INSERT INTO entry VALUES(40,4,40,0,1795891356,1795891356,1795891356,1795891356,1795891356,1,0,4,NULL,3,-4778230161212296557,6200663193375686664,4479267205660057333,6142651709073940848,-3843781047116076320,4372626418247158146,X'd1100d3af811c37188c1db58486249f1',X'd02eb664ba85bdfc6afe85f0ca359184');
INSERT INTO entry VALUES(41,4,41,0,1793605020,1793605020,1793605020,1795891356,1795891356,1,0,4,NULL,3,1257162042974456922,-8739362250333848169,-3149369738413276535,-1098370077148684326,-5534010791094709013,654559293506758091,X'923da0ed3b7e2c0939033331b46b8edd',X'9f67cc4fcc1b3c246058567a0ab6b5c1');
INSERT INTO entry VALUES(42,4,42,0,1793691840,1793691840,1793691840,1795891356,1795891356,1,0,4,NULL,3,-7300885509388643822,7342316545921489681,2962474753291177210,6136912083602837271,6755038701194752096,6178319315177667146,X'636ce78e1853cf146ca4c9b91b769442',X'2d87d3cf1199fc946c43ca324d1877cb');
INSERT INTO entry VALUES(43,4,43,0,1795891356,1795891356,1795891356,1795891356,1795891356,1,0,4,NULL,3,-4203978026862850060,-6378593088871351533,6668777317573883013,-6384638657107117892,2325162924337119447,4544903691580744003,X'f853a5b3c7079669bbdb8b73e54fdafa',X'8e17aedf09f1d41e361e34cb9eaf6fc1');
INSERT INTO entry VALUES(44,4,44,0,1793865480,1793865480,1793865480,1795891356,1795891357,1,1,4,NULL,3,4291823696216117359,3467615644375548262,6564089068271205677,6787363541068437540,6260059528539226788,-8678334547496594816,X'973a2d443579a1e19fb47d2b4aee96e6',X'1e456dcbea4237fa8e1c8d451359c86d');
INSERT INTO entry VALUES(45,4,45,0,1793952300,1793952300,1793952300,1795891356,1795891356,1,0,4,NULL,3,-1630621550363280913,-4286491598442982339,1262407308485218055,5602900535254245316,2900891748169177955,4282557090808029837,X'03c687da2e82d66f34b69259b1e0afd6',X'cfdde84b148ca6472d7c6372879b5279');
INSERT INTO entry VALUES(46,4,46,0,1795891356,1795891356,1795891356,1795891356,1795891356,1,0,4,NULL,3,8152554764444726641,5500536875972152682,-2736011426630555604,491501914653805754,-7627018567493306442,8034554482367303455,X'd1846f1eecd716bcda2ec2d6a231e498',X'240dfd27d10e8661a7cd3a5324eb4d4e');
INSERT INTO entry VALUES(47,4,47,0,1794125940,1794125940,1794125940,1795891356,1795891356,1,0,4,NULL,3,8367214299763047983,-5366966111749983670,-1158352046870504851,-7627986545498048664,4085102896700525963,6057481957807340520,X'a3c4ef425f8cb952a1f46b7a30046e60',X'c6623fe3c66c353f0f911296af27a918');
INSERT INTO entry VALUES(48,4,48,0,1794212760,1794212760,1794212760,1795891356,1795891356,1,0,4,NULL,3,-2465120895586670495,-4289357961347674359,7303308010853067020,3147909424938610733,4029103305177681733,1810284391047010809,X'8886289098951ff5d5574f9955beb4ea',X'e5abf7f98aed93ccc99191ad607e5dbf');
INSERT INTO entry VALUES(49,4,49,0,1795891356,1795891356,1795891356,1795891356,1795891356,1,0,4,NULL,3,3680023621452691335,-1196907716268062169,-1991219378116496726,6682393559104837584,-2474609317017033979,9102005951890547523,X'7d28f2bb779e256f15579b61e8af5399',X'44e504c380014435f378de9cc5a9556e');
INSERT INTO entry VALUES(50,5,50,0,1793259000,1793259000,1793259000,1795891356,1795891356,1,0,5,NULL,3,303041199086102118,-2092350643919983532,-4724586611744839134,8988151976909661712,-2891377030531451921,-3002126616124788067,X'8bbb01d409143ba8ee122f611e1bef01',X'5ec10303d817b2a2b0810173f471ee8e');
INSERT INTO entry VALUES(51,5,51,0,1793345820,1793345820,1793345820,1795891356,1795891356,1,0,5,NULL,3,8655918694084149873,-6736569480906263746,-5985751514073576505,-3095416545577520202,3753865913523722908,642487822392092609,X'6cdd72ef771dfe3a37f005cdc0c389d2',X'8351f78851080017c68e23278f79fff2');
INSERT INTO entry VALUES(52,5,52,0,1793432640,1793432640,1793432640,1795891356,1795891356,1,0,5,NULL,3,-841802424105639561,-7989563212284684224,-1826667482478480789,364519490813588137,-7159971076753780690,8315616567479022959,X'79207269557278df75c57fc2b51c687e',X'11a5bbbd471c74448b3010a985754887');
INSERT INTO entry VALUES(53,5,32,0,1793519460,1793519460,1793519460,1795891356,1795891369,1,0,5,NULL,3,-6062382521849020226,-4431842940309872727,1909491522616481380,5857418627848831691,9170121338648366516,-2375584771446815779,X'770f31f821aa9a15e38a3c1b757ccd2e',X'946bb83270f54ba26b9b0b487ce151ad');
INSERT INTO entry VALUES(54,5,54,0,1793606280,1793606280,1793606280,1795891356,1795891356,1,0,5,NULL,3,-2610598554728481898,1044118342599580524,-721479528606877242,4242261783964738305,2744142025223956129,821235831097519740,X'a15361825a6e1d6956594e1e1b8ac45d',X'f3caa810eb685cddfdbac4a584df25e3');
INSERT INTO entry VALUES(55,5,55,0,1793693100,1793693100,1793693100,1795891356,1795891356,1,0,5,NULL,3,-1682642141727561053,-8148191886798879545,-4056442839012913019,7585955954219851660,-1186060393643021139,5400361732351400189,X'daf5c190996b5cc107616f332679c5b9',X'8582e1de827ba472a17d8ecf080c8709');
INSERT INTO entry VALUES(56,5,56,0,1793779920,1793779920,1793779920,1795891356,1795891356,1,0,5,NULL,3,912390534939423112,-8829766138903589589,-4782729121250904251,-8313862005090035131,-7595660196532972750,-579366469507294780,X'92dd910f1958dc2f4568def7afe9134a',X'f1cac0ddf155022c9f706e04b7daac8a');
INSERT INTO entry VALUES(57,5,57,0,1793866740,1793866740,1793866740,1795891356,1795891356,1,0,5,NULL,3,-151067100614926943,7784134558821571584,-4469823659064864654,-8148901944272616530,8880242980527155966,-3502986381368143837,X'887e63ba8e87ffe150b788ddad456d30',X'8cca721fbbbdc7ec47a36b75cceb9c8c');
INSERT INTO entry VALUES(58,5,58,0,1793953560,1793953560,1793953560,1795891356,1795891356,1,0,5,NULL,3,1648737797692336204,-8802660220304495450,-3056751679427070745,3836400906863689912,-8841114580099305926,6775162225500751065,X'841d1ca470c0d1be84fdbfdb6353ad4a',X'4d80849d98d5e06584eb88c098a83040');
INSERT INTO entry VALUES(59,6,59,0,1792913400,1792913400,1792913400,1795891356,1795891356,1,0,6,NULL,3,2236803048452271310,5890710983659423191,3224125637588297155,-7469039195259537705,NULL,8175591016607623904,X'971bfdd7852a0e8cf3c59ba38ff11565',X'5ae4d50e68473d07e6f32d32cda473b2');
INSERT INTO entry VALUES(60,6,60,0,1793086620,1793086620,1793086620,1795891356,1795891356,1,0,6,NULL,3,5690075808299846263,-2033579867966646176,-5387107160630591066,-6741919887421196774,NULL,6949475979293432837,X'012797057dcf64fb748a70717fbfdb7f',X'5c05e8498679a0f08914cdebff52a966');
INSERT INTO entry VALUES(61,6,61,0,1793259840,1793259840,1793259840,1795891356,1795891356,1,0,6,NULL,3,-7200295895522152401,7299629357859436682,-2514657204480594391,-6014324776766231677,NULL,325246115822057853,X'036f6f7b5ab5611dcf2e0a16d3b8617c',X'd60c3c8900d0cd0af614072e325a0715');
INSERT INTO entry VALUES(62,6,62,0,1793433060,1793433060,1793433060,1795891356,1795891356,1,0,6,NULL,3,4006367521646607175,7497377139496850734,3397986033640243960,-7525398980841604017,NULL,-416420330752711187,X'de4f12d2d09fae20adffcb7598a7933d',X'96d66f47d9d1005c91a67e4a64d4ccf7');
INSERT INTO entry VALUES(63,6,63,0,1793606280,1793606280,1793606280,1795891356,1795891356,1,0,6,NULL,3,4743311934779425634,-5017486695194778410,-3316323631739566209,9034459003820164814,NULL,9090743283433436590,X'75b0ec77670bf38e75d1d497f9927c32',X'b8b2f5146e001e0ab62098989574e213');
INSERT INTO entry VALUES(64,6,64,0,1793779500,1793779500,1793779500,1795891356,1795891356,1,0,6,NULL,3,5707842408198172349,6064939650187292889,5349761154944711840,-6823758711721316323,NULL,-2576674078246190676,X'f3301bb6d4d268be0353c979d02849f9',X'0ffb4809937b95f1f3909b200c18e849');
INSERT INTO entry VALUES(65,6,65,0,1793952720,1793952720,1793952720,1795891356,1795891356,1,0,6,NULL,3,-7303070886137823754,-7169354769957626905,-7826633638868163084,5754677947116579029,NULL,-7686360258092252345,X'471d89f2c4869d54bbb98cd02cda1d50',X'bafdffaa3a953915ecb1a7f88e84c55b');
INSERT INTO entry VALUES(66,6,66,0,1794125940,1794125940,1794125940,1795891356,1795891356,1,0,6,NULL,3,-1552970547339814406,-1218332699416199530,-466594923903602954,3604563761696916175,NULL,-5485618587183176258,X'e8441b8b8fc90cb92d0c3f7c6156e795',X'c4354fcfb5c6ae4acc61988f163b8e99');
INSERT INTO entry VALUES(67,7,67,0,1793431800,1793431800,1793431800,1795891356,1795891356,1,0,7,NULL,3,-6102591379452266726,-4251905694259091482,-2242314902728535507,8997171932555259214,-4143627854518800050,5347504416786470896,X'278823cf61640cc4f3e2ea014ffddb36',X'd7f58164f3e89a9cf117ed7ec1446ac7');
INSERT INTO entry VALUES(68,7,68,0,1793518620,1793518620,1793518620,1795891356,1795891356,1,0,7,NULL,3,-4252175741595944234,8697001418443872738,-1883312742800963681,-5136838558292969759,4165273377926125915,8323848078982312971,X'205e60eb2264013e68d2b03781f6097d',X'75d4547399491f81aef3ab8edcaf8ce7');
INSERT INTO entry VALUES(69,7,69,0,1793605440,1793605440,1793605440,1795891356,1795891356,1,0,7,NULL,3,-2126334377330096758,-4167159799461293245,-2048835450107885193,674552426731012744,3520638258603473782,-6784132036156711887,X'b625f8e9fde529bc4bf34e2ea5d2bb5d',X'0d8aad0fbb62237258b97503aee13a05');
INSERT INTO entry VALUES(70,7,70,0,1793692260,1793692260,1793692260,1795891356,1795891356,1,0,7,NULL,3,-452054563489107126,-6332859525475987395,1834959605780340487,7136888534786916028,-5239856736190491249,7109200042269478467,X'637c760fd5a292d68411098f773454bd',X'67df7aa0b54398a111aed8783eb3c0b2');
INSERT INTO entry VALUES(71,7,71,0,1793779080,1793779080,1793779080,1795891356,1795891356,1,0,7,NULL,3,1529818237331724862,7403313234485042187,-586005549943045832,7463507824041809539,-8575028995548554829,-8777691894829935815,X'f313fa336402e2d0b2d118c0c9c68da0',X'd6889c2117d8521fd5bc80b07d477477');
INSERT INTO entry VALUES(72,7,72,0,1793865900,1793865900,1793865900,1795891356,1795891356,1,0,7,NULL,3,-7217567285048141694,-5555794893683270669,-5630512829927860710,7139362845662988577,-2385692211395151488,480681714986663831,X'8037abeb5eea4f2e89ebb4ddeebf52ae',X'503e9d65ab726c3928dd08346b0d3f76');
INSERT INTO entry VALUES(73,7,73,0,1793952720,1793952720,1793952720,1795891356,1795891356,1,0,7,NULL,3,-3000975964379394852,4578905177456328792,-4565412378579693839,-6993603076753353277,-4195717443005987301,4226685292079268608,X'e2a2d7ba2c6fd19e19533b4c35f2f725',X'39f7df12649d9402ee2c56de83b2b6e8');
INSERT INTO entry VALUES(74,7,74,0,1794039540,1794039540,1794039540,1795891356,1795891356,1,0,7,NULL,3,666349837396310746,4079713797210033514,-3482921462749895476,-2221966043229759964,2947697280495505917,-4514504454851650819,X'aca19786858c852fdd59530f01a0cd78',X'a823d63f51366fbfa62778acb0fa0c03');
INSERT INTO entry VALUES(75,7,75,0,1794126360,1794126360,1794126360,1795891356,1795891356,1,0,7,NULL,3,8634903983417369844,-9188641499954337420,-6246926866931309812,-2090655125023242250,-694952094267166833,4679376102802470729,X'71779403c334c07d406f36b3ea99f6e7',X'0598e52c709a4ceb8d48cff320f0e229');
INSERT INTO entry VALUES(76,8,76,0,1793691000,1793691000,1793691000,1795891356,1795891356,1,0,8,NULL,3,-9093587817561569003,-7308462256977300016,-8691355402682951404,-8751031695894055464,1473082806174861685,396928777276572002,X'b5df7abdf7d5f54aa2a4371e4e1027c0',X'65abf248c7772b359793e78ff1c172ee');
INSERT INTO entry VALUES(77,8,77,0,1793691420,1793691420,1793691420,1795891356,1795891356,1,0,8,NULL,3,-3407905415951344863,1502592789898235460,8600626243579985185,-2923601819689461395,-8595994186024004286,6630083538734462070,X'caac1cd0cd2b24bf954c3f10126aff74',X'4b7d9ef15ab885dce4121ee8a215a8b3');
INSERT INTO entry VALUES(78,8,78,0,1793778240,1793778240,1793778240,1795891356,1795891356,1,0,8,NULL,3,1914846537468396195,7817665437660911546,7186439805694998093,4900849908637351314,-4155194955745884394,-5939568937605008177,X'db8d7b36b5da2b5f099f833c1d5fe894',X'fb0773276631559a4f3d818f6799e1d9');
INSERT INTO entry VALUES(79,8,79,0,1793778660,1793778660,1793778660,1795891356,1795891356,1,0,8,NULL,3,-6960542500877868492,-8931665554615369357,-5785317122366481632,1486875949667190231,-8145609898232160831,8752027256273122166,X'0f9947ccd7db0eb1d71012a611585bc3',X'50cb78aacfb17622cbe46bac2abe1984');
INSERT INTO entry VALUES(80,8,80,0,1793865480,1793865480,1793865480,1795891356,1795891356,1,0,8,NULL,3,-9096749388333237675,-1368971604649651779,4053043459378349195,-3704963312243546953,2789886212775511639,8586199888362921595,X'583769f7cfc104cc98d49904055afc68',X'b90a4d937f5826ff9c9ed345ecd67588');
INSERT INTO entry VALUES(81,8,81,0,1793865900,1793865900,1793865900,1795891356,1795891356,1,0,8,NULL,3,2773785642240687902,6698938756997476475,-3304402413957804812,-8087690551120800370,4242118662828024358,2482022079069399379,X'7229c98406a1d159a7a50976d7e1c846',X'2cbbd447bd6e4fd26e86489949c08a8a');
INSERT INTO entry VALUES(82,8,82,0,1793952720,1793952720,1793952720,1795891356,1795891356,1,0,8,NULL,3,-388174199846647729,8053577719744420469,4168548786926135900,7549995953869307797,6387208005019107026,6512806804596397583,X'ae84db94ae02669ff6cea709aaabd09b',X'9d722b05285eb7dcf1d2c57aebfad9f2');
INSERT INTO entry VALUES(83,8,83,0,1793953140,1793953140,1793953140,1795891356,1795891356,1,0,8,NULL,3,8021456044961207168,-526556343112697958,7396221624908114516,-4933714028598416956,-6324667710039624506,-4038992804903979143,X'dba4625a3ab6fd498b0912766e06109d',X'f02656e4414f407dc172d4931692d50d');
INSERT INTO entry VALUES(84,8,84,0,1794039960,1794039960,1794039960,1795891356,1795891356,1,0,8,NULL,3,-578807329360770063,-1282574346181807200,-7175233137102340214,-2386513364942803279,8923472943200980143,7062844139141887997,X'84c78e5004fbfd59a7540948853fb314',X'1d966ccdc659697127f5759d960cef1d');
INSERT INTO entry VALUES(85,8,85,0,1794040380,1794040380,1794040380,1795891356,1795891356,1,0,8,NULL,3,-8964825348242872388,3131215062186182067,6275470755270776317,3020760026546421828,-7288771434852301283,-5831078518189248422,X'7accc7af90f94d3d42c81ea90ee8e25e',X'386070abc0a690e9b7b6c1471438788e');
INSERT INTO entry VALUES(86,9,86,0,1792481400,1792481400,1792481400,1795891356,1795891356,1,0,9,NULL,3,3120457890860193865,7184601681146507414,2731597464916779066,-7369432721583071579,NULL,1775427725288903998,X'2e02f81d184212ceec4972ded1aa05d4',X'5e5c739cea28f8d0076db745b5f5b2d3');
INSERT INTO entry VALUES(87,9,87,0,1792481820,1792481820,1792481820,1795891356,1795891356,1,0,9,NULL,3,-8240922868508262704,-2673569288843083499,-5243265650554695249,-1684444914406489763,5825282130997799728,7829498190871253453,X'b8095bf97080b7efe4f3ee6ee2087266',X'dc441951c68ceb37d504bbcf9238711f');
INSERT INTO entry VALUES(88,9,88,0,1792568640,1792568640,1792568640,1795891356,1795891356,1,0,9,NULL,3,-636477825144410508,-8398677183986903056,2482364385569023850,-3687683083409550872,NULL,-2411418224113174681,X'2736feff4361350aefcaf8f9f68a88c4',X'61192eebcb1dffb70ae262278cf8189a');
INSERT INTO entry VALUES(89,9,89,0,1792569060,1792569060,1792569060,1795891356,1795891356,1,0,9,NULL,3,-6420670526395330987,-4416343868747213018,-5882614386917401222,-2277041655419108422,9103282920690940462,6928751217008965657,X'5f6bebc8bac54a69944bcf3c296f9892',X'b90cac92e6cb3db934bc7a81bda61ee8');
INSERT INTO entry VALUES(90,9,90,0,1792655880,1792655880,1792655880,1795891356,1795891356,1,0,9,NULL,3,4358804645940273226,-6442306513733789310,-3232903467829018020,1176647805322858885,-89968459334195829,6672505150504163109,X'c81b680f321cf186a2adceac07dfada2',X'577d8c8111df4be80c85da1cbd9e26a7');
INSERT INTO entry VALUES(91,9,91,0,1792656300,1792656300,1792656300,1795891356,1795891356,1,0,9,NULL,3,-5498314115543937805,5323157343241291152,2208156938031082073,7573792417064882915,NULL,1610481717852836417,X'7e7c4f62531a069b2949e7ced907b36a',X'84e4fad612628c05550bcbd6ca631bfe');
INSERT INTO entry VALUES(92,9,92,0,1792743120,1792743120,1792743120,1795891356,1795891356,1,0,9,NULL,3,1466394611096875358,-7504599538317978049,-2943898770079870980,7952210808334873694,NULL,2184435309034543854,X'2447fb41165fcc3768fd4c05c1a6ca5e',X'ed79912999ca5a154885abcf90f6cdd2');
INSERT INTO entry VALUES(93,9,93,0,1792743540,1792743540,1792743540,1795891356,1795891356,1,0,9,NULL,3,1226867162789239238,4186375610884928301,-4178527360068744447,4655243211225062604,NULL,2656645329228223769,X'b171905466a68e99d3a35d4a64e429c0',X'2cb698f566b0ed154e03bad2ace9d84a');
INSERT INTO entry VALUES(94,9,94,0,1792830360,1792830360,1792830360,1795891356,1795891356,1,0,9,NULL,3,-7090484897859110552,-8638775829217192383,-2375446728224553722,-7661383922130687528,NULL,-3447922383812428457,X'35d65cdd1861b578acbd32ba4014008a',X'f6432fb7dfae3d1fdc14978b2951001a');
INSERT INTO entry VALUES(95,9,95,0,1792830780,1792830780,1792830780,1795891356,1795891356,1,0,9,NULL,3,-4288522618500981759,2274028081976703069,-851814657648001152,-3701516579288971345,NULL,-4658229411483707152,X'50e982f53243b50e3ac7800e1c72e5cf',X'141f36accf3519949a35f4b7d518b3da');
INSERT INTO entry VALUES(96,9,96,0,1792917600,1792917600,1792917600,1795891356,1795891356,1,0,9,NULL,3,-7367931026740096044,6849174913288029635,-6780416368424031292,5143792372749194501,NULL,542399264404510822,X'3c383357fd0baeb4cda4aac5ede725b4',X'9863809ab944959834ebb503045744af');
INSERT INTO entry VALUES(97,9,97,0,1792918020,1792918020,1792918020,1795891356,1795891356,1,0,9,NULL,3,-1892914542906835292,6136726208483697586,7665666657122225638,-8445950056090518636,NULL,-7629061676805432051,X'be34f3aa27ef67437207241a5fe25c15',X'01017d2102818386813b4915545be9a9');
INSERT INTO entry VALUES(98,9,98,0,1793004840,1793004840,1793004840,1795891356,1795891356,1,0,9,NULL,3,-6927412123875111816,4148117325576363403,-5644677033183539763,-4259075354222788317,NULL,-1106364493665815666,X'43d09a76158086a4c08115981e4d0dc1',X'bc48568545e1105d3802957ed2745891');
INSERT INTO entry VALUES(99,9,99,0,1793005260,1793005260,1793005260,1795891356,1795891356,1,0,9,NULL,3,4481490596469060605,7748558464768115409,-8117874351403189962,-3980910955731267519,NULL,-3707035149600164826,X'd8eb6affb44bdfbfb7a09f3ad3087706',X'2944ad6483b26445d18df61e2b61b29a');
INSERT INTO entry VALUES(100,9,100,0,1793092080,1793092080,1793092080,1795891356,1795891356,1,0,9,NULL,3,-4550435357311295402,3305152789134260431,-8789467043476847636,3871020746084400293,NULL,8513128726877942346,X'95654f13cfa46f684c8ae88f89073c74',X'1cebcffd5e3c2b44d307c41198bc71a0');
INSERT INTO entry VALUES(101,9,101,0,1793092500,1793092500,1793092500,1795891356,1795891356,1,0,9,NULL,3,-3771616298874559840,7395678973091128989,1221096616804042696,-4910174533989426135,NULL,-2643917578354441474,X'fb7b93ab232a0373d4af79b85e492b2d',X'e5c063d6d2ad71bbdbd206b39ea100ee');
INSERT INTO entry VALUES(102,9,102,0,1793179320,1793179320,1793179320,1795891356,1795891356,1,0,9,NULL,3,-8669179667127427334,-8496733231178040103,-8052988335280702113,-1613828023033151187,NULL,3229395319469139478,X'83e52c24fd8fb3cc596c08be88c9a79e',X'ec16729ef907998e3e15a59f6aebd421');
INSERT INTO entry VALUES(103,9,103,0,1793179740,1793179740,1793179740,1795891356,1795891356,1,0,9,NULL,3,-7214834664564205730,-4094199872177798289,5818808851374769226,-1551916758069446761,5605549259580443642,8964947191371956706,X'75c7f96a1f20de42022e8f3f882b8c8e',X'ae8e9fe3140e5a73921e1e2e7d83bbe4');
INSERT INTO entry VALUES(104,8,104,0,1794127200,1794127200,1794127200,1795891357,1795891357,0,0,8,NULL,3,5325150845945375204,-7216916197384863957,6587278026107936961,3551955431532876367,-7829108996543270478,-6201335441968872009,X'dc46ef9e2f4752b9e8d90b720a3aecb9',X'2a7689ab2fc43079ea6afa4504995edb');
INSERT INTO entry VALUES(105,8,1,0,1793518200,1793518200,1793518200,1795891357,1795891357,0,0,8,NULL,3,-7467798959613770103,-8890299552459751804,-2924642310531655108,-5079870318111461930,NULL,-932833682301906572,X'1e8e88d4e1baaa10663b6973ced83073',X'8683bb7867ee2e092d3de92747def777');
INSERT INTO entry VALUES(106,8,106,0,1793518200,1793518200,1793518200,1795891357,1795891369,0,0,8,NULL,3,-6018552315159484807,-1504317529837724029,3811375057060411907,3099098283258937732,8786990155151241482,916620358141376833,X'4ce52be4eaef76540d9ad48ef4d01751',X'98db24514a7bf97ced5ecc836ead46ed');
INSERT INTO entry VALUES(107,8,5,0,1793604600,1793604600,1793604600,1795891357,1795891357,0,0,8,NULL,3,-4896655434372770231,7034310672971581621,5906266744418692427,8965653260240071694,6123183237565368502,-1870284756057502759,X'aa5534ad54638c7902952f746298df1d',X'5f836ed1a90ed528ba57c0d82f75b371');
INSERT INTO entry VALUES(108,8,21,0,1793431800,1793431800,1793431800,1795891357,1795891357,0,0,8,NULL,3,5570301533981494526,6289086442343098800,-5690842181462041403,7917700644044407583,NULL,-6268193462260027756,X'22fd506809575a8243b60d6b3165cfdd',X'815771520637e72f875814c357214d76');
INSERT INTO entry VALUES(109,8,23,0,1793431800,1793431800,1793431800,1795891357,1795891357,0,0,8,NULL,3,907195564920723294,7274248168855786275,-3821858327306309492,8025073057271960749,-2246811063912253946,-3329561445175118585,X'40b27bc0161d15c0ae797d87e96ed273',X'c9d8a2ac1e375511fc60e614af7d3110');
INSERT INTO entry VALUES(110,8,6,0,1793604600,1793604600,1793604600,1795891357,1795891357,0,0,8,NULL,3,2988183096267997363,5258900234387519663,6946550124267680962,4078854761954371623,-5198093015898703789,-849798297788991210,X'e4fc61a52a145ae761842f23ed022736',X'9a90ce3d1724343236af93ffd3936d36');
INSERT INTO entry VALUES(111,8,111,0,1795891362,1793604600,1795891362,1795891357,1795891362,0,1,8,NULL,3,-3676876845457823950,7439878400829245886,-716595007612561353,-5662496450437210901,-3537332366013097747,-8324679008753124516,X'cd5a6670b450ed24f15a0d416c561c1c',X'c1fcc279132141eabe655249279dc89c');
INSERT INTO entry VALUES(112,4,112,0,1794386400,1794386400,1794386400,1795891357,1795891357,0,0,4,NULL,3,7405421815182434580,5961447349160778450,8068901380583763260,-5667960896724334512,6273212619842046743,-6881550538872869534,X'a8de941bf74c7ea32dea575d5227a3b1',X'84aec42b9cdf03f430039cebd6cb4b75');
INSERT INTO entry VALUES(113,9,113,0,1793266560,1793266560,1793266560,1795891357,1795891357,0,0,9,NULL,3,384956910595364543,6400428935527582893,4933440202447047989,-5102342665541623887,NULL,3591661010359633976,X'8eb7f81a7b3d64f863b8798a87506ec4',X'8f1ef8c4d1136c542394f540ba15dd86');
INSERT INTO entry VALUES(114,5,114,0,1794040380,1794040380,1794040380,1795891357,1795891357,0,0,5,NULL,3,-2684618078847437443,-795764651941617005,6299215035703726570,3982567726266928405,-4761807930943296764,-5450149120605375433,X'323605d8e80bc726098e00a4f9091d28',X'001396413442f661d7ab9abb89bf5597');
INSERT INTO entry VALUES(115,2,115,0,1793696460,1793696460,1793696460,1795891357,1795891357,0,0,2,1795159860,3,-433742460751919148,-4298554681016142092,-7986438194376218603,-9012275609473341793,-4405925384431138634,8794880136752961515,X'404c526fa18ea5ab4c34b6268243bb40',X'64da91e07453be4181cfed9632d705b7');
INSERT INTO entry VALUES(116,6,116,0,1794299160,1794299160,1794299160,1795891357,1795891357,0,0,6,NULL,3,-8503916794408477779,4156090954434824355,-8382230584568664624,682202899754136114,NULL,-5354336303156458540,X'a4a248ffb33d2d7b81ab58f90ffe7eac',X'554170232f31b2a7cf5d5f4db01be164');
INSERT INTO entry VALUES(117,3,117,0,1793868000,1793868000,1793868000,1795891357,1795891368,0,0,3,NULL,3,7142815607611838816,8198354051186831452,-7430999380850669936,8428078062605280910,NULL,8326880339869851773,X'bf0673494cb438b1f1c972ebd960ae89',X'd07b59c52faae0588acd610379dc3360');
INSERT INTO entry VALUES(118,1,118,0,1794043320,1794043320,1794043320,1795891358,1795891362,0,0,1,NULL,3,3648878342757811930,-8385855397832114111,-4517223044358547749,-7815187801034814737,-365971995429416941,-574183360765441767,X'3ca66458232ba13aae1e8f6f6efb1838',X'78ecefa2ffe36942713177ef0c163158');
INSERT INTO entry VALUES(119,1,119,0,1794043740,1794043740,1794043740,1795891358,1795891362,0,0,1,NULL,3,3140078318328824422,-2919247280786779271,-9122152276666412085,-997139314716321760,-6230997869003947447,4696956721517711168,X'c27fb3e1782b45f07303847cff004a19',X'8cc77b1ed49bf17a1f0cbb09781a53bb');
INSERT INTO entry VALUES(120,2,120,0,1793783280,1793783280,1793783280,1795891360,1795891360,0,0,2,1795159920,3,-654596755095754994,-439845930658756056,5906982781657754397,-817849727502588568,-7468193323516641132,778664977621861291,X'55b3e37e3e01e6ce8ee7b71362c8a80b',X'9d219b5bdf9cc0026255579c7d73c0dd');
INSERT INTO entry VALUES(121,1,121,0,1794130560,1794130560,1794130560,1795891360,1795891362,0,0,1,NULL,3,-2412546947409919835,3269100975362671263,3082039772129419359,-4927171802113519528,737994547559561160,3310106841262022011,X'1ab74ad8a76dd80a6fe1f9bf2f1fcb2c',X'af9acb10bb35fe2ca81a4b7a1d184e0a');
INSERT INTO entry VALUES(122,1,122,0,1794130980,1794130980,1794130980,1795891360,1795891362,0,0,1,NULL,3,-5410602908932193868,6663384289802619110,2264950501389211810,5622712297642174283,-3608879424740132295,7135958080443688259,X'6a32546b4d2ae3ed088ab5fe80eb2778',X'994660dccf3c5175e73a1a8db3039dde');
INSERT INTO entry VALUES(123,4,123,0,1794473220,1794473220,1794473220,1795891360,1795891360,0,0,4,NULL,3,7930599169031667421,3043658720795596345,3634440428251803030,-2784279328337864390,-2044179399988152184,-1852661015189834073,X'2be4a9d787f8907d9aa7753e1aea9506',X'83c27b6fbe1024ff7e084764a16bcc1c');
INSERT INTO entry VALUES(124,5,124,0,1794127200,1794127200,1794127200,1795891360,1795891360,0,0,5,NULL,3,8931722452400263736,-38073553485826515,1399412119121606255,9167582340545136089,-8741159014683244528,-4592325886862021441,X'4de874a93d16274d4bfacd098aca8f5c',X'e79bd6f43d0b71a870af417e7639fc01');
INSERT INTO entry VALUES(125,3,125,0,1793954820,1793954820,1793954820,1795891360,1795891368,0,0,3,NULL,3,-4234319270493724981,8689236098490859471,-6273309942054088157,-3695768755645186459,552191881439603101,6170577647983607525,X'ab72f73df0a38ffdabd56e0ee945da54',X'30307e3edb2b0f35c062784dc75706b8');
INSERT INTO entry VALUES(126,6,126,0,1794472380,1794472380,1794472380,1795891361,1795891361,0,0,6,NULL,3,-4577263625702887486,-1329923087594624613,7633087857933409040,7471015245882917938,NULL,-3130736334328420485,X'dce91caaca84a7243e763008b2e0bbfe',X'56dfd183312d79b31a431adc592a9d88');
INSERT INTO entry VALUES(127,8,127,0,1794127620,1794127620,1794127620,1795891361,1795891361,0,0,8,NULL,3,-4654512780532574642,-8060504538562695798,226538546178072865,-280409314040013169,-2653377359739699855,-2998634953837640927,X'3748e886cef4a57c3665f384dceed109',X'9dfe0290890b93bc9d73b37dbb12fd2b');
INSERT INTO entry VALUES(128,9,128,1,1793266980,1793266980,1793266980,1795891361,1795891369,0,0,9,NULL,3,-6157663448954126540,5345474784118826944,-161644610613376761,-140622406889272875,6221783304523525062,5832583084549231171,X'75b3a884aacde4823df72183fe8526ce',X'3ccf61b7db197ee5aa959d8d42f6d200');
INSERT INTO entry VALUES(129,5,129,0,1794214020,1794214020,1794214020,1795891362,1795891362,0,0,5,NULL,3,-8176702008381495983,-7978032821193838790,-1096493155379942221,-5517542206995667787,1659110130694182820,3653197314480021680,X'3bb8abeeb84b22d68914c876786d6b8a',X'25997d7a12d0198e355914b10e34df17');
INSERT INTO entry VALUES(130,1,130,0,1795891368,1793607540,1795891368,1795891362,1795891368,0,2,1,NULL,3,5714421724703769318,-8855369503924209201,-4980261338019003627,-5221390702613994963,1929287505992842987,-1375423951910314017,X'73d44ee9a0cc31935d9629c02b28742b',X'ac421d19e28321960bf658e5fb6386d9');
INSERT INTO entry VALUES(131,1,131,0,1794217800,1794217800,1794217800,1795891362,1795891362,0,0,1,NULL,3,-1477336144258841088,7743975701872010729,6520118832631910571,-633497613957874863,-2686380714426450427,7023122269129701057,X'088e9731e5395643e04bfefc77191b1a',X'1befaccdd1cd280546d84d00e096a9a0');
INSERT INTO entry VALUES(132,1,132,0,1794218220,1794218220,1794218220,1795891362,1795891362,0,0,1,NULL,3,-245378200222506012,-8383034174973629130,-3701434823202219733,-3385251988011198897,2987237010148072581,-5763636790461472485,X'bac5bfb21d9a5a1edbebab868a8742b4',X'fce507bfc1e7ce31f0eabe628379e8ca');
INSERT INTO entry VALUES(133,9,133,0,1793353800,1793353800,1793353800,1795891362,1795891362,0,0,9,NULL,3,-6066613331234245386,3615455396393193685,-311827761771201373,720460826060273908,-4345199672271821428,-4407886718022317984,X'c827fa971ae57402c20fb5248ebe022d',X'166c305962a3d56b26f4d1a7dc28fb2c');
INSERT INTO entry VALUES(134,8,134,0,1794214440,1794214440,1794214440,1795891362,1795891362,0,0,8,NULL,3,5374601116325474247,-6748133057830578893,-350159340573255787,-6801770114371056874,9108985330808357615,-6013253099551955673,X'e6fbab5b051e7fe2dab12c3720abb0df',X'83b1106a907256b012c78dfca717551e');
INSERT INTO entry VALUES(135,3,135,0,1794041640,1794041640,1794041640,1795891362,1795891368,0,0,3,NULL,3,-5570026753612616213,-1034446522192110145,314079676765263575,-4787648723655353664,-5405095547869124123,7201335870952901594,X'edb300c4bbdca182864b8d4248a08ac1',X'1aa005b3a4035892dcf4bb6c04586c90');
INSERT INTO entry VALUES(136,4,136,0,1795891363,1795891363,1795891363,1795891363,1795891363,0,0,4,NULL,3,-5497603829858510562,4972635688821633179,-6137821964925964108,1786765600235891486,3018339340064330371,-1423487577708187377,X'7e0e738206f277f89a9d602bd14025ec',X'b4792fabc8754f7ea8012e53c728ed68');
INSERT INTO entry VALUES(137,6,137,0,1794645600,1794645600,1794645600,1795891363,1795891363,0,0,6,NULL,3,3332707818963201057,-3331276586874903257,6966485804746413554,5300137690887747519,NULL,-4593387548584150395,X'c720a83f8cc1356199f38a418ec1d839',X'23c4b0bc8384234edc8aeb2395c531c8');
INSERT INTO entry VALUES(138,2,138,0,1795766400,1793783700,1795766400,1795891363,1795906294,0,1,11,1795770000,3,5638664532687752512,2807430975911876528,-1526500436697242580,4495980503432954610,2984450336873085728,-4947505017618464231,X'7e96143ccfef9bdac581842287164c81',X'9033a9d2ff58434c51bd9c22bbacf8fa');
INSERT INTO entry VALUES(139,2,139,0,1793870520,1793870520,1793870520,1795891364,1795906294,0,1,11,1795770000,3,3458139373916594199,-6045496049076103519,-5192942783850179123,3236855892984475747,8627718924693232785,-4875966564358240853,X'673d7e61aba46ba2d1a2ffb40e11c48c',X'207d9cbfbde3e6552e48e6e87310ed65');
INSERT INTO entry VALUES(140,4,140,0,1794646860,1794646860,1794646860,1795891364,1795891364,0,0,4,NULL,3,-807900763313666787,-5254851562075140724,9134132388280496211,9150889591711546821,-8559284522613677453,8749834782039685209,X'9d43a0710adebcf7c80e639e99a6797a',X'2b92eb37ec433349cb589ec4813de308');
INSERT INTO entry VALUES(141,9,141,0,1793354220,1793354220,1793354220,1795891364,1795891369,0,0,9,NULL,3,4260338253512315501,-3403954882631881950,-3237784313390523872,4511738119354486357,NULL,5843538743773642526,X'511e64ece3c433b317d558b4233f29c3',X'982d8df47c4bcaa18eb161f035af858c');
INSERT INTO entry VALUES(142,8,142,0,1794214860,1794214860,1794214860,1795891364,1795891364,0,0,8,NULL,3,8263643515914582399,-594389335128736896,-6069979981597091072,2385889942965204534,-409598700863919080,-6567394623966663924,X'38b2f0055e8f5220aa40e01552530964',X'8bc92c5a15ed86a94f68cfab50d8ccc9');
INSERT INTO entry VALUES(143,3,143,0,1794128460,1794128460,1794128460,1795891364,1795891368,0,0,3,NULL,3,-1837829279848670971,2079999119235795874,-6234349076630383002,1236865414300667317,-1517180141213991645,-7526703312432913616,X'43589f98ec4d59f016fb855f54bf385b',X'7af0bb9eb62183bc413c176bb0c843dd');
INSERT INTO entry VALUES(144,1,144,0,1794305040,1794305040,1794305040,1795891365,1795891365,0,0,1,NULL,3,-6219210335877770604,7580685825703210332,-8845007957402902069,6005856699308874655,-5880091194678153855,1358825831294311385,X'8c4f29111064e3540078da51de9fe77b',X'9c2b7bc429d51f8b0569cb5bc45aec9a');
INSERT INTO entry VALUES(145,1,145,0,1794305460,1794305460,1794305460,1795891365,1795906295,0,0,1,NULL,4,-158410963352445780,5832982487114848666,236213268262445349,-4018587281627333360,-894821101051789596,-5564803106762288554,X'3c432dc5c2845cfb6c261c71696e39be',X'a907a4572511f97e0f1a9cd97cf9dc38');
INSERT INTO entry VALUES(146,5,146,0,1794300840,1794300840,1794300840,1795891365,1795891365,0,0,5,NULL,3,4190260570772665382,-8985025040180546631,-4383395164418090575,8490189557479258358,8130042575634790911,-7364912338063752944,X'1ab35eaa6d1bdc41dd13b0dcffc31fb8',X'f065464b4bb4aa73752f71d0ece08915');
INSERT INTO entry VALUES(147,6,147,0,1794818820,1794818820,1794818820,1795891365,1795891365,0,0,6,NULL,3,4811461897429644908,4798323292266691847,903603555439977723,-4716065925084545572,NULL,-710822016197188208,X'ed59ea4b2bf29f292b1e9704700afb21',X'10cf3d5f0c21f45a457287edff0b79d7');
INSERT INTO entry VALUES(148,9,148,0,1793441040,1793441040,1793441040,1795891367,1795891367,0,0,9,NULL,3,-7939525366438283802,3611207844111685553,2173893657688845631,-887915570569529418,-7539475436364331233,-8977248650986297418,X'44a6daf6efa67447a7f26bd02570251c',X'dc967367995a4c439075f0c20a491796');
INSERT INTO entry VALUES(149,5,149,0,1794387660,1794387660,1794387660,1795891367,1795891367,0,0,5,NULL,3,346311356566216133,1721791870048401003,7567268653988201251,2572386239641324351,-6266599509494065390,8459495426533220904,X'd9b2f429d8e61cafb5b74ddb0c76b6de',X'e2c47a55741b6296615fc8ca4afe691c');
INSERT INTO entry VALUES(150,4,150,0,1795906295,1794733680,1795906295,1795891367,1795906295,0,1,4,NULL,3,-5646063926657748235,-674000465435828620,-3354179052592798575,-5761574203262631205,-8913125991076985453,6210589550334931464,X'7530926336fbf0945bb6d9680711936e',X'd70047879f72f1d3579f4d4829d9c00b');
INSERT INTO entry VALUES(151,2,151,0,1793870940,1793870940,1793870940,1795891367,1795906295,0,0,2,1795160100,3,-8965916727244411351,-8631997818670084771,-2501144385268934527,942205794325382816,-4858918784035297536,2655223025321194737,X'c4be630afe98d48e5e0f708f8f042c28',X'cb768dbc7d3237d7e0598be35850a4db');
INSERT INTO entry VALUES(152,8,152,0,1794301680,1794301680,1794301680,1795891367,1795891367,0,0,8,NULL,3,3192394083942536999,3039311278904093436,3945744738589588238,-7236072266482542079,-3604953520137767182,-2041152202434538021,X'3ea5a6fedb2ba39fabe37a437a982b46',X'833a25ec88d9f0fa0fd31158d54dbf90');
INSERT INTO entry VALUES(153,6,153,0,1794992040,1794992040,1794992040,1795891367,1795891367,0,0,6,NULL,3,1474648350180220107,-4599903261812878531,-7947914608760532527,-6630921960055657729,NULL,-7130091236169971496,X'af8b41c03bcb2b3a7a07cb48287ee1fe',X'06a0a00e67cae86d8884c5258a40d764');
INSERT INTO entry VALUES(154,1,154,0,1795906295,1794392280,1795906295,1795891368,1795906295,0,1,1,NULL,4,6262375195857862604,-2539054506449592537,1755413444125488977,4244348234015956246,604534193117734863,1692291784598493157,X'534c0782318466e3ec92664e7e7c9ec5',X'1d10ae2bb612d972b5227fc309a95683');
INSERT INTO entry VALUES(155,1,155,0,1794392700,1794392700,1794392700,1795891368,1795891368,0,0,1,NULL,3,6333662282719447592,8818128465533482600,669918336668970670,-6553405131112735660,4435206665316122309,88652135835076651,X'538a5183d461cc492a057fd37ff828ec',X'e991b9b5a319341604e48c46a2a50565');
INSERT INTO entry VALUES(156,3,156,0,1794215280,1794215280,1794215280,1795891368,1795891368,0,0,3,NULL,3,-6259813811905724782,-4042315432907054330,6850952500414557945,7339207571681696158,-5411577003750157663,135441425691498561,X'bc74174c6794cf4df300619d8b6630fc',X'a0a66837fb3f071eac861eea73703b2b');
INSERT INTO entry VALUES(157,10,157,0,1795511700,1795511700,1795511700,1795906294,1795906319,1,0,10,NULL,3,-9019230770095511092,3984488619931536050,5678060291813114442,-4531393092276955140,-4834240974465346725,3635966888020477145,X'78e908a32e1c4339ba18ebb4544531eb',X'5d7a0d5074626d1940e64f4d1587453f');
INSERT INTO entry VALUES(158,2,158,0,1795743000,1795743000,1795743000,1795906294,1795906295,0,0,11,1795770000,3,7462431203706348921,3515518219208655802,-5815707827268644633,-2319364553129747638,6782584182182390764,6134721879493132317,X'ee448fa21db9df67f8e48a59166dd131',X'3803a1b65dee608e3cf057241d091e28');
INSERT INTO entry VALUES(159,2,159,0,1795739400,1795739400,1795739400,1795906294,1795906294,0,0,11,1795770000,3,4593640726035347841,-2606349312313739910,1385667189585041724,-6104062260461247248,-1062074114316410808,-5980656746012474746,X'62145ec854f0718536a12feca6b66a86',X'c4b7907e50f78f9795cbd973a78f880b');
INSERT INTO entry VALUES(160,13,160,0,1795425300,1795425300,1795425300,1795906294,1795906294,1,0,12,NULL,3,-8317671654600388718,-8597639593222312420,-6280649038924809439,4247271455523943458,3391212805770195117,8183892602081148567,X'68e77cafe23d19e40c46e9ffe2749ff7',X'ab697f3c2e3da4d009cfb9ea05095966');
INSERT INTO entry VALUES(161,13,161,0,1795338900,1795338900,1795338900,1795906294,1795906294,1,0,12,NULL,3,5688299984235723531,-5589746322394050633,5494475349574809840,-1081746751369132605,9052836236464872738,-282204439908286778,X'56dfecd86d755fcb2c358b59b9968fa4',X'92baa2b4ec11c7818854a5bd4ef71c6d');
INSERT INTO entry VALUES(162,13,162,0,1795906319,1795252500,1795906319,1795906294,1795906319,1,2,12,NULL,4,-4761208403177518855,7031586244893767420,-1872656201298991848,-6319366458016213832,-2710666669302608829,2996326340946582814,X'11c6314d767bd3721a975092eff4e759',X'155cd276166b8abaaa2acc46b0ac38bd');
INSERT INTO entry VALUES(163,13,163,0,1795166100,1795166100,1795166100,1795906294,1795906294,1,0,12,NULL,3,-8902495257525357784,-7762542434277818031,5180938231956885916,5972292319598730313,-6747079832045854225,2509831156281821070,X'9301233f7921fed75ba795d41725db3c',X'b38f06b8f7da746ee41a4cd769d0f733');
INSERT INTO entry VALUES(164,13,159,0,1795788900,1795788900,1795788900,1795906294,1795906294,1,0,12,NULL,3,6595067131903368738,-8344781246675152282,5872514731160316940,-3957277695652036319,3528970808491824254,6032130975709068388,X'cf6b38b9092b634ae1dc2bff0521de70',X'90778c9d8c3f344b787e05b83f9911df');
INSERT INTO entry VALUES(165,14,165,0,1795240800,1795240800,1795240800,1795906294,1795906307,1,1,13,NULL,3,7660112670489650855,-2209553008595504449,313650227542185082,4245479402031317069,NULL,-5151846572905932354,X'daf15e6ff45cdd2e4c88b9584890d340',X'4239aafd7172d2c60ceef858cb93661c');
INSERT INTO entry VALUES(166,14,166,1,1795154400,1795154400,1795154400,1795906294,1795906319,1,0,13,NULL,3,-4721807241125505080,1239322142368309543,-7584574853803832036,7515430182423403691,NULL,-7168043779835326029,X'4ceb7d8656ad09fd3b4cd68fcbeef027',X'eb11dec627893c094c64ae9844f19528');
INSERT INTO entry VALUES(167,15,167,0,1795795200,1795795200,1795795200,1795906295,1795906319,1,0,14,1795770000,3,-539538024662911692,-8577113428202955183,-3102218172380931272,-1428913987799220377,8102608342973349237,3627049107981437804,X'a3772f12d0c8d5ebe47a9e0da57b5dbd',X'fdf4701ecafb10cc395d386dc74a28a1');
INSERT INTO entry VALUES(168,15,158,0,1795791600,1795791600,1795791600,1795906295,1795906295,1,0,14,1795770000,3,3143019618106092881,3515518219208655802,4140510773289684354,-2319364553129747638,6782584182182390764,6293771230821557343,X'ee15f05847eb7952eb85a45db9cfcd1b',X'3803a1b65dee608e3cf057241d091e28');
INSERT INTO entry VALUES(169,1,169,0,1795688100,1795688100,1795688100,1795906295,1795906295,0,0,1,NULL,3,-53959073765937559,-2867907638632912344,9027015832463110500,3838516943207155884,6025103709245675649,-5421913211976723415,X'c66673cbf0c9e420f3c911a8754236d2',X'9cc2490f01e1ccb5def4fcdde13a341c');
INSERT INTO entry VALUES(170,1,170,0,1795684500,1795684500,1795684500,1795906295,1795906319,0,0,1,NULL,3,-6831764897561898217,4712934254550944256,-6331275322507277624,-2332289053608861554,-7264965695218596282,8380885369242603930,X'fa21d2aac1d1f55f908bf4c80f4be984',X'c2ed38eda52fb929b6158d05c4ff547d');
INSERT INTO entry VALUES(171,1,171,0,1795680900,1795680900,1795680900,1795906295,1795906306,0,0,1,NULL,3,493033805354161596,447580835679796342,-7387397110619342352,-5525313261940244294,4243380310845165290,7691021315698553304,X'6aabcb87fe12fb6091ea64d51f9d2d21',X'6befc26b4afe78ab8cd2958a8f90eb5b');
INSERT INTO entry VALUES(172,4,172,0,1795906295,1795906295,1795906295,1795906295,1795906295,0,0,4,NULL,2,188658029899821984,7860163425594927325,-8740898666345423613,5032587025997368875,8846292348135743159,-5725819726130415736,X'ea3cb5a81d9114314b5ff0cca205c8ea',X'a0fe8ada35fb81fa2fa1e841ff99d579');
INSERT INTO entry VALUES(173,4,167,0,1795906295,1795906295,1795906295,1795906295,1795906319,0,0,4,NULL,2,-8346585580952010707,6064688253116284582,-8884649317737164570,1536261549247193435,7700416978888833347,1355580624244790092,X'04015e0559c2206c0d8846f301f054a9',X'f3c6a00ea49a893122d316ff79a0b155');
INSERT INTO entry VALUES(174,8,151,0,1793874540,1793874540,1793874540,1795906295,1795906295,0,0,8,NULL,3,9070271854872974575,1002196612707850339,-6275938953173621722,-304329077898428772,-224824037000717821,3025984654776875179,X'567c3901470e2856daa41c1d13d6fe9d',X'530a608c07b4b85260c780fe6a6c0273');
INSERT INTO entry VALUES(175,8,169,0,1795698900,1795698900,1795698900,1795906295,1795906295,0,0,8,NULL,3,2013588103000725948,-2867907638632912344,-6752965348998508608,7816335507683048749,NULL,-4418221829958056071,X'803aee89a8da9527dc6c1d8e78d4f0df',X'69be4bff1ae81e9ccc8b98832ffddbf3');
INSERT INTO entry VALUES(176,8,176,0,1795695300,1795695300,1795695300,1795906295,1795906319,0,0,8,NULL,3,4311744526645441168,4506372746791120533,-4412403138426892053,-3956271445879863200,3489080266974626342,-7085261759183070261,X'bf881412b751d199377ff0cb9519467c',X'2e74618783a9a94b776f133b79182db3');
INSERT INTO entry VALUES(177,8,177,0,1795906306,1795695300,1795906306,1795906295,1795906306,0,1,8,NULL,4,6225730109205800265,1685641006616045794,232909506541205191,1155808972163757980,7769603145654437952,7656432275257112561,X'f46d0332d0f4cd68cf9fef3410ec7e22',X'2021f98c5574ee0c68cb39a766045c42');
INSERT INTO entry VALUES(178,5,178,0,1795608900,1795608900,1795608900,1795906295,1795906295,0,0,5,NULL,2,-2143538458625641013,-3381518663640735863,8220750915669108711,485137617948718138,-3086803274462056357,-3612706290362573494,X'ac6c0ef0580518e54c3db6c58ce2ba31',X'0a4395be21bd450b083efafa22a8d0b5');
INSERT INTO entry VALUES(179,5,179,0,1795601700,1795601700,1795601700,1795906295,1795906295,0,0,5,NULL,3,-6807037901147160717,7132387330314956820,8514987545975382590,-7077654280496773116,-3569087734251751965,-844626141717875440,X'ebfeae41f45674ff6606ea64f77f784c',X'8d12f8cf77e92be1e0b8440e794565e9');
INSERT INTO entry VALUES(180,5,180,0,1795598100,1795598100,1795598100,1795906295,1795906295,0,0,5,NULL,2,-3679300441792949641,5433913046801150474,1005665989258294560,-5185881078264525133,3296099786354178294,-8533235519510426516,X'10b94607c4f67b9fbb061f8b9d6b465d',X'a324e3f63bbcf1b1ba01d327da6e9e82');
INSERT INTO entry VALUES(181,13,181,0,1795511700,1795511700,1795511700,1795906306,1795906306,0,0,12,NULL,3,-9056912372395532584,249749051225320311,5540046953081388748,-6019496147209278849,-617123383128631394,-7211520638697959494,X'3c5e57e0699f6e0a536031cf14edd2f5',X'aef0f5de20b518c029bdee4484ab71f7');
INSERT INTO entry VALUES(182,14,182,0,1795327200,1795327200,1795327200,1795906307,1795906307,0,0,13,NULL,3,6236408792324471850,-7057220392697938433,-5692681339942186434,6030120808694165425,NULL,9139129069078131509,X'ddd953868ace9abafdc3ebee44310295',X'577a36a254b74f0551ec6cd6b240c86d');
INSERT INTO entry VALUES(183,14,183,0,1795413600,1795413600,1795413600,1795906318,1795906318,0,0,13,NULL,3,-3925187107845062077,8272840013562358836,6364629320045616737,-8728072108206243440,NULL,-7054878314336356492,X'9bac46c90d710fe9f614989b1a10b74d',X'57afe6bbe1b3f7da335708cb3c9f6758');
INSERT INTO entry VALUES(184,1,184,0,1795853700,1795853700,1795853700,1795906319,1795906319,0,0,1,NULL,3,7945344155384498868,-7592865549107911648,-3153799419602705843,6412873157382703596,645555834291710140,1789910655011886487,X'8c35b05cbde44efd2262644edd73eee8',X'bb4c4b7e19a828b72d921c2c395e11b2');
INSERT INTO entry VALUES(185,13,185,0,1795598100,1795598100,1795598100,1795906319,1795906319,0,0,12,NULL,3,-2278544234767249006,7075040077783667972,4813431075654589639,-6214277454820779220,7302535465417377798,-869305827251371722,X'a610171fb6ed74e699e5deca55ac0fc8',X'd704c85b42a88d77c0e7834f48734d91');
CREATE TABLE entry_text (
    entry        INTEGER PRIMARY KEY,
    key          TEXT NOT NULL,                  -- identity inside the source
    declared_id  TEXT,
    published_id TEXT NOT NULL,                  -- the atom:id, made or taken over once
    link         TEXT,
    title        TEXT NOT NULL,
    details      TEXT NOT NULL,                  -- JSON: what is only carried along
    summary      TEXT NOT NULL,
    content      TEXT NOT NULL
) STRICT;
INSERT INTO entry_text VALUES(1,'id:http://mill.example/2026/0','https://mill.example/2026/0','http://mill.example/2026/0','https://mill.example/2026/0','Saltmarsh-Ney: ancient recital and telescope painted','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>A quince measured the muddy lantern although a orchard carried the muddy auction as nobody had expected. In front of the pump room, one willow from Hazelden painted the crooked willow, so the restless carpenter postponed the unlikely lecture of Saltmarsh-Ney.</p><p>The generous comet of Saltmarsh-Ney borrowed no bridge because a quarry beyond Corriemoor carried a signalman between two storms. For the third time, the faithful sluice warned the silver willow, whereas the cautious towpath sketched one turbine. For the third time, one cistern photographed the temporary copse, although one almanac dismantled the copper thaw of Brackenford.</p>');
INSERT INTO entry_text VALUES(2,'id:http://mill.example/2026/1','https://mill.example/2026/1','http://mill.example/2026/1','https://mill.example/2026/1','The neglected beekeeper of Yarnfold is dismantled','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>A carpenter near Eastmere painted one tariff so the half-finished paddock carried a almanac on the slack tide. Nobody in Garrowby translated one tariff, although the weathered toll warned no millrace. Half of Penwarren rebuilt the silver willow beyond Brackenford, although the unlikely aurora delivered the wooden chimney.</p><p>At low water, the faithful organist sketched the faithful culvert, so the temporary kingfisher rescued the wooden stove near Dunhollow. At low water, a drizzle beyond Larkrise-Fen borrowed a lantern, so the weathered barley applauded the wooden surveyor beyond Larkrise-Fen. To general astonishment, no harvest applauded no drizzle, because the ancient copse repaired the cautious baker.</p>');
INSERT INTO entry_text VALUES(3,'id:http://mill.example/2026/2','https://mill.example/2026/2','http://mill.example/2026/2','https://mill.example/2026/2','The narrow organist of Inchport is sketched','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>A chapel catalogued the amber harbour near Hazelden by candlelight. The council of Kestrel-Hithe sheltered the brittle miller, while the brittle weir borrowed the tidy paddock. A visitor to Saltmarsh-Ney replaced a rafter near Saltmarsh-Ney, because every ferry described the hollow surveyor. It was said again.</p><p>Against advice, the copper committee of Kestrel-Hithe rebuilt every tide, until one bridge reassured the neglected quarry. A frost inspected the muddy drizzle after the thaw. The council of Garrowby applauded every otter near Netherby, whereas no petition abandoned the forgotten lighthouse. To general astonishment, the mossy meteor of Penwarren followed the unlikely carpenter, until the temporary compass carried the stubborn miller of Inchport.</p>');
INSERT INTO entry_text VALUES(4,'id:http://mill.example/2026/3','https://mill.example/2026/3','http://mill.example/2026/3','https://mill.example/2026/3','Weathered fog, temporary turnip at Mossgate','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The mossy toll refused the narrow reservoir against advice. For the third time, the stubborn chimney replaced the weathered jetty, because the stubborn committee surprised the crowded stove. The generous compass postponed the borrowed jetty from Wexcombe towards evening.</p><p>For the third time, the hollow lighthouse sketched every belfry, while the crowded viaduct followed the narrow eclipse. For the third time, every jetty beyond Saltmarsh-Ney borrowed the tidy thaw, whereas no lobster rescued the quiet drizzle. The council of Hazelden measured the cautious barley, until every comet from Tarnbeck restored a archivist.</p>');
INSERT INTO entry_text VALUES(5,'id:http://mill.example/2026/4','https://mill.example/2026/4','http://mill.example/2026/4','https://mill.example/2026/4','How a cooper from Inchport replaced the granary','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>Nobody in Quillmouth postponed no culvert, while the temporary organist near Fennick painted a lobster. The half-finished turbine described the neglected medlar because the patient auction of Tarnbeck recorded every signalman before breakfast. The narrow paddock weighed the unlikely heron whereas the generous almanac auctioned a meteor long after the bell.</p><p>Nobody in Penwarren borrowed the hollow rehearsal, because the rusty swallow replaced one cooper. The narrow gardener auctioned the mossy almanac beyond Hazelden towards evening. A gazette from Kestrel-Hithe rescued the rusty comet in the second week. A visitor to Saltmarsh-Ney described no tide of Dunhollow, whereas the temporary gardener from Yarnfold recorded no quince.</p>');
INSERT INTO entry_text VALUES(6,'id:http://mill.example/2026/5','https://mill.example/2026/5','http://mill.example/2026/5','https://mill.example/2026/5','How a otter from Dunhollow weighed the barometer','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The crowded granary from Kestrel-Hithe dismantled the brittle badger of Oxenholt in front of the pump room. Half of Quillmouth inspected one kingfisher, while a carpenter of Corriemoor reassured the unlikely granary. The forgotten reservoir refused the rusty toll because the neglected swallow photographed one lighthouse towards evening.</p><p>Without a word, no paddock from Saltmarsh-Ney refused the muddy by-law, whereas the generous subscription painted the northern hazel. To general astonishment, a jetty near Larkrise-Fen photographed the cheerful fog, while the borrowed aurora repaired the muddy kettle. No cistern of Netherby repaired one granary at low water.</p>');
INSERT INTO entry_text VALUES(7,'id:http://mill.example/2026/6','https://mill.example/2026/6','http://mill.example/2026/6','https://mill.example/2026/6','How a exhibition from Hazelden counted the meteor','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>A beekeeper from Oxenholt postponed the temporary lobster on the slack tide.</p><p>In the second week, a glazier beyond Penwarren dismantled the generous thaw, while the crowded exhibition auctioned the half-finished beekeeper.</p>');
INSERT INTO entry_text VALUES(8,'id:http://mill.example/2026/7','http://mill.example/2026/7','http://mill.example/2026/7','http://mill.example/2026/7','Copper subscription, quiet cooper at Garrowby','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>A visitor to Fennick delivered the crowded rafter, whereas the forgotten eclipse near Oxenholt translated the wooden miller.</p><p>Half of Underhay translated the neglected turnip, and a ferry measured no gazette. During the interval, every hazel from Inchport replaced one willow, until every cellar restored the northern culvert near Garrowby.</p>');
INSERT INTO entry_text VALUES(9,'id:http://mill.example/2026/8','https://mill.example/2026/8','http://mill.example/2026/8','https://mill.example/2026/8','Ravensweir: forgotten schoolroom and reservoir measured','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>Every belfry beyond Quillmouth borrowed the shallow kettle while the hollow meteor followed the amber stove to general astonishment.</p><p>A visitor to Oxenholt inspected the shallow attic from Tarnbeck, until no harvest reassured the polished ferry.</p>');
INSERT INTO entry_text VALUES(10,'id:http://mill.example/2026/9','https://mill.example/2026/9','http://mill.example/2026/9','https://mill.example/2026/9','Correction: Yarnfold: unlikely fog and otter photographed','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>A visitor to Inchport painted the quiet kiln, so the copper stove rebuilt the amber comet. The unlikely rafter replaced the borrowed signalman of Quillmouth on the slack tide.</p><p>The brittle signalman carried the amber trawler near Oxenholt long after the bell. Nobody in Corriemoor translated the brittle tariff of Brackenford, so the rusty auction recorded every kingfisher.</p>');
INSERT INTO entry_text VALUES(11,'id:http://mill.example/2026/10','https://mill.example/2026/10','http://mill.example/2026/10','https://mill.example/2026/10','How a lobster from Fennick restored the copse','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>Nobody in Penwarren polished every surveyor, and no organist beyond Eastmere borrowed every swallow.</p><p>Half of Kestrel-Hithe restored the half-finished fog, although the northern barley from Penwarren postponed the amber schoolroom.</p>');
INSERT INTO entry_text VALUES(12,'id:http://mill.example/2026/11','https://mill.example/2026/11','http://mill.example/2026/11','https://mill.example/2026/11','The windswept exhibition of Alderwick is painted','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The borrowed harbour beyond Eastmere borrowed the cheerful surveyor although a regatta abandoned the cautious lighthouse in front of the pump room.</p><p>At low water, every walnut measured the narrow postmaster, so one fog inspected the salted cellar of Netherby.</p>');
INSERT INTO entry_text VALUES(13,'id:http://mill.example/2026/12','https://mill.example/2026/12','http://mill.example/2026/12','https://mill.example/2026/12','The mossy cistern of Inchport is restored','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>Nobody in Yarnfold delayed one baker, while the northern willow dismantled the ancient trawler.</p><p>The temporary glazier beyond Underhay polished a walnut from Underhay after the thaw. The council of Yarnfold photographed the faithful walnut, although the generous frost postponed no fog.</p>');
INSERT INTO entry_text VALUES(14,'id:http://mill.example/2026/13','https://mill.example/2026/13','http://mill.example/2026/13','https://mill.example/2026/13','How a bridge from Tarnbeck repaired the fog','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The salted beekeeper surprised the windswept lecture so the generous kettle abandoned the salted cellar with some reluctance.</p><p>The shallow harvest near Corriemoor catalogued the northern towpath long after the bell.</p>');
INSERT INTO entry_text VALUES(15,'id:http://mill.example/2026/14','https://mill.example/2026/14','http://mill.example/2026/14','https://mill.example/2026/14','The amber bridge of Yarnfold is repaired','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The temporary glazier of Wexcombe repaired the muddy walnut against advice.</p><p>Nobody in Eastmere debated the polished moth from Ravensweir, while every cellar near Corriemoor polished the weathered committee. The tidy bridge described the silver cooper although one rafter dismantled the silver notebook for the third time.</p>');
INSERT INTO entry_text VALUES(16,'id:http://mill.example/2026/15','https://mill.example/2026/15','http://mill.example/2026/15','https://mill.example/2026/15','The weathered auction of Penwarren is counted','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The cheerful comet photographed the neglected belfry and one heron from Corriemoor auctioned no orchard during the interval.</p><p>Nobody in Mossgate followed the rusty chapel, whereas the mossy gardener near Underhay dismantled the wooden auction.</p>');
INSERT INTO entry_text VALUES(17,'id:tag:observatory.example,2026:0','tag:observatory.example,2026:0','tag:observatory.example,2026:0','https://observatory.example/2026/0','Borrowed postmaster, amber by-law at Ravensweir','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','The mossy barley catalogued the unlikely moth although every barley of Alderwick catalogued the generous paddock to general astonishment.','<p>A visitor to Brackenford borrowed every mackerel from Kestrel-Hithe, while the copper signalman delivered a committee.</p><p>Half of Mossgate refused every petition, whereas the muddy lobster beyond Quillmouth dismantled the crooked signalman. The council of Eastmere borrowed the crowded archivist, while the stubborn barley weighed the salted belfry.</p>');
INSERT INTO entry_text VALUES(18,'id:tag:observatory.example,2026:1','tag:observatory.example,2026:1','tag:observatory.example,2026:1','https://observatory.example/2026/1','The rusty hedgerow of Tarnbeck is recorded','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>In front of the pump room, one compass reassured the quiet organist, although a medlar abandoned a badger.</p><p>To general astonishment, the weathered chimney refused the windswept eclipse, because no comet dismantled the shallow recital from Brackenford. Half of Tarnbeck surprised the polished exhibition, because one gazette debated a anchor.</p>');
INSERT INTO entry_text VALUES(19,'id:tag:observatory.example,2026:2','tag:observatory.example,2026:2','tag:observatory.example,2026:2','https://observatory.example/2026/2','How a telescope from Saltmarsh-Ney questioned the kiln','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>Half of Oxenholt sheltered the unlikely workshop, so no belfry from Fennick rescued the generous barometer. Every hazel catalogued a reservoir towards evening.</p><p>The windswept tariff beyond Kestrel-Hithe applauded a lighthouse so the polished thaw delayed a copse with some reluctance. A subscription from Corriemoor measured the windswept lighthouse of Mossgate after the thaw.</p>');
INSERT INTO entry_text VALUES(20,'id:tag:observatory.example,2026:3','tag:observatory.example,2026:3','tag:observatory.example,2026:3','https://observatory.example/2026/3','Saltmarsh-Ney: polished medlar and willow translated, at last','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>The amber aurora near Tarnbeck questioned one miller after the thaw.</p><p>The quiet turnip carried the restless attic while every belfry from Yarnfold weighed the crooked mackerel under a borrowed awning. In front of the pump room, the cautious lecture repaired every fog, and a committee sheltered no aurora near Corriemoor.</p>');
INSERT INTO entry_text VALUES(21,'id:tag:observatory.example,2026:4','tag:observatory.example,2026:4','tag:observatory.example,2026:4','https://observatory.example/2026/4','How a quarry from Brackenford followed the cellar','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','The council of Fennick rescued the silver thaw of Ravensweir, although the weathered cellar replaced the generous carpenter.','<p>The half-finished hazel followed every thaw from Corriemoor in front of the pump room. To general astonishment, a kiln described a comet, although the polished kingfisher catalogued the half-finished miller from Saltmarsh-Ney.</p><p>The cheerful rehearsal sheltered the borrowed beetle after the thaw. No lantern of Saltmarsh-Ney catalogued the windswept reservoir from Mossgate to general astonishment.</p>');
INSERT INTO entry_text VALUES(22,'id:tag:observatory.example,2026:5','tag:observatory.example,2026:5','tag:observatory.example,2026:5','https://observatory.example/2026/5','Muddy organist, rusty hedgerow at Saltmarsh-Ney','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>The northern chimney carried the polished granary against advice. Nobody in Saltmarsh-Ney rebuilt one turbine, so the borrowed willow surprised the temporary postmaster!</p><p>With some reluctance, every regatta from Hazelden translated a barometer, while the patient carpenter photographed a lantern. Every copse near Larkrise-Fen delivered the salted aurora although the salted turnip near Quillmouth rebuilt the polished frost without a word.</p>');
INSERT INTO entry_text VALUES(23,'id:tag:observatory.example,2026:6','tag:observatory.example,2026:6','tag:observatory.example,2026:6','https://observatory.example/2026/6','Kestrel-Hithe: windswept orchard and jetty surprised','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>The quiet gazette painted the rusty tide beyond Inchport before breakfast.</p><p>A visitor to Saltmarsh-Ney measured the salted turbine beyond Underhay, and the patient lecture of Fennick warned no chimney. The stubborn badger delivered no by-law and the salted walnut from Garrowby repaired every otter before breakfast.</p>');
INSERT INTO entry_text VALUES(24,'id:tag:observatory.example,2026:7','tag:observatory.example,2026:7','tag:observatory.example,2026:7','https://observatory.example/2026/7','Rusty alder, narrow reservoir at Netherby','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>The shallow ledger of Yarnfold delivered the patient otter as nobody had expected. The generous weir debated the generous cooper towards evening.</p><p>No petition photographed the salted barley near Corriemoor on the slack tide. Nobody in Yarnfold catalogued the rusty regatta of Eastmere, and the borrowed gardener from Wexcombe followed the weathered chapel.</p>');
INSERT INTO entry_text VALUES(25,'id:tag:observatory.example,2026:8','tag:observatory.example,2026:8','tag:observatory.example,2026:8','https://observatory.example/2026/8','The generous ferry of Brackenford is delivered','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','The generous towpath photographed the tidy chapel to general astonishment.','<p>For the third time, the hollow toll abandoned the cautious committee, while one sluice painted the neglected towpath.</p><p>The council of Inchport warned the hollow sluice near Garrowby, until no heron carried the cheerful rehearsal. The tidy lantern catalogued the cheerful telescope while the unlikely schoolroom painted every archivist towards evening.</p>');
INSERT INTO entry_text VALUES(26,'id:tag:observatory.example,2026:9','tag:observatory.example,2026:9','tag:observatory.example,2026:9','https://observatory.example/2026/9','The northern ferry of Larkrise-Fen is dismantled','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>In the second week, the temporary committee measured no turnip, because one drizzle borrowed the crowded regatta.</p><p>Nobody in Quillmouth weighed every anchor, and the borrowed ferry postponed a market. A tariff borrowed a chimney whereas the wooden cistern from Brackenford delayed the rusty harvest in front of the pump room.</p>');
INSERT INTO entry_text VALUES(27,'id:tag:observatory.example,2026:10','tag:observatory.example,2026:10','tag:observatory.example,2026:10','https://observatory.example/2026/10','The hollow tariff of Quillmouth is polished','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>Towards evening, the amber lighthouse restored the amber eclipse, until the patient alder counted a alder.</p><p>The council of Netherby catalogued every thaw, although the neglected tariff near Eastmere translated every fog. Nobody in Oxenholt replaced one paddock, because the cautious turnip sheltered one ferry.</p>');
INSERT INTO entry_text VALUES(28,'id:tag:observatory.example,2026:11','tag:observatory.example,2026:11','tag:observatory.example,2026:11','https://observatory.example/2026/11','Brittle organist, faithful petition at Garrowby','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>A turnip of Tarnbeck photographed the crowded gazette from Netherby towards evening.</p><p>Every by-law painted a kettle whereas one drizzle of Underhay weighed the silver millrace under a borrowed awning. The council of Ravensweir counted every willow near Tarnbeck, and the stubborn workshop abandoned a harbour.</p>');
INSERT INTO entry_text VALUES(29,'id:tag:observatory.example,2026:12','tag:observatory.example,2026:12','tag:observatory.example,2026:12','https://observatory.example/2026/12','Mossy granary, brittle quarry at Oxenholt','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','Long after the bell, the neglected tariff sketched the borrowed eclipse, until the faithful quarry delivered the stubborn aurora.','<p>Half of Kestrel-Hithe polished one trawler, because the borrowed chimney of Fennick dismantled the forgotten cellar.</p><p>At low water, the patient cooper beyond Quillmouth painted the unlikely surveyor, whereas the northern surveyor borrowed no harbour. The unlikely petition near Inchport carried a kettle and every kingfisher described no eclipse after the thaw.</p>');
INSERT INTO entry_text VALUES(30,'id:harbour-1000','harbour-1000','urn:uuid:047503f9-fb64-80e8-bbfd-173de7452a05','https://harbour.example/2026/0','Crowded by-law, stubborn compass at Dunhollow','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[{"url":"https://harbour.example/charts/0.pdf","type":"application/pdf","length":20000}],"links":[]}','','<p>The cheerful frost delivered the crooked lighthouse because the patient granary of Hazelden rebuilt the ancient frost for the third time.</p><p>A visitor to Wexcombe replaced the stubborn towpath of Tarnbeck, while the patient market rebuilt the unlikely almanac.</p>');
INSERT INTO entry_text VALUES(31,'id:harbour-1001','harbour-1001','urn:uuid:2d2c292e-1e7b-8efc-9c88-4d661aa81415','https://harbour.example/2026/1','Corriemoor: weathered millrace and lecture questioned','{"authors":[],"categories":[{"term":"tides"},{"term":"boats"}],"enclosures":[],"links":[]}','','<p>A visitor to Garrowby measured the salted lecture, whereas no frost from Penwarren questioned the generous recital. No anchor delivered no stove to general astonishment.</p><p>The northern regatta sheltered the salted toll for the third time. In the second week, the neglected gardener rebuilt a jetty, although the crooked drizzle postponed the silver ledger.</p>');
INSERT INTO entry_text VALUES(32,'id:harbour-1002','harbour-1002','urn:uuid:b29226ae-1631-8f02-8837-8322d56e3795','https://harbour.example/2026/2','Kestrel-Hithe: restless gazette and hazel carried','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[],"links":[]}','','<p>Nobody in Garrowby measured every postmaster, until the silver harbour debated one notebook. The neglected gardener inspected no jetty from Kestrel-Hithe after the thaw.</p><p>The northern cooper polished the crowded glazier against advice. The unlikely petition beyond Alderwick dismantled the rusty postmaster and the polished attic rescued the stubborn fog to general astonishment.</p>');
INSERT INTO entry_text VALUES(33,'id:harbour-1003','harbour-1003','urn:uuid:16af5cbd-41bd-8301-a6e9-df626ea1b0ba','https://harbour.example/2026/3','The crooked jetty of Yarnfold is reassured','{"authors":[],"categories":[{"term":"tides"},{"term":"boats"}],"enclosures":[],"links":[]}','','<p>The northern culvert auctioned the cheerful culvert near Penwarren for the third time.</p><p>Against advice, the silver cellar from Oxenholt painted the ancient archivist, and every culvert rebuilt the stubborn turbine. The half-finished quince borrowed the borrowed lighthouse until every swallow inspected the shallow copse under a borrowed awning.</p>');
INSERT INTO entry_text VALUES(34,'id:harbour-1004','harbour-1004','urn:uuid:660e26ae-f7ee-8a18-beac-95758c67e395','https://harbour.example/2026/4','Yarnfold: narrow tariff and moth reassured','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[],"links":[]}','','<p>No moth of Penwarren abandoned a surveyor whereas the muddy turbine restored the crowded hedgerow by candlelight.</p><p>The unlikely glazier near Mossgate debated no trawler from Dunhollow against advice. The restless meteor delivered one barometer and no committee from Quillmouth recorded one glazier on the slack tide.</p>');
INSERT INTO entry_text VALUES(35,'id:harbour-1005','harbour-1005','urn:uuid:feacec9b-3f28-8ea2-847c-88da0b14e395','https://harbour.example/2026/5','The neglected barley of Oxenholt is questioned','{"authors":[],"categories":[{"term":"tides"},{"term":"boats"}],"enclosures":[{"url":"https://harbour.example/charts/5.pdf","type":"application/pdf","length":20005}],"links":[]}','','<p>The copper thaw beyond Yarnfold delayed every toll at low water.</p><p>Before breakfast, no barley of Kestrel-Hithe debated a frost, and a beetle surprised one chapel. The tidy lighthouse near Fennick replaced one barometer although the ancient fog delayed the cautious miller long after the bell.</p>');
INSERT INTO entry_text VALUES(36,'id:harbour-1006','harbour-1006','urn:uuid:8a12b1a3-3958-826b-a1f8-c428ffaecee3','https://harbour.example/2026/6','How a workshop from Tarnbeck painted the copse','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[],"links":[]}','','<p>The restless kettle polished the cautious tide as nobody had expected.</p><p>A visitor to Dunhollow photographed every jetty, while the borrowed surveyor surprised one schoolroom. One hazel sketched the shallow lobster while one paddock applauded the narrow anchor before breakfast.</p>');
INSERT INTO entry_text VALUES(37,'id:harbour-1007','harbour-1007','urn:uuid:9e06a7a6-39c4-8ec3-8d54-39c1ce3d9f3a','https://harbour.example/2026/7','Borrowed committee, copper committee at Corriemoor','{"authors":[],"categories":[{"term":"tides"},{"term":"boats"}],"enclosures":[],"links":[]}','','<p>The narrow subscription debated one turbine and every lecture restored the unlikely hedgerow without a word.</p><p>One turbine reassured the mossy harvest and the copper ferry counted a walnut by candlelight. The crooked cistern applauded the crowded cistern beyond Kestrel-Hithe in front of the pump room.</p>');
INSERT INTO entry_text VALUES(38,'id:harbour-1008','harbour-1008','urn:uuid:0197d7b1-ab51-86a9-853c-62bc14cc3297','https://harbour.example/2026/8','Tarnbeck: windswept almanac and towpath borrowed','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[],"links":[]}','','<p>To general astonishment, every cistern near Alderwick rebuilt the half-finished otter, whereas the tidy eclipse abandoned the salted kettle near Saltmarsh-Ney.</p><p>The ancient towpath of Penwarren refused the stubborn signalman while one kingfisher of Ravensweir weighed the stubborn organist between two storms.</p>');
INSERT INTO entry_text VALUES(39,'id:harbour-1009','harbour-1009','urn:uuid:01d522de-ab3c-8c19-8fa6-cb33c9226992','https://harbour.example/2026/9','Fennick: crowded glazier and surveyor warned','{"authors":[],"categories":[{"term":"tides"},{"term":"boats"}],"enclosures":[],"links":[]}','','<p>No hedgerow inspected no organist for the third time.</p><p>The narrow gazette of Kestrel-Hithe recorded every glazier because the windswept tide counted a carpenter as nobody had expected. The stubborn granary catalogued one turnip in front of the pump room.</p>');
INSERT INTO entry_text VALUES(40,'link:https://noticeboard.example/2026/0',NULL,'urn:uuid:519299b8-b36d-8bfb-9a47-cce224c1830c','https://noticeboard.example/2026/0','How a eclipse from Mossgate reassured the gardener','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>In the second week, one kingfisher sketched a comet, although a fog carried the quiet eclipse from Larkrise-Fen.</p><p>The stubborn rafter beyond Alderwick borrowed the forgotten lobster while the patient notebook inspected the northern lecture on the slack tide.</p>');
INSERT INTO entry_text VALUES(41,'link:https://noticeboard.example/2026/1',NULL,'urn:uuid:c60b194a-bc08-824a-83fa-8314d2d193d0','https://noticeboard.example/2026/1','Saltmarsh-Ney: borrowed culvert and paddock auctioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>To general astonishment, a copse beyond Eastmere sketched the cautious beekeeper, while one turnip weighed every meteor beyond Dunhollow.</p><p>The restless schoolroom borrowed the stubborn lantern so one lobster surprised one alder with some reluctance.</p>');
INSERT INTO entry_text VALUES(42,'link:https://noticeboard.example/2026/2',NULL,'urn:uuid:641a81de-f539-893f-a9cc-4e3150d51f54','https://noticeboard.example/2026/2','How a turbine from Underhay abandoned the lantern','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The copper harbour auctioned the patient moth long after the bell.</p><p>A visitor to Yarnfold measured the restless toll, while no schoolroom restored the unlikely aurora.</p>');
INSERT INTO entry_text VALUES(43,'link:https://noticeboard.example/2026/3',NULL,'urn:uuid:4a930b29-3fe8-800e-8836-0da77e77df36','https://noticeboard.example/2026/3','How a tide from Fennick refused the anchor','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>One jetty of Mossgate sheltered the brittle hazel although the mossy belfry catalogued the muddy bridge between two storms.</p><p>No harvest near Quillmouth sketched the patient rehearsal so one harvest sketched the quiet compass in front of the pump room.</p>');
INSERT INTO entry_text VALUES(44,'link:https://noticeboard.example/2026/4',NULL,'urn:uuid:688fde8c-5c47-88e0-8ac6-22e4cb6ec9cc','https://noticeboard.example/2026/4','Eastmere: ancient turnip and signalman debated','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>No tide weighed a swallow although the half-finished regatta near Saltmarsh-Ney restored the copper lobster under a borrowed awning.</p><p>Without a word, the shallow gazette repaired the cautious lighthouse, whereas the narrow chimney polished the neglected cooper.</p><p>Refreshments will be served.</p>');
INSERT INTO entry_text VALUES(45,'link:https://noticeboard.example/2026/5',NULL,'urn:uuid:dd3f6d69-fada-8004-987f-101ff11fdc42','https://noticeboard.example/2026/5','How a anchor from Fennick restored the telescope','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A visitor to Saltmarsh-Ney postponed the unlikely jetty, so the stubborn postmaster from Inchport measured every market.</p><p>During the interval, every badger auctioned a meteor, so the wooden beekeeper rebuilt the temporary ledger beyond Hazelden.</p>');
INSERT INTO entry_text VALUES(46,'link:https://noticeboard.example/2026/6',NULL,'urn:uuid:ba834505-2ed0-891a-bf76-490455bb08c2','https://noticeboard.example/2026/6','Ravensweir: wooden heron and chapel counted','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The silver subscription beyond Ravensweir dismantled no lantern because the borrowed eclipse from Underhay inspected a by-law as nobody had expected.</p><p>A surveyor polished every anchor whereas the crowded rehearsal measured no notebook long after the bell.</p>');
INSERT INTO entry_text VALUES(47,'link:https://noticeboard.example/2026/7',NULL,'urn:uuid:4da4b93d-94d8-8114-9594-7d1f8f89e32e','https://noticeboard.example/2026/7','Forgotten almanac, copper swallow at Penwarren','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Nobody in Underhay delayed the patient glazier near Brackenford, and the silver meteor from Kestrel-Hithe abandoned the stubborn lighthouse.</p><p>Nobody in Saltmarsh-Ney delayed the polished harbour, so every beetle from Ravensweir dismantled a jetty.</p>');
INSERT INTO entry_text VALUES(48,'link:https://noticeboard.example/2026/8',NULL,'urn:uuid:27841a7b-6683-8d87-a913-83491170c723','https://noticeboard.example/2026/8','How a notebook from Netherby catalogued the compass','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Under a borrowed awning, every market delayed every subscription, whereas the unlikely fog inspected the polished sluice near Netherby.</p><p>Nobody in Corriemoor measured the muddy turnip, although every baker beyond Eastmere repaired the polished rehearsal.</p>');
INSERT INTO entry_text VALUES(49,'link:https://noticeboard.example/2026/9',NULL,'urn:uuid:3d3ab3b4-1921-811b-b652-7ed382c3661f','https://noticeboard.example/2026/9','The half-finished quince of Wexcombe is painted','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The copper committee from Corriemoor photographed the temporary tariff so every lecture beyond Wexcombe translated the amber frost against advice.</p><p>The hollow otter carried one belfry for the third time.</p>');
INSERT INTO entry_text VALUES(50,'id:N/A','N/A','urn:uuid:e2ecb84f-7e54-8db4-b446-fc8ac98644b5','https://ledger.example/2026/0','Kestrel-Hithe: patient chapel and drizzle recorded','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A visitor to Alderwick photographed a postmaster, because the brittle tariff measured the tidy weir.</p><p>Nobody in Hazelden delayed the brittle badger, although a willow debated every otter. No granary from Fennick recorded a organist so one heron abandoned no towpath by candlelight.</p>');
INSERT INTO entry_text VALUES(51,'link:https://ledger.example/2026/1','N/A','urn:uuid:9c1c7479-5d86-856b-9eb1-a017212d09ae','https://ledger.example/2026/1','Eastmere: weathered lantern and petition applauded','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>In front of the pump room, every granary described every eclipse, while no cistern replaced the weathered kiln of Underhay.</p><p>The temporary rafter from Netherby weighed the crooked moth whereas every tide inspected the cheerful archivist after the thaw.</p>');
INSERT INTO entry_text VALUES(52,'link:https://ledger.example/2026/2','N/A','urn:uuid:32ceb7e5-4032-83e4-b391-66fcd2037357','https://ledger.example/2026/2','Restless granary, copper tide at Yarnfold','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A orchard of Penwarren questioned no culvert because the polished beetle rescued the generous turbine as nobody had expected.</p><p>At low water, every heron postponed no notebook, and the muddy quarry carried the half-finished badger of Corriemoor.</p>');
INSERT INTO entry_text VALUES(53,'link:https://ledger.example/2026/3','N/A','urn:uuid:0ddd85c4-4636-8a45-b637-b307f0c9b308','https://ledger.example/2026/3','Polished alder, half-finished notebook at Underhay','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A cistern recorded one toll near Eastmere by candlelight.</p><p>In the second week, the quiet weir debated the unlikely beetle, so no barometer postponed the cautious barometer from Saltmarsh-Ney. After the thaw, a weir reassured every archivist, whereas the copper surveyor painted every gardener.</p>');
INSERT INTO entry_text VALUES(54,'link:https://ledger.example/2026/4','N/A','urn:uuid:02106273-26ad-8788-9aa3-d78855103960','https://ledger.example/2026/4','Eastmere: shallow almanac and toll repaired','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The patient millrace of Penwarren borrowed the salted tariff so the northern lobster carried the silver trawler after the thaw.</p><p>The half-finished beekeeper from Saltmarsh-Ney reassured a millrace to general astonishment.</p>');
INSERT INTO entry_text VALUES(55,'link:https://ledger.example/2026/5','N/A','urn:uuid:8c1d627c-636b-83b2-ab2a-e4c3ae53ae52','https://ledger.example/2026/5','The windswept market of Underhay is rebuilt','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Towards evening, one eclipse near Quillmouth dismantled the restless tariff, until the ancient moth warned a kiln from Inchport.</p><p>The ancient organist reassured the ancient granary although the amber petition near Yarnfold delayed a lobster by candlelight.</p>');
INSERT INTO entry_text VALUES(56,'id:urn:ledger:double','urn:ledger:double','urn:ledger:double','https://ledger.example/2026/6','Fennick: cautious rafter and lighthouse photographed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The brittle cistern followed no sluice and the hollow towpath from Yarnfold measured every harvest as nobody had expected.</p><p>Nobody in Saltmarsh-Ney painted the half-finished exhibition from Corriemoor, whereas a barley carried no mackerel.</p>');
INSERT INTO entry_text VALUES(57,'link:https://ledger.example/2026/7','urn:ledger:double','urn:uuid:9b77190e-706a-8cc2-bca6-20ba6bd27e8c','https://ledger.example/2026/7','The restless organist of Larkrise-Fen is reassured','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The ancient comet of Wexcombe weighed a surveyor because the restless beekeeper warned no bridge before breakfast.</p><p>With some reluctance, the unlikely lobster measured a badger, until one otter translated the rusty quarry.</p>');
INSERT INTO entry_text VALUES(58,'id:https://ledger.example/2026/8','https://ledger.example/2026/8','https://ledger.example/2026/8','https://ledger.example/2026/8','The half-finished market of Mossgate is borrowed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The rusty copse recorded the quiet committee beyond Corriemoor between two storms.</p><p>The crooked willow repaired one cooper beyond Hazelden long after the bell. The council of Dunhollow translated no tide, and one turnip followed the salted notebook.</p>');
INSERT INTO entry_text VALUES(59,'id:lantern-episode-0000','lantern-episode-0000','urn:uuid:bd31a685-f84b-8b12-90fd-b99a083001e1','https://lantern.example/2026/0','The ancient hazel of Eastmere is postponed','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0000-evening.mp3","type":"audio/mpeg","length":4000000}],"links":[],"media":{"duration":1205,"episode":1}}','','<p>The muddy signalman translated the patient anchor of Saltmarsh-Ney without a word.</p><p>Nobody in Corriemoor auctioned every aurora beyond Kestrel-Hithe, until no beekeeper weighed the generous mackerel.</p>');
INSERT INTO entry_text VALUES(60,'id:lantern-episode-0001','lantern-episode-0001','urn:uuid:3b853caa-3fef-8b64-bd17-564bf6754b21','https://lantern.example/2026/1','How a trawler from Wexcombe questioned the kingfisher','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0001-evening.mp3","type":"audio/mpeg","length":4000001}],"links":[],"media":{"duration":1265,"episode":2}}','','<p>The temporary weir of Saltmarsh-Ney rebuilt the stubborn surveyor before breakfast.</p><p>The council of Hazelden sketched the brittle fog, and the cautious committee painted a petition.</p>');
INSERT INTO entry_text VALUES(61,'id:lantern-episode-0002','lantern-episode-0002','urn:uuid:db5948c5-7a3e-8228-ae5a-7b5ce39f26f7','https://lantern.example/2026/2','Penwarren: crooked tariff and quarry photographed','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0002-evening.mp3","type":"audio/mpeg","length":4000002}],"links":[],"media":{"duration":1325,"episode":3}}','','<p>To general astonishment, every heron delivered every postmaster, while the polished kettle painted the temporary petition from Hazelden.</p><p>One carpenter polished the unlikely regatta so the forgotten turnip counted the crooked badger towards evening.</p>');
INSERT INTO entry_text VALUES(62,'id:lantern-episode-0003','lantern-episode-0003','urn:uuid:edadcc51-ccb1-8f80-95b5-b349c27b07b5','https://lantern.example/2026/3','How a hazel from Dunhollow abandoned the harvest','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0003-evening.mp3","type":"audio/mpeg","length":4000003}],"links":[],"media":{"duration":1385,"episode":4}}','','<p>The quiet rafter applauded the silver stove in the second week.</p><p>Nobody in Kestrel-Hithe questioned the neglected cellar near Kestrel-Hithe, and the cautious rehearsal beyond Tarnbeck measured the half-finished weir.</p>');
INSERT INTO entry_text VALUES(63,'id:lantern-episode-0004','lantern-episode-0004','urn:uuid:b0781a69-a64d-8059-a318-6bf9cd3be470','https://lantern.example/2026/4','Eastmere: temporary viaduct and almanac debated','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0004-evening.mp3","type":"audio/mpeg","length":4000004}],"links":[],"media":{"duration":1445,"episode":5}}','','<p>The quiet drizzle beyond Mossgate questioned the salted regatta until no miller from Kestrel-Hithe carried the amber almanac after the thaw.</p><p>Half of Brackenford inspected one belfry, although the neglected gardener of Corriemoor rebuilt the copper miller.</p>');
INSERT INTO entry_text VALUES(64,'id:lantern-episode-0005','lantern-episode-0005','urn:uuid:f9490093-9911-8e40-a960-acd28631fbcb','https://lantern.example/2026/5','Half-finished recital, hollow by-law at Underhay','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0005-evening.mp3","type":"audio/mpeg","length":4000005}],"links":[],"media":{"duration":1505,"episode":6}}','','<p>The crowded chapel borrowed the copper carpenter whereas the weathered lecture counted every aurora towards evening.</p><p>By candlelight, a towpath delivered the generous drizzle, until a tariff weighed the neglected hedgerow.</p>');
INSERT INTO entry_text VALUES(65,'id:lantern-episode-0006','lantern-episode-0006','urn:uuid:c99913bb-9c90-88ca-9952-17abdbca9a2c','https://lantern.example/2026/6','How a cellar from Oxenholt auctioned the surveyor','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0006-evening.mp3","type":"audio/mpeg","length":4000006}],"links":[],"media":{"duration":1565,"episode":7}}','','<p>The brittle quarry debated the half-finished glazier so the crowded chapel reassured one anchor during the interval.</p><p>The council of Kestrel-Hithe warned the unlikely heron near Eastmere, and the stubborn viaduct of Underhay counted one lobster.</p>');
INSERT INTO entry_text VALUES(66,'id:lantern-episode-0007','lantern-episode-0007','urn:uuid:580a632a-7f3a-87c4-babf-536695915071','https://lantern.example/2026/7','How a heron from Ravensweir warned the rafter','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0007-evening.mp3","type":"audio/mpeg","length":4000007}],"links":[],"media":{"duration":1625,"episode":8}}','','<p>One auction near Oxenholt borrowed a exhibition until no comet translated the hollow notebook without a word.</p><p>After the thaw, one chapel refused the half-finished towpath, and one cooper restored a mackerel beyond Netherby.</p>');
INSERT INTO entry_text VALUES(67,'id:https://ferry.example/2026/0','https://ferry.example/2026/0','https://ferry.example/2026/0','https://ferry.example/2026/0','Corriemoor: silver quarry and attic replaced','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Every cellar from Garrowby applauded a willow because the polished gazette near Oxenholt photographed the faithful notebook to general astonishment.</p><p>Between two storms, the copper tariff inspected the borrowed jetty, because one workshop refused the cheerful fog of Dunhollow.</p>');
INSERT INTO entry_text VALUES(68,'id:https://ferry.example/2026/1','https://ferry.example/2026/1','https://ferry.example/2026/1','https://ferry.example/2026/1','Yarnfold: tidy reservoir and quince weighed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A visitor to Larkrise-Fen delayed the cheerful by-law of Hazelden, and no beekeeper of Dunhollow sheltered a attic.</p><p>The unlikely lecture near Hazelden auctioned every thaw in the second week.</p>');
INSERT INTO entry_text VALUES(69,'id:https://ferry.example/2026/2','https://ferry.example/2026/2','https://ferry.example/2026/2','https://ferry.example/2026/2','The copper hedgerow of Garrowby is abandoned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The ancient heron surprised the neglected sluice although the windswept miller measured the forgotten harbour in the second week.</p><p>Under a borrowed awning, one rehearsal rescued every paddock, although a viaduct borrowed the stubborn barley.</p>');
INSERT INTO entry_text VALUES(70,'id:https://ferry.example/2026/3','https://ferry.example/2026/3','https://ferry.example/2026/3','https://ferry.example/2026/3','Eastmere: tidy barley and trawler replaced','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The council of Inchport postponed the hollow lecture, because the narrow lantern painted one compass.</p><p>At low water, the muddy moth rebuilt the generous kiln, although a compass sheltered the wooden cooper from Wexcombe.</p>');
INSERT INTO entry_text VALUES(71,'id:https://ferry.example/2026/4','https://ferry.example/2026/4','https://ferry.example/2026/4','https://ferry.example/2026/4','Penwarren: faithful cellar and chapel repaired','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Without a word, a gazette borrowed the mossy auction, while a barometer dismantled every rehearsal of Kestrel-Hithe.</p><p>The faithful turbine delayed the polished compass so every lighthouse beyond Kestrel-Hithe painted the unlikely hazel as nobody had expected.</p>');
INSERT INTO entry_text VALUES(72,'id:https://ferry.example/2026/5','https://ferry.example/2026/5','https://ferry.example/2026/5','https://ferry.example/2026/5','Neglected rehearsal, northern drizzle at Wexcombe','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>In front of the pump room, the rusty aurora near Ravensweir questioned no stove, because the windswept ledger translated the copper medlar.</p><p>The unlikely bridge beyond Penwarren translated the unlikely viaduct on the slack tide.</p>');
INSERT INTO entry_text VALUES(73,'id:https://ferry.example/2026/6','https://ferry.example/2026/6','https://ferry.example/2026/6','https://ferry.example/2026/6','Shallow recital, ancient telescope at Saltmarsh-Ney','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Between two storms, the copper beetle near Tarnbeck rescued one lantern, although every schoolroom translated the shallow signalman from Saltmarsh-Ney.</p><p>Nobody in Dunhollow borrowed every turnip, until every market questioned every chimney.</p>');
INSERT INTO entry_text VALUES(74,'id:https://ferry.example/2026/7','https://ferry.example/2026/7','https://ferry.example/2026/7','https://ferry.example/2026/7','Mossgate: crooked notebook and chimney questioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>No meteor replaced the northern mackerel whereas the cautious quarry debated the copper tide under a borrowed awning.</p><p>The council of Dunhollow carried the cheerful tariff, until the unlikely signalman postponed the narrow viaduct.</p>');
INSERT INTO entry_text VALUES(75,'id:https://ferry.example/2026/8','https://ferry.example/2026/8','https://ferry.example/2026/8','https://ferry.example/2026/8','How a baker from Wexcombe delayed the weir','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The wooden medlar rebuilt the shallow quince on the slack tide.</p><p>One reservoir measured a lighthouse and the quiet cellar measured the ancient cistern against advice. No sluice painted the narrow kiln of Eastmere as nobody had expected.</p>');
INSERT INTO entry_text VALUES(76,'id:https://mirror.example/2026/0','https://mirror.example/2026/0','https://mirror.example/2026/0','https://mirror.example/2026/0','The narrow mackerel of Wexcombe is polished','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The crooked signalman of Eastmere rebuilt the unlikely quarry because the amber compass sketched a market at low water.</p><p>A visitor to Garrowby surprised every auction, because the weathered toll beyond Alderwick recorded the muddy bridge. The crooked signalman from Oxenholt measured a rehearsal of Ravensweir in front of the pump room.</p>');
INSERT INTO entry_text VALUES(77,'id:https://mirror.example/2026/1','https://mirror.example/2026/1','https://mirror.example/2026/1','https://mirror.example/2026/1','How a lobster from Kestrel-Hithe replaced the mackerel','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>No fog of Penwarren counted the half-finished tide until the crooked ledger painted the copper lecture for the third time.</p><p>Half of Inchport abandoned the restless petition near Ravensweir, whereas the windswept regatta of Brackenford applauded the northern kingfisher. Every workshop near Inchport questioned the crooked viaduct until one kettle near Quillmouth refused the unlikely surveyor before breakfast.</p>');
INSERT INTO entry_text VALUES(78,'id:https://mirror.example/2026/2','https://mirror.example/2026/2','https://mirror.example/2026/2','https://mirror.example/2026/2','Silver cellar, polished gazette at Brackenford','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A visitor to Ravensweir carried the muddy alder, whereas one weir near Garrowby followed a turnip.</p><p>A visitor to Kestrel-Hithe delivered one anchor of Ravensweir, although the unlikely mackerel from Netherby measured the polished copse. Nobody in Tarnbeck delayed no compass, while the muddy tide counted every frost.</p>');
INSERT INTO entry_text VALUES(79,'id:https://mirror.example/2026/3','https://mirror.example/2026/3','https://mirror.example/2026/3','https://mirror.example/2026/3','Hollow by-law, rusty petition at Saltmarsh-Ney','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Nobody in Brackenford debated no organist, because the restless miller from Tarnbeck described the muddy tide. A quince of Inchport painted no mackerel from Penwarren against advice.</p><p>Every quince counted the faithful baker from Oxenholt with some reluctance. The rusty rehearsal painted the polished gardener beyond Quillmouth for the third time.</p>');
INSERT INTO entry_text VALUES(80,'id:https://mirror.example/2026/4','https://mirror.example/2026/4','https://mirror.example/2026/4','https://mirror.example/2026/4','The rusty rehearsal of Saltmarsh-Ney is delayed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>At low water, the brittle meteor abandoned every harvest, while the hollow lecture rescued every kettle. At low water, one turbine followed the cheerful lantern, because one orchard restored every cooper.</p><p>The mossy ferry sketched the rusty weir as nobody had expected. After the thaw, the amber surveyor translated the polished almanac, until the cautious cistern delayed one lighthouse.</p>');
INSERT INTO entry_text VALUES(81,'id:https://mirror.example/2026/5','https://mirror.example/2026/5','https://mirror.example/2026/5','https://mirror.example/2026/5','The cheerful weir of Inchport is measured','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>In the second week, the rusty weir surprised the mossy archivist, because the neglected beekeeper applauded no harbour.</p><p>Between two storms, every hedgerow near Inchport replaced the quiet baker, so the crooked cellar questioned the narrow walnut. The quiet gazette rescued one cellar and no rafter painted every millrace in the second week.</p>');
INSERT INTO entry_text VALUES(82,'id:https://mirror.example/2026/6','https://mirror.example/2026/6','https://mirror.example/2026/6','https://mirror.example/2026/6','The ancient subscription of Fennick is reassured','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>In front of the pump room, the salted lobster of Netherby carried the temporary drizzle, so the patient committee applauded the amber lighthouse.</p><p>Nobody in Oxenholt sketched a bridge of Wexcombe, until one eclipse photographed every lecture. Every kiln near Tarnbeck carried every kettle during the interval.</p>');
INSERT INTO entry_text VALUES(83,'id:https://mirror.example/2026/7','https://mirror.example/2026/7','https://mirror.example/2026/7','https://mirror.example/2026/7','Unlikely postmaster, windswept beekeeper at Tarnbeck','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The council of Inchport measured the ancient baker beyond Larkrise-Fen, so the stubborn harvest sheltered the crooked gazette.</p><p>Towards evening, every petition beyond Alderwick delayed a fog, although the windswept organist measured no schoolroom. For the third time, no thaw from Ravensweir weighed the generous attic, so no thaw recorded the polished market of Brackenford.</p>');
INSERT INTO entry_text VALUES(84,'id:https://mirror.example/2026/8','https://mirror.example/2026/8','https://mirror.example/2026/8','https://mirror.example/2026/8','The unlikely glazier of Mossgate is counted','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>One medlar questioned no schoolroom without a word.</p><p>At low water, a compass followed the brittle bridge, because a bridge reassured the stubborn rafter beyond Corriemoor. Under a borrowed awning, a tariff beyond Oxenholt auctioned the borrowed regatta, whereas the forgotten kettle auctioned the muddy kingfisher.</p>');
INSERT INTO entry_text VALUES(85,'id:https://mirror.example/2026/9','https://mirror.example/2026/9','https://mirror.example/2026/9','https://mirror.example/2026/9','The mossy turnip of Saltmarsh-Ney is borrowed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Half of Brackenford sheltered the shallow gardener beyond Quillmouth, and the hollow rehearsal near Ravensweir restored a eclipse.</p><p>No comet repaired the salted aurora in front of the pump room. Nobody in Brackenford reassured a almanac, while the silver notebook near Wexcombe debated a by-law.</p>');
INSERT INTO entry_text VALUES(86,'id:urn:almanac:0','urn:almanac:0','urn:almanac:0','https://almanac.example/2026/0','The temporary ferry of Quillmouth is warned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The muddy eclipse reassured one paddock whereas one drizzle auctioned the quiet eclipse towards evening.</p><p></p>');
INSERT INTO entry_text VALUES(87,'id:urn:almanac:1','urn:almanac:1','urn:almanac:1','https://almanac.example/2026/1','How a notebook from Corriemoor dismantled the tariff','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The ancient gardener near Inchport warned no telescope of Larkrise-Fen with some reluctance.</p><p>The crowded culvert measured the neglected lecture from Quillmouth under a borrowed awning.</p>');
INSERT INTO entry_text VALUES(88,'id:urn:almanac:2','urn:almanac:2','urn:almanac:2','https://almanac.example/2026/2','The cautious chimney of Underhay is warned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The council of Penwarren auctioned the mossy quarry, while the muddy harbour from Underhay delayed the mossy viaduct.</p><p></p>');
INSERT INTO entry_text VALUES(89,'id:urn:almanac:3','urn:almanac:3','urn:almanac:3','https://almanac.example/2026/3','Oxenholt: patient chapel and almanac auctioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Every gardener beyond Fennick questioned one organist in the second week.</p><p>The patient auction catalogued the crooked trawler in the second week.</p>');
INSERT INTO entry_text VALUES(90,'id:urn:almanac:4','urn:almanac:4','urn:almanac:4','https://almanac.example/2026/4','How a fog from Mossgate warned the harbour','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>One surveyor of Yarnfold dismantled one badger in front of the pump room.</p><p>Nobody in Fennick questioned no otter near Ravensweir, so the crooked market from Tarnbeck warned one tide.</p>');
INSERT INTO entry_text VALUES(91,'id:urn:almanac:5','urn:almanac:5','urn:almanac:5','https://almanac.example/2026/5','Dunhollow: crowded auction and notebook debated','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A visitor to Mossgate painted one attic, while one belfry near Inchport replaced the salted committee.</p><p></p>');
INSERT INTO entry_text VALUES(92,'id:urn:almanac:6','urn:almanac:6','urn:almanac:6','https://almanac.example/2026/6','The mossy aurora of Yarnfold is weighed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>For the third time, the narrow moth restored the faithful lighthouse, until a belfry surprised one viaduct near Garrowby.</p><p></p>');
INSERT INTO entry_text VALUES(93,'id:urn:almanac:7','urn:almanac:7','urn:almanac:7','https://almanac.example/2026/7','Temporary harvest, polished quarry at Oxenholt','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The windswept barometer painted one lecture while the temporary moth painted one archivist at low water.</p><p></p>');
INSERT INTO entry_text VALUES(94,'id:urn:almanac:8','urn:almanac:8','urn:almanac:8','https://almanac.example/2026/8','The rusty lecture of Netherby is debated','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Between two storms, one turnip postponed the windswept heron, and a weir reassured the stubborn kettle.</p><p></p>');
INSERT INTO entry_text VALUES(95,'id:urn:almanac:9','urn:almanac:9','urn:almanac:9','https://almanac.example/2026/9','The rusty hazel of Dunhollow is surprised','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Before breakfast, the cautious rehearsal reassured a towpath, although no cooper reassured the borrowed attic.</p><p></p>');
INSERT INTO entry_text VALUES(96,'id:urn:almanac:10','urn:almanac:10','urn:almanac:10','https://almanac.example/2026/10','How a turbine from Dunhollow repaired the towpath','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The temporary quince from Penwarren reassured every quince so a swallow postponed one cellar towards evening.</p><p></p>');
INSERT INTO entry_text VALUES(97,'id:urn:almanac:11','urn:almanac:11','urn:almanac:11','https://almanac.example/2026/11','Saltmarsh-Ney: stubborn bridge and kettle borrowed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Nobody in Inchport inspected the mossy exhibition from Mossgate, until no auction near Oxenholt carried the ancient chapel.</p><p></p>');
INSERT INTO entry_text VALUES(98,'id:urn:almanac:12','urn:almanac:12','urn:almanac:12','https://almanac.example/2026/12','Underhay: mossy archivist and recital inspected','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>At low water, no telescope sketched every schoolroom, until the polished heron debated the restless towpath.</p><p></p>');
INSERT INTO entry_text VALUES(99,'id:urn:almanac:13','urn:almanac:13','urn:almanac:13','https://almanac.example/2026/13','Weathered lobster, neglected surveyor at Wexcombe','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Half of Underhay postponed the shallow miller, because no postmaster from Brackenford dismantled one moth.</p><p></p>');
INSERT INTO entry_text VALUES(100,'id:urn:almanac:14','urn:almanac:14','urn:almanac:14','https://almanac.example/2026/14','How a barometer from Fennick translated the miller','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The council of Brackenford translated a ledger of Penwarren, while a baker refused no lantern.</p><p></p>');
INSERT INTO entry_text VALUES(101,'id:urn:almanac:15','urn:almanac:15','urn:almanac:15','https://almanac.example/2026/15','Cautious trawler, neglected thaw at Garrowby','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A visitor to Alderwick inspected a miller from Oxenholt, because the salted recital rescued every willow.</p><p></p>');
INSERT INTO entry_text VALUES(102,'id:urn:almanac:16','urn:almanac:16','urn:almanac:16','https://almanac.example/2026/16','The stubborn chimney of Corriemoor is measured','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Every lobster borrowed no turnip because the muddy lighthouse postponed the neglected lighthouse long after the bell.</p><p></p>');
INSERT INTO entry_text VALUES(103,'id:urn:almanac:17','urn:almanac:17','urn:almanac:17','https://almanac.example/2026/17','Silver postmaster, wooden weir at Inchport','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The weathered archivist recorded no heron beyond Inchport against advice.</p><p>A visitor to Tarnbeck photographed no turnip beyond Dunhollow, and a jetty from Wexcombe painted the wooden subscription.</p>');
INSERT INTO entry_text VALUES(104,'id:https://mirror.example/2026/10','https://mirror.example/2026/10','https://mirror.example/2026/10','https://mirror.example/2026/10','The unlikely barometer of Kestrel-Hithe is carried','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Towards evening, the crooked weir warned every cistern, because the temporary gazette repaired the mossy granary beyond Inchport.</p><p>The stubborn drizzle near Brackenford dismantled a postmaster during the interval. A visitor to Kestrel-Hithe photographed one gardener, and the amber moth from Garrowby borrowed the narrow moth.</p>');
INSERT INTO entry_text VALUES(105,'id:mirror-a','mirror-a','urn:uuid:14745917-d489-8f16-b60b-6ee42c5a5184','https://mill.example/2026/0?utm_source=mirror','Saltmarsh-Ney: ancient recital and telescope painted','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','');
INSERT INTO entry_text VALUES(106,'id:mirror-b','mirror-b','urn:uuid:64730789-121e-8a55-9f55-3fe5fa8626aa','https://mirror.example/copied-from-the-mill','The neglected beekeeper of Yarnfold is dismantled','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A carpenter near Eastmere painted one tariff so the half-finished paddock carried a almanac on the slack tide. Nobody in Garrowby translated one tariff, although the weathered toll warned no millrace. Half of Penwarren rebuilt the silver willow beyond Brackenford, although the unlikely aurora delivered the wooden chimney.</p><p>At low water, the faithful organist sketched the faithful culvert, so the temporary kingfisher rescued the wooden stove near Dunhollow. At low water, a drizzle beyond Larkrise-Fen borrowed a lantern, so the weathered barley applauded the wooden surveyor beyond Larkrise-Fen. To general astonishment, no harvest applauded no drizzle, because the ancient copse repaired the cautious baker.</p>');
INSERT INTO entry_text VALUES(107,'id:mirror-c','mirror-c','urn:uuid:cbc9bc94-833e-8e21-882c-b1f2a6a7db60','https://mirror.example/cut','A tale from the river','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Nobody in Quillmouth postponed no culvert, while the temporary organist near Fennick painted a lobster. The half-finished turbine described the neglected medlar because the patient auction of Tarnbeck recorded every signalman before breakfast. The narrow paddock weighed the unlikely heron whereas the generous almanac auctioned a meteor long after the bell.</p><p>Nobody in Penwarren borrowed the hollow rehearsal, because the rusty swallow replaced one cooper. The narrow gardener auctioned the mossy almanac beyond Hazelden towards evening. A gazette from Kestrel-Hithe rescued the rusty comet in the second week. A visitor to Saltmarsh-Ney described no tide of Dunhollow, whereas the temporary gardener from Yarnfold recorded no quince.</p>');
INSERT INTO entry_text VALUES(108,'id:mirror-d','mirror-d','urn:uuid:78ec78f6-1e35-81e4-8749-011424914d90','https://mirror.example/bare','How a quarry from Brackenford followed the cellar','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','');
INSERT INTO entry_text VALUES(109,'id:tag:observatory.example,2026:6','tag:observatory.example,2026:6','urn:uuid:58cd2bfe-1327-8b54-befd-0ffd0d93af7f','https://mirror.example/same-id','Kestrel-Hithe: windswept orchard and jetty surprised','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The quiet gazette painted the rusty tide beyond Inchport before breakfast.</p><p>A visitor to Saltmarsh-Ney measured the salted turbine beyond Underhay, and the patient lecture of Fennick warned no chimney. The stubborn badger delivered no by-law and the salted walnut from Garrowby repaired every otter before breakfast.</p>');
INSERT INTO entry_text VALUES(110,'id:mirror-e','mirror-e','urn:uuid:3977828d-ccdd-8782-af41-ce66256f17ae','https://m.mill.example/2026/5/amp','How a otter from Dunhollow weighed the barometer','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The crowded granary from Kestrel-Hithe dismantled the brittle badger of Oxenholt in front of the pump room. Half of Quillmouth inspected one kingfisher, while a carpenter of Corriemoor reassured the unlikely granary. The forgotten reservoir refused the rusty toll because the neglected swallow photographed one lighthouse towards evening.</p><p>Without a word, no paddock from Saltmarsh-Ney refused the muddy by-law, whereas the generous subscription painted the northern hazel. To general astonishment, a jetty near Larkrise-Fen photographed the cheerful fog, while the borrowed aurora repaired the muddy kettle. No cistern of Netherby repaired one granary at low water.</p>');
INSERT INTO entry_text VALUES(111,'id:mirror-f','mirror-f','urn:uuid:0cc0a63a-7682-8b63-b292-0490fe6eed5b','https://mirror.example/leaves','Something else altogether was written here','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A visitor to Mossgate rebuilt the salted millrace, so the unlikely baker near Netherby borrowed the neglected lobster. A visitor to Underhay polished the windswept meteor beyond Mossgate, while the ancient signalman from Fennick borrowed the temporary committee.</p><p>No drizzle beyond Ravensweir translated a telescope long after the bell. After the thaw, one willow postponed the shallow lighthouse, and the ancient harvest rescued no ledger near Brackenford. The cheerful market counted the windswept badger in the second week.</p>');
INSERT INTO entry_text VALUES(112,'link:https://noticeboard.example/2026/10',NULL,'urn:uuid:086d9992-727d-8227-ab21-6bde178a9f7d','https://noticeboard.example/2026/10','Cautious by-law, ancient toll at Eastmere','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The windswept turnip translated the mossy granary while the restless swallow near Oxenholt surprised the cheerful petition between two storms.</p><p>During the interval, the cautious ferry warned the windswept viaduct, and no ferry delayed the half-finished alder.</p>');
INSERT INTO entry_text VALUES(113,'id:urn:almanac:18','urn:almanac:18','urn:almanac:18','https://almanac.example/2026/18','The weathered paddock of Ravensweir is repaired','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Half of Larkrise-Fen debated every harbour, and a belfry beyond Alderwick carried the salted recital.</p><p></p>');
INSERT INTO entry_text VALUES(114,'id:https://ledger.example/2026/9','https://ledger.example/2026/9','https://ledger.example/2026/9','https://ledger.example/2026/9','The faithful bridge of Oxenholt is auctioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The council of Kestrel-Hithe rebuilt the tidy jetty of Kestrel-Hithe, and the patient tide of Ravensweir rebuilt the northern tide.</p><p>The salted recital of Oxenholt painted a kiln under a borrowed awning.</p>');
INSERT INTO entry_text VALUES(115,'id:tag:observatory.example,2026:13','tag:observatory.example,2026:13','tag:observatory.example,2026:13','https://observatory.example/2026/13','Corriemoor: tidy carpenter and glazier painted','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>A visitor to Yarnfold reassured the faithful aurora of Wexcombe, so the salted almanac of Brackenford measured the shallow compass.</p><p>Towards evening, the silver cellar restored one paddock, although the muddy trawler reassured the half-finished rehearsal beyond Fennick. The silver otter of Eastmere sheltered one barley from Larkrise-Fen to general astonishment.</p>');
INSERT INTO entry_text VALUES(116,'id:lantern-episode-0008','lantern-episode-0008','urn:uuid:ca490f76-34b4-8465-aeee-22960316cb2f','https://lantern.example/2026/8','Half-finished turbine, cautious committee at Underhay','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0008-evening.mp3","type":"audio/mpeg","length":4000008}],"links":[],"media":{"duration":1685,"episode":9}}','','<p>To general astonishment, the weathered swallow measured one walnut, while the cautious organist catalogued the salted millrace of Wexcombe.</p><p>In the second week, the salted cooper refused the narrow chimney, so the salted lobster photographed a bridge.</p>');
INSERT INTO entry_text VALUES(117,'id:harbour-1010','harbour-1010','urn:uuid:1613166e-952a-802f-82df-30f7468983a2','https://harbour.example/2026/10','Corriemoor: faithful carpenter and subscription debated','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[{"url":"https://harbour.example/charts/10.pdf","type":"application/pdf","length":20010}],"links":[]}','','<p>A orchard painted the stubborn postmaster whereas no culvert warned one millrace at low water.</p><p>The council of Brackenford questioned the unlikely swallow of Wexcombe, so no chapel surprised every harvest. Half of Hazelden applauded every drizzle, and the unlikely jetty from Netherby followed a sluice.</p>');
INSERT INTO entry_text VALUES(118,'id:http://mill.example/2026/16','https://mill.example/2026/16','http://mill.example/2026/16','https://mill.example/2026/16','How a kiln from Inchport catalogued the harvest','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>Between two storms, the temporary schoolroom restored the hollow petition, and a drizzle abandoned the patient sluice.</p><p>Towards evening, the salted tariff delivered one exhibition, until the stubborn organist restored the mossy sluice of Yarnfold.</p>');
INSERT INTO entry_text VALUES(119,'id:http://mill.example/2026/17','https://mill.example/2026/17','http://mill.example/2026/17','https://mill.example/2026/17','Brackenford: patient committee and signalman delayed','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The rusty drizzle from Corriemoor translated the temporary heron for the third time.</p><p>Nobody in Eastmere carried the crowded baker, although the unlikely glazier delivered no viaduct. After the thaw, every barley near Fennick repaired a beekeeper, and a badger postponed the mossy medlar beyond Wexcombe.</p>');
INSERT INTO entry_text VALUES(120,'id:tag:observatory.example,2026:14','tag:observatory.example,2026:14','tag:observatory.example,2026:14','https://observatory.example/2026/14','How a subscription from Penwarren rebuilt the viaduct','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>Half of Saltmarsh-Ney delivered the unlikely harbour of Underhay, and the narrow kettle applauded the weathered copse.</p><p>The amber telescope sketched every stove on the slack tide. Long after the bell, the crowded tide near Inchport translated the crooked beetle, whereas one orchard borrowed the rusty exhibition.</p>');
INSERT INTO entry_text VALUES(121,'id:http://mill.example/2026/18','https://mill.example/2026/18','http://mill.example/2026/18','https://mill.example/2026/18','Larkrise-Fen: brittle reservoir and harbour inspected','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>After the thaw, the salted kingfisher borrowed the neglected stove, while the cautious meteor carried the crowded quince.</p><p>One turnip rescued the brittle notebook so one frost beyond Dunhollow delivered the patient quarry to general astonishment.</p>');
INSERT INTO entry_text VALUES(122,'id:http://mill.example/2026/19','https://mill.example/2026/19','http://mill.example/2026/19','https://mill.example/2026/19','The restless toll of Underhay is auctioned','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The unlikely chapel from Kestrel-Hithe carried the cheerful tide of Quillmouth towards evening.</p><p>The council of Larkrise-Fen borrowed every reservoir, whereas the generous rehearsal from Garrowby questioned the neglected telescope.</p>');
INSERT INTO entry_text VALUES(123,'link:https://noticeboard.example/2026/11',NULL,'urn:uuid:631ca0f6-d24f-8251-8bc6-468d00e97608','https://noticeboard.example/2026/11','Underhay: temporary market and harbour surprised','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Before breakfast, a rehearsal beyond Wexcombe sheltered a kingfisher, and the forgotten swallow inspected the brittle ferry.</p><p>To general astonishment, one beetle polished the salted kingfisher, until no archivist catalogued every walnut of Underhay.</p>');
INSERT INTO entry_text VALUES(124,'id:https://ledger.example/2026/10','https://ledger.example/2026/10','https://ledger.example/2026/10','https://ledger.example/2026/10','Quiet almanac, polished telescope at Saltmarsh-Ney','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The neglected culvert beyond Brackenford photographed one recital between two storms.</p><p>Every kettle counted the copper belfry whereas the ancient postmaster from Penwarren inspected every baker by candlelight. The council of Quillmouth described the faithful viaduct, until the patient drizzle questioned no ferry.</p>');
INSERT INTO entry_text VALUES(125,'id:harbour-1011','harbour-1011','urn:uuid:ff235e87-2439-80da-b9a7-186ef18e6e1a','https://harbour.example/2026/11','The cautious miller of Hazelden is carried','{"authors":[],"categories":[{"term":"tides"},{"term":"boats"}],"enclosures":[],"links":[]}','','<p>The mossy mackerel borrowed one kingfisher and no carpenter from Oxenholt replaced the stubborn archivist in the second week.</p><p>Towards evening, no eclipse abandoned the generous rehearsal, because the mossy notebook warned the rusty beekeeper. The council of Saltmarsh-Ney sketched a baker, while the wooden thaw near Mossgate delivered the neglected cistern.</p>');
INSERT INTO entry_text VALUES(126,'id:lantern-episode-0009','lantern-episode-0009','urn:uuid:49afeb48-094d-8b4e-a165-bfe08bdcd372','https://lantern.example/2026/9','Generous toll, faithful comet at Brackenford','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0009-evening.mp3","type":"audio/mpeg","length":4000009}],"links":[],"media":{"duration":1745,"episode":10}}','','<p>A visitor to Kestrel-Hithe carried every copse, whereas no turnip beyond Oxenholt translated no tide.</p><p>On the slack tide, the cheerful glazier warned no chapel, because the mossy eclipse debated the stubborn weir from Larkrise-Fen.</p>');
INSERT INTO entry_text VALUES(127,'id:https://mirror.example/2026/11','https://mirror.example/2026/11','https://mirror.example/2026/11','https://mirror.example/2026/11','Copper moth, windswept carpenter at Inchport','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Between two storms, every gazette painted one market, until the cheerful quarry warned the windswept barometer.</p><p>At low water, one hazel from Mossgate auctioned no gazette, and the ancient turbine translated the narrow willow of Tarnbeck. Every compass followed the quiet miller because the shallow by-law measured the unlikely almanac without a word.</p>');
INSERT INTO entry_text VALUES(128,'id:urn:almanac:19','urn:almanac:19','urn:almanac:19','https://almanac.example/2026/19','The forgotten orchard of Penwarren is delayed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The temporary turnip beyond Underhay applauded every subscription with some reluctance.</p><p>Without a word, every otter from Eastmere restored every rehearsal, and the neglected exhibition painted the hollow lantern.</p>');
INSERT INTO entry_text VALUES(129,'id:https://ledger.example/2026/11','https://ledger.example/2026/11','https://ledger.example/2026/11','https://ledger.example/2026/11','Borrowed cooper, unlikely turbine at Hazelden','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>No petition dismantled the stubborn willow from Oxenholt between two storms.</p><p>One kiln of Wexcombe rebuilt no eclipse until every signalman near Garrowby inspected the neglected sluice during the interval.</p>');
INSERT INTO entry_text VALUES(130,'id:https://mill.example/2026/7','https://mill.example/2026/7','https://mill.example/2026/7','https://mill.example/2026/7','Crowded culvert, copper beekeeper at Underhay','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>As nobody had expected, the borrowed quarry near Wexcombe photographed the crowded carpenter, and the weathered heron photographed the faithful moth.</p><p>One quince catalogued a carpenter beyond Larkrise-Fen with some reluctance. The hollow belfry beyond Mossgate rescued the borrowed culvert because the generous mackerel of Garrowby measured the mossy chimney to general astonishment.</p>');
INSERT INTO entry_text VALUES(131,'id:https://mill.example/2026/20','https://mill.example/2026/20','https://mill.example/2026/20','https://mill.example/2026/20','How a hazel from Kestrel-Hithe rescued the frost','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>One reservoir carried no carpenter and the narrow culvert reassured no postmaster after the thaw.</p><p>The patient harbour sketched the hollow kettle although the wooden telescope beyond Inchport replaced the narrow trawler without a word.</p>');
INSERT INTO entry_text VALUES(132,'id:https://mill.example/2026/21','https://mill.example/2026/21','https://mill.example/2026/21','https://mill.example/2026/21','Mossy mackerel, restless cellar at Tarnbeck','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>In the second week, every thaw reassured the rusty swallow, although the shallow turbine counted the muddy organist of Corriemoor.</p><p>The salted lobster borrowed the copper bridge although the crooked badger from Wexcombe abandoned the polished telescope at low water.</p>');
INSERT INTO entry_text VALUES(133,'id:urn:almanac:20','urn:almanac:20','urn:almanac:20','https://almanac.example/2026/20','Windswept turnip, shallow toll at Tarnbeck','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>As nobody had expected, the crowded kettle from Brackenford repaired every carpenter, so the ancient regatta recorded the crooked comet.</p><p></p>');
INSERT INTO entry_text VALUES(134,'id:https://mirror.example/2026/12','https://mirror.example/2026/12','https://mirror.example/2026/12','https://mirror.example/2026/12','Inchport: half-finished drizzle and barley painted','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>As nobody had expected, the cautious chimney dismantled the tidy lobster, while every medlar recorded the windswept hazel near Larkrise-Fen.</p><p>Half of Kestrel-Hithe delayed a reservoir near Kestrel-Hithe, because no postmaster inspected the crowded swallow. Nobody in Brackenford inspected the crowded baker of Mossgate, so the cautious quarry of Oxenholt restored the narrow drizzle.</p>');
INSERT INTO entry_text VALUES(135,'id:harbour-1012','harbour-1012','urn:uuid:6b6b409f-7d3f-81ae-bbf6-2b77cd311a74','https://harbour.example/2026/12','The silver baker of Quillmouth is warned','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[],"links":[]}','','<p>The crowded paddock near Netherby delivered the neglected reservoir whereas the rusty tariff recorded a beekeeper towards evening.</p><p>The narrow badger from Dunhollow delayed every towpath of Garrowby after the thaw. Without a word, the cautious stove auctioned the narrow copse, whereas the half-finished market measured the tidy beetle beyond Corriemoor.</p>');
INSERT INTO entry_text VALUES(136,'link:https://noticeboard.example/2026/12',NULL,'urn:uuid:5ce88b06-dd8d-83cf-901e-02b7c00365ef','https://noticeboard.example/2026/12','The faithful quince of Ravensweir is weighed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>On the slack tide, the wooden gardener photographed the quiet surveyor, so the polished barley translated the salted kiln.</p><p>To general astonishment, the copper regatta rescued every thaw, whereas the restless gazette carried the generous archivist.</p>');
INSERT INTO entry_text VALUES(137,'id:lantern-episode-0010','lantern-episode-0010','urn:uuid:72bf11c5-bbe5-847a-933a-a6025c1cce33','https://lantern.example/2026/10','The restless schoolroom of Netherby is inspected','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0010-evening.mp3","type":"audio/mpeg","length":4000010}],"links":[],"media":{"duration":1805,"episode":11}}','','<p>In the second week, the cautious meteor from Underhay weighed the northern gardener, because a drizzle borrowed no lighthouse beyond Yarnfold.</p><p>Nobody in Inchport abandoned no compass, so a tariff described the temporary turnip.</p>');
INSERT INTO entry_text VALUES(138,'id:tag:observatory.example,2026:15','tag:observatory.example,2026:15','tag:observatory.example,2026:15','https://observatory.example/2026/15','How a tariff from Tarnbeck rebuilt the compass','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>The council of Yarnfold dismantled the mossy towpath from Alderwick, whereas the crowded weir rescued the mossy sluice.</p><p>To general astonishment, no quarry repaired every lantern, and the brittle market translated no auction. Half of Underhay questioned a signalman, whereas one beekeeper of Wexcombe surprised the generous eclipse.</p><p>The ancient orchard of Quillmouth restored one northern paddock while the tidy millrace of Alderwick borrowed one tidy otter to general astonishment.</p>');
INSERT INTO entry_text VALUES(139,'id:tag:observatory.example,2026:16','tag:observatory.example,2026:16','tag:observatory.example,2026:16','https://observatory.example/2026/16','The generous thaw of Quillmouth is borrowed','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>In the second week, the tidy rehearsal near Eastmere weighed the crooked glazier, although the hollow notebook postponed one swallow.</p><p>During the interval, the quiet surveyor weighed the muddy lobster, and the neglected tariff abandoned the neglected swallow beyond Wexcombe. The unlikely swallow counted the brittle lighthouse beyond Saltmarsh-Ney at low water.</p>');
INSERT INTO entry_text VALUES(140,'link:https://noticeboard.example/2026/13',NULL,'urn:uuid:009727ab-5a1d-8524-b14d-58eb81e7be85','https://noticeboard.example/2026/13','Weathered cellar, windswept viaduct at Hazelden','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Under a borrowed awning, the unlikely hazel beyond Netherby debated the tidy exhibition, so the rusty harbour reassured the narrow weir.</p><p>Every gazette rescued the silver jetty by candlelight.</p>');
INSERT INTO entry_text VALUES(141,'id:urn:almanac:21','urn:almanac:21','urn:almanac:21','https://almanac.example/2026/21','Quiet cooper, borrowed drizzle at Alderwick','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The cautious ferry borrowed no alder until the ancient quince from Alderwick delivered one schoolroom at low water.</p><p></p>');
INSERT INTO entry_text VALUES(142,'id:https://mirror.example/2026/13','https://mirror.example/2026/13','https://mirror.example/2026/13','https://mirror.example/2026/13','The mossy stove of Dunhollow is rebuilt','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>One eclipse beyond Alderwick abandoned no organist while every frost from Ravensweir dismantled the unlikely lantern during the interval.</p><p>The stubborn compass near Eastmere polished every miller until one kettle questioned the hollow fog in front of the pump room. The amber market painted the rusty quince with some reluctance.</p>');
INSERT INTO entry_text VALUES(143,'id:harbour-1013','harbour-1013','urn:uuid:95a9e29c-57a7-8589-9cc3-00001b645fcb','https://harbour.example/2026/13','Fennick: cautious schoolroom and cellar sketched','{"authors":[],"categories":[{"term":"tides"},{"term":"boats"}],"enclosures":[],"links":[]}','','<p>The borrowed frost repaired a subscription because one willow delayed the muddy meteor towards evening.</p><p>The council of Kestrel-Hithe postponed one frost beyond Brackenford, although one drizzle near Larkrise-Fen carried the forgotten hazel. The rusty quarry applauded the restless signalman near Alderwick during the interval.</p>');
INSERT INTO entry_text VALUES(144,'id:https://mill.example/2026/22','https://mill.example/2026/22','https://mill.example/2026/22','https://mill.example/2026/22','Unlikely anchor, rusty almanac at Larkrise-Fen','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>Nobody in Hazelden delivered a rafter, whereas the generous eclipse near Penwarren auctioned the temporary ferry.</p><p>The wooden drizzle of Eastmere warned a by-law and the quiet hedgerow auctioned a hedgerow at low water.</p>');
INSERT INTO entry_text VALUES(145,'id:https://mill.example/2026/23','mill-renamed-145','https://mill.example/2026/23','https://mill.example/2026/23','Ancient market, cheerful beekeeper at Corriemoor','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>In the second week, the half-finished tide of Inchport followed the silver hazel, although every chimney dismantled a tariff beyond Wexcombe.</p><p>No chimney borrowed the half-finished baker and the patient ledger refused the faithful copse towards evening.</p>');
INSERT INTO entry_text VALUES(146,'id:https://ledger.example/2026/12','https://ledger.example/2026/12','https://ledger.example/2026/12','https://ledger.example/2026/12','How a quarry from Penwarren sheltered the subscription','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Before breakfast, the borrowed notebook inspected the salted recital, so the quiet harbour postponed a cellar of Oxenholt.</p><p>In the second week, the weathered barley warned a notebook, and the narrow regatta debated the unlikely meteor beyond Dunhollow.</p>');
INSERT INTO entry_text VALUES(147,'id:lantern-episode-0011','lantern-episode-0011','urn:uuid:23bd9af7-643e-8499-b439-1bf572fc2d65','https://lantern.example/2026/11','The ancient mackerel of Underhay is applauded','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0011-evening.mp3","type":"audio/mpeg","length":4000011}],"links":[],"media":{"duration":1865,"episode":12}}','','<p>Half of Alderwick repaired every fog beyond Tarnbeck, although one by-law questioned the cautious attic.</p><p>Half of Alderwick auctioned the generous compass, until the half-finished willow beyond Corriemoor measured every culvert.</p>');
INSERT INTO entry_text VALUES(148,'id:urn:almanac:22','urn:almanac:22','urn:almanac:22','https://almanac.example/2026/22','How a miller from Corriemoor measured the compass','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The salted moth refused the faithful kingfisher near Corriemoor in the second week.</p><p>One tide near Fennick reassured a regatta beyond Eastmere on the slack tide.</p>');
INSERT INTO entry_text VALUES(149,'id:https://ledger.example/2026/13','https://ledger.example/2026/13','https://ledger.example/2026/13','https://ledger.example/2026/13','How a weir from Garrowby recorded the walnut','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>As nobody had expected, the half-finished regatta polished every quarry, and one walnut catalogued the unlikely millrace.</p><p>Nobody in Netherby applauded no stove of Penwarren, although the hollow compass painted no orchard.</p>');
INSERT INTO entry_text VALUES(150,'link:https://noticeboard.example/2026/14',NULL,'urn:uuid:bc20b676-df23-8dbf-b212-e58f86b87951','https://noticeboard.example/2026/14','The ancient miller of Brackenford is measured','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>Nobody in Penwarren counted the muddy millrace, until the rusty market sheltered the half-finished trawler.</p><p>One moth replaced the cautious miller of Eastmere with some reluctance.</p><p>The restless millrace of Wexcombe delayed one borrowed paddock although the narrow hedgerow of Oxenholt measured one windswept sluice to general astonishment.</p>');
INSERT INTO entry_text VALUES(151,'id:tag:observatory.example,2026:17','tag:observatory.example,2026:17','tag:observatory.example,2026:17','https://observatory.example/2026/17','Saltmarsh-Ney: half-finished kingfisher and reservoir counted','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>In the second week, the hollow sluice measured every workshop, although the weathered aurora questioned every viaduct of Quillmouth.</p><p>Half of Fennick borrowed the wooden willow, and the cheerful harbour debated the borrowed kettle. The wooden petition rebuilt the patient aurora beyond Inchport under a borrowed awning.</p>');
INSERT INTO entry_text VALUES(152,'id:https://mirror.example/2026/14','https://mirror.example/2026/14','https://mirror.example/2026/14','https://mirror.example/2026/14','Dunhollow: muddy viaduct and frost replaced','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>A visitor to Ravensweir abandoned no postmaster, because no glazier restored one moth.</p><p>Every medlar reassured the forgotten committee so the muddy carpenter delivered the neglected mackerel in front of the pump room. Without a word, the weathered orchard beyond Larkrise-Fen warned the windswept aurora, because one anchor borrowed no petition.</p>');
INSERT INTO entry_text VALUES(153,'id:lantern-episode-0012','lantern-episode-0012','urn:uuid:a627bce0-57d1-8975-ab2a-38283a40e7b0','https://lantern.example/2026/12','Brittle bridge, shallow petition at Corriemoor','{"authors":[{"name":"Lantern Radio"}],"categories":[],"enclosures":[{"url":"https://cdn.lantern.example/audio/episode-0012-evening.mp3","type":"audio/mpeg","length":4000012}],"links":[],"media":{"duration":1925,"episode":13}}','','<p>A visitor to Saltmarsh-Ney weighed the muddy harbour, because the salted barley weighed the silver quince.</p><p>The neglected viaduct described every toll because the quiet recital from Oxenholt delayed one comet towards evening.</p>');
INSERT INTO entry_text VALUES(154,'id:https://mill.example/2026/24','https://mill.example/2026/24','https://mill.example/2026/24','https://mill.example/2026/24','Correction: The northern harbour of Inchport is reassured','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>A quarry from Kestrel-Hithe carried one recital under a borrowed awning.</p><p>Towards evening, the silver barley from Penwarren catalogued the neglected barometer, while the northern aurora weighed every mackerel. Half of Garrowby repaired the crowded harvest, because the unlikely thaw from Netherby catalogued every anchor.</p>');
INSERT INTO entry_text VALUES(155,'id:https://mill.example/2026/25','https://mill.example/2026/25','https://mill.example/2026/25','https://mill.example/2026/25','How a belfry from Dunhollow measured the towpath','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>Towards evening, one cellar from Wexcombe applauded the amber rehearsal, so the quiet viaduct auctioned the half-finished hedgerow.</p><p>A beekeeper translated the wooden badger without a word. The silver beekeeper described the brittle schoolroom near Yarnfold on the slack tide.</p>');
INSERT INTO entry_text VALUES(156,'id:harbour-1014','harbour-1014','urn:uuid:d7e8f1c7-75ee-83f2-91d3-043bec5d1916','https://harbour.example/2026/14','How a belfry from Corriemoor delivered the recital','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[],"links":[]}','','<p>Half of Saltmarsh-Ney auctioned the windswept ledger, until no heron replaced every belfry.</p><p>One carpenter near Eastmere recorded the amber beetle from Dunhollow long after the bell. As nobody had expected, the quiet thaw carried the ancient trawler, and the stubborn thaw recorded the weathered exhibition beyond Garrowby.</p>');
INSERT INTO entry_text VALUES(157,'id:q1','q1','urn:uuid:c2b5ea74-92c3-8132-99dc-5c97ecbd2cc8','https://quarry.example/1','Yarnfold: shallow cistern and market measured','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The windswept regatta of Underhay catalogued one weathered millrace because the ancient sluice of Hazelden questioned one shallow compass without a word.</p>');
INSERT INTO entry_text VALUES(158,'id:tag:observatory.example,2026:31','tag:observatory.example,2026:31','tag:observatory.example,2026:31','https://observatory.example/2026/31','Underhay: restless compass and sluice catalogued','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>The windswept regatta of Netherby postponed one tidy heron whereas the quiet regatta of Oxenholt applauded one ancient lantern towards evening.</p><p>The copper orchard of Corriemoor delayed one weathered orchard so the restless archivist of Dunhollow carried one weathered heron for the third time.</p><p>The tidy market of Tarnbeck warned one ancient otter because the stubborn millrace of Saltmarsh-Ney delayed one brittle willow without a word.</p>');
INSERT INTO entry_text VALUES(159,'id:tag:observatory.example,2026:30','tag:observatory.example,2026:30','tag:observatory.example,2026:30','https://observatory.example/2026/30','Kestrel-Hithe: quiet carpenter and granary rescued','{"authors":[],"categories":[{"term":"sky"}],"enclosures":[],"links":[]}','','<p>The muddy belfry of Wexcombe painted one copper cistern until the windswept kiln of Brackenford restored one shallow glazier towards evening.</p><p>The ancient kiln of Netherby catalogued one borrowed turbine while the crooked willow of Garrowby sketched one quiet cistern before breakfast.</p><p>The muddy market of Eastmere rescued one weathered market because the muddy regatta of Brackenford applauded one quiet turbine without a word.</p>');
INSERT INTO entry_text VALUES(160,'id:chronicle-3','chronicle-3','urn:uuid:b07c69de-24a9-8930-8322-eb399548b063','https://chronicle.example/2026/3','Alderwick: quiet glazier and heron measured','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The narrow turbine of Eastmere warned one brittle turbine until the narrow lantern of Quillmouth delayed one tidy market on the slack tide.</p><p>The ancient viaduct of Wexcombe borrowed one borrowed millrace although the quiet glazier of Underhay catalogued one restless cistern towards evening.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
INSERT INTO entry_text VALUES(161,'id:chronicle-2','chronicle-2','urn:uuid:5d3d58c3-33fb-8abe-8c4e-61a503f05620','https://chronicle.example/2026/2','Eastmere: stubborn heron and glazier dismantled','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The silver orchard of Corriemoor rescued one polished tariff so the muddy hedgerow of Yarnfold rescued one polished harvest on the slack tide.</p><p>The polished regatta of Alderwick dismantled one muddy otter until the silver paddock of Ravensweir sketched one restless otter for the third time.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
INSERT INTO entry_text VALUES(162,'id:chronicle-1','chronicle-1','urn:uuid:cad1b04a-2c1c-8f9b-b6e0-4431b81f6351','https://chronicle.example/2026/1','Correction: Brackenford: brittle orchard and paddock sheltered','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The tidy carpenter of Alderwick weighed another polished orchard whereas the windswept hedgerow of Quillmouth questioned another crooked market without a word.</p><p>The northern willow of Quillmouth catalogued another polished barometer because the narrow carpenter of Netherby borrowed another ancient barometer without a word.</p><p>The quiet willow of Saltmarsh-Ney delayed one brittle paddock so the restless sluice of Corriemoor weighed one crooked glazier before breakfast.</p><p>The wooden carpenter of Alderwick applauded one generous turbine until the weathered viaduct of Ravensweir delayed one generous tariff to general astonishment.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
INSERT INTO entry_text VALUES(163,'id:chronicle-0','chronicle-0','urn:uuid:15482100-3aa5-81c0-81d8-0a7fad8b8642','https://chronicle.example/2026/0','Garrowby: tidy carpenter and millrace dismantled','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The ancient granary of Yarnfold sheltered one weathered market until the polished turbine of Wexcombe weighed one northern kiln on the slack tide.</p><p>The wooden belfry of Wexcombe sheltered one stubborn turbine until the narrow viaduct of Hazelden painted one shallow carpenter to general astonishment.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
INSERT INTO entry_text VALUES(164,'id:chronicle-copy','chronicle-copy','urn:uuid:defe4310-d555-8c77-a4b8-f9584e1f5bf0','https://chronicle.example/2026/from-the-hill','From the hill','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The muddy belfry of Wexcombe painted one copper cistern until the windswept kiln of Brackenford restored one shallow glazier towards evening.</p><p>The ancient kiln of Netherby catalogued one borrowed turbine while the crooked willow of Garrowby sketched one quiet cistern before breakfast.</p><p>The muddy market of Eastmere rescued one weathered market because the muddy regatta of Brackenford applauded one quiet turbine without a word.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
INSERT INTO entry_text VALUES(165,'id:101','101','urn:uuid:d95642aa-509d-8ef0-afa4-fbdd070f832a','https://gauge.example/readings/1','Reading 1: 91 cm at the lower weir','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[{"url":"https://gauge.example/charts/1.png","type":"image/png","length":4001}],"links":[]}','','<p>Corrected: The narrow turbine of Dunhollow delayed one wooden tariff because the silver cistern of Mossgate delayed one patient tariff towards evening.</p>');
INSERT INTO entry_text VALUES(166,'id:100','100','urn:uuid:438a551c-a272-86bc-8eea-98794fc7f4a8','https://gauge.example/readings/0','Reading 0: 88 cm at the lower weir','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[{"url":"https://gauge.example/charts/0.png","type":"image/png","length":4000}],"links":[]}','','<p>The patient millrace of Eastmere painted one weathered sluice because the windswept millrace of Mossgate dismantled one shallow willow for the third time.</p>');
INSERT INTO entry_text VALUES(167,'id:urn:post:1','urn:post:1','urn:post:1','https://post.example/1','Weir & sluice: closed','{"authors":[{"name":"P. Wexcombe"}],"categories":[],"enclosures":[],"links":[]}','','<p>The wooden compass of Alderwick warned one restless archivist so the patient hedgerow of Tarnbeck restored one patient granary on the slack tide.</p><img src="https://post.example/weir.jpg" alt="The weir">');
INSERT INTO entry_text VALUES(168,'id:tag:observatory.example,2026:31','tag:observatory.example,2026:31','urn:uuid:406f6dae-0fae-879b-91b2-2f0e214c65ac','https://post.example/again','Underhay: restless compass and sluice catalogued','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The windswept regatta of Netherby postponed one tidy heron whereas the quiet regatta of Oxenholt applauded one ancient lantern towards evening.</p><p>The copper orchard of Corriemoor delayed one weathered orchard so the restless archivist of Dunhollow carried one weathered heron for the third time.</p><p>The tidy market of Tarnbeck warned one ancient otter because the stubborn millrace of Saltmarsh-Ney delayed one brittle willow without a word.</p>');
INSERT INTO entry_text VALUES(169,'id:https://mill.example/2026/32','https://mill.example/2026/32','https://mill.example/2026/32','https://mill.example/2026/32','Kestrel-Hithe: copper lantern and cistern delayed','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The narrow harvest of Saltmarsh-Ney weighed one narrow millrace while the crooked sluice of Brackenford sheltered one copper sluice on the slack tide.</p><p>The muddy belfry of Saltmarsh-Ney questioned one quiet orchard so the tidy hedgerow of Corriemoor measured one wooden hedgerow with some reluctance.</p><p>The northern archivist of Brackenford measured one quiet orchard whereas the restless viaduct of Mossgate weighed one stubborn belfry on the slack tide.</p>');
INSERT INTO entry_text VALUES(170,'id:https://mill.example/2026/31','https://mill.example/2026/31','https://mill.example/2026/31','https://mill.example/2026/31','Wexcombe: silver barometer and hedgerow catalogued','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The copper paddock of Penwarren measured one ancient glazier although the shallow granary of Eastmere painted one copper carpenter to general astonishment.</p><p>The crooked viaduct of Wexcombe painted one windswept viaduct until the patient heron of Garrowby dismantled one narrow regatta on the slack tide.</p><p>The weathered granary of Tarnbeck delayed one silver belfry because the quiet harvest of Penwarren sheltered one ancient lantern before breakfast.</p>');
INSERT INTO entry_text VALUES(171,'id:https://mill.example/2026/30','https://mill.example/2026/30','https://mill.example/2026/30','https://mill.example/2026/30','Underhay: polished cistern and viaduct carried','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The shallow kiln of Dunhollow warned one restless compass while the patient archivist of Wexcombe questioned one stubborn glazier to general astonishment.</p><p>The windswept archivist of Inchport dismantled one polished viaduct so the brittle paddock of Penwarren warned one silver tariff with some reluctance.</p><p>The windswept compass of Underhay delayed one brittle barometer whereas the borrowed hedgerow of Inchport borrowed one silver archivist with some reluctance.</p>');
INSERT INTO entry_text VALUES(172,'link:https://noticeboard.example/2026/31',NULL,'urn:uuid:b6edf661-fff6-8f1b-93f5-bd812ce1c73a','https://noticeboard.example/2026/31','Saltmarsh-Ney: brittle viaduct and paddock sheltered','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The windswept market of Inchport questioned one polished lantern because the borrowed hedgerow of Yarnfold borrowed one restless compass before breakfast.</p>');
INSERT INTO entry_text VALUES(173,'link:https://noticeboard.example/2026/30',NULL,'urn:uuid:1921757f-8fa3-8186-a121-c23c461a2692','https://noticeboard.example/2026/30','Saltmarsh-Ney: generous paddock and willow weighed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The weathered compass of Wexcombe restored one patient willow until the windswept archivist of Fennick borrowed one stubborn sluice before breakfast.</p>');
INSERT INTO entry_text VALUES(174,'id:mirror-33','mirror-33','urn:uuid:4e581a3c-81f5-85b6-883b-edaeb1c25b8d','https://mirror.example/copied/33','Seen from the hill','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>In the second week, the hollow sluice measured every workshop, although the weathered aurora questioned every viaduct of Quillmouth.</p><p>Half of Fennick borrowed the wooden willow, and the cheerful harbour debated the borrowed kettle. The wooden petition rebuilt the patient aurora beyond Inchport under a borrowed awning.</p>');
INSERT INTO entry_text VALUES(175,'id:mirror-32','mirror-32','urn:uuid:831cb25d-af1f-8601-b3fe-4a76525645e4','https://mill.example/2026/32?utm_source=mirror','Kestrel-Hithe: copper lantern and cistern delayed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','');
INSERT INTO entry_text VALUES(176,'id:mirror-31','mirror-31','urn:uuid:fa0a5655-4f6b-8fc6-8a95-8ab6c3613afc','https://mirror.example/copied/31','What the river brought','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The copper paddock of Penwarren measured one ancient glazier although the shallow granary of Eastmere painted one copper carpenter to general astonishment.</p><p>The crooked viaduct of Wexcombe painted one windswept viaduct until the patient heron of Garrowby dismantled one narrow regatta on the slack tide.</p><p>The weathered granary of Tarnbeck delayed one silver belfry because the quiet harvest of Penwarren sheltered one ancient lantern before breakfast.</p>');
INSERT INTO entry_text VALUES(177,'id:mirror-30','mirror-30','urn:uuid:1d5e8fa0-6875-81e7-977f-0f5b55769250','https://mirror.example/copied/30','Something else was written here','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The brittle barometer of Penwarren rescued one crooked kiln although the generous viaduct of Kestrel-Hithe postponed one restless hedgerow on the slack tide.</p><p>The polished granary of Mossgate measured one borrowed belfry because the northern willow of Garrowby dismantled one stubborn archivist towards evening.</p><p>The northern harvest of Corriemoor measured one muddy regatta while the tidy lantern of Netherby delayed one brittle cistern for the third time.</p>');
INSERT INTO entry_text VALUES(178,'link:https://ledger.example/2026/32','N/A','urn:uuid:6909b4a7-57b5-8522-acd4-19c73c77d7bd','https://ledger.example/2026/32','Alderwick: polished kiln and paddock carried','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The restless barometer of Ravensweir rescued one stubborn lantern so the wooden turbine of Netherby sketched one weathered willow towards evening.</p>');
INSERT INTO entry_text VALUES(179,'id:urn:ledger:again','urn:ledger:again','urn:ledger:again','https://ledger.example/2026/31','Alderwick: restless orchard and heron questioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The restless market of Yarnfold sketched one borrowed willow so the weathered hedgerow of Underhay painted one copper barometer on the slack tide.</p>');
INSERT INTO entry_text VALUES(180,'link:https://ledger.example/2026/30','urn:ledger:again','urn:uuid:d660bc1d-0547-87ea-ac3a-4de78e0c87ba','https://ledger.example/2026/30','Mossgate: borrowed belfry and tariff questioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The crooked paddock of Oxenholt measured one wooden kiln because the polished turbine of Mossgate delayed one shallow paddock towards evening.</p>');
INSERT INTO entry_text VALUES(181,'id:chronicle-4','chronicle-4','urn:uuid:6735b46a-ead7-8617-b96e-cf13b094fe55','https://chronicle.example/2026/4','Corriemoor: ancient viaduct and heron carried','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The weathered carpenter of Inchport carried one wooden lantern while the borrowed lantern of Tarnbeck delayed one restless otter without a word.</p><p>The windswept market of Mossgate restored one copper harvest until the generous carpenter of Kestrel-Hithe postponed one narrow orchard for the third time.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
INSERT INTO entry_text VALUES(182,'id:102','102','urn:uuid:2fee3dc3-941d-863c-9cab-58fe0eada0ae','https://gauge.example/readings/2','Reading 2: 97 cm at the lower weir','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[{"url":"https://gauge.example/charts/2.png","type":"image/png","length":4002}],"links":[]}','','<p>The borrowed glazier of Garrowby weighed one windswept kiln whereas the polished hedgerow of Fennick restored one quiet hedgerow on the slack tide.</p>');
INSERT INTO entry_text VALUES(183,'id:103','103','urn:uuid:ee144b1c-f775-839c-881f-c9378f98c464','https://gauge.example/readings/3','Reading 3: 95 cm at the lower weir','{"authors":[],"categories":[{"term":"tides"}],"enclosures":[{"url":"https://gauge.example/charts/3.png","type":"image/png","length":4003}],"links":[]}','','<p>The polished harvest of Eastmere sketched one wooden sluice whereas the northern paddock of Alderwick delayed one wooden market with some reluctance.</p>');
INSERT INTO entry_text VALUES(184,'id:https://mill.example/2026/33','https://mill.example/2026/33','https://mill.example/2026/33','https://mill.example/2026/33','Brackenford: shallow harvest and carpenter applauded','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The brittle regatta of Fennick dismantled one crooked belfry so the patient heron of Oxenholt postponed one generous turbine with some reluctance.</p><p>The shallow carpenter of Netherby dismantled one patient cistern whereas the shallow glazier of Quillmouth weighed one tidy regatta with some reluctance.</p><p>The polished market of Yarnfold weighed one silver carpenter while the wooden archivist of Fennick postponed one shallow millrace towards evening.</p>');
INSERT INTO entry_text VALUES(185,'id:chronicle-5','chronicle-5','urn:uuid:3b0f8029-3ff0-8223-9aba-fa7ff4a7ce01','https://chronicle.example/2026/5','Penwarren: wooden barometer and willow sheltered','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The restless paddock of Wexcombe dismantled one crooked belfry until the ancient archivist of Penwarren sketched one tidy harvest before breakfast.</p><p>The tidy orchard of Netherby rescued one restless paddock so the crooked turbine of Eastmere carried one northern sluice on the slack tide.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
CREATE TABLE alias (
    source INTEGER NOT NULL,
    key    INTEGER NOT NULL,
    entry  INTEGER NOT NULL,
    PRIMARY KEY (source, key, entry)
) STRICT, WITHOUT ROWID;
INSERT INTO alias VALUES
(1,-9160219930823626021,130),
(1,-9122152276666412085,119),
(1,-9052332827320043759,8),
(1,-9040747697048227758,184),
(1,-8992636689376289783,8),
(1,-8965341030723081660,5),
(1,-8915911098197775016,14),
(1,-8890299552459751804,1),
(1,-8855907924451713437,11),
(1,-8855595360688946228,130),
(1,-8855369503924209201,130),
(1,-8845007957402902069,144),
(1,-8761547683409855839,130),
(1,-8757110307113339976,7),
(1,-8617746654427697746,131),
(1,-8550084274584242883,16),
(1,-8547889755676512534,169),
(1,-8385855397832114111,118),
(1,-8383034174973629130,132),
(1,-8328758030551172752,13),
(1,-8229242768410984184,14),
(1,-8196814140759821024,9),
(1,-8184788954176844440,7),
(1,-8136140249574043057,9),
(1,-8100066456068038752,122),
(1,-8030186735312930172,3),
(1,-7986795573832408322,6),
(1,-7815187801034814737,118),
(1,-7761400158632914218,9),
(1,-7592865549107911648,184),
(1,-7524194135595235282,130),
(1,-7353792633147589565,9),
(1,-7223934581087059237,11),
(1,-7127199866405974901,7),
(1,-7116584715742010980,15),
(1,-7091413495301790771,121),
(1,-6754061867538186955,15),
(1,-6675180274656574060,154),
(1,-6633979785181562406,4),
(1,-6604843603815674568,12),
(1,-6581129457866137119,11),
(1,-6565665187805296558,130),
(1,-6553405131112735660,155),
(1,-6488733407794479831,170),
(1,-6484734870271745889,6),
(1,-6392146275077290817,12),
(1,-6303325396169102994,144),
(1,-6234333225330964673,6),
(1,-6230997869003947447,119),
(1,-6031744759836692085,2),
(1,-6015953637522830561,15),
(1,-5992766561861407890,10),
(1,-5991992423026374258,154),
(1,-5950909123428115802,10),
(1,-5941345237412376878,2),
(1,-5880091194678153855,144),
(1,-5833857358111647922,8),
(1,-5763636790461472485,132),
(1,-5608769310765388451,1),
(1,-5564803106762288554,145),
(1,-5540990768557358754,132),
(1,-5485147563116210835,9),
(1,-5437327323621623670,154),
(1,-5405342767713493319,16),
(1,-5350388820396946966,7),
(1,-5324980501655835904,154),
(1,-5221390702613994963,130),
(1,-5198093015898703789,6),
(1,-5162939002726149501,16),
(1,-5132705187794135615,4),
(1,-4980261338019003627,130),
(1,-4929188976042693321,5),
(1,-4927171802113519528,121),
(1,-4573008106450745319,11),
(1,-4528410649616821703,5),
(1,-4517223044358547749,118),
(1,-4435539924721206750,155),
(1,-4380491621931993609,1),
(1,-4367673703569775897,16),
(1,-4265741770010098455,10),
(1,-4250043475465356068,8),
(1,-4188767420872164506,14),
(1,-4178710736397554012,122),
(1,-4141890494957618709,4),
(1,-4059085345236783850,4),
(1,-4018587281627333360,145),
(1,-3816267262686894140,9),
(1,-3772759356751975357,7),
(1,-3737675727548629511,4),
(1,-3701434823202219733,132),
(1,-3608879424740132295,122),
(1,-3420283048404712752,131),
(1,-3407007198537181225,5),
(1,-3385251988011198897,132),
(1,-3288626149163157690,5),
(1,-3256080695250406250,122),
(1,-3161834297653191923,5),
(1,-3010391064026813168,4),
(1,-2999840136175937862,14),
(1,-2996988569853911887,11),
(1,-2961889832259373700,6),
(1,-2919247280786779271,119),
(1,-2867907638632912344,169),
(1,-2686380714426450427,131),
(1,-2645842904140150844,7),
(1,-2608511615765098888,12),
(1,-2539054506449592537,154),
(1,-2523583769894606982,130),
(1,-2432976887821376831,154),
(1,-2332745902563098707,2),
(1,-2319155735610160085,3),
(1,-2295411626736807683,144),
(1,-2269657377193866758,13),
(1,-2215889974099959717,15),
(1,-2199675451202041430,1),
(1,-2136473103850510717,15),
(1,-1819936919037895847,6),
(1,-1779883033099835012,3),
(1,-1685962249754437053,8),
(1,-1621776352433160823,15),
(1,-1504317529837724029,2),
(1,-1450575871633016256,3),
(1,-1375423951910314017,130),
(1,-1334678161913351237,15),
(1,-997139314716321760,119),
(1,-906061867060666284,130),
(1,-894821101051789596,145),
(1,-874300981823989673,14),
(1,-814510787996303276,13),
(1,-767782436435601168,12),
(1,-725021527025364498,2),
(1,-720411688984521658,119),
(1,-668606668405002691,11),
(1,-633497613957874863,131),
(1,-598846625121521082,2),
(1,-582434740591951019,16),
(1,-574183360765441767,118),
(1,-365971995429416941,118),
(1,-347383156578753541,171),
(1,-340692187596606162,16),
(1,-335322056104213065,118),
(1,-265956856351687063,130),
(1,-184039953540749265,13),
(1,-51752769470590111,9),
(1,62302871315048381,121),
(1,76198394361558705,4),
(1,83806731325197878,1),
(1,88652135835076651,155),
(1,112664894924388985,119),
(1,229399964432611100,6),
(1,236213268262445349,145),
(1,251073523973597146,12),
(1,327820156340233031,1),
(1,447580835679796342,171),
(1,669918336668970670,155),
(1,737994547559561160,121),
(1,824302960785679324,10),
(1,833059731501631596,12),
(1,937017001371039940,118),
(1,962239792330316093,3),
(1,1019953610943810014,14),
(1,1049903695181308828,155),
(1,1112675581886507771,10),
(1,1159859241842709336,145),
(1,1176125414424542006,3),
(1,1234843560961014371,10),
(1,1325763842787089235,122),
(1,1358825831294311385,144),
(1,1364972500969853891,131),
(1,1525891282834175743,1),
(1,1755413444125488977,154),
(1,1929287505992842987,130),
(1,2005950331668894866,118),
(1,2023327118983944332,13),
(1,2247626493955351556,121),
(1,2258756228497849261,16),
(1,2264950501389211810,122),
(1,2324130022336464149,7),
(1,2405742074449695370,13),
(1,2489658808118519589,2),
(1,2697614710053863055,122),
(1,2699791994384996808,10),
(1,2773359446541587030,5),
(1,2782743215085377008,170),
(1,2877878458167588455,144),
(1,2882527092654442665,11),
(1,2987237010148072581,132),
(1,2995248084656537171,130),
(1,3004559015012470262,13),
(1,3029187555007218087,4),
(1,3082039772129419359,121),
(1,3099098283258937732,2),
(1,3118141554281540729,169),
(1,3152687784091400664,7),
(1,3269100975362671263,121),
(1,3310106841262022011,121),
(1,3404790390136532889,2),
(1,3573225209287736397,145),
(1,3601608318662857026,132),
(1,3643111496916792168,155),
(1,3690658526637264586,12),
(1,3717766722820147116,118),
(1,3731234314474049121,13),
(1,3735753554800565851,11),
(1,3765149323007823199,145),
(1,3805842534119368398,16),
(1,3819427311119604644,154),
(1,3876932776499082316,7),
(1,3999487288990200164,8),
(1,4078854761954371623,6),
(1,4113511090094039346,8),
(1,4117515487524214596,154),
(1,4126729899563718348,11),
(1,4147993717871467608,12),
(1,4214231239742659430,5),
(1,4251381068743773332,130),
(1,4301168343448995263,8),
(1,4351503379666625083,119),
(1,4435206665316122309,155),
(1,4503567178485496524,14),
(1,4639172107885911027,13),
(1,4667681521878874831,8),
(1,4696956721517711168,119),
(1,4712934254550944256,170),
(1,4784269380999125558,8),
(1,4785168315825381015,5),
(1,4923017706643685379,8),
(1,5052255381088106868,118),
(1,5104176731053231999,15),
(1,5126213439570146877,13),
(1,5168784575059775396,12),
(1,5188971149243067525,145),
(1,5258900234387519663,6),
(1,5409683271176530023,14),
(1,5431067474676248626,15),
(1,5449347563077440305,14),
(1,5527769867844519406,132),
(1,5622712297642174283,122),
(1,5651489493294696841,10),
(1,5788278072500761763,8),
(1,5832982487114848666,145),
(1,5866938387138817661,121),
(1,6005856699308874655,144),
(1,6054893286622038031,10),
(1,6065289009928176230,1),
(1,6191046806244147944,3),
(1,6246436014977537048,6),
(1,6415871503146275091,10),
(1,6423752710020776050,11),
(1,6520118832631910571,131),
(1,6663384289802619110,122),
(1,6711320068387115873,3),
(1,6774162739399882866,16),
(1,7023122269129701057,131),
(1,7024567589906117019,7),
(1,7089783547148285507,9),
(1,7135958080443688259,122),
(1,7161247509621705773,8),
(1,7223928570103537423,184),
(1,7243259784852763773,119),
(1,7285056713834012462,4),
(1,7308931796444331143,119),
(1,7322690481130605849,3),
(1,7400564471493500613,10),
(1,7408554838872003008,3),
(1,7460149835054674974,10),
(1,7580685825703210332,144),
(1,7709047260122864551,4),
(1,7714845490421064679,1),
(1,7721415930184067887,9),
(1,7743975701872010729,131),
(1,7771180503104260274,1),
(1,7805115735180747244,12),
(1,8009925720768780833,8),
(1,8106769656389834247,8),
(1,8241998199564810597,10),
(1,8310169514583769274,3),
(1,8611211529232350375,14),
(1,8653414910630158672,5),
(1,8751839992422099995,10),
(1,8786990155151241482,2),
(1,8818128465533482600,155),
(1,8906283207757224332,15),
(1,8944404492069801791,8),
(1,8947092990825861246,3),
(1,8947300644368120282,16),
(1,8952578263529140681,121),
(1,9101919412957634013,9),
(1,9143636832647785099,171),
(2,-9220386000583871690,17),
(2,-9214846253744661223,138),
(2,-9187085098734538207,17),
(2,-9164197257479496758,17),
(2,-9012275609473341793,115),
(2,-8888990125205806336,28),
(2,-8754816762424695361,26),
(2,-8631997818670084771,151),
(2,-8601238659943571755,138),
(2,-8595308657358858243,21),
(2,-8443967676675013778,29),
(2,-8020589824426983515,22),
(2,-8008550264166085693,29),
(2,-7986438194376218603,115),
(2,-7843332634785265167,27),
(2,-7810553635576530106,29),
(2,-7685399792095044277,22),
(2,-7596018592930611756,27),
(2,-7506133345417279256,25),
(2,-7468193323516641132,120),
(2,-7380779034507054546,26),
(2,-7250582056278192706,26),
(2,-7214402306561117700,21),
(2,-7193357444447640239,19),
(2,-7163281067598044173,20),
(2,-7158198338483256206,159),
(2,-7157739229459689346,17),
(2,-7031312466173835750,23),
(2,-6828439177189602051,25),
(2,-6591352579341952983,20),
(2,-6427022530478479121,115),
(2,-6197178744919189537,21),
(2,-6145854179629975694,22),
(2,-6090164781391963097,23),
(2,-6084273909955324237,25),
(2,-6045496049076103519,139),
(2,-5887098757326186883,18),
(2,-5653875637589202660,138),
(2,-5615908923067651941,18),
(2,-5579442817778169735,27),
(2,-5494763880972420510,21),
(2,-5404017813349445194,22),
(2,-5192942783850179123,139),
(2,-5053690513030694110,26),
(2,-4947505017618464231,138),
(2,-4911660852271958395,18),
(2,-4875966564358240853,139),
(2,-4858918784035297536,151),
(2,-4768973704993285210,26),
(2,-4456672691467092572,25),
(2,-4405925384431138634,115),
(2,-4301513604772503428,120),
(2,-4298554681016142092,115),
(2,-4287419950409963733,138),
(2,-4198096613854638063,24),
(2,-4134076080704297762,158),
(2,-4082787546203915425,20),
(2,-3864995001975024161,18),
(2,-3692528469886397924,28),
(2,-3674184516535217057,20),
(2,-3467729245338955651,24),
(2,-3428834195190022197,120),
(2,-3141838166424569243,23),
(2,-3009338741430289158,26),
(2,-2967751384465825160,17),
(2,-2886879978193766016,151),
(2,-2878635432929917404,22),
(2,-2656687117995040511,20),
(2,-2606349312313739910,159),
(2,-2553486170690341770,18),
(2,-2550905414841845261,115),
(2,-2501144385268934527,151),
(2,-2328761924798240823,139),
(2,-2246811063912253946,23),
(2,-2122198190992377131,25),
(2,-1893825106608884428,28),
(2,-1864611546963736175,22),
(2,-1526500436697242580,138),
(2,-1444517080720778074,17),
(2,-1341391727867337430,19),
(2,-915839389210799652,27),
(2,-817849727502588568,120),
(2,-541308036732530192,158),
(2,-499062416642268946,29),
(2,-439845930658756056,120),
(2,-354303550472858914,20),
(2,-322995474359697253,139),
(2,-304593678718592912,25),
(2,-147074725527644976,21),
(2,-82170938494863880,23),
(2,-57002634426420552,24),
(2,-16573887363899361,17),
(2,55900918154138282,25),
(2,112389544469964201,25),
(2,148096908969253071,19),
(2,213791096013922782,115),
(2,379895826842142366,25),
(2,405117781365246737,151),
(2,612881366893006030,26),
(2,778664977621861291,120),
(2,942205794325382816,151),
(2,1057891053875439270,20),
(2,1416266342105209195,139),
(2,1428970108824519654,22),
(2,1799944851468736592,25),
(2,1828184800776147721,25),
(2,1902521637118472546,19),
(2,2074750147128633789,24),
(2,2474493684465216605,21),
(2,2655223025321194737,151),
(2,2701350426631444282,18),
(2,2711956022913676139,120),
(2,2756741586683381265,24),
(2,2801295237969421613,27),
(2,2807430975911876528,138),
(2,2955800373853548359,25),
(2,2989568396137029626,25),
(2,3171836893366521143,25),
(2,3515518219208655802,158),
(2,3519160976471901431,28),
(2,3552842030538256264,28),
(2,3797348953765298431,19),
(2,3912778568463343885,29),
(2,3927987511042464197,22),
(2,4078511567349846523,138),
(2,4103830838329150018,29),
(2,4120230777455292097,24),
(2,4345793521301255458,24),
(2,4866552542139569218,20),
(2,4970215562455190818,20),
(2,5020419919374219413,28),
(2,5029492635752630079,27),
(2,5045597854955271822,28),
(2,5202610850354044182,25),
(2,5331746210251583430,20),
(2,5388274161001723284,24),
(2,5663548311102554659,25),
(2,5701125079892736045,26),
(2,5711769891160664417,28),
(2,5906982781657754397,120),
(2,6035963583237694873,18),
(2,6083080583963879662,25),
(2,6095891695755837631,19),
(2,6121289236523712314,139),
(2,6242532989578956082,21),
(2,6289086442343098800,21),
(2,6440743905875449267,22),
(2,6448521234235734263,159),
(2,6466002931884436459,29),
(2,6761192181449144897,151),
(2,7107468735554998571,19),
(2,7274248168855786275,23),
(2,7424023829585568151,18),
(2,7489285378234867594,20),
(2,7806553971009723794,20),
(2,7970117926060730261,19),
(2,8025073057271960749,23),
(2,8034175064886841005,23),
(2,8272650577570841033,27),
(2,8286285510478196435,22),
(2,8414231418875919620,17),
(2,8492738455629286929,27),
(2,8627718924693232785,139),
(2,8794880136752961515,115),
(2,9064268472868614085,29),
(2,9133356383051029121,25),
(3,-9024533350257847864,34),
(3,-8609759807257910134,38),
(3,-7744571387561124174,31),
(3,-7635811583510561169,32),
(3,-7583664212292054319,30),
(3,-7526703312432913616,143),
(3,-7484136619519382505,38),
(3,-7430999380850669936,117),
(3,-7328264932480843863,30),
(3,-7315205024907442365,30),
(3,-7187986806330328455,31),
(3,-7134548220243053372,37),
(3,-6976571021125721415,34),
(3,-6967299697711640058,34),
(3,-6355294436772672956,37),
(3,-6273309942054088157,125),
(3,-6234349076630383002,143),
(3,-6200097370145142260,39),
(3,-6177005955887469174,37),
(3,-5993808711858078580,117),
(3,-5991608797142164116,30),
(3,-5916015568517673549,38),
(3,-5904582103883677116,33),
(3,-5839597100224970342,30),
(3,-5745814325082037908,36),
(3,-5550918075131681007,143),
(3,-5477033286084954648,36),
(3,-5411577003750157663,156),
(3,-5408154870805309166,143),
(3,-5405095547869124123,135),
(3,-5111189955895095682,36),
(3,-5037089306127546264,39),
(3,-4958609777206204790,39),
(3,-4787648723655353664,135),
(3,-4641692090338162552,35),
(3,-4617189196155967821,37),
(3,-4480064230619372697,30),
(3,-4430493524082391840,34),
(3,-4338234818335464953,117),
(3,-4186467088917972272,36),
(3,-4118856868824432415,36),
(3,-4105829136453900338,125),
(3,-4042315432907054330,156),
(3,-3776881156346060044,35),
(3,-3695768755645186459,125),
(3,-3579487324716009094,30),
(3,-3020191075725649472,125),
(3,-2727335417723802581,156),
(3,-2652752946510864347,37),
(3,-2275977342883610623,39),
(3,-2092700348888755543,34),
(3,-2063941413561758074,33),
(3,-1872913589067287787,156),
(3,-1831764690193898585,39),
(3,-1731538736254274303,31),
(3,-1657151957474618312,39),
(3,-1634842320040939918,156),
(3,-1568734567803047758,135),
(3,-1517180141213991645,143),
(3,-1421444706041191808,32),
(3,-1300861457449987918,31),
(3,-1034446522192110145,135),
(3,-986136439196438863,33),
(3,-978485101043178119,135),
(3,-346476605782545828,38),
(3,-187539370078023537,38),
(3,135441425691498561,156),
(3,314079676765263575,135),
(3,403910028136989409,34),
(3,552191881439603101,125),
(3,667778796652947844,36),
(3,714690095675956596,35),
(3,1072175172022131141,32),
(3,1236865414300667317,143),
(3,1334314495559976203,39),
(3,1404772227619321928,32),
(3,1431320989224527551,32),
(3,1517929464063739707,32),
(3,1668129688732567080,31),
(3,1711882144044083671,31),
(3,2047608326226151197,33),
(3,2079999119235795874,143),
(3,2143094199400312426,33),
(3,2163158324113954604,38),
(3,2680554608700593054,36),
(3,2689576916040625426,135),
(3,3212602436496631423,35),
(3,3790876373799791709,33),
(3,4139635572686383306,31),
(3,4193535692517045524,38),
(3,4209418800411861917,143),
(3,4406300853015465260,33),
(3,4668818128378296407,31),
(3,4740531467291907595,34),
(3,4898568433821060749,37),
(3,5299085640929073879,32),
(3,5581082364709462480,32),
(3,5674129585852057456,37),
(3,5876060777198285746,38),
(3,5893367235698142515,31),
(3,5942806105739651116,33),
(3,6048012967720768169,117),
(3,6048518769707187812,125),
(3,6170577647983607525,125),
(3,6850952500414557945,156),
(3,7048479461913596747,35),
(3,7201335870952901594,135),
(3,7339207571681696158,156),
(3,7556575174088082833,39),
(3,7709088560423568458,37),
(3,7814976730165448724,35),
(3,7900584578400643543,31),
(3,7914213113379091816,34),
(3,8198354051186831452,117),
(3,8326880339869851773,117),
(3,8428078062605280910,117),
(3,8689236098490859471,125),
(3,8824139118785262436,36),
(3,9017727703119636523,35),
(4,-8739362250333848169,41),
(4,-8678334547496594816,44),
(4,-8559284522613677453,140),
(4,-7843574490773174985,150),
(4,-7627986545498048664,47),
(4,-7627018567493306442,46),
(4,-6881550538872869534,112),
(4,-6384638657107117892,43),
(4,-6378593088871351533,43),
(4,-6284961998543487615,173),
(4,-6252698962876118179,112),
(4,-6242520711682031266,49),
(4,-6137821964925964108,136),
(4,-5667960896724334512,112),
(4,-5534010791094709013,41),
(4,-5366966111749983670,47),
(4,-5325871157617763960,41),
(4,-5254851562075140724,140),
(4,-4804156520281064611,136),
(4,-4289357961347674359,48),
(4,-4286491598442982339,45),
(4,-4270308522300970708,47),
(4,-4114217607869868593,150),
(4,-3843781047116076320,40),
(4,-3354179052592798575,150),
(4,-3149369738413276535,41),
(4,-2784279328337864390,123),
(4,-2736011426630555604,46),
(4,-2474609317017033979,49),
(4,-2363273093117221886,140),
(4,-2109263519797566096,40),
(4,-2054333648723811512,41),
(4,-2044179399988152184,123),
(4,-1991219378116496726,49),
(4,-1852661015189834073,123),
(4,-1573275374779151020,172),
(4,-1423487577708187377,136),
(4,-1196907716268062169,49),
(4,-1158352046870504851,47),
(4,-1098370077148684326,41),
(4,-1085337957088719927,48),
(4,-846313685444492148,123),
(4,-832019728885781108,112),
(4,-674000465435828620,150),
(4,-574017783474928659,45),
(4,22159618925905210,44),
(4,491501914653805754,46),
(4,654559293506758091,41),
(4,736355107134188426,44),
(4,1262407308485218055,45),
(4,1346462508545754024,48),
(4,1786765600235891486,136),
(4,1810284391047010809,48),
(4,2015575708540235735,43),
(4,2101823224428202709,150),
(4,2214447876069191517,47),
(4,2325162924337119447,43),
(4,2900891748169177955,45),
(4,2962474753291177210,42),
(4,3018339340064330371,136),
(4,3043658720795596345,123),
(4,3147909424938610733,48),
(4,3467615644375548262,44),
(4,3634440428251803030,123),
(4,4029103305177681733,48),
(4,4085102896700525963,47),
(4,4111280247611238630,150),
(4,4282557090808029837,45),
(4,4372626418247158146,40),
(4,4479267205660057333,40),
(4,4544903691580744003,43),
(4,4737276904266382982,123),
(4,4972635688821633179,136),
(4,5306432901931881235,45),
(4,5408991156554030957,44),
(4,5490306339399414907,44),
(4,5500536875972152682,46),
(4,5602900535254245316,45),
(4,5961447349160778450,112),
(4,6057481957807340520,47),
(4,6064688253116284582,173),
(4,6136912083602837271,42),
(4,6142651709073940848,40),
(4,6178319315177667146,42),
(4,6200663193375686664,40),
(4,6210589550334931464,150),
(4,6222648421162251689,46),
(4,6260059528539226788,44),
(4,6273212619842046743,112),
(4,6508492697513937834,42),
(4,6564089068271205677,44),
(4,6668777317573883013,43),
(4,6682393559104837584,49),
(4,6755038701194752096,42),
(4,6787363541068437540,44),
(4,7303308010853067020,48),
(4,7342316545921489681,42),
(4,7773293787015167300,42),
(4,7860163425594927325,172),
(4,8034554482367303455,46),
(4,8068901380583763260,112),
(4,8351293048327380482,140),
(4,8749834782039685209,140),
(4,9102005951890547523,49),
(4,9134132388280496211,140),
(4,9150889591711546821,140),
(5,-9144641569546033430,54),
(5,-8985025040180546631,146),
(5,-8841114580099305926,58),
(5,-8829766138903589589,56),
(5,-8802660220304495450,58),
(5,-8741159014683244528,124),
(5,-8613065233105831571,50),
(5,-8471167714308063670,52),
(5,-8335885653680197066,146),
(5,-8313862005090035131,56),
(5,-8214044580111850386,146),
(5,-8148901944272616530,57),
(5,-8148191886798879545,55),
(5,-7989563212284684224,52),
(5,-7978032821193838790,129),
(5,-7595660196532972750,56),
(5,-7364912338063752944,146),
(5,-7264179130445861499,149),
(5,-7159971076753780690,52),
(5,-6736569480906263746,51),
(5,-6551375081714109251,178),
(5,-6266599509494065390,149),
(5,-5985751514073576505,51),
(5,-5942954673349755863,114),
(5,-5632721199354991312,146),
(5,-5517542206995667787,129),
(5,-5450149120605375433,114),
(5,-5403972856781325934,53),
(5,-4911760223564360294,56),
(5,-4782729121250904251,56),
(5,-4761807930943296764,114),
(5,-4724586611744839134,50),
(5,-4592325886862021441,124),
(5,-4469823659064864654,57),
(5,-4431842940309872727,53),
(5,-4383395164418090575,146),
(5,-4056442839012913019,55),
(5,-3855564517270120211,149),
(5,-3502986381368143837,57),
(5,-3381518663640735863,178),
(5,-3095416545577520202,51),
(5,-3056751679427070745,58),
(5,-3002126616124788067,50),
(5,-2891377030531451921,50),
(5,-2375584771446815779,53),
(5,-2092350643919983532,50),
(5,-1954874876003309973,129),
(5,-1937970044861441624,50),
(5,-1826667482478480789,52),
(5,-1701865087254240098,54),
(5,-1278565163054680851,55),
(5,-1186060393643021139,55),
(5,-1096493155379942221,129),
(5,-795764651941617005,114),
(5,-721479528606877242,54),
(5,-687813066901580648,58),
(5,-579366469507294780,56),
(5,-503004596390083511,53),
(5,-395328416149036295,58),
(5,-38073553485826515,124),
(5,364519490813588137,52),
(5,376513309270036397,58),
(5,642487822392092609,51),
(5,821235831097519740,54),
(5,930740019967272719,179),
(5,1044118342599580524,54),
(5,1399412119121606255,124),
(5,1454402789723684484,124),
(5,1499530945128340363,114),
(5,1659110130694182820,129),
(5,1721791870048401003,149),
(5,1876325905298373750,180),
(5,1909491522616481380,53),
(5,2395064184526865526,51),
(5,2572386239641324351,149),
(5,2684849159215309693,149),
(5,2744142025223956129,54),
(5,2842595202092066017,56),
(5,3463045622881549497,55),
(5,3653197314480021680,129),
(5,3704278403566210297,57),
(5,3753865913523722908,51),
(5,3836400906863689912,58),
(5,3975430785956072926,129),
(5,3982567726266928405,114),
(5,4242261783964738305,54),
(5,4419522863129363847,51),
(5,4725689254930771211,129),
(5,5182749585868420524,56),
(5,5202463007801435762,50),
(5,5400361732351400189,55),
(5,5433913046801150474,180),
(5,5606096663632031844,179),
(5,5857418627848831691,53),
(5,6299215035703726570,114),
(5,6371120085206166596,52),
(5,6775162225500751065,58),
(5,7132387330314956820,179),
(5,7567268653988201251,149),
(5,7585955954219851660,55),
(5,7784134558821571584,57),
(5,7952714017844174155,114),
(5,7974891130716357042,124),
(5,8130042575634790911,146),
(5,8315616567479022959,52),
(5,8459495426533220904,149),
(5,8490189557479258358,146),
(5,8626941036503960190,57),
(5,8631811839522429733,124),
(5,8880242980527155966,57),
(5,8988151976909661712,50),
(5,9167582340545136089,124),
(5,9170121338648366516,53),
(6,-9196935685309863513,66),
(6,-9036433484949397780,126),
(6,-8382230584568664624,116),
(6,-8052727226988620434,62),
(6,-7984795423210709162,59),
(6,-7947914608760532527,153),
(6,-7826633638868163084,65),
(6,-7819101371341461639,137),
(6,-7686360258092252345,65),
(6,-7525398980841604017,62),
(6,-7469039195259537705,59),
(6,-7169354769957626905,65),
(6,-7130091236169971496,153),
(6,-6870561404307224651,62),
(6,-6823758711721316323,64),
(6,-6741919887421196774,60),
(6,-6630921960055657729,153),
(6,-6544310246061835931,147),
(6,-6085998807790482263,137),
(6,-6014324776766231677,61),
(6,-5485618587183176258,66),
(6,-5387107160630591066,60),
(6,-5364583953037370272,66),
(6,-5354336303156458540,116),
(6,-5052339626545020695,116),
(6,-5017486695194778410,63),
(6,-5010294262035450216,63),
(6,-4874725713050934677,153),
(6,-4716065925084545572,147),
(6,-4599903261812878531,153),
(6,-4593387548584150395,137),
(6,-3331276586874903257,137),
(6,-3316323631739566209,63),
(6,-3130736334328420485,126),
(6,-3097590383885375413,61),
(6,-2576674078246190676,64),
(6,-2514657204480594391,61),
(6,-2033579867966646176,60),
(6,-1852673984261587943,126),
(6,-1329923087594624613,126),
(6,-1218332699416199530,66),
(6,-1139872476629361162,66),
(6,-1069296723805962204,63),
(6,-710822016197188208,147),
(6,-683367073647980632,147),
(6,-466594923903602954,66),
(6,-416420330752711187,62),
(6,-75151892027675444,65),
(6,325246115822057853,61),
(6,682202899754136114,116),
(6,779479658066843222,126),
(6,903603555439977723,147),
(6,1400004499728330826,65),
(6,2286058198040628726,153),
(6,2291720385804396776,60),
(6,3078730030829463019,137),
(6,3161631451229841169,64),
(6,3224125637588297155,59),
(6,3397986033640243960,62),
(6,3604563761696916175,66),
(6,3680725061651677467,60),
(6,3682769946605491645,147),
(6,3973105828926635217,116),
(6,4156090954434824355,116),
(6,4387690097724974237,153),
(6,4660412084771569928,60),
(6,4668231902497383617,61),
(6,4798323292266691847,147),
(6,5300137690887747519,137),
(6,5349761154944711840,64),
(6,5379132538817982702,64),
(6,5434540378159007743,63),
(6,5754677947116579029,65),
(6,5890710983659423191,59),
(6,6064939650187292889,64),
(6,6260291456293302201,59),
(6,6722669776667459321,116),
(6,6949475979293432837,60),
(6,6966485804746413554,137),
(6,6981331370960970550,61),
(6,7107176687427824661,65),
(6,7299629357859436682,61),
(6,7471015245882917938,126),
(6,7497377139496850734,62),
(6,7633087857933409040,126),
(6,7837148214975653621,62),
(6,8016273851375669235,59),
(6,8175591016607623904,59),
(6,8559368439173832867,64),
(6,9034459003820164814,63),
(6,9090743283433436590,63),
(7,-9188641499954337420,75),
(7,-8875112510996606838,70),
(7,-8777691894829935815,71),
(7,-8575028995548554829,71),
(7,-8193328879455089783,68),
(7,-7331374094444332400,74),
(7,-6993603076753353277,73),
(7,-6784132036156711887,69),
(7,-6612136465894805636,73),
(7,-6332859525475987395,70),
(7,-6246926866931309812,75),
(7,-6055566290529666758,69),
(7,-5743404188153008327,71),
(7,-5630512829927860710,72),
(7,-5563128055341001213,70),
(7,-5555794893683270669,72),
(7,-5239856736190491249,70),
(7,-5136838558292969759,68),
(7,-4983828086035919811,74),
(7,-4821479590525796373,70),
(7,-4565412378579693839,73),
(7,-4514504454851650819,74),
(7,-4251905694259091482,67),
(7,-4195717443005987301,73),
(7,-4167159799461293245,69),
(7,-4143627854518800050,67),
(7,-3800488479691601163,68),
(7,-3617395721787678459,75),
(7,-3482921462749895476,74),
(7,-2681322337792876334,67),
(7,-2514919786524462033,72),
(7,-2442265604278770469,74),
(7,-2385692211395151488,72),
(7,-2242314902728535507,67),
(7,-2221966043229759964,74),
(7,-2090655125023242250,75),
(7,-2048835450107885193,69),
(7,-1883312742800963681,68),
(7,-1354956070663327428,75),
(7,-906016893123583088,71),
(7,-694952094267166833,75),
(7,-586005549943045832,71),
(7,480681714986663831,72),
(7,674552426731012744,69),
(7,1821197247873308891,68),
(7,1834959605780340487,70),
(7,2717857198626032296,73),
(7,2757191314991809543,69),
(7,2810837824515622038,67),
(7,2947697280495505917,74),
(7,3520638258603473782,69),
(7,4079713797210033514,74),
(7,4165273377926125915,68),
(7,4226685292079268608,73),
(7,4528447781636280779,75),
(7,4569339599319862126,73),
(7,4578905177456328792,73),
(7,4629517947169993514,69),
(7,4679376102802470729,75),
(7,5116716505729816287,71),
(7,5347504416786470896,67),
(7,7109200042269478467,70),
(7,7136888534786916028,70),
(7,7139362845662988577,72),
(7,7262877912672203184,72),
(7,7403313234485042187,71),
(7,7463507824041809539,71),
(7,8323848078982312971,68),
(7,8697001418443872738,68),
(7,8997171932555259214,67),
(7,9088964137301372253,72),
(7,9183855010368443089,67),
(8,-9201467882001751110,84),
(8,-9193172609460228188,105),
(8,-9159611925137945880,142),
(8,-9136420151595271957,174),
(8,-9041511651253078300,76),
(8,-8931665554615369357,79),
(8,-8890299552459751804,105),
(8,-8751031695894055464,76),
(8,-8691355402682951404,76),
(8,-8684139511445989078,82),
(8,-8595994186024004286,77),
(8,-8547889755676512534,175),
(8,-8324679008753124516,111),
(8,-8145609898232160831,79),
(8,-8087690551120800370,81),
(8,-8060504538562695798,127),
(8,-7889754293335315236,80),
(8,-7854485162496006321,107),
(8,-7829108996543270478,104),
(8,-7769627809383802517,81),
(8,-7308462256977300016,76),
(8,-7288771434852301283,85),
(8,-7236072266482542079,152),
(8,-7216916197384863957,104),
(8,-7175233137102340214,84),
(8,-6937093915079431565,82),
(8,-6805499188977782475,142),
(8,-6801770114371056874,134),
(8,-6771461964401915653,80),
(8,-6748133057830578893,134),
(8,-6714229806561341416,104),
(8,-6567394623966663924,142),
(8,-6525168681890570893,85),
(8,-6324667710039624506,83),
(8,-6268193462260027756,108),
(8,-6213311638111450182,77),
(8,-6201335441968872009,104),
(8,-6069979981597091072,142),
(8,-6013253099551955673,134),
(8,-5939568937605008177,78),
(8,-5831078518189248422,85),
(8,-5785317122366481632,79),
(8,-5690842181462041403,108),
(8,-5662496450437210901,111),
(8,-5521938830402182662,79),
(8,-5198093015898703789,110),
(8,-5079870318111461930,105),
(8,-4933714028598416956,83),
(8,-4707337118007865847,78),
(8,-4178369702444788134,77),
(8,-4155194955745884394,78),
(8,-4084730702521820669,77),
(8,-4038992804903979143,83),
(8,-3866314092616241019,76),
(8,-3821858327306309492,109),
(8,-3704963312243546953,80),
(8,-3604953520137767182,152),
(8,-3537332366013097747,111),
(8,-3329561445175118585,109),
(8,-3304402413957804812,81),
(8,-3225317371201486066,111),
(8,-3183390163528246565,81),
(8,-3141838166424569243,109),
(8,-3031492634062782170,106),
(8,-2998634953837640927,127),
(8,-2924642310531655108,105),
(8,-2923601819689461395,77),
(8,-2867907638632912344,175),
(8,-2866486151427301666,108),
(8,-2653377359739699855,127),
(8,-2417635374083839959,109),
(8,-2391584618988865687,111),
(8,-2386513364942803279,84),
(8,-2246811063912253946,109),
(8,-2041152202434538021,152),
(8,-1956537420393695430,79),
(8,-1870284756057502759,107),
(8,-1851465741651515718,105),
(8,-1799297863659553694,78),
(8,-1536915169377233376,110),
(8,-1504317529837724029,106),
(8,-1491642494361985136,174),
(8,-1368971604649651779,80),
(8,-1282574346181807200,84),
(8,-1231508646152358229,106),
(8,-932833682301906572,105),
(8,-849798297788991210,110),
(8,-800552009857379520,152),
(8,-716595007612561353,111),
(8,-594389335128736896,142),
(8,-526556343112697958,83),
(8,-409598700863919080,142),
(8,-350159340573255787,134),
(8,-317228764820109393,80),
(8,-280409314040013169,127),
(8,-277291043510589975,177),
(8,-121229309079161804,84),
(8,-15019423144917113,175),
(8,226538546178072865,127),
(8,263128377205285220,111),
(8,396928777276572002,76),
(8,447580835679796342,177),
(8,450164247324808126,107),
(8,912959428639329294,109),
(8,916620358141376833,106),
(8,946276070738520597,127),
(8,1002196612707850339,174),
(8,1022982951650827751,127),
(8,1473082806174861685,76),
(8,1486875949667190231,79),
(8,1502592789898235460,77),
(8,1685641006616045794,177),
(8,1790707705390051611,108),
(8,2071490013316522878,82),
(8,2273637508666377715,83),
(8,2381107548230138952,111),
(8,2385889942965204534,142),
(8,2482022079069399379,81),
(8,2484023772842300475,107),
(8,2760269413942408054,104),
(8,2789886212775511639,80),
(8,2966832382923812565,110),
(8,3012808912453216329,78),
(8,3020760026546421828,85),
(8,3029187555007218087,111),
(8,3039311278904093436,152),
(8,3099098283258937732,106),
(8,3131215062186182067,85),
(8,3423984082902239262,152),
(8,3425217470976996908,108),
(8,3516926518743133635,134),
(8,3551955431532876367,104),
(8,3811375057060411907,106),
(8,3886720065804190767,84),
(8,3945744738589588238,152),
(8,4053043459378349195,80),
(8,4078854761954371623,110),
(8,4168548786926135900,82),
(8,4187422590608469289,176),
(8,4242118662828024358,81),
(8,4280810215195827481,85),
(8,4506372746791120533,176),
(8,4634768059056666497,134),
(8,4900849908637351314,78),
(8,5001883689708764304,177),
(8,5159650152157822655,85),
(8,5258900234387519663,110),
(8,5470986613471629547,110),
(8,5635845562033277623,127),
(8,5803551871372815656,83),
(8,5837262665717345184,83),
(8,5906266744418692427,107),
(8,6052682320818530788,81),
(8,6099489816459808584,79),
(8,6123183237565368502,107),
(8,6171192853809802195,176),
(8,6275470755270776317,85),
(8,6289086442343098800,108),
(8,6387208005019107026,82),
(8,6512806804596397583,82),
(8,6587278026107936961,104),
(8,6630083538734462070,77),
(8,6677221645901714516,104),
(8,6698938756997476475,81),
(8,6946550124267680962,110),
(8,7034310672971581621,107),
(8,7062844139141887997,84),
(8,7154260470856597854,152),
(8,7186439805694998093,78),
(8,7274248168855786275,109),
(8,7396221624908114516,83),
(8,7439878400829245886,111),
(8,7549995953869307797,82),
(8,7709047260122864551,111),
(8,7771180503104260274,105),
(8,7817665437660911546,78),
(8,7917700644044407583,108),
(8,8025073057271960749,109),
(8,8053577719744420469,82),
(8,8466462295579527663,106),
(8,8586199888362921595,80),
(8,8600626243579985185,77),
(8,8620856733141280500,111),
(8,8667175574590623037,76),
(8,8752027256273122166,79),
(8,8785512909840307758,134),
(8,8786990155151241482,106),
(8,8789434354031792335,142),
(8,8923472943200980143,84),
(8,8965653260240071694,107),
(8,9108985330808357615,134),
(9,-8977248650986297418,148),
(9,-8932895738822365833,90),
(9,-8789467043476847636,100),
(9,-8638775829217192383,94),
(9,-8496733231178040103,102),
(9,-8445950056090518636,97),
(9,-8418450293448109162,91),
(9,-8398677183986903056,88),
(9,-8257968265882089173,95),
(9,-8117874351403189962,99),
(9,-8110880972055316420,99),
(9,-8052988335280702113,102),
(9,-8046130990721707150,133),
(9,-8029929040615959525,148),
(9,-8020002292276359961,101),
(9,-7805668034962508309,98),
(9,-7661383922130687528,94),
(9,-7629061676805432051,97),
(9,-7539475436364331233,148),
(9,-7504599538317978049,92),
(9,-7369432721583071579,86),
(9,-6868144694432363863,94),
(9,-6780416368424031292,96),
(9,-6636499736411232497,97),
(9,-6473839009519360131,89),
(9,-6442306513733789310,90),
(9,-5977362469196927468,92),
(9,-5882614386917401222,89),
(9,-5767712202761370704,102),
(9,-5653935136976318388,93),
(9,-5644677033183539763,98),
(9,-5643550992747794355,128),
(9,-5461963096305317919,113),
(9,-5243265650554695249,87),
(9,-5102342665541623887,113),
(9,-5009379510737987789,148),
(9,-4910174533989426135,101),
(9,-4658229411483707152,95),
(9,-4549481152459756727,103),
(9,-4416343868747213018,89),
(9,-4407886718022317984,133),
(9,-4364034058455459206,89),
(9,-4345199672271821428,133),
(9,-4259075354222788317,98),
(9,-4192433207073275379,88),
(9,-4178527360068744447,93),
(9,-4149798507727543683,96),
(9,-4110171648489544012,86),
(9,-4094199872177798289,103),
(9,-3980910955731267519,99),
(9,-3707035149600164826,99),
(9,-3701516579288971345,95),
(9,-3687683083409550872,88),
(9,-3492638927732187464,113),
(9,-3473619041646154200,96),
(9,-3471078630977920743,98),
(9,-3447922383812428457,94),
(9,-3405579986865738664,141),
(9,-3403954882631881950,141),
(9,-3237784313390523872,141),
(9,-3232903467829018020,90),
(9,-2985752529247187510,94),
(9,-2964987254954501446,92),
(9,-2943898770079870980,92),
(9,-2673569288843083499,87),
(9,-2643917578354441474,101),
(9,-2411418224113174681,88),
(9,-2375446728224553722,94),
(9,-2277041655419108422,89),
(9,-2249155079986760416,101),
(9,-2112981113760450386,95),
(9,-1977667563314891744,88),
(9,-1841497770157309196,87),
(9,-1684444914406489763,87),
(9,-1650818366079923561,141),
(9,-1613828023033151187,102),
(9,-1551916758069446761,103),
(9,-1263344455478278595,92),
(9,-1106364493665815666,98),
(9,-1095476073537368558,101),
(9,-1029266765409794615,97),
(9,-887915570569529418,148),
(9,-851814657648001152,95),
(9,-311827761771201373,133),
(9,-185876358069705933,148),
(9,-161644610613376761,128),
(9,-140622406889272875,128),
(9,-89968459334195829,90),
(9,124383916183747163,100),
(9,542399264404510822,96),
(9,720460826060273908,133),
(9,731678670765443156,96),
(9,898922433119507588,87),
(9,1176647805322858885,90),
(9,1221096616804042696,101),
(9,1252151844063312383,91),
(9,1571806818248482993,113),
(9,1610481717852836417,91),
(9,1677728773263519289,93),
(9,1772667957736232117,102),
(9,1775427725288903998,86),
(9,2106532892345266767,93),
(9,2173893657688845631,148),
(9,2184435309034543854,92),
(9,2208156938031082073,91),
(9,2274028081976703069,95),
(9,2406982952588276207,99),
(9,2482364385569023850,88),
(9,2656645329228223769,93),
(9,2694406182428533354,86),
(9,2731597464916779066,86),
(9,2788753746265086571,103),
(9,2900030840873127232,86),
(9,2978411622556447443,99),
(9,3224769483823661973,87),
(9,3229395319469139478,102),
(9,3305152789134260431,100),
(9,3423943358547931291,100),
(9,3498850940183702240,128),
(9,3527834638692545924,102),
(9,3591661010359633976,113),
(9,3611207844111685553,148),
(9,3615455396393193685,133),
(9,3871020746084400293,100),
(9,3907798863219676033,94),
(9,4029607291743374240,89),
(9,4148117325576363403,98),
(9,4186375610884928301,93),
(9,4511738119354486357,141),
(9,4572970343061165859,100),
(9,4655243211225062604,93),
(9,4696145563878449155,133),
(9,4812748504453236995,90),
(9,4933440202447047989,113),
(9,5143792372749194501,96),
(9,5323157343241291152,91),
(9,5345474784118826944,128),
(9,5605549259580443642,103),
(9,5818808851374769226,103),
(9,5825282130997799728,87),
(9,5832583084549231171,128),
(9,5838000219553123128,91),
(9,5843538743773642526,141),
(9,5948230496350767679,88),
(9,6081062458718766509,98),
(9,6136726208483697586,97),
(9,6221783304523525062,128),
(9,6247986570551512743,133),
(9,6400428935527582893,113),
(9,6672505150504163109,90),
(9,6849174913288029635,96),
(9,6928751217008965657,89),
(9,7177108058794283861,103),
(9,7184601681146507414,86),
(9,7395678973091128989,101),
(9,7510621181859548089,128),
(9,7573792417064882915,91),
(9,7665666657122225638,97),
(9,7748558464768115409,99),
(9,7807053361764482884,97),
(9,7829498190871253453,87),
(9,7952210808334873694,92),
(9,7952646522115446566,141),
(9,8343087243807837856,95),
(9,8513128726877942346,100),
(9,8890858723980548280,90),
(9,8964947191371956706,103),
(9,9103282920690940462,89),
(10,-5598053972022983688,157),
(10,3984488619931536050,157),
(10,4544614707592315224,157),
(13,-8597639593222312420,160),
(13,-8344781246675152282,164),
(13,-7762542434277818031,163),
(13,-7733834436588038123,160),
(13,-6746658077129164997,185),
(13,-6601071464592460498,160),
(13,-6023044758699759686,163),
(13,-5589746322394050633,161),
(13,-5109624680888460960,163),
(13,-3150995398917031647,162),
(13,-3098353854716673870,185),
(13,249749051225320311,181),
(13,553120852105037398,161),
(13,2511736942618589550,164),
(13,3906712780774646216,162),
(13,7031586244893767420,162),
(13,7075040077783667972,185),
(13,7740285883857539573,181),
(13,7799784965710626815,164),
(13,8391727902148106430,162),
(13,8477390702533696946,181),
(13,9159951473324525134,161),
(14,-7720969065238984219,165),
(14,-7359557462590906904,182),
(14,-7057220392697938433,182),
(14,-2209553008595504449,165),
(14,1103772218081962017,166),
(14,1239322142368309543,166),
(14,1578875375237009274,182),
(14,2182037694798222804,166),
(14,4342651118419263905,183),
(14,5565498639269117597,183),
(14,6784043533884623204,165),
(14,8272840013562358836,183),
(15,-8577113428202955183,167),
(15,-541308036732530192,168),
(15,119040823852735369,168),
(15,3515518219208655802,168),
(15,4096304448375808828,167),
(15,7733899230242889783,167);
CREATE TABLE story_mark (
    entry    INTEGER PRIMARY KEY,
    source   INTEGER NOT NULL,
    found_by BLOB    NOT NULL
) STRICT;
INSERT INTO story_mark VALUES
(138,2,X'0386fe3eef76b67a13e7f99f4e65ee1e92dcfcd558d49166dafcdd560268319e17c0b7c6184430ce1a1c346537b0df003a54ec4656546b7c76184c228a048e208b70d599974043b0c5445413cad059b6e728448cf1'),
(139,2,X'039afb9f4e65ef1e929b76360348d312c1f501d658d49466dae0ddda0f507b3117e8fbd3259cc5ac59d0bf0b7004364d827471f383b4bea585d85d3bb4881004b55c6171bfd41b81d40c369de528e8c1ef'),
(140,4,X'0252af19fa1469e2910d9331b1795d39f280c19a350833b05ca02fa2c044f55acd'),
(141,9,X'03c7c61e20b44071836143235a913757bf28aa72f93277b3f1448aad6dc01ace7bc0a64a81'),
(142,8,X'0276cfed22de1fbba4c0e4a14101136eaba8c2855024999256144b7c6d1433167580fa477ec4b2688c14832192f80c94a6a84f24cc106ff7e35c9c5feaec63c7fb'),
(143,3,X'03b60b3b59ecb7822342b97ebbaefb763f677ec28fbce2e9484cd5b4088cabda12dcd72a7cd4b5c8956476d1d8689631dd4063e0ea'),
(144,1,X'02988c5e2471d2d635dd5449e0f0c26482b4d4110f60228b1e745c144c10172f6924d9aab9a00c3bc6'),
(145,1,X'02cdf7b785a117676a2a5349e0f0c16482b83eec190c403c333463a43324382d38f4a4d9756862ab783887587e1c5ad8cba02b7bd1305630ef'),
(146,5,X'02594324266b5c851b68085313bcb38d1bf0c3eb03647c5f444447a6513887587e6c89038ddc91a79668b12cd8880e32e0'),
(147,6,X'034b10c2b838cef848455a937847e07f9531b809997c387ee12cac92045803192648acef62e88e176438891474a0ad577d0086c6a87c833fa9340d65bd844bd6dd'),
(148,9,X'037ac81e20b44171830b1bb4260b4d3894483e235a913457bf9095d00d606024322461414a3480bc6660b6ab6cc8bb99ee'),
(149,5,X'02a64124266b5b851bae092f40bbcdd3efac85d915bc43214dc860b05124233163b06a10a764d53eb3'),
(150,4,X'023f56e0c7bbc6cae1288731b1795639f25443cf3494bb345178d82e614c7cfa6840957577d474cb8d3c44bb9cb85462a610b4f1a9e8261db7c0647abdf47d12fb'),
(151,2,X'034dfd9f4e65f01e92c19b707abad4c3d34200d658d49366da3417561a3ca5a753243ec953ccd111581c7a327154ec7373c008bb7814baca7d3887587e788cbb80d0f4a69e643d81a2e42803b0cc870cdb405a28fb'),
(152,8,X'02bd0be25ddbb8c05ea5f0a141011a6eab9c52ab21dc62282720954a2b9c5e84331444874f24b5685a480a46759815ba852845469af80c94a63c6435aaf4dc28dc3c172ae7f887e5f3'),
(153,6,X'03fe11c2b838cff8488a34bd46aadce9b618b309997c357ee1fc5a800d94884f60d47bd7674ca57582042d0da7ec5a91d0'),
(154,1,X'02cf13c2c961400d02ab4a49e0f0bc6482c42c4f14a0ec8f1c84008e32e878f4331459344440f4756e64130b80842172c8a08c48c9641514dbe014b8ee'),
(155,1,X'02f84849e0f0bb6482f49adec557c258ca8caaac0a9095d00da4b35850b0726558d87cb0719815ba8504500492bc58c8935cdcd79a808578ab4c7045f6'),
(156,3,X'03cf103b59ecba82234e79c28fbcdfe948ea5cd8952baf5b5d74542d22c4ca08321c3a69522423316304eded6a602d1e74b4a3e682ac128b8fc41dee9bd0e2d1bf14bafbd8642513ea8cebe2f7'),
(157,10,X'02ed5358453e932281df2ae94413790cd9e40ed555ec8e7b95'),
(158,2,X'0347c5a9575d052450ad4ca54e657625925ef9cf58d4a15fda786a4500689b1e0cf877181a6cd0be25807da23d7c2c1743bc4b215eb8fd3b67e8542f84a8c1c6b3449723b6446122bc204df1c3c075d1e8840e05f6601309fb'),
(159,2,X'03477143afa670b58efa4aa54e6575259211fbcf58d4a25fda1cde862514512c2cd06b6473bc7a407b901dbe8c78173e91a48c30bd58b721c3308c20d954f354ee'),
(160,13,X'02a91f0c369f88e2cb34c13fa96fafa8f86001fc0a5c8b6b220c42b5304876be5138e9db5f608f2d6010689b71cc31dd803c587db608292de6047ff2e9a4f8fefb'),
(161,13,X'02e40b49a4a63cc0c1f61d0c369f87e2cb807ffd0fdcd6521b90aae73ae8542f84840e05f6'),
(162,13,X'0264f728cbc9490b08431c0c369f86e2cbd84b1c00c882020228c935089085a70cf0a4c71568edc516b0559d37b8a7e439048c1750a41da15500da895f4473a36500e40d805808e5c2240eb0c85c1ceccec075d1e8'),
(163,13,X'027d3b6d00451a82c3901a0c369f85e2cbe456220f3c714e1318d34425702f7347e4a2014c9ca9a34ea824586bf8f85db9048a4ebd'),
(164,13,X'032dde2de199cef4992270081de353c6cf67551ad3d0cfb7d71cde862514512c2cd06b6473bc7a407b9815ba85901dbe8c78173e91a48c30bd58b721c3308c20d954f354ee'),
(165,14,X'025a9b3c93a7cfe85a967f30028f6ad4cf64eaf9de'),
(166,14,X'020d9d3c93a7d0e85aabfb40af2140c48af447a40a38079e20847dc383e8542f8408da27e0647812eb004ba0ec'),
(167,15,X'02ff25c88d0e63d0058515987e254b07129095d00db852ee9cacd67da4c04458b38c20b6c90878dad5'),
(168,15,X'0347c5a9575d0524508eeb268de459b4845ef9cf58d4a15fda786a4500689b1e0cf877181a6cd0be25807da23d7c2c1743bc4b215eb8fd3b67e8542f84a8c1c6b3449723b6446122bc204df1c3c075d1e8840e05f6601309fb'),
(169,1,X'02883446e0f03861820fafae8db36b10d0a8a4fc0edc65621bb4a8d03d88e3765050666166282f0c69ec41747170e1e575e8b79887b85e3091c4a8a7a6e0245ab8f82e42c6bc7f80c690c35bd4b82f06ea946e7fef'),
(170,1,X'02a49c9c132c136d69a13946e0f03b61827868560a7c023c1260f10819ac55142f40fee53ab4b2d6551c580158f89bb084802ea788f4ace59ed097b5a054d27eb6b8e0f4d9241285ff'),
(171,1,X'02c0ab7f957e4dc943ee3746e0f03a61826048f7039cf5000b349a1b1df404c833d04dc34a38bfe46ab407857868284484f47e9587a07c3b95c47643bd180e12c784f2b0d15cd24ff5b831b2f6'),
(172,4,X'02e15ae9b867bee9ded9b236b179c73ff2141d0929d88ae53338f69534c8ef3c3b64e326479061c282'),
(173,4,X'02c2e50f5a00417e0f26b136b179c63ff29cf5000bec91561c88bc5bbf'),
(174,8,X'027e129325423a5e1408afc9d6f8a4c6233417561a3ca5a753243ec953ccd111581c7a327154ec7373c008bb7814baca7d3887587e788cbb80d0f4a69e643d81a2e42803b0cc870cdb405a28fb'),
(175,8,X'02883446e0f03861820fafae8db36b10d0'),
(176,8,X'02d1eedc9981618c066eb2c9d6f8a6c6237868560a9095d00d7c023c1260f10819ac55142f40fee53ab4b2d6551c580158f89bb084802ea788f4ace59ed097b5a054d27eb6241285ff'),
(177,8,X'0221b4c9d6f8a7c6236aca2a646b5f787e00524f1fe8905123ac2e7754843b705a90217e74dc8abe7ce8542f8458d74098a09defa4208289b4182276b7c40401c5b8b5dad46476d1d8b82f06ea'),
(178,5,X'025b191f266bec7e1bf4a1ccfe75a0184f883052439c584c54cc26dc5c849501b7'),
(179,5,X'030e1b1f266bed7e1b5fb464f08c8a7f8374353e94880cee999095d00dd8d64951d89fa36a3ce4af817ce2ce924cadbee764d8b5e8f48a8ceb'),
(180,5,X'03c11c1f266bee7e1b2ae10867de12296f74353e94880cee99bc3bd53fd82fb4baa0aaa3bd448f7bc464eaf9de'),
(181,13,X'02039e7fe7b992da125c210c369f89e2cb0468f21168323b224c79f746fcf21f57c0cfe25898d86859f03f4c7158e58b7be8542f84086bb4871c48218a7c5d348cdc6d98c36476d1d8840e05f6'),
(182,14,X'02d957a4f3c58ef045a7993c93a7cee85a9095d00d00cbf58fdc584ead68b398b0b827a0be'),
(183,14,X'020cace432f98f851ff4973c93a7cde85a0c403a0068c7381050ed091b009c6d766cc31377300d7eaa'),
(184,1,X'023b3646e0f03961829e75833f02bf9eddc0e21802688b520d844a3514e8072c1a2086c044c8d9934d2062684e6c335d5468b6d7544c04a261c0829264647ef36a802ea7881862f1982864acb6589448c434716bc734aceecd70b749d51863e0e56cfa19e7'),
(185,13,X'020f230c369f8ae2cb5bf4ba9246f082f0f49b511614c0091c4424cc28a086d999780d49aad80223ea005d95f2d8b6d3fe');
CREATE TABLE story_text (
    entry INTEGER PRIMARY KEY,
    piece BLOB NOT NULL
) STRICT;
INSERT INTO story_text VALUES
(138,X'0194f7ea6a0000000086fe3eef76b67a130686fe3eef76b67a13060008000000f4f2aa1cc03062291792dad3cd9021a868ac1973abb3c467651c94128f3feed000000000000000000000000046000000651c9412bf1934220f11e6bd77029f73058db3e1651c94126d3ba649a599ab53cd9021a80a9eb7134139565e651c9412e4005f3500469d24ecebe278651c94126d3ba6495d63f725a3f9a2bd9dfefe3ec62e86d5fdc3ebbd14e5634c320ba750645e8268d3ae48c69f65e8e3651c9412f504c70f3ade94f8fc1267e2fdc3ebbd79e8f52ee897215a0f11e6bd06016c08db125aa4c03062295e5141dd4139565eb6f6c23b1c0c83fb0f11e6bd1fc37e4d8e382158651c941218446cf4b5fdd0e2651c9412d3b093bd6b262d2c0f11e6bd89677659240133e9b6f6c23bbe84896c2d98a603e68a9696651c94127a18d93073e43b510f11e6bd0a9eb713bf5bbd8eb6f6c23b7a18d93068984825a3f9a2bd9dfefe3ec62e86d501000000e7f99f4e65ee1e9201000000e7f99f4e65ee1e9201000000dcfcd558d49166da00000000'),
(139,X'01b84aec6a000000009b76360348d312c1069b76360348d312c1060007000000651c941218446cf4caec5e170f11e6bd89677659d224ebbdbf5bbd8e00000000000000000000000035000000b973ebbd651c941252a577e84b406d24651c94127a18d9300de9140f3546e84596a55b6b58f3c941651c9412eb599a9fbbea90ab10a6b037651c94120b949028c171fe2a014d0a75b6f6c23bd8f806b661771791651c941289f0d9c4651c9412c3883878afef063658f3c941651c9412f51ef9bffad6ab7d9f65e8e3651c9412a9105ded1792dad35d9f137d651c9412a9105dedd8f806b66bb5c4171fc37e4d651c9412fd61195dd8f806b61109c661651c9412f504c70fa3726a826bb5c417afe2c492e66349046fe7d9bd78ecff0f3c732f51010000009afb9f4e65ef1e92010000009afb9f4e65ef1e9201000000f501d658d49466da00000000'),
(140,X'014c23f86a0000000052af19fa1469e2910652af19fa1469e29106000600000043a2999fb9061adbb7870dbd4d6306766fe7d9bda421c7ff0000000000000000000000001d00000023685266c0306229bf5bbd8e0b1558b8651c9412fd61195da8999f866bb5c417c0a94b81d5cbd03d651c94127a18d9308f9a663dd00aa0bd651c9412d04478ef3ddc43d6775a6542651c94129c59756400469d24645e82682723d879ecebe278651c94126b35cacbee76f2c0d3b3ebbd0e64a69c010000000d9331b1795d39f2010000000d9331b1795d39f20000000000000000'),
(141,X'01ec69e46a0000000028aa72f93277b3f10628aa72f93277b3f1060006000000c388387845be874cbf5bbd8e7d1c5ebd6fe7d9bd0a9eb71300000000000000000000000012000000651c941262ff722384d3ee7dbf5bbd8efdc3ebbdc0392c686127379e651c9412d3b093bddf946ac8cd9021a80a9eb71329bcbcbdb6f6c23be6145eaf6fe7d9bd78ecff0f3c732f5101000000c7c61e20b440718301000000c7c61e20b4407183010000006143235a913757bf00000000'),
(142,X'01cc8bf16a0000000076cfed22de1fbba40676cfed22de1fbba4060107000000651c94126d3ba649af5c47320f11e6bdc0e0b4efd224ebbdabb3c46700000000000000000000000032000000b6f6c23bb5fdd0e26bb5c4170a9eb7135d9f137dfdc3ebbdbc320f80e68a9696645e82687b14183dcd9021a89aedba2b058db3e1651c9412fd61195dd3ae48c661771791651c941289f0d9c4651c9412a665873c8f3feed03546e84596a55b6b1faaedd5645e8268f0a19b126127379eb6f6c23bbf78a0c1db125aa4651c94120b949028c7aa6b22b973ebbd6ec7153d0f11e6bd651c9412253e314bc59a9153651c941262073e2f3ade94f81d93da05651c9412d04478efdf946ac81fc4cbf3c9088e9022b9305f01000000c0e4a14101136eab01000000c0e4a14101136eab01000000ecd8fda29f939ea600000000'),
(143,X'014c3af06a0000000042b97ebbaefb763f0642b97ebbaefb763f06000600000083f0367762ff7223e6145eaf9f65e8e3b9061adb09e276d20000000000000000000000002f000000651c9412bf5bbd8e7b14183d320ba750c0306229c72814c162ebb918b6f6c23bdb87b0effa09c806651c9412f51ef9bf1ff668b6af4af73eb31b8e85651c9412bf1934220f11e6bd78f80852f25c7fb5014d0a75b6f6c23b7b14183d6bb5c417c0f7e3f310a6b037b6f6c23b7d1c5ebd3546e8452869a4c936272c227abda8b5651c94124cb64017a8999f86651c9412d04478ef14e5634cbe6ac3fe651c9412996b69525e5141dd3546e8450a9eb71361771791651c941289f0d9c401000000b60b3b59ecb7822301000000b60b3b59ecb7822301000000677ec28fbce2e94800000000'),
(144,X'0110ecf26a00000000988c5e2471d2d63506988c5e2471d2d635060107000000fd61195d10070ce9d04478ef9b6015aa6fe7d9bd2869a4c936272c22000000000000000000000000230000008f80e42ab973ebbda421c7ff29bcbcbdc030622960e286ab4139565e651c941218446cf4b5fdd0e23546e8455e91943c327f1c3f651c94124cefcb6a84d3ee7d651c94120caf456f7d1c5ebd0f11e6bd96a55b6b3aeb6c40c0306229d3b3ebbd7248a40f9f65e8e3651c9412c388387872d80e7d327f1c3fc030622972d80e7d6fe7d9bd78ecff0f3c732f5101000000dd5449e0f0c2648201000000dd5449e0f0c264820100000031e9b642023a742c00000000'),
(145,X'01b4edf26a00000000cdf7b785a117676a06cdf7b785a117676a060106000000d3b093bd3ade94f84d3e41321c0c83fb6fe7d9bd09c8fff800000000000000000000000027000000b973ebbd651c941252a577e84b406d24651c9412e897215aaccc6eacdef0d9300f11e6bd2ad0aae2af7a48dd651c94126b35cacba8999f8610a6b037645e8268c4e143de058db3e1c03062291792dad36bb5c4171fc37e4dfdc3ebbdc4e143debf5bbd8e651c9412e897215aaccc6eacd7067df19f65e8e3651c94124bcd8f95fe8695c07a6cbc29651c9412f7043741db6d2b80af4af73eb31b8e85010000002a5349e0f0c16482010000002a5349e0f0c16482010000007ee7b6420239742c00000000'),
(146,X'01a8dbf26a0000000068085313bcb38d1b0668085313bcb38d1b060108000000f4f2aa1cc030622914e5634ccd9021a85e91943cb165960f651c9412c72814c100000000000000000000000026000000dc12359d7dcb4042651c9412bf5bbd8ec171fe2ac11686c8651c941291074613709406f6d00aa0bd651c9412c38838783ddc43d6014d0a75c0306229b9061adb0f11e6bd7b1c1cddb973ebbd651c941252a577e84b406d24651c941243a2999fafdc25103aeb6c40c0306229c171fe2a9f65e8e3651c94129c59756408513463d5cbd03d651c9412fd61195d1ff668b66bb5c417c0e0b4ef01000000594324266b5c851b01000000594324266b5c851b010000002d5ebdcd1f40972f00000000'),
(147,X'0104c3fa6a00000000455a937847e07f9506455a937847e07f95060007000000651c9412d3b093bde40b1ad80f11e6bd06016c08d224ebbdbe6ac3fe00000000000000000000000021000000e897215a0f11e6bd0a9eb713320ba750645e8268c7aa6b226bb5c41768ac197310a6b037b6f6c23bd3b3ebbd7248a40fdb125aa4651c941262ff7223cd157a66e897215a0f11e6bd0a9eb713327f1c3f651c941218446cf48f3feed06127379e651c9412e897215aaccc6eacdb87b0ef6bb5c41709c8fff85c675f8a645e8268be8777c4010000004b10c2b838cef848010000004b10c2b838cef8480100000031b809997c387ee101000000fa555411e16accb5'),
(148,X'0110bde56a000000000b1bb4260b4d3894060b1bb4260b4d3894060008000000f4f2aa1cc0306229f0a19b12cd9021a809c8fff85c675f8a651c94128f3feed00000000000000000000000001a000000651c941291074613834df8ce7a6cbc29651c9412f7043741debdc4e53546e84509c8fff8b973ebbd651c941252a577e84b406d24b6f6c23bdef0d9303546e84583f03677775a6542c0306229085134636bb5c41796a55b6b773be6bd651c9412ac5030d7def0d930010000007ac81e20b4417183010000007ac81e20b441718301000000483e235a913457bf00000000'),
(149,X'01cc2ef46a00000000ae092f40bbcdd3ef06ae092f40bbcdd3ef060108000000f4f2aa1cc030622900469d24cd9021a84ce8b875ad500b57651c9412e9d427c5000000000000000000000000210000004ae0d9bd8f80e42a8b8ab71ccc00de6b651c9412e897215aaccc6eac085134631faaedd5645e826814e5634c9f65e8e3b6f6c23be9d427c5994b867a651c9412fd61195d73e43b518f80e42ab973ebbdc0a94b81be6ac3fefdc3ebbdaf5c47320f11e6bd5e91943c10a6b037651c94120b9490288f3feed01d93da05fdc3ebbd6b262d2c01000000a64124266b5b851b01000000a64124266b5b851b010000007a5cbdcd1f3f972f00000000'),
(150,X'017076f96a000000003f56e0c7bbc6cae1063f56e0c7bbc6cae1060007000000651c9412d3b093bdf0a19b120f11e6bdc0f7e3f3d224ebbd5c675f8a000000000000000000000000310000008f80e42ab973ebbd5e91943c1109c661651c9412f51ef9bf73e43b516127379e651c9412d04478ef3ade94f8b165960f651c9412e897215aaccc6eacc047b0e2b6f6c23b834df8ce0139cce0651c941262ff7223f0a19b120f11e6bd96a55b6b1fc4cbf3c9088e9022b9305f651c9412996b695273e43b510f11e6bd1fc37e4dfa09c806b6f6c23bbf5bbd8e2d98a60310a6b037651c94129c59756472d80e7d0f11e6bd7b1c1cdd5c675f8ab6f6c23bb7870dbd5d63f725a3f9a2bd9dfefe3ec62e86d501000000288731b1795639f201000000288731b1795639f20000000000000000'),
(151,X'015c4cec6a00000000c19b707abad4c3d306c19b707abad4c3d3060008000000afe2c492e6634904e897215aaccc6eacdebdc4e59f65e8e3cecfe47f1109c6610000000000000000000000002f000000b973ebbd651c941252a577e84b406d24651c94120b9490285d63f7255c675f8a645e8268577bfed510a6b037651c941243a2999f050806a9db125aa4645e82684d6306760f11e6bd89677659e897215a0f11e6bd83f03677bf5bbd8e651c94120caf456fdb87b0ef9f65e8e3651c94124d3e41323ddc43d6d5cbd03d651c9412bf5bbd8ebf78a0c1651c94120caf456fb927a8f8abb3c467651c94124bcd8f95050806a96bb5c4172ad0aae223685266c0306229bf5bbd8e0b1558b8010000004dfd9f4e65f01e92010000004dfd9f4e65f01e92010000004200d658d49366da00000000'),
(152,X'01f0def26a00000000bd0be25ddbb8c05e06bd0be25ddbb8c05e060106000000c0e0b4eff51ef9bf4d6306769f65e8e37b14183d0139cce000000000000000000000000034000000c03062290a7d0501a3f9a2bd9aedba2b5d9f137dfdc3ebbd5be9991662ebb918fdc3ebbdbbea90ab240133e9b6f6c23b834df8ce645e8268162447ca775a6542651c94124cb64017ba9adcb3d00aa0bd651c9412f51ef9bf24d18f9629bcbcbd651c9412a9105dede40b1ad8b973ebbd6ec7153d0f11e6bd651c9412253e314bc59a91533912be06c0306229cbc33046651c941243a2999f6b262d2c6bb5c4172869a4c936272c223aeb6c40651c9412b7870dbd050806a962ebb918b6f6c23b10070ce9bf5bbd8efdc3ebbdb927a8f801000000a5f0a141011a6eab01000000a5f0a141011a6eab0100000039d7fda29f929ea600000000'),
(153,X'01a867fd6a000000008a34bd46aadce9b6068a34bd46aadce9b6060006000000f504c70fa735127b99624179b927a8f86fe7d9bd09c8fff800000000000000000000000022000000c03062290a7d0501a3f9a2bdafe2c492e663490458f3c941651c9412f51ef9bf3ddc43d662ebb918651c941291074613afdc251058f3c941651c94126b35cacbdf946ac8651c9412a9105ded4d630676b3ed084d645e82683314401762ebb918651c9412c3883878709406f6cd9021a87b1c1cddfa09c806b6f6c23b018b8670af4af73eb31b8e8501000000fe11c2b838cff84801000000fe11c2b838cff8480100000018b309997c357ee101000000877d874acaa7695c'),
(154,X'01d840f46a00000000cf13c2c961400d0206cf13c2c961400d0206010800000053ac1d2f651c9412be84896c3ddc43d60f11e6bd2ad0aae2d224ebbd775a65420000000000000000000000002e000000c030622914e5634ccd9021a878f80852f25c7fb57abda8b5b6f6c23b709406f623685266c0306229bf5bbd8e0b1558b8af4af73eb31b8e85651c94126b35cacbafdc2510cd9021a85e91943c994b867a651c9412a9105dedd996599ae68a9696651c9412be84896c050806a958f3c941645e8268e40b1ad8e897215a0f11e6bd4ce8b875320ba750651c9412e4005f35825ba9bf62ebb918651c9412fd61195dcaec5e17cd9021a8c0a94b81994b867a645e826810070ce901000000ab4a49e0f0bc648201000000ab4a49e0f0bc64820100000097ecb642023c742c00000000'),
(155,X'017c42f46a00000000f49adec557c258ca06f49adec557c258ca060108000000f4f2aa1cc03062294e0f1844cd9021a8c0e0b4ef5c675f8a651c9412a599ab5300000000000000000000000029000000af4af73eb31b8e85b6f6c23bb9061adbcd9021a81fc37e4dbe6ac3fe651c941262073e2f0de9140fd00aa0bd651c9412c38838784d630676327f1c3f651c9412e897215aaccc6eac72d80e7dc03062291c0c83fbfc1267e2651c94120caf456ffc5240d23912be06c0306229cbc33046651c94126b35cacb1c0c83fbb3ed084d651c9412f504c70fe6145eaf3546e84577029f73773be6bd651c9412ac5030d7def0d93001000000f84849e0f0bb648201000000f84849e0f0bb648201000000e4eab642023b742c00000000'),
(156,X'01708df16a00000000ea5cd8952baf5b5d06ea5cd8952baf5b5d060008000000f4f2aa1cc03062294e0f1844cd9021a809c8fff829bcbcbd651c9412709406f600000000000000000000000031000000e897215a0f11e6bdafe2c492e6634904327f1c3f651c9412b7870dbdfe8695c06127379efdc3ebbdd3a4d9f00139cce0645e82684e0f1844b6f6c23b24d18f963546e84596a55b6bad500b57651c941262073e2fb04b673ccd9021a8c0e0b4ef9eae39bde6ebf3d0651c9412e33823e34ae0d9bd8f80e42a8b8ab71ccc00de6b651c9412c3883878caec5e177abda8b5651c9412d3b093bdc047b0e29f65e8e3651c9412a665873ccaec5e17ad500b57651c941243a2999f8f9a663d6bb5c4174ce8b87501000000cf103b59ecba822301000000cf103b59ecba8223010000004e79c28fbcdfe94800000000'),
(157,X'019455056b00000000ed5358453e93228106ed5358453e93228106000600000077029f73996241795429cab09f65e8e33ade94f85c675f8a00000000000000000000000016000000651c9412b7870dbd085134630f11e6bd06016c08994b867ab6f6c23b43a2999f73e43b5162ebb918651c9412d3b093bd5d63f7250f11e6bda421c7ffdb125aa4b6f6c23b996241798f3feed03912be06c0306229cbc3304601000000df2ae94413790cd901000000df2ae94413790cd90000000000000000'),
(158,X'0118dd086b0000000047c5a9575d0524500647c5a9575d05245006000600000006016c08996b69528f3feed09f65e8e35d63f725994b867a00000000000000000000000043000000651c9412b7870dbd085134630f11e6bdc0a94b81014d0a75b6f6c23b7a18d930d3a4d9f04139565e651c9412c3883878085134630f11e6bd7b1c1cddbe6ac3feb6f6c23bd3b093bdd3ae48c6af4af73eb31b8e85651c941233ff65f66b262d2c0f11e6bd09c8fff8fa09c806b6f6c23b43a2999f6b262d2cd00aa0bd651c9412996b6952aec9ff2b0f11e6bdc0e0b4ef7abda8b5b6f6c23b43a2999fd3a4d9f088a26b22651c9412ec0eb37c6b16cb30651c94127a18d9303ade94f80f11e6bd68ac19733aeb6c40b6f6c23bd3b093bd6898482562ebb918651c9412a665873c73e43b510f11e6bdafe2c492e6634904fa09c806b6f6c23bf504c70fdb87b0ef3912be06c0306229cbc3304601000000ad4ca54e6576259201000000ad4ca54e65762592010000005ef9cf58d4a15fda00000000'),
(159,X'0108cf086b00000000477143afa670b58e06477143afa670b58e06000700000078f80852f25c7fb5c388387824d18f969f65e8e3d75d3b0cecebe27800000000000000000000000040000000651c9412f51ef9bf4e0f18440f11e6bd1fc37e4d1d93da05b6f6c23b33ff65f65429cab06127379e651c9412b7870dbde46ef5ce0f11e6bdc0f7e3f3240133e9b6f6c23b99624179bbea90abaf4af73eb31b8e85651c9412d3b093bde46ef5ce0f11e6bdc0a94b81994b867ab6f6c23bbf5bbd8e01db5567e68a9696651c9412eb599a9fdb87b0ef0f11e6bd4ce8b87509e276d2b6f6c23bc38838785429cab0dc12359d7dcb4042651c9412f51ef9bf3ade94f80f11e6bd96a55b6becebe278b6f6c23b43a2999f3ade94f862ebb918651c9412f51ef9bf085134630f11e6bdc0f7e3f3be6ac3feb6f6c23bc388387801db55673912be06c0306229cbc3304601000000fa4aa54e6575259201000000fa4aa54e657525920100000011fbcf58d4a25fda00000000'),
(160,X'011404046b0000000034c13fa96fafa8f80634c13fa96fafa8f80600060000000a9eb713c3883878bbea90ab9f65e8e3d3a4d9f05c675f8a00000000000000000000000041000000651c94129c59756401db55670f11e6bd96a55b6b3aeb6c40b6f6c23bf504c70f01db55676127379e651c94129c597564d3ae48c60f11e6bd89677659fa09c806b6f6c23b7a18d9303ade94f8773be6bd651c9412ac5030d7def0d930651c9412d3b093bd4d6306760f11e6bd1fc37e4dbf5bbd8eb6f6c23bbf5bbd8e73e43b5110a6b037651c9412c3883878bbea90ab0f11e6bd06016c08994b867ab6f6c23b996b69525429cab0af4af73eb31b8e85651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e01000000a91f0c369f88e2cb01000000a91f0c369f88e2cb0000000000000000'),
(161,X'0194b2026b00000000e40b49a4a63cc0c106e40b49a4a63cc0c106000600000096a55b6ba665873cd3a4d9f09f65e8e3bbea90ab058db3e100000000000000000000000043000000651c94126b35cacb6b262d2c0f11e6bd09c8fff8ecebe278b6f6c23b1faaedd51792dad3d00aa0bd651c9412f51ef9bf72d80e7d0f11e6bd77029f73ecebe278b6f6c23b1faaedd5825ba9bf773be6bd651c9412ac5030d7def0d930651c94121faaedd5085134630f11e6bd0a9eb713058db3e1b6f6c23bf51ef9bf689848256127379e651c94126b35cacb2d98a6030f11e6bd9aedba2b09e276d2b6f6c23b996b69526898482588a26b22651c9412ec0eb37c6b16cb30651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e01000000f61d0c369f87e2cb01000000f61d0c369f87e2cb0000000000000000'),
(162,X'011461016b0000000064f728cbc9490b080664f728cbc9490b0806000700000053ac1d2fc0f7e3f3f504c70f6b262d2c9f65e8e32d98a603b165960f0000000000000000000000006d000000651c94127a18d93024d18f960f11e6bd0a9eb71358f3c941718ab6521faaedd56b262d2c4139565e651c9412b7870dbd72d80e7d0f11e6bd89677659db125aa4718ab652eb599a9f3ade94f83912be06c0306229cbc33046651c9412be84896cdb87b0ef0f11e6bd89677659994b867a718ab6521faaedd5d996599a62ebb918651c94129c59756424d18f960f11e6bdc0a94b81bf5bbd8e718ab652d3b093bdd996599a3912be06c0306229cbc33046651c9412c3883878db87b0ef0f11e6bdafe2c492e6634904fa09c806b6f6c23bf504c70f2d98a603d00aa0bd651c9412996b69525d63f7250f11e6bd09c8fff858f3c941b6f6c23beb599a9fbbea90abdc12359d7dcb4042651c94120caf456f24d18f960f11e6bd0a9eb713be6ac3feb6f6c23b18446cf401db55676127379e651c941243a2999f4d6306760f11e6bd9aedba2bfa09c806b6f6c23b18446cf41792dad3a3f9a2bd9dfefe3ec62e86d5651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e01000000431c0c369f86e2cb01000000431c0c369f86e2cb0000000000000000'),
(163,X'01940f006b000000007d3b6d00451a82c3067d3b6d00451a82c30600060000004ce8b8757a18d93024d18f969f65e8e373e43b51058db3e100000000000000000000000042000000651c9412d3b093bdd75d3b0c0f11e6bd77029f73b165960fb6f6c23b43a2999f3ade94f86127379e651c94121faaedd501db55670f11e6bd1fc37e4d58f3c941b6f6c23bbe84896ce46ef5ce773be6bd651c9412ac5030d7def0d930651c94120caf456f4e0f18440f11e6bd1fc37e4db165960fb6f6c23ba665873c01db55676127379e651c94129c5975644d6306760f11e6bda421c7ff1d93da05b6f6c23b9962417924d18f96a3f9a2bd9dfefe3ec62e86d5651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e01000000901a0c369f85e2cb01000000901a0c369f85e2cb0000000000000000'),
(164,X'016490096b0000000067551ad3d0cfb7d70267551ad3d0cfb7d7020003000000cd9021a8651c9412e6706be800000000000000000000000055000000651c9412f51ef9bf4e0f18440f11e6bd1fc37e4d1d93da05b6f6c23b33ff65f65429cab06127379e651c9412b7870dbde46ef5ce0f11e6bdc0f7e3f3240133e9b6f6c23b99624179bbea90abaf4af73eb31b8e85651c9412d3b093bde46ef5ce0f11e6bdc0a94b81994b867ab6f6c23bbf5bbd8e01db5567e68a9696651c9412eb599a9fdb87b0ef0f11e6bd4ce8b87509e276d2b6f6c23bc38838785429cab0dc12359d7dcb4042651c9412f51ef9bf3ade94f80f11e6bd96a55b6becebe278b6f6c23b43a2999f3ade94f862ebb918651c9412f51ef9bf085134630f11e6bdc0f7e3f3be6ac3feb6f6c23bc388387801db55673912be06c0306229cbc33046651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e010000002270081de353c6cf010000002270081de353c6cf010000002dde2de199cef49900000000'),
(165,X'016033016b00000000967f30028f6ad4cf06967f30028f6ad4cf06000800000002fd2d99b03662295893c5bc2a70e8bd6fe7d9bd651c94126d320fa200469d2402000000b03662295893c5bc02000000b03662295893c5bc00000000160000008b45512e651c94129c59756401db55670f11e6bdc0e0b4effa09c806b6f6c23b0caf456f1792dad362ebb918651c94126b35cacb5429cab00f11e6bdccb5598ffa09c806b6f6c23b4bcd8f951792dad3af4af73eb31b8e85010000005a9b3c93a7cfe85a010000005a9b3c93a7cfe85a0000000000000000'),
(166,X'01e0e1ff6a00000000abfb40af2140c48a06abfb40af2140c48a06000800000002fd2d99e3316229ca25c3bc2a70e8bd6fe7d9bd651c94126d320fa200469d2402000000e3316229ca25c3bc02000000e3316229ca25c3bc0000000017000000651c94124bcd8f9573e43b510f11e6bd96a55b6b1d93da05b6f6c23b43a2999f5d63f72562ebb918651c9412b7870dbd73e43b510f11e6bdccb5598f058db3e1b6f6c23b99624179db87b0ef88a26b22651c9412ec0eb37c6b16cb30010000000d9d3c93a7d0e85a010000000d9d3c93a7d0e85a0000000000000000'),
(167,X'0100a9096b00000000ff25c88d0e63d00502ff25c88d0e63d00502000300000000469d245d63f7259539bb1500000000000000000000000017000000651c94120caf456f8f3feed00f11e6bd0a9eb7133aeb6c40b6f6c23b996b6952aec9ff2bd00aa0bd651c94124bcd8f9572d80e7d0f11e6bd68ac1973240133e9b6f6c23b4bcd8f95d75d3b0c773be6bd651c9412ac5030d7def0d930010000008515987e254b0712010000008515987e254b07120000000000000000'),
(168,X'01f09a096b0000000047c5a9575d0524500647c5a9575d05245006000600000006016c08996b69528f3feed09f65e8e35d63f725994b867a00000000000000000000000043000000651c9412b7870dbd085134630f11e6bdc0a94b81014d0a75b6f6c23b7a18d930d3a4d9f04139565e651c9412c3883878085134630f11e6bd7b1c1cddbe6ac3feb6f6c23bd3b093bdd3ae48c6af4af73eb31b8e85651c941233ff65f66b262d2c0f11e6bd09c8fff8fa09c806b6f6c23b43a2999f6b262d2cd00aa0bd651c9412996b6952aec9ff2b0f11e6bdc0e0b4ef7abda8b5b6f6c23b43a2999fd3a4d9f088a26b22651c9412ec0eb37c6b16cb30651c94127a18d9303ade94f80f11e6bd68ac19733aeb6c40b6f6c23bd3b093bd6898482562ebb918651c9412a665873c73e43b510f11e6bdafe2c492e6634904fa09c806b6f6c23bf504c70fdb87b0ef3912be06c0306229cbc33046010000008eeb268de459b484010000008eeb268de459b484010000005ef9cf58d4a15fda00000000'),
(169,X'01a406086b000000000fafae8db36b10d0060fafae8db36b10d006010700000078f80852f25c7fb533ff65f6d3ae48c69f65e8e35429cab0fa09c80600000000000000000000000046000000651c94129c597564825ba9bf0f11e6bdafe2c492e663490458f3c941b6f6c23b9c59756473e43b51e68a9696651c9412eb599a9f5d63f7250f11e6bdc0f7e3f3b165960fb6f6c23b33ff65f65d63f725773be6bd651c9412ac5030d7def0d930651c9412f51ef9bf4e0f18440f11e6bdafe2c492e6634904db125aa4b6f6c23bc38838786b262d2cd00aa0bd651c94127a18d93072d80e7d0f11e6bd09c8fff85c675f8ab6f6c23b0caf456f72d80e7d1fc4cbf3c9088e9022b9305f651c9412be84896caec9ff2b0f11e6bdc0f7e3f35c675f8ab6f6c23bc38838786b262d2c4139565e651c9412996b69524d6306760f11e6bdccb5598f58f3c941b6f6c23ba665873c4e0f1844773be6bd651c9412ac5030d7def0d93001000000883446e0f038618201000000883446e0f0386182010000005ca2b4420230712c00000000'),
(170,X'0194f8076b00000000a49c9c132c136d6906a49c9c132c136d690601060000001fc37e4d6b35cacbd996599a9f65e8e372d80e7d994b867a00000000000000000000000042000000651c941233ff65f62d98a6030f11e6bd5e91943c5c675f8ab6f6c23bd3b093bdbbea90ab10a6b037651c941299624179d75d3b0c0f11e6bd96a55b6b1d93da05b6f6c23b33ff65f624d18f96a3f9a2bd9dfefe3ec62e86d5651c9412eb599a9f4d6306760f11e6bd1fc37e4d1d93da05b6f6c23bb7870dbd4d6306766127379e651c94124bcd8f95d3a4d9f00f11e6bd4ce8b875058db3e1b6f6c23b9c59756408513463773be6bd651c9412ac5030d7def0d930651c941243a2999fd75d3b0c0f11e6bd68ac1973fa09c806b6f6c23b6b35cacb4e0f184462ebb918651c9412c3883878825ba9bf0f11e6bd5e91943cb165960fb6f6c23bd3b093bdd3ae48c6dc12359d7dcb404201000000a13946e0f03b618201000000a13946e0f03b61820100000075a7b4420233712c00000000'),
(171,X'0184ea076b00000000c0ab7f957e4dc94306c0ab7f957e4dc94306010600000006016c081faaedd55429cab09f65e8e34d6306767abda8b500000000000000000000000042000000651c941299624179e46ef5ce0f11e6bdc0e0b4ef3aeb6c40b6f6c23b996b69528f3feed0e68a9696651c94124bcd8f95aec9ff2b0f11e6bd1fc37e4ddb125aa4b6f6c23ba665873cbbea90aba3f9a2bd9dfefe3ec62e86d5651c9412b7870dbdaec9ff2b0f11e6bd2ad0aae2058db3e1b6f6c23b1faaedd54d630676d00aa0bd651c9412f504c70f2d98a6030f11e6bd5e91943c3aeb6c40b6f6c23b6b35cacb1792dad31fc4cbf3c9088e9022b9305f651c9412b7870dbd8f3feed00f11e6bd06016c08fa09c806b6f6c23bf504c70fd996599a4139565e651c9412bf5bbd8e72d80e7d0f11e6bd2ad0aae2bf5bbd8eb6f6c23b6b35cacbaec9ff2b1fc4cbf3c9088e9022b9305f01000000ee3746e0f03a618201000000ee3746e0f03a618201000000c2a5b4420232712c00000000'),
(172,X'01f75a0b6b00000000e15ae9b867bee9de06e15ae9b867bee9de060007000000afe2c492e6634904f504c70f4d6306769f65e8e32d98a603b165960f00000000000000000000000015000000651c9412b7870dbd3ade94f80f11e6bd2ad0aae2db125aa4b6f6c23b1faaedd5d3ae48c662ebb918651c9412bf5bbd8e72d80e7d0f11e6bd77029f73bf5bbd8eb6f6c23b996b69528f3feed0dc12359d7dcb404201000000d9b236b179c73ff201000000d9b236b179c73ff20000000000000000'),
(173,X'01f75a0b6b00000000c2e50f5a00417e0f06c2e50f5a00417e0f060007000000afe2c492e663490418446cf42d98a6039f65e8e3db87b0ef58f3c94100000000000000000000000015000000651c941243a2999f8f3feed00f11e6bd1fc37e4d240133e9b6f6c23b4bcd8f95db87b0ef6127379e651c9412b7870dbdaec9ff2b0f11e6bd83f03677bf5bbd8eb6f6c23ba665873c5d63f725dc12359d7dcb40420100000026b136b179c63ff20100000026b136b179c63ff20000000000000000'),
(174,X'016c5aec6a000000007e129325423a5e14027e129325423a5e14020004000000320a16ffcd9021a8651c9412e6706be80000000000000000000000002f000000b973ebbd651c941252a577e84b406d24651c94120b9490285d63f7255c675f8a645e8268577bfed510a6b037651c941243a2999f050806a9db125aa4645e82684d6306760f11e6bd89677659e897215a0f11e6bd83f03677bf5bbd8e651c94120caf456fdb87b0ef9f65e8e3651c94124d3e41323ddc43d6d5cbd03d651c9412bf5bbd8ebf78a0c1651c94120caf456fb927a8f8abb3c467651c94124bcd8f95050806a96bb5c4172ad0aae223685266c0306229bf5bbd8e0b1558b80100000008afc9d6f8a4c6230100000008afc9d6f8a4c6230000000000000000'),
(175,X'01d430086b000000000fafae8db36b10d0060fafae8db36b10d006000700000078f80852f25c7fb533ff65f6d3ae48c69f65e8e35429cab0fa09c8060000000000000000000000000000000001000000883446e0f038618201000000883446e0f03861820000000000000000'),
(176,X'01c422086b00000000d1eedc9981618c0602d1eedc9981618c06020004000000f906ced4651c9412826ba2e137d8128900000000000000000000000042000000651c941233ff65f62d98a6030f11e6bd5e91943c5c675f8ab6f6c23bd3b093bdbbea90ab10a6b037651c941299624179d75d3b0c0f11e6bd96a55b6b1d93da05b6f6c23b33ff65f624d18f96a3f9a2bd9dfefe3ec62e86d5651c9412eb599a9f4d6306760f11e6bd1fc37e4d1d93da05b6f6c23bb7870dbd4d6306766127379e651c94124bcd8f95d3a4d9f00f11e6bd4ce8b875058db3e1b6f6c23b9c59756408513463773be6bd651c9412ac5030d7def0d930651c941243a2999fd75d3b0c0f11e6bd68ac1973fa09c806b6f6c23b6b35cacb4e0f184462ebb918651c9412c3883878825ba9bf0f11e6bd5e91943cb165960fb6f6c23bd3b093bdd3ae48c6dc12359d7dcb4042010000006eb2c9d6f8a6c623010000006eb2c9d6f8a6c6230000000000000000'),
(177,X'01c422086b000000006aca2a646b5f787e066aca2a646b5f787e060005000000cbaf4e0850b1192c2b5dd1163a6366f6e7592c5500000000000000000000000044000000651c9412f504c70fd996599a0f11e6bd5e91943cecebe278b6f6c23beb599a9fe46ef5ce10a6b037651c941218446cf44d6306760f11e6bd78f80852f25c7fb5014d0a75b6f6c23b996b695272d80e7d773be6bd651c9412ac5030d7def0d930651c94121faaedd5d75d3b0c0f11e6bdccb5598f5c675f8ab6f6c23bbf5bbd8e4e0f184462ebb918651c9412be84896cdb87b0ef0f11e6bd4ce8b875058db3e1b6f6c23ba665873caec9ff2baf4af73eb31b8e85651c9412be84896c825ba9bf0f11e6bd09c8fff85c675f8ab6f6c23bf51ef9bf08513463e68a9696651c94127a18d930d3ae48c60f11e6bdc0a94b81fa09c806b6f6c23bf504c70f5429cab088a26b22651c9412ec0eb37c6b16cb300100000021b4c9d6f8a7c6230100000021b4c9d6f8a7c6230000000000000000'),
(178,X'0144d1066b00000000f4a1ccfe75a0184f06f4a1ccfe75a0184f0600060000000a9eb7131faaedd5e46ef5ce9f65e8e32d98a6037abda8b500000000000000000000000015000000651c9412996b6952d996599a0f11e6bd9aedba2becebe278b6f6c23ba665873cd3ae48c6d00aa0bd651c94120caf456f01db55670f11e6bdc0a94b8109e276d2b6f6c23b43a2999fdb87b0efaf4af73eb31b8e85010000005b191f266bec7e1b010000005b191f266bec7e1b0000000000000000'),
(179,X'0124b5066b000000005fb464f08c8a7f83065fb464f08c8a7f830600060000000a9eb713996b69526b262d2c9f65e8e3d3a4d9f0db125aa400000000000000000000000017000000651c9412996b69523ade94f80f11e6bd77029f7309e276d2b6f6c23bbf5bbd8edb87b0efd00aa0bd651c941243a2999f72d80e7d0f11e6bd06016c081d93da05b6f6c23b33ff65f6d996599a773be6bd651c9412ac5030d7def0d930010000000e1b1f266bed7e1b010000000e1b1f266bed7e1b0100000074353e94880cee9900000000'),
(180,X'0114a7066b000000002ae10867de12296f062ae10867de12296f060006000000ccb5598fbf5bbd8e4e0f18449f65e8e31792dad3db125aa400000000000000000000000015000000651c9412eb599a9f2d98a6030f11e6bd7b1c1cdd5c675f8ab6f6c23b0caf456fe46ef5ce62ebb918651c94121faaedd501db55670f11e6bdccb5598ffa09c806b6f6c23b996241792d98a603af4af73eb31b8e8501000000c11c1f266bee7e1b01000000c11c1f266bee7e1b0100000074353e94880cee9900000000'),
(181,X'019455056b00000000039e7fe7b992da1206039e7fe7b992da1206000600000009c8fff8d3b093bd4d6306769f65e8e3d3a4d9f07abda8b500000000000000000000000043000000651c941243a2999f24d18f960f11e6bd2ad0aae27abda8b5b6f6c23b0caf456fd3ae48c6e68a9696651c9412bf5bbd8ed3ae48c60f11e6bd68ac1973fa09c806b6f6c23b996b6952689848253912be06c0306229cbc33046651c9412b7870dbd3ade94f80f11e6bdccb5598f240133e9b6f6c23b33ff65f6825ba9bf6127379e651c941218446cf424d18f960f11e6bd78f80852f25c7fb5014d0a75b6f6c23b9c5975646b262d2c88a26b22651c9412ec0eb37c6b16cb30651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e010000005c210c369f89e2cb010000005c210c369f89e2cb0000000000000000'),
(182,X'01e084026b00000000d957a4f3c58ef04506d957a4f3c58ef04506000800000002fd2d99590f6229fe8dc5bc2a70e8bd6fe7d9bd651c94126d320fa200469d2402000000590f6229fe8dc5bc02000000590f6229fe8dc5bc0000000017000000651c9412bf5bbd8ebbea90ab0f11e6bd4ce8b87558f3c941b6f6c23bb7870dbde46ef5ce4139565e651c94121faaedd572d80e7d0f11e6bd83f03677240133e9b6f6c23bc388387872d80e7d773be6bd651c9412ac5030d7def0d93001000000a7993c93a7cee85a01000000a7993c93a7cee85a0000000000000000'),
(183,X'0160d6036b000000000cace432f98f851f060cace432f98f851f06000800000002fd2d992e3062299476c2bc2a70e8bd6fe7d9bd651c94126d320fa200469d24020000002e3062299476c2bc020000002e3062299476c2bc0000000016000000651c94121faaedd5825ba9bf0f11e6bd96a55b6b09e276d2b6f6c23b0caf456f5d63f7254139565e651c9412be84896c2d98a6030f11e6bd0a9eb713fa09c806b6f6c23b0caf456f3ade94f81fc4cbf3c9088e9022b9305f01000000f4973c93a7cde85a01000000f4973c93a7cde85a0000000000000000'),
(184,X'01848d0a6b000000009e75833f02bf9edd069e75833f02bf9edd060106000000c0f7e3f399624179825ba9bf9f65e8e324d18f96be6ac3fe00000000000000000000000041000000651c9412f504c70f085134630f11e6bd83f03677058db3e1b6f6c23beb599a9f4e0f1844d00aa0bd651c94124bcd8f95d3a4d9f00f11e6bd7b1c1cdd014d0a75b6f6c23b18446cf401db55671fc4cbf3c9088e9022b9305f651c94129962417924d18f960f11e6bdc0a94b81058db3e1b6f6c23b4bcd8f955429cab04139565e651c941299624179bbea90ab0f11e6bd8967765958f3c941b6f6c23b7a18d930085134631fc4cbf3c9088e9022b9305f651c94121faaedd53ade94f80f11e6bd77029f7358f3c941b6f6c23b6b35cacb24d18f96e68a9696651c94120caf456faec9ff2b0f11e6bd83f03677014d0a75b6f6c23b9962417973e43b51af4af73eb31b8e85010000003b3646e0f0396182010000003b3646e0f0396182010000000fa4b4420231712c00000000'),
(185,X'0114a7066b000000005bf4ba9246f082f0065bf4ba9246f082f00600060000005e91943c0caf456fd996599a9f65e8e3db87b0efb165960f00000000000000000000000041000000651c9412996b69522d98a6030f11e6bd1fc37e4d058db3e1b6f6c23beb599a9f4e0f18446127379e651c9412d3b093bdaec9ff2b0f11e6bd5e91943c09e276d2b6f6c23b7a18d930825ba9bfdc12359d7dcb4042651c94127a18d9306b262d2c0f11e6bdc0a94b81ecebe278b6f6c23b996b69522d98a603d00aa0bd651c9412eb599a9f01db55670f11e6bd96a55b6b7abda8b5b6f6c23bbe84896c5d63f725773be6bd651c9412ac5030d7def0d930651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e010000000f230c369f8ae2cb010000000f230c369f8ae2cb0000000000000000');
CREATE TABLE source_printed (
    source INTEGER PRIMARY KEY,
    runs   BLOB NOT NULL,
    recent BLOB NOT NULL
) STRICT;
INSERT INTO source_printed VALUES(1,X'02000000ef839a019095d00d',X'b800000000000000ab00000000000000aa00000000000000a9000000000000009b000000000000009a00000000000000910000000000000090000000000000008400000000000000830000000000000082000000000000007a000000000000007900000000000000770000000000000076000000000000001000000000000000');
INSERT INTO source_printed VALUES(2,X'060000002d1bd3078f79b12daf0f6754ae52a55b3887587ef80c94a6',X'9f000000000000009e0000000000000097000000000000008b000000000000008a00000000000000780000000000000073000000000000001d000000000000001c000000000000001b000000000000001a0000000000000019000000000000001800000000000000170000000000000016000000000000001500000000000000');
INSERT INTO source_printed VALUES(4,X'010000002d1bd307',X'ad00000000000000ac0000000000000096000000000000008c0000000000000088000000000000007b000000000000007000000000000000310000000000000030000000000000002f000000000000002e000000000000002d000000000000002c000000000000002b000000000000002a000000000000002900000000000000');
INSERT INTO source_printed VALUES(5,X'0100000024233163',X'b400000000000000b300000000000000b2000000000000009500000000000000920000000000000081000000000000007c0000000000000072000000000000003a000000000000003900000000000000380000000000000037000000000000003600000000000000350000000000000034000000000000003300000000000000');
INSERT INTO source_printed VALUES(8,X'040000008f79b12daf0f6754ae52a55bf80c94a6',X'b100000000000000b000000000000000af00000000000000ae0000000000000098000000000000008e0000000000000086000000000000007f000000000000006f000000000000006e000000000000006d000000000000006c000000000000006b000000000000006a0000000000000069000000000000006800000000000000');
INSERT INTO source_printed VALUES(10,X'00000000',X'9d00000000000000');
INSERT INTO source_printed VALUES(13,X'150000009095d00d4112b612922d131506be9316e270d4258987aa26627ba92aa5b195375e23413ef7447d3f80118e436ca9ee4497a1d44bb7b71e539bfd2e588c289e63bf54da839815ba85f3997fc790aa2dc8291f72ea',X'b900000000000000b500000000000000a400000000000000a300000000000000a200000000000000a100000000000000a000000000000000');
INSERT INTO source_printed VALUES(14,X'00000000',X'b700000000000000b600000000000000a600000000000000a500000000000000');
INSERT INTO source_printed VALUES(15,X'00000000',X'a800000000000000a700000000000000');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('source',15);
INSERT INTO sqlite_sequence VALUES('decision',25);
CREATE UNIQUE INDEX source_name ON source (name) WHERE configured = 1;
CREATE INDEX source_url ON source (url);
CREATE INDEX decision_entry ON decision (entry);
CREATE INDEX decision_other ON decision (other);
CREATE INDEX source_version_source ON source_version (source);
CREATE INDEX source_entries_changed ON source (entries_changed, id);
CREATE UNIQUE INDEX entry_published ON entry (published_key);
CREATE INDEX entry_ranked ON entry (ranked);
CREATE INDEX entry_source_ranked ON entry (source, ranked);
CREATE INDEX entry_story ON entry (story) WHERE story <> id;
COMMIT;
PRAGMA application_id=1465075780;
PRAGMA user_version=7;
