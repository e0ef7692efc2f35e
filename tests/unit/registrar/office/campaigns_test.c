/* Campaigns: which one is a student's, what is none, and how staff change them, with an act for each. */
#include "fixture.h"

#include "registrar/office/campaigns.h"
#include "registrar/store/acts.h"
#include "test.h"

static const char evening[] = "{\"kind\":\"session\",\"from\":\"2027-01-11\",\"to\":\"2027-01-30\"}";

static OfficeFixture fixture;

/* --- which one is a student's ------------------------------------------------------------------------------------- */

static CampaignRow row_of(const char *id, const char *json)
{
    CampaignRow row;
    Error err = { 0 };

    assert_ok(campaign_parse(id, str_from(json), &row, &err), err);
    return row;
}

static void the_closest_that_is_open_is_the_student_s(void **state)
{
    static const struct {
        const char *name, *profile, *day, *from;
        CampaignState state;
    } cases[] = {
        { "part-time, in its time", "{\"education_form\":\"13\",\"year\":1}", "2027-01-15", "2027-01-11",
          CAMPAIGN_OPEN },
        { "from the day it opens", "{\"education_form\":\"13\",\"year\":1}", "2026-12-01", "2027-01-11",
          CAMPAIGN_OPEN },
        { "the day before", "{\"education_form\":\"13\",\"year\":1}", "2026-11-30", "2027-01-11", CAMPAIGN_AHEAD },
        { "its last day", "{\"education_form\":\"13\",\"year\":1}", "2027-01-30", "2027-01-11", CAMPAIGN_OPEN },
        { "the day after: the next one", "{\"education_form\":\"13\",\"year\":1}", "2027-01-31", "2027-06-01",
          CAMPAIGN_AHEAD },
        { "the third year's own stands before all", "{\"education_form\":\"13\",\"year\":3}", "2027-01-15",
          "2027-01-14", CAMPAIGN_OPEN },
        { "another form has none", "{\"education_form\":\"11\",\"year\":1}", "2027-01-15", NULL, CAMPAIGN_NONE },
        { "another kind is not it", "{\"education_form\":\"11\",\"year\":1}", "2026-09-15", NULL, CAMPAIGN_NONE },
        { "a faculty's own", "{\"education_form\":\"12\",\"faculty\":{\"code\":\"401-102\"}}", "2027-02-02",
          "2027-02-01", CAMPAIGN_OPEN },
        { "not of another faculty", "{\"education_form\":\"12\",\"faculty\":{\"code\":\"401-101\"}}", "2027-02-02",
          NULL, CAMPAIGN_NONE },
        { "of nobody who has no profile", "{}", "2027-01-15", NULL, CAMPAIGN_NONE },
    };
    static CampaignList list;

    (void)state;
    list.rows[list.count++] = row_of("summer", "{\"kind\":\"session\",\"from\":\"2027-06-01\",\"to\":\"2027-06-20\","
                                               "\"education_form\":\"13\"}");
    list.rows[list.count++] = row_of("winter", "{\"kind\":\"session\",\"opens\":\"2026-12-01\",\"from\":\"2027-01-11\","
                                               "\"to\":\"2027-01-30\",\"education_form\":\"13\"}");
    list.rows[list.count++] = row_of("third", "{\"kind\":\"session\",\"opens\":\"2026-12-01\",\"from\":\"2027-01-14\","
                                              "\"to\":\"2027-02-05\",\"education_form\":\"13\",\"year\":3}");
    list.rows[list.count++] = row_of("faculty", "{\"kind\":\"session\",\"from\":\"2027-02-01\",\"to\":\"2027-02-05\","
                                                "\"faculty\":\"401-102\",\"education_form\":\"12\"}");
    list.rows[list.count++] = row_of("retakes", "{\"kind\":\"retake\",\"from\":\"2026-09-01\",\"to\":\"2026-09-30\"}");
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *profile = json_loads(cases[i].profile, 0, NULL);
        Date day, from;

        assert_true(date_parse(str_from(cases[i].day), &day));
        CampaignFound found = campaign_of(&list, profile, "session", day);
        if (found.state != cases[i].state)
            fail_msg("%s: state %d", cases[i].name, (int)found.state);
        if (cases[i].from && (!date_parse(str_from(cases[i].from), &from) || date_compare(found.from, from) != 0))
            fail_msg("%s: from %d-%d-%d", cases[i].name, found.from.year, found.from.month, found.from.day);
        json_decref(profile);
    }
}

