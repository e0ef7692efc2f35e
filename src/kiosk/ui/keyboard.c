#include "kiosk/ui/keyboard.h"

#include <stdio.h>
#include <string.h>

#define MM_GAP        3.0F /* between keys; the floor between two targets */
#define MM_KEY        32.0F
#define MM_PAD_GAP    4.0F
#define MM_PAD_KEY    43.0F
#define MM_CORNER     2.0F
#define MM_BED_SIDE   10.0F
#define MM_BED_ABOVE  7.0F
#define WIDE_KEY      1.62F
#define FIRST_TEXT(i) ((uint16_t)(KEYBOARD_FIRST_TEXT + (i)))

/* What keys type: the number of a row, after KEYBOARD_FIRST_TEXT, is the Send's arg.  Only appended to: recorded visits
 * hold args. */
static const struct {
    const char *plain, *shifted;
} texts[] = {
    { "1", "1" },   { "2", "2" },   { "3", "3" }, { "4", "4" },   { "5", "5" },   { "6", "6" },   { "7", "7" },
    { "8", "8" },   { "9", "9" },   { "0", "0" }, { "-", "-" },   { "q", "Q" },   { "w", "W" },   { "e", "E" },
    { "r", "R" },   { "t", "T" },   { "y", "Y" }, { "u", "U" },   { "i", "I" },   { "o", "O" },   { "p", "P" },
    { "oʻ", "Oʻ" }, { "a", "A" },   { "s", "S" }, { "d", "D" },   { "f", "F" },   { "g", "G" },   { "h", "H" },
    { "j", "J" },   { "k", "K" },   { "l", "L" }, { "ʼ", "ʼ" },   { "gʻ", "Gʻ" }, { "z", "Z" },   { "x", "X" },
    { "c", "C" },   { "v", "V" },   { "b", "B" }, { "n", "N" },   { "m", "M" },   { "sh", "Sh" }, { "ch", "Ch" },
    { " ", " " },   { ",", "," },   { ".", "." }, { "!", "!" },   { "@", "@" },   { "#", "#" },   { "$", "$" },
    { "%", "%" },   { "^", "^" },   { "&", "&" }, { "*", "*" },   { "(", "(" },   { ")", ")" },   { "_", "_" },
    { "+", "+" },   { "=", "=" },   { "/", "/" }, { "\\", "\\" }, { "|", "|" },   { "~", "~" },   { "`", "`" },
    { "'", "'" },   { "\"", "\"" }, { ":", ":" }, { ";", ";" },   { "?", "?" },   { "<", "<" },   { ">", ">" },
    { "[", "[" },   { "]", "]" },   { "{", "{" }, { "}", "}" },   { "«", "«" },   { "»", "»" },   { "№", "№" },
    { "—", "—" },   { "…", "…" },
};

/* Rows of keys that type, by blanks. */
static const char row_figures[] = "1 2 3 4 5 6 7 8 9 0 -";
static const char row_q[] = "q w e r t y u i o p oʻ";
static const char row_a[] = "a s d f g h j k l ʼ gʻ";
static const char row_z[] = "z x c v b n m sh ch";
static const char row_marks[] = "! @ # $ % ^ & * ( ) _";
static const char row_more[] = "+ = / \\ | ~ ` ' \" : ;";
static const char row_brackets[] = "? < > [ ] { } « »";

typedef struct Keyboard {
    Tree *tree;
    KeyboardLabels labels;
    uint16_t act;
    bool shifted;
} Keyboard;

const char *keyboard_text(uint16_t arg, bool shifted)
{
    size_t row = (size_t)arg - KEYBOARD_FIRST_TEXT;

    if (arg < KEYBOARD_FIRST_TEXT || row >= COUNT(texts))
        return NULL;
    return shifted ? texts[row].shifted : texts[row].plain;
}

static uint16_t arg_of(Str plain)
{
    for (size_t i = 0; i < COUNT(texts); i++)
        if (str_equal_text(plain, texts[i].plain))
            return FIRST_TEXT(i);
    assert(!"every key of a row is in the table");
    return 0;
}

