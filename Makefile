# make demo: the sample organisation through the whole path, then the web app. make test: every test.
PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=
# Where to fetch a CPU build of PyTorch from, on machines whose index offers only the much larger CUDA build.
TORCH_INDEX ?=

BIN   := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test setup check format clean

demo: setup
	$(BIN)/reviewkit demo $(ARGS)

test: setup check
	$(BIN)/pytest $(ARGS)

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(if $(TORCH_INDEX),$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --index-url $(TORCH_INDEX) torch)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	$(BIN)/reviewkit model build
	touch $(READY)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
