/* JSON as wire uses it, over jansson: strict reading, wiped memory, and tables of members that serve both directions.
 */
#ifndef WIRE_JSON_H
#define WIRE_JSON_H

#include <jansson.h>

#include "base/buf.h"

static inline UNUSED void json_t_cleanup(json_t **json)
{
    json_decref(*json);
}

/* Whole text, no duplicate keys, no zero bytes.  ERR_FORMAT with line and column, never with words of the text.
 * What jansson frees is wiped, since answers and tokens pass through it. */
json_t *json_read(Str text, Error *err) MUST_USE;
/* Sorted keys, no white space: the canonical text that is hashed. */
bool json_write(const json_t *json, Buf *buf, Error *err) MUST_USE;

typedef enum MemberKind {
    MEMBER_TEXT, /* char[size], UTF-8 */
    MEMBER_BOOL,
    MEMBER_INT, /* int, least..most */
    MEMBER_INT64,
    MEMBER_UINT32,
    MEMBER_WORD /* an enum, by words[value] */
} MemberKind;

typedef struct Member {
    const char *name;
    MemberKind kind;
    size_t offset, size;
    int64_t least, most;
    const char *const *words; /* MEMBER_WORD: most + 1 of them */
    bool optional;            /* absent leaves the field zero; zero is not written */
} Member;

/* Rows of a table; what follows may be ".optional = true". */
#define MEMBER_OF(type, field, what, ...)                                                                              \
    {                                                                                                                  \
        .name = #field, .kind = what, .offset = offsetof(type, field), .size = sizeof(((type *)0)->field), __VA_ARGS__ \
    }
#define MEMBER_OF_TEXT(type, field, ...) MEMBER_OF(type, field, MEMBER_TEXT, __VA_ARGS__)
#define MEMBER_OF_BOOL(type, field, ...) MEMBER_OF(type, field, MEMBER_BOOL, __VA_ARGS__)
#define MEMBER_OF_INT(type, field, low, high, ...)                                                                     \
    MEMBER_OF(type, field, MEMBER_INT, .least = low, .most = high, __VA_ARGS__)
#define MEMBER_OF_INT64(type, field, low, high, ...)                                                                   \
    MEMBER_OF(type, field, MEMBER_INT64, .least = low, .most = high, __VA_ARGS__)
#define MEMBER_OF_UINT32(type, field, ...) MEMBER_OF(type, field, MEMBER_UINT32, .most = UINT32_MAX, __VA_ARGS__)
#define MEMBER_OF_WORD(type, field, list, ...)                                                                         \
    MEMBER_OF(type, field, MEMBER_WORD, .most = COUNT(list) - 1, .words = list, __VA_ARGS__)

/* A new object from a struct; NULL without memory or for text that is not UTF-8. */
json_t *members_write(const Member *members, size_t count, const void *object, Error *err) MUST_USE;
/* Into a zeroed struct.  ERR_PROTOCOL with the member's name; unknown ones are passed over. */
bool members_read(const Member *members, size_t count, const json_t *json, void *ret_object, Error *err) MUST_USE;

#endif
