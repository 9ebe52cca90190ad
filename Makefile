# Both commands work from a bare clone: they install what is missing, once.
.DEFAULT_GOAL := help
.PHONY: help demo test bench gallery format clean

PORT ?= 8000
PYTHON := .venv/bin/python

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

demo: ## A newsroom with sample briefs on http://localhost:8000 (PORT= changes it)
	@.ci/install demo
	@SITE_URL="$${SITE_URL:-http://localhost:$(PORT)}" $(PYTHON) manage.py demo --serve 127.0.0.1:$(PORT)

test: ## Lint, types, checks and tests, on SQLite and on PostgreSQL
	@.ci/install test
	@.ci/test

gallery: ## Hard documents as PDFs and pictures in gallery/ (OPTIONS="--random 1000" checks more)
	@.ci/install gallery
	@$(PYTHON) -m tests.pdf.gallery gallery $(OPTIONS)

bench: ## Time and memory of PDFs, beside Chromium's, and the preview's time (OPTIONS="--rounds 5 --jobs 500")
	@.ci/install test
	@$(PYTHON) -m tests.benchmarks $(OPTIONS)

format: ## Lay out the code and mend what the linter can mend
	@.ci/install test
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

clean: ## Remove what the commands installed and made; keeps .env, database and media
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
