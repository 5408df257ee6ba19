//! What the daemon counts while it runs, and the text of `GET /metrics`.
//!
//! Entry points: the shells count ([`Metrics::polled`], [`Metrics::answered`] and so on), and the server asks for the text
//! ([`Metrics::text`]) with what it knows at the moment ([`Now`]).
//!
//! Invariants:
//! - Counting never waits: a counter is an atomic number, and each histogram is filled by one task alone.
//! - No label names a source, a site or an address, because the number of time series must not grow with the configuration, and
//!   everybody who can reach the server may read the text.
//! - A metric that is named here keeps its name, its unit and its labels, because dashboards and alerts rely on them.

use std::array;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::encoding::{EncodeMetric, MetricEncoder};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::machine::Process;
use crate::model::{Outcome, SourceCounts, StoreSize, Tally, Timestamp};
use crate::store::WriterLoad;
use crate::tell::Verdict;

/// The values of the label `outcome`: those of [`Outcome`], and `not_stored` for a poll whose result could not be
/// stored.
const OUTCOMES: [&str; 6] = ["new", "unchanged", "not_modified", "gone", "failed", "not_stored"];
const NOT_STORED: usize = 5;
/// The values of the label `result`: how the items of documents were handled.
const RESULTS: [&str; 4] = ["new", "revised", "unchanged", "duplicate"];
/// The values of the label `outcome` of deliveries to programs and addresses: taken, to be tried again, and given up.
const VERDICTS: [&str; 3] = ["delivered", "failed", "dead"];
/// The values of the label `code`: classes of HTTP statuses.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];
/// The values of the label `result` of deliveries to subscribers.
const HUB_RESULTS: [&str; 3] = ["delivered", "failed", "unwanted"];
/// Upper bounds of the buckets of durations of polls, in seconds. The longest `timeout` is ten minutes.
const POLL_SECONDS: [f64; 11] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 600.0];
/// Upper bounds of the buckets of durations of rebuilds, in seconds.
const REBUILD_SECONDS: [f64; 8] = [0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0, 60.0];

/// The text of OpenMetrics 1.0, and the older text of Prometheus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    OpenMetrics,
    Prometheus,
}

impl Syntax {
    pub fn content_type(self) -> &'static str {
        match self {
            Syntax::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
            Syntax::Prometheus => "text/plain; version=0.0.4; charset=utf-8",
        }
    }
}

/// What has become of a delivery to a subscriber of our hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    Taken,
    Failed,
    /// The subscriber wants no more deliveries, or may no longer read the document.
    Unwanted,
}

/// The subscriptions of our hub: all, those that do not have the latest content yet, and those whose last delivery failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Subscriptions {
    pub all: u64,
    pub behind: u64,
    pub failing: u64,
}

/// A counter for each value of a label.
#[derive(Debug)]
struct Counters<const N: usize>([AtomicU64; N]);

impl<const N: usize> Counters<N> {
    fn new() -> Counters<N> {
        Counters(array::from_fn(|_| AtomicU64::new(0)))
    }

    fn add(&self, at: usize, number: u64) {
        if let Some(counter) = self.0.get(at) {
            counter.fetch_add(number, Ordering::Relaxed);
        }
    }

    fn labelled(&self, label: &'static str, values: [&'static str; N]) -> Labelled {
        let numbers = self.0.iter().map(|counter| counter.load(Ordering::Relaxed));
        Labelled { label, values: values.into_iter().zip(numbers).collect(), kind: MetricType::Counter }
    }
}

/// What the daemon has counted since it was started.
#[derive(Debug)]
pub struct Metrics {
    started: Timestamp,
    polls: Counters<{ OUTCOMES.len() }>,
    poll_seconds: Histogram,
    fetched_bytes: AtomicU64,
    in_flight: AtomicUsize,
    entries: Counters<{ RESULTS.len() }>,
    /// When the last new entry was stored; 0 before the first.
    new_entry_at: AtomicI64,
    rebuild_seconds: Histogram,
    failed_rebuilds: AtomicU64,
    answers: Counters<{ CLASSES.len() }>,
    deliveries: Counters<{ VERDICTS.len() }>,
    hub_deliveries: Counters<{ HUB_RESULTS.len() }>,
    /// When a configuration was last applied.
    configured_at: AtomicI64,
}

