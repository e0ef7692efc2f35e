/* Every part of every record of the demo university: canonical, whole, and at one with the other parts. */
#include "test.h"

#include <string.h>

#include "base/date.h"
#include "registrar/demo/demo.h"
#include "wire/json.h"

#define LISTS       SOURCE_DIR "/assets/demo"
#define STUDENTS    600
#define GROUPS_MOST 64

typedef struct Census {
    size_t count, other_gpa, photos, foreign, debtors;
    size_t part_counts[DEMO_PARTS];
    char groups[GROUPS_MOST][24];
    size_t group_count;
    char schedules[GROUPS_MOST][16384]; /* of the groups */
    char faculties[16][16];
    size_t faculty_count;
    size_t forms[8], statuses[8], types[3], payments[3]; /* by code - 10 */
} Census;

/* --- reading ----------------------------------------------------------------------------------------------------- */

static const char *text_in(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    if (!text)
        fail_msg("no text %s", key);
    return text;
}

static json_int_t number_in(const json_t *object, const char *key)
{
    const json_t *number = json_object_get(object, key);

    if (!json_is_integer(number))
        fail_msg("no number %s", key);
    return json_integer_value(number);
}

static Date day_in(const json_t *object, const char *key)
{
    Date day = { 0 };

    if (!date_parse(str_from(text_in(object, key)), &day))
        fail_msg("%s is no day", key);
    return day;
}

static bool is(const json_t *object, const char *key, const char *code)
{
    return strcmp(text_in(object, key), code) == 0;
}

static void check_names(const json_t *names)
{
    static const char *const languages[] = { "uz", "uz-Cyrl", "ru", "en" };

    assert_int_equal(json_object_size(names), COUNT(languages));
    for (size_t i = 0; i < COUNT(languages); i++)
        assert_true(text_in(names, languages[i])[0] != '\0');
}

static const json_t *part(const json_t *student, const char *name)
{
    return json_object_get(json_object_get(student, "parts"), name);
}

/* --- parts ------------------------------------------------------------------------------------------------------- */

static void check_contract(const json_t *student, const json_t *profile)
{
    const json_t *contract = part(student, "contract"), *row;
    json_int_t payments = 0, dues = 0;
    size_t i;

    assert_int_equal(contract != NULL, is(profile, "payment_form", "12"));
    if (!contract)
        return;
    json_array_foreach(json_object_get(contract, "payments"), i, row)
    {
        assert_true(number_in(row, "sum") > 0);
        assert_true(date_compare(day_in(row, "date"), day_in(contract, "date")) >= 0);
        assert_true(date_compare(day_in(row, "date"), (Date){ 2026, 11, 22 }) < 0);
        payments += number_in(row, "sum");
    }
    json_array_foreach(json_object_get(contract, "due"), i, row) dues += number_in(row, "sum");
    assert_int_equal(payments, number_in(contract, "paid"));
    assert_int_equal(dues, number_in(contract, "sum"));
    assert_in_range(number_in(contract, "paid"), 0, number_in(contract, "sum"));
    assert_in_range(number_in(contract, "base"), 3000000, 30000000);
    assert_true(number_in(contract, "sum") + number_in(contract, "discount") >= number_in(contract, "base"));
}

static void check_dormitory(const json_t *student, const json_t *profile)
{
    const json_t *dormitory = part(student, "dormitory");

    assert_int_equal(dormitory != NULL, is(profile, "accommodation", "15") && is(profile, "status", "11"));
    if (!dormitory)
        return;
    check_names(json_object_get(dormitory, "building"));
    check_names(json_object_get(dormitory, "address"));
    assert_true(date_compare(day_in(dormitory, "from"), day_in(dormitory, "paid_until")) < 0);
    assert_true(date_compare(day_in(dormitory, "paid_until"), day_in(dormitory, "to")) <= 0);
}

static size_t debts_of(const json_t *student)
{
    const json_t *row;
    size_t i, debts = 0;

    json_array_foreach(json_object_get(student, "results"), i, row) debts += number_in(row, "mark") < 3;
    return debts;
}

