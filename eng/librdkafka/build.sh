# Builds librdkafka from its unchanged source and packs it as librdkafka.redist into .setup/feed.
# Everything happens in a folder that is thrown away; the package is moved into place as the last act.
# shellcheck shell=bash

packed_file() { printf '%s' "$setup_dir/feed/librdkafka.redist.$librdkafka_version.nupkg"; }

# Packed by the recipe as it is now.
is_packed() { [[ -f $(packed_file) && $(cat -- "$setup_dir/feed/recipe" 2>/dev/null) == "$(recipe)" ]]; }

recipe() { cat -- "$root"/eng/librdkafka/{build.sh,pack.csproj,pack.nuspec,sources.txt} | cksum; }

build_librdkafka() {
  say "no configured feed has librdkafka.redist $librdkafka_version; building it from source"
  librdkafka_rid=$(native_rid)
  check_tools
  local folder
  folder=$(work_folder)
  fetch_source "$folder"
  compile "$folder"
  pack "$folder"
  rm -rf -- "$folder"
}

native_rid() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) echo linux-x64 ;;
    Linux-aarch64) echo linux-arm64 ;;
    *) fail "librdkafka is built here on Linux only (x64, arm64); use a NuGet feed that has librdkafka.redist" ;;
  esac
}

# Names everything that is missing at once, by Debian's package names.
check_tools() {
  local missing=()
  command -v gcc >/dev/null || missing+=(gcc)
  command -v make >/dev/null || missing+=(make)
  command -v npm >/dev/null || missing+=(npm)
  if ! command -v gcc >/dev/null || ! has_header pthread.h; then missing+=(libc6-dev); fi
  if ((${#missing[@]} > 0)); then
    fail "librdkafka has to be built here and needs what is not installed: apt-get install ${missing[*]}"
  fi
}

has_header() { gcc -E -x c - >/dev/null 2>&1 <<<"#include <$1>"; }

fetch_source() {
  local folder=$1 package sum log=$setup_dir/fetch.log
  read -r _ package sum < <(grep "^${librdkafka_version//./\\.} " "$root/eng/librdkafka/sources.txt") ||
    fail "eng/librdkafka/sources.txt names no source for librdkafka $librdkafka_version"

  say "fetching the source from npm: $package"
  (cd -- "$folder" && npm pack --ignore-scripts --loglevel=error "$package") >"$log" 2>&1 ||
    fail_with_log "$log" "npm could not fetch $package"
  sha512sum --check --status <<<"$sum  $(echo "$folder"/*.tgz)" ||
    fail "the tarball of $package is not the one that eng/librdkafka/sources.txt pins"
  tar -xzf "$folder"/*.tgz -C "$folder" package/deps/librdkafka

  local found
  found=$(sed -n 's/^#define RD_KAFKA_VERSION  *0x\(..\)\(..\)\(..\).*/0x\1 0x\2 0x\3/p' \
    "$folder/package/deps/librdkafka/src/rdkafka.h")
  # Three words on purpose.
  # shellcheck disable=SC2086
  found=$(printf '%d.%d.%d' $found)
  [[ $found == "$librdkafka_version" ]] || fail "$package carries librdkafka $found, not $librdkafka_version"
}

compile() {
  local source=$1/package/deps/librdkafka log=$setup_dir/build.log
  say "compiling librdkafka $librdkafka_version, about a minute on two cores"
  # The C++ wrapper is not built, so gcc stands in for a C++ compiler nobody needs; lz4 is librdkafka's own copy.
  (cd -- "$source" && ./configure --no-download --disable-lz4-ext --disable-debug-symbols --cxx=gcc) >"$log" 2>&1 ||
    fail_with_log "$log" "configuring librdkafka failed"
  name_missing_features "$source/config.h"
  make -s -C "$source/src" -j"$(nproc)" librdkafka.so.1 >>"$log" 2>&1 ||
    fail_with_log "$log" "compiling librdkafka failed"
  if command -v strip >/dev/null; then strip --strip-unneeded "$source/src/librdkafka.so.1"; fi
  cp -- "$source/src/librdkafka.so.1" "$1/librdkafka.so"
  cp -- "$source/LICENSES.txt" "$1/"
}

# One line for all that is off: define in config.h | what it gives | package with its header.
name_missing_features() {
  local define feature package off=() packages=()
  while IFS='|' read -r define feature package; do
    grep -q "^#define $define 1" "$1" && continue
    off+=("$feature")
    packages+=("$package")
  done <<'FEATURES'
WITH_ZLIB|gzip|zlib1g-dev
WITH_SSL|TLS and SCRAM|libssl-dev
WITH_ZSTD|zstd|libzstd-dev
WITH_SASL_CYRUS|Kerberos|libsasl2-dev
WITH_CURL|OIDC|libcurl4-openssl-dev
FEATURES
  ((${#off[@]} == 0)) && return
  local list
  list=$(printf ', %s' "${off[@]}")
  say "built without ${list:2}; to have them: apt-get install ${packages[*]}, then ./run setup --again"
}

pack() {
  local folder=$1 log=$setup_dir/pack.log packed
  packed=$(packed_file)
  cp -- "$root"/eng/librdkafka/pack.{csproj,nuspec} "$folder/"
  dotnet pack "$folder/pack.csproj" -v q "${alone[@]}" --output "$folder/out" \
    -p:LibrdkafkaVersion="$librdkafka_version" -p:LibrdkafkaRid="$librdkafka_rid" \
    >"$log" 2>&1 || fail_with_log "$log" "packing librdkafka.redist failed"
  forget_cached_copy
  mkdir -p -- "$setup_dir/feed"
  mv -f -- "$folder/out/${packed##*/}" "$packed"
  recipe >"$setup_dir/feed/recipe"
}

# NuGet never looks again at a version it has cached: an earlier packing would stay in use.
forget_cached_copy() {
  local cached=${NUGET_PACKAGES:-${HOME:-}/.nuget/packages}/librdkafka.redist/$librdkafka_version
  if grep -qs '\.setup/feed' "$cached/.nupkg.metadata"; then rm -rf -- "$cached"; fi
}
