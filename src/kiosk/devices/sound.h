/* What the glass lets hear: short tones, and its words read aloud by espeak-ng, a process of its own that gives samples
 * back (DESIGN.md section 10).  A thread; nothing here waits, and a machine without a loudspeaker is silent.
 * The loudspeaker is open only while something sounds and a moment longer, so that a kiosk at rest costs nothing. */
#ifndef KIOSK_DEVICES_SOUND_H
#define KIOSK_DEVICES_SOUND_H

#include "base/language.h"
#include "base/log.h"
#include "kiosk/app/cmd.h"

#define SPEECH_BYTES_MOST 8192 /* of one utterance; more is cut between characters */

typedef struct Sound Sound;

/* speech_program: of espeak-ng; "" or one that is not there: no speech.  log is borrowed for its life. */
Sound *sound_start(const char *speech_program, Log *log, Error *err) MUST_USE;
void sound_stop(Sound *sound);
OWNED_BY(Sound, sound_stop)

/* It can read aloud. */
bool sound_speaks(const Sound *sound);
/* volume 0 (nothing) .. 4.  A tick gives way to whatever sounds; every other cue ends what is being said. */
void sound_cue(Sound *sound, Cue cue, int volume);
/* Ends what is being said and says this.  The words go through a pipe, never onto a command line, and are wiped. */
void sound_say(Sound *sound, Language language, Str words, int volume);
void sound_hush(Sound *sound);

#endif
