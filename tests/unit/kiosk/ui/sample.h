/* The reference screens of the look, built by hand from the toolkit's parts: for pictures, and as real trees for other
 * tests. */
#ifndef TESTS_UNIT_KIOSK_UI_SAMPLE_H
#define TESTS_UNIT_KIOSK_UI_SAMPLE_H

#include "glass.h"

enum { SAMPLE_ACT = 1 };

static const KeyboardLabels sample_labels = { .erase = "Oʻchirish",
                                              .clear = "Tozalash",
                                              .space = "boʻsh joy",
                                              .shift = "Katta harf",
                                              .lock = "Katta harf qoladi",
                                              .language = "Harflar" };

static inline Node *sample_button(Tree *tree, const char *id, const char *label, const char *icon, bool after,
                                  Style style)
{
    Node *node;

    style.axis = AXIS_ROW;
    style.height = style.height > 0 ? style.height : 24;
    style.corner = 4;
    style.pad_left = style.pad_left > 0 ? style.pad_left : 8;
    style.pad_right = style.pad_left;
    node = tree_leaf(tree, ROLE_BUTTON, id, label, style);
    node->icon = icon;
    node->icon_after = after;
    node->send = (Send){ SAMPLE_ACT, (uint16_t)tree_count(tree) };
    return node;
}

#define SAMPLE_MAIN   ((Style){ .fill = COLOUR_BRAND, .ink = COLOUR_ON_BRAND })
#define SAMPLE_SECOND ((Style){ .fill = COLOUR_SURFACE, .border = COLOUR_EDGE })
#define SAMPLE_QUIET  ((Style){ .ink = COLOUR_BRAND, .pad_left = 4 })

static inline void sample_space(Tree *tree, float mm)
{
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = mm, .width = mm });
}

static inline void sample_push(Tree *tree)
{
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .grow = 1 });
}

static inline void sample_tool(Tree *tree, const char *label, const char *icon)
{
    Node *tool = tree_leaf(tree, ROLE_BUTTON, NULL, label,
                           (Style){ .min_width = 25,
                                    .height = 26,
                                    .pad_left = 2,
                                    .pad_right = 2,
                                    .corner = 2,
                                    .icon_size = 10.5F,
                                    .text = TEXT_CAPTION,
                                    .weight = WEIGHT_MEDIUM });
    tool->icon = icon;
    tool->send = (Send){ SAMPLE_ACT, (uint16_t)tree_count(tree) };
}

static inline void sample_strip(Tree *tree)
{
    Node *logo;

    tree_open(tree, ROLE_GROUP, "strip", NULL,
              (Style){ .axis = AXIS_ROW,
                       .align = ALIGN_CENTRE,
                       .height = 36,
                       .gap = 4,
                       .pad_left = 16,
                       .pad_right = 14,
                       .fill = COLOUR_SURFACE });
    logo = tree_leaf(tree, ROLE_IMAGE, NULL, "", (Style){ .icon_size = 20, .width = 20, .height = 20 });
    logo->icon = "logo";
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .grow = 1 });
    tree_leaf(tree, ROLE_TEXT, NULL, "Zarafshon davlat universiteti",
              (Style){ .text = TEXT_CAPTION, .weight = WEIGHT_SEMIBOLD });
    tree_leaf(tree, ROLE_TEXT, NULL, "Bosh bino, 1-qavat", (Style){ .text = TEXT_CAPTION, .ink = COLOUR_INK_SOFT });
    tree_close(tree);
    tree_leaf(tree, ROLE_TEXT, NULL, "14:32", (Style){ .text = TEXT_HEADING, .pad_right = 4 });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = 3 });
    sample_tool(tree, "Oʻzbekcha", "globe");
    sample_tool(tree, "Tinglash", "ear");
    sample_tool(tree, "Matn", "text");
    sample_tool(tree, "Kontrast", "contrast");
    tree_close(tree);
    tree_close(tree);
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = 0.62F, .fill = COLOUR_LINE });
}

