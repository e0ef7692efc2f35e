#include "registrar/hemis_settings.h"

#include <string.h>

bool hemis_is_set(const Settings *settings)
{
    return settings_text(settings, "hemis.address")[0] != '\0';
}

/* One of two words, the second of which is the true one. */
static bool either(const Settings *settings, const char *name, const char *no, const char *yes, bool *ret, Error *err)
{
    const char *text = settings_text(settings, name);

    *ret = strcmp(text, yes) == 0;
    return *ret || strcmp(text, no) == 0 || error_set(err, ERR_ARGUMENT, "%s is %s or %s", name, no, yes);
}

Hemis *hemis_from_settings(const Settings *settings, int utc_offset_minutes, Error *err)
{
    const char *ca = settings_text(settings, "hemis.ca");
    HemisConfig config = {
        .address = settings_text(settings, "hemis.address"),
        .ca_file = ca[0] ? ca : NULL,
        .deadline_ms = (int)settings_number(settings, "hemis.deadline_ms"),
        .sign_in_ms = (int)settings_number(settings, "hemis.sign_in_ms"),
        .connections = (int)settings_number(settings, "hemis.connections"),
        .utc_offset_minutes = utc_offset_minutes,
        .mark_least = { (int)settings_number(settings, "hemis.mark_5"), (int)settings_number(settings, "hemis.mark_4"),
                        (int)settings_number(settings, "hemis.mark_3") },
        .clock = clock_system(),
    };

    if (!either(settings, "hemis.dates", "utc", "local", &config.dates_are_local, err) ||
        !either(settings, "hemis.excused", "absent_on", "absent_off", &config.absent_off_excused, err) ||
        !either(settings, "hemis.semester", "semester", "_semester", &config.semester_underscored, err))
        return NULL;
    return hemis_new(&config, err);
}
