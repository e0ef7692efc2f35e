/* The student's own record: tabs, the view that is chosen, how old it is, and the paper that belongs to it. */
#include "kiosk/screens/study.h"

#include <string.h>

#include "kiosk/screens/build.h"
#include "kiosk/ui/tabs.h"

#define COLUMNS_MM 400.0F /* of both together, for text of 100 % */
#define TAB_MM     67.5F  /* of the longest name of a tab, for text of 100 % */
#define TAB_GAP    3.0F
#define STALE_S    (INT64_C(3) * 86400)
#define LIST_TEXT  1.5F
#define DOOR_MM    145.0F /* of a way beside another, for text of 100 % */

typedef struct View {
    const char *id, *name;
    StudyPart part;
    const char *service; /* the paper that belongs to it; NULL: none */
    void (*build)(Page *page, const ApiStudy *study);
} View;

static const View views[] = {
    /* TRANSLATORS: the next ones are tabs: what a student's record says */
    [STUDY_TODAY] = { "study.today", N_("Today"), STUDY_LESSONS, "timetable", study_today },
    [STUDY_WEEK] = { "study.week", N_("Week"), STUDY_LESSONS, "timetable", study_week },
    [STUDY_OF_EXAMS] = { "study.exams", N_("Exams"), STUDY_EXAMS, "exam-list", study_exams },
    [STUDY_MISSED] = { "study.attendance", N_("Attendance"), STUDY_ATTENDANCE, "excused-absence", study_attendance },
    [STUDY_MARKS] = { "study.results", N_("Results"), STUDY_RESULTS, "transcript", study_results },
    [STUDY_MONEY] = { "study.money", N_("Money"), STUDY_CONTRACT, "contract-statement", study_money },
    [STUDY_DECREES] = { "study.orders", N_("Orders"), STUDY_ORDERS, NULL, study_orders },
    [STUDY_MOODLE] = { "study.moodle", N_("Moodle"), STUDY_COURSES, NULL, study_moodle },
};
static_assert(COUNT(views) == STUDY_VIEW_COUNT, "a row for every view");

/* --- what the views share ----------------------------------------------------------------------------------------- */

void study_card_open(Page *page, const char *title)
{
    Style card = style_card(0.0F);

    card.pad_top = MM_G2;
    card.pad_bottom = MM_G;
    card.gap = MM_G;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    if (!title[0])
        return;
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .pad_left = MM_G2, .pad_right = MM_G2 });
    tree_leaf(page->tree, ROLE_HEADING, NULL, title, style_text(TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE));
    tree_close(page->tree);
}

void study_card_close(Page *page)
{
    tree_close(page->tree);
    part_space(page, MM_G2);
}

Table study_table(Page *page, const TableColumn *columns, size_t count, float least)
{
    return (Table){ .columns = columns,
                    .column_count = count,
                    .list = page->scale >= LIST_TEXT || page->inside < least * page->scale };
}

void study_row(Page *page, const Table *table, const char *id, const char *const *cells)
{
    table_row(page->tree, table, id, cells, (Send){ 0 });
}

bool study_columns_open(Page *page)
{
    bool beside = page_two_columns(page) && page->inside >= COLUMNS_MM * page->scale;

    if (beside)
        part_columns_open(page, 0.5F);
    return beside;
}

void study_columns_next(Page *page, bool beside)
{
    if (beside)
        part_columns_next(page);
}

void study_columns_close(Page *page, bool beside)
{
    if (beside)
        part_columns_close(page);
}

void study_empty(Page *page, const char *title, const char *text)
{
    part_notice(page, ROLE_STATUS, (Notice){ "clock", COLOUR_TINT, COLOUR_BRAND, title, text });
    part_space(page, MM_G2);
}

void study_unknown(Page *page)
{
    study_empty(page, say(page, "Nothing of it is known here yet"),
                say(page, "It comes from HEMIS by itself. If it should be here already, ask at the window."));
}

static size_t service_index(const Page *page, const char *id)
{
    const Catalogue *catalogue = page->model->catalogue;
    size_t count = catalogue ? catalogue_count(catalogue) : 0, i = 0;

    while (i < count && (!id || strcmp(catalogue_at(catalogue, i)->id, id) != 0))
        i++;
    return i < count && page->visit->home && model_offers(page->model, catalogue_at(catalogue, i)) ? i : SIZE_MAX;
}

