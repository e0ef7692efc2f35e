/* Nothing can be done here now: what is the matter, when it is tried again, where to go meanwhile; shortly in every
 * language. */
#include "kiosk/screens/build.h"

typedef struct Words {
    const char *title, *text;
} Words;

static const Words words[] = {
    [OUT_NOT] = { "", "" },
    /* TRANSLATORS: titles and sentences of a kiosk that can't serve now */
    [OUT_STARTING] = { N_("One moment"), N_("The kiosk is starting.") },
    [OUT_NO_REGISTRAR] = { N_("No connection with the registrar’s office"),
                           N_("Papers can’t be made now. The kiosk tries again by itself, twice a minute.") },
    [OUT_NO_CATALOGUE] = { N_("The list of services has not come"),
                           N_("Papers can’t be made now. The kiosk tries again by itself, twice a minute.") },
    [OUT_UNKNOWN_KIOSK] = { N_("This kiosk is not enrolled"),
                            N_("The registrar’s office has to enrol it again. It keeps trying by itself.") },
    [OUT_CLOCK] = { N_("The clock of this kiosk is wrong"), N_("It has to be set before papers can be given out.") },
    [OUT_CLOSED] = { N_("This kiosk is closed"), N_("The registrar’s office has closed it for now.") },
};
static_assert(COUNT(words) == OUT_CLOSED + 1, "words for every reason");

/* Nobody touches here, so nothing may have to be scrolled: words grow as far as this glass has room for all of them,
 * and the smallest glasses have titles alone in the other languages. */
#define AREA_OF_ALL   128000.0F /* mm2 that they need at 100 % */
#define AREA_OF_SHORT 62000.0F  /* ... without institution and clock */

static float area(const Page *page)
{
    return page->width * page->height;
}

static float grow_most(const Page *page)
{
    float most = 1.0F;

    while (most < page->scale && AREA_OF_ALL * most * most < area(page))
        most += 0.05F;
    return most;
}

static Node *words_in(Page *page, TextRole role, Weight weight, Colour ink, const char *text)
{
    Node *node = part_text(page, role, weight, ink, text);

    node->style.text_scale_most = grow_most(page);
    return node;
}

static bool is_tight(const Page *page)
{
    return area(page) < AREA_OF_ALL || page->height < 250.0F;
}

static void head(Page *page)
{
    bool tight = is_tight(page);

    if (area(page) < AREA_OF_SHORT)
        return;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G));
    part_mark(page, "logo", tight ? 20.0F : 26.0F, COLOUR_ON_WALL);
    words_in(page, tight ? TEXT_BODY : TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE,
             words_institution(page, page->language))
        ->style.grow = 1.0F;
    words_in(page, tight ? TEXT_TITLE : TEXT_DISPLAY, WEIGHT_SEMIBOLD, COLOUR_NONE,
             words_time(page, page->model->wall_ms));
    tree_close(page->tree);
}

/* The same in the other languages: nobody can choose one here. */
static void others(Page *page, const Words *reason)
{
    TextRole role = is_tight(page) ? TEXT_CAPTION : TEXT_BODY;
    const Texts *texts = page->model->texts;

    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        Language language = (Language)i;
        if (language == page->language)
            continue;
        const char *title = text_get(texts, language, reason->title);
        const char *text = text_get(texts, language, reason->text);
        tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 1.0F });
        words_in(page, role, WEIGHT_SEMIBOLD, COLOUR_NONE, title)->language = language;
        if (area(page) >= AREA_OF_SHORT)
            words_in(page, role, WEIGHT_REGULAR, COLOUR_INK_SOFT, text)->language = language;
        tree_close(page->tree);
    }
}

static void reason_words(Page *page, OutReason out)
{
    const Words *reason = &words[out];
    bool tight = is_tight(page);
    bool small = area(page) < AREA_OF_SHORT;
    TextRole role = small ? TEXT_HEADING : tight ? TEXT_TITLE : TEXT_DISPLAY;
    Style title = style_text(role, WEIGHT_BOLD, COLOUR_NONE);

    part_push(page);
    if (out != OUT_STARTING && !small) {
        part_mark(page, "warn", tight ? 20.0F : 34.0F, COLOUR_ON_WALL);
        part_space(page, tight ? MM_G : MM_G2);
    }
    title.text_scale_most = grow_most(page);
    tree_leaf(page->tree, ROLE_ALERT, "title", say(page, reason->title), title);
    part_space(page, tight ? MM_G : MM_G2);
    words_in(page,
             small   ? TEXT_BODY
             : tight ? TEXT_HEADING
                     : TEXT_TITLE,
             WEIGHT_MEDIUM, COLOUR_NONE, say(page, reason->text));
    if (out == OUT_STARTING)
        return;
    part_space(page, tight ? MM_G : MM_G3);
    /* TRANSLATORS: a kiosk that can't serve says where one is served meanwhile */
    words_in(page, tight ? TEXT_BODY : TEXT_HEADING, WEIGHT_REGULAR, COLOUR_NONE,
             say(page, "Meanwhile the registrar’s office serves you at its windows, or use another kiosk."));
}

void screen_out_of_service(Page *page)
{
    OutReason out = model_out(page->model);
    float pad = is_tight(page) ? MM_G2 : MM_G4;
    Style wall = { .grow = page->wide ? 2.0F : 1.0F,
                   .fill = COLOUR_WALL,
                   .ink = COLOUR_ON_WALL,
                   .ornament = true,
                   .pad_top = pad,
                   .pad_right = MM_G4,
                   .pad_bottom = pad,
                   .pad_left = MM_G4 };
    Style ground = { .grow = page->wide ? 1.0F : 0.0F,
                     .justify = page->wide ? JUSTIFY_CENTRE : JUSTIFY_START,
                     .gap = page->wide && !is_tight(page) ? MM_G3 : MM_G,
                     .pad_top = pad,
                     .pad_right = MM_G4,
                     .pad_bottom = pad,
                     .pad_left = page->wide ? MM_G3 : MM_G4 };

    tree_open(page->tree, ROLE_GROUP, "screen", "", (Style){ .fill = COLOUR_GROUND });
    part_out_of_reach(page);
    /* On a wide glass the other languages stand beside it. */
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .axis = page->wide ? AXIS_ROW : AXIS_COLUMN, .align = ALIGN_STRETCH, .grow = 1.0F });
    tree_open(page->tree, ROLE_GROUP, NULL, "", wall);
    head(page);
    reason_words(page, out);
    tree_close(page->tree);
    tree_open(page->tree, ROLE_GROUP, NULL, "", ground);
    others(page, &words[out]);
    tree_close(page->tree);
    tree_close(page->tree);
    tree_close(page->tree);
}
