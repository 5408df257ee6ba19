//! `[[include]] opml`: reading lists, whose sources are polled for as long as the lists name them.
//!
//! A list comes from another person, and therefore it is only data. Its sources are as little trusted as those of a
//! file with `trusted = false`: they have an address on the web, a title and tags, and nothing of the list is expanded.
//! A list that is wrong is a notice and not a mistake, because the user cannot mend it. The last good version of each
//! list is kept as a copy beside the database. The copy stands in for a list that cannot be read, that is incomplete,
//! or that names no source.
//!
//! Entry points: [`read`] for the configuration, [`check_list`] before a copy is replaced. This room never asks an
//! address: the daemon writes the copies, together with a [`ListState`].

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::Url;

use super::context::{Context, Place, Written};
use super::expand::Expanded;
use super::keys::{AddressKeys, IncludeKeys, SourceKeys};
use super::limits::{MAX_LIST_BYTES, MAX_LISTS, MAX_SOURCES};
use super::listed::{Candidate, listed_address, same_feed};
use super::open::read_up_to;
use super::raw::{OwnKeys, Raw, RawSource};
use super::resolve::Origin;
use super::shown::public_address;
use super::span::show_size;
use crate::model::Timestamp;
use crate::read::{SourceList, UnfitList, reading_list};
use crate::text::address::{has_login, is_web};

/// Lines that are left out of a list and that a notice names; further lines are only counted.
const LINES_TOLD: usize = 3;
/// Most bytes of the file with a [`ListState`].
const MAX_STATE_BYTES: u64 = 64 * 1024;
/// Digits of the digest by which the copy of a list is named.
const COPY_DIGITS: usize = 32;
const WITH_A_LOGIN: &str = "an address with a user name or a password is not taken from a reading list";

/// A reading list that the configuration follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingList {
    pub origin: ListOrigin,
    /// What messages call the list: its path, or its address without secrets.
    pub shown: Arc<str>,
    /// The file in which its last good version is kept.
    pub copy: PathBuf,
    /// How many sources of the configuration come from it.
    pub sources: usize,
    /// Whether neither the list nor a good copy of it could be read.
    pub is_unread: bool,
    /// Why the list itself is not in force, as a sentence.
    pub problem: Option<String>,
}

/// Where a reading list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListOrigin {
    File(PathBuf),
    /// http or https.
    Url(Url),
}

impl ReadingList {
    /// The file with the [`ListState`] of the list.
    pub fn state_path(&self) -> PathBuf {
        self.copy.with_extension("json")
    }

    /// What is wrong, and what is in force instead.
    pub fn trouble(&self) -> Option<String> {
        let problem = self.problem.as_ref()?;
        let instead = match self.sources {
            0 => "no source of it is polled".to_owned(),
            1 => "the source of its last good version stays".to_owned(),
            sources => format!("the {sources} sources of its last good version stay"),
        };
        Some(format!("the reading list {}: {problem}; {instead}", self.shown))
    }
}

/// What is known of the requests for a list that has an address. It is kept as JSON beside the copy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListState {
    /// The list is not asked for before this time.
    pub next: Option<Timestamp>,
    /// When a version came that differs from the version before.
    pub changed: Option<Timestamp>,
    /// Requests in a row that brought no good version.
    pub failures: u32,
    /// Why the last request brought no good version.
    pub problem: Option<String>,
    /// The digest (BLAKE3) of the copy to which the validators belong. With another copy, the validators are not sent.
    pub copy: String,
    /// The address that sent the copy.
    pub address: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

impl ListState {
    /// Reads the state from its file. A file that is missing or damaged means that nothing is known.
    pub fn read(path: &Path) -> ListState {
        let bytes = read_up_to(path, MAX_STATE_BYTES).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }
}

/// The folder with the copies of reading lists, beside the database.
pub fn folder_of_lists(database: &Path) -> PathBuf {
    let mut name = database.file_name().unwrap_or_default().to_owned();
    name.push(".lists");
    database.with_file_name(name)
}

/// The number of sources of a document, or why the document must not take the place of the last good version of a list.
pub fn check_list(document: &[u8]) -> Result<usize, UnfitList> {
    usable(document).map(|usable| usable.sources.len())
}

