/* A photograph of a paper, as a phone sent it: looked at whole, turned upright, made no larger than is needed to read
 * it, and written anew, so that nothing else of the phone's file is left: neither place and device nor what somebody
 * hid behind the picture. */
#ifndef REGISTRAR_DOCUMENT_PHOTO_H
#define REGISTRAR_DOCUMENT_PHOTO_H

#include "base/buf.h"

#define PHOTO_BYTES_MOST  (8u << 20)
#define PHOTO_SIDE_LEAST  200 /* pixels, as it is kept: below nobody reads a paper */
#define PHOTO_SIDE_MOST   16000
#define PHOTO_PIXELS_MOST 110000000u /* of a JPEG that is read in one pass, scaled while it is read */
#define PHOTO_WHOLE_MOST  26000000u  /* of what has to be in memory whole: PNG, and JPEG of several passes */
#define PHOTO_SIDE_KEPT   2000       /* a page of A4 at 170 dots an inch */
#define PHOTO_KEPT_MOST   (3u << 20) /* bytes of what was written anew */

typedef enum PhotoFault {
    PHOTO_FINE,
    PHOTO_EMPTY, /* no file was chosen */
    PHOTO_HEIC,  /* as iPhones keep theirs */
    PHOTO_PDF,
    PHOTO_OTHER,  /* neither JPEG nor PNG */
    PHOTO_BROKEN, /* one of them, and it can't be read to its end */
    PHOTO_LARGE,  /* more bytes or pixels than are looked at */
    PHOTO_SMALL,
    PHOTO_FAULT_COUNT
} PhotoFault;

/* By its content, whatever it is called.  PHOTO_FINE: ret_jpeg (cleared and filled) is the picture as it is kept.
 * False without memory alone. */
bool photo_clean(Str file, PhotoFault *ret_fault, Buf *ret_jpeg, Error *err) MUST_USE;
/* A picture for a glass, of one that photo_clean wrote: so wide, or as wide as it is.  ret_png: cleared and filled. */
bool photo_small(Str jpeg, int width, Buf *ret_png, Error *err) MUST_USE;

#endif
