#include "registrar/office/study.h"

#include <stdlib.h>
#include <string.h>

#include "registrar/office/fields_inside.h"
#include "registrar/office/study_inside.h"

/* --- what the parts share ----------------------------------------------------------------------------------------- */

const json_t *study_part(const StudyMaking *making, RecordPart part, StudyPart as)
{
    const json_t *json = making->record->parts[part];

    if (json)
        making->study->as_of_s[as] = making->record->as_of_s[part];
    return json;
}

static void fill_name(const json_t *names, StudyName *ret)
{
    memset(ret, 0, sizeof *ret);
    if (json_is_string(names)) {
        str_copy_cut(str_from(json_string_value(names)), ret->in[LANGUAGE_FIRST], sizeof ret->in[LANGUAGE_FIRST]);
        return;
    }
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        study_text(json_object_get(names, language_tag((Language)i)), ret->in[i], sizeof ret->in[i]);
}

int study_name_put(ApiStudy *study, const json_t *names)
{
    static const StudyName nothing;
    StudyName name;

    fill_name(names, &name);
    if (!memcmp(&name, &nothing, sizeof name))
        return 0;
    for (size_t i = 0; i < study->name_count; i++)
        if (!memcmp(&study->names[i], &name, sizeof name))
            return (int)i + 1;
    if (study->name_count == STUDY_NAMES_MOST)
        return 0;
    study->names[study->name_count++] = name;
    return (int)study->name_count;
}

int study_code(const json_t *code)
{
    int64_t value;

    return json_whole(code, &value) && value >= 1 && value <= 99 ? (int)value : 0;
}

int study_count(const json_t *number)
{
    int64_t value;

    return json_whole(number, &value) && value >= 0 && value <= STUDY_HOURS_MOST ? (int)value : 0;
}

void study_text(const json_t *text, char *ret, size_t size)
{
    str_copy_cut((Str){ json_string_value(text), json_string_length(text) }, ret, size);
}

void study_day(Date day, char ret[11])
{
    OWNED_BUF text;

    buf_init(&text, 10);
    date_write(&text, day, LANGUAGE_FIRST, DATE_ISO);
    str_copy_cut(buf_str(&text), ret, 11);
}

/* --- contract ----------------------------------------------------------------------------------------------------- */

/* What no kiosk would take is not told. */
static bool is_sum(int64_t sum)
{
    return sum >= 0 && sum <= STUDY_SUM_MOST;
}

static bool read_payment(const json_t *json, StudyPayment *ret)
{
    Date day;

    *ret = (StudyPayment){ 0 };
    if (!json_day(json_object_get(json, "date"), &day) || !json_whole(json_object_get(json, "sum"), &ret->sum) ||
        !is_sum(ret->sum))
        return false;
    study_day(day, ret->date);
    return true;
}

static int by_day(const void *a, const void *b)
{
    const StudyPayment *first = a, *second = b;

    return strcmp(first->date, second->date);
}

static int by_day_back(const void *a, const void *b)
{
    return by_day(b, a);
}

static size_t read_payments(const json_t *list, StudyPayment ret[], size_t most, bool newest_first)
{
    size_t count = 0, i;
    json_t *row;

    json_array_foreach((json_t *)(uintptr_t)list, i, row)
    {
        if (count < most && read_payment(row, &ret[count]))
            count++;
    }
    qsort(ret, count, sizeof ret[0], newest_first ? by_day_back : by_day);
    return count;
}

/* Payments fill what fell due first before what follows. */
static void share_out(const ApiStudy *study, StudyContract *contract)
{
    int64_t paid = contract->paid;

    for (size_t i = 0; i < study->due_count; i++) {
        const StudyPayment *due = &study->dues[i];
        int64_t covered = paid < due->sum ? paid : due->sum, open = due->sum - covered;

        paid -= covered;
        if (strcmp(due->date, study->today) < 0)
            contract->overdue = open < STUDY_SUM_MOST - contract->overdue ? contract->overdue + open : STUDY_SUM_MOST;
        else if (open > 0 && contract->next.sum == 0) {
            contract->next = *due;
            contract->next.sum = open;
        }
    }
}

static void read_contract(const StudyMaking *making)
{
    const json_t *json = study_part(making, PART_CONTRACT, STUDY_CONTRACT);
    ApiStudy *study = making->study;
    StudyContract *contract = &study->contract;

    if (!contract_sums(json, &contract->sum, &contract->paid) || !is_sum(contract->sum) || !is_sum(contract->paid)) {
        *contract = (StudyContract){ 0 };
        return;
    }
    study->has_contract = true;
    study_text(json_object_get(json, "number"), contract->number, sizeof contract->number);
    study_text(json_object_get(json, "date"), contract->date, sizeof contract->date);
    study_text(json_object_get(json, "academic_year"), contract->academic_year, sizeof contract->academic_year);
    contract->left = contract->paid < contract->sum ? contract->sum - contract->paid : 0;
    contract->overpaid = contract->paid > contract->sum ? contract->paid - contract->sum : 0;
    study->payment_count = read_payments(json_object_get(json, "payments"), study->payments, STUDY_PAYMENTS_MOST, true);
    study->due_count = read_payments(json_object_get(json, "due"), study->dues, STUDY_DUES_MOST, false);
    share_out(study, contract);
}

/* --- scholarship -------------------------------------------------------------------------------------------------- */

static StudyScholarshipKind scholarship_kind(const char *name)
{
    static const char *const names[] = { "basic", "increased", "named", "social" };

    for (size_t i = 0; name && i < COUNT(names); i++)
        if (!strcmp(names[i], name))
            return (StudyScholarshipKind)i;
    return SCHOLARSHIP_OTHER;
}

