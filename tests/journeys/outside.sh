# shellcheck shell=bash disable=SC2154
# What happens outside of a visit.  Sourced by run, after deploy/office.sh; wants work and shots, folders.
#
# A visit is a script of src/kiosk/script.h with some more kinds of line, which never reach the kiosk:
#
#   student NUMBER PASSWORD          who visits; without this line a student of whom no other visit of this run knows.  As a comment where the script
#                                    is played without us, too (deploy/demo)
#   kiosk NAME                       at another kiosk of the office; without this line at the one that every office has
#   next student                     somebody else visits from here on
#   play NAME [WORD]                 the lines of NAME.part here; @word in them is WORD, @number and @password the student's, @day+7 a day as it is
#                                    typed, so many days from today, @iso+7 as 2026-11-29
#   outside printer ARGUMENT...      as printers/fault
#   outside grant DOING [...]        a phone that signs in: scans (NAME.png), opens, signs-in (number, password), consents (its digits: @digits, and
#                                    @wrong ones), cancels, shows (words)
#   outside moodle FAULT...          as tests/moodle: "refuse", "slow=5"; heal: none
#   outside network MODE             as tests/faults/network.py
#   outside registrar stop|start|kill
#   outside register V/D/J...        waits until the copies of this visit are so: validity/delivery/job
#   outside checker STATE...         what the public page says of each of these copies: valid, replaced ...
#   outside looked N                 waits until the register has written down N checks of this visit's copies
#   outside papers N                 waits until so many whole papers came out since the visit began; none too many has
#   outside sheets N                 so many sheets, of whole papers and of others; our own printer alone counts them
#   outside numbers N                so many numbers were given since
#   outside paper TEMPLATE WORDS...  the register's newest document of this visit that was made by TEMPLATE has its number on what the printer got
#                                    last, and each of WORDS stands there too
#   outside slip WORDS...            each of WORDS stands on what came out of the printer last, which the register does not know
#   outside phone WHAT               a phone: scans SHOT (its QR code), looks N (times, changing nothing), opens, early (takes, too early),
#                                    takes, gone (takes, too late), genuine (the document that it took).  @digits are those that it shows
#                                    now, @wrong are others
#   outside notice ARGUMENT...       as `registrar notice add`
#   outside notice-gone NUMBER       as `registrar notice remove`
#   outside theme ARGUMENT...        as `registrar theme set`
#   outside staff DOING SERVICE [JSON]  a clerk, with the newest request for SERVICE: approves (in each of its units; answers to what staff are asked),
#                                    declines, returns (words for the student), confirms (its payment), settles (the same, where there is one), knows (saw its
#                                    visitor's passport), orders (its order was made in HEMIS today; NUMBER in place of the JSON),
#                                    prints (its paper, at the window), hands-out, sees (a paper that it
#                                    wants: its question)
#   outside asked SERVICE STATE      the newest request for SERVICE is so: in-unit, withdrawn ...
#   outside order SERVICE STATE [WORDS...]  the order that the newest request for SERVICE ends in is so: draft, issued, dropped; its draft says WORDS
#   outside helped SERVICE           that somebody was helped with this portal is on record
#   outside answered SERVICE FIELD ANSWER  the newest request for SERVICE says so now
#   outside unconfirmed SERVICE      the newest request for SERVICE can't be approved: its visitor has shown no passport
#   outside number SERVICE           of the newest request for SERVICE: @asked from here on
#   outside campaign KIND            a campaign of this kind is open, from yesterday on
#   outside printed WORDS...         each of WORDS stands on the paper that the window printed last
#   outside blanks KIND SERIES FIRST COUNT  numbered forms came, and the clerk has them
#   outside hall DOING WINDOW        a clerk at a window: opens, closes, calls (the next), serves (who was called), ends (is done with them)
#   outside person DOING             a clerk answers the call of a kiosk: comes, was-there, cannot
#   outside display NAME             the hall's screen is switched on, and plays the lines of NAME.part meanwhile; goes on when it has written "shown"
#   outside displayed                ... and it has come to its end
#   outside blocks-card NAME.png    a phone opens the page of the code on a picture of the glass, and blocks the card there
#   before reads-cards KIOSK         it has a card reader, which need not be there
#   outside reader DOING [UID [KIND]]  plug, unplug (the daemon with the reader), in (a card, as tests/card-reader/card), out
#   outside revoke KIOSK             as `registrar kiosk revoke`
#   outside ears                     (before) what the loudspeaker would get is written down from here on
#   outside heard TENTHS             since the last time somebody listened, so many tenths of a second were not silent, or more; waits for them
#   outside silent                   ... none was, or next to none
#   before ...                       as outside, before the kiosk is switched on
#
# Each is done when the kiosk came to it, and before it goes on.  What is out of order at the end of a visit is put right.

. tests/card-reader/reader.sh

