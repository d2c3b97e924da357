# make demo: build, install into .venv, run the main job on seeds/
# make test: everything that must hold
# make docs: the site
PYTHON ?= python3
BIN := .venv/bin

.PHONY: torture audit demo test build debian rust python docs bench clean

demo: build
	$(BIN)/python -m copydesk.demo seeds out
	@echo "tables: out/*.parquet   articles: out/articles.html"

test: rust python

build: .venv/installed
	$(BIN)/maturin develop --quiet --release

# The tools and the peers of the tests, once; `maturin develop` then only builds.
.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet "maturin>=1.16,<2"
	$(BIN)/python -c 'import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["test"]))' > .venv/requirements.txt
	$(BIN)/pip install --quiet -r .venv/requirements.txt
	touch $@

# The tests look at what a notebook shows in Debian's Chromium, and count instructions by Valgrind. Elsewhere they skip, and say so.
debian:
ifdef CI
	command -v chromium >/dev/null && command -v valgrind >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation valgrind; } >/dev/null
endif

rust:
	cargo fmt --check
	cargo clippy --quiet --all-targets --features python -- -D warnings
	cargo test --quiet

python: build debian
	$(BIN)/mypy --strict python/copydesk examples
	$(BIN)/python -m mypy.stubtest copydesk._copydesk --ignore-disjoint-bases
	$(BIN)/python -m pytest -q

# The site, in out/docs. Anything that is amiss is an error.
docs: build
	$(BIN)/python -m sphinx -W --keep-going -q docs out/docs
	@echo "out/docs/index.html"

# Known faults in what we depend on, licences, and workflows; the tools are installed where they are missing.
audit: .venv/installed
	command -v cargo-deny > /dev/null || cargo install --quiet --locked cargo-deny
	cargo deny check
	$(BIN)/pip install --quiet pip-audit zizmor
	$(BIN)/pip-audit --skip-editable
	$(BIN)/zizmor --offline --no-progress .github/workflows

# Hours: mutated pages by the hundred thousand, and every fuzz target for an hour.
torture: build
	COPYDESK_MUTATIONS=200000 $(BIN)/python -m pytest -q tests/test_pages.py -k mutated
	for target in html fragments text numbers dates; do fuzz/run $$target 3600 || exit 1; done

bench: build
	cargo bench --bench stages
	$(BIN)/python benches/compare.py
	$(BIN)/python benches/scan.py
	$(BIN)/python benches/torture.py

clean:
	rm -rf target .venv out
