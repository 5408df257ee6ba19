#!/usr/bin/env bash
# Lets real feed readers read the merged feed: each must show the same entries, with the same ids, titles, links, dates
# and authors, and the whole article. Readers of podcasts read a merge of ten shows as well. Readers that are not installed are skipped and listed as skipped.
#
#   tests/readers.sh          starts `watershed demo` (WATERSHED=program) and reads its feed
#   tests/readers.sh URL      reads a feed that is already being served
set -euo pipefail
# shellcheck source=tests/demo.sh
. "$(dirname "$0")/demo.sh"

root=$(cd "$(dirname "$0")/.." && pwd)
watershed=${WATERSHED:-$root/target/release/watershed}
work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-readers.XXXXXX")
daemon=
failed=0
export LC_ALL=C.UTF-8 no_proxy='*' NO_PROXY='*'

finish() {
    [ -z "$daemon" ] || { kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true; }
    rm -rf "$work"
}
trap finish EXIT

row() { printf '%-24s %-8s %s\n' "$1" "$2" "$3"; }
skipped() { row "$1" skipped "$2"; }
# name, command...: one row; the last line of what the command says explains it.
check() {
    local name=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        row "$name" ok "$(tail -n 1 "$work/said")"
    else
        row "$name" FAILED "$(tail -n 1 "$work/said")"
        sed 's/^/    /' "$work/said"
        failed=1
    fi
}

