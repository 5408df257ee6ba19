//! Identity inside a source over several polls: moved entries, ids that are used again, floods, and that every item is
//! accounted for.

use crate::feeds::escape;
use crate::origin::Origin;
use crate::polling::source;
use crate::program::Program;
use crate::stories::{FeedItem, feed, piece, polled, stories, text_of, with_guid};

/// A source whose document is replaced before each poll.
struct Replayed {
    origin: Origin,
    program: Program,
}

impl Replayed {
    fn new() -> Replayed {
        let origin = Origin::start();
        let program = Program::new(&source(&origin, "a", "/a", ""));
        Replayed { origin, program }
    }

    /// Polls a document of these items; checks that the counts add up, and how many entries were new and revised.
    fn check(&self, what: &str, pieces: &[FeedItem], wanted: (u64, u64)) {
        self.check_text(what, &feed("a", pieces), pieces.len() as u64, wanted);
    }

    fn check_text(&self, what: &str, text: &str, items: u64, wanted: (u64, u64)) {
        self.origin.document("/a", text.to_owned());
        let polled = self.program.poll("a");
        let count = |name: &str| polled[name].as_u64().unwrap_or_default();
        assert_eq!((count("new"), count("revised")), wanted, "{what}: {polled}");
        let all = count("new") + count("same") + count("revised") + count("rejected");
        assert_eq!(all, items, "{what}: every item is accounted for: {polled}");
    }

    fn shown(&self) -> String {
        self.program.run(&["show", "a"]).expect(0).stdout
    }
}

/// An article of a site, at a path and under an id.
fn article(site: &str, number: u32, path: &str) -> FeedItem {
    let link = format!("https://{site}.example/{path}{number}");
    with_guid(&link, piece(&format!("What happened at place {number} on the road"), &link, &text_of(number)))
}

#[test]
fn an_address_that_was_edited_with_its_headline_is_the_same_entry() {
    let a = Replayed::new();
    let others = (10..14).map(|number| article("a", number, ""));
    let all = |first: FeedItem| std::iter::once(first).chain(others.clone()).collect::<Vec<_>>();
    let long = |changed: &str| format!("{} <p>{changed} and so it ends.</p>", text_of(1).replace("</p>", "</p> "));
    let entry = |slug: &str, title: &str, html: &str| {
        let link = format!("https://a.example/{slug}");
        with_guid(&link, piece(title, &link, html))
    };
    let first = entry("mayor-resigns-at-noon", "The mayor of the town resigns at noon", &long("They went home"));
    a.check("first", &all(first), (5, 0));
    let edited = entry("mayor-resigns-at-last", "The mayor of the town resigns at last", &long("They all went home"));
    a.check("the slug follows the headline", &all(edited), (0, 1));
    let other = entry("mayor-resigns-again", "The mayor of the town resigns again", &text_of(77));
    a.check("another text is another entry", &all(other), (1, 0));
}

#[test]
fn a_site_that_moves_brings_only_what_is_new() {
    let a = Replayed::new();
    let bare = |site: &str, number: u32| {
        let link = format!("https://{site}.example/?p={}", number * 3 + u32::from(site == "new"));
        with_guid(&link, piece(&format!("News of place {number} for the {number}. time"), &link, ""))
    };
    let before: Vec<FeedItem> = (0..10).map(|number| bare("old", number)).collect();
    a.check("first", &before, (10, 0));
    let after: Vec<FeedItem> = (0..12).rev().map(|number| bare("new", number)).collect();
    let restamped = feed("a", &after).replace("08:00:00 GMT", "21:00:00 GMT");
    a.check_text("new ids, new addresses, new dates", &restamped, 12, (2, 0));
    let shown = a.shown();
    assert!(shown.contains("10 entries came under other ids or addresses at once"), "{shown}");
    assert_eq!(a.program.entries().len(), 12);
    a.check_text("and again", &(restamped + "<!-- again -->"), 12, (0, 0));

    // A document whose window has moved on is not a move of the site, although its titles are similar.
    let b = Replayed::new();
    let report = |number: u32| {
        let link = format!("https://b.example/{number}");
        with_guid(&link, piece(&format!("Report {}", number % 7), &link, &text_of(number)))
    };
    b.check("first", &(0..7).map(report).collect::<Vec<_>>(), (7, 0));
    b.check("next", &(7..14).map(report).collect::<Vec<_>>(), (7, 0));
}

