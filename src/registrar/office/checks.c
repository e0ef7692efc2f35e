#include "registrar/office/checks.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/store/copies.h"

typedef struct Looking {
    const char *code;
    bool found;
    CopyCheck check;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    return copies_by_code(transaction, looking->code, &looking->found, &looking->check, err);
}

static const Service *service_of(const Catalogue *catalogue, const char *kind)
{
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);

        if (service->document && !strcmp(service->document, kind))
            return service;
    }
    return NULL;
}

/* A kind is called as its template calls it; where that does not speak a language, as the catalogue does. */
void office_paper_title(const Office *office, const char *kind, PaperTitle *ret)
{
    OWNED(Shelf) shelf = shelf_take(office);
    const Paper *paper = shelf_paper(shelf, kind);
    const Service *service = service_of(shelf_catalogue(shelf), kind);

    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const char *title = service ? service->title.in[i] : NULL;

        if (paper && template_has_language(paper->template, (Language)i))
            title = template_title(paper->template, (Language)i);
        str_copy_cut(str_from(title ? title : ""), ret->in[i], sizeof ret->in[i]);
    }
}

static CheckState state_of(CopyValidity validity)
{
    switch (validity) {
    case VALIDITY_VALID: return CHECK_VALID;
    case VALIDITY_SUSPENDED: return CHECK_SUSPENDED;
    case VALIDITY_REVOKED: return CHECK_REVOKED;
    case VALIDITY_REPLACED: return CHECK_REPLACED;
    case VALIDITY_EXPIRED: return CHECK_EXPIRED;
    }
    return CHECK_UNKNOWN;
}

static bool find(Office *office, const char *code, Looking *ret, Error *err)
{
    Code parsed;

    /* What is no code is looked up all the same, as one that nobody has: both answers take the same way. */
    if (!code || !code_parse(str_from(code), &parsed))
        str_copy_cut(STR("------------"), parsed.text, sizeof parsed.text);
    *ret = (Looking){ .code = parsed.text };
    bool done = store_read(office->store, look, ret, err);
    ret->code = NULL;
    return done || error_add(err, "check");
}

/* A paper that is good no more says so by its date alone: nothing is written when the day comes. */
static void add_end(const Office *office, int64_t expires_at_s, Check *ret)
{
    if (expires_at_s == 0)
        return;
    ret->until = date_time_at((expires_at_s - 1) * 1000, office->config.utc_offset_minutes).date;
    if (ret->state == CHECK_VALID && office_now_s(office) >= expires_at_s) {
        ret->state = CHECK_EXPIRED;
        ret->changed_s = expires_at_s;
    }
}

bool office_check(Office *office, const char *code, Check *ret, Error *err)
{
    Looking looking;

    *ret = (Check){ 0 };
    if (!find(office, code, &looking, err))
        return false;
    if (!looking.found)
        return true;
    const CopyCheck *check = &looking.check;
    ret->state = state_of(check->validity);
    ret->on_phone = check->copy == COPY_PHONE;
    ret->issued = date_time_at(check->taken_at_s * 1000, office->config.utc_offset_minutes).date;
    ret->changed_s = check->validity == VALIDITY_VALID ? 0 : check->changed_at_s;
    add_end(office, check->expires_at_s, ret);
    str_copy_cut(str_from(check->template), ret->kind, sizeof ret->kind);
    office_paper_title(office, check->template, &ret->title);
    memcpy(ret->masked_holder, check->holder_masked, sizeof ret->masked_holder);
    memcpy(ret->number, check->number, sizeof ret->number);
    memcpy(ret->text_hash, check->text_hash, sizeof ret->text_hash);
    memcpy(ret->file_sha256, check->file_sha256, sizeof ret->file_sha256);
    return true;
}

bool office_check_file(Office *office, const Code *code, const uint8_t sha256[32], bool *ret_confirmed, Error *err)
{
    Looking looking;

    if (!find(office, code->text, &looking, err))
        return false;
    *ret_confirmed = looking.found && mem_equal_secret(looking.check.file_sha256, sha256, 32);
    return true;
}

size_t office_public_keys(const Office *office, CosePublicKey *keys, size_t room)
{
    size_t count = office->public_key_count < room ? office->public_key_count : room;

    memcpy(keys, office->public_keys, count * sizeof *keys);
    return count;
}
