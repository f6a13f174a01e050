#!/bin/sh
# Puts Debian's Chromium, and what it needs and the system lacks, into .chromium/ without being root.
# apt fetches and checks the packages as it always does, only in folders of its own; nothing outside
# .chromium/ is written. .chromium/chromium starts it; .chromium/node starts Playwright's own Node.
set -eu
cd "$(dirname "$0")/.."

rm -rf .chromium
mkdir -p .chromium/apt/lists/partial .chromium/apt/archives/partial .chromium/system
folder=$(pwd -P)/.chromium

private_apt() {
    apt-get -qq \
        -o Dir::State="$folder/apt" -o Dir::State::status=/var/lib/dpkg/status \
        -o Dir::Cache="$folder/apt" -o Debug::NoLocking=true "$@"
}

private_apt update || true # one source out of reach need not matter
if ! private_apt install --yes --download-only --no-install-recommends \
    chromium fonts-dejavu-core libatomic1 >/dev/null; then
    echo "Chromium could not be fetched: the lines above say why. As root, apt install chromium" \
        "fonts-dejavu-core libatomic1 gives the browser tests what they need." >&2
    exit 1
fi
for package in "$folder"/apt/archives/*.deb; do
    dpkg-deb --extract "$package" "$folder/system"
done
rm -rf "$folder/apt"

cat >"$folder/fonts.conf" <<END
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">system/usr/share/fonts</dir>
  <cachedir prefix="relative">font-cache</cachedir>
</fontconfig>
END

cat >"$folder/libraries" <<'END'
for libraries in "$folder"/system/usr/lib/*-linux-gnu* "$folder"/system/lib/*-linux-gnu*; do
    LD_LIBRARY_PATH=$libraries:$libraries/nss:$libraries/pulseaudio${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
done
export LD_LIBRARY_PATH FONTCONFIG_FILE="$folder/fonts.conf"
END
cat >"$folder/node" <<'END'
#!/bin/sh
folder=$(dirname "$(readlink -f "$0")")
. "$folder/libraries"
exec "${BACKCARE_VENV:-$folder/../.venv}"/lib/python3.*/site-packages/playwright/driver/node "$@"
END
cat >"$folder/starting" <<'END'
#!/bin/sh
folder=$(dirname "$(readlink -f "$0")")
. "$folder/libraries"
exec "$folder/system/usr/lib/chromium/chromium" "$@"
END
chmod +x "$folder/node" "$folder/starting"
"$folder/starting" --version
mv "$folder/starting" "$folder/chromium" # last, so that an interrupted run is not taken for whole