static inline void sample_bar(Tree *tree, const char *back, const char *next)
{
    Style wide = SAMPLE_MAIN;

    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = 0.62F, .fill = COLOUR_LINE });
    tree_open(tree, ROLE_GROUP, "bar", NULL,
              (Style){ .axis = AXIS_ROW,
                       .align = ALIGN_CENTRE,
                       .justify = JUSTIFY_BETWEEN,
                       .height = 43.4F,
                       .gap = 4,
                       .pad_left = 16,
                       .pad_right = 16,
                       .fill = COLOUR_SURFACE });
    sample_button(tree, "back", back, "back", false, SAMPLE_SECOND);
    sample_button(tree, "call", "Xodimni chaqirish", "call", false, SAMPLE_QUIET);
    wide.min_width = 88;
    sample_button(tree, "next", next, "next", true, wide)->state |= NODE_MAIN;
    tree_close(tree);
}

static inline void sample_main(Tree *tree, float bottom)
{
    tree_open(tree, ROLE_GROUP, "main", NULL,
              (Style){ .grow = 1, .pad_top = 12, .pad_left = 16, .pad_right = 16, .pad_bottom = bottom });
}

static inline void sample_title(Tree *tree, const char *title, const char *words)
{
    tree_leaf(tree, ROLE_HEADING, "title", title, (Style){ .text = TEXT_TITLE });
    sample_space(tree, 3);
    tree_leaf(tree, ROLE_TEXT, NULL, words, (Style){ .ink = COLOUR_INK_SOFT });
}

static inline void sample_label(Tree *tree, const char *words)
{
    tree_leaf(tree, ROLE_TEXT, NULL, words,
              (Style){ .text = TEXT_CAPTION, .weight = WEIGHT_SEMIBOLD, .ink = COLOUR_INK_SOFT });
    sample_space(tree, 3);
}

static inline void sample_caption(Tree *tree, const char *words)
{
    tree_leaf(tree, ROLE_TEXT, NULL, words, (Style){ .text = TEXT_CAPTION, .ink = COLOUR_INK_SOFT });
}

static inline void sample_way(Tree *tree, const char *label, const char *words, const char *icon, bool chosen)
{
    Node *way = tree_open(tree, ROLE_CHOICE, NULL, label,
                          (Style){ .grow = 1,
                                   .pad_top = 9,
                                   .pad_bottom = 9,
                                   .pad_left = 7,
                                   .pad_right = 7,
                                   .corner = 4,
                                   .gap = 0,
                                   .fill = COLOUR_SURFACE,
                                   .shadow = true,
                                   .icon_size = 20 });
    way->icon = icon;
    way->state |= chosen ? NODE_CHOSEN : 0;
    way->send = (Send){ SAMPLE_ACT, (uint16_t)tree_count(tree) };
    sample_caption(tree, words);
    tree_close(tree);
}

static inline void sample_sign_in(Tree *tree)
{
    Node *field;

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    sample_main(tree, 8);
    sample_title(tree, "Oʻzingizni tanishtiring", "Uchta usuldan birini tanlang.");
    sample_space(tree, 8);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = 4, .align = ALIGN_STRETCH });
    sample_way(tree, "Raqam va parol", "HEMISdagi parolingiz", "keys", true);
    sample_way(tree, "Talaba kartasi", "Oʻquvchiga tuting", "card", false);
    sample_way(tree, "Telefon", "QR kodni skanerlang", "phone", false);
    tree_close(tree);
    sample_space(tree, 16);
    field = tree_open(tree, ROLE_FIELD, "number", "Talaba raqami (12 ta raqam)", (Style){ .tabular = true });
    field->value = tree_text(tree, "3922 4110 07");
    field->state |= NODE_FILLING;
    field->send = (Send){ SAMPLE_ACT, 90 };
    sample_caption(tree, "yana 2 ta raqam");
    tree_close(tree);
    sample_space(tree, 7);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = 4, .align = ALIGN_END });
    field = tree_leaf(tree, ROLE_FIELD, "secret", "Parol", (Style){ .grow = 1 });
    field->hint = tree_text(tree, "HEMIS paroli");
    field->state |= NODE_SECRET;
    field->send = (Send){ SAMPLE_ACT, 91 };
    sample_button(tree, "show", "Koʻrsatish", "eye", false,
                  (Style){ .fill = COLOUR_SURFACE, .border = COLOUR_EDGE, .height = 26 });
    tree_close(tree);
    sample_space(tree, 8);
    tree_leaf(tree, ROLE_TEXT, NULL, "Parolni unutdingizmi? Karta yoki telefon bilan kiring.",
              (Style){ .axis = AXIS_ROW, .gap = 4, .icon_size = 11, .ink = COLOUR_INK_SOFT })
        ->icon = "window";
    sample_push(tree);
    keyboard_build(tree, &(Keyboard){ .kind = KEYBOARD_NUMBERS, .labels = sample_labels, .act = SAMPLE_ACT });
    tree_close(tree);
    sample_bar(tree, "Orqaga", "Kirish");
}

