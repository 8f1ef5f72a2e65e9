# Every target sets up what it needs in .venv, so on a fresh clone `make test` alone is enough.
# Needed beforehand: Python 3.11 or later with venv, git and make. Another Python: make test PYTHON=python3.12

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(BIN)/haftar-record

# An environment of their own for the checkers of metadata, which do not get on with the other groups.
CHECKERS := $(VENV)/checkers

# What `make build` writes; everything in it is committed. The last is for editors, and of the program alone.
GENERATED := datapackage schemas datapackage.json CITATION.cff seeds/coding/schemas

# Everything else that the targets write, besides the files that Python keeps of modules. None of it may be a link, or
# what it leads to would be written, or emptied.
WRITTEN := $(VENV) dist site build scripts/haftar_record.egg-info .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .fuzz
linked  := $(shell for path in $(WRITTEN); do [ ! -L "$$path" ] || echo "$$path"; done)
ifneq ($(linked),)
$(error $(linked) is a symbolic link, and make would write to where it leads: remove the link)
endif

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help build agreement lint test coverage test-code test-slow test-data test-site test-export test-metadata test-readers test-growth score-dates faults rooms check fresh release validate dist docs serve bench fuzz lock clean own-site

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# ---- set-up -------------------------------------------------------------------------------------------------------
# A stamp in .venv says that a step is done; it is written last, so a failed step leaves none and is repeated.
# An environment does not survive a change of Python or of folder: the first stamp's name holds both.

made_for := $(shell printf '%s %s' '$(PYTHON)' "$$(pwd)" | cksum | cut -d ' ' -f 1)
MADE     := $(VENV)/.made-$(made_for)
PROJECT  := $(VENV)/.project

# Nor does it survive the removal of the Python that it points at.
ifeq ($(shell [ -x $(BIN)/python ] && echo alive),)
.PHONY: $(MADE)
endif

# $(call quietly,COMMAND): silent when COMMAND succeeds; shows all it said when it fails.
quietly = out=$$( { $(1); } 2>&1 ) || { printf '%s\n' "$$out" 'Set-up failed, see above.' >&2; exit 1; }

# $(call pip,PYTHON,ARGUMENTS): uv where it is available (several times faster), else pip. Both check every hash.
pip = { [ -x $(BIN)/uv ] && $(BIN)/uv pip install --python $(1) $(2); } || \
      $(1) -m pip install --disable-pip-version-check --no-input $(2)

define PYTHON_CHECK
import sys
if sys.version_info < (3, 11):
    sys.exit("Python 3.11 or later is needed and this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")
try:
    import ensurepip, venv
except ImportError:
    sys.exit("This Python cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv")
endef
export PYTHON_CHECK

require_python = command -v '$(PYTHON)' >/dev/null || \
    { echo 'There is no $(PYTHON) here. Install Python 3.11 or later, or name one: make PYTHON=/path/to/python3 ...' >&2; exit 1; }; \
    '$(PYTHON)' -c "$$PYTHON_CHECK"

# Python puts the path of an environment into PATH, and setuptools reads a dollar sign as a variable.
require_folder = case "$$PWD" in *[:$$]*) \
    echo "No environment can be made in $$PWD: move the project to a path without : and \$$." >&2; exit 1; esac

# An environment that somebody has made by hand is not emptied to become this one.
is_ours = [ -z "$$(ls -A $(VENV) 2>/dev/null)" ] || ls $(VENV)/.made-* >/dev/null 2>&1 || \
    grep -qs "^prompt = 'haftar-record'" $(VENV)/pyvenv.cfg
require_ours = $(is_ours) || { echo "$(VENV) was not made here: move it away, or name another place: make VENV=..." >&2; exit 1; }

$(MADE):
	@$(require_python)
	@$(require_folder)
	@$(require_ours)
	@echo 'set-up: environment in $(VENV)'
	@$(call quietly,'$(PYTHON)' -m venv --clear --prompt haftar-record $(VENV))
	@$(BIN)/python -m pip install --disable-pip-version-check --no-input --quiet --only-binary :all: \
	    --require-hashes -r requirements/uv.txt >/dev/null 2>&1 || echo 'set-up: uv is not available; pip does its work'
	@touch $@

$(VENV)/.%: requirements/%.txt $(MADE)
	@echo 'set-up: $<'
	@$(call quietly,$(call pip,$(BIN)/python,--require-hashes -r $<))
	@touch $@

# Editable: a change in scripts/ is in force at once.
$(PROJECT): pyproject.toml $(VENV)/.build
	@echo 'set-up: haftar-record'
	@$(call quietly,$(call pip,$(BIN)/python,--no-deps --no-build-isolation -e .))
	@touch $@

# ---- data ---------------------------------------------------------------------------------------------------------

build: $(PROJECT) ## Make the tables, schemas and datapackage.json from seeds/, and schemas for editors
	$(RUN) editors
	$(RUN) build

