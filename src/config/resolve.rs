//! Turns the values as written into the resolved configuration: fills in defaults, and checks values against each other.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet};
use url::Url;

use super::context::{Context, Place, Written};
use super::expand::Expanded;
use super::key::Keys;
use super::keys::{
    FetchKeys, FetchOptions, OutputConfig, OutputKeys, ScheduleKeys, ScheduleOptions, ServeOptions, SourceKeys,
    SourceOptions, meant,
};
use super::limits::MAX_SOURCES;
use super::names::why_without_files;
use super::naming::{SourceNames, contested, longer_name};
use super::parts::in_parts;
use super::raw::{OwnKeys, Raw, RawSource, RawSources};
use super::resolved::{Config, Every, Hidden, Listen, SourceConfig, SourceDefaults, SourcePlace};
use super::secret::Secret;
use super::shown::{Addressed, is_blurred, secrets_of_address, secrets_of_fetch};
use crate::stories::StoryOptions;
use crate::text::address::is_web;

/// Name of the output that always exists.
const DEFAULT_OUTPUT: &str = "feed";
const DATABASE: &str = "watershed.db";
/// The placeholder in `title_prefix` for the title of the source.
const SOURCE_PLACEHOLDER: &str = "{source}";
/// Most tags without files that a notice names; further tags are only counted.
const TAGS_TOLD: usize = 5;

/// The number of sources in each file.
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

/// Resolves the configuration. `database` has the names that were kept. After a mistake, the result serves only to find further
/// mistakes.
pub(super) fn resolve(cx: &mut Context<'_>, raw: Raw, origin: &Origin, path: &Path, database: &Path) -> Config {
    notices(cx, &raw);
    if raw.sources.len() > MAX_SOURCES {
        cx.file_error(path, format!("there are {} sources; at most {MAX_SOURCES} are allowed", raw.sources.len()));
    }
    let mut names = SourceNames::new(cx, &raw, database);
    let mut top = raw.top.filled();
    let defaults = defaults(cx, &raw.schedule, &raw.fetch);
    let store = raw.store.filled();
    let store_path = store.path.clone().unwrap_or_else(|| default_database(cx, path));
    let stories = raw.stories.filled();
    let plain = Options::plain(&defaults);
    let usual = Usual { of_poll: (&raw.schedule, &raw.fetch), last: plain.clone(), plain, stories: stories.options() };
    let (sources, places) = sources(cx, raw.sources, origin, usual, &mut names);
    if let Some(title) = title_of_default(&raw.outputs) {
        top.title = title;
    }
    let outputs = outputs(cx, raw.outputs, &sources, &names, &top.title);
    let serve = raw.serve.filled();
    Config {
        path: path.to_owned(),
        files: Vec::new(),
        include_patterns: Vec::new(),
        lists: Vec::new(),
        top,
        public_url: public_url(cx, &serve),
        serve,
        store_path,
        store,
        poll: raw.poll.filled(),
        push: raw.push.filled(),
        notify: raw.notify.into_iter().map(Keys::filled).collect(),
        log: raw.log.filled(),
        stories,
        defaults,
        sources,
        places: Arc::new(places),
        outputs,
        notices: Vec::new(),
        open_files: Vec::new(),
    }
}

