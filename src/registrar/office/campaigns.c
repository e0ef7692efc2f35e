#include "registrar/office/campaigns.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/contents.h"
#include "registrar/office/inside.h"
#include "registrar/office/predicates.h"
#include "registrar/store/acts.h"
#include "wire/json.h"

static const char *const kinds[] = {
    "session",      "graduation", "transfer",  "reinstatement", "retake",   "electives",
    "distribution", "admission",  "dormitory", "rent-subsidy",  "mobility", "academic-leave",
};

bool campaign_kind_known(const char *kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (!strcmp(kinds[i], kind))
            return true;
    return false;
}

/* --- for a student ------------------------------------------------------------------------------------------------ */

static void write_day(Date day, char ret[CAMPAIGN_DAY_SIZE])
{
    OWNED_BUF text;

    buf_init(&text, CAMPAIGN_DAY_SIZE);
    date_write(&text, day, LANGUAGE_FIRST, DATE_ISO);
    str_copy_cut(buf_str(&text), ret, CAMPAIGN_DAY_SIZE);
}

bool campaign_list_read(StoreTransaction *transaction, Date day, CampaignList **ret, Error *err)
{
    OWNED(CampaignList) list = mem_new(1, sizeof *list);
    char since[CAMPAIGN_DAY_SIZE];

    write_day(day, since);
    if (!list)
        return error_set(err, ERR_MEMORY, "campaigns");
    if (!campaigns_list(transaction, since, list->rows, CAMPAIGNS_MOST, &list->count, err))
        return false;
    *ret = steal(&list);
    return true;
}

void campaign_list_free(CampaignList *list)
{
    mem_free(list);
}

static bool names(const char *wanted, const json_t *code)
{
    return !wanted[0] || (json_is_string(code) && !strcmp(wanted, json_string_value(code)));
}

static bool is_for(const CampaignRow *row, const json_t *profile)
{
    const json_t *faculty = json_object_get(json_object_get(profile, "faculty"), "code");

    return names(row->form, json_object_get(profile, "education_form")) &&
           names(row->type, json_object_get(profile, "education_type")) && names(row->faculty, faculty) &&
           (row->year == 0 || row->year == json_integer_value(json_object_get(profile, "year")));
}

/* How closely a campaign names its students. */
static int closeness(const CampaignRow *row)
{
    return (row->form[0] != '\0') + (row->type[0] != '\0') + (row->faculty[0] != '\0') + (row->year != 0);
}

static bool is_better(const CampaignRow *row, const CampaignRow *best, bool open)
{
    int order = open ? closeness(best) - closeness(row) : strcmp(row->opens, best->opens);

    if (order == 0)
        order = open ? strcmp(row->to, best->to) : closeness(best) - closeness(row);
    return order < 0;
}

static CampaignFound found_of(const CampaignRow *row, CampaignState state)
{
    CampaignFound found = { .state = state };

    if (date_parse(str_from(row->opens), &found.opens) && date_parse(str_from(row->from), &found.from) &&
        date_parse(str_from(row->to), &found.to))
        return found;
    return (CampaignFound){ .state = CAMPAIGN_NONE }; /* the register holds no such row */
}

CampaignFound campaign_of(const CampaignList *list, const json_t *profile, const char *kind, Date day)
{
    const CampaignRow *open = NULL, *ahead = NULL;
    char today[CAMPAIGN_DAY_SIZE];

    write_day(day, today);
    for (size_t i = 0; i < list->count; i++) {
        const CampaignRow *row = &list->rows[i];

        if (strcmp(row->kind, kind) != 0 || strcmp(row->to, today) < 0 || !is_for(row, profile))
            continue;
        if (strcmp(row->opens, today) > 0) {
            if (!ahead || is_better(row, ahead, false))
                ahead = row;
        } else if (!open || is_better(row, open, true))
            open = row;
    }
    if (open)
        return found_of(open, CAMPAIGN_OPEN);
    return ahead ? found_of(ahead, CAMPAIGN_AHEAD) : (CampaignFound){ .state = CAMPAIGN_NONE };
}

bool campaigns_for(StoreTransaction *transaction, const json_t *profile, const char *kind, Date day, CampaignFound *ret,
                   Error *err)
{
    OWNED(CampaignList) list = NULL;

    if (!campaign_list_read(transaction, day, &list, err))
        return false;
    *ret = campaign_of(list, profile, kind, day);
    return true;
}

/* --- as text ------------------------------------------------------------------------------------------------------ */

static bool id_fits(const char *id)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t length = strlen(id);

    return length > 0 && length < CAMPAIGN_ID_SIZE && id[0] != '-' && strspn(id, letters) == length;
}

static bool read_day(const json_t *json, const char *name, char ret[CAMPAIGN_DAY_SIZE], Error *err)
{
    const char *text = json_string_value(json_object_get(json, name));
    Date day;

    if (!date_parse(str_from(text), &day))
        return error_set(err, ERR_FORMAT, "%s: a day such as \"2027-01-11\"", name);
    write_day(day, ret);
    return true;
}

