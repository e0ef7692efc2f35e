/* Reading a template's JSON: every function refuses what it does not know, with the path of the place. */
#ifndef REGISTRAR_DOCUMENT_TEMPLATE_READ_H
#define REGISTRAR_DOCUMENT_TEMPLATE_READ_H

#include "registrar/document/body.h"

#define TEMPLATE_PATH_SIZE 96

typedef struct Path {
    char text[TEMPLATE_PATH_SIZE];
} Path;

typedef struct Reader {
    FieldKnown known;
    bool figures; /* something on the paper is a figure that a forger would change */
} Reader;

/* "blocks[3]" under "languages.uz"; index < 0: none. */
Path path_down(const Path *path, const char *key, int index);
/* ERR_FORMAT "path: words". */
bool path_error(const Path *path, Error *err, const char *format, ...) PRINTF_LIKE(3, 4);
/* keys ends with NULL. */
bool read_keys(const json_t *object, const Path *path, const char *const *keys, Error *err) MUST_USE;
/* A text of 1..most bytes, zero-ended, owned by the JSON. */
bool read_text(const json_t *object, const Path *path, const char *key, size_t most, const char **ret,
               Error *err) MUST_USE;
/* A number in millimetres within bounds; fallback when absent. */
bool read_length(const json_t *object, const Path *path, const char *key, double fallback, double least, double most,
                 double *ret, Error *err) MUST_USE;
bool read_flag(const json_t *object, const Path *path, const char *key, bool *ret, Error *err) MUST_USE;
/* An absent key leaves *ret empty, which is refused when needed is true.  list: the table whose rows the words stand
 * in, or empty. */
bool read_words(Reader *reader, const json_t *object, const Path *path, const char *key, bool needed, Str list,
                Words *ret, Error *err) MUST_USE;
/* "when_present" and "when_absent". */
bool read_presence(Reader *reader, const json_t *object, const Path *path, Presence *ret, Error *err) MUST_USE;
/* Which of names (count of them) the text under key is; fallback when absent. */
bool read_choice(const json_t *object, const Path *path, const char *key, const char *const *names, size_t count,
                 int fallback, int *ret, Error *err) MUST_USE;
bool read_field_known(Reader *reader, const Path *path, Str list, Str field, Error *err) MUST_USE;

bool read_block(Reader *reader, const json_t *json, const Path *path, Block *ret, Error *err) MUST_USE;
void block_fini(Block *block);

#endif
