//! Keeps what counts against hosts rather than sources: pauses, learnt gaps, and outages of a host or of our own
//! network.
//!
//! The scope is the registrable domain. IP addresses and this machine's own names share nothing, because they may serve
//! the feeds of many sites, and then a fault of one feed says nothing about another.
//!
//! Entry point: [`Ledger::note`], which rules on each request.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use super::hosts::HostKey;
use super::interval::{Blame, RETRY_AFTER_KEPT, RETRY_AFTER_MAX};
use crate::config::{parse_span, show_span};
use crate::model::{SourceId, Timestamp};

/// The shortest pause of a host that refuses requests without saying for how long.
const BUSY_PAUSE: Duration = Duration::from_secs(15 * 60);
/// The gap between two requests after a host's first refusal. Each further refusal doubles it.
const LEARNT_GAP: Duration = Duration::from_secs(60);
const LEARNT_GAP_MAX: Duration = Duration::from_secs(3_600);
/// A learnt gap is halved after each such time without a refusal.
const GAP_HALVED_AFTER: Duration = Duration::from_secs(24 * 3_600);
/// A learnt gap below this is forgotten.
const GAP_FORGOTTEN: Duration = Duration::from_secs(10);
/// How many sources of a host must fail alike, without a success between, before the host is at fault.
const HOST_AT_FAULT: usize = 3;
/// The first pause of a host at fault. Each further pause is twice as long.
const FAULT_PAUSE: Duration = Duration::from_secs(5 * 60);
/// The longest pause of a host at fault.
const FAULT_PAUSE_MAX: Duration = Duration::from_secs(3_600);
/// How many healthy hosts must fail, without an answer from any host between, before our own network is at fault.
/// If fewer hosts are known, all of them must fail, but at least two.
const NETWORK_AT_FAULT: usize = 4;
/// With fewer known hosts than that, the hosts rather than the network are at fault after this many pauses.
const FEW_PAUSES: u32 = 6;
/// The first pause of all polling while our network seems to be down. Each further pause is twice as long.
const OUTAGE_PAUSE: Duration = Duration::from_secs(30);
/// The longest such pause.
pub(super) const OUTAGE_PAUSE_MAX: Duration = Duration::from_secs(10 * 60);
/// With few known hosts, their name servers rather than our network are at fault after this many failed look-ups, each
/// `OUTAGE_PAUSE` after the previous.
const OFFLINE_PAUSES: u32 = 240;
/// The pause of all polling after this machine has run out of open files or of memory for connections.
const FULL_PAUSE: Duration = Duration::from_secs(30);
/// A pause that is too long by less than this is kept, because the clock may have been corrected a little.
pub(super) const CLOCK_MARGIN: Duration = Duration::from_secs(3_600);
/// How the reason of a pause by Retry-After begins and ends. The length of the pause stands between. Databases hold
/// these texts, so they must not change.
const RETRY_AFTER_REASON: (&str, &str) = ("it asked to wait ", " (Retry-After)");
/// How many hosts are remembered. Beyond that, hosts without a pause, a gap or faults are forgotten.
const HOSTS_MAX: usize = 50_000;

/// The outcome of a request, as far as it concerns more than its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The server answered with a document or with "not modified", even if the document is defective.
    Fine,
    /// The server answered that it gets too many requests (429, 503).
    Busy,
    /// The server answered with this other status.
    Status(u16),
    /// The connection failed or broke off.
    Network,
    /// No name server answered, so the network seems to be down, or the site's name servers are.
    Offline,
    /// The answer was an HTML page instead of a feed, as a captive portal sends it.
    Page,
    /// This machine could not make the request. `is_full` means that it could not make any request, because it has run
    /// out of open files or memory.
    Machine { is_full: bool },
}

/// poll → schedule: the outcome of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub source: SourceId,
    /// The host that answered last, or that failed to answer.
    pub host: HostKey,
    /// The host of the first request, before any redirect.
    pub asked: HostKey,
    pub sort: Sort,
    pub retry_after: Option<Duration>,
    /// How long the server's request quota is exhausted (`x-ratelimit-reset` and similar headers).
    pub exhausted: Option<Duration>,
    /// Whether the source's previous poll succeeded.
    pub was_well: bool,
}

/// schedule → poll: what the outcome counts against, and the host's new state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ruling {
    pub blame: Blame,
    /// The host's new state, if it has changed.
    pub host: Option<(HostKey, HostState)>,
    /// No request is made before this time, because the network or this machine has failed.
    pub hold_all: Option<Timestamp>,
    /// Whether the source itself is polled again at that time, to test whether the network is back.
    pub asks_again: bool,
    /// The sources that are due now, because they failed for lack of a network that is back.
    pub forgiven: Vec<SourceId>,
}

/// What is remembered about a host. The store keeps it across restarts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostState {
    /// No request goes to the host before this time.
    pub paused_until: Option<Timestamp>,
    /// The reason for the pause, shown to the operator.
    pub reason: String,
    /// Whether the host asked for the pause. Then an asker's poll waits for its end as well.
    pub asked: bool,
    /// The gap between two requests that the host's refusals have taught.
    pub gap: Option<Duration>,
    /// When the gap was learnt or last halved.
    pub gap_since: Option<Timestamp>,
    /// How many times in a row the host was found at fault.
    pub faults: u32,
}

