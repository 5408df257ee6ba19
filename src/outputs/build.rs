//! Builds documents: gathers the entries of a feed from the store once for all its formats, writes and compresses them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::pages::Behind;
use super::plan::{Output, OutputPlan};
use super::{Changes, DEFAULT_OUTPUT, Outputs, is_always_there};
use crate::config::{ContentMode, Secret};
use crate::model::{FeedMeta, SourceCard, SourceId, StoredEntry, Timestamp};
use crate::publish::pages::{self, Search};
use crate::publish::{
    self, About, Chain, DocumentName, Format, OutputKind, OutputSpec, Published, Shown, Snapshot, Syndication,
    source_list,
};
use crate::search::{Finder, Order, Snippet};
use crate::store::{Scope, StoreError};

/// Bytes of texts that are read for a document that shows no full contents.
const SHORT_BYTES: u64 = 64 * 1024 * 1024;
/// Entries on the front page.
const FRONT_PAGE_ENTRIES: usize = 50;

/// The data from which a feed is written.
struct Gathered {
    spec: OutputSpec,
    entries: Vec<StoredEntry>,
    changed: Timestamp,
    /// Whether a search left some entries unexamined.
    is_cut: bool,
}

/// Which changes a feed is gathered for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Since<'c> {
    /// All changes.
    Ever,
    /// The changes since the feed was last built. Only rebuilds use this, because they run one after the other.
    LastBuilt(&'c Changes),
}

/// A document before it is compressed.
pub(super) struct Uncompressed {
    pub(super) name: DocumentName,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
    /// The same for readers that give the token in the address, where the output has a token.
    pub(super) keyed: Option<Vec<u8>>,
    /// SHA-256 of the style in Base64, if the document is a page.
    pub(super) style: Option<String>,
    /// Whether the document stands in for a page that the theme could not render.
    pub(super) is_fallback: bool,
    /// The places of its entries, for answers with only the new entries.
    pub(super) entries: Vec<std::ops::Range<usize>>,
    pub(super) changed: Timestamp,
}

impl Uncompressed {
    /// A document that is the same for all readers.
    pub(super) fn file(
        name: DocumentName,
        content_type: &'static str,
        body: Vec<u8>,
        changed: Timestamp,
    ) -> Uncompressed {
        Uncompressed {
            name,
            content_type,
            body,
            keyed: None,
            style: None,
            is_fallback: false,
            entries: Vec::new(),
            changed,
        }
    }
}

impl Outputs {
    /// Builds a feed in some formats.
    pub(super) async fn build(
        &self,
        plan: &Arc<OutputPlan>,
        output: &Arc<Output>,
        formats: &[Format],
        since: Since<'_>,
    ) -> Result<Vec<(DocumentName, Published)>, StoreError> {
        let written = self.write(plan, output, formats, since).await?;
        let token = output.spec.token.clone();
        off_thread(move || {
            let publish = |written: Uncompressed| (written.name.clone(), published(written, token.clone()));
            written.into_iter().map(publish).collect()
        })
        .await
    }

    /// Writes a feed in some formats without compressing it. OPML is left out: [`Outputs::write_one`] writes it.
    pub(super) async fn write(
        &self,
        plan: &Arc<OutputPlan>,
        output: &Arc<Output>,
        formats: &[Format],
        since: Since<'_>,
    ) -> Result<Vec<Uncompressed>, StoreError> {
        if formats.is_empty() {
            return Ok(Vec::new());
        }
        let (gathered, told) = match output.spec.kind {
            OutputKind::Health => {
                let (told, changed) = self.told_incidents(plan, &output.spec).await?;
                (Gathered { spec: output.spec.clone(), entries: Vec::new(), changed, is_cut: false }, Some(told))
            }
            _ => (self.gather(plan, output, since).await?, None),
        };
        let chain = plan.live_chain(&output.spec.kind);
        let has_page =
            formats.contains(&Format::Html) && !matches!(output.spec.kind, OutputKind::Search(_) | OutputKind::Health);
        let behind = if has_page { self.behind(plan, output).await? } else { Behind::default() };
        let (plan, output, formats) = (plan.clone(), output.clone(), formats.to_vec());
        off_thread(move || {
            let Gathered { spec, entries, changed, is_cut } = gathered;
            let shown = told.unwrap_or_else(|| all_shown(&plan, &spec, &entries));
            let write = |format: Format| match (&spec.kind, &output.search) {
                (OutputKind::Search(query), Some(sought)) if format == Format::Html => {
                    let found = found(&plan, &spec, &sought.finder, &entries);
                    let is_ranked = sought.finder.order == Order::Rank;
                    let search = Search { query, is_ranked, notes: &output.notes, is_cut, found: &found };
                    let page = plan.render(|frame| pages::search(frame, Some(&spec), &search));
                    Some(Uncompressed::page(&plan, DocumentName::Feed(spec.kind.clone(), format), page, changed))
                }
                _ => in_format(&plan, &spec, format, (chain, behind), &shown, changed),
            };
            formats.into_iter().filter_map(write).collect()
        })
        .await
    }

