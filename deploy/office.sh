# shellcheck shell=bash
# A whole office on this machine, for the demo and for tests: registrar, simulated printer, kiosks.  Sourced by bash scripts.
#
#   office_open BUILD WORK [HOST]   starts registrar and printer in folder WORK; sets OFFICE_* below.  HOST stands in QR codes; one that
#                                   ends with ':' gets the port of the registrar's public pages
#   office_kiosk ARGUMENT...        runs the kiosk there with these arguments
#   office_printer_kill             the printer dies as by a power cut; office_printer_start: it is there again
#   office_queue_kill               the print server dies; office_queue_start: it is there again
#   office_close                    ends everything that was started; safe to call twice, meant for a trap
#
# OFFICE_PEOPLE, OFFICE_KIOSKS: addresses; OFFICE_DATA: the registrar's folder; OFFICE_PRINTER: the simulated printer's folder
# (printed/*.pdf, for printers/fault); OFFICE_CA: the authority to trust.
#
# May be set before: OFFICE_PRINTER_KIND, what the kiosk prints on: "eve" (ippeveprinter, when nothing is set), "direct" (our own simulator),
# "plain" (the same without Create-Job), "queue" (a cupsd in front of our own); OFFICE_PRINTER_OPTIONS, for that program.
# OFFICE_DATABASE, where the register is: "sqlite" (when nothing is set), or "postgresql": a cluster of this office's own (tests/postgresql)
# whose address is then in OFFICE_DATABASE_ADDRESS.  OFFICE_REGISTRARS: how many registrars serve it (1); with more of them a plain TCP
# balancer has the ports that everybody knows.  OFFICE_REGISTRAR_PID is the process group of them all.
# OFFICE_STUDENTS: how many students the demo university has (600); a hundred are everybody who can sign in.
# OFFICE_MADE: a folder that keeps a demo university once it was made, for the next office to copy (tests/server/demo); none: made anew.
# OFFICE_HEMIS: "a" or "b": a HEMIS stand-in in that reading (tests/hemis) has the students and the register none at first; office_hemis_kill and
# office_hemis_start; OFFICE_HEMIS_DOOR is for tests/hemis/tell, OFFICE_HEMIS_OPTIONS for that program.
# OFFICE_MOODLE: anything: the university has a Moodle (tests/moodle) in folder OFFICE_MOODLE_FOLDER, whose faults are told in its file "faults".
# OFFICE_RECORD: a file that gets every exchange (`registrar serve --record`).
# OFFICE_PRINTER_URI is what the kiosk prints to; OFFICE_QUEUE and OFFICE_SPOOL are the print server's folders, where there is one.

OFFICE_SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
OFFICE_PIDS=()

office_say() { printf '%s\n' "$*" >&2; }

