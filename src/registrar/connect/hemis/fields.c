#include "registrar/connect/hemis/fields.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "wire/json.h"

#define DAY_S     86400
#define PATH_MOST 80

/* --- finding ----------------------------------------------------------------------------------------------------- */

static const json_t *find_one(const json_t *from, Str path)
{
    while (path.ptr && json_is_object(from)) {
        Str step = str_split(&path, '.');
        char name[PATH_MOST];

        if (!str_copy(step, name, sizeof name))
            return NULL;
        from = words_member(from, name);
    }
    return path.ptr ? NULL : from;
}

/* *ret_kind: the last step of the path that led there. */
static const json_t *find_with_kind(const json_t *from, const char *path, Str *ret_kind)
{
    Str rest = str_from(path);

    while (rest.ptr) {
        Str one = str_split(&rest, '|'), steps = one;
        const json_t *found = find_one(from, one);

        while (found && steps.ptr)
            *ret_kind = str_split(&steps, '.');
        if (found)
            return found;
    }
    return NULL;
}

const json_t *fields_find(const json_t *from, const char *path)
{
    Str kind;

    return find_with_kind(from, path, &kind);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static Str text_of(const json_t *value)
{
    return json_is_string(value) ? str_trim((Str){ json_string_value(value), json_string_length(value) }) : (Str){ 0 };
}

/* "1 250 000,50": digits with one point or comma; fractions beyond places are cut. */
static bool number_of_text(Str text, unsigned places, int64_t *ret)
{
    bool minus = str_starts(text, STR("-")), point = false, any = false;
    int64_t value = 0;
    unsigned behind = 0;

    for (size_t i = minus; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == ' ')
            continue;
        if ((c == '.' || c == ',') && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || value > INT64_MAX / 100)
            return false;
        any = true;
        if (point && behind >= places)
            continue;
        value = value * 10 + (c - '0');
        behind += point;
    }
    for (; behind < places; behind++) {
        if (value > INT64_MAX / 100)
            return false;
        value *= 10;
    }
    *ret = minus ? -value : value;
    return any;
}

bool fields_number(const json_t *value, unsigned places, int64_t *ret)
{
    char text[64];

    if (json_is_string(value))
        return number_of_text(text_of(value), places, ret);
    if (json_is_integer(value))
        (void)snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_real(value) && fabs(json_real_value(value)) < 1e15)
        (void)snprintf(text, sizeof text, "%.6f", json_real_value(value));
    else
        return false;
    return number_of_text(str_from(text), places, ret);
}

/* Of a coded value its code, else the value itself. */
static const json_t *bare(const json_t *value)
{
    const json_t *code = json_is_object(value) ? words_member(value, "code") : value;

    return code || !json_is_object(value) ? code : words_member(value, "id");
}

