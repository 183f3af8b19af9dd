#!/usr/bin/env bash
# Fails where the first load (JavaScript, WebAssembly and style, as Brotli) is over its budget in bytes.
set -euo pipefail
cd "$(dirname "$0")/.."
budget=400000
total=0
for kind in js wasm css; do
  file=$(ls target/site/pkg/onibara.*."$kind".br | head -n1)
  size=$(stat -c %s "$file")
  printf '%-5s %7d bytes\n' "$kind" "$size"
  total=$((total + size))
done
printf 'total %7d of %d bytes\n' "$total" "$budget"
[ "$total" -le "$budget" ] || { echo "The first load is over its budget." >&2; exit 1; }
