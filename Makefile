# Everything a person types. `make` alone tells what there is.
# Needs: bash, make and python3 >= 3.11. The rest is installed in .venv.

SHELL := /bin/bash
VENV ?= .venv
PYTHON ?= python3
PORT ?= 8000
export VENV PYTHON PORT
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test bench bench-live lint format types messages check-messages screenshots lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Prepare .venv for running Oogst
	@bin/setup

setup-dev: ## Prepare .venv for working on Oogst
	@bin/setup dev

run: setup ## Run Oogst with the demo municipality on http://127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(BIN)/python bin/serve --port $(PORT)

test: setup-dev ## Run all tests (honours DATABASE_URL, REDIS_URL, REQUIRE_BROWSER=1; ARGS="-k words" for some)
	@$(BIN)/python -m pytest $(ARGS)

bench: bench-live ## Measure everything that bench/ measures: an hour on a quiet machine (see bench/README.md)

bench-live: setup-dev ## Measure live sessions beside other servers (ARGS="--people 1000 --runs 1" for a part; needs Node)
	@$(BIN)/python -m bench.live $(ARGS)

lint: setup-dev ## Check style, templates, types and the direction of imports
	@BIN=$(BIN) bin/lint

format: setup-dev ## Put the code in its one form
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

messages: setup-dev ## Gather the texts to translate into locale/ (needs gettext)
	@BIN=$(BIN) bin/make-messages

check-messages: setup-dev ## Is every text in the catalogue, and translated? (needs gettext)
	@$(BIN)/python bin/check-messages

screenshots: setup-dev ## Make the README's pictures from the running demo (needs Chromium)
	@if [ -f bin/screenshots ]; then $(BIN)/python bin/screenshots; else echo "There is no bin/screenshots yet."; exit 1; fi

lock: setup-dev ## Choose new versions of what we depend on: requirements*.txt from pyproject.toml
	@BIN=$(BIN) bin/lock

clean: ## Throw away .venv and what tests and tools left. Keeps the data in .var
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache staticfiles
	find . -name __pycache__ -type d -prune -not -path './node_modules/*' -exec rm -rf {} +
