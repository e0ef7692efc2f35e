#include "registrar/api/page_template.h"

#include <string.h>
#include <strings.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/memory.h"

#define FILE_NAME_MOST 64
#define PIECES_MOST    4096
#define OPEN_MOST      8 /* sections inside each other */

static const char *const slot_names[] = {
    [SLOT_LANGUAGE] = "language",
    [SLOT_INSTITUTION] = "institution",
    [SLOT_PHONE] = "phone",
    [SLOT_PHONE_LINK] = "phone-link",
    [SLOT_EMAIL] = "email",
    [SLOT_ADDRESS] = "address",
    [SLOT_LANGUAGES] = "languages",
    [SLOT_EACH_TAG] = "each-tag",
    [SLOT_EACH_NAME] = "each-name",
    [SLOT_EACH_SHORT] = "each-short",
    [SLOT_EACH_OWN] = "each-own",
    [SLOT_HERE] = "here",
    [SLOT_CODE] = "code",
    [SLOT_VALID] = "valid",
    [SLOT_SUSPENDED] = "suspended",
    [SLOT_REVOKED] = "revoked",
    [SLOT_REPLACED] = "replaced",
    [SLOT_EXPIRED] = "expired",
    [SLOT_UNKNOWN] = "unknown",
    [SLOT_KNOWN] = "known",
    [SLOT_CHECKED_DATE] = "checked-date",
    [SLOT_CHECKED_TIME] = "checked-time",
    [SLOT_KIND] = "kind",
    [SLOT_HOLDER] = "holder",
    [SLOT_DATE] = "date",
    [SLOT_UNTIL] = "until",
    [SLOT_CHANGED] = "changed",
    [SLOT_ON_PHONE] = "on-phone",
    [SLOT_BARE_CODE] = "bare-code",
    [SLOT_OFFSET] = "offset",
    [SLOT_ISSUER] = "issuer",
    [SLOT_KEYS] = "keys",
    [SLOT_NOT_A_CODE] = "not-a-code",
    [SLOT_NOT_FOUND] = "not-found",
    [SLOT_TOO_MANY] = "too-many",
    [SLOT_NOBODYS] = "nobodys",
    [SLOT_NOT_SO] = "not-so",
    [SLOT_FAILED] = "failed",
    [SLOT_WAIT] = "wait",
    [SLOT_PHONE_GONE] = "phone-gone",
    [SLOT_PHONE_CLOSED] = "phone-closed",
    [SLOT_PHONE_OTHER] = "phone-other",
    [SLOT_PHONE_DIGITS] = "phone-digits",
    [SLOT_PHONE_EARLY] = "phone-early",
    [SLOT_PHONE_OPEN] = "phone-open",
    [SLOT_TOKEN] = "token",
    [SLOT_PLACE] = "place",
    [SLOT_LEFT] = "left",
    [SLOT_MINUTES] = "minutes",
    [SLOT_PHOTO_GONE] = "photo-gone",
    [SLOT_PHOTO_OTHER] = "photo-other",
    [SLOT_PHOTO_OPEN] = "photo-open",
    [SLOT_PHOTO_FULL] = "photo-full",
    [SLOT_PHOTO_DONE] = "photo-done",
    [SLOT_PHOTO_SOME] = "photo-some",
    [SLOT_PAGES] = "pages",
    [SLOT_MOST] = "most",
    [SLOT_TICKET_GONE] = "ticket-gone",
    [SLOT_TICKET_WAITS] = "ticket-waits",
    [SLOT_TICKET_FIRST] = "ticket-first",
    [SLOT_TICKET_ABOUT] = "ticket-about",
    [SLOT_TICKET_CALLED] = "ticket-called",
    [SLOT_TICKET_SERVING] = "ticket-serving",
    [SLOT_TICKET_SERVED] = "ticket-served",
    [SLOT_TICKET_NO_SHOW] = "ticket-no-show",
    [SLOT_TICKET_GIVEN_UP] = "ticket-given-up",
    [SLOT_TICKET_EXPIRED] = "ticket-expired",
    [SLOT_TICKET_WINDOW] = "ticket-window",
    [SLOT_TICKET_LIVE] = "ticket-live",
    [SLOT_TICKET_LEAVE] = "ticket-leave",
    [SLOT_TICKET_MAY_LEAVE] = "ticket-may-leave",
    [SLOT_GRANT_ASK] = "grant-ask",
    [SLOT_GRANT_GONE] = "grant-gone",
    [SLOT_GRANT_CLOSED] = "grant-closed",
    [SLOT_GRANT_OTHER] = "grant-other",
    [SLOT_GRANT_PASSWORD] = "grant-password",
    [SLOT_GRANT_CONSENT] = "grant-consent",
    [SLOT_GRANT_DIGITS] = "grant-digits",
    [SLOT_GRANT_DONE] = "grant-done",
    [SLOT_GRANT_DENIED] = "grant-denied",
    [SLOT_GRANT_EXPIRED] = "grant-expired",
    [SLOT_GRANT_WRONG] = "grant-wrong",
    [SLOT_GRANT_AWAY] = "grant-away",
    [SLOT_GRANT_REFUSED] = "grant-refused",
    [SLOT_GRANT_PAGE] = "grant-page",
    [SLOT_GRANT_ONEID] = "grant-oneid",
    [SLOT_GRANT_PAGES] = "grant-pages",
    [SLOT_GRANT_UNKNOWN] = "grant-unknown",
    [SLOT_GRANT_ONEID_AWAY] = "grant-oneid-away",
    [SLOT_GRANT_BACK] = "grant-back",
    [SLOT_KIOSK] = "kiosk",
    [SLOT_CARD_GONE] = "card-gone",
    [SLOT_CARD_ACTIVE] = "card-active",
    [SLOT_CARD_BLOCKED] = "card-blocked",
    [SLOT_USER] = "user",
    [SLOT_CSRF] = "csrf",
    [SLOT_SAID] = "said",
    [SLOT_WAS_DONE] = "was-done",
    [SLOT_NUMBER] = "number",
    [SLOT_TITLE] = "title",
};
static_assert(COUNT(slot_names) == PAGE_SLOT_COUNT, "one name per PageSlot");