/// The values at the moment of the request.
#[derive(Debug, Default)]
pub struct Now {
    /// `None` if the database cannot be read.
    pub installation: Option<Installation>,
    pub store: WriterLoad,
    pub subscriptions: Subscriptions,
    /// Whether the edited configuration is in force.
    pub is_configured: bool,
    /// Whether feeds are served and polls can be stored, as `/readyz` says.
    pub is_ready: bool,
    pub process: Process,
}

/// The sources and the store at a glance.
#[derive(Debug, Default)]
pub struct Installation {
    pub sources: SourceCounts,
    /// The longest time for which a source has been due.
    pub late_seconds: u64,
    pub store: StoreSize,
    pub incidents: u64,
    pub paused_sites: u64,
}

impl Metrics {
    pub fn new(now: Timestamp) -> Metrics {
        Metrics {
            started: now,
            polls: Counters::new(),
            poll_seconds: Histogram::new(POLL_SECONDS),
            fetched_bytes: AtomicU64::new(0),
            in_flight: AtomicUsize::new(0),
            entries: Counters::new(),
            new_entry_at: AtomicI64::new(0),
            rebuild_seconds: Histogram::new(REBUILD_SECONDS),
            failed_rebuilds: AtomicU64::new(0),
            answers: Counters::new(),
            deliveries: Counters::new(),
            hub_deliveries: Counters::new(),
            configured_at: AtomicI64::new(now.unix()),
        }
    }

    /// Counts a stored poll. `bytes` came over the wire.
    pub fn polled(&self, outcome: Outcome, tally: &Tally, bytes: usize, took: Duration, now: Timestamp) {
        let at = match outcome {
            Outcome::New => 0,
            Outcome::Unchanged => 1,
            Outcome::NotModified => 2,
            Outcome::Gone => 3,
            Outcome::Failed => 4,
        };
        self.polls.add(at, 1);
        self.poll_seconds.observe(took.as_secs_f64());
        self.fetched_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.delivered(tally, now);
    }

    /// Counts the entries of a poll, or of a delivery of a hub.
    pub fn delivered(&self, tally: &Tally, now: Timestamp) {
        for (at, number) in [tally.new, tally.revised, tally.same, tally.rejected].into_iter().enumerate() {
            self.entries.add(at, number);
        }
        if tally.new > 0 {
            self.new_entry_at.store(now.unix(), Ordering::Relaxed);
        }
    }

    /// Counts a poll whose result could not be stored.
    pub fn not_stored(&self) {
        self.polls.add(NOT_STORED, 1);
    }

    /// Records the number of polls in flight.
    pub fn in_flight(&self, polls: usize) {
        self.in_flight.store(polls, Ordering::Relaxed);
    }

    /// Counts a rebuild of the outputs.
    pub fn rebuilt(&self, took: Duration, is_done: bool) {
        self.rebuild_seconds.observe(took.as_secs_f64());
        self.failed_rebuilds.fetch_add(u64::from(!is_done), Ordering::Relaxed);
    }

    /// Counts an answer of the server by its status.
    pub fn answered(&self, status: u16) {
        self.answers.add(usize::from(status / 100).wrapping_sub(1), 1);
    }

    /// Counts attempts to deliver news to a program or an address.
    pub fn told(&self, verdict: Verdict, number: u64) {
        let at = match verdict {
            Verdict::Delivered => 0,
            Verdict::Again(_) => 1,
            Verdict::Dead => 2,
        };
        self.deliveries.add(at, number);
    }

    /// Counts a delivery to a subscriber of our hub.
    pub fn delivery(&self, what: Delivery) {
        let at = match what {
            Delivery::Taken => 0,
            Delivery::Failed => 1,
            Delivery::Unwanted => 2,
        };
        self.hub_deliveries.add(at, 1);
    }

