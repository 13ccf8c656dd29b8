#!/usr/bin/env bash
# Builds the page into dist/:  tools/build.sh [--dev]
# Release by default; --dev leaves out optimisation and is for looking at a change.
#   tools/build.sh --dist FOLDER   builds elsewhere
#   tools/build.sh --whole         a release that is not cut in two, for tools/split/ran.mjs
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$STUDIO_ROOT"
mode=(--release)
dist=dist
whole=
while [ $# -gt 0 ]; do
    case $1 in
        --dev) mode=() ;;
        --whole) whole=--whole ;;
        --dist) dist=$2; shift ;;
        *) echo "tools/build.sh: '$1' is not known; it takes --dev, --whole and --dist FOLDER" >&2; exit 2 ;;
    esac
    shift
done
if ! have trunk || ! have wasm-bindgen || [ ! -d node_modules ]; then
    tools/setup.sh build
fi
tools/data.sh
if [ ${#mode[@]} -gt 0 ]; then
    # Before the environment is that of the browser's build: this one runs here.
    cargo build --locked --quiet -p split
    [ -n "$whole" ] || export STUDIO_SPLIT=${CARGO_TARGET_DIR:-target}/debug/split
    use_wasm_toolchain small
else
    use_wasm_toolchain
fi
STUDIO_BUILD=$(build_id)
export STUDIO_BUILD
# Nothing changed since this folder was built: trunk would make the same again, in ten seconds.
made="$STUDIO_BUILD ${mode[*]} $whole $(rustc --version)"
if [ "$(cat "$dist/build.txt" 2>/dev/null)" = "$made" ]; then
    echo "$dist is up to date"
    exit 0
fi
# --offline: trunk uses the tools that set-up brought and fetches none of its own.
trunk --skip-version-check build --offline --locked "${mode[@]}" --dist "$dist"
echo "$made" >"$dist/build.txt"
