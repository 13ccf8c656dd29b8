#!/usr/bin/env bash
# make run: set up, build the release, serve it on this machine, print one address.
# Through kubectl proxy where kubectl and a cluster that answers are there (then the page can send manifests to
# it); otherwise without a cluster. STUDIO_PORT chooses the first port to try (8001).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
. "$STUDIO_ROOT/tools/step.sh"
cd "$STUDIO_ROOT"
tools/setup.sh build
step "build the release" tools/build.sh

port=${STUDIO_PORT:-8001}
free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
while ! free "$port"; do port=$((port + 1)); done

say_address() {
    printf '\n  %s\n  Open   http://127.0.0.1:%s/studio/\n  End    Ctrl-C\n\n' "$1" "$port"
}

if have kubectl && server=$(timeout 6 kubectl version --request-timeout=4s 2>/dev/null | sed -n 's/^Server Version: //p') && [ -n "$server" ]; then
    context=$(kubectl config current-context 2>/dev/null || echo 'the default one')
    say_address "Served by kubectl proxy: cluster $server, context $context. Whoever uses this machine meanwhile has your rights there."
    # Closes what a page has no need of: exec and the pages that workloads serve on this same origin.
    exec kubectl proxy --www=dist --www-prefix=/studio/ --port="$port" \
        --reject-paths='^/api/.*/pods/.*/(exec|attach|portforward),^/api/.*/(pods|services|nodes)/[^/]+/proxy' >/dev/null
fi
if have kubectl; then why="kubectl reaches no cluster"; else why="kubectl is not here"; fi
say_address "Served without a cluster ($why)."
exec node tools/serve.mjs --dir dist --prefix /studio/ --port "$port" >/dev/null
