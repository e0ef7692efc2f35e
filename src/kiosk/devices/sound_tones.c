#include "kiosk/devices/sound_tones.h"

#include <math.h>

#include "base/macros.h"

#define TAU       6.28318530717958648
#define LOUDEST   9000.0 /* of 32767: clear beside speech, never shrill */
#define ATTACK_MS 4

typedef struct Note {
    int hertz; /* 0: a rest */
    int ms;
} Note;

/* A tick is felt rather than heard.  The others differ in direction, so that they tell apart without pitch: rising is
 * good, falling is not, twice the same asks. */
static const struct {
    Note notes[4];
    double loud;
} tones[] = {
    [CUE_NONE] = { { { 0, 0 } }, 0 },
    [CUE_TICK] = { { { 1700, 14 } }, 0.35 },
    [CUE_NEEDS_YOU] = { { { 880, 160 }, { 0, 60 }, { 880, 160 } }, 1 },
    [CUE_DONE] = { { { 523, 110 }, { 659, 110 }, { 784, 220 } }, 0.9 },
    [CUE_COULD_NOT] = { { { 440, 180 }, { 330, 300 } }, 0.9 },
};
static_assert(COUNT(tones) == CUE_COUNT, "one tone per cue");

static const double loudness[] = { 0, 0.25, 0.5, 0.75, 1 };

static int held(int volume)
{
    return volume < 0 ? 0 : volume > 4 ? 4 : volume;
}

static size_t add_note(const Note *note, double loud, int16_t *samples, size_t room)
{
    size_t count = (size_t)note->ms * SOUND_RATE / 1000;
    size_t attack = (size_t)ATTACK_MS * SOUND_RATE / 1000;

    if (count > room)
        count = room;
    for (size_t i = 0; i < count; i++) {
        double rise = i < attack ? (double)i / (double)attack : 1;
        double fall = 1 - (double)i / (double)count;
        double wave = sin(TAU * note->hertz * (double)i / SOUND_RATE);
        samples[i] = (int16_t)lround(LOUDEST * loud * rise * fall * fall * wave);
    }
    return count;
}

size_t sound_tone(Cue cue, int volume, int16_t samples[TONE_FRAMES_MOST])
{
    size_t count = 0;

    for (size_t i = 0; i < COUNT(tones[cue].notes); i++)
        count += add_note(&tones[cue].notes[i], tones[cue].loud * loudness[held(volume)], samples + count,
                          TONE_FRAMES_MOST - count);
    return count;
}

void sound_scale(int16_t *samples, size_t count, int volume)
{
    double by = loudness[held(volume)];

    for (size_t i = 0; i < count; i++)
        samples[i] = (int16_t)lround(samples[i] * by);
}
