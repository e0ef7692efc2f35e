/* What every unit test includes: cmocka with the headers that it wants first, and a check of Error. */
#ifndef UNIT_TEST_H
#define UNIT_TEST_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/error.h"

/* A call that must succeed: says the error where it does not. */
#define assert_ok(call, error)                                                                                         \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: %s (%s, %d)", #call, (error).text, error_code_name((error).code), (error).cause);            \
    } while (0)

/* A call that must fail with this code. */
#define assert_refused(call, expected, error)                                                                          \
    do {                                                                                                               \
        error_clear(&(error));                                                                                         \
        if (call)                                                                                                      \
            fail_msg("%s: not refused", #call);                                                                        \
        if ((error).code != (expected))                                                                                \
            fail_msg("%s: refused with %s (%s)", #call, error_code_name((error).code), (error).text);                  \
    } while (0)

#endif
