#include "registrar/http/link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test.h"

static struct sockaddr_storage address_of(const char *text)
{
    struct sockaddr_storage storage = { 0 };
    struct sockaddr_in four = { .sin_family = AF_INET };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

    if (inet_pton(AF_INET, text, &four.sin_addr) == 1) {
        memcpy(&storage, &four, sizeof four);
    } else {
        assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
        memcpy(&storage, &six, sizeof six);
    }
    return storage;
}

static void test_names_sources(void **state UNUSED)
{
    static const char *const cases[][2] = {
        { "10.1.2.3", "10.1.2.3" },
        { "255.255.255.255", "255.255.255.255" },
        { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
        { "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64" },
        { "::1", "::/64" },
        { "::ffff:10.1.2.3", "10.1.2.3" },
        { "2001:db89:1234:5678:3:4:5:6", "2001:db89:1234:5678::/64" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sockaddr_storage address = address_of(cases[i][0]);
        char source[64];
        source_name((const struct sockaddr *)&address, source);
        assert_string_equal(source, cases[i][1]);
    }
}

static Links *open_links(LinkLimits limits)
{
    Error error;
    Links *links = links_new(&limits, &error);

    assert_non_null(links);
    return links;
}

static Link *add(Links *links, const char *text, int socket, int64_t due_ms)
{
    struct sockaddr_storage address = address_of(text);
    Link *link = links_add(links, (struct sockaddr *)&address, false, socket, due_ms);

    assert_non_null(link);
    return link;
}

static bool admits(Links *links, const char *text)
{
    struct sockaddr_storage address = address_of(text);

    return links_admit(links, (struct sockaddr *)&address, false, 1000);
}

static void know(Links *links, Link *link, const char *fingerprint)
{
    str_copy_cut(str_from(fingerprint), link->fingerprint, sizeof link->fingerprint);
    links_know(links, link, 1000);
}

static void test_counts_a_source(void **state UNUSED)
{
    Links *links = open_links((LinkLimits){ .a_source = 2 });
    struct sockaddr_storage proxy = address_of("2001:db8::3");

    Link *first = add(links, "2001:db8::1", -1, 0);
    assert_true(admits(links, "2001:db8::2"));
    add(links, "2001:db8::2", -1, 0);
    assert_false(admits(links, "2001:db8::1"));
    assert_true(links_admit(links, (struct sockaddr *)&proxy, true, 1000)); /* its connections are many people's */
    assert_true(admits(links, "10.0.0.1"));
    links_remove(links, first);
    assert_true(admits(links, "2001:db8::1"));
    links_remove(links, NULL);
    links_free(links); /* with one still in it */
}

static void test_a_certificate_makes_room_for_newcomers(void **state UNUSED)
{
    Links *links = open_links((LinkLimits){ .newcomers = 3, .a_source = 2 });

    Link *first = add(links, "10.0.0.1", -1, 0), *second = add(links, "10.0.0.1", -1, 0);
    assert_false(admits(links, "10.0.0.1"));
    know(links, first, "aa");
    assert_true(admits(links, "10.0.0.1"));
    add(links, "10.0.0.1", -1, 0);
    assert_false(admits(links, "10.0.0.1"));
    assert_true(admits(links, "10.0.0.2"));
    add(links, "10.0.0.2", -1, 0);
    assert_false(admits(links, "10.0.0.3")); /* three in all */
    know(links, second, "bb");
    know(links, second, "bb"); /* once is enough */
    assert_true(admits(links, "10.0.0.3"));
    links_remove(links, first);
    links_free(links);
}

static void test_arrivals_come_back(void **state UNUSED)
{
    Links *links = open_links((LinkLimits){ .arrivals = 8 });
    struct sockaddr_storage address = address_of("10.0.0.1"), other = address_of("10.0.0.2");
    int admitted = 0;

    for (int i = 0; i < 20; i++)
        admitted += links_admit(links, (struct sockaddr *)&address, false, 1000);
    assert_int_equal(admitted, 8);
    assert_true(links_admit(links, (struct sockaddr *)&other, false, 1000));
    links_end_overdue(links, 3000); /* who is gone is not forgotten so soon */
    for (int i = 0; i < 20; i++)
        admitted += links_admit(links, (struct sockaddr *)&address, false, 3000);
    assert_int_equal(admitted, 10);
    links_free(links);
}

static void test_who_shows_a_certificate_is_no_arrival(void **state UNUSED)
{
    Links *links = open_links((LinkLimits){ .arrivals = 8 });
    char fingerprint[8];

    for (int i = 0; i < 100; i++) { /* a hall after a power cut, behind one address */
        assert_true(admits(links, "10.0.0.1"));
        snprintf(fingerprint, sizeof fingerprint, "%d", i);
        know(links, add(links, "10.0.0.1", -1, 0), fingerprint);
    }
    int admitted = 0; /* and one of them that comes again and again */
    while (admitted < 100 && admits(links, "10.0.0.1")) {
        know(links, add(links, "10.0.0.1", -1, 0), "mad");
        admitted++;
    }
    assert_int_equal(admitted, 16 + 8);
    links_free(links);
}

static bool is_shut(int peer)
{
    char byte;

    return recv(peer, &byte, 1, MSG_DONTWAIT) == 0;
}

static void test_ends_what_is_overdue(void **state UNUSED)
{
    Links *links = open_links((LinkLimits){ 0 });
    int early[2], late[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, early), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, late), 0);
    add(links, "10.0.0.1", early[0], 1000);
    Link *link = add(links, "10.0.0.1", late[0], 1000);
    links_expect(links, link, 2000);
    links_end_overdue(links, 999);
    assert_false(is_shut(early[1]));
    links_end_overdue(links, 1000);
    assert_true(is_shut(early[1]));
    assert_false(is_shut(late[1]));
    links_end_overdue(links, 2000);
    assert_true(is_shut(late[1]));
    links_free(links);
    for (int i = 0; i < 2; i++) {
        close(early[i]);
        close(late[i]);
    }
}

