//! The site as files (`[serve] files`): every document without a token, so that any web server can serve the site. Only the numbered
//! pages of tags and sources and the pages of stories are left to the server, because there may be as many of them as entries.
//!
//! If a snapshot of a document is ready, its bytes are written; otherwise the document is made for its file. Each file
//! is replaced whole, and only if it differs. A list beside the files names the files that were written. A listed file
//! whose document no longer exists is removed. A file that is not on the list does not belong to this program and is
//! never touched.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use bytes::Bytes;

use super::build::{Since, Uncompressed, off_thread};
use super::place::{make_folder, put, remove, replace};
use super::plan::{Output, OutputPlan};
use super::{Changes, DEFAULT_OUTPUT, Outputs};
use crate::config::{FILE_NAME_MAX, NO_DOCUMENT, SourceConfig};
use crate::publish::{ARCHIVE_FORMATS, DocumentName, Format, OutputKind};
use crate::store::StoreError;

/// The list of the written files, one path per line.
const LIST: &str = ".watershed-files";

/// Sources up to which the page with all sources is written after every poll that brings entries. With more sources, it is written when
/// one of them describes itself differently, or the configuration changes, because the page is large then.
const MEMBERS_AT_ONCE: usize = 1_000;

/// The state of the written files.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// The folder of the files, once the whole site was written to it.
    folder: Option<PathBuf>,
    /// Paths of the written files below the folder.
    written: BTreeSet<PathBuf>,
    /// The last error, kept so that it is logged once.
    error: Option<String>,
    /// Changes that could not be written yet.
    owed: Changes,
    /// Whether the changes that are being written may have to make something disappear.
    withdraws: bool,
}

/// A document for its file.
struct File {
    name: DocumentName,
    body: Bytes,
    /// Whether the document stands in for a page that the theme could not render. Then an earlier file stays, unless something may
    /// have to disappear from it.
    is_fallback: bool,
}

impl From<Uncompressed> for File {
    fn from(written: Uncompressed) -> File {
        File { name: written.name, body: Bytes::from(written.body), is_fallback: written.is_fallback }
    }
}

impl Outputs {
    /// Writes what has changed to the files, if `[serve] files` names a folder. A failure is logged and tried again with the next
    /// changes, because a full disk must not stop the server.
    pub(super) async fn write_files(&self, plan: &Arc<OutputPlan>, changes: &Changes) {
        let mut files = self.files.lock().await;
        let Some(folder) = plan.files.clone() else {
            *files = Files::default();
            return;
        };
        let mut changes = changes.clone();
        changes.add(std::mem::take(&mut files.owed));
        changes.everything |= files.folder.as_ref() != Some(&folder);
        files.withdraws = changes.withdraws;
        match self.write_site(plan, &changes, &folder, &mut files).await {
            Ok(()) => {
                if files.error.take().is_some() {
                    tracing::info!(folder = %folder.display(), "the site is written as files again");
                }
                files.folder = Some(folder);
            }
            Err(why) => {
                files.owed = changes;
                if files.error.as_ref() != Some(&why) {
                    tracing::error!(folder = %folder.display(), error = %why, "the site could not be written as files; the old files stay");
                    files.error = Some(why);
                }
            }
        }
    }

    /// Removes the files that the plan no longer allows: of feeds that do not exist any more, are private or have a token. They
    /// are removed before the rebuild, because the rebuild may fail. Archives of feeds that stay are left to the rebuild.
    pub(super) async fn sweep_files(&self, plan: &Arc<OutputPlan>) {
        let mut files = self.files.lock().await;
        let Some(folder) = plan.files.clone() else { return };
        let Ok(written) = read_list(&folder) else { return };
        let outputs: Vec<Arc<Output>> = public_feeds(plan).collect();
        let mut kept = files_of(plan, &outputs);
        let archived = outputs.iter().filter_map(|output| output.spec.kind.output());
        let archives: BTreeSet<PathBuf> = archived.map(|name| Path::new("archive").join(name)).collect();
        let of_archives = |path: &&PathBuf| path.parent().is_some_and(|folder| archives.contains(folder));
        kept.extend(written.iter().filter(of_archives).cloned());
        files.written = written;
        // A failure is ignored here, because `write_site` tries again and reports it.
        let _ = files.remove_orphans(&folder, kept).await;
    }

