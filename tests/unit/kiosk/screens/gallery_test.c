/* Lays every state of the glass out in every language and refuses what does not fit: cut texts, targets that are too
 * small, controls outside of the glass.  With GALLERY=PART in the environment the states whose names have that part
 * (all, when it is empty) are painted into BINARY_DIR/screens/LANGUAGE/NAME.png, to be looked at beside the reference
 * pictures. */
#include "kiosk/screens/states.h"

#include <SDL_image.h>

#include "base/file.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/ui.h"

#define WIDTH         1080
#define HEIGHT        1920
#define PIXELS_PER_MM 3.2154F
#define TOUCH_MM      15.0F /* floor in any direction (LOOK.md) */
#define MAIN_MM       20.0F
#define KEY_MM        9.0F

static Glass glass;

/* The product's own catalogue: what students will see. */
static const char *own_catalogue(Buf *buf)
{
    OWNED_BUF file;
    Error err = { 0 };

    buf_init(&file, CATALOGUE_BYTES_MOST);
    assert_ok(file_read(SOURCE_DIR "/kiosk/services/certificate-of-study.json", &file, &err), err);
    buf_add_text(buf, "{\"services\":[");
    buf_add_str(buf, buf_str(&file));
    buf_add_text(buf, "]}");
    assert_ok(buf_ok(buf, &err), err);
    return buf_text(buf);
}

static Blob *sample_page(void)
{
    SDL_Surface *page = SDL_CreateRGBSurfaceWithFormat(0, 880, 1245, 32, SDL_PIXELFORMAT_XRGB8888);
    char path[] = BINARY_DIR "/screens/page.png";
    OWNED_BUF buf;
    Error err = { 0 };

    assert_non_null(page);
    SDL_FillRect(page, NULL, SDL_MapRGB(page->format, 255, 255, 255));
    for (int y = 90; y < 1100; y += 40) {
        SDL_Rect line = { 100, y, y % 200 == 90 ? 420 : 660, 8 };
        SDL_FillRect(page, &line, SDL_MapRGB(page->format, 60, 60, 60));
    }
    assert_int_equal(IMG_SavePNG(page, path), 0);
    SDL_FreeSurface(page);
    buf_init(&buf, 1u << 20);
    assert_ok(file_read(path, &buf, &err), err);
    Blob *blob = blob_take_buf(&buf);
    assert_non_null(blob);
    return blob;
}

static bool too_small(const Node *node)
{
    float mm = node->role == ROLE_KEY ? KEY_MM : node->state & NODE_MAIN ? MAIN_MM : TOUCH_MM;
    int least = (int)(mm * PIXELS_PER_MM) - 1; /* a pixel of rounding */

    return node->rect.w < least || node->rect.h < least;
}

static bool outside(const Node *node)
{
    return node->rect.x < 0 || node->rect.y < 0 || node->rect.x + node->rect.w > WIDTH ||
           node->rect.y + node->rect.h > HEIGHT;
}

static unsigned faults_of(const Tree *tree, const char *where)
{
    unsigned faults = 0;

    for (size_t i = 0; i < tree_count(tree); i++) {
        const Node *node = tree_at(tree, i);
        const char *fault = node->cut                                  ? "cut"
                            : node_is_control(node) && too_small(node) ? "too small to touch"
                            : node_is_control(node) && outside(node)   ? "outside of the glass"
                                                                       : NULL;
        if (!fault)
            continue;
        faults++;
        print_error("%s: %s: %s \"%s\" %d,%d %dx%d\n", where, fault, node->id, node->label, node->rect.x, node->rect.y,
                    node->rect.w, node->rect.h);
    }
    return faults;
}

static void paint(Ui *ui, SDL_Surface *surface, const char *folder, const char *name)
{
    SDL_Rect rects[UI_RECTS_MOST];
    char path[512];

    ui_damage_all(ui);
    ui_paint(ui, surface, rects);
    assert_true(snprintf(path, sizeof path, "%s/%s.png", folder, name) < (int)sizeof path);
    assert_int_equal(IMG_SavePNG(surface, path), 0);
}

static void every_state_fits(void **state)
{
    UiConfig config = { .width = WIDTH,
                        .height = HEIGHT,
                        .pixels_per_mm = PIXELS_PER_MM,
                        .text_scale = 1.0F,
                        .icons_folder = SOURCE_DIR "/assets/icons",
                        .fonts_folder = BINARY_DIR "/fonts",
                        .theme_file = SOURCE_DIR "/kiosk/themes/light.ini" };
    Error err = { 0 };
    OWNED(Ui) ui = ui_new(&config, &err);
    OWNED(Texts) texts = texts_open(BINARY_DIR "/locale", &err);
    const char *painted = getenv("GALLERY");
    unsigned faults = 0;

    (void)state;
    if (!ui || !texts)
        fail_msg("%s", err.text);
    assert_ok(folder_make(BINARY_DIR "/screens", 0755, &err), err);
    Blob *page = sample_page();
    OWNED_BUF json;
    buf_init(&json, CATALOGUE_BYTES_MOST);
    const char *services = own_catalogue(&json);
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_XRGB8888);
    assert_non_null(surface);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        char folder[256];
        assert_true(snprintf(folder, sizeof folder, BINARY_DIR "/screens/%s", language_tag((Language)language)) > 0);
        assert_ok(folder_make(folder, 0755, &err), err);
        for (size_t i = 0; i < COUNT(states); i++) {
            char where[128];
            glass_open(&glass, texts, (Language)language);
            glass.catalogue_json = services;
            states[i].prepare(&glass);
            assert_string_equal(app_screen_name(&glass.model), states[i].screen);
            if (glass.model.visit.preview.png) {
                blob_drop(glass.model.visit.preview.png);
                glass.model.visit.preview.png = blob_keep(page);
            }
            screen_build(&glass.model, ui_begin(ui, model_language(&glass.model)));
            ui_lay_out(ui);
            assert_true(snprintf(where, sizeof where, "%s/%s", language_tag((Language)language), states[i].name) > 0);
            faults += faults_of(ui_tree(ui), where);
            if (painted && strstr(states[i].name, painted))
                paint(ui, surface, folder, states[i].name);
            glass_close(&glass);
        }
    }
    SDL_FreeSurface(surface);
    blob_drop(page);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_state_fits) };

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
