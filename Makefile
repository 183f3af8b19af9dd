# Every target sets up what it needs and is quick the second time. `make run` and `make test` are all you need.
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
.PHONY: run build dev test soak lint fmt bench setup

ENV := source scripts/env.sh

run: build
	$(ENV)
	LEPTOS_HASH_FILES=true target/release/onibara serve --demo

build:
	scripts/setup.sh build
	scripts/build.sh

dev:
	scripts/setup.sh build
	$(ENV)
	scripts/assets.sh
	ONIBARA_DEMO=true cargo leptos watch

test:
	scripts/setup.sh
	scripts/test.sh

soak:
	scripts/setup.sh
	$(ENV)
	PROPTEST_CASES=20000 ONIBARA_SOAK_ROUNDS=10000 scripts/with-postgres.sh cargo nextest run --features ssr

lint:
	scripts/setup.sh build
	$(ENV)
	cargo fmt --check
	cargo clippy --features ssr --all-targets -- -D warnings
	cargo clippy --features hydrate --lib -- -D warnings

fmt:
	scripts/setup.sh build
	$(ENV)
	cargo fmt

bench:
	scripts/setup.sh
	$(ENV)
	# In a folder of its own: its server is built otherwise than that of `make run`, which the browser's half must match.
	scripts/with-postgres.sh cargo bench --target-dir target/bench --features ssr --bench list
