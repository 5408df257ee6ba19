//! The change that most entries of a document have in common. Such a change belongs to the publisher's template, so it
//! does not count as a change of the entries.
//!
//! Templates are not known in advance. They are found as what most changes have in common: the same words added to the
//! texts, the same words before the titles, different sound throughout. Whatever else an entry has changed is its own
//! change.

use std::collections::{BTreeMap, HashSet};

use super::change::{Affix, Change, Title};
use super::piece::Headline;
use super::version::CORRECTED;

/// Least number of entries that must have changed alike.
const ALIKE_LEAST: usize = 3;
/// In a document with fewer known entries, common words cannot be attributed to a template, because four warnings may
/// be put in force at once.
const KNOWN_LEAST: usize = 5;
/// The part of the changed texts that must have gained or lost a word before the word counts as the template's.
const COMMON: f64 = 0.8;

/// The entries of a document that were stored before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Listed {
    pub known: usize,
    /// Of these, the entries that came truncated again; they are not among the changes.
    pub truncated_again: usize,
    /// Of these, the entries that have not changed now, and have come truncated before.
    pub truncated_at_times: usize,
}

/// The changes that most entries of a document have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateChange {
    /// Words that most texts have gained, and words that most have lost; sorted.
    added: Vec<u32>,
    removed: Vec<u32>,
    fronts: Vec<Affix>,
    backs: Vec<Affix>,
    sounds: bool,
    /// Whether most texts were truncated, or had been truncated and are complete now.
    truncated: bool,
    grown: bool,
}

impl TemplateChange {
    /// Finds the common changes of the known entries.
    pub fn of(changes: &[&Change], listed: Listed) -> TemplateChange {
        let are_most = |count: usize| count >= ALIKE_LEAST && 2 * count > listed.known;
        let may_be_template = |count: usize| are_most(count) && listed.known >= KNOWN_LEAST;
        let undated: Vec<&Change> = changes.iter().copied().filter(|change| !change.is_anew).collect();
        let texts = undated.iter().filter(|change| change.added.len() + change.removed.len() > 0).count();
        let is_common = |count: usize| may_be_template(count) && count as f64 >= COMMON * texts as f64;
        let around = |is_front: bool| {
            let affixes = undated.iter().filter_map(|change| {
                let Title::Around { front, back } = &change.title else { return None };
                Some((if is_front { front } else { back }, change.before.piece.headline))
            });
            affixes_of_most(affixes.filter(|(affix, _)| !affix.is_same()), may_be_template)
        };
        let mut template = TemplateChange {
            added: words_of_most(undated.iter().map(|change| change.added.as_slice()), is_common),
            removed: words_of_most(undated.iter().map(|change| change.removed.as_slice()), is_common),
            fronts: around(true),
            backs: around(false),
            sounds: are_most(changes.iter().filter(|change| change.has_only_other_sound()).count()),
            ..TemplateChange::default()
        };
        let truncated = changes.iter().filter(|change| template.is_truncated(change)).count();
        // Texts that have all gained the same words have gained a line; they were not truncated before.
        let line = words_of_most(undated.iter().map(|change| change.added.as_slice()), are_most);
        let has_more = |change: &Change| change.own(&line, &[]).added > 0;
        let grown = changes.iter().filter(|change| template.is_grown(change) && has_more(change)).count();
        template.truncated = truncated > 0 && are_most(truncated + listed.truncated_again);
        template.grown = grown > 0 && are_most(grown + listed.truncated_at_times);
        template
    }

    /// Whether most entries have changed alike in any respect.
    pub fn are_any(&self) -> bool {
        *self != TemplateChange::default()
    }

    /// The common change in a few words.
    pub fn describe(&self) -> String {
        let parts = [
            (!self.fronts.is_empty(), "words before their titles"),
            (!self.backs.is_empty(), "words after their titles"),
            (!self.added.is_empty() || !self.removed.is_empty(), "words in their texts"),
            (self.truncated, "only the beginning of their texts"),
            (self.grown, "more of their texts"),
            (self.sounds, "different audio or video"),
        ];
        parts.into_iter().filter(|(is_so, _)| *is_so).map(|(_, part)| part).collect::<Vec<&str>>().join(", ")
    }

    /// Whether the common change accounts for all that a reader would notice of a change, or the text came truncated as
    /// before (`was_truncated`).
    pub fn explain(&self, change: &Change, was_truncated: bool) -> bool {
        let is_title = match &change.title {
            Title::Same => true,
            Title::Around { front, back } => {
                !change.is_anew
                    && (front.is_same() || self.fronts.contains(front))
                    && (back.is_same() || self.backs.contains(back))
            }
            Title::Another => false,
        };
        let is_text = || {
            !change.is_rewritten
                || (!change.is_anew && self.explain_text(change))
                || ((self.truncated || was_truncated) && self.is_truncated(change))
                || (self.grown && self.is_grown(change))
        };
        is_title && (!change.sounds_unlike || (self.sounds && change.has_only_other_sound())) && is_text()
    }

