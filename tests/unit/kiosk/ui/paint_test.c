/* Only what changed is painted, and the picture is the same as if everything had been. */
#include "sample.h"

#include <stdio.h>

#include "kiosk/ui/paint.h"

static uint32_t seed;

static uint32_t roll(uint32_t sides)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % sides;
}

static Style random_style(void)
{
    static const float sizes[] = { 0, 0, 12, 25, 40 };
    Style style = { .axis = (Axis)roll(3),
                    .align = (Align)roll(4),
                    .justify = (Justify)roll(4),
                    .gap = (float)roll(6),
                    .pad_left = (float)roll(8),
                    .pad_top = (float)roll(8),
                    .grow = roll(3) == 0 ? 1 : 0,
                    .height = sizes[roll(COUNT(sizes))],
                    .corner = (float)roll(5),
                    .columns = roll(6) == 0 ? 2 : 0,
                    .text = (TextRole)roll(TEXT_DISPLAY),
                    .icon_size = (float)roll(20) };

    if (roll(2))
        style.fill = (Colour)roll(COLOUR_COUNT);
    if (roll(4) == 0)
        style.border = (Colour)roll(COLOUR_COUNT);
    if (roll(4) == 0)
        style.ink = (Colour)roll(COLOUR_COUNT);
    style.shadow = roll(4) == 0;
    style.dashed = roll(5) == 0;
    style.scroll = roll(8) == 0;
    style.ornament = roll(12) == 0;
    return style;
}

static void random_node(Tree *tree, int depth)
{
    static const char *const words[] = {
        "", "Oʻqish", "bir ikki uch toʻrt besh", "12:30", "Справка с места учёбы", "a"
    };
    static const char *const icons[] = { NULL, NULL, "print", "check", "picture-printer", "no such icon" };
    Role role = (Role)roll(ROLE_COUNT);
    Node *node = tree_open(tree, role, roll(3) ? tree_format(tree, "n%zu", tree_count(tree)) : NULL,
                           words[roll(COUNT(words))], random_style());

    node->icon = icons[roll(COUNT(icons))];
    node->state = roll(4) == 0 ? roll(64) : 0;
    node->value = role == ROLE_PROGRESS ? "2/4" : words[roll(COUNT(words))];
    node->error = words[roll(COUNT(words))];
    node->send.act = (uint16_t)roll(2);
    for (uint32_t i = depth > 0 ? roll(5) : 0; i > 0; i--)
        random_node(tree, depth - 1);
    tree_close(tree);
}

/* change: 0, or which node is other than in the tree without change. */
static void random_tree(Ui *ui, uint32_t of, uint32_t change)
{
    Tree *tree = ui_begin(ui, LANGUAGE_UZ);

    seed = of;
    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .gap = 3 });
    for (int i = 0; i < 5; i++)
        random_node(tree, 3);
    if (change > 0) {
        Node *node = tree_at(tree, change % tree_count(tree));
        node->state ^= NODE_CHOSEN | NODE_FILLING;
        node->style.ink = COLOUR_BAD;
        node->style.fill = COLOUR_WARN_TINT;
    }
    ui_lay_out(ui);
}

static void assert_same(const SDL_Surface *a, const SDL_Surface *b, uint32_t round)
{
    for (int y = 0; y < a->h; y++)
        if (memcmp((const char *)a->pixels + y * a->pitch, (const char *)b->pixels + y * b->pitch, (size_t)a->w * 4) !=
            0)
            fail_msg("round %u differs in row %d", round, y);
}

