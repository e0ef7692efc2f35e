/* Tables: columns stand under their heads, rows are sentences, heads stay. */
#include "widget.h"

static void build(Ui *ui, const Table *table, bool touched)
{
    Tree *tree = widget_begin(ui);

    table_open(tree, table);
    for (size_t i = 0; i < COUNT(sample_cells); i++)
        table_row(tree, table, tree_format(tree, "table.%zu", i), sample_cells[i],
                  touched ? (Send){ 4, (uint16_t)i } : (Send){ 0 });
    table_close(tree, table);
    ui_lay_out(ui);
}

static const Node *child(const Ui *ui, const Node *node, unsigned number)
{
    uint16_t index = node->first;

    while (number-- > 0)
        index = tree_at(ui_tree(ui), index)->next;
    return tree_at(ui_tree(ui), index);
}

static void columns_stand_under_their_heads(void **state)
{
    Ui *ui = widget_glass(1);
    Table table = sample_table(false, false);
    const Node *heads = NULL;

    (void)state;
    build(ui, &table, false);
    widget_holds(ui);
    for (size_t i = 0; i < tree_count(ui_tree(ui)) && !heads; i++)
        if (strcmp(tree_at(ui_tree(ui), i)->label, "Fan") == 0)
            heads = tree_at(ui_tree(ui), tree_at(ui_tree(ui), i)->parent);
    assert_non_null(heads);
    for (size_t row = 0; row < COUNT(sample_cells); row++)
        for (unsigned column = 0; column < COUNT(sample_columns); column++) {
            char id[32];
            const Node *cell;
            (void)snprintf(id, sizeof(id), "table.%zu", row);
            cell = child(ui, widget_node(ui, id), column);
            assert_int_equal(cell->rect.x, child(ui, heads, column)->rect.x);
            assert_int_equal(cell->rect.w, child(ui, heads, column)->rect.w);
        }
    ui_free(ui);
}

static void a_row_is_one_sentence(void **state)
{
    static const bool lists[] = { false, true };

    (void)state;
    for (size_t i = 0; i < COUNT(lists); i++) {
        Ui *ui = widget_glass(1);
        Table table = sample_table(lists[i], false);
        build(ui, &table, false);
        widget_says(ui, "Fan: Statistika, Kredit: 6, Ball: 88, Baho: 4\n");
        widget_says(ui, "Fan: Jismoniy tarbiya, Baho: —\n"); /* empty cells are not read out */
        assert_int_equal(widget_lines(ui), COUNT(sample_cells) + (lists[i] ? 0 : COUNT(sample_columns)));
        ui_free(ui);
    }
}

static void rows_scroll_below_heads_that_stay(void **state)
{
    Ui *ui = widget_glass(1);
    Table table = sample_table(false, true);
    Tree *tree;
    const Node *list, *last;
    Send send;

    (void)state;
    tree = widget_begin(ui);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = 90, .max_height = 90 });
    sample_rows(tree, &table);
    tree_close(tree);
    ui_lay_out(ui);
    list = widget_node(ui, "table");
    assert_true(list->rect.h < (int)(90 * PORTRAIT_PX_MM));
    last = widget_node(ui, "table.9");
    assert_true(last->clip.h == 0);
    for (int i = 0; i < 4; i++)
        assert_false(widget_key(ui, UI_PAGE_DOWN, &send));
    assert_int_equal(last->clip.h, last->rect.h);
    assert_true(widget_node(ui, "table.0")->clip.h == 0);
    ui_free(ui);
}

static void at_large_text_it_is_a_list(void **state)
{
    Ui *ui = widget_glass(2);
    Table table = sample_table(true, false);
    const Node *row;

    (void)state;
    build(ui, &table, false);
    for (size_t i = 0; i < tree_count(ui_tree(ui)); i++) /* higher than this glass: it would scroll; but nothing torn */
        if (tree_at(ui_tree(ui), i)->cut && tree_at(ui_tree(ui), i)->role == ROLE_TEXT)
            fail_msg("%s", tree_at(ui_tree(ui), i)->label);
    row = widget_node(ui, "table.0");
    assert_true(child(ui, row, 1)->rect.y > child(ui, row, 0)->rect.y);
    ui_free(ui);
}

static void rows_can_be_touched(void **state)
{
    Ui *ui = widget_glass(1);
    Table table = sample_table(false, false);
    Send send;

    (void)state;
    table.touched = true;
    build(ui, &table, true);
    widget_holds(ui);
    assert_true(widget_tap(ui, "table.3", &send));
    assert_int_equal(send.arg, 3);
    widget_says(ui, "Fan: Moliya va kredit, Kredit: 5, Ball: 78, Baho: 4 (button)");
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_stand_under_their_heads),
        cmocka_unit_test(a_row_is_one_sentence),
        cmocka_unit_test(rows_scroll_below_heads_that_stay),
        cmocka_unit_test(at_large_text_it_is_a_list),
        cmocka_unit_test(rows_can_be_touched),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
