#include "registrar/office/predicates.h"

#include <stdio.h>
#include <string.h>

#include "registrar/office/fields.h"

typedef struct Row Row;
typedef struct Judging {
    const Row *row;
    const Service *service;
    const StudentFacts *facts;
    Verdict *verdict; /* told on refusal */
} Judging;

/* A predicate: which values it has, and whether one of them holds. */
struct Row {
    const char *is;
    bool (*known)(const Row *row, const char *value);
    /* False, and reason (and opens) in the verdict: it does not hold. */
    bool (*holds)(const Judging *judging, const char *const *values, size_t count);
    ApiReason reason;
    /* of codes: members of the profile, inner NULL: the outer is the code itself; least and most code of HEMIS's
     * classifier (facts of 2026), which has all between them */
    const char *member, *inner;
    int least, most;
    const char *const *words; /* of closed lists */
    bool of_anybody;          /* judged of a visitor too; of whom there is no record, people judge by the papers */
};

static bool refuse(const Judging *judging, ApiReason reason)
{
    judging->verdict->reason = reason;
    return false;
}

/* --- accounts -----------------------------------------------------------------------------------------------------
 */

/* A visitor's number is of our own making: HEMIS has figures alone. */
bool record_is_visitors(const Record *record)
{
    return str_starts(str_from(record->number), STR("X-"));
}

static bool word_known(const Row *row, const char *value)
{
    for (const char *const *word = row->words; *word; word++)
        if (!strcmp(*word, value))
            return true;
    return false;
}

static bool is_among(const char *word, const char *const *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(values[i], word))
            return true;
    return false;
}

static const char *const account_words[] = { "student", "visitor", NULL };

static bool account_holds(const Judging *judging, const char *const *values, size_t count)
{
    const bool visitor = record_is_visitors(judging->facts->record);

    return is_among(visitor ? "visitor" : "student", values, count) ||
           refuse(judging, visitor ? REASON_ACCOUNT : REASON_VISITOR);
}

/* --- codes -------------------------------------------------------------------------------------------------------- */

static bool code_known(const Row *row, const char *value)
{
    int64_t code;

    return str_to_i64(str_from(value), row->least, row->most, &code) && value[0] != '0';
}

/* The code as text; years are numbers in records. */
static bool code_of(const Judging *judging, char ret[24])
{
    const json_t *json = json_object_get(record_profile(judging->facts->record), judging->row->member);

    if (judging->row->inner)
        json = json_object_get(json, judging->row->inner);
    if (json_is_integer(json))
        return snprintf(ret, 24, "%lld", (long long)json_integer_value(json)) < 24;
    return json_string_length(json) > 0 && str_copy(str_from(json_string_value(json)), ret, 24);
}

static bool code_holds(const Judging *judging, const char *const *values, size_t count)
{
    char code[24];

    if (!code_of(judging, code))
        return refuse(judging, REASON_RECORD);
    return is_among(code, values, count) || refuse(judging, judging->row->reason);
}

/* --- results ------------------------------------------------------------------------------------------------------ */

static const char *const debts_words[] = { "none", "some", NULL };

static bool debts_hold(const Judging *judging, const char *const *values, size_t count)
{
    const char *have = judging->facts->sum.debts > 0 ? "some" : "none";

    if (!judging->facts->counted)
        return refuse(judging, REASON_RECORD);
    return is_among(have, values, count) ||
           refuse(judging, judging->facts->sum.debts > 0 ? REASON_DEBTS : REASON_NO_DEBTS);
}

/* "2.4" or "3", in tenths. */
static bool gpa_read(const char *text, int *ret)
{
    Str rest = str_from(text);
    Str whole = str_split(&rest, '.');
    uint64_t units, tenths = 0;

    if (!str_to_u64(whole, 0, MARK_BEST, &units) || (rest.ptr && (rest.len != 1 || !str_to_u64(rest, 0, 9, &tenths))))
        return false;
    *ret = (int)(units * 10 + tenths);
    return *ret <= MARK_BEST * 10;
}

static bool gpa_known(const Row *row UNUSED, const char *value)
{
    int x10;

    return gpa_read(value, &x10);
}

static bool gpa_holds(const Judging *judging, const char *const *values, size_t count)
{
    if (!judging->facts->counted || judging->facts->sum.credits == 0)
        return refuse(judging, REASON_RECORD);
    for (size_t i = 0; i < count; i++) {
        int least;

        if (gpa_read(values[i], &least) && marks_gpa_x10(&judging->facts->sum) >= least)
            return true;
    }
    return refuse(judging, REASON_GPA);
}

