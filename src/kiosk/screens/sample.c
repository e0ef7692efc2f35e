/* A paper in outline, as wide as one likes: what one gets, before there is a page of one's own. */
#include "kiosk/screens/parts.h"

#define DRAWN_MM 174.0F /* the width that the figures below are for */

/* Paper is white in every theme, so what stands on it is chosen to be dark in each. */
typedef struct Inks {
    Colour words, strong, mark;
} Inks;

static const Inks inks[] = {
    [GLASS_LIGHT] = { COLOUR_LINE, COLOUR_EDGE, COLOUR_BRAND },
    [GLASS_EVENING] = { COLOUR_EDGE, COLOUR_LINE, COLOUR_BRAND_DEEP },
    [GLASS_CONTRAST] = { COLOUR_GROUND, COLOUR_GROUND, COLOUR_GROUND },
};
static_assert(COUNT(inks) == GLASS_THEME_COUNT, "inks for every theme");

/* The page and how much smaller the outline is than drawn. */
typedef struct Sample {
    Page *page;
    float scale;
    Inks inks;
} Sample;

static void bar(const Sample *sample, float width, float height, Colour fill)
{
    float mm = height * sample->scale;

    tree_leaf(sample->page->tree, ROLE_GROUP, NULL, "",
              (Style){ .width = width * sample->scale, .height = mm, .fill = fill, .corner = mm / 2.0F });
}

static void space(const Sample *sample, float mm)
{
    part_space(sample->page, mm * sample->scale);
}

static void bars(const Sample *sample, const float *widths, size_t count)
{
    Tree *tree = sample->page->tree;

    tree_open(tree, ROLE_GROUP, NULL, "", (Style){ .gap = 3.4F * sample->scale });
    for (size_t i = 0; i < count; i++) {
        tree_open(tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW });
        bar(sample, widths[i], 2.2F, sample->inks.words);
        tree_close(tree);
    }
    tree_close(tree);
}

/* The three corners by which everybody knows a QR code. */
static void qr_outline(const Sample *sample)
{
    Tree *tree = sample->page->tree;
    float pad = 3.0F * sample->scale, side = 30.0F * sample->scale;
    float corner = 10.0F * sample->scale, inset = 3.4F * sample->scale, eye = 3.2F * sample->scale;

    tree_open(tree, ROLE_GROUP, NULL, "",
              (Style){ .columns = 2,
                       .gap = 4.0F * sample->scale,
                       .width = side,
                       .height = side,
                       .border = sample->inks.words,
                       .pad_top = pad,
                       .pad_right = pad,
                       .pad_bottom = pad,
                       .pad_left = pad });
    for (int i = 0; i < 4; i++) {
        bool marked = i < 3;
        tree_open(tree, ROLE_GROUP, NULL, "",
                  (Style){ .width = corner,
                           .height = corner,
                           .border = marked ? sample->inks.mark : COLOUR_NONE,
                           .border_px = (unsigned)(6.0F * sample->scale + 0.5F),
                           .pad_top = inset,
                           .pad_left = inset });
        tree_leaf(tree, ROLE_GROUP, NULL, "",
                  (Style){ .width = eye, .height = eye, .fill = marked ? sample->inks.mark : sample->inks.words });
        tree_close(tree);
    }
    tree_close(tree);
}

static void head(const Sample *sample)
{
    Page *page = sample->page;

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(5.0F * sample->scale));
    part_icon(page, "logo", 16.0F * sample->scale, sample->inks.mark);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 2.6F * sample->scale, .grow = 1.0F });
    bar(sample, 64.0F, 3.0F, sample->inks.strong);
    bar(sample, 48.0F, 2.2F, sample->inks.words);
    tree_close(page->tree);
    tree_close(page->tree);
    space(sample, 5.0F);
    part_line(page);
    space(sample, 6.0F);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW });
    bar(sample, 34.0F, 2.2F, sample->inks.words);
    part_push(page);
    bar(sample, 30.0F, 2.2F, sample->inks.words);
    tree_close(page->tree);
}

static void text(const Sample *sample)
{
    static const float first[] = { 132.0F, 136.0F, 128.0F, 84.0F };
    static const float second[] = { 130.0F, 58.0F };
    Page *page = sample->page;

    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_CENTRE });
    bar(sample, 56.0F, 4.0F, sample->inks.strong);
    tree_close(page->tree);
    space(sample, 14.0F);
    bars(sample, first, COUNT(first));
    space(sample, 7.0F);
    bars(sample, second, COUNT(second));
    part_push(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .align = ALIGN_END });
    bar(sample, 42.0F, 2.2F, sample->inks.words);
    part_push(page);
    bar(sample, 30.0F, 2.2F, sample->inks.words);
    tree_close(page->tree);
}

void part_sample(Page *page, float mm)
{
    const Sample sample = { page, mm / DRAWN_MM, inks[model_glass(page->model).theme] };

    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .width = mm,
                       .height = mm * 1.41F,
                       .fill = COLOUR_PAPER,
                       .corner = 0.6F,
                       .shadow = true,
                       .pad_top = 15.0F * sample.scale,
                       .pad_right = 16.0F * sample.scale,
                       .pad_bottom = 12.0F * sample.scale,
                       .pad_left = 21.0F * sample.scale });
    head(&sample);
    space(&sample, 15.0F);
    text(&sample);
    space(&sample, 14.0F);
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(6.0F * sample.scale));
    qr_outline(&sample);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 3.0F * sample.scale });
    bar(&sample, 40.0F, 2.2F, sample.inks.words);
    bar(&sample, 56.0F, 2.6F, sample.inks.strong);
    tree_close(page->tree);
    tree_close(page->tree);
    tree_close(page->tree);
}
