//! Turns a parsed feed into entries that can be stored and shown: with keys, plausible dates, absolute addresses,
//! sanitised content, plain titles and digests.
//!
//! Entry points: [`clean`] cleans a whole feed; [`keys_of`] makes the keys of an entry that was stored before entries
//! had keys.
//!
//! Invariants:
//! - The same document at the same time always gives the same entries, because the time is a parameter.
//! - Markup that is not sanitised never leaves.
//!
//! What never enters: the network, the clock and the store.

mod base;
mod dates;
mod embeds;
mod emoji;
mod episode;
mod footnotes;
mod hash;
mod html;
mod inline;
mod key;
mod looks;
mod marks;
mod math;
mod media;
mod pictures;
mod plain;
mod policy;
mod raised;
mod sanitise;
mod simple;
mod slips;
mod srcset;
mod text;
mod twice;
mod urls;
mod values;

pub use key::keys_of;

use std::borrow::Cow;
use std::collections::BTreeMap;

use foldhash::{HashSet, HashSetExt};
use url::Url;

use crate::model::{
    Category, CleanEntry, CleanFeed, Deletion, Deletions, Enclosure, EntryDetails, FeedMeta, Identity, KeyDigest,
    LangTag, Link, Origin, ParsedFeed, ParsedItem, Person, Problem, Reply, SafeHtml, Text, Timestamp, is_no_id,
    name_of_address,
};
use crate::text::references::resolve_references;
use crate::text::{address, xml};

/// Most authors of one entry.
const AUTHORS_MAX: usize = 20;
/// Most categories of one entry.
const CATEGORIES_MAX: usize = 64;
/// Most enclosures of one entry.
const ENCLOSURES_MAX: usize = 32;
/// Most further links of one entry.
const LINKS_MAX: usize = 16;
/// Longest declared id that is kept, in bytes. A longer id is ignored.
const DECLARED_ID_MAX_BYTES: usize = 4_096;
/// Longest language tag that is kept, in bytes (RFC 5646, 4.4.1).
const LANGUAGE_MAX_BYTES: usize = 35;

/// The parameters of cleaning besides the feed.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The address of the document, which is the base of its links unless the document states another base.
    pub base: &'a str,
    pub now: Timestamp,
    /// The property that identifies an entry.
    pub identity: Identity,
}

/// Cleans a feed. Everything that is left out or corrected is reported as a problem; cleaning never fails.
pub fn clean(feed: ParsedFeed, context: &Context<'_>) -> (CleanFeed, Vec<Problem>) {
    let mut cleaner = Cleaner { document: Url::parse(context.base).ok(), now: context.now, notes: Notes::default() };
    let ParsedFeed { title, subtitle, link, icon, logo, rights, authors, show, items, deleted, .. } = feed;
    let document = cleaner.document.clone();
    let base = document.as_ref();
    let site = link.and_then(|link| urls::stated(&link, base));
    let site_base = site.as_deref().and_then(|site| Url::parse(site).ok());
    let subtitle = subtitle.and_then(|subtitle| filled(text::line(&subtitle, text::TITLE_MAX_BYTES)));
    let meta = FeedMeta {
        id: feed.id.and_then(|id| filled(text::fold(&id, DECLARED_ID_MAX_BYTES))),
        title: title.and_then(|title| filled(text::line(&title, text::TITLE_MAX_BYTES))),
        show: show.and_then(|show| episode::show(show, subtitle.as_deref(), base)),
        subtitle,
        link: site,
        icon: icon.and_then(|icon| urls::stated(&icon, base)),
        logo: logo.and_then(|logo| urls::stated(&logo, base)),
        rights: rights.and_then(|rights| filled(text::line(&rights, text::TITLE_MAX_BYTES))),
        language: feed.language.as_deref().and_then(language),
        updated: feed.updated.and_then(|date| dates::credible(date, context.now)),
        authors: cleaner.people(authors),
    };
    let base = site_base.as_ref().or(base);
    cleaner.document = address::base_of_entries(document.as_ref(), site_base.as_ref()).cloned();
    let entries: Vec<key::Keyed> = items.into_iter().map(|item| cleaner.entry(item, base)).collect();
    let (keyed, key::Doubles { dropped, ambiguous }) = key::assign(entries, context.identity);
    let mut problems = cleaner.notes.problems();
    let one = "an entry shares an id or link with a different entry, so it does not identify it";
    let many = "entries share an id or link with a different entry, so it does not identify them";
    problems.extend(Problem::counted(ambiguous as u64, one, many));
    let one = "an entry repeats another entry of the document and was left out";
    let many = "entries repeat another entry of the document and were left out";
    problems.extend(Problem::counted(dropped as u64, one, many));
    let entries = keyed.into_iter().map(key::Keyed::digested).collect();
    let deletions = Deletions { are_followed: false, told: deleted.into_iter().filter_map(deletion).collect() };
    (CleanFeed { meta, entries, doubles: dropped as u64, deletions }, problems)
}

