//! What is held against hosts rather than sources: pauses that they asked for, the pace that they allow, outages of
//! theirs and of ours.
//!
//! The scope is the registrable domain. Addresses and this machine's own names share nothing (POLLING 35): there, as
//! with a bridge that serves many sites' feeds, one feed's trouble says nothing about another's.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use super::hosts::HostKey;
use super::interval::{Blame, RETRY_AFTER_MAX};
use crate::config::show_span;
use crate::model::{SourceId, Timestamp};

/// A host that refuses without a hint is left alone for this long at least (POLLING 36).
const BUSY_PAUSE: Duration = Duration::from_secs(15 * 60);
/// The gap that a first refusal teaches; each further one doubles it.
const LEARNT_GAP: Duration = Duration::from_secs(60);
const LEARNT_GAP_MAX: Duration = Duration::from_secs(3_600);
/// A learnt gap is halved after each day without a refusal, and forgotten below this.
const GAP_HALVED_AFTER: Duration = Duration::from_secs(24 * 3_600);
const GAP_FORGOTTEN: Duration = Duration::from_secs(10);
/// Sources of one host that must fail alike, one after the other, before the host is at fault (POLLING 39).
const HOST_AT_FAULT: usize = 3;
/// Pauses of a host at fault: the first, doubled up to the longest.
const FAULT_PAUSE: Duration = Duration::from_secs(5 * 60);
const FAULT_PAUSE_MAX: Duration = Duration::from_secs(3_600);
/// Hosts that were well and fail one after the other, without any answer between, before it is our own network
/// (POLLING 40); where fewer are known, all of them, but more than one.
const NETWORK_AT_FAULT: usize = 4;
/// Pauses after which it is not the network that fails, where the sites are too few to tell.
const FEW_PAUSES: u32 = 6;
/// Pauses of all polling while we have no network: the first, doubled up to the longest.
const OUTAGE_PAUSE: Duration = Duration::from_secs(30);
pub(super) const OUTAGE_PAUSE_MAX: Duration = Duration::from_secs(10 * 60);
/// Probes of a name, one every `OUTAGE_PAUSE`, after which a lone site's name servers are dead, rather than our network.
const OFFLINE_PAUSES: u32 = 240;
/// All polling pauses for this long when this machine has run out of open files or of memory for connections.
const FULL_PAUSE: Duration = Duration::from_secs(30);
/// A clock may be set a little; that does not make a pause a wrong one.
pub(super) const CLOCK_MARGIN: Duration = Duration::from_secs(3_600);
/// Hosts remembered; over it the ones with the least to remember are forgotten.
const HOSTS_MAX: usize = 50_000;

/// How a request ended, as far as it concerns more than its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The server answered with a document, or that nothing changed; also a defect of the document itself.
    Fine,
    /// It is asked too much (429, 503).
    Busy,
    /// It answered otherwise, with this status.
    Status(u16),
    /// Nothing came, or not to the end.
    Network,
    /// No name server answered: the machine seems to have no network, unless it is the site's own that is dead.
    Offline,
    /// A page instead of a feed, as a hotel's network shows.
    Page,
    /// This machine could not ask. `is_full`: it could not ask anybody, for want of open files or the like.
    Machine { is_full: bool },
}

/// poll → schedule: how one request ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub source: SourceId,
    /// The host that answered, or was to answer.
    pub host: HostKey,
    /// The host that was asked first, before any redirect.
    pub asked: HostKey,
    pub sort: Sort,
    pub retry_after: Option<Duration>,
    /// The server's counter of requests is used up for so long (`x-ratelimit-reset` and its kin).
    pub exhausted: Option<Duration>,
    /// Whether the source was well before.
    pub was_well: bool,
}

/// schedule → poll: whom it counts against, and what must be remembered of the host.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ruling {
    pub blame: Blame,
    /// The host's state, where it changed.
    pub host: Option<(HostKey, HostState)>,
    /// Nothing at all is asked until then: we have no network.
    pub hold_all: Option<Timestamp>,
    /// The source itself is asked again then, to see whether the network is back.
    pub asks_again: bool,
    /// The network is back: these sources failed for want of it and are due.
    pub forgiven: Vec<SourceId>,
}

