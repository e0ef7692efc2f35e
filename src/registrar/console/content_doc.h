/* A document that is being edited: JSON, whose members are named by paths ("form[2].label.uz"), as readers of services
 * and pages name what they refuse.  Pure.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_CONTENT_DOC_H
#define REGISTRAR_CONSOLE_CONTENT_DOC_H

#include "wire/json.h"

#define DOC_PATH_SIZE 128

/* A form's fields as they were sent: [["name", "value"], ...], with lines ended by a newline alone.  NULL: broken, or
 * not UTF-8. */
json_t *doc_form_read(Str body) MUST_USE;
/* The first of this name; NULL: there is none.  Borrowed. */
const char *doc_form_get(const json_t *form, const char *name);

/* Borrowed; NULL: there is none. */
json_t *doc_get(const json_t *doc, const char *path);
/* "" where there is none, or it is no text. */
const char *doc_text(const json_t *doc, const char *path);
/* Makes the objects on the way, not the lists.  False: the path leads nowhere, or there is no memory; value is taken
 * over in any case. */
bool doc_set(json_t *doc, const char *path, json_t *take_value);
void doc_remove(json_t *doc, const char *path);
/* An item of a list, before the one above it (by -1) or behind the one below it (by 1). */
void doc_move(json_t *doc, const char *path, int by);
/* The member that the path ends with: "label" of "form[2].label"; and the path before it, "" for none. */
void doc_split(const char *path, char ret_parent[DOC_PATH_SIZE], char ret_key[DOC_PATH_SIZE]);

/* {"uz": ..., "ru": ...}: nothing but languages; {} is one. */
bool doc_is_local(const json_t *json);

/* Every value of either that is not the same in the other, in the order of `after`, then what is gone:
 * [{"path", "before", "after"}], "" for what is not there. */
json_t *doc_differences(const json_t *before, const json_t *after) MUST_USE;

#endif
