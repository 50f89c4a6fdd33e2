# Sourced by ./outagesim, ./test, ./bench and .ci/run, which set `root`. Here
# stand the one list of Debian packages, how they are installed, and how a preset is
# built under a lock. Everything is said on stderr: stdout is the product's.
# Whatever goes wrong here ends with exit code 4, "the surroundings".

run_packages=(cmake g++ ninja-build libboost-dev libboost-program-options-dev
  libeigen3-dev libtomlplusplus-dev librandom123-dev nlohmann-json3-dev
  zlib1g-dev libhowardhinnant-date-dev tzdata libopenmpi-dev openmpi-bin)
test_packages=(libgtest-dev libgmock-dev)
bench_packages=(libbenchmark-dev valgrind)
# Solves what is exported, in a test that is skipped where it is missing: not
# every Debian has it.
peer_packages=(scram)
# Simulators of others, which ./bench asks the same and leaves out where they are
# missing.
bench_peer_packages=(libsimgrid-dev python3-simpy3)
# A Slurm of one node and a reader of manifests, for tests that are skipped where
# they are missing.
cluster_packages=(slurmctld slurmd slurm-client munge python3-yaml)
lint_packages=(clang-format-19 clang-tidy-19 git)
browser_packages=(chromium fonts-noto-core)
node_packages=(nodejs npm) # unless node and npm come from elsewhere
notebook_packages=(python3-nbconvert python3-ipykernel python3-pandas
  python3-matplotlib)

# What stands for these packages on a system without apt.
needed_commands=(cmake ninja c++ flock)
needed_headers=(boost/graph/graph_traits.hpp boost/program_options.hpp
  Eigen/Core toml++/toml.h Random123/philox.h nlohmann/json.hpp zlib.h
  date/tz.h)
test_headers=(gtest/gtest.h gmock/gmock.h)

logs=$root/build/logs

say() { printf 'outagesim: %s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 4
}

interrupted() {
  echo >&2
  say "interrupted; the same command goes on from here"
  exit "$1"
}

# Parallel compilations: one a core, but none without 1.5 GB of memory to it.
job_count() {
  local cores kilobytes
  cores=$(nproc 2>/dev/null || echo 2)
  kilobytes=$(awk '/^MemAvailable/ {print $2}' /proc/meminfo 2>/dev/null)
  local fitting=$((${kilobytes:-4000000} / 1500000))
  ((fitting < cores)) && cores=$fitting
  echo $((cores > 0 ? cores : 1))
}

# One set-up at a time. A build that survives its killed caller keeps the lock,
# for it inherits the descriptor.
take_lock() {
  mkdir -p "$logs" 2>/dev/null && [[ -w $logs ]] ||
    fail "cannot write to $root/build"
  command -v flock >/dev/null || fail "missing: the command flock (util-linux)"
  exec 9>"$root/build/.lock" || fail "cannot write to $root/build"
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP
  if ! flock --nonblock 9; then
    say "waiting for another call that is setting up here ..."
    flock 9 || fail "cannot lock $root/build/.lock"
  fi
}

release_lock() {
  exec 9>&-
  trap - INT TERM HUP
}

missing_packages() {
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
      awk '$2 == "installed" {print $1}' | sort -u)
}

missing_headers() {
  local header
  for header in "$@"; do
    printf '#if !__has_include(<%s>)\n%s\n#endif\n' "$header" "$header"
  done | c++ -std=c++20 -E -P -x c++ - 2>/dev/null | grep -v '^$'
}

