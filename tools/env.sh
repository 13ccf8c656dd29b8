# Sourced by the scripts beside it: where the tools are, which toolchain compiles for the browser.
# Change nothing here by hand; these may be set from outside:
#   STUDIO_TOOLCHAIN  rustup | web    which standard library for wasm32 (default: rustup's where it is there)
#   STUDIO_CHROMIUM   the browser the tests drive (default: the first of chromium, google-chrome on PATH)

STUDIO_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
STUDIO_TOOLS=${XDG_CACHE_HOME:-$HOME/.cache}/manifest-studio/tools
PATH="$STUDIO_ROOT/node_modules/.bin:$STUDIO_TOOLS/bin:$PATH"
export STUDIO_ROOT STUDIO_TOOLS PATH
# Debian's browser is used; none is to be downloaded.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

RUST_AT_LEAST=1.95
NODE_AT_LEAST=20
GO_AT_LEAST=1.26
TRUNK_VERSION=0.21.14
# The command and the crate must be of one version, so the lock file decides.
WASM_BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' "$STUDIO_ROOT/Cargo.lock")

have() { command -v "$1" >/dev/null 2>&1; }

# at_least FOUND WANTED: compares dotted numbers.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# The version of a command on PATH, or nothing: version_of trunk --version
version_of() { "$@" 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1; }

rustup_has_wasm() { have rustc && [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ]; }

# Debian's rustc-web compiles for wasm32 and brings the standard library's sources; lld links.
web_has_wasm() { [ -x /usr/bin/rustc ] && [ -e /usr/lib/rustlib/src/rust/library/std/Cargo.toml ] && [ -n "$(web_linker)" ]; }
web_linker() { ls /usr/bin/wasm-ld-* 2>/dev/null | sort -V | tail -n 1; }

rustup_has_sources() { have rustc && [ -e "$(rustc --print sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml" ]; }

# Exports what cargo needs to build for the browser with the toolchain that is there.
#   use_wasm_toolchain small   and as small as it gets, for the release
use_wasm_toolchain() {
    local which=${STUDIO_TOOLCHAIN:-}
    if [ -z "$which" ]; then
        if rustup_has_wasm; then which=rustup; else which=web; fi
    fi
    if [ "${1:-}" = small ] && { [ "$which" = web ] || rustup_has_sources; }; then
        # A panic ends the page either way; without its sentences, and with the standard library built for
        # size, the page is a tenth smaller. Without the sources rustup's own build of it serves.
        export RUSTC_BOOTSTRAP=1
        export CARGO_UNSTABLE_BUILD_STD=std,panic_abort
        export CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
        export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Csymbol-mangling-version=v0"
    fi
    [ "$which" = web ] || return 0
    export RUSTC_BOOTSTRAP=1
    export CARGO_UNSTABLE_BUILD_STD=std,panic_abort
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(web_linker)
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
    if have rustup; then export RUSTUP_TOOLCHAIN=web; else PATH="/usr/bin:$PATH"; fi
}

# The build's id: what the page, the worker and the lazily loaded files must agree on.
build_id() {
    (
        cd "$STUDIO_ROOT"
        # Some of these may be absent; what counts is what is there.
        { find src lean-jiff lean-yew static js build build.rs tools/assets.mjs tools/assets tools/docs tools/split tools/finish.mjs Cargo.toml Cargo.lock index.html Trunk.toml \
            package-lock.json -path static/generated -prune -o -type f -print0 2>/dev/null || true; } |
            LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-12
    )
}