/// What is remembered of a host, also across restarts: the store keeps it beside the host's key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostState {
    /// Nothing is asked of it before.
    pub paused_until: Option<Timestamp>,
    /// Why, for an operator.
    pub reason: String,
    /// Whether it asked for the pause itself: then nobody passes over it.
    pub asked: bool,
    /// The least time between two requests that its refusals taught.
    pub gap: Option<Duration>,
    /// When the gap was learnt, or last halved.
    pub gap_since: Option<Timestamp>,
    /// Times in a row that its sources failed alike.
    pub faults: u32,
}

impl HostState {
    /// Whether there is nothing to remember.
    pub fn is_plain(&self) -> bool {
        self.paused_until.is_none() && self.gap.is_none() && self.faults == 0
    }
}

/// All hosts with anything to remember.
#[derive(Debug, Default)]
pub struct Ledger {
    hosts: HashMap<HostKey, Entry>,
    /// How many sources each host has.
    sources: HashMap<HostKey, usize>,
    outage: Outage,
    /// Whether any site has answered since the start.
    has_network: bool,
    /// This machine has run out of something: nothing is asked before.
    full_until: Option<Timestamp>,
}

#[derive(Debug, Default)]
struct Entry {
    state: HostState,
    /// Sources that failed alike since the host's last good answer.
    failing: HashSet<SourceId>,
    sort: Option<Sort>,
}

#[derive(Debug, Default)]
struct Outage {
    /// Hosts and sources that were well and failed since the last answer from anywhere.
    hosts: HashSet<HostKey>,
    sources: BTreeSet<SourceId>,
    /// Pauses so far; 0: there is no outage.
    pauses: u32,
    /// The end of the last pause.
    until: Option<Timestamp>,
}

impl Ledger {
    /// With what was remembered from the last run.
    pub fn new(remembered: impl IntoIterator<Item = (HostKey, HostState)>, now: Timestamp) -> Ledger {
        let entry = |(key, state)| (key, Entry { state, ..Entry::default() });
        let mut ledger = Ledger { hosts: remembered.into_iter().map(entry).collect(), ..Ledger::default() };
        ledger.clock_set_back(Duration::ZERO, now);
        ledger
    }

    /// Moves every time with a clock that was set back by so much, and forgets what only a clock that ran ahead can have set.
    pub fn clock_set_back(&mut self, by: Duration, now: Timestamp) {
        for Entry { state, .. } in self.hosts.values_mut() {
            state.paused_until = state.paused_until.map(|until| until.minus(by));
            state.gap_since = state.gap_since.map(|since| since.minus(by));
            if state.paused_until.is_some_and(|until| until > now.plus(RETRY_AFTER_MAX + CLOCK_MARGIN)) {
                (state.paused_until, state.asked) = (None, false);
                state.reason.clear();
            }
            state.gap_since = state.gap_since.map(|since| since.min(now));
        }
        self.outage.until = self.outage.until.map(|until| until.minus(by).min(now));
        self.full_until = self.full_until.map(|until| until.minus(by).min(now));
    }

    /// Tells how many sources each host has: half of them failing alike is a fault of the host.
    pub fn set_sources(&mut self, hosts: impl IntoIterator<Item = HostKey>) {
        self.sources.clear();
        for host in hosts.into_iter().filter(HostKey::is_shared) {
            *self.sources.entry(host).or_default() += 1;
        }
    }

    /// What is remembered of a host.
    pub fn state(&self, host: &HostKey) -> Option<&HostState> {
        self.hosts.get(host).map(|entry| &entry.state)
    }

    /// All hosts with a pause or a pace of their own.
    pub fn held(&self) -> impl Iterator<Item = (&HostKey, &HostState)> {
        self.hosts.iter().map(|(key, entry)| (key, &entry.state)).filter(|(_, state)| !state.is_plain())
    }

