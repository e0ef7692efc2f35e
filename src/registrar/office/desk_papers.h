/* Papers in the hands of staff: revoked, suspended, valid again, replaced, many revoked by two people; and what a paper
 * that somebody holds is worth.  What changes is on the public page at once, and in the signed status list before the
 * function returns (status_lists.h). */
#ifndef REGISTRAR_OFFICE_DESK_PAPERS_H
#define REGISTRAR_OFFICE_DESK_PAPERS_H

#include "registrar/office/checks.h"
#include "registrar/office/desk_students.h"
#include "registrar/office/documents.h"
#include "registrar/store/bulk_revocations.h"

typedef struct PaperAct {
    const DeskWho *who;
    const char *student; /* number: the paper is of this one, or there is none */
    const char *document;
    uint32_t epoch;     /* of the document, that the clerk saw */
    const char *reason; /* for the register: 1..DOCUMENT_REASON_MOST bytes of plain text */
} PaperAct;

/* PROBLEM_NOT_FOUND (no such paper of that student, within the scope), PROBLEM_FORM (reason), PROBLEM_CHANGED (another
 * epoch by now), PROBLEM_DECIDED (not from this state). */
bool paper_change(Office *office, const PaperAct *act, DocumentChange change, ApiProblem *ret_problem,
                  Error *err) MUST_USE;
/* A new copy on paper takes the place of the newest one, whose code says "replaced" from then on.  owner: whose printer
 * makes it ("printer:ID"), or WINDOW_OWNER: staff ask for its page.  epoch: of that copy.  As above; PROBLEM_NOT_FOUND
 * also for a printer that there is none of; PROBLEM_NOT_ALLOWED: it was copied too often, or its last day is over;
 * PROBLEM_DECIDED: not valid, on a blank, or its last copy is still being printed; PROBLEM_BUSY: the page could not be
 * made now, the office goes on with it. */
bool paper_replace(Office *office, const PaperAct *act, const char *owner, ApiProblem *ret_problem,
                   Error *err) MUST_USE;

/* --- many at once, by two people ---------------------------------------------------------------------------------- */

/* Whoever is limited to some faculties may propose papers of these, and sees and decides no proposal. */

#define BULK_PAPERS_MOST 500
#define BULK_LISTED_MOST 50

typedef struct BulkFault {
    char number[40]; /* as it was typed, cut; "": none was */
    enum { BULK_NO_NUMBER, BULK_NOT_GIVEN, BULK_NOT_VALID, BULK_TOO_MANY } what;
} BulkFault;

/* numbers: by blanks, commas or lines.  PROBLEM_FORM: reason, or numbers, where *ret_fault says which: then nothing is
 * proposed. */
bool bulk_propose(Office *office, const DeskWho *who, const char *numbers, const char *reason, ApiProblem *ret_problem,
                  BulkFault *ret_fault, Error *err) MUST_USE;
bool bulk_list(Office *office, const DeskWho *who, BulkRow rows[BULK_LISTED_MOST], size_t *ret_count,
               Error *err) MUST_USE;
/* Its papers' numbers, at most BULK_PAPERS_MOST, into numbers. */
bool bulk_papers(Office *office, const DeskWho *who, const char *id, bool *ret_found, BulkRow *ret,
                 char (*numbers)[DOCUMENT_NUMBER_SIZE], size_t *ret_count, Error *err) MUST_USE;
/* All of them in one transaction, but for those that were revoked since.  PROBLEM_NOT_ALLOWED: who proposed it cannot
 * confirm it; PROBLEM_DECIDED, PROBLEM_NOT_FOUND. */
bool bulk_confirm(Office *office, const DeskWho *who, const char *id, ApiProblem *ret_problem, Error *err) MUST_USE;
/* By anybody who may revoke. */
bool bulk_drop(Office *office, const DeskWho *who, const char *id, ApiProblem *ret_problem, Error *err) MUST_USE;

/* --- is it genuine? ----------------------------------------------------------------------------------------------- */

typedef enum PaperTyped {
    TYPED_NOTHING, /* no link, code or number */
    TYPED_LINK,
    TYPED_CODE,
    TYPED_NUMBER
} PaperTyped;

typedef enum PaperSeal {
    SEAL_NONE,       /* the link has none in it, or only a code was typed */
    SEAL_GOOD,       /* ours, and of this code */
    SEAL_FORGED,     /* not made with a key of ours, or changed */
    SEAL_OTHER_CODE, /* ours, but of another paper */
    SEAL_OTHER_HOST  /* the link leads to somebody else */
} PaperSeal;

typedef struct PaperChecked {
    PaperTyped typed;
    bool by_code; /* check is of a code */
    Check check;  /* what everybody is told */
    char code[15];
    PaperSeal seal;
    SealClaims claims; /* SEAL_GOOD, SEAL_OTHER_CODE */
    /* What staff may see beside, within their scope. */
    bool has_document;
    DeskPaper paper;
    char student[STUDENT_NUMBER_SIZE], name[160];
    bool was_skipped; /* the number was lost in a restore */
} PaperChecked;

/* typed: a scanned or typed link, a code, or a number.  That somebody looked at a paper of ours is an act of its
 * student. */
bool paper_checked(Office *office, const DeskWho *who, const char *typed, Language language, PaperChecked *ret,
                   Error *err) MUST_USE;

#endif
