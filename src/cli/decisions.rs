//! `export --decisions` and `import` of such a file: what a person has hidden, split and joined, as TOML, so that another store takes it
//! over. A site that is built anew each time keeps its decisions in this way.
//!
//! [`read`] and [`written`] know the format; the other functions exchange decisions with the daemon or the store.

use std::collections::BTreeSet;
use std::io;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::print::{self, counted};
use super::session::{Session, VerbResult, answered, block_on, ended, open, printed};
use super::{FAILED, Failure, USAGE};
use crate::config::{Config, is_name};
use crate::control::{self, Connected, End, Record, Verb};
use crate::logging::printable;
use crate::model::{ByHand, EntryName};
use crate::store::{DECISIONS_MAX, TakenOver};

/// The kinds of decisions, each a list of tables of this name.
const KINDS: [&str; 3] = ["hide", "split", "join"];
/// Most bytes of an entry's key.
const KEY_MAX_BYTES: usize = 8 * 1024;
/// Most mistakes of a file that are told one by one.
const MISTAKES_TOLD: usize = 20;
/// Bytes of decisions that are sent to the daemon in one request, of which it takes 1 MiB.
const REQUEST_BYTES: usize = 256 * 1024;
/// The first line of a file, by which a file without decisions is recognised.
const FIRST_LINE: &str = "# What somebody has hidden, split and joined by hand: `watershed import FILE` takes it over.";
const EXPLAINED: &str = "# An entry is named by its source and by the `key` that `watershed entries --json` prints. Decisions on entries that are\n\
                         # not stored yet wait for them.";

/// Prints the decisions. Those on entries of private sources are left out unless `with_private`.
pub(super) fn export(session: &Session, with_private: bool) -> VerbResult {
    let config = session.config()?;
    let mut decisions: Vec<ByHand> = Vec::new();
    session.answer(Verb::Decisions, |record| {
        if let Record::Decision(decision) = record {
            decisions.push(*decision);
        }
        Ok(())
    })?;
    let all = decisions.len();
    decisions.retain(|decision| with_private || !names(decision).any(|name| is_private(&config, name)));
    let end = printed(print::text(&written(&decisions)))?;
    if decisions.len() < all {
        let number = counted(all - decisions.len(), "decision");
        session.say(&format!("{number} on entries of private sources left out; --private includes them"));
    }
    Ok(end)
}

fn names(decision: &ByHand) -> impl Iterator<Item = &EntryName> {
    std::iter::once(decision.entry()).chain(decision.other())
}

fn is_private(config: &Config, name: &EntryName) -> bool {
    config.sources.iter().any(|source| source.name == name.source && source.options.private)
}

/// Takes the decisions of a file over; with `dry_run`, only says what is in it. `shown` is the file's name for messages.
pub(super) fn import(session: &Session, shown: &str, text: &str, dry_run: bool) -> VerbResult {
    let decisions = read(text).map_err(|mistakes| Failure::new(USAGE, in_file(shown, &mistakes)))?;
    let config = session.config()?;
    let named: BTreeSet<&str> = decisions.iter().flat_map(names).map(|name| name.source.as_str()).collect();
    let is_unknown = |name: &&str| config.sources.iter().all(|source| source.name != *name);
    let unknown: Vec<&str> = named.into_iter().filter(is_unknown).take(MISTAKES_TOLD).collect();
    if !unknown.is_empty() {
        let unknown = unknown.join(", ");
        session.say(&format!("note: no source has the name {unknown}, so that decisions on its entries wait"));
    }
    if dry_run {
        session.say(&format!("{shown}: {} to be taken over", counted(decisions.len(), "decision")));
        return Ok(End::done());
    }
    if decisions.is_empty() {
        session.say(&format!("{shown} has no decisions"));
        return Ok(End::done());
    }
    let mut taken = TakenOver::default();
    let mut take = |record: Record| -> io::Result<()> {
        if let Record::TakenOver(more) = record {
            taken.made += more.made;
            taken.known += more.known;
            taken.awaited += more.awaited;
        }
        Ok(())
    };
    let mut end = End::done();
    if let Some(daemon) = session.daemon()? {
        let socket = daemon.socket.clone();
        let mut first = Some(daemon);
        let (all, mut done) = (decisions.len(), 0);
        for part in parts(decisions) {
            let number = part.len();
            let asked = match first.take() {
                Some(daemon) => Ok(daemon),
                None => socket.connect().map_err(|error| Failure::new(FAILED, error.to_string())),
            };
            let asked = asked.and_then(|daemon: Connected| ended(daemon.ask(Verb::TakeOver(part), &mut take)));
            end = asked.map_err(|failure| stopped(failure, done, all))?;
            done += number;
        }
    } else {
        end = block_on(async {
            let store = open(&config).await?;
            store.ping().await?;
            let all = decisions.len();
            let answer = control::answer(&Verb::TakeOver(decisions), &config, Some(&store)).await;
            answered(answer, &mut take).map_err(|failure| stopped(failure, 0, all))
        })?;
    }
    let TakenOver { made, known, awaited } = taken;
    session.say(&format!(
        "{} taken over; {known} in force already, {awaited} wait for their entries",
        counted(made, "decision")
    ));
    Ok(end)
}

