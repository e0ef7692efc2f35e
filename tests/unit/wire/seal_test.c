#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/random.h"
#include "wire/base32.h"
#include "wire/item.h"
#include "wire/qr.h"
#include "wire/seal.h"

#include "seal_sample.h"

static void sealed(const SealClaims *claims, Buf *token)
{
    OWNED(CoseKey) key = seal_sample_key();
    Error err = { 0 };

    buf_clear(token);
    assert_ok(seal_make(key, claims, token, &err), err);
}

static bool read_back(Str token, SealClaims *ret, Error *err)
{
    OWNED(CoseKey) key = seal_sample_key();
    CosePublicKey public;

    cose_key_public(key, &public);
    return seal_read(&public, token, ret, err);
}

static void assert_same(const SealClaims *a, const SealClaims *b)
{
    assert_string_equal(a->issuer, b->issuer);
    assert_string_equal(a->code.text, b->code.text);
    assert_int_equal(a->issued_at_s, b->issued_at_s);
    assert_int_equal(a->expires_at_s, b->expires_at_s);
    assert_string_equal(a->kind, b->kind);
    assert_string_equal(a->number, b->number);
    assert_string_equal(a->holder, b->holder);
    assert_int_equal(a->status_list, b->status_list);
    assert_int_equal(a->status_index, b->status_index);
    assert_memory_equal(a->text_hash, b->text_hash, SEAL_HASH_SIZE);
    assert_int_equal(a->field_count, b->field_count);
    for (size_t i = 0; i < a->field_count; i++) {
        assert_int_equal(a->fields[i].field, b->fields[i].field);
        assert_string_equal(a->fields[i].value, b->fields[i].value);
    }
}

/* The wire format, byte by byte: changing it makes yesterday's paper unreadable. */
static void stays_what_it_is(void **state)
{
    static const char payload[] = "a4" /* map of 4 */
                                  "0170"
                                  "68756a6a61742e6e616d756e612e757a" /* iss: "hujjat.namuna.uz" */
                                  "061a6b0527e0"                     /* iat */
                                  "0748"
                                  "03cc744dfad1477a" /* cti: the code */
                                  "3a00010000"
                                  "87" /* -65537: array of 7 */
                                  "01" /* certificate-of-study */
                                  "83"
                                  "614d"
                                  "1907ea"
                                  "1912d1" /* ["M", 2026, 4817] */
                                  "781c"
                                  "4b6172696d6f76612044696c6e6f7a612052757374616d2071697a69" /* holder */
                                  "01"
                                  "1a00019971" /* status list, index */
                                  "50"
                                  "000102030405060708090a0b0c0d0eff" /* text hash */
                                  "a3"
                                  "011a039cd7c4"
                                  "0203"
                                  "030b"; /* programme, year, form */
    SealClaims claims = seal_sample();
    OWNED(CoseKey) key = seal_sample_key();
    CosePublicKey public;
    Error err = { 0 };
    OWNED_BUF token;
    OWNED_BUF hex;
    Str inside;

    (void)state;
    buf_init(&token, 1024);
    buf_init(&hex, 1024);
    sealed(&claims, &token);
    cose_key_public(key, &public);
    assert_ok(cose_verify(&public, buf_str(&token), &inside, &err), err);
    hex_write(&hex, inside.ptr, inside.len);
    assert_string_equal(buf_text(&hex), payload);
}

static void what_was_sealed_comes_back(void **state)
{
    SealClaims cases[12];
    size_t count = 0;
    OWNED_BUF token;

    (void)state;
    buf_init(&token, 1024);
    for (size_t i = 0; i < COUNT(cases); i++)
        cases[i] = seal_sample();
    cases[count++].expires_at_s = 1800000000;
    cases[count++].field_count = 0;
    snprintf(cases[count++].kind, sizeof cases->kind, "%s", "a-kind-that-nobody-knows");
    snprintf(cases[count++].number, sizeof cases->number, "%s", "12/A");
    snprintf(cases[count++].number, sizeof cases->number, "%s", "M-2026/1234567");
    snprintf(cases[count++].number, sizeof cases->number, "%s", "M-2026/04817");   /* five digits: kept as text */
    snprintf(cases[count++].number, sizeof cases->number, "%s", "M-2026/0004817"); /* seven with a zero: too */
    snprintf(cases[count++].issuer, sizeof cases->issuer, "%s", "localhost:8443");
    snprintf(cases[count++].holder, sizeof cases->holder, "%s", "Oʻrolova Gʻuncha Eʼzoz qizi");
    cases[count++].status_index = UINT32_MAX;
    snprintf(cases[count++].fields[0].value, sizeof cases->fields[0].value, "%s",
             "0060610500"); /* not a number's text */
    snprintf(cases[count++].fields[1].value, sizeof cases->fields[0].value, "%s", "3.75");
    assert_int_equal(count, COUNT(cases));
    for (size_t i = 0; i < COUNT(cases); i++) {
        SealClaims back;
        Error err = { 0 };

        sealed(&cases[i], &token);
        assert_ok(read_back(buf_str(&token), &back, &err), err);
        assert_same(&back, &cases[i]);
    }
}

