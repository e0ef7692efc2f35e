#include "registrar/office/staff_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void names_are_small_and_plain(void **state)
{
    static const struct {
        const char *name;
        bool fits;
    } cases[] = { { "m.aliyeva", true },
                  { "ab", true },
                  { "a-2", true },
                  { "a", false },
                  { "", false },
                  { "2ab", false },
                  { ".ab", false },
                  { "Malika", false },
                  { "m aliyeva", false },
                  { "m_aliyeva", false },
                  { "m'--", false },
                  { "../etc", false },
                  { "ўктам", false },
                  { "a23456789012345678901234567890123456789", true },
                  { "a234567890123456789012345678901234567890", false } };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (staff_name_fits(cases[i].name) != cases[i].fits)
            fail_msg("%s", cases[i].name);
}

static void roles_are_said_once_each(void **state)
{
    static const struct {
        const char *text, *written; /* NULL: not taken */
    } cases[] = { { "dean", "dean" },
                  { "archive,front-office", "front-office,archive" },
                  { " auditor , dean", "dean,auditor" },
                  { "", NULL },
                  { "dean,", NULL },
                  { "dean,dean", NULL },
                  { "god", NULL },
                  { "Dean", NULL } };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned roles;
        bool taken = staff_roles_parse(str_from(cases[i].text), &roles);
        OWNED_BUF buf;

        buf_init(&buf, 200);
        assert_int_equal(taken, cases[i].written != NULL);
        if (taken) {
            staff_roles_write(roles, &buf);
            assert_string_equal(buf_text(&buf), cases[i].written);
        }
    }
}

static void rights_are_those_of_all_roles(void **state)
{
    unsigned roles;

    (void)state;
    assert_true(staff_roles_parse(STR("accounting,archive"), &roles));
    assert_true(staff_roles_may(roles, RIGHT_PAYMENTS));
    assert_true(staff_roles_may(roles, RIGHT_BLANKS));
    assert_false(staff_roles_may(roles, RIGHT_HALL));
    assert_false(staff_roles_may(roles, RIGHT_STAFF));
    for (int right = 0; right < RIGHT_COUNT; right++)
        assert_false(staff_roles_may(0, (Right)right));
}

static void scopes_are_read_and_written(void **state)
{
    static const struct {
        const char *text, *written;
    } cases[] = { { "", "" },
                  { "window:2 faculty:401", "faculty:401 window:2" },
                  { "faculty:401, faculty:402\tfaculty:401", "faculty:401 faculty:402" },
                  { "printer:Front-1 unit:dean", "unit:dean printer:Front-1" },
                  { "faculty:", NULL },
                  { "faculty", NULL },
                  { "faculty:'--", NULL },
                  { "faculty:%", NULL },
                  { "moon:1", NULL },
                  { "faculty:1 faculty:2 faculty:3 faculty:4 faculty:5 faculty:6 faculty:7 faculty:8 faculty:9", NULL },
                  { "unit:a234567890123456789012345678901234", NULL } };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        StaffScope scope;
        bool taken = staff_scope_parse(str_from(cases[i].text), &scope);
        OWNED_BUF buf;

        buf_init(&buf, SCOPE_TEXT_SIZE);
        if (taken != (cases[i].written != NULL))
            fail_msg("%s", cases[i].text);
        if (taken) {
            staff_scope_write(&scope, &buf);
            assert_string_equal(buf_text(&buf), cases[i].written);
        }
    }
}

static void a_kind_without_names_is_not_limited(void **state)
{
    StaffScope scope;
    unsigned roles;

    (void)state;
    assert_true(staff_scope_parse(STR("faculty:401"), &scope));
    assert_true(scope_has(&scope, SCOPE_FACULTY, STR("401")));
    assert_false(scope_has(&scope, SCOPE_FACULTY, STR("402")));
    assert_false(scope_has(&scope, SCOPE_FACULTY, STR("")));
    assert_true(scope_has(&scope, SCOPE_WINDOW, STR("2")));
    assert_true(scope_has(NULL, SCOPE_FACULTY, STR("402")));
    assert_string_equal(scope_name(&scope, SCOPE_FACULTY, 0), "401");
    assert_string_equal(scope_name(&scope, SCOPE_FACULTY, 1), "");
    assert_true(staff_roles_parse(STR("dean,archive"), &roles));
    staff_scope_of_roles(roles, &scope);
    assert_true(scope_has(&scope, SCOPE_UNIT, STR("dean")) && scope_has(&scope, SCOPE_UNIT, STR("archive")));
    assert_false(scope_has(&scope, SCOPE_UNIT, STR("front-office")));
    assert_true(staff_scope_parse(STR("unit:military"), &scope));
    staff_scope_of_roles(roles, &scope);
    assert_false(scope_has(&scope, SCOPE_UNIT, STR("dean")));
}

static void passwords_are_long_and_not_everybodys(void **state)
{
    static const struct {
        const char *password;
        PasswordFault fault;
    } cases[] = { { "kabutar uchar 77", PASSWORD_FINE },  { "капитал ёмғир", PASSWORD_FINE },
                  { "too short", PASSWORD_SHORT },        { "", PASSWORD_SHORT },
                  { "ёёёёёёёёё", PASSWORD_SHORT },        { "I am M.Aliyeva!", PASSWORD_NAMED },
                  { "1234567890", PASSWORD_PLAIN },       { "4567890123", PASSWORD_PLAIN },
                  { "password123", PASSWORD_PLAIN },      { "Qwertyuiop1", PASSWORD_PLAIN },
                  { "aaaaaaaaaaaaaaaa", PASSWORD_PLAIN }, { "abababababab", PASSWORD_PLAIN },
                  { "Toshkent2026", PASSWORD_FINE },      { "toshkent26", PASSWORD_PLAIN } };
    char most[STAFF_PASSWORD_SIZE + 8];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (staff_password_fault("m.aliyeva", cases[i].password) != cases[i].fault)
            fail_msg("%s: %s", cases[i].password,
                     password_fault_name(staff_password_fault("m.aliyeva", cases[i].password)));
    memset(most, 'x', sizeof most);
    for (size_t i = 0; i < sizeof most; i++)
        most[i] = (char)('a' + i * 7 % 23);
    most[STAFF_PASSWORD_MOST] = '\0';
    assert_int_equal(staff_password_fault("m.aliyeva", most), PASSWORD_FINE);
    most[STAFF_PASSWORD_MOST] = 'z';
    most[STAFF_PASSWORD_MOST + 1] = '\0';
    assert_int_equal(staff_password_fault("m.aliyeva", most), PASSWORD_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_small_and_plain),           cmocka_unit_test(roles_are_said_once_each),
        cmocka_unit_test(rights_are_those_of_all_roles),       cmocka_unit_test(scopes_are_read_and_written),
        cmocka_unit_test(a_kind_without_names_is_not_limited), cmocka_unit_test(passwords_are_long_and_not_everybodys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
