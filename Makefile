# koubun: `make help` lists what there is. `make` sets up .venv by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KOUBUN := $(BIN)/python -m pipeline

.DEFAULT_GOAL := build
.PHONY: build add tables why try diff review verify score rules explain leftovers aliases near decisions accept check-reviewed xlsx test check lint bench gazetteers documents picture help clean

build: $(VENV)/.ready  ## read everything in raw/, write extracted/ (the default)
	@$(KOUBUN) build $(ARGS)

add: $(VENV)/.ready  ## FILE=… or URL=…: a new source, with a drafted sidecar
	@$(KOUBUN) add $(if $(FILE),"$(FILE)") $(if $(URL),--url "$(URL)") $(ARGS)

tables: $(VENV)/.ready  ## write the tables that a build has left (make ARGS="--tables-limit N")
	@$(KOUBUN) tables $(ARGS)

why: $(VENV)/.ready  ## which stages the last build ran for which sources, and why
	@$(KOUBUN) why $(ARGS)

try: $(VENV)/.ready  ## the rows that edited rules or gazetteers would add, lose and change; writes nothing
	@$(KOUBUN) try $(ARGS)

diff: $(VENV)/.ready  ## [AGAINST=REV-or-DIR] [GOLD=DIR]: what the build changed, row by row, by cause (default: against HEAD)
	@$(KOUBUN) diff $(AGAINST) $(if $(GOLD),--gold "$(GOLD)") $(ARGS)

review: $(VENV)/.ready  ## [AGAINST=REV-or-DIR]: the same in a browser, with the source beside it; decisions are written as files
	@$(KOUBUN) review $(if $(AGAINST),--against "$(AGAINST)") $(ARGS)

verify: $(VENV)/.ready  ## compare extracted/ with its receipt, and that with sources, rules and versions
	@$(KOUBUN) verify $(ARGS)

score: $(VENV)/.ready  ## GOLD=DIR: precision, recall, F1
	@$(KOUBUN) score "$(GOLD)" $(ARGS)

rules: $(VENV)/.ready  ## check every rule file and run the examples in it
	@$(KOUBUN) rules $(ARGS)

explain: $(VENV)/.ready  ## AT=SOURCE:OFFSET: why a spot is a mention, or is none
	@$(KOUBUN) explain "$(AT)" $(ARGS)

leftovers: $(VENV)/.ready  ## numbers that no rule claimed, by shape, the most frequent first
	@$(KOUBUN) leftovers $(ARGS)

aliases: $(VENV)/.ready  ## short names that documents gave to bodies, as lines for rules/gazetteer/organisations.csv
	@$(KOUBUN) aliases $(ARGS)

near: $(VENV)/.ready  ## bodies that may be one under two ids, or two under one
	@$(KOUBUN) near $(ARGS)

decisions: $(VENV)/.ready  ## what people decided, what came of it, and the rules to change
	@$(KOUBUN) decisions $(ARGS)

accept: $(VENV)/.ready  ## [SOURCES="ID …"]: mark sources (default: all) as reviewed as they are
	@$(KOUBUN) accept $(SOURCES) $(ARGS)

check-reviewed: $(VENV)/.ready  ## fails while a source is not as it was reviewed
	@$(KOUBUN) check-reviewed $(ARGS)

xlsx: $(VENV)/.ready  ## the tables as one Excel workbook (koubun.xlsx)
	@$(KOUBUN) xlsx $(ARGS)

test: $(VENV)/.ready-dev  ## the tests
	@$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: lint rules test  ## lint, types, rule examples and tests

bench: $(VENV)/.ready-dev  ## benchmarks (on ../shared/corpus where it is, else on raw/)
	@$(BIN)/python -m bench $(ARGS)

gazetteers: $(VENV)/.ready-dev  ## [ARGS="--history pygeonlp-….tar.gz --state LISTS"]: generate rules/gazetteer/ anew from its packages
	@$(BIN)/python -m tools.gazetteers $(ARGS)

documents: $(VENV)/.ready-dev  ## make the PDFs under raw/ anew
	@$(BIN)/python -m tools.documents

picture: $(VENV)/.ready-dev  ## take docs/review.png, the picture of the review page, anew (needs a Chromium)
	@$(BIN)/python -m tools.review_picture

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

clean:  ## remove .venv and the caches
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "koubun needs Python 3.11 or newer; set PYTHON=python3.11")'
	@echo "setting up $(VENV) (once; a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	@echo "setting up what the tests need (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