/// Notices for what is allowed but probably not intended, such as feeds without files.
fn notices(cx: &mut Context<'_>, raw: &Raw) {
    if raw.notify.iter().any(|notify| notify.exec.as_ref().is_none_or(Vec::is_empty) && notify.url.is_none()) {
        cx.notice("a [[notify]] has neither `exec` nor `url`, so that it tells nobody");
    }
    if raw.notify.iter().any(|notify| notify.on.as_ref().is_some_and(Vec::is_empty)) {
        cx.notice("`on` of a [[notify]] is empty, so that it tells of nothing; without `on` it tells of every change");
    }
    if raw.serve.files.is_some() {
        let tags = raw.sources.iter().filter_map(|source| source.keys.own.as_ref()?.tags.as_ref());
        let tags: BTreeSet<&String> = tags.flatten().map(|tag| &tag.value).collect();
        let without: Vec<(&String, String)> =
            tags.into_iter().filter_map(|tag| Some((tag, why_without_files(tag)?))).collect();
        for (tag, why) in without.iter().take(TAGS_TOLD) {
            cx.notice(format!("[serve] files: the feeds of the tag {tag:?} are not written, because it {why}"));
        }
        if without.len() > TAGS_TOLD {
            let more = without.len() - TAGS_TOLD;
            cx.notice(format!("[serve] files: the feeds of {more} more tags are not written for reasons like these"));
        }
        for output in raw.outputs.iter().filter(|output| output.token.is_some()) {
            let name = output.name.as_ref().map_or("", |name| name.value.as_str());
            cx.notice(format!("[serve] files: the output `{name}` is not written, because it has a token"));
        }
    }
    if raw.push.subscribe == Some(true) && raw.serve.public_url.is_none() {
        cx.notice(
            "`subscribe` in [push] has no effect without `public_url`: set it to an address at which hubs reach this server",
        );
    }
    if raw.sources.is_empty() && raw.includes.iter().all(|include| include.opml.is_none()) {
        cx.notice("no source is configured: add a feed with `watershed add URL`");
    }
}

impl RawSource {
    pub(super) fn secret(&self) -> Option<bool> {
        self.keys.own.as_ref()?.secret
    }
}

/// The address that readers use.
fn public_url(cx: &mut Context<'_>, serve: &ServeOptions) -> Url {
    if let Some(url) = &serve.public_url {
        return url.clone();
    }
    if matches!(&serve.listen, Listen::Tcp { literal: Some(address), .. } if address.ip().is_unspecified()) {
        cx.notice("readers cannot use the address in `listen`: set `public_url` to the address that they use");
    }
    if matches!(&serve.listen, Listen::Unix(_)) {
        cx.notice(
            "the links in the outputs begin with http://localhost, because `listen` is a Unix socket: set `public_url` to the \
             address that readers use",
        );
    }
    if serve.files.is_some() {
        cx.notice(format!(
            "the links in `files` begin with {}: set `public_url` to the address at which readers find the files",
            serve.listen.url().as_str().trim_end_matches('/')
        ));
    }
    serve.listen.url()
}

/// The database in `$STATE_DIRECTORY`, or else in `$XDG_STATE_HOME/watershed`, or else beside the configuration.
pub(super) fn default_database(cx: &Context<'_>, path: &Path) -> PathBuf {
    let set = |name: &str| (cx.env)(name).filter(|value| !value.is_empty());
    // systemd may name several folders (systemd.exec(5)); the first is used.
    let state = set("STATE_DIRECTORY").and_then(|folders| folders.split(':').next().map(PathBuf::from));
    let folder = state
        .or_else(|| set("XDG_STATE_HOME").map(|folder| Path::new(&folder).join("watershed")))
        .unwrap_or_else(|| path.parent().unwrap_or(Path::new("")).to_owned());
    folder.join(DATABASE)
}

fn defaults(cx: &mut Context<'_>, poll: &ScheduleKeys, fetch: &FetchKeys) -> SourceDefaults {
    if let (Some(least), Some(most)) = (&poll.min_every, &poll.max_every)
        && least.value > most.value
    {
        cx.error(&least.place, "`min_every` is longer than `max_every`");
    }
    SourceDefaults { schedule: schedule(cx, &ScheduleKeys::default(), poll), fetch: fetch.clone().filled() }
}

