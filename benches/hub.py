"""A farm of WebSub subscribers on the loopback network, each with an address of its own, and a source that grows. benches/hub.sh
starts it; the first argument is the program, then pairs of the number of subscribers and the percentage of them that hang."""

import asyncio
import hashlib
import hmac
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROUNDS = 3
ENTRIES = 100
# The farm listens on every address of 127.0.0.0/8, and the program on this one.
FARM_PORT, PROGRAM = 18480, ("127.0.0.1", 18481)
TOPIC = "http://feeds.example/feed.atom"
SECRET = b"a secret of the farm"
# The longest wait for the subscribers that do not hang.
PATIENCE = 120


def address(number):
    """Addresses from 127.1.0.1 on, none of which ends in 0 or 255."""
    high, low = divmod(number, 250)
    second, third = divmod(high, 250)
    return f"127.{second + 1}.{third}.{low + 1}"


def feed(version):
    items = "".join(
        f"<item><guid>https://a.example/{n}</guid><title>Entry {n}</title><link>https://a.example/{n}</link><description>"
        f"{f'Words of entry {n}, of ordinary length. ' * 40}</description></item>"
        for n in range(version, version + ENTRIES)
    )
    return f"<rss version='2.0'><channel><title>A</title><link>https://a.example/</link>{items}</channel></rss>".encode()


class Farm:
    def __init__(self, hanging):
        self.version, self.served_at, self.hanging = 0, 0.0, hanging
        self.arrived, self.confirmed, self.wrong, self.held = {}, set(), 0, []

    async def converse(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.split("\r\n")
            method, target, _ = first.split(" ", 2)
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
            path, _, query = target.partition("?")
            if path == "/feed":
                body = feed(self.version)
                writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                await writer.drain()
                self.served_at = time.monotonic()
            elif method == "GET":
                challenge = dict(urllib.parse.parse_qsl(query)).get("hub.challenge", "").encode()
                self.confirmed.add(path)
                writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(challenge) + challenge)
            else:
                body = await reader.readexactly(int(headers["content-length"]))
                number = int(path[1:])
                if number in self.hanging:
                    self.held.append(writer)
                    await reader.read()
                    return
                self.arrived.setdefault(number, (time.monotonic(), hash(body)))
                expected = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
                self.wrong += headers.get("x-hub-signature") != expected
                writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            writer.close()


def post(body):
    """Sends a form to the hub and returns the status."""
    with socket.create_connection(PROGRAM, timeout=30) as connection:
        head = "POST /hub HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        return int(connection.makefile("rb").readline().split()[1])


def subscribe(number):
    callback = f"http://{address(number)}:{FARM_PORT}/{number}"
    pairs = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": callback, "hub.secret": SECRET.decode()}
    while (status := post(urllib.parse.urlencode(pairs))) == 503:
        time.sleep(0.02)
    assert status == 202, status


def get(path):
    with socket.create_connection(PROGRAM, timeout=30) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        return connection.makefile("rb").read().decode("utf-8", "replace")


def subscriptions():
    for line in get("/metrics").splitlines():
        if line.startswith("watershed_websub_subscriptions "):
            return int(line.split()[1])
    return 0


async def until(condition, what, patience=PATIENCE):
    deadline = time.monotonic() + patience
    while not await asyncio.to_thread(condition):
        if time.monotonic() > deadline:
            sys.exit(f"not within {patience} s: {what}")
        await asyncio.sleep(0.02)


def share(sorted_values, part):
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * part))]


async def measure(program, subscribers, percent):
    hanging = {number for number in range(subscribers) if number * percent // 100 != (number + 1) * percent // 100}
    farm = Farm(hanging)
    server = await asyncio.start_server(farm.converse, "0.0.0.0", FARM_PORT, backlog=4096)
    with tempfile.TemporaryDirectory(prefix="watershed-hub.") as folder:
        with open(f"{folder}/watershed.toml", "w", encoding="utf-8") as config:
            config.write(
                f'[serve]\nlisten = "{PROGRAM[0]}:{PROGRAM[1]}"\npublic_url = "http://feeds.example"\n'
                '[poll]\nallow_networks = ["127.0.0.0/8"]\nevery = "1h"\nmin_every = "1s"\nhost_gap = "0s"\n'
                f'[[source]]\nname = "a"\nurl = "http://127.0.0.1:{FARM_PORT}/feed"\n'
            )
        command = [program, "--config", f"{folder}/watershed.toml"]
        daemon = subprocess.Popen(command + ["run"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            await until(lambda: is_up(), "the program serves")
            poll = lambda: subprocess.run(command + ["poll", "a"], stdout=subprocess.DEVNULL, check=False)
            await asyncio.to_thread(poll)
            before = cpu(daemon.pid)
            for start in range(0, subscribers, 200):
                numbers = range(start, min(start + 200, subscribers))
                await asyncio.gather(*(asyncio.to_thread(subscribe, number) for number in numbers))
            await until(lambda: subscriptions() == subscribers, f"{subscribers} subscriptions")
            subscribing, good = cpu(daemon.pid) - before, subscribers - len(hanging)
            for number in range(ROUNDS):
                # The cool-down of a source is a second here.
                await asyncio.sleep(2)
                farm.version, farm.arrived = number + 1, {}
                before, began = cpu(daemon.pid), time.monotonic()
                await asyncio.to_thread(poll)
                polled = time.monotonic() - began
                await until(lambda: len(farm.arrived) >= good, f"deliveries to {good} subscribers")
                spans = sorted(at - farm.served_at for at, _ in farm.arrived.values())
                contents = {digest for _, digest in farm.arrived.values()}
                assert len(contents) == 1 and farm.wrong == 0, (len(contents), farm.wrong)
                row = [subscribers, f"{percent} %", number + 1, f"{share(spans, 0.5):.2f}", f"{share(spans, 0.99):.2f}"]
                row += [f"{spans[-1]:.2f}", f"{polled:.2f}", f"{cpu(daemon.pid) - before:.2f}", f"{rss(daemon.pid):.0f}"]
                print("| " + " | ".join(map(str, row)) + " |", flush=True)
            print(f"<!-- {subscribers} subscriptions took {subscribing:.2f} CPU seconds -->", flush=True)
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(20)
            server.close()
            for writer in farm.held:
                writer.close()


def is_up():
    try:
        return "200" in get("/readyz").split("\r\n", 1)[0]
    except OSError:
        return False


def cpu(pid):
    """CPU seconds of a process so far."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss(pid):
    """Resident memory in MiB."""
    with open(f"/proc/{pid}/statm", encoding="utf-8") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def main():
    program, *numbers = sys.argv[1:]
    print("| subscribers | of which hang | round | median (s) | p99 (s) | last (s) | `poll` (s) | CPU (s) | memory (MiB) |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for subscribers, percent in zip(numbers[::2], numbers[1::2]):
        asyncio.run(measure(program, int(subscribers), int(percent)))


main()
