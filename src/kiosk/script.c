#include "kiosk/script.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/colour.h"
#include "base/file.h"
#include "base/memory.h"

typedef enum StepKind {
    STEP_TAP,
    STEP_TOUCH,
    STEP_TYPE,
    STEP_KEY,
    STEP_SCAN,
    STEP_CARD,
    STEP_WAIT,
    STEP_LATER,
    STEP_AWAIT,
    STEP_EXPECT_SCREEN,
    STEP_EXPECT_TEXT,
    STEP_EXPECT_WHOLE,
    STEP_EXPECT_COLOUR,
    STEP_EXPECT_GONE,
    STEP_EXPECT_NODE,
    STEP_REFUSE_COLOUR,
    STEP_REFUSE,
    STEP_PATIENCE,
    STEP_ANSWERS,
    STEP_SHOT,
    STEP_SPEECH,
    STEP_TREE
} StepKind;

/* Longer beginnings stand before the shorter ones that they contain. */
static const struct {
    const char *words;
    StepKind kind;
    bool number;
} step_kinds[] = {
    { "tap", STEP_TAP, false },
    { "touch", STEP_TOUCH, false },
    { "type", STEP_TYPE, false },
    { "key", STEP_KEY, false },
    { "scan", STEP_SCAN, false },
    { "card", STEP_CARD, false },
    { "wait", STEP_WAIT, true },
    { "later", STEP_LATER, true },
    { "await", STEP_AWAIT, false },
    { "expect screen", STEP_EXPECT_SCREEN, false },
    { "expect text", STEP_EXPECT_TEXT, false },
    { "expect whole", STEP_EXPECT_WHOLE, false },
    { "expect colour", STEP_EXPECT_COLOUR, false },
    { "expect gone", STEP_EXPECT_GONE, false },
    { "expect", STEP_EXPECT_NODE, false },
    { "refuse colour", STEP_REFUSE_COLOUR, false },
    { "refuse", STEP_REFUSE, false },
    { "patience", STEP_PATIENCE, true },
    { "answers", STEP_ANSWERS, true },
    { "shot", STEP_SHOT, false },
    { "speech", STEP_SPEECH, false },
    { "tree", STEP_TREE, false },
};

typedef struct Step {
    StepKind kind;
    unsigned line;
    int64_t ms;
    Rgb colour;
    char text[256];
} Step;

#define LINE_MOST   512
#define LISTEN_MS   10    /* how often a script that is still being written is looked for */
#define DUE_MS      10    /* ... and whether the last answer has come: some are none */
#define PATIENCE_MS 60000 /* costs nothing when all is well, and machines are slow */
#define ANSWERS_MS  10000

struct Script {
    size_t count, at;
    int fd; /* where further steps come from; -1: none do */
    unsigned lines;
    size_t heard_count;
    char heard[LINE_MOST]; /* the beginning of a line whose end is still to come */
    int64_t patience_ms, answers_ms;
    int64_t began_ms; /* when the step at hand was first looked at; -1: not yet */
    char failure[320];
    Step steps[SCRIPT_STEPS_MOST];
};

static bool parse_seconds(Str text, int64_t *ret_ms)
{
    Str rest = text;
    Str whole = str_split(&rest, '.');
    int64_t seconds, tenths = 0;

    if (!str_to_i64(whole, 0, 86400, &seconds) || (rest.ptr && !str_to_i64(rest, 0, 9, &tenths)))
        return false;
    *ret_ms = seconds * 1000 + tenths * 100;
    return true;
}

