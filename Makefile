# Two commands: `make run` shows the watch board, `make test` runs every check.
# Both set up what is missing; they need Python 3.11+, make and access to PyPI, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CONSOLE := $(shell find web-console -type f -not -path '*/node_modules/*' 2>/dev/null)

# Tests start hundreds of processes; without kept bytecode each compiles every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test kernels check console bench lock sbom release clean
run: $(READY)  ## show the watch board
	@$(BIN)/hoshimori watch

test: $(READY)  ## every check and every test
	@$(MAKE) --no-print-directory --jobs=2 check kernels
	$(BIN)/pytest -n 2 --dist loadgroup

kernels: $(READY)  ## compile the kernels once, before two processes would at the same time
	@$(BIN)/hoshimori watch --synthetic --json > /dev/null

check: $(READY)  ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

console: .boot/bin/uv $(READY)  ## build the console anew, also where it was skipped
	.boot/bin/uv pip install --quiet --python $(BIN)/python --no-deps \
	  --reinstall-package hoshimori --editable .

bench: $(READY)  ## every benchmark; results in benchmarks/results/
	@for speed in benchmarks/speed_*.py benchmarks/accuracy_*.py; do $(BIN)/python $$speed; done

lock: .boot/bin/uv  ## renew requirements.lock (hashes, no addresses)
	.boot/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --group dev --extra oidc --extra postgres --extra telemetry \
	  --no-emit-index-url --no-annotate pyproject.toml --output-file requirements.lock
	.boot/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --extra oidc --extra postgres --extra telemetry --constraint requirements.lock \
	  --no-emit-index-url --no-annotate pyproject.toml --output-file requirements-server.lock

sbom: $(READY)  ## what the server and its console are made of (CycloneDX), in dist/
	$(BIN)/python deploy/make_release.py sbom

release: $(READY)  ## wheel and source archive built twice and compared, with lists and digests
	$(BIN)/python deploy/make_release.py build

# Installing builds the console too, unless its sources are the same (hatch_build.py).
$(READY): requirements.lock pyproject.toml hatch_build.py $(CONSOLE) .boot/bin/uv
	@test -x $(BIN)/python || .boot/bin/uv venv --quiet --python "$$(command -v $(PYTHON))" $(VENV)
	.boot/bin/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	.boot/bin/uv pip install --quiet --python $(BIN)/python --no-deps \
	  --reinstall-package hoshimori --editable .
	@touch $@

.boot/bin/uv:
	@$(PYTHON) -m venv .boot
	@.boot/bin/pip install --quiet --disable-pip-version-check uv

clean:
	rm -rf $(VENV) .boot dist .mypy_cache .ruff_cache .pytest_cache
