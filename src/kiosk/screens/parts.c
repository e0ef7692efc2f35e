#include "kiosk/screens/parts.h"

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

/* Metrics let icons grow by this part of the text's growth. */
#define ICON_GROWTH 0.8F

static float grown(const Page *page, float mm)
{
    return mm * (1.0F + ICON_GROWTH * (page->scale - 1.0F));
}

static void icon_in(Page *page, const char *icon, float mm, float size, Colour ink)
{
    Style style = { .width = mm, .height = mm, .icon_size = size, .ink = ink };

    tree_leaf(page->tree, ROLE_IMAGE, NULL, "", style)->icon = icon;
}

void part_icon(Page *page, const char *icon, float mm, Colour ink)
{
    icon_in(page, icon, grown(page, mm), mm, ink);
}

void part_mark(Page *page, const char *icon, float mm, Colour ink)
{
    icon_in(page, icon, mm, mm * mm / grown(page, mm), ink);
}

void part_plate(Page *page, Plate plate)
{
    Style style = { .width = plate.mm,
                    .height = plate.mm,
                    .corner = plate.round ? plate.mm / 2.0F : MM_R,
                    .fill = plate.fill,
                    .ink = plate.ink,
                    .icon_size = plate.icon_mm * plate.mm / grown(page, plate.mm) };

    tree_leaf(page->tree, ROLE_IMAGE, NULL, "", style)->icon = plate.icon;
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
    part_fact(page, "clock", say(page, "When"), words_open(page));
    part_line(page);
    part_fact(page, "person", say(page, "What to bring"), say(page, "Your student card or passport"));
    part_line(page);
    /* TRANSLATORS: label: what to ask the member of staff for */
    part_fact(page, "doc", say(page, "What to ask for"), what);
    tree_close(page->tree);
    part_ticket_way(page);
}

void part_ticket_way(Page *page)
{
    if (!model_offers_tickets(page->model))
        return;
    part_space(page, MM_G2);
    part_way(page, (Way){ "window.ticket", "ticket", say(page, "Take a ticket"),
                          say(page, "You get a number and are called to a window."), ACT_TICKETS, 0, false, 30.0F });
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

static Style button_style(Page *page, ButtonKind kind)
{
    bool big = kind == BUTTON_MAIN_BIG || kind == BUTTON_SECOND_BIG;
    float height = page_button(page);
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .height = big ? height * MM_BIG / MM_BUTTON : height,
                    .corner = MM_R,
                    .pad_left = MM_G2,
                    .pad_right = MM_G2,
                    .text = big ? TEXT_HEADING : TEXT_BODY,
                    .weight = WEIGHT_SEMIBOLD,
                    .icon_size = big ? 13.0F : 10.0F };

    switch (kind) {
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
    return style;
}

Node *part_button(Page *page, Button button)
{
    Node *node = tree_leaf(page->tree, ROLE_BUTTON, button.id, button.label, button_style(page, button.kind));

    node->icon = button.icon;
    node->icon_after = button.icon_after;
    node->send = (Send){ (uint16_t)button.act, button.arg };
    return node;
}

/* Of an icon that grows with the text and stays within what is `room` high. */
static float fitting_icon(const Page *page, float mm, float room)
{
    float most = room * 0.75F * mm / grown(page, mm);

    return mm < most ? mm : most;
}

Node *part_icon_button(Page *page, Button button)
{
    Style style = button_style(page, button.kind);
    Node *node;

    style.width = style.height;
    style.pad_left = style.pad_right = 0.0F;
    style.icon_size = fitting_icon(page, style.icon_size, style.height);
    node = tree_leaf(page->tree, ROLE_BUTTON, button.id, "", style);
    node->said = tree_text(page->tree, button.label);
    node->icon = button.icon;
    node->send = (Send){ (uint16_t)button.act, button.arg };
    return node;
}

void part_settings(Page *page)
{
    /* TRANSLATORS: in the bar of every screen: size of text, colours, reach, sound; also the title of that sheet */
    const char *words = say(page, "Accessibility");
    Node *node = part_icon_button(page, (Button){ BUTTON_QUIET, "settings", words, "access", false, ACT_SETTINGS, 0 });

    node->style.fill = COLOUR_TINT;
    node->style.icon_size = fitting_icon(page, 13.0F, node->style.height);
    node->state |= page->visit->settings_shown ? NODE_CHOSEN : 0;
}

#define CALL_TEXT_MOST 1.25F /* larger text needs the bar for what leads on */

static bool may_call(const Page *page)
{
    return page->visit->active && !page->visit->help.shown &&
           (model_help_is_open(page->model) || model_offers_help(page->model));
}

static const char *words_call(Page *page)
{
    return model_help_is_open(page->model)
               ? say(page, "Somebody has been called")
               /* TRANSLATORS: in the bar of every screen: somebody of the office comes to this kiosk */
               : say(page, "Call a person");
}

void part_call(Page *page)
{
    if (!may_call(page) || page->scale > CALL_TEXT_MOST)
        return;
    Node *node = part_icon_button(page, (Button){ BUTTON_QUIET, "call", words_call(page), "call", false, ACT_CALL, 0 });
    node->style.fill = model_help_is_open(page->model) ? COLOUR_GOOD_TINT : COLOUR_TINT;
    node->style.icon_size = fitting_icon(page, 13.0F, node->style.height);
}

void part_call_way(Page *page)
{
    if (!may_call(page) || page->scale <= CALL_TEXT_MOST)
        return;
    part_way(page, (Way){ "call", "call", words_call(page), say(page, "Somebody from the office comes to this kiosk."),
                          ACT_CALL, 0, false, 30.0F });
    part_space(page, MM_G2);
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
    style.min_height = page_row(page, way.mm);
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
    part_grid(page, page->wide ? 2 : 1, MM_G);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        Style style = style_card(0.0F);
        style.axis = AXIS_ROW;
        style.align = ALIGN_CENTRE;
        style.gap = 7.0F;
        style.min_height = page_row(page, 34.0F);
        style.pad_left = style.pad_right = MM_G2;
        style.text = TEXT_HEADING;
        style.weight = WEIGHT_SEMIBOLD;
        const char *id = tree_format(page->tree, "language.%s", language_tag((Language)i));
        Node *node = tree_leaf(page->tree, ROLE_CHOICE, id, language_own_name((Language)i), style);
        node->language = (Language)i;
        node->send = (Send){ ACT_LANGUAGE, (uint16_t)i };
        node->state |= (Language)i == page->language ? NODE_CHOSEN : 0;
    }
    tree_close(page->tree);
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
