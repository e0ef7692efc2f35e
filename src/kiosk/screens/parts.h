/* What screens are put together from: the frame (strip, content, bar), buttons, cards, rows, marks.  Sizes are
 * tokens.md's millimetres. */
#ifndef KIOSK_SCREENS_PARTS_H
#define KIOSK_SCREENS_PARTS_H

#include "kiosk/screens/facts.h"

#define MM_G      4.0F /* the grid; gap between targets */
#define MM_G2     8.0F
#define MM_G3     12.0F
#define MM_G4     16.0F /* margin of the glass */
#define MM_R      4.0F  /* corner */
#define MM_RS     2.0F
#define MM_HAIR   0.6F
#define MM_BUTTON 24.0F
#define MM_BIG    32.0F

/* --- frame: strip and content; bar; close ------------------------------------------------------------------------ */

void frame_open(Page *page);
/* Content ends; the keyboard of the model's layer stands under it, as wide as the glass. */
void frame_keyboard(Page *page);
/* Content or keyboard ends, the bar at the bottom begins: the way back, part_push, the way on. */
void frame_bar(Page *page);
void frame_close(Page *page);
void frame_title(Page *page, const char *title, const char *under);

/* --- boxes -------------------------------------------------------------------------------------------------------- */

Style style_column(float gap);
Style style_row(float gap);
Style style_card(float pad);
Style style_text(TextRole text, Weight weight, Colour ink);
/* Takes what is left, so that what follows stands at the end. */
void part_push(Page *page);
void part_space(Page *page, float mm);
void part_line(Page *page);
Node *part_text(Page *page, TextRole text, Weight weight, Colour ink, const char *words);
/* Small label over a group. */
void part_label(Page *page, const char *words);
void part_icon(Page *page, const char *icon, float mm, Colour ink);
/* Icon on a plate of 24 mm or so; round for marks of state. */
typedef struct Plate {
    const char *icon;
    float mm, icon_mm;
    Colour fill, ink;
    bool round;
} Plate;
void part_plate(Page *page, Plate plate);
/* A paper in outline, mm wide, A4. */
void part_sample(Page *page, float mm);
/* Icon, a small label and what it says under it: one of the facts on a card. */
void part_fact(Page *page, const char *icon, const char *label, const char *words);
/* A card: the window helps, when, what to bring, what to ask for there. */
void part_window(Page *page, const char *what);
/* Icon and a line of soft words, as at the foot of a screen. */
void part_note(Page *page, const char *icon, const char *words);
/* Coloured box with icon, a bold line and a line under it (may be ""). */
typedef struct Notice {
    const char *icon;
    Colour fill, ink;
    const char *title, *text;
} Notice;
Node *part_notice(Page *page, Role role, Notice notice);

/* --- controls ------------------------------------------------------------------------------------------------------
 */

typedef enum ButtonKind { BUTTON_MAIN, BUTTON_SECOND, BUTTON_QUIET, BUTTON_MAIN_BIG, BUTTON_SECOND_BIG } ButtonKind;
typedef struct Button {
    ButtonKind kind;
    const char *id, *label, *icon; /* icon NULL: none */
    bool icon_after;
    Act act;
    uint16_t arg;
} Button;
Node *part_button(Page *page, Button button);
/* The ones that every bar has. */
void part_back(Page *page);
void part_finish(Page *page);
/* The main action in the bar: 88 mm at least. */
Node *part_main(Page *page, const char *id, const char *label, const char *icon, Act act);

/* A whole-width row that is touched: icon, a bold line, a line under it, a chevron. */
typedef struct Way {
    const char *id, *icon, *title, *text;
    Act act;
    uint16_t arg;
    bool main; /* the best one, filled */
    float mm;  /* least height */
} Way;
Node *part_way(Page *page, Way way);

/* Four languages, as rows; the one in use is chosen. */
void part_languages(Page *page);
/* "Everything is taking longer": only while it does. */
void part_patience(Page *page, const char *words);
#endif
