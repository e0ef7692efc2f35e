#include "kiosk/ui/chart.h"

#include <math.h>

#define MM_PLOT    50.0F
#define MM_HAIR    0.6F
#define MM_VALUE   12.9F /* line of a value at text scale 1: heading of tokens.md */
#define MM_MARK    8.9F  /* of a mark or a name: caption */
#define MM_INSIDE  2.0F  /* above a value in its bar */
#define MM_CLEAR   4.0F  /* between a point and its value */
#define BARS_WIDE  6     /* more bars are too narrow for words inside of them */
#define MARKS_WIDE 6.0F  /* between marks and plot */

/* What the chart's parts share: millimetres. */
typedef struct Plot {
    Tree *tree;
    const Chart *chart;
    float height, top; /* of the plot, and what words need above it */
    float value, mark; /* lines of text */
    float scale;       /* of text */
    size_t step;       /* each so many-th mark is written, so that they stand clear of each other */
} Plot;

static const float bar_weights[] = { 1, 2, 1 };

static float part_of(const Chart *chart, float amount, float least)
{
    float part = chart->most > least ? (amount - least) / (chart->most - least) : 0;

    return fminf(fmaxf(part, 0), 1);
}

/* The first and the last are always written. */
static size_t mark_step(const Chart *chart, float height, float mark)
{
    size_t gaps = chart->mark_count > 1 ? chart->mark_count - 1 : 1;

    for (size_t step = 1; step < gaps; step++)
        if (gaps % step == 0 && height * (float)step / (float)gaps >= mark)
            return step;
    return gaps;
}

static Plot plot_of(Tree *tree, const Chart *chart, bool words_above)
{
    float scale = chart->text_scale > 1 ? chart->text_scale : 1;
    Plot plot = { .tree = tree,
                  .chart = chart,
                  .height = chart->height > 0 ? chart->height : MM_PLOT,
                  .scale = scale,
                  .value = MM_VALUE * scale,
                  .mark = MM_MARK * scale };

    plot.step = mark_step(chart, plot.height, plot.mark);
    plot.top = words_above ? plot.value + MM_CLEAR : plot.mark / 2;
    return plot;
}

/* Words of the axis, each in the middle of its line. */
static void add_marks(const Plot *plot)
{
    const Chart *chart = plot->chart;

    if (chart->mark_count == 0)
        return;
    tree_open(plot->tree, ROLE_GROUP, NULL, NULL,
              (Style){ .pad_top = plot->top - plot->mark / 2,
                       .height = plot->height + plot->top + plot->mark / 2,
                       .justify = JUSTIFY_BETWEEN });
    for (size_t i = chart->mark_count; i > 0; i = i > plot->step ? i - plot->step : 0)
        tree_leaf(plot->tree, ROLE_TEXT, NULL, chart->marks[i - 1],
                  (Style){ .text = TEXT_CAPTION, .ink = COLOUR_INK_SOFT, .tabular = true });
    tree_close(plot->tree);
}

static void add_lines(const Plot *plot)
{
    size_t count = plot->chart->mark_count > 1 ? (plot->chart->mark_count - 1) / plot->step + 1 : 2;

    tree_open(plot->tree, ROLE_GROUP, NULL, NULL, (Style){ .pad_top = plot->top, .justify = JUSTIFY_BETWEEN });
    for (size_t i = 0; i < count; i++)
        tree_leaf(plot->tree, ROLE_GROUP, NULL, NULL,
                  (Style){ .height = MM_HAIR, .fill = i + 1 == count ? COLOUR_EDGE : COLOUR_LINE });
    tree_close(plot->tree);
}

static void add_names(const Plot *plot)
{
    const Chart *chart = plot->chart;

    tree_open(plot->tree, ROLE_GROUP, NULL, NULL, (Style){ .columns = (unsigned)chart->count, .pad_top = 3 });
    for (size_t i = 0; i < chart->count; i++)
        tree_leaf(plot->tree, ROLE_TEXT, NULL, chart->points[i].name,
                  (Style){ .text = TEXT_CAPTION,
                           .text_align = ALIGN_CENTRE,
                           .weight = chart->points[i].strong ? WEIGHT_SEMIBOLD : WEIGHT_OF_ROLE });
    tree_close(plot->tree);
}

static void add_value(const Plot *plot, const ChartPoint *point, Style style)
{
    style.text = TEXT_HEADING;
    style.text_align = ALIGN_CENTRE;
    tree_leaf(plot->tree, ROLE_TEXT, NULL, point->value, style);
}

