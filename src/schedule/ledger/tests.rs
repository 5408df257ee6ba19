//! Tests of the ledger, which receives one report after the other.

use url::Url;

use super::super::host_key;
use super::*;

fn key(host: &str) -> HostKey {
    host_key(&Url::parse(&format!("https://{host}/")).expect("test hosts are valid"))
}

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix(1_800_000_000).plus(Duration::from_secs(seconds))
}

fn report(source: i64, host: &str, sort: Sort) -> Report {
    let (host, asked) = (key(host), key(host));
    Report { source: SourceId(source), host, asked, sort, retry_after: None, exhausted: None, was_well: true }
}

fn pause_of(ledger: &Ledger, host: &str, now: Timestamp) -> u64 {
    ledger.state(&key(host)).and_then(|state| state.paused_until).map_or(0, |until| until.since(now).as_secs())
}

#[test]
fn behaviour_35_a_pause_applies_to_a_whole_domain_but_not_to_ip_addresses() {
    let mut ledger = Ledger::default();
    let asked = Report { retry_after: Some(Duration::from_secs(7_200)), ..report(1, "a.tumblr.com", Sort::Busy) };
    let ruling = ledger.note(&asked, at(0));
    assert_eq!(ruling.blame, Blame::Source);
    assert_eq!(pause_of(&ledger, "b.tumblr.com", at(0)), 7_200);
    for host in ["127.0.0.1", "[::1]", "localhost", "10.0.0.1"] {
        let alone = Report { host: key(host), ..asked.clone() };
        assert_eq!(ledger.note(&alone, at(0)), Ruling::default(), "{host}");
    }
}

#[test]
fn behaviour_36_refusals_without_retry_after_teach_a_longer_gap() {
    let mut ledger = Ledger::default();
    let mut now = 0;
    let mut gaps = Vec::new();
    for _ in 0..4 {
        let ruling = ledger.note(&report(1, "a.example.org", Sort::Busy), at(now));
        let state = ruling.host.expect("the host's state changed").1;
        gaps.push(state.gap.expect("a gap is learnt").as_secs());
        assert!(pause_of(&ledger, "a.example.org", at(now)) >= 900);
        now += 10_000;
    }
    assert_eq!(gaps, [60, 120, 240, 480]);
    // Each day without a refusal halves the gap, until it is forgotten.
    ledger.note(&report(1, "a.example.org", Sort::Fine), at(now + 90_000));
    assert_eq!(ledger.state(&key("a.example.org")).and_then(|state| state.gap), Some(Duration::from_secs(240)));
    ledger.note(&report(1, "a.example.org", Sort::Fine), at(now + 900_000));
    assert_eq!(ledger.state(&key("a.example.org")).and_then(|state| state.gap), None);
}

#[test]
fn behaviour_34_an_exhausted_quota_leads_to_a_pause_and_a_gap() {
    let mut ledger = Ledger::default();
    let used_up = Report { exhausted: Some(Duration::from_secs(60)), ..report(1, "www.reddit.com", Sort::Fine) };
    ledger.note(&used_up, at(0));
    assert_eq!(pause_of(&ledger, "old.reddit.com", at(0)), 60);
    assert_eq!(ledger.state(&key("reddit.com")).and_then(|state| state.gap), Some(Duration::from_secs(60)));
}

#[test]
fn behaviour_39_if_sources_fail_alike_the_host_is_at_fault() {
    let mut ledger = Ledger::default();
    ledger.set_sources((0..40).map(|_| key("www.youtube.com")));
    let mut blames = Vec::new();
    for source in 0..6 {
        let failed = report(source, "www.youtube.com", Sort::Status(404));
        blames.push(ledger.note(&failed, at(source.unsigned_abs() * 4_000)).blame);
    }
    assert_eq!(blames[..2], [Blame::Source, Blame::Source]);
    assert!(blames[2..].iter().all(|blame| *blame == Blame::Host));
    assert!(pause_of(&ledger, "youtube.com", at(20_000)) <= FAULT_PAUSE_MAX.as_secs());
    ledger.note(&report(9, "www.youtube.com", Sort::Fine), at(40_000));
    let after = ledger.note(&report(1, "www.youtube.com", Sort::Status(404)), at(40_100));
    assert_eq!(after.blame, Blame::Source, "a success clears the host");
}

#[test]
fn repeated_failures_of_a_single_source_count_against_that_source() {
    let mut ledger = Ledger::default();
    ledger.set_sources([key("a.example.org")]);
    for round in 0..10 {
        let ruling = ledger.note(&report(1, "a.example.org", Sort::Status(500)), at(round * 4_000));
        assert_eq!(ruling.blame, Blame::Source);
    }
}

