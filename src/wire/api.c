#include "wire/api.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "wire/api_inside.h"
#include "wire/json.h"

#define ANSWERS_BYTES_MOST (ANSWERS_MOST * (ANSWER_BYTES_MOST * 6u + 64u)) /* every character escaped */

static const struct {
    const char *slug, *title;
} problems[] = {
    [PROBLEM_NONE] = { "none", "No problem" },
    [PROBLEM_SIGN_IN_REFUSED] = { "sign-in-refused", "Wrong number or wrong secret" },
    [PROBLEM_LIMIT] = { "limit", "Too many tries" },
    [PROBLEM_SESSION_ENDED] = { "session-ended", "No session, or one that is no more" },
    [PROBLEM_NOT_ALLOWED] = { "not-allowed", "Not for this student now" },
    [PROBLEM_FORM] = { "form", "An answer does not fit the form" },
    [PROBLEM_KEY_REUSED] = { "key-reused", "The key was used for something else" },
    [PROBLEM_ALREADY_OPEN] = { "already-open", "An equal request is open" },
    [PROBLEM_HANDED_OUT] = { "handed-out", "The page was handed out before" },
    [PROBLEM_TOO_LARGE_FOR_SEAL] = { "too-large-for-seal", "More than a seal can hold" },
    [PROBLEM_NOT_FOUND] = { "not-found", "There is none" },
    [PROBLEM_UNKNOWN_KIOSK] = { "unknown-kiosk", "No certificate of a kiosk" },
    [PROBLEM_BAD_REQUEST] = { "bad-request", "Not what this route takes" },
    [PROBLEM_BUSY] = { "busy", "More to do than can be done at once" },
    [PROBLEM_INTERNAL] = { "internal", "Something broke here" },
    [PROBLEM_METHOD] = { "method-not-allowed", "No such method here" },
    [PROBLEM_TOO_LARGE] = { "too-large", "Larger than is taken" },
    [PROBLEM_VERSION] = { "unknown-version", "No such version of the interface" },
    [PROBLEM_NOT_WHOLE] = { "not-whole", "It does not fit together" },
    [PROBLEM_CHANGED] = { "changed", "Not what you mean stands there" },
    [PROBLEM_UNCONDITIONAL] = { "condition-missing", "If-Match or If-None-Match is wanted" },
    [PROBLEM_OF_FOLDER] = { "of-the-folder", "A file of the folder" },
    [PROBLEM_DECIDED] = { "decided", "It has gone on" },
    [PROBLEM_UNPAID] = { "unpaid", "To be paid first" },
    [PROBLEM_LACKS] = { "lacks", "Something that the paper says is missing" },
    [PROBLEM_NO_BLANK] = { "no-blank", "No blank form is issued" },
    [PROBLEM_UNCONFIRMED] = { "unconfirmed", "Nobody has seen who this visitor is" },
    [PROBLEM_CLOSED] = { "closed", "Not at this hour" },
    [PROBLEM_CARD_BLOCKED] = { "card-blocked", "The card is blocked" },
    [PROBLEM_CARD_TAKEN] = { "card-taken", "The card is another student's" },
    [PROBLEM_PIN_EASY] = { "pin-easy", "The PIN is easy to guess" },
    [PROBLEM_HEMIS_AWAY] = { "hemis-away", "HEMIS does not answer" },
    [PROBLEM_HEMIS_TRIES] = { "hemis-tries", "HEMIS can be asked about no more passwords now" },
    [PROBLEM_ENROL_REFUSED] = { "enrol-refused", "This code enrols no kiosk of this name, or none any more" },
};
static_assert(COUNT(problems) == PROBLEM_COUNT, "one row per problem");

static const char *const fault_words[] = {
    [FORM_OK] = "ok",
    [FORM_MISSING] = "missing",
    [FORM_UNKNOWN] = "unknown",
    [FORM_NOT_OFFERED] = "not-offered",
    [FORM_SHORT] = "short",
    [FORM_LONG] = "long",
    [FORM_CHARACTERS] = "characters",
    [FORM_NOT_NUMBER] = "not-number",
    [FORM_OUT_OF_RANGE] = "out-of-range",
    [FORM_NOT_DATE] = "not-date",
    [FORM_FEW] = "few",
    [FORM_MANY] = "many",
    [FORM_NOT_EMAIL] = "not-email",
    [FORM_NOT_PHONE] = "not-phone",
};
static_assert(COUNT(fault_words) == FORM_NOT_PHONE + 1, "one word per fault");