/// The part of a list that can be polled.
#[derive(Debug, Default)]
struct Usable {
    sources: Vec<Candidate>,
    /// The lines that are left out, and why.
    left_out: Vec<(usize, &'static str)>,
}

fn usable(document: &[u8]) -> Result<Usable, UnfitList> {
    let SourceList { sources, left_out, .. } = reading_list(document)?;
    let mut usable = Usable::default();
    let mut known: HashMap<String, usize> = HashMap::new();
    for listed in sources {
        let url = match listed_address(&listed.address) {
            Ok(url) if !has_login(&url) => url,
            refused => {
                usable.left_out.push((listed.line, refused.err().unwrap_or(WITH_A_LOGIN)));
                continue;
            }
        };
        match known.entry(same_feed(&url)) {
            // Readers list a source once for each of its folders.
            Entry::Occupied(at) => usable.sources[*at.get()].join(listed),
            Entry::Vacant(place) => {
                place.insert(usable.sources.len());
                usable.sources.push(Candidate::new(listed, url));
            }
        }
    }
    if usable.sources.is_empty() {
        return Err(UnfitList::NoSources);
    }
    usable.left_out.extend(left_out.into_iter().map(|left| (left.line, left.why)));
    usable.left_out.sort_unstable();
    Ok(usable)
}

/// Adds the sources of all reading lists to `raw`, apart from those that the configuration names itself. The copies are beside
/// `database`.
pub(super) fn read(cx: &mut Context<'_>, raw: &mut Raw, origin: &mut Origin, database: &Path) -> Vec<ReadingList> {
    let followed = followed(cx, &raw.includes);
    if followed.is_empty() {
        return Vec::new();
    }
    let mut taken = named_feeds(&raw.sources);
    let folder = folder_of_lists(database);
    let mut lists = Vec::with_capacity(followed.len());
    for (place, shown) in followed {
        let copy = copy_of(&folder, &place);
        let mut list =
            ReadingList { origin: place, shown: Arc::from(shown), copy, sources: 0, is_unread: false, problem: None };
        let (found, problem) = list.found();
        (list.is_unread, list.problem) = (found.is_none(), problem);
        let (path, is_watched) = match &list.origin {
            ListOrigin::File(path) => (path, true),
            ListOrigin::Url(_) => (&list.copy, false),
        };
        let file = cx.add_list(path, is_watched);
        if let Some(Usable { mut sources, left_out }) = found {
            sources.retain(|source| taken.insert(same_feed(&source.url)));
            if raw.sources.len() + sources.len() > MAX_SOURCES {
                list.problem = Some(format!("with its sources there would be more than {MAX_SOURCES} sources"));
                sources.clear();
            }
            list.sources = sources.len();
            origin.add(path, sources.len());
            raw.sources.extend(sources.into_iter().map(|source| listed(source, file, &list.shown)));
            tell_left_out(cx, &list.shown, &left_out);
        }
        if let Some(trouble) = list.trouble() {
            cx.notice(trouble);
        }
        lists.push(list);
    }
    lists
}

/// The lists that the configuration names, each with what messages call it.
fn followed(cx: &mut Context<'_>, includes: &[IncludeKeys]) -> Vec<(ListOrigin, String)> {
    let mut followed: Vec<(ListOrigin, String)> = Vec::new();
    for include in includes {
        let Some(written) = &include.opml else { continue };
        if include.path.is_some() {
            cx.error(&written.place, "`opml` and `path` cannot be in one [[include]]: write an [[include]] for each");
            continue;
        }
        if include.trusted == Some(true) {
            let help = "remove `trusted`, and write a [[source]] for a source that needs other keys";
            cx.error_with_help(&written.place, "the sources of a reading list are never trusted", help);
            continue;
        }
        let Some(origin) = list_origin(cx, written) else { continue };
        if followed.iter().any(|(known, _)| *known == origin) {
            cx.error(&written.place, "another [[include]] names the same reading list");
            continue;
        }
        if followed.len() >= MAX_LISTS {
            cx.error(&written.place, format!("there are more than {MAX_LISTS} reading lists"));
            break;
        }
        let shown = match &origin {
            ListOrigin::File(path) => path.display().to_string(),
            ListOrigin::Url(url) => {
                let shown = public_address(url, &written.value, None);
                if shown != url.as_str() && written.value.parts().is_empty() {
                    cx.note_secret_in(&written.place);
                }
                shown
            }
        };
        followed.push((origin, shown));
    }
    followed
}

fn list_origin(cx: &mut Context<'_>, written: &Written<Expanded>) -> Option<ListOrigin> {
    let Written { value: Expanded { value, .. }, place } = written;
    let help = "such as \"blogroll.opml\" or \"https://example.org/blogroll.opml\"";
    if value.trim().is_empty() {
        return cx.refuse_with_help(place, "`opml` must be a path or an address", help);
    }
    if !value.contains("://") {
        return Some(ListOrigin::File(cx.relative_to(place, value)));
    }
    match Url::parse(value) {
        Ok(mut url) if is_web(&url) && url.has_host() => {
            url.set_fragment(None);
            Some(ListOrigin::Url(url))
        }
        // The address is not repeated, because it may contain a secret.
        _ => cx.refuse_with_help(place, "`opml` must be a path, or begin with http:// or https://", help),
    }
}

/// What identifies the feeds that the configuration names itself.
fn named_feeds(sources: &[RawSource]) -> HashSet<String> {
    let urls = sources.iter().filter_map(|source| source.address.url.as_ref());
    urls.filter_map(|url| Url::parse(&url.value.value).ok()).map(|url| same_feed(&url)).collect()
}

/// The file that keeps the last good version of a list.
fn copy_of(folder: &Path, origin: &ListOrigin) -> PathBuf {
    let digest = match origin {
        ListOrigin::File(path) => blake3::hash(path.as_os_str().as_encoded_bytes()),
        ListOrigin::Url(url) => blake3::hash(url.as_str().as_bytes()),
    };
    folder.join(format!("{}.opml", &digest.to_hex()[..COPY_DIGITS]))
}

impl ReadingList {
    /// The sources to poll, from the list itself or from its copy, and the problem of the list if it has one.
    fn found(&self) -> (Option<Usable>, Option<String>) {
        let copy = || {
            let document = content(&self.copy).map_err(|error| error.to_string())?;
            usable(&document).map_err(|why| format!("its copy {} is damaged: {why}", self.copy.display()))
        };
        if let ListOrigin::File(path) = &self.origin {
            let read = content(path).map_err(|error| format!("the file cannot be read: {error}"));
            return match read.and_then(|document| usable(&document).map_err(|why| why.to_string())) {
                Ok(usable) => (Some(usable), None),
                Err(why) => (copy().ok(), Some(why)),
            };
        }
        let problem = ListState::read(&self.state_path()).problem;
        if !self.copy.exists() {
            let not_yet = || "it is not fetched yet; `watershed run` and `watershed poll` do that".to_owned();
            return (None, Some(problem.unwrap_or_else(not_yet)));
        }
        match copy() {
            Ok(usable) => (Some(usable), problem),
            Err(why) => (None, Some(why)),
        }
    }
}

/// The content of a list or of its copy.
fn content(path: &Path) -> io::Result<Vec<u8>> {
    let bytes = read_up_to(path, MAX_LIST_BYTES)?;
    if bytes.len() as u64 > MAX_LIST_BYTES {
        return Err(io::Error::other(format!("it is larger than {}", show_size(MAX_LIST_BYTES))));
    }
    Ok(bytes)
}

/// A source of a list as if it were written in a file. `$` in it stands for itself.
fn listed(source: Candidate, file: usize, list: &Arc<str>) -> RawSource {
    let place = Place { file, span: 0..0 };
    let written = |value: String| Written { value, place: place.clone() };
    let tags = source.tags().into_iter().map(written).collect::<Vec<_>>();
    // The feed's own title stays unless the list says that the user has chosen another title.
    let title = source.title.filter(|_| source.is_renamed);
    let has_own = title.is_some() || !tags.is_empty();
    let own = SourceKeys { title, tags: Some(tags).filter(|tags| !tags.is_empty()), ..SourceKeys::default() };
    let address = source.url.to_string();
    let url = Expanded::plain(address);
    RawSource {
        address: AddressKeys { url: Some(Written { value: url, place }), name: None },
        keys: OwnKeys { own: has_own.then(|| Box::new(own)), ..OwnKeys::default() },
        list: Some(list.clone()),
    }
}

fn tell_left_out(cx: &mut Context<'_>, shown: &str, left_out: &[(usize, &'static str)]) {
    if left_out.is_empty() {
        return;
    }
    let told: Vec<String> = left_out.iter().take(LINES_TOLD).map(|(line, why)| format!("line {line}: {why}")).collect();
    let more = match left_out.len().saturating_sub(LINES_TOLD) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    cx.notice(format!("the reading list {shown}: not everything in it is polled: {}{more}", told.join("; ")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, KeptNames, load_keeping, load_with};

    fn opml(outlines: &str) -> String {
        format!("<opml version=\"2.0\"><head/><body>\n{outlines}</body></opml>\n")
    }

    fn outline(url: &str) -> String {
        format!("<outline text=\"x\" xmlUrl=\"{url}\"/>\n")
    }

    /// Reads a main file beside a list `list.opml`.
    fn with_list(main: &str, list: &str) -> Config {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("list.opml"), list).expect("it can be written");
        let path = folder.path().join("watershed.toml");
        let main = format!("{main}\n[[include]]\nopml = \"list.opml\"\n");
        load_with(&path, &|_| None, Some((&path, &main))).unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// The sources: name, title, tags and `list` for those of a list.
    fn told(config: &Config) -> Vec<String> {
        let source = |source: &Arc<crate::config::SourceConfig>| {
            let title = source.options.title.as_deref().unwrap_or("-");
            let list = if source.list.is_some() { " list" } else { "" };
            format!("{} {title} {:?} {}{list}", source.name, source.options.tags, source.url)
        };
        config.sources.iter().map(source).collect()
    }

    #[test]
    fn what_of_a_list_is_polled() {
        let check = |main: &str, outlines: &str, wanted: &[&str], noticed: &str| {
            let config = with_list(main, &opml(outlines));
            assert_eq!(told(&config), wanted, "{outlines}");
            assert_eq!(config.sources.len(), config.places.len());
            let notices = config.notices.join("\n");
            assert!(notices.contains(noticed), "{noticed} in {notices}");
        };
        check(
            "",
            "<outline text='T'><outline text='Mine' title='Own' xmlUrl='https://a.example/f'/></outline>",
            &["a-example-f Mine [\"T\"] https://a.example/f list"],
            "",
        );
        // The feed's own title is not replaced by itself.
        check("", &outline("https://a.example/"), &["a-example - [] https://a.example/ list"], "");
        let mine = "[[source]]\nurl = \"https://www.a.example/f/\"\nname = \"mine\"\nenabled = false\n";
        check(
            mine,
            &(outline("http://a.example/f") + &outline("https://b.example/")),
            &["mine - [] https://www.a.example/f/", "b-example - [] https://b.example/ list"],
            "",
        );
        // What a list says is neither expanded nor opened.
        for hostile in ["exec:/bin/sh", "file:///etc/passwd", "javascript:alert(1)", "https://me:pw@c.example/f"] {
            let both = outline("https://a.example/") + &outline(hostile);
            check("", &both, &["a-example - [] https://a.example/ list"], "line 3: ");
        }
        check("", &outline("https://a.example/?x=${HOME}"), &["a-example - [] https://a.example/?x=${HOME} list"], "");
    }

    #[test]
    fn names_do_not_depend_on_the_order_of_a_list_and_yield_to_written_sources() {
        let (one, other) = (outline("https://a.example/feed"), outline("https://a.example/rss"));
        let names = |main: &str, list: &str| {
            let mut names: Vec<(String, String)> = with_list(main, &opml(list))
                .sources
                .iter()
                .map(|source| (source.url.to_string(), source.name.clone()))
                .collect();
            names.sort();
            names
        };
        assert_eq!(names("", &format!("{one}{other}")), names("", &format!("{other}{one}")));
        let main = "[[source]]\nurl = \"https://a.example/atom\"\n";
        let with_list = names(main, &format!("{one}{other}"));
        assert!(with_list.contains(&("https://a.example/atom".to_owned(), "a-example".to_owned())), "{with_list:?}");
    }

    #[test]
    fn a_name_that_was_kept_for_a_source_of_a_list_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("watershed.toml");
        let database = folder.path().join("open.db");
        std::fs::write(folder.path().join("list.opml"), opml(&outline("https://a.example/feed")))
            .expect("it can be written");
        let main = "[[source]]\nurl = \"https://a.example/atom\"\n[[include]]\nopml = \"list.opml\"\n";
        std::fs::write(&path, main).expect("it can be written");
        let kept_names = |store: &Path| {
            assert_eq!(store, database);
            let mut kept = KeptNames::default();
            kept.keep("https://a.example/feed", "a-example");
            kept
        };
        let config = load_keeping(&path, &|_| None, &[], &kept_names, Some(&database));
        let config = config.unwrap_or_else(|errors| panic!("{errors}"));
        let names: Vec<&str> = config.sources.iter().map(|source| source.name.as_str()).collect();
        // The new source gets a longer name, although it is written: the addresses of the other stay.
        assert!(names[0].starts_with("a-example-") && names[1] == "a-example", "{names:?}");
        assert!(
            config.lists.iter().all(|list| list.copy.starts_with(folder_of_lists(&database))),
            "{:?}",
            config.lists
        );
    }

    #[test]
    fn sources_of_a_list_reach_no_private_networks_and_outputs_may_name_them() {
        let main = "[poll]\nallow_networks = [\"127.0.0.0/8\"]\n[[output]]\nname = \"x\"\nsources = [\"gone\"]\n\
                    [[source]]\nurl = \"http://127.0.0.1/\"\n";
        let config = with_list(main, &opml(&outline("https://a.example/")));
        let networks: Vec<usize> = config.sources.iter().map(|source| source.fetch.allow_networks.len()).collect();
        assert_eq!(networks, [1, 0]);
        assert!(config.notices.iter().any(|notice| notice.contains("`gone`")), "{:?}", config.notices);
    }

    #[test]
    fn a_list_that_is_wrong_is_a_notice() {
        for (list, said) in [
            ("", "it is empty"),
            ("<html><body>no</body></html>", "HTML page"),
            ("<opml><body><outline xmlUrl='https://a.example/'/>", "ends before `</opml>`"),
            (opml(&outline("exec:/bin/sh")).as_str(), "it names no source"),
        ] {
            let config = with_list("", list);
            let [list] = config.lists.as_slice() else { panic!("one list: {:?}", config.lists) };
            let trouble = list.trouble().unwrap_or_default();
            assert!(trouble.contains(said), "{said} in {trouble}");
            assert!(config.notices.contains(&trouble) && config.sources.is_empty(), "{:?}", config.notices);
        }
    }

    #[test]
    fn what_cannot_name_a_list_is_a_mistake() {
        let check = |include: &str, said: &str| {
            let path = Path::new("/nowhere/watershed.toml");
            let text = format!("[[include]]\n{include}\n");
            let errors = load_with(path, &|_| None, Some((path, &text))).expect_err(include).to_string();
            assert!(errors.contains(said), "{said} in {errors}");
        };
        check("opml = \"\"", "must be a path or an address");
        check("opml = \"ftp://a.example/x.opml\"", "begin with http:// or https://");
        check("opml = \"https:///x.opml\"\npath = \"x\"", "cannot be in one [[include]]");
        check("opml = \"x.opml\"\ntrusted = true", "never trusted");
        check("opml = \"x.opml\"\n[[include]]\nopml = \"x.opml\"", "the same reading list");
        check("opml = \"https://a.example/x\"\n[[include]]\nopml = \"https://a.example/x#y\"", "the same reading list");
    }

    #[test]
    fn a_state_that_cannot_be_read_is_no_state() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.json");
        assert_eq!(ListState::read(&path), ListState::default());
        std::fs::write(&path, "{\"next\": 3").expect("it can be written");
        assert_eq!(ListState::read(&path), ListState::default());
        let state = ListState { failures: 2, etag: Some("\"a\"".to_owned()), ..ListState::default() };
        std::fs::write(&path, serde_json::to_vec(&state).expect("it is JSON")).expect("it can be written");
        assert_eq!(ListState::read(&path), state);
    }
}
