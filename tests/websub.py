"""Speaks WebSub with two daemons through packages of others; see websub.sh. Arguments: the program, and a folder to work in."""
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from datetime import datetime, timezone
from xml.sax.saxutils import escape

import celery
import flask
import requests
import werkzeug.serving
from flask_websub.hub import Hub, SQLite3HubStorage
from flask_websub.publisher import init_publisher, publisher
from flask_websub.subscriber import SQLite3SubscriberStorage, SQLite3TempSubscriberStorage, Subscriber, discover
from requests_websub_auth import WebSubAlgorithm, WebSubAuth

PATIENCE = 30  # seconds; a delivery that failed is tried again after 10
program, work = sys.argv[1:3]
daemons = []


class Failed(Exception):
    pass


def wait_until(what, condition):
    """Waits until the condition is true, and returns its value."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.02)
    raise Failed(f"waited {PATIENCE} s in vain: {what}")


def demand(truth, what):
    if not truth:
        raise Failed(what)


class Site:
    """A publisher, its hub and a subscriber, all of flask-websub, and a callback without any package."""

    def __init__(self):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.app = app = flask.Flask("site")
        self.entries, self.polls, self.heard, self.confirmed, self.plain = [], 0, [], [], []
        init_publisher(app)
        self.hub_rows = SQLite3HubStorage(os.path.join(work, "hub.sqlite3"))
        # Tasks run at once, in the thread that asks for them.
        tasks = celery.Celery()
        tasks.conf.task_always_eager = True
        self.hub = Hub(self.hub_rows, tasks)
        app.register_blueprint(self.hub.build_blueprint(url_prefix="/hub"))
        self.subscriber = Subscriber(SQLite3SubscriberStorage(os.path.join(work, "subscriber.sqlite3")),
                                     SQLite3TempSubscriberStorage(os.path.join(work, "temporary.sqlite3")))
        self.subscriber.add_listener(lambda topic, callback, body: self.heard.append((time.monotonic(), topic, body)))
        self.subscriber.add_success_handler(lambda topic, callback, mode: self.confirmed.append((mode, topic)))
        app.register_blueprint(self.subscriber.build_blueprint(url_prefix="/callbacks"))

        @app.route("/feed.atom")
        @publisher()
        def feed():
            if flask.request.user_agent.string.startswith("Watershed/"):
                self.polls += 1
            return self.document(self.entries), 200, {"content-type": "application/atom+xml"}

        @app.route("/plain", methods=["GET", "POST"])
        def plain():
            if flask.request.method == "POST":
                self.plain.append((dict(flask.request.headers), flask.request.get_data()))
            return flask.request.args.get("hub.challenge", "")

        self.server = werkzeug.serving.make_server("127.0.0.1", 0, app, threaded=True)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.topic = f"{self.address}/feed.atom"
        app.config["SERVER_NAME"] = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def document(self, entries):
        items = "".join(
            f"<entry><id>urn:uuid:{id}</id><title>{escape(title)}</title><updated>{date}</updated>"
            f"<content>The text of {escape(title)}.</content></entry>" for id, title, date in reversed(entries))
        return (f'<feed xmlns="http://www.w3.org/2005/Atom"><id>{self.topic}</id><title>Site</title>'
                f"<updated>{entries[-1][2]}</updated>{items}</feed>")

    def publish(self, title):
        """Publishes an entry and has the hub tell of it."""
        self.entries.append(entry(title))
        self.hub.send_change_notification.delay(self.topic)

    def hears(self, title):
        """When the subscriber heard of an entry, and the document that it got."""
        return next(((at, body) for at, _, body in self.heard if title.encode() in body), None)

    def callbacks(self):
        return [(row["callback_url"], row["secret"]) for row in self.hub_rows.get_callbacks(self.topic)]


def entry(title):
    return (uuid.uuid4(), title, datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"))


class Daemon:
    """A daemon with one source, which subscribes and is a hub."""

    def __init__(self, name, source):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.folder = os.path.join(work, name)
        os.mkdir(self.folder)
        with open(os.path.join(self.folder, "watershed.toml"), "w", encoding="utf-8") as config:
            # A source that owes something after a kill is polled once `min_every` is over.
            config.write(f'[serve]\nlisten = "{self.address[7:]}"\npublic_url = "{self.address}"\n'
                         '[poll]\nallow_networks = ["127.0.0.0/8"]\nmin_every = "1s"\nhost_gap = "0s"\n'
                         f'[push]\nsubscribe = true\n[[source]]\nname = "source"\nurl = "{source}"\n')
        self.feed = f"{self.address}/feed.atom"
        self.start()
        daemons.append(self)

    def start(self):
        log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen([program, "run"], cwd=self.folder, stdout=log, stderr=log)
        wait_until("the daemon serves", self.is_ready)

    def is_ready(self):
        if self.process.poll() is not None:
            raise Failed(f"the daemon ended with status {self.process.returncode}")
        try:
            return requests.get(f"{self.address}/readyz", timeout=5).ok
        except requests.ConnectionError:
            return False

    def ask(self, *arguments):
        done = subprocess.run([program, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE)
        demand(done.returncode == 0, f"{arguments}: {done.stderr}")
        return done.stdout

    def entries(self):
        return [json.loads(line)["title"] for line in self.ask("entries", "--json").splitlines()]

    def subscriptions(self):
        lines = requests.get(f"{self.address}/metrics", timeout=5).text.splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("watershed_websub_subscriptions "))


def verified():
    """The hub of flask-websub verifies the first daemon, and the first daemon verifies the second."""
    wait_until("flask-websub has the subscription", lambda: len(site.callbacks()) == 1)
    wait_until("the second daemon is subscribed", lambda: first.subscriptions() == 1)
    demand(len(site.callbacks()[0][1]) > 32, "the first daemon gave no secret")
    return "a source is subscribed at flask-websub, and at the hub of another daemon"


def subscribed():
    """The subscriber of flask-websub finds the hub of the second daemon and subscribes."""
    found = discover(second.feed)
    demand(found == {"hub_url": f"{second.address}/hub", "topic_url": second.feed}, f"it discovers {found}")
    with site.app.app_context():
        site.id = site.subscriber.subscribe(**found, lease_seconds=3600)
    wait_until("the subscription is verified", lambda: ("subscribe", second.feed) in site.confirmed)
    return "flask-websub discovers the hub, and is verified"


def delivered():
    """An entry comes from the publisher to the subscriber, and nobody polls."""
    polls, began = site.polls, time.monotonic()
    site.publish("An entry that is pushed")
    heard, body = wait_until("the subscriber hears of the entry", lambda: site.hears("An entry that is pushed"))
    demand(body == requests.get(second.feed, timeout=5).content, "the delivered document is not the one that is served")
    demand(site.polls == polls, "the source was polled")
    return f"publisher, hub, daemon, daemon, subscriber: {heard - began:.1f} s, without a poll"


def killed():
    """What is published while the daemons are killed comes as well."""
    for number in range(3):
        site.publish(f"Entry {number} before a kill")
        time.sleep(0.2 * number)
        for daemon in (first, second):
            daemon.process.kill()
            daemon.process.wait()
        second.start()
        first.start()
    site.publish("An entry after the kills")
    wait_until("the subscriber hears of it", lambda: site.hears("An entry after the kills"))
    titles = wait_until("all entries are there", lambda: len(titles := second.entries()) == 6 and titles)
    demand(len(set(titles)) == 6, f"{titles}")
    return "three kills of both daemons: no subscription lost, no entry undelivered"


def signatures_checked():
    """Deliveries that requests-websub-auth signs are taken, and those with another secret are not."""
    callback, secret = site.callbacks()[0]
    def deliver(title, auth):
        document = site.document([entry(title)])
        reply = requests.post(callback, data=document.encode(), headers={"content-type": "application/atom+xml"}, auth=auth)
        demand(reply.ok, f"{title}: {reply.status_code}")
    deliver("forged", WebSubAuth(secret + "x", WebSubAlgorithm.SHA256))
    deliver("unsigned", None)
    methods = [method.value for method in WebSubAlgorithm]
    for method in methods:
        deliver(method, WebSubAuth(secret, WebSubAlgorithm(method)))
    titles = wait_until("signed deliveries are taken", lambda: set(methods) <= set(titles := first.entries()) and titles)
    demand(not {"forged", "unsigned"} & set(titles), f"{titles}")
    return f"{', '.join(methods)}; neither a forged nor an unsigned delivery"


def signatures_made():
    """requests-websub-auth makes the same signature of a delivery."""
    form = {"hub.mode": "subscribe", "hub.topic": first.feed, "hub.callback": f"{site.address}/plain", "hub.secret": "a secret"}
    before = first.subscriptions()
    demand(requests.post(f"{first.address}/hub", data=form, timeout=5).status_code == 202, "it is not accepted")
    wait_until("it is subscribed", lambda: first.subscriptions() == before + 1)
    site.publish("An entry that is signed")
    headers, body = wait_until("it is delivered", lambda: site.plain and site.plain[-1])
    wanted = requests.Request("POST", first.feed, data=body, auth=WebSubAuth("a secret", WebSubAlgorithm.SHA256)).prepare()
    demand(headers["X-Hub-Signature"] == wanted.headers["X-Hub-Signature"], f"{headers}")
    return headers["X-Hub-Signature"][:20] + "…"


def unsubscribed():
    """The subscriber of flask-websub renews, and then wants no more."""
    site.confirmed.clear()
    with site.app.app_context():
        site.subscriber.renew(site.id)
        wait_until("it is renewed", lambda: ("subscribe", second.feed) in site.confirmed)
        site.subscriber.unsubscribe(site.id)
    wait_until("it is unsubscribed", lambda: ("unsubscribe", second.feed) in site.confirmed)
    wait_until("the hub has no subscription", lambda: second.subscriptions() == 0)
    return "flask-websub renews and unsubscribes"


def stopped():
    """The daemons end on SIGTERM, and no log has a secret."""
    callback, secret = site.callbacks()[0]
    token = callback.rsplit("/", 1)[1]
    for daemon in daemons:
        daemon.process.send_signal(signal.SIGTERM)
        demand(daemon.process.wait(10) == 0, f"exit status {daemon.process.returncode}")
        log = open(os.path.join(daemon.folder, "log"), encoding="utf-8").read()
        demand(secret not in log and token not in log, f"{daemon.folder}/log has a secret")
    return "no log names a secret or a callback"


def check(name, step):
    try:
        print(f"{name:<24} {'ok':<8} {step()}", flush=True)
    except Exception as failure:
        print(f"{name:<24} {'FAILED':<8} {type(failure).__name__}: {failure}", flush=True)
        for daemon in daemons:
            tail = open(os.path.join(daemon.folder, "log"), encoding="utf-8").read().splitlines()[-20:]
            print("\n".join(["", f"the log of {daemon.folder} ends with:", *tail]), flush=True)
        raise SystemExit(1)


site = Site()
site.entries.append(entry("The first entry"))
try:
    first = Daemon("first", site.topic)
    second = Daemon("second", first.feed)
    check("intent", verified)
    check("discovery", subscribed)
    check("delivery", delivered)
    check("kills", killed)
    check("signatures taken", signatures_checked)
    check("signatures made", signatures_made)
    check("renewal and end", unsubscribed)
    check("stops on SIGTERM", stopped)
finally:
    for daemon in daemons:
        daemon.process.kill()
