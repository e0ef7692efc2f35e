#include "test.h"

#include <string.h>

#include "base/plural.h"

static void follows_real_rules(void **state)
{
    static const struct {
        const char *name, *line;
        struct {
            uint64_t n;
            unsigned form;
        } at[8];
    } cases[] = {
        { "Uzbek", "nplurals=1; plural=0;", { { 0, 0 }, { 1, 0 }, { 21, 0 } } },
        { "English", "nplurals=2; plural=(n != 1);", { { 0, 1 }, { 1, 0 }, { 2, 1 } } },
        { "French", "nplurals=2; plural=n>1;", { { 0, 0 }, { 1, 0 }, { 2, 1 } } },
        { "Russian",
          "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
          { { 1, 0 }, { 21, 0 }, { 11, 2 }, { 2, 1 }, { 24, 1 }, { 12, 2 }, { 0, 2 }, { 111, 2 } } },
        { "Arabic",
          "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
          { { 0, 0 }, { 1, 1 }, { 2, 2 }, { 103, 3 }, { 111, 4 }, { 100, 5 }, { 1002, 5 }, { 10, 3 } } },
        { "Slovene",
          "nplurals=4; plural=n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3",
          { { 1, 0 }, { 102, 1 }, { 3, 2 }, { 4, 2 }, { 5, 3 } } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        PluralRule rule;
        Error err = { 0 };
        assert_ok(plural_parse(str_from(cases[i].line), &rule, &err), err);
        for (size_t k = 0; k < COUNT(cases[i].at) && (k == 0 || cases[i].at[k].n || cases[i].at[k].form); k++)
            if (plural_form(&rule, cases[i].at[k].n) != cases[i].at[k].form)
                fail_msg("%s, n = %llu", cases[i].name, (unsigned long long)cases[i].at[k].n);
    }
}

/* What binds tighter, what groups left and what groups right, as in C. */
static void reads_expressions_as_c_does(void **state)
{
    static const struct {
        const char *expression;
        uint64_t n;
        unsigned value;
    } cases[] = {
        { "1+2*2", 0, 5 },     { "(1+1)*2", 0, 4 },
        { "9-3-2", 0, 4 },     { "9-(3-2)-3", 0, 5 },
        { "20/2/5", 0, 2 },    { "7%4%2", 0, 1 },
        { "1?2?3:4:5", 0, 3 }, { "0?1:0?2:3", 0, 3 },
        { "1||0&&0", 0, 1 },   { "!n", 0, 1 },
        { "!!n", 9, 1 },       { "!n==0", 9, 1 },
        { "1<2==1", 0, 1 },    { "n<=3", 3, 1 },
        { "n>=4", 3, 0 },      { "n/0", 5, 0 },
        { "n%0", 5, 0 },       { " ( n ) ", 4, 4 },
        { "n>3?1:2", 3, 2 },   { "0-1>0", 0, 1 },
        { "n", 5, 5 },         { "n", 6, 0 /* not a form */ },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char line[100] = "nplurals=6; plural=";
        PluralRule rule;
        Error err = { 0 };
        memcpy(line + strlen(line), cases[i].expression, strlen(cases[i].expression) + 1);
        assert_ok(plural_parse(str_from(line), &rule, &err), err);
        if (plural_form(&rule, cases[i].n) != cases[i].value)
            fail_msg("%s", cases[i].expression);
    }
}

static void refuses_broken_rules(void **state)
{
    static const char *const lines[] = {
        "",
        "nplurals=2",
        "nplurals=2;",
        "nplurals=2; plural=",
        "nplurals=0; plural=0;",
        "nplurals=7; plural=0;",
        "nplurals=x; plural=0;",
        "nplurals=2; plural=n+;",
        "nplurals=2; plural=(n;",
        "nplurals=2; plural=n);",
        "nplurals=2; plural=n?1;",
        "nplurals=2; plural=n 1;",
        "nplurals=2; plural=m;",
        "nplurals=2; plural=n=1;",
        "nplurals=2; plural=-1;",
        "nplurals=2; plural=n;;",
        "nplurals=2; plural=4294967296;",
        "nplurals=2; plural=99999999999999999999;",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        PluralRule rule;
        Error err = { 0 };
        if (plural_parse(str_from(lines[i]), &rule, &err))
            fail_msg("'%s' is not refused", lines[i]);
        assert_int_equal(err.code, ERR_FORMAT);
    }
}

static void is_bounded_in_depth_and_size(void **state)
{
    static const char head[] = "nplurals=2; plural=";
    static const char *const repeated[] = { "(", "!", "n?", "n?n:", "n+", "n||" };
    char line[4096];
    PluralRule rule;

    (void)state;
    for (size_t i = 0; i < COUNT(repeated); i++) {
        size_t len = sizeof(head) - 1;
        memcpy(line, head, sizeof(head));
        while (len + 10 < sizeof(line)) {
            memcpy(line + len, repeated[i], strlen(repeated[i]));
            len += strlen(repeated[i]);
        }
        line[len++] = 'n';
        assert_false(plural_parse((Str){ line, len }, &rule, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_real_rules),
        cmocka_unit_test(reads_expressions_as_c_does),
        cmocka_unit_test(refuses_broken_rules),
        cmocka_unit_test(is_bounded_in_depth_and_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