static inline void sample_plate(Tree *tree, const char *icon, float size, float icon_size, Colour fill, Colour ink)
{
    tree_leaf(tree, ROLE_IMAGE, NULL, "",
              (Style){ .width = size, .height = size, .icon_size = icon_size, .corner = 4, .fill = fill, .ink = ink })
        ->icon = icon;
}

static inline void sample_request(Tree *tree, const char *icon, bool good, const char *label, const char *words)
{
    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .axis = AXIS_ROW,
                       .align = ALIGN_CENTRE,
                       .gap = 6,
                       .pad_top = 7,
                       .pad_bottom = 7,
                       .pad_left = 8,
                       .pad_right = 8 });
    sample_plate(tree, icon, 24, 14, good ? COLOUR_GOOD_TINT : COLOUR_TINT, good ? COLOUR_GOOD : COLOUR_BRAND);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .grow = 1 });
    tree_leaf(tree, ROLE_TEXT, NULL, label, (Style){ .weight = WEIGHT_SEMIBOLD });
    sample_caption(tree, words);
    tree_close(tree);
    if (good)
        sample_button(tree, "print", "Chop etish", "print", false, SAMPLE_MAIN);
    else
        sample_button(tree, "see", "Koʻrish", NULL, false, SAMPLE_SECOND);
    tree_close(tree);
}

static inline void sample_often(Tree *tree, const char *label, const char *icon)
{
    Node *node = tree_leaf(tree, ROLE_BUTTON, NULL, label,
                           (Style){ .axis = AXIS_ROW,
                                    .grow = 1,
                                    .min_height = 30,
                                    .gap = 7,
                                    .pad_left = 8,
                                    .pad_right = 8,
                                    .pad_top = 4,
                                    .pad_bottom = 4,
                                    .corner = 4,
                                    .fill = COLOUR_SURFACE,
                                    .shadow = true,
                                    .icon_size = 13,
                                    .justify = JUSTIFY_BETWEEN });
    node->icon = icon;
    node->send = (Send){ SAMPLE_ACT, (uint16_t)tree_count(tree) };
}

static inline void sample_tile(Tree *tree, const char *icon, const char *label, const char *words)
{
    Node *tile = tree_open(tree, ROLE_BUTTON, NULL, "",
                           (Style){ .justify = JUSTIFY_BETWEEN,
                                    .pad_top = 8,
                                    .pad_right = 8,
                                    .pad_bottom = 8,
                                    .pad_left = 8,
                                    .corner = 4,
                                    .fill = COLOUR_SURFACE,
                                    .shadow = true });
    tile->send = (Send){ SAMPLE_ACT, (uint16_t)tree_count(tree) };
    sample_plate(tree, icon, 36, 21, COLOUR_TINT, COLOUR_BRAND);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .gap = 2.5F });
    tree_leaf(tree, ROLE_TEXT, NULL, label, (Style){ .text = TEXT_HEADING });
    sample_caption(tree, words);
    tree_close(tree);
    tree_close(tree);
}

