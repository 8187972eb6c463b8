# One ./run at a time where two would tread on each other: set-up and builds.
# shellcheck shell=bash

# with_lock FILE COMMAND...
with_lock() {
  local file=$1
  shift
  exec 9>"$file"
  if command -v flock >/dev/null && ! flock -n 9; then
    say "another ./run is at work in this checkout; waiting for it"
    flock 9
  fi
  # Closed for the command itself: a build server that outlives it would keep the lock.
  "$@" 9>&-
  exec 9>&-
}