    /// Why the files are out of date; `None` if they are up to date.
    pub async fn files_error(&self) -> Option<String> {
        self.files.lock().await.error.clone()
    }

    /// Writes the site. Files of documents that no longer exist are removed first, because they may be private now. A file that
    /// cannot be written does not keep other files from being written; the first error is returned.
    async fn write_site(
        &self,
        plan: &Arc<OutputPlan>,
        changes: &Changes,
        folder: &Path,
        files: &mut Files,
    ) -> Result<(), String> {
        let mut done = Ok(());
        let outputs = if changes.everything {
            files.written = read_list(folder).map_err(|error| cannot("read", &folder.join(LIST), &error))?;
            let outputs: Vec<Arc<Output>> = public_feeds(plan).collect();
            let mut kept = files_of(plan, &outputs);
            for output in &outputs {
                let documents = plan.filled(&output.spec.kind).map_or(0, |filled| filled.documents);
                for format in ARCHIVE_FORMATS {
                    let archive = (1..=documents).filter_map(|number| output.spec.kind.archive(number, format));
                    kept.extend(archive.filter_map(|name| path_of(&name)));
                }
            }
            done = files.remove_orphans(folder, kept).await;
            outputs
        } else {
            feeds_touched(plan, changes)
        };
        for output in &outputs {
            let of_sources = changes.everything || !changes.described.is_disjoint(&output.sources);
            done = done.and(self.write_feed(plan, output, changes, of_sources, folder, files).await);
        }
        let mut names = Vec::new();
        if plan.find(DEFAULT_OUTPUT).is_none_or(|output| changes.concern(&output.sources)) {
            names.push(DocumentName::FrontPage);
        }
        let is_described = changes.everything || !changes.described.is_empty();
        if is_described {
            names.push(DocumentName::Sources);
        }
        let is_small = plan.sources.len() <= MEMBERS_AT_ONCE;
        if is_described || (is_small && changes.concern(&plan.public)) {
            names.push(DocumentName::Members);
        }
        if changes.everything {
            names.extend(pictures(plan));
        }
        for name in names {
            done = done.and(match self.file(plan, name).await {
                Ok(file) => files.save(folder, Vec::from_iter(file)).await,
                Err(error) => Err(error.to_string()),
            });
        }
        done
    }

    /// A document for its file: as it is served, or made for the file; `None` if the document does not exist.
    async fn file(&self, plan: &Arc<OutputPlan>, name: DocumentName) -> Result<Option<File>, StoreError> {
        match self.served(plan, name.clone()) {
            Some(file) => Ok(Some(file)),
            None => Ok(self.write_one(plan, &name).await?.map(File::from)),
        }
    }

    /// The snapshot of a document; `None` if it is not built yet, or was made by another plan.
    fn served(&self, plan: &Arc<OutputPlan>, name: DocumentName) -> Option<File> {
        let current = self.current();
        if !Arc::ptr_eq(&current.plan, plan) {
            return None;
        }
        let ready = self.ready.read().unwrap_or_else(PoisonError::into_inner);
        let published = &ready.get(&name)?.published;
        let (body, is_fallback) = (published.snapshot.body().clone(), published.is_fallback);
        Some(File { name, body, is_fallback })
    }