    /// Whether the text came truncated, under whatever title: much shorter than it was, or in a document most of whose
    /// texts are truncated. A line that most texts have lost belonged to the template. `was_truncated`: the entry has come
    /// truncated before, so its full text is no longer in any document.
    pub fn is_text_truncated(&self, change: &Change, was_truncated: bool) -> bool {
        (self.truncated || was_truncated || change.is_short())
            && self.is_truncated(change)
            && !self.explain_text(change)
    }

    /// Whether a text differs only by corrections beside the words that most texts have gained or lost.
    fn explain_text(&self, change: &Change) -> bool {
        let own = change.own(&self.added, &self.removed);
        let (added, removed) = (change.added.len() - own.added, change.removed.len() - own.removed);
        // Replaced words may be the whole content of short entries: "no warning" that becomes "a warning" is not a
        // change of the template.
        let is_all = added > 0 && removed > 0 && change.kept <= added.max(removed);
        let own = own.added + own.removed;
        let whole = (2 * change.kept + own) as f64;
        added + removed > 0 && !is_all && (own == 0 || (2 * change.kept) as f64 >= CORRECTED * whole)
    }

    /// Whether a text has come truncated, apart from words that most texts have gained.
    fn is_truncated(&self, change: &Change) -> bool {
        change.is_truncated(change.added.len() - change.own(&self.added, &self.removed).added)
    }

    fn is_grown(&self, change: &Change) -> bool {
        change.is_grown(change.removed.len() - change.own(&self.added, &self.removed).removed)
    }
}

/// The words that enough of these sorted lists contain for `is_enough`, sorted.
fn words_of_most<'c>(lists: impl Iterator<Item = &'c [u32]>, is_enough: impl Fn(usize) -> bool) -> Vec<u32> {
    let mut words: Vec<u32> = Vec::new();
    for list in lists {
        words.extend(list.chunk_by(|one, next| one == next).map(|same| same[0]));
    }
    words.sort_unstable();
    words.chunk_by(|one, next| one == next).filter(|same| is_enough(same.len())).map(|same| same[0]).collect()
}

