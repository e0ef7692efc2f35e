/* What layout itself knows to be wrong. */
#include "gallery/scene.h"

void check_tree(Scene *scene)
{
    if (tree_failed(scene->tree))
        scene_fault(scene, NULL, "the tree is over its maxima");
    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        const Node *node = tree_at(scene->tree, i);
        if (node->cut)
            scene_fault(scene, node, "cut");
        if (node->send.act && !*node->id)
            scene_fault(scene, node, "a control without an id");
    }
}
