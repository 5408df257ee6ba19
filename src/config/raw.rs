//! A file with its values as written. Each value is checked by itself, but not yet against other values.

use std::sync::Arc;

use toml::de::DeTable;

use super::context::{Context, Place, Written};
use super::key::Keys;
use super::keys::{
    AccessKeys, AddressKeys, FetchKeys, INCLUDE, IncludeKeys, Known, LOG, LogKeys, NOTIFY, NotifyKeys, OUTPUT,
    OutputKeys, POLL, PUSH, PollKeys, PushKeys, SERVE, SOURCE, STORE, STORIES, ScheduleKeys, ServeKeys, Shape,
    SourceKeys, StoreKeys, StoryKeys, TOP, TopKeys, UNTRUSTED_KEYS,
};
use super::reader::Table;

#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) top: TopKeys,
    pub(super) serve: ServeKeys,
    pub(super) store: StoreKeys,
    pub(super) schedule: ScheduleKeys,
    pub(super) fetch: FetchKeys,
    pub(super) poll: PollKeys,
    pub(super) stories: StoryKeys,
    pub(super) push: PushKeys,
    pub(super) notify: Vec<NotifyKeys>,
    pub(super) log: LogKeys,
    pub(super) sources: RawSources,
    pub(super) outputs: Vec<OutputKeys>,
    pub(super) includes: Vec<IncludeKeys>,
}

/// A `[[source]]`.
#[derive(Debug)]
pub(super) struct RawSource {
    pub(super) address: AddressKeys,
    pub(super) keys: OwnKeys,
    /// The reading list that names the source, in place of a table.
    pub(super) list: Option<Arc<str>>,
}

/// The keys of a source besides its name and address. Keys that are not written take no memory, because most sources set few
/// keys.
#[derive(Debug, Default, PartialEq)]
pub(super) struct OwnKeys {
    pub(super) own: Option<Box<SourceKeys>>,
    pub(super) schedule: Option<Box<ScheduleKeys>>,
    pub(super) fetch: Option<Box<FetchKeys>>,
    pub(super) access: Option<Box<AccessKeys>>,
}

impl OwnKeys {
    fn read(cx: &mut Context<'_>, table: &Table<'_>, is_trusted: bool) -> OwnKeys {
        // Most sources have nothing but a name and an address.
        if !table.has_other_than(Known::Keys(const { &[AddressKeys::KEYS] })) {
            return OwnKeys::default();
        }
        let own = boxed(cx, table);
        if !is_trusted {
            // Keys that are refused are not even read, because reading them may open files.
            return OwnKeys { own, ..OwnKeys::default() };
        }
        OwnKeys { own, schedule: boxed(cx, table), fetch: boxed(cx, table), access: boxed(cx, table) }
    }
}

/// Sources with their values as written. They stand in one list, because its memory is freed in one piece.
pub(super) type RawSources = Vec<RawSource>;

/// Reads the main file without its sources.
pub(super) fn main_file(cx: &mut Context<'_>, map: &DeTable<'_>, place: Place) -> Raw {
    let top = &Table::free(map, place, TOP).with_keys(cx, Known::Top);
    let poll = table(cx, top, &POLL);
    Raw {
        top: TopKeys::read(cx, top),
        serve: single(cx, top, &SERVE),
        store: single(cx, top, &STORE),
        schedule: keys(cx, poll.as_ref()),
        fetch: keys(cx, poll.as_ref()),
        poll: keys(cx, poll.as_ref()),
        stories: single(cx, top, &STORIES),
        push: single(cx, top, &PUSH),
        notify: tables(cx, top, &NOTIFY).iter().map(|table| notify(cx, table)).collect(),
        log: single(cx, top, &LOG),
        sources: Vec::new(),
        outputs: tables(cx, top, &OUTPUT).iter().map(|table| output(cx, table)).collect(),
        includes: tables(cx, top, &INCLUDE).iter().map(|table| include(cx, table)).collect(),
    }
}