    /// Records that an edited configuration was applied.
    pub fn configured(&self, now: Timestamp) {
        self.configured_at.store(now.unix(), Ordering::Relaxed);
    }

    /// All metrics as a text.
    pub fn text(&self, now: Now, syntax: Syntax) -> String {
        let mut ours = Registry::with_prefix("watershed");
        self.counted(&mut ours);
        writing(&mut ours, now.store);
        subscribing(&mut ours, now.subscriptions);
        ours.register("ready", "Whether feeds are served and polls can be stored, as /readyz says", flag(now.is_ready));
        let help = "Whether the edited configuration is in force";
        ours.register("config_last_reload_successful", help, flag(now.is_configured));
        if let Some(installation) = now.installation {
            installation.register(&mut ours);
        }
        let mut process = Registry::with_prefix("process");
        self.process(&mut process, &now.process);
        let mut text = String::new();
        let written = [ours, process].iter().try_for_each(|registry| encode_registry(&mut text, registry));
        if written.and_then(|()| encode_eof(&mut text)).is_err() {
            tracing::error!("a bug in watershed: the metrics could not be written");
        }
        match syntax {
            Syntax::OpenMetrics => text,
            Syntax::Prometheus => older(&text),
        }
    }

    fn counted(&self, ours: &mut Registry) {
        let number = |counter: &AtomicU64| ConstCounter::new(counter.load(Ordering::Relaxed));
        let build = vec![("version", env!("CARGO_PKG_VERSION"))];
        ours.register("build", "The version of the program", Info::new(build));
        ours.register("polls", "Polls that have ended, by outcome", self.polls.labelled("outcome", OUTCOMES));
        let help = "Time from the begin of a poll to its stored result";
        ours.register_with_unit("poll_duration", help, Unit::Seconds, self.poll_seconds.clone());
        let help = "Bytes of bodies on the wire, counted for each source that they were read for";
        ours.register_with_unit("fetched", help, Unit::Bytes, number(&self.fetched_bytes));
        let in_flight = self.in_flight.load(Ordering::Relaxed) as u64;
        ours.register("polls_in_flight", "Polls that run now", ConstGauge::new(in_flight));
        let help = "Items of documents, by what became of them";
        ours.register("entries", help, self.entries.labelled("result", RESULTS));
        let at = self.new_entry_at.load(Ordering::Relaxed);
        if at > 0 {
            let help = "When the last new entry was stored, since 1970";
            ours.register_with_unit("last_new_entry_timestamp", help, Unit::Seconds, ConstGauge::new(at));
        }
        let help = "Time that a rebuild of the outputs took";
        ours.register_with_unit("rebuild_duration", help, Unit::Seconds, self.rebuild_seconds.clone());
        let help = "Rebuilds of the outputs that failed, after which the old documents stay";
        ours.register("failed_rebuilds", help, number(&self.failed_rebuilds));
        let help = "Answers of the server, by class of status";
        ours.register("http_requests", help, self.answers.labelled("code", CLASSES));
        let help = "Attempts to deliver news to programs and addresses, by outcome";
        ours.register("deliveries", help, self.deliveries.labelled("outcome", VERDICTS));
        let help = "Deliveries of documents to subscribers of the hub, by what became of them";
        ours.register("websub_deliveries", help, self.hub_deliveries.labelled("result", HUB_RESULTS));
        let at = ConstGauge::new(self.configured_at.load(Ordering::Relaxed));
        let help = "When a configuration was last applied, since 1970";
        ours.register_with_unit("config_last_reload_success_timestamp", help, Unit::Seconds, at);
    }

    /// The metrics that every program has under the same names.
    fn process(&self, process: &mut Registry, found: &Process) {
        let help = "When the program was started, since 1970";
        process.register_with_unit("start_time", help, Unit::Seconds, ConstGauge::new(self.started.unix()));
        if let Some(seconds) = found.cpu_seconds {
            let help = "Time of processors that the program has used";
            process.register_with_unit("cpu", help, Unit::Seconds, ConstCounter::new(seconds));
        }
        for (name, help, number) in [
            ("resident_memory_bytes", "Memory that the program occupies", found.resident_bytes),
            ("open_fds", "Open files and connections", found.open_files),
            ("max_fds", "Files and connections that may be open at once", found.max_open_files),
        ] {
            if let Some(number) = number {
                process.register(name, help, ConstGauge::new(number));
            }
        }
    }
}

