#include "registrar/office/desk_students.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/access.h"
#include "registrar/office/inside.h"
#include "registrar/office/names.h"
#include "registrar/store/acts.h"
#include "wire/json.h"

#define PROFILE_BYTES_MOST (256u << 10)
#define ALL_PARTS_MOST     400

/* --- within the scope --------------------------------------------------------------------------------------------- */

bool desk_student_is_seen(StoreTransaction *transaction, int64_t student, const StaffScope *scope, bool *ret,
                          Error *err)
{
    int64_t as_of_s;
    bool found;
    OWNED_BUF body;

    buf_init(&body, PROFILE_BYTES_MOST);
    *ret = true;
    if (!scope_is_limited(scope, SCOPE_FACULTY))
        return true;
    if (!records_get(transaction, student, "profile", &found, &body, &as_of_s, err))
        return false;
    OWNED(json_t) profile = found ? json_read(buf_str(&body), err) : json_object();
    if (!profile)
        return error_add(err, "faculty of a student");
    const char *code = fields_faculty(profile);
    *ret = code && scope_has(scope, SCOPE_FACULTY, str_from(code));
    return true;
}

bool desk_student_note(StoreTransaction *transaction, const DeskWho *who, int64_t student, const char *act,
                       int64_t now_ms, Error *err)
{
    OWNED_BUF object;

    buf_init(&object, 48);
    buf_add_format(&object, "student:%lld", (long long)student);
    return buf_ok(&object, err) &&
           acts_add(transaction, &(Act){ now_ms, who->actor, act, buf_text(&object), NULL }, err);
}

/* --- finding ------------------------------------------------------------------------------------------------------ */

typedef struct Finding {
    const DeskWho *who;
    DeskFoundList *found;
} Finding;

static bool add_found(void *ctx, const StudentName *student, Error *err)
{
    Finding *finding = ctx;
    DeskFoundList *found = finding->found;

    if (!scope_has(finding->who->scope, SCOPE_FACULTY, str_from(student->faculty)))
        return true;
    if (found->count == DESK_FOUND_MOST) {
        found->more = true;
        return error_set(err, ERR_LIMIT, "more than a page of students");
    }
    DeskFound *row = &found->rows[found->count++];
    memcpy(row->number, student->number, sizeof row->number);
    str_copy_cut(str_from(student->name), row->name, sizeof row->name);
    str_copy_cut(str_from(student->group), row->group, sizeof row->group);
    return true;
}

bool desk_students_find(Office *office, const DeskWho *who, const char *typed, DeskFoundList *ret, Error *err)
{
    Finding finding = { who, ret };
    Error why = { 0 };

    *ret = (DeskFoundList){ 0 };
    if (names_search(office, typed, who->actor, add_found, &finding, &why))
        return true;
    return ret->more || why.code == ERR_ARGUMENT || error_set_cause(err, why.code, why.cause, "%s", why.text);
}

typedef struct Numbered {
    const DeskWho *who;
    const char *number;
    int64_t student;
} Numbered;

static bool find_number(StoreTransaction *transaction, void *arg, Error *err)
{
    Numbered *numbered = arg;
    bool found, seen = false;
    int64_t student;

    numbered->student = 0;
    if (!students_find(transaction, numbered->number, &found, &student, err) ||
        (found && !desk_student_is_seen(transaction, student, numbered->who->scope, &seen, err)))
        return false;
    if (found && seen)
        numbered->student = student;
    return true;
}

bool desk_student_of_number(Office *office, const DeskWho *who, const char *number, int64_t *ret, Error *err)
{
    Numbered numbered = { who, number, 0 };

    if (!store_read(office->store, find_number, &numbered, err))
        return error_add(err, "student");
    *ret = numbered.student;
    return true;
}

/* --- one of them -------------------------------------------------------------------------------------------------- */

typedef struct Opening {
    const Office *office;
    const DeskWho *who;
    const char *number;
    int64_t now_ms;
    DeskStudent *student;
    Language language; /* of the last request */
    bool asked;        /* there is one */
} Opening;

