/* Nothing is said by colour alone.  The rule, in README.md: what is good, needs you, could not, is chosen or is wrong
 * also shows a mark or says it in words. */
#include "gallery/scene.h"

#include <string.h>

#define GREY_LEAST 3.0 /* between chosen and not, where only a fill tells them apart */

static bool is_state_colour(Colour colour)
{
    return colour >= COLOUR_GOOD && colour <= COLOUR_BAD_TINT;
}

/* Words or an icon in the node or inside it. */
static bool has_sign(const Tree *tree, const Node *node)
{
    if (*node->label || node->icon || node->image)
        return true;
    for (uint16_t i = node->first; i != NODE_NONE; i = tree_at(tree, i)->next)
        if (has_sign(tree, tree_at(tree, i)))
            return true;
    return false;
}

/* The toolkit draws a check or a radio for a CHOICE, a tick for a CHECK, a bar below a TAB, and a fill that is told
 * apart without colour for a BUTTON. */
static void check_chosen(Scene *scene, const Node *node)
{
    double told = theme_contrast(scene->theme->colour[COLOUR_BRAND], scene->theme->colour[COLOUR_SURFACE]);

    if (node->role == ROLE_CHOICE || node->role == ROLE_CHECK || node->role == ROLE_TAB)
        return;
    if (node->role == ROLE_BUTTON && told < GREY_LEAST)
        scene_fault(scene, node, "chosen by colour alone (%.2f)", told);
    else if (node->role != ROLE_BUTTON && node->role != ROLE_KEY)
        scene_fault(scene, node, "chosen, and nothing shows it");
}

void check_signs(Scene *scene)
{
    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        const Node *node = tree_at(scene->tree, i);
        bool coloured = is_state_colour(node->style.fill) || is_state_colour(node->style.ink) ||
                        is_state_colour(node->style.border);
        /* A bar of colour along a notice says what the notice around it says. */
        const Node *around = node->parent == NODE_NONE ? node : tree_at(scene->tree, node->parent);
        if (coloured && !has_sign(scene->tree, node) && !has_sign(scene->tree, around))
            scene_fault(scene, node, "a state that only its colour tells");
        if ((node->state & NODE_FAULTY) && !*node->error)
            scene_fault(scene, node, "faulty, and no words say why");
        if (node->state & NODE_CHOSEN)
            check_chosen(scene, node);
    }
}
