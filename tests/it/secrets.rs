//! Secrets in addresses: a secret is shown nowhere, everything else is shown unchanged, and masked addresses stay distinct.

use watershed::config::redact_url;

use crate::feeds::{items, rss};
use crate::origin::{Answer, Origin};
use crate::polling::source;
use crate::program::{BASE, PATIENCE, Program, wait_until};

/// Addresses, and how they are shown, without the digests that may follow a mask.
const SECRET: &[(&str, &str)] = &[
    // By the parameter's name.
    ("https://a.example/f?token=hunter2", "https://a.example/f?token=***"),
    ("https://a.example/f?n=1&api_key=x&Token=y", "https://a.example/f?n=1&api_key=***&Token=***"),
    ("https://a.example/f?feed_token=glft-x1", "https://a.example/f?feed_token=***"),
    ("https://a.example/me.private.atom?token=AB7", "https://a.example/me.private.atom?token=***"),
    ("https://a.example/f?PHPSESSID=9k2", "https://a.example/f?PHPSESSID=***"),
    ("https://a.example/t.rss?u=5;passkey=77aa;download", "https://a.example/t.rss?u=5;passkey=***;download"),
    ("https://a.example/f?authorization=x", "https://a.example/f?authorization=***"),
    // By the value's look, whatever the name.
    (
        "https://a.example/.rss?feed=0f1e2d3c4b5a69788796a5b4c3d2e1f001122334&user=jo",
        "https://a.example/.rss?feed=***&user=jo",
    ),
    ("https://a.example/f?user=0f1e2d3c4b5a69788796a5b4c3d2e1f001122334", "https://a.example/f?user=***"),
    ("https://a.example/f?list=d41d8cd98f00b204e9800998ecf8427e", "https://a.example/f?list=***"),
    ("https://a.example/f?id=9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0", "https://a.example/f?id=***"),
    ("https://a.example/f?q=Zk3vQ9tLw7XbR2mYc5HdNp", "https://a.example/f?q=***"),
    ("https://a.example/f?url=Zk3vQ9_tLw7-XbR2mYc5Hd", "https://a.example/f?url=***"),
    ("https://a.example/f?p=314159265358979323846264338327950288419", "https://a.example/f?p=***"),
    ("https://a.example/f?x=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.x", "https://a.example/f?x=***"),
    ("https://a.example/f?k=q7w9e2r4t6y8u1i3&n=2", "https://a.example/f?k=***&n=2"),
    ("https://a.example/f?q7w9e2r4t6y8u1i3", "https://a.example/f?***"),
    ("https://a.example/f?q7w9e2r4t6y8u1i3=", "https://a.example/f?***="),
    // In addresses within addresses.
    (
        "https://bridge.example/?do=show&url=https%3A%2F%2Fa.example%2Ff%3Fkey%3Dtiny",
        "https://bridge.example/?do=show&url=https%3A%2F%2Fa.example%2Ff%3Fkey%3D***",
    ),
    (
        "https://bridge.example/?u=https%3A%2F%2Fjo%3Apw%40a.example%2Ff",
        "https://bridge.example/?u=https%3A%2F%2F***%40a.example%2Ff",
    ),
    ("https://bridge.example/?u=https://jo:pw@a.example/f", "https://bridge.example/?u=https://***@a.example/f"),
    (
        "https://one.example/?u=https%3A%2F%2Ftwo.example%2F%3Fu%3Dhttps%253A%252F%252Fa.example%252F%253Ftoken%253Dx",
        "https://one.example/?u=https%3A%2F%2Ftwo.example%2F%3Fu%3Dhttps%253A%252F%252Fa.example%252F%253Ftoken%253D***",
    ),
    ("https://proxy.example/get/https://jo:pw@a.example/f", "https://proxy.example/get/https://***@a.example/f"),
    (
        "https://proxy.example/get/https%3A%2F%2Fjo%3Apw%40a.example",
        "https://proxy.example/get/https%3A%2F%2F***%40a.example",
    ),
    ("https://bridge.example/?u=a.example/secret:abc/f", "https://bridge.example/?u=a.example/secret:***/f"),
    // In paths.
    ("https://a.example/rss/secret:abc/u:me/", "https://a.example/rss/secret:***/u:me/"),
    ("https://a.example/rss/secret%3Aabc/u:me/", "https://a.example/rss/secret%3A***/u:me/"),
    ("https://a.example/feed/token/hunter2x/", "https://a.example/feed/token/***/"),
    ("https://a.example/key/zq8x7w/feed.xml", "https://a.example/key/***/feed.xml"),
    ("https://a.example/auth/q7w9e2r4t6y8u1i3.rss", "https://a.example/auth/***.rss"),
    (
        "https://a.example/feed/podcast/1234/private/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0.rss",
        "https://a.example/feed/podcast/1234/private/***.rss",
    ),
    ("https://a.example/ical/jo/private-0f1e2d3c4b5a6978/basic", "https://a.example/ical/jo/***/basic"),
    ("https://private.a.example/f/q7w9e2r4t6y8u1i3", "https://private.a.example/f/***"),
    ("https://show.supercast.com/feeds/b7Kq92Lm/rss", "https://show.supercast.com/feeds/***/rss"),
    ("https://a.example/feeds/0f1e2d3c4b5a69788796a5b4c3d2e1f001122334/all", "https://a.example/feeds/***/all"),
    ("https://a.example/feed/jo/Xk29bQwz7LmPa3/unread", "https://a.example/feed/jo/***/unread"),
    ("https://a.example/f;jsessionid=1A2B3C?n=1", "https://a.example/f;jsessionid=***?n=1"),
    ("https://a.example/(S(lit3py55t21z))/f.aspx", "https://a.example/(S(***))/f.aspx"),
    ("https://a.example/u/Zk3vQ9_tLw7-XbR2mYc5Hd/rss", "https://a.example/u/***/rss"),
    ("https://a.example/u/q7w9e2r4t6y8u1i3/rss", "https://a.example/u/***/rss"),
    ("https://a.example/u/dGhpcyBpcyBteSBvd24gZmVlZA==/rss", "https://a.example/u/***/rss"),
    ("https://a.example/rss/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0", "https://a.example/rss/***"),
    (
        "https://a.example/feeds/private/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0.xml",
        "https://a.example/feeds/private/***.xml",
    ),
    ("https://a.example/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0/feed.xml", "https://a.example/***/feed.xml"),
    ("https://a.example/rss/d41d8cd98f00b204e9800998ecf8427e", "https://a.example/rss/***"),
    ("https://a.example/key/hunter2/", "https://a.example/key/***/"),
    (
        "https://a.example/api/webhooks/123456789012345678/Zk3vQ9tLw7XbR2mYc5Hd",
        "https://a.example/api/webhooks/123456789012345678/***",
    ),
    ("https://a.example/bot123456:Zk3vQ9tLw7/getUpdates", "https://a.example/bot123456:***/getUpdates"),
    ("https://a.example/f?s=x8k2m9q4zt", "https://a.example/f?s=***"),
    ("https://a.example/f?pin=1234", "https://a.example/f?pin=***"),
    ("https://a.example/f?otp=123456", "https://a.example/f?otp=***"),
    ("https://a.example/f?ticket=Xk29bQwz&n=1", "https://a.example/f?ticket=***&n=1"),
    ("https://a.example/f?hash=0f1e2d3c", "https://a.example/f?hash=***"),
    ("https://a.example/f?hash=1234567890123456", "https://a.example/f?hash=***"),
    ("https://a.example/f?p=x8k2m9q4zt", "https://a.example/f?p=***"),
    ("https://a.example/f?u=deadbeefcafe1234567890ab", "https://a.example/f?u=***"),
    ("https://a.example/f?u=0f1e2d3c4b5a69788796a5b4c", "https://a.example/f?u=***"),
    // Feeds that are made for each listener.
    ("https://a.example/shared/Xk29bQwz/feed", "https://a.example/shared/***/feed"),
    ("https://a.example/share/x8k2m9q4zt.xml", "https://a.example/share/***.xml"),
    ("https://a.example/climate-weekly/subscriber/x8k2m9q4", "https://a.example/climate-weekly/subscriber/***"),
    ("https://a.example/rss/5f3e9c2b8a7d6e1f0c4b3a29/x8k2m9q4", "https://a.example/rss/5f3e9c2b8a7d6e1f0c4b3a29/***"),
    ("https://a.example/rss/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0/x8k2m9q4", "https://a.example/rss/***/***"),
    ("https://a.example/rss/climate/Xk29bQwz7LmPa3QrTv56", "https://a.example/rss/climate/***"),
    ("https://a.example/private/shows/climate/x8k2m9q4zt", "https://a.example/private/shows/climate/***"),
    ("https://access.acast.com/rss/climate-weekly/x8k2m9q4", "https://access.acast.com/rss/climate-weekly/***"),
    ("https://0f1e2d3c4b5a69788796a5b4c3d2e1f0.f.a.example/f", "https://***.f.a.example/f"),
    // Users and passwords.
    ("https://jo:pw@a.example/f", "https://a.example/f"),
    ("https://q7w9e2r4t6y8u1i3@a.example/f", "https://a.example/f"),
];

