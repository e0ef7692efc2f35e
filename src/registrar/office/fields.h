/* The closed registry of fields that a template may name, and how each is made from the record.
 * fields_known is the registry for template_parse; fields_make gives every one of them: the snapshot of a document. */
#ifndef REGISTRAR_OFFICE_FIELDS_H
#define REGISTRAR_OFFICE_FIELDS_H

#include "registrar/office/institution.h"
#include "wire/form.h"

/* institution.name .second_name .ministry .address .city; signatory.role .name;
 * student.name .pinfl (absent for foreigners) .birth_date .citizenship .number .first_name;
 * study.type .form .form_code .payment .entry_year .year .semester .academic_year .years .group;
 * faculty.name; programme.code .name; receiver (the sentence that says for whom);
 * issued.date .date_figures .time; record.date; copy.n; kiosk.place; results (rows) */
bool field_known(const char *name);

typedef struct FieldsInput {
    const Institution *institution;
    const json_t *profile;  /* as assets/demo/README.md has it */
    const json_t *results;  /* NULL: none */
    const char *number;     /* the student's */
    Language language;      /* of the document */
    const Service *service; /* for the sentence of the receiver */
    const Answers *answers;
    int64_t issued_at_ms;
    int64_t record_as_of_s;
    int copy_n;
    const char *kiosk_place;
} FieldsInput;

/* A new object of text values (and lists of rows).  ERR_FORMAT: the record lacks what every paper needs. */
json_t *fields_make(const FieldsInput *input, Error *err) MUST_USE;
/* "K*****a D*****a": first and last letter of surname and given name. */
void fields_mask_name(const json_t *profile, char *array, size_t size);
/* One Latin form for the seal: names.uz. */
const char *fields_holder(const json_t *profile);

#endif
