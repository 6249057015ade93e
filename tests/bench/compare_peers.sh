#!/usr/bin/env bash
# Compares `timbre-cli analyze --store` with softflowd, ndpiReader and tshark on generated captures, in one run, and prints
# ratios. Peers that are not installed are left out. Usage: [TIMBRE_BIN=directory of timbre-cli] tests/bench/compare_peers.sh
# [directory for captures]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bin="${TIMBRE_BIN:-build/release/bin}"
data="${1:-$(mktemp -d)}"
runs=5
sockets="/tmp/timbre-bench-$$" # softflowd gives up its rights and must reach its socket all the same
trap 'rm -f "$sockets".*' EXIT

# best_of NAME COMMAND…: sets wall_NAME and cpu_NAME to the smallest of several runs.
best_of() {
    local name="$1" wall user sys cpu best_wall=999999 best_cpu=999999 rss=0 line
    shift
    for _ in $(seq "$runs"); do
        line=$(/usr/bin/time -o "$data/time.txt" -f '%e %U %S %M' timeout 120 "$@" >/dev/null 2>&1; tail -n 1 "$data/time.txt")
        read -r wall user sys rss <<<"$line"
        cpu=$(awk "BEGIN{print $user+$sys}")
        best_wall=$(awk "BEGIN{print ($wall<$best_wall)?$wall:$best_wall}")
        best_cpu=$(awk "BEGIN{print ($cpu<$best_cpu)?$cpu:$best_cpu}")
        [ "$name" = timbre ] && rm -f "$data/bench.timbre"*
    done
    printf -v "wall_$name" %s "$best_wall"
    printf -v "cpu_$name" %s "$best_cpu"
    printf '  %-10s wall %6.2f s  CPU %6.2f s  memory %5.0f MiB\n' "$name" "$best_wall" "$best_cpu" "$(awk "BEGIN{print $rss/1024}")"
}

ratio() { awk "BEGIN{printf \"%.2f\", $1/$2}"; }

for scenario in mixed small; do
    capture="$data/$scenario.pcap"
    [ -f "$capture" ] || "$bin/timbre-generate" "$scenario" -o "$capture" --seed 1 --truth "$data/$scenario.json" >/dev/null
    cat "$capture" >/dev/null
    printf '%s: %s packets\n' "$scenario" 2000000
    best_of timbre "$bin/timbre-cli" analyze "$capture" --store "$data/bench.timbre"
    if command -v softflowd >/dev/null; then
        best_of softflowd softflowd -r "$capture" -n 127.0.0.1:9995 -c none -p "$sockets.pid" -d
        printf '  timbre/softflowd: wall %s, CPU %s\n' "$(ratio "$wall_timbre" "$wall_softflowd")" "$(ratio "$cpu_timbre" "$cpu_softflowd")"
    fi
    if [ "$scenario" = mixed ]; then
        runs=1
        if command -v ndpiReader >/dev/null; then
            best_of ndpi ndpiReader -q -i "$capture"
            printf '  timbre/ndpiReader: wall %s\n' "$(ratio "$wall_timbre" "$wall_ndpi")"
        fi
        if command -v tshark >/dev/null; then
            best_of tshark tshark -q -z conv,tcp -z conv,udp -r "$capture"
            printf '  timbre/tshark: wall %s\n' "$(ratio "$wall_timbre" "$wall_tshark")"
        fi
        runs=5
    fi
done