static json_int_t hours_missed(const json_t *attendance, const char *code)
{
    json_int_t hours = 0;
    const json_t *row;
    size_t i;

    json_array_foreach(json_object_get(attendance, "rows"), i,
                       row) if (is(json_object_get(row, "subject"), "code", code)) hours +=
        number_in(row, "absent_on") + number_in(row, "absent_off");
    return hours;
}

/* As many hours as the assessments say, on days behind us, and by the timetable where there is one. */
static void check_attendance(const json_t *student)
{
    const json_t *attendance = part(student, "attendance"), *row;
    const json_t *assessments = part(student, "assessments");
    Date last = { 2026, 9, 1 };
    size_t i;

    assert_int_equal(attendance != NULL, assessments != NULL);
    if (!attendance)
        return;
    assert_int_equal(number_in(attendance, "semester"), number_in(assessments, "semester"));
    json_array_foreach(json_object_get(attendance, "rows"), i, row)
    {
        Date day = day_in(row, "date");

        assert_true(date_compare(last, day) <= 0 && date_compare(day, (Date){ 2026, 11, 22 }) < 0);
        assert_int_equal(number_in(row, "absent_on") * number_in(row, "absent_off"), 0);
        assert_in_range(number_in(row, "pair"), 1, 6);
        check_names(json_object_get(json_object_get(row, "subject"), "names"));
        last = day;
    }
    assert_int_equal(json_array_size(json_object_get(attendance, "subjects")),
                     json_array_size(json_object_get(assessments, "rows")));
    json_array_foreach(json_object_get(assessments, "rows"), i, row) assert_int_equal(
        hours_missed(attendance, text_in(json_object_get(row, "subject"), "code")), number_in(row, "absent_hours"));
}

static const json_t *order_of_kind(const json_t *orders, const char *kind)
{
    const json_t *row;
    size_t i;

    json_array_foreach(orders, i, row) if (is(row, "kind", kind)) return row;
    return NULL;
}

static void check_same_order(const json_t *orders, const char *kind, const json_t *number, const json_t *date)
{
    const json_t *order = order_of_kind(orders, kind);

    assert_int_equal(order != NULL, number != NULL);
    if (!order)
        return;
    assert_string_equal(text_in(order, "number"), json_string_value(number));
    assert_string_equal(text_in(order, "date"), json_string_value(date));
    check_names(json_object_get(order, "names"));
}

/* The orders are those that profile and parts name. */
static void check_orders(const json_t *student, const json_t *profile)
{
    const json_t *orders = part(student, "orders");
    const json_t *admission = json_object_get(profile, "admission"), *leave = json_object_get(profile, "leave");
    const json_t *leaving = json_object_get(profile, "leaving"), *graduation = json_object_get(profile, "graduation");
    const json_t *scholarship = json_object_get(part(student, "scholarship"), "order");

    assert_true(json_array_size(orders) >= 1);
    check_same_order(orders, "21", json_object_get(admission, "order"), json_object_get(admission, "date"));
    check_same_order(orders, "12", json_object_get(leave, "order"), json_object_get(leave, "from"));
    check_same_order(orders, "11", json_object_get(leaving, "order"), json_object_get(leaving, "date"));
    check_same_order(orders, "17", json_object_get(graduation, "order"), json_object_get(graduation, "date"));
    check_same_order(orders, "18", json_object_get(scholarship, "number"), json_object_get(scholarship, "date"));
    assert_int_equal(order_of_kind(orders, "14") != NULL,
                     (number_in(profile, "semester") - 1) / 2 >= 1); /* promoted once at least */
}

static void check_scholarship(const json_t *student, const json_t *profile)
{
    const json_t *scholarship = part(student, "scholarship");

    if (!scholarship)
        return;
    assert_true(is(profile, "status", "11") && is(profile, "payment_form", "11") && debts_of(student) == 0);
    assert_in_range(number_in(scholarship, "monthly"), 400000, 5000000);
    assert_int_equal(json_object_get(scholarship, "names") != NULL, is(scholarship, "kind", "named"));
    assert_true(date_compare(day_in(scholarship, "from"), day_in(scholarship, "to")) < 0);
}

