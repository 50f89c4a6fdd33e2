#!/usr/bin/env bash
# How cost grows with the system: a table of processor time and memory for
# generated fleets of 100 to 1,000,000 services (or those given). From the
# checkout:
#   scripts/growth.sh [SERVICES...]
# OUTAGESIM names the program where it is not ./outagesim.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${OUTAGESIM:-./outagesim}
command -v /usr/bin/time >/dev/null || {
  echo "growth.sh: needs /usr/bin/time (Debian package time)" >&2
  exit 4
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
(($#)) || set -- 100 1000 10000 100000 1000000

# Processor seconds and peak megabytes of a command, run often enough for the
# clock, as two cells of a table.
cost() {
  local times=$1
  shift
  /usr/bin/time -o "$scratch/cost" -f '%U %S %M' \
    bash -c 'for ((i = 0; i < $0; ++i)); do "$@" || exit; done' "$times" "$@" \
    >"$scratch/said"
  awk -v n="$times" '{printf "%.4f | %.0f", ($1 + $2) / n, $3 * 1024 / 1e6}' \
    "$scratch/cost"
}

# What power of the size a column of the table grows by, from 10,000 services on.
power() {
  awk -F '|' -v column="$1" '$2 + 0 >= 10000 {
      x = log($2); y = log($column); n++
      sx += x; sy += y; sxx += x * x; sxy += x * y }
    END { if (n > 1) printf "%.2f", (n * sxy - sx * sy) / (n * sxx - sx * sx)
          else printf "n/a" }' "$scratch/table"
}

{
  echo "| services | needs | generate: s | MB | load and compile: s | MB |"
  echo "|---|---|---|---|---|---|"
  for n in "$@"; do
    times=$((n < 20000 ? 20000 / n : 1))
    made=$(cost "$times" "$program" generate "$n" --out "$scratch/fleet.toml")
    loaded=$(cost "$times" "$program" validate "$scratch/fleet.toml")
    needs=$(grep -m 1 -oE '[0-9]+ needs' "$scratch/said" | cut -d' ' -f1)
    echo "| $n | $needs | $made | $loaded |"
  done
} | tee "$scratch/table"
echo
echo "From 10,000 services on, loading and compiling grows as size to the power $(power 6)" \
  "in time and $(power 7) in memory."
