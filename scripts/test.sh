#!/bin/sh
# Runs every test, or only the fault catalogue with its table at the end:
#   sh scripts/browser.sh sh scripts/test.sh [faults]
# The browser mostly waits for what a person would wait for, so its tests run two files at a time,
# and what needs none runs beside them, at a lower priority; its words come after those of the
# browser. The browser has no network. What the catalogue counts is counted in one process.
set -u
cd "$(dirname "$0")/.."

python=${BACKCARE_VENV:-.venv}/bin/python
said=$(mktemp -d)
trap 'rm -rf "$said"; kill "$beside" 2>/dev/null' EXIT
trap 'exit 1' INT TERM

set -- "${1:-all}"
of_catalogue=
at_a_time="--numprocesses 2 --dist loadfile"
if [ "$1" = faults ]; then
    of_catalogue="--faults $said/counts"
    at_a_time=
fi

# shellcheck disable=SC2086  # none or some words are meant
{
    nice -n 10 "$python" -m pytest tests --ignore tests/browser $of_catalogue
    tests=$?
    [ "$1" = faults ] && exit "$tests"
    nice -n 10 "$python" -m pytest --nbval notebooks && exit "$tests"
    exit 1
} >"$said/quiet" 2>&1 &
beside=$!

# shellcheck disable=SC2086
sh scripts/offline.sh "$python" -m pytest tests/browser $at_a_time $of_catalogue
browser=$?
wait "$beside"
others=$?
cat "$said/quiet"
if [ "$1" = faults ]; then
    "$python" tests/faults.py "$said/counts" || others=1
fi
[ "$browser" -eq 0 ] && [ "$others" -eq 0 ]
