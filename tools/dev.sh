#!/usr/bin/env bash
# make dev: serves without optimisation on this machine and reloads on every change.
# STUDIO_PORT chooses the port (8080). With a cluster: run `kubectl proxy` beside it, on its usual port 8001;
# Trunk.toml passes the API's paths on to it, so that it is at the page's own origin as in the product.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$STUDIO_ROOT"
tools/setup.sh build
tools/data.sh
use_wasm_toolchain
# One id for all builds of this session: the page asks for its files anew on each reload anyway.
export STUDIO_BUILD=dev
mkdir -p target
exec trunk --skip-version-check serve --offline --locked --port "${STUDIO_PORT:-8080}" --dist target/dev-dist
