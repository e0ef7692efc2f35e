#include "registrar/office/rights.h"

#define MAY(right) (1u << RIGHT_##right)

static const char *const right_names[] = {
    [RIGHT_PRINTS] = "prints",         [RIGHT_REQUESTS] = "requests", [RIGHT_HALL] = "hall",
    [RIGHT_PAYMENTS] = "payments",     [RIGHT_BLANKS] = "blanks",     [RIGHT_STUDENTS] = "students",
    [RIGHT_ISSUE] = "issue",           [RIGHT_REVOKE] = "revoke",     [RIGHT_CONTENT] = "content",
    [RIGHT_STATISTICS] = "statistics", [RIGHT_AUDIT] = "audit",       [RIGHT_STAFF] = "staff",
};
static_assert(COUNT(right_names) == RIGHT_COUNT, "one name per Right");

/* An administrator looks after machines and accounts and sees no student; an auditor changes nothing. */
static const struct {
    const char *name;
    unsigned rights;
    const char *units[5];
} roles[] = {
    [ROLE_OF_FRONT_OFFICE] = { "front-office",
                               MAY(PRINTS) | MAY(REQUESTS) | MAY(HALL) | MAY(BLANKS) | MAY(STUDENTS) | MAY(ISSUE),
                               { "front-office" } },
    [ROLE_OF_BACK_OFFICE] = { "back-office",
                              MAY(PRINTS) | MAY(REQUESTS) | MAY(BLANKS) | MAY(STUDENTS) | MAY(ISSUE) | MAY(REVOKE) |
                                  MAY(CONTENT) | MAY(STATISTICS),
                              { "back-office", "international", "careers", "military" } },
    [ROLE_OF_DEAN] = { "dean", MAY(REQUESTS) | MAY(STUDENTS) | MAY(STATISTICS), { "dean" } },
    [ROLE_OF_ACCOUNTING] = { "accounting", MAY(REQUESTS) | MAY(PAYMENTS), { "accounting" } },
    [ROLE_OF_ARCHIVE] = { "archive", MAY(REQUESTS) | MAY(BLANKS) | MAY(STUDENTS), { "archive" } },
    [ROLE_OF_ADMINISTRATOR] = { "administrator", MAY(CONTENT) | MAY(STATISTICS) | MAY(STAFF), { NULL } },
    [ROLE_OF_AUDITOR] = { "auditor", MAY(STATISTICS) | MAY(AUDIT), { NULL } },
};
static_assert(COUNT(roles) == ROLE_OF_COUNT, "one row per Role");

const char *right_name(Right right)
{
    return right_names[right];
}

const char *role_name(Role role)
{
    return roles[role].name;
}

bool role_parse(Str name, Role *ret)
{
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (str_equal_text(name, roles[i].name)) {
            *ret = (Role)i;
            return true;
        }
    }
    return false;
}

bool role_may(Role role, Right right)
{
    return (roles[role].rights & 1u << right) != 0;
}

const char *const *role_units(Role role)
{
    return roles[role].units;
}
