/* institution.json: what a university says of itself on papers and pages. */
#ifndef REGISTRAR_OFFICE_INSTITUTION_H
#define REGISTRAR_OFFICE_INSTITUTION_H

#include <jansson.h>

#include "base/colour.h"
#include "registrar/office/calendar.h"
#include "registrar/office/marks.h"
#include "registrar/office/topics.h"

typedef struct Institution Institution;

Institution *institution_load(const char *path, Error *err) MUST_USE;
Institution *institution_parse(Str json, Error *err) MUST_USE;
void institution_free(Institution *institution);
OWNED_BY(Institution, institution_free)

const char *institution_id(const Institution *institution);
/* Texts: "names", "ministry", "address", "city", "signatory.role", "signatory.name". */
const LocalText *institution_text(const Institution *institution, const char *name);
/* "brand", its colour on glass and pages; 0: none. */
Rgb institution_brand(const Institution *institution);
const char *institution_phone(const Institution *institution);
const char *institution_email(const Institution *institution);
int institution_utc_offset_minutes(const Institution *institution);
/* "home": where it stands, as SOATO's codes; "" where it does not say.  A town that is a province of its own has no
 * district. */
const char *institution_province(const Institution *institution);
const char *institution_district(const Institution *institution);
/* "programmes": [{"code", "names", "groups": ["KI-24-1"]}], which it teaches; NULL where it does not say.  Borrowed. */
const json_t *institution_programmes(const Institution *institution);
/* Working time ("opening_hours", "holidays", "working_days_moved") and marks ("marking"): live as long as it does. */
const Calendar *institution_calendar(const Institution *institution);
/* What its file says, whatever counts now. */
const Calendar *institution_own_calendar(const Institution *institution);
/* From now on institution_calendar gives this one (copied; NULL: the file's own again), which is known by its version
 * (the file's: "").  One that counted before stays where it is, for who is reading it: there are a few in a year.  Any
 * thread. */
bool institution_set_calendar(Institution *institution, const Calendar *calendar, const char *version,
                              Error *err) MUST_USE;
bool institution_calendar_is(Institution *institution, const char *version);
/* "topics": what the windows are for. */
const Topics *institution_topics(const Institution *institution);
const MarkRules *institution_marking(const Institution *institution);
/* "17:00" when it is open at this moment, else "". */
void institution_open_until(const Institution *institution, int64_t wall_ms, char ret[8]);

#endif
