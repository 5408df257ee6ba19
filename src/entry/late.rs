//! Lazy-loaded audio and video, whose addresses are in `data-` attributes until a script moves them.

use std::fmt::Write as _;

use url::Url;

use crate::text::xml;

use super::{srcset, urls};

/// The addresses in the lazy-loading attributes of an element.
#[derive(Default)]
pub(super) struct Late {
    src: Option<String>,
    srcset: Option<String>,
    poster: Option<String>,
}

impl Late {
    pub(super) fn note(&mut self, attribute: &str, value: &str, base: Option<&Url>) {
        match attribute {
            "data-src" | "data-lazy-src" => self.src = urls::web(value, base),
            "data-srcset" | "data-lazy-srcset" => self.srcset = srcset::candidates(value, base),
            "data-poster" => self.poster = urls::web(value, base),
            _ => {}
        }
    }

    /// Writes the addresses for which the element may have an attribute and has none yet. Returns whether it wrote the
    /// address of the media themselves, rather than only that of a poster image.
    pub(super) fn write(self, allowed: &[&str], out: &mut String) -> bool {
        let mut addressed = false;
        for (name, address) in [("src", self.src), ("srcset", self.srcset), ("poster", self.poster)] {
            let lacks = |name: &str| allowed.contains(&name) && !out.contains(&format!(" {name}=\""));
            let Some(address) = address.filter(|_| lacks(name)) else { continue };
            let _ = write!(out, " {name}=\"{}\"", xml::escape(&address));
            addressed |= name != "poster";
        }
        addressed
    }
}