if [ $# -gt 0 ]; then
    url=$1
    article=
else
    start_demo
    url=${address}feed.atom
    article=$root/tests/feeds/article.txt
    [ -e "$article" ] || article=$root/../shared/seed/article.txt
    [ -e "$article" ] || { echo "SKIPPED: the article's text is not there to compare with" >&2; article=; }
fi

# The answer to a second request that carries the validator of the first.
header() { tr -d '\r' <"$work/head" | sed -n "s/^$1: //Ip" | head -n 1; }
status() { curl -s -o /dev/null -w '%{http_code}' "$@" "$url"; }
served() {
    curl -fsS -D "$work/head" -o "$work/feed.atom" "$url" || return
    header content-type | grep -q '^application/atom+xml' || { echo "Content-Type: $(header content-type)"; return 1; }
    header etag | grep -q '^W/"' || { echo "no weak ETag: $(header etag)"; return 1; }
    echo "$(wc -c <"$work/feed.atom") bytes, ETag $(header etag)"
}
not_modified() {
    local by_tag by_date head
    by_tag=$(status -H "If-None-Match: $(header etag)")
    by_date=$(status -H "If-Modified-Since: $(header last-modified)")
    head=$(status -I)
    echo "by ETag $by_tag, by date $by_date, HEAD $head"
    [ "$by_tag $by_date $head" = '304 304 200' ]
}
encoded() {
    local coding
    for coding in gzip br zstd; do
        curl -fsS -H "Accept-Encoding: $coding" -D "$work/head.$coding" -o "$work/feed.$coding" "$url" || return
        grep -qi "^content-encoding: $coding" "$work/head.$coding" || { echo "no $coding was sent"; return 1; }
        command -v "${coding/br/brotli}" >/dev/null || continue
        "${coding/br/brotli}" -dc <"$work/feed.$coding" | cmp - "$work/feed.atom" || return
    done
    echo "gzip $(wc -c <"$work/feed.gzip"), br $(wc -c <"$work/feed.br"), zstd $(wc -c <"$work/feed.zstd") bytes"
}
well_formed() {
    xmllint --noout --nonet "$work/feed.atom" || return
    echo "$(xmllint --nonet --xpath 'count(/*/*[local-name()="entry"])' "$work/feed.atom") entries"
}

# The same feed in its other formats.
fetch_other() {
    local format=$1 type=$2
    curl -fsS -D "$work/head.$format" -o "$work/feed.$format" "${url%.atom}.$format" || return
    tr -d '\r' <"$work/head.$format" | grep -qi "^content-type: $type" || { grep -i '^content-type' "$work/head.$format"; return 1; }
    echo "$(wc -c <"$work/feed.$format") bytes"
}

echo "$url"
check 'the feed' served
check 'asked again' not_modified
check 'compressed' encoded

check 'as RSS' fetch_other rss application/rss+xml
check 'as JSON Feed' fetch_other json application/feed+json
check 'as OPML' fetch_other opml text/x-opml

if command -v xmllint >/dev/null; then
    check "xmllint" well_formed
    check 'xmllint, RSS' xmllint --noout --nonet "$work/feed.rss"
    check 'xmllint, OPML' xmllint --noout --nonet "$work/feed.opml"
else
    skipped xmllint 'not installed (Debian: libxml2-utils)'
fi

if ! command -v python3 >/dev/null; then
    skipped 'all other readers' 'python3 is not installed, which compares what they show'
    exit $failed
fi

cat >"$work/compare.py" <<'PYTHON'
"""Compares what a reader made of the feed with the document itself, read by expat."""
import calendar, html.parser, json, re, sqlite3, sys
import xml.etree.ElementTree as ET
from datetime import datetime
from email.utils import parsedate_to_datetime

ATOM = "{http://www.w3.org/2005/Atom}"
reader, document, article, what = sys.argv[1:5]


def epoch(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def truth():
    entries = {}
    for entry in ET.parse(document).getroot().findall(ATOM + "entry"):
        link = [e.get("href") for e in entry.findall(ATOM + "link") if e.get("rel", "alternate") == "alternate"]
        entries[entry.findtext(ATOM + "id")] = {
            "title": entry.findtext(ATOM + "title"),
            "link": link[0] if link else None,
            "authors": [e.findtext(ATOM + "name") for e in entry.findall(ATOM + "author")],
            "published": epoch(entry.findtext(ATOM + "published")),
            "updated": epoch(entry.findtext(ATOM + "updated")),
            "content": entry.findtext(ATOM + "content") or entry.findtext(ATOM + "summary") or "",
            "enclosures": sorted(e.get("href") for e in entry.findall(ATOM + "link") if e.get("rel") == "enclosure"),
        }
    return entries


def json_feed():
    feed = json.load(open(what, encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1", feed["version"]
    return [{"id": e["id"], "title": e["title"], "link": e.get("url"),
             "author": ", ".join(author["name"] for author in e["authors"]),
             "published": epoch(e["date_published"]), "updated": epoch(e["date_modified"]),
             "enclosures": sorted(a["url"] for a in e.get("attachments", [])),
             "content": e.get("content_html") or e.get("content_text", "")} for e in feed["items"]]


def lines():
    """One object a line, as tests/readers.mjs prints them."""
    entries = []
    for line in open(what, encoding="utf-8"):
        entry = json.loads(line)
        for name in ("published", "updated"):
            if entry.get(name) is None:
                entry.pop(name, None)
            else:
                stamp = entry[name]
                entry[name] = epoch(stamp) if stamp[:4].isdigit() else int(parsedate_to_datetime(stamp).timestamp())
        entries.append(entry)
    return entries


def expat():
    return [dict(entry, id=id, author=", ".join(entry["authors"])) for id, entry in truth().items()]


def newsboat():
    rows = sqlite3.connect(what).execute("SELECT guid, title, url, author, pubDate, content FROM rss_item")
    names = ("id", "title", "link", "author", "published", "content")
    return [dict(zip(names, row)) for row in rows]


def sfeed():
    unescape = lambda text: re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)
    entries = []
    for line in open(what, encoding="utf-8"):
        stamp, title, link, content, _type, id, author = line.rstrip("\n").split("\t")[:7]
        entries.append({"id": id, "title": title, "link": link, "author": author, "published": int(stamp),
                        "content": unescape(content)})
    return entries


def feedparser():
    import feedparser
    feed = feedparser.parse(what)
    if feed.bozo:
        sys.exit(f"feedparser finds it malformed: {feed.bozo_exception}")
    # RSS says when an entry was updated only where that differs.
    updated = lambda e: {"updated": calendar.timegm(e.updated_parsed)} if e.get("updated_parsed") else {}
    return [{"id": e.id, "title": e.title, "link": e.get("link"), **updated(e),
             "author": ", ".join(author.get("name", "") for author in e.get("authors", [])),
             "published": calendar.timegm(e.published_parsed),
             "enclosures": sorted(x.href for x in e.get("enclosures", [])),
             "content": e.content[0].value if e.get("content") else e.get("summary", "")} for e in feed.entries]


def python_reader():
    from reader import make_reader
    store = make_reader(":memory:", plugins=[])
    store.add_feed(what)
    store.update_feed(what)
    return [{"id": e.id, "title": e.title, "link": e.link, "author": e.authors_str or "",
             "published": int(e.published.timestamp()), **({"updated": int(e.updated.timestamp())} if e.updated else {}),
             "enclosures": sorted(x.href for x in e.enclosures),
             "content": (c.value if (c := e.get_content()) else "")} for e in store.get_entries()]


class Words(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)

    def handle_starttag(self, tag, attrs):
        self.parts.append(" ")


def words(markup):
    parser = Words()
    parser.feed(markup)
    parser.close()
    return " ".join("".join(parser.parts).split())


wanted = truth()
if not wanted:
    sys.exit("there is no entry in the document")
shown = {"expat": expat, "json": json_feed, "lines": lines, "newsboat": newsboat, "sfeed": sfeed, "feedparser": feedparser, "reader": python_reader}[reader]()
wrong = []
if sorted(entry["id"] for entry in shown) != sorted(wanted):
    missing = sorted(set(wanted) - {entry["id"] for entry in shown})
    wrong.append(f"{len(shown)} entries shown of {len(wanted)}; missing: {missing[:3]}")
for entry in shown:
    right = wanted.get(entry["id"])
    if right is None:
        wrong.append(f"shown, but not in the document: {entry['id']}")
        continue
    for name in ("title", "link", "published", "updated"):
        value, expected = entry.get(name, right[name]), right[name]
        if isinstance(expected, str):
            value, expected = " ".join((value or "").split()), " ".join(expected.split())
        if (value or None) != (expected or None):
            wrong.append(f"{entry['id']}: {name} is {value!r}, not {expected!r}")
    if "enclosures" in entry and entry["enclosures"] != right["enclosures"]:
        wrong.append(f"{entry['id']}: the enclosures are {entry['enclosures']}, not {right['enclosures']}")
    # Of several authors some readers show one.
    if not any(author in entry["author"] for author in right["authors"]):
        wrong.append(f"{entry['id']}: the author is {entry['author']!r}, not {right['authors']!r}")

whole = ""
if article:
    title, *paragraphs = [" ".join(line.split()) for line in open(article, encoding="utf-8") if line.strip()]
    copies = [words(entry["content"]) for entry in shown if entry["title"] == title]
    if not copies:
        wrong.append(f"no entry has the article's title {title!r}")
    elif not any(all(paragraph in copy for paragraph in paragraphs) for copy in copies):
        lost = next(paragraph for paragraph in paragraphs if paragraph not in max(copies, key=len))
        wrong.append(f"no copy of the article is whole; missing: {lost!r}")
    whole = f", {len(copies)} with the article's title, one of them whole at least"
for line in wrong[:10]:
    print(line)
if wrong:
    sys.exit(f"{len(wrong)} differences")
print(f"{len(shown)} entries: ids, titles, links, dates, authors as published{whole}")
PYTHON
python=python3
compare() { "$python" "$work/compare.py" "$1" "$work/feed.atom" "$article" "$2"; }

read_by_newsboat() {
    mkdir -p "$work/home/.newsboat"
    echo "$url" >"$work/urls"
    local options=(-u "$work/urls" -c "$work/cache.db" -C "$work/newsboat.conf")
    touch "$work/newsboat.conf"
    HOME=$work/home newsboat "${options[@]}" -x reload || return
    HOME=$work/home newsboat "${options[@]}" -x print-unread || return
    compare newsboat "$work/cache.db"
}
read_by_sfeed() {
    sfeed "$url" <"$work/feed.atom" >"$work/sfeed.tsv" || return
    compare sfeed "$work/sfeed.tsv"
}

read_by_rsstail() {
    timeout 20 rsstail -u "$url" -1 -l -n 500 >"$work/rsstail.txt" || return
    local wanted found
    wanted=$("$python" -c 'import sys, xml.etree.ElementTree as E; print(len(E.parse(sys.argv[1]).findall("{http://www.w3.org/2005/Atom}entry")))' "$work/feed.atom")
    found=$(grep -c '^Title:' "$work/rsstail.txt")
    echo "$found titles of $wanted entries"
    [ "$found" = "$wanted" ]
}

check 'expat (python3)' compare expat ''
check 'JSON Feed (python3)' compare json "$work/feed.json"
if command -v newsboat >/dev/null; then
    check "$(newsboat --version | sed -n '1s/ - .*//p')" read_by_newsboat
else
    skipped newsboat 'not installed'
fi
if command -v sfeed >/dev/null; then check sfeed read_by_sfeed; else skipped sfeed 'not installed'; fi
if command -v rsstail >/dev/null; then check rsstail read_by_rsstail; else skipped rsstail 'not installed'; fi

# The Python readers: those of the system, else in an environment of their own below target/, kept for the next time.
venv=$root/target/readers-venv
if ! python3 -c 'import feedparser, reader, podcastparser' 2>/dev/null; then
    if [ ! -e "$venv/with-podcasts" ] && python3 -m venv "$venv" >/dev/null 2>&1; then
        if timeout 120 "$venv/bin/pip" install -q --disable-pip-version-check \
            feedparser==6.0.14 reader==3.26 sgmllib3k podcastparser==0.6.11 >"$work/pip" 2>&1; then
            touch "$venv/with-podcasts"
        fi
    fi
    [ ! -e "$venv/with-podcasts" ] || python=$venv/bin/python
fi
for reader in feedparser reader; do
    if version=$("$python" -c "import $reader; print($reader.__version__)" 2>/dev/null); then
        check "$reader $version" compare "$reader" "$url"
    else
        skipped "$reader" 'not installed, and pip could not fetch it'
    fi
done

for reader in feedparser reader; do
    if "$python" -c "import $reader" 2>/dev/null; then
        check "$reader, RSS" compare "$reader" "${url%.atom}.rss"
    fi
done
if "$python" -c "import reader" 2>/dev/null; then check 'reader, JSON Feed' compare reader "${url%.atom}.json"; fi

# The readers of npm, in a folder of their own below target/, kept for the next time.
modules=$root/target/readers-node
if command -v npm >/dev/null && [ ! -e "$modules/with-podcasts" ]; then
    mkdir -p "$modules"
    if timeout 120 npm install --silent --no-audit --no-fund --prefix "$modules" \
        feedsmith@3.0.1 rss-parser@3.13.0 podcast-partytime@5.0.0 >"$work/npm" 2>&1; then
        cp "$root/tests/readers.mjs" "$modules/readers.mjs"
        touch "$modules/with-podcasts"
    fi
fi
read_by_node() {
    node "$modules/readers.mjs" "$1" "$work/feed.$2" >"$work/node.$1.$2" || return
    compare lines "$work/node.$1.$2"
}
if command -v node >/dev/null && [ -e "$modules/with-podcasts" ]; then
    cp "$root/tests/readers.mjs" "$modules/readers.mjs"
    for format in atom rss json; do check "feedsmith, $format" read_by_node feedsmith "$format"; done
    for format in atom rss; do check "rss-parser, $format" read_by_node rss-parser "$format"; done
else
    skipped 'feedsmith, rss-parser' 'node is not installed, or npm could not fetch them'
fi

# Ten shows in one feed, and the feed of one of them, as programs that play podcasts see them.
merge_shows() {
    mkdir -p "$work/shows"
    python3 "$root/tests/podcasts.py" shows "$work/shows" || return
    (cd "$work/shows" && NO_COLOR=1 "$watershed" poll --all) || return
    [ -s "$work/shows/site/feed.rss" ] && echo 'ten shows in one feed'
}
play_by_python() { "$python" "$root/tests/podcasts.py" compare "$1" "$work/shows"; }
play_by_node() {
    node "$modules/readers.mjs" "$1" "$work/shows/site/feed.rss" >"$work/shows/$1.0" || return
    node "$modules/readers.mjs" "$1" "$work/shows/site/source/show-1.rss" >"$work/shows/$1.1" || return
    "$python" "$root/tests/podcasts.py" compare "$1" "$work/shows" "$work/shows/$1"
}
if [ -n "$daemon" ]; then
    check 'podcasts' merge_shows
    for reader in podcastparser feedparser; do
        if "$python" -c "import $reader" 2>/dev/null; then
            check "podcasts, $reader" play_by_python "$reader"
        else
            skipped "podcasts, $reader" 'not installed, and pip could not fetch it'
        fi
    done
    for reader in podcast-partytime rss-parser; do
        if command -v node >/dev/null && [ -e "$modules/node_modules/$reader" ]; then
            check "podcasts, $reader" play_by_node "${reader/rss-parser/rss-parser-podcast}"
        else
            skipped "podcasts, $reader" 'node is not installed, or npm could not fetch it'
        fi
    done
fi

stops() {
    local before=$SECONDS status=0
    kill -TERM "$daemon"
    wait "$daemon" || status=$?
    daemon=
    echo "exit status $status after $((SECONDS - before)) s"
    [ "$status" -eq 0 ] && [ $((SECONDS - before)) -le 10 ]
}
[ -z "$daemon" ] || check 'stops on SIGTERM' stops
exit $failed
