//! The command line with its whole help: what stands behind the options of each verb, examples and exit statuses. The manual page says
//! the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::{Command, CommandFactory, FromArgMatches};

use super::arguments::Arguments;
use super::{FAILED, HELD_BY_ANOTHER, SOME_FAILED, USAGE};

/// Exit statuses of the program.
pub(super) const STATUSES: [(u8, &str); 5] = [
    (0, "done; also after SIGTERM or SIGINT"),
    (FAILED.get(), "failed"),
    (USAGE.get(), "wrong usage or configuration"),
    (SOME_FAILED.get(), "done, but some sources failed, or `doctor` has findings"),
    (HELD_BY_ANOTHER.get(), HELD),
];

const HELD: &str = "another daemon holds the database";

/// What stands behind the options of the whole program.
const OF_PROGRAM: &str = "\
`watershed help VERB` explains a verb, with examples. Begin with `watershed demo`, or with a file
watershed.toml that has the lines
  [[source]]
  url = \"https://blog.rust-lang.org/feed.xml\"
and `watershed run`.
";

/// At least one example of each verb: the verb, a command, and what the command does.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("run", "watershed run", "serve what ./watershed.toml names"),
    ("run", "watershed --config ~/feeds/watershed.toml run", "with another configuration"),
    ("poll", "watershed -q poll", "for cron: what is due; prints only what went wrong"),
    ("poll", "watershed poll kestrel courier", "these sources now"),
    ("poll", "watershed poll --all", "every source now"),
    ("poll", "watershed poll --fresh kestrel", "the whole document, even if nothing has changed"),
    ("check", "watershed check", "the configuration in use"),
    ("check", "watershed check edited.toml", "another file"),
    ("check", "watershed check --json", "for editors and scripts"),
    ("plan", "watershed plan edited.toml", "what the edit would change, before you save it in its place"),
    ("reload", "watershed reload", "apply the edited configuration, and say what changed"),
    ("add", "watershed add https://blog.rust-lang.org/", "the feed that this page names"),
    ("add", "watershed add https://lwn.net/headlines/rss --name lwn --tag linux", "with a name and a tag"),
    ("remove", "watershed remove lwn", "poll it no longer, and show its entries no longer"),
    ("remove", "watershed remove lwn --purge", "and delete its entries"),
    ("prune", "watershed prune --dry-run", "how many entries of each source would go"),
    ("prune", "watershed prune", "delete them"),
    ("backup", "watershed backup /backups/watershed.db", "also while the daemon runs"),
    ("backup", "watershed -q backup /backups/watershed.db", "for cron"),
    ("restore", "watershed restore /backups/watershed.db", "with the daemon stopped"),
    ("import", "watershed import feeds.opml --dry-run", "show what would be written"),
    (
        "import",
        "watershed import feeds.opml --verify --to sources.d/mine.toml",
        "ask each address, and add what answers",
    ),
    ("import", "watershed import ~/.newsboat/urls", "a list of newsboat"),
    ("export", "watershed export >feeds.opml", "for most readers"),
    ("export", "watershed export --format newsboat >urls", "for newsboat"),
    ("list", "watershed list", "all sources"),
    ("list", "watershed list --failing", "those that need you"),
    ("list", "watershed list --silent 90d --tag linux", "those with this tag that brought nothing for three months"),
    ("list", "watershed list --hidden", "hidden entries"),
    ("show", "watershed show lwn", "all that is known of it"),
    ("show", "watershed show lwn --json", "for scripts"),
    ("status", "watershed status", "at a glance"),
    ("status", "watershed status --json", "for scripts, with all sources"),
    ("doctor", "watershed doctor", "look at everything"),
    ("doctor", "sudo watershed doctor", "with what only root may see of a service"),
    ("entries", "watershed entries", "the newest on a terminal"),
    ("entries", "watershed entries --source lwn --since 2d", "what a source brought in two days"),
    ("entries", "watershed entries --json >entries.json", "everything, one JSON object per line"),
    ("entries", "watershed entries --json --after start", "everything in storing order"),
    ("entries", "watershed entries --after 2a-5d1f03c8", "what was stored since: a `cursor`"),
    ("entries", "watershed entries --follow", "entries as they are stored"),
    ("search", "watershed search comet", "entries with a word"),
    ("search", "watershed search '\"release notes\" -beta since:30d'", "a phrase without a word, of a month"),
    ("search", "watershed search 'kern* tag:linux' --sort rank", "the beginning of a word; the best first"),
    ("why", "watershed why https://lwn.net/Articles/1000000/", "by the address of the article; also by an id"),
    ("split", "watershed split https://lwn.net/Articles/1000000/", "publish it by itself from now on"),
    (
        "join",
        "watershed join https://lwn.net/Articles/1000000/ https://lwn.net/Articles/1000001/",
        "publish both as one story",
    ),
    ("hide", "watershed hide https://lwn.net/Articles/1000000/", "`watershed list --hidden` lists it"),
    ("unhide", "watershed unhide https://lwn.net/Articles/1000000/", "show it again"),
    ("stories", "watershed stories --dry-run --match link", "what if only addresses and ids counted?"),
    ("stories", "watershed stories --dry-run --window 3d --since 90d", "what if copies lay three days apart at most?"),
    ("tidy", "watershed tidy", "show the edits as a diff"),
    ("tidy", "watershed tidy --apply", "make them"),
    ("config", "watershed config --defaults >watershed.toml", "start a configuration"),
    ("config", "watershed config --effective", "see what is in force"),
    ("config", "watershed config --schema >watershed.schema.json", "let an editor complete keys"),
    ("probe", "watershed probe https://lwn.net/headlines/rss", "an address"),
    ("probe", "watershed probe ./feed.xml", "a file"),
    ("probe", "watershed probe - <feed.xml", "standard input"),
    ("theme", "watershed theme --write mytheme", "the built-in files, to change them"),
    ("theme", "watershed theme --context front", "what the template of the front page sees"),
    ("demo", "watershed demo", "serve until Ctrl-C"),
    ("demo", "watershed demo --once", "print the merged stories and exit"),
    ("completions", "watershed completions bash >~/.local/share/bash-completion/completions/watershed", "for bash"),
    ("man", "watershed man | man -l -", "read it"),
    ("man", "watershed man >watershed.1", "keep it"),
];

