//! Tests of stories: which story an entry joins, and when it leaves it.

use super::fake::Fake;
use super::{Doc, Item, check, check_on, corrected, doc, item, text};
use crate::stories::Reach;

const BRIDGE: &str = "The old bridge has fallen into the river";
const REPORT: &str = "Nobody was hurt as stones came down";

/// An entry of a site under an id that does not identify it elsewhere.
fn entry(site: &str, title: &str, text: &str) -> Item {
    item("1", &format!("https://{site}.example/{site}"), title, text, 0)
}

fn first_words(text: &str, count: usize) -> String {
    text.split(' ').take(count).collect::<Vec<&str>>().join(" ")
}

/// Documents of one item each, every document of another source.
fn sources(items: &[Item]) -> Vec<Doc> {
    (1..).zip(items).map(|(source, item)| doc(std::slice::from_ref(item)).of(source)).collect()
}

#[test]
fn copies_of_other_sources_are_joined_by_each_rule() {
    let check = |name: &str, one: Item, other: Item, wanted: &str| {
        check(name, &sources(&[one, other]), &["insert 1", wanted]);
    };
    let of = |id: &str, link: &str, title: &str, text: &str| item(id, link, title, text, 0);
    let link = "https://a.example/bridge";
    let pointer = of("x", link, "Bridge down", "");
    check("a pointer at the address", of("1", link, BRIDGE, &text(1)), pointer, "join 2 to 1 by link; insert 2");
    let comment = of("x", link, BRIDGE, &text(2));
    check("another text at the address", of("1", link, BRIDGE, &text(1)), comment, "insert 2");
    let note = of("x", link, "Version 2 mends a hole", "Update now.");
    check("nothing but the address", of("1", link, "Cheap pills", &text(1)), note, "insert 2");
    let id = "tag:agency.example,2026:1";
    let copy = of(id, "https://b.example/2", REPORT, &text(1));
    let wanted = "join 2 to 1 by id; insert 2";
    check("the id", of(id, "https://a.example/1", BRIDGE, &text(1)), copy, wanted);
    let other = of(id, "https://b.example/2", REPORT, &text(2));
    check("the id over another text", of(id, "https://a.example/1", BRIDGE, &text(1)), other, "insert 2");
    let mobile = of("2", "https://m.a.example/bridge", BRIDGE, &text(1));
    let wanted = "join 2 to 1 by hint; insert 2";
    check("a mobile page", of("1", "https://www.a.example/bridge.html", BRIDGE, &text(1)), mobile, wanted);
    let (whole, copy) = (entry("a", BRIDGE, &text(1)), entry("b", REPORT, &corrected(&text(1))));
    check("the text", whole.clone(), copy, "join 2 to 1 by text; insert 2");
    let teaser = entry("b", BRIDGE, &first_words(&text(1), 21));
    check("a teaser", whole.clone(), teaser, "join 2 to 1 by text; insert 2");
    let teaser = entry("b", REPORT, &first_words(&text(1), 21));
    check("a teaser under another headline", whole.clone(), teaser, "insert 2");
    check("no text in common", whole.clone(), entry("b", REPORT, &text(2)), "insert 2");
    check("a headline alone", whole.clone(), entry("b", BRIDGE, ""), "join 2 to 1 by headline; insert 2");
    check("one headline over two texts", whole.clone(), entry("b", BRIDGE, &text(2)), "insert 2");
    let late = Item { hour: Some(-8 * 24), ..entry("b", REPORT, &text(1)) };
    check("the text, but eight days apart", whole, late, "insert 2");
}

#[test]
fn the_same_headline_over_the_same_boilerplate_is_a_twin() {
    let forecast = |place: &str| format!("Weather report for the {place}");
    let own = |place: &str| item(&place[..4], &format!("/{}", &place[..4]), &forecast(place), &text(1), 0);
    let all = doc(&[own("northern coast"), own("southern hills"), own("western plain")]);
    let copy = doc(&[entry("b", &forecast("northern coast"), &text(1))]).of(2);
    check("a twin", &[all.clone(), copy], &["insert 1 to 3", "join 4 to 3 by twin; insert 4"]);
    let other = doc(&[entry("b", &forecast("eastern lakes"), &text(1))]).of(2);
    check("no twin", &[all.clone(), other], &["insert 1 to 3", "insert 4"]);
    let filled_in_otherwise = doc(&[entry("b", &forecast("northern coast"), &corrected(&text(1)))]).of(2);
    check("another word in it", &[all, filled_in_otherwise], &["insert 1 to 3", "insert 4"]);
}