# A port that nobody listens on, from $1 upwards, and not the one in $2.
office_free_port() {
    local port=$1
    while [ "$port" = "${2:-}" ] || (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        port=$((port + 1))
    done
    printf '%s' "$port"
}

# Forty ports for one office alone, whoever else opens one on this machine at that moment; what it starts holds the lock too.
# Browsers refuse port 10080 (https://fetch.spec.whatwg.org/#port-blocking), and no other from 10120 on.
office_claim_ports() {
    local folder tries
    folder=${TMPDIR:-/tmp}/registrar-office-ports-$(id -u)
    mkdir -p "$folder" || return 1
    for ((tries = 0; tries < 500; tries++)); do
        OFFICE_CLAIMED_PORT=$((10120 + RANDOM % 497 * 40))
        exec {OFFICE_PORTS_LOCK}>"$folder/$OFFICE_CLAIMED_PORT" || return 1
        flock --nonblock "$OFFICE_PORTS_LOCK" && return
        exec {OFFICE_PORTS_LOCK}>&-
    done
    office_say "No ports are free."
    return 1
}

# Waits up to $1 seconds until the command that follows succeeds.
office_wait() {
    local tries=$(($1 * 20))
    shift
    while ! "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.05
    done
}

# Starts a command as the head of a process group of its own, so that all it starts can be ended with it.
office_start() {
    local log=$1
    shift
    setsid "$@" >"$log" 2>&1 </dev/null &
    OFFICE_PIDS+=($!)
    OFFICE_LAST_PID=$!
}

office_end() {
    local pid=$1
    kill -TERM -- "-$pid" 2>/dev/null || return 0
    office_wait 30 eval "! kill -0 -- -$pid 2>/dev/null" || kill -KILL -- "-$pid" 2>/dev/null
    wait "$pid" 2>/dev/null || true # what it ended with is no failure of whoever ended it
    return 0
}

# As office_end, without a word of warning.
office_kill() {
    kill -KILL -- "-$1" 2>/dev/null
    wait "$1" 2>/dev/null || true
    office_wait 30 eval "! kill -0 -- -$1 2>/dev/null"
}

office_close() {
    local i
    for ((i = ${#OFFICE_PIDS[@]} - 1; i >= 0; i--)); do
        office_end "${OFFICE_PIDS[i]}"
    done
    OFFICE_PIDS=()
    [ -z "${OFFICE_PORTS_LOCK:-}" ] || exec {OFFICE_PORTS_LOCK}>&-
    OFFICE_PORTS_LOCK=''
    [ -z "${OFFICE_DATABASE_ADDRESS:-}" ] || "$OFFICE_SOURCE/tests/postgresql" remove "$OFFICE_WORK/postgresql" >/dev/null 2>&1
    [ -z "${OFFICE_SPOOL:-}" ] || rm -rf "$OFFICE_SPOOL"
}

office_database_start() {
    OFFICE_DATABASE_ADDRESS=''
    case ${OFFICE_DATABASE:-sqlite} in
        sqlite) ;;
        postgresql) OFFICE_DATABASE_ADDRESS=$("$OFFICE_SOURCE/tests/postgresql" start "$OFFICE_WORK/postgresql") ;;
        *)
            office_say "There is no database \"$OFFICE_DATABASE\": sqlite or postgresql."
            return 1
            ;;
    esac
}

# Where each of the registrars listens, as "KIOSKS PEOPLE"; behind a balancer they take ports of their own.
office_registrar_ports() {
    local i kiosks people=$((OFFICE_PRINTER_PORT + 10))
    OFFICE_REGISTRAR_PORTS=("$OFFICE_KIOSKS_PORT $OFFICE_PEOPLE_PORT")
    [ "$OFFICE_REGISTRARS" -gt 1 ] || return 0
    OFFICE_REGISTRAR_PORTS=()
    for ((i = 0; i < OFFICE_REGISTRARS; i++)); do
        kiosks=$(office_free_port $((people + 1)))
        people=$(office_free_port $((kiosks + 1)))
        OFFICE_REGISTRAR_PORTS+=("$kiosks $people")
    done
}

office_balancer_start() {
    [ "$OFFICE_REGISTRARS" -gt 1 ] || return 0
    local kiosks people row
    for row in "${OFFICE_REGISTRAR_PORTS[@]}"; do
        kiosks=${kiosks:+$kiosks,}${row% *} people=${people:+$people,}${row#* }
    done
    office_start "$OFFICE_WORK/balancer.log" "$OFFICE_SOURCE/tests/faults/balancer.py" "$OFFICE_KIOSKS_PORT:$kiosks" "$OFFICE_PEOPLE_PORT:$people"
    office_wait 60 grep -q '^ready' "$OFFICE_WORK/balancer.log" || { cat "$OFFICE_WORK/balancer.log" >&2; return 1; }
}

office_registrars_ready() { [ "$(grep -c '^ready' "$OFFICE_WORK/registrar.log")" = "$OFFICE_REGISTRARS" ]; }

# What serves on these ports, as a line for a shell.
office_serve_line() { # "KIOSKS PEOPLE"
    # shellcheck disable=SC2086 # several options
    printf '%q ' "$OFFICE_BUILD/registrar" serve "$OFFICE_DATA" --kiosks "${1% *}" --people "${1#* }" \
        ${OFFICE_RECORD:+--record "$OFFICE_RECORD"} ${OFFICE_SERVE_OPTIONS:-}
}

office_registrar_start() {
    local row lines=''
    if [ "$OFFICE_REGISTRARS" -gt 1 ]; then # one process group of them all: what ends the group ends each
        for row in "${OFFICE_REGISTRAR_PORTS[@]}"; do
            lines+="$(office_serve_line "$row") & "
        done
        lines+='wait'
    else
        lines="exec $(office_serve_line "${OFFICE_REGISTRAR_PORTS[0]}")"
    fi
    office_start "$OFFICE_WORK/registrar.log" bash -c "$lines"
    OFFICE_REGISTRAR_PID=$OFFICE_LAST_PID
    if ! office_wait 60 office_registrars_ready; then
        office_say "The registrar did not start. What it said:"
        cat "$OFFICE_WORK/registrar.log" >&2
        return 1
    fi
}

# The printer by itself, whatever stands in front of it.
office_printer_start() {
    local command=("$OFFICE_SOURCE/printers/simulate")
    case $OFFICE_PRINTER_KIND in
        eve) ;;
        direct | queue) command=("$OFFICE_BUILD/fault_printer") ;;
        plain) command=("$OFFICE_BUILD/fault_printer" --no-create-job) ;;
        *)
            office_say "There is no kind of printer \"$OFFICE_PRINTER_KIND\": eve, direct, queue or plain."
            return 1
            ;;
    esac
    # shellcheck disable=SC2086 # several options
    office_start "$OFFICE_WORK/printer.log" "${command[@]}" --dir "$OFFICE_PRINTER" --port "$OFFICE_PRINTER_PORT" \
        ${OFFICE_PRINTER_OPTIONS:-}
    OFFICE_PRINTER_PID=$OFFICE_LAST_PID
    if ! office_wait 60 grep -q '^ipps\?:' "$OFFICE_WORK/printer.log"; then
        office_say "The simulated printer did not start. What it said:"
        cat "$OFFICE_WORK/printer.log" >&2
        return 1
    fi
}

