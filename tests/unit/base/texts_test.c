#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/texts.h"

#define HEADER                                                                                                         \
    "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: "           \
    "8bit\\n\"\n"
#define RUSSIAN                                                                                                        \
    HEADER "\"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || "        \
           "n%100>14) ? 1 : 2);\\n\"\n\n"                                                                              \
           "msgid \"Print\"\nmsgstr \"Напечатать\"\n\n"                                                      \
           "msgctxt \"state\"\nmsgid \"Open\"\nmsgstr \"открыто\"\n\n"                                          \
           "msgctxt \"button\"\nmsgid \"Open\"\nmsgstr \"Открыть\"\n\n"                                         \
           "msgid \"Open\"\nmsgstr \"Open без контекста\"\n\n"                                             \
           "msgid \"Not yet\"\nmsgstr \"\"\n\n"                                                                        \
           "msgid \"{0} page\"\nmsgid_plural \"{0} pages\"\n"                                                          \
           "msgstr[0] \"{0} страница\"\nmsgstr[1] \"{0} страницы\"\nmsgstr[2] \"{0} страниц\"\n"
#define UZBEK                                                                                                          \
    HEADER "\"Plural-Forms: nplurals=1; plural=0;\\n\"\n\n"                                                            \
           "msgid \"Print\"\nmsgstr \"Chop etish\"\n\n"                                                                \
           "msgid \"{0} page\"\nmsgid_plural \"{0} pages\"\nmsgstr[0] \"{0} bet\"\n"
#define CYRILLIC HEADER "\"Plural-Forms: nplurals=1; plural=0;\\n\"\n\nmsgid \"Print\"\nmsgstr \"Чоп этиш\"\n"

static char folder[] = "/tmp/texts_test.XXXXXX";

static void in_folder(char path[PATH_MAX], const char *name)
{
    assert_true(path_join(path, PATH_MAX, folder, name, NULL));
}

