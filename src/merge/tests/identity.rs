//! Tests of identity: which stored entry an entry of a document is.

use std::convert::Infallible;

use proptest::prelude::*;

use super::fake::{Fake, STORE};
use super::{Doc, Item, check, corrected, doc, item, text};
use crate::merge::ids;

const TITLE: &str = "The old bridge has fallen";
/// How often each document of a random case is polled.
const POLLS: usize = 3;

#[test]
fn an_entry_is_known_by_its_id() {
    let first = item("1", "/1", TITLE, &text(1), 0);
    let said = |text: &str| Item { text: text.to_owned(), ..first.clone() };
    let check = |name: &str, next: Item, wanted: &str| {
        check(name, &[doc(std::slice::from_ref(&first)), doc(&[next])], &["insert 1", wanted]);
    };
    check("the same again", first.clone(), "same 1");
    check("another date", Item { hour: Some(24), ..first.clone() }, "same 1");
    check("a corrected word", said(&corrected(&text(1))), "revise 1 slight");
    check("another text", said(&text(2)), "revise 1 significant");
    let retitled = Item { title: "A quite different headline".to_owned(), ..first.clone() };
    check("another title", retitled, "revise 1 significant");
    let elsewhere = item("1", "/elsewhere", TITLE, &text(1), 0);
    check("another address", elsewhere, "touch 1");
    let reused = item("1", "/2", "One more matter is settled", &text(2), 24);
    check("an id that is used again", reused, "forget id:1; insert 2");
    let at_once = item("1", "/2", "One more matter is settled", &text(2), 0);
    check("another piece at another address on the same date", at_once, "forget id:1; insert 2");
    let in_place = item("1", "/1", "One more matter is settled", &text(2), 0);
    check("everything rewritten at the same address on the same date", in_place, "revise 1 significant");
}

#[test]
fn a_re_keyed_entry_is_recognised() {
    let check = |name: &str, before: &Item, now: &Item, wanted: &str| {
        check(name, &[doc(std::slice::from_ref(before)), doc(std::slice::from_ref(now))], &["insert 1", wanted]);
    };
    let first = item("1", "/1", TITLE, &text(1), 0);
    check("another id at the address", &first, &item("2", "/1", TITLE, &text(1), 0), "touch 1 as 2");
    let other = item("2", "/1", "One more matter is settled", &text(2), 0);
    check("another id and another piece at the address", &first, &other, "insert 2");
    check("another id and address", &first, &item("2", "/2", TITLE, &text(1), 0), "touch 1 as 2");
    check("the same entry, but a day later", &first, &item("2", "/2", TITLE, &text(1), 24), "insert 2");

    let of = |link: &str, text: &str| item("", link, TITLE, text, 0);
    let (http, https) = ("http://a.example/1", "https://a.example/1");
    let both = |link: &str| item(link, link, TITLE, &text(1), 0);
    check("http becomes https", &both(http), &both(https), "touch 1 as https://a.example/1");
    let counted = "https://a.example/1?utm_source=rss";
    let wanted = "touch 1 as https://a.example/1?utm_source=rss";
    check("a counter behind the address", &of("/1", &text(1)), &of(counted, &text(1)), wanted);
    let wanted = "revise 1 significant as https://a.example/1?utm_source=rss";
    check("a counter, and another text", &of("/1", &text(1)), &of(counted, &text(2)), wanted);
    let moved = of("https://b.example/1", &corrected(&text(1)));
    check("the path at another host", &of("/1", &text(1)), &moved, "revise 1 slight as https://b.example/1");
    let moved = of("https://b.example/1", &text(2));
    check("the path at another host with another text", &of("/1", &text(1)), &moved, "insert 2");

    let short = |id: &str, text: &str, hour: i64| item(id, &format!("/{id}"), TITLE, text, hour);
    let wanted = "revise 1 significant as 2";
    check("title and moment", &short("1", "short one", 8), &short("2", "short two", 8), wanted);
    check("title and day", &short("1", "short one", 0), &short("2", "short two", 0), "insert 2");
}

