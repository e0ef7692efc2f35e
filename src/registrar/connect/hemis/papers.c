#include <stdio.h>
#include <string.h>

#include "registrar/connect/hemis/fields.h"
#include "registrar/connect/hemis/inside.h"

static const Field paper_fields[] = {
    { "id", "id", FIELD_CODE, 0, 0, true },
    { "kind", "type", FIELD_CODE, 0, 0, true },
    { "number", "reference_number|number", FIELD_TEXT, 0, 60, false },
    { "name", "name", FIELD_TEXT, 0, 190, false },
    { "semester", "semester", FIELD_CODE, 0, 0, false },
    { "date", "reference_date|date", FIELD_DAY, 0, 0, false },
    { "file", "file", FIELD_TEXT, 0, 390, true },
};

/* student/reference tells no type: all are one. */
static const Field reference_fields[] = {
    { "id", "id", FIELD_CODE, 0, 0, true },
    { "number", "reference_number", FIELD_TEXT, 0, 60, false },
    { "semester", "semester", FIELD_CODE, 0, 0, false },
    { "date", "reference_date", FIELD_DAY, 0, 0, false },
    { "file", "file", FIELD_TEXT, 0, 390, true },
};

static void copy_member(const json_t *row, const char *member, char *array, size_t size)
{
    const char *text = json_string_value(json_object_get(row, member));

    str_copy_cut(str_from(text), array, size);
}

static void copy_paper(const json_t *row, const char *kind, HemisPaper *ret)
{
    memset(ret, 0, sizeof *ret);
    copy_member(row, "id", ret->id, sizeof ret->id);
    copy_member(row, "kind", ret->kind, sizeof ret->kind);
    copy_member(row, "number", ret->number, sizeof ret->number);
    copy_member(row, "name", ret->name, sizeof ret->name);
    copy_member(row, "semester", ret->semester, sizeof ret->semester);
    copy_member(row, "date", ret->date, sizeof ret->date);
    copy_member(row, "file", ret->file, sizeof ret->file);
    if (kind)
        str_copy_cut(str_from(kind), ret->kind, sizeof ret->kind);
}

static HemisOutcome ask_for(Hemis *hemis, const HemisToken *token, const char *path, bool acts, json_t **ret,
                            Error *err)
{
    OWNED_HEMIS_REPLY reply = { 0 };
    const HemisAsk ask = {
        .path = path, .language = hemis_languages[LANGUAGE_FIRST], .bearer = token->text, .acts = acts
    };
    HemisOutcome outcome = hemis_ask(hemis, &ask, &reply, err);

    if (outcome == HEMIS_OK)
        *ret = steal(&reply.data);
    return outcome;
}

static HemisOutcome strange(Error *err, const char *what)
{
    error_set(err, ERR_PROTOCOL, "%s", what);
    return HEMIS_STRANGE;
}

static HemisOutcome read_papers(const HemisConfig *config, const json_t *data, HemisPapers *ret, Error *err)
{
    Reading reading = { .config = config, .words = &(Words){ { NULL } } };
    json_t *row;
    size_t i;

    if (!json_is_array(data) && !json_is_array(words_member(data, "items")))
        return strange(err, "HEMIS's papers are no list");
    OWNED(json_t) list = fields_read_list(&reading, paper_fields, COUNT(paper_fields), data);
    if (!list) {
        error_set(err, ERR_MEMORY, "papers");
        return HEMIS_FAILED;
    }
    ret->count = 0;
    json_array_foreach(list, i, row)
    {
        if (ret->count < HEMIS_PAPERS_MOST)
            copy_paper(row, NULL, &ret->rows[ret->count++]);
    }
    return ret->count > 0 ? HEMIS_OK : HEMIS_NOTHING;
}

HemisOutcome hemis_papers(Hemis *hemis, const HemisToken *token, HemisPapers *ret, Error *err)
{
    OWNED(json_t) data = NULL;
    HemisOutcome outcome = ask_for(hemis, token, "/v1/student/document-all", false, &data, err);

    ret->count = 0;
    return outcome == HEMIS_OK ? read_papers(hemis_config(hemis), data, ret, err) : outcome;
}

/* --- the certificate that HEMIS makes ---------------------------------------------------------------------------- */

/* The newest of that semester. */
static HemisOutcome find_reference(const HemisConfig *config, const json_t *data, const char *semester, HemisPaper *ret,
                                   Error *err)
{
    Reading reading = { .config = config, .words = &(Words){ { NULL } } };
    HemisOutcome outcome = HEMIS_NOTHING;
    json_t *row;
    size_t i;

    if (!json_is_array(data) && !json_is_array(words_member(data, "items")))
        return strange(err, "HEMIS's references are no list");
    OWNED(json_t) list = fields_read_list(&reading, reference_fields, COUNT(reference_fields), data);
    if (!list) {
        error_set(err, ERR_MEMORY, "references");
        return HEMIS_FAILED;
    }
    json_array_foreach(list, i, row)
    {
        HemisPaper paper;

        copy_paper(row, "reference", &paper);
        if (strcmp(paper.semester, semester) != 0 || (outcome == HEMIS_OK && strcmp(paper.date, ret->date) < 0))
            continue;
        *ret = paper;
        outcome = HEMIS_OK;
    }
    return outcome;
}

HemisOutcome hemis_reference_look(Hemis *hemis, const HemisToken *token, int semester, HemisPaper *ret, Error *err)
{
    OWNED(json_t) data = NULL;
    HemisOutcome outcome = ask_for(hemis, token, "/v1/student/reference", false, &data, err);
    char code[12];

    (void)snprintf(code, sizeof code, "%d", 10 + semester); /* HEMIS's classifier of semesters begins with 11 */
    return outcome == HEMIS_OK ? find_reference(hemis_config(hemis), data, code, ret, err) : outcome;
}

/* What has just been made: whatever semester it says. */
static HemisOutcome read_made(const HemisConfig *config, const json_t *data, HemisPaper *ret)
{
    Reading reading = { .config = config, .words = &(Words){ { NULL } } };
    OWNED(json_t) row = json_object();

    if (!row || !fields_read(&reading, reference_fields, COUNT(reference_fields), data, row))
        return HEMIS_UNKNOWN;
    copy_paper(row, "reference", ret);
    return HEMIS_OK;
}

HemisOutcome hemis_reference(Hemis *hemis, const HemisToken *token, int semester, HemisPaper *ret, Error *err)
{
    OWNED(json_t) made = NULL;
    Error why = { 0 };
    HemisOutcome outcome = hemis_reference_look(hemis, token, semester, ret, err);

    if (outcome != HEMIS_NOTHING)
        return outcome;
    outcome = ask_for(hemis, token, "/v1/student/reference-generate", true, &made, err);
    if (outcome == HEMIS_OK)
        outcome = read_made(hemis_config(hemis), made, ret);
    if (outcome != HEMIS_UNKNOWN)
        return outcome;
    outcome = hemis_reference_look(hemis, token, semester, ret, &why);
    return outcome == HEMIS_OK ? HEMIS_OK : HEMIS_UNKNOWN;
}

HemisOutcome hemis_paper_fetch(Hemis *hemis, const HemisToken *token, const HemisPaper *paper, Buf *ret_pdf, Error *err)
{
    return hemis_fetch(hemis, paper->file, token->text, ret_pdf, err);
}