/// Addresses without secrets, which are shown byte for byte.
const PUBLIC: &[&str] = &[
    "https://a.example/",
    "https://a.example/feed.xml",
    "https://a.example/feed?n=1",
    "https://a.example/f?token=",
    "https://a.example/?feed=rss2",
    "https://a.example/?feed=comments-rss2&p=123456789",
    "https://a.example/f?feed-rss2",
    "https://a.example/f?q=rust+programming+language+2024",
    "https://a.example/f?q=from%3Asomebody%20since%3A2026-11-03",
    "https://a.example/f?author=jane&authors=2",
    "https://a.example/f?keywords=linux,kernel&design=blue",
    "https://a.example/f?hl=en&gl=US&ceid=US:en",
    "https://a.example/f?show=climate-news-weekly-2024",
    "https://a.example/f?show=documentaries2024",
    "https://a.example/f?since=20261103T120000Z",
    "https://a.example/f?id=12345678901234567890",
    "https://a.example/f?id=5f3e9c2b8a7d6e1f0c4b3a29",
    "https://a.example/f?podcast=podcast1535844019",
    "https://www.youtube.com/feeds/videos.xml?channel_id=UC2Zk3vQ9tLw7XbR2mYc5HdN",
    "https://www.youtube.com/feeds/videos.xml?playlist_id=PLZk3vQ9tLw7_XbR2mYc5HdNpQw8sT1uVa",
    "https://a.example/_layouts/listfeed.aspx?List=%7B9F8E7D6C-5B4A-4928-9706-F5E4D3C2B1A0%7D",
    "https://bridge.example/?u=https%3A%2F%2Fa.example%2Ff%3Fpage%3D2%26sort%3Dnew",
    "https://proxy.example/get/https://a.example/posts/2026/11/feed.xml",
    "https://a.example/posts/2026/11/a-long-title-of-words-that-goes-on-and-on",
    "https://a.example/2026/11/03/ThisIsALongCamelCaseTitleOfWords",
    "https://a.example/Rechtsschutzversicherungsgesellschaften/feed",
    "https://a.example/commit/0f1e2d3c4b5a69788796a5b4c3d2e1f001122334.atom",
    "https://a.example/ipfs/QmZk3vQ9tLw7XbR2mYc5HdNpZk3vQ9tLw7XbR2mYc5HdNp/feed.xml",
    "https://a.example/d/playlist/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0/podcast.rss",
    "https://a.example/s/1e4d8c4/podcast/rss",
    "https://a.example/files/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0",
    "https://a.example/shows/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0/feed",
    "https://a.example/feed/2026/11/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0",
    "https://a.example/feed/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0/a-long-title-of-words",
    "https://a.example/rss/5f3e9c2b8a7d6e1f0c4b3a29",
    "https://a.example/user/somebody2024/rss",
    "https://a.example/?s=kubernetes&feed=rss2",
    "https://a.example/webhooks/v2-overview/feed",
    "https://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi.ipfs.example/feed.xml",
    "https://feeds.example/ADL9840290619",
    "https://a.example/ns/0aiyWFkuGl3mdJz5n7dQNd/atom",
    "https://a.example/privateer/q7w9e2r4t6y8u1i3",
    "https://a.example/private/minutes-2026/feed",
    "https://a.example/secrets/of/gardening/feed",
    "https://a.example/auth/oauth2/feed",
    "https://a.example/token/v2/news.xml",
    "https://a.example/shared/podcasts/feed",
    "https://a.example/share/2026-11-03/news.xml",
    "https://a.example/shared/documentaries2024/rss",
    "https://a.example/subscribers/12345/feed",
    "https://a.example/f?ticket=4711",
    "https://a.example/f?ticket=release-notes-2026",
    "https://a.example/f?hash=rust",
    "https://a.example/f?p=2&page=11",
    "https://a.example/f?p=documentaries2024",
    "https://a.example/f?u=somebody2024",
    "https://a.example/rss/5f3e9c2b8a7d6e1f0c4b3a29/comments",
    "https://a.example/rss/climate/5f3e9c2b8a7d6e1f0c4b3a29",
    "https://a.example/private/documentaries2024/feed",
    "https://a.example/tag:keynote/author:jane/",
    "https://a.example/a;b;c/f",
    "https://a.example/f#section-2",
    "file:///tmp/feed.xml",
];