#[test]
fn shared_ids_are_distrusted_for_good() {
    let a = Replayed::new();
    let entry = |number: u32| {
        with_guid(
            "software",
            piece(
                &format!("Matter {number}{number} is settled"),
                &format!("https://a.example/{number}"),
                &text_of(number),
            ),
        )
    };
    a.check("two with one id", &[entry(1), entry(2)], (2, 0));
    a.check("a third one alone", &[entry(3)], (1, 0));
    a.check("and a fourth, at the third one's address", &[FeedItem { html: text_of(3), ..entry(4) }], (1, 0));
    let shown = a.shown();
    assert!(shown.contains("an id or address that several entries had at the same time: id:software"), "{shown}");
}

#[test]
fn an_id_that_is_used_again_belongs_to_its_last_bearer() {
    let a = Replayed::new();
    let entry = |day: u32, number: u32, more: &str| {
        let html = format!("{}<p>{more}</p>", text_of(number));
        let piece =
            piece(&format!("Quite another matter {number}{number}"), &format!("https://a.example/{number}"), &html);
        feed("a", &[with_guid("latest", piece)]).replace("25 Nov", &format!("{day} Nov"))
    };
    a.check_text("first", &entry(20, 1, ""), 1, (1, 0));
    a.check_text("reused", &entry(21, 2, ""), 1, (1, 0));
    a.check_text("its bearer is edited", &entry(21, 2, "A correction was made."), 1, (0, 1));
    a.check_text("reused again", &entry(22, 3, ""), 1, (1, 0));
    assert_eq!(a.program.entries().len(), 3);
}

#[test]
fn every_item_is_accounted_for() {
    let a = Replayed::new();
    let entry = |number: u32| article("a", number, "");
    a.check("an entry that is listed twice", &[entry(1), entry(2), entry(1)], (2, 0));
    let shown = a.shown();
    assert!(shown.contains("3: 2 new, 0 known, 0 revised, 1 left out as duplicates"), "{shown}");
    let flood: Vec<FeedItem> = (3..60).map(entry).collect();
    a.check("a flood", &flood, (57, 0));
    let shown = a.shown();
    assert!(shown.contains("a flood: 57 new entries came at once"), "{shown}");
    let same = "<item><title>One of ten thousand</title></item>".repeat(3_000);
    let text = format!("<rss version=\"2.0\"><channel><title>a</title>{same}</channel></rss>");
    a.check_text("thousands of equal items", &text, 3_000, (1, 0));
}

#[test]
fn a_piece_in_very_many_sources_is_one_story() {
    let text = escape(&text_of(5)).replace("&lt;p&gt;", "<p>").replace("&lt;/p&gt;", "</p>");
    let names: Vec<String> = (0..27).map(|number| format!("s{number}")).collect();
    let copy = |name: &String| piece("The one story of them all", &format!("https://{name}.example/1"), &text);
    let sources: Vec<(&str, Vec<FeedItem>)> = names.iter().map(|name| (name.as_str(), vec![copy(name)])).collect();
    let (_origin, program) = polled(&sources, "");
    let sizes: Vec<usize> = stories(&program).iter().map(Vec::len).collect();
    assert_eq!(sizes, [27], "whole copies are one story, however many sources carry them");
}

/// Polls documents of one or more items, dated by the day of November, and checks how many entries are stored in the
/// end.
fn stored_of(what: &str, documents: &[Vec<(u32, FeedItem)>], wanted: usize) {
    let a = Replayed::new();
    for document in documents {
        let items: String = document
            .iter()
            .map(|(day, piece)| feed("a", std::slice::from_ref(piece)).replace("25 Nov", &format!("{day} Nov")))
            .map(|text| {
                let (from, to) = (text.find("<item>").expect("an item"), text.rfind("</item>").expect("its end"));
                text[from..to + "</item>".len()].to_owned()
            })
            .collect();
        let whole = feed("a", &[]).replace("</channel>", &format!("{items}</channel>"));
        a.origin.document("/a", whole);
        a.program.poll("a");
    }
    assert_eq!(a.program.entries().len(), wanted, "{what}");
}

