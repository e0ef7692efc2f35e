/* The kiosk: start, the loop, stop; and the only place where devices meet the rest. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "kiosk/harden.h"
#include "kiosk/kiosk.h"
#include "kiosk/self_test.h"

#define MESSAGES_MOST 256
#define EVENTS_MORE   16 /* SDL's own beside those that it gave us */

/* Other threads put messages into the queue, then wake the loop through SDL's own. */
static void wake(void *ctx)
{
    SDL_Event event = { .type = ((Kiosk *)ctx)->wake_event };

    SDL_PushEvent(&event); /* full: the loop is awake anyway */
}

/* True when a message was there.  A script looks at the glass between any two: what a printer tells may not last. */
static bool deliver_waiting(Kiosk *kiosk)
{
    bool any = false;
    Msg msg;

    while (!kiosk->quit && !(any && kiosk->script) && queue_pop(kiosk->messages, &msg, 0)) {
        kiosk_deliver(kiosk, &msg);
        any = true;
    }
    if (!kiosk->quit && app_next_wake(&kiosk->model) <= kiosk_monotonic_ms(kiosk)) {
        Msg tick = { .kind = MSG_TICK };
        kiosk_deliver(kiosk, &tick);
    }
    return any;
}

/* When the picture after a visit is painted: what is still somewhere though nobody needs it. */
static void sweep(Kiosk *kiosk)
{
    SDL_Event blank = { .type = kiosk->blank_event };

    kiosk->sweeping = false;
    /* SDL keeps the events that it is done with, typed text among them, and writes the next ones over them. */
    for (int i = 0; i < kiosk->events_most + EVENTS_MORE; i++)
        SDL_PushEvent(&blank);
    SDL_FlushEvent(kiosk->blank_event);
    mem_wipe_stack();
}

static void show(Kiosk *kiosk)
{
    if (kiosk->changed) {
        panel_follow(&kiosk->panel, &kiosk->model, kiosk->log);
        panel_build(&kiosk->panel, &kiosk->model);
        kiosk->changed = false;
    }
    panel_show(&kiosk->panel);
    hearing_follow(&kiosk->hearing, &kiosk->model, kiosk->panel.ui);
    if (kiosk->sweeping)
        sweep(kiosk);
}

/* --- loop ------------------------------------------------------------------------------------------------------- */

/* How long nothing can happen by itself. */
static int sleep_ms(const Kiosk *kiosk, int64_t look_ms)
{
    int64_t wake_ms = app_next_wake(&kiosk->model);
    int64_t left_ms = wake_ms == INT64_MAX ? 3600 * 1000 : wake_ms - kiosk_monotonic_ms(kiosk);

    if (look_ms >= 0 && look_ms - clock_monotonic_ms(&kiosk->clock) < left_ms)
        left_ms = look_ms - clock_monotonic_ms(&kiosk->clock);
    const int64_t held_ms = scanner_due(&kiosk->scanner);
    if (held_ms != INT64_MAX && held_ms - clock_monotonic_ms(&kiosk->clock) < left_ms)
        left_ms = held_ms - clock_monotonic_ms(&kiosk->clock);
    int frame_ms = ui_next_frame_ms(kiosk->panel.ui);
    if (frame_ms >= 0 && frame_ms < left_ms)
        left_ms = frame_ms;
    if (left_ms < 0)
        return 0;
    return left_ms > 3600 * 1000 ? 3600 * 1000 : (int)left_ms;
}

static void loop(Kiosk *kiosk)
{
    while (!kiosk->quit) {
        SDL_Event event;
        int64_t look_ms = -1;
        /* In this order: an answer that is owed no more is in the queue before it is asked whether that is empty. */
        bool owed = backend_owes(kiosk->backend) > 0;
        bool delivered = deliver_waiting(kiosk);

        kiosk_scanner_time(kiosk);
        kiosk->answers_due = owed || delivered || backend_owes(kiosk->backend) > 0;
        show(kiosk);
        if (kiosk->script && !kiosk->quit && kiosk_script_steps(kiosk, &look_ms))
            continue;
        bool more = kiosk->script && delivered; /* messages, perhaps */
        if (kiosk->quit || !SDL_WaitEventTimeout(&event, more ? 0 : sleep_ms(kiosk, look_ms)))
            continue;
        int count = 0;
        do {
            kiosk_handle_event(kiosk, &event);
            count++;
        } while (!kiosk->quit && SDL_PollEvent(&event));
        kiosk->events_most = SDL_max(kiosk->events_most, count);
        mem_wipe(&event, sizeof event);
    }
}

/* --- start and stop --------------------------------------------------------------------------------------------- */

