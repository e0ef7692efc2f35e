#include "registrar/office/hemis_papers.h"
#include "registrar/office/shelf.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/fields.h"
#include "registrar/office/icons.h"
#include "registrar/office/predicates.h"
#include "wire/json.h"

struct Shelf {
    atomic_uint owners;
    Catalogue *catalogue;
    Papers papers;
    Words *words;
    Information *information;
    ShelfFiles *files; /* those that it is made of */
};

typedef struct Making {
    const ShelfFiles *files;
    Shelf *shelf;
    ShelfFaults *faults;
    Error *err;
    char ids[SHELF_FILES_MOST][SHELF_ID_SIZE]; /* as the file says itself */
    Template *templates[SHELF_FILES_MOST];     /* owned until they are among the papers */
    Information *pages[SHELF_FILES_MOST];      /* owned: each page by itself */
    bool hidden[SHELF_FILES_MOST];             /* by what was put under the same id */
} Making;

/* --- words for who wrote it ----------------------------------------------------------------------------------------
 */

/* "form[2].type: words": readers say so where it is, and "services[0]" of the one service that they were given. */
static void split(Str text, Str *ret_path, Str *ret_reason)
{
    static const char *const tops[] = {
        "services[0].", "services[0]", "services", "template", "pages[0].", "pages[0]"
    };
    size_t length = 0;

    *ret_path = (Str){ 0 };
    *ret_reason = text;
    while (length < text.len && text.ptr[length] != ' ' && text.ptr[length] != ':')
        length++;
    if (length + 1 >= text.len || text.ptr[length] != ':' || text.ptr[length + 1] != ' ')
        return;
    *ret_path = (Str){ text.ptr, length };
    *ret_reason = (Str){ text.ptr + length + 2, text.len - length - 2 };
    for (size_t i = 0; i < COUNT(tops); i++)
        if (str_starts(*ret_path, str_from(tops[i]))) {
            *ret_path = (Str){ ret_path->ptr + strlen(tops[i]), ret_path->len - strlen(tops[i]) };
            return;
        }
}

/* False when there is no memory to go on; else the fault is among the others. */
static bool refuse(Making *making, size_t file, const Error *why)
{
    char path[sizeof((ShelfFault *)0)->path], reason[sizeof((ShelfFault *)0)->reason];
    Str place, words;

    if (why->code == ERR_MEMORY || why->code == ERR_INTERNAL)
        return error_set_cause(making->err, why->code, why->cause, "%s", why->text);
    split(str_from(why->text), &place, &words);
    str_copy_cut(place, path, sizeof path);
    str_copy_cut(words, reason, sizeof reason);
    shelf_fault(making->faults, making->files->items[file].name, path, "%s", reason);
    return true;
}

/* --- each file alone -----------------------------------------------------------------------------------------------
 */

static bool icon_known(const char *name)
{
    static const char *const names[] = { ICON_NAMES };

    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(names[i], name))
            return true;
    return false;
}

static bool icons_known(const Service *service, Error *err)
{
    if (!icon_known(service->icon))
        return error_set(err, ERR_NOT_FOUND, "icon: there is no icon %.40s", service->icon);
    for (size_t i = 0; i < service->field_count; i++)
        for (size_t k = 0; k < service->fields[i].choice_count; k++) {
            const char *icon = service->fields[i].choices[k].icon;

            if (icon && !icon_known(icon))
                return error_set(err, ERR_NOT_FOUND, "form[%zu].choices[%zu].icon: there is no icon %.40s", i, k, icon);
        }
    return true;
}

/* A form shows beside a question what a record says in words. */
static bool shown_known(const Service *service, Error *err)
{
    for (size_t i = 0; i < service->field_count; i++)
        if (service->fields[i].shows && !field_is_of_record(service->fields[i].shows))
            return error_set(err, ERR_FORMAT, "form[%zu].shows: no field of a record is called %.60s", i,
                             service->fields[i].shows);
    return true;
}

/* Whole by itself, so that no two files make one, and its line and column are those of the file. */
static bool is_object(Str body, Error *err)
{
    OWNED(json_t) json = NULL;

    if (body.len == 0)
        return error_set(err, ERR_FORMAT, "is empty");
    if (!utf8_valid(body))
        return error_set(err, ERR_FORMAT, "is not UTF-8");
    json = json_read(body, err);
    return json && (json_is_object(json) || error_set(err, ERR_FORMAT, "is no object"));
}

