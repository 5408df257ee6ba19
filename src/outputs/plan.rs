//! The plan of all outputs, made from the configuration: which sources each output selects, by which rules, and how it is
//! written.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Changes;
use super::rules::Rules;
use crate::config::{Config, ContentMode, OutputConfig, Secret, SourceConfig};
use crate::model::{SourceCard, SourceId, Timestamp};
use crate::publish::{About, DocumentName, Filter, OutputKind, OutputSpec, Site};
use crate::store::{Filled, Near, Newest, Selection, Selects, Store};

/// Limits of the feeds of tags, of single sources and of incidents: entries and bytes.
const ON_DEMAND_ENTRIES: usize = 100;
const ON_DEMAND_BYTES: u64 = 1024 * 1024;

/// The outputs as the configuration and the store's list of sources define them.
#[derive(Debug)]
pub struct OutputPlan {
    pub(super) site: Site,
    pub(super) title: String,
    /// What the default output says of itself, for the pages and lists of the whole site; nothing where it has a token.
    pub(super) about: About,
    /// The configured outputs, the default output first.
    pub(super) outputs: Vec<Arc<Output>>,
    /// The configuration of every source, by its number.
    pub sources: Arc<HashMap<SourceId, Arc<SourceConfig>>>,
    /// The numbers of the sources, sorted by name.
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
}

/// A feed: the entries it selects, and how it is written.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) spec: OutputSpec,
    pub(super) token: Option<Secret>,
    pub(super) sources: Arc<HashSet<SourceId>>,
    /// The `backfill` of sources: entries of a first poll that are older stay out of the live document.
    pub(super) backfill: HashMap<SourceId, Duration>,
    pub(super) rules: Arc<Rules>,
    /// The selection as data, to be compared with an earlier selection.
    pub(super) selects: Selects,
    /// What the feed showed when it was last built.
    pub(super) live: Mutex<Option<Near>>,
}

