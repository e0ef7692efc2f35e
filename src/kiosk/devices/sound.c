#include "kiosk/devices/sound.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <SDL.h>

#include "base/memory.h"
#include "base/queue.h"
#include "kiosk/devices/sound_tones.h"

#define ORDERS_MOST    32
#define AHEAD_BYTES    (SOUND_RATE * 2 * 5) /* so much speech is made before it is heard */
#define AHEAD_LOOK_MS  500
#define DUMB_MOST_MS   10000 /* a speaker that says nothing for so long hangs, and keeps the loudspeaker open */
#define OPEN_MORE_MS   1500  /* the loudspeaker stays open after the last sound: the next touch is heard at once */
#define WAV_HEADER     44    /* espeak-ng writes the canonical one */
#define WORDS_A_MINUTE "165"

typedef enum OrderKind { ORDER_CUE, ORDER_SAY, ORDER_HUSH, ORDER_STOP } OrderKind;

typedef struct Order {
    OrderKind kind;
    Cue cue;
    int volume;
    Language language;
    char *words; /* owned; ORDER_SAY alone */
} Order;

typedef struct Speaker { /* espeak-ng at work */
    pid_t pid;           /* 0: none */
    int samples;         /* read end */
    size_t header;       /* bytes of it that are still to come */
    uint8_t odd;         /* half a sample */
    bool has_odd;
    int volume;
} Speaker;

static void order_fini(Order *order)
{
    if (order->words)
        mem_free_wiped(order->words, strlen(order->words));
}

struct Sound {
    Log *log;
    char program[256];
    bool speaks;
    Queue *orders;
    int bell; /* eventfd: an order waits */
    pthread_t thread;
    bool running;
    /* of the thread alone */
    SDL_AudioDeviceID device;
    bool silent; /* no loudspeaker: told once */
    bool says;   /* what is queued is speech */
    Speaker speaker;
};

static void ring(void *ctx)
{
    uint64_t one = 1;
    Sound *sound = ctx;

    while (write(sound->bell, &one, sizeof one) < 0 && errno == EINTR)
        ;
}

/* --- loudspeaker ------------------------------------------------------------------------------------------------- */

/* The whole of SDL's audio comes and goes with the device: its watch for new devices would wake the kiosk ten times a
 * second for as long as it is there. */
static bool open_loudspeaker(Sound *sound)
{
    SDL_AudioSpec want = { .freq = SOUND_RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = 512 };

    if (sound->device)
        return true;
    if (sound->silent)
        return false;
    bool audio = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    sound->device = audio ? SDL_OpenAudioDevice(NULL, 0, &want, NULL, 0) : 0;
    if (!sound->device) {
        LOG(sound->log, LOG_WARN, EVENT_SOUND_FAILED);
        sound->silent = true;
        if (audio)
            SDL_QuitSubSystem(SDL_INIT_AUDIO);
        return false;
    }
    SDL_PauseAudioDevice(sound->device, 0);
    return true;
}

static void close_loudspeaker(Sound *sound)
{
    if (!sound->device)
        return;
    SDL_ClearQueuedAudio(sound->device);
    SDL_CloseAudioDevice(sound->device);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    sound->device = 0;
}

/* --- speech ------------------------------------------------------------------------------------------------------- */

