#include "bench/bare_paper.h"

#include <cairo-pdf.h>

typedef struct Text {
    int page;
    double x, y;
    char *text;
    PangoFontDescription *font;
    PangoAttrList *attributes;
    int width;
    PangoAlignment align;
    bool white;
} Text;

struct BarePaper {
    const Sheets *sheets; /* for what is no text */
    Text *texts;
    size_t text_count;
};

BarePaper *bare_paper_new(const Sheets *sheets)
{
    BarePaper *paper = g_new0(BarePaper, 1);

    paper->sheets = sheets;
    paper->texts = g_new0(Text, sheets->count);
    for (size_t i = 0; i < sheets->count; i++) {
        const Item *item = &sheets->items[i];

        if (item->kind != ITEM_TEXT)
            continue;
        paper->texts[paper->text_count++] =
            (Text){ .page = item->page,
                    .x = item->x,
                    .y = item->y,
                    .text = g_strdup(pango_layout_get_text(item->layout)),
                    .font = pango_font_description_copy(pango_layout_get_font_description(item->layout)),
                    .attributes = pango_attr_list_copy(pango_layout_get_attributes(item->layout)),
                    .width = pango_layout_get_width(item->layout),
                    .align = pango_layout_get_alignment(item->layout),
                    .white = item->white };
    }
    return paper;
}

void bare_paper_free(BarePaper *paper)
{
    for (size_t i = 0; paper && i < paper->text_count; i++) {
        g_free(paper->texts[i].text);
        pango_font_description_free(paper->texts[i].font);
        pango_attr_list_unref(paper->texts[i].attributes);
    }
    if (paper)
        g_free(paper->texts);
    g_free(paper);
}

/* One for the program, as a program of its own would have. */
static PangoContext *bare_context(void)
{
    static PangoContext *context;
    cairo_font_options_t *options;

    if (context)
        return context;
    context = pango_font_map_create_context(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_destroy(options);
    return context;
}

static void draw_text(const Text *text, cairo_t *cairo)
{
    PangoLayout *layout = pango_layout_new(bare_context());

    pango_layout_set_font_description(layout, text->font);
    pango_layout_set_text(layout, text->text, -1);
    pango_layout_set_attributes(layout, text->attributes);
    pango_layout_set_alignment(layout, text->align);
    pango_layout_set_width(layout, text->width);
    if (text->white)
        cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_move_to(cairo, text->x, text->y);
    pango_cairo_show_layout(cairo, layout);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    g_object_unref(layout);
}

static void draw_code(const Qr *qr, const Item *item, cairo_t *cairo)
{
    const double module = item->width > 0 ? item->width / qr->side : MODULE;

    for (int row = 0; row < qr->side; row++)
        for (int column = 0; column < qr->side; column++) {
            int run = column;

            while (run < qr->side && qr->dark[row][run])
                run++;
            if (run > column)
                cairo_rectangle(cairo, item->x + column * module, item->y + row * module, (run - column) * module,
                                module);
            column = run;
        }
    cairo_fill(cairo);
}

static void draw_picture(const Item *item, cairo_t *cairo)
{
    cairo_save(cairo);
    cairo_translate(cairo, item->x, item->y);
    cairo_scale(cairo, item->width / cairo_image_surface_get_width(item->picture),
                item->height / cairo_image_surface_get_height(item->picture));
    cairo_set_source_surface(cairo, item->picture, 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
}

static void draw_shape(const Sheets *sheets, const Item *item, const Qr *qr, cairo_t *cairo)
{
    switch (item->kind) {
    case ITEM_TEXT: break;
    case ITEM_RULE:
    case ITEM_PANEL:
        cairo_rectangle(cairo, item->x, item->y, item->width, item->height);
        cairo_fill(cairo);
        break;
    case ITEM_FRAME:
    case ITEM_RING:
        cairo_rectangle(cairo, item->x, item->y, item->width, item->height);
        cairo_stroke(cairo);
        break;
    case ITEM_EMBLEM: emblem_draw(sheets->emblem, cairo, item->x, item->y, item->width); break;
    case ITEM_PICTURE: draw_picture(item, cairo); break;
    case ITEM_CODE: draw_code(qr, item, cairo); break;
    }
}

static cairo_status_t count_bytes(void *arg, const unsigned char *bytes, unsigned size)
{
    Buf *pdf = arg;

    buf_add(pdf, bytes, size);
    return pdf->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

size_t bare_paper_draw(const BarePaper *paper, const Qr *qr)
{
    const Sheets *sheets = paper->sheets;
    cairo_surface_t *surface;
    cairo_t *cairo;
    size_t size;
    OWNED_BUF pdf;

    buf_init(&pdf, 16u << 20);
    surface = cairo_pdf_surface_create_for_stream(count_bytes, &pdf, sheets_width(sheets), sheets_height(sheets));
    cairo = cairo_create(surface);
    for (int page = 0; page < sheets->pages; page++) {
        for (size_t i = 0; i < sheets->count; i++)
            if (sheets->items[i].page == page)
                draw_shape(sheets, &sheets->items[i], qr, cairo);
        for (size_t i = 0; i < paper->text_count; i++)
            if (paper->texts[i].page == page)
                draw_text(&paper->texts[i], cairo);
        cairo_show_page(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    size = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? pdf.len : 0;
    cairo_surface_destroy(surface);
    return size;
}
