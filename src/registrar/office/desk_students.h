/* One student at the desk: found, and what the office knows of them, as staff look at it.  Everything here is an act
 * that its student reads (looks.h), and nobody is found who is not within the scope of who looks: for them there is no
 * such student. */
#ifndef REGISTRAR_OFFICE_DESK_STUDENTS_H
#define REGISTRAR_OFFICE_DESK_STUDENTS_H

#include "registrar/office/fields.h"
#include "registrar/office/requests.h"
#include "registrar/office/shelf.h"
#include "registrar/store/print_jobs.h"
#include "registrar/store/staff_scope.h"
#include "registrar/store/student_papers.h"

/* Who looks, and where they may. */
typedef struct DeskWho {
    const char *actor;       /* "staff:NAME" */
    const StaffScope *scope; /* NULL: everywhere */
} DeskWho;

#define DESK_FOUND_MOST 50

typedef struct DeskFound {
    char number[STUDENT_NUMBER_SIZE];
    char name[160];
    char group[48];
} DeskFound;

typedef struct DeskFoundList {
    size_t count;
    bool more;
    DeskFound rows[DESK_FOUND_MOST];
} DeskFoundList;

/* By name, however it is spelled.  Nobody where nothing to look for is left of what was typed. */
bool desk_students_find(Office *office, const DeskWho *who, const char *typed, DeskFoundList *ret, Error *err) MUST_USE;
/* By the whole number, also as a card's code says it: 0 in *ret where there is none within the scope. */
bool desk_student_of_number(Office *office, const DeskWho *who, const char *number, int64_t *ret, Error *err) MUST_USE;

/* Whose word a part of the record is, and of when. */
typedef struct DeskPart {
    RecordPart part;
    char source[48];
    int64_t as_of_s;
} DeskPart;

#define DESK_FACTS_MOST    20
#define DESK_PAPERS_MOST   30
#define DESK_REQUESTS_MOST 30
#define DESK_TICKETS_MOST  12
#define DESK_REASON_SIZE   301

typedef struct DeskFact {
    const char *field; /* of the registry: "study.group" */
    char value[200];
} DeskFact;

/* A document with its newest copies. */
typedef struct DeskPaper {
    DocumentRow document;
    char reason[DESK_REASON_SIZE]; /* of its state; "": none */
    bool has_copy;
    CopyRow copy; /* the newest on paper, else on a phone */
    bool has_job;
    PrintJobRow job;
} DeskPaper;

typedef struct DeskStudent {
    int64_t student;
    char number[STUDENT_NUMBER_SIZE];
    char name[160];
    char status[12]; /* HEMIS's code: "11" studies; "": not known */
    Shelf *shelf;    /* owned */
    size_t fact_count, part_count, paper_count, request_count, ticket_count;
    DeskFact facts[DESK_FACTS_MOST];
    DeskPart parts[RECORD_PART_COUNT];
    DeskPaper papers[DESK_PAPERS_MOST]; /* the newest first */
    StudentRequestRow requests[DESK_REQUESTS_MOST];
    StudentTicketRow tickets[DESK_TICKETS_MOST]; /* of today */
} DeskStudent;

/* NULL in *ret: there is no such student within the scope. */
bool desk_student_open(Office *office, const DeskWho *who, const char *number, Language language, DeskStudent **ret,
                       Error *err) MUST_USE;
void desk_student_free(DeskStudent *student);
OWNED_BY(DeskStudent, desk_student_free)

/* What the student's own glass says now.  *ret is freed with mem_free; NULL: there is no such student within the
 * scope.  *ret_language: that of the last request. */
bool desk_student_home(Office *office, const DeskWho *who, const char *number, ApiHome **ret, Language *ret_language,
                       Error *err) MUST_USE;

/* Within a transaction: of which faculty a student is, "" where it is not known; whether that is within the scope. */
bool desk_student_is_seen(StoreTransaction *transaction, int64_t student, const StaffScope *scope, bool *ret,
                          Error *err) MUST_USE;
/* Within a transaction: somebody looked.  act: "student.seen" */
bool desk_student_note(StoreTransaction *transaction, const DeskWho *who, int64_t student, const char *act,
                       int64_t now_ms, Error *err) MUST_USE;

#endif
