/* States of what the record says and of who looked at it. */
#ifndef GALLERY_STATES_STUDY_H
#define GALLERY_STATES_STUDY_H

#include "base/file.h"
#include "gallery/states_more.h"

/* As the registrar tells it of a student with everything there is: debts, a contract, many absences. */
static void study_tell(Glass *glass)
{
    Msg msg = glass_answer(glass, MSG_STUDY);
    ApiStudy *study = mem_new(1, sizeof *study);
    Error err = { 0 };
    OWNED_BUF json;

    assert_non_null(study);
    buf_init(&json, STUDY_BYTES_MOST);
    if (!file_read(SOURCE_DIR "/tests/gallery/study.json", &json, &err) || !api_study_read(buf_str(&json), study, &err))
        fail_msg("%s", err.text);
    msg.as.study = study;
    glass_send(glass, &msg);
}

static void study_waiting(Glass *glass)
{
    home_rich(glass);
    glass_act(glass, ACT_STUDY, STUDY_TODAY);
}

static void study_view(Glass *glass, StudyView view)
{
    study_waiting(glass);
    study_tell(glass);
    glass_act(glass, ACT_STUDY, (uint16_t)view);
}

static void study_today_state(Glass *glass)
{
    study_view(glass, STUDY_TODAY);
}

static void study_week_state(Glass *glass)
{
    study_view(glass, STUDY_WEEK);
}

static void study_next_week(Glass *glass)
{
    study_view(glass, STUDY_WEEK);
    glass_act(glass, ACT_STUDY_WEEK, 1);
}

static void study_exams_state(Glass *glass)
{
    study_view(glass, STUDY_OF_EXAMS);
}

static void study_missed(Glass *glass)
{
    study_view(glass, STUDY_MISSED);
}

static void study_marks(Glass *glass)
{
    study_view(glass, STUDY_MARKS);
}

/* Another semester than the last, below the limit of promotion. */
static void study_marks_before(Glass *glass)
{
    study_view(glass, STUDY_MARKS);
    glass_act(glass, ACT_STUDY_SEMESTER, 1);
    glass->model.visit.study.study->sums.promotes = false;
    glass->model.visit.study.study->sums.promotion_x10 = 23;
}

/* Ten semesters: the chart's words have little room. */
static void study_marks_many(Glass *glass)
{
    study_view(glass, STUDY_MARKS);
    ApiStudy *study = glass->model.visit.study.study;

    for (; study->semester_count < 10; study->semester_count++) {
        study->semesters[study->semester_count] = study->semesters[0];
        study->semesters[study->semester_count].semester = (int)study->semester_count + 1;
        study->semesters[study->semester_count].gpa_x100 += 11 * (int)study->semester_count;
    }
}

static void study_money_state(Glass *glass)
{
    study_view(glass, STUDY_MONEY);
}

static void study_overdue(Glass *glass)
{
    study_view(glass, STUDY_MONEY);
    glass->model.visit.study.study->contract.overdue = 3500000;
}

static void study_orders_state(Glass *glass)
{
    study_view(glass, STUDY_DECREES);
}

/* Nobody told anything of this student, view by view; then all is known, and there is nothing. */
static void study_bare(Glass *glass, StudyView view, bool known)
{
    study_view(glass, view);
    ApiStudy *study = glass->model.visit.study.study;
    const ApiStudy bare = { .today = "2026-11-24",
                            .weeks = { { "2026-11-23", "2026-11-29", known, false },
                                       { "2026-11-30", "2026-12-06", false, false } } };

    *study = bare;
    for (size_t i = 0; known && i < STUDY_PART_COUNT; i++)
        study->as_of_s[i] = GLASS_WALL_MS / 1000 - 9 * 86400; /* long ago */
}

static void study_unknown_today(Glass *glass)
{
    study_bare(glass, STUDY_TODAY, false);
}

static void study_unknown_marks(Glass *glass)
{
    study_bare(glass, STUDY_MARKS, false);
}

static void study_empty_week(Glass *glass)
{
    study_bare(glass, STUDY_WEEK, true);
}

static void study_unpublished_week(Glass *glass)
{
    study_empty_week(glass);
    glass_act(glass, ACT_STUDY_WEEK, 1);
}

static void study_sessions(Glass *glass)
{
    study_empty_week(glass);
    glass->model.visit.study.study->by_sessions = true;
}

static void study_empty_exams(Glass *glass)
{
    study_bare(glass, STUDY_OF_EXAMS, true);
}

static void study_empty_missed(Glass *glass)
{
    study_bare(glass, STUDY_MISSED, true);
}

static void study_empty_marks(Glass *glass)
{
    study_bare(glass, STUDY_MARKS, true);
}

static void study_empty_money(Glass *glass)
{
    study_bare(glass, STUDY_MONEY, true);
}

