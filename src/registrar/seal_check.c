#include "registrar/seal_check.h"

#include <ctype.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zbar.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/tool.h"

#define TEXT_BYTES_MOST  (8u << 20)
#define IMAGE_BYTES_MOST (64u << 20) /* A4 at 300 dpi in grey is 8.7 MB */
#define TOOL_MS          30000
#define LINK_MOST        2048

static const char *const fault_words[] = {
    [SEAL_FAULT_NONE] = "",
    [SEAL_FAULT_NO_CODE] = "there is no QR code with a seal on it",
    [SEAL_FAULT_TWO_CODES] = "two different seals stand on one page",
    [SEAL_FAULT_HOST] = "the link names a host that is not the issuer's",
    [SEAL_FAULT_NO_SEAL] = "the link carries no seal",
    [SEAL_FAULT_KEY] = "the seal was made with a key that the issuer has not published",
    [SEAL_FAULT_SIGNATURE] = "the seal was changed, or the issuer did not make it",
    [SEAL_FAULT_CLAIMS] = "the seal does not say what a seal must say",
    [SEAL_FAULT_ISSUER] = "the seal names another issuer",
    [SEAL_FAULT_CODE] = "the link's code is not the seal's",
    [SEAL_FAULT_TEXT] = "the text is not the text that was sealed",
    [SEAL_FAULT_EXPIRED] = "the paper's time is over",
};
static_assert(COUNT(fault_words) == SEAL_FAULT_COUNT, "words for every SealFault");

const char *seal_fault_words(SealFault fault)
{
    return fault_words[fault];
}

/* The file's bytes in memory that the tools read as their input: what is hashed, read and drawn is the same, whatever
 * happens to the file meanwhile, and no tool sees its name. */
static int open_copy(const char *path, uint8_t ret_sha256[32], Error *err)
{
    OWNED_BUF bytes;
    int copy;

    buf_init(&bytes, SEAL_CHECK_FILE_MOST);
    if (!file_read(path, &bytes, err) || !sha256(buf_str(&bytes), ret_sha256, err))
        return -1;
    if (!str_starts(buf_str(&bytes), STR("%PDF-"))) {
        error_set(err, ERR_FORMAT, "%s: not a PDF", path);
        return -1;
    }
    copy = memfd_create("paper", MFD_CLOEXEC);
    if (copy < 0 || write(copy, bytes.data, bytes.len) != (ssize_t)bytes.len) {
        error_set_errno(err, "copy of %s", path);
        if (copy >= 0)
            close(copy);
        return -1;
    }
    return copy;
}

static bool read_text(int pdf, Buf *text, int *ret_pages, Error *err)
{
    static const char *const tool[] = { "pdftotext", "-raw", "-q", "-enc", "UTF-8", "-", "-", NULL };
    Str rest;

    if (!tool_run(tool, pdf, TOOL_MS, text, err))
        return false;
    rest = buf_str(text);
    if (!utf8_valid(rest))
        return error_set(err, ERR_FORMAT, "text is not UTF-8");
    *ret_pages = 0;
    for (size_t i = 0; i < rest.len; i++)
        *ret_pages += rest.ptr[i] == '\f'; /* one after each page */
    return true;
}

/* Binary PGM of 8 bits: "P5 WIDTH HEIGHT 255" and one white space before the pixels. */
static bool pgm_parse(Str image, unsigned *ret_width, unsigned *ret_height, Str *ret_pixels)
{
    uint64_t numbers[3];
    size_t at = 2;

    if (!str_starts(image, STR("P5")))
        return false;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        size_t start;

        while (at < image.len && isspace((unsigned char)image.ptr[at]))
            at++;
        for (start = at; at < image.len && isdigit((unsigned char)image.ptr[at]);)
            at++;
        if (!str_to_u64((Str){ image.ptr + start, at - start }, 1, 20000, &numbers[i]))
            return false;
    }
    at++;
    if (numbers[2] != 255 || at > image.len || image.len - at < numbers[0] * numbers[1])
        return false;
    *ret_width = (unsigned)numbers[0];
    *ret_height = (unsigned)numbers[1];
    *ret_pixels = (Str){ image.ptr + at, (size_t)(numbers[0] * numbers[1]) };
    return true;
}

/* What the code on a page says, taken apart. */
typedef struct Link {
    char text[LINK_MOST];
    char host[64];
    Code code;
    Buf token;
} Link;

/* Keeps the symbol in *link when it is a seal's link; a second, different one is a fault. */
static SealFault take_symbol(const zbar_symbol_t *symbol, Link *link)
{
    char text[LINK_MOST];
    char host[sizeof link->host];
    OWNED_BUF token;
    Code code;

    buf_init(&token, LINK_MOST);
    if (!str_copy((Str){ zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol) }, text, sizeof text) ||
        !seal_link_parse(str_from(text), host, sizeof host, &code, &token, NULL))
        return SEAL_FAULT_NONE; /* some other code: a paper may carry one */
    if (link->text[0] != '\0')
        return strcmp(link->text, text) == 0 ? SEAL_FAULT_NONE : SEAL_FAULT_TWO_CODES;
    memcpy(link->text, text, sizeof text);
    memcpy(link->host, host, sizeof host);
    link->code = code;
    buf_add_str(&link->token, buf_str(&token));
    return SEAL_FAULT_NONE;
}

