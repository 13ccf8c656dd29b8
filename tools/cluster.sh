#!/usr/bin/env bash
# Build the control plane for tests (tests/cluster): the binaries `cluster` and
# `kwok`, into a cache outside the clone. The last line on standard output is
# the folder they are in; everything else goes to standard error.
#   tools/cluster.sh           the version of tests/cluster/go.mod
#   tools/cluster.sh 1.36      an older one, for `cluster judge` alone (no kwok)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
module=$root/tests/cluster
cache=${XDG_CACHE_HOME:-$HOME/.cache}/manifest-studio/cluster
needed=1.26
# Kubernetes and the etcd that its own go.mod lists.
case ${1:-} in
  "") older= ;;
  1.33) older="v1.33.13 v3.5.21" ;;
  1.34) older="v1.34.4 v3.6.4" ;;
  1.35) older="v1.35.4 v3.6.5" ;;
  1.36) older="v1.36.3 v3.6.8" ;;
  *) echo "usage: tools/cluster.sh [1.33 | 1.34 | 1.35 | 1.36]" >&2; exit 2 ;;
esac

say() { echo "cluster.sh: $*" >&2; }

if ! command -v go >/dev/null; then
  say "Go is not installed. Building the test cluster needs Go $needed or newer: https://go.dev/dl/"
  exit 1
fi

# The build depends on nothing but these files: no toolchain download, no C
# compiler, no flags of the person's own.
export GOTOOLCHAIN=local CGO_ENABLED=0 GOWORK=off GOFLAGS=-buildvcs=false
unset GOOS GOARCH GOEXPERIMENT

toolchain=$(cd / && go env GOVERSION) # go1.26.8
found=${toolchain#go}
found=${found%%[!0-9.]*}
if [ "$(printf '%s\n%s\n' "$needed" "$found" | sort -V | head -n 1)" != "$needed" ]; then
  say "Go $found is too old. Building the test cluster needs Go $needed or newer: https://go.dev/dl/"
  exit 1
fi

hash256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
key=$({
  go version
  cat "${BASH_SOURCE[0]}"
  echo "$older"
  cd "$module" && cat go.mod go.sum kwok/go.mod kwok/go.sum ./*.go
} | hash256 | cut -c 1-16)
folder=$cache/$key

built() { [ -x "$folder/cluster" ] && { [ -n "$older" ] || [ -x "$folder/kwok" ]; }; }
finish() {
  touch "$folder" # see the sweep below
  echo "$folder"
  exit 0
}
if built; then finish; fi

mkdir -p "$cache"
# Two builds at once would take each other's processors; the second one waits.
if command -v flock >/dev/null; then
  exec 9>"$cache/lock"
  if ! flock -n 9; then
    say "another build of it is running, waiting for it"
    flock 9
  fi
  if built; then finish; fi
fi

[ -z "$older" ] || version=${older% *}
[ -n "$older" ] || version=$(awk '$1 == "k8s.io/kubernetes" { print $2 }' "$module/go.mod")
numbers=${version#v}
minor=${numbers#*.}
component=k8s.io/component-base/version
flags="-s -w -X $component.gitVersion=$version -X $component.gitMajor=${numbers%%.*}"
flags="$flags -X $component.gitMinor=${minor%%.*} -X $component.gitTreeState=clean"
flags="$flags -X k8s.io/client-go/pkg/version.gitVersion=$version"

temporary=$(mktemp -d "$cache/build-XXXXXX")
builder=
tags=
[ -z "$older" ] || tags=judge
# A job in the background does not hear Ctrl-C.
trap '[ -z "$builder" ] || kill "$builder" 2>/dev/null; rm -rf "$temporary"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say "building Kubernetes $version with etcd for the tests with a real cluster."
say "The first time takes about 10 minutes on 2 cores, 250 MB of downloads and 5 GB of disk; later well under a minute."

# build NAME FOLDER PACKAGE: says every minute that it is still at it.
build() {
  local begun=$SECONDS status=0 told=0 minutes
  (cd "$2" && exec go build -mod=readonly -trimpath -tags "$tags" -ldflags "$flags" -o "$temporary/$1" "$3") 1>&2 9>&- &
  builder=$!
  while kill -0 "$builder" 2>/dev/null; do
    sleep 1
    minutes=$(((SECONDS - begun) / 60))
    if [ "$minutes" -gt "$told" ]; then
      told=$minutes
      say "still building $1, $minutes min"
    fi
  done
  wait "$builder" || status=$?
  builder=
  if [ "$status" -ne 0 ]; then
    say "$1 could not be built, see above. Modules come from $(go env GOPROXY); their checksums are in go.sum."
    exit 1
  fi
  say "$1 is built, $((SECONDS - begun)) s"
}
if [ -n "$older" ]; then
  # The same program on other modules: whatever go.mod here says of Kubernetes is said of that version.
  mkdir "$temporary/module"
  cp "$module"/*.go "$temporary/module"
  rm "$temporary/module/up.go" "$temporary/module/kwok.go"
  (
    cd "$temporary/module"
    staging=v0.${version#v1.}
    cat >go.mod <<END
module studio.test/cluster

go $needed.0

godebug default=go$needed

require (
	k8s.io/kubernetes $version
	k8s.io/component-base $staging
	k8s.io/kubectl $staging
	go.etcd.io/etcd/server/v3 ${older#* }
)
END
    awk '$1 == "replace" { print $2 }' "$module/go.mod" | while read -r name; do
      go mod edit -replace "$name=$name@$staging"
    done
    go mod tidy
  ) 1>&2
  build cluster "$temporary/module" .
  rm -rf "$temporary/module"
else
  build cluster "$module" .
  build kwok "$module/kwok" sigs.k8s.io/kwok/cmd/kwok
fi

# The rename makes both appear at once, complete. Without flock another build
# may have been faster: its folder is as good.
if ! built; then
  rm -rf "$folder"
  mv "$temporary" "$folder"
  chmod 755 "$folder"
fi

# Sweep what no test has used for a month; each is a quarter of a gigabyte.
find "$cache" -mindepth 1 -maxdepth 1 -type d -mtime +30 -exec rm -rf {} +
finish
