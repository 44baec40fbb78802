# VERSION replaces the version in cmd/ecsmock; FUZZTIME is the time for each target of make fuzz.
VERSION  ?=
FUZZTIME ?= 10s
GO_FILES  = find . -name '*.go' -not -path '*/node_modules/*'

.DEFAULT_GOAL := help
.PHONY: help run build test check bench docs docker clients fuzz safety clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s%s\n", $$1, $$2}' Makefile

run: build ## the demo world on 127.0.0.1:2014
	bin/ecsmock -seed demo

build: ## bin/ecsmock, one static file
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $(if $(VERSION),-X main.release=$(VERSION))" -o bin/ecsmock ./cmd/ecsmock

test: ## needs nothing but Go
	go test -timeout 5m ./...

check: ## form, vet, the race detector, and through the tests the architecture and generated files
	@unformatted="$$(gofmt -l $$($(GO_FILES)))"; test -z "$$unformatted" || { echo "gofmt -w these: $$unformatted"; exit 1; }
	go mod tidy -diff && go vet ./... && go test -race ./...

bench: ## measure what the mock costs, and write api/BENCH.md
	go run ./internal/bench

docs: ## rewrite what is generated, which tests keep current
	go test ./internal/contract -run 'Generated|ClientsPage' -write
	go test ./cmd/ecsmock -run Help -write

docker: ## the image ecsmock
	docker build --build-arg VERSION=$(VERSION) -t ecsmock .

clients: build ## real clients against the mock, and api/CLIENTS.md against what they prove; WRITE=1 rewrites it
	@WRITE=$(WRITE) bash testdata/clients/run

fuzz: ## each target for FUZZTIME, and how many inputs it tried
	@FUZZTIME=$(FUZZTIME) bash testdata/fuzz/run

safety: ## kill -9, a million calls, limits, concurrent histories, and what is shipped: checked, with figures
	@bash testdata/suites testdata/safety/*/run

clean: ## what make has made
	rm -rf bin
