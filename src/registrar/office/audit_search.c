#include "registrar/office/audit_search.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/documents.h"
#include "registrar/office/fields.h"
#include "registrar/office/inside.h"
#include "registrar/office/names.h"
#include "registrar/office/staff.h"
#include "registrar/store/audit_heads.h"
#include "registrar/store/names.h"
#include "registrar/store/staff.h"
#include "wire/json.h"

#define PROFILE_BYTES_MOST (256u << 10)
#define EXPORTED_AT_ONCE   500

/* --- names -------------------------------------------------------------------------------------------------------- */

/* Whom this is read for, and of whom it says "NAME, NUMBER"; hidden: the scope does not name their faculty. */
static bool name_student(StoreTransaction *transaction, int64_t student, const StaffScope *scope, bool *ret_hidden,
                         char ret[AUDIT_WHO_SIZE], Error *err)
{
    NamedRow row;
    char holder[160] = "";
    OWNED_BUF body;
    bool found;

    buf_init(&body, PROFILE_BYTES_MOST);
    ret[0] = '\0';
    *ret_hidden = scope_is_limited(scope, SCOPE_FACULTY);
    if (!names_get(transaction, student, &found, &row, &body, err))
        return false;
    if (!found)
        return true;
    OWNED(json_t) profile = body.len > 0 ? json_read(buf_str(&body), NULL) : NULL;
    const char *faculty = fields_faculty(profile);
    *ret_hidden = *ret_hidden && !(faculty && scope_has(scope, SCOPE_FACULTY, str_from(faculty)));
    if (!profile || !fields_holder(profile, LANGUAGE_FIRST, holder, sizeof holder))
        holder[0] = '\0';
    (void)snprintf(ret, AUDIT_WHO_SIZE, "%s%s%s", holder, holder[0] ? ", " : "", row.number);
    return true;
}

static bool name_actor(StoreTransaction *transaction, const char *actor, char ret[AUDIT_WHO_SIZE], Error *err)
{
    Str name = str_from(actor);
    const Str kind = str_split(&name, ':');
    int64_t student;
    bool ignored, found;

    ret[0] = '\0';
    if (str_equal_text(kind, "student") && str_to_i64(name, 1, INT64_MAX, &student))
        return name_student(transaction, student, NULL, &ignored, ret, err);
    if (!str_equal_text(kind, "staff") || !name.ptr)
        return true;
    StaffRow row;
    if (!staff_row_get(transaction, name.ptr, &found, &row, err))
        return false;
    if (found)
        str_copy_cut(str_from(row.full_name), ret, AUDIT_WHO_SIZE);
    mem_wipe(&row, sizeof row);
    return true;
}

static void take_entry(const ActEntry *entry, AuditLine *ret)
{
    *ret = (AuditLine){ .id = entry->id,
                        .position = entry->position,
                        .at_ms = entry->at_ms,
                        .has_detail = entry->has_detail,
                        .is_purged = !entry->has_detail && entry->detail_hash.len > 0 };
    str_copy_cut(entry->actor, ret->actor, sizeof ret->actor);
    str_copy_cut(entry->act, ret->act, sizeof ret->act);
    str_copy_cut(entry->object, ret->object, sizeof ret->object);
}

/* *ret_hidden: it is of a student whom the scope does not name. */
static bool name_line(StoreTransaction *transaction, const StaffScope *scope, AuditLine *line, bool *ret_hidden,
                      Error *err)
{
    *ret_hidden = scope_is_limited(scope, SCOPE_FACULTY);
    return name_actor(transaction, line->actor, line->who, err) &&
           acts_object(transaction, str_from(line->object), &line->what, err) &&
           (line->what.student == 0 ||
            name_student(transaction, line->what.student, scope, ret_hidden, line->whose, err));
}

/* --- what is meant ------------------------------------------------------------------------------------------------ */

typedef struct Meant {
    const AuditWanted *wanted;
    AuditOutcome outcome;
    ActSearch search; /* its texts are below */
    char actor[96], object[96], request[ID_SIZE], document[ID_SIZE];
    AuditFound *found; /* for candidates; NULL: they are not wanted */
} Meant;

static bool is_figures(const char *text)
{
    return text[0] && strspn(text, "0123456789") == strlen(text);
}

/* An actor, or an object of which the log knows. */
static bool mean_as_it_stands(StoreTransaction *transaction, Meant *meant, const char *thing, const char *id,
                              bool *ret_meant, Error *err)
{
    int64_t count;

    (void)snprintf(meant->object, sizeof meant->object, "%s%.80s", thing, id);
    if (!acts_count(transaction, meant->object, &count, err))
        return false;
    *ret_meant = count > 0;
    if (!*ret_meant)
        meant->object[0] = '\0';
    return true;
}