fn writing(ours: &mut Registry, store: WriterLoad) {
    let help = "Transactions of the database, each of which carries out the requests that waited";
    ours.register("store_batches", help, ConstCounter::new(store.batches));
    ours.register("store_requests", "Requests that the writer has carried out", ConstCounter::new(store.requests));
    let seconds = ConstCounter::new(store.busy.as_secs_f64());
    ours.register_with_unit("store_write", "Time that transactions have taken", Unit::Seconds, seconds);
    let waiting = ConstGauge::new(store.waiting as u64);
    ours.register("store_queue_length", "Requests that wait for the writer of the database", waiting);
}

fn subscribing(ours: &mut Registry, subscriptions: Subscriptions) {
    for (name, help, number) in [
        ("websub_subscriptions", "Subscriptions to documents at our hub", subscriptions.all),
        ("websub_behind", "Subscriptions that do not have the latest content yet", subscriptions.behind),
        ("websub_failing", "Subscriptions whose last delivery failed", subscriptions.failing),
    ] {
        ours.register(name, help, ConstGauge::new(number));
    }
}

impl Installation {
    fn register(self, ours: &mut Registry) {
        let values = self.sources.by_state().map(|(state, number)| (state, number as u64)).to_vec();
        let sources = Labelled { label: "state", values, kind: MetricType::Gauge };
        ours.register("sources", "Sources that are not private, by state", sources);
        for (name, help, number) in [
            ("late_sources", "Sources that have been due for a minute or longer", self.sources.late as u64),
            ("schedule_lag_seconds", "Time for which the latest of them has been due", self.late_seconds),
            ("store_bytes", "Size of the database", self.store.bytes),
            ("store_log_bytes", "Size of its write-ahead log", self.store.log_bytes),
            ("stored_entries", "Entries in the database", self.store.entries),
            ("open_incidents", "Incidents that a person should know of, as /health.atom lists them", self.incidents),
            ("paused_sites", "Sites that are not asked for a while", self.paused_sites),
        ] {
            ours.register(name, help, ConstGauge::new(number));
        }
        if let Some(free) = self.store.free_bytes {
            let help = "Room for the program on the disk of the database";
            ours.register("store_free_bytes", help, ConstGauge::new(free));
        }
    }
}

fn flag(is_so: bool) -> ConstGauge<u64> {
    ConstGauge::new(u64::from(is_so))
}

/// Numbers that one label distinguishes, in the given order.
#[derive(Debug)]
struct Labelled {
    label: &'static str,
    values: Vec<(&'static str, u64)>,
    kind: MetricType,
}

impl EncodeMetric for Labelled {
    fn encode(&self, mut encoder: MetricEncoder<'_>) -> fmt::Result {
        for (value, number) in &self.values {
            let label = [(self.label, *value)];
            let labelled = encoder.encode_family(&label)?;
            match self.kind {
                MetricType::Counter => ConstCounter::new(*number).encode(labelled)?,
                _ => ConstGauge::new(*number).encode(labelled)?,
            }
        }
        Ok(())
    }

