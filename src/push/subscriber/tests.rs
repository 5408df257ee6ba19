//! Tests of one subscription: what it sends, what it confirms, and when its hub is asked again.

use std::collections::HashMap;

use super::super::Offer;
use super::*;

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
const MINUTE: u64 = 60;
const DAY: u64 = 86_400;

fn subscription(hub: &str) -> Subscription {
    let offer =
        Offer { kind: Protocol::WebSub, hub: hub.to_owned(), topic: "https://a.example/feed?a=b&c=ä".to_owned() };
    Subscription::new(SourceId(7), &offer, "https://me.example/x", [[1; 32], [0xab; 32]], NOW)
}

fn fields(form: &str) -> HashMap<String, String> {
    form_urlencoded::parse(form.as_bytes()).into_owned().collect()
}

fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn after(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

#[test]
fn the_request_names_topic_callback_lease_and_secret() {
    let form = fields(&subscription("https://hub.example/").form().expect("there is a request"));
    assert_eq!(form["hub.mode"], "subscribe");
    assert_eq!(form["hub.topic"], "https://a.example/feed?a=b&c=ä");
    assert_eq!(form["hub.callback"], format!("https://me.example/x/push/{}", "01".repeat(32)));
    assert_eq!(form["hub.lease_seconds"], (10 * DAY).to_string());
    assert_eq!(form["hub.secret"], "ab".repeat(32));
    assert!(form["hub.secret"].len() < 200, "WebSub, 5.1");
}

#[test]
fn a_secret_is_sent_only_where_it_stays_one() {
    let check = |hub: &str, wanted: bool| assert_eq!(subscription(hub).secret.is_some(), wanted, "{hub}");
    check("https://hub.example/", true);
    check("http://hub.example/", false);
    check("http://127.0.0.1:8080/hub", true);
    check("http://[::1]/hub", true);
    check("http://localhost/hub", true);
    check("http://10.0.0.1/hub", false);
}

#[test]
fn only_what_was_asked_for_is_confirmed() {
    let topic = subscription("https://hub.example/").topic;
    let check = |state: State, pairs: &[(&str, &str)], wanted: &Verification| {
        let mut asked = Subscription { state, verified: Some(NOW), ..subscription("https://hub.example/") };
        assert_eq!(asked.verify(&query(pairs), after(1), 0.0), *wanted, "{state:?} {pairs:?}");
    };
    let echo = Verification::Echo("a b&c=%41".to_owned());
    let full = |mode, topic| [("hub.mode", mode), ("hub.topic", topic), ("hub.challenge", "a b&c=%41")];
    check(State::Asked, &full("subscribe", &topic), &echo);
    check(State::Asked, &full("unsubscribe", &topic), &Verification::Unknown);
    check(State::Asked, &full("subscribe", "https://a.example/feed"), &Verification::Unknown);
    check(State::Asked, &full("subscribe", ""), &Verification::Unknown);
    check(State::Asked, &full("publish", &topic), &Verification::Unknown);
    check(State::Asked, &[("hub.mode", "subscribe"), ("hub.topic", &topic)], &Verification::Unknown);
    check(State::Asked, &[("hub.mode", "subscribe"), ("hub.challenge", "x")], &Verification::Unknown);
    check(State::Asked, &[], &Verification::Unknown);
    // The answer to the verification may have been lost.
    check(State::Active, &full("subscribe", &topic), &echo);
    check(State::Active, &full("unsubscribe", &topic), &Verification::Unknown);
    check(State::Ending, &full("subscribe", &topic), &Verification::Unknown);
    check(State::Ending, &full("unsubscribe", &topic), &Verification::Over("a b&c=%41".to_owned()));
    let long = "x".repeat(CHALLENGE_MAX_BYTES + 1);
    check(
        State::Asked,
        &[("hub.mode", "subscribe"), ("hub.topic", &topic), ("hub.challenge", &long)],
        &Verification::Unknown,
    );
    let mut old = Subscription { state: State::Active, verified: Some(NOW), ..subscription("https://hub.example/") };
    assert_eq!(old.verify(&query(&full("subscribe", &topic)), after(11 * MINUTE), 0.0), Verification::Unknown);
}

#[test]
fn a_lease_is_renewed_between_half_and_four_fifths_of_it() {
    let check = |lease: &str, wanted: u64| {
        for (chance, part) in [(0.0, 0.5), (1.0, 0.8)] {
            let mut asked = subscription("https://hub.example/");
            let topic = asked.topic.clone();
            let mut pairs = vec![("hub.mode", "subscribe"), ("hub.topic", topic.as_str()), ("hub.challenge", "c")];
            if !lease.is_empty() {
                pairs.push(("hub.lease_seconds", lease));
            }
            assert_eq!(asked.verify(&query(&pairs), NOW, chance), Verification::Echo("c".to_owned()));
            assert_eq!((asked.state, asked.lease_until, asked.since), (State::Active, Some(after(wanted)), Some(NOW)));
            let renewed = asked.next_try.since(NOW).as_secs_f64() / wanted as f64;
            assert!((renewed - part).abs() < 0.01, "{lease}: {renewed}, not {part}");
        }
    };
    check("86400", DAY);
    check("0", 10 * MINUTE);
    check("315360000", 14 * DAY);
    check("99999999999999999999", 10 * DAY);
    check("-5", 10 * DAY);
    check("", 10 * DAY);
}

#[test]
fn requests_that_fail_are_repeated_more_and_more_seldom() {
    let mut asked = subscription("https://hub.example/");
    let mut now = NOW;
    let mut waits = Vec::new();
    while now < after(2 * DAY) {
        asked.not_taken("503", None, now);
        waits.push(asked.next_try.since(now).as_secs());
        now = asked.next_try;
    }
    assert_eq!(&waits[..3], [10, 20, 40]);
    assert!(waits.iter().all(|wait| *wait <= DAY) && waits.last() == Some(&DAY), "{waits:?}");
    assert!(waits.len() < 50, "{}", waits.len());
    assert_eq!(asked.problem.as_deref(), Some("503"));
    let mut asked = subscription("https://hub.example/");
    asked.not_taken("429", Some(Duration::from_secs(1_800)), NOW);
    assert_eq!(asked.next_try, after(1_800));
    // A request that was taken but not verified is repeated after an hour.
    asked.taken(after(1_800));
    assert_eq!((asked.state, asked.next_try, asked.problem.clone()), (State::Asked, after(5_400), None));
}

#[test]
fn a_denied_subscription_is_asked_for_again_after_a_week() {
    let mut active = Subscription { state: State::Active, since: Some(NOW), ..subscription("https://hub.example/") };
    let topic = active.topic.clone();
    let pairs = [("hub.mode", "denied"), ("hub.topic", topic.as_str()), ("hub.reason", "no such feed")];
    assert_eq!(active.verify(&query(&pairs), NOW, 0.0), Verification::Noted);
    assert_eq!((active.state, active.next_try, active.since), (State::Asked, after(7 * DAY), None));
    assert!(active.problem.as_deref().is_some_and(|problem| problem.contains("no such feed")), "{active:?}");
    let denied = active.clone();
    active.taken(NOW);
    active.not_taken("the hub answered 403", None, NOW);
    assert_eq!(active, denied, "the answer to the request may come after the denial");
    let of_another = [("hub.mode", "denied"), ("hub.topic", "https://b.example/")];
    assert_eq!(active.verify(&query(&of_another), NOW, 0.0), Verification::Unknown);
}

#[test]
fn a_cloud_is_registered_at_for_a_day() {
    let topic = "https://a.example/feed".to_owned();
    let offer = Offer { kind: Protocol::RssCloud, hub: "http://c.example:5337/notify".to_owned(), topic };
    let mut asked = Subscription::new(SourceId(7), &offer, "https://me.example/x", [[1; 32], [2; 32]], NOW);
    assert_eq!(asked.secret, None);
    let form = fields(&asked.form().expect("there is a request"));
    let wanted = [("protocol", "https-post"), ("domain", "me.example"), ("port", "443"), ("notifyProcedure", "")];
    for (name, value) in wanted {
        assert_eq!(form[name], value, "{name}");
    }
    assert_eq!((form["url1"].as_str(), form["path"].as_str()), ("https://a.example/feed", &asked.callback[18..]));
    let check = |url: &str, wanted: Verification| {
        let mut asked = asked.clone();
        assert_eq!(asked.verify(&query(&[("url", url), ("challenge", "c1")]), NOW, 0.0), wanted, "{url}");
    };
    check("https://a.example/feed", Verification::Echo("c1".to_owned()));
    check("https://b.example/feed", Verification::Unknown);
    asked.taken(NOW);
    assert_eq!((asked.state, asked.next_try, asked.lease_until), (State::Active, after(DAY), Some(after(25 * 3_600))));
    asked.end(NOW);
    assert!(asked.form().is_none() && asked.is_over(NOW));
}