/* Half-dead ones of a kiosk that lost its network keep it from nothing. */
static void test_one_more_of_a_certificate_ends_its_oldest(void **state UNUSED)
{
    enum { OPENED = 5, MOST = 2 };
    Links *links = open_links((LinkLimits){ .a_certificate = MOST });
    int ends[OPENED][2], other[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, other), 0);
    know(links, add(links, "10.0.0.9", other[0], 1000), "bb");
    for (int i = 0; i < OPENED; i++) {
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends[i]), 0);
        know(links, add(links, "10.0.0.1", ends[i][0], 1000), "aa");
        for (int k = 0; k <= i; k++)
            assert_int_equal(is_shut(ends[k][1]), k <= i - MOST);
    }
    assert_false(is_shut(other[1]));
    links_free(links);
    for (int i = 0; i < OPENED; i++) {
        close(ends[i][0]);
        close(ends[i][1]);
    }
    close(other[0]);
    close(other[1]);
}

static int spend(Links *links, const Link *link, int tries, int64_t now_ms, int *ret_wait_s)
{
    int spent = 0;

    for (int i = 0; i < tries; i++)
        spent += links_spend(links, link, now_ms, ret_wait_s);
    return spent;
}

static void test_requests_have_a_share(void **state UNUSED)
{
    Links *links = open_links((LinkLimits){ .requests_a_second = 10 });
    Link *link = add(links, "10.0.0.1", -1, 0), *second = add(links, "10.0.0.1", -1, 0),
         *other = add(links, "10.0.0.1", -1, 0);
    int wait_s;

    know(links, link, "aa");
    know(links, second, "aa");
    know(links, other, "bb");
    assert_int_equal(spend(links, link, 100, 50000, &wait_s), 40); /* four seconds' worth */
    assert_int_equal(wait_s, 1);
    assert_int_equal(spend(links, second, 100, 50000, &wait_s), 0); /* of the certificate, not of the connection */
    assert_int_equal(spend(links, other, 100, 50000, &wait_s), 40);
    assert_int_equal(spend(links, link, 100, 51000, &wait_s), 10);
    links_remove(links, second);
    links_remove(links, link);
    links_end_overdue(links, 51500);
    link = add(links, "10.0.0.1", -1, 0);
    know(links, link, "aa"); /* who comes again is not new */
    assert_int_equal(spend(links, link, 100, 51500, &wait_s), 5);
    links_remove(links, link);
    links_end_overdue(links, 60000);
    link = add(links, "10.0.0.1", -1, 0);
    know(links, link, "aa");
    assert_int_equal(spend(links, link, 100, 60000, &wait_s), 40);
    links_free(links);
}

static void test_no_limit_is_none(void **state UNUSED)
{
    Links *links = open_links((LinkLimits){ 0 });
    int wait_s;

    for (int i = 0; i < 100; i++) {
        assert_true(admits(links, "10.0.0.1"));
        know(links, add(links, "10.0.0.1", -1, 1000), "aa");
    }
    assert_int_equal(spend(links, add(links, "10.0.0.1", -1, 1000), 1000, 1, &wait_s), 1000);
    links_free(links);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_sources),
        cmocka_unit_test(test_counts_a_source),
        cmocka_unit_test(test_a_certificate_makes_room_for_newcomers),
        cmocka_unit_test(test_arrivals_come_back),
        cmocka_unit_test(test_who_shows_a_certificate_is_no_arrival),
        cmocka_unit_test(test_ends_what_is_overdue),
        cmocka_unit_test(test_one_more_of_a_certificate_ends_its_oldest),
        cmocka_unit_test(test_requests_have_a_share),
        cmocka_unit_test(test_no_limit_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