#[test]
fn behaviour_40_an_outage_of_our_network_counts_against_no_source() {
    let mut ledger = Ledger::default();
    ledger.set_sources((0..40).map(|number| key(&format!("host{number}.org"))));
    let mut blames = Vec::new();
    for number in 0..8 {
        let failed = report(number, &format!("host{number}.org"), Sort::Network);
        let ruling = ledger.note(&failed, at(number.unsigned_abs()));
        // Requests that fail together count as a single sign, so the first pause stays.
        let pause = (ruling.blame == Blame::Nobody).then_some(at(3).plus(OUTAGE_PAUSE));
        assert_eq!(ruling.hold_all, pause);
        blames.push(ruling.blame);
    }
    assert_eq!(blames.iter().filter(|blame| **blame == Blame::Nobody).count(), 5);
    assert!(ledger.is_outage());
    let back = ledger.note(&report(20, "host20.org", Sort::Fine), at(900));
    assert_eq!(back.forgiven.len(), 8, "the sources that failed first are due again too");
    assert!(!ledger.is_outage());
}

#[test]
fn behaviour_68_before_the_first_answer_a_single_failed_look_up_shows_an_outage() {
    let sites = |count: usize| (0..count).map(|number| key(&format!("site{number}.org"))).collect::<Vec<_>>();
    let offline = |site: i64| report(site, &format!("site{site}.org"), Sort::Offline);
    for count in [1, 2, 9] {
        let mut ledger = Ledger::default();
        ledger.set_sources(sites(count));
        // A probe is made every half minute for as long as the outage lasts.
        for round in 0..20 {
            let ruling = ledger.note(&offline(0), at(round * 30));
            assert_eq!((ruling.blame, ruling.asks_again), (Blame::Nobody, true), "{count} sites, round {round}");
            assert_eq!(ruling.hold_all, Some(at(round * 30).plus(OUTAGE_PAUSE)), "{count} sites, round {round}");
        }
        let back = ledger.note(&report(0, "site0.org", Sort::Fine), at(900));
        assert!(back.forgiven.is_empty(), "the probing source has been polled");
        // After an answer a failed look-up counts against the source, if there are other sites to compare with.
        let later = ledger.note(&offline(0), at(1_000));
        assert_eq!(later.blame, if count == 1 { Blame::Nobody } else { Blame::Source }, "{count} sites");
    }
    // A site that failed before does not show an outage, and neither does a refused connection.
    for (sort, was_well) in [(Sort::Offline, false), (Sort::Network, true), (Sort::Page, true)] {
        let mut ledger = Ledger::default();
        ledger.set_sources(sites(9));
        let ruling = ledger.note(&Report { sort, was_well, ..offline(0) }, at(0));
        assert_eq!((ruling.blame, ruling.hold_all), (Blame::Source, None), "{sort:?}");
    }
}

#[test]
fn a_lack_on_this_machine_counts_against_no_source() {
    let mut ledger = Ledger::default();
    ledger.set_sources([key("a.org"), key("b.org"), key("127.0.0.1")]);
    let machine = |host: &str, is_full: bool| report(1, host, Sort::Machine { is_full });
    let mut ruled = |host: &str, is_full: bool, second: u64| {
        let ruling = ledger.note(&machine(host, is_full), at(second));
        assert_eq!((ruling.blame, &ruling.host), (Blame::Machine, &None), "{host}");
        assert!(!ledger.is_outage(), "{host}");
        (ruling.hold_all, ledger.is_full(at(second)))
    };
    // A lack that concerns a single request does not pause the others.
    assert_eq!(ruled("a.org", false, 0), (None, false));
    let until = at(1).plus(FULL_PAUSE);
    assert_eq!(ruled("127.0.0.1", true, 1), (Some(until), true));
    assert_eq!(ruled("b.org", true, 2), (None, true));
    let again = 1 + FULL_PAUSE.as_secs();
    assert_eq!(ruled("b.org", true, again), (Some(at(again).plus(FULL_PAUSE)), true));
}

#[test]
fn behaviour_40_with_only_two_sites_two_failures_show_an_outage() {
    let mut ledger = Ledger::default();
    ledger.set_sources([key("a.org"), key("b.org")]);
    assert_eq!(ledger.note(&report(1, "a.org", Sort::Network), at(0)).blame, Blame::Source);
    assert_eq!(ledger.note(&report(2, "b.org", Sort::Network), at(1)).blame, Blame::Nobody);
    // If the probe after the pause fails too, the next pause is longer.
    let probe = ledger.note(&report(1, "a.org", Sort::Network), at(40));
    assert_eq!(probe.hold_all, Some(at(40).plus(OUTAGE_PAUSE * 2)));
}