/* Staff, kiosks, programs, and what has a number that is its id. */
static bool mean_by_id(StoreTransaction *transaction, Meant *meant, bool *ret_meant, Error *err)
{
    static const char *const things[] = { "invoice:", "blank:", "window:", "printer:", "campaign:", "service:" };
    const char *what = meant->wanted->what;
    char place[KIOSK_PLACE_SIZE];
    StaffRow staff;

    *ret_meant = true;
    if (strchr(what, ':') && !strchr(what, ' ')) {
        const bool is_actor = str_starts(str_from(what), STR("staff:")) || str_starts(str_from(what), STR("token:")) ||
                              str_starts(str_from(what), STR("kiosk:"));

        str_copy_cut(str_from(what), is_actor ? meant->actor : meant->object, sizeof meant->actor);
        return true;
    }
    if (!strcmp(what, "office") || !strcmp(what, "command-line")) {
        str_copy_cut(str_from(what), meant->actor, sizeof meant->actor);
        return true;
    }
    if (!staff_row_get(transaction, what, ret_meant, &staff, err) ||
        !kiosks_place(transaction, what, place, sizeof place, err))
        return false;
    mem_wipe(&staff, sizeof staff);
    if (*ret_meant || place[0]) {
        (void)snprintf(meant->actor, sizeof meant->actor, "%s:%.80s", *ret_meant ? "staff" : "kiosk", what);
        *ret_meant = true;
        return true;
    }
    for (size_t i = 0; i < COUNT(things) && !*ret_meant; i++)
        if (!mean_as_it_stands(transaction, meant, things[i], what, ret_meant, err))
            return false;
    return true;
}

static bool mean_by_number(StoreTransaction *transaction, Meant *meant, bool *ret_meant, Error *err)
{
    const char *what = meant->wanted->what;
    char register_name[12], reason[8];
    DocumentRow document;
    int year, number;

    if (!students_find(transaction, what, ret_meant, &meant->search.student, err))
        return false;
    if (*ret_meant)
        return true;
    meant->search.student = 0;
    if (!acts_request_of(transaction, what, meant->request, err))
        return false;
    *ret_meant = meant->request[0] != '\0';
    if (*ret_meant || !document_number_parse(what, register_name, &year, &number))
        return true;
    if (!documents_by_number(transaction, register_name, year, number, ret_meant, &document, reason, sizeof reason,
                             err))
        return false;
    if (*ret_meant)
        memcpy(meant->document, document.id, sizeof meant->document);
    return true;
}

static bool mean(StoreTransaction *transaction, void *arg, Error *err)
{
    Meant *meant = arg;
    const AuditWanted *wanted = meant->wanted;
    char name[AUDIT_WHO_SIZE];
    bool known = true, hidden = false;

    meant->actor[0] = meant->object[0] = meant->request[0] = meant->document[0] = '\0';
    meant->search.student = 0;
    if (wanted->what[0] &&
        (!mean_by_number(transaction, meant, &known, err) || (!known && !mean_by_id(transaction, meant, &known, err))))
        return false;
    meant->outcome = known ? AUDIT_FOUND : AUDIT_UNKNOWN;
    if (!scope_is_limited(wanted->scope, SCOPE_FACULTY))
        return true;
    if (meant->search.student == 0 && known)
        meant->outcome = AUDIT_NEEDED;
    if (meant->search.student != 0 &&
        !name_student(transaction, meant->search.student, wanted->scope, &hidden, name, err))
        return false;
    if (hidden)
        meant->outcome = AUDIT_UNKNOWN;
    return true;
}

static bool add_candidate(void *ctx, const StudentName *student, Error *err)
{
    const Meant *meant = ctx;
    AuditFound *found = meant->found;

    if (!scope_has(meant->wanted->scope, SCOPE_FACULTY, str_from(student->faculty)))
        return true;
    if (found->candidate_count == AUDIT_CANDIDATES_MOST)
        return error_set(err, ERR_RANGE, "enough");
    str_copy_cut(str_from(student->number), found->candidates[found->candidate_count].number, STUDENT_NUMBER_SIZE);
    str_copy_cut(str_from(student->name), found->candidates[found->candidate_count++].name, 160);
    return true;
}

