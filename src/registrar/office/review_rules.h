/* What is checked of an application while somebody decides on it: the catalogue's rules for who may have the service,
 * judged of the student as the record is now, and what else a decision stands on.  Each with where it is known from. */
#ifndef REGISTRAR_OFFICE_REVIEW_RULES_H
#define REGISTRAR_OFFICE_REVIEW_RULES_H

#include "registrar/office/photos.h"
#include "registrar/office/review.h"

typedef enum RuleState {
    RULE_HOLDS,
    RULE_FAILS,
    RULE_IS_YOURS /* nobody can tell but who decides */
} RuleState;

typedef enum RuleSource {
    RULE_OF_RECORD,   /* HEMIS's */
    RULE_OF_REQUESTS, /* our own register of what was asked for */
    RULE_OF_CALENDAR, /* campaigns, times of the year */
    RULE_OF_FORM,
    RULE_OF_PAPER,
    RULE_OF_PAYMENT,
    RULE_OF_PASSPORT,
    RULE_SOURCE_COUNT
} RuleSource;

/* "record" */
const char *rule_source_name(RuleSource source);

typedef struct ReviewRule {
    const char *is; /* of the catalogue: "status"; else "answers", "paper", "payment-paid", "payment-unpaid",
                     * "passport", "average" */
    RuleState state;
    RuleSource source;
    const Predicate *predicate; /* of the review's service; NULL: it is none */
    const Field *field;         /* a paper's; the answer that does not hold; NULL */
    int paper;                  /* its place among the papers, from 1; 0: it is none */
    bool brought;               /* ... is to be brought to the window; else photographed */
} ReviewRule;
#define REVIEW_RULES_MOST 40

/* Lives as long as review and papers do.  papers: NULL: it wants none. */
bool review_rules(Office *office, const Review *review, const PapersWanted *papers, ReviewRule ret[REVIEW_RULES_MOST],
                  size_t *ret_count, Error *err) MUST_USE;
/* A value of a predicate in words of a classifier; nothing is appended where it is none of these. */
void rule_say_value(const Review *review, const char *is, const char *value, Language language, Buf *ret);

#endif
