/* Sheets, not a bar: each finished act is ticked only when the registrar or the printer has said so. */
#include "kiosk/screens/build.h"

#define SHEETS_SHOWN_MOST 2
#define PAGES_LISTED_MOST 3

typedef enum Mark { MARK_DONE, MARK_NOW, MARK_LATER } Mark;

/* Until this paper is at the printer, the model still knows the one before it. */
static int sheets_out(const Model *model)
{
    return model_is_printing(model) && model->paper.sheets > 0 ? model->paper.sheets : 0;
}

static bool taken(const Model *model)
{
    return model_is_printing(model) && model->paper.phase >= PRINT_PHASE_SENT;
}

static int pages_of(const Model *model)
{
    const IssueState *issue = &model->visit.issue;
    int pages = issue->issued ? issue->paper.pages : model->visit.preview.pages;

    return pages > 0 ? pages : 1;
}

/* --- sheets --------------------------------------------------------------------------------------------------------
 */

static void sheet(Page *page, int number, Mark mark)
{
    Colour ink = mark == MARK_DONE ? COLOUR_GOOD : mark == MARK_NOW ? COLOUR_BRAND : COLOUR_INK_SOFT;
    Style style = { .width = 70.0F,
                    .height = 99.0F,
                    .corner = MM_RS,
                    .fill = COLOUR_SURFACE,
                    .border = mark == MARK_LATER ? COLOUR_EDGE : ink,
                    .border_px = mark == MARK_NOW ? 5 : 3,
                    .dashed = mark == MARK_LATER,
                    .justify = JUSTIFY_CENTRE,
                    .gap = 3.0F };
    /* TRANSLATORS: on the picture of a sheet, one word: it is out; it comes out now; it is still to come */
    const char *words = mark == MARK_DONE  ? say_in(page, "sheet", "out")
                        : mark == MARK_NOW ? say_in(page, "sheet", "coming out")
                                           : say_in(page, "sheet", "to come");

    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_text(page, TEXT_DISPLAY, WEIGHT_OF_ROLE, ink, words_number(page, number))->style.text_align = ALIGN_CENTRE;
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, ink, words)->style.text_align = ALIGN_CENTRE;
    tree_close(page->tree);
}

static void card(Page *page)
{
    const Model *model = page->model;
    int pages = pages_of(model);
    int out = sheets_out(model);
    int first = out < pages - SHEETS_SHOWN_MOST ? out : pages - SHEETS_SHOWN_MOST;
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.justify = JUSTIFY_CENTRE;
    style.gap = MM_G3;
    style.pad_top = style.pad_bottom = MM_G4;
    style.pad_left = style.pad_right = MM_G3;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    Node *node = tree_leaf(page->tree, ROLE_IMAGE, NULL, "", (Style){ .width = 122.0F, .height = 90.0F });
    node->icon = taken(model) ? "picture-printer-printing" : "picture-printer";
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = 6.0F });
    first = first < 0 ? 0 : first;
    for (int i = first; i < pages && i < first + SHEETS_SHOWN_MOST; i++)
        sheet(page, i + 1, i < out ? MARK_DONE : i == out && taken(model) ? MARK_NOW : MARK_LATER);
    tree_close(page->tree);
    tree_close(page->tree);
}

/* --- acts, ticked ---------------------------------------------------------------------------------------------------
 */

static void act_row(Page *page, Mark mark, const char *title, const char *under)
{
    tree_open(page->tree, mark == MARK_NOW ? ROLE_STATUS : ROLE_GROUP, NULL, "", style_row(7.0F));
    if (mark == MARK_DONE)
        part_plate(page, (Plate){ "check", 24.0F, 14.0F, COLOUR_GOOD_TINT, COLOUR_GOOD, true });
    else if (mark == MARK_NOW)
        part_plate(page, (Plate){ "print", 24.0F, 14.0F, COLOUR_BRAND, COLOUR_ON_BRAND, true });
    else
        tree_leaf(page->tree, ROLE_GROUP, NULL, "",
                  (Style){ .width = 24.0F, .height = 24.0F, .corner = 12.0F, .border = COLOUR_LINE });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 0.6F });
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, mark == MARK_LATER ? COLOUR_INK_SOFT : COLOUR_NONE, title);
    if (under[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, under);
    tree_close(page->tree);
    tree_close(page->tree);
}

