#include "gallery/planted.h"

#include <stdio.h>
#include <string.h>

#include "gallery/said.h"
#include "gallery/scene.h"

/* Sizes are millimetres of a glass of 336 x 597. */
typedef struct Plant {
    const char *name;
    void (*build)(Tree *tree);
    void (*check)(Scene *scene);
    const char *found; /* part of the fault; NULL: there is none */
    bool low_reach;
} Plant;

static Node *button(Tree *tree, const char *id, Style style)
{
    Node *node = tree_leaf(tree, ROLE_BUTTON, id, "Chop etish", style);

    node->send = (Send){ 1, (uint16_t)tree_count(tree) };
    return node;
}

static void root(Tree *tree, Style style)
{
    style.fill = COLOUR_GROUND;
    style.pad_top = style.pad_left = style.pad_right = style.pad_bottom = 16;
    tree_open(tree, ROLE_GROUP, "root", NULL, style);
}

static void well(Tree *tree)
{
    root(tree, (Style){ .gap = 8 });
    tree_leaf(tree, ROLE_HEADING, "title", "Salom!", (Style){ 0 });
    button(tree, "one", (Style){ .height = 24, .fill = COLOUR_SURFACE, .border = COLOUR_EDGE });
    button(tree, "two", (Style){ .height = 24, .fill = COLOUR_BRAND, .ink = COLOUR_ON_BRAND })->state |= NODE_MAIN;
}

static void torn_word(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_leaf(tree, ROLE_TEXT, NULL, "imkoniyatlarimizdan", (Style){ .width = 20, .max_width = 20 });
}

static void unnamed(Tree *tree)
{
    root(tree, (Style){ 0 });
    button(tree, NULL, (Style){ .height = 24 });
}

static void words_on_words(Tree *tree)
{
    root(tree, (Style){ .axis = AXIS_STACK });
    tree_leaf(tree, ROLE_TEXT, "below", "Qogʻoz", (Style){ 0 });
    tree_leaf(tree, ROLE_TEXT, "above", "Telefon", (Style){ 0 });
}

static void words_under_box(Tree *tree)
{
    root(tree, (Style){ .axis = AXIS_STACK });
    tree_leaf(tree, ROLE_TEXT, "below", "Qogʻoz", (Style){ 0 });
    tree_leaf(tree, ROLE_GROUP, "box", NULL, (Style){ .fill = COLOUR_SURFACE, .width = 100, .height = 40 });
}

static void button_under_button(Tree *tree)
{
    root(tree, (Style){ .axis = AXIS_STACK });
    button(tree, "below", (Style){ .height = 24 });
    button(tree, "above", (Style){ .height = 24, .fill = COLOUR_SURFACE });
}

static void small(Tree *tree)
{
    root(tree, (Style){ .align = ALIGN_CENTRE });
    tree_leaf(tree, ROLE_BUTTON, "small", "", (Style){ .width = 20, .height = 14 })->send = (Send){ 1, 1 };
}

static void small_main(Tree *tree)
{
    root(tree, (Style){ 0 });
    button(tree, "main", (Style){ .height = 18 })->state |= NODE_MAIN;
}

static void small_key(Tree *tree)
{
    root(tree, (Style){ .align = ALIGN_CENTRE });
    tree_leaf(tree, ROLE_KEY, "key.a", "", (Style){ .width = 8, .height = 20 })->send = (Send){ 1, 1 };
}

static void near(Tree *tree)
{
    root(tree, (Style){ .gap = 2 });
    button(tree, "one", (Style){ .height = 24 });
    button(tree, "two", (Style){ .height = 24 });
}

static void off_the_glass(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = 600 });
    button(tree, "lost", (Style){ .height = 24 });
}

static void words_off_the_glass(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = 600 });
    tree_leaf(tree, ROLE_TEXT, "lost", "Bu yerda hech kim koʻrmaydi", (Style){ 0 });
}

static void slit(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_open(tree, ROLE_GROUP, "slit", NULL, (Style){ .scroll = true, .height = 18, .max_height = 18 });
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = 100 });
    tree_close(tree);
}

static void alert_below(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_open(tree, ROLE_GROUP, "content", NULL, (Style){ .scroll = true, .height = 100, .max_height = 100 });
    tree_leaf(tree, ROLE_ALERT, "first", "Parol yoʻq", (Style){ 0 }); /* this one alone is brought into sight */
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = 200 });
    tree_leaf(tree, ROLE_ALERT, "sign-in.error", "Bunday raqam yoʻq", (Style){ 0 });
    tree_close(tree);
}

static void high(Tree *tree)
{
    root(tree, (Style){ .gap = 8 });
    tree_leaf(tree, ROLE_TEXT, "line", "Hammasi pastda", (Style){ 0 });
    tree_leaf(tree, ROLE_TEXT, "second", "Bu ham tepada", (Style){ 0 });
}

static void high_button(Tree *tree)
{
    root(tree, (Style){ 0 });
    button(tree, "high", (Style){ .height = 24 });
}

static void pale_words(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_leaf(tree, ROLE_TEXT, "pale", "Oqish", (Style){ .ink = COLOUR_LINE });
}

static void pale_icon(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_leaf(tree, ROLE_IMAGE, "pale", "", (Style){ .ink = COLOUR_LINE, .width = 20, .height = 20 })->icon = "doc";
}

static void words_on_picture(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_STACK, .height = 100 });
    tree_leaf(tree, ROLE_IMAGE, "picture", "", (Style){ .width = 100, .height = 100 })->icon = "picture-printer";
    tree_leaf(tree, ROLE_TEXT, "words", "Ustidagi soʻzlar", (Style){ .pad_top = 50, .pad_left = 20 });
    tree_close(tree);
}

