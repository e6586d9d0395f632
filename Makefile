# What the README names: `make env`, `make demo`, `make test`. Everything a target needs, it sets up itself.
# A fresh Debian machine with Python 3.11, pip, git and make is enough.

UV := .tools/bin/uv
PY := .venv/bin/python
PLUGINS := $(sort $(wildcard plugins/*)) datasets
SOURCES := smmetrics $(PLUGINS) tests tools
# Tests that start processes and sync files wait for them: a third worker keeps two cores busy meanwhile.
WORKERS ?= 3
SECONDS_A_TARGET ?= 60
TARGETS ?=

# Where Python may not keep what it compiled, each of a hundred processes compiles everything anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: env browser-ready demo test test-all bench lint types floors unit browser fuzz lock clean

env: .venv/.ready browser-ready

browser-ready:
	@sh tools/browser.sh

$(UV):
	@echo "env: fetching uv into .tools (Debian's own Python refuses installs outside an environment)"
	@python3 -m pip install --quiet --disable-pip-version-check --target .tools uv

.venv/.ready: requirements.lock pyproject.toml hatch_build.py smmetrics/panels/charts/static/NOTICE.txt $(addsuffix /pyproject.toml,$(PLUGINS)) | $(UV)
	@echo "env: making .venv with everything in requirements.lock (hashes checked)"
	@$(UV) venv --quiet --allow-existing --python python3 .venv
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	@echo "env: adding smmetrics and its plugins from this folder"
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation -e . $(foreach p,$(PLUGINS),-e $(p))
	@touch $@
	@echo "env: ready. Try: make demo, or .venv/bin/smmetrics --help"

demo: env
	@.venv/bin/smmetrics demo demo

lint: env
	@.venv/bin/ruff check $(SOURCES)
	@.venv/bin/ruff format --check $(SOURCES)

types: env
	@.venv/bin/mypy smmetrics $(wildcard $(addsuffix /src/*,$(PLUGINS)))

floors: env
	@.venv/bin/lint-imports

# A thread a process: three processes are enough for two cores, and threads that wake each other cost a tenth of a run.
# test_same_readings.py and `make test-all` have as many as users have.
unit: export POLARS_MAX_THREADS := 1
unit: export TOKIO_WORKER_THREADS := 1
unit: export OPENBLAS_NUM_THREADS := 1
unit: env
	@sh tools/in_memory.sh .venv/bin/pytest -q -n $(WORKERS) --dist worksteal -m "not slow" --ignore=tests/browser

# Two processes: one has a JupyterLab for all tests that need it, the other all else (tests/browser/conftest.py).
browser: env
	@.venv/bin/pytest -q -n 2 --dist loadscope -p no:hypothesispytest -m "not slow" tests/browser

# The browser waits as often as it works: beside the other tests it costs half its time.
test: lint floors
	@$(PY) tools/beside.py "$(MAKE) --no-print-directory types browser" "$(MAKE) --no-print-directory unit"

test-all: lint types floors
	@.venv/bin/pytest -q -n $(WORKERS) --dist worksteal --ignore=tests/browser
	@.venv/bin/pytest -q -n 2 --dist loadscope tests/browser

bench: env
	@$(PY) -m tests.benchmarks

# Not part of `make env`: there are platforms for which no atheris is built. What it finds stays in .fuzz.
.venv/.fuzz: requirements-fuzz.lock .venv/.ready | $(UV)
	@$(UV) pip install --quiet --python $(PY) --require-hashes --only-binary :all: -r requirements-fuzz.lock
	@touch $@

fuzz: env .venv/.fuzz
	@$(PY) -m tests.fuzz --seconds $(SECONDS_A_TARGET) $(TARGETS)

lock: $(UV)
	@$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate \
	  --python-version 3.11 --group dev pyproject.toml -o requirements.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate \
	  --python-version 3.11 --group fuzz -o requirements-fuzz.lock

clean:
	@rm -rf .venv .tools demo
