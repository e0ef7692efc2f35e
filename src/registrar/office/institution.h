/* institution.json: what a university says of itself on papers and pages. */
#ifndef REGISTRAR_OFFICE_INSTITUTION_H
#define REGISTRAR_OFFICE_INSTITUTION_H

#include <jansson.h>

#include "base/date.h"

typedef struct Institution Institution;

Institution *institution_load(const char *path, Error *err) MUST_USE;
Institution *institution_parse(Str json, Error *err) MUST_USE;
void institution_free(Institution *institution);
OWNED_BY(Institution, institution_free)

const char *institution_id(const Institution *institution);
/* Texts: "names", "ministry", "address", "city", "signatory.role", "signatory.name". */
const LocalText *institution_text(const Institution *institution, const char *name);
const char *institution_phone(const Institution *institution);
const char *institution_email(const Institution *institution);
int institution_utc_offset_minutes(const Institution *institution);
/* "17:00" when it is open at this moment, else "". */
void institution_open_until(const Institution *institution, int64_t wall_ms, char ret[8]);

#endif
