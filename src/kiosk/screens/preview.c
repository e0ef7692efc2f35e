/* The true page, as large as the glass lets it, before any number is taken. */
#include "kiosk/screens/build.h"

#define WAITING_GROWS 1.0F
#define LANGUAGE_MM   74.0F  /* of a language's button, for text of 100 % */
#define WAY_MM        80.0F  /* of a way to take the paper, side by side, its icon over its words ... */
#define BIG_FROM_MM   160.0F /* of content: below each other they are large */
#define WAY_WIDE_MM   116.0F /* ... or beside them */

static unsigned columns_of(const Page *page, unsigned wanted, float least)
{
    unsigned columns = wanted;

    while (columns > 1 && (page->inside + MM_G) / (float)columns - MM_G < least * page->scale)
        columns--;
    return columns;
}

static void language_button(Page *page, Language language)
{
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .min_height = page_button(page),
                    .pad_left = 6.0F,
                    .pad_right = 6.0F,
                    .gap = 5.0F,
                    .corner = MM_R,
                    .fill = COLOUR_SURFACE,
                    .border = COLOUR_EDGE,
                    .text = TEXT_BODY,
                    .weight = WEIGHT_SEMIBOLD };
    const char *id = tree_format(page->tree, "preview.language.%s", language_tag(language));
    Node *node = tree_leaf(page->tree, ROLE_CHOICE, id, language_own_name(language), style);

    node->language = language;
    node->send = (Send){ ACT_DOCUMENT_LANGUAGE, (uint16_t)language };
    node->state |= language == page->visit->document_language ? NODE_CHOSEN : 0;
}

/* What the answers leave of them; one is no choice. */
static void language_choice(Page *page)
{
    Terms terms = model_terms(page->model);

    if (terms.language_count < 2)
        return;
    /* TRANSLATORS: label before the choice of the paper's own language */
    part_label(page, say(page, "Language of the paper"));
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .columns = columns_of(page, (unsigned)terms.language_count, LANGUAGE_MM), .gap = MM_G });
    for (size_t i = 0; i < terms.language_count; i++)
        language_button(page, terms.languages[i]);
    tree_close(page->tree);
    part_space(page, 6.0F);
}

/* The page, or its white place while it is drawn. */
static void picture(Page *page)
{
    const PreviewState *preview = &page->visit->preview;
    float width = model_page_width(page->model);
    Style style = { .width = width,
                    .height = width * 1.41429F,
                    .fill = COLOUR_PAPER,
                    .border = COLOUR_LINE,
                    .border_px = 1,
                    .shadow = true };

    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_CENTRE });
    if (preview->png) {
        const char *name = words_service(page, page->visit->service);
        /* TRANSLATORS: spoken name of the page's picture; {0} is the name of the paper */
        Node *node =
            tree_leaf(page->tree, ROLE_IMAGE, "preview.page", fill(page, say(page, "The page: {0}"), name), style);
        tree_set_image(page->tree, node, preview->png);
    } else {
        style.fill = COLOUR_SURFACE; /* its place, until it is there */
        style.justify = JUSTIFY_CENTRE;
        style.gap = MM_G2;
        style.pad_left = style.pad_right = MM_G;
        tree_open(page->tree, ROLE_GROUP, NULL, "", style);
        /* TRANSLATORS: on the white page while its picture comes */
        Node *node = tree_leaf(page->tree, ROLE_STATUS, "preview.waiting", say(page, "Your page is being drawn…"),
                               style_text(TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT));
        node->style.text_align = ALIGN_CENTRE;
        node->style.text_scale_most = WAITING_GROWS; /* the page is no wider for it */
        tree_close(page->tree);
    }
    tree_close(page->tree);
}

static const char *under_title(Page *page)
{
    const Service *service = model_service(page->model);
    int pages = page->visit->preview.pages;

    if (service && service->from_hemis)
        return say(page, "It comes out on paper as HEMIS makes it.");
    if (!page->visit->preview.png)
        return say(page, "It comes out on paper exactly like this.");
    return fill(page,
                say_n(page, "It comes out on paper exactly like this: {0} page, A4.",
                      "It comes out on paper exactly like this: {0} pages, A4; this is the first.", pages),
                words_number(page, pages));
}

/* --- how to take it ----------------------------------------------------------------------------------------------- */

static void take_button(Page *page, Button button, bool ready)
{
    Node *node = part_button(page, button);
    bool in_row = columns_of(page, 3, WAY_MM) == 3;

    if (in_row && columns_of(page, 3, WAY_WIDE_MM) < 3) {
        node->style.axis = AXIS_COLUMN;
        node->style.pad_top = node->style.pad_bottom = 3.0F;
    }
    node->style.pad_left = node->style.pad_right = MM_G;
    node->state |= (button.act == ACT_PRINT ? NODE_MAIN : 0) | (ready ? 0 : NODE_DISABLED);
}

/* Print is the main one: at the right, or on top where they stand below each other. */
static void ways(Page *page)
{
    bool ready = page->visit->preview.png != NULL;
    bool phone = model_offers_phone(page->model);
    bool in_row = !phone || columns_of(page, 3, WAY_MM) == 3;
    bool low = !in_row && page_content_height(page) < BIG_FROM_MM;
    ButtonKind main = low ? BUTTON_MAIN : BUTTON_MAIN_BIG, second = low ? BUTTON_SECOND : BUTTON_SECOND_BIG;
    /* TRANSLATORS: buttons: the document on paper; as a PDF on the student's phone; on paper and on the phone */
    Button print = { main, "preview.print", say(page, "Print"), "print", false, ACT_PRINT, 0 };
    Button to_phone = { second, "preview.phone", say(page, "To my phone"), "phone", false, ACT_TO_PHONE, 0 };
    Button both = { second, "preview.both", say(page, "Both"), "both", false, ACT_BOTH, 0 };

    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .columns = in_row && phone ? 3 : 1, .gap = MM_G });
    if (!in_row)
        take_button(page, print, ready);
    if (phone) {
        take_button(page, to_phone, ready);
        take_button(page, both, ready);
    }
    if (in_row)
        take_button(page, print, ready);
    tree_close(page->tree);
}

static void patience(Page *page)
{
    if (!page->visit->preview.png)
        part_patience(page, say(page, "This takes longer than usual. You can wait, or go back."));
}

/* Beside the page on a wide glass, where the page is as high as the glass. */
static void screen_in_columns(Page *page)
{
    float share = model_page_width(page->model) / (page_content_width(page) - MM_G3);

    part_columns_open(page, share);
    picture(page);
    part_columns_next(page);
    frame_title(page, say(page, "Is everything right?"), under_title(page));
    part_space(page, MM_G2);
    language_choice(page);
    patience(page);
    part_push(page);
    ways(page);
    part_columns_close(page);
}

static void screen_in_one(Page *page)
{
    /* TRANSLATORS: title over the page's picture */
    frame_title(page, say(page, "Is everything right?"), under_title(page));
    part_space(page, MM_G2);
    language_choice(page);
    picture(page);
    patience(page);
    part_push(page);
    part_space(page, MM_G);
    ways(page);
}

void screen_preview(Page *page)
{
    PrinterCondition condition = page->model->printer.condition;

    frame_open(page);
    (page_two_columns(page) ? screen_in_columns : screen_in_one)(page);
    frame_bar(page);
    part_back(page);
    if (printer_blocked(condition)) {
        part_push(page);
        Node *node = part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_WARN, words_printer(page, condition));
        node->icon = "warn";
        node->style.axis = AXIS_ROW;
    }
    frame_close(page);
}
