/* What is to be paid for a request before anybody works at it. */
#ifndef REGISTRAR_STORE_INVOICES_H
#define REGISTRAR_STORE_INVOICES_H

#include "registrar/store/requests.h"
#include "registrar/store/staff_scope.h"
#include "registrar/store/students.h"

#define INVOICE_REGISTER       "H"
#define INVOICE_NUMBER_SIZE    24
#define INVOICE_REFERENCE_SIZE 81 /* bytes and zero */

typedef struct InvoiceRow {
    char number[INVOICE_NUMBER_SIZE]; /* "H-2026/000012" */
    char request[ID_SIZE];
    int64_t sum; /* so'm */
    InvoiceState state;
    uint32_t epoch;
    int64_t made_at_s;
    int64_t paid_at_s;                      /* 0: not paid */
    char confirmed_by[48];                  /* "staff:NAME", "token:NAME" */
    char reference[INVOICE_REFERENCE_SIZE]; /* as bank or cash desk call the payment */
    int64_t refunded_at_s;                  /* 0: the money did not go back */
    char refunded_by[48];
    char refund_reference[INVOICE_REFERENCE_SIZE];
} InvoiceRow;

bool invoices_add(StoreTransaction *transaction, const InvoiceRow *invoice, Error *err) MUST_USE;
bool invoices_get(StoreTransaction *transaction, const char *number, bool *ret_found, InvoiceRow *ret,
                  Error *err) MUST_USE;
bool invoices_of_request(StoreTransaction *transaction, const char *request, bool *ret_found, InvoiceRow *ret,
                         Error *err) MUST_USE;
/* Moves an open one to paid, with paid_at_s, confirmed_by and reference, and its act.  ERR_CONFLICT: it is not open. */
bool invoices_pay(StoreTransaction *transaction, const InvoiceRow *invoice, int64_t now_ms, Error *err) MUST_USE;
/* Of a paid one whose money has not gone back: refunded_at_s, refunded_by and refund_reference, under the next epoch,
 * and its act.  ERR_CONFLICT: it is not so, or in another epoch by now. */
bool invoices_refund(StoreTransaction *transaction, const InvoiceRow *invoice, int64_t now_ms, Error *err) MUST_USE;

/* As staff see them. */
typedef enum InvoiceList {
    INVOICES_UNPAID,    /* the oldest first */
    INVOICES_TO_REFUND, /* paid, for an application that came to nothing, and not refunded; the oldest payment first */
    INVOICES_PAID,      /* the latest payment first */
    INVOICE_LIST_COUNT
} InvoiceList;

typedef struct InvoiceLine {
    InvoiceRow invoice;
    char request_number[REQUEST_NUMBER_SIZE];
    char service[SERVICE_SIZE];
    RequestState request_state;
    int64_t student;
    char student_number[STUDENT_NUMBER_SIZE];
} InvoiceLine;

/* Of the faculties of a scope (NULL: of all), after the time and the number of the last one seen ("": from the
 * first). */
bool invoices_listed(StoreTransaction *transaction, InvoiceList list, const StaffScope *scope, int64_t after_s,
                     const char *after, InvoiceLine *rows, size_t room, size_t *ret_count, Error *err) MUST_USE;
bool invoices_counted(StoreTransaction *transaction, InvoiceList list, const StaffScope *scope, int64_t *ret,
                      Error *err) MUST_USE;
/* By its own number, its request's, or its student's, whatever its state; the latest first. */
bool invoices_found(StoreTransaction *transaction, const char *number, const StaffScope *scope, InvoiceLine *rows,
                    size_t room, size_t *ret_count, Error *err) MUST_USE;

/* Unpaid, the oldest first, after a number ("": from the first). */
bool invoices_open(StoreTransaction *transaction, const char *after, InvoiceRow *rows, size_t room, size_t *ret_count,
                   Error *err) MUST_USE;
/* Unpaid and made before a time. */
bool invoices_overdue(StoreTransaction *transaction, int64_t before_s, InvoiceRow *rows, size_t room, size_t *ret_count,
                      Error *err) MUST_USE;

#endif