fn shown(address: &str) -> String {
    redact_url(&url::Url::parse(address).expect("an address"))
}

/// A shown address without the eight digits that may follow a mask.
fn without_digests(shown: &str) -> String {
    let mut parts = shown.split("***");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_digest = part.get(..8).is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()));
        out = out + "***" + if is_digest { &part[8..] } else { part };
    }
    out
}

#[test]
fn secrets_in_addresses_are_masked_and_public_addresses_stay() {
    for (address, expected) in SECRET {
        let shown = shown(address);
        assert_eq!(without_digests(&shown), *expected, "{address}");
        // What is masked is an address, and is masked no further.
        assert_eq!(self::shown(&shown), shown, "{address}");
    }
    for address in PUBLIC {
        assert_eq!(shown(address), *address);
    }
}

/// No secret of a source is in any list, output or log; its id is its own, and `secret` settles doubt.
#[test]
fn sources_are_shown_without_secrets_and_stay_apart() {
    const TOKENS: [&str; 2] = ["0f1e2d3c4b5a69788796a5b4c3d2e1f001122334", "1f1e2d3c4b5a69788796a5b4c3d2e1f001122334"];
    let origin = Origin::start();
    let address = origin.address();
    let mut config = format!("{BASE}\n[stories]\nmatch = \"off\"\n");
    for (at, token) in TOKENS.iter().enumerate() {
        let target = format!("/f?feed={token}");
        origin.document(&target, rss(&format!("A {at}"), &items(&format!("a{at}"), 0..1)));
        config += &source(&origin, &format!("long{at}"), &target, "");
        let target = format!("/w?key=sesame-{at}");
        origin.document(&target, rss(&format!("B {at}"), &items(&format!("b{at}"), 0..1)));
        config += &source(&origin, &format!("short{at}"), &target, "");
    }
    origin.document("/people/jane", rss("C", &items("c", 0..1)));
    config += &source(&origin, "whole", "/people/jane", "secret = true");
    origin.document("/o?list=d41d8cd98f00b204e9800998ecf8427e", rss("D", &items("d", 0..1)));
    config += &source(&origin, "open", "/o?list=d41d8cd98f00b204e9800998ecf8427e", "secret = false");
    let program = Program::bare(&config);
    let checked = program.run(&["check"]).expect(0).said();
    for told in ["`long0`", "the parameter `feed`", "`short1`", "the parameter `key`", "`whole`"] {
        assert!(checked.contains(told), "{told} in\n{checked}");
    }
    assert!(!checked.contains("`open`"), "{checked}");
    let daemon = program.daemon();
    let feed = wait_until(PATIENCE, "all entries", || {
        let text = daemon.get("/feed.atom").expect(200).text();
        (text.matches("<entry").count() == 6).then_some(text)
    });
    let mut everything = vec![checked, feed.clone(), daemon.log()];
    for path in ["/feed.rss", "/feed.json", "/sources.opml", "/", "/source/long0.atom", "/source/whole.atom"] {
        everything.push(daemon.get(path).expect(200).text());
    }
    for verb in [&["list", "--json"][..], &["list"], &["show", "long0"], &["show", "whole"], &["config", "--effective"]]
    {
        everything.push(program.run(verb).expect(0).said());
    }
    for text in &everything {
        for secret in [TOKENS[0], TOKENS[1], "sesame-0", "sesame-1", "people/jane"] {
            assert!(!text.contains(secret), "{secret} in\n{text}");
        }
    }
    let listed = program.source("open")["url"].as_str().unwrap_or_default().to_owned();
    assert_eq!(listed, format!("http://{address}/o?list=d41d8cd98f00b204e9800998ecf8427e"));
    let id_of = |source: &'_ str| source.split("</id>").next()?.rsplit("<id>").next().map(str::to_owned);
    let mut ids: Vec<String> = feed.split("<source>").skip(1).filter_map(id_of).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 6, "{ids:?}");
}

