/* A state of the glass in a variant, laid out: what the checks judge, and the faults that they find. */
#ifndef GALLERY_SCENE_H
#define GALLERY_SCENE_H

#include "gallery/variant.h"
#include "kiosk/ui/inspect.h"

typedef struct Scene {
    const char *state;  /* of states.h, or a page of the sampler */
    const char *screen; /* what shows it: "home" */
    const Variant *variant;
    const Panel *panel;
    Ui *ui;
    const Tree *tree;
    Layout *layout;
    const Theme *theme;
    unsigned faults;
    Buf *told; /* faults go here; NULL: to standard output */
} Scene;

/* One line: state, variant, screen, node and its words, what is wrong, tabs between them.  node: NULL for the whole. */
void scene_fault(Scene *scene, const Node *node, const char *format, ...) PRINTF_LIKE(3, 4);

/* Checks; each adds its faults to the scene. */
void check_tree(Scene *scene); /* cut words, ids */
void check_places(
    Scene *scene);            /* overlapping, outside, covered, out of reach, size and distance of targets, low reach */
void check_ink(Scene *scene); /* contrast of what is drawn with what is behind it */
void check_focus(Scene *scene); /* its order, its ring, that it is in sight; leaves the scene scrolled */
void check_signs(Scene *scene); /* nothing is said by colour alone */

/* Of a tree that was built while said.h marked; it is not laid out. */
void check_said(Scene *scene);

/* Plays with the glass's settings and languages in the middle of the state; the trees are to build in. */
struct Glass;
void check_kept(Scene *scene, struct Glass *glass, Tree *before, Tree *after);

/* Whether a is around b, or is b. */
bool scene_is_around(const Tree *tree, uint16_t a, uint16_t b);
/* What of the node can be seen where things are scrolled to now. */
Rect scene_seen(const Scene *scene, const Node *node);
/* A control that can be touched now: while there is a dialog, only its own. */
bool scene_is_target(const Scene *scene, size_t index);
/* The first thing drawn that no veil darkens. */
size_t scene_first_lit(const OpList *list);
/* Where something is really drawn: of words their capitals, not the room that the line has. */
Rect scene_drawn(const Op *op);
int scene_px(const Scene *scene, float mm);
/* Shows the next part of all that scrolls; false when the end is shown already.  step 0: the beginning. */
bool scene_scroll(Scene *scene, unsigned step);

#endif
