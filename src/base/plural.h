/* The plural rule of a catalogue: "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : ...);" as C would read it.
 * Source: GNU gettext manual, "Additional functions for plural forms".  Rules come from files, so both size and depth
 * are bounded. */
#ifndef BASE_PLURAL_H
#define BASE_PLURAL_H

#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

#define PLURAL_FORMS_MAX 6   /* no language of CLDR has more */
#define PLURAL_NODES_MAX 160 /* Breton, the longest known, takes 117 */

typedef enum PluralOp {
    PLURAL_NUMBER,
    PLURAL_N,
    PLURAL_NOT,
    PLURAL_MULTIPLY,
    PLURAL_DIVIDE,
    PLURAL_REMAINDER,
    PLURAL_ADD,
    PLURAL_SUBTRACT,
    PLURAL_LESS,
    PLURAL_GREATER,
    PLURAL_LESS_EQUAL,
    PLURAL_GREATER_EQUAL,
    PLURAL_EQUAL,
    PLURAL_NOT_EQUAL,
    PLURAL_AND,
    PLURAL_OR,
    PLURAL_CHOOSE
} PluralOp;

typedef struct PluralNode {
    PluralOp op;
    uint32_t number;  /* PLURAL_NUMBER */
    uint8_t under[3]; /* indexes of the operands */
} PluralNode;

typedef struct PluralRule {
    unsigned forms; /* 1..PLURAL_FORMS_MAX */
    unsigned count; /* of nodes */
    uint8_t root;
    PluralNode nodes[PLURAL_NODES_MAX];
} PluralRule;

/* The value of the catalogue's Plural-Forms line. */
bool plural_parse(Str line, PluralRule *ret, Error *err) MUST_USE;
/* 0..forms-1, also where the rule says otherwise (then 0). */
unsigned plural_form(const PluralRule *rule, uint64_t n);

#endif
