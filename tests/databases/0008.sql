-- A database of schema 0008 as watershed 0.1.0 wrote it, migrated from 0007.sql and polled on; see tests/it/databases.rs.
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
INSERT INTO migration VALUES(8,'0008_judgement','f2a3b2518209809ddfcba62471d0844d280a7730b691d5a67330ca795ce13387',1795920349);
CREATE TABLE fact (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO fact VALUES('configured_as','e56634b88ecb89cf9688df29db85efb8ac29c660bd7937a3f7eb9f4558ddbd68');
INSERT INTO fact VALUES('configured_at','1795920360');
INSERT INTO fact VALUES('last_entry','223');
INSERT INTO fact VALUES('store_id','c7717b8d-a5a4-4dd9-8163-3e6d7ff8a8a6');
INSERT INTO fact VALUES('stories_pruned','1795920360');
INSERT INTO fact VALUES('stories_touched','1795920423');
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
, rhythm BLOB, skip INTEGER NOT NULL DEFAULT 0, planned_under INTEGER NOT NULL DEFAULT 0, moved_to TEXT, moved_polls INTEGER NOT NULL DEFAULT 0, moved_since INTEGER, adopted_url TEXT, adopted_at INTEGER, adopted_why TEXT, polls INTEGER NOT NULL DEFAULT 0, polls_not_modified INTEGER NOT NULL DEFAULT 0, polls_same INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, tally TEXT NOT NULL DEFAULT '{}', entries_changed INTEGER NOT NULL DEFAULT 0, listed BLOB, away BLOB, left_out INTEGER NOT NULL DEFAULT 0, left_out_since INTEGER, whole_at INTEGER) STRICT;
INSERT INTO source VALUES(1,'mill',1,'http://mill.example/feed.xml',1,'http://mill.example/feed.xml',X'22313635633532613922',NULL,X'88f525aff083a1779d8fea19847015ed',1795920421,4102444800,'never: the publishers are gone',2701,NULL,NULL,NULL,0,0,1795920422,1795920422,'not_modified',NULL,NULL,'rss-2.0',3,'[]','{"id":null,"title":"The Mill","subtitle":"News of The Mill","link":"https://mill.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'0126920b6b0000000007920b6b000000000300000029b8b941e7be9741ec4e7f3eec4eff3eec4e7f3e000000003aff7f3e3affff3e3aff7f3e00000000000000000000000000000000000000000000000000000000e600c63e25ea973ff6e2d33fc1ded23f083c923f5959b33e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000008d0e2e40dff9b540d4bb4d40376a7d3ea9e57d3ea9e5fd3ea9e57d3e54617e3e98d83e3f30e83e3fb39f7e3e0000000098fd3240c797533f82c35a3f6f2d623fafd7693fa7c0a83fcaf27941',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,15,3,0,107498,'{"parsed":3,"new":1,"same":2,"revised":0,"rejected":0}',1795920397,X'dd00000000000000d100000000000000b800000000000000',NULL,0,NULL,1795920397);
INSERT INTO source VALUES(2,'observatory',1,'http://observatory.example/atom.xml',1,'http://observatory.example/atom.xml',X'22353430326162323122',NULL,X'67ec1897bf679d8a0325f3a130c475a0',1795920421,4102444800,'never: the publishers are gone',7801,NULL,NULL,NULL,0,0,1795920422,1795920422,'not_modified',NULL,NULL,'atom-1.0',4,'[]','{"id":"tag:observatory.example,2026:feed","title":"Hill Observatory","subtitle":null,"link":"https://observatory.example/","icon":"https://observatory.example/icon.png","logo":null,"rights":"Free to copy","language":null,"updated":"2026-11-27T09:00:00Z","authors":[{"name":"Ines Quill","uri":"https://observatory.example/about"}]}',1795906294,X'0126920b6b00000000624c0b6b00000000040000005243394102899d410000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000ca5ab93ec2358e3fcd59c63f226d9b3f8ec9d33e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000c43b9e3fc43b1e40e6ecbd3f0989fd3e09897d3e0000000060427e3e6042fe3e60427e3e000000000000000000000000e3c94c3f92ba533ffbe2da3e6c3eb33eae4d393f51953f3f9f77f640',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,15,8,0,75071,'{"parsed":4,"new":2,"same":0,"revised":2,"rejected":0}',1795906294,X'9f000000000000009e000000000000008b000000000000008a00000000000000',NULL,0,NULL,1795920360);
INSERT INTO source VALUES(3,'harbour',1,'http://harbour.example/feed.json',1,'http://harbour.example/feed.json',X'223165613464613765313864313362383722',NULL,X'2db363fe6f9f3e4875f8f679895c0e12',1795920421,4102444800,'never: the publishers are gone',8401,NULL,NULL,NULL,0,0,1795920422,1795920422,'not_modified',NULL,NULL,'json-feed',15,'[]','{"id":null,"title":"Harbour Office","subtitle":null,"link":"https://harbour.example/","icon":null,"logo":null,"rights":null,"language":"en","updated":null,"authors":[{"name":"The harbour office"}]}',1795891356,X'0126920b6b00000000a6200b6b000000000f000000410407416ef4a24100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004c65b63e1b448f3f34dea33fc9aa203f841fe23d0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000c43b9e3fc43b1e40c43b9e3f000000000000000000000000000000000000000000000000000000000000000000000000d9b4cc3e219cd33eca15443fa6b24a3f7a51b93e6091bf3e399caa40',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,15,9,0,43696,'{"parsed":15,"new":1,"same":14,"revised":0,"rejected":0}',1795891368,NULL,NULL,0,NULL,1795920361);
INSERT INTO source VALUES(4,'noticeboard',1,'http://noticeboard.example/news.xml',1,'http://noticeboard.example/news.xml',X'22343634333530383422',NULL,X'6ebeabf9989d0a9b3cc02358503b0651',1795920421,4102444800,'never: the publishers are gone',4201,NULL,NULL,NULL,0,0,1795920421,1795920421,'not_modified',NULL,NULL,'rss-2.0',3,'[]','{"id":null,"title":"Parish Noticeboard","subtitle":"News of Parish Noticeboard","link":"https://noticeboard.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891362,X'0125920b6b00000000634c0b6b000000000300000024897d404b3eab3e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000882cfd3e882c7d3f89f83d3f1489fd3e14897d3e000000006a427e3e6a42fe3e6a427e3e00000000000000000000000000000000000000000000000000000000000000000000000024897d40',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,12,8,0,21871,'{"parsed":3,"new":2,"same":0,"revised":1,"rejected":0}',1795906295,X'ad00000000000000ac000000000000009600000000000000',NULL,0,NULL,1795920361);
INSERT INTO source VALUES(5,'ledger',1,'http://ledger.example/rss.xml',1,'http://ledger.example/rss.xml',X'22633337353432656222',NULL,X'b415bf17dae74740294182c975bf7e13',1795920421,4102444800,'never: the publishers are gone',7501,NULL,NULL,NULL,0,0,1795920421,1795920421,'not_modified',NULL,NULL,'rss-2.0',4,'["2 different entries share a declared id or link; they are told apart otherwise"]','{"id":null,"title":"Old Ledger","subtitle":"News of Old Ledger","link":"https://ledger.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'0125920b6b000000003f510b6b0000000004000000a3a334412eb09a4100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009961c93eb62d9e3f3a52a53fa9f3e53e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000c83b9e3f6e122e405796dd3f3e6a7d3eb0e57d3eb0e5fd3eb0e57d3e5a617e3e5a61fe3e5a617e3e0000000000000000a79bcc3e1482d33e18a4da3eac03e23ee9a2e93ee27e583f70e80441',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,15,8,0,40347,'{"parsed":4,"new":3,"same":1,"revised":0,"rejected":0}',1795906295,X'b400000000000000b300000000000000b2000000000000009500000000000000',NULL,0,NULL,1795920361);
INSERT INTO source VALUES(6,'lantern',1,'http://lantern.example/podcast.xml',1,'http://lantern.example/podcast.xml',X'223561306134323033313935653564343122',NULL,X'd3cd0bb41368ae688b2b1322c69e5776',1795920421,4102444800,'never: the publishers are gone',8101,NULL,NULL,NULL,0,0,1795920421,1795920421,'not_modified',NULL,NULL,'rss-2.0',13,'[]','{"id":null,"title":"Evening Lantern","subtitle":"News of Evening Lantern","link":"https://lantern.example/","icon":null,"logo":"https://lantern.example/cover.jpg","rights":null,"language":"en-GB","updated":null,"authors":[{"name":"Lantern Radio"}]}',1795891356,X'0125920b6b00000000a6200b6b000000000d000000b294fb408788a5410000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000e00bc03ee25b8d3fdcae8a3fc557b53e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000ca3b9e3fca3b1e40ca3b9e3f0000000000000000000000000000000000000000000000000000000000000000000000004afa003f1382d33e936cad3e62fae13ee049b93e1c70f13e3c9baa40',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,15,9,0,51936,'{"parsed":13,"new":1,"same":12,"revised":0,"rejected":0}',1795891367,NULL,NULL,0,NULL,1795920361);
INSERT INTO source VALUES(7,'ferry',1,'http://ferry.example/rss.xml',0,'http://ferry.example/rss.xml',X'226461333539643931356138303462343122',NULL,X'0f0c1a3904fec2c38ba8c9d467e99a91',1795891364,4102444800,'never: the publishers are gone',10801,NULL,NULL,NULL,0,0,1795891364,1795891364,'not_modified',NULL,NULL,'rss-2.0',9,'[]','{"id":null,"title":"Chain Ferry","subtitle":"News of Chain Ferry","link":"https://ferry.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'01a4200b6b000000001832f06a0000000009000000a4f46840aea8934100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000007086d93eebdbaa3f0793b23fd662f83e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000e6d9693fecccd53eb802dd3ec176e43e232bec3e0c22f43eb35dfc3e',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,5,4,0,5081,'{"parsed":9,"new":9,"same":0,"revised":0,"rejected":0}',1795891356,NULL,NULL,0,NULL,NULL);
INSERT INTO source VALUES(8,'mirror',1,'http://mirror.example/rss',1,'http://mirror.example/rss',X'22333435316336306322',NULL,X'b84cd88c831589ab2faca02f065b05bb',1795920421,4102444800,'never: the publishers are gone',2701,NULL,NULL,NULL,0,0,1795920421,1795920421,'not_modified',NULL,NULL,'rss-2.0',3,'[]','{"id":null,"title":"Town Mirror","subtitle":"News of Town Mirror","link":"https://mirror.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'0125920b6b00000000ee910b6b00000000030000008ecba7415ff48a4100000000000000000000000000000000a0fe7f3ea0feff3ea0fe7f3e000000000000000000000000000000000000000000000000000000002df3e13e225bad3f6fdac03f582d373f04a9f93d00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004be13d4023ccc540a68c5d401989fd3e5eb7fd3eb4e5fd3e0b14fe3e7042fe3ed570fe3ed5707e3e0000000000000000a0fe7f3f000000002e80da3e32e3613feb8a693f1475713f7d7a8641',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,15,5,0,82680,'{"parsed":3,"new":1,"same":2,"revised":0,"rejected":0}',1795920372,X'd200000000000000b000000000000000ae00000000000000',NULL,0,NULL,1795920372);
INSERT INTO source VALUES(9,'almanac',1,'http://almanac.example/rss',1,'http://almanac.example/rss',X'226431363566356166323135303736353622',NULL,X'67478db88c7c8e4f6a55b2d322caa653',1795920421,4102444800,'never: the publishers are gone',8701,NULL,NULL,NULL,0,0,1795920421,1795920421,'not_modified',NULL,NULL,'rss-2.0',23,'[]','{"id":null,"title":"Small Almanac","subtitle":"News of Small Almanac","link":"https://almanac.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795891356,X'0125920b6b00000000a5200b6b0000000017000000c69a23413139b1410000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000ec568e3e326a5a3fd751983fde0cae3ff10b963f3dc6da3e00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000c93b9e3fc93b1e40c93b9e3f000000000000000000000000000000000000000000000000000000000000000000000000d297223f6b1a283fa39f723fc5fea03f671f133fcc1b183f36e4b140',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,15,6,0,51893,'{"parsed":23,"new":1,"same":22,"revised":0,"rejected":0}',1795891367,NULL,NULL,0,NULL,1795920361);
INSERT INTO source VALUES(10,'quarry',1,'http://quarry.example/rss',1,'http://quarry.example/rss',X'22663431303761643422',NULL,X'd1029e180248d08e754a8f75b57a7489',1795920421,4102444800,'never: the publishers are gone',15301,NULL,NULL,NULL,0,0,1795920421,1795920421,'not_modified',NULL,NULL,'rss-2.0',1,'[]','{"id":null,"title":"Quarry Road","subtitle":"News of Quarry Road","link":"https://quarry.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795906294,X'0125920b6b000000009455056b000000000100000000000000da268c4000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,15,8,0,603,'{"parsed":1,"new":1,"same":0,"revised":0,"rejected":0}',1795906294,X'9d00000000000000',NULL,0,NULL,1795920361);
INSERT INTO source VALUES(11,'kiln',1,'http://kiln.example/rss',1,NULL,NULL,NULL,NULL,1795891356,4102444800,'never: the publishers are gone',NULL,NULL,NULL,NULL,1,1,1795891356,NULL,'gone','the server answered 410: the feed is gone for good',NULL,NULL,NULL,'[]','{}',1795891356,NULL,0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,1,0,0,0,'{}',0,NULL,NULL,0,NULL,NULL);
INSERT INTO source VALUES(12,'busy',1,'http://busy.example/rss',1,NULL,NULL,NULL,NULL,1795891356,4102444800,'never: the publishers are gone',NULL,NULL,NULL,1795977756,1,0,1795891356,NULL,'failed','the server answered 429 (too many requests)',NULL,NULL,NULL,'[]','{}',1795891356,NULL,0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,1,0,0,0,'{}',0,NULL,NULL,0,NULL,NULL);
INSERT INTO source VALUES(13,'chronicle',1,'http://chronicle.example/feed',1,'http://chronicle.example/feed',X'22626430643661373022',NULL,X'ad0e0677b48ffc6be7e3fc1ab3f0d28d',1795920421,4102444800,'never: the publishers are gone',6001,NULL,NULL,NULL,0,0,1795920422,1795920422,'not_modified',NULL,NULL,'rss-2.0',3,'[]','{"id":null,"title":"Weir Chronicle","subtitle":"News of Weir Chronicle","link":"https://chronicle.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795906294,X'0126920b6b000000007c760b6b0000000003000000b0e7ca4048baf240ed4e7f3eed4eff3eed4e7f3e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000bdce193fbdce993fbdce193f000000000000000000000000000000000000000000000000000000008474733e8474f33e8474733e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000879ffe3e879f7e3f879ffe3e00000000c327e63fb7e1533f0000000000000000000000008474733fefe53040',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,3,0,18903,'{"parsed":3,"new":0,"same":3,"revised":0,"rejected":0}',1795920361,X'ca00000000000000b900000000000000b500000000000000',NULL,0,NULL,1795920385);
INSERT INTO source VALUES(14,'gauge',1,'http://gauge.example/feed.json',1,'http://gauge.example/moved.json',X'22636161643963343722',NULL,X'f7cd0fb131faa65c5ac1212fd1bd1bc7',1795920421,4102444800,'never: the publishers are gone',7201,NULL,NULL,NULL,0,0,1795920423,1795920423,'not_modified',NULL,'http://gauge.example/moved.json','json-feed',4,'[]','{"id":null,"title":"Lower Weir Gauge","subtitle":null,"link":"https://gauge.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":null,"authors":[{"name":"The lock-keeper"}]}',1795906294,X'0127920b6b00000000085b0b6b00000000040000004dad304018f8f54000000000000000000000000000000000000000000000000000000000000000000000000000000000000000002d76453e2d76c53e2d76453e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000819ffe3e819f7e3f819ffe3e000000000000000000000000000000000000000000000000000000004dad3040',0,2622821176285691364,'http://gauge.example/moved.json',9,1795906294,NULL,NULL,NULL,9,6,0,4554,'{"parsed":4,"new":1,"same":3,"revised":0,"rejected":0}',1795906318,X'b700000000000000b600000000000000a600000000000000a500000000000000',NULL,0,NULL,1795920361);
INSERT INTO source VALUES(15,'post',1,'http://post.example/atom',1,'http://post.example/atom',X'22386631333734333522',NULL,X'872dfbbf4fc18fcf8cd6e59db9206ba4',1795920421,4102444800,'never: the publishers are gone',8701,NULL,NULL,NULL,0,0,1795920422,1795920422,'not_modified',NULL,NULL,'atom-1.0',2,'[]','{"id":"urn:uuid:0d4f2a40-6f6f-4a5e-9b1c-0c5f6f6b7007","title":"Weir Post","subtitle":null,"link":"https://post.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":"2026-11-27T09:00:00Z","authors":[]}',1795906295,X'0126920b6b0000000000a9096b0000000002000000b20a743f363aba3f00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000b20a743eb20af43eb20a743e00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000b20a743f00000000',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,9,8,0,1498,'{"parsed":2,"new":2,"same":0,"revised":0,"rejected":0}',1795906295,X'a800000000000000a700000000000000',NULL,0,NULL,1795920360);
INSERT INTO source VALUES(16,'lighthouse',1,'http://lighthouse.example/feed.xml',1,'http://lighthouse.example/feed.xml',X'22333261613236653522',NULL,X'dd4b28049a841506c75611272d52af76',1795920421,4102444800,'never: the publishers are gone',901,NULL,NULL,NULL,0,0,1795920423,1795920423,'not_modified',NULL,NULL,'rss-2.0',6,'[]','{"id":null,"title":"Weir Lighthouse","subtitle":"News of Weir Lighthouse","link":"https://lighthouse.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795920360,X'0127920b6b00000000fe910b6b000000000600000031ff9f409df7573f0000000000000000000000000000000031ff9f3f31ff1f4031ff9f3f000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000031ff9f40000000000000000000000000000000000000000000000000',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,6,2,0,11266,'{"parsed":6,"new":0,"same":5,"revised":1,"rejected":0}',1795920398,X'db00000000000000da00000000000000d600000000000000d500000000000000d400000000000000ba00000000000000',NULL,0,NULL,1795920398);
INSERT INTO source VALUES(17,'gleaner',1,'http://gleaner.example/atom.xml',1,'http://gleaner.example/atom.xml',X'22386465663339313422',NULL,X'e299f8f11742f8113de965b22581e9ac',1795920421,4102444800,'never: the publishers are gone',1801,NULL,NULL,NULL,0,0,1795920423,1795920423,'not_modified',NULL,NULL,'atom-1.0',6,'[]','{"id":"tag:gleaner.example,2026:feed","title":"The Gleaner","subtitle":null,"link":"https://gleaner.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":"2026-11-27T09:00:00Z","authors":[{"name":"Gleaner and others"}]}',1795920360,X'0127920b6b0000000013920b6b00000000060000008f569d408e65483f0000000000000000000000000000000080ff7f3e80ffff3e80ff7f3e0000000000000000000000000000000000000000000000000000000000000000000000008eba793e8ebaf93e8ce6f93e8a12fa3e8a127a3e00000000dfc27a3edfc2fa3edfc27a3e0000000000000000000000000000000000000000fc247c3efc24fc3efc247c3e00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000080ff7f3f00000000000000000000000000000000000000003ead7a40',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,6,3,0,9512,'{"parsed":6,"new":1,"same":5,"revised":0,"rejected":0}',1795920410,X'df00000000000000c500000000000000c400000000000000c300000000000000c200000000000000c100000000000000',NULL,0,NULL,1795920410);
INSERT INTO source VALUES(18,'register',1,'http://register.example/atom.xml',1,'http://register.example/atom.xml',NULL,NULL,X'00000000000000000000000000000000',1795920421,4102444800,'never: the publishers are gone',4201,NULL,NULL,NULL,0,0,1795920423,1795920423,'unchanged',NULL,NULL,'atom-1.0',3,'[]','{"id":"tag:register.example,2026:feed","title":"Lock Register","subtitle":null,"link":"https://register.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":"2026-11-27T09:00:00Z","authors":[{"name":"The registrar"}]}',1795920360,X'0127920b6b00000000a8d20a6b0000000003000000b1999c40db10443f000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000034df793e34dff93e390bfa3e3d37fa3e5163fa3e658ffa3e89bbfa3eace7fa3edd13fb3e1140fb3e11407b3e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000b1999c40',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,6,0,0,17101,'{"parsed":3,"new":0,"same":3,"revised":0,"rejected":0}',1795920410,X'bd00000000000000bc00000000000000bb00000000000000',NULL,0,NULL,1795920423);
INSERT INTO source VALUES(19,'diary',1,'http://diary.example/rss',1,'http://diary.example/rss',X'22346430663334376322',NULL,X'20a3bf3c13c76f125012823068ee406c',1795920421,4102444800,'never: the publishers are gone',1801,NULL,NULL,NULL,0,0,1795920422,1795920422,'unchanged',NULL,NULL,'rss-2.0',5,'["1 entries came as they were before their last revision: they alternate, and 1 are published otherwise than their publisher has them now, until they stay so for a day (the first is “Amended: Tarnbeck: copper glazier and harvest applauded”)"]','{"id":null,"title":"Ferryman''s Diary","subtitle":"News of Ferryman''s Diary","link":"https://diary.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795920360,X'0126920b6b0000000008920b6b000000000500000070757c40fcef233f0000000000000000000000000000000040ff7f3e40ffff3e40ff7f3e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000fef7a3e0feffa3e401bfb3e7547fb3eb773fb3efb9ffb3efb9f7b3e00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000040ff7f3f00000000000000000000000000000000000000009f753c40',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,6,0,1,16287,'{"parsed":5,"new":0,"same":5,"revised":0,"rejected":0}',1795920410,X'de00000000000000c900000000000000c800000000000000c700000000000000c600000000000000',X'c6000000000000006887ec675d5013bd26920b6b00000000',0,NULL,1795920422);
INSERT INTO source VALUES(20,'courier',1,'http://courier.example/atom.xml',1,'http://courier.example/atom.xml',X'22626136663838636122',NULL,X'e501b7801cd20387e3b749d4a88c1ada',1795920421,4102444800,'never: the publishers are gone',2401,NULL,NULL,NULL,0,0,1795920422,1795920422,'not_modified',NULL,NULL,'atom-1.0',5,'["1 of 5 known entries changed as most of them did, as when a template changes: more of their texts. They are not shown again (the first is “Alderwick: generous archivist and turbin”)"]','{"id":"urn:courier:feed","title":"Valley Courier","subtitle":null,"link":"https://courier.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":"2026-11-27T09:00:00Z","authors":[{"name":"P. Wexcombe"}]}',1795920361,X'0126920b6b00000000fb910b6b0000000005000000181c76405fd8d13f00000000000000000000000000000000ecfe7f3eecfeff3eecfe7f3e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000037b723e037bf23ebba5f23e72d0f23e38fbf23efe25f33efe25733e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000ecfe7f3f000000000000000000000000000000005c1c364000000000',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,6,2,0,13316,'{"parsed":5,"new":0,"same":4,"revised":1,"rejected":0}',1795920398,X'dc00000000000000ce00000000000000cd00000000000000cc00000000000000cb00000000000000',NULL,0,NULL,1795920398);
INSERT INTO source VALUES(21,'stile',1,'http://stile.example/rss',1,'http://stile.example/rss',X'22363536656665373122',NULL,X'541dc925b9b672f9bba487f898dbb00b',1795920421,4102444800,'never: the publishers are gone',1801,NULL,NULL,NULL,0,0,1795920422,1795920422,'unchanged',NULL,NULL,'rss-2.0',3,'[]','{"id":null,"title":"The Stile","subtitle":"News of The Stile","link":"https://stile.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795920361,X'0126920b6b00000000fb910b6b0000000003000000c6feff3ff91c274000000000000000000000000000000000c6feff3ec6fe7f3fc6feff3e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000c6feff3f000000000000000000000000000000000000000000000000',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,6,0,0,7138,'{"parsed":3,"new":1,"same":2,"revised":0,"rejected":0}',1795920386,X'd900000000000000d700000000000000cf00000000000000',NULL,2,1795920373,1795920422);
INSERT INTO source VALUES(22,'turnpike',1,'http://turnpike.example/rss',1,'http://turnpike.example/rss',X'22333236626536653822',NULL,X'f95560ade9fff0a2541614d0d3c29b2e',1795920421,4102444800,'never: the publishers are gone',1801,NULL,NULL,NULL,0,0,1795920421,1795920421,'not_modified',NULL,NULL,'rss-2.0',3,'[]','{"id":null,"title":"Turnpike Notes","subtitle":"News of Turnpike Notes","link":"https://turnpike.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}',1795920361,X'0125920b6b00000000fa910b6b0000000003000000c6feff3fcb1c274000000000000000000000000000000000c6feff3ec6fe7f3fc6feff3e0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000c6feff3f000000000000000000000000000000000000000000000000',0,2622821176285691364,NULL,0,NULL,NULL,NULL,NULL,6,3,0,3042,'{"parsed":3,"new":1,"same":2,"revised":0,"rejected":0}',1795920385,X'd800000000000000d300000000000000d000000000000000',NULL,1,1795920372,1795920385);
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
INSERT INTO decision VALUES(26,1795920361,'part',174,151,'null',0);
INSERT INTO decision VALUES(27,1795920372,'join',210,191,'{"rung":"text","shared":41,"shorter":41,"containment":1.0,"overlap":1.0,"lead":1.0,"title":0.0}',0);
INSERT INTO decision VALUES(28,1795920373,'withdraw',192,NULL,'{"deleted":{"at":"2026-11-28T20:00:00Z","comment":"entered twice"}}',0);
INSERT INTO decision VALUES(29,1795920373,'join',212,197,'{"rung":"link","shared":41,"shorter":41,"containment":1.0,"overlap":1.0,"lead":1.0,"title":1.0}',0);
INSERT INTO decision VALUES(30,1795920373,'lead',212,197,'{"by":"home","ours":{"host":"lighthouse.example","domain":"lighthouse.example","home":"served"},"theirs":{"host":"lighthouse.example","domain":"lighthouse.example","home":"elsewhere"}}',0);
INSERT INTO decision VALUES(31,1795920373,'join',213,196,'{"rung":"link","shared":41,"shorter":41,"containment":1.0,"overlap":1.0,"lead":1.0,"title":1.0}',0);
INSERT INTO decision VALUES(32,1795920373,'lead',213,196,'{"by":"home","ours":{"host":"lighthouse.example","domain":"lighthouse.example","home":"served"},"theirs":{"host":"lighthouse.example","domain":"lighthouse.example","home":"elsewhere"}}',0);
INSERT INTO decision VALUES(33,1795920373,'join',214,195,'{"rung":"link","shared":43,"shorter":43,"containment":1.0,"overlap":1.0,"lead":1.0,"title":1.0}',0);
INSERT INTO decision VALUES(34,1795920373,'lead',214,195,'{"by":"home","ours":{"host":"lighthouse.example","domain":"lighthouse.example","home":"served"},"theirs":{"host":"lighthouse.example","domain":"lighthouse.example","home":"elsewhere"}}',0);
INSERT INTO decision VALUES(35,1795920386,'join',219,194,'{"rung":"headline","shared":0,"shorter":0,"containment":0.0,"overlap":0.0,"lead":0.0,"title":1.0}',0);
INSERT INTO decision VALUES(36,1795920386,'lead',219,194,'{"by":"text","ours":{"host":"lighthouse.example","domain":"lighthouse.example","home":"served"},"theirs":{"host":"headlines.example","domain":"headlines.example","home":"elsewhere"}}',0);
INSERT INTO decision VALUES(37,1795920386,'withdraw',188,NULL,'{"deleted":{"at":"2026-11-28T20:00:00Z","comment":"under review"}}',0);
INSERT INTO decision VALUES(38,1795920397,'part',196,213,'null',0);
INSERT INTO decision VALUES(39,1795920398,'part',214,195,'null',0);
INSERT INTO decision VALUES(40,1795920398,'restore',188,NULL,'null',0);
INSERT INTO decision VALUES(41,1795920410,'withdraw',191,NULL,'{"retracted":{"documents":3}}',0);
INSERT INTO decision VALUES(42,1795920423,'hide',207,NULL,'null',1);
INSERT INTO decision VALUES(43,1795920423,'hide',208,NULL,'null',1);
INSERT INTO decision VALUES(44,1795920423,'unhide',208,NULL,'null',1);
INSERT INTO decision VALUES(45,1795920423,'join',193,200,'{"rung":"hand","shared":0,"shorter":0,"containment":0.0,"overlap":0.0,"lead":0.0,"title":0.0}',1);
INSERT INTO decision VALUES(46,1795920423,'join',203,211,'{"rung":"hand","shared":0,"shorter":0,"containment":0.0,"overlap":0.0,"lead":0.0,"title":0.0}',1);
INSERT INTO decision VALUES(47,1795920423,'split',211,203,'null',1);
CREATE TABLE parted (
    one   INTEGER NOT NULL,               -- the smaller number
    other INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
INSERT INTO parted VALUES(2,106);
INSERT INTO parted VALUES(170,176);
INSERT INTO parted VALUES(203,211);
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
INSERT INTO revision VALUES(174,0,1795920361,'Seen from the hill','https://mirror.example/copied/33','','<p>In the second week, the hollow sluice measured every workshop, although the weathered aurora questioned every viaduct of Quillmouth.</p><p>Half of Fennick borrowed the wooden willow, and the cheerful harbour debated the borrowed kettle. The wooden petition rebuilt the patient aurora beyond Inchport under a borrowed awning.</p>');
INSERT INTO revision VALUES(177,0,1795906306,'Underhay: polished cistern and viaduct carried','https://mirror.example/copied/30','','<p>The shallow kiln of Dunhollow warned one restless compass while the patient archivist of Wexcombe questioned one stubborn glazier to general astonishment.</p><p>The windswept archivist of Inchport dismantled one polished viaduct so the brittle paddock of Penwarren warned one silver tariff with some reluctance.</p><p>The windswept compass of Underhay delayed one brittle barometer whereas the borrowed hedgerow of Inchport borrowed one silver archivist with some reluctance.</p>');
INSERT INTO revision VALUES(184,0,1795920372,'Brackenford: shallow harvest and carpenter applauded','https://mill.example/2026/33','','<p>The brittle regatta of Fennick dismantled one crooked belfry so the patient heron of Oxenholt postponed one generous turbine with some reluctance.</p><p>The shallow carpenter of Netherby dismantled one patient cistern whereas the shallow glazier of Quillmouth weighed one tidy regatta with some reluctance.</p><p>The polished market of Yarnfold weighed one silver carpenter while the wooden archivist of Fennick postponed one shallow millrace towards evening.</p>');
INSERT INTO revision VALUES(184,1,1795920386,'Fennick: weathered orchard and millrace applauded','https://mill.example/2026/33','','<p>The ancient kiln of Netherby painted one copper market until the crooked market of Underhay postponed one tidy paddock to general astonishment.</p><p>The windswept archivist of Garrowby catalogued one windswept kiln until the restless otter of Netherby warned one shallow willow towards evening.</p>');
INSERT INTO revision VALUES(196,0,1795920397,'Inchport: crooked orchard and cistern carried','https://lighthouse.example/log/2','','<p>The polished otter of Hazelden carried one ancient market although the borrowed carpenter of Tarnbeck questioned one muddy granary without a word.</p><p>The restless sluice of Fennick postponed one narrow heron until the shallow viaduct of Oxenholt sketched one ancient paddock without a word.</p>');
INSERT INTO revision VALUES(198,0,1795920373,'Tarnbeck: copper glazier and harvest applauded','https://diary.example/0','','<p>The northern heron of Corriemoor catalogued one generous sluice so the tidy lantern of Alderwick rescued one muddy lantern with some reluctance.</p><p>The restless millrace of Tarnbeck rescued one muddy turbine because the weathered granary of Mossgate painted one brittle harvest without a word.</p>');
INSERT INTO revision VALUES(198,1,1795920386,'Amended: Tarnbeck: copper glazier and harvest applauded','https://diary.example/0','','<p>The northern heron of Corriemoor catalogued another generous sluice so the tidy lantern of Alderwick rescued another muddy lantern with some reluctance.</p><p>The restless millrace of Tarnbeck rescued another muddy turbine because the weathered granary of Mossgate painted another brittle harvest without a word.</p><p>The patient paddock of Eastmere catalogued one tidy kiln while the patient cistern of Saltmarsh-Ney sketched one polished kiln without a word.</p>');
INSERT INTO revision VALUES(198,2,1795920398,'Tarnbeck: copper glazier and harvest applauded','https://diary.example/0','','<p>The northern heron of Corriemoor catalogued one generous sluice so the tidy lantern of Alderwick rescued one muddy lantern with some reluctance.</p><p>The restless millrace of Tarnbeck rescued one muddy turbine because the weathered granary of Mossgate painted one brittle harvest without a word.</p>');
INSERT INTO revision VALUES(198,3,1795920410,'Amended: Tarnbeck: copper glazier and harvest applauded','https://diary.example/0','','<p>The northern heron of Corriemoor catalogued another generous sluice so the tidy lantern of Alderwick rescued another muddy lantern with some reluctance.</p><p>The restless millrace of Tarnbeck rescued another muddy turbine because the weathered granary of Mossgate painted another brittle harvest without a word.</p><p>The patient paddock of Eastmere catalogued one tidy kiln while the patient cistern of Saltmarsh-Ney sketched one polished kiln without a word.</p>');
INSERT INTO revision VALUES(199,0,1795920373,'Fennick: patient barometer and regatta warned','https://diary.example/1','','<p>The weathered archivist of Wexcombe weighed one tidy hedgerow until the ancient paddock of Hazelden sheltered one brittle archivist with some reluctance.</p><p>The generous hedgerow of Inchport restored one patient orchard while the muddy carpenter of Corriemoor dismantled one silver regatta towards evening.</p>');
INSERT INTO revision VALUES(199,1,1795920386,'Netherby: tidy archivist and archivist borrowed','https://diary.example/1','','<p>The weathered archivist of Wexcombe weighed one tidy hedgerow until the ancient paddock of Hazelden sheltered one brittle archivist with some reluctance.</p><p>The generous hedgerow of Inchport restored one patient orchard while the muddy carpenter of Corriemoor dismantled one silver regatta towards evening.</p><p>The weathered harvest of Dunhollow measured one wooden regatta while the brittle glazier of Inchport borrowed one wooden paddock to general astonishment.</p><p>The narrow millrace of Penwarren warned one copper millrace although the brittle belfry of Oxenholt catalogued one northern granary without a word.</p>');
INSERT INTO revision VALUES(212,0,1795920386,'Saltmarsh-Ney: copper kiln and millrace postponed','https://lighthouse.example/log/1','','<p>The restless heron of Quillmouth rescued one tidy heron although the patient regatta of Yarnfold warned one borrowed archivist for the third time.</p><p>The northern barometer of Corriemoor sketched one shallow paddock so the shallow glazier of Ravensweir dismantled one muddy market towards evening.</p>');
INSERT INTO revision VALUES(214,0,1795920398,'Garrowby: crooked paddock and carpenter postponed','https://lighthouse.example/log/3','','<p>The generous harvest of Tarnbeck restored one muddy compass whereas the patient cistern of Brackenford catalogued one northern cistern for the third time.</p><p>The generous paddock of Oxenholt weighed one patient millrace so the tidy millrace of Kestrel-Hithe warned one narrow harvest without a word.</p>');
INSERT INTO revision VALUES(220,0,1795920398,'Alderwick: generous archivist and turbine postponed','https://courier.example/4','','<p>The wooden turbine of Oxenholt measured one restless compass until the windswept glazier of Kestrel-Hithe restored one ancient turbine for the third time.</p><p>The borrowed kiln of Saltmarsh-Ney restored one muddy […]</p>');
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
INSERT INTO source_version VALUES(15,16,'{"id":null,"title":"Weir Lighthouse","subtitle":"News of Weir Lighthouse","link":"https://lighthouse.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(16,18,'{"id":"tag:register.example,2026:feed","title":"Lock Register","subtitle":null,"link":"https://register.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":null,"authors":[{"name":"The registrar"}]}');
INSERT INTO source_version VALUES(17,17,'{"id":"tag:gleaner.example,2026:feed","title":"The Gleaner","subtitle":null,"link":"https://gleaner.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":null,"authors":[{"name":"Gleaner and others"}]}');
INSERT INTO source_version VALUES(18,19,'{"id":null,"title":"Ferryman''s Diary","subtitle":"News of Ferryman''s Diary","link":"https://diary.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(19,20,'{"id":"urn:courier:feed","title":"Valley Courier","subtitle":null,"link":"https://courier.example/","icon":null,"logo":null,"rights":null,"language":null,"updated":null,"authors":[{"name":"P. Wexcombe"}]}');
INSERT INTO source_version VALUES(20,21,'{"id":null,"title":"The Stile","subtitle":"News of The Stile","link":"https://stile.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
INSERT INTO source_version VALUES(21,22,'{"id":null,"title":"Turnpike Notes","subtitle":"News of Turnpike Notes","link":"https://turnpike.example/","icon":null,"logo":null,"rights":null,"language":"en-GB","updated":null,"authors":[]}');
CREATE TABLE archive (
    output  TEXT    NOT NULL PRIMARY KEY,
    shown   TEXT    NOT NULL,
    through INTEGER NOT NULL,
    filled  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO archive VALUES('feed','{"sources":{"1":[],"2":[],"3":[],"4":[],"5":[],"6":[],"8":[],"9":[{"keep":false,"field":"title","test":{"contains":"turnip"}}],"10":[],"11":[],"12":[],"13":[],"14":[],"15":[],"16":[],"17":[],"18":[],"19":[],"20":[],"21":[],"22":[]},"filter":[]}',223,94);
INSERT INTO archive VALUES('river','{"sources":{"1":[],"3":[],"14":[],"19":[]},"filter":[{"keep":false,"field":"title","test":{"contains":"ferry"}},{"keep":true,"field":"content","test":{"matches":"(?i)mill|sluice|harbour|weir|tide"}}]}',223,31);
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
INSERT INTO entry VALUES(151,2,151,0,1793870940,1793870940,1793870940,1795891367,1795920361,0,0,2,1795160100,3,-8965916727244411351,-8631997818670084771,-2501144385268934527,942205794325382816,-4858918784035297536,2655223025321194737,X'c4be630afe98d48e5e0f708f8f042c28',X'cb768dbc7d3237d7e0598be35850a4db');
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
INSERT INTO entry VALUES(174,8,174,0,1795920361,1793874540,1795920361,1795906295,1795920361,0,1,8,NULL,4,9070271854872974575,-38572801017959333,-6275938953173621722,7714666799618265783,-1898415412536126258,-1710071664762560344,X'09418d407c7ca335cc857fb700cdd4f1',X'7931228dd0d5111eb1199d4da070f4b2');
INSERT INTO entry VALUES(175,8,169,0,1795698900,1795698900,1795698900,1795906295,1795906295,0,0,8,NULL,3,2013588103000725948,-2867907638632912344,-6752965348998508608,7816335507683048749,NULL,-4418221829958056071,X'803aee89a8da9527dc6c1d8e78d4f0df',X'69be4bff1ae81e9ccc8b98832ffddbf3');
INSERT INTO entry VALUES(176,8,176,0,1795695300,1795695300,1795695300,1795906295,1795906319,0,0,8,NULL,3,4311744526645441168,4506372746791120533,-4412403138426892053,-3956271445879863200,3489080266974626342,-7085261759183070261,X'bf881412b751d199377ff0cb9519467c',X'2e74618783a9a94b776f133b79182db3');
INSERT INTO entry VALUES(177,8,177,0,1795906306,1795695300,1795906306,1795906295,1795906306,0,1,8,NULL,4,6225730109205800265,1685641006616045794,232909506541205191,1155808972163757980,7769603145654437952,7656432275257112561,X'f46d0332d0f4cd68cf9fef3410ec7e22',X'2021f98c5574ee0c68cb39a766045c42');
INSERT INTO entry VALUES(178,5,178,0,1795608900,1795608900,1795608900,1795906295,1795906295,0,0,5,NULL,2,-2143538458625641013,-3381518663640735863,8220750915669108711,485137617948718138,-3086803274462056357,-3612706290362573494,X'ac6c0ef0580518e54c3db6c58ce2ba31',X'0a4395be21bd450b083efafa22a8d0b5');
INSERT INTO entry VALUES(179,5,179,0,1795601700,1795601700,1795601700,1795906295,1795906295,0,0,5,NULL,3,-6807037901147160717,7132387330314956820,8514987545975382590,-7077654280496773116,-3569087734251751965,-844626141717875440,X'ebfeae41f45674ff6606ea64f77f784c',X'8d12f8cf77e92be1e0b8440e794565e9');
INSERT INTO entry VALUES(180,5,180,0,1795598100,1795598100,1795598100,1795906295,1795906295,0,0,5,NULL,2,-3679300441792949641,5433913046801150474,1005665989258294560,-5185881078264525133,3296099786354178294,-8533235519510426516,X'10b94607c4f67b9fbb061f8b9d6b465d',X'a324e3f63bbcf1b1ba01d327da6e9e82');
INSERT INTO entry VALUES(181,13,181,0,1795511700,1795511700,1795511700,1795906306,1795906306,0,0,12,NULL,3,-9056912372395532584,249749051225320311,5540046953081388748,-6019496147209278849,-617123383128631394,-7211520638697959494,X'3c5e57e0699f6e0a536031cf14edd2f5',X'aef0f5de20b518c029bdee4484ab71f7');
INSERT INTO entry VALUES(182,14,182,0,1795327200,1795327200,1795327200,1795906307,1795906307,0,0,13,NULL,3,6236408792324471850,-7057220392697938433,-5692681339942186434,6030120808694165425,NULL,9139129069078131509,X'ddd953868ace9abafdc3ebee44310295',X'577a36a254b74f0551ec6cd6b240c86d');
INSERT INTO entry VALUES(183,14,183,0,1795413600,1795413600,1795413600,1795906318,1795906318,0,0,13,NULL,3,-3925187107845062077,8272840013562358836,6364629320045616737,-8728072108206243440,NULL,-7054878314336356492,X'9bac46c90d710fe9f614989b1a10b74d',X'57afe6bbe1b3f7da335708cb3c9f6758');
INSERT INTO entry VALUES(184,1,184,0,1795920372,1795853700,1795920372,1795906319,1795920386,0,2,1,NULL,5,7945344155384498868,-7592865549107911648,-3153799419602705843,6412873157382703596,645555834291710140,1789910655011886487,X'8c35b05cbde44efd2262644edd73eee8',X'bb4c4b7e19a828b72d921c2c395e11b2');
INSERT INTO entry VALUES(185,13,185,0,1795598100,1795598100,1795598100,1795906319,1795906319,0,0,12,NULL,3,-2278544234767249006,7075040077783667972,4813431075654589639,-6214277454820779220,7302535465417377798,-869305827251371722,X'a610171fb6ed74e699e5deca55ac0fc8',X'd704c85b42a88d77c0e7834f48734d91');
INSERT INTO entry VALUES(186,16,186,0,1795846500,1795846500,1795846500,1795920360,1795920360,1,0,15,NULL,3,-1209030777559773929,9073529307546232797,-6379996653655786979,-6987402561139860364,-6969203729765892982,6977737481286025673,X'a8bca25bd81e50c7bc1c889b78ac5ae5',X'8706974d1d39154d236459dc1067da45');
INSERT INTO entry VALUES(187,18,187,0,1795853400,1795853400,1795853400,1795920360,1795920360,1,0,16,1795770000,3,-1353155174432290433,-3796655085973340650,-5724183317963394143,4281139979648950925,-1651005968631756839,-1581827150133768245,X'73ba338410bab7eb9283053db757dd93',X'87907f77bc8e732cece7a85e02d32674');
INSERT INTO entry VALUES(188,18,188,0,1795857000,1795857000,1795857000,1795920360,1795920398,1,0,16,1795770000,3,-3906283371902176026,5278542241381689592,-5946230770599639952,-338985662906978194,-2173820174175897096,-535582340360993412,X'cc815044f2cddf03cac5b916cfa807ec',X'089d965348b8589da5e417339b7cf3ec');
INSERT INTO entry VALUES(189,18,189,0,1795860600,1795860600,1795860600,1795920360,1795920360,1,0,16,1795770000,3,-2804237639534705344,3234831471385755624,-878024064985913026,4123317621598602073,-9198619913536342509,-4319746555637631183,X'b56dbe5377c5d22b8e4101050919188e',X'4a860bd4cead6170f27d7949880cf283');
INSERT INTO entry VALUES(190,18,190,0,1795864200,1795864200,1795864200,1795920360,1795920360,1,0,16,1795770000,3,2382365300674451478,2170336628666007747,9126944460407537789,-2532344060166661511,5645690692018944311,-6394876478674444976,X'6489a34e3ccaec379eba26f13108f532',X'5b46d3f6a7ab842d65972d038f81666b');
INSERT INTO entry VALUES(191,18,191,1,1795867800,1795867800,1795867800,1795920360,1795920410,1,0,16,1795770000,3,-4502499251217193369,-5644510674660800157,7282730700360800212,1876952355147459986,-1076482813218947349,2520008136747145105,X'c644ad058276df46e8160ec2b1c75ba1',X'f88f52dee6c8e04b8726821e69dcde7d');
INSERT INTO entry VALUES(192,18,192,1,1795871400,1795871400,1795871400,1795920360,1795920373,1,0,16,1795770000,3,-8913671839576771141,724568955876611800,-4656617032233871614,3406173816605246396,3176114362654330903,4951847731047659371,X'1295d8c2f3658ae6e9af9d6eac38ff78',X'f04ee065a3676a78b1f4db9a38ab5ff5');
INSERT INTO entry VALUES(193,17,193,0,1795880700,1795880700,1795880700,1795920360,1795920423,1,0,17,1795770000,3,5079745307243878981,3435431745557306509,-7281366788891281198,608279966054247425,-6776282182369352122,-811517342328762966,X'5537029f3bf67293a647fdee9990fc14',X'06373389c8bf170e3cb7a85b5a70b35a');
INSERT INTO entry VALUES(194,17,194,0,1795866300,1795866300,1795866300,1795920360,1795920386,1,0,17,1795770000,3,2510991026192680688,-8726699434404368957,-5226428255808393240,-2910687769466244314,NULL,3605125763605279085,X'a92aa5857fb62f9e4a56734f656b4341',X'0dcce13e208efba642e85fd268d75c60');
INSERT INTO entry VALUES(195,17,195,0,1795859100,1795859100,1795859100,1795920360,1795920398,1,0,17,1795770000,3,6023625047003529970,1666495851582189023,-867040979585124727,9175550793116611048,5217827211969201281,832131905088864606,X'64df10da514fe1aefb37f8323994cd6a',X'a2e2fc2a54a4ab07cdfc648a17d75a6e');
INSERT INTO entry VALUES(196,17,196,0,1795920397,1795855500,1795920397,1795920360,1795920397,1,1,17,1795770000,7,800379824949455078,-4353813446257364736,-7113438308849412886,7217950818687725184,-6449696639738199485,9183230420160304108,X'd7d207f1422859cc3e824f8f17bc12f9',X'4225ebc9bb12202930515f6787d99b56');
INSERT INTO entry VALUES(197,17,197,0,1795920386,1795851900,1795851900,1795920360,1795920386,1,0,17,1795770000,3,3460445958390482502,3742752239146125501,-5432823741979612789,-2344515246869454117,84978447514083960,2713224850046646877,X'35dbcfc1afbc63001b658e16a492c23e',X'1b72c63f0357a28481f74f44eacdc60f');
INSERT INTO entry VALUES(198,19,198,0,1795920373,1795864500,1795920373,1795920360,1795920410,1,4,18,NULL,7,5524943361339253024,2799939566703207636,1581121041899584277,-759615502035516547,-5142930405375513752,-4121027389544799229,X'230d482c97d36b066e339e4830483ddb',X'd14e8f42f7dd34c6248b0082c630896b');
INSERT INTO entry VALUES(199,19,199,0,1795920373,1795868100,1795920373,1795920360,1795920386,1,2,18,NULL,5,1832230302474354882,-9195919758492259004,1967870992328338099,2757118784962573985,850600692168942638,8725060939124905613,X'a66104a31ca2d664862b3fd5e62fe738',X'9a45dd3290568fc1b007864685b6f2be');
INSERT INTO entry VALUES(200,19,193,0,1795871700,1795871700,1795871700,1795920360,1795920423,1,0,18,NULL,3,3510140935982220305,-2607624496388511679,-4161804408449968307,-2244555755013029758,6573825706689817581,1218360094182773243,X'dd8d485573cd84e78db4dd2b47f70086',X'13ec71da16000f10bcb2c4665a67e7b5');
INSERT INTO entry VALUES(201,19,201,0,1795875300,1795875300,1795875300,1795920360,1795920360,1,0,18,NULL,4,-6325821834102328156,6133737545653497246,2799370611829816404,6682485938600339467,-6686879499716687521,3613993624128308606,X'2b256dd9265bd69bceb4f311ccd126a1',X'8467ff16fc9da3012ee4eaef94035337');
INSERT INTO entry VALUES(202,13,202,0,1795857300,1795857300,1795857300,1795920361,1795920361,0,0,12,NULL,3,-7237780246849916118,-3144122159665927749,892387748730936069,-1416523571151493351,1699003561658261234,-2950742174820465993,X'3492c6d3743b2c3722f37240f8e54635',X'dc120ee529fa238ba834253145034fd2');
INSERT INTO entry VALUES(203,20,203,0,1795785600,1795785600,1795785600,1795920361,1795920423,1,0,19,1795770000,3,437783065874765599,-5676842268359825614,6968622139036436091,3728862438503231758,-5353036081337655173,3198682009356911527,X'7d8d93714a7ebda97b88c20d28fcbf76',X'9d60e09c138b98b18ff3b301c5ee4310');
INSERT INTO entry VALUES(204,20,204,0,1795782000,1795782000,1795782000,1795920361,1795920361,1,0,19,1795770000,3,-4561944394187512308,-2400672507491803437,1641171077778368655,419176503644003876,5831601412943411181,-9145544498053239183,X'6268b71bc4a1aae83035fff6fdfc44c3',X'403979485202912cdca853a226eea88d');
INSERT INTO entry VALUES(205,20,205,0,1795778400,1795778400,1795778400,1795920361,1795920361,1,0,19,1795770000,3,-7652925860866112269,-7074178298562530319,-5263872546551596210,5112144899002080032,-6334758257783431472,-3818804526537399976,X'fe6988c4f90b53fd126fb6f9d459edda',X'a2a7426fb625f7a68e59989a949ba7d1');
INSERT INTO entry VALUES(206,20,206,0,1795774800,1795774800,1795774800,1795920361,1795920361,1,0,19,1795770000,3,7240218772086897102,-4960550800886796252,7313403064332209245,1753271350007597547,-1228667644647257393,429891114081435586,X'37457039e5435a508fe96f72b3bed8e8',X'366fc785ea5532952de0b4e429a051ed');
INSERT INTO entry VALUES(207,21,207,1,1795684500,1795684500,1795684500,1795920361,1795920423,1,0,20,NULL,3,8141296342245698661,-6260553626384554857,-1576285553638094917,3386123358735711666,-8965907973542068574,-2146354223617097178,X'9954691b685c69823f6797d91f5e103d',X'18ae64ff7ac0b277fd3a364c9c7a87fb');
INSERT INTO entry VALUES(208,22,208,0,1795684500,1795684500,1795684500,1795920361,1795920423,1,0,21,NULL,3,1234485009696606243,-3284609758166212851,-5022535420522583044,1564010019598955366,2397034143274442110,-2702915859673531518,X'651f5d3b6819e186035d6ddf195a7cbb',X'b7a99ce7bfc5f098c592b27fd87e5930');
INSERT INTO entry VALUES(209,1,209,0,1795860900,1795860900,1795860900,1795920361,1795920361,0,0,1,NULL,3,-5073948787132211968,1756383206019862200,-7452546404968856933,8575638599075819683,-5993048235906456940,6982490723349126651,X'5f966f9c792890f8668efb27e5ffbf10',X'96272bddbea81aab044cea2b441356ba');
INSERT INTO entry VALUES(210,8,191,0,1795882500,1795882500,1795882500,1795920372,1795920372,0,0,8,NULL,3,1405567280272257486,5918959289621612018,-1231645944347896343,7913123862517601217,-885565510696715189,-6919575617671871430,X'3c2ee1c15b6191cd3f7a72f4fee9724f',X'd1384e08089192b52e46f110fc72d3ba');
INSERT INTO entry VALUES(211,22,211,0,1795688100,1795688100,1795688100,1795920372,1795920423,0,0,21,NULL,3,1966194379093520530,-2837019022639184425,8715921286853899680,728344913549790109,909797289439564426,5894813550734223462,X'f325a21b54e9093e76aa06683842fea4',X'1f9da018cb206ef0d8513e2b426548fa');
INSERT INTO entry VALUES(212,16,197,0,1795920386,1795850100,1795920386,1795920373,1795920386,0,1,15,NULL,3,-500901072741260337,3742752239146125501,-5432823741979612789,2227926591902793220,6829404431045924832,2713224850046646877,X'dfca81b1956ecc16123f84ec0473d99e',X'89180b4d132f59cb0ad0ffbf64a2a1a8');
INSERT INTO entry VALUES(213,16,213,0,1795853700,1795853700,1795853700,1795920373,1795920397,0,0,15,NULL,3,-1125554015872204223,-6419025681461369075,8655454883308257517,1627513426982866069,-6862285255005900811,4511839616269064327,X'1c19104a609989a801a5bf1e9154db31',X'26195782cc82734d4e6767f89d8006a3');
INSERT INTO entry VALUES(214,16,214,0,1795920398,1795857300,1795920398,1795920373,1795920398,0,1,15,NULL,4,1962287966756247600,-7632233298760256932,-867040979585124727,5910116074408610168,1668070922041285384,3092898149610614728,X'0955a44393c6a67e6eaf27f45430dfc9',X'0b7c3200adc622e1ebfc2426d5fa06c5');
INSERT INTO entry VALUES(215,21,215,0,1795688100,1795688100,1795688100,1795920373,1795920373,0,0,20,NULL,3,8343978190661712678,-6803151590482407996,8006424424235877580,7996457004578028297,3796693257544140084,-4144660747733046180,X'89abf369274b0b672feb1df8fd4eb744',X'cb4aebaf7973323760a477905ad7560c');
INSERT INTO entry VALUES(216,22,216,0,1795691700,1795691700,1795691700,1795920385,1795920385,0,0,21,NULL,3,-6094643456607216301,5558397155570896205,-4307466798344756064,3198369001130208870,-1348522327741681462,5978057901208073683,X'92312e3a7d38084d7e299a54ae1dc0aa',X'5dc1d10aaefc0051e435ea17e7f17375');
INSERT INTO entry VALUES(217,21,217,0,1795691700,1795691700,1795691700,1795920386,1795920386,0,0,20,NULL,3,-2541957357990838565,-8820767500330549416,-4136828324216876171,-4209863096332010600,8003376955166813548,-7539382813875330267,X'5ef487aed2e760a40d2429a4dafeaceb',X'c1ac974d82e28747463ebaa5378ae10e');
INSERT INTO entry VALUES(218,16,218,0,1795860900,1795860900,1795860900,1795920386,1795920386,0,0,15,NULL,3,214751286542807123,3633026095108693072,-5196207924529579807,7849868423213698621,-46489441974498007,339933827035213210,X'924fa977311ad2e31d888c76a051b0b5',X'8f27b6079ab4778fb192beda9ae17e7b');
INSERT INTO entry VALUES(219,16,194,0,1795864500,1795864500,1795864500,1795920386,1795920386,0,0,15,NULL,3,-1134290538012459295,-8726699434404368957,-4740507039271972068,489131344153873493,165660231860935698,-4163901004069199127,X'5603fff148215acbe0b9bfd6374ea0d7',X'8c27444f8984a854c77afe0ff7165e21');
INSERT INTO entry VALUES(220,20,220,0,1795789200,1795789200,1795789200,1795920386,1795920398,0,1,19,1795770000,3,1253075931641359465,-2925727248583093372,8221091289427457149,-713424720936203887,-942408101036853840,-770789282377469809,X'b3ab1df08b9a7711149ea6f78c21d21a',X'371300af1168c81451149a5bdb06cd7a');
INSERT INTO entry VALUES(221,1,221,0,1795864500,1795864500,1795864500,1795920397,1795920397,0,0,1,NULL,3,-5874515247938422761,7999132666029415822,5535030578998243890,5677690028804549666,5469880900525501288,-5669523427983960114,X'df41d3e4a6c9e13aa954afd541de7091',X'79d59082d6f048bd20d7f911d53d44be');
INSERT INTO entry VALUES(222,19,222,0,1795878900,1795878900,1795878900,1795920398,1795920398,0,0,18,NULL,3,7185909161070837366,-1137794268855920408,7586988429367777918,-9158471427180353127,629182429307139714,-1589388115159884286,X'5d6939f229d1d6f1e4db9ac289d2c942',X'7906e9b5a66c8a711266b970c2793703');
INSERT INTO entry VALUES(223,17,223,0,1795884300,1795884300,1795884300,1795920410,1795920410,0,0,17,1795770000,3,5331470804122358678,176333273776333244,-9205607550142488527,-3053087966334612908,6367689277466778595,-9210803494236840631,X'36d77b0975f78f569575ca47e564a8c9',X'e32189626f455f6d325a9831e722b89e');
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
INSERT INTO entry_text VALUES(174,'id:mirror-33','mirror-33','urn:uuid:4e581a3c-81f5-85b6-883b-edaeb1c25b8d','https://mirror.example/copied/33','Saltmarsh-Ney: weathered hedgerow and belfry carried','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The muddy compass of Oxenholt measured one patient barometer while the copper belfry of Fennick borrowed one patient orchard without a word.</p><p>The tidy market of Dunhollow warned one polished belfry whereas the silver regatta of Kestrel-Hithe restored one crooked paddock before breakfast.</p>');
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
INSERT INTO entry_text VALUES(186,'id:lighthouse-0','lighthouse-0','urn:uuid:c8385d2c-75e9-8943-952a-1e15c188900e','https://lighthouse.example/log/0','Penwarren: wooden market and otter carried','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The brittle millrace of Netherby restored one ancient compass although the northern heron of Brackenford applauded one generous hedgerow with some reluctance.</p><p>The wooden sluice of Corriemoor measured one northern hedgerow while the windswept turbine of Tarnbeck sheltered one narrow viaduct on the slack tide.</p>');
INSERT INTO entry_text VALUES(187,'id:tag:register.example,2026:0','tag:register.example,2026:0','tag:register.example,2026:0','https://register.example/0','Netherby: patient barometer and harvest warned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The crooked lantern of Inchport dismantled one polished market because the wooden archivist of Tarnbeck painted one ancient granary without a word.</p><p>The crooked sluice of Fennick weighed one stubborn sluice while the crooked market of Inchport warned one patient heron for the third time.</p>');
INSERT INTO entry_text VALUES(188,'id:tag:register.example,2026:1','tag:register.example,2026:1','tag:register.example,2026:1','https://register.example/1','Wexcombe: shallow compass and sluice dismantled','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The weathered heron of Dunhollow rescued one crooked granary until the narrow sluice of Oxenholt measured one copper orchard for the third time.</p><p>The crooked carpenter of Hazelden postponed one tidy granary whereas the weathered carpenter of Inchport postponed one borrowed cistern towards evening.</p>');
INSERT INTO entry_text VALUES(189,'id:tag:register.example,2026:2','tag:register.example,2026:2','tag:register.example,2026:2','https://register.example/2','Netherby: borrowed cistern and cistern painted','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The patient market of Corriemoor borrowed one weathered otter while the silver cistern of Hazelden sheltered one tidy heron to general astonishment.</p><p>The wooden tariff of Fennick measured one quiet carpenter while the polished orchard of Dunhollow borrowed one wooden orchard before breakfast.</p>');
INSERT INTO entry_text VALUES(190,'id:tag:register.example,2026:3','tag:register.example,2026:3','tag:register.example,2026:3','https://register.example/3','Underhay: quiet archivist and harvest carried','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The borrowed hedgerow of Alderwick carried one borrowed belfry whereas the borrowed kiln of Inchport carried one polished granary to general astonishment.</p><p>The northern sluice of Hazelden painted one wooden willow whereas the generous sluice of Ravensweir painted one tidy millrace towards evening.</p>');
INSERT INTO entry_text VALUES(191,'id:tag:register.example,2026:4','tag:register.example,2026:4','tag:register.example,2026:4','https://register.example/4','Oxenholt: tidy glazier and turbine applauded','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The polished tariff of Mossgate questioned one crooked archivist while the muddy kiln of Saltmarsh-Ney questioned one shallow compass for the third time.</p><p>The patient harvest of Underhay measured one ancient viaduct because the patient barometer of Corriemoor delayed one northern barometer towards evening.</p>');
INSERT INTO entry_text VALUES(192,'id:tag:register.example,2026:5','tag:register.example,2026:5','tag:register.example,2026:5','https://register.example/5','Ravensweir: generous millrace and otter sheltered','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The brittle willow of Ravensweir painted one narrow cistern so the narrow kiln of Penwarren postponed one brittle sluice on the slack tide.</p><p>The wooden lantern of Penwarren applauded one narrow compass because the shallow barometer of Penwarren postponed one restless kiln with some reluctance.</p>');
INSERT INTO entry_text VALUES(193,'id:tag:gleaner.example,2026:9','tag:gleaner.example,2026:9','tag:gleaner.example,2026:9','https://gleaner.example/own/9','Yarnfold: copper kiln and archivist carried','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The ancient glazier of Tarnbeck sketched one restless glazier because the crooked regatta of Tarnbeck dismantled one generous carpenter towards evening.</p><p>The ancient compass of Brackenford borrowed one quiet tariff until the crooked tariff of Penwarren borrowed one tidy belfry with some reluctance.</p>');
INSERT INTO entry_text VALUES(194,'id:tag:gleaner.example,2026:5','tag:gleaner.example,2026:5','tag:gleaner.example,2026:5','https://headlines.example/5','Inchport: muddy sluice and harvest questioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','');
INSERT INTO entry_text VALUES(195,'id:tag:gleaner.example,2026:3','tag:gleaner.example,2026:3','tag:gleaner.example,2026:3','https://lighthouse.example/log/3','Garrowby: crooked paddock and carpenter postponed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The generous harvest of Tarnbeck restored one muddy compass whereas the patient cistern of Brackenford catalogued one northern cistern for the third time.</p><p>The generous paddock of Oxenholt weighed one patient millrace so the tidy millrace of Kestrel-Hithe warned one narrow harvest without a word.</p>');
INSERT INTO entry_text VALUES(196,'id:tag:gleaner.example,2026:2','tag:gleaner.example,2026:2','tag:gleaner.example,2026:2','https://gleaner.example/own/2','Inchport: crooked orchard and cistern carried, seen from the hill','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The muddy tariff of Hazelden sheltered one weathered paddock because the quiet regatta of Fennick rescued one silver lantern to general astonishment.</p><p>The restless hedgerow of Ravensweir dismantled one wooden belfry while the stubborn tariff of Inchport restored one wooden willow for the third time.</p>');
INSERT INTO entry_text VALUES(197,'id:tag:gleaner.example,2026:1','tag:gleaner.example,2026:1','tag:gleaner.example,2026:1','https://lighthouse.example/log/1','Saltmarsh-Ney: copper kiln and millrace postponed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The restless heron of Quillmouth rescued one tidy heron although the patient regatta of Yarnfold warned one borrowed archivist for the third time.</p><p>The northern barometer of Corriemoor sketched one shallow paddock so the shallow glazier of Ravensweir dismantled one muddy market towards evening.</p>');
INSERT INTO entry_text VALUES(198,'id:diary-0','diary-0','urn:uuid:961f2ec2-4f62-874c-b217-9500875d841e','https://diary.example/0','Tarnbeck: copper glazier and harvest applauded','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The northern heron of Corriemoor catalogued one generous sluice so the tidy lantern of Alderwick rescued one muddy lantern with some reluctance.</p><p>The restless millrace of Tarnbeck rescued one muddy turbine because the weathered granary of Mossgate painted one brittle harvest without a word.</p>');
INSERT INTO entry_text VALUES(199,'id:diary-1','diary-1','urn:uuid:5ba8da09-8b1a-8be2-b4e5-f5bd6402263a','https://diary.example/1','Fennick: patient barometer and regatta warned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The weathered archivist of Wexcombe weighed one tidy hedgerow until the ancient paddock of Hazelden sheltered one brittle archivist with some reluctance.</p><p>The generous hedgerow of Inchport restored one patient orchard while the muddy carpenter of Corriemoor dismantled one silver regatta towards evening.</p><p>The weathered harvest of Dunhollow measured one wooden regatta while the brittle glazier of Inchport borrowed one wooden paddock to general astonishment.</p><p>The narrow millrace of Penwarren warned one copper millrace although the brittle belfry of Oxenholt catalogued one northern granary without a word.</p>');
INSERT INTO entry_text VALUES(200,'id:diary-2','diary-2','urn:uuid:91b9b2a8-1788-834f-a58a-0e32f9176a78','https://diary.example/2','Hazelden: ancient carpenter and millrace postponed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The muddy orchard of Kestrel-Hithe warned one polished harvest although the silver heron of Yarnfold delayed one polished viaduct with some reluctance.</p><p>The weathered belfry of Eastmere restored one windswept regatta although the brittle archivist of Netherby weighed one muddy hedgerow with some reluctance.</p>');
INSERT INTO entry_text VALUES(201,'id:diary-dinner','diary-dinner','urn:uuid:c940511d-7eb5-8d59-ab46-5adf7969b570','https://diary.example/dinner','Soirée at Wexcombe: the crêpes were late','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The soirée at Wexcombe began with crêpes, a fiancée who sang of the château’s fête, and naïve applause from the café of Garrowby.</p>');
INSERT INTO entry_text VALUES(202,'id:chronicle-6','chronicle-6','urn:uuid:dc01d625-0917-896b-a999-763978347bd5','https://chronicle.example/2026/6','Fennick: tidy kiln and carpenter rescued','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The weathered millrace of Saltmarsh-Ney dismantled one stubborn willow because the wooden tariff of Mossgate catalogued one muddy turbine for the third time.</p><p>The patient compass of Ravensweir postponed one borrowed belfry because the stubborn lantern of Saltmarsh-Ney weighed one crooked sluice to general astonishment.</p><p>The Chronicle is printed every Thursday at the old toll house beside the weir, and posted to subscribers free of charge.</p>');
INSERT INTO entry_text VALUES(203,'id:urn:courier:3','urn:courier:3','urn:courier:3','https://courier.example/3','Netherby: tidy compass and viaduct carried','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The windswept carpenter of Corriemoor catalogued one shallow archivist whereas the generous otter of Kestrel-Hithe painted one wooden archivist to general astonishment.</p><p>The brittle archivist of Kestrel-Hithe questioned one wooden lantern while the polished paddock of Penwarren restored one tidy hedgerow before breakfast.</p><p>The shallow regatta of Ravensweir warned one wooden orchard although the crooked granary of Netherby weighed one weathered compass without a word.</p>');
INSERT INTO entry_text VALUES(204,'id:urn:courier:2','urn:courier:2','urn:courier:2','https://courier.example/2','Mossgate: wooden viaduct and willow painted','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The shallow harvest of Brackenford rescued one crooked glazier so the generous heron of Alderwick carried one crooked granary towards evening.</p><p>The copper harvest of Fennick painted one restless glazier because the windswept tariff of Garrowby sheltered one crooked barometer with some reluctance.</p><p>The restless belfry of Netherby sheltered one crooked kiln until the weathered sluice of Penwarren postponed one silver compass without a word.</p>');
INSERT INTO entry_text VALUES(205,'id:urn:courier:1','urn:courier:1','urn:courier:1','https://courier.example/1','Garrowby: muddy viaduct and millrace warned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The tidy compass of Alderwick delayed one generous belfry because the copper cistern of Tarnbeck sheltered one brittle tariff on the slack tide.</p><p>The generous heron of Dunhollow dismantled one stubborn willow whereas the quiet glazier of Eastmere warned one copper millrace on the slack tide.</p><p>The narrow turbine of Inchport restored one windswept archivist until the brittle kiln of Saltmarsh-Ney measured one brittle otter before breakfast.</p>');
INSERT INTO entry_text VALUES(206,'id:urn:courier:0','urn:courier:0','urn:courier:0','https://courier.example/0','Yarnfold: silver compass and regatta rescued','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The silver sluice of Ravensweir carried one quiet orchard whereas the patient willow of Wexcombe dismantled one quiet regatta with some reluctance.</p><p>The tidy lantern of Quillmouth postponed one weathered harvest until the restless kiln of Garrowby painted one windswept paddock to general astonishment.</p><p>The polished viaduct of Quillmouth postponed one restless granary while the narrow willow of Hazelden borrowed one tidy market for the third time.</p>');
INSERT INTO entry_text VALUES(207,'id:stile-0','stile-0','urn:uuid:b81a89f8-63d6-8e52-a155-5952a35f6d57','https://stile.example/0','Ravensweir: polished willow and compass restored','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The crooked millrace of Eastmere sheltered one windswept cistern because the windswept archivist of Kestrel-Hithe postponed one silver orchard before breakfast.</p>');
INSERT INTO entry_text VALUES(208,'id:turnpike-0','turnpike-0','urn:uuid:bb4a0c12-965e-8131-9de7-6e414e667ee6','https://turnpike.example/0','Quillmouth: narrow heron and archivist rescued','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The northern market of Penwarren dismantled one silver harvest whereas the restless sluice of Mossgate sketched one quiet hedgerow to general astonishment.</p>');
INSERT INTO entry_text VALUES(209,'id:https://mill.example/2026/34','https://mill.example/2026/34','https://mill.example/2026/34','https://mill.example/2026/34','Corriemoor: muddy hedgerow and carpenter delayed','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The stubborn turbine of Kestrel-Hithe borrowed one shallow paddock although the tidy granary of Fennick rescued one northern millrace for the third time.</p><p>The polished paddock of Yarnfold rescued one weathered carpenter so the northern sluice of Brackenford carried one silver regatta before breakfast.</p>');
INSERT INTO entry_text VALUES(210,'id:mirror-34','mirror-34','urn:uuid:5557eb23-47f1-8dd6-95ac-08b0201dd687','https://mirror.example/copied/34','Read in the register','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The polished tariff of Mossgate questioned one crooked archivist while the muddy kiln of Saltmarsh-Ney questioned one shallow compass for the third time.</p><p>The patient harvest of Underhay measured one ancient viaduct because the patient barometer of Corriemoor delayed one northern barometer towards evening.</p>');
INSERT INTO entry_text VALUES(211,'id:turnpike-1','turnpike-1','urn:uuid:4cb0cfc8-af27-83dd-9107-fe442d97077d','https://turnpike.example/1','Fennick: silver glazier and carpenter weighed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The muddy heron of Ravensweir rescued one polished kiln until the northern carpenter of Hazelden rescued one generous kiln with some reluctance.</p>');
INSERT INTO entry_text VALUES(212,'id:lighthouse-1','lighthouse-1','urn:uuid:7385d70a-d785-839f-a396-8e90e4cd7a69','https://lighthouse.example/log/1','Saltmarsh-Ney: copper kiln and millrace postponed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The restless heron of Quillmouth rescued one tidy heron although the patient regatta of Yarnfold warned one borrowed archivist for the third time.</p><p>The northern barometer of Corriemoor sketched one shallow paddock so the shallow glazier of Ravensweir dismantled one muddy market towards evening.</p><p>The tidy turbine of Kestrel-Hithe painted one patient sluice because the windswept market of Penwarren applauded one shallow paddock to general astonishment.</p><p>The stubborn market of Ravensweir delayed one copper barometer whereas the northern regatta of Kestrel-Hithe carried one northern viaduct for the third time.</p>');
INSERT INTO entry_text VALUES(213,'id:lighthouse-2','lighthouse-2','urn:uuid:24af06aa-694f-8204-ac77-c5f9fe9fc080','https://lighthouse.example/log/2','Inchport: crooked orchard and cistern carried','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The polished otter of Hazelden carried one ancient market although the borrowed carpenter of Tarnbeck questioned one muddy granary without a word.</p><p>The restless sluice of Fennick postponed one narrow heron until the shallow viaduct of Oxenholt sketched one ancient paddock without a word.</p>');
INSERT INTO entry_text VALUES(214,'id:lighthouse-3','lighthouse-3','urn:uuid:3c50e9b8-4797-8983-906a-4b2c0f51fad6','https://lighthouse.example/log/3','Saltmarsh-Ney: copper orchard and market sheltered','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The borrowed regatta of Yarnfold borrowed one silver paddock although the narrow viaduct of Dunhollow restored one wooden heron without a word.</p><p>The windswept willow of Inchport measured one restless paddock while the narrow harvest of Yarnfold postponed one polished viaduct without a word.</p>');
INSERT INTO entry_text VALUES(215,'id:stile-1','stile-1','urn:uuid:7f660a3c-e93b-8e15-b9e5-899a5c320a56','https://stile.example/1','Oxenholt: stubborn market and barometer questioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The quiet regatta of Inchport delayed one silver heron because the narrow viaduct of Alderwick painted one tidy heron before breakfast.</p>');
INSERT INTO entry_text VALUES(216,'id:turnpike-2','turnpike-2','urn:uuid:30769ecb-4bad-83c1-9231-5324b8eface2','https://turnpike.example/2','Hazelden: narrow glazier and compass restored','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The borrowed granary of Saltmarsh-Ney delayed one narrow orchard although the silver sluice of Mossgate delayed one generous lantern before breakfast.</p>');
INSERT INTO entry_text VALUES(217,'id:stile-2','stile-2','urn:uuid:76724b24-70a8-8f2d-9455-ffadaa9d1ee2','https://stile.example/2','Inchport: brittle lantern and lantern sketched','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The stubborn viaduct of Wexcombe catalogued one shallow archivist although the patient sluice of Hazelden carried one windswept archivist before breakfast.</p>');
INSERT INTO entry_text VALUES(218,'id:lighthouse-4','lighthouse-4','urn:uuid:c6d63f5f-cbce-8334-b66f-52856a1584b1','https://lighthouse.example/log/4','Tarnbeck: copper lantern and willow questioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The crooked barometer of Brackenford sheltered one patient lantern although the narrow harvest of Tarnbeck applauded one windswept cistern towards evening.</p><p>The ancient carpenter of Underhay painted one brittle tariff whereas the tidy cistern of Garrowby delayed one muddy archivist towards evening.</p>');
INSERT INTO entry_text VALUES(219,'id:lighthouse-5','lighthouse-5','urn:uuid:d1fd6f73-5bcd-8e1a-a463-19687d75e161','https://lighthouse.example/log/5','Inchport: muddy sluice and harvest questioned','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The muddy archivist of Saltmarsh-Ney sketched one restless heron so the restless viaduct of Fennick borrowed one stubborn carpenter with some reluctance.</p><p>The shallow belfry of Fennick measured one muddy paddock while the tidy barometer of Eastmere questioned one crooked belfry towards evening.</p>');
INSERT INTO entry_text VALUES(220,'id:urn:courier:4','urn:courier:4','urn:courier:4','https://courier.example/4','Alderwick: generous archivist and turbine postponed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The wooden turbine of Oxenholt measured one restless compass until the windswept glazier of Kestrel-Hithe restored one ancient turbine for the third time.</p><p>The borrowed kiln of Saltmarsh-Ney restored one muddy harvest although the crooked willow of Garrowby delayed one quiet compass towards evening.</p><p>The polished regatta of Eastmere carried one quiet tariff although the ancient market of Corriemoor rescued one quiet glazier to general astonishment.</p>');
INSERT INTO entry_text VALUES(221,'id:https://mill.example/2026/35','https://mill.example/2026/35','https://mill.example/2026/35','https://mill.example/2026/35','Penwarren: stubborn compass and otter painted','{"authors":[{"name":"M. Garrow"}],"categories":[{"term":"river"}],"enclosures":[],"links":[]}','','<p>The northern willow of Eastmere catalogued one patient granary whereas the tidy regatta of Fennick sketched one muddy glazier for the third time.</p><p>The windswept hedgerow of Saltmarsh-Ney carried one quiet willow although the tidy carpenter of Quillmouth warned one northern sluice on the slack tide.</p>');
INSERT INTO entry_text VALUES(222,'id:diary-3','diary-3','urn:uuid:0806f90a-a3c2-8714-ae94-8e000f8e268a','https://diary.example/3','Mossgate: borrowed granary and belfry postponed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The northern belfry of Yarnfold weighed one polished tariff because the ancient viaduct of Brackenford applauded one polished regatta without a word.</p><p>The silver regatta of Garrowby delayed one muddy granary until the weathered hedgerow of Kestrel-Hithe catalogued one patient heron on the slack tide.</p>');
INSERT INTO entry_text VALUES(223,'id:tag:gleaner.example,2026:10','tag:gleaner.example,2026:10','tag:gleaner.example,2026:10','https://gleaner.example/own/10','Hazelden: northern viaduct and orchard postponed','{"authors":[],"categories":[],"enclosures":[],"links":[]}','','<p>The tidy millrace of Inchport applauded one generous compass although the ancient glazier of Inchport questioned one restless otter with some reluctance.</p><p>The silver cistern of Hazelden dismantled one tidy granary because the muddy hedgerow of Oxenholt questioned one stubborn compass before breakfast.</p>');
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
(1,-5462869353722281085,209),
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
(1,-3105164960999119175,209),
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
(1,-2220502928016938997,221),
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
(1,1756383206019862200,209),
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
(1,6022142110633776372,184),
(1,6049157225628816647,221),
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
(1,7999132666029415822,221),
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
(8,-1242059061212084860,210),
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
(8,-38572801017959333,174),
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
(8,4766215151491327873,210),
(8,4900849908637351314,78),
(8,5001883689708764304,177),
(8,5159650152157822655,85),
(8,5258900234387519663,110),
(8,5470986613471629547,110),
(8,5635845562033277623,127),
(8,5803551871372815656,83),
(8,5837262665717345184,83),
(8,5906266744418692427,107),
(8,5918959289621612018,210),
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
(13,-3144122159665927749,202),
(13,-3098353854716673870,185),
(13,249749051225320311,181),
(13,553120852105037398,161),
(13,2511736942618589550,164),
(13,2620282324446003095,202),
(13,3906712780774646216,162),
(13,5795869887776546856,202),
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
(15,7733899230242889783,167),
(16,-8726699434404368957,219),
(16,-7632233298760256932,214),
(16,-6419025681461369075,213),
(16,-3556341046578750166,214),
(16,-3353699267888566455,218),
(16,-2847475372996827180,219),
(16,-681614455728064229,219),
(16,1666495851582189023,214),
(16,2768796516821574351,218),
(16,3102608668167883321,212),
(16,3324718817837533030,214),
(16,3633026095108693072,218),
(16,3742752239146125501,212),
(16,4596311689440850646,186),
(16,5570822814507997207,186),
(16,5929925796912459724,212),
(16,6747443754945401507,213),
(16,8327240595737101196,213),
(16,9073529307546232797,186),
(17,-9020252181623382603,194),
(17,-8726699434404368957,194),
(17,-8571673698134942128,195),
(17,-8365149241305289716,194),
(17,-7508447951041931790,197),
(17,-7113438308849412886,196),
(17,-6855202191466462812,196),
(17,-6419025681461369075,196),
(17,-4353813446257364736,196),
(17,-1676715139517764260,193),
(17,-53201898535172282,196),
(17,176333273776333244,223),
(17,488066818466135492,193),
(17,1666495851582189023,195),
(17,3102608668167883321,197),
(17,3324718817837533030,195),
(17,3435431745557306509,193),
(17,3742752239146125501,197),
(17,7175578253345915630,223),
(17,8274015573001844643,223),
(17,8327240595737101196,196),
(17,8655454883308257517,196),
(18,-7225380542394416080,187),
(18,-6914474482780718372,190),
(18,-6737863197269516533,192),
(18,-5644510674660800157,191),
(18,-4213361243249288940,191),
(18,-3796655085973340650,187),
(18,-1769846373454027801,189),
(18,-430880169774881140,191),
(18,724568955876611800,192),
(18,906880217211369230,187),
(18,2170336628666007747,190),
(18,2823067835869203312,188),
(18,3234831471385755624,189),
(18,3339534565215697504,192),
(18,3688501649926276000,188),
(18,5276656333430665585,190),
(18,5278542241381689592,188),
(18,5767561822142445793,189),
(19,-9195919758492259004,199),
(19,-8191823428803979573,200),
(19,-7193173893908779461,198),
(19,-5362497179223405998,198),
(19,-3760808762016147522,198),
(19,-2607624496388511679,200),
(19,-2462054528317108281,201),
(19,-1789596387125875815,199),
(19,-1137794268855920408,222),
(19,-716426292411339698,222),
(19,-614781550715616422,199),
(19,2472334978091940831,201),
(19,2799939566703207636,198),
(19,4683025619299840826,200),
(19,6133737545653497246,201),
(19,6164170456901224648,201),
(19,7322809382591498909,199),
(19,8179869007803560674,222),
(20,-8680992123926900740,204),
(20,-7074178298562530319,205),
(20,-6512109300553310359,206),
(20,-6299858228198365861,204),
(20,-5785876122041801381,206),
(20,-5676842268359825614,203),
(20,-5064051176182723900,205),
(20,-4960550800886796252,206),
(20,-3622554332382188337,220),
(20,-2925727248583093372,220),
(20,-2400672507491803437,204),
(20,1778084282434948317,205),
(20,2640287902972268678,203),
(20,3546106804442514064,203),
(20,5677837545178537439,220),
(21,-8820767500330549416,217),
(21,-8656663581744754867,215),
(21,-6803151590482407996,215),
(21,-6260553626384554857,207),
(21,519023697768883709,215),
(21,1843078028557318509,207),
(21,2997011396555751148,217),
(21,3679120270491354313,207),
(21,7937307576717749980,217),
(22,-8884280996788295846,211),
(22,-5810696164747427256,208),
(22,-4513580610642282315,211),
(22,-3548231658388467196,216),
(22,-3284609758166212851,208),
(22,-2837019022639184425,211),
(22,4150712515861647205,208),
(22,5558397155570896205,216),
(22,7185706209357182775,216);
CREATE TABLE story_mark (
    entry    INTEGER PRIMARY KEY,
    source   INTEGER NOT NULL,
    found_by BLOB    NOT NULL
) STRICT;
INSERT INTO story_mark VALUES
(170,1,X'02a49c9c132c136d69a13946e0f03b61827868560a7c023c1260f10819ac55142f40fee53ab4b2d6551c580158f89bb084802ea788f4ace59ed097b5a054d27eb6b8e0f4d9241285ff'),
(171,1,X'02c0ab7f957e4dc943ee3746e0f03a61826048f7039cf5000b349a1b1df404c833d04dc34a38bfe46ab407857868284484f47e9587a07c3b95c47643bd180e12c784f2b0d15cd24ff5b831b2f6'),
(172,4,X'02e15ae9b867bee9ded9b236b179c73ff2141d0929d88ae53338f69534c8ef3c3b64e326479061c282'),
(173,4,X'02c2e50f5a00417e0f26b136b179c63ff29cf5000bec91561c88bc5bbf'),
(174,8,X'02bd66ab1d09111f1d08afc9d6f8a4c62384b4113410d40c3e8ce18560c46bab6e1c053872f03d74749815ba85349e9c8d249dc3a544a48dd4705f41d71c8910ea1c0114f2'),
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
(185,13,X'020f230c369f8ae2cb5bf4ba9246f082f0f49b511614c0091c4424cc28a086d999780d49aad80223ea005d95f2d8b6d3fe'),
(186,16,X'039dd5c9d7cb2114204a2abd22a7674e219d26bbb2eed034799095d00df47b931a40a9cb32143060346083fb37245c424108cb7d420889df4fc8a0ed59f8677e617019377d6c581e9d80fc6da6b82f06ea30fc91f0'),
(187,18,X'030fdec31b9b671707c98586633b1dc48061ed74c51c70a5c65802410538c7101cdcdcc21c34d252609815ba85c41d16ab34db55b1801cf9bd783e5cbeac2cb8c4149b31c870e22ed2aca0ddef'),
(188,18,X'03ccbc6b9dc65bdf35168486633b1cc480aeeb74c51c6fa5c6681d6b027cfd162674a7ab2e18bc204868013c5984be2966f03f4c7158e58b7bb80c2e96b8aafdd1840e05f6'),
(189,18,X'031c5b131025b02924638286633b1bc480fbe974c51c6ea5c6a0c3f33e2012ec5accca19619846e7a7f8bafeb2b0c511bfc4bcb9e8f08625ef'),
(190,18,X'03b08086633b1ac48048e874c51c6da5c688fe9bb3864e21d22c513f13cc55ad1964eaaf25842cb32fec4b9d6ec0544b9524311dc014a2f2c95844e6e5cc898cf7'),
(191,18,X'036850acb611c23f1c958c86633b21c4802df474c51c74a5c6cc94b709149d872100f48554b4b9e186806eb3bb88cb6bbe840e05f618a60df6'),
(192,18,X'0399d6d017cdd81b59e28a86633b20c4807af274c51c73a5c6240d600c9095d00da4cc353774d8d3428c1cd448b4e5d45a4496f78828bdad973c2d779c2c4de8a410efdbdae02fbae0e400aaf5'),
(193,17,X'034cc0e37d38261c24b7dad006c183167835e8ede64e9b6ea844681d0054771c0be0d1c20f28bbab23cccc043f4875645adc477673984cc974d40f167940238ad46411bde37840bbf7'),
(194,17,X'0324b24c1d9d029e6b53c6d006c1771678ebaea2ca3d336afc'),
(195,17,X'0384595e77d80d261a84d0c9d7cb1e142085d0d006c17d167830d368503c407a53e89f8564546b7c76e07d237de8542f84d416029324b3a299b852ee9cf81705a8840e05f6105156f9'),
(196,17,X'031415f92566486a22fdd2e37d38311c24d2ced006c17c1678ac457813dc1a9b1b40952636001c5d3968c6c94200d4f25784346b58f41d85767c916fa59846e7a710c34cbbb0998fd3'),
(197,17,X'033774278233335303ead3c9d7cb2014201fcdd006c17b16784038371e4413b531001c5d39f4a70f3b7c733e51f0183572e8542f8494449dad70a50cdd0c2495e2283892eaccf7fceb840e05f6'),
(198,19,X'02d05708c4ba99a348cdda7ffa04fb56c1ac64135b2048af64cc2d237cdc8abe7cb4eed3caf85a21e2'),
(199,19,X'02a503456013f77d421ad97ffa04fa56c144e8e10460d93e080c6d170c6860151848c1b12f1480254130590f45e499f18fcc8d2690903d359958bf349f9846e7a754cbceb4e0f5f6b434c2d9c658d3c7cb4846dbdb44abaeed'),
(200,19,X'02ac37cd064ce6f25067d77ffa04f956c1685c3502a05cfe417060374bd855165b7842c25fe07d237d24b3a2999c49859cc821c3b010a435dea8d5d0f0cc316ff3'),
(201,19,X'03476b31f6cba23e40aa389892c7484757c3ad0493c45e265fccdd02024461e919381e3c96'),
(202,13,X'026b3b0e5bafbd06c1c2240c369f8be2cb689b1e0c10b84f3cb4a8d03d082d6941e037d689208289b4'),
(203,20,X'03a5c7956d6f3a251ee0f86d77a7080020fbad4e03f09cb76a78d1c60d7cd8cb28bcf52333b4ff5d40fc65b68e0857a2a57ce2f7a6c821c3b0587ab9fd'),
(204,20,X'03f2c5956d6f39251e93fa6d77a7090020c8e1ba25454c84247463ae09e0d1c20f908f272564eaaf25d0292a341439223c4840583cf8be136c0893656e1057127138fed17ce0d6b089849095a5701b3adb700684dbb832b6ef'),
(205,20,X'033fc4956d6f38251e46fc6d77a70a0020dc2bbababdd707749095d00dd0292a3478d3ae49187dad4b300d7eaae41f75ad84ff46bad8aaccba4c9643d584d444dbb878d4e3'),
(206,20,X'038cc2956d6f37251ef9fd6d77a70b00205182ea119a0016a5e0b3d81524e58f2aec9c4e47c865684788e3765048fc665394c95f5dc082926470d975659433886c7c14726fdc8abe7c90ee0f7d444a4f7dd85d7982e8542f84547db7892852a8a08829f5a5ec48dbac400d54ae3083c2d5'),
(207,21,X'029f94839f944f35a25a2e23f04f4280f49cf5000b10c2a11a54b50440b8db615d6476d1d878bdb8e8847e0aee'),
(208,22,X'02cc7d475c68e3b32f23367a2665b76e4ad064f4247cd49c4be47c7c6c50eae36e9cff3f75302542b7e04f14ddf0da22df'),
(209,1,X'02091c38641971f404ba3e46e0f03e6182ac4578135ccc4914b0f42d5b7cd4fa6b480be87fe8542f8474cf4dc0d0162fd23c086bda00c020f0105726f2840e05f6cc898cf7'),
(210,8,X'02edbac9d6f8abc623d6a40b4561e36cb6cc94b709149d872100f48554e8542f84b4b9e186806eb3bb88cb6bbe840e05f618a60df6'),
(211,22,X'027f7f475c68e4b32f448e1269f36e01aa1066490644fb081994c0a57700d707ba90a5cce838e6dfff'),
(212,16,X'033774278233335303ead3c9d7cb201420ea24bbb2eecf34794038371e38079e204413b531a4cc3537001c5d39f4a70f3b7c733e51f0183572e8542f84a47c319794449dad70a50cdd0c2495e2283892eaccf7fceb840e05f6'),
(213,16,X'0337d2c9d7cb1f14204fa7170f77beef3a3723bbb2eece3479b8c95c08980d2a4d34d25260d0e1f86ff444c67d9815ba85f0bfac9e8ca210c18c6b94e1'),
(214,16,X'0384d0c9d7cb1e14208421bbb2eecd34796fff6b4e1594d68bc03d7a12d46849509815ba8554115992c0647abda8b73bc0d0ae19d0dcb86ff944bb5cfa084361fc'),
(215,21,X'02763fa10b949d4759ec92839f944e35a2dc34b628c000ce5b54fda570'),
(216,22,X'023281475c68e5b32f521136c29a1b1682a878683ed0bcec427cbd2acc34b9bad164eaf9dec075d1e8'),
(217,21,X'023e9601fa55aee0900598839f945135a270213b089c364a43a44a36990cff84a68ca210c1'),
(218,16,X'03d1cec9d7cb1d1420d11fbbb2eecc3479aa03aa1f18d82fc514be870f3cd5c151f00042767c0022bcbc7f80c6208eefd4'),
(219,16,X'031ecdc9d7cb1c14201e1ebbb2eecb3479ebaea2ca3d336afc507a4e0804a028147cd04a478ccb9c4c6c20e34f94296d60282f0c697407007c445413ca'),
(220,20,X'035af333c7cb03201ac0bb956d6f33251ec5046e77a70f0020b4c604183cd5c151303a0556e88dc96580c9e87de8542f84301505ce44a48dd46c6370ed840e05f6'),
(221,1,X'02a2abff082c81134a6d4046e0f03f6182b4d44748a8f6454bfc92017b2886927cd458ea85d408678eb4bcce8e1cf3eee5840e05f684389dfc'),
(222,19,X'02f9e5b6ac9fd90376b4d57ffa04f856c19095d00d84b41134f4e9e73ad8d649513cd5c15198a86a569815ba85ccc90b9c10ddfccf4c7045f6407e27fb'),
(223,17,X'033cbf16eafd5db03f184657e0525c57a5dda6cc94fe7701dfd461220b48002d396cbd6a4074d209420ca06149546b7c7650184597f8bafeb2701a42e6');
CREATE TABLE story_text (
    entry INTEGER PRIMARY KEY,
    piece BLOB NOT NULL
) STRICT;
INSERT INTO story_text VALUES
(170,X'0194f8076b00000000a49c9c132c136d6906a49c9c132c136d690601060000001fc37e4d6b35cacbd996599a9f65e8e372d80e7d994b867a00000000000000000000000042000000651c941233ff65f62d98a6030f11e6bd5e91943c5c675f8ab6f6c23bd3b093bdbbea90ab10a6b037651c941299624179d75d3b0c0f11e6bd96a55b6b1d93da05b6f6c23b33ff65f624d18f96a3f9a2bd9dfefe3ec62e86d5651c9412eb599a9f4d6306760f11e6bd1fc37e4d1d93da05b6f6c23bb7870dbd4d6306766127379e651c94124bcd8f95d3a4d9f00f11e6bd4ce8b875058db3e1b6f6c23b9c59756408513463773be6bd651c9412ac5030d7def0d930651c941243a2999fd75d3b0c0f11e6bd68ac1973fa09c806b6f6c23b6b35cacb4e0f184462ebb918651c9412c3883878825ba9bf0f11e6bd5e91943cb165960fb6f6c23bd3b093bdd3ae48c6dc12359d7dcb404201000000a13946e0f03b618201000000a13946e0f03b61820100000075a7b4420233712c00000000'),
(171,X'0184ea076b00000000c0ab7f957e4dc94306c0ab7f957e4dc94306010600000006016c081faaedd55429cab09f65e8e34d6306767abda8b500000000000000000000000042000000651c941299624179e46ef5ce0f11e6bdc0e0b4ef3aeb6c40b6f6c23b996b69528f3feed0e68a9696651c94124bcd8f95aec9ff2b0f11e6bd1fc37e4ddb125aa4b6f6c23ba665873cbbea90aba3f9a2bd9dfefe3ec62e86d5651c9412b7870dbdaec9ff2b0f11e6bd2ad0aae2058db3e1b6f6c23b1faaedd54d630676d00aa0bd651c9412f504c70f2d98a6030f11e6bd5e91943c3aeb6c40b6f6c23b6b35cacb1792dad31fc4cbf3c9088e9022b9305f651c9412b7870dbd8f3feed00f11e6bd06016c08fa09c806b6f6c23bf504c70fd996599a4139565e651c9412bf5bbd8e72d80e7d0f11e6bd2ad0aae2bf5bbd8eb6f6c23b6b35cacbaec9ff2b1fc4cbf3c9088e9022b9305f01000000ee3746e0f03a618201000000ee3746e0f03a618201000000c2a5b4420232712c00000000'),
(172,X'01f75a0b6b00000000e15ae9b867bee9de06e15ae9b867bee9de060007000000afe2c492e6634904f504c70f4d6306769f65e8e32d98a603b165960f00000000000000000000000015000000651c9412b7870dbd3ade94f80f11e6bd2ad0aae2db125aa4b6f6c23b1faaedd5d3ae48c662ebb918651c9412bf5bbd8e72d80e7d0f11e6bd77029f73bf5bbd8eb6f6c23b996b69528f3feed0dc12359d7dcb404201000000d9b236b179c73ff201000000d9b236b179c73ff20000000000000000'),
(173,X'01f75a0b6b00000000c2e50f5a00417e0f06c2e50f5a00417e0f060007000000afe2c492e663490418446cf42d98a6039f65e8e3db87b0ef58f3c94100000000000000000000000015000000651c941243a2999f8f3feed00f11e6bd1fc37e4d240133e9b6f6c23b4bcd8f95db87b0ef6127379e651c9412b7870dbdaec9ff2b0f11e6bd83f03677bf5bbd8eb6f6c23ba665873c5d63f725dc12359d7dcb40420100000026b136b179c63ff20100000026b136b179c63ff20000000000000000'),
(174,X'026c5aec6a00000000bd66ab1d09111f1d06bd66ab1d09111f1d060007000000afe2c492e663490443a2999f72d80e7d9f65e8e34e0f18447abda8b50000000000000000000000002c000000651c9412f51ef9bf8f3feed00f11e6bd7b1c1cdd5c675f8ab6f6c23b4bcd8f95d996599ae68a9696651c941233ff65f64e0f18440f11e6bd83f03677bf5bbd8eb6f6c23b4bcd8f956b262d2c3912be06c0306229cbc33046651c94127a18d9303ade94f80f11e6bdc0e0b4ef3aeb6c40b6f6c23b1faaedd54e0f18444139565e651c94126b35cacb085134630f11e6bd78f80852f25c7fb5240133e9b6f6c23beb599a9f2d98a603dc12359d7dcb40420100000008afc9d6f8a4c6230100000008afc9d6f8a4c6230000000000000000'),
(175,X'01d430086b000000000fafae8db36b10d0060fafae8db36b10d006000700000078f80852f25c7fb533ff65f6d3ae48c69f65e8e35429cab0fa09c8060000000000000000000000000000000001000000883446e0f038618201000000883446e0f03861820000000000000000'),
(176,X'01c422086b00000000d1eedc9981618c0602d1eedc9981618c06020004000000f906ced4651c9412826ba2e137d8128900000000000000000000000042000000651c941233ff65f62d98a6030f11e6bd5e91943c5c675f8ab6f6c23bd3b093bdbbea90ab10a6b037651c941299624179d75d3b0c0f11e6bd96a55b6b1d93da05b6f6c23b33ff65f624d18f96a3f9a2bd9dfefe3ec62e86d5651c9412eb599a9f4d6306760f11e6bd1fc37e4d1d93da05b6f6c23bb7870dbd4d6306766127379e651c94124bcd8f95d3a4d9f00f11e6bd4ce8b875058db3e1b6f6c23b9c59756408513463773be6bd651c9412ac5030d7def0d930651c941243a2999fd75d3b0c0f11e6bd68ac1973fa09c806b6f6c23b6b35cacb4e0f184462ebb918651c9412c3883878825ba9bf0f11e6bd5e91943cb165960fb6f6c23bd3b093bdd3ae48c6dc12359d7dcb4042010000006eb2c9d6f8a6c623010000006eb2c9d6f8a6c6230000000000000000'),
(177,X'01c422086b000000006aca2a646b5f787e066aca2a646b5f787e060005000000cbaf4e0850b1192c2b5dd1163a6366f6e7592c5500000000000000000000000044000000651c9412f504c70fd996599a0f11e6bd5e91943cecebe278b6f6c23beb599a9fe46ef5ce10a6b037651c941218446cf44d6306760f11e6bd78f80852f25c7fb5014d0a75b6f6c23b996b695272d80e7d773be6bd651c9412ac5030d7def0d930651c94121faaedd5d75d3b0c0f11e6bdccb5598f5c675f8ab6f6c23bbf5bbd8e4e0f184462ebb918651c9412be84896cdb87b0ef0f11e6bd4ce8b875058db3e1b6f6c23ba665873caec9ff2baf4af73eb31b8e85651c9412be84896c825ba9bf0f11e6bd09c8fff85c675f8ab6f6c23bf51ef9bf08513463e68a9696651c94127a18d930d3ae48c60f11e6bdc0a94b81fa09c806b6f6c23bf504c70f5429cab088a26b22651c9412ec0eb37c6b16cb300100000021b4c9d6f8a7c6230100000021b4c9d6f8a7c6230000000000000000'),
(178,X'0144d1066b00000000f4a1ccfe75a0184f06f4a1ccfe75a0184f0600060000000a9eb7131faaedd5e46ef5ce9f65e8e32d98a6037abda8b500000000000000000000000015000000651c9412996b6952d996599a0f11e6bd9aedba2becebe278b6f6c23ba665873cd3ae48c6d00aa0bd651c94120caf456f01db55670f11e6bdc0a94b8109e276d2b6f6c23b43a2999fdb87b0efaf4af73eb31b8e85010000005b191f266bec7e1b010000005b191f266bec7e1b0000000000000000'),
(179,X'0124b5066b000000005fb464f08c8a7f83065fb464f08c8a7f830600060000000a9eb713996b69526b262d2c9f65e8e3d3a4d9f0db125aa400000000000000000000000017000000651c9412996b69523ade94f80f11e6bd77029f7309e276d2b6f6c23bbf5bbd8edb87b0efd00aa0bd651c941243a2999f72d80e7d0f11e6bd06016c081d93da05b6f6c23b33ff65f6d996599a773be6bd651c9412ac5030d7def0d930010000000e1b1f266bed7e1b010000000e1b1f266bed7e1b0100000074353e94880cee9900000000'),
(180,X'0114a7066b000000002ae10867de12296f062ae10867de12296f060006000000ccb5598fbf5bbd8e4e0f18449f65e8e31792dad3db125aa400000000000000000000000015000000651c9412eb599a9f2d98a6030f11e6bd7b1c1cdd5c675f8ab6f6c23b0caf456fe46ef5ce62ebb918651c94121faaedd501db55670f11e6bdccb5598ffa09c806b6f6c23b996241792d98a603af4af73eb31b8e8501000000c11c1f266bee7e1b01000000c11c1f266bee7e1b0100000074353e94880cee9900000000'),
(181,X'019455056b00000000039e7fe7b992da1206039e7fe7b992da1206000600000009c8fff8d3b093bd4d6306769f65e8e3d3a4d9f07abda8b500000000000000000000000043000000651c941243a2999f24d18f960f11e6bd2ad0aae27abda8b5b6f6c23b0caf456fd3ae48c6e68a9696651c9412bf5bbd8ed3ae48c60f11e6bd68ac1973fa09c806b6f6c23b996b6952689848253912be06c0306229cbc33046651c9412b7870dbd3ade94f80f11e6bdccb5598f240133e9b6f6c23b33ff65f6825ba9bf6127379e651c941218446cf424d18f960f11e6bd78f80852f25c7fb5014d0a75b6f6c23b9c5975646b262d2c88a26b22651c9412ec0eb37c6b16cb30651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e010000005c210c369f89e2cb010000005c210c369f89e2cb0000000000000000'),
(182,X'01e084026b00000000d957a4f3c58ef04506d957a4f3c58ef04506000800000002fd2d99590f6229fe8dc5bc2a70e8bd6fe7d9bd651c94126d320fa200469d2402000000590f6229fe8dc5bc02000000590f6229fe8dc5bc0000000017000000651c9412bf5bbd8ebbea90ab0f11e6bd4ce8b87558f3c941b6f6c23bb7870dbde46ef5ce4139565e651c94121faaedd572d80e7d0f11e6bd83f03677240133e9b6f6c23bc388387872d80e7d773be6bd651c9412ac5030d7def0d93001000000a7993c93a7cee85a01000000a7993c93a7cee85a0000000000000000'),
(183,X'0160d6036b000000000cace432f98f851f060cace432f98f851f06000800000002fd2d992e3062299476c2bc2a70e8bd6fe7d9bd651c94126d320fa200469d24020000002e3062299476c2bc020000002e3062299476c2bc0000000016000000651c94121faaedd5825ba9bf0f11e6bd96a55b6b09e276d2b6f6c23b0caf456f5d63f7254139565e651c9412be84896c2d98a6030f11e6bd0a9eb713fa09c806b6f6c23b0caf456f3ade94f81fc4cbf3c9088e9022b9305f01000000f4973c93a7cde85a01000000f4973c93a7cde85a0000000000000000'),
(184,X'02848d0a6b000000009e75833f02bf9edd069e75833f02bf9edd060106000000c0f7e3f399624179825ba9bf9f65e8e324d18f96be6ac3fe00000000000000000000000041000000651c9412f504c70f085134630f11e6bd83f03677058db3e1b6f6c23beb599a9f4e0f1844d00aa0bd651c94124bcd8f95d3a4d9f00f11e6bd7b1c1cdd014d0a75b6f6c23b18446cf401db55671fc4cbf3c9088e9022b9305f651c94129962417924d18f960f11e6bdc0a94b81058db3e1b6f6c23b4bcd8f955429cab04139565e651c941299624179bbea90ab0f11e6bd8967765958f3c941b6f6c23b7a18d930085134631fc4cbf3c9088e9022b9305f651c94121faaedd53ade94f80f11e6bd77029f7358f3c941b6f6c23b6b35cacb24d18f96e68a9696651c94120caf456faec9ff2b0f11e6bd83f03677014d0a75b6f6c23b9962417973e43b51af4af73eb31b8e85010000003b3646e0f0396182010000003b3646e0f0396182010000000fa4b4420231712c00000000'),
(185,X'0114a7066b000000005bf4ba9246f082f0065bf4ba9246f082f00600060000005e91943c0caf456fd996599a9f65e8e3db87b0efb165960f00000000000000000000000041000000651c9412996b69522d98a6030f11e6bd1fc37e4d058db3e1b6f6c23beb599a9f4e0f18446127379e651c9412d3b093bdaec9ff2b0f11e6bd5e91943c09e276d2b6f6c23b7a18d930825ba9bfdc12359d7dcb4042651c94127a18d9306b262d2c0f11e6bdc0a94b81ecebe278b6f6c23b996b69522d98a603d00aa0bd651c9412eb599a9f01db55670f11e6bd96a55b6b7abda8b5b6f6c23bbe84896c5d63f725773be6bd651c9412ac5030d7def0d930651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e010000000f230c369f8ae2cb010000000f230c369f8ae2cb0000000000000000'),
(186,X'0264710a6b000000004a2abd22a7674e21064a2abd22a7674e210600060000005e91943c0caf456f3ade94f89f65e8e3689848257abda8b50000000000000000000000002d000000651c9412f504c70f73e43b510f11e6bdc0a94b81240133e9b6f6c23bd3b093bd8f3feed010a6b037651c9412be84896cd3a4d9f00f11e6bdc0f7e3f3be6ac3feb6f6c23b18446cf472d80e7d1fc4cbf3c9088e9022b9305f651c94120caf456f5d63f7250f11e6bd09c8fff85c675f8ab6f6c23bbe84896c72d80e7de68a9696651c9412b7870dbd01db55670f11e6bd68ac1973b165960fb6f6c23b9c5975644d630676773be6bd651c9412ac5030d7def0d930010000009dd5c9d7cb211420010000009dd5c9d7cb211420010000009d26bbb2eed0347900000000'),
(187,X'02588c0a6b000000000fdec31b9b671707060fdec31b9b671707060006000000c0a94b814bcd8f95d996599a9f65e8e3825ba9bf3aeb6c400000000000000000000000002d000000651c9412eb599a9fd3ae48c60f11e6bd2ad0aae2058db3e1b6f6c23b1faaedd53ade94f862ebb918651c94120caf456faec9ff2b0f11e6bd68ac19731d93da05b6f6c23bd3b093bdd75d3b0c3912be06c0306229cbc33046651c9412eb599a9f5d63f7250f11e6bd83f0367758f3c941b6f6c23ba665873c5d63f725e68a9696651c9412eb599a9f3ade94f80f11e6bd2ad0aae23aeb6c40b6f6c23b4bcd8f95d3a4d9f088a26b22651c9412ec0eb37c6b16cb3001000000c98586633b1dc48001000000c98586633b1dc4800100000061ed74c51c70a5c600000000'),
(188,X'02689a0a6b00000000ccbc6b9dc65bdf3506ccbc6b9dc65bdf350600060000001fc37e4d996241798f3feed09f65e8e35d63f725058db3e10000000000000000000000002c000000651c941243a2999fd3a4d9f00f11e6bdc0e0b4efecebe278b6f6c23beb599a9fd75d3b0c6127379e651c94129c5975645d63f7250f11e6bd7b1c1cdd5c675f8ab6f6c23b33ff65f66b262d2c88a26b22651c9412ec0eb37c6b16cb30651c9412eb599a9f24d18f960f11e6bda421c7ff014d0a75b6f6c23b7a18d930d75d3b0c4139565e651c941243a2999f24d18f960f11e6bd2ad0aae2014d0a75b6f6c23bbf5bbd8e5429cab0af4af73eb31b8e8501000000168486633b1cc48001000000168486633b1cc48001000000aeeb74c51c6fa5c600000000'),
(189,X'0278a80a6b000000001c5b131025b02924061c5b131025b02924060006000000c0a94b81bf5bbd8e5429cab09f65e8e35429cab01d93da050000000000000000000000002b000000651c94124bcd8f953ade94f80f11e6bd09c8fff8bf5bbd8eb6f6c23b43a2999f68984825e68a9696651c94126b35cacb5429cab00f11e6bda421c7ffb165960fb6f6c23b7a18d930d3a4d9f0a3f9a2bd9dfefe3ec62e86d5651c94120caf456f1792dad30f11e6bd83f036775c675f8ab6f6c23bc388387824d18f96e68a9696651c94121faaedd56b262d2c0f11e6bdc0e0b4efbf5bbd8eb6f6c23b0caf456f6b262d2cdc12359d7dcb404201000000638286633b1bc48001000000638286633b1bc48001000000fbe974c51c6ea5c600000000'),
(190,X'0288b60a6b0000000088fe9bb3864e21d20688fe9bb3864e21d206000600000006016c08c3883878aec9ff2b9f65e8e3825ba9bf7abda8b50000000000000000000000002b000000651c9412bf5bbd8e72d80e7d0f11e6bd0a9eb7137abda8b5b6f6c23bbf5bbd8e4e0f18444139565e651c9412bf5bbd8ee46ef5ce0f11e6bd2ad0aae27abda8b5b6f6c23b1faaedd5d75d3b0ca3f9a2bd9dfefe3ec62e86d5651c9412be84896c5d63f7250f11e6bda421c7ff1d93da05b6f6c23b0caf456fdb87b0ef4139565e651c941218446cf45d63f7250f11e6bd9aedba2b1d93da05b6f6c23b7a18d93073e43b51af4af73eb31b8e8501000000b08086633b1ac48001000000b08086633b1ac4800100000048e874c51c6da5c600000000'),
(191,X'0298c40a6b000000006850acb611c23f1c066850acb611c23f1c0600060000007b1c1cdd7a18d930bbea90ab9f65e8e301db5567be6ac3fe0000000000000000000000002d000000651c94121faaedd51792dad30f11e6bdccb5598fdb125aa4b6f6c23beb599a9faec9ff2be68a9696651c9412f51ef9bfe46ef5ce0f11e6bdafe2c492e6634904db125aa4b6f6c23b996241798f3feed088a26b22651c9412ec0eb37c6b16cb30651c94124bcd8f95825ba9bf0f11e6bd06016c085c675f8ab6f6c23bd3b093bd4d63067662ebb918651c94124bcd8f95d996599a0f11e6bd09c8fff8fa09c806b6f6c23bbe84896cd996599aaf4af73eb31b8e8501000000958c86633b21c48001000000958c86633b21c480010000002df474c51c74a5c600000000'),
(192,X'02a8d20a6b0000000099d6d017cdd81b590699d6d017cdd81b590600060000009aedba2b18446cf473e43b519f65e8e368984825b165960f0000000000000000000000002d000000651c9412f504c70fdb87b0ef0f11e6bd9aedba2b1d93da05b6f6c23b9c5975645429cab0d00aa0bd651c94129c597564e46ef5ce0f11e6bd5e91943c014d0a75b6f6c23bf504c70f5d63f725773be6bd651c9412ac5030d7def0d930651c94120caf456fd3ae48c60f11e6bd5e91943cbe6ac3feb6f6c23b9c5975648f3feed062ebb918651c941299624179d996599a0f11e6bd5e91943c014d0a75b6f6c23b996b6952e46ef5ce1fc4cbf3c9088e9022b9305f01000000e28a86633b20c48001000000e28a86633b20c480010000007af274c51c73a5c600000000'),
(193,X'02fcf60a6b0000000035e8ede64e9b6ea80635e8ede64e9b6ea806000600000077029f7333ff65f6e46ef5ce9f65e8e3aec9ff2b7abda8b50000000000000000000000002b000000651c9412d3b093bdbbea90ab0f11e6bd68ac197309e276d2b6f6c23b996b6952bbea90ab62ebb918651c9412eb599a9f085134630f11e6bd68ac1973058db3e1b6f6c23b18446cf424d18f96af4af73eb31b8e85651c9412d3b093bd8f3feed00f11e6bdc0f7e3f3bf5bbd8eb6f6c23bc38838781792dad36127379e651c9412eb599a9f1792dad30f11e6bd5e91943cbf5bbd8eb6f6c23b7a18d9304e0f18441fc4cbf3c9088e9022b9305f010000004cc0e37d38261c24010000004cc0e37d38261c2401000000b7dad006c183167800000000'),
(194,X'02bcbe0a6b00000000ebaea2ca3d336afc06ebaea2ca3d336afc0600060000002ad0aae2f51ef9bf5d63f7259f65e8e3825ba9bfdb125aa4000000000000000000000000000000000100000024b24c1d9d029e6b0100000024b24c1d9d029e6b0100000053c6d006c177167800000000'),
(195,X'029ca20a6b0000000084595e77d80d261a0684595e77d80d261a0600060000004ce8b875eb599a9f2d98a6039f65e8e324d18f96014d0a750000000000000000000000002e000000651c941218446cf4825ba9bf0f11e6bd68ac1973240133e9b6f6c23bf51ef9bf8f3feed04139565e651c94124bcd8f955429cab00f11e6bdc0f7e3f3994b867ab6f6c23bbe84896c5429cab088a26b22651c9412ec0eb37c6b16cb30651c941218446cf42d98a6030f11e6bd7b1c1cdd58f3c941b6f6c23b4bcd8f9573e43b51d00aa0bd651c94127a18d93073e43b510f11e6bd78f80852f25c7fb53aeb6c40b6f6c23b9c597564825ba9bf3912be06c0306229cbc330460100000084d0c9d7cb1e14200100000084d0c9d7cb1e14200100000085d0d006c17d167800000000'),
(196,X'028c940a6b000000001415f92566486a22061415f92566486a2206000a0000002ad0aae2eb599a9f6b262d2c9f65e8e35429cab07abda8b5320a16ffcd9021a8651c9412e6706be80000000000000000000000002d000000651c9412f51ef9bf1792dad30f11e6bda421c7ffb165960fb6f6c23b43a2999f2d98a60362ebb918651c9412c3883878085134630f11e6bd83f03677ecebe278b6f6c23b6b35cacbd3ae48c6a3f9a2bd9dfefe3ec62e86d5651c9412996b695272d80e7d0f11e6bd9aedba2b058db3e1b6f6c23b0caf456f4e0f1844e68a9696651c9412a665873c1792dad30f11e6bd2ad0aae2240133e9b6f6c23b0caf456fdb87b0ef88a26b22651c9412ec0eb37c6b16cb3001000000fdd2e37d38311c2401000000fdd2e37d38311c2401000000d2ced006c17c167800000000'),
(197,X'027c860a6b000000003774278233335303063774278233335303060007000000afe2c492e663490433ff65f6e46ef5ce9f65e8e373e43b51014d0a750000000000000000000000002c000000651c9412996b6952d3a4d9f00f11e6bd89677659ecebe278b6f6c23b7a18d930d3a4d9f010a6b037651c94124bcd8f95085134630f11e6bd77029f733aeb6c40b6f6c23bbf5bbd8eaec9ff2b88a26b22651c9412ec0eb37c6b16cb30651c9412be84896cd996599a0f11e6bd09c8fff809e276d2b6f6c23b996241792d98a603d00aa0bd651c941299624179bbea90ab0f11e6bd9aedba2b058db3e1b6f6c23bf51ef9bf3ade94f8af4af73eb31b8e8501000000ead3c9d7cb20142001000000ead3c9d7cb201420010000001fcdd006c17b167800000000'),
(198,X'02b4b70a6b00000000d05708c4ba99a34806d05708c4ba99a34806000600000068ac197333ff65f6bbea90ab9f65e8e3825ba9bfbe6ac3fe0000000000000000000000002c000000651c9412be84896cd3a4d9f00f11e6bd09c8fff8994b867ab6f6c23b18446cf45d63f725d00aa0bd651c94127a18d930d3ae48c60f11e6bd0a9eb713ecebe278b6f6c23bf51ef9bfd3ae48c61fc4cbf3c9088e9022b9305f651c9412996b695273e43b510f11e6bd68ac1973ecebe278b6f6c23bf51ef9bf01db556762ebb918651c941243a2999fd75d3b0c0f11e6bdccb5598f1d93da05b6f6c23bf504c70f825ba9bf3912be06c0306229cbc3304601000000cdda7ffa04fb56c101000000cdda7ffa04fb56c10000000000000000'),
(199,X'02c4c50a6b00000000a503456013f77d4206a503456013f77d4206000600000083f036774bcd8f95d996599a9f65e8e3085134633aeb6c4000000000000000000000000057000000651c941243a2999faec9ff2b0f11e6bd1fc37e4d58f3c941b6f6c23b7a18d93072d80e7d6127379e651c9412d3b093bd2d98a6030f11e6bda421c7ffb165960fb6f6c23bf504c70faec9ff2b1fc4cbf3c9088e9022b9305f651c941218446cf472d80e7d0f11e6bd2ad0aae2240133e9b6f6c23b4bcd8f956b262d2ce68a9696651c9412f51ef9bf24d18f960f11e6bd09c8fff8058db3e1b6f6c23b6b35cacb08513463af4af73eb31b8e85651c941243a2999f825ba9bf0f11e6bdc0e0b4ef5c675f8ab6f6c23b0caf456f08513463e68a9696651c9412f504c70fbbea90ab0f11e6bd2ad0aae2bf5bbd8eb6f6c23b0caf456f2d98a603a3f9a2bd9dfefe3ec62e86d5651c94129c59756473e43b510f11e6bd5e91943c3aeb6c40b6f6c23b33ff65f673e43b5110a6b037651c9412f504c70f4e0f18440f11e6bd7b1c1cdd994b867ab6f6c23bbe84896cd75d3b0c3912be06c0306229cbc33046010000001ad97ffa04fa56c1010000001ad97ffa04fa56c10000000000000000'),
(200,X'02d4d30a6b00000000ac37cd064ce6f25006ac37cd064ce6f250060006000000a421c7ffd3b093bd24d18f969f65e8e373e43b51014d0a750000000000000000000000002d000000651c9412f51ef9bf6b262d2c0f11e6bd78f80852f25c7fb53aeb6c40b6f6c23b1faaedd5825ba9bf10a6b037651c94126b35cacbd3a4d9f00f11e6bd77029f73fa09c806b6f6c23b1faaedd54d6306761fc4cbf3c9088e9022b9305f651c941243a2999f4e0f18440f11e6bd96a55b6b240133e9b6f6c23bb7870dbd0851346310a6b037651c9412f504c70faec9ff2b0f11e6bdc0a94b8158f3c941b6f6c23bf51ef9bf72d80e7d1fc4cbf3c9088e9022b9305f0100000067d77ffa04f956c10100000067d77ffa04f956c10000000000000000'),
(201,X'02e4e10a6b00000000476b31f6cba23e4006476b31f6cba23e40060007000000cd03e1bf6fe7d9bd1fc37e4d651c94120bd75be07af0aa27acd91c9400000000000000000000000017000000651c9412cd03e1bf6fe7d9bd1fc37e4d786132fc1fc4cbf30bd75be0c030622995e350a7169554160e7c19b60f11e6bd651c94125b404e01e6cd4c279f65e8e38956ec511d0662d4cd9021a8651c9412b8ed605d0f11e6bd4ce8b87501000000c3ad0493c45e265f01000000c3ad0493c45e265f01000000aa389892c748475700000000'),
(202,X'02949b0a6b000000006b3b0e5bafbd06c1066b3b0e5bafbd06c106000600000083f036777a18d930e46ef5ce9f65e8e324d18f96ecebe27800000000000000000000000044000000651c941243a2999f73e43b510f11e6bdafe2c492e6634904058db3e1b6f6c23ba665873cdb87b0ef62ebb918651c94120caf456f1792dad30f11e6bdccb5598f994b867ab6f6c23bf51ef9bf01db556788a26b22651c9412ec0eb37c6b16cb30651c94124bcd8f958f3feed00f11e6bd9aedba2b014d0a75b6f6c23bbf5bbd8e4e0f184462ebb918651c9412a665873cd3ae48c60f11e6bdafe2c492e663490458f3c941b6f6c23beb599a9f5d63f725a3f9a2bd9dfefe3ec62e86d5651c9412fed8157bd224ebbd01f6d81b645e8268355fd5146fe7d9bd651c94126f2ddf3b3314401760f86b03c622962b651c941200469d249f65e8e391ab4c49a3f9a2bd1a99731463b5eaa80f11e6bdb279cd1e01000000c2240c369f8be2cb01000000c2240c369f8be2cb0000000000000000'),
(203,X'028083096b00000000fbad4e03f09cb76a06fbad4e03f09cb76a060006000000c0a94b817a18d9308f3feed09f65e8e34d6306767abda8b500000000000000000000000043000000651c9412b7870dbd24d18f960f11e6bd09c8fff8994b867ab6f6c23b99624179aec9ff2b4139565e651c941218446cf4689848250f11e6bd78f80852f25c7fb51d93da05b6f6c23b0caf456faec9ff2ba3f9a2bd9dfefe3ec62e86d5651c9412f504c70faec9ff2b0f11e6bd78f80852f25c7fb5db125aa4b6f6c23b0caf456fd3ae48c6e68a9696651c94121faaedd52d98a6030f11e6bd5e91943c240133e9b6f6c23b7a18d93072d80e7ddc12359d7dcb4042651c941299624179085134630f11e6bd9aedba2b3aeb6c40b6f6c23b0caf456f6b262d2c10a6b037651c9412eb599a9fd75d3b0c0f11e6bdc0a94b8158f3c941b6f6c23b43a2999f8f3feed03912be06c0306229cbc3304601000000e0f86d77a708002001000000e0f86d77a708002001000000a5c7956d6f3a251e00000000'),
(204,X'027075096b00000000c8e1ba25454c842406c8e1ba25454c8424060006000000ccb5598f0caf456f4d6306769f65e8e3db87b0ef1d93da0500000000000000000000000041000000651c941299624179825ba9bf0f11e6bdc0f7e3f3ecebe278b6f6c23beb599a9fbbea90abd00aa0bd651c941218446cf4d3a4d9f00f11e6bd0a9eb7137abda8b5b6f6c23beb599a9fd75d3b0caf4af73eb31b8e85651c941233ff65f6825ba9bf0f11e6bd83f036771d93da05b6f6c23b996b6952bbea90ab62ebb918651c9412b7870dbd1792dad30f11e6bd4ce8b875b165960fb6f6c23beb599a9fd996599a1fc4cbf3c9088e9022b9305f651c9412996b69524e0f18440f11e6bdc0a94b81b165960fb6f6c23beb599a9fe46ef5ce6127379e651c941243a2999f5d63f7250f11e6bd5e91943c014d0a75b6f6c23b6b35cacb8f3feed03912be06c0306229cbc330460100000093fa6d77a70900200100000093fa6d77a709002001000000f2c5956d6f39251e00000000'),
(205,X'026067096b00000000dc2bbababdd7077406dc2bbababdd707740600060000004ce8b875f51ef9bf4d6306769f65e8e373e43b513aeb6c4000000000000000000000000044000000651c94127a18d9308f3feed00f11e6bd0a9eb713fa09c806b6f6c23b18446cf44e0f184462ebb918651c941233ff65f65429cab00f11e6bd68ac1973b165960fb6f6c23bf504c70f1792dad3773be6bd651c9412ac5030d7def0d930651c941218446cf4d3a4d9f00f11e6bdc0e0b4ef058db3e1b6f6c23ba665873cdb87b0ef4139565e651c9412c3883878bbea90ab0f11e6bd96a55b6b3aeb6c40b6f6c23b33ff65f673e43b51773be6bd651c9412ac5030d7def0d930651c94129c59756401db55670f11e6bd2ad0aae2240133e9b6f6c23bb7870dbdaec9ff2b6127379e651c9412f504c70fe46ef5ce0f11e6bdafe2c492e66349045c675f8ab6f6c23bf504c70f68984825dc12359d7dcb40420100000046fc6d77a70a00200100000046fc6d77a70a0020010000003fc4956d6f38251e00000000'),
(206,X'025059096b000000005182ea119a0016a5065182ea119a0016a506000600000077029f736b35cacb8f3feed09f65e8e308513463ecebe27800000000000000000000000043000000651c94126b35cacb5d63f7250f11e6bd9aedba2b7abda8b5b6f6c23bc38838786b262d2c4139565e651c94124bcd8f95db87b0ef0f11e6bd1fc37e4d058db3e1b6f6c23bc3883878085134631fc4cbf3c9088e9022b9305f651c94127a18d930d3ae48c60f11e6bd89677659014d0a75b6f6c23b43a2999f825ba9bf6127379e651c9412996b6952e46ef5ce0f11e6bd4ce8b8751d93da05b6f6c23bb7870dbd2d98a603a3f9a2bd9dfefe3ec62e86d5651c94121faaedd54d6306760f11e6bd89677659014d0a75b6f6c23b996b6952d75d3b0ce68a9696651c94129c597564db87b0ef0f11e6bda421c7ffbf5bbd8eb6f6c23b7a18d9303ade94f888a26b22651c9412ec0eb37c6b16cb3001000000f9fd6d77a70b002001000000f9fd6d77a70b0020010000008cc2956d6f37251e00000000'),
(207,X'0294f8076b000000005a2e23f04f4280f4065a2e23f04f4280f40600060000009aedba2b1faaedd5db87b0ef9f65e8e38f3feed0240133e900000000000000000000000016000000651c9412eb599a9f73e43b510f11e6bd96a55b6bb165960fb6f6c23bb7870dbd5429cab062ebb918651c9412b7870dbdaec9ff2b0f11e6bd78f80852f25c7fb5014d0a75b6f6c23b6b35cacb6b262d2cdc12359d7dcb4042010000009f94839f944f35a2010000009f94839f944f35a20000000000000000'),
(208,X'0294f8076b0000000023367a2665b76e4a0623367a2665b76e4a060006000000896776599c597564d3a4d9f09f65e8e3aec9ff2becebe27800000000000000000000000016000000651c9412be84896c3ade94f80f11e6bd5e91943c058db3e1b6f6c23b6b35cacb825ba9bf4139565e651c9412996b69525d63f7250f11e6bdccb5598f09e276d2b6f6c23bc388387872d80e7da3f9a2bd9dfefe3ec62e86d501000000cc7d475c68e3b32f01000000cc7d475c68e3b32f0000000000000000'),
(209,X'02a4a90a6b00000000091c38641971f40406091c38641971f40406010600000009c8fff8f51ef9bf72d80e7d9f65e8e324d18f96fa09c8060000000000000000000000002d000000651c9412a665873c01db55670f11e6bd78f80852f25c7fb5bf5bbd8eb6f6c23b996241792d98a60310a6b037651c94127a18d930d75d3b0c0f11e6bd83f03677ecebe278b6f6c23bbe84896c73e43b5188a26b22651c9412ec0eb37c6b16cb30651c94121faaedd52d98a6030f11e6bd77029f73ecebe278b6f6c23b43a2999f24d18f96d00aa0bd651c9412be84896c5d63f7250f11e6bdc0f7e3f37abda8b5b6f6c23b6b35cacb08513463dc12359d7dcb404201000000ba3e46e0f03e618201000000ba3e46e0f03e618201000000f69eb442022e712c00000000'),
(210,X'0204fe0a6b00000000d6a40b4561e36cb602d6a40b4561e36cb60200040000001a853bf3b973ebbd651c9412d721fed30000000000000000000000002d000000651c94121faaedd51792dad30f11e6bdccb5598fdb125aa4b6f6c23beb599a9faec9ff2be68a9696651c9412f51ef9bfe46ef5ce0f11e6bdafe2c492e6634904db125aa4b6f6c23b996241798f3feed088a26b22651c9412ec0eb37c6b16cb30651c94124bcd8f95825ba9bf0f11e6bd06016c085c675f8ab6f6c23bd3b093bd4d63067662ebb918651c94124bcd8f95d996599a0f11e6bd09c8fff8fa09c806b6f6c23bbe84896cd996599aaf4af73eb31b8e8501000000edbac9d6f8abc62301000000edbac9d6f8abc6230000000000000000'),
(211,X'02a406086b00000000448e1269f36e01aa06448e1269f36e01aa06000600000083f036776b35cacbbbea90ab9f65e8e324d18f9658f3c94100000000000000000000000016000000651c9412f51ef9bfd3a4d9f00f11e6bd9aedba2becebe278b6f6c23b1faaedd5e46ef5ce6127379e651c9412be84896c24d18f960f11e6bda421c7ffecebe278b6f6c23b18446cf4e46ef5ce1fc4cbf3c9088e9022b9305f010000007f7f475c68e4b32f010000007f7f475c68e4b32f0000000000000000'),
(212,X'02747f0a6b000000003774278233335303063774278233335303060007000000afe2c492e663490433ff65f6e46ef5ce9f65e8e373e43b51014d0a750000000000000000000000005b000000651c9412996b6952d3a4d9f00f11e6bd89677659ecebe278b6f6c23b7a18d930d3a4d9f010a6b037651c94124bcd8f95085134630f11e6bd77029f733aeb6c40b6f6c23bbf5bbd8eaec9ff2b88a26b22651c9412ec0eb37c6b16cb30651c9412be84896cd996599a0f11e6bd09c8fff809e276d2b6f6c23b996241792d98a603d00aa0bd651c941299624179bbea90ab0f11e6bd9aedba2b058db3e1b6f6c23bf51ef9bf3ade94f8af4af73eb31b8e85651c94127a18d93001db55670f11e6bd78f80852f25c7fb51d93da05b6f6c23b4bcd8f955d63f72562ebb918651c9412b7870dbd3ade94f80f11e6bd5e91943cbe6ac3feb6f6c23b996241792d98a603a3f9a2bd9dfefe3ec62e86d5651c9412a665873c3ade94f80f11e6bd9aedba2bfa09c806b6f6c23b33ff65f6d996599a4139565e651c9412be84896c085134630f11e6bd78f80852f25c7fb57abda8b5b6f6c23bbe84896c4d63067688a26b22651c9412ec0eb37c6b16cb3001000000ead3c9d7cb20142001000000ead3c9d7cb20142001000000ea24bbb2eecf347900000000'),
(213,X'02848d0a6b000000004fa7170f77beef3a064fa7170f77beef3a0600060000002ad0aae2eb599a9f6b262d2c9f65e8e35429cab07abda8b50000000000000000000000002c000000651c94121faaedd5689848250f11e6bda421c7ff7abda8b5b6f6c23bd3b093bd3ade94f810a6b037651c9412bf5bbd8e24d18f960f11e6bd68ac1973db125aa4b6f6c23bf51ef9bfd75d3b0c3912be06c0306229cbc33046651c9412996b69525d63f7250f11e6bd83f03677014d0a75b6f6c23b9c597564d3a4d9f06127379e651c9412996241794d6306760f11e6bd7b1c1cdd09e276d2b6f6c23bd3b093bd2d98a6033912be06c0306229cbc330460100000037d2c9d7cb1f14200100000037d2c9d7cb1f1420010000003723bbb2eece347900000000'),
(214,X'02949b0a6b000000006fff6b4e1594d68b066fff6b4e1594d68b060007000000afe2c492e663490433ff65f66b262d2c9f65e8e33ade94f8b165960f0000000000000000000000002c000000651c9412bf5bbd8e085134630f11e6bd77029f73bf5bbd8eb6f6c23b6b35cacb2d98a60310a6b037651c94129c5975644d6306760f11e6bdc0e0b4ef240133e9b6f6c23b0caf456fd3a4d9f03912be06c0306229cbc33046651c9412b7870dbddb87b0ef0f11e6bd2ad0aae25c675f8ab6f6c23b996b69522d98a603e68a9696651c94129c597564825ba9bf0f11e6bd77029f73014d0a75b6f6c23b1faaedd54d6306763912be06c0306229cbc330460100000084d0c9d7cb1e14200100000084d0c9d7cb1e1420010000008421bbb2eecd347900000000'),
(215,X'02a406086b00000000763fa10b949d475906763fa10b949d47590600060000007b1c1cdda665873c3ade94f89f65e8e3d996599adb125aa400000000000000000000000015000000651c9412c3883878085134630f11e6bd2ad0aae2fa09c806b6f6c23b6b35cacbd3a4d9f062ebb918651c94129c5975644d6306760f11e6bd0a9eb7131d93da05b6f6c23b7a18d930d3a4d9f0dc12359d7dcb404201000000ec92839f944e35a201000000ec92839f944e35a20000000000000000'),
(216,X'02b414086b00000000521136c29a1b168206521136c29a1b1682060006000000a421c7ff9c597564bbea90ab9f65e8e38f3feed0240133e900000000000000000000000016000000651c9412bf5bbd8ed75d3b0c0f11e6bdafe2c492e6634904fa09c806b6f6c23b9c5975646b262d2c10a6b037651c94126b35cacb5d63f7250f11e6bdccb5598ffa09c806b6f6c23b18446cf4d3ae48c6dc12359d7dcb4042010000003281475c68e5b32f010000003281475c68e5b32f0000000000000000'),
(217,X'02b414086b000000003e9601fa55aee090063e9601fa55aee0900600060000002ad0aae2f504c70fd3ae48c69f65e8e3d3ae48c609e276d200000000000000000000000015000000651c9412a665873c4d6306760f11e6bd1fc37e4d994b867ab6f6c23b99624179aec9ff2b10a6b037651c94124bcd8f955d63f7250f11e6bda421c7ff7abda8b5b6f6c23bb7870dbdaec9ff2bdc12359d7dcb4042010000000598839f945135a2010000000598839f945135a20000000000000000'),
(218,X'02a4a90a6b00000000aa03aa1f18d82fc506aa03aa1f18d82fc506000600000068ac197333ff65f6d3ae48c69f65e8e3db87b0efdb125aa40000000000000000000000002a000000651c9412eb599a9fd996599a0f11e6bdc0f7e3f3b165960fb6f6c23b4bcd8f95d3ae48c610a6b037651c94129c597564825ba9bf0f11e6bd68ac1973be6ac3feb6f6c23bb7870dbd5429cab0af4af73eb31b8e85651c9412d3b093bd24d18f960f11e6bd06016c081d93da05b6f6c23bf504c70f1792dad34139565e651c94127a18d9305429cab00f11e6bd4ce8b875fa09c806b6f6c23bf51ef9bfaec9ff2baf4af73eb31b8e8501000000d1cec9d7cb1d142001000000d1cec9d7cb1d142001000000d11fbbb2eecc347900000000'),
(219,X'02b4b70a6b00000000ebaea2ca3d336afc06ebaea2ca3d336afc0600060000002ad0aae2f51ef9bf5d63f7259f65e8e3825ba9bfdb125aa40000000000000000000000002c000000651c9412f51ef9bfaec9ff2b0f11e6bdafe2c492e663490409e276d2b6f6c23b996b6952d3a4d9f0d00aa0bd651c9412996b69524d6306760f11e6bd83f03677bf5bbd8eb6f6c23ba665873c24d18f961fc4cbf3c9088e9022b9305f651c9412996241794e0f18440f11e6bd83f036775c675f8ab6f6c23bf51ef9bf2d98a603e68a9696651c94127a18d930d996599a0f11e6bd96a55b6bdb125aa4b6f6c23beb599a9f4e0f1844af4af73eb31b8e85010000001ecdc9d7cb1c1420010000001ecdc9d7cb1c1420010000001e1ebbb2eecb347900000000'),
(220,X'029091096b000000005af333c7cb03201a065af333c7cb03201a0600060000000a9eb71318446cf4aec9ff2b9f65e8e301db5567014d0a7500000000000000000000000044000000651c94120caf456f01db55670f11e6bd7b1c1cdd5c675f8ab6f6c23b996b69528f3feed06127379e651c9412b7870dbdbbea90ab0f11e6bd78f80852f25c7fb5240133e9b6f6c23bd3b093bd01db556788a26b22651c9412ec0eb37c6b16cb30651c9412bf5bbd8ee46ef5ce0f11e6bdafe2c492e6634904240133e9b6f6c23bf51ef9bf825ba9bf10a6b037651c9412eb599a9fdb87b0ef0f11e6bd4ce8b875fa09c806b6f6c23bc38838788f3feed0af4af73eb31b8e85651c94121faaedd5085134630f11e6bd96a55b6b7abda8b5b6f6c23bc38838781792dad310a6b037651c9412d3b093bd3ade94f80f11e6bd09c8fff8ecebe278b6f6c23bc3883878bbea90aba3f9a2bd9dfefe3ec62e86d501000000c5046e77a70f002001000000c5046e77a70f002001000000c0bb956d6f33251e00000000'),
(221,X'02b4b70a6b00000000a2abff082c81134a06a2abff082c81134a0601060000005e91943ca665873c8f3feed09f65e8e3689848251d93da050000000000000000000000002f000000651c9412be84896cdb87b0ef0f11e6bd96a55b6b994b867ab6f6c23b4bcd8f95d75d3b0c4139565e651c94127a18d930085134630f11e6bd83f0367709e276d2b6f6c23bf51ef9bfbbea90ab88a26b22651c9412ec0eb37c6b16cb30651c9412b7870dbd72d80e7d0f11e6bdafe2c492e66349047abda8b5b6f6c23bc3883878db87b0ef10a6b037651c94127a18d93024d18f960f11e6bd896776593aeb6c40b6f6c23bbe84896c5d63f725773be6bd651c9412ac5030d7def0d930010000006d4046e0f03f6182010000006d4046e0f03f618201000000a9a0b442022f712c00000000'),
(222,X'02f4ef0a6b00000000f9e5b6ac9fd9037606f9e5b6ac9fd90376060006000000ccb5598fbf5bbd8ed75d3b0c9f65e8e34e0f1844014d0a750000000000000000000000002e000000651c9412be84896c4e0f18440f11e6bd77029f7358f3c941b6f6c23b1faaedd51792dad362ebb918651c9412d3b093bd4d6306760f11e6bdc0f7e3f3be6ac3feb6f6c23b1faaedd5085134633912be06c0306229cbc33046651c94126b35cacb085134630f11e6bd4ce8b875fa09c806b6f6c23bf51ef9bfd75d3b0c6127379e651c941243a2999f72d80e7d0f11e6bd78f80852f25c7fb5994b867ab6f6c23b4bcd8f95d3a4d9f0773be6bd651c9412ac5030d7def0d93001000000b4d57ffa04f856c101000000b4d57ffa04f856c10000000000000000'),
(223,X'020c050b6b00000000184657e0525c57a506184657e0525c57a5060006000000a421c7ffbe84896c4d6306769f65e8e36b262d2c014d0a750000000000000000000000002b000000651c94127a18d93073e43b510f11e6bd2ad0aae2be6ac3feb6f6c23b18446cf48f3feed010a6b037651c9412d3b093bdbbea90ab0f11e6bd2ad0aae2db125aa4b6f6c23b996b6952689848251fc4cbf3c9088e9022b9305f651c94126b35cacb5429cab00f11e6bda421c7ff058db3e1b6f6c23b7a18d930d75d3b0c62ebb918651c9412f51ef9bf72d80e7d0f11e6bd7b1c1cdddb125aa4b6f6c23ba665873c8f3feed0dc12359d7dcb4042010000003cbf16eafd5db03f010000003cbf16eafd5db03f01000000dda6cc94fe7701df00000000');
CREATE TABLE source_printed (
    source INTEGER PRIMARY KEY,
    runs   BLOB NOT NULL,
    recent BLOB NOT NULL
) STRICT;
INSERT INTO source_printed VALUES(1,X'03000000ef839a019095d00de8542f84',X'dd00000000000000d100000000000000b800000000000000ab00000000000000aa00000000000000a9000000000000009b000000000000009a00000000000000910000000000000090000000000000008400000000000000830000000000000082000000000000007a0000000000000079000000000000007700000000000000');
INSERT INTO source_printed VALUES(2,X'060000002d1bd3078f79b12daf0f6754ae52a55b3887587ef80c94a6',X'9f000000000000009e0000000000000097000000000000008b000000000000008a00000000000000780000000000000073000000000000001d000000000000001c000000000000001b000000000000001a0000000000000019000000000000001800000000000000170000000000000016000000000000001500000000000000');
INSERT INTO source_printed VALUES(4,X'010000002d1bd307',X'ad00000000000000ac0000000000000096000000000000008c0000000000000088000000000000007b000000000000007000000000000000310000000000000030000000000000002f000000000000002e000000000000002d000000000000002c000000000000002b000000000000002a000000000000002900000000000000');
INSERT INTO source_printed VALUES(5,X'0100000024233163',X'b400000000000000b300000000000000b2000000000000009500000000000000920000000000000081000000000000007c0000000000000072000000000000003a000000000000003900000000000000380000000000000037000000000000003600000000000000350000000000000034000000000000003300000000000000');
INSERT INTO source_printed VALUES(8,X'040000009095d00d8f79b12daf0f6754f80c94a6',X'd200000000000000b100000000000000b000000000000000af00000000000000ae0000000000000098000000000000008e0000000000000086000000000000007f000000000000006f000000000000006e000000000000006d000000000000006c000000000000006b000000000000006a000000000000006900000000000000');
INSERT INTO source_printed VALUES(10,X'00000000',X'9d00000000000000');
INSERT INTO source_printed VALUES(13,X'1a0000009095d00d4112b612922d131506be9316e270d4258987aa26627ba92aa5b195375e23413ef7447d3f80118e436ca9ee4497a1d44bb7b71e539bfd2e588c289e635540347fbf54da83e8542f849815ba85a22e0db9f3997fc790aa2dc8291f72ea840e05f66eb119fa',X'ca00000000000000b900000000000000b500000000000000a400000000000000a300000000000000a200000000000000a100000000000000a000000000000000');
INSERT INTO source_printed VALUES(14,X'00000000',X'b700000000000000b600000000000000a600000000000000a500000000000000');
INSERT INTO source_printed VALUES(15,X'00000000',X'a800000000000000a700000000000000');
INSERT INTO source_printed VALUES(16,X'00000000',X'db00000000000000da00000000000000d600000000000000d500000000000000d400000000000000ba00000000000000');
INSERT INTO source_printed VALUES(17,X'01000000e8542f84',X'df00000000000000c500000000000000c400000000000000c300000000000000c200000000000000c100000000000000');
INSERT INTO source_printed VALUES(18,X'01000000e8542f84',X'c000000000000000bf00000000000000be00000000000000bd00000000000000bc00000000000000bb00000000000000');
INSERT INTO source_printed VALUES(19,X'01000000ef839a01',X'de00000000000000c900000000000000c800000000000000c700000000000000c600000000000000');
INSERT INTO source_printed VALUES(20,X'00000000',X'dc00000000000000ce00000000000000cd00000000000000cc00000000000000cb00000000000000');
INSERT INTO source_printed VALUES(21,X'00000000',X'd900000000000000d700000000000000cf00000000000000');
INSERT INTO source_printed VALUES(22,X'00000000',X'd800000000000000d300000000000000d000000000000000');
CREATE TABLE story_lead (
    story   INTEGER PRIMARY KEY,         -- the number of the story
    lead    INTEGER NOT NULL,            -- the entry that leads it
    updated INTEGER NOT NULL             -- the latest date of change that the story was published with before
) STRICT;
INSERT INTO story_lead VALUES(194,219,1795866300);
INSERT INTO story_lead VALUES(197,212,1795851900);
CREATE TABLE entry_past (
    entry    INTEGER PRIMARY KEY,
    states   BLOB    NOT NULL,
    cuts     INTEGER NOT NULL,            -- so many of the first ones are the stored text cut to its beginning
    returns  INTEGER NOT NULL,            -- how often it has gone back lately
    returned INTEGER                      -- when it last did
) STRICT;
INSERT INTO entry_past VALUES(174,X'530a608c07b4b852',0,0,NULL);
INSERT INTO entry_past VALUES(184,X'c6e3aee885d297fb',0,1,1795920386);
INSERT INTO entry_past VALUES(185,X'f11b8f98ef7bc686',1,0,NULL);
INSERT INTO entry_past VALUES(196,X'26195782cc82734d',0,0,NULL);
INSERT INTO entry_past VALUES(198,X'6887ec675d5013bd',0,3,1795920410);
INSERT INTO entry_past VALUES(199,X'750b92efc38fed10',0,1,1795920386);
INSERT INTO entry_past VALUES(201,X'd4bdfb3513b4cf01',1,0,NULL);
INSERT INTO entry_past VALUES(203,X'd75e12fcd67f85a3',1,0,NULL);
INSERT INTO entry_past VALUES(204,X'dc5ccad001d9227e',1,0,NULL);
INSERT INTO entry_past VALUES(205,X'4e1f0ffcab11f748',1,0,NULL);
INSERT INTO entry_past VALUES(206,X'5b44429352b97ca3',1,0,NULL);
INSERT INTO entry_past VALUES(212,X'1b72c63f0357a284',0,0,NULL);
INSERT INTO entry_past VALUES(214,X'a2e2fc2a54a4ab07',0,0,NULL);
INSERT INTO entry_past VALUES(220,X'1fd9729c16f3a07f',0,0,NULL);
CREATE TABLE entry_missing (
    entry     INTEGER PRIMARY KEY,
    source    INTEGER NOT NULL,
    times     INTEGER NOT NULL,          -- documents in a row that it was missing from
    withdrawn INTEGER NOT NULL           -- 1: hidden, because its source withdrew it
) STRICT;
INSERT INTO entry_missing VALUES(190,18,2,0);
INSERT INTO entry_missing VALUES(191,18,0,1);
INSERT INTO entry_missing VALUES(192,18,0,1);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('source',22);
INSERT INTO sqlite_sequence VALUES('decision',47);
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
CREATE INDEX story_lead_lead ON story_lead (lead);
CREATE INDEX entry_missing_source ON entry_missing (source);
COMMIT;
PRAGMA application_id=1465075780;
PRAGMA user_version=8;
