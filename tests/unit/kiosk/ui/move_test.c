/* A new screen moves in: it delays nothing, ends at once, and leaves nothing behind. */
#include "sample.h"

#include <stdio.h>
#include <time.h>

#include "base/memory.h"
#include "kiosk/ui/move.h"

static int64_t now_ms;

static int64_t fake_now(void *ctx)
{
    (void)ctx;
    return now_ms;
}

static const Clock fake_clock = { fake_now, fake_now, NULL };

typedef struct Glass {
    Ui *ui;
    SDL_Surface *surface;
    SDL_Rect rects[UI_RECTS_MOST];
} Glass;

static Glass glass(const Clock *clock, bool calm)
{
    UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, 1);

    config.clock = clock;
    config.calm = calm;
    now_ms = 1000;
    return (Glass){ .ui = glass_new(&config), .surface = glass_surface(1080, 1920) };
}

static void glass_end(Glass *glass)
{
    ui_free(glass->ui);
    SDL_FreeSurface(glass->surface);
}

/* Strip, content and bar, as the screens have them. */
static void build(Ui *ui, const char *screen, const char *title)
{
    Tree *tree = ui_begin(ui, LANGUAGE_UZ);

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    tree_open(tree, ROLE_GROUP, "content", NULL,
              (Style){ .grow = 1, .scroll = true, .pad_top = 12, .pad_left = 16, .pad_right = 16 });
    sample_title(tree, title, "Tanlaganingiz hujjatning oxirgi qatorida yoziladi.");
    sample_answer(tree, "Bankka", "Taʼlim krediti uchun", false);
    sample_button(tree, "answer", "Boshqa joyga", NULL, false, SAMPLE_SECOND);
    tree_close(tree);
    sample_bar(tree, "Orqaga", "Davom etish");
    ui_screen(ui, screen);
    ui_lay_out(ui);
}

static int paint(Glass *glass)
{
    return ui_paint(glass->ui, glass->surface, glass->rects);
}

/* The same tree painted at once on a glass of its own. */
static bool is_final(Glass *glass, const char *screen, const char *title)
{
    UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, 1);
    SDL_Surface *whole = glass_surface(1080, 1920);
    Ui *ui = glass_new(&config);
    SDL_Rect rects[UI_RECTS_MOST];
    bool same;

    build(ui, screen, title);
    assert_true(ui_paint(ui, whole, rects) > 0);
    same = memcmp(whole->pixels, glass->surface->pixels, (size_t)whole->pitch * (size_t)whole->h) == 0;
    SDL_FreeSurface(whole);
    ui_free(ui);
    return same;
}

static void begin_move(Glass *glass)
{
    build(glass->ui, "one", "Birinchi");
    (void)paint(glass);
    now_ms += UI_MOVE_MS;
    (void)paint(glass);
    assert_int_equal(ui_next_frame_ms(glass->ui), -1);
    build(glass->ui, "two", "Ikkinchi savol");
    assert_true(paint(glass) > 0);
}

static void a_new_screen_is_on_its_way_in_the_first_picture(void **state)
{
    Glass g = glass(&fake_clock, false);
    SDL_Surface *first = glass_surface(1080, 1920);
    size_t size = (size_t)first->pitch * (size_t)first->h;
    const Node *content;

    (void)state;
    build(g.ui, "one", "Birinchi");
    assert_int_equal(paint(&g), 1);
    assert_true(ui_settled(g.ui)); /* the first screen is simply there */
    memcpy(first->pixels, g.surface->pixels, size);
    build(g.ui, "two", "Ikkinchi savol");
    assert_true(paint(&g) > 0);
    assert_memory_not_equal(first->pixels, g.surface->pixels, size);
    assert_false(is_final(&g, "two", "Ikkinchi savol"));
    assert_false(ui_settled(g.ui));
    content = tree_find(ui_tree(g.ui), "content");
    for (int i = 0; i < 3; i++) { /* three frames later it stands, and nothing else was touched */
        int wait = ui_next_frame_ms(g.ui);
        assert_in_range(wait, 1, MOVE_FRAME_MS);
        now_ms += wait;
        assert_int_equal(paint(&g), 1);
        assert_int_equal(g.rects[0].y, content->clip.y);
        assert_int_equal(g.rects[0].h, content->clip.h);
    }
    assert_true(now_ms - 1000 <= UI_MOVE_MS);
    assert_int_equal(ui_next_frame_ms(g.ui), -1);
    assert_true(ui_settled(g.ui));
    assert_true(is_final(&g, "two", "Ikkinchi savol"));
    assert_int_equal(paint(&g), 0);
    SDL_FreeSurface(first);
    glass_end(&g);
}

static void input_means_the_new_screen_and_ends_its_move(void **state)
{
    Glass g = glass(&fake_clock, false);
    Send send = { 0 };

    (void)state;
    begin_move(&g);
    assert_true(ui_tap(g.ui, "answer", &send));
    assert_true(ui_wants_paint(g.ui));
    assert_true(paint(&g) > 0);
    assert_true(is_final(&g, "two", "Ikkinchi savol"));
    assert_int_equal(ui_next_frame_ms(g.ui), -1);
    glass_end(&g);
}

