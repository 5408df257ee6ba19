//! Makes the answers to `why`, `stories`, `split`, `join`, `hide` and `unhide`, and to `export` and `import` of
//! decisions.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::answer::states;
use super::{Answer, FAILED, Failure, Record, USAGE};
use crate::clock;
use crate::config::{Config, rule_text};
use crate::merge::{Leads, Withdrawn};
use crate::model::{ByHand, EntryId, FilterRule, SourceId, StoredEntry, Timestamp};
use crate::outputs::selects;
use crate::publish::{Filter, Texts};
use crate::store::{Decision, EarlierVersion, EntryCard, NearlyJoined, Store, StoreError, StoryEntry, Why};
use crate::stories::{Evidence, Reach, Rung, StoryOptions};

/// The remark on an entry whose source floods.
const FLOODS: &str = "its source floods: live documents that have other sources as well show only a fair share of its \
                      entries, and archives have all of them";

/// A change to stories that a person makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoryEdit {
    Split(String),
    Join(String, String),
    Hide(String),
    Unhide(String),
}

/// The settings that `stories --dry-run` tries. A setting that is `None` is taken from the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoriesQuery {
    pub reach: Option<String>,
    /// In seconds.
    pub window: Option<u64>,
    pub since: Timestamp,
}

/// A record of `why --json`. It says in words and by public ids what the numbers in the store's [`Why`] stand for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhyRecord {
    pub entry: MemberRecord,
    /// The id that the story has in an output that selects all of its entries.
    #[serde(default)]
    pub published_as: String,
    /// What identifies the entry within its source, in words.
    pub identity: String,
    /// The outputs in which the story appears.
    pub outputs: Vec<String>,
    /// What the filters of its source and of the outputs decide about the entry, in words.
    #[serde(default)]
    pub rulings: Vec<String>,
    /// All entries of the story, beginning with the leading entry.
    pub story: Vec<MemberRecord>,
    /// Earlier versions of the entry, as far as they are kept.
    pub versions: Vec<EarlierVersion>,
    pub decisions: Vec<DecisionRecord>,
    /// The entries that it was nearly joined to.
    #[serde(default)]
    pub nearly: Vec<NearlyRecord>,
}

/// An entry that another entry was nearly joined to. Its `text` also tells the measurements of [`NearlyJoined`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NearlyRecord {
    pub entry: MemberRecord,
    /// The measurements, if they mattered.
    pub evidence: Option<Evidence>,
    /// Why the two entries are not one story, in a sentence.
    pub text: String,
}

/// An entry of a story: a [`StoryEntry`] with the name of its source and its published id in place of the store's numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberRecord {
    pub source: String,
    pub id: String,
    #[serde(flatten)]
    pub card: EntryCard,
    pub story: String,
    pub lead: bool,
    pub hidden: bool,
}

/// A decision on an entry. It has the published ids of the entries, where a [`Decision`] has the store's numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecisionRecord {
    pub at: Timestamp,
    /// `join`, `lead` (it leads its story in place of another entry), `split`, `part` (a revision took it out of its
    /// story), `rekey` (it came with another id or address), `withdraw` or `restore` (by its source), `hide` or
    /// `unhide`.
    pub what: String,
    pub entry: String,
    pub other: Option<String>,
    pub by_hand: bool,
    pub evidence: Option<Evidence>,
    /// The decision in a sentence.
    pub text: String,
}

/// A record of `stories --dry-run --json`: two entries that would be joined or parted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoryChangeRecord {
    /// `join` or `part`.
    pub what: String,
    pub entry: MemberRecord,
    pub other: MemberRecord,
    pub evidence: Option<Evidence>,
    pub text: String,
}

/// The names of all sources, by their ids in the store.
pub(super) async fn names(config: &Config, store: &Store) -> Result<HashMap<i64, String>, StoreError> {
    let states = states(config, Some(store)).await?;
    let mut names: HashMap<i64, String> = states.into_iter().map(|(name, state)| (state.id.0, name)).collect();
    names.extend(store.removed().await?.into_iter().map(|(id, name)| (id.0, name)));
    Ok(names)
}

