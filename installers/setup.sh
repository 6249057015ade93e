#!/usr/bin/env bash
# Sourced by installers/run.sh and tests/run.sh: installs what is missing and builds. Quiet on success; on failure it
# prints the end of the log and where the whole of it is.

set -euo pipefail
TIMBRE_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TIMBRE_PRESET=release
TIMBRE_BUILD="$TIMBRE_ROOT/build/$TIMBRE_PRESET"

timbre_fail() {
    printf 'timbre: %s\n' "$1" >&2
    exit 1
}

# timbre_quietly WHAT LOG COMMAND…: runs the command; its output is shown only when it fails.
timbre_quietly() {
    local what="$1" log="$2"
    shift 2
    if ! "$@" >>"$log" 2>&1; then
        printf 'timbre: %s failed. The last lines of %s:\n\n' "$what" "$log" >&2
        tail -n 40 "$log" >&2
        exit 1
    fi
}

# timbre_packages SECTION…: the names listed under these headings of packages.txt.
timbre_packages() {
    local wanted=" $* " section="" line
    while read -r line; do
        case "$line" in
            '' | '#'*) ;;
            '['*']') section="${line:1:-1}" ;;
            *) [[ "$wanted" == *" $section "* ]] && printf '%s\n' "$line" ;;
        esac
    done <"$TIMBRE_ROOT/installers/packages.txt"
    return 0
}

timbre_install() {
    local missing=() package log="$TIMBRE_ROOT/build/install.log" as_root=()
    for package in $(timbre_packages "$@"); do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || timbre_fail "these packages are missing and apt-get is not there to install them: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || timbre_fail "installing packages needs root. Run as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    printf 'timbre: installing %d packages …\n' "${#missing[@]}" >&2
    timbre_quietly "apt-get update" "$log" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update
    timbre_quietly "apt-get install" "$log" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}"
}

# timbre_build WITH_TESTS(ON|OFF)
timbre_build() {
    local log="$TIMBRE_ROOT/build/build.log"
    : >"$log"
    [ -x "$TIMBRE_BUILD/bin/timbre" ] || printf 'timbre: building, which takes a few minutes the first time …\n' >&2
    cd "$TIMBRE_ROOT"
    timbre_quietly "configuring the build" "$log" cmake --preset "$TIMBRE_PRESET" -DTIMBRE_BUILD_TESTS="$1"
    timbre_quietly "the build" "$log" cmake --build --preset "$TIMBRE_PRESET"
}

# Gives the capture helper its file capabilities, which a build takes away, and says in one line what it did. With sudo,
# only members of the group "timbre" may run it.
timbre_grant() {
    local helper="$TIMBRE_BUILD/bin/timbre-capture" rights="cap_net_raw,cap_net_admin=ep" as_root=() who="everybody on this machine"
    export PATH="$PATH:/usr/sbin:/sbin"
    getcap "$helper" 2>/dev/null | grep -q cap_net_raw && return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null && as_root=(sudo -n)
        if [ ${#as_root[@]} -eq 0 ]; then
            printf 'timbre: live capture needs rights that this grants: sudo setcap %s %s\n' "$rights" "$helper" >&2
            return 0
        fi
    fi
    local user="${SUDO_USER:-$([ "$(id -u)" -ne 0 ] && id -un || true)}"
    if [ -n "$user" ] && "${as_root[@]}" groupadd -r -f timbre && "${as_root[@]}" usermod -aG timbre "$user" &&
        "${as_root[@]}" chgrp timbre "$helper" && "${as_root[@]}" chmod 0750 "$helper"; then
        who="the group timbre ($user is in it after the next login)"
    fi
    if "${as_root[@]}" setcap "$rights" "$helper" 2>/dev/null; then
        printf 'timbre: %s may now capture from the network, for %s; nothing else got rights.\n' "${helper##*/}" "$who" >&2
    else
        printf 'timbre: this file system takes no capabilities, so live capture is off; files and replays work.\n' >&2
    fi
}

mkdir -p "$TIMBRE_ROOT/build"
