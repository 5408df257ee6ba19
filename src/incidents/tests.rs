//! Tests of incidents: a table of each finding, days of trouble hour by hour, and the words.

use std::sync::Arc;

use super::*;
use crate::config::{self, SourceConfig};
use crate::schedule::Rhythm;

const HOUR: Duration = Duration::from_secs(3_600);
const SOURCE: SourceId = SourceId(1);

/// A time some hours after 15 January 2027, 08:00 UTC.
fn at(hours: u32) -> Timestamp {
    Timestamp::from_unix(1_800_000_000).plus(HOUR * hours)
}

fn well() -> SourceFacts<'static> {
    SourceFacts {
        source: SOURCE,
        reach: Reachability { failing_since: None, failures: 0, gone: false, why: None },
        moved_to: None,
        last_entry: Some(at(0)),
        silent: false,
        flooding: Some(false),
    }
}

fn failing(failures: u32, since: u32) -> SourceFacts<'static> {
    let reach = Reachability { failing_since: Some(at(since)), failures, gone: false, why: Some("timeout") };
    SourceFacts { reach, flooding: None, ..well() }
}

fn gone() -> SourceFacts<'static> {
    let reach = Reachability { failing_since: Some(at(10)), failures: 1, gone: true, why: Some("410") };
    SourceFacts { reach, flooding: None, ..well() }
}

fn open(kind: Kind) -> Incident {
    let detail = (kind == Kind::Moved).then(|| "https://b.example/".to_owned());
    Incident { kind, source: Some(SOURCE), since: at(10), updated: at(34), ended: None, detail }
}

/// What becomes of the open incidents at hour 60: kind, hour of the beginning, and how it has ended.
fn check(what: &str, facts: &SourceFacts<'_>, before: &[Incident], expected: &[(Kind, u32, Option<Ending>)]) {
    let changes = of_source(facts, before, at(60));
    let said = changes.iter().map(|change| (change.kind, change.since, change.ended.map(|(_, ending)| ending)));
    let expected: Vec<_> = expected.iter().map(|(kind, hour, ending)| (*kind, at(*hour), *ending)).collect();
    assert_eq!(said.collect::<Vec<_>>(), expected, "{what}");
    assert!(changes.iter().all(|change| change.updated == at(60)), "{what}");
}

#[test]
fn what_begins_goes_on_and_ends() {
    const OVER: Option<Ending> = Some(Ending::Recovered);
    let moved = |to| SourceFacts { moved_to: Some(to), ..well() };
    let silent = |last| SourceFacts { silent: true, last_entry: Some(at(last)), ..well() };
    let flooding = SourceFacts { flooding: Some(true), ..well() };
    let at_first = failing(1, 10);
    check("all is well", &well(), &[], &[]);
    check("two hours", &failing(2, 58), &[], &[]);
    check("a day", &failing(9, 36), &[], &[(Kind::Failing, 36, None)]);
    check("nearly a day", &failing(9, 37), &[], &[]);
    check("a single failure, long ago", &at_first, &[], &[]);
    check("it goes on", &failing(9, 10), &[open(Kind::Failing)], &[]);
    check("it is over", &well(), &[open(Kind::Failing)], &[(Kind::Failing, 10, OVER)]);
    check("gone at once", &gone(), &[], &[(Kind::Gone, 10, None)]);
    check("first it fails, then it is gone", &gone(), &[open(Kind::Failing)], &[(Kind::Gone, 10, None)]);
    check("still gone", &gone(), &[open(Kind::Gone)], &[]);
    check("back", &well(), &[open(Kind::Gone)], &[(Kind::Gone, 10, OVER)]);
    check("moved", &moved("https://b.example/"), &[], &[(Kind::Moved, 60, None)]);
    check("moved, as known", &moved("https://b.example/"), &[open(Kind::Moved)], &[]);
    check("moved again", &moved("https://c.example/"), &[open(Kind::Moved)], &[(Kind::Moved, 10, None)]);
    check("the configuration has followed", &well(), &[open(Kind::Moved)], &[(Kind::Moved, 10, OVER)]);
    check("silent", &silent(7), &[], &[(Kind::Silent, 7, None)]);
    check("silent, as known", &silent(10), &[open(Kind::Silent)], &[]);
    let forgotten = SourceFacts { silent: false, last_entry: Some(at(10)), ..well() };
    check("the rhythm is forgotten", &forgotten, &[open(Kind::Silent)], &[]);
    let posted = SourceFacts { last_entry: Some(at(59)), ..well() };
    check("an entry came", &posted, &[open(Kind::Silent)], &[(Kind::Silent, 10, OVER)]);
    let unreachable = SourceFacts { silent: true, ..failing(3, 58) };
    check("what cannot be polled is not silent", &unreachable, &[], &[]);
    check("a flood", &flooding, &[], &[(Kind::Flood, 60, None)]);
    check("a flood goes on", &flooding, &[open(Kind::Flood)], &[]);
    check("no document, no judgement", &failing(1, 59), &[open(Kind::Flood)], &[]);
    check("a flood is over", &well(), &[open(Kind::Flood)], &[(Kind::Flood, 10, OVER)]);
    let both = [open(Kind::Failing), open(Kind::Moved)];
    check("two at once", &well(), &both, &[(Kind::Failing, 10, OVER), (Kind::Moved, 10, OVER)]);
}

