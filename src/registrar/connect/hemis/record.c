#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/connect/hemis/inside.h"
#include "registrar/connect/hemis/parts.h"

static const char *const part_names[] = {
    [HEMIS_PROFILE] = "profile",   [HEMIS_RESULTS] = "results", [HEMIS_ASSESSMENTS] = "assessments",
    [HEMIS_SCHEDULE] = "schedule", [HEMIS_EXAMS] = "exams",     [HEMIS_ATTENDANCE] = "attendance",
    [HEMIS_CONTRACT] = "contract", [HEMIS_ORDERS] = "orders",
};
static_assert(COUNT(part_names) == HEMIS_PART_COUNT, "a name each");

const char *hemis_part_name(HemisPart part)
{
    return part_names[part];
}

void hemis_record_init(HemisRecord *record, const char *number)
{
    memset(record, 0, sizeof *record);
    str_copy_cut(str_from(number), record->number, sizeof record->number);
    for (int i = 0; i < HEMIS_PART_COUNT; i++) {
        buf_init(&record->parts[i].body, HEMIS_PART_MOST);
        record->parts[i].outcome = HEMIS_UNCHANGED;
    }
}

void hemis_record_fini(HemisRecord *record)
{
    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        buf_fini(&record->parts[i].body);
    mem_wipe(record, sizeof *record);
}

/* --- one reading ------------------------------------------------------------------------------------------------- */

/* What one hemis_read has in hand. */
typedef struct Reader {
    Hemis *hemis;
    const HemisToken *token;
    HemisRecord *record;
    unsigned parts;
    bool quick;
    bool named;        /* what is studied was asked for in the other languages */
    bool placed;       /* and where it is taught */
    HemisOutcome gone; /* AWAY, EXPIRED or LIMITED: nobody is asked any more; OK: go on */
    Words words;
    Reading reading;
    Term term;
    json_t *me, *subjects, *absences, *orders; /* owned; NULL: not read (yet) */
} Reader;

static void reader_fini(Reader *reader)
{
    words_release(&reader->words);
    json_decref(reader->me);
    json_decref(reader->subjects);
    json_decref(reader->absences);
    json_decref(reader->orders);
}
#define OWNED_READER __attribute__((cleanup(reader_fini))) Reader

static bool wanted(const Reader *reader, HemisPart part)
{
    return (reader->parts & HEMIS_PART(part)) != 0;
}

/* answer: of the part whose ETag goes with it; NULL: not conditional. */
static HemisOutcome get(Reader *reader, const char *path, const char *query, Language language, HemisPartAnswer *answer,
                        json_t **ret, Error *err)
{
    OWNED_HEMIS_REPLY reply = { 0 };

    if (reader->gone != HEMIS_OK) {
        error_set(err, ERR_OFFLINE, "HEMIS is not asked any more");
        return reader->gone;
    }
    const HemisAsk ask = { .path = path,
                           .query = query,
                           .language = hemis_languages[language],
                           .bearer = reader->token->text,
                           .etag = answer ? answer->etag : NULL,
                           .deadline_ms = reader->quick ? hemis_sign_in_deadline_ms(reader->hemis) : 0 };
    HemisOutcome outcome = hemis_ask(reader->hemis, &ask, &reply, err);
    if (outcome == HEMIS_AWAY || outcome == HEMIS_EXPIRED || outcome == HEMIS_LIMITED)
        reader->gone = outcome;
    if (outcome == HEMIS_OK) {
        if (answer)
            memcpy(answer->etag, reply.etag, sizeof answer->etag);
        *ret = steal(&reply.data);
    }
    return outcome;
}

/* Takes json; NULL is why it could not be made, in *err. */
static void keep(HemisPartAnswer *answer, json_t *json, Error *err)
{
    OWNED(json_t) part = json;

    if (part && json_write(part, &answer->body, err)) {
        answer->outcome = HEMIS_OK;
        return;
    }
    buf_clear(&answer->body);
    answer->etag[0] = '\0';
    answer->outcome = err->code == ERR_NOT_FOUND                ? HEMIS_NOTHING
                      : err->code == ERR_MEMORY && part == NULL ? HEMIS_FAILED
                                                                : HEMIS_STRANGE;
}