void study_way(Page *page, const char *service, const char *icon)
{
    const size_t index = service_index(page, service);
    Way way = { .icon = icon, .text = "", .act = ACT_SERVICE, .mm = 30.0F };

    if (index == SIZE_MAX)
        return;
    way.id = tree_format(page->tree, "study.%s", service);
    way.title = words_service(page, service);
    way.arg = (uint16_t)index;
    part_way(page, way);
    part_space(page, MM_G);
}

const char *study_subject(Page *page, const ApiStudy *study, int name)
{
    const char *words = study_name(study, name, page->language);

    /* TRANSLATORS: a subject whose name the record lacks */
    return words[0] ? words : say(page, "A subject without a name");
}

const char *study_day_words(Page *page, const char *iso)
{
    Date date;

    if (!date_parse(str_from(iso), &date))
        return iso;
    return words_date(page, date_start_s(date, page->model->utc_offset_minutes) * 1000, DATE_DAY);
}

const char *study_kind_of_lesson(Page *page, int kind)
{
    switch (kind) { /* HEMIS's training_type */
    /* TRANSLATORS: kinds of lessons */
    case 11: return say(page, "Lecture");
    case 12: return say(page, "Laboratory");
    case 13: return say(page, "Practical");
    case 14: return say(page, "Seminar");
    case 15: return say(page, "Training");
    case 16: return say(page, "Coursework");
    case 17: return say(page, "Independent study");
    default: return "";
    }
}

const char *study_place(Page *page, const ApiStudy *study, const char *room, int building)
{
    const char *house = page->wide && page->scale < LIST_TEXT ? study_name(study, building, page->language) : "";

    return room[0] && house[0] ? fill(page, "{0}, {1}", room, house) : room[0] ? room : house;
}

/* --- frame -------------------------------------------------------------------------------------------------------- */

/* As many beside each other as their names have room for, in lines of like length. */
static unsigned tab_columns(const Page *page, unsigned count)
{
    unsigned fit = (unsigned)((page->inside + TAB_GAP) / (TAB_MM * page->scale + TAB_GAP));
    unsigned lines;

    fit = fit < 1 ? 1 : fit > count ? count : fit;
    lines = (count + fit - 1) / fit;
    return (count + lines - 1) / lines;
}

static void tabs(Page *page)
{
    const StudyState *state = &page->visit->study;
    const bool moodle = state->view == STUDY_MOODLE || (state->study && state->study->has_moodle);
    const unsigned count = moodle ? STUDY_VIEW_COUNT : STUDY_MOODLE, columns = tab_columns(page, count);
    Tab list[STUDY_VIEW_COUNT];

    static_assert(STUDY_MOODLE == STUDY_VIEW_COUNT - 1, "the last, so that it may be left out");
    for (size_t i = 0; i < count; i++)
        list[i] = (Tab){ views[i].id, say(page, views[i].name) };
    tabs_build(page->tree, &(Tabs){ .id = "study.tabs",
                                    .tabs = list,
                                    .count = count,
                                    .chosen = (size_t)state->view,
                                    .stacked = columns == 1,
                                    .columns = columns,
                                    .act = ACT_STUDY });
    part_space(page, MM_G2);
}

/* Of when it is, and a word where that is long ago. */
static void age(Page *page, const ApiStudy *study, StudyPart part)
{
    const int64_t as_of_s = study->as_of_s[part];
    const char *when = words_moment_near(page, as_of_s * 1000);

    if (as_of_s == 0)
        return;
    if (page->model->wall_ms / 1000 - as_of_s > STALE_S)
        part_notice(page, ROLE_STATUS,
                    (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN,
                              /* TRANSLATORS: {0}: a day with its time, some days ago */
                              fill(page, say(page, "This is how it was {0}"), when),
                              say(page, "Nothing newer has come since. What matters, check at the window.") });
    else
        /* TRANSLATORS: of when what is shown is; {0} is such as "today at 14:10" */
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT,
                  part == STUDY_COURSES
                      /* TRANSLATORS: of when what Moodle tells is; {0} is such as "today at 14:10" */
                      ? fill(page, say(page, "From Moodle, {0}"), when)
                      : fill(page, say(page, "From the university’s records, {0}"), when));
}

