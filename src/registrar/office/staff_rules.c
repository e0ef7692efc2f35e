#include "registrar/office/staff_rules.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/store/staff.h"

#define NAME_LEAST         2
#define LETTERS_LEAST      5 /* that differ */
#define LETTERS_THAT_COUNT 256

/* --- names, roles, scopes ------------------------------------------------------------------------------------------
 */

bool staff_name_fits(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    const size_t length = strlen(name);

    return length >= NAME_LEAST && length < STAFF_NAME_SIZE && strspn(name, letters) == length && name[0] >= 'a' &&
           name[0] <= 'z';
}

bool staff_roles_parse(Str text, unsigned *ret_roles)
{
    unsigned roles = 0;

    for (Str rest = text; rest.ptr;) {
        Role role;

        if (!role_parse(str_trim(str_split(&rest, ',')), &role) || (roles & 1u << role))
            return false;
        roles |= 1u << role;
    }
    *ret_roles = roles;
    return roles != 0;
}

void staff_roles_write(unsigned roles, Buf *buf)
{
    const char *before = "";

    for (int i = 0; i < ROLE_OF_COUNT; i++)
        if (roles & 1u << i) {
            buf_add_format(buf, "%s%s", before, role_name((Role)i));
            before = ",";
        }
}

bool staff_roles_may(unsigned roles, Right right)
{
    for (int i = 0; i < ROLE_OF_COUNT; i++)
        if ((roles & 1u << i) && role_may((Role)i, right))
            return true;
    return false;
}

static const char *const kinds[] = {
    [SCOPE_FACULTY] = "faculty",
    [SCOPE_UNIT] = "unit",
    [SCOPE_WINDOW] = "window",
    [SCOPE_PRINTER] = "printer",
};
static_assert(COUNT(kinds) == SCOPE_KIND_COUNT, "one name per ScopeKind");

static bool scope_name_fits(Str name)
{
    for (size_t i = 0; i < name.len; i++) {
        const char c = name.ptr[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (!plain && !(i > 0 && strchr("-._", c)))
            return false;
    }
    return name.len > 0 && name.len < SCOPE_NAME_SIZE;
}

static bool scope_add(Str text, StaffScope *scope)
{
    Str name = text;
    const Str kind = str_split(&name, ':');

    for (size_t i = 0; i < COUNT(kinds); i++) {
        size_t *count = &scope->count[i];

        if (!str_equal_text(kind, kinds[i]))
            continue;
        if (*count > 0 && scope_has(scope, (ScopeKind)i, name))
            return true;
        return *count < SCOPE_NAMES_MOST && scope_name_fits(name) &&
               str_copy(name, scope->names[i][(*count)++], SCOPE_NAME_SIZE);
    }
    return false;
}

bool staff_scope_parse(Str text, StaffScope *ret)
{
    StaffScope scope = { 0 };

    for (Str rest = text; rest.len > 0;) {
        size_t length = 0;

        while (length < rest.len && !strchr(" ,\t\r\n", rest.ptr[length]))
            length++;
        if (length > 0 && !scope_add((Str){ rest.ptr, length }, &scope))
            return false;
        length += length < rest.len;
        rest = (Str){ rest.ptr + length, rest.len - length };
    }
    *ret = scope;
    return true;
}

void staff_scope_write(const StaffScope *scope, Buf *buf)
{
    const char *before = "";

    for (size_t kind = 0; kind < COUNT(kinds); kind++)
        for (size_t i = 0; i < scope->count[kind]; i++) {
            buf_add_format(buf, "%s%s:%s", before, kinds[kind], scope->names[kind][i]);
            before = " ";
        }
}

void staff_scope_of_roles(unsigned roles, StaffScope *scope)
{
    size_t *count = &scope->count[SCOPE_UNIT];

    if (*count > 0)
        return;
    for (int i = 0; i < ROLE_OF_COUNT; i++) {
        if (!(roles & 1u << i))
            continue;
        for (const char *const *unit = role_units((Role)i); *unit; unit++)
            if (*count < SCOPE_NAMES_MOST)
                str_copy_cut(str_from(*unit), scope->names[SCOPE_UNIT][(*count)++], SCOPE_NAME_SIZE);
    }
}

/* --- passwords -----------------------------------------------------------------------------------------------------
 */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void fold(const char *text, char *ret, size_t size)
{
    size_t i = 0;

    for (; text[i] && i + 1 < size; i++)
        ret[i] = small(text[i]);
    ret[i] = '\0';
}

static int different_letters(const char *text)
{
    bool seen[LETTERS_THAT_COUNT] = { false };
    int count = 0;

    for (; *text; text++) {
        bool *one = &seen[(unsigned char)*text];

        count += !*one;
        *one = true;
    }
    return count;
}

/* Nothing but one of these, once or more, forwards, with at most three letters around it. */
static bool is_plain(const char *folded)
{
    static const char *const usual[] = { "01234567890",  "09876543210", "qwertyuiop", "asdfghjkl",   "zxcvbnm",
                                         "abcdefghij",   "password",    "parol",      "пароль",      "administrator",
                                         "admin",        "registrator", "registrar",  "universitet", "university",
                                         "o'zbekiston",  "ozbekiston",  "uzbekistan", "toshkent",    "tashkent",
                                         "йцукенгшщзхъ", "welcome",     "letmein",    "iloveyou",    "1q2w3e4r5t" };
    const size_t length = strlen(folded);

    for (size_t i = 0; i < COUNT(usual); i++) {
        const size_t word = strlen(usual[i]);
        size_t covered = 0;

        for (const char *at = folded; (at = strstr(at, usual[i])); at += word)
            covered += word;
        if (covered > 0 && length - covered <= 3)
            return true;
    }
    /* A part of a row: "4567890123" */
    static const char rows[] =
        "01234567890123456789 98765432109876543210 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm";
    return strstr(rows, folded) != NULL;
}

PasswordFault staff_password_fault(const char *name, const char *password)
{
    char folded[STAFF_PASSWORD_SIZE];
    const Str text = str_from(password);

    if (text.len >= STAFF_PASSWORD_SIZE || !utf8_valid(text) || utf8_count(text) > STAFF_PASSWORD_MOST)
        return PASSWORD_LONG;
    if (utf8_count(text) < STAFF_PASSWORD_LEAST)
        return PASSWORD_SHORT;
    fold(password, folded, sizeof folded);
    const bool named = strstr(folded, name) != NULL, plain = is_plain(folded);
    const int letters = different_letters(folded);
    mem_wipe(folded, sizeof folded);
    if (named)
        return PASSWORD_NAMED;
    return plain || letters < LETTERS_LEAST ? PASSWORD_PLAIN : PASSWORD_FINE;
}

const char *password_fault_name(PasswordFault fault)
{
    static const char *const names[] = {
        [PASSWORD_FINE] = "fine",   [PASSWORD_SHORT] = "short", [PASSWORD_LONG] = "long",
        [PASSWORD_NAMED] = "named", [PASSWORD_PLAIN] = "plain",
    };
    static_assert(COUNT(names) == PASSWORD_FAULT_COUNT, "one name per PasswordFault");

    return names[fault];
}
