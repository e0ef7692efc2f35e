/* Papers that HEMIS makes, for services whose source is "hemis": found with the token of the student's own session,
 * fetched, and given as they came.  Inside office/. */
#ifndef REGISTRAR_OFFICE_HEMIS_PAPERS_H
#define REGISTRAR_OFFICE_HEMIS_PAPERS_H

#include "registrar/office/inside.h"
#include "registrar/office/sessions.h"
#include "registrar/office/students.h"
#include "registrar/store/documents.h"
#include "wire/catalogue.h"

#define HEMIS_DOCUMENT "hemis-" /* templates that stand for HEMIS's papers begin so */

/* What a service's paper, or an answer's, is in HEMIS. */
bool hemis_paper_known(const char *document);
/* HEMIS makes it when it is asked to; else it has it or not. */
bool hemis_paper_is_made(const char *document);
/* NULL, or why this service can't have HEMIS as its source, or can't have it not, in words for who wrote it. */
const char *hemis_paper_fault(const Service *service);

typedef struct HemisPage {
    char id[FOREIGN_ID_SIZE]; /* "hemis:reference:4711" */
    char number[DOCUMENT_NUMBER_SIZE];
    int pages;
    Buf pdf;
} HemisPage;
void hemis_page_init(HemisPage *page);
void hemis_page_fini(HemisPage *page);
#define OWNED_HEMIS_PAGE __attribute__((cleanup(hemis_page_fini))) HemisPage

/* make: HEMIS is asked to make the certificate of the record's semester where there is none, once (MODEL.md section 8).
 * False in *ret_found: there is no such paper, or *ret_problem says why it can't be had now: PROBLEM_HEMIS_AWAY,
 * PROBLEM_SESSION_ENDED (HEMIS has forgotten its token), PROBLEM_BUSY (this session asks already, or as many do as
 * may).  Waits for HEMIS: up to four requests. */
bool hemis_paper_get(Office *office, const Session *session, const Record *record, const char *document, bool make,
                     bool *ret_found, HemisPage *ret, ApiProblem *ret_problem, Error *err) MUST_USE;

#endif