    /// Takes note of how a request ended, and rules what follows.
    pub fn note(&mut self, report: &Report, now: Timestamp) -> Ruling {
        if let Sort::Machine { is_full } = report.sort {
            return self.note_machine(is_full, now);
        }
        if !report.host.is_shared() {
            return Ruling::default();
        }
        let mut ruling = self.note_outage(report, now);
        if ruling.blame == Blame::Nobody {
            return ruling;
        }
        if self.hosts.len() >= HOSTS_MAX && !self.hosts.contains_key(&report.host) {
            self.hosts.retain(|_, entry| !entry.state.is_plain());
        }
        let sources = self.sources.get(&report.host).copied().unwrap_or(1);
        let entry = self.hosts.entry(report.host.clone()).or_default();
        let before = entry.state.clone();
        if entry.state.paused_until.is_some_and(|until| until <= now) {
            entry.state.paused_until = None;
            entry.state.reason.clear();
            entry.state.asked = false;
        }
        entry.relax(now);
        match report.sort {
            Sort::Fine => entry.well(),
            Sort::Busy => entry.busy(report, now),
            // It says nothing of the host.
            Sort::Machine { .. } => {}
            Sort::Status(_) | Sort::Network | Sort::Offline | Sort::Page => {
                if entry.fails(report, sources, now) {
                    ruling.blame = Blame::Host;
                }
            }
        }
        if let Some(pause) = report.retry_after.or(report.exhausted) {
            entry.asked_to_wait(pause, report, now);
        }
        if entry.state != before {
            ruling.host = Some((report.host.clone(), entry.state.clone()));
        }
        ruling
    }

    /// Whether it is our own network that fails, and when it is back.
    fn note_outage(&mut self, report: &Report, now: Timestamp) -> Ruling {
        let mut ruling = Ruling::default();
        let outage = &mut self.outage;
        if !matches!(report.sort, Sort::Network | Sort::Offline | Sort::Page) {
            self.has_network = true;
            if outage.pauses > 0 {
                // The one that answered has been polled.
                outage.sources.remove(&report.source);
                ruling.forgiven = std::mem::take(&mut outage.sources).into_iter().collect();
            }
            *outage = Outage::default();
            return ruling;
        }
        if report.was_well || outage.pauses > 0 {
            outage.hosts.insert(report.asked.clone());
            outage.sources.insert(report.source);
        }
        // Whoever follows two or three sites loses all of them at once; but those may be dead for good.
        let few = self.sources.len() < NETWORK_AT_FAULT;
        let is_offline = report.sort == Sort::Offline;
        let are_dead = few && outage.pauses >= if is_offline { OFFLINE_PAUSES } else { FEW_PAUSES };
        // A machine that starts before its network is up need not lose more than one site to know; nor need one that has
        // only one.
        let is_plain = is_offline && (!self.has_network || self.sources.len() == 1);
        let enough = if is_plain { 1 } else { NETWORK_AT_FAULT.min(self.sources.len()).max(2) };
        if outage.hosts.len() >= enough && !are_dead {
            ruling.blame = Blame::Nobody;
            if outage.until.is_none_or(|until| until <= now) {
                // What was in flight together fails together: that is one sign, not many.
                // Asking for a name bothers no site.
                let doublings = if is_offline { 0 } else { outage.pauses.min(5) };
                let pause = OUTAGE_PAUSE.saturating_mul(1 << doublings).min(OUTAGE_PAUSE_MAX);
                outage.pauses += 1;
                outage.until = Some(now.plus(pause));
            }
            ruling.hold_all = outage.until;
            ruling.asks_again = is_offline;
        }
        ruling
    }

    /// This machine's own trouble. What fails together for want of the same thing is one sign, so only the first pauses all.
    fn note_machine(&mut self, is_full: bool, now: Timestamp) -> Ruling {
        let begins = is_full && !self.is_full(now);
        if begins {
            self.full_until = Some(now.plus(FULL_PAUSE));
        }
        Ruling { blame: Blame::Machine, hold_all: self.full_until.filter(|_| begins), ..Ruling::default() }
    }