/// A deleted entry, with its id cleaned in the same way as the ids of entries.
fn deletion(deletion: Deletion) -> Option<Deletion> {
    let comment = deletion.comment.and_then(|comment| filled(text::fold(&comment, text::NAME_MAX_BYTES)));
    Some(Deletion { id: declared_id(deletion.id)?, comment, ..deletion })
}

/// Problems of a document, each by its texts for one occurrence and for several, and how often each occurred.
#[derive(Debug, Default)]
struct Notes(BTreeMap<(&'static str, &'static str), usize>);

impl Notes {
    fn note(&mut self, one: &'static str, many: &'static str, count: usize) {
        if count > 0 {
            *self.0.entry((one, many)).or_default() += count;
        }
    }

    /// Cuts a list to its longest length, and notes how many items were left out.
    fn limit<T>(&mut self, list: &mut Vec<T>, most: usize, one: &'static str, many: &'static str) {
        self.note(one, many, list.len().saturating_sub(most));
        list.truncate(most);
    }

    fn problems(self) -> Vec<Problem> {
        self.0.into_iter().filter_map(|((one, many), count)| Problem::counted(count as u64, one, many)).collect()
    }
}

struct Cleaner {
    /// The base of addresses outside of content.
    document: Option<Url>,
    now: Timestamp,
    notes: Notes,
}

impl Cleaner {
    /// Cleans one item, without its keys and digests. `site` is the base of addresses in its content if it has no link.
    fn entry(&mut self, item: ParsedItem, site: Option<&Url>) -> key::Keyed {
        let document = self.document.clone();
        let document = document.as_ref();
        let player = item.player.as_deref().and_then(|player| embeds::player(player, document));
        let of_player = || player.as_deref().and_then(|player| Url::parse(player).ok());
        let url = self.address(item.link.as_deref()).or_else(of_player);
        let link = url.as_ref().map(|url| url.as_str().to_owned());
        let player = player.filter(|player| link.as_ref() != Some(player) && item.enclosures.is_empty());
        let original_link = item.original_link.as_deref().and_then(|link| urls::stated(link, document));
        let stated = item.base.as_deref().and_then(|base| Url::parse(base).ok());
        // The original link comes before the link, because the link may lead to a click counter on another host.
        let own = stated.or_else(|| {
            let original = original_link.as_deref().and_then(|link| Url::parse(link).ok());
            [original, url.clone()].into_iter().flatten().find(|place| !place.cannot_be_a_base())
        });
        let base = own.as_ref().or(site);
        let (content, summary) = if episode::is_episode(&item.enclosures) {
            episode::texts(item.content, item.summary)
        } else {
            (item.content, item.summary)
        };
        let (content, summary) = with_lines_as_content(content, summary);
        let mut content = content.map(|content| self.content(&content, base, link.as_deref())).unwrap_or_default();
        let summary = summary.map(|summary| text::line(&summary_markup(summary), text::SUMMARY_MAX_BYTES));
        let mut words = html::words(&content);
        let summary = summary.unwrap_or_default();
        let title = item.title.map(|title| text::line(&title, text::TITLE_MAX_BYTES)).unwrap_or_default();
        let is_untitled = title.is_empty();
        let title = text::title(title, if words.is_empty() { &summary } else { &words }, link.as_deref());
        let mut links = item.links;
        match player {
            Some(player) if content.is_empty() && summary.is_empty() => {
                content = self.content(&Text::Html(embeds::paragraph(&player, &title)), None, None);
                words = html::words(&content);
            }
            Some(href) if !content.contains(&xml::escape(&href)) => {
                links.push(Link { href, rel: "related".to_owned(), media_type: None, title: Some(title.clone()) });
            }
            _ => {}
        }
        let updated = self.date(item.updated);
        let published = self.date(item.published).or(updated);
        let entry = CleanEntry {
            keys: Vec::new(),
            declared_id: item.declared_id.and_then(declared_id),
            link,
            title,
            summary,
            content,
            published,
            updated,
            details: EntryDetails {
                authors: self.people(item.authors),
                categories: self.categories(item.categories),
                enclosures: self.enclosures(item.enclosures),
                links: self.links(links),
                language: item.language.as_deref().and_then(language),
                rights: item.rights.and_then(|rights| filled(text::line(&rights, text::TITLE_MAX_BYTES))),
                origin: item.origin.and_then(|origin| origin_of(origin, document, self.now)),
                original_link,
                comments: item.comments,
                in_reply_to: replies(item.in_reply_to, document),
                media: item.media.and_then(|media| media::clean(media, document)),
                place: item.place,
                is_untitled,
            },
            written: item.written,
            record_hash: [0; 16],
            text_hash: [0; 16],
            title_digest: KeyDigest::default(),
        };
        key::Keyed::new(entry, url, words)
    }

