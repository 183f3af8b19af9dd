#!/usr/bin/env bash
# Builds the release server and the site: target/release/onibara and target/site.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
scripts/style.sh
# Views of one type instead of a type each: a fifth less for the browser to download. Server and browser must agree on
# it, or the page that the one has rendered is not what the other expects to take over.
export RUSTFLAGS="${RUSTFLAGS:+$RUSTFLAGS }--cfg erase_components"
cargo leptos build --release -P
