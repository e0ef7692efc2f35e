/* Values on the glass as its language writes them: base has the tables (date_test, number_test); here, that the page's
 * language, clock and arena are the ones asked. */
#include "test.h"

#include "kiosk/screens/words.h"

#define NBSP "\u00A0"
#define NOW  INT64_C(1795512600000) /* 2026-11-24, 14:30 in Tashkent */
#define DAY  INT64_C(86400000)

static Model model;

static void check(Language language, const char *expected[8])
{
    Error err = { 0 };
    OWNED(Tree) tree = tree_new(&err);
    Page page = { .model = &model, .visit = &model.visit, .tree = tree, .language = language };

    assert_non_null(tree);
    model.wall_ms = NOW;
    model.utc_offset_minutes = 300;
    const char *const said[8] = {
        words_number(&page, 1250000),
        words_decimal(&page, 375, 2),
        words_percent(&page, 25),
        words_sum(&page, 1250000),
        words_number_of(&page, NUMBER_OF_WINDOW, 3),
        words_moment_near(&page, NOW + DAY),
        words_iso_dates(&page, "2026-11-24", "2026-11-28"),
        words_hours(&page, 9 * 60, 18 * 60),
    };
    for (size_t i = 0; i < COUNT(said); i++)
        assert_string_equal(said[i], expected[i]);
}

static void each_language_writes_its_way(void **state)
{
    (void)state;
    check(LANGUAGE_UZ,
          (const char *[]){ "1" NBSP "250" NBSP "000", "3,75", "25" NBSP "%", "1" NBSP "250" NBSP "000" NBSP "soʻm",
                            "3-darcha", "ertaga, 14:30", "2026-yil" NBSP "24–28-noyabr",
                            "soat" NBSP "9:00" NBSP "dan 18:00" NBSP "gacha" });
    check(LANGUAGE_UZ_CYRL,
          (const char *[]){ "1" NBSP "250" NBSP "000", "3,75", "25" NBSP "%", "1" NBSP "250" NBSP "000" NBSP "сўм",
                            "3-дарча", "эртага, 14:30", "2026-йил" NBSP "24–28-ноябрь",
                            "соат" NBSP "9:00" NBSP "дан 18:00" NBSP "гача" });
    check(LANGUAGE_RU,
          (const char *[]){ "1" NBSP "250" NBSP "000", "3,75", "25" NBSP "%", "1" NBSP "250" NBSP "000" NBSP "сум",
                            "окно" NBSP "3", "завтра в" NBSP "14:30", "24–28" NBSP "ноября" NBSP "2026" NBSP "г.",
                            "с" NBSP "9:00 до" NBSP "18:00" });
    check(LANGUAGE_EN,
          (const char *[]){ "1" NBSP "250" NBSP "000", "3.75", "25%", "1" NBSP "250" NBSP "000" NBSP "soʻm",
                            "window" NBSP "3", "tomorrow at" NBSP "14:30", "24–28" NBSP "November" NBSP "2026",
                            "9:00" NBSP "to" NBSP "18:00" });
}

static void what_is_no_date_stands_as_it_came(void **state)
{
    Error err = { 0 };
    OWNED(Tree) tree = tree_new(&err);
    Page page = { .model = &model, .tree = tree, .language = LANGUAGE_RU };

    (void)state;
    assert_string_equal(words_iso_date(&page, "soon"), "soon");
    assert_string_equal(words_iso_dates(&page, "2026-11-28", "2026-11-24"), "2026-11-28 – 2026-11-24");
    assert_string_equal(words_iso_dates(&page, "2026-11-24", ""), "2026-11-24 – ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_language_writes_its_way),
        cmocka_unit_test(what_is_no_date_stands_as_it_came),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