static inline void sample_home(Tree *tree)
{
    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    sample_main(tree, 8);
    sample_title(tree, "Salom, Malika!", "Bugun sizga nima kerak?");
    sample_space(tree, 8);
    sample_label(tree, "Soʻrovlarim");
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .fill = COLOUR_SURFACE, .corner = 4, .shadow = true });
    sample_request(tree, "check", true, "Transkript tayyor", "№ 2026-11-0457 · 23-noyabrdan beri");
    tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = 0.62F, .fill = COLOUR_LINE });
    sample_request(tree, "clock", false, "Akademik taʼtil arizasi", "Dekanatda, javob 27-noyabrgacha");
    tree_close(tree);
    sample_space(tree, 10);
    sample_label(tree, "Koʻp soʻraladi");
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = 4, .align = ALIGN_STRETCH });
    sample_often(tree, "Oʻqish joyidan\nmaʼlumotnoma", "doc");
    sample_often(tree, "Baholarim", "study");
    tree_close(tree);
    sample_space(tree, 10);
    sample_label(tree, "Barcha xizmatlar");
    tree_open(tree, ROLE_GROUP, "tiles", NULL, (Style){ .columns = 2, .gap = 5, .grow = 1 });
    sample_tile(tree, "doc", "Maʼlumotnoma va hujjatlar", "Oʻqish joyidan maʼlumotnoma, transkript");
    sample_tile(tree, "study", "Oʻqish", "Baholar, dars jadvali, qarzdorlik");
    sample_tile(tree, "apply", "Arizalar", "Akademik taʼtil, koʻchirish, tiklash");
    sample_tile(tree, "pay", "Toʻlov va shartnoma", "Shartnoma, qoldiq, toʻlov cheki");
    sample_tile(tree, "house", "Yotoqxona", "Joy olish, ijara kompensatsiyasi");
    sample_tile(tree, "window", "Maʼlumot va oynalar", "Qabul vaqti, navbat, xona raqamlari");
    tree_close(tree);
    tree_close(tree);
    sample_bar(tree, "Yakunlash", "Davom etish");
}

static inline void sample_answer(Tree *tree, const char *label, const char *words, bool chosen)
{
    Node *node = tree_open(tree, ROLE_CHOICE, NULL, label,
                           (Style){ .grow = 1,
                                    .min_height = 30,
                                    .max_height = 50,
                                    .gap = 1,
                                    .pad_top = 4,
                                    .pad_right = 8,
                                    .pad_bottom = 4,
                                    .pad_left = 8,
                                    .corner = 4,
                                    .fill = COLOUR_SURFACE,
                                    .shadow = true,
                                    .text = TEXT_HEADING });
    node->state |= chosen ? NODE_CHOSEN : 0;
    node->send = (Send){ SAMPLE_ACT, (uint16_t)tree_count(tree) };
    sample_caption(tree, words);
    tree_close(tree);
}

static inline void sample_steps(Tree *tree)
{
    tree_leaf(tree, ROLE_PROGRESS, "steps", "3 savoldan 2-si", (Style){ .ink = COLOUR_INK_SOFT })->value = "2/3";
    sample_space(tree, 8);
}

