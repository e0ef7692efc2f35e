#include "registrar/document/template.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/document/template_read.h"

bool presence_holds(const Presence *when, const Scope *scope)
{
    return (when->present.len == 0 || scope_has(scope, when->present)) &&
           (when->absent.len == 0 || !scope_has(scope, when->absent));
}

static bool read_sealed(Reader *reader, const json_t *json, const Path *path, Template *template, Error *err)
{
    Path down = path_down(path, "sealed", -1);
    json_t *sealed = json_object_get(json, "sealed");
    const char *key;
    json_t *value;

    if (!sealed)
        return true;
    if (!json_is_object(sealed) || json_object_size(sealed) > SEAL_FIELDS_MOST)
        return path_error(&down, err, "not an object of at most %d", SEAL_FIELDS_MOST);
    json_object_foreach(sealed, key, value)
    {
        Path place = path_down(&down, key, -1);
        Sealed *next = &template->sealed[template->sealed_count];

        if (!seal_field_parse(str_from(key), &next->field))
            return path_error(&place, err, "no such sealed field");
        if (!read_text(sealed, &down, key, 64, &next->value, err) ||
            !read_field_known(reader, &place, OF_PAPER_MAYBE, str_from(next->value), err))
            return false;
        template->sealed_count++;
    }
    return true;
}

/* A paper has at most one of these, and each place on the sheet is theirs alone. */
static bool check_single(const Body *body, const Path *path, Error *err)
{
    static const BlockKind single[] = { BLOCK_LETTERHEAD, BLOCK_NUMBER, BLOCK_CHECK, BLOCK_FOOT };

    for (size_t k = 0; k < COUNT(single); k++) {
        size_t seen = 0;

        for (size_t i = 0; i < body->block_count; i++)
            seen += body->blocks[i].kind == single[k];
        if (seen > 1)
            return path_error(path, err, "a letterhead, number, check or foot stands there twice");
    }
    return true;
}

/* A stamp without a place stands by the signature after it. */
static bool check_stamps(const Body *body, const Path *path, Error *err)
{
    for (size_t i = 0; i < body->block_count; i++) {
        const BlockKind next = i + 1 < body->block_count ? body->blocks[i + 1].kind : BLOCK_STAMP;

        if (body->blocks[i].kind == BLOCK_STAMP && !body->blocks[i].placed.present && next != BLOCK_SIGNATURE &&
            next != BLOCK_SIGNATURES)
            return path_error(path, err, "a stamp has neither a place nor a signature after it");
    }
    return true;
}

static bool read_body(Reader *reader, const json_t *json, const Path *path, Body *body, Error *err)
{
    static const char *const keys[] = { "title", "blocks", NULL };
    Path down = path_down(path, "blocks", -1);
    const json_t *blocks = json_object_get(json, "blocks");

    if (!read_keys(json, path, keys, err) || !read_text(json, path, "title", 120, &body->title, err))
        return false;
    if (!json_is_array(blocks) || json_array_size(blocks) == 0 || json_array_size(blocks) > TEMPLATE_BLOCKS_MOST)
        return path_error(&down, err, "not an array of 1 to %d", TEMPLATE_BLOCKS_MOST);
    body->blocks = mem_new(json_array_size(blocks), sizeof *body->blocks);
    if (!body->blocks)
        return error_set(err, ERR_MEMORY, "template");
    body->block_count = json_array_size(blocks);
    for (size_t i = 0; i < body->block_count; i++) {
        Path place = path_down(path, "blocks", (int)i);

        reader->block = (int)i;
        if (!read_block(reader, json_array_get(blocks, i), &place, &body->blocks[i], err))
            return false;
    }
    body->present = true;
    return check_single(body, &down, err) && check_stamps(body, &down, err);
}

static bool read_languages(Reader *reader, const json_t *json, const Path *path, Template *template, Error *err)
{
    Path down = path_down(path, "languages", -1);
    json_t *languages = json_object_get(json, "languages");
    const char *tag;
    json_t *body;

    if (!json_is_object(languages) || json_object_size(languages) == 0)
        return path_error(&down, err, "missing");
    json_object_foreach(languages, tag, body)
    {
        Path place = path_down(&down, tag, -1);
        Language language;

        if (!language_parse(str_from(tag), &language) || template->bodies[language].present)
            return path_error(&place, err, "no such language");
        reader->language = language;
        if (!read_body(reader, body, &place, &template->bodies[language], err))
            return false;
    }
    return true;
}

