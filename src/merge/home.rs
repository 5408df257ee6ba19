//! Where entries are at home, and which of two entries of a story that decides for: an entry that only points at another
//! publisher's page never stands in front of what that publisher says of the page itself.
//!
//! What a feed says of itself proves nothing, because everybody can name any site as theirs. That a feed comes from a domain
//! cannot be claimed by anybody else, so it counts for more.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::stories::{Evidence, Piece, Rung, puts_much_before};

/// A name that does not tell one site from another.
const NO_NAME: &str = "www.";

/// A host of the web, without `www.` in front, and the registrable domain that it is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    host: String,
    domain: String,
}

impl Place {
    /// Of a web address; addresses of the network, and names of this machine, stand for themselves.
    fn of(address: &str) -> Option<Place> {
        let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        Some(match url.host()? {
            Host::Domain(name) => {
                let name = name.trim_end_matches('.');
                let domain = psl::domain_str(name).unwrap_or(name).to_owned();
                Place { host: name.strip_prefix(NO_NAME).unwrap_or(name).to_owned(), domain }
            }
            host => Place { host: host.to_string(), domain: host.to_string() },
        })
    }

    fn is_with(&self, other: &Place) -> bool {
        self.domain == other.domain && are_nested(&self.host, &other.host)
    }
}

/// Whether two hosts are one, or one is a name below the other. Two that are only beside each other may be of two owners: not
/// every service that gives each of its users a name is in the list of those.
fn are_nested(one: &str, other: &str) -> bool {
    let is_below = |below: &str, above: &str| below.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'));
    one == other || is_below(one, other) || is_below(other, one)
}

/// Where a source is at home.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Where its feed comes from.
    served: Vec<Place>,
    /// The site that the feed names as its own.
    named: Option<Place>,
}

impl Site {
    /// Of a source whose feed has these addresses (the configured one, and the one that answered) and names this site.
    pub fn of<'a>(addresses: impl IntoIterator<Item = &'a str>, named: Option<&str>) -> Site {
        let mut served: Vec<Place> = addresses.into_iter().filter_map(Place::of).collect();
        served.sort_unstable();
        served.dedup();
        Site { served, named: named.and_then(Place::of) }
    }

    /// Whether it is known that the feeds of two sources come from different sites.
    fn is_apart_from(&self, other: &Site) -> bool {
        let is_apart = |place: &Place| !other.served.iter().any(|theirs| theirs.is_with(place));
        !self.served.is_empty() && !other.served.is_empty() && self.served.iter().all(is_apart)
    }

    /// How sure it is that a place is the source's own.
    fn home(&self, place: &Place) -> Home {
        let has = |is_own: &dyn Fn(&Place) -> bool| self.served.iter().any(is_own);
        if has(&|served| served.is_with(place)) {
            Home::Served
        } else if has(&|served| served.domain == place.domain) {
            Home::Near
        } else if self.named.as_ref().is_some_and(|named| named.domain == place.domain) {
            Home::Named
        } else {
            Home::Elsewhere
        }
    }
}

/// How sure it is that an entry lies on the site of its own source, the least sure first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Home {
    /// It lies somewhere else.
    Elsewhere,
    /// Its feed names that site, but comes from elsewhere.
    Named,
    /// Its feed comes from another host of the same registrable domain.
    Near,
    /// Its feed comes from there.
    Served,
}

/// Where an entry lies, and how sure it is that this is its source's own site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The host of its address, without `www.` in front; not in what was written down before hosts were compared.
    #[serde(default)]
    pub host: Option<String>,
    /// The registrable domain of that.
    pub domain: Option<String>,
    pub home: Home,
}

impl Claim {
    /// Of an entry with this address, from a source that is at home on this site.
    pub fn of(link: Option<&str>, site: &Site) -> Claim {
        match link.and_then(Place::of) {
            Some(place) => {
                let home = site.home(&place);
                Claim { host: Some(place.host), domain: Some(place.domain), home }
            }
            None => Claim { host: None, domain: None, home: Home::Elsewhere },
        }
    }

    /// Whether both lie on one site.
    fn lies_with(&self, other: &Claim) -> bool {
        let hosts = self.host.as_deref().zip(other.host.as_deref());
        self.domain == other.domain && hosts.is_some_and(|(one, two)| are_nested(one, two))
    }

    /// Whether both lie on one site, which is more surely the home of this one.
    fn outranks(&self, other: &Claim) -> bool {
        self.home > other.home && self.lies_with(other)
    }