/// Exit statuses that mean something else for a verb than in [`STATUSES`], or that not every verb has: the verb, the
/// status, and its meaning.
const OWN_STATUSES: &[(&str, u8, &str)] = &[
    ("run", 0, "stopped by SIGTERM or SIGINT"),
    ("run", HELD_BY_ANOTHER.get(), HELD),
    ("poll", SOME_FAILED.get(), "some polls failed"),
    ("poll", HELD_BY_ANOTHER.get(), HELD),
    ("check", 0, "the configuration is valid; there may be notes"),
    ("check", USAGE.get(), "the configuration has mistakes"),
    ("reload", 0, "applied, or nothing has changed"),
    ("reload", USAGE.get(), "refused: the previous configuration stays in force"),
    ("prune", HELD_BY_ANOTHER.get(), HELD),
    ("restore", HELD_BY_ANOTHER.get(), HELD),
    ("import", SOME_FAILED.get(), "with --verify: some addresses did not answer with a feed"),
    ("list", SOME_FAILED.get(), "with --failing: there are such sources"),
    ("status", FAILED.get(), "failed, or no daemon runs"),
    ("doctor", 0, "nothing was found"),
    ("doctor", SOME_FAILED.get(), "there are findings"),
    ("entries", 0, "done; with --follow also after Ctrl-C, or when nobody reads any more"),
    ("entries", FAILED.get(), "failed; with --follow also when the daemon stops"),
    ("entries", USAGE.get(), "wrong usage, or a cursor of another database"),
    ("split", HELD_BY_ANOTHER.get(), HELD),
    ("join", HELD_BY_ANOTHER.get(), HELD),
    ("hide", HELD_BY_ANOTHER.get(), HELD),
    ("unhide", HELD_BY_ANOTHER.get(), HELD),
];

