#!/usr/bin/env bash
# Takes the manual's pictures anew, into resources/manual/screenshots. Needs a release build with tests.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
folder="${1:-$root/resources/manual/screenshots}"
mkdir -p "$folder"
QT_LOGGING_RULES="qt.qpa.*=false" QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}" "$root/build/release/bin/timbre-pictures" "$folder" \
    "$root/resources/samples/voice.pcapng" "$root/resources/samples/office.pcapng"
