/* Words: a template's text in Pango markup with {fields}, taken apart once when the template is loaded, filled for each
 * paper. */
#ifndef REGISTRAR_DOCUMENT_WORDS_H
#define REGISTRAR_DOCUMENT_WORDS_H

#include <jansson.h>

#include "base/buf.h"

#define WORDS_FILLED_MOST (32u << 10) /* bytes of one filled text */

typedef struct Piece {
    Str text; /* markup, or a field's name; borrowed from the text that was parsed */
    bool field;
} Piece;

typedef struct Words {
    Piece *pieces;
    size_t count; /* 0: no words */
} Words;

/* Where fields find their values: what the row itself says, then an own pair, then the row's group, then the paper. */
typedef struct Scope {
    const json_t *values;
    const json_t *row;   /* NULL outside tables */
    const json_t *group; /* the record of the row's group; NULL: none */
    const struct ScopeOwn {
        const char *name;
        const char *value;       /* NULL: not known yet */
        const char *placeholder; /* drawn as a grey bar of this text's width while value is NULL */
    } * own;
    size_t own_count;
} Scope;

/* text must outlive the result.  ERR_FORMAT: a brace without its fellow, a field inside a tag, or markup that is none.
 */
bool words_parse(Str text, Words *ret, Error *err) MUST_USE;
void words_fini(Words *words);

/* True when the field has a value (a list: a record), or will have one. */
bool scope_has(const Scope *scope, Str field);
/* A value as it stands in the record, zero-ended; false when there is none. */
bool scope_text(const Scope *scope, Str field, Str *ret) MUST_USE;
/* Appends markup: values NFC and escaped; in capitals when upper is true (such words hold no tags).
 * ERR_FORMAT: a field without a value, or a value with control, bidi or zero-width characters (a line end is allowed).
 */
bool words_fill(const Words *words, const Scope *scope, bool upper, Buf *markup, Error *err) MUST_USE;

#endif
