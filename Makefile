# Postil's build. `make help` lists the targets.

GO      ?= go
NPX     := npx --no-install
INDEX   := build/index/site.postil
EDGE    := build/edge/app.wasm
WEB     := build/web/embed.js
PACKAGE := build/wasm/package.json
WASI    := build/wasi/postil.wasm build/wasi/batch.wasm
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GOSRC   := $(shell find . -name '*.go' -not -path './node_modules/*' -not -path './bench/*' -not -path './build/*') go.mod go.sum docs/openapi.yaml worker/edge/slim/calls/calls.txt
WEBSRC  := $(shell find web -type f -not -path '*/test/*')
PACKSRC := $(shell find wasm/js wasm/npm -type f -name "*.*" -not -path '*/test/*') worker/edge/restore.mjs
PORT    ?= 8787

# What surrounds the edge's program, shipped without its comments.
EDGE_SCRIPTS := worker body instance restore kept limit turn

# Languages that the edge analyzes besides English: german,french,spanish.
LANGUAGES ?=

# What runs everywhere: natively, under js/wasm and under WASI. And what does so
# of the module bench, under js/wasm.
PORTABLE := . ./internal/... ./language/...
BENCH_WASM := ./rivals ./scan ./open ./edge/...
GOROOT_WASM = $(shell $(GO) env GOROOT)/lib/wasm

.DEFAULT_GOAL := help
.PHONY: always help build run test test-go test-wasm test-js check check-go check-imports check-targets check-web bench eval soak fuzz-http size clean test-parity parity memory check-workflows dist reproduce test-browsers bench-page bench-module soak-page deploy-check audit overload calls

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: bin/postil $(INDEX) $(EDGE) $(PACKAGE) $(WASI) $(WEB) ## build everything

run: build ## build, then serve demo, script and API on http://localhost:8787 (workerd)
	CLOUDFLARE_CF_FETCH_ENABLED=false WRANGLER_SEND_METRICS=false $(NPX) wrangler dev --ip localhost --port $(PORT)

bin/postil: $(GOSRC)
	$(GO) build -trimpath -ldflags '-X main.version=$(VERSION)' -o $@ ./indexer

bin/wazero: go.mod
	$(GO) build -trimpath -o $@ github.com/tetratelabs/wazero/cmd/wazero

