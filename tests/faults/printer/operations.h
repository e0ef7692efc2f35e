/* IPP's operations: what is asked of the printer, checked (RFC 8011 section 4) and done. */
#ifndef FAULT_PRINTER_OPERATIONS_H
#define FAULT_PRINTER_OPERATIONS_H

#include "conversation.h"

/* Fills talk->answer, whose status says how it went. */
void operations_obey(Conversation *talk);

/* For operations_*.c: a status with words.  Returns nothing, so that "return refuse(...)" ends a handler. */
void refuse(Conversation *talk, ipp_status_t status, const char *words);
typedef void Operation(Conversation *talk);

Operation operation_print_job, operation_validate_job, operation_create_job, operation_send_document,
    operation_cancel_job, operation_close_job;
Operation operation_get_job_attributes, operation_get_jobs, operation_get_printer_attributes, operation_identify;
Operation operation_subscribe, operation_get_notifications, operation_renew, operation_unsubscribe,
    operation_get_subscriptions;

/* The job of the request; NULL after an answer that says so.  Lock held. */
Job *requested_job(Conversation *talk);
/* Operation attributes, with what stands for an absent one. */
const char *asked_text(const Conversation *talk, const char *name, const char *absent);
int asked_number(const Conversation *talk, const char *name, int absent);
bool asked_yes(const Conversation *talk, const char *name, bool absent);
/* Puts the job's attributes that were asked for into the answer (operations_ask.c).  Lock held. */
void describe_job(Conversation *talk, const Job *job, const char *const *only, int only_count);

#endif
