#include "registrar/http/link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
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

static void test_counts_a_source(void **state UNUSED)
{
    Error error;
    Links *links = links_new(2, &error);
    struct sockaddr_storage one = address_of("2001:db8::1"), neighbour = address_of("2001:db8::2"),
                            other = address_of("10.0.0.1");

    assert_non_null(links);
    Link *first = links_add(links, (struct sockaddr *)&one, -1, 0);
    assert_true(links_admit(links, (struct sockaddr *)&neighbour));
    Link *second = links_add(links, (struct sockaddr *)&neighbour, -1, 0);
    assert_non_null(second);
    assert_false(links_admit(links, (struct sockaddr *)&one));
    assert_true(links_admit(links, (struct sockaddr *)&other));
    links_remove(links, first);
    assert_true(links_admit(links, (struct sockaddr *)&one));
    links_remove(links, NULL);
    links_free(links); /* with one still in it */
}

static bool is_shut(int peer)
{
    char byte;

    return recv(peer, &byte, 1, MSG_DONTWAIT) == 0;
}

static void test_ends_what_is_overdue(void **state UNUSED)
{
    Error error;
    Links *links = links_new(0, &error);
    struct sockaddr_storage address = address_of("10.0.0.1");
    int early[2], late[2];

    assert_non_null(links);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, early), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, late), 0);
    assert_non_null(links_add(links, (struct sockaddr *)&address, early[0], 1000));
    Link *link = links_add(links, (struct sockaddr *)&address, late[0], 1000);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_sources),
        cmocka_unit_test(test_counts_a_source),
        cmocka_unit_test(test_ends_what_is_overdue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
