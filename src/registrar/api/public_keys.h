/* The published keys of seals: what anyone needs to check a paper without us. */
#ifndef REGISTRAR_API_PUBLIC_KEYS_H
#define REGISTRAR_API_PUBLIC_KEYS_H

#include "registrar/office/office.h"

#define PUBLIC_KEYS_BYTES_MOST 8192

/* {"issuer": HOST, "keys": [JSON Web Keys of RFC 8037, "kid" in digits]} */
bool public_keys_write(const Office *office, Buf *ret, Error *err) MUST_USE;

#endif