/* Nobody's number or name to sign in by: perhaps a student's own name. */
static bool mean_by_name(Office *office, Meant *meant, Error *err)
{
    const AuditWanted *wanted = meant->wanted;
    Error why = { 0 };

    if (meant->outcome != AUDIT_UNKNOWN || !meant->found || is_figures(wanted->what))
        return true;
    if (!names_search(office, wanted->what, wanted->clerk, add_candidate, meant, &why) && why.code != ERR_RANGE &&
        why.code != ERR_ARGUMENT)
        return error_set_cause(err, why.code, why.cause, "%s", why.text);
    if (meant->found->candidate_count > 0)
        meant->outcome = AUDIT_SEVERAL;
    return true;
}

static bool meant_make(Office *office, const AuditWanted *wanted, AuditFound *found, Meant *ret, Error *err)
{
    const int offset = office->config.utc_offset_minutes;

    *ret = (Meant){ .wanted = wanted, .found = found };
    if (!store_read(office->store, mean, ret, err) || !mean_by_name(office, ret, err))
        return false;
    ret->search.actor = ret->actor;
    ret->search.object = ret->object;
    ret->search.request = ret->request;
    ret->search.document = ret->document;
    ret->search.act = wanted->act;
    ret->search.from_ms = wanted->from.year ? date_start_s(wanted->from, offset) * 1000 : 0;
    ret->search.to_ms = wanted->to.year ? date_start_s(date_add_days(wanted->to, 1), offset) * 1000 : INT64_MAX;
    ret->search.before_ms = wanted->before_ms;
    ret->search.before = wanted->before;
    return true;
}

/* --- looking is an act -------------------------------------------------------------------------------------------- */

typedef struct Looking {
    int64_t now_ms;
    const char *clerk, *act;
    char object[ACT_TEXT_MOST + 1];
    Buf detail;
} Looking;

static bool note_look(StoreTransaction *transaction, void *arg, Error *err)
{
    const Looking *looking = arg;

    return acts_add(transaction,
                    &(Act){ looking->now_ms, looking->clerk, looking->act, looking->object,
                            looking->detail.len ? buf_text(&looking->detail) : NULL },
                    err);
}

static void write_day(json_t *object, const char *name, Date day)
{
    OWNED_BUF text;

    buf_init(&text, 16);
    if (!day.year)
        return;
    date_write(&text, day, LANGUAGE_FIRST, DATE_ISO);
    (void)json_object_set_new(object, name, json_string(buf_text(&text)));
}

/* Whoever was looked for hears of it by their own page of looks: the object is the student where one was meant. */
static bool note_search(Office *office, const Meant *meant, const char *act, Error *err)
{
    const AuditWanted *wanted = meant->wanted;
    Looking looking = { .now_ms = office_now_ms(office), .clerk = wanted->clerk, .act = act };
    OWNED(json_t) detail = json_object();

    buf_init(&looking.detail, 2048);
    if (meant->search.student != 0)
        actor_student(looking.object, meant->search.student);
    else
        str_copy_cut(str_from(meant->actor[0]    ? meant->actor
                              : meant->object[0] ? meant->object
                                                 : "office"),
                     looking.object, sizeof looking.object);
    if (wanted->what[0] && meant->search.student == 0)
        (void)json_object_set_new(detail, "what", json_string(wanted->what));
    if (wanted->act[0])
        (void)json_object_set_new(detail, "act", json_string(wanted->act));
    write_day(detail, "from", wanted->from);
    write_day(detail, "to", wanted->to);
    bool done = json_write(detail, &looking.detail, err) && store_write(office->store, note_look, &looking, err);
    buf_fini(&looking.detail);
    return done;
}

/* --- searching ---------------------------------------------------------------------------------------------------- */

typedef struct Searching {
    const AuditWanted *wanted;
    ActSearch search;
    AuditLine *lines;
    size_t count, room;
    bool more;
} Searching;

static bool add_line(void *ctx, const ActEntry *entry, Error *err UNUSED)
{
    Searching *searching = ctx;

    if (searching->count == searching->room)
        searching->more = true;
    else
        take_entry(entry, &searching->lines[searching->count++]);
    return true;
}

static bool read_lines(StoreTransaction *transaction, void *arg, Error *err)
{
    Searching *searching = arg;
    size_t count;
    bool ignored;

    searching->count = 0;
    searching->more = false;
    searching->search.most = searching->room + 1;
    if (!acts_look(transaction, &searching->search, add_line, searching, &count, err))
        return false;
    for (size_t i = 0; i < searching->count; i++)
        if (!name_line(transaction, NULL, &searching->lines[i], &ignored, err))
            return false;
    return true;
}

