//! `probe`: fetches one address or file and explains it. It stores nothing and edits nothing.

use std::io::Read as _;
use std::path::Path;

use serde::Serialize;
use url::Url;

use super::edit::{main_file, name_for};
use super::print::{self, printable_lines};
use super::progress::Progress;
use super::session::{Session, VerbResult, block_on, printed};
use super::{FAILED, find};
use crate::clock;
use crate::config::{Config, NewSource, append_source, redact_url, show_size, show_span};
use crate::control::End;
use crate::entry;
use crate::fetch::{Exchange, FetchError, Fetcher, Jar, Open, Request, conditional, decode};
use crate::logging::printable;
use crate::model::{
    Category, Charset, CleanEntry, Enclosure, EntryDetails, FeedMeta, Outcome, Person, Problem, Timestamp,
};
use crate::publish::title_of;
use crate::read::{self, Document, ReadError};
use crate::schedule::{self, Answer, News, Rhythm, Skip, SourceSchedule};
use crate::text::address;

/// Entries in the report for people; `--json` prints all.
const ENTRIES_SHOWN: usize = 10;
const HOUR_SECONDS: u64 = 3_600;
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Everything that `probe` finds out; `--json` prints it as it is.
#[derive(Debug, Default, Serialize)]
struct Report {
    /// What was asked for.
    target: String,
    redirects: Vec<Hop>,
    /// The address that answered after all redirects.
    url: String,
    status: Option<u16>,
    content_type: Option<String>,
    content_encoding: Vec<String>,
    etag: Option<String>,
    last_modified: Option<String>,
    /// Seconds for which the answer stays fresh, according to the server.
    fresh_for: Option<u64>,
    retry_after: Option<u64>,
    /// Size of the body as it was sent.
    bytes: usize,
    /// Size of the document after decompression.
    size: usize,
    charset: Option<Charset>,
    format: Option<&'static str>,
    feed: Option<FeedMeta>,
    self_link: Option<String>,
    hub: Option<String>,
    cloud: Option<String>,
    /// Seconds between two polls, as the document asks for them.
    document_interval: Option<u64>,
    skip_hours: Vec<u8>,
    skip_days: Vec<u8>,
    problems: Vec<Problem>,
    /// Items that were read; entries may be fewer, because duplicates are left out.
    parsed: usize,
    entries: Vec<Entry>,
    rhythm: Option<String>,
    /// Seconds until the poll that would follow this one.
    next_poll_in: Option<u64>,
    /// Why the next poll would be then.
    next_poll_reason: Option<String>,
    /// A `[[source]]` for the configuration.
    source: Option<String>,
    /// Why no feed was found.
    error: Option<String>,
    /// Feeds that the page names, or guesses at where its feeds may be.
    feeds: Vec<Feed>,
}

#[derive(Debug, Serialize)]
struct Hop {
    status: u16,
    to: String,
}

#[derive(Debug, Serialize)]
struct Feed {
    url: String,
    title: String,
    /// `named` if the page names the feed; `guess` if the address comes from what the page mentions or from the usual places.
    found: &'static str,
}

#[derive(Debug, Serialize)]
struct Entry {
    /// The key by which the entry would be known.
    key: String,
    /// Every candidate for the key, the best first.
    keys: Vec<String>,
    id: Option<String>,
    link: Option<String>,
    title: String,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    /// The dates as written.
    published_as: Option<String>,
    updated_as: Option<String>,
    summary: String,
    content: String,
    #[serde(flatten)]
    details: EntryDetails,
}

impl From<CleanEntry> for Entry {
    fn from(entry: CleanEntry) -> Entry {
        let keys: Vec<String> = entry.keys.into_iter().map(|key| key.text).collect();
        Entry {
            key: keys.first().cloned().unwrap_or_default(),
            keys,
            id: entry.declared_id,
            link: entry.link,
            title: title_of(&entry.title, &entry.details, &entry.summary, &entry.content).into_owned(),
            published: entry.published,
            updated: entry.updated,
            published_as: entry.written.published,
            updated_as: entry.written.updated,
            summary: entry.summary,
            content: entry.content.into(),
            details: entry.details,
        }
    }
}