#[test]
fn a_pause_from_a_clock_that_ran_ahead_is_dropped() {
    let mut ledger = Ledger::default();
    let year = 365 * 24 * 3_600;
    let busy = Report { retry_after: Some(Duration::from_secs(120)), ..report(1, "a.org", Sort::Busy) };
    ledger.note(&busy, at(year));
    assert!(pause_of(&ledger, "a.org", at(0)) > 0);
    ledger.clock_set_back(Duration::ZERO, at(0));
    assert_eq!(pause_of(&ledger, "a.org", at(0)), 0);
    assert_eq!(ledger.state(&key("a.org")).and_then(|state| state.gap_since), Some(at(0)));
}

#[test]
fn a_pause_keeps_its_length_when_the_clock_is_set_back() {
    let mut ledger = Ledger::default();
    let busy = Report { retry_after: Some(Duration::from_secs(600)), ..report(1, "a.org", Sort::Busy) };
    ledger.note(&busy, at(10_000));
    ledger.clock_set_back(Duration::from_secs(7_200), at(2_900));
    assert_eq!(pause_of(&ledger, "a.org", at(2_900)), 500);
}

#[test]
fn dead_hosts_among_healthy_hosts_do_not_show_an_outage() {
    let mut ledger = Ledger::default();
    for number in 0..30 {
        let dead = Report { was_well: false, ..report(number, &format!("dead{number}.org"), Sort::Network) };
        assert_eq!(ledger.note(&dead, at(number.unsigned_abs())).blame, Blame::Source);
    }
}

#[test]
fn a_pause_may_be_lifted_unless_it_is_a_retry_after_of_a_day_or_less() {
    let asks = |seconds: u64| Report {
        retry_after: Some(Duration::from_secs(seconds)),
        ..report(1, "a.example.org", Sort::Busy)
    };
    let used_up = Report { exhausted: Some(Duration::from_secs(600)), ..report(1, "a.example.org", Sort::Fine) };
    let check = |what: &str, reports: &[Report], wanted: bool| {
        let mut ledger = Ledger::default();
        for report in reports {
            ledger.note(report, at(0));
        }
        let state = ledger.state(&key("example.org")).expect("it is paused");
        assert!(state.paused_until.is_some(), "{what}");
        assert_eq!(state.may_be_lifted(), wanted, "{what}: {}", state.reason);
    };
    let day = 86_400;
    check("a second", &[asks(1)], false);
    check("an hour and more", &[asks(3_725)], false);
    check("a day", &[asks(day)], false);
    check("more than a day", &[asks(day + 1)], true);
    check("more than the longest honoured wait", &[asks(day * 400)], true);
    check("an hour, then two days", &[asks(3_600), asks(day * 2)], true);
    check("two hours, then one", &[asks(7_200), asks(3_600)], false);
    check("429 without a hint", &[report(1, "a.example.org", Sort::Busy)], true);
    check("an exhausted quota", std::slice::from_ref(&used_up), true);
    let failed = |source: i64| report(source, "a.example.org", Sort::Status(500));
    check("its sources fail alike", &[failed(1), failed(2), failed(3)], true);
    check("a minute, then its sources fail alike", &[asks(60), failed(1), failed(2), failed(3)], false);
    check("a minute, then 429 without a hint", &[asks(60), report(1, "a.example.org", Sort::Busy)], false);
    check("a minute, then an exhausted quota", &[asks(60), used_up], false);
}

#[test]
fn a_guess_replaces_a_retry_after_only_once_that_has_ended() {
    let mut ledger = Ledger::default();
    let asked = Report { retry_after: Some(Duration::from_secs(60)), ..report(1, "a.example.org", Sort::Busy) };
    ledger.note(&asked, at(0));
    let mut fail_at = |second: u64| {
        for source in 1..=3 {
            ledger.note(&report(source, "a.example.org", Sort::Status(500)), at(second));
        }
        let state = ledger.state(&key("example.org")).expect("it is paused");
        (state.paused_until, state.may_be_lifted())
    };
    assert_eq!(fail_at(59), (Some(at(60)), false));
    let (until, may_be_lifted) = fail_at(60);
    assert!(until > Some(at(60)) && may_be_lifted);
}

#[test]
fn the_store_records_a_lifted_pause_with_the_next_answer() {
    let mut ledger = Ledger::default();
    ledger.note(&report(1, "a.example.org", Sort::Busy), at(0));
    ledger.lift(&key("b.example.org"));
    assert_eq!(pause_of(&ledger, "a.example.org", at(0)), 0);
    let ruling = ledger.note(&report(1, "a.example.org", Sort::Fine), at(10));
    let (host, state) = ruling.host.expect("the store still has the pause");
    assert_eq!((host, state.paused_until, state.asked), (key("example.org"), None, false));
    assert_eq!(state.gap, Some(LEARNT_GAP), "the gap stays");
    assert_eq!(ledger.note(&report(1, "a.example.org", Sort::Fine), at(20)).host, None);
}
