#!/usr/bin/env bash
# The launcher against stand-ins for dpkg-query, apt-get, cmake and c++: what
# it installs, builds, says and returns. It touches nothing of the real system.
set -u
source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
failures=0
unset OUTAGESIM_SKIP_PACKAGES

expect() { # expect WHAT GOT WANTED: the wanted text stands in what was got
  [[ $2 == *"$3"* ]] && return
  printf 'FAILED %s\n  wanted: %s\n  got: %s\n' "$1" "$3" "$2"
  failures=$((failures + 1))
}

stand_in() { # stand_in NAME BODY
  printf '#!/bin/bash\n%s\n' "$2" >"$box/bin/$1"
  chmod +x "$box/bin/$1"
}

new_checkout() {
  rm -rf "$box/tree" "$box/bin" "$box/calls"
  mkdir -p "$box"/tree/{models,sim,viz,cli} "$box/bin"
  touch "$box/tree/CMakeLists.txt" "$box/tree/CMakePresets.json"
  cp -r "$source_root/outagesim" "$source_root/scripts" "$box/tree/"
  local tool
  for tool in bash readlink find mkdir flock nproc awk sort comm grep tee mv \
    rm tail sleep touch cat printf head chmod env; do
    ln -s "$(command -v "$tool")" "$box/bin/$tool"
  done
  stand_in dpkg-query 'shift 2; for p; do echo "$p installed"; done'
  stand_in apt-get 'echo "apt-get $*" >>"$CALLS"'
  stand_in cmake '
echo "cmake $1" >>"$CALLS"
[[ $1 == --build ]] || exit 0
while [[ -e $BOX/slow ]]; do sleep 0.02; done
[[ -e $BOX/broken ]] && { echo "x.cpp:1: error: broken"; exit 1; }
echo "[1/1] linking"
printf "#!/bin/bash\necho \"ran in \$PWD:\" \"\$@\"\nexit 7\n" >"$2/outagesim"
chmod +x "$2/outagesim"'
}

run() { # run ARGS: sets `output`, `messages` and `code`
  local errors=$box/messages.$BASHPID
  output=$(cd "$box" && CALLS=$box/calls BOX=$box PATH=$box/bin \
    "$box/tree/outagesim" "$@" 2>"$errors")
  code=$?
  messages=$(<"$errors")
}

await() { # await FILE TEXT: until the text stands in it, ten seconds at most
  local try
  for ((try = 0; try < 500; try++)); do
    grep -qs -e "$2" "$1"* && return
    sleep 0.02
  done
  rm -f "$box/slow"
}

calls() { cat "$box/calls" 2>/dev/null; }

new_checkout
run blast "two words" "*"
expect "first call runs the product" "$output" "ran in $box: blast two words *"
expect "the product's exit code" "$code" 7
expect "progress stands on stderr" "$messages" "building release"
expect "it was built" "$(calls)" "cmake --build"

rm "$box/calls"
run again
expect "second call runs" "$output" "again"
expect "second call is silent" "[$messages]" "[]"
expect "second call builds nothing" "[$(calls)]" "[]"

sleep 0.01
touch "$box/tree/sim/new.cpp"
run
expect "a new source is built" "$(calls)" "cmake --build"

new_checkout
touch "$box/broken"
run
rm "$box/broken"
expect "a broken build" "$code" 4
expect "it shows the error" "$messages" "x.cpp:1: error: broken"
expect "it names the log" "$messages" "$box/tree/build/logs/release.log"
run
expect "the next call mends it" "$code" 7

new_checkout
touch "$box/slow"
run first &
await "$box/calls" "cmake --build"
(await "$box/messages" "waiting for another call" && rm "$box/slow") &
run second
wait
expect "the second caller says so" "$messages" "waiting for another call"
expect "and then runs" "$output" "second"
expect "one build for both" "$(grep -c -- --build "$box/calls")" 1

new_checkout
touch "$box/slow"
CALLS=$box/calls BOX=$box PATH=$box/bin "$box/tree/outagesim" \
  2>"$box/messages" &
await "$box/calls" "cmake --build"
kill -TERM $!
rm "$box/slow"
wait $!
expect "an interrupted build returns as the signal wants" "$?" 143
expect "and says so" "$(<"$box/messages")" "interrupted; the same command"

new_checkout
stand_in dpkg-query 'shift 2; for p; do [[ $p == cmake ]] || echo "$p installed"; done'
run
if ((EUID == 0)); then
  expect "root installs by name" "$(calls)" \
    "apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=600 cmake"
  expect "then runs" "$code" 7
else
  expect "a normal user is told" "$messages" \
    "sudo apt-get install -y --no-install-recommends cmake"
  expect "and stops" "$code" 4
fi

new_checkout
rm "$box/bin/apt-get"
stand_in c++ 'echo zlib.h'
run
expect "without apt, a missing header" "$messages" "the header <zlib.h>"
expect "and a missing command" "$messages" "the command ninja"
expect "and stops" "$code" 4
stand_in c++ 'true'
stand_in ninja 'true'
run
expect "without apt, all there: it builds" "$code" 7

((failures == 0)) && echo "the launcher does as it says"
exit $((failures > 0))
