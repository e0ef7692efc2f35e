/* What came of it: results with their averages, and attendance. */
#include <string.h>

#include "kiosk/screens/study.h"
#include "kiosk/ui/chart.h"

#define RESULTS_MM    180.0F
#define SEMESTER_MM   240.0F /* of a semester’s title with both buttons beside it */
#define ATTENDANCE_MM 260.0F
#define DEBTS_MM      280.0F
#define FIGURE_MM     72.0F  /* of a card with one figure, for text of 100 % */
#define LARGE_MM      270.0F /* of three of them, so that their figures are large */
#define CHART_MM      50.0F
#define CHART_HIGH_MM 70.0F /* where there is height enough */
#define HIGH_MM       350.0F
#define BAR_MM        19.0F /* of a bar with a value of one decimal, for text of 100 % */
#define BAR_WORDS_MM  44.0F /* ... of two, and its semester in words */
#define MARKS_MM      14.0F /* at the chart's left */
#define CHART_LOW_MM  30.0F
#define ABSENCES_MOST 10
#define NEAR_PERCENT  15 /* of contact hours: more is told as near the limit */

/* --- figures ------------------------------------------------------------------------------------------------------ */

static void figure(Page *page, const char *label, const char *value, const char *of, Colour ink)
{
    Style card = style_card(MM_G2);

    card.gap = 2.0F;
    Node *node = tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    node->said = fill(page, "{0}: {1} {2}", label, value, of);
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, label);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .align = ALIGN_BASELINE, .gap = 2.0F });
    part_text(page, page->inside < LARGE_MM * page->scale ? TEXT_TITLE : TEXT_DISPLAY, WEIGHT_BOLD, ink, value);
    if (of[0])
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, of);
    tree_close(page->tree);
    tree_close(page->tree);
}

static void figures(Page *page, const StudySums *sums)
{
    const char *wanted = sums->credits_wanted ? fill(page, "/ {0}", words_number(page, sums->credits_wanted)) : "";

    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .columns = page->inside >= 3.0F * FIGURE_MM * page->scale ? 3U : 1U, .gap = MM_G });
    /* TRANSLATORS: labels over one large figure each */
    figure(page, say(page, "Average mark (GPA)"), words_decimal(page, sums->gpa_x100, 2), "/ 5", COLOUR_BRAND);
    figure(page, say(page, "Credits earned"), words_number(page, sums->credits_earned), wanted, COLOUR_NONE);
    figure(page, say(page, "Debts"), words_number(page, sums->debts),
           /* TRANSLATORS: after the number of debts, which stands alone and large */
           say_n(page, "subject", "subjects", sums->debts), sums->debts > 0 ? COLOUR_BAD : COLOUR_GOOD);
    tree_close(page->tree);
    part_space(page, MM_G);
}

/* --- by semester -------------------------------------------------------------------------------------------------- */

static const char *spoken_chart(Page *page, const ApiStudy *study)
{
    const char *said = say(page, "Average by semester");

    for (size_t i = 0; i < study->semester_count; i++)
        said = fill(page, i == 0 ? "{0}. {1}: {2}" : "{0}, {1}: {2}", said,
                    words_number_of(page, NUMBER_OF_SEMESTER, study->semesters[i].semester),
                    words_decimal(page, study->semesters[i].gpa_x100, 2));
    return said;
}

static float chart_height(const Page *page)
{
    return page_is_tight(page)                                         ? CHART_LOW_MM
           : page->scale < 1.5F && page_content_height(page) > HIGH_MM ? CHART_HIGH_MM
                                                                       : CHART_MM;
}

/* As many bars as have room for their values, the last ones. */
static size_t bars_from(const Page *page, size_t count, float room)
{
    size_t most = (size_t)(room / (BAR_MM * page->scale));

    most = most < 2 ? 2 : most;
    return count > most ? count - most : 0;
}

static ChartPoint bar(Page *page, const ApiStudy *study, size_t index, float width)
{
    const StudySemester *semester = &study->semesters[index];
    bool wide = width >= BAR_WORDS_MM * page->scale;

    return (ChartPoint){ .name = wide ? words_number_of(page, NUMBER_OF_SEMESTER, semester->semester)
                                      : words_number(page, semester->semester),
                         .value = wide ? words_decimal(page, semester->gpa_x100, 2)
                                       : words_decimal(page, (semester->gpa_x100 + 5) / 10, 1),
                         .amount = (float)semester->gpa_x100 / 100.0F,
                         .strong = index == page->visit->study.semester };
}

