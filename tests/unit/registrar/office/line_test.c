
#include <string.h>

#include "registrar/office/line.h"
#include "test.h"

static Topics topics = { .count = 2, .items = { { .id = "papers", .letter = "A" }, { .id = "study", .letter = "B" } } };
static Line *line;

static int set_up(void **state)
{
    Error err = { 0 };

    (void)state;
    line = line_new(&topics, &err);
    return line ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    line_free(line);
    return 0;
}

static void window(int number, const char *for_what, WindowState state)
{
    WindowRow *row = &line->windows[line->window_count++];

    *row = (WindowRow){ .number = number, .state = state };
    str_copy_cut(str_from(for_what), row->topics, sizeof row->topics);
}

static TicketRow *ticket(const char *topic, TicketState state, int called_to, int for_window)
{
    TicketRow *row = &line->tickets[line->ticket_count++];

    *row =
        (TicketRow){ .state = state, .called_to = called_to, .for_window = for_window, .n = (int)line->ticket_count };
    row->letter[0] = topic[0] == 'p' ? 'A' : 'B';
    str_copy_cut(str_from(topic), row->topic, sizeof row->topic);
    return row;
}

static void each_window_calls_the_first_that_is_for_it(void **state)
{
    (void)state;
    window(1, "papers", WINDOW_OPEN);
    window(2, "papers,study", WINDOW_OPEN);
    ticket("study", TICKET_IS_WAITING, 0, 0);
    ticket("papers", TICKET_IS_CALLED, 1, 0);
    ticket("papers", TICKET_IS_WAITING, 0, 2);
    ticket("papers", TICKET_IS_PASSED, 0, 0);
    assert_ptr_equal(line_next(line, &line->windows[0]), &line->tickets[3]); /* the one before is for window 2 alone */
    assert_ptr_equal(line_next(line, &line->windows[1]), &line->tickets[0]);
    assert_ptr_equal(line_at(line, 1), &line->tickets[1]);
    assert_null(line_at(line, 2));
    assert_int_equal(line_waiting(line, "papers"), 2);
}

/* Those before one count who may be called by a window that may call that one. */
static void a_place_counts_those_who_may_be_called_instead(void **state)
{
    const LineWant papers = { "papers", 0 }, study = { "study", 0 };

    (void)state;
    window(1, "papers", WINDOW_OPEN);
    window(2, "papers,study", WINDOW_CLOSED);
    ticket("study", TICKET_IS_WAITING, 0, 0);
    TicketRow *second = ticket("papers", TICKET_IS_WAITING, 0, 0);
    assert_int_equal(line_ahead(line, papers, second), 0); /* nobody calls the one before it */
    assert_int_equal(line_ahead(line, papers, NULL), 1);
    assert_int_equal(line_ahead(line, study, NULL), 2); /* nobody is open for it: window 2 would call both first */
    line->windows[1].state = WINDOW_OPEN;
    assert_int_equal(line_ahead(line, papers, second), 1);
}

static void what_is_expected_comes_of_pace_windows_and_place(void **state)
{
    const LineWant papers = { "papers", 0 };

    (void)state;
    window(1, "papers", WINDOW_OPEN);
    assert_int_equal(line_expected_s(line, papers, 3), -1); /* nobody was served yet */
    line->pace_s[0] = 300;
    assert_int_equal(line_expected_s(line, papers, 3), 900);
    assert_int_equal(line_expected_s(line, papers, 0), 0);
    ticket("papers", TICKET_IS_SERVING, 1, 0);
    assert_int_equal(line_expected_s(line, papers, 0), 150); /* who is there is half through */
    assert_int_equal(line_expected_s(line, papers, 3), 1050);
    window(2, "papers", WINDOW_OPEN);
    assert_int_equal(line_expected_s(line, papers, 3), 450); /* two windows, one of them free */
    line->windows[0].state = WINDOW_PAUSED;
    line->windows[1].state = WINDOW_CLOSED;
    assert_int_equal(line_expected_s(line, papers, 3), -1);
    assert_int_equal(line_windows(line, "papers", false), 0);
    assert_int_equal(line_windows(line, "papers", true), 1);
    assert_true(line_is_manned(line));
    assert_int_equal(line_open_window(line), 0);
}

static void numbers_are_written_alike(void **state)
{
    char number[TICKET_NUMBER_SIZE];

    (void)state;
    ticket_number(&(TicketRow){ .letter = "A", .n = 14 }, number);
    assert_string_equal(number, "A-014");
    ticket_number(&(TicketRow){ .letter = "F", .n = 999 }, number);
    assert_string_equal(number, "F-999");
}

static void topics_are_read_whole_or_refused(void **state)
{
    static const struct {
        const char *json;
        bool fits;
    } cases[] = {
        { "[]", true },
        { "[{\"id\":\"papers\",\"letter\":\"A\",\"titles\":{\"uz\":\"Hujjatlar\",\"ru\":\"\"}}]", true },
        { "{}", false },
        { "[{\"id\":\"Papers\",\"letter\":\"A\",\"titles\":{\"uz\":\"Hujjatlar\"}}]", false },
        { "[{\"id\":\"papers\",\"letter\":\"AB\",\"titles\":{\"uz\":\"Hujjatlar\"}}]", false },
        { "[{\"id\":\"papers\",\"letter\":\"a\",\"titles\":{\"uz\":\"Hujjatlar\"}}]", false },
        { "[{\"id\":\"papers\",\"letter\":\"A\",\"titles\":{\"ru\":\"Справки\"}}]", false },
        { "[{\"id\":\"a\",\"letter\":\"A\",\"titles\":{\"uz\":\"x\"}},{\"id\":\"b\",\"letter\":\"A\",\"titles\":{"
          "\"uz\":"
          "\"x\"}}]",
          false },
        { "[{\"id\":\"a\",\"letter\":\"A\",\"titles\":{\"uz\":\"x\"}},{\"id\":\"a\",\"letter\":\"B\",\"titles\":{"
          "\"uz\":"
          "\"x\"}}]",
          false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *json = json_loads(cases[i].json, 0, NULL);
        Topics read;
        Error err = { 0 };

        if (topics_read(json, &read, &err) != cases[i].fits)
            fail_msg("%s: %s", cases[i].json, err.text);
        json_decref(json);
    }
    assert_true(topics_known(&topics, "papers,study"));
    assert_false(topics_known(&topics, "papers,"));
    assert_false(topics_known(&topics, ""));
    assert_true(topics_name("papers,study", "study"));
    assert_false(topics_name("papers,study", "stud"));
}

#define LINE_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LINE_TEST(each_window_calls_the_first_that_is_for_it),
        LINE_TEST(a_place_counts_those_who_may_be_called_instead),
        LINE_TEST(what_is_expected_comes_of_pace_windows_and_place),
        cmocka_unit_test(numbers_are_written_alike),
        cmocka_unit_test(topics_are_read_whole_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
