//! Tests of revisions: which change is news, judged by the whole document and by the earlier states of an entry.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::fake::Fake;
use super::{Doc, Item, check, check_on, doc, item, text};
use crate::model::Timestamp;

const COLOURS: [&str; 6] = ["red", "green", "blue", "white", "black", "brown"];
const TITLE: &str = "The old bridge has fallen";
const BY_TEMPLATE: &str =
    "template 1 to 5; problem 5 of 5 known entries changed in the same way, as when a template changes";
const BACK: &str = "problem an entry went back to an earlier version";
const CUT: &str = "problem an entry came truncated";

/// The first words of a text of sixty words.
fn first(number: usize, words: usize) -> String {
    text(number).split(' ').take(words).collect::<Vec<&str>>().join(" ")
}

/// Entries of twenty words, edited by a function of their number; the first number is stored first.
fn entries(numbers: std::ops::RangeInclusive<usize>, edit: impl Fn(usize, &mut Item)) -> Doc {
    let entry = |number: usize| {
        let title = format!("A report on {}", COLOURS[number - 1]);
        let mut entry = item(&format!("g{number}"), &format!("/{number}"), &title, &first(number, 20), number as i64);
        edit(number, &mut entry);
        entry
    };
    doc(&numbers.rev().map(entry).collect::<Vec<Item>>())
}

fn five(edit: impl Fn(usize, &mut Item)) -> Doc {
    entries(1..=5, edit)
}

fn plain(_: usize, _: &mut Item) {}

fn line(_: usize, entry: &mut Item) {
    entry.text += " Read more of this and that on our pages";
}

fn prefix(_: usize, entry: &mut Item) {
    entry.title = format!("Blog: {}", entry.title);
}

fn whole(number: usize, entry: &mut Item) {
    entry.text = text(number);
}

fn cut(number: usize, entry: &mut Item) {
    entry.text = format!("{} […]", first(number, 30));
}

#[test]
fn what_the_program_reads_differently_is_not_shown_again() {
    let (before, after) = (entries(1..=2, plain), |edit: fn(usize, &mut Item)| entries(1..=2, edit));
    let rewritten = |number: usize, entry: &mut Item| {
        if number == 1 {
            entry.text = text(1);
        }
    };
    let poll = |is_read_anew: bool, document: &Doc| {
        let mut shelf = Fake::default();
        shelf.poll(&before, false);
        shelf.is_read_anew = is_read_anew;
        let said = [shelf.poll(document, false).said, shelf.poll(document, false).said];
        said.map(|said| said.join("; "))
    };
    assert_eq!(poll(false, &after(rewritten)), ["revise 1 significant; same 2", "same 1; same 2"]);
    assert_eq!(poll(true, &after(rewritten)), ["revise 1 slight; same 2", "same 1; same 2"]);
    // Later changes are news again.
    let mut shelf = Fake::default();
    shelf.poll(&before, false);
    shelf.is_read_anew = true;
    shelf.poll(&after(rewritten), false);
    shelf.is_read_anew = false;
    let again = entries(1..=2, |number, entry| entry.text = text(number + 2));
    assert!(shelf.poll(&again, false).said.iter().any(|said| said.starts_with("revise")));
}

