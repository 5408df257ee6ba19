//! Tests of the decision on the next poll, named by the numbers of the behaviours that they check.

use std::time::Duration;

use super::*;
use crate::config::{Every, ScheduleOptions};
use crate::model::{Outcome, Timestamp};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);
/// 2027-01-15T08:00:00Z.
const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

fn auto() -> ScheduleOptions {
    ScheduleOptions { every: Every::Auto, min_every: HOUR, min_every_written: false, max_every: DAY, priority: 1.0 }
}

fn fixed(every: Duration) -> ScheduleOptions {
    ScheduleOptions { every: Every::Fixed(every), min_every: every.min(HOUR), min_every_written: true, ..auto() }
}

/// The rhythm of a source that brings `per_day` entries at even intervals, in a document of `window` entries.
fn bringing(per_day: u32, window: u64) -> Rhythm {
    let mut rhythm = Rhythm::first(&[], window, NOW.minus(DAY * 90));
    for quarter in 1..=90 * 96_u32 {
        let now = NOW.minus(DAY * 90).plus(MINUTE * 15 * quarter);
        let comes = quarter * per_day / 96 != (quarter - 1) * per_day / 96;
        let news: Vec<Option<Timestamp>> = (0..quarter * per_day / 96 - (quarter - 1) * per_day / 96)
            .map(|number| Some(now.minus(Duration::from_secs(u64::from(number) + 1))))
            .collect();
        rhythm.observe(if comes { &news } else { &[] }, Some(window), now);
    }
    rhythm
}

/// A source that has never been polled.
fn unpolled() -> SourceSchedule {
    SourceSchedule::new(NOW)
}

fn taught(learnt: Learnt) -> SourceSchedule {
    SourceSchedule { learnt: Some(Box::new(learnt)), ..unpolled() }
}

fn of_rhythm(rhythm: Rhythm) -> SourceSchedule {
    taught(Learnt { rhythm: Some(rhythm), ..Learnt::default() })
}

fn planned(
    options: &ScheduleOptions,
    before: &SourceSchedule,
    advice: &Advice,
    outcome: Outcome,
    chance: f64,
) -> SourceSchedule {
    plan(options, before, advice, outcome, &News::default(), NOW, chance)
}

/// The shortest and the longest wait that chance can lead to.
fn waits(
    options: &ScheduleOptions,
    before: &SourceSchedule,
    advice: &Advice,
    outcome: Outcome,
) -> (Duration, Duration) {
    let wait = |chance| planned(options, before, advice, outcome, chance).next_poll.since(NOW);
    (wait(0.0), wait(0.999_999))
}

fn server(seconds: u64) -> Advice {
    Advice { freshness: Some(Some(Duration::from_secs(seconds))), ..Advice::default() }
}

fn document(seconds: u64) -> Advice {
    Advice { feed_freshness: Some(Some(Duration::from_secs(seconds))), ..Advice::default() }
}

#[track_caller]
fn check(what: &str, found: (Duration, Duration), least: Duration, most: Duration) {
    assert!(found.0 >= least && found.1 <= most, "{what}: {found:?} is not within {least:?} and {most:?}");
}

#[test]
fn behaviour_18_two_requests_are_at_least_an_hour_apart() {
    for per_day in [0, 1, 24, 400] {
        let history = of_rhythm(bringing(per_day, 10_000));
        let found = waits(&auto(), &history, &Advice::default(), Outcome::NotModified);
        assert!(found.0 > HOUR && found.1 <= DAY + HOUR + MINUTE, "{per_day} a day: {found:?}");
    }
}

