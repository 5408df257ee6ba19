"""Lets programs that play podcasts read a merge of ten invented shows, and the feed of one of them; see tests/readers.sh.

    podcasts.py shows FOLDER               writes the shows, and a configuration that merges them
    podcasts.py compare READER FOLDER [LINES]   compares what a reader shows with what the shows say

READER is podcastparser or feedparser, or the name of any other reader, whose LINES are as tests/readers.mjs prints them.
"""
import json, os, sys
from xml.sax.saxutils import escape

SHOWS = 10


def show(number):
    """What a show and its episode say. Every second show lists chapters in the feed and has no picture for its episode, every third
    is explicit, and every fifth says that of the episode only."""
    site = f"https://show-{number}.example"
    within = number % 2 == 0
    explicit = number % 3 == 0
    return {
        "site": site, "title": f"Show {number}", "author": f"Crew {number}", "art": f"{site}/art.jpg", "explicit": explicit,
        "episode": {
            "title": f"Episode of show {number}", "file": f"{site}/1.mp3", "duration": 3720 + number, "explicit": explicit,
            "picture": f"{site}/art.jpg" if within else f"{site}/1.jpg",
            "chapters": [[0, "The quay"], [62, "The crane & the rope"]] if within else [],
            "chapters_file": None if within else f"{site}/1.json",
        },
    }


def feed(number):
    it = show(number)
    episode, of_episode = it["episode"], number % 5 == 0
    flag = lambda stands: "<itunes:explicit>%s</itunes:explicit>" % ("yes" if it["explicit"] else "no") if stands else ""
    chapters = "".join(f'<psc:chapter start="00:{int(start) // 60:02}:{start % 60:02}.000" title="{escape(title)}"/>'
                       for start, title in episode["chapters"])
    more = (f'<psc:chapters version="1.2">{chapters}</psc:chapters>' if chapters else
            f'<itunes:image href="{episode["picture"]}"/>'
            f'<podcast:chapters url="{episode["chapters_file"]}" type="application/json+chapters"/>')
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:psc="http://podlove.org/simple-chapters"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{it["title"]}</title><link>{it["site"]}/</link><description>About harbour {number}</description><language>en</language>
<itunes:image href="{it["art"]}"/><itunes:author>{it["author"]}</itunes:author>{flag(not of_episode)}
<itunes:category text="Society &amp; Culture"><itunes:category text="Documentary"/></itunes:category>
<item><guid isPermaLink="false">show-{number}-1</guid><title>{episode["title"]}</title><link>{it["site"]}/1</link>
<pubDate>Mon, {number + 1:02} Jan 2024 12:00:00 GMT</pubDate><enclosure url="{episode["file"]}" length="1000000" type="audio/mpeg"/>
<itunes:duration>1:02:{number:02}</itunes:duration>{flag(of_episode)}<description>Heard in harbour {number}</description>{more}
</item></channel></rss>
"""


def write_shows(folder):
    config = '[serve]\nfiles = "site"\npublic_url = "https://planet.example"\n'
    for number in range(SHOWS):
        path = os.path.abspath(os.path.join(folder, f"show-{number}.rss"))
        with open(path, "w", encoding="utf-8") as out:
            out.write(feed(number))
        config += f'[[source]]\nname = "show-{number}"\nurl = {json.dumps("file:" + path)}\nstories = "off"\n'
    with open(os.path.join(folder, "watershed.toml"), "w", encoding="utf-8") as out:
        out.write(config)


def read_by_podcastparser(path):
    """podcastparser knows Podcasting 2.0, and so files of chapters, only under an address at GitHub."""
    import podcastparser
    with open(path, "rb") as document:
        feed = podcastparser.parse("https://planet.example/feed.rss", document)
    return {
        "art": feed.get("cover_url"), "author": feed.get("itunes_author"), "explicit": feed.get("explicit"),
        "episodes": [{
            "title": e["title"], "file": e["enclosures"][0]["url"], "duration": e["total_time"], "explicit": e.get("explicit"),
            "picture": e.get("episode_art_url"),
            "chapters": [[chapter["start"], chapter["title"]] for chapter in e.get("chapters", [])],
        } for e in feed["episodes"]],
    }


def read_by_feedparser(path):
    """feedparser does not know `true` and `false` as values of `itunes:explicit`."""
    import feedparser
    feed = feedparser.parse(path)
    if feed.bozo:
        sys.exit(f"feedparser finds it malformed: {feed.bozo_exception}")
    seconds = lambda clock: sum(float(part) * 60 ** at for at, part in enumerate(reversed(clock.split(":"))))
    episodes = []
    for e in feed.entries:
        chapters = e.get("psc_chapters", {}).get("chapters", [])
        episodes.append({
            "title": e.title, "file": e.enclosures[0].href, "duration": seconds(e.itunes_duration), "picture": e.get("image", {}).get("href"),
            "chapters": [[chapter["start_parsed"].total_seconds(), chapter["title"]] for chapter in chapters],
        })
    return {"art": feed.feed.get("image", {}).get("href"), "author": feed.feed.get("author"), "episodes": episodes}


def read_lines(path):
    """A line for the feed, and a line for each episode, with what the reader knows."""
    feed, *episodes = [json.loads(line) for line in open(path, encoding="utf-8")]
    return dict(feed, episodes=episodes)


def compare(reader, folder, lines):
    """Compares everything that the reader knows."""
    wrong = []
    compared = set()

    def same(what, known, said, names):
        for name in names:
            if name in known:
                compared.add(name)
                if known[name] != said[name]:
                    wrong.append(f"{what}: {name} is {known[name]!r}, not {said[name]!r}")

    readers = {"podcastparser": read_by_podcastparser, "feedparser": read_by_feedparser}
    read = readers.get(reader)
    shown = [read(os.path.join(folder, path)) if read else read_lines(f"{lines}.{at}")
             for at, path in enumerate(["site/feed.rss", "site/source/show-1.rss"])]
    merged, own = shown
    shows = [show(number) for number in range(SHOWS)]
    by_title = {episode["title"]: episode for episode in merged["episodes"]}
    if len(merged["episodes"]) != SHOWS:
        wrong.append(f"{len(merged['episodes'])} episodes of {SHOWS}")
    for it in shows:
        said = it["episode"]
        same(said["title"], by_title.get(said["title"], {"title": None}), said, said)
    same("the feed of a show", own, shows[1], ["art", "author", "explicit"])
    if "art" not in own:
        wrong.append("the feed of a show has no artwork")
    if wrong:
        print("\n".join(wrong[:20]))
        sys.exit(f"{len(wrong)} differences")
    print(f"{SHOWS} episodes, and a show: {', '.join(sorted(compared))}")


if sys.argv[1] == "shows":
    write_shows(sys.argv[2])
else:
    compare(sys.argv[2], sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else None)
