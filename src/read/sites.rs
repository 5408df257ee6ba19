//! Guesses the addresses of a site's feeds: by the rules of large sites, and at the usual paths. The caller must fetch
//! an address to learn whether it is a feed.

use url::Url;

/// The usual paths of feeds, most likely first.
const USUAL_PLACES: [&str; 7] = ["/feed", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json"];

/// The addresses of a page's feeds by the rules of its site; empty if the site is not known. No request is made.
pub fn by_rule(page: &Url) -> Vec<Url> {
    let Some(host) = page.host_str() else { return Vec::new() };
    let host = host.trim_start_matches("www.").trim_start_matches("m.").to_ascii_lowercase();
    let path: Vec<&str> = page.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let query = |name: &str| page.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let places: Vec<String> = match (host.as_str(), path.as_slice()) {
        ("youtube.com", ["channel", id, ..]) => vec![format!("/feeds/videos.xml?channel_id={id}")],
        ("youtube.com", ["user", name, ..]) => vec![format!("/feeds/videos.xml?user={name}")],
        ("youtube.com", ["playlist" | "watch"]) => {
            query("list").map(|list| format!("/feeds/videos.xml?playlist_id={list}")).into_iter().collect()
        }
        ("github.com", [user]) => vec![format!("/{user}.atom")],
        ("github.com", [owner, project]) => {
            ["releases", "commits", "tags"].map(|what| format!("/{owner}/{project}/{what}.atom")).to_vec()
        }
        ("github.com", [owner, project, what @ ("releases" | "commits" | "tags" | "discussions"), ..]) => {
            vec![format!("/{owner}/{project}/{what}.atom")]
        }
        ("gitlab.com", [owner, project]) => {
            vec![format!("/{owner}/{project}/-/releases.atom"), format!("/{owner}/{project}/-/tags?format=atom")]
        }
        ("codeberg.org" | "gitea.com", [owner, project]) => {
            vec![format!("/{owner}/{project}/releases.rss"), format!("/{owner}/{project}.rss")]
        }
        ("reddit.com" | "old.reddit.com", ["r" | "u" | "user", ..]) => vec![format!("/{}/.rss", path.join("/"))],
        ("medium.com", [name, ..]) => vec![format!("/feed/{name}")],
        ("bsky.app", ["profile", name, ..]) => vec![format!("/profile/{name}/rss")],
        ("vimeo.com", [name]) => vec![format!("/{name}/videos/rss")],
        ("stackoverflow.com", ["questions", "tagged", tag, ..]) => vec![format!("/feeds/tag/{tag}")],
        ("news.ycombinator.com", []) => vec!["/rss".to_owned()],
        (host, _) if host.ends_with(".stackexchange.com") && path.is_empty() => vec!["/feeds".to_owned()],
        (host, _) if host.ends_with(".tumblr.com") => vec!["/rss".to_owned()],
        (host, _) if host.ends_with(".substack.com") || host.ends_with(".wordpress.com") => vec!["/feed".to_owned()],
        (host, _) if host.ends_with(".medium.com") => vec!["/feed".to_owned()],
        (host, _) if host.ends_with(".blogspot.com") => vec!["/feeds/posts/default".to_owned()],
        // Mastodon and compatible servers on any host; Lemmy.
        (_, [name]) if name.len() > 1 && name.starts_with('@') => vec![format!("/{name}.rss")],
        (_, ["c", name]) => vec![format!("/feeds/c/{name}.xml")],
        _ => Vec::new(),
    };
    places.iter().filter_map(|place| page.join(place).ok()).collect()
}

/// The usual addresses of feeds on a site whose pages link to no feed: below the page first, then at the root.
pub fn usual_places(page: &Url) -> Vec<Url> {
    let mut found = Vec::new();
    let folder = page.path().trim_end_matches('/');
    let own = (!folder.is_empty()).then(|| format!("{folder}/feed"));
    for place in own.iter().map(String::as_str).chain(USUAL_PLACES) {
        if let Ok(mut url) = page.join(place) {
            url.set_query(None);
            if !found.contains(&url) {
                found.push(url);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_sites_have_rules_for_the_addresses_of_feeds() {
        let check = |page: &str, wanted: &[&str]| {
            let found = by_rule(&Url::parse(page).expect("a valid URL"));
            let found: Vec<&str> = found.iter().map(Url::as_str).collect();
            assert_eq!(found, wanted, "{page}");
        };
        check(
            "https://www.youtube.com/channel/UCabc/videos",
            &["https://www.youtube.com/feeds/videos.xml?channel_id=UCabc"],
        );
        check("https://youtube.com/playlist?list=PLx", &["https://youtube.com/feeds/videos.xml?playlist_id=PLx"]);
        check("https://github.com/rust-lang/rust/releases", &["https://github.com/rust-lang/rust/releases.atom"]);
        check("https://www.reddit.com/r/rust/", &["https://www.reddit.com/r/rust/.rss"]);
        check("https://mastodon.example/@me", &["https://mastodon.example/@me.rss"]);
        check("https://me.tumblr.com/post/1", &["https://me.tumblr.com/rss"]);
        check("https://a.example/blog", &[]);
    }

    #[test]
    fn usual_places_are_below_the_page_and_at_the_root() {
        let places = usual_places(&Url::parse("https://a.example/blog/?x=1").expect("a valid URL"));
        assert_eq!(places[0].as_str(), "https://a.example/blog/feed");
        assert_eq!(places[1].as_str(), "https://a.example/feed");
    }
}