$(INDEX): bin/postil $(wildcard glossary/*.yaml) $(wildcard web/demo/articles/*)
	@mkdir -p $(@D)
	bin/postil build --glossary glossary --articles web/demo/articles -o $@

# For annotating in the page: without articles, which it does not search.
build/index/glossary.postil: bin/postil $(wildcard glossary/*.yaml)
	@mkdir -p $(@D)
	bin/postil build --glossary glossary -o $@

# Changes when LANGUAGES does.
build/languages: always
	@mkdir -p $(@D)
	@echo '$(LANGUAGES)' | cmp -s - $@ || echo '$(LANGUAGES)' > $@

$(EDGE): $(GOSRC) $(INDEX) $(wildcard worker/edge/*.mjs) build/languages node_modules/.package-lock.json
	@mkdir -p $(@D)
	$(GO) run ./worker/edge/slim -snapshot -tags '$(LANGUAGES)' -ldflags '-s -w -X main.version=$(VERSION)' -o $@ ./worker/edge
	cp $(GOROOT_WASM)/wasm_exec.js $(INDEX) $(@D)/
	node_modules/.bin/esbuild $(EDGE_SCRIPTS:%=worker/edge/%.mjs) --minify-whitespace --minify-syntax --outdir=$(@D) --out-extension:.js=.mjs --log-level=warning
	node_modules/.bin/esbuild worker/edge/markdown.mjs --bundle --format=esm --conditions=workerd --minify --outfile=$(@D)/markdown.mjs --log-level=warning

# The module for JavaScript hosts: all of it, and what only annotates.
build/wasm/postil.wasm build/wasm/annotate.wasm: $(GOSRC)
	@mkdir -p $(@D)
	$(GO) run ./worker/edge/slim -snapshot -tags '$(if $(filter %/annotate.wasm,$@),searchless)' -o $@ ./wasm/js

# The module for WASI hosts, and the command for batches.
build/wasi/postil.wasm: $(GOSRC)
	@mkdir -p $(@D)
	$(GO) run ./worker/edge/slim -goos wasip1 -buildmode c-shared -o $@ ./wasm/wasi/reactor

build/wasi/batch.wasm: $(GOSRC)
	@mkdir -p $(@D)
	$(GO) run ./worker/edge/slim -goos wasip1 -o $@ ./wasm/wasi/batch

# One more host of the module, which needs a C compiler.
build/wasmtime: $(wildcard wasm/parity/wasmtime/*)
	@mkdir -p $(@D)
	cd wasm/parity/wasmtime && $(GO) build -trimpath -o $(CURDIR)/$@ .

# Hosts in other languages load wasmtime's C library, which its Go module has as
# an archive of objects. Python and Rust may be missing.
build/c/libwasmtime.so: wasm/parity/wasmtime/go.mod
	@mkdir -p $(@D)
	cd wasm/parity/wasmtime && $(GO) mod download
	dir=$$(cd wasm/parity/wasmtime && $(GO) list -m -f '{{.Dir}}' github.com/bytecodealliance/wasmtime-go/v37) && \
		gcc -shared -s -o $@ -Wl,--whole-archive $$dir/build/linux-$$(uname -m)/libwasmtime.a -Wl,--no-whole-archive -lm -ldl -lpthread

build/parity-rust: build/c/libwasmtime.so $(wildcard examples/rust/*.* examples/rust/src/*) $(wildcard wasm/parity/hosts/rust/*.* wasm/parity/hosts/rust/src/*)
	if command -v cargo; then WASMTIME=$(CURDIR)/build/c cargo build --quiet --offline --release --manifest-path wasm/parity/hosts/rust/Cargo.toml --target-dir build/rust && cp build/rust/release/parity $@; fi

$(PACKAGE): node_modules/.package-lock.json build/client/api.d.ts build/wasm/postil.wasm build/wasm/annotate.wasm $(PACKSRC) web/client/client.ts
	node wasm/npm/build.mjs

build/client/api.d.ts: docs/openapi.yaml node_modules/.package-lock.json
	@mkdir -p $(@D)
	$(NPX) openapi-typescript --default-non-nullable=false $< -o $@

$(WEB): build/client/api.d.ts node_modules/.package-lock.json $(WEBSRC) $(PACKSRC) build/wasm/annotate.wasm build/wasm/postil.wasm build/index/glossary.postil $(INDEX) $(GOSRC) $(wildcard glossary/*.yaml)
	node web/build.mjs
	$(GO) run ./web/site -index $(INDEX)

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

test: test-go test-wasm test-js test-parity ## install what is needed and test everything

test-go:
	$(GO) test ./...
	cd bench && $(GO) test ./...

test-wasm: bin/wazero ## run the engine's tests under js/wasm and WASI
	GOOS=js GOARCH=wasm $(GO) test -short -exec='$(GOROOT_WASM)/go_js_wasm_exec' $(PORTABLE)
	GOOS=wasip1 GOARCH=wasm PATH="$(CURDIR)/bin:$$PATH" GOWASIRUNTIME=wazero \
		$(GO) test -short -exec='$(GOROOT_WASM)/go_wasip1_wasm_exec' $(PORTABLE)

test-js: build
	node web/test/helpers/install-browser.mjs
	node --test --test-concurrency=2 worker/edge/test/*.test.mjs web/test/*.test.mjs wasm/js/test/*.test.mjs wasm/npm/test/*.test.mjs

test-parity: build build/wasmtime build/parity-rust
	node web/test/helpers/install-browser.mjs
	$(GO) run ./wasm/parity/run
	node --expose-gc wasm/parity/hosts/memory.mjs 30000 build/wasi/postil.wasm $(INDEX)

parity: build build/wasmtime build/parity-rust ## compare the answers of every host, and write docs/parity.md
	$(GO) run ./wasm/parity/run -write

memory: build bench/module/node_modules/.package-lock.json ## a million calls of the module through each binding: memory must not grow; to docs/module.md (half an hour)
	node bench/module/memory.mjs --docs
	node --expose-gc wasm/parity/hosts/memory.mjs 1000000 build/wasi/postil.wasm $(INDEX)

calls: build/index/site.postil ## measures which calls are worth inlining, to worker/edge/slim/calls/calls.txt
	$(GO) test -run - -bench 'Annotate|Article' -benchtime 3s -cpu 1 -cpuprofile build/calls.prof -o build/calls.test .
	$(GO) run ./worker/edge/slim/calls/measure build/calls.prof > build/calls.txt
	mv build/calls.txt worker/edge/slim/calls/calls.txt

bench-module: build bench/module/node_modules/.package-lock.json ## sizes and speed of the module beside JavaScript, to docs/module.md
	node bench/module/sizes.mjs --docs
	node bench/module/run.mjs --docs

bench/module/node_modules/.package-lock.json: bench/module/package.json bench/module/package-lock.json
	npm ci --no-audit --no-fund --prefix bench/module
	@touch $@

check: check-go check-imports check-targets check-web check-workflows size audit ## lint, import rules, every build target, size budgets, types, known weaknesses

# What only a release or its checks need is a Go module of its own.
bin/actionlint: release/tools/go.mod
	cd release/tools && $(GO) build -trimpath -o $(CURDIR)/$@ github.com/rhysd/actionlint/cmd/actionlint

bin/cyclonedx-gomod: release/tools/go.mod
	cd release/tools && $(GO) build -trimpath -o $(CURDIR)/$@ github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod

check-workflows: bin/actionlint
	bin/actionlint -shellcheck= -pyflakes=
test-browsers: build ## run the embed's tests in Chromium, Firefox and WebKit, to docs/browsers.md
	node web/test/helpers/install-browser.mjs --all
	node web/test/browsers.mjs

soak-page: build ## a thousand rounds of navigation, marks and cards: nothing grows
	node web/test/helpers/install-browser.mjs
	SOAK=1000 node --test --test-reporter=spec web/test/soak.test.mjs

bench-page: build ## speed and size of the embed beside others, to docs/page.md
	node web/test/helpers/install-browser.mjs --whole
	node web/bench/run.mjs


bin/staticcheck: go.mod
	$(GO) build -trimpath -o $@ honnef.co/go/tools/cmd/staticcheck

check-go: bin/staticcheck
	@files="$$(gofmt -l $$(git ls-files '*.go'))"; test -z "$$files" || { echo "not formatted: $$files"; exit 1; }
	$(GO) vet ./...
	GOOS=js GOARCH=wasm $(GO) vet ./worker/edge ./wasm/js
	GOOS=js GOARCH=wasm $(GO) vet -tags searchless ./wasm/js ./wasm/internal/abi
	GOOS=js GOARCH=wasm $(GO) vet -tags started ./internal/started
	GOOS=wasip1 GOARCH=wasm $(GO) vet ./wasm/wasi/...
	cd wasm/parity/wasmtime && $(GO) vet ./... && ../../../bin/staticcheck ./...
	cd bench && $(GO) vet ./... && GOOS=js GOARCH=wasm $(GO) vet $(BENCH_WASM)
	bin/staticcheck ./...
	cd bench && ../bin/staticcheck ./... && GOOS=js GOARCH=wasm ../bin/staticcheck $(BENCH_WASM)
	@# It takes what JavaScript calls (go:wasmexport) for unused.
	GOOS=js GOARCH=wasm bin/staticcheck -checks inherit,-U1000 ./worker/edge ./wasm/js ./wasm/internal/abi
	GOOS=wasip1 GOARCH=wasm bin/staticcheck -checks inherit,-U1000 ./wasm/wasi/... ./wasm/internal/abi

# The engine runs everywhere, so it may import nothing of any one place; only
# the edge knows Cloudflare.
check-imports:
	@bad="$$($(GO) list -deps . | grep -xE 'net/http|syscall/js')"; test -z "$$bad" || { echo "package postil depends on:" $$bad; exit 1; }
	@bad="$$($(GO) list -f '{{$$p := .ImportPath}}{{range .Imports}}{{$$p}} {{.}}{{"\n"}}{{end}}' $(PORTABLE) | grep ' os$$')"; test -z "$$bad" || { echo "the engine imports os:" $$bad; exit 1; }
	@bad="$$($(GO) list -deps ./worker | grep -E '^syscall/js$$|syumai/workers')"; test -z "$$bad" || { echo "package worker depends on:" $$bad; exit 1; }
	@bad="$$($(GO) list -deps ./worker | grep -E 'bleve/v2$$|index/upsidedown|bbolt|protobuf|prometheus')"; test -z "$$bad" || { echo "not for wasm:" $$bad; exit 1; }
	@bad="$$(git grep -lF 'github.com/syumai/workers' -- '*.go' | grep -vE '^(worker/edge|bench)/')"; test -z "$$bad" || { echo "only worker/edge may import syumai/workers:" $$bad; exit 1; }

	@bad="$$(GOOS=js GOARCH=wasm $(GO) list -deps ./wasm/js | grep -xE 'net/http|.*bleve/v2|.*/upsidedown|.*bbolt')"; test -z "$$bad" || { echo "the module depends on:" $$bad; exit 1; }
	@bad="$$($(GO) list -deps . ./worker ./indexer | grep tetratelabs/wazero)"; test -z "$$bad" || { echo "only hosts of the module may depend on:" $$bad; exit 1; }

check-targets:
	$(GO) build ./...
	GOOS=js GOARCH=wasm $(GO) build -o /dev/null ./worker/edge
	GOOS=js GOARCH=wasm $(GO) build -tags german,french,spanish -o /dev/null ./worker/edge
	GOOS=js GOARCH=wasm $(GO) build $(PORTABLE)
	GOOS=wasip1 GOARCH=wasm $(GO) build $(PORTABLE)
	GOOS=wasip1 GOARCH=wasm $(GO) build -buildmode=c-shared -o /dev/null ./wasm/wasi/reactor

check-web: build/client/api.d.ts node_modules/.package-lock.json
	$(NPX) tsc -p web/tsconfig.json --noEmit
	$(NPX) tsc -p wasm/js/tsconfig.json --noEmit
	$(NPX) tsc -p wasm/npm/tsconfig.json --noEmit --emitDeclarationOnly false
	$(NPX) tsc -p wasm/npm/tsconfig.client.json --noEmit --emitDeclarationOnly false

eval: bin/postil $(EDGE) node_modules/.package-lock.json ## measure the quality of annotations, where the data are beside this checkout
	node bench/eval.mjs

soak: bin/postil node_modules/.package-lock.json ## two minutes of writers and readers on workerd, killed at random
	node worker/edge/test/soak.mjs 120

fuzz-http: bin/postil node_modules/.package-lock.json ## 20,000 requests made from the OpenAPI document to the handler, 5,000 to workerd and the native server
	$(GO) test ./worker -count=1 -run TestGenerated -v -requests 20000
	REQUESTS=5000 node --test worker/edge/test/generated.test.mjs

overload: build ## many more clients than can be served, a minute on workerd and one natively (needs wrk)
	node bench/edge/overload.mjs 60

# BENCH=quick takes two minutes and leaves docs/benchmarks.md alone.
bench: build bench/edge/node_modules/.package-lock.json ## speed of everything, against rivals, to docs/benchmarks.md (needs wrk); BENCH=quick
	cd bench && $(GO) run ./engine $(if $(filter quick,$(BENCH)),-quick)
	node bench/edge/run.mjs --out build/bench/edge.json $(if $(filter quick,$(BENCH)),--seconds 2 --rounds 1)
	node bench/edge/cold.mjs --out build/bench/cold.json $(if $(filter quick,$(BENCH)),--rounds 3)
	node bench/edge/search.mjs --out build/bench/search.json $(if $(filter quick,$(BENCH)),--seconds 2 --rounds 1)
	cd bench && $(GO) run ./report $(if $(filter quick,$(BENCH)),,-docs ../docs)

bench/edge/node_modules/.package-lock.json: bench/edge/package.json bench/edge/package-lock.json
	npm ci --no-audit --no-fund --prefix bench/edge
	@touch $@

# All of it is built anew, so that every part has the version. PREVIOUS is the
# sizes.json of the version before.
dist: bin/cyclonedx-gomod ## build a release into dist: VERSION=v1.2.3, PREVIOUS=sizes.json
	rm -rf bin/postil build/index build/edge build/wasm build/wasi build/web
	$(MAKE) build VERSION='$(VERSION)'
	$(GO) run ./release -version '$(VERSION)' $(if $(PREVIOUS),-previous '$(PREVIOUS)') -o dist

reproduce: ## build the release of the last commit twice, in two folders: it must be the same (ten minutes)
	release/reproduce.sh $(if $(filter v%,$(VERSION)),$(VERSION))

# wrangler.toml is read, checked and bundled with what it names; nothing is sent.
deploy-check: build ## what a deployment would do, without doing it
	WRANGLER_SEND_METRICS=false $(NPX) wrangler deploy --dry-run --outdir build/deploy

bin/govulncheck: release/tools/go.mod
	cd release/tools && $(GO) build -trimpath -o $(CURDIR)/$@ golang.org/x/vuln/cmd/govulncheck

# Each needs a database of others; one that cannot be reached is no finding.
audit: bin/govulncheck node_modules/.package-lock.json ## known weaknesses of what this depends on
	release/audit.sh

size: build ## sizes of what is shipped, against the budgets
	node worker/edge/size.mjs

clean: ## remove what was built
	rm -rf bin build dist
