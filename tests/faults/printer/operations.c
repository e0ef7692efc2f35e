#include "operations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "description.h"

static const struct {
    ipp_op_t operation;
    Operation *obey;
} operations[] = {
    { IPP_OP_PRINT_JOB, operation_print_job },
    { IPP_OP_VALIDATE_JOB, operation_validate_job },
    { IPP_OP_CREATE_JOB, operation_create_job },
    { IPP_OP_SEND_DOCUMENT, operation_send_document },
    { IPP_OP_CLOSE_JOB, operation_close_job },
    { IPP_OP_CANCEL_JOB, operation_cancel_job },
    { IPP_OP_GET_JOB_ATTRIBUTES, operation_get_job_attributes },
    { IPP_OP_GET_JOBS, operation_get_jobs },
    { IPP_OP_GET_PRINTER_ATTRIBUTES, operation_get_printer_attributes },
    { IPP_OP_IDENTIFY_PRINTER, operation_identify },
    { IPP_OP_CREATE_PRINTER_SUBSCRIPTIONS, operation_subscribe },
    { IPP_OP_CREATE_JOB_SUBSCRIPTIONS, operation_subscribe },
    { IPP_OP_GET_SUBSCRIPTIONS, operation_get_subscriptions },
    { IPP_OP_GET_NOTIFICATIONS, operation_get_notifications },
    { IPP_OP_RENEW_SUBSCRIPTION, operation_renew },
    { IPP_OP_CANCEL_SUBSCRIPTION, operation_unsubscribe },
};

void refuse(Conversation *talk, ipp_status_t status, const char *words)
{
    ippSetStatusCode(talk->answer, status);
    ippAddString(talk->answer, IPP_TAG_OPERATION, IPP_TAG_TEXT, "status-message", NULL, words);
}

/* ---- what was asked ---- */

const char *asked_text(const Conversation *talk, const char *name, const char *absent)
{
    const char *text = ippGetString(ippFindAttribute(talk->request, name, IPP_TAG_ZERO), 0, NULL);

    return text ? text : absent;
}

int asked_number(const Conversation *talk, const char *name, int absent)
{
    ipp_attribute_t *number = ippFindAttribute(talk->request, name, IPP_TAG_INTEGER);

    return number ? ippGetInteger(number, 0) : absent;
}

bool asked_yes(const Conversation *talk, const char *name, bool absent)
{
    ipp_attribute_t *yes = ippFindAttribute(talk->request, name, IPP_TAG_BOOLEAN);

    return yes ? ippGetBoolean(yes, 0) != 0 : absent;
}

static int requested_id(const Conversation *talk)
{
    const char *uri = asked_text(talk, "job-uri", NULL);
    const char *slash = uri ? strrchr(uri, '/') : NULL;

    if (slash)
        return (int)strtol(slash + 1, NULL, 10);
    return asked_number(talk, "job-id", asked_number(talk, "notify-job-id", 0));
}

Job *requested_job(Conversation *talk)
{
    Job *job = machine_find_job(talk->machine, requested_id(talk));

    if (!job)
        refuse(talk, IPP_STATUS_ERROR_NOT_FOUND, "No such job.");
    return job;
}

/* ---- what every request must have ---- */

/* RFC 8011 4.1.4: charset and language come first, in this order. */
static bool begins_well(Conversation *talk)
{
    ipp_attribute_t *charset = ippFirstAttribute(talk->request);
    const char *charset_name = ippGetName(charset);
    ipp_attribute_t *language = ippNextAttribute(talk->request);
    const char *language_name = ippGetName(language);

    if (!charset_name || strcmp(charset_name, "attributes-charset") != 0 ||
        ippGetValueTag(charset) != IPP_TAG_CHARSET || !language_name ||
        strcmp(language_name, "attributes-natural-language") != 0 || ippGetValueTag(language) != IPP_TAG_LANGUAGE) {
        refuse(talk, IPP_STATUS_ERROR_BAD_REQUEST, "Charset and language are missing.");
        return false;
    }
    const char *name = ippGetString(charset, 0, NULL);
    if (strcasecmp(name, "utf-8") != 0 && strcasecmp(name, "us-ascii") != 0) {
        refuse(talk, IPP_STATUS_ERROR_CHARSET, "Only utf-8 and us-ascii.");
        return false;
    }
    return true;
}

static bool groups_in_order(Conversation *talk)
{
    ipp_tag_t before = IPP_TAG_ZERO;

    for (ipp_attribute_t *at = ippFirstAttribute(talk->request); at; at = ippNextAttribute(talk->request)) {
        ipp_tag_t group = ippGetGroupTag(at);
        if (group == IPP_TAG_ZERO)
            continue;
        if (group < before) {
            refuse(talk, IPP_STATUS_ERROR_BAD_REQUEST, "Attribute groups are out of order.");
            return false;
        }
        before = group;
    }
    return true;
}

static bool names_target(Conversation *talk)
{
    ipp_attribute_t *target = ippFindAttribute(talk->request, "printer-uri", IPP_TAG_URI);
    char scheme[16], user[64], host[256], resource[256];
    int port;

    if (!target)
        target = ippFindAttribute(talk->request, "job-uri", IPP_TAG_URI);
    if (!target) {
        refuse(talk, IPP_STATUS_ERROR_BAD_REQUEST, "No printer-uri or job-uri.");
        return false;
    }
    if (httpSeparateURI(HTTP_URI_CODING_ALL, ippGetString(target, 0, NULL), scheme, sizeof(scheme), user, sizeof(user),
                        host, sizeof(host), &port, resource, sizeof(resource)) < HTTP_URI_STATUS_OK ||
        strncmp(resource, "/ipp/print", 10) != 0 || (resource[10] != '\0' && resource[10] != '/')) {
        refuse(talk, IPP_STATUS_ERROR_NOT_FOUND, "No such printer.");
        return false;
    }
    return true;
}

static bool is_sound(Conversation *talk)
{
    int minor, major = ippGetVersion(talk->request, &minor);

    if (major < 1 || major > 2) {
        ippSetVersion(talk->answer, 2, 0);
        refuse(talk, IPP_STATUS_ERROR_VERSION_NOT_SUPPORTED, "Only IPP 1.x and 2.x.");
        return false;
    }
    if (ippGetRequestId(talk->request) <= 0) {
        refuse(talk, IPP_STATUS_ERROR_BAD_REQUEST, "The request-id is no number.");
        return false;
    }
    return begins_well(talk) && groups_in_order(talk) && names_target(talk);
}

void operations_obey(Conversation *talk)
{
    ipp_op_t asked = ippGetOperation(talk->request);

    witness_event(&talk->machine->witness, ippOpString(asked), asked_number(talk, "job-id", 0), "", 0);
    if (!is_sound(talk))
        return;
    for (size_t i = 0; i < COUNT(operations); i++)
        if (operations[i].operation == asked && operation_offered(talk->machine, asked)) {
            operations[i].obey(talk);
            return;
        }
    refuse(talk, IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED, "No such operation.");
}
