/* The fields that a paper may show: the closed registry that templates are checked against, and their values for one
 * student in one language.  Source of the shapes: assets/demo/README.md; of the words: HEMIS's classifiers (words.h).
 *
 *   institution.ministry .name .second_name (in a second language) .address (lines, with phone and e-mail) .city
 *   student.name (whole, in the paper's language) .surname .given .patronymic .number .birth_date (in words)
 *           .citizenship (country) .pinfl (absent for foreigners)
 *   study.type (Bakalavriat) .form (kunduzgi) .form_code (HEMIS's: 11) .payment (Davlat granti) .entry_year .year
 *         .years (of the programme) .semester .academic_year (2026/2027) .group
 *   faculty.name   programme.code .name   signatory.role .name
 *   receiver       the sentence of the form's answer, absent when nothing was asked
 *   record.date    what day the data are of
 *   issued.date (in words) .date_figures .time   copy.n   kiosk.place
 *
 * The last two belong to a copy, all others to the document. */
#ifndef REGISTRAR_OFFICE_FIELDS_H
#define REGISTRAR_OFFICE_FIELDS_H

#include "registrar/office/institution.h"
#include "wire/form.h"

typedef struct FieldSources {
    const Institution *institution;
    const json_t *profile;  /* record part "profile", with "pinfl" */
    const char *number;     /* the student's */
    int64_t as_of_s;        /* of the record */
    const Service *service; /* with answers: for receiver; NULL: none */
    const Answers *answers;
    int64_t issued_s;
} FieldSources;

/* FieldKnown of document/template.h. */
bool field_known(const char *name);
/* A new object: text by name, of every field of the document that has a value.  *ret_missing (static): the first that
 * every paper needs and the record lacks; NULL when it is whole.  NULL without memory. */
json_t *fields_make(const FieldSources *sources, Language language, const char **ret_missing, Error *err) MUST_USE;
/* Adds those of a copy. */
bool fields_add_copy(json_t *values, int copy_n, const char *place, Error *err) MUST_USE;
/* "K*****a D*****a" from surname and given name: five stars whatever the length. */
void fields_mask_holder(const json_t *profile, char *array, size_t size);
/* One Latin form for the seal: the name as the Uzbek passport writes it.  NULL when the record has none. */
const char *fields_holder(const json_t *profile);

#endif