agreement: $(PROJECT) $(VENV)/.agreement ## Compare further readings with the record, and write the figures; then make build
	$(RUN) agreement

test: test-code test-data test-site ## Run the tests of the code, the data and the site

test-code: $(PROJECT) $(VENV)/.test $(VENV)/.docs $(VENV)/.agreement ## Run the tests of the code
	$(BIN)/python -m pytest tests/code -n auto

# Twice the time of the same tests without it.
coverage: $(PROJECT) $(VENV)/.test $(VENV)/.fast $(VENV)/.export $(VENV)/.docs $(VENV)/.agreement ## Run the tests of the code and the data, and say how much of the program they run
	@rm -rf .coverage
	$(BIN)/coverage run -m pytest tests/code tests/data -m "not slow" -n auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# The catalogue shares its faults out among processes by itself; of the other tests each one goes to the next free process.
# EVERY_FAULT=1 compares the engines, and asks the commands, about every fault of the catalogue and not about a part of
# them. It takes several times as long and is what runs every night.
test-slow: $(PROJECT) $(VENV)/.test $(VENV)/.fast $(VENV)/.export $(VENV)/.docs ## Run those that take minutes: faults, both engines, hostile folders; EVERY_FAULT=1
	$(BIN)/python -m pytest tests/faults/test_catalogue.py -m slow
	$(BIN)/python -m pytest tests/code tests/faults --ignore tests/faults/test_catalogue.py -m slow -n auto

test-data: $(PROJECT) $(VENV)/.test ## Run the tests of the committed data
	$(BIN)/python -m pytest tests/data

# Needs Chromium, which no package of Python brings. Without one the tests say so and are skipped, unless
# REQUIRE_BROWSER is set; then nothing is installed for them either.
CHROMIUM := $(firstword $(foreach name,chromium chromium-browser google-chrome,$(shell command -v $(name))))

test-site: $(PROJECT) $(VENV)/.test $(if $(CHROMIUM)$(REQUIRE_BROWSER),$(VENV)/.docs $(VENV)/.browser) ## Run the tests of the site in a browser
	$(BIN)/python -m pytest tests/site

# Warnings are to be cleared or waived, hence --strict. On GitHub the problems appear beside the changed lines.
check: $(PROJECT) $(VENV)/.validate ## Check sheets, tables and rules; what a contributor runs
	$(RUN) check --strict $(if $(GITHUB_ACTIONS),--format github)

dist: $(PROJECT) $(VENV)/.validate $(VENV)/.export ## Check, then write the package in every format to dist/
	$(RUN) export

test-export: $(PROJECT) $(VENV)/.test $(VENV)/.export $(VENV)/.readers ## Read every format, and run the examples of the site, with libraries that are not ours
	$(BIN)/python -m pytest tests/export tests/code/test_site_snippets.py -m "slow or not slow"

test-metadata: $(CHECKERS)/.made ## Check the descriptions of the release with the tools of their standards
	PYTHONPATH=scripts $(CHECKERS)/bin/python -m pytest tests/metadata

$(CHECKERS)/.made: requirements/metadata.txt $(MADE)
	@echo 'set-up: $<'
	@$(call quietly,'$(PYTHON)' -m venv --clear $(CHECKERS))
	@$(call quietly,$(call pip,$(CHECKERS)/bin/python,--require-hashes -r $<))
	@touch $@

