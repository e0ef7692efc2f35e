#include "kiosk/ui/stepper.h"

#define MM_BUTTON 26.0F
#define MM_GAP    4.0F

static void add_button(Tree *tree, const char *id, const char *icon, const char *said, bool at_end, Send send)
{
    Node *node = tree_leaf(tree, ROLE_BUTTON, id, "",
                           (Style){ .axis = AXIS_ROW,
                                    .width = MM_BUTTON,
                                    .height = MM_BUTTON,
                                    .corner = 4,
                                    .fill = COLOUR_SURFACE,
                                    .border = COLOUR_EDGE,
                                    .ink = COLOUR_BRAND,
                                    .icon_size = 12 });

    node->icon = icon;
    node->said = tree_text(tree, said);
    node->state |= at_end ? NODE_DISABLED : 0;
    node->send = send;
}

/* Value and unit: spoken as one. */
static void add_value(Tree *tree, const Stepper *stepper)
{
    bool unit = stepper->unit && *stepper->unit;
    Node *node = tree_open(tree, ROLE_STATUS, stepper->id, "",
                           (Style){ .axis = AXIS_ROW,
                                    .align = ALIGN_BASELINE,
                                    .justify = JUSTIFY_CENTRE,
                                    .gap = 3,
                                    .width = stepper->width,
                                    .grow = stepper->width > 0 ? 0 : 1 });

    node->said = unit ? tree_format(tree, "%s %s", stepper->value, stepper->unit) : tree_text(tree, stepper->value);
    tree_leaf(tree, ROLE_TEXT, NULL, stepper->value, (Style){ .text = TEXT_TITLE, .tabular = true });
    if (unit)
        tree_leaf(tree, ROLE_TEXT, NULL, stepper->unit, (Style){ .ink = COLOUR_INK_SOFT });
    tree_close(tree);
}

void stepper_build(Tree *tree, const Stepper *stepper)
{
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .gap = 3 });
    if (stepper->label && *stepper->label)
        tree_leaf(tree, ROLE_TEXT, NULL, stepper->label,
                  (Style){ .text = TEXT_CAPTION, .weight = WEIGHT_SEMIBOLD, .ink = COLOUR_INK_SOFT });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .align = ALIGN_CENTRE, .gap = MM_GAP });
    add_button(tree, tree_format(tree, "%s.less", stepper->id), "minus", stepper->less, stepper->at_least,
               stepper->send_less);
    add_value(tree, stepper);
    add_button(tree, tree_format(tree, "%s.more", stepper->id), "plus", stepper->more, stepper->at_most,
               stepper->send_more);
    tree_close(tree);
    tree_close(tree);
}
