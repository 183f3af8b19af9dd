#!/usr/bin/env bash
# Joins style/main.css and all it imports into the one file that cargo-leptos minifies.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
esbuild style/main.css --bundle --outfile=target/style.css --log-level=warning
