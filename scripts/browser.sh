#!/bin/sh
# Runs a command that needs a browser:  sh scripts/browser.sh COMMAND...
# It finds the path of a Chromium in BACKCARE_CHROMIUM. What is missing is installed first: for root
# as Debian packages, for anybody else into .chromium/ in this folder.
set -eu
cd "$(dirname "$0")/.."

private=$(pwd -P)/.chromium

# On some systems the name is only a pointer to a shop, so ask for the version.
find_chromium() {
    for candidate in "${BACKCARE_CHROMIUM:-}" chromium google-chrome google-chrome-stable \
        "$private/chromium"; do
        if [ -n "$candidate" ] && "$candidate" --version >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# One test hears what Chromium says with a real speech engine. Only root can install what that needs;
# without it, the test is skipped.
speech="speech-dispatcher speech-dispatcher-espeak-ng espeak-ng-data pulseaudio pulseaudio-utils \
xvfb sox"

# shellcheck disable=SC2086  # several words are meant
install_speech() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null ||
        dpkg --status $speech >/dev/null 2>&1; then
        return
    fi
    echo "Installing a speech engine for the browser tests. This is needed once." >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update || true
    apt-get -qq install --no-install-recommends $speech >/dev/null ||
        echo "It could not be installed; the test that needs it is skipped." >&2
}

# Playwright brings its own Node, which needs a library (libatomic) that a small Debian lacks.
playwright_runs() {
    if [ -x "$private/node" ]; then
        export PLAYWRIGHT_NODEJS_PATH="$private/node"
    fi
    "${BACKCARE_VENV:-.venv}/bin/python" -m playwright --version >/dev/null 2>&1
}

install() {
    if ! command -v apt-get >/dev/null; then
        echo "The browser tests need Chromium, and none was found. Install Chromium or Google" \
            "Chrome, or set BACKCARE_CHROMIUM to the path of one." >&2
        exit 1
    fi
    echo "Installing Chromium for the browser tests. This is needed once." >&2
    if [ "$(id -u)" -eq 0 ]; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get -qq update || true # one source out of reach need not matter
        apt-get -qq install --no-install-recommends chromium fonts-dejavu-core libatomic1 >/dev/null
    else
        sh scripts/browser_without_root.sh
    fi
}

if ! { find_chromium && playwright_runs; } >/dev/null; then
    install
    playwright_runs || true # the tests say what is wrong, better than this script could
fi
install_speech
BACKCARE_CHROMIUM=$(find_chromium)
export BACKCARE_CHROMIUM
exec "$@"
