#include "registrar/api/views.h"

#include <string.h>

#include "base/file.h"
#include "base/texts.h"
#include "registrar/api/pages_inside.h"

#define TEXT_FILLED_MOST 4096

/* --- reading ------------------------------------------------------------------------------------------------------ */

typedef struct Loading {
    const char *folder;
    Rgb brand;
    Pages *pages;
} Loading;

static bool load(void *ctx, const char *file, Error *err)
{
    const Loading *loading = ctx;
    Pages *pages = loading->pages;
    Str name = str_from(file);

    if (name.ptr[0] == '_')
        return true;
    if (pages->view_count == VIEWS_MOST)
        return error_set(err, ERR_FORMAT, "more than %d pages of the console", VIEWS_MOST);
    View *view = &pages->views[pages->view_count++];
    name.len -= sizeof ".html" - 1;
    if (!str_copy(name, view->name, sizeof view->name))
        return error_set(err, ERR_FORMAT, "console: %s: a name that is too long", file);
    return page_template_load(loading->folder, file, loading->brand, &pages->texts, &pages->assets, &view->template,
                              err) ||
           error_add(err, "console");
}

bool views_load(const char *folder, Rgb brand, Pages *pages, Error *err)
{
    char console[4096];
    Loading loading = { console, brand, pages };
    bool there;

    return page_console(folder, console, sizeof console, &there, err) &&
           (!there || (view_assets_load(console, brand, &pages->assets, err) &&
                       folder_each(console, ".html", load, &loading, err)));
}

void views_fini(Pages *pages)
{
    for (size_t i = 0; i < pages->view_count; i++)
        page_template_fini(&pages->views[i].template);
    view_assets_fini(&pages->assets);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* Values of a row, before those of what it stands in. */
typedef struct Scope {
    const json_t *object;
    const struct Scope *around;
} Scope;

typedef struct Writing {
    const PageTexts *texts;
    const View *view;
    Language language;
    Buf *ret;
    Str missing; /* the first value that a template shows and its view has not */
} Writing;

static const json_t *value_of(const Scope *scope, Str name)
{
    for (; scope; scope = scope->around) {
        const json_t *value = json_object_getn(scope->object, name.ptr, name.len);
        if (value)
            return value;
    }
    return NULL;
}

static bool is_there(const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_STRING: return json_string_length(value) > 0;
    case JSON_INTEGER: return json_integer_value(value) != 0;
    case JSON_ARRAY: return json_array_size(value) > 0;
    case JSON_OBJECT:
    case JSON_TRUE: return true;
    case JSON_REAL:
    case JSON_FALSE:
    case JSON_NULL: break;
    }
    return false;
}

static void add_value(Writing *writing, const Scope *scope, Str name, Buf *ret)
{
    const json_t *value = value_of(scope, name);

    if (json_is_string(value))
        buf_add_str(ret, (Str){ json_string_value(value), json_string_length(value) });
    else if (json_is_integer(value))
        buf_add_format(ret, "%lld", (long long)json_integer_value(value));
    else if (!writing->missing.len)
        writing->missing = name;
}

static void write_value(Writing *writing, const Scope *scope, Str name)
{
    OWNED_BUF value;

    buf_init(&value, VIEW_BYTES_MOST);
    add_value(writing, scope, name, &value);
    writing->ret->failed |= value.failed;
    page_write_escaped(writing->ret, buf_str(&value));
}

static void write_text(Writing *writing, const Scope *scope, const Piece *piece)
{
    Buf values[TEXT_VALUES_MOST];
    const char *filling[TEXT_VALUES_MOST];
    OWNED_BUF text;

    buf_init(&text, TEXT_FILLED_MOST);
    for (size_t i = 0; i < piece->value_count; i++) {
        buf_init(&values[i], TEXT_FILLED_MOST);
        add_value(writing, scope, piece->names[i], &values[i]);
        filling[i] = buf_text(&values[i]);
    }
    text_fill(&text, writing->texts->texts[writing->language][piece->text], filling, piece->value_count);
    writing->ret->failed |= text.failed;
    page_write_escaped(writing->ret, buf_str(&text));
    for (size_t i = 0; i < piece->value_count; i++)
        buf_fini(&values[i]);
}

static void write_pieces(Writing *writing, size_t from, size_t to, const Scope *scope);

static void write_rows(Writing *writing, const json_t *rows, size_t from, size_t to, const Scope *scope)
{
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const Scope inside = { json_array_get(rows, i), scope };
        write_pieces(writing, from, to, &inside);
    }
}

static void write_section(Writing *writing, const Piece *piece, size_t from, const Scope *scope)
{
    const json_t *value = value_of(scope, piece->name);
    const Scope inside = { value, scope };

    if (is_there(value) == (piece->kind == PIECE_WHEN))
        write_pieces(writing, from, piece->end, json_is_object(value) ? &inside : scope);
}

static void write_pieces(Writing *writing, size_t from, size_t to, const Scope *scope)
{
    for (size_t i = from; i < to; i++) {
        const Piece *piece = &writing->view->template.pieces[i];

        switch (piece->kind) {
        case PIECE_WORDS: buf_add_str(writing->ret, piece->words); break;
        case PIECE_VALUE: write_value(writing, scope, piece->name); break;
        case PIECE_TEXT: write_text(writing, scope, piece); break;
        case PIECE_WHEN:
        case PIECE_UNLESS:
            write_section(writing, piece, i + 1, scope);
            i = piece->end - 1;
            break;
        case PIECE_EACH:
            write_rows(writing, value_of(scope, piece->name), i + 1, piece->end, scope);
            i = piece->end - 1;
            break;
        }
    }
}

static const View *find(const Pages *pages, const char *name)
{
    for (size_t i = 0; i < pages->view_count; i++)
        if (strcmp(pages->views[i].name, name) == 0)
            return &pages->views[i];
    return NULL;
}

bool view_write(const Pages *pages, const char *name, Language language, const json_t *view, Buf *ret, Error *err)
{
    Writing writing = { .texts = &pages->texts, .view = find(pages, name), .language = language, .ret = ret };
    const Scope scope = { view, NULL };

    if (!writing.view)
        return error_set(err, ERR_INTERNAL, "no page of the console: %s", name);
    write_pieces(&writing, 0, writing.view->template.count, &scope);
    if (writing.missing.len > 0)
        return error_set(err, ERR_INTERNAL, "console: %s: no value " STR_FMT, name, STR_ARG(writing.missing));
    return buf_ok(ret, err);
}

const char *view_text(const Pages *pages, Language language, const char *id)
{
    return page_texts_get(&pages->texts, language, id);
}

const char *view_policy(void)
{
    return "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
           "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

const ViewAsset *view_asset(const Pages *pages, Str name)
{
    return view_assets_find(&pages->assets, name);
}
