# newswatch: `make run` shows it working, `make test` proves it. Everything else is below.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PREFIX  ?= /usr/local
DESTDIR ?=
# Where the configuration and the unit go; the Debian package overrides nothing of it.
ETC     ?= /etc/newswatch
UNITDIR ?= /lib/systemd/system
SWIFT   ?= swift

BUILD := .build/release
# One configuration everywhere: optimised, and still testable, so that nothing is built twice. The
# run path lets an installed program find the Swift runtime that `make install` lays beside it.
FLAGS := -c release -Xswiftc -enable-testing --explicit-target-dependency-import-check error \
         -Xlinker -rpath -Xlinker '$$ORIGIN/../lib/newswatch'

## run: build, then replay the sample week through the real daemon (FEEDS=my.opml: poll real feeds)
.PHONY: run
run: build
ifdef FEEDS
	@scripts/watch-feeds "$(FEEDS)"
else
	@$(BUILD)/newswatch replay samples/saga-week.jsonl --directory run --duration 15
endif

## build: both programs, their manual and completions, into .build/release
.PHONY: build
build: setup
	@scripts/announce-build
	@$(SWIFT) build $(FLAGS) --product newswatch
	@ln -sf newswatch $(BUILD)/newswatchd
	@scripts/generate-share "$(BUILD)"

## test: every test, including those that start, kill and restart the real daemon
# Those that load the machine run alone: beside them the others would only show how slow it can be.
.PHONY: test
test: TOOLS := fiu-utils python3-jsonschema
test: setup
	@scripts/announce-build
	@$(SWIFT) build $(FLAGS) --build-tests
	@ln -sf newswatch $(BUILD)/newswatchd
	@scripts/generate-share "$(BUILD)"
	@$(SWIFT) test $(FLAGS) --skip-build --skip 'UnderLoadTests|MetamorphicTests'
	@$(SWIFT) test $(FLAGS) --skip-build --filter MetamorphicTests
	@$(SWIFT) test $(FLAGS) --skip-build --filter UnderLoadTests

# Kills of `make torture`, and the seed of its first week: a week that failed names its own.
KILLS ?= 500
SEED  ?= 1

## torture: kill -9 the daemon 500 times in the middle of sample weeks (KILLS, SEED; ten minutes)
.PHONY: torture
torture: setup
	@scripts/announce-build
	@$(SWIFT) build $(FLAGS) --build-tests
	@ln -sf newswatch $(BUILD)/newswatchd
	@NEWSWATCH_KILLS=$(KILLS) NEWSWATCH_SEED=$(SEED) $(SWIFT) test $(FLAGS) --skip-build --filter manyWeeks

## renew: write the expected outputs of the tests anew, for `git diff` to judge
.PHONY: renew
renew: setup
	@$(SWIFT) build $(FLAGS) --build-tests
	@NEWSWATCH_RENEW=1 $(SWIFT) test $(FLAGS) --skip-build --filter "WholeOutputTests|MigrationTests" || true
	@git diff --stat -- Tests

## interop: what we write, by judges of others: a JSON Schema validator, Standard Webhooks' own verifier (PyPI)
.PHONY: interop
interop: setup
	@$(SWIFT) build $(FLAGS) --build-tests
	@scripts/interop $(SWIFT) test $(FLAGS) --skip-build --filter 'AlertSchemaTests|StandardWebhooksTests'

## bench: the hot paths beside peers from PyPI and Debian (PART=copies: minutes, 3 GB; PART=disk; PART=feeds [FEEDS="a.xml …"]; PART=stories)
.PHONY: bench
bench: build
	@scripts/bench $(PART) $(FEEDS)

## fuzz: every fuzzer for ten minutes under the sanitizers (FUZZ_SECONDS; FUZZERS="FuzzDate FuzzText")
.PHONY: fuzz
fuzz: setup
	@scripts/fuzz

## lint: the formatter's opinion, as in CI
.PHONY: lint
lint:
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources \
	  Fuzz/Package.swift Fuzz/Sources

## format: let the formatter have its way
.PHONY: format
format:
	@$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks/Package.swift \
	  Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources

## install: lay out what `make build` built (as root; PREFIX, DESTDIR); keeps an edited configuration
.PHONY: install
install:
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" ETC="$(ETC)" UNITDIR="$(UNITDIR)" BUILD="$(BUILD)" scripts/install

## setup: install the system packages that are missing
.PHONY: setup
setup:
	@scripts/setup $(TOOLS)

## clean: forget everything that was built or run
.PHONY: clean
clean:
	@rm -rf .build run

.PHONY: help
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST) | awk -F': ' '{ printf "  make %-8s %s\n", $$1, $$2 }'
