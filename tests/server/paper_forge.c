/* What a forger would try, as a program: tests/server/run-paper lays its sheets over a printed PDF, or asks it for
 * changed links.
 *
 *   paper_forge make FOLDER              two certificates under a key of its own, and what checks them: good.pdf,
 * other.pdf, keys.json paper_forge letter LINK              the link with one letter of the holder changed inside the
 * seal paper_forge host LINK HOST           the link leading elsewhere, the seal intact paper_forge path LINK the link
 * with another code in its path, the seal intact paper_forge code LINK FILE.pdf       a sheet with that code where a
 * paper's stands, on white paper_forge frame FILE.pdf           a sheet with a frame and no text: another look */
#include <cairo-pdf.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/file.h"
#include "registrar/document/sheet.h"
#include "wire/base32.h"
#include "wire/cose.h"

#define HOST   "hujjat.namuna.uz"
#define ISSUED 1795500000

static bool known(const char *name UNUSED)
{
    return true;
}

/* A link as the two texts that stand in the QR code. */
typedef struct Link {
    Buf path, fragment;
} Link;

static bool link_split(const char *text, Link *ret, Error *err)
{
    Str fragment = str_from(text);
    Str path = str_split(&fragment, '#');

    buf_add_str(&ret->path, path);
    buf_add_str(&ret->fragment, fragment);
    return buf_ok(&ret->path, err) && buf_ok(&ret->fragment, err);
}

static void link_print(const Link *link)
{
    printf("%s#%s\n", buf_text(&link->path), buf_text(&link->fragment));
}

static bool change_letter(Link *link, Error *err)
{
    OWNED_BUF token;

    buf_init(&token, 1024);
    if (!base32_read(buf_str(&link->fragment), &token))
        return error_set(err, ERR_FORMAT, "no base32");
    /* The holder's name: a capital and three small letters; the third of these becomes another. */
    for (size_t i = 3; i < token.len; i++) {
        const char *run = token.data + i - 3;

        if (g_ascii_isupper(run[0]) && g_ascii_islower(run[1]) && g_ascii_islower(run[2]) && g_ascii_islower(run[3])) {
            token.data[i] = token.data[i] == 'a' ? 'e' : 'a';
            buf_clear(&link->fragment);
            base32_write(&link->fragment, token.data, token.len);
            return buf_ok(&link->fragment, err);
        }
    }
    return error_set(err, ERR_FORMAT, "no letters in the seal");
}

static bool change_host(Link *link, const char *host, Error *err)
{
    char *last = strstr(buf_text(&link->path), "/V/");
    OWNED_BUF path;

    buf_init(&path, 1024);
    if (!last)
        return error_set(err, ERR_FORMAT, "no link");
    buf_add_format(&path, "HTTPS://%s%s", host, last);
    buf_clear(&link->path);
    buf_add_str(&link->path, buf_str(&path));
    return buf_ok(&link->path, err);
}

static bool change_path(Link *link, Error *err)
{
    char *last = link->path.data + link->path.len - 1;

    *last = *last == '7' ? '8' : '7';
    return buf_ok(&link->path, err);
}

static bool sheet_write(const char *file, const Qr *qr, Error *err)
{
    cairo_surface_t *surface = cairo_pdf_surface_create(file, MM(page_width(PAGE_A4)), MM(page_height(PAGE_A4)));
    cairo_t *cairo = cairo_create(surface);
    Sheets sheets = { 0 };
    bool written;

    if (qr) {
        const Item code = { .kind = ITEM_CODE, .x = MM(25.146), .y = MM(243.078) };

        cairo_set_source_rgb(cairo, 1, 1, 1);
        cairo_rectangle(cairo, MM(22), MM(240.5), MM(40), MM(39.5));
        cairo_fill(cairo);
        if (!sheets_add(&sheets, code, err))
            return false;
        sheets_draw(&sheets, 0, qr, cairo);
        sheets_fini(&sheets);
    } else {
        cairo_rectangle(cairo, MM(10), MM(10), MM(190), MM(277));
        cairo_stroke(cairo);
    }
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    written = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return written || error_set(err, ERR_IO, "%s", file);
}

typedef struct Holder {
    const char *file, *number, *name;
    uint8_t random[CODE_BITS_BYTES];
} Holder;

static bool paper_seal(const CoseKey *key, const Holder *holder, const DocumentFacts *facts, const Code *code, Qr *ret,
                       Error *err)
{
    SealClaims claims = { .issuer = HOST,
                          .code = *code,
                          .issued_at_s = ISSUED,
                          .kind = "certificate-of-study",
                          .field_count = 1,
                          .fields = { { SEAL_FIELD_YEAR, "3" } } };
    OWNED_BUF token;
    OWNED_BUF path;
    OWNED_BUF fragment;

    buf_init(&token, 1024);
    buf_init(&path, 1024);
    buf_init(&fragment, 1024);
    memcpy(claims.text_hash, facts->text_hash, sizeof claims.text_hash);
    return str_copy(str_from(holder->number), claims.number, sizeof claims.number) &&
           str_copy(str_from(holder->name), claims.holder, sizeof claims.holder) &&
           seal_make(key, &claims, &token, err) && seal_link(&claims, buf_str(&token), &path, &fragment, err) &&
           qr_make(buf_str(&path), buf_str(&fragment), SEAL_QR_VERSION_MOST, ret, err);
}

