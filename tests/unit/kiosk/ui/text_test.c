/* Lines of text: widths, breaking, coverage, forgetting. */
#include "glass.h"

#include <stdio.h>

#include "kiosk/ui/text.h"

static const Metrics metrics = { 1080, 1920, PORTRAIT_PX_MM, 1 };

static Text *new_text(void)
{
    Error err = { 0 };
    Text *text = text_new(BINARY_DIR "/fonts", &err);

    if (!text)
        fail_msg("%s", err.text);
    return text;
}

static TextLook look_of(TextRole role, bool tabular)
{
    return metrics_look(&metrics, role, WEIGHT_OF_ROLE, tabular, LANGUAGE_UZ);
}

static const struct {
    const char *name, *words;
} scripts[] = {
    { "Uzbek, Latin", "Oʻqish joyidan maʼlumotnoma gʻoyat tez tayyorlanadi, bir daqiqada, shu yerning oʻzida." },
    { "Uzbek, Cyrillic", "Ўқиш жойидан маълумотнома ғоят тез тайёрланади, бир дақиқада, шу ернинг ўзида, ҳар куни." },
    { "Russian", "Справка с места учёбы готовится очень быстро, за одну минуту, прямо здесь — в любой день." },
    { "Greek", "Η βεβαίωση σπουδών ετοιμάζεται πολύ γρήγορα, σε ένα λεπτό, εδώ ακριβώς, κάθε μέρα." },
    { "Vietnamese", "Giấy xác nhận sinh viên được chuẩn bị rất nhanh, trong một phút, ngay tại đây, mỗi ngày." },
    { "Abkhaz, with letters of the other face",
      "Ашәҟәы аҵарадырра аҟынтәи ирласны иԥҵоит, минуткала, абраҟа, есымша, аҟәаҟа." },
};

static void words_wrap_in_every_script(void **state)
{
    Text *text = new_text();
    TextLook look = look_of(TEXT_BODY, false);

    (void)state;
    for (size_t i = 0; i < COUNT(scripts); i++)
        for (int width = 260; width < 1200; width += 170) {
            TextLine lines[32];
            bool torn = true;
            size_t count = text_wrap(text, &look, str_from(scripts[i].words), width, lines, COUNT(lines), &torn);
            const char *at = scripts[i].words;
            if (torn || count == 0)
                fail_msg("%s at %d: torn", scripts[i].name, width);
            for (size_t k = 0; k < count; k++) {
                assert_true(lines[k].width <= width);
                assert_int_equal(lines[k].width, text_width(text, &look, lines[k].words));
                while (*at == ' ') /* only the blanks at breaks are gone */
                    at++;
                assert_ptr_equal(lines[k].words.ptr, at);
                assert_true(lines[k].words.len > 0 && lines[k].words.ptr[lines[k].words.len - 1] != ' ');
                at += lines[k].words.len;
            }
            assert_int_equal(*at, 0);
            assert_non_null(text_mask(text, &look, lines[0].words));
        }
    text_free(text);
}

static void letters_that_inter_lacks_come_from_the_other_face(void **state)
{
    Error err = { 0 };
    Fonts *fonts = fonts_new(BINARY_DIR "/fonts", &err);
    TextLook look = look_of(TEXT_BODY, false);
    Letter letters[64];
    size_t count;

    (void)state;
    assert_non_null(fonts);
    count = fonts_shape(fonts, &look, STR("Oʻzbek ҟә Ўзбек"), letters, COUNT(letters));
    assert_int_equal(count, utf8_count(STR("Oʻzbek ҟә Ўзбек")));
    for (size_t i = 0; i < count; i++) {
        bool lacks = i == 7; /* ҟ */
        assert_true(i == 0 || letters[i].x > letters[i - 1].x);
        assert_int_equal(lacks, letters[i].face != letters[0].face && i != 8);
    }
    fonts_free(fonts);
}

static void lines_are_as_full_as_they_can_be(void **state)
{
    Text *text = new_text();
    TextLook look = look_of(TEXT_BODY, false);
    Str words = str_from(scripts[0].words);
    TextLine lines[32];
    bool torn;
    size_t count = text_wrap(text, &look, words, 500, lines, COUNT(lines), &torn);

    (void)state;
    for (size_t i = 0; i + 1 < count; i++) {
        const char *next = lines[i + 1].words.ptr, *end = next + strcspn(next, " ");
        Str longer = { lines[i].words.ptr, (size_t)(end - lines[i].words.ptr) };
        assert_true(text_width(text, &look, longer) > 500);
    }
    text_free(text);
}