#[test]
fn a_change_of_template_is_stored_and_not_shown_again() {
    let check = |name: &str, before: Doc, after: Doc| {
        check(name, &[before, after.clone(), after], &["insert 1 to 5", BY_TEMPLATE, "same 1 to 5"]);
    };
    check("a line is added", five(plain), five(line));
    check("a line is removed", five(line), five(plain));
    let other = |_: usize, entry: &mut Item| entry.text += " Our new shop has opened in the high street";
    check("a line is replaced", five(line), five(other));
    let named = |_: usize, entry: &mut Item| entry.text += &format!(" The post {} appeared first on Blog", entry.title);
    check("a line that names the title", five(plain), five(named));
    check("summary to full text", five(cut), five(whole));
    check("a title prefix", five(plain), five(prefix));
    check("a title prefix goes", five(prefix), five(plain));
    let suffix = |_: usize, entry: &mut Item| entry.title += " | News | The Site";
    check("a title suffix", five(plain), five(suffix));
    let days = |number: usize, entry: &mut Item| entry.title += &format!(" - {} days left", number + 2);
    check("a title suffix with a number", five(plain), five(days));
    let both = |number: usize, entry: &mut Item| {
        line(number, entry);
        prefix(number, entry);
    };
    check("a line and a prefix", five(plain), five(both));
    let sound = |place: &'static str| {
        move |number: usize, entry: &mut Item| {
            entry.sound = Some(format!("https://{place}-{number}-of-the-show.mp3"));
        }
    };
    check("other sound", five(sound("old.example/a")), five(sound("new.example/episode")));
}

#[test]
fn an_own_change_is_news_beside_a_change_of_template() {
    let beside = "template 1; template 2; revise 3 significant; template 4; template 5; \
                  problem 4 of 5 known entries changed in the same way, as when a template changes";
    let check = |name: &str, before: Doc, after: Doc, wanted: &str| {
        check(name, &[before, after], &["insert 1 to 5", wanted]);
    };
    let rewritten = |number: usize, entry: &mut Item| {
        line(number, entry);
        if number == 3 {
            entry.text = format!("{} Read more of this and that on our pages", first(30, 20));
        }
    };
    check("a text of its own", five(plain), five(rewritten), beside);
    let retitled = |number: usize, entry: &mut Item| {
        line(number, entry);
        if number == 3 {
            "One more matter is settled".clone_into(&mut entry.title);
        }
    };
    check("a title of its own", five(plain), five(retitled), beside);
    let two = |number: usize, entry: &mut Item| {
        if number < 3 {
            line(number, entry);
        }
    };
    let wanted = "revise 1 significant; revise 2 significant; same 3 to 5";
    check("two of five", five(plain), five(two), wanted);
    let all =
        "revise 1 significant; revise 2 significant; revise 3 significant; revise 4 significant; revise 5 significant";
    let other = |number: usize, entry: &mut Item| entry.text = first(number + 20, 20);
    check("all texts are others", five(plain), five(other), all);
    let degrees = |number: usize, entry: &mut Item| entry.title += &format!(": {number} degrees");
    let warmer = |number: usize, entry: &mut Item| entry.title += &format!(": {} degrees", number + 3);
    check("a number in all titles", five(degrees), five(warmer), all);
    let says = |what: &'static str| move |_: usize, entry: &mut Item| entry.text = format!("{what} in force");
    check("all say the same other thing", five(says("No warning")), five(says("Severe storm")), all);
    let pair = [entries(1..=2, plain), entries(1..=2, line)];
    super::check("two of two", &pair, &["insert 1; insert 2", "revise 1 significant; revise 2 significant"]);
}

#[test]
fn a_change_with_a_new_date_is_not_attributed_to_the_template() {
    let all =
        "revise 1 significant; revise 2 significant; revise 3 significant; revise 4 significant; revise 5 significant";
    let check = |name: &str, hour: fn(i64) -> i64, wanted: &str| {
        let warned = |number: usize, entry: &mut Item| {
            prefix(number, entry);
            entry.hour = entry.hour.map(hour);
        };
        check(name, &[five(plain), five(warned)], &["insert 1 to 5", wanted]);
    };
    check("since the last document", |hour| hour + 24, all);
    check("before the last document", |hour| hour + 6, BY_TEMPLATE);
    check("earlier", |hour| hour - 24, BY_TEMPLATE);
    check("all alike, as software does", |_| 30, BY_TEMPLATE);
    let one = "template 1; template 2; revise 3 significant; template 4; template 5; \
               problem 4 of 5 known entries changed in the same way, as when a template changes";
    check("one of them", |hour| if hour == 3 { 30 } else { hour }, one);
}

