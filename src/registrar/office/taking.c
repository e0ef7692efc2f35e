#include "registrar/office/taking.h"

#include <string.h>

#include "registrar/office/keys.h"
#include "registrar/office/live.h"

bool taking_begin(Office *office, CopyKind kind, const char *place, const char *actor, Taking *ret, Error *err)
{
    uint8_t bytes[CODE_BITS_BYTES];
    CosePublicKey key;
    Code code;

    *ret = (Taking){ .now_ms = office_now_ms(office) };
    str_copy_cut(str_from(actor), ret->actor, sizeof ret->actor);
    if (!random_fill(&office->config.random, bytes, sizeof bytes, err) ||
        !random_fill(&office->config.random, &ret->seed, sizeof ret->seed, err) ||
        !office_new_id(office, ret->copy.id, err) || !office_new_id(office, ret->job, err))
        return false;
    code = code_make(bytes);
    ret->copy.kind = kind;
    memcpy(ret->copy.code, code.text, sizeof ret->copy.code);
    cose_key_public(keys_active_seal(&office->keys), &key);
    ret->copy.kid = key.kid;
    ret->copy.asked_at_s = ret->now_ms / 1000;
    ret->copy.lease_s = ret->now_ms / 1000 + MAKE_LEASE_S;
    str_copy_cut(str_from(place), ret->copy.place, sizeof ret->copy.place);
    return true;
}

bool taking_document(Office *office, const Composition *composition, int64_t student, const char *service,
                     const char *request, Taking *taking, Error *err)
{
    const Template *template = composition->paper->template;
    DocumentRow *document = &taking->document;

    *document =
        (DocumentRow){ .student = student,
                       .state = DOCUMENT_PREPARING,
                       .taken_at_s = composition->at_s,
                       .expires_at_s = composition->expires_at_s,
                       .year = date_time_at(composition->at_s * 1000, office->config.utc_offset_minutes).date.year };
    str_copy_cut(str_from(service), document->service, sizeof document->service);
    str_copy_cut(str_from(request), document->request, sizeof document->request);
    str_copy_cut(str_from(template_register(template)), document->register_name, sizeof document->register_name);
    str_copy_cut(str_from(template_id(template)), document->template, sizeof document->template);
    str_copy_cut(str_from(template_version(template)), document->template_version, sizeof document->template_version);
    str_copy_cut(str_from(language_tag(composition->language)), document->language, sizeof document->language);
    memcpy(document->holder_masked, composition->holder_masked, sizeof document->holder_masked);
    if (!office_new_id(office, document->id, err))
        return false;
    memcpy(taking->copy.document, document->id, sizeof taking->copy.document);
    taking->copy.n = 1;
    taking->copy.asked_at_s = composition->at_s;
    return true;
}

void taking_foreign(const char *id, const char *number, Taking *taking)
{
    DocumentRow *document = &taking->document;

    document->register_name[0] = '\0';
    document->year = document->number = 0;
    str_copy_cut(str_from(id), document->foreign_id, sizeof document->foreign_id);
    str_copy_cut(str_from(number), document->foreign_number, sizeof document->foreign_number);
}

static bool log_taken(StoreTransaction *transaction, const Taking *taking, const char *act, Error *err)
{
    char number[DOCUMENT_NUMBER_SIZE];
    OWNED_BUF object, detail;

    buf_init(&object, 64);
    buf_init(&detail, 256);
    document_number_write(&taking->document, number);
    buf_add_format(&detail, "{\"number\":\"%s\",\"copy\":\"%s\",\"n\":%d}", number, taking->copy.id, taking->copy.n);
    buf_add_format(&object, "document:%s", taking->document.id);
    return buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(transaction, &(Act){ taking->now_ms, taking->actor, act, buf_text(&object), buf_text(&detail) },
                    err);
}

static bool add_job(StoreTransaction *transaction, const Taking *taking, Error *err)
{
    const int64_t now_s = taking->now_ms / 1000;

    if (taking->copy.kind == COPY_PHONE)
        return true;
    return (taking->at_window ? print_jobs_add_held : print_jobs_add)(transaction, taking->job, taking->copy.id, now_s,
                                                                      err) &&
           desk_tell(transaction, "prints", err);
}

static bool add_copy_rows(StoreTransaction *transaction, Taking *taking, Error *err)
{
    CopyRow *copy = &taking->copy;

    if (document_is_foreign(&taking->document)) {
        copy->code[0] = '\0';
        copy->kid = 0;
    } else if (!status_places_take(transaction, taking->seed, &copy->status_list, &copy->status_index, err))
        return false;
    return copies_add(transaction, copy, err) && add_job(transaction, taking, err);
}

bool taking_add(StoreTransaction *transaction, Taking *taking, Str snapshot, Error *err)
{
    DocumentRow *document = &taking->document;
    const bool ours = !document_is_foreign(document);

    return (!ours || numbers_take(transaction, document->register_name, document->year, &document->number, err)) &&
           documents_add(transaction, document, snapshot, err) && add_copy_rows(transaction, taking, err) &&
           log_taken(transaction, taking, ours ? "document.number-taken" : "document.fetched", err);
}

static bool replace_old(StoreTransaction *transaction, const CopyRow *old, const Taking *taking, Error *err)
{
    const Move validity = { .id = old->id,
                            .from = (int)old->validity,
                            .to = VALIDITY_REPLACED,
                            .epoch = old->epoch,
                            .actor = taking->actor,
                            .at_ms = taking->now_ms };
    const Move delivery = { .id = old->id,
                            .from = (int)old->delivery,
                            .to = DELIVERY_SUPERSEDED,
                            .epoch = old->epoch,
                            .at_ms = taking->now_ms };

    /* After a restore it may be replaced already, by a copy that was lost.  One that is in somebody's hands stays so.
     */
    return (old->validity == VALIDITY_REPLACED || state_move(transaction, &validity_states, &validity, err)) &&
           (old->delivery == DELIVERY_SUPERSEDED || old->delivery == DELIVERY_COLLECTED ||
            state_move(transaction, &delivery_states, &delivery, err));
}

bool taking_add_copy(StoreTransaction *transaction, Taking *taking, const CopyRow *old, Error *err)
{
    if (old)
        memcpy(taking->copy.replaces, old->id, sizeof taking->copy.replaces);
    return (!old || replace_old(transaction, old, taking, err)) && add_copy_rows(transaction, taking, err) &&
           log_taken(transaction, taking, "copy.asked", err);
}
