/* /office/content: lists of what the university edits of itself, and the editor. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "registrar/console/content_editor.h"
#include "registrar/http/query.h"

#define PATH_SIZE  160
#define WORDS_SIZE 240

static const ContentKindOf *const kinds[] = { &content_services, &content_pages, &content_campaigns, &content_calendar,
                                              &content_notices };

const ContentKindOf *content_kind(Str section)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_equal_text(section, kinds[i]->section))
            return kinds[i];
    return NULL;
}

/* --- words -------------------------------------------------------------------------------------------------------- */

const char *content_moment(const Desk *desk, int64_t at_s, char *array, size_t size)
{
    const Office *office = desk->sheet.context->office;
    OWNED_BUF text;

    buf_init(&text, WORDS_SIZE);
    if (at_s > 0)
        moment_write_near(&text, date_time_at(at_s * 1000, office_config(office)->utc_offset_minutes),
                          office_today(office), desk->sheet.language);
    str_copy_cut(buf_str(&text), array, size);
    return array;
}

const char *content_author(const Desk *desk, const char *actor)
{
    if (!actor[0])
        return content_say(desk, "author", "program");
    if (!strcmp(actor, "command-line"))
        return content_say(desk, "author", "command");
    const char *name = strchr(actor, ':');
    return name ? name + 1 : actor;
}

