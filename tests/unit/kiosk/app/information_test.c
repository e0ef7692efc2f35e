/* What the university tells: asked for and kept, read with and without signing in, and from there to a service. */
#include "kiosk/app/served_glass.h"

static Glass *const glass = &the_glass;

#define TEXTS(words) "{\"uz\":\"" words "\",\"uz-Cyrl\":\"" words "\",\"ru\":\"" words "\",\"en\":\"" words "\"}"
#define PAGE(id, topic, order, open, blocks)                                                                           \
    "{\"id\":\"" id "\",\"topic\":\"" topic "\",\"icon\":\"doc\",\"order\":" order ",\"open\":" open                   \
    ",\"titles\":" TEXTS(id) ",\"help\":" TEXTS("Help") ",\"blocks\":[" blocks "]}"
#define LINK   "{\"block\":\"link\",\"text\":" TEXTS("Portal") ",\"address\":\"https://my.gov.uz/a\"}"
#define LEADS  "{\"block\":\"page\",\"page\":\"rules\"}"
#define HOURS  PAGE("hours", "office", "10", "true", "{\"block\":\"hours\"}")
#define RULES  PAGE("rules", "study", "10", "true", LINK)
#define EXAMS  PAGE("exams", "study", "20", "true", LEADS)
#define STAFF  PAGE("staff", "study", "30", "false", LEADS)
#define PAGES  "{\"pages\":[" HOURS "," RULES "," EXAMS "," STAFF "]}"
#define CLOSED "{\"pages\":[" PAGE("staff", "study", "30", "false", LINK) "]}"

static void tell(const char *pages)
{
    Msg msg = { .kind = MSG_INFORMATION };
    Error err = { 0 };

    msg.as.information = information_parse(str_from(pages), &err);
    if (!msg.as.information)
        fail_msg("%s", err.text);
    glass_send(glass, &msg);
}

static void assert_on(const char *screen, const char *id)
{
    const Article *article = model_article(&glass->model);
    const Service *about = model_about(&glass->model);

    assert_string_equal(app_screen_name(&glass->model), screen);
    assert_string_equal(article ? article->id : about ? about->id : "", id);
}

static void open_page(const char *id)
{
    glass_act(glass, ACT_ARTICLE, (uint16_t)information_index(glass->model.information, id));
}

static void sign_in(void)
{
    glass_type(glass, "392241100742");
    glass_key(glass, EDIT_ENTER);
    glass_type(glass, "bahor2026");
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_signed_in(glass);
    glass_home(glass);
}

/* --- the pages ---------------------------------------------------------------------------------------------------- */

static void beat(const char *version)
{
    Msg msg = { .kind = MSG_HEARTBEAT };

    str_copy_cut(str_from(catalogue_version(glass->model.catalogue)), msg.as.heartbeat.catalogue,
                 sizeof msg.as.heartbeat.catalogue);
    str_copy_cut(str_from(version), msg.as.heartbeat.information, sizeof msg.as.heartbeat.information);
    glass_send(glass, &msg);
}

static void they_are_asked_for_when_they_are_others(void **state UNUSED)
{
    unsigned before = glass->asked[CMD_INFORMATION];

    beat(""); /* a registrar that has none */
    assert_int_equal(glass->asked[CMD_INFORMATION], before);
    beat("0123456789abcdef");
    assert_int_equal(glass->asked[CMD_INFORMATION], before + 1);
    tell(PAGES);
    beat(information_version(glass->model.information));
    assert_int_equal(glass->asked[CMD_INFORMATION], before + 1);
    glass_send(glass, &(Msg){ .kind = MSG_CHANGED, .as.changed.event.what = CHANGED_INFORMATION });
    assert_int_equal(glass->asked[CMD_INFORMATION], before + 2);
    glass_send(glass, &(Msg){ .kind = MSG_INFORMATION }); /* not newer than ours */
    assert_int_equal(information_count(glass->model.information), 4);
}

static void a_visit_keeps_the_pages_that_it_began_with(void **state UNUSED)
{
    tell(PAGES);
    glass_act(glass, ACT_INFORMATION, INFORMATION_TOPIC_COUNT);
    open_page("rules");
    tell("{\"pages\":[" HOURS "]}");
    assert_on("article", "rules");
    glass_act(glass, ACT_FINISH, 0);
    assert_string_equal(app_screen_name(&glass->model), "attract");
    assert_int_equal(information_count(glass->model.information), 1);
}

