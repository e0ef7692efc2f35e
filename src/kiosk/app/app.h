/* The kiosk's behaviour: one pure function.  No clock, no randomness, no I/O: the same messages give the same model. */
#ifndef KIOSK_APP_APP_H
#define KIOSK_APP_APP_H

#include "base/texts.h"
#include "kiosk/app/cmd.h"
#include "kiosk/app/model.h"
#include "kiosk/app/msg.h"

typedef struct AppConfig {
    const Texts *texts;                      /* borrowed for the model's life */
    const char *institution[LANGUAGE_COUNT]; /* names, for the strip */
    const char *place;                       /* where the kiosk stands; the registrar's heartbeat may say better */
    int utc_offset_minutes;
    int64_t built_s;              /* a clock before it is wrong */
    Language language;            /* of the attract screen */
    GlassSettings glass;          /* the kiosk's own way; all zero: text at 100 %, light, silent */
    int evening_from, evening_to; /* minutes of the day; equal: light stays light */
    bool speaks;                  /* it can read aloud */
    bool scans;                   /* it has a scanner: what it reads are cards */
    bool display;                 /* the hall's screen: nobody touches it */
    bool out_of_service;
    int64_t wall_ms;   /* now, Unix ms */
    int width, height; /* of the glass, pixels; 0: MSG_WINDOW tells */
    float pixels_per_mm;
    const char *version; /* of this program, for the heartbeat; NULL: not told */
} AppConfig;

void app_init(Model *model, const AppConfig *config);
/* Drops what the model owns and wipes it. */
void app_fini(Model *model);
/* Takes what msg owns.  Appends at most CMDS_MOST commands, which the caller runs in order and ends with cmd_fini. */
void app_update(Model *model, Msg *msg, CmdList *cmds);
/* When MSG_TICK is due, monotonic ms; INT64_MAX: never.  No constant tick: an idle kiosk sleeps. */
int64_t app_next_wake(const Model *model);
/* Stable name of the screen: "attract", "sign-in", "home", "service", "form", "review", "preview", "printing", "done",
 * "fault", "still-there", "out-of-service"; for scripts. */
const char *app_screen_name(const Model *model);
/* What the letters of the keyboard on the glass are now, for keyboard_text (acts.h). */
LetterCase app_letter_case(const Model *model);

#endif
