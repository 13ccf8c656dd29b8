#!/usr/bin/env bash
# 1,500 mutated manifests, always the same, to a real API server: what we say of them must be what it says.
# More options go to `agreement run`, the last one wins: tools/agreement-live.sh --seed 7 --cases 6000
#   STUDIO_JUDGE=1.35   against an older version (built first; tools/cluster.sh says how long that takes)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$STUDIO_ROOT"
cargo build -q --locked -p agreement
binaries=$(tools/cluster.sh ${STUDIO_JUDGE:+"$STUDIO_JUDGE"} | tail -n 1)
# The judge ends when its standard input closes, also when this script is killed.
coproc JUDGE { exec "$binaries/cluster" judge; }
judge=$JUDGE_PID
input=${JUDGE[1]}
read -r ready <&"${JUDGE[0]}"
status=0
cargo run -q --locked -p agreement -- run --hold --seed 1 --cases 1500 \
    --judge "$(sed 's/.*"api":"\([^"]*\)".*/\1/' <<<"$ready")" "$@" || status=$?
exec {input}>&-
wait "$judge" || status=$?
exit "$status"
