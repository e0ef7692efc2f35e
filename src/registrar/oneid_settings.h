/* What [oneid] of registrar.ini says. */
#ifndef REGISTRAR_ONEID_SETTINGS_H
#define REGISTRAR_ONEID_SETTINGS_H

#include "base/settings.h"
#include "registrar/connect/oneid/oneid.h"

/* Whether OneID has given this university a client. */
bool oneid_is_set(const Settings *settings);
/* Its connector, with the secret out of its file.  ERR_ARGUMENT with the setting's name for one that can't be; as
 * token_file_read.  NULL with *err. */
OneId *oneid_from_settings(const Settings *settings, Error *err) MUST_USE;

#endif