# The print server in front of it, for a kind that has one.  It needs the printer only when the queue is made, the first time.
office_queue_start() {
    [ "$OFFICE_PRINTER_KIND" = queue ] || return 0
    office_start "$OFFICE_WORK/queue.log" "$OFFICE_SOURCE/deploy/cups/serve" --dir "$OFFICE_QUEUE" --spool "$OFFICE_SPOOL" \
        --port "$OFFICE_QUEUE_PORT" --printer "ipp://localhost:$OFFICE_PRINTER_PORT/ipp/print"
    OFFICE_QUEUE_PID=$OFFICE_LAST_PID
    if ! office_wait 60 grep -q '^ipp:' "$OFFICE_WORK/queue.log"; then
        office_say "The print server did not start. What it said:"
        cat "$OFFICE_WORK/queue.log" >&2
        return 1
    fi
}

# A HEMIS that has the demo university's students, on the same port each time.
office_hemis_start() {
    [ -n "${OFFICE_HEMIS:-}" ] || return 0
    OFFICE_HEMIS_DOOR=$OFFICE_WORK/hemis.port
    rm -f "$OFFICE_HEMIS_DOOR"
    # shellcheck disable=SC2086 # several options
    office_start "$OFFICE_WORK/hemis.log" "$OFFICE_SOURCE/tests/hemis/hemis" --port-file "$OFFICE_HEMIS_DOOR" --data "$OFFICE_WORK/hemis" \
        --port "$OFFICE_HEMIS_PORT" --reading "$OFFICE_HEMIS" ${OFFICE_HEMIS_OPTIONS:-}
    OFFICE_HEMIS_PID=$OFFICE_LAST_PID
    if ! office_wait 20 test -s "$OFFICE_HEMIS_DOOR"; then
        office_say "The HEMIS stand-in did not start. What it said:"
        cat "$OFFICE_WORK/hemis.log" >&2
        return 1
    fi
}

