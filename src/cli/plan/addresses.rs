//! The addresses that an edited configuration takes away, and those that would redirect.

use std::collections::{HashMap, HashSet};

use super::{Both, Planned};
use crate::daemon::sources_of_tags;
use crate::model::SourceId;
use crate::publish::{Format, OutputKind};
use crate::text::percent;

impl Both<'_> {
    /// The addresses of sources, tags and outputs that would no longer exist or lead elsewhere.
    pub(super) fn addresses(&self) -> Vec<Planned> {
        let mut planned = self.of_sources();
        planned.extend(self.of_tags());
        planned.extend(self.of_outputs());
        planned
    }

    /// A source that was private before had no addresses, and a source that is private now gets no addresses.
    fn of_sources(&self) -> Vec<Planned> {
        let public = self.sources.iter().filter(|(id, _)| self.public.contains(id));
        let now: HashMap<SourceId, &str> = public.map(|(id, source)| (*id, source.name.as_str())).collect();
        let taken: HashSet<&str> = now.values().copied().collect();
        let was_private = |id: &SourceId| self.before.sources.get(id).is_some_and(|source| source.private);
        let mut planned = Vec::new();
        for (id, name) in self.names.iter().filter(|(id, _)| !was_private(id)) {
            if !taken.contains(name.as_str()) {
                let to = now.get(id).map(|name| OutputKind::Source((*name).to_owned()));
                planned.push(address(&OutputKind::Source(name.clone()), to.as_ref()));
            }
        }
        planned
    }

    fn of_tags(&self) -> Vec<Planned> {
        let everyone: HashSet<SourceId> =
            self.before.sources.keys().chain(self.after.sources.keys()).copied().collect();
        let now = sources_of_tags(&self.after, &everyone);
        let gone = sources_of_tags(&self.before, &everyone).into_keys().filter(|tag| !now.contains_key(tag));
        gone.map(|tag| {
            let to = self.replaced.tags.iter().find(|(old, _)| *old == tag);
            let to = to.map(|(_, new)| OutputKind::Tag(new.clone()));
            address(&OutputKind::Tag(tag), to.as_ref())
        })
        .collect()
    }

    /// The feeds of outputs, and their archive documents.
    fn of_outputs(&self) -> Vec<Planned> {
        let gone = self.before.outputs.keys().filter(|name| !self.after.outputs.contains_key(*name));
        gone.flat_map(|name| {
            let to = self.replaced.outputs.iter().find(|(old, _)| old == name).map(|(_, new)| new);
            let feed = address(&OutputKind::Output(name.clone()), to.map(|to| OutputKind::Output(to.clone())).as_ref());
            [feed, line(archive(name), to.map(|to| archive(to)))]
        })
        .collect()
    }
}

fn address(of: &OutputKind, to: Option<&OutputKind>) -> Planned {
    line(in_all_formats(of), to.map(in_all_formats))
}

fn line(path: String, to: Option<String>) -> Planned {
    Planned::Address { path, change: if to.is_some() { "redirects" } else { "gone" }, to }
}

/// The path of a feed in all formats: `/source/lwn.*`.
fn in_all_formats(kind: &OutputKind) -> String {
    let path = kind.path(Format::ATOM);
    format!("{}*", path.strip_suffix(Format::ATOM.suffix()).unwrap_or(&path))
}

fn archive(output: &str) -> String {
    format!("/archive/{}/*", percent::encoded(output))
}
