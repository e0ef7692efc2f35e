/* The pages of the office, one file each.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_PAGES_H
#define REGISTRAR_CONSOLE_PAGES_H

#include "registrar/console/desk.h"

#define FORM_BYTES_MOST         (64u << 10)
#define CONTENT_FORM_BYTES_MOST (768u << 10) /* a whole document of several languages, each letter of three */

bool page_prints(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_prints_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_student_card(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_students(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_student(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_student_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_student_services(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_student_ask(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_student_ask_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_paper_check(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_revocations(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_revocations_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_printers(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_sign_in(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_sign_in_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_first_sign_in(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_first_sign_in_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_sign_out(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_needs(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_me(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_me_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_staff(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_staff_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_statistics(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_statistics_csv(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_statistics_xlsx(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_audit(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_audit_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_audit_csv(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_live(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_asset(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err) MUST_USE;
bool page_first(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_queue(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_queue_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_templates(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_templates_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_request(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_request_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_paper(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_invoices(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_invoices_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_orders(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_orders_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_visitors(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_blanks(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_hall(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_hall_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_blanks_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_content(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_content_edit(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_content_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_content_history(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool page_content_back(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
