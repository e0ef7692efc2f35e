#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/fields.h"
#include "registrar/office/inside.h"
#include "registrar/office/invoices.h"
#include "registrar/office/live.h"
#include "registrar/office/names.h"
#include "registrar/office/plain.h"

#define FOUND_MOST 20 /* students whom one name finds */

typedef struct Listing {
    Office *office;
    const InvoicesWanted *wanted;
    InvoiceSheet *sheet;
    InvoiceLine rows[INVOICES_MOST + 1];
    size_t count;
    char numbers[FOUND_MOST][STUDENT_NUMBER_SIZE]; /* of a search, or the one that was typed */
    size_t number_count;
} Listing;

static bool came_to_nothing(RequestState state)
{
    return state == ASKED_DECLINED || state == ASKED_WITHDRAWN || state == ASKED_EXPIRED;
}

static bool may_refund(const InvoiceRow *invoice, RequestState request)
{
    return invoice->state == INVOICE_PAID && invoice->refunded_at_s == 0 && came_to_nothing(request);
}

/* --- searching ---------------------------------------------------------------------------------------------------- */

static bool keep_student(void *ctx, const StudentName *student, Error *err UNUSED)
{
    Listing *listing = ctx;

    if (listing->number_count < FOUND_MOST)
        str_copy_cut(str_from(student->number), listing->numbers[listing->number_count++], STUDENT_NUMBER_SIZE);
    return true;
}

/* "12" is the twelfth of this year. */
static void keep_number(Listing *listing, Str typed)
{
    char *number = listing->numbers[listing->number_count++];
    uint64_t n;

    if (typed.len <= 6 && str_to_u64(typed, 1, 999999, &n))
        (void)snprintf(number, STUDENT_NUMBER_SIZE, "%s-%d/%06llu", INVOICE_REGISTER,
                       office_today(listing->office).year, (unsigned long long)n);
    else
        str_copy_cut(typed, number, STUDENT_NUMBER_SIZE);
    for (char *c = number; *c; c++)
        *c = (char)toupper((unsigned char)*c);
}

static bool search(Listing *listing, Error *err)
{
    const InvoicesWanted *wanted = listing->wanted;
    const Str typed = str_trim(str_from(wanted->typed));
    Error why = { 0 };

    if (typed.len == 0)
        return true;
    for (size_t i = 0; i < typed.len; i++)
        if (isdigit((unsigned char)typed.ptr[i])) {
            keep_number(listing, typed);
            return true;
        }
    if (names_search(listing->office, wanted->typed, wanted->clerk, keep_student, listing, &why))
        return true;
    return why.code == ERR_ARGUMENT || error_set_cause(err, why.code, why.cause, "%s", why.text);
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static bool find(StoreTransaction *transaction, Listing *listing, Error *err)
{
    for (size_t i = 0; i < listing->number_count && listing->count < COUNT(listing->rows); i++) {
        size_t more;

        if (!invoices_found(transaction, listing->numbers[i], listing->wanted->scope, &listing->rows[listing->count],
                            COUNT(listing->rows) - listing->count, &more, err))
            return false;
        listing->count += more;
    }
    return true;
}

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;
    const InvoicesWanted *wanted = listing->wanted;

    listing->count = 0;
    for (int i = 0; i < INVOICE_LIST_COUNT; i++)
        if (!invoices_counted(transaction, (InvoiceList)i, wanted->scope, &listing->sheet->of_list[i], err))
            return false;
    return wanted->typed[0] ? find(transaction, listing, err)
                            : invoices_listed(transaction, wanted->list, wanted->scope, wanted->after_s, wanted->after,
                                              listing->rows, COUNT(listing->rows), &listing->count, err);
}