static void waiting(Page *page)
{
    Node *node = tree_leaf(page->tree, ROLE_STATUS, "study.waiting",
                           /* TRANSLATORS: while the student's record comes */
                           say(page, "Looking up what your record says…"),
                           style_text(TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT));

    node->icon = "clock";
    node->style.axis = AXIS_ROW;
    part_space(page, MM_G2);
    part_patience(page, say(page, "This takes longer than usual. You can wait, or finish and come back later."));
}

static void paper(Page *page, const View *view)
{
    const size_t index = service_index(page, view->service);

    if (index != SIZE_MAX)
        part_main(page, "study.paper", words_service(page, view->service), "doc", ACT_SERVICE)->send.arg =
            (uint16_t)index;
    else
        part_finish(page);
}

void screen_study(Page *page)
{
    const StudyState *state = &page->visit->study;
    const View *view = &views[state->view];

    frame_open(page);
    /* TRANSLATORS: title over what a student's record says: lessons, exams, results, money */
    frame_title(page, say(page, "My study"), "");
    part_space(page, MM_G);
    tabs(page);
    if (state->study) {
        view->build(page, state->study);
        age(page, state->study, view->part);
    } else
        waiting(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    paper(page, view);
    frame_close(page);
}

/* --- doors -------------------------------------------------------------------------------------------------------- */

typedef struct Door {
    const char *group, *id, *icon, *title, *text;
    Act act;
    StudyView view;
} Door;

static const Door doors[] = {
    /* TRANSLATORS: ways from a group of services to what the student's record says; title and a line under it */
    { "study", "home.study.today", "clock", N_("Today and this week"), N_("lessons, the next exam"), ACT_STUDY,
      STUDY_TODAY },
    { "study", "home.study.exams", "study", N_("Exams"), N_("to come and behind you"), ACT_STUDY, STUDY_OF_EXAMS },
    { "study", "home.study.attendance", "person", N_("Attendance"), N_("hours missed, by subject"), ACT_STUDY,
      STUDY_MISSED },
    { "study", "home.study.results", "check", N_("Results and average"), N_("marks, credits, debts"), ACT_STUDY,
      STUDY_MARKS },
    { "study", "home.study.orders", "doc", N_("Orders about you"), N_("number, day, what they say"), ACT_STUDY,
      STUDY_DECREES },
    { "study", "home.looks", "eye", N_("Who looked at my data"), N_("sign-ins, checks of papers, staff"), ACT_LOOKS,
      STUDY_TODAY },
    { "study", "home.card", "card", N_("My card"), N_("sign in with it, or block it"), ACT_CARD, STUDY_TODAY },
    { "payments", "home.study.money", "money", N_("My contract and payments"), N_("paid, left, due; scholarship"),
      ACT_STUDY, STUDY_MONEY },
};

static bool is_open(const Page *page, const Door *door, const char *group)
{
    if (strcmp(door->group, group) != 0)
        return false;
    return door->act == ACT_LOOKS  ? model_tells_looks(page->model)
           : door->act == ACT_CARD ? model_tells_card(page->model)
                                   : model_studies(page->model);
}

void part_study_doors(Page *page, const char *group)
{
    unsigned count = 0;

    for (size_t i = 0; i < COUNT(doors); i++)
        count += is_open(page, &doors[i], group);
    if (count == 0)
        return;
    /* TRANSLATORS: label over what a student's own record says */
    part_label(page, say(page, "Look it up here"));
    part_grid(page, count > 1 && page->inside >= 2.0F * DOOR_MM * page->scale ? 2 : 1, MM_G);
    for (size_t i = 0; i < COUNT(doors); i++) {
        const Door *door = &doors[i];

        if (is_open(page, door, group))
            part_way(page, (Way){ door->id, door->icon, say(page, door->title), say(page, door->text), door->act,
                                  door->act == ACT_STUDY ? (uint16_t)door->view : 0, false, 30.0F });
    }
    tree_close(page->tree);
    part_space(page, MM_G2);
    /* TRANSLATORS: label over the papers of a group of services */
    part_label(page, say(page, "Papers and requests"));
}
