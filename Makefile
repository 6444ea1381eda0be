# Everything from a clean clone: `make demo` to look, `make test` to check. Needs a Python to begin with.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: setup demo figures test lint unit long bench docs bundle

BIN := .venv/bin
# Tools that only read the code must not start a database or make a key.
QUIET := CHIBO_HOME="$$(mktemp -d)" CHIBO_SECRET_KEY=lint DATABASE_URL=postgresql://lint@localhost:1/lint

setup:  ## environment with exactly the locked versions
	@./packaging/setup.sh

demo: setup  ## invented data and the server
	@$(BIN)/chibo demo --serve

figures: setup  ## printed numbers of the field beside those the invented province computes
	@$(BIN)/pytest -q -p no:randomly -s tests/demo/test_printed.py

test: setup  ## all that continuous integration asks for
	@./packaging/browser.sh
	@$(MAKE) --no-print-directory lint
	$(BIN)/pytest -n 2 -m "not long"

lint:  ## style, types, floors, migrations, templates, dependencies
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(QUIET) $(BIN)/mypy chibo
	$(QUIET) $(BIN)/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run --settings chibo.settings
	$(BIN)/djlint chibo --lint --quiet
	$(BIN)/deptry . --extend-exclude "tests|bench|packaging" --known-first-party chibo --per-rule-ignores "DEP002=argon2-cffi|whitenoise"

unit:  ## no browser, no servers killed, nothing long
	$(BIN)/pytest -n 2 -m "not browser and not server and not sweep and not long"

long:  ## what is too slow for every commit
	$(BIN)/pytest -m long

bench:  ## times are printed; rows touched and indexes used are asserted
	$(BIN)/pytest -p no:randomly -s bench

docs:  ## the pages that are printed from the program
	$(QUIET) $(BIN)/python -W ignore::RuntimeWarning -m django print_docs --settings chibo.settings

bundle: setup  ## what an office installs from, without Internet: dist/
	$(BIN)/python packaging/bundle.py
