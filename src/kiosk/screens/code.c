/* A QR code on a card, with what to do with it. */
#include "kiosk/screens/build.h"

#define CODE_WORDS_MM  112.0F /* beside the code, for text of 100 % */
#define BESIDE_WIDE_MM 100.0F
#define LOW_MM         240.0F /* of content: less room around what stands there */

static void code_step(Page *page, int number, const char *words)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = MM_G, .align = ALIGN_BASELINE });
    part_text(page, TEXT_BODY, WEIGHT_BOLD, COLOUR_BRAND, fill(page, "{0}.", words_number(page, number)));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words)->style.grow = 1.0F;
    tree_close(page->tree);
}

static void picture(Page *page, const CodeCard *card, float mm)
{
    Style style = { .width = mm, .height = mm, .fill = COLOUR_PAPER, .border = COLOUR_LINE, .border_px = 1 };

    if (card->picture->png) {
        Node *node = tree_leaf(page->tree, ROLE_IMAGE, card->id, say(page, "QR code for your phone"), style);
        tree_set_image(page->tree, node, card->picture->png);
        return;
    }
    style.fill = COLOUR_TINT; /* its place, until it is there */
    style.align = ALIGN_CENTRE;
    style.justify = JUSTIFY_CENTRE;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_mark(page, "phone", MM_BUTTON, COLOUR_BRAND);
    tree_close(page->tree);
}

static void words(Page *page, const CodeCard *card)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = MM_G });
    if (card->title[0])
        part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, card->title);
    for (size_t i = 0; i < COUNT(card->steps) && card->steps[i]; i++)
        code_step(page, (int)i + 1, card->steps[i]);
    if (card->address[0]) {
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, say(page, "The code opens:"));
        part_text(page, TEXT_CAPTION, WEIGHT_SEMIBOLD, COLOUR_INK_SOFT, card->address)->language = LANGUAGE_EN;
    }
    tree_close(page->tree);
}

/* In a row where there is room for both. */
void part_code_card(Page *page, const CodeCard *card)
{
    float mm = model_code_width(page->model, card->picture);
    float beside = page->inside - mm - 3.0F * MM_G3;
    bool row = beside >= (page->wide ? BESIDE_WIDE_MM : CODE_WORDS_MM) * page->scale;
    Style style = style_card(page_content_height(page) < LOW_MM ? MM_G2 : MM_G3);

    style.axis = row ? AXIS_ROW : AXIS_COLUMN;
    style.align = ALIGN_CENTRE;
    style.gap = row ? MM_G3 : MM_G2;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_CENTRE });
    picture(page, card, mm);
    tree_close(page->tree);
    words(page, card);
    tree_close(page->tree);
}
