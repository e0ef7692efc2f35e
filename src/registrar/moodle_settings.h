/* What [moodle] of registrar.ini says. */
#ifndef REGISTRAR_MOODLE_SETTINGS_H
#define REGISTRAR_MOODLE_SETTINGS_H

#include "base/settings.h"
#include "registrar/connect/moodle/moodle.h"

/* Whether this university has told of a Moodle. */
bool moodle_is_set(const Settings *settings);
/* Its connector, with the token out of its file.  ERR_ARGUMENT with the setting's name for one that can't be; as
 * token_file_read.  NULL with *err. */
Moodle *moodle_from_settings(const Settings *settings, Error *err) MUST_USE;

#endif
