/* The glass as a whole: what it refuses, and that it forgets. */
#include "sample.h"

#include <stdio.h>

#include <SDL_ttf.h>

#include "base/memory.h"
#include "kiosk/ui/inspect.h"

static void wrong_glasses_are_refused(void **state)
{
    static const struct {
        const char *name;
        int width, height;
        float pixels_per_mm, text_scale;
        const char *fonts, *theme;
        ErrorCode code;
    } cases[] = {
        { "no width", 0, 600, 3, 1, NULL, NULL, ERR_RANGE },
        { "too wide", 10000, 600, 3, 1, NULL, NULL, ERR_RANGE },
        { "no pixels", 800, 600, 0, 1, NULL, NULL, ERR_RANGE },
        { "not a number", 800, 600, (float)(0.0 / 0.0), 1, NULL, NULL, ERR_RANGE },
        { "text too small", 800, 600, 3, 0.5F, NULL, NULL, ERR_RANGE },
        { "text too large", 800, 600, 3, 3, NULL, NULL, ERR_RANGE },
        { "no fonts", 800, 600, 3, 1, SOURCE_DIR, NULL, ERR_NOT_FOUND },
        { "no theme", 800, 600, 3, 1, NULL, SOURCE_DIR "/nothing.ini", ERR_NOT_FOUND },
    };
    Ui *good = glass_portrait();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        UiConfig config = glass_config(cases[i].width, cases[i].height, cases[i].pixels_per_mm, cases[i].text_scale);
        Error err = { 0 };
        if (cases[i].fonts)
            config.fonts_folder = cases[i].fonts;
        if (cases[i].theme)
            config.theme_file = cases[i].theme;
        if (ui_new(&config, &err) || err.code != cases[i].code)
            fail_msg("%s: %s", cases[i].name, err.text);
        assert_false(ui_configure(good, &config, &err));
    }
    sample_home(ui_begin(good, LANGUAGE_UZ)); /* a refused configuration leaves the old one */
    ui_lay_out(good);
    assert_int_equal(tree_at(ui_tree(good), 0)->rect.w, 1080);
    ui_free(good);
}

static void without_memory_there_is_no_glass_and_no_leak(void **state)
{
    UiConfig config = glass_config(800, 600, 3, 1);
    unsigned n = 1;
    Ui *ui = NULL;

    (void)state;
    for (; !ui; n++) {
        Error err = { 0 };
        mem_fail_nth(n);
        ui = ui_new(&config, &err);
        mem_fail_nth(0);
        assert_true(ui || err.code != ERR_NONE);
        assert_true(n < 500);
    }
    assert_true(n > 5);
    ui_free(ui);
}

/* Drawing needs memory for lines and icons: when there is none they are missing until the next whole paint, and that is
 * all. */
static void without_memory_the_glass_still_paints(void **state)
{
    Ui *ui = glass_portrait();
    SDL_Surface *surface = glass_surface(1080, 1920), *whole = glass_surface(1080, 1920);
    SDL_Rect rects[UI_RECTS_MOST];

    (void)state;
    for (unsigned n = 1; n < 400; n += 13) {
        ui_forget(ui);
        mem_fail_nth(n);
        sample_home(ui_begin(ui, LANGUAGE_UZ));
        ui_lay_out(ui);
        assert_true(ui_paint(ui, surface, rects) > 0);
        mem_fail_nth(0);
    }
    ui_forget(ui);
    sample_home(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    assert_int_equal(ui_paint(ui, whole, rects), 1);
    SDL_FreeSurface(surface);
    SDL_FreeSurface(whole);
    ui_free(ui);
}

static void another_text_size_is_taken_at_once(void **state)
{
    UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, 1);
    Ui *ui = glass_new(&config);
    Error err = { 0 };
    int before;

    (void)state;
    sample_home(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    before = tree_find(ui_tree(ui), "title")->rect.h;
    config.text_scale = 1.5F;
    assert_true(ui_configure(ui, &config, &err));
    assert_true(ui_wants_paint(ui));
    assert_in_range(tree_find(ui_tree(ui), "title")->rect.h, before * 3 / 2 - 1, before * 3 / 2 + 1);
    ui_free(ui);
}

static void fonts_are_read_anew_only_from_another_folder(void **state)
{
    static const struct {
        const char *name;
        UiConfig change;
    } cases[] = {
        { "theme", { .theme_file = SOURCE_DIR "/kiosk/themes/contrast.ini" } },
        { "hand", { .left_handed = true } },
        { "calm", { .calm = true } },
        { "text size", { .text_scale = 2 } },
        { "brand", { .brand = 0x7a1f1f } },
    };
    UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, 1);
    Ui *ui = glass_new(&config);
    Error err = { 0 };
    const Text *text = ui_layout(ui)->text;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        UiConfig changed = config;
        const UiConfig *change = &cases[i].change;
        changed.theme_file = change->theme_file ? change->theme_file : config.theme_file;
        changed.text_scale = change->text_scale > 0 ? change->text_scale : 1;
        changed.left_handed = change->left_handed;
        changed.calm = change->calm;
        changed.brand = change->brand;
        if (!ui_configure(ui, &changed, &err) || ui_layout(ui)->text != text || !ui_wants_paint(ui))
            fail_msg("%s: %s", cases[i].name, err.text);
    }
    ui_free(ui);
}

