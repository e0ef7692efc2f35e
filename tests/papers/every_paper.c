#include "papers/every_paper.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "registrar/office/fields.h"
#include "wire/form.h"
#include "wire/json.h"
#include "wire/lists.h"

#define CASES_BYTES_MOST (16u << 20)
#define PLACE            "A-2 (1-bino)"
#define BLANK            "AM 0001234"
#define SEEN_MOST        512
#define LISTED           20 /* items of each list that a form chooses from */

/* What is under way of one case. */
typedef struct Work {
    const EveryPaper *every;
    const char *case_name;
    const Record *record;
    char seen[SEEN_MOST][96]; /* papers of this case that are made */
    size_t seen_count;
    Lists lists; /* that the service under way chooses from */
    BoundService bound;
} Work;

/* --- answers ----------------------------------------------------------------------------------------------------- */

static void add_letters(Buf *text, const char *words, size_t most)
{
    Str rest = str_from(words);

    for (size_t i = 0; i < most && rest.len > 0; i++)
        buf_add_char(text, utf8_next(&rest));
}

/* As many as may be chosen. */
static void add_chosen(const Field *field, Buf *text)
{
    for (size_t i = 0; i < field->choice_count && (int64_t)i < field->most; i++)
        buf_add_format(text, "%s%s", i ? "," : "", field->choices[i].id);
}

/* An answer that a careful student would give: as long as it may be, so that the paper has to hold it. */
static void sample_answer(const Field *field, Date today, char ret[ANSWER_BYTES_MOST])
{
    static const char words[] =
        "“Oʻzsanoatqurilishbank” ATB, Toshkent shahar boshqarmasi, kredit boʻlimi rahbariyatiga";
    const size_t most = field->most > 0 && field->most < 80 ? (size_t)field->most : 80;
    OWNED_BUF text;

    buf_init(&text, ANSWER_BYTES_MOST);
    switch (field->kind) {
    case FIELD_CHOICE: buf_add_text(&text, field->choices[0].id); break;
    case FIELD_SEVERAL: add_chosen(field, &text); break;
    case FIELD_TEXT: add_letters(&text, words, most); break;
    case FIELD_NUMBER: buf_add_format(&text, "%lld", (long long)field->most); break;
    case FIELD_DATE: date_write(&text, date_add_days(today, (int)field->least), LANGUAGE_EN, DATE_ISO); break;
    case FIELD_EMAIL: buf_add_text(&text, "dilnoza.karimova@student.namuna.uz"); break;
    case FIELD_PHONE: buf_add_text(&text, "+998901234567"); break;
    case FIELD_PASSPORT: buf_add_text(&text, "AA1234567"); break;
    case FIELD_PAPER: buf_add_text(&text, PAPER_AT_WINDOW); break;
    case FIELD_KIND_COUNT: break;
    }
    str_copy_cut(buf_str(&text), ret, ANSWER_BYTES_MOST);
}

/* Every question that is asked has an answer; those given already stay. */
static void fill_answers(const Service *service, Date today, Answers *answers)
{
    size_t total = 1;

    for (size_t n = 0; n < total; n++) {
        const size_t at = form_asked(service, answers, n, &total);
        char value[ANSWER_BYTES_MOST];

        if (at >= service->field_count || answers_get(answers, service->fields[at].id))
            continue;
        sample_answer(&service->fields[at], today, value);
        (void)!answers_set(answers, service->fields[at].id, str_from(value));
    }
}

/* --- one paper --------------------------------------------------------------------------------------------------- */

bool paper_compose(const Office *office, const CompositionSources *sources, int n, PaperWork *ret,
                   const char **ret_missing, Error *err)
{
    const uint8_t bits[CODE_BITS_BYTES] = { 0, 0x17, 0x2A, (uint8_t)n, (uint8_t)(n >> 8), 0x51, 7, 9 };

    *ret = (PaperWork){ .claims = { .code = code_make(bits) } };
    *ret_missing = NULL;
    if (!composition_make(office, sources, &ret->composition, ret_missing, err) ||
        !fields_add_copy(ret->composition.values, 1, PLACE, err))
        return false;
    const Template *template = ret->composition.paper->template;

    snprintf(ret->number, sizeof ret->number, "%s-2026/%06d", template_register(template), n + 1);
    code_grouped(&ret->claims.code, ret->code);
    office_check_address(office, ret->address);
    ret->input = (DocumentInput){ .template = template,
                                  .language = ret->composition.language,
                                  .values = ret->composition.values,
                                  .number = ret->number,
                                  .code = ret->code,
                                  .check_address = ret->address,
                                  .logo = office_logo(office),
                                  .created_s = ret->composition.at_s };
    return true;
}

