#include <math.h>
#include <string.h>

#include "registrar/document/sheet.h"

#define DOT (72.0 / 600) /* of the printers that are reckoned with, in points */

static bool is_dark(const Qr *qr, int x, int y)
{
    return x >= 0 && y >= 0 && x < qr->side && y < qr->side && qr->dark[y][x];
}

/* One outline from the corner (x, y), first to the right, with the dark on its right hand.  Where two dark modules
 * touch by a corner the outline keeps to its own.  Top edges that it passes are marked. */
static void trace(const Qr *qr, bool passed[QR_SIDE_MOST][QR_SIDE_MOST], int x, int y, double left, double top,
                  double module, cairo_t *cairo)
{
    static const int step_x[] = { 1, 0, -1, 0 }, step_y[] = { 0, 1, 0, -1 };
    static const int ahead_x[] = { 0, -1, -1, 0 },
                     ahead_y[] = { 0, 0, -1, -1 }; /* the module ahead on the right hand */
    const int first_x = x, first_y = y;
    int way = 0;
    bool closed = false;

    cairo_move_to(cairo, left + x * module, top + y * module);
    while (!closed) {
        const int before = way;

        if (way == 0)
            passed[y][x] = true;
        x += step_x[way];
        y += step_y[way];
        if (!is_dark(qr, x + ahead_x[way], y + ahead_y[way]))
            way = (way + 1) % 4;
        else if (is_dark(qr, x + ahead_x[(way + 3) % 4], y + ahead_y[(way + 3) % 4]))
            way = (way + 3) % 4;
        closed = x == first_x && y == first_y && way == 0; /* it may come by earlier, on another way */
        if (way != before && !closed)
            cairo_line_to(cairo, left + x * module, top + y * module);
    }
    cairo_close_path(cairo);
}

/* All dark modules as one path of their outlines: neighbours meet without a seam, and a page is a tenth cheaper than
 * with a rectangle for each run. */
static void draw_code(const Qr *qr, double left, double top, double module, cairo_t *cairo)
{
    bool passed[QR_SIDE_MOST][QR_SIDE_MOST] = { 0 };

    for (int y = 0; y < qr->side; y++)
        for (int x = 0; x < qr->side; x++)
            if (is_dark(qr, x, y) && !is_dark(qr, x, y - 1) && !passed[y][x])
                trace(qr, passed, x, y, left, top, module, cairo);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
    cairo_fill(cairo);
}

/* Where the code will be: its outline and its three corners, so pale that no reader takes it for one. */
static void draw_ghost(double x, double y, double module, cairo_t *cairo)
{
    static const int corners[][2] = { { 0, 0 }, { CODE_SIDE - 7, 0 }, { 0, CODE_SIDE - 7 } };

    cairo_save(cairo);
    cairo_set_source_rgb(cairo, 0.93, 0.93, 0.93);
    cairo_rectangle(cairo, x, y, CODE_SIDE * module, CODE_SIDE * module);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, 0.8, 0.8, 0.8);
    cairo_set_line_width(cairo, module);
    for (size_t i = 0; i < COUNT(corners); i++) {
        cairo_rectangle(cairo, x + (corners[i][0] + 0.5) * module, y + (corners[i][1] + 0.5) * module, 6 * module,
                        6 * module);
        cairo_stroke(cairo);
        cairo_rectangle(cairo, x + (corners[i][0] + 2) * module, y + (corners[i][1] + 2) * module, 3 * module,
                        3 * module);
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}

/* The largest whole number of printer dots with which the code stays inside its place. */
static double module_of(const Item *item, const Qr *qr)
{
    return item->width > 0 ? floor(item->width / qr->side / DOT) * DOT : MODULE;
}

