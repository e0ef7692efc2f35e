# shellcheck shell=bash
# What happens outside of a visit.  Sourced by run, after deploy/office.sh; wants work and shots, folders.
#
# A visit is a script of src/kiosk/script.h with some more kinds of line, which never reach the kiosk:
#
#   student NUMBER PASSWORD          who visits; without this line a student of whom no other visit of this run knows
#   kiosk NAME                       at another kiosk of the office; without this line at the one that every office has
#   next student                     somebody else visits from here on
#   play NAME [WORD]                 the lines of NAME.part here; @word in them is WORD, @number and @password the student's
#   outside printer ARGUMENT...      as printers/fault
#   outside network MODE             as tests/faults/network.py
#   outside registrar stop|start|kill
#   outside register V/D/J...        waits until the copies of this visit are so: validity/delivery/job
#   outside checker STATE...         what the public page says of each of these copies: valid, replaced ...
#   outside papers N                 so many whole papers came out since the visit began
#   outside sheets N                 so many sheets, of whole papers and of others; our own printer alone counts them
#   outside numbers N                so many numbers were given since
#   before ...                       as outside, before the kiosk is switched on
#
# Each is done when the kiosk came to it, and before it goes on.  What is out of order at the end of a visit is put right.

PRINTER_S=0.7 # a sheet: a real one needs its time too, and the glass must be seen meanwhile

