//! A source that tries to hide another source's entry or to take its place, by every rule that joins entries, polled
//! before the other source and after it. In the worst case its own entry is published beside the other.

use std::net::Ipv4Addr;

use crate::atom;
use crate::feeds::escape;
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{Program, serving};

const TITLE: &str = "Version two of the tool closes a hole that lets strangers in";
const PILLS: &str = "Cheap pills come with the post";

/// An entry of a feed.
#[derive(Debug, Clone)]
struct Entry {
    id: String,
    title: String,
    link: String,
    html: String,
}

/// Two sites, each of which serves its own feed.
struct Sites {
    victim: Origin,
    attacker: Origin,
    program: Program,
}

impl Sites {
    fn new() -> Sites {
        let (victim, attacker) = (Origin::at(Ipv4Addr::new(127, 0, 0, 11)), Origin::at(Ipv4Addr::new(127, 0, 0, 12)));
        let base = serving("public_url = \"https://feeds.example\"\nfiles = \"site\"\n");
        let sources = source(&victim, "victim", "/feed", "") + &source(&attacker, "attacker", "/feed", "");
        Sites { program: Program::bare(&format!("{base}{sources}")), victim, attacker }
    }

    /// The victim's entry.
    fn genuine(&self) -> Entry {
        Entry {
            id: "tag:tool.example,2026:release-2".to_owned(),
            title: TITLE.to_owned(),
            link: self.victim.url("/releases/2"),
            html: format!("<p>{}</p>", words("release", 160)),
        }
    }

    fn serve(&self, name: &str, entries: &[Entry]) {
        // Both feeds name the victim's site as their own, because any feed can.
        let document = feed(name, &self.victim.url("/"), entries);
        let origin = if name == "victim" { &self.victim } else { &self.attacker };
        origin.document("/feed", document);
    }

    /// Polls a source, and returns what is published afterwards: id, title and address of each entry.
    fn poll(&self, name: &str) -> Vec<[String; 3]> {
        self.program.poll(name);
        self.published()
    }

    fn published(&self) -> Vec<[String; 3]> {
        let path = self.program.folder().join("site/feed.atom");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let entry = |entry: &atom::Element| {
            let link = entry.links("alternate").first().copied().unwrap_or_default().to_owned();
            [entry.one("id").text.clone(), entry.one("title").text.clone(), link]
        };
        atom::read(&text).all("entry").into_iter().map(entry).collect()
    }
}

/// A number of words that are different from those of every other name.
fn words(name: &str, count: usize) -> String {
    (0..count).map(|at| format!("{name}{} ", letters(at))).collect()
}

/// A number in letters, because words with digits count as numbers.
fn letters(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    [letter(number / 26), letter(number)].iter().collect()
}

fn feed(name: &str, site: &str, entries: &[Entry]) -> String {
    let entry = |entry: &Entry| {
        format!(
            "<entry><id>{}</id><title>{}</title><link href=\"{}\"/><published>2026-11-02T08:00:00Z</published>\
             <updated>2026-11-02T08:00:00Z</updated><content type=\"html\">{}</content></entry>",
            escape(&entry.id),
            escape(&entry.title),
            escape(&entry.link),
            escape(&entry.html)
        )
    };
    let entries: String = entries.iter().map(entry).collect();
    format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><id>tag:{name}.example,2026:feed</id>\
         <title>{name}</title><updated>2026-11-02T08:00:00Z</updated><author><name>{name}</name></author>\
         <link href=\"{}\"/>{entries}</feed>",
        escape(site)
    )
}

/// Plays an attack before and after the victim is polled. `published`: the number of entries that the merged feed may
/// have.
fn check(what: &str, attack: impl Fn(&Sites, Entry) -> Entry, published: usize) {
    check_on(what, |genuine| genuine, attack, published);
}

/// As [`check`], on a victim with another entry.
fn check_on(what: &str, victim: impl Fn(Entry) -> Entry, attack: impl Fn(&Sites, Entry) -> Entry, published: usize) {
    for is_first in [true, false] {
        let sites = Sites::new();
        let genuine = victim(sites.genuine());
        sites.serve("victim", std::slice::from_ref(&genuine));
        sites.serve("attacker", &[attack(&sites, genuine.clone())]);
        let what = format!("{what}, polled {}", if is_first { "first" } else { "second" });
        let order = if is_first { ["attacker", "victim"] } else { ["victim", "attacker"] };
        let before = sites.poll(order[0]);
        let after = sites.poll(order[1]);
        let is_shown = |entry: &[String; 3]| entry[1] == genuine.title && entry[2] == genuine.link;
        assert!(after.iter().any(is_shown), "{what}: the victim's entry is hidden: {after:?}");
        assert_eq!(after.len(), published, "{what}: {after:?}");
        for [id, ..] in &before {
            assert!(after.iter().any(|entry| entry[0] == *id), "{what}: {id} is gone: {after:?}");
        }
        if !is_first {
            assert!(after.contains(&before[0]), "{what}: what was published is not what it was: {after:?}");
        }
        // Both are polled once more with a changed byte in the document: nothing moves.
        for name in order {
            let entry = if name == "victim" { genuine.clone() } else { attack(&sites, genuine.clone()) };
            let origin = if name == "victim" { &sites.victim } else { &sites.attacker };
            origin.document("/feed", feed(name, &sites.victim.url("/"), &[entry]) + "\n");
            assert_eq!(sites.poll(name), after, "{what}: after another poll of {name}");
        }
    }
}

