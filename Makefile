# Manifest Studio. `make help` lists what there is.
# Everything here installs what it needs first and says what is missing when it cannot go on.

.PHONY: help run test bench dev build cluster fmt setup
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## build the release, serve it on this machine, print its address
	@tools/run.sh

test: ## everything: format, lints, native, browser and cluster tests
	@tools/test.sh

dev: ## serve with reload on every change (no optimisation)
	@tools/dev.sh

build: ## build the release into dist/
	@tools/setup.sh build
	@tools/build.sh

bench: ## measure natively and in the browser; writes bench/results/
	@tools/bench.sh

cluster: ## the whole product on one machine: a real control plane, the studio served by its kubectl proxy
	@tools/cluster-up.sh

fmt: ## format Rust and Go
	@cargo fmt
	@if command -v gofmt >/dev/null; then git ls-files -z '*.go' | xargs -0 gofmt -l -w; fi

setup: ## only install what is missing, for everything
	@tools/setup.sh test
