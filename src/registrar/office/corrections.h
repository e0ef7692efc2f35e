/* Corrections: what a clerk has checked and approved enters the student's record with its source (MODEL.md section 6).
 * Papers that were issued before say what they said: a snapshot is never changed.  Inside office/. */
#ifndef REGISTRAR_OFFICE_CORRECTIONS_H
#define REGISTRAR_OFFICE_CORRECTIONS_H

#include "registrar/office/inside.h"
#include "registrar/store/requests.h"
#include "wire/form.h"

typedef struct Correction {
    const char *what; /* Service.correction: "passport-name" */
    int64_t student;
    const char *source; /* "S-2026/000123" */
    const char *clerk;
    /* Of the same questions the clerk's answers stand before the student's: it is the clerk who has seen the passport.
     * passport-name: "surname" and "given". */
    const Answers *answers, *staff;
    int64_t now_ms;
} Correction;

/* *ret_lacks: the answer without which nothing can be corrected, or that is none (static); NULL: it can be written. */
void correction_check(const Correction *correction, const char **ret_lacks);
/* In a transaction, after correction_check found nothing.  The act says what was changed by which request. */
bool correction_write(StoreTransaction *transaction, const Correction *correction, Error *err) MUST_USE;

#endif
