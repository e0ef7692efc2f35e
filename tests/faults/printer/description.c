#include "description.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cups/cups.h>

#define MARGIN 423 /* hundredths of a millimetre */

static const struct {
    const char *name;
    int width, height; /* hundredths of a millimetre */
} media[] = {
    { "iso_a4_210x297mm", 21000, 29700 },
    { "iso_a5_148x210mm", 14800, 21000 },
    { "na_letter_8.5x11in", 21590, 27940 },
};

void description_uri(const Machine *machine, char *uri, size_t size)
{
    snprintf(uri, size, "%s://localhost:%d/ipp/print", machine->options.tls ? "ipps" : "ipp", machine->options.port);
}

bool operation_offered(const Machine *machine, ipp_op_t operation)
{
    bool by_parts =
        operation == IPP_OP_CREATE_JOB || operation == IPP_OP_SEND_DOCUMENT || operation == IPP_OP_CLOSE_JOB;

    return !(machine->options.no_create_job && by_parts);
}

/* ---- rows ---- */

typedef struct Words {
    ipp_tag_t tag;
    const char *name;
    const char *values[8]; /* NULL-ended unless full */
} Words;

static const Words words[] = {
    { IPP_TAG_CHARSET, "charset-configured", { "utf-8" } },
    { IPP_TAG_CHARSET, "charset-supported", { "us-ascii", "utf-8" } },
    { IPP_TAG_KEYWORD, "compression-supported", { "none" } },
    { IPP_TAG_MIMETYPE, "document-format-default", { "application/pdf" } },
    { IPP_TAG_MIMETYPE, "document-format-supported", { "application/octet-stream", "application/pdf" } },
    { IPP_TAG_LANGUAGE, "generated-natural-language-supported", { "en" } },
    { IPP_TAG_KEYWORD, "identify-actions-default", { "display" } },
    { IPP_TAG_KEYWORD, "identify-actions-supported", { "display" } },
    { IPP_TAG_KEYWORD, "ipp-versions-supported", { "1.1", "2.0" } },
    { IPP_TAG_KEYWORD,
      "job-creation-attributes-supported",
      { "copies", "media", "media-col", "print-color-mode", "print-quality", "sides" } },
    { IPP_TAG_KEYWORD,
      "media-col-supported",
      { "media-bottom-margin", "media-left-margin", "media-right-margin", "media-size", "media-source",
        "media-top-margin", "media-type" } },
    { IPP_TAG_KEYWORD, "media-default", { "iso_a4_210x297mm" } },
    { IPP_TAG_KEYWORD, "media-ready", { "iso_a4_210x297mm" } },
    { IPP_TAG_KEYWORD, "media-source-supported", { "auto", "main" } },
    { IPP_TAG_KEYWORD, "media-type-supported", { "auto", "stationery" } },
    { IPP_TAG_KEYWORD, "multiple-document-handling-supported", { "separate-documents-uncollated-copies" } },
    { IPP_TAG_KEYWORD, "multiple-operation-time-out-action", { "abort-job" } },
    { IPP_TAG_LANGUAGE, "natural-language-configured", { "en" } },
    { IPP_TAG_KEYWORD,
      "notify-attributes-supported",
      { "job-id", "job-name", "job-state", "job-state-reasons", "job-impressions-completed", "printer-state",
        "printer-state-reasons", "printer-is-accepting-jobs" } },
    { IPP_TAG_KEYWORD, "notify-pull-method-supported", { "ippget" } },
    { IPP_TAG_KEYWORD, "output-bin-default", { "face-down" } },
    { IPP_TAG_KEYWORD, "output-bin-supported", { "face-down" } },
    { IPP_TAG_KEYWORD, "pdf-versions-supported", { "adobe-1.4", "adobe-1.5", "adobe-1.6", "iso-32000-1_2008" } },
    { IPP_TAG_KEYWORD, "pdl-override-supported", { "attempted" } },
    { IPP_TAG_KEYWORD, "print-color-mode-default", { "monochrome" } },
    { IPP_TAG_KEYWORD, "print-color-mode-supported", { "auto", "monochrome" } },
    { IPP_TAG_KEYWORD, "print-content-optimize-default", { "auto" } },
    { IPP_TAG_KEYWORD, "print-content-optimize-supported", { "auto" } },
    { IPP_TAG_KEYWORD, "print-rendering-intent-default", { "auto" } },
    { IPP_TAG_KEYWORD, "print-rendering-intent-supported", { "auto" } },
    { IPP_TAG_TEXT, "printer-device-id", { "MFG:Example;MDL:Fault Printer;CMD:PDF;" } },
    { IPP_TAG_TEXT, "printer-location", { "" } },
    { IPP_TAG_TEXT, "printer-make-and-model", { "Example Fault Printer" } },
    { IPP_TAG_TEXT, "printer-organization", { "" } },
    { IPP_TAG_TEXT, "printer-organizational-unit", { "" } },
    { IPP_TAG_KEYWORD, "sides-default", { "one-sided" } },
    { IPP_TAG_KEYWORD, "sides-supported", { "one-sided" } },
    { IPP_TAG_KEYWORD, "uri-authentication-supported", { "none" } },
    { IPP_TAG_KEYWORD,
      "which-jobs-supported",
      { "completed", "not-completed", "aborted", "all", "canceled", "pending", "pending-held", "processing" } },
};

