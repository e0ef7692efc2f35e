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
    Template *template; /* whose uses are told */
    Language language;  /* of the body under way */
    int block;
    size_t block_mark;
    PageSize page;
    bool figures; /* something on the paper is a figure that a forger would change */
} Reader;

/* Where words may find their fields: among those of the paper, of a list's records, or both. */
typedef struct FieldPlaces {
    bool paper;
    bool may_lack; /* it is asked for, and the paper is whole without it */
    Str lists[2];  /* empty: none */
} FieldPlaces;

#define OF_PAPER       ((FieldPlaces){ .paper = true })
#define OF_PAPER_MAYBE ((FieldPlaces){ .paper = true, .may_lack = true })

/* "blocks[3]" under "languages.uz"; index < 0: none. */
Path path_down(const Path *path, const char *key, int index);
/* ERR_FORMAT "path: words". */
bool path_error(const Path *path, Error *err, const char *format, ...) PRINTF_LIKE(3, 4);
/* keys ends with NULL. */
bool read_keys(const json_t *object, const Path *path, const char *const *keys, Error *err) MUST_USE;
/* A text of 1..most bytes, zero-ended, owned by the JSON. */
bool read_text(const json_t *object, const Path *path, const char *key, size_t most, const char **ret,
               Error *err) MUST_USE;
/* A number within bounds; fallback when absent, which is refused when it is under 0. */
bool read_length(const json_t *object, const Path *path, const char *key, double fallback, double least, double most,
                 double *ret, Error *err) MUST_USE;
/* A whole number, likewise. */
bool read_count(const json_t *object, const Path *path, const char *key, int fallback, int least, int most, int *ret,
                Error *err) MUST_USE;
/* The array under key, of 1..most members. */
bool read_array(const json_t *json, const Path *path, const char *key, size_t most, const json_t **ret,
                Error *err) MUST_USE;
bool read_flag(const json_t *object, const Path *path, const char *key, bool *ret, Error *err) MUST_USE;
/* An absent key leaves *ret empty, which is refused when needed is true. */
bool read_words(Reader *reader, const json_t *object, const Path *path, const char *key, bool needed,
                FieldPlaces places, Words *ret, Error *err) MUST_USE;
/* Told of a field that is known; what was told since the mark stands there only when `when` holds. */
bool uses_add(Reader *reader, const char *name, bool shown, Error *err) MUST_USE;
size_t uses_mark(const Reader *reader);
void uses_guard(Reader *reader, size_t mark, const Presence *when);

/* "when_present" and "when_absent". */
bool read_presence(Reader *reader, const json_t *object, const Path *path, Presence *ret, Error *err) MUST_USE;
/* Which of names (count of them) the text under key is; fallback when absent. */
bool read_choice(const json_t *object, const Path *path, const char *key, const char *const *names, size_t count,
                 int fallback, int *ret, Error *err) MUST_USE;
bool read_field_known(Reader *reader, const Path *path, FieldPlaces places, Str field, Error *err) MUST_USE;
/* The text under key is "{FIELD}" and nothing else, and FIELD an image. */
bool read_image(Reader *reader, const json_t *object, const Path *path, const char *key, Str *ret, Error *err) MUST_USE;

bool read_pairs(Reader *reader, const json_t *json, const Path *path, Pairs *ret, Error *err) MUST_USE;
void pairs_fini(Pairs *pairs);
/* *ret is the caller's, also when it fails. */
bool read_table(Reader *reader, const json_t *json, const Path *path, Table **ret, Error *err) MUST_USE;
void table_free(Table *table);
bool read_figures(Reader *reader, const json_t *json, const Path *path, FigureStrip **ret, Error *err) MUST_USE;
void figures_free(FigureStrip *strip);
/* Of a block "signature", which is one itself, or "signatures", which has rows of them. */
bool read_signatures(Reader *reader, const json_t *json, const Path *path, bool rows, Signatures **ret,
                     Error *err) MUST_USE;
void signatures_free(Signatures *signatures);
bool read_placed(Reader *reader, const json_t *json, const Path *path, BlockKind kind, Placed *ret,
                 Error *err) MUST_USE;
bool read_block(Reader *reader, const json_t *json, const Path *path, Block *ret, Error *err) MUST_USE;
void block_fini(Block *block);

#endif
