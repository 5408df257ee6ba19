//! The allow-list of HTML elements and attributes, and the treatment of each element.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::text::elements::{self, NAME_MAX_BYTES, lower_case};
use crate::text::markup::Tag;

/// The treatment of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Block,
    /// Formatting. An HTML parser opens formatting that was not closed again in the next block.
    Formatting,
    /// An element whose end tag HTML implies, so that it is not nested directly in an element of the same name.
    Implied,
    Void,
    /// Left out with its content. (Of elements that are not listed the content is kept.)
    Dropped,
    /// Left out with its content, and replaced by a link.
    Frame,
    /// Left out, but its content is kept. Something else replaces the element, usually a link.
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
/// The attributes that every element may have.
pub(super) const COMMON_ATTRIBUTES: &[&str] = &["dir", "lang", "title"];
/// Further attributes that every element may have, but only with values that this room writes.
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

/// The elements that are kept.
pub(super) fn kept_elements() -> impl Iterator<Item = &'static str> {
    [BLOCKS, FORMATTING, IMPLIED, VOID].into_iter().flat_map(str::split_whitespace)
}

/// The attributes that an element may have besides [`COMMON_ATTRIBUTES`].
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

/// The name and treatment of a tag's element; `None` if the policy does not list the element.
pub(super) fn known(tag: &Tag<'_>) -> Option<(&'static str, Kind)> {
    let mut buffer = [0; NAME_MAX_BYTES];
    KINDS.get_key_value(lower_case(tag.name, &mut buffer)?).map(|(name, kind)| (*name, *kind))
}

/// Whether a tag belongs to HTML, rather than being another word in angle brackets.
pub(super) fn is_html_tag(tag: &Tag<'_>) -> bool {
    known(tag).is_some()
        || ["font", "form", "button", "embed", "object", "html", "body", "svg", "math"].iter().any(|it| tag.is(it))
}
