# Packages for a CI machine: what is missing, and only that. ./run itself never installs anything on a machine.
# shellcheck shell=bash

# A real Kafka runs on Java 17 or later.
install_java() {
  local version
  version=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' || true)
  if ((${version:-0} < 17)); then apt_install openjdk-17-jre-headless; fi
}

# The dashboard's tests look at it in a browser; without a font there is nothing to see.
install_chromium() {
  if ! command -v chromium >/dev/null && [[ -z ${THROUGHLINE_CHROMIUM:-} ]]; then apt_install chromium fonts-dejavu-core; fi
}

# Compiler, npm and headers, where no feed has librdkafka.redist.
install_librdkafka_needs() {
  local missing=() header
  mkdir -p -- "$setup_dir"
  # In a subshell: a feed that does not answer ends it, and is ./run's to report.
  if is_set_up || (feed_has_librdkafka) 2>/dev/null; then return; fi

  for tool in gcc make npm; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  for header in pthread.h:libc6-dev zlib.h:zlib1g-dev openssl/ssl.h:libssl-dev zstd.h:libzstd-dev; do
    has_header "${header%:*}" || missing+=("${header#*:}")
  done
  if ((${#missing[@]} > 0)); then apt_install "${missing[@]}"; fi
}

apt_install() {
  local as_root=() log=$setup_dir/apt.log
  mkdir -p -- "$setup_dir"
  say "installing from Debian: $*"
  if (($(id -u) != 0)); then as_root=(sudo -n); fi
  if [[ -z ${apt_updated:-} ]]; then
    "${as_root[@]}" apt-get update -qq >"$log" 2>&1 || true
    apt_updated=yes
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" \
    >>"$log" 2>&1 </dev/null || say "could not install $* (log: $log); going on without"
}
