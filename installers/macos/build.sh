#!/usr/bin/env bash
# Makes Timbre.app and a disk image on macOS, with Qt, QCustomPlot and the other libraries from Homebrew.
set -euo pipefail
[ "$(uname)" = Darwin ] || { printf 'timbre: this recipe is for macOS\n' >&2; exit 1; }
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
cmake -S "$root" -B "$root/build/macos" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTIMBRE_BUILD_TESTS=OFF
cmake --build "$root/build/macos"
app="$root/build/macos/Timbre.app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
cp "$root/build/macos/bin/timbre" "$root/build/macos/bin/timbre-cli" "$app/Contents/MacOS/"
cat >"$app/Contents/Info.plist" <<'PLIST'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleName</key><string>Timbre</string>
<key>CFBundleIdentifier</key><string>org.timbre.Timbre</string>
<key>CFBundleExecutable</key><string>timbre</string>
<key>CFBundlePackageType</key><string>APPL</string>
<key>NSHighResolutionCapable</key><true/>
</dict></plist>
PLIST
macdeployqt "$app"
hdiutil create -volname Timbre -srcfolder "$app" -ov -format UDZO "$root/build/macos/Timbre.dmg"
