/* gallery: every state of the glass in any variant, checked and, where asked, painted. */
#include "gallery/states.h"

#include <SDL_image.h>

#include "base/file.h"
#include "gallery/pictures.h"
#include "gallery/planted.h"
#include "gallery/said.h"
#include "gallery/scene.h"
#include "gallery/toolkit.h"
#include "kiosk/screens/screens.h"

#define PARTS_MOST 16
#define PATH_SIZE  1024

typedef struct Gallery {
    Choices choices;
    const char *parts[PARTS_MOST]; /* of states' names; none: all states */
    size_t part_count;
    const char *out_folder; /* NULL: nothing is painted */
    bool every, check;
    Ui *ui;
    uint32_t brand; /* that ui wears now */
    Blob *logo;     /* kept by ui */
    Texts *texts;
    Blob *page;
    Buf services;
    SDL_Surface *surface;
    FILE *list; /* of pictures */
    Tree *heard, *after;
    bool was_heard[LANGUAGE_COUNT];
    unsigned pictures, faults;
} Gallery;

static Glass glass;
static Variant variants[VARIANTS_MOST];

static const char usage[] =
    "usage: gallery [--glass 1080x1920|1920x1080|1280x800] [--text 100|125|150|200] [--theme light|evening|contrast]\n"
    "               [--lang TAG] [--low-reach] [--left-handed] [--calm] [--pairwise|--all [--upright]]\n"
    "               [--state PART]... [--out DIR] [--check]\n"
    "\n"
    "Shows every state of the glass, or those whose names have PART in them.  What is not said is as a kiosk begins;\n"
    "with --pairwise or --all it is every choice there is (--upright: but neither low reach nor the left hand).\n"
    "--out paints DIR/STATE.VARIANT.png, a small one into DIR/small, and adds a row to DIR/pictures.tsv.  --check\n"
    "judges each, which is what is done where nothing is painted; exit code 1 when there is a fault.\n";

static _Noreturn void give_up(const char *words, const char *what)
{
    fprintf(stderr, "gallery: %s%s%s\n", words, *what ? ": " : "", what);
    exit(2);
}

/* ---- options ---- */

static bool flag(Gallery *gallery, const char *name)
{
    Variant *fixed = &gallery->choices.fixed;

    if (strcmp(name, "--low-reach") == 0) {
        fixed->low_reach = true;
        gallery->choices.low_reach = false;
    } else if (strcmp(name, "--left-handed") == 0) {
        fixed->left_handed = true;
        gallery->choices.left_handed = false;
    } else if (strcmp(name, "--calm") == 0)
        fixed->calm = true;
    else if (strcmp(name, "--check") == 0)
        gallery->check = true;
    else if (strcmp(name, "--upright") == 0)
        gallery->choices.low_reach = gallery->choices.left_handed = false;
    else
        return false;
    return true;
}

static bool valued(Gallery *gallery, const char *name, const char *value)
{
    Choices *choices = &gallery->choices;
    bool good = true;

    if (strcmp(name, "--glass") == 0) {
        good = variant_parse_panel(value, &choices->fixed.panel);
        choices->panel = false;
    } else if (strcmp(name, "--text") == 0) {
        good = variant_parse_text(value, &choices->fixed.text);
        choices->text = false;
    } else if (strcmp(name, "--theme") == 0) {
        good = variant_parse_theme(value, &choices->fixed.theme);
        choices->theme = false;
    } else if (strcmp(name, "--lang") == 0) {
        good = language_parse(str_from(value), &choices->fixed.language);
        choices->language = false;
    } else if (strcmp(name, "--state") == 0 && gallery->part_count < PARTS_MOST)
        gallery->parts[gallery->part_count++] = value;
    else if (strcmp(name, "--out") == 0)
        gallery->out_folder = value;
    else
        return false;
    if (!good)
        give_up("there is no such value", value);
    return true;
}