#[test]
fn entries_listed_side_by_side_are_different_entries() {
    let entry = |id: &str| item(id, &format!("/{id}"), TITLE, &text(1), 0);
    let both = doc(&[entry("2"), entry("1")]);
    check("the old name is still there", &[doc(&[entry("1")]), both.clone()], &["insert 1", "insert 2; same 1"]);
    check("both from the beginning", &[both.clone(), both], &["insert 1; insert 2", "same 1; same 2"]);
    let partial = doc(&[entry("2")]).partial();
    check(
        "an entry that a partial document leaves out is not gone",
        &[doc(&[entry("1")]), partial],
        &["insert 1", "insert 2"],
    );
    let gone = doc(&[entry("2")]);
    check(
        "an entry that a complete document leaves out is gone",
        &[doc(&[entry("1")]), gone],
        &["insert 1", "touch 1 as 2"],
    );
}

#[test]
fn an_address_that_was_edited_with_its_headline_is_the_same_entry() {
    let mayor = |slug: &str, text: &str, hour: i64| {
        let link = format!("https://a.example/{slug}");
        item(&link, &link, &format!("The mayor of the town resigns at {slug}"), text, hour)
    };
    let others = [item("o1", "/o1", "A first thing", &text(2), 0), item("o2", "/o2", "Another matter", &text(3), 0)];
    let all = |mayor: Item| doc(&[vec![mayor], others.to_vec()].concat());
    let check = |name: &str, now: Item, wanted: &str| {
        check(name, &[all(mayor("noon", &text(1), 0)), all(now)], &["insert 1 to 3", wanted]);
    };
    let wanted = "revise 3 significant as https://a.example/last; same 1; same 2";
    check("the slug follows the headline", mayor("last", &text(1), 0), wanted);
    check("with a corrected word", mayor("last", &corrected(&text(1)), 0), wanted);
    check("another text", mayor("last", &text(9), 0), "insert 4; same 1; same 2");
    check("the next day's", mayor("last", &text(1), 24), "insert 4; same 1; same 2");
}

#[test]
fn a_site_that_moves_brings_only_what_is_new() {
    let names = ["red", "green", "blue", "white", "black", "brown"];
    let site = |host: &str, text: &dyn Fn(usize) -> String, hour: i64| {
        let entry = |(at, name): (usize, &&str)| {
            let link = format!("https://{host}.example/{host}/{name}");
            item(&format!("{host}:{name}"), &link, &format!("Report {name}"), &text(at), hour)
        };
        names.iter().enumerate().map(entry).collect::<Vec<Item>>()
    };
    let nothing = |_: usize| String::new();
    let (old, new) = (site("old", &nothing, 0), site("new", &nothing, 24));
    let moved = "touch 1 as new:brown; touch 2 as new:black; touch 3 as new:white; touch 4 as new:blue; \
                 touch 5 as new:green; touch 6 as new:red; \
                 problem 6 entries came under other ids or addresses at once, as when a site moves";
    let documents = [doc(&old), doc(&new), doc(&new)];
    check("ids, addresses and dates are others", &documents, &["insert 1 to 6", moved, "same 1 to 6"]);
    let (week, next) = (site("a", &text, 0), site("b", &|at: usize| text(at + 10), 24));
    check("a window that has rolled on", &[doc(&week), doc(&next)], &["insert 1 to 6", "insert 7 to 12"]);
}

#[test]
fn shared_keys_are_distrusted_for_good() {
    let entry = |id: &str, number: usize, title: &str| item(id, &format!("/{number}"), title, &text(number), 0);
    let (red, green) = (entry("app", 1, "The red house"), entry("app", 2, "A green garden"));
    let documents = [
        doc(&[red.clone(), green.clone()]),
        doc(&[red, green]),
        doc(&[entry("app", 3, "Blue water")]),
        doc(&[entry("app", 4, "White sand")]),
    ];
    let wanted = ["distrust id:app; insert 1; insert 2", "same 1; same 2", "insert 3", "insert 4"];
    check("one id of two entries", &documents, &wanted);
    let live = |number: usize, title: &str| item("", "/live", title, &text(number), 0);
    let both = doc(&[live(1, "The red house"), live(2, "A green garden")]);
    let wanted = ["distrust link:https://a.example/live; insert 1; insert 2", "same 1; same 2", "insert 3"];
    check("one address of two entries", &[both.clone(), both, doc(&[live(3, "Blue water")])], &wanted);
}

