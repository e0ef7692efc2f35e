/* What checks see of the toolkit beside its tree: what was laid out, what is to be drawn, where the focus is.
 * For tests/gallery and the self-test; the loop needs none of it. */
#ifndef KIOSK_UI_INSPECT_H
#define KIOSK_UI_INSPECT_H

#include "kiosk/ui/look.h"
#include "kiosk/ui/ui.h"

/* Of the tree shown.  layout_scroll may be called on it: it shows another part, until the next ui_lay_out. */
Layout *ui_layout(Ui *ui);
const Theme *ui_theme(const Ui *ui);
/* The list of things to draw, built anew; nothing is painted. */
const OpList *ui_ops(Ui *ui);
/* Index of the node that has the focus, or NODE_NONE. */
uint16_t ui_focus(const Ui *ui);
/* Scroll, focus and what is pressed go back to how a screen begins; what is kept for the eye alone stays. */
void ui_rest(Ui *ui);

#endif
