/* What roles look like, as far as it can be counted: bars, edges, what is pressed, logos. */
#include "widget.h"

#include "kiosk/ui/inspect.h"

static void build_list(Ui *ui, int rows)
{
    Tree *tree = ui_begin(ui, LANGUAGE_EN);

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    tree_open(tree, ROLE_GROUP, "list", NULL,
              (Style){ .scroll = true, .grow = 1, .gap = 4, .pad_left = 16, .pad_right = 16 });
    for (int i = 0; i < rows; i++)
        sample_button(tree, tree_format(tree, "row.%d", i), "row", NULL, false, SAMPLE_SECOND);
    tree_close(tree);
    ui_lay_out(ui);
}

static size_t ops_of(Ui *ui, OpKind kind, const char *id)
{
    const OpList *ops = ui_ops(ui);
    size_t count = 0;

    for (size_t i = 0; i < ops->count; i++)
        count += ops->ops[i].kind == kind && ops->ops[i].node != NODE_NONE &&
                 strcmp(tree_at(ui_tree(ui), ops->ops[i].node)->id, id) == 0;
    return count;
}

static void a_bar_is_there_while_there_is_more(void **state)
{
    Ui *ui = widget_glass(1);
    Send send;

    (void)state;
    build_list(ui, 3);
    assert_int_equal(ops_of(ui, OP_BOX, "list"), 0);
    assert_int_equal(ops_of(ui, OP_FADE, "list"), 0);
    build_list(ui, 40);
    assert_int_equal(ops_of(ui, OP_BOX, "list"), 2);  /* track and thumb */
    assert_int_equal(ops_of(ui, OP_FADE, "list"), 1); /* more below */
    assert_false(widget_key(ui, UI_PAGE_DOWN, &send));
    assert_int_equal(ops_of(ui, OP_FADE, "list"), 2); /* above and below */
    for (int i = 0; i < 9; i++)
        (void)widget_key(ui, UI_PAGE_DOWN, &send);
    assert_int_equal(ops_of(ui, OP_FADE, "list"), 1); /* above */
    ui_free(ui);
}

static void the_bar_stands_at_the_other_side_of_the_hand(void **state)
{
    static const bool left[] = { false, true };

    (void)state;
    for (size_t i = 0; i < COUNT(left); i++) {
        UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, 1);
        Rect sides[] = { { 1030, 300, 50, 100 }, { 0, 300, 50, 100 } }; /* within the list's margins */
        Ui *ui;
        config.left_handed = left[i];
        ui = glass_new(&config);
        build_list(ui, 40);
        assert_true(widget_pixels(ui, sides[left[i]], LIGHT_EDGE) > 500); /* 3 mm wide: it is seen */
        assert_int_equal(widget_pixels(ui, sides[!left[i]], LIGHT_EDGE), 0);
        ui_free(ui);
    }
}

static void the_bar_of_what_is_below_a_dialog_is_below_it_too(void **state)
{
    Ui *ui = widget_glass(1);
    const OpList *ops;
    Tree *tree;
    size_t veil = 0, bar = 0;

    (void)state;
    build_list(ui, 40);
    tree = ui_begin(ui, LANGUAGE_EN);
    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    tree_open(tree, ROLE_GROUP, "list", NULL, (Style){ .scroll = true, .grow = 1 });
    for (int i = 0; i < 40; i++)
        sample_button(tree, NULL, "row", NULL, false, SAMPLE_SECOND);
    tree_close(tree);
    dialog_open(tree, &(Dialog){ .id = "dialog", .title = "Sure?" });
    dialog_actions(tree, &(Dialog){ .id = "dialog" });
    dialog_close(tree);
    ui_lay_out(ui);
    ops = ui_ops(ui);
    for (size_t i = 0; i < ops->count; i++) {
        veil = ops->ops[i].kind == OP_VEIL ? i : veil;
        bar = ops->ops[i].kind == OP_FADE ? i : bar;
    }
    assert_true(bar > 0 && bar < veil);
    ui_free(ui);
}

/* Every control of the samples: the very next picture shows that it is pressed, and no more than it is painted. */
static void pressed_is_seen_in_the_next_picture(void **state)
{
    static void (*const samples[])(Tree *) = { sample_home,    sample_sign_in,  sample_keyboard, sample_question,
                                               sample_answers, sample_picklist, sample_dialog };
    static const char *const themes[] = { "light", "evening", "contrast" };
    SDL_Surface *surface = glass_surface(1080, 1920);

    (void)state;
    for (size_t i = 0; i < COUNT(samples) * COUNT(themes); i++) {
        UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, 1);
        char theme[512];
        SDL_Rect rects[UI_RECTS_MOST];
        Send send;
        Ui *ui;
        (void)snprintf(theme, sizeof(theme), "%s/kiosk/themes/%s.ini", SOURCE_DIR, themes[i % COUNT(themes)]);
        config.theme_file = theme;
        ui = glass_new(&config);
        samples[i / COUNT(themes)](ui_begin(ui, LANGUAGE_UZ));
        ui_lay_out(ui);
        (void)ui_paint(ui, surface, rects);
        for (size_t n = 0; n < tree_count(ui_tree(ui)); n++) {
            const Node *node = tree_at(ui_tree(ui), n);
            UiInput down = { UI_DOWN, node->clip.x + node->clip.w / 2, node->clip.y + node->clip.h / 2 };
            Rect around = rect_inset(node->rect, -4);
            if (!node_is_control(node) || rect_empty(node->clip) ||
                !tree_is_inside(ui_tree(ui), (uint16_t)n, tree_scope(ui_tree(ui))))
                continue;
            (void)ui_input(ui, &down, &send);
            assert_int_equal(ui_paint(ui, surface, rects), 1);
            if (!rect_inside((Rect){ rects[0].x, rects[0].y, rects[0].w, rects[0].h }, around))
                fail_msg("%s: %d x %d pixels painted", node->id, rects[0].w, rects[0].h);
            assert_false(ui_input(ui, &(UiInput){ .kind = UI_CANCEL }, &send));
            assert_int_equal(ui_paint(ui, surface, rects), 1);
        }
        ui_free(ui);
    }
    SDL_FreeSurface(surface);
}

