/* What is when: today, this week and the next, exams. */
#include <string.h>

#include "kiosk/screens/study.h"

#define LESSONS_MM 270.0F
#define EXAMS_MM   250.0F

/* --- lessons ------------------------------------------------------------------------------------------------------ */

/* "08:30–09:50", or its number where nobody told the time. */
static const char *times(Page *page, const StudyLesson *lesson)
{
    if (lesson->from[0] && lesson->to[0])
        return tree_format(page->tree, "%s–%s", lesson->from, lesson->to);
    if (lesson->from[0])
        return tree_text(page->tree, lesson->from);
    /* TRANSLATORS: which double lesson of the day, where its time is not known */
    return lesson->pair ? fill(page, say(page, "Lesson {0}"), words_number(page, lesson->pair)) : "";
}

/* Lessons of one day, those of study->lessons from first on. */
static void day_table(Page *page, const ApiStudy *study, size_t first, size_t count)
{
    const TableColumn columns[] = {
        /* TRANSLATORS: heads of a timetable's columns */
        { say(page, "Time"), 2.8F, false, true },
        { say(page, "Subject"), 5.0F, false, false },
        { say(page, "Kind"), 3.2F, false, false },
        { say(page, "Room"), page->wide ? 4.0F : 2.0F, false, false },
    };
    Table table = study_table(page, columns, COUNT(columns), LESSONS_MM);

    table.headless = true;
    table_open(page->tree, &table);
    for (size_t i = first; i < first + count; i++) {
        const StudyLesson *lesson = &study->lessons[i];
        const char *cells[] = { times(page, lesson), study_subject(page, study, lesson->subject),
                                study_kind_of_lesson(page, lesson->kind),
                                study_place(page, study, lesson->room, lesson->building) };

        study_row(page, &table, tree_format(page->tree, "study.lesson.%zu", i + 1), cells);
    }
    table_close(page->tree, &table);
}

static size_t lessons_on(const ApiStudy *study, const char *date, size_t *ret_first)
{
    size_t first = 0, count = 0;

    while (first < study->lesson_count && strcmp(study->lessons[first].date, date) < 0)
        first++;
    while (first + count < study->lesson_count && strcmp(study->lessons[first + count].date, date) == 0)
        count++;
    *ret_first = first;
    return count;
}

static void day_card(Page *page, const ApiStudy *study, size_t first, size_t count)
{
    study_card_open(page, study_day_words(page, study->lessons[first].date));
    day_table(page, study, first, count);
    study_card_close(page);
}

/* Why a week, or a day, has no lessons. */
static void no_lessons(Page *page, const ApiStudy *study, const StudyWeek *week)
{
    if (study->by_sessions)
        study_empty(page, say(page, "You come for sessions, not for weeks"),
                    say(page, "Exams and lessons of a session are here once its days are set."));
    else if (study->as_of_s[STUDY_LESSONS] == 0)
        study_unknown(page);
    else if (!week->told)
        study_empty(page, say(page, "This week’s timetable is not published yet"),
                    say(page, "It is here as soon as the dean has put it into HEMIS."));
    else
        study_empty(page, say(page, "No lessons this week"), "");
}

/* --- today -------------------------------------------------------------------------------------------------------- */

static void next_exam(Page *page, const ApiStudy *study)
{
    size_t next = 0;

    while (next < study->exam_count && study->exams[next].past)
        next++;
    if (next == study->exam_count)
        return;
    const StudyExam *exam = &study->exams[next];
    part_fact(page, "study",
              /* TRANSLATORS: label of a fact: the next exam of the student */
              say(page, "Next exam"),
              fill(page, "{0} · {1}", study_subject(page, study, exam->subject), study_day_words(page, exam->date)));
}

static void next_payment(Page *page, const ApiStudy *study)
{
    const StudyContract *contract = &study->contract;

    if (!study->has_contract || (contract->overdue == 0 && contract->next.sum == 0))
        return;
    part_line(page);
    if (contract->overdue > 0)
        /* TRANSLATORS: label of a fact: a sum that should have been paid already */
        part_fact(page, "pay", say(page, "Overdue"), words_sum(page, contract->overdue));
    else
        /* TRANSLATORS: label of a fact: what has to be paid next; below it a sum and a day */
        part_fact(
            page, "pay", say(page, "To be paid next"),
            fill(page, "{0} · {1}", words_sum(page, contract->next.sum), words_iso_date(page, contract->next.date)));
}

static void ahead(Page *page, const ApiStudy *study)
{
    Style card = style_card(MM_G2);
    bool any = false;

    for (size_t i = 0; i < study->exam_count; i++)
        any = any || !study->exams[i].past;
    if (!any)
        return;
    card.gap = MM_G;
    /* TRANSLATORS: label over the next exam and the next payment */
    part_label(page, say(page, "What comes next"));
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    next_exam(page, study);
    next_payment(page, study);
    tree_close(page->tree);
    part_space(page, MM_G2);
}