#[test]
fn a_copied_address_hides_no_entry() {
    let pills = |_: &Sites, genuine: Entry| Entry {
        id: "urn:pills:1".to_owned(),
        title: PILLS.to_owned(),
        html: format!("<p>{}</p>", words("buy", 30)),
        ..genuine
    };
    check("the victim's address over a text of its own", pills, 2);
    let bare = |_: &Sites, genuine: Entry| Entry {
        id: "urn:pills:1".to_owned(),
        title: TITLE.to_owned(),
        html: String::new(),
        ..genuine
    };
    check("the victim's address and headline, and no text", bare, 1);
}

#[test]
fn a_copied_id_hides_no_entry() {
    let copied = |sites: &Sites, genuine: Entry| Entry {
        title: PILLS.to_owned(),
        link: sites.attacker.url("/pills"),
        html: format!("<p>{}</p>", words("buy", 160)),
        ..genuine
    };
    check("the victim's id over a text of its own", copied, 2);
    let all = |_: &Sites, genuine: Entry| genuine;
    check("all that the victim says, under its id", all, 1);
}

#[test]
fn a_copied_headline_hides_no_entry() {
    let bare = |sites: &Sites, genuine: Entry| Entry {
        id: "urn:pills:1".to_owned(),
        link: sites.attacker.url("/pills"),
        html: String::new(),
        ..genuine
    };
    check("the headline alone, with an address of its own", bare, 2);
}

#[test]
fn a_text_under_a_copied_bare_headline_hides_no_entry() {
    let pills = |sites: &Sites, genuine: Entry| Entry {
        id: "urn:pills:1".to_owned(),
        link: sites.attacker.url("/pills"),
        html: format!("<p>{}</p>", words("buy", 80)),
        ..genuine
    };
    for (what, text) in [("a bare headline", ""), ("a headline and a pointer", "<p>Read more on our site</p>")] {
        let bare = |genuine: Entry| Entry { html: text.to_owned(), ..genuine };
        check_on(&format!("{what}, and a text of its own"), bare, pills, 2);
        let id = |sites: &Sites, genuine: Entry| Entry { id: genuine.id.clone(), ..pills(sites, genuine) };
        check_on(&format!("{what}, and a text of its own under the same id"), bare, id, 2);
        let address = |sites: &Sites, genuine: Entry| Entry { link: genuine.link.clone(), ..pills(sites, genuine) };
        check_on(&format!("{what}, and a text of its own at the same address"), bare, address, 1);
    }
}

#[test]
fn a_copied_text_hides_no_entry() {
    let advertised = |genuine: &Entry| format!("<p>{}</p>{}", words("buy", 70), genuine.html);
    let own = |sites: &Sites, genuine: Entry| Entry {
        id: "urn:pills:1".to_owned(),
        title: PILLS.to_owned(),
        link: sites.attacker.url("/pills"),
        html: advertised(&genuine),
    };
    check("behind an advertisement, at an address of its own", own, 2);
    let same_title = |sites: &Sites, genuine: Entry| Entry { title: TITLE.to_owned(), ..own(sites, genuine) };
    check("behind an advertisement, under the same headline", same_title, 2);
    let interrupted = |sites: &Sites, genuine: Entry| {
        let (begun, rest) = (words("release", 30), words("release", 160).split_off(words("release", 30).len()));
        Entry { html: format!("<p>{begun}</p><p>{}</p><p>{rest}</p>", words("buy", 80)), ..own(sites, genuine) }
    };
    check("around an advertisement, at an address of its own", interrupted, 2);
    let theirs = |_: &Sites, genuine: Entry| Entry {
        id: "urn:pills:1".to_owned(),
        title: PILLS.to_owned(),
        html: advertised(&genuine),
        ..genuine
    };
    check("behind an advertisement, at the victim's address", theirs, 1);
    let whole = |_: &Sites, genuine: Entry| Entry { id: "urn:pills:1".to_owned(), title: PILLS.to_owned(), ..genuine };
    check("whole under another headline, at the victim's address", whole, 1);
}

