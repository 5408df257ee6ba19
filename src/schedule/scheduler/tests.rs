//! Tests of the scheduler by scripts of events, each with its second and the expected actions.

use proptest::prelude::*;
use url::Url;

use super::super::event::{Asker, Lifted, Stored, Wanted};
use super::super::host_key;
use super::super::interval::{Advice, News, plan};
use super::super::ledger::{HostState, Ruling};
use super::*;
use crate::config::Every;
use crate::model::Outcome;

/// 2027-01-15T08:00:00Z.
const BEGIN: Timestamp = Timestamp::from_unix(1_800_000_000);
const MINUTE: Duration = Duration::from_secs(60);
/// How much longer than configured a pause may be.
const FEW: Duration = Duration::from_millis(3);

/// The time that many seconds after the begin. A negative number lies before it.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix(BEGIN.unix() + seconds)
}

fn host(name: &str) -> HostKey {
    host_key(&Url::parse(&format!("https://{name}/")).expect("test hosts are valid"))
}

fn limits() -> Limits {
    Limits { concurrency: 8, per_host: 1, host_gap: Duration::from_secs(2) }
}

/// A configured source. Each has its own host unless a test changes that.
#[derive(Debug, Clone)]
struct Given {
    id: i64,
    schedule: SourceSchedule,
    min_every: Duration,
    route: Route,
}

fn given(id: i64, due: i64) -> Given {
    let route =
        Route { host: host(&format!("host{id}.org")), leads_to: None, place: u64::try_from(id).expect("small") };
    Given { id, schedule: SourceSchedule::new(at(due)), min_every: MINUTE * 10, route }
}

fn configured(sources: &[Given], now: i64) -> Event {
    let source = |given: &Given| {
        let Given { id, schedule, min_every, route } = given.clone();
        let options = ScheduleOptions {
            every: Every::Auto,
            min_every,
            min_every_written: true,
            max_every: MINUTE * 600,
            priority: 1.0,
        };
        let schedule = SourceSchedule { planned_under: options.fingerprint(), ..schedule };
        (SourceId(id), Source::new(schedule, Arc::new(options), true, route, at(now)))
    };
    Event::Configured { sources: sources.iter().map(source).collect(), limits: limits() }
}