# REQUIRES: take_lock. Does nothing when all is there.
install_packages() {
  command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || {
    check_without_apt "$@"
    return
  }
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  local install=(apt-get install -y --no-install-recommends)
  if ((EUID != 0)); then
    [[ -n ${OUTAGESIM_SKIP_PACKAGES:-} ]] && return 0
    say "these Debian packages are missing: ${missing[*]}"
    say "install them with this command (and should apt not find them, with"
    say "'sudo apt-get update' before it), then try again:"
    printf '\n  sudo %s %s\n\n' "${install[*]}" "${missing[*]}" >&2
    fail "(with OUTAGESIM_SKIP_PACKAGES=1 it builds with what is there)"
  fi
  say "installing ${#missing[@]} Debian packages, up to 100 MB: ${missing[*]}"
  local log=$logs/packages.log
  export DEBIAN_FRONTEND=noninteractive
  install+=(-o DPkg::Lock::Timeout=600)
  "${install[@]}" "${missing[@]}" </dev/null >"$log" 2>&1 && return
  say "refreshing the package lists"
  apt-get update </dev/null >>"$log" 2>&1
  "${install[@]}" "${missing[@]}" </dev/null >>"$log" 2>&1 && return
  tail -n 15 "$log" >&2
  fail "could not install the packages; the whole log is $log"
}

# Those of the packages that apt knows here. REQUIRES: apt.
known_packages() {
  local package
  for package in "$@"; do
    apt-cache show "$package" >/dev/null 2>&1 && echo "$package"
  done
  return 0
}

# Installs those of the packages that it can; none of them is needed.
# REQUIRES: take_lock.
install_if_possible() {
  command -v apt-cache >/dev/null && ((EUID == 0)) || return 0
  local known
  mapfile -t known < <(known_packages "$@")
  ((${#known[@]} == 0)) || install_packages "${known[@]}"
}

check_without_apt() {
  local command headers=("${needed_headers[@]}") missing=()
  [[ " $* " == *" libgtest-dev "* ]] && headers+=("${test_headers[@]}")
  for command in "${needed_commands[@]}"; do
    command -v "$command" >/dev/null || missing+=("the command $command")
  done
  if command -v c++ >/dev/null; then
    local header
    while read -r header; do
      missing+=("the header <$header>")
    done < <(missing_headers "${headers[@]}")
  fi
  ((${#missing[@]})) || return 0
  say "there is no apt here, and this is missing:"
  printf '  %s\n' "${missing[@]}" >&2
  fail "install what provides it, then try again"
}

# build_preset PRESET TARGET: configures where needed and builds. The stamp
# `.built` bears the time at which the successful build began.
# REQUIRES: take_lock.
build_preset() {
  local preset=$1 target=$2 build=$root/build/$1 log=$logs/$1.log
  forget_moved_build "$build"
  mkdir -p "$build" && : >"$build/.building" || fail "cannot write to $build"
  local first=
  [[ -e $build/.built ]] || first=' (the first build takes a few minutes)'
  say "building $preset$first"
  local begin=$SECONDS
  configure "$preset" "$build" >"$log" 2>&1 &&
    cmake --build "$build" --target "$target" --parallel "$(job_count)" 2>&1 |
    tee -a "$log" | show_progress
  if [[ ${PIPESTATUS[*]} != "0 0 0" ]]; then
    grep -E -A 12 'FAILED|error|Error' "$log" | head -n 40 >&2
    fail "the build failed; the whole log is $log"
  fi
  mv "$build/.building" "$build/.built"
  say "built $preset in $((SECONDS - begin)) s"
}

configure() {
  [[ -e $2/build.ninja ]] || cmake -S "$root" --preset "$1"
}

# CMake refuses a build folder whose source tree was moved or copied.
forget_moved_build() {
  local cache=$1/CMakeCache.txt
  [[ -e $cache ]] || return 0
  grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache" || rm -rf "$1"
}

# Ninja's "[3/40]" lines: one line that renews itself on a terminal, else a
# line each quarter of the way.
show_progress() {
  local line done total quarter=0
  while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    done=${BASH_REMATCH[1]} total=${BASH_REMATCH[2]}
    if [[ -t 2 ]]; then
      printf '\r\033[Koutagesim: %d of %d' "$done" "$total" >&2
    elif ((total > 8 && done * 4 / total > quarter)); then
      quarter=$((done * 4 / total))
      say "$done of $total"
    fi
  done
  [[ -t 2 ]] && printf '\r\033[K' >&2
  return 0
}
