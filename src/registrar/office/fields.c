#include "registrar/office/fields.h"

#include <stdio.h>
#include <string.h>

#include "registrar/office/words.h"

#define VALUE_BYTES_MOST 2048

typedef struct Making {
    const FieldSources *from;
    Language language;
} Making;

/* Writes the field's value; nothing when there is none. */
typedef void (*FieldWrite)(const Making *making, const char *what, Buf *value);

/* --- pieces of the record ---------------------------------------------------------------------------------------- */

/* "faculty.names" walks into objects. */
static const json_t *member(const json_t *json, const char *path)
{
    Str rest = str_from(path);

    while (rest.len && json) {
        Str name = str_split(&rest, '.');

        json = json_object_getn(json, name.ptr, name.len);
    }
    return json;
}

static void add_local(Buf *value, const json_t *texts, Language language)
{
    LocalText text = { 0 };

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        text.in[i] = json_string_value(json_object_get(texts, language_tag((Language)i)));
    buf_add_text(value, local_text(&text, language));
}

static void write_plain(const Making *making, const char *what, Buf *value)
{
    const json_t *json = member(making->from->profile, what);

    if (json_is_string(json))
        buf_add_text(value, json_string_value(json));
    else if (json_is_integer(json))
        buf_add_format(value, "%lld", (long long)json_integer_value(json));
}

static void write_names(const Making *making, const char *what, Buf *value)
{
    add_local(value, member(making->from->profile, what), making->language);
}

static void write_number(const Making *making, const char *what, Buf *value)
{
    (void)what;
    buf_add_text(value, making->from->number);
}

static void write_birth_date(const Making *making, const char *what, Buf *value)
{
    Date date;
    const char *text = json_string_value(member(making->from->profile, what));

    if (text && date_parse(str_from(text), &date))
        date_write(value, date, making->language, DATE_WORDS);
}

static void add_word(const Making *making, WordList list, const char *what, Buf *value)
{
    const LocalText *text = words_find(list, json_string_value(member(making->from->profile, what)));

    if (text)
        buf_add_text(value, local_text(text, making->language));
}

static void write_type(const Making *making, const char *what, Buf *value)
{
    add_word(making, WORDS_TYPE, what, value);
}

static void write_form(const Making *making, const char *what, Buf *value)
{
    add_word(making, WORDS_FORM, what, value);
}

static void write_payment(const Making *making, const char *what, Buf *value)
{
    add_word(making, WORDS_PAYMENT, what, value);
}

/* HEMIS: 11 Uzbek, 12 foreign (its country beside it), 13 without. */
static void write_citizenship(const Making *making, const char *what, Buf *value)
{
    static const LocalText foreign = { { "Xorijiy davlat fuqarosi", "Хорижий давлат фуқароси",
                                         "Гражданин иностранного государства", "Foreign citizen" } };
    static const LocalText none = { { "Fuqaroligi boʻlmagan shaxs", "Фуқаролиги бўлмаган шахс", "Лицо без гражданства",
                                      "Stateless person" } };
    const json_t *citizenship = member(making->from->profile, what);
    const char *code = json_string_value(json_object_get(citizenship, "code"));
    const LocalText *country = words_find(WORDS_COUNTRY, json_string_value(json_object_get(citizenship, "country")));

    if (!code)
        return;
    if (!strcmp(code, "11"))
        country = words_find(WORDS_COUNTRY, "UZ");
    else if (!strcmp(code, "13"))
        country = &none;
    buf_add_text(value, local_text(country ? country : &foreign, making->language));
}

/* --- the institution --------------------------------------------------------------------------------------------- */

static void write_institution(const Making *making, const char *what, Buf *value)
{
    buf_add_text(value, local_text(institution_text(making->from->institution, what), making->language));
}

static void write_second_name(const Making *making, const char *what, Buf *value)
{
    static const Language second[] = {
        [LANGUAGE_UZ] = LANGUAGE_EN,
        [LANGUAGE_UZ_CYRL] = LANGUAGE_RU,
        [LANGUAGE_RU] = LANGUAGE_UZ,
        [LANGUAGE_EN] = LANGUAGE_UZ,
    };

    buf_add_text(value, local_text(institution_text(making->from->institution, what), second[making->language]));
}

static void write_address(const Making *making, const char *what, Buf *value)
{
    write_institution(making, what, value);
    buf_add_format(value, "\n%s\n%s", institution_phone(making->from->institution),
                   institution_email(making->from->institution));
}

/* --- the asking -------------------------------------------------------------------------------------------------- */

/* The choice's sentence with {id} of other answers in it (wire/catalogue.h). */
static void fill_sentence(const char *sentence, const Answers *answers, Buf *value)
{
    Str rest = str_from(sentence);

    while (rest.len) {
        buf_add_str(value, str_split(&rest, '{'));
        if (!rest.ptr)
            return;
        Str name = str_split(&rest, '}');
        char field[SERVICE_ID_MOST];
        const char *answer = str_copy(name, field, sizeof field) ? answers_get(answers, field) : NULL;

        buf_add_text(value, answer ? answer : "");
    }
}

/* The first choice that was made and has words for the paper. */
static void write_receiver(const Making *making, const char *what, Buf *value)
{
    const Service *service = making->from->service;

    (void)what;
    for (size_t i = 0; service && i < service->field_count && value->len == 0; i++) {
        const Field *field = &service->fields[i];
        const char *answer = answers_get(making->from->answers, field->id);

        for (size_t j = 0; answer && j < field->choice_count; j++)
            if (!strcmp(field->choices[j].id, answer))
                fill_sentence(local_text(&field->choices[j].paper, making->language), making->from->answers, value);
    }
}