#[test]
fn behaviours_19_to_24_and_26_publishers_set_floors() {
    let busy = of_rhythm(bringing(48, 10_000));
    let remembered = |freshness, feed_freshness| {
        taught(Learnt { freshness, feed_freshness, rhythm: busy.rhythm().cloned(), ..Learnt::default() })
    };
    let hours = |number: u64| Duration::from_secs(number * 3_600);
    for (what, history, advice, least, most) in [
        ("19: max-age", busy.clone(), server(14_400), hours(4), hours(5)),
        (
            "20: max-age, remembered over a failure",
            remembered(Some(hours(4)), None),
            Advice::default(),
            hours(4),
            hours(5),
        ),
        (
            "20: a 304 without max-age removes the stored max-age",
            remembered(Some(hours(4)), None),
            Advice { freshness: Some(None), ..Advice::default() },
            HOUR,
            hours(2),
        ),
        (
            "20: a 304 with a new max-age replaces the stored max-age",
            remembered(Some(hours(4)), None),
            server(7_200),
            hours(2),
            hours(3),
        ),
        ("23: ttl", busy.clone(), document(14_400), hours(4), hours(5)),
        ("23: ttl, remembered over a 304", remembered(None, Some(hours(4))), server(60), hours(4), hours(5)),
        ("26: absurd max-age", busy.clone(), server(99_999_999_999), DAY, DAY + hours(2)),
        ("26: absurd ttl", busy.clone(), document(u64::MAX / 1_000), DAY, DAY + hours(2)),
    ] {
        check(what, waits(&auto(), &history, &advice, Outcome::NotModified), least, most);
    }
}

#[test]
fn behaviour_71_the_floor_sinks_to_a_quarter_of_an_hour_only_for_a_short_freshness_or_an_overflow() {
    let busy = of_rhythm(bringing(480, 10_000));
    let written = ScheduleOptions { min_every_written: true, ..auto() };
    let quarter = MINUTE * 15;
    check("stated", waits(&auto(), &busy, &server(600), Outcome::NotModified), quarter, quarter * 2);
    check("stated, but written", waits(&written, &busy, &server(600), Outcome::NotModified), HOUR, HOUR + MINUTE * 4);
    check("not stated", waits(&auto(), &busy, &server(0), Outcome::NotModified), quarter, HOUR + MINUTE * 4);
    // 71: with 480 entries a day a document of 20 entries would overflow within the hour.
    let overflowing = of_rhythm(bringing(480, 20));
    let news = News { window: Some(20), ..News::default() };
    let plan = plan(&auto(), &overflowing, &Advice::default(), Outcome::New, &news, NOW, 0.5);
    let wait = plan.next_poll.since(NOW);
    assert!(wait >= quarter && wait < MINUTE * 25, "{wait:?}: {}", plan.reason());
    assert!(plan.reason().contains("overflow"), "{}", plan.reason());
    check(
        "71, but the publisher asks for more",
        waits(&auto(), &overflowing, &server(7_200), Outcome::New),
        HOUR * 2,
        HOUR * 3,
    );
}

#[test]
fn behaviour_25_skipped_hours_and_days_are_waited_out() {
    let history = of_rhythm(bringing(24, 10_000));
    // It is 08:00 on a Friday.
    let hours = Advice { skip: Some(Skip::new([9, 10, 11], [])), ..Advice::default() };
    let found = waits(&auto(), &history, &hours, Outcome::NotModified);
    check("hours", found, HOUR * 4, HOUR * 4 + MINUTE * 11);
    let days = Advice { skip: Some(Skip::new([], [5, 6])), ..Advice::default() };
    check("days", waits(&auto(), &history, &days, Outcome::NotModified), HOUR * 40, HOUR * 40 + MINUTE * 11);
    let remembered = SourceSchedule { skip: Skip::new([9, 10, 11], []), ..history };
    check("remembered", waits(&auto(), &remembered, &Advice::default(), Outcome::NotModified), HOUR * 4, HOUR * 5);
}

#[test]
fn behaviour_27_a_source_without_new_entries_is_polled_a_few_times_a_day_at_most() {
    let mut rhythm = Rhythm::first(&[], 10, NOW.minus(DAY * 200));
    for days in (0..200).rev() {
        rhythm.observe(&[], Some(10), NOW.minus(DAY * days));
    }
    let dead = of_rhythm(rhythm);
    let (least, most) = waits(&auto(), &dead, &Advice::default(), Outcome::NotModified);
    assert!(least > HOUR * 12 && most <= DAY + HOUR + MINUTE, "{least:?} {most:?}");
}

