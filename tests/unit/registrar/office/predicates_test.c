/* Each predicate, on students it holds of and does not; and what a catalogue may not say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/predicates.h"
#include "wire/json.h"
#include "test.h"

static const Date today = { 2026, 11, 23 };

/* A service of the catalogue, for others than it is. */
static Catalogue *catalogue_with(const char *predicates)
{
    json_t *service = json_load_file(SOURCE_DIR "/kiosk/services/certificate-of-study.json", 0, NULL);
    json_t *all = json_pack("{s:[O]}", "services", service);
    Error err = { 0 };

    assert_non_null(all);
    json_object_del(service, "form"); /* it leads to other services */
    json_object_set_new(service, "for", json_loads(predicates, 0, NULL));
    char *text = json_dumps(all, 0);
    Catalogue *catalogue = catalogue_parse(str_from(text), &err);
    free(text);
    json_decref(all);
    json_decref(service);
    if (!catalogue)
        fail_msg("%s: %s", predicates, err.text);
    return catalogue;
}

typedef struct Student {
    const char *number; /* NULL: of an account */
    const char *profile, *contract, *dormitory;
    const char *results; /* NULL: they can't be counted */
} Student;

static json_t *json_of(const char *text)
{
    json_t *json = text ? json_loads(text, 0, NULL) : NULL;

    if (text && !json)
        fail_msg("%s", text);
    return json;
}

static CampaignList *campaigns(void)
{
    CampaignList *list = mem_new(1, sizeof *list);

    assert_non_null(list);
    list->count = 2;
    list->rows[0] = (CampaignRow){
        .kind = "session", .opens = "2026-11-23", .from = "2027-01-11", .to = "2027-01-30", .form = "13"
    };
    list->rows[1] =
        (CampaignRow){ .kind = "transfer", .opens = "2027-01-10", .from = "2027-01-10", .to = "2027-01-20" };
    return list;
}

/* The demo's, which stands in Tashkent. */
static Institution *in_tashkent(void)
{
    Error err = { 0 };
    json_t *json = json_load_file(SOURCE_DIR "/assets/demo/institution.json", 0, NULL);
    OWNED_BUF text;

    buf_init(&text, 1u << 20);
    assert_int_equal(json_object_set_new(json, "home", json_pack("{s:s}", "province", "1726")), 0);
    assert_ok(json_write(json, &text, &err), err);
    json_decref(json);
    Institution *institution = institution_parse(buf_str(&text), &err);
    assert_non_null(institution);
    return institution;
}

static Verdict judge(const char *predicates, const Student *student)
{
    OWNED(Institution) institution = in_tashkent();
    OWNED(Catalogue) catalogue = catalogue_with(predicates);
    OWNED(CampaignList) list = campaigns();
    Record record = { 0 };
    str_copy_cut(str_from(student->number), record.number, sizeof record.number);
    const MarkRules rules = marks_default();
    OWNED_RESULTS results = { 0 };
    Error err = { 0 };
    const Service *service = catalogue_at(catalogue, 0);
    AskedCount asked[3] = { { .granted = 1, .under_way = 1 }, { .granted = 1 }, { .service = "other", .granted = 9 } };
    StudentFacts facts = { .record = &record,
                           .institution = institution,
                           .asked = asked,
                           .asked_count = COUNT(asked),
                           .campaigns = list,
                           .today = today };

    str_copy_cut(str_from(service->id), asked[0].service, sizeof asked[0].service);
    str_copy_cut(str_from(service->id), asked[1].service, sizeof asked[1].service);

    record.parts[PART_PROFILE] = json_of(student->profile);
    record.parts[PART_CONTRACT] = json_of(student->contract);
    record.parts[PART_DORMITORY] = json_of(student->dormitory);
    json_t *rows = json_of(student->results);
    facts.counted = student->results && results_read(&rules, rows, &results, &err);
    facts.sum = marks_sum(&results);
    assert_ok(predicates_known(service, &err), err);
    Verdict verdict = predicates_judge(service, &facts);
    for (int i = 0; i < RECORD_PART_COUNT; i++)
        json_decref(record.parts[i]);
    json_decref(rows);
    return verdict;
}

