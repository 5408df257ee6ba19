#!/usr/bin/env bash
# Makes the Debian package of a program that is already built, without debhelper and without root.
#
#   packaging/deb.sh [FOLDER]          writes FOLDER/watershed_VERSION_ARCHITECTURE.deb, by default to target/, and prints its path
#
# WATERSHED names the program (target/release/watershed). DEBFULLNAME and DEBEMAIL name who makes the package; otherwise git does.
# SOURCE_DATE_EPOCH dates the package; otherwise the last commit does, so that the same commit and program give the same bytes.
# The package depends on the libraries of the Debian release that it is made on, so make it on the oldest release it is for.
set -euo pipefail
umask 022
export LC_ALL=C.UTF-8

root=$(cd "$(dirname "$0")/.." && pwd)
here=$root/packaging/debian
out=${1:-$root/target}
for tool in dpkg-deb dpkg-shlibdeps md5sum gzip; do
    command -v "$tool" >/dev/null || { echo "$tool is not installed: apt install dpkg-dev" >&2; exit 1; }
done
mkdir -p "$out"
work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-deb.XXXXXX")
trap 'rm -rf "$work"' EXIT

of_cargo() { sed -n "s/^$1 = \"\(.*\)\"/\1/p" "$root/Cargo.toml" | head -n 1; }
version=$(of_cargo version)-1
homepage=$(of_cargo homepage)
architecture=$(dpkg --print-architecture)
in_git() { git -C "$root" "$@" 2>/dev/null || true; }
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(in_git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date +%s)}
name=${DEBFULLNAME:-$(in_git config user.name)}
address=${DEBEMAIL:-$(in_git config user.email)}
if [ -z "$name" ] || [ -z "$address" ]; then
    echo 'nobody is named as the maker of the package: set DEBFULLNAME and DEBEMAIL' >&2
    exit 1
fi

# dpkg-shlibdeps wants the program in the folder of a package in a source package.
package=$work/debian/watershed
mkdir "$work/debian"
printf 'Source: watershed\n\nPackage: watershed\nArchitecture: any\n' >"$work/debian/control"
"$root/packaging/stage.sh" "$package"
doc=$package/usr/share/doc/watershed
# Only the maintainer scripts can give the files to the group of the service, because its number differs from machine to machine.
chmod 640 "$package/etc/watershed/watershed.toml"

install -m 644 "$here/copyright" "$doc/copyright"
gzip -9nc "$root/CHANGELOG.md" >"$doc/changelog.gz"
gzip -9nc >"$doc/changelog.Debian.gz" <<EOF
watershed ($version) unstable; urgency=medium

  * Package of the project's own sources; changelog.gz says what changed.

 -- $name <$address>  $(date -R -u -d "@$SOURCE_DATE_EPOCH")
EOF
install -D -m 644 "$here/lintian-overrides" "$package/usr/share/lintian/overrides/watershed"

# systemd makes the user and the folders; the unit reloads with kill, which procps has.
others='procps, systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles'

control=$package/DEBIAN
mkdir "$control"
libraries=$(cd "$work" && dpkg-shlibdeps -O "$package/usr/bin/watershed" | sed -n 's/^shlibs:Depends=//p')
[ -n "$libraries" ] || { echo 'dpkg-shlibdeps found no library that the program needs' >&2; exit 1; }
for script in postinst prerm postrm; do install -m 755 "$here/$script" "$control/$script"; done
echo /etc/watershed/watershed.toml >"$control/conffiles"
(cd "$package" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$control/md5sums"
chmod 644 "$control/md5sums"
size=$(find "$package" -path "$control" -prune -o -type f -printf '%s\n' | awk '{ kib += int(($1 + 1023) / 1024) } END { print kib }')
cat >"$control/control" <<EOF
Package: watershed
Version: $version
Architecture: $architecture
Maintainer: $name <$address>
Installed-Size: $size
Depends: $libraries, $others
Recommends: ca-certificates
Section: web
Priority: optional
${homepage:+Homepage: $homepage
}Description: feed aggregator daemon: many feeds in, one merged feed out
 Watershed polls the RSS, Atom and JSON feeds that are named in one TOML
 file, stores every entry once in an SQLite database, and publishes the
 entries as merged feeds (Atom, RSS and JSON Feed) and as pages.
 .
 Polling is polite: requests are conditional, a site gets one request at a
 time, and each source is polled when it usually publishes. Copies of a story
 in several sources are recognised and appear once.
 .
 The service is not started on installation: name your sources in
 /etc/watershed/watershed.toml first.
EOF

find "$package" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
file=$out/watershed_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$package" "$file" >/dev/null
echo "$file"
