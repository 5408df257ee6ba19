//! Reads the files of a configuration and resolves them.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeTable;

use super::context::{Context, Env, NamesKept, Place};
use super::edit::whole_lines;
use super::include::{self, Included};
use super::keys::{INCLUDED_KEYS, Known, TOP};
use super::limits::MAX_FILE_BYTES;
use super::lists;
use super::names::KeptNames;
use super::open::read_up_to;
use super::parts::in_parts;
use super::pieces::split;
use super::raw::{self, Raw, RawSources};
use super::reader::Table;
use super::report::ConfigErrors;
use super::resolve::{Origin, default_database, resolve};
use super::resolved::Config;
use super::rules;
use super::secret_value::warn_of_open_files;

const FILE_NAME: &str = "watershed.toml";
const SYSTEM_FILE: &str = "/etc/watershed/watershed.toml";

/// A variable of this process's environment; a value that is not UTF-8 counts as not set.
pub fn process_env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// No configuration was found in any of these places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no configuration found: looked for {}\n  the smallest configuration is a file {FILE_NAME} with the lines\n    \
     [[source]]\n    url = \"https://blog.rust-lang.org/feed.xml\"\n  `watershed config --defaults` shows every key",
    .0.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
)]
pub struct NotFound(pub Vec<PathBuf>);

/// The main file: `explicit` (`--config`) or `$WATERSHED_CONFIG`, or else the first existing file of `./watershed.toml`, the
/// user's and the system's. Whether the first two exist is not checked here.
pub fn find(explicit: Option<&Path>, env: Env<'_>) -> Result<PathBuf, NotFound> {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    if let Some(path) = explicit.map(Path::to_owned).or_else(|| set("WATERSHED_CONFIG").map(PathBuf::from)) {
        return Ok(path);
    }
    // XDG Base Directory Specification: unset means ~/.config.
    let of_user = set("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| Some(Path::new(&set("HOME")?).join(".config")));
    let mut candidates = vec![PathBuf::from(FILE_NAME)];
    candidates.extend(of_user.map(|folder| folder.join("watershed").join(FILE_NAME)));
    candidates.push(PathBuf::from(SYSTEM_FILE));
    match candidates.iter().find(|path| path.is_file()) {
        Some(path) => Ok(path.clone()),
        None => Err(NotFound(candidates)),
    }
}

/// Reads the configuration in `path` and everything that it names, without a store: names are made from addresses alone.
/// The error holds all mistakes, each with its place.
pub fn load(path: &Path, env: Env<'_>) -> Result<Config, ConfigErrors> {
    load_keeping(path, env, &[], &no_names, None)
}

/// Like [`load`], for a configuration whose store may have kept names for sources without a `name`, and with the texts
/// `unsaved` in place of files, as if they had been saved. A file with such a text need not exist.
///
/// If `database` is given, names and copies of reading lists are looked for in and beside it, because the configuration
/// may name another database: after the next restart, or in a copy of the file. Otherwise the database that the
/// configuration names is used.
pub fn load_keeping(
    path: &Path,
    env: Env<'_>,
    unsaved: &[(&Path, &str)],
    names_kept: NamesKept<'_>,
    database: Option<&Path>,
) -> Result<Config, ConfigErrors> {
    let mut cx = Context::new(env, names_kept);
    let text_of = |path: &Path| match unsaved.iter().find(|(edited, _)| *edited == path) {
        Some((_, text)) => Ok(Arc::from(*text)),
        None => read(path),
    };
    let help = "name the configuration file by --config FILE or by $WATERSHED_CONFIG";
    let text = text_of(path).map_err(|why| ConfigErrors::of_file(path, why, help))?;
    let (mut raw, sources) = in_document(&mut cx, (path, true), text, raw::main_file).unwrap_or_default();
    raw.sources = sources;
    let mut origin = Origin::new(path, raw.sources.len());
    let (files, patterns) = include::files(&mut cx, &raw.includes);
    for file in files {
        match text_of(&file.path) {
            Ok(text) => included(&mut cx, &mut raw, &mut origin, &file, text),
            Err(why) => cx.error(&file.place, format!("`path`: {}: {why}", file.path.display())),
        }
    }
    let named = || raw.store.path.clone().unwrap_or_else(|| default_database(&cx, path));
    let database = database.map_or_else(named, Path::to_owned);
    let lists = lists::read(&mut cx, &mut raw, &mut origin, &database);
    let config = resolve(&mut cx, raw, &origin, path, &database);
    warn_of_open_files(&mut cx);
    cx.finish(Config { include_patterns: patterns, lists, ..config })
}

/// The database that the configuration in `path` names, whatever else may be wrong with the configuration. Commands find
/// a running daemon by its database.
pub fn database(path: &Path, env: Env<'_>) -> PathBuf {
    let mut cx = Context::new(env, &no_names);
    let text = read(path).unwrap_or_else(|_| Arc::from(""));
    cx.add_file(path, text.clone(), true);
    let pieces = split(&text);
    let (document, _) = DeTable::parse_recoverable(pieces.as_ref().map_or(&*text, |pieces| pieces.rest.as_str()));
    let store = document.get_ref().get("store").and_then(|store| store.get_ref().as_table());
    let place = Place { file: 0, span: 0..0 };
    let written = store.and_then(|store| Table::free(store, place.clone(), "[store]").string(&mut cx, "path"));
    match written.filter(|path| !path.value.is_empty()) {
        Some(written) => cx.relative_to(&place, &written.value),
        None => default_database(&cx, path),
    }
}

