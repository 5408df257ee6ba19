//! `completions` and `man`, made from the description of the command line in `arguments.rs` and from the examples in `help.rs`.

use std::io::{self, Write};

use clap_complete::Shell;

use super::help::{self, STATUSES};
use super::print;
use super::session::{VerbResult, printed};

/// Sections of the manual page that cannot be made from the description of the command line.
const MORE: &str = r#".SH FILES
.TP
watershed.toml
the configuration: \-\-config, $WATERSHED_CONFIG, ./watershed.toml, $XDG_CONFIG_HOME/watershed/watershed.toml,
/etc/watershed/watershed.toml. \fBwatershed config \-\-defaults\fR prints every key.
.TP
watershed.db
the database: path in [store], else in $STATE_DIRECTORY, $XDG_STATE_HOME/watershed, or beside the configuration
.TP
control.sock
the running daemon's socket, in $RUNTIME_DIRECTORY, else beside the database
.SH SIGNALS
.TP
SIGHUP
apply the edited configuration
.TP
SIGTERM, SIGINT
stop within 10 seconds; a second signal stops at once
"#;

pub(super) fn completions(shell: Shell) -> VerbResult {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut help::command(), "watershed", &mut out);
    printed(print::text(&String::from_utf8_lossy(&out)))
}

pub(super) fn man() -> VerbResult {
    printed(page().and_then(|page| print::text(&page)))
}

/// The manual page: the program's own sections, and a section for each verb, with its options, examples and exit statuses.
fn page() -> io::Result<String> {
    let mut command = help::command();
    command.build();
    let mut out = Vec::new();
    let man = clap_mangen::Man::new(command.clone()).section("1");
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    for verb in command.get_subcommands() {
        verb_section(verb, &mut out)?;
    }
    out.extend_from_slice(b".SH \"EXIT STATUS\"\n");
    statuses(&STATUSES, &mut out)?;
    out.extend_from_slice(MORE.as_bytes());
    man.render_version_section(&mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn verb_section(verb: &clap::Command, out: &mut Vec<u8>) -> io::Result<()> {
    let name = verb.get_name().replace('-', "\\-");
    writeln!(out, ".SH \"{}\"", name.to_uppercase())?;
    let about = verb.get_long_about().or(verb.get_about()).map(ToString::to_string).unwrap_or_default();
    for (at, paragraph) in about.split("\n\n").enumerate() {
        if at > 0 {
            writeln!(out, ".PP")?;
        }
        writeln!(out, "{}", roff(paragraph))?;
    }
    for argument in verb.get_arguments().filter(|argument| !argument.is_global_set() && argument.get_id() != "help") {
        let value = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
        let takes_value = argument.get_action().takes_values();
        let shown = match (argument.get_long(), value) {
            (Some(long), Some(value)) if takes_value => format!("--{long} {value}"),
            (Some(long), _) => format!("--{long}"),
            (None, value) => value.unwrap_or_default(),
        };
        writeln!(out, ".TP\n\\fB{}\\fR", roff(&shown))?;
        writeln!(out, "{}", roff(&argument.get_help().map(ToString::to_string).unwrap_or_default()))?;
    }
    let examples = help::examples(verb.get_name());
    if examples.is_empty() {
        return Ok(());
    }
    writeln!(out, ".SS Examples")?;
    for (command, purpose) in examples {
        writeln!(out, ".TP\n\\fB{}\\fR\n{}", roff(command), roff(purpose))?;
    }
    writeln!(out, ".SS \"Exit status\"")?;
    statuses(&help::statuses(verb.get_name()), out)
}

fn statuses(statuses: &[(u8, &str)], out: &mut Vec<u8>) -> io::Result<()> {
    for (status, meaning) in statuses {
        writeln!(out, ".TP\n{status}\n{}", roff(meaning))?;
    }
    Ok(())
}

/// The text with all characters escaped that mean something to troff.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
