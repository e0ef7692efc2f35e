#include "test.h"

#include <string.h>

#include "registrar/http/form_data.h"

#define TYPE "multipart/form-data; boundary=xYz"
#define PHOTO                                                                                                          \
    "--xYz\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a;name=\\\"b.jpg\"\r\nContent-Type: "         \
    "image/jpeg\r\n\r\n"

static void finds_the_part_of_a_name(void **state)
{
    static const struct {
        const char *type, *body, *name, *bytes; /* NULL: there is none */
    } cases[] = {
        { TYPE, PHOTO "abc\r\n--xYz--\r\n", "photo", "abc" },
        { TYPE, PHOTO "\r\n--xYz--\r\n", "photo", "" },
        { TYPE, PHOTO "a\r\n--xY\r\nb\r\n--xYz--", "photo", "a\r\n--xY\r\nb" },
        { "Multipart/Form-Data; Boundary=\"xYz\"; charset=utf-8", PHOTO "abc\r\n--xYz--\r\n", "photo", "abc" },
        { TYPE, "--xYz\r\nContent-Disposition: form-data; name=\"l\"\r\n\r\nuz\r\n" PHOTO "abc\r\n--xYz--\r\n", "photo",
          "abc" },
        { TYPE,
          "--xYz\r\nContent-Type: image/png\r\ncontent-disposition: form-data; filename=\"x\"; name=\"photo\"\r\n\r\np"
          "\r\n--xYz--\r\n",
          "photo", "p" },
        { TYPE, PHOTO "abc\r\n--xYz\r\nContent-Disposition: form-data; name=\"photo\"\r\n\r\nsecond\r\n--xYz--",
          "photo", "abc" },
        { TYPE, PHOTO "abc\r\n--xYz--\r\n", "other", NULL },
        { TYPE, PHOTO "abc", "photo", NULL }, /* cut */
        { TYPE, PHOTO "abc\r\n--xY--\r\n", "photo", NULL },
        { TYPE, "preamble" PHOTO "abc\r\n--xYz--\r\n", "photo", NULL },
        { TYPE, "--xYz--\r\n", "photo", NULL },
        { TYPE, "--xYz\r\n", "photo", NULL },
        { TYPE, "--xYz\r\nContent-Disposition: form-data; name=\"photo\r\n\r\nabc\r\n--xYz--", "photo", NULL },
        { TYPE, "", "photo", NULL },
        { "multipart/form-data; boundary=", PHOTO "abc\r\n--xYz--\r\n", "photo", NULL },
        { "multipart/form-data", PHOTO "abc\r\n--xYz--\r\n", "photo", NULL },
        { "application/x-www-form-urlencoded", PHOTO "abc\r\n--xYz--\r\n", "photo", NULL },
        { NULL, PHOTO "abc\r\n--xYz--\r\n", "photo", NULL },
        { "multipart/form-data; boundary="
          "0123456789012345678901234567890123456789012345678901234567890123456789x",
          PHOTO "abc\r\n--xYz--\r\n", "photo", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str bytes = { 0 };
        const bool found = form_data_get(cases[i].type, str_from(cases[i].body), cases[i].name, &bytes);

        if (found != (cases[i].bytes != NULL) || (found && !str_equal_text(bytes, cases[i].bytes)))
            fail_msg("case %zu: %s", i, found ? "found, and not what it is" : "not found");
    }
}

/* Whatever is cut off, nothing is read behind the end. */
static void every_cut_is_borne(void **state)
{
    static const char whole[] = PHOTO "abc\r\n--xYz--\r\n";

    (void)state;
    for (size_t length = 0; length < sizeof whole; length++) {
        char *copy = test_malloc(length + 1);
        Str bytes;

        memcpy(copy, whole, length);
        const bool found = form_data_get(TYPE, (Str){ copy, length }, "photo", &bytes);
        assert_int_equal(found, length >= sizeof whole - 1 - strlen("--\r\n"));
        test_free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_part_of_a_name),
        cmocka_unit_test(every_cut_is_borne),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
