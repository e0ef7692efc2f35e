/* Every composed widget, on screens that are built by hand: for pictures, and as real trees for other tests. */
#ifndef TESTS_UNIT_KIOSK_UI_SAMPLE_WIDGETS_H
#define TESTS_UNIT_KIOSK_UI_SAMPLE_WIDGETS_H

#include "kiosk/ui/calendar.h"
#include "kiosk/ui/chart.h"
#include "kiosk/ui/check.h"
#include "kiosk/ui/dialog.h"
#include "kiosk/ui/picklist.h"
#include "kiosk/ui/stepper.h"
#include "kiosk/ui/table.h"
#include "kiosk/ui/tabs.h"
#include "sample.h"

static inline void sample_content(Tree *tree, float gap)
{
    tree_open(
        tree, ROLE_GROUP, "content", NULL,
        (Style){
            .grow = 1, .scroll = true, .gap = gap, .pad_top = 12, .pad_left = 16, .pad_right = 16, .pad_bottom = 8 });
}

static inline Style sample_card(float pad)
{
    return (Style){ .fill = COLOUR_SURFACE,
                    .corner = 4,
                    .shadow = true,
                    .pad_top = pad,
                    .pad_right = pad,
                    .pad_bottom = pad,
                    .pad_left = pad };
}

static inline void sample_figure(Tree *tree, const char *label, const char *value, const char *of, Colour ink)
{
    Style card = sample_card(8);

    card.grow = 1;
    tree_open(tree, ROLE_GROUP, NULL, NULL, card);
    sample_caption(tree, label);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .align = ALIGN_BASELINE, .gap = 2 });
    tree_leaf(tree, ROLE_TEXT, NULL, value, (Style){ .text = TEXT_DISPLAY, .ink = ink });
    tree_leaf(tree, ROLE_TEXT, NULL, of, (Style){ .ink = COLOUR_INK_SOFT });
    tree_close(tree);
    tree_close(tree);
}

static const char *const sample_marks[] = { "0", "1", "2", "3", "4", "5" };
static const ChartPoint sample_points[] = {
    { "1-sem.", "3,7", 3.7F, false },
    { "2-sem.", "4,0", 4.0F, false },
    { "3-sem.", "3,8", 3.8F, false },
    { "4-sem.", "4,5", 4.5F, true },
};

static inline Chart sample_chart(const char *id)
{
    return (Chart){ .id = id,
                    .said = "GPA: 1-semestr 3,7; 2-semestr 4,0; 3-semestr 3,8; 4-semestr 4,5",
                    .text_scale = 1,
                    .most = 5,
                    .marks = sample_marks,
                    .mark_count = COUNT(sample_marks),
                    .points = sample_points,
                    .count = COUNT(sample_points) };
}

static const TableColumn sample_columns[] = {
    { "Fan", 5, false, false }, { "Kredit", 2, true, false }, { "Ball", 2, true, false }, { "Baho", 1.6F, true, true }
};
static const char *const sample_cells[][4] = {
    { "Mikroiqtisodiyot", "6", "92", "5" },
    { "Statistika", "6", "88", "4" },
    { "Ekonometrika asoslari", "5", "90", "5" },
    { "Moliya va kredit", "5", "78", "4" },
    { "Ingliz tili", "4", "95", "5" },
    { "Buxgalteriya hisobi", "4", "71", "4" },
    { "Oʻzbekistonning eng yangi tarixi va davlatchilik asoslari", "2", "100", "5" },
    { "Jismoniy tarbiya", "", "", "—" },
    { "Falsafa", "2", "81", "4" },
    { "Informatika", "4", "69", "3" },
};

static inline Table sample_table(bool list, bool scrolls)
{
    return (Table){ .id = "table",
                    .columns = sample_columns,
                    .column_count = COUNT(sample_columns),
                    .scrolls = scrolls,
                    .list = list };
}

static inline void sample_rows(Tree *tree, const Table *table)
{
    table_open(tree, table);
    for (size_t i = 0; i < COUNT(sample_cells); i++)
        table_row(tree, table, tree_format(tree, "table.%zu", i), sample_cells[i], (Send){ 0 });
    table_close(tree, table);
}

