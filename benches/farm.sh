#!/usr/bin/env bash
# Polls N sources (1,000 unless given) of two feed farms with the real program and with the bare loop of its libraries
# (benches/limit.rs), all in one run: cold, warm (nothing changed), and after 5 % of the feeds got new entries. In the fresh
# farm, each article has its own text; in the overlap farm, all articles are excerpts from one text, which is the worst case
# for stories. The program runs with stories off (match = "off") and on (match = "near"), each with its own database.
#
#   benches/farm.sh [N]     FARM=folder of farm.py, WATERSHED=program, LIMIT=program of the bare loop (unless given, the
#                           newest below target/, which `cargo bench --bench limit` builds), KEEP=1 keeps the work folder
#
# The output is Markdown: wall and CPU seconds, peak memory, megabytes written, requests to the farm's server, and the CPU
# seconds as a multiple of those of the bare loop on the same farm. The entries in each database are compared with the
# entries that the farm has published; a difference is a failure. The megabytes written are the kernel's count of file
# system output (ru_oublock, the write_bytes of /proc/PID/io), that is, of pages that were dirtied.
#
# After the cold polls, one search is measured, which fills the index for search with everything that they have stored.
#
# A cold poll is run three times, each time with a new database, and a warm poll five times; the median by CPU time is printed.
#
# The farm's server and the polling program share one machine, so only CPU seconds and ratios within one run are meaningful.
# For comparison, curl downloads the same feeds and discards them.
set -euo pipefail

# Runs of each cold and each warm poll.
COLD_RUNS=3
WARM_RUNS=5

sources=${1:-1000}
root=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
farm=${FARM:-$root/../shared/farm}
watershed=${WATERSHED:-$target/release/watershed}

skip() { echo "SKIPPED: the farm benchmark was not run: $1" >&2; exit 0; }
[ -e "$farm/farm.py" ] || skip "there is no farm.py in $farm (FARM names another folder)"
for tool in python3 nginx curl /usr/bin/time; do
    command -v "$tool" >/dev/null || skip "$tool is not installed (Debian: python3, nginx-light, curl, time)"
done
[ -x "$watershed" ] || { echo "$watershed does not exist: run cargo build --release first" >&2; exit 1; }

# cargo puts a hash into the name of the file; if there are several files, the newest is used.
newest_limit() {
    local found='' file
    for file in "$target"/release/deps/limit-*; do
        if [ -f "$file" ] && [ -x "$file" ] && { [ -z "$found" ] || [ "$file" -nt "$found" ]; }; then found=$file; fi
    done
    echo "$found"
}
limit=${LIMIT:-$(newest_limit)}
if [ -z "$limit" ]; then
    echo "SKIPPED: the bare loop and the ratios: there is no $target/release/deps/limit-* (cargo bench --bench limit builds it; LIMIT names another program)" >&2
