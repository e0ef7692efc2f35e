/* libcurl's memory: taken from base, and wiped when libcurl lets go of it, since it copies bearers, bodies and answers
 * freely. */
#ifndef NET_CURL_MEMORY_H
#define NET_CURL_MEMORY_H

#include "base/error.h"

/* curl_global_init, once in the life of the process.  Any thread. */
bool curl_memory_start(Error *err) MUST_USE;

#endif
