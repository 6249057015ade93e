#!/usr/bin/env bash
# Makes an AppImage of a finished release build. Needs linuxdeploy and its Qt plugin on the PATH; neither is in Debian.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
build="$root/build/release"
for tool in linuxdeploy linuxdeploy-plugin-qt; do
    command -v "$tool" >/dev/null || { printf 'timbre: %s is not on the PATH; see installers/README.md\n' "$tool" >&2; exit 1; }
done
[ -x "$build/bin/timbre" ] || { printf 'timbre: build first: cmake --preset release && cmake --build --preset release\n' >&2; exit 1; }
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
DESTDIR="$folder/AppDir" cmake --install "$build" --prefix /usr >/dev/null
# A mounted image cannot carry file capabilities: the helper for live capture comes from a package or is left out.
rm -f "$folder/AppDir/usr/bin/timbre-capture"
cd "$build"
QMAKE="$(command -v qmake6)" linuxdeploy --appdir "$folder/AppDir" --plugin qt --output appimage \
    --desktop-file "$folder/AppDir/usr/share/applications/timbre.desktop" \
    --icon-file "$folder/AppDir/usr/share/icons/hicolor/scalable/apps/timbre.svg"