/* A template names its fields in the order in which people compare them; the seal holds them in one order. */
static void fields_travel_in_the_order_of_their_numbers(void **state)
{
    SealClaims claims = seal_sample(), back;
    Error err = { 0 };
    OWNED_BUF token;
    OWNED_BUF again;

    (void)state;
    buf_init(&token, 1024);
    buf_init(&again, 1024);
    sealed(&claims, &token);
    claims.fields[0] = (SealedValue){ SEAL_FIELD_FORM, "11" };
    claims.fields[2] = (SealedValue){ SEAL_FIELD_PROGRAMME, "60610500" };
    sealed(&claims, &again);
    assert_true(str_equal(buf_str(&token), buf_str(&again)));
    assert_ok(read_back(buf_str(&again), &back, &err), err);
    assert_int_equal(back.fields[0].field, SEAL_FIELD_PROGRAMME);
}

static void every_changed_byte_is_refused(void **state)
{
    SealClaims claims = seal_sample();
    OWNED_BUF token;

    (void)state;
    buf_init(&token, 1024);
    sealed(&claims, &token);
    for (size_t at = 0; at < token.len; at++)
        for (int bit = 0; bit < 8; bit++) {
            SealClaims back = { .holder = "nobody" };

            token.data[at] = (char)(token.data[at] ^ 1 << bit);
            if (read_back(buf_str(&token), &back, NULL) || strcmp(back.holder, "nobody"))
                fail_msg("byte %zu, bit %d changed, and taken", at, bit);
            token.data[at] = (char)(token.data[at] ^ 1 << bit);
        }
    for (size_t size = 0; size < token.len; size++)
        if (read_back((Str){ token.data, size }, &(SealClaims){ 0 }, NULL))
            fail_msg("cut to %zu, and taken", size);
}

