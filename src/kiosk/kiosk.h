/* The kiosk's parts, between main.c (start, loop, stop), input.c (what comes in) and player.c (a script in place of a
 * person).  Nothing else knows them all.  SDL thread only. */
#ifndef KIOSK_KIOSK_H
#define KIOSK_KIOSK_H

#include "base/queue.h"
#include "base/random.h"
#include "base/texts.h"
#include "kiosk/app/app.h"
#include "kiosk/devices/backend_events.h"
#include "kiosk/devices/card.h"
#include "kiosk/devices/printing.h"
#include "kiosk/devices/scanner.h"
#include "kiosk/devices/sound.h"
#include "kiosk/hearing.h"
#include "kiosk/options.h"
#include "kiosk/panel.h"
#include "kiosk/script.h"

typedef struct Kiosk {
    Options options;
    Settings *settings;
    Clock clock;
    Random random;
    Log *log;
    Texts *texts;
    Queue *messages; /* Msg, from devices */
    Backend *backend;
    BackendEvents *events;
    Printing *printing;
    CardReader *cards; /* NULL: this kiosk has none */
    Scanner scanner;   /* where the model says that there is one */
    Sound *sound;
    Panel panel;
    Hearing hearing;
    Script *script;
    Model model;
    bool model_ready;
    int64_t later_ms; /* what a script's "later" added to the clocks */
    Uint32 wake_event, blank_event;
    int events_most;  /* so many of SDL's waited at once */
    bool sweeping;    /* a visit has ended: what the glass and SDL hold of it goes with the next picture */
    bool finger_down; /* one finger counts, or the mouse */
    SDL_FingerID finger;
    bool changed;     /* the model, since the last tree */
    bool answers_due; /* what was asked of the registrar for the glass may still change it */
    bool quit;
    int exit_code;
} Kiosk;

/* input.c */

/* What all time limits go by: the clock, and what a script's "later" added to it. */
int64_t kiosk_monotonic_ms(const Kiosk *kiosk);
/* The loop ends after this turn. */
void kiosk_stop(Kiosk *kiosk, const char *reason, int exit_code);
/* The one way into the model: stamps the message with time and randomness, updates, runs the commands.  Takes what msg
 * owns. */
void kiosk_deliver(Kiosk *kiosk, Msg *msg);
void kiosk_deliver_text(Kiosk *kiosk, const char *text);
/* A control was activated.  Keys of the glass's keyboard become what keys of a real one send. */
void kiosk_deliver_act(Kiosk *kiosk, Send send);
void kiosk_key_down(Kiosk *kiosk, const SDL_Keysym *key);
void kiosk_handle_event(Kiosk *kiosk, const SDL_Event *event);
/* What was held back, in case it is a scan, is given on as typed when its time has come. */
void kiosk_scanner_time(Kiosk *kiosk);
/* For card_start: runs on the reader's thread. */
void kiosk_card_heard(void *ctx, const CardNews *news);

/* player.c */

/* One step of the script; false when it must wait, *ret_look_ms then says until when (the clock's, without "later"). */
bool kiosk_script_steps(Kiosk *kiosk, int64_t *ret_look_ms);

#endif
