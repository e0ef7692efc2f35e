#include "registrar/office/predicates.h"

#include <string.h>

static const struct {
    const char *is;
    const char *member; /* of the profile */
    const char *inner;  /* of that member; NULL: it is the code itself */
    ApiReason reason;
} predicates[] = {
    { "status", "status", NULL, REASON_STATUS },
    { "form", "education_form", NULL, REASON_FORM },
    { "type", "education_type", NULL, REASON_FORM },
    { "payment", "payment_form", NULL, REASON_FORM },
    { "citizenship", "citizenship", "code", REASON_RECORD },
};

static size_t find(const char *is)
{
    size_t i = 0;

    while (i < COUNT(predicates) && strcmp(predicates[i].is, is) != 0)
        i++;
    return i;
}

bool predicates_check_catalogue(const Catalogue *catalogue, Error *err)
{
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);

        for (size_t j = 0; j < service->predicate_count; j++)
            if (find(service->predicates[j].is) == COUNT(predicates))
                return error_set(err, ERR_NOT_FOUND, "service %s: for[%zu].is: no predicate %.40s", service->id, j,
                                 service->predicates[j].is);
    }
    return true;
}

static bool holds(const Predicate *predicate, size_t row, const json_t *profile)
{
    const json_t *json = json_object_get(profile, predicates[row].member);
    const char *code = json_string_value(predicates[row].inner ? json_object_get(json, predicates[row].inner) : json);

    for (size_t i = 0; code && i < predicate->in_count; i++)
        if (!strcmp(predicate->in[i], code))
            return true;
    return false;
}

ApiReason predicates_reason(const Service *service, const json_t *profile)
{
    for (size_t i = 0; i < service->predicate_count; i++) {
        size_t row = find(service->predicates[i].is);

        if (row == COUNT(predicates) || !holds(&service->predicates[i], row, profile))
            return row == COUNT(predicates) ? REASON_RECORD : predicates[row].reason;
    }
    return REASON_NONE;
}
