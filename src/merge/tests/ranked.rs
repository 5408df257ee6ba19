//! Tests of the rank of undated entries in live documents.

use super::{Item, check, doc, item, text};

fn dated(number: usize) -> Item {
    item(&format!("g{number}"), &format!("/{number}"), &format!("Report {number}"), &text(number), number as i64)
}

fn undated(number: usize) -> Item {
    dated(number).undated()
}

#[test]
fn undated_entries_of_a_first_document_rank_below_dated_ones() {
    let shelf = check("by their places", &[doc(&[undated(9), dated(1), undated(8)])], &["insert 1 to 3"]);
    assert_eq!(shelf.by_rank(), [2, 3, 1], "the dated one, then the others as they are listed");
    let later = doc(&[undated(7), undated(9), dated(1), undated(8)]);
    let shelf = check(
        "what comes later is news",
        &[doc(&[undated(9), dated(1), undated(8)]), later],
        &["insert 1 to 3", "insert 4; same 1 to 3"],
    );
    assert_eq!(shelf.by_rank(), [4, 2, 3, 1]);
    let other = doc(&[undated(6), undated(5)]).of(2);
    let shelf = check(
        "of two sources in turn",
        &[doc(&[undated(9), undated(8)]), other],
        &["insert 1; insert 2", "insert 3; insert 4"],
    );
    assert_eq!(shelf.by_rank(), [4, 2, 3, 1]);
}

#[test]
fn dated_entries_of_a_first_document_rank_by_their_dates() {
    let shelf = check("by date", &[doc(&[dated(1), dated(3), dated(2)])], &["insert 1 to 3"]);
    assert_eq!(shelf.by_rank(), [2, 1, 3]);
}