static size_t read_options(Gallery *gallery, int argc, char **argv)
{
    bool pairwise = false;

    gallery->choices = (Choices){ .fixed = { .text = 100 } };
    for (int i = 1; i < argc; i++) { /* first, so that what is fixed after it stays so */
        pairwise |= strcmp(argv[i], "--pairwise") == 0;
        gallery->every |= strcmp(argv[i], "--all") == 0;
    }
    if (pairwise || gallery->every)
        gallery->choices = (Choices){ gallery->choices.fixed, true, true, true, true, true, true };
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--pairwise") == 0 || strcmp(argv[i], "--all") == 0 || flag(gallery, argv[i]))
            continue;
        if (i + 1 == argc || !valued(gallery, argv[i], argv[i + 1])) {
            fputs(usage, stderr);
            exit(2);
        }
        i++;
    }
    if (!gallery->out_folder)
        gallery->check = true;
    return gallery->every ? variants_all(&gallery->choices, variants) : variants_pairwise(&gallery->choices, variants);
}

/* ---- what is shown ---- */

static bool add_service(void *ctx, const char *name, Error *err)
{
    Buf *services = ctx;
    char path[PATH_SIZE];
    OWNED_BUF file;

    buf_init(&file, CATALOGUE_BYTES_MOST);
    (void)snprintf(path, sizeof path, "%s/%s", SOURCE_DIR "/kiosk/services", name);
    if (!file_read(path, &file, err))
        return false;
    buf_add_format(services, "%s%s", str_ends(buf_str(services), STR("[")) ? "" : ",", buf_text(&file));
    return true;
}

/* The product's own catalogue: what students will see.  All of it, since services lead to each other. */
static void read_services(Buf *services)
{
    Error err = { 0 };

    buf_init(services, CATALOGUE_BYTES_MOST);
    buf_add_text(services, "{\"services\":[");
    if (!folder_each(SOURCE_DIR "/kiosk/services", ".json", add_service, services, &err))
        give_up("the catalogue", err.text);
    buf_add_text(services, "]}");
    if (!buf_ok(services, &err))
        give_up("the catalogue", err.text);
}

/* A page as a preview is: white with lines of grey. */
static Blob *sample_page(void)
{
    SDL_Surface *page = SDL_CreateRGBSurfaceWithFormat(0, 880, 1245, 32, SDL_PIXELFORMAT_XRGB8888);
    const char *path = BINARY_DIR "/gallery-page.png";
    OWNED_BUF buf;
    Error err = { 0 };

    if (!page)
        give_up("a sample page", SDL_GetError());
    SDL_FillRect(page, NULL, SDL_MapRGB(page->format, 255, 255, 255));
    for (int y = 90; y < 1100; y += 40) {
        SDL_Rect line = { 100, y, y % 200 == 90 ? 420 : 660, 8 };
        SDL_FillRect(page, &line, SDL_MapRGB(page->format, 60, 60, 60));
    }
    buf_init(&buf, 1u << 20);
    if (IMG_SavePNG(page, path) != 0 || !file_read(path, &buf, &err))
        give_up("a sample page", err.text);
    SDL_FreeSurface(page);
    Blob *blob = blob_take_buf(&buf);
    if (!blob)
        give_up("a sample page", "no memory");
    return blob;
}

static void configure(Gallery *gallery, const Variant *variant)
{
    char theme[PATH_SIZE];
    Error err = { 0 };
    UiConfig config = { .width = panels[variant->panel].width,
                        .height = panels[variant->panel].height,
                        .pixels_per_mm = panels[variant->panel].pixels_per_mm,
                        .text_scale = (float)variant->text / 100.0F,
                        .icons_folder = SOURCE_DIR "/assets/icons",
                        .fonts_folder = BINARY_DIR "/fonts",
                        .theme_file = theme,
                        .left_handed = variant->left_handed,
                        .calm = variant->calm,
                        .brand = gallery->brand,
                        .logo = gallery->logo };

    (void)snprintf(theme, sizeof theme, "%s/%s.ini", SOURCE_DIR "/kiosk/themes", variant_theme_name(variant->theme));
    if (gallery->ui ? !ui_configure(gallery->ui, &config, &err) : !(gallery->ui = ui_new(&config, &err)))
        give_up("the glass", err.text);
    if (!gallery->out_folder)
        return;
    SDL_FreeSurface(gallery->surface);
    gallery->surface = SDL_CreateRGBSurfaceWithFormat(0, config.width, config.height, 32, SDL_PIXELFORMAT_XRGB8888);
    if (!gallery->surface)
        give_up("no memory for a picture", SDL_GetError());
}

