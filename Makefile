# Two commands are enough: `make run` starts the bot, `make test` tests it. Both set up .venv first.
.DEFAULT_GOAL := help
.PHONY: help run setup test unit check bench load reliability lock clean

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# Tests that share what a module sets up stay together until one worker has nothing left and takes half of another's.
PYTEST := $(BIN)/pytest -n auto --dist worksteal

help:  ## Show these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 13

run: $(READY)  ## Start the bot: Telegram when BOT_TELEGRAM_TOKEN is set, else the console
	@$(BIN)/bot run

setup: $(READY)  ## Only prepare .venv

# The lock and the project file decide what is installed; the sources are linked, not copied.
$(READY): requirements.lock pyproject.toml
	@echo 'Setting up $(VENV) …' >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip --quiet --disable-pip-version-check install 'uv>=0.9'
	@$(BIN)/uv pip sync --no-progress --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --no-progress --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q bot
	@touch $@

test: $(READY)  ## Run all tests; a missing server is skipped unless REQUIRE_SERVICES=1
	@$(PYTEST)

# The rooms that touch no file, database or network, and what stands on them alone.
UNIT := applying language matching model test_cards.py test_clocks.py test_courtesies.py test_notices.py test_offers.py \
	test_replies.py test_topics.py test_workdays.py

unit: $(READY)  ## Run the tests of the pure rooms alone, which start no process and no server
	@$(PYTEST) $(addprefix tests/,$(UNIT))

check: $(READY)  ## Lint, format, types, import directions, then the tests with branch coverage
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/hadolint Dockerfile
	@$(PYTEST) --cov --cov-report=term

# What the bot is measured against; no dependencies of the project, so they stand apart.
PEERS := rank-bm25==0.2.2 bm25s==0.3.16 whoosh==2.7.4

bench: $(READY)  ## Measure speed and print the tables of docs/performance.md; ARGS=--full for a million sections
	@test -d $(VENV)/peers || $(BIN)/uv pip install --quiet --python $(BIN)/python --target $(VENV)/peers $(PEERS) || echo 'bench: without $(PEERS)' >&2
	@$(BIN)/python -W ignore::SyntaxWarning -m tests.bench $(ARGS)

load: $(READY)  ## Ask thirty questions a second for a minute, twice, and print how soon each is answered
	@$(BIN)/python -m tests.bench.load

reliability: $(READY)  ## Kill, poison and starve real processes, and print the tables of docs/reliability.md; ten minutes
	@$(BIN)/python -m tests.reliability

lock:  ## Resolve the dependencies anew into requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --extra dev --custom-compile-command 'make lock' --python-version 3.11 --output-file requirements.lock pyproject.toml

clean:  ## Remove .venv and caches; your data in var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
