#!/usr/bin/env bash
# Makes the Debian package, has lintian read it, and installs, upgrades, removes and purges it in a root that debootstrap makes. Compares
# the metadata for the RPM and the Containerfile with the files that there are. What needs a tool that is missing is skipped and named.
#
#   tests/package.sh          WATERSHED=program, else target/release/watershed; the root is kept in target/package-root.tar
#
# Only root can make a root. Nothing is installed on this machine.
set -Eeuo pipefail
export LC_ALL=C.UTF-8

root=$(cd "$(dirname "$0")/.." && pwd)
export WATERSHED=${WATERSHED:-$root/target/release/watershed}
export DEBFULLNAME=${DEBFULLNAME:-'The Watershed authors'} DEBEMAIL=${DEBEMAIL:-packages@watershed.test}
work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-package.XXXXXX")
finish() {
    local status=$?
    [ -z "${making:-}" ] || { kill "$making" 2>/dev/null && wait "$making"; } || true
    if mountpoint -q "$work/root/proc"; then umount "$work/root/proc"; fi
    rm -rf --one-file-system "$work"
    [ "$status" -eq 0 ] || echo "tests/package.sh failed while: $current" >&2
}
trap finish EXIT
trap 'echo "line $LINENO: $BASH_COMMAND" >&2' ERR
current=start
now() { current=$1; echo "- $1"; }
fail() { echo "$*" >&2; exit 1; }
skip() { echo "SKIPPED: $*" >&2; }
has() { command -v "$1" >/dev/null; }

# The root is made beside the other steps, because that takes longest.
# shellcheck source=tests/root.sh
. "$root/tests/root.sh"
making=
if [ -n "$kept" ] && [ ! -e "$kept" ]; then make_root >"$work/debootstrap.log" 2>&1 & making=$!; fi

now 'what the RPM is made of is what is staged'
"$root/packaging/stage.sh" "$work/staged"
if has python3 && python3 -c 'import tomllib' 2>/dev/null; then
    python3 - "$root" "$work/staged" <<'PYTHON'
import os, sys, tomllib
root, staged = sys.argv[1:]
metadata = tomllib.load(open(f"{root}/Cargo.toml", "rb"))["package"]["metadata"]["generate-rpm"]
places = {}
for asset in metadata["assets"]:
    source = asset["source"]
    place = source.replace("target/package", staged, 1) if source.startswith("target/package/") else f"{root}/{source}"
    assert os.path.isfile(place), f"{source} is not there"
    assert int(asset["mode"], 8) & 0o7022 == 0, f"{source}: mode {asset['mode']}"
    is_program = asset["dest"].startswith("/usr/bin/")
    assert is_program == bool(int(asset["mode"], 8) & 0o111), f"{source}: mode {asset['mode']}"
    assert (asset["dest"].startswith("/etc/")) == (asset.get("config") == "noreplace"), f"{source}: config"
    assert asset["dest"] not in places, f"{asset['dest']} twice"
    places[asset["dest"]] = place
packed = set(places.values())
for folder, _, files in os.walk(staged):
    for file in files:
        assert os.path.join(folder, file) in packed, f"Cargo.toml lacks {os.path.join(folder, file)}"
for script in ("post_install_script", "pre_uninstall_script", "post_uninstall_script"):
    assert os.path.isfile(f"{root}/{metadata[script]}"), f"{metadata[script]} is not there"
print(f"  {len(places)} files")
PYTHON
else
    skip 'the metadata of the RPM: python3 has no tomllib'
fi

now 'the Containerfile names files that there are'
containerfile=$root/packaging/container/Containerfile
while read -r _ words; do
    case $words in --from=*) continue ;; esac
    for source in ${words% *}; do [ -e "$root/$source" ] || fail "COPY $source: not there"; done
done < <(grep '^COPY ' "$containerfile")
# A folder that the program includes must be copied.
while read -r folder; do
    grep -q "^COPY $folder $folder$" "$containerfile" || fail "src/ includes files of $folder/, which the Containerfile does not copy"
