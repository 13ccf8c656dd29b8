#!/usr/bin/env bash
# The Go modules here (the test cluster, the reference readers): tools/check-go.sh fmt | vet
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$STUDIO_ROOT"
case ${1:-} in
    fmt)
        unformatted=$(git ls-files -z '*.go' | xargs -0 gofmt -l)
        [ -z "$unformatted" ] || { printf 'not formatted (make fmt):\n%s\n' "$unformatted"; exit 1; }
        ;;
    vet)
        export GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS=-buildvcs=false
        git ls-files -z '*go.mod' | while IFS= read -r -d '' module; do
            folder=$(dirname "$module")
            # A module that only pins what another program is built from has no code of its own.
            [ -n "$(git ls-files "$folder/*.go")" ] || continue
            (cd "$folder" && go vet ./...)
        done
        ;;
    *) echo "tools/check-go.sh fmt | vet" >&2; exit 2 ;;
esac
