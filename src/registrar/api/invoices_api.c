#include "registrar/api/invoices_api.h"

#include <string.h>

#include "registrar/api/problem.h"
#include "registrar/api/putting.h"
#include "registrar/http/query.h"
#include "registrar/office/invoices.h"
#include "wire/json.h"

#define PURPOSE "payments"

static json_t *invoice_json(const InvoiceRow *invoice)
{
    json_t *json =
        json_pack("{s:s, s:I, s:s, s:I}", "number", invoice->number, "sum", (json_int_t)invoice->sum, "state",
                  state_name(&invoice_states, (int)invoice->state), "made_at_s", (json_int_t)invoice->made_at_s);
    OWNED(json_t)
    paid = invoice->state == INVOICE_PAID
               ? json_pack("{s:I, s:s, s:s}", "paid_at_s", (json_int_t)invoice->paid_at_s, "confirmed_by",
                           invoice->confirmed_by, "reference", invoice->reference)
               : json_object();

    if (json && paid && json_object_update(json, paid) == 0)
        return json;
    json_decref(json);
    return NULL;
}

bool invoices_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    InvoiceRow rows[INVOICES_MOST];
    char after[INVOICE_NUMBER_SIZE];
    size_t count = 0;
    TokenRow token;
    Access access = access_token(request, PURPOSE, answer, &token, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!query_may(request->query, "after", after, sizeof after))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!invoice_list(office_of(request), after, rows, &count, err))
        return false;
    json_t *list = json_array();
    for (size_t i = 0; list && i < count; i++)
        if (json_array_append_new(list, invoice_json(&rows[i])) != 0) {
            json_decref(list);
            list = NULL;
        }
    return answer_json(json_pack("{s:o}", "invoices", list), answer, err);
}

/* Its number stands in the path, with its slash as %2F. */
static Access access_invoice(const HttpServerRequest *request, HttpServerAnswer *answer, char clerk[],
                             char ret_number[INVOICE_NUMBER_SIZE], Error *err)
{
    TokenRow token;
    Access access = access_token(request, PURPOSE, answer, &token, err);

    if (access != ACCESS_GRANTED)
        return access;
    actor_token(&token, clerk);
    if (str_copy(request->parameters[0], ret_number, INVOICE_NUMBER_SIZE))
        return ACCESS_GRANTED;
    return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

bool invoices_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char clerk[TOKEN_NAME_SIZE + 8], number[INVOICE_NUMBER_SIZE];
    InvoiceStanding standing;
    ApiProblem problem;
    Access access = access_invoice(request, answer, clerk, number, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!invoice_look(office_of(request), clerk, number, &problem, &standing, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    json_t *json = invoice_json(&standing.invoice);
    OWNED(json_t)
    of = json_pack("{s:s, s:s, s:s, s:s}", "request", standing.request_number, "service", standing.service, "student",
                   standing.student_number, "holder", standing.holder);
    if (!json || !of || json_object_update(json, of) != 0) {
        json_decref(json);
        json = NULL;
    }
    return answer_json(json, answer, err);
}

bool invoices_api_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char clerk[TOKEN_NAME_SIZE + 8], number[INVOICE_NUMBER_SIZE], lacks[SERVICE_ID_MOST] = "";
    InvoiceRow invoice;
    ApiProblem problem;
    Access access = access_invoice(request, answer, clerk, number, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OWNED(json_t) body = json_read(request->body, NULL);
    const char *state = json_string_value(json_object_get(body, "state"));
    const char *reference = json_string_value(json_object_get(body, "reference"));
    if (!state || strcmp(state, "paid") != 0 || !reference)
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!invoice_pay(office_of(request), clerk, number, reference, &problem, &invoice, lacks, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    json_t *json = invoice_json(&invoice);
    if (json && lacks[0] && json_object_set_new(json, "lacks", json_string(lacks)) != 0) {
        json_decref(json);
        json = NULL;
    }
    return answer_json(json, answer, err);
}
