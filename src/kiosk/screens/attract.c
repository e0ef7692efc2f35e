/* Nobody is there yet: a greeting in four languages in turn, one big start, and whether it can print, said beforehand.
 */
#include "kiosk/screens/build.h"

static void head(Page *page)
{
    const Model *model = page->model;

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G));
    part_icon(page, "logo", 26.0F, COLOUR_ON_BRAND);
    Node *name = part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_institution(page, page->language));
    name->style.max_width = 100.0F;
    part_push(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 3.0F });
    part_text(page, TEXT_DISPLAY, WEIGHT_SEMIBOLD, COLOUR_NONE, words_time(page, model->wall_ms))->style.text_align =
        ALIGN_END;
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words_date(page, model->wall_ms, DATE_DAY))
        ->style.text_align = ALIGN_END;
    tree_close(page->tree);
    tree_close(page->tree);
}

static void greeting(Page *page)
{
    Language language = model_greeting(page->model);
    const Texts *texts = page->model->texts;
    /* TRANSLATORS: the greeting of the resting screen, very large: two short lines at most, "\n" between them */
    const char *welcome = text_get(texts, language, N_("Welcome"));
    /* TRANSLATORS: under the greeting, one sentence; "\n" may break the line */
    const char *what = text_get(texts, language, N_("Your certificate in a minute,\nright here."));
    Node *node =
        tree_leaf(page->tree, ROLE_HEADING, "greeting", welcome, style_text(TEXT_HERO, WEIGHT_OF_ROLE, COLOUR_NONE));

    node->language = language;
    part_space(page, MM_G2);
    part_text(page, TEXT_TITLE, WEIGHT_MEDIUM, COLOUR_NONE, what)->language = language;
}

static void start(Page *page)
{
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .gap = MM_G,
                    .height = 40.0F,
                    .corner = MM_R,
                    .fill = COLOUR_SURFACE,
                    .ink = COLOUR_BRAND,
                    .text = TEXT_TITLE,
                    .weight = WEIGHT_BOLD,
                    .icon_size = 17.0F };
    /* TRANSLATORS: button of the resting screen */
    Node *node = tree_leaf(page->tree, ROLE_BUTTON, "attract.start", say(page, "Touch to begin"), style);

    node->icon = "hand";
    node->send = (Send){ ACT_START, 0 };
    node->state |= NODE_MAIN;
}

static void languages(Page *page)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .columns = 2, .gap = MM_G });
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        Style style = style_card(0.0F);
        style.axis = AXIS_ROW;
        style.align = ALIGN_CENTRE;
        style.height = 34.0F;
        style.pad_left = style.pad_right = MM_G2;
        const char *id = tree_format(page->tree, "language.%s", language_tag((Language)i));
        Node *node = tree_open(page->tree, ROLE_BUTTON, id, "", style);
        node->send = (Send){ ACT_LANGUAGE, (uint16_t)i };
        Node *name = part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, language_own_name((Language)i));
        name->style.grow = 1.0F;
        name->language = node->language = (Language)i;
        part_icon(page, "chev", 10.0F, COLOUR_BRAND);
        tree_close(page->tree);
    }
    tree_close(page->tree);
}

/* What runs low keeps nobody from printing: a line for those who look after it, and nothing for the others. */
static void low(Page *page)
{
    const PrinterFacts *printer = &page->model->printer;
    /* TRANSLATORS: small, at the foot of the resting screen */
    const char *words = printer->paper_low && printer->toner_low
                            ? say(page, "For members of staff: paper and toner run low.")
                        : printer->paper_low ? say(page, "For members of staff: paper runs low.")
                                             : say(page, "For members of staff: toner runs low.");

    if (printer->paper_low || printer->toner_low)
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, words);
}

/* Printer and office, in one line when all is well; what still can be done when it is not. */
static void state(Page *page)
{
    const Model *model = page->model;
    PrinterCondition condition = model->printer.condition;
    const char *office = words_office(page);

    if (model_paper_blocks(model)) {
        /* TRANSLATORS: resting screen, while a paper of somebody else has not come out for certain */
        part_notice(page, ROLE_STATUS,
                    (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, say(page, "The printer still has a paper in it"),
                              say(page, "You can sign in and look; printing waits until that paper is out.") });
        return;
    }
    if (!printer_blocked(condition)) {
        tree_open(page->tree, ROLE_STATUS, "attract.printer", "", style_row(MM_G));
        part_icon(page, "print", 11.0F, COLOUR_GOOD);
        /* TRANSLATORS: two sentences: {0} how the printer is, {1} when the office is open */
        const char *both = fill(page, say(page, "{0}. {1}."), words_printer(page, PRINTER_READY), office);
        const char *words = condition == PRINTER_READY ? both : fill(page, "{0}.", office);
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words)->style.grow = 1.0F;
        tree_close(page->tree);
        low(page);
        return;
    }
    /* TRANSLATORS: {0}: when the office is open, a whole sentence without a full stop */
    const char *still =
        fill(page, say(page, "You can sign in and look; a paper is printed once the printer works. {0}."), office);
    Node *node = part_notice(page, ROLE_STATUS,
                             (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, words_printer(page, condition), still });
    str_copy_cut(str_from("attract.printer"), node->id, sizeof node->id);
}

void screen_attract(Page *page)
{
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
    greeting(page);
    part_space(page, MM_G4);
    start(page);
    tree_close(page->tree);
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .pad_top = MM_G3, .pad_right = MM_G4, .pad_bottom = MM_G3, .pad_left = MM_G4, .gap = MM_G3 });
    languages(page);
    state(page);
    tree_close(page->tree);
    tree_close(page->tree);
}
