#!/usr/bin/env bash
# Runs a command with TEST_DATABASE_URL naming a throw-away PostgreSQL server, which is gone afterwards.
# A TEST_DATABASE_URL that is already set is used instead.
set -euo pipefail
[ -n "${TEST_DATABASE_URL:-}" ] && exec "$@"

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
dir=$(mktemp -d)
# The server refuses to run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$dir"
stop() {
  as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap stop EXIT

cd "$dir"
as_owner "$bin/initdb" -D "$dir/data" -U onibara --auth=trust --locale=C.UTF-8 -E UTF8 >/dev/null
as_owner "$bin/pg_ctl" -D "$dir/data" -s -w -l "$dir/log" -o \
  "-k $dir -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" start >/dev/null \
  || { cat "$dir/log" >&2; exit 1; }
cd - >/dev/null
export TEST_DATABASE_URL="postgres://onibara@localhost/postgres?host=$dir"
"$@"
