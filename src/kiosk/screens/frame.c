/* The frame round every screen: strip, content, bar; and how much room it leaves on this glass. */
#include "kiosk/screens/parts.h"

#define MM_LOGO           20.0F
#define MM_LOGO_SIDE      10.0F  /* what a low strip keeps above and below it */
#define MM_BODY_LINE      11.14F /* heights of lines of text at 100 %: the look's tokens */
#define MM_CAPTION_LINE   8.91F
#define MM_ICON_GROWTH    0.8F /* of the text's */
#define MM_TOOL_ICON      10.5F
#define MM_TOOL_FULL      22.0F /* lower tools have smaller icons */
#define MM_ICON_PART      0.9F
#define MM_TOOL_GAP       3.0F   /* the floor between two targets */
#define MM_TOOL_WORDS     27.0F  /* a tool with its word, on average, at 100 % */
#define MM_TOOL_LINE      46.0F  /* ... the word beside the icon */
#define MM_CLOCK          32.0F  /* at 100 % */
#define MM_NAME           75.0F  /* the least that a university's name reads well in */
#define MM_LETTER         3.9F   /* of a caption, semibold, on average and with what lines leave over */
#define MM_COLUMNS        280.0F /* the least width of two columns, for text of 100 % */
#define MM_CELL           115.0F
#define MM_STRIP_REST     100.0F /* logo, clock and margins beside tools with words */
#define MM_TOOL_LEAST     25.0F
#define MM_SCARCE         90.0F  /* between strip and bar, for question, field and keys */
#define MM_SCARCE_ALERTED 125.0F /* ... and a notice */
#define FRAME_MOST        0.34F  /* of the height, for strip and bar together */
#define FLAT_OUT_OF_REACH 60.0F  /* of the part that stays empty: below it its line is a line alone */
#define FLAT_TEXT_MOST    1.25F
#define LOWER_GLASS       198.0F /* ... and still more */
#define LOW_GLASS         330.0F /* height below which rows and pads give way */
#define TIGHT             140.0F /* height, for text of 100 % */

/* --- measures ---------------------------------------------------------------------------------------------------- */

typedef enum Words { WORDS_NONE, WORDS_BELOW, WORDS_BESIDE } Words;

typedef struct Frame {
    float strip, tool, bar, button;
    Words words; /* of the tools; icons alone where there is no room, and the words are spoken */
} Frame;

/* Source: tokens of the look, "Components"; the last two for glasses that strip and bar would eat up. */
static const Frame portrait = { 36.0F, 26.0F, 44.0F, 24.0F, WORDS_BELOW };
static const Frame landscape = { 30.0F, 22.0F, 36.0F, 24.0F, WORDS_BELOW };
static const Frame large = { 42.0F, 32.0F, 48.0F, 32.0F, WORDS_BELOW };
static const Frame lean = { 26.0F, 20.0F, 30.0F, 24.0F, WORDS_BESIDE };
static const Frame least = { 22.0F, 16.0F, 26.0F, 20.0F, WORDS_BESIDE };

static float larger(float a, float b)
{
    return a > b ? a : b;
}

static bool eats(const Page *page, const Frame *frame)
{
    return frame->strip + frame->bar > FRAME_MOST * page->height;
}

/* Words and icons of this size need no less. */
static void grow(const Page *page, Frame *frame)
{
    float line = MM_BODY_LINE * page->scale;
    float tool = MM_TOOL_ICON * (1.0F + MM_ICON_GROWTH * (page->scale - 1.0F)) + MM_CAPTION_LINE * page->scale + 0.5F;

    frame->button = larger(frame->button, line);
    frame->bar = larger(frame->bar, frame->button + 2.0F * MM_TOOL_GAP);
    if (frame->words == WORDS_BELOW)
        frame->tool = larger(frame->tool, tool);
    frame->strip = larger(frame->strip, frame->tool + 2.0F * MM_TOOL_GAP);
}

