//! The plan of all outputs, made from the configuration: which sources each output selects, by which rules, and how it is
//! written; and what pages look like.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Changes;
use super::pages::ErrorPages;
use super::rules::Rules;
use crate::clock;
use crate::config::{Config, OutputConfig, PictureKind, Secret, SourceConfig, SourceIcon};
use crate::former::FormerNames;
use crate::model::{BySource, SourceCard, SourceId, Timestamp};
use crate::publish::pages::{OutputLink, Theme};
use crate::publish::{About, Chain, DocumentName, Filter, Hub, OutputKind, OutputSpec, Site};
use crate::search::{Finder, NamedSource, Query};
use crate::store::{Filled, Near, Newest, Numbered, Searched, Selection, Selects, Sought, Store};
use crate::text::digest::push_quoted;

const DAY_SECONDS: i64 = 86_400;

/// Tags and sources whose numbered pages are known.
const NUMBERED_KEPT: usize = 4_096;

/// What pages look like.
#[derive(Debug, Clone)]
pub struct Look {
    pub theme: Arc<Theme>,
    /// Renders the pages that `theme` cannot render.
    pub built_in: Arc<Theme>,
    /// When the look of pages last changed.
    pub since: Timestamp,
}

/// The outputs as the configuration and the store's list of sources define them.
#[derive(Debug)]
pub struct OutputPlan {
    pub(super) site: Site,
    pub(super) title: String,
    /// The metadata of the default output, for the pages and lists of the whole site; empty if that output has a token.
    pub(super) about: About,
    /// The configured outputs, the default output first.
    pub(super) outputs: Vec<Arc<Output>>,
    pub(super) look: Look,
    /// The outputs without a token and the tags of public sources, as every page may link to them.
    pub(super) links: Vec<OutputLink>,
    pub(super) linked_tags: Vec<String>,
    /// The sources that are not private.
    pub(super) public: Arc<HashSet<SourceId>>,
    /// The configuration of every source, by its number.
    pub sources: Arc<BySource<Arc<SourceConfig>>>,
    /// The numbers of the sources in the order of their names.
    by_name: Vec<SourceId>,
    /// When the configuration last changed published documents.
    pub(super) since: Timestamp,
    /// The folder for the site as files.
    pub(super) files: Option<PathBuf>,
    backfill: HashMap<SourceId, Duration>,
    /// The filters of the sources, without a filter of an output.
    rules: Arc<Rules>,
    /// How far the archive of each output is filled under this plan.
    archives: Mutex<HashMap<String, Filled>>,
    /// Where the numbered pages of tags and sources begin, for those that readers have requested.
    numbered: Mutex<HashMap<OutputKind, Arc<Numbered>>>,
    pub(super) errors: ErrorPages,
    /// A digest of everything that shapes published documents, see [`OutputPlan::shape`].
    shape: String,
    pub(super) former: FormerNames,
}

/// A feed: the entries it selects, and how it is written.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) spec: OutputSpec,
    pub(super) sources: Arc<HashSet<SourceId>>,
    /// The `backfill` of sources: entries of a first poll that are older stay out of the live document.
    pub(super) backfill: HashMap<SourceId, Duration>,
    pub(super) rules: Arc<Rules>,
    /// The selection as data, to be compared with an earlier selection.
    pub(super) selects: Arc<Selects>,
    /// The search, where the feed has one.
    pub(super) search: Option<Sought>,
    /// Remarks on a search as the reader typed it.
    pub(super) notes: Vec<String>,
    /// What the feed showed when it was last built.
    pub(super) live: Mutex<Option<Near>>,
}

impl Output {
    /// What the feed showed when it was last built, and the entries written since; `None` if any entry may have
    /// changed.
    pub(super) fn near(&self, changes: &Changes) -> Option<Near> {
        let live = self.live.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let changed = changes.entries.iter().copied().collect();
        live.filter(|_| !changes.everything).map(|near| Near { changed, ..near })
    }

    /// Remembers what the feed shows.
    pub(super) fn shows(&self, newest: &Newest) {
        let near = Near { ids: newest.ids.clone(), floor: newest.floor, changed: Vec::new() };
        // If a source was held to its share, further entries of it may appear at any place, so the whole feed is looked at next
        // time.
        let near = (!newest.is_shared).then_some(near);
        *self.live.lock().unwrap_or_else(PoisonError::into_inner) = near;
    }