#[test]
fn the_limits_of_a_disk_lie_apart() {
    const GIB: u64 = 1024 * 1024 * 1024;
    const MIB: u64 = 1024 * 1024;
    let low = [Incident { kind: Kind::Disk, source: None, detail: None, ..open(Kind::Disk) }];
    for (room, known, expected) in [
        (Some((255 * MIB, 100 * GIB)), false, Some(None)),
        (Some((256 * MIB, 100 * GIB)), false, None),
        (Some((100 * MIB, 100 * GIB)), true, None),
        (Some((500 * MIB, 100 * GIB)), true, None),
        (Some((512 * MIB, 100 * GIB)), true, Some(Some(Ending::Recovered))),
        // A small disk may have little room all the time.
        (Some((90 * MIB, 100 * MIB)), false, None),
        (Some((9 * MIB, 100 * MIB)), false, Some(None)),
        (None, true, None),
    ] {
        let facts = InstallationFacts { room, ..InstallationFacts::default() };
        let before: &[Incident] = if known { &low } else { &[] };
        let changes = of_installation(&facts, before, at(60));
        let ended = changes.first().map(|change| change.ended.map(|(_, ending)| ending));
        assert_eq!(ended, expected, "{room:?}, known: {known}");
    }
}

/// Keeps incidents as the store does, and a log of their changes.
#[derive(Default)]
struct Watch {
    kept: Vec<Incident>,
    log: Vec<String>,
}

impl Watch {
    fn open(&self, source: Option<SourceId>) -> Vec<Incident> {
        self.kept.iter().filter(|incident| incident.source == source && incident.is_open()).cloned().collect()
    }

    fn take(&mut self, hour: u32, changes: Vec<Incident>) {
        for change in changes {
            let how = change.ended.map_or("begins", |(_, ending)| ending.as_str());
            self.log.push(format!("hour {hour}: {} {how}", change.kind.as_str()));
            match self.kept.iter_mut().find(|known| known.path() == change.path()) {
                Some(known) => *known = change,
                None => self.kept.push(change),
            }
        }
    }
}

#[test]
fn days_of_trouble_give_the_entries_that_a_person_wants() {
    let [brief, long, moving, quiet, fine] = [1, 2, 3, 4, 5].map(SourceId);
    let mut watch = Watch::default();
    let mut failures = std::collections::BTreeMap::from([(brief, (0, None)), (long, (0, None))]);
    // The quiet source has brought an entry every hour for weeks.
    let dates: Vec<Timestamp> = (0..24 * 30).map(|hour| at(0).minus(HOUR * hour)).collect();
    let mut rhythm = Rhythm::first(&dates, 20, at(0));
    for hour in 1..=24 * 10 {
        let now = at(hour);
        for (source, down) in [(brief, 10..12), (long, 10..58)] {
            let known = failures.entry(source).or_default();
            *known = if down.contains(&hour) { (known.0 + 1, known.1.or(Some(now))) } else { (0, None) };
            let reach = Reachability { failing_since: known.1, failures: known.0, gone: false, why: Some("refused") };
            let facts = SourceFacts { source, reach, last_entry: Some(now), ..well() };
            let changes = of_source(&facts, &watch.open(Some(source)), now);
            watch.take(hour, changes);
        }
        let moved_to = (hour >= 24).then_some("https://new.example/feed");
        let facts = SourceFacts { source: moving, moved_to, last_entry: Some(now), ..well() };
        let changes = of_source(&facts, &watch.open(Some(moving)), now);
        watch.take(hour, changes);
        let news: Vec<Option<Timestamp>> = if hour <= 20 { vec![Some(now.minus(HOUR / 2))] } else { Vec::new() };
        rhythm.observe(&news, Some(20), now);
        let facts =
            SourceFacts { source: quiet, last_entry: Some(rhythm.last_entry()), silent: rhythm.is_silent(), ..well() };
        let changes = of_source(&facts, &watch.open(Some(quiet)), now);
        watch.take(hour, changes);
        let facts = SourceFacts { source: fine, last_entry: Some(now), ..well() };
        let changes = of_source(&facts, &watch.open(Some(fine)), now);
        watch.take(hour, changes);
        let refused = (hour == 5).then_some("watershed.toml:3:1");
        let facts = InstallationFacts { refused, room: Some((1 << 40, 1 << 41)), unwritable: None };
        let changes = of_installation(&facts, &watch.open(None), now);
        watch.take(hour, changes);
    }
    let expected = [
        "hour 5: refused begins",
        "hour 6: refused recovered",
        "hour 24: moved begins",
        "hour 34: failing begins",
        "hour 58: failing recovered",
        "hour 188: silent begins",
    ];
    assert_eq!(watch.log, expected);
    let entries: Vec<_> = watch.kept.iter().map(|it| (it.kind, it.source, it.since, it.updated)).collect();
    let expected = [
        (Kind::Refused, None, at(5), at(6)),
        (Kind::Moved, Some(moving), at(24), at(24)),
        (Kind::Failing, Some(long), at(10), at(58)),
        (Kind::Silent, Some(quiet), at(20).minus(HOUR / 2), at(188)),
    ];
    assert_eq!(entries, expected);
}

