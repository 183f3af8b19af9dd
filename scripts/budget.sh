#!/usr/bin/env bash
# Fails where the first load of the customers page (JavaScript, WebAssembly and style, as Brotli) is over its budget in
# bytes, or what all pages together load.
set -euo pipefail
cd "$(dirname "$0")/.."
sum() {
  local budget=$1 what=$2 total=0 size
  shift 2
  for file in "$@"; do
    size=$(stat -c %s "$file")
    printf '%7d bytes  %s\n' "$size" "$(basename "$file" .br)"
    total=$((total + size))
  done
  printf '%7d of %d bytes: %s\n\n' "$total" "$budget" "$what"
  [ "$total" -le "$budget" ] || { echo "Over its budget: $what." >&2; exit 1; }
}
pkg=target/site/pkg
first=($pkg/onibara.*.{js,wasm,css}.br $pkg/__wasm_split.*.js.br target/site/device.js.br)
sum 320000 "the first load of the customers page" "${first[@]}"
sum 550000 "all pages" "${first[@]}" $pkg/{split_,chunk_}*.wasm.br
