#include "kiosk/ui/speech.h"

#include <stdio.h>

#include "base/texts.h"

/* For checks, and until a screen gives its own. */
static const SpeechWords english = {
    .role = { [ROLE_GROUP] = "",
              [ROLE_HEADING] = "heading",
              [ROLE_TEXT] = "",
              [ROLE_BUTTON] = "button",
              [ROLE_CHOICE] = "choice",
              [ROLE_FIELD] = "field",
              [ROLE_KEY] = "key",
              [ROLE_IMAGE] = "",
              [ROLE_STATUS] = "status",
              [ROLE_ALERT] = "alert",
              [ROLE_PROGRESS] = "progress",
              [ROLE_CHECK] = "check box",
              [ROLE_TAB] = "tab",
              [ROLE_ROW] = "",
              [ROLE_CHART] = "",
              [ROLE_DIALOG] = "dialog" },
    .place = "{0} of {1}",
    .chosen = "chosen",
    .filling = "being filled",
    .disabled = "disabled",
};

typedef struct Speech {
    const Tree *tree;
    const SpeechWords *words;
    Buf *buf;
} Speech;

static void say(const Speech *speech, size_t start, const char *text, bool secret)
{
    if (!*text)
        return;
    if (speech->buf->len > start)
        buf_add_text(speech->buf, ", ");
    tree_words(speech->buf, text, secret);
}

/* "***" is read as a mess by a machine's voice; their number is what helps. */
static void say_value(const Speech *speech, size_t start, const Node *node)
{
    OWNED_BUF buf;
    char count[24];

    buf_init(&buf, 256);
    if (!*node->value)
        say(speech, start,
            *node->hint                                        ? node->hint
            : node->role == ROLE_FIELD && speech->words->empty ? speech->words->empty
                                                               : "",
            false);
    else if (!(node->state & NODE_SECRET) || !speech->words->stars)
        say(speech, start, node->value, node->state & NODE_SECRET);
    else {
        (void)snprintf(count, sizeof count, "%zu", utf8_count(str_from(node->value)));
        text_fill(&buf, speech->words->stars, (const char *const[]){ count }, 1);
        say(speech, start, buf_text(&buf), false);
    }
}

/* A control without a label is called by the words inside it. */
static void say_inside(const Speech *speech, const Node *node, size_t start)
{
    for (uint16_t i = node->first; i != NODE_NONE; i = tree_at(speech->tree, i)->next) {
        const Node *child = tree_at(speech->tree, i);
        say(speech, start, *child->said ? child->said : child->label, false);
        if (*child->said)
            continue;
        if (*child->value)
            say_value(speech, start, child);
        say_inside(speech, child, start);
    }
}

static void say_place(const Speech *speech, const Node *node)
{
    unsigned place, all;
    char of[2][16];
    OWNED_BUF buf;

    buf_init(&buf, 256);
    if (!tree_place(speech->tree, node, &place, &all))
        return;
    (void)snprintf(of[0], sizeof of[0], "%u", place);
    (void)snprintf(of[1], sizeof of[1], "%u", all);
    text_fill(&buf, speech->words->place, (const char *const[]){ of[0], of[1] }, 2);
    buf_add_byte(speech->buf, ' ');
    buf_add_text(speech->buf, buf_text(&buf));
}

static void say_state(const Speech *speech, const char *words)
{
    if (words && *words)
        buf_add_format(speech->buf, ", %s", words);
}

static void say_role(const Speech *speech, const Node *node)
{
    const SpeechWords *words = speech->words;

    buf_add_format(speech->buf, " (%s", words->role[node->role]);
    say_place(speech, node);
    if (node->state & NODE_CHOSEN)
        say_state(speech, words->chosen);
    else if (node->role == ROLE_CHOICE || node->role == ROLE_TAB || node->role == ROLE_CHECK)
        say_state(speech, words->not_chosen);
    if (node->state & NODE_FILLING)
        say_state(speech, words->filling);
    if (node->state & NODE_DISABLED)
        say_state(speech, words->disabled);
    buf_add_byte(speech->buf, ')');
}

/* Whether the node is a whole of its own, whose children are part of its name. */
static bool is_composed(const Node *node)
{
    return node->role == ROLE_BUTTON || node->role == ROLE_CHOICE || node->role == ROLE_KEY ||
           node->role == ROLE_CHECK || node->role == ROLE_TAB || node->role == ROLE_ROW || node->role == ROLE_CHART ||
           *node->said;
}

static void say_name(const Speech *speech, const Node *node, size_t start)
{
    if (*node->said) {
        say(speech, start, node->said, false);
        return;
    }
    if (node->role == ROLE_GROUP)
        return;
    say(speech, start, node->label, false);
    if (is_composed(node))
        say_inside(speech, node, start);
    say_value(speech, start, node);
    say(speech, start, node->error, false);
}

static void say_node(const Speech *speech, const Node *node)
{
    size_t start = speech->buf->len;

    say_name(speech, node, start);
    if (speech->buf->len > start && *speech->words->role[node->role])
        say_role(speech, node);
}

static void say_all(const Speech *speech, const Node *node)
{
    size_t start = speech->buf->len;

    say_node(speech, node);
    if (speech->buf->len > start)
        buf_add_byte(speech->buf, '\n');
    if (is_composed(node))
        return;
    for (uint16_t i = node->first; i != NODE_NONE; i = tree_at(speech->tree, i)->next)
        say_all(speech, tree_at(speech->tree, i));
}

void speech_of_node(const Tree *tree, const Node *node, const SpeechWords *words, Buf *buf)
{
    say_node(&(Speech){ tree, words, buf }, node);
}

void speech_of(const Tree *tree, const Node *from, const SpeechWords *words, Buf *buf)
{
    say_all(&(Speech){ tree, words, buf }, from);
}

void tree_speech(const Tree *tree, Buf *buf)
{
    if (tree_count(tree) > 0)
        speech_of(tree, tree_at(tree, tree_scope(tree)), &english, buf);
}
