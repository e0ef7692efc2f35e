#include <stdio.h>
#include <string.h>

#include "registrar/connect/hemis/parts.h"
#include "wire/json.h"

static const Field me_fields[] = {
    { "surname", "second_name", FIELD_PERSON, 0, 0, true },
    { "given", "first_name", FIELD_PERSON, 0, 0, true },
    { "patronymic", "third_name", FIELD_PERSON, 0, 0, false },
    { "birth_date", "birth_date", FIELD_DAY, 0, 0, false },
    { "gender", "gender", FIELD_CODE, 0, 0, false },
    { "status", "studentStatus", FIELD_CODE, 0, 0, false },
    { "education_type", "educationType", FIELD_CODE, 0, 0, false },
    { "education_form", "educationForm", FIELD_CODE, 0, 0, false },
    { "payment_form", "paymentForm", FIELD_CODE, 0, 0, false },
    { "language", "educationLang|group.educationLang", FIELD_CODE, 0, 0, false },
    { "social_category", "socialCategory", FIELD_CODE, 0, 0, false },
    { "poverty_level", "povertyLevel", FIELD_CODE, 0, 0, false },
    { "accommodation", "accommodation", FIELD_CODE, 0, 0, false },
    { "citizenship.code", "citizenship", FIELD_CODE, 0, 0, false },
    { "citizenship.country", "country", FIELD_CODE, 0, 0, false },
    { "year", "level", FIELD_LEVEL, 0, 0, false },
    { "semester", "semester", FIELD_LEVEL, 0, 0, false },
    { "academic_year", "semester.education_year|educationYear", FIELD_YEAR, 0, 0, false },
    { "group", "group.name", FIELD_TEXT, 0, 100, false },
    { "faculty", "faculty|department", FIELD_THING, 0, 0, false },
    { "programme", "specialty", FIELD_THING, 0, 0, false },
    { "address.names", "address", FIELD_NAMES, 0, 0, false },
    { "address.province", "province", FIELD_CODE, 0, 0, false },
    { "address.district", "district", FIELD_CODE, 0, 0, false },
};

static const Field average_fields[] = {
    { "academic_year", "educationYear|_education_year", FIELD_YEAR, 0, 0, true },
    { "year", "level|_level", FIELD_LEVEL, 0, 0, false },
    { "gpa", "gpa", FIELD_DECIMAL, 0, 500, true },
    { "credits", "credit_sum", FIELD_INT, 0, 400, false },
    { "subjects", "subjects", FIELD_INT, 0, 200, false },
    { "debts", "debt_subjects", FIELD_INT, 0, 200, false },
    { "can_transfer", "can_transfer|can_trasfer", FIELD_BOOL, 0, 0, false }, /* the vendor's text misspells it (S1) */
    { "method", "method", FIELD_CODE, 0, 0, false },
};

static const char *text_in(const json_t *profile, const char *member)
{
    const char *text = json_string_value(json_object_get(profile, member));

    return text ? text : "";
}

static int int_in(const json_t *profile, const char *member)
{
    json_int_t value = json_integer_value(json_object_get(profile, member));

    return value > 0 && value < 10000 ? (int)value : 0;
}

/* Without a code the country tells: everybody else's is another country's (classifier citizenship). */
static bool add_citizenship(json_t *profile)
{
    json_t *citizenship = json_object_get(profile, "citizenship");

    if (!citizenship || json_object_get(citizenship, "code"))
        return true;
    bool ours = strcmp(text_in(citizenship, "country"), "UZ") == 0;
    return json_object_set_new(citizenship, "code", json_string(ours ? "11" : "12")) == 0;
}

static bool add_names(json_t *profile)
{
    const char *code = text_in(json_object_get(profile, "citizenship"), "code");
    json_t *names = words_person(str_from(text_in(profile, "surname")), str_from(text_in(profile, "given")),
                                 str_from(text_in(profile, "patronymic")), code[0] && strcmp(code, "11") != 0);

    return names && json_object_set_new(profile, "names", names) == 0 &&
           (json_object_get(profile, "patronymic") || json_object_set_new(profile, "patronymic", json_string("")) == 0);
}

/* HEMIS tells no year of entry.  A student's number has it behind the university's three digits (facts 7, inferred); it
 * is believed where it fits the year of study, else the year of study is. */
static bool add_entry_year(json_t *profile, const char *number)
{
    uint64_t two, now;
    int year = int_in(profile, "year");

    if (!str_to_u64((Str){ text_in(profile, "academic_year"), strnlen(text_in(profile, "academic_year"), 4) }, 1990,
                    2150, &now))
        return true;
    int entry = year ? (int)now - year + 1 : 0;
    if (strlen(number) == 12 && str_to_u64((Str){ number + 3, 2 }, 0, 99, &two) && (int)two + 2000 <= (int)now &&
        (int)two + 2000 >= (int)now - 12)
        entry = (int)two + 2000;
    return entry == 0 || json_object_set_new(profile, "entry_year", json_integer(entry)) == 0;
}

