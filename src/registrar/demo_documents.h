/* Documents of a demo's students: asked for, issued, sealed and printed as a kiosk would have it, by the office itself.
 */
#ifndef REGISTRAR_DEMO_DOCUMENTS_H
#define REGISTRAR_DEMO_DOCUMENTS_H

#include <stddef.h>

#include "base/error.h"

typedef struct DemoDocuments {
    const char *folder; /* a registrar's that is made and not served */
    const char *host;   /* of its kiosk's address */
    size_t wanted;      /* students who get a certificate, at most */
    size_t students;    /* whom to ask, by their ids 1, 2, ...: whoever may have none is passed over */
} DemoDocuments;

/* From a kiosk, which is added first and stands in FOLDER/kiosk.  One in forty was never told of to the end, so that
 * its print job ends unknown.  *ret_given: how many there are, also after a failure. */
bool demo_documents_give(const DemoDocuments *documents, size_t *ret_given, Error *err) MUST_USE;

#endif
