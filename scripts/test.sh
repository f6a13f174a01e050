#!/bin/sh
# Runs every test:  sh scripts/browser.sh sh scripts/test.sh
# The browser mostly waits for what a person would wait for, so what needs none runs beside it, at
# a lower priority, and its words come after those of the browser.
set -u
cd "$(dirname "$0")/.."

python=.venv/bin/python
quiet=$(mktemp)
trap 'rm -f "$quiet"; kill "$beside" 2>/dev/null' EXIT
trap 'exit 1' INT TERM

{
    nice -n 10 "$python" -m pytest tests --ignore tests/browser
    tests=$?
    nice -n 10 "$python" -m pytest --nbval notebooks && exit "$tests"
    exit 1
} >"$quiet" 2>&1 &
beside=$!

"$python" -m pytest tests/browser
browser=$?
wait "$beside"
others=$?
cat "$quiet"
[ "$browser" -eq 0 ] && [ "$others" -eq 0 ]
