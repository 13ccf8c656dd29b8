#!/usr/bin/env bash
# Installs what is missing, says what it does, and is quick when nothing is.
#   tools/setup.sh            what building and serving needs
#   tools/setup.sh test       that and what the tests need (clippy, a browser, fonts, Go)
# Tools go to ${XDG_CACHE_HOME:-~/.cache}/manifest-studio/tools; a tool of the right version on PATH is used.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
. "$STUDIO_ROOT/tools/step.sh"
cd "$STUDIO_ROOT"
part=${1:-build}
missing=()

# lacks WHAT HOW: remembered, so that all of it is said at once.
lacks() { missing+=("$1"$'\n'"      $2"); }
stop_if_missing() {
    [ ${#missing[@]} -eq 0 ] && return
    printf '\nThis cannot go on yet. Missing:\n' >&2
    printf '  - %s\n' "${missing[@]}" >&2
    printf 'Then run the same command again.\n' >&2
    exit 1
}

# apt PACKAGE...: installs Debian packages where that can be done without asking anybody.
can_apt() { have apt-get && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
apt_install() {
    local as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    # --no-remove: never at the price of something that is installed.
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-remove --no-install-recommends "$@"
}
# One setup at a time: two of them would install the same tools twice.
mkdir -p "$STUDIO_TOOLS/bin" static/generated
if have flock; then
    exec 9>"$STUDIO_TOOLS/lock"
    flock -n 9 || { echo "Another setup is running; waiting for it."; flock 9; }
fi

# 1. What this script cannot bring.
rustc_found=$(version_of rustc --version || true)
if [ -z "$rustc_found" ] || ! have cargo; then
    lacks "Rust $RUST_AT_LEAST or newer (cargo, rustc)" "install it with rustup: see rust-lang.org, 'Install'"
elif ! at_least "$rustc_found" "$RUST_AT_LEAST"; then
    lacks "Rust $RUST_AT_LEAST or newer: $rustc_found is here" "rustup update stable"
fi
node_found=$(version_of node --version || true)
if [ -z "$node_found" ] || ! at_least "$node_found" "$NODE_AT_LEAST"; then
    lacks "Node.js $NODE_AT_LEAST or newer${node_found:+: $node_found is here}" "see nodejs.org, or your system's package nodejs"
fi
have npm || lacks "npm" "it comes with Node.js; in Debian it is the package npm"
if ! have cc; then
    if can_apt; then step "install a C compiler" apt_install gcc libc6-dev || true; fi
    have cc || lacks "a C compiler (cc), with which Rust links" "apt-get install gcc libc6-dev, as root"
fi
if [ "$part" = test ]; then
    cargo fmt --version >/dev/null 2>&1 || lacks "rustfmt" "rustup component add rustfmt"
    cargo clippy --version >/dev/null 2>&1 || lacks "clippy" "rustup component add clippy"
    go_found=$(version_of go version || true)
    if [ -z "$go_found" ] || ! at_least "$go_found" "$GO_AT_LEAST"; then
        lacks "Go $GO_AT_LEAST or newer${go_found:+: $go_found is here}, with which the tests build a real cluster" "see go.dev, 'Download and install'"
    fi
fi
stop_if_missing

# 2. A standard library for the browser: rustup's, or else Debian's compiler that builds its own.
add_rustup_target() { have rustup && timeout 300 rustup target add wasm32-unknown-unknown; }
link_web_toolchain() { have rustup && ! rustup run web rustc --version >/dev/null 2>&1 && rustup toolchain link web /usr; true; }
if [ "${STUDIO_TOOLCHAIN:-rustup}" = rustup ] && ! rustup_has_wasm && ! { web_has_wasm && rustup run web rustc --version >/dev/null 2>&1; }; then
    step "rustup target add wasm32" add_rustup_target ||
        echo "     rustup cannot bring the target here; Debian's rustc-web is tried instead."
fi
if [ "${STUDIO_TOOLCHAIN:-}" = web ] || ! rustup_has_wasm; then
    if ! web_has_wasm && can_apt; then
        step "install Debian's rustc-web and lld" apt_install rustc-web cargo-web rust-web-src lld-22 || true
    fi
    if web_has_wasm; then
        link_web_toolchain
    else
        lacks "Rust's standard library for wasm32-unknown-unknown" \
            "rustup target add wasm32-unknown-unknown; without rustup's network, on Debian, as root: apt-get install rustc-web cargo-web rust-web-src lld-22"
    fi
fi

# The sources of the standard library make a smaller page; without them it is a little larger, and as good.
if [ "${STUDIO_TOOLCHAIN:-rustup}" = rustup ] && rustup_has_wasm && ! rustup_has_sources; then
    step "rustup component add rust-src" timeout 300 rustup component add rust-src || true
fi

# 3. A browser and fonts for the tests.
if [ "$part" = test ]; then
    wanted=()
    chromium_found() { [ -n "${STUDIO_CHROMIUM:-}" ] || have chromium || have google-chrome; }
    cjk_found() { ! have fc-list || [ -n "$(fc-list :lang=zh-cn family 2>/dev/null | head -n 1)" ]; }
    chromium_found || wanted+=(chromium fonts-liberation)
    cjk_found || wanted+=(fonts-noto-cjk)
    if [ ${#wanted[@]} -gt 0 ] && can_apt; then
        step "install ${wanted[*]}" apt_install "${wanted[@]}" || true
    fi
    chromium_found || lacks "Chromium, which the browser tests drive" \
        "apt-get install chromium, as root; or set STUDIO_CHROMIUM to the path of a Chromium or Chrome"
    cjk_found || lacks "a font with Chinese signs" "apt-get install fonts-noto-cjk, as root"
fi
stop_if_missing

# 4. The tools that cargo brings. Built beside the tools, so that an interrupted run goes on where it was.
cargo_tool() { CARGO_TARGET_DIR="$STUDIO_TOOLS/build" cargo install --root "$STUDIO_TOOLS" "$@"; }
if [ "$(version_of wasm-bindgen --version || true)" != "$WASM_BINDGEN_VERSION" ]; then
    # Without --locked: its lock file names a crate version that is not to be had everywhere.
    step "build wasm-bindgen $WASM_BINDGEN_VERSION" cargo_tool "wasm-bindgen-cli@$WASM_BINDGEN_VERSION" --force ||
        lacks "wasm-bindgen $WASM_BINDGEN_VERSION" "cargo install wasm-bindgen-cli@$WASM_BINDGEN_VERSION (the end of its log is above)"
fi
if [ "$(version_of trunk --version || true)" != "$TRUNK_VERSION" ]; then
    step "build trunk $TRUNK_VERSION" cargo_tool --locked "trunk@$TRUNK_VERSION" --force ||
        lacks "trunk $TRUNK_VERSION" "cargo install --locked trunk@$TRUNK_VERSION (the end of its log is above)"
fi
stop_if_missing
rm -rf "$STUDIO_TOOLS/build"

# 5. The npm packages of the lock file.
npm_stamp="node_modules/.studio-lock"
npm_wanted=$(sha256sum package-lock.json | cut -d ' ' -f 1)
if [ "$(cat "$npm_stamp" 2>/dev/null)" != "$npm_wanted" ]; then
    step "npm ci" npm ci --no-audit --no-fund --loglevel=error ||
        { lacks "the npm packages of package-lock.json" "npm ci (the end of its log is above; it needs the npm registry)"; stop_if_missing; }
    echo "$npm_wanted" >"$npm_stamp"
fi

# 6. The crates, so that the build needs no network afterwards (with the web toolchain also those of std).
crates_stamp="$STUDIO_TOOLS/crates-$(sha256sum Cargo.lock | cut -c 1-16)-${STUDIO_TOOLCHAIN:-auto}-std"
if [ ! -e "$crates_stamp" ] || ! cargo fetch --locked --offline --quiet 2>/dev/null; then
    fetch_crates() {
        cargo fetch --locked
        use_wasm_toolchain small
        [ -z "${CARGO_UNSTABLE_BUILD_STD:-}" ] || cargo fetch --locked --target wasm32-unknown-unknown
    }
    step "fetch the crates" fetch_crates ||
        { lacks "the crates of Cargo.lock" "cargo fetch --locked (the end of its log is above; it needs the crates registry)"; stop_if_missing; }
    touch "$crates_stamp"
fi