static const char *const reason_words[] = {
    [REASON_NONE] = "none",
    [REASON_STATUS] = "status",
    [REASON_FORM] = "form",
    [REASON_LIMIT] = "limit",
    [REASON_SEASON] = "season",
    [REASON_WEAK] = "weak",
    [REASON_RECORD] = "record",
    [REASON_TYPE] = "type",
    [REASON_YEAR] = "year",
    [REASON_PAYMENT] = "payment",
    [REASON_CITIZENSHIP] = "citizenship",
    [REASON_DEBTS] = "debts",
    [REASON_NO_DEBTS] = "no-debts",
    [REASON_UNPAID] = "unpaid",
    [REASON_SEMESTER] = "semester",
    [REASON_NOTHING] = "nothing",
    [REASON_GPA] = "gpa",
    [REASON_ACCOMMODATION] = "accommodation",
    [REASON_ACCOUNT] = "account",
    [REASON_VISITOR] = "visitor",
    [REASON_HAS] = "has",
    [REASON_TIMES] = "times",
    [REASON_UNDER_WAY] = "under-way",
    [REASON_HOME] = "home",
    [REASON_HEMIS] = "hemis",
    [REASON_OTHER] = "other",
};
static_assert(COUNT(reason_words) == REASON_COUNT, "one word per reason");

static const char *const way_on_words[] = {
    [WAY_ON_NONE] = "none",
    [WAY_ON_WINDOW] = "window",
    [WAY_ON_DATE] = "date",
    [WAY_ON_SERVICE] = "service",
};
static_assert(COUNT(way_on_words) == WAY_ON_COUNT, "one word per way on");

static const char *const request_words[] = {
    [REQUEST_OPEN] = "open",           [REQUEST_READY] = "ready",       [REQUEST_PRINTED] = "printed",
    [REQUEST_UNKNOWN] = "unknown",     [REQUEST_PAYMENT] = "payment",   [REQUEST_REVIEW] = "review",
    [REQUEST_RETURNED] = "returned",   [REQUEST_DECLINED] = "declined", [REQUEST_WINDOW] = "window",
    [REQUEST_COLLECTED] = "collected", [REQUEST_DONE] = "done",         [REQUEST_APPROVED] = "approved",
};
static_assert(COUNT(request_words) == REQUEST_STATE_COUNT, "one word per state");

static const char *const print_words[] = {
    [PRINT_WAITING] = "waiting", [PRINT_HELD] = "held",           [PRINT_ASSIGNED] = "assigned",
    [PRINT_SENDING] = "sending", [PRINT_SENT] = "sent",           [PRINT_PRINTED] = "printed",
    [PRINT_PARTLY] = "partly",   [PRINT_CANCELLED] = "cancelled", [PRINT_ABORTED] = "aborted",
    [PRINT_UNKNOWN] = "unknown", [PRINT_EXPIRED] = "expired",
};
static_assert(COUNT(print_words) == PRINT_STATE_COUNT, "one word per state");

static const char *const carrier_words[] = { [CARRIER_PAPER] = "paper", [CARRIER_PHONE] = "phone" };
static_assert(COUNT(carrier_words) == CARRIER_COUNT, "one word per carrier");

static const char *const phone_words[] = {
    [PHONE_OFFERED] = "offered", [PHONE_OPENED] = "opened", [PHONE_MATCHED] = "matched",
    [PHONE_USED] = "used",       [PHONE_DENIED] = "denied", [PHONE_EXPIRED] = "expired",
};
static_assert(COUNT(phone_words) == PHONE_STATE_COUNT, "one word per state");

#define LANGUAGE_WORD(NAME, tag, key) tag,
static const char *const language_words[] = { LANGUAGES(LANGUAGE_WORD) };
#undef LANGUAGE_WORD
static_assert(COUNT(language_words) == LANGUAGE_COUNT, "one tag per language");

