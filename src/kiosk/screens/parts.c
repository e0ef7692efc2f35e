#include "kiosk/screens/parts.h"

#include "kiosk/ui/keyboard.h"

#define STRIP_MM 36.0F
#define BAR_MM   44.0F

/* The keyboard's own acts pass through app by number (app/acts.h). */
static_assert((int)KEYBOARD_ARG_SHIFT == (int)KEYBOARD_SHIFT && (int)KEYBOARD_ARG_NUMBERS == (int)KEYBOARD_TO_NUMBERS &&
                  (int)KEYBOARD_ARG_LATIN == (int)KEYBOARD_TO_LATIN &&
                  (int)KEYBOARD_ARG_SYMBOLS == (int)KEYBOARD_TO_SYMBOLS,
              "app and ui number the keyboard's acts alike");

/* --- boxes ------------------------------------------------------------------------------------------------------- */

Style style_column(float gap)
{
    return (Style){ .axis = AXIS_COLUMN, .gap = gap };
}

Style style_row(float gap)
{
    return (Style){ .axis = AXIS_ROW, .align = ALIGN_CENTRE, .gap = gap };
}

Style style_card(float pad)
{
    return (Style){ .fill = COLOUR_SURFACE,
                    .corner = MM_R,
                    .shadow = true,
                    .pad_top = pad,
                    .pad_right = pad,
                    .pad_bottom = pad,
                    .pad_left = pad };
}

Style style_text(TextRole text, Weight weight, Colour ink)
{
    return (Style){ .text = text, .weight = weight, .ink = ink };
}

void part_push(Page *page)
{
    tree_leaf(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
}

void part_space(Page *page, float mm)
{
    tree_leaf(page->tree, ROLE_GROUP, NULL, "", (Style){ .height = mm, .width = mm });
}

void part_line(Page *page)
{
    tree_leaf(page->tree, ROLE_GROUP, NULL, "", (Style){ .height = MM_HAIR, .fill = COLOUR_LINE });
}

Node *part_text(Page *page, TextRole text, Weight weight, Colour ink, const char *words)
{
    return tree_leaf(page->tree, ROLE_TEXT, NULL, words, style_text(text, weight, ink));
}

void part_label(Page *page, const char *words)
{
    part_text(page, TEXT_CAPTION, WEIGHT_SEMIBOLD, COLOUR_INK_SOFT, words);
    part_space(page, 3.0F);
}

void part_icon(Page *page, const char *icon, float mm, Colour ink)
{
    Node *node =
        tree_leaf(page->tree, ROLE_IMAGE, NULL, "", (Style){ .width = mm, .height = mm, .icon_size = mm, .ink = ink });

    node->icon = icon;
}

void part_plate(Page *page, Plate plate)
{
    Style style = { .width = plate.mm,
                    .height = plate.mm,
                    .corner = plate.round ? plate.mm / 2.0F : MM_R,
                    .fill = plate.fill,
                    .ink = plate.ink,
                    .icon_size = plate.icon_mm };
    Node *node = tree_leaf(page->tree, ROLE_IMAGE, NULL, "", style);

    node->icon = plate.icon;
}

void part_fact(Page *page, const char *icon, const char *label, const char *words)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
    part_plate(page, (Plate){ icon, 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, label);
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words);
    tree_close(page->tree);
    tree_close(page->tree);
}

void part_window(Page *page, const char *what)
{
    Style card = style_card(10.0F);

    card.gap = MM_G2;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, say(page, "You get help at the window"));
    part_fact(page, "clock", say(page, "When"), words_office(page));
    part_line(page);
    part_fact(page, "person", say(page, "What to bring"), say(page, "Your student card or passport"));
    part_line(page);
    /* TRANSLATORS: label: what to ask the member of staff for */
    part_fact(page, "doc", say(page, "What to ask for"), what);
    tree_close(page->tree);
}

void part_note(Page *page, const char *icon, const char *words)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(5.0F));
    part_icon(page, icon, 10.0F, COLOUR_INK_SOFT);
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, words)->style.grow = 1.0F;
    tree_close(page->tree);
}

