/* The true page, as large as the glass lets it, before any number is taken. */
#include "kiosk/screens/build.h"

static void language_choice(Page *page, const Service *service)
{
    if (!service || service->language_count < 2)
        return;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G2));
    /* TRANSLATORS: label before the choice of the paper's own language */
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_INK_SOFT, say(page, "Language of the paper"));
    for (size_t i = 0; i < service->language_count; i++) {
        Language language = service->languages[i];
        bool chosen = language == page->visit->document_language;
        Style style = { .axis = AXIS_ROW,
                        .align = ALIGN_CENTRE,
                        .height = MM_BUTTON,
                        .pad_left = 6.0F,
                        .pad_right = 6.0F,
                        .gap = 5.0F,
                        .grow = 1.0F,
                        .corner = MM_R,
                        .fill = COLOUR_SURFACE,
                        .border = COLOUR_EDGE,
                        .text = TEXT_BODY,
                        .weight = WEIGHT_SEMIBOLD };
        const char *id = tree_format(page->tree, "preview.language.%s", language_tag(language));
        Node *node = tree_leaf(page->tree, ROLE_CHOICE, id, language_own_name(language), style);
        node->language = language;
        node->send = (Send){ ACT_DOCUMENT_LANGUAGE, (uint16_t)language };
        node->state |= chosen ? NODE_CHOSEN : 0;
    }
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
        style.justify = JUSTIFY_CENTRE;
        style.gap = MM_G2;
        style.pad_left = style.pad_right = MM_G4;
        tree_open(page->tree, ROLE_GROUP, NULL, "", style);
        /* TRANSLATORS: on the white page while its picture comes */
        Node *node = tree_leaf(page->tree, ROLE_STATUS, "preview.waiting", say(page, "Your page is being drawn…"),
                               style_text(TEXT_HEADING, WEIGHT_REGULAR, COLOUR_EDGE));
        node->style.text_align = ALIGN_CENTRE;
        part_patience(page, say(page, "This takes longer than usual. You can wait, or go back."));
        tree_close(page->tree);
    }
    tree_close(page->tree);
}

static const char *under_title(Page *page)
{
    int pages = page->visit->preview.pages;

    if (!page->visit->preview.png)
        return say(page, "It comes out on paper exactly like this.");
    return fill(page,
                say_n(page, "It comes out on paper exactly like this: {0} page, A4.",
                      "It comes out on paper exactly like this: {0} pages, A4; this is the first.", pages),
                words_number(page, pages));
}

void screen_preview(Page *page)
{
    PrinterCondition condition = page->model->printer.condition;

    frame_open(page);
    /* TRANSLATORS: title over the page's picture */
    frame_title(page, say(page, "Is everything right?"), under_title(page));
    part_space(page, MM_G2);
    language_choice(page, model_service(page->model));
    picture(page);
    part_push(page);
    part_space(page, MM_G);
    Node *print = part_button(
        page, (Button){ BUTTON_MAIN_BIG, "preview.print", say(page, "Print"), "print", false, ACT_PRINT, 0 });
    print->state |= NODE_MAIN | (page->visit->preview.png ? 0 : NODE_DISABLED);
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
