/* Between the files of view alone. */
#ifndef KIOSK_UI_VIEW_PARTS_H
#define KIOSK_UI_VIEW_PARTS_H

#include "kiosk/ui/view.h"

extern const ViewSpot view_nowhere;

/* Indexes of what can be touched and focused now: a dialog's, else the whole tree's. */
typedef struct ViewScope {
    uint16_t from, to; /* the first, and the one behind the last */
} ViewScope;
ViewScope view_scope(const Tree *tree);

ViewSpot view_spot_of(const Tree *tree, uint16_t index);
/* Scrolls and remembers; false when it stood there already. */
bool view_scroll_to(View *view, Layout *layout, uint16_t index, int offset);
/* The innermost node around index that has more than is seen; NODE_NONE: none. */
uint16_t view_scroller_around(const Layout *layout, uint16_t index);

/* Focus: each true when it moved or something scrolled. */
bool view_focus_walk(View *view, Layout *layout, bool forward);
bool view_focus_arrow(View *view, Layout *layout, UiInputKind arrow);
bool view_page(View *view, Layout *layout, bool down);
/* After a new tree: the focus is where it was, or where the screen begins, or near what is gone. */
void view_focus_again(View *view, Layout *layout);

#endif
