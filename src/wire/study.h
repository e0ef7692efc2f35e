/* What a student's own record says of studies and money, for the student at a kiosk.
 *
 *   GET /kiosk/v1/study -> 200 ApiStudy
 *
 * For every session, a weak one too: nothing in it is a document.  The registrar works everything out: which lesson is
 * on which day, averages, what is left to pay; a kiosk only writes it down.  Each part says of when its data are
 * (as_of_s), 0 where nothing of it is known: an empty list of a part that is known means that there is none.
 * Names of subjects, buildings and the like stand once, in all languages; rows name the n-th of them, from 1 on, 0:
 * none. */
#ifndef WIRE_STUDY_H
#define WIRE_STUDY_H

#include "wire/api.h"

#define STUDY_NAMES_MOST     512
#define STUDY_NAME_SIZE      160
#define STUDY_LESSONS_MOST   128 /* of two weeks */
#define STUDY_EXAMS_MOST     60
#define STUDY_SUBJECTS_MOST  40 /* with attendance, in a semester */
#define STUDY_ABSENCES_MOST  60 /* the newest */
#define STUDY_RESULTS_MOST   400
#define STUDY_SEMESTERS_MOST 16
#define STUDY_AVERAGES_MOST  16
#define STUDY_PAYMENTS_MOST  40
#define STUDY_DUES_MOST      24
#define STUDY_ORDERS_MOST    60
#define STUDY_COURSES_MOST   40
#define STUDY_DEADLINES_MOST 40
#define STUDY_WEEKS          2
#define STUDY_ABSENCE_MOST   25   /* per cent of a subject's contact hours missed without excuse: no final (824) */
#define STUDY_HOURS_MOST     9999 /* and of other counts */
#define STUDY_SUM_MOST       INT64_C(1000000000000) /* soʻm */
#define STUDY_BYTES_MOST     (512u << 10)

typedef enum StudyPart {
    STUDY_LESSONS,
    STUDY_EXAMS,
    STUDY_ATTENDANCE,
    STUDY_RESULTS,
    STUDY_CONTRACT,
    STUDY_SCHOLARSHIP,
    STUDY_ORDERS,
    STUDY_COURSES, /* as Moodle tells them */
    STUDY_PART_COUNT
} StudyPart;

typedef struct StudyName {
    char in[LANGUAGE_COUNT][STUDY_NAME_SIZE]; /* "": falls back as LocalText does; one of them is there */
} StudyName;

typedef struct StudyLesson {
    char date[11];         /* ISO */
    char from[6], to[6];   /* "08:30"; "": not told */
    int pair;              /* 1..20; 0: not told */
    int kind;              /* HEMIS's training_type, 11..17; 0: not told */
    int subject, building; /* names, as below */
    char room[32], teacher[96];
} StudyLesson;

typedef struct StudyWeek {
    char from[11], to[11]; /* ISO: Monday and Sunday */
    bool told;             /* its timetable is known; false: not published yet, or over */
    bool holidays;         /* a day of it is one on which the university is closed */
} StudyWeek;

typedef struct StudyExam {
    char date[11];
    char from[6];
    int kind;    /* HEMIS's exam_type 11..14 */
    int attempt; /* 1..3: its record sheet; 0: not told */
    bool past;   /* its day is over */
    int subject, building;
    char room[32], teacher[96];
} StudyExam;

typedef struct StudyAttendance { /* of one subject in the running semester, in hours */
    int subject;
    int excused, unexcused;
    int contact; /* hours of lessons in the whole semester; 0: not told */
    int percent; /* unexcused of contact, rounded down; 0 without contact */
} StudyAttendance;

typedef struct StudyAbsence {
    char date[11];
    int pair, kind, subject;
    int hours;
    bool excused;
} StudyAbsence;

typedef enum StudyResultKind {
    STUDY_OF_SUBJECT,
    STUDY_OF_COURSEWORK,
    STUDY_OF_PRACTICE,
    STUDY_OF_ATTESTATION,
    STUDY_RESULT_KIND_COUNT
} StudyResultKind;

typedef struct StudyResult {
    int semester; /* 1..16 */
    StudyResultKind kind;
    int subject; /* 0: the kind says what it is */
    int credits;
    int points_x100; /* -1: none on record */
    int mark;        /* 2..5; 0: nothing is on record */
    bool debt;
    int64_t fee; /* soʻm, what a retake of a debt costs; 0: not known, or no debt */
} StudyResult;

typedef struct StudySemester {
    int semester;
    char academic_year[12];
    int gpa_x100;
    int credits, credits_earned;
    int subjects, debts;
} StudySemester;