pub(super) fn probe(session: &Session, target: &str, json: bool) -> VerbResult {
    let (.., config) = main_file(session)?;
    let mut report = Report { target: target.to_owned(), ..Report::default() };
    // A target that looks like a path is read as a path even if no file is there, so that the message names the file.
    let is_path = target == "-"
        || Path::new(target).exists()
        || ["/", "./", "../", "~"].iter().any(|begin| target.starts_with(begin));
    let found = if is_path {
        local(target, config.defaults.fetch.max_body, &mut report)
            .and_then(|body| examine(&config, &body, None, &mut report))
    } else {
        let _progress = Progress::new(session, json, "asking", 0);
        remote(target, &config, &mut report)
    };
    report.error = found.err();
    printed(if json { print::json(&report) } else { print::text(&shown(&report)) })?;
    match report.error {
        Some(why) => Err(End::failed(FAILED, printable_lines(&why))),
        None => Ok(End::done()),
    }
}

fn local(target: &str, max_body: u64, report: &mut Report) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    if Path::new(target).is_dir() {
        return Err(format!("{target} is a folder"));
    }
    let read = if target == "-" {
        std::io::stdin().lock().take(max_body + 1).read_to_end(&mut body)
    } else {
        std::fs::File::open(target).and_then(|file| file.take(max_body + 1).read_to_end(&mut body))
    };
    read.map_err(|error| format!("cannot read {target}: {error}"))?;
    if body.len() as u64 > max_body {
        return Err(format!("{target} is larger than {}, the limit that `max_body` sets", show_size(max_body)));
    }
    let path = if target == "-" { "/dev/stdin" } else { target };
    let absolute = std::path::absolute(path).ok().and_then(|path| Url::from_file_path(path).ok());
    report.url = absolute.map(String::from).unwrap_or_default();
    report.bytes = body.len();
    let body = decode::decode(&body, &[], max_body).map_err(|error| error.to_string())?.body.into_owned();
    report.size = body.len();
    Ok(body)
}

fn remote(target: &str, config: &Config, report: &mut Report) -> Result<(), String> {
    let url = address::typed(target)?;
    report.url = redact_url(&url);
    let fetcher = Fetcher::new(config.poll.contact.as_deref());
    // If the address is a configured source, its own settings apply: credentials, proxy, allowed networks.
    let known = config.sources.iter().find(|source| source.url == url);
    let options = known.map_or(&config.defaults.fetch, |source| source.fetch.as_ref());
    let jar = Jar::default();
    let request = Request { url: &url, home: &url, options, known: None, jar: options.access.cookies.then_some(&jar) };
    let fetched =
        block_on(async { Ok(fetcher.fetch(request, &Open, clock::now()).await) }).map_err(|end| end.message)?;
    let exchange = fetched.map_err(|error: FetchError| error.to_string())?;
    describe(&exchange, report);
    match conditional::verdict(&exchange, None) {
        conditional::Verdict::Document => {}
        conditional::Verdict::Failed(error) => return Err(error.to_string()),
        conditional::Verdict::Gone => return Err("the server answered 410: the feed is gone".to_owned()),
        conditional::Verdict::NotModified(_) => return Err(FetchError::UnexpectedNotModified.to_string()),
    }
    let decoded = decode::decode(&exchange.body, &exchange.content_encoding, options.max_body);
    let decode::Decoded { body, problems } = decoded.map_err(|error| error.to_string())?;
    report.size = body.len();
    report.problems = problems;
    let examined = examine(config, &body, Some(&exchange), report);
    if report.format.is_some() {
        // After a permanent redirect the proposed `[[source]]` has the new address.
        let url = exchange.permanent.clone().filter(|moved| *moved == exchange.url).unwrap_or(url);
        let source = NewSource { url: url.to_string(), name: name_for(config, &url), ..NewSource::default() };
        report.source = append_source("", &source).ok();
    } else if report.feeds.is_empty() && read::looks_like_html(&String::from_utf8_lossy(&body)) {
        let guesses = find::guesses(&exchange, config);
        report.feeds =
            guesses.iter().map(|url| Feed { url: redact_url(url), title: String::new(), found: "guess" }).collect();
    }
    examined
}