static void breaking_rules(void **state)
{
    static const struct {
        const char *name, *words;
        int width;
        size_t lines;
        bool torn;
    } cases[] = {
        { "nothing", "", 100, 0, false },
        { "a break that was written", "bir\nikki", 1000, 2, false },
        { "an empty line", "bir\n\nikki", 1000, 3, false },
        { "no break at a no-break space", "2026-yil\u00a024-noyabr", 1000, 1, false },
        { "after a hyphen", "ota-onamning", 140, 2, false },
        { "a figure keeps what hangs on it by a hyphen", "2026-yilda", 120, 2, true },
        { "... and by a slash", "2026/004817", 120, 2, true },
        { "... and what stands before it", "M-2026", 60, 2, true },
        { "inside a word that is too long", "Mustaqillikkaerishganlar", 120, 3, true },
        { "a character that is too wide", "WW", 4, 2, true },
        { "blanks alone", "   ", 100, 1, false },
    };
    Text *text = new_text();
    TextLook look = look_of(TEXT_BODY, false);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        TextLine lines[32];
        bool torn;
        size_t count = text_wrap(text, &look, str_from(cases[i].words), cases[i].width, lines, COUNT(lines), &torn);
        if (count != cases[i].lines || torn != cases[i].torn)
            fail_msg("%s: %zu lines, torn %d", cases[i].name, count, torn);
    }
    text_free(text);
}

static void too_many_lines_are_told(void **state)
{
    Text *text = new_text();
    TextLook look = look_of(TEXT_BODY, false);
    TextLine lines[2];
    bool torn = false;

    (void)state;
    assert_int_equal(text_wrap(text, &look, STR("bir ikki uch toʻrt besh"), 90, lines, 2, &torn), 2);
    assert_true(torn);
    assert_int_equal(text_wrap(text, &look, STR("a\nb\nc"), 900, lines, 2, &torn), 2);
    assert_true(torn);
    text_free(text);
}

static void figures_stand_in_equal_cells(void **state)
{
    Text *text = new_text();
    TextLook even = look_of(TEXT_HEADING, true), free = look_of(TEXT_BODY, false);
    int width = text_width(text, &even, STR("0000"));

    (void)state;
    assert_int_equal(text_width(text, &even, STR("1111")), width);
    assert_int_equal(text_width(text, &even, STR("7284")), width);
    assert_true(text_width(text, &free, STR("1111")) < text_width(text, &free, STR("0000")));
    text_free(text);
}

static void titles_are_kerned_and_tracked(void **state)
{
    Text *text = new_text();
    TextLook title = look_of(TEXT_TITLE, false), wide = title;
    int parts = text_width(text, &title, STR("A")) + text_width(text, &title, STR("V"));

    (void)state;
    assert_true(title.tracking < 0);
    wide.tracking = 0;
    assert_true(text_width(text, &wide, STR("AV")) <
                text_width(text, &wide, STR("A")) + text_width(text, &wide, STR("V")) - 1);
    assert_true(text_width(text, &title, STR("Salom")) < text_width(text, &wide, STR("Salom")));
    assert_true(text_width(text, &title, STR("AV")) < parts);
    text_free(text);
}

static void capitals_are_as_high_as_the_role_says(void **state)
{
    static const struct {
        TextRole role;
        int px; /* round(mm x 3.2154) */
    } cases[] = {
        { TEXT_BODY, 19 }, { TEXT_TITLE, 32 }, { TEXT_DISPLAY, 55 }, { TEXT_HERO, 109 }, { TEXT_CAPTION, 15 }
    };
    Text *text = new_text();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        TextLook look = look_of(cases[i].role, false);
        const Mask *mask = text_mask(text, &look, STR("H"));
        assert_non_null(mask);
        assert_in_range(mask->height, cases[i].px - 1, cases[i].px + 1);
        assert_in_range(-mask->top, cases[i].px - 1, cases[i].px + 1); /* it stands on the baseline */
    }
    text_free(text);
}

/* Upright letters at both ends leave no more than their own sides free; nothing is drawn beyond what was counted. */
static void a_line_is_drawn_as_wide_as_it_is_counted(void **state)
{
    static const char *const lines[] = { "Hamma AVTO yoʻllari, Tashkent — TVÅ, WAH", "Нукус, Ўзбекистон, ТАДБИРКОРН",
                                         "H 2026-11-0457, 14:32 H", "Haҟәaҟaҟә VAVAVAVAVAH" };
    Text *text = new_text();

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++)
        for (unsigned k = 0; k < 2 * TEXT_HERO; k++) {
            TextLook look = look_of((TextRole)(k / 2), k % 2);
            int width = text_width(text, &look, str_from(lines[i])), side = look.size / 64 / 8 + 2;
            const Mask *mask = text_mask(text, &look, str_from(lines[i]));
            assert_non_null(mask);
            assert_in_range(mask->left + mask->width, width - side, width);
            assert_in_range(mask->left, 0, side);
        }
    text_free(text);
}