typedef struct Reader {
    const char *file;
    PageTexts *texts;
    const ViewAssets *assets; /* of a view; NULL: a page */
    PageTemplate *template;
    size_t open[OPEN_MOST]; /* pieces of sections that have not ended */
    size_t open_count;
} Reader;

static bool refuse(const Reader *reader, Error *err, const char *why, Str what)
{
    return error_set(err, ERR_FORMAT, "%s: %s: " STR_FMT, reader->file, why, STR_ARG(what));
}

static bool find_slot(Str name, PageSlot *ret)
{
    for (size_t i = 0; i < COUNT(slot_names); i++) {
        if (str_equal_text(name, slot_names[i])) {
            *ret = (PageSlot)i;
            return true;
        }
    }
    return false;
}

/* A view's values have names: "title", "row-when". */
static bool is_name(Str name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

    for (size_t i = 0; i < name.len; i++)
        if (!memchr(letters, name.ptr[i], sizeof letters - 1))
            return false;
    return name.len > 0;
}

/* The slot of a page's value, or the name of a view's. */
static bool read_value(const Reader *reader, Str name, PageSlot *ret_slot, Str *ret_name)
{
    *ret_name = name;
    return reader->assets ? is_name(name) : find_slot(name, ret_slot);
}

static bool add(Reader *reader, Piece piece, Error *err)
{
    PageTemplate *template = reader->template;

    if (template->count == template->room) {
        size_t room = template->room ? template->room * 2 : 64;
        Piece *grown = room <= PIECES_MOST ? mem_resize(template->pieces, room, sizeof *grown) : NULL;
        if (!grown)
            return error_set(err, ERR_MEMORY, "%s: pieces", reader->file);
        template->pieces = grown;
        template->room = room;
    }
    template->pieces[template->count++] = piece;
    return true;
}

/* A list in itself would never end. */
static bool is_in_each(const Reader *reader, PageSlot list)
{
    for (size_t i = 0; i < reader->open_count; i++) {
        const Piece *open = &reader->template->pieces[reader->open[i]];

        if (open->kind == PIECE_EACH && open->slot == list)
            return true;
    }
    return false;
}

static bool is_list(PageSlot slot)
{
    return slot == SLOT_LANGUAGES;
}

static bool open_section(Reader *reader, PieceKind kind, Str name, Error *err)
{
    Piece piece = { .kind = kind };

    if (reader->open_count == OPEN_MOST || !read_value(reader, name, &piece.slot, &piece.name))
        return refuse(reader, err, "no such value, or too deep", name);
    if (!reader->assets && (kind == PIECE_EACH) != is_list(piece.slot))
        return refuse(reader, err, "no list, or one", name);
    if (!reader->assets && kind == PIECE_EACH && is_in_each(reader, piece.slot))
        return refuse(reader, err, "stands in itself", name);
    reader->open[reader->open_count++] = reader->template->count;
    return add(reader, piece, err);
}