/// Says how many decisions were taken over before the others failed.
fn stopped(Failure { exit, message }: Failure, done: usize, all: usize) -> Failure {
    let done = match done {
        0 => "nothing was taken over".to_owned(),
        done => format!(
            "the first {done} of {all} decisions were taken over; importing the file again changes nothing about them"
        ),
    };
    Failure::new(exit, format!("{message}\n{done}"))
}

/// The decisions in parts that each fit into a request.
fn parts(decisions: Vec<ByHand>) -> Vec<Vec<ByHand>> {
    let mut parts: Vec<Vec<ByHand>> = Vec::new();
    let mut room = 0;
    for decision in decisions {
        // Escapes may make a key six times as long.
        let bytes = names(&decision).map(|name| 100 + name.source.len() + 6 * name.key.len()).sum::<usize>();
        match parts.last_mut() {
            Some(part) if bytes <= room => {
                room -= bytes;
                part.push(decision);
            }
            _ => {
                room = REQUEST_BYTES.saturating_sub(bytes);
                parts.push(vec![decision]);
            }
        }
    }
    parts
}

/// Whether a text is meant as a file of decisions, however broken. No list of sources has such a line.
pub(super) fn is_meant(text: &str) -> bool {
    text.starts_with(FIRST_LINE)
        || text.lines().any(|line| {
            let name = line.trim_start().strip_prefix("[[").and_then(|rest| rest.split_once("]]"));
            name.is_some_and(|(name, _)| KINDS.contains(&name.trim()))
        })
}

/// A mistake and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    line: usize,
    what: String,
}

fn in_file(shown: &str, mistakes: &[Wrong]) -> String {
    let told = mistakes.iter().take(MISTAKES_TOLD);
    let mut lines: Vec<String> =
        told.map(|Wrong { line, what }| format!("{shown}:{line}: {}", printable(what))).collect();
    let untold = mistakes.len().saturating_sub(MISTAKES_TOLD);
    if untold > 0 {
        lines.push(format!("and {} more", counted(untold, "mistake")));
    }
    lines.push("nothing was taken over".to_owned());
    lines.join("\n")
}

/// Reads the decisions of a file, or finds all mistakes in it, in the order of their lines.
fn read(text: &str) -> Result<Vec<ByHand>, Vec<Wrong>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, mistakes: Vec::new() };
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.wrong(at, format!("not valid TOML: {}", error.message().trim_end()));
    }
    let mut decisions = Vec::new();
    if errors.is_empty() {
        for key in document.get_ref().keys().filter(|key| !KINDS.contains(&&**key.get_ref())) {
            let what = format!("unknown key `{}`; decisions are [[hide]], [[split]] and [[join]]", key.get_ref());
            reader.wrong(key.span().start, what);
        }
        for what in KINDS {
            let Some(tables) = document.get_ref().get(what) else { continue };
            match tables.get_ref().as_array() {
                Some(tables) => decisions.extend(tables.iter().filter_map(|table| reader.decision(what, table))),
                None => reader.wrong(tables.span().start, format!("write [[{what}]], not [{what}]")),
            }
        }
    }
    if decisions.len() > DECISIONS_MAX {
        reader.wrong(0, format!("there are {} decisions; at most {DECISIONS_MAX} are taken over", decisions.len()));
    }
    reader.mistakes.sort_by_key(|wrong| wrong.line);
    if reader.mistakes.is_empty() { Ok(decisions) } else { Err(reader.mistakes) }
}

