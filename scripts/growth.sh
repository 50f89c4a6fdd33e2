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

# Processor seconds and peak megabytes of a command, as two cells of a table.
cost() {
  /usr/bin/time -o "$scratch/cost" -f '%U %S %M' "$@" >"$scratch/said"
  awk '{printf "%.2f | %.0f", $1 + $2, $3 / 1024}' "$scratch/cost"
}

echo "| services | needs | generate: s | MB | load and compile: s | MB |"
echo "|---|---|---|---|---|---|"
for n in "$@"; do
  made=$(cost "$program" generate "$n" --out "$scratch/fleet.toml")
  loaded=$(cost "$program" validate "$scratch/fleet.toml")
  needs=$(grep -oE '[0-9]+ needs' "$scratch/said" | cut -d' ' -f1)
  echo "| $n | $needs | $made | $loaded |"
done