const char *content_shown(const Editing *editing, const json_t *local)
{
    LocalText text = { { NULL } };

    if (json_is_string(local))
        return json_string_value(local);
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        text.in[l] = json_string_value(json_object_get(local, language_tag(l)));
    return local_text(&text, editing->shown);
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static json_t *tabs_of(const Desk *desk, const ContentKindOf *own)
{
    json_t *tabs = json_array();

    for (size_t i = 0; i < COUNT(kinds); i++) {
        const ContentKindOf *kind = kinds[i];
        assert(kind);
        (void)json_array_append_new(tabs, json_pack("{ss ss sb}", "tab", kind->section, "tab-name",
                                                    content_say(desk, "tab", kind->section), "is-here", kind == own));
    }
    return tabs;
}

bool content_add_authors(Desk *desk, Office *office, ContentKind kind, json_t *rows, Error *err)
{
    ContentRow *newest = mem_new(CONTENT_LISTED_MOST, sizeof *newest);
    size_t count = 0;
    bool done = newest ? content_newest(office, kind, newest, &count, err) : error_set(err, ERR_MEMORY, "content");

    for (size_t i = 0; done && i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        char when[WORDS_SIZE] = "";
        const char *author = json_string_value(json_object_get(row, "row-author"));

        for (size_t k = 0; k < count; k++)
            if (!strcmp(newest[k].id, json_string_value(json_object_get(row, "row-id")))) {
                author = newest[k].author;
                content_moment(desk, newest[k].changed_at_s, when, sizeof when);
            }
        (void)json_object_set_new(row, "row-when", json_string(when));
        (void)json_object_set_new(row, "row-author", json_string(content_author(desk, author ? author : "")));
    }
    mem_free(newest);
    return done;
}

void content_put_frame(Desk *desk, const ContentKindOf *kind)
{
    (void)json_object_set_new(desk->view, "tabs", tabs_of(desk, kind));
    (void)json_object_set_new(desk->view, "section", json_string(kind->section));
    (void)json_object_set_new(desk->view, "title", json_string(content_say(desk, "tab", kind->section)));
}

static bool show_list(Desk *desk, const ContentKindOf *kind, HttpServerAnswer *answer, Error *err)
{
    json_t *rows = json_array();

    (void)json_object_set_new(desk->view, "rows", rows);
    (void)json_object_set_new(desk->view, "may-add", json_boolean(kind->may_add));
    (void)json_object_set_new(desk->view, "intro", json_string(content_say(desk, "intro", kind->section)));
    content_put_frame(desk, kind);
    if (!kind->list(desk, (Office *)(uintptr_t)desk->sheet.context->office, rows, err))
        return false;
    return desk_view(desk, "content", 200, answer, err);
}

/* --- the editor --------------------------------------------------------------------------------------------------- */

static void editing_free(Editing *editing)
{
    if (editing)
        json_decref(editing->doc);
    mem_free(editing);
}
OWNED_BY(Editing, editing_free)

/* NULL: *err says why. */
static Editing *editing_new(const HttpServerRequest *request, Desk *desk, const ContentKindOf *kind, Str id, Error *err)
{
    Editing *editing = mem_new(1, sizeof *editing);

    if (!editing) {
        error_set(err, ERR_MEMORY, "content");
        return NULL;
    }
    editing->desk = desk;
    editing->office = office_of(request);
    editing->kind = kind;
    editing->shown = desk->sheet.language;
    str_copy_cut(id, editing->id, sizeof editing->id);
    return editing;
}

static json_t *shown_languages(const Editing *editing)
{
    json_t *list = json_array();

    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        (void)json_array_append_new(list, json_pack("{ss ss sb}", "show-tag", language_tag(l), "show-name",
                                                    language_own_name(l), "is-shown", l == editing->shown));
    return list;
}

static int add_bytes(const char *bytes, size_t size, void *buf)
{
    buf_add(buf, bytes, size);
    return 0;
}

static bool add_doc(const Editing *editing, json_t *view, Error *err)
{
    OWNED_BUF text, whole;

    buf_init(&text, CONTENT_BODY_BYTES);
    buf_init(&whole, CONTENT_BODY_BYTES);
    const bool done = json_write(editing->doc, &text, err) &&
                      (!editing->is_whole || json_dump_callback(editing->doc, add_bytes, &whole, JSON_INDENT(2)) == 0);
    (void)json_object_set_new(view, "doc", json_string(buf_text(&text)));
    (void)json_object_set_new(view, "doc-lines",
                              json_string(editing->typed_json ? editing->typed_json : buf_text(&whole)));
    return done;
}

bool content_show_editing(Editing *editing, const char *warning, int status, HttpServerAnswer *answer, Error *err)
{
    Desk *desk = editing->desk;
    json_t *view = desk->view, *groups = json_array();
    const bool is_new = strcmp(editing->id, CONTENT_NEW) == 0;
    char path[PATH_SIZE];

    content_put_frame(desk, editing->kind);
    (void)json_object_set_new(view, "groups", groups);
    if (!editing->is_whole)
        editing->kind->show(editing, groups);
    content_show_faults(editing, view);
    (void)snprintf(path, sizeof path, "/office/content/%s/%s", editing->kind->section, editing->id);
    (void)json_object_set_new(view, "path", json_string(path));
    (void)json_object_set_new(view, "id", json_string(editing->id));
    (void)json_object_set_new(view, "version", json_string(editing->version));
    (void)json_object_set_new(view, "warning", json_string(warning));
    (void)json_object_set_new(view, "is-new", json_boolean(is_new));
    (void)json_object_set_new(view, "may-take-away", json_boolean(editing->kind->may_take_away && !is_new));
    (void)json_object_set_new(view, "may-copy", json_boolean(editing->kind->may_add && !is_new));
    (void)json_object_set_new(view, "has-json", json_boolean(editing->kind->has_json && !editing->is_whole));
    (void)json_object_set_new(view, "is-whole", json_boolean(editing->is_whole));
    (void)json_object_set_new(view, "take-away", json_string(content_say(desk, "away", editing->kind->section)));
    (void)json_object_set_new(view, "shown", json_string(language_tag(editing->shown)));
    (void)json_object_set_new(view, "shown-languages", shown_languages(editing));
    return add_doc(editing, view, err) && editing->kind->preview(editing, view, err) &&
           desk_view(desk, "content-edit", status, answer, err);
}

bool content_show_missing(Desk *desk, const ContentKindOf *kind, HttpServerAnswer *answer, Error *err)
{
    content_put_frame(desk, kind);
    return desk_view(desk, "content-missing", 404, answer, err);
}

/* GET /office/content/{section}/{id} */
static bool open_editing(const HttpServerRequest *request, Desk *desk, const ContentKindOf *kind, Str id,
                         HttpServerAnswer *answer, Error *err)
{
    char from[CONTENT_ID_SIZE], shown[16], whole[8];
    OWNED(Editing) editing = editing_new(request, desk, kind, id, err);

    if (!editing || !query_may(request->query, "from", from, sizeof from))
        return editing && content_show_missing(desk, kind, answer, err);
    if (query_get(request->query, "show", shown, sizeof shown))
        (void)!language_parse(str_from(shown), &editing->shown);
    editing->is_whole = kind->has_json && query_get(request->query, "whole", whole, sizeof whole);
    if (!kind->load(editing, from[0] ? from : NULL, err))
        return false;
    return editing->doc ? content_show_editing(editing, "", 200, answer, err)
                        : content_show_missing(desk, kind, answer, err);
}

/* --- what a form asks for ----------------------------------------------------------------------------------------- */

/* A new one for a list, as it is before anything is typed. */
static json_t *item_for(const json_t *list, const char *path)
{
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE], id[32];

    doc_split(path, parent, key);
    (void)snprintf(id, sizeof id, "new-%zu", json_array_size(list) + 1);
    if (!strcmp(key, "items"))
        return json_pack("{ss s{}}", "id", id, "title");
    if (!strcmp(key, "rows"))
        return json_pack("{s{} s{}}", "label", "value");
    return NULL;
}

