#!/usr/bin/env bash
# Builds the release server and the site: target/release/onibara and target/site.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
scripts/style.sh
# Views of one type instead of a type each: a fifth less for the browser to download.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg erase_components"
cargo leptos build --release -P
