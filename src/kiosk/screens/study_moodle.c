/* What Moodle tells: what is due, and the courses with their grades so far. */
#include "kiosk/screens/study.h"

#define DEADLINES_MM 260.0F
#define COURSES_MM   220.0F

static size_t count_of(const ApiStudy *study, bool past)
{
    size_t count = 0;

    for (size_t i = 0; i < study->deadline_count; i++)
        count += study->deadlines[i].past == past;
    return count;
}

static void deadlines(Page *page, const ApiStudy *study, const char *title, bool past)
{
    const TableColumn columns[] = {
        /* TRANSLATORS: heads of the columns of a list of deadlines: until when, what is to be done, in which course */
        { say(page, "Until"), 4.0F, false, false },
        { say(page, "What"), 4.5F, false, false },
        { say(page, "Course"), 4.5F, false, false },
    };
    const Table table = study_table(page, columns, COUNT(columns), DEADLINES_MM);

    if (count_of(study, past) == 0)
        return;
    study_card_open(page, title);
    table_open(page->tree, &table);
    for (size_t i = 0; i < study->deadline_count; i++) {
        const StudyDeadline *deadline = &study->deadlines[i];
        const char *cells[] = { words_moment_near(page, deadline->at_s * 1000),
                                study_name(study, deadline->name, page->language),
                                study_name(study, deadline->course, page->language) };

        if (deadline->past == past)
            study_row(page, &table, tree_format(page->tree, "study.deadline.%zu", i + 1), cells);
    }
    table_close(page->tree, &table);
    study_card_close(page);
}

static void courses(Page *page, const ApiStudy *study)
{
    const TableColumn columns[] = {
        { say(page, "Course"), 5.0F, false, false },
        /* TRANSLATORS: heads of columns, of a course in Moodle: the grade so far; how much of it is done, in per cent
         */
        { say(page, "Grade so far"), 2.4F, true, true },
        { say(page, "Done"), 1.8F, true, true },
    };
    const Table table = study_table(page, columns, COUNT(columns), COURSES_MM);

    study_card_open(page, say(page, "Courses in Moodle"));
    table_open(page->tree, &table);
    for (size_t i = 0; i < study->course_count; i++) {
        const StudyCourse *course = &study->courses[i];
        const char *cells[] = { study_name(study, course->name, page->language), course->grade[0] ? course->grade : "–",
                                course->progress >= 0 ? words_percent(page, course->progress) : "–" };

        study_row(page, &table, tree_format(page->tree, "study.course.%zu", i + 1), cells);
    }
    table_close(page->tree, &table);
    study_card_close(page);
}

void study_moodle(Page *page, const ApiStudy *study)
{
    if (study->as_of_s[STUDY_COURSES] == 0) {
        study_empty(page, say(page, "Nothing from Moodle yet"),
                    say(page, "It comes by itself when Moodle answers. Your courses are on Moodle’s own page too."));
        return;
    }
    if (study->course_count == 0) {
        study_empty(
            page, say(page, "No courses in Moodle"),
            say(page, "Courses that you are enrolled in on Moodle stand here with their grades and deadlines."));
        return;
    }
    const bool beside = study_columns_open(page);
    /* TRANSLATORS: title over what should have been handed in on Moodle already */
    deadlines(page, study, say(page, "Overdue"), true);
    /* TRANSLATORS: title over what is to be handed in or done on Moodle next */
    deadlines(page, study, say(page, "Due next"), false);
    if (count_of(study, false) == 0) {
        part_note(page, "check", say(page, "Moodle knows of nothing that is due soon."));
        part_space(page, MM_G2);
    }
    study_columns_next(page, beside);
    courses(page, study);
    study_columns_close(page, beside);
}
