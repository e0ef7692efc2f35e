/* The public pages in the university's colour of now.  Whoever makes a page takes them, and drops them when it is
 * written; a colour that was changed by command is seen by the first page a second later, by this registrar and by
 * every other one of the register. */
#ifndef REGISTRAR_API_LOOKS_H
#define REGISTRAR_API_LOOKS_H

#include "registrar/api/pages.h"
#include "registrar/office/office.h"

typedef struct Looks Looks; /* any thread */

/* office NULL: nobody's, in the product's own colour.  The office and log outlive it. */
Looks *looks_open(Office *office, Log *log, const char *web_folder, Error *err) MUST_USE;
void looks_close(Looks *looks);
OWNED_BY(Looks, looks_close)
/* pages_drop.  What can't be looked up, or be made anew, leaves them as they were. */
Pages *looks_take(Looks *looks) MUST_USE;

#endif
