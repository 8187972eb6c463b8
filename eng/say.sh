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

  demo [ARGUMENTS]      run the demo: a shop over Kafka, its traces, its dashboard (demo --help says more)
  test [FILTER] [ARGS]  build everything and run the tests; FILTER is part of a test's name
  build [ARGS]          build everything
  cli [ARGUMENTS]       the throughline command, built from this checkout
  bench [ARGUMENTS]     the benchmarks
  fuzz [ARGUMENTS]      random and mutated input into the propagation codecs
  loss [ARGUMENTS]      200,000 records through a Kafka whose brokers and consumers are killed; none may be lost
                        (loss transactions: every record's output must be there exactly once)
  kill [KILLS [SEED]]   the server is killed while clients send; what was acknowledged must be there once
  serverload ARGUMENTS  load for the server: replay, queries (without arguments it says more)
  stress [ARGUMENTS]    interleaved handlers that do their worst: does a context leak? (--seconds N, --seed S)
  setup [--again]       only what the others do first: look for the SDK, see to librdkafka

Every command does its own set-up. eng/README.md says what that is and how to clear it.
TEXT
}