#[test]
fn entries_without_a_name_are_told_apart_by_their_dates_and_sounds() {
    let status = |hour: i64| item("", "", "Status", "All is well.", hour);
    let twin = |file: &str| status(0).undated().with_sound(&format!("https://a.example/bulletin-{file}.mp3"));
    let twins = doc(&[twin("one"), twin("two")]);
    check("undated twins with sounds of their own", &[twins.clone(), twins], &["insert 1; insert 2", "same 1; same 2"]);
    let doubles = doc(&[status(0).undated(), status(0).undated()]);
    let wanted = ["insert 1; reject", "same 1; reject"];
    check("undated twins that are one", &[doubles.clone(), doubles], &wanted);
    let hourly = doc(&[status(2), status(1), status(0)]);
    let next = doc(&[status(3), status(2), status(1)]);
    let wanted = ["insert 1 to 3", "insert 4; same 2; same 3", "same 2 to 4"];
    check("reports that differ by their dates", &[hourly, next.clone(), next], &wanted);
}

#[test]
fn an_entry_that_was_published_here_first_does_not_come_back() {
    let nothing_is_taken = |_: &str| Ok::<bool, Infallible>(false);
    let Ok(made) = ids::published_id(STORE, 1, "link:https://a.example/1", None, nothing_is_taken);
    let made = made.expect("nothing is taken");
    let own = doc(&[item("", "/1", TITLE, &text(1), 0)]);
    let copied = doc(&[item(&made, "https://b.example/1", TITLE, &text(1), 0)]).of(2);
    let wanted = ["insert 1", "reject; problem an entry was left out"];
    check("it bears the id that it was given", &[own, copied], &wanted);
    let others = "urn:uuid:6ba7b810-9dad-81d1-80b4-00c04fd430c8";
    let foreign = doc(&[item(others, "/1", TITLE, &text(1), 0)]);
    check("another store's id", &[foreign], &["insert 1"]);
}

#[test]
fn a_flood_is_reported() {
    let all: Vec<Item> = (0..31).map(|at| item("", &format!("/{at}"), &format!("Day {at}"), &text(at), 0)).collect();
    let documents = |first: usize, then: usize| [doc(&all[..first]), doc(&all[..first + then])];
    check("30 after 1", &documents(1, 30), &["insert 1", "insert 2 to 31; same 1; problem a flood"]);
    check("29 after 1", &documents(1, 29), &["insert 1", "insert 2 to 30; same 1"]);
    check("the first document", &[doc(&all)], &["insert 1 to 31"]);
}

#[test]
fn the_order_of_a_document_decides_nothing() {
    let entry = |id: &str, number: usize, title: &str| item(id, &format!("/{id}"), title, &text(number), 0);
    let before = doc(&[entry("1", 1, "Red houses"), entry("2", 2, "Green gardens"), entry("3", 3, "Blue waters")]);
    let shared = |number: usize, title: &str| item("app", &format!("/{number}"), title, &text(number), 0);
    let mut items = vec![
        entry("1", 1, "Red houses"),
        entry("2", 4, "Green gardens"),
        entry("33", 3, "Blue waters"),
        entry("5", 5, "White sands"),
        shared(6, "Black coal"),
        shared(7, "Brown earth"),
    ];
    let wanted = [
        "distrust id:app",
        "insert Black coal",
        "insert Brown earth",
        "insert White sands",
        "revise Green gardens significant",
        "same Red houses",
        "touch Blue waters as 33",
    ];
    for _ in 0..2 {
        items.reverse();
        for _ in 0..items.len() {
            items.rotate_left(1);
            let mut shelf = Fake::default();
            shelf.poll(&before, true);
            let mut said = shelf.poll(&doc(&items), true).said;
            said.sort();
            let order: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
            assert_eq!(said, wanted, "{order:?}");
        }
    }
}

