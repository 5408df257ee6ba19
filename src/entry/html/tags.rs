//! Writes start tags with the attributes that the policy allows.

use std::borrow::Cow;
use std::fmt::Write as _;

use url::Url;

use crate::entry::footnotes::Footnotes;
use crate::entry::late::Late;
use crate::entry::looks::Looks;
use crate::entry::policy::{COMMON_ATTRIBUTES, attributes_of};
use crate::entry::{srcset, urls, values};
use crate::text::markup::Tag;
use crate::text::xml::escape;

use super::ATTRIBUTES_MAX;

/// The start tag within the policy, and the appearance that it states. The tag is `None` if it would be useless, such
/// as a link without an address.
pub(super) fn start_tag(tag: &Tag<'_>, name: &'static str, notes: &Footnotes<'_>) -> (Option<String>, Looks) {
    let allowed = attributes_of(name);
    let base = notes.base;
    let mut out = format!("<{name}");
    let (mut addressed, mut late, mut looks) = (false, Late::default(), Looks::default());
    for (attribute, value) in tag.attributes().take(ATTRIBUTES_MAX) {
        let attribute = attribute.to_ascii_lowercase();
        if matches!(name, "audio" | "source" | "video") {
            late.note(&attribute, &value, base);
        }
        let is_written_behind = looks.note(&attribute, &value);
        let is_allowed = allowed.contains(&attribute.as_str()) || COMMON_ATTRIBUTES.contains(&attribute.as_str());
        if is_written_behind || !is_allowed {
            continue;
        }
        let note = if attribute == "href" { notes.link(&value) } else { None };
        let Some(value) = note.or_else(|| attribute_value(name, &attribute, &value, base)) else { continue };
        addressed |= matches!(attribute.as_str(), "href" | "src" | "srcset");
        let _ = write!(out, " {attribute}=\"{}\"", escape(&value));
    }
    let place = looks.id(name).and_then(|written| notes.name(written));
    addressed |= late.write(allowed, &mut out) || (name == "a" && place.is_some());
    match name {
        "a" | "source" | "track" if !addressed => return (None, looks),
        "audio" | "video" if !out.contains(" controls=") => out.push_str(" controls=\"\""),
        _ => {}
    }
    looks.is_linked = place.is_some();
    looks.write(name, place.as_deref(), &mut out);
    out.push('>');
    (Some(out), looks)
}

/// The value of an attribute in its normal form; `None` if the policy rejects the value.
pub(in crate::entry) fn attribute_value(
    element: &str,
    attribute: &str,
    value: &str,
    base: Option<&Url>,
) -> Option<String> {
    match attribute {
        "href" => urls::followable(value, base),
        "src" | "poster" | "cite" => urls::web(value, base),
        "srcset" => srcset::candidates(value, base),
        _ => values::legal(element, attribute, value).map(Cow::into_owned),
    }
}
