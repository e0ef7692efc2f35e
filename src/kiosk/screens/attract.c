/* Nobody is there yet: a greeting in the languages in turn, one big start, the languages, what one may need before it
 * can be read or reached, and whether it can print, said beforehand.
 *
 * Where there is room, a wall with the greeting and a panel with the rest; where text is large, the glass low or reach
 * reduced, the frame of every screen, whose strip has the same tools and whose content scrolls. */
#include "kiosk/screens/build.h"
#include "kiosk/screens/notices.h"

#define WALL_TEXT_MOST    1.25F  /* of the text: larger words need the frame */
#define WALL_HIGH_LEAST   440.0F /* heights of the glass, for text of 100 % */
#define WALL_WIDE_LEAST   260.0F
#define HERO_LEAST        520.0F /* of a high glass, for the largest greeting */
#define HERO_WIDE         284.0F /* ... of a wide one: its longest word, at 100 % */
#define DISPLAY_WIDE      142.0F
#define GREETING_MOST     1.5F   /* of the text, in the frame */
#define DISPLAY_LEAST     120.0F /* of the frame's content, for a large one */
#define PANEL_SHARE       0.39F  /* of a wide glass: "пожаловать" fits beside it in the largest letters */
#define FRAME_SHARE       0.48F  /* of the frame's content, for the greeting */
#define MM_LANGUAGE       34.0F
#define MM_LANGUAGE_LEAST 62.0F /* a language's own name, at 100 % */
#define MM_LANGUAGE_LARGE 90.0F
#define MM_PANEL_REST     140.0F /* clock, tools, printer and the gaps of a wide panel, at 100 % */
#define MM_TROUBLE        52.0F  /* what it takes more to say why the printer does not print */

/* --- words that both have ---------------------------------------------------------------------------------------- */

static Node *greeting(Page *page, TextRole role)
{
    Language language = model_greeting(page->model);
    /* TRANSLATORS: the greeting of the resting screen, very large: two short lines at most, "\n" between them */
    const char *welcome = text_get(page->model->texts, language, N_("Welcome"));
    Node *node = tree_leaf(page->tree, ROLE_HEADING, "greeting", welcome, style_text(role, WEIGHT_BOLD, COLOUR_NONE));

    node->language = language;
    return node;
}

static void what(Page *page, TextRole role)
{
    Language language = model_greeting(page->model);
    /* TRANSLATORS: under the greeting, one sentence; "\n" may break the line */
    const char *words = text_get(page->model->texts, language, N_("Your certificate in a minute,\nright here."));

    part_text(page, role, WEIGHT_MEDIUM, COLOUR_NONE, words)->language = language;
}

/* What runs low keeps nobody from printing: a line for those who look after it, and nothing for the others. */
static void low(Page *page)
{
    const PrinterFacts *printer = &page->model->printer;
    /* TRANSLATORS: small, at the foot of the resting screen */
    const char *words = printer->paper_low && printer->toner_low
                            ? say(page, "For members of staff: paper and toner run low.")
                        : printer->paper_low ? say(page, "For members of staff: paper runs low.")
                                             : say(page, "For members of staff: toner runs low.");

    if (printer->paper_low || printer->toner_low)
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, words);
}

static bool prints(const Model *model)
{
    return !model_paper_blocks(model) && !printer_blocked(model->printer.condition);
}

/* Printer and office, in one line when all is well; what still can be done when it is not. */
static void state(Page *page)
{
    const Model *model = page->model;
    PrinterCondition condition = model->printer.condition;
    const char *office = words_office(page);

    if (model_paper_blocks(model)) {
        /* TRANSLATORS: resting screen, while a paper of somebody else has not come out for certain */
        part_notice(page, ROLE_STATUS,
                    (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, say(page, "The printer still has a paper in it"),
                              say(page, "You can sign in and look; printing waits until that paper is out.") });
        return;
    }
    if (prints(model)) {
        tree_open(page->tree, ROLE_STATUS, "attract.printer", "", style_row(MM_G));
        part_icon(page, "print", 11.0F, COLOUR_GOOD);
        /* TRANSLATORS: two sentences: {0} how the printer is, {1} when the office is open */
        const char *both = fill(page, say(page, "{0}. {1}."), words_printer(page, PRINTER_READY), office);
        const char *words = condition == PRINTER_READY ? both : fill(page, "{0}.", office);
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words)->style.grow = 1.0F;
        tree_close(page->tree);
        low(page);
        return;
    }
    /* TRANSLATORS: {0}: when the office is open, a whole sentence without a full stop */
    const char *still =
        fill(page, say(page, "You can sign in and look; a paper is printed once the printer works. {0}."), office);
    Node *node = part_notice(page, ROLE_STATUS,
                             (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, words_printer(page, condition), still });
    str_copy_cut(str_from("attract.printer"), node->id, sizeof node->id);
}

