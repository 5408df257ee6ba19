//! What `doctor` sees of the network: names, certificates, the address that readers use, and sources that fail.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use ipnet::IpNet;
use url::Url;

use super::{Area, Level, Line, Report};
use crate::cli::print::word;
use crate::clock;
use crate::config::{Config, FetchOptions, Listen, Proxy, SourceConfig};
use crate::control::ShownRecord;
use crate::fetch::{self, Exchange, FetchError, Fetcher, Open, Request, conditional};
use crate::logging::foreign;
use crate::model::Timestamp;
use crate::schedule::{HostKey, cool_down, host_key};

/// Most host names that are looked up. One successful look-up is enough.
const NAMES_MAX: usize = 3;
/// Longest look-up of a name.
const NAME_WITHIN: Duration = Duration::from_secs(10);
/// Longest request.
const ASKED_WITHIN: Duration = Duration::from_secs(15);
/// After this time, no further source is requested.
const ALL_WITHIN: Duration = Duration::from_secs(120);

/// Runs all network checks. `failing` are the sources that fail, `paused` the sites that are not requested for a while.
pub(super) async fn look(
    report: &mut Report<'_>,
    config: &Config,
    is_running: bool,
    failing: &[ShownRecord],
    paused: &HashSet<String>,
) {
    names(report, config).await;
    authorities(report, config).await;
    let fetcher = Fetcher::new(config.poll.contact.as_deref());
    if is_running {
        public_url(report, config, &fetcher).await;
    }
    let mut asking = Asking { fetcher, until: clock::monotonic() + ALL_WITHIN, asked: HashMap::new() };
    for shown in failing {
        if let Some(source) = config.sources.iter().find(|source| source.name == shown.source.name) {
            let (text, remedy) = asking.ask(report, config, source, shown, paused).await;
            let source = Some(source.name.clone());
            report.add(Line { check: Area::SOURCE, level: Level::Finding, source, text, remedy: Some(remedy) });
        }
    }
}

/// The names of hosts that this machine has to look up itself.
fn looked_up(config: &Config) -> Vec<&str> {
    let sources = config.sources.iter().filter(|source| !source.fetch.proxy.resolves_names());
    // A name without a dot belongs to the local network.
    let names = sources.filter_map(|source| source.url.domain()).filter(|name| name.contains('.'));
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).take(NAMES_MAX).collect()
}

async fn names(report: &mut Report<'_>, config: &Config) {
    let names = looked_up(config);
    let Some(first) = names.first() else {
        return report.ok(Area::DNS, "no source has a name that must be looked up");
    };
    for name in &names {
        let found = tokio::time::timeout(NAME_WITHIN, tokio::net::lookup_host((*name, 443))).await;
        if found.is_ok_and(|found| found.is_ok_and(|mut addresses| addresses.next().is_some())) {
            return report.ok(Area::DNS, format!("{name} is found"));
        }
    }
    let text = format!("no name of a source is found: {}", names.join(", "));
    report.finding(Area::DNS, text, format!("getent hosts {}", word(first)));
}

async fn authorities(report: &mut Report<'_>, config: &Config) {
    let is_verified = |source: &SourceConfig| {
        source.url.scheme() == "https" && source.fetch.access.verify_tls && source.fetch.access.ca.is_empty()
    };
    if !config.sources.iter().any(|source| is_verified(source)) {
        return report.ok(Area::TLS, "no source needs the authorities that this machine trusts");
    }
    // Reading the certificates blocks. If that panics, they cannot be used either.
    match tokio::task::spawn_blocking(fetch::trusted_authorities).await.unwrap_or(0) {
        0 => {
            let text = "this machine has no CA certificates, so no https address can be verified";
            report.finding(Area::TLS, text, "apt-get install ca-certificates");
        }
        number => report.ok(Area::TLS, format!("this machine trusts {number} certificates")),
    }
}