static inline void sample_question(Tree *tree)
{
    Node *other;

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    sample_main(tree, 8);
    sample_steps(tree);
    sample_title(tree, "Maʼlumotnoma kim uchun?", "Tanlaganingiz hujjatning oxirgi qatorida yoziladi.");
    sample_space(tree, 12);
    tree_open(tree, ROLE_GROUP, "answers", NULL, (Style){ .gap = 4, .grow = 1 });
    sample_answer(tree, "Talab qilingan joyga", "Qayerga berishni aniq bilmasangiz, shuni tanlang", false);
    sample_answer(tree, "Ota-onamning ish joyiga", "Nafaqa yoki imtiyoz uchun", true);
    sample_answer(tree, "Bankka", "Taʼlim krediti uchun", false);
    sample_answer(tree, "Mudofaa ishlari boʻlimiga", "Harbiy xizmatni kechiktirish uchun", false);
    sample_answer(tree, "«Inson» ijtimoiy xizmatlar markaziga", "Ijtimoiy yordam uchun", false);
    sample_answer(tree, "Elchixonaga", "Viza uchun, ingliz tilida ham beriladi", false);
    other = tree_open(tree, ROLE_BUTTON, "other", "",
                      (Style){ .axis = AXIS_ROW,
                               .align = ALIGN_CENTRE,
                               .grow = 1,
                               .min_height = 30,
                               .max_height = 50,
                               .gap = 7,
                               .pad_right = 8,
                               .pad_left = 8,
                               .corner = 4,
                               .fill = COLOUR_SURFACE,
                               .shadow = true,
                               .icon_size = 12 });
    other->icon = "edit";
    other->send = (Send){ SAMPLE_ACT, 77 };
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .grow = 1, .gap = 1 });
    tree_leaf(tree, ROLE_TEXT, NULL, "Boshqa joyga", (Style){ .text = TEXT_HEADING });
    sample_caption(tree, "Nomini oʻzingiz yozasiz");
    tree_close(tree);
    tree_leaf(tree, ROLE_IMAGE, NULL, "", (Style){ .icon_size = 10 })->icon = "chev";
    tree_close(tree);
    tree_close(tree);
    tree_close(tree);
    sample_bar(tree, "Orqaga", "Davom etish");
}

static inline void sample_keyboard(Tree *tree)
{
    Node *field;

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    sample_main(tree, 0);
    sample_steps(tree);
    sample_title(tree, "Tashkilot nomini yozing", "Hujjatda qanday yozilishi kerak boʻlsa, shunday yozing.");
    sample_space(tree, 12);
    field = tree_leaf(tree, ROLE_FIELD, "place", "Tashkilot nomi", (Style){ .height = 30 });
    field->value = tree_text(tree, "Chirchiq shahar sogʻ");
    field->state |= NODE_FILLING;
    sample_space(tree, 3);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_BETWEEN });
    sample_caption(tree, "Masalan: Chirchiq shahar hokimligi");
    sample_caption(tree, "20 / 120");
    tree_close(tree);
    tree_close(tree);
    keyboard_build(
        tree, &(Keyboard){ .kind = KEYBOARD_UZ, .next = KEYBOARD_UZ_CYRL, .labels = sample_labels, .act = SAMPLE_ACT });
    sample_bar(tree, "Orqaga", "Davom etish");
}

static inline void sample_language(Tree *tree, Language language)
{
    Node *node = tree_leaf(tree, ROLE_BUTTON, NULL, language_own_name(language),
                           (Style){ .axis = AXIS_ROW,
                                    .height = 34,
                                    .pad_left = 8,
                                    .pad_right = 8,
                                    .corner = 4,
                                    .fill = COLOUR_SURFACE,
                                    .shadow = true,
                                    .justify = JUSTIFY_BETWEEN,
                                    .icon_size = 11,
                                    .text = TEXT_HEADING });
    node->icon = "chev";
    node->icon_after = true;
    node->language = language;
    node->send = (Send){ SAMPLE_ACT, (uint16_t)(50 + language) };
}