/* Of one time, ours beside what HEMIS says (-1: it doesn't). */
typedef struct StudyAverage {
    char academic_year[12];
    bool all_years; /* of all years up to that one */
    int ours_x10, hemis_x10;
    bool differs; /* in the average or another figure of that time */
} StudyAverage;

typedef struct StudySums {
    int gpa_x100;
    int gpa_limit_x100; /* what promotion asks for */
    int promotion_x10;  /* the average that promotion looks at */
    bool promotes;
    int credits, credits_earned;
    int credits_wanted; /* of the whole programme; 0: not known */
    int subjects, debts, debt_credits;
    int64_t debts_fee; /* soʻm, of all retakes; 0: not known */
} StudySums;

typedef struct StudyPayment {
    char date[11];
    int64_t sum;
} StudyPayment;

typedef struct StudyContract {
    char number[40], date[11], academic_year[12];
    int64_t sum, paid;
    int64_t left;      /* 0: paid in full */
    int64_t overpaid;  /* 0, or what was paid more than is asked */
    int64_t overdue;   /* of what fell due until today, not paid */
    StudyPayment next; /* what has to be paid next, and by when; sum 0: nothing, or not told */
} StudyContract;

typedef enum StudyScholarshipKind {
    SCHOLARSHIP_BASIC,
    SCHOLARSHIP_INCREASED,
    SCHOLARSHIP_NAMED,
    SCHOLARSHIP_SOCIAL,
    SCHOLARSHIP_OTHER,
    SCHOLARSHIP_KIND_COUNT
} StudyScholarshipKind;

typedef struct StudyScholarship {
    StudyScholarshipKind kind;
    int name;        /* of a named one */
    int64_t monthly; /* soʻm */
    char from[11], to[11];
    char order[40], order_date[11];
} StudyScholarship;

typedef struct StudyOrder {
    char number[40], date[11];
    int kind; /* HEMIS's decree_type 11..21; 0: another */
    int name; /* what it says; 0: its kind says it */
} StudyOrder;

typedef struct StudyCourse { /* of Moodle's */
    int name;
    char grade[24]; /* so far, as Moodle writes it: "78.50", "78 %"; "": none yet */
    int progress;   /* per cent of what is to be done; -1: not told */
} StudyCourse;

typedef struct StudyDeadline { /* of Moodle's */
    int64_t at_s;
    int name, course; /* names: what is to be handed in or done, and in which course */
    bool past;
} StudyDeadline;

typedef struct ApiStudy {
    char today[11]; /* the registrar's day */
    int64_t as_of_s[STUDY_PART_COUNT];
    size_t name_count;
    StudyName names[STUDY_NAMES_MOST]; /* study_name() */
    StudyWeek weeks[STUDY_WEEKS];      /* this one and the next */
    bool by_sessions;                  /* comes for sessions, not for weeks: part-time, distance */
    size_t lesson_count;               /* by date and time */
    StudyLesson lessons[STUDY_LESSONS_MOST];
    size_t exam_count; /* by date and time */
    StudyExam exams[STUDY_EXAMS_MOST];
    int attendance_semester;
    size_t attendance_count; /* as the record has them */
    StudyAttendance attendance[STUDY_SUBJECTS_MOST];
    size_t absence_count; /* the newest first */
    StudyAbsence absences[STUDY_ABSENCES_MOST];
    size_t result_count; /* by semester */
    StudyResult results[STUDY_RESULTS_MOST];
    size_t semester_count; /* rising */
    StudySemester semesters[STUDY_SEMESTERS_MOST];
    StudySums sums;
    size_t average_count;
    StudyAverage averages[STUDY_AVERAGES_MOST];
    bool has_contract;
    StudyContract contract;
    size_t payment_count; /* the newest first */
    StudyPayment payments[STUDY_PAYMENTS_MOST];
    size_t due_count; /* by date */
    StudyPayment dues[STUDY_DUES_MOST];
    bool has_scholarship;
    StudyScholarship scholarship;
    size_t order_count; /* the newest first */
    StudyOrder orders[STUDY_ORDERS_MOST];
    bool has_moodle;     /* the university has one that is asked */
    size_t course_count; /* as Moodle has them */
    StudyCourse courses[STUDY_COURSES_MOST];
    size_t deadline_count; /* by time */
    StudyDeadline deadlines[STUDY_DEADLINES_MOST];
} ApiStudy; /* large: from the heap, and wiped */

/* "" for 0. */
const char *study_name(const ApiStudy *study, int name, Language language);

bool api_study_write(const ApiStudy *study, Buf *buf, Error *err) MUST_USE;
/* ERR_PROTOCOL.  Languages that this program does not know are passed over. */
bool api_study_read(Str json, ApiStudy *ret, Error *err) MUST_USE;

#endif