static void read_scholarship(const StudyMaking *making)
{
    const json_t *json = study_part(making, PART_SCHOLARSHIP, STUDY_SCHOLARSHIP);
    const json_t *order = json_object_get(json, "order");
    StudyScholarship *scholarship = &making->study->scholarship;

    if (!json_is_object(json))
        return;
    making->study->has_scholarship = true;
    scholarship->kind = scholarship_kind(json_string_value(json_object_get(json, "kind")));
    scholarship->name = study_name_put(making->study, json_object_get(json, "names"));
    if (!json_whole(json_object_get(json, "monthly"), &scholarship->monthly) || !is_sum(scholarship->monthly))
        scholarship->monthly = 0;
    study_text(json_object_get(json, "from"), scholarship->from, sizeof scholarship->from);
    study_text(json_object_get(json, "to"), scholarship->to, sizeof scholarship->to);
    study_text(json_object_get(order, "number"), scholarship->order, sizeof scholarship->order);
    study_text(json_object_get(order, "date"), scholarship->order_date, sizeof scholarship->order_date);
}

/* --- orders ------------------------------------------------------------------------------------------------------- */

static int newest_order(const void *a, const void *b)
{
    const StudyOrder *first = a, *second = b;

    return strcmp(second->date, first->date);
}

static void read_orders(const StudyMaking *making)
{
    const json_t *json = study_part(making, PART_ORDERS, STUDY_ORDERS);
    ApiStudy *study = making->study;
    json_t *row;
    size_t i;

    json_array_foreach((json_t *)(uintptr_t)json, i, row)
    {
        StudyOrder *order = &study->orders[study->order_count];
        Date day;

        if (study->order_count == STUDY_ORDERS_MOST || !json_is_string(json_object_get(row, "number")))
            continue;
        *order = (StudyOrder){ .kind = study_code(json_object_get(row, "kind")),
                               .name = study_name_put(study, json_object_get(row, "names")) };
        study_text(json_object_get(row, "number"), order->number, sizeof order->number);
        if (json_day(json_object_get(row, "date"), &day))
            study_day(day, order->date);
        study->order_count++;
    }
    qsort(study->orders, study->order_count, sizeof study->orders[0], newest_order);
}

/* --- Moodle ------------------------------------------------------------------------------------------------------- */

static int read_progress(const json_t *json)
{
    int64_t value;

    return json_whole(json, &value) && value >= 0 && value <= 100 ? (int)value : -1;
}

static int soonest(const void *a, const void *b)
{
    const StudyDeadline *first = a, *second = b;

    return (first->at_s > second->at_s) - (first->at_s < second->at_s);
}

static void read_deadlines(const StudyMaking *making, const json_t *list)
{
    ApiStudy *study = making->study;
    json_t *row;
    size_t i;

    json_array_foreach((json_t *)(uintptr_t)list, i, row)
    {
        StudyDeadline deadline = { .name = study_name_put(study, json_object_get(row, "name")),
                                   .course = study_name_put(study, json_object_get(row, "course")) };

        if (study->deadline_count == STUDY_DEADLINES_MOST || deadline.name == 0 ||
            !json_whole(json_object_get(row, "at_s"), &deadline.at_s) || deadline.at_s < 0 ||
            deadline.at_s > INT64_C(1) << 40)
            continue;
        deadline.past = deadline.at_s < making->now_s;
        study->deadlines[study->deadline_count++] = deadline;
    }
    qsort(study->deadlines, study->deadline_count, sizeof study->deadlines[0], soonest);
}

static void read_courses(const StudyMaking *making)
{
    const json_t *json = study_part(making, PART_COURSES, STUDY_COURSES);
    ApiStudy *study = making->study;
    json_t *row;
    size_t i;

    json_array_foreach(json_object_get(json, "courses"), i, row)
    {
        StudyCourse *course = &study->courses[study->course_count];

        if (study->course_count == STUDY_COURSES_MOST)
            break;
        *course = (StudyCourse){ .name = study_name_put(study, json_object_get(row, "name")),
                                 .progress = read_progress(json_object_get(row, "progress")) };
        study_text(json_object_get(row, "grade"), course->grade, sizeof course->grade);
        study->course_count += course->name != 0;
    }
    read_deadlines(making, json_object_get(json, "deadlines"));
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

bool study_of(const Office *office, const Session *session, ApiStudy *ret, Error *err)
{
    OWNED_RECORD record = { 0 };
    const unsigned parts = RECORD_PROFILE | RECORD_OF(PART_RESULTS) | RECORD_OF(PART_SCHEDULE) | RECORD_OF(PART_EXAMS) |
                           RECORD_OF(PART_CONTRACT) | RECORD_OF(PART_SCHOLARSHIP) | RECORD_OF(PART_ATTENDANCE) |
                           RECORD_OF(PART_ORDERS) | RECORD_OF(PART_COURSES);
    const StudyMaking making = { .institution = office->institution,
                                 .record = &record,
                                 .today = office_today(office),
                                 .now_s = office_now_s(office),
                                 .study = ret };

    memset(ret, 0, sizeof *ret);
    if (!record_read(office, session->student, parts, &record, err))
        return error_add(err, "study");
    study_day(making.today, ret->today);
    study_lessons(&making);
    study_exams(&making);
    study_attendance(&making);
    read_contract(&making);
    read_scholarship(&making);
    read_orders(&making);
    ret->has_moodle = office->config.moodle != NULL;
    read_courses(&making);
    return study_results(&making, err) || error_add(err, "study");
}
