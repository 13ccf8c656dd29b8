#!/usr/bin/env bash
# make bench: measures, natively (criterion, benches/) and in the browser (tools/bench.mjs). Judges nothing.
#   tools/bench.sh native | browser   only one of them
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
. "$STUDIO_ROOT/tools/step.sh"
cd "$STUDIO_ROOT"
only=${1:-all}
tools/setup.sh test
mkdir -p bench/results
if [ "$only" != browser ]; then
    step "native (criterion)" cargo bench --locked
    node tools/bench/native.mjs
fi
if [ "$only" != native ]; then
    step "build the release" tools/build.sh
    step "build a bare page, to compare with" tools/bench/bare.sh "${CARGO_TARGET_DIR:-target}/bare"
    exec node tools/bench.mjs --bare "${CARGO_TARGET_DIR:-target}/bare"
fi