static void a_shot_is_a_png(void **state)
{
    SDL_Surface *surface = glass_surface(64, 48);
    Error err = { 0 };
    char head[24] = "";
    FILE *file;

    (void)state;
    assert_true(ui_shot(surface, BINARY_DIR "/ui-shot.png", &err));
    file = fopen(BINARY_DIR "/ui-shot.png", "rb");
    assert_non_null(file);
    assert_int_equal(fread(head, 1, sizeof(head), file), sizeof(head));
    (void)fclose(file);
    assert_memory_equal(head, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(head[19], 64);
    assert_int_equal(head[23], 48);
    assert_false(ui_shot(surface, BINARY_DIR "/no/such/folder.png", &err));
    assert_int_equal(err.code, ERR_IO);
    SDL_FreeSurface(surface);
}

/* ---- forgetting ---- */

/* The marker never stands in this program's memory but where the test puts it: it is compared through a mask. */
static const uint8_t masked[] = { 'M' ^ 0x55, 'a' ^ 0x55, 'r' ^ 0x55, 'k' ^ 0x55, 'e' ^ 0x55, 'r' ^ 0x55,
                                  'o' ^ 0x55, 'v' ^ 0x55, 'a' ^ 0x55, 'Z' ^ 0x55, '7' ^ 0x55, 'q' ^ 0x55 };
#define MARK_PIXEL_MASKED (0xff3a7c19U ^ 0x55555555U)
#define MARK_RUN          24
#define LEAD              32 /* the heap writes over the first bytes of what is freed: the marker stands behind */

static void write_marker(char marker[LEAD + sizeof(masked) + 1])
{
    memset(marker, 'i', LEAD);
    for (size_t i = 0; i < sizeof(masked); i++)
        marker[LEAD + i] = (char)(masked[i] ^ 0x55);
    marker[LEAD + sizeof(masked)] = 0;
}

static bool is_marker(const uint8_t *at)
{
    for (size_t i = 0; i < sizeof(masked); i++)
        if ((at[i] ^ 0x55) != masked[i])
            return false;
    return true;
}

static bool is_marked_run(const uint8_t *at)
{
    for (size_t i = 0; i < MARK_RUN; i++) {
        uint32_t pixel;
        memcpy(&pixel, at + i * 4, 4);
        if ((pixel ^ 0x55555555U) != MARK_PIXEL_MASKED)
            return false;
    }
    return true;
}

/* What SDL_ttf keeps of a line: the numbers of its letters in the face, and their places.  Learnt before the marker is
 * set, masked like it. */
static uint32_t masked_numbers[sizeof(masked)];
#define PLACED_APART 12 /* bytes: number, x, y */

static void learn_numbers(void)
{
    TTF_Font *font;

    assert_int_equal(TTF_Init(), 0);
    font = TTF_OpenFont(BINARY_DIR "/fonts/Inter-Regular.otf", 20);
    assert_non_null(font);
    for (size_t i = 0; i < sizeof(masked); i++)
        masked_numbers[i] = (uint32_t)TTF_GlyphIsProvided32(font, masked[i] ^ 0x55U) ^ 0x55555555U;
    TTF_CloseFont(font);
    TTF_Quit();
}

static bool is_placed(const uint8_t *at)
{
    for (size_t i = 0; i < sizeof(masked); i++) {
        uint32_t number;
        memcpy(&number, at + i * PLACED_APART, 4);
        if ((number ^ 0x55555555U) != masked_numbers[i])
            return false;
    }
    return true;
}

typedef struct Found {
    unsigned words, runs, placed;
} Found;

/* Looks through all memory that the program may write. */
static Found search_memory(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512];
    Found found = { 0 };

    assert_non_null(maps);
    while (fgets(line, sizeof(line), maps)) {
        unsigned long from, to;
        char rights[5];
        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || rights[0] != 'r' || rights[1] != 'w' ||
            strstr(line, "[stack]") || strstr(line, "[vvar"))
            continue;
        for (const uint8_t *at = (const uint8_t *)from; at + MARK_RUN * 4 <= (const uint8_t *)to; at++) {
            found.words += is_marker(at);
            if (((uintptr_t)at & 3) != 0 || at + sizeof(masked) * PLACED_APART > (const uint8_t *)to)
                continue;
            found.runs += is_marked_run(at);
            found.placed += is_placed(at);
        }
    }
    (void)fclose(maps);
    return found;
}