static inline void sample_attract(Tree *tree)
{
    Node *start;

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    tree_open(tree, ROLE_GROUP, "hall", NULL,
              (Style){ .grow = 1,
                       .fill = COLOUR_BRAND,
                       .ink = COLOUR_ON_BRAND,
                       .ornament = true,
                       .pad_top = 16,
                       .pad_right = 16,
                       .pad_bottom = 16,
                       .pad_left = 16 });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .align = ALIGN_CENTRE, .gap = 4 });
    tree_leaf(tree, ROLE_IMAGE, NULL, "", (Style){ .width = 26, .height = 26, .icon_size = 26 })->icon = "logo";
    tree_leaf(tree, ROLE_TEXT, NULL, "Zarafshon davlat\nuniversiteti", (Style){ .text = TEXT_HEADING, .grow = 1 });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .align = ALIGN_END });
    tree_leaf(tree, ROLE_TEXT, NULL, "14:32", (Style){ .text = TEXT_DISPLAY, .weight = WEIGHT_SEMIBOLD });
    tree_leaf(tree, ROLE_TEXT, NULL, "24-noyabr, seshanba", (Style){ 0 });
    tree_close(tree);
    tree_close(tree);
    sample_push(tree);
    tree_leaf(tree, ROLE_HEADING, NULL, "Xush\nkelibsiz", (Style){ .text = TEXT_HERO });
    sample_space(tree, 8);
    tree_leaf(tree, ROLE_TEXT, NULL, "Maʼlumotnoma, transkript, ariza —\nbir daqiqada, shu yerning oʻzida.",
              (Style){ .text = TEXT_TITLE, .weight = WEIGHT_MEDIUM });
    sample_space(tree, 16);
    start = tree_leaf(tree, ROLE_BUTTON, "start", "Boshlash uchun teging",
                      (Style){ .axis = AXIS_ROW,
                               .height = 40,
                               .corner = 4,
                               .gap = 4,
                               .icon_size = 20,
                               .fill = COLOUR_SURFACE,
                               .ink = COLOUR_BRAND,
                               .text = TEXT_TITLE });
    start->icon = "hand";
    start->send = (Send){ SAMPLE_ACT, 1 };
    tree_close(tree);
    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .pad_top = 12, .pad_right = 16, .pad_bottom = 12, .pad_left = 16 });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .columns = 2, .gap = 4 });
    for (Language i = 0; i < LANGUAGE_COUNT; i++)
        sample_language(tree, i);
    tree_close(tree);
    sample_space(tree, 12);
    tree_leaf(tree, ROLE_STATUS, NULL, "Printer ishlayapti. Registrator ofisi bugun 17:00 gacha ochiq.",
              (Style){ .axis = AXIS_ROW, .gap = 4, .icon_size = 12 })
        ->icon = "print";
    tree_close(tree);
}

/* Everything that the other samples do not show: pictures, faults, sheets, chips, states. */
static inline void sample_chip(Tree *tree, const char *label, const char *icon, Colour fill, Colour ink)
{
    tree_leaf(tree, ROLE_STATUS, NULL, label,
              (Style){ .axis = AXIS_ROW,
                       .height = 12,
                       .gap = 2,
                       .pad_left = 4,
                       .pad_right = 4,
                       .corner = 6,
                       .fill = fill,
                       .ink = ink,
                       .text = TEXT_CAPTION,
                       .weight = WEIGHT_SEMIBOLD,
                       .icon_size = 7 })
        ->icon = icon;
}

static inline void sample_sheet(Tree *tree, const char *number, const char *words, Style style)
{
    style.width = 50;
    style.height = 70;
    style.corner = 2;
    style.gap = 3;
    style.justify = JUSTIFY_CENTRE;
    tree_open(tree, ROLE_GROUP, NULL, NULL, style);
    tree_leaf(tree, ROLE_TEXT, NULL, number, (Style){ .text = TEXT_DISPLAY, .text_align = ALIGN_CENTRE });
    tree_leaf(tree, ROLE_TEXT, NULL, words, (Style){ .weight = WEIGHT_SEMIBOLD, .text_align = ALIGN_CENTRE });
    tree_close(tree);
}

