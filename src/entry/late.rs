//! Sound and films that pages load late, so that their addresses stand in other attributes than HTML's.

use std::fmt::Write as _;

use url::Url;

use crate::text::xml;

use super::{srcset, urls};

/// The addresses that an element keeps for later.
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

    /// Writes those that an element may have and has not; says whether one leads to what is shown.
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