/* Picture 12. */
static inline void sample_results(Tree *tree)
{
    Style card = sample_card(8), rows = sample_card(0);
    Chart chart = sample_chart("chart");
    Table table = sample_table(false, true);

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    tree_open(tree, ROLE_GROUP, "content", NULL,
              (Style){ .grow = 1, .gap = 4, .pad_top = 12, .pad_left = 16, .pad_right = 16, .pad_bottom = 8 });
    sample_title(tree, "Natijalarim", "3-kurs, Iqtisodiyot · HEMIS, bugun 14:10 holatiga koʻra");
    sample_space(tree, 1);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = 4, .align = ALIGN_STRETCH });
    sample_figure(tree, "Oʻrtacha ball (GPA)", "4,0", "/ 5", COLOUR_BRAND);
    sample_figure(tree, "Toʻplangan kredit", "120", "/ 240", COLOUR_INK);
    sample_figure(tree, "Qarzdorlik", "0", "fan", COLOUR_GOOD);
    tree_close(tree);
    card.gap = 6;
    tree_open(tree, ROLE_GROUP, NULL, NULL, card);
    tree_leaf(tree, ROLE_HEADING, NULL, "Semestrlar boʻyicha GPA", (Style){ 0 });
    chart_bars(tree, &chart);
    tree_close(tree);
    rows.grow = 1;
    rows.pad_top = 6;
    rows.gap = 2;
    tree_open(tree, ROLE_GROUP, NULL, NULL, rows);
    tree_open(tree, ROLE_GROUP, NULL, NULL,
              (Style){ .axis = AXIS_ROW, .align = ALIGN_CENTRE, .pad_left = 8, .pad_right = 8 });
    tree_leaf(tree, ROLE_HEADING, NULL, "4-semestr", (Style){ .grow = 1 });
    sample_button(tree, "semester.3", "3-semestr", "back", false, SAMPLE_SECOND);
    tree_close(tree);
    sample_rows(tree, &table);
    tree_close(tree);
    tree_close(tree);
    sample_bar(tree, "Orqaga", "Transkript olish");
}

/* The table as a list, the line, tabs; for text at 150 % and more. */
static inline void sample_results_large(Tree *tree)
{
    static const Tab tabs[] = { { "tab.grades", "Baholar" }, { "tab.schedule", "Jadval" }, { "tab.debts", "Qarzlar" } };
    Tabs pages = { .id = "tabs", .tabs = tabs, .count = COUNT(tabs), .chosen = 0, .act = SAMPLE_ACT };
    Style card = sample_card(8), rows = sample_card(0);
    Chart chart = sample_chart("chart");
    Table table = sample_table(true, false);

    chart.text_scale = 1.5F;
    chart.least = 2;
    chart.marks = sample_marks + 2;
    chart.mark_count = 4;
    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    sample_content(tree, 4);
    tree_leaf(tree, ROLE_HEADING, "title", "Natijalarim", (Style){ .text = TEXT_TITLE });
    tabs_build(tree, &pages);
    sample_space(tree, 2);
    tree_open(tree, ROLE_GROUP, NULL, NULL, card);
    chart_line(tree, &chart);
    tree_close(tree);
    tree_open(tree, ROLE_GROUP, NULL, NULL, rows);
    sample_rows(tree, &table);
    tree_close(tree);
    tree_close(tree);
    sample_bar(tree, "Orqaga", "Olish");
}

static inline Calendar sample_month(void)
{
    return (Calendar){ .id = "date",
                       .month = "2026-yil noyabr",
                       .weekdays = { "Du", "Se", "Cho", "Pa", "Ju", "Sha", "Ya" },
                       .first = 6,
                       .days = 30,
                       .chosen = 24,
                       .today = 22,
                       .disabled = 0x1fffffU,
                       .said = { [23] = "24-noyabr, seshanba" },
                       .act = SAMPLE_ACT,
                       .after = { SAMPLE_ACT, 101 },
                       .year_after = { SAMPLE_ACT, 103 },
                       .say_before = "Oldingi oy",
                       .say_after = "Keyingi oy",
                       .say_year_before = "Oldingi yil",
                       .say_year_after = "Keyingi yil" };
}