    /// Whether this machine has run out of something lately.
    pub fn is_full(&self, now: Timestamp) -> bool {
        self.full_until.is_some_and(|until| until > now)
    }

    /// Whether we seem to have no network.
    pub fn is_outage(&self) -> bool {
        self.outage.pauses > 0
    }
}

impl Entry {
    fn well(&mut self) {
        self.failing.clear();
        self.sort = None;
        self.state.faults = 0;
        if !self.state.asked {
            // The pause was our own guess.
            self.state.paused_until = None;
            self.state.reason.clear();
        }
    }

    /// The pace quickens again with each day without a refusal.
    fn relax(&mut self, now: Timestamp) {
        let (Some(gap), Some(since)) = (self.state.gap, self.state.gap_since) else { return };
        let days = now.since(since).as_secs() / GAP_HALVED_AFTER.as_secs();
        if days == 0 {
            return;
        }
        let gap = gap / 2_u32.saturating_pow(u32::try_from(days).unwrap_or(31).min(31));
        self.state.gap = Some(gap).filter(|gap| *gap >= GAP_FORGOTTEN);
        self.state.gap_since = self.state.gap.map(|_| now);
    }

    fn busy(&mut self, report: &Report, now: Timestamp) {
        let hinted = report.retry_after.is_some() || report.exhausted.is_some();
        let gap = match self.state.gap {
            // It says itself how long it wants to be left alone: nothing more is to be guessed.
            Some(gap) if hinted => gap,
            Some(gap) => (gap * 2).min(LEARNT_GAP_MAX),
            None => LEARNT_GAP,
        };
        self.state.gap = Some(gap);
        self.state.gap_since = Some(now);
        if report.retry_after.is_none() && report.exhausted.is_none() {
            self.pause(
                now.plus(BUSY_PAUSE.max(gap * 2)),
                "it is asked too much, and does not say for how long".to_owned(),
                true,
            );
        }
    }

    /// Retry-After, or a counter that is used up.
    fn asked_to_wait(&mut self, pause: Duration, report: &Report, now: Timestamp) {
        let pause = pause.min(RETRY_AFTER_MAX);
        let why = match report.retry_after {
            Some(_) => format!("it asked to wait {} (Retry-After)", show_span(pause)),
            None => format!("its count of requests is used up for {}", show_span(pause)),
        };
        self.pause(now.plus(pause), why, true);
        if report.retry_after.is_none() && pause <= LEARNT_GAP_MAX {
            // One request was all that it allows in that time.
            self.state.gap = Some(self.state.gap.unwrap_or_default().max(pause));
            self.state.gap_since = Some(now);
        }
    }

    /// Whether the host is at fault rather than the source.
    fn fails(&mut self, report: &Report, sources: usize, now: Timestamp) -> bool {
        if self.sort != Some(report.sort) {
            self.failing.clear();
            self.sort = Some(report.sort);
            self.state.faults = 0;
        }
        self.failing.insert(report.source);
        let failing = self.failing.len();
        if failing < HOST_AT_FAULT && !(failing >= 2 && failing * 2 >= sources) {
            return false;
        }
        let pause = FAULT_PAUSE.saturating_mul(1 << self.state.faults.min(5)).min(FAULT_PAUSE_MAX);
        self.state.faults = self.state.faults.saturating_add(1);
        self.pause(now.plus(pause), format!("{failing} of its sources fail alike"), false);
        true
    }

    fn pause(&mut self, until: Timestamp, reason: String, asked: bool) {
        if self.state.paused_until.is_none_or(|known| known < until) {
            self.state.paused_until = Some(until);
            self.state.reason = reason;
            self.state.asked = asked;
        }
    }
}

