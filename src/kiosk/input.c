/* What comes in: events of the window, and messages of devices; and what the model wants done about them. */
#include "kiosk/kiosk.h"

#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "kiosk/app/acts.h"
#include "kiosk/ui/keyboard.h"

int64_t kiosk_monotonic_ms(const Kiosk *kiosk)
{
    return clock_monotonic_ms(&kiosk->clock) + kiosk->later_ms;
}

void kiosk_stop(Kiosk *kiosk, const char *reason, int exit_code)
{
    LOG(kiosk->log, LOG_INFO, EVENT_KIOSK_STOPPED, LOG_WORD("reason", reason));
    kiosk->quit = true;
    kiosk->exit_code = exit_code;
}

static void forget(Kiosk *kiosk)
{
    if (!mem_wipes_what_is_freed())
        return;
    ui_forget(kiosk->panel.ui);
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

void kiosk_deliver(Kiosk *kiosk, Msg *msg)
{
    CmdList cmds = { 0 };
    bool visited = kiosk->model.visit.active;
    const char *screen = app_screen_name(&kiosk->model);
    Error err = { 0 };

    msg->at_ms = clock_wall_ms(&kiosk->clock) + kiosk->later_ms;
    msg->monotonic_ms = kiosk_monotonic_ms(kiosk);
    if (!random_fill(&kiosk->random, msg->random, sizeof msg->random, &err)) {
        log_failure(kiosk->log, LOG_ERROR, EVENT_KIOSK_FAILED, &err, (const LogField[]){ { 0 } });
        kiosk_stop(kiosk, "no-randomness", 1);
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

void kiosk_deliver_text(Kiosk *kiosk, const char *text)
{
    Msg msg = { .kind = MSG_TEXT };

    if (!str_copy(str_from(text), msg.as.text, sizeof msg.as.text))
        return;
    hearing_typed(&kiosk->hearing, &kiosk->model, kiosk->panel.ui, text);
    kiosk_deliver(kiosk, &msg);
}

static void deliver_key(Kiosk *kiosk, EditKey key)
{
    Msg msg = { .kind = MSG_KEY, .as.key = key };

    kiosk_deliver(kiosk, &msg);
}

void kiosk_deliver_act(Kiosk *kiosk, Send send)
{
    Msg msg = { .kind = MSG_ACT, .as.act = { send.act, send.arg } };

    if (send.act == ACT_KEYBOARD && send.arg >= KEYBOARD_FIRST_TEXT)
        kiosk_deliver_text(kiosk, keyboard_text(send.arg, (KeyboardCase)app_letter_case(&kiosk->model)));
    else if (send.act == ACT_KEYBOARD && send.arg == KEYBOARD_ERASE)
        deliver_key(kiosk, EDIT_ERASE);
    else if (send.act == ACT_KEYBOARD && send.arg == KEYBOARD_CLEAR)
        deliver_key(kiosk, EDIT_CLEAR);
    else
        kiosk_deliver(kiosk, &msg);
}

static void input(Kiosk *kiosk, UiInputKind kind, int x, int y)
{
    UiInput in = { kind, x, y };
    Send send;

    if (kind == UI_DOWN && ui_touches(kiosk->panel.ui, x, y))
        hearing_tick(&kiosk->hearing, &kiosk->model);
    if (ui_input(kiosk->panel.ui, &in, &send))
        kiosk_deliver_act(kiosk, send);
}

/* Escape: what the glass says that leaves it (a dialog's way back); else what the application makes of it. */
static void leave(Kiosk *kiosk)
{
    UiInput in = { .kind = UI_LEAVE };
    Send send;

    if (ui_input(kiosk->panel.ui, &in, &send))
        kiosk_deliver_act(kiosk, send);
    else
        deliver_key(kiosk, EDIT_CANCEL);
}

/* Only what a form needs gets through; every other key and all modifiers are dropped here. */
void kiosk_key_down(Kiosk *kiosk, const SDL_Keysym *key)
{
    switch ((int)key->sym) {
    case SDLK_TAB: input(kiosk, key->mod & KMOD_SHIFT ? UI_FOCUS_BEFORE : UI_FOCUS_NEXT, 0, 0); break;
    case SDLK_DOWN: input(kiosk, UI_ARROW_DOWN, 0, 0); break;
    case SDLK_RIGHT: input(kiosk, UI_ARROW_RIGHT, 0, 0); break;
    case SDLK_UP: input(kiosk, UI_ARROW_UP, 0, 0); break;
    case SDLK_LEFT: input(kiosk, UI_ARROW_LEFT, 0, 0); break;
    case SDLK_PAGEDOWN: input(kiosk, UI_PAGE_DOWN, 0, 0); break;
    case SDLK_PAGEUP: input(kiosk, UI_PAGE_UP, 0, 0); break;
    case SDLK_F1: hearing_repeat(&kiosk->hearing, &kiosk->model, kiosk->panel.ui); break;
    case SDLK_RETURN:
    case SDLK_KP_ENTER: input(kiosk, UI_ACTIVATE, 0, 0); break;
    case SDLK_BACKSPACE:
    case SDLK_DELETE: deliver_key(kiosk, EDIT_ERASE); break;
    case SDLK_ESCAPE: leave(kiosk); break;
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
    SDL_GetWindowSize(kiosk->panel.window, &width, &height);
    input(kiosk, kind, (int)(event->x * (float)width), (int)(event->y * (float)height));
}

static void window_event(Kiosk *kiosk, const SDL_WindowEvent *event)
{
    if (event->event == SDL_WINDOWEVENT_EXPOSED || event->event == SDL_WINDOWEVENT_SIZE_CHANGED)
        ui_damage_all(kiosk->panel.ui);
    else if (event->event == SDL_WINDOWEVENT_FOCUS_LOST || event->event == SDL_WINDOWEVENT_LEAVE)
        input(kiosk, UI_CANCEL, 0, 0);
    else if (event->event == SDL_WINDOWEVENT_CLOSE && kiosk->options.window)
        kiosk_stop(kiosk, "window-closed", 0); /* a kiosk proper has no window manager that could ask this */
}

/* --- scanner and cards -------------------------------------------------------------------------------------------- */

#define CHUNK 32 /* bytes of what was held back, at most, in one message */

static void type_held(Kiosk *kiosk)
{
    Str rest = { kiosk->scanner.text, kiosk->scanner.length };

    while (rest.len > 0) {
        char chunk[CHUNK + 8];
        size_t size = 0;

        while (rest.len > 0 && size < CHUNK) {
            const char *at = rest.ptr;
            (void)utf8_next(&rest);
            memcpy(chunk + size, at, (size_t)(rest.ptr - at));
            size += (size_t)(rest.ptr - at);
        }
        chunk[size] = '\0';
        kiosk_deliver_text(kiosk, chunk);
        mem_wipe(chunk, sizeof chunk);
    }
}

static void scanned(Kiosk *kiosk)
{
    const Str raw = { kiosk->scanner.text, kiosk->scanner.length };
    Msg msg = { .kind = MSG_CARD, .as.card = { .what = CARD_WAS_READ, .kind = CARD_CODE } };

    if (!app_takes_card(&kiosk->model)) { /* no more right than typed text */
        type_held(kiosk);
        return;
    }
    msg.as.card.fault = card_read(CARD_CODE, raw, msg.as.card.card);
    if (msg.as.card.fault == CARD_NUMBER)
        str_copy_cut(str_trim(raw), msg.as.card.card, sizeof msg.as.card.card);
    kiosk_deliver(kiosk, &msg);
}

static void scanner_said(Kiosk *kiosk, ScannerSays says)
{
    if (says == SCANNER_TYPED)
        type_held(kiosk);
    else if (says == SCANNER_SCANNED)
        scanned(kiosk);
    if (says != SCANNER_NOTHING)
        scanner_forget(&kiosk->scanner);
}

void kiosk_scanner_time(Kiosk *kiosk)
{
    scanner_said(kiosk, scanner_time(&kiosk->scanner, clock_monotonic_ms(&kiosk->clock)));
}

static void letters(Kiosk *kiosk, const char *text)
{
    if (!kiosk->model.scans) {
        kiosk_deliver_text(kiosk, text);
        return;
    }
    kiosk_scanner_time(kiosk);
    scanner_text(&kiosk->scanner, text, clock_monotonic_ms(&kiosk->clock));
}

/* True: the key was the end of a scan. */
static bool key_of_scanner(Kiosk *kiosk, const SDL_Keysym *key)
{
    const bool ends = key->sym == SDLK_RETURN || key->sym == SDLK_KP_ENTER || key->sym == SDLK_TAB;

    kiosk_scanner_time(kiosk);
    if (!ends)
        return false;
    const ScannerSays says = scanner_enter(&kiosk->scanner);
    scanner_said(kiosk, says);
    return says == SCANNER_SCANNED;
}

void kiosk_card_heard(void *ctx, const CardNews *news)
{
    static const CardWhat whats[] = {
        [CARD_READERS] = CARD_READER_IS, [CARD_IN] = CARD_WAS_READ, [CARD_OUT] = CARD_WAS_PULLED
    };
    static_assert(COUNT(whats) == CARD_EVENT_COUNT, "a word for each");
    Kiosk *kiosk = ctx;
    Msg msg = { .kind = MSG_CARD,
                .as.card = { .what = whats[news->event],
                             .reader = news->reader,
                             .kind = CARD_CHIP,
                             .fault = news->fault,
                             .stays = news->stays } };

    memcpy(msg.as.card.card, news->card, sizeof msg.as.card.card);
    (void)!queue_push(kiosk->messages, &msg); /* full: whoever holds the card holds it once more */
    mem_wipe(&msg, sizeof msg);
}

void kiosk_handle_event(Kiosk *kiosk, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_QUIT: kiosk_stop(kiosk, "signal", 0); break;
    case SDL_WINDOWEVENT: window_event(kiosk, &event->window); break;
    case SDL_KEYDOWN:
        if (!key_of_scanner(kiosk, &event->key.keysym))
            kiosk_key_down(kiosk, &event->key.keysym);
        break;
    case SDL_TEXTINPUT: letters(kiosk, event->text.text); break;
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