static bool read_service(Str body, char ret_id[SHELF_ID_SIZE], Error *err)
{
    OWNED_BUF whole;

    buf_init(&whole, SHELF_FILE_MOST + 64);
    buf_add_text(&whole, "{\"services\":[");
    buf_add_str(&whole, body);
    buf_add_text(&whole, "]}");
    if (!buf_ok(&whole, err))
        return false;
    OWNED(Catalogue) catalogue = catalogue_parse_one(buf_str(&whole), err);
    if (!catalogue)
        return false;
    const Service *service = catalogue_at(catalogue, 0);
    str_copy_cut(str_from(service->id), ret_id, SHELF_ID_SIZE);
    return predicates_known(service, err) && icons_known(service, err) && shown_known(service, err);
}

static bool read_template(Making *making, size_t at, Str body, Error *err)
{
    making->templates[at] = template_parse(body, field_known, err);
    if (!making->templates[at])
        return false;
    str_copy_cut(str_from(template_id(making->templates[at])), making->ids[at], SHELF_ID_SIZE);
    return true;
}

static bool read_words(Making *making, Str body, Error *err)
{
    words_free(making->shelf->words);
    making->shelf->words = words_read(body, err);
    return making->shelf->words && (words_find(making->shelf->words, WORDS_PAPER, "preview") ||
                                    error_set(err, ERR_FORMAT, "paper.preview: missing"));
}

static bool read_page(Making *making, size_t at, Str body, Error *err)
{
    const Information *page = making->pages[at] = information_parse_one(body, making->ids[at], err);

    if (!page)
        return false;
    for (size_t i = 0; i < information_count(page); i++) {
        const char *icon = information_at(page, i)->icon;

        if (!icon_known(icon))
            return error_set(err, ERR_NOT_FOUND, "icon: there is no icon %.40s", icon);
    }
    return true;
}

static bool read_one(Making *making, size_t at)
{
    const ShelfFile *file = &making->files->items[at];
    const Str body = blob_str(file->body);
    Error why = { 0 };
    bool read = is_object(body, &why);

    switch (file->kind) {
    case SHELF_SERVICE: read = read && read_service(body, making->ids[at], &why); break;
    case SHELF_TEMPLATE: read = read && read_template(making, at, body, &why); break;
    case SHELF_WORDS: read = read && read_words(making, body, &why); break;
    case SHELF_INFORMATION: read = read && read_page(making, at, body, &why); break;
    case SHELF_KIND_COUNT: break;
    }
    if (!read)
        return refuse(making, at, &why);
    if (file->put && strcmp(file->id, making->ids[at]) != 0)
        shelf_fault(making->faults, file->name, "id", "is not %s, as which it is put", file->id);
    return true;
}

/* --- all of them together ------------------------------------------------------------------------------------------
 */

static bool is_named(const Making *making, size_t at, ShelfKind kind, const char *id)
{
    return making->files->items[at].kind == kind && !making->hidden[at] && !strcmp(making->ids[at], id);
}

/* What stands before what: the program's own, a university's pages, what was put. */
static int rank_of(const ShelfFile *file)
{
    return file->put ? 2 : file->own ? 1 : 0;
}

/* What was put stands before the folders'; two of one origin can't both stand. */
static void compare_ids(Making *making)
{
    const ShelfFile *items = making->files->items;

    for (size_t i = 0; i < making->files->count; i++)
        for (size_t k = 0; k < i && items[i].kind != SHELF_WORDS; k++) {
            if (!is_named(making, k, items[i].kind, making->ids[i]) || making->hidden[i])
                continue;
            if (rank_of(&items[i]) != rank_of(&items[k]))
                making->hidden[rank_of(&items[i]) > rank_of(&items[k]) ? k : i] = true;
            else
                shelf_fault(making->faults, items[i].name, "id", "%.40s is also the id of %.100s", making->ids[i],
                            items[k].name);
        }
}

static bool gather_papers(Making *making)
{
    Error why = { 0 };

    for (size_t i = 0; i < making->files->count; i++) {
        if (!making->templates[i] || making->hidden[i])
            continue;
        if (!papers_add(&making->shelf->papers, steal(&making->templates[i]), blob_str(making->files->items[i].body),
                        &why))
            return refuse(making, i, &why);
    }
    return true;
}

/* {"services": [...]}; how many there are. */
static size_t gather(const Making *making, ShelfKind kind, const char *key, Buf *all)
{
    size_t count = 0;

    buf_add_format(all, "{\"%s\":[", key);
    for (size_t i = 0; i < making->files->count; i++) {
        if (making->files->items[i].kind != kind || making->hidden[i])
            continue;
        if (count++ > 0)
            buf_add_byte(all, ',');
        buf_add_str(all, blob_str(making->files->items[i].body));
    }
    buf_add_text(all, "]}");
    return count;
}

static bool is_page(const Making *making, const char *id)
{
    for (size_t i = 0; i < making->files->count; i++)
        if (is_named(making, i, SHELF_INFORMATION, id))
            return true;
    return false;
}