/* The model, as it would be at a kiosk that is like this from the beginning. */
static void prepare(const Gallery *gallery, const State *state, const Variant *variant)
{
    const Panel *panel = &panels[variant->panel];
    Msg window = { .kind = MSG_WINDOW, .as.window = { panel->width, panel->height, panel->pixels_per_mm } };

    glass_open(&glass, gallery->texts, variant->language);
    glass.catalogue_json = buf_text(&gallery->services);
    glass_send(&glass, &window);
    glass.model.glass.text_percent = variant->text;
    glass.model.glass.theme = variant->theme;
    glass.model.glass.low_reach = variant->low_reach;
    glass.model.glass.left_handed = variant->left_handed;
    glass.model.glass.calm = variant->calm;
    state->prepare(&glass);
    if (strcmp(app_screen_name(&glass.model), state->screen) != 0)
        give_up(state->name, app_screen_name(&glass.model));
    if (glass.model.visit.preview.png) {
        blob_drop(glass.model.visit.preview.png);
        glass.model.visit.preview.png = blob_keep(gallery->page);
    }
}

/* A state may be of a university with a colour and a logo of its own. */
static void wear(Gallery *gallery, const Variant *variant)
{
    if (gallery->brand == model_brand(&glass.model) && gallery->logo == model_logo(&glass.model))
        return;
    gallery->brand = model_brand(&glass.model);
    gallery->logo = model_logo(&glass.model);
    configure(gallery, variant);
}

static void paint(Gallery *gallery, const Scene *scene)
{
    SDL_Rect rects[UI_RECTS_MOST];
    Error err = { 0 };

    ui_damage_all(gallery->ui);
    ui_paint(gallery->ui, gallery->surface, rects);
    if (!picture_keep(gallery->surface, gallery->out_folder, scene, &err))
        give_up("a picture", err.text);
}

/* The tree that was built last is laid out, judged and painted. */
static void judge(Gallery *gallery, Scene *scene)
{
    ui_lay_out(gallery->ui);
    scene->ui = gallery->ui;
    scene->tree = ui_tree(gallery->ui);
    scene->layout = ui_layout(gallery->ui);
    scene->theme = ui_theme(gallery->ui);
    if (gallery->out_folder) /* first, because the checks scroll */
        paint(gallery, scene);
    if (gallery->check) {
        check_tree(scene);
        check_places(scene);
        check_ink(scene);
        check_signs(scene);
        check_focus(scene);
    }
    if (gallery->out_folder)
        picture_note(gallery->list, scene);
    gallery->pictures++;
    gallery->faults += scene->faults;
}

/* The hall's screen has one size of text, and nobody reaches for it (model_glass). */
static bool exists(const State *state, const Variant *variant)
{
    return strcmp(state->screen, "display") != 0 ||
           (variant->text == 100 && !variant->low_reach && !variant->left_handed);
}

static void show(Gallery *gallery, const State *state, const Variant *variant)
{
    Scene scene = {
        .state = state->name, .screen = state->screen, .variant = variant, .panel = &panels[variant->panel]
    };

    if (!exists(state, variant))
        return;
    prepare(gallery, state, variant);
    wear(gallery, variant);
    ui_rest(gallery->ui);
    screen_build(&glass.model, ui_begin(gallery->ui, model_language(&glass.model)));
    judge(gallery, &scene);
    glass_close(&glass);
}

/* A page of the toolkit is of no state: its words are what they are, and low reach is its screen's business. */
static void show_page(Gallery *gallery, const ToolkitPage *page, const Variant *variant)
{
    Variant as_page = *variant;
    Scene scene = { .state = page->name, .screen = "toolkit", .variant = &as_page, .panel = &panels[variant->panel] };

    as_page.low_reach = false;
    ui_rest(gallery->ui);
    page->build(ui_begin(gallery->ui, LANGUAGE_UZ), variant);
    judge(gallery, &scene);
}

