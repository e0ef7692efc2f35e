/* The kiosk: start, the loop, stop; and the only place where devices meet the rest. */
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <SDL.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/queue.h"
#include "base/random.h"
#include "base/texts.h"
#include "kiosk/app/acts.h"
#include "kiosk/app/app.h"
#include "kiosk/devices/backend.h"
#include "kiosk/devices/printing.h"
#include "kiosk/harden.h"
#include "kiosk/options.h"
#include "kiosk/screens/screens.h"
#include "kiosk/script.h"
#include "kiosk/ui/keyboard.h"
#include "kiosk/ui/ui.h"

#define MESSAGES_MOST 256
#define EVENTS_MORE   16 /* SDL's own beside those that it gave us */

typedef struct Kiosk {
    Options options;
    Settings *settings;
    Clock clock;
    Random random;
    Log *log;
    Texts *texts;
    Queue *messages; /* Msg, from devices */
    Backend *backend;
    Printing *printing;
    SDL_Window *window;
    Ui *ui;
    Script *script;
    float pixels_per_mm;
    Model model;
    bool model_ready;
    int64_t later_ms; /* what a script's "later" added to the clocks */
    Uint32 wake_event, blank_event;
    int events_most;  /* so many of SDL's waited at once */
    bool sweeping;    /* a visit has ended: what the glass and SDL hold of it goes with the next picture */
    bool finger_down; /* one finger counts, or the mouse */
    SDL_FingerID finger;
    bool changed; /* the model, since the last tree */
    bool quit;
    int exit_code;
} Kiosk;

static int64_t kiosk_monotonic_ms(const Kiosk *kiosk)
{
    return clock_monotonic_ms(&kiosk->clock) + kiosk->later_ms;
}

static void stop(Kiosk *kiosk, const char *reason, int exit_code)
{
    LOG(kiosk->log, LOG_INFO, EVENT_KIOSK_STOPPED, LOG_WORD("reason", reason));
    kiosk->quit = true;
    kiosk->exit_code = exit_code;
}

static void forget(Kiosk *kiosk)
{
    if (!mem_wipes_what_is_freed())
        return;
    ui_forget(kiosk->ui);
    kiosk->sweeping = true;
}

/* Runs what the application wants done; each command has exactly one device. */
static void run_commands(Kiosk *kiosk, CmdList *cmds)
{
    for (size_t i = 0; i < cmds->count; i++) {
        Cmd *cmd = &cmds->items[i];
        if (cmd->kind == CMD_FORGET)
            forget(kiosk);
        else if (!backend_run(kiosk->backend, cmd) && kiosk->printing && !printing_run(kiosk->printing, cmd))
            assert(cmd->kind == CMD_NONE);
        cmd_fini(cmd);
    }
}

/* screen: where it ended.  Whose visit it was, nobody writes down. */
static void log_visit(Kiosk *kiosk, const char *screen)
{
    if (kiosk->model.visit.active)
        LOG(kiosk->log, LOG_INFO, EVENT_VISIT_BEGAN, LOG_NUMBER("visit", kiosk->model.visits));
    else
        LOG(kiosk->log, LOG_INFO, EVENT_VISIT_ENDED, LOG_NUMBER("visit", kiosk->model.visits),
            LOG_WORD("screen", screen));
}

/* The one way into the model: stamps the message with time and randomness, updates, runs the commands. */
static void deliver(Kiosk *kiosk, Msg *msg)
{
    CmdList cmds = { 0 };
    bool visited = kiosk->model.visit.active;
    const char *screen = app_screen_name(&kiosk->model);
    Error err = { 0 };

    msg->at_ms = clock_wall_ms(&kiosk->clock) + kiosk->later_ms;
    msg->monotonic_ms = kiosk_monotonic_ms(kiosk);
    if (!random_fill(&kiosk->random, msg->random, sizeof msg->random, &err)) {
        log_failure(kiosk->log, LOG_ERROR, EVENT_KIOSK_FAILED, &err, (const LogField[]){ { 0 } });
        stop(kiosk, "no-randomness", 1);
    } else {
        app_update(&kiosk->model, msg, &cmds);
        if (visited != kiosk->model.visit.active)
            log_visit(kiosk, screen);
        run_commands(kiosk, &cmds);
        kiosk->changed = true;
    }
    msg_fini(msg);
    mem_wipe(&cmds, sizeof cmds);
}