/* As a service names it, in lower case; as it stands before a number, in capitals. */
static bool check_name(const Path *path, const char *key, const char *name, const char *letters, Error *err)
{
    Path down = path_down(path, key, -1);

    return name[strspn(name, letters)] == '\0' || path_error(&down, err, "wants nothing but %s", letters);
}

static bool read_page(Reader *reader, const json_t *json, const Path *path, Template *template, Error *err)
{
    static const char *const names[] = { [PAGE_A4] = "A4", [PAGE_CARD] = "card" };
    int page = PAGE_A4;

    static_assert(COUNT(names) == PAGE_SIZE_COUNT, "one name per PageSize");
    if (!read_choice(json, path, "page", names, COUNT(names), -1, &page, err) ||
        !read_count(json, path, "pages", TEMPLATE_PAGES_MOST, 1, TEMPLATE_PAGES_MOST, &template->pages_most, err))
        return false;
    reader->page = template->page = (PageSize)page;
    return true;
}

static bool read_template(Reader *reader, Template *template, Error *err)
{
    static const char *const keys[] = { "id", "page", "pages", "register", "sealed", "languages", NULL };
    const Path top = { "" };
    const json_t *json = template->json;

    if (!read_keys(json, &top, keys, err) ||
        !read_text(json, &top, "id", sizeof((SealClaims *)0)->kind - 1, &template->id, err) ||
        !read_page(reader, json, &top, template, err) || !read_text(json, &top, "register", 4, &template->reg, err) ||
        !check_name(&top, "id", template->id, "abcdefghijklmnopqrstuvwxyz0123456789-", err) ||
        !check_name(&top, "register", template->reg, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", err) ||
        !read_sealed(reader, json, &top, template, err) || !read_languages(reader, json, &top, template, err))
        return false;
    if (reader->figures && template->sealed_count == 0) {
        Path down = path_down(&top, "sealed", -1);

        return path_error(&down, err, "missing, and the paper shows figures that a forger would change");
    }
    return true;
}

static bool set_version(Template *template, Str json, Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF hex;

    buf_init(&hex, 64);
    if (!sha256(json, hash, err))
        return false;
    hex_write(&hex, hash, 8);
    return buf_ok(&hex, err) && str_copy(buf_str(&hex), template->version, sizeof template->version);
}

Template *template_parse(Str json, FieldKnown known, Error *err)
{
    OWNED(Template) template = mem_new(1, sizeof *template);
    Reader reader = { .known = known, .template = template };
    json_error_t fault;

    if (!template) {
        error_set(err, ERR_MEMORY, "template");
        return NULL;
    }
    if (json.len > TEMPLATE_BYTES_MOST) {
        error_set(err, ERR_RANGE, "template of over %u bytes", TEMPLATE_BYTES_MOST);
        return NULL;
    }
    template->json = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES, &fault);
    if (!template->json) {
        error_set(err, ERR_FORMAT, "line %d: %s", fault.line, fault.text);
        return NULL;
    }
    if (!set_version(template, json, err) || !read_template(&reader, template, err))
        return NULL;
    return steal(&template);
}

void template_free(Template *template)
{
    if (!template)
        return;
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        for (size_t k = 0; k < template->bodies[i].block_count; k++)
            block_fini(&template->bodies[i].blocks[k]);
        mem_free(template->bodies[i].blocks);
    }
    mem_free(template->uses);
    json_decref(template->json);
    mem_free(template);
}

const char *template_id(const Template *template)
{
    return template->id;
}

const char *template_register(const Template *template)
{
    return template->reg;
}

PageSize template_page(const Template *template)
{
    return template->page;
}

double page_width(PageSize page)
{
    return page == PAGE_CARD ? 85.6 : 210.0;
}

double page_height(PageSize page)
{
    return page == PAGE_CARD ? 53.98 : 297.0;
}

const char *template_version(const Template *template)
{
    return template->version;
}

bool template_has_language(const Template *template, Language language)
{
    return template->bodies[language].present;
}

Language template_language(const Template *template, Language wanted)
{
    for (Language l = 0; l < LANGUAGE_COUNT && !template_has_language(template, wanted); l++)
        wanted = l;
    return wanted;
}

const char *template_title(const Template *template, Language language)
{
    LocalText titles = { { NULL } };

    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        titles.in[i] = template->bodies[i].title;
    return local_text(&titles, language);
}

size_t template_sealed_count(const Template *template)
{
    return template->sealed_count;
}

SealField template_sealed_at(const Template *template, size_t index, const char **ret_value_field)
{
    assert(index < template->sealed_count);
    *ret_value_field = template->sealed[index].value;
    return template->sealed[index].field;
}