static bool stands_in(const json_t *rows, const char *code)
{
    const json_t *row;
    size_t i;

    json_array_foreach(rows, i, row) if (is(json_object_get(row, "subject"), "code", code)) return true;
    return false;
}

/* One lesson in a slot, or two of which each has every other week. */
static void check_schedule(const json_t *student)
{
    const json_t *schedule = part(student, "schedule"), *rows = json_object_get(schedule, "rows"), *row;
    unsigned taken[7][9] = { { 0 } };
    size_t i;

    if (!schedule)
        return;
    assert_in_range(json_array_size(rows), 6, 40);
    json_array_foreach(rows, i, row)
    {
        json_int_t day = number_in(row, "day"), pair = number_in(row, "pair");
        unsigned weeks = is(row, "weeks", "all") ? 3 : is(row, "weeks", "odd") ? 1 : is(row, "weeks", "even") ? 2 : 0;

        assert_in_range(day, 1, 6);
        assert_in_range(pair, 1, 6);
        assert_true(weeks != 0 && (taken[day][pair] & weeks) == 0);
        taken[day][pair] |= weeks;
        assert_true(strcmp(text_in(row, "from"), text_in(row, "to")) < 0);
        assert_true(text_in(row, "teacher")[0] != '\0');
        check_names(json_object_get(row, "building"));
        check_names(json_object_get(json_object_get(row, "subject"), "names"));
    }
    json_array_foreach(json_object_get(part(student, "assessments"), "rows"), i, row)
        assert_true(stands_in(rows, text_in(json_object_get(row, "subject"), "code")));
}

static void check_assessments(const json_t *student, const json_t *profile)
{
    const json_t *assessments = part(student, "assessments"), *row;
    size_t i;

    assert_int_equal(assessments != NULL, is(profile, "status", "11"));
    if (!assessments)
        return;
    assert_int_equal(number_in(assessments, "semester"), number_in(profile, "semester"));
    assert_true(is(assessments, "academic_year", text_in(profile, "academic_year")));
    json_array_foreach(json_object_get(assessments, "rows"), i, row)
    {
        const json_t *current = json_object_get(row, "current"), *midterm = json_object_get(row, "midterm");

        assert_in_range(number_in(current, "points"), 0, number_in(current, "max"));
        if (!json_is_null(midterm))
            assert_in_range(number_in(midterm, "points"), 0, number_in(midterm, "max"));
        assert_true(json_is_null(json_object_get(row, "final")));
        assert_in_range(number_in(row, "absent_hours"), 0, 74);
    }
}

/* Each on its own day, none on a Sunday; debts before the session, as many as there are, three at most. */
static void check_exams(const json_t *student, const json_t *profile)
{
    const json_t *exams = part(student, "exams"), *row;
    size_t i, retakes = 0, debts = debts_of(student);
    Date before = { 2026, 11, 22 };

    assert_int_equal(exams != NULL, is(profile, "status", "11"));
    if (!exams)
        return;
    json_array_foreach(exams, i, row)
    {
        Date day = day_in(row, "date");

        assert_true(date_compare(before, day) < 0);
        assert_int_not_equal(date_weekday(day), 7);
        before = day;
        retakes += !is(row, "attempt", "11");
        assert_int_equal(i < retakes, !is(row, "attempt", "11"));
        if (is(row, "attempt", "11"))
            assert_true(stands_in(json_object_get(part(student, "assessments"), "rows"),
                                  text_in(json_object_get(row, "subject"), "code")));
    }
    assert_int_equal(retakes, debts < 3 ? debts : 3);
    assert_true(date_compare(before, (Date){ 2027, 1, 31 }) < 0);
    assert_int_equal(json_array_size(exams) - retakes,
                     json_array_size(json_object_get(part(student, "assessments"), "rows")));
}

static void check_clearance(const json_t *student, const json_t *profile)
{
    const json_t *row;
    bool dormitory = false;
    size_t i;

    json_array_foreach(part(student, "clearance"), i, row)
    {
        dormitory = dormitory || is(row, "unit", "dormitory");
        assert_int_equal(json_is_true(json_object_get(row, "cleared")), json_object_get(row, "date") != NULL);
        if (is(profile, "status", "14"))
            assert_true(json_is_true(json_object_get(row, "cleared")));
    }
    assert_true(i >= 6);
    assert_int_equal(dormitory, is(profile, "accommodation", "15"));
}

