/* Our reader of .mo files and plural rules beside GNU gettext's own (the C library's), over files that msgfmt made. */
#include "test.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/texts.h"

/* The language that gettext is told to look for; its domains are ours to name. */
#define LOOKED_FOR "xx"

static char folder[] = "/tmp/gettext_test.XXXXXX";
static locale_t utf8;

static void in_folder(char path[PATH_MAX], const char *name)
{
    assert_true(path_join(path, PATH_MAX, folder, name, NULL));
}

static void run_msgfmt(const char *endianness, const char *po, const char *mo)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        execlp("msgfmt", "msgfmt", endianness, "-o", mo, po, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* po compiled where both look: as gettext's domain, and as the catalogue of every language of ours. */
static Texts *publish(const char *domain, const char *endianness, const char *po)
{
    char po_path[PATH_MAX], mo_path[PATH_MAX], name[128];
    Error err = { 0 };
    OWNED_BUF bytes;

    buf_init(&bytes, 1u << 20);
    in_folder(po_path, "source.po");
    snprintf(name, sizeof name, LOOKED_FOR "/LC_MESSAGES/%s.mo", domain);
    in_folder(mo_path, name);
    assert_ok(file_write(po_path, 0600, str_from(po), &err), err);
    run_msgfmt(endianness, po_path, mo_path);
    assert_ok(file_read(mo_path, &bytes, &err), err);
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        char path[PATH_MAX];
        snprintf(name, sizeof name, "%s.mo", language_tag(language));
        in_folder(path, name);
        assert_ok(file_write(path, 0600, buf_str(&bytes), &err), err);
    }
    assert_non_null(bindtextdomain(domain, folder));
    assert_non_null(bind_textdomain_codeset(domain, "UTF-8"));
    Texts *texts = texts_open(folder, &err);
    if (!texts)
        fail_msg("%s: %s", domain, err.text);
    return texts;
}

static int set_up(void **state)
{
    char path[PATH_MAX];

    (void)state;
    utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    if (!utf8 || !mkdtemp(folder) || setenv("LANGUAGE", LOOKED_FOR, 1) != 0)
        return -1;
    uselocale(utf8);
    in_folder(path, LOOKED_FOR);
    if (mkdir(path, 0700) != 0)
        return -1;
    in_folder(path, LOOKED_FOR "/LC_MESSAGES");
    return mkdir(path, 0700);
}

static int tear_down(void **state)
{
    (void)state;
    uselocale(LC_GLOBAL_LOCALE);
    freelocale(utf8);
    pid_t child = fork();
    if (child == 0) {
        execlp("rm", "rm", "-rf", folder, (char *)NULL);
        _exit(127);
    }
    return waitpid(child, NULL, 0) == child ? 0 : -1;
}

/* Rules as catalogues of these languages have them (gettext manual, "Plural forms"; CLDR's integers for the rest). */
static const struct {
    const char *language, *rule;
    unsigned forms;
} rules[] = {
    { "uz", "0", 1 },
    { "kaa", "(n != 1)", 2 },
    { "en", "n != 1", 2 },
    { "fr", "n > 1", 2 },
    { "ru", "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2", 3 },
    { "ru-old", "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", 3 },
    { "pl", "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", 3 },
    { "lt", "n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2", 3 },
    { "lv", "n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2", 3 },
    { "cs", "(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2", 3 },
    { "ro", "n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2", 3 },
    { "sl", "n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3", 4 },
    { "mt", "(n==1 ? 0 : n==0 || ( n%100>1 && n%100<11) ? 1 : (n%100>10 && n%100<20 ) ? 2 : 3)", 4 },
    { "cy", "(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3", 4 },
    { "ga", "n==1 ? 0 : n==2 ? 1 : (n>2 && n<7) ? 2 :(n>6 && n<11) ? 3 : 4", 5 },
    { "br",
      "(n%10==1 && n%100!=11 && n%100!=71 && n%100!=91 ? 0 : n%10==2 && n%100!=12 && n%100!=72 && n%100!=92 ? 1 :"
      " ((n%10==3 || n%10==4 || n%10==9) && (n%100<10 || n%100>19) && (n%100<70 || n%100>79) && (n%100<90 || "
      "n%100>99)) ? 2 : (n != 0 && n%1000000==0) ? 3 : 4)",
      5 },
    { "ar", "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5", 6 },
    { "unary", "!n ? 0 : !!(n/2*2==n) ? 1 : n-1>5==1 ? 2 : 1+(n+3*2<=99)*2", 4 },
};

static void write_po(Buf *po, const char *rule, unsigned forms)
{
    buf_add_format(po,
                   "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                   "\"Content-Transfer-Encoding: 8bit\\n\"\n\"Plural-Forms: nplurals=%u; plural=%s;\\n\"\n\n"
                   "msgid \"one\"\nmsgid_plural \"many\"\n",
                   forms, rule);
    for (unsigned i = 0; i < forms; i++)
        buf_add_format(po, "msgstr[%u] \"форма %u\"\n", i, i);
}

