#!/bin/sh
# Tries random inputs for ten minutes, in rounds, and stops at the first failure:
#   BACKCARE_FUZZ_MINUTES=60 sh scripts/fuzz.sh
# The seed of a round is shown when it begins; with it, that round alone is run again:
#   sh scripts/fuzz.sh SEED
set -u
cd "$(dirname "$0")/.."

round() {
    echo "seed $1"
    nice -n 10 .venv/bin/python -m pytest tests/fuzz -q -x --hypothesis-profile fuzz \
        --hypothesis-seed "$1" && return
    status=$?
    [ "$status" -eq 2 ] || printf '\nSeed %s failed. Once more: sh scripts/fuzz.sh %s\n' "$1" "$1" >&2
    exit "$status"
}

[ $# -eq 0 ] || { round "$1"; exit; }

end=$(($(date +%s) + 60 * ${BACKCARE_FUZZ_MINUTES:-10}))
rounds=0
while [ "$(date +%s)" -lt "$end" ]; do
    round "$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')"
    rounds=$((rounds + 1))
done
echo "Nothing failed in $rounds rounds."
