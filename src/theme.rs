//! Reads the theme's folder (`[serve] theme`) and makes the theme of it. `publish::pages` decides what a theme means.
//!
//! Entry points: [`load`] and [`load_or_keep`] make a theme, [`listing`] says which files belong to it. All of them block, because a
//! network file system may be slow, so async code calls them on a blocking thread.
//!
//! Invariants: only regular files below the folder are read, also behind links, and their number, depth and bytes have limits.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Config, Reading, SourceConfig, SourceIcon, read_up_to};
use crate::publish::pages::{FILES_MAX, PageOptions, STATIC_MAX_BYTES, THEME_MAX_BYTES, Theme};

/// Deepest level of folders below the theme's folder.
const DEPTH_MAX: usize = 4;

/// A theme, and the data that it was made from.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub theme: Arc<Theme>,
    /// The built-in theme with the same language and dates, for pages that the theme cannot render.
    pub built_in: Arc<Theme>,
    /// A digest of everything that pages are made of beside their entries: files, options, and the program's version.
    pub digest: String,
    /// Why the configured theme is not in use.
    pub error: Option<String>,
}

/// The files and folders of a theme.
#[derive(Debug, Default)]
pub struct Listing {
    /// Each file's path below the folder, with slashes, and its place.
    pub files: Vec<(String, PathBuf)>,
    /// The folder, and those below it.
    pub folders: Vec<PathBuf>,
    /// Why the theme cannot be used: a folder cannot be listed, there are too many files, or a file is a link that
    /// leads out of the folder, or is not a regular file.
    pub refused: Option<String>,
}

/// Makes the theme that a configuration names, or the built-in theme.
///
/// # Errors
/// The error names the file, below the theme's folder, and for a template also the line and column.
pub fn load(config: &Config) -> Result<Loaded, String> {
    let plain = built_in(config);
    let Some(folder) = &config.serve.theme else { return Ok(plain) };
    let files = read(folder)?;
    if files.is_empty() {
        return Ok(plain);
    }
    let options = page_options(config);
    let digest = digest(config, &options, &files);
    let theme = Arc::new(Theme::new(files, &options).map_err(|error| error.to_string())?);
    Ok(Loaded { theme, digest, ..plain })
}

/// Makes the theme that a configuration names. If it has a mistake, the last good theme is kept, or the built-in theme is used; then
/// `error` says why.
pub fn load_or_keep(config: &Config, last: Option<&Loaded>) -> Loaded {
    load(config).unwrap_or_else(|error| keep(config, last, error))
}

/// The last good theme, or the built-in theme, because of `error`.
pub fn keep(config: &Config, last: Option<&Loaded>, error: String) -> Loaded {
    let kept = last.cloned().unwrap_or_else(|| built_in(config));
    Loaded { error: Some(error), ..kept }
}

/// The built-in theme.
fn built_in(config: &Config) -> Loaded {
    let options = page_options(config);
    let built_in = Arc::new(Theme::built_in(&options));
    let digest = digest(config, &options, &BTreeMap::new());
    Loaded { theme: built_in.clone(), built_in, digest, error: None }
}

fn page_options(config: &Config) -> PageOptions {
    PageOptions { language: config.serve.language.clone(), time_zone: config.serve.time_zone }
}

fn digest(config: &Config, options: &PageOptions, files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(format!("{options:?}").as_bytes());
    for (name, bytes) in files {
        add(name.as_bytes());
        add(bytes);
    }
    // Icons are shown on pages alone, so they date pages and not feeds.
    let with_icon = |source: &Arc<SourceConfig>| Some((source.name.clone(), source.options.icon.clone()?));
    let icons: Vec<(String, SourceIcon)> = config.sources.iter().filter_map(with_icon).collect();
    add(format!("{icons:?}").as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// Reads all files of a theme.
fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let listing = listing(folder);
    if let Some(why) = listing.refused {
        return Err(why);
    }
    let mut files = BTreeMap::new();
    let mut all = 0;
    for (name, path) in listing.files {
        let most = STATIC_MAX_BYTES as u64;
        let bytes = read_up_to(&path, most).map_err(|error| format!("{name}: cannot be read: {error}"))?;
        if bytes.len() as u64 > most {
            return Err(format!("{name}: the file is larger than {} MiB", most >> 20));
        }
        all += bytes.len();
        if all > THEME_MAX_BYTES {
            return Err(format!("the files of the theme are larger than {} MiB together", THEME_MAX_BYTES >> 20));
        }
        files.insert(name, bytes);
    }
    Ok(files)
}

/// The files that belong to a theme. Hidden files and the backups of editors do not belong to it.
pub fn listing(folder: &Path) -> Listing {
    let _reading = Reading::of(folder);
    let mut listing = Listing { folders: vec![folder.to_owned()], ..Listing::default() };
    // The folder itself may be a link, because its owner chose it.
    let root = match fs::canonicalize(folder) {
        Ok(root) => root,
        Err(error) => {
            // Everybody may read /readyz, so the message does not name the folder.
            listing.refuse(format!("cannot list the folder: {error}"));
            return listing;
        }
    };
    let mut left: Vec<(String, PathBuf, usize)> = vec![(String::new(), folder.to_owned(), 0)];
    while let Some((prefix, at, depth)) = left.pop() {
        let entries = match fs::read_dir(&at) {
            Ok(entries) => entries.flatten(),
            Err(error) => {
                let folder = if prefix.is_empty() { "the folder" } else { prefix.as_str() };
                listing.refuse(format!("cannot list {folder}: {error}"));
                continue;
            }
        };
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else {
                listing.refuse(format!("{prefix}{}: the name is not valid UTF-8", entry.file_name().to_string_lossy()));
                continue;
            };
            if name.starts_with('.') || name.ends_with('~') {
                continue;
            }
            let (name, path) = (format!("{prefix}{name}"), entry.path());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if listing.files.len() + listing.folders.len() > FILES_MAX {
                listing.refuse(format!("the theme has more than {FILES_MAX} files"));
                return listing;
            } else if is_folder && depth >= DEPTH_MAX {
                listing.refuse(format!("{name}: folders lie at most {DEPTH_MAX} levels below the theme's folder"));
            } else if is_folder {
                listing.folders.push(path.clone());
                left.push((format!("{name}/"), path, depth + 1));
            } else {
                if let Err(why) = check_file(&name, &path, &root) {
                    listing.refuse(why);
                }
                listing.files.push((name, path));
            }
        }
    }
    listing.files.sort();
    listing
}

