/* The audit log as an auditor looks through it: by person, record, act and time; who looked is in the log, too. */
#ifndef REGISTRAR_OFFICE_AUDIT_SEARCH_H
#define REGISTRAR_OFFICE_AUDIT_SEARCH_H

#include "base/date.h"
#include "registrar/office/audit_check.h"
#include "registrar/office/office.h"
#include "registrar/store/act_search.h"
#include "registrar/store/staff_scope.h"
#include "registrar/store/students.h"

#define AUDIT_LINES_MOST  50
#define AUDIT_EXPORT_MOST 10000
#define AUDIT_ACTS_MOST   256
#define AUDIT_TYPED_SIZE  120
#define AUDIT_WHO_SIZE    200

typedef struct AuditWanted {
    const char *clerk;         /* who looks */
    const StaffScope *scope;   /* whose faculties are limited sees students of them alone, one at a time */
    const char *what;          /* a student's number or name, a name of staff, a kiosk; a number of a request, a paper,
                                  an invoice, a blank; "thing:ID" as the log has it; "": everything */
    const char *act;           /* "request.approved"; "": any */
    Date from, to;             /* both counted; year 0: without a bound */
    int64_t before_ms, before; /* of the last line seen; INT64_MAX: from the newest */
} AuditWanted;

typedef struct AuditLine {
    int64_t id, position; /* position 0: not sealed yet */
    int64_t at_ms;
    char actor[96], act[ACT_NAME_SIZE], object[96];
    char who[AUDIT_WHO_SIZE];   /* the actor's name; "": it has none beside what actor says */
    char whose[AUDIT_WHO_SIZE]; /* whose the object is: a student's name and number; "": nobody's */
    ActObject what;
    bool has_detail, is_purged;
} AuditLine;

typedef enum AuditOutcome {
    AUDIT_FOUND,   /* or there is nothing of it */
    AUDIT_UNKNOWN, /* nobody and nothing is called so */
    AUDIT_SEVERAL, /* students of that name: which? */
    AUDIT_NEEDED   /* the scope is limited: a student is to be named */
} AuditOutcome;

#define AUDIT_CANDIDATES_MOST 20

typedef struct AuditFound {
    AuditOutcome outcome;
    size_t count;
    AuditLine lines[AUDIT_LINES_MOST];
    bool more;
    size_t candidate_count;
    struct {
        char number[STUDENT_NUMBER_SIZE], name[160];
    } candidates[AUDIT_CANDIDATES_MOST];
} AuditFound;

/* Writes the act "audit.searched". */
bool audit_search(Office *office, const AuditWanted *wanted, AuditFound *ret, Error *err) MUST_USE;
/* All lines, the newest first, at most AUDIT_EXPORT_MOST; writes "audit.exported" before the first. */
typedef bool (*AuditEach)(void *ctx, const AuditLine *line, Error *err);
bool audit_export(Office *office, const AuditWanted *wanted, AuditEach each, void *ctx, AuditOutcome *ret,
                  Error *err) MUST_USE;
/* One entry and its detail (JSON; empty: none, or purged); writes "audit.opened".  Of a student whom the scope does not
 * name: not found. */
bool audit_open(Office *office, const char *clerk, const StaffScope *scope, int64_t id, bool *ret_found,
                AuditLine *ret_line, Buf *ret_detail, Error *err) MUST_USE;
/* Which acts there are in the log, by name. */
bool audit_acts(Office *office, char (*names)[ACT_NAME_SIZE], size_t room, size_t *ret_count, Error *err) MUST_USE;

typedef struct AuditState {
    int64_t sealed, waiting;          /* position of the last sealed entry; entries that are not yet */
    int64_t head_position, head_at_s; /* of the newest signed head; 0: there is none */
    bool checked;                     /* somebody had the whole log checked: the last time */
    char checked_by[AUDIT_WHO_SIZE];
    int64_t checked_at_ms, checked_entries, checked_faults;
} AuditState;
bool audit_state(Office *office, AuditState *ret, Error *err) MUST_USE;

#define AUDIT_CHECK_APART_S 60
/* Has the whole log checked (audit_check.h), and writes what came of it as "audit.checked".  False in *ret_run: it was,
 * less than AUDIT_CHECK_APART_S ago. */
bool audit_check_now(Office *office, const char *clerk, bool *ret_run, Error *err) MUST_USE;

#endif
