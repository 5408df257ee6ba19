//! Replaces embedded frames, players and posts by links, because readers must not load content of third parties in a
//! frame.

use std::borrow::Cow;
use std::fmt::Write as _;

use url::Url;

use crate::text::markup::Tag;
use crate::text::xml;

use super::{filled, html, pictures, text, urls};

/// Longest id of a video or post, in bytes.
const ID_MAX_BYTES: usize = 64;
/// A link to the same address is searched for in this many bytes at the end of the written HTML.
const LOOKED_BACK_BYTES: usize = 2 * 1_024;

/// Elements that embed media by an id: the element, the attribute with the id, and the beginning of the page's address.
const PLAYERS: &[(&str, &str, &str)] = &[
    ("amp-dailymotion", "data-videoid", "https://www.dailymotion.com/video/"),
    ("amp-instagram", "data-shortcode", "https://www.instagram.com/p/"),
    ("amp-twitter", "data-tweetid", "https://twitter.com/i/status/"),
    ("amp-vimeo", "data-videoid", "https://vimeo.com/"),
    ("amp-youtube", "data-videoid", "https://www.youtube.com/watch?v="),
    ("lite-vimeo", "videoid", "https://vimeo.com/"),
    ("lite-youtube", "videoid", "https://www.youtube.com/watch?v="),
];
/// The beginnings of addresses of scripts that embed a single document. Without `.js` the address is that of a page
/// that shows the document.
const SCRIPTS: &[&str] = &["https://gist.github.com/", "https://asciinema.org/a/"];

/// A link that replaces an embedding element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EmbedLink {
    address: String,
    /// The title of the embedded document, if the element states it.
    label: Option<String>,
    /// A text by which other addresses of the same document are recognised.
    sign: String,
    /// Whether any content of the element is a sufficient replacement, even without a link.
    is_replaceable: bool,
}

impl EmbedLink {
    pub(super) fn write(&self, out: &mut String) {
        let address = xml::escape(&self.address);
        let label = self.label.as_deref().map(xml::escape);
        let _ = write!(out, " <a href=\"{address}\">{}</a> ", label.as_deref().unwrap_or(&address));
    }

    /// Whether the content that was written inside the element replaces the link.
    pub(super) fn is_made_in(&self, inside: &str) -> bool {
        if self.is_replaceable && !inside.trim().is_empty() {
            return true;
        }
        let sign = xml::escape(&self.sign);
        let mut links = inside.split(" href=\"").skip(1).filter_map(|behind| behind.split('"').next());
        links.any(|address| address.contains(&sign))
    }

    /// Whether the link would repeat the link that was written just before.
    pub(super) fn is_made_before(&self, written: &str) -> bool {
        let from = written.floor_char_boundary(written.len().saturating_sub(LOOKED_BACK_BYTES));
        let last = written[from..].rsplit_once(" href=\"").and_then(|(_, behind)| behind.split_once('"'));
        let Some((address, behind)) = last else { return false };
        address == xml::escape(&self.address) && pictures::is_near(behind.split_once("</a>").map(|(_, behind)| behind))
    }
}

/// The attributes of an embedding element.
#[derive(Default)]
struct Attributes<'a> {
    address: Option<Cow<'a, str>>,
    /// The lazy-loading address, which a script would move to `src`.
    late: Option<Cow<'a, str>>,
    id: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
    class: Cow<'a, str>,
    /// Number of sides that are at most a pixel long.
    tiny_sides: usize,
}

