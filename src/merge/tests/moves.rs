//! Tests of re-keyed entries, of different entries under the same names, of entries that are listed twice, and of
//! entries without a name.

use std::slice::from_ref;

use super::fake::Fake;
use super::{Doc, Item, check, check_on, doc, item, text};

const TITLE: &str = "The old bridge has fallen";
const COLOURS: [&str; 6] = ["red", "green", "blue", "white", "black", "brown"];

/// Reports in several colours, the newest first: their ids, the hour of the first of them, and their texts.
fn reports(
    many: usize,
    id: &str,
    title: &str,
    hour: impl Fn(usize) -> i64,
    said: impl Fn(usize) -> String,
) -> Vec<Item> {
    let report = |(at, colour): (usize, &&str)| {
        let name = format!("{id}:{colour}");
        item(&name, &format!("/{id}/{colour}"), &title.replace('*', colour), &said(at), hour(at))
    };
    COLOURS[..many].iter().enumerate().map(report).collect()
}

fn old(many: usize) -> Vec<Item> {
    reports(many, "o", "Report *", |at| 5 - at as i64, text)
}

fn new(many: usize) -> Vec<Item> {
    reports(many, "n", "Report *", |_| 36, text)
}

#[test]
fn placeholders_identify_nothing() {
    let said = |title: &str, number: usize, hour: i64| item("N/A", "N/A", title, &text(number), hour);
    let (red, green) = (said("The red house", 1, 0), said("A green garden", 2, 1));
    let documents = [doc(&[red.clone(), green.clone()]), doc(&[red, green]), doc(&[said("Blue water", 3, 24)])];
    check("two, and a third one alone", &documents, &["insert 1; insert 2", "same 1; same 2", "insert 3"]);
    let status = |text: &str, hour: i64| item("null", "#", "Status", text, hour);
    let documents = [doc(&[status("All is well.", 1)]), doc(&[status("All is not well.", 25)])];
    check("the same title over another text", &documents, &["insert 1", "insert 2"]);
}

#[test]
fn entries_without_a_name_are_told_apart_by_their_dates() {
    let build = |of: &str, hour: i64| item("", "", &format!("Build of {of} succeeded"), "All tests have passed.", hour);
    let one = |hour: i64| doc(&[build("a", hour)]);
    check("another date", &[one(1), one(25), one(49), one(49)], &["insert 1", "insert 2", "insert 3", "same 3"]);
    let long = |hour: i64| doc(&[item("", "", TITLE, &text(1), hour)]);
    check("a long text on another date", &[long(1), long(7)], &["insert 1", "insert 2"]);
    let rooted = |hour: i64| doc(&[item("", "https://a.example/", TITLE, &text(1), hour)]);
    check("at the site's root", &[rooted(1), rooted(7)], &["insert 1", "insert 2"]);
    let named = |hour: i64| doc(&[item("", "/1", TITLE, &text(1), hour)]);
    check("with an address", &[named(1), named(25)], &["insert 1", "same 1"]);
    let two = |first: i64, second: i64| doc(&[build("a", first), build("b", second)]);
    check("all dates have moved alike", &[two(1, 3), two(6, 8)], &["insert 1; insert 2", "same 1; same 2"]);
    check("each has moved by itself", &[two(1, 3), two(6, 9)], &["insert 1; insert 2", "insert 3; insert 4"]);
    check("one has not moved", &[two(1, 3), two(1, 8)], &["insert 1; insert 2", "insert 3; same 2"]);
    check("whole days later", &[two(1, 3), two(25, 27)], &["insert 1; insert 2", "insert 3; insert 4"]);
    check("since the last document", &[two(1, 3), two(24, 26)], &["insert 1; insert 2", "insert 3; insert 4"]);
    let days = [two(0, 0), two(24, 24), two(48, 48)];
    check("days without a time", &days, &["insert 1; insert 2", "insert 3; insert 4", "insert 5; insert 6"]);
    check("one hour of each day", &[two(9, 9), two(33, 33)], &["insert 1; insert 2", "insert 3; insert 4"]);
    check("all have one date", &[two(1, 1), two(9, 9)], &["insert 1; insert 2", "same 1; same 2"]);
    let undated = doc(&[build("a", 1).undated()]);
    check("a date that was missing", &[undated.clone(), one(1)], &["insert 1", "same 1"]);
    check("a date that is missing now", &[one(1), undated], &["insert 1", "same 1"]);
}

