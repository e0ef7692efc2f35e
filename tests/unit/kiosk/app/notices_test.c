/* What the office tells everybody, and how the university wants the glass to look: asked for, kept, turned, changed. */
#include "kiosk/app/served_glass.h"

static void beat(Glass *glass, const char *notices, const char *theme)
{
    Msg msg = { .kind = MSG_HEARTBEAT };

    str_copy_cut(str_from(catalogue_version(glass->model.catalogue)), msg.as.heartbeat.catalogue,
                 sizeof msg.as.heartbeat.catalogue);
    str_copy_cut(str_from(notices), msg.as.heartbeat.notices, sizeof msg.as.heartbeat.notices);
    str_copy_cut(str_from(theme), msg.as.heartbeat.theme, sizeof msg.as.heartbeat.theme);
    glass_send(glass, &msg);
}

/* count notices; the first runs for `minutes` from now, the others longer, the last begins in an hour. */
static void tell(Glass *glass, const char *version, size_t count, int minutes)
{
    Msg msg = { .kind = MSG_NOTICES, .as.notices = mem_new(1, sizeof(ApiNotices)) };
    int64_t now_s = glass->model.wall_ms / 1000;

    assert_non_null(msg.as.notices);
    str_copy_cut(str_from(version), msg.as.notices->version, sizeof msg.as.notices->version);
    for (size_t i = 0; i < count; i++) {
        ApiNotice *notice = &msg.as.notices->items[i];
        *notice = (ApiNotice){ .id = (int64_t)i + 1,
                               .from_s = i + 1 == count ? now_s + 3600 : now_s,
                               .until_s = now_s + 60 * minutes + (int64_t)i * 86400 };
        str_copy_cut(STR("Ertaga yopiq"), notice->texts[LANGUAGE_UZ], sizeof notice->texts[LANGUAGE_UZ]);
    }
    msg.as.notices->count = count;
    glass_send(glass, &msg);
}

static void dress(Glass *glass, const char *version, Rgb brand)
{
    Msg msg = { .kind = MSG_THEME, .as.theme = { .brand = brand, .logo = blob_new("<svg", 4) } };

    str_copy_cut(str_from(version), msg.as.theme.version, sizeof msg.as.theme.version);
    glass_send(glass, &msg);
}

/* What was known when it was asked for last; NULL: it was not asked for with the last message. */
typedef struct Asked {
    bool notices, theme;
    char notices_known[API_VERSION_SIZE], theme_known[API_VERSION_SIZE];
} Asked;

static void note(void *ctx, const Cmd *cmd)
{
    Asked *asked = ctx;

    if (cmd->kind == CMD_NOTICES) {
        asked->notices = true;
        memcpy(asked->notices_known, cmd->as.known.etag, API_VERSION_SIZE);
    } else if (cmd->kind == CMD_THEME) {
        asked->theme = true;
        memcpy(asked->theme_known, cmd->as.known.etag, API_VERSION_SIZE);
    }
}

static Asked asks_after(Glass *glass, const char *notices, const char *theme)
{
    Asked asked = { 0 };

    glass->seen = note;
    glass->seen_ctx = &asked;
    beat(glass, notices, theme);
    glass->seen = NULL;
    return asked;
}

static void asks_for_what_it_does_not_have(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    Asked asked = asks_after(glass, "", ""); /* an older registrar */
    assert_false(asked.notices || asked.theme);
    asked = asks_after(glass, "n1", "t1");
    assert_true(asked.notices && asked.theme);
    assert_string_equal(asked.notices_known, "");
    assert_string_equal(asked.theme_known, "");
    tell(glass, "n1", 2, 10);
    dress(glass, "t1", 0x7a1f2b);
    asked = asks_after(glass, "n1", "t1");
    assert_false(asked.notices || asked.theme);
    asked = asks_after(glass, "n2", "t2");
    assert_string_equal(asked.notices_known, "n1");
    assert_string_equal(asked.theme_known, "t1");
    glass_fail(glass, CMD_NOTICES, PROBLEM_BUSY);
    glass_fail(glass, CMD_THEME, PROBLEM_NONE);
    assert_string_equal(app_screen_name(&glass->model), "attract");
    asked = asks_after(glass, "n2", "t2"); /* and again */
    assert_true(asked.notices && asked.theme);
    glass_send(glass, &(Msg){ .kind = MSG_NOTICES }); /* "not newer than yours" */
    assert_string_equal(glass->model.notices->version, "n1");
}