static Style key_style(void)
{
    return (Style){ .height = MM_KEY,
                    .grow = 1,
                    .corner = MM_CORNER,
                    .fill = COLOUR_SURFACE,
                    .border = COLOUR_LINE,
                    .border_px = 1,
                    .text = TEXT_KEY };
}

/* Letters that only Uzbek has stand out, as on the reference picture. */
static bool is_uzbek(Str plain)
{
    return str_equal_text(plain, "oʻ") || str_equal_text(plain, "gʻ") || str_equal_text(plain, "ʼ") ||
           str_equal_text(plain, "sh") || str_equal_text(plain, "ch");
}

static void add_text_key(Keyboard *keyboard, Str plain, Style style)
{
    uint16_t arg = arg_of(plain);
    char id[NODE_ID_SIZE];
    Node *key;

    if (is_uzbek(plain)) {
        style.ink = COLOUR_BRAND;
        style.weight = WEIGHT_SEMIBOLD;
    }
    (void)snprintf(id, sizeof(id), "key." STR_FMT, STR_ARG(plain));
    key = tree_leaf(keyboard->tree, ROLE_KEY, id, keyboard_text(arg, keyboard->shifted), style);
    key->send = (Send){ keyboard->act, arg };
}

static Style function_style(Style style)
{
    style.fill = COLOUR_TINT;
    style.ink = COLOUR_BRAND;
    style.weight = WEIGHT_SEMIBOLD;
    style.text = TEXT_BODY;
    return style;
}

static Node *add_function_key(Keyboard *keyboard, KeyboardKey key, const char *id, const char *label, Style style)
{
    Node *node = tree_leaf(keyboard->tree, ROLE_KEY, id, label, function_style(style));

    node->send = (Send){ keyboard->act, (uint16_t)key };
    return node;
}

/* Icon alone; its words are spoken. */
static void add_icon_key(Keyboard *keyboard, KeyboardKey key, const char *id, const char *icon, const char *label,
                         bool chosen)
{
    Style style = function_style(key_style());
    Node *node, *image;

    style.grow = WIDE_KEY;
    style.axis = AXIS_STACK;
    if (chosen) {
        style.fill = COLOUR_BRAND;
        style.ink = COLOUR_ON_BRAND;
    }
    node = tree_open(keyboard->tree, ROLE_KEY, id, "", style);
    node->send = (Send){ keyboard->act, (uint16_t)key };
    node->state |= chosen ? NODE_CHOSEN : 0;
    image = tree_leaf(keyboard->tree, ROLE_IMAGE, NULL, label, (Style){ .icon_size = 11, .ink = style.ink });
    image->icon = icon;
    tree_close(keyboard->tree);
}

static void open_row(Keyboard *keyboard)
{
    tree_open(keyboard->tree, ROLE_GROUP, NULL, NULL,
              (Style){ .axis = AXIS_ROW, .gap = MM_GAP, .align = ALIGN_STRETCH });
}

static void add_texts(Keyboard *keyboard, const char *row)
{
    for (Str rest = str_from(row); rest.ptr;)
        add_text_key(keyboard, str_split(&rest, ' '), key_style());
}

static void add_row(Keyboard *keyboard, const char *row)
{
    open_row(keyboard);
    add_texts(keyboard, row);
    tree_close(keyboard->tree);
}

static void add_space(Keyboard *keyboard)
{
    Style style = key_style();
    Node *node;

    style.grow = 5.4F;
    style.text = TEXT_CAPTION;
    style.ink = COLOUR_INK_SOFT;
    style.weight = WEIGHT_REGULAR;
    node = tree_leaf(keyboard->tree, ROLE_KEY, "key.space", keyboard->labels.space, style);
    node->send = (Send){ keyboard->act, arg_of(STR(" ")) };
}