static void deliver_text(Kiosk *kiosk, const char *text)
{
    Msg msg = { .kind = MSG_TEXT };

    if (str_copy(str_from(text), msg.as.text, sizeof msg.as.text))
        deliver(kiosk, &msg);
}

static void deliver_key(Kiosk *kiosk, EditKey key)
{
    Msg msg = { .kind = MSG_KEY, .as.key = key };

    deliver(kiosk, &msg);
}

/* A control was activated.  Keys of the glass's keyboard become what keys of a real one send. */
static void deliver_act(Kiosk *kiosk, Send send)
{
    Msg msg = { .kind = MSG_ACT, .as.act = { send.act, send.arg } };

    if (send.act == ACT_KEYBOARD && send.arg >= KEYBOARD_FIRST_TEXT)
        deliver_text(kiosk, keyboard_text(send.arg, app_keyboard_shifted(&kiosk->model)));
    else if (send.act == ACT_KEYBOARD && send.arg == KEYBOARD_ERASE)
        deliver_key(kiosk, EDIT_ERASE);
    else if (send.act == ACT_KEYBOARD && send.arg == KEYBOARD_CLEAR)
        deliver_key(kiosk, EDIT_CLEAR);
    else
        deliver(kiosk, &msg);
}

static void input(Kiosk *kiosk, UiInputKind kind, int x, int y)
{
    UiInput in = { kind, x, y };
    Send send;

    if (ui_input(kiosk->ui, &in, &send))
        deliver_act(kiosk, send);
}

/* Only what a form needs gets through; every other key and all modifiers are dropped here. */
static void key_down(Kiosk *kiosk, const SDL_Keysym *key)
{
    switch ((int)key->sym) {
    case SDLK_TAB: input(kiosk, key->mod & KMOD_SHIFT ? UI_FOCUS_BEFORE : UI_FOCUS_NEXT, 0, 0); break;
    case SDLK_DOWN:
    case SDLK_RIGHT: input(kiosk, UI_FOCUS_NEXT, 0, 0); break;
    case SDLK_UP:
    case SDLK_LEFT: input(kiosk, UI_FOCUS_BEFORE, 0, 0); break;
    case SDLK_RETURN:
    case SDLK_KP_ENTER: input(kiosk, UI_ACTIVATE, 0, 0); break;
    case SDLK_BACKSPACE:
    case SDLK_DELETE: deliver_key(kiosk, EDIT_ERASE); break;
    case SDLK_ESCAPE: deliver_key(kiosk, EDIT_CANCEL); break;
    default: break;
    }
}

static void finger(Kiosk *kiosk, const SDL_TouchFingerEvent *event, UiInputKind kind)
{
    int width, height;

    if (kind == UI_DOWN ? kiosk->finger_down : !kiosk->finger_down || event->fingerId != kiosk->finger)
        return;
    kiosk->finger_down = kind != UI_UP;
    kiosk->finger = event->fingerId;
    SDL_GetWindowSize(kiosk->window, &width, &height);
    input(kiosk, kind, (int)(event->x * (float)width), (int)(event->y * (float)height));
}

static void window_event(Kiosk *kiosk, const SDL_WindowEvent *event)
{
    if (event->event == SDL_WINDOWEVENT_EXPOSED || event->event == SDL_WINDOWEVENT_SIZE_CHANGED)
        ui_damage_all(kiosk->ui);
    else if (event->event == SDL_WINDOWEVENT_FOCUS_LOST || event->event == SDL_WINDOWEVENT_LEAVE)
        input(kiosk, UI_CANCEL, 0, 0);
    else if (event->event == SDL_WINDOWEVENT_CLOSE && kiosk->options.window)
        stop(kiosk, "window-closed", 0); /* a kiosk proper has no window manager that could ask this */
}

static void handle_event(Kiosk *kiosk, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_QUIT: stop(kiosk, "signal", 0); break;
    case SDL_WINDOWEVENT: window_event(kiosk, &event->window); break;
    case SDL_KEYDOWN: key_down(kiosk, &event->key.keysym); break;
    case SDL_TEXTINPUT: deliver_text(kiosk, event->text.text); break;
    case SDL_FINGERDOWN: finger(kiosk, &event->tfinger, UI_DOWN); break;
    case SDL_FINGERMOTION: finger(kiosk, &event->tfinger, UI_MOVE); break;
    case SDL_FINGERUP: finger(kiosk, &event->tfinger, UI_UP); break;
    case SDL_MOUSEBUTTONDOWN:
        if (event->button.button == SDL_BUTTON_LEFT)
            input(kiosk, UI_DOWN, event->button.x, event->button.y);
        break;
    case SDL_MOUSEMOTION:
        if (event->motion.state & SDL_BUTTON_LMASK)
            input(kiosk, UI_MOVE, event->motion.x, event->motion.y);
        break;
    case SDL_MOUSEBUTTONUP:
        if (event->button.button == SDL_BUTTON_LEFT)
            input(kiosk, UI_UP, event->button.x, event->button.y);
        break;
    default: break;
    }
}

