#!/usr/bin/env bash
# Takes pictures of every dock and arrangement into a folder; the manual keeps some in resources/manual/screenshots. Needs a release build with tests.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
folder="${1:?usage: tests/pictures/take.sh FOLDER}"
mkdir -p "$folder"
QT_LOGGING_RULES="qt.qpa.*=false" QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}" "$root/build/release/bin/timbre-pictures" "$folder" \
    "$root/resources/samples/voice.pcapng" "$root/resources/samples/office.pcapng"