    /// Writes the documents of a feed that a change may concern.
    async fn write_feed(
        &self,
        plan: &Arc<OutputPlan>,
        output: &Arc<Output>,
        changes: &Changes,
        of_sources: bool,
        folder: &Path,
        files: &mut Files,
    ) -> Result<(), String> {
        let storing = |error: StoreError| error.to_string();
        let named = |format: Format| DocumentName::Feed(output.spec.kind.clone(), format);
        let mut documents: Vec<File> = Vec::new();
        if of_sources {
            documents.extend(self.file(plan, named(Format::Opml)).await.map_err(storing)?);
        }
        // The feed of a source has the title that the source gives itself.
        let is_renamed = of_sources && matches!(output.spec.kind, OutputKind::Source(_));
        if changes.concern(&output.sources) || is_renamed {
            let mut unmade = Vec::new();
            for format in [Format::ATOM, Format::RSS, Format::JSON, Format::Html] {
                match self.served(plan, named(format)) {
                    Some(file) => documents.push(file),
                    None => unmade.push(format),
                }
            }
            let made = self.write(plan, output, &unmade, Since::Ever).await.map_err(storing)?;
            documents.extend(made.into_iter().map(File::from));
        }
        let mut saved = files.save(folder, documents).await;
        if changes.concern(&output.sources) {
            for number in self.archives_touched(plan, output, changes).await.map_err(storing)? {
                let (mut documents, mut unmade): (Vec<File>, Vec<Format>) = (Vec::new(), Vec::new());
                for format in ARCHIVE_FORMATS {
                    let name = output.spec.kind.archive(number, format);
                    match name.and_then(|name| self.served(plan, name)) {
                        Some(file) => documents.push(file),
                        None => unmade.push(format),
                    }
                }
                let made = self.write_archive(plan, output, number, &unmade).await.map_err(storing)?;
                documents.extend(made.into_iter().map(File::from));
                saved = saved.and(files.save(folder, documents).await);
            }
        }
        saved
    }

    /// The archive documents of an output that may have changed: documents with written entries, and the newest documents.
    pub(super) async fn archives_touched(
        &self,
        plan: &OutputPlan,
        output: &Output,
        changes: &Changes,
    ) -> Result<BTreeSet<u32>, StoreError> {
        let Some(name) = output.spec.kind.output() else { return Ok(BTreeSet::new()) };
        let documents = plan.filled(&output.spec.kind).map_or(0, |filled| filled.documents);
        if changes.everything {
            return Ok((1..=documents).collect());
        }
        if !changes.concern(&output.sources) {
            return Ok(BTreeSet::new());
        }
        let entries = changes.entries.iter().copied().collect();
        let mut touched = self.store.archives_of(name.to_owned(), entries).await?;
        // The document that was the newest now links to its successor; the documents behind it are new.
        let newest = changes.archives.get(name).copied().unwrap_or(documents);
        touched.extend(newest.max(1)..=documents);
        Ok(touched)
    }
}

/// All feeds without a token: outputs, and the feeds of tags and sources.
fn public_feeds(plan: &OutputPlan) -> impl Iterator<Item = Arc<Output>> {
    let tags = plan.tags().into_iter().map(|tag| OutputKind::Tag(tag.to_owned()));
    let sources = plan.sources.values().map(|source| OutputKind::Source(source.name.clone()));
    with_outputs(plan, tags.chain(sources))
}

/// The feeds without a token that a change may concern. Not all feeds are looked at, because with thousands of sources that would
/// slow down every poll.
fn feeds_touched(plan: &OutputPlan, changes: &Changes) -> Vec<Arc<Output>> {
    let touched = changes.sources.union(&changes.described).filter_map(|source| plan.sources.get(*source));
    let touched: Vec<&Arc<SourceConfig>> = touched.filter(|source| !source.options.private).collect();
    let tags: BTreeSet<&String> = touched.iter().flat_map(|source| &source.options.tags).collect();
    let tags = tags.into_iter().map(|tag| OutputKind::Tag(tag.clone()));
    let sources = touched.iter().map(|source| OutputKind::Source(source.name.clone()));
    with_outputs(plan, tags.chain(sources)).collect()
}

fn with_outputs(plan: &OutputPlan, others: impl Iterator<Item = OutputKind>) -> impl Iterator<Item = Arc<Output>> {
    let all = plan.outputs.iter().cloned().chain(others.filter_map(|kind| plan.feed(&kind)));
    // A file cannot ask for a token, so feeds with a token are left out.
    all.filter(|output| output.spec.token.is_none())
}

/// The files of these feeds without their archives, and the files of the whole site.
fn files_of(plan: &OutputPlan, outputs: &[Arc<Output>]) -> BTreeSet<PathBuf> {
    let of_output = |output: &Arc<Output>| {
        let kind = output.spec.kind.clone();
        Format::ALL.into_iter().map(move |format| DocumentName::Feed(kind.clone(), format))
    };
    let of_site = [DocumentName::FrontPage, DocumentName::Sources, DocumentName::Members].into_iter();
    let names = of_site.chain(pictures(plan)).chain(outputs.iter().flat_map(of_output));
    names.filter_map(|name| path_of(&name)).collect()
}