/* A contract says it; of others: four years of a bachelor by day, two of a master (Cabinet resolution 824). */
static bool add_length(Reading *reading, json_t *profile, const json_t *contract)
{
    const char *type = text_in(profile, "education_type"), *form = text_in(profile, "education_form");
    const json_t *told = fields_find(contract, "eduPeriod");
    int64_t years = 0;

    (void)reading;
    if (!told || !fields_number(told, 0, &years) || years < 1 || years > 8)
        years = strcmp(type, "12") == 0 ? 2 : strcmp(type, "11") == 0 && strcmp(form, "11") == 0 ? 4 : 0;
    return years == 0 || json_object_set_new(profile, "years_of_programme", json_integer(years)) == 0;
}

/* The last order of that kind. */
static const json_t *last_order(const json_t *orders, const char *kind)
{
    const json_t *last = NULL;
    json_t *order;
    size_t i;

    json_array_foreach(orders, i, order)
    {
        if (strcmp(text_in(order, "kind"), kind) == 0 &&
            (!last || strcmp(text_in(order, "date"), text_in(last, "date")) >= 0))
            last = order;
    }
    return last;
}

static bool add_order(json_t *profile, const char *member, const json_t *orders, const char *kind)
{
    const json_t *order = last_order(orders, kind);

    if (!order)
        return true;
    return json_object_set_new(
               profile, member,
               json_pack("{s:s, s:s}", "date", text_in(order, "date"), "order", text_in(order, "number"))) == 0;
}

static bool add_orders(json_t *profile, const json_t *orders)
{
    const char *status = text_in(profile, "status");

    return add_order(profile, "admission", orders, "21") &&
           (strcmp(status, "12") != 0 || add_order(profile, "leaving", orders, "11")) &&
           (strcmp(status, "14") != 0 || add_order(profile, "graduation", orders, "17"));
}

static bool add_averages(Reading *reading, json_t *profile, const json_t *averages)
{
    json_t *rows = averages ? fields_read_list(reading, average_fields, COUNT(average_fields), averages) : NULL;

    if (!averages)
        return true;
    if (json_array_size(rows) == 0) {
        json_decref(rows);
        return rows != NULL;
    }
    return json_object_set_new(profile, "gpa", rows) == 0;
}

void part_number(Reading *reading, const json_t *me, char ret_number[HEMIS_NUMBER_SIZE])
{
    OWNED(json_t) number = fields_value(reading, FIELD_CODE, fields_find(me, "student_id_number"));

    if (!json_is_string(number) ||
        !str_copy((Str){ json_string_value(number), json_string_length(number) }, ret_number, HEMIS_NUMBER_SIZE))
        ret_number[0] = '\0';
}

static void read_pinfl(Reading *reading, const json_t *me, char ret_pinfl[24])
{
    OWNED(json_t) pinfl = fields_value(reading, FIELD_CODE, fields_find(me, "passport_pin"));
    const char *text = json_string_value(pinfl);

    ret_pinfl[0] = '\0';
    if (text && strlen(text) == 14 && strspn(text, "0123456789") == 14)
        memcpy(ret_pinfl, text, 15);
}

json_t *part_profile(Reading *reading, const json_t *me, const json_t *averages, const json_t *contract,
                     const json_t *orders, char ret_pinfl[24], Error *err)
{
    OWNED(json_t) profile = json_object();
    char number[HEMIS_NUMBER_SIZE];

    part_number(reading, me, number);
    if (!profile || !fields_read(reading, me_fields, COUNT(me_fields), me, profile)) {
        error_set(err, !profile || reading->no_memory ? ERR_MEMORY : ERR_PROTOCOL, "a student without a name");
        return NULL;
    }
    if (!add_citizenship(profile) || !add_names(profile) || !add_entry_year(profile, number) ||
        !add_length(reading, profile, contract) || !add_orders(profile, orders) ||
        !add_averages(reading, profile, averages)) {
        error_set(err, ERR_MEMORY, "profile");
        return NULL;
    }
    read_pinfl(reading, me, ret_pinfl);
    return steal(&profile);
}

Term part_term(const json_t *profile)
{
    Term term = { .semester = int_in(profile, "semester"), .over = strcmp(text_in(profile, "status"), "14") == 0 };

    str_copy_cut(str_from(text_in(profile, "academic_year")), term.academic_year, sizeof term.academic_year);
    return term;
}
