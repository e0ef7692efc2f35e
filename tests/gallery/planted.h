/* One fault of each kind, planted into small screens: each check must find its own, and nothing on one that is well. */
#ifndef GALLERY_PLANTED_H
#define GALLERY_PLANTED_H

#include "kiosk/ui/ui.h"

/* How many were not found, or were found where nothing is; each is told on standard error.  ui: of panels[0]. */
unsigned planted_run(Ui *ui, unsigned *ret_count);

#endif
