//! From values as written to the resolved configuration: defaults filled in, values held against each other.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::context::{Context, Written};
use super::expand::Expanded;
use super::keys::nearest;
use super::limits::{
    DEFAULT_CONCURRENCY, DEFAULT_ENTRIES, DEFAULT_HOST_GAP, DEFAULT_LISTEN, DEFAULT_LOG_LEVEL, DEFAULT_MAX_AGE,
    DEFAULT_MAX_BODY, DEFAULT_MAX_ENTRIES, DEFAULT_MAX_EVERY, DEFAULT_MAX_SIZE, DEFAULT_MIN_EVERY, DEFAULT_PER_HOST,
    DEFAULT_STORY_WINDOW, DEFAULT_TIMEOUT, DEFAULT_TITLE, MAX_SOURCES,
};
use super::names::{made_name, made_name_of_its_own, why_without_files};
use super::raw::{Raw, RawOutput, RawServe};
use super::raw_source::{RawRates, RawSource, RawSources};
use super::resolved::{
    Config, ContentMode, Every, FetchOptions, Listen, LogFormat, LogOptions, OutputConfig, PollOptions, Proxy,
    ScheduleOptions, ServeOptions, SourceConfig, SourceDefaults, SourcePlace,
};
use super::shown::{address_for_a_name, is_blurred, public_address, secrets};
use crate::stories::{Reach, StoryOptions};

/// Name of the output that is always there.
const DEFAULT_OUTPUT: &str = "feed";
const DATABASE: &str = "watershed.db";
/// Tags without files of the site that are named each; of further ones the number is told.
const TAGS_TOLD: usize = 5;

/// How many sources each file brought.
pub(super) struct Origin(Vec<(Arc<Path>, usize)>);

impl Origin {
    pub(super) fn new(main: &Path, sources: usize) -> Origin {
        Origin(vec![(Arc::from(main), sources)])
    }

    pub(super) fn add(&mut self, file: &Path, sources: usize) {
        self.0.push((Arc::from(file), sources));
    }

    fn places(&self) -> impl Iterator<Item = SourcePlace> {
        self.0.iter().flat_map(|(file, sources)| (0..*sources).map(|number| SourcePlace { file: file.clone(), number }))
    }
}

/// With mistakes noted, what comes out is of no use but for finding further mistakes.
pub(super) fn resolve(cx: &mut Context<'_>, raw: Raw, origin: &Origin, path: &Path) -> Config {
    notices(cx, &raw);
    if raw.sources.len() > MAX_SOURCES {
        cx.file_error(path, format!("there are {} sources; {MAX_SOURCES} at most", raw.sources.len()), None);
    }
    let title = raw.title.unwrap_or_else(|| DEFAULT_TITLE.to_owned());
    let defaults = defaults(cx, &raw.poll.rates);
    let mut names = Names::new(cx, &raw.sources);
    let stories = StoryOptions {
        reach: raw.reach.unwrap_or(Reach::Near),
        window: raw.story_window.unwrap_or(DEFAULT_STORY_WINDOW),
    };
    let usual = Usual {
        poll: &raw.poll.rates,
        schedule: Arc::new(defaults.schedule.clone()),
        fetch: Arc::new(defaults.fetch.clone()),
    };
    let (sources, places) = sources(cx, raw.sources, origin, usual, stories, &mut names);
    let outputs = outputs(cx, raw.outputs, &sources, &names, &title);
    Config {
        path: path.to_owned(),
        files: Vec::new(),
        include_patterns: Vec::new(),
        serve: serve(cx, raw.serve),
        store_path: raw.store_path.unwrap_or_else(|| default_database(cx, path)),
        poll: PollOptions {
            concurrency: raw.poll.concurrency.map_or(DEFAULT_CONCURRENCY, clamped),
            per_host: raw.poll.per_host.map_or(DEFAULT_PER_HOST, clamped),
            host_gap: raw.poll.host_gap.unwrap_or(DEFAULT_HOST_GAP),
            contact: raw.poll.contact,
        },
        log: LogOptions {
            level: raw.log_level.unwrap_or_else(|| DEFAULT_LOG_LEVEL.to_owned()),
            format: raw.log_format.unwrap_or(LogFormat::Auto),
        },
        title,
        stories,
        defaults,
        sources,
        places,
        outputs,
        notices: Vec::new(),
    }
}