static bool open_settings(Kiosk *kiosk, Error *err)
{
    Language language;

    kiosk->settings = settings_load(kiosk->options.config_file, kiosk_settings, kiosk_setting_count, err);
    if (!kiosk->settings)
        return false;
    if (!language_parse(str_from(settings_text(kiosk->settings, "kiosk.language")), &language))
        return error_set(err, ERR_FORMAT, "kiosk.language wants one of %s", language_all_tags());
    if (!kiosk->options.has_language)
        kiosk->options.language = language;
    kiosk->options.display = kiosk->options.display || settings_bool(kiosk->settings, "kiosk.display");
    if (kiosk->options.script_file && !settings_bool(kiosk->settings, "institution.demo"))
        return error_set(err, ERR_DENIED, "scripts are refused by the kiosk of an institution that is not a demo");
    if (!mem_wipes_what_is_freed() && !settings_bool(kiosk->settings, "institution.demo"))
        return error_set(err, ERR_DENIED, "built to leave behind what it frees, for tests: only a demo's kiosk may");
    return true;
}

static bool open_script(Kiosk *kiosk, Error *err)
{
    OWNED_BUF text;

    buf_init(&text, SCRIPT_BYTES_MOST);
    if (!kiosk->options.script_file)
        return true;
    if (!strcmp(kiosk->options.script_file, "-")) {
        kiosk->script = script_listen(STDIN_FILENO, err);
        return kiosk->script != NULL;
    }
    if (!file_read(kiosk->options.script_file, &text, err))
        return false;
    kiosk->script = script_parse(buf_str(&text), err);
    return kiosk->script != NULL;
}

static bool open_devices(Kiosk *kiosk, Error *err)
{
    const Settings *settings = kiosk->settings;
    BackendConfig backend = { .address = settings_text(settings, "registrar.address"),
                              .ca_file = settings_text(settings, "registrar.ca"),
                              .certificate_file = settings_text(settings, "registrar.certificate"),
                              .key_file = settings_text(settings, "registrar.key"),
                              .deadline_ms = 8000,
                              .farewell_ms = 2000,
                              .witness_file = settings_text(settings, "registrar.witness") };
    PrintingConfig printing = { .printer_uri = settings_text(settings, "printer.uri"),
                                .journal_file = settings_text(settings, "printer.journal"),
                                .poll_idle_ms = 15000,
                                .poll_busy_ms = 400 };

    kiosk->messages = queue_new(sizeof(Msg), MESSAGES_MOST);
    if (!kiosk->messages)
        return error_set(err, ERR_MEMORY, "no memory for messages");
    queue_on_push(kiosk->messages, wake, kiosk);
    kiosk->backend = backend_start(&backend, kiosk->messages, kiosk->log, err);
    if (!kiosk->backend)
        return false;
    kiosk->events = backend_events_start(&backend, kiosk->messages, kiosk->log, err);
    if (!kiosk->events)
        return false;
    if (kiosk->options.display) /* it has no printer */
        return true;
    kiosk->printing = printing_start(&printing, kiosk->messages, kiosk->clock, kiosk->log, err);
    if (!kiosk->printing)
        return false;
    if (!settings_bool(settings, "devices.card_reader"))
        return true;
    kiosk->cards = card_start(card_library(), kiosk_card_heard, kiosk, kiosk->log, err);
    return kiosk->cards != NULL;
}

/* "hh:mm" of the settings as minutes of the day. */
static bool read_minutes(const Settings *settings, const char *key, int *ret, Error *err)
{
    Str rest = str_from(settings_text(settings, key));
    Str hours = str_split(&rest, ':');
    uint64_t hour, minute;

    if (!str_to_u64(hours, 0, 23, &hour) || !str_to_u64(rest, 0, 59, &minute))
        return error_set(err, ERR_FORMAT, "%s wants hh:mm", key);
    *ret = (int)(hour * 60 + minute);
    return true;
}

static bool open_glass(const Settings *settings, AppConfig *config, Error *err)
{
    int percent = (int)settings_number(settings, "glass.text_percent");

    if (!glass_text_is_offered(percent))
        return error_set(err, ERR_RANGE, "glass.text_percent wants 100, 125, 150 or 200");
    config->glass = (GlassSettings){ .text_percent = percent,
                                     .theme = settings_bool(settings, "glass.contrast") ? GLASS_CONTRAST : GLASS_LIGHT,
                                     .low_reach = settings_bool(settings, "panel.mounted_low"),
                                     .calm = settings_bool(settings, "glass.calm"),
                                     .volume = (int)settings_number(settings, "glass.volume") };
    return read_minutes(settings, "glass.evening_from", &config->evening_from, err) &&
           read_minutes(settings, "glass.evening_to", &config->evening_to, err);
}

