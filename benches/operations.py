"""Publishers on the loopback network, each with an address of its own, and the measurements of benches/operations.sh, which starts it;
the first argument is the program, and `small` makes everything a hundredth of its size."""

import http.server
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = sys.argv[1]
SMALL = sys.argv[2:] == ["small"]
IMPORTED = 10 if SMALL else 1000
# Sources that fill the database: each publishes two documents, none of whose entries are in the other.
FILLING, LISTED = (10, 500) if SMALL else (1000, 500)
# Sources that are polled all the time, with a new entry at each request, and seconds between two polls of the same source.
BUSY, EVERY = 50, 1
# Seconds for which polls are watched while nothing else goes on, at least.
QUIET = 5 if SMALL else 20
# What is pruned is older than `keep`, the shortest that there is.
KEEP, TWO_DAYS = "1d", 2 * 86_400
PATIENCE = 3600
WORDS = "barge bank basin bridge buoy channel chart crew current deck ebb fleet flood fog gate hull island ladder lantern ledger".split()


def address(number):
    """Addresses from 127.1.0.1 on, none of which ends in 0 or 255."""
    high, low = divmod(number, 250)
    second, third = divmod(high, 250)
    return f"127.{second + 1}.{third}.{low + 1}"


def item(name, number):
    text = " ".join(WORDS[(number * 7 + at * at + len(name)) % len(WORDS)] + str(number * at % 997) for at in range(60))
    return (
        f"<item><guid>http://{name}.example/{number}</guid><title>Entry {number} of {name}</title>"
        f"<link>http://{name}.example/{number}</link><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
    )


def feed(name, numbers):
    items = "".join(item(name, number) for number in numbers)
    return f"<rss version='2.0'><channel><title>{name}</title><link>http://{name}.example/</link>{items}</channel></rss>".encode()


class Publishers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    lock = threading.Lock()
    # The document of the filling sources, and when each busy source was requested.
    issue, asked = 0, {}

    def log_message(self, *_):
        pass

    def do_GET(self):
        kind, _, number = self.path[1:].partition("/")
        if kind == "imported":
            body = feed(f"i{number}", range(20))
        elif kind == "filling":
            body = feed(f"f{number}", range(self.issue * LISTED, (self.issue + 1) * LISTED))
        else:
            with self.lock:
                times = self.asked.setdefault(number, [])
                times.append(time.monotonic())
                count = len(times)
            body = feed(f"b{number}", range(count + 10, count, -1))
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True

    def handle_error(self, *_):
        pass  # A client that goes away is its own matter.


def longest_pause(begin, end):
    """The longest time between two requests for the same busy source of which a part lies between two moments. A request that has not
    come yet counts as if it came at the end."""
    longest = 0.0
    with Publishers.lock:
        for times in Publishers.asked.values():
            for before, after in zip(times, times[1:] + [max(end, times[-1])]):
                if after > begin and before < end:
                    longest = max(longest, after - before)
    return longest


def configuration(folder, sources, more=""):
    text = f"""[serve]
listen = "unix:{folder}/http.sock"
[store]
path = "{folder}/watershed.db"
{more}
[stories]
match = "off"
[poll]
allow_networks = ["127.0.0.0/8"]
min_every = "1s"
host_gap = "0s"
[log]
level = "warn"
{sources}"""
    with open(f"{folder}/new.toml", "w") as file:
        file.write(text)
    os.rename(f"{folder}/new.toml", f"{folder}/watershed.toml")


def source(kind, number, port, every):
    return f"""[[source]]
name = "{kind}{number}"
url = "http://{address(number)}:{port}/{kind}/{number}"
every = "{every}"
"""


