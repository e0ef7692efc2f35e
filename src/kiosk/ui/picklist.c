#include "kiosk/ui/picklist.h"

#define MM_ITEM  20.0F
#define MM_GAP   3.0F /* the floor between two targets */
#define MM_LEAST 50.0F
#define MM_PAD   8.0F
#define MM_EDGE  1.0F /* what scrolls stays off the outline of its card */
#define MM_CLEAR 20.0F

static void add_field(Tree *tree, const PickList *list)
{
    const char *id = tree_format(tree, "%s.search", list->id);
    Node *field = tree_open(tree, ROLE_FIELD, id, list->label, (Style){ .axis = AXIS_ROW, .pad_right = 3 }), *clear;

    field->value = tree_text(tree, list->typed);
    field->hint = tree_text(tree, list->hint);
    field->state |= list->filling ? NODE_FILLING : 0;
    if (!list->filling)
        field->send = list->send_search;
    if (*field->value && list->send_clear.act) {
        clear = tree_leaf(tree, ROLE_BUTTON, tree_format(tree, "%s.clear", id), "",
                          (Style){ .axis = AXIS_ROW, .width = MM_CLEAR, .height = MM_CLEAR, .corner = 2 });
        clear->icon = "close";
        clear->said = tree_text(tree, list->clear);
        clear->send = list->send_clear;
    }
    tree_close(tree);
    if (list->found && *list->found && !list->none)
        tree_leaf(tree, ROLE_STATUS, tree_format(tree, "%s.found", list->id), list->found,
                  (Style){ .text = TEXT_CAPTION, .ink = COLOUR_INK_SOFT });
}

void picklist_open(Tree *tree, const PickList *list)
{
    float least = list->min_height > 0 ? list->min_height : MM_LEAST;
    bool scrolls = !list->none && !list->whole;

    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .grow = 1, .gap = 4 });
    add_field(tree, list);
    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .grow = scrolls ? 1 : 0,
                       .min_height = scrolls ? least : 0,
                       .pad_top = MM_EDGE,
                       .pad_bottom = MM_EDGE,
                       .corner = 4,
                       .fill = COLOUR_SURFACE,
                       .shadow = true });
    if (list->none)
        tree_leaf(tree, ROLE_STATUS, tree_format(tree, "%s.found", list->id), list->found ? list->found : "",
                  (Style){ .pad_top = MM_PAD, .pad_right = MM_PAD, .pad_bottom = MM_PAD, .pad_left = MM_PAD });
    tree_open(tree, ROLE_GROUP, list->id, NULL,
              (Style){ .scroll = scrolls,
                       .grow = scrolls ? 1 : 0,
                       .gap = MM_GAP,
                       .pad_top = list->none ? 0 : MM_GAP,
                       .pad_right = MM_PAD,
                       .pad_bottom = list->none ? 0 : MM_GAP,
                       .pad_left = MM_PAD });
}

void picklist_item(Tree *tree, const PickList *list, const PickItem *item)
{
    Node *node = tree_open(tree, item->opens ? ROLE_BUTTON : ROLE_CHOICE, item->id, item->label,
                           (Style){ .min_height = list->item_height > 0 ? list->item_height : MM_ITEM,
                                    .gap = 1,
                                    .pad_top = 3,
                                    .pad_right = MM_PAD,
                                    .pad_bottom = 3,
                                    .pad_left = 5,
                                    .corner = 4 });

    node->language = item->language;
    node->state |= item->chosen ? NODE_CHOSEN : 0;
    node->send = item->send;
    if (item->help && *item->help)
        tree_leaf(tree, ROLE_TEXT, NULL, item->help, (Style){ .text = TEXT_CAPTION, .ink = COLOUR_INK_SOFT })
            ->language = item->language;
    tree_close(tree);
}

void picklist_close(Tree *tree, const PickList *list)
{
    (void)list;
    tree_close(tree); /* list */
    tree_close(tree); /* card */
    tree_close(tree);
}