PATIENCE_S=60 # for whatever must come: nothing is lost by it while all is well, and a machine may be busy with much else
PRINTER_S=0.7 # a sheet: a real one needs its time too, and the glass must be seen meanwhile

# The certificate of study on two sheets, as a university may have it: what stands in its list comes twice.  With it a service that has a
# question of every kind (services/form-kinds.json); and what is filed on portals elsewhere is decided here, where that is foreseen.
two_sheets() { # folder
    mkdir -p "$1/services" "$1/documents" || return 1
    cp kiosk/services/*.json tests/journeys/services/*.json "$1/services" && cp -r assets/documents/. "$1/documents" &&
        jq -s -c '.[] | select(.portal and .yields) | .decided = "here"' kiosk/services/*.json |
        while read -r service; do echo "$service" >"$1/services/$(jq -r .id <<<"$service").json"; done &&
        jq '.pages = 2 | .languages[].blocks |= (.[:5] + [.[4]] + .[5:])' assets/documents/certificate-of-study.json >"$1/documents/certificate-of-study.json" &&
        { [ ! -d "$OFFICE_WORK/services" ] || cp "$OFFICE_WORK/services/hemis-papers.json" "$1/services"; } &&
        sed -i '/^catalogue = /d' "$OFFICE_DATA/registrar.ini" &&
        printf '\n[paths]\ncatalogue = %s\ntemplates = %s\n' "$1/services" "$1/documents" >>"$OFFICE_DATA/registrar.ini" &&
        office_end "$OFFICE_REGISTRAR_PID" && rm "$OFFICE_WORK/registrar.log" && office_registrar_start
}

journey_office() { # kind of printer, folder
    students=''
    OFFICE_PRINTER_KIND=$1 OFFICE_MOODLE=yes office_open "$BUILD" "$2" || return 1
    [ "$1" = eve ] || two_sheets "$2/paper" || return 1
    printf '\n[glass]\nevening_from = 00:00\nevening_to = 00:00\n' >>"$OFFICE_KIOSK/kiosk.ini" # pictures are judged at any hour of the day
    disown -a # the shell need not tell who was killed
    printers/fault "$OFFICE_PRINTER" slow "$PRINTER_S"
    network=$2/network
    mkdir -p "$network"
    office_start "$network/log" tests/faults/network.py --dir "$network" --to "$OFFICE_KIOSKS_PORT"
    office_wait "$PATIENCE_S" test -s "$network/log" || { office_say "no network: $(cat "$network/log")"; return 1; }
    sed -i "s,^address = .*,address = https://localhost:$(cat "$network/log")," "$OFFICE_KIOSK/kiosk.ini"
    [ "$(grep -c "localhost:$(cat "$network/log")$" "$OFFICE_KIOSK/kiosk.ini")" = 1 ]
}

# Rows of a statement that both databases understand, columns divided by |.
database() {
    if [ -n "$OFFICE_DATABASE_ADDRESS" ]; then
        PGOPTIONS='-c registrar.institution=namuna' psql --no-psqlrc --quiet --no-align --tuples-only --dbname "$OFFICE_DATABASE_ADDRESS" --command "$1"
    else
        sqlite3 -cmd ".timeout ${PATIENCE_S}000" "$OFFICE_DATA/registrar.db" "$1"
    fi
}

papers() { find "$OFFICE_PRINTER/printed" -name '*.pdf' | wc -l; }

# The loudspeaker's samples: 22050 a second, 16 bits.  Prints the tenths of a second that are not silent since the last time.
loud_tenths() {
    local from size
    from=$(cat "${work:?}/heard" 2>/dev/null || echo 0)
    size=$(stat -c %s "$work/sound.raw" 2>/dev/null || echo 0)
    [ "$size" -ge "$from" ] || from=0 # the loudspeaker was closed and opened again: the file begins anew
    echo "$size" >"$work/listened"
    tail -c +$((from + 1)) "$work/sound.raw" 2>/dev/null | head -c $((size - from)) | od -An -v -t d2 -w4410 |
        awk '{ loud = 0; for (i = 1; i <= NF; i++) if ($i > 300 || $i < -300) { loud = 1; break } sum += loud } END { print sum + 0 }'
}

outside_ears() { rm -f "$work/sound.raw" "$work/heard" && export SDL_AUDIODRIVER=disk SDL_DISKAUDIOFILE=$work/sound.raw; }
loud_enough() { local tenths && tenths=$(loud_tenths) && echo "heard: $tenths tenths" && [ "$tenths" -ge "$1" ]; }
outside_heard() { office_wait "$PATIENCE_S" loud_enough "$1" && mv "$work/listened" "$work/heard"; }
outside_silent() { local tenths && tenths=$(loud_tenths) && echo "heard: $tenths tenths" && mv "$work/listened" "$work/heard" && [ "$tenths" -le 1 ]; }

sheets() { cat "$OFFICE_PRINTER/sheets.tsv" 2>/dev/null | wc -l; }

numbers() { database 'SELECT count(*) FROM document WHERE number IS NOT NULL'; } # they have no gaps: a promise of its own

# What tells the documents of this visit from those before, as a condition: each register counts for itself.
since_now() {
    database "SELECT 'AND NOT (document.register = ''' || register || ''' AND document.year = ' || year || ' AND document.number <= ' || max(number) || ')'
        FROM document WHERE number IS NOT NULL GROUP BY register, year" | sed '1 s/^/document.number > 0 /' | grep . || echo 'document.number > 0'
}

codes() {
    database "SELECT copy.code FROM document JOIN copy ON copy.document = document.id
        WHERE $since ORDER BY document.taken_at_s, document.register, document.number, copy.n"
}

checker_says() { # states
    local code state
    for code in $(codes); do
        state=$(jq -r --arg state "${1:-}" '.[$state] // "no such state"' assets/web/texts.en.json)
        curl --noproxy '*' -sS --cacert "$OFFICE_CA" -H 'Accept-Language: en' "$OFFICE_PEOPLE/v/$code" | grep -F "<title>$state" || return 1
        shift
    done
    [ $# -eq 0 ]
}
outside_checker() { office_wait "$PATIENCE_S" checker_says "$@"; }

looked_at() { # how often
    [ "$(database "SELECT coalesce(sum(copy_check.n), 0) FROM document JOIN copy ON copy.document = document.id
        JOIN copy_check ON copy_check.copy = copy.id WHERE $since")" -ge "$1" ]
}

outside_looked() { office_wait "$PATIENCE_S" looked_at "$1"; }

# What became of each copy, in the order of the words: papers of one second have no other.
register() {
    database "SELECT copy.validity || '/' || copy.delivery || '/' || coalesce(print_job.state, '-')
        FROM document JOIN copy ON copy.document = document.id LEFT JOIN print_job ON print_job.copy = copy.id
        WHERE $since" | sort | paste -sd ' '
}

last_printed() { find "$OFFICE_PRINTER/printed" -name '*.pdf' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-; }

outside_paper() { # template, words...
    local template=$1 register year number text words
    shift
    IFS='|' read -r register year number < <(database "SELECT register, year, max(number) FROM document WHERE template = '$template' AND $since
        GROUP BY register, year ORDER BY year DESC LIMIT 1")
    [ -n "$number" ] || { echo "the register has no $template of this visit"; return 1; }
    text=$(pdftotext "$(last_printed)" - | sed 's/\xc2\xa0/ /g' | tr -s ' \n\f' ' ') || return 1
    for words in "$(printf '%s-%d/%06d' "$register" "$year" "$number")" "$@"; do
        grep -qF -- "$words" <<<"$text" || { printf 'not on paper: %s\n%s\n' "$words" "$text"; return 1; }
    done
}

slip_says() {
    local text words
    text=$(pdftotext "$(last_printed)" - | sed 's/\xc2\xa0/ /g' | tr -s ' \n\f' ' ') || return 1
    for words in "$@"; do
        grep -qF -- "$words" <<<"$text" || { printf 'not on the slip: %s\n%s\n' "$words" "$text"; return 1; }
    done
}
outside_slip() { office_wait "$PATIENCE_S" slip_says "$@"; }
# A paper that HEMIS made: the register numbers none.
outside_fetched() { office_wait "$PATIENCE_S" slip_says "${@:2}"; } # template, words...

register_is() { [ "$(register)" = "$(printf '%s\n' $* | sort | paste -sd ' ')" ]; }

outside_printer() { printers/fault "$OFFICE_PRINTER" "$@"; }
papers_are() { [ $(($(papers) - papers_before)) -eq "$1" ]; }
sheets_are() { [ $(($(sheets) - sheets_before)) -eq "$1" ]; }
numbers_are() { [ $(($(numbers) - numbers_before)) -eq "$1" ]; }
outside_papers() { office_wait "$PATIENCE_S" papers_are "$1"; }
outside_sheets() { office_wait "$PATIENCE_S" sheets_are "$1"; }
outside_numbers() { office_wait "$PATIENCE_S" numbers_are "$1"; }
outside_register() { office_wait "$PATIENCE_S" register_is "$*"; }

phone_asks() { # status that is expected, method, path
    local status follow=()
    [ "$2" != GET ] || follow=(--location) # a QR code's address leads to its page
    status=$(curl "${follow[@]}" --noproxy '*' -sS --max-time "$PATIENCE_S" --cacert "$OFFICE_CA" -H 'Accept-Language: en' -b "$work/phone.cookies" -c "$work/phone.cookies" \
        -o "$work/phone.body" -w '%{http_code}' -X "$2" "$OFFICE_PEOPLE$3")
    [ "$status" = "$1" ] || { echo "$2 ${3%/*}/...: $status, not $1"; return 1; }
}

outside_phone() {
    local token='' i
    read -r token 2>/dev/null <"$work/phone.token"
    case $1 in
    scans)
        rm -f "$work/phone.cookies"
        token=$(zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable "${shots:?}/$2" 2>/dev/null) || return 1
        [ "${token%/*}" = "HTTPS://${OFFICE_HOST^^}/D" ] && printf '%s\n' "${token##*/}" >"$work/phone.token"
        ;;
    looks) for ((i = 0; i < $2; i++)); do phone_asks 200 GET "/D/$token" || return 1; done ;;
    opens)
        phone_asks 303 POST "/d/$token" && phone_asks 200 GET "/d/$token" || return 1
        sed -n 's/.*class="digits"[^>]*>\([0-9][0-9]\)<.*/\1/p' "$work/phone.body" >"$work/phone.digits"
        [ -s "$work/phone.digits" ]
        ;;
    early) phone_asks 409 POST "/d/$token/file" ;;
    takes) phone_asks 200 POST "/d/$token/file" && cp "$work/phone.body" "$work/phone.pdf" ;;
    gone) phone_asks 410 POST "/d/$token/file" ;;
    genuine) "$BUILD/registrar" seal verify "$work/phone.pdf" --data "$OFFICE_DATA" ;;
    *) return 1 ;;
    esac
}

