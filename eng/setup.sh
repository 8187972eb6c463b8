# What must be there before anything builds: the .NET SDK, and librdkafka's package in a feed.
# Done once; after that a stamp of everything the answer depends on makes it a matter of milliseconds.
# shellcheck shell=bash

setup_dir=$root/.setup
librdkafka_version=$(sed -n 's/.*Include="librdkafka\.redist" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props")

# setup [--again]: --again forgets the last answer, for when a feed or the installed headers changed.
setup() {
  local again=${1:-}
  if [[ $again != --again ]] && is_set_up; then return; fi

  mkdir -p -- "$setup_dir"
  with_lock "$setup_dir/lock" setup_steps "$again"
}

setup_summary() { say "ready: $(sed -n 3p -- "$setup_dir/stamp")"; }

# The stamp: the key, then `feed` or `packed`, then a line for people.
is_set_up() {
  local key answer
  { read -r key && read -r answer; } 2>/dev/null <"$setup_dir/stamp" || return 1
  [[ $key == "$(setup_key)" ]] && command -v dotnet >/dev/null && { [[ $answer == feed ]] || is_packed; }
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
  if [[ $1 != --again ]] && is_set_up; then return; fi
  check_sdk

  local answer=packed text="packed into .setup/feed"
  # What is there stays in use until something newer can take its place.
  if [[ $1 == --again ]] || ! is_packed; then
    if feed_has_librdkafka; then
      answer=feed text="from the feed"
      rm -rf -- "$setup_dir/feed"
    else
      build_librdkafka
    fi
  fi
  printf '%s\n' "$(setup_key)" "$answer" ".NET SDK $sdk_version; librdkafka $librdkafka_version, $text" \
    >"$setup_dir/stamp.new"
  mv -f -- "$setup_dir/stamp.new" "$setup_dir/stamp"
}