static DateTime moment(const Making *making, int64_t at_s)
{
    return date_time_at(at_s * 1000, institution_utc_offset_minutes(making->from->institution));
}

static void write_record_date(const Making *making, const char *what, Buf *value)
{
    (void)what;
    date_write(value, moment(making, making->from->as_of_s).date, making->language, DATE_WORDS);
}

static void write_issued_date(const Making *making, const char *what, Buf *value)
{
    (void)what;
    date_write(value, moment(making, making->from->issued_s).date, making->language, DATE_WORDS);
}

static void write_issued_figures(const Making *making, const char *what, Buf *value)
{
    (void)what;
    date_write(value, moment(making, making->from->issued_s).date, making->language, DATE_FIGURES);
}

static void write_issued_time(const Making *making, const char *what, Buf *value)
{
    DateTime at = moment(making, making->from->issued_s);

    (void)what;
    time_write(value, at.hour, at.minute);
}

/* --- the registry ------------------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    FieldWrite write; /* NULL: of a copy */
    const char *what;
    bool may_lack;
} fields[] = {
    { "institution.ministry", write_institution, "ministry", false },
    { "institution.name", write_institution, "names", false },
    { "institution.second_name", write_second_name, "names", false },
    { "institution.address", write_address, "address", false },
    { "institution.city", write_institution, "city", false },
    { "student.name", write_names, "names", false },
    { "student.surname", write_plain, "surname", false },
    { "student.given", write_plain, "given", false },
    { "student.patronymic", write_plain, "patronymic", true },
    { "student.number", write_number, "", false },
    { "student.birth_date", write_birth_date, "birth_date", false },
    { "student.citizenship", write_citizenship, "citizenship", false },
    { "student.pinfl", write_plain, "pinfl", true },
    { "study.type", write_type, "education_type", false },
    { "study.form", write_form, "education_form", false },
    { "study.form_code", write_plain, "education_form", false },
    { "study.payment", write_payment, "payment_form", false },
    { "study.entry_year", write_plain, "entry_year", false },
    { "study.year", write_plain, "year", false },
    { "study.years", write_plain, "years_of_programme", false },
    { "study.semester", write_plain, "semester", false },
    { "study.academic_year", write_plain, "academic_year", false },
    { "study.group", write_plain, "group", false },
    { "faculty.name", write_names, "faculty.names", false },
    { "programme.code", write_plain, "programme.code", false },
    { "programme.name", write_names, "programme.names", false },
    { "signatory.role", write_institution, "signatory.role", false },
    { "signatory.name", write_institution, "signatory.name", false },
    { "receiver", write_receiver, "", true },
    { "record.date", write_record_date, "", false },
    { "issued.date", write_issued_date, "", false },
    { "issued.date_figures", write_issued_figures, "", false },
    { "issued.time", write_issued_time, "", false },
    { "copy.n", NULL, "", false },
    { "kiosk.place", NULL, "", false },
};

bool field_known(const char *name)
{
    for (size_t i = 0; i < COUNT(fields); i++)
        if (!strcmp(fields[i].name, name))
            return true;
    return false;
}

static bool set_text(json_t *values, const char *name, const char *text, Error *err)
{
    json_t *value = json_string(text);

    if (!value)
        return error_set(err, ERR_FORMAT, "%s is not UTF-8", name);
    return json_object_set_new(values, name, value) == 0 || error_set(err, ERR_MEMORY, "%s", name);
}

static bool fill(json_t *values, const Making *making, const char **ret_missing, Error *err)
{
    *ret_missing = NULL;
    for (size_t i = 0; i < COUNT(fields); i++) {
        OWNED_BUF value;

        buf_init(&value, VALUE_BYTES_MOST);
        if (fields[i].write)
            fields[i].write(making, fields[i].what, &value);
        bool has = value.len > 0 && !value.failed; /* what no paper could show is as good as missing */
        if (has && !set_text(values, fields[i].name, buf_text(&value), err))
            return false;
        if (!has && fields[i].write && !fields[i].may_lack && !*ret_missing)
            *ret_missing = fields[i].name;
    }
    return true;
}

json_t *fields_make(const FieldSources *sources, Language language, const char **ret_missing, Error *err)
{
    const Making making = { sources, language };
    json_t *values = json_object();

    if (!values)
        error_set(err, ERR_MEMORY, "fields");
    else if (!fill(values, &making, ret_missing, err)) {
        json_decref(values);
        values = NULL;
    }
    return values;
}

bool fields_add_copy(json_t *values, int copy_n, const char *place, Error *err)
{
    char n[16];

    snprintf(n, sizeof n, "%d", copy_n);
    return set_text(values, "copy.n", n, err) && set_text(values, "kiosk.place", place, err);
}

static void mask_word(Buf *masked, const char *word)
{
    Str rest = str_from(word);

    if (rest.len == 0)
        return;
    size_t before_last = utf8_without_last(rest);
    uint32_t first = utf8_next(&rest);

    if (masked->len)
        buf_add_byte(masked, ' ');
    buf_add_char(masked, first);
    buf_add_text(masked, "*****");
    if (utf8_count(str_from(word)) > 2)
        buf_add_text(masked, word + before_last);
}

void fields_mask_holder(const json_t *profile, char *array, size_t size)
{
    const char *surname = json_string_value(json_object_get(profile, "surname"));
    const char *given = json_string_value(json_object_get(profile, "given"));
    OWNED_BUF masked;

    buf_init(&masked, 64);
    mask_word(&masked, surname ? surname : "");
    mask_word(&masked, given ? given : "");
    str_copy_cut(buf_str(&masked), array, size);
}

const char *fields_holder(const json_t *profile)
{
    const char *name = json_string_value(member(profile, "names.uz"));

    return name && name[0] ? name : NULL;
}
