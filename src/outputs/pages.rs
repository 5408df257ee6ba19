//! Pages for people: the data of each page, and the substitute for a page that the theme cannot render.
//!
//! A page that cannot be rendered never takes the place of an earlier version: the last good page stays. Without an
//! earlier version the built-in theme renders the page. The reason is logged once for each plan, because otherwise
//! every request would repeat it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::build::{Uncompressed, all_shown, off_thread};
use super::plan::{Output, OutputPlan};
use super::{DEFAULT_OUTPUT, Outputs};
use crate::config;
use crate::logging::{foreign, printable};
use crate::model::{EntryId, Timestamp};
use crate::publish::pages::{self, Context, Frame, MemberSource, Pager, Search, StoryCopy, Theme, ThemeError};
use crate::publish::{
    About, DocumentName, Format, OutputKind, OutputSpec, Published, Shown, Site, Snapshot, query_of, title_and_link,
};
use crate::store::{NewestEntry, Numbered, SourceSummary, StoreError, WholeStory};

/// Most messages about a theme that are logged for one plan.
const TOLD_MAX: usize = 20;
/// Most entries on the live page of a feed, however many its documents for feed readers have: the older pages show the others.
const LIVE_ENTRIES_MAX: usize = 500;
/// The title of pages for requests that were not meant for this server. It must not reveal what is published here.
const NAMELESS: &str = "Watershed";

/// A page as it was rendered.
#[derive(Debug)]
pub(super) struct Rendered {
    pub(super) body: Vec<u8>,
    /// The same for readers that give the token in the address, where the output has a token.
    pub(super) keyed: Option<Vec<u8>>,
    /// SHA-256 of its style in Base64.
    pub(super) style: String,
    /// Whether the theme could not render the page, so that the built-in theme did.
    pub(super) is_fallback: bool,
}

/// The pages with which the server refuses requests, and what was told about the theme.
#[derive(Debug, Default)]
pub(super) struct ErrorPages {
    made: Mutex<HashMap<u16, Arc<Published>>>,
    told: Mutex<BTreeSet<String>>,
}

