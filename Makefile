# `make demo` and `make test` do all the set-up on a machine with Python 3.11, pip and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check bench docs screenshots wheel clean lock format

$(READY): requirements/dev.lock pyproject.toml
	$(PYTHON) scripts/make_venv.py $(VENV) requirements/dev.lock
	touch $(READY)

## Generate authorities, run three strategies, explain a school, write the paper, open the desk.
demo: $(READY)
	$(BIN)/strandline demo --out demo --desk

## Every check and every test.
test: $(READY) check wheel docs
	$(BIN)/python scripts/system_packages.py chromium soffice pdftoppm
	$(BIN)/python -m pytest -n 3 --dist loadscope
	$(BIN)/python scripts/pg.py -- $(BIN)/python -m pytest tests/web -n 3 --dist loadscope -m "not slow and not national"

## Lint, types, layers.
check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	DJANGO_SETTINGS_MODULE=desk_settings PYTHONPATH=tests $(BIN)/python -m django makemigrations --check --dry-run

## The wheel with only its core dependencies imports and runs.
wheel: $(READY)
	$(BIN)/python scripts/check_wheel.py

docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

## Take the README's pictures from the desk as it runs.
screenshots: $(READY)
	$(BIN)/python scripts/system_packages.py chromium /usr/lib/chromium/locales/en-GB.pak
	$(BIN)/python -m pytest tests/functional/desk/test_pictures.py
	mkdir -p docs/images/desk
	cp build/screenshots/readme/*.png docs/images/desk/
	$(BIN)/python scripts/smaller_pictures.py docs/images/desk/*.png

## Slow: national size, against peers. Writes benchmarks/RESULTS.md.
bench: $(READY)
	$(BIN)/python benchmarks/run.py
	$(BIN)/python -m pytest -m national

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(READY)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --extra reports --extra web --extra dev pyproject.toml -o requirements/dev.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  pyproject.toml -o requirements/core.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --extra reports --extra spark pyproject.toml -o requirements/spark.lock

clean:
	rm -rf $(VENV) build dist site demo out .pytest_cache .mypy_cache .ruff_cache .hypothesis