/* Always by force: who has closed its samples may live on, and is waited for here. */
static void end_speaker(Speaker *speaker)
{
    if (!speaker->pid)
        return;
    kill(speaker->pid, SIGKILL);
    while (waitpid(speaker->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close(speaker->samples);
    mem_wipe(speaker, sizeof *speaker);
}

static bool spawn_speaker(const Sound *sound, Language language, int words, int samples, pid_t *ret_pid)
{
    char voice[16];
    char *const argv[] = { (char *)(uintptr_t)sound->program,
                           (char *)(uintptr_t) "-v",
                           voice,
                           (char *)(uintptr_t) "-s",
                           (char *)(uintptr_t)WORDS_A_MINUTE,
                           (char *)(uintptr_t) "--stdin",
                           (char *)(uintptr_t) "--stdout",
                           NULL };
    char *const env[] = { (char *)(uintptr_t) "LC_ALL=C.UTF-8", NULL };
    posix_spawn_file_actions_t files;
    bool ok;

    Str tag = str_from(language_tag(language));
    str_copy_cut(str_split(&tag, '-'), voice, sizeof voice);
    if (posix_spawn_file_actions_init(&files) != 0)
        return false;
    ok = posix_spawn_file_actions_adddup2(&files, words, STDIN_FILENO) == 0 &&
         posix_spawn_file_actions_adddup2(&files, samples, STDOUT_FILENO) == 0 &&
         posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
         posix_spawn(ret_pid, sound->program, &files, NULL, argv, env) == 0;
    posix_spawn_file_actions_destroy(&files);
    return ok;
}

/* A pipe holds more than SPEECH_BYTES_MOST, or less where its user has many: what does not fit is not said, since this
 * never waits for espeak-ng. */
static void hand_over(int words, const char *text)
{
    size_t left = strlen(text);

    while (left > 0) {
        ssize_t n = write(words, text, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        text += n;
        left -= (size_t)n;
    }
}

static void say(Sound *sound, const Order *order)
{
    int words[2], samples[2];
    pid_t pid;

    if (!sound->speaks || order->volume <= 0 || !order->words || !open_loudspeaker(sound))
        return;
    if (pipe2(words, O_CLOEXEC) != 0)
        return;
    if (fcntl(words[1], F_SETFL, O_NONBLOCK) != 0 || pipe2(samples, O_CLOEXEC) != 0) {
        close(words[0]);
        close(words[1]);
        return;
    }
    bool ok = spawn_speaker(sound, order->language, words[0], samples[1], &pid);
    close(words[0]);
    close(samples[1]);
    if (ok)
        hand_over(words[1], order->words);
    close(words[1]);
    if (ok)
        sound->speaker = (Speaker){ .pid = pid, .samples = samples[0], .header = WAV_HEADER, .volume = order->volume };
    else {
        close(samples[0]);
        LOG(sound->log, LOG_WARN, EVENT_SPEECH_FAILED);
    }
}

/* Bytes of a WAV stream to the loudspeaker: without its header, whole samples, at the volume wanted. */
static void play(Sound *sound, const uint8_t *bytes, size_t count)
{
    Speaker *speaker = &sound->speaker;
    int16_t samples[2049];
    uint8_t *raw = (uint8_t *)samples;
    size_t skipped = count < speaker->header ? count : speaker->header;
    size_t len = 0;

    speaker->header -= skipped;
    if (speaker->has_odd)
        raw[len++] = speaker->odd;
    memcpy(raw + len, bytes + skipped, count - skipped);
    len += count - skipped;
    speaker->has_odd = len % 2 != 0;
    if (speaker->has_odd)
        speaker->odd = raw[len - 1];
    sound_scale(samples, len / 2, speaker->volume);
    sound->says |= len / 2 > 0;
    if (len / 2 > 0)
        SDL_QueueAudio(sound->device, samples, (Uint32)(len / 2 * 2));
    mem_wipe(samples, sizeof samples);
}

static void read_samples(Sound *sound)
{
    uint8_t bytes[4096];
    ssize_t n = read(sound->speaker.samples, bytes, sizeof bytes);

    if (n > 0)
        play(sound, bytes, (size_t)n);
    else if (n == 0 || errno != EINTR)
        end_speaker(&sound->speaker);
    mem_wipe(bytes, sizeof bytes);
}

/* --- thread ------------------------------------------------------------------------------------------------------- */

static void hush(Sound *sound)
{
    end_speaker(&sound->speaker);
    if (sound->device)
        SDL_ClearQueuedAudio(sound->device);
    sound->says = false;
}

/* What was being said ends; a tone before the next words is heard out. */
static void hush_speech(Sound *sound)
{
    if (sound->says)
        hush(sound);
    end_speaker(&sound->speaker);
}

static void cue(Sound *sound, const Order *order)
{
    int16_t samples[TONE_FRAMES_MOST];
    bool busy = sound->speaker.pid || (sound->device && SDL_GetQueuedAudioSize(sound->device) > 0);

    if (order->volume <= 0 || (order->cue == CUE_TICK && busy) || !open_loudspeaker(sound))
        return;
    if (order->cue != CUE_TICK)
        hush(sound);
    size_t count = sound_tone(order->cue, order->volume, samples);
    SDL_QueueAudio(sound->device, samples, (Uint32)(count * sizeof samples[0]));
}

/* False: it is over. */
static bool carry_out(Sound *sound, Order *order)
{
    switch (order->kind) {
    case ORDER_CUE: cue(sound, order); break;
    case ORDER_SAY:
        hush_speech(sound);
        say(sound, order);
        break;
    case ORDER_HUSH: hush(sound); break;
    case ORDER_STOP: return false;
    }
    order_fini(order);
    return true;
}

static bool take_orders(Sound *sound)
{
    uint64_t rung;
    Order order;

    while (read(sound->bell, &rung, sizeof rung) < 0 && errno == EINTR)
        ;
    while (queue_pop(sound->orders, &order, 0))
        if (!carry_out(sound, &order))
            return false;
    return true;
}

/* How long nothing can happen by itself; -1: nothing sounds, until somebody orders something. */
static int sleep_ms(const Sound *sound, bool reads)
{
    if (!sound->device)
        return -1;
    if (sound->speaker.pid)
        return reads ? DUMB_MOST_MS : AHEAD_LOOK_MS;
    return OPEN_MORE_MS;
}

static void *run(void *ctx)
{
    Sound *sound = ctx;

    for (;;) {
        Uint32 ahead = sound->device ? SDL_GetQueuedAudioSize(sound->device) : 0;
        bool reads = sound->speaker.pid && ahead < AHEAD_BYTES;
        struct pollfd fds[] = { { sound->bell, POLLIN, 0 }, { sound->speaker.samples, POLLIN, 0 } };
        int count = poll(fds, reads ? 2 : 1, sleep_ms(sound, reads));
        if (count < 0 && errno != EINTR)
            break;
        if (count == 0 && reads)
            end_speaker(&sound->speaker);
        else if (count == 0 && !sound->speaker.pid && ahead == 0)
            close_loudspeaker(sound);
        if (count > 0 && fds[0].revents && !take_orders(sound))
            break;
        else if (count > 0 && !fds[0].revents && reads)
            read_samples(sound);
    }
    hush(sound);
    close_loudspeaker(sound);
    SDL_TLSCleanup(); /* the thread is not SDL's own */
    return NULL;
}

/* --- face --------------------------------------------------------------------------------------------------------- */

static void give(Sound *sound, Order order)
{
    if (!sound || !queue_push(sound->orders, &order))
        order_fini(&order);
}

void sound_cue(Sound *sound, Cue cue, int volume)
{
    if (cue != CUE_NONE && volume > 0)
        give(sound, (Order){ .kind = ORDER_CUE, .cue = cue, .volume = volume });
}

/* espeak-ng's Uzbek voice spells a word with a tutuq (U+02BC, in Cyrillic a hard sign) letter by letter; the ASCII
 * apostrophe it knows. */
static void add_spoken(Buf *buf, Language language, Str words)
{
    bool uzbek = str_starts(str_from(language_tag(language)), STR("uz"));

    while (words.len > 0 && buf->len + 4 < SPEECH_BYTES_MOST) {
        uint32_t c = utf8_next(&words);
        buf_add_char(buf, uzbek && (c == 0x02BC || c == 0x044A) ? '\'' : c);
    }
}

void sound_say(Sound *sound, Language language, Str words, int volume)
{
    Buf spoken;

    if (!sound || !sound->speaks || words.len == 0 || volume <= 0)
        return;
    buf_init(&spoken, SPEECH_BYTES_MOST);
    add_spoken(&spoken, language, words);
    char *copy = buf_take(&spoken, NULL);
    if (!copy)
        return;
    give(sound, (Order){ .kind = ORDER_SAY, .volume = volume, .language = language, .words = copy });
}

static void forget_orders(Sound *sound)
{
    Order order;

    while (sound && sound->orders && queue_pop(sound->orders, &order, 0))
        order_fini(&order);
}

/* What waits need not be heard any more, and leaves room: a loudspeaker that takes its time to open loses no hush. */
void sound_hush(Sound *sound)
{
    forget_orders(sound);
    give(sound, (Order){ .kind = ORDER_HUSH });
}

bool sound_speaks(const Sound *sound)
{
    return sound && sound->speaks;
}

Sound *sound_start(const char *speech_program, Log *log, Error *err)
{
    OWNED(Sound) sound = mem_new(1, sizeof *sound);

    if (!sound) {
        error_set(err, ERR_MEMORY, "sound");
        return NULL;
    }
    sound->log = log;
    sound->bell = eventfd(0, EFD_CLOEXEC);
    sound->orders = queue_new(sizeof(Order), ORDERS_MOST);
    sound->speaks = speech_program[0] && str_copy(str_from(speech_program), sound->program, sizeof sound->program) &&
                    access(sound->program, X_OK) == 0;
    if (!sound->orders || sound->bell < 0) {
        error_set(err, ERR_MEMORY, "sound");
        return NULL;
    }
    queue_on_push(sound->orders, ring, sound);
    if (pthread_create(&sound->thread, NULL, run, sound) != 0) {
        error_set(err, ERR_MEMORY, "sound's thread");
        return NULL;
    }
    sound->running = true;
    return steal(&sound);
}

void sound_stop(Sound *sound)
{
    const Order stop = { .kind = ORDER_STOP };

    if (!sound)
        return;
    forget_orders(sound);
    if (sound->running) {
        while (!queue_push(sound->orders, &stop))
            forget_orders(sound);
        pthread_join(sound->thread, NULL);
    }
    queue_free(sound->orders);
    if (sound->bell >= 0)
        close(sound->bell);
    mem_free(sound);
}