static void check_distribution(const json_t *student, const json_t *profile)
{
    const json_t *distribution = part(student, "distribution");
    bool last = is(profile, "status", "11") && is(profile, "payment_form", "11") &&
                number_in(profile, "year") == number_in(profile, "years_of_programme");

    assert_int_equal(distribution != NULL, last || is(profile, "status", "14"));
    if (!distribution)
        return;
    check_names(json_object_get(json_object_get(distribution, "employer"), "names"));
    check_names(json_object_get(json_object_get(distribution, "employer"), "address"));
    check_names(json_object_get(distribution, "post"));
}

static void check_photo(const json_t *student, Census *census)
{
    const json_t *photo = part(student, "photo");

    if (!photo)
        return;
    census->photos++;
    assert_true(is(photo, "type", "image/png"));
    assert_memory_equal(text_in(photo, "body"), "iVBORw0KGgo", 11);
    assert_in_range(strlen(text_in(photo, "body")), 4000, 64 * 1024);
    assert_int_equal(strlen(text_in(photo, "body")) % 4, 0);
}

/* --- the profile ------------------------------------------------------------------------------------------------- */

static void check_passport(const json_t *profile)
{
    const json_t *passport = json_object_get(profile, "passport_name");
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ -";

    assert_int_equal(strspn(text_in(passport, "surname"), letters), strlen(text_in(passport, "surname")));
    assert_int_equal(strspn(text_in(passport, "given"), letters), strlen(text_in(passport, "given")));
    assert_true(text_in(passport, "surname")[0] && text_in(passport, "given")[0]);
}

/* HEMIS's figure is the rule's: of a year's marks by credits, to one decimal.  Returns how many are not. */
static size_t check_gpa(const json_t *student, const json_t *profile)
{
    const json_t *year, *row;
    size_t i, k, other = 0, years = 0;

    json_array_foreach(json_object_get(profile, "gpa"), i, year)
    {
        json_int_t products = 0, credits = 0, subjects = 0, debts = 0;
        char gpa[16];

        json_array_foreach(json_object_get(student, "results"), k, row)
        {
            if (!is(row, "academic_year", text_in(year, "academic_year")))
                continue;
            products += number_in(row, "mark") * number_in(row, "credits");
            credits += number_in(row, "credits");
            debts += number_in(row, "mark") < 3;
            subjects++;
        }
        assert_true(credits > 0);
        assert_int_equal(number_in(year, "credits"), credits);
        assert_int_equal(number_in(year, "subjects"), subjects);
        assert_int_equal(number_in(year, "debts"), debts);
        snprintf(gpa, sizeof gpa, "%.1f", (double)((products * 20 + credits) / (credits * 2)) / 10);
        other += !is(year, "gpa", gpa);
        years++;
    }
    assert_true(years > 0 || json_array_size(json_object_get(student, "results")) == 0);
    return other;
}

static void check_profile(const json_t *student, const json_t *profile, Census *census)
{
    const json_t *address = json_object_get(profile, "address");

    check_names(json_object_get(address, "names"));
    assert_int_equal(strlen(text_in(address, "district")), 7);
    assert_memory_equal(text_in(address, "district"), text_in(address, "province"), 4);
    check_names(json_object_get(json_object_get(profile, "prior_education"), "names"));
    assert_int_equal(day_in(json_object_get(profile, "admission"), "date").year, number_in(profile, "entry_year"));
    assert_int_equal(json_object_get(profile, "graduation") != NULL, is(profile, "status", "14"));
    assert_int_equal(json_object_get(profile, "leaving") != NULL, is(profile, "status", "12"));
    assert_int_equal(json_object_get(profile, "leave") != NULL, is(profile, "status", "13"));
    check_passport(profile);
    census->other_gpa += check_gpa(student, profile);
}

/* --- everybody ---------------------------------------------------------------------------------------------------- */

static void count_code(size_t counts[], size_t room, const json_t *profile, const char *key)
{
    size_t at = (size_t)(text_in(profile, key)[1] - '0');

    assert_true(text_in(profile, key)[0] == '1' && at < room);
    counts[at]++;
}

