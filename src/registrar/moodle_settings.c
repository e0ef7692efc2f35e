#include "registrar/moodle_settings.h"

#include "base/memory.h"
#include "registrar/token_file.h"

bool moodle_is_set(const Settings *settings)
{
    return settings_text(settings, "moodle.address")[0] != '\0';
}

Moodle *moodle_from_settings(const Settings *settings, Error *err)
{
    const char *ca = settings_text(settings, "moodle.ca"), *file = settings_text(settings, "moodle.token");
    char token[MOODLE_TOKEN_SIZE];
    const MoodleConfig config = {
        .address = settings_text(settings, "moodle.address"),
        .ca_file = ca[0] ? ca : NULL,
        .token = token,
        .match = settings_text(settings, "moodle.match"),
        .deadline_ms = (int)settings_number(settings, "moodle.deadline_ms"),
        .connections = (int)settings_number(settings, "moodle.connections"),
        .days_ahead = (int)settings_number(settings, "moodle.days_ahead"),
        .clock = clock_system(),
    };

    if (!file[0]) {
        error_set(err, ERR_ARGUMENT, "[moodle] has an address and no token: name the file that holds it");
        return NULL;
    }
    if (!token_file_read(file, "Moodle's web-service token", token, sizeof token, err))
        return NULL;
    Moodle *moodle = moodle_new(&config, err);
    mem_wipe(token, sizeof token);
    return moodle;
}
