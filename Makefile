# The project's commands. Each target's line after ## is what plain `make` prints.
.PHONY: help demo test web-test proof openapi bench bench-statistics load page-timings
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

demo: ## a running service with Gorenjska's venues; prints the address and the sign-ins
	cargo run --release --locked -- demo

# The environment comes first: a missing PostgreSQL should cost seconds, not a build. CI lints while it builds (.ci/run).
# The client is looked at meanwhile, where the compiler leaves something over; the stories want the program, which
# building the tests has made, with the client in it.
# Tests wait for databases and servers as long as they work.
export RUST_TEST_THREADS ?= $(shell expr 2 + $$(nproc 2>/dev/null || echo 2))
LINTS ?= cargo clippy --all-targets --locked -- -D warnings
test: ## what has to pass before a commit: format, lints, all tests on SQLite and PostgreSQL, the web client's stories
	scripts/test-environment $(MAKE) --no-print-directory in-environment
.PHONY: in-environment lints web-installed web-types web-lints web-units web-stories
in-environment:
	cargo fmt --check
	$(MAKE) --no-print-directory --jobs 2 lints web-types web-lints web-units
	cargo test --locked
	$(MAKE) --no-print-directory web-stories
# Else cargo would share make's two jobs with the client's.
lints:
	MAKEFLAGS= $(LINTS)

web-test: ## the web client: types, lints, its own tests, and its stories in a browser on both databases
	scripts/test-environment $(MAKE) --no-print-directory in-environment-web
.PHONY: in-environment-web
in-environment-web:
	cargo build --locked --bin prostor
	$(MAKE) --no-print-directory --jobs 2 web-types web-lints web-units
	$(MAKE) --no-print-directory web-stories

# As build.rs does it, which may be at it just now: one at a time, and it remembers for which list.
INSTALLED = node_modules/.prostor-installed
web-installed:
	cd web && flock .building sh -c 'cmp -s package-lock.json $(INSTALLED) || \
	  { npm ci --no-audit --no-fund --loglevel error && cp package-lock.json $(INSTALLED); }'
web-types: web-installed
	cd web && nice npm run --silent check
web-lints: web-installed
	cd web && nice npm run --silent lint
web-units: web-installed
	cd web && nice npm run --silent test
web-stories: web-installed
	cd web && npm run --silent e2e

# The same tests on the optimised program with larger numbers: rounds of each race, kills of the server, operations
# of each story of the model test, houses that are asked for one truth, mails that two nodes share, schemathesis examples
# per operation, cases per property (of closed years a thousand: they take the longest), looks at each page, and every story on both databases. The tests hold the small defaults. Files of figures are opened as
# their readers do, by LibreOffice too (which is installed for this alone).
proof: export PROSTOR_TEST_RACES = 200
proof: export PROSTOR_TEST_KILLS = 20
proof: export PROSTOR_TEST_OPERATIONS = 5000
proof: export PROSTOR_TEST_HOUSES = 200
proof: export PROSTOR_TEST_MAILS = 10000
proof: export PROSTOR_TEST_EXAMPLES = 200
proof: export PROSTOR_TEST_IMPORT_LINES = 50000
proof: export PROPTEST_CASES = 20000
proof: export PROSTOR_TEST_EVERY_LOOK = 1
proof: ## the long proofs
	scripts/test-environment cargo test --release --locked
	cargo build --release --locked --bin prostor
	scripts/test-environment scripts/files-taken-out
	$(MAKE) --no-print-directory web-test

openapi: ## writes openapi.yaml from the code
	cargo run --quiet --locked -- openapi > openapi.yaml.new
	mv openapi.yaml.new openapi.yaml

bench: export PROSTOR_TEST_DURABLE = 1
bench: ## the engine's benchmarks on both databases, as Markdown for docs/PERFORMANCE.md
	scripts/test-environment cargo bench --locked --bench engine

bench-statistics: export PROSTOR_TEST_DURABLE = 1
bench-statistics: export PROSTOR_BENCH_RESERVATIONS ?= 1000000
bench-statistics: ## how fast figures are read on both databases, as Markdown for docs/PERFORMANCE.md
	scripts/test-environment cargo bench --locked --bench statistics

page-timings: web-installed ## how long pages take on a slow phone, as Markdown for docs/PERFORMANCE.md
	cargo build --release --locked --bin prostor
	scripts/page-timings

load: ## reserve and availability under load on both databases, as Markdown for docs/PERFORMANCE.md
	@scripts/load
