#include "registrar/office/review_inbox.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/fields.h"
#include "registrar/office/inside.h"
#include "registrar/office/names.h"
#include "registrar/office/shelf_keeper.h"
#include "wire/json.h"

#define PLACED_AT_ONCE     256 /* others who write are not kept waiting for longer */
#define PROFILE_BYTES_MOST (1u << 20)
#define OF_STUDENT_MOST    20
#define WORKDAY_S          (8 * 3600) /* of an office that does not say when it is open */

/* --- scopes ------------------------------------------------------------------------------------------------------- */

bool inbox_sees(const StaffScope *scope, InboxList list, const char *unit, const char *faculty)
{
    const bool decided = list == INBOX_APPROVED || list == INBOX_OVER;

    return (decided || !unit[0] || scope_has(scope, SCOPE_UNIT, str_from(unit))) &&
           scope_has(scope, SCOPE_FACULTY, str_from(faculty));
}

/* --- placing ------------------------------------------------------------------------------------------------------ */

typedef struct Placing {
    InboxUnplaced rows[PLACED_AT_ONCE];
    size_t count;
} Placing;

static bool find_unplaced(StoreTransaction *transaction, void *arg, Error *err)
{
    Placing *placing = arg;

    return inbox_unplaced(transaction, placing->rows, PLACED_AT_ONCE, &placing->count, err);
}

static bool read_faculty(StoreTransaction *transaction, int64_t student, char ret[FACULTY_SIZE], Error *err)
{
    OWNED_BUF body;
    int64_t as_of_s;
    bool found;

    buf_init(&body, PROFILE_BYTES_MOST);
    ret[0] = '\0';
    if (!records_get(transaction, student, "profile", &found, &body, &as_of_s, err))
        return false;
    OWNED(json_t) profile = found ? json_read(buf_str(&body), NULL) : NULL;
    const char *code = fields_faculty(profile);
    if (code && !str_copy(str_from(code), ret, FACULTY_SIZE))
        ret[0] = '\0';
    return true;
}

static bool place_some(StoreTransaction *transaction, void *arg, Error *err)
{
    Placing *placing = arg;

    if (!find_unplaced(transaction, arg, err))
        return false;
    for (size_t i = 0; i < placing->count; i++) {
        char faculty[FACULTY_SIZE];

        if (!read_faculty(transaction, placing->rows[i].student, faculty, err) ||
            !inbox_place(transaction, placing->rows[i].id, faculty, err))
            return false;
    }
    return true;
}

