/* Fields of the student and of what is studied: record part "profile". */
#include <string.h>

#include "base/name.h"
#include "registrar/office/fields_inside.h"
#include "registrar/office/predicates.h"

/* --- the student -------------------------------------------------------------------------------------------------- */

/* What is kept of a person without an account goes by a number of ours, which is nobody's student number. */
static void write_number(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    if (!record_is_visitors(making->from->record))
        buf_add_text(value, making->from->record->number);
}

/* A paper in a language from abroad has the passport's letters: they are what its reader compares.  The surname stands
 * in capitals, as on the house's other papers in English, the given name not. */
static void write_name(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    if (!fields_write_passport(making->part, making->language, value))
        field_person(making, field, value);
}

/* As the passport's lines for machines have it: whoever checks it holds the passport beside the glass. */
static void write_passport_name(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    static const char *const parts[] = { "surname", "given" };
    const json_t *names = field_json(making, field);

    for (size_t i = 0; i < COUNT(parts); i++) {
        const char *part = json_string_value(json_object_get(names, parts[i]));

        if (part && value->len > 0)
            buf_add_byte(value, ' ');
        name_for_paper(value, str_from(part));
    }
}

/* HEMIS: 11 Uzbek, 12 foreign (its country beside it), 13 without. */
static void write_citizenship(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const json_t *citizenship = field_json(making, field);
    const char *code = json_string_value(json_object_get(citizenship, "code"));
    const char *country = json_string_value(json_object_get(citizenship, "country"));

    if (!code)
        return;
    if (strcmp(code, "13") != 0)
        add_word(making, WORDS_COUNTRY, !strcmp(code, "11") ? "UZ" : country, value);
    if (value->len == 0)
        add_word(making, WORDS_CITIZENSHIP, !strcmp(code, "13") ? code : "12", value);
}

/* JPEG or PNG in base64, as it was sent; for the block "photo" alone. */
static void write_photo(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const json_t *body = field_json(making, field);

    buf_add_text(value, json_is_string(body) ? json_string_value(body) : "");
}

/* When who goes on as planned will have finished: the year of the programme's last summer. */
static void write_end_year(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    int64_t entry, years;

    if (json_whole(field_member(making->part, "entry_year"), &entry) &&
        json_whole(field_member(making->part, "years_of_programme"), &years)) {
        int64_t end = entry + years;
        buf_add_format(value, "%lld", (long long)end);
    }
}

static const FieldRow rows[] = {
    FIELD("student.name", PART_PROFILE, write_name, "names"),
    FIELD("student.passport_name", PART_PROFILE, write_passport_name, "passport_name"),
    FIELD("student.surname", PART_PROFILE, field_person, "surname"),
    FIELD("student.given", PART_PROFILE, field_person, "given"),
    FIELD("student.patronymic", PART_PROFILE, field_person, "patronymic"),
    FIELD("student.number", PART_NONE, write_number, ""),
    FIELD("student.birth_date", PART_PROFILE, field_date, "birth_date"),
    FIELD("student.birth_figures", PART_PROFILE, field_short, "birth_date"),
    FIELD("student.citizenship", PART_PROFILE, write_citizenship, "citizenship"),
    FIELD("student.pinfl", PART_PROFILE, field_plain, "pinfl"),
    FIELD("student.gender", PART_PROFILE, field_word, "gender", .words = WORDS_GENDER),
    FIELD("student.gender_code", PART_PROFILE, field_plain, "gender"),
    FIELD("student.accommodation", PART_PROFILE, field_word, "accommodation", .words = WORDS_ACCOMMODATION),
    FIELD("student.social", PART_PROFILE, field_word, "social_category", .words = WORDS_SOCIAL),
    FIELD("student.address", PART_PROFILE, field_names, "address.names"),
    FIELD("student.photo", PART_PHOTO, write_photo, "body", .large = true),

    FIELD("study.status", PART_PROFILE, field_word, "status", .words = WORDS_STATUS),
    FIELD("study.status_code", PART_PROFILE, field_plain, "status"),
    FIELD("study.type", PART_PROFILE, field_word, "education_type", .words = WORDS_TYPE),
    FIELD("study.type_code", PART_PROFILE, field_plain, "education_type"),
    FIELD("study.form", PART_PROFILE, field_word, "education_form", .words = WORDS_FORM),
    FIELD("study.form_code", PART_PROFILE, field_plain, "education_form"),
    FIELD("study.payment", PART_PROFILE, field_word, "payment_form", .words = WORDS_PAYMENT),
    FIELD("study.payment_code", PART_PROFILE, field_plain, "payment_form"),
    FIELD("study.language", PART_PROFILE, field_word, "language", .words = WORDS_LANGUAGE),
    FIELD("study.entry_year", PART_PROFILE, field_plain, "entry_year"),
    FIELD("study.year", PART_PROFILE, field_plain, "year"),
    FIELD("study.years", PART_PROFILE, field_plain, "years_of_programme"),
    FIELD("study.end_year", PART_PROFILE, write_end_year, ""),
    FIELD("study.semester", PART_PROFILE, field_plain, "semester"),
    FIELD("study.academic_year", PART_PROFILE, field_plain, "academic_year"),
    FIELD("study.group", PART_PROFILE, field_plain, "group"),
    FIELD("faculty.name", PART_PROFILE, field_names, "faculty.names"),
    FIELD("programme.code", PART_PROFILE, field_plain, "programme.code"),
    FIELD("programme.name", PART_PROFILE, field_names, "programme.names"),

    FIELD("admission.date", PART_PROFILE, field_date, "admission.date"),
    FIELD("admission.order", PART_PROFILE, field_plain, "admission.order"),
    FIELD("admission.points", PART_PROFILE, field_decimal, "admission.points"),
    FIELD("prior.name", PART_PROFILE, field_names, "prior_education.names"),
    FIELD("prior.document", PART_PROFILE, field_plain, "prior_education.document"),
    FIELD("prior.year", PART_PROFILE, field_plain, "prior_education.year"),
};

const FieldGroup fields_of_profile = { rows, COUNT(rows) };
