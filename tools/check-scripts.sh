#!/usr/bin/env bash
# Every shell and JavaScript file of ours parses.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$STUDIO_ROOT"
find tools .ci -type f \( -name '*.sh' -o -path .ci/run \) -print0 | xargs -0 -n 1 bash -n
find tools js static tests/browser -path static/generated -prune -o -type f \( -name '*.js' -o -name '*.mjs' \) -print0 |
    xargs -0 -n 1 node --check
