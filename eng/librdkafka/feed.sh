# Asks the configured NuGet feeds for librdkafka.redist. "No such package" and "no answer" are different answers:
# only the first is a reason to build it.
# shellcheck shell=bash

# Keeps the checkout's own props (analyzers, central versions, .setup/feed) out of a project below .setup.
alone=(-p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false -p:ImportDirectoryPackagesProps=false)

feed_has_librdkafka() {
  if came_from_a_feed; then return 0; fi

  say "asking the NuGet feed for librdkafka.redist $librdkafka_version"
  local folder log=$setup_dir/probe.log status=0
  folder=$(work_folder)
  cp -- "$root/eng/librdkafka/probe.csproj" "$folder/"
  dotnet restore "$folder/probe.csproj" -v q "${alone[@]}" -p:LibrdkafkaVersion="$librdkafka_version" \
    >"$log" 2>&1 || status=$?
  rm -rf -- "$folder"

  if ((status == 0)); then return 0; fi
  if grep -q 'NU1301' "$log"; then
    fail "a NuGet feed does not answer:$(sed -n 's/.*NU1301://p' "$log" | head -n 2 | tr -d '\n'); try again when it does"
  fi
  grep -qE 'NU110[12]' "$log" || fail_with_log "$log" "asking the NuGet feed for librdkafka.redist failed"
  return 1
}

# A copy that the machine's cache got from anywhere but a .setup/feed proves that a feed has it.
came_from_a_feed() {
  local cache=${NUGET_PACKAGES:-${HOME:-}/.nuget/packages}/librdkafka.redist/$librdkafka_version/.nupkg.metadata
  [[ -f $cache ]] && ! grep -q '\.setup/feed' "$cache"
}

# A folder for one step, on .setup's own file system, so that its result can be moved into place at once.
work_folder() { mktemp -d -- "$setup_dir/work.XXXXXX"; }