#[test]
fn another_sound_on_a_later_date_is_another_programme() {
    let all =
        |count: usize| (1..=count).map(|at| format!("revise {at} significant")).collect::<Vec<String>>().join("; ");
    let programme = |place: &'static str, hours: i64| {
        move |number: usize, entry: &mut Item| {
            entry.sound = Some(format!("https://{place}-{number}-of-the-show.mp3"));
            entry.hour = entry.hour.map(|hour| hour + hours);
        }
    };
    let check = |name: &str, hours: i64, wanted: &str| {
        let documents = [five(programme("old.example/a", 0)), five(programme("new.example/episode", hours))];
        check(name, &documents, &["insert 1 to 5", wanted]);
    };
    check("an hour later, as by another clock", 1, BY_TEMPLATE);
    check("earlier", -3, BY_TEMPLATE);
    check("some hours later", 3, &all(5));
    check("a day later", 24, &all(5));
    let three = |hours: i64| entries(1..=3, programme("new.example/episode", hours));
    let documents = [entries(1..=3, programme("old.example/a", 0)), three(0)];
    let wanted = "template 1 to 3; problem 3 of 3 known entries changed in the same way, as when a template changes";
    super::check("three at another host", &documents, &["insert 1 to 3", wanted]);
    let documents = [entries(1..=3, programme("old.example/a", 0)), three(24)];
    super::check("three on the next day", &documents, &["insert 1 to 3", &all(3)]);
}

#[test]
fn a_few_entries_may_all_be_news() {
    let all = "revise 1 significant; revise 2 significant; revise 3 significant; revise 4 significant";
    let check = |name: &str, before: fn(usize, &mut Item), after: fn(usize, &mut Item)| {
        let few = [entries(1..=4, before), entries(1..=4, after)];
        check(name, &few, &["insert 1 to 4", all]);
        check(name, &[five(before), five(after)], &["insert 1 to 5", BY_TEMPLATE]);
    };
    let suffix = |_: usize, entry: &mut Item| entry.title += " is open";
    let other = |_: usize, entry: &mut Item| entry.title += " was closed";
    let above =
        |_: usize, entry: &mut Item| entry.text = format!("Leave your houses now as the river rises. {}", entry.text);
    check("a warning before all titles", plain, prefix);
    check("another state behind all titles", suffix, other);
    check("a warning above all texts", plain, above);
    check("a line below all texts", plain, line);
}

#[test]
fn counters_and_typography_are_not_news() {
    let check = |name: &str, before: Item, after: Item, wanted: &str| {
        check(name, &[doc(&[before]), doc(&[after])], &["insert 1", wanted]);
    };
    let titled = |title: &str| item("1", "/1", title, &text(1), 0);
    let slight = "revise 1 slight";
    check("composed and in parts", titled("Café at the bridge"), titled("Cafe\u{301} at the bridge"), slight);
    check("comments", titled("The bridge - 3 comments"), titled("The bridge - 4 comments"), slight);
    check("minutes", titled("The bridge"), titled("The bridge | 4 min read"), slight);
    check("letters", titled("The bridge (2)"), titled("The bridge (3)"), slight);
    check("a part", titled("The bridge, part 2"), titled("The bridge, part 3"), "revise 1 significant");
    let sounds = |url: &str| titled(TITLE).with_sound(url);
    let first = "https://a.example/ep1.mp3";
    check("the same file at another host", sounds(first), sounds("https://b.example/show/ep1.mp3"), slight);
    check("another file", sounds(first), sounds("https://b.example/show/ep2.mp3"), "revise 1 significant");
    let bare = |title: &str| item("1", "/1", title, "", 0);
    check("a title in other letters", bare("The Bridge"), bare("The bridge"), slight);
}

