/* Campaigns as the register keeps them: what is open for which students from when to when. */
#ifndef REGISTRAR_STORE_CAMPAIGNS_H
#define REGISTRAR_STORE_CAMPAIGNS_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define CAMPAIGN_ID_SIZE      48
#define CAMPAIGN_KIND_SIZE    24
#define CAMPAIGN_DAY_SIZE     12
#define CAMPAIGN_CODE_SIZE    24
#define CAMPAIGN_VERSION_SIZE 17
#define CAMPAIGN_AUTHOR_SIZE  64
#define CAMPAIGNS_MOST        300

typedef struct CampaignRow {
    char id[CAMPAIGN_ID_SIZE];
    char kind[CAMPAIGN_KIND_SIZE];
    char opens[CAMPAIGN_DAY_SIZE]; /* ISO days; opens <= from <= to */
    char from[CAMPAIGN_DAY_SIZE], to[CAMPAIGN_DAY_SIZE];
    char form[CAMPAIGN_CODE_SIZE], type[CAMPAIGN_CODE_SIZE], faculty[CAMPAIGN_CODE_SIZE]; /* "": of any */
    int64_t year;                                                                         /* 0: of any */
    char version[CAMPAIGN_VERSION_SIZE];
    char author[CAMPAIGN_AUTHOR_SIZE]; /* "token:NAME", "command-line" */
    int64_t changed_at_s;
} CampaignRow;

/* Those whose last day is not before `day` ("": all), by first day and id. */
bool campaigns_list(StoreTransaction *transaction, const char *day, CampaignRow *rows, size_t room, size_t *ret_count,
                    Error *err) MUST_USE;
bool campaigns_get(StoreTransaction *transaction, const char *id, bool *ret_found, CampaignRow *ret,
                   Error *err) MUST_USE;
/* Puts or replaces.  ERR_LIMIT: there are CAMPAIGNS_MOST others. */
bool campaigns_put(StoreTransaction *transaction, const CampaignRow *row, Error *err) MUST_USE;
bool campaigns_remove(StoreTransaction *transaction, const char *id, bool *ret_found, Error *err) MUST_USE;

#endif
