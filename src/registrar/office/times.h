/* What issuing cost, part by part: for the log, and for a bench that sums up. */
#ifndef REGISTRAR_OFFICE_TIMES_H
#define REGISTRAR_OFFICE_TIMES_H

#include "registrar/office/office.h"

typedef enum IssuePart {
    ISSUE_DATA,  /* reading the record, making the fields, freezing the snapshot */
    ISSUE_PAGE,  /* laying out and drawing */
    ISSUE_SEAL,  /* claims, signature, QR code, hash and encryption of the page */
    ISSUE_STORE, /* the two transactions, without the writer's own thread (store_counts) */
    ISSUE_PART_COUNT
} IssuePart;

typedef struct IssueTimes {
    int64_t cpu_us[ISSUE_PART_COUNT];  /* of the asking thread */
    int64_t wall_us[ISSUE_PART_COUNT]; /* including waits */
} IssueTimes;

/* Sums over all papers since office_open; *ret_issued: how many. */
void office_issue_times(const Office *office, IssueTimes *ret, int64_t *ret_issued);

/* A watch on one thread: started, then read for each part. */
typedef struct IssueWatch {
    int64_t cpu_us, wall_us;
} IssueWatch;
IssueWatch issue_watch_start(void);
/* Adds what passed since the last reading to the part. */
void issue_watch_read(IssueWatch *watch, IssueTimes *times, IssuePart part);

#endif
