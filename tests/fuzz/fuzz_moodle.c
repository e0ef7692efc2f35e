/* Whatever a Moodle answers, a line an answer in the order in which it is asked: the connector comes to an end, what it
 * tells is JSON in canonical form within its bounds, and nothing is told where it says that there is nothing. */
#include "fuzz.h"

#include <string.h>

#include "registrar/connect/moodle/inside.h"

#define NUMBER "401241111939"
#define NOW_MS INT64_C(1795417612000)

typedef struct World {
    Str rest; /* answers to come; the last one is repeated */
    Str last;
    int64_t now_ms;
} World;

static World world;

static bool carry(void *ctx, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    World *at = ctx;

    (void)request;
    (void)err;
    if (at->rest.len > 0)
        at->last = str_split(&at->rest, '\n');
    memset(ret, 0, sizeof *ret);
    ret->status = 200;
    buf_init(&ret->body, 1u << 20);
    buf_add_str(&ret->body, at->last);
    return true;
}

static int64_t now(void *ctx)
{
    return ((World *)ctx)->now_ms;
}

static void is_told_well(Str told)
{
    Error err = { 0 };
    OWNED_BUF again;
    const json_t *row;
    size_t i;

    FUZZ_HOLDS(told.len > 0 && told.len <= MOODLE_PART_MOST);
    OWNED(json_t) json = json_read(told, &err);
    const json_t *courses = json_object_get(json, "courses");
    FUZZ_HOLDS(json_is_array(courses) && json_array_size(courses) <= MOODLE_COURSES_MOST &&
               json_array_size(json_object_get(json, "deadlines")) <= MOODLE_DEADLINES_MOST);
    json_array_foreach(courses, i, row) FUZZ_HOLDS(json_string_length(json_object_get(row, "name")) > 0);
    buf_init(&again, MOODLE_PART_MOST);
    FUZZ_HOLDS(json_write(json, &again, &err) && str_equal(buf_str(&again), told));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const MoodleConfig config = { .address = "https://lms.test",
                                  .token = "0123456789abcdef",
                                  .match = "idnumber",
                                  .deadline_ms = 1000,
                                  .connections = 1,
                                  .days_ahead = 60,
                                  .clock = { now, now, &world } };
    Error err = { 0 };
    OWNED_BUF told;

    world = (World){ .rest = fuzz_str(data, size), .now_ms = NOW_MS };
    OWNED(Moodle) moodle = moodle_new_over(&config, &(ChannelTransport){ carry, &world }, &err);
    FUZZ_HOLDS(moodle);
    buf_init(&told, MOODLE_PART_MOST);
    const MoodleOutcome outcome = moodle_read(moodle, NUMBER, &told, &err);
    FUZZ_HOLDS(outcome == MOODLE_OK || (told.len == 0 && err.code != ERR_NONE));
    if (outcome == MOODLE_OK)
        is_told_well(buf_str(&told));
    return 0;
}