#[test]
fn behaviour_28_servers_without_validators_are_polled_less_often() {
    let history = of_rhythm(bringing(24, 10_000));
    let unvalidated = |bytes| Advice { unvalidated_bytes: Some(bytes), ..Advice::default() };
    check("small", waits(&auto(), &history, &unvalidated(9_000), Outcome::Unchanged), HOUR * 2, HOUR * 4);
    check("large", waits(&auto(), &history, &unvalidated(300_000), Outcome::Unchanged), DAY, DAY + HOUR * 2);
}

#[test]
fn behaviours_31_to_33_retry_after_is_obeyed_up_to_a_week() {
    let asked = |seconds| Advice { retry_after: Some(Duration::from_secs(seconds)), busy: true, ..Advice::default() };
    let history = unpolled();
    check("31", waits(&auto(), &history, &asked(7_200), Outcome::Failed), HOUR * 2, HOUR * 2 + MINUTE);
    check("a year", waits(&auto(), &history, &asked(365 * 86_400), Outcome::Failed), DAY * 7, DAY * 7 + MINUTE);
    check(
        "32, with a good answer",
        waits(&auto(), &history, &asked(90_000), Outcome::New),
        HOUR * 25,
        HOUR * 25 + MINUTE,
    );
    let plan = planned(&auto(), &history, &asked(7_200), Outcome::Failed, 0.3);
    assert_eq!(plan.not_before, Some(NOW.plus(HOUR * 2)));
    assert!(plan.reason().contains("Retry-After"), "{}", plan.reason());
}

#[test]
fn behaviours_36_and_43_refusals_without_retry_after_lead_to_long_waits() {
    let fast = fixed(MINUTE);
    let busy = Advice { busy: true, ..Advice::default() };
    check("36", waits(&fast, &unpolled(), &busy, Outcome::Failed), MINUTE * 15, MINUTE * 17);
    let challenged = Advice { challenged: true, ..Advice::default() };
    let found = waits(&fast, &unpolled(), &challenged, Outcome::Failed);
    check("43", found, DAY, DAY + HOUR * 2);
    let plan = planned(&fast, &unpolled(), &challenged, Outcome::Failed, 0.5);
    assert!(plan.reason().contains("cf-mitigated"), "{}", plan.reason());
}

#[test]
fn behaviour_38_failures_back_off_and_no_source_is_given_up() {
    let history = |failures, last_success: Option<Duration>| SourceSchedule {
        failures,
        interval: Some(HOUR),
        ..taught(Learnt { last_success: last_success.map(|ago| NOW.minus(ago)), ..Learnt::default() })
    };
    for (failures, ago, least) in
        [(0, HOUR, HOUR), (1, HOUR, HOUR * 2), (2, HOUR, HOUR * 4), (4, HOUR, HOUR * 16), (9, DAY, DAY), (90, DAY, DAY)]
    {
        let found = waits(&auto(), &history(failures, Some(ago)), &Advice::default(), Outcome::Failed);
        check(&format!("{failures} failures before"), found, least, least + HOUR * 2);
    }
    let dead = waits(&auto(), &history(40, Some(DAY * 60)), &Advice::default(), Outcome::Failed);
    check("two months without a success", dead, DAY * 7, DAY * 8);
    let plan = planned(&auto(), &history(40, None), &Advice::default(), Outcome::New, 0.5);
    assert_eq!(plan.failures, 0, "a success resets the failures");
}

