/* The keyboards: every letter is there, large enough, and types what it shows. */
#include "glass.h"

#include <stdio.h>

static const KeyboardLabels labels = {
    .erase = "Oʻchirish", .clear = "Tozalash", .space = "boʻsh joy", .shift = "Katta harf"
};

enum { ACT = 7 };

static void build(Ui *ui, KeyboardKind kind, bool shifted, float side)
{
    Tree *tree = ui_begin(ui, LANGUAGE_UZ);

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .justify = JUSTIFY_END, .pad_left = side, .pad_right = side });
    keyboard_build(tree, kind, shifted, labels, ACT);
    assert_false(tree_failed(tree));
    ui_lay_out(ui);
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

static void all_letters_type_what_they_show(void **state)
{
    static const char *const letters[] = { "a", "b", "c", "d", "e",  "f",  "g",  "h",  "i", "j", "k",
                                           "l", "m", "n", "o", "p",  "q",  "r",  "s",  "t", "u", "v",
                                           "w", "x", "y", "z", "oʻ", "gʻ", "sh", "ch", "ʼ" };
    Ui *ui = glass_portrait();

    (void)state;
    for (int shifted = 0; shifted < 2; shifted++) {
        build(ui, KEYBOARD_LATIN, shifted, 0);
        for (size_t i = 0; i < COUNT(letters); i++) {
            const Node *node = key(ui, letters[i]);
            Send send = { 0 };
            assert_int_equal(node->role, ROLE_KEY);
            assert_int_equal(node->send.act, ACT);
            assert_string_equal(node->label, keyboard_text(node->send.arg, shifted));
            assert_true(ui_tap(ui, node->id, &send));
            assert_int_equal(send.arg, node->send.arg);
        }
        assert_string_equal(key(ui, "oʻ")->label, shifted ? "Oʻ" : "oʻ");
        assert_string_equal(key(ui, "sh")->label, shifted ? "Sh" : "sh");
    }
    assert_string_equal(keyboard_text(key(ui, "space")->send.arg, false), " ");
    ui_free(ui);
}

static void every_mark_of_ascii_can_be_typed(void **state)
{
    Ui *ui = glass_portrait();
    Tree *tree;

    (void)state;
    build(ui, KEYBOARD_SYMBOLS, false, 0);
    tree = (Tree *)(uintptr_t)ui_tree(ui);
    for (char c = '!'; c <= '~'; c++) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), found = false;
        char mark[2] = { c, 0 };
        for (size_t i = 0; i < tree_count(tree); i++) {
            const char *types = keyboard_text(tree_at(tree, i)->send.arg, false);
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

    (void)state;
    build(ui, KEYBOARD_LATIN, false, 0);
    assert_int_equal(key(ui, "erase")->send.arg, KEYBOARD_ERASE);
    assert_int_equal(key(ui, "shift")->send.arg, KEYBOARD_SHIFT);
    assert_int_equal(key(ui, "clear")->send.arg, KEYBOARD_CLEAR);
    assert_int_equal(key(ui, "symbols")->send.arg, KEYBOARD_TO_SYMBOLS);
    build(ui, KEYBOARD_SYMBOLS, false, 0);
    assert_int_equal(key(ui, "latin")->send.arg, KEYBOARD_TO_LATIN);
    build(ui, KEYBOARD_NUMBERS, false, 16);
    assert_int_equal(key(ui, "latin")->send.arg, KEYBOARD_TO_LATIN);
    for (uint16_t arg = 0; arg < KEYBOARD_FIRST_TEXT; arg++)
        assert_null(keyboard_text(arg, false));
    assert_null(keyboard_text(5000, true));
    ui_free(ui);
}

/* The floors of the look: 9 mm a key of the full keyboard, 15 for ours; 20 and more for the pad; 3 mm between. */
static void keys_are_large_enough_and_apart(void **state)
{
    static const struct {
        KeyboardKind kind;
        float side, wide, high;
    } cases[] = { { KEYBOARD_LATIN, 0, 23, 32 }, { KEYBOARD_SYMBOLS, 0, 23, 32 }, { KEYBOARD_NUMBERS, 16, 98, 43 } };
    Ui *ui = glass_portrait();

    (void)state;
    for (size_t c = 0; c < COUNT(cases); c++) {
        build(ui, cases[c].kind, false, cases[c].side);
        for (size_t i = 0; i < tree_count(ui_tree(ui)); i++) {
            const Node *a = tree_at(ui_tree(ui), i);
            assert_false(a->cut);
            if (a->role != ROLE_KEY)
                continue;
            assert_true((float)a->rect.w >= cases[c].wide * PORTRAIT_PX_MM);
            assert_true((float)a->rect.h >= cases[c].high * PORTRAIT_PX_MM - 0.5F);
            assert_true(a->rect.x >= 0 && a->rect.x + a->rect.w <= 1080);
            for (size_t k = i + 1; k < tree_count(ui_tree(ui)); k++) {
                const Node *b = tree_at(ui_tree(ui), k);
                bool apart = a->rect.x + a->rect.w + 10 <= b->rect.x || b->rect.x + b->rect.w + 10 <= a->rect.x ||
                             a->rect.y + a->rect.h + 10 <= b->rect.y || b->rect.y + b->rect.h + 10 <= a->rect.y;
                if (b->role == ROLE_KEY && !apart)
                    fail_msg("%s and %s", a->id, b->id);
            }
        }
    }
    ui_free(ui);
}

static void a_key_acts_on_touch_and_only_once(void **state)
{
    Ui *ui = glass_portrait();
    const Node *node;
    UiInput input = { .kind = UI_DOWN };
    Send send = { 0 };

    (void)state;
    build(ui, KEYBOARD_LATIN, false, 0);
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
    Buf buf;

    (void)state;
    buf_init(&buf, 1 << 14);
    build(ui, KEYBOARD_LATIN, true, 0);
    tree_speech(ui_tree(ui), &buf);
    assert_non_null(strstr(buf_text(&buf), "\nOʻchirish (key)\n"));
    assert_non_null(strstr(buf_text(&buf), "\nKatta harf (key, chosen)\n"));
    buf_fini(&buf);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_letters_type_what_they_show),   cmocka_unit_test(every_mark_of_ascii_can_be_typed),
        cmocka_unit_test(functions_are_not_characters),      cmocka_unit_test(keys_are_large_enough_and_apart),
        cmocka_unit_test(a_key_acts_on_touch_and_only_once), cmocka_unit_test(keys_with_pictures_can_be_spoken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