static bool fill(const Listing *listing, Error *err)
{
    InvoiceSheet *sheet = listing->sheet;

    sheet->more = listing->count > INVOICES_MOST;
    sheet->count = sheet->more ? INVOICES_MOST : listing->count;
    for (size_t i = 0; i < sheet->count; i++) {
        InvoiceSeen *seen = &sheet->lines[i];
        const Service *service = catalogue_find(sheet->catalogue, str_from(listing->rows[i].service));
        OWNED_RECORD record = { 0 };

        *seen = (InvoiceSeen){ .line = listing->rows[i] };
        seen->may_refund = may_refund(&seen->line.invoice, seen->line.request_state);
        if (service)
            seen->title = service->title;
        if (!record_read(listing->office, seen->line.student, RECORD_PROFILE, &record, err))
            return false;
        if (!fields_holder(record_profile(&record), LANGUAGE_FIRST, seen->holder, sizeof seen->holder))
            seen->holder[0] = '\0';
    }
    return true;
}

bool invoice_sheet(Office *office, const InvoicesWanted *wanted, InvoiceSheet *ret, Error *err)
{
    Listing *listing = mem_new(1, sizeof *listing);

    *ret = (InvoiceSheet){ 0 };
    if (!listing)
        return error_set(err, ERR_MEMORY, "invoices");
    *listing = (Listing){ .office = office, .wanted = wanted, .sheet = ret };
    ret->catalogue = office_catalogue(office, err);
    bool done =
        ret->catalogue && search(listing, err) && store_read(office->store, list, listing, err) && fill(listing, err);
    mem_wipe(listing, sizeof *listing);
    mem_free(listing);
    if (!done)
        invoice_sheet_fini(ret);
    return done || error_add(err, "invoices");
}

void invoice_sheet_fini(InvoiceSheet *sheet)
{
    catalogue_drop(sheet->catalogue);
    mem_wipe(sheet, sizeof *sheet);
}

/* --- the money went back ------------------------------------------------------------------------------------------ */

typedef struct Refunding {
    const char *number, *clerk, *reference;
    const StaffScope *scope;
    uint32_t epoch;
    int64_t now_ms;
    size_t found;
    InvoiceLine line;
    ApiProblemKind problem;
} Refunding;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Refunding *refunding = arg;

    return invoices_found(transaction, refunding->number, refunding->scope, &refunding->line, 1, &refunding->found,
                          err);
}

bool invoice_is_seen(Office *office, const StaffScope *scope, const char *number, bool *ret, Error *err)
{
    Refunding looking = { .number = number, .scope = scope };

    if (!store_read(office->store, look, &looking, err))
        return error_add(err, "invoice");
    *ret = looking.found > 0 && !strcmp(looking.line.invoice.number, number);
    return true;
}

static bool refund(StoreTransaction *transaction, void *arg, Error *err)
{
    Refunding *refunding = arg;

    if (!look(transaction, refunding, err))
        return false;
    InvoiceRow *invoice = &refunding->line.invoice;
    refunding->problem = PROBLEM_NONE;
    if (refunding->found == 0 || strcmp(invoice->number, refunding->number) != 0)
        refunding->problem = PROBLEM_NOT_FOUND;
    else if (invoice->epoch != refunding->epoch)
        refunding->problem = PROBLEM_CHANGED;
    else if (!may_refund(invoice, refunding->line.request_state))
        refunding->problem = PROBLEM_DECIDED;
    if (refunding->problem != PROBLEM_NONE)
        return true;
    invoice->refunded_at_s = refunding->now_ms / 1000;
    str_copy_cut(str_from(refunding->clerk), invoice->refunded_by, sizeof invoice->refunded_by);
    str_copy_cut(str_from(refunding->reference), invoice->refund_reference, sizeof invoice->refund_reference);
    return invoices_refund(transaction, invoice, refunding->now_ms, err) && desk_tell(transaction, "requests", err);
}

bool invoice_refund(Office *office, const char *clerk, const char *number, uint32_t epoch, const char *reference,
                    ApiProblem *ret_problem, Error *err)
{
    Refunding refunding = {
        .number = number, .clerk = clerk, .reference = reference, .epoch = epoch, .now_ms = office_now_ms(office)
    };

    *ret_problem = (ApiProblem){ 0 };
    if (!plain_words(reference, INVOICE_REFERENCE_MOST)) {
        *ret_problem = api_problem_form("reference", plain_fault(reference, INVOICE_REFERENCE_MOST));
        return true;
    }
    if (!store_write(office->store, refund, &refunding, err))
        return error_add(err, "refund");
    ret_problem->kind = refunding.problem;
    return true;
}