    /// The same, and nobody else can have claimed it: what a feed says of itself, and a name at the same service, prove nothing.
    fn surely_outranks(&self, other: &Claim) -> bool {
        self.home == Home::Served && self.outranks(other)
    }

    fn is_at_home(&self) -> bool {
        self.home > Home::Elsewhere
    }
}

/// One of two entries that are compared.
#[derive(Debug, Clone)]
pub struct Side<'s> {
    pub piece: &'s Piece,
    pub claim: Claim,
    pub site: &'s Site,
}

impl<'s> Side<'s> {
    /// Of an entry with this address, from a source that is at home on this site.
    pub fn of(piece: &'s Piece, link: Option<&str>, site: &'s Site) -> Side<'s> {
        Side { piece, claim: Claim::of(link, site), site }
    }

    /// Whether it is hardly more than a headline, published on its source's own site.
    fn is_bare_at_home(&self) -> bool {
        !self.piece.has_body() && self.claim.is_at_home()
    }

    /// Whether its headline is that of the other with a name of a site behind it: so do those who collect headlines of others.
    fn names_a_site(&self, other: &Side<'_>) -> bool {
        self.piece.common_headline(other.piece).is_some_and(|common| common != self.piece.headline())
    }
}

/// By what an entry leads a story in place of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadsBy {
    /// It is at home where both lie.
    Home,
    /// It has a text, and the other one has only the headline.
    Text,
}

/// Why an entry leads a story in place of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leads {
    pub by: LeadsBy,
    pub ours: Claim,
    pub theirs: Claim,
}

impl Leads {
    /// In half a sentence that follows "because".
    pub fn explain(&self) -> String {
        let site = self.ours.host.as_deref().or(self.ours.domain.as_deref()).unwrap_or_default();
        match (self.by, self.ours.home) {
            (LeadsBy::Home, Home::Served) => format!("both lie on {site}, and only its own feed comes from there"),
            (LeadsBy::Home, Home::Near) => {
                format!("both lie on {site}, and only its own feed comes from the same domain")
            }
            (LeadsBy::Home, _) => format!("both lie on {site}, and only its own feed names that as its site"),
            (LeadsBy::Text, _) => "both have the same headline, and only it has a text of its own".to_owned(),
        }
    }
}

/// What an entry that is one piece with some of a story is to the entry that leads the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Follows,
    Leads(Leads),
    /// Neither can be preferred, and one would hide the other: both are published.
    Beside(Hides),
}

/// What one of two entries would hide of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hides {
    /// Its text, behind much that is put before or into it.
    Text,
    /// A headline on its source's own site, by a text that only stands under the same headline or id.
    Headline,
}

impl Hides {
    /// Why two entries stand beside each other, in a sentence for a person.
    pub fn explain(self) -> &'static str {
        match self {
            Hides::Text => {
                "the texts have much in common, but one has much of its own before that or in the middle of it, and it is not \
                 sure that either is at home where both lie, so each is published"
            }
            Hides::Headline => {
                "both bear one headline or one id, but one has hardly a text and lies on its own site: either would hide what \
                 the other one says, so each is published"
            }
        }
    }
}

/// What an entry (`ours`) is to the entry that leads the story which it was found to belong to (`theirs`), by this evidence.
///
/// The one of two that was stored first may be the copy, and so may the second: where nothing proves which one it is, the
/// first leads if both say the same, and both are published if one has put something in front or in between.
pub fn standing(ours: &Side<'_>, theirs: &Side<'_>, evidence: &Evidence) -> Standing {
    let leads = |by| Standing::Leads(Leads { by, ours: ours.claim.clone(), theirs: theirs.claim.clone() });
    if ours.claim.surely_outranks(&theirs.claim) {
        return leads(LeadsBy::Home);
    }
    if theirs.claim.surely_outranks(&ours.claim) {
        return Standing::Follows;
    }
    if let Some(hides) = hides(ours, theirs, evidence.rung) {
        return Standing::Beside(hides);
    }
    if ours.claim.outranks(&theirs.claim) {
        return leads(LeadsBy::Home);
    }
    let is_told = ours.piece.has_body() && !theirs.piece.has_body();
    let is_free = ours.site.is_apart_from(theirs.site) && !theirs.claim.outranks(&ours.claim);
    if is_told && is_free && evidence.rung == Rung::Headline { leads(LeadsBy::Text) } else { Standing::Follows }
}