elif [ ! -x "$limit" ]; then
    echo "LIMIT=$limit is not a program" >&2
    exit 1
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-farm.XXXXXX")
server=
stop_server() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
    server=
}
finish() {
    stop_server
    if [ -n "${KEEP:-}" ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
}
trap finish EXIT
# The workers of nginx may run as another user, who must be able to read the files.
chmod 755 "$work"

# folder, options of farm.py: makes a farm and serves it.
start_farm() {
    local folder=$1 port first
    shift
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.1.1", 0)); print(s.getsockname()[1])')
    mkdir "$folder"
    python3 "$farm/farm.py" generate --feeds "$sources" --seed 1 --port "$port" "$@" "$folder/farm" >"$folder/generated"
    nginx -p "$folder/farm" -c "$folder/farm/nginx.conf" 2>"$folder/nginx.err" &
    server=$!
    python3 "$farm/farm.py" list --format urls "$folder/farm" >"$folder/urls"
    sed 's/.*/url = "&"\noutput = "\/dev\/null"/' "$folder/urls" >"$folder/curl.conf"
    first=$(head -n 1 "$folder/urls")
    for _ in $(seq 50); do
        curl --noproxy '*' -fs -o /dev/null "$first" && return
        kill -0 "$server" 2>/dev/null || { echo 'nginx did not start:' >&2; cat "$folder/nginx.err" >&2; exit 1; }
        sleep 0.1
    done
}

# folder, match: writes the configuration of the program.
configure() {
    cat <<TOML >"$1/$2.toml"
[serve]
listen = "unix:$1/$2.sock"
[store]
path = "$1/$2.db"
[stories]
match = "$2"
[poll]
min_every = "1s"
per_host = 64
host_gap = "0s"
allow_networks = ["127.0.0.0/8"]
[log]
level = "warn"
TOML
    python3 "$farm/farm.py" list --format toml "$1/farm" >>"$1/$2.toml"
}

requests() { wc -l <"$1/farm/run/access.log"; }
answered() { tail -n "+$(($3 + 1))" "$1/farm/run/access.log" | awk -v want="$2" '$1 == want' | wc -l; }

# The CPU seconds of the bare loop for each poll (cold, warm, changed), and the ratios to them for each program and poll.
declare -A bare ratios

# folder, what, poll, database, command...: runs the command and writes a row of the table. Cold and warm polls are run several
# times, because single runs differ, and the row is that of the run with the median of the CPU seconds.
measure() {
    local folder=$1 what=$2 poll=$3 database=$4 before status=0 run runs=1 rows=()
    shift 4
    case $poll in cold) runs=$COLD_RUNS ;; warm) runs=$WARM_RUNS ;; esac
    local TIMEFORMAT='%3R %3U %3S' wall user system memory blocks cpu ratio=- all full same
    for ((run = 0; run < runs; run++)); do
        # nginx writes its log and checks for changed files once a second, and a source is not polled again within a second.
        sleep 2.2
        if [ "$poll" = cold ]; then rm -f "$database" "$database"-* "$database".lock; fi
        before=$(requests "$folder")
        { time /usr/bin/time -o "$work/memory" -f '%M %O' "$@" >"$work/out" 2>"$work/err" || status=$?; } 2>"$work/time"
        [ "$status" -eq 0 ] || { echo "$what, $poll, ended with status $status:" >&2; tail -n 5 "$work/out" "$work/err" >&2; exit 1; }
        sleep 1.5
        read -r wall user system <"$work/time"
        read -r memory blocks < <(tail -n 1 "$work/memory")
        cpu=$(awk -v user="$user" -v kernel="$system" 'BEGIN { printf "%.3f", user + kernel }')
        rows+=("$cpu $wall $memory $blocks $(($(requests "$folder") - before)) $(answered "$folder" 200 "$before") $(answered "$folder" 304 "$before")")
    done
    read -r cpu wall memory blocks all full same < <(printf '%s\n' "${rows[@]}" | sort -n | sed -n "$(((runs + 1) / 2))p")
    if [ "$what" = 'bare loop' ]; then bare[$poll]=$cpu; fi
    if [ "$what" != curl ] && [ -n "${bare[$poll]:-}" ]; then
        ratio=$(awk -v ours="$cpu" -v bare="${bare[$poll]}" 'BEGIN { if (bare > 0) printf "%.1f", ours / bare; else print "-" }')
        ratios[$what $poll]=$ratio
    fi
    awk -v what="$what" -v poll="$poll" -v wall="$wall" -v cpu="$cpu" -v memory="$memory" -v blocks="$blocks" \
        -v n="$sources" -v all="$all" -v full="$full" -v same="$same" -v ratio="$ratio" 'BEGIN {
            # A search polls no sources.
            each = poll == "first search" ? "-" : sprintf("%.3f", cpu * 1000 / n)
            rate = poll == "first search" ? "-" : sprintf("%.0f", n / (wall > 0 ? wall : 0.001))
            printf "| %s | %s | %.2f | %.2f | %s | %s | %.0f | %.1f | %d | %d | %d | %s |\n", what, poll, wall, cpu,
                each, rate, memory / 1024, blocks * 512 / 1e6, all, full, same, ratio
        }'
}

