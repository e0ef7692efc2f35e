/* The keyboard of the model's layer on this glass: how high it may be, where it stands, and what was typed above it. */
#include <math.h>

#include "kiosk/app/app.h"
#include "kiosk/screens/parts.h"
#include "kiosk/ui/keyboard.h"

/* The keyboard's own acts pass through app by number (app/acts.h). */
static_assert((int)KEYBOARD_ARG_SHIFT == (int)KEYBOARD_SHIFT && (int)KEYBOARD_ARG_LETTERS == (int)KEYBOARD_TO_LETTERS &&
                  (int)KEYBOARD_ARG_SYMBOLS == (int)KEYBOARD_TO_SYMBOLS &&
                  (int)KEYBOARD_ARG_LANGUAGE == (int)KEYBOARD_NEXT_LETTERS,
              "app and ui number the keyboard's acts alike");
static_assert((int)CASE_SMALL == (int)KEYBOARD_SMALL && (int)CASE_ONE_CAPITAL == (int)KEYBOARD_CAPITAL &&
                  (int)CASE_CAPITALS == (int)KEYBOARD_CAPITALS,
              "app and ui number the letters' case alike");

#define MM_QUESTION      60.0F /* title, a line under it and a field want so much of the content's height ... */
#define MM_QUESTION_TEXT 49.0F /* ... and this with their text, at 100 % */
#define MM_FIELD_ALONE   30.0F /* a field with its label, which must be in sight */
#define MM_FIELD_TEXT    9.0F
#define HALF             0.5F
#define MM_ALERT         40.0F
#define MM_ROUNDING      2.0F /* of four rows to whole pixels */
#define MM_CROWDED       170.0F
#define THIRD            0.33F
#define MM_CALENDAR      175.0F
#define MM_BESIDE        125.0F /* the least of content beside it, for text of 100 % */
#define BESIDE           0.4F   /* of the glass's width is the pad's */
#define ECHO_GROWS       1.25F
#define MM_ECHO          16.0F
#define MM_ECHO_GAP      3.0F
#define MM_FIELD_BARE    33.0F

static KeyboardKind kind_of(KeyboardLayer layer)
{
    static const KeyboardKind kinds[] = {
        [LAYER_NUMBERS] = KEYBOARD_NUMBERS, [LAYER_UZ] = KEYBOARD_UZ, [LAYER_UZ_CYRL] = KEYBOARD_UZ_CYRL,
        [LAYER_RU] = KEYBOARD_RU,           [LAYER_EN] = KEYBOARD_EN, [LAYER_EMAIL] = KEYBOARD_EMAIL,
        [LAYER_SYMBOLS] = KEYBOARD_SYMBOLS,
    };
    static_assert(COUNT(kinds) == LAYER_COUNT, "a keyboard for every layer");

    return kinds[layer];
}

static const Field *question(const Page *page)
{
    return page->visit->screen == SCREEN_FORM ? model_question(page->model, NULL) : NULL;
}

static bool is_pad(const Page *page)
{
    return page->visit->typing.layer == LAYER_NUMBERS;
}

bool page_pad_beside(const Page *page)
{
    float left = page->width - page_pad_width(page) - 2.0F * MM_G4;

    return page->wide && is_pad(page) && left >= MM_BESIDE * page->scale;
}

bool page_crowded(const Page *page)
{
    return page->typing && !page_pad_beside(page) && page_typing_height(page) < MM_CROWDED * page->scale;
}

float page_pad_width(const Page *page)
{
    return page->width * BESIDE;
}

/* The pad has no bed that keeps it apart. */
static float around_pad(const Page *page)
{
    return is_pad(page) ? MM_G + MM_G2 : 0.0F;
}

/* Two are filled in to sign in; on a wide glass they stand beside each other. */
static float second_field(const Page *page)
{
    bool below = page->visit->screen == SCREEN_SIGN_IN && !page->wide;

    return below ? MM_FIELD_ALONE + MM_FIELD_TEXT * page->scale : 0.0F;
}

/* What question and field would like is theirs; the keyboard has the rest, but half of all at least, or a third where a
 * calendar stands below the field. */
