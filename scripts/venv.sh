#!/bin/sh
# Puts the pinned packages into .venv:  sh scripts/venv.sh lab|test|bench
# or what the tests need, in its newest release, whatever is pinned:  sh scripts/venv.sh newest PYTHON
# Needs Python 3.11 or later and its pip, nothing more. Does nothing, quickly, when nothing changed.
# BACKCARE_VENV names another folder than .venv, to this script and to those that run what is in it.
set -eu
cd "$(dirname "$0")/.."

here=$(pwd -P)
purpose=$1
venv=${BACKCARE_VENV:-.venv}
python=$venv/bin/python
unfinished=$venv/unfinished
wanted=$(cat pyproject.toml constraints.txt | cksum)

chosen='-c constraints.txt'
case $purpose in
lab) extras='[lab]' enough='lab app test bench' ;;
app) extras='[lab,app]' enough='app test bench' ;;
test) extras='[lab,app,hub,test]' enough='test bench' ;;
bench) extras='[lab,app,hub,test,bench]' enough=bench ;;
newest) extras='[lab,app,hub,test]' enough= chosen='--upgrade --upgrade-strategy eager' ;;
esac

stop() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# An interrupted set-up, a moved folder, or a newer system Python leaves one that is not usable.
usable() {
    [ ! -e "$unfinished" ] &&
        [ "$(cat "$venv/made-in" 2>/dev/null || echo "$here")" = "$here" ] &&
        "$python" -c 'import pip' 2>/dev/null
}

system_python() {
    [ $# -gt 0 ] || set -- python3 python3.14 python3.13 python3.12 python3.11
    for candidate in "$@"; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    stop "The workbook needs Python 3.11 or later, and none was found. Your log is not touched; on" \
        "Debian or Ubuntu: apt install python3 python3-pip"
}

# Debian's Python comes without venv's own pip (ensurepip), and the system's pip may not install for
# the system, but it may install into ours.
make_venv() {
    system=$(system_python "$@")
    if [ -d "$venv" ] && [ ! -e "$venv/pyvenv.cfg" ] && ! rmdir "$venv" 2>/dev/null; then
        [ -e "$unfinished" ] || stop "$venv holds something other than a Python environment, so it" \
            "is left as it is. Move it away, or name another folder in BACKCARE_VENV."
    fi
    rm -rf "$venv"
    mkdir -p "$venv"
    : >"$unfinished"
    "$system" -m venv --without-pip "$venv"
    if ! "$python" -m ensurepip >/dev/null 2>&1; then
        "$system" -m pip --version >/dev/null 2>&1 ||
            stop "Python's package installer, pip, was not found. Your log is not touched; on Debian" \
                "or Ubuntu: apt install python3-pip"
        "$system" -m pip --python "$python" install --quiet --root-user-action=ignore pip ||
            stop "pip could not be put into $venv: the lines above say why. Your log is not touched." \
                "The network is needed for this; then run the same command again."
    fi
    echo "$here" >"$venv/made-in"
}

# Two set-ups at once would spoil each other: the second waits.
if command -v flock >/dev/null; then
    exec 9<pyproject.toml
    flock 9
fi

for done in $enough; do
    if [ "$(cat "$venv/ready-$done" 2>/dev/null)" = "$wanted" ] && usable; then
        exit 0
    fi
done

echo "Setting up the workbook in $venv.${enough:+ This is needed once.} It takes a few minutes." >&2
shift
usable || make_venv "$@"
: >"$unfinished"
# shellcheck disable=SC2086  # several words are meant
if ! "$python" -m pip install --quiet $chosen -e ".$extras"; then
    rm "$unfinished" # pip stopped of itself, and left what was there before as it was
    stop "The packages could not be installed: the lines above say why. Your log is not touched." \
        "The network is needed for this; then run the same command again."
fi
echo "$wanted" >"$venv/ready-$purpose"
rm "$unfinished"
