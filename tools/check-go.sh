#!/usr/bin/env bash
# The Go module of the test cluster: tools/check-go.sh fmt | vet
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$STUDIO_ROOT/tests/cluster"
case ${1:-} in
    fmt)
        unformatted=$(gofmt -l .)
        [ -z "$unformatted" ] || { printf 'not formatted (make fmt):\n%s\n' "$unformatted"; exit 1; }
        ;;
    vet) GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS=-buildvcs=false go vet ./... ;;
    *) echo "tools/check-go.sh fmt | vet" >&2; exit 2 ;;
esac
