# 达标 Dabiao. `make demo` and `make test` are all a newcomer needs; neither needs root.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export UV_PYTHON_DOWNLOADS := never
PY := .venv/bin/python

.PHONY: help install demo test check bench million killing fieldsim obligations screens lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

.venv/.installed: requirements/dev.lock pyproject.toml
	python3 -m venv .venv
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

src/dabiao/look/static/built/.built: package-lock.json package.json $(shell find frontend -type f 2>/dev/null)
	$(PY) tools/dev/frontend.py
	@touch $@

install: .venv/.installed src/dabiao/look/static/built/.built ## install everything into .venv and node_modules

demo: install ## the demonstration city in var/, served on 127.0.0.1:8000 (PORT=… for another port)
	@DABIAO_ENV=development $(PY) -m dabiao.demo.run $(if $(PORT),--port $(PORT))

test: install ## all tests; PostgreSQL and browser too where they are at hand
	$(PY) tools/dev/run_tests.py

check: install ## ruff, mypy, import contracts, migrations, templates, front-end tests
	$(PY) tools/dev/run_checks.py

bench: install ## measure against the floor, in ten minutes; writes the first part of bench/RESULTS.md
	$(PY) -m bench

million: install ## measure what takes a million rows, in about an hour; writes the second part
	$(PY) -m bench --million

killing: install ## kill -9 of the served product during saves and field deliveries, on each database
	PYTHONPATH=. $(PY) tools/dev/killing.py

fieldsim: install ## the field engine through SEEDS=… stories of faults from FROM=… on; prints the seed that breaks
	@npm run --silent fieldsim -- $(or $(FROM),1) $(or $(SEEDS),20000)

obligations: install ## obligation -> tests -> result
	$(PY) tools/dev/obligations.py

screens: install ## pictures of every page x main role at 1440 and 390 px into build/screens
	DABIAO_ENV=development $(PY) tools/dev/screens.py

lock: ## renew the lock files (needs uv)
	uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements/runtime.lock
	uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --group dev pyproject.toml -o requirements/dev.lock

clean: ## remove what was built; keeps var/
	rm -rf .venv node_modules build src/dabiao/look/static/built
