//! The command line with its whole help: what stands behind the options of each verb, examples and exit statuses. The manual page says
//! the same.

use std::fmt::Write as _;

use clap::{Command, CommandFactory, FromArgMatches};

use super::arguments::Arguments;
use super::{FAILED, HELD_BY_ANOTHER, SOME_FAILED, USAGE};

/// Exit statuses of the program.
pub(super) const STATUSES: [(u8, &str); 5] = [
    (0, "done; also after SIGTERM or SIGINT"),
    (FAILED, "failed"),
    (USAGE, "wrong usage or configuration"),
    (SOME_FAILED, "done, but some sources failed, or `doctor` has findings"),
    (HELD_BY_ANOTHER, "another daemon holds the database"),
];

/// What stands behind the options of the whole program.
const OF_PROGRAM: &str = "\
`watershed help VERB` explains a verb, with examples. Begin with `watershed demo`, or with a file
watershed.toml that has the lines
  [[source]]
  url = \"https://blog.rust-lang.org/feed.xml\"
and `watershed run`.
";

/// What stands behind the options of a verb.
pub(super) struct Help {
    verb: &'static str,
    /// Commands, and what they do.
    pub(super) examples: &'static [(&'static str, &'static str)],
    /// Exit statuses that mean something else than in [`STATUSES`], or that not every verb has.
    statuses: &'static [(u8, &'static str)],
}

const fn help(
    verb: &'static str,
    examples: &'static [(&'static str, &'static str)],
    statuses: &'static [(u8, &'static str)],
) -> Help {
    Help { verb, examples, statuses }
}

const HELD: (u8, &str) = (HELD_BY_ANOTHER, "another daemon holds the database");

