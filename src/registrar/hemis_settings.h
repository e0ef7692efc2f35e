/* What [hemis] of registrar.ini says. */
#ifndef REGISTRAR_HEMIS_SETTINGS_H
#define REGISTRAR_HEMIS_SETTINGS_H

#include "base/settings.h"
#include "registrar/connect/hemis/hemis.h"

/* Whether this university has told of a HEMIS. */
bool hemis_is_set(const Settings *settings);
/* Its connector, which copies what it needs.  utc_offset_minutes: the institution's.  ERR_ARGUMENT with the setting's
 * name for one that can't be.  NULL with *err. */
Hemis *hemis_from_settings(const Settings *settings, int utc_offset_minutes, Error *err) MUST_USE;

#endif