fn clamped(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// What is accepted, but does nothing yet.
fn notices(cx: &mut Context<'_>, raw: &Raw) {
    for key in &raw.without_effect {
        cx.notice(format!("{key} has no effect in this version"));
    }
    if raw.serve.files.is_some() {
        let tags: BTreeSet<&String> = raw.sources.iter().flat_map(|source| &source.tags).collect();
        let without: Vec<(&String, String)> =
            tags.into_iter().filter_map(|tag| Some((tag, why_without_files(tag)?))).collect();
        for (tag, why) in without.iter().take(TAGS_TOLD) {
            cx.notice(format!("the tag {tag:?} {why}, so its feeds are not among the `files` of [serve]"));
        }
        if without.len() > TAGS_TOLD {
            let more = without.len() - TAGS_TOLD;
            cx.notice(format!("{more} further tags have no files of [serve] either, as no file can have their names"));
        }
        for output in raw.outputs.iter().filter(|output| output.token.is_some()) {
            let name = output.name.as_ref().map_or("", |name| name.value.as_str());
            cx.notice(format!("the output `{name}` has a token, so it is not among the `files` of [serve]"));
        }
    }
    if raw.sources.is_empty() {
        cx.notice("no source is configured: `watershed add URL` adds one");
    }
}

fn serve(cx: &mut Context<'_>, raw: RawServe) -> ServeOptions {
    let everywhere =
        |listen: &Listen| matches!(listen, Listen::Tcp { literal: Some(address), .. } if address.ip().is_unspecified());
    if raw.public_url.is_none() && raw.listen.as_ref().is_some_and(everywhere) {
        cx.notice("`listen` names no address that readers could use: write the one they use as `public_url`");
    }
    let listen = raw
        .listen
        .unwrap_or_else(|| Listen::Tcp { written: DEFAULT_LISTEN.to_owned(), literal: DEFAULT_LISTEN.parse().ok() });
    ServeOptions {
        public_url_written: raw.public_url.is_some(),
        public_url: raw.public_url.unwrap_or_else(|| listen.url()),
        listen,
        hosts: raw.hosts,
        max_age: raw.max_age.unwrap_or(DEFAULT_MAX_AGE),
        files: raw.files,
    }
}

/// `$STATE_DIRECTORY`, else `$XDG_STATE_HOME/watershed`, else the folder of the configuration.
pub(super) fn default_database(cx: &Context<'_>, path: &Path) -> PathBuf {
    let set = |name: &str| (cx.env)(name).filter(|value| !value.is_empty());
    // systemd may name several folders (systemd.exec(5)); the first is ours.
    let state = set("STATE_DIRECTORY").and_then(|folders| folders.split(':').next().map(PathBuf::from));
    let folder = state
        .or_else(|| set("XDG_STATE_HOME").map(|folder| Path::new(&folder).join("watershed")))
        .unwrap_or_else(|| path.parent().unwrap_or(Path::new("")).to_owned());
    folder.join(DATABASE)
}

fn defaults(cx: &mut Context<'_>, poll: &RawRates) -> SourceDefaults {
    let nothing = RawRates::default();
    if let (Some(least), Some(most)) = (&poll.min_every, &poll.max_every)
        && least.value > most.value
    {
        cx.error(&least.place, "`min_every` is longer than `max_every`");
    }
    SourceDefaults {
        schedule: schedule(cx, &nothing, poll),
        fetch: fetch(&nothing, poll),
        max_entries: max_entries(&nothing, poll),
    }
}

fn max_entries(own: &RawRates, poll: &RawRates) -> usize {
    own.max_entries.as_ref().or(poll.max_entries.as_ref()).map_or(DEFAULT_MAX_ENTRIES, |number| clamped(number.value))
}

/// A written value replaces a built-in one that contradicts it; two written ones must not contradict each other.
fn schedule(cx: &mut Context<'_>, own: &RawRates, poll: &RawRates) -> ScheduleOptions {
    let every = own.every.as_ref().or(poll.every.as_ref()).map_or(Every::Auto, |every| every.value);
    let written_min = own.min_every.as_ref().or(poll.min_every.as_ref());
    let written_max = own.max_every.as_ref().or(poll.max_every.as_ref());
    let (mut min, mut max) = (DEFAULT_MIN_EVERY, DEFAULT_MAX_EVERY);
    match (written_min, written_max) {
        (Some(least), Some(most)) => {
            (min, max) = (least.value, most.value);
            if min > max && (own.min_every.is_some() || own.max_every.is_some()) {
                // The one that only this source says is the one that surprises.
                let place = if own.max_every.is_some() { &most.place } else { &least.place };
                cx.error(place, "`min_every` is longer than `max_every`");
            }
        }
        (Some(least), None) => (min, max) = (least.value, max.max(least.value)),
        (None, Some(most)) => (min, max) = (min.min(most.value), most.value),
        (None, None) => {}
    }
    let mut min_every_written = written_min.is_some();
    if let Every::Fixed(span) = every
        && !min_every_written
        && span < min
    {
        (min, min_every_written) = (span, true);
    }
    ScheduleOptions { every, min_every: min, min_every_written, max_every: max, priority: 1.0 }
}

fn fetch(own: &RawRates, poll: &RawRates) -> FetchOptions {
    let span = |written: &Option<Written<Duration>>| written.as_ref().map(|span| span.value);
    let proxy = own.proxy.as_ref().or(poll.proxy.as_ref());
    FetchOptions {
        timeout: span(&own.timeout).or(span(&poll.timeout)).unwrap_or(DEFAULT_TIMEOUT),
        max_body: own.max_body.as_ref().or(poll.max_body.as_ref()).map_or(DEFAULT_MAX_BODY, |size| size.value),
        proxy: proxy.map_or(Proxy::None, |proxy| proxy.value.clone()),
        allow_networks: own.allow_networks.clone().or_else(|| poll.allow_networks.clone()).unwrap_or_default(),
        auth: None,
        headers: Vec::new(),
        verify_tls: true,
        ca: Vec::new(),
        client_cert: None,
        cookies: false,
    }
}

/// What sources say that say nothing else, and the options of the source before, which most sources share.
struct Usual<'p> {
    poll: &'p RawRates,
    schedule: Arc<ScheduleOptions>,
    fetch: Arc<FetchOptions>,
}

