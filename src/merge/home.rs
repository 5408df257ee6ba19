//! Which source an entry is at home at, and which of two entries of a story leads for that reason: an entry that only
//! points to another publisher's page never leads before that publisher's own entry about the page.
//!
//! A feed's own statement about its site proves nothing, because a feed can name any site. The domain that a feed comes
//! from counts for more, because no other publisher can use it.
//!
//! Entry points: [`Site`], [`Claim`], [`standing`]. Texts are compared in `stories`, never here.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::stories::{Evidence, Piece, Rung, puts_much_before};
use crate::text::address::is_web;

/// A web host without `www.` in front, which does not distinguish sites, and its registrable domain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    host: String,
    domain: String,
}

impl Place {
    /// The place of a web address. IP addresses and names of this machine are domains of their own.
    fn of(address: &str) -> Option<Place> {
        let url = Url::parse(address).ok().filter(is_web)?;
        Some(match url.host()? {
            Host::Domain(name) => {
                let name = name.trim_end_matches('.');
                let domain = psl::domain_str(name).unwrap_or(name).to_owned();
                Place { host: name.strip_prefix("www.").unwrap_or(name).to_owned(), domain }
            }
            host => Place { host: host.to_string(), domain: host.to_string() },
        })
    }

    fn is_with(&self, other: &Place) -> bool {
        self.domain == other.domain && are_nested(&self.host, &other.host)
    }
}

/// Whether two hosts are equal, or one is a name below the other. Two names beside each other may have different
/// owners, because the list of services that give each user a name is incomplete.
fn are_nested(one: &str, other: &str) -> bool {
    let is_below = |below: &str, above: &str| below.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'));
    one == other || is_below(one, other) || is_below(other, one)
}

/// Where a source is at home.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The places that its feed comes from.
    served: Vec<Place>,
    /// The site that the feed names as its own.
    named: Option<Place>,
}

impl Site {
    /// The site of a source whose feed has these addresses (the configured one, and the one that answered) and names
    /// the site `named`.
    pub fn of<'a>(addresses: impl IntoIterator<Item = &'a str>, named: Option<&str>) -> Site {
        let mut served: Vec<Place> = addresses.into_iter().filter_map(Place::of).collect();
        served.sort_unstable();
        served.dedup();
        Site { served, named: named.and_then(Place::of) }
    }

    /// Whether the feeds of two sources are known to come from different sites.
    fn is_apart_from(&self, other: &Site) -> bool {
        let is_apart = |place: &Place| !other.served.iter().any(|theirs| theirs.is_with(place));
        !self.served.is_empty() && !other.served.is_empty() && self.served.iter().all(is_apart)
    }

    /// How certain it is that a place belongs to the source.
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

/// How certain it is that an entry is on the site of its own source, the least certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Home {
    /// The entry is on another site.
    Elsewhere,
    /// The source's feed names that site, but comes from another site.
    Named,
    /// The source's feed comes from another host of the same registrable domain.
    Near,
    /// The source's feed comes from that site.
    Served,
}

/// Where an entry is published, and how certain it is that this is its source's own site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The host of its address, without `www.` in front; missing in records that were written before hosts were
    /// compared.
    #[serde(default)]
    pub host: Option<String>,
    /// The registrable domain of that host.
    pub domain: Option<String>,
    pub home: Home,
}

impl Claim {
    /// The claim of an entry with this address, from a source with this site.
    pub fn of(link: Option<&str>, site: &Site) -> Claim {
        let Some(place) = link.and_then(Place::of) else {
            return Claim { host: None, domain: None, home: Home::Elsewhere };
        };
        let home = site.home(&place);
        Claim { host: Some(place.host), domain: Some(place.domain), home }
    }

    /// Whether both entries are on one site.
    fn lies_with(&self, other: &Claim) -> bool {
        let hosts = self.host.as_deref().zip(other.host.as_deref());
        self.domain == other.domain && hosts.is_some_and(|(one, two)| are_nested(one, two))
    }

    /// Whether both entries are on one site, which more certainly belongs to the source of this entry.
    fn outranks(&self, other: &Claim) -> bool {
        self.home > other.home && self.lies_with(other)
    }

    /// As [`Claim::outranks`], if in addition no other source can have made the claim up: a feed's statement about its
    /// site, and another name at the same service, prove nothing.
    fn surely_outranks(&self, other: &Claim) -> bool {
        self.home == Home::Served && self.outranks(other)
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
    /// The side of an entry with this address, from a source with this site.
    pub fn of(piece: &'s Piece, link: Option<&str>, site: &'s Site) -> Side<'s> {
        Side { piece, claim: Claim::of(link, site), site }
    }

    /// Whether the entry is hardly more than a headline, published on its source's own site.
    fn is_bare_at_home(&self) -> bool {
        !self.piece.has_body() && self.claim.home > Home::Elsewhere
    }

    /// Whether its headline is that of the other entry followed by the name of a site, as collectors of headlines write
    /// it.
    fn names_a_site(&self, other: &Side<'_>) -> bool {
        self.piece.common_headline(other.piece).is_some_and(|common| common != self.piece.headline)
    }
}

/// The reason for which an entry leads a story in place of another entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadsBy {
    /// The entry's source owns the site that both entries are on.
    Home,
    /// The entry has a text, and the other entry has only the headline.
    Text,
}

/// Why an entry leads a story in place of another entry, with the claims of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leads {
    pub by: LeadsBy,
    pub ours: Claim,
    pub theirs: Claim,
}