/// The static files of the theme, and the pictures of sources.
fn pictures(plan: &OutputPlan) -> impl Iterator<Item = DocumentName> {
    let of_theme = plan.look.theme.files().map(|file| DocumentName::ThemeFile(file.name.to_owned()));
    of_theme.chain(plan.icon_names().map(DocumentName::Icon))
}

/// The path of a document below the folder; `None` if no file can have its name. Names are not percent-encoded, because
/// web servers decode addresses.
fn path_of(name: &DocumentName) -> Option<PathBuf> {
    let file = |name: &str, suffix: &str| {
        let file = format!("{name}.{suffix}");
        let is_name = !name.contains(['/', '\0']) && !name.starts_with(NO_DOCUMENT) && file.len() <= FILE_NAME_MAX;
        is_name.then(|| PathBuf::from(file))
    };
    match name {
        DocumentName::FrontPage => Some(PathBuf::from("index.html")),
        DocumentName::Sources => Some(PathBuf::from("sources.opml")),
        DocumentName::Members => Some(PathBuf::from("sources.html")),
        DocumentName::Page(..) | DocumentName::Story(_) => None,
        DocumentName::ThemeFile(name) => {
            let is_name =
                name.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.len() <= FILE_NAME_MAX);
            is_name.then(|| Path::new("theme").join(name))
        }
        DocumentName::Icon(name) => Some(Path::new("icon").join(name)),
        DocumentName::Archive(output, number, format) => {
            let file = format!("{number}.{}", format.suffix());
            Some(Path::new("archive").join(output).join(file))
        }
        // The front page has this path.
        DocumentName::Feed(OutputKind::Output(name), Format::Html) if name == "index" => None,
        DocumentName::Feed(OutputKind::Output(name), format) => file(name, format.suffix()),
        DocumentName::Feed(OutputKind::Tag(tag), format) => Some(Path::new("tag").join(file(tag, format.suffix())?)),
        DocumentName::Feed(OutputKind::Source(name), format) => {
            Some(Path::new("source").join(file(name, format.suffix())?))
        }
        // A file cannot answer a query.
        DocumentName::Feed(OutputKind::Search(_), _) => None,
        // The feed of incidents is only useful while the daemon runs, so it is served but not written.
        DocumentName::Feed(OutputKind::Health, _) => None,
    }
}

impl Files {
    /// Writes documents to their files; a file that is current already stays as it is.
    async fn save(&mut self, folder: &Path, documents: Vec<File>) -> Result<(), String> {
        let placed: Vec<(PathBuf, File)> =
            documents.into_iter().filter_map(|file| Some((path_of(&file.name)?, file))).collect();
        // The list is written first, because a file that is not on the list would never be removed.
        let before = self.written.len();
        self.written.extend(placed.iter().map(|(path, _)| path.clone()));
        let list = (self.written.len() > before).then(|| list_of(&self.written));
        let (folder, keeps_last_good) = (folder.to_owned(), !self.withdraws);
        let saved = off_thread(move || {
            if let Some(list) = list {
                let at = folder.join(LIST);
                make_folder(&folder).map_err(|error| cannot("make", &folder, &error))?;
                replace(&at, list.as_bytes()).map_err(|error| cannot("write", &at, &error))?;
            }
            let mut saved = Ok(());
            for (path, file) in placed {
                if file.is_fallback && keeps_last_good && folder.join(&path).exists() {
                    continue;
                }
                let put = put(&folder, &path, &file.body);
                saved = saved.and(put.map_err(|error| cannot("write", &folder.join(&path), &error)));
            }
            saved
        });
        saved.await.map_err(|error| error.to_string())?
    }

    /// Removes written files whose documents no longer exist.
    async fn remove_orphans(&mut self, folder: &Path, kept: BTreeSet<PathBuf>) -> Result<(), String> {
        let orphans: Vec<PathBuf> = self.written.difference(&kept).cloned().collect();
        if orphans.is_empty() {
            return Ok(());
        }
        let (at, gone) = (folder.to_owned(), orphans.clone());
        let removed = off_thread(move || {
            for path in gone {
                remove(&at, &path).map_err(|error| cannot("remove", &at.join(&path), &error))?;
            }
            Ok::<(), String>(())
        });
        removed.await.map_err(|error| error.to_string())??;
        for orphan in &orphans {
            self.written.remove(orphan);
        }
        let (at, list) = (folder.join(LIST), list_of(&self.written));
        let saved = off_thread(move || replace(&at, list.as_bytes()).map_err(|error| cannot("write", &at, &error)));
        saved.await.map_err(|error| error.to_string())?
    }
}