/* Payloads that the true key signed, but that are no seal of ours. */
static void signed_nonsense_is_refused(void **state)
{
#define FRONT                                                                                                          \
    "a4"                                                                                                               \
    "01617a"                                                                                                           \
    "0601"                                                                                                             \
    "0748"                                                                                                             \
    "03cc744dfad1477a"
#define HASH                                                                                                           \
    "50"                                                                                                               \
    "000102030405060708090a0b0c0d0eff"
    static const struct {
        const char *name, *payload;
        bool taken;
    } cases[] = {
        { "the least that is a seal",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "a0",
          true },
        { "nothing", "", false },
        { "no map", "80", false },
        { "a byte more",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "a0"
                "00",
          false },
        { "six parts",
          FRONT "3a0001000086"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH,
          false },
        { "another private claim",
          FRONT "3a0001000187"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "a0",
          false },
        { "a kind that has no number yet",
          FRONT "3a0001000087"
                "1863"
                "6131"
                "6141"
                "00"
                "00" HASH "a0",
          false },
        { "a known kind in words",
          FRONT "3a0001000087"
                "74"
                "63657274696669636174652d6f662d7374756479"
                "6131"
                "6141"
                "00"
                "00" HASH "a0",
          false },
        { "long form of a number",
          FRONT "3a0001000087"
                "1801"
                "6131"
                "6141"
                "00"
                "00" HASH "a0",
          false },
        { "map of indefinite length",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "bfff",
          false },
        { "a field twice",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "a2"
                "0101"
                "0102",
          false },
        { "fields in another order",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "a2"
                "0201"
                "0102",
          false },
        { "a field of no number",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "a1"
                "0001",
          false },
        { "a field of a number to come",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "a1"
                "0a01",
          false },
        { "more fields than there are",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "a9"
                "0101",
          false },
        { "a number in text",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00" HASH "a1"
                "016137",
          false },
        { "a short hash",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "00"
                "4100"
                "a0",
          false },
        { "a status index that is too large",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6141"
                "00"
                "1b0000000100000000" HASH "a0",
          false },
        { "no holder",
          FRONT "3a0001000087"
                "01"
                "6131"
                "60"
                "00"
                "00" HASH "a0",
          false },
        { "a holder that is not UTF-8",
          FRONT "3a0001000087"
                "01"
                "6131"
                "61ff"
                "00"
                "00" HASH "a0",
          false },
        { "a holder with a zero byte",
          FRONT "3a0001000087"
                "01"
                "6131"
                "6100"
                "00"
                "00" HASH "a0",
          false },
        { "a number of parts as text",
          FRONT "3a0001000087"
                "01"
                "6d4d2d323032362f303034383137"
                "6141"
                "00"
                "00" HASH "a0",
          false },
        { "a code of 61 bits",
          "a4"
          "01617a"
          "0601"
          "0748"
          "13cc744dfad1477a"
          "3a0001000087"
          "01"
          "6131"
          "6141"
          "00"
          "00" HASH "a0",
          false },
        { "an issuer that is no host",
          "a4"
          "01615a"
          "0601"
          "0748"
          "03cc744dfad1477a"
          "3a0001000087"
          "01"
          "6131"
          "6141"
          "00"
          "00" HASH "a0",
          false },
        { "members in another order",
          "a4"
          "0601"
          "01617a"
          "0748"
          "03cc744dfad1477a"
          "3a0001000087"
          "01"
          "6131"
          "6141"
          "00"
          "00" HASH "a0",
          false },
        { "a time beyond reason",
          "a4"
          "01617a"
          "061bffffffffffffffff"
          "0748"
          "03cc744dfad1477a"
          "3a0001000087"
          "01"
          "6131"
          "6141"
          "00"
          "00" HASH "a0",
          false },
    };
    OWNED(CoseKey) key = seal_sample_key();
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint8_t payload[256];
        size_t size = strlen(cases[i].payload) / 2;
        SealClaims claims;
        OWNED_BUF token;
        bool taken;

        buf_init(&token, 1024);
        assert_true(hex_parse(str_from(cases[i].payload), payload, size));
        assert_ok(cose_sign(key, (Str){ (char *)payload, size }, &token, &err), err);
        error_clear(&err);
        taken = read_back(buf_str(&token), &claims, &err);
        if (taken != cases[i].taken || (!taken && err.code != ERR_FORMAT))
            fail_msg("%s: %d, %s", cases[i].name, taken, err.text);
    }
}

static void claims_that_cannot_be_sealed(void **state)
{
    SealClaims good = seal_sample(), bad;
    OWNED(CoseKey) key = seal_sample_key();
    Error err = { 0 };
    OWNED_BUF token;

    (void)state;
    buf_init(&token, 1024);
#define REFUSED(change, error)                                                                                         \
    do {                                                                                                               \
        bad = good;                                                                                                    \
        change;                                                                                                        \
        assert_refused(seal_make(key, &bad, &token, &err), error, err);                                                \
        assert_int_equal(token.len, 0);                                                                                \
    } while (0)
    REFUSED(bad.issuer[0] = '\0', ERR_ARGUMENT);
    REFUSED(bad.issuer[0] = 'H', ERR_ARGUMENT);
    REFUSED(bad.issuer[0] = '/', ERR_ARGUMENT);
    REFUSED(bad.code.text[0] = '\0', ERR_ARGUMENT);
    REFUSED(bad.kind[0] = '\0', ERR_ARGUMENT);
    REFUSED(bad.number[0] = '\0', ERR_ARGUMENT);
    REFUSED(bad.holder[0] = '\0', ERR_ARGUMENT);
    REFUSED(bad.holder[0] = '\xff', ERR_ARGUMENT);
    REFUSED(bad.issued_at_s = 0, ERR_ARGUMENT);
    REFUSED(bad.expires_at_s = -1, ERR_ARGUMENT);
    REFUSED(bad.field_count = SEAL_FIELDS_MOST + 1, ERR_ARGUMENT);
    REFUSED(bad.fields[0].field = SEAL_FIELD_LAST + 1, ERR_ARGUMENT);
    REFUSED(bad.fields[0].value[0] = '\0', ERR_ARGUMENT);
    REFUSED(bad.fields[0].field = SEAL_FIELD_YEAR, ERR_ARGUMENT);
    REFUSED((memset(bad.fields[0].value, 'x', 39), memset(bad.fields[1].value, 'x', 39)), ERR_RANGE);
#undef REFUSED
}