# Sets OFFICE_HEMIS_INIT, what `registrar init` is told of it.
office_hemis_open() {
    OFFICE_HEMIS_INIT=()
    [ -n "${OFFICE_HEMIS:-}" ] || return 0
    OFFICE_HEMIS_PORT=$(office_free_port $((OFFICE_PRINTER_PORT + 20)))
    "$OFFICE_BUILD/hemis_people" --dir "$OFFICE_WORK/hemis" ${OFFICE_STUDENTS:+--students "$OFFICE_STUDENTS"} && office_hemis_start || return 1
    OFFICE_HEMIS_INIT=(--hemis "https://localhost:$OFFICE_HEMIS_PORT/rest" --hemis-ca "$OFFICE_WORK/hemis/tls/ca.pem")
}

# A Moodle that knows everybody's courses.
office_moodle_start() {
    [ -n "${OFFICE_MOODLE:-}" ] || return 0
    OFFICE_MOODLE_FOLDER=$OFFICE_WORK/moodle
    office_start "$OFFICE_WORK/moodle.log" "$OFFICE_SOURCE/tests/moodle/moodle" --dir "$OFFICE_MOODLE_FOLDER"
    if ! office_wait 20 test -s "$OFFICE_MOODLE_FOLDER/port"; then
        office_say "The Moodle stand-in did not start. What it said:"
        cat "$OFFICE_WORK/moodle.log" >&2
        return 1
    fi
    printf '\n[moodle]\naddress = https://localhost:%s\nca = %s\ntoken = %s\n' "$(<"$OFFICE_MOODLE_FOLDER/port")" "$OFFICE_MOODLE_FOLDER/tls/ca.pem" \
        "$OFFICE_MOODLE_FOLDER/token" >>"$OFFICE_DATA/registrar.ini"
}

# What the other reading wants to be told on site.
office_hemis_settings() {
    [ "${OFFICE_HEMIS:-a}" = b ] || return 0
    sed -i -e 's/^; dates = .*/dates = local/' -e 's/^; excused = .*/excused = absent_off/' -e 's/^; semester = .*/semester = _semester/' \
        "$OFFICE_DATA/registrar.ini"
}