Node *part_notice(Page *page, Role role, Notice notice)
{
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .gap = 6.0F,
                    .fill = notice.fill,
                    .corner = MM_R,
                    .pad_top = 7.0F,
                    .pad_bottom = 7.0F,
                    .pad_left = MM_G2,
                    .pad_right = MM_G2 };
    Node *node = tree_open(page->tree, role, NULL, "", style);

    part_icon(page, notice.icon, 11.0F, notice.ink);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, notice.title);
    if (notice.text[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_NONE, notice.text);
    tree_close(page->tree);
    tree_close(page->tree);
    return node;
}

/* --- controls ---------------------------------------------------------------------------------------------------- */

Node *part_button(Page *page, Button button)
{
    bool big = button.kind == BUTTON_MAIN_BIG || button.kind == BUTTON_SECOND_BIG;
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .height = big ? MM_BIG : MM_BUTTON,
                    .corner = MM_R,
                    .pad_left = MM_G2,
                    .pad_right = MM_G2,
                    .text = big ? TEXT_HEADING : TEXT_BODY,
                    .weight = WEIGHT_SEMIBOLD,
                    .icon_size = big ? 13.0F : 10.0F };

    switch (button.kind) {
    case BUTTON_MAIN:
    case BUTTON_MAIN_BIG:
        style.fill = COLOUR_BRAND;
        style.ink = COLOUR_ON_BRAND;
        break;
    case BUTTON_SECOND:
    case BUTTON_SECOND_BIG:
        style.fill = COLOUR_SURFACE;
        style.border = COLOUR_EDGE;
        break;
    case BUTTON_QUIET:
        style.ink = COLOUR_BRAND;
        style.pad_left = style.pad_right = MM_G;
        break;
    }
    Node *node = tree_leaf(page->tree, ROLE_BUTTON, button.id, button.label, style);
    node->icon = button.icon;
    node->icon_after = button.icon_after;
    node->send = (Send){ (uint16_t)button.act, button.arg };
    return node;
}

void part_back(Page *page)
{
    /* TRANSLATORS: button: to the screen before */
    part_button(page, (Button){ BUTTON_SECOND, "back", say(page, "Back"), "back", false, ACT_BACK, 0 });
}

void part_finish(Page *page)
{
    /* TRANSLATORS: button: ends the visit and signs out */
    part_button(page, (Button){ BUTTON_SECOND, "finish", say(page, "Finish"), "exit", false, ACT_FINISH, 0 });
}

Node *part_main(Page *page, const char *id, const char *label, const char *icon, Act act)
{
    Node *node = part_button(page, (Button){ BUTTON_MAIN, id, label, icon, true, act, 0 });

    node->style.min_width = 88.0F;
    node->state |= NODE_MAIN;
    return node;
}

Node *part_way(Page *page, Way way)
{
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.gap = 7.0F;
    style.min_height = way.mm;
    style.pad_left = style.pad_right = MM_G2;
    style.pad_top = style.pad_bottom = MM_G;
    style.fill = way.main ? COLOUR_BRAND : COLOUR_SURFACE;
    style.ink = way.main ? COLOUR_ON_BRAND : COLOUR_NONE;
    Node *node = tree_open(page->tree, ROLE_BUTTON, way.id, "", style);
    node->send = (Send){ (uint16_t)way.act, way.arg };
    node->state |= way.main ? NODE_MAIN : 0;
    Colour icon = way.main ? COLOUR_ON_BRAND : COLOUR_BRAND;
    part_icon(page, way.icon, 12.0F, icon);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, way.title);
    if (way.text[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, way.main ? COLOUR_ON_BRAND : COLOUR_INK_SOFT, way.text);
    tree_close(page->tree);
    part_icon(page, "chev", 10.0F, icon);
    tree_close(page->tree);
    return node;
}

void part_languages(Page *page)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        Style style = style_card(0.0F);
        style.axis = AXIS_ROW;
        style.align = ALIGN_CENTRE;
        style.gap = 7.0F;
        style.min_height = 34.0F;
        style.pad_left = style.pad_right = MM_G2;
        style.text = TEXT_HEADING;
        style.weight = WEIGHT_SEMIBOLD;
        const char *id = tree_format(page->tree, "language.%s", language_tag((Language)i));
        Node *node = tree_leaf(page->tree, ROLE_CHOICE, id, language_own_name((Language)i), style);
        node->language = (Language)i;
        node->send = (Send){ ACT_LANGUAGE, (uint16_t)i };
        node->state |= (Language)i == page->language ? NODE_CHOSEN : 0;
    }
}

