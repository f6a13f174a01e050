#!/bin/sh
# Runs a command with the network cut off; only this machine's own loopback is left:
#   sh scripts/offline.sh COMMAND...
# Where the system does not allow that, it says so and runs the command all the same: what the
# command asks of the network is then only watched, not made impossible.
set -eu

# Within: bring loopback up (a small Debian has no `ip`), then become the command.
if [ "${1:-}" = --cut ]; then
    shift
    "${BACKCARE_VENV:-$(dirname "$0")/../.venv}/bin/python" - <<'END'
import fcntl
import socket
import struct

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    asked = struct.pack("16sh14x", b"lo", 0)
    _, flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, asked))
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))
END
    exec "$@"
fi

for way in --net "--net --map-current-user --keep-caps"; do
    # shellcheck disable=SC2086  # two words are meant
    if unshare $way true 2>/dev/null; then
        exec unshare $way -- sh "$0" --cut "$@"
    fi
done
echo "The network cannot be cut off here, so it stays on; what is asked of it is watched." >&2
exec "$@"
