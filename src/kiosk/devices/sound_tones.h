/* The tones as samples. */
#ifndef KIOSK_DEVICES_SOUND_TONES_H
#define KIOSK_DEVICES_SOUND_TONES_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/app/cmd.h"

#define SOUND_RATE       22050 /* samples a second; espeak-ng's own */
#define TONE_FRAMES_MOST (SOUND_RATE * 3 / 4)

/* Writes the cue's samples (mono) at volume 0..4; returns how many. */
size_t sound_tone(Cue cue, int volume, int16_t samples[TONE_FRAMES_MOST]);
/* Samples at volume 4 to the volume wanted, in place. */
void sound_scale(int16_t *samples, size_t count, int volume);

#endif