static Frame frame_of(const Page *page)
{
    Frame frame = page->scale >= 1.5F ? large : page->wide ? landscape : portrait;

    if (eats(page, &frame) || (page->lean && page->height < LOW_GLASS))
        frame = lean;
    if (eats(page, &frame))
        frame = least;
    if (frame.words == WORDS_BELOW && page->scale >= 2.0F)
        frame.words = WORDS_NONE;
    if (frame.words == WORDS_BESIDE && page->width < (4.0F * MM_TOOL_LINE + MM_STRIP_REST) * page->scale)
        frame.words = WORDS_NONE;
    grow(page, &frame);
    /* Where keys leave nothing else, the tools of the strip are in the settings, a touch away in the bar. */
    if (page->typing && page->height - frame.strip - frame.bar < (page->alerted ? MM_SCARCE_ALERTED : MM_SCARCE))
        frame.strip = 0.0F;
    return frame;
}

bool page_is_scarce(const Page *page)
{
    return page->typing && frame_of(page).strip <= 0.0F;
}

float page_typing_height(const Page *page)
{
    Frame frame = frame_of(page);

    return page->height - frame.strip - frame.bar - (page->low ? 3.0F : 2.0F) * MM_HAIR;
}

bool page_is_tight(const Page *page)
{
    return page->height < TIGHT * page->scale;
}

float page_button(const Page *page)
{
    return frame_of(page).button;
}

float page_row(const Page *page, float mm)
{
    float part = page->height >= LOW_GLASS ? 1.0F : page->height >= LOWER_GLASS ? 0.75F : 0.6F;

    return mm * part > MM_TARGET_MAIN ? mm * part : MM_TARGET_MAIN;
}

static float pad_above(const Page *page)
{
    return page->height >= LOW_GLASS ? MM_G3 : page->height >= LOWER_GLASS ? MM_G2 : MM_G;
}

static float pad_below(const Page *page)
{
    return page->height >= LOW_GLASS ? MM_G2 : MM_G;
}

float page_content_width(const Page *page)
{
    return page->width - 2.0F * MM_G4;
}

float page_content_height(const Page *page)
{
    return page_typing_height(page) - pad_above(page) - pad_below(page);
}

/* --- columns ----------------------------------------------------------------------------------------------------- */

bool page_two_columns(const Page *page)
{
    return page->wide && page->scale < 1.5F && page_content_width(page) >= MM_COLUMNS * page->scale;
}

void part_columns_open(Page *page, float share)
{
    bool two = page_two_columns(page);
    Style style = { .axis = two ? AXIS_ROW : AXIS_COLUMN, .align = ALIGN_STRETCH, .gap = MM_G3, .grow = 1.0F };

    page->whole = page->inside;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    if (two)
        page->inside = (page->whole - MM_G3) * share;
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .width = two ? page->inside : 0.0F });
}

void part_columns_next(Page *page)
{
    bool two = page_two_columns(page);

    tree_close(page->tree);
    if (two)
        page->inside = page->whole - MM_G3 - page->inside;
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
}

void part_columns_close(Page *page)
{
    tree_close(page->tree);
    tree_close(page->tree);
    page->inside = page->whole;
}

unsigned page_grid_columns(const Page *page, unsigned wanted, float gap)
{
    unsigned columns = wanted;

    while (columns > 1 && (page->inside + gap) / (float)columns - gap < MM_CELL * page->scale)
        columns--;
    return columns;
}

void part_grid(Page *page, unsigned wanted, float gap)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .columns = page_grid_columns(page, wanted, gap), .fold = true, .gap = gap });
}

/* --- wall -------------------------------------------------------------------------------------------------------- */

void page_wall_button(const Page *page, Style *style)
{
    bool by_day = model_glass(page->model).theme == GLASS_LIGHT;

    style->fill = by_day ? COLOUR_SURFACE : COLOUR_BRAND;
    style->ink = by_day ? COLOUR_BRAND : COLOUR_ON_BRAND;
}

