#include "kiosk/hearing.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/app/app.h"
#include "kiosk/screens/screens.h"

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* FNV-1a: only told apart, never trusted. */
static uint64_t hash(uint64_t h, const char *text)
{
    for (; *text; text++)
        h = (h ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
    return (h ^ 0xff) * UINT64_C(0x100000001b3);
}

static void say(const Hearing *hearing, const Model *model, Str words)
{
    sound_say(hearing->sound, model_language(model), words, model_glass(model).volume);
}

/* Of a screen, what stands between strip and bar; a dialog, or a screen without a frame, is read whole. */
static const Node *what_is_read(const Tree *tree)
{
    const Node *content = tree_find(tree, "content");
    uint16_t scope = tree_scope(tree);

    return scope == 0 && content ? content : tree_at(tree, scope == NODE_NONE ? 0 : scope);
}

static void read_screen(const Hearing *hearing, const Model *model, const Tree *tree)
{
    SpeechWords words;
    OWNED_BUF buf;

    buf_init(&buf, SPEECH_BYTES_MOST);
    screen_speech_words(model, &words);
    speech_of(tree, what_is_read(tree), &words, &buf);
    say(hearing, model, buf_str(&buf));
}

static void read_node(const Hearing *hearing, const Model *model, const Tree *tree, const Node *node)
{
    SpeechWords words;
    OWNED_BUF buf;

    buf_init(&buf, SPEECH_BYTES_MOST);
    screen_speech_words(model, &words);
    speech_of_node(tree, node, &words, &buf);
    say(hearing, model, buf_str(&buf));
}

/* A screen is another one when its title, its fault or its language is: typing and ticking clocks change neither. */
static uint64_t screen_hash(const Model *model, const Tree *tree)
{
    const Node *title = tree_find(tree, "title");
    uint64_t h = hash(HASH_START, app_screen_name(model));

    h = hash(h, language_tag(model_language(model)));
    return hash(h, title ? title->label : "");
}

static uint64_t focus_hash(const Node *node)
{
    uint64_t h = hash(HASH_START, node->id);

    h = hash(h, node->label);
    h ^= (uint64_t)node->state << 40;
    return (h ^ node->send.act) * UINT64_C(0x100000001b3) ^ node->send.arg;
}

static void cue(Hearing *hearing, const Model *model)
{
    uint32_t number;
    Cue what = model_cue(model, &number);

    number = number << 3 | (uint32_t)what;
    if (number == hearing->cue)
        return;
    hearing->cue = number;
    sound_cue(hearing->sound, what, model_glass(model).volume);
}

void hearing_follow(Hearing *hearing, const Model *model, const Ui *ui)
{
    const Tree *tree = ui_tree(ui);
    const Node *focus = ui_focused(ui);

    if (!hearing->sound || tree_count(tree) == 0)
        return;
    cue(hearing, model);
    if (!model_glass(model).listening) {
        if (hearing->screen)
            sound_hush(hearing->sound);
        hearing->screen = hearing->focus = 0;
        return;
    }
    uint64_t screen = screen_hash(model, tree);
    uint64_t focused = focus ? focus_hash(focus) : 0;
    if (screen != hearing->screen)
        read_screen(hearing, model, tree);
    else if (focus && focused != hearing->focus)
        read_node(hearing, model, tree, focus);
    hearing->screen = screen;
    hearing->focus = focused;
}

void hearing_tick(const Hearing *hearing, const Model *model)
{
    GlassSettings glass = model_glass(model);

    if (!hearing->sound)
        return;
    if (glass.listening)
        sound_hush(hearing->sound);
    sound_cue(hearing->sound, CUE_TICK, glass.volume);
}

static const Node *filling(const Tree *tree)
{
    for (size_t i = 0; i < tree_count(tree); i++)
        if (tree_at(tree, i)->state & NODE_FILLING)
            return tree_at(tree, i);
    return NULL;
}

void hearing_typed(const Hearing *hearing, const Model *model, const Ui *ui, const char *text)
{
    const Node *field = filling(ui_tree(ui));
    SpeechWords words;

    if (!hearing->sound || !field || !model_glass(model).listening)
        return;
    screen_speech_words(model, &words);
    say(hearing, model, str_from(field->state & NODE_SECRET ? words.star : text));
}

void hearing_repeat(Hearing *hearing, const Model *model, const Ui *ui)
{
    hearing->screen = 0;
    hearing_follow(hearing, model, ui);
}
