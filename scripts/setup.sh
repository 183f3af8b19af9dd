#!/usr/bin/env bash
# Installs what building, running and testing Onibara need and this machine lacks. Safe to run again: it does
# nothing where everything is there. `setup.sh build` leaves out what only the tests need.
set -euo pipefail
source "$(dirname "$0")/env.sh"
cd "$ONIBARA_ROOT"
want=${1:-all}
min_rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
cargo_leptos=0.3.11
wasm_bindgen=$(grep -A1 '^name = "wasm-bindgen"$' Cargo.lock | sed -n 's/^version = "\(.*\)"/\1/p')
wasm=wasm32-unknown-unknown

say() { printf '\033[2m[set-up]\033[0m %s\n' "$*"; }
fail() { printf '[set-up] %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; }

apt_updated=
apt_install() {
  have apt-get || fail "These packages are missing and apt-get is not here to install them: $*"
  say "installing Debian packages: $*"
  if [ -z "$apt_updated" ]; then as_root apt-get update -qq || true; apt_updated=1; fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null \
    || fail "Could not install: $*"
}

rust_version() { rustc --version 2>/dev/null | awk '{print $2}'; }
has_wasm_std() { compgen -G "$(rustc --print target-libdir --target "$wasm" 2>/dev/null)/libstd-*.rlib" >/dev/null; }
# The release build compiles the standard library anew for the browser (scripts/build.sh).
has_std_source() { [ -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/std" ]; }
rust_ready() { have rustc && at_least "$min_rust" "$(rust_version)" && has_wasm_std && has_std_source; }

# Debian carries a current Rust for its browsers; its standard library for WebAssembly is built from its own source.
debian_rust() {
  apt_install rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web
  local llvm; llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  have "lld-$llvm" || apt_install "lld-$llvm"
  at_least "$min_rust" "$(/usr/bin/rustc --version | awk '{print $2}')" \
    || fail "Rust $min_rust or newer is needed; install it with rustup (https://rustup.rs)."
  as_root mkdir -p /usr/lib/rustlib/x86_64-unknown-linux-gnu/bin
  as_root ln -sf "/usr/bin/lld-$llvm" /usr/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld
  mkdir -p "$ONIBARA_TOOLS"
  if have rustup; then
    rustup toolchain link onibara /usr
    echo rustup >"$ONIBARA_TOOLS/toolchain"
  else
    echo system >"$ONIBARA_TOOLS/toolchain"
  fi
  source scripts/env.sh
  has_wasm_std || build_wasm_std
}

build_wasm_std() {
  say "building the standard library for WebAssembly (a minute)"
  local dir; dir=$(mktemp -d)
  mkdir -p "$dir/src"
  printf '#![no_main]\n' >"$dir/src/lib.rs"
  printf '[package]\nname = "empty"\nedition = "2024"\n[lib]\ncrate-type = ["cdylib"]\n[profile.release]\npanic = "abort"\n' >"$dir/Cargo.toml"
  (cd "$dir" && RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_DIR="$dir/target" CARGO_PROFILE_RELEASE_OPT_LEVEL=z \
    /usr/bin/cargo build --release --quiet -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size --target "$wasm") || fail "Could not build the standard library for $wasm."
  local to=/usr/lib/rustlib/$wasm/lib
  as_root mkdir -p "$to"
  find "$dir/target/$wasm/release/deps" \( -name '*.rlib' -o -name '*.rmeta' \) ! -name '*empty*' -exec cp {} "$dir/" \;
  as_root cp "$dir"/*.rlib "$dir"/*.rmeta "$to/"
  rm -rf "$dir"
}

set_up_rust() {
  have cc || apt_install gcc libc6-dev
  rust_ready && return
  if have rustup && at_least "$min_rust" "$(rust_version)"; then
    say "adding the WebAssembly target to the Rust toolchain"
    timeout 180 rustup target add "$wasm" && timeout 180 rustup component add rust-src && rust_ready && return
  fi
  say "Rust $min_rust with a WebAssembly target is not here yet: taking Debian's"
  debian_rust
}

set_up_cargo_tools() {
  if [ "$(cargo-leptos --version 2>/dev/null | awk '{print $NF}')" != "$cargo_leptos" ]; then
    say "building cargo-leptos $cargo_leptos (about eight minutes, once)"
    # Not optimised: it drives the compiler just as fast and takes less than a third of the time to build itself.
    env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=none \
      cargo install cargo-leptos --version "$cargo_leptos" --locked --features no_downloads --debug \
      --quiet --root "$ONIBARA_TOOLS"
  fi
  if [ "$(wasm-bindgen --version 2>/dev/null | awk '{print $2}')" != "$wasm_bindgen" ]; then
    say "building wasm-bindgen $wasm_bindgen (two minutes, once)"
    # Without --locked: the lock file published with it names a crate that has been withdrawn.
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
      cargo install wasm-bindgen-cli --version "$wasm_bindgen" --bin wasm-bindgen --quiet --root "$ONIBARA_TOOLS"
  fi
}

set_up_node() {
  have node && at_least 20 "$(node --version | tr -d v)" || fail "Node.js 20 or newer is needed (https://nodejs.org)."
  if [ ! -f end2end/node_modules/.package-lock.json ] || [ end2end/package-lock.json -nt end2end/node_modules/.package-lock.json ]; then
    say "installing the npm packages of end2end/package-lock.json"
    (cd end2end && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
    touch end2end/node_modules/.package-lock.json
  fi
}

set_up_test_tools() {
  have cargo-nextest || { say "building cargo-nextest"; cargo install cargo-nextest --locked --quiet --root "$ONIBARA_TOOLS"; }
  have chromium || have google-chrome || apt_install chromium
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || have initdb || apt_install postgresql
}

set_up_rust
set_up_cargo_tools
set_up_node
[ "$want" = build ] || set_up_test_tools