static const Member sign_in_members[] = {
    MEMBER_OF_TEXT(ApiSignIn, number),
    MEMBER_OF_TEXT(ApiSignIn, password),
};
static const Member session_members[] = {
    MEMBER_OF_TEXT(ApiSession, token),
    MEMBER_OF_TEXT(ApiSession, given_name),
    MEMBER_OF_TEXT(ApiSession, full_name),
    MEMBER_OF_TEXT(ApiSession, number),
    MEMBER_OF_BOOL(ApiSession, visitor, .optional = true),
    MEMBER_OF_BOOL(ApiSession, weak),
    MEMBER_OF_BOOL(ApiSession, from_verifier),
    MEMBER_OF_INT64(ApiSession, as_of_s, 0, INT64_MAX, .optional = true),
    MEMBER_OF_INT(ApiSession, seconds_left, 0, 86400),
};
static const Member service_members[] = {
    MEMBER_OF_TEXT(ApiService, service),
    MEMBER_OF_BOOL(ApiService, allowed),
    MEMBER_OF_WORD(ApiService, reason, reason_words),
    MEMBER_OF_WORD(ApiService, way_on, way_on_words),
    MEMBER_OF_TEXT(ApiService, way_on_value),
    MEMBER_OF_INT(ApiService, copies_left, -1, 1000),
    MEMBER_OF_INT64(ApiService, promised_at_s, 0, INT64_MAX, .optional = true),
};
const Member api_request_line_members[] = {
    MEMBER_OF_TEXT(ApiRequestLine, id),
    MEMBER_OF_TEXT(ApiRequestLine, service),
    MEMBER_OF_TEXT(ApiRequestLine, number),
    MEMBER_OF_WORD(ApiRequestLine, state, request_words),
    MEMBER_OF_INT64(ApiRequestLine, at_s, 0, INT64_MAX),
    MEMBER_OF_INT64(ApiRequestLine, promised_at_s, 0, INT64_MAX, .optional = true),
    MEMBER_OF_INT64(ApiRequestLine, sum, 0, INT64_MAX, .optional = true),
    MEMBER_OF_TEXT(ApiRequestLine, invoice, .optional = true),
    MEMBER_OF_TEXT(ApiRequestLine, words, .optional = true),
};
const size_t api_request_line_member_count = COUNT(api_request_line_members);
static const Member shown_members[] = {
    MEMBER_OF_TEXT(ApiShown, field),
    MEMBER_OF_TEXT(ApiShown, value),
};
static const Member draft_line_members[] = {
    MEMBER_OF_TEXT(ApiDraftLine, service),
    MEMBER_OF_INT64(ApiDraftLine, saved_at_s, 0, INT64_MAX),
    MEMBER_OF_INT(ApiDraftLine, answered, 0, FORM_FIELDS_MOST),
    MEMBER_OF_INT(ApiDraftLine, of, 0, FORM_FIELDS_MOST),
};
static const Member draft_members[] = {
    MEMBER_OF_WORD(ApiDraft, language, language_words),
    MEMBER_OF_TEXT(ApiDraft, question),
};
static const Member preview_members[] = {
    MEMBER_OF_TEXT(ApiPreview, service),
    MEMBER_OF_WORD(ApiPreview, language, language_words),
    MEMBER_OF_INT(ApiPreview, width, 200, 2000),
};
static const Member request_members[] = {
    MEMBER_OF_TEXT(ApiRequest, service),
    MEMBER_OF_WORD(ApiRequest, language, language_words),
    MEMBER_OF_BOOL(ApiRequest, again),
    MEMBER_OF_WORD(ApiRequest, carrier, carrier_words, .optional = true),
};
static const Member print_job_members[] = {
    MEMBER_OF_TEXT(ApiPrintJob, id),
    MEMBER_OF_TEXT(ApiPrintJob, copy),
    MEMBER_OF_UINT32(ApiPrintJob, epoch),
    MEMBER_OF_WORD(ApiPrintJob, state, print_words),
    MEMBER_OF_INT(ApiPrintJob, sheets, 0, 1000),
};
static const Member issued_members[] = {
    MEMBER_OF_WORD(ApiIssued, state, request_words),
    MEMBER_OF_INT64(ApiIssued, promised_at_s, 0, INT64_MAX, .optional = true),
    MEMBER_OF_INT64(ApiIssued, sum, 0, INT64_MAX, .optional = true),
    MEMBER_OF_TEXT(ApiIssued, invoice, .optional = true),
    MEMBER_OF_TEXT(ApiIssued, document),
    MEMBER_OF_TEXT(ApiIssued, number),
    MEMBER_OF_TEXT(ApiIssued, code),
    MEMBER_OF_TEXT(ApiIssued, copy),
    MEMBER_OF_INT(ApiIssued, pages, 0, 1000),
};
static const Member phone_link_members[] = {
    MEMBER_OF_TEXT(ApiPhoneLink, id),
    MEMBER_OF_TEXT(ApiPhoneLink, address, .optional = true),
    MEMBER_OF_TEXT(ApiPhoneLink, code),
    MEMBER_OF_WORD(ApiPhoneLink, state, phone_words),
    MEMBER_OF_BOOL(ApiPhoneLink, withdrawn),
    MEMBER_OF_INT(ApiPhoneLink, seconds_left, 0, 86400),
    MEMBER_OF_INT64(ApiPhoneLink, taken_at_s, 0, INT64_MAX),
};
static const Member phone_digits_members[] = {
    MEMBER_OF_TEXT(ApiPhoneDigits, digits),
};
static const Member print_report_members[] = {
    MEMBER_OF_UINT32(ApiPrintReport, epoch),      MEMBER_OF_WORD(ApiPrintReport, state, print_words),
    MEMBER_OF_BOOL(ApiPrintReport, no_byte_left), MEMBER_OF_INT(ApiPrintReport, sheets, -1, 1000),
    MEMBER_OF_TEXT(ApiPrintReport, printer_uuid), MEMBER_OF_INT(ApiPrintReport, printer_job, 0, INT32_MAX),
};
static const Member heartbeat_members[] = {
    MEMBER_OF_TEXT(ApiHeartbeat, version),
    MEMBER_OF_TEXT(ApiHeartbeat, screen),
    MEMBER_OF_TEXT(ApiHeartbeat, printer),
    MEMBER_OF_INT64(ApiHeartbeat, uptime_s, 0, INT64_MAX),
    MEMBER_OF_TEXT(ApiHeartbeat, audit_kept, .optional = true),
    MEMBER_OF_BOOL(ApiHeartbeat, audit_broken, .optional = true),
};
static const Member heartbeat_answer_members[] = {
    MEMBER_OF_INT64(ApiHeartbeatAnswer, now_s, 0, INT64_MAX),
    MEMBER_OF_TEXT(ApiHeartbeatAnswer, catalogue),
    MEMBER_OF_TEXT(ApiHeartbeatAnswer, notices, .optional = true),
    MEMBER_OF_TEXT(ApiHeartbeatAnswer, theme, .optional = true),
    MEMBER_OF_TEXT(ApiHeartbeatAnswer, information, .optional = true),
    MEMBER_OF_TEXT(ApiHeartbeatAnswer, settings),
    MEMBER_OF_TEXT(ApiHeartbeatAnswer, place),
    MEMBER_OF_BOOL(ApiHeartbeatAnswer, hall, .optional = true),
    MEMBER_OF_BOOL(ApiHeartbeatAnswer, phone_sign_in, .optional = true),
    MEMBER_OF_TEXT(ApiHeartbeatAnswer, office_hours),
    MEMBER_OF_TEXT(ApiHeartbeatAnswer, audit_head, .optional = true),
    MEMBER_OF_BOOL(ApiHeartbeatAnswer, audit_conflict, .optional = true),
};
static const Member problem_members[] = {
    MEMBER_OF_INT(ApiProblem, retry_after_s, 0, 86400 * 366, .optional = true),
    MEMBER_OF_TEXT(ApiProblem, field, .optional = true),
    MEMBER_OF_WORD(ApiProblem, fault, fault_words, .optional = true),
};

