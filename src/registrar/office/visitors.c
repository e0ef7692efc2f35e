#include "registrar/office/visitors.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/asking.h"
#include "registrar/office/checks.h"
#include "registrar/office/fields.h"
#include "registrar/office/limits.h"
#include "registrar/office/sessions_inside.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/students.h"
#include "registrar/office/visitors_inside.h"
#include "wire/json.h"

#define CONTACT_MOST  512
#define PROFILE_MOST  4096
#define PASSPORT_MOST 16

/* --- passports ---------------------------------------------------------------------------------------------------- */

/* As a form has it: "aa 123 4567" is "AA1234567". */
static void passport_write(const char *typed, char ret[PASSPORT_MOST])
{
    size_t length = 0;

    for (; *typed && length < PASSPORT_MOST - 1; typed++)
        if (*typed >= 'a' && *typed <= 'z')
            ret[length++] = (char)(*typed - 'a' + 'A');
        else if (*typed != ' ' && *typed != '-')
            ret[length++] = *typed;
    ret[length] = '\0';
}

bool visitor_passport_hash(const Office *office, const char *typed, uint8_t ret[HASH_SIZE], Error *err)
{
    char passport[PASSPORT_MOST];
    OWNED_BUF text;

    buf_init(&text, 64);
    passport_write(typed, passport);
    buf_add_format(&text, "passport\n%s", passport);
    mem_wipe(passport, sizeof passport);
    return buf_ok(&text, err) &&
           hmac_sha256((Str){ (const char *)office->keys.pepper, KEY_SIZE }, buf_str(&text), ret, err);
}

void visitor_contact_context(int64_t student, Buf *context)
{
    buf_add_format(context, "visitor:%lld", (long long)student);
}

/* --- who comes for the first time --------------------------------------------------------------------------------- */

typedef struct Coming {
    Office *office;
    const Answers *answers;
    char number[REQUEST_NUMBER_SIZE]; /* of the person */
    VisitorRow row;
    Str profile;
    Str contact; /* not sealed yet: it is for the person, who has no number before */
    uint8_t nonce[12];
    int64_t now_ms;
} Coming;

static const char *answer(const Answers *answers, const char *field)
{
    const char *value = answers_get(answers, field);

    return value ? value : "";
}

static bool write_profile(const Answers *answers, Buf *ret, Error *err)
{
    const char *surname = answer(answers, "surname"), *given = answer(answers, "given");
    const char *patronymic = answer(answers, "patronymic");
    OWNED_BUF whole;

    buf_init(&whole, 512);
    buf_add_format(&whole, "%s %s%s%s", surname, given, patronymic[0] ? " " : "", patronymic);
    if (!buf_ok(&whole, err))
        return false;
    OWNED(json_t) names = json_object();
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        if (json_object_set_new(names, language_tag(l), json_string(buf_text(&whole))) != 0)
            return error_set(err, ERR_MEMORY, "visitor");
    OWNED(json_t)
    profile = json_pack("{s:s, s:s, s:s, s:O, s:s}", "surname", surname, "given", given, "patronymic", patronymic,
                        "names", names, "birth_date", answer(answers, "birth"));
    return profile ? json_write(profile, ret, err) : error_set(err, ERR_MEMORY, "visitor");
}

static bool seal_contact(const Coming *coming, Buf *sealed, Error *err)
{
    OWNED_BUF context;

    buf_init(&context, 64);
    visitor_contact_context(coming->row.student, &context);
    return buf_ok(&context, err) &&
           crypto_seal(coming->office->keys.record, buf_str(&context), coming->contact, coming->nonce, sealed, err);
}

static bool come(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;
    const int64_t now_s = coming->now_ms / 1000;
    const RecordRow record = { .part = "profile", .body = coming->profile, .source = "visitor", .as_of_s = now_s };
    char actor[ACTOR_SIZE];
    OWNED_BUF sealed;

    buf_init(&sealed, CONTACT_MOST + 64);
    if (!text_number_take(transaction, coming->office, VISITOR_REGISTER, coming->now_ms, coming->number, err) ||
        !students_add(transaction, coming->number, (Str){ 0 }, &coming->row.student, err))
        return false;
    actor_student(actor, coming->row.student);
    return seal_contact(coming, &sealed, err) &&
           visitors_add(transaction, &coming->row, buf_str(&sealed), now_s + VISITOR_BARE_S, err) &&
           records_put(transaction, coming->row.student, &record, err) &&
           acts_add(transaction, &(Act){ coming->now_ms, actor, "visitor.came", actor, NULL }, err);
}