    pub(super) fn selection(&self) -> Selection {
        Selection { sources: self.sources.clone(), sieve: Rules::sieve(&self.rules, &self.sources) }
    }
}

impl OutputPlan {
    /// Makes the plan. `configs` has the configuration of each source. `shape` is the digest of [`OutputPlan::shape`], which has
    /// been the same `since` that time.
    pub fn new(
        config: &Config,
        configs: &Arc<BySource<Arc<SourceConfig>>>,
        store: &Store,
        (shape, since): (String, Timestamp),
        look: Look,
    ) -> OutputPlan {
        let sources: Vec<(SourceId, &SourceConfig)> =
            configs.iter().map(|(id, source)| (id, source.as_ref())).collect();
        let filtered = sources.iter().filter(|(_, source)| !source.options.filter.is_empty());
        let of_sources: Arc<HashMap<SourceId, Filter>> =
            Arc::new(filtered.map(|(id, source)| (*id, Filter::new(&source.options.filter))).collect());
        let backfill = sources.iter().filter_map(|(id, source)| Some((*id, source.options.backfill?))).collect();
        let mut plan = OutputPlan {
            site: Site {
                public_url: config.public_url.as_str().trim_end_matches('/').to_owned(),
                store_id: store.store_id().to_owned(),
                born: store.born(),
                generator_version: env!("CARGO_PKG_VERSION"),
                hub: Hub::of(&config.push.hub),
            },
            title: config.top.title.clone(),
            about: config.outputs.first().filter(|output| output.token.is_none()).map(about).unwrap_or_default(),
            outputs: Vec::new(),
            look,
            links: Vec::new(),
            linked_tags: Vec::new(),
            public: Arc::new(sources.iter().filter(|(_, source)| !source.options.private).map(|(id, _)| *id).collect()),
            sources: configs.clone(),
            by_name: in_order_of_names(&sources),
            since,
            files: config.serve.files.clone(),
            backfill,
            rules: Arc::new(Rules::new(of_sources.clone(), Filter::default(), None)),
            archives: Mutex::default(),
            numbered: Mutex::default(),
            errors: ErrorPages::default(),
            shape,
            former: FormerNames::default(),
        };
        for output in &config.outputs {
            let selects = selects_of(output, &sources);
            let finder = output.search.as_deref().and_then(|query| finder(query, &sources));
            let rules = match &finder {
                None if output.filter.is_empty() => plan.rules.clone(),
                _ => Arc::new(Rules::new(of_sources.clone(), Filter::new(&output.filter), finder.clone())),
            };
            let search = finder.map(|finder| Sought { finder, is_bounded: false });
            let spec = OutputSpec {
                kind: OutputKind::Output(output.name.clone()),
                title: output.title.clone(),
                about: about(output),
                token: output.token.clone(),
                entries: output.entries,
                max_size: output.max_size,
                per_source: output.per_source,
                content: output.content,
                title_prefix: output.title_prefix.clone(),
            };
            let sources = selects.sources.keys().copied().collect();
            let made = plan.output(spec, sources, rules, selects);
            plan.outputs.push(Arc::new(Output { search, ..made }));
        }
        // Everybody may read pages, so they do not reveal the outputs that require a token.
        let public = plan.outputs.iter().filter(|output| output.spec.token.is_none());
        plan.links = public.map(|output| link(output)).collect();
        plan.linked_tags = plan.tags().into_iter().map(str::to_owned).collect();
        plan
    }

    fn output(&self, spec: OutputSpec, sources: HashSet<SourceId>, rules: Arc<Rules>, selects: Selects) -> Output {
        let backfill = self.backfill.iter().filter(|(id, _)| sources.contains(id));
        let backfill = backfill.map(|(id, span)| (*id, *span)).collect();
        Output {
            spec,
            sources: Arc::new(sources),
            backfill,
            rules,
            selects: Arc::new(selects),
            search: None,
            notes: Vec::new(),
            live: Mutex::default(),
        }
    }