# A phone that signs its student in at the kiosk.
grant_form() { # status that is expected, path, form
    local status
    status=$(curl --noproxy '*' -sS --max-time "$PATIENCE_S" --cacert "$OFFICE_CA" -H 'Accept-Language: en' -b "$work/phone.cookies" -c "$work/phone.cookies" \
        -o "$work/phone.body" -w '%{http_code}' --data "$3" "$OFFICE_PEOPLE$2")
    [ "$status" = "$1" ] || { echo "POST ${2%/*}/...: $status, not $1"; return 1; }
}

outside_grant() {
    local code=''
    read -r code 2>/dev/null <"$work/grant.code"
    case $1 in
    scans)
        rm -f "$work/phone.cookies"
        code=$(zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable "${shots:?}/$2" 2>/dev/null) || return 1
        [ "${code%/*}" = "HTTPS://${OFFICE_HOST^^}/G" ] && printf '%s\n' "${code##*/}" >"$work/grant.code" && phone_asks 200 GET "/G/${code##*/}"
        ;;
    opens) grant_form 303 "/g/$code" '' && phone_asks 200 GET "/g/$code" ;;
    signs-in) grant_form 303 "/g/$code/password" "number=$2&password=$3" && phone_asks 200 GET "/g/$code" ;;
    consents)
        grant_form 303 "/g/$code/consent" '' && phone_asks 200 GET "/g/$code" || return 1
        sed -n 's/.*class="digits"[^>]*>\([0-9][0-9]\)<.*/\1/p' "$work/phone.body" >"$work/phone.digits"
        [ -s "$work/phone.digits" ]
        ;;
    cancels) grant_form 200 "/g/$code/cancel" '' ;;
    shows) phone_asks 200 GET "/g/$code" && grep -qF "$2" "$work/phone.body" ;;
    *) return 1 ;;
    esac
}

