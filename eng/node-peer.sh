# What tests need of npm: kafkajs with its OpenTelemetry instrumentation, and axe-core. Without npm, or
# without its registry, those tests are left out and say so.
# shellcheck shell=bash

# How long npm is not asked again after it could not.
node_peer_rest_minutes=60

setup_node_peer() {
  if ! command -v npm >/dev/null || ! command -v node >/dev/null || is_node_peer_settled; then return; fi
  with_lock "$root/.setup/node-peer.lock" install_node_peer
}

# It is there, or npm has said only lately that it is not to be had.
is_node_peer_settled() {
  local wanted=$root/tests/node-peer/package.json failed=$root/.setup/node-peer.failed
  if [[ -d $root/.setup/node-peer/node_modules ]] && cmp -s -- "$wanted" "$root/.setup/node-peer/package.json"; then return; fi
  [[ -n $(find "$failed" -mmin "-$node_peer_rest_minutes" 2>/dev/null) ]] && cmp -s -- "$wanted" "$failed"
}

install_node_peer() {
  # Whoever had the lock before may have done it.
  if is_node_peer_settled; then return; fi
  local target=$root/.setup/node-peer wanted=$root/tests/node-peer/package.json failed=$root/.setup/node-peer.failed
  say "installing what tests need of npm"
  rm -rf -- "$target" "$target.new"
  mkdir -p -- "$target.new"
  cp -- "$wanted" "$target.new/"
  if (cd -- "$target.new" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock) >"$root/.setup/node-peer.log" 2>&1; then
    rm -f -- "$failed"
    mv -- "$target.new" "$target"
  else
    say "npm could not install it (log: .setup/node-peer.log); those tests are left out. It is asked again" \
      "in $node_peer_rest_minutes minutes, or when .setup/node-peer.failed is gone"
    cp -- "$wanted" "$failed"
    rm -rf -- "$target.new"
  fi
}