    /// A digest of everything in a configuration that shapes published documents, for the store to date changes by.
    pub fn shape(config: &Config) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        add(env!("CARGO_PKG_VERSION"));
        add(config.public_url.as_str());
        add(&config.top.title);
        // Added only if feeds name a hub, so that the digests of other configurations stay the same.
        if Hub::of(&config.push.hub) != Hub::Off {
            add(&format!("hub {}", config.push.hub));
        }
        for output in &config.outputs {
            let OutputConfig {
                name,
                title,
                tags,
                sources,
                entries,
                max_size,
                per_source,
                content,
                title_prefix,
                token,
                filter,
                search,
                // Added below, by `about`.
                subtitle: _,
                description: _,
                author: _,
                icon: _,
                logo: _,
                language: _,
                rights: _,
                explicit: _,
                itunes_category: _,
                // These keys do not shape documents.
                exec: _,
                webhook: _,
            } = output;
            add(&format!("{name:?} {title:?} {tags:?} {sources:?} {entries} {max_size} {per_source} {content:?}"));
            add(&format!("{title_prefix:?} {} {filter:?}", token.is_some()));
            // Added only for outputs that search, so that the digests of other configurations stay the same.
            if let Some(search) = search {
                add(&format!("search {search}"));
            }
            // Added only for outputs that say something, so that the digests of other configurations stay the same.
            let about = about(output);
            if about != About::default() {
                add(&format!("{about:?}"));
            }
        }
        // There may be a hundred thousand sources, and most have the same options as the one before.
        let (mut text, mut options, mut own, mut more) = (String::new(), None, String::new(), String::new());
        for source in &config.sources {
            if !options.is_some_and(|options| Arc::ptr_eq(options, &source.options)) {
                let it = &source.options;
                own = format!(" {:?} {:?}", it.title, it.tags);
                more = format!("{} {:?} {:?} {:?}", it.private, it.filter, it.rewrite, it.backfill);
                options = Some(it);
            }
            text.clear();
            push_quoted(&mut text, &source.name);
            text.push(' ');
            push_quoted(&mut text, source.public_url());
            text.push_str(&own);
            add(&text);
            // Added only for sources whose shown address may equal another's, so that the digests of other configurations stay
            // the same.
            if source.blurred {
                add("blurred");
            }
            add(&more);
        }
        hasher.finalize().to_hex().to_string()
    }

    pub(super) fn find(&self, name: &str) -> Option<&Arc<Output>> {
        self.outputs.iter().find(|output| output.spec.kind.output() == Some(name))
    }

    /// The token that readers of a document must send.
    pub(super) fn token_of(&self, name: &DocumentName) -> Option<Secret> {
        match name {
            DocumentName::Feed(OutputKind::Output(output), _) | DocumentName::Archive(output, ..) => {
                self.find(output)?.spec.token.clone()
            }
            _ => None,
        }
    }

    /// An output, or the feed of a tag, of a single source, of a search or of incidents. Private sources are in no feed of a tag,
    /// source or search, because such a feed has no token.
    pub(super) fn feed(&self, kind: &OutputKind) -> Option<Arc<Output>> {
        let (title, sources): (_, HashSet<SourceId>) = match kind {
            OutputKind::Output(name) => return self.find(name).cloned(),
            OutputKind::Search(typed) => return self.search(kind, typed).map(Arc::new),
            OutputKind::Tag(tag) => {
                let tagged = self.public_sources().filter(|(_, source)| source.options.tags.contains(tag));
                (format!("{}: {tag}", self.title), tagged.map(|(id, _)| id).collect())
            }
            OutputKind::Source(name) => {
                let source = self.named(name).filter(|(_, source)| !source.options.private);
                // Without a configured title the feed has the title that the source gives itself.
                let title = source.and_then(|(_, source)| source.options.title.clone()).unwrap_or_default();
                (title, source.map(|(id, _)| id).into_iter().collect())
            }
            // The feed of incidents selects no entries, so it has no sources.
            OutputKind::Health => (format!("{}: health", self.title), HashSet::new()),
        };
        if sources.is_empty() && *kind != OutputKind::Health {
            return None;
        }
        let spec = OutputSpec::on_demand(kind.clone(), title);
        Some(Arc::new(self.output(spec, sources, self.rules.clone(), Selects::default())))
    }

    fn public_sources(&self) -> impl Iterator<Item = (SourceId, &SourceConfig)> {
        let public = self.sources.iter().filter(|(_, source)| !source.options.private);
        public.map(|(id, source)| (id, source.as_ref()))
    }

    /// Everything that is public: the sources that are not private, with their filters.
    pub(super) fn public_selection(&self) -> Selection {
        Selection { sources: self.public.clone(), sieve: Rules::sieve(&self.rules, &self.public) }
    }

    /// The remembered numbered pages of a tag or source.
    pub(super) fn numbered(&self, kind: &OutputKind) -> Arc<Numbered> {
        let numbered = self.numbered.lock().unwrap_or_else(PoisonError::into_inner);
        numbered.get(kind).cloned().unwrap_or_default()
    }

    /// Remembers the numbered pages of a tag or source.
    pub(super) fn number(&self, kind: &OutputKind, pages: Arc<Numbered>) {
        let mut numbered = self.numbered.lock().unwrap_or_else(PoisonError::into_inner);
        if numbered.len() >= NUMBERED_KEPT {
            numbered.clear();
        }
        numbered.insert(kind.clone(), pages);
    }

    /// Forgets the numbered pages, because entries may have been deleted.
    pub(super) fn forget_numbers(&self) {
        self.numbered.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The feed of a search among all sources that are not private.
    fn search(&self, kind: &OutputKind, typed: &str) -> Option<Output> {
        let parsed = Query::parse(typed).ok()?;
        let public: Vec<(SourceId, &SourceConfig)> = self.public_sources().collect();
        // Spans are counted from the beginning of the day, so that the document is the same for the rest of the day.
        let day = Timestamp::from_unix(today() * DAY_SECONDS);
        let finder = Arc::new(Finder::new(&parsed.query, &listed(&public), day));
        let notes = parsed.notes.into_iter().chain(finder.notes.iter().cloned()).collect();
        let rules = Arc::new(self.rules.searching_once(finder.clone()));
        let spec = OutputSpec::on_demand(kind.clone(), format!("{}: {}", self.title, parsed.query));
        let sources = public.into_iter().map(|(id, _)| id).collect();
        let made = self.output(spec, sources, rules, Selects::default());
        // The archive has what is older than `backfill`, but a search has no archive, so it shows everything.
        let backfill = HashMap::new();
        Some(Output { search: Some(Sought { finder, is_bounded: true }), notes, backfill, ..made })
    }

    pub(super) fn archives(&self) -> MutexGuard<'_, HashMap<String, Filled>> {
        self.archives.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the archive of a feed is filled; `None` if the feed has no archive, or if this is not known yet.
    pub(super) fn filled(&self, kind: &OutputKind) -> Option<Filled> {
        self.archives().get(kind.output()?).copied()
    }

    /// The place of a live document before the archive of its feed.
    pub(super) fn live_chain(&self, kind: &OutputKind) -> Chain {
        Chain { number: None, documents: self.filled(kind).map_or(0, |filled| filled.documents) }
    }

    /// Whether the document of an older plan may be served until it is rebuilt: if the output has the same token, and
    /// no source of the output has become private.
    pub(super) fn may_still_show(&self, older: &OutputPlan, name: &str) -> bool {
        let (Some(new), Some(old)) = (self.find(name), older.find(name)) else { return false };
        let is_private = |source: &SourceId| self.sources.get(*source).is_some_and(|source| source.options.private);
        new.spec.token == old.spec.token && old.sources.iter().all(|id| new.sources.contains(id) || !is_private(id))
    }

    /// Whether documents of an older plan differ from documents of this plan at most by their look.
    pub(super) fn shows_as(&self, older: &OutputPlan) -> bool {
        // The shape says which outputs have tokens, but not which tokens.
        let tokens =
            |plan: &OutputPlan| plan.outputs.iter().map(|output| output.spec.token.clone()).collect::<Vec<_>>();
        self.shape == older.shape && tokens(self) == tokens(older)
    }

    /// Whether a document exists or may exist.
    pub(super) fn has(&self, name: &DocumentName) -> bool {
        match name {
            DocumentName::FrontPage | DocumentName::Sources | DocumentName::Members | DocumentName::Story(_) => true,
            // Making the plan of a search costs much more, because it reads all tags of all sources.
            DocumentName::Feed(OutputKind::Search(query), _) => Query::parse(query).is_ok(),
            DocumentName::Feed(kind, _) => self.feed(kind).is_some(),
            DocumentName::Archive(output, number, _) => *number > 0 && self.find(output).is_some(),
            // The pages of an output are those of its archive.
            DocumentName::Page(OutputKind::Output(_), _) => false,
            DocumentName::Page(kind, number) => *number > 0 && self.feed(kind).is_some(),
            DocumentName::ThemeFile(file) => self.look.theme.file(file).is_some(),
            DocumentName::Icon(icon) => self.icon_file(icon).is_some(),
        }
    }

    /// Tags of sources that are not private.
    pub(super) fn tags(&self) -> BTreeSet<&str> {
        self.public_sources().flat_map(|(_, source)| source.options.tags.iter().map(String::as_str)).collect()
    }

    /// The configuration of a source as outputs show it.
    pub(super) fn card(&self, id: SourceId) -> Option<SourceCard> {
        let source = self.sources.get(id)?;
        Some(SourceCard {
            id,
            name: source.name.clone(),
            title: source.options.title.clone(),
            public_url: source.public_url().to_owned(),
            blurred: source.blurred,
            tags: source.options.tags.clone(),
            private: source.options.private,
            rewrite: source.options.rewrite.clone(),
            icon: self.icon(source),
        })
    }

    /// The address of the picture that the configuration gives a source.
    fn icon(&self, source: &SourceConfig) -> Option<String> {
        match source.options.icon.as_ref()? {
            SourceIcon::Address(address) => Some(address.clone()),
            // Everybody could ask for the picture of a private source.
            SourceIcon::File { .. } if source.options.private => None,
            SourceIcon::File { kind, .. } => {
                let name = icon_name(&source.name, kind);
                Some(format!("{}{}", self.site.public_url, DocumentName::Icon(name).path()))
            }
        }
    }

    /// The file of a picture by the name in its address.
    pub(super) fn icon_file(&self, icon: &str) -> Option<(PathBuf, &'static PictureKind)> {
        let (_, source) = self.named(icon.rsplit_once('.')?.0).filter(|(_, source)| !source.options.private)?;
        match source.options.icon.as_ref()? {
            SourceIcon::File { path, kind, .. } if icon_name(&source.name, kind) == icon => Some((path.clone(), *kind)),
            _ => None,
        }
    }

    /// The names of all pictures that this server serves.
    pub(super) fn icon_names(&self) -> impl Iterator<Item = String> {
        self.public_sources().filter_map(|(_, source)| match source.options.icon.as_ref()? {
            SourceIcon::File { kind, .. } => Some(icon_name(&source.name, kind)),
            SourceIcon::Address(_) => None,
        })
    }

    /// The sources that pages list, by name: those that are polled and not private.
    pub(super) fn members(&self) -> Vec<SourceId> {
        let is_member = |id: &&SourceId| {
            self.sources.get(**id).is_some_and(|source| source.options.enabled && !source.options.private)
        };
        self.by_name.iter().filter(is_member).copied().collect()
    }

    fn named(&self, name: &str) -> Option<(SourceId, &SourceConfig)> {
        let name_of = |id: &SourceId| self.sources.get(*id).map_or("", |source| source.name.as_str());
        let at = self.by_name.binary_search_by(|id| name_of(id).cmp(name)).ok()?;
        let id = self.by_name[at];
        Some((id, self.sources.get(id)?.as_ref()))
    }

    /// All filters that remember verdicts.
    pub(super) fn all_rules(&self) -> impl Iterator<Item = &Arc<Rules>> {
        self.outputs.iter().map(|output| &output.rules).chain([&self.rules])
    }
}

