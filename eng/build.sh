# Builds quietly: one line of progress, errors in full. What has not changed since the last good build is not even
# evaluated again: a fingerprint of every input (name, size, time) beside the project's own obj says so.
# shellcheck shell=bash

# build_solution [dotnet build ARGUMENTS]
build_solution() {
  setup
  build "$root/Throughline.slnx" Debug "$root/obj/run" "$@"
}

# run_project PROJECT CONFIGURATION [ARGUMENTS]: the program takes this shell's place, so signals and exit code are its own.
run_project() {
  local project=$root/$1/${1##*/}.csproj configuration=$2 stamp=$root/$1/obj/run/$2
  shift 2
  [[ -f $project ]] || fail "${project#"$root"/} is not in this checkout"
  setup
  build "$project" "$configuration" "${stamp%/*}"
  exec dotnet "$(tail -n 1 -- "$stamp")" "$@"
}

# build PROJECT CONFIGURATION STAMP_FOLDER [ARGUMENTS]
build() {
  local project=$1 configuration=$2 stamp=$3/$2
  shift 3
  if is_built "$stamp"; then return; fi
  mkdir -p -- "${stamp%/*}" "$root/obj"
  with_lock "$root/obj/lock" build_unless_built "$project" "$configuration" "$stamp" "$@"
}

build_unless_built() {
  local project=$1 configuration=$2 stamp=$3 inputs log=$3.log
  shift 3
  if is_built "$stamp"; then return; fi
  say "building ${project#"$root"/}"
  # Taken before the build: an edit during it is one the next run must see.
  inputs=$(fingerprint)
  rm -f -- "$stamp"
  if ! dotnet build "$project" --configuration "$configuration" -v q --nologo "$@" >"$log" 2>&1; then
    # MSBuild says each error a second time in its summary.
    awk '!seen[$0]++' "$log" >&2
    fail "the build failed"
  fi
  {
    printf '%s\n' "$inputs"
    target_of "$project" "$configuration"
  } >"$stamp.new"
  mv -f -- "$stamp.new" "$stamp"
}

# The program a project builds; a solution has none.
target_of() {
  if [[ $1 == *.csproj ]]; then
    dotnet msbuild "$1" -nologo -getProperty:TargetPath "-p:Configuration=$2"
  else
    printf '%s\n' "$1"
  fi
}

is_built() {
  local stamp=$1
  [[ -f $stamp && -f $(tail -n 1 -- "$stamp") && $(head -n 1 -- "$stamp") == "$(fingerprint)" ]]
}

fingerprint() {
  (
    cd -- "$root" || exit
    head -n 1 -- .setup/stamp
    find . -maxdepth 1 -type f -exec stat -c '%n %s %y' {} +
    # A folder of these that does not exist yet is not a fault.
    find src samples tests bench -type d \( -name bin -o -name obj \) -prune -o -type f -exec stat -c '%n %s %y' {} + \
      2>/dev/null || true
  ) | sort | cksum
}
