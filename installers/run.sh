#!/usr/bin/env bash
# Builds Timbre and opens the workbench, on the named capture or on the bundled sample.
set -euo pipefail
caller_directory="$PWD"
capture="${1:-}"
if [ "$capture" = "-h" ] || [ "$capture" = "--help" ]; then
    printf 'usage: installers/run.sh [capture]\n\nInstalls what is missing, builds Timbre and opens the capture (or the bundled sample) in the workbench.\n'
    exit 0
fi
[ $# -le 1 ] || { printf 'timbre: one capture at most; see installers/run.sh --help\n' >&2; exit 2; }
if [ -n "$capture" ]; then
    [[ "$capture" = /* ]] || capture="$caller_directory/$capture"
    [ -r "$capture" ] || { printf 'timbre: cannot read %s\n' "$capture" >&2; exit 1; }
fi

. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
timbre_install build
timbre_build "$([ -f "$TIMBRE_BUILD/CMakeCache.txt" ] && grep -q '^TIMBRE_BUILD_TESTS:BOOL=ON' "$TIMBRE_BUILD/CMakeCache.txt" && echo ON || echo OFF)"
timbre_grant

capture="${capture:-$TIMBRE_ROOT/resources/samples/office.pcapng}"
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${QT_QPA_PLATFORM:-}" ]; then
    printf 'timbre: there is no display, so no window can be opened. Without one, the same analysis is printed by:\n\n    %s analyze %q\n' \
        "$TIMBRE_BUILD/bin/timbre-cli" "$capture"
    exit 0
fi
exec "$TIMBRE_BUILD/bin/timbre" "$capture"
