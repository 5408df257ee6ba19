//! Writes each image of a text once, with the address that a script would load.
//!
//! Of a lazy-loaded image, the address is in a `data-` attribute, `src` is a placeholder image, and a copy of the image
//! (its twin) is in `<noscript>`. These become a single image. An image that cannot be shown is replaced by its
//! alternative text.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use url::Url;

use crate::text::markup::{Tag, Token, Tokens};
use crate::text::xml;

use super::inline::{self, Inline};
use super::policy::{COMMON_ATTRIBUTES, attributes_of};
use super::{emoji, html, srcset, text, urls};

/// Longest alternative text that replaces an image, in bytes.
const ALT_MAX_BYTES: usize = 1_024;
/// Most bytes of written HTML between an image and its twin.
const NEAR_MAX_BYTES: usize = 4 * 1_024;
/// An image that `<noscript>` repeats is searched for in this many bytes at the end of the written HTML.
const LOOKED_BACK_BYTES: usize = 16 * 1_024;
/// Widest candidate of a `srcset` that becomes the `src`, in pixels.
const WIDTH_MAX_PIXELS: i64 = 1_600;
/// Assumed width of a candidate with the density `1x`, in pixels.
const DENSITY_PIXELS: i64 = 640;

/// Least length of the other side of an image that states 0 for a side, in pixels.
const SIDE_LEAST_PIXELS: u32 = 32;

/// Attributes that hold the address of a lazy-loaded image and nothing else.
const LATE: &[&str] = &[
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-original-src",
    "data-actualsrc",
    "data-cfsrc",
    "data-echo",
    "data-ezsrc",
    "data-pagespeed-lazy-src",
    "lazysrc",
];
/// Parts of the file names of placeholder images. They only count if the element offers another image, too.
const PLACEHOLDERS: &[&str] =
    &["1x1", "blank.", "lazy", "loader", "loading.", "placeholder", "preload", "spacer", "spinner", "transparent"];
/// Beginnings of the file names of placeholder images. They only count if the element offers another image, too.
const PLACEHOLDER_BEGINNINGS: &[&str] = &["clear.", "dummy.", "empty.", "gray.", "grey.", "pixel.", "trans."];
const EXTENSIONS: &[&str] = &["avif", "gif", "jpeg", "jpg", "png", "webp"];

/// The result of reading an `<img>`.
#[derive(Debug, Default)]
struct Image {
    /// A tag, a text that replaces it, or nothing.
    html: String,
    /// The `src`, if another image may have the same address.
    address: Option<String>,
    /// The image is lazy-loaded.
    is_late: bool,
    /// The tag shows the image itself, not a placeholder.
    is_real: bool,
}

/// The image that was written last; its twin may follow.
#[derive(Debug)]
struct Placed {
    range: Range<usize>,
    image: Image,
    is_in_noscript: bool,
    /// The image belongs to a `<picture>` that has ended and has a source. It must stay, because a `<picture>` without
    /// an `<img>` shows nothing.
    has_source: bool,
}

/// The images of one text.
#[derive(Debug, Default)]
pub(super) struct Gallery {
    pub(super) is_in_noscript: bool,
    last: Option<Placed>,
    /// The offset of the open `<picture>`'s content in the written HTML.
    picture: Option<usize>,
    /// An address from the sources of the open `<picture>`.
    source: Option<String>,
    /// Bytes of all inline images that were written.
    inlined: usize,
    /// Number of inline images that were left out because they are too large.
    pub(super) large: usize,
}

impl Gallery {
    /// Adjusts the state after the written HTML was truncated at `from`.
    pub(super) fn forget_from(&mut self, from: usize) {
        self.last = self.last.take().filter(|last| last.range.end <= from);
        self.picture = self.picture.filter(|picture| *picture <= from);
    }

