//! Writes start tags with the attributes that the policy allows.

use std::borrow::Cow;

use url::Url;

use crate::entry::footnotes::Footnotes;
use crate::entry::looks::Looks;
use crate::entry::policy::{COMMON_ATTRIBUTES, attributes_of};
use crate::entry::{srcset, urls, values};
use crate::text::markup::Tag;
use crate::text::xml::push_attribute;

use super::ATTRIBUTES_MAX;

/// Attributes of lazy-loaded audio and video, and those in which their addresses are until a script moves them.
const LATE: [(&str, &[&str]); 3] = [
    ("src", &["data-src", "data-lazy-src"]),
    ("srcset", &["data-srcset", "data-lazy-srcset"]),
    ("poster", &["data-poster"]),
];

/// The start tag within the policy, and the appearance that it states. The tag is `None` if it would be useless, such
/// as a link without an address.
pub(super) fn start_tag(tag: &Tag<'_>, name: &'static str, notes: &Footnotes<'_>) -> (Option<String>, Looks) {
    let allowed = attributes_of(name);
    let base = notes.base;
    let mut out = ["<", name].concat();
    let (mut addressed, mut looks) = (false, Looks::default());
    for (attribute, value) in tag.attributes().take(ATTRIBUTES_MAX) {
        let attribute = attribute.to_ascii_lowercase();
        let is_written_behind = looks.note(&attribute, &value);
        let is_allowed = allowed.contains(&attribute.as_str()) || COMMON_ATTRIBUTES.contains(&attribute.as_str());
        if is_written_behind || !is_allowed {
            continue;
        }
        let note = if attribute == "href" { notes.link(&value) } else { None };
        let Some(value) = note.or_else(|| attribute_value(name, &attribute, &value, base)) else { continue };
        addressed |= matches!(attribute.as_str(), "href" | "src" | "srcset");
        push_attribute(&mut out, &attribute, &value);
    }
    let place = looks.id(name).and_then(|written| notes.name(written));
    addressed |= match name {
        "a" => place.is_some(),
        "audio" | "source" | "video" => write_late(tag, name, base, &mut out),
        _ => false,
    };
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

/// Writes the lazy-loaded addresses of audio and video into attributes that the element may have but does not have yet.
/// Returns whether it wrote the address of the media themselves, rather than only that of a poster image.
fn write_late(tag: &Tag<'_>, element: &str, base: Option<&Url>, out: &mut String) -> bool {
    let mut addressed = false;
    for (name, late) in LATE {
        if !attributes_of(element).contains(&name) || out.contains(&format!(" {name}=\"")) {
            continue;
        }
        let is_late = |(attribute, _): &(&str, _)| late.iter().any(|name| attribute.eq_ignore_ascii_case(name));
        let Some((_, value)) = tag.attributes().take(ATTRIBUTES_MAX).filter(is_late).last() else { continue };
        let Some(address) = attribute_value(element, name, &value, base) else { continue };
        push_attribute(out, name, &address);
        addressed |= name != "poster";
    }
    addressed
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
