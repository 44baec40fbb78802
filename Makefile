# VERSION replaces the version in cmd/ecsmock; PROGRAM is the file that make build writes; FUZZTIME is the time, such as 1m, or the inputs for each fuzz target of make safety.
VERSION  ?=
PROGRAM  ?= bin/ecsmock
FUZZTIME ?= 1000x
RELEASE   = $(shell sed -n 's/^var release = "\(.*\)"$$/\1/p' cmd/ecsmock/main.go)
# SMALL are packages in which calls spend no time. They are compiled without inlining, which makes the program 6 % smaller.
SMALL     = crypto vendor fmt reflect encoding regexp math/big mime log compress html $(addprefix github.com/ecsmock/ecsmock/,cmd $(addprefix internal/,\
            account admin bssopenapi compute contract ecs explorer fault form location network reach resourcemanager sample shadow sts vpc))
GO_FILES  = find . -name '*.go' -not -path '*/node_modules/*'

.DEFAULT_GOAL := help
.PHONY: help run build packages dist test check bench docs docker clients safety

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s%s\n", $$1, $$2}' Makefile

run: build ## run the demo world on 127.0.0.1:2014
	bin/ecsmock -seed demo

build: ## build bin/ecsmock, one static file
	CGO_ENABLED=0 go build -trimpath $(foreach p,$(SMALL),-gcflags=$(p)/...=-l) -ldflags "-s -w -funcalign=16 $(if $(VERSION),-X main.release=$(VERSION))" -o "$(PROGRAM)" ./cmd/ecsmock

packages: ## build the packages for Python, Node.js and Java, in dist/
	@VERSION=$(VERSION) bash api/pack

dist: ## build all that is released, in dist/: packages, archives, images, checksums
	@VERSION=$(VERSION) bash api/dist

# With 100, the default, a fifth of the tests' processor time goes into collecting garbage.
test: export GOGC ?= 400
test: ## run the Go tests; needs nothing but Go
	go test -timeout 5m ./...

check: ## gofmt, go mod tidy, vet, and the tests with the race detector
	@unformatted="$$(gofmt -l $$($(GO_FILES)))"; test -z "$$unformatted" || { echo "gofmt -w these: $$unformatted"; exit 1; }
	go mod tidy -diff && go vet ./... && go test -race ./...

bench: ## measure the budgets and write api/BENCH.md; FORCE=1 does so on a busy machine
	go run ./internal/bench

docs: ## rewrite the generated files
	go test ./internal/contract -run 'Generated|ClientsPage' -write
	go test ./cmd/ecsmock ./api/ecsmock -run 'Help|WrongCalls|GoldenFailures' -write
	go test ./internal -run PackageTypes -write

docker: export GOOS = linux
docker: PROGRAM = dist/image/ecsmock
docker: build ## build the image ecsmock
	@mkdir -p dist/image/data
	docker build --build-arg VERSION=$(or $(VERSION),$(RELEASE)) --build-arg REVISION=$(shell git rev-parse HEAD 2>/dev/null) -t ecsmock -f Dockerfile dist/image

clients: build ## run the real clients and compare api/CLIENTS.md; WRITE=1 rewrites it
	@WRITE=$(WRITE) bash testdata/clients/run

safety: ## kill -9, a million calls, limits, concurrent histories, fuzzing, release checks
	@FUZZTIME=$(FUZZTIME) bash testdata/suites testdata/safety/*/run
