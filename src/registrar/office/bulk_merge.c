#include "registrar/office/bulk_merge.h"

#include <string.h>

#include "base/language.h"
#include "base/macros.h"

static const char *text_of(const json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));

    return text ? text : "";
}

static int int_of(const json_t *object, const char *member)
{
    const json_t *value = json_object_get(object, member);
    json_int_t number = json_integer_value(value);

    return json_is_integer(value) && number >= 0 && number < 10000 ? (int)number : -1;
}

/* Names that say the same in the house's own language: made of letters here, written by people there. */
static bool same_names(const json_t *kept, const json_t *told)
{
    const char *ours = text_of(kept, language_tag(LANGUAGE_FIRST));

    return ours[0] && strcmp(ours, text_of(told, language_tag(LANGUAGE_FIRST))) == 0;
}

static bool is_kept(const char *member, const json_t *kept, const json_t *told)
{
    if (json_equal(kept, told))
        return true;
    if (!json_is_object(kept) || !json_is_object(told))
        return false;
    if (strcmp(member, "names") == 0)
        return same_names(kept, told);
    const char *code = text_of(kept, "code");
    return code[0] && strcmp(code, text_of(told, "code")) == 0 &&
           same_names(json_object_get(kept, "names"), json_object_get(told, "names"));
}

bool bulk_merge(json_t *kept, const json_t *told, bool *ret_changed, Error *err)
{
    const char *member;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)told, member, value)
    {
        json_t *before = json_object_get(kept, member);

        if (before && is_kept(member, before, value))
            continue;
        if (json_object_set(kept, member, value) != 0)
            return error_set(err, ERR_MEMORY, "merging");
        *ret_changed = true;
    }
    return true;
}

/* --- results ----------------------------------------------------------------------------------------------------- */

/* A year that one of them does not tell makes no second result. */
bool bulk_same_result(const json_t *a, const json_t *b)
{
    const char *one = text_of(a, "academic_year"), *other = text_of(b, "academic_year");

    return int_of(a, "semester") == int_of(b, "semester") && (!one[0] || !other[0] || strcmp(one, other) == 0) &&
           strcmp(text_of(json_object_get(a, "subject"), "code"), text_of(json_object_get(b, "subject"), "code")) == 0;
}

/* By year, semester and subject. */
static int compare(const json_t *a, const json_t *b)
{
    int order = strcmp(text_of(a, "academic_year"), text_of(b, "academic_year"));

    if (order == 0)
        order = int_of(a, "semester") - int_of(b, "semester");
    return order != 0
               ? order
               : strcmp(text_of(json_object_get(a, "subject"), "code"), text_of(json_object_get(b, "subject"), "code"));
}

static bool insert(json_t *results, const json_t *told, Error *err)
{
    size_t at = json_array_size(results);

    while (at > 0 && compare(json_array_get(results, at - 1), told) > 0)
        at--;
    return json_array_insert_new(results, at, json_deep_copy(told)) == 0 || error_set(err, ERR_MEMORY, "results");
}

bool bulk_merge_result(json_t *results, const json_t *told, BulkMerged *ret, Error *err)
{
    json_t *row;
    size_t i;

    *ret = (BulkMerged){ .points_before = -1, .mark_before = -1 };
    json_array_foreach(results, i, row)
    {
        if (!bulk_same_result(row, told))
            continue;
        ret->points_before = int_of(row, "points");
        ret->mark_before = int_of(row, "mark");
        return bulk_merge(row, told, &ret->changed, err);
    }
    ret->is_new = ret->changed = true;
    return insert(results, told, err);
}