# Each release has an environment of its own; the newest one is that of the group validate.
READERS := $(VENV)/readers
OLD     := $(basename $(notdir $(wildcard requirements/old/*.in)))

test-readers: $(PROJECT) $(VENV)/.test $(OLD:%=$(READERS)/%/.made) $(READERS)/newest/.made ## Read the release with old and new releases of the programs that read data packages
	$(BIN)/python -m pytest tests/readers -n auto

$(READERS)/newest/.made: requirements/validate.txt $(MADE)
	$(call reader)

$(READERS)/%/.made: requirements/old/%.txt $(MADE)
	$(call reader)

define reader
@echo 'set-up: $<'
@$(call quietly,'$(PYTHON)' -m venv --clear $(@D))
@$(call quietly,$(call pip,$(@D)/bin/python,--require-hashes -r $<))
@touch $@
endef

# EVERY=1 runs all tests in the copy, those of the program, the site and the formats among them: before a release.
test-growth: $(PROJECT) $(VENV)/.test $(VENV)/.validate $(VENV)/.docs $(VENV)/.agreement $(if $(EVERY),$(VENV)/.fast $(VENV)/.export $(VENV)/.readers $(VENV)/.browser) ## Add articles to a copy, and run the checks and tests there; EVERY=1
	$(BIN)/python -m pytest tests/growth
	$(BIN)/python -m tests.growth $(if $(EVERY),--all)

release: check ## Check that the data can be the next release: version, changelog, ids
	$(RUN) release

fresh: build ## Build, and fail when that changes a committed file
	@changed=$$(git status --porcelain --untracked-files=all -- $(GENERATED)) || exit 1; \
	[ -z "$$changed" ] || { git --no-pager diff --stat -- $(GENERATED); \
	  printf '%s\n' "$$changed" 'These generated files are stale or not committed. Run "make build" and commit what it writes.' >&2; exit 1; }

validate: ## Check the data with stock frictionless, nothing of this project installed
	@$(require_python)
	@set -e; own=$$(mktemp -d); trap 'rm -rf "$$own"' EXIT; trap 'exit 130' INT TERM; \
	$(call quietly,'$(PYTHON)' -m venv "$$own"); \
	$(call quietly,$(call pip,"$$own"/bin/python,--require-hashes -r requirements/validate.txt)); \
	echo 'frictionless validate datapackage.json'; \
	COLUMNS=200 "$$own"/bin/frictionless validate datapackage.json

# ---- the program --------------------------------------------------------------------------------------------------

# Types are checked with those of the libraries, so all of these are installed.
lint: $(PROJECT) $(VENV)/.test $(VENV)/.fast $(VENV)/.export $(VENV)/.docs $(VENV)/.agreement $(VENV)/.lint ## Check style and types of the code, and the workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/actionlint
	$(BIN)/zizmor --offline --quiet .github

# ---- documentation ------------------------------------------------------------------------------------------------
# Never -q: it drops the warnings before --strict counts them, and a broken link then passes.

# Silence two banners about the future of mkdocs; they are no warnings about this site.
docs serve: export NO_MKDOCS_2_WARNING = 1
docs serve: export DISABLE_MKDOCS_2_WARNING = true

# MkDocs empties the folder first, but for hidden files; so a hidden file says that there is nothing else in it.
own-site:
	@[ -z "$$(ls site 2>/dev/null)" ] || [ -e site/.made ] || \
	    { echo 'site/ was not made here, and would be emptied: move it away.' >&2; exit 1; }
	@mkdir -p site && touch site/.made

docs: own-site $(PROJECT) $(VENV)/.docs ## Make the documentation site in site/
	$(BIN)/python -m mkdocs build --strict --clean --site-dir site

serve: $(PROJECT) $(VENV)/.docs ## Show the documentation site while you write
	$(BIN)/python -m mkdocs serve --strict

# ---- upkeep -------------------------------------------------------------------------------------------------------

faults: $(PROJECT) $(VENV)/.test $(VENV)/.validate ## Print the catalogue of broken packages, and who catches each; UPDATE=1 takes it as expected
	$(BIN)/python -m tests.faults $(if $(UPDATE),--update)

rooms: $(MADE) ## Print the rooms of the program, who imports whom, and every circle
	$(BIN)/python -m tests.rooms

# Statements of the synthetic packages whose check is measured; make bench SIZE="10000 100000 1000000" needs 30 GB of disk.
SIZE ?= 10000 100000

bench: $(PROJECT) $(VENV)/.test $(VENV)/.fast ## Measure the speed of the build and the checks
	$(BIN)/python tests/bench.py $(SIZE)

# The corpus is not part of the repository: any folder of TimeML documents will do.
score-dates: $(PROJECT) ## Score the finder of date words on a corpus: make score-dates DATES=folder
	$(BIN)/python -m tests.scores.dates $(DATES)

# Each target of tests/fuzz/ has its seconds, then each property a hundred times the inputs of `make test`.
SECONDS ?= 60
fuzz: $(PROJECT) $(VENV)/.test $(VENV)/.fuzz ## Look for inputs that break a reader; SECONDS=60 for each
	$(BIN)/python tests/fuzz/run.py $(SECONDS)
	$(BIN)/python -m pytest --hypothesis-profile deep tests/code/test_properties.py

# The order matters: later files are constrained by earlier ones. 3.11.2 because the newest packages refuse it.
lock: $(MADE) ## Recompile requirements/*.txt; UPGRADE=--upgrade takes new releases
	@[ -x $(BIN)/uv ] || { echo 'make lock needs uv, which could not be installed.' >&2; exit 1; }
	@set -e; for name in uv build test fast fuzz validate export docs browser readers agreement lint metadata; do \
	  echo "requirements/$$name.txt"; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-emit-index-url \
	    --custom-compile-command 'make lock' $(UPGRADE) --output-file requirements/$$name.txt requirements/$$name.in; done
	@set -e; for path in requirements/old/*.in; do \
	  echo "$${path%.in}.txt"; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-emit-index-url \
	    --custom-compile-command 'make lock' $(UPGRADE) --output-file "$${path%.in}.txt" "$$path"; done

clean: ## Remove the environment, the site and caches; exports in dist/ stay
	@$(require_ours)
	rm -rf $(VENV) scripts/haftar_record.egg-info .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .fuzz
	rm -rf build/lib build/bdist.* build/__editable__.*
	[ ! -e site/.made ] || rm -rf site
	[ ! -d build ] || rmdir build 2>/dev/null || true
	find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
