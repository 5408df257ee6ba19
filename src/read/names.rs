//! The names of elements: recognises namespaces under all names that publishers use for them, and the elements of all
//! feed formats.

/// A vocabulary of elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// The document's own vocabulary: any version of RSS or Atom, or the vocabulary of the root element.
    Core,
    Content,
    Dc,
    DcTerms,
    Media,
    Itunes,
    Syndication,
    Slash,
    Wfw,
    Thread,
    Geo,
    GeoRss,
    FeedBurner,
    Xhtml,
    Rdf,
    /// Deleted entries (RFC 6721).
    Tombstones,
    /// Podcasting 2.0.
    Podcast,
    /// Podlove Simple Chapters.
    Chapters,
    Other,
}

/// Prefixes of namespace names, without the scheme and `www.`, in lower case. The first matching prefix counts.
const NAMESPACES: [(&str, Space); 38] = [
    ("purl.org/atompub/tombstones", Space::Tombstones),
    ("w3.org/2005/atom", Space::Core),
    ("purl.org/atom", Space::Core),
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("purl.org/rss/1.0/modules/syndication", Space::Syndication),
    ("purl.org/rss/1.0/modules/slash", Space::Slash),
    ("purl.org/rss/1.0/modules/", Space::Other),
    ("purl.org/rss/modules/content", Space::Content),
    ("purl.org/rss/modules/syndication", Space::Syndication),
    ("purl.org/rss/modules/", Space::Other),
    ("purl.org/rss", Space::Core),
    ("purl.org/net/rss1.1", Space::Core),
    ("my.netscape.com/", Space::Core),
    ("channel.netscape.com/", Space::Core),
    ("backend.userland.com/", Space::Core),
    ("blogs.law.harvard.edu/tech/rss", Space::Core),
    ("cyber.law.harvard.edu/rss", Space::Core),
    ("rssboard.org/media-rss", Space::Media),
    ("rssboard.org/", Space::Core),
    ("feedvalidator.org/docs/rss2", Space::Core),
    ("purl.org/metadata/dublin_core", Space::Dc),
    ("purl.org/dc/terms", Space::DcTerms),
    ("purl.org/dc", Space::Dc),
    ("search.yahoo.com/mrss", Space::Media),
    ("tools.search.yahoo.com/mrss", Space::Media),
    ("video.search.yahoo.com/mrss", Space::Media),
    ("itunes.com/dtds/podcast", Space::Itunes),
    ("itunes.com/dtd/podcast", Space::Itunes),
    ("podcastindex.org/namespace", Space::Podcast),
    ("github.com/podcastindex-org/podcast-namespace", Space::Podcast),
    ("podlove.org/simple-chapters", Space::Chapters),
    ("wellformedweb.org/commentapi", Space::Wfw),
    ("purl.org/syndication/thread", Space::Thread),
    ("w3.org/2003/01/geo", Space::Geo),
    ("georss.org/georss", Space::GeoRss),
    ("opengis.net/gml", Space::GeoRss),
    ("rssnamespace.org/feedburner", Space::FeedBurner),
    ("w3.org/1999/02/22-rdf-syntax-ns", Space::Rdf),
];

/// The conventional prefixes of vocabularies, for documents that do not declare them.
const PREFIXES: [(Space, &[&str]); 18] = [
    (Space::Tombstones, &["at"]),
    (Space::Podcast, &["podcast"]),
    (Space::Chapters, &["psc"]),
    (Space::Core, &["atom", "atom10", "a10", "atom03", "rss"]),
    (Space::Content, &["content"]),
    (Space::Dc, &["dc"]),
    (Space::DcTerms, &["dcterms", "dct"]),
    (Space::Media, &["media"]),
    (Space::Itunes, &["itunes"]),
    (Space::Syndication, &["sy", "syn"]),
    (Space::Slash, &["slash"]),
    (Space::Wfw, &["wfw"]),
    (Space::Thread, &["thr"]),
    (Space::Geo, &["geo"]),
    (Space::GeoRss, &["georss", "gml"]),
    (Space::FeedBurner, &["feedburner"]),
    (Space::Xhtml, &["xhtml", "html"]),
    (Space::Rdf, &["rdf"]),
];

/// The vocabulary that a namespace name stands for, whatever its case, scheme and ending.
pub(super) fn space_of(uri: &str) -> Space {
    let uri = uri.trim().to_ascii_lowercase();
    let bare = uri.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    if bare.starts_with("w3.org/1999/xhtml") || bare.starts_with("w3.org/tr/xhtml") {
        return Space::Xhtml;
    }
    // Drafts of the podcast document type had other addresses.
    if bare.ends_with("/podcast-1.0.dtd") {
        return Space::Itunes;
    }
    NAMESPACES.iter().find(|(name, _)| bare.starts_with(name)).map_or(Space::Other, |(_, space)| *space)
}