# The certificate of study on two sheets, as a university may have it: what stands in its list comes twice.
two_sheets() { # folder
    mkdir -p "$1/services" "$1/documents" || return 1
    cp kiosk/services/*.json "$1/services" &&
        jq '.pages = 2 | .languages[].blocks |= (.[:5] + [.[4]] + .[5:])' assets/documents/certificate-of-study.json >"$1/documents/certificate-of-study.json" &&
        printf '\n[paths]\ncatalogue = %s\ntemplates = %s\n' "$1/services" "$1/documents" >>"$OFFICE_DATA/registrar.ini" &&
        office_end "$OFFICE_REGISTRAR_PID" && rm "$OFFICE_WORK/registrar.log" && office_registrar_start
}

journey_office() { # kind of printer, folder
    students=''
    OFFICE_PRINTER_KIND=$1 office_open "$BUILD" "$2" || return 1
    [ "$1" = eve ] || two_sheets "$2/paper" || return 1
    disown -a # the shell need not tell who was killed
    printers/fault "$OFFICE_PRINTER" slow "$PRINTER_S"
    network=$2/network
    mkdir -p "$network"
    office_start "$network/log" tests/faults/network.py --dir "$network" --to "$OFFICE_KIOSKS_PORT"
    office_wait 10 test -s "$network/log" || { office_say "no network: $(cat "$network/log")"; return 1; }
    sed -i "s,^address = .*,address = https://localhost:$(cat "$network/log")," "$OFFICE_KIOSK/kiosk.ini"
    [ "$(grep -c "localhost:$(cat "$network/log")$" "$OFFICE_KIOSK/kiosk.ini")" = 1 ]
}

database() { sqlite3 -cmd '.timeout 5000' "$OFFICE_DATA/registrar.db" "$@"; }

papers() { find "$OFFICE_PRINTER/printed" -name '*.pdf' | wc -l; }

sheets() { cat "$OFFICE_PRINTER/sheets.tsv" 2>/dev/null | wc -l; }

numbers() { database 'SELECT ifnull(max(number), 0) FROM document'; } # they have no gaps: a promise of its own

codes() {
    database "SELECT copy.code FROM document JOIN copy ON copy.document = document.id
        WHERE document.number > $numbers_before ORDER BY document.number, copy.n"
}

outside_checker() {
    local code state
    for code in $(codes); do
        state=$(jq -r --arg state "${1:-}" '.[$state] // "no such state"' assets/web/texts.en.json)
        curl --noproxy '*' -sS --cacert "$OFFICE_CA" -H 'Accept-Language: en' "$OFFICE_PEOPLE/v/$code" | grep -F "<title>$state" || return 1
        shift
    done
    [ $# -eq 0 ]
}

register() {
    database "SELECT group_concat(state, ' ') FROM (SELECT copy.validity || '/' || copy.delivery || '/' || print_job.state AS state
        FROM document JOIN copy ON copy.document = document.id JOIN print_job ON print_job.copy = copy.id
        WHERE document.number > $numbers_before ORDER BY document.number, copy.n)"
}

register_is() { [ "$(register)" = "$*" ]; }

outside_printer() { printers/fault "$OFFICE_PRINTER" "$@"; }
outside_papers() { [ $(($(papers) - papers_before)) -eq "$1" ]; }
outside_sheets() { [ $(($(sheets) - sheets_before)) -eq "$1" ]; }
outside_numbers() { [ $(($(numbers) - numbers_before)) -eq "$1" ]; }
outside_register() { office_wait 15 register_is "$*"; }

outside_network() {
    printf '%s\n' "$*" >"$network/mode.new" && mv "$network/mode.new" "$network/mode"
    office_wait 5 grep -qx "$*" "$network/state"
}

outside_registrar() {
    case $1 in
    stop) office_end "$OFFICE_REGISTRAR_PID" ;;
    kill) kill -KILL -- "-$OFFICE_REGISTRAR_PID" && office_end "$OFFICE_REGISTRAR_PID" ;;
    start) rm -f "$OFFICE_WORK/registrar.log" && office_registrar_start && echo "$OFFICE_REGISTRAR_PID" >"${work:?}/registrar.pid" ;;
    *) return 1 ;;
    esac
}

outside() { # what, in one word
    local arguments
    read -ra arguments <<<"$1"
    "outside_${arguments[0]}" "${arguments[@]:1}" >&2 && return
    echo "outside, $1 did not come about" >"$work/why"
    return 1
}

# Who visits: the named one, else the next of the demo's students (its first ones are named).
choose_student() { # name of the visit, or nothing
    read -r number password < <(sed -n 's/^student //p' "tests/journeys/${1:-}.visit" 2>/dev/null) && return
    students=${students:-$(jq -r '.students[3:][] | select(.profile.status == "11") | .number + " " + .password' assets/demo/university.json)}
    read -r number password <<<"$students"
    students=${students#*$'\n'}
}

# Another kiosk of this office: its folder, made when it is wanted first.
another_kiosk() { # name
    local folder=$OFFICE_WORK/$1
    [ -e "$folder/kiosk.ini" ] || {
        "$OFFICE_BUILD/registrar" kiosk add "$OFFICE_DATA" "$1" --place "2-bino, 1-qavat" --out "$folder" \
            --address "$(sed -n 's/^address = //p' "$OFFICE_KIOSK/kiosk.ini")" &&
            sed -n '/^\[printer\]/,/^$/p' "$OFFICE_KIOSK/kiosk.ini" >>"$folder/kiosk.ini"
    } >>"$OFFICE_WORK/init.log" 2>&1
    printf '%s' "$folder"
}

# The lines of a visit with its parts in their places.
lines() { # file, word
    local line part word
    while IFS= read -r line; do
        line=${line//@number/$number}
        line=${line//@password/$password}
        line=${line//@word/$2}
        case $line in
        play\ *)
            read -r _ part word <<<"$line"
            lines "tests/journeys/$part.part" "$word"
            ;;
        'next student') number=$next_number password=$next_password ;;
        '' | '#'* | student\ * | before\ * | kiosk\ *) ;;
        *) printf '%s\n' "$line" ;;
        esac
    done <"$1"
}

# Speaks a visit to the kiosk, and does what happens outside when the kiosk has come to it.
speak() {
    local line
    lines "tests/journeys/$1.visit" '' | while IFS= read -r line; do
        case $line in
        outside\ *)
            rm -f "${shots:?}/reached"
            echo 'tree reached'
            office_wait 90 test -e "$shots/reached" -o -e "$work/over"
            [ ! -e "$work/over" ] || return
            outside "${line#outside }" || return
            ;;
        *) printf '%s\n' "$line" ;;
        esac
    done
}

put_right() {
    outside 'printer clear' && outside "printer slow $PRINTER_S" && outside 'network pass' || return 1
    kill -0 -- "-$OFFICE_REGISTRAR_PID" 2>/dev/null || outside 'registrar start'
}

# The registrar was ended and started on the other side of a pipe.
learn_registrar() {
    [ -e "$work/registrar.pid" ] || return 0
    OFFICE_REGISTRAR_PID=$(cat "$work/registrar.pid")
    OFFICE_PIDS+=("$OFFICE_REGISTRAR_PID")
    rm -f "$work/registrar.pid"
}

# What a visit left: the kiosk's word, paper, numbers, copies; why says what is wrong.
judge() { # name, papers, numbers, copies
    [ ! -e "$work/why" ] || return 1
    grep -m 1 '^script: ' "$work/$1.log" >"$work/why" || echo 'the kiosk ended badly' >"$work/why"
    [ "$(cat "$work/over")" = 0 ] || return 1
    echo "$(($(papers) - papers_before)) papers came out instead of $2" >"$work/why"
    outside_papers "$2" || return 1
    echo "$(($(numbers) - numbers_before)) numbers were given instead of $3" >"$work/why"
    outside_numbers "$3" || return 1
    outside_register "$4" && return
    echo "the register says $(register) instead of $4" >"$work/why"
    return 1
}

journey() { # name, papers, numbers, copies
    local OFFICE_KIOSK=$OFFICE_KIOSK number password next_number next_password kiosk papers_before sheets_before numbers_before before judged
    if grep -qx 'next student' "tests/journeys/$1.visit"; then
        choose_student && next_number=$number next_password=$password
    fi
    choose_student "$1"
    while read -r kiosk; do
        OFFICE_KIOSK=$(another_kiosk "$kiosk")
    done < <(sed -n 's/^kiosk //p' "tests/journeys/$1.visit")
    papers_before=$(papers) sheets_before=$(sheets) numbers_before=$(numbers)
    rm -f "$work/over" "$work/why"
    while read -r before; do
        outside "$before" || return 1
    done < <(sed -n 's/^before //p' "tests/journeys/$1.visit")
    speak "$1" 2>"$work/$1.outside" | {
        office_kiosk --headless --script - --out "$shots" >"$work/$1.log" 2>&1
        echo $? >"$work/over"
    }
    cat "$work/$1.outside" >>"$work/$1.log"
    learn_registrar
    judge "$@"
    judged=$?
    put_right >>"$work/$1.log" 2>&1 && learn_registrar
    return "$judged"
}