static void focus_goes_back(Tree *tree)
{
    root(tree, (Style){ .axis = AXIS_ROW, .reverse = false, .gap = 8 });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .grow = 1, .gap = 8 });
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = 100 });
    button(tree, "first", (Style){ .height = 24 });
    tree_close(tree);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .over = true, .pad_top = 20, .pad_left = 16, .pad_right = 16 });
    button(tree, "second", (Style){ .height = 24 });
    tree_close(tree);
}

static void not_to_be_focused(Tree *tree)
{
    root(tree, (Style){ .align = ALIGN_CENTRE });
    tree_leaf(tree, ROLE_BUTTON, "nothing", "", (Style){ 0 })->send = (Send){ 1, 1 };
    button(tree, "one", (Style){ .height = 24 });
}

static void ring_unseen(Tree *tree)
{
    root(tree, (Style){ .pad_top = 0 });
    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .fill = COLOUR_FOCUS, .pad_top = 20, .pad_left = 20, .pad_right = 20, .pad_bottom = 20 });
    button(tree, "drowned", (Style){ .height = 24 });
    tree_close(tree);
}

static void colour_alone(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ 0 });
    tree_leaf(tree, ROLE_GROUP, "lamp", NULL, (Style){ .fill = COLOUR_GOOD, .width = 10, .height = 10 });
    tree_close(tree);
}

static void faulty_without_words(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_leaf(tree, ROLE_FIELD, "field", "Raqam", (Style){ 0 })->state |= NODE_FAULTY;
}

static void chosen_unseen(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_leaf(tree, ROLE_TEXT, "chosen", "Tanlangan", (Style){ 0 })->state |= NODE_CHOSEN;
}

static void said_by_hand(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_leaf(tree, ROLE_TEXT, "words", "\u27E6Hujjat\u27E7: written by hand", (Style){ 0 });
}

static void said_well(Tree *tree)
{
    root(tree, (Style){ 0 });
    tree_leaf(tree, ROLE_TEXT, "words", "\u27E6Hujjat \u27E624-noyabr\u27E7 kuni\u27E7, Malika, M-2026/004817",
              (Style){ 0 });
}

static const Plant plants[] = {
    { "well: as a tree", well, check_tree, NULL, false },
    { "well: in its places", well, check_places, NULL, false },
    { "well: in its colours", well, check_ink, NULL, false },
    { "well: by focus", well, check_focus, NULL, false },
    { "well: in grey", well, check_signs, NULL, false },
    { "a torn word", torn_word, check_tree, "cut", false },
    { "a control without an id", unnamed, check_tree, "without an id", false },
    { "words on words", words_on_words, check_places, "drawn over by above", false },
    { "words under a box", words_under_box, check_places, "lies under box", false },
    { "a control under another", button_under_button, check_places, "covered by above", false },
    { "controls over each other", button_under_button, check_places, "overlaps above", false },
    { "a small target", small, check_places, "too small to touch", false },
    { "a small main target", small_main, check_places, "too small to touch", false },
    { "a small key", small_key, check_places, "too small to touch", false },
    { "targets too near", near, check_places, "nearer than 3 mm to two", false },
    { "a control off the glass", off_the_glass, check_places, "a control that can't be brought", false },
    { "words off the glass", words_off_the_glass, check_places, "words that can't be brought", false },
    { "a slit that scrolls", slit, check_places, "scrolls in no more than 18 mm", false },
    { "an alert below the fold", alert_below, check_places, "what is wrong is not in sight", false },
    { "high in low reach", high, check_places, "to be read above", true },
    { "to be touched high in low reach", high_button, check_places, "to be touched above", true },
    { "pale words", pale_words, check_ink, "of words", false },
    { "a pale icon", pale_icon, check_ink, "of doc", false },
    { "words on a picture", words_on_picture, check_ink, "over a picture", false },
    { "focus that goes back", focus_goes_back, check_focus, "goes back to it from first", false },
    { "a control that the focus skips", not_to_be_focused, check_focus, "the focus skips it", false },
    { "a ring that is not seen", ring_unseen, check_focus, "of its ring of focus", false },
    { "colour alone", colour_alone, check_signs, "only its colour", false },
    { "faulty without words", faulty_without_words, check_signs, "no words say why", false },
    { "chosen, and not seen", chosen_unseen, check_signs, "nothing shows it", false },
    { "words written by hand", said_by_hand, check_said, "\"written\" is said in no language", false },
    { "words said well", said_well, check_said, NULL, false },
};

static bool is_found(Ui *ui, const Plant *plant)
{
    Variant variant = { .text = 100, .low_reach = plant->low_reach };
    OWNED_BUF told;
    Scene scene = { .state = plant->name, .screen = "planted", .variant = &variant, .panel = &panels[0], .ui = ui };
    bool good;

    buf_init(&told, 64u << 10);
    ui_rest(ui);
    plant->build(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    scene.tree = ui_tree(ui);
    scene.layout = ui_layout(ui);
    scene.theme = ui_theme(ui);
    scene.told = &told;
    plant->check(&scene);
    good = plant->found ? strstr(buf_text(&told), plant->found) != NULL : scene.faults == 0;
    if (!good)
        fprintf(stderr, "planted: %s: %s%s\n", plant->name,
                plant->found ? "not found: " : "found: ", plant->found ? plant->found : buf_text(&told));
    return good;
}

unsigned planted_run(Ui *ui, unsigned *ret_count)
{
    unsigned missed = 0;

    for (size_t i = 0; i < COUNT(plants); i++)
        missed += !is_found(ui, &plants[i]);
    *ret_count = COUNT(plants);
    return missed;
}
