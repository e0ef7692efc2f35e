#include "kiosk/devices/scanner.h"

#include <string.h>

#include "base/str.h"
#include "test.h"

/* What the loop would do with a keyboard's letters, each gap_ms after the one before. */
typedef struct Heard {
    char typed[8192];
    char scanned[SCAN_BYTES_MOST + 1];
    int scans, keys;
    int64_t now_ms;
} Heard;

static void append(char *array, size_t size, const char *text)
{
    const size_t length = strlen(array);

    str_copy_cut(str_from(text), array + length, size - length);
}

/* The same throws each time. */
static unsigned dice_below(uint64_t *state, unsigned n)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*state >> 33) % n;
}

static void take(Scanner *scanner, Heard *heard, ScannerSays says)
{
    if (says == SCANNER_TYPED)
        append(heard->typed, sizeof heard->typed, scanner->text);
    else if (says == SCANNER_SCANNED) {
        memcpy(heard->scanned, scanner->text, sizeof heard->scanned);
        heard->scans++;
    }
    if (says != SCANNER_NOTHING)
        scanner_forget(scanner);
}

static void hear(Scanner *scanner, Heard *heard, const char *letters, int64_t gap_ms)
{
    for (; *letters; letters++) {
        const char letter[] = { *letters, '\0' };

        heard->now_ms += gap_ms;
        take(scanner, heard, scanner_time(scanner, heard->now_ms));
        if (*letters == '\n') {
            const ScannerSays says = scanner_enter(scanner);

            take(scanner, heard, says);
            heard->keys += says != SCANNER_SCANNED;
        } else
            scanner_text(scanner, letter, heard->now_ms);
    }
}

static void fall_silent(Scanner *scanner, Heard *heard)
{
    const int64_t due_ms = scanner_due(scanner);

    if (due_ms == INT64_MAX)
        return;
    assert_int_equal(scanner_time(scanner, due_ms - 1), SCANNER_NOTHING);
    heard->now_ms = due_ms;
    take(scanner, heard, scanner_time(scanner, due_ms));
    assert_int_equal(scanner_due(scanner), INT64_MAX);
}

static void speed_and_framing_tell(void **state)
{
    static const struct {
        const char *name, *letters;
        int64_t gap_ms;
        const char *typed, *scanned;
        int scans, keys;
    } cases[] = {
        { "a scanner", "LIB-00012345\n", 2, "", "LIB-00012345", 1, 0 },
        { "a slow scanner", "LIB-00012345\n", SCAN_GAP_MS, "", "LIB-00012345", 1, 0 },
        { "a person", "401241100873\n", 80, "401241100873", "", 0, 1 },
        { "just too slow", "LIB-00012345\n", SCAN_GAP_MS + 1, "LIB-00012345", "", 0, 1 },
        { "fast, without an end", "LIB-00012345", 2, "LIB-00012345", "", 0, 0 },
        { "fast and short: a hand on the keys", "asdfg\n", 2, "asdfg", "", 0, 1 },
        { "Enter alone", "\n", 2, "", "", 0, 1 },
        { "two scans", "LIB-00012345\nLIB-00054321\n", 2, "", "LIB-00054321", 2, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Scanner scanner = { 0 };
        Heard heard = { .now_ms = 1000 };

        hear(&scanner, &heard, cases[i].letters, cases[i].gap_ms);
        fall_silent(&scanner, &heard);
        if (strcmp(heard.typed, cases[i].typed) != 0 || strcmp(heard.scanned, cases[i].scanned) != 0 ||
            heard.scans != cases[i].scans || heard.keys != cases[i].keys)
            fail_msg("%s: typed \"%s\", scanned \"%s\" (%d), keys %d", cases[i].name, heard.typed, heard.scanned,
                     heard.scans, heard.keys);
    }
}

/* Somebody types, and the scanner comes between. */
static void what_was_typed_before_a_scan_is_no_part_of_it(void **state)
{
    Scanner scanner = { 0 };
    Heard heard = { .now_ms = 1000 };

    (void)state;
    hear(&scanner, &heard, "40", 120);
    heard.now_ms += 200;
    hear(&scanner, &heard, "LIB-00012345\n", 3);
    hear(&scanner, &heard, "1", 120);
    fall_silent(&scanner, &heard);
    assert_string_equal(heard.typed, "401");
    assert_string_equal(heard.scanned, "LIB-00012345");
}

static void a_flood_is_dropped_whole(void **state)
{
    Scanner scanner = { 0 };
    Heard heard = { .now_ms = 1000 };
    const Scanner nothing = { 0 };

    (void)state;
    for (int i = 0; i < SCAN_BYTES_MOST + 100; i++)
        hear(&scanner, &heard, "x", 1);
    hear(&scanner, &heard, "\n", 1);
    assert_int_equal(heard.scans, 1);
    assert_string_equal(heard.scanned, "");
    for (int i = 0; i < SCAN_BYTES_MOST + 100; i++)
        hear(&scanner, &heard, "x", 1);
    fall_silent(&scanner, &heard);
    assert_string_equal(heard.typed, "");
    hear(&scanner, &heard, "LIB-00012345\n", 2);
    assert_string_equal(heard.scanned, "LIB-00012345");
    assert_memory_equal(&scanner, &nothing, sizeof scanner); /* nothing of it is left */
}

/* Whatever comes and however fast: every letter is typed, scanned, or part of a flood, and in its order. */
static void nothing_is_lost_or_doubled(void **state)
{
    uint64_t dice = 20261123;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        Scanner scanner = { 0 };
        Heard heard = { .now_ms = 1000 };
        char said[256] = "", back[512] = "";
        size_t length = dice_below(&dice, 200);

        for (size_t i = 0; i < length; i++) {
            const char letter[] = { dice_below(&dice, 9) == 0 ? '\n' : (char)('a' + dice_below(&dice, 26)), '\0' };
            const int scans = heard.scans;

            append(said, sizeof said, letter[0] == '\n' ? "" : letter);
            hear(&scanner, &heard, letter, dice_below(&dice, 3) == 0 ? 100 : 3);
            append(back, sizeof back, heard.typed);
            heard.typed[0] = '\0';
            if (heard.scans > scans)
                append(back, sizeof back, heard.scanned);
        }
        fall_silent(&scanner, &heard);
        append(back, sizeof back, heard.typed);
        assert_string_equal(back, said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speed_and_framing_tell),
        cmocka_unit_test(what_was_typed_before_a_scan_is_no_part_of_it),
        cmocka_unit_test(a_flood_is_dropped_whole),
        cmocka_unit_test(nothing_is_lost_or_doubled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
