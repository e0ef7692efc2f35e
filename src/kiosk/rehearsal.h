/* A visit played inside the program, without devices and without a student: every screen that a catalogue can lead to,
 * with nothing on it and as it usually is.  The self-test shows each; nothing is asked, printed or signed in. */
#ifndef KIOSK_REHEARSAL_H
#define KIOSK_REHEARSAL_H

#include "kiosk/app/app.h"

typedef struct RehearsalPlan {
    const AppConfig *config; /* language and glass are those to be shown */
    Catalogue *catalogue;    /* borrowed; NULL: one service of the program's own */
    struct {
        int width, height;
        float pixels_per_mm;
    } window;
    int64_t wall_ms; /* the clock on the glass */
    /* Told of each picture; place: "form certificate-of-study 2".  False ends the rehearsal. */
    bool (*show)(void *ctx, const Model *model, const char *place);
    void *ctx;
} RehearsalPlan;

/* shown[kind] is set for each screen that was shown.  False with *err: what the program is made of does not work;
 * ERR_CANCELLED when show ended it. */
bool rehearsal_play(const RehearsalPlan *plan, bool shown[SCREEN_COUNT], Error *err) MUST_USE;

#endif
