#include "registrar/office/templates.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/inside.h"
#include "registrar/office/plain.h"
#include "registrar/office/review.h"
#include "registrar/office/shelf_keeper.h"
#include "wire/json.h"

/* --- looking ------------------------------------------------------------------------------------------------------ */

typedef struct Listing {
    const char *service;
    AnswerTemplateRow rows[ANSWER_TEMPLATES_MOST];
    size_t count;
} Listing;

static bool read_list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return answer_templates_list(transaction, listing->service, listing->rows, ANSWER_TEMPLATES_MOST, &listing->count,
                                 err);
}

static bool fill(AnswerTemplate *ret, const AnswerTemplateRow *row, Error *err)
{
    ret->row = *row;
    ret->json = json_read(str_from(row->words), err);
    for (Language language = 0; ret->json && language < LANGUAGE_COUNT; language++) {
        const char *words = json_string_value(json_object_get(ret->json, language_tag(language)));

        ret->words.in[language] = words && words[0] ? words : NULL;
    }
    return ret->json != NULL;
}

bool templates_list(Office *office, const char *service, AnswerTemplates *ret, Error *err)
{
    Listing *listing = mem_new(1, sizeof *listing);

    *ret = (AnswerTemplates){ 0 };
    if (!listing)
        return error_set(err, ERR_MEMORY, "answer templates");
    listing->service = service;
    bool done = store_read(office->store, read_list, listing, err);
    if (done && listing->count > 0) {
        ret->templates = mem_new(listing->count, sizeof *ret->templates);
        done = ret->templates || error_set(err, ERR_MEMORY, "answer templates");
    }
    for (size_t i = 0; done && ret->templates && i < listing->count; i++) {
        done = fill(&ret->templates[i], &listing->rows[i], err);
        ret->count += done;
    }
    mem_free(listing);
    if (!done)
        templates_fini(ret);
    return done || error_add(err, "answer templates");
}

void templates_fini(AnswerTemplates *templates)
{
    for (size_t i = 0; templates->templates && i < templates->count; i++)
        json_decref(templates->templates[i].json);
    mem_free(templates->templates);
    *templates = (AnswerTemplates){ 0 };
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

typedef struct Keeping {
    AnswerTemplateRow row;
    const char *clerk, *act;
    int64_t now_ms;
    bool new, full;
} Keeping;

static bool note(StoreTransaction *transaction, const Keeping *keeping, Error *err)
{
    OWNED_BUF object;

    buf_init(&object, 80);
    buf_add_format(&object, "answer-template:%s", keeping->row.id);
    return buf_ok(&object, err) &&
           acts_add(transaction, &(Act){ keeping->now_ms, keeping->clerk, keeping->act, buf_text(&object), NULL }, err);
}

static bool keep(StoreTransaction *transaction, void *arg, Error *err)
{
    Keeping *keeping = arg;

    if (keeping->new) {
        int64_t count;

        if (!answer_templates_count(transaction, &count, err))
            return false;
        keeping->full = count >= ANSWER_TEMPLATES_MOST;
        if (keeping->full)
            return true;
    }
    return (keeping->new ? answer_templates_add : answer_templates_put)(transaction, &keeping->row, err) &&
           note(transaction, keeping, err);
}

static bool removing(StoreTransaction *transaction, void *arg, Error *err)
{
    const Keeping *keeping = arg;

    return answer_templates_remove(transaction, keeping->row.id, keeping->row.epoch, err) &&
           note(transaction, keeping, err);
}

static bool write(Office *office, StoreAct act, Keeping *keeping, ApiProblem *ret_problem, Error *err)
{
    Error why = { 0 };

    if (!store_write(office->store, act, keeping, &why)) {
        if (why.code != ERR_CONFLICT)
            return error_set_cause(err, why.code, why.cause, "answer template: %s", why.text);
        ret_problem->kind = PROBLEM_CHANGED;
    } else if (keeping->full)
        ret_problem->kind = PROBLEM_LIMIT;
    return true;
}

/* As JSON; a language that says nothing is left out. */
static bool write_words(const TemplateEntry *entry, AnswerTemplateRow *row, ApiProblem *ret_problem, Error *err)
{
    OWNED(json_t) json = json_object();
    OWNED_BUF text;

    buf_init(&text, sizeof row->words - 1);
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        const char *words = entry->words[language];

        if (!words[0] && language != LANGUAGE_FIRST)
            continue;
        if (!plain_words(words, REVIEW_WORDS_MOST)) {
            *ret_problem = api_problem_form(language_tag(language), plain_fault(words, REVIEW_WORDS_MOST));
            return true;
        }
        if (!json || json_object_set_new(json, language_tag(language), json_string(words)) != 0)
            return error_set(err, ERR_MEMORY, "answer template");
    }
    return json_write(json, &text, err) &&
           (str_copy(buf_str(&text), row->words, sizeof row->words) || error_set(err, ERR_RANGE, "answer template"));
}

bool template_keep(Office *office, const TemplateEntry *entry, ApiProblem *ret_problem, Error *err)
{
    Keeping keeping = {
        .clerk = entry->clerk, .act = "answer-template.kept", .now_ms = office_now_ms(office), .new = !entry->id[0]
    };
    AnswerTemplateRow *row = &keeping.row;
    OWNED(Shelf) shelf = shelf_take(office);

    *ret_problem = (ApiProblem){ 0 };
    row->epoch = entry->epoch;
    row->changed_at_s = office_now_s(office);
    str_copy_cut(str_from(entry->clerk), row->author, sizeof row->author);
    if (!str_copy(str_from(entry->id), row->id, sizeof row->id) ||
        !str_copy(str_from(entry->service), row->service, sizeof row->service) ||
        (row->service[0] && !shelf_service(shelf, row->service))) {
        *ret_problem = api_problem_form("service", FORM_NOT_OFFERED);
        return true;
    }
    if (!write_words(entry, row, ret_problem, err) || ret_problem->kind != PROBLEM_NONE)
        return ret_problem->kind != PROBLEM_NONE;
    if (keeping.new && !office_new_id(office, row->id, err))
        return false;
    return write(office, keep, &keeping, ret_problem, err);
}

bool template_remove(Office *office, const char *clerk, const char *id, uint32_t epoch, ApiProblem *ret_problem,
                     Error *err)
{
    Keeping keeping = { .clerk = clerk, .act = "answer-template.removed", .now_ms = office_now_ms(office) };

    *ret_problem = (ApiProblem){ 0 };
    keeping.row.epoch = epoch;
    str_copy_cut(str_from(id), keeping.row.id, sizeof keeping.row.id);
    return write(office, removing, &keeping, ret_problem, err);
}
