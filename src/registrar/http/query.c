#include "registrar/http/query.h"

bool query_get(const char *query, const char *name, char *array, size_t size)
{
    Str rest = str_from(query);

    array[0] = '\0';
    while (rest.ptr) {
        Str value = str_split(&rest, '&');
        Str key = str_split(&value, '=');

        if (!str_equal_text(key, name))
            continue;
        OWNED_BUF decoded;
        buf_init(&decoded, size);
        return percent_decode(value, true, &decoded) && str_copy(buf_str(&decoded), array, size);
    }
    return false;
}

bool query_may(const char *query, const char *name, char *array, size_t size)
{
    Str rest = str_from(query);

    if (query_get(query, name, array, size))
        return true;
    while (rest.ptr) {
        Str value = str_split(&rest, '&');

        if (str_equal_text(str_split(&value, '='), name))
            return false;
    }
    return true;
}

bool cookie_get(const char *cookies, const char *name, char *array, size_t size)
{
    Str rest = str_from(cookies);

    array[0] = '\0';
    while (rest.ptr) {
        Str value = str_trim(str_split(&rest, ';'));
        Str found = str_split(&value, '=');

        if (value.ptr && str_equal_text(found, name))
            return str_copy(value, array, size);
    }
    return false;
}