static bool is_asked(const Gallery *gallery, const char *name)
{
    for (size_t i = 0; i < gallery->part_count; i++)
        if (strstr(name, gallery->parts[i]))
            return true;
    return gallery->part_count == 0;
}

/* The same once more, as who said what; and what becomes of it when somebody plays with the settings. */
static void hear(Gallery *gallery, const State *state, const Variant *variant)
{
    Scene scene = {
        .state = state->name, .screen = state->screen, .variant = variant, .panel = &panels[variant->panel]
    };

    prepare(gallery, state, variant);
    wear(gallery, variant);
    said_mark(true);
    tree_clear(gallery->heard, model_language(&glass.model));
    screen_build(&glass.model, gallery->heard);
    said_mark(false);
    scene.tree = gallery->heard;
    check_said(&scene);
    check_kept(&scene, &glass, gallery->heard, gallery->after);
    gallery->faults += scene.faults;
    glass_close(&glass);
}

static void hear_all(Gallery *gallery, const Variant *variant)
{
    for (size_t i = 0; i < COUNT(states); i++)
        if (is_asked(gallery, states[i].name))
            hear(gallery, &states[i], variant);
}

static size_t show_all(Gallery *gallery, const Variant *variant)
{
    size_t count = 0;

    for (size_t i = 0; i < COUNT(states); i++) {
        if (!is_asked(gallery, states[i].name))
            continue;
        show(gallery, &states[i], variant);
        count++;
    }
    for (size_t i = 0; i < toolkit_page_count; i++) {
        if (!is_asked(gallery, toolkit_pages[i].name))
            continue;
        show_page(gallery, &toolkit_pages[i], variant);
        count++;
    }
    return count;
}

/* The checks are checked first. */
static void check_checks(Gallery *gallery)
{
    unsigned count, missed;

    configure(gallery, &(Variant){ .text = 100 });
    missed = planted_run(gallery->ui, &count);
    if (missed > 0)
        give_up("a check does not find what was planted, or finds what is not there", "");
    printf("%u planted faults judged rightly\n", count);
}

int main(int argc, char **argv)
{
    static Gallery gallery;
    size_t count = read_options(&gallery, argc, argv), states_shown = 0;
    Error err = { 0 };

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    if (gallery.out_folder && !(gallery.list = pictures_open(gallery.out_folder, &err)))
        give_up("the folder for pictures", err.text);
    gallery.texts = texts_open(BINARY_DIR "/locale", &err);
    if (!gallery.texts)
        give_up("the texts", err.text);
    gallery.heard = tree_new(&err);
    gallery.after = gallery.heard ? tree_new(&err) : NULL;
    if (!gallery.after)
        give_up("no memory", err.text);
    gallery.page = sample_page();
    read_services(&gallery.services);
    if (gallery.check)
        check_checks(&gallery);
    for (size_t i = 0; i < count; i++) {
        configure(&gallery, &variants[i]);
        states_shown = show_all(&gallery, &variants[i]);
        if (gallery.check && !gallery.was_heard[variants[i].language]) /* words are the same at any size */
            hear_all(&gallery, &variants[i]);
        gallery.was_heard[variants[i].language] = true;
    }
    if (states_shown == 0)
        give_up("no state has that in its name", gallery.part_count > 0 ? gallery.parts[0] : "");
    printf("%zu states, %zu variants, %u pictures %s, %u faults\n", states_shown, count, gallery.pictures,
           gallery.check ? "checked" : "painted", gallery.faults);
    if (gallery.list && fclose(gallery.list) != 0)
        give_up("the list of pictures", gallery.out_folder);
    tree_free(gallery.heard);
    tree_free(gallery.after);
    ui_free(gallery.ui);
    SDL_FreeSurface(gallery.surface);
    texts_close(gallery.texts);
    blob_drop(gallery.page);
    buf_fini(&gallery.services);
    return gallery.faults > 0;
}
