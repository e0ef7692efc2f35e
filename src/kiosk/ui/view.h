/* What the glass remembers between trees: what is pressed, where the focus is, how far things are scrolled.
 * Keyed by screen and node id, because a new tree comes with each change of the model; a node without id is known again
 * by place and Send. */
#ifndef KIOSK_UI_VIEW_H
#define KIOSK_UI_VIEW_H

#include "kiosk/ui/layout.h"
#include "kiosk/ui/ui.h"

#define VIEW_SCROLLS_MOST 24
#define VIEW_CONTENT      "content" /* id of what a screen is about, between strip and bar */

typedef struct ViewSpot {
    char id[NODE_ID_SIZE];
    uint16_t index; /* in the present tree; NODE_NONE: nowhere */
    Send send;
} ViewSpot;

typedef struct ViewScroll {
    char screen[NODE_ID_SIZE], id[NODE_ID_SIZE];
    int offset;
} ViewScroll;

/* The field being filled, as it was when it was last brought into sight. */
typedef struct ViewFilling {
    char id[NODE_ID_SIZE];
    size_t typed; /* bytes */
    int room;     /* height of what scrolls around it */
    bool faulty;
} ViewFilling;

/* What was alerted last; no id: nothing. */
typedef struct ViewAlert {
    char id[NODE_ID_SIZE];
    size_t words; /* bytes: another alert may have the same id */
} ViewAlert;

typedef struct View {
    char screen[NODE_ID_SIZE];
    bool entered;     /* another screen since the last tree */
    ViewSpot pressed; /* what the finger went down on */
    bool on;          /* the finger is still on it: it looks pressed */
    ViewSpot focus;
    bool focus_seen; /* no scrolling has taken it out of sight */
    ViewFilling filling;
    ViewAlert alert;
    bool down; /* a finger is on the glass */
    bool dragging;
    int down_x, down_y;
    ViewSpot dragged; /* the scrolling node below the finger */
    int dragged_from;
    size_t scroll_count;
    ViewScroll scrolls[VIEW_SCROLLS_MOST];
} View;

void view_clear(View *view);
/* The next tree is this screen. */
void view_enter(View *view, const char *screen);
/* After layout of a new tree: finds everything again, scrolls what was scrolled, and what must be seen into sight. */
void view_find_again(View *view, Layout *layout);
/* As ui_input; *ret_changed when something looks other than before. */
bool view_input(View *view, Layout *layout, const UiInput *input, Send *ret_send, bool *ret_changed);
/* The control that a touch at (x, y) means; NODE_NONE: none. */
uint16_t view_hit(const Tree *tree, int x, int y);
/* What looks pressed, or NODE_NONE. */
uint16_t view_pressed(const View *view);
/* Scrolls whatever holds the node until it is seen. */
void view_show(View *view, Layout *layout, uint16_t index);

#endif
