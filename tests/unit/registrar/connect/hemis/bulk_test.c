/* Walks through the data API, over servers that page as well or as badly as those that were met. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/connect/hemis/bulk.h"
#include "registrar/connect/hemis/inside.h"

typedef enum Paging {
    RIGHT,
    ZERO_BASED,
    REPEATS,
    ENDLESS,
    SMALL,
    SHORT,
    SILENT,
    TEXTS,
    AS_LIST,
    TOTAL_TOO_LARGE
} Paging;

typedef struct Server {
    Paging paging;
    HemisBulk what;
    int rows;
    unsigned asked;
    int fail_at; /* the n-th request is answered 500; 0: none */
    char url[600];
} Server;

static int64_t still(void *ctx)
{
    (void)ctx;
    return 1000;
}

static int page_of(const char *url, int *ret_limit)
{
    const char *page = strstr(url, "page="), *limit = strstr(url, "limit=");
    uint64_t number, size;

    assert_non_null(page);
    assert_non_null(limit);
    assert_true(str_to_u64((Str){ page + 5, strcspn(page + 5, "&") }, 0, 1000000, &number));
    assert_true(str_to_u64((Str){ limit + 6, strcspn(limit + 6, "&") }, 1, 200, &size));
    *ret_limit = (int)size;
    return (int)number;
}

static json_t *row_at(const Server *server, int i)
{
    if (server->what == HEMIS_BULK_STUDENTS)
        return json_pack("{s:s, s:o, s:s, s:s, s:i, s:{s:s}}", "first_name", "Ali", "student_id_number",
                         json_sprintf("4012411%05d", i), "second_name", "VALIYEV", "third_name", "", "updated_at",
                         1000 + i, "level", "code", "13");
    return json_pack("{s:i, s:o, s:s, s:s, s:s, s:s, s:s, s:s}", "id", i, "student_id_number",
                     json_sprintf("4012411%05d", i / 40), "_semester", "11", "_education_year", "2024", "subject_code",
                     "MAT101", "subject_name", "Oliy matematika 1", "credit", "6", "total_point", "87.0");
}

static json_t *pagination(const Server *server, int page, int size)
{
    int count = (server->rows + size - 1) / size, total = server->rows;

    switch (server->paging) {
    case SILENT: return json_null();
    case SHORT: count = 1; break;
    case TOTAL_TOO_LARGE: total += 7; break;
    case TEXTS: return json_pack("{s:o, s:s}", "totalCount", json_sprintf("%d", total), "page", "1");
    case AS_LIST: return json_pack("[i, i, i, i]", total, size, count, page);
    case RIGHT:
    case ZERO_BASED:
    case REPEATS:
    case ENDLESS:
    case SMALL: break;
    }
    return json_pack("{s:i, s:i, s:i, s:i}", "totalCount", total, "pageSize", size, "pageCount", count, "page", page);
}

static bool serve(void *ctx, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    Server *server = ctx;
    int limit, page = page_of(request->url, &limit), size = server->paging == SMALL ? 20 : limit;
    int at = server->paging == ZERO_BASED ? page : (page > 1 ? page : 1) - 1, last = (server->rows - 1) / size;
    OWNED(json_t) items = json_array();

    server->asked++;
    str_copy_cut(str_from(request->url), server->url, sizeof server->url);
    if (server->paging == REPEATS && at == 1)
        at = 0;
    if (server->paging == ENDLESS && at > last)
        at = last;
    for (int i = at * size; i < (at + 1) * size && i < server->rows; i++)
        assert_int_equal(json_array_append_new(items, row_at(server, i)), 0);
    OWNED(json_t)
    answer = json_pack("{s:b, s:{s:O, s:o}, s:i}", "success", 1, "data", "items", items, "pagination",
                       pagination(server, page, size), "code", 200);
    memset(ret, 0, sizeof *ret);
    buf_init(&ret->body, request->answer_most);
    ret->status = (int)server->asked == server->fail_at ? 500 : 200;
    return json_write(answer, &ret->body, err);
}

static Hemis *open_hemis(Server *server)
{
    Error err = { 0 };
    const HemisConfig config = { .address = "https://hemis.test/rest",
                                 .deadline_ms = 1000,
                                 .connections = 1,
                                 .utc_offset_minutes = 300,
                                 .mark_least = { 90, 70, 60 },
                                 .clock = { still, still, NULL } };
    Hemis *hemis = hemis_new_over(&config, &(HemisTransport){ serve, server }, &err);

    assert_non_null(hemis);
    return hemis;
}