static void what_is_no_campaign_is_refused(void **state)
{
    static const struct {
        const char *id, *json, *words;
    } cases[] = {
        { "one", "{", "not JSON" },
        { "one", "[]", "is no object" },
        { "", evening, "id: " },
        { "Winter", evening, "id: " },
        { "-winter", evening, "id: " },
        { "one", "{\"from\":\"2027-01-11\",\"to\":\"2027-01-30\"}", "kind: " },
        { "one", "{\"kind\":\"war\",\"from\":\"2027-01-11\",\"to\":\"2027-01-30\"}", "kind: " },
        { "one", "{\"kind\":\"session\",\"to\":\"2027-01-30\"}", "from: " },
        { "one", "{\"kind\":\"session\",\"from\":\"2027-02-29\",\"to\":\"2027-03-30\"}", "from: " },
        { "one", "{\"kind\":\"session\",\"from\":\"2027-01-11\",\"to\":\"2027-01-10\"}", "to: it would end" },
        { "one", "{\"kind\":\"session\",\"from\":\"2027-01-11\",\"to\":\"2027-01-12\",\"opens\":\"2027-01-12\"}",
          "opens: " },
        { "one", "{\"kind\":\"session\",\"from\":\"2027-01-11\",\"to\":\"2027-01-12\",\"education_form\":\"18\"}",
          "education_form: " },
        { "one", "{\"kind\":\"session\",\"from\":\"2027-01-11\",\"to\":\"2027-01-12\",\"education_type\":11}",
          "education_type: " },
        { "one", "{\"kind\":\"session\",\"from\":\"2027-01-11\",\"to\":\"2027-01-12\",\"year\":0}", "year: " },
        { "one", "{\"kind\":\"session\",\"from\":\"2027-01-11\",\"to\":\"2027-01-12\",\"faculty\":\"\"}", "faculty: " },
        { "one", "{\"kind\":\"session\",\"from\":\"2027-01-11\",\"to\":\"2027-01-12\",\"group\":\"KI\"}",
          "group: there is no such member" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        CampaignRow row;
        Error err = { 0 };

        assert_refused(campaign_parse(cases[i].id, str_from(cases[i].json), &row, &err), ERR_FORMAT, err);
        if (!strstr(err.text, cases[i].words))
            fail_msg("%s: %s", cases[i].json, err.text);
    }
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

static bool means_nothing_there(void *ctx, const char *version)
{
    (void)ctx;
    return version == NULL;
}

static CampaignOutcome change(const char *id, const char *json, bool (*meant)(void *, const char *))
{
    CampaignWish wish = { .gone = json == NULL, .actor = "token:dean", .meant = meant };
    char version[CAMPAIGN_VERSION_SIZE];
    CampaignOutcome outcome;
    Error err = { 0 };

    if (json)
        wish.row = row_of(id, json);
    else
        str_copy_cut(str_from(id), wish.row.id, sizeof wish.row.id);
    assert_ok(campaign_change(fixture.office, &wish, &outcome, version, &err), err);
    if (outcome == CAMPAIGN_MADE)
        assert_string_equal(version, wish.row.version);
    return outcome;
}

static bool count_acts(StoreTransaction *transaction, void *arg, Error *err)
{
    return acts_count(transaction, "campaign:winter", arg, err);
}

static void each_change_has_its_act(void **state)
{
    CampaignList *all = NULL;
    CampaignRow row;
    int64_t acts;
    bool found;
    Error err = { 0 };

    (void)state;
    assert_int_equal(change("winter", NULL, NULL), CAMPAIGN_UNKNOWN);
    assert_int_equal(change("winter", evening, means_nothing_there), CAMPAIGN_MADE);
    assert_int_equal(change("winter", evening, means_nothing_there), CAMPAIGN_UNMET);
    assert_int_equal(
        change("winter", "{\"kind\":\"session\",\"from\":\"2027-01-12\",\"to\":\"2027-01-30\",\"year\":2}", NULL),
        CAMPAIGN_CHANGED);
    assert_ok(campaign_one(fixture.office, "winter", &found, &row, &err), err);
    assert_true(found);
    assert_string_equal(row.from, "2027-01-12");
    assert_string_equal(row.opens, "2027-01-12");
    assert_string_equal(row.form, "");
    assert_string_equal(row.author, "token:dean");
    assert_int_equal(row.year, 2);
    assert_ok(campaign_all(fixture.office, &all, &err), err);
    assert_int_equal(all->count, 1);
    campaign_list_free(all);
    assert_int_equal(change("winter", NULL, NULL), CAMPAIGN_CHANGED);
    assert_ok(campaign_one(fixture.office, "winter", &found, &row, &err), err);
    assert_false(found);
    assert_ok(store_read(fixture.store, count_acts, &acts, &err), err);
    assert_int_equal(acts, 3); /* put, put, removed; nothing of what did not come about */
}

/* The same words have the same version, however they were written. */
static void a_version_is_of_what_it_says(void **state)
{
    CampaignRow one = row_of("one", evening);
    CampaignRow same = row_of("two", "{ \"to\": \"2027-01-30\", \"opens\": \"2027-01-11\", \"kind\": \"session\","
                                     " \"from\": \"2027-01-11\" }");
    CampaignRow other = row_of("one", "{\"kind\":\"session\",\"from\":\"2027-01-11\",\"to\":\"2027-01-31\"}");

    (void)state;
    assert_string_equal(one.version, same.version);
    assert_string_not_equal(one.version, other.version);
}

static void there_is_an_end_to_them(void **state)
{
    Error err = { 0 };

    (void)state;
    for (int i = 0; i < CAMPAIGNS_MOST; i++) {
        char id[32];

        snprintf(id, sizeof id, "c-%d", i);
        assert_int_equal(change(id, evening, NULL), CAMPAIGN_MADE);
    }
    CampaignWish wish = { .row = row_of("one-more", evening), .actor = "command-line" };
    char version[CAMPAIGN_VERSION_SIZE];
    CampaignOutcome outcome;
    assert_refused(campaign_change(fixture.office, &wish, &outcome, version, &err), ERR_LIMIT, err);
    assert_int_equal(change("c-7", "{\"kind\":\"retake\",\"from\":\"2027-01-11\",\"to\":\"2027-01-30\"}", NULL),
                     CAMPAIGN_CHANGED);
}

static int open_office(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int close_office(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_closest_that_is_open_is_the_student_s),
        cmocka_unit_test(what_is_no_campaign_is_refused),
        cmocka_unit_test(a_version_is_of_what_it_says),
        cmocka_unit_test_setup_teardown(each_change_has_its_act, open_office, close_office),
        cmocka_unit_test_setup_teardown(there_is_an_end_to_them, open_office, close_office),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
