/* Pages of information, as fields and as the kiosk shows them. */
#include <stdio.h>
#include <string.h>

#include "registrar/console/content_offers.h"

static const ContentChoice on_off[] = { { "on" }, { "off" }, { NULL } };
static const ContentChoice open_to[] = { { "all" }, { "signed-in" }, { NULL } };
static const ContentChoice topics[] = { { "office" }, { "study" },  { "admission" }, { "money" },
                                        { "life" },   { "abroad" }, { NULL } };
static const ContentChoice blocks[] = { { "text" },  { "heading" }, { "list" },     { "rows" },
                                        { "items" }, { "link" },    { "service" },  { "ticket" },
                                        { "page" },  { "hours" },   { "services" }, { NULL } };

static bool list(Desk *desk, Office *office, json_t *rows, Error *err)
{
    return content_offers_list(desk, office, SHELF_INFORMATION, rows, err);
}

static bool load(Editing *editing, const char *from, Error *err)
{
    if (strcmp(editing->id, CONTENT_NEW) != 0 || from)
        return content_offers_load(editing, SHELF_INFORMATION, from, err);
    editing->doc = json_pack("{ss ss ss si sb s{} s{} s[{ss s{}}]}", "id", "", "topic", "office", "icon", "notice",
                             "order", 100, "open", 1, "titles", "help", "blocks", "block", "text", "text");
    return editing->doc || error_set(err, ERR_MEMORY, "page");
}

static json_t *doc_of(const Editing *editing UNUSED, const json_t *body)
{
    return json_deep_copy(body);
}

static bool keep(Editing *editing, bool gone, EditOutcome *ret_outcome, char ret_id[CONTENT_ID_SIZE], Error *err)
{
    return content_offers_keep(editing, SHELF_INFORMATION, gone, ret_outcome, ret_id, err);
}

static void show(Editing *editing, json_t *all)
{
    const json_t *doc = editing->doc, *list_of = json_object_get(doc, "blocks");
    json_t *fields = content_group(editing, all, "texts", false);

    content_four(editing, fields, "titles", NULL, false);
    content_four(editing, fields, "help", NULL, false);
    fields = content_group(editing, all, "terms", false);
    content_choice(editing, fields, "off", "off", on_off, json_is_true(json_object_get(doc, "off")) ? "off" : "on");
    if (!strcmp(editing->id, CONTENT_NEW))
        content_one(editing, fields, "id", NULL, "text");
    content_choice(editing, fields, "f:topic", "topic", topics, doc_text(doc, "topic"));
    content_choice(editing, fields, "open", "open", open_to,
                   json_is_true(json_object_get(doc, "open")) ? "all" : "signed-in");
    content_number(editing, fields, "order");
    content_one(editing, fields, "icon", NULL, "text");
    fields = content_group(editing, all, "blocks", false);
    for (size_t i = 0; i < json_array_size(list_of); i++) {
        char path[DOC_PATH_SIZE];
        const char *kind = doc_text(json_array_get(list_of, i), "block");

        (void)snprintf(path, sizeof path, "blocks[%zu]", i);
        content_head(editing, fields, content_say(editing->desk, "block", kind), path, true);
        content_walk(editing, fields, path);
    }
    content_choice(editing, fields, "new-block", "new-block", blocks, "text");
    json_t *options = json_object_get(json_array_get(fields, json_array_size(fields) - 1), "options");
    for (size_t i = 0; i < json_array_size(options); i++)
        (void)json_object_set_new(json_array_get(options, i), "option-words",
                                  json_string(content_say(editing->desk, "block", blocks[i].id)));
    (void)json_array_append_new(fields, json_pack("{sb ss ss}", "is-act", 1, "act", "block", "act-words",
                                                  content_say(editing->desk, "act", "add")));
}

