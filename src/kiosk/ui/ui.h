/* The toolkit's face to main: from tree to pixels, and from touch and key to what a node sends.
 * SDL thread only.  What the glass remembers (scroll, focus, pressed, caret) lives in here, keyed by node id, and
 * ui_forget clears it. */
#ifndef KIOSK_UI_UI_H
#define KIOSK_UI_UI_H

#include <SDL.h>

#include "kiosk/ui/tree.h"

typedef struct UiConfig {
    int width, height; /* pixels */
    float pixels_per_mm;
    float text_scale;         /* 1, 1.25, 1.5, 2 */
    const char *icons_folder; /* assets/icons */
    const char *fonts_folder; /* Inter-*.otf and NotoSans-*.ttf, flat */
    const char *theme_file;   /* kiosk/themes/light.ini */
} UiConfig;

typedef struct Ui Ui;

Ui *ui_new(const UiConfig *config, Error *err) MUST_USE;
void ui_free(Ui *ui);
OWNED_BY(Ui, ui_free)

/* The tree to build next (cleared).  Until ui_lay_out, input still means the one before. */
Tree *ui_begin(Ui *ui, Language language);
/* Lays the new tree out and makes it the one that input means. */
void ui_lay_out(Ui *ui);
/* The tree laid out last. */
const Tree *ui_tree(const Ui *ui);
/* Paints what differs from the last picture (or all after ui_damage_all) into target, the window's own surface
 * (XRGB8888 or ARGB8888; it must still hold the last picture), and writes the rectangles to present; returns how many
 * (0: nothing changed). */
#define UI_RECTS_MOST 32
int ui_paint(Ui *ui, SDL_Surface *target, SDL_Rect rects[UI_RECTS_MOST]);
void ui_damage_all(Ui *ui);

typedef enum UiInputKind {
    UI_DOWN,
    UI_MOVE,
    UI_UP,
    UI_CANCEL,
    UI_FOCUS_NEXT,
    UI_FOCUS_BEFORE,
    UI_ACTIVATE
} UiInputKind;
typedef struct UiInput {
    UiInputKind kind;
    int x, y; /* pixels, for DOWN, MOVE, UP */
} UiInput;

/* True when a control was activated: *ret_send.  Only one finger counts; a drag that scrolls sends nothing.
 * A control acts when the finger lifts on it; keys of a keyboard act on touch. */
bool ui_input(Ui *ui, const UiInput *input, Send *ret_send);
/* As if a person touched the node: false when it is not there, not visible, disabled or covered. */
bool ui_tap(Ui *ui, const char *id, Send *ret_send);
/* What should be painted although no message came (pressed state); main paints after each input. */
bool ui_wants_paint(const Ui *ui);

/* End of a visit: scroll, focus, cached lines and images gone, memory wiped, the next paint is whole.  The tree shown
 * is wiped when the next one is laid out, and with it whatever was cached for it meanwhile. */
void ui_forget(Ui *ui);
/* Another panel, text size or theme.  On failure all stays as it was. */
bool ui_configure(Ui *ui, const UiConfig *config, Error *err) MUST_USE;

/* Writes the surface as a PNG file. */
bool ui_shot(SDL_Surface *surface, const char *path, Error *err) MUST_USE;

#endif
