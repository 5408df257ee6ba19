# Sourced by scripts that install the package. Sets `suite`, the Debian release of this machine, because the package depends on the
# libraries of that release, and `kept`, the archive of a root of it. Both are empty where no root can be made: that needs to be root,
# debootstrap and chroot. Needs `root` and `work`.
#
#   make_root     makes the archive, which is kept in target/ for the next time; WATERSHED_MIRROR names a mirror
# shellcheck shell=bash disable=SC2154

suite=
kept=
if [ "$(id -u)" -eq 0 ] && command -v debootstrap >/dev/null && command -v chroot >/dev/null; then
    suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    kept=$root/target/package-root-$suite.tar
    mkdir -p "$root/target"
fi

make_root() {
    local made=$work/made
    debootstrap --variant=minbase --include=systemd,procps "$suite" "$made" ${WATERSHED_MIRROR:+"$WATERSHED_MIRROR"} || return
    rm -f "$made"/var/cache/apt/archives/*.deb
    tar -C "$made" -cf "$work/root.tar" . && mv "$work/root.tar" "$kept"
    rm -rf --one-file-system "$made"
}