# It comes each half minute, and would be taken for the request whose answer is to be lost.
heartbeat_was_just_now() {
    local last
    last=$(cat "$OFFICE_WORK"/registrar*.log | grep 'listener=kiosks route=heartbeat ' | tail -n 1)
    [ -n "$last" ] && [ $(($(date +%s) - $(date -d "${last%% *}" +%s))) -lt 20 ]
}

outside_moodle() {
    rm -f "$OFFICE_MOODLE_FOLDER/faults"
    [ "$1" = heal ] || printf '%s\n' "$@" >"$OFFICE_MOODLE_FOLDER/faults"
}

outside_network() {
    [ "$1" != lose-answer ] || office_wait "$PATIENCE_S" heartbeat_was_just_now || return 1
    printf '%s\n' "$*" >"$network/mode.new" && mv "$network/mode.new" "$network/mode"
    local state=$*
    [ "$1" != lose-answer ] || state+='|refuse' # what it should lose may have come at once
    office_wait "$PATIENCE_S" grep -qxE "$state" "$network/state"
}

outside_registrar() {
    case $1 in
    stop) office_end "$OFFICE_REGISTRAR_PID" ;;
    kill) kill -KILL -- "-$OFFICE_REGISTRAR_PID" && office_end "$OFFICE_REGISTRAR_PID" ;;
    start) rm -f "$OFFICE_WORK/registrar.log" && office_registrar_start && echo "$OFFICE_REGISTRAR_PID" >"${work:?}/registrar.pid" ;;
    *) return 1 ;;
    esac
}