struct Reader<'t> {
    text: &'t str,
    mistakes: Vec<Wrong>,
}

impl Reader<'_> {
    fn wrong(&mut self, at: usize, what: String) {
        let at = self.text.floor_char_boundary(at.min(self.text.len()));
        self.mistakes.push(Wrong { line: self.text[..at].matches('\n').count() + 1, what });
    }

    /// Notes a mistake, and returns `None` in place of the value.
    fn refuse<T>(&mut self, at: usize, what: String) -> Option<T> {
        self.wrong(at, what);
        None
    }

    fn decision(&mut self, what: &'static str, value: &Spanned<DeValue<'_>>) -> Option<ByHand> {
        let Some(table) = value.get_ref().as_table() else {
            return self.refuse(value.span().start, format!("[[{what}]] must be a table"));
        };
        let wanted: &[&str] = if what == "hide" { &["entry"] } else { &["entry", "other"] };
        self.refuse_others(table, wanted, &format!("[[{what}]]"));
        let entry = self.entry(what, table, "entry", value.span().start);
        let other = match wanted {
            [_, other] => Some(self.entry(what, table, other, value.span().start)?),
            _ => None,
        };
        ByHand::parse(what, entry?, other)
    }

    fn refuse_others(&mut self, table: &DeTable<'_>, wanted: &[&str], place: &str) {
        for key in table.keys().filter(|key| !wanted.contains(&&**key.get_ref())) {
            let what = format!("unknown key `{}` in {place}; its keys are {}", key.get_ref(), wanted.join(" and "));
            self.wrong(key.span().start, what);
        }
    }

    /// The entry at a key: `{ source = "…", key = "…" }`.
    fn entry(&mut self, what: &str, table: &DeTable<'_>, key: &str, at: usize) -> Option<EntryName> {
        let Some(value) = table.get(key) else {
            return self.refuse(at, format!("this [[{what}]] has no `{key}`"));
        };
        let at = value.span().start;
        let Some(named) = value.get_ref().as_table() else {
            return self.refuse(at, format!("`{key}` must be {{ source = \"NAME\", key = \"KEY\" }}"));
        };
        self.refuse_others(named, &["source", "key"], &format!("`{key}`"));
        let source = self.text_at(named, "source", at)?;
        let entry_key = self.text_at(named, "key", at)?;
        if !is_name(&source) {
            return self.refuse(at, "`source` is not the name of a source; see `watershed list`".to_owned());
        }
        if entry_key.is_empty() || entry_key.len() > KEY_MAX_BYTES {
            return self.refuse(at, format!("`key` must have from 1 to {KEY_MAX_BYTES} bytes"));
        }
        Some(EntryName { source, key: entry_key, title: String::new() })
    }

    fn text_at(&mut self, table: &DeTable<'_>, key: &str, at: usize) -> Option<String> {
        match table.get(key).map(|value| (value.span().start, value.get_ref().as_str())) {
            Some((_, Some(text))) => Some(text.to_owned()),
            Some((at, None)) => self.refuse(at, format!("`{key}` must be a string in quotes")),
            None => self.refuse(at, format!("`{key}` is missing")),
        }
    }
}

