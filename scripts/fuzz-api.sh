#!/usr/bin/env bash
# Sends the API thousands of requests made from its own document, good and bad, on both databases: no answer may be a
# failure, and every answer must be what the document says. Needs schemathesis 4 (`pip install schemathesis`).
#   scripts/fuzz-api.sh [EXAMPLES]      how many for each operation; 300 unless said
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
command -v schemathesis >/dev/null || { echo "schemathesis is missing: pip install schemathesis" >&2; exit 1; }
examples=${1:-300}
cargo build --features ssr --bin onibara

fuzz() {
  local url=$1 port=$2 dir
  dir=$(mktemp -d)
  DATABASE_URL=$url target/debug/onibara serve --demo --addr "127.0.0.1:$port" >"$dir/log" 2>&1 &
  local server=$! base="http://127.0.0.1:$port"
  trap 'kill $server 2>/dev/null || true' EXIT
  for _ in $(seq 300); do curl -fsS "$base/readyz" >/dev/null 2>&1 && break; sleep 0.5; done
  curl -fsS -c "$dir/cookies" -o /dev/null -H 'Accept: application/json' "$base/api/sign_in" \
    --data-urlencode email=owner@demo.shop --data-urlencode password=plenty-of-orders
  curl -fsS -b "$dir/cookies" -c "$dir/cookies" -o /dev/null -H 'Accept: application/json' "$base/api/make_key" \
    --data-urlencode name=fuzz --data-urlencode 'scopes[]=orders:write' --data-urlencode 'scopes[]=orders:read' \
    --data-urlencode 'scopes[]=customers:read'
  local key
  key=$(awk '$6 == "onibara-key" { print $7 }' "$dir/cookies")
  # 207 refuses some of several orders, so it is a refusal too.
  cat >"$dir/schemathesis.toml" <<TOML
base-url = "$base/api/v1"
headers = { Authorization = "Bearer $key" }
[checks]
positive_data_acceptance.enabled = false
negative_data_rejection.expected-statuses = ["207", "400", "401", "403", "404", "406", "409", "413", "415", "422", "429"]
TOML
  echo "== ${url%%:*}"
  schemathesis --config-file "$dir/schemathesis.toml" run "$base/api/v1/openapi.json" --max-examples "$examples" \
    --phases examples,coverage,fuzzing,stateful --continue-on-failure
  kill $server; wait $server 2>/dev/null || true
  trap - EXIT
  rm -rf "$dir"
}
export -f fuzz
export examples

folder=$(mktemp -d)
fuzz "sqlite:$folder/fuzz.db" 4611
rm -rf "$folder"
scripts/with-postgres.sh bash -c 'set -euo pipefail; fuzz "$TEST_DATABASE_URL" 4612'