outside_notice() { "$OFFICE_BUILD/registrar" notice add "$OFFICE_DATA" "$@"; }
outside_notice-gone() { "$OFFICE_BUILD/registrar" notice remove "$OFFICE_DATA" "$1"; }
pages_given() { cat "$OFFICE_WORK"/registrar*.log | grep -c 'listener=kiosks route=information .*status=200'; }
more_pages_given() { [ "$(pages_given)" -gt "$1" ]; }
# A page is put or taken away, and the kiosk has asked for it.
outside_told() {
    local before
    before=$(pages_given)
    "$OFFICE_BUILD/registrar" information put "$OFFICE_DATA" "tests/examples/information/$1.json" && office_wait "$PATIENCE_S" more_pages_given "$before"
}
outside_told-gone() {
    local before
    before=$(pages_given)
    "$OFFICE_BUILD/registrar" information remove "$OFFICE_DATA" "$1" && office_wait "$PATIENCE_S" more_pages_given "$before"
}
# A code on a picture of the glass opens this address: scheme and host may be in capitals.
outside_code() { zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable "${shots:?}/$1" 2>/dev/null | grep -ixF "$2"; }
# The page of the code on a picture of the glass, on a phone: it is asked there to block the card.
outside_blocks-card() {
    local token
    token=$(zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable "${shots:?}/$1" 2>/dev/null) || return 1
    [ "${token%/*}" = "HTTPS://${OFFICE_HOST^^}/C" ] || return 1
    rm -f "$work/phone.cookies"
    phone_asks 200 GET "/C/${token##*/}" && phone_asks 303 POST "/c/${token##*/}" && phone_asks 200 GET "/c/${token##*/}" && grep -q 'The card is blocked' "$work/phone.body"
}
outside_reads-cards() { grep -q '^card_reader' "$OFFICE_WORK/$1/kiosk.ini" || printf '\n[devices]\ncard_reader = yes\n' >>"$OFFICE_WORK/$1/kiosk.ini"; }
outside_reader() {
    case $1 in
    plug) reader_plug ;;
    unplug) reader_end "$work/card.pid" && reader_end "$work/pcscd.pid" ;;
    in) reader_in "${@:2}" ;;
    out) reader_end "$work/card.pid" ;;
    *) return 1 ;;
    esac
}
outside_scanner() { grep -q '^scanner' "$OFFICE_WORK/$1/kiosk.ini" || printf '\n[devices]\nscanner = yes\n' >>"$OFFICE_WORK/$1/kiosk.ini"; }
outside_revoke() { "$OFFICE_BUILD/registrar" kiosk revoke "$OFFICE_DATA" "$1"; }
outside_theme() { "$OFFICE_BUILD/registrar" theme set "$OFFICE_DATA" "$@"; }

# The university's clerk, over the interface.
clerk_asks() { # expected status, method, path, body; answer in clerk.body, its entity tag in clerk.tag
    local status head=()
    [ -s "$OFFICE_WORK/clerk" ] || "$OFFICE_BUILD/registrar" token add "$OFFICE_DATA" clerk --for requests,payments,blanks,hall >"$OFFICE_WORK/clerk" || return 1
    [ -z "${clerk_tag:-}" ] || head=(-H "If-Match: $clerk_tag")
    status=$(curl --noproxy '*' -sS --max-time "$PATIENCE_S" --cacert "$OFFICE_CA" -H "Authorization: Bearer $(cat "$OFFICE_WORK/clerk")" -H 'Content-Type: application/json' \
        "${head[@]}" -D "$work/clerk.head" -o "$work/clerk.body" -w '%{http_code}' -X "$2" ${4:+--data "$4"} "$OFFICE_PEOPLE/office/v1/$3") || return 1
    [ "$status" = "$1" ] || { echo "$2 $3: $status, not $1: $(head -c 500 "$work/clerk.body")"; return 1; }
}

clerk_looks() { # request; clerk_tag is its epoch's
    clerk_tag='' && clerk_asks 200 GET "requests/$1" && clerk_tag=$(sed -n 's/^etag: *\(".*"\).*/\1/Ip' "$work/clerk.head")
}

clerk_looks_at_order() { # request
    clerk_tag='' && clerk_asks 200 GET "orders/$1" && clerk_tag=$(sed -n 's/^etag: *\(".*"\).*/\1/Ip' "$work/clerk.head")
}

clerk_approves() { # request, answers: in each of its units
    local body='' answers=${2:-}
    while clerk_looks "$1" && [ "$(jq -r .stands "$work/clerk.body")" = review ]; do
        body=$(jq -c --argjson answers "${answers:-null}" 'if .asks | length > 0 then { answers: ($answers // {}) } else {} end' "$work/clerk.body")
        clerk_asks 204 POST "requests/$1/approve" "$body" || return 1
    done
    [ -n "$body" ]
}

