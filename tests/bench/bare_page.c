#include "bench/bare_page.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define MM(mm) ((mm) * (72.0 / 25.4))

typedef struct Line {
    double x, y, width; /* mm */
    const char *font;
    double leading; /* points */
    PangoAlignment align;
    const char *markup;
} Line;

#define L      PANGO_ALIGN_LEFT
#define C      PANGO_ALIGN_CENTER
#define R      PANGO_ALIGN_RIGHT

#define SERIF  "Noto Serif "
#define SANS   "Noto Sans "
#define LABEL  SANS "8.75"
#define VALUE  SERIF "10.5"
#define ROW(n) (104.5 + 1.2 + 7.34 * (n))
#define PAIR(n, label, value)                                                                                          \
    { 25, ROW(n), 52, LABEL, 14, L, label },                                                                           \
    {                                                                                                                  \
        81, ROW(n), 109, VALUE, 14, L, value                                                                           \
    }

static const Line lines[] = {
    { 48, 19.6, 92, SANS "6.5", 8.6, L,
      "<span letter_spacing=\"333\">OʻZBEKISTON RESPUBLIKASI\nOLIY TAʼLIM, FAN VA INNOVATSIYALAR VAZIRLIGI</span>" },
    { 48, 26.7, 92, SERIF "Bold 14", 18, L, "Namuna davlat universiteti" },
    { 48, 33, 92, SERIF "10", 13, L, "Namuna State University" },
    { 136, 19.6, 54, SANS "7.5", 10.6, R,
      "100174, Toshkent shahri,\nUniversitet koʻchasi, 4-uy\n+998 71 200 00 00\nregistrator@namuna.uz" },
    { 126, 46, 64, SANS "9", 12.6, R, "Toshkent shahri" },
    { 25, 62, 165, SERIF "Bold 17", 22, C, "<span letter_spacing=\"2437\">MAʼLUMOTNOMA</span>" },
    { 25, 69.8, 165, SERIF "11.5", 15, C, "oʻqish joyidan" },
    { 25, 75.1, 165, SERIF "Italic 9.5", 13, C, "Справка с места учёбы" },
    { 25, 88, 165, SERIF "11.5", 17, L,
      "Ushbu maʼlumotnoma <b>Karimova Dilnoza Baxtiyor qizi</b> haqiqatan ham Namuna davlat universiteti 3-kurs "
      "talabasi ekanini "
      "tasdiqlaydi." },
    PAIR(0, "Familiyasi, ismi, otasining ismi", "<b>Karimova Dilnoza Baxtiyor qizi</b>"),
    PAIR(1, "JSHSHIR", "<span font_features=\"tnum,lnum\">61403064010270</span>"),
    PAIR(2, "Tugʻilgan sanasi", "2006-yil 14-mart"),
    PAIR(3, "Fuqaroligi", "Oʻzbekiston Respublikasi"),
    PAIR(4, "Talabaning ID raqami", "<span font_features=\"tnum,lnum\">401241100873</span>"),
    PAIR(5, "Taʼlim turi va shakli", "Bakalavriat, kunduzgi"),
    PAIR(6, "Qabul turi (toʻlov shakli)", "Davlat granti"),
    PAIR(7, "Oʻqishga kirgan yili", "2024-yil"),
    PAIR(8, "Oliy taʼlim muassasasi", "Namuna davlat universiteti"),
    PAIR(9, "Fakulteti", "Axborot texnologiyalari fakulteti"),
    PAIR(10, "Taʼlim yoʻnalishi", "60610500 – Kompyuter injiniringi"),
    PAIR(11, "Kursi, semestri", "3-kurs, 5-semestr (2026/2027-oʻquv yili)"),
    { 25, 198, 165, SERIF "11.5", 17, L, "Maʼlumotnoma talab qilingan joyga taqdim etish uchun berildi." },
    { 25, 226, 64, SERIF "10.5", 14, L, "Registrator ofisi boshligʻi" },
    { 93, 230.5, 46, SANS "6.5", 8, C, "imzo" },
    { 143, 226, 47, SERIF "Bold 10.5", 14, R, "N. R. Tursunov" },
    { 62.5, 242.2, 127.5, SANS "Bold 10.5", 14, L, "Haqiqiyligini tekshirish uchun kodni skanerlang" },
    { 62.5, 256, 127.5, SANS "8.5", 12, L,
      "Tekshiruv sahifasidagi <b>ism, raqam va sana</b> shu qogʻozdagi bilan bir xil boʻlishi kerak. Kod internet "
      "boʻlmaganda ham "
      "universitetning ochiq kaliti bilan tekshiriladi." },
    { 62.5, 266, 127.5, SANS "8.5", 12, L,
      "Maʼlumotlar 2026-yil 24-noyabr holatiga koʻra. Nusxa 1, kiosk A-2 (1-bino), 10:42." },
    { 70, 281, 75, SANS "7.5", 10, C, "Maʼlumotnoma" },
    { 145, 281, 45, SANS "7.5", 10, R, "1-sahifa, jami 1 ta" },
};

