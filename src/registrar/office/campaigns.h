/* Campaigns: from when to when something is open, and for whom: a session, a graduation, a time for applications.
 * Staff set them by `registrar campaign` or /office/v1/campaigns; services ask for them ("for": [{"is": "campaign",
 * "in": ["session"]}]), papers show their days ({session.from}). */
#ifndef REGISTRAR_OFFICE_CAMPAIGNS_H
#define REGISTRAR_OFFICE_CAMPAIGNS_H

#include <jansson.h>

#include "base/date.h"
#include "registrar/office/office.h"
#include "registrar/store/campaigns.h"

/* "session", "graduation", "transfer", "reinstatement", "retake", "electives", "distribution", "admission",
 * "dormitory", "rent-subsidy", "mobility", "academic-leave". */
bool campaign_kind_known(const char *kind);

typedef enum CampaignState {
    CAMPAIGN_NONE, /* none that is for this student runs or lies ahead */
    CAMPAIGN_OPEN, /* opens <= day <= to */
    CAMPAIGN_AHEAD /* the next one's days stand beside it */
} CampaignState;

typedef struct CampaignFound {
    CampaignState state;
    Date opens;    /* from then on it may be asked for: a call-up letter is wanted weeks before its session */
    Date from, to; /* both days are in it */
} CampaignFound;

/* All that are not over, read once for many questions. */
typedef struct CampaignList {
    size_t count;
    CampaignRow rows[CAMPAIGNS_MOST];
} CampaignList;

/* Heap; campaign_list_free. */
bool campaign_list_read(StoreTransaction *transaction, Date day, CampaignList **ret, Error *err) MUST_USE;
void campaign_list_free(CampaignList *list);
OWNED_BY(CampaignList, campaign_list_free)

/* That of this kind for a student with this profile (education_form, education_type, year, faculty): of those that are
 * open the one that names the student most closely, then the one that ends first; else the one that opens next. */
CampaignFound campaign_of(const CampaignList *list, const json_t *profile, const char *kind, Date day);
/* The same, read for one question. */
bool campaigns_for(StoreTransaction *transaction, const json_t *profile, const char *kind, Date day, CampaignFound *ret,
                   Error *err) MUST_USE;

/* --- what staff do ------------------------------------------------------------------------------------------------ */

/* {"kind": "session", "opens": "2026-12-01", "from": "2027-01-11", "to": "2027-01-30", "education_form": "13",
 * "education_type": "11", "year": 3, "faculty": "401-101"}: opens (else from) and the last four may be missing.
 * ERR_FORMAT with the member's path: it is none. */
bool campaign_parse(const char *id, Str json, CampaignRow *ret, Error *err) MUST_USE;
/* As above, with id and version. */
bool campaign_write(const CampaignRow *row, Buf *ret, Error *err) MUST_USE;

typedef enum CampaignOutcome {
    CAMPAIGN_CHANGED, /* it stands, or is gone */
    CAMPAIGN_MADE,    /* it stands, and there was none of this id */
    CAMPAIGN_UNKNOWN, /* to be removed, and there is none */
    CAMPAIGN_UNMET    /* it is not what the asker thinks it is */
} CampaignOutcome;

typedef struct CampaignWish {
    CampaignRow row;   /* of campaign_parse; of one that is to go the id alone */
    bool gone;         /* it is to be removed */
    const char *actor; /* "token:NAME", "command-line" */
    /* Whether what stands there (version NULL: nothing) is what the asker means; NULL: he means any. */
    bool (*meant)(void *ctx, const char *version);
    void *ctx;
} CampaignWish;

/* With its act.  ret_version: of what stands there afterwards, "" when nothing does.  ERR_LIMIT: there are too many. */
bool campaign_change(Office *office, const CampaignWish *wish, CampaignOutcome *ret_outcome,
                     char ret_version[CAMPAIGN_VERSION_SIZE], Error *err) MUST_USE;
/* All that there are, over or not. */
bool campaign_all(Office *office, CampaignList **ret, Error *err) MUST_USE;
bool campaign_one(Office *office, const char *id, bool *ret_found, CampaignRow *ret, Error *err) MUST_USE;

#endif
