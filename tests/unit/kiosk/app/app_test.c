/* What no list of steps shows: being out of service, sleeping, counting down, sessions, and the rules about paper. */
#include "kiosk/app/glass.h"
#include "wire/json.h"

static Glass the_glass; /* too large for a stack */

static Texts *no_texts(void)
{
    Error err = { 0 };
    Texts *texts = texts_none(&err);

    assert_non_null(texts);
    return texts;
}

static void says_why_it_is_out_of_service(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    assert_int_equal(model_out(&glass->model), OUT_STARTING);
    assert_int_equal(glass->asked[CMD_HEARTBEAT], 1); /* at once */
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE);
    assert_int_equal(model_out(&glass->model), OUT_NO_REGISTRAR);
    glass_wait(glass, 33500);
    assert_int_equal(glass->asked[CMD_HEARTBEAT], 2); /* by itself */
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_UNKNOWN_KIOSK);
    assert_int_equal(model_out(&glass->model), OUT_UNKNOWN_KIOSK);
    glass_heartbeat(glass, "new");
    assert_int_equal(glass->asked[CMD_CATALOGUE], 1);
    glass_fail(glass, CMD_CATALOGUE, PROBLEM_NONE);
    assert_int_equal(model_out(&glass->model), OUT_NO_CATALOGUE);
    glass_heartbeat(glass, "new");
    glass_catalogue(glass);
    assert_int_equal(model_out(&glass->model), OUT_NOT);
    assert_string_equal(app_screen_name(&glass->model), "attract");
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE);
    assert_string_equal(app_screen_name(&glass->model), "attract"); /* one lost answer is no fault */
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE);
    assert_int_equal(model_out(&glass->model), OUT_NO_REGISTRAR);
    glass_act(glass, ACT_START, 0);
    assert_string_equal(app_screen_name(&glass->model), "out-of-service");
    glass_close(glass);
}

static void tells_a_wrong_clock(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass->model.built_s = GLASS_WALL_MS / 1000 + 3600;
    assert_int_equal(model_out(&glass->model), OUT_CLOCK);
    glass_close(glass);
}

static void sleeps_when_nobody_is_there(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;
    unsigned ticks = 0;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    int64_t until_ms = glass->now_ms + 3600 * 1000;
    while (app_next_wake(&glass->model) < until_ms) {
        glass->now_ms = app_next_wake(&glass->model);
        Msg tick = { .kind = MSG_TICK };
        glass_send(glass, &tick);
        ticks++;
    }
    assert_true(glass->asked[CMD_HEARTBEAT] >= 3600 / 33 && glass->asked[CMD_HEARTBEAT] <= 3600 / 27 + 1);
    assert_true(ticks <= glass->asked[CMD_HEARTBEAT] + 61); /* and one a minute for the clock */
    glass_close(glass);
}

static void counts_down_by_seconds(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_act(glass, ACT_START, 0);
    glass_wait(glass, 60000);
    for (int left = 20; left > 0; left--) {
        assert_int_equal(model_seconds_left(&glass->model), left);
        glass_wait(glass, 1000);
    }
    assert_string_equal(app_screen_name(&glass->model), "attract");
    glass_close(glass);
}

static void switches_language_on_every_screen(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;
    Visit before;

    (void)state;
    for (int screen = SCREEN_SIGN_IN; screen < SCREEN_STILL_THERE; screen++) {
        if (screen == SCREEN_DISPLAY) /* nobody visits that one */
            continue;
        glass_open(glass, texts, LANGUAGE_UZ);
        glass_serve(glass);
        glass_to_preview(glass);
        glass->model.visit.screen = (ScreenKind)screen;
        before = glass->model.visit;
        glass_act(glass, ACT_LANGUAGES, 0);
        assert_true(glass->model.visit.choosing_language);
        glass_act(glass, ACT_LANGUAGE, LANGUAGE_RU);
        assert_int_equal(model_language(&glass->model), LANGUAGE_RU);
        before.language = LANGUAGE_RU;
        before.touched_ms = glass->model.visit.touched_ms;
        before.typing = glass->model.visit.typing; /* the keyboard has the page's letters */
        assert_memory_equal(&before, &glass->model.visit, sizeof before);
        glass_act(glass, ACT_LANGUAGE, LANGUAGE_COUNT); /* no such language */
        assert_int_equal(model_language(&glass->model), LANGUAGE_RU);
        glass_close(glass);
    }
}

