#include "registrar/office/compositions.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/document/picture.h"
#include "registrar/office/fields.h"
#include "registrar/store/copies.h"
#include "wire/json.h"

#define SNAPSHOT_BYTES_MOST (1u << 20)
#define SHAPE_KEPT_MS       (15 * 60 * 1000)

/* --- making ------------------------------------------------------------------------------------------------------ */

/* Predicates that look at nothing but the profile. */
static bool judges_profile(const Predicate *predicate)
{
    static const char *const names[] = { "status", "type",   "form",     "payment",      "citizenship",
                                         "year",   "gender", "campaign", "accommodation" };

    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(names[i], predicate->is))
            return true;
    return false;
}

static unsigned parts_of(const Shelf *shelf, const char *document)
{
    const Paper *paper = shelf_paper(shelf, document);

    return paper ? paper->fields.parts : 0;
}

unsigned composition_parts(const Shelf *shelf, const Service *service)
{
    unsigned parts = RECORD_PROFILE | parts_of(shelf, service->document);

    for (size_t i = 0; i < service->predicate_count; i++)
        if (!judges_profile(&service->predicates[i]))
            parts |= RECORD_RULES;
    for (size_t i = 0; i < service->field_count; i++)
        for (size_t j = 0; j < service->fields[i].choice_count; j++)
            if (service->fields[i].choices[j].sets)
                parts |= parts_of(shelf, service->fields[i].choices[j].sets->document);
    return parts;
}

/* What a paper says whoever asks: the university's, the record's and the moment's. */
static FieldSources sources_of(const Office *office, const Shelf *shelf, const Record *record,
                               const CampaignFound *session)
{
    return (FieldSources){ .institution = office->institution,
                           .words = shelf_words(shelf),
                           .record = record,
                           .session = session && session->state != CAMPAIGN_NONE ? session : NULL,
                           .issued_s = office_now_s(office) };
}

const char *composition_missing(const Office *office, const Shelf *shelf, const Paper *paper, const Record *record,
                                const CampaignFound *session)
{
    const FieldSources sources = sources_of(office, shelf, record, session);
    const Language language = template_language(paper->template, LANGUAGE_FIRST);
    char holder[96];

    if (!fields_holder(record_profile(record), language, holder, sizeof holder))
        return "student.name";
    return fields_missing(&sources, paper->template, &paper->fields, language);
}

typedef struct FindingSession {
    const json_t *profile;
    Date today;
    CampaignFound found;
} FindingSession;

static bool find_session(StoreTransaction *transaction, void *arg, Error *err)
{
    FindingSession *finding = arg;

    return campaigns_for(transaction, finding->profile, "session", finding->today, &finding->found, err);
}

static void hold(const Office *office, const FieldSources *fields, Composition *ret, const char **ret_missing)
{
    const json_t *profile = record_profile(fields->record);

    if (!fields_holder(profile, ret->language, ret->holder, sizeof ret->holder) && !*ret_missing)
        *ret_missing = "student.name";
    fields_mask_holder(profile, ret->language, ret->holder_masked, sizeof ret->holder_masked);
    record_period(fields->record, ret->period, sizeof ret->period);
    if (fields->valid_days > 0) /* good to the end of its last day */
        ret->expires_at_s =
            date_start_s(date_add_days(fields_valid_until(fields), 1), office->config.utc_offset_minutes);
}

/* A photograph that can't be read is one that the record lacks: who decides is told so, and the drawing is not tried.
 */
static bool look_at_photo(const json_t *values, const char **ret_missing, Error *err)
{
    static const char field[] = "student.photo";
    const char *photo = json_string_value(json_object_get(values, field));
    Error why = { 0 };

    if (!photo || *ret_missing || picture_check(str_from(photo), &why))
        return true;
    *ret_missing = field;
    return why.code != ERR_MEMORY || error_set(err, ERR_MEMORY, "%s", field);
}