static void a_change_of_the_model_ends_the_move(void **state)
{
    Glass g = glass(&fake_clock, false);

    (void)state;
    begin_move(&g);
    now_ms += 10;
    build(g.ui, "two", "Ikkinchi savol, oʻzgardi");
    assert_true(paint(&g) > 0);
    assert_true(is_final(&g, "two", "Ikkinchi savol, oʻzgardi"));
    assert_true(ui_settled(g.ui));
    begin_move(&g); /* and another screen begins another */
    build(g.ui, "three", "Uchinchi");
    assert_true(paint(&g) > 0);
    assert_false(ui_settled(g.ui));
    now_ms += UI_MOVE_MS;
    assert_int_equal(paint(&g), 1);
    assert_true(is_final(&g, "three", "Uchinchi"));
    glass_end(&g);
}

static void a_late_frame_is_the_last(void **state)
{
    Glass g = glass(&fake_clock, false);

    (void)state;
    begin_move(&g);
    now_ms += 5000;
    assert_int_equal(ui_next_frame_ms(g.ui), 0);
    assert_int_equal(paint(&g), 1);
    assert_true(ui_settled(g.ui));
    begin_move(&g);
    now_ms -= 5000; /* a clock that was set back */
    assert_int_equal(paint(&g), 1);
    assert_true(ui_settled(g.ui));
    assert_true(is_final(&g, "two", "Ikkinchi savol"));
    glass_end(&g);
}

static void nothing_moves_when_it_should_be_calm(void **state)
{
    static const struct {
        const char *name;
        bool clock, calm;
        const char *before, *after;
    } cases[] = {
        { "calm", true, true, "one", "two" },
        { "no clock", false, false, "one", "two" },
        { "the same screen", true, false, "one", "one" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Glass g = glass(cases[i].clock ? &fake_clock : NULL, cases[i].calm);
        build(g.ui, cases[i].before, "Birinchi");
        (void)paint(&g);
        build(g.ui, cases[i].after, "Ikkinchi");
        (void)paint(&g);
        if (!ui_settled(g.ui) || ui_next_frame_ms(g.ui) != -1 || !is_final(&g, cases[i].after, "Ikkinchi"))
            fail_msg("%s", cases[i].name);
        glass_end(&g);
    }
}

static void the_end_of_a_visit_moves_nothing(void **state)
{
    Glass g = glass(&fake_clock, false);

    (void)state;
    begin_move(&g);
    ui_forget(g.ui);
    build(g.ui, "attract", "Xush kelibsiz");
    assert_int_equal(paint(&g), 1);
    assert_true(ui_settled(g.ui));
    assert_true(is_final(&g, "attract", "Xush kelibsiz"));
    glass_end(&g);
}

static void without_memory_the_screen_is_simply_there(void **state)
{
    Glass g = glass(&fake_clock, false);

    (void)state;
    begin_move(&g); /* all words and pictures are kept from now on: the move alone asks for memory */
    build(g.ui, "one", "Birinchi");
    mem_fail_nth(1);
    assert_true(paint(&g) > 0);
    mem_fail_nth(0);
    assert_true(ui_settled(g.ui));
    assert_true(is_final(&g, "one", "Birinchi"));
    glass_end(&g);
}

static double cpu_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* What a move costs beside the picture that would be painted anyway: printed, for the closing note. */
static void a_move_is_cheap(void **state)
{
    enum { TIMES = 20 };
    double spent[2];

    (void)state;
    for (int calm = 0; calm < 2; calm++) {
        Glass g = glass(&fake_clock, calm);
        double start;
        begin_move(&g);
        start = cpu_ms();
        for (int i = 0; i < TIMES; i++) {
            build(g.ui, i % 2 ? "two" : "one", i % 2 ? "Ikkinchi savol" : "Birinchi");
            do {
                assert_true(paint(&g) > 0);
                now_ms += MOVE_FRAME_MS;
            } while (!ui_settled(g.ui));
        }
        spent[calm] = (cpu_ms() - start) / TIMES;
        glass_end(&g);
    }
    printf("          a screen change: %.2f ms calm, %.2f ms moving\n", spent[1], spent[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_screen_is_on_its_way_in_the_first_picture),
        cmocka_unit_test(input_means_the_new_screen_and_ends_its_move),
        cmocka_unit_test(a_change_of_the_model_ends_the_move),
        cmocka_unit_test(a_late_frame_is_the_last),
        cmocka_unit_test(nothing_moves_when_it_should_be_calm),
        cmocka_unit_test(the_end_of_a_visit_moves_nothing),
        cmocka_unit_test(without_memory_the_screen_is_simply_there),
        cmocka_unit_test(a_move_is_cheap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
