#include "kiosk/ui/check.h"

#define MM_HEIGHT 30.0F

Node *check_build(Tree *tree, const Check *check)
{
    Node *node = tree_open(tree, ROLE_CHECK, check->id, check->label,
                           (Style){ .min_height = check->height > 0 ? check->height : MM_HEIGHT,
                                    .gap = 1,
                                    .pad_top = 4,
                                    .pad_right = 8,
                                    .pad_bottom = 4,
                                    .pad_left = 8,
                                    .corner = 4,
                                    .fill = COLOUR_SURFACE,
                                    .shadow = true,
                                    .text = TEXT_HEADING });

    node->state |= (check->ticked ? NODE_CHOSEN : 0) | (check->disabled ? NODE_DISABLED : 0);
    node->send = check->send;
    if (check->help && *check->help)
        tree_leaf(tree, ROLE_TEXT, NULL, check->help, (Style){ .text = TEXT_CAPTION, .ink = COLOUR_INK_SOFT });
    tree_close(tree);
    return node;
}