/* --- contract, parts of the record -------------------------------------------------------------------------------- */

static bool percent_known(const Row *row UNUSED, const char *value)
{
    uint64_t percent;

    return str_to_u64(str_from(value), 1, 100, &percent);
}

static bool paid_holds(const Judging *judging, const char *const *values, size_t count)
{
    static const char grant[] = "11"; /* payment_form */
    const json_t *contract = judging->facts->record->parts[PART_CONTRACT];
    const char *payment = json_string_value(json_object_get(record_profile(judging->facts->record), "payment_form"));
    int64_t asked, paid;

    if (!contract_sums(contract, &asked, &paid))
        return (payment && !strcmp(payment, grant)) || refuse(judging, REASON_RECORD);
    for (size_t i = 0; i < count; i++) {
        uint64_t percent;

        if (str_to_u64(str_from(values[i]), 1, 100, &percent) && paid * 100 >= asked * (int64_t)percent)
            return true;
    }
    return refuse(judging, REASON_UNPAID);
}

/* A photo is read for its paper alone: nobody is asked for it here. */
static bool part_known(const Row *row UNUSED, const char *value)
{
    RecordPart part;

    return record_part_parse(value, &part) && (RECORD_OF(part) & RECORD_RULES);
}

static bool is_over(const json_t *json, RecordPart part, Date today)
{
    Date to;

    return (part == PART_DORMITORY || part == PART_SCHOLARSHIP) &&
           date_parse(str_from(json_string_value(json_object_get(json, "to"))), &to) && date_compare(to, today) < 0;
}

static bool has_one(const Judging *judging, const char *const *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        RecordPart part;
        const json_t *json;

        if (!record_part_parse(values[i], &part))
            continue;
        json = judging->facts->record->parts[part];
        if ((json_object_size(json) > 0 || json_array_size(json) > 0) && !is_over(json, part, judging->facts->today))
            return true;
    }
    return false;
}

static bool has_holds(const Judging *judging, const char *const *values, size_t count)
{
    return has_one(judging, values, count) || refuse(judging, REASON_NOTHING);
}

static bool lacks_holds(const Judging *judging, const char *const *values, size_t count)
{
    return !has_one(judging, values, count) || refuse(judging, REASON_HAS);
}

/* --- home --------------------------------------------------------------------------------------------------------- */

static const char *const home_words[] = { "elsewhere", "here", NULL };

/* Codes of SOATO.  Tashkent is a province by itself, whose districts are one town: an institution that names no
 * district stands in the whole of its province. */
static bool home_holds(const Judging *judging, const char *const *values, size_t count)
{
    const Institution *institution = judging->facts->institution;
    const json_t *address = json_object_get(record_profile(judging->facts->record), "address");
    const char *province = json_string_value(json_object_get(address, "province"));
    const char *district = json_string_value(json_object_get(address, "district"));

    if (!institution || !institution_province(institution)[0])
        return true;
    if (!province || (institution_district(institution)[0] && !district))
        return refuse(judging, REASON_RECORD);
    const bool here =
        strcmp(province, institution_province(institution)) == 0 &&
        (!institution_district(institution)[0] || strcmp(district, institution_district(institution)) == 0);
    return is_among(here ? "here" : "elsewhere", values, count) || refuse(judging, REASON_HOME);
}

/* --- what was asked for before ------------------------------------------------------------------------------------ */

static AskedCount asked_of(const Judging *judging)
{
    AskedCount sum = { 0 };

    for (size_t i = 0; i < judging->facts->asked_count; i++) {
        const AskedCount *row = &judging->facts->asked[i];

        if (strcmp(row->service, judging->service->id) != 0)
            continue;
        sum.granted += row->granted;
        sum.under_way += row->under_way;
    }
    return sum;
}

static bool times_known(const Row *row UNUSED, const char *value)
{
    uint64_t times;

    return str_to_u64(str_from(value), 1, 20, &times);
}

static bool times_holds(const Judging *judging, const char *const *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t times;

        if (str_to_u64(str_from(values[i]), 1, 20, &times) && asked_of(judging).granted < (int64_t)times)
            return true;
    }
    return refuse(judging, REASON_TIMES);
}

