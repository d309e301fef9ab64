# Two commands matter: `make up` and `make test`. Everything they need ends up in .venv and var, and nowhere else.

HOST ?= 0.0.0.0
PORT ?= 8000
PYTHON ?=
VENV ?= .venv
KILLS ?= 20
SEED ?=
N ?= 200
SPEED ?= 30
AT ?=
RUN = $(VENV)/bin/python
PIP = $(RUN) -m pip --disable-pip-version-check --quiet install --require-hashes
LOCK = $(RUN) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
  --no-emit-index-url --no-header --no-annotate

# Hundreds of processes start in a run of the tests: told to leave no bytecode, as images for containers often are, each
# compiles all that it imports, which takes three times as long as the rest of its start. uv leaves none behind either.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: up rehearse test test-fast test-slow chaos bench double vendor format lock messages

up: $(VENV)/.base
	@exec $(RUN) manage.py up --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	@exec $(RUN) -m tests.checks

test-fast: $(VENV)/.dev
	@exec $(RUN) -m tests.checks --fast

# What takes too long for every change: faults, a million draws, every cell of the bounds table, every flow that storage can change.
test-slow: $(VENV)/.dev
	@$(RUN) -m pytest -m slow
	@$(RUN) -m tests.servers.both pytest -m browser --every-flow

# A quarter of an hour; only on a machine that does nothing else do the figures mean anything. RESULTS=yes keeps them.
bench: $(VENV)/.bench
	@exec $(RUN) -m tests.bench $(if $(RESULTS),--results)

# The whole founding evening with N simulated people, SPEED times as fast. AT='http://…/sign-in/?token=…' does it at a
# running server, with a copy of that host's event.
rehearse: $(VENV)/.base
	@exec $(RUN) manage.py rehearse --people $(N) --speed $(SPEED) $(if $(SEED),--seed $(SEED)) $(if $(AT),--at '$(AT)')

# Kills servers, Redis and Postgres under load, a few seconds a kill, and prints what came of it as a table.
chaos: $(VENV)/.dev
	@exec $(RUN) -m tests.faults.chaos --kills $(KILLS) $(if $(SEED),--seed $(SEED))

# Every flow of the browsers, at a site that is sent each write twice: a double submit of everything ends the same.
double: $(VENV)/.dev
	@$(RUN) -m tests.servers.double --numprocesses=2

format: $(VENV)/.dev
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

vendor: $(VENV)/.dev
	@$(RUN) -m tests.servers.node vendor

lock: $(VENV)/.dev
	@$(LOCK) requirements/base.in -o requirements/base.txt
	@$(LOCK) -c requirements/base.txt requirements/dev.in -o requirements/dev.txt
	@$(LOCK) -c requirements/dev.txt requirements/bench.in -o requirements/bench.txt

# Collects every text of the interface into locale/ and compiles the catalogues, which are kept.
messages: $(VENV)/.dev
	@$(RUN) -m tests.site.messages

$(VENV)/bin/python:
	@requirements/make-venv $(VENV) $(PYTHON)

$(VENV)/.base: requirements/base.txt | $(VENV)/bin/python
	@echo "Installing what the server needs"
	@$(PIP) -r requirements/base.txt && touch $@

# By uv, whose own lines are taken out of the list, in a tenth of pip's time; where it cannot, as behind a mirror that
# pip alone is told of, by pip.
$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	@echo "Installing what the tests need"
	@sed -n '/^uv==/,/[^\\]$$/p' $< >$(VENV)/uv.txt && $(PIP) -r $(VENV)/uv.txt
	@$(RUN) -m uv pip install --quiet --python $(RUN) --require-hashes -r $< || $(PIP) -r $<
	@touch $@

$(VENV)/.bench: requirements/bench.txt | $(VENV)/.dev
	@echo "Installing the opponents of the benchmarks"
	@$(PIP) -r requirements/bench.txt && touch $@