static bool open_model(Kiosk *kiosk, Error *err)
{
    const Settings *settings = kiosk->settings;
    AppConfig config = { .texts = kiosk->texts,
                         .place = settings_text(settings, "kiosk.place"),
                         .utc_offset_minutes = (int)settings_number(settings, "institution.utc_offset_minutes"),
                         .built_s = KIOSK_BUILT_S,
                         .language = kiosk->options.language,
                         .speaks = sound_speaks(kiosk->sound),
                         .scans = settings_bool(settings, "devices.scanner") && !kiosk->options.display,
                         .display = kiosk->options.display,
                         .version = KIOSK_VERSION,
                         .wall_ms = clock_wall_ms(&kiosk->clock),
                         .width = kiosk->panel.shown.width,
                         .height = kiosk->panel.shown.height,
                         .pixels_per_mm = kiosk->panel.shown.pixels_per_mm };

    if (!open_glass(settings, &config, err))
        return false;
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        char key[48];

        snprintf(key, sizeof key, "institution.name_%s", language_key(language));
        config.institution[language] = settings_text(settings, key);
    }
    app_init(&kiosk->model, &config);
    kiosk->model_ready = true;
    LOG(kiosk->log, LOG_INFO, EVENT_KIOSK_STARTED, LOG_WORD("version", KIOSK_VERSION),
        LOG_NUMBER("width", config.width), LOG_NUMBER("height", config.height));
    if (harden_may_be_swapped("/proc", "/sys/fs/cgroup"))
        LOG(kiosk->log, LOG_WARN, EVENT_MEMORY_SWAPS);
    return true;
}

static bool open_sound(Kiosk *kiosk, Error *err)
{
    kiosk->hearing.sound = kiosk->sound = sound_start(settings_text(kiosk->settings, "paths.speech"), kiosk->log, err);
    return kiosk->sound != NULL;
}

static bool kiosk_open(Kiosk *kiosk, Error *err)
{
    if (!open_settings(kiosk, err) || !open_script(kiosk, err))
        return false;
    kiosk->texts = texts_open(settings_text(kiosk->settings, "paths.locale"), err);
    if (!kiosk->texts || !panel_open(&kiosk->panel, &kiosk->options, kiosk->settings, &kiosk->clock, err))
        return false;
    kiosk->wake_event = SDL_RegisterEvents(2);
    kiosk->blank_event = kiosk->wake_event + 1;
    if (!open_sound(kiosk, err) || !open_model(kiosk, err))
        return false;
    kiosk->changed = true;
    show(kiosk); /* whoever stands there sees at once that it is starting */
    if (!open_devices(kiosk, err))
        return false;
    Msg msg = { .kind = MSG_TICK };
    kiosk_deliver(kiosk, &msg);
    return true;
}

/* What printing says last is reported, so the backend goes after it. */
static void stop_devices(Kiosk *kiosk)
{
    Msg msg;

    card_stop(steal(&kiosk->cards));
    backend_events_stop(steal(&kiosk->events));
    printing_stop(steal(&kiosk->printing));
    while (kiosk->messages && queue_pop(kiosk->messages, &msg, 0)) {
        if (kiosk->model_ready && (msg.kind == MSG_PRINT || msg.kind == MSG_PRINT_RECOVERED))
            kiosk_deliver(kiosk, &msg);
        else
            msg_fini(&msg);
    }
    backend_stop(steal(&kiosk->backend));
}

static void kiosk_close(Kiosk *kiosk)
{
    Msg msg;

    stop_devices(kiosk);
    while (kiosk->messages && queue_pop(kiosk->messages, &msg, 0))
        msg_fini(&msg);
    if (kiosk->model_ready)
        app_fini(&kiosk->model);
    sound_stop(kiosk->sound);
    panel_close(&kiosk->panel);
    queue_free(kiosk->messages);
    texts_close(kiosk->texts);
    script_free(kiosk->script);
    settings_free(kiosk->settings);
    log_free(kiosk->log);
}

int main(int argc, char **argv)
{
    static Kiosk kiosk; /* too large for a stack; main owns it and hands it down */
    Error err = { 0 };

    harden_process();
    signal(SIGPIPE, SIG_IGN); /* who stops listening is told of by the write */
    /* X's library reads half a megabyte of dead keys' sequences at each start; the keyboards of our languages have
     * none. */
    setenv("XCOMPOSEFILE", "/dev/null", 0);
    kiosk.clock = clock_system();
    kiosk.random = random_system();
    if (!options_parse(argc, argv, &kiosk.options, &err)) {
        fprintf(stderr, "kiosk: %s\n", err.text);
        return 2;
    }
    if (kiosk.options.help || kiosk.options.version) {
        fputs(kiosk.options.help ? options_help() : "kiosk " KIOSK_VERSION "\n", stdout);
        return 0;
    }
    if (kiosk.options.self_test)
        return self_test(&kiosk.options);
    kiosk.log = log_new(STDERR_FILENO, LOG_INFO, getenv("JOURNAL_STREAM") != NULL, &kiosk.clock);
    if (!kiosk.log || !kiosk_open(&kiosk, &err)) {
        fprintf(stderr, "kiosk: %s\n", err.text);
        kiosk.exit_code = 1;
    } else {
        loop(&kiosk);
    }
    kiosk_close(&kiosk);
    return kiosk.exit_code;
}