/* A tree and the next, which is the same but for what chance changed: random nodes in the middle of equal ones too. */
static void painting_the_difference_gives_the_whole(void **state)
{
    UiConfig config = glass_config(480, 640, 2, 1);
    Ui *bit = glass_new(&config), *whole = glass_new(&config);
    SDL_Surface *a = glass_surface(480, 640), *b = glass_surface(480, 640);
    SDL_Rect rects[UI_RECTS_MOST];
    int partly = 0;

    (void)state;
    for (uint32_t round = 0; round < 120; round++) {
        UiInput input = { .kind = round % 3 == 0 ? UI_DOWN : UI_FOCUS_NEXT };
        Send send;
        uint32_t of = round / 6 * 1000, change = round % 6 * 5; /* six times nearly the same tree */
        random_tree(bit, of, change);
        random_tree(whole, of, change);
        input.x = (int)(round * 37 % 480);
        input.y = (int)(round * 101 % 640);
        (void)ui_input(bit, &input, &send);
        (void)ui_input(whole, &input, &send);
        int count = ui_paint(bit, a, rects);
        assert_in_range(count, 0, UI_RECTS_MOST);
        for (int i = 0; i < count; i++)
            assert_true(rects[i].x >= 0 && rects[i].y >= 0 && rects[i].x + rects[i].w <= 480 &&
                        rects[i].y + rects[i].h <= 640);
        partly += count > 0 && !(rects[0].w == 480 && rects[0].h == 640);
        ui_damage_all(whole);
        assert_int_equal(ui_paint(whole, b, rects), 1);
        assert_same(a, b, round);
        (void)ui_input(bit, &(UiInput){ .kind = UI_CANCEL }, &send);
        (void)ui_input(whole, &(UiInput){ .kind = UI_CANCEL }, &send);
    }
    printf("%d of 120 painted in part\n", partly);
    assert_true(partly > 40); /* the property was not proven by painting everything */
    SDL_FreeSurface(a);
    SDL_FreeSurface(b);
    ui_free(bit);
    ui_free(whole);
}

static void nothing_outside_the_rectangles_is_touched(void **state)
{
    Ui *ui = glass_portrait();
    SDL_Surface *surface = glass_surface(1080, 1920);
    SDL_Rect rects[UI_RECTS_MOST];
    const uint32_t *pixels = surface->pixels;
    const Node *node;
    UiInput down = { .kind = UI_DOWN };
    Send send;
    int count;

    (void)state;
    sample_home(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    assert_int_equal(ui_paint(ui, surface, rects), 1);
    node = tree_find(ui_tree(ui), "print");
    down.x = node->rect.x + 4;
    down.y = node->rect.y + 4;
    (void)ui_input(ui, &down, &send);
    assert_true(ui_wants_paint(ui));
    memset(surface->pixels, 0, (size_t)surface->pitch * 1920);
    count = ui_paint(ui, surface, rects);
    assert_int_equal(count, 1);
    assert_int_equal(rects[0].x, node->rect.x);
    assert_int_equal(rects[0].y, node->rect.y);
    assert_int_equal(rects[0].w, node->rect.w);
    assert_int_equal(rects[0].h, node->rect.h);
    for (int y = 0; y < 1920; y++)
        for (int x = 0; x < 1080; x++)
            if (!rect_has(node->rect, x, y))
                assert_int_equal(pixels[y * (surface->pitch / 4) + x], 0);
    assert_false(ui_wants_paint(ui));
    assert_int_equal(ui_paint(ui, surface, rects), 0);
    SDL_FreeSurface(surface);
    ui_free(ui);
}

static void one_word_that_changes_is_one_small_rectangle(void **state)
{
    Ui *ui = glass_portrait();
    SDL_Surface *surface = glass_surface(1080, 1920);
    SDL_Rect rects[UI_RECTS_MOST];
    Tree *tree;

    (void)state;
    sample_sign_in(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    assert_int_equal(ui_paint(ui, surface, rects), 1);
    tree = ui_begin(ui, LANGUAGE_UZ);
    sample_sign_in(tree);
    tree_find(tree, "number")->value = tree_text(tree, "3922 4110 078");
    ui_lay_out(ui);
    assert_int_equal(ui_paint(ui, surface, rects), 1);
    assert_true(rects[0].h < 120 && rects[0].w < 400);
    SDL_FreeSurface(surface);
    ui_free(ui);
}

static void another_size_of_surface_is_survived(void **state)
{
    Ui *ui = glass_portrait();
    SDL_Surface *surface = glass_surface(200, 100);
    SDL_Rect rects[UI_RECTS_MOST];

    (void)state;
    sample_attract(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    assert_int_equal(ui_paint(ui, surface, rects), 1);
    assert_int_equal(rects[0].w, 200);
    assert_int_equal(rects[0].h, 100);
    SDL_FreeSurface(surface);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(painting_the_difference_gives_the_whole),
        cmocka_unit_test(nothing_outside_the_rectangles_is_touched),
        cmocka_unit_test(one_word_that_changes_is_one_small_rectangle),
        cmocka_unit_test(another_size_of_surface_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
