# shellcheck shell=bash disable=SC2034  # the lists are used by name
# SPDX-License-Identifier: Apache-2.0
# Sourced by ./run and ./test: installs what is missing from Debian's packages. Says nothing where
# nothing is missing.

required_packages=(g++ cmake ninja-build pkg-config python3 libsystemc-dev libboost-dev
  libboost-iostreams-dev libtomlplusplus-dev nlohmann-json3-dev libfmt-dev libcli11-dev libgtest-dev
  libgmock-dev zlib1g-dev liblzma-dev libzstd-dev)
# package : what is lost without it
optional_packages=(
  "ccache:        second builds take as long as the first"
  "valgrind:      no trace of a program can be recorded"
  "verilator:     waves are written as VCD only, and no hardware walker can stand in for the model"
  "gtkwave:       waves cannot be looked at"
  "gnuplot-nox:   curves and timelines cannot be drawn"
)
optional_test_packages=(
  "clang-format:  the sources' format is not checked"
  "libbenchmark-dev: the benchmarks are not built"
  "g++-riscv64-linux-gnu: the kernel is not compiled for its other home, nor the probe that asks QEMU's MMU"
  "yosys:         the hardware is neither synthesized nor proven"
  "z3:            the hardware is not proven"
  "qemu-system-misc: the walk is not compared with QEMU's MMU"
)

setup_log=build/setup.log
setup_tried=build/setup.tried  # optional packages that could not be installed before

# Colors only where a person looks.
bold='' red='' plain=''
if [ -t 1 ]; then bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'; fi

step() { printf '%s==> %s%s\n' "$bold" "$*" "$plain"; }
note() { printf '    %s\n' "$*"; }
die() { printf '%s%s%s\n' "$red" "$*" "$plain" >&2; exit 1; }

# quietly LOG COMMAND...: output goes to LOG and is shown only if the command fails.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || { local code=$?; tail -n 60 "$log" >&2; note "the whole log: $log" >&2; return "$code"; }
}

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# missing PACKAGE...: those that are not installed.
missing() {
  local package
  for package in "$@"; do installed "$package" || echo "$package"; done
}

# as_root COMMAND...: runs it as root; sudo asks for a password only where someone can answer.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

can_be_root() {
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"; }

install() { apt install -y --no-install-recommends "$@" >>"$setup_log" 2>&1; }

# setup [LIST...]: all required packages, and the optional ones of the named lists (arrays).
setup() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    note "This is not a Debian system: install what these packages hold yourself, if it is missing:"
    note "${required_packages[*]}"
    return 0
  fi
  local optional=() list entry needed wanted
  for list in "$@"; do
    local -n entries=$list
    for entry in "${entries[@]}"; do optional+=("${entry%%:*}"); done
  done
  mapfile -t needed < <(missing "${required_packages[@]}")
  mapfile -t wanted < <(missing "${optional[@]}")
  [ ${#needed[@]} -gt 0 ] || [ ${#wanted[@]} -gt 0 ] || return 0
  mkdir -p build
  # What could not be had last time is not asked for again, only named.
  if [ ${#needed[@]} -gt 0 ] || [ "$(cat "$setup_tried" 2>/dev/null)" != "${wanted[*]}" ]; then
    install_missing
  fi
  mapfile -t wanted < <(missing "${optional[@]}")
  echo "${wanted[*]}" >"$setup_tried"
  for list in "$@"; do name_losses "$list" "${wanted[@]}"; done
}

# Uses setup's lists `needed` and `wanted`.
install_missing() {
  local all=("${needed[@]}" "${wanted[@]}")
  local by_hand="apt-get install --no-install-recommends ${all[*]}"
  if ! can_be_root; then
    [ ${#needed[@]} -eq 0 ] && return 0
    die "Packages are missing and there is no way to become root. As root, run:
    $by_hand"
  fi
  step "Installing from Debian's packages: ${all[*]}"
  : >"$setup_log"
  apt update >>"$setup_log" 2>&1 || note "the package lists could not be renewed (see $setup_log)"
  install "${all[@]}" && return 0
  # One optional package that this machine cannot have must not keep the rest away.
  local package
  if [ ${#needed[@]} -gt 0 ] && ! install "${needed[@]}"; then
    tail -n 15 "$setup_log" >&2
    die "These packages are needed and could not be installed (no network?): $(missing "${needed[@]}" | xargs)
The whole log: $setup_log. Once they can be had:
    $by_hand"
  fi
  for package in "${wanted[@]}"; do install "$package" || true; done
}

# name_losses LIST MISSING...: what the missing packages of one optional list mean.
name_losses() {
  local -n entries=$1
  shift
  local entry package loss
  for entry in "${entries[@]}"; do
    for package in "$@"; do
      [ "${entry%%:*}" = "$package" ] || continue
      read -r loss <<<"${entry#*:}"
      note "without $package: $loss"
    done
  done
}

# configure PRESET and build PRESET [TARGET...]
configure() {
  [ -f "build/$1/build.ninja" ] || step "Configuring build/$1"
  quietly "build/$1.configure.log" cmake --preset "$1"
}

build() {
  local preset=$1 targets=()
  shift
  [ $# -eq 0 ] || targets=(--target "$@")
  if [ -t 1 ]; then
    NINJA_STATUS="    [%f/%t %es] " cmake --build --preset "$preset" "${targets[@]}"
  else
    quietly "build/$preset.build.log" cmake --build --preset "$preset" "${targets[@]}"
  fi
}