/* Below the letters: to the other keyboards, blank, marks, clear. */
static void add_last_row(Keyboard *keyboard, bool letters)
{
    Style wide = key_style(), clear = key_style();

    wide.grow = WIDE_KEY;
    clear.grow = 1.9F;
    open_row(keyboard);
    if (letters)
        add_function_key(keyboard, KEYBOARD_TO_SYMBOLS, "key.symbols", "? № «", wide);
    else
        add_function_key(keyboard, KEYBOARD_TO_LATIN, "key.latin", "ABC", wide);
    if (!letters) {
        add_text_key(keyboard, STR("№"), key_style());
        add_text_key(keyboard, STR("—"), key_style());
    }
    add_space(keyboard);
    add_text_key(keyboard, STR(","), key_style());
    add_text_key(keyboard, STR("."), key_style());
    add_function_key(keyboard, KEYBOARD_CLEAR, "key.clear", keyboard->labels.clear, clear)->style.text = TEXT_CAPTION;
    tree_close(keyboard->tree);
}

static void open_bed(Keyboard *keyboard)
{
    tree_open(keyboard->tree, ROLE_GROUP, "keyboard", NULL,
              (Style){ .gap = MM_GAP,
                       .fill = COLOUR_BED,
                       .pad_top = MM_BED_ABOVE,
                       .pad_bottom = MM_BED_ABOVE,
                       .pad_left = MM_BED_SIDE,
                       .pad_right = MM_BED_SIDE });
}

static void build_latin(Keyboard *keyboard)
{
    open_bed(keyboard);
    add_row(keyboard, row_figures);
    add_row(keyboard, row_q);
    add_row(keyboard, row_a);
    open_row(keyboard);
    add_icon_key(keyboard, KEYBOARD_SHIFT, "key.shift", "shift", keyboard->labels.shift, keyboard->shifted);
    add_texts(keyboard, row_z);
    add_icon_key(keyboard, KEYBOARD_ERASE, "key.erase", "erase", keyboard->labels.erase, false);
    tree_close(keyboard->tree);
    add_last_row(keyboard, true);
    tree_close(keyboard->tree);
}

static void build_symbols(Keyboard *keyboard)
{
    Style wide = key_style();

    wide.grow = WIDE_KEY;
    open_bed(keyboard);
    add_row(keyboard, row_figures);
    add_row(keyboard, row_marks);
    add_row(keyboard, row_more);
    open_row(keyboard);
    add_text_key(keyboard, STR("…"), wide);
    add_texts(keyboard, row_brackets);
    add_icon_key(keyboard, KEYBOARD_ERASE, "key.erase", "erase", keyboard->labels.erase, false);
    tree_close(keyboard->tree);
    add_last_row(keyboard, false);
    tree_close(keyboard->tree);
}

static void build_numbers(Keyboard *keyboard)
{
    static const char *const figures[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9" };
    Style style = key_style();
    Node *erase;

    style.height = MM_PAD_KEY;
    style.grow = 0;
    style.text = TEXT_PAD;
    tree_open(keyboard->tree, ROLE_GROUP, "keyboard", NULL, (Style){ .columns = 3, .gap = MM_PAD_GAP });
    for (size_t i = 0; i < COUNT(figures); i++)
        add_text_key(keyboard, str_from(figures[i]), style);
    add_function_key(keyboard, KEYBOARD_TO_LATIN, "key.latin", "ABC", style);
    add_text_key(keyboard, STR("0"), style);
    style.axis = AXIS_ROW;
    style.gap = 3;
    style.icon_size = 11;
    erase = add_function_key(keyboard, KEYBOARD_ERASE, "key.erase", keyboard->labels.erase, style);
    erase->icon = "erase";
    tree_close(keyboard->tree);
}

void keyboard_build(Tree *tree, KeyboardKind kind, bool shifted, KeyboardLabels labels, uint16_t act)
{
    Keyboard keyboard = { .tree = tree, .labels = labels, .act = act, .shifted = shifted };

    switch (kind) {
    case KEYBOARD_NUMBERS: build_numbers(&keyboard); return;
    case KEYBOARD_LATIN: build_latin(&keyboard); return;
    case KEYBOARD_SYMBOLS: build_symbols(&keyboard); return;
    case KEYBOARD_KIND_COUNT: break;
    }
    assert(!"a kind of keyboard");
}