void part_patience(Page *page, const char *words)
{
    if (!model_waits_long(page->model))
        return;
    Node *node =
        tree_leaf(page->tree, ROLE_STATUS, "patience", words, style_text(TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT));
    node->icon = "clock";
    node->style.axis = AXIS_ROW;
}

/* --- frame ------------------------------------------------------------------------------------------------------- */

static void strip(Page *page)
{
    const Model *model = page->model;
    Style style = style_row(MM_G);

    style.height = STRIP_MM;
    style.pad_left = style.pad_right = MM_G4;
    style.fill = COLOUR_SURFACE;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_icon(page, "logo", 20.0F, COLOUR_BRAND);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    part_text(page, TEXT_CAPTION, WEIGHT_SEMIBOLD, COLOUR_NONE, words_institution(page, page->language));
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, model->place);
    tree_close(page->tree);
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_time(page, model->wall_ms));
    part_space(page, MM_G);
    Style tool = { .axis = AXIS_COLUMN,
                   .height = 26.0F,
                   .min_width = 25.0F,
                   .pad_left = 2.0F,
                   .pad_right = 2.0F,
                   .corner = MM_RS,
                   .text = TEXT_CAPTION,
                   .weight = WEIGHT_MEDIUM,
                   .icon_size = 10.5F };
    Node *node = tree_leaf(page->tree, ROLE_BUTTON, "strip.language", language_own_name(page->language), tool);
    node->icon = "globe";
    node->send = (Send){ ACT_LANGUAGES, 0 };
    node->state |= page->visit->choosing_language ? NODE_CHOSEN : 0;
    tree_close(page->tree);
    part_line(page);
}

void frame_open(Page *page)
{
    tree_open(page->tree, ROLE_GROUP, "screen", "", (Style){ .fill = COLOUR_GROUND });
    strip(page);
    tree_open(page->tree, ROLE_GROUP, "content", "",
              (Style){ .grow = 1.0F,
                       .scroll = true,
                       .pad_top = MM_G3,
                       .pad_right = MM_G4,
                       .pad_bottom = MM_G2,
                       .pad_left = MM_G4 });
}

static void keyboard(Page *page)
{
    static const KeyboardKind kinds[] = {
        [LAYER_NUMBERS] = KEYBOARD_NUMBERS, [LAYER_LATIN] = KEYBOARD_LATIN, [LAYER_SYMBOLS] = KEYBOARD_SYMBOLS
    };
    const TypingState *typing = &page->visit->typing;
    KeyboardLabels labels = {
        /* TRANSLATORS: key: takes the last character away */
        .erase = say(page, "Erase"),
        /* TRANSLATORS: key: empties the field */
        .clear = say(page, "Clear"),
        /* TRANSLATORS: key: a space between words */
        .space = say(page, "space"),
        /* TRANSLATORS: key, spoken: capital letters */
        .shift = say(page, "Capitals"),
    };

    keyboard_build(page->tree, kinds[typing->layer], typing->shifted, labels, ACT_KEYBOARD);
}

void frame_keyboard(Page *page)
{
    /* The pad keeps the margins of the glass; the bed of the other layers has none (picture 06). */
    bool pad = page->visit->typing.layer == LAYER_NUMBERS;
    float side = pad ? MM_G4 : 0.0F;

    tree_close(page->tree);
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .pad_left = side, .pad_right = side, .pad_bottom = pad ? MM_G2 : 0.0F });
    keyboard(page);
}

void frame_bar(Page *page)
{
    Style style = style_row(MM_G);

    tree_close(page->tree);
    part_line(page);
    style.height = BAR_MM;
    style.pad_left = style.pad_right = MM_G4;
    style.pad_bottom = 2.0F;
    style.fill = COLOUR_SURFACE;
    tree_open(page->tree, ROLE_GROUP, "bar", "", style);
}

void frame_close(Page *page)
{
    tree_close(page->tree);
    tree_close(page->tree);
}

void frame_title(Page *page, const char *title, const char *under)
{
    tree_leaf(page->tree, ROLE_HEADING, "title", title, style_text(TEXT_TITLE, WEIGHT_OF_ROLE, COLOUR_NONE));
    if (!under[0])
        return;
    part_space(page, 3.0F);
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, under);
}