#[test]
fn an_earlier_version_is_not_news() {
    let (a, b) = (item("1", "/1", TITLE, &text(1), 0), item("1", "/1", "One more matter is settled", &text(1), 0));
    let c = item("1", "/1", TITLE, &text(3), 0);
    let (back, stays) = (format!("return 1; {BACK}"), format!("same 1; {BACK}"));
    let (back, stays) = (back.as_str(), stays.as_str());
    let news = "revise 1 significant";
    let play = |name: &str, hours: i64, items: &[&Item], wanted: &[&str]| {
        let documents: Vec<Doc> = items.iter().map(|item| doc(std::slice::from_ref(*item))).collect();
        check_on(Fake::polled_every(hours), name, &documents, wanted)
    };
    let wanted = ["insert 1", news, back, back, back, stays, "same 1", stays, "same 1"];
    play("two titles", 1, &[&a, &b, &a, &b, &a, &b, &a, &b, &a], &wanted);
    let wanted = ["insert 1", news, news, back, back, back, stays, stays, "same 1"];
    play("three texts", 1, &[&a, &b, &c, &a, &b, &c, &a, &b, &c], &wanted);
    play("a publisher goes back", 1, &[&a, &b, &a, &a], &["insert 1", news, back, "same 1"]);
    let wanted = ["insert 1", news, back, back, back, stays, stays, back, "same 1"];
    play("it stays for a day in the end", 12, &[&a, &b, &a, &b, &a, &b, &b, &b, &b], &wanted);
    let wanted = ["insert 1", news, back, back, back, stays, "same 1", stays, stays];
    play("it does not stay", 20, &[&a, &b, &a, &b, &a, &b, &a, &b, &b], &wanted);
    play("news after all", 1, &[&a, &b, &a, &c], &["insert 1", news, back, news]);
}

#[test]
fn a_text_that_comes_truncated_is_kept_in_full() {
    let of = |title: &str, text: &str| item("1", "/1", title, text, 0);
    let (whole, summary) = (of(TITLE, &text(1)), of(TITLE, &format!("{} […]", first(1, 30))));
    let kept = format!("keep 1; {CUT}");
    let kept = kept.as_str();
    let news = "revise 1 significant";
    let play = |name: &str, items: &[&Item], wanted: &[&str]| {
        let documents: Vec<Doc> = items.iter().map(|item| doc(std::slice::from_ref(*item))).collect();
        check(name, &documents, wanted)
    };
    let wanted = ["insert 1", kept, "same 1", "same 1", "same 1"];
    play("full and cut", &[&whole, &summary, &summary, &whole, &summary], &wanted);
    play("cut and full", &[&summary, &whole, &summary, &whole], &["insert 1", news, kept, "same 1"]);
    let shorter = of(TITLE, &format!("{} Continue reading {TITLE}", first(1, 20)));
    play("cut twice", &[&whole, &summary, &shorter, &summary], &["insert 1", kept, kept, "same 1"]);
    let retitled = format!("{news}; {CUT}");
    let retitled = retitled.as_str();
    let wanted = ["insert 1", kept, retitled, "same 1", "revise 1 slight"];
    let corrected = |text: &str| of("The old bridge has fallen down", text);
    let (corrected_cut, corrected_whole) = (corrected(&summary.text), corrected(&whole.text));
    let items = [&whole, &summary, &corrected_cut, &corrected_cut, &corrected_whole];
    play("under a corrected title", &items, &wanted);
    let shelf = play("under another title", &[&whole, &of("Another headline", &summary.text)], &["insert 1", retitled]);
    assert!(shelf.content_of(1).contains(whole.text.as_str()) && shelf.title_of(1) == "Another headline");
    let shelf = play("another title and text", &[&whole, &of("Another headline", &first(2, 30))], &["insert 1", news]);
    assert!(!shelf.content_of(1).contains(whole.text.as_str()));
    play("another text", &[&whole, &of(TITLE, &first(2, 30))], &["insert 1", news]);
    play("taken back", &[&whole, &of(TITLE, "This article was removed.")], &["insert 1", news]);
    play("a correction", &[&whole, &of(TITLE, &format!("Correction. {}", first(1, 30)))], &["insert 1", news]);
    play("shorter by a little", &[&whole, &of(TITLE, &first(1, 45))], &["insert 1", news]);
    let moved = item("1", "/moved", TITLE, &summary.text, 0);
    let wanted = format!("keep 1; readdress 1 to https://a.example/moved; {CUT}");
    let shelf = play("under another address", &[&whole, &moved, &moved], &["insert 1", &wanted, "same 1"]);
    assert_eq!(shelf.link_of(1), "https://a.example/moved");
    let all = "keep 1 to 5; problem 5 entries came truncated";
    let documents = [five(self::whole), five(cut), five(cut)];
    check("all of a document", &documents, &["insert 1 to 5", all, "same 1 to 5"]);
    let cut_and_prefixed = |number: usize, entry: &mut Item| {
        cut(number, entry);
        prefix(number, entry);
    };
    let documents = [five(self::whole), five(cut_and_prefixed), five(cut_and_prefixed)];
    let told = format!("{BY_TEMPLATE}; problem 5 entries came truncated");
    let shelf = check("with another template", &documents, &["insert 1 to 5", &told, "same 1 to 5"]);
    assert!(shelf.content_of(3).contains(text(3).as_str()));
}