#[test]
fn behaviours_39_and_40_failures_of_the_host_or_the_network_do_not_count_against_a_source() {
    let history = SourceSchedule { interval: Some(HOUR * 3), failures: 1, ..unpolled() };
    let by = |blame| planned(&auto(), &history, &Advice { blame, ..Advice::default() }, Outcome::Failed, 0.5);
    let host = by(Blame::Host);
    assert!(host.next_poll.since(NOW) <= HOUR * 4);
    // The back-off applies to a site that is dead for good, even if all of its feeds fail.
    let long = SourceSchedule { failures: 20, ..history.clone() };
    let dead = planned(&auto(), &long, &Advice { blame: Blame::Host, ..Advice::default() }, Outcome::Failed, 0.5);
    assert!(dead.next_poll.since(NOW) >= HOUR * 23);
    let nobody = by(Blame::Nobody);
    assert_eq!(nobody.failures, 1);
    assert!(nobody.next_poll.since(NOW) <= MINUTE * 17);
    assert_eq!(by(Blame::Source).failures, 2);
}

#[test]
fn behaviour_42_a_feed_that_is_gone_is_checked_three_times_in_a_year() {
    // The source may have other failures before and between the answers with 410.
    for (before, between) in [(0, Outcome::Gone), (5, Outcome::Gone), (5, Outcome::Failed)] {
        let mut history = SourceSchedule { failures: before, ..unpolled() };
        let (mut now, mut asked) = (NOW, 0);
        while now.since(NOW) < DAY * 365 {
            let outcome = if asked % 2 == 0 { Outcome::Gone } else { between };
            let plan = plan(&auto(), &history, &Advice::default(), outcome, &News::default(), now, 0.5);
            assert!(plan.gone && plan.reason().contains("410"));
            now = plan.next_poll;
            history = plan;
            asked += 1;
        }
        assert_eq!(asked, 4, "the first poll and three checks");
    }
    let history = SourceSchedule { gone: true, failures: 3, ..unpolled() };
    let back = planned(&auto(), &history, &Advice::default(), Outcome::New, 0.5);
    assert!(!back.gone && back.failures == 0);
}

#[test]
fn behaviour_29_chance_moves_every_interval_but_never_below_the_floor() {
    for (options, least, most) in [
        (auto(), HOUR, HOUR * 30),
        (fixed(DAY), DAY - HOUR - MINUTE, DAY + HOUR + MINUTE),
        (fixed(MINUTE), MINUTE, MINUTE + MINUTE / 5),
    ] {
        let history = of_rhythm(bringing(24, 10_000));
        let (short, long) = waits(&options, &history, &Advice::default(), Outcome::NotModified);
        assert!(short >= least && long <= most && long > short, "{options:?}: {short:?} {long:?}");
    }
}

#[test]
fn a_configured_interval_is_not_changed_by_what_was_learnt() {
    let hours = |number: u32| HOUR * number;
    let interval = |learnt: Duration, before: SourceSchedule| SourceSchedule { interval: Some(learnt), ..before };
    let overflow = News { window: Some(20), overflow: true, ..News::default() };
    let unvalidated = Advice { unvalidated_bytes: Some(9_000_000), ..Advice::default() };
    let (quiet, busy) = (of_rhythm(bringing(0, 20)), of_rhythm(bringing(480, 20)));
    for every in [Duration::from_secs(1), MINUTE * 15, HOUR, hours(3), DAY * 3] {
        let options = fixed(every);
        let check = |what: &str, before: &SourceSchedule, advice: &Advice, outcome: Outcome, news: &News| {
            for chance in [0.0, 0.5, 0.999_999] {
                let plan = plan(&options, before, advice, outcome, news, NOW, chance);
                let wait = plan.due().since(NOW.into());
                let (least, most) = (every.mul_f64(0.95).max(every.min(HOUR)), every.mul_f64(1.05) + MINUTE / 6_000);
                assert!(wait >= least && wait <= most, "{what}, every {every:?}, {chance}: {wait:?}");
                assert!(plan.next_poll.since(NOW) >= wait, "the stored time is never early");
            }
        };
        let (nothing, same) = (News::default(), Outcome::NotModified);
        check("a busy rhythm", &busy, &Advice::default(), same, &nothing);
        check("a quiet rhythm", &quiet, &Advice::default(), same, &nothing);
        check("a learnt interval", &interval(hours(20), quiet.clone()), &Advice::default(), same, &nothing);
        check("an overflow", &busy, &Advice::default(), Outcome::New, &overflow);
        check("no validators", &busy, &unvalidated, Outcome::Unchanged, &nothing);
        check("a short freshness", &busy, &server(1), same, &nothing);
        let failed_before = interval(hours(90), quiet.clone());
        check("a first failure", &failed_before, &Advice::default(), Outcome::Failed, &nothing);
        // The publisher's wishes and Retry-After still apply.
        let wait = |advice: Advice, outcome| planned(&options, &busy, &advice, outcome, 0.0).next_poll.since(NOW);
        assert!(wait(server(14_400), same) >= hours(4), "19");
        assert!(wait(document(14_400), same) >= hours(4), "23");
        let asked = Advice { retry_after: Some(hours(5)), busy: true, ..Advice::default() };
        assert!(wait(asked, Outcome::Failed) >= hours(5), "31");
    }
}

