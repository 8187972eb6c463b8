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

  trap interrupted INT
  passed=0 failed=0 skipped=0
  mapfile -t projects < <(sed -n 's/.*Path="tests\/.*\/\([^"]*\.Tests\)\.csproj".*/\1/p' "$root/Throughline.slnx")
  for project in "${projects[@]}"; do run_test_project "$project" "${arguments[@]}"; done
  sum_up
}

# Ctrl-C means all projects, not only the one that runs; and a host whose test hangs outlives the runner. Hosts get a
# few seconds to stop what they started.
interrupted() {
  trap '' INT TERM
  say "interrupted"
  if (($(ps -o pgid= -p $$) == $$)); then
    for _ in {1..50}; do
      pgrep -g $$ -f "$root/tests/" >/dev/null || break
      sleep 0.1
    done
    kill -TERM 0
  fi
  exit 130
}

run_test_project() {
  local name=$1 status=0
  shift
  say "testing $name"
  # Without the runner's greetings, and skipped tests by their reasons only (see sum_up); failures come through whole,
  # as they happen.
  dotnet test "$root/tests/$name/bin/Debug/net10.0/$name.dll" --results-directory "$results" \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" "$@" |
    sed -u -e '/^VSTest version /d' -e '/^Starting test execution/d' -e '/^A total of /d' -e '/^Results File:/d' \
      -e '/ \[SKIP\]$/d' -e '/^  Skipped /d' -e '/^No test matches the given/d' -e '/All tests finished running, Sequence file/d' -e '/^$/d' || status=$?
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
    if [[ -f $trx ]]; then host_output "$trx"; fi
    say "$name broke off before its end (exit code $status): that counts as one failure"
    failed=$((failed + 1))
  fi
}

# What a crash says about itself comes first; the rest of its stack is in the file.
host_output() {
  sed -n '/<StdOut>/,/<\/StdOut>/p' "$1" | grep -v '^ *<\|^\[xUnit.net ' | sed -n 1,12p | unescape || true
  say "all of it: $1"
}

# Each reason for skipping once, with the number of tests behind it.
skip_reasons() {
  cat -- "$results"/*.trx 2>/dev/null | awk '
    /<UnitTestResult / { is_skipped = / outcome="NotExecuted"/ }
    is_skipped && /<Message>/ { gsub(/^ *<Message>|<\/Message>.*/, ""); tests[$0]++; is_skipped = 0 }
    END { for (reason in tests) printf "skipped %d: %s\n", tests[reason], reason }' |
    unescape | sort
}

unescape() { sed -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&amp;/\&/g'; }

sum_up() {
  skip_reasons
  sort -u -- "$THROUGHLINE_LEFT_OUT" | sed 's/^/left out: /'
  if ((passed + failed == 0)); then say "no test ran"; fi
  local also=
  if ((skipped > 0)); then also=", $skipped skipped"; fi
  printf '%d passed, %d failed%s\n' "$passed" "$failed" "$also"
  ((failed == 0 && passed > 0))
}