def run(folder, *arguments):
    """Seconds that a command of the program takes, and what it prints."""
    began = time.monotonic()
    done = subprocess.run([PROGRAM, "--config", f"{folder}/watershed.toml", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: exit status {done.returncode}: {(done.stdout + done.stderr)[-600:]}")
    return time.monotonic() - began, done.stdout


def megabytes(path):
    return os.path.getsize(path) / 1e6


def imported(folder, port):
    """Seconds for `import --verify`."""
    with open(f"{folder}/feeds.opml", "w") as file:
        file.write('<opml version="2.0"><body>\n')
        for number in range(IMPORTED):
            file.write(f'<outline type="rss" text="Feed {number}" xmlUrl="http://{address(number)}:{port}/imported/{number}"/>\n')
        file.write("</body></opml>\n")
    configuration(folder, "")
    seconds, _ = run(folder, "import", f"{folder}/feeds.opml", "--verify")
    listed = run(folder, "export", "--format", "newsboat")[1].splitlines()
    if len(listed) != IMPORTED:
        sys.exit(f"{len(listed)} of {IMPORTED} sources were imported")
    return seconds


def fill(folder, port):
    """Polls both documents of the filling sources. The entries of the first are made to look two days old."""
    configuration(folder, "".join(source("filling", number, port, "30d") for number in range(FILLING)))
    for Publishers.issue in (0, 1):
        if Publishers.issue == 1:
            connection = sqlite3.connect(f"{folder}/watershed.db")
            connection.execute("UPDATE entry SET first_seen = first_seen - ?1", [TWO_DAYS])
            connection.commit()
            connection.close()
            time.sleep(2)
        run(folder, "-q", "poll", "--all")


def entries_of_filling(folder):
    records = map(json.loads, run(folder, "list", "--json")[1].splitlines())
    return sum(record["entries"] for record in records if record["name"].startswith("filling"))


def quiet():
    begin = time.monotonic()
    time.sleep(QUIET)
    return longest_pause(begin, time.monotonic())


def row(what, size, seconds, beside="-", alone="-", limit="-"):
    print(f"| {what} | {size} | {seconds:.1f} s | {beside} | {alone} | {limit} |", flush=True)


def pause(seconds):
    return f"{seconds:.2f} s"


def main():
    server = Server(("0.0.0.0", 0), Publishers)
    port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("| what | of | takes | longest pause of a source meanwhile | without it | longer by |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="watershed-operations.") as folder:
        seconds = imported(folder, port)
        row("`import --verify`", f"{IMPORTED} sources", seconds)
    with tempfile.TemporaryDirectory(prefix="watershed-operations.") as folder:
        fill(folder, port)
        stored = entries_of_filling(folder)
        if stored != 2 * FILLING * LISTED:
            sys.exit(f"{stored} entries are stored, {2 * FILLING * LISTED} were published")
        sources = "".join(source("filling", number, port, "30d") for number in range(FILLING))
        sources += "".join(source("busy", number + FILLING, port, f"{EVERY}s") for number in range(BUSY))
        configuration(folder, sources)
        with open(f"{folder}/log", "w") as log:
            daemon = subprocess.Popen([PROGRAM, "--config", f"{folder}/watershed.toml", "run"], stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + PATIENCE
            # All busy sources have been polled a few times, so that the burst after the start is over.
            while len(Publishers.asked) < BUSY or min(map(len, Publishers.asked.values())) < 5:
                if daemon.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"the daemon does not poll: {open(f'{folder}/log').read()[-600:]}")
                time.sleep(0.2)
            database = f"{folder}/watershed.db"
            alone = quiet()
            begin = time.monotonic()
            seconds, _ = run(folder, "backup", f"{folder}/backup.db")
            beside = longest_pause(begin, time.monotonic())
            size = f"{megabytes(f'{folder}/backup.db'):.0f} MB"
            row("`backup`", size, seconds, pause(beside), pause(alone), pause(max(0, beside - alone)))
            os.remove(f"{folder}/backup.db")

            alone = quiet()
            before = megabytes(database)
            configuration(folder, sources, f'keep = "{KEEP}"\nkeep_min = 0')
            begin = time.monotonic()
            seconds, _ = run(folder, "reload")
            beside = longest_pause(begin, time.monotonic())
            row("`reload`", f"{stored} entries", seconds, pause(beside), pause(alone), pause(max(0, beside - alone)))
            begin = time.monotonic()
            seconds, _ = run(folder, "prune")
            beside = longest_pause(begin, time.monotonic())
            left = entries_of_filling(folder)
            if left != FILLING * LISTED:
                sys.exit(f"{left} entries are left, {FILLING * LISTED} should be")
            # The last pages are given back to the file system when the log has been copied into the database.
            time.sleep(QUIET)
            daemon.send_signal(signal.SIGTERM)
            if daemon.wait(60) != 0:
                sys.exit(f"the daemon ended with {daemon.returncode}")
            after = megabytes(database)
            size = f"{stored - left} of {stored} entries, {before:.0f} MB before, {after:.0f} MB after"
            row("`prune`", size, seconds, pause(beside), pause(alone), pause(max(0, beside - alone)))
            if after >= before:
                sys.exit("the file has not shrunk")
        finally:
            daemon.kill()
            daemon.wait()


if __name__ == "__main__":
    main()
