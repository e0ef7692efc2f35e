#include "kiosk/ui/tabs.h"

#define MM_TAB  22.0F
#define MM_HAIR 0.6F

void tabs_build(Tree *tree, const Tabs *tabs)
{
    const bool in_lines = !tabs->stacked && tabs->columns > 1 && tabs->columns < tabs->count;

    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ 0 });
    tree_open(tree, ROLE_GROUP, tabs->id, NULL,
              (Style){ .axis = tabs->stacked || in_lines ? AXIS_COLUMN : AXIS_ROW,
                       .align = tabs->stacked ? ALIGN_START : ALIGN_STRETCH,
                       .columns = in_lines ? tabs->columns : 0,
                       .gap = 3 });
    for (size_t i = 0; i < tabs->count; i++) {
        Node *tab = tree_leaf(tree, ROLE_TAB, tabs->tabs[i].id, tabs->tabs[i].label,
                              (Style){ .grow = tabs->stacked ? 0 : 1,
                                       .min_height = MM_TAB,
                                       .pad_left = 4,
                                       .pad_right = 4,
                                       .pad_bottom = 2,
                                       .pad_top = 2,
                                       .corner = 2 });
        tab->send = (Send){ tabs->act, (uint16_t)i };
        tab->state |= i == tabs->chosen ? NODE_CHOSEN : 0;
    }
    tree_close(tree);
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = MM_HAIR, .fill = COLOUR_LINE });
    tree_close(tree);
}