/// The decisions as a file.
fn written(decisions: &[ByHand]) -> String {
    let mut text = format!("{FIRST_LINE}\n{EXPLAINED}\n");
    for decision in decisions {
        text.push_str(&format!("\n[[{}]]\n", decision.as_str()));
        for (key, name) in [("entry", Some(decision.entry())), ("other", decision.other())] {
            let Some(EntryName { source, key: entry_key, title }) = name else { continue };
            let title = printable(title.trim());
            let remark = if title.is_empty() { String::new() } else { format!(" # {title}") };
            let (source, entry_key) = (quoted(source), quoted(entry_key));
            text.push_str(&format!("{key} = {{ source = {source}, key = {entry_key} }}{remark}\n"));
        }
    }
    text
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(source: &str, key: &str, title: &str) -> EntryName {
        EntryName { source: source.to_owned(), key: key.to_owned(), title: title.to_owned() }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let keys =
            ["id:https://a.example/1", "title:\"quoted\" \\ and 'single'", "id:two\nlines\u{7}", "link:ü\u{202e}"];
        let decisions: Vec<ByHand> = keys
            .iter()
            .flat_map(|key| {
                let (one, other) = (name("one", key, "A # title\nwith lines"), name("other", "id:2", ""));
                [ByHand::Hide(one.clone()), ByHand::Split(one.clone(), other.clone()), ByHand::Join(other, one)]
            })
            .collect();
        let text = written(&decisions);
        assert!(is_meant(&text));
        let bare = |name: &EntryName| EntryName { title: String::new(), ..name.clone() };
        let mut wanted: Vec<Option<ByHand>> =
            decisions.iter().map(|it| ByHand::parse(it.as_str(), bare(it.entry()), it.other().map(bare))).collect();
        // A file is read kind by kind, so the order of the kinds is that of [`KINDS`].
        wanted.sort_by_key(|it| KINDS.iter().position(|kind| it.as_ref().is_some_and(|it| it.as_str() == *kind)));
        let found: Vec<Option<ByHand>> = read(&text).expect("it is right").into_iter().map(Some).collect();
        assert_eq!(found, wanted);
        assert_eq!(read(&written(&[])), Ok(Vec::new()));
        assert!(is_meant(&written(&[])), "a file without decisions is no list of sources");
    }

    #[test]
    fn mistakes_have_lines() {
        let check = |text: &str, line: usize, said: &str| {
            let wrong = read(text).expect_err(text);
            assert!(wrong.iter().any(|it| it.line == line && it.what.contains(said)), "{line}: {said} in {wrong:?}");
        };
        let entry = "entry = { source = \"a\", key = \"id:1\" }";
        check(&format!("[[hide]]\n{entry}\n\n[[hide]]\nentri = 1\n"), 5, "unknown key `entri`");
        check("[[hide]]\n", 1, "no `entry`");
        check(&format!("[[split]]\n{entry}\n"), 1, "no `other`");
        check(&format!("\n[[hide]]\n{entry}\nother = 1\n"), 4, "unknown key `other`");
        check("[[join]]\nentry = \"id:1\"\n", 2, "must be { source");
        check("[[hide]]\nentry = { source = \"No Name\", key = \"id:1\" }\n", 2, "not the name of a source");
        check("[[hide]]\nentry = { source = \"a\", key = \"\" }\n", 2, "from 1 to");
        check("[[hide]]\nentry = { source = \"a\", key = 3 }\n", 2, "must be a string");
        check("[[hide]]\nentry = { source = \"a\" }\n", 2, "`key` is missing");
        check("[hide]\nx = 1\n", 1, "write [[hide]]");
        check("[[hide]]\nentry = = 1\n", 2, "not valid TOML");
        check(&format!("[[hide]]\n{entry}\n[[source]]\nurl = \"x\"\n"), 3, "unknown key `source`");
        let many = format!("[[hide]]\n{entry}\n").repeat(DECISIONS_MAX + 1);
        check(&many, 1, "at most 20000");
    }

    #[test]
    fn lists_of_sources_are_not_decisions() {
        for text in
            ["", "https://a.example/feed news\n", "<opml><body/></opml>", "[[source]]\nurl = \"x\"\n", "# [[hide]]\n"]
        {
            assert!(!is_meant(text), "{text:?}");
        }
        for text in ["[[hide]]\n", "\n  [[ join ]] # x\n", "[[split]]\nbroken"] {
            assert!(is_meant(text), "{text:?}");
        }
    }

    #[test]
    fn a_request_holds_no_more_than_it_may() {
        let decisions: Vec<ByHand> = (0..500)
            .map(|n| ByHand::Hide(name("a", &format!("id:{n}{}", "x".repeat(KEY_MAX_BYTES - 10)), "")))
            .collect();
        let parts = parts(decisions.clone());
        assert!(parts.iter().all(|part| serde_json::to_vec(part).expect("it is JSON").len() <= 2 * REQUEST_BYTES));
        assert_eq!(parts.into_iter().flatten().collect::<Vec<_>>(), decisions);
        assert!(super::parts(Vec::new()).is_empty());
    }
}