static bool step_parse(Str line, Step *step, Error *err)
{
    for (size_t i = 0; i < COUNT(step_kinds); i++) {
        Str words = str_from(step_kinds[i].words);
        if (!str_starts(line, words) || (line.len > words.len && line.ptr[words.len] != ' '))
            continue;
        Str text = str_trim((Str){ line.ptr + words.len, line.len - words.len });
        if (text.len >= 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
            text = (Str){ text.ptr + 1, text.len - 2 };
        step->kind = step_kinds[i].kind;
        bool alone = step->kind == STEP_EXPECT_WHOLE;
        if (text.len ? alone : !alone)
            return error_set(err, ERR_FORMAT, "line %u: %s wants %s", step->line, step_kinds[i].words,
                             alone ? "nothing more" : "something of at most 255 bytes");
        if (!str_copy(text, step->text, sizeof step->text))
            return error_set(err, ERR_FORMAT, "line %u: %s wants something of at most 255 bytes", step->line,
                             step_kinds[i].words);
        if (step_kinds[i].number && !parse_seconds(text, &step->ms))
            return error_set(err, ERR_FORMAT, "line %u: %s wants seconds, such as 2 or 0.5", step->line,
                             step_kinds[i].words);
        if ((step->kind == STEP_EXPECT_COLOUR || step->kind == STEP_REFUSE_COLOUR) && !rgb_parse(text, &step->colour))
            return error_set(err, ERR_FORMAT, "line %u: %s wants #RRGGBB", step->line, step_kinds[i].words);
        return true;
    }
    return error_set(err, ERR_FORMAT, "line %u: no such step: " STR_FMT, step->line,
                     STR_ARG(((Str){ line.ptr, line.len < 60 ? line.len : 60 })));
}

static Script *script_new(int fd, Error *err)
{
    Script *script = mem_new(1, sizeof *script);

    if (!script) {
        error_set(err, ERR_MEMORY, "no memory for a script");
        return NULL;
    }
    script->fd = fd;
    script->patience_ms = PATIENCE_MS;
    script->answers_ms = ANSWERS_MS;
    script->began_ms = -1;
    return script;
}

static bool add_line(Script *script, Str text, Error *err)
{
    Str line = str_trim(text);

    script->lines++;
    if (!line.len || line.ptr[0] == '#')
        return true;
    if (script->count == SCRIPT_STEPS_MOST)
        return error_set(err, ERR_RANGE, "a script has at most %d steps", SCRIPT_STEPS_MOST);
    Step *step = &script->steps[script->count++];
    *step = (Step){ .line = script->lines };
    return step_parse(line, step, err);
}

Script *script_parse(Str text, Error *err)
{
    OWNED(Script) script = script_new(-1, err);

    while (script && text.ptr)
        if (!add_line(script, str_split(&text, '\n'), err))
            return NULL;
    return steal(&script);
}

Script *script_listen(int fd, Error *err)
{
    return script_new(fd, err);
}

void script_free(Script *script)
{
    if (script)
        mem_free_wiped(script, sizeof *script);
}

static bool tree_has_text(const Tree *tree, const char *words)
{
    for (size_t i = 0; i < tree_count(tree); i++) {
        const Node *node = tree_at(tree, i);
        if (strstr(node->label, words) || strstr(node->value, words) || strstr(node->error, words))
            return true;
    }
    return false;
}

/* No text and no box of it is cut. */
static bool tree_is_whole(const Tree *tree)
{
    for (size_t i = 0; i < tree_count(tree); i++)
        if (tree_at(tree, i)->cut)
            return false;
    return true;
}

static bool surface_shows(const SDL_Surface *surface, Rgb colour)
{
    if (!surface || surface->format->BytesPerPixel != sizeof(Uint32))
        return false;
    Uint32 mask = surface->format->Rmask | surface->format->Gmask | surface->format->Bmask;
    Uint32 wanted = SDL_MapRGB(surface->format, (Uint8)(colour >> 16), (Uint8)(colour >> 8), (Uint8)colour) & mask;
    for (int y = 0; y < surface->h; y++) {
        const Uint32 *row = (const Uint32 *)((const Uint8 *)surface->pixels + (ptrdiff_t)y * surface->pitch);
        for (int x = 0; x < surface->w; x++)
            if ((row[x] & mask) == wanted)
                return true;
    }
    return false;
}

static bool file_is_there(const ScriptSight *sight, const char *name)
{
    char path[1024];

    return path_join(path, sizeof path, sight->out_folder, name, NULL) && access(path, F_OK) == 0;
}

/* Steps that hold or do not, by looking. */
static bool step_holds(const Step *step, const ScriptSight *sight, int64_t waited_ms)
{
    switch (step->kind) {
    case STEP_WAIT: return waited_ms >= step->ms;
    case STEP_AWAIT: return file_is_there(sight, step->text);
    case STEP_EXPECT_SCREEN: return !strcmp(sight->screen, step->text);
    case STEP_EXPECT_TEXT: return tree_has_text(sight->tree, step->text);
    case STEP_EXPECT_WHOLE: return tree_is_whole(sight->tree);
    case STEP_EXPECT_COLOUR: return surface_shows(sight->surface, step->colour);
    case STEP_REFUSE_COLOUR: return !surface_shows(sight->surface, step->colour);
    case STEP_EXPECT_NODE: return tree_find(sight->tree, step->text) != NULL;
    case STEP_EXPECT_GONE:
    case STEP_REFUSE: return tree_find(sight->tree, step->text) == NULL;
    case STEP_TOUCH: return tree_find(sight->tree, step->text) == NULL;
    case STEP_PATIENCE:
    case STEP_ANSWERS: return true;
    case STEP_TAP:
    case STEP_TYPE:
    case STEP_KEY:
    case STEP_SCAN:
    case STEP_CARD:
    case STEP_LATER:
    case STEP_SHOT:
    case STEP_SPEECH:
    case STEP_TREE: return false;
    }
    return false;
}

static ScriptWish step_wish(StepKind kind)
{
    switch (kind) {
    case STEP_TAP:
    case STEP_TOUCH: return SCRIPT_TAP;
    case STEP_TYPE: return SCRIPT_TYPE;
    case STEP_KEY: return SCRIPT_KEY;
    case STEP_SCAN: return SCRIPT_SCAN;
    case STEP_CARD: return SCRIPT_CARD;
    case STEP_LATER: return SCRIPT_LATER;
    case STEP_SHOT: return SCRIPT_SHOT;
    case STEP_SPEECH: return SCRIPT_SPEECH;
    case STEP_TREE: return SCRIPT_TREE;
    case STEP_WAIT:
    case STEP_AWAIT:
    case STEP_EXPECT_SCREEN:
    case STEP_EXPECT_TEXT:
    case STEP_EXPECT_WHOLE:
    case STEP_EXPECT_COLOUR:
    case STEP_EXPECT_GONE:
    case STEP_EXPECT_NODE:
    case STEP_REFUSE_COLOUR:
    case STEP_REFUSE:
    case STEP_PATIENCE:
    case STEP_ANSWERS: return SCRIPT_NOTHING;
    }
    return SCRIPT_NOTHING;
}

/* It would mean another thing before the answers are there: touch what is about to go, or find nothing where something
 * is about to come.  What is expected to come waits by itself, and may be what stands there meanwhile. */
static bool step_looks_first(StepKind kind)
{
    switch (kind) {
    case STEP_TAP:
    case STEP_TOUCH:
    case STEP_TYPE:
    case STEP_KEY:
    case STEP_SCAN:
    case STEP_CARD:
    case STEP_LATER:
    case STEP_EXPECT_WHOLE:
    case STEP_EXPECT_GONE:
    case STEP_REFUSE_COLOUR:
    case STEP_REFUSE:
    case STEP_SHOT:
    case STEP_SPEECH:
    case STEP_TREE: return true;
    case STEP_WAIT:
    case STEP_AWAIT:
    case STEP_EXPECT_SCREEN:
    case STEP_EXPECT_TEXT:
    case STEP_EXPECT_COLOUR:
    case STEP_EXPECT_NODE:
    case STEP_PATIENCE:
    case STEP_ANSWERS: return false;
    }
    return false;
}

/* A step may have held a password: it is wiped when it is done. */
void script_carried_out(Script *script)
{
    mem_wipe(&script->steps[script->at], sizeof script->steps[0]);
    script->at++;
    script->began_ms = -1;
}

static ScriptStep fail(Script *script, const Step *step, const char *screen)
{
    const char *words = "";

    for (size_t i = 0; i < COUNT(step_kinds); i++)
        if (step_kinds[i].kind == step->kind)
            words = step_kinds[i].words;
    snprintf(script->failure, sizeof script->failure, "line %u: %s %.200s: did not happen on screen %s", step->line,
             words, step->text, screen);
    return (ScriptStep){ SCRIPT_FAILED, script->failure, 0 };
}

/* Takes in what was written since.  SCRIPT_NOTHING: as much as there was. */
static ScriptWish hear(Script *script)
{
    struct pollfd there = { .fd = script->fd, .events = POLLIN };
    Error err = { 0 };

    script->at = script->count = 0; /* all that was heard before is done */
    while (script->count == 0 && poll(&there, 1, 0) > 0) {
        char *end;
        ssize_t got = read(script->fd, script->heard + script->heard_count, LINE_MOST - script->heard_count);
        if (got <= 0)
            return SCRIPT_DONE;
        script->heard_count += (size_t)got;
        while ((end = memchr(script->heard, '\n', script->heard_count))) {
            size_t len = (size_t)(end - script->heard);
            if (!add_line(script, (Str){ script->heard, len }, &err)) {
                str_copy_cut(str_from(err.text), script->failure, sizeof script->failure);
                return SCRIPT_FAILED;
            }
            script->heard_count -= len + 1;
            memmove(script->heard, end + 1, script->heard_count);
            mem_wipe(script->heard + script->heard_count, len + 1);
        }
        if (script->heard_count == LINE_MOST) {
            snprintf(script->failure, sizeof script->failure, "line %u: too long", script->lines + 1);
            return SCRIPT_FAILED;
        }
    }
    return SCRIPT_NOTHING;
}

ScriptStep script_next(Script *script, const ScriptSight *sight)
{
    if (script->at == script->count && script->fd >= 0) {
        ScriptWish wish = hear(script);
        if (script->count == 0 || wish == SCRIPT_FAILED)
            return (ScriptStep){ wish, script->failure, sight->monotonic_ms + LISTEN_MS };
    }
    while (script->at < script->count) {
        const Step *step = &script->steps[script->at];
        bool first = script->began_ms < 0;

        if (first)
            script->began_ms = sight->monotonic_ms;
        if (step->kind == STEP_PATIENCE)
            script->patience_ms = step->ms;
        if (step->kind == STEP_ANSWERS)
            script->answers_ms = step->ms;
        int64_t waited_ms = sight->monotonic_ms - script->began_ms;
        int64_t patience_ms = step->kind == STEP_WAIT ? step->ms + 1 : script->patience_ms;

        if (step_looks_first(step->kind) && sight->answers_due && waited_ms < script->answers_ms)
            return (ScriptStep){ SCRIPT_NOTHING, NULL, sight->monotonic_ms + DUE_MS };
        if (step_holds(step, sight, waited_ms)) {
            script_carried_out(script);
            continue;
        }
        bool at_once = step->kind == STEP_REFUSE || step->kind == STEP_REFUSE_COLOUR;
        if (waited_ms > patience_ms || at_once)
            return fail(script, step, sight->screen);
        if (step_wish(step->kind) != SCRIPT_NOTHING && (step->kind != STEP_TAP || tree_find(sight->tree, step->text)))
            return (ScriptStep){ step_wish(step->kind), step->text, step->ms };
        /* Somebody else must act first: a message wakes the loop, files are looked for ten times a second. */
        return (ScriptStep){ SCRIPT_NOTHING, NULL,
                             sight->monotonic_ms + (step->kind == STEP_WAIT ? step->ms - waited_ms : 100) };
    }
    /* Who writes as it is played looks first and writes then. */
    return (ScriptStep){ script->fd < 0 ? SCRIPT_DONE : SCRIPT_NOTHING, NULL, sight->monotonic_ms };
}