/// An event of a script.
enum Said<'s> {
    /// Only time passes.
    Wake,
    /// Time passes after the clock was set. The number says how many seconds the clock is ahead.
    WakeAhead(i64),
    Reload(&'s [Given]),
    Ask(u64, Wanted),
    Redirected(i64, &'s str),
    /// The poll of a source is stored, with its next poll at the given second.
    Stored(i64, i64),
    /// The same with a ruling.
    Ruled(i64, i64, Ruling),
    NotStored(i64),
    NotYet(i64, NotYet),
    NotAsked(i64),
    AnswerOfAnother(i64),
    Moved(i64, u64),
}

/// An action in short form, such as `poll 1+2`.
fn shown(action: &Action) -> String {
    let seconds = |time: &Timestamp| time.unix() - BEGIN.unix();
    match action {
        Action::Poll { sources } => {
            let ids: Vec<String> = sources.iter().map(|source| source.0.to_string()).collect();
            format!("poll {}", ids.join("+"))
        }
        Action::Redirect { source, answer: Ok(()) } => format!("go on {}", source.0),
        Action::Redirect { source, answer: Err(why) } => {
            format!("hold back {} until {}", source.0, seconds(&why.until))
        }
        Action::Rule { source, .. } => format!("rule {}", source.0),
        Action::TellEnd { asker, source } => format!("tell {} of {}", asker.0, source.0),
        Action::TellNotPolled { asker, source, why, .. } => {
            let why = match why {
                NotPolled::Disabled => "disabled",
                NotPolled::Gone { .. } => "gone",
                NotPolled::AskedToWait { .. } => "asked to wait",
                NotPolled::JustPolled { .. } => "just polled",
                NotPolled::HostIsSlow { .. } => "slow host",
                NotPolled::NotYet(_) => "not yet",
                NotPolled::Outage { .. } => "outage",
                NotPolled::Full { .. } => "full",
            };
            format!("tell {} not {}: {why}", asker.0, source.0)
        }
        Action::TellLifted { asker, source, what } => {
            let what = match what {
                Lifted::BackOff { until, .. } => format!("back-off until {}", seconds(until)),
                Lifted::AskedToWait { until } => format!("Retry-After until {}", seconds(until)),
                Lifted::HostPause { host, until, .. } => format!("{} until {}", host.as_str(), seconds(until)),
            };
            format!("tell {} of {} lifted: {what}", asker.0, source.0)
        }
        Action::TellNotStored { asker, .. } => format!("tell {} not stored", asker.0),
        Action::Answer { asker } => format!("answer {}", asker.0),
        Action::LogPutOff { source, until, .. } => format!("put off {} until {}", source.0, seconds(until)),
        Action::LogLeftAlone { until, .. } => format!("left alone until {}", seconds(until)),
        Action::LogOutage { until } => format!("outage until {}", seconds(until)),
        Action::LogFull { until } => format!("full until {}", seconds(until)),
        Action::LogForgiven { sources } => format!("forgiven {sources}"),
        Action::LogClockSet { .. } => "clock set".to_owned(),
    }
}

/// Plays a script. Each line has the second, the event, and the expected actions in order.
#[track_caller]
fn check(what: &str, mode: Mode, sources: &[Given], script: Vec<(i64, Said<'_>, &str)>) {
    let mut scheduler = Scheduler::new(mode, limits(), Ledger::default(), at(0));
    assert!(scheduler.handle(configured(sources, 0), at(0)).is_empty(), "{what}");
    // How many seconds the wall clock is ahead.
    let mut ahead = 0;
    for (line, (second, said, wanted)) in script.into_iter().enumerate() {
        let id = SourceId;
        let ended = |source: i64, due: i64, ruling: Ruling| {
            let known = sources.iter().find(|given| given.id == source);
            let host = known.map_or_else(|| host("removed.org"), |given| given.route.host.clone());
            let (now, attempt) = (Some(at(second)), Some(at(second)));
            let schedule = SourceSchedule { last_poll: now, last_attempt: attempt, ..SourceSchedule::new(at(due)) };
            let stored = Stored { schedule, host, leads_to: None, ruling };
            Event::Stored { source: id(source), stored: Box::new(stored) }
        };
        if let Said::WakeAhead(seconds) = said {
            ahead = seconds;
        }
        let event = match said {
            Said::Wake | Said::WakeAhead(_) => Event::Woke { elapsed: at(second - ahead).since(at(0)) },
            Said::Reload(sources) => configured(sources, second),
            Said::Ask(asker, wanted) => Event::Asked { asker: Asker(asker), wanted },
            Said::Redirected(source, to) => Event::Redirected { source: id(source), to: host(to) },
            Said::Stored(source, due) => ended(source, due, Ruling::default()),
            Said::Ruled(source, due, ruling) => ended(source, due, ruling),
            Said::NotStored(source) => Event::NotStored { source: id(source), error: "the disk is full".to_owned() },
            Said::NotYet(source, why) => Event::NotYet { source: id(source), why },
            Said::NotAsked(source) => Event::NotAsked { source: id(source) },
            Said::AnswerOfAnother(source) => Event::AnswerOfAnother { source: id(source) },
            Said::Moved(source, place) => Event::Moved { source: id(source), place },
        };
        let actions = scheduler.handle(event, at(second));
        let found: Vec<String> = actions.iter().map(shown).collect();
        assert_eq!(found.join("; "), wanted, "{what}: line {line}, second {second}");
    }
}

fn turn(until: i64) -> NotYet {
    NotYet { host: "hoster.org".to_owned(), until: at(until), cause: Cause::TurnIsSoon }
}

#[test]
fn sources_at_the_same_place_share_a_request() {
    let at_one_place = |id, due| Given { route: given(1, 0).route, ..given(id, due) };
    let just_asked = SourceSchedule { last_attempt: Some(at(-60)), last_poll: Some(at(-60)), ..given(3, 900).schedule };
    let sources = [at_one_place(1, 5), at_one_place(2, 800), Given { schedule: just_asked, ..at_one_place(3, 900) }];
    check(
        "the other sources share the request, but not before their own floor",
        Mode::Scheduled,
        &sources,
        vec![(4, Said::Wake, ""), (5, Said::Wake, "poll 1+2"), (6, Said::Wake, "")],
    );
    check(
        "a source is polled by itself after an answer that belonged to another source",
        Mode::Scheduled,
        &sources[..2],
        vec![
            (5, Said::Wake, "poll 1+2"),
            (7, Said::Stored(1, 5_000), ""),
            (7, Said::Moved(2, 22), ""),
            (7, Said::AnswerOfAnother(2), ""),
            (799, Said::Wake, ""),
            (800, Said::Wake, "poll 2"),
        ],
    );
    check(
        "without an answer a source that shared the request counts as not polled",
        Mode::Scheduled,
        &sources[..2],
        vec![
            (5, Said::Wake, "poll 1+2"),
            (6, Said::NotYet(1, turn(20)), "put off 1 until 20"),
            (6, Said::NotAsked(2), ""),
            (20, Said::Wake, "poll 1+2"),
        ],
    );
}

#[test]
fn a_redirected_poll_waits_for_its_turn_at_the_new_host() {
    let script = vec![
        (0, Said::Wake, "poll 1; poll 2"),
        (1, Said::Redirected(1, "hoster.org"), "go on 1"),
        (1, Said::Redirected(2, "hoster.org"), "hold back 2 until 4"),
        (1, Said::NotYet(2, turn(4)), "put off 2 until 4"),
        (2, Said::Stored(1, 5_000), ""),
        (4, Said::Wake, ""),
        (5, Said::Wake, "poll 2"),
        (5, Said::Redirected(2, "hoster.org"), "go on 2"),
        // When it is put off twice in a row, the source keeps to its floor.
        (6, Said::NotYet(2, turn(8)), "put off 2 until 606"),
        (605, Said::Wake, ""),
        (606, Said::Wake, "poll 2"),
    ];
    check("its turn", Mode::Scheduled, &[given(1, 0), given(2, 0)], script);
}

#[test]
fn an_asker_keeps_waiting_for_a_turn_that_comes_soon() {
    let these = || Wanted::These(vec![SourceId(1)]);
    let later = NotYet { cause: Cause::TurnIsLater, ..turn(3_000) };
    let script = vec![
        (0, Said::Wake, ""),
        (1, Said::Ask(7, these()), ""),
        (1, Said::Wake, "poll 1"),
        (2, Said::NotYet(1, turn(4)), "put off 1 until 4"),
        (4, Said::Wake, ""),
        (5, Said::Wake, "poll 1"),
        (6, Said::Stored(1, 5_000), "tell 7 of 1; answer 7"),
        (7, Said::Ask(8, these()), "tell 8 not 1: just polled; answer 8"),
    ];
    check("soon", Mode::OnRequest, &[given(1, 5_000)], script);
    let script = vec![
        (1, Said::Ask(7, these()), ""),
        (1, Said::Wake, "poll 1"),
        (2, Said::NotYet(1, later), "put off 1 until 3000; tell 7 of 1; answer 7"),
        (3_000, Said::Wake, ""),
    ];
    check("later", Mode::OnRequest, &[given(1, 5_000)], script);
    let crowded = NotYet { host: "www.elsewhere.org".to_owned(), until: at(12), cause: Cause::Crowded };
    let script = vec![
        (1, Said::Ask(7, these()), ""),
        (1, Said::Wake, "poll 1"),
        (2, Said::NotYet(1, crowded), "put off 1 until 12"),
        (11, Said::Wake, ""),
        (13, Said::Wake, "poll 1"),
        (14, Said::Stored(1, 5_000), "tell 7 of 1; answer 7"),
    ];
    check("memory that is free again soon", Mode::OnRequest, &[given(1, 5_000)], script);
}

/// A ruling that pauses a host. `asked` says that the host asked for it; otherwise it is our guess.
fn pause(name: &str, until: i64, asked: bool) -> Ruling {
    let state = HostState { paused_until: Some(at(until)), asked, ..HostState::default() };
    Ruling { host: Some((host(name), state)), ..Ruling::default() }
}

#[test]
fn a_poll_for_an_asker_ignores_our_own_pauses_but_not_retry_after() {
    let at_one_host =
        |id, due| Given { route: Route { host: host("shared.org"), ..given(id, due).route }, ..given(id, due) };
    let waits = SourceSchedule { not_before: Some(at(9_000)), ..given(3, 9_000).schedule };
    let sources = [at_one_host(1, 0), at_one_host(2, 100), Given { schedule: waits, ..given(3, 9_000) }];
    let script = vec![
        (0, Said::Wake, "poll 1"),
        (1, Said::Ruled(1, 4_000, pause("shared.org", 900, false)), "left alone until 900"),
        (100, Said::Wake, ""),
        (101, Said::Ask(1, Wanted::These(vec![SourceId(2), SourceId(3)])), "tell 1 not 3: asked to wait"),
        (101, Said::Wake, "poll 2"),
        (102, Said::Stored(2, 4_000), "tell 1 of 2; answer 1"),
    ];
    check("our own pause, and Retry-After", Mode::Scheduled, &sources, script);
    let script = vec![
        (0, Said::Wake, "poll 1"),
        (0, Said::Ask(1, Wanted::These(vec![SourceId(2)])), ""),
        (
            1,
            Said::Ruled(1, 4_000, pause("shared.org", 900, true)),
            "left alone until 900; tell 1 not 2: not yet; answer 1",
        ),
        (899, Said::Wake, ""),
        (900, Said::Wake, "poll 2"),
    ];
    check("a pause that the host asked for", Mode::Scheduled, &sources, script);
}

#[test]
fn a_forced_poll_lifts_pauses_except_a_retry_after_of_a_day_or_less() {
    let forced = |id: i64| Wanted::Forced(vec![SourceId(id)]);
    let hour = 3_600;
    // The server answered a minute ago and asked to wait `wait` seconds.
    let asked = |id: i64, wait: i64| {
        let last = Some(at(-60));
        let schedule = SourceSchedule {
            not_before: Some(at(wait - 60)),
            last_poll: last,
            last_attempt: last,
            failures: 1,
            ..given(id, wait - 60).schedule
        };
        Given { schedule, min_every: Duration::from_secs(1), ..given(id, wait - 60) }
    };
    let long = asked(2, 25 * hour);
    let failing = SourceSchedule { failures: 3, last_attempt: Some(at(-60)), ..given(3, 9_000).schedule };
    let failing = Given { schedule: failing, min_every: Duration::from_secs(1), ..given(3, 9_000) };
    let sources = [asked(1, 24 * hour), long, failing];
    let script = vec![
        (0, Said::Ask(1, forced(1)), "tell 1 not 1: asked to wait; answer 1"),
        (0, Said::Ask(2, Wanted::These(vec![SourceId(2)])), "tell 2 not 2: asked to wait; answer 2"),
        (0, Said::Ask(3, forced(2)), "tell 3 of 2 lifted: Retry-After until 89940"),
        (0, Said::Wake, "poll 2"),
        (1, Said::Stored(2, 90_000), "tell 3 of 2; answer 3"),
        (1, Said::Ask(4, forced(3)), "tell 4 of 3 lifted: back-off until 9000"),
        (1, Said::Wake, "poll 3"),
        (2, Said::Stored(3, 9_000), "tell 4 of 3; answer 4"),
        (2, Said::Ask(5, forced(3)), "tell 5 not 3: just polled; answer 5"),
    ];
    check("the pauses of a source", Mode::OnRequest, &sources, script);
}

#[test]
fn a_forced_poll_lifts_the_pause_of_a_host_for_all_its_sources() {
    let at_one_host =
        |id, due| Given { route: Route { host: host("shared.org"), ..given(id, due).route }, ..given(id, due) };
    let sources = [at_one_host(1, 0), at_one_host(2, 900), at_one_host(3, 950)];
    let paused = |reason: &str| {
        let state =
            HostState { paused_until: Some(at(8_000)), reason: reason.to_owned(), asked: true, ..HostState::default() };
        Ledger::new([(host("shared.org"), state)], at(0))
    };
    let play = |scheduler: &mut Scheduler, second: i64, event: Event| {
        let actions = scheduler.handle(event, at(second));
        actions.iter().map(shown).collect::<Vec<_>>().join("; ")
    };
    let ask = |asker: u64, wanted: Wanted| Event::Asked { asker: Asker(asker), wanted };
    let woke = |second: i64| Event::Woke { elapsed: at(second).since(at(0)) };
    let mut scheduler = Scheduler::new(Mode::Scheduled, limits(), paused("it gets too many requests"), at(0));
    assert_eq!(play(&mut scheduler, 0, configured(&sources, 0)), "");
    let named = play(&mut scheduler, 1, ask(1, Wanted::These(vec![SourceId(1)])));
    assert_eq!(named, "tell 1 not 1: not yet; answer 1", "a poll by name does not lift the pause");
    let forced = play(&mut scheduler, 1, ask(2, Wanted::Forced(vec![SourceId(1)])));
    assert_eq!(forced, "tell 2 of 1 lifted: shared.org until 8000");
    assert_eq!(play(&mut scheduler, 1, woke(1)), "poll 1");
    let mut scheduler = Scheduler::new(Mode::Scheduled, limits(), paused("it asked to wait 2h (Retry-After)"), at(0));
    assert_eq!(play(&mut scheduler, 0, configured(&sources, 0)), "");
    let forced = play(&mut scheduler, 1, ask(1, Wanted::Forced(vec![SourceId(1)])));
    assert_eq!(forced, "tell 1 not 1: not yet; answer 1", "the host's Retry-After is kept");
    assert_eq!(play(&mut scheduler, 950, woke(950)), "");
    // Redirects lead source 4 to the paused host, and the source rests for 300 s after a poll: the reason that lasts longer is told.
    for (polled, why) in [(7_650, "not yet"), (7_900, "just polled")] {
        let route = Route { leads_to: Some(host("shared.org")), ..given(4, 9_900).route };
        let schedule = SourceSchedule { last_attempt: Some(at(polled)), ..given(4, 9_900).schedule };
        let ledger = paused("it asked to wait 2h (Retry-After)");
        let mut scheduler = Scheduler::new(Mode::OnRequest, limits(), ledger, at(0));
        let redirected = Given { route, schedule, ..given(4, 9_900) };
        assert_eq!(play(&mut scheduler, 7_901, configured(&[redirected], 7_901)), "");
        let told = play(&mut scheduler, 7_901, ask(1, Wanted::These(vec![SourceId(4)])));
        assert_eq!(told, format!("tell 1 not 4: {why}; answer 1"), "polled at {polled}");
    }
}

#[test]
fn an_outage_pauses_all_polling_and_its_end_makes_the_failed_sources_due() {
    let hold = Ruling { hold_all: Some(at(31)), ..Ruling::default() };
    let forgive = Ruling { forgiven: vec![SourceId(1), SourceId(2)], ..Ruling::default() };
    let sources = [given(1, 0), given(2, 0), given(3, 10), given(4, 10)];
    let script = vec![
        (0, Said::Wake, "poll 1; poll 2"),
        (0, Said::Ask(1, Wanted::These(vec![SourceId(3)])), ""),
        (1, Said::Ruled(1, 900, hold), "outage until 31; tell 1 not 3: outage; answer 1"),
        // The test made up the ruling and the ledger knows no outage, so the next answer releases all polling.
        (30, Said::Wake, ""),
        (31, Said::Wake, ""),
        (32, Said::Ruled(2, 900, forgive), "forgiven 2"),
        (32, Said::Wake, "poll 3; poll 4; poll 1"),
    ];
    check("an outage", Mode::Scheduled, &sources, script);
}

#[test]
fn an_outage_is_told_once_however_many_requests_report_it() {
    let hold = |until: i64| Ruling { hold_all: Some(at(until)), ..Ruling::default() };
    let sources = [given(1, 0), given(2, 0), given(3, 0)];
    let script = vec![
        (0, Said::Wake, "poll 1; poll 2; poll 3"),
        (1, Said::Ruled(1, 31, hold(31)), "outage until 31"),
        (1, Said::Ruled(2, 5_000, hold(31)), ""),
        (2, Said::Ruled(3, 5_000, hold(31)), ""),
        // The probe fails as well, so the same outage goes on.
        (32, Said::Wake, "poll 1"),
        (33, Said::Ruled(1, 63, hold(63)), ""),
        (64, Said::Wake, "poll 1"),
        (65, Said::Ruled(1, 900, Ruling::default()), ""),
        // After an answer, the next outage counts as a new outage.
        (901, Said::Wake, "poll 1"),
        (902, Said::Ruled(1, 5_000, hold(932)), "outage until 932"),
    ];
    check("one warning", Mode::Scheduled, &sources, script);
}

#[test]
fn polling_pauses_after_a_poll_could_not_be_stored() {
    let sources = [given(1, 0), given(2, 10), given(3, 10)];
    let script = vec![
        (0, Said::Wake, "poll 1"),
        (1, Said::Ask(1, Wanted::These(vec![SourceId(1), SourceId(3)])), ""),
        (1, Said::NotStored(1), "tell 1 of 1; tell 1 not stored; answer 1"),
        (30, Said::Wake, ""),
        (31, Said::Wake, "poll 3; poll 2"),
        (299, Said::Wake, ""),
        // The source waits for its cool-down, because its document may be the reason why the write failed.
        (300, Said::Wake, "poll 1"),
    ];
    check("the store", Mode::Scheduled, &sources, script);
}

#[test]
fn a_set_clock_changes_only_due_times_that_cannot_be_right() {
    let polled = |id, due| {
        let schedule = SourceSchedule { last_poll: Some(at(0)), last_attempt: Some(at(0)), ..given(id, due).schedule };
        Given { schedule, ..given(id, due) }
    };
    let hour = 3_600;
    check(
        "forward: sources that have become due are due",
        Mode::Scheduled,
        &[polled(1, 2 * hour), polled(2, 50 * hour)],
        vec![(10, Said::Wake, ""), (2 * hour, Said::WakeAhead(2 * hour - 20), "clock set; poll 1")],
    );
    check(
        "back: every wait keeps its length",
        Mode::Scheduled,
        &[polled(1, 2 * hour), polled(2, 300)],
        vec![
            (10, Said::Wake, ""),
            (-1_000 * hour, Said::WakeAhead(-1_000 * hour - 20), "clock set"),
            (-1_000 * hour + 279, Said::Wake, ""),
            (-1_000 * hour + 280, Said::Wake, "poll 2"),
            (-1_000 * hour + 2 * hour - 21, Said::Wake, ""),
            (-1_000 * hour + 2 * hour - 20, Said::Wake, "poll 1"),
        ],
    );
    check(
        "back by less than the longest wait: no source waits for the whole jump",
        Mode::Scheduled,
        &[polled(1, 60)],
        vec![
            (50, Said::Wake, ""),
            (-hour, Said::WakeAhead(-hour - 52), "clock set"),
            (-hour + 7, Said::Wake, ""),
            (-hour + 8, Said::Wake, "poll 1"),
        ],
    );
    check(
        "back to a time before this program was built: the clock was set before, so nothing waits for it",
        Mode::Scheduled,
        &[polled(1, 60)],
        vec![
            (50, Said::Wake, ""),
            (-90_000 * hour, Said::WakeAhead(-90_000 * hour - 52), "clock set"),
            (-90_000 * hour + 7, Said::Wake, ""),
            (-90_000 * hour + 8, Said::Wake, "poll 1"),
        ],
    );
    check(
        "by a few seconds: the clock was only corrected",
        Mode::Scheduled,
        &[polled(1, 20)],
        vec![(10, Said::Wake, ""), (19, Said::WakeAhead(4), ""), (20, Said::Wake, "poll 1")],
    );
}

#[test]
fn a_reload_removes_a_source_whose_poll_is_in_flight() {
    let (one, two) = (given(1, 0), given(2, 500));
    let reloaded = [two.clone()];
    let script = vec![
        (0, Said::Wake, "poll 1"),
        (0, Said::Ask(1, Wanted::These(vec![SourceId(1), SourceId(2)])), ""),
        (1, Said::Reload(&reloaded), ""),
        (1, Said::Wake, "poll 2"),
        (2, Said::Stored(2, 5_000), "tell 1 of 2"),
        // The poll in flight ends as usual, and the source is not polled again.
        (3, Said::Stored(1, 4), "tell 1 of 1; answer 1"),
        (600, Said::Wake, ""),
        (5_000, Said::Wake, "poll 2"),
    ];
    check("in flight", Mode::Scheduled, &[one.clone(), two.clone()], script);
    let nothing = [one.clone()];
    let script = vec![
        (0, Said::Wake, "poll 1"),
        (1, Said::Ask(1, Wanted::These(vec![SourceId(2)])), ""),
        (1, Said::Reload(&nothing), "answer 1"),
        (600, Said::Wake, ""),
    ];
    check("not in flight", Mode::Scheduled, &[one, two], script);
}

#[test]
fn polling_waits_for_a_clock_that_was_never_set() {
    let mut scheduler = Scheduler::new(Mode::Scheduled, limits(), Ledger::default(), Timestamp::from_unix(100));
    let early = |seconds: u64| Timestamp::from_unix(100).plus(Duration::from_secs(seconds));
    let unset = Given { schedule: SourceSchedule::new(early(0)), ..given(1, 0) };
    assert!(scheduler.handle(configured(&[unset], 0), early(0)).is_empty());
    let woke = |scheduler: &mut Scheduler, seconds: u64| {
        let elapsed = Duration::from_secs(seconds);
        let actions = scheduler.handle(Event::Woke { elapsed }, early(seconds));
        (actions.iter().map(shown).collect::<Vec<_>>().join("; "), scheduler.next_wake())
    };
    assert_eq!(woke(&mut scheduler, 1), (String::new(), None));
    assert_eq!(woke(&mut scheduler, 599), (String::new(), None));
    assert_eq!(woke(&mut scheduler, 600).0, "poll 1");
}

/// Polls sources of one host that are always due, for a minute. Returns the pause after each poll.
fn pauses(host_gap: Duration, every: Every, sources: i64, took: Duration, chance: f64) -> Vec<Duration> {
    let options = Arc::new(ScheduleOptions {
        every,
        min_every: Duration::from_secs(1),
        min_every_written: true,
        max_every: MINUTE,
        priority: 1.0,
    });
    let limits = Limits { host_gap, ..limits() };
    // The begin lies within a second, as it usually does.
    let begin = Moment::from(BEGIN).plus(Duration::from_millis(337));
    let mut scheduler = Scheduler::new(Mode::Scheduled, limits, Ledger::default(), begin.cut());
    let known = |id: i64| {
        let schedule = SourceSchedule { planned_under: options.fingerprint(), ..SourceSchedule::new(BEGIN) };
        let route = Route { host: host("one.org"), leads_to: None, place: u64::try_from(id).expect("small") };
        (SourceId(id), Source::new(schedule, options.clone(), true, route, BEGIN))
    };
    scheduler.handle(Event::Configured { sources: (0..sources).map(known).collect(), limits }, begin);
    let (mut now, mut last_end, mut pauses) = (begin, None, Vec::new());
    while now < begin.plus(MINUTE) {
        for action in scheduler.handle(Event::Woke { elapsed: now.since(begin) }, now) {
            let asked = match action {
                Action::Poll { sources } => sources,
                other => panic!("an unexpected action: {other:?}"),
            };
            pauses.extend(last_end.map(|end| now.since(end)));
            now = now.plus(took);
            let schedule = plan(
                &options,
                &SourceSchedule::new(BEGIN),
                &Advice::default(),
                Outcome::NotModified,
                &News::default(),
                now,
                chance,
            );
            let stored = Stored { schedule, host: host("one.org"), leads_to: None, ruling: Ruling::default() };
            scheduler.handle(Event::Stored { source: asked[0], stored: Box::new(stored) }, now);
            last_end = Some(now);
        }
        now = scheduler.next_wake().expect("sources wait").max(now);
    }
    pauses
}

proptest! {
    /// Configured gaps and intervals are kept to a few milliseconds, wherever in a second polls begin and end.
    #[test]
    fn gaps_and_short_intervals_are_neither_shorter_nor_longer_than_configured(
        gap in 1_u64..6_000, took in 0_u64..3_000, every in 1_u64..6, chance in 0.0..1.0_f64,
    ) {
        let (gap, took, every) = (Duration::from_millis(gap), Duration::from_millis(took), Duration::from_secs(every));
        // With ten sources, a source always waits only for the gap.
        let found = pauses(gap, Every::Fixed(Duration::from_secs(1)), 10, took, chance);
        prop_assert!(found.len() >= 5);
        for pause in found {
            // With short polls and a short gap, all sources are polled before any is due again.
            let longest = gap.max(Duration::from_millis(1_050).saturating_sub((gap + took) * 9)) + FEW;
            prop_assert!(pause >= gap && pause <= longest, "{pause:?} instead of {gap:?}");
        }
        let found = pauses(Duration::ZERO, Every::Fixed(every), 1, took, chance);
        prop_assert!(found.len() >= 5);
        for pause in found {
            // Chance moves an interval by a twentieth either way, but not below `min_every`.
            let shortest = every.mul_f64(0.95).max(Duration::from_secs(1));
            prop_assert!(pause >= shortest && pause <= every.mul_f64(1.05) + FEW, "{pause:?} instead of {every:?}");
        }
    }
}
