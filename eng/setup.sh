# What must be there before anything builds: the .NET SDK, and librdkafka's package in a feed.
# Done once; after that a stamp of everything the answer depends on makes it a matter of milliseconds.
# shellcheck shell=bash

# shellcheck source=eng/sdk.sh
source "$root/eng/sdk.sh"
# shellcheck source=eng/librdkafka/feed.sh
source "$root/eng/librdkafka/feed.sh"
# shellcheck source=eng/librdkafka/build.sh
source "$root/eng/librdkafka/build.sh"

setup_dir=$root/.setup
librdkafka_version=$(sed -n 's/.*Include="librdkafka\.redist" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props")

# setup [--again]: --again forgets the last answer, for when a feed or the installed headers changed.
setup() {
  local again=${1:-}
  if [[ $again != --again ]] && is_set_up; then return; fi

  mkdir -p -- "$setup_dir"
  exec 9>"$setup_dir/lock"
  if command -v flock >/dev/null && ! flock -n 9; then
    say "another ./run is setting up here; waiting for it"
    flock 9
  fi
  # Closed for the steps themselves: a build server that outlives them would keep the lock.
  if [[ $again == --again ]] || ! is_set_up; then setup_steps "$again" 9>&-; fi
  exec 9>&-
}

setup_summary() { sed -n '2s/^/run: ready: /p' -- "$setup_dir/stamp" >&2; }

is_set_up() {
  [[ -f $setup_dir/stamp && $(head -n 1 -- "$setup_dir/stamp") == "$(setup_key)" ]] || return 1
  command -v dotnet >/dev/null || return 1
  ! grep -q ' packed$' "$setup_dir/stamp" || [[ -f $(packed_file) ]]
}

# Everything the answer depends on: the scripts, the SDK's pin, the version, and which feeds are configured.
setup_key() {
  local configured=("$root"/[nN]u[gG]et.[cC]onfig "${HOME:-}"/.nuget/NuGet/NuGet.Config)
  {
    printf '%s\n' "$librdkafka_version"
    cat -- "$root/global.json" "$root"/eng/{setup,sdk}.sh "$root"/eng/librdkafka/*
    cat -- "${configured[@]}" 2>/dev/null || true
  } | cksum
}

setup_steps() {
  # What an interrupted run left behind; nobody else is in here.
  rm -rf -- "$setup_dir"/work.*
  if [[ $1 == --again ]]; then rm -rf -- "$setup_dir/feed" "$setup_dir/stamp"; fi
  check_sdk
  local answer
  if [[ ! -f $(packed_file) ]] && feed_has_librdkafka; then
    answer="the feed has it"
  else
    [[ -f $(packed_file) ]] || build_librdkafka
    answer="from .setup/feed, packed"
  fi
  printf '%s\n.NET SDK %s; librdkafka %s, %s\n' \
    "$(setup_key)" "$sdk_version" "$librdkafka_version" "$answer" >"$setup_dir/stamp.new"
  mv -f -- "$setup_dir/stamp.new" "$setup_dir/stamp"
}