#[test]
fn many_copied_ids_hide_no_entry() {
    let sites = Sites::new();
    let genuine = sites.genuine();
    let number = |at: usize| Entry {
        id: format!("{}-{at}", genuine.id),
        title: format!("{PILLS}, parcel {}", letters(at)),
        link: sites.attacker.url(&format!("/pills/{at}")),
        html: format!("<p>{}</p>", words(&letters(at), 60)),
    };
    let own = |at: usize| Entry {
        title: format!("{TITLE}, chapter {}", letters(at)),
        link: sites.victim.url(&format!("/releases/{at}")),
        html: format!("<p>{}</p>", words(&format!("own{}", letters(at)), 60)),
        ..number(at)
    };
    sites.serve("attacker", &(0..20).map(number).collect::<Vec<Entry>>());
    sites.serve("victim", &(0..20).map(own).collect::<Vec<Entry>>());
    sites.poll("attacker");
    let after = sites.poll("victim");
    for at in 0..20 {
        let wanted = own(at);
        assert!(after.iter().any(|[_, title, link]| *title == wanted.title && *link == wanted.link), "{at}: {after:?}");
    }
    assert_eq!(after.len(), 40);
}

/// A planet has an entry before the source of the blog that it was copied from is added: the story keeps its id and
/// shows the blog's text.
#[test]
fn a_blog_leads_the_story_that_began_with_a_planets_copy() {
    let sites = Sites::new();
    let own = sites.genuine();
    let copy = Entry {
        id: "tag:planet.example,2026:7".to_owned(),
        title: format!("The tool: {TITLE}"),
        html: own.html.clone() + "<p>As seen on the planet.</p>",
        ..own.clone()
    };
    sites.serve("attacker", std::slice::from_ref(&copy));
    sites.serve("victim", std::slice::from_ref(&own));
    assert_eq!(sites.poll("attacker"), [[copy.id.clone(), copy.title.clone(), copy.link.clone()]]);
    assert_eq!(sites.poll("victim"), [[copy.id.clone(), own.title.clone(), own.link.clone()]], "under the same id");

    let stored = sites.program.entries();
    let lead = |name: &str| stored.iter().find(|entry| entry["source"] == name).map(|entry| entry["lead"].clone());
    assert_eq!((lead("victim"), lead("attacker")), (Some(true.into()), Some(false.into())));
    let told = sites.program.run(&["why", &own.id]).expect(0).stdout;
    for wanted in ["It leads a story", "in place of", "both are on 127.0.0.11", "Its story is published as", &copy.id] {
        assert!(told.contains(wanted), "{wanted:?} in {told}");
    }

    // A correction by the blog shows under the same id, and decisions by hand are followed.
    let corrected = Entry { title: format!("{TITLE}, corrected"), ..own.clone() };
    sites.serve("victim", std::slice::from_ref(&corrected));
    assert_eq!(sites.poll("victim"), [[copy.id.clone(), corrected.title.clone(), own.link.clone()]]);
    let daemon = sites.program.daemon();
    let titles = || {
        let feed = atom::read(&daemon.get("/feed.atom").expect(200).text());
        let mut titles: Vec<String> = feed.all("entry").iter().map(|entry| entry.one("title").text.clone()).collect();
        titles.sort();
        titles
    };
    sites.program.run(&["hide", &own.id]).expect(0);
    assert_eq!(titles(), [copy.title.as_str()], "the planet's copy stands for the story");
    sites.program.run(&["unhide", &own.id]).expect(0);
    assert_eq!(titles(), [corrected.title.as_str()]);
    sites.program.run(&["split", &own.id]).expect(0);
    assert_eq!(titles(), [copy.title.as_str(), corrected.title.as_str()]);
    sites.program.run(&["join", &own.id, &copy.id]).expect(0);
    assert_eq!(titles(), [corrected.title.as_str()], "the blog leads again");
}

/// `why` lists the entries that were nearly joined, with the measurements and the reason.
#[test]
fn why_lists_the_entries_that_were_nearly_joined() {
    let sites = Sites::new();
    let own = sites.genuine();
    let copy = Entry {
        id: "urn:pills:1".to_owned(),
        title: PILLS.to_owned(),
        link: sites.attacker.url("/pills"),
        html: format!("<p>{}</p>{}", words("buy", 70), own.html),
    };
    sites.serve("victim", std::slice::from_ref(&own));
    sites.serve("attacker", std::slice::from_ref(&copy));
    sites.poll("victim");
    sites.poll("attacker");
    let told = sites.program.run(&["why", &own.id]).expect(0).stdout;
    assert!(told.contains("It was not joined to") && told.contains("%"), "{told}");
    let records = sites.program.run(&["why", "--json", &own.id]).expect(0).records();
    assert_eq!(records[0]["nearly"][0]["entry"]["title"], PILLS, "{records:?}");

    // Another id at the same address is listed as well.
    let renamed = Entry { id: "tag:tool.example,2026:release-two".to_owned(), ..own.clone() };
    sites.serve("victim", std::slice::from_ref(&renamed));
    sites.poll("victim");
    let told = sites.program.run(&["why", &own.link]).expect(0).stdout;
    assert!(told.contains("came with a new id or address") && told.contains("its address"), "{told}");
}
