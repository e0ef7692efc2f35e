/* Words that clerks say to students again and again, kept for one service or for all. */
#ifndef REGISTRAR_STORE_ANSWER_TEMPLATES_H
#define REGISTRAR_STORE_ANSWER_TEMPLATES_H

#include "registrar/store/stages.h"

#define ANSWER_TEMPLATES_MOST 200
#define ANSWER_TEMPLATE_BYTES 2048

typedef struct AnswerTemplateRow {
    char id[ID_SIZE];
    char service[SERVICE_SIZE];        /* "": of all */
    char words[ANSWER_TEMPLATE_BYTES]; /* JSON by languages' tags */
    char author[STAGE_CLERK_SIZE];
    uint32_t epoch;
    int64_t changed_at_s;
} AnswerTemplateRow;

/* Those of that service, then those of all ("": these alone; NULL: every one there is), in the order in which they were
 * changed. */
bool answer_templates_list(StoreTransaction *transaction, const char *service, AnswerTemplateRow *rows, size_t room,
                           size_t *ret_count, Error *err) MUST_USE;
bool answer_templates_count(StoreTransaction *transaction, int64_t *ret, Error *err) MUST_USE;
bool answer_templates_add(StoreTransaction *transaction, const AnswerTemplateRow *answer, Error *err) MUST_USE;
/* ERR_CONFLICT: it is of another epoch than the row says, or gone.  The next epoch is its epoch then. */
bool answer_templates_put(StoreTransaction *transaction, const AnswerTemplateRow *answer, Error *err) MUST_USE;
bool answer_templates_remove(StoreTransaction *transaction, const char *id, uint32_t epoch, Error *err) MUST_USE;

#endif
