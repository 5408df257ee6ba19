"""What tests/year.sh needs of the world: 500 publishers behind a proxy, a chat that is told news, and the export of a reader.

    year.py export                 prints the subscriptions as Miniflux exports them
    year.py serve FOLDER           is the proxy, until it is stopped
    year.py kept FOLDER PRUNED     compares entries on the standard input with what was published; see `kept`

The folder holds what the script tells the publishers and learns from them:

    port        where the proxy listens
    day         the date; a publisher has written everything up to it
    dead        the publisher that answers 503 from now on
    moved       the publisher whose feed is at /new.xml of www.PUBLISHER from now on, with a permanent redirect
    published   the link of every entry that was ever sent in a document
    told        what the chat was told, one JSON object a line
"""

import datetime
import html
import http.server
import json
import os
import sys
import threading
import urllib.parse

FIRST = "amber brisk calm dusky early faint grand hollow inland jolly keen low mellow north open pale quiet red still tidal upper vivid wild young zesty".split()
SECOND = "anchor beacon canal dyke estuary ferry gauge harbour inlet jetty keel lock mill narrows oxbow pier quay rapids sluice weir".split()
WORDS = "barge bank basin bridge buoy channel chart crew current deck ebb fleet flood fog gate hull island ladder lantern ledger mast mooring net oar pilot pontoon rope rudder sail shoal signal spring stone storm swell tide tow wave wharf wheel wind".split()
FOLDERS = ["Boats", "Bridges", "Fish", "Maps", "Weather"]
# Publishers that closed before the year began, and are in the export all the same.
CLOSED = ["gone-under", "run-dry"]
BEGIN = datetime.date(2027, 1, 4)
# A publisher writes an entry every four weeks, and lists the newest six.
EVERY_WEEKS, LISTED = 4, 6
CHAT = "chat.example"


def publishers():
    return [f"{first}-{second}" for first in FIRST for second in SECOND]


def title(name):
    return "The " + name.replace("-", " ").title()


def entries(number, day):
    """The numbers and dates of what a publisher lists on a day, the newest first."""
    weeks = (day - BEGIN).days // 7
    # Publishers take turns, so that each week has something new. The first has number 0 or less, long before the year.
    newest = (weeks - number % EVERY_WEEKS) // EVERY_WEEKS
    for count in range(newest, newest - LISTED, -1):
        yield count, BEGIN + datetime.timedelta(weeks=count * EVERY_WEEKS + number % EVERY_WEEKS)


def words(number, count, length):
    seed = number * 7919 + count * 104729
    for at in range(length):
        seed = (seed * 1103515245 + 12345 + at) % (1 << 31)
        yield WORDS[(seed >> 8) % len(WORDS)]


def link(name, count):
    return f"http://{name}.example/{count + 100}"


def document(number, name, day):
    items = ""
    for count, date in entries(number, day):
        heading = " ".join(words(number, count, 4)).capitalize()
        text = " ".join(words(number, count + 5000, 60)).capitalize()
        items += (
            f"<item><guid>{link(name, count)}</guid><link>{link(name, count)}</link><title>{heading}</title>"
            f"<pubDate>{date:%a, %d %b %Y} 06:00:00 GMT</pubDate><description>&lt;p&gt;{text}.&lt;/p&gt;</description></item>\n"
        )
    return (
        f"<?xml version='1.0'?>\n<rss version='2.0'><channel><title>{title(name)}</title><link>http://{name}.example/</link>"
        f"<description>News</description>\n{items}</channel></rss>\n"
    ).encode()


def export():
    print('<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n    <head>\n        <title>Miniflux</title>')
    print("        <dateCreated>Mon, 04 Jan 2027 08:00:00 UTC</dateCreated>\n    </head>\n    <body>")
    everybody = publishers() + CLOSED
    for at, folder in enumerate(FOLDERS):
        print(f'        <outline text="{folder}">')
        for name in everybody[at :: len(FOLDERS)]:
            said = html.escape(title(name))
            print(
                f'            <outline title="{said}" text="{said}" xmlUrl="http://{name}.example/feed.xml" '
                f'htmlUrl="http://{name}.example/" type="rss"></outline>'
            )
        print("        </outline>")
    print("    </body>\n</opml>")


class Publishers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    numbers = {name: number for number, name in enumerate(publishers())}
    folder, lock, seen = "", threading.Lock(), set()

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def told(self, what):
        try:
            with open(os.path.join(self.folder, what)) as file:
                return file.read().strip()
        except FileNotFoundError:
            return ""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if urllib.parse.urlsplit(self.path).hostname != CHAT:
            return self.answer(404)
        with self.lock, open(os.path.join(self.folder, "told"), "a") as file:
            file.write(json.dumps(json.loads(body)) + "\n")
        return self.answer(204)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        host = (url.hostname or "").removesuffix(".example")
        name = host.removeprefix("www.")
        if name not in self.numbers:
            return self.answer(404)
        if name == self.told("dead"):
            return self.answer(503)
        if name == self.told("moved"):
            if url.path == "/feed.xml":
                return self.answer(301, Location=f"http://www.{name}.example/new.xml")
        elif host != name:
            return self.answer(404)
        if url.path not in ("/feed.xml", "/new.xml"):
            return self.answer(404)
        day = datetime.date.fromisoformat(self.told("day"))
        number = self.numbers[name]
        tag = f'"{next(entries(number, day))[0]}"'
        if self.headers.get("If-None-Match") == tag:
            return self.answer(304, ETag=tag)
        with self.lock:
            links = [link(name, count) for count, _ in entries(number, day)]
            new = [one for one in links if one not in self.seen]
            self.seen.update(new)
            with open(os.path.join(self.folder, "published"), "a") as file:
                file.writelines(one + "\n" for one in new)
        return self.answer(200, document(number, name, day), ETag=tag, **{"Content-Type": "application/rss+xml"})


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True

    def handle_error(self, *_):
        pass  # A client that goes away is its own matter.


def serve(folder):
    Publishers.folder = folder
    server = Server(("127.0.0.1", 0), Publishers)
    with open(os.path.join(folder, "port.new"), "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
    server.serve_forever()


def kept(folder, pruned):
    """Compares the records of `watershed entries --json` with everything that was ever published. All of it must be there, once,
    except for as many entries as were pruned, none of which may still be listed by its publisher."""
    stored = [json.loads(line)["link"] for line in sys.stdin]
    with open(os.path.join(folder, "published")) as file:
        published = set(file.read().split())
    with open(os.path.join(folder, "day")) as file:
        day = datetime.date.fromisoformat(file.read().strip())
    if len(stored) != len(set(stored)):
        sys.exit(f"{len(stored) - len(set(stored))} entries are stored twice")
    if unknown := set(stored) - published:
        sys.exit(f"stored, but never published: {sorted(unknown)[:3]}")
    lost = published - set(stored)
    if len(lost) != pruned:
        sys.exit(f"{len(lost)} entries are missing, {pruned} were pruned, such as {sorted(lost)[:3]}")
    listed = {link(name, count) for number, name in enumerate(publishers()) for count, _ in entries(number, day)}
    if wrong := lost & listed:
        sys.exit(f"pruned, but still listed: {sorted(wrong)[:3]}")
    print(len(stored))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["export"]:
            export()
        case ["serve", folder]:
            serve(folder)
        case ["kept", folder, pruned]:
            kept(folder, int(pruned))
        case _:
            sys.exit(__doc__)