/// Asks the address that readers use whether this server answers there.
async fn public_url(report: &mut Report<'_>, config: &Config, fetcher: &Fetcher) {
    let is_known = match &config.serve.listen {
        _ if config.serve.public_url.is_some() => true,
        Listen::Tcp { literal, .. } => {
            literal.is_none_or(|address| address.port() != 0 && !address.ip().is_unspecified())
        }
        Listen::Unix(_) => false,
    };
    let shown = config.public_url.as_str().trim_end_matches('/');
    let Some(url) = Url::parse(&format!("{shown}/healthz")).ok().filter(|_| is_known) else {
        report.note(Area::PUBLIC_URL, "`public_url` is not set, so it is not known where readers find the feeds");
        return;
    };
    // The server may be in a private network, and its address was written by the owner of this machine.
    let everywhere: Vec<IpNet> = ["0.0.0.0/0", "::/0"].iter().filter_map(|network| network.parse().ok()).collect();
    let options = FetchOptions {
        timeout: ASKED_WITHIN,
        proxy: Proxy::None,
        allow_networks: everywhere,
        ..config.defaults.fetch.clone()
    };
    let request = Request { url: &url, home: &url, options: &options, conditions: None, jar: None };
    let why = match fetcher.fetch(request, &Open, clock::now()).await.map(|exchange| exchange.status) {
        Ok(200) => return report.ok(Area::PUBLIC_URL, format!("readers are answered at {shown}")),
        Ok(421) => "it is not meant for this name (421): a web server in front must pass the Host on".to_owned(),
        Ok(status) => format!("it answered {status}"),
        Err(error) => error.to_string(),
    };
    let remedy = format!("curl -i {}", word(url.as_str()));
    report.finding(Area::PUBLIC_URL, format!("readers are not answered at {shown}: {why}"), remedy);
}

/// Asks sources, one after the other and never a site twice within its gap.
struct Asking {
    fetcher: Fetcher,
    until: Instant,
    /// When each site was last asked.
    asked: HashMap<HostKey, Instant>,
}

impl Asking {
    /// Asks a source that fails, if a poll might ask it now. Returns what is wrong with it, and what to do.
    async fn ask(
        &mut self,
        report: &Report<'_>,
        config: &Config,
        source: &SourceConfig,
        shown: &ShownRecord,
        paused: &HashSet<String>,
    ) -> (String, String) {
        let name = &source.name;
        let since = shown.source.failing_since.map(|since| format!(" since {since}")).unwrap_or_default();
        let why = shown.detail.as_deref().map(|why| format!(": {}", foreign(why))).unwrap_or_default();
        let failed = format!("`{name}` has failed{since}{why}");
        let show = report.command(&format!("show {name}"));
        let site = host_key(&source.url);
        if let Some(why) = not_now(source, shown, paused.contains(site.as_str()), clock::now()) {
            return (format!("{failed}\nnot asked now: {why}"), show);
        }
        let gap = config.poll.host_gap;
        let turn = self.asked.get(&site).map_or(Duration::ZERO, |last| gap.saturating_sub(last.elapsed()));
        if clock::monotonic() + turn > self.until {
            let seconds = ALL_WITHIN.as_secs();
            return (format!("{failed}\nnot asked now: the {seconds} s for such requests are over"), show);
        }
        tokio::time::sleep(turn).await;
        let options =
            FetchOptions { timeout: source.fetch.timeout.min(ASKED_WITHIN), ..FetchOptions::clone(&source.fetch) };
        let request = Request { url: &source.url, home: &source.url, options: &options, conditions: None, jar: None };
        let answered = self.fetcher.fetch(request, &Open, clock::now()).await;
        self.asked.insert(site, clock::monotonic());
        let (now, remedy) = judged(source, answered, &|rest: &str| report.command(rest));
        (format!("{failed}\nasked now: {}", foreign(&source.scrub(&now))), remedy)
    }
}

