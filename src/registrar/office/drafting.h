/* From an approval to the order that is drafted of it.  Inside office/. */
#ifndef REGISTRAR_OFFICE_DRAFTING_H
#define REGISTRAR_OFFICE_DRAFTING_H

#include "registrar/office/approving.h"

/* What the order is made of, sealed for its request. */
bool order_compose(Office *office, const Approval *approval, Buf *sealed, Error *err) MUST_USE;
/* NULL: it can't be opened. */
json_t *order_open(const Office *office, const char *id, Str sealed, Error *err) MUST_USE;

#endif