#[test]
fn neither_missing_dates_nor_the_order_of_a_document_change_the_decisions() {
    // An undated report may be any of the others, so it leaves the later dated report to the entry with that date.
    let status = |hour: i64| item("", "", "Status", "All is well.", hour);
    let reports = doc(&[status(1), status(0).undated(), status(0)]);
    check("an undated report between dated ones", &[reports.clone(), reports], &["insert 1 to 3", "same 1 to 3"]);
    // An entry counts as listed by its own keys only; a distrusted id does not make the entry listed that got it first.
    let mayor =
        |slug: &str| item("app", &format!("/{slug}"), &format!("The mayor of the town resigns at {slug}"), &text(1), 0);
    let other = item("app", "/other", "Another matter", &text(2), 0);
    let documents = [doc(&[other.clone(), mayor("noon")]), doc(&[other, mayor("last")])];
    let wanted = ["distrust id:app; insert 1; insert 2", "revise 1 significant; same 2"];
    check("a slug that is edited under an id of two entries", &documents, &wanted);
}

#[test]
fn an_entry_with_another_date_is_recognised_in_the_next_poll() {
    let check = |name: &str, documents: &[Doc], wanted: &[&str]| {
        let thrice: Vec<Doc> = documents.iter().flat_map(|document| vec![document.clone(); POLLS]).collect();
        check(name, &thrice, wanted);
    };
    let root = |text: &str, hour: i64| item("", "https://a.example/", TITLE, text, hour);
    let documents = [
        doc(&[item("1", "", TITLE, "", 0), root(&text(1), 1), item("1", "", TITLE, "a short text", 0)]),
        doc(&[item("1", "", "Status", "", 1)]),
        doc(&[item("1", "", "Status", "", 0), root(&text(1), 0), item("", "", TITLE, "", 0)]),
    ];
    let (first, third) = ("distrust id:1; insert 1 to 3", "touch 3; same 2; same 4");
    let all = "same 1 to 3";
    let wanted = [first, all, all, "insert 4", "same 4", "same 4", third, "same 2 to 4", "same 2 to 4"];
    check("dates move alike beside an entry that has lost its id", &documents, &wanted);
    // The time zone of the software changes while another report is published.
    let report = |title: &str, hour: i64| item("", "", title, "All is well.", hour);
    let documents = [
        doc(&[report("Roads", 1), report("Rivers", 3)]),
        doc(&[report("Railways", 2), report("Roads", 0), report("Rivers", 2)]),
    ];
    let both = "same 1; same 2";
    let wanted = ["insert 1; insert 2", both, both, "insert 3; same 1; same 2", all, all];
    check("dates move alike beside a new entry", &documents, &wanted);
    let documents = [
        doc(&[item("2", "", TITLE, "", 0), item("2", "", "Status", &text(1), 1)]),
        doc(&[item("2", "", "Status", &text(1), 73), item("", "", TITLE, "", 73)]),
    ];
    let later = "same 3; same 4";
    let wanted = ["distrust id:2; insert 1; insert 2", both, both, "insert 3; insert 4", later, later];
    check("the next reports, both of one moment", &documents, &wanted);
    let nameless = |title: &str, text: &str, hour: i64| item("", "", title, text, hour);
    let documents = [
        doc(&[
            nameless(TITLE, &text(2), 0),
            nameless("Status", "", 0),
            nameless(TITLE, &text(1), 1),
            nameless("Status", "a short text", 0),
            nameless(TITLE, &text(1), 0),
        ]),
        doc(&[
            nameless("Status", "", 0),
            nameless("Status", "", 1),
            item("", "https://a.example/2", TITLE, &text(1), 0),
            nameless(TITLE, "", 1),
            item("2", "", TITLE, &text(2), 0),
        ]),
    ];
    let moved = "touch 5 as 2; touch 1 as https://a.example/2; revise 3 significant; revise 2 significant; same 4; \
                 problem 4 entries came under other ids or addresses at once, as when a site moves";
    let all = "same 1 to 5";
    check("a site moves", &documents, &["insert 1 to 5", all, all, moved, all, all]);
}

