# Summitry's chores. "make help" lists them. They need Python 3.11 or newer, pip, make and nothing else of ours.
# CI runs "make check", which ends with "make test".

PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$each; break; }; done)
BIN := .venv/bin
ENVIRONMENT := .venv/.complete
# One more than there are cores: the tests in a browser wait much. With more, what they wait for comes too late.
JOBS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
NAME ?= timetable
PORT ?= 8000
# What talks to a database is tested a second time, on PostgreSQL.
ON_POSTGRES := tests/foundation tests/directory tests/editions tests/mailing tests/translation tests/guests tests/gates tests/protocol tests/programme tests/calls tests/live tests/insight tests/site

.DEFAULT_GOAL := help
.PHONY: help demo assets test check lint format types arch bench docs lock clean

help: ## list the chores
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: assets ## build the demonstration edition where it is absent, print its sign-in links and serve it
	@$(BIN)/summitry demo --serve --port $(PORT)

assets: $(ENVIRONMENT) ## fetch and generate the files that browsers get (nothing to do the second time)
	@$(BIN)/python -m summitry.foundation.web.assets

# --- Checks ---------------------------------------------------------------------------------------------------
check: lint types arch test ## everything that CI runs, tests last

test: assets ## run every test on both databases and in a real browser, on all cores
	@chromium=$$(sh tests/find-chromium) || exit 1; \
	SUMMITRY_CHROMIUM="$$chromium" $(BIN)/python -m pytest -n $(JOBS)
	$(BIN)/python -m tests.postgres -n $(JOBS) -m 'not browser and not slow' $(ON_POSTGRES)

lint: $(ENVIRONMENT) ## check style and formatting of Python, and that templates hold no inline style or script
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python -m pytest -q -n0 tests/architecture/test_shape.py -k template

format: $(ENVIRONMENT) ## format Python and mend what can be mended without thought
	$(BIN)/ruff check --fix --quiet || true
	$(BIN)/ruff format

types: $(ENVIRONMENT) ## check types: Python by mypy, our browser modules by TypeScript
	$(BIN)/mypy
	$(BIN)/python -m summitry.foundation.web.assets --types

arch: $(ENVIRONMENT) ## check that imports point down
	$(BIN)/lint-imports --no-logo

# --- Measuring and writing ------------------------------------------------------------------------------------
bench: assets ## measure something: make bench NAME=timetable
	$(BIN)/python -m bench $(NAME)

docs: $(ENVIRONMENT) ## write the generated reference pages
	$(BIN)/python -m summitry.config.reference docs/reference

lock: $(ENVIRONMENT) ## resolve the dependencies again, Python's and the browser's
	$(BIN)/uv pip compile pyproject.toml --extra postgres --extra assets --group dev \
		--universal --python-version 3.11 --generate-hashes --upgrade --no-header --quiet --output-file requirements.lock
	@$(BIN)/python -m summitry.foundation.web.assets --lock

clean: ## remove everything that can be built again; the data folder stays
	rm -rf .venv dist build frontend/node_modules src/summitry/foundation/static/vendor \
		.mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src -name '*.mo' -delete

# --- The environment ------------------------------------------------------------------------------------------
# uv is ten times faster; where only pip knows the way to the packages (its own mirror or certificate), pip does it.
install = echo 'Installing: $(1)'; $(BIN)/uv pip install --quiet --python $(BIN)/python $(1) || \
	{ echo 'pip tries, with its own configuration.'; $(PYTHON) -m pip --python $(BIN)/python install --quiet $(1); }

$(ENVIRONMENT): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || \
		{ echo 'Python 3.11 or newer is needed. Remedy: apt-get install python3 (or set PYTHON=/path/to/python).'; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv || \
		{ rm -rf .venv; echo 'Python cannot make a virtual environment. Remedy: apt-get install python3-venv'; exit 1; }
	@test -x $(BIN)/uv || $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check uv || \
		{ echo 'pip 22.3 or newer and the network are needed. Remedy: apt-get install python3-pip'; exit 1; }
	@$(call install,--require-hashes --requirement requirements.lock)
	@SKIP_ASSETS=1; export SKIP_ASSETS; $(call install,--no-deps --editable .)
	@touch $@