/* Compiles with the real msgfmt, as the build does. */
static void compile(const char *tag, const char *po)
{
    char po_path[PATH_MAX], mo_path[PATH_MAX], mo_name[32];
    Error err = { 0 };

    snprintf(mo_name, sizeof(mo_name), "%s.mo", tag);
    in_folder(po_path, "source.po");
    in_folder(mo_path, mo_name);
    assert_ok(file_write(po_path, 0600, str_from(po), &err), err);
    pid_t child = fork();
    if (child == 0) {
        execlp("msgfmt", "msgfmt", "--check-format", "-o", mo_path, po_path, (char *)NULL);
        _exit(127);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    compile("uz", UZBEK);
    compile("uz-Cyrl", CYRILLIC);
    compile("ru", RUSSIAN);
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = { "uz.mo", "uz-Cyrl.mo", "ru.mo", "source.po" };

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        char path[PATH_MAX];
        in_folder(path, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static void finds_translations(void **state)
{
    Error err = { 0 };
    OWNED(Texts) texts = texts_open(folder, &err);

    (void)state;
    assert_ok(texts != NULL, err);
    assert_string_equal(text_get(texts, LANGUAGE_RU, "Print"), "Напечатать");
    assert_string_equal(text_get(texts, LANGUAGE_UZ, "Print"), "Chop etish");
    assert_string_equal(text_get(texts, LANGUAGE_UZ_CYRL, "Print"), "Чоп этиш");
    assert_string_equal(text_get(texts, LANGUAGE_EN, "Print"), "Print");
    assert_string_equal(text_get(texts, LANGUAGE_RU, "Never heard of"), "Never heard of");
    assert_string_equal(text_get(texts, LANGUAGE_RU, "Not yet"), "Not yet");
    assert_string_equal(text_get(texts, LANGUAGE_RU, ""), "");
    assert_string_equal(text_get_in(texts, LANGUAGE_RU, "state", "Open"), "открыто");
    assert_string_equal(text_get_in(texts, LANGUAGE_RU, "button", "Open"), "Открыть");
    assert_string_equal(text_get_in(texts, LANGUAGE_RU, "but", "Open"), "Open");
    assert_string_equal(text_get_in(texts, LANGUAGE_RU, "buttons", "Open"), "Open");
    assert_string_equal(text_get_in(texts, LANGUAGE_RU, "button", "Ope"), "Ope");
    assert_string_equal(text_get(texts, LANGUAGE_RU, "Open"), "Open без контекста");
}

static void counts(void **state)
{
    static const struct {
        Language language;
        uint64_t n;
        const char *text;
    } cases[] = {
        { LANGUAGE_RU, 1, "{0} страница" }, { LANGUAGE_RU, 3, "{0} страницы" },
        { LANGUAGE_RU, 11, "{0} страниц" }, { LANGUAGE_RU, 0, "{0} страниц" },
        { LANGUAGE_UZ, 1, "{0} bet" },      { LANGUAGE_UZ, 5, "{0} bet" },
        { LANGUAGE_EN, 1, "{0} page" },     { LANGUAGE_EN, 0, "{0} pages" },
        { LANGUAGE_UZ_CYRL, 2, "{0} bet" }, /* not translated there: uz stands in, with its own rule */
    };
    OWNED(Texts) texts = texts_open(folder, NULL);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(text_get_n(texts, cases[i].language, "{0} page", "{0} pages", cases[i].n), cases[i].text);
}

static void without_catalogues_every_text_is_its_id(void **state)
{
    Error err = { 0 };
    OWNED(Texts) texts = texts_none(&err);

    (void)state;
    assert_ok(texts != NULL, err);
    assert_string_equal(text_get(texts, LANGUAGE_UZ, "Print"), "Print");
    assert_string_equal(text_get_n(texts, LANGUAGE_RU, "one", "many", 21), "many");
}

static void fills_places(void **state)
{
    static const struct {
        const char *pattern, *text;
    } cases[] = {
        { "{1} of {0}", "two of one" },
        { "{0}{0}", "oneone" },
        { "no place", "no place" },
        { "{2} is missing", "{2} is missing" },
        { "{x} { } {", "{x} { } {" },
        { "{0", "{0" },
        { "{10}", "{10}" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 100);
        text_fill(&buf, cases[i].pattern, (const char *const[]){ "one", "two" }, 2);
        assert_string_equal(buf_text(&buf), cases[i].text);
    }
}

static void a_missing_file_is_an_error(void **state)
{
    Error err = { 0 };

    (void)state;
    OWNED(Texts) none = NULL;
    assert_refused((none = texts_open("/nonexistent", &err)), ERR_NOT_FOUND, err);
}

/* Puts bytes in place of the Russian catalogue and says whether that was refused. */
static bool refused(Str bytes, Error *err)
{
    char path[PATH_MAX];

    in_folder(path, "ru.mo");
    assert_true(file_write(path, 0600, bytes, NULL));
    OWNED(Texts) texts = texts_open(folder, err);
    if (texts) {
        /* accepted: then every lookup must be safe, which the sanitizers watch */
        (void)text_get(texts, LANGUAGE_RU, "Print");
        (void)text_get_in(texts, LANGUAGE_RU, "state", "Open");
        for (uint64_t n = 0; n < 25; n++)
            (void)text_get_n(texts, LANGUAGE_RU, "{0} page", "{0} pages", n);
    }
    return texts == NULL;
}

static void survives_any_broken_file(void **state)
{
    OWNED_BUF good;
    char path[PATH_MAX];
    Error err = { 0 };

    (void)state;
    buf_init(&good, 65536);
    in_folder(path, "ru.mo");
    assert_ok(file_read(path, &good, &err), err);

    for (size_t len = 0; len < good.len; len += 3)
        if (!refused((Str){ good.data, len }, &err))
            fail_msg("cut to %zu bytes", len);
    for (size_t at = 0; at < good.len; at++) {
        char kept = good.data[at];
        good.data[at] = (char)0xFF; /* never valid in UTF-8, huge in a length or an offset */
        (void)refused(buf_str(&good), &err);
        good.data[at] = (char)(kept ^ 1);
        (void)refused(buf_str(&good), &err);
        good.data[at] = kept;
    }
    assert_false(refused(buf_str(&good), &err));
}

static void swap_words(char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t word;
        memcpy(&word, bytes + i * 4, 4);
        word = __builtin_bswap32(word);
        memcpy(bytes + i * 4, &word, 4);
    }
}

static void reads_the_other_byte_order(void **state)
{
    OWNED_BUF file;
    char path[PATH_MAX];
    Error err = { 0 };
    uint32_t head[5];

    (void)state;
    buf_init(&file, 65536);
    in_folder(path, "ru.mo");
    assert_ok(file_read(path, &file, &err), err);
    memcpy(head, file.data, sizeof(head));
    swap_words(file.data, 7);
    swap_words(file.data + head[3], (size_t)head[2] * 2);
    swap_words(file.data + head[4], (size_t)head[2] * 2);
    assert_false(refused(buf_str(&file), &err));
    OWNED(Texts) texts = texts_open(folder, &err);
    assert_string_equal(text_get(texts, LANGUAGE_RU, "Print"), "Напечатать");
    compile("ru", RUSSIAN);
}

static void needs_utf8_and_a_rule(void **state)
{
    Error err = { 0 };
    OWNED(Texts) texts = NULL;

    (void)state;
    compile("ru", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\nmsgid \"a\"\nmsgstr \"b\"\n");
    assert_refused((texts = texts_open(folder, &err)), ERR_FORMAT, err);
    compile("ru", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=KOI8-R\\nPlural-Forms: nplurals=1; "
                  "plural=0;\\n\"\n\nmsgid \"a\"\nmsgstr \"b\"\n");
    assert_refused((texts = texts_open(folder, &err)), ERR_FORMAT, err);
    compile("ru", "msgid \"a\"\nmsgstr \"b\"\n");
    assert_refused((texts = texts_open(folder, &err)), ERR_FORMAT, err);
    compile("ru", RUSSIAN);
}

static void survives_every_failing_request(void **state)
{
    Error err = { 0 };
    bool complete = false;

    (void)state;
    for (unsigned n = 1; !complete; n++) {
        mem_fail_nth(n);
        OWNED(Texts) texts = texts_open(folder, &err);
        complete = texts != NULL;
        assert_true(complete || err.code == ERR_MEMORY);
        assert_true(n < 60);
    }
    mem_fail_nth(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_translations),
        cmocka_unit_test(counts),
        cmocka_unit_test(without_catalogues_every_text_is_its_id),
        cmocka_unit_test(fills_places),
        cmocka_unit_test(a_missing_file_is_an_error),
        cmocka_unit_test(survives_any_broken_file),
        cmocka_unit_test(reads_the_other_byte_order),
        cmocka_unit_test(needs_utf8_and_a_rule),
        cmocka_unit_test(survives_every_failing_request),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