/// The examples of a verb: commands, and what they do.
pub(super) fn examples(verb: &str) -> Vec<(&'static str, &'static str)> {
    EXAMPLES.iter().filter(|(of, ..)| *of == verb).map(|(_, command, purpose)| (*command, *purpose)).collect()
}

/// The exit statuses of a verb, with their meaning: those that every verb has, in the words of this verb, and its own.
pub(super) fn statuses(verb: &str) -> Vec<(u8, &'static str)> {
    let mut statuses =
        BTreeMap::from([(0, "done"), (FAILED.get(), "failed"), (USAGE.get(), "wrong usage or configuration")]);
    let own = OWN_STATUSES.iter().filter(|(of, ..)| *of == verb);
    statuses.extend(own.map(|(_, status, meaning)| (*status, *meaning)));
    statuses.into_iter().collect()
}

/// What stands behind the options of a verb.
fn behind_options(verb: &str) -> String {
    let examples = examples(verb);
    let width = examples.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
    let mut text = "Examples:\n".to_owned();
    for (command, purpose) in examples {
        // Terminals break long lines in the middle of words, so the purpose of a long command is printed below it.
        let _ = if width > BESIDE_MAX {
            writeln!(text, "  {command}\n      {purpose}")
        } else {
            writeln!(text, "  {command:width$}  {purpose}")
        };
    }
    text + "\n" + &list(&statuses(verb))
}

/// The longest command, in bytes, whose purpose is printed on the same line.
const BESIDE_MAX: usize = 45;

fn list(statuses: &[(u8, &str)]) -> String {
    let mut text = "Exit status:\n".to_owned();
    for (status, meaning) in statuses {
        let _ = writeln!(text, "  {status}  {meaning}");
    }
    text
}

/// The description of the command line, with its help.
pub(super) fn command() -> Command {
    let command = Arguments::command().after_help(format!("{OF_PROGRAM}\n{}", list(&STATUSES)));
    command.mut_subcommands(|verb| {
        let help = behind_options(verb.get_name());
        verb.after_help(help)
    })
}

/// The arguments with which the process was started. Wrong usage ends the process here, with exit status 2.
pub(super) fn arguments() -> Arguments {
    let mut command = command();
    let matches = command.get_matches_mut();
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a command, without what the shell does with its output and input.
    fn words(command: &str) -> Vec<&str> {
        let command = command.strip_prefix("sudo ").unwrap_or(command);
        let command = command.split(['>', '<', '|']).next().unwrap_or_default();
        let parts = command.split('\'').enumerate();
        parts.flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }).collect()
    }

    #[test]
    fn every_verb_has_examples_that_are_understood() {
        command().debug_assert();
        let arguments = Arguments::command();
        let verbs: Vec<&str> = arguments.get_subcommands().map(Command::get_name).collect();
        for verb in &verbs {
            assert!(!examples(verb).is_empty(), "{verb} has no examples");
            for (example, _) in examples(verb) {
                let words = words(example);
                assert!(words.contains(verb), "an example of {verb}: {example}");
                command().try_get_matches_from(words).unwrap_or_else(|error| panic!("{example}: {error}"));
            }
        }
        let told = EXAMPLES.iter().map(|(verb, ..)| verb).chain(OWN_STATUSES.iter().map(|(verb, ..)| verb));
        for verb in told {
            assert!(verbs.contains(verb), "there is help for {verb}, which does not exist");
        }
    }

    #[test]
    fn statuses_are_told_in_the_words_of_the_verb() {
        assert_eq!(statuses("plan"), [(0, "done"), (1, "failed"), (2, "wrong usage or configuration")]);
        assert_eq!(statuses("check").first(), Some(&(0, "the configuration is valid; there may be notes")));
        assert_eq!(statuses("run").last(), Some(&(4, "another daemon holds the database")));
    }
}