/* NULL: it is off, or no page. */
static const Article *article_of(const Making *making, size_t at)
{
    const Information *page = making->hidden[at] ? NULL : making->pages[at];

    return page && information_count(page) ? information_at(page, 0) : NULL;
}

static void check_offered(Making *making, size_t at)
{
    const Article *article = article_of(making, at);

    for (size_t i = 0; article && article->offers && i < at; i++) {
        const Article *other = article_of(making, i);

        if (other && other->offers && !strcmp(other->offers, article->offers))
            shelf_fault(making->faults, making->files->items[at].name, "offers", "%.40s is also offered by %.100s",
                        article->offers, making->files->items[i].name);
    }
}

/* Pages that others lead to are there; what a form chooses from is offered once. */
static void check_pages(Making *making)
{
    for (size_t i = 0; i < making->files->count; i++) {
        const Article *article = article_of(making, i);
        char path[40];

        for (size_t b = 0; article && b < article->block_count; b++) {
            if (article->blocks[b].kind != ARTICLE_PAGE || is_page(making, article->blocks[b].id))
                continue;
            snprintf(path, sizeof path, "blocks[%zu].page", b);
            shelf_fault(making->faults, making->files->items[i].name, path, "there is no page %.40s",
                        article->blocks[b].id);
        }
        if (article)
            check_offered(making, i);
    }
}

static bool gather_information(Making *making)
{
    Error why = { 0 };
    OWNED_BUF all;

    buf_init(&all, INFORMATION_BYTES_MOST);
    (void)gather(making, SHELF_INFORMATION, "pages", &all);
    if (all.failed)
        error_set(&why, ERR_RANGE, "all pages together are larger than %u KiB", INFORMATION_BYTES_MOST >> 10);
    else
        making->shelf->information = information_parse(buf_str(&all), &why);
    if (making->shelf->information)
        return true;
    if (why.code == ERR_MEMORY)
        return error_set(making->err, why.code, "%s", why.text);
    shelf_fault(making->faults, "information", "", "%s", why.text);
    return true;
}

static bool gather_catalogue(Making *making)
{
    Error why = { 0 };
    OWNED_BUF all;

    buf_init(&all, CATALOGUE_BYTES_MOST);
    const size_t count = gather(making, SHELF_SERVICE, "services", &all);
    if (all.failed)
        error_set(&why, ERR_RANGE, "all services together are larger than %u KiB", CATALOGUE_BYTES_MOST >> 10);
    else
        making->shelf->catalogue = catalogue_parse(buf_str(&all), &why);
    if (making->shelf->catalogue && count == 0) /* a folder that was emptied by mistake, or is not mounted */
        shelf_fault(making->faults, "services", "", "there are none at all");
    if (making->shelf->catalogue)
        return true;
    if (why.code == ERR_MEMORY)
        return error_set(making->err, why.code, "%s", why.text);
    shelf_fault(making->faults, "services", "", "%s", why.text);
    return true;
}

static const char *file_of(const Making *making, const char *service)
{
    for (size_t i = 0; i < making->files->count; i++)
        if (is_named(making, i, SHELF_SERVICE, service))
            return making->files->items[i].name;
    return "services";
}

/* That what it shows of answers is asked. */
static void check_fields(Making *making, const Service *service, const Paper *paper, int valid_days)
{
    Error why = { 0 };

    for (size_t i = 0; i < making->files->count; i++)
        if (is_named(making, i, SHELF_TEMPLATE, template_id(paper->template)) &&
            !fields_suit(paper->template, service, valid_days, &why))
            (void)!refuse(making, i, &why);
}

/* That this paper exists in these languages; place: where the service says so, "yields". */
static void check_paper(Making *making, const Service *service, const char *place, const char *document,
                        const Language *languages, size_t count)
{
    const Paper *paper = papers_find(&making->shelf->papers, document);
    char path[64];

    if (!paper) {
        snprintf(path, sizeof path, "%s.document", place);
        shelf_fault(making->faults, file_of(making, service->id), path, "there is no template %.40s", document);
        return;
    }
    if (template_page(paper->template) == PAGE_CARD && !service->at_window) {
        snprintf(path, sizeof path, "%s.document", place);
        shelf_fault(making->faults, file_of(making, service->id), path,
                    "%.40s is a card: kiosks print A4, so it is handed out at the window", document);
    }
    for (size_t i = 0; i < count; i++) {
        if (template_has_language(paper->template, languages[i]))
            continue;
        snprintf(path, sizeof path, "%s.languages[%zu]", place, i);
        shelf_fault(making->faults, file_of(making, service->id), path, "template %.40s is not in %s", document,
                    language_tag(languages[i]));
    }
}