fn describe(exchange: &Exchange, report: &mut Report) {
    let text = |value: &Option<Vec<u8>>| value.as_ref().map(|value| String::from_utf8_lossy(value).into_owned());
    let hop = |(status, to): &(u16, Url)| Hop { status: *status, to: redact_url(to) };
    report.redirects = exchange.redirects.iter().map(hop).collect();
    report.url = redact_url(&exchange.url);
    report.status = Some(exchange.status);
    report.content_type.clone_from(&exchange.content_type);
    report.content_encoding.clone_from(&exchange.content_encoding);
    report.etag = text(&exchange.validators.etag);
    report.last_modified = text(&exchange.validators.last_modified);
    report.fresh_for = exchange.freshness.map(|span| span.as_secs());
    report.retry_after = exchange.retry_after.map(|span| span.as_secs());
    report.bytes = exchange.body.len();
}

/// Reads a document as a poll would, and adds the result and the next poll to the report.
fn examine(config: &Config, body: &[u8], exchange: Option<&Exchange>, report: &mut Report) -> Result<(), String> {
    let url = exchange.map_or_else(|| report.url.clone(), |exchange| exchange.url.to_string());
    let content_type = exchange.and_then(|exchange| exchange.content_type.as_deref());
    let document = Document { body, content_type, url: &url, max_entries: config.defaults.fetch.max_entries };
    let shown = |url: &String| Url::parse(url).map_or_else(|_| url.clone(), |url| redact_url(&url));
    let (mut parsed, problems) = read::read(&document).map_err(|error| {
        if let ReadError::NotAFeed { feeds, .. } = &error {
            let feed =
                |feed: &read::FoundFeed| Feed { url: shown(&feed.url), title: feed.title.clone(), found: "named" };
            report.feeds = feeds.iter().map(feed).collect();
        }
        error.to_string()
    })?;
    if let Some(exchange) = exchange {
        let told = exchange.told_of_transfer(parsed.is_whole);
        report.problems.extend(told.map_err(|error| error.to_string())?);
    }
    let now = clock::now();
    report.charset = Some(std::mem::take(&mut parsed.charset));
    report.format = Some(parsed.format.as_str());
    report.self_link = parsed.self_link.as_ref().map(shown);
    report.hub.clone_from(&parsed.hub);
    report.cloud.clone_from(&parsed.cloud);
    report.document_interval = parsed.freshness.map(|span| span.as_secs());
    report.skip_hours.clone_from(&parsed.skip_hours);
    report.skip_days.clone_from(&parsed.skip_days);
    report.parsed = parsed.items.len();
    let answer = Answer {
        freshness: Some(exchange.and_then(|exchange| exchange.freshness)),
        feed_freshness: Some(parsed.freshness),
        skip: Some(Skip::new(parsed.skip_hours.clone(), parsed.skip_days.clone())),
        ..Answer::default()
    };
    let (feed, more) =
        entry::clean(parsed, &entry::Context { base: &url, now, identity: crate::model::Identity::Auto });
    report.problems.extend(problems);
    report.problems.extend(more);
    report.feed = Some(feed.meta);
    report.entries = feed.entries.into_iter().map(Entry::from).collect();
    let dates = report.entries.iter().map(|entry| entry.published).collect();
    let news = News { dates, window: Some(report.parsed as u64), overflow: false };
    let options = &config.defaults.schedule;
    let plan = schedule::plan(options, &SourceSchedule::new(now), &answer, Outcome::New, &news, now, 0.0);
    report.rhythm = plan.rhythm().map(Rhythm::describe);
    report.next_poll_in = Some(plan.next_poll.since(now).as_secs());
    report.next_poll_reason = Some(plan.reason().to_owned());
    Ok(())
}