static inline void sample_parts(Tree *tree)
{
    static const char *const pictures[] = { "picture-printer", "picture-printer-printing", "picture-printer-done",
                                            "picture-printer-no-paper", "picture-printer-fault" };
    Node *node;

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    sample_main(tree, 8);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = 4 });
    sample_chip(tree, "2 betdan 1-beti chiqdi", "warn", COLOUR_WARN_TINT, COLOUR_WARN);
    sample_chip(tree, "Tayyor", "check", COLOUR_GOOD_TINT, COLOUR_GOOD);
    sample_chip(tree, "Chop etilmadi", "warn", COLOUR_BAD_TINT, COLOUR_BAD);
    tree_close(tree);
    sample_space(tree, 8);
    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .axis = AXIS_ROW,
                       .gap = 6,
                       .align = ALIGN_CENTRE,
                       .fill = COLOUR_SURFACE,
                       .corner = 4,
                       .shadow = true,
                       .pad_top = 8,
                       .pad_right = 8,
                       .pad_bottom = 8,
                       .pad_left = 8 });
    for (size_t i = 0; i < COUNT(pictures); i++)
        tree_leaf(tree, ROLE_IMAGE, NULL, "Printer", (Style){ .grow = 1 })->icon = pictures[i];
    tree_close(tree);
    sample_space(tree, 8);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = 6 });
    sample_sheet(tree, "1", "chiqyapti",
                 (Style){ .fill = COLOUR_SURFACE, .border = COLOUR_BRAND, .border_px = 5, .ink = COLOUR_BRAND });
    sample_sheet(tree, "2", "navbatda",
                 (Style){ .fill = COLOUR_SURFACE, .border = COLOUR_EDGE, .dashed = true, .ink = COLOUR_INK_SOFT });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .grow = 1, .gap = 4 });
    sample_button(tree, "main", "Chop etish", "print", false, SAMPLE_MAIN);
    sample_button(tree, "second", "Koʻrish", "eye", false, SAMPLE_SECOND);
    sample_button(tree, "off", "Telefonimga ham", "phone", false, SAMPLE_SECOND)->state |= NODE_DISABLED;
    sample_button(tree, "chosen", "Oʻzbekcha", "globe", false, SAMPLE_SECOND)->state |= NODE_CHOSEN;
    tree_close(tree);
    tree_close(tree);
    sample_space(tree, 8);
    node = tree_leaf(tree, ROLE_FIELD, "secret", "Parol", (Style){ 0 });
    node->value = tree_text(tree, "12345678");
    node->error = tree_text(tree, "Raqam yoki parol mos kelmadi. Yana 4 marta urinib koʻrishingiz mumkin.");
    node->state = NODE_SECRET | NODE_FAULTY;
    node->send = (Send){ SAMPLE_ACT, 60 };
    sample_space(tree, 6);
    node = tree_leaf(tree, ROLE_FIELD, "long", "Tashkilot nomi", (Style){ 0 });
    node->value =
        tree_text(tree, "Oʻzbekiston Respublikasi Oliy taʼlim, fan va innovatsiyalar vazirligi huzuridagi markaz");
    node->state = NODE_FILLING;
    sample_space(tree, 6);
    node = tree_leaf(tree, ROLE_FIELD, "empty", "", (Style){ 0 });
    node->hint = tree_text(tree, "Nomini yozing");
    node->state = NODE_FILLING;
    sample_space(tree, 8);
    tree_leaf(tree, ROLE_ALERT, NULL,
              "Справка с места учёбы выдаётся сразу. Если фамилия в паспорте другая, покажите паспорт в окне 3, с 9:00 "
              "до 17:00.",
              (Style){ .axis = AXIS_ROW,
                       .gap = 5,
                       .fill = COLOUR_TINT,
                       .corner = 4,
                       .pad_top = 6,
                       .pad_right = 8,
                       .pad_bottom = 6,
                       .pad_left = 8,
                       .icon_size = 12 })
        ->icon = "window";
    tree_open(
        tree, ROLE_GROUP, NULL, NULL,
        (Style){ .axis = AXIS_ROW, .gap = 5, .align = ALIGN_BASELINE, .fill = COLOUR_BRAND, .ink = COLOUR_ON_BRAND });
    tree_leaf(tree, ROLE_TEXT, NULL, "14", (Style){ .text = TEXT_COUNTDOWN });
    tree_leaf(tree, ROLE_TEXT, NULL, "soniya qoldi", (Style){ .text = TEXT_TITLE, .weight = WEIGHT_MEDIUM });
    tree_close(tree);
    tree_open(tree, ROLE_GROUP, "list", NULL, (Style){ .scroll = true, .grow = 1, .gap = 4 });
    for (int i = 0; i < 12; i++)
        sample_answer(tree, tree_format(tree, "%d-javob", i + 1), "tushuntirish", i == 1);
    tree_close(tree);
    tree_close(tree);
    sample_bar(tree, "Orqaga", "Davom etish");
}

#endif