/* A group has one schedule. */
static void count_group(Census *census, const json_t *student, const json_t *profile)
{
    const char *group = text_in(profile, "group");
    Error err = { 0 };
    size_t at = 0;
    OWNED_BUF schedule;

    buf_init(&schedule, sizeof census->schedules[0] - 1);
    if (part(student, "schedule"))
        assert_ok(json_write(part(student, "schedule"), &schedule, &err), err);
    while (at < census->group_count && strcmp(census->groups[at], group) != 0)
        at++;
    assert_true(at < GROUPS_MOST);
    if (at == census->group_count)
        snprintf(census->groups[census->group_count++], sizeof census->groups[0], "%s", group);
    if (schedule.len == 0)
        return;
    if (!census->schedules[at][0])
        memcpy(census->schedules[at], buf_text(&schedule), schedule.len + 1);
    assert_string_equal(census->schedules[at], buf_text(&schedule));
}

static void check_student(Census *census, const json_t *student)
{
    const json_t *profile = json_object_get(student, "profile");
    const char *faculty = text_in(json_object_get(profile, "faculty"), "code");
    size_t at = 0;

    check_profile(student, profile, census);
    check_contract(student, profile);
    check_dormitory(student, profile);
    check_scholarship(student, profile);
    check_attendance(student);
    check_orders(student, profile);
    check_schedule(student);
    check_assessments(student, profile);
    check_exams(student, profile);
    check_clearance(student, profile);
    check_distribution(student, profile);
    check_photo(student, census);
    for (size_t i = 0; i < DEMO_PARTS; i++)
        census->part_counts[i] += part(student, demo_part_names[i]) != NULL;
    count_code(census->forms, COUNT(census->forms), profile, "education_form");
    count_code(census->statuses, COUNT(census->statuses), profile, "status");
    count_code(census->types, COUNT(census->types), profile, "education_type");
    count_code(census->payments, COUNT(census->payments), profile, "payment_form");
    count_group(census, student, profile);
    while (at < census->faculty_count && strcmp(census->faculties[at], faculty) != 0)
        at++;
    if (at == census->faculty_count)
        snprintf(census->faculties[census->faculty_count++], sizeof census->faculties[0], "%s", faculty);
    census->foreign += is(json_object_get(profile, "citizenship"), "code", "12");
    census->debtors += debts_of(student) > 0;
    census->count++;
}

static json_t *canonical(const Buf *text)
{
    Error err = { 0 };
    json_t *json = json_read(buf_str(text), &err);
    OWNED_BUF again;

    buf_init(&again, 2u << 20);
    if (!json)
        fail_msg("%s in %s", err.text, buf_text(text));
    assert_ok(json_write(json, &again, &err), err);
    assert_string_equal(buf_text(text), buf_text(&again));
    return json;
}

/* As university.json would have it. */
static json_t *drawn(const DemoUniversity *university, size_t index)
{
    Buf profile, texts[DEMO_PARTS];
    DemoStudent student = { .profile = &profile };
    json_t *parts = json_object(), *made = json_object();

    buf_init(&profile, 64u << 10);
    for (size_t i = 0; i < DEMO_PARTS; i++) {
        buf_init(&texts[i], 1u << 20);
        student.parts[i] = &texts[i];
    }
    demo_student_draw(university, index, &student);
    json_object_set_new(made, "profile", canonical(&profile));
    for (size_t i = 0; i < DEMO_PARTS; i++) {
        if (texts[i].len > 0)
            json_object_set_new(i == 0 ? made : parts, demo_part_names[i], canonical(&texts[i]));
        buf_fini(&texts[i]);
    }
    json_object_set_new(made, "parts", parts);
    buf_fini(&profile);
    return made;
}

