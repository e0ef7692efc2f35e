/* What the whole house is written with: attributes, sizes of arrays, and ownership of locals. */
#ifndef BASE_MACROS_H
#define BASE_MACROS_H

#include <assert.h>
#include <stddef.h>

#define MUST_USE                __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#define UNUSED                  __attribute__((unused))
#define COUNT(array)            (sizeof(array) / sizeof((array)[0]))

/* OWNED(T) declares a local that T_cleanup ends when it leaves scope; OWNED_BY names the ending, which accepts NULL. */
#define OWNED(T) __attribute__((cleanup(T##_cleanup))) T *
#define OWNED_BY(T, fn)                                                                                                \
    static inline UNUSED void T##_cleanup(T **p)                                                                       \
    {                                                                                                                  \
        fn(*p);                                                                                                        \
    }

/* steal(&p) returns p and leaves NULL: the line where ownership moves. */
#define steal(pointer)                                                                                                 \
    __extension__({                                                                                                    \
        __typeof__(pointer) steal_from_ = (pointer);                                                                   \
        __typeof__(*steal_from_) steal_value_ = *steal_from_;                                                          \
        *steal_from_ = NULL;                                                                                           \
        steal_value_;                                                                                                  \
    })

#endif
