/* How values are read from records and written on papers. */
#include <string.h>

#include "base/name.h"
#include "base/number.h"
#include "registrar/office/fields_inside.h"

#define TEXT_BYTES_MOST 2048
#define CODE_BYTES_MOST 24
#define WHOLE_MOST      INT64_C(1000000000000000)

/* --- reading ------------------------------------------------------------------------------------------------------ */

const json_t *field_member(const json_t *json, const char *path)
{
    Str rest = str_from(path);

    while (rest.len && json) {
        Str name = str_split(&rest, '.');

        json = json_object_getn(json, name.ptr, name.len);
    }
    return json;
}

const json_t *field_json(const FieldMaking *making, const FieldRow *field)
{
    return field_member(making->row ? making->row : making->part, field->path);
}

/* "87", "87.5", "3,94": digits, at most one point, at most two places. */
static bool text_x100(Str text, int64_t *ret)
{
    Str rest = text;
    const bool negative = rest.len > 0 && rest.ptr[0] == '-';
    int64_t whole;
    int places = 0, hundredths = 0;
    size_t point = 0;

    while (point < rest.len && rest.ptr[point] != '.' && rest.ptr[point] != ',')
        point++;
    if (!str_to_i64((Str){ rest.ptr, point }, -WHOLE_MOST, WHOLE_MOST, &whole))
        return false;
    for (size_t i = point + 1; i < rest.len; i++, places++) {
        if (rest.ptr[i] < '0' || rest.ptr[i] > '9' || (places >= 2 && rest.ptr[i] != '0'))
            return false;
        if (places < 2)
            hundredths += (rest.ptr[i] - '0') * (places == 0 ? 10 : 1);
    }
    *ret = whole * 100 + (negative ? -hundredths : hundredths);
    return true;
}

bool json_x100(const json_t *json, int64_t *ret)
{
    if (json_is_string(json))
        return text_x100((Str){ json_string_value(json), json_string_length(json) }, ret);
    if (!json_is_number(json))
        return false;
    const double number = json_number_value(json) * 100;
    if (number < -1e15 || number > 1e15)
        return false;
    *ret = (int64_t)(number < 0 ? number - 0.5 : number + 0.5);
    return json_is_integer(json) || ((double)*ret - number < 0.001 && number - (double)*ret < 0.001);
}

bool json_whole(const json_t *json, int64_t *ret)
{
    int64_t x100;

    if (json_is_integer(json)) {
        *ret = json_integer_value(json);
        return *ret >= -WHOLE_MOST && *ret <= WHOLE_MOST;
    }
    if (!json_x100(json, &x100) || x100 % 100 != 0)
        return false;
    *ret = x100 / 100;
    return true;
}

bool json_day(const json_t *json, Date *ret)
{
    return json_is_string(json) && date_parse(str_from(json_string_value(json)), ret);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

void add_local(Buf *value, const json_t *texts, Language language)
{
    LocalText text = { 0 };

    if (json_is_string(texts))
        buf_add_text(value, json_string_value(texts));
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        text.in[i] = json_string_value(json_object_get(texts, language_tag((Language)i)));
    buf_add_text(value, local_text(&text, language));
}

void add_word(const FieldMaking *making, WordList list, const char *code, Buf *value)
{
    const LocalText *text = words_find(making->from->words, list, code);

    if (text)
        buf_add_text(value, local_text(text, making->language));
}

void add_x100(Buf *value, int64_t x100, Language language)
{
    const unsigned places = x100 % 100 == 0 ? 0 : x100 % 10 == 0 ? 1 : 2;

    decimal_write(value, places == 0 ? x100 / 100 : places == 1 ? x100 / 10 : x100, places, language);
}

void add_none(const FieldMaking *making, Buf *value)
{
    add_word(making, WORDS_PAPER, "none", value);
}

void field_plain(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const json_t *json = field_json(making, field);
    int64_t x100;

    if (json_is_string(json))
        buf_add_text(value, json_string_value(json));
    else if (json_is_integer(json))
        buf_add_format(value, "%lld", (long long)json_integer_value(json));
    else if (json_x100(json, &x100))
        add_x100(value, x100, making->language);
}

void field_number(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    int64_t number;

    if (json_whole(field_json(making, field), &number))
        number_write(value, number, making->language);
}

void field_decimal(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    int64_t x100;

    if (json_x100(field_json(making, field), &x100))
        add_x100(value, x100, making->language);
}

void field_names(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    add_local(value, field_json(making, field), making->language);
}

/* What is a person's: never transliterated, only with the alphabet's own apostrophes. */
void field_person(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    OWNED_BUF recorded;

    buf_init(&recorded, TEXT_BYTES_MOST);
    add_local(&recorded, field_json(making, field), making->language);
    if (recorded.failed)
        value->failed = true;
    else
        name_for_paper(value, buf_str(&recorded));
}

static void add_day(const FieldMaking *making, const FieldRow *field, DateStyle style, Buf *value)
{
    Date day;

    if (json_day(field_json(making, field), &day))
        date_write(value, day, making->language, style);
}

void field_date(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    add_day(making, field, DATE_WORDS, value);
}

void field_short(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    add_day(making, field, DATE_FIGURES, value);
}

void field_word(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const json_t *json = field_json(making, field);
    OWNED_BUF written;

    buf_init(&written, CODE_BYTES_MOST);
    if (json_is_string(json))
        buf_add_text(&written, json_string_value(json));
    else if (json_is_integer(json))
        buf_add_format(&written, "%lld", (long long)json_integer_value(json));
    else if (json_is_boolean(json))
        buf_add_text(&written, json_is_true(json) ? "yes" : "no");
    if (!written.failed)
        add_word(making, field->words, buf_text(&written), value);
}

void field_count(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const json_t *array = field_json(making, field);

    if (json_is_array(array))
        number_write(value, (int64_t)json_array_size(array), making->language);
}

void field_n(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    buf_add_format(value, "%zu", making->n);
}

/* --- lists of records --------------------------------------------------------------------------------------------- */

/* Numbers before texts, what is missing first. */
static int compare_members(const json_t *a, const json_t *b)
{
    int64_t x, y;
    const char *text_a = json_string_value(a), *text_b = json_string_value(b);

    if (json_whole(a, &x) && json_whole(b, &y))
        return x < y ? -1 : x > y;
    return strcmp(text_a ? text_a : "", text_b ? text_b : "");
}

static int compare_records(const json_t *a, const json_t *b, const FieldRow *list)
{
    int order = 0;

    for (size_t i = 0; i < COUNT(list->order) && list->order[i] && order == 0; i++)
        order = compare_members(json_object_get(a, list->order[i]), json_object_get(b, list->order[i]));
    return order;
}

/* By insertion: equals stay as they were recorded, and most lists come in order. */
static void insert(FieldItems *items, const json_t *record, const FieldRow *list)
{
    size_t at = items->count++;

    for (; at > 0 && compare_records(items->items[at - 1], record, list) > 0; at--)
        items->items[at] = items->items[at - 1];
    items->items[at] = record;
}

bool field_records(const FieldMaking *making, const FieldRow *list, FieldItems *ret)
{
    const json_t *array = field_json(making, list);
    size_t i;
    json_t *record;

    if (!json_is_array(array) || json_array_size(array) > FIELD_ROWS_MOST)
        return false;
    ret->records = true;
    json_array_foreach((json_t *)(uintptr_t)array, i, record)
    {
        if (json_is_object(record))
            insert(ret, record, list);
    }
    return true;
}