bool composition_make(const Office *office, const CompositionSources *sources, Composition *ret,
                      const char **ret_missing, Error *err)
{
    FindingSession finding = { .profile = record_profile(sources->record), .today = office_today(office) };
    FieldSources fields;
    Terms terms;

    service_terms(sources->service, sources->answers, &terms);
    *ret = (Composition){ .shelf = sources->shelf,
                          .paper = shelf_paper(sources->shelf, terms.document),
                          .language = sources->language };
    if (!ret->paper || !template_has_language(ret->paper->template, sources->language))
        return error_set(err, ERR_NOT_FOUND, "no template %s in %s", terms.document ? terms.document : "",
                         language_tag(sources->language));
    if (ret->paper->fields.session && !store_read(office->store, find_session, &finding, err))
        return error_add(err, "composition");
    fields = sources_of(office, sources->shelf, sources->record, &finding.found);
    fields.service = sources->service;
    fields.answers = sources->answers;
    fields.staff = sources->staff;
    fields.blank = sources->blank;
    fields.valid_days = terms.valid_days;
    ret->at_s = fields.issued_s;
    ret->values = fields_make(&fields, ret->paper->template, &ret->paper->fields, sources->language, ret_missing, err);
    if (!ret->values || !look_at_photo(ret->values, ret_missing, err))
        return error_add(err, "composition");
    hold(office, &fields, ret, ret_missing);
    return true;
}

void composition_fini(Composition *composition)
{
    json_decref(composition->values);
    composition->values = NULL;
}

/* --- shape ------------------------------------------------------------------------------------------------------- */

bool claims_add_fields(const Template *template, const json_t *values, SealClaims *claims, Error *err)
{
    claims->field_count = 0;
    for (size_t i = 0; i < template_sealed_count(template); i++) {
        const char *name;
        SealedValue *sealed = &claims->fields[claims->field_count];

        sealed->field = template_sealed_at(template, i, &name);
        const char *value = json_string_value(json_object_get(values, name));
        if (!value) /* a paper that leaves it out (template_lacks) */
            continue;
        if (!str_copy(str_from(value), sealed->value, sizeof sealed->value))
            return error_set(err, ERR_RANGE, "%s can't be sealed", name);
        claims->field_count++;
    }
    return true;
}

/* A seal as large as any that this composition can get: the largest number and places, the same words. */
static bool seal_fits(const Office *office, const Composition *composition, bool *ret_fits, Error *err)
{
    static const uint8_t ones[CODE_BITS_BYTES] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };
    const Template *template = composition->paper->template;
    SealClaims claims = { .code = code_make(ones),
                          .issued_at_s = composition->at_s,
                          .expires_at_s = composition->expires_at_s,
                          .status_list = UINT16_MAX,
                          .status_index = STATUS_LIST_SIZE - 1 };
    Error why = { 0 };
    OWNED_BUF number, token;

    buf_init(&number, sizeof claims.number);
    buf_init(&token, 4096);
    buf_add_format(&number, "%.8s-%d/%06d", template_register(template),
                   date_time_at(composition->at_s * 1000, office->config.utc_offset_minutes).date.year, 99999999);
    str_copy_cut(buf_str(&number), claims.number, sizeof claims.number);
    str_copy_cut(str_from(office->config.host), claims.issuer, sizeof claims.issuer);
    str_copy_cut(str_from(template_id(template)), claims.kind, sizeof claims.kind);
    memcpy(claims.holder, composition->holder, sizeof claims.holder);
    *ret_fits = claims_add_fields(template, composition->values, &claims, &why) &&
                seal_make(keys_active_seal(&office->keys), &claims, &token, &why);
    return *ret_fits || why.code == ERR_RANGE || error_set(err, why.code, "%s", why.text);
}

static DocumentInput preview_input(const Office *office, const Composition *composition, const json_t *values,
                                   const char *address)
{
    return (DocumentInput){
        .template = composition->paper->template,
        .language = composition->language,
        .values = values,
        .check_address = address,
        .logo = office_logo(office),
        .created_s = composition->at_s,
        .watermark =
            local_text(words_find(shelf_words(composition->shelf), WORDS_PAPER, "preview"), composition->language),
    };
}

