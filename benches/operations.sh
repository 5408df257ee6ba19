#!/usr/bin/env bash
# Measures what an operator waits for, and whether polls wait for it: `import --verify` of 1,000 sources, and, while a daemon polls
# sources that change all the time, `backup` and `prune` of a database of 1,000,000 entries. The publishers (benches/operations.py) and
# the program share one machine. The program is $WATERSHED, or else the program in target/.
#
#   benches/operations.sh
#
#   SMALL=1             a hundredth of the sources and entries, to try the script
#
# The output is Markdown: seconds, sizes of files, and the longest pause between two requests for the same source, which is its interval
# of polling and whatever delayed it: waiting for its turn, the request, and storing its entries. Beside it is the longest pause in as
# much time in which nothing else went on. What is stored is compared with what was published; a difference is a failure.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
watershed=${WATERSHED:-${CARGO_TARGET_DIR:-$root/target}/release/watershed}
command -v python3 >/dev/null || { echo "SKIPPED: the benchmark of operations was not run: python3 is not installed" >&2; exit 0; }
[ -x "$watershed" ] || { echo "$watershed does not exist: run cargo build --release first" >&2; exit 1; }
exec python3 "$root/benches/operations.py" "$watershed" ${SMALL:+small}