    /// Writes an `<img>`, or an element that a script turns into an image (`<amp-img>`). Returns the range of the
    /// written HTML that was removed, because the image replaces it.
    pub(super) fn image(&mut self, tag: &Tag<'_>, base: Option<&Url>, out: &mut String) -> Option<Range<usize>> {
        let image = Attributes::of(tag, base).image(self, base);
        self.place(image, out)
    }

    pub(super) fn begin_picture(&mut self, from: usize) {
        (self.picture, self.source) = (Some(from), None);
    }

    /// Remembers the address of a written `<source>` in the open `<picture>`. The last source counts, because most
    /// browsers support it.
    pub(super) fn note_source(&mut self, written: &str) {
        if self.picture.is_none() {
            return;
        }
        let set = written.split_once(" srcset=\"").and_then(|(_, behind)| behind.split('"').next());
        let address = set.and_then(best).map(|address| address.replace("&amp;", "&"));
        self.source = address.or_else(|| self.source.take());
    }

    /// The `<img>` to add at the end of a `<picture>` that has sources but no `<img>`, because it would show nothing.
    pub(super) fn end_picture(&mut self, out: &str) -> Option<String> {
        let from = self.picture.take()?;
        let source = self.source.take()?;
        if let Some(last) = self.last.as_mut().filter(|last| last.range.start >= from) {
            last.has_source = true;
        }
        let is_empty = out.get(from..).is_some_and(|inside| !inside.contains("<img "));
        is_empty.then(|| format!("<img src=\"{}\">", xml::escape(&source)))
    }

    fn place(&mut self, image: Image, out: &mut String) -> Option<Range<usize>> {
        if image.html.is_empty() && !image.is_late {
            return None;
        }
        let mut gone = None;
        // Of two twins exactly one is in `<noscript>`.
        let mut last = self.last.take().filter(|last| self.is_in_noscript != last.is_in_noscript);
        last = last.filter(|last| is_near(out.get(last.range.end..)));
        if let Some(last) = last {
            if !self.is_in_noscript && image.is_late {
                return None;
            }
            let is_placeholder =
                !last.image.is_real || out.get(last.range.clone()).and_then(src_of).is_some_and(is_placeholder);
            if self.is_in_noscript && (last.image.is_late || is_placeholder) {
                if !is_placeholder || image.html.is_empty() || last.has_source {
                    return None;
                }
                self.picture = self.picture.map(|from| from.saturating_sub(last.range.len()));
                out.replace_range(last.range.clone(), "");
                gone = Some(last.range);
            }
        }
        if image.address.as_deref().is_some_and(|address| was_shown(out, address)) {
            return gone;
        }
        let from = out.len();
        out.push_str(&image.html);
        let (range, is_in_noscript) = (from..out.len(), self.is_in_noscript);
        self.last = Some(Placed { range, image, is_in_noscript, has_source: false });
        gone
    }
}

/// Whether the HTML that was written in between is short and contains no words.
pub(super) fn is_near(written: Option<&str>) -> bool {
    written.is_some_and(|written| written.len() <= NEAR_MAX_BYTES && Tokens::new(written).all(is_blank))
}

fn is_blank(piece: Token<'_>) -> bool {
    match piece {
        Token::Text(text) => text.trim().is_empty(),
        Token::Tag(_) => true,
    }
}

/// The `src` of a written tag, with its escapes.
fn src_of(written: &str) -> Option<&str> {
    written.split_once(" src=\"").and_then(|(_, behind)| behind.split('"').next())
}

/// Whether an image with this address was written a short while ago.
fn was_shown(out: &str, address: &str) -> bool {
    let from = out.floor_char_boundary(out.len().saturating_sub(LOOKED_BACK_BYTES));
    out[from..].contains(&format!(" src=\"{}\"", xml::escape(address)))
}