#[test]
fn look_alikes_stay_apart() {
    let check = |name: &str, one: Item, other: Item| check(name, &sources(&[one, other]), &["insert 1", "insert 2"]);
    let part = |site: &str, number: u32| entry(site, &format!("The long story of the river, part {number}"), &text(1));
    check("parts of a series", part("a", 2), part("b", 3));
    let sound = |site: &str, file: &str| {
        entry(site, BRIDGE, &text(1)).with_sound(&format!("https://{site}.example/episode-{file}.mp3"))
    };
    check("different sounds", sound("a", "one"), sound("b", "two"));
    let version = |site: &str, version: &str| entry(site, &format!("Kit {version} is out now"), &text(1));
    check("a preview", version("a", "4.0.0 preview3"), version("b", "4.0.0"));
    let town = |site: &str, name: &str| entry(site, &format!("Rain over {name}"), &format!("In {name} {}", text(1)));
    check("two towns", town("a", "Aford"), town("b", "Bham"));
    let quoted = format!("{} {}", text(1), text(2));
    let list = entry("b", "Links for a Friday", &format!("{} {quoted}", text(3)));
    check("a list that quotes it", entry("a", BRIDGE, &quoted), list.clone());
    check("a list that quoted it before", list, entry("a", BRIDGE, &quoted));
    let bare = |site: &str, title: &str| entry(site, title, "");
    check("a headline that says too little", entry("a", "Open thread", &text(1)), bare("b", "Open thread"));
}

#[test]
fn a_headline_of_two_stories_joins_neither() {
    let (one, other) = (entry("a", BRIDGE, &text(1)), entry("b", BRIDGE, &text(2)));
    let documents = sources(&[one, other, entry("c", BRIDGE, "")]);
    check("two stories", &documents, &["insert 1", "insert 2", "insert 3"]);
    let (before, now) = (Item { hour: Some(-100), ..entry("a", BRIDGE, &text(1)) }, entry("b", BRIDGE, &text(2)));
    let documents = sources(&[before, now, entry("c", BRIDGE, "")]);
    check("two stories, one of them much older", &documents, &["insert 1", "insert 2", "insert 3"]);
    let (own, again) = (entry("b", BRIDGE, &text(2)), item("2", "https://b.example/2", BRIDGE, "", 5));
    let mut documents = sources(&[entry("a", BRIDGE, &text(1)), own.clone()]);
    documents.push(doc(&[own, again]).of(2));
    check("one of its own source", &documents, &["insert 1", "insert 2", "insert 3; same 2"]);
    let documents = sources(&[entry("a", BRIDGE, &text(1)), entry("b", REPORT, &text(1)), entry("c", BRIDGE, "")]);
    let wanted = ["insert 1", "join 2 to 1 by text; insert 2", "join 3 to 1 by headline; insert 3"];
    check("one story", &documents, &wanted);
}

#[test]
fn entries_of_one_source_never_join_each_other() {
    let both = [item("1", "/1", BRIDGE, &text(1), 0), item("2", "/2", REPORT, &text(1), 0)];
    check("in one document", &[doc(&both)], &["insert 1; insert 2"]);
    let next = doc(&[item("3", "/3", "A third headline on it", &text(1), 24)]);
    check("in two documents", &[doc(&both[..1]), next], &["insert 1", "insert 2"]);
}

#[test]
fn a_story_does_not_grow_without_end() {
    let full = "problem an entry was kept out of a story that already has the most entries a story may have";
    let mut copies: Vec<Item> = (0..27).map(|at| entry(&format!("s{at}"), BRIDGE, &text(1))).collect();
    // Three quarters of its text are in the other entries.
    copies[25] = entry("s25", REPORT, &format!("{} {}", first_words(&text(1), 45), first_words(&text(2), 15)));
    let wanted = |number: usize| match number {
        1 => "insert 1".to_owned(),
        26 => format!("insert 26; {full}"),
        _ => format!("join {number} to 1 by text; insert {number}"),
    };
    let wanted: Vec<String> = (1..=27).map(wanted).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    check("25 entries, and one that is surely the same", &sources(&copies), &wanted);
    let few = [copies[0].clone(), copies[25].clone()];
    check("of few", &sources(&few), &["insert 1", "join 2 to 1 by text; insert 2"]);
    let copy = |number: usize| item(&format!("b{number}"), &format!("https://b.example/{number}"), BRIDGE, &text(1), 0);
    let documents = [doc(&[entry("a", BRIDGE, &text(1))]), doc(&(1..5).map(copy).collect::<Vec<Item>>()).of(2)];
    let wanted = format!(
        "join 2 to 1 by text; insert 2; join 3 to 1 by text; insert 3; join 4 to 1 by text; insert 4; insert 5; {full}"
    );
    check("3 entries of a source", &documents, &["insert 1", &wanted]);
}

#[test]
fn stories_of_very_many_sources_do_not_fall_apart() {
    let mut shelf = Fake::default();
    for source in 1..=170 {
        let copy = |number: usize, title: &str| {
            item(&format!("{source}-{number}"), &format!("https://s{source}.example/{number}"), title, &text(number), 0)
        };
        shelf.poll(&doc(&[copy(1, BRIDGE), copy(2, REPORT)]).of(source), false);
    }
    assert_eq!(shelf.stories().split(" | ").count(), 2, "{}", shelf.stories());
}