#[test]
fn short_reports_at_the_address_of_a_page_are_told_apart_by_their_dates() {
    let page = |said: &str, hour: i64| doc(&[item("", "/status", "The airport", said, hour)]);
    let well = |hour: i64| page("All flights are on time", hour);
    let wanted = ["insert 1", "insert 2", "forget link:https://a.example/status; insert 3", "same 3"];
    check("what it says again", &[well(1), well(25), well(49), well(49)], &wanted);
    check("what it says then", &[well(1), page("A flight is late", 25)], &["insert 1", "insert 2"]);
    check("what it corrects", &[well(1), page("A flight is late", 1)], &["insert 1", "revise 1 significant"]);
    let named = |hour: i64| doc(&[item("1", "/status", "The airport", "All flights are on time", hour)]);
    check("under an id", &[named(1), named(25)], &["insert 1", "same 1"]);
}

#[test]
fn the_names_of_a_page_that_shows_one_piece_at_a_time_identify_no_piece() {
    let shown = |title: &str, number: usize, hour: i64| item("today", "/today", title, &text(number), hour);
    let check = |name: &str, before: Item, now: Item, wanted: &str| {
        check(name, &[doc(&[before]), doc(&[now])], &["insert 1", wanted]);
    };
    let title = "The thought of the day";
    check("the next day's text", shown(title, 1, 1), shown(title, 2, 25), "forget id:today; insert 2");
    check("the same day's text", shown(title, 1, 1), shown(title, 2, 5), "revise 1 significant");
    check("the same text again", shown(title, 1, 1), shown(title, 1, 25), "same 1");
    check("another title and date", shown("A storm", 1, 1), shown("Calm seas", 1, 5), "forget id:today; insert 2");
    check("another title", shown("A storm", 1, 1), shown("Calm seas", 1, 1), "revise 1 significant");
    let counted = |count: usize, hour: i64| shown(&format!("Letters ({count})"), 1, hour);
    check("a counter that went on", counted(12, 1), counted(13, 5), "revise 1 slight");
    let drawn = |title: &str, number: usize, hour: i64| {
        let picture = format!("<img src=\"https://a.example/{number}.png\">");
        item("today", "/today", title, &picture, hour)
    };
    let strip = "The strip of the day";
    check("the next day's picture", drawn(strip, 1, 1), drawn(strip, 2, 25), "forget id:today; insert 2");
    check("the same day's picture", drawn(strip, 1, 1), drawn(strip, 2, 5), "touch 1");
    check("the same picture again", drawn(strip, 1, 1), drawn(strip, 1, 25), "same 1");
    let numbered = (drawn("Strip (101)", 1, 1), drawn("Strip (102)", 1, 25));
    check("a picture of another number", numbered.0, numbered.1, "forget id:today; insert 2");
    let numbered = |number: usize, hour: i64| shown(&format!("Thought {number} of this year"), number, hour);
    check("a number of its own", numbered(12, 1), numbered(13, 25), "forget id:today; insert 2");
    let beside = |shown: Item| doc(&[shown, item("o", "/o", "Another matter", &text(9), 0)]);
    let documents = [beside(shown(title, 1, 1)), beside(shown(title, 2, 25))];
    super::check("an id beside others", &documents, &["insert 1; insert 2", "revise 2 significant; same 1"]);
}

