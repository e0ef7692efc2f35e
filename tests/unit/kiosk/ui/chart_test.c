/* Charts: bars begin at zero and are as high as they say; values are written, and all is said in words. */
#include "widget.h"

static void build(Ui *ui, const Chart *chart, bool line)
{
    Tree *tree = widget_begin(ui);

    if (line)
        chart_line(tree, chart);
    else
        chart_bars(tree, chart);
    ui_lay_out(ui);
}

/* The n-th bar: what is filled with a border. */
static Rect bar(const Ui *ui, unsigned number)
{
    for (size_t i = 0; i < tree_count(ui_tree(ui)); i++) {
        const Node *node = tree_at(ui_tree(ui), i);
        if (node->style.border == COLOUR_BRAND && number-- == 0)
            return node->rect;
    }
    fail_msg("no bar %u", number);
    return (Rect){ 0 };
}

static void bars_are_as_high_as_they_say(void **state)
{
    static const ChartPoint points[] = {
        { "1", "5,0", 5, true }, { "2", "2,5", 2.5F, false }, { "3", "0", 0, false }, { "4", "9", 9, false }
    };
    Ui *ui = widget_glass(1);
    Chart chart = sample_chart("chart");
    int plot = (int)(50 * PORTRAIT_PX_MM);

    (void)state;
    chart.points = points;
    chart.least = 2; /* bars don't care: a bar that does not begin at zero lies */
    build(ui, &chart, false);
    widget_holds(ui);
    assert_in_range(bar(ui, 0).h, plot - 2, plot + 2);
    assert_in_range(bar(ui, 1).h, plot / 2 - 2, plot / 2 + 2);
    assert_in_range(bar(ui, 2).h, 0, 1);
    assert_int_equal(bar(ui, 3).h, bar(ui, 0).h); /* beyond the axis: not beyond the plot */
    assert_int_equal(bar(ui, 1).y + bar(ui, 1).h, bar(ui, 0).y + bar(ui, 0).h);
    ui_free(ui);
}

static void values_and_names_are_written(void **state)
{
    static const float scales[] = { 1, 1.25F, 1.5F, 2 };
    static const bool lines[] = { false, true };

    (void)state;
    for (size_t i = 0; i < COUNT(scales); i++)
        for (size_t k = 0; k < COUNT(lines); k++) {
            Ui *ui = widget_glass(scales[i]);
            Chart chart = sample_chart("chart");
            unsigned found = 0;
            chart.text_scale = scales[i];
            build(ui, &chart, lines[k]);
            widget_holds(ui);
            for (size_t n = 0; n < tree_count(ui_tree(ui)); n++)
                for (size_t p = 0; p < COUNT(sample_points); p++)
                    found += strcmp(tree_at(ui_tree(ui), n)->label, sample_points[p].value) == 0 ||
                             strcmp(tree_at(ui_tree(ui), n)->label, sample_points[p].name) == 0;
            assert_int_equal(found, 2 * COUNT(sample_points));
            assert_int_equal(widget_lines(ui), 1);
            widget_says(ui, chart.said);
            ui_free(ui);
        }
}

static void a_line_joins_its_points(void **state)
{
    Ui *ui = widget_glass(1);
    Chart chart = sample_chart("chart");
    const Node *line = NULL;

    (void)state;
    chart.least = 2;
    build(ui, &chart, true);
    for (size_t i = 0; i < tree_count(ui_tree(ui)); i++)
        if (tree_at(ui_tree(ui), i)->line)
            line = tree_at(ui_tree(ui), i);
    assert_non_null(line);
    assert_int_equal(line->line_points, 4);
    assert_float_equal(line->line[3], 2.5F / 3, 0.001F);
    for (int column = 1; column < 6; column++) { /* between the first and the last point it is seen everywhere */
        int from = line->rect.x + line->rect.w * (2 * column - 1) / 16, size = 6;
        Rect strip = { from + line->rect.w / 16, line->rect.y, size, line->rect.h };
        assert_true(widget_pixels(ui, strip, LIGHT_BRAND) >= (unsigned)size);
    }
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_as_high_as_they_say),
        cmocka_unit_test(values_and_names_are_written),
        cmocka_unit_test(a_line_joins_its_points),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
