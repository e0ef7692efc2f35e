/* The sheet of the glass's settings: each shows at once what it does.  It covers the screen that it was opened on, and
 * nothing typed there is lost. */
#include "kiosk/screens/build.h"

#include "kiosk/ui/check.h"
#include "kiosk/ui/stepper.h"

#define MM_SIZE_CELL 54.0F /* least width of a size's card, for text of 100 % */
#define MM_LOOK_CELL 72.0F
#define MM_LOOK      26.0F /* height of a theme's small picture */
#define MM_VOLUME    80.0F /* of its words, at 100 % */
#define MM_STEPS     60.0F /* of the buttons beside them */

static void section(Page *page, const char *title, const char *what)
{
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, title);
    part_space(page, 1.0F);
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, what);
    part_space(page, MM_G);
}

/* How many of `all` equal cards stand in a row when each is at least so wide: all, half of them, or one. */
static unsigned columns_of(const Page *page, unsigned all, float least)
{
    unsigned columns = all;

    while (columns > 1 && ((page->inside + MM_G) / (float)columns - MM_G < least * page->scale || all % columns != 0))
        columns--;
    return columns;
}

/* A card with a check in its corner when it is chosen; what it shows goes into the box that is left open. */
static void card_open(Page *page, const char *id, bool chosen, Send send, Style box)
{
    Style style = style_card(0.0F);
    Node *node;

    style.axis = AXIS_STACK;
    style.min_height = page_row(page, 30.0F);
    node = tree_open(page->tree, ROLE_CHOICE, id, "", style);
    node->icon = ""; /* no radio */
    node->send = send;
    node->state |= chosen ? NODE_CHOSEN : 0;
    box.pad_top = box.pad_right = box.pad_bottom = box.pad_left = MM_G;
    tree_open(page->tree, ROLE_GROUP, NULL, "", box);
}

static void card_close(Page *page)
{
    tree_close(page->tree);
    tree_close(page->tree);
}

/* --- text -------------------------------------------------------------------------------------------------------- */

/* Body text is 6 mm high: the sample has the height that it gets, whatever it is now. */
typedef struct Size {
    int percent;
    TextRole sample;
    float of_role;
} Size;

static const Size sizes[] = { { 100, TEXT_BODY, 1.0F },
                              { 125, TEXT_HEADING, 1.0F },
                              { 150, TEXT_TITLE, 0.9F },
                              { 200, TEXT_DISPLAY, 12.0F / 17.0F } };

static void text_size(Page *page)
{
    int now = model_glass(page->model).text_percent;
    Style box = { .align = ALIGN_CENTRE, .justify = JUSTIFY_END };

    /* TRANSLATORS: settings of the glass; title, and a line that says what it does */
    section(page, say(page, "Size of text"), say(page, "Larger letters and buttons on every screen"));
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .columns = columns_of(page, COUNT(sizes), MM_SIZE_CELL), .gap = MM_G });
    for (size_t i = 0; i < COUNT(sizes); i++) {
        const Size *size = &sizes[i];
        const char *id = tree_format(page->tree, "settings.text.%d", size->percent);
        card_open(page, id, now == size->percent, (Send){ ACT_TEXT_SIZE, (uint16_t)size->percent }, box);
        /* TRANSLATORS: two letters of the alphabet, as a sample of the size of text */
        Node *sample = part_text(page, size->sample, WEIGHT_SEMIBOLD, COLOUR_NONE, say(page, "Aa"));
        sample->style.text_scale_most = size->of_role;
        /* TRANSLATORS: a share in percent */
        const char *percent = fill(page, say(page, "{0} %"), words_number(page, size->percent));
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, percent);
        card_close(page);
    }
    tree_close(page->tree);
}

/* --- colours ----------------------------------------------------------------------------------------------------- */

typedef struct Look {
    const char *id, *picture, *name, *what;
} Look;

static const Look looks[] = {
    /* TRANSLATORS: colours of the glass: a name, and when it is good */
    [GLASS_LIGHT] = { "settings.theme.light", "picture-look-light", N_("Light"), N_("For the day") },
    [GLASS_EVENING] = { "settings.theme.evening", "picture-look-evening", N_("Evening"), N_("Dark, does not dazzle") },
    [GLASS_CONTRAST] = { "settings.theme.contrast", "picture-look-contrast", N_("High contrast"),
                         N_("For those who see badly") },
};
static_assert(COUNT(looks) == GLASS_THEME_COUNT, "a look for every theme");