static const char *const open_words[] = { "none", NULL };

static bool open_holds(const Judging *judging, const char *const *values UNUSED, size_t count UNUSED)
{
    return asked_of(judging).under_way == 0 || refuse(judging, REASON_UNDER_WAY);
}

/* --- campaigns ---------------------------------------------------------------------------------------------------- */

static bool campaign_known(const Row *row UNUSED, const char *value)
{
    return campaign_kind_known(value);
}

static bool campaign_holds(const Judging *judging, const char *const *values, size_t count)
{
    const StudentFacts *facts = judging->facts;
    Verdict *verdict = judging->verdict;

    for (size_t i = 0; i < count; i++) {
        CampaignFound found = campaign_of(facts->campaigns, record_profile(facts->record), values[i], facts->today);

        if (found.state == CAMPAIGN_OPEN)
            return true;
        if (found.state == CAMPAIGN_AHEAD && (!verdict->opens.year || date_compare(found.opens, verdict->opens) < 0))
            verdict->opens = found.opens;
    }
    return refuse(judging, REASON_SEASON);
}

/* --- times of every year and month -------------------------------------------------------------------------------- */

/* The first day from this one on that opens comes before what another value said. */
static bool opens_on(const Judging *judging, Date opens)
{
    Verdict *verdict = judging->verdict;

    if (!verdict->opens.year || date_compare(opens, verdict->opens) < 0)
        verdict->opens = opens;
    return refuse(judging, REASON_SEASON);
}

/* "07-15" of that year. */
static bool day_of_year(Str text, int year, Date *ret)
{
    char iso[16];

    return text.len == 5 && snprintf(iso, sizeof iso, "%04d-%.5s", year, text.ptr) == 10 &&
           date_parse(str_from(iso), ret);
}

static bool season_read(const char *value, int year, Date *ret_from, Date *ret_to)
{
    Str rest = str_from(value);
    const Str from = str_split(&rest, '/');

    if (!rest.ptr || !day_of_year(from, year, ret_from) || !day_of_year(rest, year, ret_to))
        return false;
    if (date_compare(*ret_to, *ret_from) < 0)
        ret_to->year++;
    return true;
}

static bool season_known(const Row *row UNUSED, const char *value)
{
    Date from, to;

    return season_read(value, 2026, &from, &to); /* no leap year: 29 February is not in all of them */
}

static bool season_holds(const Judging *judging, const char *const *values, size_t count)
{
    const Date today = judging->facts->today;

    for (size_t i = 0; i < count; i++)
        for (int year = today.year - 1; year <= today.year; year++) {
            Date from, to;

            if (season_read(values[i], year, &from, &to) && date_compare(from, today) <= 0 &&
                date_compare(today, to) <= 0)
                return true;
        }
    for (size_t i = 0; i < count; i++) {
        Date from, to;

        if (!season_read(values[i], today.year, &from, &to))
            continue;
        if (date_compare(from, today) < 0)
            from.year++;
        opens_on(judging, from);
    }
    return refuse(judging, REASON_SEASON);
}

static bool days_read(const char *value, uint64_t *ret_from, uint64_t *ret_to)
{
    Str rest = str_from(value);
    const Str from = str_split(&rest, '-');

    return rest.ptr && str_to_u64(from, 1, 28, ret_from) && str_to_u64(rest, *ret_from, 31, ret_to);
}

static bool days_known(const Row *row UNUSED, const char *value)
{
    uint64_t from, to;

    return days_read(value, &from, &to);
}

