/* The folded words of students' names, by which they are found. */
#ifndef REGISTRAR_STORE_NAMES_H
#define REGISTRAR_STORE_NAMES_H

#include "registrar/store/students.h"

#define NAMES_WORDS_MOST 3 /* that one search narrows by; who asks looks at further ones itself */

/* The student's words are those of folded (parted by single blanks; one may stand twice), made by that folding. */
bool names_put(StoreTransaction *transaction, int64_t student, Str folded, int folding, Error *err) MUST_USE;
/* The words of one who has none yet; that they are of a folding stands with the student (students_put). */
bool names_add(StoreTransaction *transaction, int64_t student, Str folded, Error *err) MUST_USE;

/* A student with the record part "profile". */
typedef struct NamedRow {
    int64_t student;
    char number[STUDENT_NUMBER_SIZE];
} NamedRow;

/* The next student after `after` by id (0: the first), whose words were made by another folding where stale is set;
 * replaces the body of its profile, empty where none is known. */
bool names_next(StoreTransaction *transaction, int64_t after, bool stale, int folding, bool *ret_found, NamedRow *ret,
                Buf *profile, Error *err) MUST_USE;
/* The student of this id, as names_next; false in *ret_found: gone since. */
bool names_get(StoreTransaction *transaction, int64_t student, bool *ret_found, NamedRow *ret, Buf *profile,
               Error *err) MUST_USE;
/* The next ones after `after` of whose words each of words (count: 1..NAMES_WORDS_MOST) begins one: up to most ids, in
 * their order.  The longest word should stand first: the others are looked for among those whom it finds. */
bool names_find(StoreTransaction *transaction, const Str *words, size_t count, int64_t after, int64_t *ids, size_t most,
                size_t *ret_count, Error *err) MUST_USE;

#endif
