/* Sheets, not a bar: each finished act is ticked only when the registrar or the printer has said so. */
#include "kiosk/screens/build.h"

#define SHEETS_SHOWN_MOST 2
#define PAGES_LISTED_MOST 3
#define LOW_MM            170.0F /* of content: marks and margins are smaller */
#define PICTURE_SHARE     0.42F  /* of the width; and of the height in one column */
#define TITLE_MM          56.0F  /* title and the line under it, wrapped, in the narrow column */
#define SHEET_MM          70.0F
#define SHEET_HIGH_MM     99.0F
#define SHEET_GAP_MM      6.0F
#define PRINTER_MM        122.0F
#define PRINTER_HIGH_MM   90.0F
#define SIZE_LEAST        0.75F
#define PRINTER_LEAST     0.45F

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

/* Printer and sheets as large as there is room; at 1 they are as in picture 08. */
typedef struct Drawing {
    float size;    /* of the sheets; 0: no room, the list says the same */
    int sheets;    /* how many of them */
    float printer; /* its size; 0: none */
    bool above;    /* it stands above them */
} Drawing;

static float smaller(float a, float b)
{
    return a < b ? a : b;
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

/* The sheets first: they are what one looks for; the printer gets what they leave. */
static Drawing draw_in(float width, float height, float least, int sheets, bool above)
{
    Drawing drawing = { .sheets = sheets, .above = above };
    float gaps = (float)(sheets - 1) * SHEET_GAP_MM;
    float most = larger(1.0F, least);

    if (above) {
        drawing.size = larger(smaller(most, (height - MM_G2) / (SHEET_HIGH_MM + PRINTER_HIGH_MM)), least);
        drawing.printer = smaller(1.0F, (height - MM_G2 - SHEET_HIGH_MM * drawing.size) / PRINTER_HIGH_MM);
    } else {
        float wide = (float)sheets * SHEET_MM;
        drawing.size = smaller(most, height / SHEET_HIGH_MM);
        drawing.size = larger(smaller(drawing.size, (width - gaps - MM_G3) / (wide + PRINTER_MM)), least);
        drawing.printer = smaller(1.0F, (width - gaps - MM_G3 - wide * drawing.size) / PRINTER_MM);
    }
    if (drawing.printer < PRINTER_LEAST)
        drawing.printer = 0.0F;
    if ((float)sheets * SHEET_MM * drawing.size + gaps > width || SHEET_HIGH_MM * drawing.size > height)
        drawing.size = 0.0F;
    return drawing;
}

static Drawing drawing_for(const Page *page, float width, float height)
{
    float least = SIZE_LEAST * page->scale; /* the words on a sheet need as much */
    int most = pages_of(page->model) < SHEETS_SHOWN_MOST ? pages_of(page->model) : SHEETS_SHOWN_MOST;

    for (int sheets = most; sheets > 0; sheets--) {
        Drawing beside = draw_in(width, height, least, sheets, false);
        Drawing above = draw_in(width, height, least, sheets, true);
        Drawing best = above.size > 0.0F && above.printer > beside.printer ? above : beside;
        if (best.size > 0.0F)
            return best;
    }
    /* The list says the same; a printer beside it says what it is about. */
    float printer = smaller(smaller(1.0F, width / PRINTER_MM), height / PRINTER_HIGH_MM);
    return (Drawing){ .printer = page_two_columns(page) && printer >= PRINTER_LEAST ? printer : 0.0F };
}

static void sheet(Page *page, int number, Mark mark, float size)
{
    Colour ink = mark == MARK_DONE ? COLOUR_GOOD : mark == MARK_NOW ? COLOUR_BRAND : COLOUR_INK_SOFT;
    Style style = { .width = SHEET_MM * size,
                    .height = SHEET_HIGH_MM * size,
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

static void sheets(Page *page, const Drawing *drawing)
{
    const Model *model = page->model;
    int pages = pages_of(model);
    int out = sheets_out(model);
    int first = out < pages - drawing->sheets ? out : pages - drawing->sheets;

    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_CENTRE, .gap = SHEET_GAP_MM });
    for (int i = first; i < first + drawing->sheets; i++)
        sheet(page, i + 1, i < out ? MARK_DONE : i == out && taken(model) ? MARK_NOW : MARK_LATER, drawing->size);
    tree_close(page->tree);
}

/* height: that the card may have. */
static void card(Page *page, float height, float grow)
{
    float pad = page_content_height(page) < LOW_MM ? MM_G : height < SHEET_HIGH_MM + 2.0F * MM_G4 ? MM_G2 : MM_G4;
    Drawing drawing = drawing_for(page, page->inside - 2.0F * MM_G3, height - 2.0F * pad);
    Style style = style_card(0.0F);

    if (drawing.size <= 0.0F && drawing.printer <= 0.0F)
        return;
    style.axis = drawing.above ? AXIS_COLUMN : AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.justify = JUSTIFY_CENTRE;
    style.gap = drawing.above ? MM_G2 : MM_G3;
    style.grow = grow;
    style.max_height = grow > 0.0F ? height : 0.0F;
    style.pad_top = style.pad_bottom = pad;
    style.pad_left = style.pad_right = MM_G3;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    if (drawing.printer > 0.0F) {
        Node *node =
            tree_leaf(page->tree, ROLE_IMAGE, NULL, "",
                      (Style){ .width = PRINTER_MM * drawing.printer, .height = PRINTER_HIGH_MM * drawing.printer });
        node->icon = taken(page->model) ? "picture-printer-printing" : "picture-printer";
    }
    if (drawing.sheets > 0)
        sheets(page, &drawing);
    tree_close(page->tree);
    if (grow <= 0.0F)
        part_space(page, MM_G2);
}

/* --- acts, ticked ---------------------------------------------------------------------------------------------------
 */

static void act_row(Page *page, Mark mark, const char *title, const char *under)
{
    float mm = page_content_height(page) < LOW_MM ? 18.0F : 24.0F, icon = mm * 14.0F / 24.0F;

    tree_open(page->tree, mark == MARK_NOW ? ROLE_STATUS : ROLE_GROUP, NULL, "", style_row(7.0F));
    if (mark == MARK_DONE)
        part_plate(page, (Plate){ "check", mm, icon, COLOUR_GOOD_TINT, COLOUR_GOOD, true });
    else if (mark == MARK_NOW)
        part_plate(page, (Plate){ "print", mm, icon, COLOUR_BRAND, COLOUR_ON_BRAND, true });
    else
        tree_leaf(page->tree, ROLE_GROUP, NULL, "",
                  (Style){ .width = mm, .height = mm, .corner = mm / 2.0F, .border = COLOUR_LINE });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 0.6F });
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, mark == MARK_LATER ? COLOUR_INK_SOFT : COLOUR_NONE, title);
    if (under[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, under);
    tree_close(page->tree);
    tree_close(page->tree);
}

