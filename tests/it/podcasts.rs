//! Podcasts: ten shows merged into one feed, in which players find what they need of every episode, and the feeds of single
//! shows, which are podcasts themselves.

use serde_json::Value;

use crate::origin::Origin;
use crate::polling::source;
use crate::program::Program;

const SHOWS: u32 = 10;

/// What a test knows of a show: every second one has chapters in the feed and no picture for its episode, the others have a file of
/// chapters and a picture; every third one is explicit.
struct Show(u32);

impl Show {
    fn name(&self) -> String {
        format!("show-{}", self.0)
    }

    /// Whether the feed itself lists the chapters.
    fn has_chapters_within(&self) -> bool {
        self.0.is_multiple_of(2)
    }

    fn is_explicit(&self) -> bool {
        self.0.is_multiple_of(3)
    }

    fn art(&self) -> String {
        format!("https://{}.example/art.jpg", self.name())
    }

    /// The picture that players are to show for the episode.
    fn picture(&self) -> String {
        if self.has_chapters_within() { self.art() } else { format!("https://{}.example/1.jpg", self.name()) }
    }

    fn feed(&self) -> String {
        let (name, number) = (self.name(), self.0);
        let explicit = if self.is_explicit() { "yes" } else { "clean" };
        let details = if self.has_chapters_within() {
            "<psc:chapters version=\"1.2\"><psc:chapter start=\"00:00:00\" title=\"The quay\"/>\
             <psc:chapter start=\"00:01:02.500\" title=\"The crane &amp; the rope\" href=\"/crane\"/></psc:chapters>"
                .to_owned()
        } else {
            format!(
                "<itunes:image href=\"https://{name}.example/1.jpg\"/>\
                 <podcast:chapters url=\"/1.json\" type=\"application/json+chapters\"/>"
            )
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" \
             xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" xmlns:psc=\"http://podlove.org/simple-chapters\" \
             xmlns:podcast=\"https://podcastindex.org/namespace/1.0\" \
             xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Show {number}</title>\
             <link>https://{name}.example/</link><description>About harbour {number}</description><language>en</language>\
             <image><url>https://{name}.example/small.png</url></image><itunes:image href=\"{art}\"/>\
             <itunes:author>Crew {number}</itunes:author><itunes:explicit>{explicit}</itunes:explicit>\
             <itunes:owner><itunes:name>Owner {number}</itunes:name><itunes:email>owner@{name}.example</itunes:email></itunes:owner>\
             <itunes:category text=\"Society &amp; Culture\"><itunes:category text=\"Documentary\"/></itunes:category>\
             <itunes:type>serial</itunes:type>\
             <item><guid isPermaLink=\"false\">{name}-1</guid><title>Episode of {number}</title>\
             <link>https://{name}.example/1</link><pubDate>Mon, {day:02} Jan 2024 12:00:00 GMT</pubDate>\
             <enclosure url=\"https://{name}.example/1.mp3\" length=\"1000000\" type=\"audio/mpeg\"/>\
             <itunes:duration>1:02:{number:02}</itunes:duration><itunes:season>1</itunes:season>\
             <itunes:episode>{number}</itunes:episode>\
             <content:encoded>&lt;p&gt;Heard in harbour {number}.&lt;/p&gt;</content:encoded>\
             <description>&lt;p&gt;What was heard in harbour {number}, with guests.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;a \
             href=\"https://{name}.example/map\"&gt;A map&lt;/a&gt;&lt;/li&gt;&lt;/ul&gt;</description>{details}</item>\
             </channel></rss>\n",
            art = self.art(),
            day = number + 1,
        )
    }
}

fn shows() -> impl Iterator<Item = Show> {
    (0..SHOWS).map(Show)
}

/// The element that contains a text, of the elements that begin with `begin`.
fn part<'d>(document: &'d str, begin: &str, text: &str) -> &'d str {
    let found = document.split(begin).skip(1).find(|part| part.contains(text));
    found.unwrap_or_else(|| panic!("no {begin} with {text:?} in {document}"))
}

