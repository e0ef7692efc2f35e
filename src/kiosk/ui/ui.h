/* The toolkit's face to main: from tree to pixels, and from touch and key to what a node sends.
 * SDL thread only.  What the glass remembers (scroll, focus, pressed, caret) lives in here, keyed by node id, and
 * ui_forget clears it. */
#ifndef KIOSK_UI_UI_H
#define KIOSK_UI_UI_H

#include <SDL.h>

#include "base/clock.h"
#include "kiosk/ui/tree.h"

typedef struct UiConfig {
    int width, height; /* pixels */
    float pixels_per_mm;
    float text_scale;         /* 1, 1.25, 1.5, 2 */
    const char *icons_folder; /* assets/icons */
    const char *fonts_folder; /* Inter-*.otf and NotoSans-*.ttf, flat */
    const char *theme_file;   /* kiosk/themes/light.ini */
    bool left_handed;         /* scroll bars stand at the left */
    bool calm;                /* nothing moves by itself */
    uint32_t brand;           /* 0xRRGGBB, darkened or lightened until text on it passes; 0: the theme's own */
    Blob *logo;               /* PNG or SVG in many colours, kept; NULL: the icon "logo" */
    const Clock *clock;       /* for movement, borrowed; NULL: nothing moves */
} UiConfig;

typedef struct Ui Ui;

Ui *ui_new(const UiConfig *config, Error *err) MUST_USE;
void ui_free(Ui *ui);
OWNED_BY(Ui, ui_free)

/* The tree to build next (cleared).  Until ui_lay_out, input still means the one before. */
Tree *ui_begin(Ui *ui, Language language);
/* Which screen the tree being built is ("form.3"), before ui_lay_out.  Scroll is remembered for each.  When it is
 * another than the last tree's, who came by keyboard finds the focus on the first control of the node "content", and
 * that node moves in.  Not called: the same screen as before. */
void ui_screen(Ui *ui, const char *name);
/* Lays the new tree out and makes it the one that input means. */
void ui_lay_out(Ui *ui);
/* The tree laid out last. */
const Tree *ui_tree(const Ui *ui);
/* Paints what differs from the last picture (or all after ui_damage_all) into target, the window's own surface
 * (XRGB8888 or ARGB8888; it must still hold the last picture), and writes the rectangles to present; returns how many
 * (0: nothing changed). */
#define UI_RECTS_MOST 32
int ui_paint(Ui *ui, SDL_Surface *target, SDL_Rect rects[UI_RECTS_MOST]);
/* Movement: after another ui_screen the node "content" rises and fades in within UI_MOVE_MS: the first ui_paint shows
 * it on its way already, and main calls ui_paint again after so many milliseconds (-1: nothing moves; no wake-up is
 * needed).  Input always means the new tree; input and the next ui_lay_out end it at once on the final picture, and
 * nothing is kept of it.  ui_settled: the picture painted last is final (a script's shot waits for that). */
#define UI_MOVE_MS 120
int ui_next_frame_ms(const Ui *ui);
bool ui_settled(const Ui *ui);
void ui_damage_all(Ui *ui);

typedef enum UiInputKind {
    UI_DOWN,
    UI_MOVE,
    UI_UP,
    UI_CANCEL,
    UI_FOCUS_NEXT,
    UI_FOCUS_BEFORE,
    UI_ACTIVATE,
    UI_ARROW_LEFT, /* focus to the neighbour in that direction; up and down scroll where there is none */
    UI_ARROW_RIGHT,
    UI_ARROW_UP,
    UI_ARROW_DOWN,
    UI_PAGE_UP, /* scrolls what holds the focus, else the largest that scrolls */
    UI_PAGE_DOWN,
    UI_LEAVE /* Escape: activates the control that is NODE_LEAVE; false when there is none */
} UiInputKind;
typedef struct UiInput {
    UiInputKind kind;
    int x, y; /* pixels, for DOWN, MOVE, UP */
} UiInput;

/* True when a control was activated: *ret_send.  Only one finger counts; a drag that scrolls sends nothing.
 * A control acts when the finger lifts on it; keys of a keyboard act on touch. */
bool ui_input(Ui *ui, const UiInput *input, Send *ret_send);
/* Whether a touch there means a control. */
bool ui_touches(const Ui *ui, int x, int y);
/* As if a person touched the node, having scrolled to it: false when it is not there, disabled or covered. */
bool ui_tap(Ui *ui, const char *id, Send *ret_send);
/* What has the keyboard's focus, to be spoken; NULL: nothing has.  Of the tree laid out last. */
const Node *ui_focused(const Ui *ui);
/* What should be painted although no message came (pressed state); main paints after each input. */
bool ui_wants_paint(const Ui *ui);

/* End of a visit: scroll, focus, cached lines and images gone, memory wiped, the next paint is whole.  The tree shown
 * is wiped when the next one is laid out, and with it whatever was cached for it meanwhile. */
void ui_forget(Ui *ui);
/* Another panel, text size, theme, hand or brand; fonts and pictures are read anew only from another folder.  On
 * failure all stays as it was. */
bool ui_configure(Ui *ui, const UiConfig *config, Error *err) MUST_USE;

/* Writes the surface as a PNG file. */
bool ui_shot(SDL_Surface *surface, const char *path, Error *err) MUST_USE;

#endif
