/* What an answer of each kind must be. */
#include "wire/form.h"

#include <string.h>

#define UUID_LENGTH 36
#define PHONE_LEAST UINT64_C(100000000) /* no code of an operator or a region begins with a nought */

/* --- choices ------------------------------------------------------------------------------------------------------ */

/* choice_count when it is none of them. */
static size_t choice_find(const Field *field, Str id)
{
    size_t i = 0;

    while (i < field->choice_count && !str_equal_text(id, field->choices[i].id))
        i++;
    return i;
}

static FormFault check_choice(const Field *field, const char *value, Date today)
{
    (void)today;
    return choice_find(field, str_from(value)) < field->choice_count ? FORM_OK : FORM_NOT_OFFERED;
}

bool several_has(const char *value, const char *id)
{
    for (Str rest = str_from(value); rest.ptr;)
        if (str_equal_text(str_split(&rest, ','), id))
            return true;
    return false;
}

size_t several_count(const char *value)
{
    size_t count = value[0] != '\0';

    for (const char *c = value; *c; c++)
        count += *c == ',';
    return count;
}

void several_turn(const Field *field, const char *value, size_t choice, char ret[ANSWER_BYTES_MOST])
{
    size_t length = 0;

    ret[0] = '\0';
    for (size_t i = 0; i < field->choice_count; i++) {
        const char *id = field->choices[i].id;
        size_t size = strlen(id);

        if (several_has(value, id) == (i == choice))
            continue;
        assert(length + size + 2 <= ANSWER_BYTES_MOST); /* the catalogue's promise: field_checked */
        if (length > 0)
            ret[length++] = ',';
        memcpy(ret + length, id, size + 1);
        length += size;
    }
}

/* In the choices' own order and each once: the same answer has one text. */
static FormFault check_several(const Field *field, const char *value, Date today)
{
    size_t count = 0, last = 0;

    (void)today;
    for (Str rest = str_from(value); rest.ptr; count++) {
        size_t at = choice_find(field, str_split(&rest, ','));

        if (at == field->choice_count || (count > 0 && at <= last))
            return FORM_NOT_OFFERED;
        last = at;
    }
    if ((int64_t)count < field->least)
        return FORM_FEW;
    return (int64_t)count > field->most ? FORM_MANY : FORM_OK;
}

/* --- words -------------------------------------------------------------------------------------------------------- */

/* Words in quotes must not end their quotes themselves. */
static bool is_double_quote(uint32_t c)
{
    return c == '"' || c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201F) || (c >= 0x301D && c <= 0x301F) ||
           c == 0xFF02;
}

#define MARKS_MOST 2 /* on one letter: what any spelling needs */

/* Marks that stand on the letter before.  Piled up they would run over the lines above, on a paper through what it
 * says.  Of the alphabets that our papers' faces have; others are refused when the paper is drawn. */
static bool is_mark(uint32_t c)
{
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0489) || (c >= 0x1AB0 && c <= 0x1AFF) ||
           (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xA66F && c <= 0xA67D) ||
           (c >= 0xA69E && c <= 0xA69F) || (c >= 0xA8E0 && c <= 0xA8F1) || (c >= 0xFE20 && c <= 0xFE2F);
}

static FormFault check_text(const Field *field, const char *value, Date today)
{
    Str s = str_from(value), rest = s;
    int marks = 0;

    (void)today;
    if (!utf8_valid(s))
        return FORM_CHARACTERS;
    while (rest.len) {
        uint32_t c = utf8_next(&rest);

        marks = is_mark(c) ? marks + 1 : 0;
        if (utf8_is_unwanted(c) || marks > MARKS_MOST || (field->quoted && is_double_quote(c)))
            return FORM_CHARACTERS;
    }
    size_t count = utf8_count(str_trim(s));
    if (count < (size_t)field->least)
        return FORM_SHORT;
    return count > (size_t)field->most ? FORM_LONG : FORM_OK;
}

/* --- numbers and days --------------------------------------------------------------------------------------------- */

/* "7", never "007" or "-0": one number has one text, since answers are compared by their bytes. */
static bool is_shortest(const char *digits)
{
    const char *first = digits[0] == '-' ? digits + 1 : digits;

    return first[0] != '0' || (first == digits && first[1] == '\0');
}

static FormFault check_number(const Field *field, const char *value, Date today)
{
    int64_t number;

    (void)today;
    if (!str_to_i64(str_from(value), INT64_MIN, INT64_MAX, &number) || !is_shortest(value))
        return FORM_NOT_NUMBER;
    return number < field->least || number > field->most ? FORM_OUT_OF_RANGE : FORM_OK;
}

static FormFault check_date(const Field *field, const char *value, Date today)
{
    Date date;

    if (!date_parse(str_from(value), &date))
        return FORM_NOT_DATE;
    int64_t days = (date_start_s(date, 0) - date_start_s(today, 0)) / 86400;
    return days < field->least || days > field->most ? FORM_OUT_OF_RANGE : FORM_OK;
}

/* --- where to write and call -------------------------------------------------------------------------------------- */