    /// The content as sanitised HTML. `whole` is the address of the complete text, for content that has to be
    /// truncated.
    fn content(&mut self, content: &Text, base: Option<&Url>, whole: Option<&str>) -> SafeHtml {
        let markup: Cow<'_, str> = match content {
            Text::Html(markup) => text::unescaped(markup),
            Text::Unclear(unclear) => self.markup_or_text(unclear),
            Text::Plain(plain) => Cow::Owned(plain::to_html(&slips::as_meant(&slips::unmarked_line(plain)))),
        };
        let clean = sanitise::sanitise(&xml::sound(&slips::unmarked(&markup)), base, whole);
        let one = "an entry is too long or has too much markup and was truncated";
        let many = "entries are too long or have too much markup and were truncated";
        self.notes.note(one, many, usize::from(clean.cut));
        let one = "an inline image (`data:`) is too large and was left out";
        let many = "inline images (`data:`) are too large and were left out";
        self.notes.note(one, many, clean.large_pictures);
        let one = "a passage is hidden on the publisher's page and was left out";
        let many = "passages are hidden on the publisher's page and were left out";
        self.notes.note(one, many, clean.hidden);
        // Character references may stand for characters that XML forbids.
        SafeHtml::sanitised(xml::sound(&clean.html).into_owned())
    }

    /// The HTML of a text that may be markup or plain text, because its format does not declare which.
    fn markup_or_text<'a>(&mut self, unclear: &'a str) -> Cow<'a, str> {
        let markup = text::unescaped(unclear);
        let Some(html) = plain::html_of_unclear(&markup) else { return markup };
        let one = "a text contains no HTML tags and was read as plain text";
        let many = "texts contain no HTML tags and were read as plain text";
        self.notes.note(one, many, 1);
        Cow::Owned(html)
    }

    fn address(&mut self, written: Option<&str>) -> Option<Url> {
        let address = urls::offered(written?, self.document.as_ref());
        let one = "a link is not a web address and was left out";
        let many = "links are not web addresses and were left out";
        self.notes.note(one, many, usize::from(address.is_none()));
        address
    }

    fn date(&mut self, date: Option<Timestamp>) -> Option<Timestamp> {
        let credible = dates::credible(date?, self.now);
        let one = "a date is implausible and was left out";
        let many = "dates are implausible and were left out";
        self.notes.note(one, many, usize::from(credible.is_none()));
        credible
    }

    fn people(&mut self, mut people: Vec<Person>) -> Vec<Person> {
        let one = "an author exceeds the limit and was left out";
        self.notes.limit(&mut people, AUTHORS_MAX, one, "authors exceed the limit and were left out");
        let document = self.document.as_ref();
        let mut kept: Vec<Person> = Vec::new();
        for person in people.iter().filter_map(|it| person(it, document)) {
            // `author` and `dc:creator` often name the same person in different ways.
            match kept.iter_mut().find(|known| is_same_person(known, &person)) {
                Some(known) => {
                    if is_called_by_address(known) {
                        known.name.clone_from(&person.name);
                    }
                    known.email = known.email.take().or(person.email);
                    known.uri = known.uri.take().or(person.uri);
                }
                None => kept.push(person),
            }
        }
        kept
    }

    fn categories(&mut self, categories: Vec<Category>) -> Vec<Category> {
        let mut seen = HashSet::new();
        let clean = |category: Category| {
            let name = |text: &str| filled(text::unclear_line(text, text::NAME_MAX_BYTES));
            let term = name(&category.term)?;
            let scheme = category.scheme.as_deref().and_then(|scheme| filled(text::fold(scheme, urls::URL_MAX_BYTES)));
            Some(Category { term, scheme, label: category.label.as_deref().and_then(name) })
        };
        let mut kept: Vec<Category> = categories.into_iter().filter_map(clean).collect();
        kept.retain(|category| seen.insert((category.term.clone(), category.scheme.clone())));
        let one = "a category exceeds the limit and was left out";
        self.notes.limit(&mut kept, CATEGORIES_MAX, one, "categories exceed the limit and were left out");
        kept
    }

    fn enclosures(&mut self, enclosures: Vec<Enclosure>) -> Vec<Enclosure> {
        let mut seen = HashSet::new();
        let mut kept = Vec::new();
        for enclosure in enclosures {
            let Some(url) = self.address(Some(&enclosure.url)).map(String::from) else { continue };
            if seen.insert(url.clone()) {
                let stated = enclosure.media_type.as_deref().and_then(media_type);
                let media_type = media::type_of(stated, &url);
                kept.push(Enclosure { url, media_type, length: enclosure.length });
            }
        }
        let one = "an enclosure exceeds the limit and was left out";
        self.notes.limit(&mut kept, ENCLOSURES_MAX, one, "enclosures exceed the limit and were left out");
        kept
    }

    fn links(&mut self, links: Vec<Link>) -> Vec<Link> {
        let mut kept = Vec::new();
        for link in links {
            let Some(href) = self.address(Some(&link.href)).map(String::from) else { continue };
            let media_type = link.media_type.as_deref().and_then(media_type);
            let title = link.title.and_then(|title| filled(text::fold(&title, text::TITLE_MAX_BYTES)));
            kept.push(Link { href, rel: text::fold(&link.rel, text::NAME_MAX_BYTES), media_type, title });
        }
        let one = "a further link exceeds the limit and was left out";
        self.notes.limit(&mut kept, LINKS_MAX, one, "further links exceed the limit and were left out");
        kept
    }
}