static bool close_section(Reader *reader, Str name, Error *err)
{
    if (reader->open_count == 0)
        return refuse(reader, err, "ends what has not begun", name);
    Piece *piece = &reader->template->pieces[reader->open[--reader->open_count]];
    if (!str_equal(name, piece->name))
        return refuse(reader, err, "ends another section than the last", name);
    piece->end = reader->template->count;
    return true;
}

/* "id a b" */
static bool add_text(Reader *reader, Str rest, Error *err)
{
    Piece piece = { .kind = PIECE_TEXT };
    Str all = rest, id = str_split(&rest, ' ');

    if (!page_texts_find(reader->texts, id, &piece.text))
        return refuse(reader, err, "no such text", id);
    reader->texts->used[piece.text] = true;
    while (rest.ptr) {
        if (piece.value_count == TEXT_VALUES_MOST ||
            !read_value(reader, str_split(&rest, ' '), &piece.values[piece.value_count],
                        &piece.names[piece.value_count]))
            return refuse(reader, err, "no such value", all);
        piece.value_count++;
    }
    return add(reader, piece, err);
}

static bool add_value(Reader *reader, Str name, Error *err)
{
    Piece piece = { .kind = PIECE_VALUE };

    return read_value(reader, name, &piece.slot, &piece.name) ? add(reader, piece, err)
                                                              : refuse(reader, err, "no such value", name);
}

/* "console.css" becomes its address. */
static bool add_asset(Reader *reader, Str name, Error *err)
{
    const ViewAsset *asset = reader->assets ? view_assets_find(reader->assets, name) : NULL;

    return asset ? add(reader, (Piece){ .kind = PIECE_WORDS, .words = str_from(asset->address) }, err)
                 : refuse(reader, err, "no such asset", name);
}

static bool add_tag(Reader *reader, Str tag, Error *err)
{
    Str rest = tag.len > 0 ? (Str){ tag.ptr + 1, tag.len - 1 } : tag;

    switch (tag.len > 0 ? tag.ptr[0] : '\0') {
    case '#': return open_section(reader, PIECE_WHEN, rest, err);
    case '^': return open_section(reader, PIECE_UNLESS, rest, err);
    case '*': return open_section(reader, PIECE_EACH, rest, err);
    case '/': return close_section(reader, rest, err);
    default: break;
    }
    if (str_starts(tag, STR("t:")))
        return add_text(reader, (Str){ tag.ptr + 2, tag.len - 2 }, err);
    if (str_starts(tag, STR("a:")))
        return add_asset(reader, (Str){ tag.ptr + 2, tag.len - 2 }, err);
    return add_value(reader, tag, err);
}

static bool find(Str s, const char *what, size_t *ret)
{
    const char *at = s.len > 0 ? memmem(s.ptr, s.len, what, strlen(what)) : NULL;

    if (at)
        *ret = (size_t)(at - s.ptr);
    return at != NULL;
}

static bool take_apart(Reader *reader, Error *err)
{
    Str rest = buf_str(&reader->template->source);
    size_t begins, ends;

    while (find(rest, "{{", &begins)) {
        Str words = { rest.ptr, begins };
        rest = (Str){ rest.ptr + begins + 2, rest.len - begins - 2 };
        if (!find(rest, "}}", &ends))
            return refuse(reader, err, "braces without their fellows", STR("{{"));
        if ((words.len > 0 && !add(reader, (Piece){ .kind = PIECE_WORDS, .words = words }, err)) ||
            !add_tag(reader, (Str){ rest.ptr, ends }, err))
            return false;
        rest = (Str){ rest.ptr + ends + 2, rest.len - ends - 2 };
    }
    if (reader->open_count > 0)
        return refuse(reader, err, "a section does not end", STR("{{#"));
    return rest.len == 0 || add(reader, (Piece){ .kind = PIECE_WORDS, .words = rest }, err);
}

/* 'sha256-...' of a style or a script, as it stands between its tags. */
static bool add_hash(Str bytes, Buf *policy, Error *err)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t hash[SHA256_SIZE + 1] = { 0 };

    if (!sha256(bytes, hash, err))
        return false;
    buf_add_text(policy, policy->len > 0 ? " 'sha256-" : "'sha256-");
    for (size_t i = 0; i < SHA256_SIZE; i += 3) {
        uint32_t group = (uint32_t)hash[i] << 16 | (uint32_t)hash[i + 1] << 8 | hash[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6)
            buf_add_byte(policy, (uint8_t)digits[(group >> shift) & 63]);
    }
    policy->data[policy->len - 1] = '='; /* 32 bytes leave the last place of the last group empty */
    buf_add_text(policy, "'");
    return buf_ok(policy, err);
}