/// The words that enough titles for `is_enough` have gained or lost on one side. If most of these titles were equal
/// before, the words are what the entries say, and not the template's.
fn affixes_of_most<'c>(
    affixes: impl Iterator<Item = (&'c Affix, Headline)>,
    is_enough: impl Fn(usize) -> bool,
) -> Vec<Affix> {
    let mut titles: BTreeMap<&Affix, Vec<Headline>> = BTreeMap::new();
    for (affix, headline) in affixes {
        titles.entry(affix).or_default().push(headline);
    }
    let is_common = |titles: &[Headline]| {
        let different = titles.iter().collect::<HashSet<&Headline>>().len();
        is_enough(titles.len()) && 2 * different > titles.len()
    };
    titles.into_iter().filter(|(_, titles)| is_common(titles)).map(|(affix, _)| affix.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::piece::{Piece, Told};
    use super::super::version::Version;
    use super::*;
    use crate::model::EntryDetails;

    fn version(title: &str, text: &str) -> Arc<Version> {
        let piece = Piece::of(&Told::only(title, text, &EntryDetails::default()));
        Arc::new(Version { piece, title: title.to_owned(), ..Version::default() })
    }

    /// Twenty words that only this text has.
    fn own(number: usize) -> String {
        (0..20).map(|at| format!("w{}", "x".repeat(number * 20 + at))).collect::<Vec<String>>().join(" ")
    }

    fn title(number: usize) -> String {
        format!("About {}", ["roofs", "gardens", "water", "houses", "sand"][number])
    }

    /// Which changes of five entries the template does not account for, from the entries before and after.
    #[track_caller]
    fn check(
        name: &str,
        before: impl Fn(usize) -> [String; 2],
        after: impl Fn(usize) -> [String; 2],
        wanted: &[usize],
    ) {
        let version = |[title, text]: [String; 2]| version(&title, &text);
        let changes: Vec<Change> = (0..5).map(|at| Change::of(version(before(at)), version(after(at)))).collect();
        let all: Vec<&Change> = changes.iter().collect();
        let template = TemplateChange::of(&all, Listed { known: 5, ..Listed::default() });
        let own: Vec<usize> = (0..5).filter(|at| !template.explain(&changes[*at], false)).collect();
        assert_eq!(own, wanted, "{name}");
    }

    #[test]
    fn a_change_that_most_entries_share_belongs_to_the_template() {
        let plain = |at: usize| [title(at), own(at)];
        let line = |at: usize| [title(at), format!("{} Read more of this and that on our pages", own(at))];
        check("a line is added", plain, line, &[]);
        check("a line is removed", line, plain, &[]);
        let other = |at: usize| [title(at), format!("{} Our new shop has opened in the high street", own(at))];
        check("a line is replaced", line, other, &[]);
        let named = |at: usize| [title(at), format!("{} The post {} appeared first on Blog", own(at), title(at))];
        check("a line that names the title", plain, named, &[]);
        let one = |at: usize| if at == 3 { [title(at), own(9)] } else { line(at) };
        check("another entry is rewritten", plain, one, &[3]);
        let few = |at: usize| if at < 2 { line(at) } else { plain(at) };
        check("two of five", plain, few, &[0, 1]);
        check("all say something else", plain, |at| [title(at), own(at + 10)], &[0, 1, 2, 3, 4]);
        let report = |what: &'static str| move |at: usize| [title(at), format!("{what} in force")];
        check("all say the same other thing", report("No warning"), report("Severe storm"), &[0, 1, 2, 3, 4]);
    }

    #[test]
    fn few_entries_may_all_say_something_new() {
        for (known, wanted) in [(4, false), (5, true)] {
            let change = |at: usize| {
                Change::of(version(&title(at), &own(at)), version(&format!("Storm: {}", title(at)), &own(at)))
            };
            let changes: Vec<Change> = (0..known).map(change).collect();
            let all: Vec<&Change> = changes.iter().collect();
            let template = TemplateChange::of(&all, Listed { known, ..Listed::default() });
            assert_eq!(template.explain(&changes[0], false), wanted, "{known} entries");
        }
    }

    #[test]
    fn the_change_of_an_entry_with_a_new_date_is_its_own() {
        let change =
            |at: usize| Change::of(version(&title(at), &own(at)), version(&format!("Storm: {}", title(at)), &own(at)));
        for (dated_anew, wanted) in [(0..0, vec![]), (0..1, vec![0]), (0..3, vec![0, 1, 2, 3, 4])] {
            let mut changes: Vec<Change> = (0..5).map(change).collect();
            changes[dated_anew].iter_mut().for_each(|change| change.believe_dates(true));
            let all: Vec<&Change> = changes.iter().collect();
            let template = TemplateChange::of(&all, Listed { known: 5, ..Listed::default() });
            let own: Vec<usize> = (0..5).filter(|at| !template.explain(&changes[*at], false)).collect();
            assert_eq!(own, wanted);
        }
    }

    #[test]
    fn titles_are_decorated_by_templates() {
        let plain = |at: usize| [title(at), own(at)];
        let decorated = |at: usize| [format!("Blog: {} | News", title(at)), own(at)];
        check("before and behind", plain, decorated, &[]);
        check("removed again", decorated, plain, &[]);
        let behind = |at: usize| [format!("{} | Other", title(at)), own(at)];
        check("in another form", decorated, behind, &[]);
        let days = |at: usize| [format!("{} - {} days left", title(at), at + 3), own(at)];
        check("with a number", plain, days, &[]);
        let later = |at: usize| [format!("{} - {} days left", title(at), at + 4), own(at)];
        check("only numbers differ", days, later, &[0, 1, 2, 3, 4]);
        let one = |at: usize| if at == 2 { ["Quite another headline".to_owned(), own(at)] } else { decorated(at) };
        check("another entry gets its own headline", plain, one, &[2]);
        let status = |what: &'static str| move |at: usize| [format!("Status {what}"), own(at)];
        check("the same title everywhere", status("fine"), status("broken"), &[0, 1, 2, 3, 4]);
    }

    #[test]
    fn texts_are_truncated_and_complete_together() {
        let whole = |at: usize| [title(at), format!("{} {}", own(at), own(at + 10))];
        let truncated = |at: usize| [title(at), format!("{} […]", own(at))];
        check("truncated", whole, truncated, &[]);
        check("complete again", truncated, whole, &[]);
        let framed = |at: usize| [title(at), format!("Dear readers of ours, {} Goodbye until we meet again", own(at))];
        check("truncated, with a line before and behind", whole, framed, &[]);
        let one = |at: usize| if at == 0 { truncated(at) } else { whole(at) };
        check("one that grows by itself", one, whole, &[0]);
        let grown = Change::of(version("About roofs", &own(0)), version("About roofs", &whole(0)[1]));
        for (truncated_at_times, wanted) in [(4, true), (1, false)] {
            let template = TemplateChange::of(&[&grown], Listed { known: 5, truncated_again: 0, truncated_at_times });
            assert_eq!(
                template.explain(&grown, false),
                wanted,
                "{truncated_at_times} of four others have come truncated at times"
            );
        }
        let short = Change::of(version("About roofs", &whole(0)[1]), version("About roofs", &own(0)));
        assert!(
            TemplateChange::default().is_text_truncated(&short, false)
                && !TemplateChange::default().is_text_truncated(&grown, false)
        );
        let retitled = Change::of(version("About roofs", &whole(0)[1]), version("Of red roofs", &own(0)));
        assert!(TemplateChange::default().is_text_truncated(&retitled, false) && retitled.has_another_title());
    }
}
