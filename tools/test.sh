#!/usr/bin/env bash
# make test: everything, quick failures first. Short while green; on failure the log's end and where the rest is.
#   STUDIO_VERBOSE=1   shows every step's output
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
. "$STUDIO_ROOT/tools/step.sh"
cd "$STUDIO_ROOT"
started=$SECONDS
passed=0
rm -rf "$STEP_LOGS"

# Adds up what the runners of a step say they ran; a runner that ran nothing fails the step.
count() {
    local name=$1 n
    n=$(sed 's/\x1b\[[0-9;]*m//g' "$STEP_LOGS/$(printf '%s' "$name" | tr -cs 'A-Za-z0-9' '-').log" |
        awk '/test result: ok\. [0-9]+ passed/ { n += $4 } /^ *[0-9]+ passed/ { n += $1 } END { print n + 0 }')
    [ "$n" -gt 0 ] || { echo "FAIL $name: it ran no test"; exit 1; }
    passed=$((passed + n))
}

fail() {
    printf '\n%d passed, 1 failed\n' "$passed"
    exit 1
}

tools/setup.sh test
step "format: Rust" cargo fmt --all --check || fail
step "format: Go" tools/check-go.sh fmt || fail
step "scripts" tools/check-scripts.sh || fail
step "lints: Rust" cargo clippy --workspace --all-targets --locked -- -D warnings || fail
step "documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --document-private-items --lib || fail
step "native tests" cargo test --workspace --locked || fail
count "native tests"
step "release build" tools/build.sh || fail
step "size" node tools/size.mjs dist || fail
sed -n 's/^first screen/     first screen, KB raw and brotli:/p' "$STEP_LOGS/size.log"
step "browser tests" playwright test -c tests/browser/playwright.config.mjs || fail
count "browser tests"
step "vet: Go" tools/check-go.sh vet || fail
step "build the test cluster" tools/cluster.sh || fail
step "agreement with a real API server" tools/agreement-live.sh || fail
step "cluster tests" tools/cluster-tests.sh || fail
count "cluster tests"

printf '\nAll of it in %d s. Logs: target/steps/\n%d passed, 0 failed\n' $((SECONDS - started)) "$passed"