/* The same words in the languages besides the first; a language that is not to be had is done without. */
static bool gather(Reader *reader, const char *path, const char *query, Error *err)
{
    for (int i = LANGUAGE_FIRST + 1; i < LANGUAGE_COUNT; i++) {
        OWNED(json_t) answer = NULL;
        Error why = { 0 };

        if (!hemis_languages[i] || get(reader, path, query, (Language)i, NULL, &answer, &why) != HEMIS_OK)
            continue;
        if (!words_gather(&reader->words, (Language)i, answer, err))
            return false;
    }
    return true;
}

static void semester_query(const Reader *reader, int semester, char query[32])
{
    bool underscored = hemis_config(reader->hemis)->semester_underscored;

    (void)snprintf(query, 32, "%ssemester=%d", underscored ? "_" : "", 10 + semester);
}

/* --- the parts, in an order in which each finds what it needs of others ------------------------------------------- */

static void read_orders(Reader *reader, HemisPartAnswer *answer)
{
    OWNED(json_t) decrees = NULL;
    Error err = { 0 };
    /* The profile needs them even where they are as they were. */
    HemisPartAnswer *conditional = wanted(reader, HEMIS_PROFILE) ? NULL : answer;

    answer->outcome = get(reader, "/v1/student/decree", NULL, LANGUAGE_FIRST, conditional, &decrees, &err);
    if (answer->outcome != HEMIS_OK)
        return;
    reader->orders = part_orders(&reader->reading, decrees, &err);
    keep(answer, json_incref(reader->orders), &err);
}

static void read_contract(Reader *reader, HemisPartAnswer *answer, json_t **ret_contract)
{
    Error err = { 0 };

    answer->outcome = get(reader, "/v1/student/contract", NULL, LANGUAGE_FIRST,
                          wanted(reader, HEMIS_PROFILE) ? NULL : answer, ret_contract, &err);
    if (answer->outcome == HEMIS_OK && json_object_size(*ret_contract) == 0)
        answer->outcome = HEMIS_NOTHING;
    else if (answer->outcome == HEMIS_OK)
        keep(answer, part_contract(&reader->reading, *ret_contract, &err), &err);
}

static void read_profile(Reader *reader, const json_t *contract)
{
    HemisPartAnswer *answer = &reader->record->parts[HEMIS_PROFILE];
    OWNED(json_t) averages = NULL;
    Error err = { 0 };

    if (!reader->quick) {
        HemisOutcome outcome = get(reader, "/v1/education/gpa-list", NULL, LANGUAGE_FIRST, NULL, &averages, &err);

        if (outcome == HEMIS_OK || outcome == HEMIS_NOTHING)
            outcome = reader->record->parts[HEMIS_ORDERS].outcome;
        /* Without them the profile would lose what it had: it is read another time. */
        if (outcome != HEMIS_OK && outcome != HEMIS_NOTHING) {
            answer->etag[0] = '\0';
            answer->outcome = outcome;
            return;
        }
    }
    keep(answer,
         part_profile(&reader->reading, reader->me, averages, contract, reader->orders, reader->record->pinfl, &err),
         &err);
}

static bool read_subjects(Reader *reader, HemisPart first, Error *err)
{
    HemisPartAnswer *answer = &reader->record->parts[first];
    HemisOutcome outcome =
        get(reader, "/v1/education/subject-list", NULL, LANGUAGE_FIRST, answer, &reader->subjects, err);

    for (int i = HEMIS_RESULTS; i <= HEMIS_ASSESSMENTS; i++) {
        reader->record->parts[i].outcome = outcome;
        if (i != (int)first)
            memcpy(reader->record->parts[i].etag, answer->etag, sizeof answer->etag);
    }
    return outcome == HEMIS_OK;
}