/* What changed since somebody looked last: mostly nothing. */
bool review_place(Office *office, Error *err)
{
    Placing *placing = mem_new(1, sizeof *placing);
    bool done = placing ? store_read(office->store, find_unplaced, placing, err) : error_set(err, ERR_MEMORY, "inbox");

    while (done && placing->count > 0) {
        done = store_write(office->store, place_some, placing, err);
        if (placing->count < PLACED_AT_ONCE)
            break;
    }
    mem_free(placing);
    return done;
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

typedef struct Listing {
    Office *office;
    const InboxWanted *wanted;
    InboxQuery query;
    Inbox *inbox;
    char numbers[INBOX_FOUND_MOST][STUDENT_NUMBER_SIZE]; /* of a search */
    size_t number_count;
    char request[REQUEST_NUMBER_SIZE];
} Listing;

static bool add_line(void *ctx, const InboxRow *row, Str profile, Error *err UNUSED)
{
    Listing *listing = ctx;
    Inbox *inbox = listing->inbox;

    /* What was found by a number or a name is of any list; what it is filtered by else is looked at here. */
    if (!inbox_sees(listing->wanted->scope, row->list, row->unit, row->faculty) ||
        (listing->wanted->service[0] && strcmp(listing->wanted->service, row->service) != 0) ||
        (listing->wanted->unit[0] && strcmp(listing->wanted->unit, row->unit) != 0))
        return true;
    if (inbox->count == INBOX_LINES_MOST) {
        inbox->more = true;
        return true;
    }
    OWNED(json_t) read = profile.len > 0 ? json_read(profile, NULL) : NULL;
    InboxLine *line = &inbox->lines[inbox->count++];
    line->row = *row;
    if (!read || !fields_holder(read, LANGUAGE_FIRST, line->holder, sizeof line->holder))
        line->holder[0] = '\0';
    return true;
}

static bool count_lists(StoreTransaction *transaction, const Listing *listing, Error *err)
{
    InboxQuery query = { .scope = listing->query.scope, .unit = "", .service = "", .clerk = "" };
    Inbox *inbox = listing->inbox;

    for (int list = 0; list < INBOX_OVER; list++) {
        query.list = (InboxList)list;
        if (!inbox_count(transaction, &query, &inbox->of_list[list], err))
            return false;
    }
    query.list = listing->query.list;
    if (query.list == INBOX_OVER) /* nobody is at it */
        return true;
    query.clerk = listing->wanted->clerk;
    if (!inbox_count(transaction, &query, &inbox->mine, err))
        return false;
    query.clerk = "-";
    return inbox_count(transaction, &query, &inbox->free, err);
}

static bool read_filters(StoreTransaction *transaction, const Listing *listing, Error *err)
{
    InboxPart services[INBOX_SERVICES_MOST];
    Inbox *inbox = listing->inbox;

    if (!inbox_services(transaction, &listing->query, services, INBOX_SERVICES_MOST, &inbox->service_count, err) ||
        !inbox_units(transaction, &listing->query, inbox->units, INBOX_UNITS_MOST, &inbox->unit_count, err))
        return false;
    for (size_t i = 0; i < inbox->service_count; i++)
        inbox->services[i] = (InboxFilter){ .part = services[i] };
    return true;
}

static bool read_found(StoreTransaction *transaction, Listing *listing, Error *err)
{
    if (listing->request[0] && !inbox_of_number(transaction, listing->request, add_line, listing, err))
        return false;
    for (size_t i = 0; i < listing->number_count; i++) {
        int64_t student;
        bool found;

        if (!students_find(transaction, listing->numbers[i], &found, &student, err) ||
            (found && !inbox_of_student(transaction, student, OF_STUDENT_MOST, add_line, listing, err)))
            return false;
    }
    return true;
}

static bool read_inbox(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    listing->inbox->count = 0;
    listing->inbox->more = false;
    return count_lists(transaction, listing, err) && read_filters(transaction, listing, err) &&
           (listing->wanted->typed[0] ? read_found(transaction, listing, err)
                                      : inbox_list(transaction, &listing->query, add_line, listing, err));
}

/* --- searching ---------------------------------------------------------------------------------------------------- */

static bool take_number(void *ctx, const StudentName *student, Error *err)
{
    Listing *listing = ctx;

    if (listing->number_count == INBOX_FOUND_MOST)
        return error_set(err, ERR_RANGE, "enough");
    memcpy(listing->numbers[listing->number_count++], student->number, STUDENT_NUMBER_SIZE);
    return true;
}

/* "S-2026/000123", "s-2026/123" or, of this year, "123". */
static bool read_request_number(const Office *office, Str typed, char ret[REQUEST_NUMBER_SIZE])
{
    const Str whole = typed;
    uint64_t year = (uint64_t)office_today(office).year, n;
    char letter = 'S';

    if (whole.len > 2 && whole.ptr[1] == '-') {
        letter = (char)(whole.ptr[0] & ~0x20);
        typed = (Str){ whole.ptr + 2, whole.len - 2 };
        if (!str_to_u64(str_split(&typed, '/'), 2000, 2199, &year))
            return false;
    } else if (typed.len > 6)
        return false;
    return letter >= 'A' && letter <= 'Z' && str_to_u64(typed, 1, 99999999, &n) &&
           snprintf(ret, REQUEST_NUMBER_SIZE, "%c-%04u/%06u", letter, (unsigned)year, (unsigned)n) <
               REQUEST_NUMBER_SIZE;
}

static bool is_figures(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 0;
}

static bool search(Office *office, Listing *listing, Error *err)
{
    const Str typed = str_trim(str_from(listing->wanted->typed));
    Error why = { 0 };

    if (read_request_number(office, typed, listing->request))
        return true;
    listing->request[0] = '\0';
    if (is_figures(typed)) {
        listing->number_count = str_copy(typed, listing->numbers[0], STUDENT_NUMBER_SIZE) ? 1 : 0;
        return true;
    }
    /* Enough were found, or nothing to look for was typed: what there is is shown. */
    return names_search(office, listing->wanted->typed, listing->wanted->clerk, take_number, listing, &why) ||
           why.code == ERR_RANGE || why.code == ERR_ARGUMENT ||
           error_set_cause(err, why.code, why.cause, "%s", why.text);
}

/* --- the inbox ---------------------------------------------------------------------------------------------------- */

static int64_t workday_s(const Calendar *calendar)
{
    bool works[8] = { false };
    int64_t minutes = 0;
    int days = 0;

    for (size_t i = 0; i < calendar->hours_count; i++) {
        const CalendarHours *hours = &calendar->hours[i];

        minutes += hours->to - hours->from;
        days += !works[hours->weekday];
        works[hours->weekday] = true;
    }
    return days > 0 ? minutes * 60 / days : WORKDAY_S;
}

static void fill(const Office *office, Inbox *inbox)
{
    const Calendar *calendar = institution_calendar(office->institution);
    const int64_t now_s = office_now_s(office);

    inbox->shelf = shelf_take(office);
    inbox->day_s = workday_s(calendar);
    for (size_t i = 0; i < inbox->count; i++) {
        InboxLine *line = &inbox->lines[i];
        const Service *service = shelf_service(inbox->shelf, line->row.service);

        if (service)
            line->title = service->title;
        line->late_s = calendar_worked_s(calendar, line->row.due_s, now_s);
        line->left_s = calendar_worked_s(calendar, now_s, line->row.due_s);
    }
    for (size_t i = 0; i < inbox->service_count; i++) {
        const Service *service = shelf_service(inbox->shelf, inbox->services[i].part.name);

        if (service)
            inbox->services[i].title = service->title;
    }
}

bool review_inbox(Office *office, const InboxWanted *wanted, Inbox *ret, Error *err)
{
    Listing *listing = mem_new(1, sizeof *listing);

    memset(ret, 0, sizeof *ret);
    if (!listing)
        return error_set(err, ERR_MEMORY, "inbox");
    listing->office = office;
    listing->wanted = wanted;
    listing->inbox = ret;
    listing->query = (InboxQuery){ .list = wanted->list,
                                   .scope = wanted->scope,
                                   .unit = wanted->unit,
                                   .service = wanted->service,
                                   .clerk = !strcmp(wanted->whose, "mine")   ? wanted->clerk
                                            : !strcmp(wanted->whose, "free") ? "-"
                                                                             : "",
                                   .after_s = wanted->after_s,
                                   .after = wanted->after,
                                   .most = INBOX_LINES_MOST + 1 };
    bool done = review_place(office, err) && (!wanted->typed[0] || search(office, listing, err)) &&
                store_read(office->store, read_inbox, listing, err);
    if (done)
        fill(office, ret);
    mem_free_wiped(listing, sizeof *listing);
    return done || error_add(err, "inbox");
}

void review_inbox_fini(Inbox *inbox)
{
    shelf_drop(inbox->shelf);
    mem_wipe(inbox, sizeof *inbox);
}

/* --- one request -------------------------------------------------------------------------------------------------- */

typedef struct Seeing {
    const char *id;
    bool found;
    QueueLine line;
    char faculty[FACULTY_SIZE];
} Seeing;

static bool look_at(StoreTransaction *transaction, void *arg, Error *err)
{
    Seeing *seeing = arg;

    return requests_queued(transaction, seeing->id, &seeing->found, &seeing->line, err) &&
           (!seeing->found || read_faculty(transaction, seeing->line.request.student, seeing->faculty, err));
}

bool review_sees(Office *office, const StaffScope *scope, const char *id, char ret_number[REQUEST_NUMBER_SIZE],
                 bool *ret, Error *err)
{
    Seeing seeing = { .id = id };

    if (!store_read(office->store, look_at, &seeing, err))
        return error_add(err, "request");
    const RequestState state = seeing.line.request.state;
    const bool decided = state != ASKED_OPEN && state != ASKED_IN_UNIT && state != ASKED_RETURNED;
    *ret = seeing.found && inbox_sees(scope, decided ? INBOX_OVER : INBOX_REVIEW, seeing.line.unit, seeing.faculty);
    str_copy_cut(str_from(*ret ? seeing.line.request.number : ""), ret_number, REQUEST_NUMBER_SIZE);
    return true;
}