impl OutputPlan {
    /// Renders a page by the theme, or by the built-in theme if that fails.
    pub(super) fn render(&self, page: impl Fn(&Frame<'_>) -> Context) -> Rendered {
        self.rendered(|theme| {
            page(&Frame {
                site: &self.site,
                theme,
                title: &self.title,
                about: &self.about,
                outputs: &self.links,
                tags: &self.linked_tags,
            })
        })
    }

    fn rendered(&self, with: impl Fn(&Theme) -> Context) -> Rendered {
        let (theme, built_in) = (&*self.look.theme, &*self.look.built_in);
        let style = |theme: &Theme| theme.style_sha256().to_owned();
        match theme.write(&with(theme)) {
            Ok(body) => return Rendered { body, keyed: None, style: style(theme), is_fallback: false },
            Err(error) => self.tell(&error),
        }
        let body = built_in.write(&with(built_in)).unwrap_or_else(|error| {
            self.tell(&error);
            bare_page()
        });
        Rendered { body, keyed: None, style: style(built_in), is_fallback: true }
    }

    /// Logs why a page could not be rendered, unless that was logged already.
    fn tell(&self, error: &ThemeError) {
        let error = error.to_string();
        let is_news = {
            let mut told = self.errors.told.lock().unwrap_or_else(PoisonError::into_inner);
            told.len() < TOLD_MAX && told.insert(error.clone())
        };
        if is_news {
            tracing::error!(error = %foreign(&error), "the theme cannot render a page, so the last good page stays, or the built-in theme renders it");
        }
    }

    /// Renders a page of a feed whose addresses end with a query, also for readers that give the token in the address.
    fn render_keyed(&self, spec: &OutputSpec, page: impl Fn(&Frame<'_>, &str) -> Context) -> Rendered {
        let rendered = self.render(|frame| page(frame, ""));
        let keyed = query_of(spec.token.as_ref()).map(|query| self.render(|frame| page(frame, &query)).body);
        Rendered { keyed, ..rendered }
    }

    /// The page of a feed.
    pub(super) fn feed_page(&self, spec: &OutputSpec, shown: &[Shown], behind: Behind) -> Rendered {
        let shown = shown.get(..LIVE_ENTRIES_MAX).unwrap_or(shown);
        self.render_keyed(spec, |frame, query| {
            pages::feed(frame, spec, shown, &behind.pager(&self.site.public_url, &spec.kind, None, shown.len(), query))
        })
    }

    /// A page of an archive, of a tag or of a source. `number` is its number, and `behind` the number of all of them.
    pub(super) fn numbered_page(&self, spec: &OutputSpec, number: u32, shown: &[Shown], behind: Behind) -> Rendered {
        self.render_keyed(spec, |frame, query| {
            let pager = behind.pager(&self.site.public_url, &spec.kind, Some(number), shown.len(), query);
            pages::archive(frame, spec, number, behind.pages, shown, &pager)
        })
    }

    /// The page of a story.
    fn story_page(&self, story: &WholeStory) -> Option<Rendered> {
        let spec = OutputSpec::on_demand(OutputKind::Output(DEFAULT_OUTPUT.to_owned()), self.title.clone());
        let lead = all_shown(self, &spec, std::slice::from_ref(&story.shown)).pop()?;
        let is_lead = story.entries.iter().map(|entry| entry.id == story.shown.id);
        let copies = all_shown(self, &spec, &story.entries);
        let copies: Vec<StoryCopy> =
            copies.into_iter().zip(is_lead).map(|(shown, is_lead)| StoryCopy { shown, is_lead }).collect();
        Some(self.render(|frame| pages::story(frame, &lead, &copies)))
    }

    fn member(&self, summary: &SourceSummary) -> Option<MemberSource> {
        let card = self.card(summary.source)?;
        let newest = summary.newest.as_ref().map(|newest| {
            let NewestEntry { title, link, details, content, published } = newest;
            let (title, link) = title_and_link(&card, title, link.as_deref(), details, content);
            (title, link, *published)
        });
        Some(MemberSource::of(card, &summary.meta, newest, summary.entries))
    }

    /// The page with which a request is refused.
    fn error_page(&self, refusal: Refusal) -> Rendered {
        let (status, explanation) = (refusal.status, refusal.explanation);
        if refusal.is_for_us {
            return self.render(|frame| pages::error(frame, status, explanation));
        }
        let site = Site { public_url: String::new(), ..self.site.clone() };
        self.rendered(|theme| {
            let frame =
                Frame { site: &site, theme, title: NAMELESS, about: &About::default(), outputs: &[], tags: &[] };
            pages::error(&frame, status, explanation)
        })
    }
}

/// The page in place of a page that even the built-in theme cannot render.
fn bare_page() -> Vec<u8> {
    b"<!doctype html>\n<html lang=\"en\">\n<title>This page cannot be shown</title>\n<p>This page cannot be shown. The log says \
      why.</p>\n</html>\n"
        .to_vec()
}

/// The earlier pages that a live page or a numbered page leads to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Behind {
    /// Number of pages.
    pub(super) pages: u32,
    /// Entries in the newest page.
    pub(super) in_newest: usize,
}

impl Behind {
    fn of(numbered: &Numbered) -> Behind {
        Behind { pages: numbered.pages(), in_newest: numbered.in_newest() }
    }

    /// The neighbours of a page; `number` is `None` for the live page, which shows `shown` entries. `query` is appended
    /// to every address.
    pub(super) fn pager(
        self,
        public_url: &str,
        kind: &OutputKind,
        number: Option<u32>,
        shown: usize,
        query: &str,
    ) -> Pager {
        let page = |number: u32| format!("{public_url}{}{query}", kind.page(number).path());
        let live = || format!("{public_url}{}{query}", kind.path(Format::Html));
        let older = match number {
            // A live page that shows everything needs no page with the same entries behind it.
            None if self.pages == 1 && shown >= self.in_newest => 0,
            None => self.pages,
            Some(number) => number.saturating_sub(1),
        };
        Pager {
            newest: number.map(|_| live()),
            newer: number.map(|number| if number < self.pages { page(number.saturating_add(1)) } else { live() }),
            older: (older > 0).then(|| page(older)),
            oldest: (older > 0).then(|| page(1)),
            query: query.to_owned(),
        }
    }
}

/// A refusal that is answered with a page.
#[derive(Debug, Clone, Copy)]
struct Refusal {
    status: u16,
    explanation: &'static str,
    /// Whether the request was meant for this server. Any site may send other requests here, so their page reveals
    /// nothing about this server.
    is_for_us: bool,
}

const REFUSALS: [Refusal; 6] = [
    Refusal { status: 400, explanation: "The request must name exactly one host.", is_for_us: false },
    Refusal {
        status: 401,
        explanation: "This feed requires its token, as ?token= in the address or as the password of Basic authentication.",
        is_for_us: true,
    },
    Refusal { status: 404, explanation: "There is no document at this address.", is_for_us: true },
    Refusal { status: 405, explanation: "Only GET and HEAD requests are supported.", is_for_us: true },
    Refusal {
        status: 421,
        explanation: "This server does not answer requests for this host. If it should, add the name to `hosts` in [serve] of \
                      watershed.toml, or set `public_url` to the address that readers use.",
        is_for_us: false,
    },
    Refusal { status: 503, explanation: "The feeds are not built yet; try again in a few seconds.", is_for_us: true },
];

impl Outputs {
    /// The page with which requests of browsers are refused; `None` for a status without a page.
    pub async fn error_page(&self, status: u16) -> Option<Arc<Published>> {
        let refusal = *REFUSALS.iter().find(|refusal| refusal.status == status)?;
        let plan = self.plan();
        if let Some(made) = plan.errors.made.lock().unwrap_or_else(PoisonError::into_inner).get(&status) {
            return Some(made.clone());
        }
        let of = plan.clone();
        let made = off_thread(move || {
            let Rendered { body, style, .. } = of.error_page(refusal);
            let snapshot = Snapshot::new(body, Format::Html.content_type(), String::new(), of.look.since);
            Arc::new(Published::new(snapshot.with_style(Some(style)), None, &[]))
        });
        let made = made.await.ok()?;
        plan.errors.made.lock().unwrap_or_else(PoisonError::into_inner).insert(status, made.clone());
        Some(made)
    }

