#include "registrar/connect/hemis/bulk.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/connect/hemis/inside.h"
#include "registrar/connect/hemis/parts.h"

#define WAIT_S         10 /* where HEMIS does not say how long */
#define REPEATS_TO_END 2

static const Field result_fields[] = {
    { "semester", "_semester", FIELD_LEVEL, 0, 0, true },
    { "academic_year", "_education_year|educationYear", FIELD_YEAR, 0, 0, false },
    { "hours", "total_acload", FIELD_INT, 0, 2000, false },
    { "credits", "credit", FIELD_INT, 0, 60, false },
    { "points", "total_point", FIELD_SUM, 0, 0, false },
    { "mark", "grade", FIELD_INT, 2, 5, false },
};

void hemis_walk_begin(HemisWalk *walk, HemisBulk what, int64_t updated_from_s)
{
    *walk = (HemisWalk){ .what = what, .updated_from_s = updated_from_s, .next_page = 1, .total = -1 };
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

static bool add_text(json_t *object, const char *name, const char *text)
{
    return json_object_set_new(object, name, json_string(text)) == 0;
}

static json_t *student_of(Reading *reading, const json_t *row)
{
    char pinfl[24]; /* hardly a HEMIS has it in this list; a student's own sign-in tells it */
    Error err = { 0 };
    json_t *profile = part_profile(reading, row, NULL, NULL, NULL, pinfl, &err);
    json_t *made = profile ? json_pack("{s:o}", "profile", profile) : NULL;

    if (made && pinfl[0] && !add_text(made, "pinfl", pinfl)) {
        json_decref(made);
        made = NULL;
    }
    mem_wipe(pinfl, sizeof pinfl);
    return made;
}

/* Its subject is told by code and name beside each other, not as an object. */
static bool add_subject(Reading *reading, const json_t *row, json_t *result)
{
    OWNED(json_t) code = fields_value(reading, FIELD_CODE, words_member(row, "subject_code"));
    OWNED(json_t) name = fields_value(reading, FIELD_TEXT, words_member(row, "subject_name"));

    if (!code || !name)
        return false;
    json_t *names = words_names(reading->words, "subject", json_string_value(code),
                                (Str){ json_string_value(name), json_string_length(name) });
    return json_object_set_new(result, "subject", json_pack("{s:O, s:o}", "code", code, "names", names)) == 0;
}

static bool add_mark(Reading *reading, json_t *result)
{
    const json_t *points = json_object_get(result, "points");

    if (json_object_get(result, "mark"))
        return true;
    return points &&
           json_object_set_new(result, "mark",
                               json_integer(part_mark(reading->config, (int)json_integer_value(points)))) == 0;
}

static json_t *result_of(Reading *reading, const json_t *row)
{
    OWNED(json_t) result = json_object();

    if (!result || !fields_read(reading, result_fields, COUNT(result_fields), row, result) ||
        json_integer_value(json_object_get(result, "points")) > 100 || !add_subject(reading, row, result) ||
        !add_mark(reading, result))
        return NULL;
    return json_pack("{s:O}", "result", result);
}

static json_t *read_row(Reading *reading, HemisBulk what, const json_t *row)
{
    char number[HEMIS_NUMBER_SIZE];
    int64_t updated_s = 0;

    part_number(reading, row, number);
    OWNED(json_t)
    made = !number[0] ? NULL : what == HEMIS_BULK_STUDENTS ? student_of(reading, row) : result_of(reading, row);
    if (!made || !add_text(made, "number", number))
        return NULL;
    (void)!fields_number(words_member(row, "updated_at"), 0, &updated_s);
    return json_object_set_new(made, "updated_s", json_integer(updated_s)) == 0 ? steal(&made) : NULL;
}

static json_t *read_rows(const HemisConfig *config, HemisWalk *walk, const json_t *items, Error *err)
{
    const Words words = { { NULL } };
    OWNED(json_t) list = json_array();
    json_t *row;
    size_t i;

    json_array_foreach(items, i, row)
    {
        Reading reading = { .config = config, .words = &words };
        json_t *made = read_row(&reading, walk->what, row);

        if (!list || reading.no_memory || (made && json_array_append_new(list, made) != 0)) {
            error_set(err, ERR_MEMORY, "rows of HEMIS");
            return NULL;
        }
        walk->unreadable += made == NULL;
    }
    if (!list)
        error_set(err, ERR_MEMORY, "rows of HEMIS");
    return steal(&list);
}

/* --- pages ------------------------------------------------------------------------------------------------------- */

static int hash_bytes(const char *bytes, size_t size, void *ctx)
{
    uint64_t *hash = ctx;

    for (size_t i = 0; i < size; i++)
        *hash = (*hash ^ (uint8_t)bytes[i]) * 1099511628211u;
    return 0;
}

static bool hash_of(const json_t *items, uint64_t *ret)
{
    *ret = 14695981039346656037u;
    return json_dump_callback(items, hash_bytes, ret, JSON_COMPACT | JSON_SORT_KEYS) == 0;
}

static void hear_total(HemisWalk *walk, const json_t *data)
{
    const json_t *told = fields_find(data, "pagination.totalCount|pagination.total_count");
    int64_t total;

    if (told && fields_number(told, 0, &total) && total >= 0)
        walk->total = total;
}

int64_t hemis_walk_missing(const HemisWalk *walk)
{
    int64_t read = walk->rows + walk->unreadable;

    return walk->total > read ? walk->total - read : 0;
}

/* Rows are missing: some servers call their first page 0. */
static void end_or_look_before(HemisWalk *walk)
{
    if (hemis_walk_missing(walk) > 0 && !walk->looked_before) {
        walk->looked_before = true;
        walk->next_page = 0;
        return;
    }
    walk->done = true;
}

/* What was read before brings nothing new. */
static bool is_repeated(HemisWalk *walk, uint64_t hash)
{
    if (walk->asked_page == 0 || (hash != walk->last_hash && hash != walk->first_hash))
        return false;
    walk->repeated++;
    return true;
}

static void move_on(HemisWalk *walk, size_t count, uint64_t hash)
{
    bool before = walk->next_page == 0;

    if (walk->asked_page == 0) {
        walk->page_rows = (int64_t)count;
        walk->first_hash = hash;
    }
    walk->asked_page = walk->next_page > 0 ? walk->next_page : walk->asked_page;
    walk->last_hash = hash;
    walk->repeated = 0;
    walk->next_page = walk->asked_page + 1;
    if (before || (int64_t)count < walk->page_rows || walk->asked_page >= HEMIS_PAGES_MOST)
        end_or_look_before(walk);
}

/* One repeated page may be a slip, a second one in a row is the end. */
static void pass_over(HemisWalk *walk)
{
    bool before = walk->next_page == 0;

    walk->pages_repeated++;
    walk->next_page++;
    if (before || walk->repeated >= REPEATS_TO_END)
        end_or_look_before(walk);
}

static HemisOutcome take_page(const HemisConfig *config, HemisWalk *walk, const json_t *data, json_t **ret_rows,
                              Error *err)
{
    const json_t *items = json_is_array(data) ? data : words_member(data, "items");
    uint64_t hash;

    if (!json_is_array(items)) {
        error_set(err, ERR_PROTOCOL, "HEMIS's page has no rows");
        return HEMIS_STRANGE;
    }
    if (!hash_of(items, &hash)) {
        error_set(err, ERR_MEMORY, "rows of HEMIS");
        return HEMIS_FAILED;
    }
    HemisWalk moved = *walk;
    bool empty = json_array_size(items) == 0, repeated = !empty && is_repeated(&moved, hash);
    json_t *rows = read_rows(config, &moved, empty || repeated ? NULL : items, err);
    if (!rows)
        return HEMIS_FAILED;
    hear_total(&moved, data);
    moved.rows += (int64_t)json_array_size(rows);
    if (empty)
        end_or_look_before(&moved);
    else if (repeated)
        pass_over(&moved);
    else
        move_on(&moved, json_array_size(items), hash);
    *walk = moved;
    *ret_rows = rows;
    return HEMIS_OK;
}

HemisOutcome hemis_walk_on(Hemis *hemis, const char *token, HemisWalk *walk, json_t **ret_rows, int *ret_wait_s,
                           Error *err)
{
    static const char *const paths[] = { "/v1/data/student-list", "/v1/data/academic-record-list" };
    static_assert(COUNT(paths) == HEMIS_BULK_COUNT, "a path each");
    OWNED_HEMIS_REPLY reply = { 0 };
    char query[160], since[48] = "";

    *ret_wait_s = 0;
    if (walk->updated_from_s > 0)
        (void)snprintf(since, sizeof since, "&updated_at_from=%" PRId64, walk->updated_from_s);
    (void)snprintf(query, sizeof query, "page=%" PRId64 "&limit=%d%s%s", walk->next_page, HEMIS_PAGE_ROWS,
                   walk->what == HEMIS_BULK_STUDENTS ? "&_student_status=-1" : "", since);
    const HemisAsk ask = {
        .path = paths[walk->what], .query = query, .language = hemis_languages[LANGUAGE_FIRST], .bearer = token
    };
    HemisOutcome outcome = hemis_ask(hemis, &ask, &reply, err);
    if (outcome == HEMIS_LIMITED)
        *ret_wait_s = reply.wait_s > 0 ? reply.wait_s : WAIT_S;
    return outcome == HEMIS_OK ? take_page(hemis_config(hemis), walk, reply.data, ret_rows, err) : outcome;
}
