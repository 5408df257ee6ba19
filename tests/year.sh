#!/usr/bin/env bash
# Plays a year of an installation in a root that debootstrap makes, and writes what was typed and what came as Markdown to the
# standard output:
#
#   tests/year.sh [PROGRAM] >docs/year.md          PROGRAM is target/release/watershed unless given
#
#   PACKAGE=FILE      a package that is already made of the program
#   KEEP=1            keeps the work folder
#
# The package is installed, subscriptions move in from another reader, and then things go wrong and are mended: a mistake in the
# configuration, a full disk, a feed that moves, a feed that dies, an upgrade that migrates a database, pruning, and a lost database.
# Every command is one that the manual gives: the page that is named with it must have its verb and its options. After each step, all
# entries that were ever published must be stored. What a step needs of the world is in tests/year.py.
#
# The program reads the clock of libfaketime, which the script sets. What differs from run to run is replaced by … in the transcript.
# Nothing is installed on this machine. What cannot be played, because a tool is missing, is skipped and named.
set -Eeuo pipefail
export LC_ALL=C.UTF-8 no_proxy='*' NO_PROXY='*'

root=$(cd "$(dirname "$0")/.." && pwd)
WATERSHED=$(realpath -m "${1:-$root/target/release/watershed}")
export WATERSHED
export DEBFULLNAME=${DEBFULLNAME:-'The Watershed authors'} DEBEMAIL=${DEBEMAIL:-packages@watershed.test}
[ -x "$WATERSHED" ] || { echo "$WATERSHED is not there: run cargo build --release first, or name another program" >&2; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-year.XXXXXX")
at=$work/root
world=$work/world
pids=()
current=start
finish() {
    local status=$? pid
    if [ -s "$at/run/watershed.pid" ]; then pids+=("$(cat "$at/run/watershed.pid")"); fi
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null && { wait "$pid" 2>/dev/null || true; }; done
    # The daemon may use the disk until it has stopped.
    for folder in "$at/var/lib/watershed" "$at/proc"; do
        for _ in $(seq 100); do
            if ! mountpoint -q "$folder" || umount "$folder" 2>/dev/null; then break; fi
            sleep 0.1
        done
    done
    if [ "$status" -ne 0 ]; then
        echo "tests/year.sh failed while: $current" >&2
        tail -n 5 "$at/var/log/watershed.log" 2>/dev/null >&2 || true
    fi
    if [ -n "${KEEP:-}" ]; then echo "kept: $work" >&2; else rm -rf --one-file-system "$work"; fi
}
trap finish EXIT
trap 'echo "line $LINENO: $BASH_COMMAND" >&2' ERR
fail() { echo "$*" >&2; exit 1; }
skip() { echo "SKIPPED: the year was not played: $*" >&2; exit 0; }

# shellcheck source=tests/root.sh
. "$root/tests/root.sh"
[ -n "$kept" ] || skip 'it needs root and debootstrap'
for tool in python3 dpkg-deb dpkg-shlibdeps setpriv mountpoint; do
    command -v "$tool" >/dev/null || skip "$tool is not installed (Debian: python3, dpkg-dev, util-linux)"
done
faketime=
for library in /usr/lib/*/faketime/libfaketimeMT.so.1; do if [ -e "$library" ]; then faketime=$library; fi; done
[ -n "$faketime" ] || skip 'libfaketime is not installed (Debian: faketime)'
if [ ! -e "$kept" ]; then
    echo '- a root to install into' >&2
    make_root >"$work/debootstrap.log" 2>&1 || { tail -n 3 "$work/debootstrap.log" >&2; skip "debootstrap made no root of $suite"; }
fi

# The world.
mkdir "$world"
python3 "$root/tests/year.py" serve "$world" &
pids+=($!)
for _ in $(seq 100); do if [ -s "$world/port" ]; then break; fi; sleep 0.1; done
port=$(cat "$world/port")
serving=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

# The root, its clock, and the disk of the database, which is small.
mkdir "$at"
tar -C "$at" -xf "$kept"
mount -t proc proc "$at/proc"
mkdir -p "$at/var/lib/watershed" "$at/backups" "$at/run/systemd/system"
mount -t tmpfs -o size=256M,mode=755 tmpfs "$at/var/lib/watershed"
cp "$faketime" "$at/usr/lib/faketime.so"
cat >"$at/etc/apt/apt.conf.d/90alone" <<'APT'
APT::Install-Recommends "false";
APT::Get::Assume-Yes "true";
DPkg::Options:: "--force-confold";
DPkg::Path "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
APT
rm -f "$at"/etc/apt/sources.list "$at"/etc/apt/sources.list.d/*
# The library shares memory between processes of all users.
chmod 1777 "$at/dev/shm" "$at/backups"

# Nothing runs in the root, so these take the place of sudo and of systemctl. The service runs as its unit says: as its user, with the
# folders that systemd makes.
cat >"$at/usr/local/bin/sudo" <<'SH'
#!/bin/sh
if [ "$1" = -u ]; then user=$2; shift 2; exec setpriv --reuid="$user" --regid="$user" --init-groups "$@"; fi
exec "$@"
SH
cat >"$at/usr/local/bin/systemctl" <<'SH'
#!/bin/sh
is_running() { [ -s /run/watershed.pid ] && kill -0 "$(cat /run/watershed.pid)" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$(cat /run/watershed.pid)/status"; }
start() {
    if is_running; then return; fi
    command=$(sed -n 's/^ExecStart=//p' /usr/lib/systemd/system/watershed.service)
    install -d -o watershed -g watershed -m 750 /run/watershed
    # shellcheck disable=SC2086
    STATE_DIRECTORY=/var/lib/watershed RUNTIME_DIRECTORY=/run/watershed \
        setpriv --reuid=watershed --regid=watershed --init-groups $command >>/var/log/watershed.log 2>&1 </dev/null &
    echo $! >/run/watershed.pid
    for _ in $(seq 600); do
        if [ -S /run/watershed/control.sock ] && watershed status >/dev/null 2>&1; then return; fi
        is_running || { echo 'Job for watershed.service failed.' >&2; exit 1; }
        sleep 0.1
    done
    echo 'watershed.service did not start in time.' >&2
    exit 1
}
stop() {
    is_running || return 0
    kill "$(cat /run/watershed.pid)"
    for _ in $(seq 150); do is_running || { rm /run/watershed.pid; return 0; }; sleep 0.1; done
    echo 'watershed.service did not stop in time.' >&2
    exit 1
}
now=
for word; do case $word in --now) now=1 ;; -*) ;; *) verb=${verb:-$word} ;; esac; done
case $verb in
    start) start ;;
    stop) stop ;;
    restart) stop; start ;;
    is-active) is_running ;;
    enable) SYSTEMD_OFFLINE=1 /usr/bin/systemctl --quiet enable watershed.service; if [ -n "$now" ]; then start; fi ;;
    is-enabled) SYSTEMD_OFFLINE=1 exec /usr/bin/systemctl "$@" ;;
    *) ;;
esac
SH
chmod 755 "$at/usr/local/bin/sudo" "$at/usr/local/bin/systemctl"

inside() {
    chroot "$at" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        LD_PRELOAD=/usr/lib/faketime.so FAKETIME_TIMESTAMP_FILE=/run/clock FAKETIME_NO_CACHE=1 NO_FAKE_STAT=1 \
        FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_RESET=1 "$@"
}

# The clock of the root, and the date of the publishers. Beneath a running daemon, the clock jumps.
at_date() {
    local to
    to=$(date -u -d "$1" +%s)
    printf '+%d' $((to - $(date +%s))) >"$at/run/clock.new"
    mv "$at/run/clock.new" "$at/run/clock"
    printf '%s' "${1% *}" >"$world/day.new"
    mv "$world/day.new" "$world/day"
    sleep 0.2
}

# The transcript.
begin=$SECONDS
section() { current=$2; echo "- $2 ($SECONDS s)" >&2; at_date "$1"; printf '\n## %s\n' "$2"; }
say() { printf '\n%s\n' "$*"; }
# What differs from run to run: the size of files, spans that were measured, seconds, chance.
plain() {
    sed -E -e "s/127\.0\.0\.1:$port/127.0.0.1:3128/g; s/127\.0\.0\.1:$serving/127.0.0.1:8470/g" -e 's/(T[0-9]{2}:[0-9]{2}):[0-9]{2}(\.[0-9]+)?Z/\1:…Z/g' \
        -e 's/[0-9.]+ (kB|KiB|MB|MiB|GB|GiB|bytes)/… \1/g' -e 's/\b[0-9]+s ago/…s ago/g; s/by up to [0-9]+ minutes/by up to … minutes/; s/[[:space:]]+$//'
}
# page, lines, status, command: types a command that the page gives. Shows so many lines of what it prints; `said` has all of it.
run() {
    local page=$1 lines=$2 wanted=$3 line=$4 status=0 word verb=''
    # The verb is the first word behind `watershed` that is no option; options with a value do not stand before it in the manual.
    for word in $line; do
        case $word in
            \|*) break ;;
            --* | -[a-z]*) grep -qF -- "$word" "$root/docs/$page" || fail "docs/$page does not have $word, as in: $line" ;;
            *) if [ "$verb" = watershed ]; then
                   grep -qE "watershed( -q)? $word" "$root/docs/$page" || fail "docs/$page does not have the command $word, as in: $line"
               fi ;;
        esac
        case $word in -*) ;; *) verb=$word ;; esac
    done
    inside sh -c "cd /root && $line" >"$work/said" 2>&1 </dev/null || status=$?
    said=$(cat "$work/said")
    if [ "$status" -ne "$wanted" ]; then fail "$line: exit status $status instead of $wanted: $said"; fi
    printf '\n```console system\n$ %s\n' "$line"
    plain <"$work/said" | awk -v most="$lines" 'NR <= most { print } END { if (NR > most && most > 0) print "…" }'
    if [ "$wanted" -ne 0 ]; then printf '$ echo $?\n%s\n' "$wanted"; fi
    printf '```\n'
}
says() { grep -qE -- "$1" <<<"$said" || fail "this does not say \"$1\": $said"; }
# path: writes the standard input there, readable by the service, and shows it.
file() {
    local text
    text=$(cat)
    sed "s/127\.0\.0\.1:3128/127.0.0.1:$port/; s/127\.0\.0\.1:8470/127.0.0.1:$serving/g" <<<"$text" >"$at$1"
    printf '\n`%s`:\n\n```toml\n%s\n```\n' "$1" "$text"
}
json() { inside watershed "$@" --json; }
# what, seconds, command...: waits until the command succeeds.
until_() {
    local what=$1 patience=$2 began=$SECONDS
    shift 2
    until "$@"; do
        if [ $((SECONDS - began)) -ge "$patience" ]; then fail "not within $patience s: $what"; fi
        sleep 0.3
    done
}
# Has every source polled at once. By itself the daemon would take up to a quarter of an hour after such a jump of the clock, in order
# not to send all requests in one burst.
all_polled() {
    local status=0
    inside watershed -q poll --all >"$work/polled" 2>&1 || status=$?
    case $status in 0 | 3) ;; *) fail "poll: $(cat "$work/polled")" ;; esac
}
stored=0
pruned=0
nothing_is_lost() {
    stored=$(json entries | python3 "$root/tests/year.py" kept "$world" "$pruned") || fail 'entries were lost'
    printf '\n*%s entries have been published, and all of them are stored' $((stored + pruned))
    if [ "$pruned" -gt 0 ]; then printf ', except for the %s that were pruned' "$pruned"; fi
    printf '.*\n'
}

# The package as an earlier version had it: another number, and a line more in the commented configuration.
current='making the package'
echo "- $current" >&2
deb=${PACKAGE:-$("$root/packaging/deb.sh" "$work/new")}
mkdir "$work/old"
dpkg-deb -R "$deb" "$work/old/package"
sed -i 's/^Version: .*/Version: 0.0.9-1/' "$work/old/package/DEBIAN/control"
echo '# A line of the earlier version.' >>"$work/old/package/etc/watershed/watershed.toml"
old=watershed_0.0.9-1_$(dpkg --print-architecture).deb
dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/old/package" "$at/root/$old" >/dev/null
cp "$deb" "$at/root/"
new=$(basename "$deb")

cat <<'MARKDOWN'
# A year in an hour

This page is the output of `tests/year.sh >docs/year.md`, which plays it again; do not edit it here. It is what somebody typed who
installed the package, moved in with 500 feeds of another reader, and met everything that goes wrong in a year. All commands are those of
this manual. The feeds come from 500 invented publishers behind a proxy on the same machine, and the clock is set from step to step.
After each step, what is stored is compared with everything that was ever published. `…` stands for lines that were left out, and for
what differs from run to run.
MARKDOWN

section '2027-01-04 09:00' 'January: the package and a first configuration'
say 'By [Installing](install.md). The package starts nothing by itself.'
run install.md 0 0 "sudo apt install ./$old"
file /etc/watershed/watershed.toml <<'TOML'
title = "Skerrow"

[serve]
listen     = "127.0.0.1:8470"
public_url = "http://127.0.0.1:8470"

[store]
path = "/var/lib/watershed/watershed.db"

[poll]
proxy = "http://127.0.0.1:3128"     # the way to the publishers of this year

[[include]]
path = "sources.d/*.toml"

[[notify]]
url = "http://chat.example/hooks/skerrow"

[[source]]
url  = "http://amber-anchor.example/feed.xml"
name = "anchor"
tags = ["harbour"]
TOML
run install.md 9 0 'sudo watershed check'
run install.md 9 0 'sudo systemctl enable --now watershed'
all_polled
run install.md 12 0 'sudo watershed status'
says '1 ok'
nothing_is_lost

section '2027-01-05 09:00' 'January: moving in with 500 feeds of Miniflux'
say 'By [Moving in and out](import.md). The export has 502 feeds. The first is configured already, and two closed long ago.'
python3 "$root/tests/year.py" export >"$at/root/feeds.opml"
run import.md 6 0 'watershed import feeds.opml --dry-run'
says '501 sources'
run import.md 9 3 'sudo watershed import feeds.opml --verify --to sources.d/mine.toml'
says 'added 499 sources'
say 'The running daemon takes the new sources at once.'
all_polled
run operating.md 4 0 'sudo watershed status'
says '500 ok'
nothing_is_lost

section '2027-02-01 09:00' 'February: a mistake in the configuration'
say 'A quotation mark is forgotten. By [Is all well?](operating.md), nothing is applied, and everything goes on as before.'
all_polled
cp -p "$at/etc/watershed/watershed.toml" "$work/right.toml"
sed -i 's/^title = "Skerrow"/title = "Skerrow/' "$at/etc/watershed/watershed.toml"
run operating.md 9 2 'sudo watershed reload'
says 'watershed.toml:1'
run operating.md 12 0 'sudo watershed status'
says 'watershed.toml:1'
# event, name of a source: whether the chat was told.
is_told() { [ -e "$world/told" ] && grep "\"event\": \"$1\"" "$world/told" | grep -q "${2:-}"; }
until_ 'the chat is told of the mistake' 30 is_told refused
say 'The chat was told as well, by [`[[notify]]`](notifications.md), and the [health feed](health.md) has an entry.'
health() { python3 -c 'import sys, urllib.request as request; print(request.urlopen(sys.argv[1]).read().decode())' "http://127.0.0.1:$serving/health.atom"; }
is_in_health() { health | grep -q "$1"; }
until_ 'the health feed has the mistake' 30 is_in_health 'watershed.toml:1'
cp -p "$work/right.toml" "$at/etc/watershed/watershed.toml"
say 'The mistake is mended:'
run operating.md 5 0 'sudo watershed reload'
nothing_is_lost

# A stop empties the log of the database, in which there would be room left for some polls.
inside systemctl restart watershed
(cat /dev/zero >"$at/var/lib/watershed/filler") 2>/dev/null || true
section '2027-03-01 09:00' 'March: a full disk'
say 'Something else fills the disk of the database. By [Is all well?](operating.md):'
status_says() { inside watershed status | grep -q "$1"; }
until_ 'the daemon finds the disk full' 30 status_says 'disk is full'
run operating.md 14 0 'sudo watershed status'
says 'full'
run operating.md 14 3 'sudo watershed doctor'
says 'FINDING +daemon +the store cannot be written'
until_ 'the chat is told of the disk' 30 is_told disk
say 'Everything is served as before, and the chat is told ([Notifications](notifications.md)). There is room again:'
rm "$at/var/lib/watershed/filler"
at_date '2027-03-01 10:00'
all_polled
run operating.md 4 0 'sudo watershed status'
says '500 ok'
nothing_is_lost

section '2027-04-05 09:00' 'April: a feed moves'
say 'The Calm Mill answers with a permanent redirect to its new address. That is believed after a week.'
printf calm-mill >"$world/moved"
all_polled
for day in 06 07 08 09 10 11 12 13; do
    at_date "2027-04-$day 09:00"
    all_polled
done
until_ 'the chat is told of the move' 30 is_told moved calm-mill-example
run operating.md 10 0 'sudo watershed tidy'
says 'www.calm-mill.example/new.xml'
run operating.md 10 0 'sudo watershed tidy --apply'
run operating.md 3 0 'sudo watershed list --tag Maps'
json list | grep '"name":"calm-mill-example"' | grep -q '"url":"http://www.calm-mill.example/new.xml"' || fail 'the source has its old address'
nothing_is_lost

section '2027-05-03 09:00' 'May: a feed dies'
say 'The Wild Quay answers 503 for days.'
printf wild-quay >"$world/dead"
all_polled
for day in 4 5 6; do
    at_date "2027-05-0$day 09:00"
    all_polled
done
until_ 'the chat is told of the failure' 30 is_told failing wild-quay-example
say 'The chat was told, by [`[[notify]]`](notifications.md):'
printf '\n```json\n'
grep '"event": "failing"' "$world/told" | tail -n 1 | python3 -c '
import json, sys
told = json.load(sys.stdin)
keys = ("event", "kind", "source", "title", "happened", "why", "remedy")
print(json.dumps({key: told[key] for key in keys}, indent=2))' | plain
printf '```\n'
run operating.md 6 3 'sudo watershed list --failing'
says 'wild-quay'
run operating.md 12 0 'sudo watershed show wild-quay-example'
says '503'
rm "$world/dead"
at_date '2027-05-10 09:00'
say 'A week later it is back:'
all_polled
until_ 'the chat is told of the recovery' 30 is_told recovered wild-quay-example
run operating.md 4 0 'sudo watershed list --failing'
nothing_is_lost

section '2027-06-07 09:00' 'June: a backup, and an upgrade'
say 'By [Backup, restore, moving](backup.md) and [Upgrading](upgrade.md). The service goes on with the new program.'
all_polled
nothing_is_lost
edited=$(cat "$at/etc/watershed/watershed.toml" "$at/etc/watershed/sources.d/mine.toml" | sha256sum)
run backup.md 3 0 'sudo watershed backup /backups/watershed.db'
run upgrade.md 0 0 "sudo apt install ./$new"
until_ 'the service runs again' 30 inside watershed status >/dev/null
run upgrade.md 4 0 'sudo watershed status'
says 'since 2027-06-07'
says '500 ok'
[ "$(cat "$at/etc/watershed/watershed.toml" "$at/etc/watershed/sources.d/mine.toml" | sha256sum)" = "$edited" ] || fail 'the configuration was changed'
nothing_is_lost
say 'A database of an older layout is migrated when the service starts. The one that takes its place here has the layout 9 and the entries of
other publishers.'
cp -rp "$at/etc/watershed" "$work/etc"
run backup.md 3 0 'sudo systemctl stop watershed'
python3 - "$root/tests/databases/0009.sql" "$work/0009.db" <<'PYTHON'
import sqlite3, sys
sqlite3.connect(sys.argv[2]).executescript(open(sys.argv[1]).read())
PYTHON
rm "$at"/var/lib/watershed/watershed.db*
install -m 600 "$work/0009.db" "$at/var/lib/watershed/watershed.db"
chown --reference="$at/var/lib/watershed" "$at/var/lib/watershed/watershed.db"
sed -e 's#^path = .*#path = "/var/lib/watershed/watershed.db"#' -e "s#^listen = .*#listen = \"127.0.0.1:$serving\"#" \
    "$root/tests/databases/0009.toml" >"$at/etc/watershed/watershed.toml"
run backup.md 3 0 'sudo systemctl start watershed'
run upgrade.md 4 0 'sudo watershed status'
schema=$(python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("PRAGMA user_version").fetchone()[0])' "$at/var/lib/watershed/watershed.db")
[ "$schema" -gt 9 ] || fail "the database still has the layout $schema"
json entries | python3 -c '
import json, sys
facts = ("source", "key", "id", "declared_id", "published", "first_seen", "story", "lead", "hidden")
def read(lines):
    return {record["id"]: [record.get(fact) for fact in facts] for record in map(json.loads, lines)}
before, after = read(open(sys.argv[1])), read(sys.stdin)
wrong = [id for id in before if before[id] != after.get(id)]
if wrong or before.keys() != after.keys():
    sys.exit(f"the migration has changed {len(wrong)} entries, such as {wrong[:3]}")
print(f"\n*All {len(after)} entries of the old database are there, with the same ids, dates, stories and decisions.*")
' "$root/tests/databases/0009/entries.jsonl" || fail 'the migration lost something'
say 'And back to the own database, from the backup:'
run backup.md 3 0 'sudo systemctl stop watershed'
cp -p "$work/etc/watershed.toml" "$at/etc/watershed/watershed.toml"
run backup.md 4 0 'sudo watershed restore /backups/watershed.db'
says 'before-restore'
run backup.md 3 0 'sudo systemctl start watershed'
nothing_is_lost

# Publishers list entries of half a year, so that nothing is missed that is polled more often.
at_date '2027-09-06 09:00'
all_polled
section '2027-12-06 09:00' 'December: pruning'
say 'By [How long entries are kept](retention.md). Entries are to be kept for half a year from now on, and at least five of each source.'
all_polled
nothing_is_lost
before=$stored
sed 's/127\.0\.0\.1:'"$port"'/127.0.0.1:3128/' "$at/etc/watershed/watershed.toml" >"$work/edited.toml"
sed "s/127\.0\.0\.1:$serving/127.0.0.1:8470/g; s/^path = .*watershed.db.*/&\nkeep = \"180d\"\nkeep_min = 5/" "$work/edited.toml" | file /etc/watershed/watershed.toml
run getting-started.md 3 0 'sudo watershed reload'
run retention.md 4 0 'sudo watershed prune'
pruned=$((before - $(json entries | wc -l)))
[ "$pruned" -gt 0 ] || fail 'nothing was pruned'
nothing_is_lost

section '2028-01-03 09:00' 'January again: the database is lost'
say 'The last backup is of the day before; since then, publishers have gone on.'
at_date '2028-01-02 09:00'
all_polled
run backup.md 3 0 'sudo watershed backup /backups/watershed.db'
at_date '2028-01-10 09:00'
all_polled
nothing_is_lost
rm "$at/var/lib/watershed/watershed.db"
run operating.md 9 3 'sudo watershed doctor'
run backup.md 3 0 'sudo systemctl stop watershed'
run backup.md 4 0 'sudo watershed restore /backups/watershed.db'
run backup.md 3 0 'sudo systemctl start watershed'
say 'What was stored after the backup comes again with the next polls.'
all_polled
run operating.md 4 0 'sudo watershed status'
says '500 ok'
nothing_is_lost

echo "a year has passed in $((SECONDS - begin)) s" >&2
