#include "kiosk/devices/printing_journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW_MS 1800000000000LL
#define DAY_MS (24LL * 3600 * 1000)

static char folder[64];
static char path[96];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/registrar-journal-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof(path), "%s/print.db", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const endings[] = { "", "-wal", "-shm" };

    for (size_t i = 0; i < COUNT(endings); i++) {
        char file[128];
        snprintf(file, sizeof(file), "%s%s", path, endings[i]);
        unlink(file);
    }
    return rmdir(folder);
}

static Journal *open_at(int64_t now_ms)
{
    Error err = { 0 };
    Journal *journal = journal_open(path, now_ms, &err);

    if (!journal)
        fail_msg("%s", err.text);
    return journal;
}

static JournalRow row_of(const char *id, uint32_t epoch)
{
    JournalRow row = { .job = { .epoch = epoch, .sheets = 3 }, .sheets = -1 };

    snprintf(row.job.id, sizeof(row.job.id), "%s", id);
    snprintf(row.job.copy, sizeof(row.job.copy), "copy-of-%s", id);
    return row;
}

static void a_row_is_there_after_closing(void **state)
{
    (void)state;
    JournalRow row = row_of("a", 2), found;
    bool any;
    Error err = { 0 };

    {
        OWNED(Journal) journal = open_at(NOW_MS);
        assert_true(journal_add(journal, &row, NOW_MS, &err));
        row.phase = JOURNAL_SENDING;
        row.printer_job = 17;
        snprintf(row.printer_uuid, sizeof(row.printer_uuid), "5e1c");
        assert_true(journal_move(journal, &row, NOW_MS, &err));
    }
    OWNED(Journal) journal = open_at(NOW_MS);
    assert_true(journal_open_row(journal, &found, &any, &err));
    assert_true(any);
    assert_int_equal(found.phase, JOURNAL_SENDING);
    assert_int_equal(found.ended, PRINT_PHASE_NONE);
    assert_int_equal(found.printer_job, 17);
    assert_int_equal(found.job.epoch, 2);
    assert_int_equal(found.job.sheets, 3);
    assert_int_equal(found.sheets, -1);
    assert_string_equal(found.job.id, "a");
    assert_string_equal(found.job.copy, "copy-of-a");
    assert_string_equal(found.printer_uuid, "5e1c");
}

static void an_epoch_is_printed_once(void **state)
{
    (void)state;
    OWNED(Journal) journal = open_at(NOW_MS);
    JournalRow row = row_of("b", 1), next = row_of("b", 2);
    Error err = { 0 };

    assert_true(journal_add(journal, &row, NOW_MS, &err));
    assert_false(journal_add(journal, &row, NOW_MS, &err));
    assert_int_equal(err.code, ERR_EXISTS);
    assert_true(journal_add(journal, &next, NOW_MS, &err));
}

static void count_row(void *ctx, const JournalRow *row)
{
    int *count = ctx;

    assert_int_equal(row->phase, JOURNAL_ENDED);
    assert_int_equal(row->ended, PRINT_PHASE_PARTLY);
    ++*count;
}

static void only_what_has_ended_is_settled(void **state)
{
    (void)state;
    OWNED(Journal) journal = open_at(NOW_MS);
    JournalRow ended = row_of("c", 1), open = row_of("c", 2), found;
    Error err = { 0 };
    int count = 0;

    ended.phase = JOURNAL_ENDED;
    ended.ended = PRINT_PHASE_PARTLY;
    assert_true(journal_add(journal, &ended, NOW_MS, &err) && journal_add(journal, &open, NOW_MS, &err));
    assert_true(journal_each_ended(journal, count_row, &count, &err));
    assert_int_equal(count, 1);
    assert_true(journal_settle(journal, "c", 2, &err));
    assert_false(journal_find(journal, "c", 1, &found, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_true(journal_find(journal, "c", 2, &found, &err));
    assert_int_equal(found.phase, JOURNAL_CREATING);
}

static void what_ended_long_ago_is_dropped(void **state)
{
    (void)state;
    JournalRow ended = row_of("d", 1), open = row_of("d", 2), found;

    ended.phase = JOURNAL_ENDED;
    ended.ended = PRINT_PHASE_PARTLY;
    {
        OWNED(Journal) journal = open_at(NOW_MS);
        assert_true(journal_add(journal, &ended, NOW_MS, NULL) && journal_add(journal, &open, NOW_MS, NULL));
    }
    {
        OWNED(Journal) journal = open_at(NOW_MS + 29 * DAY_MS);
        assert_true(journal_find(journal, "d", 1, &found, NULL));
    }
    OWNED(Journal) journal = open_at(NOW_MS + 31 * DAY_MS);
    assert_false(journal_find(journal, "d", 1, &found, NULL));
    assert_true(journal_find(journal, "d", 2, &found, NULL));
}

static void what_is_no_journal_is_refused(void **state)
{
    (void)state;
    Error err = { 0 };
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    for (int i = 0; i < 100; i++)
        fputs("this is no database, but it is long enough to be looked at\n", file);
    fclose(file);
    assert_null(journal_open(path, NOW_MS, &err));
    assert_int_equal(err.code, ERR_STORE);
    assert_null(journal_open("/nonexistent/print.db", NOW_MS, &err));
    assert_int_equal(err.code, ERR_STORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_is_there_after_closing, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(an_epoch_is_printed_once, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(only_what_has_ended_is_settled, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(what_ended_long_ago_is_dropped, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(what_is_no_journal_is_refused, make_folder, remove_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
