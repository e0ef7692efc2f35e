# shellcheck shell=bash
# A registrar of the demo university alone, for tests: no printer, no kiosk's screen.  Sourced by bash scripts.
#
#   registrar_open BUILD WORK [OPTION...]   makes it in folder WORK and serves it with these options; two kiosks, A-2 and B-1
#   registrar_again [OPTION...]             ends it and serves the same folder again
#   registrar_ask KIOSK METHOD PATH [CURL'S ARGUMENTS...]   as that kiosk ("-": without a certificate), the status on standard output,
#                                           head and body in REGISTRAR_WORK/head and /body
#   registrar_sign_in KIOSK NUMBER PASSWORD the bearer on standard output
#   registrar_issue KIOSK BEARER [LANGUAGE] asks for a certificate of study; its ApiIssued is in /issued.json, its page in /page.pdf
#   registrar_link                          what the QR code of /page.pdf holds
#   office_close                            ends everything (deploy/office.sh), meant for a trap
#
# REGISTRAR_PEOPLE and REGISTRAR_KIOSKS are its addresses, REGISTRAR_CA whom to trust.
. "$(dirname "${BASH_SOURCE[0]}")/../../deploy/office.sh"

registrar_open() {
    OFFICE_BUILD=$(realpath "$1") OFFICE_WORK=$2
    shift 2
    REGISTRAR_WORK=$OFFICE_WORK OFFICE_DATA=$OFFICE_WORK/registrar
    OFFICE_PEOPLE_PORT=$(office_free_port $((20000 + RANDOM % 10000)))
    OFFICE_KIOSKS_PORT=$(office_free_port $((OFFICE_PEOPLE_PORT + 1)))
    OFFICE_REGISTRARS=1 OFFICE_REGISTRAR_PORTS=("$OFFICE_KIOSKS_PORT $OFFICE_PEOPLE_PORT")
    REGISTRAR_PEOPLE=https://localhost:$OFFICE_PEOPLE_PORT REGISTRAR_KIOSKS=https://localhost:$OFFICE_KIOSKS_PORT
    REGISTRAR_CA=$OFFICE_WORK/A-2/ca.pem
    {
        OFFICE_MADE=${OFFICE_MADE-$OFFICE_BUILD/demo-offices} "$OFFICE_SOURCE/tests/server/demo" "$OFFICE_BUILD/registrar" "$OFFICE_DATA" "${OFFICE_STUDENTS:-100}" \
            "localhost:$OFFICE_PEOPLE_PORT" &&
            "$OFFICE_BUILD/registrar" kiosk add "$OFFICE_DATA" A-2 --place "1-bino, 1-qavat" --address "$REGISTRAR_KIOSKS" --out "$OFFICE_WORK/A-2" &&
            "$OFFICE_BUILD/registrar" kiosk add "$OFFICE_DATA" B-1 --place "2-bino, 1-qavat" --address "$REGISTRAR_KIOSKS" --out "$OFFICE_WORK/B-1"
    } >"$OFFICE_WORK/init.log" 2>&1 || { cat "$OFFICE_WORK/init.log" >&2; return 1; }
    registrar_again "$@"
}

registrar_again() {
    office_close
    [ ! -f "$OFFICE_WORK/registrar.log" ] || cat "$OFFICE_WORK/registrar.log" >>"$OFFICE_WORK/registrar.log.before"
    rm -f "$OFFICE_WORK/registrar.log" # its old "ready" is not the new one's
    OFFICE_SERVE_OPTIONS="--address 127.0.0.1 $*"
    office_registrar_start
}

registrar_ask() {
    local kiosk=$1 method=$2 path=$3 identity=()
    shift 3
    [ "$kiosk" = - ] || identity=(--cert "$REGISTRAR_WORK/$kiosk/certificate.pem" --key "$REGISTRAR_WORK/$kiosk/key.pem")
    [ "$method" = HEAD ] && identity+=(--head) || identity+=(-X "$method")
    curl --noproxy '*' -sS --max-time 30 --cacert "$REGISTRAR_CA" "${identity[@]}" -D "$REGISTRAR_WORK/head" -o "$REGISTRAR_WORK/body" \
        -w '%{http_code}' "$REGISTRAR_KIOSKS$path" "$@"
}

registrar_sign_in() {
    registrar_ask "$1" POST /kiosk/v1/session --json "{\"number\":\"$2\",\"password\":\"$3\"}" >/dev/null
    jq -er .token "$REGISTRAR_WORK/body"
}

registrar_issue() {
    local kiosk=$1 bearer=$2 language=${3:-uz}
    registrar_ask "$kiosk" PUT "/kiosk/v1/requests/$(cat /proc/sys/kernel/random/uuid)" -H "Authorization: Bearer $bearer" \
        --json "{\"service\":\"certificate-of-study\",\"language\":\"$language\",\"answers\":$REGISTRAR_ANSWERS,\"again\":true}" \
        >"$REGISTRAR_WORK/status" || return 1
    cp "$REGISTRAR_WORK/body" "$REGISTRAR_WORK/issued.json"
    [ "$(cat "$REGISTRAR_WORK/status")" = 201 ] || { office_say "not issued:"; cat "$REGISTRAR_WORK/body" >&2; return 1; }
    registrar_ask "$kiosk" GET "/kiosk/v1/copies/$(jq -r .print_job.copy "$REGISTRAR_WORK/issued.json")/page?epoch=$(jq -r .print_job.epoch "$REGISTRAR_WORK/issued.json")" \
        -H "Authorization: Bearer $bearer" >"$REGISTRAR_WORK/status" || return 1
    cp "$REGISTRAR_WORK/body" "$REGISTRAR_WORK/page.pdf"
}

registrar_link() {
    pdftoppm -r 200 -gray -png "$REGISTRAR_WORK/page.pdf" "$REGISTRAR_WORK/sheet" && zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable "$REGISTRAR_WORK"/sheet-*1.png
}

REGISTRAR_ANSWERS='{"receiver":"any"}'
