#!/usr/bin/env bash
# Lets packaged programs of WebSub speak with real daemons on the loopback interface: the hub, the publisher and the subscriber of
# flask-websub, and requests-websub-auth, which signs. An entry has to come from their publisher through their hub and two daemons,
# each of which is a subscriber and a hub, to their subscriber. Without the packages, which pip fetches, all of it is skipped.
#
#   tests/websub.sh           runs target/release/watershed (WATERSHED=program)
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
watershed=${WATERSHED:-$root/target/release/watershed}
work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-websub.XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 no_proxy='*' NO_PROXY='*'

[ -x "$watershed" ] || { echo "$watershed is not there: run cargo build --release first" >&2; exit 1; }
if ! command -v python3 >/dev/null; then
    echo 'SKIPPED: python3 is not installed, so no package of WebSub was tried' >&2
    exit 0
fi

# The packages: those of the system, else in an environment of their own below target/, kept for the next time.
python=python3
venv=$root/target/websub-venv
if ! python3 -c 'import flask_websub, celery, requests_websub_auth' 2>/dev/null; then
    if [ ! -e "$venv/is-complete" ] && python3 -m venv "$venv" >"$work/pip" 2>&1; then
        if timeout 120 "$venv/bin/pip" install -q --disable-pip-version-check \
            flask-websub==0.4.1 flask==3.1.3 celery==5.6.3 requests-websub-auth==0.0.5 >>"$work/pip" 2>&1; then
            touch "$venv/is-complete"
        fi
    fi
    if [ ! -e "$venv/is-complete" ]; then
        echo "SKIPPED: pip could not install flask-websub, so no package of WebSub was tried: $(tail -n 1 "$work/pip")" >&2
        exit 0
    fi
    python=$venv/bin/python
fi
timeout 120 "$python" "$root/tests/websub.py" "$watershed" "$work"