bool api_version(Str text, char ret[API_VERSION_SIZE], Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF hex;

    buf_init(&hex, API_VERSION_SIZE);
    if (!sha256(text, hash, err))
        return false;
    hex_write(&hex, hash, 8);
    str_copy_cut(buf_str(&hex), ret, API_VERSION_SIZE);
    return buf_ok(&hex, err);
}

ApiProblem api_problem_form(const char *field, FormFault fault)
{
    ApiProblem problem = { .kind = PROBLEM_FORM };

    problem.fault = fault;
    str_copy_cut(str_from(field), problem.field, sizeof problem.field);
    return problem;
}

const char *api_problem_slug(ApiProblemKind kind)
{
    return problems[kind].slug;
}

const char *api_problem_title(ApiProblemKind kind)
{
    return problems[kind].title;
}

bool api_problem_parse(Str slug, ApiProblemKind *ret)
{
    for (int kind = PROBLEM_NONE + 1; kind < PROBLEM_COUNT; kind++)
        if (str_equal_text(slug, problems[kind].slug)) {
            *ret = (ApiProblemKind)kind;
            return true;
        }
    return false;
}

const char *api_request_state_name(ApiRequestState state)
{
    return request_words[state];
}

const char *api_print_state_name(ApiPrintState state)
{
    return print_words[state];
}