/* What an answer makes of the paper. */
static void check_sets(Making *making, const Service *service, size_t field, size_t choice)
{
    const Sets *sets = service->fields[field].choices[choice].sets;
    char place[72];

    if (!sets || sets->service)
        return;
    const char *document = sets->document ? sets->document : service->document;
    const Paper *paper = papers_find(&making->shelf->papers, document);
    if (paper && sets->document)
        check_fields(making, service, paper, sets->valid_days ? sets->valid_days : service->valid_days);
    if (!sets->document && (!sets->language_count || !paper)) /* that the service's own is not there is told already */
        return;
    snprintf(place, sizeof place, "form[%zu].choices[%zu].sets", field, choice);
    check_paper(making, service, place, document, sets->language_count ? sets->languages : service->languages,
                sets->language_count ? sets->language_count : service->language_count);
}

static void check_papers(Making *making)
{
    const Catalogue *catalogue = making->shelf->catalogue;

    for (size_t i = 0; catalogue && i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);

        const char *fault = hemis_paper_fault(service);

        if (fault)
            shelf_fault(making->faults, file_of(making, service->id), "source", "%s", fault);
        if (service->yields != YIELD_DOCUMENT)
            continue;
        check_paper(making, service, "yields", service->document, service->languages, service->language_count);
        const Paper *paper = papers_find(&making->shelf->papers, service->document);
        if (paper)
            check_fields(making, service, paper, service->valid_days);
        for (size_t k = 0; k < service->field_count; k++)
            for (size_t m = 0; m < service->fields[k].choice_count; m++)
                check_sets(making, service, k, m);
    }
}

static bool list_files(Making *making)
{
    ShelfFiles *list = making->shelf->files = shelf_files_new();

    if (!list)
        return error_set(making->err, ERR_MEMORY, "shelf");
    for (size_t i = 0; i < making->files->count; i++) {
        const ShelfFile *file = &making->files->items[i];

        if (making->hidden[i])
            continue;
        if (!shelf_files_add(list, file->kind, file->name, blob_keep(file->body), making->err))
            return false;
        list->items[list->count - 1].put = file->put;
        list->items[list->count - 1].own = file->own;
        memcpy(list->items[list->count - 1].id, making->ids[i], SHELF_ID_SIZE);
    }
    return true;
}

static bool make(Making *making)
{
    for (size_t i = 0; i < making->files->count; i++)
        if (!read_one(making, i))
            return false;
    if (making->faults->count == 0)
        compare_ids(making);
    if (making->faults->count == 0 && !making->shelf->words)
        shelf_fault(making->faults, "words", "", "there are no words of papers");
    if (making->faults->count == 0)
        check_pages(making);
    if (making->faults->count > 0 || !gather_papers(making) || !gather_catalogue(making) || !gather_information(making))
        return false;
    check_papers(making);
    return making->faults->count == 0 && list_files(making);
}

/* --- the shelf -----------------------------------------------------------------------------------------------------
 */

Shelf *shelf_make(const ShelfFiles *files, ShelfFaults *faults, Error *err)
{
    OWNED(Shelf) shelf = mem_new(1, sizeof(*shelf));
    Making *making = mem_new(1, sizeof *making);

    if (!shelf || !making) {
        mem_free(making);
        error_set(err, ERR_MEMORY, "shelf");
        return NULL;
    }
    atomic_init(&shelf->owners, 1);
    *making = (Making){ .files = files, .shelf = shelf, .faults = faults, .err = err };
    bool made = make(making);
    for (size_t i = 0; i < files->count; i++) {
        template_free(making->templates[i]);
        information_drop(making->pages[i]);
    }
    mem_free(making);
    return made ? steal(&shelf) : NULL;
}

Shelf *shelf_keep(Shelf *shelf)
{
    if (shelf)
        atomic_fetch_add(&shelf->owners, 1);
    return shelf;
}

void shelf_drop(Shelf *shelf)
{
    if (!shelf || atomic_fetch_sub(&shelf->owners, 1) != 1)
        return;
    catalogue_drop(shelf->catalogue);
    papers_fini(&shelf->papers);
    words_free(shelf->words);
    information_drop(shelf->information);
    shelf_files_free(shelf->files);
    mem_free(shelf);
}

Catalogue *shelf_catalogue(const Shelf *shelf)
{
    return shelf->catalogue;
}

const Papers *shelf_papers(const Shelf *shelf)
{
    return &shelf->papers;
}

const Words *shelf_words(const Shelf *shelf)
{
    return shelf->words;
}

const Information *shelf_information(const Shelf *shelf)
{
    return shelf->information;
}

const ShelfFiles *shelf_files(const Shelf *shelf)
{
    return shelf->files;
}

const Service *shelf_service(const Shelf *shelf, const char *id)
{
    return catalogue_find(shelf->catalogue, str_from(id));
}

const Paper *shelf_paper(const Shelf *shelf, const char *id)
{
    return id ? papers_find(&shelf->papers, id) : NULL;
}