#define EMAIL_LOCAL_MOST 64 /* RFC 5321 section 4.5.3.1; labels of a name: RFC 1035 section 2.3.4 */
#define EMAIL_LABEL_MOST 63

static bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Dots part it, and stand neither first, last nor together. */
static bool is_local_part(Str local)
{
    static const char signs[] = { '_', '-', '+', '%' };

    for (size_t i = 0; i < local.len; i++) {
        char c = local.ptr[i];
        bool between = c == '.' && i > 0 && i + 1 < local.len && local.ptr[i - 1] != '.';

        if (!is_alphanumeric(c) && !between && !memchr(signs, c, sizeof signs))
            return false;
    }
    return local.len > 0 && local.len <= EMAIL_LOCAL_MOST;
}

static bool is_label(Str label)
{
    for (size_t i = 0; i < label.len; i++) {
        char c = label.ptr[i];

        if (!(is_alphanumeric(c) && !(c >= 'A' && c <= 'Z')) && !(c == '-' && i > 0 && i + 1 < label.len))
            return false;
    }
    return label.len > 0 && label.len <= EMAIL_LABEL_MOST;
}

/* Small letters alone: a name has one text.  Its last label has two letters or more and no figures at its front. */
static bool is_host(Str host)
{
    Str last = { 0 };
    size_t labels = 0;

    for (; host.ptr; labels++) {
        last = str_split(&host, '.');
        if (!is_label(last))
            return false;
    }
    return labels >= 2 && last.len >= 2 && last.ptr[0] >= 'a' && last.ptr[0] <= 'z';
}

/* What is written in practice; no comments, quotes or addresses in figures. */
static FormFault check_email(const Field *field, const char *value, Date today)
{
    Str host = str_from(value);
    Str local = str_split(&host, '@');

    (void)today;
    if (strlen(value) > (size_t)field->most)
        return FORM_LONG;
    return host.ptr && is_local_part(local) && is_host(host) ? FORM_OK : FORM_NOT_EMAIL;
}

/* "+998901234567": Uzbekistan's plan has nine digits after the country's. */
static FormFault check_phone(const Field *field, const char *value, Date today)
{
    uint64_t number;
    Str digits = str_from(value);

    (void)field;
    (void)today;
    if (!str_starts(digits, STR(PHONE_COUNTRY)) || digits.len != sizeof PHONE_COUNTRY - 1 + PHONE_DIGITS)
        return FORM_NOT_PHONE;
    digits.ptr += sizeof PHONE_COUNTRY - 1;
    digits.len = PHONE_DIGITS;
    for (size_t i = 0; i < digits.len; i++)
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return FORM_NOT_PHONE;
    return str_to_u64(digits, PHONE_LEAST, UINT64_MAX, &number) ? FORM_OK : FORM_NOT_PHONE;
}

/* --- papers ------------------------------------------------------------------------------------------------------- */

#define PASSPORT_LEAST 5
#define PASSPORT_MOST  15

/* Citizens': two letters and seven figures; foreigners' differ. */
static FormFault check_passport(const Field *field, const char *value, Date today)
{
    size_t length = strlen(value);

    (void)field;
    (void)today;
    for (const char *c = value; *c; c++)
        if (!(*c >= 'A' && *c <= 'Z') && !(*c >= '0' && *c <= '9'))
            return FORM_CHARACTERS;
    if (length < PASSPORT_LEAST)
        return FORM_SHORT;
    return length > PASSPORT_MOST ? FORM_LONG : FORM_OK;
}

/* Whose photographs they are, and whether there are any, the registrar alone can tell. */
static FormFault check_paper(const Field *field, const char *value, Date today)
{
    (void)field;
    (void)today;
    return paper_is_brought(value) || paper_photos(value) ? FORM_OK : FORM_NOT_OFFERED;
}

bool paper_is_brought(const char *value)
{
    return strcmp(value, PAPER_AT_WINDOW) == 0;
}

const char *paper_photos(const char *value)
{
    static const char before[] = PAPER_PHOTO;
    const char *id = value + sizeof before - 1;

    if (strncmp(value, before, sizeof before - 1) != 0 || strlen(id) != UUID_LENGTH)
        return NULL;
    for (size_t i = 0; i < UUID_LENGTH; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        bool digit = (id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'f');

        if (hyphen ? id[i] != '-' : !digit)
            return NULL;
    }
    return id;
}

/* --- any of them -------------------------------------------------------------------------------------------------- */

static FormFault (*const checks[])(const Field *field, const char *value, Date today) = {
    [FIELD_CHOICE] = check_choice, [FIELD_TEXT] = check_text,       [FIELD_NUMBER] = check_number,
    [FIELD_DATE] = check_date,     [FIELD_SEVERAL] = check_several, [FIELD_EMAIL] = check_email,
    [FIELD_PHONE] = check_phone,   [FIELD_PAPER] = check_paper,     [FIELD_PASSPORT] = check_passport,
};
static_assert(COUNT(checks) == FIELD_KIND_COUNT, "one check per FieldKind");

FormFault form_check_field(const Field *field, const char *value, Date today)
{
    if (!value || !value[0])
        return field->required ? FORM_MISSING : FORM_OK;
    return checks[field->kind](field, value, today);
}
