#include "kiosk/ui/keyboard.h"

#include <math.h>
#include <stdio.h>

#include "kiosk/ui/keyboard_layouts.h"

#define MM_GAP       3.0F /* between keys; the floor between two targets */
#define MM_PAD_GAP   4.0F
#define MM_CORNER    2.0F
#define MM_BED_SIDE  10.0F
#define MM_BED       7.0F
#define MM_BED_LOW   3.0F  /* above and below, where room is short */
#define MM_LETTER    10.4F /* a key's line of text at 100 %, and a pad's */
#define MM_FIGURE    15.2F
#define MM_WORD      8.95F /* a caption's */
#define MM_ROUND     2.0F  /* left around a key's text */
#define MM_ICON      11.0F
#define MM_GLOBE     7.0F
#define LETTERS_GROW 1.5F /* at most, where keys are as high as they can be */
#define WORDS_GROW   1.25F
#define WIDE_KEY     1.62F
#define LETTER_ROWS  5 /* rows of a keyboard */
#define PAD_ROWS     4
#define PAD_COLUMNS  3
#define FLAT_ROWS    2
#define FLAT_COLUMNS 6
#define MM_WORDS     60.0F /* of a pad's key: its words and icon fit in every language, at 200 % too */

typedef struct Build {
    Tree *tree;
    const Keyboard *asked;
    const KeyboardLayout *layout;
    float key, bed; /* mm: a key's height, the bed above and below */
    bool lean;      /* without the row of figures */
} Build;

static float bounded(float value, float least, float most)
{
    return fmaxf(least, fminf(value, most));
}

static bool is_pad(KeyboardKind kind)
{
    return kind == KEYBOARD_NUMBERS;
}

/* Letters can do without figures: symbols have them. */
static bool can_be_lean(KeyboardKind kind)
{
    return kind >= KEYBOARD_UZ && kind <= KEYBOARD_EN;
}

static float rows_of(KeyboardKind kind, bool flat)
{
    return !is_pad(kind) ? LETTER_ROWS : flat ? FLAT_ROWS : PAD_ROWS;
}

static float height_of(KeyboardKind kind, float rows, float key, float bed)
{
    return rows * key + (rows - 1) * (is_pad(kind) ? MM_PAD_GAP : MM_GAP) + (is_pad(kind) ? 0 : 2 * bed);
}

float keyboard_height_least(KeyboardKind kind, bool flat)
{
    float rows = rows_of(kind, flat) - (can_be_lean(kind) ? 1 : 0);

    return height_of(kind, rows, is_pad(kind) ? KEYBOARD_PAD_LEAST : KEYBOARD_KEY_LEAST, MM_BED_LOW);
}

float keyboard_height_most(KeyboardKind kind, bool flat)
{
    return height_of(kind, rows_of(kind, flat), is_pad(kind) ? KEYBOARD_PAD_MOST : KEYBOARD_KEY_MOST, MM_BED);
}

static void measure(Build *build)
{
    const Keyboard *asked = build->asked;
    float most = keyboard_height_most(asked->kind, asked->flat), height = asked->height > 0 ? asked->height : most;
    float least = is_pad(asked->kind) ? KEYBOARD_PAD_LEAST : KEYBOARD_KEY_LEAST;
    float largest = is_pad(asked->kind) ? KEYBOARD_PAD_MOST : KEYBOARD_KEY_MOST;

    float rows = rows_of(asked->kind, asked->flat);

    build->bed = height < most ? MM_BED_LOW : MM_BED;
    build->lean = can_be_lean(asked->kind) && height < height_of(asked->kind, rows, least, build->bed);
    rows -= build->lean ? 1 : 0;
    build->key = bounded((height - height_of(asked->kind, rows, 0, build->bed)) / rows, least, largest);
}

/* ---- keys ---- */

static Style key_style(const Build *build)
{
    return (Style){ .height = build->key,
                    .grow = 1,
                    .corner = MM_CORNER,
                    .fill = COLOUR_SURFACE,
                    .border = COLOUR_LINE,
                    .border_px = 1,
                    .text = TEXT_KEY,
                    .text_scale_most = fminf(LETTERS_GROW, (build->key - MM_ROUND) / MM_LETTER) };
}

/* Of keys that lead somewhere or edit. */
static Style function_style(const Build *build)
{
    Style style = key_style(build);

    style.fill = COLOUR_TINT;
    style.ink = COLOUR_BRAND;
    style.weight = WEIGHT_SEMIBOLD;
    style.text = TEXT_BODY;
    style.grow = WIDE_KEY;
    style.text_scale_most = fminf(WORDS_GROW, (build->key - MM_ROUND) / MM_LETTER);
    return style;
}

static void small_words(const Build *build, Style *style)
{
    style->text = TEXT_CAPTION;
    style->text_scale_most = fminf(WORDS_GROW, (build->key - MM_ROUND) / MM_WORD);
}

