/* A template: what a paper says, as data (MODEL.md section 4).  Blocks with text in Pango markup and {fields}.
 * Checked whole when loaded; an unknown key, block or field is refused with its path.  Then constant: any thread. */
#ifndef REGISTRAR_DOCUMENT_TEMPLATE_H
#define REGISTRAR_DOCUMENT_TEMPLATE_H

#include <jansson.h>

#include "base/language.h"
#include "wire/seal.h"

typedef struct Template Template;

/* Tells whether the office knows a field name such as "student.name"; the registry is the office's. */
typedef bool (*FieldKnown)(const char *name);

Template *template_parse(Str json, FieldKnown known, Error *err) MUST_USE;
void template_free(Template *template);
OWNED_BY(Template, template_free)

const char *template_id(const Template *template);
/* "M": which register numbers it. */
const char *template_register(const Template *template);
/* 16 hex digits of the hash of its text. */
const char *template_version(const Template *template);
bool template_has_language(const Template *template, Language language);
/* The kind's name as a title for lists and the public page. */
const char *template_title(const Template *template, Language language);
/* Sealed fields, in order; *ret_value_field: the field whose value is sealed. */
size_t template_sealed_count(const Template *template);
SealField template_sealed_at(const Template *template, size_t index, const char **ret_value_field);

#endif
