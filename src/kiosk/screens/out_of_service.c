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

static void head(Page *page)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G));
    part_icon(page, "logo", 26.0F, COLOUR_ON_BRAND);
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_institution(page, page->language))
        ->style.max_width = 110.0F;
    part_push(page);
    part_text(page, TEXT_DISPLAY, WEIGHT_SEMIBOLD, COLOUR_NONE, words_time(page, page->model->wall_ms));
    tree_close(page->tree);
}

/* The same in the other languages: nobody can choose one here. */
static void others(Page *page, const Words *reason)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        Language language = (Language)i;
        if (language == page->language)
            continue;
        const Texts *texts = page->model->texts;
        const char *title = text_get(texts, language, reason->title);
        const char *text = text_get(texts, language, reason->text);
        part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, title)->language = language;
        part_space(page, 1.0F);
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, text)->language = language;
        part_space(page, 6.0F);
    }
}

void screen_out_of_service(Page *page)
{
    const Model *model = page->model;
    OutReason out = model_out(model);
    const Words *reason = &words[out];

    tree_open(page->tree, ROLE_GROUP, "screen", "", (Style){ .fill = COLOUR_GROUND });
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .grow = 1.0F,
                       .fill = COLOUR_BRAND,
                       .ink = COLOUR_ON_BRAND,
                       .ornament = true,
                       .pad_top = MM_G4,
                       .pad_right = MM_G4,
                       .pad_bottom = MM_G4,
                       .pad_left = MM_G4 });
    head(page);
    part_push(page);
    if (out != OUT_STARTING)
        part_icon(page, "warn", 34.0F, COLOUR_ON_BRAND);
    part_space(page, MM_G2);
    tree_leaf(page->tree, ROLE_ALERT, "title", say(page, reason->title),
              style_text(TEXT_DISPLAY, WEIGHT_OF_ROLE, COLOUR_NONE));
    part_space(page, MM_G2);
    part_text(page, TEXT_TITLE, WEIGHT_MEDIUM, COLOUR_NONE, say(page, reason->text));
    part_space(page, MM_G3);
    if (out != OUT_STARTING)
        /* TRANSLATORS: a kiosk that can't serve says where one is served meanwhile */
        part_text(page, TEXT_HEADING, WEIGHT_REGULAR, COLOUR_NONE,
                  say(page, "Meanwhile the registrar’s office serves you at its windows, or use another kiosk."));
    tree_close(page->tree);
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .pad_top = MM_G3, .pad_right = MM_G4, .pad_bottom = 6.0F, .pad_left = MM_G4 });
    others(page, reason);
    tree_close(page->tree);
    tree_close(page->tree);
}