/* A PNG of the marked colour, made by the toolkit's own writer. */
static Blob *marked_page(void)
{
    SDL_Surface *surface = glass_surface(400, 500);
    static char bytes[1 << 16];
    Error err = { 0 };
    size_t size;
    FILE *file;

    SDL_FillRect(surface, NULL, MARK_PIXEL_MASKED ^ 0x55555555U);
    assert_true(ui_shot(surface, BINARY_DIR "/ui-marked.png", &err));
    SDL_FillRect(surface, NULL, 0);
    SDL_FreeSurface(surface);
    file = fopen(BINARY_DIR "/ui-marked.png", "rb");
    assert_non_null(file);
    size = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    return blob_new(bytes, size);
}

static void build_visit(Ui *ui)
{
    Tree *tree = ui_begin(ui, LANGUAGE_UZ);
    char marker[LEAD + sizeof(masked) + 1];
    Blob *page = marked_page();
    Node *field;

    write_marker(marker);
    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .gap = 2 });
    tree_leaf(tree, ROLE_HEADING, NULL, marker, (Style){ 0 });
    tree_leaf(tree, ROLE_TEXT, NULL, marker, (Style){ 0 }); /* not tracked: set as a whole */
    field = tree_leaf(tree, ROLE_FIELD, "name", "Ism", (Style){ 0 });
    field->value = tree_text(tree, marker);
    tree_leaf(tree, ROLE_BUTTON, marker, "", (Style){ .height = 20 })->send.act =
        1; /* a marked id: pressed and focused */
    tree_set_image(tree, tree_leaf(tree, ROLE_IMAGE, NULL, "", (Style){ .width = 60 }), page);
    blob_drop(page);
    ui_lay_out(ui);
    mem_wipe(marker, sizeof(marker));
}

static void after_a_visit_nothing_of_it_is_left(void **state)
{
    Ui *ui;
    SDL_Surface *surface;
    SDL_Rect rects[UI_RECTS_MOST];
    UiInput input = { .kind = UI_FOCUS_NEXT };
    Found during, after;
    Send send;

    (void)state;
#ifdef REGISTRAR_SANITIZED
    skip(); /* a sanitizer's shadow is terabytes of map */
#endif
    learn_numbers();
    ui = glass_portrait();
    surface = glass_surface(1080, 1920);
    build_visit(ui);
    (void)ui_input(ui, &input, &send);
    assert_true(ui_paint(ui, surface, rects) > 0);
    during = search_memory();
    assert_true(during.words >= 4); /* tree, caches, view: the search finds what is there */
    assert_true(during.runs > 0);
    assert_true(during.placed > 0);
    ui_forget(ui);
    (void)ui_begin(ui, LANGUAGE_UZ); /* nothing that would take, and write over, the memory that was freed */
    ui_lay_out(ui);
    assert_int_equal(ui_paint(ui, surface, rects), 1);
    after = search_memory();
    if (after.words > 0 || after.runs > 0 || after.placed > 0)
        fail_msg("%u words, %u runs of pixels, %u places of letters", after.words, after.runs, after.placed);
    SDL_FreeSurface(surface);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_glasses_are_refused),
        cmocka_unit_test(without_memory_there_is_no_glass_and_no_leak),
        cmocka_unit_test(without_memory_the_glass_still_paints),
        cmocka_unit_test(another_text_size_is_taken_at_once),
        cmocka_unit_test(fonts_are_read_anew_only_from_another_folder),
        cmocka_unit_test(a_shot_is_a_png),
        cmocka_unit_test(after_a_visit_nothing_of_it_is_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
