/* Scripts: what is refused and where, and what each step asks of the loop. */
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/script.h"

static const struct {
    const char *name, *text, *words;
} refusals[] = {
    { "no such step", "tap home\njump high\n", "line 2: no such step" },
    { "a step before others", "jump high\ntap home\n", "line 1: no such step: jump high" },
    { "a step that is only a beginning", "tapping home\n", "line 1: no such step" },
    { "a tap of nothing", "\n# fine\ntap\n", "line 3: tap wants something" },
    { "no seconds", "wait long\n", "line 1: wait wants seconds" },
    { "negative seconds", "later -1\n", "line 1: later wants seconds" },
    { "hundredths", "wait 1.25\n", "line 1: wait wants seconds" },
    { "no colour", "expect colour maroon\n", "line 1: expect colour wants #RRGGBB" },
    { "no colour to refuse", "refuse colour #12345\n", "line 1: refuse colour wants #RRGGBB" },
    { "no seconds for answers", "answers soon\n", "line 1: answers wants seconds" },
    { "an expectation of nothing", "expect text\n", "line 1: expect text wants something" },
};

static void refused_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        Error err = { 0 };
        Script *script = script_parse(str_from(refusals[i].text), &err);
        assert_null(script);
        assert_int_equal(err.code, ERR_FORMAT);
        if (!strstr(err.text, refusals[i].words) || strchr(err.text, '\n')) /* its own line, and no other */
            fail_msg("%s: %s", refusals[i].name, err.text);
    }
}

static void too_many_steps_are_refused(void **state)
{
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    buf_init(&text, SCRIPT_BYTES_MOST);
    for (int i = 0; i <= SCRIPT_STEPS_MOST; i++)
        buf_add_text(&text, "key tab\n");
    assert_null(script_parse(buf_str(&text), &err));
    assert_int_equal(err.code, ERR_RANGE);
}

/* A glass with one button and some words. */
typedef struct Glass {
    Tree *tree;
    ScriptSight sight;
} Glass;

static void glass_open(Glass *glass, const char *screen)
{
    Error err = { 0 };

    glass->tree = tree_new(&err);
    assert_non_null(glass->tree);
    tree_clear(glass->tree, LANGUAGE_UZ);
    Node *button = tree_leaf(glass->tree, ROLE_BUTTON, "print", "Chop etish", (Style){ 0 });
    button->send = (Send){ 7, 0 };
    glass->sight = (ScriptSight){ .tree = glass->tree, .screen = screen, .monotonic_ms = 1000, .out_folder = "." };
}

static ScriptStep next(Script *script, Glass *glass)
{
    return script_next(script, &glass->sight);
}

static void steps_in_their_order(void **state)
{
    static const struct {
        ScriptWish wish;
        const char *text;
        int64_t ms;
    } wanted[] = {
        { SCRIPT_TAP, "print", 0 },    { SCRIPT_TAP, "print", 0 },    { SCRIPT_TYPE, "salom dunyo", 0 },
        { SCRIPT_KEY, "enter", 0 },    { SCRIPT_LATER, "61", 61000 }, { SCRIPT_SHOT, "a.png", 0 },
        { SCRIPT_SPEECH, "a.txt", 0 }, { SCRIPT_TREE, "b.txt", 0 },
    };
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    OWNED(Script)
    script = script_parse(STR("# a visit\nexpect screen home\n  expect text \"etish\"\nexpect print\nrefuse pay\n"
                              "touch pay\ntouch print\ntap print\ntype salom dunyo\nkey enter\nlater 61\nshot "
                              "a.png\nspeech a.txt\ntree b.txt"),
                          &err);
    assert_non_null(script);
    for (size_t i = 0; i < COUNT(wanted); i++) {
        ScriptStep step = next(script, &glass);
        assert_int_equal(step.wish, wanted[i].wish);
        assert_string_equal(step.text, wanted[i].text);
        assert_int_equal(step.ms, wanted[i].ms);
        script_carried_out(script);
    }
    assert_int_equal(next(script, &glass).wish, SCRIPT_DONE);
    tree_free(glass.tree);
}