static void draw_line(cairo_t *cairo, PangoContext *context, const Line *line, const char *markup)
{
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_from_string(line->font);
    PangoAttrList *attributes;

    pango_font_description_set_absolute_size(font, pango_font_description_get_size(font));
    pango_layout_set_font_description(layout, font);
    pango_layout_set_markup(layout, markup, -1);
    attributes = pango_attr_list_copy(pango_layout_get_attributes(layout));
    pango_attr_list_insert_before(attributes, pango_attr_line_height_new_absolute((int)(line->leading * PANGO_SCALE)));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_alignment(layout, line->align);
    pango_layout_set_width(layout, (int)(MM(line->width) * PANGO_SCALE));
    cairo_move_to(cairo, MM(line->x), MM(line->y));
    pango_cairo_show_layout(cairo, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
}

static void draw_rules(cairo_t *cairo)
{
    cairo_rectangle(cairo, MM(25), MM(41.6), MM(165), 1.2);
    cairo_rectangle(cairo, MM(25), MM(42.6), MM(165), 0.35);
    for (int i = 0; i <= 12; i++)
        cairo_rectangle(cairo, MM(25), MM(ROW(i) - 1.2), MM(165), i % 12 ? 0.25 : 0.7);
    cairo_rectangle(cairo, MM(93), MM(230.1), MM(46), 0.5);
    cairo_rectangle(cairo, MM(25), MM(239.2), MM(165), 0.35);
    cairo_fill(cairo);
}

static void draw_star(cairo_t *cairo)
{
    static const double star[][2] = { { 50, 2 },  { 64, 16 }, { 84, 16 }, { 84, 36 }, { 98, 50 }, { 84, 64 },
                                      { 84, 84 }, { 64, 84 }, { 50, 98 }, { 36, 84 }, { 16, 84 }, { 16, 64 },
                                      { 2, 50 },  { 16, 36 }, { 16, 16 }, { 36, 16 } };

    for (size_t i = 0; i < COUNT(star); i++)
        cairo_line_to(cairo, MM(25 + star[i][0] * 0.18), MM(20 + star[i][1] * 0.18));
    cairo_fill(cairo);
}

static void draw_code(cairo_t *cairo, const Qr *qr)
{
    const double module = MM(0.508);

    for (int row = 0; row < qr->side; row++)
        for (int column = 0; column < qr->side; column++) {
            int run = column;

            while (run < qr->side && qr->dark[row][run])
                run++;
            if (run > column)
                cairo_rectangle(cairo, MM(25.146) + column * module, MM(243.078) + row * module,
                                (run - column) * module, module);
            column = run;
        }
    cairo_fill(cairo);
}

static cairo_status_t count_bytes(void *arg, const unsigned char *bytes, unsigned size)
{
    Buf *pdf = arg;

    buf_add(pdf, bytes, size);
    return pdf->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
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

size_t bare_page_draw(const Qr *qr, const char *number, const char *code)
{
    static const Line number_line = { 25, 46, 100, SANS "9", 12.6, L, NULL };
    static const Line code_line = { 62.5, 247.7, 127.5, SANS "12.5", 18, L, NULL };
    static const Line foot_line = { 25, 281, 45, SANS "7.5", 10, L, NULL };
    PangoContext *context = bare_context();
    cairo_surface_t *surface;
    cairo_t *cairo;
    size_t size;
    char markup[200];
    OWNED_BUF pdf;

    buf_init(&pdf, 1u << 20);
    surface = cairo_pdf_surface_create_for_stream(count_bytes, &pdf, MM(210), MM(297));
    cairo = cairo_create(surface);
    draw_star(cairo);
    draw_rules(cairo);
    for (size_t i = 0; i < COUNT(lines); i++)
        draw_line(cairo, context, &lines[i], lines[i].markup);
    g_snprintf(markup, sizeof markup, "<b>№ %s</b>\n2026-yil 24-noyabr", number);
    draw_line(cairo, context, &number_line, markup);
    g_snprintf(markup, sizeof markup, "hujjat.namuna.uz/v/<span weight=\"bold\" letter_spacing=\"768\">%s</span>",
               code);
    draw_line(cairo, context, &code_line, markup);
    g_snprintf(markup, sizeof markup, "№ %s · 24.11.2026", number);
    draw_line(cairo, context, &foot_line, markup);
    draw_code(cairo, qr);
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    size = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? pdf.len : 0;
    cairo_surface_destroy(surface);
    return size;
}
