#include "gallery/toolkit.h"

#include "kiosk/ui/sample_widgets.h"

/* Columns have room: a table is a table, figures stand beside each other. */
static bool has_room(const Variant *variant)
{
    return variant->text < 150;
}

static void page_open(Tree *tree, const char *title, const char *under)
{
    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_content(tree, 4);
    sample_title(tree, title, under);
}

static void page_close(Tree *tree)
{
    tree_close(tree);
}

static void figures(Tree *tree, const Variant *variant)
{
    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .axis = has_room(variant) ? AXIS_ROW : AXIS_COLUMN, .gap = 4, .align = ALIGN_STRETCH });
    sample_figure(tree, "Oʻrtacha ball (GPA)", "4,0", "/ 5", COLOUR_BRAND);
    sample_figure(tree, "Toʻplangan kredit", "120", "/ 240", COLOUR_INK);
    sample_figure(tree, "Qarzdorlik", "0", "fan", COLOUR_GOOD);
    tree_close(tree);
}

static void results(Tree *tree, const Variant *variant)
{
    Style card = sample_card(8);
    Chart bars = sample_chart("bars"), line = sample_chart("line");
    Table table = sample_table(!has_room(variant), false);

    bars.text_scale = line.text_scale = (float)variant->text / 100.0F;
    page_open(tree, "Natijalarim", "3-kurs, Iqtisodiyot · HEMIS, bugun 14:10 holatiga koʻra");
    figures(tree, variant);
    tree_open(tree, ROLE_GROUP, NULL, NULL, card);
    chart_bars(tree, &bars);
    tree_close(tree);
    tree_open(tree, ROLE_GROUP, NULL, NULL, card);
    chart_line(tree, &line);
    tree_close(tree);
    tree_open(tree, ROLE_GROUP, NULL, NULL, sample_card(0));
    sample_rows(tree, &table);
    tree_close(tree);
    page_close(tree);
}

static void checks(Tree *tree)
{
    static const Check rows[] = {
        { .id = "check.uz",
          .label = "Oʻzbek tilida",
          .help = "Davlat idoralari uchun",
          .ticked = true,
          .send = { SAMPLE_ACT, 10 } },
        { .id = "check.ru", .label = "Rus tilida", .send = { SAMPLE_ACT, 11 } },
        { .id = "check.kaa",
          .label = "Qoraqalpoq tilida",
          .help = "Hozircha berilmaydi",
          .disabled = true,
          .send = { SAMPLE_ACT, 12 } },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_build(tree, &rows[i]);
}

static void answers(Tree *tree, const Variant *variant)
{
    static const Tab tabs[] = { { "tab.one", "Kun" }, { "tab.two", "Hafta" }, { "tab.three", "Butun semestr" } };
    Tabs pages = { .id = "tabs", .tabs = tabs, .count = COUNT(tabs), .chosen = 1, .act = SAMPLE_ACT };
    Calendar month = sample_month();
    Stepper copies = { .id = "copies",
                       .label = "Nusxalar soni",
                       .value = "1",
                       .unit = "nusxa",
                       .less = "Bitta kam",
                       .more = "Bitta koʻp",
                       .at_least = true,
                       .width = 80,
                       .send_less = { SAMPLE_ACT, 1 },
                       .send_more = { SAMPLE_ACT, 2 } };

    (void)variant;
    page_open(tree, "Qaysi tillarda?", "Bir nechtasini belgilash mumkin.");
    checks(tree);
    stepper_build(tree, &copies);
    tabs_build(tree, &pages);
    calendar_build(tree, &month);
    page_close(tree);
}

static void picklist(Tree *tree, const Variant *variant)
{
    PickList list = { .id = "country",
                      .label = "Davlatni qidiring",
                      .hint = "Nomining boshini yozing",
                      .typed = "o",
                      .clear = "Tozalash",
                      .found = "195 tadan 24 tasi",
                      .filling = true,
                      .send_search = { SAMPLE_ACT, 1 },
                      .send_clear = { SAMPLE_ACT, 2 } };

    (void)variant;
    page_open(tree, "Qaysi davlatda tugʻilgansiz?", "Pasportda qanday boʻlsa, shunday.");
    picklist_open(tree, &list);
    for (int i = 0; i < 24; i++)
        picklist_item(tree, &list,
                      &(PickItem){ .id = tree_format(tree, "country.%d", i),
                                   .label = tree_format(tree, "%d-davlat", i + 1),
                                   .chosen = i == 14,
                                   .send = { SAMPLE_ACT, (uint16_t)(100 + i) } });
    picklist_close(tree, &list);
    page_close(tree);
}

static void dialog_over(Tree *tree, const Variant *variant, const Dialog *dialog, unsigned paragraphs)
{
    answers(tree, variant);
    dialog_open(tree, dialog);
    for (unsigned i = 0; i < paragraphs; i++)
        tree_leaf(tree, ROLE_TEXT, NULL, "Telefoningizdagi nusxa oʻchiriladi. Qogʻozdagi nusxa oʻz kuchida qoladi.",
                  (Style){ 0 });
    dialog_actions(tree, dialog);
    sample_button(tree, "dialog.keep", "Qoldirish", "back", false, SAMPLE_SECOND)->state |= NODE_LEAVE;
    sample_button(tree, "dialog.withdraw", "Qaytarib olish", NULL, false, SAMPLE_MAIN)->state |= NODE_MAIN;
    dialog_close(tree);
}

static void dialog(Tree *tree, const Variant *variant)
{
    dialog_over(tree, variant,
                &(Dialog){ .id = "withdraw",
                           .title = "Nusxani qaytarib olasizmi?",
                           .icon = "warn",
                           .ink = COLOUR_WARN,
                           .low = variant->low_reach,
                           .stacked = !has_room(variant) },
                1);
}

static void dialog_long(Tree *tree, const Variant *variant)
{
    dialog_over(tree, variant,
                &(Dialog){ .id = "rules",
                           .title = "Qoidalar",
                           .icon = "doc",
                           .low = variant->low_reach,
                           .stacked = !has_room(variant) },
                40);
}

const ToolkitPage toolkit_pages[] = {
    { "toolkit-results", results }, { "toolkit-answers", answers },         { "toolkit-picklist", picklist },
    { "toolkit-dialog", dialog },   { "toolkit-dialog-long", dialog_long },
};
const size_t toolkit_page_count = COUNT(toolkit_pages);