#[test]
fn behaviour_70_an_overflow_halves_the_next_wait() {
    let history = of_rhythm(bringing(0, 20));
    let wait = |overflow| {
        let news = News { window: Some(20), overflow, ..News::default() };
        plan(&auto(), &history, &Advice::default(), Outcome::New, &news, NOW, 0.5).next_poll.since(NOW)
    };
    assert!(wait(true) < wait(false).mul_f64(0.8), "{:?} {:?}", wait(true), wait(false));
}

#[test]
fn behaviour_72_missing_and_incredible_dates_do_not_disturb_the_rhythm() {
    let rhythm = bringing(2, 20);
    let after = |dates: Vec<Option<Timestamp>>| {
        let history = of_rhythm(rhythm.clone());
        let news = News { dates, window: Some(20), overflow: false };
        let plan = plan(&auto(), &history, &Advice::default(), Outcome::New, &news, NOW.plus(HOUR * 6), 0.5);
        plan.rhythm().expect("a rhythm is kept").per_day()
    };
    let usual = after(vec![Some(NOW.plus(HOUR))]);
    for odd in [vec![None], vec![Some(NOW.plus(DAY * 300))], vec![Some(NOW.minus(DAY * 3_000))]] {
        assert!((after(odd.clone()) - usual).abs() < 0.01, "{odd:?}");
    }
}

#[test]
fn each_option_changes_the_fingerprint_which_is_stored() {
    let usual = auto();
    let others = [
        fixed(HOUR),
        ScheduleOptions { min_every: MINUTE, ..usual.clone() },
        ScheduleOptions { min_every_written: true, ..usual.clone() },
        ScheduleOptions { max_every: HOUR, ..usual.clone() },
        ScheduleOptions { priority: 2.0, ..usual.clone() },
    ];
    let numbers: std::collections::BTreeSet<i64> =
        others.iter().chain([&usual]).map(ScheduleOptions::fingerprint).collect();
    assert_eq!(numbers.len(), others.len() + 1);
    // Another number would make an upgrade plan the polls of all sources anew.
    assert_eq!(usual.fingerprint(), -6_494_943_427_364_584_486);
}