/// The kept names where no store exists: none at all.
fn no_names(_: &Path) -> KeptNames {
    KeptNames::default()
}

/// Whether a configuration's text has no table and no key: it is empty, or holds only blank lines and comments.
pub fn says_nothing(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#'))
}

/// Whether the text of this file has no table and no key. False for a file that cannot be read.
pub fn file_says_nothing(path: &Path) -> bool {
    read(path).is_ok_and(|text| says_nothing(&text))
}

fn included(cx: &mut Context<'_>, raw: &mut Raw, origin: &mut Origin, file: &Included, text: Arc<str>) {
    let found = in_document(cx, (file.path.as_path(), file.is_trusted), text, |cx, map, place| {
        let what = "an included file, which holds sources and nothing else";
        Table::free(map, place, what).with_keys(cx, Known::Names(INCLUDED_KEYS));
    });
    let ((), sources) = found.unwrap_or_default();
    origin.add(&file.path, sources.len());
    raw.sources.extend(sources);
}

/// Parses a document, and reads its sources and, through `read`, everything else. If the document is not valid TOML, only
/// that is reported.
fn in_document<T>(
    cx: &mut Context<'_>,
    (path, is_trusted): (&Path, bool),
    text: Arc<str>,
    read: impl Fn(&mut Context<'_>, &DeTable<'_>, Place) -> T,
) -> Option<(T, RawSources)> {
    let file = cx.add_file(path, text.clone(), is_trusted);
    let before = cx.gathered();
    if let Some(found) = in_pieces(cx, file, &text, &read) {
        return Some(found);
    }
    cx.go_back(&before);
    let (document, errors) = DeTable::parse_recoverable(&text);
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let help = is_eaten_pattern(&text, &span).then(|| rules::SINGLE_QUOTES.to_owned());
        cx.report(&Place { file, span }, format!("not valid TOML: {}", error.message().trim_end()), help);
    }
    let place = Place { file, span: 0..0 };
    errors.is_empty().then(|| {
        let found = read(cx, document.get_ref(), place.clone());
        (found, raw::sources(cx, &Table::free(document.get_ref(), place, TOP)))
    })
}

/// Like [`in_document`], for a document that can be split into pieces, each of them valid TOML. `None` for any other
/// document.
fn in_pieces<T>(
    cx: &mut Context<'_>,
    file: usize,
    text: &str,
    read: &impl Fn(&mut Context<'_>, &DeTable<'_>, Place) -> T,
) -> Option<(T, RawSources)> {
    let pieces = split(text)?;
    let (rest, errors) = DeTable::parse_recoverable(&pieces.rest);
    // The document writes sources in another notation, or has parts of a source elsewhere.
    if !errors.is_empty() || rest.get_ref().get("source").is_some() {
        return None;
    }
    let found = read(cx, rest.get_ref(), Place { file, span: 0..0 });
    let mut sources = Vec::with_capacity(pieces.sources.len());
    for part in in_parts(cx, &pieces.sources, |cx, pieces| sources_of(cx, file, text, pieces)) {
        sources.extend(part?);
    }
    Some((found, sources))
}

/// The sources in these pieces of a file. `None` if one of them is not valid TOML.
fn sources_of(cx: &mut Context<'_>, file: usize, text: &str, pieces: &[Range<usize>]) -> Option<RawSources> {
    let mut sources = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let (document, errors) = DeTable::parse_recoverable(&text[piece.clone()]);
        if !errors.is_empty() {
            return None;
        }
        sources.extend(raw::sources(cx, &Table::piece(document.get_ref(), file, piece.start, TOP)));
    }
    Some(sources)
}

/// Whether a mistake is in the line of a regular expression that has a backslash, because a string in double quotes takes
/// backslashes for itself.
fn is_eaten_pattern(text: &str, span: &Range<usize>) -> bool {
    let at = text.floor_char_boundary(span.start.min(text.len()));
    let line = &text[whole_lines(text, at..at)];
    line.contains("matches") && line.contains('\\')
}

fn read(path: &Path) -> Result<Arc<str>, String> {
    let bytes = read_up_to(path, MAX_FILE_BYTES).map_err(|error| format!("cannot read the file: {error}"))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(format!("the file is larger than {} MiB", MAX_FILE_BYTES >> 20));
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("the file is not valid UTF-8 (at byte {})", error.utf8_error().valid_up_to()))?;
    Ok(Arc::from(text))
}

#[cfg(test)]
mod tests {
    use super::says_nothing;

    #[test]
    fn a_text_of_comments_says_nothing() {
        for (text, expected) in [
            ("", true),
            ("\n \t\r\n", true),
            ("# [[source]]\n\n  # url = \"https://a.example/\"\n", true),
            ("\u{feff}# later\r\n", true),
            ("#\nsource = []\n", false),
            ("[serve]\n", false),
            ("half", false),
        ] {
            assert_eq!(says_nothing(text), expected, "{text:?}");
        }
    }
}
