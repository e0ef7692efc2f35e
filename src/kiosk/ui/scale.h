/* Images made smaller so that fine print stays readable: each pixel is the average of all that it covers. */
#ifndef KIOSK_UI_SCALE_H
#define KIOSK_UI_SCALE_H

#include "kiosk/ui/draw.h"

/* *ret is the caller's, ended by image_fini.  False without memory. */
bool image_scale(const Image *from, int width, int height, Image *ret);
/* Wipes and frees. */
void image_fini(Image *image);

#endif
