/* Fields of the university, of the asking and of the issuing. */
#include <string.h>

#include "base/name.h"
#include "base/number.h"
#include "base/texts.h"
#include "registrar/office/fields_inside.h"

#define ANSWERED_BYTES_MOST 2048

/* --- the institution ---------------------------------------------------------------------------------------------- */

static void write_institution(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    buf_add_text(value, local_text(institution_text(making->from->institution, field->path), making->language));
}

static void write_signatory(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    name_for_paper(value,
                   str_from(local_text(institution_text(making->from->institution, field->path), making->language)));
}

static void write_second_name(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const LocalText *text = institution_text(making->from->institution, field->path);

    buf_add_text(value, local_text(text, language_beside(making->language)));
}

static void write_phone(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    buf_add_text(value, institution_phone(making->from->institution));
}

static void write_email(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    buf_add_text(value, institution_email(making->from->institution));
}

static void write_address(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    write_institution(making, field, value);
    buf_add_byte(value, '\n');
    write_phone(making, field, value);
    buf_add_byte(value, '\n');
    write_email(making, field, value);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static const Field *field_named(const Field *fields, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(fields[i].id, id))
            return &fields[i];
    return NULL;
}

/* "+998901234567" as people read it: +998 90 123 45 67. */
static void add_phone(Buf *value, const char *answer)
{
    static const size_t groups[] = { 2, 3, 2, 2 };
    Str rest = str_from(answer);

    if (rest.len != strlen(PHONE_COUNTRY) + PHONE_DIGITS || !str_starts(rest, STR(PHONE_COUNTRY))) {
        buf_add_str(value, rest);
        return;
    }
    buf_add_text(value, PHONE_COUNTRY);
    rest = (Str){ rest.ptr + strlen(PHONE_COUNTRY), PHONE_DIGITS };
    for (size_t i = 0; i < COUNT(groups); rest = (Str){ rest.ptr + groups[i], rest.len - groups[i] }, i++) {
        buf_add_text(value, "\u00A0");
        buf_add_str(value, (Str){ rest.ptr, groups[i] });
    }
}

/* An answer inside a sentence, as the paper's language writes it. */
static void add_answer(const FieldMaking *making, const Field *field, const char *answer, Buf *value)
{
    int64_t number;
    Date day;

    if (field->kind == FIELD_DATE && date_parse(str_from(answer), &day))
        date_write(value, day, making->language, DATE_WORDS);
    else if (field->kind == FIELD_NUMBER && str_to_i64(str_from(answer), INT64_MIN, INT64_MAX, &number))
        number_write(value, number, making->language);
    else
        buf_add_text(value, answer);
}

/* A choice's sentence with {id} of other answers in it (wire/catalogue.h). */
static void fill_sentence(const FieldMaking *making, const Field *fields, size_t count, const Answers *answers,
                          const char *sentence, Buf *value)
{
    Str rest = str_from(sentence);

    while (rest.len) {
        buf_add_str(value, str_split(&rest, '{'));
        if (!rest.ptr)
            return;
        char id[SERVICE_ID_MOST];
        Str name = str_split(&rest, '}');
        const Field *field = str_copy(name, id, sizeof id) ? field_named(fields, count, id) : NULL;
        const char *answer = field ? answers_get(answers, id) : NULL;

        if (answer)
            add_answer(making, field, answer, value);
    }
}

static bool is_chosen(const Field *field, const char *answer, const char *choice)
{
    return field->kind == FIELD_SEVERAL ? several_has(answer, choice) : !strcmp(answer, choice);
}

/* The first question whose answer has words for the paper: the sentence of what was chosen, or of each of several. */
static void write_receiver(const FieldMaking *making, const FieldRow *row UNUSED, Buf *value)
{
    const Service *service = making->from->service;
    const Answers *answers = making->from->answers;

    for (size_t i = 0; service && answers && i < service->field_count && value->len == 0; i++) {
        const Field *field = &service->fields[i];
        const char *answer = answers_get(answers, field->id);

        for (size_t j = 0; answer && j < field->choice_count; j++) {
            const char *sentence = local_text(&field->choices[j].paper, making->language);

            if (!is_chosen(field, answer, field->choices[j].id) || !sentence[0])
                continue;
            if (value->len > 0)
                buf_add_byte(value, ' ');
            fill_sentence(making, service->fields, service->field_count, answers, sentence, value);
        }
    }
}

/* Staff speak on a paper in the sentences that the catalogue has for their choices; a student's choice is named. */
static void add_choices(const FieldMaking *making, const FieldsAsked *asked, const Field *field, const char *answer,
                        Buf *value)
{
    for (size_t i = 0; i < field->choice_count; i++) {
        const Choice *choice = &field->choices[i];
        const char *sentence = asked->by_staff ? local_text(&choice->paper, making->language) : "";

        if (!is_chosen(field, answer, choice->id))
            continue;
        if (value->len > 0)
            buf_add_text(value, sentence[0] ? " " : ", ");
        if (sentence[0])
            fill_sentence(making, asked->fields, asked->count, asked->answers, sentence, value);
        else
            buf_add_text(value, local_text(&choice->label, making->language));
    }
}

