#include "test.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static char folder[] = "/tmp/file_test.XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(folder); /* which also shows that nothing was left behind */
}

static const char *in_folder(const char *name)
{
    static char path[PATH_MAX];

    assert_true(path_join(path, sizeof(path), folder, name, NULL));
    return path;
}

static void writes_and_reads(void **state)
{
    static char large[100000];
    const char *path = in_folder("page.bin");
    OWNED_BUF buf;
    Error err = { 0 };
    struct stat there;

    (void)state;
    for (size_t i = 0; i < sizeof(large); i++)
        large[i] = (char)(i * 7);
    assert_ok(file_write(path, 0640, STR("old"), &err), err);
    assert_ok(file_write(path, 0600, (Str){ large, sizeof(large) }, &err), err);
    assert_int_equal(stat(path, &there), 0);
    assert_int_equal(there.st_mode & 07777, 0600);

    buf_init(&buf, sizeof(large) + 1);
    buf_add_text(&buf, ">");
    assert_ok(file_read(path, &buf, &err), err);
    assert_int_equal(buf.len, sizeof(large) + 1);
    assert_memory_equal(buf.data + 1, large, sizeof(large));

    OWNED_BUF small;
    buf_init(&small, sizeof(large) - 1);
    assert_refused(file_read(path, &small, &err), ERR_MEMORY, err);

    assert_ok(file_write(path, 0600, (Str){ NULL, 0 }, &err), err);
    buf_clear(&buf);
    assert_ok(file_read(path, &buf, &err), err);
    assert_int_equal(buf.len, 0);
    unlink(path);
}

static void says_why_not(void **state)
{
    OWNED_BUF buf;
    Error err = { 0 };
    char deep[PATH_MAX];

    (void)state;
    buf_init(&buf, 10);
    assert_refused(file_read(in_folder("none"), &buf, &err), ERR_NOT_FOUND, err);
    assert_refused(file_read(folder, &buf, &err), ERR_IO, err);
    assert_int_equal(err.cause, EISDIR);
    assert_refused(file_write(in_folder("none/file"), 0600, STR("x"), &err), ERR_IO, err);
    assert_int_equal(err.cause, ENOENT);
    assert_refused(file_write(folder, 0600, STR("x"), &err), ERR_IO, err); /* and leaves no half file beside it */

    memset(deep, 'd', sizeof(deep) - 1);
    deep[sizeof(deep) - 1] = '\0';
    assert_refused(file_write(deep, 0600, STR("x"), &err), ERR_RANGE, err);
    assert_refused(folder_make("", 0700, &err), ERR_RANGE, err);
}

static void makes_folders(void **state)
{
    Error err = { 0 };
    struct stat there;

    (void)state;
    assert_ok(folder_make(in_folder("a/b//c/"), 0750, &err), err);
    assert_ok(folder_make(in_folder("a/b/c"), 0750, &err), err);
    assert_int_equal(stat(in_folder("a/b/c"), &there), 0);
    assert_true(S_ISDIR(there.st_mode));
    assert_ok(file_write(in_folder("a/file"), 0600, STR("x"), &err), err);
    assert_refused(folder_make(in_folder("a/file"), 0700, &err), ERR_IO, err);
    assert_refused(folder_make(in_folder("a/file/b"), 0700, &err), ERR_IO, err);
    unlink(in_folder("a/file"));
    rmdir(in_folder("a/b/c"));
    rmdir(in_folder("a/b"));
    rmdir(in_folder("a"));
}

static bool collect(void *ctx, const char *name, Error *err)
{
    if (strcmp(name, "stop.json") == 0)
        return error_set(err, ERR_CANCELLED, "stop");
    buf_add_format(ctx, "%s ", name);
    return true;
}

static void lists_by_name_and_ending(void **state)
{
    static const char *const names[] = { "b.json", "a.json", "c.txt", ".hidden.json", "Z.json" };
    Error err = { 0 };
    OWNED_BUF found;

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++)
        assert_ok(file_write(in_folder(names[i]), 0600, STR("{}"), &err), err);
    buf_init(&found, 200);
    assert_ok(folder_each(folder, ".json", collect, &found, &err), err);
    assert_string_equal(buf_text(&found), ".hidden.json Z.json a.json b.json ");
    buf_clear(&found);
    assert_ok(folder_each(folder, "", collect, &found, &err), err);
    assert_string_equal(buf_text(&found), ".hidden.json Z.json a.json b.json c.txt ");

    assert_ok(file_write(in_folder("stop.json"), 0600, STR("{}"), &err), err);
    assert_refused(folder_each(folder, ".json", collect, &found, &err), ERR_CANCELLED, err);
    assert_refused(folder_each(in_folder("none"), "", collect, &found, &err), ERR_NOT_FOUND, err);
    for (size_t i = 0; i < COUNT(names); i++)
        unlink(in_folder(names[i]));
    unlink(in_folder("stop.json"));
}

static void joins_paths(void **state)
{
    static const struct {
        const char *folder, *name, *joined;
    } cases[] = { { "a", "b", "a/b" }, { "a/", "b", "a/b" }, { "/", "b", "/b" }, { "", "b", "/b" } };
    char path[8];
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_ok(path_join(path, sizeof(path), cases[i].folder, cases[i].name, &err), err);
        assert_string_equal(path, cases[i].joined);
    }
    assert_ok(path_join(path, sizeof(path), "abc", "def", &err), err);
    assert_refused(path_join(path, sizeof(path), "abc", "defg", &err), ERR_RANGE, err);
    assert_string_equal(path, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads),         cmocka_unit_test(says_why_not), cmocka_unit_test(makes_folders),
        cmocka_unit_test(lists_by_name_and_ending), cmocka_unit_test(joins_paths),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