fn sound(url: &str, piece: FeedItem) -> FeedItem {
    let more = format!("{}<enclosure url='{url}' length='1' type='audio/mpeg'/>", piece.more);
    FeedItem { more, ..piece }
}

#[test]
fn the_same_text_under_another_id_is_another_entry() {
    let thread = |number: u32| {
        let link = format!("https://a.example/thread/{number}");
        with_guid(&format!("?p=900{number}"), piece("Open thread: what are you reading?", &link, &text_of(7)))
    };
    let weekly: Vec<_> = (0..4).map(|number| vec![(1 + 7 * number, thread(number))]).collect();
    stored_of("weekly threads", &weekly, 4);
    let bulletin = |number: u32| {
        let root = piece("News at the hour", "https://a.example/", "<p>The news.</p>");
        sound(&format!("https://a.example/sound/bulletin-{number:04}.mp3"), root)
    };
    let together = vec![(1..13).map(|number| (25, bulletin(number))).collect()];
    stored_of("bulletins without an id", &together, 12);
    let status = |day: u32| (day, piece("Status", "https://a.example/", "<p>All is well.</p>"));
    stored_of("reports that differ by their dates", &[(1..7).map(status).collect()], 6);
    stored_of("reports, one more", &[(1..7).map(status).collect(), (2..8).map(status).collect()], 7);
    let zero = |number: u32| {
        (25, with_guid("0", piece("The same", &format!("https://host{number}.example/"), "<p>The same.</p>")))
    };
    stored_of("only the host differs", &[(0..100).map(zero).collect()], 100);
    let forecast = |number: u32| {
        let link = format!("https://a.example/forecast/{number}");
        let html = format!("{}<p>It will be as on day {number}.</p>", text_of(3));
        (1 + number, with_guid(&link, piece("Your daily forecast", &link, &html)))
    };
    let rolling: Vec<_> = (0..6).map(|first| (first..first + 3).map(forecast).collect()).collect();
    stored_of("daily forecasts", &rolling, 8);
}

#[test]
fn an_edited_entry_keeps_its_id_in_any_script() {
    let entry = |slug: &str, title: &str, html: &str| {
        (25, with_guid("one-and-the-same", piece(title, &format!("https://a.example/{slug}"), html)))
    };
    let body = "<p>昨日の夜、町の北にある古い橋が大雨のために崩れました。けが人はいませんが、通れるようになるまで数か月かかる見込みです。</p>";
    for (what, before, after) in [
        ("no text", entry("a", "Two people missing", ""), entry("b", "Storm over the coast", "")),
        (
            "a short text",
            entry("a", "Two missing", "<p>We will report.</p>"),
            entry("b", "Storm", "<p>We will report.</p>"),
        ),
        ("a longer headline", entry("a", "Storm", ""), entry("b", "Storm: two missing", "")),
        ("Japanese", entry("a", "古い橋が崩れる", body), entry("b", "大雨の被害について", body)),
    ] {
        stored_of(what, &[vec![before], vec![after]], 1);
    }
}

#[test]
fn a_corrected_letter_does_not_show_an_entry_again() {
    let a = Replayed::new();
    let entry = |title: &str, html: &str| vec![with_guid("1", piece(title, "https://a.example/1", html))];
    let updated = |a: &Replayed| a.program.entries()[0]["updated"].as_str().expect("a date").to_owned();
    let long = text_of(5);
    let counted = |points: u32| format!("<p>Points: {points}</p><p>Comments: {}</p>", points * 3);
    for (what, title, before, after, moves) in [
        ("a letter", "A title", long.clone(), long.replacen("w35x0", "v35x0", 1), false),
        ("a counter", "A title", counted(12), counted(345), false),
        ("the title", "Another title altogether", long.clone(), long.clone(), true),
        ("the text", "A title", long.clone(), text_of(6), true),
    ] {
        let a_title = entry("A title", &before);
        a.check(what, &a_title, (u64::from(a.program.entries().is_empty()), a.program.entries().len() as u64));
        let first = updated(&a);
        a.check(what, &entry(title, &after), (0, 1));
        assert_eq!(updated(&a) != first, moves, "{what}");
    }
}