/* Results have no day of their own: an exam's is. */
static json_t *exam_days(Reader *reader, Error *err)
{
    OWNED(json_t) days = json_object();

    for (int semester = 1; days && semester <= reader->term.semester && reader->gone == HEMIS_OK; semester++) {
        OWNED(json_t) exams = NULL;
        Error why = { 0 };
        char query[32];

        semester_query(reader, semester, query);
        if (get(reader, "/v1/education/exam-table", query, LANGUAGE_FIRST, NULL, &exams, &why) == HEMIS_OK &&
            !part_exam_days(&reader->reading, semester, exams, days, err))
            return NULL;
    }
    if (!days)
        error_set(err, ERR_MEMORY, "days of exams");
    return steal(&days);
}

static void read_studies(Reader *reader)
{
    HemisPartAnswer *results = &reader->record->parts[HEMIS_RESULTS],
                    *assessments = &reader->record->parts[HEMIS_ASSESSMENTS];
    Error err = { 0 };

    if (!wanted(reader, HEMIS_RESULTS) && !wanted(reader, HEMIS_ASSESSMENTS))
        return;
    /* One answer makes both: only when both are kept of the same one may it be unchanged. */
    if (wanted(reader, HEMIS_RESULTS) && wanted(reader, HEMIS_ASSESSMENTS) &&
        strcmp(results->etag, assessments->etag) != 0)
        results->etag[0] = assessments->etag[0] = '\0';
    if (!read_subjects(reader, wanted(reader, HEMIS_RESULTS) ? HEMIS_RESULTS : HEMIS_ASSESSMENTS, &err))
        return;
    if (!reader->quick && !reader->named && !gather(reader, "/v1/education/subject-list", NULL, &err)) {
        results->outcome = assessments->outcome = HEMIS_FAILED;
        return;
    }
    reader->named = true;
    if (wanted(reader, HEMIS_RESULTS)) {
        OWNED(json_t) days = reader->quick ? NULL : exam_days(reader, &err);

        keep(results, part_results(&reader->reading, &reader->term, reader->subjects, days, &err), &err);
    }
    if (wanted(reader, HEMIS_ASSESSMENTS))
        keep(assessments, part_assessments(&reader->reading, &reader->term, reader->subjects, reader->absences, &err),
             &err);
}

/* What is studied, by its names in each language, for parts that tell lessons; and where. */
static bool name_subjects(Reader *reader, HemisPart part, const char *query, Error *err)
{
    if (reader->quick)
        return true;
    if (!reader->named && !gather(reader, "/v1/education/subject-list", NULL, err))
        return false;
    reader->named = true;
    if (part == HEMIS_ATTENDANCE || reader->placed)
        return true;
    reader->placed = true;
    return gather(reader, "/v1/education/schedule", query, err);
}

static void read_of_semester(Reader *reader, HemisPart part, const char *path)
{
    HemisPartAnswer *answer = &reader->record->parts[part];
    OWNED(json_t) data = NULL;
    Error err = { 0 };
    char query[32];
    const HemisConfig *config = hemis_config(reader->hemis);

    if (!wanted(reader, part))
        return;
    semester_query(reader, reader->term.semester, query);
    answer->outcome = get(reader, path, reader->term.semester ? query : NULL, LANGUAGE_FIRST, answer, &data, &err);
    if (answer->outcome != HEMIS_OK)
        return;
    if (!name_subjects(reader, part, query, &err)) {
        answer->outcome = HEMIS_FAILED;
        return;
    }
    if (part == HEMIS_SCHEDULE) {
        Date today = date_time_at(clock_wall_ms(&config->clock), config->utc_offset_minutes).date;

        keep(answer, part_schedule(&reader->reading, data, today, &err), &err);
    } else if (part == HEMIS_EXAMS) {
        keep(answer, part_exams(&reader->reading, data, &err), &err);
    } else {
        reader->absences = part_attendance(&reader->reading, &reader->term, data, &err);
        keep(answer, json_incref(reader->absences), &err);
    }
}

