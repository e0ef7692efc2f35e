/* A service whose form has a question of every kind: that of the journey form-kinds. */
#ifndef GALLERY_KINDS_H
#define GALLERY_KINDS_H

#include "base/file.h"
#include "kiosk/app/glass.h"

/* The catalogue as the registrar sends it; made once for a whole run of tests. */
static inline const char *kinds_catalogue(void)
{
    static char text[32768];
    Error err = { 0 };
    OWNED_BUF service;

    buf_init(&service, sizeof text - 32);
    if (!text[0] && !file_read(SOURCE_DIR "/tests/journeys/services/form-kinds.json", &service, &err))
        fail_msg("%s", err.text);
    if (!text[0])
        (void)snprintf(text, sizeof text, "{\"services\":[%s]}", buf_text(&service));
    return text;
}

#endif
