/* How each thing was before, what a change made other, and the way back. */
#include <stdio.h>
#include <string.h>

#include "registrar/console/content_editor.h"
#include "registrar/http/query.h"

#define PATH_SIZE  160
#define WORDS_SIZE 240

static json_t *body_read(Str body)
{
    Error why = { 0 };

    return body.len ? json_read(body, &why) : NULL;
}

/* As the editor shows it. */
static json_t *doc_read(const Editing *editing, Str body)
{
    OWNED(json_t) json = body_read(body);

    return json ? editing->kind->doc_of(editing, json) : NULL;
}

/* What stood there before the revision n, and after it. */
static bool read_two(Editing *editing, const ContentRow *row, const ContentRow *before, json_t **ret_before,
                     json_t **ret_after, Error *err)
{
    ContentRow found;
    OWNED_BUF body;
    bool there;

    buf_init(&body, CONTENT_BODY_MOST);
    if (!content_at(editing->office, editing->kind->kind, editing->id, row->n, &there, &found, &body, err))
        return false;
    *ret_after = doc_read(editing, buf_str(&body));
    if (!before)
        return true;
    if (!content_at(editing->office, editing->kind->kind, editing->id, before->n, &there, &found, &body, err))
        return false;
    *ret_before = doc_read(editing, buf_str(&body));
    return true;
}

/* Days and choices as people say them; all else as it stands. */
static void put_words(const Editing *editing, json_t *difference, const char *name)
{
    const Desk *desk = editing->desk;
    const char *value = json_string_value(json_object_get(difference, name));
    Str rest = str_from(value ? value : "");
    const Str day = str_split(&rest, 'T');
    Date date;
    OWNED_BUF words;

    buf_init(&words, WORDS_SIZE);
    if (date_parse(day, &date)) {
        date_write(&words, date, desk->sheet.language, DATE_FIGURES);
        if (rest.len)
            buf_add_format(&words, ", " STR_FMT, STR_ARG(rest));
    } else if (value && strlen(value) < CONTENT_ID_SIZE)
        buf_add_text(&words, content_say(desk, "choice", value));
    if (words.len)
        (void)json_object_set_new(difference, name, json_string(buf_text(&words)));
}

static bool add_differences(Editing *editing, const ContentRow *rows, size_t count, size_t at, json_t *row, Error *err)
{
    json_t *before = NULL, *after = NULL;
    bool done = read_two(editing, &rows[at], at + 1 < count ? &rows[at + 1] : NULL, &before, &after, err);
    json_t *list = done ? doc_differences(before, after) : NULL;

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);
        char words[WORDS_SIZE];

        content_path_words(editing->desk, json_string_value(json_object_get(one, "path")), words, sizeof words);
        (void)json_object_set_new(one, "where", json_string(words));
        put_words(editing, one, "before");
        put_words(editing, one, "after");
    }
    (void)json_object_set_new(row, "differences", list ? list : json_array());
    json_decref(before);
    json_decref(after);
    return done;
}

bool content_history_show(Editing *editing, const char *warning, int status, HttpServerAnswer *answer, Error *err)
{
    Desk *desk = editing->desk;
    ContentRow rows[CONTENT_KEPT];
    json_t *list = json_array();
    char path[PATH_SIZE], wanted[24];
    size_t count;
    int64_t open = 0;

    content_put_frame(desk, editing->kind);
    (void)json_object_set_new(desk->view, "rows", list);
    (void)json_object_set_new(desk->view, "id", json_string(editing->id));
    (void)json_object_set_new(desk->view, "warning", json_string(warning));
    (void)json_object_set_new(desk->view, "version", json_string(editing->version));
    (void)snprintf(path, sizeof path, "/office/content/%s/%s", editing->kind->section, editing->id);
    (void)json_object_set_new(desk->view, "path", json_string(path));
    if (!content_history(editing->office, editing->kind->kind, editing->id, rows, &count, err))
        return false;
    if (query_get(desk->query, "n", wanted, sizeof wanted))
        (void)!str_to_i64(str_from(wanted), 1, INT64_MAX, &open);
    for (size_t i = 0; i < count; i++) {
        char when[WORDS_SIZE];
        const bool is_open = open ? rows[i].n == open : i == 0;
        json_t *row = json_pack("{sI ss ss sb sb sb}", "n", (json_int_t)rows[i].n, "when",
                                content_moment(desk, rows[i].changed_at_s, when, sizeof when), "author",
                                content_author(desk, rows[i].author), "is-gone", rows[i].gone, "is-now", i == 0,
                                "is-open", is_open);

        (void)json_array_append_new(list, row);
        (void)json_object_set_new(row, "may-go-back", json_boolean(i > 0 && !rows[i].gone));
        (void)json_object_set_new(row, "differences", json_array());
        if (is_open && !add_differences(editing, rows, count, i, row, err))
            return false;
    }
    return desk_view(desk, "content-history", status, answer, err);
}

bool content_history_back(const HttpServerRequest *request, Editing *editing, HttpServerAnswer *answer, Error *err)
{
    char number[24], words[CONTENT_UNMET_SIZE] = "", id[CONTENT_ID_SIZE];
    EditOutcome outcome = EDIT_ABSENT;
    ContentRow row;
    bool found = false;
    int64_t n;
    OWNED_BUF body;

    buf_init(&body, CONTENT_BODY_MOST);
    desk_field(request, "n", number, sizeof number);
    if (str_to_i64(str_from(number), 1, INT64_MAX, &n) &&
        !content_at(editing->office, editing->kind->kind, editing->id, n, &found, &row, &body, err))
        return false;
    json_t *kept_body = found && !row.gone ? body_read(buf_str(&body)) : NULL;
    json_decref(editing->doc);
    editing->doc = kept_body ? editing->kind->doc_of(editing, kept_body) : NULL;
    json_decref(kept_body);
    if (!editing->doc)
        return content_show_missing(editing->desk, editing->kind, answer, err);
    desk_field(request, "version", editing->version, sizeof editing->version);
    if (!editing->kind->keep(editing, false, &outcome, id, err))
        return false;
    if (outcome == EDIT_KEPT)
        return content_kept(editing, id, false, answer, err);
    if (outcome == EDIT_REFUSED) /* what it leads to is there no more: it is put right in the editor */
        return content_show_editing(editing, content_say(editing->desk, "said", "back-refused"), 422, answer, err);
    content_say_unmet(editing, words);
    return content_history_show(editing, words, 409, answer, err);
}
