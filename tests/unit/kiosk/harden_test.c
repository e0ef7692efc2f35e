#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/file.h"
#include "kiosk/harden.h"

static char root[] = "/tmp/registrar-harden-XXXXXX";

static void put(const char *folder, const char *name, const char *text)
{
    char path[256], whole[512];

    assert_true(path_join(path, sizeof(path), root, folder, NULL) && folder_make(path, 0700, NULL));
    assert_true(path_join(whole, sizeof(whole), path, name, NULL) && file_write(whole, 0600, str_from(text), NULL));
}

static bool may_be_swapped(void)
{
    char proc[256], cgroups[256];

    assert_true(path_join(proc, sizeof(proc), root, "proc", NULL));
    assert_true(path_join(cgroups, sizeof(cgroups), root, "cgroup", NULL));
    return harden_may_be_swapped(proc, cgroups);
}

static void knows_whether_it_may_be_swapped(void **state)
{
    static const char heading[] = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
    static const struct {
        const char *name, *swaps, *group, *most;
        bool swapped;
    } cases[] = {
        { "no swap", heading, "0::/kiosk.service\n", "max\n", false },
        { "swap", "Filename\n/dev/sda2 partition 8 0 -2\n", "0::/kiosk.service\n", "max\n", true },
        { "some swap", "Filename\n/dev/sda2 partition 8 0 -2\n", "0::/kiosk.service\n", "1048576\n", true },
        { "forbidden", "Filename\n/dev/sda2 partition 8 0 -2\n", "0::/kiosk.service\n", "0\n", false },
        { "old groups", "Filename\n/dev/sda2 partition 8 0 -2\n", "4:memory:/kiosk.service\n", "0\n", true },
        { "two kinds", "Filename\n/dev/sda2 partition 8 0 -2\n", "4:memory:/x\n0::/kiosk.service\n", "0\n", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        put("proc", "swaps", cases[i].swaps);
        put("proc/self", "cgroup", cases[i].group);
        put("cgroup/kiosk.service", "memory.swap.max", cases[i].most);
        if (may_be_swapped() != cases[i].swapped)
            fail_msg("%s", cases[i].name);
    }
    assert_false(harden_may_be_swapped("/nowhere", "/nowhere"));
}

static void leaves_no_core(void **state)
{
    struct rlimit limit;

    (void)state;
    harden_process();
    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    assert_int_equal(limit.rlim_max, 0);
    assert_int_equal(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
}

static int make_root(void **state)
{
    (void)state;
    return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
    static const char *const paths[] = {
        "proc/swaps",           "proc/self/cgroup", "proc/self", "proc", "cgroup/kiosk.service/memory.swap.max",
        "cgroup/kiosk.service", "cgroup",           ""
    };
    char path[256];

    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++)
        if (path_join(path, sizeof(path), root, paths[i], NULL))
            remove(path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_whether_it_may_be_swapped),
        cmocka_unit_test(leaves_no_core),
    };

    return cmocka_run_group_tests(tests, make_root, remove_root);
}
