#!/bin/sh
# Runs every test with the newest release of all that they need, whatever is pinned, on each Python
# that there is from 3.11 on, or on those that are named:  sh scripts/newest.sh [3.12 3.13]
# Each has an environment of its own in .venv-newest/, brought up to date at each run.
set -eu
cd "$(dirname "$0")/.."

which='import sys; v = sys.version_info; v < (3, 11) and sys.exit(1); print(f"{v[0]}.{v[1]}")'
ran=
outcomes=
failed=
for python in python3.11 python3.12 python3.13 python3.14 python3.15 python3; do
    version=$("$python" -c "$which" 2>/dev/null) || continue
    case " $ran " in *" $version "*) continue ;; esac
    case " ${*:-$version} " in *" $version "*) ;; *) continue ;; esac
    ran="$ran $version"
    BACKCARE_VENV=$(pwd -P)/.venv-newest/$version
    export BACKCARE_VENV
    if sh scripts/venv.sh newest "$python" && sh scripts/page.sh &&
        "$BACKCARE_VENV/bin/python" scripts/pyodide.py &&
        sh scripts/browser.sh sh scripts/test.sh; then
        outcome=passed
    else
        outcome=FAILED failed=yes
    fi
    versions=$("$BACKCARE_VENV/bin/python" -c \
        'import conftest; print(conftest.pytest_report_header())') || versions="Python $version"
    outcomes="$outcomes$outcome with ${versions#versions: }
"
done
for version in "${@:-3}"; do
    case " $ran" in *" $version"*) ;; *)
        outcomes="${outcomes}No Python $version was found that the workbook runs on.
" failed=yes
        ;;
    esac
done
printf '\n%s' "$outcomes"
[ -z "$failed" ]