void paper_fini(PaperWork *work)
{
    composition_fini(&work->composition);
}

bool paper_seal(const Office *office, PaperWork *work, const DocumentFacts *facts, Qr *ret, Error *err)
{
    const Template *template = work->input.template;
    SealClaims *claims = &work->claims;
    OWNED_BUF token, path, fragment;

    buf_init(&token, 4096);
    buf_init(&path, 256);
    buf_init(&fragment, 4096);
    claims->issued_at_s = work->composition.at_s;
    claims->expires_at_s = work->composition.expires_at_s;
    str_copy_cut(str_from(work->number), claims->number, sizeof claims->number);
    str_copy_cut(str_from(office->config.host), claims->issuer, sizeof claims->issuer);
    str_copy_cut(str_from(template_id(template)), claims->kind, sizeof claims->kind);
    str_copy_cut(str_from(work->composition.holder), claims->holder, sizeof claims->holder);
    memcpy(claims->text_hash, facts->text_hash, sizeof claims->text_hash);
    return claims_add_fields(template, work->composition.values, claims, err) &&
           seal_make(keys_active_seal(&office->keys), claims, &token, err) &&
           seal_link(claims, buf_str(&token), &path, &fragment, err) &&
           qr_make(buf_str(&path), buf_str(&fragment), SEAL_QR_VERSION_MOST, ret, err);
}

/* --- what forms choose from --------------------------------------------------------------------------------------- */

/* A subject with the longest name that a record has. */
static bool add_item(Lists *lists, size_t n)
{
    static const char *const names[LANGUAGE_COUNT] = {
        [LANGUAGE_UZ] = "Hayot faoliyati xavfsizligi va ekologiya asoslari (kurs ishi bilan)",
        [LANGUAGE_UZ_CYRL] = "Ҳаёт фаолияти хавфсизлиги ва экология асослари",
        [LANGUAGE_RU] = "Безопасность жизнедеятельности и основы экологии",
        [LANGUAGE_EN] = "Occupational safety and foundations of ecology (with a course paper)",
    };
    ListItem *item = lists_add(lists);

    if (!item)
        return false;
    snprintf(item->id, sizeof item->id, "subject-%zu", n);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        snprintf(item->label[i], sizeof item->label[i], "%s, %zu", names[i], n);
    item->credits = 6;
    item->semester = (int)n % 8 + 1;
    item->sum = 1234500;
    return true;
}

