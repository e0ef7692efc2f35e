/* The keyboards: every letter is there, large enough, and types what it shows. */
#include "glass.h"

#include <stdio.h>
#include <string.h>

enum { ACT = 7 };

static const KeyboardLabels labels = { .erase = "Oʻchirish",
                                       .clear = "Tozalash",
                                       .space = "boʻsh joy",
                                       .shift = "Katta harf",
                                       .lock = "Katta harf qoladi",
                                       .language = "Harflar" };

static Keyboard plain(KeyboardKind kind)
{
    return (Keyboard){ .kind = kind, .letters = KEYBOARD_RU, .next = KEYBOARD_UZ_CYRL, .labels = labels, .act = ACT };
}

static const Tree *build(Ui *ui, const Keyboard *keyboard, float side)
{
    Tree *tree = ui_begin(ui, LANGUAGE_UZ);

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .justify = JUSTIFY_END, .pad_left = side, .pad_right = side });
    keyboard_build(tree, keyboard);
    assert_false(tree_failed(tree));
    ui_lay_out(ui);
    return ui_tree(ui);
}

static const Tree *build_plain(Ui *ui, KeyboardKind kind)
{
    Keyboard keyboard = plain(kind);

    return build(ui, &keyboard, 0);
}

static const Node *key(const Ui *ui, const char *name)
{
    char id[NODE_ID_SIZE];
    const Node *node;

    (void)snprintf(id, sizeof(id), "key.%s", name);
    node = tree_find(ui_tree(ui), id);
    if (!node)
        fail_msg("no %s", id);
    return node;
}

/* What each alphabet needs; Source: the alphabets of 1995 (Uzbek Latin), 1940 (Uzbek Cyrillic), 1918 (Russian). */
static const struct {
    KeyboardKind kind;
    const char *small, *capital, *capitals;
} alphabets[] = {
    { KEYBOARD_UZ, "a b d e f g h i j k l m n o p q r s t u v x y z oʻ gʻ sh ch ʼ c w",
      "A B D E F G H I J K L M N O P Q R S T U V X Y Z Oʻ Gʻ Sh Ch ʼ C W",
      "A B D E F G H I J K L M N O P Q R S T U V X Y Z Oʻ Gʻ SH CH ʼ C W" },
    { KEYBOARD_UZ_CYRL, "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш ъ ь э ю я ў қ ғ ҳ",
      "А Б В Г Д Е Ё Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Ъ Ь Э Ю Я Ў Қ Ғ Ҳ",
      "А Б В Г Д Е Ё Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Ъ Ь Э Ю Я Ў Қ Ғ Ҳ" },
    { KEYBOARD_RU, "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
      "А Б В Г Д Е Ё Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ъ Ы Ь Э Ю Я",
      "А Б В Г Д Е Ё Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ъ Ы Ь Э Ю Я" },
    { KEYBOARD_EN, "a b c d e f g h i j k l m n o p q r s t u v w x y z '",
      "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z '",
      "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z '" },
    { KEYBOARD_EMAIL, "a b c d e f g h i j k l m n o p q r s t u v w x y z @ . _ - .uz .com",
      "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z @ . _ - .uz .com",
      "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z @ . _ - .uz .com" },
};

static void alphabet_is_whole(Ui *ui, size_t row, KeyboardCase shift)
{
    Keyboard keyboard = plain(alphabets[row].kind);
    Str small = str_from(alphabets[row].small), typed = small;

    keyboard.shift = shift;
    if (shift != KEYBOARD_SMALL)
        typed = str_from(shift == KEYBOARD_CAPITAL ? alphabets[row].capital : alphabets[row].capitals);
    build(ui, &keyboard, 0);
    while (small.ptr) {
        Str name = str_split(&small, ' '), wanted = str_split(&typed, ' ');
        char id[32];
        const Node *node;
        Send send = { 0 };

        assert_true(str_copy(name, id, sizeof id));
        node = key(ui, id);
        assert_int_equal(node->role, ROLE_KEY);
        assert_int_equal(node->send.act, ACT);
        if (!str_equal_text(wanted, node->label))
            fail_msg("%s shows %s", id, node->label);
        assert_string_equal(node->label, keyboard_text(node->send.arg, shift));
        assert_true(ui_tap(ui, node->id, &send));
        assert_int_equal(send.arg, node->send.arg);
    }
    assert_null(typed.ptr);
}

