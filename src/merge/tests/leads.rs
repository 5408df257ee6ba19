//! Which entry of a story leads it, and which entries stand beside each other, so that nobody hides what another one wrote.

use super::fake::Fake;
use super::{Doc, Item, check, doc, item, text};

const BRIDGE: &str = "The old bridge has fallen into the river";
const PILLS: &str = "Cheap pills for everybody in town";
const BLOG: &str = "https://www.blog.example/bridge";
const BLOG_FEED: &str = "https://feeds.blog.example/rss";
const PLANET_FEED: &str = "https://planet.example/atom";
const SERVICE_FEED: &str = "https://feeds.service.example/blog";

fn entry(link: &str, title: &str, text: &str) -> Item {
    item("1", link, title, text, 0)
}

fn from(source: i64, item: &Item, feed: &'static str, named: &'static str) -> Doc {
    doc(std::slice::from_ref(item)).of(source).served(feed, named)
}

/// A text of a hundred and eighty words.
fn long() -> String {
    [text(1), text(2), text(3)].join(" ")
}

/// An advertisement of sixty words, with the same text behind.
fn advertised() -> String {
    format!("{} {}", text(70), long())
}

const BY_TEXT: &str = "join 2 to 1 by text; insert 2";
const BY_LINK: &str = "join 2 to 1 by link; insert 2";
const LED: &str = "join 2 to 1 by link; lead 2 instead of 1; insert 2";

#[track_caller]
fn two(name: &str, one: Doc, other: Doc, wanted: &str) -> Fake {
    check(name, &[one, other], &["insert 1", wanted])
}

#[test]
fn an_entry_at_home_leads_whoever_came_first() {
    let own = entry(BLOG, BRIDGE, &text(1));
    let blog = || from(2, &own, BLOG_FEED, "https://blog.example/");
    let by_service = || from(2, &own, SERVICE_FEED, "https://blog.example/");
    let copy = |named| from(1, &own, PLANET_FEED, named);
    assert_eq!(two("a planet first", copy("https://planet.example/"), blog(), LED).leader_of(1), 2);
    two("a feed that says it were the blog's, first", copy("https://blog.example/"), blog(), LED);
    two("a blog by way of a service, second", copy("https://planet.example/"), by_service(), LED);
    two("a blog by way of a service, and who says the same", copy("https://blog.example/"), by_service(), BY_LINK);
    let first = |item: &Item| from(1, item, BLOG_FEED, "https://blog.example/");
    let second = |named| from(2, &own, PLANET_FEED, named);
    assert_eq!(two("a planet second", first(&own), second("https://planet.example/"), BY_LINK).leader_of(1), 1);
    two("a feed that says it were the blog's, second", first(&own), second("https://blog.example/"), BY_LINK);
    let elsewhere = entry("https://evil.example/1", BRIDGE, &text(1));
    two("a copy on a site of its own", first(&own), from(2, &elsewhere, "https://evil.example/rss", ""), BY_TEXT);
    let lost = entry("https://blog-cdn.example/1", BRIDGE, &text(1));
    let evil = from(2, &elsewhere, "https://evil.example/rss", "");
    two("a site of its own takes nothing from who is at home nowhere", first(&lost), evil, BY_TEXT);
    two("local files", from(1, &own, "", ""), from(2, &own, "", ""), BY_LINK);
}

#[test]
fn an_advertisement_in_front_stands_beside() {
    let own = entry(BLOG, BRIDGE, &long());
    let evil = |link: &str| entry(link, PILLS, &advertised());
    let (blog, theirs) = ("https://blog.example/", "https://evil.example/rss");
    let first = from(1, &evil("https://evil.example/1"), theirs, "");
    two("on a site of its own, first", first, from(2, &own, BLOG_FEED, blog), "insert 2");
    let second = from(2, &evil("https://evil.example/1"), theirs, "");
    two("on a site of its own, second", from(1, &own, BLOG_FEED, blog), second, "insert 2");
    let byline = entry("https://paper.example/1", BRIDGE, &format!("By our own correspondent {}", long()));
    let paper = from(2, &byline, "https://paper.example/rss", "");
    two("a byline", from(1, &own, BLOG_FEED, blog), paper, BY_TEXT);
    let plain = from(1, &entry("https://evil.example/1", PILLS, &long()), theirs, "");
    let later = from(1, &evil("https://evil.example/1"), theirs, "");
    let documents = [plain, from(2, &own, BLOG_FEED, blog), later];
    let shelf =
        check("put in later", &documents, &["insert 1", BY_TEXT, "revise 1 significant; part 1 from 2 led by 2"]);
    assert_eq!(shelf.stories(), "1 | 2");
    let (one, other) = (from(1, &own, "", ""), from(2, &evil("https://evil.example/1"), "", ""));
    two("where nothing is known of either", one, other, BY_TEXT);
}

#[test]
fn of_one_headline_what_has_a_text_leads() {
    let bare = entry("https://evil.example/1", BRIDGE, "");
    let own = entry(BLOG, BRIDGE, &text(1));
    let evil = |source| from(source, &bare, "https://evil.example/rss", "");
    let blog = |source| from(source, &own, BLOG_FEED, "");
    let led = "join 2 to 1 by headline; lead 2 instead of 1; insert 2";
    two("the headline alone first", evil(1), blog(2), led);
    two("the headline alone second", blog(1), evil(2), "join 2 to 1 by headline; insert 2");
    let pointer = entry(BLOG, BRIDGE, "");
    let planet = from(1, &pointer, PLANET_FEED, "");
    two("a pointer at its page", planet, blog(2), LED);
}

#[test]
fn what_led_and_leaves_leads_no_more() {
    let own = entry(BLOG, BRIDGE, &text(1));
    let planet = from(1, &own, PLANET_FEED, "");
    let blog = |item: &Item| from(2, item, BLOG_FEED, "");
    let rewritten = entry(BLOG, BRIDGE, &text(2));
    let shelf = check(
        "the leading one leaves",
        &[planet.clone(), blog(&own), blog(&rewritten)],
        &["insert 1", LED, "revise 2 significant; part 2 from 1"],
    );
    assert_eq!((shelf.stories().as_str(), shelf.leader_of(1)), ("1 | 2", 1));
    let edited = entry(BLOG, BRIDGE, &format!("{} {}", text(1), text(5)));
    let documents = [planet, blog(&own), blog(&edited)];
    check("the leading one is revised", &documents, &["insert 1", LED, "revise 2 significant; lift 1"]);
}

#[test]
fn another_name_is_told_once() {
    let before = item("a1", "/bridge", BRIDGE, &text(1), 0);
    let check = |name: &str, after: &Item, wanted: &str, told: usize| {
        let documents = [doc(std::slice::from_ref(&before)), doc(std::slice::from_ref(after))];
        let shelf = check(name, &documents, &["insert 1", wanted]);
        assert_eq!(shelf.done("rekey"), told, "{name}");
    };
    let moved = item("b7", "/bridge", BRIDGE, &text(1), 0);
    check("another id at the same address", &moved, "touch 1 as b7", 1);
    let same = item("a1", "/bridge", "The old bridge has fallen in the river", &text(1), 0);
    check("the same id", &same, "revise 1 significant", 0);
}