fn shared<T: PartialEq>(usual: &mut Arc<T>, options: T) -> Arc<T> {
    if **usual != options {
        *usual = Arc::new(options);
    }
    usual.clone()
}

fn sources(
    cx: &mut Context<'_>,
    raw: RawSources,
    origin: &Origin,
    mut usual: Usual<'_>,
    stories: StoryOptions,
    names: &mut Names,
) -> (Vec<Arc<SourceConfig>>, Vec<SourcePlace>) {
    let mut seen: HashSet<String> = HashSet::new();
    let (mut sources, mut places) = (Vec::with_capacity(raw.len()), Vec::with_capacity(raw.len()));
    let contested = contested(&raw, &names.taken);
    for (raw, place) in raw.into_iter().zip(origin.places()) {
        let Some(written) = &raw.url else { continue };
        let Some(url) = address(cx, written) else { continue };
        // Without a name the address is what tells it from the others.
        if raw.name.is_none() && !seen.insert(url.to_string()) {
            let help = Some("leave one out, or give one of them a `name`".to_owned());
            cx.error_with_help(&written.place, "the same `url` stands in another [[source]] without a name", help);
            continue;
        }
        let public_url = public_address(&url, &written.value, raw.secret);
        if public_url != url.as_str() && written.value.parts.is_empty() {
            cx.note_secret_in(&written.place);
        }
        let named = raw.name.is_some();
        let name = match &raw.name {
            Some(name) => name.value.clone(),
            None => made(&mut names.taken, &contested, &public_url, &url),
        };
        let stories = if raw.stories.unwrap_or(true) { stories } else { StoryOptions::OFF };
        let source = source(cx, *raw, &mut usual, name, named, url, public_url);
        sources.push(Arc::new(SourceConfig { stories, ..source }));
        places.push(place);
    }
    (sources, places)
}