/* Other threads put messages into the queue, then wake the loop through SDL's own. */
static void wake(void *ctx)
{
    SDL_Event event = { .type = ((Kiosk *)ctx)->wake_event };

    SDL_PushEvent(&event); /* full: the loop is awake anyway */
}

static void deliver_waiting(Kiosk *kiosk)
{
    Msg msg;

    while (!kiosk->quit && queue_pop(kiosk->messages, &msg, 0))
        deliver(kiosk, &msg);
    if (!kiosk->quit && app_next_wake(&kiosk->model) <= kiosk_monotonic_ms(kiosk)) {
        Msg tick = { .kind = MSG_TICK };
        deliver(kiosk, &tick);
    }
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
    SDL_Rect rects[UI_RECTS_MOST];
    SDL_Surface *surface = SDL_GetWindowSurface(kiosk->window);

    if (!surface)
        return; /* the window is being resized; its event brings us back */
    if (kiosk->changed) {
        screen_build(&kiosk->model, ui_begin(kiosk->ui, model_language(&kiosk->model)));
        ui_lay_out(kiosk->ui);
        kiosk->changed = false;
    }
    int count = ui_paint(kiosk->ui, surface, rects);
    if (count > 0)
        SDL_UpdateWindowSurfaceRects(kiosk->window, rects, count);
    if (kiosk->sweeping)
        sweep(kiosk);
}

/* --- script ----------------------------------------------------------------------------------------------------- */

static bool write_to(const Kiosk *kiosk, const char *name, const Buf *buf, Error *err)
{
    char path[1024];

    return buf_ok(buf, err) && path_join(path, sizeof path, kiosk->options.out_folder, name, err) &&
           file_write(path, 0600, buf_str(buf), err);
}

static bool carry_out_file(Kiosk *kiosk, const ScriptStep *step, Error *err)
{
    OWNED_BUF buf;
    char path[1024];

    buf_init(&buf, 1u << 20);
    if (step->wish == SCRIPT_SHOT)
        return path_join(path, sizeof path, kiosk->options.out_folder, step->text, err) &&
               ui_shot(SDL_GetWindowSurface(kiosk->window), path, err);
    if (step->wish == SCRIPT_SPEECH)
        tree_speech(ui_tree(kiosk->ui), &buf);
    else
        tree_print(ui_tree(kiosk->ui), &buf);
    return write_to(kiosk, step->text, &buf, err);
}

static bool carry_out_key(Kiosk *kiosk, const char *name)
{
    static const struct {
        const char *name;
        SDL_Keycode code;
        Uint16 mod;
    } keys[] = {
        { "tab", SDLK_TAB, 0 },         { "back-tab", SDLK_TAB, KMOD_SHIFT }, { "enter", SDLK_RETURN, 0 },
        { "erase", SDLK_BACKSPACE, 0 }, { "escape", SDLK_ESCAPE, 0 },
    };

    for (size_t i = 0; i < COUNT(keys); i++) {
        if (!strcmp(keys[i].name, name)) {
            key_down(kiosk, &(SDL_Keysym){ .sym = keys[i].code, .mod = keys[i].mod });
            return true;
        }
    }
    return false;
}

static void type_text(Kiosk *kiosk, Str text)
{
    while (text.len) {
        char one[5] = { 0 };
        utf8_write(utf8_next(&text), one);
        deliver_text(kiosk, one);
    }
}

static void script_fails(Kiosk *kiosk, const char *words)
{
    OWNED_BUF buf;

    buf_init(&buf, 1u << 20);
    tree_print(ui_tree(kiosk->ui), &buf);
    fprintf(stderr, "script: %s\n%s", words, buf_text(&buf));
    stop(kiosk, "script-failed", 1);
}

