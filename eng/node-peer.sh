# kafkajs and its OpenTelemetry instrumentation, for the tests that exchange records with another language. Without npm, or
# without its registry, those tests are left out and say so.
# shellcheck shell=bash

setup_node_peer() {
  local target=$root/.setup/node-peer wanted=$root/tests/node-peer/package.json
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then return; fi
  if [[ -d $target/node_modules ]] && cmp -s -- "$wanted" "$target/package.json"; then return; fi

  say "installing the Node.js peer of the interoperability tests"
  rm -rf -- "$target" "$target.new"
  mkdir -p -- "$target.new"
  cp -- "$wanted" "$target.new/"
  if (cd -- "$target.new" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock) >"$root/.setup/node-peer.log" 2>&1; then
    mv -- "$target.new" "$target"
  else
    say "npm could not install it (log: .setup/node-peer.log); those tests are left out"
    rm -rf -- "$target.new"
  fi
}