static bool paper_make(const Template *template, const CoseKey *key, const Holder *holder, const char *folder,
                       Error *err)
{
    const Code code = code_make(holder->random);
    char grouped[15], file[512];
    json_t *values = json_pack("{s:s, s:s}", "name", holder->name, "list", "3-kurs");
    DocumentInput input = { .template = template,
                            .values = values,
                            .number = holder->number,
                            .code = grouped,
                            .check_address = HOST "/v/",
                            .created_s = ISSUED };
    OWNED(Blob) pdf = NULL;
    DocumentFacts facts;
    Qr qr;
    bool made;

    code_grouped(&code, grouped);
    made = document_measure(&input, &facts, err) && paper_seal(key, holder, &facts, &code, &qr, err);
    input.qr = &qr;
    made = made && document_to_pdf(&input, &pdf, &facts, err) &&
           path_join(file, sizeof file, folder, holder->file, err) && file_write(file, 0644, blob_str(pdf), err);
    json_decref(values);
    return made;
}

static bool keys_write(const CoseKey *key, const char *folder, Error *err)
{
    CosePublicKey public;
    OWNED_BUF json;
    char file[512];

    cose_key_public(key, &public);
    buf_init(&json, 1024);
    buf_add_format(&json,
                   "{\"issuer\":\"" HOST "\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"%d\",\"x\":\"",
                   public.kid);
    base64url_write(&json, public.bytes, sizeof public.bytes);
    buf_add_text(&json, "\"}]}");
    return buf_ok(&json, err) && path_join(file, sizeof file, folder, "keys.json", err) &&
           file_write(file, 0644, buf_str(&json), err);
}

static bool make(const char *folder, Error *err)
{
    static const char paper[] =
        "{\"id\":\"certificate-of-study\",\"page\":\"A4\",\"register\":\"M\",\"sealed\":{\"year\":\"list\"},"
        "\"languages\":{\"uz\":{"
        "\"title\":\"Maʼlumotnoma\",\"blocks\":["
        "{\"block\":\"letterhead\",\"name\":\"Namuna davlat universiteti\",\"second_name\":\"Namuna State "
        "University\"},"
        "{\"block\":\"number\",\"at\":46,\"left\":\"<b>№ {number}</b>\"},"
        "{\"block\":\"heading\",\"at\":62,\"title\":\"MAʼLUMOTNOMA\"},"
        "{\"block\":\"paragraph\",\"at\":88,\"text\":\"Ushbu maʼlumotnoma <b>{name}</b> haqiqatan ham talaba ekanini "
        "tasdiqlaydi.\"},"
        "{\"block\":\"pairs\",\"at\":104.5,\"rows\":[{\"label\":\"Familiyasi, "
        "ismi\",\"value\":\"{name}\",\"style\":\"strong\"},"
        "{\"label\":\"Kursi\",\"value\":\"{list}\"}]},"
        "{\"block\":\"check\",\"head\":\"Haqiqiyligini tekshirish uchun kodni skanerlang\"},"
        "{\"block\":\"foot\",\"left\":\"№ {number}\",\"right\":\"{page}-sahifa, jami {pages} ta\"}]}}}";
    static const Holder holders[] = {
        { "good.pdf", "M-2026/004817", "Karimova Dilnoza Baxtiyor qizi", { 7, 3, 9, 2, 8, 5, 1, 4 } },
        { "other.pdf", "M-2026/004818", "Oʻgʻilov Gʻayratjon Oʻktam oʻgʻli", { 1, 6, 4, 8, 3, 3, 9, 2 } },
    };
    static const uint8_t seed[COSE_PRIVATE_KEY_SIZE] = { 42 };
    OWNED(Template) template = template_parse(str_from(paper), known, err);
    OWNED(CoseKey) key = cose_key_new(COSE_SEAL, 1, seed, err);

    if (!template || !key)
        return false;
    for (size_t i = 0; i < COUNT(holders); i++)
        if (!paper_make(template, key, &holders[i], folder, err))
            return false;
    return keys_write(key, folder, err);
}

static bool act(int count, char **words, Link *link, Error *err)
{
    Qr qr;

    if (count == 3 && strcmp(words[1], "make") == 0)
        return make(words[2], err);
    if (count == 3 && strcmp(words[1], "frame") == 0)
        return sheet_write(words[2], NULL, err);
    if (count < 3 || !link_split(words[2], link, err))
        return error_set(err, ERR_ARGUMENT, "see the head of this program's source");
    if (count == 3 && strcmp(words[1], "letter") == 0)
        return change_letter(link, err);
    if (count == 4 && strcmp(words[1], "host") == 0)
        return change_host(link, words[3], err);
    if (count == 3 && strcmp(words[1], "path") == 0)
        return change_path(link, err);
    if (count == 4 && strcmp(words[1], "code") == 0)
        return qr_make(buf_str(&link->path), buf_str(&link->fragment), SEAL_QR_VERSION_MOST, &qr, err) &&
               sheet_write(words[3], &qr, err);
    return error_set(err, ERR_ARGUMENT, "see the head of this program's source");
}

int main(int count, char **words)
{
    Error err = { 0 };
    Link link;
    bool done;

    buf_init(&link.path, 1024);
    buf_init(&link.fragment, 1024);
    done = act(count, words, &link, &err);
    if (!done)
        fprintf(stderr, "paper_forge: %s\n", err.text);
    else if (count > 2 &&
             (strcmp(words[1], "letter") == 0 || strcmp(words[1], "host") == 0 || strcmp(words[1], "path") == 0))
        link_print(&link);
    buf_fini(&link.path);
    buf_fini(&link.fragment);
    return done ? 0 : 1;
}
