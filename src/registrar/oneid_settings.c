#include "registrar/oneid_settings.h"

#include "base/memory.h"
#include "registrar/token_file.h"

#define SECRET_SIZE 400

bool oneid_is_set(const Settings *settings)
{
    return settings_text(settings, "oneid.client")[0] != '\0';
}

OneId *oneid_from_settings(const Settings *settings, Error *err)
{
    const char *ca = settings_text(settings, "oneid.ca"), *file = settings_text(settings, "oneid.secret");
    const char *scope = settings_text(settings, "oneid.scope"), *client = settings_text(settings, "oneid.client");
    char secret[SECRET_SIZE];
    const OneIdConfig config = {
        .address = settings_text(settings, "oneid.address"),
        .ca_file = ca[0] ? ca : NULL,
        .client = client,
        .secret = secret,
        .scope = scope[0] ? scope : client,
        .deadline_ms = (int)settings_number(settings, "oneid.deadline_ms"),
        .connections = (int)settings_number(settings, "oneid.connections"),
        .clock = clock_system(),
    };

    if (!file[0]) {
        (void)error_set(err, ERR_ARGUMENT, "[oneid] has a client and no secret: name the file that holds it");
        return NULL;
    }
    if (!token_file_read(file, "the secret of OneID's client", secret, sizeof secret, err))
        return NULL;
    OneId *oneid = oneid_new(&config, err);
    mem_wipe(secret, sizeof secret);
    return oneid;
}
