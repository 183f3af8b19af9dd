#!/usr/bin/env bash
# Fails where the first load (JavaScript, WebAssembly and style, as Brotli) is over its budget in bytes.
set -euo pipefail
cd "$(dirname "$0")/.."
budget=400000
total=0
for file in target/site/pkg/onibara.*.{js,wasm,css}.br target/site/device.js.br; do
  size=$(stat -c %s "$file")
  printf '%7d bytes  %s\n' "$size" "$(basename "$file" .br)"
  total=$((total + size))
done
printf 'total %7d of %d bytes\n' "$total" "$budget"
[ "$total" -le "$budget" ] || { echo "The first load is over its budget." >&2; exit 1; }