const VERBS: &[Help] = &[
    help(
        "run",
        &[
            ("watershed run", "serve what ./watershed.toml names"),
            ("watershed --config ~/feeds/watershed.toml run", "with another configuration"),
        ],
        &[(0, "stopped by SIGTERM or SIGINT"), HELD],
    ),
    help(
        "poll",
        &[
            ("watershed -q poll", "for cron: what is due; prints only what went wrong"),
            ("watershed poll kestrel courier", "these sources now"),
            ("watershed poll --all", "every source now"),
            ("watershed poll --fresh kestrel", "the whole document, even if nothing has changed"),
        ],
        &[(SOME_FAILED, "some polls failed"), HELD],
    ),
    help(
        "check",
        &[
            ("watershed check", "the configuration in use"),
            ("watershed check edited.toml", "another file"),
            ("watershed check --json", "for editors and scripts"),
        ],
        &[(0, "the configuration is valid; there may be notes"), (USAGE, "the configuration has mistakes")],
    ),
    help("plan", &[("watershed plan edited.toml", "what the edit would change, before you save it in its place")], &[]),
    help(
        "reload",
        &[("watershed reload", "apply the edited configuration, and say what changed")],
        &[(0, "applied, or nothing has changed"), (USAGE, "refused: the previous configuration stays in force")],
    ),
    help(
        "add",
        &[
            ("watershed add https://blog.rust-lang.org/", "the feed that this page names"),
            ("watershed add https://lwn.net/headlines/rss --name lwn --tag linux", "with a name and a tag"),
        ],
        &[],
    ),
    help(
        "remove",
        &[
            ("watershed remove lwn", "poll it no longer, and show its entries no longer"),
            ("watershed remove lwn --purge", "and delete its entries"),
        ],
        &[],
    ),
    help(
        "prune",
        &[
            ("watershed prune --dry-run", "how many entries of each source would go"),
            ("watershed prune", "delete them"),
        ],
        &[HELD],
    ),
    help(
        "backup",
        &[
            ("watershed backup /backups/watershed.db", "also while the daemon runs"),
            ("watershed -q backup /backups/watershed.db", "for cron"),
        ],
        &[],
    ),
    help("restore", &[("watershed restore /backups/watershed.db", "with the daemon stopped")], &[HELD]),
    help(
        "import",
        &[
            ("watershed import feeds.opml --dry-run", "show what would be written"),
            ("watershed import feeds.opml --verify --to sources.d/mine.toml", "ask each address, and add what answers"),
            ("watershed import ~/.newsboat/urls", "a list of newsboat"),
        ],
        &[(SOME_FAILED, "with --verify: some addresses did not answer with a feed")],
    ),
    help(
        "export",
        &[
            ("watershed export >feeds.opml", "for most readers"),
            ("watershed export --format newsboat >urls", "for newsboat"),
        ],
        &[],
    ),
    help(
        "list",
        &[
            ("watershed list", "all sources"),
            ("watershed list --failing", "those that need you"),
            ("watershed list --silent 90d --tag linux", "those with this tag that brought nothing for three months"),
            ("watershed list --hidden", "hidden entries"),
        ],
        &[(SOME_FAILED, "with --failing: there are such sources")],
    ),
    help(
        "show",
        &[("watershed show lwn", "all that is known of it"), ("watershed show lwn --json", "for scripts")],
        &[],
    ),
    help(
        "status",
        &[("watershed status", "at a glance"), ("watershed status --json", "for scripts, with all sources")],
        &[(FAILED, "failed, or no daemon runs")],
    ),
    help(
        "doctor",
        &[
            ("watershed doctor", "look at everything"),
            ("sudo watershed doctor", "with what only root may see of a service"),
        ],
        &[(0, "nothing was found"), (SOME_FAILED, "there are findings")],
    ),
    help(
        "entries",
        &[
            ("watershed entries", "the newest on a terminal"),
            ("watershed entries --source lwn --since 2d", "what a source brought in two days"),
            ("watershed entries --json >entries.json", "everything, one JSON object per line"),
            ("watershed entries --json --after start", "everything in storing order"),
            ("watershed entries --after 2a-5d1f03c8", "what was stored since: a `cursor`"),
            ("watershed entries --follow", "entries as they are stored"),
        ],
        &[
            (0, "done; with --follow also after Ctrl-C, or when nobody reads any more"),
            (FAILED, "failed; with --follow also when the daemon stops"),
            (USAGE, "wrong usage, or a cursor of another database"),
        ],
    ),
    help(
        "search",
        &[
            ("watershed search comet", "entries with a word"),
            ("watershed search '\"release notes\" -beta since:30d'", "a phrase without a word, of a month"),
            ("watershed search 'kern* tag:linux' --sort rank", "the beginning of a word; the best first"),
        ],
        &[],
    ),
    help(
        "why",
        &[("watershed why https://lwn.net/Articles/1000000/", "by the address of the article; also by an id")],
        &[],
    ),
    help(
        "split",
        &[("watershed split https://lwn.net/Articles/1000000/", "publish it by itself from now on")],
        &[HELD],
    ),
    help(
        "join",
        &[(
            "watershed join https://lwn.net/Articles/1000000/ https://lwn.net/Articles/1000001/",
            "publish both as one story",
        )],
        &[HELD],
    ),
    help(
        "hide",
        &[("watershed hide https://lwn.net/Articles/1000000/", "`watershed list --hidden` lists it")],
        &[HELD],
    ),
    help("unhide", &[("watershed unhide https://lwn.net/Articles/1000000/", "show it again")], &[HELD]),
    help(
        "stories",
        &[
            ("watershed stories --dry-run --match link", "what if only addresses and ids counted?"),
            ("watershed stories --dry-run --window 3d --since 90d", "what if copies lay three days apart at most?"),
        ],
        &[],
    ),
    help("tidy", &[("watershed tidy", "show the edits as a diff"), ("watershed tidy --apply", "make them")], &[]),
    help(
        "config",
        &[
            ("watershed config --defaults >watershed.toml", "start a configuration"),
            ("watershed config --effective", "see what is in force"),
            ("watershed config --schema >watershed.schema.json", "let an editor complete keys"),
        ],
        &[],
    ),
    help(
        "probe",
        &[
            ("watershed probe https://lwn.net/headlines/rss", "an address"),
            ("watershed probe ./feed.xml", "a file"),
            ("watershed probe - <feed.xml", "standard input"),
        ],
        &[],
    ),
    help(
        "theme",
        &[
            ("watershed theme --write mytheme", "the built-in files, to change them"),
            ("watershed theme --context front", "what the template of the front page sees"),
        ],
        &[],
    ),
    help(
        "demo",
        &[("watershed demo", "serve until Ctrl-C"), ("watershed demo --once", "print the merged stories and exit")],
        &[],
    ),
    help(
        "completions",
        &[("watershed completions bash >~/.local/share/bash-completion/completions/watershed", "for bash")],
        &[],
    ),
    help("man", &[("watershed man | man -l -", "read it"), ("watershed man >watershed.1", "keep it")], &[]),
];

