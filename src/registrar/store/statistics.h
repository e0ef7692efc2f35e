/* What happened at the desk within a period, row by row: who counts is the office (office/statistics.h).  Each list is
 * read off one index of its period. */
#ifndef REGISTRAR_STORE_STATISTICS_H
#define REGISTRAR_STORE_STATISTICS_H

#include "registrar/store/inbox.h"
#include "registrar/store/kiosks.h"

typedef struct StatisticsQuery {
    int64_t from_s, to_s;    /* [from, to) by when it was asked for */
    const char *service;     /* "": any */
    const char *place;       /* where it was asked for; "": anywhere */
    const char *faculty;     /* "": any */
    const StaffScope *scope; /* faculties that are seen; NULL: all */
} StatisticsQuery;

/* A copy that was made.  Texts are good for one visit. */
typedef struct CopyFact {
    int64_t asked_at_s;
    Str service, place, faculty;
    bool on_phone;
    bool has_job;
    JobState state; /* of its job */
    CopyDelivery delivery;
    Str owner; /* kiosk, "printer:ID", WINDOW_OWNER; empty: nobody had it */
    int sheets_expected;
    int sheets_seen;      /* -1: not told */
    Str cancelled, again; /* reasons, in closed words; empty: it was not */
} CopyFact;
typedef bool (*CopyFactVisit)(void *ctx, const CopyFact *fact, Error *err);
bool statistics_copies(StoreTransaction *transaction, const StatisticsQuery *query, CopyFactVisit visit, void *ctx,
                       Error *err) MUST_USE;

/* An application: a request that has a number. */
typedef struct ApplicationFact {
    int64_t asked_at_s;
    int64_t began_at_s;    /* when it was paid, else when it was asked for */
    int64_t promised_at_s; /* 0: nothing was promised */
    int64_t decided_at_s;  /* 0: not yet, or nobody had to */
    bool unpaid;
    RequestState state;
    Str service, place, faculty;
} ApplicationFact;
typedef bool (*ApplicationFactVisit)(void *ctx, const ApplicationFact *fact, Error *err);
bool statistics_applications(StoreTransaction *transaction, const StatisticsQuery *query, ApplicationFactVisit visit,
                             void *ctx, Error *err) MUST_USE;

/* What clerks said when they declined or returned applications of the period: the same words once, with how often. */
typedef struct RefusalFact {
    StageState state; /* STAGE_RETURNED, STAGE_DECLINED */
    Str words;        /* empty: their time is over */
    int64_t count;
} RefusalFact;
typedef bool (*RefusalFactVisit)(void *ctx, const RefusalFact *fact, Error *err);
bool statistics_refusals(StoreTransaction *transaction, const StatisticsQuery *query, RefusalFactVisit visit, void *ctx,
                         Error *err) MUST_USE;

/* Tickets of a kiosk and the people who were called, by the hour in which they were taken; calls for a person.  Of all
 * faculties and services: a line knows neither. */
typedef struct LineFact {
    Str kiosk, place;
    int64_t at_s;     /* of a ticket: taken; of a call: made */
    bool is_call;     /* for a person */
    bool gone;        /* no-show, given up, expired; of a call: nobody came */
    int64_t waited_s; /* until it was called first; -1: it was not */
} LineFact;
typedef bool (*LineFactVisit)(void *ctx, const LineFact *fact, Error *err);
bool statistics_lines(StoreTransaction *transaction, const StatisticsQuery *query, LineFactVisit visit, void *ctx,
                      Error *err) MUST_USE;

/* Acts of staff within [from, to), counted; what stages they decided, as "stage.decided".  actor: of this one alone;
 * "": of everybody. */
typedef struct WorkFact {
    Str actor; /* "staff:NAME" */
    Str name;  /* as they are called; empty: not known any more */
    Str act;
    int64_t count;
} WorkFact;
typedef bool (*WorkFactVisit)(void *ctx, const WorkFact *fact, Error *err);
bool statistics_work(StoreTransaction *transaction, int64_t from_s, int64_t to_s, const char *actor,
                     WorkFactVisit visit, void *ctx, Error *err) MUST_USE;

/* --- faculties of students --- */

typedef struct FacultyRow {
    int64_t student;
    char code[FACULTY_SIZE];
} FacultyRow;
/* Students whose faculty is to be read; then it is. */
bool faculties_unread(StoreTransaction *transaction, int64_t *ids, size_t most, size_t *ret_count, Error *err) MUST_USE;
bool faculties_put(StoreTransaction *transaction, int64_t student, const char *faculty, Error *err) MUST_USE;
/* Every code that a student has, by the code, with one student of it. */
bool faculties_list(StoreTransaction *transaction, FacultyRow rows[], size_t room, size_t *ret_count,
                    Error *err) MUST_USE;
/* Where kiosks stand, each place once. */
bool statistics_places(StoreTransaction *transaction, char (*places)[KIOSK_PLACE_SIZE], size_t room, size_t *ret_count,
                       Error *err) MUST_USE;

#endif
