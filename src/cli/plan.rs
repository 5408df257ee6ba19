//! `plan`: shows what an edited configuration would change before it is saved. It only reads, and works beside a running daemon.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use serde::Serialize;

use super::print;
use super::session::{Session, VerbResult, block_on, printed, store_failed, wrong_config};
use crate::config::{self, Config, OutputConfig, SourceConfig, process_env};
use crate::control::End;
use crate::daemon::keys;
use crate::logging::printable;
use crate::model::SourceId;
use crate::outputs::{RuleCount, rule_counts, selection, selects_of};
use crate::store::{Compared, Selection, Selects, Store, StoreError};

/// A line of `plan --json`.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Planned {
    Source {
        name: String,
        /// `added`, `gone` or `moved`.
        change: &'static str,
        url: String,
        entries: u64,
    },
    Output {
        name: String,
        /// `added`, `gone` or `kept`.
        change: &'static str,
        gains: u64,
        loses: u64,
        /// Titles and sources of the newest stories that the output would gain or lose.
        gained: Vec<Story>,
        lost: Vec<Story>,
    },
    Rule {
        /// The source or output whose filter it is in.
        of: String,
        rule: String,
        matched: usize,
        entries: usize,
    },
}

#[derive(Debug, Serialize)]
struct Story {
    source: String,
    title: String,
}

pub(super) fn plan(session: &Session, file: Option<PathBuf>, json: bool) -> VerbResult {
    let in_use = session.config_path();
    let path = file.clone().map_or_else(|| in_use.clone(), Ok)?;
    let new = config::load(&path, &process_env).map_err(|errors| wrong_config(&errors))?;
    for notice in &new.notices {
        session.say(&format!("note: {}", printable(notice)));
    }
    // An edited copy of the file is compared with the database of the configuration in use.
    let database = match (&file, in_use) {
        (Some(_), Ok(used)) => config::database(&used, &process_env),
        _ => new.store_path.clone(),
    };
    if !database.exists() {
        return Ok(End {
            exit: 0,
            message: "nothing has been polled yet, so everything in this file is new".to_owned(),
        });
    }
    block_on(async {
        let store = Store::open_for_reading(&database).map_err(|error| store_failed(&error))?;
        let planned = planned(&store, &new).await.map_err(|error| store_failed(&error))?;
        let line = |planned: &Planned| if json { print::json(planned) } else { print::text(&told(planned)) };
        printed(planned.iter().try_for_each(line))?;
        let changes = planned.iter().any(|it| match it {
            Planned::Source { .. } => true,
            Planned::Output { change, gains, loses, .. } => *change != "kept" || gains + loses > 0,
            Planned::Rule { .. } => false,
        });
        Ok(if changes { End::done() } else { End { exit: 0, message: "this file would change nothing".to_owned() } })
    })
}

async fn planned(store: &Store, new: &Config) -> Result<Vec<Planned>, StoreError> {
    let states = store.states_of(keys(new)).await?;
    let counts = store.entry_counts().await?;
    let known: Vec<(SourceId, &SourceConfig)> = new
        .sources
        .iter()
        .zip(&states)
        .filter_map(|(source, state)| Some((state.as_ref()?.id, source.as_ref())))
        .collect();
    let mut names: HashMap<SourceId, String> = known.iter().map(|(id, source)| (*id, source.name.clone())).collect();
    let mut planned = Vec::new();
    for (source, state) in new.sources.iter().zip(&states) {
        let change = match state {
            None => "added",
            Some(state) if state.url != source.url.as_str() => "moved",
            Some(_) => continue,
        };
        let entries = state.as_ref().and_then(|state| counts.get(&state.id)).copied().unwrap_or(0);
        planned.push(Planned::Source { name: source.name.clone(), change, url: source.public_url.clone(), entries });
    }
    for gone in store.sources().await? {
        if names.contains_key(&gone.id) {
            continue;
        }
        let entries = counts.get(&gone.id).copied().unwrap_or(0);
        // The address stays out, because it may hold a secret of the old configuration, which is not read here.
        planned.push(Planned::Source { name: gone.name.clone(), change: "gone", url: String::new(), entries });
        names.insert(gone.id, gone.name.clone());
    }
    let before = store.selected_before().await?;
    for output in &new.outputs {
        planned.push(planned_output(store, output, &known, &before, &names).await?);
    }
    let configured: HashSet<&str> = new.outputs.iter().map(|output| output.name.as_str()).collect();
    for (name, selects) in before.iter().filter(|(name, _)| !configured.contains(name.as_str())) {
        let compared = store.compare(selection(selects, &known), Selection::default()).await?;
        planned.push(output_line(name, "gone", compared, &names));
    }
    for (id, source) in &known {
        let of = format!("source {}", source.name);
        let counts = rule_counts(store, Selection::of(HashSet::from([*id])), &source.options.filter).await?;
        planned.extend(counts.into_iter().map(|count| rule_line(&of, count)));
    }
    for output in &new.outputs {
        let of = format!("output {}", output.name);
        let selects = Selects { filter: Vec::new(), ..selects_of(output, &known) };
        let counts = rule_counts(store, selection(&selects, &known), &output.filter).await?;
        planned.extend(counts.into_iter().map(|count| rule_line(&of, count)));
    }
    Ok(planned)
}

