#include <math.h>
#include <string.h>

#include "registrar/document/sheet.h"

/* All dark modules as one path: each edge is computed alike, so that neighbours meet without a seam. */
static void draw_code(const Qr *qr, double x, double y, cairo_t *cairo)
{
    for (int row = 0; row < qr->side; row++)
        for (int from = 0, to; from < qr->side; from = to) {
            const double top = y + row * MODULE, bottom = y + (row + 1) * MODULE;

            for (to = from + 1; to < qr->side && qr->dark[row][to] == qr->dark[row][from]; to++)
                ;
            if (!qr->dark[row][from])
                continue;
            cairo_move_to(cairo, x + from * MODULE, top);
            cairo_line_to(cairo, x + to * MODULE, top);
            cairo_line_to(cairo, x + to * MODULE, bottom);
            cairo_line_to(cairo, x + from * MODULE, bottom);
            cairo_close_path(cairo);
        }
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
    cairo_fill(cairo);
}

/* Where the code will be: its outline and its three corners, so pale that no reader takes it for one. */
static void draw_ghost(double x, double y, cairo_t *cairo)
{
    static const int corners[][2] = { { 0, 0 }, { CODE_SIDE - 7, 0 }, { 0, CODE_SIDE - 7 } };

    cairo_save(cairo);
    cairo_set_source_rgb(cairo, 0.93, 0.93, 0.93);
    cairo_rectangle(cairo, x, y, CODE_SIDE * MODULE, CODE_SIDE * MODULE);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, 0.8, 0.8, 0.8);
    cairo_set_line_width(cairo, MODULE);
    for (size_t i = 0; i < COUNT(corners); i++) {
        cairo_rectangle(cairo, x + (corners[i][0] + 0.5) * MODULE, y + (corners[i][1] + 0.5) * MODULE, 6 * MODULE,
                        6 * MODULE);
        cairo_stroke(cairo);
        cairo_rectangle(cairo, x + (corners[i][0] + 2) * MODULE, y + (corners[i][1] + 2) * MODULE, 3 * MODULE,
                        3 * MODULE);
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}

static void draw_item(const Sheets *sheets, const Item *item, const Qr *qr, cairo_t *cairo)
{
    switch (item->kind) {
    case ITEM_TEXT:
        cairo_move_to(cairo, item->x, item->y);
        pango_cairo_show_layout(cairo, item->layout);
        break;
    case ITEM_RULE:
        cairo_rectangle(cairo, item->x, item->y, item->width, item->height);
        cairo_fill(cairo);
        break;
    case ITEM_EMBLEM: emblem_draw(sheets->emblem, cairo, item->x, item->y, item->width); break;
    case ITEM_CODE:
        if (qr)
            draw_code(qr, item->x, item->y, cairo);
        else
            draw_ghost(item->x, item->y, cairo);
        break;
    }
}

void sheets_draw(const Sheets *sheets, int page, const Qr *qr, cairo_t *cairo)
{
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (size_t i = 0; i < sheets->count; i++)
        if (sheets->items[i].page == page)
            draw_item(sheets, &sheets->items[i], qr, cairo);
}

bool sheets_draw_watermark(Typesetter *typesetter, Language language, cairo_t *cairo, Error *err)
{
    static const char *const words[LANGUAGE_COUNT] = {
        [LANGUAGE_UZ] = "Koʻrib chiqish uchun",
        [LANGUAGE_UZ_CYRL] = "Кўриб чиқиш учун",
        [LANGUAGE_RU] = "Для просмотра",
        [LANGUAGE_EN] = "For preview only",
    };
    PangoLayout *layout;

    if (!typeset(typesetter, STYLE_WATERMARK, words[language], 0, PANGO_ALIGN_LEFT, &layout, err))
        return false;
    cairo_set_source_rgba(cairo, 0.04, 0.31, 0.36, 0.13);
    for (int i = 0; i < 3; i++) {
        cairo_save(cairo);
        cairo_translate(cairo, SHEET_WIDTH / 2, SHEET_HEIGHT * (0.2 + 0.3 * i));
        cairo_rotate(cairo, -M_PI / 7);
        cairo_move_to(cairo, -typeset_width(layout) / 2, -typeset_height(layout) / 2);
        pango_cairo_show_layout(cairo, layout);
        cairo_restore(cairo);
    }
    g_object_unref(layout);
    return true;
}