static void every_alphabet_is_whole(void **state)
{
    Ui *ui = glass_portrait();

    (void)state;
    for (size_t i = 0; i < COUNT(alphabets); i++)
        for (int shift = KEYBOARD_SMALL; shift <= KEYBOARD_CAPITALS; shift++)
            alphabet_is_whole(ui, i, (KeyboardCase)shift);
    ui_free(ui);
}

/* On every keyboard, in every case: a key that types shows what it types, once. */
static void every_key_types_what_it_shows(void **state)
{
    Ui *ui = glass_portrait();

    (void)state;
    for (int kind = 0; kind < KEYBOARD_KIND_COUNT; kind++)
        for (int shift = KEYBOARD_SMALL; shift <= KEYBOARD_CAPITALS; shift++) {
            Keyboard keyboard = plain((KeyboardKind)kind);
            size_t typing = 0;
            keyboard.shift = (KeyboardCase)shift;
            const Tree *tree = build(ui, &keyboard, 0);

            for (size_t i = 0; i < tree_count(tree); i++) {
                const Node *node = tree_at(tree, i);
                const char *types = node->role == ROLE_KEY ? keyboard_text(node->send.arg, keyboard.shift) : NULL;

                if (!types)
                    continue;
                typing++;
                if (strcmp(node->id, "key.space") != 0)
                    assert_string_equal(node->label, types);
                for (size_t k = 0; k < i; k++)
                    if (tree_at(tree, k)->role == ROLE_KEY && tree_at(tree, k)->send.arg == node->send.arg)
                        fail_msg("%s twice on %d", node->id, kind);
            }
            assert_true(typing >= 10);
        }
    ui_free(ui);
}

static void every_mark_of_ascii_can_be_typed(void **state)
{
    Ui *ui = glass_portrait();
    const Tree *tree;

    (void)state;
    tree = build_plain(ui, KEYBOARD_SYMBOLS);
    for (char c = '!'; c <= '~'; c++) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), found = false;
        char mark[2] = { c, 0 };
        for (size_t i = 0; i < tree_count(tree); i++) {
            const char *types = keyboard_text(tree_at(tree, i)->send.arg, KEYBOARD_SMALL);
            found |= types && tree_at(tree, i)->send.act == ACT && strcmp(types, mark) == 0;
        }
        if (!letter && !found)
            fail_msg("%c", c);
    }
    ui_free(ui);
}

static void functions_are_not_characters(void **state)
{
    Ui *ui = glass_portrait();
    Keyboard keyboard = plain(KEYBOARD_NUMBERS);

    (void)state;
    build_plain(ui, KEYBOARD_UZ);
    assert_int_equal(key(ui, "erase")->send.arg, KEYBOARD_ERASE);
    assert_int_equal(key(ui, "shift")->send.arg, KEYBOARD_SHIFT);
    assert_int_equal(key(ui, "clear")->send.arg, KEYBOARD_CLEAR);
    assert_int_equal(key(ui, "symbols")->send.arg, KEYBOARD_TO_SYMBOLS);
    assert_int_equal(key(ui, "language")->send.arg, KEYBOARD_NEXT_LETTERS);
    assert_string_equal(keyboard_text(key(ui, "space")->send.arg, KEYBOARD_SMALL), " ");
    build_plain(ui, KEYBOARD_SYMBOLS);
    assert_int_equal(key(ui, "letters")->send.arg, KEYBOARD_TO_LETTERS);
    assert_string_equal(key(ui, "letters")->label, "АБВ");
    build_plain(ui, KEYBOARD_NUMBERS);
    assert_int_equal(key(ui, "clear")->send.arg, KEYBOARD_CLEAR);
    keyboard.minus = true;
    build(ui, &keyboard, 0);
    assert_string_equal(keyboard_text(key(ui, "-")->send.arg, KEYBOARD_SMALL), "-");
    for (uint16_t arg = 0; arg < KEYBOARD_FIRST_TEXT; arg++)
        assert_null(keyboard_text(arg, KEYBOARD_SMALL));
    assert_null(keyboard_text(5000, KEYBOARD_CAPITAL));
    ui_free(ui);
}