#[test]
fn a_revised_entry_may_join_one_that_came_later() {
    let stub = entry("a", "More soon", "");
    let grown = entry("a", BRIDGE, &text(1));
    let play = |name: &str, other: Item, wanted: &str, stories: &str| {
        let documents = [doc(std::slice::from_ref(&stub)), doc(&[other]).of(2), doc(std::slice::from_ref(&grown))];
        let shelf = check(name, &documents, &["insert 1", "insert 2", wanted]);
        assert_eq!(shelf.stories(), stories, "{name}");
    };
    let wanted = "revise 1 significant; join 1 to 2 by text";
    play("a stub grows into a copy", entry("b", REPORT, &text(1)), wanted, "1 2");
    play("into something else", entry("b", REPORT, &text(2)), "revise 1 significant", "1 | 2");
}

#[test]
fn a_revised_entry_may_change_its_story() {
    let (own, copy) = (entry("a", BRIDGE, &text(1)), entry("b", REPORT, &text(1)));
    let rewritten = entry("b", REPORT, &text(2));
    let play = |shelf: Fake, name: &str, second: &[&Item], wanted: &[&str], stories: &str| {
        let second = second.iter().map(|item| doc(std::slice::from_ref(*item)).of(2));
        let documents: Vec<Doc> = std::iter::once(doc(std::slice::from_ref(&own))).chain(second).collect();
        let shelf = check_on(shelf, name, &documents, wanted);
        assert_eq!(shelf.stories(), stories, "{name}");
    };
    let joined = "join 2 to 1 by text; insert 2";
    let wanted = ["insert 1", joined, "revise 2 significant; part 2 from 1"];
    play(Fake::default(), "it leaves", &[&copy, &rewritten], &wanted, "1 | 2");
    let slight = entry("b", REPORT, &corrected(&text(1)));
    play(Fake::default(), "it stays", &[&copy, &slight], &["insert 1", joined, "revise 2 slight"], "1 2");
    let wanted = ["insert 1", joined, "revise 2 significant"];
    play(Fake::with_joined_by_hand(2), "a person joined it", &[&copy, &rewritten], &wanted, "1 2");
    let wanted = ["insert 1", "insert 2", "revise 2 significant; join 2 to 1 by text"];
    play(Fake::default(), "it joins", &[&rewritten, &copy], &wanted, "1 2");
    let wanted = ["insert 1", "insert 2", "revise 2 significant"];
    play(Fake::with_parted(1, 2), "a person parted it", &[&rewritten, &copy], &wanted, "1 | 2");
}

#[test]
fn the_next_entry_leads_when_the_leading_one_leaves() {
    let mut documents =
        sources(&[entry("a", BRIDGE, &text(1)), entry("b", REPORT, &text(1)), entry("c", "Stones", &text(1))]);
    documents.push(doc(&[entry("a", BRIDGE, &text(2))]));
    let wanted = [
        "insert 1",
        "join 2 to 1 by text; insert 2",
        "join 3 to 1 by text; insert 3",
        "revise 1 significant; part 1 from 2 and 3 led by 2",
    ];
    assert_eq!(check("the lead", &documents, &wanted).stories(), "1 | 2 3");
}

#[test]
fn the_store_is_asked_only_what_the_reach_needs() {
    let (own, copy) = (entry("a", BRIDGE, &text(1)), entry("b", REPORT, &text(1)));
    let pointer = item("1", "https://a.example/a", BRIDGE, "", 0);
    let all = |reach: Reach| -> Vec<Doc> {
        sources(&[own.clone(), copy.clone(), pointer.clone()])
            .into_iter()
            .map(|document| document.reach(reach))
            .collect()
    };
    let wanted = ["insert 1", "insert 2", "join 3 to 1 by link; insert 3"];
    let shelf = check("by link", &all(Reach::Link), &wanted);
    assert!(!shelf.asked().contains(&"mark"), "{:?}", shelf.asked());

    let mut documents = all(Reach::Off);
    documents.push(documents[0].clone());
    let wanted = ["insert 1", "insert 2", "insert 3", "same 1"];
    let shelf = check("off", &documents, &wanted);
    assert!(shelf.asked().is_empty(), "asked about stories: {:?}", shelf.asked());
    for what in ["file", "print", "join", "part"] {
        assert_eq!(shelf.done(what), 0, "{what}");
    }
    // A revised entry may be in a story that is older than the setting, so the story's other entries must be published
    // anew.
    documents.push(doc(&[entry("a", BRIDGE, &text(2))]).reach(Reach::Off));
    let wanted = ["insert 1", "insert 2", "insert 3", "same 1", "revise 1 significant"];
    assert_eq!(check("off, revised", &documents, &wanted).asked(), ["members", "story"]);
}

#[test]
fn of_very_many_entries_with_one_headline_only_a_few_are_examined() {
    // One more than makes a headline too frequent; if it stands over more entries than are counted, as many as are asked for their
    // stories.
    for (many, most) in [(100, 41), (200, 12)] {
        let entries: Vec<Item> = (0..many).map(|number| entry(&format!("s{number}"), BRIDGE, &text(number))).collect();
        let (mut shelf, mut before) = (Fake::default(), 0);
        for document in sources(&entries) {
            before = shelf.times_asked("source");
            shelf.poll(&document, false);
        }
        assert_eq!(shelf.times_asked("source") - before, most, "of {many} entries");
    }
}
