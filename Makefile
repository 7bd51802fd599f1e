# make demo: the sample organisation through the whole path, then the web app. make test: every test.
# make bench: the table of benchmarks/README.md, beside rivals in an environment of their own (ARGS="--quick encoding").
PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=
# Where to fetch a CPU build of PyTorch from, on machines whose index offers only the much larger CUDA build.
TORCH_INDEX ?=

BIN   := $(VENV)/bin
READY := $(VENV)/.ready

RIVALS := $(VENV)-rivals

.PHONY: demo test bench setup check format clean

demo: setup
	$(BIN)/reviewkit demo $(ARGS)

test: setup check
	$(BIN)/pytest $(ARGS)

bench: setup $(RIVALS)/.ready
	$(BIN)/python benchmarks/table.py --rival-python $(RIVALS)/bin/python $(ARGS)

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(if $(TORCH_INDEX),$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --index-url $(TORCH_INDEX) torch)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	$(BIN)/reviewkit model build
	touch $(READY)

$(RIVALS)/.ready: benchmarks/requirements.txt
	$(PYTHON) -m venv $(RIVALS)
	$(if $(TORCH_INDEX),$(RIVALS)/bin/pip install --quiet --disable-pip-version-check --constraint $< --index-url $(TORCH_INDEX) torch)
	$(RIVALS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(RIVALS) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