/// When a source is polled. A written value replaces a built-in value that contradicts it; two written values must not
/// contradict each other.
fn schedule(cx: &mut Context<'_>, own: &ScheduleKeys, poll: &ScheduleKeys) -> ScheduleOptions {
    let mut schedule = own.over(poll).filled();
    let written_min = own.min_every.as_ref().or(poll.min_every.as_ref());
    let written_max = own.max_every.as_ref().or(poll.max_every.as_ref());
    let (min, max) = (&mut schedule.min_every, &mut schedule.max_every);
    match (written_min, written_max) {
        (Some(least), Some(most)) => {
            if min > max && (own.min_every.is_some() || own.max_every.is_some()) {
                // The mistake is reported at the value that only this source sets, because that is the unexpected value.
                let place = if own.max_every.is_some() { &most.place } else { &least.place };
                cx.error(place, "`min_every` is longer than `max_every`");
            }
        }
        (Some(_), None) => *max = (*max).max(*min),
        (None, Some(_)) => *min = (*min).min(*max),
        (None, None) => {}
    }
    schedule.min_every_written = written_min.is_some();
    if let Every::Fixed(span) = schedule.every
        && !schedule.min_every_written
        && span < schedule.min_every
    {
        (schedule.min_every, schedule.min_every_written) = (span, true);
    }
    schedule
}

/// The options of sources: those of all sources that set nothing, and those of the last source that sets something, which the
/// next such source usually shares.
struct Usual<'p> {
    of_poll: (&'p ScheduleKeys, &'p FetchKeys),
    plain: Options,
    last: Options,
    stories: StoryOptions,
}

/// The options of a source, as sources share them.
#[derive(Clone)]
struct Options {
    own: Arc<SourceOptions>,
    schedule: Arc<ScheduleOptions>,
    fetch: Arc<FetchOptions>,
    /// The texts of `fetch` that must not be shown.
    fetch_secrets: Arc<[Secret]>,
}

impl Options {
    /// The options of a source that sets nothing.
    fn plain(defaults: &SourceDefaults) -> Options {
        let SourceDefaults { schedule, fetch } = defaults;
        let own = SourceKeys::defaults();
        Options {
            schedule: Arc::new(ScheduleOptions { priority: own.priority, ..schedule.clone() }),
            own: Arc::new(own),
            fetch: Arc::new(fetch.clone()),
            fetch_secrets: secrets_of_fetch(fetch).into(),
        }
    }

    /// Makes these options the given ones, and keeps the parts that are the same.
    fn replace_with(&mut self, own: SourceOptions, schedule: ScheduleOptions, fetch: FetchOptions) {
        if *self.fetch != fetch {
            self.fetch_secrets = secrets_of_fetch(&fetch).into();
            self.fetch = Arc::new(fetch);
        }
        share(&mut self.own, own);
        share(&mut self.schedule, schedule);
    }
}

fn share<T: PartialEq>(usual: &mut Arc<T>, options: T) {
    if **usual != options {
        *usual = Arc::new(options);
    }
}

fn sources(
    cx: &mut Context<'_>,
    raw: RawSources,
    origin: &Origin,
    mut usual: Usual<'_>,
    names: &mut SourceNames,
) -> (Vec<Arc<SourceConfig>>, Vec<SourcePlace>) {
    let (mut sources, mut places) = (Vec::with_capacity(raw.len()), Vec::with_capacity(raw.len()));
    let addresses = in_parts(cx, &raw, |cx, part| part.iter().map(|source| addressed(cx, source)).collect::<Vec<_>>());
    let addresses: Vec<Option<Addressed>> = addresses.into_iter().flatten().collect();
    names.note_addresses(&raw, &addresses);
    // Sources of reading lists give way to those that the user has written, so that no list changes the name of such a source.
    let of_lists = |is_listed: bool| {
        let all = raw.iter().zip(&addresses).filter_map(|(source, address)| Some((source, address.as_ref()?)));
        contested(all.filter(|(source, _)| source.list.is_some() == is_listed), names)
    };
    let (contested_written, contested_listed) = (of_lists(false), of_lists(true));
    let twice = twice(&raw, &addresses);
    for (number, ((mut raw, address), place)) in raw.into_iter().zip(addresses).zip(origin.places()).enumerate() {
        let (Some(written), Some(address)) = (&raw.address.url, address) else { continue };
        if let Some(other) = twice.get(&number) {
            let other = cx.whereabouts(other);
            let help = format!("remove one of them, or give one of them a `name`; the other one is in {other}");
            cx.error_with_help(&written.place, "another [[source]] without a name has the same `url`", help);
            continue;
        }
        if !address.is_shown_whole() && written.value.parts().is_empty() {
            cx.note_secret_in(&written.place);
        }
        let named = raw.address.name.is_some();
        let name = match raw.address.name.take() {
            Some(name) => name.value,
            None => {
                let contested = if raw.list.is_some() { &contested_listed } else { &contested_written };
                names.made(contested, &address)
            }
        };
        sources.push(Arc::new(source(cx, raw, &mut usual, (name, named), address)));
        places.push(place);
    }
    (sources, places)
}