static void colours(Page *page)
{
    GlassTheme now = model_glass(page->model).theme;
    unsigned columns = columns_of(page, COUNT(looks), MM_LOOK_CELL);
    bool below = columns > 1; /* the words, and not beside the picture */
    Style box = { .axis = below ? AXIS_COLUMN : AXIS_ROW, .align = ALIGN_CENTRE, .gap = below ? 2.0F : MM_G2 };
    Style picture = { .height = MM_LOOK, .width = MM_LOOK * 1.6F };

    /* TRANSLATORS: settings of the glass; title, and a line that says what it does */
    section(page, say(page, "Colours"), say(page, "The way all screens are coloured"));
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .columns = columns, .gap = MM_G });
    for (size_t i = 0; i < COUNT(looks); i++) {
        card_open(page, looks[i].id, now == (GlassTheme)i, (Send){ ACT_THEME, (uint16_t)i }, box);
        tree_leaf(page->tree, ROLE_IMAGE, NULL, "", picture)->icon = looks[i].picture;
        tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = below ? 0.0F : 1.0F, .gap = 1.0F });
        Node *name = part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, say(page, looks[i].name));
        Node *what = part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, say(page, looks[i].what));
        name->style.text_align = what->style.text_align = below ? ALIGN_CENTRE : ALIGN_START;
        tree_close(page->tree);
        card_close(page);
    }
    tree_close(page->tree);
}

/* --- what is on or off ------------------------------------------------------------------------------------------- */

typedef struct Switch {
    const char *id, *name, *what;
    Act act;
    bool on;
} Switch;

static void switches(Page *page)
{
    GlassSettings glass = model_glass(page->model);
    const Switch all[] = {
        /* TRANSLATORS: settings of the glass that are on or off: a name, and a line that says what it does */
        { "settings.low-reach", say(page, "Everything low"),
          say(page, "All that is read or touched comes down, for a wheelchair"), ACT_LOW_REACH, glass.low_reach },
        { "settings.left-handed", say(page, "For the left hand"),
          say(page, "The button that goes on, and the tools, are at the left"), ACT_LEFT_HANDED, glass.left_handed },
        { "settings.calm", say(page, "Calm"), say(page, "Nothing moves on the screen"), ACT_CALM, glass.calm },
        { "settings.listen", say(page, "Read aloud"),
          say(page, "The kiosk says what is on the screen and what you touch"), ACT_LISTEN, glass.listening },
    };

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_column(page->wide ? 3.0F : MM_G));
    size_t count = COUNT(all) - (page->model->speaks ? 0 : 1); /* the last is of no use to a kiosk that can't */
    for (size_t i = 0; i < count; i++)
        check_build(page->tree, &(Check){ .id = all[i].id,
                                          .label = all[i].name,
                                          .help = all[i].what,
                                          .ticked = all[i].on,
                                          .height = page_row(page, 30.0F),
                                          .send = { (uint16_t)all[i].act, 0 } });
    tree_close(page->tree);
}

static void louder(Page *page)
{
    int now = model_glass(page->model).volume;
    const char *of = fill(page, say(page, "{0} of {1}"), words_number(page, now), words_number(page, VOLUME_MOST));
    /* TRANSLATORS: how loud the kiosk is: not at all; else "3 of 4" */
    const char *words = now == 0 ? say(page, "silent") : of;
    Stepper stepper = { .id = "settings.volume",
                        .value = words,
                        .less = say(page, "Quieter"),
                        .more = say(page, "Louder"),
                        .at_least = now == 0,
                        .at_most = now == VOLUME_MOST,
                        .width = MM_VOLUME * page->scale,
                        .send_less = { ACT_VOLUME, (uint16_t)(now > 0 ? now - 1 : 0) },
                        .send_more = { ACT_VOLUME, (uint16_t)(now < VOLUME_MOST ? now + 1 : VOLUME_MOST) } };

    stepper_build(page->tree, &stepper);
}

static void volume(Page *page)
{
    bool beside = page->inside >= MM_STEPS + (MM_VOLUME + 100.0F) * page->scale;

    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .axis = beside ? AXIS_ROW : AXIS_COLUMN,
                       .align = beside ? ALIGN_CENTRE : ALIGN_START,
                       .gap = beside ? MM_G2 : 0.0F });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = beside ? 1.0F : 0.0F });
    /* TRANSLATORS: settings of the glass; title, and a line that says what it does */
    section(page, say(page, "Volume"), say(page, "Of the voice and of the sounds"));
    tree_close(page->tree);
    louder(page);
    tree_close(page->tree);
}

/* --- sheet ------------------------------------------------------------------------------------------------------- */

void screen_settings(Page *page)
{
    float between = page->wide ? MM_G2 : MM_G3;

    frame_open(page);
    /* Where it is tight the first setting is in sight rather than this. */
    frame_title(page, say(page, "Accessibility"),
                page_is_tight(page) ? "" : say(page, "It all goes back after your visit."));
    part_space(page, between);
    part_call_way(page);
    part_columns_open(page, 0.5F);
    text_size(page);
    part_space(page, between);
    colours(page);
    part_columns_next(page);
    switches(page);
    part_space(page, between);
    volume(page);
    part_columns_close(page);
    frame_bar(page);
    part_button(
        page,
        /* TRANSLATORS: button: all settings of the glass as they were before */
        (Button){ BUTTON_SECOND, "settings.reset", say(page, "As before"), "redo", false, ACT_SETTINGS_RESET, 0 });
    part_push(page);
    /* TRANSLATORS: button: leaves the settings, back to where one was */
    Node *done = part_main(page, "settings.done", say(page, "Done"), "check", ACT_SETTINGS);
    done->icon_after = false;
    frame_close(page);
}