impl<'a> Attributes<'a> {
    fn by(tag: &Tag<'a>, address: &str, id: &str) -> Attributes<'a> {
        let mut found = Attributes::default();
        for (attribute, value) in tag.attributes().take(html::ATTRIBUTES_MAX) {
            let attribute = attribute.to_ascii_lowercase();
            match attribute.as_str() {
                name if name == id => found.id = found.id.or(Some(value)),
                name if name == address => found.address = found.address.or(Some(value)),
                "title" => found.title = Some(value),
                "aria-label" | "playlabel" | "data-title" => found.title = found.title.or(Some(value)),
                "class" => found.class = value,
                "width" | "height" => {
                    found.tiny_sides += usize::from(matches!(value.trim(), "0" | "1" | "0px" | "1px"));
                }
                "data-src" | "data-lazy-src" => found.late = Some(value),
                name if name.starts_with("data-") && name.contains("src") && is_absolute(&value) => {
                    found.late = found.late.or(Some(value));
                }
                _ => {}
            }
        }
        found
    }

    fn label(&self) -> Option<String> {
        filled(text::fold(self.title.as_deref()?, text::NAME_MAX_BYTES))
    }
}

/// The link that replaces an embedding element; `None` if the element is invisible or has no web address.
pub(super) fn link_of(tag: &Tag<'_>, name: &str, base: Option<&Url>) -> Option<EmbedLink> {
    if name == "script" {
        return script(tag);
    }
    if let Some((_, id, before)) = PLAYERS.iter().find(|(player, ..)| *player == name) {
        let found = Attributes::by(tag, "", id);
        let id = found.id.as_deref().map(str::trim).filter(|id| is_id(id))?;
        let (address, sign) = (format!("{before}{id}"), id.to_owned());
        return Some(EmbedLink { address, label: found.label(), sign, is_replaceable: false });
    }
    let found = Attributes::by(tag, if name == "object" { "data" } else { "src" }, "");
    if found.tiny_sides > 1 && name != "amp-iframe" {
        return None;
    }
    let own = found.address.as_deref().and_then(|own| urls::web(own, base));
    let address = own.or_else(|| found.late.as_deref().and_then(|late| urls::web(late, base)))?;
    let address = if found.class.contains("wp-embedded-content") { page_of(address) } else { address };
    Some(EmbedLink { label: found.label(), sign: address.clone(), address, is_replaceable: name == "object" })
}

/// The link to a post for which a script would replace a `blockquote` or `div`, such as an Instagram post.
pub(super) fn permalink(tag: &Tag<'_>, name: &str, base: Option<&Url>) -> Option<EmbedLink> {
    if !matches!(name, "blockquote" | "div") || !tag.holds("data-") {
        return None;
    }
    let class = tag.attribute("class").unwrap_or_default();
    let (is_facebook, is_tiktok) = (class.contains("fb-"), class.contains("tiktok-embed"));
    let mut attributes = tag.attributes().take(html::ATTRIBUTES_MAX);
    let (_, address) = attributes.find(|(attribute, _)| {
        let attribute = attribute.to_ascii_lowercase();
        (attribute.starts_with("data-") && attribute.ends_with("-permalink"))
            || (is_facebook && attribute == "data-href")
            || (is_tiktok && attribute == "cite")
    })?;
    let address = urls::web(&address, base)?;
    let sign = address.split(['?', '#']).next().unwrap_or_default().to_owned();
    Some(EmbedLink { address, label: None, sign, is_replaceable: false })
}

/// The address of a page that plays an entry's media. Flash players are ignored, because no browser runs Flash any
/// more.
pub(super) fn player(written: &str, base: Option<&Url>) -> Option<String> {
    let address = urls::stated(written, base)?;
    let is_flash = address.split(['?', '#']).next().is_some_and(|path| path.to_ascii_lowercase().ends_with(".swf"));
    (!is_flash).then_some(address)
}

/// The content of an entry that consists only of media on another page: a paragraph with a link.
pub(super) fn paragraph(address: &str, label: &str) -> String {
    format!("<p><a href=\"{}\">{}</a></p>", xml::escape(address), xml::escape(label))
}

/// The link to the page of the document that a script embeds, for the scripts in [`SCRIPTS`].
fn script(tag: &Tag<'_>) -> Option<EmbedLink> {
    let address = urls::web(&tag.attribute("src")?, None)?;
    SCRIPTS.iter().find(|start| address.starts_with(*start))?;
    let page = address.split(['?', '#']).next().and_then(|path| path.strip_suffix(".js"))?.to_owned();
    Some(EmbedLink { label: None, sign: page.clone(), address: page, is_replaceable: false })
}

/// The page of a post that WordPress embeds in a frame. WordPress writes a link to the same page before the frame.
fn page_of(address: String) -> String {
    match address.split_once("/embed/") {
        Some((page, _)) => format!("{page}/"),
        None => address,
    }
}

fn is_absolute(value: &str) -> bool {
    ["https://", "http://", "//"].iter().any(|start| value.starts_with(start))
}

fn is_id(id: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=ID_MAX_BYTES).contains(&id.len()) && id.bytes().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In `wanted`, `[address|label]` stands for a link.
    fn check(markup: &str, wanted: &str) {
        let mut full = String::new();
        for (at, part) in wanted.split(['[', ']']).enumerate() {
            match part.split_once('|').filter(|_| at % 2 == 1) {
                Some((address, label)) => full += &format!(" <a href=\"{address}\">{label}</a> "),
                None => full += part,
            }
        }
        let base = Url::parse("https://a.example/b/").expect("it is an address");
        assert_eq!(html::rewrite(markup, Some(&base)).html, full, "{markup}");
    }

