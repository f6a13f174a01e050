# Two commands are all it takes: `make lab` to use the workbook, `make test` to check it.
# What is longer than a line stands in scripts/, and in backcare_widgets/launch/ (opening it).

PYTHON = .venv/bin/python
WITH_BROWSER = sh scripts/browser.sh

.PHONY: help lab app test test-newest constraints page faults fuzz bench clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\): .*## /make \1\t/p' Makefile | expand -t 18

lab: ## open the workbook in JupyterLab; another port: make lab PORT=9999
	@sh scripts/venv.sh lab
	@$(PYTHON) -m backcare_widgets open $(if $(PORT),--port='$(PORT)')

app: ## open the pages without code; another port: make app PORT=9999
	@sh scripts/venv.sh app
	@$(PYTHON) -m backcare_widgets open --app $(if $(PORT),--port='$(PORT)')

test: ## set up all it needs, and run every test
	@sh scripts/venv.sh test
	@sh scripts/page.sh
	@$(PYTHON) scripts/pyodide.py
	@$(WITH_BROWSER) sh scripts/test.sh

test-newest: ## the same with the newest of everything, on each Python; on one: PYTHONS=3.13
	@sh scripts/newest.sh $(PYTHONS)

constraints: ## pin the newest of everything in constraints.txt
	@python3.11 scripts/pin.py

page: ## build what runs in the page from frontend/, to be committed with it
	@sh scripts/venv.sh test
	@sh scripts/page.sh build

faults: ## try every fault many times (BACKCARE_TEST_ROUNDS=60), and show what was lost
	@sh scripts/venv.sh test
	@sh scripts/page.sh
	@BACKCARE_TEST_ROUNDS=$${BACKCARE_TEST_ROUNDS:-60} $(WITH_BROWSER) sh scripts/test.sh faults

fuzz: ## try random inputs for ten minutes (BACKCARE_FUZZ_MINUTES=60), or SEED=… again
	@sh scripts/venv.sh test
	@sh scripts/fuzz.sh $(SEED)

bench: ## compare speeds, side by side, with other ways of doing the same
	@sh scripts/venv.sh bench
	@sh scripts/page.sh
	@for bench in tests/benchmarks/bench_*.py; do $(WITH_BROWSER) $(PYTHON) "$$bench" || exit 1; done

clean: ## remove what was set up and built; your log stays
	rm -rf .venv .venv-newest .chromium frontend/node_modules build *.egg-info .pytest_cache .hypothesis .ruff_cache .mypy_cache