    /// Builds a requested document; `None` if the document does not exist.
    pub(super) async fn build_one(
        &self,
        plan: &Arc<OutputPlan>,
        name: &DocumentName,
    ) -> Result<Option<Published>, StoreError> {
        match self.write_one(plan, name).await? {
            Some(written) => compressed(plan, written).await.map(Some),
            None => Ok(None),
        }
    }

    /// Writes a document without compressing it; `None` if the document does not exist.
    pub(super) async fn write_one(
        &self,
        plan: &Arc<OutputPlan>,
        name: &DocumentName,
    ) -> Result<Option<Uncompressed>, StoreError> {
        Ok(match name {
            DocumentName::FrontPage => Some(self.write_front_page(plan, Since::Ever).await?),
            DocumentName::Sources => {
                Some(self.write_sources(plan, name, &plan.title, &plan.about, &plan.public).await?)
            }
            DocumentName::Feed(kind, format) => match plan.feed(kind) {
                Some(output) if *format == Format::Opml => {
                    let OutputSpec { title, about, .. } = &output.spec;
                    Some(self.write_sources(plan, name, title, about, &output.sources).await?)
                }
                Some(output) => self.write(plan, &output, &[*format], Since::Ever).await?.pop(),
                None => None,
            },
            DocumentName::Archive(output, number, format) => match plan.find(output) {
                Some(output) => self.write_archive(plan, output, *number, &[*format]).await?.pop(),
                None => None,
            },
            DocumentName::Page(kind, number) => match plan.feed(kind) {
                Some(output) => self.write_numbered(plan, &output, *number).await?,
                None => None,
            },
            DocumentName::Members => Some(self.write_members(plan).await?),
            DocumentName::Story(id) => self.write_story(plan, id).await?,
            DocumentName::ThemeFile(file) => Outputs::theme_file(plan, file),
            DocumentName::Icon(icon) => self.read_icon(plan, icon).await?,
        })
    }

    /// Writes an archive document in some formats; nothing if the document does not exist.
    pub(super) async fn write_archive(
        &self,
        plan: &Arc<OutputPlan>,
        output: &Arc<Output>,
        number: u32,
        formats: &[Format],
    ) -> Result<Vec<Uncompressed>, StoreError> {
        let Some(name) = output.spec.kind.output() else { return Ok(Vec::new()) };
        if formats.is_empty() {
            return Ok(Vec::new());
        }
        let Some(archived) = self.store.archived(name.to_owned(), number, output.selection()).await? else {
            return Ok(Vec::new());
        };
        let (plan, output, formats) = (plan.clone(), output.clone(), formats.to_vec());
        off_thread(move || {
            // Newest first, as in live documents.
            let mut entries = archived.stories.entries;
            entries.reverse();
            let shown = all_shown(&plan, &output.spec, &entries);
            let chain = Chain { number: Some(number), documents: archived.documents };
            let behind = Behind { pages: archived.documents, ..Behind::default() };
            let changed = archived.stories.changed.map_or(plan.since, |changed| changed.max(plan.since));
            let write = |format| in_format(&plan, &output.spec, format, (chain, behind), &shown, changed);
            formats.into_iter().filter_map(write).collect()
        })
        .await
    }

