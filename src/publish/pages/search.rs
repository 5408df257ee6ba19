//! The page of a search: the query, and the entries that it finds, with the part of each text that matches.

use super::context::{Context, FoundContext, MarkContext, SearchContext};
use super::maker::{self, Maker, OfPage};
use super::{Frame, PageKind};
use crate::model::PlainText;
use crate::publish::{About, Format, OutputKind, OutputSpec, Shown};
use crate::search::Snippet;

/// A search and what it has found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search<'s> {
    /// The query, as it was typed or in its normal form.
    pub query: &'s str,
    /// Whether the best matches come first, and not the newest entries.
    pub is_ranked: bool,
    /// Remarks on parts of the query that could not be used as typed; commands are between backticks.
    pub notes: &'s [String],
    /// Whether some entries were not examined.
    pub is_cut: bool,
    pub found: &'s [(Shown, Snippet)],
}

/// The page of a search. Without `spec` no search was made, and the page explains what a query can contain.
pub fn search(frame: &Frame<'_>, spec: Option<&OutputSpec>, search: &Search<'_>) -> Context {
    let maker = Maker::new(frame, PageKind::Search);
    let path = match spec {
        Some(spec) => spec.kind.path(Format::Html),
        None => OutputKind::Search(search.query.to_owned()).path(Format::Html),
    };
    let feed = spec.map(|spec| maker.feed(&spec.title, &spec.kind, ""));
    let mut context = maker.context(OfPage { title: "", path, about: &About::default(), feed });
    let found = |(shown, snippet): &(Shown, Snippet)| FoundContext {
        entry: maker.excerpted(&context.page.url, shown),
        snippet: marks(snippet),
    };
    let notes: Vec<&str> = search.notes.iter().map(String::as_str).collect();
    context.search = Some(SearchContext {
        query: PlainText::line(search.query),
        is_ranked: search.is_ranked,
        notes: maker::notice(&notes.join(" ")),
        is_cut: search.is_cut,
        found: search.found.iter().map(found).collect(),
    });
    context.count = search.found.len();
    context
}

fn marks(snippet: &Snippet) -> Vec<MarkContext> {
    let mark = |(text, is_found): (&str, bool)| MarkContext { text: text.to_owned(), is_found };
    snippet.parts().into_iter().map(mark).collect()
}