void part_out_of_reach(Page *page)
{
    float high = model_glass_height(page->model) - page->height;
    bool flat = high < FLAT_OUT_OF_REACH;
    Style style = { .height = high,
                    .justify = flat ? JUSTIFY_CENTRE : JUSTIFY_END,
                    .fill = COLOUR_WALL,
                    .ink = COLOUR_ON_WALL,
                    .ornament = true,
                    .pad_left = MM_G4,
                    .pad_right = MM_G4,
                    .pad_bottom = flat ? 0.0F : MM_G3 };

    if (!page->low || high <= 0.0F)
        return;
    tree_open(page->tree, ROLE_GROUP, "out-of-reach", "", style);
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G2));
    part_mark(page, "reach", flat ? 12.0F : 17.0F, COLOUR_ON_WALL);
    /* TRANSLATORS: in the upper part of the glass, which stays empty for a person in a wheelchair */
    Node *node =
        part_text(page, TEXT_HEADING, WEIGHT_REGULAR, COLOUR_NONE, say(page, "Everything is below, within reach."));
    node->style.grow = 1.0F;
    node->style.text_scale_most = flat ? FLAT_TEXT_MOST : 0.0F;
    tree_close(page->tree);
    tree_close(page->tree);
}

/* --- strip ------------------------------------------------------------------------------------------------------- */

static void tool(Page *page, const Frame *frame, Button button, bool on)
{
    Style style = { .axis = frame->words == WORDS_BESIDE ? AXIS_ROW : AXIS_COLUMN,
                    .align = ALIGN_CENTRE,
                    .height = frame->tool,
                    .min_width = frame->words == WORDS_BELOW ? MM_TOOL_LEAST : frame->tool,
                    .pad_left = 2.0F,
                    .pad_right = 2.0F,
                    .corner = MM_RS,
                    .text = TEXT_CAPTION,
                    .weight = WEIGHT_MEDIUM,
                    .icon_size = MM_TOOL_ICON };
    Node *node;

    if (frame->words == WORDS_NONE) {
        node = part_icon_button(page, button);
        node->style.width = node->style.height = frame->tool;
        node->style.corner = MM_RS;
        node->style.icon_size = frame->tool < MM_TOOL_FULL ? frame->tool * MM_ICON_PART / page->scale : MM_TOOL_ICON;
    } else {
        node = tree_leaf(page->tree, ROLE_BUTTON, button.id, button.label, style);
        node->icon = button.icon;
        node->send = (Send){ (uint16_t)button.act, button.arg };
    }
    node->state |= on ? NODE_CHOSEN : 0;
}

static void tools(Page *page, const Frame *frame)
{
    GlassSettings glass = model_glass(page->model);
    Style style = style_row(MM_TOOL_GAP);

    style.reverse = page->left;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    tool(
        page, frame,
        (Button){ BUTTON_QUIET, "strip.language", language_own_name(page->language), "globe", false, ACT_LANGUAGES, 0 },
        page->visit->choosing_language);
    /* TRANSLATORS: tools in the strip, one short word each: reads the glass aloud; larger text; colours for low sight
     */
    if (page->model->speaks)
        tool(page, frame, (Button){ BUTTON_QUIET, "strip.listen", say(page, "Listen"), "ear", false, ACT_LISTEN, 0 },
             glass.listening);
    tool(page, frame, (Button){ BUTTON_QUIET, "strip.text", say(page, "Text size"), "text", false, ACT_TEXT_SIZE, 0 },
         glass.text_percent > 100);
    tool(page, frame,
         (Button){ BUTTON_QUIET, "strip.contrast", say(page, "Contrast"), "contrast", false, ACT_CONTRAST, 0 },
         glass.theme == GLASS_CONTRAST);
    tree_close(page->tree);
}

/* What is left for institution and place beside the tools. */
static float room_for_name(const Page *page, const Frame *frame)
{
    float one = frame->words == WORDS_NONE     ? frame->tool
                : frame->words == WORDS_BESIDE ? MM_TOOL_LINE * page->scale
                                               : MM_TOOL_WORDS * page->scale;

    return page_content_width(page) - 4.0F * one - 3.0F * MM_TOOL_GAP - MM_CLOCK * page->scale - MM_LOGO - 4.0F * MM_G;
}