#[cfg(test)]
mod tests {
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
    fn behaviour_35_a_pause_is_the_whole_domains_but_not_between_addresses() {
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
    fn behaviour_36_refusals_without_a_hint_teach_a_slower_pace() {
        let mut ledger = Ledger::default();
        let mut now = 0;
        let mut gaps = Vec::new();
        for _ in 0..4 {
            let ruling = ledger.note(&report(1, "a.example.org", Sort::Busy), at(now));
            let state = ruling.host.expect("the host's state changed").1;
            gaps.push(state.gap.expect("a pace is learnt").as_secs());
            assert!(pause_of(&ledger, "a.example.org", at(now)) >= 900);
            now += 10_000;
        }
        assert_eq!(gaps, [60, 120, 240, 480]);
        // A day without a refusal halves it; in the end it is forgotten.
        ledger.note(&report(1, "a.example.org", Sort::Fine), at(now + 90_000));
        assert_eq!(ledger.state(&key("a.example.org")).and_then(|state| state.gap), Some(Duration::from_secs(240)));
        ledger.note(&report(1, "a.example.org", Sort::Fine), at(now + 900_000));
        assert_eq!(ledger.state(&key("a.example.org")).and_then(|state| state.gap), None);
    }

    #[test]
    fn behaviour_34_a_used_up_counter_is_a_pause_and_a_pace() {
        let mut ledger = Ledger::default();
        let used_up = Report { exhausted: Some(Duration::from_secs(60)), ..report(1, "www.reddit.com", Sort::Fine) };
        ledger.note(&used_up, at(0));
        assert_eq!(pause_of(&ledger, "old.reddit.com", at(0)), 60);
        assert_eq!(ledger.state(&key("reddit.com")).and_then(|state| state.gap), Some(Duration::from_secs(60)));
    }

    #[test]
    fn behaviour_39_sources_that_fail_alike_are_the_hosts_fault() {
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
        assert_eq!(after.blame, Blame::Source, "one good answer clears the host");
    }

    #[test]
    fn one_source_that_fails_again_and_again_is_its_own_fault() {
        let mut ledger = Ledger::default();
        ledger.set_sources([key("a.example.org")]);
        for round in 0..10 {
            let ruling = ledger.note(&report(1, "a.example.org", Sort::Status(500)), at(round * 4_000));
            assert_eq!(ruling.blame, Blame::Source);
        }
    }

    #[test]
    fn behaviour_40_an_outage_of_ours_is_nobodys_fault() {
        let mut ledger = Ledger::default();
        ledger.set_sources((0..40).map(|number| key(&format!("host{number}.org"))));
        let mut blames = Vec::new();
        for number in 0..8 {
            let failed = report(number, &format!("host{number}.org"), Sort::Network);
            let ruling = ledger.note(&failed, at(number.unsigned_abs()));
            // What fails together is one sign: the first pause stands.
            let pause = (ruling.blame == Blame::Nobody).then_some(at(3).plus(OUTAGE_PAUSE));
            assert_eq!(ruling.hold_all, pause);
            blames.push(ruling.blame);
        }
        assert_eq!(blames.iter().filter(|blame| **blame == Blame::Nobody).count(), 5);
        assert!(ledger.is_outage());
        let back = ledger.note(&report(20, "host20.org", Sort::Fine), at(900));
        assert_eq!(back.forgiven.len(), 8, "those that failed at first are due again too");
        assert!(!ledger.is_outage());
    }

    #[test]
    fn behaviour_68_one_name_is_enough_where_nothing_has_answered_yet() {
        let sites = |count: usize| (0..count).map(|number| key(&format!("site{number}.org"))).collect::<Vec<_>>();
        let offline = |site: i64| report(site, &format!("site{site}.org"), Sort::Offline);
        for count in [1, 2, 9] {
            let mut ledger = Ledger::default();
            ledger.set_sources(sites(count));
            // One probe every half minute, however long it takes.
            for round in 0..20 {
                let ruling = ledger.note(&offline(0), at(round * 30));
                assert_eq!((ruling.blame, ruling.asks_again), (Blame::Nobody, true), "{count} sites, round {round}");
                assert_eq!(ruling.hold_all, Some(at(round * 30).plus(OUTAGE_PAUSE)), "{count} sites, round {round}");
            }
            let back = ledger.note(&report(0, "site0.org", Sort::Fine), at(900));
            assert!(back.forgiven.is_empty(), "it has been polled");
            // From now on a name that nobody knows is its site's fault, unless there is no other site to tell by.
            let later = ledger.note(&offline(0), at(1_000));
            assert_eq!(later.blame, if count == 1 { Blame::Nobody } else { Blame::Source }, "{count} sites");
        }
        // A site that was dead before says nothing, nor does one that only refuses.
        for (sort, was_well) in [(Sort::Offline, false), (Sort::Network, true), (Sort::Page, true)] {
            let mut ledger = Ledger::default();
            ledger.set_sources(sites(9));
            let ruling = ledger.note(&Report { sort, was_well, ..offline(0) }, at(0));
            assert_eq!((ruling.blame, ruling.hold_all), (Blame::Source, None), "{sort:?}");
        }
    }

    #[test]
    fn what_this_machine_lacks_is_nobodys_fault() {
        let mut ledger = Ledger::default();
        ledger.set_sources([key("a.org"), key("b.org"), key("127.0.0.1")]);
        let machine = |host: &str, is_full: bool| report(1, host, Sort::Machine { is_full });
        let mut ruled = |host: &str, is_full: bool, second: u64| {
            let ruling = ledger.note(&machine(host, is_full), at(second));
            assert_eq!((ruling.blame, &ruling.host), (Blame::Machine, &None), "{host}");
            assert!(!ledger.is_outage(), "{host}");
            (ruling.hold_all, ledger.is_full(at(second)))
        };
        // A port or a trust store that is missing for one says nothing of the others.
        assert_eq!(ruled("a.org", false, 0), (None, false));
        let until = at(1).plus(FULL_PAUSE);
        assert_eq!(ruled("127.0.0.1", true, 1), (Some(until), true));
        assert_eq!(ruled("b.org", true, 2), (None, true));
        let again = 1 + FULL_PAUSE.as_secs();
        assert_eq!(ruled("b.org", true, again), (Some(at(again).plus(FULL_PAUSE)), true));
    }

    #[test]
    fn behaviour_40_two_sites_are_enough_where_there_are_no_more() {
        let mut ledger = Ledger::default();
        ledger.set_sources([key("a.org"), key("b.org")]);
        assert_eq!(ledger.note(&report(1, "a.org", Sort::Network), at(0)).blame, Blame::Source);
        assert_eq!(ledger.note(&report(2, "b.org", Sort::Network), at(1)).blame, Blame::Nobody);
        // A probe after the pause that fails, too, makes the next one longer.
        let probe = ledger.note(&report(1, "a.org", Sort::Network), at(40));
        assert_eq!(probe.hold_all, Some(at(40).plus(OUTAGE_PAUSE * 2)));
    }

    #[test]
    fn what_a_clock_that_ran_ahead_set_is_forgotten() {
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
    fn a_pause_is_as_long_as_it_was_after_the_clock_was_set_back() {
        let mut ledger = Ledger::default();
        let busy = Report { retry_after: Some(Duration::from_secs(600)), ..report(1, "a.org", Sort::Busy) };
        ledger.note(&busy, at(10_000));
        ledger.clock_set_back(Duration::from_secs(7_200), at(2_900));
        assert_eq!(pause_of(&ledger, "a.org", at(2_900)), 500);
    }

    #[test]
    fn dead_hosts_among_living_ones_are_no_outage() {
        let mut ledger = Ledger::default();
        for number in 0..30 {
            let dead = Report { was_well: false, ..report(number, &format!("dead{number}.org"), Sort::Network) };
            assert_eq!(ledger.note(&dead, at(number.unsigned_abs())).blame, Blame::Source);
        }
    }
}
