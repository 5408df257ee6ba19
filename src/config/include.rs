//! `[[include]]`: finds further files with sources, by a path or a pattern, and whether they are trusted.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::context::{Context, Place};
use super::keys::IncludeKeys;
use super::limits::MAX_INCLUDED_FILES;
use super::open::{Reading, folder_of};

/// A file to include.
#[derive(Debug)]
pub(super) struct Included {
    pub(super) path: PathBuf,
    /// The place in the configuration that names it.
    pub(super) place: Place,
    pub(super) is_trusted: bool,
}

/// The files that match the patterns, each once, in the order of the patterns and of their names; and the patterns that
/// may match further files later. A file that matches several patterns is trusted only if all of them say so.
pub(super) fn files(cx: &mut Context<'_>, includes: &[IncludeKeys]) -> (Vec<Included>, Vec<PathBuf>) {
    let (mut files, mut open) = (Vec::<Included>::new(), Vec::<PathBuf>::new());
    for include in includes {
        let Some(written) = &include.path else { continue };
        let is_trusted = include.trusted.unwrap_or(true);
        let path = cx.relative_to(&written.place, &written.value);
        let folder = path.parent().unwrap_or(Path::new(""));
        if is_pattern(&folder.to_string_lossy()) {
            cx.error(&written.place, "`path`: only the file name may contain `*` and `?`, not the folder");
            continue;
        }
        if path.file_name().is_none() || written.value.ends_with('/') {
            let help = format!("{}/*.toml includes the files in it", written.value.trim_end_matches('/'));
            cx.error_with_help(&written.place, "`path` is a folder", help);
            continue;
        }
        let is_open = is_pattern(&name_of(&path));
        if is_open && !folder.as_os_str().is_empty() && !folder.exists() {
            cx.notice(format!("[[include]]: the folder {} does not exist", folder.display()));
        }
        let found = if is_open { listed(&path) } else { Ok(vec![path.clone()]) };
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                cx.error(&written.place, format!("`path`: cannot list {}: {error}", folder.display()));
                continue;
            }
        };
        for path in found {
            match files.iter_mut().find(|known| known.path == path) {
                Some(known) => known.is_trusted &= is_trusted,
                None => files.push(Included { path, place: written.place.clone(), is_trusted }),
            }
        }
        if is_open && !open.contains(&path) {
            open.push(path);
        }
        if files.len() > MAX_INCLUDED_FILES {
            let number = files.len();
            cx.error(&written.place, format!("`path`: {number} files are included; {MAX_INCLUDED_FILES} at most"));
            files.truncate(MAX_INCLUDED_FILES);
            break;
        }
    }
    (files, open)
}

fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// The files that match a pattern, sorted. A folder that does not exist counts as empty, because it may be created later.
pub fn listed(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let folder = folder_of(path);
    let _reading = Reading::of(&folder);
    let listing = match std::fs::read_dir(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        listing => listing?,
    };
    let mut names: Vec<String> = listing
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| includes(path, name))
        .collect();
    names.sort();
    names.truncate(MAX_INCLUDED_FILES + 1);
    // Folders are left out. A dangling link is kept, so that reading it reports the mistake.
    Ok(names.into_iter().map(|name| path.with_file_name(name)).filter(|path| !path.is_dir()).collect())
}

/// Whether the pattern of an `[[include]]` includes a file of this name in the folder of the pattern. Hidden files
/// belong to editors and backups, so only a pattern that begins with a dot includes them.
pub fn includes(pattern: &Path, name: &str) -> bool {
    let pattern = name_of(pattern);
    fits(name, &pattern) && (!name.starts_with('.') || pattern.starts_with('.'))
}

fn name_of(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

/// Whether a name matches a pattern of `*` (any characters) and `?` (one character). Only the last star is ever retried,
/// so that no pattern takes exponential time.
fn fits(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    let (mut at, mut wanted) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < name.len() {
        if wanted < pattern.len() && pattern[wanted] == '*' {
            star = Some((wanted, at));
            wanted += 1;
        } else if wanted < pattern.len() && (pattern[wanted] == '?' || pattern[wanted] == name[at]) {
            (at, wanted) = (at + 1, wanted + 1);
        } else if let Some((star_at, taken)) = star {
            // The last star matches one more character.
            (at, wanted) = (taken + 1, star_at + 1);
            star = Some((star_at, taken + 1));
        } else {
            return false;
        }
    }
    pattern[wanted..].iter().all(|left| *left == '*')
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns() {
        for (name, pattern, expected) in [
            ("a.toml", "*.toml", true),
            ("a.toml.bak", "*.toml", false),
            (".toml", "*.toml", true),
            ("aXbXc", "a*b*c", true),
            ("abcbc", "a*bc", true),
            ("a1.toml", "a?.toml", true),
            ("a.toml", "a?.toml", false),
            ("anything", "*", true),
            ("", "*", true),
            ("", "?", false),
        ] {
            assert_eq!(fits(name, pattern), expected, "{name} {pattern}");
        }
    }
}
