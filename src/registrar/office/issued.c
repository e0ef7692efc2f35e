/* What a kiosk is told of a request that was asked for. */
#include <string.h>

#include "registrar/office/asking.h"
#include "registrar/office/prints.h"
#include "registrar/office/standing.h"

static void tell_waiting(const Issue *issue, ApiIssued *ret)
{
    const RequestRow *request = &issue->request;
    const bool unpaid = issue->has_invoice && issue->invoice.state == INVOICE_OPEN;
    const Standing standing = {
        .state = request->state,
        .unpaid = unpaid,
        .through = true,
        .has_document = issue->has_document,
        .ordered = issue->ordered,
        .ready = issue->has_document && issue->copy.making == MAKING_READY,
        .at_window = issue->has_job && issue->job.at_window,
        .delivery = issue->copy.delivery,
    };

    ret->state = standing_told(&standing);
    ret->promised_at_s = request->promised_at_s;
    memcpy(ret->number, request->number, sizeof ret->number);
    if (unpaid) {
        ret->sum = issue->invoice.sum;
        memcpy(ret->invoice, issue->invoice.number, sizeof ret->invoice);
    }
}

bool issue_is_of_window(const Issue *issue)
{
    return issue->has_job && issue->job.at_window;
}

/* A paper of the window is no business of a kiosk's. */
void issue_tell(const Issue *issue, ApiCarrier carrier, ApiIssued *ret)
{
    Code code;

    *ret = (ApiIssued){ 0 };
    if (!issue->has_document || issue_is_of_window(issue)) {
        tell_waiting(issue, ret);
        return;
    }
    ret->pages = issue->copy.pages;
    memcpy(ret->document, issue->document.id, sizeof ret->document);
    document_number_write(&issue->document, ret->number);
    if (code_parse(str_from(issue->copy.code), &code))
        code_grouped(&code, ret->code);
    memcpy(ret->copy, issue->copy.id, sizeof ret->copy);
    if (issue->has_job && carrier == CARRIER_PAPER)
        job_tell(&issue->job, &ret->job);
}
