#!/usr/bin/env bash
# Builds the release server and the site: target/release/onibara and target/site.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
scripts/style.sh
cargo leptos build --release -P