/* One step of the script; false when it must wait, *ret_look_ms then says until when. */
static bool script_steps(Kiosk *kiosk, int64_t *ret_look_ms)
{
    int64_t now_ms = clock_monotonic_ms(&kiosk->clock);
    ScriptStep step = script_next(kiosk->script, &(ScriptSight){ ui_tree(kiosk->ui), app_screen_name(&kiosk->model),
                                                                 now_ms, kiosk->options.out_folder });
    Error err = { 0 };
    Send send;
    bool done = true;

    switch (step.wish) {
    case SCRIPT_NOTHING: *ret_look_ms = step.ms; return false;
    case SCRIPT_TAP:
        if (!ui_tap(kiosk->ui, step.text, &send)) { /* there, but not to be touched yet */
            *ret_look_ms = now_ms + 50;
            return false;
        }
        script_carried_out(kiosk->script);
        deliver_act(kiosk, send);
        return true;
    case SCRIPT_TYPE: type_text(kiosk, str_from(step.text)); break;
    case SCRIPT_KEY: done = carry_out_key(kiosk, step.text); break;
    case SCRIPT_LATER: kiosk->later_ms += step.ms; break;
    case SCRIPT_SHOT:
    case SCRIPT_SPEECH:
    case SCRIPT_TREE: done = carry_out_file(kiosk, &step, &err); break;
    case SCRIPT_DONE: stop(kiosk, "script-done", 0); return true;
    case SCRIPT_FAILED: script_fails(kiosk, step.text); return true;
    }
    if (!done)
        script_fails(kiosk, err.text[0] ? err.text : "no such key");
    else
        script_carried_out(kiosk->script);
    return true;
}

/* --- loop ------------------------------------------------------------------------------------------------------- */

/* How long nothing can happen by itself. */
static int sleep_ms(const Kiosk *kiosk, int64_t look_ms)
{
    int64_t wake_ms = app_next_wake(&kiosk->model);
    int64_t left_ms = wake_ms == INT64_MAX ? 3600 * 1000 : wake_ms - kiosk_monotonic_ms(kiosk);

    if (look_ms >= 0 && look_ms - clock_monotonic_ms(&kiosk->clock) < left_ms)
        left_ms = look_ms - clock_monotonic_ms(&kiosk->clock);
    if (left_ms < 0)
        return 0;
    return left_ms > 3600 * 1000 ? 3600 * 1000 : (int)left_ms;
}