static void never_mixes_two_visits(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_act(glass, ACT_START, 0);
    glass_type(glass, "392241100742");
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_type(glass, "secret");
    glass_act(glass, ACT_SIGN_IN, 0);
    Msg late = glass_answer(glass, MSG_SIGNED_IN);
    late.as.session = (ApiSession){ .token = "late-token", .given_name = "Malika", .seconds_left = 1800 };
    glass_act(glass, ACT_BACK, 0);
    assert_int_equal(glass->asked[CMD_SIGN_OUT], 0);
    glass_act(glass, ACT_START, 0);
    glass_send(glass, &late);
    assert_string_equal(app_screen_name(&glass->model), "sign-in");
    assert_false(glass->model.visit.signed_in);
    assert_int_equal(glass->asked[CMD_SIGN_OUT], 1); /* the session that nobody wants is ended */
    assert_string_equal(glass->token, "late-token");
    glass_close(glass);
}

static void asks_the_password_again_after_the_session(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_form(glass);
    glass_act(glass, ACT_CHOOSE, 2);
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_type(glass, "Chirchiq");
    for (int minute = 0; minute < 31; minute++) {
        glass_act(glass, ACT_NONE, 0);
        glass_wait(glass, 59000);
    }
    assert_string_equal(app_screen_name(&glass->model), "sign-in");
    assert_int_equal(glass->model.visit.sign_in.note, SIGN_IN_NOTE_ENDED);
    assert_int_equal(glass->asked[CMD_SIGN_OUT], 1);
    glass_type(glass, "bahor2026");
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_signed_in(glass);
    assert_string_equal(app_screen_name(&glass->model), "form"); /* where it was */
    assert_string_equal(glass->model.visit.form.typed, "Chirchiq");
    glass_close(glass);
}

static void forgets_when_another_student_signs_in_then(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_form(glass);
    glass_act(glass, ACT_CHOOSE, 1);
    glass_wait(glass, 50000);
    glass->model.visit.session_ends_ms = glass->now_ms;
    glass_act(glass, ACT_NONE, 0);
    assert_string_equal(app_screen_name(&glass->model), "sign-in");
    glass_type(glass, "bahor2026");
    glass_act(glass, ACT_SIGN_IN, 0);
    Msg other = glass_answer(glass, MSG_SIGNED_IN);
    other.as.session =
        (ApiSession){ .token = "t", .given_name = "Anvar", .number = "392241100999", .seconds_left = 1800 };
    glass_send(glass, &other);
    assert_string_equal(app_screen_name(&glass->model), "home");
    assert_int_equal(glass->model.visit.answers.count, 0);
    assert_null(glass->model.visit.home);
    glass_close(glass);
}

static void prints_no_page_that_came_late(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass->model.visit.issue.page_asked_ms = glass->now_ms;
    glass->now_ms += 60001; /* no tick came between: the machine was asleep */
    glass_page(glass);
    assert_int_equal(glass->asked[CMD_PRINT], 0);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_LATE);
    assert_int_equal(glass->report.state, PRINT_WAITING);
    glass_close(glass);
}

static void tells_when_the_page_was_handed_out(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    int64_t asked_ms = glass->now_ms;
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_wait(glass, 2000);
    glass_page(glass);
    assert_int_equal(glass->asked[CMD_PRINT], 1);
    assert_int_equal(glass->handed_out_ms, asked_ms);
    glass_close(glass);
}

static void prints_an_epoch_once(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_NOT_SENT, PRINTER_READY, -1);
    glass_reported(glass);
    glass_act(glass, ACT_TRY_AGAIN, 0);
    glass->epoch--; /* a registrar that gives the same epoch out again */
    glass_issue(glass, PRINT_ASSIGNED, false);
    assert_int_equal(glass->asked[CMD_PAGE], 1);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_HANDED_OUT);
    glass_close(glass);
}