/* ---- logos ---- */

/* Of two colours: one alone would take the ink of its place. */
static Blob *svg(const char *colour, int width, int height)
{
    char text[512];
    int size = snprintf(
        text, sizeof(text),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">"
        "<rect width=\"%d\" height=\"%d\" fill=\"%s\"/><rect width=\"2\" height=\"2\" fill=\"#1030a0\"/></svg>",
        width, height, width, height, width, height, colour);

    return blob_new(text, (size_t)size);
}

static Blob *png(uint32_t colour, int width, int height)
{
    SDL_Surface *surface = glass_surface(width, height);
    static char bytes[1 << 14];
    Error err = { 0 };
    size_t size;
    FILE *file;

    SDL_FillRect(surface, NULL, 0xff000000U | colour);
    assert_true(ui_shot(surface, BINARY_DIR "/ui-logo.png", &err));
    SDL_FreeSurface(surface);
    file = fopen(BINARY_DIR "/ui-logo.png", "rb");
    assert_non_null(file);
    size = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    return blob_new(bytes, size);
}

static void a_logo_keeps_its_colours_and_proportion(void **state)
{
    static const struct {
        const char *name;
        bool is_png;
        int width, height;
        Colour ground;
        bool plate;
    } cases[] = {
        { "square on surface", false, 10, 10, COLOUR_SURFACE, false },
        { "wide", true, 40, 20, COLOUR_SURFACE, false },
        { "high", false, 20, 40, COLOUR_SURFACE, false },
        { "red is lost on brand", true, 20, 20, COLOUR_BRAND, true },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, 1);
        Blob *logo = cases[i].is_png ? png(0xb01818, cases[i].width, cases[i].height)
                                     : svg("#b01818", cases[i].width, cases[i].height);
        Rect rect;
        unsigned red, white, most;
        Tree *tree;
        Ui *ui;
        config.logo = logo;
        ui = glass_new(&config);
        blob_drop(logo); /* the glass has kept it */
        tree = widget_begin(ui);
        tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .fill = cases[i].ground });
        tree_leaf(tree, ROLE_IMAGE, "logo", "", (Style){ .width = 40, .height = 40, .icon_size = 40 })->icon = "logo";
        tree_close(tree);
        ui_lay_out(ui);
        rect = widget_node(ui, "logo")->rect;
        red = widget_pixels(ui, rect, 0xb01818);
        white = widget_pixels(ui, rect, 0xffffff);
        most = (unsigned)(rect.w * rect.h);
        if (cases[i].plate ? red < most * 3 / 4 || white < most / 20
                           : red < most * 9 / 10 *
                                       (unsigned)(cases[i].width < cases[i].height ? cases[i].width : cases[i].height) /
                                       (unsigned)(cases[i].width > cases[i].height ? cases[i].width : cases[i].height))
            fail_msg("%s: %u of %u pixels red, %u white", cases[i].name, red, most, white);
        ui_free(ui);
    }
}

static void what_is_no_logo_leaves_the_icon(void **state)
{
    static const char *const blobs[] = { "", "not a picture", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                                         "\x89PNG\r\n\x1a\nbroken" };

    (void)state;
    for (size_t i = 0; i < COUNT(blobs); i++) {
        UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, 1);
        Blob *logo = blob_new(blobs[i], strlen(blobs[i]));
        Tree *tree;
        Ui *ui;
        config.logo = logo;
        ui = glass_new(&config);
        blob_drop(logo);
        tree = widget_begin(ui);
        tree_leaf(tree, ROLE_IMAGE, "logo", "", (Style){ .width = 40, .height = 40, .icon_size = 40 })->icon = "logo";
        ui_lay_out(ui);
        assert_true(widget_pixels(ui, widget_node(ui, "logo")->rect, LIGHT_BRAND) > 100);
        ui_free(ui);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_is_there_while_there_is_more),
        cmocka_unit_test(the_bar_stands_at_the_other_side_of_the_hand),
        cmocka_unit_test(the_bar_of_what_is_below_a_dialog_is_below_it_too),
        cmocka_unit_test(pressed_is_seen_in_the_next_picture),
        cmocka_unit_test(a_logo_keeps_its_colours_and_proportion),
        cmocka_unit_test(what_is_no_logo_leaves_the_icon),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
