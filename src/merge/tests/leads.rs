//! Tests of leading entries: which entry leads a story, and when two entries are both published so that neither hides
//! the other.

use std::time::Duration;

use super::fake::Fake;
use super::{Doc, Item, check, doc, item, text};
use crate::merge::stories::{Asked, nearly};
use crate::merge::{Hides, StoryShelf};
use crate::model::EntryId;
use crate::stories::{Reach, StoryOptions};

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

/// The same text with something behind its first thirty words.
fn interrupted(by: &str) -> String {
    let text = long();
    let words: Vec<&str> = text.split(' ').collect();
    format!("{} {by} {}", words[..30].join(" "), words[30..].join(" "))
}

/// Plays two entries in both orders; in neither may the second join the first.
#[track_caller]
fn apart(name: &str, one: &dyn Fn(i64) -> Doc, other: &dyn Fn(i64) -> Doc) {
    two(&format!("{name}, first"), one(1), other(2), "insert 2");
    two(&format!("{name}, second"), other(1), one(2), "insert 2");
}

const BY_TEXT: &str = "join 2 to 1 by text; insert 2";
const BY_LINK: &str = "join 2 to 1 by link; insert 2";
const LED: &str = "join 2 to 1 by link; lead 2 instead of 1; insert 2";

#[track_caller]
fn two(name: &str, one: Doc, other: Doc, wanted: &str) -> Fake {
    check(name, &[one, other], &["insert 1", wanted])
}

#[test]
fn an_entry_at_home_leads_in_any_order() {
    let own = entry(BLOG, BRIDGE, &text(1));
    let blog = || from(2, &own, BLOG_FEED, "https://blog.example/");
    let by_service = || from(2, &own, SERVICE_FEED, "https://blog.example/");
    let copy = |named| from(1, &own, PLANET_FEED, named);
    assert_eq!(two("a planet first", copy("https://planet.example/"), blog(), LED).leader_of(1), 2);
    two("a feed that names the blog's site, first", copy("https://blog.example/"), blog(), LED);
    two("a blog behind a feed service, second", copy("https://planet.example/"), by_service(), LED);
    two(
        "a blog behind a feed service, and a feed that also names its site",
        copy("https://blog.example/"),
        by_service(),
        BY_LINK,
    );
    let first = |item: &Item| from(1, item, BLOG_FEED, "https://blog.example/");
    let second = |named| from(2, &own, PLANET_FEED, named);
    assert_eq!(two("a planet second", first(&own), second("https://planet.example/"), BY_LINK).leader_of(1), 1);
    two("a feed that names the blog's site, second", first(&own), second("https://blog.example/"), BY_LINK);
    let elsewhere = entry("https://evil.example/1", BRIDGE, &text(1));
    two("a copy on a site of its own", first(&own), from(2, &elsewhere, "https://evil.example/rss", ""), BY_TEXT);
    let lost = entry("https://blog-cdn.example/1", BRIDGE, &text(1));
    let evil = from(2, &elsewhere, "https://evil.example/rss", "");
    two("a copy on a site of its own takes no lead from an entry without a home", first(&lost), evil, BY_TEXT);
    two("local files", from(1, &own, "", ""), from(2, &own, "", ""), BY_LINK);
}

#[test]
fn a_copy_behind_an_advertisement_is_published_beside_the_original() {
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
    let shelf = check(
        "an advertisement that is put in later",
        &documents,
        &["insert 1", BY_TEXT, "revise 1 significant; part 1 from 2 led by 2"],
    );
    assert_eq!(shelf.stories(), "1 | 2");
    let (one, other) = (from(1, &own, "", ""), from(2, &evil("https://evil.example/1"), "", ""));
    two("two entries without a known home", one, other, BY_TEXT);
}

#[test]
fn a_copy_interrupted_by_an_advertisement_is_published_beside_the_original() {
    let own = entry(BLOG, BRIDGE, &long());
    let blog = |source| from(source, &own, BLOG_FEED, "https://blog.example/");
    let evil = |text: &str| {
        let entry = entry("https://evil.example/1", PILLS, text);
        move |source| from(source, &entry, "https://evil.example/rss", "")
    };
    let advertisement = format!("{} {}", text(70), text(71));
    apart("behind the first words", &evil(&interrupted(&advertisement)), &blog);
    let words = text(70);
    let sentence: Vec<&str> = words.split(' ').take(40).collect();
    let edited = evil(&interrupted(&sentence.join(" ")));
    two("a sentence of an editor's, first", edited(1), blog(2), BY_TEXT);
    two("a sentence of an editor's, second", blog(1), edited(2), BY_TEXT);
}

#[test]
fn a_feed_that_only_names_a_site_hides_nothing_behind_an_advertisement() {
    let own = entry(BLOG, BRIDGE, &long());
    let planet = |source| from(source, &own, PLANET_FEED, "https://planet.example/");
    let evil = entry(BLOG, BRIDGE, &advertised());
    let elsewhere = |source| from(source, &evil, "https://evil.example/rss", "https://evil.example/");
    apart("neither at home, and one with an advertisement", &elsewhere, &planet);
    let named = |source| from(source, &evil, "https://evil.example/rss", "https://blog.example/");
    apart("with an advertisement, and it names the blog's site", &named, &planet);
    let other = |source| from(source, &own, "https://moon.example/atom", "https://moon.example/");
    two("two planets", planet(1), other(2), BY_LINK);
    let blog = |source| from(source, &own, BLOG_FEED, "");
    two("the blog itself, first", blog(1), named(2), BY_LINK);
    two("the blog itself, second", named(1), blog(2), LED);
}