static void without_a_page_nothing_begins(void **state UNUSED)
{
    glass_act(glass, ACT_INFORMATION, INFORMATION_TOPIC_COUNT);
    assert_string_equal(app_screen_name(&glass->model), "attract");
    tell(CLOSED); /* for who has signed in */
    glass_act(glass, ACT_INFORMATION, INFORMATION_TOPIC_COUNT);
    assert_string_equal(app_screen_name(&glass->model), "attract");
    glass_to_home(glass);
    glass_act(glass, ACT_INFORMATION, INFORMATION_TOPIC_COUNT);
    assert_on("information", "");
    glass_act(glass, ACT_INFORMATION, TOPIC_STUDY); /* of one page: no choice */
    assert_on("article", "staff");
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static void anybody_reads_and_goes_back_the_same_way(void **state UNUSED)
{
    tell(PAGES);
    glass_act(glass, ACT_INFORMATION, INFORMATION_TOPIC_COUNT);
    assert_on("information", "");
    assert_false(glass->model.visit.signed_in);
    glass_act(glass, ACT_INFORMATION, TOPIC_STUDY);
    assert_int_equal(glass->model.visit.reading.topic, 1 + TOPIC_STUDY);
    open_page("staff"); /* not for everybody */
    assert_on("information", "");
    open_page("exams");
    assert_on("article", "exams");
    assert_null(glass->model.visit.reading.codes[0].png);
    open_page("rules");
    assert_on("article", "rules");
    assert_non_null(glass->model.visit.reading.codes[0].png);
    glass_act(glass, ACT_ABOUT, 0);
    assert_on("article", catalogue_at(glass->model.catalogue, 0)->id);
    glass_act(glass, ACT_BACK, 0);
    assert_on("article", "rules");
    glass_key(glass, EDIT_CANCEL);
    assert_on("article", "exams");
    glass_act(glass, ACT_BACK, 0);
    assert_on("information", "");
    assert_int_equal(glass->model.visit.reading.topic, 1 + TOPIC_STUDY);
    glass_act(glass, ACT_BACK, 0);
    assert_int_equal(glass->model.visit.reading.topic, 0);
    glass_act(glass, ACT_BACK, 0);
    assert_string_equal(app_screen_name(&glass->model), "attract");
}

static void a_long_way_loses_its_beginning(void **state UNUSED)
{
    tell(PAGES);
    glass_act(glass, ACT_INFORMATION, TOPIC_OFFICE);
    assert_on("article", "hours");
    for (int i = 0; i < 3 * READ_TRAIL_MOST; i++)
        open_page(i % 2 ? "rules" : "exams");
    assert_int_equal(glass->model.visit.reading.depth, READ_TRAIL_MOST);
    for (int i = 1; i < READ_TRAIL_MOST; i++)
        glass_act(glass, ACT_BACK, 0);
    assert_on("article", "exams");
    glass_act(glass, ACT_BACK, 0);
    assert_on("information", "");
}

static void what_is_found_goes_back_to_the_search(void **state UNUSED)
{
    tell(PAGES);
    glass_to_home(glass);
    glass_act(glass, ACT_SEARCH, 1);
    open_page("staff");
    assert_on("article", "staff");
    glass_act(glass, ACT_BACK, 0);
    assert_string_equal(app_screen_name(&glass->model), "search");
}

/* --- to a service ------------------------------------------------------------------------------------------------- */

static void the_sign_in_leads_to_the_service(void **state UNUSED)
{
    tell(PAGES);
    glass_act(glass, ACT_INFORMATION, TOPIC_OFFICE);
    glass_act(glass, ACT_SERVICE, 0);
    assert_string_equal(app_screen_name(&glass->model), "sign-in");
    glass_act(glass, ACT_BACK, 0); /* not now */
    assert_on("article", "hours");
    assert_string_equal(glass->model.visit.reading.wanted, "");
    glass_act(glass, ACT_SERVICE, 0);
    sign_in();
    assert_string_equal(app_screen_name(&glass->model), "service");
    assert_string_equal(glass->model.visit.service, catalogue_at(glass->model.catalogue, 0)->id);
    glass_act(glass, ACT_BACK, 0);
    assert_string_equal(app_screen_name(&glass->model), "home");
}

static void who_signs_in_for_nothing_is_at_home(void **state UNUSED)
{
    tell(PAGES);
    glass_act(glass, ACT_INFORMATION, INFORMATION_TOPIC_COUNT);
    glass_act(glass, ACT_START, 0);
    assert_string_equal(app_screen_name(&glass->model), "sign-in");
    sign_in();
    assert_string_equal(app_screen_name(&glass->model), "home");
    glass_act(glass, ACT_INFORMATION, TOPIC_STUDY);
    open_page("exams");
    glass_act(glass, ACT_SERVICE, 0); /* known already: straight there */
    assert_string_equal(app_screen_name(&glass->model), "service");
}

/* Whoever reads until the session is over reads no further as that person. */
static void another_finds_nothing_of_it(void **state UNUSED)
{
    tell(PAGES);
    glass_act(glass, ACT_INFORMATION, TOPIC_OFFICE);
    glass_act(glass, ACT_SERVICE, 0);
    glass_act(glass, ACT_FINISH, 0);
    assert_string_equal(app_screen_name(&glass->model), "attract");
    glass_to_home(glass);
    assert_string_equal(app_screen_name(&glass->model), "home");
    glass_act(glass, ACT_INFORMATION, TOPIC_OFFICE);
    glass_wait(glass, 1800 * 1000);
    assert_int_equal(glass->model.visit.reading.depth, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(they_are_asked_for_when_they_are_others, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_visit_keeps_the_pages_that_it_began_with, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_page_nothing_begins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(anybody_reads_and_goes_back_the_same_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_way_loses_its_beginning, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_found_goes_back_to_the_search, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_sign_in_leads_to_the_service, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_signs_in_for_nothing_is_at_home, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_finds_nothing_of_it, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