#[test]
fn a_piece_that_is_listed_under_two_ids_is_stored_once() {
    let listed = |id: &str, hour: i64| item(id, "/a", TITLE, &text(1), hour);
    let other = || item("o", "/o", "Another matter", &text(2), 0);
    let both = doc(&[listed("a#3", 2), listed("a#0", 0), other()]);
    let first = doc(&[listed("a#0", 0), other()]);
    let wanted = [
        "insert 1; insert 2; reject",
        "same 1; same 2; reject",
        "touch 2 as a#0; same 1",
        "touch 2 as a#3; same 1; reject",
    ];
    check("one of them leaves and comes again", &[both.clone(), both.clone(), first, both], &wanted);
    let live = |id: &str, title: &str| item(id, "/live", title, &text(1), 0);
    let page = doc(&[live("1", TITLE), live("2", TITLE), live("3", "A green garden")]);
    check("an address of several", &[page], &["distrust link:https://a.example/live; insert 1 to 3"]);
    let sound = |id: &str, file: &str| listed(id, 0).with_sound(&format!("https://a.example/{file}.mp3"));
    let bulletins = doc(&[sound("1", "the-first-bulletin"), sound("2", "the-second-bulletin")]);
    check("two sounds", &[bulletins], &["distrust link:https://a.example/a; insert 1; insert 2"]);
}

#[test]
fn another_id_with_the_same_address_title_and_date_is_the_same_entry() {
    let first = item("1", "/1", TITLE, &text(1), 5);
    let check = |name: &str, now: Item, wanted: &str| {
        check(name, &[doc(std::slice::from_ref(&first)), doc(&[now])], &["insert 1", wanted]);
    };
    check("another text", item("2", "/1", TITLE, &text(2), 5), "revise 1 significant as 2");
    check("another text and date", item("2", "/1", TITLE, &text(2), 29), "insert 2");
    check("another text and title", item("2", "/1", "One more matter is settled", &text(2), 5), "insert 2");
    let counted = |count: usize, title: &str, number: usize, hour: i64| {
        doc(&[item(&format!("https://a.example/1#{count}"), "/1", title, &text(number), hour)])
    };
    let again = |hour: i64| counted(1, "A quite different headline", 2, hour);
    let wanted = "revise 1 significant as https://a.example/1#1";
    super::check("a count behind the id", &[counted(0, TITLE, 1, 5), again(5)], &["insert 1", wanted]);
    super::check("a count on another day", &[counted(0, TITLE, 1, 5), again(29)], &["insert 1", "insert 2"]);
}

#[test]
fn a_podcast_that_moves_keeps_its_episodes() {
    let episode = |host: &str, id: &str, hour: i64| {
        let link = format!("https://{host}.example/{id}");
        item(id, &link, TITLE, &text(1), hour).with_sound(&format!("https://{host}.example/{host}-{id}-episode.mp3"))
    };
    let old = episode("old", "1", 5);
    let check = |name: &str, documents: &[&[Item]], wanted: &[&str]| {
        check(name, &documents.iter().map(|items| doc(items)).collect::<Vec<Doc>>(), wanted);
    };
    let moved = episode("new", "2", 5);
    check("guid, link and file", &[from_ref(&old), from_ref(&moved)], &["insert 1", "revise 1 significant as 2"]);
    check("the next bulletin", &[from_ref(&old), &[episode("old", "2", 6)]], &["insert 1", "insert 2"]);
    let both = [moved, old.clone()];
    check("both side by side", &[&[old], &both], &["insert 1", "insert 2; same 1"]);
}

#[test]
fn a_few_entries_that_move_together_are_recognised() {
    let documents = [doc(&old(4)), doc(&new(4)), doc(&new(4))];
    let wanted = "touch 1 as n:white; touch 2 as n:blue; touch 3 as n:green; touch 4 as n:red";
    check("four of four", &documents, &["insert 1 to 4", wanted, "same 1 to 4"]);
    check("two of two", &[doc(&old(2)), doc(&new(2))], &["insert 1; insert 2", "insert 3; insert 4"]);
    let others = reports(4, "n", "Report *", |_| 36, |at| text(at + 10));
    check("with other texts", &[doc(&old(4)), doc(&others)], &["insert 1 to 4", "insert 5 to 8"]);
    let named = reports(5, "n", "Report * | News", |_| 36, text);
    let wanted = "template 1 as n:black; template 2 as n:white; template 3 as n:blue; template 4 as n:green; \
                  template 5 as n:red; \
                  problem 5 entries came under other ids or addresses at once, as when a site moves; \
                  problem 5 of 5 known entries changed in the same way, as when a template changes";
    check("with more behind their titles", &[doc(&old(5)), doc(&named)], &["insert 1 to 5", wanted]);
    let numbered = reports(4, "n", "Report * (2)", |_| 36, |at| text(at + 10));
    check(
        "with more behind titles of other texts",
        &[doc(&old(4)), doc(&numbered)],
        &["insert 1 to 4", "insert 5 to 8"],
    );
}