#define GOOD "[{\"semester\":1,\"credits\":6,\"mark\":4}]"
#define POOR "[{\"semester\":1,\"credits\":6,\"mark\":2}]"

static const Student bachelor = {
    .profile =
        "{\"status\":\"11\",\"education_type\":\"11\",\"education_form\":\"11\",\"payment_form\":\"11\",\"year\":3,"
        "\"citizenship\":{\"code\":\"11\"},\"gender\":\"12\",\"accommodation\":\"15\",\"social_category\":\"11\","
        "\"language\":\"11\",\"semester\":5,\"address\":{\"province\":\"1726\",\"district\":\"1726262\"}}",
    .dormitory = "{\"number\":\"3\",\"to\":\"2027-06-30\"}",
    .results = GOOD,
};
static const Student distant = {
    .profile =
        "{\"status\":\"11\",\"education_type\":\"11\",\"education_form\":\"13\",\"payment_form\":\"12\",\"year\":1,"
        "\"address\":{\"province\":\"1718\",\"district\":\"1718401\"}}",
    .contract = "{\"sum\":14500000,\"discount\":500000,\"paid\":7000000}",
    .dormitory = "{\"number\":\"3\",\"to\":\"2026-11-22\"}",
    .results = POOR,
};
static const Student unknown = { .profile = "{}" };