static bool write_code(const json_t *value, char *array, size_t size)
{
    const json_t *code = bare(value);
    int64_t number;

    if (!json_is_string(code) && !json_is_integer(code))
        return false;
    if (json_is_integer(code)) {
        number = json_integer_value(code);
        return number >= 0 && (size_t)snprintf(array, size, "%" PRId64, number) < size;
    }
    Str text = text_of(code);
    if (text.len == 0 || text.len > 20 || !str_copy(text, array, size))
        return false;
    return strspn(array, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == text.len;
}

static bool whole(const json_t *value, int64_t least, int64_t most, int64_t *ret)
{
    int64_t cut, exact;

    if (!fields_number(value, 0, &cut) || !fields_number(value, 2, &exact) || exact != cut * 100 || cut < least ||
        cut > most)
        return false;
    *ret = cut;
    return true;
}

static int64_t modulo(int64_t a, int64_t b)
{
    return (a % b + b) % b;
}

/* Which midnight it is tells whose day it is; where it is no midnight, the setting does. */
static bool day_of_seconds(const HemisConfig *config, int64_t seconds, Date *ret)
{
    int64_t offset_s = (int64_t)config->utc_offset_minutes * 60;
    bool local = config->dates_are_local;

    if (seconds < -2208988800 || seconds > 7258118399)
        return false;
    if (modulo(seconds, DAY_S) == 0)
        local = false;
    else if (modulo(seconds + offset_s, DAY_S) == 0)
        local = true;
    *ret = date_time_at(seconds * 1000, local ? config->utc_offset_minutes : 0).date;
    return true;
}

/* "2025-01-17", with or without a time behind it, "17.01.2025" or "17-01-2025". */
static bool day_of_text(Str text, Date *ret)
{
    char iso[11];

    if (text.len < 10)
        return false;
    text.len = 10;
    if (text.ptr[4] == '-')
        return date_parse(text, ret);
    (void)snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", text.ptr + 6, text.ptr + 3, text.ptr);
    return (text.ptr[2] == '.' || text.ptr[2] == '-') && text.ptr[5] == text.ptr[2] && date_parse(str_from(iso), ret);
}

static bool read_day(const HemisConfig *config, const json_t *value, Date *ret)
{
    int64_t seconds;

    if (json_is_string(value) && day_of_text(text_of(value), ret))
        return true;
    return whole(value, INT64_MIN / 200, INT64_MAX / 200, &seconds) && day_of_seconds(config, seconds, ret);
}

/* --- one value each ---------------------------------------------------------------------------------------------- */

static json_t *text_field(Reading *reading, const Field *field, const json_t *value)
{
    OWNED_BUF cleaned;
    char number[32];
    Str text = text_of(value);

    (void)reading;
    if (json_is_integer(value)) {
        (void)snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        text = str_from(number);
    }
    buf_init(&cleaned, WORDS_TEXT_MOST);
    words_clean(&cleaned, text);
    if (cleaned.len == 0 || (field->most > 0 && cleaned.len > (size_t)field->most))
        return NULL;
    return json_string(buf_text(&cleaned));
}

static json_t *person_field(Reading *reading, const Field *field, const json_t *value)
{
    OWNED_BUF written;
    const json_t *name = json_is_object(value) ? words_member(value, "name") : value;

    (void)reading, (void)field;
    buf_init(&written, WORDS_TEXT_MOST * 3);
    words_person_part(&written, text_of(name));
    return written.len > 0 && !written.failed ? json_string(buf_text(&written)) : NULL;
}

static json_t *code_field(Reading *reading, const Field *field, const json_t *value)
{
    char code[24];

    (void)reading, (void)field;
    return write_code(value, code, sizeof code) ? json_string(code) : NULL;
}

static json_t *int_field(Reading *reading, const Field *field, const json_t *value)
{
    int64_t number;

    (void)reading;
    return whole(value, field->least, field->most, &number) ? json_integer(number) : NULL;
}

static json_t *level_field(Reading *reading, const Field *field, const json_t *value)
{
    int64_t number;

    (void)reading, (void)field;
    return whole(bare(value), 11, 22, &number) ? json_integer(number - 10) : NULL;
}

static json_t *sum_field(Reading *reading, const Field *field, const json_t *value)
{
    int64_t sum;

    (void)reading, (void)field;
    return fields_number(value, 0, &sum) && sum >= 0 && sum <= 1000000000000 ? json_integer(sum) : NULL;
}

static json_t *decimal_field(Reading *reading, const Field *field, const json_t *value)
{
    int64_t hundredths;
    char text[32];

    (void)reading;
    if (!fields_number(value, 2, &hundredths) || hundredths < field->least || hundredths > field->most ||
        hundredths < 0)
        return NULL;
    if (hundredths % 10 == 0)
        (void)snprintf(text, sizeof text, "%" PRId64 ".%" PRId64, hundredths / 100, hundredths % 100 / 10);
    else
        (void)snprintf(text, sizeof text, "%" PRId64 ".%02" PRId64, hundredths / 100, hundredths % 100);
    return json_string(text);
}

void fields_write_day(Date day, char array[12])
{
    (void)snprintf(array, 12, "%04u-%02u-%02u", (unsigned)day.year % 10000, (unsigned)day.month % 100,
                   (unsigned)day.day % 100);
}

static json_t *day_field(Reading *reading, const Field *field, const json_t *value)
{
    char text[12];
    Date day;

    (void)field;
    if (!read_day(reading->config, value, &day))
        return NULL;
    fields_write_day(day, text);
    return json_string(text);
}

static json_t *bool_field(Reading *reading, const Field *field, const json_t *value)
{
    int64_t number;

    (void)reading, (void)field;
    if (json_is_boolean(value))
        return json_boolean(json_is_true(value));
    if (json_is_string(value) && (str_equal_text(text_of(value), "true") || str_equal_text(text_of(value), "false")))
        return json_boolean(str_equal_text(text_of(value), "true"));
    return whole(value, 0, 1, &number) ? json_boolean(number) : NULL;
}

static json_t *year_field(Reading *reading, const Field *field, const json_t *value)
{
    const json_t *year = bare(value);
    Str text = text_of(year);
    char written[16];
    int64_t first;

    (void)reading, (void)field;
    if (text.len > 4)
        text.len = 4;
    if (!(text.len == 4 ? str_to_i64(text, 1990, 2150, &first) : whole(year, 1990, 2150, &first)))
        return NULL;
    (void)snprintf(written, sizeof written, "%d/%d", (int)first, (int)first + 1);
    return json_string(written);
}

static json_t *clock_field(Reading *reading, const Field *field, const json_t *value)
{
    Str rest = text_of(value);
    int64_t hour, minute;
    char text[16];

    (void)reading, (void)field;
    Str hours = str_split(&rest, ':'), minutes = rest.ptr ? str_split(&rest, ':') : (Str){ 0 };
    if (!str_to_i64(hours, 0, 23, &hour) || !str_to_i64(minutes, 0, 59, &minute))
        return NULL;
    (void)snprintf(text, sizeof text, "%02u:%02u", (unsigned)hour % 24, (unsigned)minute % 60);
    return json_string(text);
}

static json_t *names_field(Reading *reading, const Field *field, const json_t *value)
{
    char kind[PATH_MOST];
    const json_t *name = json_is_object(value) ? words_member(value, "name") : value;
    OWNED_BUF cleaned;
    char code[24];

    buf_init(&cleaned, WORDS_TEXT_MOST);
    words_clean(&cleaned, text_of(name));
    if (cleaned.len == 0)
        return NULL;
    if (!json_is_object(value) || !write_code(value, code, sizeof code))
        code[0] = '\0';
    (void)field;
    str_copy_cut(reading->kind, kind, sizeof kind);
    return words_names(reading->words, kind, code, buf_str(&cleaned));
}

static json_t *thing_field(Reading *reading, const Field *field, const json_t *value)
{
    char code[24];

    if (!json_is_object(value) || !write_code(value, code, sizeof code))
        return NULL;
    OWNED(json_t) names = names_field(reading, field, value);
    return names ? json_pack("{s:s, s:O}", "code", code, "names", names) : NULL;
}

static json_t *(*const makers[])(Reading *, const Field *, const json_t *) = {
    [FIELD_TEXT] = text_field,       [FIELD_PERSON] = person_field, [FIELD_CODE] = code_field,
    [FIELD_INT] = int_field,         [FIELD_LEVEL] = level_field,   [FIELD_SUM] = sum_field,
    [FIELD_DECIMAL] = decimal_field, [FIELD_DAY] = day_field,       [FIELD_BOOL] = bool_field,
    [FIELD_YEAR] = year_field,       [FIELD_CLOCK] = clock_field,   [FIELD_NAMES] = names_field,
    [FIELD_THING] = thing_field,
};
static_assert(COUNT(makers) == FIELD_KIND_COUNT, "one for each kind");

/* --- tables ------------------------------------------------------------------------------------------------------ */

json_t *fields_value(Reading *reading, FieldKind kind, const json_t *value)
{
    const Field field = { .to = "", .from = "", .kind = kind, .most = kind == FIELD_TEXT ? 0 : INT64_MAX / 200 };

    return value ? makers[kind](reading, &field, value) : NULL;
}

/* Takes value; what stands before a point in its name is made. */
static bool put(json_t *to, const char *name, json_t *value)
{
    const char *point = strchr(name, '.');
    char outer[PATH_MOST];

    if (!point)
        return json_object_set_new(to, name, value) == 0;
    (void)snprintf(outer, sizeof outer, "%.*s", (int)(point - name), name);
    json_t *inner = json_object_get(to, outer);
    if (!inner && json_object_set_new(to, outer, inner = json_object()) != 0) {
        json_decref(value);
        return false;
    }
    return put(inner, point + 1, value);
}

bool fields_read(Reading *reading, const Field *fields, size_t count, const json_t *from, json_t *to)
{
    for (size_t i = 0; i < count; i++) {
        const json_t *found = find_with_kind(from, fields[i].from, &reading->kind);
        json_t *value = found ? makers[fields[i].kind](reading, &fields[i], found) : NULL;

        if (!value && fields[i].needed)
            return false;
        if (value && !put(to, fields[i].to, value)) {
            reading->no_memory = true;
            return false;
        }
    }
    return true;
}

json_t *fields_read_list(Reading *reading, const Field *fields, size_t count, const json_t *rows)
{
    OWNED(json_t) list = json_array();
    json_t *row;
    size_t i;

    if (!json_is_array(rows) && json_is_object(rows))
        rows = words_member(rows, "items");
    json_array_foreach(rows, i, row)
    {
        OWNED(json_t) made = json_object();

        if (!made || !list)
            return NULL;
        if (fields_read(reading, fields, count, row, made) && json_array_append(list, made) != 0)
            return NULL;
        if (reading->no_memory)
            return NULL;
    }
    return steal(&list);
}

bool fields_day(const json_t *object, const char *member, Date *ret)
{
    return date_parse(text_of(json_object_get(object, member)), ret);
}
