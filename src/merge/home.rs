//! Where entries are at home, and which of two entries of a story that decides for: an entry that only points at another
//! publisher's page never stands in front of what that publisher says of the page itself.
//!
//! What a feed says of itself proves nothing, because everybody can name any site as theirs. That a feed comes from a domain
//! cannot be claimed by anybody else, so it counts for more.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::stories::{Piece, Rung, puts_much_in_front};

/// The registrable domains that a source is at home on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Where its feed comes from.
    served: Vec<String>,
    /// Of the site that the feed names as its own.
    named: Option<String>,
}

impl Site {
    /// Of a source whose feed has these addresses (the configured one, and the one that answered) and names this site.
    pub fn of<'a>(addresses: impl IntoIterator<Item = &'a str>, named: Option<&str>) -> Site {
        let mut served: Vec<String> = addresses.into_iter().filter_map(domain).collect();
        served.sort_unstable();
        served.dedup();
        Site { served, named: named.and_then(domain) }
    }

    /// Whether it is known that the feeds of two sources come from different domains.
    fn is_apart_from(&self, other: &Site) -> bool {
        !self.served.is_empty()
            && !other.served.is_empty()
            && self.served.iter().all(|domain| !other.served.contains(domain))
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
    /// Its feed comes from there.
    Served,
}

/// Where an entry lies, and how sure it is that this is its source's own site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The registrable domain of its address.
    pub domain: Option<String>,
    pub home: Home,
}

impl Claim {
    /// Of an entry with this address, from a source that is at home on this site.
    pub fn of(link: Option<&str>, site: &Site) -> Claim {
        let domain = link.and_then(domain);
        let home = match &domain {
            Some(domain) if site.served.contains(domain) => Home::Served,
            Some(_) if site.named == domain => Home::Named,
            _ => Home::Elsewhere,
        };
        Claim { domain, home }
    }

    /// Whether both lie on one domain, which is more surely the home of this one.
    fn outranks(&self, other: &Claim) -> bool {
        self.domain.is_some() && self.domain == other.domain && self.home > other.home
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
        let domain = self.ours.domain.as_deref().unwrap_or_default();
        match (self.by, self.ours.home) {
            (LeadsBy::Home, Home::Served) => format!("both lie on {domain}, and only its own feed comes from there"),
            (LeadsBy::Home, _) => format!("both lie on {domain}, and only its own feed names that as its site"),
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
    Beside,
}

/// Why two entries stand beside each other, in a sentence for a person.
pub const BESIDE: &str = "the texts have much in common, but one has much of its own in front of that, and neither lies on the \
                          other's site, so each is published";

/// What an entry (`ours`) is to the entry that leads the story which it was found to belong to (`theirs`), by this rung.
///
/// The one of two that was stored first may be the copy, and so may the second: where nothing proves which one it is, the
/// first leads if both say the same, and both are published if one has put something in front.
pub fn standing(ours: &Side<'_>, theirs: &Side<'_>, rung: Rung) -> Standing {
    let leads = |by| Standing::Leads(Leads { by, ours: ours.claim.clone(), theirs: theirs.claim.clone() });
    if ours.claim.outranks(&theirs.claim) {
        return leads(LeadsBy::Home);
    }
    if theirs.claim.outranks(&ours.claim) || !ours.site.is_apart_from(theirs.site) {
        return Standing::Follows;
    }
    let (has_text, had_text) = (ours.piece.has_body(), theirs.piece.has_body());
    if rung == Rung::Headline && has_text && !had_text {
        return leads(LeadsBy::Text);
    }
    let is_at_home = ours.claim.is_at_home() || theirs.claim.is_at_home();
    if is_at_home && has_text && had_text && puts_much_in_front(ours.piece, theirs.piece) {
        return Standing::Beside;
    }
    Standing::Follows
}

/// The registrable domain of a web address; addresses of the network, and names of this machine, stand for themselves.
fn domain(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(match url.host()? {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            psl::domain_str(name).unwrap_or(name).to_owned()
        }
        host => host.to_string(),
    })
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
        check("no web address", "mailto:me@blog.example", "https://blog.example/feed", "", Home::Elsewhere);
        let redirected = Site::of(["https://blog.example/feed", "https://feeds.service.example/b"], None);
        assert_eq!(Claim::of(Some(blog), &redirected).home, Home::Served, "a redirect to a service");
        assert_eq!(Claim::of(None, &redirected).home, Home::Elsewhere, "no address");
    }

    #[test]
    fn only_what_is_surer_of_one_domain_outranks() {
        let check = |name: &str, ours: (&str, Home), theirs: (&str, Home), wanted: bool| {
            let claim = |(domain, home): (&str, Home)| Claim { domain: Some(domain.to_owned()), home };
            assert_eq!(claim(ours).outranks(&claim(theirs)), wanted, "{name}");
        };
        let blog = "blog.example";
        check("the blog before a planet", (blog, Home::Served), (blog, Home::Elsewhere), true);
        check("the blog by way of a service before a planet", (blog, Home::Named), (blog, Home::Elsewhere), true);
        check("the blog before who only says so", (blog, Home::Served), (blog, Home::Named), true);
        check("who only says so, not before the blog", (blog, Home::Named), (blog, Home::Served), false);
        check("two that say so", (blog, Home::Named), (blog, Home::Named), false);
        check("two feeds of the blog", (blog, Home::Served), (blog, Home::Served), false);
        check("another site", ("evil.example", Home::Served), (blog, Home::Elsewhere), false);
    }
}