/* --- a whole text ------------------------------------------------------------------------------------------------- */

static bool write_text(json_t *json, Buf *buf, Error *err)
{
    bool done = json && json_write(json, buf, err);

    json_decref(json);
    return done;
}

static bool flat_write(const Member *members, size_t count, const void *object, Buf *buf, Error *err)
{
    return write_text(members_write(members, count, object, err), buf, err);
}

static json_t *read_text(Str text, Error *err)
{
    json_t *json = json_read(text, err);

    if (!json && err)
        err->code = ERR_PROTOCOL;
    return json;
}

/* Reads into *object, which is zeroed first and left zero on failure: no half of a secret stays. */
static bool flat_read(const Member *members, size_t count, Str text, void *object, size_t size, Error *err)
{
    OWNED(json_t) json = read_text(text, err);

    memset(object, 0, size);
    if (json && members_read(members, count, json, object, err))
        return true;
    mem_wipe(object, size);
    return false;
}

#define FLAT(name, Type, members)                                                                                      \
    bool api_##name##_write(const Type *object, Buf *buf, Error *err)                                                  \
    {                                                                                                                  \
        return flat_write(members, COUNT(members), object, buf, err);                                                  \
    }                                                                                                                  \
    bool api_##name##_read(Str json, Type *ret, Error *err)                                                            \
    {                                                                                                                  \
        return flat_read(members, COUNT(members), json, ret, sizeof *ret, err);                                        \
    }

FLAT(sign_in, ApiSignIn, sign_in_members)
FLAT(session, ApiSession, session_members)
FLAT(phone_link, ApiPhoneLink, phone_link_members)
FLAT(phone_digits, ApiPhoneDigits, phone_digits_members)
FLAT(print_job, ApiPrintJob, print_job_members)
FLAT(print_report, ApiPrintReport, print_report_members)
FLAT(heartbeat, ApiHeartbeat, heartbeat_members)
FLAT(heartbeat_answer, ApiHeartbeatAnswer, heartbeat_answer_members)

/* --- lists -------------------------------------------------------------------------------------------------------- */

typedef struct List {
    const char *name;
    const Member *members;
    size_t member_count;
    size_t item_size, most;
} List;

static const List service_list = { "services", service_members, COUNT(service_members), sizeof(ApiService),
                                   API_SERVICES_MOST };
static const List request_list = { "requests", api_request_line_members, COUNT(api_request_line_members),
                                   sizeof(ApiRequestLine), API_REQUESTS_MOST };
static const List draft_list = { "drafts", draft_line_members, COUNT(draft_line_members), sizeof(ApiDraftLine),
                                 API_DRAFTS_MOST };
static const List shown_list = { "shown", shown_members, COUNT(shown_members), sizeof(ApiShown), API_SHOWN_MOST };