/// The sources that have no name and the address of an earlier source without a name, by their numbers, each with the place of the
/// earlier source. A source without a name is identified by its address.
fn twice(raw: &[RawSource], addresses: &[Option<Addressed>]) -> HashMap<usize, Place> {
    let mut first: HashMap<&str, &Place> = HashMap::new();
    let mut twice = HashMap::new();
    for (number, (source, address)) in raw.iter().zip(addresses).enumerate() {
        let (Some(written), Some(address), None) = (&source.address.url, address, &source.address.name) else {
            continue;
        };
        match first.entry(address.url.as_str()) {
            Entry::Occupied(other) => {
                twice.insert(number, (*other.get()).clone());
            }
            Entry::Vacant(place) => {
                place.insert(&written.place);
            }
        }
    }
    twice
}

fn source(
    cx: &mut Context<'_>,
    raw: RawSource,
    usual: &mut Usual<'_>,
    (name, named): (String, bool),
    address: Addressed,
) -> SourceConfig {
    let RawSource { address: written, keys, list } = raw;
    let is_trusted = written.url.as_ref().is_none_or(|url| cx.is_trusted(&url.place));
    // In most configurations a source loses nothing by not being trusted.
    let is_as_trusted = is_trusted || usual.plain.fetch.allow_networks.is_empty();
    let options = if is_as_trusted && keys == OwnKeys::default() {
        &usual.plain
    } else {
        let about = (name.as_str(), &address.url, written.url.as_ref());
        let (own, schedule, fetch) = own_options(cx, keys, usual.of_poll, is_trusted, about);
        usual.last.replace_with(own, schedule, fetch);
        &usual.last
    };
    let expanded = written.url.as_ref().map_or(&[][..], |url| url.value.parts());
    let mut secrets = secrets_of_address(&address, expanded, options.own.secret);
    secrets.extend_from_slice(&options.fetch_secrets);
    let blurred = is_blurred(&address);
    let masked_url = address.masked;
    let is_open = secrets.is_empty() && masked_url.is_none();
    SourceConfig {
        name,
        named,
        list,
        blurred,
        hidden: (!is_open).then(|| Box::new(Hidden { masked_url, secrets })),
        url: address.url,
        stories: if options.own.stories { usual.stories } else { StoryOptions::OFF },
        options: options.own.clone(),
        schedule: options.schedule.clone(),
        fetch: options.fetch.clone(),
    }
}