/* Check boxes, stepper, tabs, calendar. */
static inline void sample_answers(Tree *tree)
{
    static const Tab tabs[] = { { "tab.one", "Kun" }, { "tab.two", "Hafta" }, { "tab.three", "Butun semestr" } };
    static const struct {
        const char *id, *label, *help;
        bool ticked, disabled;
    } checks[] = {
        { "check.uz", "Oʻzbek tilida", "Davlat idoralari uchun", true, false },
        { "check.ru", "Rus tilida", NULL, false, false },
        { "check.en", "Ingliz tilida", "Elchixona uchun; tarjima 24-noyabrgacha tayyor boʻladi", true, false },
        { "check.kaa", "Qoraqalpoq tilida", "Hozircha berilmaydi", false, true },
    };
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

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    sample_content(tree, 4);
    sample_title(tree, "Qaysi tillarda?", "Bir nechtasini belgilash mumkin.");
    for (size_t i = 0; i < COUNT(checks); i++)
        check_build(tree, &(Check){ .id = checks[i].id,
                                    .label = checks[i].label,
                                    .help = checks[i].help,
                                    .ticked = checks[i].ticked,
                                    .disabled = checks[i].disabled,
                                    .send = { SAMPLE_ACT, (uint16_t)(10 + i) } });
    sample_space(tree, 4);
    stepper_build(tree, &copies);
    sample_space(tree, 4);
    tabs_build(tree, &pages);
    sample_space(tree, 4);
    calendar_build(tree, &month);
    tree_close(tree);
    sample_bar(tree, "Orqaga", "Davom etish");
}

static inline void sample_picklist(Tree *tree)
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

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .fill = COLOUR_GROUND });
    sample_strip(tree);
    sample_content(tree, 4);
    sample_title(tree, "Qaysi davlatda tugʻilgansiz?", "Pasportda qanday boʻlsa, shunday.");
    picklist_open(tree, &list);
    for (int i = 0; i < 24; i++)
        picklist_item(tree, &list,
                      &(PickItem){ .id = tree_format(tree, "country.%d", i),
                                   .label = tree_format(tree, "%d-davlat", i + 1),
                                   .help = i == 3 ? "eski nomi bilan ham" : NULL,
                                   .chosen = i == 14,
                                   .send = { SAMPLE_ACT, (uint16_t)(100 + i) } });
    picklist_close(tree, &list);
    tree_close(tree);
    keyboard_build(tree, &(Keyboard){ .kind = KEYBOARD_UZ, .labels = sample_labels, .act = SAMPLE_ACT });
    sample_bar(tree, "Orqaga", "Davom etish");
}

static inline void sample_dialog_over(Tree *tree, const Dialog *dialog, unsigned paragraphs)
{
    sample_home(tree);
    tree_close(tree);
    dialog_open(tree, dialog);
    for (unsigned i = 0; i < paragraphs; i++)
        tree_leaf(
            tree, ROLE_TEXT, NULL,
            "Telefoningizdagi nusxa oʻchiriladi va u bilan tekshirib boʻlmaydi. Qogʻozdagi nusxa oʻz kuchida qoladi.",
            (Style){ 0 });
    dialog_actions(tree, dialog);
    sample_button(tree, "dialog.keep", "Qoldirish", "back", false, SAMPLE_SECOND)->state |= NODE_LEAVE;
    sample_button(tree, "dialog.withdraw", "Qaytarib olish", NULL, false, SAMPLE_MAIN)->state |= NODE_MAIN;
    dialog_close(tree);
}

static inline void sample_dialog(Tree *tree)
{
    sample_dialog_over(
        tree, &(Dialog){ .id = "withdraw", .title = "Nusxani qaytarib olasizmi?", .icon = "warn", .ink = COLOUR_WARN },
        1);
}

/* More than the glass holds. */
static inline void sample_dialog_long(Tree *tree)
{
    sample_dialog_over(
        tree, &(Dialog){ .id = "rules", .title = "Qoidalar", .icon = "doc", .low = true, .stacked = true }, 50);
}

#endif