/// The attributes of an image.
#[derive(Debug, Default)]
struct Attributes<'a> {
    src: Option<Cow<'a, str>>,
    alt: Cow<'a, str>,
    is_lazy: bool,
    is_emoji: bool,
    /// A side is one pixel long: a tracking pixel.
    is_tiny: bool,
    /// A side has the length 0.
    lacks_side: bool,
    /// The element is an `<amp-img>`, whose width and height may be a ratio rather than a size.
    is_amp: bool,
    late_src: Option<String>,
    late_srcset: Option<String>,
    /// The address of an image in an attribute that has another purpose.
    other: Option<Cow<'a, str>>,
    kept: Vec<(&'static str, String)>,
}

impl<'a> Attributes<'a> {
    fn of(tag: &Tag<'a>, base: Option<&Url>) -> Attributes<'a> {
        let mut found = Attributes { is_amp: !tag.is("img"), ..Attributes::default() };
        for (attribute, value) in tag.attributes().take(html::ATTRIBUTES_MAX) {
            match allowed(attribute) {
                Some(name) => found.keep(name, value, base),
                None if attribute.eq_ignore_ascii_case("class") => {
                    found.is_lazy |= ["lazy", "Lazy", "lozad", "unveil"].iter().any(|sign| value.contains(sign));
                    found.is_emoji |= emoji::is_class(&value);
                }
                None => found.note_late(attribute, value, base),
            }
        }
        found
    }

    fn keep(&mut self, name: &'static str, value: Cow<'a, str>, base: Option<&Url>) {
        match name {
            "width" | "height" if matches!(value.trim(), "0" | "1" | "0px" | "1px") => {
                self.is_tiny |= !self.is_amp && value.trim_start().starts_with('1');
                self.lacks_side |= !self.is_amp && value.trim_start().starts_with('0');
                return;
            }
            "alt" if self.alt.is_empty() => self.alt = value.clone(),
            "src" if self.src.is_none() => self.src = Some(value.clone()),
            _ => {}
        }
        if let Some(value) = html::attribute_value("img", name, &value, base) {
            self.kept.push((name, value));
        }
    }

    /// Reads an attribute that HTML does not define.
    fn note_late(&mut self, attribute: &str, value: Cow<'a, str>, base: Option<&Url>) {
        let is_data = attribute.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data-"));
        // A value with braces is a template that was never filled in.
        if !(is_data || attribute.eq_ignore_ascii_case("lazysrc")) || value.contains('{') {
            return;
        }
        if attribute.get(attribute.len().saturating_sub(6)..).is_some_and(|end| end.eq_ignore_ascii_case("srcset")) {
            self.late_srcset = self.late_srcset.take().or_else(|| srcset::candidates(&value, base));
        } else if LATE.iter().any(|name| name.eq_ignore_ascii_case(attribute)) {
            self.late_src = urls::web(&value, base).or_else(|| self.late_src.take());
        } else if self.other.is_none() && is_picture(&value) {
            self.other = Some(value);
        }
    }

    fn image(mut self, gallery: &mut Gallery, base: Option<&Url>) -> Image {
        let own = self.src.take().unwrap_or_default();
        let is_local = starts_with_any(&own, &["data:", "blob:", "cid:"]);
        let has_late = self.late_src.is_some() || self.late_srcset.is_some();
        let source = gallery.picture.and(gallery.source.as_deref());
        let is_offered = has_late || self.other.is_some() || source.is_some();
        let is_named = is_offered && self.value("src").is_some_and(is_placeholder);
        let is_late = has_late || self.is_lazy || is_local || is_named || self.is_amp;
        if let Some(emoji) = self.emoji(if is_local { "" } else { &own }) {
            return Image { html: xml::escape(&emoji), address: None, is_late, is_real: true };
        }
        if self.is_tiny || (self.lacks_side && !self.has_side()) {
            return Image::default();
        }
        let is_settled = self.settle(is_named, source, base);
        let is_real = is_settled || !(self.is_lazy || is_local || is_named);
        if self.value("src").is_none() && self.value("srcset").is_none() {
            match Inline::of(&own) {
                Inline::Picture(it) if gallery.inlined + it.len() <= inline::TOTAL_MAX_BYTES => {
                    gallery.inlined += it.len();
                    self.kept.push(("src", it));
                }
                Inline::Placeholder => return Image { is_late, ..Image::default() },
                _ if is_local => {
                    gallery.large += usize::from(inline::is_raster(&own));
                    return Image { html: self.alt_text(), is_late, ..Image::default() };
                }
                _ => return Image { is_late, ..Image::default() },
            }
        }
        self.size_emoji();
        let address = self.value("src").filter(|_| gallery.is_in_noscript).map(str::to_owned);
        Image { html: self.tag(), address, is_late, is_real }
    }

    /// Sets `src` and `srcset` as a script would. Returns whether it set either. `fallback` is the address for an image
    /// without an address of its own.
    fn settle(&mut self, is_named: bool, fallback: Option<&str>, base: Option<&Url>) -> bool {
        let own = self.value("src");
        let is_sign = |own: &str| self.late_src.as_deref().is_some_and(|late| is_drawn(own) && !is_drawn(late));
        let is_placeholder = own.is_none_or(|own| is_named || is_sign(own));
        let is_replaced = is_placeholder || self.is_lazy;
        let has_srcset = self.value("srcset").is_some();
        let srcset = self.late_srcset.take().filter(|_| is_replaced || !has_srcset);
        let mut src = self.late_src.take().filter(|_| is_replaced);
        if src.is_none() && is_placeholder {
            src = srcset.as_deref().and_then(best).map(str::to_owned);
            src = src.or_else(|| self.other.as_deref().and_then(|other| urls::web(other, base)));
        }
        let lacks_src = src.is_none() && (is_named || self.value("src").is_none());
        if lacks_src && srcset.is_none() && !has_srcset {
            src = fallback.map(str::to_owned);
        }
        if src.is_none() && self.value("src").is_none() {
            // An image needs a `src`, because not all readers support `srcset`.
            src = self.value("srcset").and_then(best).map(str::to_owned);
        }
        let is_settled = src.is_some() || srcset.is_some();
        self.put("srcset", srcset);
        self.put("src", src);
        is_settled
    }

    /// Whether a side is long enough for a visible image. Some software writes 0 for the other side if it does not know
    /// its length.
    fn has_side(&self) -> bool {
        let side = |name: &str| self.value(name).and_then(|side| side.parse().ok()).unwrap_or(0_u32);
        side("width").max(side("height")) >= SIDE_LEAST_PIXELS
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.kept.iter().find(|(kept, _)| *kept == name).map(|(_, value)| value.as_str())
    }

    fn put(&mut self, name: &'static str, value: Option<String>) {
        let Some(value) = value.filter(|value| self.value(name) != Some(value.as_str())) else { return };
        self.kept.retain(|(kept, _)| *kept != name);
        self.kept.push((name, value));
    }

    fn emoji(&self, own: &str) -> Option<String> {
        let address = self.late_src.as_deref().unwrap_or(own);
        let may_be = self.is_emoji || emoji::is_address(address);
        may_be.then(|| emoji::of_picture(&self.alt, address)).flatten()
    }

    /// Gives a custom emoji without a stated size the height of a line, because it would otherwise be shown in the size
    /// of its file, which may fill the page.
    fn size_emoji(&mut self) {
        let is_emoji = self.is_emoji || emoji::is_shortcode(&self.alt);
        if is_emoji && self.value("width").is_none() && self.value("height").is_none() {
            self.put("width", Some(emoji::SIDE_PIXELS.to_owned()));
            self.put("height", Some(emoji::SIDE_PIXELS.to_owned()));
        }
    }

    fn alt_text(&self) -> String {
        let alt = text::fold(&self.alt, ALT_MAX_BYTES);
        if alt.is_empty() { alt } else { format!(" {} ", xml::escape(&alt)) }
    }

    fn tag(&self) -> String {
        let mut out = String::from("<img");
        for (name, value) in &self.kept {
            let _ = write!(out, " {name}=\"{}\"", xml::escape(value));
        }
        out.push('>');
        out
    }
}

/// The name of an attribute in the policy's form, if an `<img>` may have it.
fn allowed(attribute: &str) -> Option<&'static str> {
    let mut names = attributes_of("img").iter().chain(COMMON_ATTRIBUTES).copied();
    names.find(|name| name.eq_ignore_ascii_case(attribute))
}