    /// Writes the page at `/`, which shows the default output. If the default output has a token, the page shows no entries,
    /// because everybody may read the page.
    pub(super) async fn write_front_page(
        &self,
        plan: &Arc<OutputPlan>,
        since: Since<'_>,
    ) -> Result<Uncompressed, StoreError> {
        let mut changed = plan.since;
        let (mut shown, mut behind) = (Vec::new(), Behind::default());
        if let Some(output) = plan.find(DEFAULT_OUTPUT).filter(|output| output.spec.token.is_none()) {
            let limits = (FRONT_PAGE_ENTRIES, bytes_of_texts(&output.spec));
            let gathered = self.gather_newest(plan, output, limits, since).await?;
            changed = gathered.changed;
            // The page names the source of each entry, so its titles need no prefix.
            let spec = OutputSpec { title_prefix: String::new(), ..gathered.spec };
            shown = all_shown(plan, &spec, &gathered.entries);
            behind = self.behind(plan, output).await?;
        }
        let plan = plan.clone();
        off_thread(move || {
            let notice = plan.sources.is_empty().then_some(
                "No source is configured yet: add one with `watershed add URL` or a [[source]] in watershed.toml.",
            );
            let kind = OutputKind::Output(DEFAULT_OUTPUT.to_owned());
            let pager = behind.pager(&plan.site.public_url, &kind, None, shown.len(), "");
            let page = plan.render(|frame| pages::front(frame, notice, &shown, &pager));
            Uncompressed::page(&plan, DocumentName::FrontPage, page, changed)
        })
        .await
    }

    /// Writes a list of sources, with the metadata of the feed or of the site that has them. The caller leaves out
    /// private sources unless the list has a token (`selects`, `OutputPlan::feed`).
    async fn write_sources(
        &self,
        plan: &Arc<OutputPlan>,
        name: &DocumentName,
        title: &str,
        about: &About,
        listed: &HashSet<SourceId>,
    ) -> Result<Uncompressed, StoreError> {
        let metas = self.store.metas(listed.clone()).await?;
        let changed = metas.values().map(|(_, changed)| *changed).fold(plan.since, Timestamp::max);
        let (plan, name, title, about) = (plan.clone(), name.clone(), title.to_owned(), about.clone());
        off_thread(move || {
            let cards: Vec<(SourceCard, &FeedMeta)> =
                metas.iter().filter_map(|(id, (meta, _))| Some((plan.card(*id)?, meta))).collect();
            let own = || cards.first().map_or("", |(card, meta)| card.shown_title(meta));
            let title = if title.is_empty() { own() } else { &title };
            let body = source_list(&plan.site, title, &about, &cards);
            Uncompressed::file(name, Format::Opml.content_type(), body, changed)
        })
        .await
    }

    async fn gather(&self, plan: &OutputPlan, output: &Output, since: Since<'_>) -> Result<Gathered, StoreError> {
        self.gather_newest(plan, output, (output.spec.entries, bytes_of_texts(&output.spec)), since).await
    }

    /// Reads the newest entries of a feed, and the time of the last change of what the feed shows.
    async fn gather_newest(
        &self,
        plan: &OutputPlan,
        output: &Output,
        (limit, max_bytes): (usize, u64),
        since: Since<'_>,
    ) -> Result<Gathered, StoreError> {
        let near = match since {
            Since::Ever => None,
            Since::LastBuilt(changes) => output.near(changes),
        };
        let scope = Scope {
            selection: output.selection(),
            limit,
            per_source: output.spec.per_source,
            share: publish::share,
            max_bytes,
            weigh: publish::weigh,
            near,
            backfill: output.backfill.clone(),
            search: output.search.clone(),
        };
        let newest = self.store.newest(scope).await?;
        if matches!(since, Since::LastBuilt(_)) && limit == output.spec.entries {
            output.shows(&newest);
        }
        let (spec, described) = self.spec_of(plan, output).await?;
        let changed = newest.changed.unwrap_or(plan.since).max(plan.since).max(described);
        Ok(Gathered { spec, entries: newest.entries, changed, is_cut: newest.is_cut })
    }

    /// How a feed is made, with a source's own title and a podcast's own metadata; and when that description last
    /// changed.
    pub(super) async fn spec_of(
        &self,
        plan: &OutputPlan,
        output: &Output,
    ) -> Result<(OutputSpec, Timestamp), StoreError> {
        let (mut spec, mut changed) = (output.spec.clone(), Timestamp::MIN);
        if matches!(spec.kind, OutputKind::Source(_)) {
            // The feed of a source has the title of its source even without entries.
            let metas: HashMap<SourceId, (FeedMeta, Timestamp)> =
                self.store.metas(output.sources.iter().copied().collect()).await?;
            for (id, (meta, at)) in &metas {
                spec.title = plan.card(*id).map_or_else(String::new, |card| card.shown_title(meta).to_owned());
                spec.about = About::of_source(meta);
                changed = changed.max(*at);
            }
        }
        Ok((spec, changed))
    }
}

