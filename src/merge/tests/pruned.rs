//! Tests of pruned entries that a document lists again.

use super::fake::Fake;
use super::{Doc, Item, check, check_on, doc, item, text};

const OLD_HOUR: i64 = 1;
/// An hour of the day on which the entry comes again.
const LATER_HOUR: i64 = 40;

fn old() -> Item {
    item("g1", "/1", "Report 1", &text(1), OLD_HOUR)
}

fn other() -> Item {
    item("g2", "/2", "Report 2", &text(2), 2)
}

/// A store in which this entry was stored first and pruned after a document that did not list it.
#[track_caller]
fn pruned(entry: Item) -> Fake {
    let documents: [Doc; 2] = [doc(&[other(), entry]), doc(&[other()])];
    let mut shelf = check("before it is pruned", &documents, &["insert 1; insert 2", "same 2"]);
    shelf.prune(1);
    shelf
}

#[test]
fn a_pruned_entry_that_comes_again_is_not_new() {
    let check = |what: &str, entry: Item| {
        check_on(pruned(old()), what, &[doc(&[other(), entry])], &["same 2"]);
    };
    check("as it was", old());
    check("under another id", Item { guid: "new".to_owned(), ..old() });
    check("at another address", Item { link: "https://a.example/moved/1".to_owned(), ..old() });
    check("with another text", Item { text: text(9), ..old() });
    check("with another headline", Item { title: "Something else".to_owned(), ..old() });
    check("dated anew", Item { hour: Some(LATER_HOUR), ..old() });
    check("undated, with another text", Item { text: text(9), ..old() }.undated());
}

#[test]
fn another_piece_under_the_name_of_a_pruned_entry_is_new() {
    let check = |what: &str, entry: Item| {
        check_on(pruned(old()), what, &[doc(&[other(), entry])], &["insert 3; same 2"]);
    };
    let next = Item { text: text(9), hour: Some(LATER_HOUR), ..old() };
    check("a later one under the same id and address", next.clone());
    check("a later one at the same address", Item { guid: String::new(), ..next });
    let undated = Item { guid: String::new(), text: text(9), ..old() }.undated();
    check("an undated one at the same address", undated);
}

#[test]
fn pruned_entries_without_a_name_are_told_by_their_text_and_date() {
    let nameless = Item { guid: String::new(), link: String::new(), ..old() };
    let check = |what: &str, entry: Item, wanted: &str| {
        check_on(pruned(nameless.clone()), what, &[doc(&[other(), entry])], &[wanted]);
    };
    check("the same", nameless.clone(), "same 2");
    check("the next report of the same words", Item { hour: Some(LATER_HOUR), ..nameless.clone() }, "insert 3; same 2");
}

#[test]
fn a_pruned_entry_of_another_source_says_nothing() {
    let entry = Item { text: text(9), ..old() };
    check_on(pruned(old()), "in another source", &[doc(&[entry]).of(2)], &["insert 3"]);
}
