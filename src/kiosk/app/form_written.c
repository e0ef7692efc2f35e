/* An answer while it is typed, and as it is kept: each has one text, since answers are compared by their bytes. */
#include "kiosk/app/flow.h"

#include <stdio.h>
#include <string.h>

bool form_is_typed(const Field *field)
{
    return field->kind != FIELD_CHOICE && field->kind != FIELD_SEVERAL && field->kind != FIELD_PAPER;
}

/* A half-typed date is given as it is, and its check says what is wrong. */
static void write_date(const char *typed, char *answer)
{
    if (strlen(typed) == DATE_DIGITS)
        (void)snprintf(answer, ANSWER_BYTES_MOST, "%.4s-%.2s-%.2s", typed + 4, typed + 2, typed);
    else
        str_copy_cut(str_from(typed), answer, ANSWER_BYTES_MOST);
}

/* "2" for "02", "0" for "-0". */
static void write_number(const char *typed, char *answer)
{
    const char *digits = typed[0] == '-' ? typed + 1 : typed;

    while (digits[0] == '0' && digits[1])
        digits++;
    bool minus = typed[0] == '-' && strcmp(digits, "0") != 0;
    (void)snprintf(answer, ANSWER_BYTES_MOST, "%s%s", minus ? "-" : "", digits);
}

/* A host's name is the same in capitals; who is addressed there is its own affair. */
static void write_email(const char *typed, char *answer)
{
    str_copy_cut(str_trim(str_from(typed)), answer, ANSWER_BYTES_MOST);
    for (char *c = strchr(answer, '@'); c && *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
}

void form_write(const Field *field, const char *typed, char answer[ANSWER_BYTES_MOST])
{
    answer[0] = '\0';
    if (!typed[0])
        return;
    switch (field->kind) {
    case FIELD_DATE: write_date(typed, answer); break;
    case FIELD_NUMBER: write_number(typed, answer); break;
    case FIELD_EMAIL: write_email(typed, answer); break;
    case FIELD_PHONE: (void)snprintf(answer, ANSWER_BYTES_MOST, PHONE_COUNTRY "%.20s", typed); break;
    case FIELD_PASSPORT: str_copy_cut(str_from(typed), answer, ANSWER_BYTES_MOST); break;
    case FIELD_TEXT: str_copy_cut(str_trim(str_from(typed)), answer, ANSWER_BYTES_MOST); break;
    case FIELD_CHOICE:
    case FIELD_SEVERAL:
    case FIELD_PAPER:
    case FIELD_KIND_COUNT: break;
    }
}

/* The digits also of a date that there is not, which its student is about to mend. */
static void unwrite_date(const char *answer, char *typed)
{
    if (strlen(answer) == 10 && answer[4] == '-' && answer[7] == '-')
        (void)snprintf(typed, ANSWER_BYTES_MOST, "%.2s%.2s%.4s", answer + 8, answer + 5, answer);
    else
        str_copy_cut(str_from(answer), typed, ANSWER_BYTES_MOST);
}

void form_unwrite(const Field *field, const char *answer, char typed[ANSWER_BYTES_MOST])
{
    size_t country = sizeof PHONE_COUNTRY - 1;

    typed[0] = '\0';
    if (!form_is_typed(field))
        return;
    if (field->kind == FIELD_DATE)
        unwrite_date(answer, typed);
    else if (field->kind == FIELD_PHONE && str_starts(str_from(answer), STR(PHONE_COUNTRY)))
        str_copy_cut(str_from(answer + country), typed, ANSWER_BYTES_MOST);
    else
        str_copy_cut(str_from(answer), typed, ANSWER_BYTES_MOST);
}