stored_by_limit() {
    python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM item").fetchone()[0])' "$1"
}
stored_by_program() {
    "$watershed" --config "$1" list --json |
        python3 -c 'import json, sys; print(sum(json.loads(line)["entries"] for line in sys.stdin))'
}
compared=0
# what, stored: compares the number of entries in a database with the number that the farm has published.
compare() {
    [ "$2" = "$truth" ] || { echo "FAILED: $1 has stored $2 entries, the farm has published $truth" >&2; exit 1; }
    compared=$((compared + 1))
}

# folder, poll: polls every source once with each of the compared programs.
poll_all() {
    local folder=$1 poll=$2 match
    if [ -n "$limit" ]; then
        measure "$folder" 'bare loop' "$poll" "$folder/limit.db" "$limit" "$folder/urls" "$folder/limit.db"
        compare 'the bare loop' "$(stored_by_limit "$folder/limit.db")"
    fi
    for match in off near; do
        measure "$folder" "\`$match\`" "$poll" "$folder/$match.db" "$watershed" --config "$folder/$match.toml" poll --all
        compare "the program with match = \"$match\"" "$(stored_by_program "$folder/$match.toml")"
        # Polls leave the index for search to the first search.
        if [ "$poll" = cold ]; then
            measure "$folder" "\`$match\`" 'first search' "$folder/$match.db" "$watershed" --config "$folder/$match.toml" search --json nothing
        fi
    done
}

summary=()
for kind in fresh overlap; do
    folder=$work/$kind
    options=()
    if [ "$kind" = overlap ]; then options=(--overlap); fi
    start_farm "$folder" "${options[@]}"
    for match in off near; do configure "$folder" "$match"; done
    truth=$(python3 "$farm/farm.py" stat "$folder/farm" | python3 -c 'import json, sys; print(json.load(sys.stdin)["items"])')
    bare=() ratios=() compared=0

    printf 'The %s farm, %s, %s entries:\n\n' "$kind" "$(cat "$folder/generated")" "$truth"
    echo "| $sources sources | poll | wall s | CPU s | CPU ms each | sources/s | RSS MB | written MB | requests | 200 | 304 | CPU / bare loop |"
    echo '|---|---|---|---|---|---|---|---|---|---|---|---|'
    measure "$folder" curl 'thrown away' '' curl --noproxy '*' -s --parallel --parallel-max 64 --compressed -K "$folder/curl.conf"
    poll_all "$folder" cold
    poll_all "$folder" warm
    # "tick 1: 98 items added in 50 feeds, ...": a feed with new entries drops as many old entries, which the store keeps.
    added=$(python3 "$farm/farm.py" tick --fraction 0.05 "$folder/farm" | awk '{ print $3 }')
    truth=$((truth + added))
    poll_all "$folder" '5 % changed'
    stop_server

    sizes=
    for database in limit off near; do
        if [ -e "$folder/$database.db" ]; then sizes+=", $database $(du -m "$folder/$database.db" | cut -f 1) MB"; fi
    done
    printf '\nDatabases: %s. The entries in them are those that the farm has published (compared %d times, %d at the end).\n\n' \
        "${sizes#, }" "$compared" "$truth"
    for match in off near; do
        row="| $kind farm, \`$match\`"
        for poll in cold warm '5 % changed'; do row+=" | ${ratios["\`$match\` $poll"]:--}"; done
        summary+=("$row |")
    done
done
echo 'CPU seconds as multiples of the bare loop:'
echo
echo '| | cold | warm | 5 % changed |'
echo '|---|---|---|---|'
printf '%s\n' "${summary[@]}"