impl Output {
    /// What the feed showed when it was last built, and the entries written since; None if any entry may have changed.
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
    /// Makes the plan. `ids` are the store's numbers of the configured sources, in the order of the configuration.
    pub fn new(config: &Config, ids: &[SourceId], store: &Store, since: Timestamp) -> OutputPlan {
        let sources: Vec<(SourceId, &SourceConfig)> =
            ids.iter().copied().zip(config.sources.iter().map(Arc::as_ref)).collect();
        let mut by_name: Vec<(&str, SourceId)> =
            sources.iter().map(|(id, source)| (source.name.as_str(), *id)).collect();
        by_name.sort_unstable();
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
            },
            title: config.title.clone(),
            about: config.outputs.first().filter(|output| output.token.is_none()).map(about).unwrap_or_default(),
            outputs: Vec::new(),
            sources: Arc::new(ids.iter().copied().zip(config.sources.iter().cloned()).collect()),
            by_name: by_name.into_iter().map(|(_, id)| id).collect(),
            since,
            files: config.serve.files.clone(),
            backfill,
            rules: Arc::new(Rules::new(of_sources.clone(), Filter::default())),
            archives: Mutex::default(),
        };
        for output in &config.outputs {
            let selects = selects_of(output, &sources);
            let rules = if output.filter.is_empty() {
                plan.rules.clone()
            } else {
                Arc::new(Rules::new(of_sources.clone(), Filter::new(&output.filter)))
            };
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
            plan.outputs.push(Arc::new(plan.output(spec, output.token.clone(), sources, rules, selects)));
        }
        plan
    }

    fn output(
        &self,
        spec: OutputSpec,
        token: Option<Secret>,
        sources: HashSet<SourceId>,
        rules: Arc<Rules>,
        selects: Selects,
    ) -> Output {
        let backfill = self.backfill.iter().filter(|(id, _)| sources.contains(id));
        let backfill = backfill.map(|(id, span)| (*id, *span)).collect();
        Output { spec, token, sources: Arc::new(sources), backfill, rules, selects, live: Mutex::default() }
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
        add(&config.title);
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
            } = output;
            add(&format!("{name:?} {title:?} {tags:?} {sources:?} {entries} {max_size} {per_source} {content:?}"));
            add(&format!("{title_prefix:?} {} {filter:?}", token.is_some()));
            // Added only for outputs that say something, so that the digests of other configurations stay the same.
            let about = about(output);
            if about != About::default() {
                add(&format!("{about:?}"));
            }
        }
        for source in &config.sources {
            add(&format!(
                "{:?} {:?} {:?} {:?}",
                source.name, source.public_url, source.options.title, source.options.tags
            ));
            // Added only for sources whose shown address may equal another's, so that the digests of other configurations stay
            // the same.
            if source.blurred {
                add("blurred");
            }
            add(&format!(
                "{} {:?} {:?} {:?}",
                source.options.private, source.options.filter, source.options.rewrite, source.options.backfill
            ));
        }
        hasher.finalize().to_hex().to_string()
    }

    pub(super) fn find(&self, name: &str) -> Option<&Arc<Output>> {
        self.outputs.iter().find(|output| matches!(&output.spec.kind, OutputKind::Output(known) if known == name))
    }

    /// An output, or the feed of a tag, of a single source or of incidents. Private sources are in no feed of a tag or source,
    /// because such a feed has no token.
    pub(super) fn feed(&self, kind: &OutputKind) -> Option<Arc<Output>> {
        let (title, sources): (_, HashSet<SourceId>) = match kind {
            OutputKind::Output(name) => return self.find(name).cloned(),
            OutputKind::Tag(tag) => {
                let tagged = self
                    .sources
                    .iter()
                    .filter(|(_, source)| !source.options.private && source.options.tags.contains(tag));
                let sources = tagged.map(|(id, _)| *id).collect();
                (format!("{}: {tag}", self.title), sources)
            }
            OutputKind::Source(name) => {
                let source = self.named(name).filter(|(_, source)| !source.options.private);
                // Without a configured title the feed has the title that the source gives itself.
                let title = source.and_then(|(_, source)| source.options.title.clone()).unwrap_or_default();
                (title, source.map(|(id, _)| id).into_iter().collect())
            }
            // It selects no entries, so it has no sources.
            OutputKind::Health => {
                return Some(Arc::new(self.on_demand(kind, format!("{}: health", self.title), HashSet::new())));
            }
        };
        if sources.is_empty() {
            return None;
        }
        Some(Arc::new(self.on_demand(kind, title, sources)))
    }

    fn on_demand(&self, kind: &OutputKind, title: String, sources: HashSet<SourceId>) -> Output {
        let spec = OutputSpec {
            kind: kind.clone(),
            title,
            about: About::default(),
            token: None,
            entries: ON_DEMAND_ENTRIES,
            max_size: ON_DEMAND_BYTES,
            per_source: 0,
            content: ContentMode::Full,
            title_prefix: String::new(),
        };
        self.output(spec, None, sources, self.rules.clone(), Selects::default())
    }

    pub(super) fn archives(&self) -> MutexGuard<'_, HashMap<String, Filled>> {
        self.archives.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the archive of a feed is filled; None if the feed has no archive, or if this is not known yet.
    pub(super) fn filled(&self, kind: &OutputKind) -> Option<Filled> {
        match kind {
            OutputKind::Output(name) => self.archives().get(name).copied(),
            OutputKind::Tag(_) | OutputKind::Source(_) | OutputKind::Health => None,
        }
    }

    /// Whether the document of an older plan may be served until it is rebuilt: if the output has the same token, and none of its
    /// sources has become private.
    pub(super) fn may_still_show(&self, older: &OutputPlan, name: &str) -> bool {
        let (Some(new), Some(old)) = (self.find(name), older.find(name)) else { return false };
        let is_private = |source: &SourceId| self.sources.get(source).is_some_and(|source| source.options.private);
        new.token == old.token && old.sources.iter().all(|id| new.sources.contains(id) || !is_private(id))
    }

    /// Whether a document exists or may exist.
    pub(super) fn has(&self, name: &DocumentName) -> bool {
        match name {
            DocumentName::FrontPage | DocumentName::Sources => true,
            DocumentName::Feed(kind, _) => self.feed(kind).is_some(),
            DocumentName::Archive(output, number, _) => *number > 0 && self.find(output).is_some(),
        }
    }

    /// Tags of sources that are not private.
    pub(super) fn tags(&self) -> BTreeSet<&str> {
        let public = self.sources.values().filter(|source| !source.options.private);
        public.flat_map(|source| source.options.tags.iter().map(String::as_str)).collect()
    }

    /// The configuration of a source as outputs show it.
    pub(super) fn card(&self, id: SourceId) -> Option<SourceCard> {
        let source = self.sources.get(&id)?;
        Some(SourceCard {
            id,
            name: source.name.clone(),
            title: source.options.title.clone(),
            public_url: source.public_url.clone(),
            blurred: source.blurred,
            tags: source.options.tags.clone(),
            private: source.options.private,
            rewrite: source.options.rewrite.clone(),
        })
    }

    fn named(&self, name: &str) -> Option<(SourceId, &SourceConfig)> {
        let name_of = |id: &SourceId| self.sources.get(id).map_or("", |source| source.name.as_str());
        let at = self.by_name.binary_search_by(|id| name_of(id).cmp(name)).ok()?;
        let id = self.by_name[at];
        Some((id, self.sources.get(&id)?.as_ref()))
    }

    /// All filters that remember verdicts.
    pub(super) fn all_rules(&self) -> impl Iterator<Item = &Arc<Rules>> {
        self.outputs.iter().map(|output| &output.rules).chain([&self.rules])
    }
}

/// What an output says of itself beside its title.
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
    }
}

/// The selection of an output among these sources, as data.
pub fn selects_of(output: &OutputConfig, sources: &[(SourceId, &SourceConfig)]) -> Selects {
    let chosen = sources.iter().filter(|(_, source)| selects(output, source));
    Selects {
        sources: chosen.map(|(id, source)| (*id, source.options.filter.clone())).collect(),
        filter: output.filter.clone(),
    }
}

/// A selection that can be applied, made from its data.
pub fn selection(selects: &Selects) -> Selection {
    let filtered = selects.sources.iter().filter(|(_, rules)| !rules.is_empty());
    let of_sources = filtered.map(|(id, rules)| (*id, Filter::new(rules))).collect();
    let rules = Arc::new(Rules::new(Arc::new(of_sources), Filter::new(&selects.filter)));
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
