/* Services, as fields and as the kiosk shows them. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/texts.h"
#include "registrar/console/content_offers.h"

static const ContentChoice on_off[] = { { "on" }, { "off" }, { NULL } };
static const ContentChoice groups[] = { { "documents" }, { "study" },   { "applications" },
                                        { "payments" },  { "housing" }, { "information" },
                                        { NULL } };
static const ContentChoice decided[] = { { "here" }, { "portal" }, { NULL } };
static const ContentChoice hand_out[] = { { "kiosk" }, { "window" }, { NULL } };
static const ContentChoice repeats[] = { { "always" }, { "daily" }, { "semester" }, { NULL } };
static const ContentChoice units[] = {
    { "" },        { "front-office" },  { "back-office" }, { "dean" },     { "accounting" },
    { "archive" }, { "international" }, { "careers" },     { "military" }, { NULL }
};

static bool list(Desk *desk, Office *office, json_t *rows, Error *err)
{
    return content_offers_list(desk, office, SHELF_SERVICE, rows, err);
}

/* A new one needs no paper to be designed first: people decide on it, and answer in words.  What yields a paper begins
 * as a copy of one that does. */
static bool load(Editing *editing, const char *from, Error *err)
{
    if (strcmp(editing->id, CONTENT_NEW) != 0 || from)
        return content_offers_load(editing, SHELF_SERVICE, from, err);
    editing->doc =
        json_pack("{ss ss ss si s{} s{} s{} s[{ss s[s]}] s[] s{ss} s{s[s]} ss s{si} si ss}", "id", "", "group",
                  "applications", "icon", "edit", "order", 100, "titles", "help", "whom", "for", "is", "status", "in",
                  "11", "form", "yields", "application", "decision", "through", "units", "front-office", "source",
                  "ours", "promise", "working_hours", 24, "fee", 0, "repeat", "always");
    return editing->doc || error_set(err, ERR_MEMORY, "service");
}

static json_t *doc_of(const Editing *editing UNUSED, const json_t *body)
{
    return json_deep_copy(body);
}

