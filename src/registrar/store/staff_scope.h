/* Scopes: where somebody of the office may do what their roles let them do.  Plain; lists of the store take one. */
#ifndef REGISTRAR_STORE_STAFF_SCOPE_H
#define REGISTRAR_STORE_STAFF_SCOPE_H

#include "base/str.h"

typedef enum ScopeKind {
    SCOPE_FACULTY, /* by its code: "401" */
    SCOPE_UNIT,    /* "dean" */
    SCOPE_WINDOW,  /* by its number: "2" */
    SCOPE_PRINTER, /* a kiosk, whose printer it is, or a printer of the office: "A-2", "Front-1" */
    SCOPE_KIND_COUNT
} ScopeKind;

#define SCOPE_NAMES_MOST 8 /* of a kind */
#define SCOPE_NAME_SIZE  32
#define SCOPE_TEXT_SIZE  512

/* All-zero: everywhere.  A kind without names is not limited. */
typedef struct StaffScope {
    size_t count[SCOPE_KIND_COUNT];
    char names[SCOPE_KIND_COUNT][SCOPE_NAMES_MOST][SCOPE_NAME_SIZE];
} StaffScope;

/* scope NULL: everywhere. */
static inline bool scope_is_limited(const StaffScope *scope, ScopeKind kind)
{
    return scope && scope->count[kind] > 0;
}

static inline bool scope_has(const StaffScope *scope, ScopeKind kind, Str name)
{
    if (!scope_is_limited(scope, kind))
        return true;
    for (size_t i = 0; i < scope->count[kind]; i++)
        if (str_equal_text(name, scope->names[kind][i]))
            return true;
    return false;
}

/* The i-th name of a kind, for statements with SCOPE_NAMES_MOST parameters of it: "faculty IN (?4, ?5, ...)".  "":
 * there are not so many. */
static inline const char *scope_name(const StaffScope *scope, ScopeKind kind, size_t i)
{
    return scope && i < scope->count[kind] ? scope->names[kind][i] : "";
}

#endif
