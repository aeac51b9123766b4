# Carrel's commands. `make` alone lists them.
#
# Every command goes through portal/bootstrap.py, which installs what its lock names and
# costs nothing when that is done. Commands that need a database run on the servers of
# DATABASE_URL and REDIS_URL, or else on embedded ones that live and end with the command.

PYTHON ?= python3
ARGS ?=
NAME ?=

RUN := $(PYTHON) portal/bootstrap.py requirements-embedded.txt
DEV := $(PYTHON) portal/bootstrap.py requirements-dev.txt
SERVERS := -m portal.supervisor with-servers --
PY := .venv/bin/python
TEST_HOME := $(abspath var/test)
# For commands that read the code and touch no data.
NO_SECRET := SECRET_KEY=of-no-use
UV := $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help run test check bench screens story docs lock migrate format clean install-dev

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run:  ## Start everything: installs, prepares, serves on http://127.0.0.1:8000 (PORT, CARREL_HOME, DEMO)
	@$(RUN) -m portal.supervisor run

test:  ## Run the whole test suite (ARGS="-k word" for a part)
	@CARREL_HOME=$(TEST_HOME) $(DEV) $(SERVERS) $(PY) -m pytest -n 2 --dist loadfile $(ARGS)

check: install-dev  ## Format, lint, types, import map, migrations, drawings, then the tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(NO_SECRET) $(PY) -m mypy .
	$(PY) -m djlint --check --lint --quiet templates
	$(NO_SECRET) $(PY) -m pytest -q tests/test_architecture.py
	@CARREL_HOME=$(TEST_HOME) $(DEV) $(SERVERS) $(PY) manage.py makemigrations --check --dry-run
	@CARREL_HOME=$(TEST_HOME) $(DEV) $(SERVERS) $(PY) manage.py draw_states --check
	@CARREL_HOME=$(TEST_HOME) $(DEV) $(SERVERS) $(PY) manage.py draw_rules --check
	@$(MAKE) --no-print-directory test

bench:  ## Run the benchmarks beside their references (NAME=ledger_10 for one)
	@CARREL_HOME=$(abspath var/bench) $(DEV) $(SERVERS) $(PY) -m benchmarks $(NAME)

screens:  ## Draw the README's pictures while the story is played in a browser
	@mkdir -p docs/pictures
	@CARREL_HOME=$(TEST_HOME) $(DEV) $(SERVERS) $(PY) -m pytest -q tests/journeys --pictures docs/pictures

story:  ## Tell the whole story once through the real actions
	@$(RUN) $(SERVERS) $(PY) manage.py story

migrate:  ## Bring the database of CARREL_HOME up to date
	@$(RUN) $(SERVERS) $(PY) manage.py migrate

docs: install-dev  ## Draw docs/states.md, rules.md and mails.md from the code
	@$(NO_SECRET) $(PY) manage.py draw_states
	@rm -f portal/matrix.json
	@CARREL_HOME=$(TEST_HOME) $(DEV) $(SERVERS) $(PY) -m pytest -q tests/portal/test_drawings_matrix.py
	@$(NO_SECRET) $(PY) manage.py draw_rules

format: install-dev  ## Format the code and the templates
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .
	$(PY) -m djlint --reformat --quiet templates

lock: install-dev  ## Compile the locked requirements again from pyproject.toml
	$(UV) pyproject.toml -o requirements.txt
	$(UV) pyproject.toml --extra embedded -c requirements.txt -o requirements-embedded.txt
	$(UV) pyproject.toml --extra embedded --group dev -c requirements-embedded.txt -o requirements-dev.txt
	$(UV) requirements-node.in -o requirements-node.txt
	npm install --package-lock-only --ignore-scripts

clean:  ## Remove what was installed and what tests left; the data in var stays
	rm -rf .venv node_modules staticfiles var/test var/bench .mypy_cache .pytest_cache .ruff_cache

install-dev:
	@$(DEV) -c ''
