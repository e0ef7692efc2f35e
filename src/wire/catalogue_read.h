/* Reading a catalogue's JSON into its arena, with the path of whatever is refused.  Inside wire only. */
#ifndef WIRE_CATALOGUE_READ_H
#define WIRE_CATALOGUE_READ_H

#include "wire/catalogue.h"
#include "wire/json.h"

#define ARENA_BLOCK     16384
#define TEXT_BYTES_MOST 600
#define NUMBER_NEEDED   INT64_MIN

/* Memory that lives and dies with its catalogue. */
typedef struct ArenaBlock {
    struct ArenaBlock *before;
    size_t used, room;
    max_align_t bytes[];
} ArenaBlock;

typedef struct Reader {
    ArenaBlock *blocks; /* moved to the catalogue at the end */
    char path[200];     /* "services[2].form[0]" */
    Error *err;
} Reader;

/* Zeroed; NULL (and the error set) without memory. */
void *reader_alloc(Reader *reader, size_t count, size_t size);
void blocks_free(ArenaBlock *blocks);

/* Lengthens the path by ".key" or "[index]"; reader_up takes the length that reader_down gave. */
size_t reader_down(Reader *reader, const char *key);
size_t reader_down_at(Reader *reader, size_t index);
void reader_up(Reader *reader, size_t length);
/* ERR_FORMAT with the path before the words.  Always false. */
bool reader_refuse(Reader *reader, const char *words);

/* An object with no other keys than these. */
bool reader_object(Reader *reader, const json_t *json, const char *const *keys, size_t count);
/* An id: lower-case letters, digits and hyphens, shorter than SERVICE_ID_MOST. */
bool reader_id(Reader *reader, const json_t *object, const char *key, const char **ret);
/* A text of at most TEXT_BYTES_MOST, of characters that can be seen, without blanks at its ends. */
bool reader_text(Reader *reader, const json_t *object, const char *key, const char **ret);
/* Absent gives the fallback; NUMBER_NEEDED: is refused. */
bool reader_number(Reader *reader, const json_t *object, const char *key, int64_t least, int64_t most, int64_t fallback,
                   int64_t *ret);
bool reader_bool(Reader *reader, const json_t *object, const char *key, bool *ret);
/* The index of a word in a list; absent gives fallback, or is refused when that is below 0. */
bool reader_word(Reader *reader, const json_t *object, const char *key, const char *const *words, size_t count,
                 int fallback, int *ret);
/* {"uz": ..., "uz-Cyrl": ..., "ru": ..., "en": ...}, all of them.  Absent is refused when required. */
bool reader_local(Reader *reader, const json_t *object, const char *key, bool required, LocalText *ret);
bool reader_local_here(Reader *reader, const json_t *json, LocalText *ret);
/* A list of ids or values; absent is empty. */
bool reader_values(Reader *reader, const json_t *object, const char *key, const char *const **ret, size_t *ret_count);
/* Calls item for each of a list's items with room for them made; absent is empty. */
typedef bool (*ReaderItem)(Reader *reader, const json_t *json, void *ret_item);
bool reader_list(Reader *reader, const json_t *object, const char *key, size_t item_size, size_t most, ReaderItem item,
                 void **ret_items, size_t *ret_count);
/* The object must have this key. */
bool reader_needs(Reader *reader, const json_t *object, const char *key);

bool condition_read(Reader *reader, const json_t *json, unsigned deep, Condition *ret);
bool field_read(Reader *reader, const json_t *json, void *ret_field);
/* "languages" of object: one at least when it is there, none twice. */
bool languages_read(Reader *reader, const json_t *object, Language ret[LANGUAGE_COUNT], size_t *ret_count);
/* A choice's "sets"; absent: NULL. */
bool sets_read(Reader *reader, const json_t *object, const Sets **ret);
/* "yields" with "through", or "portal": what the service comes to, where "decided" says that it is decided. */
bool decided_read(Reader *reader, const json_t *object, Service *service);
/* Takes away what belongs to the other way, once all is read and checked: its questions; and on a portal all is at
 * once and free. */
bool as_decided(Reader *reader, Service *service);
/* Conditions look back, at values that can be; papers name quoted questions; no id stands twice. */
bool form_checked(Reader *reader, const char *key, const Field *fields, size_t count);
/* Services that others lead to are there. */
bool ways_checked(const Service *services, size_t count, Error *err);

#endif
