/* First the paper and where it lies, then how it is checked, then go. */
#include "kiosk/screens/build.h"

static void head(Page *page, int sheets)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
    part_plate(page, (Plate){ "check", 30.0F, 18.0F, COLOUR_GOOD_TINT, COLOUR_GOOD, true });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 2.0F });
    /* TRANSLATORS: title: the paper is printed */
    tree_leaf(page->tree, ROLE_HEADING, "title", say(page, "Take your paper"),
              style_text(TEXT_TITLE, WEIGHT_OF_ROLE, COLOUR_GOOD));
    const char *words = fill(page, say_n(page, "The page came out whole.", "All {0} pages came out whole.", sheets),
                             words_number(page, sheets));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, words);
    tree_close(page->tree);
    tree_close(page->tree);
}

static void where(Page *page, int sheets)
{
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.gap = MM_G3;
    style.grow = 1.15F;
    style.pad_left = style.pad_right = MM_G3;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    Node *node = tree_leaf(page->tree, ROLE_IMAGE, NULL, "", (Style){ .width = 150.0F, .height = 160.0F });
    node->icon = "picture-printer-done";
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = MM_G });
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, say(page, "In the printer of this kiosk"));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT,
              fill(page, say_n(page, "{0} sheet. Take it with you.", "{0} sheets. Take them all.", sheets),
                   words_number(page, sheets)));
    tree_close(page->tree);
    tree_close(page->tree);
}

static void how_checked(Page *page)
{
    const IssueState *issue = &page->visit->issue;
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.gap = MM_G3;
    style.pad_left = style.pad_right = MM_G3;
    style.pad_top = style.pad_bottom = MM_G3;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_plate(page, (Plate){ "shield", 36.0F, 21.0F, COLOUR_TINT, COLOUR_BRAND, false });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 3.0F });
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, say(page, "Anyone can check it with a phone"));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT,
              say(page, "The QR code on the paper opens a page that checks it."));
    /* TRANSLATORS: {0} the paper's number, {1} its check code */
    const char *words = fill(page, say(page, "№ {0} · code {1}"), issue->paper.number, issue->paper.code);
    if (issue->issued)
        part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words);
    tree_close(page->tree);
    tree_close(page->tree);
}

void screen_done(Page *page)
{
    const Model *model = page->model;
    int sheets = model->visit.issue.paper.pages > 0 ? model->visit.issue.paper.pages : 1;
    int left = model_seconds_left(model);

    frame_open(page);
    head(page, sheets);
    part_space(page, MM_G3);
    where(page, sheets);
    part_space(page, MM_G2);
    how_checked(page);
    part_space(page, MM_G2);
    /* TRANSLATORS: at the foot of the last screen */
    const char *words = fill(page,
                             say_n(page, "Without a touch you are signed out in {0} second.",
                                   "Without a touch you are signed out in {0} seconds.", left),
                             words_number(page, left));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, words)->style.text_align = ALIGN_CENTRE;
    frame_bar(page);
    /* TRANSLATORS: button: back to all services */
    part_button(page, (Button){ BUTTON_SECOND, "done.again", say(page, "Something else"), "plus", false,
                                ACT_SOMETHING_ELSE, 0 });
    part_push(page);
    Node *finish = part_main(page, "done.finish", say(page, "Finish"), "exit", ACT_FINISH);
    finish->icon_after = false;
    frame_close(page);
}
