#!/usr/bin/env bash
# Makes what cargo-leptos takes as it is: style/main.css and all it imports in one file, which it minifies, and
# target/assets, which is public/ with its scripts minified.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
rm -rf target/assets
mkdir -p target
cp -R public target/assets
esbuild style/main.css --bundle --outfile=target/style.css --log-level=warning
esbuild public/*.js --minify --outdir=target/assets --allow-overwrite --log-level=warning
