#include <string.h>

#include "base/date.h"
#include "registrar/office/bulk_inside.h"

#define AGE_LEAST         14
#define AGE_MOST          100
#define YEARS_MOST        8
#define CREDITS_MOST      30 /* of one subject */
#define YEAR_FIRST        1991
#define POINTS_PASS       60 /* what the credit system calls 3 */
#define POINTS_FAIL_LEAST 90 /* nobody fails with so many */

static const char *text_of(const json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));

    return text ? text : "";
}

/* -1: it is not told. */
static json_int_t int_of(const json_t *object, const char *member)
{
    const json_t *value = json_object_get(object, member);

    return json_is_integer(value) ? json_integer_value(value) : -1;
}

static Date today(int64_t now_s)
{
    return date_time_at(now_s * 1000, 0).date;
}

const char *bulk_doubt_student(const json_t *profile, int64_t now_s)
{
    const char *born = text_of(profile, "birth_date"), *status = text_of(profile, "status");
    Date date;

    if (born[0] && (!date_parse(str_from(born), &date) || date.year > today(now_s).year - AGE_LEAST ||
                    date.year < today(now_s).year - AGE_MOST))
        return "is not of a student's age";
    if (!status[0])
        return "has no status";
    if (strcmp(status, "11") == 0 && !text_of(profile, "group")[0])
        return "studies and is in no group";
    if (int_of(profile, "year") > YEARS_MOST)
        return "is in a year of study that there is not";
    if (!text_of(json_object_get(profile, "faculty"), "code")[0])
        return "has no faculty";
    return NULL;
}

const char *bulk_doubt_result(const json_t *result, int64_t now_s)
{
    json_int_t points = int_of(result, "points"), mark = int_of(result, "mark"), credits = int_of(result, "credits");
    const char *year = text_of(result, "academic_year");
    int64_t begins = 0;

    if (year[0] && (!str_to_i64((Str){ year, strnlen(year, 4) }, 0, 9999, &begins) || begins < YEAR_FIRST ||
                    begins > today(now_s).year))
        return "an academic year that can't be";
    if (credits == 0 || credits > CREDITS_MOST)
        return "credits that can't be";
    if (mark < 0)
        return "neither points nor a mark";
    if (points >= 0 && ((mark >= 5 && points < POINTS_PASS) || (mark <= 2 && points >= POINTS_FAIL_LEAST)))
        return "a mark that its points don't come to";
    return NULL;
}