static void loop(Kiosk *kiosk)
{
    while (!kiosk->quit) {
        SDL_Event event;
        int64_t look_ms = -1;

        deliver_waiting(kiosk);
        show(kiosk);
        if (kiosk->script && !kiosk->quit && script_steps(kiosk, &look_ms))
            continue;
        if (kiosk->quit || !SDL_WaitEventTimeout(&event, sleep_ms(kiosk, look_ms)))
            continue;
        int count = 0;
        do {
            handle_event(kiosk, &event);
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
        return error_set(err, ERR_FORMAT, "kiosk.language wants uz, uz-Cyrl, ru or en");
    if (!kiosk->options.has_language)
        kiosk->options.language = language;
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

static bool open_window(Kiosk *kiosk, Error *err)
{
    const Options *options = &kiosk->options;
    int width = options->width ? options->width : (int)settings_number(kiosk->settings, "panel.width");
    int height = options->height ? options->height : (int)settings_number(kiosk->settings, "panel.height");
    Uint32 flags = options->window || options->headless ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS;
    SDL_Rect usable;

    if (options->headless)
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION,
                "0"); /* ARCHITECTURE.md: the software OpenGL path costs ten times as much */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    if (SDL_Init(SDL_INIT_VIDEO))
        return error_set(err, ERR_IO, "no display: %s", SDL_GetError());
    if (options->window && !options->width && !SDL_GetDisplayUsableBounds(0, &usable)) {
        /* The panel's proportions, as large as fits beside the window's own frame. */
        float scale =
            SDL_min(1.0f, SDL_min((float)(usable.w - 20) / (float)width, (float)(usable.h - 60) / (float)height));
        width = (int)((float)width * scale);
        height = (int)((float)height * scale);
    }
    kiosk->window = SDL_CreateWindow("Registrar", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height, flags);
    if (!kiosk->window)
        return error_set(err, ERR_IO, "no window: %s", SDL_GetError());
    if (flags)
        SDL_ShowCursor(SDL_DISABLE);
    kiosk->wake_event = SDL_RegisterEvents(2);
    kiosk->blank_event = kiosk->wake_event + 1;
    SDL_StartTextInput();
    return true;
}

static bool open_ui(Kiosk *kiosk, Error *err)
{
    UiConfig config = { .text_scale = 1,
                        .icons_folder = settings_text(kiosk->settings, "paths.icons"),
                        .fonts_folder = settings_text(kiosk->settings, "paths.fonts"),
                        .theme_file = settings_text(kiosk->settings, "paths.theme") };

    SDL_GetWindowSize(kiosk->window, &config.width, &config.height);
    float panel_width = (float)settings_number(kiosk->settings, "panel.width");
    float panel_mm = panel_width * (float)settings_number(kiosk->settings, "panel.micrometres_a_pixel") / 1000.0f;
    /* A window or --size smaller than the panel shows the same panel smaller, not less of it. */
    float panel_height = (float)settings_number(kiosk->settings, "panel.height");
    bool same_way = (config.width < config.height) == (panel_width < panel_height);
    float shown = same_way ? (float)config.width / panel_width : 1.0f;
    config.pixels_per_mm = kiosk->pixels_per_mm = panel_width / panel_mm * shown;
    kiosk->ui = ui_new(&config, err);
    return kiosk->ui != NULL;
}

static bool open_devices(Kiosk *kiosk, Error *err)
{
    const Settings *settings = kiosk->settings;
    BackendConfig backend = { .address = settings_text(settings, "registrar.address"),
                              .ca_file = settings_text(settings, "registrar.ca"),
                              .certificate_file = settings_text(settings, "registrar.certificate"),
                              .key_file = settings_text(settings, "registrar.key"),
                              .deadline_ms = 8000,
                              .farewell_ms = 2000 };
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
    kiosk->printing = printing_start(&printing, kiosk->messages, kiosk->clock, kiosk->log, err);
    return kiosk->printing != NULL;
}

static void open_model(Kiosk *kiosk)
{
    const Settings *settings = kiosk->settings;
    AppConfig config = { .texts = kiosk->texts,
                         .institution = { [LANGUAGE_UZ] = settings_text(settings, "institution.name_uz"),
                                          [LANGUAGE_UZ_CYRL] = settings_text(settings, "institution.name_uz_cyrl"),
                                          [LANGUAGE_RU] = settings_text(settings, "institution.name_ru"),
                                          [LANGUAGE_EN] = settings_text(settings, "institution.name_en") },
                         .place = settings_text(settings, "kiosk.place"),
                         .utc_offset_minutes = (int)settings_number(settings, "institution.utc_offset_minutes"),
                         .built_s = KIOSK_BUILT_S,
                         .language = kiosk->options.language,
                         .version = KIOSK_VERSION };
    int width, height;

    app_init(&kiosk->model, &config);
    kiosk->model_ready = true;
    SDL_GetWindowSize(kiosk->window, &width, &height);
    LOG(kiosk->log, LOG_INFO, EVENT_KIOSK_STARTED, LOG_WORD("version", KIOSK_VERSION), LOG_NUMBER("width", width),
        LOG_NUMBER("height", height));
    if (harden_may_be_swapped("/proc", "/sys/fs/cgroup"))
        LOG(kiosk->log, LOG_WARN, EVENT_MEMORY_SWAPS);
    Msg msg = { .kind = MSG_WINDOW, .as.window = { width, height, kiosk->pixels_per_mm } };
    deliver(kiosk, &msg);
}

static bool kiosk_open(Kiosk *kiosk, Error *err)
{
    if (!open_settings(kiosk, err) || !open_script(kiosk, err))
        return false;
    kiosk->texts = texts_open(settings_text(kiosk->settings, "paths.locale"), err);
    if (!kiosk->texts || !open_window(kiosk, err) || !open_ui(kiosk, err) || !open_devices(kiosk, err))
        return false;
    open_model(kiosk);
    return true;
}

/* What printing says last is reported, so the backend goes after it. */
static void stop_devices(Kiosk *kiosk)
{
    Msg msg;

    printing_stop(steal(&kiosk->printing));
    while (kiosk->messages && queue_pop(kiosk->messages, &msg, 0)) {
        if (kiosk->model_ready && (msg.kind == MSG_PRINT || msg.kind == MSG_PRINT_RECOVERED))
            deliver(kiosk, &msg);
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
    ui_free(kiosk->ui);
    if (kiosk->window)
        SDL_DestroyWindow(kiosk->window);
    SDL_Quit();
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
