/* Paints the reference screens into PNG files of the build folder, to be looked at beside the reference pictures, and
 * holds what every screen must keep: nothing cut, nothing lost, no picture missing. */
#include "sample_widgets.h"

#include <stdio.h>
#include <time.h>

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static const struct {
    const char *name;
    void (*build)(Tree *tree);
} samples[] = {
    { "attract", sample_attract },   { "sign-in", sample_sign_in },         { "home", sample_home },
    { "question", sample_question }, { "keyboard", sample_keyboard },       { "parts", sample_parts },
    { "results", sample_results },   { "answers", sample_answers },         { "picklist", sample_picklist },
    { "dialog", sample_dialog },     { "dialog-long", sample_dialog_long },
};

static void nothing_is_cut(const Ui *ui)
{
    const Tree *tree = ui_tree(ui);

    assert_false(tree_failed(tree));
    for (size_t i = 0; i < tree_count(tree); i++) {
        const Node *node = tree_at(tree, i);
        if (node->cut) {
            Buf buf;
            buf_init(&buf, 1 << 20);
            tree_print(tree, &buf);
            fail_msg("cut: node %zu \"%s\"\n%s", i, node->label, buf_text(&buf));
        }
    }
}

static void save(SDL_Surface *surface, const char *name)
{
    char path[512];
    Error err = { 0 };

    (void)snprintf(path, sizeof(path), "%s/ui-%s.png", BINARY_DIR, name);
    if (!ui_shot(surface, path, &err))
        fail_msg("%s", err.text);
}

/* What a touch costs until its pixels are there. */
static void press_and_release(Ui *ui, SDL_Surface *surface)
{
    const Node *node = tree_find(ui_tree(ui), "next");
    SDL_Rect rects[UI_RECTS_MOST];
    double start = now_ms();
    UiInput input = { .kind = UI_DOWN };
    Send send;

    if (!node || tree_scope(ui_tree(ui)) != 0) /* below a dialog */
        return;
    input.x = node->rect.x + node->rect.w / 2;
    input.y = node->rect.y + node->rect.h / 2;
    assert_false(ui_input(ui, &input, &send));
    assert_int_equal(ui_paint(ui, surface, rects), 1);
    printf("          pressed in %.2f ms\n", now_ms() - start);
    input.kind = UI_UP;
    assert_true(ui_input(ui, &input, &send));
    assert_int_equal(send.arg, node->send.arg);
    assert_int_equal(ui_paint(ui, surface, rects), 1);
}

static void reference_screens_are_whole(void **state)
{
    Ui *ui = glass_portrait();
    SDL_Surface *surface = glass_surface(1080, 1920);
    SDL_Rect rects[UI_RECTS_MOST];

    (void)state;
    for (size_t i = 0; i < COUNT(samples); i++) {
        double start = now_ms(), laid, cold, warm;
        samples[i].build(ui_begin(ui, LANGUAGE_UZ));
        ui_lay_out(ui);
        laid = now_ms();
        assert_true(ui_paint(ui, surface, rects) > 0);
        cold = now_ms();
        ui_damage_all(ui);
        assert_int_equal(ui_paint(ui, surface, rects), 1);
        warm = now_ms();
        samples[i].build(ui_begin(ui, LANGUAGE_UZ));
        ui_lay_out(ui);
        printf("%-9s built and laid out %5.1f ms, again %5.1f ms; painted %5.1f ms cold, %5.1f ms warm\n",
               samples[i].name, laid - start, now_ms() - warm, cold - laid, warm - cold);
        assert_int_equal(ui_paint(ui, surface, rects), 0); /* the same tree again */
        press_and_release(ui, surface);
        nothing_is_cut(ui);
        save(surface, samples[i].name);
    }
    SDL_FreeSurface(surface);
    ui_free(ui);
}

static void press_and_focus(Ui *ui)
{
    const Node *node = tree_find(ui_tree(ui), "second");
    UiInput input = { .kind = UI_FOCUS_BEFORE };
    Send send;

    (void)ui_input(ui, &input, &send); /* the last: the main action of the bar */
    (void)ui_input(ui, &input, &send);
    if (!node)
        return;
    input = (UiInput){ UI_DOWN, node->rect.x + 9, node->rect.y + 9 };
    (void)ui_input(ui, &input, &send);
}

/* Other themes, text sizes and panels: to be looked at; at these sizes nothing of these screens may be cut either. */
static void reference_screens_in_other_dress(void **state)
{
    static const struct {
        const char *name, *theme;
        void (*build)(Tree *tree);
        int width, height;
        float pixels_per_mm, text_scale;
    } dresses[] = {
        { "sign-in-evening", "evening", sample_sign_in, 1080, 1920, PORTRAIT_PX_MM, 1 },
        { "question-contrast", "contrast", sample_question, 1080, 1920, PORTRAIT_PX_MM, 1 },
        { "question-150", "light", sample_question, 1080, 1920, PORTRAIT_PX_MM, 1.5F },
        { "parts-pressed", "light", sample_parts, 1080, 1920, PORTRAIT_PX_MM, 1 },
        { "results-large", "light", sample_results_large, 1080, 1920, PORTRAIT_PX_MM, 1.5F },
        { "results-contrast", "contrast", sample_results, 1080, 1920, PORTRAIT_PX_MM, 1 },
        { "answers-evening", "evening", sample_answers, 1080, 1920, PORTRAIT_PX_MM, 1 },
        { "answers-small", "light", sample_answers, 1280, 800, SMALL_PX_MM, 1 },
        { "dialog-contrast", "contrast", sample_dialog, 1920, 1080, LANDSCAPE_PX_MM, 1.25F },
        { "attract-evening", "evening", sample_attract, 1080, 1920, PORTRAIT_PX_MM, 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(dresses); i++) {
        UiConfig config =
            glass_config(dresses[i].width, dresses[i].height, dresses[i].pixels_per_mm, dresses[i].text_scale);
        SDL_Surface *surface = glass_surface(dresses[i].width, dresses[i].height);
        SDL_Rect rects[UI_RECTS_MOST];
        char theme[512];
        Ui *ui;
        (void)snprintf(theme, sizeof(theme), "%s/kiosk/themes/%s.ini", SOURCE_DIR, dresses[i].theme);
        config.theme_file = theme;
        ui = glass_new(&config);
        dresses[i].build(ui_begin(ui, LANGUAGE_UZ));
        ui_lay_out(ui);
        press_and_focus(ui);
        assert_int_equal(ui_paint(ui, surface, rects), 1);
        if (dresses[i].text_scale <= 1)
            nothing_is_cut(ui);
        save(surface, dresses[i].name);
        SDL_FreeSurface(surface);
        ui_free(ui);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(reference_screens_are_whole),
                                        cmocka_unit_test(reference_screens_in_other_dress) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
