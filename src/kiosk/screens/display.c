/* The hall's screen: who is called where.  Read from across a room, touched by nobody; its languages come in turn. */
#include "kiosk/screens/build.h"
#include "kiosk/screens/notices.h"

#define ROWS_MOST   7 /* beside the newest */
#define TOPICS_MOST HALL_TOPICS_MOST
/* Heights of what stands here, for text of 100 %: nobody can scroll this screen. */
#define HEAD_MM   46.0F
#define NEWEST_MM 106.0F
#define ROW_MM    27.0F
#define AWAY_MM   40.0F
#define TOPIC_MM  21.0F
#define FOOT_MM   64.0F /* below the lines of a high glass: date, hours, a notice */

static bool is_away(const Page *page)
{
    const OutReason out = model_out(page->model);

    return out != OUT_NOT && out != OUT_NO_CATALOGUE && out != OUT_STARTING;
}

static void head(Page *page)
{
    Style row = { .axis = AXIS_ROW,
                  .align = ALIGN_CENTRE,
                  .gap = MM_G2,
                  .fill = COLOUR_WALL,
                  .ink = COLOUR_ON_WALL,
                  .pad_left = MM_G4,
                  .pad_right = MM_G4,
                  .pad_top = MM_G2,
                  .pad_bottom = MM_G2 };

    tree_open(page->tree, ROLE_GROUP, "display.head", "", row);
    part_mark(page, "logo", 26.0F, COLOUR_ON_WALL);
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_institution(page, page->language))->style.grow =
        1.0F;
    part_text(page, TEXT_DISPLAY, WEIGHT_SEMIBOLD, COLOUR_NONE, words_time(page, page->model->wall_ms));
    tree_close(page->tree);
}

static const char *words_to(Page *page, const ApiCalled *called)
{
    /* TRANSLATORS: on the hall's screen, beside a number that is called: the window, {0} its number */
    return fill(page, say(page, "Window {0}"), words_number(page, called->window));
}

/* Number and window are one sentence for who listens. */
static void newest(Page *page, const ApiCalled *called)
{
    Style card = style_card(MM_G3);
    const bool now = !called->serving;

    card.fill = now ? COLOUR_GOOD : COLOUR_SURFACE;
    card.ink = now ? COLOUR_ON_BRAND : COLOUR_NONE;
    card.gap = MM_G;
    Node *node = tree_open(page->tree, ROLE_STATUS, "display.newest", "", card);
    node->said = fill(page, "{0}: {1}", called->number, words_to(page, called));
    part_text(page, TEXT_HERO, WEIGHT_BOLD, COLOUR_NONE, called->number)->style.text_align = ALIGN_CENTRE;
    part_text(page, TEXT_DISPLAY, WEIGHT_BOLD, COLOUR_NONE, words_to(page, called))->style.text_align = ALIGN_CENTRE;
    tree_close(page->tree);
}

static void row(Page *page, const ApiCalled *called, size_t index)
{
    Style style = { .axis = AXIS_ROW, .align = ALIGN_CENTRE, .gap = MM_G2, .pad_top = MM_G, .pad_bottom = MM_G };
    Colour ink = called->serving ? COLOUR_INK_SOFT : COLOUR_GOOD;

    Node *node = tree_open(page->tree, ROLE_GROUP,
                           fill(page, "display.called.{0}", words_number(page, (int64_t)index + 1)), "", style);
    node->said = fill(page, "{0}: {1}", called->number, words_to(page, called));
    part_text(page, TEXT_TITLE, WEIGHT_BOLD, ink, called->number)->style.grow = 1.0F;
    part_text(page, TEXT_TITLE, WEIGHT_SEMIBOLD, ink, words_to(page, called));
    tree_close(page->tree);
}

