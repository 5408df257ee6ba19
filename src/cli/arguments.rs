//! The command line: verbs, options and their help texts, from which the manual page and the completions are made, too.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::clock;
use crate::config::parse_span;
use crate::control::FOUND_MAX;
use crate::model::Timestamp;
use crate::publish::pages::PageKind;

/// The heading of the options that every verb has, so that they stand apart from its own.
const GLOBAL: &str = "Global options";
const WEEK_SECONDS: u64 = 7 * 86_400;
/// Bytes of a date such as 2026-11-24.
const DATE_BYTES: usize = 10;

/// Many feeds in, one feed out.
///
/// Polls the RSS, Atom and JSON feeds named in one TOML file, keeps every entry once, and serves them as merged feeds.
#[derive(Debug, Parser)]
#[command(name = "watershed", version, arg_required_else_help = true)]
pub(super) struct Arguments {
    /// The configuration file; default: $WATERSHED_CONFIG, ./watershed.toml, the user's own, or /etc/watershed/watershed.toml
    #[arg(short, long, value_name = "FILE", global = true, help_heading = GLOBAL)]
    pub(super) config: Option<PathBuf>,
    /// Print and log more
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = GLOBAL)]
    pub(super) verbose: bool,
    /// Print and log only what went wrong
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    pub(super) quiet: bool,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Poll, publish and serve until stopped; this is what the service runs
    Run,
    /// Poll the sources that are due, or the named sources, and exit
    Poll(PollArguments),
    /// Read the configuration and report every mistake in it; changes nothing
    Check {
        /// The file to read; default: the configuration in use
        file: Option<PathBuf>,
        /// Print mistakes and notes as one JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Show what an edited file would change: sources, entries that outputs gain and lose, settings, addresses, useless rules
    Plan {
        /// The edited file; default: the configuration in use
        file: Option<PathBuf>,
        /// Print one JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Make the running daemon apply the edited configuration now
    Reload,
    /// Find the feed behind an address, show what it holds, and append a [[source]]
    Add(AddArguments),
    /// Remove a [[source]] from the configuration; its entries stay in the database until they are pruned
    Remove {
        /// Names of the sources
        #[arg(required = true)]
        names: Vec<String>,
        /// Delete all entries of the sources, too
        #[arg(long)]
        purge: bool,
    },
    /// Delete now what `keep` and `keep_min` in [store] no longer keep
    ///
    /// The daemon and `poll` do it once an hour by themselves.
    Prune(PruneArguments),
    /// Copy the database to a file, also while it is in use, and check the copy
    Backup {
        /// The file; an earlier backup of the same database is replaced
        file: PathBuf,
        /// Replace any other file, too
        #[arg(long)]
        force: bool,
    },
    /// Put a backup in the place of the database; stop the daemon first
    ///
    /// The database that was there is kept beside it, with the end .before-restore.
    Restore {
        /// A file that `backup` has written
        file: PathBuf,
    },
    /// Add the sources of another reader's export: OPML, newsboat's urls, or a list of addresses; or take over what `export
    /// --decisions` has printed
    Import(ImportArguments),
    /// Print the sources as OPML for other readers; addresses with secrets are left out
    Export(ExportArguments),
    /// Print a line for each source: state, last and next poll, newest entry, entries, tags, problem
    List(ListArguments),
    /// Print everything known about a source, and why its next poll is when it is
    Show {
        /// Name of the source
        name: String,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Print how the running daemon is: sources by state, what needs attention and what to do, the database
    Status {
        /// Print one JSON object, with the sources as in `list`, those with trouble first
        #[arg(long)]
        json: bool,
    },
    /// Look for what keeps watershed from working, and name a remedy for each finding
    ///
    /// Looks at the configuration, permissions, disk, clock, database, unit file, daemon, names, certificates, `public_url`, failing
    /// sources and receivers of news that fail, with and without a daemon. Changes nothing.
    Doctor {
        /// Print one JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Print stored entries, newest first; with --after or --follow in storing order
    Entries(EntriesArguments),
    /// Search all stored entries
    Search(SearchArguments),
    /// Explain the decisions on an entry: identity, story and the evidence for it, where it is published
    Why {
        /// Published or declared id, address, or key of the entry
        entry: String,
        /// Print one JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Remove an entry from its story, permanently
    Split(EntryArgument),
    /// Join two stories into one
    Join {
        /// Published or declared id, or address of an entry of one of the stories
        entry: String,
        /// Published or declared id, or address of an entry of the other story
        other: String,
    },
    /// Remove an entry from every output
    Hide(EntryArgument),
    /// Show a hidden entry again
    Unhide(EntryArgument),
    /// Show which entries other settings would join or part
    Stories(StoriesArguments),
    /// Show the edits of the configuration that polling suggests
    ///
    /// They are about sources that have moved or are gone, pages that name their feed, and servers that have the feed at https, too.
    Tidy {
        /// Make the edits, keeping comments and order
        #[arg(long)]
        apply: bool,
    },
    /// Print every key with its default, the configuration in force, or a schema for editors
    #[command(group(ArgGroup::new("printed").required(true).args(["defaults", "effective", "schema"])))]
    Config {
        /// Every key with its default, explained
        #[arg(long)]
        defaults: bool,
        /// The configuration in force, with every default filled in and without secrets
        #[arg(long)]
        effective: bool,
        /// A JSON Schema of the file, with which editors complete and check keys
        #[arg(long)]
        schema: bool,
    },
    /// Fetch one address or file and explain it; stores nothing
    ///
    /// Shows redirects, validators, encoding, format, problems, entries, the poll that would follow, and a [[source]] for it.
    Probe {
        /// An address, a file, or - for standard input
        target: String,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Start a theme for the pages: write the built-in one, or print what its templates see
    #[command(group(ArgGroup::new("wanted").required(true).args(["write", "context"])))]
    Theme {
        /// Write the built-in templates, style and words into this folder; files that are there already are left as they are
        #[arg(long, value_name = "FOLDER")]
        write: Option<PathBuf>,
        /// Print, as JSON, the context of a page of invented entries: front, feed, archive, members, story, search, status
        /// or error
        #[arg(long, value_name = "NAME", value_parser = super::theme::kind_of_page)]
        context: Option<PageKind>,
    },
    /// Poll a small built-in publisher and serve the merged feed; works offline
    Demo {
        /// Print the merged entries and exit
        #[arg(long)]
        once: bool,
    },
    /// Print the completion script of a shell
    Completions {
        /// The shell that the script is for
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(super) struct EntryArgument {
    /// Published or declared id, or address of the entry
    pub(super) entry: String,
}

#[derive(Debug, Args)]
pub(super) struct PollArguments {
    /// Names of the sources; default: the sources that are due
    pub(super) names: Vec<String>,
    /// Poll every source, due or not
    #[arg(long, conflicts_with = "names")]
    pub(super) all: bool,
    /// Request the whole document of the named sources, for servers that wrongly answer "not modified"
    #[arg(long, requires = "names")]
    pub(super) fresh: bool,
    /// Lift the pauses of the named sources and their sites; a Retry-After of a day or less is kept
    #[arg(long, requires = "names")]
    pub(super) force: bool,
    /// Print one JSON object per line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct PruneArguments {
    /// Only show how many entries of each source would be deleted
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Print one JSON object per line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct AddArguments {
    /// Addresses of feeds, or of pages that name their feed
    #[arg(required = true)]
    pub(super) urls: Vec<String>,
    /// Name of the source; default: a name made from the address
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Tag of the source; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    /// The exported file; - for standard input
    pub(super) file: PathBuf,
    /// Print the [[source]] tables, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Ask each address once, and add only those that answer with a feed; exits 3 if some did not
    #[arg(long)]
    pub(super) verify: bool,
    /// Write into this file, such as sources.d/mine.toml, and include it if it is not; relative to the folder of the configuration.
    /// Default: the configuration itself
    #[arg(long, value_name = "FILE")]
    pub(super) to: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// Print OPML 2.0, as without any option
    #[arg(long, conflicts_with = "format")]
    pub(super) opml: bool,
    /// Print what was hidden, split and joined by hand instead, as TOML for `import`
    #[arg(long, conflicts_with_all = ["format", "opml"])]
    pub(super) decisions: bool,
    /// Format of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Opml)]
    pub(super) format: ListFormat,
    /// Print private sources, and decisions on their entries, as well
    #[arg(long)]
    pub(super) private: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// OPML 2.0, which nearly every reader imports
    Opml,
    /// The file `urls` of newsboat
    Newsboat,
}

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// List only sources that fail or are gone; the exit status is 3 if there are such sources
    #[arg(long)]
    pub(super) failing: bool,
    /// List only sources that have brought no entry for a span such as 90d
    #[arg(long, value_name = "SPAN", value_parser = span)]
    pub(super) silent: Option<Duration>,
    /// List hidden entries instead of sources
    #[arg(long, conflicts_with_all = ["failing", "silent"])]
    pub(super) hidden: bool,
    /// List only sources with this tag, or their hidden entries
    #[arg(long)]
    pub(super) tag: Option<String>,
    /// Print one JSON object per line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct StoriesArguments {
    /// Only show the changes; required, because the settings cannot be applied from here
    #[arg(long, required = true)]
    pub(super) dry_run: bool,
    /// How far copies are recognised, as `match` in [stories]; default: as configured
    #[arg(long = "match", value_name = "REACH", value_parser = ["off", "link", "near"])]
    pub(super) reach: Option<String>,
    /// How far apart copies may lie, as `window` in [stories]; default: as configured
    #[arg(long, value_name = "SPAN", value_parser = span)]
    pub(super) window: Option<Duration>,
    /// Consider only entries first seen since a time such as 2026-11-24 or 2026-11-24T14:05:00Z (UTC), or within a span such as 2d
    #[arg(long, value_name = "TIME", value_parser = since, default_value = "30d")]
    pub(super) since: Timestamp,
    /// Print one JSON object per line
    #[arg(long)]
    pub(super) json: bool,
}

fn span(text: &str) -> Result<Duration, String> {
    span_or_weeks(text).ok_or_else(|| "not a span such as 7d or 1w".to_owned())
}

/// A span as in the configuration, or a number of weeks.
fn span_or_weeks(text: &str) -> Option<Duration> {
    let weeks = text.trim().strip_suffix('w').filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let Some(weeks) = weeks else { return parse_span(text).ok() };
    weeks.parse::<u64>().ok()?.checked_mul(WEEK_SECONDS).map(Duration::from_secs)
}

#[derive(Debug, Args)]
pub(super) struct EntriesArguments {
    /// Print only entries of this source; may be given several times
    #[arg(long = "source", value_name = "NAME")]
    pub(super) sources: Vec<String>,
    /// Print only entries of sources with this tag
    #[arg(long, value_name = "TAG")]
    pub(super) tag: Option<String>,
    /// Print only entries that this output selects
    #[arg(long, value_name = "NAME")]
    pub(super) output: Option<String>,
    /// Print only entries first seen since a time such as 2026-11-24 or 2026-11-24T14:05:00Z (UTC), or within a span such as 2d or 1w
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub(super) since: Option<Timestamp>,
    /// Print what was stored after an entry, in storing order: CURSOR is the `cursor` of the entry in --json, or `start`
    #[arg(long, value_name = "CURSOR")]
    pub(super) after: Option<String>,
    /// Print stories as outputs show them, instead of every copy
    #[arg(long)]
    pub(super) stories: bool,
    /// Print entries as they are stored, until stopped; with --since or --after, first those that are stored already
    #[arg(short, long)]
    pub(super) follow: bool,
    /// Largest number of entries to print; default: 50 on a terminal, but all with --since, --after, --follow or --json, and all in a
    /// pipe or a file
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) limit: Option<u32>,
    /// Print one JSON object per line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct SearchArguments {
    /// What to search for: words that must all occur, "phrases", begin*, -word, source:NAME, tag:TAG, author:NAME, since: and
    /// before: with a date or a span; best in single quotes, as in '"release notes" -beta since:30d'
    #[arg(required = true)]
    pub(super) query: Vec<String>,
    /// Order of the entries
    #[arg(long, value_enum)]
    pub(super) sort: Option<Sort>,
    /// Largest number of entries to print; default: 50
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=i64::from(FOUND_MAX)))]
    pub(super) limit: Option<u32>,
    /// Print one JSON object per line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// The newest first, as without --sort
    Newest,
    /// Those that fit best first
    Rank,
}

fn since(text: &str) -> Result<Timestamp, String> {
    // A date begins at midnight, UTC.
    let day = (text.len() == DATE_BYTES).then(|| format!("{text}T00:00:00Z"));
    if let Some(time) = Timestamp::parse_rfc3339(day.as_deref().unwrap_or(text)) {
        return Ok(time);
    }
    span_or_weeks(text).map(|span| clock::now().minus(span)).ok_or_else(|| {
        "neither a date such as 2026-11-24, a time such as 2026-11-24T14:05:00Z, nor a span such as 2d or 1w".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_spans() {
        let check = |text: &str, expected: &str| {
            assert_eq!(since(text).map(Timestamp::to_rfc3339).as_deref(), Ok(expected), "{text}");
        };
        check("2026-11-24", "2026-11-24T00:00:00Z");
        check("2026-11-24T14:05:00Z", "2026-11-24T14:05:00Z");
        check("2026-11-24T14:05:00+02:00", "2026-11-24T12:05:00Z");
        for text in ["yesterday", "2026-13-01", "2026-11-2", "w", "1.5w", "-1w", "99999999999999999999w", "", "é"] {
            assert!(since(text).is_err(), "{text}");
        }
        let week = Duration::from_secs(7 * 86_400);
        assert_eq!((span("1w"), span("7d"), span(" 2w ")), (Ok(week), Ok(week), Ok(2 * week)));
        let ago = clock::now().since(since("1w").expect("a span"));
        assert!(ago >= week && ago < week + Duration::from_secs(60), "{ago:?}");
    }
}
