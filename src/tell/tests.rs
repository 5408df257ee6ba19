//! The receivers, their news, and the outcome of attempts.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::config::{SourceConfig, load_with};
use crate::model::{FeedMeta, SourceId};

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
const HOUR: Duration = Duration::from_secs(3_600);

fn configured(text: &str) -> Config {
    let path = Path::new("/nowhere/watershed.toml");
    load_with(path, &|_| None, Some((path, text))).unwrap_or_else(|errors| panic!("{errors}"))
}

fn incident(kind: Kind, ended: Option<Ending>) -> Incident {
    let is_of_source = !matches!(kind, Kind::Refused | Kind::Disk | Kind::Store);
    Incident {
        kind,
        source: is_of_source.then_some(SourceId(7)),
        since: NOW.minus(26 * HOUR),
        updated: NOW,
        ended: ended.map(|ending| (NOW, ending)),
        detail: None,
    }
}

/// All words of `on`, which is its default.
fn every_word() -> BTreeSet<String> {
    configured("[[notify]]\nexec = [\"tell\"]\n").notify.remove(0).on.into_iter().collect()
}

#[test]
fn every_change_is_an_event_that_can_be_chosen() {
    let all = every_word();
    let mut told = BTreeSet::from(["recovered".to_owned()]);
    for (kind, expected) in [
        (Kind::Failing, "failing"),
        (Kind::Gone, "gone"),
        (Kind::Moved, "moved"),
        (Kind::Silent, "silent"),
        (Kind::Flood, "flood"),
        (Kind::Refused, "refused"),
        (Kind::Disk, "disk"),
        (Kind::Store, "disk"),
    ] {
        assert_eq!(event(&incident(kind, None), &all), Some(expected));
        assert_eq!(event(&incident(kind, Some(Ending::Recovered)), &all), Some("recovered"));
        assert_eq!(event(&incident(kind, Some(Ending::Dropped)), &all), None);
        assert_eq!(event(&incident(kind, None), &BTreeSet::new()), None);
        told.insert(expected.to_owned());
    }
    assert_eq!(all, told);
}

#[test]
fn the_configuration_says_who_is_told() {
    let config = configured(
        "[[notify]]\non = [\"gone\", \"disk\"]\nexec = [\"tell\", \"me\"]\n[[notify]]\nurl = \"https://a.example/x\"\n\
         [[notify]]\non = [\"moved\"]\nexec = [\"tell\", \"me\"]\n[[notify]]\n\
         [[output]]\nname = \"x\"\nwebhook = \"https://b.example/\"\n[[output]]\nname = \"y\"\nexec = [\"post\"]\n",
    );
    let targets = targets(&config);
    let told: Vec<(String, &str)> = targets.iter().map(|target| (target.name(), target.way())).collect();
    let expected = [
        ("notify 1", "exec"),
        ("notify 2", "url"),
        ("notify 3", "exec"),
        ("output x", "webhook"),
        ("output y", "exec"),
    ];
    assert_eq!(told, expected.map(|(name, way)| (name.to_owned(), way)));
    assert_eq!(targets[0].news, News::Changes(["gone", "disk"].map(str::to_owned).into()));
    let keys: BTreeSet<&str> = targets.iter().map(|target| target.key.as_str()).collect();
    assert_eq!(keys.len(), targets.len(), "{keys:?}");
    assert!(keys.iter().all(|key| !key.contains("example")), "addresses are secrets: {keys:?}");
}

