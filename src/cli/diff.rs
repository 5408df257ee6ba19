//! Unified diffs that `git apply` and `patch -p1` accept.

use std::ops::Range;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Lines shown around a change.
const CONTEXT: usize = 2;
/// Longest search for the next line that both texts have, in lines of both texts together. If the search finds none,
/// the rest counts as changed; the search is bounded because its cost grows with the square of the distance.
const LOOK_AHEAD: usize = 2_000;

/// Lines of the old text, and the lines of the new text that take their place. One of the two ranges may be empty.
struct Replaced {
    old: Range<usize>,
    new: Range<usize>,
}

/// The folder in which a diff of these files is applied: `here`, or else the deepest folder, that holds all of them and
/// in which `git apply` cannot misread a name. All paths are canonical, because `git apply` refuses files behind links.
pub(super) fn folder_for<'a>(files: &'a [PathBuf], here: Option<&'a Path>) -> &'a Path {
    let above = files.iter().take(1).flat_map(|file| file.ancestors().skip(1));
    let is_fit = |folder: &Path, file: &PathBuf| file.strip_prefix(folder).is_ok_and(|name| !is_misread(folder, name));
    let fits = |folder: &&Path| files.iter().all(|file| is_fit(folder, file));
    here.into_iter().chain(above).find(fits).unwrap_or(Path::new("/"))
}

/// Whether `git apply` in a subfolder of a repository could take the beginning of a file's name for the path of that
/// subfolder, and leave it out. Any of the folders above may be the repository.
fn is_misread(folder: &Path, name: &Path) -> bool {
    let mut subfolders = folder.ancestors().skip(1).filter_map(|repository| folder.strip_prefix(repository).ok());
    subfolders.any(|subfolder| name.parent().is_some_and(|parent| parent.starts_with(subfolder)))
}

/// The lines before a file's hunks. A tab ends a name that has blanks, because a time could follow the name.
pub(super) fn header(name: &Path) -> String {
    let tab = if name.as_os_str().as_bytes().contains(&b' ') { "\t" } else { "" };
    let side = |side: &str| quoted(&Path::new(side).join(name));
    format!("--- {}{tab}\n+++ {}{tab}\n", side("a"), side("b"))
}

/// A path as git prints it: in quotes if it contains anything but printable ASCII, or a quote or backslash. A path with
/// a blank at its end is in quotes, too, because `patch` would overlook that blank.
pub(super) fn quoted(path: &Path) -> String {
    let bytes = path.as_os_str().as_bytes();
    let escaped = |byte: &u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(*byte)),
        b' '..=b'~' => char::from(*byte).to_string(),
        7..=13 => format!("\\{}", char::from(b"abtnvfr"[usize::from(byte - 7)])),
        _ => format!("\\{byte:03o}"),
    };
    let text: String = bytes.iter().map(escaped).collect();
    if text.len() == bytes.len() && !text.ends_with(' ') { text } else { format!("\"{text}\"") }
}

/// The hunks that turn `old` into `new`; empty where the texts are the same.
pub(super) fn unified(old: &str, new: &str) -> String {
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let all = replaced(&old, &new);
    // Changes whose context would touch share a hunk, because `git apply` refuses hunks that overlap.
    let hunks = all.chunk_by(|one, next| next.old.start - one.old.end <= 2 * CONTEXT);
    hunks.map(|changes| hunk(&old, &new, changes)).collect()
}

fn replaced(old: &[&str], new: &[&str]) -> Vec<Replaced> {
    let mut all = Vec::new();
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        if old.get(at) == new.get(to) {
            (at, to) = (at + 1, to + 1);
            continue;
        }
        let (removed, added) = until_same(&old[at..], &new[to..]);
        all.push(Replaced { old: at..at + removed, new: to..to + added });
        (at, to) = (at + removed, to + added);
    }
    all
}

/// How many lines of each text come before the next line that both have.
fn until_same(old: &[&str], new: &[&str]) -> (usize, usize) {
    for distance in 1..=LOOK_AHEAD.min(old.len() + new.len()) {
        for removed in 0..=distance {
            let added = distance - removed;
            if old.get(removed).is_some_and(|line| new.get(added) == Some(line)) {
                return (removed, added);
            }
        }
    }
    (old.len(), new.len())
}