impl HostState {
    /// Whether there is nothing to remember.
    pub fn is_plain(&self) -> bool {
        self.paused_until.is_none() && self.gap.is_none() && self.faults == 0
    }

    /// Whether a person may lift the pause. A Retry-After of a day or less cannot be lifted. Its length is read from the
    /// reason, because the store keeps only that text.
    pub fn may_be_lifted(&self) -> bool {
        retry_after_in(&self.reason).is_none_or(|pause| pause > RETRY_AFTER_KEPT)
    }

    fn end_pause(&mut self) {
        (self.paused_until, self.asked) = (None, false);
        self.reason.clear();
    }
}

/// What is remembered about all hosts, and about our own network and machine.
#[derive(Debug, Default)]
pub struct Ledger {
    hosts: HashMap<HostKey, Entry>,
    /// The number of sources of each host.
    sources: foldhash::HashMap<HostKey, usize>,
    outage: Outage,
    /// Whether any site has answered since the start.
    has_network: bool,
    /// No request is made before this time, because this machine has run out of open files or memory.
    full_until: Option<Timestamp>,
}

#[derive(Debug, Default)]
struct Entry {
    state: HostState,
    /// The sources that have failed alike since the host's last success.
    failing: HashSet<SourceId>,
    sort: Option<Sort>,
    /// Whether the pause was lifted since the state was last stored.
    is_lifted: bool,
}

#[derive(Debug, Default)]
struct Outage {
    /// The hosts and sources that were healthy and have failed since the last answer from any host.
    hosts: HashSet<HostKey>,
    sources: BTreeSet<SourceId>,
    /// The number of pauses so far; 0 outside of an outage.
    pauses: u32,
    /// The end of the last pause.
    until: Option<Timestamp>,
}

impl Ledger {
    /// A ledger with the host states that the store has kept.
    pub fn new(remembered: impl IntoIterator<Item = (HostKey, HostState)>, now: Timestamp) -> Ledger {
        let entry = |(key, state)| (key, Entry { state, ..Entry::default() });
        let mut ledger = Ledger { hosts: remembered.into_iter().map(entry).collect(), ..Ledger::default() };
        ledger.clock_set_back(Duration::ZERO, now);
        ledger
    }

    /// Shifts every time after the clock was set back, and drops pauses that only a clock that ran ahead can have set.
    pub fn clock_set_back(&mut self, by: Duration, now: Timestamp) {
        for Entry { state, .. } in self.hosts.values_mut() {
            state.paused_until = state.paused_until.map(|until| until.minus(by));
            state.gap_since = state.gap_since.map(|since| since.minus(by).min(now));
            if state.paused_until.is_some_and(|until| until > now.plus(RETRY_AFTER_MAX + CLOCK_MARGIN)) {
                state.end_pause();
            }
        }
        self.outage.until = self.outage.until.map(|until| until.minus(by).min(now));
        self.full_until = self.full_until.map(|until| until.minus(by).min(now));
    }

    /// Sets the sources of each host, because a host is at fault if half of its sources fail alike.
    pub fn set_sources(&mut self, hosts: impl IntoIterator<Item = impl Borrow<HostKey>>) {
        self.sources.clear();
        for host in hosts {
            let host = host.borrow();
            if let Some(number) = self.sources.get_mut(host) {
                *number += 1;
            } else if host.is_shared() {
                self.sources.insert(host.clone(), 1);
            }
        }
    }

    /// What is remembered about a host.
    pub fn state(&self, host: &HostKey) -> Option<&HostState> {
        self.hosts.get(host).map(|entry| &entry.state)
    }

    /// All hosts with a pause, a learnt gap or faults.
    pub fn held(&self) -> impl Iterator<Item = (&HostKey, &HostState)> {
        self.hosts.iter().map(|(key, entry)| (key, &entry.state)).filter(|(_, state)| !state.is_plain())
    }

    /// Ends the pause of a host because a person has lifted it. The store records it with the host's next answer.
    pub fn lift(&mut self, host: &HostKey) {
        if let Some(entry) = self.hosts.get_mut(host).filter(|entry| entry.state.paused_until.is_some()) {
            entry.state.end_pause();
            entry.is_lifted = true;
        }
    }