/* How many different students, or results, came. */
static size_t walk_to_the_end(Hemis *hemis, Server *server, HemisWalk *walk)
{
    OWNED(json_t) seen = json_object();
    size_t rows_seen = 0;

    while (!walk->done) {
        OWNED(json_t) rows = NULL;
        Error err = { 0 };
        int wait_s;
        json_t *row;
        size_t i;
        HemisWalk before = *walk;
        HemisOutcome outcome = hemis_walk_on(hemis, "data-token", walk, &rows, &wait_s, &err);

        assert_true(server->asked < 1000);
        if (outcome != HEMIS_OK) {
            assert_int_equal(outcome, HEMIS_AWAY);
            assert_memory_equal(&before, walk, sizeof before);
            continue;
        }
        json_array_foreach(rows, i, row)
        {
            rows_seen++;
            assert_int_equal(json_object_set(seen, json_string_value(json_object_get(row, "number")), row), 0);
        }
    }
    return server->what == HEMIS_BULK_STUDENTS ? json_object_size(seen) : rows_seen;
}

static void test_every_row_comes_however_it_is_paged(void **state)
{
    static const struct {
        const char *name;
        Paging paging;
        int rows;
        size_t wanted;
        int64_t missing;
    } cases[] = {
        { "right", RIGHT, 1050, 1050, 0 },
        { "whole pages", RIGHT, 600, 600, 0 },
        { "one page", RIGHT, 20, 20, 0 },
        { "one row", RIGHT, 1, 1, 0 },
        { "from 0", ZERO_BASED, 1050, 1050, 0 },
        { "never ends", ENDLESS, 1050, 1050, 0 },
        { "never ends, whole pages", ENDLESS, 600, 600, 0 },
        { "twenty whatever is asked for", SMALL, 1050, 1050, 0 },
        { "says one page", SHORT, 1050, 1050, 0 },
        { "says nothing", SILENT, 1050, 1050, 0 },
        { "says it in text", TEXTS, 1050, 1050, 0 },
        { "says it as a list", AS_LIST, 1050, 1050, 0 },
        { "page 2 is page 1", REPEATS, 1050, 850, 200 },
        { "says more than there is", TOTAL_TOO_LARGE, 1050, 1050, 7 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Server server = { .paging = cases[i].paging, .rows = cases[i].rows };
        HemisWalk walk;
        Hemis *hemis = open_hemis(&server);

        hemis_walk_begin(&walk, HEMIS_BULK_STUDENTS, 0);
        size_t came = walk_to_the_end(hemis, &server, &walk);
        if (came != cases[i].wanted || hemis_walk_missing(&walk) != cases[i].missing || walk.rows != (int64_t)came)
            fail_msg("%s: %zu rows, %lld missing, %u requests", cases[i].name, came,
                     (long long)hemis_walk_missing(&walk), server.asked);
        hemis_free(hemis);
    }
}

static void test_results_and_what_is_asked_for(void **state)
{
    Server server = { .what = HEMIS_BULK_RESULTS, .rows = 450 };
    HemisWalk walk;
    OWNED(json_t) rows = NULL;
    Error err = { 0 };
    int wait_s;
    Hemis *hemis = open_hemis(&server);

    (void)state;
    hemis_walk_begin(&walk, HEMIS_BULK_RESULTS, 1795000000);
    assert_int_equal(hemis_walk_on(hemis, "data-token", &walk, &rows, &wait_s, &err), HEMIS_OK);
    assert_non_null(strstr(server.url, "/v1/data/academic-record-list?"));
    assert_non_null(strstr(server.url, "&updated_at_from=1795000000"));
    const json_t *result = json_object_get(json_array_get(rows, 0), "result");
    assert_int_equal(json_integer_value(json_object_get(result, "points")), 87);
    assert_int_equal(json_integer_value(json_object_get(result, "mark")), 4);
    assert_int_equal(json_integer_value(json_object_get(result, "credits")), 6);
    assert_string_equal(json_string_value(json_object_get(result, "academic_year")), "2024/2025");
    assert_int_equal(walk_to_the_end(hemis, &server, &walk), 250);
    hemis_free(hemis);
}

/* A walk that was kept and goes on elsewhere misses nothing, and one that fails stands where it was. */
static void test_a_walk_goes_on(void **state)
{
    Server server = { .rows = 1000, .fail_at = 3 };
    HemisWalk walk, kept;
    OWNED(json_t) rows = NULL;
    Error err = { 0 };
    int wait_s;
    Hemis *hemis = open_hemis(&server);

    (void)state;
    hemis_walk_begin(&walk, HEMIS_BULK_STUDENTS, 0);
    assert_int_equal(hemis_walk_on(hemis, "data-token", &walk, &rows, &wait_s, &err), HEMIS_OK);
    memcpy(&kept, &walk, sizeof kept);
    hemis_free(hemis);
    hemis = open_hemis(&server);
    assert_int_equal(walk_to_the_end(hemis, &server, &kept), 800);
    assert_int_equal(kept.rows, 1000);
    hemis_free(hemis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_comes_however_it_is_paged),
        cmocka_unit_test(test_results_and_what_is_asked_for),
        cmocka_unit_test(test_a_walk_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