static bool read_days(const json_t *json, CampaignRow *row, Error *err)
{
    if (!read_day(json, "from", row->from, err) || !read_day(json, "to", row->to, err) ||
        !read_day(json, json_object_get(json, "opens") ? "opens" : "from", row->opens, err))
        return false;
    if (strcmp(row->from, row->to) > 0)
        return error_set(err, ERR_FORMAT, "to: it would end before it begins");
    return strcmp(row->opens, row->from) <= 0 ||
           error_set(err, ERR_FORMAT, "opens: it can't be asked for later than it begins");
}

/* A code of HEMIS's, by the predicate that knows it. */
static bool read_code(const json_t *json, const char *name, const char *is, char ret[CAMPAIGN_CODE_SIZE], Error *err)
{
    const json_t *value = json_object_get(json, name);
    const char *code = json_string_value(value);

    if (!value)
        return true;
    return (code && predicate_value_known(is, code) && str_copy(str_from(code), ret, CAMPAIGN_CODE_SIZE)) ||
           error_set(err, ERR_FORMAT, "%s: there is no such code", name);
}

static bool read_whom(const json_t *json, CampaignRow *row, Error *err)
{
    const json_t *year = json_object_get(json, "year"), *faculty = json_object_get(json, "faculty");

    if (!read_code(json, "education_form", "form", row->form, err) ||
        !read_code(json, "education_type", "type", row->type, err))
        return false;
    row->year = json_integer_value(year);
    if (year && (row->year < 1 || row->year > 6))
        return error_set(err, ERR_FORMAT, "year: 1 to 6");
    return !faculty ||
           (json_string_length(faculty) > 0 &&
            str_copy(str_from(json_string_value(faculty)), row->faculty, sizeof row->faculty)) ||
           error_set(err, ERR_FORMAT, "faculty: the code of one, as records have it");
}

static bool members_known(const json_t *json, Error *err)
{
    static const char *const members[] = { "kind",           "opens",          "from", "to",
                                           "education_form", "education_type", "year", "faculty" };
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        size_t i = 0;

        while (i < COUNT(members) && strcmp(members[i], key) != 0)
            i++;
        if (i == COUNT(members))
            return error_set(err, ERR_FORMAT, "%.40s: there is no such member", key);
    }
    return true;
}

static json_t *body_of(const CampaignRow *row)
{
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:s}", "kind", row->kind, "opens", row->opens, "from", row->from, "to", row->to);
    const struct {
        const char *name, *value;
    } codes[] = { { "education_form", row->form }, { "education_type", row->type }, { "faculty", row->faculty } };
    bool done = json != NULL;

    for (size_t i = 0; i < COUNT(codes); i++)
        if (done && codes[i].value[0])
            done = json_object_set_new(json, codes[i].name, json_string(codes[i].value)) == 0;
    if (done && row->year)
        done = json_object_set_new(json, "year", json_integer(row->year)) == 0;
    if (done)
        return json;
    json_decref(json);
    return NULL;
}

/* The version of what it says: the same words have the same one, however they were written. */
static bool put_version(CampaignRow *row, Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED(json_t) json = body_of(row);
    OWNED_BUF text, hex;

    buf_init(&text, 1024);
    buf_init(&hex, 2 * sizeof hash + 1);
    if (!json)
        return error_set(err, ERR_MEMORY, "campaign");
    if (!json_write(json, &text, err) || !sha256(buf_str(&text), hash, err))
        return false;
    hex_write(&hex, hash, (CAMPAIGN_VERSION_SIZE - 1) / 2);
    return buf_ok(&hex, err) &&
           (str_copy(buf_str(&hex), row->version, sizeof row->version) || error_set(err, ERR_INTERNAL, "campaign"));
}

bool campaign_parse(const char *id, Str json, CampaignRow *ret, Error *err)
{
    OWNED(json_t) read = json_read(json, err);
    const char *kind = json_string_value(json_object_get(read, "kind"));

    *ret = (CampaignRow){ 0 };
    if (!read)
        return false;
    if (!id_fits(id))
        return error_set(err, ERR_FORMAT, "id: small letters, digits, hyphens, at most %d", CAMPAIGN_ID_SIZE - 1);
    if (!json_is_object(read))
        return error_set(err, ERR_FORMAT, "is no object");
    if (!kind || !campaign_kind_known(kind))
        return error_set(err, ERR_FORMAT,
                         "kind: session, graduation, transfer, reinstatement, retake, electives or distribution");
    str_copy_cut(str_from(id), ret->id, sizeof ret->id);
    str_copy_cut(str_from(kind), ret->kind, sizeof ret->kind);
    return members_known(read, err) && read_days(read, ret, err) && read_whom(read, ret, err) && put_version(ret, err);
}