#[test]
fn another_name_at_the_same_service_is_another_site() {
    let own = entry("https://one.substack.com/p/bridge", BRIDGE, &long());
    let one = |source| from(source, &own, "https://one.substack.com/feed", "https://one.substack.com/");
    let planet = |source| from(source, &own, PLANET_FEED, "https://planet.example/");
    let evil = |text: &str| {
        let entry = entry("https://two.substack.com/p/bridge", BRIDGE, text);
        move |source| from(source, &entry, "https://two.substack.com/feed", "https://two.substack.com/")
    };
    let (copy, advertised) = (evil(&long()), evil(&advertised()));
    apart("with an advertisement", &advertised, &one);
    apart("with an advertisement, beside a planet", &advertised, &planet);
    two("a copy takes no lead from a planet", planet(1), copy(2), BY_TEXT);
    two("a copy takes no lead from an entry at home", one(1), copy(2), BY_TEXT);
    two("an entry at home takes the lead", planet(1), one(2), LED);
    let sport = entry("https://sport.paper.example/1", BRIDGE, &long());
    let paper = from(2, &sport, "https://rss.paper.example/all", "");
    two("another host of a paper", from(1, &sport, PLANET_FEED, ""), paper, LED);
}

#[test]
fn a_bare_headline_at_home_is_published_beside_a_text() {
    let own = entry(BLOG, BRIDGE, &text(1));
    let blog = |source| from(source, &own, BLOG_FEED, "");
    let bare = |text: &str| {
        let entry = entry("https://town.example/1", BRIDGE, text);
        move |source| from(source, &entry, "https://town.example/rss", "")
    };
    apart("nothing but the headline", &bare(""), &blog);
    apart("a pointer at its own site", &bare("Read more on our site"), &blog);
    let other = entry("https://evil.example/1", BRIDGE, "");
    apart("two headlines", &bare(""), &|source| from(source, &other, "https://evil.example/rss", ""));
    let id = |link: &str, text: &str| item("tag:town.example,2026:bridge", link, BRIDGE, text, 0);
    let (short, long) = (id("https://town.example/1", ""), id("https://evil.example/1", &text(1)));
    let named = |source| from(source, &short, "https://town.example/rss", "");
    apart("under one id", &named, &|source| from(source, &long, "https://evil.example/rss", ""));
}

#[test]
fn a_collected_headline_joins_the_story_of_its_text() {
    let own = entry(BLOG, BRIDGE, &text(1));
    let blog = |source| from(source, &own, BLOG_FEED, "");
    let by_headline = "join 2 to 1 by headline; insert 2";
    let elsewhere = entry("https://counter.example/1", BRIDGE, "");
    let planet = |source| from(source, &elsewhere, PLANET_FEED, "");
    two("through a planet, first", planet(1), blog(2), "join 2 to 1 by headline; lead 2 instead of 1; insert 2");
    two("through a planet, second", blog(1), planet(2), by_headline);
    let pointer = entry(BLOG, BRIDGE, "");
    two("a pointer at its page", from(1, &pointer, PLANET_FEED, ""), blog(2), LED);
    let collected = entry("https://news.example/1", &format!("{BRIDGE} - The Blog"), "");
    let collector = |source| from(source, &collected, "https://news.example/rss", "");
    two("with the name of a site behind it, first", collector(1), blog(2), "insert 2");
    two("with the name of a site behind it, second", blog(1), collector(2), by_headline);
    let edited = entry(BLOG, BRIDGE, &format!("{} {}", text(1), text(5)));
    let documents = [blog(1), collector(2), from(1, &edited, BLOG_FEED, "")];
    check("the text is revised", &documents, &["insert 1", by_headline, "revise 1 significant"]);
}

#[test]
fn a_leading_entry_that_leaves_no_longer_leads() {
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
fn a_re_keying_is_recorded_once() {
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

/// The reasons for which an entry was not joined to similar ones.
fn reasons(shelf: &Fake, id: i64) -> Vec<String> {
    let id = EntryId(id);
    let (Ok(Some(stored)), Ok(Some(place))) = (shelf.piece(id), shelf.as_leader(id)) else { panic!("it is stored") };
    let Ok(boilerplate) = shelf.boilerplate(stored.source);
    let asked =
        Asked { id, stored: &stored, link: place.link.as_deref(), site: &place.site, boilerplate: &boilerplate };
    let options = StoryOptions { reach: Reach::Near, window: Duration::from_secs(7 * 24 * 3_600) };
    let Ok(near) = nearly(shelf, options, asked);
    near.into_iter().map(|near| near.reason).collect()
}

#[test]
fn the_reason_why_two_entries_are_not_joined_is_given() {
    let own = entry(BLOG, BRIDGE, &long());
    let blog = |source| from(source, &own, BLOG_FEED, "");
    let other = |text: &str| from(2, &entry("https://evil.example/1", BRIDGE, text), "https://evil.example/rss", "");
    let check = |name: &str, other: Doc, wanted: &str| {
        let shelf = two(name, blog(1), other, "insert 2");
        let told = reasons(&shelf, 2);
        assert!(told.len() == 1 && told[0].contains(wanted), "{name}: {told:?}");
        shelf
    };
    for (name, text, hides) in
        [("an advertisement", advertised(), Hides::Text), ("a headline", String::new(), Hides::Headline)]
    {
        let shelf = check(name, other(&text), hides.explain());
        assert_eq!(reasons(&shelf, 1), [hides.explain()], "{name}, asked of the first");
    }
    check("stories were off", other(&long()).reach(Reach::Off), "is not known");
}