static void plural_forms_are_gettexts(void **state)
{
    static const uint64_t large[] = { 9999,          10000,      100001,         1000000,    1000001,
                                      2000000,       4294967291, 4294967295,     4294967296, 4294967297,
                                      1000000000000, INT64_MAX,  UINT64_MAX - 1, UINT64_MAX };

    (void)state;
    for (size_t i = 0; i < COUNT(rules); i++) {
        const char *domain = rules[i].language;
        unsigned seen = 0;
        OWNED_BUF po;

        buf_init(&po, 1u << 16);
        write_po(&po, rules[i].rule, rules[i].forms);
        OWNED(Texts) texts = publish(domain, "--endianness=little", buf_text(&po));
        for (size_t k = 0; k <= 1000 + COUNT(large); k++) {
            uint64_t n = k <= 1000 ? k : large[k - 1001];
            const char *theirs = dngettext(domain, "one", "many", (unsigned long)n);
            const char *ours = text_get_n(texts, LANGUAGE_FIRST, "one", "many", n);
            if (strcmp(ours, theirs) != 0)
                fail_msg("%s, n = %llu: \"%s\", gettext \"%s\"", domain, (unsigned long long)n, ours, theirs);
            unsigned form = (unsigned)(ours[strlen(ours) - 1] - '0');
            assert_in_range(form, 0, rules[i].forms - 1); /* "many" would be no translation at all */
            seen |= 1u << form;
        }
        assert_int_equal(seen, (1u << rules[i].forms) - 1);
    }
}

static const char texts_po[] =
    "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "\"Content-Transfer-Encoding: 8bit\\n\"\n\"Plural-Forms: nplurals=2; plural=n!=1;\\n\"\n\n"
    "msgid \"Print\"\nmsgstr \"Chop etish\"\n\n"
    "msgctxt \"state\"\nmsgid \"Open\"\nmsgstr \"ochiq\"\n\n"
    "msgctxt \"button\"\nmsgid \"Open\"\nmsgstr \"Ochish\"\n\n"
    "msgctxt \"\"\nmsgid \"Open\"\nmsgstr \"of the empty context\"\n\n"
    "msgid \"Empty\"\nmsgstr \"\"\n\n"
    "#, fuzzy\nmsgid \"Guessed\"\nmsgstr \"Taxmin\"\n\n"
    "msgid \"Lines\"\nmsgstr \"\"\n\"bir\\n\"\n\"ikki\"\n\n"
    "msgid \"Quote \\\" and \\\\\"\nmsgstr \"“ ”\"\n\n"
    "msgid \"Ünïcødé – ўзбек\"\nmsgstr \"ҳа\"\n\n"
    "#~ msgid \"Gone\"\n#~ msgstr \"Ketdi\"\n";

/* Contexts stand before the id with a byte 4 between, as libintl's own pgettext has it. */
static void texts_are_gettexts(void **state)
{
    static const struct {
        const char *context, *id;
        bool translated;
    } cases[] = {
        { NULL, "Print", true },    { "state", "Open", true },
        { "button", "Open", true }, { "", "Open", true },
        { NULL, "Open", false },    { "door", "Open", false },
        { NULL, "Empty", false },   { NULL, "Guessed", false },
        { NULL, "Lines", true },    { NULL, "Gone", false },
        { NULL, "Never", false },   { NULL, "Quote \" and \\", true },
        { NULL, "Prin", false },    { NULL, "Printer", false },
        { "stat", "Open", false },  { NULL, "Ünïcødé – ўзбек", true },
    };
    static const char *const orders[] = { "--endianness=little", "--endianness=big" };

    (void)state;
    for (size_t k = 0; k < COUNT(orders); k++) {
        const char *domain = k == 0 ? "texts-little" : "texts-big";
        OWNED(Texts) texts = publish(domain, orders[k], texts_po);
        for (size_t i = 0; i < COUNT(cases); i++) {
            char whole[64];
            const char *id = cases[i].id;
            snprintf(whole, sizeof whole, "%s\004%s", cases[i].context ? cases[i].context : "", id);
            const char *asked = cases[i].context ? whole : id;
            const char *theirs = dgettext(domain, asked);
            const char *ours = text_get_in(texts, LANGUAGE_FIRST, cases[i].context, id);
            assert_string_equal(ours, theirs == asked ? id : theirs);
            if ((strcmp(ours, id) != 0) != cases[i].translated)
                fail_msg("%s: \"%s\"", asked, ours);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plural_forms_are_gettexts),
        cmocka_unit_test(texts_are_gettexts),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
