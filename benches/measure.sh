#!/usr/bin/env bash
# Measures all figures of docs/performance.md, and writes that document to the standard output:
#
#   benches/measure.sh >docs/performance.md
#
#   benches/measure.sh [STEP...]    only these steps: farm pipeline reading stories texts outputs search serving polling start memory operations hub
#                                   ("nothing" runs no step and shows the document without figures)
#
#   WATERSHED=program   the program (unless given, `cargo build --release` makes it)
#   LIMIT=program       the bare loop (unless given, `cargo bench --bench limit --no-run` makes it)
#   SOURCES=N           sources of the farms (1,000 unless given)
#   TEXTS=folder        real articles for the step "texts": one folder of text files a source
#   RAW=folder          keeps the output of each step. A step whose output for the same commit exists already is not run
#                       again, so that an interrupted measurement can be continued
#
# A step without the tools that it needs is skipped; the document says so in place of its table, and so does the standard
# error. The measurement takes more than half an hour on two idle cores. Other work on the machine makes the figures worthless, so
# the document names the load.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
# Paths relative to the caller's folder are made absolute, because the script changes to the project's folder.
for name in WATERSHED LIMIT TEXTS RAW; do
    case ${!name:-} in '' | /*) ;; *) export "$name=$PWD/${!name}" ;; esac
done
cd "$root"
sources=${SOURCES:-1000}
all=(farm pipeline reading stories texts outputs search serving polling start memory operations hub)
steps=("$@")
if [ ${#steps[@]} -eq 0 ]; then steps=("${all[@]}"); fi
for step in "${steps[@]}"; do
    case " ${all[*]} nothing " in
        *" $step "*) ;;
        *) echo "there is no step $step; there are: ${all[*]}, and nothing" >&2; exit 2 ;;
    esac
done
case " ${steps[*]} " in *' nothing '*) steps=() ;; esac

commit=$(git rev-parse --short=12 HEAD)
# The page itself is being written.
[ -z "$(git status --porcelain --untracked-files=no -- . ':!docs/performance.md')" ] || commit+=' with changes that are not committed'
work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-measure.XXXXXX")
started=
finish() {
    [ -z "$started" ] || { kill "$started" 2>/dev/null || true; wait "$started" 2>/dev/null || true; }
    rm -rf "$work"
}
trap finish EXIT
raw=${RAW:-$work/raw}
mkdir -p "$raw"
if [ -n "$(ls "$raw")" ] && [ "$(cat "$raw/commit" 2>/dev/null)" != "$commit" ]; then
    of=$(cat "$raw/commit" 2>/dev/null || echo unknown)
    echo "$raw holds what was measured of commit $of, but this is $commit: name another folder as RAW" >&2
    exit 1
fi
echo "$commit" >"$raw/commit"

# The reason why a step has no figures.
declare -A missing
skip() { missing[$1]=$2; echo "SKIPPED: $1: $2" >&2; }
is_wanted() { case " ${steps[*]:-} " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

# step, tools, command...: runs the command unless its output exists already.
measure() {
    local step=$1 tools=$2 tool
    shift 2
    if [ -s "$raw/$step" ]; then return; fi
    if ! is_wanted "$step"; then missing[$step]='this step was not run'; return; fi
    for tool in $tools; do
        if ! command -v "$tool" >/dev/null; then skip "$step" "$tool is not installed"; return; fi
    done
    echo "measuring: $step" >&2
    if ! "$@" >"$raw/$step.part" 2>"$raw/$step.err"; then
        tail -n 20 "$raw/$step.err" >&2
        echo "FAILED: $step" >&2
        exit 1
    fi
    # The farm or its server may be missing, which the script reports without failing.
    if [ -s "$raw/$step.part" ]; then
        mv "$raw/$step.part" "$raw/$step"
    else
        skip "$step" "$(sed -n 's/^SKIPPED: //p' "$raw/$step.err" | head -n 1)"
    fi
}

bench() { cargo bench --quiet --bench "$@"; }
texts() { bench stories -- --texts "$TEXTS"; }
memory() { "$root/benches/memory.sh" large && "$root/benches/memory.sh" soak 5; }
serving() { for _ in 1 2 3; do "$root/benches/serving.sh" || return 1; done; }

# How soon `run` answers requests with 100,000 sources, and its peak memory until then: with a new database, and with the
# existing database.
start() {
    local begun line time memory
    {
        # The sources are on 40,000 hosts. No proxy answers at this address and polls run one at a time, because the cost of
        # polling is not measured here.
        printf '[serve]\nlisten = "127.0.0.1:0"\n[store]\npath = "%s"\n' "$work/start.db"
        printf '[poll]\nconcurrency = 1\nproxy = "http://127.0.0.1:9"\n'
        awk 'BEGIN {
            for (i = 0; i < 100000; i++)
                printf "[[source]]\nname = \"s%d\"\nurl = \"https://h%d.example/%d\"\n", i, i % 40000, i
        }'
    } >"$work/start.toml"
    mkfifo "$work/said"
    for what in 'a new database' 'the same database again'; do
        begun=$EPOCHREALTIME
        "$WATERSHED" --config "$work/start.toml" run >"$work/said" 2>"$work/start.err" &
        started=$!
        read -r line <"$work/said" || true
        time=$(awk -v from="$begun" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }')
        case $line in serving*) ;; *) cat "$work/start.err" >&2; return 1 ;; esac
        memory=$(awk '/^VmHWM:/ { printf "%.0f", $2 / 1024 }' "/proc/$started/status")
        echo "$what;$time;$memory"
        kill "$started"
        wait "$started" || true
        started=
    done
}

needs_program=
for step in farm serving start memory operations hub; do
    if is_wanted "$step" && [ ! -s "$raw/$step" ]; then needs_program=1; fi
done
# The program, which is built if a step needs it.
program=
if [ -z "${WATERSHED:-}" ]; then
    program=cargo
    export WATERSHED=${CARGO_TARGET_DIR:-$root/target}/release/watershed
    if [ -n "$needs_program" ] && command -v cargo >/dev/null; then cargo build --release; fi
fi
if is_wanted farm && [ ! -s "$raw/farm" ] && [ -z "${LIMIT:-}" ] && command -v cargo >/dev/null; then
    cargo bench --bench limit --no-run
fi

load=$(cut -d ' ' -f 1-3 /proc/loadavg)
measure farm "$program python3 nginx curl /usr/bin/time awk" "$root/benches/farm.sh" "$sources"
measure pipeline cargo bench pipeline
measure reading cargo bench reading
measure stories cargo bench stories
if [ -n "${TEXTS:-}" ]; then
    measure texts cargo texts
elif is_wanted texts; then
    skip texts 'TEXTS names no folder of articles'
else
    missing[texts]='this step was not run'
fi
measure outputs cargo bench outputs
measure search cargo bench search
measure serving "$program python3 nginx wrk curl gzip bc" serving
measure polling cargo bench polling
measure start "$program awk" start
measure memory "$program python3 awk" memory
measure operations "$program python3" "$root/benches/operations.sh"
measure hub "$program python3" "$root/benches/hub.sh"

# step, heads of the columns, command...: a table of the rows that the command makes of the step's output.
table() {
    local step=$1 heads=$2
    shift 2
    if [ ! -s "$raw/$step" ]; then
        printf '*Not measured: %s.*\n' "${missing[$step]:-there was no output}"
        return
    fi
    echo "$heads"
    # The separator has as many columns as the heading.
    echo "$heads" | sed 's/[^|]//g; s/|/|---/g; s/---$//'
    "$@" "$raw/$step"
}

pipeline_rows() { sed -nE 's/^ *(.*[^ ]) +([0-9.]+) ms +([0-9.]+) ms +([0-9.]+)x$/| \1 | \2 ms | \3 ms | \4 |/p' "$1"; }
reading_rows() {
    sed -nE 's/^(.*[^ ]) +([0-9]+) +([0-9]+) MB\/s +([0-9]+) MB\/s +([0-9.]+)x$/| \1 | \2 | \3 MB\/s | \4 MB\/s | \5 |/p' "$1"
}
stories_rows() {
    awk '/for each new piece/ { split($0, part, ": "); name = part[1]; split(part[2], ms, " "); each = ms[1]; half = ms[7] }
        / entries stored, / {
            sub(/^ +/, ""); split($0, part, "; "); split(part[1], stored, ", "); split(part[2], rows, " ")
            printf "| %s | %s ms | %s ms | %s | %s bytes |\n", name, each, half, stored[2], rows[6]
        }' "$1"
}
beside_rows() {
    sed -nE 's/^beside ([0-9]+) entries, a poll of (.+) entries: median (.+ ms), mean (.+ ms); .*: mean (.+ ms)$/| \1 | \2 | \3 | \4 | \5 |/p' "$1"
}
texts_rows() {
    sed -nE 's/^seed ([0-9]+): ([0-9]+) sources, ([0-9]+) entries of ([0-9]+) pieces, ([0-9]+) copies: precision ([0-9.]+), recall ([0-9.]+);.*$/| \1 | \2 | \3 | \5 | \6 | \7 |/p' "$1"
}
outputs_rows() {
    sed -nE 's/^([0-9]+) entries, ([0-9]+) outputs: ([0-9.]+) ms .*, ([0-9.]+) ms for everything, ([0-9.]+) ms .*$/| \1 | \2 | \3 ms | \4 ms | \5 ms |/p' "$1"
}
search_rows() {
    sed -nE 's/^([0-9]+) entries: (.*): ([0-9]+) found, ([0-9.]+) ms \(median; most ([0-9.]+)\)$/| \1 | \2 | \3 | \4 ms | \5 ms |/p' "$1"
}
index_rows() {
    sed -nE 's/^([0-9]+) entries: ([0-9.]+) µs to index an entry, about ([0-9]+) bytes in the database$/| \1 | \2 µs | \3 |/p' "$1"
}
# The least and the most of three runs.
serving_rows() {
    awk '/^(whole|gzip|not modified) / {
            name = $1; if ($1 == "not") name = $1 " " $2
            if (!(name in runs)) order[++names] = name
            runs[name]++
            for (column = 0; column < 3; column++) {
                value = $(NF - 2 + column) + 0
                if (runs[name] == 1 || value < least[name, column]) least[name, column] = value
                if (runs[name] == 1 || value > most[name, column]) most[name, column] = value
            }
        }
        END {
            for (at = 1; at <= names; at++) {
                name = order[at]
                printf "| %s | %.0f to %.0f | %.0f to %.0f | %.2f to %.2f |\n", name, least[name, 0], most[name, 0],
                    least[name, 1], most[name, 1], least[name, 2], most[name, 2]
            }
        }' "$1"
}
polling_rows() {
    sed -nE 's/^ *(.*[^ ]) +([0-9.]+) +([0-9.]+) +([0-9.]+) +([0-9]+) +([0-9]+) +([0-9.]+) +([0-9.]+)$/| \1 | \2 | \3 | \4 | \5 | \6 | \7 | \8 |/p' "$1"
}
# The sentences between the rows of the benchmark's output.
polling_sentences() {
    sed -nE -e 's/^ +(ours beside the fixed hour: .*)$/- \1/p' -e 's/^ +(mean delay: .*)$/- \1/p' \
        -e 's/^([0-9]+ sources on [0-9]+ hosts: .*)$/- dispatching \1/p' "$1"
}
# The last row of each of the two tables that the script prints.
memory_rows() {
    awk -F ' *[|] *' '
        /^[|] s / { table++ }
        $2 ~ /^[0-9]+$/ { now[table] = $3; most[table] = $4 }
        END { printf "| large | %s MB | %s MB |\n| soak | %s MB | %s MB |\n", now[1], most[1], now[2], most[2] }' "$1"
}
operations_rows() { tail -n +3 "$1"; }
hub_rows() { sed -n 's/^\(| [0-9].*\)$/\1/p' "$1"; }
page_sentence() {
    sed -nE 's/^([0-9]+) entries: ([0-9.]+) ms for an older page .*$/With \1 stored entries, an older page with 100 entries takes \2 ms: it is read, rendered, and compressed in three codings./p' "$1"
}
start_rows() { awk -F ';' '{ printf "| %s | %s s | %s MB |\n", $1, $2, $3 }' "$1"; }

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
memory=$(awk '/^MemTotal:/ { printf "%.0f", $2 / 1e6 }' /proc/meminfo 2>/dev/null || true)
compiler=$(rustc --version 2>/dev/null || echo 'rustc unknown')

cat <<TEXT
# Performance

This page is the output of \`benches/measure.sh >docs/performance.md\`, which measures all of it again. Do not edit it here:
the text is in that script, and the figures are what it measured.

Commit $commit, version $version, $(date -u +%Y-%m-%d) · ${processor:-unknown processor}, $(nproc) cores, ${memory:-?} GB · $compiler, release
profile · load before: $load

All figures are of one machine and one day. Only ratios within a table compare, because they come from one run.

## Polling: \`benches/farm.sh\`

RSS 2.0, Atom and RSS 1.0 feeds from nginx on loopback addresses of the same machine. The *fresh* farm's articles have texts of
their own. The *overlap* farm cuts all articles from one text, so that unlike articles share whole paragraphs: the worst
case for stories. *curl* downloads the same feeds, 64 at a time, and throws them away. The *bare loop*
(\`benches/limit.rs\`) is what the libraries cost alone: reqwest, flate2, feed-rs and rusqlite, 64 requests at a time, up to
64 feeds in a transaction, and nothing else. \`off\` and \`near\` are the program with that \`match\` in \`[stories]\`. What is
written is the kernel's count of file system output. The script compares the entries in each database with what the farm
has published after each poll, and fails if they differ. A cold poll is run three times, each time with a new database, and a warm
poll five times; the row is that of the run with the median of the CPU seconds. The command \`poll\` does not fill the index for
search; the row *first search* is the command \`search\` after the cold poll, which fills it with all entries.

TEXT
if [ -s "$raw/farm" ]; then
    cat "$raw/farm"
else
    printf '*Not measured: %s.*\n' "${missing[farm]:-there was no output}"
fi
cat <<'TEXT'

## Stages: `cargo bench --bench pipeline`

50 feeds of 20 entries each, half RSS, half Atom. Beside each stage stands the least that the same work could cost: reading
beside feed-rs alone, storing beside the bare rows in one SQLite transaction, publishing beside one gzip of the same bytes.

TEXT
table pipeline '| stage | ours | beside it | ratio |' pipeline_rows
cat <<'TEXT'

## Reading: `cargo bench --bench reading`

Charset, canonical form, feed-rs and what goes beside it, without cleaning; beside feed-rs alone on the same bytes.

TEXT
table reading '| document | kB | ours | feed-rs alone | ratio of times |' reading_rows
cat <<'TEXT'

## Stories: `cargo bench --bench stories`

Cost, on 2,000 pieces of 150 to 550 made-up words in 100 sources, half of which are copies (whole, truncated to two fifths, every
twentieth word edited, another headline), all of them between the boilerplate of their sources:

TEXT
table stories '| | for each new entry | where half are copies | copies | index of each entry |' stories_rows
cat <<'TEXT'

A known entry is not compared with other sources' entries. A poll of 20 entries, by how many entries are stored
before (200 such polls one after the other, after ten that are not measured):

TEXT
table stories '| stored entries | a poll of | time, median | mean | CPU, mean |' beside_rows
cat <<'TEXT'

Recognition. `tests/it/streams.rs` plays generated sources (originals, whole copies of sources, and eleven ways to change a
copy, beside templates, series, bulletins, namesakes and follow-ups that are not copies) in four formats through six polls,
and requires a precision of 0.995 and a recall of 0.99. `cargo bench --bench stories -- --texts FOLDER` does the same with real
articles:

TEXT
table texts '| seed | sources | entries | copies | precision | recall |' texts_rows
cat <<'TEXT'

## Outputs: `cargo bench --bench outputs`, `benches/serving.sh`

Rebuilding, with 20 sources, 22 outputs and filters, one of which keeps little: after one new entry, everything, and
everything for the first time, when filters and archives are filled.

TEXT
table outputs '| stored entries | outputs | after one new entry | everything | the first time |' outputs_rows
if [ -s "$raw/outputs" ]; then
    echo
    page_sentence "$raw/outputs"
fi
cat <<'TEXT'

Searching texts of 150 words, whose words are as frequent as in natural language (`cargo bench --bench search`), for at most 50
results. Indexing is not part of a poll: it follows when the burst of polls is over.

TEXT
table search '| stored entries | sought | found | median | most |' search_rows
echo
table search '| stored entries | time to index an entry | bytes of the index for an entry |' index_rows
cat <<'TEXT'

Serving a feed of 100 entries, 64 connections, on cores that wrk shares, beside nginx with the same bytes as a file
(`gzip_static`, `open_file_cache`); the least and the most of three runs:

TEXT
table serving '| requests a second | watershed | nginx | ratio |' serving_rows
cat <<'TEXT'

## When to poll: `cargo bench --bench polling`

600 synthetic sources (a quarter of them dead, most slow, some busy, bursty or on a schedule; documents of 10 to 50
entries), four weeks counted after four weeks of learning. The same on every machine. Delay: minutes from an entry's
publication to the poll that brings it; *mean* over entries, *source* over the sources' means.

TEXT
table polling '| policy | polls a day | mean | median | 95 % | source | hit % | missed % |' polling_rows
if [ -s "$raw/polling" ]; then
    echo
    polling_sentences "$raw/polling"
fi
cat <<'TEXT'

The oracle knows each source's rate by hour and weekday, but neither bursts nor appointments, so a policy may do better than it. The rule at
equal polls counts entries alone (γ = 0); as it is set by default it favours rare sources a little.

## Starting: 100,000 sources on 40,000 hosts

How soon `run` serves, and the most memory it has held by then. No host answers, because the cost of polling is measured above.

TEXT
table start '| | serves after | peak memory |' start_rows
cat <<'TEXT'

## Memory: `benches/memory.sh`

The resident memory of the daemon. *Large*: 64 feeds of 9.8 MB come at once. *Soak*: 300 sources are
polled every five seconds for five minutes; of twenty sources fourteen never change, three get an entry every five minutes, one
answers 503, one sends 1 MB that differs each time, and one sends a gzip bomb of 100 MB.

TEXT
table memory '| | at the end | peak |' memory_rows
cat <<'TEXT'

## Operating: `benches/operations.sh`

What an operator waits for, and whether polls wait for it. While `backup` and `prune` run, a daemon polls 50 sources once a second, each
of which has a new entry every time. *Pause*: the longest time between two requests for the same source, as its publisher sees it.

TEXT
table operations '| what | of | takes | longest pause of a source meanwhile | without it | longer by |' operations_rows
cat <<'TEXT'

## The hub: `benches/hub.sh`

How soon subscribers have a new entry: from the last byte of the source's document, just before its entries are stored, to the last byte
of a delivery. The subscribers run on the same two cores. Up to one second of each span is the wait for the next full second, because
Last-Modified has whole seconds. `poll`: how long the poll of the source takes meanwhile.

TEXT
table hub '| subscribers | of which hang | round | median s | p99 s | last s | `poll` s | CPU s | RSS MiB |' hub_rows
cat <<'TEXT'

## What the design rests on

- **Little work for what is unchanged.** A 304 ends before the document is read; an unchanged body ends after a hash; an unchanged
  entry ends after a look-up by its digest.
- **One writer, batches.** Polls that wait for the writer are committed together: one fsync for up to 64 of them, and none if all of
  them brought nothing new. While many polls bring news, the writer waits up to 32 ms to commit two dozen requests together, because
  each commit writes every page that it changes.
- **Bounded memory.** As many documents are read at once as there are processors, and at most 64 finished ones wait for
  the writer, because parsed feeds take most of the memory.
- **Documents made once.** An output is written and compressed once per batch of changes; answers come from memory.
- **The cost of a poll grows with the store only through the indexes**, because a poll touches only the entries of its document.

## Known costs

- `synchronous = FULL` makes a single poll with news take at least one fsync of the disk, about one for each batch.
- Content that is not simple is parsed into a tree to be cleaned.
- An output of more than 64 but not all sources walks over all entries from the newest on, and skips entries of other sources.
TEXT