/// The options of a source that may set keys.
fn own_options(
    cx: &mut Context<'_>,
    keys: OwnKeys,
    (poll_schedule, poll_fetch): (&ScheduleKeys, &FetchKeys),
    is_trusted: bool,
    (name, url, written): (&str, &Url, Option<&Written<Expanded>>),
) -> (SourceOptions, ScheduleOptions, FetchOptions) {
    let OwnKeys { own, schedule: own_schedule, fetch, access } = keys;
    let options = own.map_or_else(SourceKeys::defaults, |own| own.filled());
    let own_schedule = own_schedule.map_or_else(ScheduleKeys::default, |keys| *keys);
    let mut fetch = fetch.map_or_else(FetchKeys::default, |keys| *keys).over(poll_fetch).filled();
    if !is_trusted {
        // The networks of [poll] are meant for the addresses that the user has chosen.
        fetch.allow_networks = Vec::new();
    }
    if let Some(access) = access {
        fetch.access = access.filled();
    }
    let schedule = ScheduleOptions { priority: options.priority, ..schedule(cx, &own_schedule, poll_schedule) };
    if let Every::Fixed(span) = schedule.every
        && span < schedule.min_every
        && own_schedule.every.is_some()
    {
        let floor = super::show_span(schedule.min_every);
        cx.notice(format!("`{name}` is polled every {floor} at most, because `every` is shorter than `min_every`"));
    }
    if fetch.access.client_cert.is_some() && url.scheme() != "https" {
        cx.notice(format!(
            "`client_cert` of `{name}` has no effect, because its `url` does not begin with https://, and only a server \
             that is asked over https can ask for a certificate"
        ));
    }
    if fetch.access.client_cert.is_some()
        && fetch.proxy.is_https()
        && let Some(written) = written
    {
        let message = "`client_cert` of this source cannot be used with an https:// `proxy`, because the proxy could ask for the \
                       certificate as well";
        let help = "use a proxy with http://, socks5:// or socks5h://, or none: proxy = \"\"";
        cx.error_with_help(&written.place, message, help);
    }
    (options, schedule, fetch)
}

/// Whether nothing stands between the slashes of a web address, as in `https:///feed.xml`. Browsers would take the first part of the
/// path for the host.
fn names_no_host(address: &str) -> bool {
    let (scheme, rest) = address.split_once(':').unwrap_or_default();
    ["http", "https"].iter().any(|web| web.eq_ignore_ascii_case(scheme)) && rest.starts_with("///")
}

fn addressed(cx: &mut Context<'_>, source: &RawSource) -> Option<Addressed> {
    let written = source.address.url.as_ref()?;
    Some(Addressed::of(address(cx, written)?, &written.value, source.secret()))
}

fn address(cx: &mut Context<'_>, written: &Written<Expanded>) -> Option<Url> {
    let Written { value, place } = written;
    let example = "such as \"https://example.org/feed.xml\", or \"file:\" and a path";
    // The path of a local file is relative to the file that names it.
    let local = value.value.strip_prefix("file:").filter(|path| !path.starts_with('/'));
    let parsed = match local {
        Some(path) => {
            let path = std::path::absolute(cx.relative_to(place, path)).ok();
            path.and_then(|path| Url::from_file_path(path).ok()).ok_or_else(|| "it is not a path".to_owned())
        }
        None if names_no_host(&value.value) => Err("it has no host between its slashes".to_owned()),
        None => Url::parse(&value.value).map_err(|error| match error {
            url::ParseError::EmptyHost => "it has no host".to_owned(),
            url::ParseError::RelativeUrlWithoutBase => "it does not begin with https:// or http://".to_owned(),
            error => error.to_string(),
        }),
    };
    if !cx.is_trusted(place) && parsed.as_ref().is_ok_and(|url| !is_web(url)) {
        let message = "`url` must begin with http:// or https:// in a file that is included with `trusted = false`";
        return cx.refuse(place, message);
    }
    let mut url = match parsed {
        Ok(url) => url,
        // The address is not repeated, because it may contain a secret.
        Err(why) => return cx.refuse_with_help(place, format!("`url` is not a valid address: {why}"), example),
    };
    let legal = match url.scheme() {
        "http" | "https" => url.has_host(),
        "file" => url.host().is_none(),
        _ => false,
    };
    if !legal {
        let message = format!("`url` must begin with http://, https:// or file:, not {}:", url.scheme());
        return cx.refuse_with_help(place, message, example);
    }
    url.set_fragment(None);
    Some(url)
}

