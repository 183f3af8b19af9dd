#!/usr/bin/env bash
# Builds the release server and the site: target/release/onibara and target/site.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
scripts/assets.sh
# Views of one type instead of a type each: a fifth less for the browser to download. Server and browser must agree on
# it, or the page that the one has rendered is not what the other expects to take over.
flags="${RUSTFLAGS:+$RUSTFLAGS }--cfg erase_components"
# In the browser a panic is the end of the page whatever it says, and its links and forms go on as without JavaScript:
# what would word it is left out, of the standard library too, which is 26 kB less to download. The options for it are
# not stable yet; only the browser's half is built with them.
env -u RUSTFLAGS RUSTC_BOOTSTRAP=1 \
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$flags -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none" \
  cargo leptos build --release -P --frontend-only --split \
  --lib-cargo-args="-Zbuild-std=std,panic_abort" --lib-cargo-args="-Zbuild-std-features=optimize_for_size"
RUSTFLAGS="$flags" cargo leptos build --release -P --server-only
