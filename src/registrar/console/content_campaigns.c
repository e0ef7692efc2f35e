/* Campaigns: from when to when something is open, and for whom. */
#include <stdio.h>
#include <string.h>

#include "registrar/console/content.h"
#include "registrar/office/campaigns.h"
#include "registrar/office/offers.h"

static const ContentChoice kinds[] = {
    { "session" },   { "graduation" },     { "transfer" },  { "reinstatement" }, { "retake" },
    { "electives" }, { "distribution" },   { "admission" }, { "dormitory" },     { "rent-subsidy" },
    { "mobility" },  { "academic-leave" }, { NULL },
};

/* --- lists -------------------------------------------------------------------------------------------------------- */

static const char *day_words(const Desk *desk, const char *day, char *array, size_t size)
{
    Date date;
    OWNED_BUF words;

    buf_init(&words, 80);
    if (date_parse(str_from(day), &date))
        date_write(&words, date, desk->sheet.language, DATE_FIGURES);
    str_copy_cut(buf_str(&words), array, size);
    return array;
}

static const char *state_of(const CampaignRow *row, const char *today)
{
    return strcmp(row->to, today) < 0 ? "over" : strcmp(row->opens, today) > 0 ? "ahead" : "runs";
}

static json_t *row_of(const Desk *desk, const Office *office, const CampaignRow *row)
{
    char from[80], to[80];
    const char *kind = content_say(desk, "choice", row->kind);
    OWNED_BUF today;

    buf_init(&today, 24);
    date_write(&today, office_today(office), desk->sheet.language, DATE_ISO);
    const char *state = state_of(row, buf_text(&today));
    return json_pack("{ss ss ss ss ss sb ss ss}", "row-id", row->id, "row-title", kind[0] ? kind : row->kind,
                     "row-from", day_words(desk, row->from, from, sizeof from), "row-to",
                     day_words(desk, row->to, to, sizeof to), "row-author", row->author, "is-timed", 1, "row-state",
                     content_say(desk, "state", state), "state-class",
                     !strcmp(state, "runs")   ? "running"
                     : !strcmp(state, "over") ? "over"
                                              : "waiting");
}

static bool list(Desk *desk, Office *office, json_t *rows, Error *err)
{
    OWNED(CampaignList) all = NULL;

    if (!campaign_all(office, &all, err))
        return false;
    for (size_t i = 0; i < all->count; i++)
        (void)json_array_append_new(rows, row_of(desk, office, &all->rows[i]));
    return content_add_authors(desk, office, CONTENT_CAMPAIGN, rows, err);
}

/* --- one ---------------------------------------------------------------------------------------------------------- */

/* As it is put over the interface: without id and version, with a year that may be typed. */
static json_t *doc_of(const Editing *editing UNUSED, const json_t *body)
{
    json_t *doc = json_deep_copy(body);

    (void)json_object_del(doc, "id");
    (void)json_object_del(doc, "version");
    return doc;
}

static bool load(Editing *editing, const char *from, Error *err)
{
    const bool is_new = strcmp(editing->id, CONTENT_NEW) == 0;
    CampaignRow row;
    bool found = false;
    OWNED_BUF body;

    buf_init(&body, 4096);
    if (is_new && !from) {
        editing->doc = json_pack("{ss ss ss}", "kind", "session", "from", "", "to", "");
        return editing->doc || error_set(err, ERR_MEMORY, "campaign");
    }
    if (!campaign_one(editing->office, is_new ? from : editing->id, &found, &row, err) ||
        (found && !campaign_write(&row, &body, err)))
        return false;
    if (!found)
        return true;
    OWNED(json_t) written = json_read(buf_str(&body), err);
    if (!written)
        return false;
    editing->doc = doc_of(editing, written);
    if (!is_new)
        str_copy_cut(str_from(row.version), editing->version, sizeof editing->version);
    return true;
}