impl Listing {
    fn refuse(&mut self, why: String) {
        self.refused.get_or_insert(why);
    }
}

/// Refuses everything that is not a regular file below the theme's folder.
fn check_file(name: &str, path: &Path, root: &Path) -> Result<(), String> {
    let unreadable = |error: io::Error| format!("{name}: cannot be read: {error}");
    let target = fs::canonicalize(path).map_err(unreadable)?;
    if !target.starts_with(root) {
        return Err(format!("{name}: the link leads out of the theme's folder; copy the file instead"));
    }
    let is_regular = fs::metadata(&target).map_err(unreadable)?.is_file();
    if is_regular { Ok(()) } else { Err(format!("{name}: not a regular file")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
            fs::write(path, text).expect("it can be written");
        }
        folder
    }

    #[track_caller]
    fn refused(folder: &Path, why: &str) {
        let error = read(folder).expect_err("it is refused");
        assert!(error.contains(why), "{error}");
    }

    #[test]
    fn a_theme_has_all_files_but_hidden_ones_and_backups() {
        let folder = folder(&[
            ("style.css", "a"),
            ("fonts/serif.woff2", "b"),
            (".git/config", "c"),
            (".style.css.swp", "d"),
            ("style.css~", "e"),
        ]);
        let files = read(folder.path()).expect("it can be read");
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["fonts/serif.woff2", "style.css"]);
        assert_eq!(listing(folder.path()).folders.len(), 2);
    }

    #[test]
    fn links_are_followed_within_the_folder_only() {
        let folder = folder(&[("style.css", "a")]);
        let link = |target: &Path, name: &str| {
            std::os::unix::fs::symlink(target, folder.path().join(name)).expect("a link can be made");
        };
        link(Path::new("style.css"), "same.css");
        assert_eq!(read(folder.path()).expect("it can be read").len(), 2);
        link(Path::new("/etc/hostname"), "other.css");
        refused(folder.path(), "other.css: the link leads out");
        fs::remove_file(folder.path().join("other.css")).expect("it is there");
        link(Path::new("nowhere"), "dangling.css");
        refused(folder.path(), "dangling.css: cannot be read");
        fs::remove_file(folder.path().join("dangling.css")).expect("it is there");
        // Links to folders are ignored, because such a link could lead round in a circle.
        link(Path::new("."), "circle");
        refused(folder.path(), "circle: not a regular file");
        // The folder itself may be a link.
        fs::remove_file(folder.path().join("circle")).expect("it is there");
        let elsewhere = tempfile::tempdir().expect("a folder");
        let linked = elsewhere.path().join("theme");
        std::os::unix::fs::symlink(folder.path(), &linked).expect("a link can be made");
        assert_eq!(read(&linked).expect("it can be read").len(), 2);
    }

    #[test]
    fn what_is_no_file_or_too_much_is_refused() {
        let sockets = folder(&[]);
        let _listener = std::os::unix::net::UnixListener::bind(sockets.path().join("x.css")).expect("it can be bound");
        refused(sockets.path(), "x.css: not a regular file");
        refused(&sockets.path().join("nowhere"), "cannot list the folder: ");
        refused(folder(&[("1/2/3/4/5/x.css", "")]).path(), "at most 4 levels");
        let large = folder(&[]);
        let file = fs::File::create(large.path().join("x.png")).expect("it can be made");
        let most = STATIC_MAX_BYTES as u64;
        file.set_len(most + 1).expect("it can grow");
        refused(large.path(), "x.png: the file is larger than 4 MiB");
        file.set_len(most).expect("it can shrink");
        for number in 0..THEME_MAX_BYTES / STATIC_MAX_BYTES {
            let more = fs::File::create(large.path().join(format!("{number}.png"))).expect("it can be made");
            more.set_len(most).expect("it can grow");
        }
        refused(large.path(), "larger than 32 MiB together");
        let many = folder(&[]);
        for number in 0..=FILES_MAX {
            fs::write(many.path().join(format!("{number}.css")), "").expect("it can be written");
        }
        refused(many.path(), "more than 500 files");
    }
}