static void begins_and_ends_them_by_its_own_clock(void **state)
{
    Glass *glass = &the_glass;
    const ApiNotice *on[NOTICES_MOST];

    (void)state;
    assert_int_equal(model_notices(&glass->model, on), 0);
    tell(glass, "n1", 3, 10);
    assert_int_equal(model_notices(&glass->model, on), 2);
    assert_int_equal(on[0]->id, 1);
    glass_wait(glass, 11 * 60 * 1000);
    assert_int_equal(model_notices(&glass->model, on), 1); /* the first is over */
    assert_int_equal(on[0]->id, 2);
    glass_wait(glass, 50 * 60 * 1000);
    assert_int_equal(model_notices(&glass->model, on), 2); /* the third has begun */
    assert_int_equal(on[1]->id, 3);
}

/* Each is shown for eight seconds, and all in a language before the next one comes. */
static void shows_one_after_another(void **state)
{
    Glass *glass = &the_glass;
    size_t place, of;

    (void)state;
    assert_null(model_notice(&glass->model, &place, &of));
    tell(glass, "n1", 3, 60);
    glass->model.greeting = 0;
    for (size_t turn = 0; turn < 2 * (size_t)LANGUAGE_COUNT; turn++) {
        assert_int_equal(model_notice(&glass->model, &place, &of)->id, turn % 2 + 1);
        assert_int_equal(place, turn % 2);
        assert_int_equal(of, 2);
        assert_int_equal(model_greeting(&glass->model), turn / 2 % LANGUAGE_COUNT);
        glass_wait(glass, ATTRACT_TURN_MS);
    }
    assert_int_equal(model_greeting(&glass->model), LANGUAGE_UZ);
}

/* Nobody's reading is interrupted by a turn that began in a visit. */
static void a_visit_stops_the_turning(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    tell(glass, "n1", 3, 60);
    glass_act(glass, ACT_START, 0);
    uint32_t turns = glass->model.greeting;
    glass_wait(glass, ATTRACT_TURN_MS * 4);
    assert_int_equal(glass->model.greeting, turns);
    glass_act(glass, ACT_FINISH, 0);
    glass_wait(glass, ATTRACT_TURN_MS - 1);
    assert_int_equal(glass->model.greeting, turns);
    glass_wait(glass, 1);
    assert_int_equal(glass->model.greeting, turns + 1);
}

static void one_notice_alone_wakes_nobody(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    tell(glass, "n1", 2, 60);
    assert_true(app_next_wake(&glass->model) - glass->now_ms > ATTRACT_TURN_MS);
}

static void changes_its_look_when_nobody_stands_there(void **state)
{
    Glass *glass = &the_glass;

    (void)state;
    assert_int_equal(model_brand(&glass->model), 0);
    assert_null(model_logo(&glass->model));
    dress(glass, "t1", 0x7a1f2b);
    assert_int_equal(model_brand(&glass->model), 0x7a1f2b);
    assert_non_null(model_logo(&glass->model));
    glass_act(glass, ACT_START, 0);
    dress(glass, "t2", 0x14532d);
    assert_int_equal(model_brand(&glass->model), 0x7a1f2b);
    assert_false(asks_after(glass, "", "t2").theme); /* it has that one already */
    dress(glass, "t3", 0x1b3a6b);                    /* a newer one takes its place */
    glass_act(glass, ACT_FINISH, 0);
    assert_int_equal(model_brand(&glass->model), 0x1b3a6b);
    assert_null(glass->model.theme_next.logo);
    assert_string_equal(glass->model.theme.version, "t3");
}

int main(void)
{
#define GLASS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        GLASS_TEST(asks_for_what_it_does_not_have), GLASS_TEST(begins_and_ends_them_by_its_own_clock),
        GLASS_TEST(shows_one_after_another),        GLASS_TEST(a_visit_stops_the_turning),
        GLASS_TEST(one_notice_alone_wakes_nobody),  GLASS_TEST(changes_its_look_when_nobody_stands_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