clerk_prints() { # request
    clerk_tag='' && office_wait "$PATIENCE_S" clerk_asks 200 GET "requests/$1/page" && cp "$work/clerk.body" "$work/window.pdf" || return 1
    clerk_tag=$(sed -n 's/^etag: *\(".*"\).*/\1/Ip' "$work/clerk.head")
    clerk_asks 200 PUT "requests/$1/printed" '{"state":"printed"}'
}

outside_staff() { # doing, service, JSON
    local clerk_tag='' id
    id=$(newest_asked "$2") && [ -n "$id" ] || return 1
    case $1 in
    approves) clerk_approves "$id" "${3:-}" ;;
    declines) clerk_looks "$id" && clerk_asks 204 POST "requests/$id/decline" "$3" ;;
    returns) clerk_looks "$id" && clerk_asks 204 POST "requests/$id/return" "$3" ;;
    confirms)
        id=$(database "SELECT id FROM invoice WHERE request = '$id'")
        clerk_asks 200 PUT "invoices/${id/\//%2F}" '{"state":"paid","reference":"PO-118273"}'
        ;;
    sees) clerk_tag='' && clerk_asks 204 POST "requests/$id/papers/$3/seen" ;;
    knows) clerk_asks 204 POST "requests/$id/confirm" "{\"passport\":\"$3\"}" ;;
    orders)
        clerk_looks_at_order "$id" && clerk_asks 204 POST "orders/$id/issue" "{\"number\":\"$3\",\"day\":\"$(day_from_now 0 %F)\"}"
        ;;
    settles)
        id=$(database "SELECT id FROM invoice WHERE request = '$id'")
        [ -z "$id" ] || clerk_asks 200 PUT "invoices/${id/\//%2F}" '{"state":"paid","reference":"PO-118273"}'
        ;;
    prints) clerk_prints "$id" ;;
    hands-out) clerk_looks "$id" && clerk_asks 204 POST "requests/$id/hand-out" '{"to":"student"}' ;;
    *) return 1 ;;
    esac
}

hall_looks() { # window; its ticket's id, and epochs
    local clerk_tag=''
    clerk_asks 200 GET windows || return 1
    hall_epoch=$(jq ".windows[] | select(.number == $1) | .epoch" "$work/clerk.body")
    hall_ticket=$(jq -r ".windows[] | select(.number == $1) | .ticket.id // empty" "$work/clerk.body")
    hall_ticket_epoch=$(jq ".windows[] | select(.number == $1) | .ticket.epoch // 0" "$work/clerk.body")
}

outside_hall() { # doing, window
    local clerk_tag hall_epoch hall_ticket hall_ticket_epoch
    hall_looks "$2" || return 1
    clerk_tag="\"$hall_epoch\""
    case $1 in
    opens) clerk_asks 200 PUT "windows/$2" '{"state":"open"}' ;;
    closes) clerk_asks 200 PUT "windows/$2" '{"state":"closed"}' ;;
    calls) clerk_asks 200 POST "windows/$2/next" && jq -e '.ticket' "$work/clerk.body" >/dev/null ;;
    serves) clerk_tag="\"$hall_ticket_epoch\"" && clerk_asks 200 PUT "tickets/$hall_ticket" '{"state":"serving"}' ;;
    ends) clerk_tag="\"$hall_ticket_epoch\"" && clerk_asks 200 PUT "tickets/$hall_ticket" '{"state":"served"}' ;;
    *) return 1 ;;
    esac
}

somebody_is_called() { clerk_asks 200 GET calls && jq -e '.calls[-1].id' "$work/clerk.body"; }

outside_person() { # doing
    local clerk_tag='' state id
    case $1 in comes) state=coming ;; was-there) state=over ;; cannot) state=nobody ;; *) return 1 ;; esac
    office_wait "$PATIENCE_S" somebody_is_called && id=$(jq -er '.calls[-1].id' "$work/clerk.body") || return 1
    clerk_tag="\"$(jq '.calls[-1].epoch' "$work/clerk.body")\"" && clerk_asks 204 PUT "calls/$id" "{\"state\":\"$state\"}"
}

outside_display() { # part
    local folder
    folder=$(another_kiosk H-1) && lines "tests/journeys/$1.part" '' >"$work/display.script" && rm -f "$shots/shown" "$work/display.over" || return 1
    {
        "$OFFICE_BUILD/kiosk" --config "$folder/kiosk.ini" --display --headless --size 1920x1080 --script "$work/display.script" --out "$shots" >"$work/display.log" 2>&1
        echo $? >"$work/display.over"
    } &
    office_wait $((PATIENCE_S * 3)) test -e "$shots/shown" -o -e "$work/display.over" && [ ! -e "$work/display.over" ] || { cat "$work/display.log"; return 1; }
}
outside_displayed() { office_wait $((PATIENCE_S * 3)) test -e "$work/display.over" && [ "$(cat "$work/display.over")" = 0 ] || { cat "$work/display.log"; return 1; }; }

