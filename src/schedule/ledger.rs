//! What is held against hosts rather than sources: pauses that they asked for, the pace that they allow, outages of
//! theirs and of ours.
//!
//! The scope is the registrable domain. Addresses and this machine's own names share nothing (POLLING 35): there, as
//! with a bridge that serves many sites' feeds, one feed's trouble says nothing about another's.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use super::hosts::HostKey;
use super::interval::{Blame, RETRY_AFTER_KEPT, RETRY_AFTER_MAX};
use crate::config::{parse_span, show_span};
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
/// What the reason of a pause that is a Retry-After begins and ends with; between them stands for how long.
const RETRY_AFTER_REASON: (&str, &str) = ("it asked to wait ", " (Retry-After)");
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

    /// Whether a person may lift the pause: not a Retry-After, unless it was for more than a day.
    pub fn may_be_lifted(&self) -> bool {
        self.retry_after().is_none_or(|pause| pause > RETRY_AFTER_KEPT)
    }

    /// How long the pause is that the host asked for by Retry-After, if that is why it is paused. The store has only the
    /// reason in words, so it is read from there.
    fn retry_after(&self) -> Option<Duration> {
        let (begin, end) = RETRY_AFTER_REASON;
        let span = self.reason.strip_prefix(begin)?.strip_suffix(end)?;
        parse_span(span).ok()
    }

    fn end_pause(&mut self) {
        (self.paused_until, self.asked) = (None, false);
        self.reason.clear();
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
    /// Its pause was lifted, which is not stored yet.
    is_lifted: bool,
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
                state.end_pause();
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

    /// Ends the pause of a host, which a person has lifted. The store hears of it with the host's next answer.
    pub fn lift(&mut self, host: &HostKey) {
        if let Some(entry) = self.hosts.get_mut(host).filter(|entry| entry.state.paused_until.is_some()) {
            entry.state.end_pause();
            entry.is_lifted = true;
        }
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
            entry.state.end_pause();
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
        let was_lifted = std::mem::take(&mut entry.is_lifted);
        if was_lifted || entry.state != before {
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
            self.state.end_pause();
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
            Some(_) => {
                let (begin, end) = RETRY_AFTER_REASON;
                format!("{begin}{}{end}", show_span(pause))
            }
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
mod tests;
