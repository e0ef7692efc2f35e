#include <string.h>
#include <strings.h>

#include "registrar/office/desk_papers.h"
#include "registrar/office/inside.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/store/eras.h"

#define LINK_BYTES_MOST 2048
#define TOKEN_MOST      1024

/* What is looked up, and what of it staff may see. */
typedef struct Looking {
    const DeskWho *who;
    int64_t now_ms;
    Code code;
    bool by_code;
    DocumentRow number; /* register, year, number */
    PaperChecked *checked;
    int64_t student; /* 0: nothing to see */
} Looking;

/* --- the seal ----------------------------------------------------------------------------------------------------- */

static PaperSeal read_seal(const Office *office, const char *host, const Code *code, Str token, SealClaims *ret)
{
    uint8_t kid;

    if (strcasecmp(host, office->config.host) != 0)
        return SEAL_OTHER_HOST;
    if (token.len == 0)
        return SEAL_NONE;
    if (!cose_kid(token, COSE_SEAL, &kid, NULL))
        return SEAL_FORGED;
    for (size_t i = 0; i < office->public_key_count; i++) {
        const CosePublicKey *key = &office->public_keys[i];
        Error ignored = { 0 };

        if (key->kid != kid || key->use != COSE_SEAL)
            continue;
        if (!seal_read(key, token, ret, &ignored) || strcasecmp(ret->issuer, office->config.host) != 0)
            return SEAL_FORGED;
        return strcmp(ret->code.text, code->text) == 0 ? SEAL_GOOD : SEAL_OTHER_CODE;
    }
    return SEAL_FORGED;
}

/* A link, a code, a number: whatever it is. */
static void understand(const Office *office, const char *typed, Looking *looking)
{
    const Str text = str_trim(str_from(typed));
    PaperChecked *checked = looking->checked;
    char host[80], number[DOCUMENT_NUMBER_SIZE + 8];
    OWNED_BUF token;

    buf_init(&token, TOKEN_MOST);
    if (text.len <= LINK_BYTES_MOST && seal_link_parse(text, host, sizeof host, &looking->code, &token, NULL)) {
        checked->typed = TYPED_LINK;
        checked->seal = read_seal(office, host, &looking->code, buf_str(&token), &checked->claims);
        looking->by_code = checked->seal != SEAL_OTHER_HOST;
    } else if (code_parse(text, &looking->code)) {
        checked->typed = TYPED_CODE;
        looking->by_code = true;
    } else if (str_copy(text, number, sizeof number) &&
               document_number_parse(number, looking->number.register_name, &looking->number.year,
                                     &looking->number.number)) {
        checked->typed = TYPED_NUMBER;
    }
    if (checked->typed == TYPED_LINK || checked->typed == TYPED_CODE)
        code_grouped(&looking->code, checked->code);
}

/* --- the paper ---------------------------------------------------------------------------------------------------- */

static bool find_by_code(StoreTransaction *transaction, Looking *looking, bool *ret_found, Error *err)
{
    DeskPaper *paper = &looking->checked->paper;
    char copy[ID_SIZE], document[ID_SIZE];

    return copies_of_code(transaction, looking->code.text, ret_found, copy, document, err) &&
           (!*ret_found || (copies_get(transaction, copy, &paper->has_copy, &paper->copy, err) &&
                            documents_get(transaction, document, ret_found, &paper->document, err)));
}

static bool find_by_number(StoreTransaction *transaction, Looking *looking, bool *ret_found, Error *err)
{
    DeskPaper *paper = &looking->checked->paper;
    const DocumentRow *number = &looking->number;
    uint32_t era;
    int64_t at_s;

    if (!documents_by_number(transaction, number->register_name, number->year, number->number, ret_found,
                             &paper->document, paper->reason, sizeof paper->reason, err))
        return false;
    if (!*ret_found)
        return skipped_find(transaction, number->register_name, number->year, number->number,
                            &looking->checked->was_skipped, &era, &at_s, err);
    return copies_newest_of(transaction, paper->document.id, COPY_PAPER, &paper->has_copy, &paper->copy, err) &&
           (paper->has_copy ||
            copies_newest_of(transaction, paper->document.id, COPY_PHONE, &paper->has_copy, &paper->copy, err));
}

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;
    PaperChecked *checked = looking->checked;
    DeskPaper *paper = &checked->paper;
    bool found = false, seen = false;
    DocumentRow again;
    OWNED_BUF sealed;

    buf_init(&sealed, 1024);
    looking->student = 0;
    *paper = (DeskPaper){ .has_copy = false };
    if (!(looking->by_code ? find_by_code : find_by_number)(transaction, looking, &found, err) ||
        (found && !desk_student_is_seen(transaction, paper->document.student, looking->who->scope, &seen, err)))
        return false;
    if (!found || !seen)
        return true;
    looking->student = paper->document.student;
    return documents_by_number(transaction, paper->document.register_name, paper->document.year, paper->document.number,
                               &found, &again, paper->reason, sizeof paper->reason, err) &&
           (!paper->has_copy || print_jobs_of_copy(transaction, paper->copy.id, &paper->has_job, &paper->job, err)) &&
           students_pinfl(transaction, looking->student, checked->student, &sealed, err);
}

static bool note_looked(StoreTransaction *transaction, void *arg, Error *err)
{
    const Looking *looking = arg;
    OWNED_BUF object;

    buf_init(&object, 64);
    buf_add_format(&object, "document:%s", looking->checked->paper.document.id);
    return buf_ok(&object, err) &&
           acts_add(transaction,
                    &(Act){ looking->now_ms, looking->who->actor, "document.seen", buf_text(&object), NULL }, err);
}

static bool read_name(Office *office, const Looking *looking, Language language, Error *err)
{
    OWNED_RECORD record = { 0 };
    OWNED(Shelf) shelf = shelf_take(office);
    OWNED_BUF name;

    buf_init(&name, sizeof looking->checked->name - 1);
    if (!record_read(office, looking->student, RECORD_PROFILE, &record, err))
        return false;
    const FieldSources sources = { .institution = office->institution,
                                   .words = shelf_words(shelf),
                                   .record = &record,
                                   .issued_s = office_now_s(office) };
    fields_write(&sources, "student.name", language, &name);
    str_copy_cut(buf_str(&name), looking->checked->name, sizeof looking->checked->name);
    return true;
}

bool paper_checked(Office *office, const DeskWho *who, const char *typed, Language language, PaperChecked *ret,
                   Error *err)
{
    Looking looking = { .who = who, .now_ms = office_now_ms(office), .checked = ret };
    Code code;

    *ret = (PaperChecked){ .typed = TYPED_NOTHING };
    understand(office, typed, &looking);
    if (ret->typed == TYPED_NOTHING || ret->seal == SEAL_OTHER_HOST)
        return true;
    if (!store_read(office->store, look, &looking, err))
        return error_add(err, "paper");
    ret->has_document = looking.student != 0;
    if (ret->has_document &&
        (!store_write(office->store, note_looked, &looking, err) || !read_name(office, &looking, language, err)))
        return error_add(err, "paper");
    /* What everybody is told of its newest copy, where a number was typed. */
    ret->by_code = looking.by_code || (ret->has_document && ret->paper.has_copy);
    if (!ret->by_code)
        return true;
    if (!looking.by_code && code_parse(str_from(ret->paper.copy.code), &code)) {
        looking.code = code;
        code_grouped(&code, ret->code);
    }
    return office_check(office, looking.code.text, &ret->check, err) || error_add(err, "paper");
}