/* A registrar that says again and again that the page was handed out: nobody is asked for ever, and nothing is kept. */
static void gives_a_page_back_one_last_time(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;
    unsigned reports;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    for (int i = 0; i < 3; i++) {
        glass_issue(glass, PRINT_SENDING, false);
        glass_reported(glass);
    }
    reports = glass->asked[CMD_REPORT_PRINT];
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_fail(glass, CMD_PAGE, PROBLEM_HANDED_OUT);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_HANDED_OUT);
    assert_int_equal(glass->asked[CMD_REPORT_PRINT], reports + 1);
    assert_true(glass->report.no_byte_left);
    glass_close(glass);
}

/* The registrar heard of an epoch that was given back, while the next one is on its way to paper: that row alone leaves
 * the journal, and nothing of the paper is taken for settled. */
static void an_answer_of_an_old_epoch_settles_its_own_row(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;
    Msg old = { .kind = MSG_REPORTED };

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_printer(glass);
    glass_print(glass, PRINT_PHASE_SENDING, PRINTER_READY, -1);
    old.as.reported = glass->model.paper.job;
    old.as.reported.epoch--;
    unsigned before = glass->asked[CMD_SETTLED];
    glass_send(glass, &old);
    assert_int_equal(glass->asked[CMD_SETTLED], before + 1);
    assert_true(model_is_printing(&glass->model));
    old = (Msg){ .kind = MSG_REPORTED };
    old.as.reported = glass->model.paper.job; /* "sent": it has not ended */
    glass_send(glass, &old);
    assert_int_equal(glass->asked[CMD_SETTLED], before + 1);
    glass_close(glass);
}

static void reports_what_an_earlier_life_left(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;
    Msg found = { .kind = MSG_PRINT_RECOVERED };

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    found.as.print = (MsgPrint){ .job = { .id = "00000000-0000-4000-8000-000000000077", .epoch = 3 },
                                 .phase = PRINT_PHASE_PRINTED,
                                 .sheets = 1,
                                 .printer_job = 9 };
    Msg unknown = found;
    glass_send(glass, &found);
    assert_int_equal(glass->report.state, PRINT_PRINTED);
    assert_int_equal(glass->report.epoch, 3);
    glass_reported(glass);
    assert_int_equal(glass->asked[CMD_SETTLED], 1);
    assert_false(model_paper_blocks(&glass->model));
    unknown.as.print.phase = PRINT_PHASE_UNKNOWN;
    glass_send(glass, &unknown);
    assert_true(model_paper_blocks(&glass->model));
    unknown = (Msg){ .kind = MSG_PRINT_RECOVERED };
    unknown.as.print = (MsgPrint){ .job = { .id = "00000000-0000-4000-8000-000000000077", .epoch = 3 },
                                   .phase = PRINT_PHASE_CANCELLED,
                                   .sheets = 0,
                                   .printer_job = 9 };
    glass_send(glass, &unknown); /* the printer has remembered */
    assert_int_equal(glass->report.state, PRINT_CANCELLED);
    assert_false(model_paper_blocks(&glass->model));
    glass_close(glass);
}

static void keeps_its_catalogue_through_a_visit(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_form(glass);
    const Catalogue *mine = glass->model.catalogue;
    glass_heartbeat(glass, "newer");
    glass_catalogue(glass);
    assert_ptr_equal(glass->model.catalogue, mine);
    assert_non_null(glass->model.catalogue_next);
    glass_act(glass, ACT_FINISH, 0);
    assert_null(glass->model.catalogue_next);
    assert_non_null(glass->model.catalogue);
    glass_close(glass);
}

/* The sample's service with one more question. */
static char *with_a_further_question(void)
{
    json_t *json = json_loads(glass_catalogue_json, 0, NULL);
    json_t *service = json_array_get(json_object_get(json, "services"), 0);
    json_t *form = json_object_get(service, "form");
    json_t *further = json_deep_copy(json_array_get(form, 0));

    json_object_set_new(further, "id", json_string("further"));
    json_array_append_new(form, further);
    char *text = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    assert_non_null(text);
    return text;
}

