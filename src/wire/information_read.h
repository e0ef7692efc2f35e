/* Reading a page of information into its arena.  Inside wire only. */
#ifndef WIRE_INFORMATION_READ_H
#define WIRE_INFORMATION_READ_H

#include "wire/catalogue_read.h"
#include "wire/information.h"

/* A page, and whether it is off: then it has an id and nothing else. */
typedef struct ArticleRead {
    Article article;
    bool off;
} ArticleRead;

/* A ReaderItem of an ArticleRead. */
bool article_read(Reader *reader, const json_t *json, void *ret_article);
/* "hours" of object; absent: *ret is NULL. */
bool office_hours_read(Reader *reader, const json_t *object, const OfficeHours **ret);

#endif
