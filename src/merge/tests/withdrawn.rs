//! Tests of withdrawn entries: by a tombstone, or by their absence. Documents come a day apart, the first at the
//! twelfth hour.

use super::fake::Fake;
use super::{Doc, Item, check, check_on, doc, item, text};
use crate::stories::Reach;

/// A post. Post 1 is the last in its document, so it is stored first, under the number 1.
fn post(number: usize) -> Item {
    let words = ["the ferry sails again", "the crane was sold", "the pier has a new clock", "the quay is closed"];
    let guid = format!("tag:a.example,2026:{number}");
    item(&guid, &format!("/{number}"), words[number % words.len()], &text(number), number as i64)
}

/// A document of these posts.
fn of(numbers: &[usize]) -> Doc {
    doc(&numbers.iter().map(|number| post(*number)).collect::<Vec<Item>>()).followed()
}

const FIRST: &str = "insert 1 to 3";
const OUT: &str = "problem an entry was taken out because its source withdrew it";

#[test]
fn deleted_entries_are_taken_out() {
    let deleting = |hour: Option<i64>| of(&[2, 1]).deleting("tag:a.example,2026:3", hour);
    let by_hour = "withdraw 3 because the feed says that it was deleted on 2026-11-02T06:00:00Z";
    check(
        "once, and no more while it stays deleted",
        &[of(&[3, 2, 1]), deleting(Some(30)), deleting(Some(30))],
        &[FIRST, &format!("{by_hour}; same 1; same 2; {OUT}"), "same 1; same 2"],
    );
    check(
        "it comes back where it is listed again",
        &[of(&[3, 2, 1]), deleting(Some(30)), of(&[3, 2, 1])],
        &[FIRST, &format!("{by_hour}; same 1; same 2; {OUT}"), "restore 3; same 1 to 3"],
    );
    let told = "withdraw 3 because the feed says that it was deleted";
    check("without a date", &[of(&[3, 2, 1]), deleting(None)], &[FIRST, &format!("{told}; same 1; same 2; {OUT}")]);
    check(
        "in a document of only what has changed",
        &[of(&[3, 2, 1]), of(&[]).deleting("tag:a.example,2026:3", None).partial()],
        &[FIRST, &format!("{told}; {OUT}")],
    );
}

#[test]
fn a_tombstone_takes_out_no_other_entry() {
    let same = "same 1 to 3";
    let third = "tag:a.example,2026:3";
    check("it is listed all the same", &[of(&[3, 2, 1]), of(&[3, 2, 1]).deleting(third, Some(30))], &[FIRST, same]);
    check(
        "the stored version is newer",
        &[of(&[3, 2, 1]), of(&[2, 1]).deleting(third, Some(2))],
        &[FIRST, "miss 3: 1; same 1; same 2"],
    );
    check("an id that no entry has", &[of(&[3, 2, 1]), of(&[3, 2, 1]).deleting("tag:x", None)], &[FIRST, same]);
    let unfollowed = Doc { are_deletions_followed: false, ..of(&[2, 1]).deleting(third, None) };
    check("it is not configured", &[of(&[3, 2, 1]), unfollowed], &[FIRST, "same 1; same 2"]);
    let other = of(&[2, 1]).of(2).reach(Reach::Off).deleting(third, None);
    check("another source's", &[of(&[3, 2, 1]), other], &[FIRST, "insert 4; insert 5"]);
    check_on(
        Fake::with_shown_or_hidden_by_hand(3),
        "a person wants it so",
        &[of(&[3, 2, 1]), of(&[2, 1]).deleting(third, None)],
        &[FIRST, "same 1; same 2"],
    );
}

#[test]
fn an_entry_that_vanishes_from_the_top_is_taken_out_after_three_documents() {
    let retracted = "withdraw 3 because it was missing from 3 documents in a row that still listed older entries";
    check(
        "three times in a row",
        &[of(&[3, 2, 1]), of(&[2, 1]), of(&[2, 1]), of(&[2, 1]), of(&[2, 1])],
        &[
            FIRST,
            "miss 3: 1; same 1; same 2",
            "miss 3: 2; same 1; same 2",
            &format!("{retracted}; same 1; same 2; {OUT}"),
            "same 1; same 2",
        ],
    );
    check(
        "it was there in between",
        &[of(&[3, 2, 1]), of(&[2, 1]), of(&[2, 1]), of(&[3, 2, 1])],
        &[FIRST, "miss 3: 1; same 1; same 2", "miss 3: 2; same 1; same 2", "miss 3: 0; same 1 to 3"],
    );
    check(
        "it comes back later",
        &[of(&[3, 2, 1]), of(&[2, 1]), of(&[2, 1]), of(&[2, 1]), of(&[3, 2, 1])],
        &[
            FIRST,
            "miss 3: 1; same 1; same 2",
            "miss 3: 2; same 1; same 2",
            &format!("{retracted}; same 1; same 2; {OUT}"),
            "restore 3; same 1 to 3",
        ],
    );
    let unfollowed = |numbers: &[usize]| Doc { are_deletions_followed: false, ..of(numbers) };
    let documents: Vec<Doc> = [&[3, 2, 1][..], &[2, 1], &[2, 1], &[2, 1]].into_iter().map(unfollowed).collect();
    check("it is not configured", &documents, &[FIRST, "same 1; same 2", "same 1; same 2", "same 1; same 2"]);
}

#[test]
fn an_entry_that_leaves_a_document_for_other_reasons_stays() {
    check("the oldest", &[of(&[3, 2, 1]), of(&[3, 2])], &[FIRST, "same 2; same 3"]);
    check("most of them", &[of(&[3, 2, 1]), of(&[1])], &[FIRST, "same 1"]);
    check("all of them", &[of(&[3, 2, 1]), of(&[])], &[FIRST, ""]);
    check("only what has changed came", &[of(&[3, 2, 1]), of(&[2, 1]).partial()], &[FIRST, ""]);
    check(
        "it had been there for two days",
        &[of(&[3, 2, 1]), of(&[3, 2, 1]), of(&[3, 2, 1]), of(&[2, 1])],
        &[FIRST, "same 1 to 3", "same 1 to 3", "same 1; same 2"],
    );
    check(
        "entries do not stand in the order of their dates",
        &[of(&[3, 0, 2, 1]), of(&[0, 2, 1])],
        &["insert 1 to 4", "same 1 to 3"],
    );
    let undated = |numbers: &[usize]| {
        doc(&numbers.iter().map(|number| post(*number).undated()).collect::<Vec<Item>>()).followed()
    };
    check("undated entries have no order", &[undated(&[3, 2, 1]), undated(&[2, 1])], &[FIRST, "same 1; same 2"]);
}