static const struct {
    ipp_tag_t tag;
    const char *name;
    int value;
} numbers[] = {
    { IPP_TAG_INTEGER, "copies-default", 1 },
    { IPP_TAG_ENUM, "finishings-default", IPP_FINISHINGS_NONE },
    { IPP_TAG_ENUM, "finishings-supported", IPP_FINISHINGS_NONE },
    { IPP_TAG_INTEGER, "ippget-event-life", 300 },
    { IPP_TAG_INTEGER, "job-priority-default", 50 },
    { IPP_TAG_INTEGER, "job-priority-supported", 1 },
    { IPP_TAG_INTEGER, "media-bottom-margin-supported", MARGIN },
    { IPP_TAG_INTEGER, "media-left-margin-supported", MARGIN },
    { IPP_TAG_INTEGER, "media-right-margin-supported", MARGIN },
    { IPP_TAG_INTEGER, "media-top-margin-supported", MARGIN },
    { IPP_TAG_INTEGER, "multiple-operation-time-out", INCOMING_S },
    { IPP_TAG_INTEGER, "notify-lease-duration-default", 3600 },
    { IPP_TAG_INTEGER, "notify-max-events-supported", NOTICES_KEPT },
    { IPP_TAG_ENUM, "orientation-requested-default", IPP_ORIENT_PORTRAIT },
    { IPP_TAG_ENUM, "orientation-requested-supported", IPP_ORIENT_PORTRAIT },
    { IPP_TAG_INTEGER, "pages-per-minute", 60 * 1000 / SHEET_MS },
    { IPP_TAG_ENUM, "print-quality-default", IPP_QUALITY_NORMAL },
    { IPP_TAG_ENUM, "print-quality-supported", IPP_QUALITY_NORMAL },
};

static const struct {
    const char *name;
    bool value;
} switches[] = {
    { "color-supported", false },
    { "job-ids-supported", true },
    { "multiple-document-jobs-supported", false },
    { "page-ranges-supported", false },
    { "preferred-attributes-supported", false },
};

static const int operations[] = {
    IPP_OP_PRINT_JOB,           IPP_OP_VALIDATE_JOB,
    IPP_OP_CREATE_JOB,          IPP_OP_SEND_DOCUMENT,
    IPP_OP_CLOSE_JOB,           IPP_OP_CANCEL_JOB,
    IPP_OP_GET_JOB_ATTRIBUTES,  IPP_OP_GET_JOBS,
    IPP_OP_IDENTIFY_PRINTER,    IPP_OP_GET_PRINTER_ATTRIBUTES,
    IPP_OP_GET_SUBSCRIPTIONS,   IPP_OP_CREATE_PRINTER_SUBSCRIPTIONS,
    IPP_OP_RENEW_SUBSCRIPTION,  IPP_OP_CREATE_JOB_SUBSCRIPTIONS,
    IPP_OP_CANCEL_SUBSCRIPTION, IPP_OP_GET_NOTIFICATIONS,
};