fn member(member: StoryEntry, names: &HashMap<i64, String>) -> MemberRecord {
    MemberRecord {
        source: names.get(&member.source).cloned().unwrap_or_default(),
        id: member.published_id,
        card: member.card,
        story: member.story.to_string(),
        lead: member.lead == member.id,
        hidden: member.hidden,
    }
}

pub(super) async fn why(what: &str, config: &Config, store: Option<&Store>) -> Result<Answer, Failure> {
    let store = store.ok_or_else(|| no_such_entry(what))?;
    let names = names(config, store).await?;
    let flooding = store.flooding().await?;
    let found = store.why(what.to_owned(), Some(config.stories.options())).await?;
    if found.is_empty() {
        return Err(no_such_entry(what));
    }
    let mut records = Vec::with_capacity(found.len());
    for why in found {
        let members = why.story.iter().filter(|member| !member.hidden).map(|member| EntryId(member.id)).collect();
        let mut published = published(config, &names, &store.stored(members).await?, why.entry.id);
        if flooding.contains(&SourceId(why.entry.source)) {
            published.rulings.push(FLOODS.to_owned());
        }
        records.push(Record::Why(Box::new(why_record(why, published, &names))));
    }
    Ok(Answer::Records(records))
}

/// The outputs in which a story appears, and what the filters decide about one of its entries.
#[derive(Default)]
struct Published {
    outputs: Vec<String>,
    rulings: Vec<String>,
}

fn published(config: &Config, names: &HashMap<i64, String>, members: &[StoredEntry], entry: i64) -> Published {
    let mut published = Published::default();
    let source_of = |member: &StoredEntry| {
        let name = names.get(&member.source.0)?;
        config.sources.iter().find(|source| source.name == *name)
    };
    let ruling = |rules: &[FilterRule], member: &StoredEntry| Filter::new(rules).judge(&Texts::of_entry(member));
    let told = |whose: String, rules: &[FilterRule], member: &StoredEntry| {
        let ruling = ruling(rules, member);
        let what = if ruling.kept { "keeps" } else { "drops" };
        match ruling.by.and_then(|at| rules.get(at)) {
            Some(rule) => format!("{whose} {what} it, by {{ {} }}", rule_text(rule)),
            None => format!("{whose} {what} it because no rule matches"),
        }
    };
    let asked = members.iter().find(|member| member.id.0 == entry);
    let asked = asked.and_then(|member| Some((member, source_of(member)?)));
    if let Some((member, source)) = asked
        && !source.options.filter.is_empty()
    {
        published.rulings.push(told("The filter of its source".to_owned(), &source.options.filter, member));
    }
    for output in &config.outputs {
        let is_shown = |member: &StoredEntry| {
            source_of(member).is_some_and(|source| {
                let kept = |rules: &[FilterRule]| rules.is_empty() || ruling(rules, member).kept;
                selects(output, source) && kept(&source.options.filter) && kept(&output.filter)
            })
        };
        if members.iter().any(is_shown) {
            published.outputs.push(output.name.clone());
        }
        if let Some((member, source)) = asked
            && !output.filter.is_empty()
            && selects(output, source)
        {
            published.rulings.push(told(format!("The filter of the output {}", output.name), &output.filter, member));
        }
    }
    published
}

fn why_record(why: Why, published: Published, names: &HashMap<i64, String>) -> WhyRecord {
    let of_story: HashMap<i64, &StoryEntry> =
        why.story.iter().chain(&why.others).map(|member| (member.id, member)).collect();
    let decisions = why.decisions.into_iter().map(|decision| decision_record(decision, &of_story, names)).collect();
    WhyRecord {
        published_as: why.story.iter().find(|it| it.id == it.story).unwrap_or(&why.entry).published_id.clone(),
        identity: identity(&why.entry.card.key),
        entry: member(why.entry, names),
        outputs: published.outputs,
        rulings: published.rulings,
        story: why.story.into_iter().map(|it| member(it, names)).collect(),
        versions: why.versions,
        decisions,
        nearly: why.nearly.into_iter().map(|near| nearly_record(near, names)).collect(),
    }
}

fn nearly_record(near: NearlyJoined, names: &HashMap<i64, String>) -> NearlyRecord {
    let NearlyJoined { entry, evidence, reason } = near;
    let measured = evidence.as_ref().map(|evidence| Evidence { rung: Rung::Text, ..evidence.clone() }.explain());
    let text = match measured {
        Some(measured) => format!("{reason} (measured: {measured})"),
        None => reason,
    };
    NearlyRecord { entry: member(entry, names), evidence, text }
}