done < <(grep -rhoE --exclude=tests.rs 'include_(str|bytes)!\("(\.\./)+(migrations|templates|systemd|config|themes|docs)/' "$root/src" |
    sed 's#/$##; s#.*/##' | sort -u)
[ "$(grep '^USER ' "$containerfile")" = 'USER 8470:8470' ] || fail 'the container does not run as its own user'
mkdir "$work/container"
cp "$root/packaging/container/watershed.toml" "$work/container/"
"$WATERSHED" --quiet --config "$work/container/watershed.toml" check

if ! has dpkg-deb || ! has dpkg-shlibdeps; then skip 'the package: dpkg-dev is not installed'; exit 0; fi

now 'the package is made, and made again with the same bytes'
"$root/packaging/deb.sh" "$work/again" >"$work/again.path" &
second=$!
deb=$("$root/packaging/deb.sh" "$work/new")
wait "$second"
cmp "$deb" "$(cat "$work/again.path")"
echo "  $(basename "$deb"), $(($(stat -c %s "$deb") / 1024)) KiB; $(dpkg-deb -f "$deb" Depends)"
dpkg-deb --fsys-tarfile "$deb" | tar -xO ./usr/share/man/man1/watershed.1.gz | gzip -dc | grep -q '^\.SH FILES' || fail 'the manual page lacks its sections'

if has lintian; then
    now 'lintian'
    found=$(lintian --no-cfg --allow-root --fail-on none "$deb" 2>/dev/null)
    [ -z "$found" ] || echo "$found"
    if grep -q '^[EW]:' <<<"$found"; then fail 'lintian finds fault with the package'; fi
else
    skip 'lintian is not installed'
fi

if [ -z "$kept" ]; then skip 'the installation: it needs root and debootstrap'; exit 0; fi

now 'a root to install into'
[ -z "$making" ] || wait "$making" || true
if [ ! -e "$kept" ]; then
    tail -n 3 "$work/debootstrap.log" >&2
    skip "the installation: debootstrap made no root of $suite (WATERSHED_MIRROR names a mirror)"
    exit 0
fi
mkdir "$work/root"
tar -C "$work/root" -xf "$kept"
at=$work/root
# systemd-tmpfiles opens files by way of /proc.
mount -t proc proc "$at/proc"

# An earlier version: another number, another commented configuration.
mkdir "$work/old"
dpkg-deb -R "$deb" "$work/old/package"
sed -i 's/^Version: .*/Version: 0.0.9-1/' "$work/old/package/DEBIAN/control"
echo '# A line of the earlier version.' >>"$work/old/package/etc/watershed/watershed.toml"
dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/old/package" "$work/old/watershed.deb" >/dev/null
cp "$work/old/watershed.deb" "$at/old.deb"
cp "$deb" "$at/new.deb"

# Nothing runs in the root, so a systemctl in its place tells what the scripts asked of systemd, and answers whether the service runs.
# policy-rc.d is asked by deb-systemd-invoke; it allows everything.
mkdir -p "$at/run/systemd/system"
cat >"$at/usr/local/bin/systemctl" <<'EOF'
#!/bin/sh
case " $* " in
    *' is-active '*) [ -e /running ]; exit ;;
    *' daemon-reload '*) exit 0 ;;
    *' is-enabled '*) SYSTEMD_OFFLINE=1 exec /usr/bin/systemctl "$@" ;;