static bool add_part(void *ctx, const RecordRow *row, Error *err UNUSED)
{
    DeskStudent *student = ctx;
    RecordPart part;

    if (row->body.len == 0 || !record_part_parse(row->part, &part) || student->part_count == RECORD_PART_COUNT)
        return true;
    DeskPart *to = &student->parts[student->part_count++];
    *to = (DeskPart){ .part = part, .as_of_s = row->as_of_s };
    str_copy_cut(str_from(row->source), to->source, sizeof to->source);
    return true;
}

static bool read_parts(StoreTransaction *transaction, DeskStudent *student, Error *err)
{
    OWNED_BUF names;

    buf_init(&names, ALL_PARTS_MOST);
    buf_add_byte(&names, ',');
    for (RecordPart part = 0; part < RECORD_PART_COUNT; part++)
        buf_add_format(&names, "%s,", record_part_name(part));
    student->part_count = 0;
    return buf_ok(&names, err) && records_each(transaction, student->student, buf_text(&names), add_part, student, err);
}

static bool read_reason(StoreTransaction *transaction, DeskPaper *paper, Error *err)
{
    const DocumentRow *document = &paper->document;
    DocumentRow again;
    bool found;

    return document->state == DOCUMENT_ISSUED || document->state == DOCUMENT_PREPARING ||
           documents_by_number(transaction, document->register_name, document->year, document->number, &found, &again,
                               paper->reason, sizeof paper->reason, err);
}

static bool read_paper(StoreTransaction *transaction, const char *id, DeskPaper *ret, Error *err)
{
    bool found;

    *ret = (DeskPaper){ .has_copy = false };
    if (!documents_get(transaction, id, &found, &ret->document, err) || !read_reason(transaction, ret, err) ||
        !copies_newest_of(transaction, id, COPY_PAPER, &ret->has_copy, &ret->copy, err))
        return false;
    if (ret->has_copy)
        return print_jobs_of_copy(transaction, ret->copy.id, &ret->has_job, &ret->job, err);
    return copies_newest_of(transaction, id, COPY_PHONE, &ret->has_copy, &ret->copy, err);
}

static bool read_papers(StoreTransaction *transaction, DeskStudent *student, Error *err)
{
    char ids[DESK_PAPERS_MOST][ID_SIZE];

    if (!documents_of_student(transaction, student->student, ids, DESK_PAPERS_MOST, &student->paper_count, err))
        return false;
    for (size_t i = 0; i < student->paper_count; i++)
        if (!read_paper(transaction, ids[i], &student->papers[i], err))
            return error_add(err, "paper");
    return true;
}

static bool read_student(StoreTransaction *transaction, void *arg, Error *err)
{
    Opening *opening = arg;
    DeskStudent *student = opening->student;
    Numbered numbered = { opening->who, opening->number, 0 };

    if (!find_number(transaction, &numbered, err))
        return false;
    student->student = numbered.student;
    return student->student == 0 || (read_parts(transaction, student, err) && read_papers(transaction, student, err) &&
                                     requests_of_student(transaction, student->student, student->requests,
                                                         DESK_REQUESTS_MOST, &student->request_count, err) &&
                                     tickets_since(transaction, student->student, office_day_start_s(opening->office),
                                                   student->tickets, DESK_TICKETS_MOST, &student->ticket_count, err));
}

static bool note_seen(StoreTransaction *transaction, void *arg, Error *err)
{
    const Opening *opening = arg;

    return desk_student_note(transaction, opening->who, opening->student->student, "student.seen", opening->now_ms,
                             err);
}

