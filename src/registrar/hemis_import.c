#include "registrar/hemis_import.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "wire/json.h"

#define CURSOR_BYTES   4000
#define TRIES_MOST     8 /* of a page that HEMIS does not give: two minutes */
#define LIMITED_MOST   20
#define WAIT_MOST_S    60
#define LIMITED_MOST_S 600
#define TOLD_EACH      50 /* pages */

/* --- where it stands --------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    size_t offset;
} walk_numbers[] = {
    { "next_page", offsetof(HemisWalk, next_page) },
    { "asked_page", offsetof(HemisWalk, asked_page) },
    { "rows", offsetof(HemisWalk, rows) },
    { "unreadable", offsetof(HemisWalk, unreadable) },
    { "total", offsetof(HemisWalk, total) },
    { "page_rows", offsetof(HemisWalk, page_rows) },
    { "last_hash", offsetof(HemisWalk, last_hash) },
    { "first_hash", offsetof(HemisWalk, first_hash) },
    { "pages_repeated", offsetof(HemisWalk, pages_repeated) },
};
static_assert(sizeof(int64_t) == sizeof(uint64_t), "hashes stand among the numbers");

static json_t *walk_write(const HemisWalk *walk)
{
    json_t *told = json_pack("{s:i, s:b, s:b}", "repeated", walk->repeated, "looked_before", walk->looked_before,
                             "done", walk->done);
    bool ok = told != NULL;

    for (size_t i = 0; ok && i < COUNT(walk_numbers); i++) {
        int64_t number;

        memcpy(&number, (const char *)walk + walk_numbers[i].offset, sizeof number);
        ok = json_object_set_new(told, walk_numbers[i].name, json_integer(number)) == 0;
    }
    if (!ok) {
        json_decref(told);
        told = NULL;
    }
    return told;
}

static void walk_read(const json_t *told, HemisWalk *walk)
{
    for (size_t i = 0; i < COUNT(walk_numbers); i++) {
        int64_t number = json_integer_value(json_object_get(told, walk_numbers[i].name));

        memcpy((char *)walk + walk_numbers[i].offset, &number, sizeof number);
    }
    walk->repeated = (int)json_integer_value(json_object_get(told, "repeated"));
    walk->looked_before = json_is_true(json_object_get(told, "looked_before"));
    walk->done = json_is_true(json_object_get(told, "done"));
}

static bool cursor_write(const HemisImport *import, Buf *cursor, Error *err)
{
    OWNED(json_t)
    told = json_pack("{s:o, s:o, s:b}", "students", walk_write(&import->walks[HEMIS_BULK_STUDENTS]), "results",
                     walk_write(&import->walks[HEMIS_BULK_RESULTS]), "looked_around", import->looked_around);

    buf_clear(cursor);
    return told ? json_write(told, cursor, err) : error_set(err, ERR_MEMORY, "cursor");
}

static bool cursor_read(HemisImport *import, Str text, Error *err)
{
    OWNED(json_t) told = json_read(text, err);
    static const char *const names[] = { "students", "results" };
    static_assert(COUNT(names) == HEMIS_BULK_COUNT, "a name each");

    if (!told)
        return error_add(err, "where the import stands");
    for (int i = 0; i < HEMIS_BULK_COUNT; i++) {
        const json_t *walk = json_object_get(told, names[i]);

        hemis_walk_begin(&import->walks[i], (HemisBulk)i, import->run.row.read_from_s);
        if (walk)
            walk_read(walk, &import->walks[i]);
    }
    import->looked_around = json_is_true(json_object_get(told, "looked_around"));
    return true;
}

/* --- asking ------------------------------------------------------------------------------------------------------ */

static int64_t now_ms(void)
{
    Clock clock = clock_system();

    return clock_monotonic_ms(&clock);
}

static void rest(int64_t ms)
{
    struct timespec left = { ms / 1000, (long)(ms % 1000) * 1000000 };

    while (ms > 0 && nanosleep(&left, &left) != 0) {
    }
}

static void keep_pace(HemisImport *import)
{
    if (import->asked_ms > 0)
        rest(import->asked_ms + import->pace_ms - now_ms());
    import->asked_ms = now_ms();
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* How long to wait before the same page is asked for again; 0: it is no use. */
static int wait_after(HemisOutcome outcome, int told_s, int *tries, int *limited)
{
    if (outcome == HEMIS_LIMITED)
        return ++*limited > LIMITED_MOST ? 0 : least(told_s, LIMITED_MOST_S);
    if (outcome != HEMIS_AWAY && outcome != HEMIS_STRANGE)
        return 0;
    return ++*tries > TRIES_MOST ? 0 : least(1 << (*tries - 1), WAIT_MOST_S);
}

static bool ask_page(HemisImport *import, HemisWalk *walk, json_t **ret_rows, Error *err)
{
    int tries = 0, limited = 0, told_s, wait_s;
    int64_t begun_ms = now_ms();

    for (;;) {
        Error why = { 0 };

        keep_pace(import);
        HemisOutcome outcome = hemis_walk_on(import->hemis, import->token, walk, ret_rows, &told_s, &why);
        import->stopped = outcome;
        if (outcome == HEMIS_OK)
            break;
        wait_s = wait_after(outcome, told_s, &tries, &limited);
        if (wait_s == 0) {
            if (err)
                *err = why;
            return error_add(err, "page %" PRId64 " (%s)", walk->next_page, hemis_outcome_name(outcome));
        }
        import->waits++;
        rest((int64_t)wait_s * 1000);
    }
    import->waited_ms += now_ms() - begun_ms;
    return true;
}

static void talk(const HemisImport *import, const HemisWalk *walk)
{
    if (import->talks && (walk->done || import->pages % TOLD_EACH == 0))
        fprintf(stderr, "%s: %" PRId64 " of %" PRId64 "\n", walk->what == HEMIS_BULK_STUDENTS ? "students" : "results",
                walk->rows, walk->total < walk->rows ? walk->rows : walk->total);
}

static bool take_page(HemisImport *import, HemisWalk *walk, Buf *cursor, Error *err)
{
    OWNED(json_t) rows = NULL;
    Clock clock = clock_system();
    int64_t read_at_s = clock_wall_s(&clock);

    if (!ask_page(import, walk, &rows, err))
        return false;
    import->pages++;
    talk(import, walk);
    if (!cursor_write(import, cursor, err))
        return false;
    return walk->what == HEMIS_BULK_STUDENTS
               ? bulk_take_students(import->office, &import->run, rows, read_at_s, buf_str(cursor), err)
               : bulk_take_results(import->office, &import->run, rows, read_at_s, buf_str(cursor), err);
}

static bool look_around(HemisImport *import, Buf *cursor, Error *err)
{
    if (!import->run.row.whole || import->looked_around)
        return true;
    import->looked_around = true;
    return cursor_write(import, cursor, err) && bulk_look_around(import->office, &import->run, buf_str(cursor), err);
}

bool hemis_import(HemisImport *import, Error *err)
{
    OWNED_BUF cursor;

    buf_init(&cursor, CURSOR_BYTES);
    if (!bulk_begin(import->office, "hemis", import->whole, &import->run, &cursor, err) ||
        !cursor_read(import, buf_str(&cursor), err))
        return false;
    for (int i = 0; i < HEMIS_BULK_COUNT; i++)
        while (!import->walks[i].done)
            if (!take_page(import, &import->walks[i], &cursor, err))
                return false;
    return look_around(import, &cursor, err);
}