#[test]
fn behaviours_64_and_67_schedules_adapt_to_edited_options_and_wrong_clocks() {
    let options = auto();
    let standing = |next_poll, last_poll: Option<Timestamp>| SourceSchedule {
        next_poll,
        last_poll,
        last_attempt: last_poll,
        interval: Some(HOUR * 4),
        planned_under: options.fingerprint(),
        ..of_rhythm(bringing(1, 20))
    };
    let heal = |schedule: &SourceSchedule, options: &ScheduleOptions| {
        let healed = heal(schedule, options, NOW);
        if !needs_learnt(schedule, options) {
            let without = schedule.clone().without_learnt();
            assert_eq!(healed, super::heal(&without, options, NOW), "the learnt part was needed");
        }
        healed.map(|(due, _)| due)
    };
    assert_eq!(heal(&standing(NOW.plus(HOUR), Some(NOW)), &options), None, "as planned");
    let ahead = |days: u32| heal(&standing(NOW.plus(DAY * days), Some(NOW.plus(DAY * days))), &options);
    for days in [4, 400] {
        assert_eq!(ahead(days), Some(NOW), "a clock that ran {days} days ahead");
    }
    let back = standing(NOW.plus(HOUR + MINUTE), Some(NOW.plus(HOUR)));
    assert_eq!(heal(&back, &options), Some(NOW.plus(MINUTE)), "a clock that was set back by an hour");
    let hardly = standing(NOW.plus(MINUTE * 40), Some(NOW.plus(Duration::from_secs(20))));
    assert_eq!(heal(&hardly, &options), None, "a few seconds do not show that the clock was wrong");
    let tried = SourceSchedule { last_attempt: Some(NOW.minus(MINUTE)), ..standing(NOW.plus(DAY * 400), None) };
    assert_eq!(heal(&tried, &options), Some(NOW.minus(MINUTE).plus(HOUR)));
    let asked = SourceSchedule { not_before: Some(NOW.plus(DAY * 365)), ..standing(NOW.plus(DAY * 365), Some(NOW)) };
    assert_eq!(heal(&asked, &options), Some(NOW.plus(HOUR)), "a Retry-After of a year is not believed");
    let month = fixed(DAY * 30);
    let fresh = SourceSchedule {
        interval: None,
        failures: 1,
        planned_under: month.fingerprint(),
        ..standing(NOW.plus(DAY * 30), Some(NOW))
    };
    assert_eq!(heal(&fresh, &month), None, "a long wait is not a wrong clock");
    assert_eq!(asked.asked_to_wait(NOW), None);
    let minute = fixed(MINUTE);
    let shortened = heal(&standing(NOW.plus(DAY), Some(NOW)), &minute).expect("it is planned again");
    assert!(shortened.since(NOW) <= MINUTE * 2);
    let day = fixed(DAY);
    let lengthened = heal(&standing(NOW.plus(HOUR), Some(NOW)), &day).expect("it is planned again");
    assert!(lengthened.since(NOW) >= HOUR * 22);
    let asked = SourceSchedule { not_before: Some(NOW.plus(HOUR)), ..standing(NOW.plus(HOUR), Some(NOW)) };
    assert_eq!(heal(&asked, &minute), None, "the server's Retry-After stays in force");
    let failing = SourceSchedule { failures: 3, ..standing(NOW.plus(HOUR), Some(NOW)) };
    assert_eq!(heal(&failing, &minute), None, "the back-off stays in force");
    // 64: an interrupted attempt is not repeated before the floor.
    let cut =
        SourceSchedule { last_attempt: Some(NOW.minus(MINUTE)), ..standing(NOW.minus(HOUR), Some(NOW.minus(DAY))) };
    let due = heal(&cut, &options).expect("it waits");
    assert_eq!(due, NOW.minus(MINUTE).plus(HOUR));
}

/// A hub that is trusted, or that has yet to prove itself, and is subscribed at for ten days.
fn hub(is_proven: bool) -> Pushed {
    let trust = Trust { is_proven, has_delivered: is_proven, ..Trust::default() };
    Pushed { hub: "hub.example".to_owned(), since: NOW.minus(DAY * 10), trust, is_hub_doubted: false }
}