#[test]
fn a_receiver_stays_known_when_its_address_is_edited() {
    let notify = |addresses: &[&str]| -> Vec<Target> {
        let text: String =
            addresses.iter().map(|it| format!("[[notify]]\nurl = \"https://{it}.example/\"\n")).collect();
        targets(&configured(&text))
    };
    let stored = |addresses: &[&str]| -> Vec<Progress> {
        let progress = |target: Target| Progress { key: target.key, place: target.place, ..Progress::default() };
        notify(addresses).into_iter().map(progress).collect()
    };
    // For each address that is configured, the address that was told before.
    let check = |before: &[&str], now: &[&str], expected: &[Option<&str>]| {
        let known = known(&stored(before), &notify(now), &HashMap::new());
        let of = |name: &&str| stored(&[*name]).remove(0).key;
        let expected: Vec<Option<String>> = expected.iter().map(|name| name.as_ref().map(of)).collect();
        assert_eq!(known, expected, "{before:?} {now:?}");
    };
    check(&[], &["a"], &[None]);
    check(&["a", "b"], &["a", "b"], &[Some("a"), Some("b")]);
    check(&["a", "b"], &["b", "a"], &[Some("b"), Some("a")]);
    check(&["a"], &["c"], &[Some("a")]);
    check(&["a", "b"], &["a", "c"], &[Some("a"), Some("b")]);
    // A new table before the others, and a table that is removed.
    check(&["a"], &["c", "a"], &[None, Some("a")]);
    check(&["a", "b"], &["b"], &[Some("b")]);
    let output = |address: &str| {
        targets(&configured(&format!("[[output]]\nname = \"x\"\nwebhook = \"https://{address}.example/\"\n")))
    };
    let before = Progress { key: output("a").remove(0).key, ..Progress::default() };
    assert_eq!(known(&[before], &output("b"), &HashMap::new()), [Some("output/x".to_owned())]);
    // Outputs that have other names now. The place of an output that is still there is its own.
    let outputs = |names: &[&str]| {
        let output = |name: &&str| format!("[[output]]\nname = \"{name}\"\nwebhook = \"https://{name}.example/\"\n");
        targets(&configured(&names.iter().map(output).collect::<String>()))
    };
    let check = |before: &[(&str, i64)], now: &[&str], renamed: &[(&str, &str)], expected: &[Option<&str>]| {
        let before: Vec<Progress> = before
            .iter()
            .map(|(name, through)| Progress { key: format!("output/{name}"), through: *through, ..Progress::default() })
            .collect();
        let renamed: HashMap<String, String> =
            renamed.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect();
        let expected: Vec<Option<String>> =
            expected.iter().map(|name| name.map(|name| format!("output/{name}"))).collect();
        assert_eq!(known(&before, &outputs(now), &renamed), expected, "{before:?} {now:?} {renamed:?}");
    };
    check(&[("old", 7)], &["new"], &[("old", "new")], &[Some("old")]);
    check(&[("old", 7)], &["new"], &[("old", "another")], &[None]);
    check(&[("old", 7)], &["old", "new"], &[("old", "new")], &[Some("old"), None]);
    check(&[("old", 7), ("new", 9)], &["new"], &[("old", "new")], &[Some("new")]);
    check(&[("a", 9), ("b", 7)], &["c"], &[("a", "c"), ("b", "c")], &[Some("b")]);
}

#[test]
fn answers_and_ends_are_taken_for_what_they_mean() {
    let wait = Some(Duration::from_secs(90));
    for (status, expected) in [
        (200, "taken"),
        (204, "taken"),
        (299, "taken"),
        (301, "failed"),
        (308, "failed"),
        (400, "refused"),
        (401, "failed"),
        (404, "failed"),
        (408, "failed"),
        (410, "failed"),
        (413, "refused"),
        (422, "refused"),
        (425, "failed"),
        (429, "failed"),
        (451, "failed"),
        (500, "failed"),
        (503, "failed"),
        (700, "failed"),
    ] {
        let (found, why) = match of_answer(status, wait) {
            Attempt::Taken => ("taken", status.to_string()),
            Attempt::Failed { why, asked } => {
                assert_eq!(asked, wait, "{status}");
                ("failed", why)
            }
            Attempt::Refused { why } => ("refused", why),
        };
        assert_eq!(found, expected, "{status}");
        assert!(why.contains(&status.to_string()), "{why}");
    }
    for (status, signal, said, expected) in [
        (Some(0), None, "", None),
        (Some(0), None, "a warning", None),
        (Some(1), None, "", Some("the program ended with exit status 1")),
        (
            Some(2),
            None,
            "\n  no\u{1b}[1m room  \nmore",
            Some("the program ended with exit status 2: no\u{fffd}[1m room"),
        ),
        (None, Some(15), "", Some("the program was ended by signal 15")),
    ] {
        let expected = expected.map_or(Attempt::Taken, Attempt::failed);
        assert_eq!(of_exit(status, signal, said.as_bytes()), expected);
    }
    let Attempt::Failed { why, .. } = of_exit(Some(1), None, "x".repeat(10_000).as_bytes()) else {
        panic!("it failed")
    };
    assert!(why.len() < 400, "{why}");
}