    fn metric_type(&self) -> MetricType {
        self.kind
    }
}

/// The family and its kind in a line `# TYPE NAME KIND`.
fn kind_of(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("# TYPE ")?.split_once(' ')
}

/// The older text of Prometheus (version 0.0.4): the name of a family is that of its samples, and no line tells a unit.
fn older(text: &str) -> String {
    let kinds: HashMap<&str, &str> = text.lines().filter_map(kind_of).collect();
    let ending = |name: &str| match kinds.get(name) {
        Some(&"counter") => "_total",
        Some(&"info") => "_info",
        _ => "",
    };
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let described = line.strip_prefix("# HELP ").and_then(|rest| rest.split_once(' '));
        let line = match (described, kind_of(line)) {
            (Some((name, help)), _) => format!("# HELP {name}{} {help}", ending(name)),
            (None, Some((name, kind))) => {
                let kind = if kind == "info" { "gauge" } else { kind };
                format!("# TYPE {name}{} {kind}", ending(name))
            }
            (None, None) if line.starts_with("# UNIT ") => continue,
            (None, None) => line.to_owned(),
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const STARTED: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn counted() -> Metrics {
        let metrics = Metrics::new(STARTED);
        let tally = Tally { parsed: 6, new: 3, same: 2, revised: 1, rejected: 0 };
        metrics.polled(Outcome::New, &tally, 1_000, Duration::from_millis(300), STARTED);
        metrics.polled(Outcome::Failed, &Tally::default(), 0, Duration::from_secs(60), STARTED);
        metrics.not_stored();
        metrics.in_flight(7);
        metrics.rebuilt(Duration::from_millis(20), true);
        metrics.delivery(Delivery::Taken);
        for status in [200, 200, 304, 404, 503, 999, 0] {
            metrics.answered(status);
        }
        metrics.told(Verdict::Delivered, 1);
        metrics.told(Verdict::Dead, 3);
        metrics
    }

    fn now() -> Now {
        Now {
            installation: Some(Installation {
                sources: SourceCounts { ok: 2, failing: 1, ..SourceCounts::default() },
                ..Installation::default()
            }),
            is_ready: true,
            ..Now::default()
        }
    }

    #[track_caller]
    fn check(text: &str, line: &str) {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }

    #[test]
    fn the_text_of_openmetrics() {
        let text = counted().text(now(), Syntax::OpenMetrics);
        for line in [
            "# TYPE watershed_polls counter",
            "watershed_polls_total{outcome=\"new\"} 1",
            "watershed_polls_total{outcome=\"unchanged\"} 0",
            "watershed_polls_total{outcome=\"failed\"} 1",
            "watershed_polls_total{outcome=\"not_stored\"} 1",
            "watershed_entries_total{result=\"new\"} 3",
            "watershed_entries_total{result=\"revised\"} 1",
            "watershed_fetched_bytes_total 1000",
            "watershed_polls_in_flight 7",
            "watershed_poll_duration_seconds_count 2",
            "watershed_poll_duration_seconds_bucket{le=\"0.5\"} 1",
            "watershed_last_new_entry_timestamp_seconds 1800000000",
            "watershed_rebuild_duration_seconds_count 1",
            "watershed_http_requests_total{code=\"2xx\"} 2",
            "watershed_http_requests_total{code=\"5xx\"} 1",
            "watershed_deliveries_total{outcome=\"delivered\"} 1",
            "watershed_deliveries_total{outcome=\"failed\"} 0",
            "watershed_deliveries_total{outcome=\"dead\"} 3",
            "watershed_sources{state=\"failing\"} 1",
            "watershed_websub_deliveries_total{result=\"delivered\"} 1",
            "watershed_websub_subscriptions 0",
            "watershed_ready 1",
            "watershed_config_last_reload_successful 0",
            "process_start_time_seconds 1800000000",
        ] {
            check(&text, line);
        }
        assert!(text.contains("watershed_build_info{version=\""), "{text}");
        assert!(text.ends_with("\n# EOF\n"), "{text}");
    }

    #[test]
    fn the_older_text_names_families_as_their_samples() {
        let text = counted().text(now(), Syntax::Prometheus);
        for line in [
            "# TYPE watershed_polls_total counter",
            "# HELP watershed_polls_total Polls that have ended, by outcome.",
            "# TYPE watershed_build_info gauge",
            "# TYPE watershed_poll_duration_seconds histogram",
            "# TYPE watershed_fetched_bytes_total counter",
            "watershed_polls_total{outcome=\"new\"} 1",
        ] {
            check(&text, line);
        }
        assert!(!text.contains("# UNIT"), "{text}");
    }

    #[test]
    fn without_a_database_the_rest_is_told() {
        let text = counted().text(Now::default(), Syntax::OpenMetrics);
        check(&text, "watershed_ready 0");
        assert!(!text.contains("watershed_sources"), "{text}");
    }
}
