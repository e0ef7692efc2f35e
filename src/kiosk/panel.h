/* The kiosk's glass: the window and the toolkit in it, shown as the model says it is wanted. */
#ifndef KIOSK_PANEL_H
#define KIOSK_PANEL_H

#include <SDL.h>

#include "base/log.h"
#include "base/settings.h"
#include "kiosk/app/model.h"
#include "kiosk/options.h"
#include "kiosk/ui/ui.h"

typedef struct Panel {
    SDL_Window *window;
    Ui *ui;
    UiConfig shown; /* what ui was told last */
    bool covers;    /* the window is to cover the display, and only lies over it yet */
    char themes[GLASS_THEME_COUNT][1024];
} Panel;

/* clock is borrowed for the panel's life.  On failure panel_close still ends what was opened. */
bool panel_open(Panel *panel, const Options *options, const Settings *settings, const Clock *clock,
                Error *err) MUST_USE;
void panel_close(Panel *panel);
/* Text size, theme, hand, brand as the model has them now.  What can't be had stays as it was, and is logged. */
void panel_follow(Panel *panel, const Model *model, Log *log);
/* The tree of the screen that the model is on. */
void panel_build(Panel *panel, const Model *model);
/* Paints what differs and presents it. */
void panel_show(Panel *panel);

#endif