/// An `[[include]]`, which has either a path or a reading list.
fn include(cx: &mut Context<'_>, table: &Table<'_>) -> IncludeKeys {
    if table.get("path").is_none() && table.get("opml").is_none() {
        let help = "path = \"sources.d/*.toml\", or opml = \"https://example.org/blogroll.opml\"";
        cx.error_with_help(&table.place, format!("this {} has no `path` and no `opml`", table.what), help);
    }
    IncludeKeys::read(cx, table)
}

/// A `[[notify]]`, which names either a program or an address.
fn notify(cx: &mut Context<'_>, table: &Table<'_>) -> NotifyKeys {
    let keys = NotifyKeys::read(cx, table);
    check_receivers(cx, table, keys.exec.as_deref(), ("url", keys.url.is_some()));
    keys
}

/// An `[[output]]`, which may name a program or an address to be told of new stories.
fn output(cx: &mut Context<'_>, table: &Table<'_>) -> OutputKeys {
    let keys = OutputKeys::read(cx, table);
    check_receivers(cx, table, keys.exec.as_deref(), ("webhook", keys.webhook.is_some()));
    keys
}

/// Checks that `exec` names a program, and that no table has both `exec` and the key with an address.
fn check_receivers(
    cx: &mut Context<'_>,
    table: &Table<'_>,
    exec: Option<&[Written<String>]>,
    (address, is_set): (&str, bool),
) {
    let Some([program, ..]) = exec else { return };
    if program.value.trim().is_empty() {
        let help = "such as [\"/usr/local/bin/tell\", \"--urgent\"]";
        cx.error_with_help(&program.place, "the first string of `exec` must name a program", help);
    }
    if is_set {
        let message = format!("this {} has `exec` and `{address}`, of which it can have only one", table.what);
        let help = format!("write a second {} for the other", table.what);
        cx.error_with_help(&table.place_of("exec"), message, help);
    }
}

/// The sources of one file.
pub(super) fn sources(cx: &mut Context<'_>, file: &Table<'_>) -> RawSources {
    let tables = tables(cx, file, &SOURCE);
    let source = |table: &Table<'_>| {
        let is_trusted = cx.is_trusted(&table.place);
        if !is_trusted {
            refuse_keys(cx, table);
        }
        RawSource { address: AddressKeys::read(cx, table), keys: OwnKeys::read(cx, table, is_trusted), list: None }
    };
    tables.iter().map(source).collect()
}

/// Refuses the keys of a source that only a trusted file may set.
fn refuse_keys(cx: &mut Context<'_>, table: &Table<'_>) {
    let known = Known::Keys(SOURCE.keys);
    let is_refused = |key: &Written<String>| known.has(&key.value) && !UNTRUSTED_KEYS.contains(&key.value.as_str());
    for key in table.keys().into_iter().filter(is_refused) {
        let message = format!("`{}` is not allowed in a file that is included with `trusted = false`", key.value);
        let help = format!("such a file may set only {}", UNTRUSTED_KEYS.join(", "));
        cx.error_with_help(&key.place, message, help);
    }
}

fn table<'t>(cx: &mut Context<'_>, top: &Table<'t>, shape: &Shape) -> Option<Table<'t>> {
    top.table(cx, shape.name, shape.what, Known::Keys(shape.keys))
}

fn tables<'t>(cx: &mut Context<'_>, top: &Table<'t>, shape: &Shape) -> Vec<Table<'t>> {
    let tables = top.tables(cx, shape.name, shape.what, Known::Keys(shape.keys), shape.most.unwrap_or(1));
    tables.unwrap_or_default()
}

fn keys<K: Keys>(cx: &mut Context<'_>, table: Option<&Table<'_>>) -> K {
    table.map_or_else(K::default, |table| K::read(cx, table))
}

fn single<K: Keys>(cx: &mut Context<'_>, top: &Table<'_>, shape: &Shape) -> K {
    let table = table(cx, top, shape);
    keys(cx, table.as_ref())
}

/// The keys of a source, if at least one of them is written.
fn boxed<K: Keys>(cx: &mut Context<'_>, table: &Table<'_>) -> Option<Box<K>> {
    if !table.has_one_of(Known::Keys(const { &[K::KEYS] })) {
        return None;
    }
    Some(K::read(cx, table)).filter(|keys| *keys != K::default()).map(Box::new)
}