#[test]
fn half_of_the_entries_that_move_are_recognised() {
    let half: Vec<Item> = old(6)
        .into_iter()
        .zip(new(6))
        .enumerate()
        .map(|(at, (old, new))| if at % 2 == 0 { new } else { old })
        .collect();
    let wanted = "touch 2 as n:black; touch 4 as n:blue; touch 6 as n:red; same 1; same 3; same 5";
    check("every other one", &[doc(&old(6)), doc(&half)], &["insert 1 to 6", wanted]);
}

#[test]
fn a_post_that_is_published_again_is_the_same_and_the_next_of_a_series_is_not() {
    let again = |item: &Item| Item {
        guid: "n".to_owned(),
        link: "https://a.example/n".to_owned(),
        hour: Some(36),
        ..item.clone()
    };
    let [red, green, blue] = <[Item; 3]>::try_from(old(3)).expect("three were asked for");
    let all = doc(&[red.clone(), green.clone(), blue.clone()]);
    let from_the_midst = doc(&[again(&green), red.clone(), blue.clone()]);
    check("from the midst", &[all.clone(), from_the_midst], &["insert 1 to 3", "touch 2 as n; same 1; same 3"]);
    let the_last = doc(&[again(&blue), red.clone(), green.clone()]);
    check("the last", &[all, the_last], &["insert 1 to 3", "insert 4; same 2; same 3"]);
    let turned = doc(&[blue.clone(), green.clone(), red.clone()]);
    let turned_again = doc(&[green.clone(), red.clone(), again(&blue)]);
    check("the last of those listed upwards", &[turned, turned_again], &["insert 1 to 3", "insert 4; same 1; same 2"]);
    let second = Item {
        title: green.title.clone(),
        guid: "g2".to_owned(),
        link: "https://a.example/g2".to_owned(),
        ..red.clone()
    };
    let series = doc(&[second.clone(), green.clone(), blue.clone()]);
    let next = doc(&[again(&green), second, blue]);
    check("one of a series", &[series, next], &["insert 1 to 3", "insert 4; same 1; same 3"]);
}