#[test]
fn an_entry_that_comes_as_mojibake_keeps_its_stored_text() {
    let of = |title: &str, text: &str| item("1", "/1", title, text, 0);
    let long = text(1);
    let sound = of("Die Brücke ist eingestürzt", &format!("Über die Brücke führt keine Straße mehr. {long}"));
    let other = of("Die BrÃ¼cke ist eingestÃ¼rzt", &format!("Ãœber die BrÃ¼cke fÃ¼hrt keine StraÃŸe mehr. {long}"));
    let lost = of("Die Br\u{fffd}cke ist eingest\u{fffd}rzt", &sound.text);
    let told = "problem an entry came as mojibake, in a wrong encoding or with characters lost";
    let play = |name: &str, items: &[&Item], wanted: &[&str]| {
        let documents: Vec<Doc> = items.iter().map(|item| doc(std::slice::from_ref(*item))).collect();
        check(name, &documents, wanted)
    };
    let kept = format!("keep 1; {told}");
    play("read in another encoding", &[&sound, &other, &other, &sound], &["insert 1", &kept, "same 1", "same 1"]);
    play("letters lost", &[&sound, &lost, &sound], &["insert 1", &kept, "same 1"]);
    play("made whole", &[&other, &sound], &["insert 1", "revise 1 significant"]);
    let renamed = of("Die Brücke ist wieder offen", &sound.text);
    play("another title", &[&sound, &renamed], &["insert 1", "revise 1 significant"]);
}

#[test]
fn the_changes_of_other_entries_explain_those_of_an_entry() {
    // An entry that always had the line loses it while others return to their earlier form.
    let documents = [five(plain), five(line), entries(1..=6, line), entries(1..=6, plain)];
    let lost = "return 1 to 5; template 6; \
                problem 1 of 6 known entries changed in the same way, as when a template changes; \
                problem 5 entries went back to an earlier version";
    check("a line comes and goes", &documents, &["insert 1 to 5", BY_TEMPLATE, "insert 6; same 1 to 5", lost]);
    // An entry that came truncated from the beginning becomes complete, in a source whose other entries have come
    // truncated before.
    let documents = [five(whole), five(cut), entries(1..=6, cut), entries(1..=6, whole)];
    let grown = "template 6; same 1 to 5; \
                 problem 1 of 6 known entries changed in the same way, as when a template changes";
    let kept = "keep 1 to 5; problem 5 entries came truncated";
    check("cut and whole", &documents, &["insert 1 to 5", kept, "insert 6; same 1 to 5", grown]);
    // Truncated texts that gain a line are still truncated.
    let cut_line = |number: usize, entry: &mut Item| {
        cut(number, entry);
        line(number, entry);
    };
    let documents = [five(whole), five(cut), five(cut_line), five(cut_line)];
    check("cut, then a line", &documents, &["insert 1 to 5", kept, kept, "same 1 to 5"]);
    // For an entry that alternates, its own change cannot be told from that of a new template.
    let retitled = |number: usize, entry: &mut Item| {
        if number == 1 {
            "One more matter is settled".clone_into(&mut entry.title);
        }
    };
    let both = |number: usize, entry: &mut Item| {
        retitled(number, entry);
        prefix(number, entry);
    };
    let (back, stays) = (format!("return 1; same 2 to 5; {BACK}"), format!("same 1 to 5; {BACK}"));
    let (back, stays) = (back.as_str(), stays.as_str());
    let news = "revise 1 significant; same 2 to 5";
    let documents = [five(plain), five(retitled), five(plain), five(retitled), five(plain), five(retitled), five(both)];
    let wanted = ["insert 1 to 5", news, back, back, back, stays, BY_TEMPLATE];
    check_on(Fake::polled_every(1), "a title that alternates", &documents, &wanted);
}

