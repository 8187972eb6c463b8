# How ./run talks: short lines on stderr, so that stdout belongs to the program it runs.
# shellcheck shell=bash

say() { printf 'run: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# The end of a log is where a build says what went wrong; the rest stays in the file.
fail_with_log() {
  local log=$1
  shift
  tail -n 20 -- "$log" >&2
  fail "$* (whole log: $log)"
}

usage() {
  cat <<'TEXT'
usage: ./run COMMAND [ARGUMENTS]

  demo [ARGUMENTS]   run the demo: orders over HTTP and Kafka, each as one trace
  test [FILTER]      build everything and run the tests
  setup [--again]    only do what the others do first: SDK, librdkafka
TEXT
}
