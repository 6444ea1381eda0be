#!/usr/bin/env bash
# Remove what can be made again; data in CHIBO_HOME and bundles in dist/ stay.
set -eu
cd "$(dirname "$0")/.."
rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis staticfiles
