//! Tests of all subscriptions together: what is asked for, renewed and ended, and what is stored.

use std::time::Duration;

use super::super::subscriber::Protocol;
use super::*;

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
const A: SourceId = SourceId(1);
const HUB: &str = "https://hub.example/";

fn after(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

fn offer(topic: &str) -> Offer {
    Offer { kind: Protocol::WebSub, hub: HUB.to_owned(), topic: topic.to_owned() }
}

/// Settles with tokens that count up from the given number.
fn settle(book: &mut Book, from: u8, now: Timestamp) -> Vec<SourceId> {
    let mut next = from;
    let left = book.settle(now, |source, offer| {
        next += 1;
        Subscription::new(source, offer, "https://me.example", [[next; 32], [0; 32]], now)
    });
    left.into_iter().collect()
}

fn token(number: u8) -> String {
    format!("{number:02x}").repeat(32)
}

fn confirm(book: &mut Book, number: u8, mode: &str, topic: &str, now: Timestamp) -> Verification {
    let query = format!("hub.mode={mode}&hub.topic={topic}&hub.challenge=c&hub.lease_seconds=86400");
    book.verify(&token(number), &query, now, 0.0)
}

fn states(book: &Book) -> Vec<(u8, State)> {
    book.subscriptions.values().map(|it| (u8::from_str_radix(&it.token[..2], 16).expect("hex"), it.state)).collect()
}

#[test]
fn a_subscription_is_renewed_by_another_before_its_lease_ends() {
    let mut book = Book::default();
    assert!(book.want_for(A, Some(offer("t"))) && !book.want_for(A, Some(offer("t"))));
    assert!(settle(&mut book, 0, NOW).is_empty());
    assert_eq!(book.due(NOW, 9, |_| true), [token(1)]);
    assert!(book.due(NOW, 9, |host| host != "hub.example").is_empty());
    // Nothing is made twice.
    settle(&mut book, 1, NOW);
    assert_eq!(states(&book), [(1, State::Asked)]);
    assert_eq!(book.pushed(A, NOW), None, "only a verified subscription counts");
    assert_eq!(confirm(&mut book, 1, "subscribe", "t", NOW), Verification::Echo("c".to_owned()));
    settle(&mut book, 1, after(42_000));
    assert_eq!(states(&book), [(1, State::Active)]);
    settle(&mut book, 1, after(43_200));
    assert_eq!(states(&book), [(1, State::Active), (2, State::Asked)]);
    assert_eq!(confirm(&mut book, 2, "subscribe", "t", after(43_201)), Verification::Echo("c".to_owned()));
    assert_eq!(book.pushed(A, after(43_201)).map(|pushed| pushed.since), Some(NOW), "there was no gap");
    assert!(settle(&mut book, 2, after(43_202)).is_empty());
    assert_eq!(states(&book), [(1, State::Ending), (2, State::Active)]);
    assert_eq!(book.due(after(43_202), 9, |_| true), [token(1)]);
    assert_eq!(confirm(&mut book, 1, "unsubscribe", "t", after(43_203)), Verification::Over("c".to_owned()));
    assert_eq!(states(&book), [(2, State::Active)]);
    // The renewal is not verified, so the source is polled as usual once the lease has ended.
    settle(&mut book, 2, after(100_000));
    assert_eq!(states(&book), [(2, State::Active), (3, State::Asked)]);
    assert_eq!(settle(&mut book, 3, after(43_201 + 86_400)), [A]);
    assert_eq!(states(&book), [(3, State::Asked)]);
}

#[test]
fn what_is_no_longer_wanted_is_ended() {
    let mut book = Book::default();
    book.want_for(A, Some(offer("t")));
    settle(&mut book, 0, NOW);
    confirm(&mut book, 1, "subscribe", "t", NOW);
    // Another topic is another subscription.
    book.want_for(A, Some(offer("u")));
    assert_eq!(settle(&mut book, 1, NOW), [A]);
    assert_eq!(states(&book), [(1, State::Ending), (2, State::Asked)]);
    book.want_for(A, None);
    assert!(settle(&mut book, 2, NOW).is_empty());
    assert_eq!(states(&book), [(1, State::Ending)], "what was never verified needs no end");
    // A hub that does not answer is asked for a day.
    for hour in 0..23 {
        book.change(&token(1)).expect("it is there").not_taken("no answer", None, after(hour * 3_600));
    }
    settle(&mut book, 2, after(23 * 3_600));
    assert_eq!(states(&book), [(1, State::Ending)]);
    settle(&mut book, 2, after(24 * 3_600));
    assert!(book.wanted.is_empty() && states(&book).is_empty());
    assert_eq!(book.take_changes().removed, [token(1), token(2)]);
}

#[test]
fn a_source_that_names_another_hub_every_hour_costs_little() {
    let mut book = Book::default();
    for day in 0..30_u8 {
        let now = after(u64::from(day) * 3_600);
        book.want_for(A, Some(Offer { hub: format!("https://hub{day}.example/"), ..offer("t") }));
        settle(&mut book, day, now);
        confirm(&mut book, day + 1, "subscribe", "t", now);
        book.note_delivery(&token(day + 1), 1, now);
        let changes = book.take_changes();
        assert_eq!((changes.trusts.len(), changes.trusts_removed.len()), (1, usize::from(day > 0)));
        assert!(states(&book).len() <= 1 + ENDING_MAX, "{:?}", states(&book));
    }
}

#[test]
fn one_source_after_the_other_is_asked_for_at_a_hub() {
    let mut book = Book::default();
    let wanted = (0..5).map(|number| (SourceId(number), offer(&format!("t{number}"))));
    let other = (SourceId(9), Offer { hub: "https://other.example/".to_owned(), ..offer("t9") });
    book.want("https://me.example", wanted.chain([other]).collect());
    settle(&mut book, 0, NOW);
    assert_eq!(book.due(NOW, 9, |_| true).len(), 2, "one at each of two hubs");
    assert_eq!(book.due(NOW, 1, |_| true).len(), 1);
    // Another address of our own makes all callback addresses useless.
    book.want("https://moved.example", BTreeMap::new());
    settle(&mut book, 9, NOW);
    assert!(states(&book).is_empty());
}

#[test]
fn a_thousand_deliveries_count_as_a_few_and_one_ping() {
    let mut book = Book::default();
    assert_eq!((0..1_000).filter(|_| !book.is_too_fast("t", NOW)).count(), 30);
    assert!(!book.is_too_fast("t", after(60)));
    assert!(!book.is_too_fast("t", NOW), "the clock was set back");
}

#[test]
fn a_ping_is_owed_until_a_poll_has_looked() {
    let mut book = Book::default();
    book.want_for(A, Some(offer("t")));
    settle(&mut book, 0, NOW);
    confirm(&mut book, 1, "subscribe", "t", NOW);
    book.change(&token(1)).expect("it is there").is_owed = true;
    let changes = book.take_changes();
    assert!(changes.subscriptions.iter().any(|it| it.is_owed));
    let mut book = Book::new(changes.subscriptions, changes.trusts);
    assert_eq!(book.owed().into_iter().collect::<Vec<_>>(), [A], "it is still owed after a restart");
    // The hub has announced what the poll brings, so that is not a miss.
    book.note_poll(A, (1, 1), NOW);
    assert!(book.owed().is_empty());
    assert!(book.pushed(A, NOW).is_some_and(|pushed| pushed.is_trusted(NOW)));
    book.note_poll(A, (1, 1), NOW);
    assert!(book.pushed(A, NOW).is_some_and(|pushed| !pushed.is_trusted(NOW)));
    let changes = book.take_changes();
    assert_eq!(changes.trusts.len(), 1);
    assert!(book.take_changes().is_empty());
    book.put_back(changes);
    assert!(!book.take_changes().is_empty());
}

#[test]
fn a_hub_that_fails_many_sources_is_doubted_with_all() {
    let distrusted = Trust { distrusted_until: Some(after(1_000)), ..Trust::default() };
    let proven = Trust { is_proven: true, ..Trust::default() };
    let check = |bad: i64, good: i64, wanted: bool| {
        let of = |numbers: std::ops::Range<i64>, trust: Trust| {
            numbers.map(move |number| (("hub.example".to_owned(), SourceId(number)), trust))
        };
        let trusts = of(0..bad, distrusted).chain(of(100..100 + good, proven)).collect();
        let mut book = Book::new(Vec::new(), trusts);
        book.want_for(SourceId(100), Some(offer("t")));
        settle(&mut book, 0, NOW);
        confirm(&mut book, 1, "subscribe", "t", NOW);
        let pushed = book.pushed(SourceId(100), NOW).expect("it is subscribed");
        assert_eq!(pushed.is_trusted(NOW), !wanted, "{bad} of {}", bad + good);
    };
    check(0, 1, false);
    check(2, 1, false);
    check(3, 5, true);
    check(3, 7, false);
}

#[test]
fn the_trust_in_a_hub_is_told_as_it_counts() {
    let check = |trust: Trust, is_hub_doubted: bool, wanted: &str| {
        assert_eq!(told(&trust, "hub.example", is_hub_doubted, NOW), wanted);
    };
    check(
        Trust::default(),
        false,
        "hub.example has yet to prove itself: 0 new entries came by push first, 0 were missed",
    );
    let proven = Trust { pushed: 1, is_proven: true, ..Trust::default() };
    check(proven, false, "hub.example is trusted: 1 new entry came by push first, 0 were missed");
    let doubted = "hub.example is not trusted, because it fails more than a third of its sources: \
                   1 new entry came by push first, 0 were missed";
    check(proven, true, doubted);
    let mut missed = Trust { pushed: 2, ..proven };
    missed.note_poll(1, NOW);
    let lately =
        "hub.example missed an entry and has yet to deliver again: 2 new entries came by push first, 1 was missed";
    check(missed, false, lately);
    missed.note_poll(1, NOW);
    let said = told(&missed, "hub.example", true, NOW);
    assert!(said.starts_with("hub.example is distrusted until ") && said.ends_with("2 were missed"), "{said}");
}
