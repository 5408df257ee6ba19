//! What can be typed.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::clock;
use crate::config::parse_span;
use crate::model::Timestamp;

/// Many feeds in, one feed out.
///
/// Polls the RSS, Atom and JSON feeds named in one TOML file, keeps every entry once, and serves them as merged feeds.
#[derive(Debug, Parser)]
#[command(name = "watershed", version, arg_required_else_help = true)]
pub(super) struct Arguments {
    /// The configuration; else $WATERSHED_CONFIG, ./watershed.toml, the user's, or /etc/watershed/watershed.toml
    #[arg(short, long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// Say only what went wrong
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Poll, publish and serve until stopped: what the service runs
    Run,
    /// Poll what is due, or the named sources, now, and exit
    Poll(PollArguments),
    /// Read a configuration and report every mistake in it; touches nothing
    Check {
        /// The file; else the one that is used
        file: Option<PathBuf>,
    },
    /// Show what a file would change: sources added and gone, what each output would gain and lose, rules that match nothing
    Plan {
        /// The file; else the one that is used
        file: Option<PathBuf>,
        /// One object a line
        #[arg(long)]
        json: bool,
    },
    /// Have the running daemon take the edited configuration now
    Reload,
    /// Find the feed behind an address, show what it holds, and append a [[source]]
    Add(AddArguments),
    /// Take the [[source]] out; its entries stay in the store
    Remove {
        /// Names of sources
        #[arg(required = true)]
        names: Vec<String>,
    },
    /// A line for each source: state, last and next poll, entries, problem
    List(ListArguments),
    /// All that is known of a source, and why its next poll is when it is
    Show {
        name: String,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Stored entries, newest first
    Entries(EntriesArguments),
    /// The decisions on an entry: identity, story and the evidence for it, where it is published
    Why {
        /// Published or declared id, address, or key
        entry: String,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Take an entry out of its story, for good
    Split { entry: String },
    /// Make one story of two
    Join { entry: String, other: String },
    /// Take an entry out of every output
    Hide { entry: String },
    /// Put a hidden entry back
    Unhide { entry: String },
    /// What other settings would join and part
    Stories(StoriesArguments),
    /// Show the edits that polling has shown to be due: moved sources, pages that name their feed, sources that are gone
    Tidy {
        /// Make them, keeping comments
        #[arg(long)]
        apply: bool,
    },
    /// Print every key with its default, the configuration in force, or a schema for editors
    Config {
        /// Every key with its default, explained
        #[arg(
            long,
            required_unless_present_any = ["effective", "schema"],
            conflicts_with_all = ["effective", "schema"]
        )]
        defaults: bool,
        /// What is in force, with every default filled in and without secrets
        #[arg(long, conflicts_with = "schema")]
        effective: bool,
        /// A JSON Schema of the file, by which editors complete and check keys
        #[arg(long)]
        schema: bool,
    },
    /// Fetch and explain one address or file: redirects, validators, encoding, format, problems, entries; stores nothing
    Probe {
        /// An address, a file, or - for standard input
        target: String,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// A small built-in publisher, polled and merged through the whole pipeline; works offline
    Demo {
        /// Print what was merged, and exit
        #[arg(long)]
        once: bool,
    },
    /// Print the completions of a shell
    Completions { shell: Shell },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(super) struct PollArguments {
    /// Names of sources; none means what is due
    pub(super) names: Vec<String>,
    /// Every source, due or not
    #[arg(long, conflicts_with = "names")]
    pub(super) all: bool,
    /// Ask the named sources for the whole document, whatever is known of it: where a server says "not modified" for ever
    #[arg(long, requires = "names")]
    pub(super) fresh: bool,
    /// Lift the pauses of the named sources and their sites; a Retry-After of a day or less is kept
    #[arg(long, requires = "names")]
    pub(super) force: bool,
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct AddArguments {
    /// Addresses of feeds, or of pages that name one
    #[arg(required = true)]
    pub(super) urls: Vec<String>,
    /// Short name; else one is made from the address
    #[arg(long)]
    pub(super) name: Option<String>,
    /// May be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// Only sources that fail or are gone
    #[arg(long)]
    pub(super) failing: bool,
    /// Only sources with this tag
    #[arg(long)]
    pub(super) tag: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct StoriesArguments {
    /// Change nothing: there is no other way yet
    #[arg(long, required = true)]
    pub(super) dry_run: bool,
    /// As in [stories]; else as configured
    #[arg(long = "match", value_name = "REACH", value_parser = ["off", "link", "near"])]
    pub(super) reach: Option<String>,
    /// As in [stories]; else as configured
    #[arg(long, value_name = "SPAN", value_parser = span)]
    pub(super) window: Option<Duration>,
    /// Only entries first seen since then: a time such as 2026-11-24T14:05:00Z, or a span such as 2d
    #[arg(long, value_name = "TIME", value_parser = since, default_value = "30d")]
    pub(super) since: Timestamp,
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

fn span(text: &str) -> Result<Duration, String> {
    parse_span(text).map_err(|_| "a span such as 7d".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct EntriesArguments {
    /// Only entries of this source
    #[arg(long, value_name = "NAME")]
    pub(super) source: Option<String>,
    /// Only entries that this output selects
    #[arg(long, value_name = "NAME")]
    pub(super) output: Option<String>,
    /// Only entries first seen since then: a time such as 2026-11-24T14:05:00Z, or a span such as 2d
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub(super) since: Option<Timestamp>,
    /// At most so many
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) limit: u32,
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

fn since(text: &str) -> Result<Timestamp, String> {
    if let Some(time) = Timestamp::parse_rfc3339(text) {
        return Ok(time);
    }
    parse_span(text)
        .map(|span| clock::now().minus(span))
        .map_err(|_| "neither a time such as 2026-11-24T14:05:00Z nor a span such as 2d".to_owned())
}