bool audit_search(Office *office, const AuditWanted *wanted, AuditFound *ret, Error *err)
{
    Meant meant;

    *ret = (AuditFound){ 0 };
    if (!meant_make(office, wanted, ret, &meant, err) || !note_search(office, &meant, "audit.searched", err))
        return error_add(err, "audit log");
    ret->outcome = meant.outcome;
    if (meant.outcome != AUDIT_FOUND)
        return true;
    Searching searching = { .wanted = wanted, .search = meant.search, .lines = ret->lines, .room = AUDIT_LINES_MOST };
    if (!store_read(office->store, read_lines, &searching, err))
        return error_add(err, "audit log");
    ret->count = searching.count;
    ret->more = searching.more;
    return true;
}

bool audit_export(Office *office, const AuditWanted *wanted, AuditEach each, void *ctx, AuditOutcome *ret, Error *err)
{
    AuditLine *lines = mem_new(EXPORTED_AT_ONCE, sizeof *lines);
    Meant meant;
    bool done = (lines || error_set(err, ERR_MEMORY, "audit log")) && meant_make(office, wanted, NULL, &meant, err) &&
                note_search(office, &meant, "audit.exported", err);
    size_t told = 0;

    if (done) {
        Searching searching = {
            .wanted = wanted, .search = meant.search, .lines = lines, .room = EXPORTED_AT_ONCE, .more = true
        };

        *ret = meant.outcome;
        while (done && meant.outcome == AUDIT_FOUND && searching.more && told < AUDIT_EXPORT_MOST) {
            done = store_read(office->store, read_lines, &searching, err);
            for (size_t i = 0; done && i < searching.count && told < AUDIT_EXPORT_MOST; i++, told++)
                done = each(ctx, &lines[i], err);
            if (searching.count > 0) {
                searching.search.before_ms = lines[searching.count - 1].at_ms;
                searching.search.before = lines[searching.count - 1].id;
            }
        }
    }
    mem_free_wiped(lines, EXPORTED_AT_ONCE * sizeof *lines);
    return done || error_add(err, "audit log");
}

/* --- one entry ---------------------------------------------------------------------------------------------------- */

typedef struct Opening {
    int64_t id;
    const StaffScope *scope;
    bool found;
    AuditLine *line;
    Buf *detail;
} Opening;

static bool take_opened(void *ctx, const ActEntry *entry, Error *err UNUSED)
{
    Opening *opening = ctx;

    take_entry(entry, opening->line);
    buf_clear(opening->detail);
    buf_add_str(opening->detail, entry->detail);
    return true;
}

static bool read_opened(StoreTransaction *transaction, void *arg, Error *err)
{
    Opening *opening = arg;
    bool hidden = false;

    if (!acts_get(transaction, opening->id, take_opened, opening, &opening->found, err) ||
        (opening->found && !name_line(transaction, opening->scope, opening->line, &hidden, err)))
        return false;
    opening->found = opening->found && !hidden;
    return buf_ok(opening->detail, err);
}

bool audit_open(Office *office, const char *clerk, const StaffScope *scope, int64_t id, bool *ret_found,
                AuditLine *ret_line, Buf *ret_detail, Error *err)
{
    Opening opening = { .id = id, .scope = scope, .line = ret_line, .detail = ret_detail };
    Looking looking = { .now_ms = office_now_ms(office), .clerk = clerk, .act = "audit.opened" };

    *ret_found = false;
    if (!store_read(office->store, read_opened, &opening, err))
        return error_add(err, "entry of the audit log");
    if (!opening.found) {
        buf_clear(ret_detail);
        return true;
    }
    buf_init(&looking.detail, 64);
    buf_add_format(&looking.detail, "{\"entry\":%lld}", (long long)id);
    str_copy_cut(str_from(ret_line->object), looking.object, sizeof looking.object);
    *ret_found = store_write(office->store, note_look, &looking, err);
    buf_fini(&looking.detail);
    return *ret_found || error_add(err, "entry of the audit log");
}

typedef struct Naming {
    char (*names)[ACT_NAME_SIZE];
    size_t room, count;
} Naming;

static bool read_names(StoreTransaction *transaction, void *arg, Error *err)
{
    Naming *naming = arg;

    return acts_names(transaction, naming->names, naming->room, &naming->count, err);
}

bool audit_acts(Office *office, char (*names)[ACT_NAME_SIZE], size_t room, size_t *ret_count, Error *err)
{
    Naming naming = { names, room, 0 };
    bool done = store_read(office->store, read_names, &naming, err);

    *ret_count = naming.count;
    return done || error_add(err, "audit log");
}

