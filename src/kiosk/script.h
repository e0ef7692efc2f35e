/* Plays a visit from a file: one step a line, '#' begins a comment.
 *
 *   tap ID                    touch a control, once it is there
 *   touch ID                  the same, but nothing when it is not there any more
 *   type TEXT                 text, as from a keyboard with keys
 *   key NAME                  tab, back-tab, enter, erase, escape
 *   scan TEXT                 a scanner that plays a keyboard (devices.scanner) reads this, and its Enter
 *   card UID                  a card with this number, hex digits, is put into the reader; "card out": it is pulled
 * out; "card reader": a reader is plugged in, before the first card wait SECONDS              real time goes by later
 * SECONDS             the kiosk's own clocks jump ahead: for time limits await FILE                until this file is
 * there: a test does something outside meanwhile expect screen NAME        within the patience (below) expect text
 * "WORDS"       in some node's label or value expect whole              nothing on the glass is cut expect colour
 * #RRGGBB     some pixel of the glass is of it expect gone ID            no node with this id any more, within the
 * patience expect ID                 a node with this id refuse colour #RRGGBB     no pixel of the glass is of it now
 *   refuse ID                 no node with this id now
 *   patience SECONDS          how long tap, expect and await wait from now on; 60 at first
 *   answers SECONDS           from now on a step waits so long, at most, for what the kiosk has asked of the registrar
 *                             for the glass; 10 at first, which is longer than a request may take; 0: not at all
 *   shot FILE.png             what is on the glass
 *   speech FILE               what would be spoken
 *   tree FILE                 the nodes
 *
 * A person looks before touching: every step but wait, await and what is expected to come (screen, text, colour, ID)
 * is carried out once the answers are there, and judges the glass that they made.  Whoever acts while an answer is
 * away says "answers 0" before.
 *
 * Files are relative to the folder that was given.  A failed step prints the tree. */
#ifndef KIOSK_SCRIPT_H
#define KIOSK_SCRIPT_H

#include "base/buf.h"
#include "kiosk/ui/ui.h"

#define SCRIPT_STEPS_MOST 2000
#define SCRIPT_BYTES_MOST (1u << 20)

typedef struct Script Script;

/* Checks the whole text; ERR_FORMAT with the line's number. */
Script *script_parse(Str text, Error *err) MUST_USE;
/* Steps are read from this descriptor (borrowed) as they are written, so that whoever writes can look first, with
 * "tree", and answer what is on the glass; its end is the script's.  A line that is no step fails when it comes. */
Script *script_listen(int fd, Error *err) MUST_USE;
void script_free(Script *script);
OWNED_BY(Script, script_free)

/* What the loop must do for the step at hand. */
typedef enum ScriptWish {
    SCRIPT_NOTHING, /* not yet: look again when something happened, or at ms */
    SCRIPT_TAP,     /* text: id */
    SCRIPT_TYPE,    /* text */
    SCRIPT_KEY,     /* text: name */
    SCRIPT_SCAN,    /* text: what is read */
    SCRIPT_CARD,    /* text: its number, "out" or "reader" */
    SCRIPT_LATER,   /* milliseconds */
    SCRIPT_SHOT,    /* text: file */
    SCRIPT_SPEECH,
    SCRIPT_TREE,
    SCRIPT_DONE,  /* every step held */
    SCRIPT_FAILED /* text: the step, with its line */
} ScriptWish;

typedef struct ScriptStep {
    ScriptWish wish;
    const char *text;
    int64_t ms; /* SCRIPT_LATER; SCRIPT_NOTHING: when to look again at the latest, monotonic */
} ScriptStep;

/* What is on the glass when the script looks. */
typedef struct ScriptSight {
    const Tree *tree;
    const SDL_Surface *surface; /* what is painted, 32 bits a pixel; NULL: nothing yet */
    const char *screen;
    int64_t monotonic_ms; /* real, without what "later" added */
    const char *out_folder;
    bool answers_due; /* what was asked for this glass is not all there yet */
} ScriptSight;

/* Goes on as far as it can.  After a SCRIPT_TAP that could not be carried out, call again: it waits for its patience.
 */
ScriptStep script_next(Script *script, const ScriptSight *sight);
/* Tells that the wish of the last script_next was carried out. */
void script_carried_out(Script *script);

#endif
