#include "fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/file.h"
#include "registrar/store/acts.h"
#include "registrar/store/copying.h"

static bool add_two(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return acts_add(transaction, &(Act){ 1, "test", "one", "pair:1", NULL }, err) &&
           acts_add(transaction, &(Act){ 2, "test", "two", "pair:1", "{}" }, err);
}

typedef struct Writer {
    Store *store;
    atomic_bool ends;
    int written;
} Writer;

static void *write_on(void *arg)
{
    Writer *writer = arg;
    Error err = { 0 };

    while (!atomic_load(&writer->ends)) {
        assert_ok(store_write(writer->store, add_two, NULL, &err), err);
        writer->written++;
    }
    return NULL;
}

static int files_in(const char *folder)
{
    DIR *entries = opendir(folder);
    struct dirent *entry;
    int count = 0;

    assert_non_null(entries);
    while ((entry = readdir(entries)) != NULL)
        count += entry->d_name[0] != '.';
    closedir(entries);
    return count;
}

static bool count_acts(StoreTransaction *transaction, void *arg, Error *err)
{
    return acts_count(transaction, "pair:1", arg, err);
}

static int64_t acts_in(const char *path)
{
    Error err = { 0 };
    OWNED(Store) store = store_open(path, "namuna", NULL, &err);
    int64_t count = 0;

    assert_non_null(store);
    assert_ok(store_read(store, count_acts, &count, &err), err);
    return count;
}

static void keep(int file, const char *path)
{
    Error err = { 0 };
    OWNED_BUF bytes;
    char part[4096];
    ssize_t got;

    buf_init(&bytes, 64u << 20);
    for (off_t at = 0; (got = pread(file, part, sizeof part, at)) > 0; at += got)
        buf_add(&bytes, part, (size_t)got);
    assert_ok(file_write(path, 0600, buf_str(&bytes), &err), err);
}

static void remove_database(const char *path)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    char name[128];

    for (size_t i = 0; i < COUNT(endings); i++) {
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
}

/* Copies made beside a writer hold whole transactions, have no name, and leave nothing. */
static void a_copy_is_of_one_moment(void **state)
{
    StoreFixture fixture;
    Writer writer = { 0 };
    Error err = { 0 };
    pthread_t thread;
    int64_t before = 0;
    char kept[128];

    (void)state;
    store_fixture_open(&fixture);
    snprintf(kept, sizeof kept, "%s.kept", fixture.path);
    writer.store = fixture.store;
    assert_ok(store_write(fixture.store, add_two, NULL, &err), err);
    int files = files_in(fixture.database.folder);
    assert_int_equal(pthread_create(&thread, NULL, write_on, &writer), 0);
    for (int i = 0; i < 5; i++) {
        int file;

        assert_ok(store_copy(fixture.path, &file, &err), err);
        assert_int_equal(files_in(fixture.database.folder), files);
        keep(file, kept);
        close(file);
        int64_t acts = acts_in(kept);
        assert_true(acts % 2 == 0 && acts >= before && acts > 0);
        before = acts;
        remove_database(kept);
    }
    atomic_store(&writer.ends, true);
    pthread_join(thread, NULL);
    assert_true(writer.written > 0);
    store_fixture_close(&fixture);
}

static void what_is_not_whole_is_refused(void **state)
{
    StoreFixture fixture;
    Error err = { 0 };
    int file;

    (void)state;
    store_fixture_open(&fixture);
    assert_ok(store_write(fixture.store, add_two, NULL, &err), err);
    assert_ok(store_copy(fixture.path, &file, &err), err);
    assert_ok(store_file_check(file, &err), err);
    char page[4096];
    memset(page, 0xA5, sizeof page);
    assert_int_equal(pwrite(file, page, sizeof page, 4096), sizeof page);
    assert_refused(store_file_check(file, &err), ERR_STORE, err);
    assert_int_equal(ftruncate(file, 50), 0);
    assert_refused(store_file_check(file, &err), ERR_STORE, err);
    assert_int_equal(pwrite(file, page, sizeof page, 0), sizeof page);
    assert_refused(store_file_check(file, &err), ERR_STORE, err);
    close(file);
    assert_false(store_copy("/tmp/store-test-none/registrar.db", &file, &err));
    store_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_of_one_moment),
        cmocka_unit_test(what_is_not_whole_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