/// The vocabulary that an undeclared prefix conventionally stands for.
pub(super) fn usual_space(prefix: &str) -> Space {
    let known = PREFIXES.iter().find(|(_, prefixes)| prefixes.iter().any(|known| known.eq_ignore_ascii_case(prefix)));
    known.map_or(Space::Other, |(space, _)| *space)
}

/// The meaning of an element of an item or of the feed itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    /// A title in another vocabulary.
    OtherTitle,
    Link,
    Id,
    Summary,
    /// A summary in another vocabulary, which counts if the document's own vocabulary states no summary.
    OtherSummary,
    /// A subtitle in another vocabulary, which counts if the item has no other text.
    OtherSubtitle,
    /// A description of the item's media.
    MediaText,
    Content,
    Author,
    /// An author in another vocabulary.
    OtherAuthor,
    Category,
    /// An element that contains several categories.
    Categories,
    /// Several categories in one text, separated by commas.
    Keywords,
    Published,
    Issued,
    /// A date that does not say whether it is the date of publication or of an update.
    Date,
    Updated,
    Rights,
    Language,
    Enclosure,
    MediaContent,
    Thumbnail,
    /// A page that plays an item's media: `media:player`.
    Player,
    /// The image of the item or feed as a whole: `itunes:image`, RSS `image`.
    Image,
    Icon,
    Logo,
    Comments,
    CommentsFeed,
    CommentsCount,
    InReplyTo,
    Source,
    OriginalLink,
    Duration,
    Episode,
    Season,
    EpisodeType,
    Explicit,
    /// The audience that media are suitable for: `media:rating`.
    Rating,
    Transcript,
    Chapters,
    /// A list of the chapters themselves: `psc:chapters`.
    ChapterList,
    /// A person who appears in an episode: `podcast:person`.
    CastMember,
    /// The contact for directories of podcasts: `itunes:owner`.
    Owner,
    /// Whether the episodes of a podcast belong together: `itunes:type`.
    ShowType,
    Point,
    Latitude,
    Longitude,
    Ttl,
    SkipHours,
    SkipDays,
    UpdatePeriod,
    UpdateFrequency,
    Cloud,
    /// An entry that the publisher has deleted.
    Deleted,
    /// An element without a meaning of its own: its children belong to its parent.
    Wrapper,
    /// An item or entry.
    Item,
    /// An element around the items: `rss`, `channel`, `feed`, `rdf`.
    Frame,
}

/// Longest element name that is looked up, in bytes.
const WORD_MAX: usize = 24;