/* As many as there is room for, and one at least. */
static size_t rows_most(const Page *page, const ApiHall *hall)
{
    float room = page->height - (HEAD_MM + NEWEST_MM + (is_away(page) ? AWAY_MM : 0)) * page->scale - 2 * MM_G3;

    if (!page_two_columns(page))
        room -= ((float)hall->topic_count * TOPIC_MM + FOOT_MM) * page->scale;
    const float rows = room / (ROW_MM * page->scale);
    return rows <= 1 ? 1 : rows >= ROWS_MOST ? ROWS_MOST : (size_t)rows;
}

static void called(Page *page, const ApiHall *hall)
{
    if (!hall || hall->called_count == 0) {
        Style card = style_card(MM_G4);

        tree_open(page->tree, ROLE_GROUP, "display.nobody", "", card);
        /* TRANSLATORS: on the hall's screen, while no number is called */
        part_text(page, TEXT_TITLE, WEIGHT_BOLD, COLOUR_NONE, say(page, "Please wait for your number"))
            ->style.text_align = ALIGN_CENTRE;
        part_space(page, MM_G2);
        part_text(page, TEXT_HEADING, WEIGHT_REGULAR, COLOUR_INK_SOFT,
                  say(page, "Tickets for the windows: at any kiosk."))
            ->style.text_align = ALIGN_CENTRE;
        tree_close(page->tree);
        return;
    }
    newest(page, &hall->called[0]);
    part_space(page, MM_G2);
    for (size_t i = 1; i < hall->called_count && i <= rows_most(page, hall); i++) {
        row(page, &hall->called[i], i);
        part_line(page);
    }
}

static void topics(Page *page, const ApiHall *hall)
{
    if (!hall || hall->topic_count == 0)
        return;
    tree_open(page->tree, ROLE_GROUP, "display.topics", "", style_card(MM_G2));
    /* TRANSLATORS: on the hall's screen: label over the lines before the windows */
    part_label(page, say(page, "Waiting"));
    for (size_t i = 0; i < hall->topic_count && i < TOPICS_MOST; i++) {
        const ApiTopic *topic = &hall->topics[i];
        Node *line = tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G2));

        line->style.pad_top = line->style.pad_bottom = 2.0F;
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, api_topic_title(topic, page->language))->style.grow =
            1.0F;
        part_text(page, TEXT_HEADING, WEIGHT_BOLD, topic->open ? COLOUR_BRAND : COLOUR_INK_SOFT,
                  topic->open ? words_number(page, topic->waiting) : say(page, "closed"));
        tree_close(page->tree);
    }
    tree_close(page->tree);
}

static void away(Page *page)
{
    if (!is_away(page))
        return;
    part_notice(page, ROLE_ALERT,
                (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, say(page, "No connection to the office"),
                          say(page, "Numbers called now are not shown: listen to the staff at the windows.") });
    part_space(page, MM_G2);
}

static void side(Page *page, const ApiHall *hall)
{
    topics(page, hall);
    part_space(page, MM_G2);
    part_notice_turn(page);
    part_push(page);
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, words_date(page, page->model->wall_ms, DATE_DAY));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, words_office(page));
}

void screen_display(Page *page)
{
    const ApiHall *hall = page->model->hall;

    tree_open(page->tree, ROLE_GROUP, "screen", "", (Style){ .fill = COLOUR_GROUND });
    head(page);
    page->inside = page_content_width(page);
    tree_open(page->tree, ROLE_GROUP, "content", "",
              (Style){ .grow = 1.0F,
                       .scroll = true,
                       .pad_top = MM_G3,
                       .pad_right = MM_G4,
                       .pad_bottom = MM_G3,
                       .pad_left = MM_G4 });
    away(page);
    part_columns_open(page, 0.6F);
    called(page, hall);
    part_space(page, page_two_columns(page) ? 0.0F : MM_G3);
    part_columns_next(page);
    side(page, hall);
    part_columns_close(page);
    tree_close(page->tree);
    tree_close(page->tree);
}