# A university that has HEMIS offers what HEMIS has ready, too.
office_hemis_papers() {
    [ -n "${OFFICE_HEMIS:-}" ] || return 0
    mkdir -p "$OFFICE_WORK/services" && cp "$OFFICE_SOURCE"/kiosk/services/*.json "$OFFICE_WORK/services" &&
        jq 'del(.off)' "$OFFICE_SOURCE/kiosk/services/hemis-papers.json" >"$OFFICE_WORK/services/hemis-papers.json" &&
        printf '\n[paths]\ncatalogue = %s\n' "$OFFICE_WORK/services" >>"$OFFICE_DATA/registrar.ini"
}

# These return once nothing of it is left.
office_hemis_kill() {
    office_kill "$OFFICE_HEMIS_PID"
}
office_queue_kill() {
    office_kill "$OFFICE_QUEUE_PID"
}
office_printer_kill() {
    office_kill "$OFFICE_PRINTER_PID" && echo off >"$OFFICE_PRINTER/state"
}

office_init() {
    if [ -n "${OFFICE_HEMIS:-}" ]; then
        "$OFFICE_BUILD/registrar" init "$OFFICE_DATA" --demo --host "$OFFICE_HOST" ${OFFICE_DATABASE_ADDRESS:+--database "$OFFICE_DATABASE_ADDRESS"} \
            "${OFFICE_HEMIS_INIT[@]}" &&
            "$OFFICE_BUILD/registrar" import lists "$OFFICE_DATA" "$OFFICE_WORK/hemis/lists.jsonl"
    elif [ -n "${OFFICE_MADE:-}" ] && [ -z "$OFFICE_DATABASE_ADDRESS" ]; then
        "$OFFICE_SOURCE/tests/server/demo" "$OFFICE_BUILD/registrar" "$OFFICE_DATA" "${OFFICE_STUDENTS:-600}" "$OFFICE_HOST"
    else
        "$OFFICE_BUILD/registrar" init "$OFFICE_DATA" --demo --host "$OFFICE_HOST" ${OFFICE_DATABASE_ADDRESS:+--database "$OFFICE_DATABASE_ADDRESS"} \
            ${OFFICE_STUDENTS:+--students "$OFFICE_STUDENTS"}
    fi
}

office_open() {
    OFFICE_BUILD=$1 OFFICE_WORK=$2
    OFFICE_PRINTER_KIND=${OFFICE_PRINTER_KIND:-eve}
    local host=${3:-}
    OFFICE_DATA=$OFFICE_WORK/registrar OFFICE_PRINTER=$OFFICE_WORK/printer OFFICE_KIOSK=$OFFICE_WORK/kiosk
    # Several offices may open at once on one machine (tests do): a port that is free now may be another's in a moment.
    [ -n "${OFFICE_FIRST_PORT:-}" ] || office_claim_ports || return 1
    OFFICE_PEOPLE_PORT=$(office_free_port "${OFFICE_FIRST_PORT:-$OFFICE_CLAIMED_PORT}")
    OFFICE_KIOSKS_PORT=$(office_free_port $((OFFICE_PEOPLE_PORT + 1)))
    OFFICE_PRINTER_PORT=$(office_free_port $((OFFICE_KIOSKS_PORT + 1)))
    OFFICE_HOST=${host:-localhost:}
    OFFICE_HOST=${OFFICE_HOST/%:/:$OFFICE_PEOPLE_PORT}
    OFFICE_PEOPLE=https://localhost:$OFFICE_PEOPLE_PORT OFFICE_KIOSKS=https://localhost:$OFFICE_KIOSKS_PORT
    OFFICE_REGISTRARS=${OFFICE_REGISTRARS:-1}
    mkdir -p "$OFFICE_WORK" "$OFFICE_PRINTER"
    office_database_start && office_hemis_open || return 1
    office_init >"$OFFICE_WORK/init.log" 2>&1 && office_hemis_settings && office_hemis_papers && office_moodle_start &&
        "$OFFICE_BUILD/registrar" kiosk add "$OFFICE_DATA" A-2 --place "1-bino, 1-qavat" --address "$OFFICE_KIOSKS" \
            --out "$OFFICE_KIOSK" >>"$OFFICE_WORK/init.log" 2>&1 ||
        { cat "$OFFICE_WORK/init.log" >&2; return 1; }
    OFFICE_CA=$OFFICE_KIOSK/ca.pem
    OFFICE_PRINTER_URI=ipp://localhost:$OFFICE_PRINTER_PORT/ipp/print
    if [ "$OFFICE_PRINTER_KIND" = queue ]; then
        OFFICE_QUEUE=$OFFICE_WORK/queue OFFICE_SPOOL=$(mktemp -d /dev/shm/registrar-office-XXXXXX) || return 1
        OFFICE_QUEUE_PORT=$(office_free_port $((OFFICE_PRINTER_PORT + 1)))
        OFFICE_PRINTER_URI=ipp://127.0.0.1:$OFFICE_QUEUE_PORT/printers/kiosk
    fi
    office_printer_start && office_queue_start || return 1
    printf '\n[printer]\nuri = %s\n' "$OFFICE_PRINTER_URI" >>"$OFFICE_KIOSK/kiosk.ini"
    office_registrar_ports
    office_balancer_start && office_registrar_start
}

office_kiosk() {
    "$OFFICE_BUILD/kiosk" --config "$OFFICE_KIOSK/kiosk.ini" "$@"
}
