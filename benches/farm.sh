#!/usr/bin/env bash
# Polls N sources (1,000 unless given) of the feed farm with the real program: cold, warm (nothing changed), and after
# 5 % of the feeds got new entries. Prints wall and CPU seconds, peak memory and what the farm's server was asked.
#
#   benches/farm.sh [N]           FARM=folder of farm.py, WATERSHED=program, KEEP=1 keeps the work folder
#
# The farm's server, curl and watershed share one machine: only the CPU seconds of watershed and ratios within one run
# mean something. curl, which downloads the same feeds and throws them away, stands beside as a scale.
set -euo pipefail

sources=${1:-1000}
root=$(cd "$(dirname "$0")/.." && pwd)
farm=${FARM:-$root/../shared/farm}
watershed=${WATERSHED:-$root/target/release/watershed}

skip() { echo "SKIPPED: the farm benchmark was not run: $1" >&2; exit 0; }
[ -e "$farm/farm.py" ] || skip "there is no farm.py in $farm (FARM names another folder)"
for tool in python3 nginx curl /usr/bin/time; do
    command -v "$tool" >/dev/null || skip "$tool is not installed (Debian: python3, nginx-light, curl, time)"
done
[ -x "$watershed" ] || { echo "$watershed is not there: run cargo build --release first" >&2; exit 1; }

work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-farm.XXXXXX")
server=
finish() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
    if [ -n "${KEEP:-}" ]; then echo "kept: $work"; else rm -rf "$work"; fi
}
trap finish EXIT

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.1.1", 0)); print(s.getsockname()[1])')
python3 "$farm/farm.py" generate --feeds "$sources" --seed 1 --port "$port" "$work/farm"
truth=$(python3 "$farm/farm.py" stat "$work/farm" | python3 -c 'import json, sys; print(json.load(sys.stdin)["items"])')
# nginx's workers may run as another user, who must reach the files.
chmod 755 "$work"
nginx -p "$work/farm" -c "$work/farm/nginx.conf" 2>"$work/nginx.err" &
server=$!
python3 "$farm/farm.py" list --format urls "$work/farm" >"$work/urls"
first=$(head -n 1 "$work/urls")
for _ in $(seq 50); do
    curl --noproxy "*" -fs -o /dev/null "$first" && break
    kill -0 "$server" 2>/dev/null || { echo "nginx did not start:" >&2; cat "$work/nginx.err" >&2; exit 1; }
    sleep 0.1
done

{
    cat <<TOML
[serve]
listen = "unix:$work/http.sock"
[store]
path = "$work/watershed.db"
[poll]
min_every = "1s"
per_host = 64
host_gap = "0s"
allow_networks = ["127.0.0.0/8"]
[log]
level = "warn"
TOML
    python3 "$farm/farm.py" list --format toml "$work/farm"
} >"$work/watershed.toml"

requests() { wc -l <"$work/farm/run/access.log"; }
answered() { tail -n "+$(($2 + 1))" "$work/farm/run/access.log" | awk -v want="$1" '$1 == want' | wc -l; }

# name, command...: runs it and prints a line of the table.
measure() {
    local name=$1 before status=0
    shift
    # nginx writes its log, and looks for changed files, once a second; a source rests for a second after a poll.
    sleep 2.2
    before=$(requests)
    /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" >"$work/out" 2>"$work/err" || status=$?
    sleep 1.5
    local wall user system memory
    read -r wall user system memory < <(tail -n 1 "$work/time")
    awk -v name="$name" -v wall="$wall" -v cpu="$user $system" -v memory="$memory" -v n="$sources" \
        -v all="$(($(requests) - before))" -v full="$(answered 200 "$before")" -v same="$(answered 304 "$before")" \
        'BEGIN {
            split(cpu, part, " "); seconds = part[1] + part[2]
            printf "%-22s %8.2f %8.2f %10.0f %12.3f %8.1f %9d %7d %7d\n",
                name, wall, seconds, n / (wall > 0 ? wall : 0.01), seconds * 1000 / n, memory / 1024, all, full, same
        }'
    [ "$status" -eq 0 ] || { echo "$name ended with status $status:" >&2; tail -n 5 "$work/out" "$work/err" >&2; exit 1; }
}

# Compares the entries in the store with the farm's truth.
compare() {
    local stored
    stored=$("$watershed" --config "$work/watershed.toml" list --json |
        python3 -c 'import json, sys; print(sum(json.loads(line)["entries"] for line in sys.stdin))')
    echo "  entries stored $stored, published by the farm $truth"
    [ "$stored" = "$truth" ] || { echo "FAILED: entries are missing or doubled" >&2; exit 1; }
}

sed 's/.*/url = "&"\noutput = "\/dev\/null"/' "$work/urls" >"$work/curl.conf"
poll=("$watershed" --config "$work/watershed.toml" poll --all)

printf '%-22s %8s %8s %10s %12s %8s %9s %7s %7s\n' \
    "$sources sources" 'wall s' 'CPU s' 'sources/s' 'CPU ms each' 'RSS MB' requests 200 304
measure 'curl, thrown away' curl --noproxy '*' -s --parallel --parallel-max 64 --compressed -K "$work/curl.conf"
measure 'cold' "${poll[@]}"
compare
measure 'warm' "${poll[@]}"
compare
# "tick 1: 98 items added in 50 feeds, ...": a feed that grows keeps its length, the store keeps what fell out of it.
added=$(python3 "$farm/farm.py" tick --fraction 0.05 "$work/farm" | awk '{ print $3 }')
truth=$((truth + added))
measure '5 % of them changed' "${poll[@]}"
compare
echo "  database: $(du -m "$work/watershed.db" | cut -f 1) MB"