static void each_predicate_holds_or_says_why(void **state)
{
    static const struct {
        const char *predicates;
        ApiReason reasons[3]; /* bachelor, distant, unknown */
    } cases[] = {
        { "[]", { REASON_NONE, REASON_NONE, REASON_NONE } },
        { "[{\"is\":\"status\",\"in\":[\"11\"]}]", { REASON_NONE, REASON_NONE, REASON_RECORD } },
        { "[{\"is\":\"status\",\"in\":[\"12\",\"14\"]}]", { REASON_STATUS, REASON_STATUS, REASON_RECORD } },
        { "[{\"is\":\"type\",\"in\":[\"12\"]}]", { REASON_TYPE, REASON_TYPE, REASON_RECORD } },
        { "[{\"is\":\"form\",\"in\":[\"13\",\"16\"]}]", { REASON_FORM, REASON_NONE, REASON_RECORD } },
        { "[{\"is\":\"payment\",\"in\":[\"12\"]}]", { REASON_PAYMENT, REASON_NONE, REASON_RECORD } },
        { "[{\"is\":\"citizenship\",\"in\":[\"12\"]}]", { REASON_CITIZENSHIP, REASON_RECORD, REASON_RECORD } },
        { "[{\"is\":\"year\",\"in\":[\"1\",\"2\"]}]", { REASON_YEAR, REASON_NONE, REASON_RECORD } },
        { "[{\"is\":\"gender\",\"in\":[\"11\"]}]", { REASON_OTHER, REASON_RECORD, REASON_RECORD } },
        { "[{\"is\":\"accommodation\",\"in\":[\"15\"]}]", { REASON_NONE, REASON_RECORD, REASON_RECORD } },
        { "[{\"is\":\"accommodation\",\"in\":[\"14\"]}]", { REASON_ACCOMMODATION, REASON_RECORD, REASON_RECORD } },
        { "[{\"is\":\"debts\",\"in\":[\"none\"]}]", { REASON_NONE, REASON_DEBTS, REASON_RECORD } },
        { "[{\"is\":\"debts\",\"in\":[\"some\"]}]", { REASON_NO_DEBTS, REASON_NONE, REASON_RECORD } },
        { "[{\"is\":\"debts\",\"in\":[\"some\",\"none\"]}]", { REASON_NONE, REASON_NONE, REASON_RECORD } },
        { "[{\"is\":\"gpa\",\"in\":[\"4.0\"]}]", { REASON_NONE, REASON_GPA, REASON_RECORD } },
        { "[{\"is\":\"gpa\",\"in\":[\"4.1\"]}]", { REASON_GPA, REASON_GPA, REASON_RECORD } },
        { "[{\"is\":\"gpa\",\"in\":[\"2\"]}]", { REASON_NONE, REASON_NONE, REASON_RECORD } },
        { "[{\"is\":\"paid\",\"in\":[\"48\"]}]", { REASON_NONE, REASON_NONE, REASON_RECORD } },
        { "[{\"is\":\"paid\",\"in\":[\"49\"]}]", { REASON_NONE, REASON_UNPAID, REASON_RECORD } },
        { "[{\"is\":\"has\",\"in\":[\"contract\"]}]", { REASON_NOTHING, REASON_NONE, REASON_NOTHING } },
        { "[{\"is\":\"has\",\"in\":[\"dormitory\"]}]", { REASON_NONE, REASON_NOTHING, REASON_NOTHING } },
        { "[{\"is\":\"has\",\"in\":[\"contract\",\"dormitory\"]}]", { REASON_NONE, REASON_NONE, REASON_NOTHING } },
        { "[{\"is\":\"lacks\",\"in\":[\"dormitory\"]}]", { REASON_HAS, REASON_NONE, REASON_NONE } },
        { "[{\"is\":\"lacks\",\"in\":[\"scholarship\",\"contract\"]}]", { REASON_NONE, REASON_HAS, REASON_NONE } },
        { "[{\"is\":\"account\",\"in\":[\"student\"]}]", { REASON_NONE, REASON_NONE, REASON_NONE } },
        { "[{\"is\":\"account\",\"in\":[\"visitor\"]}]", { REASON_VISITOR, REASON_VISITOR, REASON_VISITOR } },
        { "[{\"is\":\"account\",\"in\":[\"visitor\",\"student\"]}]", { REASON_NONE, REASON_NONE, REASON_NONE } },
        { "[{\"is\":\"home\",\"in\":[\"elsewhere\"]}]", { REASON_HOME, REASON_NONE, REASON_RECORD } },
        { "[{\"is\":\"home\",\"in\":[\"here\"]}]", { REASON_NONE, REASON_HOME, REASON_RECORD } },
        { "[{\"is\":\"social\",\"in\":[\"11\",\"13\"]}]", { REASON_NONE, REASON_RECORD, REASON_RECORD } },
        { "[{\"is\":\"language\",\"in\":[\"14\"]}]", { REASON_OTHER, REASON_RECORD, REASON_RECORD } },
        { "[{\"is\":\"semester\",\"in\":[\"5\"]}]", { REASON_NONE, REASON_RECORD, REASON_RECORD } },
        { "[{\"is\":\"season\",\"in\":[\"11-01/11-30\"]}]", { REASON_NONE, REASON_NONE, REASON_NONE } },
        { "[{\"is\":\"season\",\"in\":[\"11-20/01-10\"]}]", { REASON_NONE, REASON_NONE, REASON_NONE } },
        { "[{\"is\":\"season\",\"in\":[\"07-15/08-05\",\"01-10/01-20\"]}]",
          { REASON_SEASON, REASON_SEASON, REASON_SEASON } },
        { "[{\"is\":\"days\",\"in\":[\"1-7\"]}]", { REASON_SEASON, REASON_SEASON, REASON_SEASON } },
        { "[{\"is\":\"days\",\"in\":[\"1-7\",\"20-31\"]}]", { REASON_NONE, REASON_NONE, REASON_NONE } },
        { "[{\"is\":\"times\",\"in\":[\"3\"]}]", { REASON_NONE, REASON_NONE, REASON_NONE } },
        { "[{\"is\":\"times\",\"in\":[\"2\"]}]", { REASON_TIMES, REASON_TIMES, REASON_TIMES } },
        { "[{\"is\":\"open\",\"in\":[\"none\"]}]", { REASON_UNDER_WAY, REASON_UNDER_WAY, REASON_UNDER_WAY } },
        { "[{\"is\":\"campaign\",\"in\":[\"session\"]}]", { REASON_SEASON, REASON_NONE, REASON_SEASON } },
        { "[{\"is\":\"campaign\",\"in\":[\"transfer\"]}]", { REASON_SEASON, REASON_SEASON, REASON_SEASON } },
        { "[{\"is\":\"form\",\"in\":[\"11\"]},{\"is\":\"gender\",\"in\":[\"12\"]}]",
          { REASON_NONE, REASON_FORM, REASON_RECORD } },
    };
    const Student *const students[] = { &bachelor, &distant, &unknown };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t k = 0; k < COUNT(students); k++) {
            Verdict verdict = judge(cases[i].predicates, students[k]);

            if (verdict.reason != cases[i].reasons[k])
                fail_msg("%s, student %zu: reason %d", cases[i].predicates, k, (int)verdict.reason);
        }
}