/// What one of two entries of different sites would hide of the other, whichever leads; nothing where a person has joined them.
fn hides(ours: &Side<'_>, theirs: &Side<'_>, rung: Rung) -> Option<Hides> {
    if rung == Rung::Hand || !ours.site.is_apart_from(theirs.site) {
        return None;
    }
    if ours.piece.has_body() && theirs.piece.has_body() {
        return puts_much_before(ours.piece, theirs.piece).then_some(Hides::Text);
    }
    if !matches!(rung, Rung::Id | Rung::Headline) || ours.claim.lies_with(&theirs.claim) {
        return None;
    }
    let is_theirs_hidden = theirs.is_bare_at_home() && ours.piece.has_body();
    let is_ours_hidden = ours.is_bare_at_home() && !ours.names_a_site(theirs);
    (is_theirs_hidden || is_ours_hidden).then_some(Hides::Headline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_at_home_where_it_comes_from_and_where_it_says() {
        let check = |name: &str, link: &str, feed: &str, named: &str, wanted: Home| {
            let site = Site::of([feed], Some(named));
            assert_eq!(Claim::of(Some(link), &site).home, wanted, "{name}");
        };
        let blog = "https://www.blog.example/2026/post";
        check("its own domain", blog, "https://feeds.blog.example/rss", "", Home::Served);
        check(
            "a service that hands feeds out",
            blog,
            "https://feeds.service.example/blog",
            "http://blog.example/",
            Home::Named,
        );
        check("a planet", blog, "https://planet.example/atom", "https://planet.example/", Home::Elsewhere);
        let hosted = "https://one.github.io/post";
        check("a host of many", hosted, "https://two.github.io/feed", "https://two.github.io/", Home::Elsewhere);
        check("its own place there", hosted, "https://one.github.io/feed", "", Home::Served);
        check("a local file", blog, "file:///srv/blog.xml", "", Home::Elsewhere);
        check("an address of the network", "http://127.0.0.2:80/a", "http://127.0.0.2:81/feed", "", Home::Served);
        check("another host", "https://sport.paper.example/1", "https://rss.paper.example/all", "", Home::Near);
        let missing = "https://one.substack.com/p/post";
        check("a host of many that no list has", missing, "https://two.substack.com/feed", "", Home::Near);
        check("its own place at it", missing, "https://one.substack.com/feed", "", Home::Served);
        check("a name that only ends alike", "https://myblog.com/1", "https://blog.com/feed", "", Home::Elsewhere);
        check("no web address", "mailto:me@blog.example", "https://blog.example/feed", "", Home::Elsewhere);
        let redirected = Site::of(["https://blog.example/feed", "https://feeds.service.example/b"], None);
        assert_eq!(Claim::of(Some(blog), &redirected).home, Home::Served, "a redirect to a service");
        assert_eq!(Claim::of(None, &redirected).home, Home::Elsewhere, "no address");
    }

    #[test]
    fn only_what_is_surer_of_one_domain_outranks() {
        let check = |name: &str, ours: (&str, Home), theirs: (&str, Home), wanted: bool| {
            let claim = |(host, home): (&str, Home)| Claim {
                host: Some(host.to_owned()),
                domain: psl::domain_str(host).map(str::to_owned),
                home,
            };
            assert_eq!(claim(ours).outranks(&claim(theirs)), wanted, "{name}");
        };
        let blog = "blog.example";
        check("the blog before a planet", (blog, Home::Served), (blog, Home::Elsewhere), true);
        check("the blog by way of a service before a planet", (blog, Home::Named), (blog, Home::Elsewhere), true);
        check("the blog before who only says so", (blog, Home::Served), (blog, Home::Named), true);
        check("the blog before another one at its service", (blog, Home::Served), (blog, Home::Near), true);
        check("who only says so, not before the blog", (blog, Home::Named), (blog, Home::Served), false);
        check("two that say so", (blog, Home::Named), (blog, Home::Named), false);
        check("two feeds of the blog", (blog, Home::Served), (blog, Home::Served), false);
        check("another site", ("evil.example", Home::Served), (blog, Home::Elsewhere), false);
        check("a page for telephones", (blog, Home::Served), ("m.blog.example", Home::Elsewhere), true);
        let (one, two) = ("one.substack.com", "two.substack.com");
        check("another name at the same service", (one, Home::Served), (two, Home::Elsewhere), false);
    }

    #[test]
    fn what_was_written_down_is_still_read() {
        let before = r#"{"by":"home","ours":{"domain":"blog.example","home":"served"},"theirs":{"domain":"blog.example","home":"named"}}"#;
        let leads: Leads = serde_json::from_str(before).expect("it can be read");
        assert_eq!(leads.explain(), "both lie on blog.example, and only its own feed comes from there");
    }
}