/// The best address of a `srcset` for readers that do not support it: the widest candidate up to [`WIDTH_MAX_PIXELS`].
fn best(srcset: &str) -> Option<&str> {
    let candidates = srcset.split(", ").map(|candidate| candidate.split_once(' ').unwrap_or((candidate, "")));
    let rank = |descriptor: &str| {
        let number = descriptor.trim_end_matches(['w', 'x']).split('.').next().and_then(|it| it.parse::<i64>().ok());
        let width = match number {
            Some(number) if descriptor.ends_with('w') => number,
            number => number.unwrap_or(1).saturating_mul(DENSITY_PIXELS),
        };
        if width <= WIDTH_MAX_PIXELS { width } else { width.saturating_neg() }
    };
    candidates.max_by_key(|(_, descriptor)| rank(descriptor)).map(|(address, _)| address)
}

/// Whether the name of a file is that of a placeholder image.
fn is_placeholder(address: &str) -> bool {
    let file = file_of(address).to_ascii_lowercase();
    PLACEHOLDERS.iter().any(|sign| file.contains(sign))
        || PLACEHOLDER_BEGINNINGS.iter().any(|name| file.starts_with(name))
}

/// Whether a file has a format for drawings and animations rather than for photographs.
fn is_drawn(address: &str) -> bool {
    matches!(extension(address).as_str(), "gif" | "svg")
}

