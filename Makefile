# Panel. `make run` to try it, `make serve` to use it, `make test` to prove it.
# Settings come from the environment: PORT, SANDBOX_PORT, SANDBOX_SMTP_PORT, DATA_DIR; the README lists the rest.

.PHONY: help run serve demo test bench clients check
.DEFAULT_GOAL := help

help:
	@echo "make run      panel and sandbox with demo data, on this machine only"
	@echo "make serve    the panel alone, with Microsoft, for real use"
	@echo "make demo     throw the demo data away and make it anew (asks first)"
	@echo "make test     every test; needs nothing but Python and make"
	@echo "make bench    how fast it is"
	@echo "make clients  five public Microsoft clients, unchanged, against the sandbox; needs node"
	@echo "make check    what .ci/run does: tests on SQLite and PostgreSQL, then the linters"

run:
	@exec sh .ci/with "$$(sh .ci/requirements requirements-sandbox.txt)" .ci/start.py run

serve:
	@exec sh .ci/with "$$(sh .ci/requirements requirements.txt)" .ci/start.py serve

demo:
	@exec sh .ci/with "$$(sh .ci/requirements requirements-sandbox.txt)" .ci/start.py demo

test:
	@exec sh .ci/with requirements-dev.txt .ci/test.py $(ARGS)

bench:
	@exec sh .ci/with requirements-sandbox.txt .ci/bench.py

clients:
	@exec sh .ci/with requirements-sandbox.txt .ci/clients.py

check:
	@exec bash .ci/run