/* ---- building ---- */

static void add_words(ipp_t *ipp, const Words *row)
{
    int count = 0;

    while (count < (int)COUNT(row->values) && row->values[count])
        count++;
    ippAddStrings(ipp, IPP_TAG_PRINTER, row->tag, row->name, count, NULL, row->values);
}

static ipp_t *media_size(size_t i)
{
    ipp_t *size = ippNew();

    ippAddInteger(size, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "x-dimension", media[i].width);
    ippAddInteger(size, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "y-dimension", media[i].height);
    return size;
}

static ipp_t *media_col(size_t i)
{
    static const char *const margins[] = { "media-bottom-margin", "media-left-margin", "media-right-margin",
                                           "media-top-margin" };
    ipp_t *col = ippNew(), *size = media_size(i);

    ippAddString(col, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-key", NULL, media[i].name);
    ippAddCollection(col, IPP_TAG_PRINTER, "media-size", size);
    ippAddString(col, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-size-name", NULL, media[i].name);
    for (size_t m = 0; m < COUNT(margins); m++)
        ippAddInteger(col, IPP_TAG_PRINTER, IPP_TAG_INTEGER, margins[m], MARGIN);
    ippAddString(col, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-source", NULL, "main");
    ippAddString(col, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-type", NULL, "stationery");
    ippDelete(size);
    return col;
}

static void add_collections(ipp_t *ipp, const char *name, ipp_t *make(size_t), int count)
{
    ipp_attribute_t *all = ippAddCollections(ipp, IPP_TAG_PRINTER, name, count, NULL);

    for (int i = 0; i < count; i++) {
        ipp_t *one = make((size_t)i);
        ippSetCollection(ipp, &all, i, one);
        ippDelete(one);
    }
}

static void add_media(ipp_t *ipp)
{
    const char *names[COUNT(media)];

    for (size_t i = 0; i < COUNT(media); i++)
        names[i] = media[i].name;
    ippAddStrings(ipp, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-supported", (int)COUNT(media), NULL, names);
    add_collections(ipp, "media-size-supported", media_size, (int)COUNT(media));
    add_collections(ipp, "media-col-database", media_col, (int)COUNT(media));
    add_collections(ipp, "media-col-default", media_col, 1);
    add_collections(ipp, "media-col-ready", media_col, 1);
}

static void add_operations(ipp_t *ipp, const Machine *machine)
{
    int offered[COUNT(operations)], count = 0;

    for (size_t i = 0; i < COUNT(operations); i++)
        if (operation_offered(machine, (ipp_op_t)operations[i]))
            offered[count++] = operations[i];
    ippAddIntegers(ipp, IPP_TAG_PRINTER, IPP_TAG_ENUM, "operations-supported", count, offered);
}

static void add_who(ipp_t *ipp, const Machine *machine)
{
    char uri[256], uuid[64], page[64];

    description_uri(machine, uri, sizeof(uri));
    snprintf(page, sizeof(page), "http%s://localhost:%d/", machine->options.tls ? "s" : "", machine->options.port);
    snprintf(uuid, sizeof(uuid), "urn:uuid:%s", machine->uuid);
    ippAddString(ipp, IPP_TAG_PRINTER, IPP_TAG_URI, "printer-uri-supported", NULL, uri);
    ippAddString(ipp, IPP_TAG_PRINTER, IPP_TAG_URI, "printer-uuid", NULL, uuid);
    ippAddString(ipp, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "uri-security-supported", NULL,
                 machine->options.tls ? "tls" : "none");
    ippAddString(ipp, IPP_TAG_PRINTER, IPP_TAG_NAME, "printer-name", NULL, machine->options.name);
    ippAddString(ipp, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-info", NULL, machine->options.name);
    ippAddString(ipp, IPP_TAG_PRINTER, IPP_TAG_URI, "printer-more-info", NULL, page);
    ippAddString(ipp, IPP_TAG_PRINTER, IPP_TAG_URI, "printer-supply-info-uri", NULL, page);
}

ipp_t *description_new(const Machine *machine)
{
    ipp_t *ipp = ippNew();

    for (size_t i = 0; i < COUNT(words); i++)
        add_words(ipp, &words[i]);
    for (size_t i = 0; i < COUNT(numbers); i++)
        ippAddInteger(ipp, IPP_TAG_PRINTER, numbers[i].tag, numbers[i].name, numbers[i].value);
    for (size_t i = 0; i < COUNT(switches); i++)
        ippAddBoolean(ipp, IPP_TAG_PRINTER, switches[i].name, switches[i].value ? 1 : 0);
    ippAddRange(ipp, IPP_TAG_PRINTER, "copies-supported", 1, COPIES_MOST);
    ippAddRange(ipp, IPP_TAG_PRINTER, "job-k-octets-supported", 0, DOCUMENT_MOST / 1024);
    ippAddRange(ipp, IPP_TAG_PRINTER, "notify-lease-duration-supported", 0, LEASE_MOST_S);
    ippAddStrings(ipp, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "notify-events-supported", event_keyword_count, NULL,
                  event_keywords);
    ippAddString(ipp, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "notify-events-default", NULL, "job-completed");
    ippAddResolution(ipp, IPP_TAG_PRINTER, "printer-resolution-default", IPP_RES_PER_INCH, 600, 600);
    ippAddResolution(ipp, IPP_TAG_PRINTER, "printer-resolution-supported", IPP_RES_PER_INCH, 600, 600);
    ippAddOutOfBand(ipp, IPP_TAG_PRINTER, IPP_TAG_UNKNOWN, "printer-geo-location");
    add_who(ipp, machine);
    add_media(ipp);
    add_operations(ipp, machine);
    return ipp;
}

void description_add_now(ipp_t *ipp, const Machine *machine)
{
    Notice looks = machine_look(machine);
    const char *reasons[REASONS_MOST];
    time_t now = time(NULL);

    for (int i = 0; i < looks.reason_count; i++)
        reasons[i] = looks.reasons[i];
    ippAddInteger(ipp, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", (int)looks.printer_state);
    ippAddStrings(ipp, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", looks.reason_count, NULL, reasons);
    ippAddString(ipp, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-state-message", NULL,
                 looks.printer_state == IPP_PSTATE_STOPPED      ? "Stopped."
                 : looks.printer_state == IPP_PSTATE_PROCESSING ? "Printing."
                                                                : "Idle.");
    ippAddInteger(ipp, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-state-change-time",
                  machine_up_time_at(machine, machine->changed_ms));
    ippAddDate(ipp, IPP_TAG_PRINTER, "printer-state-change-date-time", ippTimeToDate(machine->changed_ms / 1000));
    ippAddInteger(ipp, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-config-change-time", 1);
    ippAddDate(ipp, IPP_TAG_PRINTER, "printer-config-change-date-time",
               ippTimeToDate(machine->on_since_unix_ms / 1000));
    ippAddDate(ipp, IPP_TAG_PRINTER, "printer-current-time", ippTimeToDate(now));
    ippAddBoolean(ipp, IPP_TAG_PRINTER, "printer-is-accepting-jobs", looks.accepting ? 1 : 0);
    ippAddInteger(ipp, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-up-time", looks.up_time_s);
    ippAddInteger(ipp, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "queued-job-count", machine_queued(machine));
    if (machine_counts(machine)) {
        ippAddInteger(ipp, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-impressions-completed", machine->sheets);
        ippAddInteger(ipp, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-media-sheets-completed", machine->sheets);
    }
}
