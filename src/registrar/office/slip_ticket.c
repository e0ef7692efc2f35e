#include "registrar/office/slip_ticket.h"

#include "registrar/document/document.h"
#include "registrar/office/fields.h"
#include "registrar/office/inside.h"
#include "registrar/office/shelf_keeper.h"

#define TEMPLATE   "ticket"
#define QR_VERSION 6 /* of an address: more would be a host of a hundred letters */

bool slip_ticket(Office *office, const ApiTicket *ticket, const char *place, Language language, Blob **ret_pdf,
                 Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    const Paper *paper = shelf_paper(shelf, TEMPLATE);
    const Topic *topic = topics_find(hall_topics(office), ticket->topic);
    const LocalText nothing = { 0 };
    const FieldTicket told = { .number = ticket->number,
                               .topic = topic ? &topic->titles : &nothing,
                               .window_place = ticket->window_place,
                               .ahead = ticket->place > 0 ? ticket->place - 1 : -1,
                               .minutes = ticket->expected_s < 0 ? 0 : hall_minutes(ticket->expected_s),
                               .window = ticket->window,
                               .taken_at_s = ticket->taken_at_s };
    Record nobody = { 0 };
    FieldSources sources = { .institution = office->institution,
                             .words = shelf_words(shelf),
                             .record = &nobody,
                             .ticket = &told,
                             .issued_s = office_now_s(office) };
    const char *ignored;
    DocumentFacts facts;
    Qr qr;

    if (!paper)
        return error_set(err, ERR_NOT_FOUND, "there is no template %s", TEMPLATE);
    language = template_language(paper->template, language);
    if (!qr_make(str_from(ticket->address), (Str){ 0 }, QR_VERSION, &qr, err))
        return error_add(err, "ticket's code");
    json_t *values = fields_make(&sources, paper->template, &paper->fields, language, &ignored, err);
    bool done = values && fields_add_copy(values, 1, place, err);
    const DocumentInput input = { .template = paper->template,
                                  .language = language,
                                  .values = values,
                                  .number = ticket->number,
                                  .check_address = "",
                                  .code = "",
                                  .qr = &qr,
                                  .logo = office_logo(office),
                                  .created_s = ticket->taken_at_s };
    done = done && document_to_pdf(&input, ret_pdf, &facts, err);
    json_decref(values);
    return done || error_add(err, "ticket's slip");
}