static void a_season_that_lies_ahead_has_its_day(void **state)
{
    Verdict verdict = judge("[{\"is\":\"campaign\",\"in\":[\"graduation\",\"transfer\"]}]", &bachelor);

    (void)state;
    assert_int_equal(verdict.reason, REASON_SEASON);
    assert_int_equal(date_compare(verdict.opens, (Date){ 2027, 1, 10 }), 0);
    verdict = judge("[{\"is\":\"campaign\",\"in\":[\"graduation\"]}]", &bachelor);
    assert_int_equal(verdict.reason, REASON_SEASON);
    assert_int_equal(verdict.opens.year, 0);
}

static void a_time_of_the_year_or_month_says_when_it_comes_again(void **state)
{
    static const struct {
        const char *predicates;
        Date opens;
    } cases[] = {
        { "[{\"is\":\"season\",\"in\":[\"07-15/08-05\",\"01-10/01-20\"]}]", { 2027, 1, 10 } },
        { "[{\"is\":\"season\",\"in\":[\"12-20/01-05\"]}]", { 2026, 12, 20 } },
        { "[{\"is\":\"days\",\"in\":[\"1-7\"]}]", { 2026, 12, 1 } },
        { "[{\"is\":\"days\",\"in\":[\"1-7\",\"25-28\"]}]", { 2026, 11, 25 } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const Verdict verdict = judge(cases[i].predicates, &bachelor);

        assert_int_equal(verdict.reason, REASON_SEASON);
        assert_int_equal(date_compare(verdict.opens, cases[i].opens), 0);
    }
}

static void the_first_that_does_not_hold_is_told(void **state)
{
    Verdict verdict = judge("[{\"is\":\"status\",\"in\":[\"11\"]},{\"is\":\"year\",\"in\":[\"4\"]},"
                            "{\"is\":\"payment\",\"in\":[\"12\"]}]",
                            &bachelor);

    (void)state;
    assert_int_equal(verdict.reason, REASON_YEAR);
    assert_null(verdict.otherwise);
}

static void what_is_never_so_is_refused(void **state)
{
    static const struct {
        const char *predicates, *words;
    } cases[] = {
        { "[{\"is\":\"mood\",\"in\":[\"good\"]}]", "for[0].is: there is no predicate mood" },
        { "[{\"is\":\"status\",\"in\":[\"11\",\"15\"]}]", "for[0].in[1]: status is never 15" },
        { "[{\"is\":\"status\",\"in\":[\"studying\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"type\",\"in\":[\"10\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"form\",\"in\":[\"18\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"payment\",\"in\":[\"13\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"citizenship\",\"in\":[\"UZ\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"year\",\"in\":[\"0\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"year\",\"in\":[\"03\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"year\",\"in\":[\"7\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"gender\",\"in\":[\"13\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"accommodation\",\"in\":[\"16\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"debts\",\"in\":[\"few\"]}]", "debts is never few" },
        { "[{\"is\":\"gpa\",\"in\":[\"2.45\"]}]", "gpa is never 2.45" },
        { "[{\"is\":\"gpa\",\"in\":[\"5.1\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"gpa\",\"in\":[\"2.\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"paid\",\"in\":[\"0\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"paid\",\"in\":[\"101\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"has\",\"in\":[\"luck\"]}]", "has is never luck" },
        { "[{\"is\":\"has\",\"in\":[\"photo\"]}]", "has is never photo" },
        { "[{\"is\":\"campaign\",\"in\":[\"war\"]}]", "campaign is never war" },
        { "[{\"is\":\"lacks\",\"in\":[\"photo\"]}]", "lacks is never photo" },
        { "[{\"is\":\"account\",\"in\":[\"staff\"]}]", "account is never staff" },
        { "[{\"is\":\"home\",\"in\":[\"1726\"]}]", "home is never 1726" },
        { "[{\"is\":\"season\",\"in\":[\"07-15\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"season\",\"in\":[\"02-29/03-10\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"season\",\"in\":[\"7-15/8-05\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"days\",\"in\":[\"7-1\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"days\",\"in\":[\"0-7\"]}]", "for[0].in[0]" },
        { "[{\"is\":\"times\",\"in\":[\"0\"]}]", "times is never 0" },
        { "[{\"is\":\"open\",\"in\":[\"some\"]}]", "open is never some" },
        { "[{\"is\":\"year\",\"in\":[\"1\"]},{\"is\":\"year\",\"in\":[\"2\",\"9\"]}]", "for[1].in[1]" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED(Catalogue) catalogue = catalogue_with(cases[i].predicates);
        Error err = { 0 };

        assert_refused(predicates_known(catalogue_at(catalogue, 0), &err), ERR_NOT_FOUND, err);
        if (!strstr(err.text, cases[i].words))
            fail_msg("%s: %s", cases[i].predicates, err.text);
    }
}

static void of_visitors_there_is_no_record(void **state)
{
    static const Student visitor = { .number = "X-000007", .profile = "{}" };
    static const struct {
        const char *predicates;
        ApiReason visitor, bachelor;
    } cases[] = {
        { "[]", REASON_ACCOUNT, REASON_NONE },
        { "[{\"is\":\"account\",\"in\":[\"student\"]}]", REASON_ACCOUNT, REASON_NONE },
        { "[{\"is\":\"account\",\"in\":[\"visitor\"]}]", REASON_NONE, REASON_VISITOR },
        { "[{\"is\":\"account\",\"in\":[\"student\",\"visitor\"]}]", REASON_NONE, REASON_NONE },
        { "[{\"is\":\"account\",\"in\":[\"student\",\"visitor\"]},{\"is\":\"status\",\"in\":[\"12\"]}]", REASON_NONE,
          REASON_STATUS },
        { "[{\"is\":\"account\",\"in\":[\"student\",\"visitor\"]},{\"is\":\"gpa\",\"in\":[\"5.0\"]}]", REASON_NONE,
          REASON_GPA },
        { "[{\"is\":\"account\",\"in\":[\"visitor\"]},{\"is\":\"campaign\",\"in\":[\"transfer\"]}]", REASON_SEASON,
          REASON_VISITOR },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const ApiReason of_visitor = judge(cases[i].predicates, &visitor).reason;
        const ApiReason of_bachelor = judge(cases[i].predicates, &bachelor).reason;

        if (of_visitor != cases[i].visitor || of_bachelor != cases[i].bachelor)
            fail_msg("%s: visitor %d, bachelor %d", cases[i].predicates, of_visitor, of_bachelor);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_predicate_holds_or_says_why),
        cmocka_unit_test(a_season_that_lies_ahead_has_its_day),
        cmocka_unit_test(the_first_that_does_not_hold_is_told),
        cmocka_unit_test(what_is_never_so_is_refused),
        cmocka_unit_test(of_visitors_there_is_no_record),
        cmocka_unit_test(a_time_of_the_year_or_month_says_when_it_comes_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
