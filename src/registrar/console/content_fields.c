/* A document as the fields of a form, and back. */
#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "registrar/console/content.h"

#define LONG_TEXT  70 /* letters, from which on a text has more than one line to be typed in */
#define WORDS_SIZE 240

/* --- words -------------------------------------------------------------------------------------------------------- */

const char *content_say(const Desk *desk, const char *part, const char *id)
{
    char whole[80];
    const char *text;

    (void)snprintf(whole, sizeof whole, "say.content.%s.%s", part, id);
    text = view_text(desk->sheet.pages, desk->sheet.language, whole);
    return text ? text : "";
}

/* What readers say of a document that people typed, and what a person is told. */
static const struct {
    const char *reason, *id;
} reasons[] = {
    { "missing", "missing" },
    { "empty, too long, or with characters", "text" },
    { "wants text", "missing" },
    { "wants a whole number", "number" },
    { "wants a list, not longer", "list" },
    { "wants an id", "id" },
    { "none of the words", "choice" },
    { "no such group", "choice" },
    { "there is no icon", "icon" },
    { "there is no template", "template" },
    { "there is no page", "page" },
    { "a day such as", "day" },
    { "no day such as", "day" },
    { "no times", "times" },
    { "overlaps other hours", "overlap" },
    { "it would end before it begins", "order" },
    { "it can't be asked for later", "opens" },
    { "there is no such code", "code" },
    { "there is no kiosk", "kiosk" },
    { "its time is over already", "over" },
    { "a notice says something", "nothing" },
    { "is not", "other-id" },
    { "there is one of this name", "exists" },
};

void content_reason(const Desk *desk, const char *reason, char *array, size_t size)
{
    const char *words = strstr(reason, " leads to ") ? content_say(desk, "fault", "leads") : NULL;

    for (size_t i = 0; !words && i < COUNT(reasons); i++)
        if (strstr(reason, reasons[i].reason))
            words = content_say(desk, "fault", reasons[i].id);
    str_copy_cut(str_from(words && words[0] ? words : content_say(desk, "fault", "other")), array, size);
}

/* "3" of a place in a list, else what a member is called. */
static void add_step(const Desk *desk, Str step, Buf *ret)
{
    char key[48];
    Language language;

    str_copy_cut(step, key, sizeof key);
    const char *words = content_say(desk, "key", key);
    if (ret->len)
        buf_add_text(ret, " · ");
    if (language_parse(step, &language))
        words = language_own_name(language);
    buf_add_text(ret, words[0] ? words : key);
}

void content_path_words(const Desk *desk, const char *path, char *array, size_t size)
{
    Str rest = str_from(path);
    OWNED_BUF words;

    buf_init(&words, WORDS_SIZE);
    while (rest.len > 0) {
        Str part = str_split(&rest, '.');
        const Str key = str_split(&part, '[');

        add_step(desk, key, &words);
        while (part.len > 0) {
            uint64_t index;
            if (str_to_u64(str_split(&part, ']'), 0, 100000, &index))
                buf_add_format(&words, " %llu", (unsigned long long)index + 1);
            (void)str_split(&part, '[');
        }
    }
    str_copy_cut(buf_str(&words), array, size);
}

/* --- faults ------------------------------------------------------------------------------------------------------- */

static bool is_within(const char *path, const char *field)
{
    const size_t length = strlen(field);

    return !strncmp(path, field, length) && (path[length] == '\0' || path[length] == '[' || path[length] == '.');
}

/* The first fault of this path (deep: or of what is in it); "" for none. */
static void fault_of(Editing *editing, const char *path, bool deep, char *array, size_t size)
{
    char words[WORDS_SIZE], where[64];
    Buf said;

    array[0] = '\0';
    for (size_t i = 0; i < editing->faults.count; i++) {
        const ShelfFault *fault = &editing->faults.items[i];

        if (!fault->path[0] || (deep ? !is_within(fault->path, path) : strcmp(fault->path, path) != 0))
            continue;
        editing->placed[i] = true;
        if (array[0])
            continue;
        content_reason(editing->desk, fault->reason, words, sizeof words);
        content_path_words(editing->desk, fault->path + strlen(path), where, sizeof where);
        buf_init(&said, sizeof words + sizeof where);
        buf_add_format(&said, "%s%s%s", where, where[0] ? ": " : "", words);
        str_copy_cut(buf_str(&said), array, size);
        buf_fini(&said);
    }
}