/* --- sizes -------------------------------------------------------------------------------------------------------- */

static int version_of(const SealClaims *claims, Str token)
{
    Error err = { 0 };
    OWNED_BUF path;
    OWNED_BUF fragment;
    Qr qr;

    buf_init(&path, 256);
    buf_init(&fragment, 1024);
    assert_ok(seal_link(claims, token, &path, &fragment, &err), err);
    assert_ok(qr_make(buf_str(&path), buf_str(&fragment), SEAL_QR_VERSION_MOST, &qr, &err), err);
    return qr.version;
}

/* Names of 10 to 80 letters: the version each takes, and whether it is whole. */
static void names_fit_the_paper(void **state)
{
    static const struct {
        size_t letters;
        int version;
        bool whole;
    } cases[] = {
        { 10, 11, true }, { 20, 11, true }, { 25, 11, true },  { 28, 11, true },  { 29, 12, true },
        { 40, 12, true }, { 61, 12, true }, { 62, 12, false }, { 80, 12, false },
    };
    SealClaims claims = seal_sample(), back;
    Error err = { 0 };
    OWNED_BUF token;

    (void)state;
    buf_init(&token, 1024);
    for (size_t i = 0; i < COUNT(cases); i++) {
        int version;

        memset(claims.holder, 0, sizeof claims.holder);
        memset(claims.holder, 'a', cases[i].letters);
        sealed(&claims, &token);
        version = version_of(&claims, buf_str(&token));
        assert_ok(read_back(buf_str(&token), &back, &err), err);
        print_message("    %zu letters: %zu bytes, version %d, holder of %zu bytes\n", cases[i].letters, token.len,
                      version, strlen(back.holder));
        assert_int_equal(version, cases[i].version);
        assert_int_equal(strcmp(back.holder, claims.holder) == 0, cases[i].whole);
        if (!cases[i].whole) {
            size_t kept = strlen(back.holder) - strlen("…");

            assert_string_equal(back.holder + kept, "…");
            assert_memory_equal(back.holder, claims.holder, kept);
            assert_int_equal(kept, 58);
        }
    }
}

static void names_are_cut_between_letters(void **state)
{
    SealClaims claims = seal_sample(), back;
    Error err = { 0 };
    OWNED_BUF token;

    (void)state;
    buf_init(&token, 1024);
    for (size_t letters = 12; letters <= 47; letters++) {
        memset(claims.holder, 0, sizeof claims.holder);
        for (size_t i = 0; i < letters; i++)
            memcpy(claims.holder + 2 * i, "ʻ", 2);
        sealed(&claims, &token);
        assert_ok(read_back(buf_str(&token), &back, &err), err);
        assert_true(utf8_valid(str_from(back.holder)));
        assert_true(version_of(&claims, buf_str(&token)) <= SEAL_QR_VERSION_UNCUT);
        assert_true(utf8_count(str_from(back.holder)) >= 12);
    }
}

/* A long host leaves less; twelve letters always stay, up to version 13, and above it sealing fails. */
static void long_hosts_take_from_the_name(void **state)
{
    SealClaims claims = seal_sample(), back;
    OWNED(CoseKey) key = seal_sample_key();
    Error err = { 0 };
    OWNED_BUF token;
    int worst = 0;

    (void)state;
    buf_init(&token, 1024);
    memset(claims.holder, 'a', 90);
    for (size_t length = 1; length < sizeof claims.issuer; length++) {
        memset(claims.issuer, 0, sizeof claims.issuer);
        memset(claims.issuer, 'x', length);
        sealed(&claims, &token);
        assert_ok(read_back(buf_str(&token), &back, &err), err);
        assert_true(strlen(back.holder) >= 12);
        int version = version_of(&claims, buf_str(&token));
        assert_true(version <= SEAL_QR_VERSION_UNCUT || utf8_count(str_from(back.holder)) == 13);
        worst = version > worst ? version : worst;
    }
    assert_int_equal(worst, SEAL_QR_VERSION_MOST);

    memset(claims.kind, 'k', sizeof claims.kind - 1);
    memset(claims.fields[0].value, 'p', sizeof claims.fields[0].value - 1);
    buf_clear(&token);
    assert_refused(seal_make(key, &claims, &token, &err), ERR_RANGE, err);
    assert_int_equal(token.len, 0);
}

/* --- links -------------------------------------------------------------------------------------------------------- */