/// Today as a number of days since 1970 (UTC).
pub(super) fn today() -> i64 {
    clock::now().unix().div_euclid(DAY_SECONDS)
}

fn icon_name(source: &str, kind: &PictureKind) -> String {
    format!("{source}.{}", kind.suffix)
}

/// The numbers of sources in the order of their names.
fn in_order_of_names(sources: &[(SourceId, &SourceConfig)]) -> Vec<SourceId> {
    let mut named: Vec<(&str, SourceId)> = sources.iter().map(|(id, source)| (source.name.as_str(), *id)).collect();
    named.sort_unstable();
    named.into_iter().map(|(_, id)| id).collect()
}

fn link(output: &Output) -> OutputLink {
    OutputLink { title: output.spec.title.clone(), kind: output.spec.kind.clone(), description: String::new() }
}

/// Sources as a query may name them.
pub fn listed<'l>(sources: &[(SourceId, &'l SourceConfig)]) -> Vec<NamedSource<'l>> {
    let listed = |(id, source): &(SourceId, &'l SourceConfig)| NamedSource {
        id: *id,
        name: &source.name,
        tags: &source.options.tags,
    };
    sources.iter().map(listed).collect()
}

/// The search of an output. The configuration refuses searches that depend on the time.
fn finder(query: &str, sources: &[(SourceId, &SourceConfig)]) -> Option<Arc<Finder>> {
    let parsed = Query::parse(query).ok()?;
    Some(Arc::new(Finder::new(&parsed.query, &listed(sources), Timestamp::MIN)))
}