static void chart(Page *page, const ApiStudy *study)
{
    const char *const marks[] = { "0", "1", "2", "3", "4", "5" };
    const float room = page->inside - 2.0F * MM_G2 - MARKS_MM * page->scale;
    const size_t first = bars_from(page, study->semester_count, room), count = study->semester_count - first;
    ChartPoint points[STUDY_SEMESTERS_MOST];

    if (study->semester_count < 2) /* one bar compares with nothing */
        return;
    for (size_t i = 0; i < count; i++)
        points[i] = bar(page, study, first + i, room / (float)count);
    study_card_open(page, say(page, "Average by semester"));
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .pad_left = MM_G2, .pad_right = MM_G2, .pad_bottom = MM_G });
    chart_bars(page->tree, &(Chart){ .id = "study.chart",
                                     .said = spoken_chart(page, study),
                                     .height = chart_height(page),
                                     .text_scale = page->scale,
                                     .ground = COLOUR_SURFACE,
                                     .most = 5.0F,
                                     .marks = marks,
                                     .mark_count = COUNT(marks),
                                     .points = points,
                                     .count = count });
    tree_close(page->tree);
    study_card_close(page);
}

static void semester_button(Page *page, const ApiStudy *study, size_t index, bool before)
{
    Button button = { .kind = BUTTON_SECOND,
                      .id = before ? "study.semester.before" : "study.semester.after",
                      .label =
                          fill(page, say(page, "Semester {0}"), words_number(page, study->semesters[index].semester)),
                      .icon = before ? "back" : "next",
                      .icon_after = !before,
                      .act = ACT_STUDY_SEMESTER,
                      .arg = (uint16_t)index };

    part_button(page, button);
}

static const char *result_name(Page *page, const ApiStudy *study, const StudyResult *result)
{
    const char *name = study_name(study, result->subject, page->language);
    const char *kind = "";

    switch (result->kind) {
    case STUDY_OF_SUBJECT: return study_subject(page, study, result->subject);
    /* TRANSLATORS: results that are of no subject */
    case STUDY_OF_COURSEWORK: kind = say(page, "Coursework"); break;
    case STUDY_OF_PRACTICE: kind = say(page, "Practice"); break;
    case STUDY_OF_ATTESTATION: kind = say(page, "State attestation"); break;
    case STUDY_RESULT_KIND_COUNT: break;
    }
    return name[0] ? fill(page, "{0} · {1}", name, kind) : kind;
}

static const char *points_words(Page *page, const StudyResult *result)
{
    if (result->points_x100 < 0)
        return "–";
    return result->points_x100 % 100 ? words_decimal(page, result->points_x100, 2)
                                     : words_number(page, result->points_x100 / 100);
}

static void semester_table(Page *page, const ApiStudy *study, int semester)
{
    const TableColumn columns[] = {
        /* TRANSLATORS: heads of the columns of a list of results */
        { say(page, "Subject"), 6.0F, false, false },
        { say(page, "Credits"), 1.6F, true, false },
        { say(page, "Points"), 1.6F, true, false },
        { say(page, "Mark"), 2.2F, true, true },
    };
    const Table table = study_table(page, columns, COUNT(columns), RESULTS_MM);

    table_open(page->tree, &table);
    for (size_t i = 0; i < study->result_count; i++) {
        const StudyResult *result = &study->results[i];
        const char *mark = result->mark ? words_number(page, result->mark) : "–";
        /* TRANSLATORS: in the column of marks: {0} is the mark of a subject that has to be sat again */
        const char *told = result->debt ? fill(page, say(page, "{0}, debt"), mark) : mark;
        const char *cells[] = { result_name(page, study, result), words_number(page, result->credits),
                                points_words(page, result), told };

        if (result->semester == semester)
            study_row(page, &table, tree_format(page->tree, "study.result.%zu", i + 1), cells);
    }
    table_close(page->tree, &table);
}

