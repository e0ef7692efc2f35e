/* The frame on every glass, at every size of text, within reach and for either hand: strip and bar leave the glass to
 * the content, the tools are all there, and both sides change places. */
#include "gallery/states.h"

#include "kiosk/screens/parts.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/ui.h"

typedef struct Panel {
    int width, height;
    float pixels_per_mm;
} Panel;

static const Panel panels[] = { { 1080, 1920, 3.2154F }, { 1920, 1080, 3.6496F }, { 1280, 800, 3.8168F } };
static const int texts_percent[] = { 100, 125, 150, 200 };

typedef struct Bench {
    Glass glass;
    Texts *texts;
    Ui *ui;
    const Panel *panel;
    GlassSettings settings;
    const char *institution; /* NULL: as the glass has it */
} Bench;

static Bench bench;

static void show(const Panel *panel, GlassSettings wanted, void (*prepare)(Glass *glass))
{
    UiConfig config = { .width = panel->width,
                        .height = panel->height,
                        .pixels_per_mm = panel->pixels_per_mm,
                        .text_scale = (float)wanted.text_percent / 100.0F,
                        .icons_folder = SOURCE_DIR "/assets/icons",
                        .fonts_folder = BINARY_DIR "/fonts",
                        .theme_file = SOURCE_DIR "/kiosk/themes/light.ini" };
    Msg window = { .kind = MSG_WINDOW, .as.window = { panel->width, panel->height, panel->pixels_per_mm } };
    Error err = { 0 };

    bench.panel = panel;
    bench.settings = wanted;
    glass_open(&bench.glass, bench.texts, LANGUAGE_RU); /* has the longest words */
    glass_send(&bench.glass, &window);
    prepare(&bench.glass);
    if (bench.institution)
        bench.glass.model.institution[LANGUAGE_RU] = bench.institution;
    bench.glass.model.visit.glass = bench.glass.model.glass = wanted;
    assert_ok(ui_configure(bench.ui, &config, &err), err);
    screen_build(&bench.glass.model, ui_begin(bench.ui, LANGUAGE_RU));
    ui_lay_out(bench.ui);
    glass_close(&bench.glass);
}

static const Node *node_of(const char *id)
{
    const Node *node = tree_find(ui_tree(bench.ui), id);

    if (!node)
        fail_msg("no %s at %dx%d, %d %%", id, bench.panel->width, bench.panel->height, bench.settings.text_percent);
    return node;
}

static float mm(int pixels)
{
    return (float)pixels / bench.panel->pixels_per_mm;
}

/* Every panel, size of text, reach and hand. */
static void everywhere(void (*prepare)(Glass *glass), void (*check)(void))
{
    for (size_t panel = 0; panel < COUNT(panels); panel++)
        for (size_t text = 0; text < COUNT(texts_percent); text++)
            for (int way = 0; way < 4; way++) {
                GlassSettings wanted = { .text_percent = texts_percent[text],
                                         .low_reach = way & 1,
                                         .left_handed = way & 2 };
                show(&panels[panel], wanted, prepare);
                check();
            }
}

/* Pixels of the height that may be read and touched. */
static int in_reach(void)
{
    float height = (float)bench.panel->height, least = REACH_LEAST_MM * bench.panel->pixels_per_mm;

    if (!bench.settings.low_reach)
        return bench.panel->height;
    return (int)(height * REACH_PART > least ? height * REACH_PART : least);
}

static void check_content(void)
{
    float height = mm(in_reach());
    float content = mm(node_of("content")->rect.h);

    if (content < height / 2.0F)
        fail_msg("%.0f of %.0f mm are left at %dx%d, %d %%", (double)content, (double)height, bench.panel->width,
                 bench.panel->height, bench.settings.text_percent);
}

static void strip_and_bar_never_eat_the_glass(void **state)
{
    (void)state;
    everywhere(form_choice, check_content);
}

static void check_tools(void)
{
    static const char *const tools[] = { "strip.language", "strip.listen", "strip.text", "strip.contrast" };

    for (size_t i = 0; i < COUNT(tools); i++) {
        Rect tool = node_of(tools[i])->rect;
        assert_true(mm(tool.w) > 14.9F && mm(tool.h) > 14.9F);
        assert_true(tool.x >= 0 && tool.x + tool.w <= bench.panel->width);
        if (i == 0)
            continue;
        Rect before = node_of(tools[i - 1])->rect;
        int gap = bench.settings.left_handed ? before.x - tool.x - tool.w : tool.x - before.x - before.w;
        assert_true(mm(gap) > 2.8F); /* a pixel of rounding */
    }
    assert_true(node_of("strip.text")->state & NODE_CHOSEN || bench.settings.text_percent == 100);
}

static void every_tool_is_at_one_touch(void **state)
{
    (void)state;
    everywhere(form_choice, check_tools);
}

static void check_sides(void)
{
    int logo = -1, back = node_of("back")->rect.x, on = node_of("form.next")->rect.x;
    int tool = node_of("strip.language")->rect.x, sheet = node_of("settings")->rect.x;

    for (size_t i = 0; i < tree_count(ui_tree(bench.ui)) && logo < 0; i++)
        if (tree_at(ui_tree(bench.ui), i)->icon && strcmp(tree_at(ui_tree(bench.ui), i)->icon, "logo") == 0)
            logo = tree_at(ui_tree(bench.ui), i)->rect.x;
    assert_true(logo >= 0);
    assert_true((on < back) == bench.settings.left_handed);
    assert_true((back < sheet) == bench.settings.left_handed);
    assert_true((tool < logo) == bench.settings.left_handed);
}

