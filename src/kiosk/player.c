/* Carries out a script's steps as a person would: touches, types, looks; and writes down what is on the glass. */
#include "kiosk/kiosk.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "kiosk/screens/screens.h"

static bool write_to(const Kiosk *kiosk, const char *name, const Buf *buf, Error *err)
{
    char path[1024];

    return buf_ok(buf, err) && path_join(path, sizeof path, kiosk->options.out_folder, name, err) &&
           file_write(path, 0600, buf_str(buf), err);
}

static void speak(const Kiosk *kiosk, Buf *buf)
{
    const Tree *tree = ui_tree(kiosk->panel.ui);
    SpeechWords words;

    screen_speech_words(&kiosk->model, &words);
    speech_of(tree, tree_at(tree, 0), &words, buf);
}

static bool carry_out_file(Kiosk *kiosk, const ScriptStep *step, Error *err)
{
    OWNED_BUF buf;
    char path[1024];

    buf_init(&buf, 1u << 20);
    if (step->wish == SCRIPT_SHOT)
        return path_join(path, sizeof path, kiosk->options.out_folder, step->text, err) &&
               ui_shot(SDL_GetWindowSurface(kiosk->panel.window), path, err);
    if (step->wish == SCRIPT_SPEECH)
        speak(kiosk, &buf);
    else
        tree_print(ui_tree(kiosk->panel.ui), &buf);
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
            kiosk_key_down(kiosk, &(SDL_Keysym){ .sym = keys[i].code, .mod = keys[i].mod });
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
        kiosk_deliver_text(kiosk, one);
    }
}

/* As the scanner's keys come out of SDL's queue: one after the other, at once, and Enter. */
static bool scan_text(Kiosk *kiosk, Str text, Error *err)
{
    SDL_Event event = { .type = SDL_TEXTINPUT };

    if (!kiosk->model.scans)
        return error_set(err, ERR_ARGUMENT, "no scanner is set: devices.scanner");
    while (text.len) {
        memset(event.text.text, 0, sizeof event.text.text);
        utf8_write(utf8_next(&text), event.text.text);
        kiosk_handle_event(kiosk, &event);
    }
    event = (SDL_Event){ .key = { .type = SDL_KEYDOWN, .keysym = { .sym = SDLK_RETURN } } };
    kiosk_handle_event(kiosk, &event);
    return true;
}

/* What the reader's thread would say. */
static bool hold_card(Kiosk *kiosk, const char *text, Error *err)
{
    CardNews news = { .event = CARD_OUT };

    if (strcmp(text, "reader") == 0)
        news = (CardNews){ .event = CARD_READERS, .reader = true };
    else if (strcmp(text, "out") != 0) {
        news = (CardNews){ .event = CARD_IN, .stays = true };
        news.fault = card_read(CARD_CHIP, str_from(text), news.card);
        if (news.fault == CARD_NUMBER)
            return error_set(err, ERR_ARGUMENT, "this is no card's number");
    }
    kiosk_card_heard(kiosk, &news);
    mem_wipe(&news, sizeof news);
    return true;
}

static void script_fails(Kiosk *kiosk, const char *words)
{
    OWNED_BUF buf;

    buf_init(&buf, 1u << 20);
    tree_print(ui_tree(kiosk->panel.ui), &buf);
    fprintf(stderr, "script: %s\n%s", words, buf_text(&buf));
    kiosk_stop(kiosk, "script-failed", 1);
}

bool kiosk_script_steps(Kiosk *kiosk, int64_t *ret_look_ms)
{
    int64_t now_ms = clock_monotonic_ms(&kiosk->clock);
    ScriptSight sight = { .tree = ui_tree(kiosk->panel.ui),
                          .surface = SDL_GetWindowSurface(kiosk->panel.window),
                          .screen = app_screen_name(&kiosk->model),
                          .monotonic_ms = now_ms,
                          .out_folder = kiosk->options.out_folder,
                          .answers_due = kiosk->answers_due };
    ScriptStep step = script_next(kiosk->script, &sight);
    Error err = { 0 };
    Send send;
    bool done = true;

    if (step.wish == SCRIPT_SHOT && !ui_settled(kiosk->panel.ui)) {
        *ret_look_ms = now_ms; /* the next frame brings us back */
        return false;
    }
    switch (step.wish) {
    case SCRIPT_NOTHING: *ret_look_ms = step.ms; return false;
    case SCRIPT_TAP:
        if (!ui_tap(kiosk->panel.ui, step.text, &send)) { /* there, but not to be touched yet */
            *ret_look_ms = now_ms + 50;
            return false;
        }
        script_carried_out(kiosk->script);
        kiosk_deliver_act(kiosk, send);
        return true;
    case SCRIPT_TYPE: type_text(kiosk, str_from(step.text)); break;
    case SCRIPT_KEY: done = carry_out_key(kiosk, step.text); break;
    case SCRIPT_SCAN: done = scan_text(kiosk, str_from(step.text), &err); break;
    case SCRIPT_CARD: done = hold_card(kiosk, step.text, &err); break;
    case SCRIPT_LATER: kiosk->later_ms += step.ms; break;
    case SCRIPT_SHOT:
    case SCRIPT_SPEECH:
    case SCRIPT_TREE: done = carry_out_file(kiosk, &step, &err); break;
    case SCRIPT_DONE: kiosk_stop(kiosk, "script-done", 0); return true;
    case SCRIPT_FAILED: script_fails(kiosk, step.text); return true;
    }
    if (!done)
        script_fails(kiosk, err.text[0] ? err.text : "no such key");
    else
        script_carried_out(kiosk->script);
    return true;
}
