/* Tones and speech as samples: SDL's "disk" driver writes down what a loudspeaker would get. */
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "kiosk/devices/sound.h"
#include "kiosk/devices/sound_tones.h"

#include "net/child.h"

#define ESPEAK   "/usr/bin/espeak-ng"
#define HEARD_MS 20000

static int loudest(const int16_t *samples, size_t count)
{
    int most = 0;

    for (size_t i = 0; i < count; i++)
        most = abs(samples[i]) > most ? abs(samples[i]) : most;
    return most;
}

static void tones_are_told_apart_and_follow_the_volume(void **state)
{
    static int16_t tones[CUE_COUNT][TONE_FRAMES_MOST], quiet[TONE_FRAMES_MOST];

    (void)state;
    for (int cue = CUE_TICK; cue < CUE_COUNT; cue++) {
        size_t count = sound_tone((Cue)cue, 4, tones[cue]);
        assert_in_range(count, SOUND_RATE / 100, TONE_FRAMES_MOST);
        assert_in_range(loudest(tones[cue], count), 1000, 12000);
        assert_in_range(abs(tones[cue][count - 1]), 0, 300); /* ends without a click */
        assert_int_equal(sound_tone((Cue)cue, 2, quiet), count);
        int half = loudest(tones[cue], count) / 2;
        assert_in_range(loudest(quiet, count), half - 2, half + 2);
        for (int other = CUE_TICK; other < cue; other++)
            assert_true(memcmp(tones[cue], tones[other], sizeof tones[cue]) != 0);
    }
    assert_int_equal(sound_tone(CUE_NONE, 4, tones[0]), 0);
    assert_int_equal(loudest(quiet, sound_tone(CUE_DONE, 0, quiet)), 0);
}

typedef struct Heard {
    char path[64];
    Sound *sound;
    Log *log;
    Clock clock;
} Heard;

static void open_ears(Heard *heard, const char *program)
{
    Error err = { 0 };
    static unsigned nth;

    (void)snprintf(heard->path, sizeof heard->path, "heard-%d-%u.raw", (int)getpid(), nth++);
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", heard->path, 1);
    setenv("SDL_DISKAUDIODELAY", "1", 1);
    heard->clock = clock_system();
    heard->log = log_new(STDERR_FILENO, LOG_ERROR, false, &heard->clock);
    heard->sound = sound_start(program, heard->log, &err);
    assert_non_null(heard->sound);
}

/* Seconds of sound so far that were not silence. */
static double heard_so_far(const Heard *heard)
{
    OWNED_BUF buf;
    size_t loud = 0;

    buf_init(&buf, 1u << 30);
    if (!file_read(heard->path, &buf, NULL))
        return 0;
    for (size_t i = 0; i + 1 < buf.len; i += 2) {
        int16_t sample;
        memcpy(&sample, buf.data + i, sizeof sample);
        loud += abs(sample) > 60;
    }
    return (double)loud / SOUND_RATE;
}

static bool is_silent_for_a_while(const Heard *heard)
{
    double then = heard_so_far(heard);

    usleep(300000);
    return heard_so_far(heard) == then;
}

static double close_ears(Heard *heard)
{
    sound_stop(heard->sound);
    log_free(heard->log);
    double loud = heard_so_far(heard);
    unlink(heard->path);
    return loud;
}

static void a_tone_reaches_the_loudspeaker(void **state)
{
    Heard heard;

    (void)state;
    open_ears(&heard, "");
    assert_false(sound_speaks(heard.sound));
    sound_cue(heard.sound, CUE_DONE, 4);
    assert_true(TEST_UNTIL(HEARD_MS, heard_so_far(&heard) > 0.1));
    double loud = close_ears(&heard);
    assert_true(loud < 1);
}

static void silence_is_silent(void **state)
{
    Heard heard;

    (void)state;
    open_ears(&heard, ESPEAK);
    sound_cue(heard.sound, CUE_DONE, 0);
    sound_say(heard.sound, LANGUAGE_RU, STR("Тишина"), 0);
    sound_say(heard.sound, LANGUAGE_RU, STR(""), 4);
    usleep(200000);
    assert_true(access(heard.path, F_OK) != 0); /* no loudspeaker was ever opened */
    assert_true(close_ears(&heard) == 0.0);
}

static void every_language_is_read_aloud(void **state)
{
    static const struct {
        Language language;
        Str words;
    } cases[] = {
        { LANGUAGE_UZ, { "Oʻqish joyidan maʼlumotnoma, tugma", 37 } },
        { LANGUAGE_UZ_CYRL, { "Ўқиш жойидан маълумотнома", 48 } },
        { LANGUAGE_RU, { "Справка с места учёбы", 39 } },
        { LANGUAGE_EN, { "Certificate of study, button", 28 } },
    };

    (void)state;
    if (access(ESPEAK, X_OK) != 0)
        skip();
    for (size_t i = 0; i < COUNT(cases); i++) {
        Heard heard;
        open_ears(&heard, ESPEAK);
        assert_true(sound_speaks(heard.sound));
        sound_say(heard.sound, cases[i].language, cases[i].words, 4);
        (void)TEST_UNTIL(HEARD_MS, heard_so_far(&heard) >= 0.5);
        double loud = close_ears(&heard);
        if (loud < 0.5 || loud > 10)
            fail_msg("%s: %.2f s of sound", language_tag(cases[i].language), loud);
    }
}