/// The source of a configuration with secrets.
fn configured(url: &str) -> Arc<SourceConfig> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("watershed.toml");
    let text = format!("[[source]]\nname = \"a\"\ntitle = \"A & B\"\nurl = \"{url}\"\n");
    std::fs::write(&path, text).expect("it can be written");
    let config = config::load(&path, &|_| None).expect("it is a configuration");
    config.sources.first().expect("it has a source").clone()
}

#[test]
fn every_incident_says_what_happened_since_when_and_what_to_do() {
    let config = configured("https://a.example/feed?token=0123456789abcdef0123456789abcdef");
    for kind in Kind::ALL {
        let is_of_source = !matches!(kind, Kind::Refused | Kind::Disk | Kind::Store);
        let source = is_of_source.then(|| (config.as_ref(), None));
        let begun = Incident { source: is_of_source.then_some(SOURCE), ..open(kind) };
        for ended in [None, Some((at(58), Ending::Recovered)), Some((at(58), Ending::Dropped))] {
            let told = tell(&Incident { ended, ..begun.clone() }, source);
            let text = format!("{told:?}");
            assert!(told.happened.contains("15 January 2027, 18:00 UTC"), "{text}");
            assert!(!told.remedy.is_empty() && told.remedy.ends_with('.'), "{text}");
            assert_eq!(told.remedy.matches('`').count() % 2, 0, "{text}");
            assert_eq!(is_of_source, told.title.starts_with("A & B "), "{text}");
            assert!(ended.is_none() || told.remedy.starts_with("Nothing needs to be done"), "{text}");
        }
    }
    let title = |ended| tell(&Incident { ended, ..open(Kind::Failing) }, Some((config.as_ref(), None))).title;
    assert_eq!(title(None), "A & B is failing");
    assert_eq!(title(Some((at(58), Ending::Recovered))), "A & B has recovered after 2 days");
    assert_eq!(title(Some((at(58), Ending::Dropped))), "A & B is no longer polled");
}

#[test]
fn no_secret_and_no_path_of_this_machine_is_told() {
    let secret = "0123456789abcdef0123456789abcdef";
    let config = configured(&format!("https://a.example/feed?token={secret}"));
    for (kind, detail) in [
        (Kind::Failing, format!("no answer from https://a.example/feed?token={secret}")),
        (Kind::Moved, format!("https://b.example/feed?token={secret}")),
    ] {
        let incident = Incident { detail: Some(detail), ..open(kind) };
        let told = tell(&incident, Some((config.as_ref(), None)));
        assert!(told.why.is_some() && !format!("{told:?}").contains(secret), "{told:?}");
    }
    let config = configured("file:///srv/private/feed.xml");
    let incident = Incident { detail: Some("cannot read /srv/private/feed.xml".to_owned()), ..open(Kind::Failing) };
    let told = tell(&incident, Some((config.as_ref(), None)));
    assert!(!format!("{told:?}").contains("/srv"), "{told:?}");
}

#[test]
fn spans_are_told_in_their_largest_unit() {
    for (seconds, expected) in [
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (7_199, "119 minutes"),
        (7_200, "2 hours"),
        (172_799, "47 hours"),
        (172_800, "2 days"),
    ] {
        assert_eq!(span_in_words(Duration::from_secs(seconds)), expected);
    }
}

#[test]
fn kinds_are_read_as_they_are_written() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
    }
    for ending in [Ending::Recovered, Ending::Dropped] {
        assert_eq!(Ending::parse(ending.as_str()), Some(ending));
    }
    assert_eq!((Kind::parse("new"), Ending::parse("")), (None, None));
}
