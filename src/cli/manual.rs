//! `completions` and `man`, made from the description of the command line in `arguments.rs`.

use std::io;

use clap::CommandFactory;
use clap_complete::Shell;

use super::arguments::Arguments;
use super::print;
use super::session::{VerbResult, printed};

/// Sections of the manual page that cannot be made from the description of the command line.
const MORE: &str = r#".SH "EXIT STATUS"
.TP
0
done; also after SIGTERM or SIGINT
.TP
1
failed
.TP
2
wrong usage or configuration
.TP
3
done, but some sources failed
.TP
4
another daemon holds the database
.SH FILES
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
    clap_complete::generate(shell, &mut Arguments::command(), "watershed", &mut out);
    printed(print::text(&String::from_utf8_lossy(&out)))
}

pub(super) fn man() -> VerbResult {
    printed(page().and_then(|page| print::text(&page)))
}

/// The manual page: the program's own sections, and a section with the options of each verb.
fn page() -> io::Result<String> {
    let mut command = Arguments::command();
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
    out.extend_from_slice(MORE.as_bytes());
    man.render_version_section(&mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn verb_section(verb: &clap::Command, out: &mut Vec<u8>) -> io::Result<()> {
    use io::Write;
    let name = verb.get_name().replace('-', "\\-");
    writeln!(out, ".SH \"{}\"", name.to_uppercase())?;
    writeln!(out, "{}", roff(&verb.get_about().map(ToString::to_string).unwrap_or_default()))?;
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
    Ok(())
}

/// Text that troff takes as text.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