static void study_empty_orders(Glass *glass)
{
    study_bare(glass, STUDY_DECREES, true);
}

static void study_moodle_state(Glass *glass)
{
    study_view(glass, STUDY_MOODLE);
}

/* Moodle was never heard of; it has nothing; nothing is due. */
static void study_unknown_moodle(Glass *glass)
{
    study_bare(glass, STUDY_MOODLE, false);
    glass->model.visit.study.study->has_moodle = true;
}

static void study_empty_moodle(Glass *glass)
{
    study_bare(glass, STUDY_MOODLE, true);
    glass->model.visit.study.study->has_moodle = true;
}

static void study_moodle_done(Glass *glass)
{
    study_moodle_state(glass);
    glass->model.visit.study.study->deadline_count = 0;
}

static void study_away(Glass *glass)
{
    study_waiting(glass);
    glass_fail(glass, CMD_STUDY, PROBLEM_NONE);
}

/* --- doors -------------------------------------------------------------------------------------------------------- */

static void home_group_of(Glass *glass, const char *group)
{
    home_rich(glass);
    for (size_t i = 0; i < catalogue_count(glass->model.catalogue); i++)
        if (strcmp(catalogue_at(glass->model.catalogue, i)->group, group) == 0) {
            glass_act(glass, ACT_GROUP, (uint16_t)i);
            return;
        }
    fail_msg("no group %s", group);
}

static void home_study(Glass *glass)
{
    home_group_of(glass, "study");
}

static void home_payments(Glass *glass)
{
    home_group_of(glass, "payments");
}

/* --- who looked --------------------------------------------------------------------------------------------------- */

static void looks_waiting(Glass *glass)
{
    home_rich(glass);
    glass_act(glass, ACT_LOOKS, 0);
}

static void looks_tell(Glass *glass, const ApiLook *rows, size_t count)
{
    Msg msg = glass_answer(glass, MSG_LOOKS);
    ApiLooks *looks = mem_new(1, sizeof *looks);

    assert_non_null(looks);
    for (size_t i = 0; i < count; i++)
        looks->items[i] = rows[i];
    looks->count = count;
    looks->more = count > 0;
    msg.as.looks = looks;
    glass_send(glass, &msg);
}

static void looks_nobody(Glass *glass)
{
    looks_waiting(glass);
    looks_tell(glass, NULL, 0);
}

static void looks_many(Glass *glass)
{
    const int64_t now_s = GLASS_WALL_MS / 1000;
    const ApiLook rows[] = {
        { LOOK_SIGNED_IN, LOOK_ON_ACCOUNT, LOOK_BY_STUDENT, now_s - 60, 1, "", "", "", "1-bino, 1-qavat" },
        { LOOK_CHECKED, LOOK_ON_DOCUMENT, LOOK_BY_HOLDER, now_s - 7200, 3, "", "transcript", "M-2026/004817", "" },
        { LOOK_CHECKED, LOOK_ON_DOCUMENT, LOOK_BY_HOLDER, now_s - 9200, 1, "", "certificate-of-study", "M-2026/000017",
          "" },
        { LOOK_SEEN, LOOK_ON_RECORD, LOOK_BY_STAFF, now_s - 90000, 1, "dean", "", "S-2026/000123", "" },
        { LOOK_SEEN, LOOK_ON_INVOICE, LOOK_BY_STAFF, now_s - 91000, 1, "accounting", "", "H-2026/000012", "" },
        { LOOK_SEEN, LOOK_ON_DOCUMENT, LOOK_BY_STAFF, now_s - 92000, 1, "", "transcript", "M-2026/004817", "" },
        { LOOK_WORKED, LOOK_ON_REQUEST, LOOK_BY_STAFF, now_s - 180000, 1, "front-office", "academic-leave",
          "S-2026/000123", "" },
        { LOOK_CORRECTED, LOOK_ON_RECORD, LOOK_BY_STAFF, now_s - 190000, 1, "", "", "", "" },
        { LOOK_HANDED_OUT, LOOK_ON_DOCUMENT, LOOK_BY_STAFF, now_s - 200000, 1, "front-office", "transcript",
          "M-2026/004817", "" },
        { LOOK_ISSUED, LOOK_ON_DOCUMENT, LOOK_BY_STAFF, now_s - 210000, 1, "dean", "transcript", "M-2026/004817", "" },
        { LOOK_ISSUED, LOOK_ON_DOCUMENT, LOOK_BY_STUDENT, now_s - 900000, 1, "", "certificate-of-study",
          "M-2026/000017", "1-bino, 1-qavat" },
        { LOOK_TO_PHONE, LOOK_ON_DOCUMENT, LOOK_BY_STUDENT, now_s - 910000, 1, "", "certificate-of-study",
          "M-2026/000017", "1-bino, 1-qavat" },
    };

    looks_waiting(glass);
    looks_tell(glass, rows, COUNT(rows));
}

#endif