/// The report as text for people.
fn shown(report: &Report) -> String {
    let mut out = String::new();
    let mut row = |label: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("{label:<13} {}\n", printable(value)));
        }
    };
    let span = |seconds: u64| show_span(std::time::Duration::from_secs(seconds));
    for hop in &report.redirects {
        row("redirect", &format!("{} to {}", hop.status, hop.to));
    }
    row("address", &report.url);
    row("status", &report.status.map(|status| status.to_string()).unwrap_or_default());
    row("type", report.content_type.as_deref().unwrap_or_default());
    if report.bytes > 0 {
        let (size, sent) = (show_size(report.size as u64), show_size(report.bytes as u64));
        let encodings = &report.content_encoding;
        row("size", &if encodings.is_empty() { sent } else { format!("{size} ({}: {sent})", encodings.join(", ")) });
    }
    if report.status.is_some() {
        row("ETag", report.etag.as_deref().unwrap_or("none"));
        row("Last-Modified", report.last_modified.as_deref().unwrap_or("none"));
    }
    row("fresh for", &report.fresh_for.map(span).unwrap_or_default());
    row("Retry-After", &report.retry_after.map(span).unwrap_or_default());
    if let Some(charset) = &report.charset {
        row("encoding", &format!("{}: {}", charset.name, charset.evidence));
    }
    row("format", report.format.unwrap_or_default());
    if let Some(feed) = &report.feed {
        row("title", feed.title.as_deref().unwrap_or("none"));
        row("site", feed.link.as_deref().unwrap_or_default());
        row("language", feed.language.as_deref().unwrap_or_default());
    }
    row("itself", report.self_link.as_deref().unwrap_or_default());
    row("hub", report.hub.as_deref().unwrap_or_default());
    row("cloud", report.cloud.as_deref().unwrap_or_default());
    row("asks for", &report.document_interval.map(|it| format!("{} between polls", span(it))).unwrap_or_default());
    let hours: Vec<String> = report.skip_hours.iter().map(u8::to_string).collect();
    row("skips hours", &hours.join(", "));
    let days: Vec<&str> = report.skip_days.iter().filter_map(|day| WEEKDAYS.get(usize::from(*day)).copied()).collect();
    row("skips days", &days.join(", "));
    for problem in &report.problems {
        row("problem", problem.as_str());
    }
    row("rhythm", report.rhythm.as_deref().unwrap_or_default());
    if let (Some(after), Some(why)) = (report.next_poll_in, &report.next_poll_reason) {
        // Longer spans are rounded to the minute.
        let after = if after > HOUR_SECONDS { after / 60 * 60 } else { after };
        row("next poll", &format!("after {}: {why}", span(after)));
    }
    if report.format.is_some() {
        row("entries", &format!("{} in the document", report.parsed));
    }
    for entry in report.entries.iter().take(ENTRIES_SHOWN) {
        out.push_str(&entry_lines(entry));
    }
    let more = report.entries.len().saturating_sub(ENTRIES_SHOWN);
    if more > 0 {
        out.push_str(&format!("  … and {more} more (--json prints all)\n"));
    }
    for feed in &report.feeds {
        let label = if feed.found == "named" { "feed" } else { "perhaps" };
        out.push_str(&format!("{label:<13} {}  {}\n", printable(&feed.url), printable(&feed.title)));
    }
    if let Some(source) = &report.source {
        out.push_str(&format!("\n{source}"));
    }
    out
}

fn entry_lines(entry: &Entry) -> String {
    let date = match (entry.published, &entry.published_as) {
        (Some(date), _) => date.to_string(),
        (None, Some(written)) => format!("no date ({})", printable(written)),
        (None, None) => "no date".to_owned(),
    };
    let mut out = format!("  {date:<20}  {}\n", print::cell(&entry.title));
    let mut row = |label: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("{:24}{label:<10} {}\n", "", print::cell(value)));
        }
    };
    row("link", entry.link.as_deref().unwrap_or_default());
    row("known by", &entry.key);
    let names: Vec<&str> = entry.details.authors.iter().map(|Person { name, .. }| name.as_str()).collect();
    row("by", &names.join(", "));
    let terms: Vec<&str> = entry.details.categories.iter().map(|Category { term, .. }| term.as_str()).collect();
    row("about", &terms.join(", "));
    for Enclosure { url, media_type, .. } in &entry.details.enclosures {
        row("enclosure", &format!("{url} {}", media_type.as_deref().unwrap_or_default()));
    }
    let text = if entry.content.is_empty() { entry.summary.len() } else { entry.content.len() };
    row("text", &if text > 0 { show_size(text as u64) } else { "none".to_owned() });
    out
}
