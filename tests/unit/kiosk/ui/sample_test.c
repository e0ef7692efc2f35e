/* Paints the reference screens into PNG files of the build folder, to be looked at beside the reference pictures, and
 * holds what every screen must keep: nothing cut, nothing lost, no picture missing. */
#include "sample.h"

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
    { "attract", sample_attract },   { "sign-in", sample_sign_in },   { "home", sample_home },
    { "question", sample_question }, { "keyboard", sample_keyboard },
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
        nothing_is_cut(ui);
        save(surface, samples[i].name);
    }
    SDL_FreeSurface(surface);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(reference_screens_are_whole) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
