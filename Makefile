# Two commands do everything on a fresh machine: `make demo` and `make test`. Both set up what they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= 2

.PHONY: demo test lint bench docs clean setup office

demo: setup  ## sample workbooks -> reviewed workbooks and a table, on embedded defaults
	$(BIN)/xlsaddin demo --out demo-out

test: setup office  ## every test, with a real headless LibreOffice
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

lint: setup  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup office  ## every figure named in docs, measured in one run
	$(BIN)/python -m bench

docs: setup office  ## everything generated: templates, add-in, traceability, pages, pictures
	$(BIN)/python -m docs.generate

setup: $(READY)

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(READY)

office:
	@bash .ci/system-packages

clean:
	rm -rf $(VENV) build dist demo-out .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