static bool list_write(json_t *object, const List *list, const void *items, size_t count, Error *err)
{
    json_t *array = json_array();

    for (size_t i = 0; array && i < count; i++) {
        json_t *item = members_write(list->members, list->member_count, (const char *)items + i * list->item_size, err);
        if (json_array_append_new(array, item) != 0) {
            json_decref(array);
            return error_set(err, ERR_MEMORY, "%s", list->name);
        }
    }
    return json_object_set_new(object, list->name, array) == 0 || error_set(err, ERR_MEMORY, "%s", list->name);
}

static bool list_read(const json_t *object, const List *list, void *items, size_t *ret_count, Error *err)
{
    const json_t *array = json_object_get(object, list->name), *item;
    size_t index;

    if (!json_is_array(array) || json_array_size(array) > list->most)
        return error_set(err, ERR_PROTOCOL, "%s: not a list, or too long", list->name);
    json_array_foreach(array, index, item)
    {
        if (!members_read(list->members, list->member_count, item, (char *)items + index * list->item_size, err))
            return error_add(err, "%s[%zu]", list->name, index);
    }
    *ret_count = json_array_size(array);
    return true;
}

static bool lists_put(json_t *object, const Lists *lists, Error *err)
{
    return lists->count == 0 || json_object_set_new(object, "lists", lists_write(lists, err)) == 0;
}

bool api_home_write(const ApiHome *home, Buf *buf, Error *err)
{
    OWNED(json_t) json = json_object();

    return (json || error_set(err, ERR_MEMORY, "home")) &&
           list_write(json, &service_list, home->services, home->service_count, err) &&
           list_write(json, &request_list, home->requests, home->request_count, err) &&
           list_write(json, &draft_list, home->drafts, home->draft_count, err) &&
           list_write(json, &shown_list, home->shown, home->shown_count, err) && lists_put(json, &home->lists, err) &&
           json_write(json, buf, err);
}

bool api_home_read(Str text, ApiHome *ret, Error *err)
{
    OWNED(json_t) json = read_text(text, err);

    memset(ret, 0, sizeof *ret);
    if (json && list_read(json, &service_list, ret->services, &ret->service_count, err) &&
        list_read(json, &request_list, ret->requests, &ret->request_count, err) &&
        list_read(json, &draft_list, ret->drafts, &ret->draft_count, err) &&
        list_read(json, &shown_list, ret->shown, &ret->shown_count, err) &&
        lists_read(json_object_get(json, "lists"), &ret->lists, err))
        return true;
    mem_wipe(ret, sizeof *ret);
    return false;
}

/* --- with parts inside -------------------------------------------------------------------------------------------- */

/* Takes part, which may be NULL where making it failed. */
static bool put(json_t *object, const char *name, json_t *part, Error *err)
{
    return json_object_set_new(object, name, part) == 0 || error_set(err, ERR_MEMORY, "%s", name);
}

bool api_answers_put(json_t *object, const Answers *answers, Error *err)
{
    OWNED(json_t) json = json_object();

    for (size_t i = 0; i < answers->count; i++)
        if (!put(json, answers->items[i].field, json_string(answers->items[i].value), err))
            return false;
    return put(object, "answers", json_incref(json), err);
}

bool api_answers_take(const json_t *object, Answers *ret, Error *err)
{
    OWNED_BUF text;
    const json_t *answers = json_object_get(object, "answers");

    buf_init(&text, ANSWERS_BYTES_MOST);
    if (!answers)
        return error_set(err, ERR_PROTOCOL, "answers: missing");
    if (json_write(answers, &text, err) && answers_read(buf_str(&text), ret, err))
        return true;
    if (err && err->code == ERR_FORMAT)
        err->code = ERR_PROTOCOL;
    return error_add(err, "answers");
}

/* Those whose members are flat, and answers beside them. */
static bool answered_write(const Member *members, size_t count, const void *object, const Answers *answers, Buf *buf,
                           Error *err)
{
    OWNED(json_t) json = members_write(members, count, object, err);

    return json && api_answers_put(json, answers, err) && json_write(json, buf, err);
}

static bool answered_read(const Member *members, size_t count, Str text, void *object, size_t size, Answers *answers,
                          Error *err)
{
    OWNED(json_t) json = read_text(text, err);

    memset(object, 0, size);
    if (json && members_read(members, count, json, object, err) && api_answers_take(json, answers, err))
        return true;
    mem_wipe(object, size);
    return false;
}

