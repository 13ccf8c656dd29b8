#!/usr/bin/env bash
# Builds the bare page that is measured beside ours (tools/bench/bare) into FOLDER:  tools/bench/bare.sh FOLDER
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../env.sh"
cd "$STUDIO_ROOT"
use_wasm_toolchain small
cargo build --locked --quiet -p bare --profile page --target wasm32-unknown-unknown
wasm-bindgen --target web --no-typescript --out-dir "$1" "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/page/bare.wasm"
# What rustc makes use of: index.html has the same for the page.
features=(bulk-memory bulk-memory-opt reference-types sign-ext mutable-globals nontrapping-float-to-int multivalue)
wasm-opt -Oz "${features[@]/#/--enable-}" -o "$1/bare_bg.wasm" "$1/bare_bg.wasm"
cp tools/bench/bare/index.html tools/bench/bare/start.js "$1"
