# Longzhong. `make` prints this help.
PYTHON ?= python3
BIN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install demo up test check prove bench docs lock clean

help:  ## print this help
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

install:  ## set up .venv and the pages' assets (nothing else is needed)
	@$(PYTHON) scripts/install.py

demo: install  ## build a demo county, run the loop, serve the pages (CHECK=1: ask them, print JSON, stop; SIZE=full: 205,000 customers)
	@$(BIN)/longzhong demo $(if $(CHECK),--check) $(if $(SIZE),--size $(SIZE))

up: install  ## serve this installation: database, web and workers, one command
	@$(BIN)/longzhong up

test:  ## set up and run all tests (a sample of the property tests), under 10 minutes on 2 cores
	@$(PYTHON) scripts/install.py --browser
	@$(BIN)/longzhong test

check: install  ## what must hold before every commit: format, lint, types, contracts, house tests, printed documents
	@$(BIN)/longzhong check house

prove: install  ## property tests and stories at full size
	@LONGZHONG_PROVE=1 $(BIN)/longzhong test

bench: install  ## every benchmark, as ratios within one run
	@$(BIN)/longzhong bench all

docs: install  ## print the documents that CI compares (loop, states, coverage, openapi.json)
	@$(BIN)/longzhong docs

lock: install  ## resolve the locked packages again (hashes, no host names)
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements/lock.txt

clean:  ## forget the environment and all data of this checkout
	@$(BIN)/longzhong down 2>/dev/null || true
	@rm -rf .venv var node_modules longzhong/project/static/vendor
