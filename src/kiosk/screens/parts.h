/* What screens are put together from: the frame (strip, content, bar), buttons, cards, rows, marks.  Sizes are
 * tokens.md's millimetres. */
#ifndef KIOSK_SCREENS_PARTS_H
#define KIOSK_SCREENS_PARTS_H

#include "kiosk/screens/facts.h"

#define MM_G           4.0F /* the grid; gap between targets */
#define MM_G2          8.0F
#define MM_G3          12.0F
#define MM_G4          16.0F /* margin of the glass */
#define MM_R           4.0F  /* corner */
#define MM_RS          2.0F
#define MM_HAIR        0.6F
#define MM_BUTTON      24.0F
#define MM_BIG         32.0F
#define MM_TARGET_MAIN 20.0F /* floor of the main actions and of rows */

#define MM_LEAN        250.0F /* a glass that is lower has a lean frame where one types */

/* --- frame: strip and content; bar; close ------------------------------------------------------------------------ */

/* The frame fits itself to the glass, the size of text, reach and hand: page->wide, scale, low, left. */
void frame_open(Page *page);
/* As frame_open for a screen with a keyboard: lean, and with room for a pad beside the content where that is its place.
 */
void frame_open_typing(Page *page);
/* Content ends; the keyboard of the model's layer stands under it, as wide as the glass, or beside it. */
void frame_keyboard(Page *page);
/* Content or keyboard ends, the bar at the bottom begins with the way to the settings; then come the way back,
 * part_push, the way on: in this order for both hands. */
void frame_bar(Page *page);
void frame_close(Page *page);
void frame_title(Page *page, const char *title, const char *under);

/* --- room ---------------------------------------------------------------------------------------------------------
 * A screen says what it would like side by side and how high, and gets what this glass has room for.  Nothing but these
 * asks for a panel; whoever needs more than they offer looks at page->inside and page->scale, never at pixels. */

/* Between the margins of the glass: width of the content, and the height of it that is in sight at once. */
float page_content_width(const Page *page);
float page_content_height(const Page *page);
/* What strip and bar leave: for content and keyboard together. */
float page_typing_height(const Page *page);
/* Whether the keyboard is a pad that stands beside the content, and how wide with its margins. */
bool page_pad_beside(const Page *page);
float page_pad_width(const Page *page);
/* The keyboard leaves so little that the title is small and what explains it stands below the field. */
bool page_crowded(const Page *page);
/* There is room for a field and its keys alone: no strip, and the label stands in the empty field. */
bool page_is_scarce(const Page *page);
/* Whether part_columns makes two: on a wide glass with text under 150 %. */
bool page_two_columns(const Page *page);
/* So little height for this size of text that titles are small, and what only explains them is left out. */
bool page_is_tight(const Page *page);
/* A button's height here: 24, 32 from 150 % on, less where the glass is low (never under 20). */
float page_button(const Page *page);
/* Least height of a row or card that would like `mm`: less on a low glass, never under 20. */
float page_row(const Page *page, float mm);
/* For what stands beside each other in two unlike parts, as "mine" beside "all services": the first gets `share` (0..1)
 * of the width; where there is no room for two, the second follows below.  Not nested.  In the second, or the only
 * column, part_push reaches the foot of the content. */
void part_columns_open(Page *page, float share);
void part_columns_next(Page *page);
void part_columns_close(Page *page);
/* For equal cards, tiles, choices: a grid of as many columns as are wanted, fewer where a cell would get less than 115
 * mm for text of 100 %.  Each child is a cell; closed by tree_close. */
void part_grid(Page *page, unsigned wanted, float gap);
unsigned page_grid_columns(const Page *page, unsigned wanted, float gap);

/* The one large button on COLOUR_WALL (attract, still there?): its fill and ink, by the theme. */
void page_wall_button(const Page *page, Style *style);
/* The upper part that low reach leaves empty, with its one line; nothing otherwise.  For screens without a frame: first
 * in their root column, the rest has page->height. */
void part_out_of_reach(Page *page);

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
/* Beside words it grows with them. */
void part_icon(Page *page, const char *icon, float mm, Colour ink);
/* Of the same size at every size of text. */
void part_mark(Page *page, const char *icon, float mm, Colour ink);
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
/* ... and a ticket for it, where there are tickets. */
void part_ticket_way(Page *page);
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
/* Labels wrap rather than being cut. */
Node *part_button(Page *page, Button button);
/* Icon alone, as wide as high; its label is spoken. */
Node *part_icon_button(Page *page, Button button);
/* To the sheet of the glass's settings; every bar has it, a screen without a bar places it. */
void part_settings(Page *page);
/* Calls a person; every bar has it where somebody may come. */
void part_call(Page *page);
/* ... and where the bar has no room for it, the sheet of settings, which every bar leads to. */
void part_call_way(Page *page);
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

/* The languages, as rows in a grid; the one in use is chosen. */
void part_languages(Page *page);
/* "Everything is taking longer": only while it does. */
void part_patience(Page *page, const char *words);
#endif
