/* Invoices: what is paid before anything is done.  That it was paid is confirmed by staff, with what bank or cash desk
 * call the payment; then people decide, or, where none do, the paper is made at once. */
#ifndef REGISTRAR_OFFICE_INVOICES_H
#define REGISTRAR_OFFICE_INVOICES_H

#include "registrar/office/requests.h"
#include "registrar/store/invoices.h"

#define INVOICE_OPEN_S         (30 * 86400) /* unpaid for so long, the request is given up */
#define INVOICE_REFERENCE_MOST 80           /* bytes */
#define INVOICES_MOST          50           /* of a list */

typedef struct InvoiceStanding {
    InvoiceRow invoice;
    char request_number[REQUEST_NUMBER_SIZE];
    char service[SERVICE_SIZE];
    char student_number[24];
    char holder[160];
} InvoiceStanding;

/* PROBLEM_NOT_FOUND.  A look is an act. */
bool invoice_look(Office *office, const char *clerk, const char *number, ApiProblem *ret_problem, InvoiceStanding *ret,
                  Error *err) MUST_USE;
/* Unpaid, the oldest first, after a number ("": from the first). */
bool invoice_list(Office *office, const char *after, InvoiceRow rows[INVOICES_MOST], size_t *ret_count,
                  Error *err) MUST_USE;

/* reference: 1..INVOICE_REFERENCE_MOST bytes.  Confirmed twice with the same reference: told as it stands.
 * PROBLEM_DECIDED: paid by another reference, or cancelled.  PROBLEM_FORM: the reference.  *ret_lacks (a field's name,
 * "" when nothing is missing): the paper that this pays for could not be made; the request waits in the front office.
 */
bool invoice_pay(Office *office, const char *clerk, const char *number, const char *reference, ApiProblem *ret_problem,
                 InvoiceRow *ret, char ret_lacks[SERVICE_ID_MOST], Error *err) MUST_USE;

/* --- as staff see them --- */

typedef struct InvoiceSeen {
    InvoiceLine line;
    char holder[160]; /* "": the record has no name */
    LocalText title;  /* of the service, borrowed from the sheet's catalogue; empty: it is offered no more */
    bool may_refund;  /* it was paid for nothing, and the money is still here */
} InvoiceSeen;

typedef struct InvoiceSheet {
    size_t count;
    InvoiceSeen lines[INVOICES_MOST];
    bool more;
    int64_t of_list[INVOICE_LIST_COUNT]; /* how many there are */
    Catalogue *catalogue;                /* owned */
} InvoiceSheet;

typedef struct InvoicesWanted {
    const char *clerk;
    const StaffScope *scope; /* whose faculties; NULL: all */
    InvoiceList list;
    const char *typed; /* a number ("12", "H-2026/000012", the request's, the student's) or a name; "": the list */
    int64_t after_s;   /* time and number of the last one seen */
    const char *after; /* "": from the first */
} InvoicesWanted;

/* *ret is large: on the heap.  Searching for a name is an act. */
bool invoice_sheet(Office *office, const InvoicesWanted *wanted, InvoiceSheet *ret, Error *err) MUST_USE;
void invoice_sheet_fini(InvoiceSheet *sheet);
/* Whether this one is within a scope. */
bool invoice_is_seen(Office *office, const StaffScope *scope, const char *number, bool *ret, Error *err) MUST_USE;

/* The money went back: of an application that was declined, given up or expired after it was paid.  epoch: what the
 * clerk saw.  PROBLEM_NOT_FOUND, PROBLEM_CHANGED, PROBLEM_FORM: the reference, PROBLEM_DECIDED: it is not so. */
bool invoice_refund(Office *office, const char *clerk, const char *number, uint32_t epoch, const char *reference,
                    ApiProblem *ret_problem, Error *err) MUST_USE;

/* Inside office/: requests whose invoice nobody paid in its time expire.  One of the finisher's rounds. */
bool invoices_time_out(Office *office, Error *err) MUST_USE;

#endif
