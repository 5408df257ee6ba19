//! Planned changes as text for people.

use super::{Changed, Planned, Story};
use crate::cli::print::cell;
use crate::logging::printable;
use crate::outputs::RuleCount;

/// A planned change as lines; empty if nothing changes.
pub(super) fn told(planned: &Planned) -> String {
    match planned {
        Planned::Source { name, change, was, url, entries, settings } => match *change {
            "added" if *entries > 0 => {
                format!("+ source {name}  {}: its stored entries ({entries}) return\n", printable(url))
            }
            "added" => format!("+ source {name}  {}\n", printable(url)),
            "renamed" => format!("~ source {} is called {name} from now on\n", was.as_deref().unwrap_or_default()),
            "moved" => {
                format!("~ source {name}: will be polled at {}; its stored entries ({entries}) stay\n", printable(url))
            }
            "changed" => settings.iter().map(|changed| of_source(name, changed)).collect(),
            _ => {
                format!("- source {name}: its stored entries ({entries}) leave the outputs, but stay in the database\n")
            }
        },
        Planned::Output { name, change, was, gains, loses, gained, lost, settings } => {
            let mut text = match *change {
                "added" => format!("+ output {name}: {gains} stories\n"),
                "gone" => format!("- output {name}: {loses} stories\n"),
                "renamed" => format!("~ output {} is called {name} from now on\n", was.as_deref().unwrap_or_default()),
                _ => String::new(),
            };
            if matches!(*change, "kept" | "renamed") && gains + loses > 0 {
                text.push_str(&format!("~ output {name} gains {gains} and loses {loses} stories\n"));
                for (sign, stories) in [('+', gained), ('-', lost)] {
                    for Story { source, title } in stories {
                        text.push_str(&format!("    {sign} {source}: {}\n", printable(title)));
                    }
                }
            }
            text.extend(settings.iter().map(|changed| format!("~ output {name}: {}\n", set(changed))));
            text
        }
        Planned::Setting { changed, restart } => {
            let when = if *restart { "; takes effect after a restart" } else { "" };
            format!("~ {}{when}\n", set(changed))
        }
        Planned::Address { path, to: Some(to), .. } => format!("~ {path} redirects to {to}\n"),
        Planned::Address { path, to: None, .. } => format!("- {path} will no longer exist\n"),
        Planned::Rule { of, rule, matched, entries } => {
            let count = RuleCount { rule: printable(rule), matched: *matched, of: *entries };
            // A rule that matches some entries works as intended.
            if *matched > 0 && matched < entries { String::new() } else { format!("! {of}: {}\n", count.told()) }
        }
    }
}

fn of_source(name: &str, changed: &Changed) -> String {
    match (changed.key.as_str(), changed.after.as_deref()) {
        ("enabled", Some("false")) => format!("~ source {name}: will not be polled any more (enabled = false)\n"),
        ("enabled", None) => format!("~ source {name}: will be polled again\n"),
        _ => format!("~ source {name}: {}\n", set(changed)),
    }
}

/// A setting as the file would say it, with what it was.
fn set(changed: &Changed) -> String {
    let Changed { key, before, after } = changed;
    match (before, after) {
        (Some(before), Some(after)) => format!("{key} = {} (was {})", cell(after), cell(before)),
        (None, Some(after)) => format!("{key} = {} (was not set)", cell(after)),
        (Some(before), None) => format!("{key} is not set any more (was {})", cell(before)),
        (None, None) => key.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(key: &str, before: Option<&str>, after: Option<&str>) -> Changed {
        Changed { key: key.to_owned(), before: before.map(str::to_owned), after: after.map(str::to_owned) }
    }

    #[test]
    fn changes_are_told() {
        let check = |planned: Planned, expected: &str| assert_eq!(told(&planned), expected);
        let source = |change: &'static str, was: Option<&str>, settings: Vec<Changed>| Planned::Source {
            name: "a".to_owned(),
            change,
            was: was.map(str::to_owned),
            url: "https://a.example/".to_owned(),
            entries: 2,
            settings,
        };
        check(source("added", None, Vec::new()), "+ source a  https://a.example/: its stored entries (2) return\n");
        check(source("renamed", Some("b"), Vec::new()), "~ source b is called a from now on\n");
        let settings = vec![
            changed("enabled", None, Some("false")),
            changed("every", Some("\"1h\""), Some("\"2h\"")),
            changed("tags", Some("[\"x\"]"), None),
            changed("title", None, Some("\"T\"")),
        ];
        let expected = "~ source a: will not be polled any more (enabled = false)\n\
                        ~ source a: every = \"2h\" (was \"1h\")\n\
                        ~ source a: tags is not set any more (was [\"x\"])\n\
                        ~ source a: title = \"T\" (was not set)\n";
        check(source("changed", None, settings), expected);
        let output = |change: &'static str, gains: u64, settings: Vec<Changed>| Planned::Output {
            name: "o".to_owned(),
            change,
            was: Some("p".to_owned()),
            gains,
            loses: 0,
            gained: Vec::new(),
            lost: Vec::new(),
            settings,
        };
        check(output("kept", 0, Vec::new()), "");
        check(output("kept", 1, Vec::new()), "~ output o gains 1 and loses 0 stories\n");
        check(output("renamed", 0, Vec::new()), "~ output p is called o from now on\n");
        let entries = vec![changed("entries", None, Some("5"))];
        check(output("kept", 0, entries), "~ output o: entries = 5 (was not set)\n");
        let listen = changed("[serve] listen", None, Some("\"[::]:80\""));
        let expected = "~ [serve] listen = \"[::]:80\" (was not set); takes effect after a restart\n";
        check(Planned::Setting { changed: listen, restart: true }, expected);
        let address = |to: Option<&str>| Planned::Address {
            path: "/a.*".to_owned(),
            change: "redirects",
            to: to.map(str::to_owned),
        };
        check(address(Some("/b.*")), "~ /a.* redirects to /b.*\n");
        check(address(None), "- /a.* will no longer exist\n");
    }
}