static json_t *block_for(const char *what)
{
    if (!strcmp(what, "heading") || !strcmp(what, "text"))
        return json_pack("{ss s{}}", "block", what, "text");
    if (!strcmp(what, "list"))
        return json_pack("{ss s[{}]}", "block", what, "lines");
    if (!strcmp(what, "rows"))
        return json_pack("{ss s[{s{} s{}}]}", "block", what, "rows", "label", "value");
    if (!strcmp(what, "items"))
        return json_pack("{ss s[{ss s{}}]}", "block", what, "items", "id", "new-1", "title");
    if (!strcmp(what, "link"))
        return json_pack("{ss s{} ss}", "block", what, "text", "address", "https://");
    if (!strcmp(what, "service") || !strcmp(what, "page"))
        return json_pack("{ss ss}", "block", what, what, "");
    if (!strcmp(what, "ticket"))
        return json_pack("{ss ss}", "block", what, "topic", "");
    return json_pack("{ss}", "block", what);
}

/* "up:blocks[2]", "add:blocks[2].items", "block:heading". */
static void act_on_doc(json_t *doc, const char *act)
{
    Str rest = str_from(act);
    const Str what = str_split(&rest, ':');
    char path[DOC_PATH_SIZE];

    if (!str_copy(rest, path, sizeof path))
        return;
    if (str_equal_text(what, "up"))
        doc_move(doc, path, -1);
    else if (str_equal_text(what, "down"))
        doc_move(doc, path, 1);
    else if (str_equal_text(what, "drop"))
        doc_remove(doc, path);
    else if (str_equal_text(what, "block")) {
        if (json_is_array(doc_get(doc, "blocks")))
            (void)json_array_append_new(doc_get(doc, "blocks"), block_for(path));
    } else if (str_equal_text(what, "add")) {
        json_t *list = doc_get(doc, path), *item = json_is_array(list) ? item_for(list, path) : NULL;
        if (item)
            (void)json_array_append_new(list, item);
    }
}

/* What the hidden document, the fields and the whole text come to.  False: a form that is none. */
static bool take_form(Editing *editing, const json_t *form)
{
    const char *doc = doc_form_get(form, "doc"), *whole = doc_form_get(form, "whole"),
               *version = doc_form_get(form, "version"), *shown = doc_form_get(form, "shown");
    Error why = { 0 };

    if (!doc || !version || !str_copy(str_from(version), editing->version, sizeof editing->version))
        return false;
    if (shown)
        (void)!language_parse(str_from(shown), &editing->shown);
    editing->doc = json_read(str_from(doc), &why);
    if (!json_is_object(editing->doc))
        return false;
    editing->is_whole = whole != NULL;
    if (!whole) {
        content_take(editing, form);
        return true;
    }
    json_t *typed = json_read(str_from(whole), &why);
    if (json_is_object(typed)) {
        json_decref(editing->doc);
        editing->doc = typed;
    } else {
        json_decref(typed);
        editing->typed_json = whole;
        shelf_fault(&editing->faults, editing->id, "", "%s", why.text[0] ? why.text : "is no object");
    }
    return true;
}

void content_say_unmet(const Editing *editing, char ret[CONTENT_UNMET_SIZE])
{
    ContentRow rows[CONTENT_KEPT];
    char when[WORDS_SIZE] = "";
    const char *who = "";
    size_t count = 0;
    Error ignored = { 0 };
    OWNED_BUF said;

    buf_init(&said, CONTENT_UNMET_SIZE - 1);
    if (content_history(editing->office, editing->kind->kind, editing->id, rows, &count, &ignored) && count > 0) {
        who = content_author(editing->desk, rows[0].author);
        content_moment(editing->desk, rows[0].changed_at_s, when, sizeof when);
    }
    text_fill(&said, content_say(editing->desk, "said", "unmet"), (const char *[]){ who, when }, 2);
    str_copy_cut(buf_str(&said), ret, CONTENT_UNMET_SIZE);
}

bool content_kept(Editing *editing, const char *id, bool gone, HttpServerAnswer *answer, Error *err)
{
    const ApiProblem none = { .kind = PROBLEM_NONE };
    char path[PATH_SIZE];

    if (gone)
        (void)snprintf(path, sizeof path, "/office/content/%s", editing->kind->section);
    else
        (void)snprintf(path, sizeof path, "/office/content/%s/%s?show=%s", editing->kind->section, id,
                       language_tag(editing->shown));
    return desk_redirect(editing->desk, path, &none, answer, err);
}

