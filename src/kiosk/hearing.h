/* What the glass lets hear, from the model and from what is on the glass: a tone for what has happened, and, while the
 * student listens, the words of a new screen, of what has the focus, and of what is typed. */
#ifndef KIOSK_HEARING_H
#define KIOSK_HEARING_H

#include "kiosk/app/model.h"
#include "kiosk/devices/sound.h"
#include "kiosk/ui/ui.h"

typedef struct Hearing {
    Sound *sound;    /* borrowed; NULL: nothing is heard */
    uint32_t cue;    /* the last that was given */
    uint64_t screen; /* hash of the screen that was read aloud; 0: none */
    uint64_t focus;  /* ... and of what had the focus */
} Hearing;

/* After each new tree. */
void hearing_follow(Hearing *hearing, const Model *model, const Ui *ui);
/* A finger has come down on something that can be touched. */
void hearing_tick(const Hearing *hearing, const Model *model);
/* What was typed, a character or a few; a star where it is secret. */
void hearing_typed(const Hearing *hearing, const Model *model, const Ui *ui, const char *text);
/* The screen is read aloud again from its title. */
void hearing_repeat(Hearing *hearing, const Model *model, const Ui *ui);

#endif
