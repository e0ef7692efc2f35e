# shellcheck shell=bash disable=SC2154
# A card reader that is plugged in and out, and cards in it.  Sourced by tests/journeys/outside.sh; wants work, a folder.
#
# pcscd has one place on a machine for whoever asks it: tests/server/run-card-reader gives it a machine of its own.

READER_DRIVER=/usr/lib/pcsc/drivers/serial/libifdvpcd.so

reader_plug() {
    [ -n "${CARD_READER_OWN:-}" ] || { echo 'another pcscd of this machine could be meant: tests/server/run-card-reader'; return 1; }
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    mkdir -p "$work/reader.conf.d"
    printf 'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x%X\nLIBPATH %s\nCHANNELID 0x%X\n' "$port" "$READER_DRIVER" "$port" >"$work/reader.conf.d/vpcd"
    echo "$port" >"$work/reader.port"
    pcscd --foreground --config "$work/reader.conf.d" >"$work/pcscd.log" 2>&1 &
    echo $! >"$work/pcscd.pid"
    office_wait "$PATIENCE_S" python3 -c "import socket; socket.create_connection(('127.0.0.1', $port)).close()" || { cat "$work/pcscd.log"; return 1; }
}

reader_end() { # file with its process
    local pid
    [ -e "$1" ] || return 0
    read -r pid <"$1"
    rm -f "$1"
    kill "$pid" 2>/dev/null || return 0
    office_wait "$PATIENCE_S" reader_gone "$pid"
}
reader_gone() { ! kill -0 "$1" 2>/dev/null; }

reader_in() { # UID, kind
    tests/card-reader/card "$(cat "$work/reader.port")" "$@" &
    echo $! >"$work/card.pid"
}