static void semester_card(Page *page, const ApiStudy *study)
{
    const size_t at = page->visit->study.semester;
    const StudySemester *semester = &study->semesters[at];
    const char *sums =
        fill(page, say(page, "Average {0} · {1} of {2} credits"), words_decimal(page, semester->gpa_x100, 2),
             words_number(page, semester->credits_earned), words_number(page, semester->credits));
    bool narrow = page->inside < SEMESTER_MM * page->scale;

    study_card_open(page, "");
    Style row = narrow ? style_column(MM_G) : style_row(MM_G);
    row.pad_left = row.pad_right = MM_G2;
    tree_open(page->tree, ROLE_GROUP, NULL, "", row);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = narrow ? 0.0F : 1.0F });
    /* TRANSLATORS: title of a table; {0} is a number */
    tree_leaf(page->tree, ROLE_HEADING, NULL,
              fill(page, say(page, "Semester {0}"), words_number(page, semester->semester)),
              style_text(TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE));
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, sums);
    tree_close(page->tree);
    if (at > 0)
        semester_button(page, study, at - 1, true);
    if (at + 1 < study->semester_count)
        semester_button(page, study, at + 1, false);
    tree_close(page->tree);
    semester_table(page, study, semester->semester);
    study_card_close(page);
}

/* --- what follows from it ----------------------------------------------------------------------------------------- */

/* Ours and HEMIS's, where they are not the same: nobody is told one and finds the other. */
static void differences(Page *page, const ApiStudy *study)
{
    for (size_t i = 0; i < study->average_count; i++) {
        const StudyAverage *average = &study->averages[i];

        if (average->hemis_x10 < 0 || average->hemis_x10 == average->ours_x10)
            continue;
        part_notice(
            page, ROLE_STATUS,
            (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN,
                      /* TRANSLATORS: {0} is an academic year, {1} and {2} are averages such as 3,9 */
                      fill(page, say(page, "{0}: HEMIS has {1}, by the rule it is {2}"), average->academic_year,
                           words_decimal(page, average->hemis_x10, 1), words_decimal(page, average->ours_x10, 1)),
                      say(page, "The registrar’s office can tell you why, and have it put right.") });
        part_space(page, MM_G2);
    }
}

static void promotion(Page *page, const StudySums *sums)
{
    const char *limit = words_decimal(page, sums->gpa_limit_x100, 2);

    if (sums->promotes || sums->gpa_limit_x100 == 0)
        return;
    part_notice(page, ROLE_STATUS,
                (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN,
                          /* TRANSLATORS: {0}: the student's average, {1}: the least that the next year asks for */
                          fill(page, say(page, "The next year asks for an average of {1}; yours is {0}"),
                               words_decimal(page, sums->promotion_x10, 1), limit),
                          say(page, "Retakes raise it. The dean tells you how far.") });
    part_space(page, MM_G2);
}

static void debts(Page *page, const ApiStudy *study)
{
    const StudySums *sums = &study->sums;
    const TableColumn columns[] = {
        { say(page, "Subject"), 5.0F, false, false },
        { say(page, "Semester"), 2.0F, true, false },
        { say(page, "Credits"), 1.6F, true, false },
        /* TRANSLATORS: head of a column: what a retake costs */
        { say(page, "Retake costs"), 3.0F, true, false },
    };
    const Table table = study_table(page, columns, COUNT(columns), DEBTS_MM);

    if (sums->debts == 0)
        return;
    study_card_open(page, say(page, "Academic debts"));
    table_open(page->tree, &table);
    for (size_t i = 0, shown = 0; i < study->result_count; i++) {
        const StudyResult *result = &study->results[i];
        const char *cells[] = { result_name(page, study, result), words_number(page, result->semester),
                                words_number(page, result->credits), result->fee ? words_sum(page, result->fee) : "–" };

        if (result->debt)
            study_row(page, &table, tree_format(page->tree, "study.debt.%zu", ++shown), cells);
    }
    table_close(page->tree, &table);
    study_card_close(page);
}

void study_results(Page *page, const ApiStudy *study)
{
    if (study->as_of_s[STUDY_RESULTS] == 0) {
        study_unknown(page);
        return;
    }
    if (study->result_count == 0) {
        study_empty(page, say(page, "No results yet"), say(page, "Your first ones are here after the first session."));
        return;
    }
    bool beside = study_columns_open(page);
    figures(page, &study->sums);
    chart(page, study);
    differences(page, study);
    promotion(page, &study->sums);
    study_columns_next(page, beside);
    semester_card(page, study);
    debts(page, study);
    study_way(page, "gpa-statement", "doc");
    if (study->sums.debts > 0)
        study_way(page, "retake", "redo");
    study_columns_close(page, beside);
}

/* --- attendance --------------------------------------------------------------------------------------------------- */

static const char *hours(Page *page, int64_t count)
{
    return fill(page, say_n(page, "{0} hour", "{0} hours", count), words_number(page, count));
}