static void a_form_that_changed_meanwhile_is_gone_on_with(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;
    char *newer = with_a_further_question();

    (void)state;
    for (int there = 0; there < 2; there++) { /* the new catalogue comes after the refusal, or before */
        glass_open(glass, texts, LANGUAGE_UZ);
        glass_serve(glass);
        glass_to_form(glass);
        glass_choose(glass, "bank");
        glass_act(glass, ACT_FORM_NEXT, 0);
        assert_int_equal(glass->model.visit.screen, SCREEN_PREVIEW);
        unsigned catalogues = glass->asked[CMD_CATALOGUE], previews = glass->asked[CMD_PREVIEW];
        glass->catalogue_json = newer;
        if (there)
            glass_catalogue(glass);
        glass_fail_form(glass, CMD_PREVIEW, "further", FORM_MISSING);
        if (!there) {
            assert_int_equal(glass->model.visit.fault.kind, FAULT_BUSY);
            assert_int_equal(glass->asked[CMD_CATALOGUE], catalogues + 1);
            glass_catalogue(glass);
            glass_act(glass, ACT_TRY_AGAIN, 0);
            assert_int_equal(glass->asked[CMD_PREVIEW], previews + 1);
            glass_fail_form(glass, CMD_PREVIEW, "further", FORM_MISSING);
        }
        assert_int_equal(glass->model.visit.screen, SCREEN_FORM);
        assert_string_equal(model_question(&glass->model, NULL)->id, "further");
        assert_string_equal(answers_get(&glass->model.visit.answers, "receiver"), "bank");
        glass_choose(glass, "bank");
        glass_act(glass, ACT_FORM_NEXT, 0);
        assert_int_equal(glass->model.visit.screen, SCREEN_REVIEW);
        glass_close(glass);
    }
    free(newer);
}

static void writes_apostrophes_as_uzbek_does(void **state)
{
    static const struct {
        const char *typed, *kept;
    } cases[] = {
        { "sog'liq", "sogʻliq" }, { "Oʼzbek", "Oʻzbek" },       { "ma'lumot", "maʼlumot" },
        { "  a   b", "a b" },     { "a\u200Bb\u202Ec", "abc" }, { "O’rta", "Oʻrta" },
        { "gʻ", "gʻ" },
    };
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_form(glass);
    glass_act(glass, ACT_CHOOSE, 2);
    glass_act(glass, ACT_FORM_NEXT, 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        glass_key(glass, EDIT_CLEAR);
        glass_type(glass, cases[i].typed);
        assert_string_equal(glass->model.visit.form.typed, cases[i].kept);
    }
    glass_key(glass, EDIT_CLEAR);
    for (int i = 0; i < 30; i++)
        glass_type(glass, "sogʻ"); /* at most 80 letters go onto a sealed paper */
    assert_int_equal(utf8_count(str_from(glass->model.visit.form.typed)), 80);
    glass_close(glass);
}

#define TEXTS "{\"uz\":\"t\",\"uz-Cyrl\":\"t\",\"ru\":\"t\",\"en\":\"t\"}"