#[test]
fn a_delivery_is_tried_for_a_day_and_then_given_up() {
    let begin = Progress { through: 3, ..Progress::default() };
    let failed = Attempt::failed("busy");
    let (mut progress, mut now, mut attempts) = (begin.clone(), NOW, 0);
    loop {
        let (after, verdict) = progress.after(4, &failed, now);
        attempts += 1;
        progress = after;
        let Verdict::Again(wait) = verdict else { break };
        assert_eq!((progress.through, progress.failing_since, progress.failures), (3, Some(NOW), attempts));
        assert_eq!((progress.next_attempt, progress.reason.as_deref()), (Some(now.plus(wait)), Some("busy")));
        now = now.plus(wait);
    }
    assert!(now.since(NOW) >= 24 * HOUR && now.since(NOW) < 26 * HOUR, "{now}");
    let dead =
        Progress { through: 4, dead: 1, last_dead: Some(now), dead_reason: Some("busy".to_owned()), ..begin.clone() };
    assert_eq!(progress, dead);
    // A machine that was off for most of the day has tried too seldom.
    let slept = begin.after(4, &failed, NOW).0.after(4, &failed, NOW.plus(48 * HOUR));
    assert_eq!((slept.0.failures, slept.1), (2, Verdict::Again(Duration::from_secs(20))));
    // What follows begins anew.
    let (progress, _) = progress.after(5, &failed, now);
    assert_eq!((progress.through, progress.failures, progress.failing_since), (4, 1, Some(now)));
    let (progress, verdict) = progress.after(5, &Attempt::Taken, now.plus(HOUR));
    assert_eq!(verdict, Verdict::Delivered);
    let taken = Progress { through: 5, delivered: 1, last_delivered: Some(now.plus(HOUR)), ..dead.clone() };
    assert_eq!(progress, taken);
    let (progress, verdict) = progress.after(6, &Attempt::Refused { why: "422".to_owned() }, now);
    assert_eq!(
        (verdict, progress.through, progress.dead, progress.dead_reason.as_deref()),
        (Verdict::Dead, 6, 2, Some("422"))
    );
    let lost = progress.without(40, "dropped", now);
    assert_eq!((lost.through, lost.dead, lost.dead_reason.as_deref()), (6, 42, Some("dropped")));
}

fn word(change: &Incident) -> &'static str {
    event(change, &every_word()).expect("it is an event")
}

fn object(change: &Incident, source: Option<(&SourceConfig, Option<&FeedMeta>)>) -> Value {
    serde_json::from_slice(&message(change, word(change), source, ("urn:1", "urn:2"))).expect("it is JSON")
}

#[test]
fn a_message_says_what_who_since_when_why_and_what_to_do() {
    let secret = "0123456789abcdef0123456789abcdef";
    let config = configured(&format!(
        "[[source]]\nname = \"a\"\nurl = \"https://a.example/feed?token={secret}\"\n[[source]]\nname = \"b\"\nurl = \"file:///srv/b.xml\"\n"
    ));
    let meta = FeedMeta { title: Some("A & B".to_owned()), ..FeedMeta::default() };
    let failing = Incident {
        detail: Some(format!("no answer from https://a.example/feed?token={secret}")),
        ..incident(Kind::Failing, None)
    };
    let told = object(&failing, Some((&config.sources[0], Some(&meta))));
    let keys: Vec<&str> = told.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut expected =
        ["id", "incident", "event", "kind", "at", "since", "source", "title", "happened", "why", "remedy"].to_vec();
    expected.sort_unstable();
    let mut found = keys.clone();
    found.sort_unstable();
    assert_eq!(found, expected);
    let mut source = told["source"].clone();
    // A digest stands behind the mask, so that sources with different secrets can be told apart.
    let url = source["url"].take();
    assert!(url.as_str().is_some_and(|url| url.starts_with("https://a.example/feed?token=***")), "{url}");
    assert_eq!(source, json!({ "name": "a", "title": "A & B", "url": null }));
    for (key, value) in [
        ("id", "urn:1"),
        ("incident", "urn:2"),
        ("event", "failing"),
        ("kind", "failing"),
        ("at", "2027-01-15T08:00:00Z"),
        ("since", "2027-01-14T06:00:00Z"),
        ("title", "A & B is failing"),
    ] {
        assert_eq!(told[key], value, "{told}");
    }
    assert!(told["why"].is_string() && told["remedy"].is_string() && !told.to_string().contains(secret), "{told}");
    let over = object(&incident(Kind::Failing, Some(Ending::Recovered)), Some((&config.sources[0], None)));
    assert_eq!((&over["event"], &over["kind"], &over["why"]), (&json!("recovered"), &json!("failing"), &Value::Null));
    let local = object(&incident(Kind::Gone, None), Some((&config.sources[1], None)));
    assert_eq!(local["source"], json!({ "name": "b", "title": "b", "url": "file:" }));
    assert_eq!(object(&incident(Kind::Disk, None), None)["source"], Value::Null);
}

#[test]
fn the_same_change_has_the_same_identity_and_others_have_others() {
    let failing = incident(Kind::Failing, None);
    let over = incident(Kind::Failing, Some(Ending::Recovered));
    let moved = incident(Kind::Moved, None);
    let again = Incident { updated: NOW.plus(HOUR), ..moved.clone() };
    let of = |change: &Incident| identity(change, word(change));
    let all: BTreeSet<String> = [&failing, &over, &moved, &again].into_iter().map(of).collect();
    assert_eq!(all.len(), 4, "{all:?}");
    assert_eq!(of(&failing), of(&failing.clone()));
}