static void one_language_alone_has_no_key_for_others(void **state)
{
    Ui *ui = glass_portrait();
    Keyboard keyboard = plain(KEYBOARD_EN);

    (void)state;
    keyboard.next = KEYBOARD_NUMBERS;
    build(ui, &keyboard, 0);
    assert_null(tree_find(ui_tree(ui), "key.language"));
    ui_free(ui);
}

/* --- sizes -------------------------------------------------------------------------------------------------------- */

static const struct {
    int width, height;
    float px_mm;
} panels[] = { { 1080, 1920, 3.2154F }, { 1920, 1080, 3.6496F }, { 1280, 800, 3.8168F } };

static const float scales[] = { 1, 1.25F, 1.5F, 2 };

static bool apart(const Node *a, const Node *b, int gap)
{
    return a->rect.x + a->rect.w + gap <= b->rect.x || b->rect.x + b->rect.w + gap <= a->rect.x ||
           a->rect.y + a->rect.h + gap <= b->rect.y || b->rect.y + b->rect.h + gap <= a->rect.y;
}

/* The floors of the look: 9 mm a key of the full keyboard and 15 of the pad, 3 mm between two, nothing cut. */
static void keys_hold(const Tree *tree, float least, float px_mm, int width)
{
    for (size_t i = 0; i < tree_count(tree); i++) {
        const Node *a = tree_at(tree, i);
        if (a->cut)
            fail_msg("%s \"%s\" is cut", a->id, a->label);
        if (a->role != ROLE_KEY)
            continue;
        if ((float)a->rect.w < least * px_mm || (float)a->rect.h < least * px_mm - 0.5F)
            fail_msg("%s is %d x %d", a->id, a->rect.w, a->rect.h);
        assert_true(a->rect.x >= 0 && a->rect.x + a->rect.w <= width);
        for (size_t k = i + 1; k < tree_count(tree); k++)
            if (tree_at(tree, k)->role == ROLE_KEY && !apart(a, tree_at(tree, k), (int)(3 * px_mm)))
                fail_msg("%s and %s", a->id, tree_at(tree, k)->id);
    }
}

static void keeps_its_floor(Ui *ui, size_t panel, KeyboardKind kind, bool flat, int part)
{
    Keyboard keyboard = plain(kind);
    bool pad = kind == KEYBOARD_NUMBERS;
    float least = keyboard_height_least(kind, flat), most = keyboard_height_most(kind, flat);

    keyboard.height = least + (most - least) * (float)part / 4;
    keyboard.flat = flat;
    keyboard.width = (float)panels[panel].width / panels[panel].px_mm - 32;
    const Tree *tree = build(ui, &keyboard, pad ? 16 : 0);
    const Node *bed = tree_find(tree, "keyboard");
    assert_non_null(bed);
    if ((float)bed->rect.h > (keyboard.height + 0.5F) * panels[panel].px_mm + 5)
        fail_msg("keyboard %d is %d px high for %.0f mm", kind, bed->rect.h, (double)keyboard.height);
    keys_hold(tree, pad ? 15 : 9, panels[panel].px_mm, panels[panel].width);
}

static void keys_keep_their_floor_on_every_panel(void **state)
{
    (void)state;
    for (size_t p = 0; p < COUNT(panels); p++)
        for (size_t s = 0; s < COUNT(scales); s++) {
            UiConfig config = glass_config(panels[p].width, panels[p].height, panels[p].px_mm, scales[s]);
            Ui *ui = glass_new(&config);
            for (int kind = 0; kind < KEYBOARD_KIND_COUNT; kind++)
                for (int part = 0; part <= 4; part++) {
                    keeps_its_floor(ui, p, (KeyboardKind)kind, false, part);
                    if (kind == KEYBOARD_NUMBERS)
                        keeps_its_floor(ui, p, (KeyboardKind)kind, true, part);
                }
            ui_free(ui);
        }
}

