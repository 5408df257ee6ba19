#!/usr/bin/env bash
# Measures the memory of the daemon under load, with a test server on the loopback address. Requires python3; the program is
# $WATERSHED, or else the program in target/release/.
#
#   benches/memory.sh large [SOURCES]          bodies of 9.8 MB, one from each source, come at once (64 unless given)
#   benches/memory.sh soak [MINUTES] [SOURCES] polls every few seconds (20 minutes, 300 sources unless given): of twenty
#                                              sources fourteen never change, three get an entry every five minutes, one
#                                              answers 503, one sends 1 MB that differs each time, and one a gzip bomb of
#                                              100 MB
#
# The output is Markdown: seconds since the start, resident memory in MB (current and peak), threads, requests so far. The soak
# ends with the growth in MB per hour over its second half, by least squares. The growth includes what the store remembers of
# new entries, about a kilobyte each.
#
#   EVERY=seconds       pause between two polls of a source in the soak (5 unless given: 60 polls a second of 300 sources)
#   KEEP=1              keeps the work folder, with the log and the database
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
watershed=${WATERSHED:-${CARGO_TARGET_DIR:-$root/target}/release/watershed}
what=${1:-}
case $what in
    large) minutes=3 sources=${2:-64} ;;
    soak) minutes=${2:-20} sources=${3:-300} ;;
    *) echo "usage: $0 large [SOURCES] | soak [MINUTES] [SOURCES]" >&2; exit 2 ;;
esac
every=${EVERY:-5}
command -v python3 >/dev/null || { echo 'SKIPPED: python3 is not installed' >&2; exit 0; }
[ -x "$watershed" ] || { echo "$watershed does not exist: run cargo build --release first" >&2; exit 1; }

work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-memory.XXXXXX")
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait "${pids[@]}" 2>/dev/null || true
    if [ -n "${KEEP:-}" ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
}
trap finish EXIT

cat >"$work/server.py" <<'PYTHON'
"""Serves the feeds of the benchmark: server.py large|soak SOURCES FOLDER. Writes its port and its count of requests there."""
import gzip, http.server, os, sys, threading, time

what, sources, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
WORDS = "river mill water wheel stone bank flood barge lock tide harvest grain miller flour sluice weir".split()
lock, come, begun = threading.Lock(), 0, time.time()


def item(name, number, words):
    text = " ".join(WORDS[(number * 7 + k * k + len(name)) % len(WORDS)] + str((number * k) % 97) for k in range(words))
    return (f"<item><guid>http://a.example/{name}/{number}</guid><title>{name} entry {number}</title>"
            f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>")


def feed(name, numbers, words=60):
    items = "".join(item(name, number, words) for number in numbers)
    return f"<rss version='2.0'><channel><title>{name}</title><link>http://a.example/</link>{items}</channel></rss>".encode()


def large_body():
    # About two hundred long articles, so that what the store remembers of each entry is small compared with the bodies.
    count = 9_700_000 // len(item("large", 10_007, 6_000))
    body = feed("large", range(10_000, 10_000 + count), 6_000)
    return body + b" " * (9_800_000 - len(body))


LARGE = large_body() if what == "large" else b""
BOMB = gzip.compress(b"<rss version='2.0'><channel>" + b" " * 100_000_000) if what == "soak" else b""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        global come
        with lock:
            come += 1
            mine = come
        number = int(self.path.rsplit("/", 1)[1])
        name = f"s{number}"
        if what == "large":
            # All bodies come at once.
            deadline = time.time() + 20
            while come < sources and time.time() < deadline:
                time.sleep(0.02)
            return self.answer(200, LARGE.replace(b"/large/", f"/{name}/".encode().ljust(7, b"-")))
        kind = number % 20
        age = int(time.time() - begun) // 300
        if kind < 14:
            if self.headers.get("If-None-Match"):
                return self.answer(304, ETag='"1"')
            return self.answer(200, feed(name, range(20)), ETag='"1"')
        if kind < 17:
            return self.answer(200, feed(name, range(age + 20, age, -1)))
        if kind == 17:
            return self.answer(503)
        if kind == 18:
            return self.answer(200, feed(name, range(5)) + b" " * 1_000_000 + f"<!-- {mine} -->".encode())
        return self.answer(200, BOMB, Content_Encoding="gzip")


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True

    def handle_error(self, *_):
        pass  # A client that goes away is its own matter.


server = Server(("127.0.0.1", 0), Handler)
with open(os.path.join(folder, "port.new"), "w") as file:
    file.write(str(server.server_address[1]))
os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
threading.Thread(target=server.serve_forever, daemon=True).start()
while True:
    with open(os.path.join(folder, "come"), "w") as file:
        file.write(str(come))
    time.sleep(0.5)
PYTHON
python3 "$work/server.py" "$what" "$sources" "$work" &
pids+=($!)
for _ in $(seq 300); do
    [ -s "$work/port" ] && break
    sleep 0.1
done
port=$(cat "$work/port")

{
    printf '[serve]\nlisten = "unix:%s/http.sock"\n[store]\npath = "%s/watershed.db"\n' "$work" "$work"
    printf '[log]\nlevel = "warn"\n'
    if [ "$what" = large ]; then pause=1h; else pause=${every}s; fi
    printf '[poll]\nallow_networks = ["127.0.0.0/8"]\nper_host = 64\nhost_gap = "0s"\nmin_every = "1s"\nevery = "%s"\n' "$pause"
    for number in $(seq 0 $((sources - 1))); do
        printf '[[source]]\nname = "s%s"\nurl = "http://127.0.0.1:%s/%s"\n' "$number" "$port" "$number"
    done
} >"$work/watershed.toml"

"$watershed" --config "$work/watershed.toml" run >"$work/out" 2>"$work/err" &
daemon=$!
pids+=("$daemon")

# A row of the table: seconds, current and peak resident memory in MB, threads, requests.
row() {
    awk -v at="$1" -v come="$(cat "$work/come" 2>/dev/null || echo 0)" '
        /^VmRSS:/ { now = $2 / 1024 } /^VmHWM:/ { most = $2 / 1024 } /^Threads:/ { threads = $2 }
        END { printf "| %d | %.1f | %.1f | %d | %d |\n", at, now, most, threads, come }' "/proc/$daemon/status"
}
polled() {
    "$watershed" --config "$work/watershed.toml" list --json 2>/dev/null | grep -c '"outcome":"'"$1" || true
}

echo '| s | MB | at most | threads | requests |'
echo '|---|---|---|---|---|'
began=$SECONDS
if [ "$what" = large ]; then step=2; else step=30; fi
while [ $((SECONDS - began)) -lt $((minutes * 60)) ]; do
    sleep "$step"
    kill -0 "$daemon" 2>/dev/null || { echo 'the daemon has ended:' >&2; tail -n 20 "$work/err" >&2; exit 1; }
    row $((SECONDS - began)) | tee -a "$work/rows"
    if [ "$what" = large ] && [ "$(polled '[a-z]')" -ge "$sources" ]; then break; fi
done
if [ "$what" = large ]; then printf '\n%s of %s were read\n' "$(polled new)" "$sources"; fi
if [ "$what" = soak ]; then
    awk -F '|' '{ at[NR] = $2; mb[NR] = $3 }
        END {
            for (k = int(NR / 2) + 1; k <= NR; k++) { n++; x += at[k]; y += mb[k]; xx += at[k] * at[k]; xy += at[k] * mb[k] }
            d = n * xx - x * x
            if (d > 0) printf "\ngrowth over the second half: %.2f MB an hour\n", (n * xy - x * y) / d * 3600
        }' "$work/rows"
fi
