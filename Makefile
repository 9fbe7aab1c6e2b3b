# The two commands of the README are `make run` and `make test`; both do all the set-up.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
hash    = $(shell cat $(1) | sha256sum | cut -c1-16)
RUN_STAMP := $(VENV)/.run-$(call hash,requirements.txt)
DEV_STAMP := $(VENV)/.dev-$(call hash,requirements.txt requirements-dev.txt)

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench texts requirements clean

help:            ## show this list
	@grep -hE '^[a-z]+: .*##|^[a-z]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: $(RUN_STAMP)     ## the bot with BOT_TOKEN (environment or .env); without one, the local Telegram
	@$(PY) -m bot $(if $(ARGS),$(ARGS),auto)

test: $(DEV_STAMP)    ## all tests
	$(PY) -m pytest -n auto --dist worksteal $(ARGS)

lint: $(DEV_STAMP)    ## ruff, mypy --strict, hadolint
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/hadolint Dockerfile

format: $(DEV_STAMP)  ## ruff's formatting and safe fixes
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: $(DEV_STAMP)   ## benchmarks: ratios against baselines of the same run
	$(PY) -m bench $(ARGS)

texts: $(DEV_STAMP)   ## docs/texts.md from the code
	@$(PY) -m tests.kit.texts

requirements:    ## resolve requirements*.in again into pinned, hashed requirements*.txt
	uv pip compile -q --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	uv pip compile -q --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt

clean:           ## remove what was built here
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(PY):
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.txt | $(PY)
	@echo "Installing pinned packages into $(VENV)…"
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements.txt
	@rm -f $(VENV)/.run-* && touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@rm -f $(VENV)/.dev-* && touch $@