/* Free words of a student stand in quotes: they are his, not the office's. */
static void add_quoted(const FieldMaking *making, const char *answer, Buf *value)
{
    const LocalText *quotes = words_find(making->from->words, WORDS_PAPER, "quoted");

    text_fill(value, quotes ? local_text(quotes, making->language) : "{0}", &answer, 1);
}

void field_answer(const FieldMaking *making, const FieldsAsked *asked, const char *id, Buf *value)
{
    const Field *field = field_named(asked->fields, asked->count, id);
    const char *answer = field && asked->answers ? answers_get(asked->answers, id) : NULL;

    if (!answer)
        return;
    switch (field->kind) {
    case FIELD_CHOICE:
    case FIELD_SEVERAL: add_choices(making, asked, field, answer, value); break;
    case FIELD_TEXT:
        if (asked->by_staff)
            buf_add_text(value, answer);
        else
            add_quoted(making, answer, value);
        break;
    case FIELD_PHONE: add_phone(value, answer); break;
    case FIELD_NUMBER:
    case FIELD_DATE:
    case FIELD_PASSPORT:
    case FIELD_EMAIL: add_answer(making, field, answer, value); break;
    case FIELD_PAPER:
    case FIELD_KIND_COUNT: break;
    }
}

/* --- the issuing -------------------------------------------------------------------------------------------------- */

static DateTime moment(const FieldMaking *making, int64_t at_s)
{
    return date_time_at(at_s * 1000, institution_utc_offset_minutes(making->from->institution));
}

static void write_record_date(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    date_write(value, moment(making, making->as_of_s).date, making->language, DATE_WORDS);
}

static void write_issued_date(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    date_write(value, moment(making, making->from->issued_s).date, making->language, DATE_WORDS);
}

static void write_issued_figures(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    date_write(value, moment(making, making->from->issued_s).date, making->language, DATE_FIGURES);
}

static void write_issued_time(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    DateTime at = moment(making, making->from->issued_s);

    time_write(value, at.hour, at.minute);
}

static void write_valid_until(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    if (making->from->valid_days > 0)
        date_write(value, fields_valid_until(making->from), making->language, DATE_WORDS);
}

static void write_blank(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    buf_add_text(value, making->from->blank ? making->from->blank : "");
}

static void write_session_from(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    if (making->from->session)
        date_write(value, making->from->session->from, making->language, DATE_WORDS);
}

static void write_session_to(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    if (making->from->session)
        date_write(value, making->from->session->to, making->language, DATE_WORDS);
}

/* In figures, as short as a seal wants it. */
static void write_session_period(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const CampaignFound *session = making->from->session;

    if (!session)
        return;
    date_write(value, session->from, making->language, DATE_FIGURES);
    buf_add_text(value, "–");
    date_write(value, session->to, making->language, DATE_FIGURES);
}

/* Both days are days of it. */
static void write_session_days(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const CampaignFound *session = making->from->session;

    if (session)
        number_write(value, date_days_between(session->from, session->to) + 1, making->language);
}

static const FieldRow rows[] = {
    FIELD("institution.ministry", PART_NONE, write_institution, "ministry"),
    FIELD("institution.name", PART_NONE, write_institution, "names"),
    FIELD("institution.second_name", PART_NONE, write_second_name, "names"),
    FIELD("institution.address", PART_NONE, write_address, "address"),
    FIELD("institution.city", PART_NONE, write_institution, "city"),
    FIELD("institution.phone", PART_NONE, write_phone, ""),
    FIELD("institution.email", PART_NONE, write_email, ""),
    FIELD("signatory.role", PART_NONE, write_institution, "signatory.role"),
    FIELD("signatory.name", PART_NONE, write_signatory, "signatory.name"),
    FIELD("receiver", PART_NONE, write_receiver, "", .due = DUE_ASKING),
    FIELD("record.date", PART_NONE, write_record_date, ""),
    FIELD("issued.date", PART_NONE, write_issued_date, ""),
    FIELD("issued.date_figures", PART_NONE, write_issued_figures, ""),
    FIELD("issued.time", PART_NONE, write_issued_time, ""),
    FIELD("issued.valid_until", PART_NONE, write_valid_until, "", .due = DUE_ASKING),
    FIELD("session.from", PART_NONE, write_session_from, "", .of_session = true),
    FIELD("session.to", PART_NONE, write_session_to, "", .of_session = true),
    FIELD("session.period", PART_NONE, write_session_period, "", .of_session = true),
    FIELD("session.days", PART_NONE, write_session_days, "", .of_session = true),
    FIELD("blank.number", PART_NONE, write_blank, "", .due = DUE_APPROVAL),
    FIELD("copy.n", PART_NONE, NULL, "", .due = DUE_COPY),
    FIELD("kiosk.place", PART_NONE, NULL, "", .due = DUE_COPY),
};

const FieldGroup fields_of_office = { rows, COUNT(rows) };