static void what_does_not_happen_fails_after_its_patience(void **state)
{
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    OWNED(Script) script = script_parse(STR("patience 2\nexpect screen done\n"), &err);
    assert_non_null(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    glass.sight.monotonic_ms += 1900;
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    glass.sight.monotonic_ms += 200;
    ScriptStep step = next(script, &glass);
    assert_int_equal(step.wish, SCRIPT_FAILED);
    assert_non_null(strstr(step.text, "line 2: expect screen done"));
    tree_free(glass.tree);
}

static void what_is_cut_is_not_whole(void **state)
{
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    OWNED(Script) script = script_parse(STR("expect whole\nexpect whole\n"), &err);
    OWNED(Script) wrong = script_parse(STR("expect whole thing\n"), &err);
    assert_non_null(script);
    assert_null(wrong);
    glass.sight.monotonic_ms = 1000;
    tree_find(glass.tree, "print")->cut = true;
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    tree_find(glass.tree, "print")->cut = false;
    assert_int_equal(next(script, &glass).wish, SCRIPT_DONE);
    tree_free(glass.tree);
}

static void what_must_not_be_there_fails_at_once(void **state)
{
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    OWNED(Script) script = script_parse(STR("refuse print\n"), &err);
    assert_non_null(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_FAILED);
    tree_free(glass.tree);
}

static void a_colour_is_looked_for_in_every_pixel(void **state)
{
    Error err = { 0 };
    Glass glass;
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, 7, 5, 32, SDL_PIXELFORMAT_ARGB8888);

    (void)state;
    assert_non_null(surface);
    glass_open(&glass, "home");
    OWNED(Script) script = script_parse(STR("expect colour #7A1F2B\nrefuse colour #7A1F2B\n"), &err);
    assert_non_null(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING); /* nothing is painted */
    glass.sight.surface = surface;
    SDL_FillRect(surface, NULL, 0xFF7A1F2A);
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    SDL_FillRect(surface, &(SDL_Rect){ 6, 4, 1, 1 }, 0x007A1F2B); /* the last one; what is no colour does not count */
    assert_int_equal(next(script, &glass).wish, SCRIPT_FAILED);   /* expected, and refused */
    SDL_FillRect(surface, NULL, 0xFF000000);
    assert_int_equal(next(script, &glass).wish, SCRIPT_DONE);
    SDL_FreeSurface(surface);
    tree_free(glass.tree);
}

