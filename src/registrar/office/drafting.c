#include "registrar/office/drafting.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/office/fields.h"
#include "registrar/office/saying.h"
#include "wire/json.h"
#include "wire/lists.h"

#define BODY_BYTES_MOST  (64u << 10)
#define ANSWER_SAID_MOST (LIST_ITEMS_MOST * (LIST_LABEL_SIZE + 2)) /* all that a list has, in words */

/* What every order on the movement of students names; further ones are answers. */
static const char *const facts[] = {
    "student.name", "student.number", "faculty.name", "programme.code", "programme.name", "study.type",
    "study.form",   "study.payment",  "study.year",   "study.group",    "study.status",
};

static bool append_pair(json_t *list, const char *name, const char *said, const char *value)
{
    return json_array_append_new(list, json_pack("{s:s, s:s}", name, said, "value", value)) == 0;
}

static bool add_facts(const Office *office, const Approval *approval, const Record *record, json_t *list)
{
    const FieldSources sources = { .institution = office->institution,
                                   .words = shelf_words(approval->shelf),
                                   .record = record,
                                   .issued_s = office_now_s(office) };
    bool done = list != NULL;

    for (size_t i = 0; done && i < COUNT(facts); i++) {
        OWNED_BUF value;

        buf_init(&value, 512);
        fields_write(&sources, facts[i], LANGUAGE_FIRST, &value);
        done = value.len == 0 || append_pair(list, "field", facts[i], buf_text(&value));
    }
    return done;
}

static bool add_answers(const Field *fields, size_t count, const Answers *answers, json_t *list)
{
    bool done = list != NULL;

    for (size_t i = 0; done && i < count; i++) {
        const char *answer = answers_get(answers, fields[i].id);
        OWNED_BUF value;

        buf_init(&value, ANSWER_SAID_MOST);
        if (answer)
            answer_say(&fields[i], answer, LANGUAGE_FIRST, &value);
        done = buf_ok(&value, NULL) &&
               (value.len == 0 ||
                append_pair(list, "label", local_text(&fields[i].label, LANGUAGE_FIRST), buf_text(&value)));
    }
    return done;
}

static bool add_grounds(const Service *service, json_t *list)
{
    bool done = list != NULL;

    for (size_t i = 0; done && i < service->ground_count; i++)
        done = json_array_append_new(list, json_string(local_text(&service->ground[i], LANGUAGE_FIRST))) == 0;
    return done;
}

static json_t *body_of(const Office *office, const Approval *approval, const Record *record)
{
    const Service *service = approval->service;
    json_t *said = json_array(), *asked = json_array(), *decided = json_array(), *ground = json_array();
    char holder[160];
    OWNED_BUF day;

    buf_init(&day, 16);
    date_write(&day, office_today(office), LANGUAGE_FIRST, DATE_ISO);
    if (!fields_holder(record_profile(record), LANGUAGE_FIRST, holder, sizeof holder))
        holder[0] = '\0';
    bool done = add_facts(office, approval, record, said) &&
                add_answers(service->fields, service->field_count, &approval->answers, asked) &&
                add_answers(service->asks, service->ask_count, &approval->staff, decided) &&
                add_grounds(service, ground);
    json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "number", approval->request.number, "student",
                             record->number, "holder", holder, "approved_on", buf_text(&day), "facts", said, "asked",
                             asked, "decided", decided, "ground", ground);
    if (!done) {
        json_decref(body);
        body = NULL;
    }
    return body;
}

static void context_add(const char *id, Buf *context)
{
    buf_add_format(context, "order:%s", id);
}

bool order_compose(Office *office, const Approval *approval, Buf *sealed, Error *err)
{
    OWNED_RECORD record = { 0 };
    uint8_t nonce[12];
    OWNED_BUF plain, context;

    buf_init(&plain, BODY_BYTES_MOST);
    buf_init(&context, 64);
    context_add(approval->request.id, &context);
    if (!record_read(office, approval->request.student, RECORD_RULES, &record, err))
        return error_add(err, "order");
    OWNED(json_t) body = body_of(office, approval, &record);
    if (!body)
        return error_set(err, ERR_MEMORY, "order");
    return (json_write(body, &plain, err) && buf_ok(&context, err) &&
            random_fill(&office->config.random, nonce, sizeof nonce, err) &&
            crypto_seal(office->keys.record, buf_str(&context), buf_str(&plain), nonce, sealed, err)) ||
           error_add(err, "order");
}

json_t *order_open(const Office *office, const char *id, Str sealed, Error *err)
{
    json_t *body = NULL;
    OWNED_BUF plain, context;

    buf_init(&plain, BODY_BYTES_MOST);
    buf_init(&context, 64);
    context_add(id, &context);
    if (buf_ok(&context, err) && crypto_open(office->keys.record, buf_str(&context), sealed, &plain, err))
        body = json_read(buf_str(&plain), err);
    if (!body)
        error_add(err, "order");
    return body;
}
