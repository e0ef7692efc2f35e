/* Tallies by keys, while they are counted.  Inside office/. */
#ifndef REGISTRAR_OFFICE_TALLIES_H
#define REGISTRAR_OFFICE_TALLIES_H

#include "registrar/office/statistics.h"

#define TALLIES_MOST 512 /* keys of one list; what comes under further ones is counted under "" */

typedef struct Tallies {
    TallyList *list;
    uint16_t *slots; /* owned: 1 + index of a row, by the hash of its key; 0: free */
} Tallies;

bool tallies_init(Tallies *tallies, TallyList *list, Error *err) MUST_USE;
/* No key is there. */
void tallies_clear(Tallies *tallies);
/* Puts the rows in the order of their keys. */
void tallies_end(Tallies *tallies);
/* The key's, which is there from now on; good until all are cleared. */
Tally *tallies_of(Tallies *tallies, Str key);

#endif
