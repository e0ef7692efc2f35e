/* Who says what the glass says.  While marking is on, everything that comes from a catalogue of texts, from the
 * catalogue of services or from the rules of dates and numbers stands between marks, so that a word outside of all
 * marks was said by nobody who knows languages.  Done by the linker (gallery.cmake): the product's own functions are
 * wrapped. */
#ifndef GALLERY_SAID_H
#define GALLERY_SAID_H

#include <stdbool.h>

#include "base/str.h"

#define SAID_OPEN  0x27E6 /* never written by anybody else */
#define SAID_CLOSE 0x27E7

/* on: from here everything is marked, and what was marked before is gone. */
void said_mark(bool on);
/* The next word of a text that stands outside of all marks and has letters; false: there is none.  *text: the rest;
 * *depth: 0 at first. */
bool said_by_nobody(Str *text, unsigned *depth, Str *ret_word);

#endif