/* The document as somebody made it is before them still, with what stands against it. */
static bool keep(Editing *editing, bool gone, HttpServerAnswer *answer, Error *err)
{
    char id[CONTENT_ID_SIZE] = "", words[CONTENT_UNMET_SIZE] = "";
    EditOutcome outcome = EDIT_REFUSED;
    json_t *doc = json_incref(editing->doc);
    bool done = true;

    if (editing->faults.count == 0)
        done = editing->kind->keep(editing, gone, &outcome, id, err);
    if (!done || outcome == EDIT_KEPT || outcome == EDIT_ABSENT) {
        json_decref(doc);
        return done && (outcome == EDIT_KEPT ? content_kept(editing, id, gone, answer, err)
                                             : content_show_missing(editing->desk, editing->kind, answer, err));
    }
    if (outcome == EDIT_UNMET) {
        content_say_unmet(editing, words);
        json_decref(editing->doc);
        editing->doc = NULL;
        done = editing->kind->load(editing, NULL, err); /* for the version that stands there now */
    }
    json_decref(editing->doc);
    editing->doc = doc;
    return done && content_show_editing(editing, words, outcome == EDIT_UNMET ? 409 : 422, answer, err);
}

static bool act(const HttpServerRequest *request, Editing *editing, HttpServerAnswer *answer, Error *err)
{
    OWNED(json_t) form = doc_form_read(request->body);
    const char *wanted = doc_form_get(form, "act"), *language = doc_form_get(form, "show");

    if (language) {
        (void)!language_parse(str_from(language), &editing->shown);
        wanted = "show";
    }
    if (!form || !take_form(editing, form))
        return desk_redirect(editing->desk, "/office/content", &(ApiProblem){ .kind = PROBLEM_BAD_REQUEST }, answer,
                             err);
    if (language)
        (void)!language_parse(str_from(language), &editing->shown);
    if (!wanted || !strcmp(wanted, "keep"))
        return keep(editing, false, answer, err);
    if (!strcmp(wanted, "away"))
        return keep(editing, true, answer, err);
    if (!strcmp(wanted, "block")) {
        char made[DOC_PATH_SIZE];
        const char *what = doc_form_get(form, "new-block");

        (void)snprintf(made, sizeof made, "block:%.60s", what ? what : "text");
        act_on_doc(editing->doc, made);
    } else {
        act_on_doc(editing->doc, wanted);
    }
    return content_show_editing(editing, "", 200, answer, err);
}

/* --- routes ------------------------------------------------------------------------------------------------------- */

typedef bool (*Handler)(const HttpServerRequest *request, Desk *desk, const ContentKindOf *kind, Str id,
                        HttpServerAnswer *answer, Error *err);

static bool handle(const HttpServerRequest *request, HttpServerAnswer *answer, Handler handler, Error *err)
{
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_CONTENT, answer, &desk, err);
    const ContentKindOf *kind = request->parameter_count > 0 ? content_kind(request->parameters[0]) : &content_services;

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!kind)
        return content_show_missing(&desk, &content_services, answer, err);
    return handler(request, &desk, kind, request->parameter_count > 1 ? request->parameters[1] : (Str){ 0 }, answer,
                   err);
}

static bool handle_list(const HttpServerRequest *request, Desk *desk, const ContentKindOf *kind, Str id UNUSED,
                        HttpServerAnswer *answer, Error *err)
{
    if (!kind->list)
        return open_editing(request, desk, kind, STR(CONTENT_CALENDAR_ID), answer, err);
    return show_list(desk, kind, answer, err);
}

static bool handle_act(const HttpServerRequest *request, Desk *desk, const ContentKindOf *kind, Str id,
                       HttpServerAnswer *answer, Error *err)
{
    OWNED(Editing) editing = editing_new(request, desk, kind, id, err);

    return editing && act(request, editing, answer, err);
}

static bool handle_history(const HttpServerRequest *request, Desk *desk, const ContentKindOf *kind, Str id,
                           HttpServerAnswer *answer, Error *err)
{
    OWNED(Editing) editing = editing_new(request, desk, kind, id, err);

    return editing && kind->load(editing, NULL, err) && content_history_show(editing, "", 200, answer, err);
}

static bool handle_back(const HttpServerRequest *request, Desk *desk, const ContentKindOf *kind, Str id,
                        HttpServerAnswer *answer, Error *err)
{
    OWNED(Editing) editing = editing_new(request, desk, kind, id, err);

    return editing && content_history_back(request, editing, answer, err);
}

bool page_content(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return handle(request, answer, handle_list, err);
}

bool page_content_edit(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return handle(request, answer, open_editing, err);
}

bool page_content_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return handle(request, answer, handle_act, err);
}

bool page_content_history(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return handle(request, answer, handle_history, err);
}

bool page_content_back(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return handle(request, answer, handle_back, err);
}
