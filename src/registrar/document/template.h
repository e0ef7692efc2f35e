/* A template: what a paper says, as data (MODEL.md section 4).  Blocks with text in Pango markup and {fields}.
 * Checked whole when loaded; an unknown key, block or field is refused with its path.  Then constant: any thread. */
#ifndef REGISTRAR_DOCUMENT_TEMPLATE_H
#define REGISTRAR_DOCUMENT_TEMPLATE_H

#include <jansson.h>

#include "base/language.h"
#include "wire/seal.h"

typedef struct Template Template;

typedef enum PageSize {
    PAGE_A4,
    PAGE_CARD, /* ID-1 of ISO/IEC 7810: printed at the window, not by a kiosk */
    PAGE_SIZE_COUNT
} PageSize;

/* Tells whether the office knows a field name such as "student.name"; the registry is the office's. */
typedef bool (*FieldKnown)(const char *name);

Template *template_parse(Str json, FieldKnown known, Error *err) MUST_USE;
void template_free(Template *template);
OWNED_BY(Template, template_free)

const char *template_id(const Template *template);
/* "M": which register numbers it. */
const char *template_register(const Template *template);
PageSize template_page(const Template *template);
double page_width(PageSize page); /* millimetres */
double page_height(PageSize page);
/* 16 hex digits of the hash of its text. */
const char *template_version(const Template *template);
bool template_has_language(const Template *template, Language language);
/* The wanted one, or the first that it has: told in another language rather than not at all. */
Language template_language(const Template *template, Language wanted);
/* The kind's name as a title for lists and the public page. */
const char *template_title(const Template *template, Language language);
/* A field that the template shows: the paper's own ("number", "page") are not among them.  A field stands there once a
 * block at least, whatever its language. */
typedef struct TemplateUse {
    const char *name; /* of a list's record with the list's name: "results.rows.subject" */
    Language language;
    int block;    /* which of that language's */
    bool guarded; /* its block or row is left out under some condition */
} TemplateUse;
size_t template_use_count(const Template *template);
TemplateUse template_use_at(const Template *template, size_t index);
/* The first field that a paper in this language would show, or its seal hold, and that has no value; NULL: none.  An
 * empty list is a value; what a paper leaves out, its seal leaves out too.  later: those that need none yet. */
const char *template_lacks(const Template *template, Language language, const json_t *values,
                           bool (*later)(const char *name));
/* Sealed fields, in order; *ret_value_field: the field whose value is sealed. */
size_t template_sealed_count(const Template *template);
SealField template_sealed_at(const Template *template, size_t index, const char **ret_value_field);

#endif
