/* Secrets in a field: dots, and for a moment the last letter, which nothing but the glass tells. */
#include "glass.h"

static const Tree *build(Ui *ui, const char *value, unsigned state)
{
    Tree *tree = ui_begin(ui, LANGUAGE_UZ);

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    Node *field = tree_leaf(tree, ROLE_FIELD, "password", "Parol", (Style){ .axis = AXIS_ROW });
    field->value = tree_text(tree, value);
    field->state |= state;
    tree_close(tree);
    ui_lay_out(ui);
    return ui_tree(ui);
}

/* What is painted anew when the second takes the first one's place; 0: they look the same. */
static int differences(const char *one, unsigned one_state, const char *other, unsigned other_state)
{
    SDL_Surface *surface = glass_surface(1080, 1920);
    SDL_Rect rects[UI_RECTS_MOST];
    Ui *ui = glass_portrait();

    build(ui, one, one_state);
    (void)ui_paint(ui, surface, rects);
    build(ui, other, other_state);
    int count = ui_paint(ui, surface, rects);
    ui_free(ui);
    SDL_FreeSurface(surface);
    return count;
}

static void the_last_letter_is_drawn_while_it_may(void **state)
{
    unsigned secret = NODE_SECRET, peeked = NODE_SECRET | NODE_PEEK;

    (void)state;
    assert_int_equal(differences("bahor", secret, "bahok", secret), 0); /* five dots are five dots */
    assert_int_not_equal(differences("bahor", secret, "bahor", peeked), 0);
    assert_int_not_equal(differences("bahor", peeked, "bahok", peeked), 0);
    assert_int_equal(differences("bahor", peeked, "qizor", peeked), 0); /* none but the last */
    assert_int_equal(differences("", secret, "", peeked), 0);
}

static void a_long_secret_shows_its_end(void **state)
{
#define THIRTY "aaaaaaaaaabbbbbbbbbbcccccccccc"
    unsigned peeked = NODE_SECRET | NODE_PEEK;
    Ui *ui = glass_portrait();

    (void)state;
    const Tree *tree = build(ui, THIRTY THIRTY THIRTY "ў", peeked);
    for (size_t i = 0; i < tree_count(tree); i++)
        assert_false(tree_at(tree, i)->cut);
    assert_int_not_equal(differences(THIRTY THIRTY THIRTY "ў", peeked, THIRTY THIRTY THIRTY "қ", peeked), 0);
    ui_free(ui);
}

static void nothing_else_tells_it(void **state)
{
    Ui *ui = glass_portrait();
    OWNED_BUF told;

    (void)state;
    buf_init(&told, 1u << 16);
    const Tree *tree = build(ui, "bahor2026!Q", NODE_SECRET | NODE_PEEK | NODE_FILLING);
    tree_print(tree, &told);
    tree_speech(tree, &told);
    assert_non_null(strstr(buf_text(&told), "***********"));
    assert_null(strstr(buf_text(&told), "Q"));
    assert_null(strstr(buf_text(&told), "bahor"));
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_letter_is_drawn_while_it_may),
        cmocka_unit_test(a_long_secret_shows_its_end),
        cmocka_unit_test(nothing_else_tells_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