async fn planned_output(
    store: &Store,
    output: &OutputConfig,
    known: &[(SourceId, &SourceConfig)],
    before: &BTreeMap<String, Selects>,
    names: &HashMap<SourceId, String>,
) -> Result<Planned, StoreError> {
    let after = selects_of(output, known);
    let change = if before.contains_key(&output.name) { "kept" } else { "added" };
    let was = before.get(&output.name).cloned().unwrap_or_default();
    let compared = if was == after {
        Compared::default()
    } else {
        store.compare(selection(&was, known), selection(&after, known)).await?
    };
    Ok(output_line(&output.name, change, compared, names))
}

fn output_line(name: &str, change: &'static str, compared: Compared, names: &HashMap<SourceId, String>) -> Planned {
    let story =
        |(source, title): (SourceId, String)| Story { source: names.get(&source).cloned().unwrap_or_default(), title };
    Planned::Output {
        name: name.to_owned(),
        change,
        gains: compared.gained,
        loses: compared.lost,
        gained: compared.gains.into_iter().map(story).collect(),
        lost: compared.loses.into_iter().map(story).collect(),
    }
}

fn rule_line(of: &str, count: RuleCount) -> Planned {
    Planned::Rule { of: of.to_owned(), rule: count.rule, matched: count.matched, entries: count.of }
}

/// A planned change as text for people; empty if nothing changes.
fn told(planned: &Planned) -> String {
    match planned {
        Planned::Source { name, change, url, entries } => match *change {
            "added" => format!("+ source {name}  {}\n", printable(url)),
            "moved" => {
                format!("~ source {name}: will be polled at {}; its stored entries ({entries}) stay\n", printable(url))
            }
            _ => {
                format!("- source {name}: its stored entries ({entries}) leave the outputs, but stay in the database\n")
            }
        },
        Planned::Output { name, change, gains, loses, gained, lost } => {
            let mut text = match (*change, gains + loses) {
                ("kept", 0) => return String::new(),
                ("added", _) => format!("+ output {name}: {gains} stories\n"),
                ("gone", _) => format!("- output {name}: its address, with {loses} stories, will no longer exist\n"),
                _ => format!("~ output {name} gains {gains} and loses {loses} stories\n"),
            };
            for (sign, stories) in [('+', gained), ('-', lost)].into_iter().filter(|_| *change == "kept") {
                for Story { source, title } in stories {
                    text.push_str(&format!("    {sign} {source}: {}\n", printable(title)));
                }
            }
            text
        }
        Planned::Rule { of, rule, matched, entries } => {
            let count = RuleCount { rule: printable(rule), matched: *matched, of: *entries };
            // A rule that matches some entries works as intended.
            if *matched > 0 && matched < entries { String::new() } else { format!("! {of}: {}\n", count.told()) }
        }
    }
}
