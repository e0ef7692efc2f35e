/* What the glass remembers between trees: what is pressed, where the focus is, how far things are scrolled.
 * Keyed by node id, because a new tree comes with each change of the model; a node without id is known again by place
 * and Send. */
#ifndef KIOSK_UI_VIEW_H
#define KIOSK_UI_VIEW_H

#include "kiosk/ui/layout.h"
#include "kiosk/ui/ui.h"

#define VIEW_SCROLLS_MOST 8

typedef struct ViewSpot {
    char id[NODE_ID_SIZE];
    uint16_t index; /* in the present tree; NODE_NONE: nowhere */
    Send send;
} ViewSpot;

typedef struct ViewScroll {
    char id[NODE_ID_SIZE];
    int offset;
} ViewScroll;

typedef struct View {
    ViewSpot pressed; /* what the finger went down on */
    bool on;          /* the finger is still on it: it looks pressed */
    ViewSpot focus;
    bool down; /* a finger is on the glass */
    bool dragging;
    int down_x, down_y;
    ViewSpot dragged; /* the scrolling node below the finger */
    int dragged_from;
    size_t scroll_count;
    ViewScroll scrolls[VIEW_SCROLLS_MOST];
} View;

void view_clear(View *view);
/* After layout of a new tree: finds everything again, scrolls what was scrolled. */
void view_find_again(View *view, Layout *layout);
/* As ui_input; *ret_changed when something looks other than before. */
bool view_input(View *view, Layout *layout, const UiInput *input, Send *ret_send, bool *ret_changed);
/* The control that a touch at (x, y) means; NODE_NONE: none. */
uint16_t view_hit(const Tree *tree, int x, int y);
/* What looks pressed, or NODE_NONE. */
uint16_t view_pressed(const View *view);

#endif