fn identity(key: &str) -> String {
    match key.split_once(':') {
        Some(("id" | "id-digest", id)) => {
            format!("Inside its source it is known by the id that the publisher gave it, {id}")
        }
        Some(("link" | "link-digest", link)) => format!(
            "Inside its source it is known by its address, {link}, because the publisher gave it no distinct id"
        ),
        _ => "Inside its source it is known by its title and text, because it has no distinct id or address".to_owned(),
    }
}

fn decision_record(
    decision: Decision,
    of_story: &HashMap<i64, &StoryEntry>,
    names: &HashMap<i64, String>,
) -> DecisionRecord {
    let called = |id: i64| match of_story.get(&id) {
        Some(member) => {
            let source = names.get(&member.source).map_or("a source that is gone", String::as_str);
            format!("“{}” of {source}", member.card.title)
        }
        None => format!("an entry that has been pruned since ({id})"),
    };
    let entry = called(decision.entry);
    let other = decision.other.map(called);
    let why = decision.evidence.as_ref().map(Evidence::explain);
    let text = match (decision.what.as_str(), &other, why) {
        ("join", Some(other), Some(why)) => format!("{entry} was joined to {other}: {why}"),
        ("lead", Some(other), _) => {
            let why = decision.leads.as_ref().map_or_else(|| "it is surer of its place".to_owned(), Leads::explain);
            format!("{entry} leads the story in place of {other}, because {why}")
        }
        ("rekey", ..) => {
            let (named, by) =
                decision.rekeyed.as_ref().map_or(("", "its text"), |it| (it.named.as_str(), it.explain()));
            format!("{entry} came with a new id or address, {named}, and was recognised by {by}")
        }
        ("split", Some(other), _) => format!("a person split {entry} from {other}"),
        ("part", Some(other), _) => format!("{entry} left {other} because a revision made it a different piece"),
        ("withdraw", ..) => {
            let why =
                decision.withdrawn.as_ref().map_or_else(|| "its source withdrew it".to_owned(), Withdrawn::explain);
            format!("{entry} was taken out of every output, because {why}")
        }
        ("restore", ..) => format!("{entry} was put back into the outputs, because its source lists it again"),
        ("hide", ..) => format!("a person took {entry} out of every output"),
        ("unhide", ..) => format!("a person put {entry} back into the outputs"),
        (what, ..) => format!("{what} of {entry}"),
    };
    let id = |id: i64| of_story.get(&id).map_or_else(|| id.to_string(), |member| member.published_id.clone());
    DecisionRecord {
        at: decision.at,
        what: decision.what,
        entry: id(decision.entry),
        other: decision.other.map(id),
        by_hand: decision.by_hand,
        evidence: decision.evidence,
        text,
    }
}

fn no_such_entry(what: &str) -> Failure {
    let what = crate::logging::foreign(what);
    Failure::new(USAGE, format!("no entry has the id or address {what}; `watershed entries --json` lists them"))
}

/// The only entry with an id or address, or the error message if several entries or no entry have it.
async fn only_entry(what: &str, store: &Store) -> Result<StoryEntry, Failure> {
    let mut found = store.why(what.to_owned(), None).await?;
    match (found.pop(), found.len()) {
        (Some(only), 0) => Ok(only.entry),
        (Some(_), more) => {
            let (number, what) = (more + 1, crate::logging::foreign(what));
            let why =
                format!("{number} entries have the id or address {what}; give its published id (see `watershed why`)");
            Err(Failure::new(USAGE, why))
        }
        (None, _) => Err(no_such_entry(what)),
    }
}

