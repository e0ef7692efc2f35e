#include "kiosk/ui/dialog.h"

#define MM_WIDTH  240.0F
#define MM_AROUND 12.0F
#define MM_PAD    10.0F
#define MM_CORNER 4.0F
#define MM_GAP    4.0F
#define MM_ICON   14.0F
#define MM_BODY   30.0F /* below which its body doesn't give way */
#define MM_HAIR   0.6F

static void add_head(Tree *tree, const Dialog *dialog)
{
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .align = ALIGN_CENTRE, .gap = 6 });
    if (dialog->icon)
        tree_leaf(tree, ROLE_IMAGE, NULL, "",
                  (Style){ .width = MM_ICON, .height = MM_ICON, .icon_size = MM_ICON, .ink = dialog->ink })
            ->icon = dialog->icon;
    tree_leaf(tree, ROLE_HEADING, tree_format(tree, "%s.title", dialog->id), dialog->title,
              (Style){ .grow = 1, .text = TEXT_TITLE });
    tree_close(tree);
}

Node *dialog_open(Tree *tree, const Dialog *dialog)
{
    float width = dialog->width > 0 ? dialog->width : MM_WIDTH;
    Node *node = tree_open(tree, ROLE_DIALOG, dialog->id, "",
                           (Style){ .over = true,
                                    .veil = true,
                                    .justify = dialog->low ? JUSTIFY_END : JUSTIFY_CENTRE,
                                    .pad_top = MM_AROUND,
                                    .pad_right = MM_AROUND,
                                    .pad_bottom = MM_AROUND,
                                    .pad_left = MM_AROUND });

    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .axis = AXIS_ROW,
                       .justify = JUSTIFY_CENTRE,
                       .align = dialog->large ? ALIGN_STRETCH : ALIGN_START,
                       .grow = dialog->large ? 1 : 0 });
    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .grow = 1,
                       .max_width = width,
                       .corner = MM_CORNER,
                       .fill = COLOUR_SURFACE,
                       .shadow = true,
                       .ink = COLOUR_INK });
    tree_open(tree, ROLE_GROUP, tree_format(tree, "%s.body", dialog->id), NULL,
              (Style){ .scroll = true,
                       .grow = dialog->large ? 1 : 0,
                       .min_height = MM_BODY,
                       .gap = 2 * MM_GAP,
                       .corner = MM_CORNER,
                       .pad_left = MM_PAD,
                       .pad_right = MM_PAD,
                       .pad_top = MM_PAD,
                       .pad_bottom = MM_PAD });
    add_head(tree, dialog); /* scrolls with the rest: at large text it alone may fill a small glass */
    return node;
}

void dialog_actions(Tree *tree, const Dialog *dialog)
{
    tree_close(tree); /* body */
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = MM_HAIR, .fill = COLOUR_LINE });
    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .axis = dialog->stacked ? AXIS_COLUMN : AXIS_ROW,
                       .justify = dialog->stacked ? JUSTIFY_START : JUSTIFY_BETWEEN,
                       .gap = MM_GAP,
                       .pad_top = MM_PAD - 2,
                       .pad_right = MM_PAD,
                       .pad_bottom = MM_PAD,
                       .pad_left = MM_PAD });
}

void dialog_close(Tree *tree)
{
    tree_close(tree); /* actions */
    tree_close(tree); /* card */
    tree_close(tree);
    tree_close(tree); /* the dialog */
}