#[test]
fn players_find_what_they_need_in_a_merge_of_ten_shows_and_in_the_feed_of_each() {
    let origin = Origin::start();
    let mut config = String::new();
    for show in shows() {
        let path = format!("/{}", show.name());
        origin.document(&path, show.feed());
        config.push_str(&source(&origin, &show.name(), &path, "stories = \"off\""));
    }
    let program = Program::new(&config);
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);

    let rss = daemon.get("/feed.rss").expect(200).text();
    let atom = daemon.get("/feed.atom").expect(200).text();
    let json: Value = serde_json::from_str(&daemon.get("/feed.json").expect(200).text()).expect("it is JSON");
    let page = daemon.get("/feed.html").expect(200).text();
    assert_eq!(rss.matches("<item>").count(), SHOWS as usize);
    for show in shows() {
        let (name, number) = (show.name(), show.0);
        let title = format!("Episode of {number}<");
        for (document, begin) in [(&rss, "<item>"), (&atom, "<entry>")] {
            let episode = part(document, begin, &title);
            let mut wanted = vec![
                format!("<itunes:image href=\"{}\"/>", show.picture()),
                format!("<itunes:duration>01:02:{number:02}</itunes:duration>"),
                format!("<itunes:explicit>{}</itunes:explicit>", show.is_explicit()),
                format!("https://{name}.example/1.mp3"),
                // The notes keep their links, and the shorter text is the summary.
                format!("https://{name}.example/map"),
                format!("Heard in harbour {number}."),
            ];
            if show.has_chapters_within() {
                wanted.push("<psc:chapter start=\"00:00:00.000\" title=\"The quay\"/>".to_owned());
                wanted.push("<psc:chapter start=\"00:01:02.500\" title=\"The crane &amp; the rope\"".to_owned());
            } else {
                wanted.push("type=\"application/json+chapters\"".to_owned());
            }
            for wanted in wanted {
                assert!(episode.contains(&wanted), "{wanted} in {episode}");
            }
        }
        let items = json["items"].as_array().expect("it has items");
        let item = items.iter().find(|item| item["url"] == format!("https://{name}.example/1")).expect("it is there");
        assert_eq!(item["image"], show.picture(), "{item}");
        assert_eq!(item["attachments"][0]["duration_in_seconds"], 3_720 + number, "{item}");
        assert_eq!(item["_watershed"]["explicit"], show.is_explicit(), "{item}");
        let chapters = item["_watershed"]["chapter_list"].as_array().map_or(0, Vec::len);
        assert_eq!(chapters, if show.has_chapters_within() { 2 } else { 0 }, "{item}");
        assert!(page.contains(&show.picture()), "{} in {page}", show.picture());

        let own = daemon.get(&format!("/source/{name}.rss")).expect(200).text();
        let (channel, _) = own.split_once("<item>").expect("it has an episode");
        for wanted in [
            format!("<title>Show {number}</title>"),
            format!("<description>About harbour {number}</description>"),
            "<language>en</language>".to_owned(),
            format!("<itunes:image href=\"{}\"/>", show.art()),
            format!("<itunes:author>Crew {number}</itunes:author>"),
            format!("<itunes:explicit>{}</itunes:explicit>", show.is_explicit()),
            "<itunes:category text=\"Society &amp; Culture\"><itunes:category text=\"Documentary\"/></itunes:category>"
                .to_owned(),
            "<itunes:type>serial</itunes:type>".to_owned(),
            format!("<itunes:name>Owner {number}</itunes:name><itunes:email>owner@{name}.example</itunes:email>"),
        ] {
            assert!(channel.contains(&wanted), "{wanted} in {channel}");
        }
    }

    // A show that gets new artwork has it in its feed without a new episode.
    let first = Show(0);
    origin.document("/show-0", first.feed().replace("art.jpg", "new.jpg"));
    program.poll("show-0");
    let own = daemon.get("/source/show-0.rss").expect(200).text();
    let (channel, _) = own.split_once("<item>").expect("it has an episode");
    assert!(channel.contains("<itunes:image href=\"https://show-0.example/new.jpg\"/>"), "{channel}");
}
