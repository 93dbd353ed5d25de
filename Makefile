PYTHON ?= python3
UV ?= uv

BIN := .venv/bin
PACKAGES := .venv/.packages
PROJECT := .venv/.project
SPARK := .venv/.spark
DEMO := --db build/demo.duckdb --site build/demo-site

# Tests on published reports run where a corpus lies beside the project, or where the variable says.
ifneq ($(wildcard ../shared/corpus),)
GOUJI_CORPUS ?= $(abspath ../shared/corpus)
endif
ifdef GOUJI_CORPUS
export GOUJI_CORPUS
endif

# Hundreds of processes start, and each would compile anew whatever it imports.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo test mutants spark spark-full accuracy corpus-full reliability fuzz bench lint types models sbom audit ci lock clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(PROJECT) ## put the pinned packages and the project itself into .venv

# Two stamps: new pins make a new .venv; an edit of pyproject.toml only installs the project again.
# --no-compile: pip would compile every module for 24 of 63 seconds, Python does those it imports.
$(PACKAGES): requirements/dev.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else \
	  "gouji needs Python 3.11, 3.12 or 3.13; $(PYTHON) is %d.%d. Try: make PYTHON=python3.12 $(MAKECMDGOALS)" % v)'
	@# Python would empty the folder that a link points to.
	@test ! -L .venv || { echo '.venv is a link: remove it, and make a .venv of its own'; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

$(PROJECT): $(PACKAGES) pyproject.toml
	$(BIN)/python -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

# The pins of dev.txt and what Spark adds to them.
$(SPARK): $(PROJECT) requirements/spark.txt
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --no-deps -r requirements/spark.txt
	@touch $@

demo: $(PROJECT) ## check the sample reports, write a database and a site, say what to try next
	$(BIN)/gouji check data/reports $(DEMO) --fail-on never
	@echo
	@echo 'site      build/demo-site/index.html (open it in a browser; it needs no network)'
	@echo 'database  build/demo.duckdb'
	@echo
	@echo 'Three things to try next:'
	@echo '  $(BIN)/gouji sql --db build/demo.duckdb "select agency, report_year, rule, message_zh from findings"'
	@echo '  $(BIN)/gouji sql --db build/demo.duckdb --list'
	@echo '  $(BIN)/gouji check FOLDER_WITH_YOUR_REPORTS'

test: $(PROJECT) ## run the tests, but for those of Spark
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/spark $(ARGS)

mutants: $(PROJECT) ## change each sum and each condition and see that a test tells (long)
	$(BIN)/python -m tests.mutants $(PARTS)

spark: $(SPARK) ## run the tests of the Spark engine, whose packages it installs; needs Java 17
	$(BIN)/python -m pytest -n 0 tests/spark $(ARGS)

spark-full: $(SPARK) ## compare the engines on 2,000 reports and two workers (long; REPORTS=100 tries it)
	GOUJI_SPARK_FULL=$(or $(REPORTS),2000) $(BIN)/python -m pytest -n 0 tests/spark/test_cluster.py $(ARGS)

accuracy: $(PROJECT) ## read 20 generated reports of every layout and compare each cell (minutes)
	GOUJI_ACCURACY=1 $(BIN)/python -m pytest tests/corpus $(ARGS)

corpus-full: $(PROJECT) ## read every layout of every edition and style, write the figures (long)
	$(BIN)/python -m data.generator.corpus build/corpus-full --full
	$(BIN)/python -m data.generator.score build/corpus-full --write docs/accuracy.md

reliability: $(PROJECT) ## kill checks at random moments and see that nothing is lost (hours)
	$(BIN)/python -m reliability $(if $(REPORTS),--reports $(REPORTS)) $(if $(KILLS),--kills $(KILLS)) $(if $(SEED),--seed $(SEED))

fuzz: $(PROJECT) ## read spoilt documents of every format (hours; SECONDS=120 for a part)
	$(BIN)/python -m reliability.fuzz $(if $(SECONDS),--seconds $(SECONDS)) $(if $(CASES),--cases $(CASES)) \
	  $(if $(FORMATS),--formats $(FORMATS)) $(if $(SEED),--seed $(SEED))

bench: $(PROJECT) ## measure beside other tools, write docs/performance.md (long)
	$(BIN)/python -m bench $(if $(PARTS),--parts $(PARTS)) $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS))

lint: $(PROJECT) ## check style, formatting, types and SQL
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@$(MAKE) --no-print-directory --jobs 2 --output-sync types models

types:
	$(BIN)/mypy

models:
	$(BIN)/sqlfluff lint --processes 0 sql/models

# Tools of their own, and the packages that users get without anything else: both in build/.
TOOLS := build/tools
RUNTIME := build/runtime
PINNED := install --quiet --no-compile --require-hashes --no-deps -r

$(TOOLS)/.installed: requirements/audit.txt $(PROJECT)
	$(BIN)/python -m venv --clear $(TOOLS)
	$(TOOLS)/bin/python -m pip $(PINNED) $<
	@touch $@

$(RUNTIME)/.installed: requirements/runtime.txt $(PROJECT)
	$(BIN)/python -m venv --clear --without-pip $(RUNTIME)
	$(BIN)/python -m pip --python $(RUNTIME)/bin/python $(PINNED) $<
	@touch $@

sbom: $(TOOLS)/.installed $(RUNTIME)/.installed ## write build/sbom.json (CycloneDX) and build/licences.md
	$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  -o build/sbom.json $(RUNTIME)/bin/python
	$(RUNTIME)/bin/python .ci/licences.py requirements/runtime.txt > build/licences.md

audit: $(TOOLS)/.installed ## ask whether a pinned package has a known weakness
	$(BIN)/python .ci/audit.py $(TOOLS)/bin/pip-audit requirements/runtime.txt requirements/dev.txt

ci: ## do what the build server does
	.ci/run

lock: ## pin the packages anew from pyproject.toml (maintainers; needs uv)
	$(UV) pip compile pyproject.toml --extra dev --extra ocr -o requirements/dev.txt $(LOCK)
	$(UV) pip compile pyproject.toml -c requirements/dev.txt -o requirements/runtime.txt $(LOCK)
	$(UV) pip compile pyproject.toml --extra dev --extra ocr --extra spark -c requirements/dev.txt \
	  -o requirements/spark.txt $(LOCK)
	for tools in requirements/audit.in bench/peers/*.in; do \
	  $(UV) pip compile $$tools -o $${tools%.in}.txt $(LOCK) || exit 1; done

# --no-emit-*: a lock file must not say where its writer fetches packages from.
LOCK := --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --quiet

clean: ## remove everything generated, but not .venv
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis sql/target sql/logs logs
	find . \( -name .git -o -name .venv \) -prune -o -name __pycache__ -type d -print0 | xargs -0 rm -rf