/* --- the chain ---------------------------------------------------------------------------------------------------- */

static bool take_check(void *ctx, const ActEntry *entry, Error *err UNUSED)
{
    AuditState *state = ctx;

    state->checked = true;
    state->checked_at_ms = entry->at_ms;
    str_copy_cut(entry->actor, state->checked_by, sizeof state->checked_by);
    OWNED(json_t) detail = entry->detail.len > 0 ? json_read(entry->detail, NULL) : NULL;
    state->checked_entries = json_integer_value(json_object_get(detail, "entries"));
    state->checked_faults = json_integer_value(json_object_get(detail, "faults"));
    return true;
}

static bool take_id(void *ctx, const ActEntry *entry, Error *err UNUSED)
{
    *(int64_t *)ctx = entry->id;
    return true;
}

static bool read_state(StoreTransaction *transaction, void *arg, Error *err)
{
    AuditState *state = arg;
    const ActSearch checks = { .actor = "",
                               .object = "",
                               .request = "",
                               .document = "",
                               .act = "audit.checked",
                               .to_ms = INT64_MAX,
                               .before_ms = INT64_MAX,
                               .before = INT64_MAX,
                               .most = 1 };
    uint8_t hash[ACT_HASH_SIZE];
    char actor[AUDIT_WHO_SIZE];
    AuditHead head;
    OWNED_BUF token;
    int64_t last = 0;
    size_t count;
    bool found, there;

    *state = (AuditState){ 0 };
    buf_init(&token, 1024);
    if (!acts_last(transaction, &found, &state->sealed, hash, err) ||
        !acts_waiting(transaction, &state->waiting, err) ||
        !audit_heads_newest(transaction, &there, &state->head_at_s, &token, err) ||
        !acts_look(transaction, &checks, take_id, &last, &count, err))
        return false;
    if (there && audit_head_peek(buf_str(&token), &head))
        state->head_position = head.position;
    if (count == 0)
        return true;
    if (!acts_get(transaction, last, take_check, state, &found, err))
        return false;
    str_copy_cut(str_from(state->checked_by), actor, sizeof actor);
    if (!name_actor(transaction, actor, state->checked_by, err))
        return false;
    if (!state->checked_by[0])
        str_copy_cut(str_from(actor), state->checked_by, sizeof state->checked_by);
    return true;
}

bool audit_state(Office *office, AuditState *ret, Error *err)
{
    return store_read(office->store, read_state, ret, err) || error_add(err, "audit log");
}

#define FINDINGS_MOST 20 /* that an act tells in words */

static void add_finding(void *ctx, AuditGrade grade, const char *words)
{
    json_t *findings = ctx;

    if (grade == AUDIT_FAULT && json_array_size(findings) < FINDINGS_MOST)
        (void)json_array_append_new(findings, json_string(words));
}

bool audit_check_now(Office *office, const char *clerk, bool *ret_run, Error *err)
{
    Looking looking = { .clerk = clerk, .act = "audit.checked", .object = "office" };
    AuditReport report = { 0 };
    AuditState state;
    AuditKeys keys;

    *ret_run = false;
    if (!audit_state(office, &state, err))
        return false;
    if (state.checked && office_now_ms(office) - state.checked_at_ms < AUDIT_CHECK_APART_S * INT64_C(1000))
        return true;
    OWNED(json_t) detail = json_pack("{s:[]}", "findings");
    AuditInput input = { .institution = office->config.institution,
                         .now_ms = office_now_ms(office),
                         .utc_offset_minutes = office->config.utc_offset_minutes,
                         .keys = keys.keys,
                         .say = add_finding,
                         .ctx = json_object_get(detail, "findings") };
    if (!detail || !audit_keys_read(office->store, &office->keys.public_head, &keys, err))
        return error_add(err, "check of the audit log");
    input.key_count = keys.count;
    if (!audit_check(office->store, &input, &report, err))
        return error_add(err, "check of the audit log");
    looking.now_ms = office_now_ms(office);
    buf_init(&looking.detail, 16u << 10);
    (void)json_object_set_new(detail, "entries", json_integer(report.entries));
    (void)json_object_set_new(detail, "faults", json_integer(report.faults + keys.other));
    bool done = json_write(detail, &looking.detail, err) && store_write(office->store, note_look, &looking, err);
    buf_fini(&looking.detail);
    *ret_run = done;
    return done || error_add(err, "check of the audit log");
}
