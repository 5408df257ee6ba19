#!/usr/bin/env bash
# Opens the pages of the real program in Chromium: reading, paging, searching, keyboard only, accessibility (axe-core), every
# width, valid markup (the Nu HTML checker), requests that pages make, and hostile entries, of which nothing may run. What is
# not installed is skipped and listed as skipped.
#
#   tests/pages.sh                 tests WATERSHED=program, or target/release/watershed
#   tests/pages.sh --screenshots   writes docs/screenshots/ from the demo instead
#   tests/pages.sh WORD…           only the parts whose names contain one of the words, such as "keyboard"
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
export WATERSHED=${WATERSHED:-$root/target/release/watershed}
export LC_ALL=C.UTF-8 NO_COLOR=1 no_proxy='*' NO_PROXY='*'
work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-pages.XXXXXX")
trap 'rm -rf "$work"' EXIT

skipped() { printf '%-44s %-8s %s\n' "$1" skipped "$2"; }

[ -x "$WATERSHED" ] || { echo "$WATERSHED is not there: run cargo build --release first" >&2; exit 1; }
CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
export CHROMIUM
missing=
[ -n "$CHROMIUM" ] || missing='chromium is not installed'
command -v npm >/dev/null || missing='npm is not installed'
command -v node >/dev/null || missing='node is not installed'
if [ -n "$missing" ]; then
    skipped 'all pages' "$missing"
    exit 0
fi

# The packages of npm, in a folder of their own below target/, kept for the next time. The browser is that of the system.
packages=(puppeteer-core@24.43.1 axe-core@4.14.1 vnu-jar@26.9.27)
modules=$root/target/pages-node
if [ "$(cat "$modules/done" 2>/dev/null)" != "${packages[*]}" ]; then
    rm -rf "$modules"
    mkdir -p "$modules"
    if ! timeout 180 npm install --silent --no-audit --no-fund --prefix "$modules" "${packages[@]}" >"$work/npm" 2>&1; then
        skipped 'all pages' "npm could not fetch ${packages[*]}: $(tail -n 1 "$work/npm")"
        exit 0
    fi
    echo "${packages[*]}" >"$modules/done"
fi
# Node looks for packages beside the script that imports them.
cp "$root/tests/pages.mjs" "$root/tests/pages-feeds.mjs" "$modules/"

# Not with exec, because the folder is removed afterwards.
status=0
node "$modules/pages.mjs" "$root" "$work" "$@" || status=$?
exit "$status"
