# Everything a fresh clone needs; only Python 3.11+ and make are presumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SHARED := ../shared
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test lint eval bench desk lock clean
help:           ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

run: $(STAMP)   ## set up, and code the bundled report
	@mkdir -p out
	@$(BIN)/rawi code --format table --output out/report.jsonl examples/report.jsonl

test: $(STAMP)  ## set up, and run all tests
	$(BIN)/pytest -n auto --dist loadfile

lint: $(STAMP)  ## formatting, types, layers, lexicon
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/rawi lexicon check

eval: $(STAMP)  ## score on the development data, or on the bundled gold
	$(BIN)/python bench/evaluate.py --shared $(SHARED)

bench: $(STAMP) ## measure speed
	$(BIN)/python bench/speed.py --shared $(SHARED)

desk: $(STAMP)  ## the web desk on a demonstration ledger
	$(BIN)/rawi desk --demo

lock: $(STAMP)  ## write requirements.lock anew from pyproject.toml, for every platform and Python
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" --upgrade --extra desk --extra dev -o requirements.lock pyproject.toml

clean:          ## remove what was made
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache build dist
