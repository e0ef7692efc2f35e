/* A secret that a foreign system gave, in a file of its own. */
#ifndef REGISTRAR_TOKEN_FILE_H
#define REGISTRAR_TOKEN_FILE_H

#include "base/error.h"

#include <stddef.h>

/* The secret of a file that nobody but this program's user can read, without the white space around it, into array of
 * size bytes, which is wiped when it can't be.  what: "Moodle's token", for messages.  ERR_DENIED with words for a
 * person; ERR_FORMAT: it holds none; ERR_RANGE: it is longer. */
bool token_file_read(const char *path, const char *what, char *array, size_t size, Error *err) MUST_USE;

#endif