/* Endings of addresses are as wide as their words. */
static float text_width(Str plain)
{
    size_t letters = utf8_count(plain);

    return letters < 3 ? 1 : 0.55F + 0.3F * (float)letters;
}

static void add_text_key(const Build *build, Str plain, Style style)
{
    uint16_t arg = keyboard_arg(plain);
    char id[NODE_ID_SIZE];
    Node *key;

    if (keyboard_list_has(build->layout->own, plain)) {
        style.ink = COLOUR_BRAND;
        style.weight = WEIGHT_SEMIBOLD;
    }
    if (utf8_count(plain) > 2)
        small_words(build, &style);
    style.grow *= text_width(plain);
    (void)snprintf(id, sizeof id, "key." STR_FMT, STR_ARG(plain));
    key = tree_leaf(build->tree, ROLE_KEY, id, keyboard_text(arg, build->asked->shift), style);
    key->send = (Send){ build->asked->act, arg };
}

static Node *add_function_key(const Build *build, KeyboardKey key, const char *id, const char *label, Style style)
{
    Node *node = tree_leaf(build->tree, ROLE_KEY, id, label, style);

    node->send = (Send){ build->asked->act, (uint16_t)key };
    return node;
}

/* An icon grows with the words, and is no higher than its key. */
static Style icon_style(const Build *build, float mm)
{
    float most = build->key - MM_ROUND;

    return (Style){ .icon_size = fminf(mm, most), .text_scale_most = fminf(LETTERS_GROW, most / fminf(mm, most)) };
}

/* Icon alone; its words are spoken. */
static void add_icon_key(const Build *build, KeyboardKey key, const char *id, const char *icon, const char *label,
                         bool chosen)
{
    Style style = function_style(build);
    Node *node, *image;

    style.axis = AXIS_STACK;
    if (chosen) {
        style.fill = COLOUR_BRAND;
        style.ink = COLOUR_ON_BRAND;
    }
    node = tree_open(build->tree, ROLE_KEY, id, "", style);
    node->send = (Send){ build->asked->act, (uint16_t)key };
    node->state |= chosen ? NODE_CHOSEN : 0;
    image = tree_leaf(build->tree, ROLE_IMAGE, NULL, label, icon_style(build, MM_ICON));
    image->icon = icon;
    tree_close(build->tree);
}

static void add_shift(const Build *build)
{
    const Keyboard *asked = build->asked;
    bool locked = asked->shift == KEYBOARD_CAPITALS;

    add_icon_key(build, KEYBOARD_SHIFT, "key.shift", locked ? "shift-lock" : "shift",
                 locked ? asked->labels.lock : asked->labels.shift, asked->shift != KEYBOARD_SMALL);
}

/* ---- rows ---- */

static void open_row(const Build *build)
{
    tree_open(build->tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = MM_GAP, .align = ALIGN_STRETCH });
}

static void add_texts(const Build *build, const char *row)
{
    for (Str rest = str_from(row); rest.ptr;)
        add_text_key(build, str_split(&rest, ' '), key_style(build));
}

static void add_row(const Build *build, const char *row)
{
    open_row(build);
    add_texts(build, row);
    tree_close(build->tree);
}

static void add_letters_among_figures(const Build *build)
{
    for (Str rest = str_from(build->layout->rows[0]); rest.ptr;) {
        Str text = str_split(&rest, ' ');

        if (text.ptr[0] < '0' || text.ptr[0] > '9')
            add_text_key(build, text, key_style(build));
    }
}

/* The lowest row of letters, between shift and erase. */
static void add_edit_row(const Build *build, const char *row)
{
    open_row(build);
    if (build->asked->kind != KEYBOARD_SYMBOLS)
        add_shift(build);
    add_texts(build, row);
    if (build->lean)
        add_letters_among_figures(build);
    add_icon_key(build, KEYBOARD_ERASE, "key.erase", "erase", build->asked->labels.erase, false);
    tree_close(build->tree);
}

static void add_space(const Build *build)
{
    Style style = key_style(build);
    Node *node;

    small_words(build, &style);
    style.grow = 5.4F;
    style.ink = COLOUR_INK_SOFT;
    style.weight = WEIGHT_REGULAR;
    node = tree_leaf(build->tree, ROLE_KEY, "key.space", build->asked->labels.space, style);
    node->send = (Send){ build->asked->act, keyboard_arg(STR(" ")) };
}