/// Why a source may not be asked now, if so.
fn not_now(source: &SourceConfig, shown: &ShownRecord, is_paused: bool, now: Timestamp) -> Option<String> {
    if let Some(until) = shown.not_before.filter(|until| *until > now) {
        return Some(format!("its server asked for a pause until {until}"));
    }
    if is_paused {
        return Some(shown.site_pause.clone().unwrap_or_else(|| "its site is left alone".to_owned()));
    }
    let again = shown.last_attempt?.plus(cool_down(&source.schedule));
    (again > now).then(|| format!("it was asked a moment ago, and may be asked again at {again}"))
}

/// What an answer says, and the command that leads on. `command` makes a command of its arguments.
fn judged(
    source: &SourceConfig,
    answered: Result<Exchange, FetchError>,
    command: &dyn Fn(&str) -> String,
) -> (String, String) {
    let name = &source.name;
    // An address with secrets cannot be repeated in a command.
    let is_shown = source.is_shown_whole();
    let probe = |url: &str| {
        let rest = if is_shown { format!("probe {}", word(url)) } else { format!("poll --force {name}") };
        command(&rest)
    };
    let exchange = match answered {
        Ok(exchange) => exchange,
        Err(error) => {
            let remedy = match &error {
                FetchError::Resolve { host, .. } => format!("getent hosts {}", word(host)),
                FetchError::NoAuthorities => "apt-get install ca-certificates".to_owned(),
                FetchError::Blocked(_) => command("check"),
                _ => probe(source.url.as_str()),
            };
            return (error.to_string(), remedy);
        }
    };
    match conditional::verdict(&exchange, None) {
        conditional::Verdict::Document | conditional::Verdict::NotModified(_) => {
            ("a document came".to_owned(), command(&format!("poll {name}")))
        }
        conditional::Verdict::Gone => {
            ("the server answered 410: the feed is gone for good".to_owned(), command("tidy --apply"))
        }
        conditional::Verdict::Failed(error) => {
            // The front page may name the present address of the feed.
            let is_lost = exchange.status == 404;
            let front = source.url.origin().ascii_serialization();
            let remedy = if is_lost { probe(&front) } else { probe(source.url.as_str()) };
            (error.to_string(), remedy)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::config::load_with;

    fn config(text: &str) -> Config {
        let path = Path::new("/nowhere/watershed.toml");
        load_with(path, &|_| None, Some((path, text))).unwrap_or_else(|errors| panic!("{errors}"))
    }

    fn source(url: &str) -> Arc<SourceConfig> {
        config(&format!("[[source]]\nname = \"a\"\nurl = \"{url}\"\n")).sources[0].clone()
    }

    #[test]
    fn what_to_do_about_an_answer() {
        let check = |url: &str, answered: Result<u16, FetchError>, expected: &str| {
            let source = source(url);
            let answered = answered.map(|status| Exchange::of_body(source.url.clone(), status, "<rss/>".into()));
            let (_, remedy) = judged(&source, answered, &|rest: &str| format!("watershed {rest}"));
            assert_eq!(remedy, expected, "{url}");
        };
        let plain = "https://a.example/feed?x=1";
        let resolve = FetchError::Resolve { host: "a.example".to_owned(), why: "no such name".to_owned() };
        check(plain, Ok(200), "watershed poll a");
        check(plain, Ok(410), "watershed tidy --apply");
        check(plain, Ok(404), "watershed probe https://a.example");
        check(plain, Ok(500), "watershed probe 'https://a.example/feed?x=1'");
        check(plain, Err(resolve), "getent hosts a.example");
        check("https://me:hunter2@a.example/feed", Ok(500), "watershed poll --force a");
    }

    #[test]
    fn names_that_are_looked_up() {
        let text = "[[source]]\nurl = \"http://127.0.0.1/x\"\n[[source]]\nurl = \"http://localhost/x\"\n\
                    [[source]]\nurl = \"https://a.example/x\"\n[[source]]\nurl = \"https://a.example/y\"\n";
        assert_eq!(looked_up(&config(text)), ["a.example"]);
    }
}