#[test]
fn series_under_new_names_are_not_taken_for_a_move() {
    const WEEK: i64 = 7 * 24;
    let check = |name: &str, documents: &[Doc], wanted: &[&str]| {
        check_on(Fake::polled_every(WEEK), name, documents, wanted);
    };
    let threads = |id: &str, hour: &dyn Fn(usize) -> i64| reports(3, id, "Thread *", hour, text);
    let at_once = [doc(&threads("o", &|_| 5)), doc(&threads("n", &|_| 5 + WEEK))];
    check("three alone, of one date each week", &at_once, &["insert 1 to 3", "insert 4 to 6"]);
    let daily = |weeks: i64| move |at: usize| 5 - 24 * at as i64 + weeks * WEEK;
    let apart = [doc(&threads("o", &daily(0))), doc(&threads("n", &daily(1)))];
    check("three alone, on three days of each week", &apart, &["insert 1 to 3", "insert 4 to 6"]);
    let stamped = [doc(&threads("o", &daily(0))), doc(&threads("n", &|_| WEEK))];
    let wanted = "touch 1 as n:blue; touch 2 as n:green; touch 3 as n:red";
    check("three dates that become one", &stamped, &["insert 1 to 3", wanted]);
    let elsewhere = threads("n", &daily(1)).into_iter().map(|it| Item { link: it.link.replace("a.", "b."), ..it });
    let moved = [doc(&threads("o", &daily(0))), doc(&elsewhere.collect::<Vec<Item>>())];
    check("to another host", &moved, &["insert 1 to 3", wanted]);

    let post = |name: &str, number: usize, hour: i64| item(name, &format!("/{name}"), name, &text(number), hour);
    let thread = |id: &str, hour: i64| item(id, &format!("/{id}"), "Thread of the week", &text(1), hour);
    let sticky = || post("rules", 2, -5_000);
    let week = doc(&[post("a", 3, 7), thread("w1", 6), post("b", 4, 5), sticky()]);
    let next = doc(&[post("c", 5, 7 + WEEK), post("d", 6, 6 + WEEK), thread("w2", 2 + WEEK), sticky()]);
    check("beside an old entry that stays", &[week, next], &["insert 1 to 4", "insert 5 to 7; same 1"]);

    let (above, below) = (|| post("a", 3, 7), || post("b", 4, 5));
    let week = doc(&[above(), thread("w1", 6), below()]);
    let again = |hour: i64| doc(&[thread("w2", hour), above(), below()]);
    check("again from the midst", &[week.clone(), again(100)], &["insert 1 to 3", "touch 2 as w2; same 1; same 3"]);
    let weekly = [week.clone(), again(6 + WEEK)];
    check("a week later from the midst", &weekly, &["insert 1 to 3", "insert 4; same 1; same 3"]);
    let top = || post("c", 5, 20 + WEEK);
    let second = doc(&[top(), thread("w2", 6 + WEEK), above(), below()]);
    let third = doc(&[thread("w3", 100 + WEEK), top(), above(), below()]);
    let wanted = ["insert 1 to 3", "insert 4; insert 5; same 1; same 3", "insert 6; same 1; same 3; same 5"];
    check("what has come on two dates before", &[week, second, third], &wanted);
}

#[test]
fn hundreds_of_entries_under_one_title_are_recognised_under_new_names() {
    const MANY: usize = 300;
    let photo = |poll: usize, number: usize| {
        let name = format!("{poll}-{number}");
        item(&name, &format!("/{name}"), "The photo of the day", &text(number), number as i64 - 500)
    };
    let mut shelf = Fake::default();
    for poll in 0..3 {
        let photos: Vec<Item> = (0..MANY).map(|number| photo(poll, number)).collect();
        shelf.poll(&doc(&photos), false);
    }
    assert_eq!(shelf.shown().len(), MANY, "ids and addresses that are new at every poll");
    let others: Vec<Item> = (0..MANY).map(|number| photo(3, number + MANY)).collect();
    shelf.poll(&doc(&others), false);
    assert_eq!(shelf.shown().len(), 2 * MANY, "other photos");
}

#[test]
fn a_rewritten_headline_over_the_same_text_and_second_is_the_same_entry() {
    let rest =
        |hour: i64| [item("2", "/2", "Another matter", &text(2), hour), item("3", "/3", "A third one", &text(3), 1)];
    let all = |first: Item, hour: i64| doc(&[vec![first], rest(hour).to_vec()].concat());
    let first = |title: &str| item("1", "/1", title, &text(1), 5);
    let now = |title: &str, number: usize, hour: i64| item("9", "/9", title, &text(number), hour);
    let storm = "Harbour closed after storm";
    let check = |name: &str, documents: [Doc; 2], wanted: &str| check(name, &documents, &["insert 1 to 3", wanted]);
    let is_one = "revise 3 significant as 9; same 1; same 2";
    let are_two = "insert 4; same 1; same 2";
    check("headline and address", [all(first(TITLE), 3), all(now(storm, 1, 5), 3)], is_one);
    check("another text", [all(first(TITLE), 3), all(now(storm, 4, 5), 3)], are_two);
    check("an hour later", [all(first(TITLE), 3), all(now(storm, 1, 6), 3)], are_two);
    check("a second that another entry has, too", [all(first(TITLE), 5), all(now(storm, 1, 5), 5)], are_two);
    let numbered = [all(first("Matter 33 is settled"), 3), all(now("Matter 44 is settled", 1, 5), 3)];
    check("the next of a series", numbered, are_two);
}