static void fills_numbers_and_dates(void **state)
{
    static const char json[] =
        "{\"services\":[{\"id\":\"visa\",\"group\":\"documents\",\"icon\":\"doc\",\"order\":1,\"titles\":" TEXTS ""
        ","
        "\"help\":" TEXTS ",\"whom\":" TEXTS ",\"for\":[],\"form\":["
        "{\"id\":\"copies\",\"type\":\"number\",\"required\":true,\"least\":1,\"most\":5,\"label\":" TEXTS "},"
        "{\"id\":\"day\",\"type\":\"date\",\"required\":true,\"least\":0,\"most\":30,\"label\":" TEXTS "}],"
        "\"yields\":{\"document\":\"visa\",\"languages\":[\"uz\"]},\"source\":\"ours\","
        "\"promise\":{\"working_hours\":0},\"fee\":0,\"limit\":{\"day\":9},\"repeat\":\"always\"}]}";
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;
    FormState *form = &glass->model.visit.form;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass->catalogue_json = json;
    glass_serve(glass);
    glass_to_home(glass);
    str_copy_cut(STR("visa"), glass->model.visit.home->services[0].service, SERVICE_ID_MOST);
    glass_act(glass, ACT_SERVICE, 0);
    glass_act(glass, ACT_CONTINUE, 0);
    assert_int_equal(glass->model.visit.typing.layer, LAYER_NUMBERS);
    glass_type(glass, "x9");
    glass_key(glass, EDIT_ENTER);
    assert_int_equal(form->fault, FORM_OUT_OF_RANGE);
    glass_key(glass, EDIT_ERASE);
    glass_type(glass, "2");
    glass_key(glass, EDIT_ENTER);
    assert_int_equal(form->question, 1);
    glass_type(glass, "31.11.2026"); /* November has thirty days */
    assert_string_equal(form->typed, "31112026");
    glass_key(glass, EDIT_ENTER);
    assert_int_equal(form->fault, FORM_NOT_DATE);
    glass_key(glass, EDIT_CLEAR);
    glass_type(glass, "30112026");
    glass_key(glass, EDIT_ENTER);
    assert_string_equal(app_screen_name(&glass->model), "review");
    assert_string_equal(answers_get(&glass->model.visit.answers, "copies"), "2");
    assert_string_equal(answers_get(&glass->model.visit.answers, "day"), "2026-11-30");
    glass_act(glass, ACT_CHANGE, 1);
    assert_string_equal(form->typed, "30112026"); /* as it was typed */
    glass_close(glass);
}

static void asks_for_my_request_by_its_key(void **state)
{
    OWNED(Texts) texts = no_texts();
    Glass *glass = &the_glass;

    (void)state;
    glass_open(glass, texts, LANGUAGE_UZ);
    glass_serve(glass);
    glass_to_home(glass);
    ApiHome *home = glass->model.visit.home;
    home->request_count = 2;
    home->requests[0] = (ApiRequestLine){ .id = "30000000-0000-4000-8000-000000000001",
                                          .service = "certificate-of-study",
                                          .number = "M-2026/000001",
                                          .state = REQUEST_READY };
    home->requests[1] = home->requests[0];
    home->requests[1].state = REQUEST_UNKNOWN;
    glass_act(glass, ACT_REQUEST, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 1);
    assert_string_equal(glass->key, "30000000-0000-4000-8000-000000000001");
    assert_true(glass->request.again);
    glass_fail(glass, CMD_ISSUE, PROBLEM_KEY_REUSED); /* a registrar that wants the answers with it */
    assert_string_equal(app_screen_name(&glass->model), "service");
    glass_act(glass, ACT_BACK, 0);
    glass_act(glass, ACT_REQUEST, 1);
    assert_int_equal(glass->model.visit.fault.kind, FAULT_ASK_AGAIN); /* first it is looked for */
    glass_act(glass, ACT_TRY_AGAIN, 0);
    assert_int_equal(glass->asked[CMD_ISSUE], 2);
    glass_close(glass);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_why_it_is_out_of_service),
        cmocka_unit_test(tells_a_wrong_clock),
        cmocka_unit_test(sleeps_when_nobody_is_there),
        cmocka_unit_test(counts_down_by_seconds),
        cmocka_unit_test(switches_language_on_every_screen),
        cmocka_unit_test(never_mixes_two_visits),
        cmocka_unit_test(asks_the_password_again_after_the_session),
        cmocka_unit_test(forgets_when_another_student_signs_in_then),
        cmocka_unit_test(prints_no_page_that_came_late),
        cmocka_unit_test(tells_when_the_page_was_handed_out),
        cmocka_unit_test(prints_an_epoch_once),
        cmocka_unit_test(gives_a_page_back_one_last_time),
        cmocka_unit_test(an_answer_of_an_old_epoch_settles_its_own_row),
        cmocka_unit_test(reports_what_an_earlier_life_left),
        cmocka_unit_test(keeps_its_catalogue_through_a_visit),
        cmocka_unit_test(a_form_that_changed_meanwhile_is_gone_on_with),
        cmocka_unit_test(writes_apostrophes_as_uzbek_does),
        cmocka_unit_test(fills_numbers_and_dates),
        cmocka_unit_test(asks_for_my_request_by_its_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