static void six_hundred_records_are_whole(void **state)
{
    Error err = { 0 };
    OWNED(Demo) demo = demo_open(LISTS, &(DemoPlan){ 2026, STUDENTS, 1 }, &err);
    OWNED(DemoUniversity) university = demo ? demo_university_new(demo, 0, &err) : NULL;
    Census *census = test_calloc(1, sizeof *census);

    (void)state;
    if (!university)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < demo_university_students(university); i++) {
        OWNED(json_t)
        student =
            i < demo_university_known(university) ? demo_student_known(university, i, &err) : drawn(university, i);

        if (!student)
            fail_msg("%zu: %s", i, err.text);
        check_student(census, student);
    }
    assert_int_equal(census->count, STUDENTS);
    assert_int_equal(census->faculty_count, 6);
    assert_int_equal(census->group_count, 30);
    assert_int_equal(census->other_gpa, 2); /* for staff to find */
    assert_int_equal(census->photos, demo_university_known(university) - 1);
    for (size_t form = 1; form <= 7; form++)
        assert_true(census->forms[form] > 0);
    for (size_t status = 1; status <= 4; status++)
        assert_true(census->statuses[status] >= 3);
    assert_true(census->types[1] > 0 && census->types[2] > 20);
    assert_true(census->payments[1] > 100 && census->payments[2] > 100);
    assert_in_range(census->foreign, 3, 20);
    assert_in_range(census->debtors, 20, 200);
    for (size_t i = 1; i < DEMO_PARTS; i++)
        assert_true(census->part_counts[i] > 0);
    test_free(census);
}

/* Somebody is there for each kind that a rule of the office tells apart, and can sign in. */
static void each_kind_is_well_known(void **state)
{
    static const struct {
        const char *member, *code;
    } kinds[] = {
        { "education_form", "11" },  { "education_form", "12" }, { "education_form", "13" },
        { "education_form", "14" },  { "education_form", "15" }, { "education_form", "16" },
        { "education_form", "17" },  { "education_type", "12" }, { "status", "12" },
        { "status", "13" },          { "status", "14" },         { "payment_form", "11" },
        { "payment_form", "12" },    { "language", "12" },       { "language", "13" },
        { "language", "14" },        { "accommodation", "15" },  { "social_category", "11" },
        { "social_category", "12" }, { "poverty_level", "11" },
    };
    static const char *const scholarships[] = { "basic", "increased", "named", "social" };
    static const int paid[] = { 0, 25, 50, 100 };
    bool kind_found[COUNT(kinds)] = { 0 }, scholarship_found[COUNT(scholarships)] = { 0 },
         paid_found[COUNT(paid)] = { 0 };
    Error err = { 0 };
    OWNED(Demo) demo = demo_open(LISTS, &(DemoPlan){ 2026, STUDENTS, 1 }, &err);
    OWNED(DemoUniversity) university = demo ? demo_university_new(demo, 0, &err) : NULL;

    (void)state;
    assert_non_null(university);
    for (size_t i = 0; i < demo_university_known(university); i++) {
        OWNED(json_t) student = demo_student_known(university, i, &err);
        const json_t *profile = json_object_get(student, "profile"), *contract = part(student, "contract");
        const char *scholarship = json_string_value(json_object_get(part(student, "scholarship"), "kind"));

        assert_true(strlen(text_in(student, "password")) >= 8);
        assert_null(json_object_get(student, "wanted"));
        for (size_t k = 0; k < COUNT(kinds); k++) {
            const char *code = json_string_value(json_object_get(profile, kinds[k].member));

            kind_found[k] = kind_found[k] || (code && strcmp(code, kinds[k].code) == 0);
        }
        for (size_t k = 0; k < COUNT(scholarships); k++)
            scholarship_found[k] = scholarship_found[k] || (scholarship && strcmp(scholarship, scholarships[k]) == 0);
        for (size_t k = 0; contract && k < COUNT(paid); k++)
            paid_found[k] = paid_found[k] ||
                            number_in(contract, "paid") / 1000 == number_in(contract, "sum") * paid[k] / 100 / 1000;
    }
    for (size_t k = 0; k < COUNT(kinds); k++)
        if (!kind_found[k])
            fail_msg("nobody has %s %s", kinds[k].member, kinds[k].code);
    for (size_t k = 0; k < COUNT(scholarships); k++)
        assert_true(scholarship_found[k]);
    for (size_t k = 0; k < COUNT(paid); k++)
        assert_true(paid_found[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_hundred_records_are_whole),
        cmocka_unit_test(each_kind_is_well_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
