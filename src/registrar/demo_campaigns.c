#include "registrar/demo_campaigns.h"

#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/memory.h"
#include "registrar/office/campaigns.h"
#include "registrar/store/acts.h"
#include "wire/json.h"

#define FILE_BYTES_MOST    (64u << 10)
#define UTC_OFFSET_MINUTES 300 /* Uzbekistan's, all year */

/* "from_in": 21 becomes "from": the day that is so far off. */
static bool put_day(json_t *campaign, const char *relative, const char *name, Date today)
{
    OWNED_BUF day;

    buf_init(&day, 32);
    date_write(&day, date_add_days(today, (int)json_integer_value(json_object_get(campaign, relative))), LANGUAGE_FIRST,
               DATE_ISO);
    return json_object_set_new(campaign, name, json_string(buf_text(&day))) == 0 &&
           json_object_del(campaign, relative) == 0;
}

static bool read_campaign(json_t *campaign, Date today, CampaignRow *ret, Error *err)
{
    char id[CAMPAIGN_ID_SIZE];
    OWNED_BUF body;

    buf_init(&body, 4096);
    if (!put_day(campaign, "opens_in", "opens", today) || !put_day(campaign, "from_in", "from", today) ||
        !put_day(campaign, "to_in", "to", today) ||
        !str_copy(str_from(json_string_value(json_object_get(campaign, "id"))), id, sizeof id) ||
        json_object_del(campaign, "id") != 0)
        return error_set(err, ERR_FORMAT, "a campaign without its days or id");
    return json_write(campaign, &body, err) && campaign_parse(id, buf_str(&body), ret, err);
}

typedef struct Putting {
    CampaignRow rows[CAMPAIGNS_MOST];
    size_t count;
    int64_t now_ms;
} Putting;

static bool put(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;

    for (size_t i = 0; i < putting->count; i++) {
        char object[CAMPAIGN_ID_SIZE + 16] = "campaign:";

        str_copy_cut(str_from(putting->rows[i].id), object + strlen(object), CAMPAIGN_ID_SIZE);
        if (!campaigns_put(transaction, &putting->rows[i], err) ||
            !acts_add(transaction, &(Act){ putting->now_ms, "command-line", "campaign.put", object, NULL }, err))
            return false;
    }
    return true;
}

static bool read_all(const json_t *list, Date today, Putting *putting, Error *err)
{
    for (size_t i = 0; i < json_array_size(list) && i < CAMPAIGNS_MOST; i++) {
        CampaignRow *row = &putting->rows[putting->count++];

        if (!read_campaign(json_array_get(list, i), today, row, err))
            return error_add(err, "campaigns.json[%zu]", i);
        str_copy_cut(STR("command-line"), row->author, sizeof row->author);
        row->changed_at_s = putting->now_ms / 1000;
    }
    return true;
}

bool demo_campaigns_put(Store *store, int64_t now_ms, Error *err)
{
    const Date today = date_time_at(now_ms, UTC_OFFSET_MINUTES).date;
    Putting *putting = mem_new(1, sizeof *putting);
    OWNED_BUF text;
    OWNED(json_t) list = NULL;

    buf_init(&text, FILE_BYTES_MOST);
    if (!putting)
        return error_set(err, ERR_MEMORY, "campaigns");
    putting->now_ms = now_ms;
    if (file_read(REGISTRAR_ASSETS "/demo/campaigns.json", &text, err))
        list = json_read(buf_str(&text), err);
    bool done = list && read_all(list, today, putting, err) && store_write(store, put, putting, err);
    mem_free(putting);
    return done;
}