fn cannot(what: &str, path: &Path, error: &io::Error) -> String {
    format!("cannot {what} {}: {error}", path.display())
}

fn list_of(paths: &BTreeSet<PathBuf>) -> String {
    paths.iter().filter_map(|path| path.to_str()).map(|path| format!("{path}\n")).collect()
}

/// Reads the list of written files. Paths that lead out of the folder are ignored.
fn read_list(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let text = match fs::read_to_string(folder.join(LIST)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(error),
    };
    let inside = |path: &PathBuf| path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    Ok(text.lines().map(PathBuf::from).filter(inside).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::model::Timestamp;
    use crate::outputs::plan::today;
    use crate::outputs::{Look, Slot};
    use crate::publish::{Published, Snapshot};
    use crate::store::Store;
    use crate::theme;

    /// The outputs of a configuration without sources, whose files are below `folder`.
    async fn outputs(folder: &Path) -> Outputs {
        let path = folder.join("watershed.toml");
        let site = folder.join("site");
        fs::write(&path, format!("[serve]\nfiles = {site:?}\n")).expect("it can be written");
        let config = config::load(&path, &|_| None).expect("it is a configuration");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.join("w.db"), [7; 16], now).expect("a database can be made");
        let theme = theme::load(&config).expect("it is the built-in theme");
        let look = Look { theme: theme.theme, built_in: theme.built_in, since: now };
        let plan = OutputPlan::new(&config, &Arc::default(), &store, (OutputPlan::shape(&config), now), look);
        let outputs = Outputs::new(store, plan);
        outputs.rebuild().await.expect("it can be built");
        outputs
    }

    #[tokio::test]
    async fn a_search_that_names_a_span_is_made_anew_each_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let outputs = outputs(folder.path()).await;
        for (query, day, wanted) in [
            ("a since:7d", Some(today() - 1), "<feed"),
            ("a since:7d", Some(today()), "yesterday's"),
            ("a", None, "yesterday's"),
        ] {
            let name = DocumentName::Feed(OutputKind::Search(query.to_owned()), Format::ATOM);
            let date = Timestamp::from_unix(1_800_000_000);
            let snapshot = Snapshot::new(b"yesterday's".to_vec(), "text/plain", name.path(), date);
            let slot = Slot { day, ..Slot::new(Published::new(snapshot, None, &[])) };
            outputs.ready.write().expect("nobody panicked").insert(name.clone(), slot);
            let published = outputs.get(&name).await.expect("it is there");
            let text = String::from_utf8_lossy(published.snapshot.body()).into_owned();
            assert!(text.contains(wanted), "{query}: {text}");
            let is_news = wanted != "yesterday's";
            assert_eq!(published.snapshot.last_modified() > date, is_news, "{query}");
        }
    }

    #[tokio::test]
    async fn what_is_served_is_written_and_not_made_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site");
        let outputs = outputs(folder.path()).await;
        // No document made from this store has these bytes, so only the snapshot can bring them into the file.
        let name = DocumentName::Feed(OutputKind::Output(DEFAULT_OUTPUT.to_owned()), Format::ATOM);
        let date = Timestamp::from_unix(1_800_000_000);
        let snapshot = Snapshot::new(b"as it is served".to_vec(), "text/plain", name.path(), date);
        let slot = Slot::new(Published::new(snapshot, None, &[]));
        outputs.ready.write().expect("nobody panicked").insert(name, slot);
        let everything = Changes { everything: true, ..Changes::default() };
        outputs.write_files(&outputs.plan(), &everything).await;
        assert_eq!(outputs.files_error().await, None);
        let file = |name: &str| fs::read_to_string(site.join(name)).expect("it is written");
        assert_eq!(file("feed.atom"), "as it is served");
        assert!(file("feed.rss").contains("<rss"), "a document without a snapshot is made for its file");
    }
}
