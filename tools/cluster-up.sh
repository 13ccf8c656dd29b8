#!/usr/bin/env bash
# make cluster: the whole product on one machine. A real control plane on free loopback ports, and the studio
# served by its kubectl proxy; everything ends with Ctrl-C.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
. "$STUDIO_ROOT/tools/step.sh"
cd "$STUDIO_ROOT"
tools/setup.sh test
step "build the release" tools/build.sh
binaries=$(tools/cluster.sh | tail -n 1)
"$binaries/cluster" up --dist dist --nodes 2 | node tools/cluster-say.mjs
