#!/usr/bin/env bash
# Everything that must hold: format and lints, unit and integration tests on both databases, the size of what a
# browser loads, and the pages in Chromium, with JavaScript and without.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh

step() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

step "Format"
cargo fmt --check

# A crate of this size keeps one processor busy for minutes: what the pages need is built beside what the tests need.
set -m
log=$(mktemp)
scripts/build.sh >"$log" 2>&1 &
release=$!
set +m
trap 'kill -- -$release 2>/dev/null || true; rm -f "$log"' EXIT

step "Lints"
cargo clippy --features ssr --all-targets -- -D warnings
cargo clippy --features hydrate --lib -- -D warnings
step "Compilation of the tests"
cargo nextest run --features ssr --no-run
step "Release build"
wait "$release" || { cat "$log" >&2; exit 1; }
step "Unit and integration tests, on SQLite and PostgreSQL"
scripts/with-postgres.sh cargo nextest run --features ssr
step "First load"
scripts/budget.sh
step "Pages in Chromium"
(cd end2end && npm test --silent)
