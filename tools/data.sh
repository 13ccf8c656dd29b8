#!/usr/bin/env bash
# Makes what the page fetches and nobody wrote: static/generated/docs, the documentation texts of every built-in
# kind, by API group (tools/docs; from k8s-openapi, never committed). Only when its sources changed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$STUDIO_ROOT"
docs=static/generated/docs
made=$({
    find tools/docs -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    grep -A 2 '^name = "k8s-openapi"' Cargo.lock
} | sha256sum | cut -c 1-16)
if [ "$(cat static/generated/docs.made 2>/dev/null)" != "$made" ]; then
    rm -rf "$docs"
    cargo run --locked --quiet -p docs -- "$docs"
    echo "$made" >static/generated/docs.made
fi
