# Two commands do everything on a fresh machine with Python 3.11: `make serve` and `make test`.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
ENGINE ?= mkdocs
ADDRESS ?= 127.0.0.1:8000
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK   := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
          --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
          --annotation-style=line

.PHONY: serve build generate test check format lint types workflows bench bench-search bench-week mutants lock clean help

help: ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ — /'

serve: $(VENV)/.site ## install, build and serve with live reload
	$(BIN)/python scripts/build.py serve --engine $(ENGINE) --address $(ADDRESS)

build: $(VENV)/.site ## build site/
	$(BIN)/python scripts/build.py --engine $(ENGINE) --strict

generate: $(VENV)/.site ## only the Markdown pages
	$(BIN)/python scripts/build.py generate

test: $(VENV)/.dev ## all tests
	@scripts/ensure-chromium
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup

check: format lint types workflows test ## format, lint, types, workflows and tests

format: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo --cache-dir .cache/imports

types: $(VENV)/.dev node_modules/.installed
	$(BIN)/mypy
	$(BIN)/node node_modules/typescript/bin/tsc --project tsconfig.json

# Without the linters that may or may not be installed beside it: the same result on each machine.
workflows: $(VENV)/.dev
	$(BIN)/actionlint -shellcheck= -pyflakes= .github/workflows/*.yml
	$(BIN)/zizmor --offline --no-progress --quiet --persona=auditor --strict-collection .github

bench-search: $(VENV)/.dev ## the search beside three others (about an hour)
	@scripts/ensure-chromium
	cd benchmarks && $(abspath $(BIN))/python -m search.bench

bench-week: $(VENV)/.dev ## what adding a week costs (about five minutes)
	$(BIN)/python benchmarks/adding.py

bench: $(VENV)/.dev ## the benchmark's table (takes about half an hour)
	$(BIN)/python benchmarks/bench.py

mutants: $(VENV)/.mutants ## deliberate faults that no test sees (about an hour)
	$(BIN)/python benchmarks/mutants.py --show

lock: $(VENV)/.dev ## pin all requirements with hashes
	$(PIP) install pip-tools
	$(LOCK) -o requirements.txt requirements.in
	$(LOCK) -o requirements-properdocs.txt requirements-properdocs.in
	$(LOCK) -o requirements-zensical.txt requirements-zensical.in
	$(LOCK) -o requirements-dev.txt requirements-dev.in
	$(LOCK) -o requirements-mutants.txt requirements-mutants.in

clean: ## remove all that was made, the virtual environment too
	rm -rf $(VENV) node_modules site .site-* .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	rm -rf docs/index.md docs/sessions docs/topics docs/papers docs/presenters docs/tags docs/venues docs/guide/rules

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

# The package itself without a build environment of its own: what builds it is pinned with the rest.
$(VENV)/.site: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-properdocs.txt requirements-zensical.txt $(VENV)/.site
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.mutants: requirements-mutants.txt $(VENV)/.dev
	$(PIP) install --require-hashes -r requirements-mutants.txt
	@touch $@

# TypeScript only checks the types of the scripts; Node comes with the development requirements.
node_modules/.installed: package-lock.json $(VENV)/.dev
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@