/// The search of an output as data.
fn searched(output: &OutputConfig, sources: &[(SourceId, &SourceConfig)]) -> Option<Searched> {
    let query = output.search.clone()?;
    let names_sources = Query::parse(&query).is_ok_and(|parsed| parsed.query.names_sources());
    let mut hasher = blake3::Hasher::new();
    let mut sources = if names_sources { sources.to_vec() } else { Vec::new() };
    sources.sort_unstable_by_key(|(id, _)| *id);
    for (id, source) in sources {
        hasher.update(format!("{} {:?} {:?}\n", id.0, source.name, source.options.tags).as_bytes());
    }
    Some(Searched { query, names: hasher.finalize().to_hex().to_string() })
}

/// The metadata of an output besides its title.
fn about(output: &OutputConfig) -> About {
    About {
        subtitle: output.subtitle.clone(),
        description: output.description.clone(),
        author: output.author.clone(),
        icon: output.icon.clone(),
        logo: output.logo.clone(),
        language: output.language.clone(),
        rights: output.rights.clone(),
        explicit: output.explicit,
        itunes_category: output.itunes_category.clone(),
        ..About::default()
    }
}

/// The selection of an output among these sources, as data.
pub fn selects_of(output: &OutputConfig, sources: &[(SourceId, &SourceConfig)]) -> Selects {
    let chosen = sources.iter().filter(|(_, source)| selects(output, source));
    Selects {
        sources: chosen.map(|(id, source)| (*id, source.options.filter.clone())).collect(),
        filter: output.filter.clone(),
        search: searched(output, sources),
    }
}

/// A selection that can be applied, made from its data. A search finds sources by their names and tags in `known`.
pub fn selection(selects: &Selects, known: &[(SourceId, &SourceConfig)]) -> Selection {
    let filtered = selects.sources.iter().filter(|(_, rules)| !rules.is_empty());
    let of_sources = filtered.map(|(id, rules)| (*id, Filter::new(rules))).collect();
    let finder = selects.search.as_ref().and_then(|searched| finder(&searched.query, known));
    let rules = Arc::new(Rules::new(Arc::new(of_sources), Filter::new(&selects.filter), finder));
    let ids: HashSet<SourceId> = selects.sources.keys().copied().collect();
    Selection { sieve: Rules::sieve(&rules, &ids), sources: Arc::new(ids) }
}

/// Whether an output shows the entries of a source.
pub fn selects(output: &OutputConfig, source: &SourceConfig) -> bool {
    let all = output.tags.is_empty() && output.sources.is_empty();
    let chosen =
        all || output.sources.contains(&source.name) || source.options.tags.iter().any(|tag| output.tags.contains(tag));
    // Entries of private sources appear only in outputs that have a token.
    chosen && (!source.options.private || output.token.is_some())
}