#define ANSWERED(name, Type, members)                                                                                  \
    bool api_##name##_write(const Type *object, Buf *buf, Error *err)                                                  \
    {                                                                                                                  \
        return answered_write(members, COUNT(members), object, &object->answers, buf, err);                            \
    }                                                                                                                  \
    bool api_##name##_read(Str json, Type *ret, Error *err)                                                            \
    {                                                                                                                  \
        return answered_read(members, COUNT(members), json, ret, sizeof *ret, &ret->answers, err);                     \
    }

ANSWERED(draft, ApiDraft, draft_members)
ANSWERED(preview, ApiPreview, preview_members)
ANSWERED(request, ApiRequest, request_members)

static bool issued_put(json_t *json, const ApiIssued *issued, Error *err)
{
    OWNED(json_t) own = members_write(issued_members, COUNT(issued_members), issued, err);

    return own && (json_object_update(json, own) == 0 || error_set(err, ERR_MEMORY, "issued")) &&
           (!issued->job.id[0] ||
            put(json, "print_job", members_write(print_job_members, COUNT(print_job_members), &issued->job, err), err));
}

bool api_issued_write(const ApiIssued *issued, Buf *buf, Error *err)
{
    OWNED(json_t) json = json_object();

    return issued_put(json, issued, err) && json_write(json, buf, err);
}

bool api_issued_read(Str text, ApiIssued *ret, Error *err)
{
    OWNED(json_t) json = read_text(text, err);
    const json_t *job = json_object_get(json, "print_job");

    memset(ret, 0, sizeof *ret);
    if (json && members_read(issued_members, COUNT(issued_members), json, ret, err) &&
        (!job || members_read(print_job_members, COUNT(print_job_members), job, &ret->job, err) ||
         error_add(err, "print_job")))
        return true;
    mem_wipe(ret, sizeof *ret);
    return false;
}

/* --- problems ----------------------------------------------------------------------------------------------------- */

#define PROBLEM_TYPE "/problems/"

static bool problem_put(json_t *json, const ApiProblem *problem, Error *err)
{
    OWNED(json_t) own = members_write(problem_members, COUNT(problem_members), problem, err);

    return own && (json_object_update(json, own) == 0 || error_set(err, ERR_MEMORY, "problem")) &&
           put(json, "type", json_sprintf(PROBLEM_TYPE "%s", problems[problem->kind].slug), err) &&
           put(json, "title", json_string(problems[problem->kind].title), err) &&
           put(json, "status", json_integer(problem->status), err) &&
           (problem->kind != PROBLEM_VERSION || put(json, "versions", json_pack("[s]", API_VERSIONS), err));
}

bool api_problem_write(const ApiProblem *problem, Buf *buf, Error *err)
{
    OWNED(json_t) json = json_object();

    return problem_put(json, problem, err) && json_write(json, buf, err);
}

bool api_already_open_write(const ApiIssued *open, Buf *buf, Error *err)
{
    OWNED(json_t) json = json_object();

    return problem_put(json, &(ApiProblem){ .kind = PROBLEM_ALREADY_OPEN, .status = 409 }, err) &&
           issued_put(json, open, err) && json_write(json, buf, err);
}

static bool kind_read(const json_t *json, ApiProblemKind *ret, Error *err)
{
    const char *type = json_string_value(json_object_get(json, "type"));
    const size_t length = sizeof PROBLEM_TYPE - 1;

    return (type && strncmp(type, PROBLEM_TYPE, length) == 0 && api_problem_parse(str_from(type + length), ret)) ||
           error_set(err, ERR_PROTOCOL, "type: %s", type ? "no problem that we know" : "missing");
}

bool api_problem_read(Str text, int status, ApiProblem *ret, Error *err)
{
    OWNED(json_t) json = read_text(text, err);
    ApiProblem problem = { .status = status };

    memset(ret, 0, sizeof *ret);
    if (!json || !members_read(problem_members, COUNT(problem_members), json, &problem, err) ||
        !kind_read(json, &problem.kind, err))
        return false;
    *ret = problem;
    return true;
}
