/* Names as HEMIS tells them, in the house's languages: of things, by their codes, gathered from answers in each
 * language; of people, who have one name in one script.  Inside connect/hemis. */
#ifndef REGISTRAR_CONNECT_HEMIS_WORDS_H
#define REGISTRAR_CONNECT_HEMIS_WORDS_H

#include <jansson.h>

#include "base/buf.h"
#include "base/language.h"

#define WORDS_TEXT_MOST 400 /* bytes of a name; more is cut */

typedef struct Words {
    json_t *of[LANGUAGE_COUNT]; /* "subject:1234" to a name; owned; NULL: nothing was gathered in that language */
} Words;

void words_release(Words *words);
#define OWNED_WORDS __attribute__((cleanup(words_release))) Words

/* Every object of the answer with a code (or id) and a name, by the member that it stands under. */
bool words_gather(Words *words, Language language, const json_t *answer, Error *err) MUST_USE;
/* The four names of a thing: those that were gathered of its kind and code; else its own text, in letters of the
 * language's script.  NULL without memory. */
json_t *words_names(const Words *words, const char *kind, const char *code, Str text) MUST_USE;
/* Of a whole name: as papers of each language write it; English ones put the surname last, in capitals.  A
 * foreigner's stays in Latin letters, since no record has it in others.  given and patronymic may be "". */
json_t *words_person(Str surname, Str given, Str patronymic, bool foreign) MUST_USE;
/* Appends one name, cleaned and, where it is all in capitals, in small letters: KARIMOVA is Karimova, QIZI qizi. */
void words_person_part(Buf *buf, Str name);
/* Appends text without what may not stand in a record (controls, marks of direction), trimmed, at most WORDS_TEXT_MOST
 * bytes. */
void words_clean(Buf *buf, Str text);

/* A member by its name, else by the same name written another way: student_id_number is studentIdNumber, _semester is
 * semester.  null is as absent.  Borrowed; NULL: there is none. */
const json_t *words_member(const json_t *object, const char *name);

#endif