impl Help {
    /// The exit statuses of the verb, with their meaning: those that every verb has, in the words of this verb, and its own.
    pub(super) fn statuses(&self) -> Vec<(u8, &'static str)> {
        let usual = [(0, "done"), (FAILED, "failed"), (USAGE, "wrong usage or configuration")];
        let is_own = |status: u8| self.statuses.iter().any(|(own, _)| *own == status);
        let mut statuses: Vec<(u8, &'static str)> = usual.into_iter().filter(|(status, _)| !is_own(*status)).collect();
        statuses.extend(self.statuses);
        statuses.sort_by_key(|(status, _)| *status);
        statuses
    }

    fn text(&self) -> String {
        let width = self.examples.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
        let mut text = "Examples:\n".to_owned();
        for (command, purpose) in self.examples {
            // A long line would be broken anywhere, so the purpose stands below a long command.
            let _ = if width > BESIDE_MAX {
                writeln!(text, "  {command}\n      {purpose}")
            } else {
                writeln!(text, "  {command:width$}  {purpose}")
            };
        }
        text + "\n" + &list(&self.statuses())
    }
}

/// The longest command, in bytes, whose purpose stands in the same line.
const BESIDE_MAX: usize = 45;

fn list(statuses: &[(u8, &str)]) -> String {
    let mut text = "Exit status:\n".to_owned();
    for (status, meaning) in statuses {
        let _ = writeln!(text, "  {status}  {meaning}");
    }
    text
}

/// What stands behind the options of a verb.
pub(super) fn of(verb: &str) -> Option<&'static Help> {
    VERBS.iter().find(|help| help.verb == verb)
}

/// The description of the command line, with its help.
pub(super) fn command() -> Command {
    let command = Arguments::command().after_help(format!("{OF_PROGRAM}\n{}", list(&STATUSES)));
    command.mut_subcommands(|verb| match of(verb.get_name()) {
        Some(help) => verb.after_help(help.text()),
        None => verb,
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
        for verb in Arguments::command().get_subcommands().map(Command::get_name) {
            let help = of(verb).unwrap_or_else(|| panic!("{verb} has no examples"));
            assert!(!help.examples.is_empty(), "{verb} has no examples");
            for (example, _) in help.examples {
                let words = words(example);
                assert!(words.contains(&verb), "an example of {verb}: {example}");
                command().try_get_matches_from(words).unwrap_or_else(|error| panic!("{example}: {error}"));
            }
        }
        assert_eq!(
            VERBS.len(),
            Arguments::command().get_subcommands().count(),
            "there is no help for verbs that do not exist"
        );
    }

    #[test]
    fn statuses_are_told_in_the_words_of_the_verb() {
        let of = |verb: &str| of(verb).map(Help::statuses).unwrap_or_default();
        assert_eq!(of("plan"), [(0, "done"), (1, "failed"), (2, "wrong usage or configuration")]);
        assert_eq!(of("check").first(), Some(&(0, "the configuration is valid; there may be notes")));
        assert_eq!(of("run").last(), Some(&(4, "another daemon holds the database")));
    }
}