#[test]
fn another_identity_finds_the_same_entries() {
    use crate::model::Identity::{Auto, Guid, Link, TitleAndDate};
    let items = || {
        (1..4).map(|number| {
            item(
                &format!("g{number}"),
                &format!("/{number}?utm_source=x"),
                &format!("Of matter {number}"),
                &text(number),
                number as i64,
            )
        })
    };
    for before in [Auto, Guid, Link, TitleAndDate] {
        for after in [Auto, Guid, Link, TitleAndDate] {
            // No key that both settings use leads from one entry to the other.
            let is_lost = matches!(
                (before, after),
                (Guid, Link | TitleAndDate) | (Link | TitleAndDate, Guid) | (TitleAndDate, Link)
            );
            let documents = [
                doc(&items().collect::<Vec<_>>()).told_apart_by(before),
                doc(&items().collect::<Vec<_>>()).told_apart_by(after),
            ];
            // An entry that is found by a weak key is written with all its keys.
            let again = if (before, after) == (TitleAndDate, Auto) { "touch 1 to 3" } else { "same 1 to 3" };
            if !is_lost {
                check(&format!("{before:?} to {after:?}"), &documents, &["insert 1 to 3", again]);
            }
        }
    }
}

#[test]
fn reports_that_repeat_their_text_under_new_names_are_new_each_time() {
    // A report every half hour, each under a name of its own and alone in its document.
    let report = |number: i64| {
        let name = format!("/report-{number}");
        doc(&[item(
            &name,
            &name,
            "Road report",
            "All roads are open and dry at this time of the day in our country.",
            number,
        )])
    };
    let documents: Vec<Doc> = (0..4).map(report).collect();
    check("an hour apart", &documents, &["insert 1", "insert 2", "insert 3", "insert 4"]);
}

/// An item made of few distinct values, so that items of one case often have much in common; and whether its hour is
/// counted from the day of its document, so that it may have been published since the last document.
fn any_item() -> impl Strategy<Value = (Item, bool)> {
    let of = |all: &[&'static str]| prop::sample::select(all.to_vec());
    let texts = vec![String::new(), "a short text".to_owned(), text(1)];
    let names = (of(&["", "", "", "1", "2"]), of(&["", "", "", "/1", "/2", "https://a.example/"]));
    let item = (names, of(&[TITLE, "Status"]), prop::sample::select(texts), 0_i64..2)
        .prop_map(|((guid, link), title, text, hour)| item(guid, link, title, &text, hour));
    (item, prop::bool::weighted(0.2))
}

proptest! {
    /// A document that comes again contains nothing new and nothing revised, whatever came before, and each of its
    /// entries is the stored entry that it was. Its items are either all dated or all undated. (Where items bear each
    /// other's names, an entry may be written once more without a change.)
    #[test]
    fn a_repeated_document_changes_nothing(
        documents in prop::collection::vec(prop::collection::vec(any_item(), 1..6), 1..6),
        is_dated in prop::bool::ANY,
    ) {
        let mut shelf = Fake::default();
        for (number, items) in documents.iter().enumerate() {
            let day = number as i64 * POLLS as i64 * 24;
            let hour = |item: &Item, is_recent: bool| {
                item.hour.filter(|_| is_dated).map(|hour| if is_recent { day + hour } else { hour })
            };
            let items: Vec<Item> =
                items.iter().map(|(item, is_recent)| Item { hour: hour(item, *is_recent), ..item.clone() }).collect();
            let document: Doc = doc(&items);
            shelf.poll(&document, false);
            let listed = shelf.last_listed(1);
            for _ in 1..POLLS {
                let again = shelf.poll(&document, false);
                prop_assert_eq!(again.same, again.entries, "{:?} came again: {:?}", &document, &again.said);
                prop_assert_eq!(&shelf.last_listed(1), &listed, "{:?} came again: {:?}", &document, &again.said);
            }
        }
    }
}