void content_show_faults(Editing *editing, json_t *view)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < editing->faults.count; i++) {
        const ShelfFault *fault = &editing->faults.items[i];
        char words[WORDS_SIZE], where[WORDS_SIZE];

        if (editing->placed[i])
            continue;
        content_reason(editing->desk, fault->reason, words, sizeof words);
        content_path_words(editing->desk, fault->path, where, sizeof where);
        (void)json_array_append_new(
            rows, json_pack("{ss ss ss}", "fault-where", where, "fault-words", words, "fault-told", fault->reason));
    }
    (void)json_object_set_new(view, "faults", rows);
    (void)json_object_set_new(view, "is-refused", json_boolean(editing->faults.count > 0));
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

json_t *content_group(const Editing *editing, json_t *groups, const char *id, bool folded)
{
    json_t *fields = json_array();

    (void)json_array_append_new(groups, json_pack("{ss sb so}", "group-title", content_say(editing->desk, "group", id),
                                                  "is-folded", folded, "fields", fields));
    return fields;
}

static const char *label_of(const Editing *editing, const char *path)
{
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE];

    doc_split(path, parent, key);
    return content_say(editing->desk, "key", key);
}

/* Of what is not a field yet, a field: its label, its fault. */
static json_t *field_new(Editing *editing, json_t *fields, const char *is, const char *path, const char *label,
                         bool deep)
{
    char fault[WORDS_SIZE], hint[DOC_PATH_SIZE], key[DOC_PATH_SIZE];

    fault_of(editing, path, deep, fault, sizeof fault);
    doc_split(path, hint, key);
    json_t *field = json_pack("{sb ss ss ss}", is, 1, "label", label ? label : label_of(editing, path), "fault", fault,
                              "hint", content_say(editing->desk, "hint", key));
    (void)json_array_append_new(fields, field);
    return field;
}

static json_t *input_of(Editing *editing, char prefix, const char *path, Language language, const char *value,
                        bool is_long, bool lacks)
{
    char name[DOC_PATH_SIZE + 16], fault[WORDS_SIZE];

    (void)snprintf(name, sizeof name, "%c:%s.%s", prefix, path, language_tag(language));
    fault_of(editing, name + 2, false, fault, sizeof fault);
    return json_pack("{ss ss ss ss sb sb ss}", "input-tag", language_tag(language), "input-language",
                     language_own_name(language), "name", name, "value", value, "is-long", is_long, "is-lacking", lacks,
                     "input-fault", fault);
}

void content_four(Editing *editing, json_t *fields, const char *path, const char *label, bool is_long)
{
    const json_t *local = doc_get(editing->doc, path);
    json_t *inputs = json_array(), *field;
    bool any = false;

    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        const char *text = json_string_value(json_object_get(local, language_tag(l)));

        any |= text && text[0];
        is_long |= text && utf8_count(str_from(text)) > LONG_TEXT;
    }
    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        const char *text = json_string_value(json_object_get(local, language_tag(l)));

        if (language_is_whole(l) || text)
            (void)json_array_append_new(inputs, input_of(editing, 'f', path, l, text ? text : "", is_long,
                                                         any && language_is_whole(l) && !(text && text[0])));
    }
    field = field_new(editing, fields, "is-four", path, label, false);
    (void)json_object_set_new(field, "inputs", inputs);
}

void content_lines(Editing *editing, json_t *fields, const char *path)
{
    const json_t *list = doc_get(editing->doc, path);
    json_t *inputs = json_array(), *field;

    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        bool lacks = false;
        OWNED_BUF lines;

        buf_init(&lines, CONTENT_BODY_BYTES);
        for (size_t i = 0; i < json_array_size(list); i++) {
            const char *text = json_string_value(json_object_get(json_array_get(list, i), language_tag(l)));

            lacks |= !text || !text[0];
            buf_add_format(&lines, "%s%s", i ? "\n" : "", text ? text : "");
        }
        (void)json_array_append_new(inputs, input_of(editing, 'l', path, l, buf_text(&lines), true, lacks));
    }
    field = field_new(editing, fields, "is-four", path, NULL, true);
    (void)json_object_set_new(field, "inputs", inputs);
    (void)json_object_set_new(field, "hint", json_string(content_say(editing->desk, "hint", "lines")));
}

static void add_one(Editing *editing, json_t *fields, const char *name, const char *path, const char *label,
                    const char *type, const char *value)
{
    json_t *field = field_new(editing, fields, strcmp(type, "words") ? "is-one" : "is-words", path, label, true);

    (void)json_object_set_new(field, "name", json_string(name));
    (void)json_object_set_new(field, "value", json_string(value));
    (void)json_object_set_new(field, "type", json_string(type));
}

void content_one(Editing *editing, json_t *fields, const char *path, const char *label, const char *type)
{
    char name[DOC_PATH_SIZE + 4];

    (void)snprintf(name, sizeof name, "f:%s", path);
    add_one(editing, fields, name, path, label, type, doc_text(editing->doc, path));
}

