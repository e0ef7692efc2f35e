# shellcheck shell=bash
# What a bash test of a real registrar counts with.  Sourced after registrar.sh; wants "work", the folder given to registrar_open.
#
#   is NAME ACTUAL EXPECTED          answers NAME STATUS KIOSK METHOD PATH [CURL'S ARGUMENTS...]
#   problem NAME STATUS SLUG KIOSK METHOD PATH [CURL'S ARGUMENTS...]
#   header NAME, body JQ             of the last answer
#   expect_summary                   says how many passed; its exit code is the test's
passed=0 failed=0

good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$*"
    head -c 600 "${work:?}/body" 2>/dev/null | sed 's/^/      /'
    echo
}
is() { if [ "$2" = "$3" ]; then good; else bad "$1: $2, not $3"; fi; }
answers() {
    local name=$1 expected=$2 status
    shift 2
    : >"$work/body"
    status=$(registrar_ask "$@")
    is "$name" "$status" "$expected"
}
problem() {
    local name=$1 status=$2 slug=$3
    shift 3
    answers "$name" "$status" "$@"
    is "$name: type" "$(jq -r .type "$work/body" 2>/dev/null)" "/problems/$slug"
    is "$name: status inside" "$(jq -r .status "$work/body" 2>/dev/null)" "$status"
    is "$name: content type" "$(header content-type)" application/problem+json
}
header() { tr -d '\r' <"$work/head" | sed -n "s/^$1: //Ip" | tail -n 1; }
body() { jq -r "$1" "$work/body" 2>/dev/null; }
uuid() { cat /proc/sys/kernel/random/uuid; }
database() { sqlite3 -cmd '.timeout 5000' "$OFFICE_DATA/registrar.db" "$@"; }

expect_summary() {
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
}
