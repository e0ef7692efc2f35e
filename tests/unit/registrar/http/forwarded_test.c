#include "registrar/http/forwarded.h"

#include <arpa/inet.h>
#include <string.h>

#include "test.h"

static Proxies proxies_of(const char *list)
{
    Proxies proxies;
    Error error = { 0 };

    assert_ok(proxies_read(list, &proxies, &error), error);
    return proxies;
}

static bool have(const Proxies *proxies, const char *text)
{
    struct sockaddr_in four = { .sin_family = AF_INET };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return proxies_have(proxies, (struct sockaddr *)&four);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return proxies_have(proxies, (struct sockaddr *)&six);
}

static void test_knows_its_proxies(void **state UNUSED)
{
    static const struct {
        const char *list, *address;
        bool ours;
    } cases[] = {
        { "", "127.0.0.1", false },
        { "10.0.0.0/8", "10.255.0.1", true },
        { "10.0.0.0/8", "11.0.0.1", false },
        { "10.0.0.0/8", "::ffff:10.1.2.3", true },
        { "192.0.2.7", "192.0.2.7", true },
        { "192.0.2.7", "192.0.2.8", false },
        { "192.0.2.128/25, 2001:db8::/33", "192.0.2.127", false },
        { "192.0.2.128/25, 2001:db8::/33", "192.0.2.200", true },
        { "192.0.2.128/25, 2001:db8::/33", "2001:db8:7fff::1", true },
        { "192.0.2.128/25 2001:db8::/33", "2001:db8:8000::1", false },
        { "0.0.0.0/0", "203.0.113.9", true },
        { "0.0.0.0/0", "2001:db8::1", false },
        { "::/0", "203.0.113.9", true },
        { " ,, 10.0.0.1 ,", "10.0.0.1", true },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Proxies proxies = proxies_of(cases[i].list);
        if (have(&proxies, cases[i].address) != cases[i].ours)
            fail_msg("%s: %s", cases[i].list, cases[i].address);
    }
}

static void test_refuses_what_is_no_address(void **state UNUSED)
{
    static const char *const lists[] = { "proxy.example", "10.0.0.0/33", "10.0.0.0/",  "10.0.0.0/-1",
                                         "10.0.0",        "::1/129",     "10.0.0.1,x", "10.0.0.0/8/8" };
    Proxies proxies;
    Error error = { 0 };

    for (size_t i = 0; i < COUNT(lists); i++) {
        if (proxies_read(lists[i], &proxies, &error))
            fail_msg("%s", lists[i]);
        assert_int_equal(error.code, ERR_ARGUMENT);
    }
}

static void test_the_last_that_is_not_ours_is_the_source(void **state UNUSED)
{
    static const struct {
        bool forwarded;
        const char *values, *source;
    } cases[] = {
        { false, "203.0.113.9", "203.0.113.9" },
        { false, "203.0.113.9, 10.0.0.2", "203.0.113.9" },
        { false, "1.2.3.4, 203.0.113.9", "203.0.113.9" }, /* what stands before it anybody can have written */
        { false, "1.2.3.4, 203.0.113.9, 10.0.0.2, 10.0.0.3", "203.0.113.9" },
        { false, "10.0.0.9, 10.0.0.2", "10.0.0.9" },
        { false, "203.0.113.9:51000", "203.0.113.9" },
        { false, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
        { false, "[2001:db8:1:2:3:4:5:6]:51000", "2001:db8:1:2::/64" },
        { false, "::ffff:203.0.113.9", "203.0.113.9" },
        { false, "unknown", "peer" },
        { false, "", "peer" },
        { false, "203.0.113.9, nonsense", "peer" },
        { false, "203.0.113.9, nonsense, 10.0.0.2", "10.0.0.2" },
        { false, "for=203.0.113.9", "peer" },
        { true, "for=203.0.113.9;proto=https;by=10.0.0.2", "203.0.113.9" },
        { true, "For=\"[2001:db8:1:2:3:4:5:6]:4711\"", "2001:db8:1:2::/64" },
        { true, "for=1.2.3.4, for=203.0.113.9;by=10.0.0.2, proto=http; for=10.0.0.2", "203.0.113.9" },
        { true, "for=\"a,b\", for=10.0.0.2", "10.0.0.2" },
        { true, "for=_hidden", "peer" },
        { true, "for=unknown, for=10.0.0.2", "10.0.0.2" },
        { true, "203.0.113.9", "peer" },
        { true, "for=\"", "peer" },
        { true, "\"", "peer" },
    };
    const Proxies proxies = proxies_of("10.0.0.0/8");

    for (size_t i = 0; i < COUNT(cases); i++) {
        char source[64] = "peer";
        forwarded_source(&proxies, cases[i].forwarded, str_from(cases[i].values), source);
        if (strcmp(source, cases[i].source) != 0)
            fail_msg("%s: %s", cases[i].values, source);
    }
}

static void test_a_long_chain_ends(void **state UNUSED)
{
    const Proxies proxies = proxies_of("10.0.0.0/8");
    char source[64] = "peer";
    OWNED_BUF values;

    buf_init(&values, 65536);
    buf_add_text(&values, "203.0.113.9");
    for (int i = 0; i < 2000; i++)
        buf_add_text(&values, ",10.0.0.2");
    forwarded_source(&proxies, false, buf_str(&values), source);
    assert_string_equal(source, "10.0.0.2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_knows_its_proxies),
        cmocka_unit_test(test_refuses_what_is_no_address),
        cmocka_unit_test(test_the_last_that_is_not_ours_is_the_source),
        cmocka_unit_test(test_a_long_chain_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