fn outputs(
    cx: &mut Context<'_>,
    raw: Vec<OutputKeys>,
    sources: &[Arc<SourceConfig>],
    names: &SourceNames,
    title: &str,
) -> Vec<OutputConfig> {
    let tags: HashSet<&str> = sources.iter().flat_map(|source| &source.options.tags).map(String::as_str).collect();
    let mut outputs: Vec<OutputConfig> = Vec::new();
    let mut named: HashMap<String, Place> = HashMap::new();
    for raw in raw {
        if let Some(prefix) = &raw.title_prefix {
            placeholders(cx, &raw, &prefix.value);
        }
        // If a source has no usable name or address, its name is unknown, and an unknown name may be meant for that source.
        if names.all_known {
            for source in raw.sources.iter().flatten().filter(|source| !names.taken.contains(&source.value)) {
                if names.has_lists {
                    // The source may have come from a list that no longer names it, which must not make the file wrong.
                    let output = raw.name.as_ref().map_or("", |name| name.value.as_str());
                    cx.notice(format!(
                        "the output `{output}` selects the source `{}`, which does not exist",
                        source.value
                    ));
                    continue;
                }
                let known = sources.iter().map(|known| known.name.as_str());
                let help = meant(&source.value, known).or_else(|| longer_name(&source.value, sources));
                cx.report(&source.place, format!("`sources`: there is no source `{}`", source.value), help);
            }
        }
        let Some(name) = &raw.name else { continue };
        if let Some(other) = named.get(&name.value) {
            let help = format!("the other output is in {}", cx.whereabouts(other));
            cx.error_with_help(&name.place, format!("another output has the name `{}`", name.value), help);
            continue;
        }
        named.insert(name.value.clone(), name.place.clone());
        for tag in raw.tags.iter().flatten().filter(|tag| !tags.contains(tag.value.as_str())) {
            cx.notice(format!("the output `{}` selects the tag {:?}, which no source has", name.value, tag.value));
        }
        outputs.push(output(raw, title));
    }
    match outputs.iter().position(|output| output.name == DEFAULT_OUTPUT) {
        Some(at) => outputs[..=at].rotate_right(1),
        None => outputs.insert(0, output(OutputKeys::default(), title)),
    }
    outputs
}

/// Notices for placeholders of `title_prefix` that stand for nothing and are shown as they are written.
fn placeholders(cx: &mut Context<'_>, raw: &OutputKeys, prefix: &str) {
    let output = raw.name.as_ref().map_or("", |name| name.value.as_str());
    for (begin, _) in prefix.match_indices('{') {
        let Some(end) = prefix[begin..].find('}') else { continue };
        let placeholder = &prefix[begin..=begin + end];
        if placeholder != SOURCE_PLACEHOLDER {
            cx.notice(format!(
                "`title_prefix` of the output `{output}`: {placeholder} stands for nothing and is shown as it is; the only \
                 placeholder is {SOURCE_PLACEHOLDER}, the title of the source"
            ));
        }
    }
}

/// The title in the table of the default output. It replaces the `title` at the top of the file everywhere, unless the output has
/// a token.
fn title_of_default(outputs: &[OutputKeys]) -> Option<String> {
    let is_default = |output: &&OutputKeys| output.name.as_ref().is_some_and(|name| name.value == DEFAULT_OUTPUT);
    outputs.iter().find(is_default).filter(|output| output.token.is_none())?.title.clone()
}

/// Fills in the options of an output; without a name, it is the default output.
fn output(raw: OutputKeys, title: &str) -> OutputConfig {
    let mut output = raw.filled();
    if output.title.is_empty() {
        output.title = match output.name.as_str() {
            DEFAULT_OUTPUT => title.to_owned(),
            name => format!("{title}: {name}"),
        };
    }
    output
}
