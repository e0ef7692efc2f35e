/* A list with search: its answer is in sight, the list scrolls below the field, nothing found is said. */
#include "widget.h"

#include "kiosk/ui/inspect.h"

static void build(Ui *ui, PickList list, int count, int chosen)
{
    Tree *tree = widget_begin(ui);

    list.id = "list";
    list.label = "Davlatni qidiring";
    list.hint = "Nomining boshini yozing";
    list.clear = "Tozalash";
    list.send_search = (Send){ 1, 1 };
    list.send_clear = (Send){ 1, 2 };
    picklist_open(tree, &list);
    for (int i = 0; i < count; i++)
        picklist_item(tree, &list,
                      &(PickItem){ .id = tree_format(tree, "item.%d", i),
                                   .label = tree_format(tree, "%d-davlat", i),
                                   .chosen = i == chosen,
                                   .send = { 2, (uint16_t)i } });
    picklist_close(tree, &list);
    ui_lay_out(ui);
}

static void the_list_scrolls_and_the_field_stays(void **state)
{
    Ui *ui = widget_glass(1);
    const Node *list;
    Send send;
    int y;

    (void)state;
    build(ui, (PickList){ .typed = "o", .found = "195 tadan 60 tasi" }, 60, -1);
    widget_holds(ui);
    y = widget_node(ui, "list.search")->rect.y;
    list = widget_node(ui, "list");
    assert_true(list->rect.y + list->rect.h <= 1920);
    assert_int_equal(widget_node(ui, "item.40")->clip.h, 0);
    assert_false(widget_key(ui, UI_PAGE_DOWN, &send));
    assert_false(widget_key(ui, UI_PAGE_DOWN, &send));
    assert_int_equal(widget_node(ui, "list.search")->rect.y, y);
    assert_true(widget_node(ui, "item.40")->clip.h > 0);
    assert_true(widget_tap(ui, "item.59", &send));
    assert_int_equal(send.arg, 59);
    widget_says(ui, "195 tadan 60 tasi");
    widget_says(ui, "3-davlat (choice 4 of 60)");
    ui_free(ui);
}

static void it_begins_where_its_answer_is(void **state)
{
    Ui *ui = widget_glass(1);
    const Node *item;
    Send send;

    (void)state;
    build(ui, (PickList){ .typed = "" }, 60, 45);
    item = widget_node(ui, "item.45");
    assert_int_equal(item->clip.h, item->rect.h);
    for (int i = 0; i < 8; i++)
        (void)widget_key(ui, UI_PAGE_UP, &send);
    build(ui, (PickList){ .typed = "" }, 60, 45); /* but who has scrolled stays where they are */
    assert_int_equal(widget_node(ui, "item.45")->clip.h, 0);
    ui_free(ui);
}

static void the_field_is_filled_and_emptied(void **state)
{
    Ui *ui = widget_glass(1);
    Send send;

    (void)state;
    build(ui, (PickList){ .typed = "" }, 3, -1);
    assert_true(widget_tap(ui, "list.search", &send));
    assert_null(tree_find(ui_tree(ui), "list.search.clear"));
    build(ui, (PickList){ .typed = "fra", .filling = true }, 3, -1);
    widget_holds(ui);
    assert_false(widget_tap(ui, "list.search", &send)); /* it is being filled already */
    assert_true(widget_tap(ui, "list.search.clear", &send));
    assert_int_equal(send.arg, 2);
    widget_says(ui, "Tozalash (button)");
    ui_free(ui);
}

static void nothing_found_says_what_to_do(void **state)
{
    Ui *ui = widget_glass(1.5F);

    (void)state;
    build(ui, (PickList){ .typed = "xyz", .none = true, .found = "Bunday davlat topilmadi. Boshqacha yozib koʻring." },
          0, -1);
    widget_holds(ui);
    widget_says(ui, "Bunday davlat topilmadi. Boshqacha yozib koʻring. (status)");
    ui_free(ui);
}

/* One thing scrolls: the list as long as there is room for it, else all that the screen is about. */
static void on_a_small_glass_all_of_it_scrolls(void **state)
{
    static const struct {
        float above;
        bool list_scrolls;
    } cases[] = { { 20, true }, { 560, false } };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Ui *ui = widget_glass(1);
        Tree *tree = ui_begin(ui, LANGUAGE_UZ);
        const Layout *layout = ui_layout(ui);
        PickList list = { .id = "list", .label = "Davlat", .hint = "", .typed = "", .clear = "" };
        tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
        tree_open(tree, ROLE_GROUP, "content", NULL, (Style){ .scroll = true, .grow = 1 });
        tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = cases[i].above });
        picklist_open(tree, &list);
        for (int k = 0; k < 60; k++)
            picklist_item(tree, &list,
                          &(PickItem){ .id = tree_format(tree, "item.%d", k),
                                       .label = tree_format(tree, "%d-davlat", k),
                                       .send = { 2, (uint16_t)k } });
        picklist_close(tree, &list);
        tree_close(tree);
        ui_lay_out(ui);
        assert_int_equal(layout->boxes[tree_index(ui_tree(ui), widget_node(ui, "list"))].scroll_most > 0,
                         cases[i].list_scrolls);
        assert_int_equal(layout->boxes[tree_index(ui_tree(ui), widget_node(ui, "content"))].scroll_most > 0,
                         !cases[i].list_scrolls);
        for (int k = 0; k < 60; k += 59) {
            Send send;
            char id[16];
            (void)snprintf(id, sizeof(id), "item.%d", k);
            assert_true(widget_tap(ui, id, &send));
            assert_int_equal(send.arg, k);
        }
        for (size_t k = 0; k < tree_count(ui_tree(ui)); k++)
            assert_false(tree_at(ui_tree(ui), k)->cut);
        ui_free(ui);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_scrolls_and_the_field_stays), cmocka_unit_test(it_begins_where_its_answer_is),
        cmocka_unit_test(the_field_is_filled_and_emptied),      cmocka_unit_test(nothing_found_says_what_to_do),
        cmocka_unit_test(on_a_small_glass_all_of_it_scrolls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