static void between(Page *page)
{
    part_push(page);
    part_space(page, MM_G);
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
    between(page);
    if (accepted)
        act_row(page, MARK_DONE, say(page, "The printer took the document"), say(page, "The printer of this kiosk"));
    else
        act_row(page, issue->issued ? MARK_NOW : MARK_LATER, say(page, "The document goes to the printer"), "");
    for (int i = 0; i < pages && i < PAGES_LISTED_MOST; i++) {
        bool is_rest = i == PAGES_LISTED_MOST - 1 && pages > PAGES_LISTED_MOST;
        Mark mark = i < out ? MARK_DONE : i == out && accepted ? MARK_NOW : MARK_LATER;
        const char *number = words_number(page, i + 1);
        between(page);
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

/* What is done, ticked, and what to wait for. */
static void list(Page *page)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    part_push(page);
    acts(page);
    part_push(page);
    if (model_waits_long(page->model))
        part_space(page, MM_G);
    part_patience(page, patience_words(page));
    tree_close(page->tree);
    part_space(page, MM_G2);
    part_notice(
        page, ROLE_TEXT,
        (Notice){ "down", COLOUR_TINT, COLOUR_BRAND,
                  say_n(page, "Wait until the page is out", "Wait until all pages are out", pages_of(page->model)),
                  say(page, "If the printer stops, your document is not lost.") });
}

void screen_printing(Page *page)
{
    const Model *model = page->model;
    bool two;

    frame_open(page);
    two = page_two_columns(page);
    part_columns_open(page, PICTURE_SHARE);
    /* TRANSLATORS: title while a paper is printed */
    frame_title(page, say(page, "Your document is being printed"), under_title(page));
    part_space(page, two ? MM_G2 : MM_G3);
    card(page, page_content_height(page) * (two ? 1.0F : PICTURE_SHARE) - (two ? TITLE_MM * page->scale : 0.0F),
         two ? 1.0F : 0.0F);
    part_columns_next(page);
    list(page);
    part_columns_close(page);
    frame_bar(page);
    /* TRANSLATORS: button: stops the printing */
    Node *stop =
        part_button(page, (Button){ BUTTON_SECOND, "printing.stop", say(page, "Stop"), NULL, false, ACT_STOP, 0 });
    stop->state |= model->paper.stopping && model_is_printing(model) ? NODE_DISABLED : 0;
    frame_close(page);
}