static void the_way_on_is_where_the_hand_is(void **state)
{
    (void)state;
    everywhere(form_choice, check_sides);
}

static void check_reach(void)
{
    int top = bench.panel->height - in_reach() - 1;
    const Tree *tree = ui_tree(bench.ui);

    for (size_t i = 0; i < tree_count(tree); i++)
        if (node_is_control(tree_at(tree, i)))
            assert_true(tree_at(tree, i)->clip.h == 0 || tree_at(tree, i)->clip.y >= top);
    assert_true((tree_find(tree, "out-of-reach") != NULL) == bench.settings.low_reach);
}

static void all_is_within_reach(void **state)
{
    (void)state;
    everywhere(form_choice, check_reach);
    everywhere(languages, check_reach);
    everywhere(settings, check_reach);
    everywhere(leave_home, check_reach);
    everywhere(still_there, check_reach);
}

static bool says(const char *words)
{
    const Tree *tree = ui_tree(bench.ui);

    for (size_t i = 0; i < tree_count(tree); i++)
        if (strcmp(tree_at(tree, i)->label, words) == 0)
            return true;
    return false;
}

static void institution_and_place_give_way_before_tools(void **state)
{
    (void)state;
    show(&panels[0], (GlassSettings){ .text_percent = 100 }, form_choice);
    assert_true(says("Государственный университет Намуна") && says("Bosh bino, 1-qavat"));
    show(&panels[0], (GlassSettings){ .text_percent = 150 }, form_choice);
    assert_false(says("Государственный университет Намуна") || says("Bosh bino, 1-qavat"));
    assert_true(says("Русский"));
    show(&panels[0], (GlassSettings){ .text_percent = 200 }, form_choice);
    assert_false(says("Русский"));
    assert_string_equal(node_of("strip.language")->said, "Русский"); /* what is not drawn is said */
}

static int strip_height(const char *institution, const Panel *panel, GlassSettings wanted)
{
    bench.institution = institution;
    show(panel, wanted, form_choice);
    bench.institution = NULL;
    return node_of("strip")->rect.h;
}

static void a_long_name_makes_the_strip_no_higher(void **state)
{
    static const char name[] =
        "Ташкентский университет информационных технологий имени Мухаммада аль-Хорезми при Министерстве";

    (void)state;
    for (size_t panel = 0; panel < COUNT(panels); panel++)
        for (size_t text = 0; text < COUNT(texts_percent); text++) {
            GlassSettings wanted = { .text_percent = texts_percent[text], .low_reach = text % 2 };
            assert_int_equal(strip_height(name, &panels[panel], wanted), strip_height("А", &panels[panel], wanted));
        }
}

static Page page_on(float width, float height, int percent)
{
    return (Page){ .wide = width > height, .scale = (float)percent / 100.0F, .width = width, .height = height };
}

static void a_screen_gets_the_columns_that_there_is_room_for(void **state)
{
    static const struct {
        const char *name;
        float width, height;
        int percent;
        bool two;
        unsigned grid; /* of three wanted */
    } cases[] = {
        { "portrait", 336, 597, 100, false, 2 },
        { "portrait, large text", 336, 597, 150, false, 1 },
        { "landscape", 526, 296, 100, true, 3 },
        { "landscape, 125 %", 526, 296, 125, true, 3 },
        { "landscape, large text", 526, 296, 150, false, 2 },
        { "small landscape", 335, 210, 100, true, 2 },
        { "small landscape, 125 %", 335, 210, 125, false, 2 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Page page = page_on(cases[i].width, cases[i].height, cases[i].percent);
        page.inside = page_content_width(&page);
        if (page_two_columns(&page) != cases[i].two || page_grid_columns(&page, 3, MM_G) != cases[i].grid)
            fail_msg("%s: %d, %u", cases[i].name, page_two_columns(&page), page_grid_columns(&page, 3, MM_G));
        assert_true(page_button(&page) >= MM_TARGET_MAIN && page_row(&page, 21.0F) >= MM_TARGET_MAIN);
    }
}

static int open_bench(void **state)
{
    UiConfig config = { .width = 1080,
                        .height = 1920,
                        .pixels_per_mm = 3.2154F,
                        .text_scale = 1.0F,
                        .icons_folder = SOURCE_DIR "/assets/icons",
                        .fonts_folder = BINARY_DIR "/fonts",
                        .theme_file = SOURCE_DIR "/kiosk/themes/light.ini" };
    Error err = { 0 };

    (void)state;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    bench.ui = ui_new(&config, &err);
    bench.texts = texts_open(BINARY_DIR "/locale", &err);
    return bench.ui && bench.texts ? 0 : -1;
}

static int close_bench(void **state)
{
    (void)state;
    ui_free(bench.ui);
    texts_close(bench.texts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strip_and_bar_never_eat_the_glass),
        cmocka_unit_test(every_tool_is_at_one_touch),
        cmocka_unit_test(the_way_on_is_where_the_hand_is),
        cmocka_unit_test(all_is_within_reach),
        cmocka_unit_test(institution_and_place_give_way_before_tools),
        cmocka_unit_test(a_long_name_makes_the_strip_no_higher),
        cmocka_unit_test(a_screen_gets_the_columns_that_there_is_room_for),
    };

    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
