/* Figures of the desk: what was asked for within a period, and what became of it.  Counted anew each time from the rows
 * themselves, so that they can't drift from them.
 *
 * A paper counts on the day on which it was asked for, whatever becomes of it later.  Its sheets are those that the
 * printer counted; they are spoiled when it did not come out whole, or another copy took its place.  A promise is kept
 * when the last unit has decided in time: how soon somebody comes for the paper is not the office's. */
#ifndef REGISTRAR_OFFICE_STATISTICS_H
#define REGISTRAR_OFFICE_STATISTICS_H

#include "base/date.h"
#include "registrar/office/templates.h"
#include "registrar/store/kiosks.h"
#include "registrar/store/staff_scope.h"

#define STATISTICS_DAYS_MOST   366
#define STATISTICS_KEY_SIZE    KIOSK_PLACE_SIZE
#define STATISTICS_PLACES_MOST 64

typedef struct StatisticsWanted {
    Date from, to;           /* days where the institution is, both counted; at most STATISTICS_DAYS_MOST */
    const char *service;     /* "": any */
    const char *place;       /* where it was asked for; "": anywhere */
    const char *faculty;     /* its code; "": any */
    const StaffScope *scope; /* faculties that are seen; NULL: all */
    const char *clerk;       /* whose work alone is told; "": everybody's */
} StatisticsWanted;

typedef struct Tally {
    int64_t papers, phones; /* copies on paper, on a phone */
    int64_t applications;
    int64_t printed;         /* papers that came out whole, and count still */
    int64_t failed;          /* papers that did not, or were replaced */
    int64_t unsure;          /* nobody knows yet whether they did */
    int64_t under_way;       /* papers that wait or print */
    int64_t sheets, spoiled; /* spoiled ones are among them */
    int64_t tickets, gone;   /* who took one and did not come, or gave it up, is gone */
    int64_t calls;           /* for a person to come */
} Tally;

typedef enum TallyBy {
    BY_SERVICE, /* its id */
    BY_DAY,     /* "2026-11-24", every one of the period */
    BY_HOUR,    /* "00" .. "23", all */
    BY_WEEKDAY, /* "1" (Monday) .. "7", all */
    BY_PLACE,
    BY_PRINTER, /* who has the job: a kiosk, "printer:ID", "@window" */
    BY_FACULTY, /* its code; "": not known */
    TALLY_BY_COUNT
} TallyBy;

typedef struct TallyRow {
    char key[STATISTICS_KEY_SIZE];
    Tally tally;
} TallyRow;

typedef struct TallyList {
    size_t count, room;
    TallyRow *rows; /* owned; by key */
} TallyList;

/* Applications of one service, against what was promised for them.  Times are working time. */
typedef struct PromiseRow {
    char service[STATISTICS_KEY_SIZE];
    int64_t asked;
    int64_t kept, late; /* decided in time; later */
    int64_t waiting;    /* not decided, and not due yet, or it is the student's turn */
    int64_t overdue;    /* not decided, and due */
    int64_t ended;      /* taken back, expired, not paid for yet: nobody had to decide */
    int64_t usual_s;    /* from asking (paying, where it costs) to the decision: the median; -1: none is decided */
    int64_t slow_s;     /* a tenth took longer than this */
    int64_t promised_s; /* what was promised, the median; -1: nothing was */
} PromiseRow;

typedef enum RefusalKind {
    REFUSAL_DECLINED,
    REFUSAL_RETURNED,
    REFUSAL_WITHDRAWN, /* by the student */
    REFUSAL_EXPIRED,   /* not paid, not answered in time */
    REFUSAL_CANCELLED, /* a print job, by staff or a printer */
    REFUSAL_REPRINTED, /* a paper that was printed once more */
    REFUSAL_KIND_COUNT
} RefusalKind;

typedef struct RefusalRow {
    RefusalKind kind;
    const char *cause; /* borrowed: an answer template's id, a reason of print jobs; "": words of its own, or no reason
                          at all */
    int64_t count;
} RefusalRow;

typedef enum WorkKind {
    WORK_DECIDED,    /* approved, returned, declined */
    WORK_HANDED_OUT, /* papers into hands */
    WORK_PRINTS,     /* other deeds on print jobs */
    WORK_SERVED,     /* tickets */
    WORK_CALLS,      /* that were gone to */
    WORK_PAYMENTS,
    WORK_PAPERS,  /* issued on behalf, revoked, suspended; blanks */
    WORK_CONTENT, /* notices, services, campaigns ... */
    WORK_LOOKS,   /* records, papers, searches */
    WORK_KIND_COUNT
} WorkKind;

typedef struct WorkRow {
    char name[48];       /* by which they sign in */
    char full_name[128]; /* "": they are gone */
    int64_t of[WORK_KIND_COUNT];
} WorkRow;

#define REFUSALS_MOST 256
#define WORKERS_MOST  256

typedef struct Statistics {
    Tally total;
    TallyList by[TALLY_BY_COUNT];
    PromiseRow *promises; /* owned; by service */
    size_t promise_count;
    PromiseRow promise_total; /* its service is "" */
    RefusalRow refusals[REFUSALS_MOST];
    size_t refusal_count;
    WorkRow work[WORKERS_MOST];
    size_t work_count;
    bool has_lines;            /* tickets and calls are told: of all services and faculties only */
    AnswerTemplates templates; /* owned: whose words causes are */
} Statistics;

/* *ret is all-zero before, and to be ended whatever comes of it. */
bool statistics_count(Office *office, const StatisticsWanted *wanted, Statistics *ret, Error *err) MUST_USE;
void statistics_fini(Statistics *statistics);

/* What there is to filter by. */
typedef struct StatisticsChoices {
    size_t place_count, faculty_count;
    char places[STATISTICS_PLACES_MOST][KIOSK_PLACE_SIZE];
    struct {
        char code[STATISTICS_KEY_SIZE];
        char name[160];                  /* in the asker's language, or as the record has it */
    } faculties[STATISTICS_PLACES_MOST]; /* that the scope names */
} StatisticsChoices;
bool statistics_choices(Office *office, const StaffScope *scope, Language language, StatisticsChoices *ret,
                        Error *err) MUST_USE;

/* That the figures of a period were taken along is an act. */
bool statistics_taken(Office *office, const char *actor, Date from, Date to, Error *err) MUST_USE;

/* Which kind of work an act of staff is.  False: it is none of its own (a session begun; what another act tells). */
bool work_kind_of(Str act, WorkKind *ret) MUST_USE;

#endif