fn hunk(old: &[&str], new: &[&str], changes: &[Replaced]) -> String {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return String::new() };
    let before = CONTEXT.min(first.old.start);
    let after = CONTEXT.min(old.len() - last.old.end);
    let (from, to) = (first.old.start - before, last.old.end + after);
    let new_lines = first.new.start - before..last.new.end + after;
    let mut out = format!("@@ -{} +{} @@\n", span(&(from..to)), span(&new_lines));
    let mut at = from;
    for change in changes {
        push_lines(&mut out, ' ', &old[at..change.old.start]);
        push_lines(&mut out, '-', &old[change.old.clone()]);
        push_lines(&mut out, '+', &new[change.new.clone()]);
        at = change.old.end;
    }
    push_lines(&mut out, ' ', &old[at..to]);
    out
}

/// The first line, counted from 1, and the number of lines. A range without lines is named by the line before it.
fn span(lines: &Range<usize>) -> String {
    let first = if lines.is_empty() { lines.start } else { lines.start + 1 };
    format!("{first},{}", lines.len())
}

fn push_lines(out: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn changes_are_shown_with_their_lines() {
        let check = |old: &str, new: &str, wanted: &str| assert_eq!(unified(old, new), wanted, "{old:?} to {new:?}");
        let old = "a\nb\nc\nd\ne\n";
        check(old, old, "");
        check(old, "a\nb\nX\nd\ne\n", "@@ -1,5 +1,5 @@\n a\n b\n-c\n+X\n d\n e\n");
        check(old, "a\nb\nc\nn\nd\ne\n", "@@ -2,4 +2,5 @@\n b\n c\n+n\n d\n e\n");
        check(old, "a\nb\ne\n", "@@ -1,5 +1,3 @@\n a\n b\n-c\n-d\n e\n");
        check("a\n", "a\nn\n", "@@ -1,1 +1,2 @@\n a\n+n\n");
        check("", "n\n", "@@ -0,0 +1,1 @@\n+n\n");
        check("a", "a\n", "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n");
        // A carriage return is a part of its line.
        check("a\r\nb\r\n", "a\r\nX\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+X\r\n");
    }

    #[test]
    fn changes_that_are_close_share_a_hunk() {
        let old: Vec<String> = (0..12).map(|number| format!("{number}\n")).collect();
        let hunks = |changed: &[usize]| {
            let mut new = old.clone();
            changed.iter().for_each(|at| new[*at] = "X\n".to_owned());
            unified(&old.concat(), &new.concat()).matches("@@ -").count()
        };
        assert_eq!(hunks(&[3, 4]), 1);
        assert_eq!(hunks(&[3, 6]), 1);
        assert_eq!(hunks(&[3, 8]), 1);
        assert_eq!(hunks(&[3, 9]), 2);
    }

    #[test]
    fn a_diff_is_applied_in_the_current_folder_or_in_the_deepest_that_holds_its_files() {
        let check = |here: &str, files: &[&str], wanted: &str| {
            let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
            assert_eq!(folder_for(&files, Some(Path::new(here))), Path::new(wanted), "{here} {files:?}");
        };
        check("/home/me", &["/home/me/w.toml"], "/home/me");
        check("/home/me", &["/home/me/s.d/a.toml", "/home/me/w.toml"], "/home/me");
        check("/", &["/etc/w/w.toml"], "/");
        check("/root", &["/etc/w/w.toml"], "/etc/w");
        check("/root", &["/etc/w/s.d/a.toml", "/etc/w/s.d/b.toml"], "/etc/w/s.d");
        check("/root", &["/etc/w/s.d/a.toml", "/etc/w/w.toml"], "/etc/w");
        check("/root", &["/etc/w/w.toml", "/etcetera/a.toml"], "/");
        check("/etc/w/s", &["/etc/w/s.d/a.toml"], "/etc/w/s.d");
        // In the repository /etc, git would look for w/w.toml.
        check("/etc/w", &["/etc/w/w/w.toml"], "/etc/w/w");
        check("/etc/w", &["/etc/w/w/w.toml", "/etc/w/a.toml"], "/etc");
        check("/etc/w/s", &["/etc/w/s/w/s/a.toml"], "/etc/w/s/w/s");
        check("/etc/w", &["/etc/w/w"], "/etc/w");
        assert_eq!(folder_for(&[PathBuf::from("/etc/w/w.toml")], None), Path::new("/etc/w"));
    }

    #[test]
    fn names_are_quoted_as_git_quotes_them() {
        let check = |name: &[u8], wanted: &str| {
            assert_eq!(quoted(Path::new(std::ffi::OsStr::from_bytes(name))), wanted, "{name:?}");
        };
        check(b"s.d/it's [a] $1~.toml", "s.d/it's [a] $1~.toml");
        check("é.toml".as_bytes(), r#""\303\251.toml""#);
        check(b"a\"b\\c", r#""a\"b\\c""#);
        check(b"\0\x01\x07\x08\t\n\x0b\x0c\r\x0e\x7f\xff", r#""\000\001\a\b\t\n\v\f\r\016\177\377""#);
        check(b" a", " a");
        check(b"a ", "\"a \"");
        assert_eq!(header(Path::new("s.d/a.toml")), "--- a/s.d/a.toml\n+++ b/s.d/a.toml\n");
        assert_eq!(header(Path::new("a b")), "--- a/a b\t\n+++ b/a b\t\n");
        assert_eq!(header(Path::new("a\" b")), "--- \"a/a\\\" b\"\t\n+++ \"b/a\\\" b\"\t\n");
    }

    /// Applies hunks as `patch` does, without any tolerance: every line of context must be the old text's next line,
    /// and every number in a hunk's head must be right.
    fn applied(old: &str, hunks: &str) -> String {
        let old: Vec<&str> = old.split_inclusive('\n').collect();
        let lines: Vec<&str> = hunks.split_terminator('\n').collect();
        let text = |number: usize| {
            let has_note = lines.get(number + 1).is_some_and(|next| next.starts_with('\\'));
            let end = if has_note { "" } else { "\n" };
            format!("{}{end}", &lines[number][1..])
        };
        let (mut out, mut at) = (String::new(), 0);
        let (mut old_left, mut new_left) = (0_i64, 0_i64);
        for (number, line) in lines.iter().enumerate() {
            match line.chars().next() {
                Some('@') => {
                    assert_eq!(
                        (old_left, new_left),
                        (0, 0),
                        "a hunk before line {number} has other lines than it says"
                    );
                    let numbers = line.split(['@', ' ', '-', '+', ',']).filter(|word| !word.is_empty());
                    let numbers: Vec<i64> = numbers.map(|word| word.parse().expect("a number")).collect();
                    let &[from, removed, to, added] = numbers.as_slice() else {
                        panic!("{line:?} is not the head of a hunk")
                    };
                    (old_left, new_left) = (removed, added);
                    let lines_before =
                        |first: i64, lines: i64| usize::try_from(if lines == 0 { first } else { first - 1 });
                    let from = lines_before(from, removed).expect("lines count from 1");
                    assert!(from >= at, "hunks overlap in line {from}");
                    out.push_str(&old[at..from].concat());
                    at = from;
                    let to = lines_before(to, added).expect("lines count from 1");
                    assert_eq!(out.split_inclusive('\n').count(), to, "{line:?}");
                }
                Some(sign @ (' ' | '-')) => {
                    assert_eq!(old[at], text(number));
                    at += 1;
                    old_left -= 1;
                    if sign == ' ' {
                        out.push_str(&text(number));
                        new_left -= 1;
                    }
                }
                Some('+') => {
                    out.push_str(&text(number));
                    new_left -= 1;
                }
                Some('\\') => {}
                _ => panic!("{line:?} is not a line of a hunk"),
            }
        }
        assert_eq!((old_left, new_left), (0, 0), "the last hunk has other lines than it says");
        out + &old[at..].concat()
    }

    proptest! {
        /// The alphabet is small, so that many lines are the same.
        #[test]
        fn a_diff_turns_the_old_text_into_the_new_one(
            old in prop::collection::vec("[abc]?\n", 0..40),
            edits in prop::collection::vec((0_usize..40, 0_usize..4, prop::collection::vec("[abcX]?\n", 0..4)), 0..6),
            ends in (any::<bool>(), any::<bool>()),
        ) {
            let mut new = old.clone();
            for (at, removed, added) in edits {
                let at = at.min(new.len());
                let end = (at + removed).min(new.len());
                drop(new.splice(at..end, added));
            }
            let whole = |lines: &[String], has_end: bool| {
                let text = lines.concat();
                if has_end { text } else { text.trim_end_matches('\n').to_owned() }
            };
            let (old, new) = (whole(&old, ends.0), whole(&new, ends.1));
            prop_assert_eq!(applied(&old, &unified(&old, &new)), new);
        }
    }
}