fn source(
    cx: &mut Context<'_>,
    raw: RawSource,
    usual: &mut Usual<'_>,
    name: String,
    named: bool,
    url: Url,
    public_url: String,
) -> SourceConfig {
    let nothing = RawRates::default();
    let (own, poll) = (raw.rates.as_deref().unwrap_or(&nothing), usual.poll);
    let schedule = ScheduleOptions { priority: raw.priority.unwrap_or(1.0), ..schedule(cx, own, poll) };
    if let Every::Fixed(span) = schedule.every
        && span < schedule.min_every
        && own.every.is_some()
    {
        let floor = super::show_span(schedule.min_every);
        cx.notice(format!("`{name}` is polled every {floor} at most: `every` is shorter than `min_every`"));
    }
    let fetch = FetchOptions {
        auth: raw.auth,
        headers: raw.headers,
        verify_tls: raw.verify_tls.unwrap_or(true),
        ca: raw.ca,
        client_cert: raw.client_cert,
        cookies: raw.cookies.unwrap_or(false),
        ..fetch(own, poll)
    };
    let expanded = raw.url.map(|url| url.value.parts).unwrap_or_default();
    SourceConfig {
        name,
        named,
        secrets: secrets(&url, &fetch, expanded, raw.secret),
        blurred: is_blurred(&url, &public_url),
        secret: raw.secret,
        public_url,
        url,
        title: raw.title,
        tags: raw.tags,
        enabled: raw.enabled.unwrap_or(true),
        private: raw.private.unwrap_or(false),
        filter: raw.filter,
        rewrite: raw.rewrite,
        backfill: raw.backfill,
        follow_deletions: raw.follow_deletions.unwrap_or(false),
        schedule: shared(&mut usual.schedule, schedule),
        fetch: shared(&mut usual.fetch, fetch),
        max_entries: max_entries(own, poll),
        identity: raw.identity.unwrap_or_default(),
        stories: StoryOptions::OFF,
    }
}

/// Names that sources have, also those of sources with other mistakes.
struct Names {
    /// The written ones, and those that have been made.
    taken: HashSet<String>,
    /// Whether every source has a name, or an address to make one of.
    all_known: bool,
}

impl Names {
    /// The names that are written, each of which may stand once.
    fn new(cx: &mut Context<'_>, raw: &[Box<RawSource>]) -> Names {
        let mut taken = HashSet::new();
        for name in raw.iter().filter_map(|source| source.name.as_ref()) {
            if !taken.insert(name.value.clone()) {
                cx.error(&name.place, format!("another source is called `{}` already", name.value));
            }
        }
        let usable = |source: &RawSource| {
            source.name.is_some() || source.url.as_ref().is_some_and(|url| Url::parse(&url.value.value).is_ok())
        };
        Names { taken, all_known: raw.iter().all(|source| usable(source)) }
    }
}

/// Names that would be made for more than one source, or are written for another: all of these sources get a longer
/// one, so that none depends on the order in which they stand.
fn contested(raw: &[Box<RawSource>], written: &HashSet<String>) -> HashSet<String> {
    let (mut once, mut contested) = (HashSet::new(), HashSet::new());
    for source in raw.iter().filter(|source| source.name.is_none()) {
        let url = source.url.as_ref().and_then(|url| Some((Url::parse(&url.value.value).ok()?, &url.value)));
        let shown = url.map(|(url, written)| public_address(&url, written, source.secret));
        let Some(name) = shown.and_then(|shown| Some(made_name(&address_for_a_name(&shown)?))) else { continue };
        if written.contains(&name) || !once.insert(name.clone()) {
            contested.insert(name);
        }
    }
    contested
}

/// A name made from the address, that no other source has.
fn made(names: &mut HashSet<String>, contested: &HashSet<String>, shown: &str, url: &Url) -> String {
    let mut name = made_name(&address_for_a_name(shown).unwrap_or_else(|| url.clone()));
    if contested.contains(&name) || names.contains(&name) {
        let digest = made_name_of_its_own(url);
        // Of the address itself only the digest is taken: it may hold a secret.
        name = format!("{name}-{}", &digest[digest.len() - 8..]);
    }
    names.insert(name.clone());
    name
}