esac
for word; do case $word in -*) ;; *) printf '%s ' "$word" ;; esac; done | sed 's/ $//' >>/asked
EOF
chmod 755 "$at/usr/local/bin/systemctl"
inside() { chroot "$at" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
package() {
    : >"$at/asked"
    inside dpkg --force-unsafe-io --force-confdef --force-confold "$@" >"$work/dpkg.log" 2>&1 </dev/null || { cat "$work/dpkg.log" >&2; fail "dpkg $*"; }
}
as_service() { inside setpriv --reuid=watershed --regid=watershed --init-groups env STATE_DIRECTORY=/var/lib/watershed watershed "$@"; }
owned() {
    local seen
    seen=$(inside stat -c '%U:%G %a' "$2")
    [ "$seen" = "$1" ] || fail "$2: $seen instead of $1"
}
asked() { [ "$(cat "$at/asked")" = "$1" ] || { cat "$at/asked" >&2; fail "systemctl was asked this instead of: ${1:-nothing}"; }; }
known() { inside dpkg-query -W -f '${Status}' watershed 2>/dev/null || true; }

now 'an installation makes user and folders, and starts nothing'
package -i /old.deb
asked ''
owned 'root:watershed 750' /etc/watershed
owned 'root:watershed 750' /etc/watershed/sources.d
owned 'root:watershed 640' /etc/watershed/watershed.toml
owned 'watershed:watershed 700' /var/lib/watershed
[ ! -e "$at/etc/systemd/system/multi-user.target.wants/watershed.service" ] || fail 'the service was enabled'
inside watershed --version
as_service --quiet check
if has systemd-analyze; then
    said=$(inside /usr/bin/systemd-analyze verify --man=no watershed.service watershed.socket 2>&1 | grep watershed || true)
    [ -z "$said" ] || fail "$said"
fi
inside bash -n /usr/share/bash-completion/completions/watershed

now 'an upgrade replaces a configuration that nobody edited, and keeps who may read it'
package -i /new.deb
asked ''
if grep -q 'earlier version' "$at/etc/watershed/watershed.toml"; then fail 'the configuration is the old one'; fi
owned 'root:watershed 640' /etc/watershed/watershed.toml

now 'an edited configuration and the database outlive upgrade, removal and installation'
package --purge watershed
package -i /old.deb
cat >"$at/srv/feed.xml" <<'EOF'
<rss version="2.0"><channel><title>Weir</title><item><guid>1</guid><title>The weir is open</title></item></channel></rss>
EOF
cat >"$at/etc/watershed/watershed.toml" <<'EOF'
[[source]]
url = "file:/srv/feed.xml"
EOF
chmod 600 "$at/etc/watershed/watershed.toml"
chown --reference="$at/var/lib/watershed" "$at/etc/watershed/watershed.toml"
edited=$(sha256sum <"$at/etc/watershed/watershed.toml")
is_kept() {
    [ "$(sha256sum <"$at/etc/watershed/watershed.toml")" = "$edited" ] || fail 'the edited configuration was changed'
    owned 'watershed:watershed 600' /etc/watershed/watershed.toml
    [ -s "$at/var/lib/watershed/watershed.db" ] || fail 'the database is gone'
}
as_service --quiet poll
inside env SYSTEMD_OFFLINE=1 /usr/bin/systemctl --quiet enable watershed.service watershed.socket
[ -L "$at/etc/systemd/system/multi-user.target.wants/watershed.service" ] || fail 'the service cannot be enabled'
touch "$at/running"
package -i /new.deb
asked 'restart watershed.service'
is_kept
as_service entries | grep -q 'The weir is open' || fail 'the entry is not in the database any more'
# An enabled service that the administrator has stopped stays stopped.
rm "$at/running"
[ "$(inside systemctl is-enabled watershed.service)" = enabled ] || fail 'the service does not count as enabled'
package -i /new.deb
asked ''
package --remove watershed
asked 'stop watershed.socket watershed.service'
is_kept
[ ! -e "$at/usr/bin/watershed" ] || fail 'the program is still there'
package -i /new.deb
is_kept
as_service entries | grep -q 'The weir is open' || fail 'the entry is not in the database any more'

now 'a purge removes everything but the user'
package --purge watershed
[ -z "$(known)" ] || fail "dpkg still knows it: $(known)"
left=$(find "$at/etc" "$at/usr" "$at/var/lib" "$at/var/cache" -iname '*watershed*' | sed "s#^$at##")
[ -z "$left" ] || fail "left behind: $left"
inside id watershed >/dev/null
package -i /new.deb
owned 'root:watershed 640' /etc/watershed/watershed.toml
echo 'the package can be installed, upgraded, removed and purged'
