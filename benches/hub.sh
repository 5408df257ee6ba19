#!/usr/bin/env bash
# Measures how soon the subscribers of the hub have a new entry, with subscribers that answer and subscribers that hang. The farm of
# subscribers (benches/hub.py) and the program share one machine. The program is $WATERSHED, or else the program in target/.
#
#   benches/hub.sh [SUBSCRIBERS PERCENT]...     pairs; 1 0 1000 0 10000 0 10000 30 unless given
#
# The output is Markdown: seconds from the last byte of the source's document, which is just before its entries are stored, to the last
# byte of each delivery to the subscribers that do not hang; the seconds that `poll` takes, which tell whether deliveries delay polls; and
# the CPU seconds and the memory of the program. Up to one second of each span is the wait for the next full second before documents are
# rebuilt, because Last-Modified has whole seconds. A delivery with a wrong signature or other content than the others is a failure.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
watershed=${WATERSHED:-${CARGO_TARGET_DIR:-$root/target}/release/watershed}
command -v python3 >/dev/null || { echo "SKIPPED: the hub benchmark was not run: python3 is not installed" >&2; exit 0; }
[ -x "$watershed" ] || { echo "$watershed does not exist: run cargo build --release first" >&2; exit 1; }
# The farm holds a connection for each subscriber that hangs.
ulimit -n "$(ulimit -Hn)"
[ $# -gt 0 ] || set -- 1 0 1000 0 10000 0 10000 30
exec python3 "$root/benches/hub.py" "$watershed" "$@"