/* --- languages --------------------------------------------------------------------------------------------------- */

typedef struct LanguageRow {
    float height;
    bool large; /* there is room for large words and a chevron */
} LanguageRow;

static void language(Page *page, Language language, LanguageRow row)
{
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.height = row.height;
    style.pad_left = style.pad_right = row.large ? MM_G2 : MM_G;
    const char *id = tree_format(page->tree, "language.%s", language_tag(language));
    Node *node = tree_open(page->tree, ROLE_BUTTON, id, "", style);
    node->send = (Send){ ACT_LANGUAGE, (uint16_t)language };
    Node *name = part_text(page, row.large ? TEXT_HEADING : TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE,
                           language_own_name(language));
    name->style.grow = 1.0F;
    name->language = node->language = language;
    if (row.large)
        part_icon(page, "chev", 10.0F, COLOUR_BRAND);
    tree_close(page->tree);
}

/* In rows of two; five are better three and two on a wide panel than a lone one below.  room: height that they may
 * take one below the other. */
static void languages(Page *page, float room)
{
    float row = (room + MM_G) / LANGUAGE_COUNT - MM_G;
    bool list = row >= MM_BUTTON * page->scale;
    unsigned wanted = list ? 1 : LANGUAGE_COUNT > 4 ? 3 : 2;
    unsigned columns = wanted == 3 && page->inside < 3.0F * MM_LANGUAGE_LEAST * page->scale ? 2 : wanted;
    float width = (page->inside + MM_G) / (float)columns - MM_G;
    LanguageRow style = { .height = list && row < MM_LANGUAGE ? row : page_row(page, MM_LANGUAGE),
                          .large = width >= MM_LANGUAGE_LARGE * page->scale };

    tree_open(page->tree, ROLE_GROUP, "attract.languages", "", (Style){ .columns = columns, .gap = MM_G });
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        language(page, (Language)i, style);
    tree_close(page->tree);
}

/* --- tools ------------------------------------------------------------------------------------------------------- */

static void tool(Page *page, Button button, bool on)
{
    Style style = { .align = ALIGN_CENTRE,
                    .grow = 1.0F,
                    .height = 26.0F,
                    .pad_left = 2.0F,
                    .pad_right = 2.0F,
                    .corner = MM_R,
                    .text = TEXT_CAPTION,
                    .weight = WEIGHT_MEDIUM,
                    .icon_size = 10.5F };
    Node *node = tree_leaf(page->tree, ROLE_BUTTON, button.id, button.label, style);

    node->icon = button.icon;
    node->send = (Send){ (uint16_t)button.act, button.arg };
    node->state |= on ? NODE_CHOSEN : 0;
}

/* What somebody needs before anything can be read or reached: one touch each. */
static void tools(Page *page)
{
    GlassSettings glass = model_glass(page->model);
    Style row = { .axis = AXIS_ROW, .align = ALIGN_STRETCH, .gap = MM_G, .reverse = page->left };

    tree_open(page->tree, ROLE_GROUP, "attract.tools", "", row);
    if (page->model->speaks)
        tool(page, (Button){ BUTTON_QUIET, "strip.listen", say(page, "Listen"), "ear", false, ACT_LISTEN, 0 },
             glass.listening);
    tool(page, (Button){ BUTTON_QUIET, "strip.text", say(page, "Text size"), "text", false, ACT_TEXT_SIZE, 0 },
         glass.text_percent > 100);
    tool(page, (Button){ BUTTON_QUIET, "strip.contrast", say(page, "Contrast"), "contrast", false, ACT_CONTRAST, 0 },
         glass.theme == GLASS_CONTRAST);
    tool(page, (Button){ BUTTON_QUIET, "settings", say(page, "Accessibility"), "access", false, ACT_SETTINGS, 0 },
         false);
    tree_close(page->tree);
}