static void the_next_key_ends_what_is_said(void **state)
{
    static const char sentence[] = "This is a long sentence that nobody wants to hear to its end, for they know it. ";
    OWNED_BUF text;
    Heard heard;

    (void)state;
    if (access(ESPEAK, X_OK) != 0)
        skip();
    buf_init(&text, 1u << 20);
    for (int i = 0; i < 60; i++)
        buf_add_text(&text, sentence);
    open_ears(&heard, ESPEAK);
    sound_say(heard.sound, LANGUAGE_EN, buf_str(&text), 4);
    assert_true(TEST_UNTIL(HEARD_MS, heard_so_far(&heard) > 0.5));
    sound_hush(heard.sound);
    assert_true(TEST_UNTIL(HEARD_MS, is_silent_for_a_while(&heard)));
    double then = heard_so_far(&heard);
    sound_say(heard.sound, LANGUAGE_EN, STR("Yes"), 4);
    assert_true(TEST_UNTIL(HEARD_MS, heard_so_far(&heard) > then + 0.1));
    double loud = close_ears(&heard);
    assert_true(then < 60 && loud < then + 2); /* read to its end it is some minutes */
}

/* --- a program for speech that is not what it should be ----------------------------------------------------------- */

/* A shell script in place of espeak-ng; ret: its path. */
static void write_program(const char *lines, char ret[64])
{
    static unsigned nth;

    (void)snprintf(ret, 64, "./speaker-%d-%u", (int)getpid(), nth++);
    FILE *file = fopen(ret, "w");
    assert_non_null(file);
    assert_true(fprintf(file, "#!/bin/sh\n%s\n", lines) > 0 && fclose(file) == 0 && chmod(ret, 0700) == 0);
}

static int64_t now_ms(void)
{
    Clock clock = clock_system();

    return clock_monotonic_ms(&clock);
}

/* As many words as go to it at once. */
static void say_much(Sound *sound)
{
    char words[SPEECH_BYTES_MOST];

    memset(words, 'a', sizeof words);
    sound_say(sound, LANGUAGE_EN, (Str){ words, sizeof words }, 4);
}

static void a_bad_program_holds_nobody_up(void **state)
{
    static const struct {
        const char *name, *lines;
    } cases[] = {
        { "never reads, says nothing", "exec sleep 60" },
        { "closes its input", "exec <&-; exec sleep 60" },
        { "closes its output and stays", "exec >&-; exec sleep 60" },
        { "floods", "exec cat /dev/urandom" },
        { "dies at once", "exit 1" },
        { "is killed", "kill -9 $$" },
        { "half a header", "printf RIFF; exec sleep 60" },
        { "an odd byte", "head -c 45 /dev/zero; exec sleep 60" },
        { "is no program", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char program[64];
        Heard heard;
        write_program(cases[i].lines, program);
        open_ears(&heard, program);
        for (int n = 0; n < 3; n++) {
            say_much(heard.sound);
            usleep(100000);
        }
        int64_t began = now_ms();
        sound_hush(heard.sound);
        close_ears(&heard);
        unlink(program);
        if (now_ms() - began > 2000)
            fail_msg("%s: it took %lld ms to stop", cases[i].name, (long long)(now_ms() - began));
    }
}

/* More is ordered than can wait, and then nobody listens any more. */
static void a_hush_is_never_lost(void **state)
{
    char program[64];
    Heard heard;

    (void)state;
    write_program("exec cat /dev/urandom", program);
    open_ears(&heard, program);
    for (int i = 0; i < 500; i++)
        sound_say(heard.sound, LANGUAGE_EN, STR("nobody's"), 4);
    sound_hush(heard.sound);
    usleep(500000);
    double then = heard_so_far(&heard);
    usleep(500000);
    assert_true(heard_so_far(&heard) == then);
    close_ears(&heard);
    unlink(program);
}

static void a_thousand_touches_a_second(void **state)
{
    Heard heard;

    (void)state;
    open_ears(&heard, access(ESPEAK, X_OK) == 0 ? ESPEAK : "");
    int64_t longest = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t began = now_ms();
        sound_hush(heard.sound);
        sound_cue(heard.sound, CUE_TICK, 4);
        sound_say(heard.sound, LANGUAGE_UZ, STR("Orqaga, tugma"), 4);
        longest = now_ms() - began > longest ? now_ms() - began : longest;
        usleep(1000);
    }
    int64_t began = now_ms();
    sound_hush(heard.sound);
    close_ears(&heard);
    assert_in_range(now_ms() - began, 0, 2000);
    assert_in_range(longest, 0, 250);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tones_are_told_apart_and_follow_the_volume),
        cmocka_unit_test(a_tone_reaches_the_loudspeaker),
        cmocka_unit_test(silence_is_silent),
        cmocka_unit_test(every_language_is_read_aloud),
        cmocka_unit_test(the_next_key_ends_what_is_said),
        cmocka_unit_test(a_bad_program_holds_nobody_up),
        cmocka_unit_test(a_hush_is_never_lost),
        cmocka_unit_test(a_thousand_touches_a_second),
    };

    signal(SIGPIPE, SIG_IGN); /* as the kiosk has it */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