pub(super) async fn change(change: &StoryEdit, store: Option<&Store>) -> Result<Answer, Failure> {
    let what = match change {
        StoryEdit::Split(what) | StoryEdit::Join(what, _) | StoryEdit::Hide(what) | StoryEdit::Unhide(what) => what,
    };
    let store = store.ok_or_else(|| no_such_entry(what))?;
    let entry = only_entry(what, store).await?;
    let now = clock::now();
    let said = match change {
        StoryEdit::Split(_) if store.split(entry.id, now).await? => "it is a story of its own now, and stays so",
        StoryEdit::Split(_) => "it is a story of its own already",
        StoryEdit::Join(_, with) => {
            let other = only_entry(with, store).await?;
            if entry.story == other.story {
                "they are one story already"
            } else {
                store.join(entry.id, other.id, now).await?;
                "they are one story now"
            }
        }
        StoryEdit::Hide(_) if store.hide(entry.id, true, now).await? => {
            "it is hidden now; if its story has other entries, the next one leads it"
        }
        StoryEdit::Hide(_) => "it is hidden already",
        StoryEdit::Unhide(_) if store.hide(entry.id, false, now).await? => "it is in the outputs again",
        StoryEdit::Unhide(_) => "it is not hidden",
    };
    Ok(Answer::Done(said.to_owned()))
}

/// The decisions of a person, for `export --decisions`.
pub(super) async fn decisions(store: Option<&Store>) -> Result<Answer, Failure> {
    let decisions = match store {
        Some(store) => store.decisions_by_hand().await?,
        None => Vec::new(),
    };
    Ok(Answer::Records(decisions.into_iter().map(|decision| Record::Decision(Box::new(decision))).collect()))
}

/// Takes over the decisions of a person, for `import`.
pub(super) async fn take_over(decisions: &[ByHand], store: Option<&Store>) -> Result<Answer, Failure> {
    let store = store.ok_or_else(|| Failure::new(FAILED, "there is no database that could take the decisions over"))?;
    let taken = store.decide_by_hand(decisions.to_vec(), clock::now()).await?;
    Ok(Answer::Records(vec![Record::TakenOver(taken)]))
}

pub(super) async fn dry_run(query: &StoriesQuery, config: &Config, store: Option<&Store>) -> Result<Answer, Failure> {
    let Some(store) = store else { return Ok(Answer::Records(Vec::new())) };
    let reach = match query.reach.as_deref() {
        None => config.stories.reach,
        Some("off") => Reach::Off,
        Some("link") => Reach::Link,
        Some(_) => Reach::Near,
    };
    let window = query.window.map_or(config.stories.window, Duration::from_secs);
    let names = names(config, store).await?;
    let apart = config.sources.iter().filter(|source| source.stories == StoryOptions::OFF);
    let apart: HashSet<&str> = apart.map(|source| source.name.as_str()).collect();
    let but = names.iter().filter(|(_, name)| apart.contains(name.as_str())).map(|(id, _)| SourceId(*id)).collect();
    let changes = store.stories_with(StoryOptions { reach, window }, query.since, but).await?;
    let records = changes.into_iter().map(|change| {
        let why = change.evidence.as_ref().map(Evidence::explain);
        Record::StoryChange(Box::new(StoryChangeRecord {
            what: if why.is_some() { "join" } else { "part" }.to_owned(),
            entry: member(change.entry, &names),
            other: member(change.other, &names),
            evidence: change.evidence,
            text: why.unwrap_or_else(|| "with these settings they are not one piece".to_owned()),
        }))
    });
    Ok(Answer::Records(records.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_a_story_has_its_keys_in_their_order() {
        let at = Timestamp::from_unix(1_800_000_000);
        let record = MemberRecord {
            source: "one".to_owned(),
            id: "tag:one.example,2027:1".to_owned(),
            card: EntryCard {
                declared_id: None,
                key: "id:1".to_owned(),
                title: "A \"title\"".to_owned(),
                link: Some("https://one.example/1".to_owned()),
                published: at,
                updated: at,
                first_seen: at,
                revisions: 2,
            },
            story: "7".to_owned(),
            lead: true,
            hidden: false,
        };
        let text = concat!(
            r#"{"source":"one","id":"tag:one.example,2027:1","declared_id":null,"key":"id:1","title":"A \"title\"","#,
            r#""link":"https://one.example/1","published":"2027-01-15T08:00:00Z","updated":"2027-01-15T08:00:00Z","#,
            r#""first_seen":"2027-01-15T08:00:00Z","revisions":2,"story":"7","lead":true,"hidden":false}"#
        );
        assert_eq!(serde_json::to_string(&record).expect("it is JSON"), text);
        assert_eq!(serde_json::from_str::<MemberRecord>(text).expect("it can be read"), record);
    }
}
