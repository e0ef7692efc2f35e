/* A name or a word in the scripts of the house: Uzbek Latin, Uzbek Cyrillic, and as Russian papers write it.  Source:
 * the language's rules of writing (decrees of 1993 and 1995; facts/glossary part 2).  Valid UTF-8.  Any thread. */
#ifndef BASE_LETTERS_H
#define BASE_LETTERS_H

#include "base/buf.h"

/* Appends.  oʻ and gʻ are written with U+02BB, the tutuq with U+02BC. */
void letters_to_cyrillic(Buf *buf, Str latin);
/* Appends; of Russian or Uzbek Cyrillic. */
void letters_to_latin(Buf *buf, Str cyrillic);
/* Appends an Uzbek Cyrillic name without the letters that Russian lacks. */
void letters_to_russian(Buf *buf, Str cyrillic);

#endif