    #[test]
    fn frames_become_links_with_their_titles() {
        let bare = "[https://v.example/1|https://v.example/1]";
        check("<iframe src=//v.example/1 title=' A  <b> film '></iframe>", "[https://v.example/1|A &lt;b&gt; film]");
        check("<iframe src=//v.example/1 title=' '></iframe>", bare);
        check("<iframe data-src=//v.example/1></iframe>", bare);
        check("<iframe src=about:blank data-any-src=https://v.example/1>x</iframe>", bare);
        check("<embed src=//v.example/1 width=1 height=100>", bare);
        check("<amp-iframe src=//v.example/1 width=1 height=1></amp-iframe>", bare);
        check(
            "<iframe src=//v.example/1/><iframe src=//v.example/2></iframe>",
            "[https://v.example/1/|https://v.example/1/][https://v.example/2|https://v.example/2]",
        );
    }

    #[test]
    fn invisible_frames_are_left_out() {
        check("<iframe src=//v.example/1 width=0 height=0></iframe>", "");
        check("<iframe src=javascript:x data-src='data:text/html,x' srcdoc='<script>'></iframe>", "");
        check("<embed><lite-youtube videoid='\"><b>'></lite-youtube>", "");
        check(
            "<script src=https://e.example/1.js></script><script src=https://gist.github.com.e.example/1.js></script>",
            "",
        );
    }

    #[test]
    fn players_and_scripts_become_links_to_their_pages() {
        let film = "[https://www.youtube.com/watch?v=a-1|Play: cats]";
        check("<lite-youtube videoid=a-1 playlabel='Play: cats'></lite-youtube>", film);
        check("<amp-vimeo data-videoid=1></amp-vimeo>", "[https://vimeo.com/1|https://vimeo.com/1]");
        check("<lite-youtube videoid=a-1 title='Play: cats'>b", &format!("b{film}"));
        let gist = "[https://gist.github.com/u/1|https://gist.github.com/u/1]";
        check("<script src='https://gist.github.com/u/1.js?file=x'></script>a", &format!("{gist}a"));
    }

    #[test]
    fn the_content_of_an_element_may_replace_its_link() {
        let film = "[https://v.example/1|https://v.example/1]";
        check("<object data=//v.example/1> </object>", &format!(" {film}"));
        check("<object data=//v.example/1><embed src=//v.example/1></object>", film);
        check("<object data=//v.example/1><p>a</object>b", "<p>ab");
        let player = "<lite-youtube videoid=a-1>";
        let link = "<a href=\"https://youtu.be/a-1\">Play</a>";
        check(&format!("{player}{link}</lite-youtube>"), link);
        let picture = "<img src=\"https://i.example/a-1.jpg\">";
        let wanted = "[https://www.youtube.com/watch?v=a-1|https://www.youtube.com/watch?v=a-1]";
        check(&format!("{player}{picture}</lite-youtube>"), &format!("{picture}{wanted}"));
    }

    #[test]
    fn embedded_posts_keep_their_address() {
        let link = "[https://i.example/p/1/?u=2|https://i.example/p/1/?u=2]";
        let post = "<blockquote data-instgrm-permalink=https://i.example/p/1/?u=2>";
        check(&format!("{post}</blockquote>a"), &format!("<blockquote>{link}</blockquote>a"));
        let inside = "<a href=\"https://i.example/p/1/?u=3\">A post</a>";
        check(&format!("{post}{inside}</blockquote>"), &format!("<blockquote>{inside}</blockquote>"));
        check(
            "<div class=fb-post data-href=https://i.example/p/1/?u=2><div>a</div></div>",
            &format!("<div><div>a</div>{link}</div>"),
        );
        check("<div class=x data-href=https://i.example/p/1/?u=2>a</div>", "<div>a</div>");
        check(
            "<blockquote cite=https://i.example/1>a</blockquote>",
            "<blockquote cite=\"https://i.example/1\">a</blockquote>",
        );
        check(
            "<blockquote class=tiktok-embed cite=https://i.example/1 data-video-id=1>a</blockquote>",
            "<blockquote cite=\"https://i.example/1\">a[https://i.example/1|https://i.example/1]</blockquote>",
        );
    }

    #[test]
    fn a_link_is_not_repeated() {
        let film = "[https://v.example/1|https://v.example/1]";
        let frame = "<iframe src=//v.example/1></iframe>";
        check(&format!("<iframe data-src=//v.example/1></iframe><noscript>{frame}</noscript>"), film);
        check(&format!("{frame}a{frame}"), &format!("{film}a{film}"));
        let quoted = "<blockquote><a href=\"https://w.example/p/\">P</a></blockquote>";
        let frame = "<iframe class=wp-embedded-content src=https://w.example/p/embed/#?secret=x></iframe>";
        check(&format!("{quoted}{frame}"), quoted);
        check(frame, "[https://w.example/p/|https://w.example/p/]");
    }
}