    /// Records the outcome of a request and rules on its consequences.
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
            entry.state.end_pause();
        }
        entry.relax(now);
        match report.sort {
            Sort::Fine => entry.succeeded(),
            Sort::Busy => entry.refused(report, now),
            // A lack on this machine says nothing about the host.
            Sort::Machine { .. } => {}
            Sort::Status(_) | Sort::Network | Sort::Offline | Sort::Page => {
                if entry.failed(report, sources, now) {
                    ruling.blame = Blame::Host;
                }
            }
        }
        if let Some(pause) = report.retry_after.or(report.exhausted) {
            entry.asked_to_wait(pause, report, now);
        }
        let was_lifted = std::mem::take(&mut entry.is_lifted);
        if was_lifted || entry.state != before {
            ruling.host = Some((report.host.clone(), entry.state.clone()));
        }
        ruling
    }

    /// Detects that our own network is down, or that it is back.
    fn note_outage(&mut self, report: &Report, now: Timestamp) -> Ruling {
        let mut ruling = Ruling::default();
        let outage = &mut self.outage;
        if !matches!(report.sort, Sort::Network | Sort::Offline | Sort::Page) {
            self.has_network = true;
            if outage.pauses > 0 {
                // The source that got this answer is not due again.
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
        // With two or three sites, all of them failing at once may be an outage, but the sites may also be dead for
        // good.
        let few = self.sources.len() < NETWORK_AT_FAULT;
        let is_offline = report.sort == Sort::Offline;
        let are_dead = few && outage.pauses >= if is_offline { OFFLINE_PAUSES } else { FEW_PAUSES };
        // If no host has answered since the start, the machine may have started before its network was up, so one
        // failed look-up is enough. It is also enough if there is only one site.
        let is_plain = is_offline && (!self.has_network || self.sources.len() == 1);
        let enough = if is_plain { 1 } else { NETWORK_AT_FAULT.min(self.sources.len()).max(2) };
        if outage.hosts.len() >= enough && !are_dead {
            ruling.blame = Blame::Nobody;
            if outage.until.is_none_or(|until| until <= now) {
                // Requests that were in flight together fail together, so they count as a single sign. The pause does
                // not grow while look-ups fail, because a look-up does not burden any site.
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

    /// Records a lack on this machine. Requests in flight together fail together, so only the first starts a pause.
    fn note_machine(&mut self, is_full: bool, now: Timestamp) -> Ruling {
        let begins = is_full && !self.is_full(now);
        if begins {
            self.full_until = Some(now.plus(FULL_PAUSE));
        }
        Ruling { blame: Blame::Machine, hold_all: self.full_until.filter(|_| begins), ..Ruling::default() }
    }

    /// Whether polling pauses because this machine has run out of open files or memory.
    pub fn is_full(&self, now: Timestamp) -> bool {
        self.full_until.is_some_and(|until| until > now)
    }

    /// Whether our network seems to be down.
    pub fn is_outage(&self) -> bool {
        self.outage.pauses > 0
    }
}

impl Entry {
    fn succeeded(&mut self) {
        self.failing.clear();
        self.sort = None;
        self.state.faults = 0;
        if !self.state.asked {
            // The pause was our guess, which the success disproves.
            self.state.end_pause();
        }
    }

    /// Halves the learnt gap for each day without a refusal.
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

    fn refused(&mut self, report: &Report, now: Timestamp) {
        let hinted = report.retry_after.is_some() || report.exhausted.is_some();
        let gap = match self.state.gap {
            // The host states how long it wants to be left alone, so the gap need not grow.
            Some(gap) if hinted => gap,
            Some(gap) => (gap * 2).min(LEARNT_GAP_MAX),
            None => LEARNT_GAP,
        };
        (self.state.gap, self.state.gap_since) = (Some(gap), Some(now));
        if !hinted {
            let why = "it gets too many requests and does not say how long to wait".to_owned();
            self.pause(now.plus(BUSY_PAUSE.max(gap * 2)), why, true);
        }
    }

    /// Pauses the host for its Retry-After, or until its request quota is renewed.
    fn asked_to_wait(&mut self, pause: Duration, report: &Report, now: Timestamp) {
        let pause = pause.min(RETRY_AFTER_MAX);
        let why = match report.retry_after {
            Some(_) => {
                let (begin, end) = RETRY_AFTER_REASON;
                format!("{begin}{}{end}", show_span(pause))
            }
            None => format!("its request quota is exhausted for {}", show_span(pause)),
        };
        self.pause(now.plus(pause), why, true);
        if report.retry_after.is_none() && pause <= LEARNT_GAP_MAX {
            // The quota allows about one request in that time, so the time becomes the gap.
            (self.state.gap, self.state.gap_since) = (self.state.gap.max(Some(pause)), Some(now));
        }
    }

    /// Records a failure. Returns whether the host is at fault rather than the source.
    fn failed(&mut self, report: &Report, sources: usize, now: Timestamp) -> bool {
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
        let state = &mut self.state;
        let is_longer = state.paused_until.is_none_or(|known| known < until);
        // Only another Retry-After replaces a Retry-After that is still in force, because a person may lift any other
        // pause, and would lift the Retry-After with it.
        let is_kept = retry_after_in(&state.reason).is_some() && retry_after_in(&reason).is_none();
        if is_longer && !is_kept {
            state.paused_until = Some(until);
            state.reason = reason;
            state.asked = asked;
        }
    }
}

/// The length of a pause by Retry-After, from the reason of the pause.
fn retry_after_in(reason: &str) -> Option<Duration> {
    let (begin, end) = RETRY_AFTER_REASON;
    let span = reason.strip_prefix(begin)?.strip_suffix(end)?;
    parse_span(span).ok()
}

#[cfg(test)]
mod tests;
