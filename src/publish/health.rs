//! The entries of the health feed: incidents as they are published.

use super::atom::feed_id;
use super::parts::{Category, Person};
use super::shown::{Shown, ShownSource};
use super::{Format, OutputKind, OutputSpec, Site};
use crate::incidents::{Incident, Wording};
use crate::model::{Iri, LangTag, PlainText, SafeHtml, WebUrl};

/// The scheme of the category that names the kind of an incident.
const KIND_SCHEME: &str = "urn:watershed:incident";

impl Shown {
    /// The entry of an incident, in the words of `told`. `source` is the name of its source; `None` for an incident of
    /// the installation.
    pub fn of_incident(
        site: &Site,
        spec: &OutputSpec,
        incident: &Incident,
        told: &Wording,
        source: Option<&str>,
    ) -> Shown {
        let address = |format: Format| format!("{}{}", site.public_url, spec.kind.path(format));
        let link = match source {
            Some(name) => format!("{}{}", site.public_url, OutputKind::Source(name.to_owned()).path(Format::Html)),
            None => format!("{}/status", site.public_url),
        };
        let texts: Vec<&str> =
            [Some(&*told.happened), told.why.as_deref(), Some(&*told.remedy)].into_iter().flatten().collect();
        Shown {
            id: PlainText::kept(&feed_id(&site.store_id, &incident.path())),
            title: PlainText::line(&told.title),
            link: WebUrl::of(&link),
            published: incident.since,
            updated: incident.updated.max(incident.since),
            authors: vec![Person::named(PlainText::line("Watershed"))],
            categories: categories(incident),
            sources: source.map(|name| (PlainText::line(name), PlainText::line(name))).into_iter().collect(),
            language: LangTag::of("en"),
            summary: PlainText::some_line(&told.happened),
            content: Some(SafeHtml::of_paragraphs(&texts)),
            source: ShownSource {
                id: PlainText::kept(&feed_id(&site.store_id, &spec.kind.path(Format::ATOM))),
                title: PlainText::line(&spec.title),
                updated: incident.updated,
                feed: WebUrl::of(&address(Format::ATOM)),
                site: WebUrl::of(&address(Format::Html)),
                ..ShownSource::default()
            },
            ..Shown::default()
        }
    }
}

/// The kind, and how the incident has ended.
fn categories(incident: &Incident) -> Vec<Category> {
    let ending = incident.ended.map(|(_, ending)| ending.as_str());
    let terms = std::iter::once(incident.kind.as_str()).chain(ending);
    let category = |term: &str| Category { term: PlainText::line(term), scheme: Iri::of(KIND_SCHEME), label: None };
    terms.map(category).collect()
}