/// Whether a value is the absolute address of an image file.
fn is_picture(value: &str) -> bool {
    starts_with_any(value, &["http://", "https://", "//"]) && EXTENSIONS.contains(&extension(value).as_str())
}

fn file_of(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

fn extension(address: &str) -> String {
    file_of(address).rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

fn starts_with_any(value: &str, starts: &[&str]) -> bool {
    let value = value.trim_start();
    starts.iter().any(|start| value.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::inline::tests::png;

    /// `ONE`, `TWO`, `WAIT` and `SVG` stand for addresses, so that the cases are readable.
    fn check(markup: &str, wanted: &str) {
        let full = |text: &str| {
            let addresses = [("ONE", "one.jpg"), ("TWO", "two.jpg"), ("WAIT", "loading.gif"), ("SVG", "any.svg")];
            addresses
                .iter()
                .fold(text.to_owned(), |text, (name, file)| text.replace(name, &format!("https://p.example/{file}")))
        };
        let base = Url::parse("https://a.example/b/").expect("it is an address");
        assert_eq!(html::rewrite(&full(markup), Some(&base)).html, full(wanted), "{markup}");
    }

    #[test]
    fn lazy_loaded_images_get_their_final_address() {
        check("<img class=lazy src=TWO data-src=ONE alt=x>", "<img alt=\"x\" src=\"ONE\">");
        check("<img src=WAIT data-original=ONE>", "<img src=\"ONE\">");
        check("<img src=SVG data-src=ONE>", "<img src=\"ONE\">");
        check("<img src='data:image/svg+xml,x' data-lazy-src=ONE>", "<img src=\"ONE\">");
        check("<img src=data:, data-large-file=ONE>", "<img src=\"ONE\">");
        check("<img DATA-SRC=ONE>", "<img src=\"ONE\">");
        check(
            "<img data-srcset='TWO?s 400w, ONE 1200w, TWO?l 2400w'>",
            "<img srcset=\"TWO?s 400w, ONE 1200w, TWO?l 2400w\" src=\"ONE\">",
        );
        check("<img class=lazyload src=ONE data-srcset='TWO 2x'>", "<img src=\"ONE\" srcset=\"TWO 2x\">");
        check("<amp-img src=ONE width=1 height=1></amp-img>", "<img src=\"ONE\">");
    }

    #[test]
    fn images_that_are_not_lazy_loaded_keep_their_address() {
        check("<img src=ONE data-src=TWO>", "<img src=\"ONE\">");
        check("<img src=ONE data-large-file=TWO>", "<img src=\"ONE\">");
        check("<img src=WAIT>", "<img src=\"WAIT\">");
        check("<img class=lazy src=ONE>", "<img src=\"ONE\">");
        check("<img src=data:, data-src='{{ONE}}' data-page=https://p.example/page>", "");
        check("<img src=ONE width=1 data-src=TWO>", "");
        check("<img src=ONE width=570 height=0>", "<img src=\"ONE\" width=\"570\">");
        check("<img src=ONE width=600 height=1>", "");
        check("<img src=ONE width=16 height=0><img src=ONE height=0><img src=ONE width=100% height=0>", "");
        check("<img src=javascript:x alt=y>", "");
    }

    #[test]
    fn an_image_and_its_twin_in_noscript_become_one_image() {
        let one = "<img src=\"ONE\">";
        check("<img src='data:image/svg+xml,x' data-src=ONE><noscript><img src=ONE></noscript>", one);
        check("<noscript><img src=ONE></noscript> <img src=data:, class=lazy data-src=ONE>", "<img src=\"ONE\"> ");
        check("<img src=WAIT> <noscript><img src=ONE></noscript>", " <img src=\"ONE\">");
        check("<img src='data:image/svg+xml,x' alt=x><noscript><img src=ONE></noscript>", one);
        check(
            "<p><img class=lazy data-src=ONE></p><p><noscript><img src=ONE?w=9></noscript></p>",
            &format!("<p>{one}</p><p></p>"),
        );
        check("<img src=ONE>a<noscript><img src=ONE></noscript>", &format!("{one}a"));
        check("<p><img src=ONE><noscript><img alt='see src=' src=ONE></noscript></p>", &format!("<p>{one}</p>"));
        let pair = |name: &str| format!("<noscript><img src={name}></noscript><img data-src={name}>");
        check(&(pair("ONE") + &pair("TWO")), "<img src=\"ONE\"><img src=\"TWO\">");
        check("<amp-img src=ONE><noscript><img src=ONE></noscript></amp-img>", one);
        // The placeholder image is kept, because the `<picture>` that has ended would otherwise show nothing.
        check(
            "<picture><img src=WAIT><noscript><source srcset='TWO 1x'><picture><img src=ONE>",
            "<picture><img src=\"WAIT\"><source srcset=\"TWO 1x\"></picture><picture>",
        );
    }

    #[test]
    fn other_images_in_noscript_are_kept() {
        let both = "<img src=\"ONE\"><img src=\"TWO\">";
        check("<img src=ONE><noscript><img src=TWO></noscript>", both);
        check("<noscript><img src=ONE></noscript><img src=TWO>", both);
        check("<img data-src=ONE>a<noscript><img src=TWO></noscript>", "<img src=\"ONE\">a<img src=\"TWO\">");
        check("<img data-src=ONE><img data-src=ONE>", "<img src=\"ONE\"><img src=\"ONE\">");
        check("<img data-src=ONE><noscript><img src=TWO width=1></noscript>", "<img src=\"ONE\">");
    }

    #[test]
    fn a_picture_element_with_sources_gets_an_img() {
        check(
            "<picture><source data-srcset='TWO 1x'><source srcset='ONE 1x'></picture>",
            "<picture><source srcset=\"TWO 1x\"><source srcset=\"ONE 1x\"><img src=\"ONE\"></picture>",
        );
        check(
            "<picture><source data-srcset=ONE><img class=lazy src=data:,></picture><img>",
            "<picture><source srcset=\"ONE\"><img src=\"ONE\"></picture>",
        );
        check(
            "<picture><source srcset=ONE><img src=TWO></picture>",
            "<picture><source srcset=\"ONE\"><img src=\"TWO\"></picture>",
        );
    }

    #[test]
    fn an_image_with_a_srcset_gets_a_src() {
        check("<img srcset='TWO 400w, ONE 800w' alt=a>", "<img srcset=\"TWO 400w, ONE 800w\" alt=\"a\" src=\"ONE\">");
        check(
            "<picture><source srcset='ONE 1x'><img lazyload=1 src=WAIT></picture>",
            "<picture><source srcset=\"ONE 1x\"><img src=\"ONE\"></picture>",
        );
        check(
            "<picture><source srcset='ONE 1x'><img src=TWO></picture><img src=WAIT>",
            "<picture><source srcset=\"ONE 1x\"><img src=\"TWO\"></picture><img src=\"WAIT\">",
        );
    }

    #[test]
    fn small_inline_images_are_kept_and_others_are_replaced_by_their_alternative_text() {
        let small = png(10, 100);
        check(&format!("<img src='{small}' alt=x>"), &format!("<img alt=\"x\" src=\"{small}\">"));
        check(&format!("<img src='{small}' data-src=ONE>"), "<img src=\"ONE\">");
        check(&format!("a<img src='{}' alt='b &lt; c'>d", png(10, 40_000)), "a b &lt; c d");
        check(&format!("a<img src='{}' alt=b>c", png(10, 700_000)), "a b c");
        check(&format!("a<img src='{}' alt=b>c", png(1, 100)), "ac");
        check("a<img src='data:image/svg+xml,%3Csvg/%3E' alt=b>c", "a b c");
        check("<source src='data:image/png;base64,iVBORw0KGgo='><a href='data:text/html,x'>b</a>", "b");
    }

    #[test]
    fn inline_images_stay_within_their_limit() {
        let page = format!("<img src='{}' alt=x>", png(10, 32 * 1_024 - 1)).repeat(10);
        let plain = html::rewrite(&page, None);
        let kept = plain.html.matches("data:image/png").count();
        assert_eq!((kept, plain.large_pictures, plain.cut), (5, 5, false));
        assert_eq!(plain.html.matches(" x ").count(), 5);
    }

    #[test]
    fn emoji_images_become_characters() {
        check("a<img class=emoji alt=🦊 src=ONE>b", "a🦊b");
        check("a<img alt=:fox: src=https://e.example/emoji/1f98a.png>b", "a🦊b");
        check("<img alt=🦊 src=ONE>", "<img alt=\"🦊\" src=\"ONE\">");
        check("<img class=emoji alt=:cat: src=ONE width=16>", "<img alt=\":cat:\" src=\"ONE\" width=\"16\">");
    }

    #[test]
    fn custom_emoji_get_the_height_of_a_line() {
        let sized = |tag: &str| format!("<img {tag} width=\"20\" height=\"20\">");
        check("<img class='custom-emoji emoji' alt=cat src=ONE>", &sized("alt=\"cat\" src=\"ONE\""));
        check("<img alt=:blobcat: src=ONE>", &sized("alt=\":blobcat:\" src=\"ONE\""));
        check("<img alt=:blobcat: class=lazy data-src=ONE>", &sized("alt=\":blobcat:\" src=\"ONE\""));
        check("<img alt=:blobcat: src=ONE height=auto>", &sized("alt=\":blobcat:\" src=\"ONE\""));
        check("<img alt=:blobcat: src=ONE height=32>", "<img alt=\":blobcat:\" src=\"ONE\" height=\"32\">");
        check("<img alt='A cat: mine' src=ONE>", "<img alt=\"A cat: mine\" src=\"ONE\">");
    }
}
