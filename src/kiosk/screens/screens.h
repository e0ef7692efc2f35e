/* From model to tree: one file a screen, each a pure function of the model. */
#ifndef KIOSK_SCREENS_SCREENS_H
#define KIOSK_SCREENS_SCREENS_H

#include "kiosk/app/model.h"
#include "kiosk/ui/tree.h"

/* Builds the screen that the model is on.  tree is cleared already. */
void screen_build(const Model *model, Tree *tree);

#endif
