/* The fields that a paper may show: the closed registry that templates are checked against, and their values for one
 * student in one language.  Source of the shapes: assets/demo/README.md (record, institution); of the words: the
 * glossary (HEMIS's classifiers in four languages).
 *
 *   institution.ministry .name .second_name (in a second language) .address (lines, with phone and e-mail) .city
 *   student.name (whole, in the paper's language) .surname .given .patronymic .number .birth_date (in words)
 *           .citizenship (country) .pinfl (absent for foreigners)
 *   study.type (Bakalavriat) .form (kunduzgi) .form_code (HEMIS's: 11) .payment (Davlat granti) .entry_year .year
 *         .years (of the programme) .semester .academic_year (2026/2027) .group .language
 *   faculty.name   programme.code .name   signatory.role .name
 *   receiver       the sentence of the form's answer, absent when nothing was asked
 *   record.date    what day the data are of
 *   issued.date (in words) .date_figures .time   copy.n   kiosk.place
 */
#ifndef REGISTRAR_OFFICE_FIELDS_H
#define REGISTRAR_OFFICE_FIELDS_H

#include <jansson.h>

#include "base/date.h"
#include "wire/form.h"

typedef struct FieldSources {
    const json_t *institution; /* institution.json's object */
    const json_t *profile;     /* record part "profile", with "pinfl" */
    const char *number;        /* the student's */
    int64_t as_of_s;           /* of the record */
    const Service *service;    /* with answers: for receiver; NULL: none */
    const Answers *answers;
    int64_t issued_s;
    int copy_n;
    const char *place; /* of the kiosk */
    int utc_offset_minutes;
} FieldSources;

/* FieldKnown of document/template.h. */
bool field_known(const char *name);
/* All fields that have a value, as text by name.  *ret_missing: the first that must have one and has none, NULL when
 * the record is whole (static).  False only without memory. */
bool fields_fill(const FieldSources *sources, Language language, json_t **ret_values, const char **ret_missing,
                 Error *err) MUST_USE;
/* "K*****a D*****a" from surname and given name. */
void holder_mask(const json_t *profile, char *array, size_t size);

#endif