bool campaign_write(const CampaignRow *row, Buf *ret, Error *err)
{
    OWNED(json_t) json = body_of(row);
    OWNED(json_t) more = json_pack("{s:s, s:s}", "id", row->id, "version", row->version);

    if (!json || !more || json_object_update(json, more) != 0)
        return error_set(err, ERR_MEMORY, "campaign");
    return json_write(json, ret, err);
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

typedef struct Changing {
    const CampaignWish *wish;
    int64_t now_ms;
    CampaignOutcome outcome;
    char version[CAMPAIGN_VERSION_SIZE];
} Changing;

static bool log_change(StoreTransaction *transaction, const Changing *changing, const CampaignRow *before, Error *err)
{
    const CampaignWish *wish = changing->wish;
    char object[CAMPAIGN_ID_SIZE + 16];
    OWNED_BUF detail, stood_body, after;

    buf_init(&detail, 2048);
    buf_init(&stood_body, 1024);
    buf_init(&after, 1024);
    (void)snprintf(object, sizeof object, "campaign:%s", wish->row.id);
    if ((before && !campaign_write(before, &stood_body, err)) ||
        (!wish->gone && !campaign_write(&wish->row, &after, err)))
        return false;
    buf_add_format(&detail, "{\"before\":%s,\"after\":%s}", before ? buf_text(&stood_body) : "null",
                   wish->gone ? "null" : buf_text(&after));
    const ContentState stood = { buf_str(&stood_body), before ? before->version : "", before ? before->author : "",
                                 before ? before->changed_at_s : 0 },
                       stands = { buf_str(&after), wish->gone ? "" : wish->row.version, wish->actor,
                                  changing->now_ms / 1000 };
    return buf_ok(&detail, err) && content_keep(transaction, CONTENT_CAMPAIGN, wish->row.id, &stood, &stands, err) &&
           acts_add(transaction,
                    &(Act){ changing->now_ms, wish->actor, wish->gone ? "campaign.removed" : "campaign.put", object,
                            buf_text(&detail) },
                    err);
}

static bool put(StoreTransaction *transaction, const Changing *changing, Error *err)
{
    CampaignRow row = changing->wish->row;

    str_copy_cut(str_from(changing->wish->actor), row.author, sizeof row.author);
    row.changed_at_s = changing->now_ms / 1000;
    return campaigns_put(transaction, &row, err);
}

static bool change(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;
    const CampaignWish *wish = changing->wish;
    CampaignRow before;
    bool found;

    changing->version[0] = '\0';
    if (!campaigns_get(transaction, wish->row.id, &found, &before, err))
        return false;
    if (wish->meant && !wish->meant(wish->ctx, found ? before.version : NULL)) {
        changing->outcome = CAMPAIGN_UNMET;
        return true;
    }
    changing->outcome = found ? CAMPAIGN_CHANGED : wish->gone ? CAMPAIGN_UNKNOWN : CAMPAIGN_MADE;
    if (changing->outcome == CAMPAIGN_UNKNOWN)
        return true;
    if (!wish->gone)
        memcpy(changing->version, wish->row.version, sizeof changing->version);
    return (wish->gone ? campaigns_remove(transaction, wish->row.id, &found, err) : put(transaction, changing, err)) &&
           log_change(transaction, changing, found ? &before : NULL, err);
}

bool campaign_change(Office *office, const CampaignWish *wish, CampaignOutcome *ret_outcome,
                     char ret_version[CAMPAIGN_VERSION_SIZE], Error *err)
{
    Changing changing = { .wish = wish, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, change, &changing, err))
        return error_add(err, "campaign %s", wish->row.id);
    *ret_outcome = changing.outcome;
    memcpy(ret_version, changing.version, CAMPAIGN_VERSION_SIZE);
    return true;
}

static bool list_all(StoreTransaction *transaction, void *arg, Error *err)
{
    CampaignList *list = arg;

    return campaigns_list(transaction, "", list->rows, CAMPAIGNS_MOST, &list->count, err);
}

bool campaign_all(Office *office, CampaignList **ret, Error *err)
{
    OWNED(CampaignList) list = mem_new(1, sizeof *list);

    if (!list)
        return error_set(err, ERR_MEMORY, "campaigns");
    if (!store_read(office->store, list_all, list, err))
        return false;
    *ret = steal(&list);
    return true;
}

typedef struct Finding {
    const char *id;
    bool found;
    CampaignRow row;
} Finding;

static bool find(StoreTransaction *transaction, void *arg, Error *err)
{
    Finding *finding = arg;

    return campaigns_get(transaction, finding->id, &finding->found, &finding->row, err);
}

bool campaign_one(Office *office, const char *id, bool *ret_found, CampaignRow *ret, Error *err)
{
    Finding finding = { .id = id };

    if (!store_read(office->store, find, &finding, err))
        return false;
    *ret_found = finding.found;
    *ret = finding.row;
    return true;
}