static float keyboard_height(const Page *page, KeyboardKind kind)
{
    const Field *field = question(page);
    bool calendar = field && field->kind == FIELD_DATE;
    float all = page_typing_height(page) - around_pad(page);
    float rest = all - MM_QUESTION - MM_QUESTION_TEXT * page->scale - (calendar ? MM_CALENDAR : 0) -
                 (page->alerted ? MM_ALERT * page->scale : 0) - second_field(page);
    bool flat = page->wide && is_pad(page);
    float wanted = fmaxf(rest, all * (calendar || flat || page->alerted ? THIRD : HALF));

    return fmaxf(keyboard_height_least(kind, page->wide), fminf(wanted, keyboard_height_most(kind, page->wide)));
}

static bool wants_minus(const Page *page)
{
    const Field *field = question(page);

    return field && field->kind == FIELD_NUMBER && field->least < 0;
}

static void keyboard(Page *page, float height)
{
    const TypingState *typing = &page->visit->typing;
    Keyboard keyboard = {
        .kind = kind_of(typing->layer),
        .letters = kind_of(typing->letters),
        .next = kind_of(model_next_letters(page->model)),
        .shift = (KeyboardCase)app_letter_case(page->model),
        .height = height,
        .width = page_pad_beside(page) ? page_pad_width(page) - MM_G4 : page_content_width(page),
        .flat = page->wide && !page_pad_beside(page),
        .minus = wants_minus(page),
        .act = ACT_KEYBOARD,
        .labels = {
            /* TRANSLATORS: key: takes the last character away */
            .erase = say(page, "Erase"),
            /* TRANSLATORS: key: empties the field */
            .clear = say(page, "Clear"),
            /* TRANSLATORS: key: a space between words */
            .space = say(page, "space"),
            /* TRANSLATORS: key, spoken: capital letters */
            .shift = say(page, "Capitals"),
            /* TRANSLATORS: key, spoken: it is on; a touch ends it */
            .lock = say(page, "Capitals stay on"),
            /* TRANSLATORS: key, spoken before the short name of a language: another language's letters */
            .language = say(page, "Letters"),
        },
    };

    keyboard_build(page->tree, &keyboard);
}

static const Node *field_being_filled(const Tree *tree)
{
    for (size_t i = 0; i < tree_count(tree); i++)
        if (tree_at(tree, i)->state & NODE_FILLING)
            return tree_at(tree, i);
    return NULL;
}

/* Whether the field that is filled, with its label, can be seen above the keys at all. */
static bool has_room(const Page *page, const Node *field, float left)
{
    return left >= (field->label[0] ? MM_FIELD_ALONE + MM_FIELD_TEXT * page->scale : MM_FIELD_BARE);
}

/* Where it can't, what was typed stands on a line right above the keys. */
static void echo(Page *page, float left)
{
    const Node *field = field_being_filled(page->tree);
    float side = is_pad(page) ? 0.0F : MM_G4;
    Node *node;

    if (!field || has_room(page, field, left))
        return;
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .pad_left = side, .pad_right = side, .pad_bottom = MM_ECHO_GAP });
    node = tree_leaf(page->tree, ROLE_FIELD, "echo", "", (Style){ .height = MM_ECHO, .text_scale_most = ECHO_GROWS });
    node->value = field->value;
    node->hint = field->hint;
    node->state |= field->state & (NODE_SECRET | NODE_PEEK);
    tree_close(page->tree);
}

static void pad_beside(Page *page)
{
    float height = page_typing_height(page) - MM_G2 - MM_ROUNDING;

    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .width = page_pad_width(page),
                       .justify = JUSTIFY_END,
                       .pad_left = page->left ? MM_G4 : 0,
                       .pad_right = page->left ? 0 : MM_G4,
                       .pad_top = MM_G,
                       .pad_bottom = MM_G });
    keyboard(page, height);
    tree_close(page->tree);
}

void frame_open_typing(Page *page)
{
    page->typing = true;
    page->lean = page->height < MM_LEAN;
    frame_open(page);
}

void frame_keyboard(Page *page)
{
    KeyboardKind kind = kind_of(page->visit->typing.layer);
    float height = keyboard_height(page, kind);
    /* The pad keeps the margins of the glass; the bed of the other layers has none (picture 06). */
    float side = is_pad(page) ? MM_G4 : 0.0F;

    tree_close(page->tree);
    if (page_pad_beside(page)) {
        pad_beside(page);
        return;
    }
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .pad_left = side,
                       .pad_right = side,
                       .pad_top = is_pad(page) ? MM_G : 0.0F,
                       .pad_bottom = is_pad(page) ? MM_G2 : 0.0F });
    echo(page, page_typing_height(page) - around_pad(page) - height);
    keyboard(page, height);
}