fn address(cx: &mut Context<'_>, written: &Written<Expanded>) -> Option<Url> {
    let Written { value, place } = written;
    let example = "such as \"https://example.org/feed.xml\", or \"file:\" and a path";
    // A local file, relative to the file that names it.
    let local = value.value.strip_prefix("file:").filter(|path| !path.starts_with('/'));
    let parsed = match local {
        Some(path) => {
            std::path::absolute(cx.relative_to(place, path)).ok().and_then(|path| Url::from_file_path(path).ok())
        }
        None => Url::parse(&value.value).ok(),
    };
    let Some(mut url) = parsed else {
        let help = Some(example.to_owned());
        cx.error_with_help(place, "`url` is no address", help);
        return None;
    };
    let legal = match url.scheme() {
        "http" | "https" => url.has_host(),
        "file" => url.host().is_none(),
        _ => false,
    };
    if !legal {
        let scheme = url.scheme().to_owned();
        let help = Some(example.to_owned());
        cx.error_with_help(place, format!("`url` must begin with http://, https:// or file:, not {scheme}:"), help);
        return None;
    }
    url.set_fragment(None);
    Some(url)
}

fn outputs(
    cx: &mut Context<'_>,
    raw: Vec<RawOutput>,
    sources: &[Arc<SourceConfig>],
    names: &Names,
    title: &str,
) -> Vec<OutputConfig> {
    let tags: HashSet<&str> = sources.iter().flat_map(|source| source.tags.iter().map(String::as_str)).collect();
    let mut outputs: Vec<OutputConfig> = Vec::new();
    for raw in raw {
        // Of a source without a usable name or address it is not known what it would be called.
        if names.all_known {
            for source in raw.sources.iter().filter(|source| !names.taken.contains(&source.value)) {
                let known = sources.iter().map(|known| known.name.as_str());
                let help = nearest(&source.value, known).map(|name| format!("did you mean `{name}`?"));
                cx.error_with_help(&source.place, format!("`sources`: no source is called `{}`", source.value), help);
            }
        }
        let Some(name) = &raw.name else { continue };
        if outputs.iter().any(|known| known.name == name.value) {
            cx.error(&name.place, format!("another output is called `{}` already", name.value));
            continue;
        }
        for tag in raw.tags.iter().filter(|tag| !tags.contains(tag.value.as_str())) {
            cx.notice(format!("the output `{}` selects the tag {:?}, which no source has", name.value, tag.value));
        }
        outputs.push(output(&name.value, &raw, title));
    }
    match outputs.iter().position(|output| output.name == DEFAULT_OUTPUT) {
        Some(at) => outputs[..=at].rotate_right(1),
        None => outputs.insert(0, output(DEFAULT_OUTPUT, &nothing_written(), title)),
    }
    outputs
}

fn output(name: &str, raw: &RawOutput, title: &str) -> OutputConfig {
    let values = |written: &[Written<String>]| written.iter().map(|value| value.value.clone()).collect();
    let default_title = if name == DEFAULT_OUTPUT { title.to_owned() } else { format!("{title}: {name}") };
    OutputConfig {
        name: name.to_owned(),
        title: raw.title.clone().unwrap_or(default_title),
        tags: values(&raw.tags),
        sources: values(&raw.sources),
        entries: raw.entries.map_or(DEFAULT_ENTRIES, clamped),
        max_size: raw.max_size.unwrap_or(DEFAULT_MAX_SIZE),
        per_source: raw.per_source.map_or(0, clamped),
        content: raw.content.unwrap_or(ContentMode::Full),
        title_prefix: raw.title_prefix.clone().unwrap_or_default(),
        token: raw.token.clone(),
        filter: raw.filter.clone(),
    }
}

fn nothing_written() -> RawOutput {
    RawOutput {
        name: None,
        title: None,
        tags: Vec::new(),
        sources: Vec::new(),
        entries: None,
        max_size: None,
        per_source: None,
        content: None,
        title_prefix: None,
        token: None,
        filter: Vec::new(),
    }
}
