#include "registrar/http/query.h"

#include <string.h>

#include "test.h"

static void test_decodes(void **state UNUSED)
{
    static const struct {
        const char *name, *in;
        bool plus;
        const char *out; /* NULL: refused */
    } cases[] = {
        { "plain", "7K3M", false, "7K3M" },
        { "percent", "o%CA%BB", false, "o\xca\xbb" },
        { "lower-case digits", "%2f", false, "/" },
        { "plus in a path", "a+b", false, "a+b" },
        { "plus in a query", "a+b", true, "a b" },
        { "nothing", "", true, "" },
        { "cut", "a%4", false, NULL },
        { "no digits", "a%zz", false, NULL },
        { "zero byte", "a%00b", false, NULL },
        { "line end", "a%0Ab", false, NULL },
        { "not UTF-8", "%FF", false, NULL },
        { "overlong", "%C0%AF", false, NULL },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 64);
        bool done = percent_decode(str_from(cases[i].in), cases[i].plus, &buf);
        if (done != (cases[i].out != NULL) || (done && !str_equal_text(buf_str(&buf), cases[i].out)))
            fail_msg("%s: %d \"%s\"", cases[i].name, done, buf_text(&buf));
    }
}

static void test_finds_a_value(void **state UNUSED)
{
    static const struct {
        const char *name, *query, *out; /* NULL: refused */
    } cases[] = {
        { "only", "l=ru", "ru" },
        { "second", "code=7K3M&l=ru", "ru" },
        { "first of two", "l=ru&l=en", "ru" },
        { "empty", "l=", "" },
        { "decoded", "l=%72u", "ru" },
        { "no value", "l", "" },
        { "another name that ends so", "al=ru", NULL },
        { "another name that begins so", "lang=ru", NULL },
        { "no query", NULL, NULL },
        { "empty query", "", NULL },
        { "just fits", "l=1234567", "1234567" },
        { "too long", "l=12345678", NULL },
        { "broken", "l=%7", NULL },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        char value[8] = "before";
        bool found = query_get(cases[i].query, "l", value, sizeof value);
        if (found != (cases[i].out != NULL))
            fail_msg("%s: %d", cases[i].name, found);
        assert_string_equal(value, found ? cases[i].out : "");
    }
}

static void test_finds_a_cookie(void **state UNUSED)
{
    static const struct {
        const char *name, *cookies, *out; /* NULL: refused */
    } cases[] = {
        { "only", "copy=abc", "abc" },
        { "last", "a=1; copy=abc", "abc" },
        { "the first of two", "copy=one; copy=two", "one" },
        { "spaces", "  a=1 ;  copy=abc  ", "abc" },
        { "with a sign of equality", "copy=a=b==", "a=b==" },
        { "empty", "copy=", "" },
        { "another's name ends so", "mycopy=abc", NULL },
        { "another's value looks so", "a=copy=abc", NULL },
        { "no value", "copy", NULL },
        { "other capitals", "Copy=abc", NULL },
        { "too long", "copy=0123456789abcdef", NULL },
        { "nothing", "", NULL },
        { "none", NULL, NULL },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        char value[16] = "before";
        bool found = cookie_get(cases[i].cookies, "copy", value, sizeof value);
        if (found != (cases[i].out != NULL) || strcmp(value, found ? cases[i].out : "") != 0)
            fail_msg("%s: %d \"%s\"", cases[i].name, found, value);
    }
}

static void test_encodes(void **state UNUSED)
{
    OWNED_BUF buf;

    buf_init(&buf, 64);
    percent_encode(STR("Oʻ M-1/2_.~"), &buf);
    assert_string_equal(buf_text(&buf), "O%CA%BB%20M-1%2F2_.~");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decodes),
        cmocka_unit_test(test_finds_a_value),
        cmocka_unit_test(test_finds_a_cookie),
        cmocka_unit_test(test_encodes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
