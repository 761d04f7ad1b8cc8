# Everything runs in .venv, which is made on first use from requirements.lock.
# PYTHON names the interpreter to make it with; any Python from 3.11 on will do.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := .venv/bin/python -m pip --quiet --disable-pip-version-check
SHIFTPLAN := .venv/bin/shiftplan

# Calendar programs that read our files in tests; they live apart from what we ship.
CLIENTS := $(shell command -v node >/dev/null && command -v npm >/dev/null && echo build/clients/.installed)

# Two workers, who take work from each other, so that both end at the same time.
PYTEST := .venv/bin/pytest -n 2 --dist worksteal

# Sets of names come in the same order in every run; `make fuzz` has another with each seed.
export PYTHONHASHSEED := 0

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-fast test-clients fuzz lint lint-quick format lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.installed ## Solve fixtures/puo, show its roster and coverage, write the calendars
	@rm -rf build/demo
	@mkdir -p build/demo
	@cp -R fixtures/puo build/demo/plan
	$(SHIFTPLAN) solve -C build/demo/plan --time-limit 55 --out build/demo/roster.csv
	$(SHIFTPLAN) coverage -C build/demo/plan --html build/demo/coverage.html
	$(SHIFTPLAN) calendars -C build/demo/plan --out build/demo/calendars
	@echo "The plan is in build/demo/plan, the roster in build/demo/roster.csv, its coverage in build/demo/coverage.html, the calendars in build/demo/calendars."

# mypy needs a core for half a minute, and the tests leave one idle now and then.
test: lint-quick $(CLIENTS) ## Pass every check: lint, format, types, import contracts, tests
	@test -n "$(CLIENTS)" || echo "There is no node, so the tests of calendar programs are left out (make test-clients)."
	@mkdir -p build
	@.venv/bin/mypy >build/mypy.txt 2>&1 & types=$$!; \
	$(PYTEST); tests=$$?; \
	wait $$types; types=$$?; \
	cat build/mypy.txt; \
	test $$types -eq 0 || echo "The types are wrong (mypy, above)."; \
	test $$tests -eq 0 || echo "Tests fail (pytest, above)."; \
	test $$types -eq 0 && test $$tests -eq 0

test-clients: .venv/.installed build/clients/.installed ## Run calendar programs against the files (needs node and npm)
	$(PYTEST) tests/clients

test-fast: TESTS := tests
test-fast: .venv/.installed ## Run what is not slow, properties a twentieth as often (TESTS=tests/rules)
	$(PYTEST) -m "not slow" --hypothesis-profile fast $(TESTS)

fuzz: TESTS := tests
fuzz: SEED := $(shell od -vAn -N4 -tu4 /dev/urandom | tr -d ' ')
fuzz: .venv/.installed ## Try properties on many new examples (SEED=1 repeats, TESTS=tests/rules)
	PYTHONHASHSEED=$(SEED) $(PYTEST) -m hypothesis --hypothesis-profile fuzz --hypothesis-seed $(SEED) $(TESTS)

lint: lint-quick ## Check style, format, types and import contracts
	.venv/bin/mypy

lint-quick: .venv/.installed
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/lint-imports --no-logo

format: .venv/.installed ## Rewrite the code in the project's format
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

# Pins what is in the lock already and adds what pyproject.toml newly asks for;
# `make lock UPGRADE=--upgrade` moves everything to its newest version.
lock: ## Write requirements.lock from pyproject.toml (UPGRADE=--upgrade for newest versions)
	$(need-python)
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT && \
	$(PYTHON) -m venv "$$tmp" && \
	"$$tmp/bin/python" -m pip --quiet --disable-pip-version-check install uv && \
	"$$tmp/bin/uv" pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --quiet \
		$(UPGRADE) --output-file requirements.lock

clean: ## Remove build output and caches; .venv stays
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Two steps, so that editing pyproject.toml reinstalls the project only.
.venv/.locked: requirements.lock
	$(need-python)
	@echo "Making .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

.venv/.installed: .venv/.locked pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

build/clients/.installed: tests/clients/requirements.txt tests/clients/package-lock.json
	$(need-python)
	@command -v node >/dev/null && command -v npm >/dev/null || { \
		echo "The tests of calendar programs need node and npm." >&2; exit 1; }
	@echo "Installing calendar programs in build/clients ..."
	@mkdir -p build/clients
	@cp tests/clients/package.json tests/clients/package-lock.json tests/clients/.npmrc build/clients
	@$(PYTHON) -m venv --clear build/clients/venv
	@build/clients/venv/bin/python -m pip --quiet --disable-pip-version-check install \
		--require-hashes -r tests/clients/requirements.txt
	@cd build/clients && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

define need-python
@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "shiftplan needs Python 3.11 or newer: install one, or name it with PYTHON=/path/to/python." >&2; exit 1; }
endef