void content_number(Editing *editing, json_t *fields, const char *path)
{
    const json_t *json = doc_get(editing->doc, path);
    char name[DOC_PATH_SIZE + 4], value[32] = "";

    (void)snprintf(name, sizeof name, "n:%s", path);
    if (json_is_integer(json))
        (void)snprintf(value, sizeof value, "%lld", (long long)json_integer_value(json));
    add_one(editing, fields, name, path, NULL, "text", json_is_string(json) ? json_string_value(json) : value);
}

void content_words(Editing *editing, json_t *fields, const char *path)
{
    const json_t *list = doc_get(editing->doc, path);
    char name[DOC_PATH_SIZE + 4];
    OWNED_BUF lines;

    buf_init(&lines, CONTENT_BODY_BYTES);
    for (size_t i = 0; i < json_array_size(list); i++)
        buf_add_format(&lines, "%s%s", i ? "\n" : "", doc_text(json_array_get(list, i), ""));
    (void)snprintf(name, sizeof name, "w:%s", path);
    add_one(editing, fields, name, path, NULL, "words", buf_text(&lines));
}

void content_choice(Editing *editing, json_t *fields, const char *name, const char *path, const ContentChoice *choices,
                    const char *chosen)
{
    json_t *field = field_new(editing, fields, "is-choice", path, NULL, true), *options = json_array();

    for (; choices->id; choices++) {
        const char *words = content_say(editing->desk, "choice", choices->id);

        (void)json_array_append_new(options, json_pack("{ss ss sb}", "option", choices->id, "option-words",
                                                       words[0] ? words : choices->id, "is-chosen",
                                                       strcmp(choices->id, chosen) == 0));
    }
    (void)json_object_set_new(field, "name", json_string(name));
    (void)json_object_set_new(field, "options", options);
}

void content_act(const Editing *editing, json_t *fields, const char *act, const char *path)
{
    char name[DOC_PATH_SIZE + 16];

    (void)snprintf(name, sizeof name, "%s:%s", act, path);
    (void)json_array_append_new(
        fields, json_pack("{sb ss ss}", "is-act", 1, "act", name, "act-words", content_say(editing->desk, "act", act)));
}

void content_head(const Editing *editing, json_t *fields, const char *words, const char *path, bool moves)
{
    (void)json_array_append_new(fields,
                                json_pack("{sb ss ss sb ss ss ss}", "is-head", 1, "head-words", words, "path", path,
                                          "may-move", moves, "up-words", content_say(editing->desk, "act", "up"),
                                          "down-words", content_say(editing->desk, "act", "down"), "drop-words",
                                          content_say(editing->desk, "act", "drop")));
}

/* --- whatever is in there ----------------------------------------------------------------------------------------- */

/* In which order a reader meets them; what may be absent has a field all the same where it is asked for. */
static const struct {
    const char *key;
    const char *type; /* of a plain text; NULL: it is none that is typed */
    bool of_items;    /* an item has room for it always */
    bool local;       /* in all languages there */
} walked[] = {
    { "label", "text", false, false },   { "value", "text", false, false },   { "title", "text", true, true },
    { "text", "text", true, true },      { "where", "text", true, true },     { "when", "text", true, true },
    { "from", "text", true, false },     { "to", "text", true, false },       { "link", "text", true, false },
    { "help", "text", false, false },    { "example", "text", false, false }, { "address", "text", false, false },
    { "service", "text", false, false }, { "topic", "text", false, false },   { "page", "text", false, false },
    { "paper", "text", false, false },   { "choices", NULL, false, false },   { "lines", NULL, false, false },
    { "rows", NULL, false, false },      { "items", NULL, false, false },
};

static void walk_list(Editing *editing, json_t *fields, const char *path, const char *key)
{
    const size_t count = json_array_size(doc_get(editing->doc, path));
    const bool grows = strcmp(key, "rows") == 0 || strcmp(key, "items") == 0;
    char inner[DOC_PATH_SIZE], words[WORDS_SIZE];

    for (size_t i = 0; i < count; i++) {
        if (snprintf(inner, sizeof inner, "%s[%zu]", path, i) >= (int)sizeof inner)
            return;
        (void)snprintf(words, sizeof words, "%s %zu", content_say(editing->desk, "key", key), i + 1);
        content_head(editing, fields, words, inner, grows);
        content_walk(editing, fields, inner);
    }
    if (grows)
        content_act(editing, fields, "add", path);
}

