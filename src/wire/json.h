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

/* From now on jansson wipes what it frees, since answers and tokens pass through it.  Once, before other threads begin.
 */
void json_wipe_memory(void);

/* Whole text, no duplicate keys, no zero bytes.  ERR_FORMAT with line and column. */
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

#define MEMBER_OF_TEXT(type, field)                                                                                    \
    {                                                                                                                  \
#field, MEMBER_TEXT, offsetof(type, field), sizeof(((type *)0)->field), 0, 0, NULL, false                      \
    }
#define MEMBER_OF_BOOL(type, field)                                                                                    \
    {                                                                                                                  \
#field, MEMBER_BOOL, offsetof(type, field), sizeof(bool), 0, 1, NULL, false                                    \
    }
#define MEMBER_OF_INT(type, field, least, most)                                                                        \
    {                                                                                                                  \
#field, MEMBER_INT, offsetof(type, field), sizeof(int), least, most, NULL, false                               \
    }
#define MEMBER_OF_INT64(type, field, least, most)                                                                      \
    {                                                                                                                  \
#field, MEMBER_INT64, offsetof(type, field), sizeof(int64_t), least, most, NULL, false                         \
    }
#define MEMBER_OF_UINT32(type, field)                                                                                  \
    {                                                                                                                  \
#field, MEMBER_UINT32, offsetof(type, field), sizeof(uint32_t), 0, UINT32_MAX, NULL, false                     \
    }
#define MEMBER_OF_WORD(type, field, words)                                                                             \
    {                                                                                                                  \
#field, MEMBER_WORD, offsetof(type, field), sizeof(int), 0, COUNT(words) - 1, words, false                     \
    }

/* A new object from a struct; NULL without memory or for text that is not UTF-8. */
json_t *members_write(const Member *members, size_t count, const void *object, Error *err) MUST_USE;
/* Into a zeroed struct.  ERR_PROTOCOL with the member's name; unknown ones are passed over. */
bool members_read(const Member *members, size_t count, const json_t *json, void *ret_object, Error *err) MUST_USE;

#endif