fn filled(text: String) -> Option<String> {
    if text.is_empty() { None } else { Some(text) }
}

/// A declared id without surrounding white space and without characters that XML forbids. `None` if it is a placeholder
/// such as `null`, or too long.
fn declared_id(id: String) -> Option<String> {
    let id = xml::sound(id.trim()).into_owned();
    if is_no_id(&id) || id.len() > DECLARED_ID_MAX_BYTES { None } else { Some(id) }
}

/// The content and summary of an entry. A plain-text summary of several lines becomes the content of an entry that has
/// no other content.
fn with_lines_as_content(content: Option<Text>, summary: Option<Text>) -> (Option<Text>, Option<Text>) {
    match (content, summary) {
        (None, Some(Text::Plain(plain))) if plain::has_lines(&plain) => (Some(Text::Plain(plain)), None),
        (None, Some(Text::Unclear(unclear))) if plain::has_lines(&unclear) => (Some(Text::Unclear(unclear)), None),
        both => both,
    }
}

/// The summary with markup that was escaped more than once unescaped, and with unclear text resolved to HTML or plain
/// text.
fn summary_markup(summary: Text) -> Text {
    match summary {
        Text::Html(markup) => Text::Html(text::unescaped(&markup).into_owned()),
        Text::Unclear(unclear) => match text::unescaped(&unclear) {
            plain if plain::is_plain(&plain) => Text::Plain(resolve_references(&plain, false).into_owned()),
            markup => Text::Html(markup.into_owned()),
        },
        other => other,
    }
}