/* Every list that it wants is full. */
static bool bind_full(const Service *service, Lists *lists, BoundService *ret, Error *err)
{
    bool whole = true;

    *lists = (Lists){ 0 };
    for (size_t i = 0; i < service->field_count && whole; i++) {
        const char *from = service->fields[i].from;

        if (!from || lists_find(lists, from))
            continue;
        whole = lists_begin(lists, from);
        for (size_t n = 1; n <= LISTED && whole; n++)
            whole = add_item(lists, n);
    }
    service_bind(service, lists, ret);
    return whole || error_set(err, ERR_LIMIT, "lists of %s", service->id);
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

/* only NULL: everything is. */
static bool is_wanted(const char *only, const char *what)
{
    return !only || strcmp(only, what) == 0;
}

static bool is_new(Work *work, const char *name)
{
    for (size_t i = 0; i < work->seen_count; i++)
        if (strcmp(work->seen[i], name) == 0)
            return false;
    if (work->seen_count < SEEN_MOST)
        str_copy_cut(str_from(name), work->seen[work->seen_count++], sizeof work->seen[0]);
    return true;
}

static bool each_language(Work *work, const Service *service, const Answers *answers, const Answers *staff,
                          Language language, Error *err)
{
    const CompositionSources sources = { .shelf = work->every->shelf,
                                         .service = service,
                                         .language = language,
                                         .answers = answers,
                                         .record = work->record,
                                         .staff = service->ask_count ? staff : NULL,
                                         .blank = service->blank ? BLANK : NULL };
    char name[96];
    Terms terms;

    service_terms(service, answers, &terms);
    if (!terms.document || !is_wanted(work->every->only_template, terms.document) ||
        !is_wanted(work->every->only_language, language_tag(language)))
        return true;
    snprintf(name, sizeof name, "%s.%s.%s", work->case_name, terms.document, language_tag(language));
    return !is_new(work, name) || work->every->each(work->every->ctx, work->case_name, name, &sources, err) ||
           error_add(err, "%s", name);
}

/* With these answers and what else the form then asks, in every language that the paper may have. */
static bool each_terms(Work *work, const Service *service, Answers *answers, Error *err)
{
    const Date today =
        date_time_at(office_now_ms(work->every->office), work->every->office->config.utc_offset_minutes).date;
    const Service asks = service_asks(service);
    Answers staff = { 0 };
    Terms terms;

    fill_answers(service, today, answers);
    fill_answers(&asks, today, &staff);
    service_terms(service, answers, &terms);
    if (terms.leads_to)
        return true;
    for (size_t i = 0; i < terms.language_count; i++)
        if (!each_language(work, service, answers, &staff, terms.languages[i], err))
            return error_add(err, "service %s", service->id);
    return true;
}

/* Once with the first choices, and once for each choice that makes something else of the service. */
static bool each_service(Work *work, const Service *service, Error *err)
{
    Answers answers = { 0 };

    if (!each_terms(work, service, &answers, err))
        return false;
    for (size_t i = 0; i < service->field_count; i++)
        for (size_t k = 0; k < service->fields[i].choice_count; k++) {
            const Choice *choice = &service->fields[i].choices[k];

            answers = (Answers){ 0 };
            if (choice->sets && (!answers_set(&answers, service->fields[i].id, str_from(choice->id)) ||
                                 !each_terms(work, service, &answers, err)))
                return false;
        }
    return true;
}

static bool read_case(const json_t *json, Record *ret, Error *err)
{
    const json_t *parts = json_object_get(json, "parts");
    const char *number = json_string_value(json_object_get(json, "number"));

    *ret = (Record){ .student = 1, .read = RECORD_RULES | RECORD_OF(PART_PHOTO) };
    if (!number || !str_copy(str_from(number), ret->number, sizeof ret->number) || !json_is_object(parts))
        return error_set(err, ERR_FORMAT, "no number, or no parts");
    for (int part = 0; part < RECORD_PART_COUNT; part++) {
        ret->parts[part] = json_incref(json_object_get(parts, record_part_name((RecordPart)part)));
        ret->as_of_s[part] = 1795500000;
    }
    return ret->parts[PART_PROFILE] || error_set(err, ERR_FORMAT, "no profile");
}

static bool each_case(Work *work, const json_t *json, Error *err)
{
    const Catalogue *catalogue = shelf_catalogue(work->every->shelf);
    OWNED_RECORD record = { 0 };

    work->case_name = json_string_value(json_object_get(json, "name"));
    if (!work->case_name)
        return error_set(err, ERR_FORMAT, "a case without a name");
    if (!is_wanted(work->every->only_case, work->case_name))
        return true;
    if (!read_case(json, &record, err))
        return error_add(err, "case %s", work->case_name);
    work->record = &record;
    work->seen_count = 0;
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);

        if (service->document &&
            (!bind_full(service, &work->lists, &work->bound, err) || !each_service(work, &work->bound.service, err)))
            return error_add(err, "case %s", work->case_name);
    }
    return true;
}

bool every_paper(const EveryPaper *every, const char *file, Error *err)
{
    Work work = { .every = every };
    OWNED_BUF text;
    json_t *cases;
    bool done = true;

    buf_init(&text, CASES_BYTES_MOST);
    if (!file_read(file, &text, err))
        return false;
    cases = json_read(buf_str(&text), err);
    if (!cases)
        return error_add(err, "%s", file);
    const json_t *array = json_object_get(cases, "cases");

    for (size_t i = 0; i < json_array_size(array) && done; i++)
        done = each_case(&work, json_array_get(array, i), err);
    json_decref(cases);
    return done;
}