static void acts(Page *page)
{
    const Model *model = page->model;
    const IssueState *issue = &model->visit.issue;
    bool accepted = taken(model);
    int pages = pages_of(model);
    int out = sheets_out(model);

    if (issue->issued)
        /* TRANSLATORS: list of what is done so far; {0} the paper's number, {1} a time */
        act_row(page, MARK_DONE, say(page, "The document is signed and registered"),
                fill(page, say(page, "№ {0} · {1}"), issue->paper.number, words_time(page, issue->issued_at_ms)));
    else
        act_row(page, MARK_NOW, say(page, "The document is being signed and registered"), "");
    part_push(page);
    if (accepted)
        act_row(page, MARK_DONE, say(page, "The printer took the document"), say(page, "The printer of this kiosk"));
    else
        act_row(page, issue->issued ? MARK_NOW : MARK_LATER, say(page, "The document goes to the printer"), "");
    for (int i = 0; i < pages && i < PAGES_LISTED_MOST; i++) {
        bool is_rest = i == PAGES_LISTED_MOST - 1 && pages > PAGES_LISTED_MOST;
        Mark mark = i < out ? MARK_DONE : i == out && accepted ? MARK_NOW : MARK_LATER;
        const char *number = words_number(page, i + 1);
        part_push(page);
        if (is_rest)
            act_row(page,
                    out >= pages           ? MARK_DONE
                    : out >= i && accepted ? MARK_NOW
                                           : MARK_LATER,
                    /* TRANSLATORS: {0}, {1}: the first and the last page of the rest */
                    fill(page, say(page, "Pages {0} to {1}"), number, words_number(page, pages)), "");
        else
            act_row(page, mark,
                    fill(page,
                         mark == MARK_DONE  ? say(page, "Page {0} is out")
                         : mark == MARK_NOW ? say(page, "Page {0} is coming out")
                                            : say(page, "Page {0}"),
                         number),
                    "");
    }
}

/* --- screen --------------------------------------------------------------------------------------------------------
 */

static const char *under_title(Page *page)
{
    const Model *model = page->model;

    if (model->paper.stopping && model_is_printing(model))
        /* TRANSLATORS: after the student touched "Stop" */
        return say(page, "Stopping…");
    if (!model_is_printing(model))
        return say(page, "The document is being made ready.");
    if (!taken(model))
        return say(page, "The printer is getting it.");
    int pages = pages_of(model);
    int now = sheets_out(model) < pages ? sheets_out(model) + 1 : pages;
    /* TRANSLATORS: {0}: the page that comes out now, {1}: how many there are */
    return fill(page, say(page, "Page {0} of {1} is coming out."), words_number(page, now), words_number(page, pages));
}

static const char *patience_words(Page *page)
{
    const Model *model = page->model;

    if (!model_is_printing(model))
        return say(page, "This takes longer than usual. You can wait or stop: nothing is lost, nothing is doubled.");
    if (model->paper.stopping)
        /* TRANSLATORS: after "Stop", while the printer has not confirmed it */
        return say(page, "The printer has not confirmed it yet. A page that is on its way still comes out.");
    /* TRANSLATORS: nothing came out for some seconds */
    return say(page, "Printers take a while at times. You can wait or stop: nothing is lost, nothing is doubled.");
}

void screen_printing(Page *page)
{
    const Model *model = page->model;

    frame_open(page);
    /* TRANSLATORS: title while a paper is printed */
    frame_title(page, say(page, "Your document is being printed"), under_title(page));
    part_space(page, MM_G3);
    card(page);
    part_space(page, MM_G2);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    part_push(page);
    acts(page);
    part_push(page);
    part_patience(page, patience_words(page));
    tree_close(page->tree);
    part_space(page, MM_G2);
    part_notice(page, ROLE_TEXT,
                (Notice){ "down", COLOUR_TINT, COLOUR_BRAND,
                          say_n(page, "Wait until the page is out", "Wait until all pages are out", pages_of(model)),
                          say(page, "If the printer stops, your document is not lost.") });
    frame_bar(page);
    /* TRANSLATORS: button: stops the printing */
    Node *stop =
        part_button(page, (Button){ BUTTON_SECOND, "printing.stop", say(page, "Stop"), NULL, false, ACT_STOP, 0 });
    stop->state |= model->paper.stopping && model_is_printing(model) ? NODE_DISABLED : 0;
    frame_close(page);
}