/* --- the wall ---------------------------------------------------------------------------------------------------- */

static void time_and_day(Page *page, TextRole role, Align side)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 2.0F });
    Node *time = part_text(page, role, WEIGHT_SEMIBOLD, COLOUR_NONE, words_time(page, page->model->wall_ms));
    time->style.text_align = side;
    time->style.text_scale_most = 1.0F;
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words_date(page, page->model->wall_ms, DATE_DAY))
        ->style.text_align = side;
    tree_close(page->tree);
}

static void head(Page *page)
{
    Style row = style_row(MM_G);

    row.reverse = page->left;
    tree_open(page->tree, ROLE_GROUP, NULL, "", row);
    part_mark(page, "logo", 26.0F, COLOUR_ON_WALL);
    Node *name = part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_institution(page, page->language));
    name->style.text_align = page->left ? ALIGN_END : ALIGN_START;
    name->style.grow = 1.0F;
    if (!page->wide)
        time_and_day(page, TEXT_DISPLAY, page->left ? ALIGN_START : ALIGN_END);
    tree_close(page->tree);
}

static void start(Page *page)
{
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .gap = MM_G,
                    .height = page_row(page, 40.0F),
                    .corner = MM_R,
                    .text = TEXT_TITLE,
                    .weight = WEIGHT_BOLD,
                    .icon_size = 17.0F };

    page_wall_button(page, &style);
    /* TRANSLATORS: button of the resting screen */
    Node *node = tree_leaf(page->tree, ROLE_BUTTON, "attract.start", say(page, "Touch to begin"), style);
    node->icon = "hand";
    node->send = (Send){ ACT_START, 0 };
    node->state |= NODE_MAIN;
}

/* --- doors: what is there without signing in ---------------------------------------------------------------------- */

#define DOORS_MOST    3
#define MM_DOOR       28.0F
#define MM_DOOR_LEAST 76.0F /* its words, at 100 % */
#define DOOR_GAP      MM_G

static size_t doors_of(Page *page, Button doors[DOORS_MOST])
{
    const Model *model = page->model;
    size_t count = 0;

    if (model_informs(model))
        /* TRANSLATORS: buttons of the resting screen, for what needs no sign-in: short */
        doors[count++] = (Button){ BUTTON_QUIET, "attract.information", say(page, "Information"), "notice",
                                   false,        ACT_INFORMATION,       INFORMATION_TOPIC_COUNT };
    if (model_offers_tickets(model))
        doors[count++] = (Button){
            BUTTON_QUIET, "attract.ticket", say(page, "Ticket for a window"), "ticket", false, ACT_TICKETS, 0
        };
    if (model_offers_visitors(model))
        doors[count++] = (Button){
            BUTTON_QUIET, "attract.visitor", say(page, "I do not study here"), "person", false, ACT_VISITOR, 0
        };
    return count;
}

/* Quieter than the way in, in its own colours. */
static void door(Page *page, Button button, bool on_wall)
{
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .justify = JUSTIFY_CENTRE,
                    .gap = MM_G,
                    .height = page_row(page, MM_DOOR),
                    .corner = MM_R,
                    .pad_left = MM_G,
                    .pad_right = MM_G,
                    .text = TEXT_BODY,
                    .weight = WEIGHT_SEMIBOLD,
                    .icon_size = 11.0F };

    if (on_wall) {
        style.border = style.ink = COLOUR_ON_WALL;
        style.border_px = 2;
    } else {
        style.fill = COLOUR_SURFACE;
        style.border = COLOUR_EDGE;
    }
    Node *node = tree_leaf(page->tree, ROLE_BUTTON, button.id, button.label, style);
    node->icon = button.icon;
    node->send = (Send){ (uint16_t)button.act, button.arg };
}

static void doors(Page *page, float width, bool on_wall)
{
    Button list[DOORS_MOST];
    size_t count = doors_of(page, list);
    unsigned columns = (unsigned)count;

    if (count == 0)
        return;
    while (columns > 1 && (width + DOOR_GAP) / (float)columns - DOOR_GAP < MM_DOOR_LEAST * page->scale)
        columns--;
    part_space(page, MM_G);
    tree_open(page->tree, ROLE_GROUP, "attract.doors", "", (Style){ .columns = columns, .gap = DOOR_GAP });
    for (size_t i = 0; i < count; i++)
        door(page, list[i], on_wall);
    tree_close(page->tree);
}