/* Its label is the short name of what it leads to; spoken, the words before it say what that means. */
static void add_next(const Build *build)
{
    const Keyboard *asked = build->asked;
    Style style = function_style(build);
    Node *node, *words;

    if (asked->next == KEYBOARD_NUMBERS)
        return;
    style.grow = 1.9F;
    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.justify = JUSTIFY_CENTRE;
    style.gap = 1;
    node = tree_open(build->tree, ROLE_KEY, "key.language", "", style);
    node->send = (Send){ asked->act, KEYBOARD_NEXT_LETTERS };
    words = tree_leaf(build->tree, ROLE_IMAGE, NULL, asked->labels.language, icon_style(build, MM_GLOBE));
    words->icon = "globe";
    tree_leaf(build->tree, ROLE_TEXT, NULL, keyboard_layouts[asked->next].name,
              (Style){ .text = TEXT_BODY, .weight = WEIGHT_SEMIBOLD, .text_scale_most = style.text_scale_most })
        ->language = keyboard_layouts[asked->next].language;
    tree_close(build->tree);
}

/* Below the letters: to the other keyboards, space, marks, clear. */
static void add_last_row(const Build *build)
{
    const Keyboard *asked = build->asked;
    Style clear = function_style(build);

    small_words(build, &clear);
    clear.grow = 1.9F;
    open_row(build);
    if (asked->kind == KEYBOARD_SYMBOLS)
        add_function_key(build, KEYBOARD_TO_LETTERS, "key.letters", keyboard_layouts[asked->letters].back,
                         function_style(build));
    else if (asked->kind != KEYBOARD_EMAIL)
        add_function_key(build, KEYBOARD_TO_SYMBOLS, "key.symbols", keyboard_layouts[KEYBOARD_SYMBOLS].back,
                         function_style(build));
    if (asked->kind != KEYBOARD_SYMBOLS)
        add_next(build);
    if (!build->layout->no_space)
        add_space(build);
    add_texts(build, build->layout->last);
    add_function_key(build, KEYBOARD_CLEAR, "key.clear", asked->labels.clear, clear);
    tree_close(build->tree);
}

static void build_letters(const Build *build)
{
    tree_open(build->tree, ROLE_GROUP, "keyboard", NULL,
              (Style){ .gap = MM_GAP,
                       .fill = COLOUR_BED,
                       .pad_top = build->bed,
                       .pad_bottom = build->bed,
                       .pad_left = MM_BED_SIDE,
                       .pad_right = MM_BED_SIDE });
    for (size_t i = build->lean ? 1 : 0; i + 1 < KEYBOARD_ROWS; i++)
        add_row(build, build->layout->rows[i]);
    add_edit_row(build, build->layout->rows[KEYBOARD_ROWS - 1]);
    add_last_row(build);
    tree_close(build->tree);
}

static bool pad_has_words(const Build *build)
{
    float key = (build->asked->width + MM_PAD_GAP) / (build->asked->flat ? FLAT_COLUMNS : PAD_COLUMNS) - MM_PAD_GAP;

    return build->asked->width <= 0 || key >= MM_WORDS;
}

/* Words with an icon, the words alone where there is none, the icon alone where the key is narrow: it is spoken. */
static void add_pad_function(const Build *build, KeyboardKey key, const char *id, const char *icon, const char *label)
{
    Style style = function_style(build);
    bool words = pad_has_words(build);
    Node *node;

    if (!words) {
        add_icon_key(build, key, id, icon ? icon : "close", label, false);
        return;
    }
    style.grow = 0;
    style.axis = AXIS_ROW;
    style.gap = 3;
    style.icon_size = icon_style(build, MM_ICON).icon_size;
    node = add_function_key(build, key, id, label, style);
    node->icon = icon;
}

/* In three columns nought stands between the two that edit. */
static void build_numbers(const Build *build)
{
    static const char *const figures[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9" };
    unsigned columns = build->asked->flat ? FLAT_COLUMNS : PAD_COLUMNS;
    const KeyboardLabels *labels = &build->asked->labels;
    Style style = key_style(build);

    style.grow = 0;
    style.text = TEXT_PAD;
    style.text_scale_most = fminf(LETTERS_GROW, (build->key - MM_ROUND) / MM_FIGURE);
    tree_open(build->tree, ROLE_GROUP, "keyboard", NULL, (Style){ .columns = columns, .gap = MM_PAD_GAP });
    for (size_t i = 0; i < COUNT(figures); i++)
        add_text_key(build, str_from(figures[i]), style);
    if (build->asked->flat)
        add_text_key(build, STR("0"), style);
    if (build->asked->minus)
        add_text_key(build, STR("-"), style);
    else
        add_pad_function(build, KEYBOARD_CLEAR, "key.clear", NULL, labels->clear);
    if (!build->asked->flat)
        add_text_key(build, STR("0"), style);
    add_pad_function(build, KEYBOARD_ERASE, "key.erase", "erase", labels->erase);
    tree_close(build->tree);
}

void keyboard_build(Tree *tree, const Keyboard *keyboard)
{
    Build build = { .tree = tree, .asked = keyboard, .layout = &keyboard_layouts[keyboard->kind] };

    measure(&build);
    if (is_pad(keyboard->kind))
        build_numbers(&build);
    else
        build_letters(&build);
}
