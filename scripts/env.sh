# Sourced by the Makefile's recipes and the other scripts: puts the project's tools on PATH, nothing else.
ONIBARA_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Tools are built once a user, not once a clone: compiling them takes longer than compiling Onibara.
ONIBARA_TOOLS=${ONIBARA_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/onibara/tools}
export ONIBARA_ROOT ONIBARA_TOOLS
export PATH="$ONIBARA_TOOLS/bin:$ONIBARA_ROOT/end2end/node_modules/.bin:$PATH"

# Set-up writes this file when the default toolchain is too old or cannot compile to WebAssembly.
if [ -f "$ONIBARA_TOOLS/toolchain" ]; then
  case "$(cat "$ONIBARA_TOOLS/toolchain")" in
    rustup) export RUSTUP_TOOLCHAIN=onibara ;;
    system) export PATH="/usr/bin:$PATH" ;;
  esac
fi