static void walk_member(Editing *editing, json_t *fields, const char *path, size_t which, bool item)
{
    const char *key = walked[which].key;
    const json_t *json = doc_get(editing->doc, path);

    if (json_is_string(json) && walked[which].type)
        content_one(editing, fields, path, NULL, walked[which].type);
    else if (json_is_array(json) && !strcmp(key, "lines"))
        content_lines(editing, fields, path);
    else if (json_is_array(json))
        walk_list(editing, fields, path, key);
    else if (doc_is_local(json) || (!json && item && walked[which].local))
        content_four(editing, fields, path, NULL, false);
    else if (!json && item && walked[which].type)
        content_one(editing, fields, path, NULL, walked[which].type);
}

void content_walk(Editing *editing, json_t *fields, const char *path)
{
    const json_t *json = doc_get(editing->doc, path);
    const bool item = strstr(path, ".items[") != NULL;
    char inner[DOC_PATH_SIZE];

    for (size_t i = 0; json_is_object(json) && i < COUNT(walked); i++) {
        if (!json_object_get(json, walked[i].key) && !(item && walked[i].of_items))
            continue;
        if (snprintf(inner, sizeof inner, "%s.%s", path, walked[i].key) < (int)sizeof inner)
            walk_member(editing, fields, inner, i, item);
    }
}

/* --- back --------------------------------------------------------------------------------------------------------- */

/* A text that may be left out altogether. */
static bool is_optional(const char *path)
{
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE];

    doc_split(path, parent, key);
    return !strcmp(key, "where") || !strcmp(key, "when") || !strcmp(key, "example") ||
           (!strcmp(key, "help") && parent[0]) || (!strcmp(key, "text") && strstr(path, ".items["));
}

static void take_text(json_t *doc, const char *path, const char *value)
{
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE];
    Language language;
    const Str text = str_trim(str_from(value));

    doc_split(path, parent, key);
    if (text.len > 0) {
        (void)doc_set(doc, path, json_stringn(text.ptr, text.len));
        return;
    }
    doc_remove(doc, path);
    if (language_parse(str_from(key), &language) && json_object_size(doc_get(doc, parent)) == 0 && is_optional(parent))
        doc_remove(doc, parent);
}

/* The first language's lines begin the list anew; line by line the others stand beside them. */
static void take_lines(json_t *doc, const char *path, const char *value)
{
    char list[DOC_PATH_SIZE], tag[DOC_PATH_SIZE], at[DOC_PATH_SIZE];
    Str rest = str_trim(str_from(value));

    doc_split(path, list, tag);
    if (!strcmp(tag, language_tag(LANGUAGE_FIRST)))
        (void)doc_set(doc, list, json_array());
    for (size_t i = 0; rest.len > 0; i++) {
        const Str line = str_trim(str_split(&rest, '\n'));

        if (snprintf(at, sizeof at, "%s[%zu]", list, i) >= (int)sizeof at ||
            (!doc_get(doc, at) && !doc_set(doc, at, json_object())))
            return;
        if (line.len > 0)
            (void)json_object_set_new(doc_get(doc, at), tag, json_stringn(line.ptr, line.len));
    }
}

static void take_number(json_t *doc, const char *path, const char *value)
{
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE];
    const Str text = str_trim(str_from(value));
    int64_t number;

    doc_split(path, parent, key);
    if (str_to_i64(text, INT32_MIN, INT64_C(1000000000000), &number))
        (void)doc_set(doc, path, json_integer(number));
    else if (text.len > 0)
        (void)doc_set(doc, path, json_stringn(text.ptr, text.len)); /* no number: is refused beside its field */
    else {
        doc_remove(doc, path);
        if (parent[0] && json_object_size(doc_get(doc, parent)) == 0)
            doc_remove(doc, parent);
    }
}

static void take_words(json_t *doc, const char *path, const char *value)
{
    Str rest = str_from(value);
    json_t *list = json_array();

    while (rest.len > 0) {
        const Str line = str_trim(str_split(&rest, '\n'));
        if (line.len > 0)
            (void)json_array_append_new(list, json_stringn(line.ptr, line.len));
    }
    (void)doc_set(doc, path, list);
}

void content_take(Editing *editing, const json_t *form)
{
    for (size_t i = 0; i < json_array_size(form); i++) {
        const json_t *field = json_array_get(form, i);
        const char *name = json_string_value(json_array_get(field, 0)),
                   *value = json_string_value(json_array_get(field, 1));

        if (editing->kind->take && editing->kind->take(editing, name, value))
            continue;
        if (name[0] == '\0' || name[1] != ':' || !name[2])
            continue;
        switch (name[0]) {
        case 'f': take_text(editing->doc, name + 2, value); break;
        case 'l': take_lines(editing->doc, name + 2, value); break;
        case 'n': take_number(editing->doc, name + 2, value); break;
        case 'w': take_words(editing->doc, name + 2, value); break;
        default: break;
        }
    }
}