#[test]
fn an_entry_that_alternates_for_ever_is_rarely_written() {
    let mut shelf = Fake::polled_every(1);
    let titles = ["The old bridge has fallen", "One more matter is settled", "A quite different headline"];
    for poll in 0..1_000 {
        let flips = item("1", "/1", titles[poll % 2], &text(1), 0);
        let turns = item("2", "/2", titles[poll % 3], &text(2), 0);
        let text = if poll % 2 == 0 { text(3) } else { first(3, 30) };
        shelf.poll(&doc(&[flips, turns, item("3", "/3", TITLE, &text, 0)]), false);
    }
    // News, three returns, and three more after a month; a truncated text is never written.
    let wanted = (1 + 3 + 3) + (2 + 3 + 3);
    assert_eq!((shelf.done("revise"), shelf.done("remember")), (wanted, wanted + 1));
}

#[test]
fn a_partial_document_says_nothing_of_entries_that_it_does_not_list() {
    let (a, b) = (item("1", "/1", TITLE, &text(1), 0), item("1", "/1", "One more matter is settled", &text(1), 0));
    let other = item("2", "/2", "A quite different headline", &text(2), 0);
    let one = |item: &Item| doc(std::slice::from_ref(item));
    let documents =
        [one(&a), one(&b), one(&a), one(&b), one(&a), one(&b).partial(), one(&other).partial(), one(&b).partial()];
    let back = format!("return 1; {BACK}");
    let back = back.as_str();
    let wanted = ["insert 1", "revise 1 significant", back, back, back, BACK, "insert 2", back];
    check_on(Fake::polled_every(12), "it stays for a day", &documents, &wanted);
}

proptest! {
    /// Entries are shown in any versions in any order; each version is news the first time it comes.
    #[test]
    fn each_version_is_news_only_once(
        hours in 1_i64..30,
        polls in prop::collection::vec(prop::collection::vec(0_usize..4, 3), 1..30),
    ) {
        let mut shelf = Fake::polled_every(hours);
        let mut seen: [BTreeSet<usize>; 3] = Default::default();
        for states in polls {
            let is_first = seen[0].is_empty();
            let updated = |shelf: &Fake| -> Vec<Timestamp> { (1..=3).map(|id| shelf.updated(id)).collect() };
            let before = if is_first { Vec::new() } else { updated(&shelf) };
            let entry = |at: usize| {
                let (name, title) = (format!("/{at}"), format!("A report on {}", COLOURS[at]));
                item(&name, &name, &title, &text(at * 10 + states[at]), at as i64)
            };
            let said = shelf.poll(&doc(&(0..3).rev().map(entry).collect::<Vec<Item>>()), false).said;
            for (at, state) in states.iter().enumerate() {
                let is_new = seen[at].insert(*state);
                let has_moved = !is_first && updated(&shelf)[at] != before[at];
                prop_assert_eq!(has_moved, is_new && !is_first, "entry {} in version {}: {:?}", at + 1, state, &said);
            }
        }
    }
}