static void a_link_comes_back(void **state)
{
    SealClaims claims = seal_sample();
    Error err = { 0 };
    char host[64];
    Code code;
    OWNED_BUF token;
    OWNED_BUF path;
    OWNED_BUF fragment;
    OWNED_BUF back;

    (void)state;
    buf_init(&token, 1024);
    buf_init(&path, 1024);
    buf_init(&fragment, 1024);
    buf_init(&back, 1024);
    sealed(&claims, &token);
    assert_ok(seal_link(&claims, buf_str(&token), &path, &fragment, &err), err);
    assert_string_equal(buf_text(&path), "HTTPS://HUJJAT.NAMUNA.UZ/V/7K3M9QXD2HVT");
    buf_add_byte(&path, '#');
    buf_add_str(&path, buf_str(&fragment));
    assert_ok(seal_link_parse(buf_str(&path), host, sizeof host, &code, &back, &err), err);
    assert_string_equal(host, "hujjat.namuna.uz");
    assert_string_equal(code.text, "7K3M9QXD2HVT");
    assert_true(str_equal(buf_str(&back), buf_str(&token)));
}

static void links_as_people_bring_them(void **state)
{
    static const struct {
        const char *name, *link, *host, *token; /* host NULL: refused */
    } cases[] = {
        { "as scanned", "HTTPS://HUJJAT.NAMUNA.UZ/V/7K3M9QXD2HVT#MZXW6", "hujjat.namuna.uz", "foo" },
        { "as typed", "hujjat.namuna.uz/v/7K3M-9QXD-2HVT", "hujjat.namuna.uz", "" },
        { "as a browser shows it", " https://hujjat.namuna.uz/v/7k3m9qxd2hvt#mzxw6\n", "hujjat.namuna.uz", "foo" },
        { "with a port", "https://localhost:8443/v/7K3M9QXD2HVT", "localhost:8443", "" },
        { "an empty fragment", "https://a/v/7K3M9QXD2HVT#", "a", "" },
        { "no network's security", "http://hujjat.namuna.uz/v/7K3M9QXD2HVT", NULL, "" },
        { "a name before the host", "https://hujjat.namuna.uz@evil.uz/v/7K3M9QXD2HVT", NULL, "" },
        { "another path", "https://hujjat.namuna.uz/d/7K3M9QXD2HVT", NULL, "" },
        { "a path below", "https://hujjat.namuna.uz/x/v/7K3M9QXD2HVT", NULL, "" },
        { "no path", "https://hujjat.namuna.uz", NULL, "" },
        { "no host", "https:///v/7K3M9QXD2HVT", NULL, "" },
        { "a query", "https://hujjat.namuna.uz/v/7K3M9QXD2HVT?a=1", NULL, "" },
        { "a short code", "https://hujjat.namuna.uz/v/7K3M9QXD2HV", NULL, "" },
        { "a torn seal", "https://hujjat.namuna.uz/v/7K3M9QXD2HVT#MZXW6Y", NULL, "" },
        { "two fragments", "https://hujjat.namuna.uz/v/7K3M9QXD2HVT#MZ#MZ", NULL, "" },
        { "a host of another alphabet", "https://hujjаt.namuna.uz/v/7K3M9QXD2HVT", NULL, "" },
        { "a long host", "https://xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/v/7K3M9QXD2HVT",
          NULL, "" },
        { "nothing", "", NULL, "" },
    };
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char host[64] = "before";
        Code code = { "before" };
        OWNED_BUF token;
        bool read;

        buf_init(&token, 64);
        error_clear(&err);
        read = seal_link_parse(str_from(cases[i].link), host, sizeof host, &code, &token, &err);
        if (read != (cases[i].host != NULL) || strcmp(host, read ? cases[i].host : "before") ||
            strcmp(code.text, read ? "7K3M9QXD2HVT" : "before") || strcmp(buf_text(&token), cases[i].token))
            fail_msg("%s: %d, %s, %s, %s", cases[i].name, read, host, code.text, err.text);
    }
    assert_refused(seal_link_parse(STR("https://hujjat.namuna.uz/v/7K3M9QXD2HVT"), (char[8]){ 0 }, 8, &(Code){ 0 },
                                   &(Buf){ .limit = 8 }, &err),
                   ERR_FORMAT, err);
}

/* --- text --------------------------------------------------------------------------------------------------------- */