static bool take_in(Office *office, const Answers *answers, int64_t *ret_student, Error *err)
{
    Coming coming = { .office = office, .answers = answers, .now_ms = office_now_ms(office) };
    char passport[PASSPORT_MOST];
    OWNED_BUF profile, contact;

    buf_init(&profile, PROFILE_MOST);
    buf_init(&contact, CONTACT_MOST);
    passport_write(answer(answers, "passport"), passport);
    OWNED(json_t) said = json_pack("{s:s, s:s}", "passport", passport, "phone", answer(answers, "phone"));
    mem_wipe(passport, sizeof passport);
    if (!said)
        return error_set(err, ERR_MEMORY, "visitor");
    if (!visitor_passport_hash(office, answer(answers, "passport"), coming.row.passport_hash, err) ||
        !write_profile(answers, &profile, err) || !json_write(said, &contact, err) ||
        !random_fill(&office->config.random, coming.nonce, sizeof coming.nonce, err))
        return false;
    coming.profile = buf_str(&profile);
    coming.contact = buf_str(&contact);
    if (!store_write(office->store, come, &coming, err))
        return false;
    *ret_student = coming.row.student;
    return true;
}

/* A kiosk stands in a hall: whoever plays with it must not fill the register. */
static bool enter_new(Office *office, const Kiosk *kiosk, const Answers *answers, SignInOutcome *ret_outcome,
                      ApiSession *ret, int *ret_retry_after_s, Error *err)
{
    int64_t student = 0;
    bool allowed;

    *ret_outcome = SIGN_IN_LIMITED;
    if (!office_limit(office, "visitor", kiosk->id, &allowed, ret_retry_after_s, err))
        return false;
    if (!allowed)
        return true;
    *ret_outcome = SIGN_IN_DONE;
    return take_in(office, answers, &student, err) &&
           session_open(office, kiosk, &(SessionStart){ .student = student, .way = "visitor", .visitor = true }, ret,
                        err);
}

/* --- who comes back ----------------------------------------------------------------------------------------------- */

/* " s-2026/12" is "S-2026/000012".  "": it is the number of no request. */
static void request_number(const char *typed, char ret[REQUEST_NUMBER_SIZE])
{
    Str rest = str_trim(str_from(typed));
    uint64_t year, number;

    ret[0] = '\0';
    if (str_starts(rest, STR("S-")) || str_starts(rest, STR("s-")))
        rest = (Str){ rest.ptr + 2, rest.len - 2 };
    if (str_to_u64(str_split(&rest, '/'), 2000, 2199, &year) && str_to_u64(rest, 1, 99999999, &number))
        (void)snprintf(ret, REQUEST_NUMBER_SIZE, REQUEST_REGISTER "-%d/%06d", (int)year, (int)number);
}

typedef struct Returning {
    const char *number;
    bool found;
    VisitorRow row;
} Returning;

static bool find_visitor(StoreTransaction *transaction, void *arg, Error *err)
{
    Returning *returning = arg;

    return visitors_of_request(transaction, returning->number, &returning->found, &returning->row, err);
}

static bool enter_again(Office *office, const Kiosk *kiosk, const char *source, const Answers *answers,
                        SignInOutcome *ret_outcome, ApiSession *ret, int *ret_retry_after_s, Error *err)
{
    char number[REQUEST_NUMBER_SIZE], account[REQUEST_NUMBER_SIZE + 8];
    Returning returning = { .number = number };
    uint8_t hash[HASH_SIZE];
    SignInTry try;

    request_number(answer(answers, "number"), number);
    (void)snprintf(account, sizeof account, "visitor:%s", number);
    *ret_outcome = SIGN_IN_LIMITED;
    if (!sign_in_try_reserve(office, account, kiosk->id, source, &try, ret_retry_after_s, err))
        return false;
    if (*ret_retry_after_s > 0)
        return true;
    if (!visitor_passport_hash(office, answer(answers, "passport"), hash, err) ||
        !store_read(office->store, find_visitor, &returning, err))
        return false;
    *ret_outcome = SIGN_IN_REFUSED;
    if (!returning.found || !mem_equal_secret(hash, returning.row.passport_hash, HASH_SIZE))
        return true;
    *ret_outcome = SIGN_IN_DONE;
    return session_open(
        office, kiosk,
        &(SessionStart){ .student = returning.row.student, .way = "visitor", .visitor = true, .try = &try }, ret, err);
}

bool visitor_enter(Office *office, const Kiosk *kiosk, const char *source, const ApiVisitor *given,
                   ApiProblem *ret_problem, SignInOutcome *ret_outcome, ApiSession *ret, int *ret_retry_after_s,
                   Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    const Service *service = shelf_service(shelf, VISITOR_SERVICE);
    const char *field = NULL;
    FormFault fault;

    *ret_problem = (ApiProblem){ .kind = service ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    *ret_retry_after_s = 0;
    if (!service)
        return true;
    fault = form_check(service, &given->answers, office_today(office), &field);
    if (fault != FORM_OK) {
        *ret_problem = api_problem_form(field, fault);
        return true;
    }
    if (!strcmp(answer(&given->answers, "earlier"), "have"))
        return enter_again(office, kiosk, source, &given->answers, ret_outcome, ret, ret_retry_after_s, err) ||
               error_add(err, "visitor");
    return enter_new(office, kiosk, &given->answers, ret_outcome, ret, ret_retry_after_s, err) ||
           error_add(err, "visitor");
}