/* SDL_ttf moves down what is higher than the face says: a line must stay on its baseline nevertheless. */
static void high_letters_stand_on_the_baseline(void **state)
{
    static const char *const high[] = { "Ế", "Ẫ", "HỂH", "Ѐ", "E\u0302\u0301" };
    Text *text = new_text();

    (void)state;
    for (size_t i = 0; i < COUNT(high); i++)
        for (TextRole role = 0; role < TEXT_ROLE_COUNT; role++) {
            TextLook look = look_of(role, false);
            const Mask *mask = text_mask(text, &look, str_from(high[i]));
            assert_non_null(mask);
            assert_in_range(mask->top + mask->height + 1, 0, 2);
            assert_true(-mask->top > look.size * 7 / 8 / 64);
        }
    text_free(text);
}

static void letters_hang_out_to_the_left(void **state)
{
    Text *text = new_text();
    TextLook hero = look_of(TEXT_HERO, false);
    const Mask *mask = text_mask(text, &hero, STR("j"));

    (void)state;
    assert_non_null(mask);
    assert_in_range(-mask->left, 1, 20);
    text_free(text);
}

static void what_is_huge_or_strange_is_survived(void **state)
{
    static char huge[200001];
    static const char *const strange[] = { "\U0001f600", "\u0301", "a\u0301\u0301\u0301", "\t", "\u200b", "\u202e",
                                           "مرحبا",      "漢字" };
    Text *text = new_text();
    TextLook look = look_of(TEXT_BODY, false), hero = look_of(TEXT_HERO, false);
    TextLine lines[64];
    bool torn;
    int widest, piece;

    (void)state;
    memset(huge, 'w', sizeof(huge) - 1);
    assert_int_equal(text_wrap(text, &look, str_from(huge), 500, lines, COUNT(lines), &torn), COUNT(lines));
    assert_true(torn);
    text_measure(text, &hero, str_from(huge), &widest, &piece);
    assert_true(widest > 1000 && piece <= widest);
    assert_non_null(text_mask(text, &hero, str_from(huge)));
    for (size_t i = 0; i < COUNT(strange); i++) {
        (void)text_mask(text, &look, str_from(strange[i]));
        (void)text_wrap(text, &look, str_from(strange[i]), 10, lines, COUNT(lines), &torn);
    }
    assert_null(text_mask(text, &look, STR("")));
    text_free(text);
}

static void lines_are_kept_within_bounds_and_forgotten(void **state)
{
    Text *text = new_text();
    TextLook look = look_of(TEXT_BODY, false);

    (void)state;
    for (int i = 0; i < 3000; i++) {
        char words[32];
        (void)snprintf(words, sizeof(words), "qator %d", i);
        (void)text_mask(text, &look, str_from(words));
    }
    assert_in_range(text_kept(text), 500, 1024);
    text_forget(text);
    assert_int_equal(text_kept(text), 0);
    assert_non_null(text_mask(text, &look, STR("yana")));
    assert_int_equal(text_kept(text), 1);
    text_free(text);
}

static void folders_without_fonts_are_refused(void **state)
{
    Error err = { 0 };

    (void)state;
    assert_null(text_new(SOURCE_DIR "/src", &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "Inter-Regular.otf"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_wrap_in_every_script),
        cmocka_unit_test(letters_that_inter_lacks_come_from_the_other_face),
        cmocka_unit_test(lines_are_as_full_as_they_can_be),
        cmocka_unit_test(breaking_rules),
        cmocka_unit_test(too_many_lines_are_told),
        cmocka_unit_test(figures_stand_in_equal_cells),
        cmocka_unit_test(titles_are_kerned_and_tracked),
        cmocka_unit_test(capitals_are_as_high_as_the_role_says),
        cmocka_unit_test(a_line_is_drawn_as_wide_as_it_is_counted),
        cmocka_unit_test(high_letters_stand_on_the_baseline),
        cmocka_unit_test(letters_hang_out_to_the_left),
        cmocka_unit_test(what_is_huge_or_strange_is_survived),
        cmocka_unit_test(lines_are_kept_within_bounds_and_forgotten),
        cmocka_unit_test(folders_without_fonts_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