static void white_space_does_not_count(void **state)
{
    static const char *const same[] = {
        "MaʼlumotnomaM-2026/004817",
        "Maʼlumotnoma M-2026/004817",
        "Maʼlumotnoma\nM-2026 / 004817\f",
        "Maʼlumotnoma\u00A0M-2026/\u2009004817\u3000",
        "\t\r\v Maʼlumotnoma\u2028M-2026/00\u202F4817",
    };
    static const char *const other[] = { "MaʼlumotnomaM-2026/004818", "Ma'lumotnomaM-2026/004817",
                                         "maʼlumotnomaM-2026/004817", "" };
    uint8_t first[SEAL_HASH_SIZE], hash[SEAL_HASH_SIZE];
    uint8_t whole[SHA256_SIZE];
    Error err = { 0 };

    (void)state;
    assert_ok(sha256(str_from(same[0]), whole, &err), err);
    for (size_t i = 0; i < COUNT(same); i++) {
        assert_ok(seal_text_hash(str_from(same[i]), first, &err), err);
        assert_memory_equal(first, whole, SEAL_HASH_SIZE);
    }
    for (size_t i = 0; i < COUNT(other); i++) {
        assert_ok(seal_text_hash(str_from(other[i]), hash, &err), err);
        assert_memory_not_equal(hash, first, SEAL_HASH_SIZE);
    }
    assert_refused(seal_text_hash(STR("\xff"), hash, &err), ERR_FORMAT, err);
}

static void fields_have_their_names(void **state)
{
    SealField field;

    (void)state;
    for (int i = 1; i <= SEAL_FIELD_LAST; i++) {
        assert_true(seal_field_parse(str_from(seal_field_name((SealField)i)), &field));
        assert_int_equal(field, i);
    }
    assert_false(seal_field_parse(STR("holder"), &field));
    assert_false(seal_field_parse(STR(""), &field));
    assert_string_equal(seal_field_name(0), "");
    assert_string_equal(seal_field_name(SEAL_FIELD_LAST + 1), "");
}

/* --- what strangers send ------------------------------------------------------------------------------------------ */

/* A signed token is changed at random before it is signed again: the reader of claims meets nonsense that is signed. */
static void changed_seals_do_no_harm(void **state)
{
    SealClaims claims = seal_sample(), back;
    OWNED(CoseKey) key = seal_sample_key();
    CosePublicKey public;
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 9052);
    Error err = { 0 };
    OWNED_BUF token;
    OWNED_BUF changed;
    Str payload;
    char copy[256];

    (void)state;
    buf_init(&token, 1024);
    buf_init(&changed, 1024);
    sealed(&claims, &token);
    cose_key_public(key, &public);
    assert_ok(cose_verify(&public, buf_str(&token), &payload, &err), err);
    for (int round = 0; round < 20000; round++) {
        uint8_t dice[12];
        size_t size = token.len;
        bool signed_again = round % 25 == 0; /* a signature costs as much as all the rest */
        Str source = signed_again ? payload : buf_str(&token);

        assert_true(random_fill(&random, dice, sizeof dice, NULL));
        size = source.len - (dice[0] < 16 ? dice[1] % source.len : 0);
        memcpy(copy, source.ptr, size);
        for (int i = 0; i <= dice[2] % 4; i++)
            copy[(size_t)(dice[3 + 2 * i] | dice[11] << 8) % size] = (char)dice[4 + 2 * i];
        buf_clear(&changed);
        if (signed_again)
            assert_ok(cose_sign(key, (Str){ copy, size }, &changed, &err), err);
        else
            buf_add(&changed, copy, size);
        if (seal_read(&public, buf_str(&changed), &back, NULL)) {
            OWNED_BUF own;

            /* Taken: then it is what we ourselves would make of it. */
            buf_init(&own, 1024);
            assert_ok(seal_make(key, &back, &own, &err), err);
            assert_true(str_equal(buf_str(&own), buf_str(&changed)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stays_what_it_is),
        cmocka_unit_test(what_was_sealed_comes_back),
        cmocka_unit_test(fields_travel_in_the_order_of_their_numbers),
        cmocka_unit_test(every_changed_byte_is_refused),
        cmocka_unit_test(signed_nonsense_is_refused),
        cmocka_unit_test(claims_that_cannot_be_sealed),
        cmocka_unit_test(names_fit_the_paper),
        cmocka_unit_test(names_are_cut_between_letters),
        cmocka_unit_test(long_hosts_take_from_the_name),
        cmocka_unit_test(a_link_comes_back),
        cmocka_unit_test(links_as_people_bring_them),
        cmocka_unit_test(white_space_does_not_count),
        cmocka_unit_test(fields_have_their_names),
        cmocka_unit_test(changed_seals_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
