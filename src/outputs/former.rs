//! Where the addresses of former names of sources, tags and outputs lead.

use super::{OutputPlan, Outputs};
use crate::config::Secret;
use crate::former::FormerNames;
use crate::publish::{DocumentName, OutputKind};

impl Outputs {
    /// The document that has taken the place of a document which does not exist any more, and the token that it asks for.
    pub fn moved_to(&self, name: &DocumentName) -> Option<(DocumentName, Option<Secret>)> {
        self.plan().moved_to(name)
    }

    /// The feed whose stream has taken the place of the stream of a feed that does not exist any more, and the token that it asks for.
    pub fn stream_moved_to(&self, kind: &OutputKind) -> Option<(OutputKind, Option<Secret>)> {
        let moved = self.plan().named_now(kind)?;
        let token = self.stream_token(&moved)?;
        Some((moved, token))
    }
}

impl OutputPlan {
    /// The plan, with the names that its sources, tags and outputs had before.
    pub fn with_former(mut self, former: FormerNames) -> OutputPlan {
        self.former = former;
        self
    }

    fn moved_to(&self, name: &DocumentName) -> Option<(DocumentName, Option<Secret>)> {
        let moved = match name {
            DocumentName::Feed(kind, format) => DocumentName::Feed(self.named_now(kind)?, *format),
            DocumentName::Page(kind, number) => DocumentName::Page(self.named_now(kind)?, *number),
            DocumentName::Archive(output, number, format) => {
                DocumentName::Archive(self.former.outputs.get(output)?.clone(), *number, *format)
            }
            DocumentName::Icon(icon) => {
                let (source, kind) = icon.rsplit_once('.')?;
                DocumentName::Icon(format!("{}.{kind}", self.source_named_now(source)?))
            }
            DocumentName::FrontPage
            | DocumentName::Sources
            | DocumentName::Members
            | DocumentName::Story(_)
            | DocumentName::ThemeFile(_) => return None,
        };
        // A redirect must not name a document that does not exist for readers, such as that of a private source.
        if !self.has(&moved) {
            return None;
        }
        let token = self.token_of(&moved);
        Some((moved, token))
    }

    fn named_now(&self, kind: &OutputKind) -> Option<OutputKind> {
        match kind {
            OutputKind::Output(name) => Some(OutputKind::Output(self.former.outputs.get(name)?.clone())),
            OutputKind::Tag(tag) => Some(OutputKind::Tag(self.former.tags.get(tag)?.clone())),
            OutputKind::Source(name) => Some(OutputKind::Source(self.source_named_now(name)?.to_owned())),
            OutputKind::Search(_) | OutputKind::Health => None,
        }
    }

    fn source_named_now(&self, former: &str) -> Option<&str> {
        let source = self.sources.get(*self.former.sources.get(former)?)?;
        Some(&source.name)
    }
}