static float wall_width(const Page *page)
{
    return page->width * (page->wide ? 1.0F - PANEL_SHARE : 1.0F);
}

static TextRole greeting_role(const Page *page)
{
    bool fits = wall_width(page) - 2.0F * MM_G4 >= HERO_WIDE * page->scale;
    bool hero = page->wide ? fits && !page_has_notice(page) : page->height >= HERO_LEAST * page->scale;

    return hero ? TEXT_HERO : TEXT_DISPLAY;
}

static void wall(Page *page)
{
    tree_open(page->tree, ROLE_GROUP, "attract.wall", "",
              (Style){ .grow = page->wide ? 0.0F : 1.0F,
                       .width = page->wide ? wall_width(page) : 0.0F,
                       .fill = COLOUR_WALL,
                       .ink = COLOUR_ON_WALL,
                       .ornament = true,
                       .pad_top = MM_G4,
                       .pad_right = MM_G4,
                       .pad_bottom = MM_G4,
                       .pad_left = MM_G4 });
    head(page);
    part_space(page, MM_G3);
    part_notice_turn(page);
    part_push(page);
    greeting(page, greeting_role(page))->style.text_scale_most = 1.0F;
    part_space(page, MM_G2);
    what(page, TEXT_TITLE);
    part_space(page, MM_G4);
    start(page);
    doors(page, wall_width(page) - 2.0F * MM_G4, true);
    tree_close(page->tree);
}

static void panel(Page *page)
{
    float pad = page->wide ? MM_G3 : MM_G4;
    float width = page->wide ? page->width - wall_width(page) : page->width;
    float rest = MM_PANEL_REST + (prints(page->model) ? 0.0F : MM_TROUBLE);

    page->inside = width - 2.0F * pad;
    tree_open(page->tree, ROLE_GROUP, "attract.panel", "",
              (Style){ .width = page->wide ? width : 0.0F,
                       .gap = MM_G3,
                       .pad_top = MM_G3,
                       .pad_right = pad,
                       .pad_bottom = MM_G3,
                       .pad_left = pad });
    if (page->wide) {
        time_and_day(page, TEXT_TITLE, page->left ? ALIGN_START : ALIGN_END);
        part_push(page);
    }
    languages(page, page->wide ? page->height - rest * page->scale : 0.0F);
    tools(page);
    state(page);
    tree_close(page->tree);
}

static void on_wall(Page *page)
{
    tree_open(page->tree, ROLE_GROUP, "screen", "", (Style){ .fill = COLOUR_GROUND });
    tree_open(page->tree, ROLE_GROUP, "content", "",
              (Style){ .axis = page->wide ? AXIS_ROW : AXIS_COLUMN,
                       .align = ALIGN_STRETCH,
                       .grow = 1.0F,
                       .reverse = page->wide && page->left });
    wall(page);
    panel(page);
    tree_close(page->tree);
    tree_close(page->tree);
}

/* --- in the frame ------------------------------------------------------------------------------------------------ */

static void in_frame(Page *page)
{
    frame_open(page);
    part_columns_open(page, FRAME_SHARE);
    bool fits = page_content_height(page) >= DISPLAY_LEAST * page->scale &&
                page->inside >= DISPLAY_WIDE * (page->scale < GREETING_MOST ? page->scale : GREETING_MOST);
    greeting(page, fits ? TEXT_DISPLAY : TEXT_TITLE)->style.text_scale_most = GREETING_MOST;
    part_space(page, MM_G);
    if (!page_has_notice(page))
        what(page, TEXT_HEADING);
    part_notice_turn(page);
    part_space(page, page_two_columns(page) ? 0.0F : MM_G2);
    part_columns_next(page);
    languages(page, 0.0F);
    doors(page, page->inside, false);
    part_space(page, MM_G2);
    state(page);
    part_columns_close(page);
    frame_bar(page);
    Node *node = part_main(page, "attract.start", say(page, "Touch to begin"), "hand", ACT_START);
    node->icon_after = false;
    node->style.grow = 1.0F;
    frame_close(page);
}

void screen_attract(Page *page)
{
    float least = page->wide ? WALL_WIDE_LEAST : WALL_HIGH_LEAST;

    if (page->scale <= WALL_TEXT_MOST && page->height >= least * page->scale)
        on_wall(page);
    else
        in_frame(page);
}
