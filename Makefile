# VERSION is what `ecsmock version` says of a release; FUZZTIME is for each target of
# make fuzz; HISTORIES is for make histories, SOAK for make soak.
VERSION   ?=
FUZZTIME  ?= 10s
HISTORIES ?= 2000
SOAK      ?= 1000000
GO_FILES   = find . -name '*.go' -not -path '*/node_modules/*'

.DEFAULT_GOAL := help
.PHONY: help run build test check bench docs docker clients fuzz histories soak clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s%s\n", $$1, $$2}' Makefile

run: build ## the demo world on 127.0.0.1:2014
	bin/ecsmock -seed demo

build: ## bin/ecsmock, one static file
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.release=$(VERSION)" -o bin/ecsmock ./cmd/ecsmock

test: ## needs nothing but Go
	go test -timeout 5m ./...

check: ## form, vet, the race detector, and through the tests the architecture and generated files
	@unformatted="$$(gofmt -l $$($(GO_FILES)))"; test -z "$$unformatted" || { echo "gofmt -w these: $$unformatted"; exit 1; }
	go mod tidy -diff && go vet ./... && go test -race ./...

bench: ## what a call costs, with the garbage collector set as the program sets it
	GOGC=400 go test -run '^$$' -bench . -benchmem ./internal/...

docs: ## rewrite what is generated, which tests keep current
	go test ./internal/contract -run Generated -write
	go test ./cmd/ecsmock -run Help -write

docker: ## the image ecsmock
	docker build --build-arg VERSION=$(VERSION) -t ecsmock .

clients: build ## real clients against the mock; a suite is testdata/clients/*/run, which exits 77 where it cannot
	@for suite in testdata/clients/*/; do echo "== $$suite"; code=0; bash $${suite}run || code=$$?; case $$code,$$CI in \
		0,*) ;; 77,true) echo "$$suite cannot run here, and in CI it must"; exit 1;; 77,*) echo "skipped";; *) exit 1;; esac; done

fuzz: ## each target for FUZZTIME, and how many inputs it tried
	@FUZZTIME=$(FUZZTIME) bash testdata/fuzz/run

histories: ## HISTORIES times clients that call all at once, checked for linearizability
	@HISTORIES=$(HISTORIES) bash testdata/linearizability/run

soak: ## SOAK calls, and what memory they leave behind
	@SOAK=$(SOAK) go test -v -count=1 -timeout 30m -run '^TestSoak$$' ./internal/server

clean: ## what make has made
	rm -rf bin