static void what_goes_is_waited_for(void **state)
{
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    OWNED(Script) script = script_parse(STR("expect gone print\n"), &err);
    assert_non_null(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    tree_clear(glass.tree, LANGUAGE_UZ);
    assert_int_equal(next(script, &glass).wish, SCRIPT_DONE);
    tree_free(glass.tree);
}

static void time_goes_by_while_waiting(void **state)
{
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    OWNED(Script) script = script_parse(STR("wait 1.5\nkey tab\n"), &err);
    assert_non_null(script);
    ScriptStep step = next(script, &glass);
    assert_int_equal(step.wish, SCRIPT_NOTHING);
    assert_int_equal(step.ms, 2500);
    glass.sight.monotonic_ms = 2500;
    assert_int_equal(next(script, &glass).wish, SCRIPT_KEY);
    tree_free(glass.tree);
}

static void a_file_is_awaited(void **state)
{
    char name[64];
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    glass.sight.out_folder = "/tmp";
    snprintf(name, sizeof name, "await script-test-%d\n", (int)getpid());
    OWNED(Script) script = script_parse(str_from(name), &err);
    assert_non_null(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    char path[80];
    snprintf(path, sizeof path, "/tmp/script-test-%d", (int)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(next(script, &glass).wish, SCRIPT_DONE);
    unlink(path);
    tree_free(glass.tree);
}

/* Each of these would touch, picture or judge a glass that is about to change. */
static void who_acts_looks_first(void **state)
{
    static const struct {
        const char *text;
        ScriptWish then;
    } cases[] = {
        { "tap print\n", SCRIPT_TAP },        { "touch print\n", SCRIPT_TAP },   { "type salom\n", SCRIPT_TYPE },
        { "key tab\n", SCRIPT_KEY },          { "later 61\n", SCRIPT_LATER },    { "shot a.png\n", SCRIPT_SHOT },
        { "speech a.txt\n", SCRIPT_SPEECH },  { "tree a.txt\n", SCRIPT_TREE },   { "refuse pay\n", SCRIPT_DONE },
        { "expect gone pay\n", SCRIPT_DONE }, { "expect whole\n", SCRIPT_DONE },
    };
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED(Script) script = script_parse(str_from(cases[i].text), &err);
        assert_non_null(script);
        glass.sight.answers_due = true;
        for (int j = 0; j < 9; j++, glass.sight.monotonic_ms += 1000) {
            ScriptStep step = next(script, &glass);
            if (step.wish != SCRIPT_NOTHING || step.ms <= glass.sight.monotonic_ms)
                fail_msg("%s does not wait", cases[i].text);
        }
        glass.sight.answers_due = false;
        if (next(script, &glass).wish != cases[i].then)
            fail_msg("%s is not carried out", cases[i].text);
    }
    tree_free(glass.tree);
}

/* What is about to come may make a refusal true, or false. */
static void what_comes_with_the_answer_is_judged(void **state)
{
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    OWNED(Script) script = script_parse(STR("refuse pay\n"), &err);
    assert_non_null(script);
    glass.sight.answers_due = true;
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    tree_leaf(glass.tree, ROLE_BUTTON, "pay", "Toʻlash", (Style){ 0 });
    glass.sight.answers_due = false;
    assert_int_equal(next(script, &glass).wish, SCRIPT_FAILED);
    tree_free(glass.tree);
}

/* No longer than a request may take, and for who is in a hurry not at all. */
static void answers_are_not_waited_for_for_ever(void **state)
{
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    glass.sight.answers_due = true;
    OWNED(Script) script = script_parse(STR("tap print\nanswers 0\ntap print\nanswers 2\ntap print\n"), &err);
    assert_non_null(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    glass.sight.monotonic_ms += 9900;
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    glass.sight.monotonic_ms += 100;
    assert_int_equal(next(script, &glass).wish, SCRIPT_TAP);
    script_carried_out(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_TAP);
    script_carried_out(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    glass.sight.monotonic_ms += 2000;
    assert_int_equal(next(script, &glass).wish, SCRIPT_TAP);
    tree_free(glass.tree);
}

/* What is expected may be what stands there while one waits, and what is outside of the glass has its own time. */
static void what_is_expected_may_come_before_the_answer(void **state)
{
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    glass.sight.answers_due = true;
    OWNED(Script)
    script = script_parse(STR("expect screen home\nexpect text \"etish\"\nexpect print\nwait 0\npatience 5\n"), &err);
    assert_non_null(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_DONE);
    tree_free(glass.tree);
}

static void write_to(int fd, const char *text)
{
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
}

/* Half lines wait for their end, and the end of what is written is the end of the script. */
static void steps_are_read_while_it_is_played(void **state)
{
    Error err = { 0 };
    Glass glass;
    int pipes[2];

    (void)state;
    glass_open(&glass, "home");
    assert_int_equal(pipe(pipes), 0);
    OWNED(Script) script = script_listen(pipes[0], &err);
    assert_non_null(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    write_to(pipes[1], "expect screen home\ntap pri");
    for (int i = 0; i < 3; i++)
        assert_int_equal(next(script, &glass).wish, SCRIPT_NOTHING);
    write_to(pipes[1], "nt\n\n# a word\nlater 3\ntree a.txt\n");
    ScriptStep step = next(script, &glass);
    assert_int_equal(step.wish, SCRIPT_TAP);
    assert_string_equal(step.text, "print");
    script_carried_out(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_LATER);
    script_carried_out(script);
    assert_int_equal(next(script, &glass).wish, SCRIPT_TREE);
    script_carried_out(script);
    for (int i = 0; i < SCRIPT_STEPS_MOST + 1; i++) { /* what is done takes no room */
        write_to(pipes[1], "key tab\n");
        assert_int_equal(next(script, &glass).wish, SCRIPT_KEY);
        script_carried_out(script);
    }
    close(pipes[1]);
    while (next(script, &glass).wish == SCRIPT_NOTHING)
        continue;
    assert_int_equal(next(script, &glass).wish, SCRIPT_DONE);
    close(pipes[0]);
    tree_free(glass.tree);
}

static void what_is_no_step_fails_when_it_comes(void **state)
{
    static const char *const lines[] = { "key tab\n\njump high\n", "\n\nsleep\n" };
    Error err = { 0 };
    Glass glass;

    (void)state;
    glass_open(&glass, "home");
    for (size_t i = 0; i < COUNT(lines); i++) {
        int pipes[2];
        assert_int_equal(pipe(pipes), 0);
        OWNED(Script) script = script_listen(pipes[0], &err);
        assert_non_null(script);
        write_to(pipes[1], lines[i]);
        ScriptStep step = next(script, &glass);
        assert_int_equal(step.wish, SCRIPT_FAILED);
        assert_non_null(strstr(step.text, "line 3: no such step"));
        close(pipes[0]);
        close(pipes[1]);
    }
    tree_free(glass.tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refused_with_its_line),
        cmocka_unit_test(too_many_steps_are_refused),
        cmocka_unit_test(steps_in_their_order),
        cmocka_unit_test(what_does_not_happen_fails_after_its_patience),
        cmocka_unit_test(what_is_cut_is_not_whole),
        cmocka_unit_test(what_must_not_be_there_fails_at_once),
        cmocka_unit_test(a_colour_is_looked_for_in_every_pixel),
        cmocka_unit_test(what_goes_is_waited_for),
        cmocka_unit_test(time_goes_by_while_waiting),
        cmocka_unit_test(a_file_is_awaited),
        cmocka_unit_test(who_acts_looks_first),
        cmocka_unit_test(what_comes_with_the_answer_is_judged),
        cmocka_unit_test(answers_are_not_waited_for_for_ever),
        cmocka_unit_test(what_is_expected_may_come_before_the_answer),
        cmocka_unit_test(steps_are_read_while_it_is_played),
        cmocka_unit_test(what_is_no_step_fails_when_it_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