static float lines_of(const Page *page, const char *words, float room)
{
    float length = (float)utf8_count(str_from(words)) * MM_LETTER * page->scale;

    return 1.0F + (float)(int)(length / room);
}

/* Institution and place give way before the tools do, and the place before the institution. */
static void name(Page *page, const Frame *frame)
{
    const char *institution = words_institution(page, page->language);
    float room = room_for_name(page, frame), line = MM_CAPTION_LINE * page->scale;
    float lines = lines_of(page, institution, larger(room, 1.0F));
    Align side = page->left ? ALIGN_END : ALIGN_START;

    if (page->scale >= 1.5F || room < MM_NAME * page->scale || lines * line > frame->strip)
        return;
    part_text(page, TEXT_CAPTION, WEIGHT_SEMIBOLD, COLOUR_NONE, institution)->style.text_align = side;
    if (page->model->place[0] && (lines + lines_of(page, page->model->place, room)) * line <= frame->strip)
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, page->model->place)->style.text_align = side;
}

static void strip(Page *page)
{
    Frame frame = frame_of(page);
    Style style = style_row(MM_G);
    bool low = frame.strip < MM_LOGO + MM_LOGO_SIDE;

    if (frame.strip <= 0.0F)
        return;
    style.height = frame.strip;
    style.pad_left = style.pad_right = MM_G4;
    style.fill = COLOUR_SURFACE;
    style.reverse = page->left;
    tree_open(page->tree, ROLE_GROUP, "strip", "", style);
    part_mark(page, "logo", low ? frame.strip - 2.0F * MM_TOOL_GAP : MM_LOGO, COLOUR_BRAND);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    name(page, &frame);
    tree_close(page->tree);
    part_text(page, low && page->scale > 1.0F ? TEXT_BODY : TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE,
              words_time(page, page->model->wall_ms))
        ->style.text_scale_most = low ? (frame.strip - 2.0F * MM_TOOL_GAP) / MM_BODY_LINE : 0.0F;
    part_space(page, MM_G);
    tools(page, &frame);
    tree_close(page->tree);
    part_line(page);
}

/* --- frame ------------------------------------------------------------------------------------------------------- */

void frame_open(Page *page)
{
    tree_open(page->tree, ROLE_GROUP, "screen", "", (Style){ .fill = COLOUR_GROUND });
    part_out_of_reach(page);
    if (page->low)
        part_line(page);
    strip(page);
    page->inside = page_content_width(page);
    if (page->typing && page_pad_beside(page)) {
        page->inside -= page_pad_width(page);
        tree_open(page->tree, ROLE_GROUP, NULL, "",
                  (Style){ .axis = AXIS_ROW, .align = ALIGN_STRETCH, .grow = 1.0F, .reverse = page->left });
    }
    tree_open(page->tree, ROLE_GROUP, "content", "",
              (Style){ .grow = 1.0F,
                       .scroll = true,
                       .pad_top = pad_above(page),
                       .pad_right = MM_G4,
                       .pad_bottom = pad_below(page),
                       .pad_left = MM_G4 });
}

void frame_bar(Page *page)
{
    Style style = style_row(MM_G);

    tree_close(page->tree);
    part_line(page);
    style.height = frame_of(page).bar;
    style.pad_top = style.pad_bottom = MM_TOOL_GAP; /* what is touched above may end at the bar */
    style.pad_left = style.pad_right = MM_G4;
    style.fill = COLOUR_SURFACE;
    style.reverse = page->left;
    tree_open(page->tree, ROLE_GROUP, "bar", "", style);
    part_settings(page);
    part_call(page);
}

void frame_close(Page *page)
{
    tree_close(page->tree);
    tree_close(page->tree);
}

void frame_title(Page *page, const char *title, const char *under)
{
    TextRole role = page_is_tight(page) ? TEXT_HEADING : TEXT_TITLE;

    tree_leaf(page->tree, ROLE_HEADING, "title", title, style_text(role, WEIGHT_BOLD, COLOUR_NONE));
    if (!under[0])
        return;
    part_space(page, 3.0F);
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, under);
}
