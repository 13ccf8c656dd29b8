#!/usr/bin/env bash
# The browser tests that need a real cluster (tests/browser/cluster); they start and end it themselves.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$STUDIO_ROOT"
STUDIO_CLUSTER=$(tools/cluster.sh | tail -n 1)
export STUDIO_CLUSTER
exec playwright test -c tests/browser/playwright.config.mjs "$@"
