#!/usr/bin/env bash
# Puts everything that a package installs below a folder: the program, its manual page and completions, the configuration, the units
# and the documentation. packaging/deb.sh makes the Debian package of that folder, and the metadata in Cargo.toml the RPM.
#
#   packaging/stage.sh FOLDER          WATERSHED=program, else target/release/watershed
#
# The folder must not exist or be empty, so that nothing of an earlier version is packaged.
set -euo pipefail
umask 022

root=$(cd "$(dirname "$0")/.." && pwd)
watershed=$(realpath -m "${WATERSHED:-$root/target/release/watershed}")
[ $# -eq 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
to=$1
[ -x "$watershed" ] || { echo "$watershed is not there: run cargo build --release first, or set WATERSHED" >&2; exit 1; }
mkdir -p "$to"
[ -z "$(ls -A "$to")" ] || { echo "$to is not empty: remove it first" >&2; exit 1; }

put() { install -D -m 644 "$root/$1" "$to/$2"; }
# Writes what the program prints to a file. The program runs without settings of the user who packages.
print() {
    local file=$to/$1
    mkdir -p "$(dirname "$file")"
    env -u WATERSHED_CONFIG "$watershed" "${@:2}" >"$file"
    [ -s "$file" ] || { echo "watershed ${*:2} printed nothing" >&2; exit 1; }
}

install -D -m 755 "$watershed" "$to/usr/bin/watershed"
# A program that was built for debugging is many times as large.
if command -v strip >/dev/null; then strip --strip-unneeded --remove-section=.comment --remove-section=.note "$to/usr/bin/watershed"; fi

print usr/share/man/man1/watershed.1 man
gzip -9n "$to/usr/share/man/man1/watershed.1"
print usr/share/bash-completion/completions/watershed completions bash
print usr/share/zsh/vendor-completions/_watershed completions zsh
print usr/share/fish/vendor_completions.d/watershed.fish completions fish

put config/watershed.toml etc/watershed/watershed.toml
put systemd/watershed.service usr/lib/systemd/system/watershed.service
put systemd/watershed.socket usr/lib/systemd/system/watershed.socket
put systemd/sysusers.d/watershed.conf usr/lib/sysusers.d/watershed.conf
put systemd/tmpfiles.d/watershed.conf usr/lib/tmpfiles.d/watershed.conf

for file in README.md docs/configuration.md docs/notifications.md docs/themes.md; do put "$file" "usr/share/doc/watershed/$(basename "$file")"; done
for file in docs/alerts.yml docs/grafana.json; do put "$file" "usr/share/doc/watershed/examples/$(basename "$file")"; done