impl Leads {
    /// The reason as a clause that follows "because".
    pub fn explain(&self) -> String {
        let site = self.ours.host.as_deref().or(self.ours.domain.as_deref()).unwrap_or_default();
        match (self.by, self.ours.home) {
            (LeadsBy::Home, Home::Served) => format!("both are on {site}, and only its own feed comes from there"),
            (LeadsBy::Home, Home::Near) => {
                format!("both are on {site}, and only its own feed comes from the same domain")
            }
            (LeadsBy::Home, _) => format!("both are on {site}, and only its own feed names that as its site"),
            (LeadsBy::Text, _) => "both have the same headline, and only it has a text of its own".to_owned(),
        }
    }
}

/// The relation of an entry to the leading entry of the story that it was found to belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Follows,
    Leads(Leads),
    /// Neither can be preferred, and one would hide the other, so both are published.
    Beside(Hides),
}

/// What one of two entries would hide of the other if they were one story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hides {
    /// Its text, behind much text that is put before or into it.
    Text,
    /// A headline on its source's own site, behind a text that only has the same headline or id.
    Headline,
}

impl Hides {
    /// The reason for which both are published, as a sentence for a person.
    pub fn explain(self) -> &'static str {
        match self {
            Hides::Text => {
                "the texts have much in common, but one puts much of its own before or into the common part, and it is \
                 not certain which of them is on its own site, so both are published"
            }
            Hides::Headline => {
                "both have one headline or one id, but one has hardly any text and is on its own site: each would hide what \
                 the other says, so both are published"
            }
        }
    }
}

/// The relation of an entry (`ours`) to the leading entry (`theirs`) of the story that it was found to belong to by
/// this evidence.
///
/// Either of the two may be the copy, whichever was stored first. Where nothing proves which entry is the copy, the
/// first leads if both have the same text, and both are published if one of them puts text in front of the common text
/// or into it.
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

/// What one of two entries of different sites would hide of the other, whichever leads; `None` where a person has
/// joined them.
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
    fn a_feed_is_at_home_where_it_comes_from_and_on_the_site_it_names() {
        let check = |name: &str, link: &str, feed: &str, named: &str, wanted: Home| {
            let site = Site::of([feed], Some(named));
            assert_eq!(Claim::of(Some(link), &site).home, wanted, "{name}");
        };
        let blog = "https://www.blog.example/2026/post";
        check("its own domain", blog, "https://feeds.blog.example/rss", "", Home::Served);
        check("a feed service", blog, "https://feeds.service.example/blog", "http://blog.example/", Home::Named);
        check("a planet", blog, "https://planet.example/atom", "https://planet.example/", Home::Elsewhere);
        let hosted = "https://one.github.io/post";
        check(
            "a host with many blogs",
            hosted,
            "https://two.github.io/feed",
            "https://two.github.io/",
            Home::Elsewhere,
        );
        check("its own name at that host", hosted, "https://one.github.io/feed", "", Home::Served);
        check("a local file", blog, "file:///srv/blog.xml", "", Home::Elsewhere);
        check("an IP address", "http://127.0.0.2:80/a", "http://127.0.0.2:81/feed", "", Home::Served);
        check("another host", "https://sport.paper.example/1", "https://rss.paper.example/all", "", Home::Near);
        let missing = "https://one.substack.com/p/post";
        check("an unlisted host with many blogs", missing, "https://two.substack.com/feed", "", Home::Near);
        check("its own name at that host", missing, "https://one.substack.com/feed", "", Home::Served);
        check("a name that only ends alike", "https://myblog.com/1", "https://blog.com/feed", "", Home::Elsewhere);
        check("no web address", "mailto:me@blog.example", "https://blog.example/feed", "", Home::Elsewhere);
        let redirected = Site::of(["https://blog.example/feed", "https://feeds.service.example/b"], None);
        assert_eq!(Claim::of(Some(blog), &redirected).home, Home::Served, "a redirect to a service");
        assert_eq!(Claim::of(None, &redirected).home, Home::Elsewhere, "no address");
    }

    #[test]
    fn only_a_more_certain_claim_to_the_same_site_outranks() {
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
        check("the blog behind a feed service before a planet", (blog, Home::Named), (blog, Home::Elsewhere), true);
        check("the blog before a feed that only names its site", (blog, Home::Served), (blog, Home::Named), true);
        check("the blog before another blog at its service", (blog, Home::Served), (blog, Home::Near), true);
        check("a feed that only names the site, not before the blog", (blog, Home::Named), (blog, Home::Served), false);
        check("two feeds that only name the site", (blog, Home::Named), (blog, Home::Named), false);
        check("two feeds of the blog", (blog, Home::Served), (blog, Home::Served), false);
        check("another site", ("evil.example", Home::Served), (blog, Home::Elsewhere), false);
        check("a page for telephones", (blog, Home::Served), ("m.blog.example", Home::Elsewhere), true);
        let (one, two) = ("one.substack.com", "two.substack.com");
        check("another name at the same service", (one, Home::Served), (two, Home::Elsewhere), false);
    }

    #[test]
    fn decisions_of_older_versions_are_still_read() {
        let before = r#"{"by":"home","ours":{"domain":"blog.example","home":"served"},"theirs":{"domain":"blog.example","home":"named"}}"#;
        let leads: Leads = serde_json::from_str(before).expect("it can be read");
        assert_eq!(leads.explain(), "both are on blog.example, and only its own feed comes from there");
    }
}