/// What a redirect brings, and what a feed says of itself after it, is masked, too.
#[test]
fn logins_and_sessions_of_redirects_and_feeds_are_masked() {
    let origin = Origin::start();
    let login = format!("http://jo:pass77word@{}/new?PHPSESSID=visit4711", origin.address());
    origin.serve("/old", Answer::redirect(302, &login));
    let quoted = login.replace('&', "&amp;");
    let feed = format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><id>{quoted}</id><title>T</title>\
         <subtitle>Feed of {quoted}</subtitle><link href=\"{quoted}\"/><updated>2026-01-01T00:00:00Z</updated>\
         <entry><id>urn:x:1</id><title>E</title><updated>2026-01-01T00:00:00Z</updated><content>words</content></entry></feed>"
    );
    origin.serve("/new?PHPSESSID=visit4711", Answer::body(feed));
    let program = Program::new(&source(&origin, "a", "/old", ""));
    let daemon = program.daemon();
    let mut everything = vec![wait_until(PATIENCE, "the entry", || {
        let text = daemon.get("/feed.atom").expect(200).text();
        text.contains("<entry").then_some(text)
    })];
    everything.extend(["/feed.rss", "/feed.json", "/sources.opml"].map(|path| daemon.get(path).expect(200).text()));
    for verb in [&["list", "--json"][..], &["show", "a"], &["show", "--json", "a"]] {
        everything.push(program.run(verb).expect(0).said());
    }
    everything.push(daemon.log());
    for text in &everything {
        assert!(!text.contains("pass77word") && !text.contains("visit4711"), "{text}");
    }
}