/* What a clerk reads first, as a paper would say it. */
static bool read_facts(Office *office, DeskStudent *student, Language language, Error *err)
{
    static const char *const fields[] = {
        "student.passport_name",
        "student.birth_date",
        "study.status",
        "faculty.name",
        "programme.name",
        "study.type",
        "study.form",
        "study.payment",
        "study.year",
        "study.group",
        "results.gpa",
        "debts.count",
        "contract.paid_percent",
    };
    OWNED_RECORD record = { 0 };
    static_assert(COUNT(fields) <= DESK_FACTS_MOST, "room for each");

    if (!record_read(office, student->student, RECORD_RULES, &record, err))
        return false;
    const FieldSources sources = { .institution = office->institution,
                                   .words = shelf_words(student->shelf),
                                   .record = &record,
                                   .issued_s = office_now_s(office) };
    OWNED_BUF value;
    buf_init(&value, sizeof student->facts[0].value - 1);
    for (size_t i = 0; i < COUNT(fields); i++) {
        DeskFact *fact = &student->facts[student->fact_count];

        buf_clear(&value);
        fields_write(&sources, fields[i], language, &value);
        fact->field = fields[i];
        str_copy_cut(buf_str(&value), fact->value, sizeof fact->value);
        student->fact_count += value.len > 0;
    }
    buf_clear(&value);
    fields_write(&sources, "student.name", language, &value);
    str_copy_cut(buf_str(&value), student->name, sizeof student->name);
    buf_clear(&value);
    fields_write(&sources, "study.status_code", language, &value);
    str_copy_cut(buf_str(&value), student->status, sizeof student->status);
    return true;
}

bool desk_student_open(Office *office, const DeskWho *who, const char *number, Language language, DeskStudent **ret,
                       Error *err)
{
    OWNED(DeskStudent) student = mem_new(1, sizeof *student);
    Opening opening = { .office = office, .who = who, .number = number, .now_ms = office_now_ms(office) };

    *ret = NULL;
    if (!student)
        return error_set(err, ERR_MEMORY, "student");
    opening.student = student;
    if (!store_read(office->store, read_student, &opening, err))
        return error_add(err, "student");
    if (student->student == 0)
        return true;
    str_copy_cut(str_from(number), student->number, sizeof student->number);
    student->shelf = shelf_take(office);
    if (!store_write(office->store, note_seen, &opening, err) || !read_facts(office, student, language, err))
        return error_add(err, "student");
    *ret = steal(&student);
    return true;
}

void desk_student_free(DeskStudent *student)
{
    if (!student)
        return;
    shelf_drop(student->shelf);
    mem_wipe(student, sizeof *student);
    mem_free(student);
}

/* --- as the student sees it --------------------------------------------------------------------------------------- */

static bool read_last_language(StoreTransaction *transaction, void *arg, Error *err)
{
    Opening *opening = arg;
    StudentRequestRow last;
    size_t count;

    if (!requests_of_student(transaction, opening->student->student, &last, 1, &count, err))
        return false;
    opening->asked = count > 0 && language_parse(str_from(last.language), &opening->language);
    return true;
}

static bool note_home(StoreTransaction *transaction, void *arg, Error *err)
{
    const Opening *opening = arg;

    return desk_student_note(transaction, opening->who, opening->student->student, "student.services-seen",
                             opening->now_ms, err);
}

bool desk_student_home(Office *office, const DeskWho *who, const char *number, ApiHome **ret, Language *ret_language,
                       Error *err)
{
    OWNED(DeskStudent) student = mem_new(1, sizeof *student);
    ApiHome *home = NULL;

    *ret = NULL;
    if (!student)
        return error_set(err, ERR_MEMORY, "student");
    Opening opening = { .who = who, .now_ms = office_now_ms(office), .student = student };
    Session session = { .began_at_s = opening.now_ms / 1000, .clerk = who->actor, .reason = "" };
    if (!desk_student_of_number(office, who, number, &student->student, err))
        return false;
    if (student->student == 0)
        return true;
    session.student = student->student;
    str_copy_cut(str_from(number), session.number, sizeof session.number);
    home = mem_new(1, sizeof *home);
    if (!home)
        return error_set(err, ERR_MEMORY, "home");
    if (!store_write(office->store, note_home, &opening, err) ||
        !store_read(office->store, read_last_language, &opening, err) || !office_home(office, &session, home, err)) {
        mem_free(home);
        return error_add(err, "what a student sees");
    }
    if (opening.asked)
        *ret_language = opening.language;
    *ret = home;
    return true;
}