/* Fills its place and keeps its shape: what is over is cut off evenly. */
static void draw_picture(const Item *item, cairo_t *cairo)
{
    const double width = cairo_image_surface_get_width(item->picture);
    const double height = cairo_image_surface_get_height(item->picture);
    const double scale = fmax(item->width / width, item->height / height);

    cairo_save(cairo);
    cairo_rectangle(cairo, item->x, item->y, item->width, item->height);
    cairo_clip(cairo);
    cairo_translate(cairo, item->x + (item->width - width * scale) / 2, item->y + (item->height - height * scale) / 2);
    cairo_scale(cairo, scale, scale);
    cairo_set_source_surface(cairo, item->picture, 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
}

static void draw_panel(const Item *item, cairo_t *cairo)
{
    if (item->shade == PANEL_BRAND)
        cairo_set_source_rgb(cairo, 0x0B / 255.0, 0x4F / 255.0, 0x5C / 255.0);
    else
        cairo_set_source_rgb(cairo, 0.93, 0.93, 0.93);
    cairo_rectangle(cairo, item->x, item->y, item->width, item->height);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
}

static void draw_outline(const Item *item, cairo_t *cairo)
{
    const double half = item->thickness / 2;

    cairo_new_sub_path(cairo);
    if (item->kind == ITEM_RING)
        cairo_arc(cairo, item->x + item->width / 2, item->y + item->height / 2, item->width / 2 - half, 0, 2 * M_PI);
    else
        cairo_rectangle(cairo, item->x + half, item->y + half, item->width - 2 * half, item->height - 2 * half);
    cairo_set_line_width(cairo, item->thickness);
    cairo_stroke(cairo);
}

static void draw_text(const Item *item, cairo_t *cairo)
{
    if (item->white)
        cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_move_to(cairo, item->x, item->y);
    pango_cairo_show_layout(cairo, item->layout);
    if (item->white)
        cairo_set_source_rgb(cairo, 0, 0, 0);
}

static void draw_item(const Sheets *sheets, const Item *item, const Qr *qr, cairo_t *cairo)
{
    switch (item->kind) {
    case ITEM_TEXT: draw_text(item, cairo); break;
    case ITEM_RULE:
        cairo_rectangle(cairo, item->x, item->y, item->width, item->height);
        cairo_fill(cairo);
        break;
    case ITEM_FRAME:
    case ITEM_RING: draw_outline(item, cairo); break;
    case ITEM_PANEL: draw_panel(item, cairo); break;
    case ITEM_EMBLEM: emblem_draw(sheets->emblem, cairo, item->x, item->y, item->width); break;
    case ITEM_PICTURE: draw_picture(item, cairo); break;
    case ITEM_CODE:
        if (item->code)
            qr = item->code;
        if (qr)
            draw_code(qr, item->x, item->y, module_of(item, qr), cairo);
        else
            draw_ghost(item->x, item->y, item->width > 0 ? item->width / CODE_SIDE : MODULE, cairo);
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

bool sheets_draw_watermark(const Sheets *sheets, Typesetter *typesetter, const char *words, cairo_t *cairo, Error *err)
{
    const double width = sheets_width(sheets), height = sheets_height(sheets);
    const double scale = width / MM(page_width(PAGE_A4));
    const int lines = height > width ? 3 : 1;
    PangoLayout *layout;

    if (!typeset(typesetter, STYLE_WATERMARK, words, 0, PANGO_ALIGN_LEFT, &layout, err))
        return false;
    cairo_set_source_rgba(cairo, 0.04, 0.31, 0.36, 0.13);
    for (int i = 0; i < lines; i++) {
        cairo_save(cairo);
        cairo_translate(cairo, width / 2, lines == 1 ? height / 2 : height * (0.2 + 0.3 * i));
        cairo_rotate(cairo, -M_PI / 7);
        cairo_scale(cairo, scale, scale);
        cairo_move_to(cairo, -typeset_width(layout) / 2, -typeset_height(layout) / 2);
        pango_cairo_show_layout(cairo, layout);
        cairo_restore(cairo);
    }
    g_object_unref(layout);
    return true;
}