static void attendance_table(Page *page, const ApiStudy *study)
{
    const TableColumn columns[] = {
        { say(page, "Subject"), 5.0F, false, false },
        /* TRANSLATORS: heads of columns: hours that a student was missing */
        { say(page, "With reason"), 2.4F, true, false },
        { say(page, "Without reason"), 2.6F, true, true },
        /* TRANSLATORS: head of a column: hours missed without excuse as a part of all, in per cent */
        { say(page, "Of all"), 1.6F, true, false },
    };
    const Table table = study_table(page, columns, COUNT(columns), ATTENDANCE_MM);

    table_open(page->tree, &table);
    for (size_t i = 0; i < study->attendance_count; i++) {
        const StudyAttendance *row = &study->attendance[i];
        const char *cells[] = { study_subject(page, study, row->subject), words_number(page, row->excused),
                                words_number(page, row->unexcused),
                                row->contact ? words_percent(page, row->percent) : "–" };

        study_row(page, &table, tree_format(page->tree, "study.attendance.%zu", i + 1), cells);
    }
    table_close(page->tree, &table);
}

/* The rule of 824: a quarter of a subject's hours missed without excuse, and there is no final exam. */
static void limits(Page *page, const ApiStudy *study)
{
    const char *limit = words_percent(page, STUDY_ABSENCE_MOST);

    for (size_t i = 0; i < study->attendance_count; i++) {
        const StudyAttendance *row = &study->attendance[i];
        bool over = row->percent >= STUDY_ABSENCE_MOST;

        if (row->percent < NEAR_PERCENT)
            continue;
        part_notice(
            page, ROLE_STATUS,
            (Notice){
                over ? "close" : "warn", over ? COLOUR_BAD_TINT : COLOUR_WARN_TINT, over ? COLOUR_BAD : COLOUR_WARN,
                /* TRANSLATORS: {0} is a subject, {1} a part in per cent */
                fill(page, say(page, "{0}: {1} missed without reason"), study_subject(page, study, row->subject),
                     words_percent(page, row->percent)),
                over ? fill(page,
                            say(page,
                                "From {0} on you are not admitted to the final assessment. Speak with the dean now."),
                            limit)
                     : fill(page, say(page, "From {0} on you are not admitted to the final assessment."), limit) });
        part_space(page, MM_G2);
    }
}

static void absences(Page *page, const ApiStudy *study)
{
    const TableColumn columns[] = {
        { say(page, "Day"), 3.4F, false, false },
        { say(page, "Subject"), 5.0F, false, false },
        /* TRANSLATORS: head of a column: whether an absence is excused */
        { say(page, "Reason"), 3.2F, false, true },
    };
    const Table table = study_table(page, columns, COUNT(columns), ATTENDANCE_MM);

    if (study->absence_count == 0)
        return;
    study_card_open(page, say(page, "When you were missing last"));
    table_open(page->tree, &table);
    for (size_t i = 0; i < study->absence_count && i < ABSENCES_MOST; i++) {
        const StudyAbsence *absence = &study->absences[i];
        const char *cells[] = { study_day_words(page, absence->date), study_subject(page, study, absence->subject),
                                /* TRANSLATORS: in the column "Reason" */
                                absence->excused ? say(page, "with reason") : say(page, "without reason") };

        study_row(page, &table, tree_format(page->tree, "study.absence.%zu", i + 1), cells);
    }
    table_close(page->tree, &table);
    study_card_close(page);
}

void study_attendance(Page *page, const ApiStudy *study)
{
    int excused = 0, unexcused = 0;

    if (study->as_of_s[STUDY_ATTENDANCE] == 0) {
        study_unknown(page);
        return;
    }
    for (size_t i = 0; i < study->attendance_count; i++) {
        excused += study->attendance[i].excused;
        unexcused += study->attendance[i].unexcused;
    }
    limits(page, study);
    if (study->attendance_count == 0) {
        study_empty(page, say(page, "You have missed nothing"), "");
        return;
    }
    study_card_open(page, excused + unexcused == 0 ? say(page, "You have missed nothing")
                                                   /* TRANSLATORS: {0} and {1} are such as "6 hours" */
                                                   : fill(page, say(page, "Missed {0}, without reason {1}"),
                                                          hours(page, excused + unexcused), hours(page, unexcused)));
    attendance_table(page, study);
    study_card_close(page);
    absences(page, study);
}