#[test]
fn polls_only_check_on_a_hub_that_proves_itself() {
    let history = SourceSchedule { last_poll: Some(NOW.minus(HOUR * 20)), ..of_rhythm(bringing(4, 10_000)) };
    let check = |what: &str, pushed: Pushed, dates: Vec<Option<Timestamp>>, is_stretched: bool| {
        let advice = Advice { pushed: Some(pushed), ..Advice::default() };
        let news = News { dates, window: Some(20), overflow: false };
        let next = plan(&auto(), &history, &advice, Outcome::New, &news, NOW, 0.5);
        let wait = next.next_poll.since(NOW);
        assert_eq!(wait > HOUR * 20, is_stretched, "{what}: {wait:?}, {}", next.reason());
        assert_eq!(next.reason().starts_with("pushed by hub hub.example: backup poll"), is_stretched, "{what}");
        // The stretched wait does not mean that the clock is wrong.
        assert_eq!(heal(&next, &auto(), NOW), None, "{what}");
    };
    check("nothing was missed", hub(true), Vec::new(), true);
    check("an entry of this minute", hub(true), vec![Some(NOW.minus(MINUTE))], true);
    check("an entry was missed", hub(true), vec![Some(NOW.minus(HOUR))], false);
    check("an undated entry was missed", hub(true), vec![None], false);
    check("an entry from before the subscription", hub(true), vec![Some(NOW.minus(DAY * 30))], true);
    check("nothing was ever delivered", hub(false), Vec::new(), false);
    let distrusted = Trust { distrusted_until: Some(NOW.plus(DAY)), ..hub(true).trust };
    check("it is distrusted", Pushed { trust: distrusted, ..hub(true) }, Vec::new(), false);
    check("it fails other sources", Pushed { is_hub_doubted: true, ..hub(true) }, Vec::new(), false);
}

#[test]
fn a_hub_changes_neither_a_configured_interval_nor_the_bounds() {
    let advice = Advice { pushed: Some(hub(true)), ..Advice::default() };
    let of =
        |per_day, window| SourceSchedule { last_poll: Some(NOW.minus(HOUR)), ..of_rhythm(bringing(per_day, window)) };
    let hours = |number: u64| Duration::from_secs(number * 3_600);
    check("every", waits(&fixed(hours(6)), &of(4, 100), &advice, Outcome::Unchanged), hours(5), hours(7));
    let bounded = ScheduleOptions { max_every: hours(8), ..auto() };
    check("max_every", waits(&bounded, &of(4, 100), &advice, Outcome::Unchanged), hours(7), hours(9));
    // The document must not overflow while nothing is delivered.
    check("the document", waits(&auto(), &of(24, 20), &advice, Outcome::Unchanged), HOUR, hours(7));
    let failed = plan(&auto(), &of(4, 100), &advice, Outcome::Failed, &News::default(), NOW, 0.5);
    assert!(!failed.reason().contains("hub"), "{}", failed.reason());
}

#[test]
fn a_delivery_teaches_the_rhythm_and_postpones_the_next_poll() {
    let news = News { dates: vec![Some(NOW.minus(MINUTE))], window: None, overflow: false };
    let before = |last_poll| SourceSchedule {
        next_poll: NOW.plus(HOUR),
        last_poll: Some(last_poll),
        last_attempt: Some(last_poll),
        ..of_rhythm(bringing(4, 10_000))
    };
    let after = delivered(&auto(), &before(NOW.minus(MINUTE * 30)), &hub(true), &news, NOW, 0.5);
    assert!(after.next_poll > NOW.plus(HOUR * 22), "{:?}: {}", after.next_poll, after.reason());
    assert_eq!((after.last_poll, after.last_attempt), (Some(NOW.minus(MINUTE * 30)), Some(NOW.minus(MINUTE * 30))));
    assert_eq!(after.rhythm().map(Rhythm::last_entry), Some(NOW));
    // However much is delivered, a poll checks on the hub every day.
    let late = delivered(&auto(), &before(NOW.minus(HOUR * 23)), &hub(true), &news, NOW, 0.5);
    assert!(late.next_poll <= NOW.plus(HOUR * 3), "{:?}", late.next_poll);
    let unproven = delivered(&auto(), &before(NOW.minus(HOUR)), &hub(false), &news, NOW, 0.5);
    assert_eq!(unproven.next_poll, NOW.plus(HOUR), "the hub has yet to prove itself");
    assert_eq!(unproven.rhythm().map(Rhythm::last_entry), Some(NOW));
    let failing = SourceSchedule { failures: 3, ..before(NOW.minus(HOUR)) };
    let failing = delivered(&auto(), &failing, &hub(true), &news, NOW, 0.5);
    assert_eq!((failing.next_poll, failing.failures), (NOW.plus(HOUR), 3), "the server of the source still fails");
}