static bool days_hold(const Judging *judging, const char *const *values, size_t count)
{
    const Date today = judging->facts->today;
    uint64_t from, to;

    for (size_t i = 0; i < count; i++)
        if (days_read(values[i], &from, &to) && (uint64_t)today.day >= from && (uint64_t)today.day <= to)
            return true;
    for (size_t i = 0; i < count; i++) {
        if (!days_read(values[i], &from, &to))
            continue;
        Date opens = { today.year, today.month, (int)from };
        if ((uint64_t)today.day > from)
            opens = today.month == 12 ? (Date){ today.year + 1, 1, (int)from }
                                      : (Date){ today.year, today.month + 1, (int)from };
        opens_on(judging, opens);
    }
    return refuse(judging, REASON_SEASON);
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

#define CODE(name, why, in, within, low, high)                                                                         \
    {                                                                                                                  \
        .is = name, .known = code_known, .holds = code_holds, .reason = why, .member = in, .inner = within,            \
        .least = low, .most = high                                                                                     \
    }

static const Row rows[] = {
    { .is = "account", .known = word_known, .holds = account_holds, .words = account_words, .of_anybody = true },
    CODE("status", REASON_STATUS, "status", NULL, 10, 14),
    CODE("type", REASON_TYPE, "education_type", NULL, 11, 15),
    CODE("form", REASON_FORM, "education_form", NULL, 11, 17),
    CODE("payment", REASON_PAYMENT, "payment_form", NULL, 11, 12),
    CODE("citizenship", REASON_CITIZENSHIP, "citizenship", "code", 11, 13),
    CODE("gender", REASON_OTHER, "gender", NULL, 11, 12),
    CODE("accommodation", REASON_ACCOMMODATION, "accommodation", NULL, 11, 15),
    CODE("language", REASON_OTHER, "language", NULL, 11, 14),
    CODE("social", REASON_OTHER, "social_category", NULL, 10, 14),
    CODE("year", REASON_YEAR, "year", NULL, 1, 6),
    CODE("semester", REASON_YEAR, "semester", NULL, 1, 12),
    { .is = "home", .known = word_known, .holds = home_holds, .words = home_words },
    { .is = "debts", .known = word_known, .holds = debts_hold, .words = debts_words },
    { .is = "gpa", .known = gpa_known, .holds = gpa_holds },
    { .is = "paid", .known = percent_known, .holds = paid_holds },
    { .is = "has", .known = part_known, .holds = has_holds },
    { .is = "lacks", .known = part_known, .holds = lacks_holds },
    { .is = "campaign", .known = campaign_known, .holds = campaign_holds, .of_anybody = true },
    { .is = "season", .known = season_known, .holds = season_holds, .of_anybody = true },
    { .is = "days", .known = days_known, .holds = days_hold, .of_anybody = true },
    { .is = "times", .known = times_known, .holds = times_holds, .of_anybody = true },
    { .is = "open", .known = word_known, .holds = open_holds, .words = open_words, .of_anybody = true },
};

static const Row *find(const char *is)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!strcmp(rows[i].is, is))
            return &rows[i];
    return NULL;
}

bool predicate_value_known(const char *is, const char *value)
{
    const Row *row = find(is);

    return row && row->known(row, value);
}

bool predicates_known(const Service *service, Error *err)
{
    for (size_t i = 0; i < service->predicate_count; i++) {
        const Predicate *predicate = &service->predicates[i];
        const Row *row = find(predicate->is);

        if (!row)
            return error_set(err, ERR_NOT_FOUND, "for[%zu].is: there is no predicate %.40s", i, predicate->is);
        for (size_t k = 0; k < predicate->in_count; k++)
            if (!row->known(row, predicate->in[k]))
                return error_set(err, ERR_NOT_FOUND, "for[%zu].in[%zu]: %s is never %.40s", i, k, row->is,
                                 predicate->in[k]);
    }
    return true;
}

static bool says_whose(const Service *service)
{
    for (size_t i = 0; i < service->predicate_count; i++)
        if (!strcmp(service->predicates[i].is, "account"))
            return true;
    return false;
}

Verdict predicate_judge(const Service *service, size_t index, const StudentFacts *facts, bool *ret_judged)
{
    const Predicate *predicate = &service->predicates[index];
    Verdict verdict = { .reason = REASON_OTHER, .otherwise = predicate->otherwise };
    const Judging judging = { find(predicate->is), service, facts, &verdict };

    *ret_judged = !judging.row || judging.row->of_anybody || !record_is_visitors(facts->record);
    /* The catalogue holds no predicate that is not known: then nobody may. */
    if (!*ret_judged || (judging.row && judging.row->holds(&judging, predicate->in, predicate->in_count)))
        return (Verdict){ .reason = REASON_NONE };
    return verdict;
}

Verdict predicates_judge(const Service *service, const StudentFacts *facts)
{
    if (record_is_visitors(facts->record) && !says_whose(service))
        return (Verdict){ .reason = REASON_ACCOUNT };
    for (size_t i = 0; i < service->predicate_count; i++) {
        bool judged;
        const Verdict verdict = predicate_judge(service, i, facts, &judged);

        if (verdict.reason != REASON_NONE)
            return verdict;
    }
    return (Verdict){ .reason = REASON_NONE };
}