static bool scan_image(Str pgm, Link *link, SealFault *ret_fault, Error *err)
{
    zbar_image_scanner_t *scanner;
    zbar_image_t *image;
    unsigned width, height;
    Str pixels;

    if (!pgm_parse(pgm, &width, &height, &pixels))
        return error_set(err, ERR_FORMAT, "page as pixels");
    scanner = zbar_image_scanner_create();
    image = zbar_image_create();
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, width, height);
    zbar_image_set_data(image, pixels.ptr, pixels.len, NULL);
    if (zbar_scan_image(scanner, image) > 0)
        for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol && *ret_fault == SEAL_FAULT_NONE;
             symbol = zbar_symbol_next(symbol))
            *ret_fault = take_symbol(symbol, link);
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return true;
}

/* Draws page after page until one carries a link. */
static bool find_link(int pdf, int pages, Link *link, SealFault *ret_fault, Error *err)
{
    for (int page = 1; page <= pages && page <= SEAL_CHECK_PAGES_MOST; page++) {
        char number[12];
        const char *const tool[] = { "pdftoppm", "-q", "-r", "300", "-gray", "-f", number, "-l", number, "-", NULL };
        OWNED_BUF image;

        buf_init(&image, IMAGE_BYTES_MOST);
        snprintf(number, sizeof number, "%d", page);
        if (!tool_run(tool, pdf, TOOL_MS, &image, err) || !scan_image(buf_str(&image), link, ret_fault, err))
            return error_add(err, "page %d", page);
        if (link->text[0] != '\0' || *ret_fault != SEAL_FAULT_NONE)
            return true;
    }
    *ret_fault = SEAL_FAULT_NO_CODE;
    return true;
}

static const CosePublicKey *find_key(const SealCheckInput *input, uint8_t kid)
{
    for (size_t i = 0; i < input->key_count; i++)
        if (input->keys[i].kid == kid && input->keys[i].use == COSE_SEAL)
            return &input->keys[i];
    return NULL;
}

static SealFault check_seal(const SealCheckInput *input, const Link *link, SealCheck *check)
{
    const CosePublicKey *key;
    uint8_t kid;
    Error fault = { 0 };

    if (strcasecmp(link->host, input->issuer) != 0)
        return SEAL_FAULT_HOST;
    if (link->token.len == 0)
        return SEAL_FAULT_NO_SEAL;
    if (!cose_kid(buf_str(&link->token), COSE_SEAL, &kid, NULL))
        return SEAL_FAULT_CLAIMS;
    key = find_key(input, kid);
    if (!key)
        return SEAL_FAULT_KEY;
    if (!seal_read(key, buf_str(&link->token), &check->claims, &fault))
        return fault.code == ERR_CRYPTO ? SEAL_FAULT_SIGNATURE : SEAL_FAULT_CLAIMS;
    check->signed_by_issuer = true;
    if (strcasecmp(check->claims.issuer, input->issuer) != 0)
        return SEAL_FAULT_ISSUER;
    if (strcmp(check->claims.code.text, link->code.text) != 0)
        return SEAL_FAULT_CODE;
    return SEAL_FAULT_NONE;
}

static bool text_matches(const Buf *text, const SealClaims *claims, bool *ret, Error *err)
{
    uint8_t hash[SEAL_HASH_SIZE];
    char *whole = g_utf8_normalize(buf_text(text), -1, G_NORMALIZE_NFC);
    bool hashed = seal_text_hash(str_from(whole), hash, err);

    g_free(whole);
    if (hashed)
        *ret = memcmp(hash, claims->text_hash, sizeof hash) == 0;
    return hashed;
}

static bool check_copy(const SealCheckInput *input, int pdf, Link *link, SealCheck *check, Error *err)
{
    OWNED_BUF text;
    bool same = false;
    int pages;

    buf_init(&text, TEXT_BYTES_MOST);
    if (!read_text(pdf, &text, &pages, err) || !find_link(pdf, pages, link, &check->fault, err))
        return false;
    memcpy(check->host, link->host, sizeof check->host);
    check->code = link->code;
    if (check->fault == SEAL_FAULT_NONE)
        check->fault = check_seal(input, link, check);
    if (check->fault != SEAL_FAULT_NONE)
        return true;
    if (!text_matches(&text, &check->claims, &same, err))
        return false;
    if (!same)
        check->fault = SEAL_FAULT_TEXT;
    else if (check->claims.expires_at_s != 0 && check->claims.expires_at_s < input->now_s)
        check->fault = SEAL_FAULT_EXPIRED;
    return true;
}

bool seal_check_file(const SealCheckInput *input, const char *path, SealCheck *ret, Error *err)
{
    SealCheck check = { .fault = SEAL_FAULT_NONE };
    Link link = { .text = "" };
    int pdf = open_copy(path, check.file_sha256, err);
    bool checked;

    if (pdf < 0)
        return false;
    buf_init(&link.token, LINK_MOST);
    checked = check_copy(input, pdf, &link, &check, err);
    buf_fini(&link.token);
    close(pdf);
    if (checked)
        *ret = check;
    return checked;
}