    /// The page of a search that was not carried out: why, or what can be written. Returns its bytes and SHA-256 of its style.
    pub async fn idle_search(&self, why: Option<String>) -> Option<(Vec<u8>, String)> {
        let plan = self.plan();
        let made = off_thread(move || {
            let notes: Vec<String> = why.into_iter().collect();
            let search = Search { notes: &notes, ..Search::default() };
            plan.render(|frame| pages::search(frame, None, &search))
        });
        made.await.ok().map(|page| (page.body, page.style))
    }

    /// The page of the state of the installation.
    ///
    /// # Errors
    /// If the page cannot be made because of a bug.
    pub async fn status_page(&self, status: pages::StatusRecord) -> Result<Snapshot, StoreError> {
        let plan = self.plan();
        off_thread(move || {
            let Rendered { body, style, .. } = plan.render(|frame| pages::status(frame, &status));
            let path = "/status".to_owned();
            Snapshot::new(body, Format::Html.content_type(), path, status.now).with_style(Some(style))
        })
        .await
    }

    /// Why the theme in force could not render a page, if it could not.
    pub fn page_error(&self) -> Option<String> {
        self.plan().errors.told.lock().unwrap_or_else(PoisonError::into_inner).first().cloned()
    }

    /// The earlier pages of a feed: the documents of an output's archive, or the numbered pages of a tag or source.
    pub(super) async fn behind(&self, plan: &OutputPlan, output: &Output) -> Result<Behind, StoreError> {
        let kind = &output.spec.kind;
        if let OutputKind::Output(_) = kind {
            let filled = plan.filled(kind).unwrap_or_default();
            return Ok(Behind { pages: filled.documents, in_newest: filled.in_newest() });
        }
        Ok(Behind::of(&*self.numbered(plan, output).await?))
    }

    /// The numbered pages of a tag or source as they are now.
    async fn numbered(&self, plan: &OutputPlan, output: &Output) -> Result<Arc<Numbered>, StoreError> {
        let kind = &output.spec.kind;
        let numbered = self.store.number(output.sources.clone(), plan.numbered(kind)).await?;
        plan.number(kind, numbered.clone());
        Ok(numbered)
    }

    /// Writes a numbered page of a tag or source; `None` if it does not exist.
    pub(super) async fn write_numbered(
        &self,
        plan: &Arc<OutputPlan>,
        output: &Arc<Output>,
        number: u32,
    ) -> Result<Option<Uncompressed>, StoreError> {
        // The numbered pages are read once, because the plan may forget them meanwhile.
        let numbered = self.numbered(plan, output).await?;
        let behind = Behind::of(&numbered);
        let Some(mut stories) = self.store.page(output.selection(), numbered, number).await? else { return Ok(None) };
        let (spec, described) = self.spec_of(plan, output).await?;
        let plan = plan.clone();
        off_thread(move || {
            // Newest first, as on live pages.
            stories.entries.reverse();
            let shown = all_shown(&plan, &spec, &stories.entries);
            let page = plan.numbered_page(&spec, number, &shown, behind);
            let changed = stories.changed.unwrap_or(plan.since).max(described);
            Some(Uncompressed::page(&plan, DocumentName::Page(spec.kind.clone(), number), page, changed))
        })
        .await
    }