/// The meaning of an element; `None` if no feed format defines the element.
pub(super) fn field(space: Space, local: &str) -> Option<Field> {
    use Field as F;
    let mut word = [0; WORD_MAX];
    let bytes = local.as_bytes();
    let word = word.get_mut(..bytes.len())?;
    word.copy_from_slice(bytes);
    word.make_ascii_lowercase();
    Some(match (space, &*word) {
        (Space::Core, b"item" | b"entry") => F::Item,
        (Space::Core, b"rss" | b"channel" | b"feed") | (Space::Rdf, b"rdf") => F::Frame,
        (Space::Core, b"items") => F::Wrapper,
        (Space::Core, b"title") => F::Title,
        (Space::Dc | Space::DcTerms | Space::Media | Space::Itunes, b"title") => F::OtherTitle,
        (Space::Core, b"link") => F::Link,
        (Space::Core, b"id" | b"guid") => F::Id,
        (Space::Core, b"description" | b"summary" | b"tagline" | b"subtitle" | b"abstract" | b"info") => F::Summary,
        (Space::Dc | Space::DcTerms, b"description" | b"abstract") | (Space::Itunes, b"summary") => F::OtherSummary,
        (Space::Itunes, b"subtitle") => F::OtherSubtitle,
        (Space::Media, b"description" | b"text") => F::MediaText,
        (Space::Core, b"content" | b"body" | b"fullitem" | b"content_encoded")
        | (Space::Content, b"encoded")
        | (Space::Xhtml, b"body" | b"div") => F::Content,
        (Space::Core, b"author" | b"managingeditor") => F::Author,
        (Space::Dc | Space::DcTerms, b"creator") | (Space::Dc | Space::Itunes, b"author") => F::OtherAuthor,
        (Space::Core | Space::Itunes | Space::Media, b"category") | (Space::Dc | Space::DcTerms, b"subject") => {
            F::Category
        }
        (Space::Core, b"categories") => F::Categories,
        (Space::Core | Space::Itunes | Space::Media, b"keywords") => F::Keywords,
        (Space::Core, b"pubdate" | b"published" | b"publicationdate") => F::Published,
        (Space::Core, b"issued" | b"created") | (Space::DcTerms, b"issued" | b"created" | b"available") => F::Issued,
        (Space::Core | Space::Dc | Space::DcTerms, b"date") => F::Date,
        (Space::Core, b"updated" | b"modified" | b"lastbuilddate") | (Space::DcTerms, b"modified") => F::Updated,
        (Space::Core | Space::Dc | Space::DcTerms, b"rights") | (Space::Core | Space::Media, b"copyright") => F::Rights,
        (Space::Core | Space::Dc, b"language") => F::Language,
        (Space::Core, b"enclosure") => F::Enclosure,
        (Space::Media, b"content") => F::MediaContent,
        (Space::Media, b"thumbnail") => F::Thumbnail,
        (Space::Media, b"player") => F::Player,
        (Space::Media, b"group") | (Space::GeoRss, b"where") => F::Wrapper,
        (Space::Core | Space::Itunes, b"image") => F::Image,
        (Space::Core, b"icon") => F::Icon,
        (Space::Core, b"logo") => F::Logo,
        (Space::Core, b"comments") => F::Comments,
        (Space::Wfw, b"commentrss") => F::CommentsFeed,
        (Space::Slash, b"comments") | (Space::Thread, b"total") => F::CommentsCount,
        (Space::Thread, b"in-reply-to") => F::InReplyTo,
        (Space::Core, b"source") => F::Source,
        (Space::FeedBurner, b"origlink") => F::OriginalLink,
        (Space::Itunes, b"duration") => F::Duration,
        (Space::Itunes | Space::Podcast, b"episode") => F::Episode,
        (Space::Itunes | Space::Podcast, b"season") => F::Season,
        (Space::Itunes, b"episodetype") => F::EpisodeType,
        (Space::Itunes, b"explicit") => F::Explicit,
        (Space::Media, b"rating" | b"adult") => F::Rating,
        (Space::Podcast, b"transcript") => F::Transcript,
        (Space::Podcast, b"chapters") => F::Chapters,
        (Space::Chapters, b"chapters") => F::ChapterList,
        (Space::Itunes, b"owner") => F::Owner,
        (Space::Itunes, b"type") => F::ShowType,
        (Space::Podcast, b"person") => F::CastMember,
        (Space::Tombstones, b"deleted-entry") => F::Deleted,
        (Space::GeoRss, b"point" | b"pos") => F::Point,
        (Space::Geo, b"lat") => F::Latitude,
        (Space::Geo, b"long" | b"lon") => F::Longitude,
        (Space::Core, b"ttl") => F::Ttl,
        (Space::Core, b"skiphours") => F::SkipHours,
        (Space::Core, b"skipdays") => F::SkipDays,
        (Space::Syndication, b"updateperiod") => F::UpdatePeriod,
        (Space::Syndication, b"updatefrequency") => F::UpdateFrequency,
        (Space::Core, b"cloud") => F::Cloud,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_recognised_under_many_names() {
        let check = |uri: &str, wanted: Space| assert_eq!(space_of(uri), wanted, "{uri}");
        check("http://www.w3.org/2005/Atom", Space::Core);
        check("https://w3.org/2005/Atom/", Space::Core);
        check("http://purl.org/atom/ns#", Space::Core);
        check("http://purl.org/rss/1.0/modules/content/", Space::Content);
        check("http://purl.org/rss/1.0/", Space::Core);
        check("http://purl.org/dc/elements/1.1", Space::Dc);
        check("http://search.yahoo.com/mrss", Space::Media);
        check("http://www.itunes.com/DTDs/Podcast-1.0.dtd", Space::Itunes);
        check("http://example.com/DTDs/PodCast-1.0.dtd", Space::Itunes);
        check("http://purl.org/atompub/tombstones/1.0", Space::Tombstones);
        check("https://podcastindex.org/namespace/1.0", Space::Podcast);
        check("http://podlove.org/simple-chapters/", Space::Chapters);
        check("http://example.com/", Space::Other);
    }

    #[test]
    fn elements_are_recognised_in_any_case() {
        assert_eq!(field(Space::Core, "pubDATE"), Some(Field::Published));
        assert_eq!(field(Space::Itunes, "Author"), Some(Field::OtherAuthor));
        assert_eq!(field(Space::Tombstones, "deleted-entry"), Some(Field::Deleted));
        assert_eq!(field(Space::Core, "deleted-entry"), None);
        assert_eq!(field(Space::Other, "title"), None);
        assert_eq!(field(Space::Core, &"x".repeat(200)), None);
    }
}
