/* Tables as they are sorted, shown and taken along. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "registrar/console/grid.h"

static Grid made(void)
{
    static const char *const texts[] = { "Ariza", "=1+1", "say \"hi\"; now" };
    static const int64_t numbers[] = { 12345, 7, 7 }, seconds[] = { 11100, -1, 59 };
    Error err = { 0 };
    Grid grid;

    assert_true(grid_init(&grid, "Hisobot", &err));
    grid_add_column(&grid, "name", "Nomi", GRID_TEXT);
    grid_add_column(&grid, "count", "Soni", GRID_NUMBER);
    grid_add_column(&grid, "time", "Vaqt", GRID_SPAN);
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_true(grid_take_row(&grid,
                                  json_pack("[s I o]", texts[i], (json_int_t)numbers[i],
                                            seconds[i] < 0 ? json_null() : json_integer(seconds[i])),
                                  &err));
    return grid;
}

static const char *name_at(const Grid *grid, size_t row)
{
    return json_string_value(json_array_get(json_array_get(grid->rows, row), 0));
}

static void rows_are_sorted_and_what_is_equal_stays(void **state)
{
    static const struct {
        const char *column;
        bool downwards;
        const char *first, *last;
    } cases[] = {
        { "count", true, "Ariza", "say \"hi\"; now" },
        { "count", false, "=1+1", "Ariza" },
        { "name", false, "=1+1", "say \"hi\"; now" },
        { "time", false, "say \"hi\"; now", "=1+1" }, /* what is not known comes last */
        { "time", true, "Ariza", "=1+1" },
    };
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_GRID grid = made();

        assert_true(grid_sort(&grid, (size_t)grid_column(&grid, str_from(cases[i].column)), cases[i].downwards, &err));
        assert_string_equal(name_at(&grid, 0), cases[i].first);
        assert_string_equal(name_at(&grid, 2), cases[i].last);
    }
    OWNED_GRID grid = made();
    grid.columns[0].kind = GRID_ORDERED;
    assert_true(grid_sort(&grid, 0, true, &err));
    assert_string_equal(name_at(&grid, 2), "Ariza");
    assert_int_equal(grid_column(&grid, STR("nothing")), -1);
    assert_int_equal(grid_most(&grid, 1), 12345);
}

static void cells_are_said_for_people(void **state)
{
    static const struct {
        GridKind kind;
        int64_t number;
        const char *said;
    } cases[] = {
        { GRID_NUMBER, 0, "0" },
        { GRID_NUMBER, 1234, "1234" },
        { GRID_NUMBER, 12345, "12\u202F345" },
        { GRID_NUMBER, 1234567, "1\u202F234\u202F567" },
        { GRID_SPAN, 59, "0:00" },
        { GRID_SPAN, 11100, "3:05" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *cell = json_integer(cases[i].number);
        OWNED_BUF said;

        buf_init(&said, 64);
        grid_say(cases[i].kind, cell, &said);
        assert_string_equal(buf_text(&said), cases[i].said);
        json_decref(cell);
    }
}

/* No cell begins as a formula does, whoever typed it; what parts cells stands inside quotes. */
static void csv_is_text_and_numbers(void **state)
{
    OWNED_GRID grid = made();
    OWNED_BUF csv;
    Error err = { 0 };

    (void)state;
    buf_init(&csv, 4096);
    assert_true(grid_csv(&grid, &csv, &err));
    assert_string_equal(buf_text(&csv), "\xEF\xBB\xBF\"Nomi\";\"Soni\";\"Vaqt\"\r\n\"Ariza\";12345;185\r\n"
                                        "\"'=1+1\";7;\r\n\"say \"\"hi\"\"; now\";7;0\r\n");
    for (const char *c = "=+-@\t\r"; *c; c++) {
        const char text[] = { *c, 'x', '\0' };
        OWNED_GRID one = { 0 };

        assert_true(grid_init(&one, "", &err));
        grid_add_column(&one, "name", text, GRID_TEXT);
        buf_clear(&csv);
        assert_true(grid_csv(&one, &csv, &err));
        assert_int_equal(buf_text(&csv)[4], '\'');
    }
}

static void a_workbook_has_a_sheet_for_each(void **state)
{
    Grid grids[] = { made(), made() };
    OWNED_BUF book;
    Error err = { 0 };

    (void)state;
    grids[1].name = "Bir: juda [uzun] nom / shunday / uzun nom";
    buf_init(&book, 1u << 20);
    if (!grids_xlsx(grids, COUNT(grids), &book, &err))
        fail_msg("%s", err.text);
    assert_memory_equal(buf_text(&book), "PK\x03\x04", 4);
    assert_non_null(memmem(book.data, book.len, "xl/worksheets/sheet2.xml", 24));
    buf_clear(&book);
    grids[1].name = grids[0].name; /* no two sheets are called alike: it says so */
    assert_false(grids_xlsx(grids, COUNT(grids), &book, &err));
    for (size_t i = 0; i < COUNT(grids); i++)
        grid_fini(&grids[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_sorted_and_what_is_equal_stays),
        cmocka_unit_test(cells_are_said_for_people),
        cmocka_unit_test(csv_is_text_and_numbers),
        cmocka_unit_test(a_workbook_has_a_sheet_for_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