typedef struct Sources {
    const char *folder;
    char brand[8];     /* "#0B4F5C"; "": the files' own */
    Buf style, script; /* hashes */
} Sources;

static bool read_file(const char *folder, Str name, Buf *ret, Error *err)
{
    char file[FILE_NAME_MOST], path[4096];

    if (!str_copy(name, file, sizeof file) || strchr(file, '/'))
        return error_set(err, ERR_FORMAT, "no name of a page's file: " STR_FMT, STR_ARG(name));
    return path_join(path, sizeof path, folder, file, err) && file_read(path, ret, err);
}

/* As styles ("#0b4f5c") and addresses of pictures ("%230B4F5C") name it. */
void page_put_brand(const char *brand, Buf *bytes)
{
    static const char own[] = "0B4F5C";

    for (size_t i = 1; brand[0] && i + sizeof own - 1 <= bytes->len; i++)
        if (strchr("#3", bytes->data[i - 1]) && strncasecmp(bytes->data + i, own, sizeof own - 1) == 0)
            memcpy(bytes->data + i, brand + 1, sizeof own - 1);
}

/* Appends a file with what it includes; included HTML includes no more. */
static bool include(Sources *sources, Str name, bool may_include, Buf *ret, Error *err)
{
    OWNED_BUF bytes;
    size_t begins, ends;

    buf_init(&bytes, PAGE_BYTES_MOST);
    if (!read_file(sources->folder, name, &bytes, err))
        return false;
    page_put_brand(sources->brand, &bytes);
    Str rest = buf_str(&bytes);
    if (str_ends(name, STR(".css")) || str_ends(name, STR(".js"))) {
        if (find(rest, "{{", &begins))
            return error_set(err, ERR_FORMAT, STR_FMT ": braces in it", STR_ARG(name));
        buf_add_str(ret, rest);
        return add_hash(rest, str_ends(name, STR(".js")) ? &sources->script : &sources->style, err);
    }
    while (may_include && find(rest, "{{>", &begins)) {
        buf_add(ret, rest.ptr, begins);
        rest = (Str){ rest.ptr + begins + 3, rest.len - begins - 3 };
        if (!find(rest, "}}", &ends))
            return error_set(err, ERR_FORMAT, STR_FMT ": braces without their fellows", STR_ARG(name));
        if (!include(sources, (Str){ rest.ptr, ends }, false, ret, err))
            return error_add(err, STR_FMT, STR_ARG(name));
        rest = (Str){ rest.ptr + ends + 2, rest.len - ends - 2 };
    }
    buf_add_str(ret, rest);
    return buf_ok(ret, err);
}

static bool write_policy(const Sources *sources, char *policy, size_t size, Error *err)
{
    OWNED_BUF text;

    buf_init(&text, size);
    buf_add_format(&text,
                   "default-src 'none'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    if (sources->style.len > 0)
        buf_add_format(&text, "; style-src %s", buf_text(&sources->style));
    if (sources->script.len > 0)
        buf_add_format(&text, "; script-src %s", buf_text(&sources->script));
    return buf_ok(&text, err) && (str_copy(buf_str(&text), policy, size) || error_set(err, ERR_RANGE, "policy"));
}

bool page_template_load(const char *folder, const char *file, Rgb brand, PageTexts *texts, const ViewAssets *assets,
                        PageTemplate *ret, Error *err)
{
    Sources sources = { .folder = folder };
    Reader reader = { .file = file, .texts = texts, .assets = assets, .template = ret };

    if (brand)
        rgb_write(brand, sources.brand);
    buf_init(&ret->source, PAGE_BYTES_MOST);
    buf_init(&sources.style, sizeof ret->policy);
    buf_init(&sources.script, sizeof ret->policy);
    bool done = include(&sources, str_from(file), true, &ret->source, err) &&
                write_policy(&sources, ret->policy, sizeof ret->policy, err) && take_apart(&reader, err);
    buf_fini(&sources.style);
    buf_fini(&sources.script);
    return done;
}

void page_template_fini(PageTemplate *template)
{
    buf_fini(&template->source);
    mem_free(template->pieces);
    *template = (PageTemplate){ 0 };
}
