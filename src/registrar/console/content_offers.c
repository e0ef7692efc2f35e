#include "registrar/console/content_offers.h"

#include <string.h>

#include "registrar/office/offers.h"

static const ShelfFile *find(const Shelf *shelf, ShelfKind kind, const char *id)
{
    const ShelfFiles *files = shelf_files(shelf);

    for (size_t i = 0; i < files->count; i++)
        if (files->items[i].kind == kind && !strcmp(files->items[i].id, id))
            return &files->items[i];
    return NULL;
}

static json_t *row_of(const Desk *desk, const ShelfFile *file)
{
    Error why = { 0 };
    OWNED(json_t) doc = json_read(blob_str(file->body), &why);
    LocalText title = { { NULL } };
    bool lacks = false;

    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        title.in[l] = json_string_value(json_object_get(json_object_get(doc, "titles"), language_tag(l)));
        lacks |= language_is_whole(l) && !title.in[l];
    }
    const bool off = json_is_true(json_object_get(doc, "off"));
    const char *group = json_string_value(json_object_get(doc, file->kind == SHELF_SERVICE ? "group" : "topic"));
    const char *words = local_text(&title, desk->sheet.language);
    return json_pack("{ss ss ss sb sb sb ss}", "row-id", file->id, "row-title", words[0] ? words : file->id,
                     "row-group", group ? content_say(desk, "choice", group) : "", "is-off", off, "is-own", file->put,
                     "lacks", lacks && !off, "row-author", "");
}

/* By group, then by name. */
static bool comes_before(const json_t *a, const json_t *b)
{
    const char *x = json_string_value(json_object_get(a, "row-group")),
               *y = json_string_value(json_object_get(b, "row-group"));
    const int order = strcmp(x, y);

    return order ? order < 0
                 : strcmp(json_string_value(json_object_get(a, "row-title")),
                          json_string_value(json_object_get(b, "row-title"))) < 0;
}

bool content_offers_list(Desk *desk, Office *office, ShelfKind kind, json_t *rows, Error *err)
{
    OWNED(Shelf) shelf = office_shelf(office, err);

    if (!shelf)
        return false;
    for (size_t i = 0; i < shelf_files(shelf)->count; i++) {
        const ShelfFile *file = &shelf_files(shelf)->items[i];
        size_t at = json_array_size(rows);

        if (file->kind != kind)
            continue;
        json_t *row = row_of(desk, file);
        while (at > 0 && comes_before(row, json_array_get(rows, at - 1)))
            at--;
        (void)json_array_insert_new(rows, at, row);
    }
    return content_add_authors(desk, office, kind == SHELF_SERVICE ? CONTENT_SERVICE : CONTENT_PAGE, rows, err);
}

bool content_offers_load(Editing *editing, ShelfKind kind, const char *from, Error *err)
{
    OWNED(Shelf) shelf = office_shelf(editing->office, err);
    const bool is_new = strcmp(editing->id, CONTENT_NEW) == 0;
    const ShelfFile *file = shelf ? find(shelf, kind, is_new && from ? from : editing->id) : NULL;

    if (!shelf)
        return false;
    if (!file)
        return true;
    editing->doc = json_read(blob_str(file->body), err);
    if (is_new)
        (void)json_object_set_new(editing->doc, "id", json_string(""));
    else
        memcpy(editing->version, file->version, sizeof editing->version);
    return editing->doc != NULL;
}

static bool is_meant(void *ctx, const char *version)
{
    const Editing *editing = ctx;

    return strcmp(version ? version : "", editing->version) == 0;
}

/* Faults of other files are of this one: before it they were whole. */
bool content_offers_keep(Editing *editing, ShelfKind kind, bool gone, EditOutcome *ret_outcome,
                         char ret_id[CONTENT_ID_SIZE], Error *err)
{
    const char *id = strcmp(editing->id, CONTENT_NEW) ? editing->id : doc_text(editing->doc, "id");
    char version[SHELF_HASH_SIZE];
    OfferOutcome outcome;
    OWNED_BUF body;

    buf_init(&body, SHELF_FILE_MOST);
    if (!gone && !json_write(editing->doc, &body, err))
        return false;
    *ret_outcome = EDIT_REFUSED;
    if (!id[0] || strlen(id) >= CONTENT_ID_SIZE || !strcmp(id, CONTENT_NEW)) {
        shelf_fault(&editing->faults, "", "id", "wants an id of lower-case letters, digits and hyphens");
        return true;
    }
    const OfferWish wish = { .kind = kind,
                             .id = id,
                             .body = gone ? STR("") : buf_str(&body),
                             .actor = editing->desk->clerk,
                             .meant = is_meant,
                             .ctx = editing };
    if (!offer_change(editing->office, &wish, &outcome, version, &editing->faults, err))
        return false;
    *ret_outcome = outcome == OFFER_CHANGED || outcome == OFFER_MADE ? EDIT_KEPT
                   : outcome == OFFER_REFUSED                        ? EDIT_REFUSED
                   : outcome == OFFER_NOT_FOUND                      ? EDIT_ABSENT
                                                                     : EDIT_UNMET;
    if (outcome == OFFER_UNMET && !strcmp(editing->id, CONTENT_NEW)) {
        *ret_outcome = EDIT_REFUSED;
        shelf_fault(&editing->faults, "", "id", "there is one of this name");
    }
    str_copy_cut(str_from(id), ret_id, CONTENT_ID_SIZE);
    return true;
}