/* A value over the plot: its ground keeps lines out of its figures. */
static void add_value_above(const Plot *plot, const ChartPoint *point)
{
    Colour ground = plot->chart->ground == COLOUR_NONE ? COLOUR_SURFACE : plot->chart->ground;

    tree_open(plot->tree, ROLE_GROUP, NULL, NULL, (Style){ .align = ALIGN_CENTRE, .pad_bottom = 1 });
    add_value(
        plot, point,
        (Style){
            .fill = ground, .pad_left = 1, .pad_right = 1, .weight = point->strong ? WEIGHT_BOLD : WEIGHT_OF_ROLE });
    tree_close(plot->tree);
}

/* Marks at the left, then lines with what the caller puts over them as layers of a stack, until close_plot. */
static void open_plot(const Plot *plot)
{
    Node *node = tree_open(plot->tree, ROLE_CHART, plot->chart->id, "", (Style){ .axis = AXIS_ROW, .gap = MARKS_WIDE });

    node->said = tree_text(plot->tree, plot->chart->said);
    add_marks(plot);
    tree_open(plot->tree, ROLE_GROUP, NULL, NULL, (Style){ .grow = 1 });
    tree_open(plot->tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_STACK, .height = plot->height + plot->top });
    add_lines(plot);
}

static void close_plot(const Plot *plot)
{
    tree_close(plot->tree); /* stack */
    add_names(plot);
    tree_close(plot->tree);
    tree_close(plot->tree); /* chart */
}

static bool fits_inside(const Plot *plot, float height)
{
    return (float)plot->chart->count * plot->scale <= BARS_WIDE && height >= plot->value + 2 * MM_INSIDE;
}

static void add_bar(const Plot *plot, const ChartPoint *point)
{
    float height = plot->height * part_of(plot->chart, point->amount, 0);
    bool inside = fits_inside(plot, height);

    tree_open(plot->tree, ROLE_GROUP, NULL, NULL, (Style){ .justify = JUSTIFY_END });
    if (!inside)
        add_value_above(plot, point);
    tree_open(plot->tree, ROLE_GROUP, NULL, NULL, (Style){ .columns = COUNT(bar_weights), .weights = bar_weights });
    tree_leaf(plot->tree, ROLE_GROUP, NULL, NULL, (Style){ 0 });
    tree_open(plot->tree, ROLE_GROUP, NULL, NULL,
              (Style){ .height = height,
                       .pad_top = inside ? MM_INSIDE : 0,
                       .fill = point->strong ? COLOUR_BRAND : COLOUR_TINT,
                       .border = COLOUR_BRAND,
                       .ink = point->strong ? COLOUR_ON_BRAND : COLOUR_INK });
    if (inside)
        add_value(plot, point, (Style){ 0 });
    tree_close(plot->tree);
    tree_close(plot->tree);
    tree_close(plot->tree);
}

void chart_bars(Tree *tree, const Chart *chart)
{
    bool above = false;
    Plot plot;

    assert(chart->count >= 1 && chart->count <= CHART_POINTS_MOST && chart->mark_count <= CHART_MARKS_MOST);
    plot = plot_of(tree, chart, false);
    for (size_t i = 0; i < chart->count; i++)
        above |= !fits_inside(&plot, plot.height * part_of(chart, chart->points[i].amount, 0));
    plot = plot_of(tree, chart, above);
    open_plot(&plot);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .columns = (unsigned)chart->count, .grow = 1 });
    for (size_t i = 0; i < chart->count; i++)
        add_bar(&plot, &chart->points[i]);
    tree_close(tree);
    close_plot(&plot);
}

void chart_line(Tree *tree, const Chart *chart)
{
    float parts[CHART_POINTS_MOST];
    Plot plot = plot_of(tree, chart, true);
    Node *line;

    assert(chart->count >= 1 && chart->count <= CHART_POINTS_MOST && chart->mark_count <= CHART_MARKS_MOST);
    open_plot(&plot);
    for (size_t i = 0; i < chart->count; i++)
        parts[i] = part_of(chart, chart->points[i].amount, chart->least);
    line = tree_leaf(tree, ROLE_CHART, NULL, "", (Style){ .pad_top = plot.top });
    line->line = tree_numbers(tree, parts, chart->count);
    line->line_points = (uint16_t)(line->line ? chart->count : 0);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .columns = (unsigned)chart->count, .grow = 1 });
    for (size_t i = 0; i < chart->count; i++) {
        tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .justify = JUSTIFY_END });
        add_value_above(&plot, &chart->points[i]);
        tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = plot.height * parts[i] + MM_CLEAR });
        tree_close(tree);
    }
    tree_close(tree);
    close_plot(&plot);
}
