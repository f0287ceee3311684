# Every target sets up .venv by itself; a second call finds it ready.
PYTHON ?= python3
BIN := .venv/bin
Q ?= 学深度学习要先学机器学习吗？我只是做毕设

.PHONY: ask test test-all check eval bench clean
.DEFAULT_GOAL := ask

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed / 需要 Python 3.11 或更新的版本: make ask PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: .venv/pyvenv.cfg pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/installed-test: .venv/pyvenv.cfg pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test,pdf]'
	@touch $@ .venv/installed

.venv/installed-all: .venv/pyvenv.cfg pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,pdf,postgresql,sentence-transformers]'
	@touch $@ .venv/installed .venv/installed-test

# The question travels in the environment, so that the shell reads none of its characters.
ask: export QUESTION := $(value Q)
ask: .venv/installed
	@$(BIN)/tutor ask -- "$$QUESTION"

test: .venv/installed-test
	$(BIN)/pytest -n 2

test-all: .venv/installed-all
	$(BIN)/pytest -n 2

check: .venv/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2

# LLM=1 also measures the language model that TUTOR_LLM_MODEL names.
eval: .venv/installed-test
	$(BIN)/python tests/evaluation/evaluate.py
	$(BIN)/python tests/evaluation/measure_growth.py
	$(BIN)/python tests/evaluation/measure_plans.py
	$(BIN)/python tests/evaluation/measure_support.py
	$(BIN)/python tests/evaluation/evaluate_conversations.py
	$(BIN)/python tests/evaluation/evaluate_writer.py
	$(if $(LLM),$(BIN)/python tests/evaluation/evaluate_writer.py --real)

bench: .venv/installed-test
	$(BIN)/python tests/benchmarks/run.py

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