    /// Writes the page of a story; `None` if it has no public entry.
    pub(super) async fn write_story(
        &self,
        plan: &Arc<OutputPlan>,
        id: &str,
    ) -> Result<Option<Uncompressed>, StoreError> {
        let Ok(entry) = id.parse().map(EntryId) else { return Ok(None) };
        let Some(story) = self.store.story(entry, plan.public_selection()).await? else { return Ok(None) };
        let (plan, name) = (plan.clone(), DocumentName::Story(id.to_owned()));
        off_thread(move || {
            let page = plan.story_page(&story)?;
            Some(Uncompressed::page(&plan, name, page, story.changed))
        })
        .await
    }

    /// Writes the page with all sources.
    pub(super) async fn write_members(&self, plan: &Arc<OutputPlan>) -> Result<Uncompressed, StoreError> {
        let (summaries, changed) = self.store.summaries(plan.members(), plan.public_selection()).await?;
        let plan = plan.clone();
        off_thread(move || {
            let members: Vec<MemberSource> = summaries.iter().filter_map(|summary| plan.member(summary)).collect();
            let page = plan.render(|frame| pages::members(frame, &members));
            Uncompressed::page(&plan, DocumentName::Members, page, changed.unwrap_or(plan.since))
        })
        .await
    }

    /// A static file of the theme.
    pub(super) fn theme_file(plan: &OutputPlan, name: &str) -> Option<Uncompressed> {
        let file = plan.look.theme.file(name)?;
        let name = DocumentName::ThemeFile(name.to_owned());
        Some(Uncompressed::file(name, file.content_type, file.bytes.to_vec(), plan.look.since))
    }

    /// Reads the picture of a source; `None` if the source has no picture file, or the file no longer holds a picture
    /// of that kind.
    pub(super) async fn read_icon(
        &self,
        plan: &Arc<OutputPlan>,
        icon: &str,
    ) -> Result<Option<Uncompressed>, StoreError> {
        let Some((path, kind)) = plan.icon_file(icon) else { return Ok(None) };
        let (name, since) = (DocumentName::Icon(icon.to_owned()), plan.look.since);
        off_thread(move || match config::read_icon(&path) {
            Ok((bytes, found)) if found == kind => Some(Uncompressed::file(name, kind.content_type, bytes, since)),
            Ok(_) => None,
            Err(error) => {
                let path = printable(&path.display().to_string());
                tracing::warn!(%path, %error, "the icon of a source cannot be read");
                None
            }
        })
        .await
    }
}

impl Uncompressed {
    /// A page, dated by its entries or by the last change of its look.
    pub(super) fn page(plan: &OutputPlan, name: DocumentName, page: Rendered, changed: Timestamp) -> Uncompressed {
        let Rendered { body, keyed, style, is_fallback } = page;
        let changed = changed.max(plan.since).max(plan.look.since);
        let content_type = Format::Html.content_type();
        Uncompressed { keyed, is_fallback, style: Some(style), ..Uncompressed::file(name, content_type, body, changed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lead_to_the_oldest_entry_and_back() {
        let tag = OutputKind::Tag("a".to_owned());
        let check = |pages: u32, number: Option<u32>, expected: [Option<&str>; 4]| {
            let pager = Behind { pages, in_newest: 50 }.pager("", &tag, number, 20, "");
            let found = [&pager.newer, &pager.older, &pager.newest, &pager.oldest].map(|path| path.as_deref());
            assert_eq!(found, expected, "{number:?} of {pages}");
        };
        let live = Some("/tag/a.html");
        let (one, two, three) = (Some("/tag/a/1.html"), Some("/tag/a/2.html"), Some("/tag/a/3.html"));
        check(0, None, [None, None, None, None]);
        check(1, None, [None, one, None, one]);
        check(3, None, [None, three, None, one]);
        check(3, Some(3), [live, two, live, one]);
        check(3, Some(2), [three, one, live, one]);
        check(3, Some(1), [two, None, live, None]);
    }

    #[test]
    fn a_live_page_with_everything_leads_nowhere() {
        let output = OutputKind::Output("feed".to_owned());
        let older = |pages, shown| Behind { pages, in_newest: 50 }.pager("", &output, None, shown, "?token=x").older;
        assert_eq!(older(1, 50), None);
        assert_eq!(older(1, 49).as_deref(), Some("/archive/feed/1.html?token=x"));
        assert_eq!(older(2, 50).as_deref(), Some("/archive/feed/2.html?token=x"));
    }
}
