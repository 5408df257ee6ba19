//! The entries of the health feed: incidents as they are published.

use std::fmt::Write as _;

use super::atom::feed_id;
use super::shown::{Shown, ShownSource};
use super::xml::one_line;
use super::{Format, OutputKind, OutputSpec, Site};
use crate::incidents::{Incident, Told};
use crate::model::{Category, Person};
use crate::text::xml::{escape, sound};

/// The scheme of the category that names the kind of an incident.
const KIND_SCHEME: &str = "urn:watershed:incident";

impl Shown {
    /// The entry of an incident, in the words of `told`. `source` is the name of its source; None for an incident of the
    /// installation.
    pub fn of_incident(
        site: &Site,
        spec: &OutputSpec,
        incident: &Incident,
        told: &Told,
        source: Option<&str>,
    ) -> Shown {
        let address = |format: Format| format!("{}{}", site.public_url, spec.kind.path(format));
        let link = match source {
            Some(name) => {
                format!("{}{}", site.public_url, OutputKind::Source(name.to_owned()).path(Format::Html))
            }
            None => format!("{}/status", site.public_url),
        };
        let title = one_line(&spec.title);
        Shown {
            id: feed_id(&site.store_id, &incident.path()),
            title: one_line(&told.title),
            link: Some(link),
            published: incident.since,
            updated: incident.updated.max(incident.since),
            authors: vec![Person { name: "Watershed".to_owned(), ..Person::default() }],
            categories: categories(incident),
            sources: source.map(|name| (one_line(name), one_line(name))).into_iter().collect(),
            enclosures: Vec::new(),
            links: Vec::new(),
            rights: None,
            language: Some("en".to_owned()),
            summary: Some(one_line(&told.happened)),
            content: Some(content(told)),
            source: ShownSource {
                id: feed_id(&site.store_id, &spec.kind.path(Format::ATOM)),
                title,
                subtitle: None,
                updated: incident.updated,
                authors: Vec::new(),
                feed: Some(address(Format::ATOM)),
                site: Some(address(Format::Html)),
                icon: None,
                logo: None,
                rights: None,
            },
            in_reply_to: Vec::new(),
            media: None,
            place: None,
        }
    }
}

/// The kind, and how the incident has ended.
fn categories(incident: &Incident) -> Vec<Category> {
    let ending = incident.ended.map(|(_, ending)| ending.as_str());
    let terms = std::iter::once(incident.kind.as_str()).chain(ending);
    let category = |term: &str| Category { term: term.to_owned(), scheme: Some(KIND_SCHEME.to_owned()), label: None };
    terms.map(category).collect()
}

fn content(told: &Told) -> String {
    let mut out = String::new();
    for text in [Some(&told.happened), told.why.as_ref(), Some(&told.remedy)].into_iter().flatten() {
        out.push_str("<p>");
        // Commands stand between backticks. A backtick without its partner, as in an error from outside, stays as it is.
        let mut rest = text.as_str();
        while let Some((before, (code, after))) =
            rest.split_once('`').and_then(|(before, rest)| Some((before, rest.split_once('`')?)))
        {
            let _ = write!(out, "{}<code>{}</code>", escape(&sound(before)), escape(&sound(code)));
            rest = after;
        }
        let _ = write!(out, "{}</p>", escape(&sound(rest)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_code_and_everything_is_escaped() {
        let told = |happened: &str, why: Option<&str>, remedy: &str| Told {
            title: String::new(),
            happened: happened.to_owned(),
            why: why.map(str::to_owned),
            remedy: remedy.to_owned(),
        };
        for (told, expected) in [
            (
                told("a <b> & c", None, "`x y` or `z`."),
                "<p>a &lt;b&gt; &amp; c</p><p><code>x y</code> or <code>z</code>.</p>",
            ),
            (told("a", Some("an `error\0 alone"), "b"), "<p>a</p><p>an `error alone</p><p>b</p>"),
            (told("", None, "`<script>`"), "<p></p><p><code>&lt;script&gt;</code></p>"),
        ] {
            assert_eq!(content(&told), expected);
        }
    }
}