static bool take(Editing *editing, const char *name, const char *value)
{
    if (!strcmp(name, "off")) {
        if (!strcmp(value, "off"))
            (void)json_object_set_new(editing->doc, "off", json_true());
        else
            (void)json_object_del(editing->doc, "off");
    } else if (!strcmp(name, "open"))
        (void)json_object_set_new(editing->doc, "open", json_boolean(!strcmp(value, "all")));
    else
        return false;
    return true;
}

/* --- at a kiosk --------------------------------------------------------------------------------------------------- */

static json_t *line_of(const Editing *editing, const json_t *local)
{
    return json_pack("{ss}", "line", content_shown(editing, local));
}

static json_t *parts_of(const Editing *editing, const json_t *block, const char *key)
{
    const json_t *list_of = json_object_get(block, key);
    json_t *parts = json_array();

    for (size_t i = 0; i < json_array_size(list_of); i++) {
        const json_t *one = json_array_get(list_of, i);

        if (!strcmp(key, "lines"))
            (void)json_array_append_new(parts, line_of(editing, one));
        else if (!strcmp(key, "rows"))
            (void)json_array_append_new(parts, json_pack("{ss ss}", "line-label",
                                                         content_shown(editing, json_object_get(one, "label")), "line",
                                                         content_shown(editing, json_object_get(one, "value"))));
        else
            (void)json_array_append_new(
                parts,
                json_pack("{ss ss ss ss ss}", "item-title", content_shown(editing, json_object_get(one, "title")),
                          "item-text", content_shown(editing, json_object_get(one, "text")), "item-where",
                          content_shown(editing, json_object_get(one, "where")), "item-when",
                          content_shown(editing, json_object_get(one, "when")), "item-from", doc_text(one, "from")));
    }
    return parts;
}

static json_t *block_of(const Editing *editing, const json_t *block)
{
    static const struct {
        const char *kind, *is;
    } kinds[] = {
        { "heading", "is-heading" }, { "text", "is-text" },   { "list", "is-list" },      { "rows", "is-rows" },
        { "items", "is-items" },     { "link", "is-link" },   { "service", "is-button" }, { "page", "is-button" },
        { "ticket", "is-button" },   { "hours", "is-hours" }, { "services", "is-hours" },
    };
    const char *kind = doc_text(block, "block"), *is = "is-text";

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (!strcmp(kinds[i].kind, kind))
            is = kinds[i].is;
    return json_pack("{sb ss ss ss so so so}", is, 1, "block-text",
                     content_shown(editing, json_object_get(block, "text")), "address", doc_text(block, "address"),
                     "block-words", content_say(editing->desk, "block", kind), "lines",
                     parts_of(editing, block, "lines"), "table", parts_of(editing, block, "rows"), "items",
                     parts_of(editing, block, "items"));
}

static bool preview(Editing *editing, json_t *view, Error *err UNUSED)
{
    const json_t *list_of = json_object_get(editing->doc, "blocks");
    json_t *all = json_array();

    for (size_t i = 0; i < json_array_size(list_of); i++)
        (void)json_array_append_new(all, block_of(editing, json_array_get(list_of, i)));
    (void)json_object_set_new(view, "glass",
                              json_pack("{sb ss ss so ss sb}", "is-page", 1, "glass-title",
                                        content_shown(editing, doc_get(editing->doc, "titles")), "glass-help",
                                        content_shown(editing, doc_get(editing->doc, "help")), "blocks", all,
                                        "back-words",
                                        view_text(editing->desk->sheet.pages, editing->shown, "say.glass.back"),
                                        "is-off", json_is_true(json_object_get(editing->doc, "off"))));
    return true;
}

const ContentKindOf content_pages = {
    .kind = CONTENT_PAGE,
    .section = "pages",
    .may_add = true,
    .may_take_away = true,
    .has_json = true,
    .list = list,
    .load = load,
    .doc_of = doc_of,
    .show = show,
    .take = take,
    .keep = keep,
    .preview = preview,
};
