# Runs every test project and adds them up. The last line is "N passed, N failed", whatever happened.
# shellcheck shell=bash

results=$root/TestResults

# run_tests [FILTER] [dotnet test ARGUMENTS]: FILTER is part of a test's full name, or a VSTest filter expression.
run_tests() {
  local arguments=() projects=() project
  if (($# > 0)) && [[ $1 != -* ]]; then
    if [[ $1 == *[=~]* ]]; then arguments+=(--filter "$1"); else arguments+=(--filter "FullyQualifiedName~$1"); fi
    shift
  fi
  arguments+=("$@")

  # A set-up or a build that fails is a failure too, and whoever reads only the last line must see it.
  trap 'echo "0 passed, 1 failed"' EXIT
  build_solution
  trap - EXIT
  setup_node_peer

  rm -rf -- "$results"
  mkdir -p -- "$results"
  # Tests that cannot run here (no real Kafka, say) append a line to this file that says what and why.
  export THROUGHLINE_LEFT_OUT=$results/left-out.txt
  : >"$THROUGHLINE_LEFT_OUT"

  passed=0 failed=0 skipped=0
  mapfile -t projects < <(sed -n 's/.*Path="tests\/.*\/\([^"]*\.Tests\)\.csproj".*/\1/p' "$root/Throughline.slnx")
  for project in "${projects[@]}"; do run_test_project "$project" "${arguments[@]}"; done
  sum_up
}

run_test_project() {
  local name=$1 status=0
  shift
  say "testing $name"
  # Without the runner's greetings; failures come through whole, as they happen.
  dotnet test "$root/tests/$name/bin/Debug/net10.0/$name.dll" --results-directory "$results" \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" "$@" |
    sed -u -e '/^VSTest version /d' -e '/^Starting test execution/d' -e '/^A total of /d' -e '/^Results File:/d' \
      -e '/^No test matches the given/d' -e '/All tests finished running, Sequence file/d' -e '/^$/d' || status=$?
  count "$name" "$results/$name.trx" "$status"
}

# A test host that crashed reports only the tests that ended before; the crash itself is a failure beside theirs.
count() {
  local name=$1 trx=$2 status=$3 total=0 executed=0 succeeded=0
  if [[ -f $trx ]]; then
    read -r total executed succeeded < <(
      sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)".*/\1 \2 \3/p' "$trx"
    ) || true
  fi
  passed=$((passed + succeeded))
  failed=$((failed + executed - succeeded))
  skipped=$((skipped + total - executed))

  if grep -qsE '<Text>.*(\[FATAL ERROR\]|test run was aborted)' "$trx" || ((status != 0 && executed == succeeded)); then
    if [[ -f $trx ]]; then sed -n '/<StdOut>/,/<\/StdOut>/p' "$trx" | grep -v '^ *<\|^\[xUnit.net ' | tail -n 40 || true; fi
    say "$name broke off before its end (exit code $status): that counts as one failure"
    failed=$((failed + 1))
  fi
}

sum_up() {
  sort -u -- "$THROUGHLINE_LEFT_OUT" | sed 's/^/left out: /'
  if ((passed + failed == 0)); then say "no test ran"; fi
  local also=
  if ((skipped > 0)); then also=", $skipped skipped"; fi
  printf '%d passed, %d failed%s\n' "$passed" "$failed" "$also"
  ((failed == 0 && passed > 0))
}
