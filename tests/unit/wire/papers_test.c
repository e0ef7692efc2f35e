#include "test.h"

#include <stdio.h>
#include <string.h>

#include "wire/papers.h"

static void reads_what_it_writes(void **state)
{
    ApiPapers papers = { .id = "20000000-0000-4000-8000-000000000001",
                         .address = "HTTPS://HUJJAT.NAMUNA.UZ/U/00000000000000000000000000",
                         .state = PAPERS_GIVEN,
                         .pages = 2,
                         .most = 4,
                         .seconds_left = 900 };
    ApiPapersWanted wanted = { "excused-absence", "certificate" };
    const ApiPapers before = papers;
    const ApiPapersWanted wanted_before = wanted;
    OWNED_BUF written;
    Error err = { 0 };

    (void)state;
    buf_init(&written, 1024);
    assert_ok(api_papers_write(&papers, &written, &err), err);
    assert_ok(api_papers_read(buf_str(&written), &papers, &err), err);
    assert_memory_equal(&before, &papers, sizeof papers);
    buf_clear(&written);
    assert_ok(api_papers_wanted_write(&wanted, &written, &err), err);
    assert_string_equal(buf_text(&written), "{\"field\":\"certificate\",\"service\":\"excused-absence\"}");
    assert_ok(api_papers_wanted_read(buf_str(&written), &wanted, &err), err);
    assert_memory_equal(&wanted_before, &wanted, sizeof wanted);
}

static void refuses_what_is_none(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"id\":\"x\",\"state\":\"lost\",\"pages\":1,\"most\":4,\"seconds_left\":1}",
        "{\"id\":\"x\",\"state\":\"given\",\"pages\":9,\"most\":4,\"seconds_left\":1}",
        "{\"id\":\"x\",\"state\":\"given\",\"pages\":-1,\"most\":4,\"seconds_left\":1}",
        "{\"id\":\"x\",\"state\":\"given\",\"pages\":1,\"most\":0,\"seconds_left\":1}",
        "{\"id\":7,\"state\":\"given\",\"pages\":1,\"most\":4,\"seconds_left\":1}",
    };
    const ApiPapers nothing = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        ApiPapers papers = { .address = "secret" };
        ApiPapersWanted wanted = { "a", "b" };

        assert_false(api_papers_read(str_from(wrong[i]), &papers, NULL));
        assert_memory_equal(&nothing, &papers, sizeof papers);
        assert_false(api_papers_wanted_read(str_from(wrong[i]), &wanted, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(refuses_what_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
