//! Reads newsboat's `urls`, and plain lists of addresses: on each line an address, and behind it tags, in quotes if they
//! contain blanks. A tag that begins with `~` is the feed's title, and `#` begins a comment.

use super::{Gathered, Listed, add, name, title};

/// Most words that are read from one line.
const WORDS_MAX: usize = 64;
const RUNS_A_PROGRAM: &str = "it runs a program, which an import never does";
const IS_A_QUERY: &str =
    "it is a query over other feeds; an [[output]] with `tags`, `search` or `filter` selects entries";

/// Reads all lines. Returns whether any line has an address or something else that newsboat knows.
pub(super) fn read(text: &str, gathered: &mut Gathered) -> bool {
    let mut is_list = false;
    for (at, line) in text.lines().enumerate() {
        let (mut words, line) = (words(line), at + 1);
        if words.is_empty() {
            continue;
        }
        let first = words.remove(0);
        let begins = |scheme: &str| first.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
        if begins("exec:") || begins("filter:") || first.contains('`') {
            is_list = true;
            gathered.leave_out(line, &first, RUNS_A_PROGRAM);
        } else if begins("query:") {
            is_list = true;
            gathered.leave_out(line, &first, IS_A_QUERY);
        } else {
            is_list |= first.contains("://") || first.contains('.');
            gathered.take(source(line, first, &words));
        }
    }
    is_list
}

fn source(line: usize, address: String, words: &[String]) -> Listed {
    let (mut renamed, mut tags) = (None, Vec::new());
    for word in words {
        if let Some(own) = word.strip_prefix('~') {
            renamed = title(own).or(renamed);
        } else if !word.starts_with('!')
            && let Some(tag) = name(word)
        {
            // A tag that begins with `!` only hides the feed in newsboat.
            add(&mut tags, &tag);
        }
    }
    Listed { line, address, is_renamed: renamed.is_some(), title: renamed, tags }
}

/// The words of a line up to a comment. In quotes, a backslash escapes the next character.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_matches(super::BLANK).chars().peekable();
    while words.len() < WORDS_MAX {
        while rest.next_if(|c| c.is_whitespace()).is_some() {}
        let mut word = String::new();
        match rest.peek() {
            None | Some('#') => break,
            Some('"') => {
                rest.next();
                while let Some(c) = rest.next().filter(|c| *c != '"') {
                    word.push(if c == '\\' { rest.next().unwrap_or(c) } else { c });
                }
            }
            Some(_) => {
                while let Some(c) = rest.next_if(|c| !c.is_whitespace()) {
                    word.push(c);
                }
            }
        }
        words.push(word);
    }
    words
}