static void show(Editing *editing, json_t *all)
{
    json_t *fields = content_group(editing, all, "campaign", false);

    if (!strcmp(editing->id, CONTENT_NEW))
        content_one(editing, fields, "id", NULL, "text");
    content_choice(editing, fields, "f:kind", "kind", kinds, doc_text(editing->doc, "kind"));
    content_one(editing, fields, "opens", NULL, "date");
    content_one(editing, fields, "from", content_say(editing->desk, "key", "first-day"), "date");
    content_one(editing, fields, "to", content_say(editing->desk, "key", "last-day"), "date");
    fields = content_group(editing, all, "whom", false);
    content_one(editing, fields, "education_form", NULL, "text");
    content_one(editing, fields, "education_type", NULL, "text");
    content_number(editing, fields, "year");
    content_one(editing, fields, "faculty", NULL, "text");
}

static bool is_meant(void *ctx, const char *version)
{
    const Editing *editing = ctx;

    return strcmp(version ? version : "", editing->version) == 0;
}

/* "to: it would end before it begins": the member, and the reason. */
static void take_fault(Editing *editing, const Error *why)
{
    Str reason = str_from(why->text);
    char path[DOC_PATH_SIZE];

    const Str member = str_split(&reason, ':');
    str_copy_cut(member, path, sizeof path);
    shelf_fault(&editing->faults, "", path, "%s", reason.ptr ? reason.ptr : why->text);
}

static bool keep(Editing *editing, bool gone, EditOutcome *ret_outcome, char ret_id[CONTENT_ID_SIZE], Error *err)
{
    const bool is_new = strcmp(editing->id, CONTENT_NEW) == 0;
    CampaignWish wish = { .gone = gone, .actor = editing->desk->clerk, .meant = is_meant, .ctx = editing };
    char version[CAMPAIGN_VERSION_SIZE];
    CampaignOutcome outcome;
    Error why = { 0 };
    OWNED_BUF body;

    str_copy_cut(str_from(is_new ? doc_text(editing->doc, "id") : editing->id), ret_id, CONTENT_ID_SIZE);
    OWNED(json_t) doc = doc_of(editing, editing->doc);
    buf_init(&body, 4096);
    if (!json_write(doc, &body, err))
        return false;
    *ret_outcome = EDIT_REFUSED;
    if (is_new && !strcmp(ret_id, CONTENT_NEW))
        ret_id[0] = '\0';
    if (gone)
        str_copy_cut(str_from(ret_id), wish.row.id, sizeof wish.row.id);
    else if (!campaign_parse(ret_id, buf_str(&body), &wish.row, &why)) {
        if (why.code == ERR_MEMORY)
            return error_set(err, why.code, "%s", why.text);
        take_fault(editing, &why);
        return true;
    }
    if (!campaign_change(editing->office, &wish, &outcome, version, err))
        return false;
    *ret_outcome = outcome == CAMPAIGN_UNKNOWN ? EDIT_ABSENT
                   : outcome != CAMPAIGN_UNMET ? EDIT_KEPT
                   : is_new                    ? EDIT_REFUSED
                                               : EDIT_UNMET;
    if (*ret_outcome == EDIT_REFUSED)
        shelf_fault(&editing->faults, "", "id", "there is one of this name");
    return true;
}

/* --- what it opens ------------------------------------------------------------------------------------------------ */

static bool asks_for(const Service *service, const char *kind)
{
    for (size_t i = 0; i < service->predicate_count; i++)
        for (size_t k = 0; !strcmp(service->predicates[i].is, "campaign") && k < service->predicates[i].in_count; k++)
            if (!strcmp(service->predicates[i].in[k], kind))
                return true;
    return false;
}

static bool preview(Editing *editing, json_t *view, Error *err)
{
    OWNED(Shelf) shelf = office_shelf(editing->office, err);
    json_t *opens = json_array();

    if (!shelf)
        return false;
    const Catalogue *catalogue = shelf_catalogue(shelf);
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);

        if (asks_for(service, doc_text(editing->doc, "kind")))
            (void)json_array_append_new(opens, json_pack("{ss ss}", "service", service->id, "service-title",
                                                         local_text(&service->title, editing->desk->sheet.language)));
    }
    (void)json_object_set_new(view, "opens", opens);
    (void)json_object_set_new(view, "is-campaign", json_true());
    return true;
}

const ContentKindOf content_campaigns = {
    .kind = CONTENT_CAMPAIGN,
    .section = "campaigns",
    .may_add = true,
    .may_take_away = true,
    .list = list,
    .load = load,
    .doc_of = doc_of,
    .show = show,
    .keep = keep,
    .preview = preview,
};
