#include "registrar/hemis_settings.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/token_file.h"

#define HEMIS_SECRET_SIZE 200

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

/* The secret of our client at HEMIS; a client without one, or the other way round, is a mistake. */
static bool read_client(const Settings *settings, HemisConfig *config, char secret[HEMIS_SECRET_SIZE], Error *err)
{
    const char *client = settings_text(settings, "hemis.oauth_client");
    const char *file = settings_text(settings, "hemis.oauth_secret");

    if (!client[0] != !file[0])
        return error_set(err, ERR_ARGUMENT, "hemis.oauth_client and hemis.oauth_secret go together");
    if (!client[0])
        return true;
    config->oauth_client = client;
    config->oauth_secret = secret;
    return token_file_read(file, "the secret of HEMIS's client", secret, HEMIS_SECRET_SIZE, err);
}

Hemis *hemis_from_settings(const Settings *settings, int utc_offset_minutes, Error *err)
{
    const char *ca = settings_text(settings, "hemis.ca");
    char secret[HEMIS_SECRET_SIZE] = "";
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
        !either(settings, "hemis.semester", "semester", "_semester", &config.semester_underscored, err) ||
        !read_client(settings, &config, secret, err))
        return NULL;
    Hemis *hemis = hemis_new(&config, err);
    mem_wipe(secret, sizeof secret);
    return hemis;
}