/* Everything that decides how large the page and its seal become, hashed; hours and days do not. */
static bool shape_key(const Office *office, const Composition *composition, uint8_t ret[MEMO_KEY_SIZE], Error *err)
{
    OWNED_BUF text;
    json_t *values = json_copy(composition->values);
    bool done = values != NULL;

    buf_init(&text, SNAPSHOT_BYTES_MOST);
    if (done) {
        json_object_del(values, "issued.time");
        json_object_del(values, "issued.date");
        json_object_del(values, "issued.date_figures");
        json_object_del(values, "issued.valid_until");
    }
    buf_add_format(&text, "%s\n%s\n%d\n%s\n%s\n", template_id(composition->paper->template),
                   template_version(composition->paper->template), (int)composition->language, office->config.host,
                   composition->holder);
    done = done && json_write(values, &text, err) && sha256(buf_str(&text), ret, err);
    json_decref(values);
    return done || error_add(err, "shape");
}

static json_t *values_of_copy(const Composition *composition, const char *place, Error *err)
{
    json_t *values = json_copy(composition->values);

    if (values && fields_add_copy(values, 1, place, err) && fields_add_lines(values, composition->paper->template, err))
        return values;
    json_decref(values);
    return NULL;
}

static void remember(Office *office, const Composition *composition, bool fits)
{
    const int64_t now_ms = clock_monotonic_ms(&office->config.clock);
    const char seen = 1;
    uint8_t key[MEMO_KEY_SIZE];

    if (fits && shape_key(office, composition, key, NULL))
        memo_put(office->shapes, key, now_ms, now_ms + SHAPE_KEPT_MS, &seen);
}

bool composition_preview(Office *office, const Composition *composition, const char *place, int width, Blob **ret_png,
                         int *ret_pages, bool *ret_fits, Error *err)
{
    json_t *values = values_of_copy(composition, place, err);
    DocumentFacts facts = { 0 };
    OWNED(Blob) png = NULL;
    char address[80];

    office_check_address(office, address);
    DocumentInput input = preview_input(office, composition, values, address);
    bool done =
        values && document_to_png(&input, 0, width, &png, &facts, err) && seal_fits(office, composition, ret_fits, err);
    json_decref(values);
    if (!done)
        return error_add(err, "preview");
    *ret_fits = *ret_fits && facts.fits;
    remember(office, composition, *ret_fits);
    if (*ret_fits) {
        *ret_pages = facts.pages;
        *ret_png = steal(&png);
    }
    return true;
}

bool composition_fits(Office *office, const Composition *composition, const char *place, bool *ret_fits, Error *err)
{
    const int64_t now_ms = clock_monotonic_ms(&office->config.clock);
    DocumentFacts facts = { 0 };
    uint8_t key[MEMO_KEY_SIZE];
    char seen, address[80];

    if (!shape_key(office, composition, key, err))
        return false;
    *ret_fits = true;
    if (memo_get(office->shapes, key, now_ms, &seen))
        return true;
    json_t *values = values_of_copy(composition, place, err);
    office_check_address(office, address);
    DocumentInput input = preview_input(office, composition, values, address);
    bool done = values && document_measure(&input, &facts, err) && seal_fits(office, composition, ret_fits, err);
    json_decref(values);
    if (!done)
        return error_add(err, "shape");
    *ret_fits = *ret_fits && facts.fits;
    remember(office, composition, *ret_fits);
    return true;
}

/* --- snapshot ---------------------------------------------------------------------------------------------------- */

bool snapshot_freeze(const Office *office, const Composition *composition, const char *document, Buf *sealed,
                     Error *err)
{
    json_t *snapshot = json_pack("{s:s, s:I, s:O}", "holder", composition->holder, "expires_at_s",
                                 (json_int_t)composition->expires_at_s, "values", composition->values);
    uint8_t nonce[12];
    OWNED_BUF plain;

    buf_init(&plain, SNAPSHOT_BYTES_MOST);
    bool done = snapshot && json_write(snapshot, &plain, err) &&
                random_fill(&office->config.random, nonce, sizeof nonce, err) &&
                crypto_seal(office->keys.record, str_from(document), buf_str(&plain), nonce, sealed, err);
    json_decref(snapshot);
    return done || error_add(err, "snapshot");
}

json_t *snapshot_thaw(const Office *office, const char *document, Str sealed, Error *err)
{
    OWNED_BUF plain;
    json_t *snapshot = NULL;

    buf_init(&plain, SNAPSHOT_BYTES_MOST);
    if (crypto_open(office->keys.record, str_from(document), sealed, &plain, err))
        snapshot = json_read(buf_str(&plain), err);
    if (!snapshot)
        error_add(err, "snapshot");
    return snapshot;
}
