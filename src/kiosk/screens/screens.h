/* From model to tree: one file a screen, each a pure function of the model. */
#ifndef KIOSK_SCREENS_SCREENS_H
#define KIOSK_SCREENS_SCREENS_H

#include "kiosk/app/model.h"
#include "kiosk/ui/speech.h"
#include "kiosk/ui/tree.h"

/* Builds the screen that the model is on.  tree is cleared already. */
void screen_build(const Model *model, Tree *tree);
/* Roles and states as they are spoken, in the language of what is on the glass.  Live as long as the texts. */
void screen_speech_words(const Model *model, SpeechWords *ret);

#endif