static void keys_are_as_the_look_has_them(void **state)
{
    static const struct {
        KeyboardKind kind;
        float side, wide, high;
    } cases[] = { { KEYBOARD_UZ, 0, 23, 32 },      { KEYBOARD_EN, 0, 20, 32 },      { KEYBOARD_RU, 0, 20, 32 },
                  { KEYBOARD_UZ_CYRL, 0, 20, 32 }, { KEYBOARD_SYMBOLS, 0, 20, 32 }, { KEYBOARD_EMAIL, 0, 17, 32 },
                  { KEYBOARD_NUMBERS, 16, 98, 43 } };
    Ui *ui = glass_portrait();

    (void)state;
    for (size_t c = 0; c < COUNT(cases); c++) {
        Keyboard keyboard = plain(cases[c].kind);
        const Tree *tree = build(ui, &keyboard, cases[c].side);
        for (size_t i = 0; i < tree_count(tree); i++) {
            const Node *a = tree_at(tree, i);
            if (a->role != ROLE_KEY)
                continue;
            if ((float)a->rect.w < cases[c].wide * PORTRAIT_PX_MM ||
                (float)a->rect.h < cases[c].high * PORTRAIT_PX_MM - 1)
                fail_msg("%s of %d is %d x %d", a->id, cases[c].kind, a->rect.w, a->rect.h);
        }
    }
    ui_free(ui);
}

/* --- touch -------------------------------------------------------------------------------------------------------- */

static void a_key_acts_on_touch_and_only_once(void **state)
{
    Ui *ui = glass_portrait();
    const Node *node;
    UiInput input = { .kind = UI_DOWN };
    Send send = { 0 };

    (void)state;
    build_plain(ui, KEYBOARD_UZ);
    node = key(ui, "g");
    input.x = node->rect.x + 5;
    input.y = node->rect.y + 5;
    assert_true(ui_input(ui, &input, &send));
    assert_int_equal(send.arg, node->send.arg);
    input.kind = UI_UP;
    assert_false(ui_input(ui, &input, &send));
    ui_free(ui);
}

static void keys_with_pictures_can_be_spoken(void **state)
{
    Ui *ui = glass_portrait();
    Keyboard keyboard = plain(KEYBOARD_UZ);
    Buf buf;

    (void)state;
    buf_init(&buf, 1 << 14);
    keyboard.shift = KEYBOARD_CAPITAL;
    tree_speech(build(ui, &keyboard, 0), &buf);
    assert_non_null(strstr(buf_text(&buf), "\nOʻchirish (key)\n"));
    assert_non_null(strstr(buf_text(&buf), "\nKatta harf (key, chosen)\n"));
    assert_non_null(strstr(buf_text(&buf), "\nHarflar, Ўзб (key)\n"));
    buf_clear(&buf);
    keyboard.shift = KEYBOARD_CAPITALS;
    tree_speech(build(ui, &keyboard, 0), &buf);
    assert_non_null(strstr(buf_text(&buf), "\nKatta harf qoladi (key, chosen)\n"));
    buf_fini(&buf);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_alphabet_is_whole),
        cmocka_unit_test(every_key_types_what_it_shows),
        cmocka_unit_test(every_mark_of_ascii_can_be_typed),
        cmocka_unit_test(functions_are_not_characters),
        cmocka_unit_test(one_language_alone_has_no_key_for_others),
        cmocka_unit_test(keys_keep_their_floor_on_every_panel),
        cmocka_unit_test(keys_are_as_the_look_has_them),
        cmocka_unit_test(a_key_acts_on_touch_and_only_once),
        cmocka_unit_test(keys_with_pictures_can_be_spoken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