void study_today(Page *page, const ApiStudy *study)
{
    size_t first;
    const size_t count = lessons_on(study, study->today, &first);

    if (count > 0)
        day_card(page, study, first, count);
    else if (study->lesson_count > first) { /* the next day that has any */
        size_t next = lessons_on(study, study->lessons[first].date, &first);

        study_empty(page, say(page, "No lessons today"), "");
        /* TRANSLATORS: label over the lessons of the next day that has some */
        part_label(page, say(page, "Your next lessons"));
        day_card(page, study, first, next);
    } else
        no_lessons(page, study, &study->weeks[0]);
    ahead(page, study);
}

/* --- week --------------------------------------------------------------------------------------------------------- */

static void week_choice(Page *page, size_t chosen)
{
    static const char *const ids[STUDY_WEEKS] = { "study.this-week", "study.next-week" };
    /* TRANSLATORS: two choices of which week's lessons are shown */
    const char *const names[STUDY_WEEKS] = { say(page, "This week"), say(page, "Next week") };

    part_grid(page, 2, MM_G);
    for (size_t i = 0; i < STUDY_WEEKS; i++) {
        Style style = style_card(0.0F);

        style.min_height = page_row(page, 22.0F);
        style.pad_left = style.pad_right = MM_G2;
        style.axis = AXIS_ROW;
        style.align = ALIGN_CENTRE;
        Node *node = tree_leaf(page->tree, ROLE_CHOICE, ids[i], names[i], style);
        node->send = (Send){ ACT_STUDY_WEEK, (uint16_t)i };
        node->state |= i == chosen ? NODE_CHOSEN : 0;
    }
    tree_close(page->tree);
    part_space(page, MM_G2);
}

void study_week(Page *page, const ApiStudy *study)
{
    const StudyWeek *week = &study->weeks[page->visit->study.week];
    bool any = false;

    week_choice(page, page->visit->study.week);
    part_label(page, words_iso_dates(page, week->from, week->to));
    if (week->holidays)
        part_note(page, "notice", say(page, "The university is closed on a day of this week."));
    for (size_t i = 0; i < study->lesson_count;) {
        size_t first, count = lessons_on(study, study->lessons[i].date, &first);

        if (strcmp(study->lessons[i].date, week->from) >= 0 && strcmp(study->lessons[i].date, week->to) <= 0) {
            day_card(page, study, first, count);
            any = true;
        }
        i = first + count;
    }
    if (!any)
        no_lessons(page, study, week);
}

/* --- exams -------------------------------------------------------------------------------------------------------- */

static const char *exam_kind(Page *page, const StudyExam *exam)
{
    /* TRANSLATORS: an exam that is sat again: for the second, for the third time */
    if (exam->attempt == 2)
        return say(page, "Resit");
    if (exam->attempt == 3)
        return say(page, "Second resit");
    switch (exam->kind) { /* HEMIS's exam_type */
    /* TRANSLATORS: kinds of assessment */
    case 11: return say(page, "Current assessment");
    case 12: return say(page, "Midterm");
    default: return "";
    }
}

/* With what kind of exam it is, where it is not the final one at its first time. */
static const char *exam_name(Page *page, const ApiStudy *study, const StudyExam *exam)
{
    const char *subject = study_subject(page, study, exam->subject), *kind = exam_kind(page, exam);

    return kind[0] ? fill(page, "{0} · {1}", subject, kind) : subject;
}

static void exam_table(Page *page, const ApiStudy *study, bool past)
{
    const TableColumn columns[] = {
        /* TRANSLATORS: heads of the columns of a list of exams */
        { say(page, "Day"), 4.0F, false, true },
        { say(page, "Time"), 1.8F, false, false },
        { say(page, "Subject"), 5.0F, false, false },
        { say(page, "Room"), page->wide ? 4.0F : 2.0F, false, false },
    };
    const Table table = study_table(page, columns, COUNT(columns), EXAMS_MM);

    table_open(page->tree, &table);
    for (size_t i = 0; i < study->exam_count; i++) {
        const StudyExam *exam = &study->exams[i];
        const char *cells[] = { study_day_words(page, exam->date), exam->from, exam_name(page, study, exam),
                                study_place(page, study, exam->room, exam->building) };

        if (exam->past == past)
            study_row(page, &table, tree_format(page->tree, "study.exam.%zu", i + 1), cells);
    }
    table_close(page->tree, &table);
}

void study_exams(Page *page, const ApiStudy *study)
{
    size_t past = 0;

    for (size_t i = 0; i < study->exam_count; i++)
        past += study->exams[i].past;
    if (study->as_of_s[STUDY_EXAMS] == 0) {
        study_unknown(page);
        return;
    }
    if (past < study->exam_count) {
        study_card_open(page, say(page, "Exams to come"));
        exam_table(page, study, false);
        study_card_close(page);
    } else
        study_empty(page, say(page, "No exams are set at present"),
                    say(page, "They are here as soon as the dean has set their days."));
    if (past > 0) {
        study_card_open(page, say(page, "Exams behind you"));
        exam_table(page, study, true);
        study_card_close(page);
    }
}
