/* The print queue as staff see it: lists by need, what is found by what was typed, and one job with what happened. */
#ifndef REGISTRAR_OFFICE_JOBS_QUEUE_H
#define REGISTRAR_OFFICE_JOBS_QUEUE_H

#include "registrar/office/jobs.h"
#include "registrar/office/printers.h"
#include "registrar/office/shelf.h"

#define JOB_LINES_MOST    50
#define JOB_CELLS_MOST    PRINTERS_MOST
#define JOB_EVENTS_MOST   48
#define JOB_STUDENTS_MOST 20 /* whom one search looks at */

typedef struct JobLine {
    PrintQueueRow row;
    char holder[160];         /* surname and given names, as the record has them */
    LocalText title;          /* of the service; borrowed from the queue's shelf.  Empty: it is offered no more */
    const StripCell *stopped; /* its page is on the way, and the printer stands still; borrowed from the queue */
} JobLine;

typedef struct JobQueue {
    Shelf *shelf; /* owned */
    size_t count;
    JobLine lines[JOB_LINES_MOST];
    bool more;
    int64_t of_need[NEED_COUNT]; /* of what is open */
    size_t cell_count;
    StripCell cells[JOB_CELLS_MOST];
    /* Where the next page begins. */
    int next_need;
    int64_t next_s;
    char next[ID_SIZE];
} JobQueue;

typedef struct JobWanted {
    const char *clerk;
    const StaffScope *scope; /* NULL: everywhere */
    PrintNeed first, last;
    PrintQueueSort sort;
    const char *owner; /* "": any */
    const char *typed; /* "": no search; else what of a list is asked for counts for nothing */
    int after_need;
    int64_t after_s;
    const char *after; /* "": from the first */
} JobWanted;

/* *ret is large: on the heap.  typed: a document's number ("M-2026/000123"), a code, a student's number, or a name
 * however spelled; searching for people is an act. */
bool job_queue_view(Office *office, const JobWanted *wanted, JobQueue *ret, Error *err) MUST_USE;
void job_queue_fini(JobQueue *queue);

/* False: out of scope. */
bool job_line_read(const StaffScope *scope, const PrintQueueRow *row, Str profile, JobLine *ret) MUST_USE;
/* What a line borrows of its queue. */
void job_line_fill(const JobQueue *queue, JobLine *line);

typedef enum JobEventKind {
    JOB_EVENT_STATE, /* the job moved: word is its new state */
    JOB_EVENT_DEED,  /* of staff: word is the deed */
    JOB_EVENT_TOLD,  /* its owner reported: word is the state that it told */
    JOB_EVENT_LATE   /* the same, too late to count */
} JobEventKind;

typedef struct JobEvent {
    int64_t at_ms;
    JobEventKind kind;
    char word[24];
    char actor[PRINT_ACTOR_SIZE]; /* "kiosk:A-2", "staff:NAME", "office" */
    int sheets;                   /* JOB_EVENT_TOLD, _LATE: -1: not told */
    char reason[PRINT_REASON_SIZE];
    char words[PRINT_WORDS_MOST + 1];
    char to[ID_SIZE];
} JobEvent;

typedef struct JobOpen {
    JobLine line; /* title is borrowed from the queue's shelf that it was opened with; stopped from its cells */
    PrintOwnerRow owner;
    JobStanding standing;
    unsigned deeds;
    int copies; /* of the document: "counted" */
    size_t event_count;
    JobEvent events[JOB_EVENTS_MOST];
} JobOpen;

/* Looking at a student's job is an act, once in a while.  False in *ret_found: there is none, or it is out of scope. */
bool job_open(Office *office, const JobWanted *wanted, const JobQueue *queue, const char *id, bool *ret_found,
              JobOpen *ret, Error *err) MUST_USE;

#endif
