#!/usr/bin/env bash
# Measures how many requests per second the program answers from finished documents, compared with nginx serving the same bytes
# from a file in the same run: uncompressed, compressed, and not modified. Requires nginx and wrk (both are in Debian); the
# program is $WATERSHED, or else the program in target/.
#
#   benches/serving.sh [SECONDS]
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
watershed=${WATERSHED:-$root/target/release/watershed}
seconds=${1:-5}
for tool in nginx wrk curl; do
    command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 1; }
done
work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-serving.XXXXXX")
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT

python3 - "$work" <<'PYTHON'
import sys
folder = sys.argv[1]
items = "".join(
    f"<item><guid>https://a.example/{n}</guid><title>Entry {n}</title><description>"
    f"{'Words of an entry of ordinary length. ' * 60}</description></item>" for n in range(100))
open(f"{folder}/feed.xml", "w").write(f"<rss version='2.0'><channel><title>A</title>{items}</channel></rss>")
open(f"{folder}/watershed.toml", "w").write(f"""[serve]
listen = "127.0.0.1:18470"
[[source]]
name = "a"
url = "file:{folder}/feed.xml"
""")
PYTHON
"$watershed" --config "$work/watershed.toml" run >"$work/out" 2>"$work/err" &
pids+=($!)
for _ in $(seq 100); do
    curl -fs http://127.0.0.1:18470/feed.atom 2>/dev/null | grep -q '<entry>' && break
    sleep 0.1
done
mkdir -p "$work/site"
curl -fsS -o "$work/site/feed.atom" http://127.0.0.1:18470/feed.atom
gzip -6 -k -n "$work/site/feed.atom"
cat >"$work/nginx.conf" <<NGINX
daemon off; pid $work/nginx.pid; error_log $work/nginx.err; worker_processes 2; user root;
events { worker_connections 1024; }
http {
    access_log off; sendfile on; tcp_nopush on; gzip_static on; open_file_cache max=10; keepalive_requests 1000000;
    types { application/atom+xml atom; }
    client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
    server { listen 127.0.0.1:18471; root $work/site; }
}
NGINX
nginx -c "$work/nginx.conf" -e "$work/nginx.err" &
pids+=($!)
sleep 0.5

rate() {
    local port=$1
    shift
    wrk -t2 -c64 -d"${seconds}s" "$@" "http://127.0.0.1:$port/feed.atom" | awk '/Requests\/sec/ { print $2 }'
}
etag() { curl -sI "http://127.0.0.1:$1/feed.atom" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p'; }
printf '%-14s %12s %12s %8s\n' "$(wc -c <"$work/site/feed.atom") bytes" watershed nginx ratio
row() {
    local name=$1 ours theirs
    shift
    ours=$(rate 18470 "${ours_too[@]}" "$@")
    theirs=$(rate 18471 "${theirs_too[@]}" "$@")
    printf '%-14s %12s %12s %8.2f\n' "$name" "$ours" "$theirs" "$(echo "$ours / $theirs" | bc -l)"
}
ours_too=() theirs_too=()
row 'whole'
row 'gzip' -H 'Accept-Encoding: gzip'
ours_too=(-H "If-None-Match: $(etag 18470)") theirs_too=(-H "If-None-Match: $(etag 18471)")
row 'not modified'
