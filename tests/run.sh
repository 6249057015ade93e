#!/usr/bin/env bash
# Builds Timbre with its tests and runs all of them. Arguments go to ctest: tests/run.sh -R flow
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../installers/setup.sh"
timbre_install build test
timbre_build ON
exec ctest --test-dir "$TIMBRE_BUILD" --output-on-failure --no-tests=error -j "$(nproc)" "$@"
