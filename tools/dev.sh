#!/usr/bin/env bash
# make dev: serves without optimisation on this machine and reloads on every change.
# STUDIO_PORT chooses the port (8080). With STUDIO_API=http://127.0.0.1:8001 (a kubectl proxy) the API is
# reached at the page's own origin, as it is when kubectl proxy serves the page.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$STUDIO_ROOT"
tools/setup.sh build
use_wasm_toolchain
# One id for all builds of this session: the page asks for its files anew on each reload anyway.
export STUDIO_BUILD=dev
mkdir -p static/generated
config=Trunk.toml
if [ -n "${STUDIO_API:-}" ]; then
    config=target/dev-Trunk.toml
    mkdir -p target
    # Paths in the file are relative to it.
    sed -e 's#^target = "#&../#; s#^dist = "#&../#' -e '/^ignore = /s#"\([^"]*\)"#"../\1"#g' Trunk.toml >"$config"
    for path in api apis openapi version; do
        printf '\n[[proxy]]\nrewrite = "/%s"\nbackend = "%s/%s"\n' "$path" "${STUDIO_API%/}" "$path" >>"$config"
    done
fi
exec trunk --config "$config" --skip-version-check serve --offline --locked --port "${STUDIO_PORT:-8080}" --dist target/dev-dist