fn person(person: &Person, base: Option<&Url>) -> Option<Person> {
    let email = person.email.as_deref().map(|email| email.trim().trim_start_matches("mailto:"));
    let email = email.map(|email| text::fold(email, text::NAME_MAX_BYTES));
    let email = email.filter(|email| email.contains('@') && !email.contains([' ', '<', '>', '…']));
    let uri = person.uri.as_deref().and_then(|uri| urls::stated(uri, base));
    // RSS writes "me@example.org (My Name)", so the name may still be in parentheses.
    let name = person.name.trim();
    let name = name.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or(name);
    let name = filled(text::unclear_line(name, text::NAME_MAX_BYTES)).or_else(|| email.clone())?;
    let name = filled(name_of_address(&name)?.to_owned())?;
    Some(Person { name, email, uri })
}

/// Whether two persons are the same: they have the same name, or they have the same mail address and one of them is
/// only named by it.
fn is_same_person(one: &Person, other: &Person) -> bool {
    let emails = one.email.as_deref().zip(other.email.as_deref());
    let has_one_address = || emails.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other));
    one.name.to_lowercase() == other.name.to_lowercase()
        || ((is_called_by_address(one) || is_called_by_address(other)) && has_one_address())
}

/// Whether a person's name was made from the mail address, because the feed states no name.
fn is_called_by_address(person: &Person) -> bool {
    person.email.as_deref().and_then(name_of_address) == Some(person.name.as_str())
}

/// A language tag that has the form of BCP 47, also if it is written with underscores.
fn language(written: &str) -> Option<String> {
    let tag = LangTag::of(&written.replace('_', "-"))?;
    (tag.len() <= LANGUAGE_MAX_BYTES).then(|| tag.into())
}

/// `type/subtype` (RFC 9110, 8.3.1), without parameters, in lower case.
fn media_type(written: &str) -> Option<String> {
    let essence = written.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    let token = |text: &str| {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        (1..=127).contains(&text.len()) && text.bytes().all(letter)
    };
    (token(kind) && token(subtype)).then(|| essence.clone())
}

fn origin_of(origin: Origin, base: Option<&Url>, now: Timestamp) -> Option<Origin> {
    let line = |text: &Option<String>| filled(text::unclear_line(text.as_deref()?, text::TITLE_MAX_BYTES));
    let web = |url: &Option<String>| urls::stated(url.as_deref()?, base);
    let authors = origin.authors.iter().take(AUTHORS_MAX);
    let clean = Origin {
        title: line(&origin.title),
        subtitle: line(&origin.subtitle),
        rights: line(&origin.rights),
        icon: web(&origin.icon),
        logo: web(&origin.logo),
        link: web(&origin.link),
        self_link: web(&origin.self_link),
        updated: origin.updated.and_then(|date| dates::credible(date, now)),
        authors: authors.filter_map(|it| person(it, base)).collect(),
        id: origin.id.and_then(declared_id),
    };
    (clean != Origin::default()).then_some(clean)
}

fn replies(replies: Vec<Reply>, base: Option<&Url>) -> Vec<Reply> {
    let clean = |reply: Reply| {
        let reply = Reply {
            id: reply.id.and_then(declared_id),
            href: reply.href.as_deref().and_then(|href| urls::stated(href, base)),
            media_type: reply.media_type.as_deref().and_then(media_type),
            source: reply.source.as_deref().and_then(|source| urls::stated(source, base)),
        };
        (reply.id.is_some() || reply.href.is_some()).then_some(reply)
    };
    replies.into_iter().filter_map(clean).take(LINKS_MAX).collect()
}

#[cfg(test)]
mod tests;