/// Writes a live document of a feed, or an archive document if `chain` has a number.
fn in_format(
    plan: &OutputPlan,
    spec: &OutputSpec,
    format: Format,
    (chain, behind): (Chain, Behind),
    shown: &[Shown],
    changed: Timestamp,
) -> Option<Uncompressed> {
    let name = match chain.number {
        Some(number) => spec.kind.archive(number, format)?,
        None => DocumentName::Feed(spec.kind.clone(), format),
    };
    Some(match (format, chain.number) {
        (Format::Feed(syndication), number) => {
            let document = publish::write(syndication, &plan.site, spec, chain, shown);
            // Only live documents have delta answers, for which JSON Feed has no convention.
            let has_deltas = number.is_none() && syndication != Syndication::Json;
            let entries = if has_deltas { document.entries } else { Vec::new() };
            let written = Uncompressed::file(name, format.content_type(), document.body, changed);
            Uncompressed { keyed: document.keyed, entries, ..written }
        }
        (Format::Html, Some(number)) => {
            Uncompressed::page(plan, name, plan.numbered_page(spec, number, shown, behind), changed)
        }
        (Format::Html, None) => Uncompressed::page(plan, name, plan.feed_page(spec, shown, behind), changed),
        // The list of sources shows no entries; `write_one` writes it.
        (Format::Opml, _) => return None,
    })
}

/// Bytes of texts that are read for a document: no more than the document may have.
pub(super) fn bytes_of_texts(spec: &OutputSpec) -> u64 {
    if spec.content == ContentMode::Full { spec.max_size } else { SHORT_BYTES }
}

pub(super) fn all_shown(plan: &OutputPlan, spec: &OutputSpec, entries: &[StoredEntry]) -> Vec<Shown> {
    let cards = cards(plan, entries);
    entries.iter().filter_map(|entry| Shown::of(&plan.site, spec, &cards, entry)).collect()
}

/// A stored story as the item that the feed's live JSON Feed has of it; `None` if the feed does not show it.
pub(super) fn json_item(plan: &OutputPlan, spec: &OutputSpec, story: StoredEntry) -> Option<Vec<u8>> {
    let shown = all_shown(plan, spec, &[story]).pop()?;
    publish::json_item(&plan.site, spec, plan.live_chain(&spec.kind), &shown)
}

/// The entries that a search has found, with the part of each text that shows why.
fn found(plan: &OutputPlan, spec: &OutputSpec, finder: &Finder, entries: &[StoredEntry]) -> Vec<(Shown, Snippet)> {
    let cards = cards(plan, entries);
    let found = |entry: &StoredEntry| Some((Shown::of(&plan.site, spec, &cards, entry)?, finder.snippet(entry)));
    entries.iter().filter_map(found).collect()
}

/// The sources of entries and of their copies, as they are shown.
fn cards(plan: &OutputPlan, entries: &[StoredEntry]) -> HashMap<SourceId, SourceCard> {
    let sources = entries.iter().flat_map(|entry| entry.copies.iter().map(|copy| copy.source).chain([entry.source]));
    let sources: HashSet<SourceId> = sources.collect();
    sources.into_iter().filter_map(|id| Some((id, plan.card(id)?))).collect()
}

fn published(written: Uncompressed, token: Option<Secret>) -> Published {
    let Uncompressed { name, content_type, body, keyed, style, is_fallback, entries, changed } = written;
    let make = if is_always_there(&name) { Snapshot::new } else { Snapshot::on_request };
    let snapshot = make(body, content_type, name.path(), changed).with_style(style);
    let mut published = Published::new(snapshot, token, &entries).with_keyed(keyed);
    published.is_fallback = is_fallback;
    published
}

pub(super) async fn compressed(plan: &OutputPlan, written: Uncompressed) -> Result<Published, StoreError> {
    let token = plan.token_of(&written.name);
    off_thread(move || published(written, token)).await
}

/// Runs work on a blocking thread, because writing and compressing a document takes milliseconds, which is too long for an async
/// thread.
pub(super) async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Panicked(error.to_string()))
}