static bool keep(Editing *editing, bool gone, EditOutcome *ret_outcome, char ret_id[CONTENT_ID_SIZE], Error *err)
{
    return content_offers_keep(editing, SHELF_SERVICE, gone, ret_outcome, ret_id, err);
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

/* The condition of this name among "for": its place, or how many there are. */
static size_t condition_at(const json_t *doc, const char *is)
{
    const json_t *conditions = json_object_get(doc, "for");
    size_t i = 0;

    while (i < json_array_size(conditions) && strcmp(doc_text(json_array_get(conditions, i), "is"), is) != 0)
        i++;
    return i;
}

/* Days of the year or of the month on which it may be asked for: values with commas between them. */
static void show_days(Editing *editing, json_t *fields, const char *is)
{
    const size_t at = condition_at(editing->doc, is);
    char path[DOC_PATH_SIZE], name[DOC_PATH_SIZE];
    OWNED_BUF values;

    buf_init(&values, 1024);
    (void)snprintf(path, sizeof path, "for[%zu].in", at);
    const json_t *in = doc_get(editing->doc, path);
    for (size_t i = 0; i < json_array_size(in); i++)
        buf_add_format(&values, "%s%s", i ? ", " : "", doc_text(json_array_get(in, i), ""));
    content_one(editing, fields, path, content_say(editing->desk, "key", is), "text");
    json_t *field = json_array_get(fields, json_array_size(fields) - 1);
    (void)snprintf(name, sizeof name, "days:%s", is);
    (void)json_object_set_new(field, "name", json_string(name));
    (void)json_object_set_new(field, "value", json_string(buf_text(&values)));
    (void)json_object_set_new(field, "hint", json_string(content_say(editing->desk, "hint", is)));
}

static void take_days(json_t *doc, const char *is, const char *value)
{
    json_t *conditions = json_object_get(doc, "for"), *in = json_array();
    const size_t at = condition_at(doc, is);
    Str rest = str_from(value);

    while (rest.len > 0) {
        const Str one = str_trim(str_split(&rest, ','));
        if (one.len > 0)
            (void)json_array_append_new(in, json_stringn(one.ptr, one.len));
    }
    if (json_array_size(in) == 0) {
        json_decref(in);
        (void)json_array_remove(conditions, at);
    } else if (at < json_array_size(conditions))
        (void)json_object_set_new(json_array_get(conditions, at), "in", in);
    else
        (void)json_array_append_new(conditions, json_pack("{ss so}", "is", is, "in", in));
}

static void show_units(Editing *editing, json_t *fields)
{
    for (size_t i = 0; i < json_array_size(doc_get(editing->doc, "through.units")) + 1 && i < UNITS_MOST; i++) {
        char path[DOC_PATH_SIZE], name[DOC_PATH_SIZE], label[120];

        (void)snprintf(path, sizeof path, "through.units[%zu]", i);
        (void)snprintf(name, sizeof name, "unit:%zu", i);
        content_choice(editing, fields, name, path, units, doc_text(editing->doc, path));
        (void)snprintf(label, sizeof label, "%s %zu", content_say(editing->desk, "key", "unit"), i + 1);
        (void)json_object_set_new(json_array_get(fields, json_array_size(fields) - 1), "label", json_string(label));
    }
}

/* The first begins the list anew. */
static void take_unit(json_t *doc, const char *number, const char *value)
{
    if (!doc_get(doc, "through"))
        return;
    if (!strcmp(number, "0"))
        (void)doc_set(doc, "through.units", json_array());
    if (value[0])
        (void)json_array_append_new(doc_get(doc, "through.units"), json_string(value));
}

static void show_terms(Editing *editing, json_t *all)
{
    const json_t *doc = editing->doc;
    json_t *fields = content_group(editing, all, "terms", false);

    content_choice(editing, fields, "off", "off", on_off, json_is_true(json_object_get(doc, "off")) ? "off" : "on");
    if (!strcmp(editing->id, CONTENT_NEW))
        content_one(editing, fields, "id", NULL, "text");
    content_choice(editing, fields, "f:group", "group", groups, doc_text(doc, "group"));
    content_number(editing, fields, "order");
    content_number(editing, fields, "fee");
    content_number(editing, fields, "promise.working_hours");
    content_number(editing, fields, "limit.day");
    content_choice(editing, fields, "f:repeat", "repeat", repeats,
                   doc_get(doc, "repeat") ? doc_text(doc, "repeat") : "always");
    if (doc_get(doc, "portal") && doc_get(doc, "yields"))
        content_choice(editing, fields, "f:decided", "decided", decided,
                       doc_get(doc, "decided") ? doc_text(doc, "decided") : "here");
    if (doc_get(doc, "portal"))
        content_one(editing, fields, "portal.address", NULL, "text");
    show_days(editing, fields, "season");
    show_days(editing, fields, "days");
    if (doc_get(doc, "through")) {
        content_choice(editing, fields, "f:through.hand_out", "through.hand_out", hand_out,
                       doc_get(doc, "through.hand_out") ? doc_text(doc, "through.hand_out") : "kiosk");
        show_units(editing, fields);
    }
}

static void show(Editing *editing, json_t *all)
{
    json_t *fields = content_group(editing, all, "texts", false);

    content_four(editing, fields, "titles", NULL, false);
    content_four(editing, fields, "help", NULL, true);
    content_four(editing, fields, "whom", NULL, false);
    show_terms(editing, all);
    fields = content_group(editing, all, "lists", false);
    content_lines(editing, fields, "contains");
    content_lines(editing, fields, "bring");
    content_lines(editing, fields, "ground");
    if (json_array_size(json_object_get(editing->doc, "form")) == 0)
        return;
    fields = content_group(editing, all, "questions", true);
    for (size_t i = 0; i < json_array_size(json_object_get(editing->doc, "form")); i++) {
        char path[DOC_PATH_SIZE], words[120];

        (void)snprintf(path, sizeof path, "form[%zu]", i);
        (void)snprintf(words, sizeof words, "%s %zu", content_say(editing->desk, "key", "form"), i + 1);
        content_head(editing, fields, words, path, false);
        content_walk(editing, fields, path);
    }
}

static bool take(Editing *editing, const char *name, const char *value)
{
    if (!strcmp(name, "off")) {
        if (!strcmp(value, "off"))
            (void)json_object_set_new(editing->doc, "off", json_true());
        else
            (void)json_object_del(editing->doc, "off");
    } else if (!strncmp(name, "days:", 5))
        take_days(editing->doc, name + 5, value);
    else if (!strncmp(name, "unit:", 5))
        take_unit(editing->doc, name + 5, value);
    else
        return false;
    return true;
}

/* --- at a kiosk --------------------------------------------------------------------------------------------------- */

static void add_fact(const Editing *editing, json_t *facts, const char *id, const char *words)
{
    if (words[0])
        (void)json_array_append_new(facts, json_pack("{ss ss}", "fact",
                                                     view_text(editing->desk->sheet.pages, editing->shown, id),
                                                     "fact-words", words));
}

static const char *glass_text(const Editing *editing, const char *id)
{
    const char *text = view_text(editing->desk->sheet.pages, editing->shown, id);

    return text ? text : "";
}

static void fill_number(const Editing *editing, const char *id, int64_t number, Buf *ret)
{
    OWNED_BUF figures;

    buf_init(&figures, 40);
    number_write(&figures, number, editing->shown);
    text_fill(ret, glass_text(editing, id), (const char *[]){ buf_text(&figures) }, 1);
}

static json_t *facts_of(const Editing *editing)
{
    const json_t *doc = editing->doc;
    const int64_t hours = json_integer_value(doc_get(doc, "promise.working_hours")),
                  fee = json_integer_value(doc_get(doc, "fee")), day = json_integer_value(doc_get(doc, "limit.day"));
    json_t *facts = json_array();
    OWNED_BUF promise, sum, limit;

    buf_init(&promise, 200);
    buf_init(&sum, 200);
    buf_init(&limit, 200);
    fill_number(editing, hours ? "say.glass.hours" : "say.glass.at-once", hours, &promise);
    fill_number(editing, fee ? "say.glass.sum" : "say.glass.free", fee, &sum);
    if (day)
        fill_number(editing, "say.glass.day", day, &limit);
    add_fact(editing, facts, "say.glass.whom", content_shown(editing, doc_get(doc, "whom")));
    add_fact(editing, facts, "say.glass.how-long", buf_text(&promise));
    add_fact(editing, facts, "say.glass.fee", buf_text(&sum));
    add_fact(editing, facts, "say.glass.limit", buf_text(&limit));
    return facts;
}

static json_t *lines_of(const Editing *editing, const char *path)
{
    const json_t *list = doc_get(editing->doc, path);
    json_t *lines = json_array();

    for (size_t i = 0; i < json_array_size(list); i++)
        (void)json_array_append_new(lines, json_pack("{ss}", "line", content_shown(editing, json_array_get(list, i))));
    return lines;
}

static bool preview(Editing *editing, json_t *view, Error *err UNUSED)
{
    json_t *glass =
        json_pack("{sb ss ss so so so ss ss ss ss sb}", "is-service", 1, "glass-title",
                  content_shown(editing, doc_get(editing->doc, "titles")), "glass-help",
                  content_shown(editing, doc_get(editing->doc, "help")), "facts", facts_of(editing), "contains",
                  lines_of(editing, "contains"), "bring", lines_of(editing, "bring"), "contains-words",
                  glass_text(editing, "say.glass.contains"), "bring-words", glass_text(editing, "say.glass.bring"),
                  "back-words", glass_text(editing, "say.glass.back"), "on-words", glass_text(editing, "say.glass.on"),
                  "is-off", json_is_true(json_object_get(editing->doc, "off")));

    (void)json_object_set_new(view, "glass", glass);
    return true;
}

const ContentKindOf content_services = {
    .kind = CONTENT_SERVICE,
    .section = "services",
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
