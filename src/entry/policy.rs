//! The policy on elements and attributes of HTML: what is kept, and what each is.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::elements::{self, NAME_MAX_BYTES, lower_case};
use crate::text::markup::Tag;

/// What is done with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Block,
    /// Formatting, which parsers open again in the next block when it was not closed.
    Formatting,
    /// An element whose end HTML implies, so that it nests only inside of others.
    Implied,
    Void,
    /// Left out with its content. Elements that are not listed are left out without it.
    Dropped,
    /// Left out with its content, with a link in its place.
    Frame,
    /// Left out without its content: something else stands for it, most often a link.
    Embed,
}

const BLOCKS: &str = "abbr acronym address article aside audio bdi bdo blockquote caption center cite del \
    details dfn div dl figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup ins kbd main \
    mark nav ol picture pre q rp rt ruby samp section span sub summary sup table time ul var \
    video";
const FORMATTING: &str = "a b big code em i s small strike strong tt u";
const IMPLIED: &str = "colgroup dd dt li p tbody td tfoot th thead tr";
const VOID: &str = "br col hr img source track wbr";
const EMBEDS: &str = "amp-anim amp-dailymotion amp-iframe amp-img amp-instagram amp-twitter amp-vimeo \
    amp-youtube embed lite-vimeo lite-youtube noscript object";
/// Attributes of every element.
pub(super) const COMMON_ATTRIBUTES: &[&str] = &["dir", "lang", "title"];
/// Further attributes of every element, whose values are written by us alone.
pub(super) const OWN_ATTRIBUTES: &[&str] = &["class", "id"];

static KINDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let lists = [
        (BLOCKS, Kind::Block),
        (FORMATTING, Kind::Formatting),
        (IMPLIED, Kind::Implied),
        (VOID, Kind::Void),
        (EMBEDS, Kind::Embed),
    ];
    let listed = lists.into_iter().flat_map(|(names, kind)| names.split_whitespace().map(move |name| (name, kind)));
    let left_out = |name: &'static str| (name, if name == "iframe" { Kind::Frame } else { Kind::Dropped });
    elements::left_out().map(left_out).chain(listed).collect()
});

/// The elements that may leave.
pub(super) fn kept_elements() -> impl Iterator<Item = &'static str> {
    [BLOCKS, FORMATTING, IMPLIED, VOID].into_iter().flat_map(str::split_whitespace)
}

/// The attributes that an element may have beside [`COMMON_ATTRIBUTES`].
pub(super) fn attributes_of(element: &str) -> &'static [&'static str] {
    match element {
        "a" => &["href", "hreflang"],
        "audio" => &["controls", "preload", "src"],
        "blockquote" | "q" => &["cite"],
        "col" | "colgroup" => &["span"],
        "del" | "ins" => &["cite", "datetime"],
        "details" => &["open"],
        "img" => &["alt", "height", "loading", "sizes", "src", "srcset", "width"],
        "li" => &["value"],
        "ol" => &["reversed", "start", "type"],
        "source" => &["media", "sizes", "src", "srcset", "type"],
        "tbody" | "tfoot" | "thead" | "tr" => &["align", "valign"],
        "td" => &["align", "colspan", "rowspan", "valign"],
        "th" => &["align", "colspan", "rowspan", "scope", "valign"],
        "time" => &["datetime"],
        "track" => &["kind", "label", "src", "srclang"],
        "video" => &["controls", "height", "poster", "preload", "src", "width"],
        _ => &[],
    }
}

/// The policy's name and kind of a tag's element.
pub(super) fn known(tag: &Tag<'_>) -> Option<(&'static str, Kind)> {
    let mut buffer = [0; NAME_MAX_BYTES];
    KINDS.get_key_value(lower_case(tag.name, &mut buffer)?).map(|(name, kind)| (*name, *kind))
}

/// Whether a tag is one of HTML's, rather than something else in angle brackets.
pub(super) fn is_html_tag(tag: &Tag<'_>) -> bool {
    known(tag).is_some()
        || ["font", "form", "button", "embed", "object", "html", "body", "svg", "math"].iter().any(|it| tag.is(it))
}