/// The errors of a file that is not valid TOML quote no secret, and `check` reports a file with secrets that other users may read.
#[test]
fn errors_quote_no_secret_and_readable_secrets_are_reported() {
    let head = "[[source]]\nurl = \"https://a.example/f\"\n";
    for tail in [
        "auth = { user = \"me\", password = \"SESAME77 }\n[[source]]\nurl = \"https://b.example/f\"\nauth = { user = \"me\", password = \"SESAME77\" }\n",
        "headers = { \"X-A\" = \"SESAME77, \"X-B\" = \"SESAME77\" }\n",
        "auth = { user = \"me\", password = 7SESAME77 }\n",
        "auth = { user = \"me\", password = SESAME77 }\n",
        "auth = { user = \"me\", password = 0xSESAME77 }\n",
        "auth = { user = \"me\", password = \"x\"SESAME77 }\n",
        "[[output]]\nname = \"x\"\ntoken : \"SESAME77\"\n",
        "[[output]]\nname = \"x\"\ntoken == \"SESAME77\"\n",
        "[source.headers]\nX-Foo = SESAME77\n",
        "psswd = \"SESAME77\n",
        "SESAME77\n",
        "kennwort = SESAME77\n",
    ] {
        let text = format!("{head}{tail}");
        let said = Program::bare(&text).run(&["check"]).expect(2).said();
        assert!(!said.contains("SESAME77") && said.contains('^'), "{text}\n{said}");
    }
    let number = format!("{head}auth = {{ user = \"me\", password = 77001234 }}\n");
    assert!(!Program::bare(&number).run(&["check"]).expect(2).said().contains("77001234"));
    for (more, mode, told) in [
        ("auth = { user = \"me\", password = \"x\" }\n", 0o644, true),
        ("auth = { user = \"me\", password = \"x\" }\n", 0o600, false),
        ("auth = { user = \"me\", password = { env = \"HOME\" } }\n", 0o644, false),
        ("", 0o666, false),
        ("[[output]]\nname = \"x\"\ntoken = \"x\"\n", 0o620, true),
    ] {
        use std::os::unix::fs::PermissionsExt;
        let program = Program::bare(&format!("{head}{more}"));
        std::fs::set_permissions(program.config_path(), std::fs::Permissions::from_mode(mode)).expect("it is ours");
        let said = program.run(&["check"]).expect(0).said();
        assert_eq!(said.contains("chmod 600"), told, "{mode:o} {more}\n{said}");
    }
}