asked_is() { [ "$(database "SELECT state FROM request WHERE service = '$1' ORDER BY asked_at_s DESC, number DESC LIMIT 1")" = "$2" ]; }
outside_asked() { office_wait "$PATIENCE_S" asked_is "$1" "$2"; }

outside_helped() { [ "$(database "SELECT count(*) FROM portal_help WHERE service = '$1' AND n > 0")" -gt 0 ]; }

newest_asked() { database "SELECT id FROM request WHERE service = '$1' AND number IS NOT NULL ORDER BY number DESC LIMIT 1"; } # service

# What stands in its body: texts of the record, of the answers and of those who decided.
order_is() { # service, state
    local clerk_tag=''
    clerk_looks_at_order "$(newest_asked "$1")" && [ "$(jq -r .state "$work/clerk.body")" = "$2" ]
}
outside_order() { # service, state, words...
    local words
    office_wait "$PATIENCE_S" order_is "$1" "$2" || return 1
    shift 2
    for words in "$@"; do
        jq -e --arg words "$words" '[.. | strings] | any(contains($words))' "$work/clerk.body" >/dev/null ||
            { printf 'the order does not say: %s\n%s\n' "$words" "$(cat "$work/clerk.body")"; return 1; }
    done
}

answered_is() { # service, field, answer
    [ "$(database "SELECT answers FROM request WHERE id = '$(newest_asked "$1")'" | jq -r --arg field "$2" '.[$field]')" = "$3" ]
}
outside_answered() { office_wait "$PATIENCE_S" answered_is "$1" "$2" "$3"; }

outside_unconfirmed() {
    local clerk_tag='' id
    id=$(newest_asked "$1") && clerk_looks "$id" && clerk_asks 409 POST "requests/$id/approve" '{}' && grep -q /problems/unconfirmed "$work/clerk.body"
}

outside_number() {
    database "SELECT number FROM request WHERE id = '$(newest_asked "$1")'" >"$work/asked.number" && [ -s "$work/asked.number" ]
}

outside_campaign() {
    "$OFFICE_BUILD/registrar" campaign add "$OFFICE_DATA" "open-$1" --kind "$1" --from "$(day_from_now -1 %F)" --to "$(day_from_now 30 %F)"
}

outside_printed() {
    local text words
    text=$(pdftotext "$work/window.pdf" - | sed 's/\xc2\xa0/ /g' | tr -s ' \n\f' ' ') || return 1
    for words in "$@"; do
        grep -qF -- "$words" <<<"$text" || { printf 'not on paper: %s\n%s\n' "$words" "$text"; return 1; }
    done
}

outside_blanks() {
    local clerk_tag=''
    clerk_asks 204 POST blanks "{\"kind\":\"$1\",\"series\":\"$2\",\"first\":$3,\"count\":$4,\"holder\":\"clerk\"}"
}

outside() { # what, in one word; blanks inside quotes are kept
    local arguments=() argument
    while IFS= read -r argument; do
        arguments+=("$argument")
    done < <(xargs -n 1 printf '%s\n' <<<"$1")
    "outside_${arguments[0]}" "${arguments[@]:1}" >&2 && return
    echo "outside, $1 did not come about" >"$work/why"
    return 1
}

