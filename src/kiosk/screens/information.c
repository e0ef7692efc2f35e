/* What the university tells: its topics as tiles, and the pages of one. */
#include "kiosk/screens/information.h"

#include <string.h>

#include "kiosk/screens/build.h"

#define LARGE_TEXT    1.5F
#define LOW_MM        170.0F /* lower content has no second lines */
#define WIDE_MM       400.0F /* content that has room for one column more */
#define EXAMPLES_MOST 46     /* letters of a tile's second line */
#define TILE_MOST_MM  124.0F

typedef struct Topic {
    const char *icon, *title;
} Topic;

static const Topic topics[] = {
    /* TRANSLATORS: the next ones are names of groups of pages with information */
    [TOPIC_OFFICE] = { "window", N_("The registrar’s office") },
    [TOPIC_STUDY] = { "study", N_("How study works") },
    [TOPIC_ADMISSION] = { "apply", N_("Admission and transfer") },
    [TOPIC_MONEY] = { "pay", N_("Contract and scholarships") },
    [TOPIC_LIFE] = { "person", N_("Student life and work") },
    [TOPIC_ABROAD] = { "globe", N_("Abroad and from abroad") },
};
static_assert(COUNT(topics) == INFORMATION_TOPIC_COUNT, "a name for every topic");

static bool is_terse(const Page *page)
{
    return page->scale >= LARGE_TEXT || page->low || page_content_height(page) < LOW_MM;
}

/* The next page of a topic that may be read, from there on; the count of all when there is none. */
static size_t told_from(const Page *page, int topic, size_t index)
{
    const Information *information = page->model->information;

    while (index < information_count(information) && ((int)information_at(information, index)->topic != topic ||
                                                      !model_tells(page->model, information_at(information, index))))
        index++;
    return index;
}

const char *information_examples(Page *page, int topic, size_t most)
{
    const Information *information = page->model->information;
    const char *words = "";

    for (size_t i = told_from(page, topic, 0); i < information_count(information); i = told_from(page, topic, i + 1)) {
        const char *title = words_local(page, &information_at(information, i)->title);

        if (utf8_count(str_from(words)) + utf8_count(str_from(title)) > most)
            continue;
        words = words[0] ? fill(page, "{0} · {1}", words, title) : title;
    }
    return words;
}

void information_row(Page *page, size_t index)
{
    const Article *article = information_at(page->model->information, index);

    part_way(page, (Way){ tree_format(page->tree, "information.page.%s", article->id), article->icon,
                          words_local(page, &article->title), words_local(page, &article->help), ACT_ARTICLE,
                          (uint16_t)index, false, 40.0F });
}

/* --- all topics --------------------------------------------------------------------------------------------------- */

static void tile(Page *page, int topic, bool beside)
{
    const char *id = tree_format(page->tree, "information.topic.%s", information_topic_name((InformationTopic)topic));
    const char *under = is_terse(page) ? "" : information_examples(page, topic, EXAMPLES_MOST);
    Style style = style_card(MM_G2);

    style.axis = beside ? AXIS_ROW : AXIS_COLUMN;
    style.align = beside ? ALIGN_CENTRE : ALIGN_STRETCH;
    style.gap = beside ? 7.0F : 2.0F;
    style.min_height = is_terse(page) ? page_row(page, 40.0F) : page_row(page, 60.0F);
    style.max_height = TILE_MOST_MM;
    style.grow = 1.0F;
    Node *node = tree_open(page->tree, ROLE_BUTTON, id, "", style);
    node->send = (Send){ ACT_INFORMATION, (uint16_t)topic };
    if (page->scale >= LARGE_TEXT)
        part_icon(page, topics[topic].icon, 16.0F, COLOUR_BRAND);
    else
        part_plate(page, (Plate){ topics[topic].icon, 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false });
    if (!beside)
        part_push(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 2.5F, .grow = beside ? 1.0F : 0.0F });
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, say(page, topics[topic].title));
    if (under[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, under);
    tree_close(page->tree);
    tree_close(page->tree);
}

static void tiles(Page *page)
{
    const size_t none = information_count(page->model->information);
    const unsigned wanted = page->inside > WIDE_MM ? 3 : 2;
    const unsigned columns = is_terse(page) && !page->wide ? 1 : page_grid_columns(page, wanted, MM_G);
    unsigned count = 0;

    for (int topic = 0; topic < INFORMATION_TOPIC_COUNT; topic++)
        count += told_from(page, topic, 0) < none;
    const unsigned rows = (count + columns - 1) / columns;
    tree_open(
        page->tree, ROLE_GROUP, NULL, "",
        (Style){ .columns = columns, .gap = MM_G, .grow = 8.0F, .max_height = (float)rows * (TILE_MOST_MM + MM_G) });
    for (int topic = 0; topic < INFORMATION_TOPIC_COUNT; topic++)
        if (told_from(page, topic, 0) < none)
            tile(page, topic, columns == 1 || is_terse(page));
    tree_close(page->tree);
}

static void all(Page *page)
{
    /* TRANSLATORS: title of the screen with all pages of information, and a line under it */
    frame_title(page, say(page, "Information"),
                is_terse(page) ? "" : say(page, "What students and applicants ask most. Touch what you need."));
    part_space(page, is_terse(page) ? MM_G : MM_G2);
    tiles(page);
}

/* --- one topic ---------------------------------------------------------------------------------------------------- */

static void one(Page *page, int topic)
{
    const size_t none = information_count(page->model->information);

    frame_title(page, say(page, topics[topic].title), "");
    part_space(page, MM_G2);
    part_grid(page, page->inside > WIDE_MM ? 2 : 1, MM_G);
    for (size_t i = told_from(page, topic, 0); i < none; i = told_from(page, topic, i + 1))
        information_row(page, i);
    tree_close(page->tree);
}

/* --- screen ------------------------------------------------------------------------------------------------------- */

void screen_information(Page *page)
{
    const int topic = page->visit->reading.topic - 1;

    frame_open(page);
    if (page->model->information) {
        if (topic >= 0 && topic < INFORMATION_TOPIC_COUNT)
            one(page, topic);
        else
            all(page);
    }
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (!page->visit->signed_in)
        /* TRANSLATORS: button, on pages that anybody reads: on to number and password */
        part_main(page, "information.sign-in", say_in(page, "button", "Sign in"), "person", ACT_START);
    frame_close(page);
}
