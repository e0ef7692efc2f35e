/* Answer templates: words that clerks say to students again and again, for one service or for all, in the languages
 * that students read. */
#ifndef REGISTRAR_OFFICE_TEMPLATES_H
#define REGISTRAR_OFFICE_TEMPLATES_H

#include <jansson.h>

#include "base/language.h"
#include "registrar/office/office.h"
#include "registrar/store/answer_templates.h"
#include "wire/api.h"

typedef struct AnswerTemplate {
    AnswerTemplateRow row;
    json_t *json;    /* owned */
    LocalText words; /* borrowed of json; falls back as texts do */
} AnswerTemplate;

typedef struct AnswerTemplates {
    size_t count;
    AnswerTemplate *templates; /* owned */
} AnswerTemplates;

/* service: its own, then those of all services; NULL: every one there is. */
bool templates_list(Office *office, const char *service, AnswerTemplates *ret, Error *err) MUST_USE;
void templates_fini(AnswerTemplates *templates);

typedef struct TemplateEntry {
    const char *clerk; /* "staff:NAME" */
    const char *id;    /* "": a new one */
    uint32_t epoch;    /* that the clerk saw */
    const char *service;
    const char *words[LANGUAGE_COUNT]; /* ""; the house's first language must have some */
} TemplateEntry;

/* Words: 1..REVIEW_WORDS_MOST bytes each.  PROBLEM_FORM with the language's tag or "service", PROBLEM_LIMIT,
 * PROBLEM_CHANGED: somebody changed it or took it away meanwhile. */
bool template_keep(Office *office, const TemplateEntry *entry, ApiProblem *ret_problem, Error *err) MUST_USE;
bool template_remove(Office *office, const char *clerk, const char *id, uint32_t epoch, ApiProblem *ret_problem,
                     Error *err) MUST_USE;

#endif