# Who visits: the named one, else the next of the demo's students (its first ones are named).
choose_student() { # name of the visit, or nothing
    read -r number password < <(sed -n 's/^\(# \)\?student \([0-9]\+ [^ ]\+\)$/\2/p' "tests/journeys/${1:-}.visit" 2>/dev/null) && return
    students=${students:-$(jq -r '.students[3:][] | select(.profile.status == "11") | .number + " " + .password' assets/demo/university.json)}
    read -r number password <<<"$students"
    students=${students#*$'\n'}
}

# Whoever visits in these journeys signs in once, as if at the kiosk, and is gone when their record is whole.  None of them is in the register before.
everybody_came() { # names of visits
    local name
    local -A came=()
    local number password students=$students # who visits without a name is chosen in the same order again
    [ "$(database 'SELECT count(*) FROM student')" = 0 ] || { office_say 'the register has students already'; return 1; }
    for name in "$@"; do
        ! grep -qx 'next student' "tests/journeys/$name.visit" || { choose_student && signs_in_once; } || return 1
        choose_student "$name" && signs_in_once || return 1
    done
    office_wait "$PATIENCE_S" records_are_whole "${#came[@]}" || { office_say "not all records of ${#came[@]} students are whole"; return 1; }
}

signs_in_once() { # number, password and whom it saw before (came) are the caller's
    local bearer
    [ -z "${came[$number]:-}" ] || return 0
    came[$number]=yes
    bearer=$(kiosk_asks POST session "$(jq -cn --arg number "$number" --arg password "$password" '$ARGS.named')" | jq -er .token) &&
        kiosk_asks DELETE session '' "$bearer" || { office_say "$number could not sign in"; return 1; }
}

kiosk_asks() { # method, path, body, bearer
    curl --noproxy '*' -sS --fail --max-time "$PATIENCE_S" --cacert "$OFFICE_CA" --cert "$OFFICE_KIOSK/certificate.pem" --key "$OFFICE_KIOSK/key.pem" -X "$1" \
        ${4:+-H "Authorization: Bearer $4"} ${3:+-H 'Content-Type: application/json' --data "$3"} "$OFFICE_KIOSKS/kiosk/v1/$2"
}

# HEMIS has answered for every part of this many students' records: with a part, or that there is none.
records_are_whole() { # students
    [ "$(sed -n 's/.* lacking=0 .*/whole/p' "$OFFICE_WORK"/registrar*.log | wc -l)" -ge "$1" ]
}

# Where the institution is.
day_from_now() { TZ=Asia/Tashkent date -d "$1 days" "+$2"; } # days, form

# @day+7 in a line becomes what a student types for that day: 29112026; @iso+7 as it is written down: 2026-11-29.
days_written() { # line
    local line=$1 form
    while [[ $line =~ @(day|iso)([+-][0-9]+) ]]; do
        [ "${BASH_REMATCH[1]}" = iso ] && form=%F || form=%d%m%Y
        line=${line//${BASH_REMATCH[0]}/$(day_from_now "${BASH_REMATCH[2]}" "$form")}
    done
    printf '%s' "$line"
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
        [[ $line != *@day* && $line != *@iso* ]] || line=$(days_written "$line")
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

# The kiosk has come to here, and has what it asked for.  False when it has stopped before.
reached() {
    rm -f "${shots:?}/reached"
    echo 'tree reached'
    office_wait $((PATIENCE_S * 6)) test -e "$shots/reached" -o -e "$work/over" || { echo 'the kiosk stands still' >"$work/why"; return 1; }
    [ ! -e "$work/over" ]
}

# Speaks a visit to the kiosk, and does what happens outside when the kiosk has come to it.
speak() { # name, copies
    speak_lines "$1"
    # It is switched off once the register knows what it has to tell; judge looks whether that is right.
    [ -e "$work/why" ] || ! reached || outside_register "$2"
}
speak_lines() {
    local line
    lines "tests/journeys/$1.visit" '' | while IFS= read -r line; do
        case $line in
        outside\ *)
            reached || return
            outside "${line#outside }" || return
            ;;
        *@digits*) printf '%s\n' "${line//@digits/$(cat "$work/phone.digits")}" ;;
        *@asked*) printf '%s\n' "${line//@asked/$(cat "$work/asked.number")}" ;;
        *@wrong*) printf '%s\n' "${line//@wrong/$(printf %02d $(((10#$(cat "$work/phone.digits") + 1) % 100)))}" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done
}

put_right() {
    outside 'reader unplug' && outside 'printer clear' && outside "printer slow $PRINTER_S" && outside 'network pass' || return 1
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
    # The register is told last of what became of a paper.
    outside_register "$4" || { echo "the register says $(register) instead of $4" >"$work/why"; return 1; }
    outside_papers "$2" || { echo "$(($(papers) - papers_before)) papers came out instead of $2" >"$work/why"; return 1; }
    outside_numbers "$3" && return
    echo "$(($(numbers) - numbers_before)) numbers were given instead of $3" >"$work/why"
    return 1
}

journey() { # name, papers, numbers, copies
    local OFFICE_KIOSK=$OFFICE_KIOSK number password next_number next_password kiosk papers_before sheets_before numbers_before since before judged
    if grep -qx 'next student' "tests/journeys/$1.visit"; then
        choose_student && next_number=$number next_password=$password
    fi
    choose_student "$1"
    while read -r kiosk; do
        OFFICE_KIOSK=$(another_kiosk "$kiosk")
    done < <(sed -n 's/^kiosk //p' "tests/journeys/$1.visit")
    papers_before=$(papers) sheets_before=$(sheets) numbers_before=$(numbers) since=$(since_now)
    rm -f "$work/over" "$work/why"
    mkdir -p "$(dirname "$work/$1")"
    while read -r before; do
        outside "$before" || return 1
    done < <(sed -n 's/^before //p' "tests/journeys/$1.visit")
    speak "$1" "$4" 2>"$work/$1.outside" | {
        office_kiosk --headless --script - --out "$shots" >"$work/$1.log" 2>&1
        echo $? >"$work/over"
    }
    cat "$work/$1.outside" >>"$work/$1.log"
    learn_registrar
    judge "$@"
    judged=$?
    unset SDL_AUDIODRIVER SDL_DISKAUDIOFILE
    put_right >>"$work/$1.log" 2>&1 && learn_registrar
    return "$judged"
}