/* Who it is; what it says of the term serves all other parts. */
static HemisOutcome read_me(Reader *reader, Error *err)
{
    HemisPartAnswer *answer = &reader->record->parts[HEMIS_PROFILE];
    char known[HEMIS_ETAG_SIZE], number[HEMIS_NUMBER_SIZE];
    HemisRecord *record = reader->record;

    memcpy(known, answer->etag, sizeof known);
    answer->etag[0] = '\0'; /* asked for anyway: it tells whose answers these are */
    HemisOutcome outcome = get(reader, "/v1/account/me", NULL, LANGUAGE_FIRST, answer, &reader->me, err);
    if (outcome == HEMIS_NOTHING || outcome == HEMIS_UNCHANGED || outcome == HEMIS_REFUSED)
        outcome = HEMIS_STRANGE;
    if (outcome != HEMIS_OK)
        return outcome;
    part_number(&reader->reading, reader->me, number);
    if (!number[0] || strcmp(number, record->number) != 0) {
        error_set(err, ERR_PROTOCOL, "HEMIS told of somebody else than was asked for");
        return HEMIS_STRANGE;
    }
    OWNED(json_t) profile = part_profile(&reader->reading, reader->me, NULL, NULL, NULL, record->pinfl, err);
    if (!profile)
        return err && err->code == ERR_MEMORY ? HEMIS_FAILED : HEMIS_STRANGE;
    reader->term = part_term(profile);
    OWNED(json_t) valid = fields_value(&reader->reading, FIELD_BOOL, fields_find(reader->me, "password_valid"));
    record->password_is_first = json_is_false(valid);
    answer->outcome = known[0] && strcmp(known, answer->etag) == 0 ? HEMIS_UNCHANGED : HEMIS_OK;
    return HEMIS_OK;
}

static void read_parts(Reader *reader)
{
    HemisPartAnswer *parts = reader->record->parts;
    OWNED(json_t) contract = NULL;
    bool anew = wanted(reader, HEMIS_PROFILE) && parts[HEMIS_PROFILE].outcome == HEMIS_OK;
    Error err = { 0 };

    if (wanted(reader, HEMIS_ORDERS) || (anew && !reader->quick))
        read_orders(reader, &parts[HEMIS_ORDERS]);
    if (wanted(reader, HEMIS_CONTRACT) || (anew && !reader->quick))
        read_contract(reader, &parts[HEMIS_CONTRACT], &contract);
    if (anew && !reader->quick && !gather(reader, "/v1/account/me", NULL, &err))
        parts[HEMIS_PROFILE].outcome = HEMIS_FAILED;
    else if (anew)
        read_profile(reader, contract);
    read_of_semester(reader, HEMIS_ATTENDANCE, "/v1/education/attendance");
    read_studies(reader);
    read_of_semester(reader, HEMIS_SCHEDULE, "/v1/education/schedule");
    read_of_semester(reader, HEMIS_EXAMS, "/v1/education/exam-table");
}

/* What was read for another part's sake alone is nobody's. */
static void forget_unwanted(Reader *reader)
{
    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        if (!wanted(reader, (HemisPart)i)) {
            buf_clear(&reader->record->parts[i].body);
            reader->record->parts[i].etag[0] = '\0';
            reader->record->parts[i].outcome = HEMIS_UNCHANGED;
        }
}

HemisOutcome hemis_read(Hemis *hemis, const HemisToken *token, unsigned parts, bool quick, HemisRecord *record,
                        Error *err)
{
    OWNED_READER reader = { .hemis = hemis, .token = token, .record = record, .parts = parts, .quick = quick };
    Error why = { 0 };

    reader.reading = (Reading){ .config = hemis_config(hemis), .words = &reader.words };
    HemisOutcome outcome = read_me(&reader, &why);
    if (outcome != HEMIS_OK) {
        record->pinfl[0] = '\0';
        if (err)
            *err = why;
        return outcome;
    }
    read_parts(&reader);
    forget_unwanted(&reader);
    return HEMIS_OK;
}
